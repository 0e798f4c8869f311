package verify

import (
	"strconv"

	"citecheck/pipeline/cite"
)

// exists: is there such a document at all? Only a complete list that lacks it
// can say no.
var exists = &Check{
	Name:    "exists",
	Doc:     "the document exists",
	Applies: func(*Case) bool { return true },
	Run: func(c *Case) []cite.Finding {
		claimed := c.Cite.Symbol.String()
		switch c.Answer.Outcome {
		case cite.Found:
			if f, ok := c.Answer.Document.Fact(cite.FieldExists); ok {
				return []cite.Finding{agree(f, claimed, name(c.Answer.Document)+" exists")}
			}
			return []cite.Finding{{Verdict: cite.Unreachable, Claimed: claimed, Reason: "what was read does not show that it is this document"}}
		case cite.Absent:
			return []cite.Finding{{Verdict: cite.NotFound, Claimed: claimed, Reason: c.Answer.Reason, Evidence: c.Answer.Evidence, Candidates: sameNumber(c)}}
		}
		return []cite.Finding{notHad(c, claimed)}
	},
}

// sameNumber lists resolutions that a wrong number may have meant: digits
// swapped or one left over, adopted on the day that the note names.
func sameNumber(c *Case) []string {
	d := c.Cite.Claims.Date
	if c.Known == nil || d.Day == 0 || !c.Cite.Symbol.IsCouncilResolution() {
		return []string{}
	}
	first, last, _, ok := c.Known.Range(d.Year)
	out := []string{}
	if !ok {
		return out
	}
	for n := first; n <= last; n++ {
		if r, ok := c.Known.Resolution(n); ok && r.Date == d && near(strconv.Itoa(n), strconv.Itoa(c.Cite.Symbol.Number())) {
			out = append(out, r.Symbol.ID())
		}
	}
	return out
}

// near tells whether b is a with one digit changed, two swapped, or one more
// or less.
func near(a, b string) bool {
	if len(a) == len(b) {
		var at []int
		for i := range a {
			if a[i] != b[i] {
				at = append(at, i)
			}
		}
		return len(at) <= 1 || len(at) == 2 && at[1] == at[0]+1 && a[at[0]] == b[at[1]] && a[at[1]] == b[at[0]]
	}
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(b) != len(a)+1 {
		return false
	}
	for i := range b {
		if b[:i]+b[i+1:] == a {
			return true
		}
	}
	return false
}
