package docx

import (
	"encoding/xml"
	"fmt"
	"strconv"
	"strings"

	"citecheck/extractors/container"
	"citecheck/extractors/prose"
	"citecheck/pipeline/cite"
)

// A reader walks the tokens of the main document or of a notes part.
type reader struct {
	pack     *pack
	rels     map[string]string
	noteKind string // of a notes part

	blocks []cite.Block
	calls  []call
	byID   map[string]*noteText
	order  []string

	para   *paragraph // the paragraph that is open
	outer  []*paragraph
	note   *noteText // the note that is open
	italic bool      // of the run that is open
	hidden bool
	custom bool // the run's call has a mark of its own, which follows
	fields []field
	links  []string
	cells  int
}

// call is one place in the text that calls a note.
type call struct{ kind, id, label string }

type noteText struct {
	b    prose.Text
	used bool
}

type paragraph struct {
	b     prose.Text
	marks []cite.Mark
	style style
	level int
	item  bool
	sect  bool
	mark  *cite.Mark // a call whose own mark is still to come
}

// field is a complex field: between its begin and its separate stand
// instructions, not text.
type field struct {
	instr  strings.Builder
	result bool
	linked bool
}

func (r *reader) run(data []byte) error {
	err := container.Walk(data, container.Walker{Left: r.left, End: r.end, Start: func(d *xml.Decoder, e xml.StartElement) (bool, error) {
		text := e.Name.Local == "t" || e.Name.Local == "instrText" // start reads it to its end
		return text, r.start(d, e)
	}})
	if err != nil {
		return fmt.Errorf("%w: %w", ErrBroken, err)
	}
	return nil
}

// left tells whether an element is left out with all that it holds: deleted
// text, and the copy of a text box for older programs.
func (r *reader) left(e xml.StartElement) bool {
	switch e.Name.Local {
	case "del", "moveFrom", "Fallback", "pPrChange", "rPrChange", "sectPrChange", "tblPrChange", "instrText", "delText", "delInstrText", "rt", "binData", "footnotePr", "endnotePr":
		if e.Name.Local == "instrText" {
			return false
		}
		return true
	case "footnote", "endnote":
		switch attr(e, "type") {
		case "separator", "continuationSeparator", "continuationNotice":
			return true
		}
	}
	return false
}

func (r *reader) start(d *xml.Decoder, e xml.StartElement) error {
	switch e.Name.Local {
	case "footnote", "endnote":
		if r.byID != nil {
			id := attr(e, "id")
			r.note = &noteText{}
			r.byID[id] = r.note
			r.order = append(r.order, id)
		}
	case "p":
		if r.para != nil { // a text box inside a paragraph: its own block
			r.outer = append(r.outer, r.para)
		}
		r.para = &paragraph{}
	case "pStyle":
		if r.para != nil {
			r.para.style = r.pack.styleOf(attr(e, "val"))
			r.para.level = r.para.style.heading
		}
	case "outlineLvl":
		if n, err := strconv.Atoi(attr(e, "val")); err == nil && n < 9 && r.para != nil {
			r.para.level = n + 1
		}
	case "numPr":
		if r.para != nil {
			r.para.item = true
		}
	case "sectPr":
		if r.para != nil {
			r.para.sect = true
		}
	case "tc":
		r.cells++
	case "r":
		r.italic, r.hidden, r.custom = false, false, false
	case "rStyle":
		s := r.pack.styleOf(attr(e, "val"))
		r.italic, r.hidden = r.italic || s.italic, r.hidden || s.hidden
	case "i", "iCs":
		if e.Name.Local == "i" {
			r.italic = on(e)
		}
	case "vanish":
		r.hidden = on(e)
	case "t", "instrText":
		var s string
		if err := d.DecodeElement(&s, &e); err != nil {
			return err
		}
		if e.Name.Local == "instrText" {
			if n := len(r.fields); n > 0 && r.fields[n-1].instr.Len() < 4096 {
				r.fields[n-1].instr.WriteString(s)
			}
			return nil
		}
		r.write(s)
		return nil
	case "tab", "br", "cr", "ptab":
		r.write(" ")
	case "noBreakHyphen":
		r.write("\u2011")
	case "softHyphen":
	case "sym":
		r.write(symbol(attr(e, "char")))
	case "hyperlink":
		url := r.rels[attr(e, "id")]
		r.openLink(url)
	case "fldSimple":
		r.openLink(hyperlink(attr(e, "instr")))
	case "fldChar":
		r.fieldChar(attr(e, "fldCharType"))
	case "footnoteReference", "endnoteReference":
		r.call(strings.TrimSuffix(e.Name.Local, "Reference"), e)
	}
	return nil
}

