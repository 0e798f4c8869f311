package pdf

import (
	"bytes"
	"errors"
	"fmt"
	"math"
	"reflect"
	"strings"

	"github.com/klippa-app/go-pdfium/requests"
	ledongthuc "github.com/ledongthuc/pdf"
	"github.com/sourcegraph/conc/panics"

	"citecheck/pipeline/cite"
)

// objects is the object layer of a document: its links and its structure
// tree, read with ledongthuc/pdf from the clean copy that PDFium wrote.
// Everything that it finds is an extra: where it fails, the glyphs stand.
type objects struct {
	tagged  bool
	reader  *ledongthuc.Reader
	pages   []ledongthuc.Value
	number  map[uint32]int // of a page, from 0, by its object's number
	roles   map[string]string
	parents map[int64]entry // the parent tree: lists of elements by key
	names   map[string]entry
	elems   map[uint32]element
	count   int // elements numbered so far

	current int              // page
	mcids   ledongthuc.Value // the current page's elements by marked content
}

// An entry is a place in an array that is looked up when it is asked for.
type entry struct {
	array ledongthuc.Value
	i     int
}

func (e entry) value() ledongthuc.Value { return e.array.Index(e.i) }

// An element is what an element of the structure tree says of its text.
type element struct {
	role   string
	strong bool // the role says more than that there is text
	note   bool // within a note
	elem   int
}

const (
	maxTreeNodes = 400_000 // nodes of the page tree, the parent tree and the names together
	maxTreeDepth = 64
	maxLinks     = 5_000 // on one page
)

// objectLayer writes the clean copy and opens it.
func (d *document) objectLayer() (o *objects, err error) {
	limit := 4*len(d.data) + 64<<20 // unpacked object streams make a copy larger, never this much
	copied := &cappedBuffer{left: limit}
	_, err = d.inst.FPDF_SaveAsCopy(&requests.FPDF_SaveAsCopy{
		Flags: requests.SaveFlagRemoveSecurity, Document: d.ref, FileWriter: copied})
	if err != nil {
		return nil, err
	}
	if caught := panics.Try(func() { o, err = openObjects(copied.Bytes()) }); caught != nil {
		return nil, fmt.Errorf("object layer: %v", caught.Value)
	}
	if err == nil && len(o.pages) != d.pages {
		return nil, fmt.Errorf("object layer: %d pages, not %d", len(o.pages), d.pages)
	}
	return o, err
}

// cappedBuffer takes so many bytes and no more.
type cappedBuffer struct {
	bytes.Buffer
	left int
}

func (c *cappedBuffer) Write(p []byte) (int, error) {
	if c.left -= len(p); c.left < 0 {
		return 0, errors.New("the copy is too large")
	}
	return c.Buffer.Write(p)
}

func openObjects(data []byte) (*objects, error) {
	data = plainHeader(data)
	reader, err := ledongthuc.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, err
	}
	o := &objects{reader: reader, current: -1,
		number: map[uint32]int{}, roles: map[string]string{}, parents: map[int64]entry{}, elems: map[uint32]element{}}
	left := maxTreeNodes
	root := reader.Trailer().Key("Root")
	o.walkPages(root.Key("Pages"), &left, 0, map[uint32]bool{})
	tree := root.Key("StructTreeRoot")
	if tree.Kind() == ledongthuc.Dict {
		o.tagged = true
		roles := tree.Key("RoleMap")
		for _, k := range roles.Keys() {
			o.roles[k] = roles.Key(k).Name()
		}
		walkTree(tree.Key("ParentTree"), "Nums", func(key ledongthuc.Value, e entry) { o.parents[key.Int64()] = e }, &left, 0, map[uint32]bool{})
	}
	return o, nil
}

// plainHeader gives the copy a header that the reader admits: PDFium keeps
// "%PDF-2.0", and what is read here is the same in all versions.
func plainHeader(data []byte) []byte {
	const header = "%PDF-1.7\n"
	if len(data) > len(header) {
		copy(data, header) // objects are found by their place; what is left of a longer header is not
	}
	return data
}

