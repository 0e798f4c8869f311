package style

import (
	"regexp"
	"strconv"
	"strings"

	"citecheck/pipeline/cite"
)

// A DateFormat is how a style prints a day.
type DateFormat struct {
	MonthFirst bool
	Short      Months
}

// Months says whether a style shortens the names of months.
type Months int

// The ways with months.
const (
	Full   Months = iota // "September"
	Short                // "Sept.", as Bluebook shortens them
	Either               // as the report likes
)

var shortMonths = [13]string{"", "Jan.", "Feb.", "Mar.", "Apr.", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec."}

// format prints a date, as far as it is known.
func (f DateFormat) format(d cite.Date) string {
	if d.Month == 0 {
		return strconv.Itoa(d.Year)
	}
	month := cite.Months[d.Month]
	if f.Short == Short {
		month = shortMonths[d.Month]
	}
	switch year := strconv.Itoa(d.Year); {
	case d.Day == 0:
		return month + " " + year
	case f.MonthFirst:
		return month + " " + strconv.Itoa(d.Day) + ", " + year
	default:
		return strconv.Itoa(d.Day) + " " + month + " " + year
	}
}

// example is the format in words.
func (f DateFormat) example() string {
	out := "D Month YYYY"
	if f.MonthFirst {
		out = "Month D, YYYY"
	}
	if f.Short == Short {
		out = strings.Replace(out, "Month", "Mon.", 1)
	}
	return out
}

// A datum is a day that a note prints.
type datum struct {
	c    *cite.Citation
	at   cite.Span
	text string
	date cite.Date
}

var (
	dayFirst   = regexp.MustCompile(`^(\d{1,2})(?:st|nd|rd|th)?(?: of)? (\p{L}+)(\.?),? (\d{4})$`)
	monthFirst = regexp.MustCompile(`^(\p{L}+)(\.?) (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})$`)
	inFigures  = regexp.MustCompile(`^\d+[-./]\d+[-./]\d+$`)
)

// The ways in which notes print days.
const (
	wayMonthFirst = "Month D, YYYY"
	wayDayFirst   = "D Month YYYY"
	wayFigures    = "in figures"
)

// way is the order of a date's parts, "" for one of another language.
func (d datum) way() string {
	switch {
	case inFigures.MatchString(d.text):
		return wayFigures
	case monthFirst.MatchString(d.text) && english(monthFirst.FindStringSubmatch(d.text)[1]):
		return wayMonthFirst
	case dayFirst.MatchString(d.text) && english(dayFirst.FindStringSubmatch(d.text)[2]):
		return wayDayFirst
	}
	return ""
}

// shortened tells whether the date's month is shortened, and whether it could be.
func (d datum) shortened() (is, could bool) {
	month := ""
	if m := monthFirst.FindStringSubmatch(d.text); m != nil {
		month = m[1]
	} else if m := dayFirst.FindStringSubmatch(d.text); m != nil {
		month = m[2]
	}
	if d.date.Month == 0 || month == "" {
		return false, false
	}
	return !strings.EqualFold(month, cite.Months[d.date.Month]), shortMonths[d.date.Month] != cite.Months[d.date.Month]
}

// english tells whether a word is an English month or its short form.
func english(word string) bool {
	for _, m := range cite.Months[1:] {
		if strings.EqualFold(word, m) || len(word) >= 3 && len(word) <= 4 && strings.HasPrefix(strings.ToLower(m), strings.ToLower(word)) {
			return true
		}
	}
	return false
}

// dates are the days by which the note dates what it cites. A date inside a
// title is the title's.
func (s *sheet) dates() []datum {
	var out []datum
	for i := range s.note.Citations {
		c := &s.note.Citations[i]
		if c.BackRef != nil {
			continue
		}
		switch {
		case c.Claims.DateSpan != nil && !s.inTitle(c, *c.Claims.DateSpan) && !s.ranged(*c.Claims.DateSpan) && (c.Claims.Date.Day > 0 || c.Claims.DateText != ""):
			out = append(out, datum{c, *c.Claims.DateSpan, s.over(*c.Claims.DateSpan), c.Claims.Date})
		case c.Work != nil && c.Work.Issued != nil && len(c.Work.Issued.DateParts) == 1 && len(c.Work.Issued.DateParts[0]) == 3:
			p := c.Work.Issued.DateParts[0]
			if d, ok := s.issued(c, cite.Date{Year: p[0], Month: p[1], Day: p[2]}); ok {
				out = append(out, d)
			}
		}
	}
	return out
}

// issued finds the date of a work where its citation prints it: once, and
// outside the title.
func (s *sheet) issued(c *cite.Citation, day cite.Date) (datum, bool) {
	if c.Span.Start < 0 || c.Span.End > len(s.text) || c.Span.Start > c.Span.End || !day.Valid() {
		return datum{}, false
	}
	text := s.over(c.Span)
	for _, f := range []DateFormat{{true, Full}, {false, Full}, {true, Short}, {false, Short}} {
		printed := f.format(day)
		i := strings.Index(text, printed)
		if i < 0 || strings.Count(text, printed) > 1 || strings.Contains(c.Work.Title, printed) {
			continue
		}
		from := c.Span.Start + len([]rune(text[:i]))
		at := cite.Span{Start: from, End: from + len([]rune(printed))}
		if !s.published(at) {
			return datum{}, false
		}
		return datum{c, at, printed, day}, true
	}
	return datum{}, false
}

// published tells whether a date stands as one of publication: between
// commas or brackets, and in no quotation.
func (s *sheet) published(at cite.Span) bool {
	before, after := string(s.text[:at.Start]), string(s.text[at.End:])
	return dateBefore.MatchString(before) && dateAfter.MatchString(after) && !s.ranged(at) && !s.quoted(at)
}

var (
	dateBefore = regexp.MustCompile(`[,(;.”"’»] ?$`)
	dateAfter  = regexp.MustCompile(`^(?:[,;.)\]]|$)`)
	rangeEnds  = regexp.MustCompile(`(?:\d|\p{L}|\.) ?[-‐‑–—] ?$|\d (?:and|to|&) $`)
)

// ranged tells whether a date is the end of a range: "7–14 November 1981".
func (s *sheet) ranged(at cite.Span) bool {
	return rangeEnds.MatchString(string(s.text[:max(0, min(at.Start, len(s.text)))]))
}

// quoted tells whether a place lies between quotation marks.
func (s *sheet) quoted(at cite.Span) bool {
	open := 0
	for _, r := range s.text[:at.Start] {
		switch r {
		case '“', '«', '„':
			open++
		case '”', '»':
			open--
		case '"':
			open = 1 - open
		}
	}
	return open > 0
}

// days are whole dates in running text.
var days = regexp.MustCompile(`\b(\d{1,2})(?:st|nd|rd|th)? (\p{L}{3,9})\b\.?,? (\d{4})\b|\b(\p{L}{3,9})\b\.? (\d{1,2}),? (\d{4})\b`)

// others counts the dates of the note, outside quotations and titles, that
// have not the order wanted.
func (s *sheet) others(monthFirst bool) int {
	text, n := string(s.text), 0
	for _, m := range days.FindAllStringSubmatchIndex(text, -1) {
		first := m[8] >= 0
		month := ""
		if first {
			month = text[m[8]:m[9]]
		} else {
			month = text[m[4]:m[5]]
		}
		from := len([]rune(text[:m[0]]))
		at := cite.Span{Start: from, End: from + len([]rune(text[m[0]:m[1]]))}
		if first == monthFirst || !english(month) || s.quoted(at) || s.titled(at) {
			continue
		}
		n++
	}
	return n
}

// titled tells whether a place belongs to the title of any citation.
func (s *sheet) titled(at cite.Span) bool {
	for i := range s.note.Citations {
		if s.inTitle(&s.note.Citations[i], at) {
			return true
		}
	}
	return false
}
