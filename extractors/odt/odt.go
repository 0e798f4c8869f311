// Package odt turns OpenDocument texts, as LibreOffice and its kin write
// them, into running text with their own footnotes and endnotes. It knows the
// parts of the package and the elements of OpenDocument; it knows nothing of
// what a note says. Tracked changes are read as accepted: what was deleted
// stands apart in the file, what was inserted stands in the text.
package odt

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"citecheck/extractors/container"
	"citecheck/extractors/prose"
	"citecheck/pipeline/cite"
)

// Errors that say why a file could not be read at all.
var (
	ErrEncrypted = errors.New("needs a password")
	ErrBroken    = errors.New("broken OpenDocument text")
)

// Read reads an OpenDocument text.
func Read(data []byte) (cite.Text, error) {
	c, err := container.Open(data)
	if err != nil {
		return cite.Text{}, fmt.Errorf("%w: %w", ErrBroken, err)
	}
	if manifest, _ := c.Part("META-INF/manifest.xml"); bytes.Contains(manifest, []byte("encryption-data")) {
		return cite.Text{}, ErrEncrypted
	}
	content, err := c.Part("content.xml")
	if err != nil {
		return cite.Text{}, fmt.Errorf("%w: %w", ErrBroken, err)
	}
	if content == nil {
		return cite.Text{}, fmt.Errorf("%w: it has no content.xml", ErrBroken)
	}
	r := &reader{styles: map[string]style{}}
	if data, err := c.Part("styles.xml"); err == nil && data != nil {
		_ = (&reader{styles: r.styles}).run(data) // what it lacks costs italics, never a note
	}
	if err := r.run(content); err != nil {
		return cite.Text{}, err
	}
	r.flush()
	if r.text.Title == "" {
		meta, _ := c.Part("meta.xml")
		r.text.Title = container.Title(meta)
	}
	return r.text, nil
}

type style struct {
	italic *bool // nil where it says nothing
	hidden bool
	title  bool
	base   string
}

// A reader walks the elements of a part.
type reader struct {
	styles map[string]style
	text   cite.Text
	counts map[string]int // notes so far, by class

	name  string // of the style that is open
	open  style
	para  *paragraph // the paragraph that is open
	outer []*paragraph
	note  *note // the note that is open
	looks []look
	items int // lists and cells that are open
	cells int
}

// A paragraph is running text that is open.
type paragraph struct {
	prose.Text
	kind  cite.BlockKind
	level int
	title bool
}

// A note is a note that is open. Its body may hold several paragraphs.
type note struct {
	prose.Text
	class, label string
	own          bool // the label is no number
	citing       bool // inside what is printed as its label
}

// A look is how the text inside a span or link is set.
type look struct {
	italic, hidden bool
	url            string
}

func (r *reader) run(data []byte) error {
	err := container.Walk(data, container.Walker{Left: left, End: r.end, Text: r.write,
		Start: func(_ *xml.Decoder, e xml.StartElement) (bool, error) { r.start(e); return false, nil }})
	if err != nil {
		return fmt.Errorf("%w: %w", ErrBroken, err)
	}
	return nil
}

// left tells whether an element is left out with all that it holds: deleted
// text, comments, lists of contents, what is hidden, and what is no text.
func left(e xml.StartElement) bool {
	switch e.Name.Local {
	case "tracked-changes", "annotation", "table-of-content", "alphabetical-index", "table-index", "illustration-index", "object-index", "user-index",
		"sequence-decls", "variable-decls", "user-field-decls", "dde-connection-decls", "forms", "scripts", "font-face-decls", "settings",
		"ruby-text", "binary-data", "math", "object", "event-listeners", "bibliography-source", "index-title-template", "number", "notes-configuration":
		return true
	case "title", "desc": // of a picture
		return strings.Contains(e.Name.Space, "svg")
	case "hidden-text", "hidden-paragraph":
		return container.Attr(e, "is-hidden") == "true"
	case "section":
		return container.Attr(e, "display") == "none"
	case "master-styles": // heads and feet of pages
		return true
	}
	return false
}

func (r *reader) start(e xml.StartElement) {
	switch e.Name.Local {
	case "style":
		r.name, r.open = container.Attr(e, "name"), style{base: container.Attr(e, "parent-style-name")}
	case "text-properties":
		if v := container.Attr(e, "font-style"); v != "" && r.name != "" {
			italic := v == "italic" || v == "oblique"
			r.open.italic = &italic
		}
		r.open.hidden = r.open.hidden || container.Attr(e, "display") == "none"
	case "h", "p":
		r.openParagraph(e)
	case "span":
		r.look(r.styleOf(container.Attr(e, "style-name")), "")
	case "a":
		r.look(style{}, container.Attr(e, "href"))
	case "note":
		if r.note == nil {
			r.note = &note{class: container.Attr(e, "note-class")}
		}
	case "note-citation":
		if r.note != nil {
			r.note.citing = true
			r.note.label = strings.TrimSpace(container.Attr(e, "label"))
			r.note.own = r.note.label != ""
		}
	case "list-item", "list-header":
		r.items++
	case "table-cell":
		r.cells++
	case "tab", "line-break", "s":
		r.write(" ")
	}
}