// walkPages lists the pages in order.
func (o *objects) walkPages(v ledongthuc.Value, left *int, depth int, seen map[uint32]bool) {
	id := objectNumber(v)
	if *left--; *left < 0 || depth > maxTreeDepth || id != 0 && seen[id] {
		return
	}
	seen[id] = true
	kids := v.Key("Kids")
	if kids.Kind() != ledongthuc.Array {
		if v.Kind() == ledongthuc.Dict {
			o.number[id] = len(o.pages)
			o.pages = append(o.pages, v)
		}
		return
	}
	for i := range kids.Len() {
		o.walkPages(kids.Index(i), left, depth+1, seen)
	}
}

// walkTree lists the entries of a tree of names or numbers, without reading
// them: each leaf has pairs of a key and a value under leaves.
func walkTree(v ledongthuc.Value, leaves string, keep func(key ledongthuc.Value, e entry), left *int, depth int, seen map[uint32]bool) {
	id := objectNumber(v)
	if *left--; *left < 0 || depth > maxTreeDepth || id != 0 && seen[id] {
		return
	}
	seen[id] = true
	pairs := v.Key(leaves)
	for i := 0; i+1 < pairs.Len() && *left > 0; i += 2 {
		*left--
		keep(pairs.Index(i), entry{pairs, i + 1})
	}
	kids := v.Key("Kids")
	for i := range kids.Len() {
		walkTree(kids.Index(i), leaves, keep, left, depth+1, seen)
	}
}

// turn makes page i (from 0) the current one.
func (o *objects) turn(i int) {
	o.current, o.mcids = i, ledongthuc.Value{}
	if i >= len(o.pages) || !o.tagged {
		return
	}
	panics.Try(func() {
		key := o.pages[i].Key("StructParents")
		if key.Kind() != ledongthuc.Integer {
			return
		}
		if e, ok := o.parents[key.Int64()]; ok {
			o.mcids = e.value()
		}
	})
}

// tagOf is the place in the structure tree of the current page's marked
// content mcid.
func (o *objects) tagOf(mcid int) tag {
	var e element
	panics.Try(func() {
		if mcid < o.mcids.Len() {
			e = o.element(child{o.mcids, "", mcid}, 0)
		}
	})
	return tag{e.role, e.elem}
}

// A child is a value that may not have been read yet: an entry of a
// dictionary, or of an array.
type child struct {
	in  ledongthuc.Value
	key string
	i   int
}

func (c child) value() ledongthuc.Value {
	if c.key != "" {
		return c.in.Key(c.key)
	}
	return c.in.Index(c.i)
}

// element reads an element of the structure tree and those above it, each
// once: on a page of a report a thousand pieces of text hang on a few.
func (o *objects) element(c child, depth int) element {
	id := reference(c)
	if e, ok := o.elems[id]; ok && id != 0 {
		return e
	}
	if depth > maxTreeDepth {
		return element{}
	}
	v := c.value()
	if v.Kind() != ledongthuc.Dict || v.Key("S").Kind() != ledongthuc.Name {
		return element{}
	}
	if id != 0 {
		o.elems[id] = element{} // what hangs on itself ends here
	}
	name := v.Key("S").Name()
	parent := o.element(child{v, "P", 0}, depth+1)
	if e, ok := o.elems[id]; ok && e.role != "" {
		return e // the parent knew it: see callsNote
	}
	e := o.describe(name, parent)
	if name == "Link" && e.role != "TOC" {
		if n := o.callsNote(v); n != 0 {
			e = element{role: "Reference", strong: true, note: parent.note, elem: n}
		}
	}
	if id != 0 {
		o.elems[id] = e
	}
	return e
}

// callsNote numbers the note that stands within a link, as word processors
// put it: the rest of such a link is the marker, and has the note's number. 0
// when there is none.
func (o *objects) callsNote(link ledongthuc.Value) int {
	kids := link.Key("K")
	for i := range min(kids.Len(), 16) { // a marker and its note
		kid := kids.Index(i)
		if kid.Kind() != ledongthuc.Dict || kid.Key("S").Kind() != ledongthuc.Name || o.standard(kid.Key("S").Name()) != "Note" {
			continue
		}
		if id := reference(child{kids, "", i}); id != 0 {
			o.count++
			o.elems[id] = element{role: "Note", strong: true, note: true, elem: o.count}
			return o.count
		}
	}
	return 0
}

