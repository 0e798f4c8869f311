// Package container opens the ZIP archives that DOCX, ODT and EPUB files are,
// in bounded memory and without a byte on disk. It knows archives; it knows
// nothing of what their parts mean.
package container

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
)

// ErrBroken says that an archive can't be read, or must not be.
var ErrBroken = errors.New("broken or hostile archive")

// Bounds of an archive. The densest real document seen unpacks to 130 times
// its size.
const (
	maxEntries = 10_000
	maxDecoded = 512 << 20 // bytes of all parts that are read
	maxRatio   = 200       // decoded to packed, once over a MiB
)

// A Container is an open archive.
type Container struct {
	files []*zip.File // in their order
	parts map[string]*zip.File
	left  int64 // bytes that may still be decoded
}

// Open reads the directory of an archive.
func Open(data []byte) (*Container, error) {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) { // nothing is ever unpacked to a path
		return nil, fmt.Errorf("%w: %w", ErrBroken, err)
	}
	if len(z.File) > maxEntries {
		return nil, fmt.Errorf("%w: it has %d parts", ErrBroken, len(z.File))
	}
	c := &Container{files: z.File, parts: map[string]*zip.File{}, left: maxDecoded}
	for _, f := range z.File {
		name := fold(f.Name)
		if _, twice := c.parts[name]; twice && isText(name) {
			return nil, fmt.Errorf("%w: it holds two parts named %.100q", ErrBroken, name)
		}
		c.parts[name] = f
	}
	return c, nil
}

// isText tells the parts that are read from pictures and fonts.
func isText(name string) bool {
	for _, ending := range []string{".xml", ".rels", ".opf", ".xhtml", ".html", ".htm", ".ncx"} {
		if strings.HasSuffix(name, ending) {
			return true
		}
	}
	return name == "mimetype"
}

// fold makes names comparable: writers differ in case and slashes.
func fold(name string) string {
	return strings.TrimPrefix(strings.ToLower(strings.ReplaceAll(name, `\`, "/")), "/")
}

// Has tells whether there is such a part.
func (c *Container) Has(name string) bool { return c.parts[fold(name)] != nil }

// Part is a part's content; nil where there is none of that name.
func (c *Container) Part(name string) ([]byte, error) {
	f := c.parts[fold(name)]
	if f == nil {
		return nil, nil
	}
	limit := min(c.left, max(1<<20, int64(min(f.CompressedSize64, maxDecoded))*maxRatio))
	r, err := f.Open()
	if err != nil {
		return nil, fmt.Errorf("%w: part %s: %w", ErrBroken, name, err)
	}
	defer r.Close()
	data, err := io.ReadAll(io.LimitReader(r, limit+1))
	if int64(len(data)) > limit {
		return nil, fmt.Errorf("%w: part %s unpacks to more than it may", ErrBroken, name)
	}
	if err != nil {
		return nil, fmt.Errorf("%w: part %s: %w", ErrBroken, name, err)
	}
	c.left -= int64(len(data))
	return data, nil
}

// Rewrite writes a copy of the archive with other content for the parts that
// changed names, and those it does not have yet behind all others. What does
// not change is copied as it is packed.
func (c *Container) Rewrite(w io.Writer, changed map[string][]byte) error {
	z := zip.NewWriter(w)
	put := func(name string, data []byte) error {
		f, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate})
		if err == nil {
			_, err = f.Write(data)
		}
		return err
	}
	left := map[string]string{} // folded name -> name
	for name := range changed {
		left[fold(name)] = name
	}
	for _, f := range c.files {
		name, ok := left[fold(f.Name)]
		if ok {
			delete(left, fold(f.Name))
			if err := put(f.Name, changed[name]); err != nil {
				return err
			}
			continue
		}
		if err := z.Copy(f); err != nil {
			return fmt.Errorf("%w: part %s: %w", ErrBroken, f.Name, err)
		}
	}
	for _, name := range slices.Sorted(maps.Values(left)) {
		if err := put(name, changed[name]); err != nil {
			return err
		}
	}
	return z.Close()
}

// Any tells whether the name of any part begins so.
func (c *Container) Any(prefix string) bool {
	for name := range c.parts {
		if strings.HasPrefix(name, fold(prefix)) {
			return true
		}
	}
	return false
}

// Decoder reads the XML of a part. It resolves no entity but XML's own.
func Decoder(data []byte) *xml.Decoder {
	d := xml.NewDecoder(bytes.NewReader(data))
	d.CharsetReader = func(label string, in io.Reader) (io.Reader, error) {
		if strings.EqualFold(label, "us-ascii") || strings.EqualFold(label, "ascii") {
			return in, nil
		}
		return nil, fmt.Errorf("the encoding %q is not read", label)
	}
	return d
}

// A Walker is told of the elements of a part, in their order.
type Walker struct {
	// Left tells whether an element is left out with all that it holds.
	Left func(xml.StartElement) bool
	// Start may read an element on from d. It tells whether it came to its end.
	Start func(d *xml.Decoder, e xml.StartElement) (whole bool, err error)
	End   func(xml.EndElement)
	Text  func(string) // nil where Start reads all text that counts
}

// MaxDepth bounds how deep elements are nested.
const MaxDepth = 256

// Walk walks the elements of a part. A document type is refused, for no word
// processor declares one.
func Walk(data []byte, w Walker) error {
	d := Decoder(data)
	depth, left := 0, 0 // left is the depth inside what is left out
	for {
		tok, err := d.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		switch t := tok.(type) {
		case xml.Directive:
			return errors.New("it declares a document type, which no word processor does")
		case xml.StartElement:
			if depth++; depth > MaxDepth {
				return fmt.Errorf("elements are nested more than %d deep", MaxDepth)
			}
			if left > 0 || w.Left(t) {
				left++
				continue
			}
			whole, err := w.Start(d, t)
			if err != nil {
				return err
			}
			if whole {
				depth--
			}
		case xml.EndElement:
			depth--
			if left > 0 {
				left--
				continue
			}
			w.End(t)
		case xml.CharData:
			if left == 0 && w.Text != nil {
				w.Text(string(t))
			}
		}
	}
}

// Title is the title that the author gave in a part of properties, "" for none.
func Title(data []byte) string {
	d := Decoder(data)
	for {
		tok, err := d.Token()
		if err != nil {
			return ""
		}
		if e, ok := tok.(xml.StartElement); ok && e.Name.Local == "title" {
			var s string
			if d.DecodeElement(&s, &e) != nil {
				return ""
			}
			return strings.Join(strings.Fields(s), " ")
		}
	}
}

// Attr is an element's attribute of that local name, "" for none.
func Attr(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}
