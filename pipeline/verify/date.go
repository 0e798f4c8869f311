package verify

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"citecheck/pipeline/cite"
)

// dateAgrees: is the date in the note the document's? A resolution's is the
// day of its adoption; of the General Assembly's documents the day of
// distribution differs from it and is noted, not held against the author.
var dateAgrees = &Check{
	Name: "date-agrees",
	Doc:  "the date in the note is the document's",
	// Where the words name another document than the symbol, the date may be
	// that one's: the number is what is wrong, and is said once.
	Applies: func(c *Case) bool { return !c.Cite.Claims.Date.IsZero() && !datesWords(c) },
	Run: func(c *Case) []cite.Finding {
		claimed := c.Cite.Claims.Date.Words()
		d := c.doc()
		if d == nil {
			if c.Answer.Outcome == cite.Absent {
				return nil
			}
			return []cite.Finding{notHad(c, claimed)}
		}
		dates := facts(d, cite.FieldDate)
		for _, f := range facts(d, cite.FieldIssued) {
			if len(dates) == 0 && fits(c.Cite.Claims.Date, f.Value) {
				return []cite.Finding{agree(f, claimed, fmt.Sprintf("%s was distributed on %s", name(d), words(f.Value)))}
			}
		}
		if len(dates) == 0 {
			return []cite.Finding{unread(c, claimed, "no date of "+name(d)+" was read")}
		}
		for _, f := range append(append([]cite.Fact{}, dates...), facts(d, cite.FieldDayAfter)...) {
			if fits(c.Cite.Claims.Date, f.Value) {
				return []cite.Finding{agree(f, claimed, fmt.Sprintf("%s is dated %s", name(d), words(f.Value)))}
			}
		}
		for _, f := range facts(d, cite.FieldIssued) {
			if fits(c.Cite.Claims.Date, f.Value) {
				return []cite.Finding{agree(f, claimed, fmt.Sprintf("%s was distributed on %s; it is dated %s", name(d), words(f.Value), words(dates[0].Value)))}
			}
		}
		best := dates[0]
		f := disagree(best, claimed, fmt.Sprintf("the note dates %s to %s; it is dated %s", name(d), claimed, words(best.Value)))
		f.Suggestion = redated(c, best.Value)
		f.Candidates = sameDay(c, d)
		return []cite.Finding{f}
	},
}

// datesWords tells whether the date is that of the document which the words
// name, and the symbol does not.
func datesWords(c *Case) bool {
	w := c.Cite.Claims.Words
	if w.IsZero() || w == c.Cite.Symbol || c.Known == nil || !w.IsCouncilResolution() {
		return false
	}
	d, ok := c.Known.Resolution(w.Number())
	return ok && fits(c.Cite.Claims.Date, d.Date.String())
}

// fits tells whether a claimed date, as far as it goes, is the one found.
func fits(claim cite.Date, found string) bool {
	d, err := cite.ParseISODate(found)
	if err != nil || d.IsZero() {
		return false
	}
	return claim.Year == d.Year && (claim.Month == 0 || d.Month == 0 || claim.Month == d.Month) && (claim.Day == 0 || d.Day == 0 || claim.Day == d.Day)
}

func words(iso string) string {
	d, err := cite.ParseISODate(iso)
	if err != nil {
		return iso
	}
	return d.Words()
}

// sameDay lists the resolutions adopted on the day that the note names: the
// note may have the right date and the wrong number.
func sameDay(c *Case, d *cite.Document) []string {
	out := []string{}
	claim := c.Cite.Claims.Date
	if c.Known == nil || claim.Day == 0 || !d.Symbol.IsCouncilResolution() {
		return out
	}
	out = sameNumber(c)
	for _, r := range c.Known.ByTopic(d.Topic, claim.Year) {
		if r.Date == claim && !slices.Contains(out, r.Symbol.ID()) {
			out = append(out, r.Symbol.ID())
		}
	}
	return out
}

// redated is the note with the right date in the note's own style, where the
// old one stands in it once.
func redated(c *Case, iso string) string {
	right, err := cite.ParseISODate(iso)
	old := c.Cite.Claims.Date
	if err != nil || right.Day == 0 || old.Day == 0 {
		return ""
	}
	styles := []func(cite.Date) string{
		cite.Date.Words,
		func(d cite.Date) string {
			return cite.Months[d.Month] + " " + strconv.Itoa(d.Day) + ", " + strconv.Itoa(d.Year)
		},
		func(d cite.Date) string {
			return short(d.Month) + " " + strconv.Itoa(d.Day) + ", " + strconv.Itoa(d.Year)
		},
		func(d cite.Date) string {
			return strconv.Itoa(d.Day) + " " + short(d.Month) + " " + strconv.Itoa(d.Year)
		},
		cite.Date.String,
	}
	for _, style := range styles {
		if was := style(old); strings.Count(c.Note.Text, was) == 1 {
			return strings.Replace(c.Note.Text, was, style(right), 1)
		}
	}
	return ""
}

// short is a month as Bluebook abbreviates it.
func short(month int) string {
	switch name := cite.Months[month]; {
	case len(name) <= 4:
		return name
	case name == "September":
		return "Sept."
	default:
		return name[:3] + "."
	}
}
