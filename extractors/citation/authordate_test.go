package citation

import "testing"

// TestAuthorDate: title and date of the author-date styles, without the
// italics that would show where the title is.
func TestAuthorDate(t *testing.T) {
	for _, tt := range []struct{ text, symbol, title, date string }{
		{"United Nations Secretary-General. (9 March 2007). Report of the Secretary-General on the situation in Abkhazia, Georgia (S/2007/134).", "S/2007/134", "Report of the Secretary-General on the situation in Abkhazia, Georgia", "2007-03-09"},
		{"UN Secretary-General. (2007, March 9). Report of the Secretary-General on the situation in Abkhazia, Georgia (UN Doc. S/2007/134).", "S/2007/134", "Report of the Secretary-General on the situation in Abkhazia, Georgia", "2007-03-09"},
		{"United Nations General Assembly. (17 July 2024). Implementation of the outcome of the World Summit for Social Development (A/RES/79/146).", "A/RES/79/146", "Implementation of the outcome of the World Summit for Social Development", "2024-07-17"},
		{"United Nations Security Council. (20 September 2007). Resolution 1778, S/RES/1778.", "S/RES/1778", "", "2007-09-20"},
		{"UN Security Council. (2018, October 31). Resolution 2440 (2018) on Western Sahara (S/RES/2440).", "S/RES/2440", "", "2018-10-31"},
		{"United Nations Secretary-General. (9 March 2007). More is said. It stands in S/2007/134.", "S/2007/134", "", ""},
		{"United Nations Secretary-General. (9 March 2007). A memo of some length; see also S/2007/135.", "S/2007/135", "", ""},
		{"United Nations Secretary-General. (9 March 2007). Report on the situation in Georgia (S/2007/134). S/2007/135.", "S/2007/135", "", ""},
	} {
		cs := Parse(Input{Text: tt.text})
		if len(cs) == 0 {
			t.Errorf("%q cites nothing", tt.text)
			continue
		}
		c := cs[len(cs)-1]
		if c.Symbol.String() != tt.symbol || c.Claims.Title != tt.title || c.Claims.Date.String() != tt.date {
			t.Errorf("%q: %s, title %q, date %q", tt.text, c.Symbol, c.Claims.Title, c.Claims.Date.String())
		}
	}
}
