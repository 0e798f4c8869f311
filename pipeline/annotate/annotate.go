// Package annotate turns the findings of a checked report into remarks on a
// copy of it: comments at the calls of its notes in a Word document,
// highlights over the words of its citations in a PDF. It knows graphs and
// where words lie; it knows nothing of file formats.
package annotate

import (
	"fmt"
	"iter"
	"slices"
	"strings"

	"citecheck/extractors/docx"
	"citecheck/extractors/pdf"
	"citecheck/pipeline/cite"
	"citecheck/pipeline/graph"
)

// Author signs the remarks.
const Author = "citecheck"

// A remark is what there is to say of one citation, or of a note.
type remark struct {
	verdict cite.Verdict // the worst of it
	edge    *graph.Edge  // nil for what is about the note itself
	lines   []string
}

// noted is a note with what there is to say of it.
type noted struct {
	*graph.Note
	remarks []remark
}

// notesOf are the notes of a report in their order, each with its remarks:
// what is contradicted, not found, questioned or could not be looked up, and
// is not accepted.
func notesOf(g *graph.Graph, report string) []noted {
	var out []noted
	cites, byID := map[string][]*graph.Edge{}, map[string]graph.Node{}
	for _, n := range g.Nodes {
		byID[n.ID()] = n
	}
	for i := range g.Edges {
		if e := &g.Edges[i]; e.Cites != nil {
			cites[e.Source] = append(cites[e.Source], e)
		}
	}
	for _, n := range g.Nodes {
		if n.Note == nil || n.Note.Report != report {
			continue
		}
		x := noted{Note: n.Note}
		if r := remarkOf(n.Note.Findings, nil, byID); len(r.lines) > 0 {
			x.remarks = append(x.remarks, r)
		}
		for _, e := range cites[n.Note.ID] {
			if r := remarkOf(e.Findings, e, byID); len(r.lines) > 0 {
				x.remarks = append(x.remarks, r)
			}
		}
		out = append(out, x)
	}
	slices.SortStableFunc(out, func(a, b noted) int { return a.Seq - b.Seq })
	return out
}

func remarkOf(findings []graph.Finding, e *graph.Edge, byID map[string]graph.Node) remark {
	r := remark{verdict: cite.Verified, edge: e}
	for _, f := range findings {
		if f.Verdict.Rank() > cite.Unreachable.Rank() || f.Accepted != nil {
			continue
		}
		if f.Verdict.Rank() < r.verdict.Rank() {
			r.verdict = f.Verdict
		}
		r.lines = append(r.lines, words(f.Verdict)+": "+f.Reason)
		if v := f.Evidence; v != nil && v.Quote != "" {
			where, quote := v.Place, v.Quote
			switch {
			case v.URL != nil:
				where = *v.URL + ", " + where
			case v.Source == "builtin":
				where, quote = "the list of Security Council resolutions inside citecheck, "+where, graph.Day(quote)
			}
			r.lines = append(r.lines, "source ("+where+"): “"+clip(quote, 300)+"”")
		}
		var fits []string
		for _, id := range f.Candidates {
			if name := graph.Named(id, byID[id]); !slices.Contains(fits, name) {
				fits = append(fits, name)
			}
		}
		if len(fits) > 0 {
			r.lines = append(r.lines, "would fit: "+strings.Join(fits, ", "))
		}
	}
	if len(r.lines) > 0 && e != nil && e.Suggestion != nil {
		r.lines = append(r.lines, "suggested: "+*e.Suggestion)
	}
	return r
}

// words are those of a verdict for people. What could not be looked up says
// so in full: a remark must not read as the author's fault.
func words(v cite.Verdict) string {
	switch v {
	case cite.NotFound:
		return "not found"
	case cite.Unreachable:
		return "could not be looked up (which says nothing of the author)"
	}
	return string(v)
}

func clip(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n-1]) + "…"
	}
	return s
}

