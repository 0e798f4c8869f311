package lookup

import (
	"context"

	"citecheck/pipeline/cite"
)

// release answers for a press release, which is no document and in no list:
// its own page shows that it exists, and its date. The address has the year,
// which the symbol does not tell; a page that is not there proves nothing, for
// the year may be the one of the note that is wrong.
func (l *Lookup) release(ctx context.Context, w Want) cite.Answer {
	s := w.Symbol
	a := cite.Answer{Symbol: s, Outcome: cite.NotHeld, TextReason: "of press releases citecheck reads the symbol, the date and the headline only", TextFinal: true}
	if w.Year == 0 {
		a.Reason = "a press release, whose page is found by its year, which the note does not give"
		return a
	}
	src, ok := pressPage(s, w.Year)
	if !ok {
		a.Reason = "a press release of a kind that citecheck does not look up"
		return a
	}
	a.Outcome = cite.NoWord
	p := l.page(ctx, src, paperAge, false)
	if p.why != "" {
		a.Reason = p.why
		return a
	}
	if b, ok := inTable(s, p); ok && b.Outcome == cite.Found {
		b.TextReason, b.TextFinal = a.TextReason, a.TextFinal
		b.Document.URLs = []string{p.source.URL}
		return b
	}
	a.Reason = host(src.url(&l.Bases)) + " answered with a page that does not show " + s.String()
	return a
}