func (r *reader) end(e xml.EndElement) {
	switch e.Name.Local {
	case "p":
		r.closeParagraph()
	case "tc":
		r.cells--
	case "hyperlink", "fldSimple":
		r.closeLink()
	case "footnote", "endnote":
		r.note = nil
	}
}

// target is the text that runs write to.
func (r *reader) target() *prose.Text {
	switch {
	case r.note != nil:
		return &r.note.b
	case r.para != nil:
		return &r.para.b
	}
	return nil
}

func (r *reader) write(s string) {
	b := r.target()
	if b == nil || r.hidden {
		return
	}
	if n := len(r.fields); n > 0 && !r.fields[n-1].result {
		return // between a field's begin and its result
	}
	if r.note == nil && r.para.mark != nil { // the call's own mark
		if s := strings.TrimSpace(s); s != "" {
			r.para.mark.Label = s
			r.relabel(s)
			r.para.marks = append(r.para.marks, *r.para.mark)
			r.para.mark = nil
		}
		return
	}
	url := ""
	for i := len(r.links) - 1; i >= 0 && url == ""; i-- {
		url = r.links[i]
	}
	b.Write(s, r.italic, url)
}

// relabel gives the last call the mark that was typed for it.
func (r *reader) relabel(s string) {
	r.calls[len(r.calls)-1].label = s
}

func (r *reader) call(kind string, e xml.StartElement) {
	if r.para == nil || r.note != nil || r.hidden {
		return
	}
	id := attr(e, "id")
	m := cite.Mark{At: len(r.para.b.Out), Ref: kind + ":" + id}
	switch attr(e, "customMarkFollows") {
	case "1", "true", "on":
		r.calls = append(r.calls, call{kind: kind, id: id})
		r.para.mark = &m
		return
	}
	m.Label = r.pack.notes[kind].next()
	r.calls = append(r.calls, call{kind, id, m.Label})
	r.para.marks = append(r.para.marks, m)
}

func (r *reader) openLink(url string) { r.links = append(r.links, url) }

func (r *reader) closeLink() {
	if n := len(r.links); n > 0 {
		r.links = r.links[:n-1]
	}
}

func (r *reader) fieldChar(kind string) {
	n := len(r.fields)
	switch kind {
	case "begin":
		if n < maxDepth {
			r.fields = append(r.fields, field{})
		}
	case "separate":
		if n > 0 {
			f := &r.fields[n-1]
			f.result = true
			if url := hyperlink(f.instr.String()); url != "" {
				f.linked = true
				r.openLink(url)
			}
		}
	case "end":
		if n > 0 {
			if r.fields[n-1].linked {
				r.closeLink()
			}
			r.fields = r.fields[:n-1]
		}
	}
}

// hyperlink is the address in a field's instruction: HYPERLINK "address".
func hyperlink(instr string) string {
	rest, ok := strings.CutPrefix(strings.TrimSpace(instr), "HYPERLINK ")
	if !ok {
		return ""
	}
	rest = strings.TrimSpace(rest)
	if quoted, _, ok := strings.Cut(strings.TrimPrefix(rest, `"`), `"`); ok && strings.HasPrefix(rest, `"`) {
		return quoted
	}
	return ""
}

// symbol is a character of a symbol font: those in the private area are the
// font's own and stand for nothing.
func symbol(hex string) string {
	v, err := strconv.ParseUint(hex, 16, 32)
	if err != nil || v < 0x20 || v >= 0xe000 && v < 0xf900 {
		return ""
	}
	return string(rune(v))
}

func (r *reader) closeParagraph() {
	p := r.para
	r.para = nil
	if n := len(r.outer); n > 0 {
		r.para = r.outer[n-1]
		r.outer = r.outer[:n-1]
	}
	if p == nil {
		return
	}
	if r.note != nil {
		r.note.b.Space()
		return
	}
	b := cite.Block{Kind: cite.BlockPara, Text: string(p.b.Out), Marks: p.marks}
	for i := range b.Marks {
		b.Marks[i].At = min(b.Marks[i].At, len(p.b.Out))
	}
	switch {
	case p.style.title && r.pack.text.Title == "":
		r.pack.text.Title = b.Text
		b.Kind = cite.BlockHeading
	case p.level > 0:
		b.Kind, b.Level = cite.BlockHeading, p.level
		if p.level == 1 && r.pack.text.Title == "" {
			r.pack.text.Title = b.Text
		}
	case r.cells > 0:
		b.Kind = cite.BlockCell
	case p.item:
		b.Kind = cite.BlockItem
	}
	if b.Text != "" || len(b.Marks) > 0 {
		r.blocks = append(r.blocks, b)
	}
	if p.sect {
		for _, n := range r.pack.notes {
			n.section()
		}
	}
}

// flush closes what a broken part left open.
func (r *reader) flush() {
	for r.para != nil {
		r.closeParagraph()
	}
}
