package markup

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net/url"
	"path"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"citecheck/extractors/container"
	"citecheck/pipeline/cite"
)

// ErrEncrypted says that a book can be read only with a key.
var ErrEncrypted = errors.New("is locked by a shop's copy protection")

const (
	maxFiles = 5000 // of a book's spine: real ones have hundreds
	maxDepth = 256  // of elements
)

// EPUB reads a book: its files in the order of its spine, as one page, so
// that a marker may call a note of another file.
func EPUB(data []byte) (cite.Text, error) {
	c, err := container.Open(data)
	if err != nil {
		return cite.Text{}, fmt.Errorf("%w: %w", ErrBroken, err)
	}
	b, err := openBook(c)
	if err != nil {
		return cite.Text{}, err
	}
	root, problems, err := b.pages()
	if err != nil {
		return cite.Text{}, err
	}
	p := newPage(root)
	p.book = true
	p.read()
	text := p.finish()
	if b.title != "" {
		text.Title = b.title
	}
	text.Problems = append(text.Problems, problems...)
	return text, nil
}

// A book is what the package file of an EPUB says.
type book struct {
	*container.Container
	title  string
	spine  []string // names of the files, in order; those out of it come last
	locked map[string]bool
}

func openBook(c *container.Container) (*book, error) {
	b := &book{Container: c, locked: map[string]bool{}}
	data, err := c.Part("META-INF/container.xml")
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrBroken, err)
	}
	name := ""
	if err := elements(data, func(e xml.StartElement, _ func() string) {
		if e.Name.Local == "rootfile" && name == "" {
			name = container.Attr(e, "full-path")
		}
	}); err != nil {
		return nil, err
	}
	data, err = c.Part(name)
	if err != nil || data == nil {
		return nil, fmt.Errorf("%w: it has no package file that can be read", ErrBroken)
	}
	if keys, _ := c.Part("META-INF/encryption.xml"); keys != nil {
		// Fonts are locked too, and without harm.
		_ = elements(keys, func(e xml.StartElement, _ func() string) {
			if e.Name.Local == "CipherReference" {
				b.locked[strings.TrimPrefix(path.Clean("/"+unescapePath(container.Attr(e, "URI"))), "/")] = true
			}
		})
	}
	return b, b.packageFile(name, data)
}

// packageFile reads title, manifest and spine.
func (b *book) packageFile(name string, data []byte) error {
	type item struct{ name, kind, properties string }
	items := map[string]item{}
	var aside []string
	err := elements(data, func(e xml.StartElement, text func() string) {
		switch e.Name.Local {
		case "title":
			if b.title == "" {
				b.title = clean(text())
			}
		case "item":
			items[container.Attr(e, "id")] = item{join(name, container.Attr(e, "href")), container.Attr(e, "media-type"), container.Attr(e, "properties")}
		case "itemref":
			it := items[container.Attr(e, "idref")]
			if it.name == "" || hasWord(it.properties, "nav") || len(b.spine)+len(aside) >= maxFiles || !strings.Contains(it.kind, "html") && it.kind != "text/xml" {
				return
			}
			if container.Attr(e, "linear") == "no" {
				aside = append(aside, it.name) // notes, mostly, that open over the text
			} else {
				b.spine = append(b.spine, it.name)
			}
		}
	})
	if err != nil {
		return err
	}
	if b.spine = append(b.spine, aside...); len(b.spine) == 0 {
		return fmt.Errorf("%w: its spine names no file", ErrBroken)
	}
	return nil
}

// join resolves a reference in the file from; a name in the archive.
func join(from, ref string) string {
	return strings.TrimPrefix(path.Join("/", path.Dir(from), unescapePath(ref)), "/")
}

func unescapePath(s string) string {
	if plain, err := url.PathUnescape(s); err == nil {
		return plain
	}
	return s
}

// elements goes through the elements of one of the package's own files; text
// is what stands in an element, and reads on to its end.
func elements(data []byte, each func(e xml.StartElement, text func() string)) error {
	d := container.Decoder(data)
	for {
		tok, err := d.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		switch e := tok.(type) {
		case xml.Directive:
			if bytes.Contains(e, []byte("[")) {
				return fmt.Errorf("%w: it declares entities of its own", ErrBroken)
			}
		case xml.StartElement:
			each(e, func() string {
				var b strings.Builder
				for {
					tok, err := d.Token()
					if err != nil {
						return b.String()
					}
					switch x := tok.(type) {
					case xml.CharData:
						b.Write(x)
					case xml.StartElement, xml.EndElement:
						return b.String()
					}
				}
			})
		}
		if err != nil {
			return fmt.Errorf("%w: %w", ErrBroken, err)
		}
	}
}

