// Package docx turns Word files into running text with their own footnotes
// and endnotes. It knows the parts of the package and the elements of
// WordprocessingML; it knows nothing of what a note says. Tracked changes are
// read as accepted. Nothing is ever written to disk.
package docx

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"path"
	"strconv"
	"strings"

	"citecheck/extractors/container"
	"citecheck/pipeline/cite"
)

// Errors that say why a file could not be read at all.
var (
	ErrNotDOCX   = errors.New("not a Word document (.docx)")
	ErrEncrypted = errors.New("needs a password")
	ErrBroken    = errors.New("broken Word document")
)

// maxDepth bounds how deep elements are nested.
const maxDepth = container.MaxDepth

// Read reads a Word document.
func Read(data []byte) (cite.Text, error) {
	if bytes.HasPrefix(data, []byte("\xd0\xcf\x11\xe0")) { // an OLE file
		if bytes.Contains(data, []byte("E\x00n\x00c\x00r\x00y\x00p\x00t")) {
			return cite.Text{}, ErrEncrypted
		}
		return cite.Text{}, fmt.Errorf("%w: it is an old .doc file; save it as .docx", ErrNotDOCX)
	}
	p, err := open(data)
	if err != nil {
		return cite.Text{}, err
	}
	return p.read()
}

// A pack is an open package.
type pack struct {
	*container.Container
	text  cite.Text
	rels  map[string]string // of the main document: id -> target of a hyperlink
	style map[string]style
	notes map[string]*numbering // "footnote", "endnote"
	main  string
}

type style struct {
	heading int // outline level from 1; 0 for none
	title   bool
	italic  bool
	hidden  bool
	base    string
}

func open(data []byte) (*pack, error) {
	c, err := container.Open(data)
	if errors.Is(err, zip.ErrFormat) {
		return nil, ErrNotDOCX
	}
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrBroken, err)
	}
	return &pack{Container: c, rels: map[string]string{}, style: map[string]style{}, notes: map[string]*numbering{}}, nil
}

// part is a part's content; what is wrong with it is wrong with the document.
func (p *pack) part(name string) ([]byte, error) {
	data, err := p.Part(name)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrBroken, err)
	}
	return data, nil
}

// relations reads the relationships of a part: type's last word -> target,
// and id -> target.
func (p *pack) relations(of string) (byType, byID map[string]string) {
	byType, byID = map[string]string{}, map[string]string{}
	data, err := p.part(path.Join(path.Dir(of), "_rels", path.Base(of)+".rels"))
	if err != nil || data == nil {
		return
	}
	d := decoder(data)
	for {
		tok, err := d.Token()
		if err != nil {
			return
		}
		if e, ok := tok.(xml.StartElement); ok && e.Name.Local == "Relationship" {
			target := attr(e, "Target")
			if attr(e, "TargetMode") != "External" {
				if strings.HasPrefix(target, "/") {
					target = target[1:]
				} else {
					target = path.Join(path.Dir(of), target)
				}
			}
			kind := attr(e, "Type")
			if i := strings.LastIndex(kind, "/"); i >= 0 {
				kind = kind[i+1:]
			}
			if _, ok := byType[kind]; !ok {
				byType[kind] = target
			}
			byID[attr(e, "Id")] = target
		}
	}
}

func decoder(data []byte) *xml.Decoder { return container.Decoder(data) }

func attr(e xml.StartElement, name string) string { return container.Attr(e, name) }

// on is the value of a toggle such as <w:i/>: set unless it says otherwise.
func on(e xml.StartElement) bool {
	switch attr(e, "val") {
	case "0", "false", "off", "none":
		return false
	}
	return true
}

