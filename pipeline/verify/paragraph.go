package verify

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"citecheck/pipeline/cite"
)

// paragraphExists: has the document a paragraph of that number?
var paragraphExists = &Check{
	Name: "paragraph-exists",
	Doc:  "the paragraphs cited exist",
	Text: true,
	Applies: func(c *Case) bool {
		for _, p := range c.Cite.Pinpoints {
			if p.Unit == cite.UnitPara {
				return true
			}
		}
		return false
	},
	Run: func(c *Case) []cite.Finding {
		if c.Answer.Outcome == cite.Absent {
			return nil
		}
		var out []cite.Finding
		for _, p := range c.Cite.Pinpoints {
			if p.Unit == cite.UnitPara {
				out = append(out, paragraph(c, p))
			}
		}
		return out
	},
}

func paragraph(c *Case, p cite.Pin) cite.Finding {
	claimed := fmt.Sprintf("para. %v", p.From)
	if p.To != p.From {
		claimed = fmt.Sprintf("paras. %v–%v", p.From, p.To)
	}
	to, ok := p.To.(int)
	if !ok {
		return cite.Finding{Verdict: cite.Unverifiable, Claimed: claimed, Reason: "the paragraph has no number that could be counted"}
	}
	d := c.doc()
	if d == nil {
		return notHad(c, claimed)
	}
	if len(d.Paragraphs) == 0 && d.Last == 0 {
		return noText(c, claimed)
	}
	for _, q := range d.Paragraphs {
		if q.N == to && q.Kind != "preamble" { // of the text, or of an annex
			if f, ok := annexOnly(c, d, q, claimed); ok {
				return f
			}
			ev := textEvidence(d, place(q), head(q.Text))
			if p.Sub != "" && !strings.Contains(q.Text, p.Sub) {
				return cite.Finding{Verdict: cite.Unverifiable, Claimed: claimed + " " + p.Sub, Found: place(q), Evidence: ev,
					Reason: fmt.Sprintf("%s has a paragraph %d; a sub-paragraph %s of it was not made out", name(d), to, p.Sub)}
			}
			return cite.Finding{Verdict: cite.Verified, Claimed: claimed, Found: place(q), Reason: fmt.Sprintf("%s has a paragraph %d", name(d), to), Evidence: ev}
		}
	}
	if d.Last > 0 && to > d.Last && wholeCount(d) {
		f, _ := d.Fact(cite.FieldLastPara)
		ev := f.Evidence
		if ev.IsZero() {
			ev = *textEvidence(d, fmt.Sprintf("paragraph %d", d.Last), "")
		}
		return cite.Finding{Verdict: cite.Contradicted, Claimed: claimed, Found: fmt.Sprint(d.Last), Evidence: &ev,
			Reason: fmt.Sprintf("%s has no paragraph %d: its last one is %d", name(d), to, d.Last)}
	}
	return cite.Finding{Verdict: cite.Unverifiable, Claimed: claimed, Reason: fmt.Sprintf("paragraph %d was not found in what could be read of %s", to, name(d))}
}

// wholeCount tells whether the count of paragraphs can be held against a
// note: none that was read as unnumbered begins with a later number.
func wholeCount(d *cite.Document) bool {
	for _, p := range d.Paragraphs {
		if m := leadingNumber.FindStringSubmatch(p.Text); m != nil && p.Kind == "" {
			if n, _ := strconv.Atoi(m[1]); n > d.Last { // digits
				return false
			}
		}
	}
	return true
}

var leadingNumber = regexp.MustCompile(`^(\d{1,3})\.\s+\pL`)

// noText is the finding of a check for which the text was not had.
func noText(c *Case, claimed string) cite.Finding {
	f := cite.Finding{Verdict: cite.Unreachable, Claimed: claimed, Reason: c.Answer.TextReason}
	if f.Reason == "" {
		f.Reason = "the text of " + name(c.Answer.Document) + " was not read"
	}
	if c.Answer.TextFinal {
		f.Verdict = cite.Unverifiable
	}
	return f
}

// textEvidence points into the text of a document: to the source that its
// paragraphs were read from.
func textEvidence(d *cite.Document, place, quote string) *cite.Evidence {
	ev := cite.Evidence{Place: place, Quote: quote}
	if f, ok := d.Fact(cite.FieldLastPara); ok {
		ev.Source = f.Evidence.Source
	} else if f, ok := d.Fact(cite.FieldParagraph); ok {
		ev.Source = f.Evidence.Source
	} else {
		for _, s := range d.Sources {
			if s.URL != "" {
				ev.Source = s
			}
		}
	}
	return &ev
}

// head is the beginning of a text, for evidence.
func head(s string) string {
	r := []rune(s)
	if len(r) <= 160 {
		return s
	}
	return string(r[:159]) + "…"
}
