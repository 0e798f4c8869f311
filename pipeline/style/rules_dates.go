package style

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"citecheck/pipeline/cite"
)

var bracketYear = regexp.MustCompile(`\(((?:19|20)\d\d)\)`)

// yearIn is the year in brackets of a printed symbol, 0 for none.
func yearIn(text string) int {
	m := bracketYear.FindStringSubmatch(text)
	if m == nil {
		return 0
	}
	n, _ := strconv.Atoi(m[1]) // four digits
	return n
}

// year is the year that a citation prints beside its date, with its place:
// "2423 (2018)".
func (s *sheet) year(c *cite.Citation) (int, cite.Span, bool) {
	at := c.Claims.YearSpan
	if at == nil || c.Claims.Year == 0 {
		return 0, cite.Span{}, false
	}
	text := s.over(*at)
	i := strings.Index(text, strconv.Itoa(c.Claims.Year))
	if i < 0 {
		return 0, cite.Span{}, false
	}
	from := at.Start + len([]rune(text[:i]))
	return c.Claims.Year, cite.Span{Start: from, End: from + 4}, true
}

var yearAndDate = &Rule{
	ID: "M4", Severity: Error, Doc: "the year in brackets is that of the date",
	May: May{Date: true},
	Run: func(s *sheet) []remark {
		var out []remark
		for _, c := range s.direct() {
			year, at, ok := s.year(c)
			d := c.Claims.Date
			if !ok || d.Day == 0 || d.Year == year || !c.Symbol.IsCouncilResolution() || c.Claims.DateText != "" || s.inTitle(c, at) {
				continue
			}
			m := remark{Claimed: fmt.Sprintf("(%d) and %s", year, s.over(*c.Claims.DateSpan)), Reason: fmt.Sprintf("the year in brackets is %d and the date is of %d", year, d.Year)}
			if right, ev, ok := s.dated(c.Symbol); ok {
				sameDay := right.Month == d.Month && right.Day == d.Day
				switch {
				case right == d:
					m.Edits = []edit{{at, strconv.Itoa(right.Year)}}
				case right.Year == year && sameDay:
					m.Edits = s.redated(c, right)
				default:
					ev = nil
				}
				if ev != nil {
					m.Evidence, m.Found = ev, right.Words()
					m.Reason += fmt.Sprintf("; %s is dated %s (%s)", c.Symbol, right.Words(), from(ev))
				}
			}
			out = append(out, m)
		}
		return out
	},
	Yes: []Example{
		{Profile: "un", Note: "Security Council resolution 2423 (2017) of 28 June 2018, para. 38.", Mended: "Security Council resolution 2423 (2018) of 28 June 2018, para. 38."},
		{Profile: "un", Note: "Security Council resolution 2423 (2018) of 28 June 2017, para. 38.", Mended: "Security Council resolution 2423 (2018) of 28 June 2018, para. 38."},
		{Profile: "un", Note: "Security Council resolution 2423 (2018) of 30 July 2017, para. 38."},
	},
	No: []Example{{Profile: "bluebook", Note: "Law of the Sea, G.A. Res. 49/28, U.N. Doc. A/49/28 (1994), opened for signature Dec. 10, 1982."},
		{Profile: "un", Note: "Security Council resolution 2423 (2018) of 28 June 2018, para. 38."}, {Profile: "ipi", Note: "UN Security Council Resolution 2423 (June 28, 2018), UN Doc. S/RES/2423."}},
}

// redated is the edit that prints another date in the way of the old one.
func (s *sheet) redated(c *cite.Citation, right cite.Date) []edit {
	at := c.Claims.DateSpan
	if at == nil {
		return nil
	}
	d := datum{c, *at, s.over(*at), c.Claims.Date}
	f := DateFormat{MonthFirst: d.way() == wayMonthFirst}
	if way := d.way(); way != wayMonthFirst && way != wayDayFirst {
		return nil
	}
	if d.date.Month > 0 {
		if is, _ := d.shortened(); is {
			f.Short = Short
		}
	}
	return []edit{{*at, f.format(right)}}
}

