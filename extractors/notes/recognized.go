package notes

import (
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"citecheck/pipeline/cite"
)

// Recognition loses half of the small raised digits, and takes the rest for
// letters and quotation marks ("IOConvention", "145ee", "'UN Doc."). In a
// report whose notes begin with an indent it is the indent that tells where a
// note begins, and the order of the notes that tells its number.

// recognized lists the lines of recognized note zones that begin a note by
// their indent, or by hanging before the others, with the labels that fit best.
// It has none where the notes of the report are set neither so.
func (f *finder) recognized() []candidate {
	var inner, outer []candidate
	lines, shares := 0, [2]share{}
	for zi, z := range f.zones {
		if !z.OCR || z.Kind != cite.ZoneNotes {
			continue
		}
		c := candidate{zone: zi, place: cite.PlaceFoot}
		if f.endAt[zi] {
			c.place = cite.PlaceEnd
		}
		left := f.leftOf(zi)
		for li, l := range z.Lines {
			lines++
			c.line = li
			indent := (l.Box.X0 - left) / max(l.Size, 1)
			star := stars(firstWord(l.Runs)[0].Text) != ""
			if indent > leastIndent && indent < mostIndent || star {
				inner = append(inner, c)
			}
			if indent < leastHang || star {
				outer = append(outer, c)
				shares[0].add(labelBegins(l))
			} else if indent < mostIndent {
				shares[1].add(labelBegins(l))
			}
		}
	}
	out := inner
	if hang, rest := shares[0], shares[1]; rest.of > 1 && hang.yes*10 >= hang.of*6 && rest.yes*10 <= rest.of*3 {
		out = outer // labels hang, and what goes on is set in
	}
	// Notes of one line each, as all-indented lines, would say nothing.
	if len(out) < 3 || len(out)*10 > lines*8 {
		return nil
	}
	leads, first := make([]string, len(out)), make([]bool, len(out))
	for i := range out {
		l := f.zones[out[i].zone].Lines[out[i].line]
		leads[i], out[i].rest = parting(l)
		first[i] = i == 0 || f.zones[out[i].zone].Page != f.zones[out[i-1].zone].Page
	}
	for i, label := range numbered(leads, first) {
		out[i].label, out[i].n = label, -1
		if n, err := strconv.Atoi(label); err == nil {
			out[i].n = n
		}
	}
	return out
}

// share counts how many of some lines begin with what may be a label.
type share struct{ yes, of int }

func (s *share) add(yes bool) {
	s.of++
	if yes {
		s.yes++
	}
}

// labelBegins tells whether a line begins with a label or with what
// recognition makes of one.
func labelBegins(l cite.Line) bool {
	if label, _ := leading(l); label != "" {
		return true
	}
	lead, _ := parting(l)
	return lead != ""
}

// An indent is between 1 and 5 sizes of the letters: less is a page that was
// put into the scanner askew, more is a heading or a table.
const leastIndent, mostIndent = 1.0, 5.0

// leastHang is how far what goes on is set in, at least, behind labels that
// hang.
const leastHang = 0.4

// leftOf is the left edge of the text of a zone's page.
func (f *finder) leftOf(zi int) float64 {
	var xs []float64
	for k := zi; k >= 0 && f.zones[k].Page == f.zones[zi].Page; k-- {
		if kind := f.zones[k].Kind; kind == cite.ZoneNotes || kind == cite.ZoneBody {
			for _, l := range f.zones[k].Lines {
				xs = append(xs, l.Box.X0)
			}
		}
	}
	slices.Sort(xs)
	return xs[len(xs)/4]
}

// stars is the mark of an author's note at the beginning of a word.
func stars(word string) string {
	return word[:len(word)-len(strings.TrimLeft(word, "*†‡"))]
}

// noteBegins are the ways in which a first word begins with what recognition
// made of a label, surest first: digits, the letters that they are taken for
// and marks; then a capital with a small letter, or See and Id. with their
// usual damage; then an abbreviation.
var noteBegins = []*regexp.Regexp{
	regexp.MustCompile("^(" + leadSigns + "{0,4}?)((?:[A-Z][a-z]|1d\\b|5ee\\b).*)$"),
	regexp.MustCompile("^(" + leadSigns + "{0,4}?)((?:[A-Z]\\.|[A-Z]{2,}).*)$"),
	regexp.MustCompile("^([0-9]{1,3}['’\"]?)([a-z].*)$"),
}

