package verify

import (
	"fmt"
	"strings"

	"citecheck/pipeline/cite"
)

// bodyAgrees: is the body that the note names the one whose symbol it is?
// The symbol itself says whose it is.
var bodyAgrees = &Check{
	Name: "body-agrees",
	Doc:  "the body in the note is that of the symbol",
	Applies: func(c *Case) bool {
		return c.Cite.Claims.Body != "" && c.Cite.Symbol.Body() != "" && (c.Cite.Claims.SymbolAt != nil || c.doc() != nil)
	},
	Run: func(c *Case) []cite.Finding {
		claimed, body := c.Cite.Claims.Body, c.Cite.Symbol.Body()
		ev := own(c.Note, c.Cite.Symbol.String())
		if c.Cite.Claims.SymbolAt != nil {
			ev = own(c.Note, cut(c.Note.Text, *c.Cite.Claims.SymbolAt))
		} else if f, ok := c.doc().Fact(cite.FieldBody); ok {
			e := f.Evidence
			ev = &e
		}
		// "General Assembly, Human Rights Council, …": both are its masthead's.
		if fitsBody(claimed, c.Cite.Symbol) || body == "Human Rights Council" && strings.Contains(c.Cite.Text, body) {
			return []cite.Finding{{Verdict: cite.Verified, Claimed: claimed, Found: body, Reason: fmt.Sprintf("%s is a symbol of the %s", c.Cite.Symbol, body), Evidence: ev}}
		}
		return []cite.Finding{{Verdict: cite.Contradicted, Claimed: claimed, Found: body,
			Reason: fmt.Sprintf("the note names the %s; %s is a symbol of the %s", claimed, c.Cite.Symbol, body), Evidence: ev}}
	},
}

// fitsBody tells whether a document may carry the name of that body: the
// Secretary-General's reports carry the symbols of those whom he reports to,
// and the Assembly's committees and councils are the Assembly's.
func fitsBody(claimed string, s cite.Symbol) bool {
	body := s.Body()
	same := func(a, b string) bool { return strings.EqualFold(a, b) }
	switch {
	case same(claimed, body), same(claimed, "United Nations"), same(claimed, "Secretary-General"), same(claimed, "Secretariat"):
		return true
	case same(claimed, "General Assembly") && decides(s) && body == "Human Rights Council":
		return false // its documents are the Assembly's, its decisions are its own
	case same(claimed, "General Assembly"):
		return strings.HasPrefix(s.String(), "A/")
	case same(claimed, "Economic and Social Council"):
		return strings.HasPrefix(s.String(), "E/")
	case same(claimed, "Security Council"):
		return strings.HasPrefix(s.String(), "S/")
	}
	// Two of the principal organs differ; of any other pair nothing is known.
	return !(principal[body] && principal[claimed])
}

var principal = map[string]bool{"Security Council": true, "General Assembly": true, "Economic and Social Council": true, "Human Rights Council": true, "Trusteeship Council": true}