var yearRange = &Rule{
	ID: "M5", Severity: Error, Doc: "a resolution's number lies in its year's range",
	Run: func(s *sheet) []remark {
		if s.Known == nil {
			return nil
		}
		var out []remark
		for _, c := range s.direct() {
			year := c.Claims.Year
			if year == 0 || !c.Symbol.IsCouncilResolution() || !c.Claims.Words.IsZero() {
				continue
			}
			n := c.Symbol.Number()
			first, last, complete, ok := s.Known.Range(year)
			if !ok || n >= first && n <= last || n > last && !complete {
				continue
			}
			m := remark{Claimed: fmt.Sprintf("%d (%d)", n, year), Found: fmt.Sprintf("%d to %d", first, last),
				Reason: fmt.Sprintf("the Security Council's resolutions of %d have the numbers %d to %d", year, first, last)}
			if d, ok := s.Known.Resolution(n); ok {
				m.Reason += fmt.Sprintf("; %d is of %s", n, d.Date.Words())
			}
			out = append(out, m)
		}
		return out
	},
	Yes: []Example{{Profile: "un", Note: "Security Council resolution 2140 (2015), para. 3."}, {Profile: "ipi", Note: "UN Security Council Resolution 1325 (October 31, 2001), UN Doc. S/RES/1325."}},
	No:  []Example{{Profile: "un", Note: "Security Council resolution 2140 (2014), para. 3."}, {Profile: "un", Note: "Human Rights Council resolution 39/2."}},
}

var noSuchDay = &Rule{
	ID: "M6", Severity: Error, Doc: "every date is a day that exists and is past",
	May: May{Date: true},
	Run: func(s *sheet) []remark {
		var out []remark
		for _, c := range s.direct() {
			cl := &c.Claims
			if cl.DateSpan == nil || s.inTitle(c, *cl.DateSpan) {
				continue
			}
			printed := s.over(*cl.DateSpan)
			m := remark{Claimed: printed}
			switch {
			case cl.Date.IsZero() && cl.DateText != "" && !someDay(printed):
				m.Reason = printed + " is no day of the calendar"
			case s.future(cl.Date):
				m.Reason = printed + " lies in the future"
			default:
				continue
			}
			if right, ev, ok := s.dated(c.Symbol); ok {
				m.Evidence, m.Found = ev, right.Words()
				m.Reason += fmt.Sprintf("; %s is dated %s (%s)", c.Symbol, right.Words(), from(ev))
				m.Edits = s.redated(c, right)
			}
			out = append(out, m)
		}
		return out
	},
	Yes: []Example{
		{Profile: "ipi", Note: "UN Security Council Resolution 2100 (April 31, 2013), UN Doc. S/RES/2100.", Mended: "UN Security Council Resolution 2100 (April 25, 2013), UN Doc. S/RES/2100."},
		{Profile: "ipi", Note: "UN Security Council, Report on Mali, UN Doc. S/2023/402, June 1, 2032."},
		{Profile: "oscola", Note: "UNSC, ‘Report on Mali’ (30 February 2023) UN Doc S/2023/402."},
	},
	No: []Example{{Profile: "ipi", Note: "UN Security Council, Report on Mali, UN Doc. S/2023/402, June 1, 2023."}, {Profile: "ipi", Note: "UN Doc. S/2024/10, February 29, 2024."}},
}

// future tells whether a date lies after the month of the run.
func (s *sheet) future(d cite.Date) bool {
	m := s.Month
	if m.IsZero() || d.IsZero() {
		return false
	}
	return d.Year > m.Year || d.Year == m.Year && d.Month > m.Month
}

// someDay tells whether figures are some day, read one way or the other.
func someDay(printed string) bool {
	if !inFigures.MatchString(printed) {
		return false
	}
	n := numbers(printed)
	return len(n) == 3 && (cite.Date{Year: n[2], Month: n[1], Day: n[0]}.Valid() || cite.Date{Year: n[2], Month: n[0], Day: n[1]}.Valid() || cite.Date{Year: n[0], Month: n[1], Day: n[2]}.Valid())
}

// numbers are the numbers of a date in figures.
func numbers(printed string) []int {
	var out []int
	for _, p := range strings.FieldsFunc(printed, func(r rune) bool { return r < '0' || r > '9' }) {
		n, _ := strconv.Atoi(p) // digits
		out = append(out, n)
	}
	return out
}

