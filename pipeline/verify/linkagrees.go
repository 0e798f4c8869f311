package verify

import (
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"citecheck/pipeline/cite"
)

// linkAgrees: does the address in the note lead to the document whose symbol
// or number it prints? The UN's short addresses hold the symbol.
var linkAgrees = &Check{
	Name:    "link-agrees",
	Doc:     "the UN address in the note is that of the document cited",
	Applies: func(c *Case) bool { return c.Cite.Via != cite.ViaURL && !linked(c).IsZero() },
	Run: func(c *Case) []cite.Finding {
		to := linked(c)
		ev := own(c.Note, c.Cite.Claims.URL)
		same := to.Main() == c.Cite.Symbol.Main() || slices.Contains(c.Cite.Joint, to)
		if d := c.doc(); d != nil {
			same = same || slices.Contains(d.Aliases, to.String())
		}
		if same {
			return []cite.Finding{{Verdict: cite.Verified, Claimed: c.Cite.Claims.URL, Found: to.String(), Reason: "the address is that of " + c.Cite.Symbol.String(), Evidence: ev}}
		}
		// Two symbols may be one document's: only those of one series differ.
		if to.Body() != c.Cite.Symbol.Body() || to.Series() != c.Cite.Symbol.Series() {
			return nil
		}
		return []cite.Finding{{Verdict: cite.Contradicted, Claimed: c.Cite.Claims.URL, Found: to.String(), Evidence: ev, Candidates: []string{to.ID(), c.Cite.Symbol.ID()},
			Reason: fmt.Sprintf("the note cites %s; its address leads to %s", c.Cite.Symbol, to)}}
	},
}

var shortAddress = regexp.MustCompile(`(?i)^(?:https?://)?(?:www\.)?(?:undocs\.org|docs\.un\.org)/(?:(?:en|fr|es|ru|ar|zh)/)?([^?#]+)$`)

// linked is the document whose short address a note gives, the zero symbol
// for any other address.
func linked(c *Case) cite.Symbol {
	m := shortAddress.FindStringSubmatch(c.Cite.Claims.URL)
	if m == nil || c.Cite.Symbol.IsZero() {
		return cite.Symbol{}
	}
	path, err := url.PathUnescape(m[1])
	if err != nil {
		return cite.Symbol{}
	}
	s, err := cite.ParseSymbol(strings.TrimRight(path, "/ ."))
	if err != nil {
		return cite.Symbol{}
	}
	return s
}
