package citation

import (
	"strconv"
	"strings"

	"citecheck/pipeline/cite"
)

// A dated is a date in a text. Text is set where the date alone would lose
// something: day and month in figures, or a day that does not exist.
type dated struct {
	stretch
	date cite.Date
	text string
	year int
}

// months are the month names of English, French and Spanish, and their
// abbreviations, in small letters without the dot.
var months = func() map[string]int {
	months := map[string]int{}
	for i, names := range []string{
		"january jan janvier janv enero ene",
		"february feb febr février fevrier févr fevr febrero",
		"march mar mars marzo",
		"april apr avril avr abril abr",
		"may mai mayo",
		"june jun juin junio",
		"july jul juillet juil julio",
		"august aug août aout agosto ago",
		"september sep sept septembre septiembre setiembre",
		"october oct octobre octubre",
		"november nov novembre noviembre",
		"december dec décembre decembre déc diciembre dic",
	} {
		for _, name := range strings.Fields(names) {
			months[name] = i + 1
		}
	}
	return months
}()

// dateAt reads the date that begins at byte i: "28 June 2018", "June 28,
// 2018", "28 Jun. 2018", "June 2018", "2018-06-28", "28/06/2018", "28 juin
// 2018", "28 de junio de 2018".
func dateAt(s string, i int) (dated, bool) {
	if i >= len(s) || isWord(runeBefore(s, i)) {
		return dated{}, false
	}
	if isDigit(s[i]) {
		if d, ok := figuresAt(s, i); ok {
			return d, true
		}
		return dayFirst(s, i)
	}
	return monthFirst(s, i)
}

// datesIn are the dates of s[from:to], in order.
func datesIn(s string, from, to int) []dated {
	var out []dated
	for i := from; i < to; {
		if isDigit(s[i]) || isAlpha(s[i]) || s[i] >= 0x80 {
			if isDigit(s[i]) || monthLetter[s[i]|0x20] || s[i] >= 0x80 {
				if d, ok := dateAt(s[:to], i); ok {
					out = append(out, d)
					i = d.to
					continue
				}
			}
			for i < to && (isAlnum(s[i]) || s[i] >= 0x80) {
				i++
			}
			continue
		}
		i++
	}
	return out
}

// monthLetter holds the letters that month names begin with.
var monthLetter = func() (t [256]bool) {
	for name := range months {
		t[name[0]] = true
	}
	return t
}()

func dayFirst(s string, i int) (dated, bool) {
	j := digitsAt(s, i, 2)
	if j == i {
		return dated{}, false
	}
	day, _ := strconv.Atoi(s[i:j]) // one or two digits
	for _, ending := range []string{"st", "nd", "rd", "th", "er", "º", "°", "ª"} {
		if strings.HasPrefix(s[j:], ending) && !isWord(runeAt(s, j+len(ending))) {
			j += len(ending)
			break
		}
	}
	k := skipSpaces(s, j)
	if k == j && k < len(s) && s[k] != '-' {
		return dated{}, false
	}
	if k < len(s) && s[k] == '-' {
		k++ // "28-Jun-2018"
	}
	for _, of := range []string{"of ", "de "} {
		if hasFoldAt(s, k, of) {
			k = skipSpaces(s, k+len(of))
		}
	}
	month, k := monthAt(s, k)
	if month == 0 {
		return dated{}, false
	}
	year, k := yearAfter(s, k)
	if year == 0 {
		return dated{}, false
	}
	return newDated(s, i, k, year, month, day), true
}

// dayOfYear reads a day whose year stands elsewhere, "14 February" after
// "resolution 1658 (2006) of".
func dayOfYear(s string, i int) (dated, bool) {
	j := digitsAt(s, i, 2)
	k := skipSpaces(s, j)
	if j == i || k == j {
		return dated{}, false
	}
	day, _ := strconv.Atoi(s[i:j]) // one or two digits
	month, e := monthAt(s, k)
	if month == 0 || !(cite.Date{Year: 2000, Month: month, Day: day}).Valid() {
		return dated{}, false
	}
	if _, next := plainYearAt(s, skipSpaces(s, e)); next > skipSpaces(s, e) || isWord(runeAt(s, e)) {
		return dated{}, false
	}
	return dated{stretch: stretch{i, e}, date: cite.Date{Month: month, Day: day}}, true
}