// Word makes the comments on a Word document: one at each note that there is
// something to say of. notes are those that the document has, in its order.
func Word(g *graph.Graph, report string, notes []cite.RawNote) []docx.Comment {
	var out []docx.Comment
	for _, n := range notesOf(g, report) {
		if len(n.remarks) == 0 {
			continue
		}
		c := docx.Comment{Author: Author, Text: []string{capital(n.Name())}}
		if i := n.Seq - 1; i < len(notes) && n.Placement != string(cite.PlaceInline) {
			c.Ref = notes[i].Ref
		}
		if c.Ref == "" {
			c.Within = n.Text
		}
		for _, r := range n.remarks {
			if r.edge != nil && (c.Ref == "" || graph.Fold(r.edge.Text) != graph.Fold(n.Text)) {
				c.Text = append(c.Text, "On “"+clip(r.edge.Text, 120)+"”:")
			}
			c.Text = append(c.Text, r.lines...)
		}
		out = append(out, c)
	}
	return out
}

func capital(s string) string { return strings.ToUpper(s[:1]) + s[1:] } // "note 5", "text p3.2"

// colours of highlights by verdict; words stay readable under each.
var colours = map[cite.Verdict][3]uint8{cite.Contradicted: {255, 150, 140}, cite.NotFound: {255, 150, 140}, cite.Questioned: {255, 224, 102},
	cite.Unreachable: {176, 214, 245}}

// PDF makes the highlights on a PDF, page by page, from where its words lie.
// A citation whose words are not found on its pages is marked at the label of
// its note, and one whose label is not found at the corner of its page.
func PDF(g *graph.Graph, report string, zones []cite.Zone, spots []cite.Spot) []pdf.Highlight {
	var out []pdf.Highlight
	p := newPlaces(zones)
	for _, n := range notesOf(g, report) {
		at, found := p.note(n.Note) // of every note, for the next one stands behind it
		for _, r := range n.remarks {
			rgb := colours[r.verdict]
			h := pdf.Highlight{Author: Author, R: rgb[0], G: rgb[1], B: rgb[2], Text: capital(n.Name()) + "\n" + strings.Join(r.lines, "\n")}
			var boxes []place
			if found {
				boxes = p.within(at, n.Text, spanOf(r, n.Note))
			}
			if len(boxes) == 0 {
				boxes = atLabel(n.Note, spots)
			}
			if len(boxes) == 0 {
				boxes = []place{{page: max(n.Page, 1), box: cite.Rect{X0: 12, Y0: 12, X1: 24, Y1: 24}}}
				h.Text += "\n(the words were not found on this page)"
			}
			// A note that runs over to the next page is marked on both.
			for _, page := range pagesOf(boxes) {
				h.Page, h.Boxes = page, nil
				for _, b := range boxes {
					if b.page == page {
						h.Boxes = append(h.Boxes, b.box)
					}
				}
				out = append(out, h)
			}
		}
	}
	slices.SortStableFunc(out, func(a, b pdf.Highlight) int { return a.Page - b.Page })
	return out
}

// spanOf are the words of the note that a remark is about; one about the note
// itself marks its beginning.
func spanOf(r remark, n *graph.Note) cite.Span {
	if r.edge != nil {
		return r.edge.Span
	}
	return cite.Span{Start: 0, End: min(len([]rune(n.Text)), 30)}
}

func atLabel(n *graph.Note, spots []cite.Spot) []place {
	for _, s := range spots {
		if s.Note && s.Label == n.Label && (n.Page == 0 || s.Page == n.Page) {
			return []place{{page: s.Page, box: s.Box}}
		}
	}
	return nil
}

func pagesOf(all []place) (out []int) {
	for _, p := range all {
		if !slices.Contains(out, p.page) {
			out = append(out, p.page)
		}
	}
	return out
}

// SameWords tells whether two readings of a document have the same words in
// the same order, page by page. Pages that were recognized are left out: to
// read them twice takes minutes, and they are pictures, which do not change.
func SameWords(a, b iter.Seq[cite.Page]) error {
	next, stop := iter.Pull(b)
	defer stop()
	for p := range a {
		q, ok := next()
		switch {
		case !ok:
			return fmt.Errorf("it ends before page %d", p.Number)
		case p.OCR:
			continue
		case len(p.Runs) != len(q.Runs):
			return fmt.Errorf("page %d has %d words, not %d", p.Number, len(q.Runs), len(p.Runs))
		}
		for i := range p.Runs {
			if p.Runs[i].Text != q.Runs[i].Text {
				return fmt.Errorf("page %d reads %q, not %q", p.Number, q.Runs[i].Text, p.Runs[i].Text)
			}
		}
	}
	if q, more := next(); more {
		return fmt.Errorf("it goes on with page %d", q.Number)
	}
	return nil
}
