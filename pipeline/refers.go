package pipeline

import (
	"fmt"

	"citecheck/extractors/citation"
	"citecheck/extractors/notes"
	"citecheck/pipeline/cite"
)

// mostRefers bounds the references of one document: a long report of the
// Secretary-General has some hundreds.
const mostRefers = 5000

// Refer reads what a UN document cites in its own text, each place once: its
// paragraphs and its notes, then what else stands on its pages.
func Refer(zones []cite.Zone, d *cite.Document) []cite.Reference {
	r := referrer{doc: d, body: d.Symbol.Body(), seen: map[cite.Reference]bool{}, named: map[cite.Symbol]bool{}}
	for _, p := range d.Paragraphs {
		r.read(p.Text, placeOf(p), false)
	}
	text := notes.Find(zones, len(zones))
	for _, n := range text.Notes {
		r.read(n.Text, "note "+n.Label, false)
	}
	for _, b := range text.Blocks {
		r.read(b.Text, fmt.Sprintf("page %d", b.Page(0)), true)
	}
	return r.out
}

// placeOf is how a reference names a paragraph.
func placeOf(p cite.Paragraph) string {
	switch {
	case p.Label != "":
		return p.Label
	case p.Kind == "" && p.N > 0:
		return fmt.Sprintf("paragraph %d", p.N)
	case p.Kind != "" && p.N > 0:
		return fmt.Sprintf("%s %d", p.Kind, p.N)
	case p.Kind != "":
		return p.Kind
	}
	return fmt.Sprintf("page %d", p.Page)
}

type referrer struct {
	doc   *cite.Document
	body  string
	seen  map[cite.Reference]bool
	named map[cite.Symbol]bool
	out   []cite.Reference
}

// read adds what a text cites. The rest of a page only adds what no paragraph
// and no note names.
func (r *referrer) read(text, place string, rest bool) {
	for _, c := range citation.Own(text, r.body) {
		for _, s := range append([]cite.Symbol{c.Symbol}, c.Joint...) {
			x := cite.Reference{Symbol: s, Place: place}
			if s.IsZero() || s == r.doc.Symbol || r.seen[x] || rest && r.named[s] || len(r.out) == mostRefers || r.itself(s) {
				continue
			}
			r.seen[x], r.named[s] = true, true
			r.out = append(r.out, x)
		}
	}
}

// itself tells whether s is another of the document's own names.
func (r *referrer) itself(s cite.Symbol) bool {
	for _, a := range r.doc.Aliases {
		if a == s.String() {
			return true
		}
	}
	return false
}