func (r *reader) end(e xml.EndElement) {
	switch e.Name.Local {
	case "style":
		if r.name != "" {
			r.styles[r.name] = r.open
		}
		r.name = ""
	case "h", "p":
		r.closeParagraph()
	case "span", "a":
		if n := len(r.looks); n > 0 {
			r.looks = r.looks[:n-1]
		}
	case "note-citation":
		if r.note != nil {
			r.note.citing = false
		}
	case "note":
		r.closeNote()
	case "list-item", "list-header":
		r.items--
	case "table-cell":
		r.cells--
	}
}

// look opens a span or link: it is set as the text around it but for what its
// own style says.
func (r *reader) look(s style, url string) {
	l := r.now()
	if s.italic != nil {
		l.italic = *s.italic
	}
	l.hidden = l.hidden || s.hidden
	if url != "" && !strings.HasPrefix(url, "#") {
		l.url = url
	}
	r.looks = append(r.looks, l)
}

func (r *reader) now() look {
	if n := len(r.looks); n > 0 {
		return r.looks[n-1]
	}
	return look{}
}

// styleOf follows what a style is based on.
func (r *reader) styleOf(name string) style {
	s := r.styles[name]
	s.title = name == "Title"
	for base, n := s.base, 0; base != "" && n < 20; n++ {
		b := r.styles[base]
		if s.italic == nil {
			s.italic = b.italic
		}
		s.hidden = s.hidden || b.hidden
		s.title = s.title || base == "Title"
		base = b.base
	}
	return s
}

func (r *reader) openParagraph(e xml.StartElement) {
	s := r.styleOf(container.Attr(e, "style-name"))
	// A paragraph in a note or a text box is not set as what it hangs on.
	r.looks = append(r.looks, look{italic: s.italic != nil && *s.italic, hidden: s.hidden})
	if r.note != nil {
		r.note.Space()
		return
	}
	if r.para != nil { // a text box inside a paragraph: its own block
		r.outer = append(r.outer, r.para)
	}
	p := &paragraph{kind: cite.BlockPara, title: s.title}
	switch {
	case e.Name.Local == "h":
		p.kind, p.level = cite.BlockHeading, 1
		if n, err := strconv.Atoi(container.Attr(e, "outline-level")); err == nil && n > 0 && n < 100 {
			p.level = n
		}
	case p.title:
		p.kind = cite.BlockHeading
	case r.cells > 0:
		p.kind = cite.BlockCell
	case len(r.outer) > 0:
		p.kind = cite.BlockBox
	case r.items > 0:
		p.kind = cite.BlockItem
	}
	r.para = p
}

func (r *reader) closeParagraph() {
	if n := len(r.looks); n > 0 {
		r.looks = r.looks[:n-1]
	}
	if r.note != nil {
		r.note.Space()
		return
	}
	p := r.para
	r.para = nil
	if n := len(r.outer); n > 0 {
		r.para, r.outer = r.outer[n-1], r.outer[:n-1]
	}
	if p == nil || p.Empty() {
		return
	}
	b := p.Block(p.kind, p.level)
	if r.text.Title == "" && (p.title || p.level == 1) {
		r.text.Title = b.Text
	}
	r.text.Blocks = append(r.text.Blocks, b)
}

func (r *reader) write(s string) {
	now := r.now()
	switch {
	case r.note != nil && r.note.citing:
		if s := strings.TrimSpace(s); r.note.label == "" {
			r.note.label = s
		}
	case now.hidden:
	case r.note != nil:
		r.note.Write(s, now.italic, now.url)
	case r.para != nil:
		r.para.Write(s, now.italic, now.url)
	}
}

// closeNote puts the note among the notes and its marker where it stood.
func (r *reader) closeNote() {
	n := r.note
	r.note = nil
	if n == nil || r.now().hidden {
		return
	}
	if r.counts == nil {
		r.counts = map[string]int{}
	}
	r.counts[n.class]++
	if n.label == "" {
		n.label = strconv.Itoa(r.counts[n.class])
	}
	place := cite.PlaceFoot
	if n.class == "endnote" {
		place = cite.PlaceEnd
	}
	// Ids come twice where files were put together.
	ref := fmt.Sprintf("%s:%d", n.class, r.counts[n.class])
	at := 0
	if n.own && strings.HasPrefix(string(n.Out), n.label+" ") {
		at = len([]rune(n.label)) // a mark of its own, typed before the note as well
	}
	r.text.Notes = append(r.text.Notes, n.Note(at, n.label, ref, place))
	if r.para != nil {
		r.para.Mark(n.label, ref)
	}
}

// flush closes what a broken part left open.
func (r *reader) flush() {
	for r.para != nil {
		r.closeParagraph()
	}
}
