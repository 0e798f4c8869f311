package verify

import (
	"fmt"
	"strings"

	"citecheck/pipeline/cite"
)

// manyParas is how many paragraphs a text of its own has at least: a letter of
// a few may carry a report as its annex, whose paragraphs are those cited.
const manyParas = 10

// annexOnly asks about a paragraph that stands in an annex alone, of a
// document whose own text counts its paragraphs and ends before that number,
// where the note names no annex.
func annexOnly(c *Case, d *cite.Document, q cite.Paragraph, claimed string) (cite.Finding, bool) {
	annex, _, ok := strings.Cut(q.Label, ", ")
	if q.Kind != "annex" || !ok || strings.Contains(strings.ToLower(c.Cite.Text), "annex") {
		return cite.Finding{}, false
	}
	for _, p := range c.Cite.Pinpoints {
		if p.Unit == cite.UnitAnnex {
			return cite.Finding{}, false
		}
	}
	last, restarts := 0, false
	for _, p := range d.Paragraphs {
		if p.Kind == "" {
			last = max(last, p.N)
		}
		// An annex that counts on from the text would be the text, misread.
		restarts = restarts || p.Kind == "annex" && p.Label == annex+", 1"
	}
	if last < manyParas || q.N <= last || !restarts || !wholeCount(d) {
		return cite.Finding{}, false
	}
	return cite.Finding{Verdict: cite.Questioned, Claimed: claimed, Found: q.Label, Evidence: textEvidence(d, place(q), head(q.Text)),
		Reason: fmt.Sprintf("the text of %s ends with paragraph %d; a paragraph %d stands only in its %s, which the note does not name", name(d), last, q.N, annex)}, true
}