var dateFormat = &Rule{
	ID: "M14", Severity: Style, Doc: "dates are printed alike, as the style does",
	Run: func(s *sheet) []remark {
		want, turned := s.Profile.Dates, 0
		var out []remark
		for _, d := range s.dates() {
			way := d.way()
			if way == "" || d.date.IsZero() && way != wayFigures {
				continue
			}
			f := want
			is, could := d.shortened()
			if f.Short == Either {
				f.Short = Full
				if is {
					f.Short = Short
				}
			}
			m := remark{Claimed: d.text, Reason: fmt.Sprintf("dates are printed as “%s”%s", f.example(), s.why(true))}
			switch {
			case way == wayFigures && d.c.Claims.DateText != "":
				// 5/4/2013 is a day of April or of May.
				if right, ev, ok := s.dated(d.c.Symbol); ok && fits(d.text, right) {
					m.Evidence = ev
					m.Reason += fmt.Sprintf("; the day is that of %s (%s)", d.c.Symbol, from(ev))
					m.Edits = []edit{{d.at, f.format(right)}}
				}
				out = append(out, m)
				continue
			case way == wayFigures:
			case f.MonthFirst != (way == wayMonthFirst):
			case could && is != (f.Short == Short):
			default:
				continue
			}
			if way != wayFigures && f.MonthFirst != (way == wayMonthFirst) {
				turned++
			}
			m.Edits = []edit{{d.at, f.format(d.date)}}
			out = append(out, m)
		}
		// A correction that leaves other dates of the note in the old order
		// would make a mixture.
		if s.others(want.MonthFirst) > turned {
			for i := range out {
				out[i].Edits = nil
			}
		}
		return out
	},
	Yes: []Example{
		{Profile: "ipi", Note: "UN Security Council Resolution 2423 (28 June 2018), UN Doc. S/RES/2423, para. 38.", Mended: "UN Security Council Resolution 2423 (June 28, 2018), UN Doc. S/RES/2423, para. 38."},
		{Profile: "bluebook", Note: "S.C. Res. 1325, ¶ 8, U.N. Doc. S/RES/1325 (October 31, 2000).", Mended: "S.C. Res. 1325, ¶ 8, U.N. Doc. S/RES/1325 (Oct. 31, 2000)."},
		{Profile: "oscola", Note: "UNSC Res 1373 (Sept. 28, 2001) UN Doc S/RES/1373.", Mended: "UNSC Res 1373 (28 September 2001) UN Doc S/RES/1373."},
		{Profile: "ipi", Note: "UN Security Council Resolution 2423 (2018-06-28), UN Doc. S/RES/2423.", Mended: "UN Security Council Resolution 2423 (June 28, 2018), UN Doc. S/RES/2423."},
		{Profile: "ipi", Note: "“Mali Orders Suspension of Rotations,” Reuters, 15 July 2022.", Mended: "“Mali Orders Suspension of Rotations,” Reuters, July 15, 2022."},
		{Profile: "ipi", Note: "UN Security Council, Report on Mali, UN Doc. S/2023/402, 01/06/2023."},
		{Profile: "ipi", Note: "UN Security Council Resolution 2423 (28 June 2018), UN Doc. S/RES/2423; on 3 May 2019 the Council met."},
	},
	No: []Example{
		{Profile: "bluebook", Note: "Report of the 24th International Conference of the Red Cross, Manila, 7–14 November 1981, p. 50."},
		{Profile: "bluebook", Note: "Article 18 of the Geneva Convention of 6 July 1906."},
		{Profile: "ipi", Note: "UN Security Council Resolution 2423 (June 28, 2018), UN Doc. S/RES/2423, para. 38."},
		{Profile: "ipi", Note: "Letter dated 16 January 2023 from the Secretary-General addressed to the President of the Security Council, UN Doc. S/2023/36, January 16, 2023."},
		{Profile: "bluebook", Note: "S.C. Res. 2423, U.N. Doc. S/RES/2423 (June 28, 2018)."},
		{Profile: "chicago", Note: "UN Security Council, Resolution 1325, Oct. 31, 2000, S/RES/1325."},
		{Profile: "ipi", Note: "UN Security Council, Rapport du Secrétaire général, UN Doc. S/2023/402, 1er juin 2023."},
	},
}

// fits tells whether figures may mean a day: "25/04/2013", "4/25/2013".
func fits(printed string, d cite.Date) bool {
	n := numbers(printed)
	if len(n) != 3 {
		return false
	}
	return n[2] == d.Year && (n[0] == d.Day && n[1] == d.Month || n[1] == d.Day && n[0] == d.Month)
}