const leadSigns = "[0-9IlOoSJUHWBZT'\"’‘“”`~!.,*^°•:;-]"

// parting cuts the label off a line.
func parting(l cite.Line) (lead string, rest []cite.Run) {
	runs := firstWord(l.Runs)
	word := runs[0].Text
	if t := strings.Trim(word, "()."); lone(t) || lone(word) { // "29 As to greater details", "(7) Ibid."
		return t, runs[1:]
	}
	if len(runs) > 1 && len([]rune(word)) <= 2 && !strings.ContainsFunc(word, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) && stars(word) == "" {
		return word, runs[1:] // "° Idem."
	}
	if s := stars(word); s != "" {
		lead, word = s, word[len(s):]
	} else {
		for _, re := range noteBegins {
			if m := re.FindStringSubmatch(word); m != nil {
				lead, word = m[1], m[2]
				break
			}
		}
	}
	if rest, ok := strings.CutPrefix(word, "5ee"); ok {
		word = "See" + rest
	}
	if rest, ok := strings.CutPrefix(word, "1d"); ok {
		word = "Id" + rest
	}
	head := runs[0]
	head.Text = word
	return lead, append([]cite.Run{head}, runs[1:]...)
}

// lone tells whether a word is nothing but digits and what passes for them.
func lone(word string) bool {
	return strings.ContainsAny(word, "0123456789") && len(word) <= 4 && strings.Trim(word, "0123456789IlOSJ'\"*.,") == ""
}

// digitOf is the digit that a sign of a lead may be; 0 for one that says
// nothing.
var digitOf = map[rune]byte{'I': '1', 'l': '1', '!': '1', 'i': '1', '|': '1', 'O': '0', 'o': '0', 'S': '5', 'Z': '2', 'B': '8'}

// fit is how well a lead agrees with a number: 1 for each digit that does, a
// half off for each that does not. A quotation mark is a digit lost, or
// nothing.
func fit(lead string, n int) float64 {
	want := strconv.Itoa(n)
	return max(fitDigits(lead, want), fitDigits(strings.Trim(lead, "'\"’‘“”"), want))
}

func fitDigits(lead, want string) float64 {
	r := []rune(lead)
	if len(r) != len(want) {
		return 0
	}
	score := 0.0
	for i, c := range r {
		switch d := digitOf[c]; {
		case c >= '0' && c <= '9':
			d = byte(c)
			fallthrough
		case d != 0:
			if d == want[i] {
				score++
			} else {
				score -= 0.5
			}
		}
	}
	return score
}

// numbered gives each lead its label: the ascending numbers that fit the
// leads best. A number may be left out at a price, where the beginning of a
// note was not seen, and so may the numbers begin anew, cheapest at the
// first of a page.
func numbered(leads []string, first []bool) []string {
	type state struct {
		score float64
		prev  int // number of the lead before, 0 for none
	}
	const skip, late, excerpt, anew, within = 1.5, 0.6, 3.0, 1.2, 2.4 // what it costs: a number left out, to begin later than at 1, at the most, to begin anew, in the middle of a page
	var rows []map[int]state
	last := map[int]state{}
	for i, lead := range leads {
		row := map[int]state{}
		rows = append(rows, row)
		if strings.Trim(lead, "*†‡") == "" && lead != "" {
			continue // no number
		}
		consider := func(n int, s state) {
			s.score += fit(lead, n)
			if old, ok := row[n]; !ok || s.score > old.score {
				row[n] = s
			}
		}
		if len(last) == 0 {
			for n := 1; n <= 400; n++ {
				consider(n, state{-min(excerpt, late*float64(n-1)), 0})
			}
		}
		for n, s := range last {
			for step := 1; step <= 4; step++ {
				consider(n+step, state{s.score - skip*float64(step-1), n})
			}
			if first[i] {
				consider(1, state{s.score - anew, n})
			} else if n > 1 {
				consider(1, state{s.score - within, n})
			}
		}
		last = row
	}
	out := make([]string, len(leads))
	n, best := 0, math.Inf(-1)
	for k, s := range last {
		if s.score > best || s.score == best && k < n {
			n, best = k, s.score
		}
	}
	for i := len(leads) - 1; i >= 0; i-- {
		if len(rows[i]) == 0 {
			out[i] = leads[i]
			continue
		}
		out[i] = strconv.Itoa(n)
		n = rows[i][n].prev
	}
	return out
}