func monthFirst(s string, i int) (dated, bool) {
	month, j := monthAt(s, i)
	if month == 0 {
		return dated{}, false
	}
	k := skipSpaces(s, j)
	if e := digitsAt(s, k, 2); e > k && k > j {
		day, _ := strconv.Atoi(s[k:e]) // one or two digits
		for _, ending := range []string{"st", "nd", "rd", "th"} {
			if strings.HasPrefix(s[e:], ending) {
				e += len(ending)
				break
			}
		}
		if year, e := yearAfter(s, e); year != 0 {
			return newDated(s, i, e, year, month, day), true
		}
		return dated{}, false
	}
	year, e := yearAfter(s, j)
	if year == 0 {
		return dated{}, false
	}
	return newDated(s, i, e, year, month, 0), true
}

// monthAt reads a month's name, with the dot of an abbreviation.
func monthAt(s string, i int) (month, end int) {
	j := i
	for j < len(s) && j-i < 12 && (isAlpha(s[j]) || s[j] >= 0x80 && spaceAt(s, j) == 0 && dashAt(s, j) == 0) {
		j++
	}
	if j-i < 3 || !monthLetter[s[i]|0x20] {
		return 0, i
	}
	var buf [12]byte
	n := 0
	for n < j-i && s[i+n] < 0x80 {
		buf[n] = s[i+n] | 0x20
		n++
	}
	if n == j-i {
		month = months[string(buf[:n])]
	} else {
		month = months[strings.ToLower(s[i:j])]
	}
	if month == 0 {
		return 0, i
	}
	if j < len(s) && s[j] == '.' {
		j++
	}
	return month, j
}

// yearAfter reads a year after a month or a day: ", 2018", " de 2018".
func yearAfter(s string, i int) (year, end int) {
	k := skipSpaces(s, i)
	if k < len(s) && (s[k] == ',' || s[k] == '-' && k == i) {
		k = skipSpaces(s, k+1)
	}
	for _, of := range []string{"of ", "del ", "de "} {
		if hasFoldAt(s, k, of) {
			k = skipSpaces(s, k+len(of))
			break
		}
	}
	return plainYearAt(s, k)
}

// plainYearAt reads a year of four digits from 1000 to 2099.
func plainYearAt(s string, i int) (year, end int) {
	j := digitsAt(s, i, 4)
	if j-i != 4 || isWord(runeAt(s, j)) {
		return 0, i
	}
	year, _ = strconv.Atoi(s[i:j]) // four digits
	if year < 1000 || year > 2099 {
		return 0, i
	}
	return year, j
}

// figuresAt reads a date in figures: ISO 8601, or day, month and year in one
// of the two orders. The order stays open unless one number is beyond 12.
func figuresAt(s string, i int) (dated, bool) {
	var n [3]int
	var width [3]int
	sep := byte(0)
	j := i
	for k := range n {
		e := digitsAt(s, j, 4)
		if e == j {
			return dated{}, false
		}
		n[k], _ = strconv.Atoi(s[j:e]) // at most four digits
		width[k] = e - j
		j = e
		if k == 2 {
			break
		}
		if j >= len(s) || s[j] != '-' && s[j] != '/' && s[j] != '.' || sep != 0 && s[j] != sep {
			return dated{}, false
		}
		sep = s[j]
		j++
	}
	if isWord(runeAt(s, j)) || j < len(s) && s[j] == sep && sep != '.' {
		return dated{}, false
	}
	switch {
	case width[0] == 4 && sep == '-' && width[1] == 2 && width[2] == 2:
		return newDated(s, i, j, n[0], n[1], n[2]), true
	case width[2] != 4 || width[0] > 2 || width[1] > 2 || n[0] == 0 || n[1] == 0 || n[2] < 1000 || n[2] > 2099:
		return dated{}, false
	case n[0] > 12 && n[1] > 12, n[0] > 31, n[1] > 31:
		return dated{}, false
	}
	d := dated{stretch: stretch{i, j}, text: s[i:j], year: n[2]}
	switch {
	case n[0] > 12:
		d.date = cite.Date{Year: n[2], Month: n[1], Day: n[0]}
	case n[1] > 12:
		d.date = cite.Date{Year: n[2], Month: n[0], Day: n[1]}
	case n[0] == n[1]:
		d.date = cite.Date{Year: n[2], Month: n[0], Day: n[1]}
	}
	if !d.date.Valid() {
		d.date = cite.Date{}
	}
	return d, true
}

func newDated(s string, from, to, year, month, day int) dated {
	d := dated{stretch: stretch{from, to}, date: cite.Date{Year: year, Month: month, Day: day}, year: year}
	if !d.date.Valid() {
		d.date, d.text = cite.Date{}, s[from:to]
	}
	return d
}
