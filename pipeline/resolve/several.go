package resolve

import (
	"strings"

	"citecheck/pipeline/cite"
)

// severalDocuments tells whether a note cites at least two UN documents one
// after the other, each with its symbol: whatever else it cites, an ibid. that
// follows may mean either.
func severalDocuments(n *cite.Note) bool {
	text := []rune(n.Text)
	var last *cite.Citation
	for i := range n.Citations {
		c := &n.Citations[i]
		if c.Symbol.IsZero() || c.Claims.SymbolAt == nil {
			continue
		}
		if last != nil && c.Symbol != last.Symbol && last.Span.End <= c.Span.Start && c.Span.Start <= len(text) &&
			strings.HasPrefix(strings.TrimSpace(string(text[last.Span.End:c.Span.Start])), ";") {
			return true
		}
		last = c
	}
	return false
}
