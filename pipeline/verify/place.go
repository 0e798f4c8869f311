package verify

import (
	"fmt"
	"slices"
	"strings"

	"citecheck/pipeline/cite"
)

// placeExists: has the document the preambular paragraph, the annex or the
// page that is cited? What else a note can point to, sections and chapters,
// is in nothing that was read, and is said not to have been looked up.
var placeExists = &Check{
	Name:    "place-exists",
	Doc:     "the preambular paragraphs, annexes and pages cited exist",
	Text:    true,
	Applies: func(c *Case) bool { return len(places(c)) > 0 },
	Run: func(c *Case) (out []cite.Finding) {
		if c.Answer.Outcome == cite.Absent {
			return nil
		}
		for _, p := range places(c) {
			out = append(out, placeOf(c, p))
		}
		return out
	},
}

// places are the places that a note names, without its paragraphs, which
// have a check of their own, and without the parts that are in a resolution's
// number.
func places(c *Case) (out []cite.Pin) {
	if c.Cite.Via == cite.ViaIbid || c.Cite.Via == cite.ViaSupra || c.Cite.Via == cite.ViaShort {
		// "supra note 95, at 45": the numbers may be those of the note.
		return slices.DeleteFunc(slices.Clone(c.Cite.Pinpoints), func(p cite.Pin) bool { return p.Unit != cite.UnitPreamble && p.Unit != cite.UnitAnnex })
	}
	for _, p := range c.Cite.Pinpoints {
		switch p.Unit {
		case cite.UnitPreamble, cite.UnitAnnex, cite.UnitPage, cite.UnitSection, cite.UnitChapter, cite.UnitArticle, cite.UnitTable, cite.UnitFigure:
			out = append(out, p)
		}
	}
	return out
}

func placeOf(c *Case, p cite.Pin) cite.Finding {
	claimed := placed(p)
	d := c.doc()
	if d == nil {
		return notHad(c, claimed)
	}
	if len(d.Paragraphs) == 0 {
		return noText(c, claimed)
	}
	at := slices.IndexFunc(d.Paragraphs, func(q cite.Paragraph) bool { return stands(q, p) })
	if at >= 0 {
		q := d.Paragraphs[at]
		return cite.Finding{Verdict: cite.Verified, Claimed: claimed, Found: place(q), Reason: fmt.Sprintf("%s has %s", name(d), place(q)), Evidence: textEvidence(d, place(q), head(q.Text))}
	}
	if n, ok := p.To.(int); ok && p.Unit == cite.UnitPreamble {
		if last := lastPreambular(d); last.N > 0 && n > last.N {
			return cite.Finding{Verdict: cite.Questioned, Claimed: claimed, Found: place(last), Evidence: textEvidence(d, place(last), head(last.Text)),
				Reason: fmt.Sprintf("the preamble of %s was read as %s", name(d), plural(last.N, "paragraph"))}
		}
	}
	return cite.Finding{Verdict: cite.Unverifiable, Claimed: claimed, Reason: fmt.Sprintf("%s was not made out in what was read of %s", claimed, name(d))}
}

func lastPreambular(d *cite.Document) (last cite.Paragraph) {
	for _, p := range d.Paragraphs {
		if p.Kind == "preamble" && p.N > last.N {
			last = p
		}
	}
	return last
}

// stands tells whether a paragraph is of the place, or shows that there is one.
func stands(q cite.Paragraph, p cite.Pin) bool {
	to, counted := p.To.(int)
	switch p.Unit {
	case cite.UnitPreamble:
		return q.Kind == "preamble" && (!counted || q.N == to)
	case cite.UnitAnnex:
		which := strings.ToLower(fmt.Sprint(p.To))
		return q.Kind == "annex" && (which == "" || strings.HasPrefix(strings.ToLower(q.Label)+",", "annex "+which+","))
	case cite.UnitPage:
		return counted && q.Page >= to && to > 0
	}
	return false
}

func placed(p cite.Pin) string {
	out := string(p.Unit)
	if p.Unit == cite.UnitPreamble && fmt.Sprint(p.From) != "" {
		out = "preambular paragraph"
	}
	if from := fmt.Sprint(p.From); from != "" {
		out += " " + from
		if to := fmt.Sprint(p.To); to != from {
			out += "–" + to
		}
	}
	return out
}
