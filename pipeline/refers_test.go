package pipeline

import (
	"slices"
	"testing"

	"citecheck/pipeline/cite"
)

// TestRefer: each place once, in the document's order; its own symbol and its
// second one are no references; a bare number is of the document's organ.
func TestRefer(t *testing.T) {
	s, err := cite.ParseSymbol("A/RES/80/150")
	if err != nil {
		t.Fatal(err)
	}
	d := &cite.Document{Symbol: s, Aliases: []string{"A/80/L.1"}, Paragraphs: []cite.Paragraph{
		{Kind: "preamble", N: 2, Text: "Recalling its resolution 79/218 and Security Council resolution 1325 (2000), and again resolution 79/218,"},
		{N: 1, Text: "Takes note of the report (A/80/555) and of A/80/L.1, on which A/RES/80/150 rests;"},
		{Kind: "annex", Label: "annex, 3", Text: "See resolution 70/1 and A/79/815-S/2025/145."},
	}}
	var got []string
	for _, r := range Refer(nil, d) {
		got = append(got, r.Symbol.String()+" "+r.Place)
	}
	want := []string{"A/RES/79/218 preamble 2", "S/RES/1325 preamble 2", "A/80/555 paragraph 1", "A/RES/70/1 annex, 3", "A/79/815 annex, 3", "S/2025/145 annex, 3"}
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}
