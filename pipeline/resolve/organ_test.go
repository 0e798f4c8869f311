package resolve

import (
	"testing"

	"citecheck/pipeline/cite"
)

// TestOrgans: "resolution 55/2" is the organ's that the sentence names.
func TestOrgans(t *testing.T) {
	for _, tt := range []struct{ sentence, other, want string }{
		{"The General Assembly recalled it.", "", "A/RES/55/2"},
		{"The Human Rights Council recalled it.", "A/RES/70/1", "A/HRC/RES/55/2"},
		{"It was recalled.", "A/RES/70/1", "A/RES/55/2"},
		{"It was recalled.", "", ""},
		{"The General Assembly and the Human Rights Council recalled it.", "", ""},
	} {
		notes := []cite.Note{other(t, tt.other), open55()}
		notes[1].Markers = []cite.Marker{{Sentence: tt.sentence}}
		All(notes)
		if got := notes[1].Citations[0].Symbol.String(); got != tt.want {
			t.Errorf("%q after %q: %q, want %q", tt.sentence, tt.other, got, tt.want)
		}
	}
}

func other(t *testing.T, symbol string) cite.Note {
	n := cite.Note{Label: "1", Placement: cite.PlaceFoot, Text: "the other note"}
	if symbol != "" {
		s, err := cite.ParseSymbol(symbol)
		if err != nil {
			t.Fatal(err)
		}
		n.Citations = []cite.Citation{{Text: symbol, Symbol: s, Via: cite.ViaSymbol}}
	}
	return n
}

func open55() cite.Note {
	return cite.Note{Label: "2", Placement: cite.PlaceFoot, Text: "Resolution 55/2.", Citations: []cite.Citation{{Text: "Resolution 55/2", Via: cite.ViaName,
		Open: &cite.Finding{Check: "exists", Verdict: cite.Questioned, Candidates: []string{"un:A/RES/55/2", "un:A/HRC/RES/55/2"}}}}}
}