// describe says what an element of type name is, within parent.
func (o *objects) describe(name string, parent element) element {
	switch role := o.standard(name); role {
	case "Note":
		o.count++
		return element{role: role, strong: true, note: true, elem: o.count}
	case "Reference":
		if parent.role == "TOC" {
			return parent
		}
		o.count++
		return element{role: role, strong: true, note: parent.note, elem: o.count}
	case "Lbl":
		return element{role: role, strong: true, note: parent.note, elem: parent.elem}
	case "H", "TD", "TH", "Caption", "TOC", "BibEntry", "Artifact":
		if parent.note {
			return parent
		}
		return element{role: role, strong: true, elem: parent.elem}
	case "P", "LI":
		if parent.strong {
			return parent
		}
		return element{role: role, elem: parent.elem}
	}
	return parent
}

// standard is the role that is spoken of here for a structure type: by the
// file's own role map, then by the names that word processors use.
func (o *objects) standard(name string) string {
	for range 8 { // role maps may map on
		if r := telling[name]; r != "" {
			return r
		}
		next, ok := o.roles[name]
		if !ok || next == name {
			break
		}
		name = next
	}
	return telling[name]
}

// telling are the structure types that say something here.
var telling = map[string]string{
	"Note": "Note", "FENote": "Note", "Footnote": "Note", "Endnote": "Note",
	"Reference": "Reference", "Lbl": "Lbl",
	"H": "H", "H1": "H", "H2": "H", "H3": "H", "H4": "H", "H5": "H", "H6": "H", "Title": "H",
	"TD": "TD", "TH": "TH", "Caption": "Caption", "TOC": "TOC", "TOCI": "TOC",
	"BibEntry": "BibEntry", "Artifact": "Artifact",
	"P": "P", "BlockQuote": "P", "LI": "LI", "LBody": "LI",
}

// links are the link annotations of the current page.
func (o *objects) links(v view) (links []cite.Link) {
	if o.current < 0 || o.current >= len(o.pages) {
		return nil
	}
	panics.Try(func() {
		annots := o.pages[o.current].Key("Annots")
		for i := range min(annots.Len(), maxLinks) {
			panics.Try(func() {
				if l, ok := o.link(annots.Index(i), v); ok {
					links = append(links, l)
				}
			})
		}
	})
	return links
}

func (o *objects) link(annot ledongthuc.Value, v view) (cite.Link, bool) {
	box := annot.Key("Rect")
	if annot.Key("Subtype").Name() != "Link" || box.Len() != 4 {
		return cite.Link{}, false
	}
	r := v.rect(number(box.Index(0)), number(box.Index(1)), number(box.Index(2)), number(box.Index(3)))
	if !v.onPage(r) {
		return cite.Link{}, false
	}
	l := cite.Link{Box: v.clip(r)}
	dest := child{annot, "Dest", 0}
	if action := annot.Key("A"); action.Kind() == ledongthuc.Dict {
		switch action.Key("S").Name() {
		case "URI":
			l.URI = cleanURI(action.Key("URI").RawString())
			return l, l.URI != ""
		case "GoTo":
			dest = child{action, "D", 0}
		}
	}
	if dest.value().IsNull() {
		return cite.Link{}, false
	}
	l.Internal = true
	o.aim(&l, dest.value(), 0)
	return l, true
}

// cleanURI is an address as it stands in the file, in valid characters.
func cleanURI(s string) string {
	const longest = 4096 // what browsers and servers still take
	if len(s) > longest {
		return ""
	}
	return strings.ReplaceAll(clean(s), " ", "%20")
}