// pages puts the files of the spine together as one page: each a section,
// ids and links with the name of their file before them. A file that can't be
// read costs its own text alone.
func (b *book) pages() (*html.Node, []cite.Problem, error) {
	root := element("html")
	body := element("body")
	root.AppendChild(body)
	var problems []cite.Problem
	read, locked := 0, 0
	for _, name := range b.spine {
		section, err := b.file(name)
		if errors.Is(err, ErrEncrypted) {
			locked++
		}
		if err != nil {
			problems = append(problems, cite.Problem{Stage: "read", Item: name, Reason: err.Error()})
			continue
		}
		read++
		body.AppendChild(section)
	}
	switch {
	case locked > 0 && read == 0:
		return nil, nil, ErrEncrypted
	case read == 0:
		return nil, nil, fmt.Errorf("%w: none of its %d files can be read: %s", ErrBroken, len(b.spine), problems[0].Reason)
	}
	return root, problems, nil
}

func (b *book) file(name string) (*html.Node, error) {
	if b.locked[name] {
		return nil, ErrEncrypted
	}
	data, err := b.Part(name)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrBroken, err)
	}
	if data == nil {
		return nil, fmt.Errorf("%w: the file is not in the archive", ErrBroken)
	}
	doc, err := xhtml(data)
	if err != nil {
		// Some writers' XHTML is none; browsers' rules read it all the same.
		if doc, err = html.Parse(bytes.NewReader(data)); err != nil {
			return nil, fmt.Errorf("%w: %w", ErrBroken, err)
		}
	}
	section := element("section")
	section.Attr = append(section.Attr, html.Attribute{Key: "id", Val: name})
	rename(doc, name)
	// The styles of the head tell what is italic.
	for _, kind := range []atom.Atom{atom.Style, atom.Body} {
		if n := find(doc, kind); n != nil {
			move(n, section, kind == atom.Style)
		}
	}
	return section, nil
}

// move puts a node, or all that it holds, below another.
func move(n, to *html.Node, itself bool) {
	if itself {
		n.Parent.RemoveChild(n)
		to.AppendChild(n)
		return
	}
	for _, a := range n.Attr {
		if a.Key == "epub:type" || a.Key == "class" {
			to.Attr = append(to.Attr, a)
		}
	}
	for c := n.FirstChild; c != nil; c = n.FirstChild {
		n.RemoveChild(c)
		to.AppendChild(c)
	}
}

func find(n *html.Node, kind atom.Atom) *html.Node {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.ElementNode && c.DataAtom == kind {
			return c
		}
		if x := find(c, kind); x != nil {
			return x
		}
	}
	return nil
}

// rename puts the name of the file before ids and internal links.
func rename(n *html.Node, file string) {
	for i := range n.Attr {
		a := &n.Attr[i]
		switch a.Key {
		case "id", "name":
			a.Val = file + "#" + a.Val
		case "href":
			if strings.Contains(a.Val, "://") || strings.HasPrefix(a.Val, "mailto:") {
				continue
			}
			_, id, _ := strings.Cut(a.Val, "#")
			to := file
			if !strings.HasPrefix(a.Val, "#") {
				to = join(file, strings.TrimSuffix(a.Val, "#"+id))
			}
			a.Val = "#" + to
			if id != "" {
				a.Val += "#" + id
			}
		}
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		rename(c, file)
	}
}

func element(name string) *html.Node {
	return &html.Node{Type: html.ElementNode, Data: name, DataAtom: atom.Lookup([]byte(name))}
}

// xhtml reads a file as the XML that it is: in HTML, an element that is
// closed in its own tag, such as <a id="p5"/>, would go on.
func xhtml(data []byte) (*html.Node, error) {
	d := container.Decoder(data)
	d.Strict = false // an unknown entity stays as it is; none is ever resolved
	d.Entity = xml.HTMLEntity
	root := &html.Node{Type: html.DocumentNode}
	at, depth := root, 0
	for {
		tok, err := d.RawToken()
		if errors.Is(err, io.EOF) {
			if at != root {
				return nil, errors.New("it ends in the middle")
			}
			return root, nil
		}
		if err != nil {
			return nil, err
		}
		switch t := tok.(type) {
		case xml.Directive:
			if bytes.Contains(t, []byte("<!ENTITY")) {
				return nil, errors.New("it declares entities of its own")
			}
		case xml.StartElement:
			if depth++; depth > maxDepth {
				return nil, fmt.Errorf("elements are nested more than %d deep", maxDepth)
			}
			n := element(strings.ToLower(t.Name.Local))
			for _, a := range t.Attr {
				key := a.Name.Local
				if a.Name.Space == "epub" {
					key = "epub:" + key
				}
				n.Attr = append(n.Attr, html.Attribute{Key: key, Val: a.Value})
			}
			at.AppendChild(n)
			at = n
		case xml.EndElement:
			if at == root || !strings.EqualFold(at.Data, t.Name.Local) {
				return nil, fmt.Errorf("</%.40s> closes nothing", t.Name.Local)
			}
			at = at.Parent
			depth--
		case xml.CharData:
			at.AppendChild(&html.Node{Type: html.TextNode, Data: string(t)})
		}
	}
}
