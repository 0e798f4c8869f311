package verify

import (
	"fmt"

	"citecheck/pipeline/cite"
)

// numberAgrees: does the number in words name the same document as the
// printed symbol? The note alone decides.
var numberAgrees = &Check{
	Name: "number-agrees",
	Doc:  "the number in words is that of the symbol",
	Applies: func(c *Case) bool {
		return c.Cite.Claims.NameSpan != nil && c.Cite.Claims.SymbolAt != nil && c.Cite.Claims.Number > 0 && !c.Cite.Symbol.IsZero()
	},
	Run: func(c *Case) []cite.Finding {
		cl := c.Cite.Claims
		words, printed := cut(c.Note.Text, *cl.NameSpan), cut(c.Note.Text, *cl.SymbolAt)
		ev := own(c.Note, words+" … "+printed)
		if cl.Words.IsZero() || cl.Words == c.Cite.Symbol || cl.Words.Main() == c.Cite.Symbol.Main() {
			return []cite.Finding{{Verdict: cite.Verified, Claimed: words, Found: printed, Reason: "the words and the symbol name the same document", Evidence: ev}}
		}
		f := cite.Finding{Verdict: cite.Contradicted, Claimed: words, Found: printed,
			Reason:   fmt.Sprintf("the words name %s and the symbol is %s", cl.Words, c.Cite.Symbol),
			Evidence: ev, Candidates: []string{cl.Words.ID(), c.Cite.Symbol.ID()}}
		// The date in the note may tell which of the two was meant.
		if c.Known != nil && cl.Date.Day > 0 && cl.Words.IsCouncilResolution() {
			if d, ok := c.Known.Resolution(cl.Words.Number()); ok && d.Date == cl.Date {
				f.Candidates = []string{cl.Words.ID()}
				f.Reason += "; the date in the note is that of " + name(&d)
			} else if d, ok := c.Known.Resolution(c.Cite.Symbol.Number()); ok && c.Cite.Symbol.IsCouncilResolution() && d.Date == cl.Date {
				f.Candidates = []string{c.Cite.Symbol.ID()}
				f.Reason += "; the date in the note is that of " + name(&d)
			}
		}
		return []cite.Finding{f}
	},
}

// cut is the text over a span of code points.
func cut(text string, s cite.Span) string {
	r := []rune(text)
	if s.Start < 0 || s.End > len(r) || s.Start > s.End {
		return ""
	}
	return string(r[s.Start:s.End])
}
