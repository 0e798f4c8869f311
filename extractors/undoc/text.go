package undoc

import (
	"math"
	"regexp"
	"slices"
	"strings"

	"citecheck/pipeline/cite"
)

// ReadText reads a document that has no pages, a word processor's: each block
// of its text is a line that opens a block. Numbers that a word processor makes
// itself are not in the text; where it made them, paragraphs have none.
func ReadText(t cite.Text) cite.Document {
	r := &reader{}
	paged := false
	for i, b := range t.Blocks {
		l := line{text: strings.Join(strings.Fields(b.Text), " "), page: max(1, b.Page(0)), size: 10, y: 40 + 12*float64(i), opens: true, x1: 400}
		paged = paged || b.Page(0) > 0
		if l.text == "" {
			continue
		}
		switch {
		case b.Kind == cite.BlockHeading:
			l.part = heading
		case b.Kind == cite.BlockCell && i > mastheadLines, b.Kind == cite.BlockCaption:
			l.part = table
		}
		if i > mastheadLines {
			l.y = math.Mod(l.y, 600) + 200 // within a page
		}
		r.lines = append(r.lines, l)
	}
	r.doc.Problems = append(r.doc.Problems, t.Problems...)
	r.read()
	if r.doc.Title == "" {
		if i := slices.IndexFunc(r.lines[:min(len(r.lines), mastheadLines)], func(l line) bool { return titleText.MatchString(l.text) }); i >= 0 {
			r.doc.Title = strings.TrimRight(r.lines[i].text, "* ")
			r.fact(cite.FieldTitle, r.doc.Title, r.doc.Title)
		}
	}
	if !paged {
		for i := range r.doc.Paragraphs {
			r.doc.Paragraphs[i].Page = 0
		}
	}
	return r.doc
}

// titleText is how titles begin.
var titleText = regexp.MustCompile(`^(?:Resolution \d+ \(\d{4}\)|(?:S-|ES-)?\d{1,3}/\d{1,4}\.\s|(?:Final |Interim |Progress |Annual )?[Rr]eport of the |Letter(?:s)? dated |Identical letters dated |Note by the |Statement by the President)`)