var distribution = &Rule{
	ID: "M15", Severity: Note, Doc: "a resolution is dated by its adoption, not by its distribution",
	May: May{Date: true},
	Run: func(s *sheet) []remark {
		var out []remark
		for _, c := range s.direct() {
			d := s.document(c.Symbol)
			if d == nil || c.Claims.Date.Day == 0 || c.Symbol.Series() != "resolution" {
				continue
			}
			right, ev, ok := s.dated(c.Symbol)
			if !ok || right == c.Claims.Date {
				continue
			}
			for _, f := range d.Facts {
				if f.Field == cite.FieldIssued && f.Value == c.Claims.Date.String() {
					out = append(out, remark{Claimed: c.Claims.Date.Words(), Found: right.Words(), Evidence: ev,
						Reason: fmt.Sprintf("%s is the day on which %s was distributed; it was adopted on %s (%s)", c.Claims.Date.Words(), c.Symbol, right.Words(), from(ev)),
						Edits:  s.redated(c, right)})
					break
				}
			}
		}
		return out
	},
	Yes: []Example{{Profile: "ipi", Note: "UN General Assembly Resolution 78/323 (August 14, 2024), UN Doc. A/RES/78/323.", Date: "2024-08-13", Issued: "2024-08-14",
		Mended: "UN General Assembly Resolution 78/323 (August 13, 2024), UN Doc. A/RES/78/323."}},
	No: []Example{
		{Profile: "ipi", Note: "UN General Assembly Resolution 78/323 (August 13, 2024), UN Doc. A/RES/78/323.", Date: "2024-08-13", Issued: "2024-08-14"},
		{Profile: "ipi", Note: "UN General Assembly Resolution 78/323 (August 14, 2024), UN Doc. A/RES/78/323."},
	},
}

var resolutionName = regexp.MustCompile(`^(.*?\b(?i:resolution|res\.?) ?)(\d{1,4})$`)

var yearMissing = &Rule{
	ID: "M18", Severity: Style, Doc: "a resolution of the Council is named with its year",
	May: May{Add: true},
	Run: func(s *sheet) []remark {
		if !s.Profile.Year {
			return nil
		}
		var out []remark
		for _, c := range s.direct() {
			cl := &c.Claims
			if !c.Symbol.IsCouncilResolution() || cl.YearSpan != nil || cl.Year != cl.Date.Year || !cl.Words.IsZero() || cl.DateText != "" {
				continue
			}
			at := cl.SymbolAt
			if cl.NameSpan != nil {
				at = cl.NameSpan
				if !resolutionName.MatchString(s.over(*at)) {
					continue // an item of a list, or another language
				}
			}
			if at == nil || s.inTitle(c, *at) {
				continue
			}
			m := remark{Claimed: s.over(*at), Reason: fmt.Sprintf("the year stands after the number, as in “2423 (2018)”%s", s.why(true))}
			year := cl.Date.Year
			if right, ev, ok := s.dated(c.Symbol); ok && year == 0 {
				year = right.Year
				m.Evidence = ev
				m.Reason += fmt.Sprintf("; %s is of %d (%s)", c.Symbol, year, from(ev))
			}
			if year > 0 {
				m.Edits = []edit{{cite.Span{Start: at.End, End: at.End}, fmt.Sprintf(" (%d)", year)}}
			}
			if cl.Date.Day > 0 { // "2423 (June 28, 2018)" has no room for a second bracket
				m.Edits = nil
				if text, ok := s.reprinted(c); ok {
					m.Edits = []edit{{c.Span, text}}
				}
			}
			out = append(out, m)
		}
		return out
	},
	Yes: []Example{
		{Profile: "un", Note: "Security Council resolution 2423, para. 38.", Mended: "Security Council resolution 2423 (2018), para. 38."},
		{Profile: "un", Note: "S/RES/2423, para. 38.", Mended: "S/RES/2423 (2018), para. 38."},
		{Profile: "un", Note: "See Security Council resolution 2423, in which the Council decided so.", Mended: "See Security Council resolution 2423 (2018), in which the Council decided so."},
		{Profile: "un", Note: "UN Security Council Resolution 2423 (June 28, 2018), S/RES/2423, para. 38.", Mended: "Security Council resolution 2423 (2018) of 28 June 2018, para. 38."},
	},
	No: []Example{
		{Profile: "un", Note: "Security Council resolution 2423 (2018), para. 38."},
		{Profile: "un", Note: "General Assembly resolution 60/1, para. 138."},
		{Profile: "ipi", Note: "UN Doc. S/RES/2423."},
		{Profile: "un", Note: "Security Council resolutions 1325 (2000), 1820 (2008) and 1888 (2009)."},
	},
}
