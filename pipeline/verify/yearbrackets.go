package verify

import (
	"fmt"
	"strconv"

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
				f := disagree(dates[0], claimed, fmt.Sprintf("the note gives %s the year %s; it is dated %s%s", c.Cite.Symbol, claimed, words(dates[0].Value), naming(c, d, c.Cite.Claims.Year)))
				f.Candidates = append(nearNumbers(c, c.Cite.Claims.Year), sameTopic(c, d, c.Cite.Claims.Year)...)
				f.Suggestion = reyeared(c, dates[0].Value)
				return []cite.Finding{f}
			}
			return []cite.Finding{unread(c, claimed, "no date of "+name(d)+" was read")}
		}
		if c.Answer.Outcome == cite.Absent {
			return nil
		}
		return []cite.Finding{notHad(c, claimed)}
	},
}

// nearNumbers lists the resolutions of a year whose number is but one digit
// off, or has two swapped: "944 (1995)" for 994 (1995).
func nearNumbers(c *Case, year int) []string {
	out := []string{}
	if c.Known == nil || !c.Cite.Symbol.IsCouncilResolution() {
		return out
	}
	first, last, _, ok := c.Known.Range(year)
	for n := first; ok && n <= last; n++ {
		if r, ok := c.Known.Resolution(n); ok && n != c.Cite.Symbol.Number() && near(strconv.Itoa(n), strconv.Itoa(c.Cite.Symbol.Number())) {
			out = append(out, r.Symbol.ID())
		}
	}
	return out
}

// reyeared is the note with the right year after the number.
func reyeared(c *Case, iso string) string {
	at := c.Cite.Claims.YearSpan
	right, err := cite.ParseISODate(iso)
	if at == nil || err != nil || cut(c.Note.Text, *at) != strconv.Itoa(c.Cite.Claims.Year) {
		return ""
	}
	r := []rune(c.Note.Text)
	return string(r[:at.Start]) + strconv.Itoa(right.Year) + string(r[at.End:])
}

// sameTopic lists the resolutions under the same agenda item of a year.
func sameTopic(c *Case, d *cite.Document, year int) []string {
	out := []string{}
	for _, r := range fellows(c, d, year) {
		out = append(out, r.Symbol.ID())
	}
	return out
}

func fellows(c *Case, d *cite.Document, year int) (out []cite.Document) {
	if c.Known == nil || d.Topic == "" {
		return nil
	}
	for _, r := range c.Known.ByTopic(d.Topic, year) {
		if r.Symbol != d.Symbol {
			out = append(out, r)
		}
	}
	return out
}

// mostNamed bounds the candidates that a reason names with their dates.
const mostNamed = 3

// naming is the candidates in words: "; of 2019 under the same agenda item:
// S/RES/2480 (28 June 2019)".
func naming(c *Case, d *cite.Document, year int) string {
	var items []string
	for _, r := range fellows(c, d, year) {
		items = append(items, fmt.Sprintf("%s (%s)", r.Symbol, r.Date.Words()))
	}
	if len(items) == 0 {
		return ""
	}
	if len(items) > mostNamed {
		items = append(items[:mostNamed], plural(len(items)-mostNamed, "other"))
	}
	return fmt.Sprintf("; of %d under the same agenda item: %s", year, list(items, "and"))
}
