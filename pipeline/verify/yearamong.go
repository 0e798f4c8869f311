package verify

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"citecheck/pipeline/cite"
)

// noneFits is the finding on a sentence over a note that cites several
// documents: which of them it dates is open, so it is a question only where
// the sentence's year is that of none of them, every one's time is known, and
// then once, on the first decision of that body.
func noneFits(c *Case, s dating, f cite.Finding) (cite.Finding, bool) {
	if s.report || !decides(c.Cite.Symbol) {
		return f, false
	}
	var others []string
	for _, o := range c.Note.Citations {
		if o.Span == c.Cite.Span && o.Symbol == c.Cite.Symbol {
			continue
		}
		if o.Symbol.IsZero() {
			return f, false // a press article, or what was not understood: it may be what the year is of
		}
		years := yearsOf(c.Known, o)
		if len(years) == 0 || slices.Contains(years, s.year) || slices.ContainsFunc(years, func(y int) bool { return names(s.text, y) }) {
			return f, false
		}
		if o.Span.Start < c.Cite.Span.Start && decides(o.Symbol) && o.Symbol.Body() == c.Cite.Symbol.Body() {
			return f, false // said there
		}
		if o.Symbol != c.Cite.Symbol {
			others = append(others, fmt.Sprintf("%s of %d", o.Symbol, years[0]))
		}
	}
	f.Reason += fmt.Sprintf("; of the note's other documents none is of %d either (%s)", s.year, list(slices.Compact(others), "and"))
	return f, true
}

// yearsOf are all the years that may be a cited document's: what is known of
// it, what its symbol says and what the note says of it.
func yearsOf(k Known, c cite.Citation) (out []int) {
	add := func(y int) {
		if y > 0 && !slices.Contains(out, y) {
			out = append(out, y)
		}
	}
	if c.Symbol.IsCouncilResolution() && k != nil {
		d, ok := k.Resolution(c.Symbol.Number())
		if !ok {
			return nil
		}
		add(d.Date.Year)
		for _, f := range facts(&d, cite.FieldDayAfter) {
			if y, err := strconv.Atoi(strings.SplitN(f.Value, "-", 2)[0]); err == nil {
				add(y)
			}
		}
	}
	add(c.Claims.Date.Year)
	add(c.Claims.Year)
	add(c.Symbol.Year())
	return out
}
