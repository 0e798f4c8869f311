package verify

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"citecheck/pipeline/cite"
)

// timeFits: can a document of that session or year be of the date that the
// note gives it? It asks where no source had the date: the Assembly's
// sessions begin each September, the Human Rights Council holds three a year,
// and many symbols hold their year.
var timeFits = &Check{
	Name: "time-fits",
	Doc:  "the date in the note can be that of a document of its session or year",
	Applies: func(c *Case) bool {
		if dateTold(c).Year == 0 {
			return false
		}
		d := c.doc()
		return d == nil || len(facts(d, cite.FieldDate)) == 0
	},
	Run: func(c *Case) []cite.Finding {
		claim := dateTold(c)
		if f, ok := otherRecords(c, claim); ok {
			return []cite.Finding{f}
		}
		w, ok := timeOf(c.Cite.Symbol)
		if !ok || c.Answer.Outcome == cite.Absent || w.holds(claim) {
			return nil
		}
		return []cite.Finding{{Verdict: cite.Questioned, Claimed: claim.Words(), Found: w.what, Evidence: own(c.Note, c.Cite.Symbol.String()),
			Reason: fmt.Sprintf("the note dates %s to %s; %s", c.Cite.Symbol, claim.Words(), w.what)}}
	},
}

var councilYear = regexp.MustCompile(`\bSCOR,?\s+(\d{1,2})(?:st|nd|rd|th|d)\s+(?:[Yy]ear|[Yy]r\.?|[Ss]ess(?:ion|\.)?)`)

// otherRecords compares the year of the Council's official records, whose
// first was 1946, with the date beside it.
func otherRecords(c *Case, claim cite.Date) (cite.Finding, bool) {
	m := councilYear.FindStringSubmatch(c.Cite.Text)
	if m == nil {
		return cite.Finding{}, false
	}
	n, _ := strconv.Atoi(m[1]) // digits
	if claim.Year == 1945+n {
		return cite.Finding{}, false
	}
	return cite.Finding{Verdict: cite.Questioned, Claimed: claim.Words(), Found: m[0], Evidence: own(c.Note, m[0]),
		Reason: fmt.Sprintf("the note gives year %d of the Council’s official records, which is %d, and the date %s", n, 1945+n, claim.Words())}, true
}

// dateTold is the date that a note gives its document, or the day of a letter
// that its title has.
func dateTold(c *Case) cite.Date {
	cl := c.Cite.Claims
	switch {
	case cl.Date.Year > 0:
		return cl.Date
	case cl.Year > 0:
		return cite.Date{Year: cl.Year}
	case cl.Type == "letter" && strings.HasPrefix(strings.ToLower(cl.Title), "letter dated"):
		return dateIn(cl.Title)
	}
	return cite.Date{}
}

// A season is when a document can have been made.
type season struct {
	from, to cite.Date // months; the zero date is no bound
	what     string
}

func (w season) holds(d cite.Date) bool {
	first, last := months12(d.Year, d.Month, 1), months12(d.Year, d.Month, 12)
	return (w.from.Year == 0 || last >= months12(w.from.Year, w.from.Month, 1)) && (w.to.Year == 0 || first <= months12(w.to.Year, w.to.Month, 12))
}

// months12 counts months; one that is not given is taken for the one named
// last.
func months12(year, month, else1 int) int {
	if month == 0 {
		month = else1
	}
	return year*12 + month
}

// years is a season of whole years.
func years(from, to int, what string, args ...any) season {
	return season{cite.Date{Year: from, Month: 1}, cite.Date{Year: to, Month: 12}, fmt.Sprintf(what, args...)}
}

// timeOf is the season of a symbol. Decisions are of their session; other
// documents are written before it too, and some after.
func timeOf(s cite.Symbol) (season, bool) {
	if s.Modifier() != "" {
		return season{}, false // a corrigendum can be of any later year
	}
	session := s.Session()
	decided := s.Series() == "resolution" || s.Series() == "decision"
	switch {
	case strings.HasPrefix(s.String(), "A/HRC/"):
		n, err := strconv.Atoi(session)
		if err != nil || n < 1 {
			return season{}, false
		}
		y := 2006 + (n-1)/3
		if decided {
			return season{cite.Date{Year: y, Month: 1}, cite.Date{Year: y + 1, Month: 3}, fmt.Sprintf("session %d of the Human Rights Council was in %d", n, y)}, true
		}
		return years(y-2, y+1, "session %d of the Human Rights Council was in %d", n, y), true
	case strings.HasPrefix(session, "ES-"):
		n, _ := strconv.Atoi(session[3:])
		if y := emergencySessions[n]; y > 0 {
			return season{from: cite.Date{Year: y, Month: 1}, what: fmt.Sprintf("emergency special session %d began in %d", n, y)}, true
		}
	case strings.HasPrefix(session, "S-"):
		n, _ := strconv.Atoi(session[2:])
		if y := specialSessions[n]; y > 0 && decided {
			return season{cite.Date{Year: y, Month: 1}, cite.Date{Year: y + 1, Month: 3}, fmt.Sprintf("special session %d was in %d", n, y)}, true
		}
	case s.Body() == "General Assembly" && session != "":
		n, err := strconv.Atoi(session)
		if err != nil {
			n = cite.Roman(session)
		}
		if n < 1 || n > 150 {
			return season{}, false
		}
		what := fmt.Sprintf("session %d of the General Assembly was from September %d to September %d", n, 1945+n, 1946+n)
		if n == 1 {
			return years(1946, 1947, "session 1 of the General Assembly was in 1946"), true
		}
		if decided {
			// What is adopted in its last days is distributed weeks later.
			return season{cite.Date{Year: 1945 + n, Month: 9}, cite.Date{Year: 1946 + n, Month: 11}, what}, true
		}
		return years(1944+n, 1947+n, "%s", what), true
	case s.Year() > 0:
		y := s.Year()
		what := fmt.Sprintf("its symbol is one of %d", y)
		switch {
		case s.Series() == "presidential statement":
			return years(y, y, "%s", what), true
		case decided:
			return season{cite.Date{Year: y - 1, Month: 1}, cite.Date{Year: y + 1, Month: 3}, what}, true
		}
		return years(y-1, y+1, "%s", what), true
	}
	return season{}, false
}

// The years in which the Assembly's emergency special sessions began, and
// those of its special sessions.
var (
	emergencySessions = map[int]int{1: 1956, 2: 1956, 3: 1958, 4: 1960, 5: 1967, 6: 1980, 7: 1980, 8: 1981, 9: 1982, 10: 1997, 11: 2022}
	specialSessions   = map[int]int{1: 1947, 2: 1948, 3: 1961, 4: 1963, 5: 1967, 6: 1974, 7: 1975, 8: 1978, 9: 1978, 10: 1978, 11: 1980, 12: 1982, 13: 1986, 14: 1986, 15: 1988,
		16: 1989, 17: 1990, 18: 1990, 19: 1997, 20: 1998, 21: 1999, 22: 1999, 23: 2000, 24: 2000, 25: 2001, 26: 2001, 27: 2002, 28: 2005, 29: 2014, 30: 2016, 31: 2020, 32: 2021}
)
