package verify

import (
	"fmt"

	"citecheck/pipeline/cite"
)

// yearInBrackets: is the year after the number, "2423 (2018)", the
// document's, and that of the date in the same note?
var yearInBrackets = &Check{
	Name: "year-in-brackets",
	Doc:  "the year printed after the number is the document's",
	Applies: func(c *Case) bool {
		return c.Cite.Claims.Year > 0 && (c.Cite.Claims.Date.IsZero() || c.Cite.Claims.Date.Year != c.Cite.Claims.Year)
	},
	Run: func(c *Case) []cite.Finding {
		claimed := fmt.Sprint(c.Cite.Claims.Year)
		if d := c.doc(); d != nil {
			dates := facts(d, cite.FieldDate)
			for _, f := range append(append([]cite.Fact{}, dates...), facts(d, cite.FieldDayAfter)...) {
				if fits(cite.Date{Year: c.Cite.Claims.Year}, f.Value) {
					return []cite.Finding{agree(f, claimed, fmt.Sprintf("%s is of %s", name(d), claimed))}
				}
			}
			if len(dates) > 0 {
				f := disagree(dates[0], claimed, fmt.Sprintf("the note gives %s the year %s; it is dated %s", c.Cite.Symbol, claimed, words(dates[0].Value)))
				f.Candidates = sameTopic(c, d, c.Cite.Claims.Year)
				return []cite.Finding{f}
			}
			return []cite.Finding{{Verdict: cite.Unreachable, Claimed: claimed, Reason: "no date of " + name(d) + " was read"}}
		}
		if c.Answer.Outcome == cite.Absent {
			return nil
		}
		return []cite.Finding{notHad(c, claimed)}
	},
}

// sameTopic lists the resolutions under the same agenda item of a year.
func sameTopic(c *Case, d *cite.Document, year int) []string {
	out := []string{}
	if c.Known == nil || d.Topic == "" {
		return out
	}
	for _, r := range c.Known.ByTopic(d.Topic, year) {
		if r.Symbol != d.Symbol {
			out = append(out, r.Symbol.ID())
		}
	}
	return out
}