func (p *pack) read() (cite.Text, error) {
	root, _ := p.relations("")
	p.main = root["officeDocument"]
	if p.main == "" {
		p.main = "word/document.xml"
	}
	main, err := p.part(p.main)
	if err != nil {
		return cite.Text{}, err
	}
	if main == nil {
		return cite.Text{}, fmt.Errorf("%w: it has no main document", ErrNotDOCX)
	}
	byType, byID := p.relations(p.main)
	p.rels = byID
	p.styles(byType["styles"])
	p.notes["footnote"], p.notes["endnote"] = p.settings(byType["settings"])
	body := &reader{pack: p, rels: byID}
	if err := body.run(main); err != nil {
		return cite.Text{}, err
	}
	body.flush()
	p.text.Blocks = body.blocks
	for _, kind := range []string{"footnote", "endnote"} {
		if err := p.noteParts(kind, byType[kind+"s"], body); err != nil {
			p.text.Problems = append(p.text.Problems, cite.Problem{Stage: "read", Item: kind + "s", Reason: err.Error()})
		}
	}
	if p.text.Title == "" {
		p.text.Title = p.coreTitle(root["core-properties"])
	}
	return p.text, nil
}

// noteParts reads the notes of one kind, in the order in which the text
// calls them; those that it never calls come last.
func (p *pack) noteParts(kind, name string, body *reader) error {
	if name == "" {
		return nil
	}
	data, err := p.part(name)
	if err != nil || data == nil {
		return err
	}
	_, rels := p.relations(name)
	r := &reader{pack: p, rels: rels, noteKind: kind, byID: map[string]*noteText{}}
	if err := r.run(data); err != nil {
		return err
	}
	r.flush()
	place := cite.PlaceFoot
	if kind == "endnote" {
		place = cite.PlaceEnd
	}
	add := func(id, label string) {
		n := r.byID[id]
		if n == nil || n.used {
			return
		}
		n.used = true
		p.text.Notes = append(p.text.Notes, cite.RawNote{Label: label, Ref: kind + ":" + id, Text: string(n.b.Out), Placement: place, Italics: n.b.Italics, Links: n.b.Links})
	}
	for _, c := range body.calls {
		if c.kind == kind {
			add(c.id, c.label)
		}
	}
	for _, id := range r.order {
		// Word leaves the text of a deleted call behind: empty, mostly.
		if n := r.byID[id]; !n.used && len(n.b.Out) > 0 {
			add(id, id)
		}
	}
	return nil
}

func (p *pack) coreTitle(name string) string {
	data, err := p.part(name)
	if name == "" || err != nil {
		return ""
	}
	return container.Title(data)
}

// styles reads which paragraph styles are headings or titles and which
// character styles are italic.
func (p *pack) styles(name string) {
	data, err := p.part(name)
	if name == "" || err != nil {
		return
	}
	d := decoder(data)
	id, s := "", style{}
	for {
		tok, err := d.Token()
		if err != nil {
			return
		}
		switch e := tok.(type) {
		case xml.StartElement:
			switch e.Name.Local {
			case "style":
				id, s = attr(e, "styleId"), style{}
			case "name":
				low := strings.ToLower(attr(e, "val"))
				if n, ok := strings.CutPrefix(low, "heading "); ok {
					s.heading, _ = strconv.Atoi(n) // 0 is no heading
				}
				s.title = low == "title"
			case "basedOn":
				s.base = attr(e, "val")
			case "outlineLvl":
				if n, err := strconv.Atoi(attr(e, "val")); err == nil && n < 9 {
					s.heading = n + 1
				}
			case "i":
				s.italic = on(e)
			case "vanish":
				s.hidden = on(e)
			}
		case xml.EndElement:
			if e.Name.Local == "style" && id != "" {
				p.style[id] = s
			}
		}
	}
}

// styleOf follows what a style is based on.
func (p *pack) styleOf(id string) style {
	s := p.style[id]
	for base, n := s.base, 0; base != "" && n < 20; n++ {
		b := p.style[base]
		if s.heading == 0 {
			s.heading = b.heading
		}
		s.italic = s.italic || b.italic
		s.hidden = s.hidden || b.hidden
		base = b.base
	}
	return s
}