// aim finds the place that a destination means.
func (o *objects) aim(l *cite.Link, dest ledongthuc.Value, depth int) {
	if depth > 4 {
		return
	}
	switch dest.Kind() {
	case ledongthuc.Name:
		o.aim(l, o.named(dest.Name()), depth+1)
	case ledongthuc.String:
		o.aim(l, o.named(dest.RawString()), depth+1)
	case ledongthuc.Dict:
		o.aim(l, dest.Key("D"), depth+1)
	case ledongthuc.Array:
		page := -1
		if id := reference(child{dest, "", 0}); id != 0 {
			if n, ok := o.number[id]; ok {
				page = n
			}
		} else if dest.Index(0).Kind() == ledongthuc.Integer {
			page = int(dest.Index(0).Int64())
		}
		if page < 0 || page >= len(o.pages) {
			return
		}
		l.Page = page + 1
		v := pageView(o.pages[page])
		x, y := v.left, v.top
		switch dest.Index(1).Name() {
		case "XYZ":
			x, y = orElse(dest.Index(2), x), orElse(dest.Index(3), y)
		case "FitH", "FitBH":
			y = orElse(dest.Index(2), y)
		case "FitR":
			x, y = orElse(dest.Index(2), x), orElse(dest.Index(5), y)
		}
		x, y = v.point(x, y)
		l.TargetX, l.TargetY = hundredth(within(x, v.w)), hundredth(within(y, v.h))
	}
}

func within(x, most float64) float64 { return min(max(x, 0), most) }

// named is the destination of a name.
func (o *objects) named(name string) ledongthuc.Value {
	root := o.reader.Trailer().Key("Root")
	if o.names == nil {
		o.names = map[string]entry{}
		left := maxTreeNodes
		walkTree(root.Key("Names").Key("Dests"), "Names", func(key ledongthuc.Value, e entry) { o.names[key.RawString()] = e }, &left, 0, map[uint32]bool{})
	}
	if e, ok := o.names[name]; ok {
		return e.value()
	}
	return root.Key("Dests").Key(name)
}

// pageView is the view of a page as its dictionary gives it.
func pageView(page ledongthuc.Value) view {
	var box, rotate ledongthuc.Value
	for i, v := 0, page; i < maxTreeDepth && v.Kind() == ledongthuc.Dict; i, v = i+1, v.Key("Parent") {
		if box.IsNull() {
			if box = v.Key("CropBox"); box.IsNull() {
				box = v.Key("MediaBox")
			}
		}
		if rotate.IsNull() {
			rotate = v.Key("Rotate")
		}
		if !box.IsNull() && !rotate.IsNull() {
			break
		}
	}
	v := view{turns: int(rotate.Int64()/90) & 3}
	if box.Len() == 4 {
		v.left, v.bottom, v.right, v.top = number(box.Index(0)), number(box.Index(1)), number(box.Index(2)), number(box.Index(3))
	}
	return v.sized()
}

// number is a number of the file; no number is 0.
func number(v ledongthuc.Value) float64 {
	x := v.Float64()
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return 0
	}
	return x
}

func orElse(v ledongthuc.Value, x float64) float64 {
	if k := v.Kind(); k != ledongthuc.Integer && k != ledongthuc.Real {
		return x
	}
	return number(v)
}

// objectNumber is the number of the object that v is, or is part of; 0 when
// it can't be told. The library keeps it to itself; reflection reads it.
func objectNumber(v ledongthuc.Value) (id uint32) {
	panics.Try(func() { id = uint32(reflect.ValueOf(v).FieldByName("ptr").FieldByName("id").Uint()) })
	return id
}

// reference is the number of the object that an entry refers to, without
// reading that object; 0 when the entry is no reference or it can't be told.
func reference(c child) (id uint32) {
	panics.Try(func() {
		data := reflect.ValueOf(c.in).FieldByName("data").Elem()
		var ref reflect.Value
		if c.key != "" {
			if data.Kind() == reflect.Struct { // a stream: its dictionary
				data = data.FieldByName("hdr")
			}
			ref = data.MapIndex(reflect.ValueOf(c.key).Convert(data.Type().Key()))
		} else {
			ref = data.Index(c.i)
		}
		if ref.IsValid() {
			ref = ref.Elem()
		}
		if ref.Kind() == reflect.Struct {
			if f := ref.FieldByName("id"); f.IsValid() {
				id = uint32(f.Uint())
			}
		}
	})
	return id
}
