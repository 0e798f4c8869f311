package citation

import (
	"strconv"
	"strings"

	"citecheck/pipeline/cite"
)

// A pinWord is a row of the grammar of pinpoints: the words that name a kind
// of place, in small letters and without the dot of an abbreviation.
type pinWord struct {
	unit  cite.Unit
	one   string // words for one place
	many  string // words for several: a list with commas may follow
	bare  bool   // stands also without a number: "annex"
	roman bool   // is counted in roman figures or letters too
}

var pinWords = []pinWord{
	{cite.UnitPreamble, "preambular paragraph|preambular para|preamb para|preamb. para|pp para|alinéa du préambule|párrafo del preámbulo", "preambular paragraphs|preambular paras|preamb paras|preamb. paras", false, false},
	{cite.UnitPara, "operative paragraph|operative para|op para|op. para|op|paragraph|paragraphe|párrafo|parrafo|para|par|párr|parr|point", "operative paragraphs|operative paras|op paras|op. paras|paragraphs|paragraphes|párrafos|paras|pars|párrs", false, false},
	{cite.UnitPage, "page|página|pagina|pág|pag|pg|p", "pages|páginas|paginas|págs|pags|pp|pgs", false, true},
	{cite.UnitAnnex, "annex|annexe|anexo|appendix|appendice|apéndice|enclosure", "annexes|anexos|appendices|enclosures", true, true},
	{cite.UnitArticle, "article|artículo|articulo|art|rule|regulation|règle|regla", "articles|artículos|arts|rules|regulations", false, true},
	{cite.UnitChapter, "chapter|chapitre|capítulo|capitulo|chap|ch|cap", "chapters|chapitres|capítulos|chaps|chs", false, true},
	{cite.UnitSection, "section|sección|seccion|sect|sec", "sections|secciones|sects|secs", false, true},
	{cite.UnitTable, "table|tableau|tabla|cuadro", "tables|tableaux|tablas|cuadros", false, true},
	{cite.UnitFigure, "figure|figura|fig", "figures|figuras|figs", false, true},
	{cite.UnitNote, "footnote|note|fn|n", "footnotes|notes|fns|nn", false, false},
	{cite.UnitPart, "part|partie|parte|pt", "parts|parties|partes|pts", false, true},
	{cite.UnitLine, "line|ligne|línea", "lines|lignes|líneas", false, false},
	{cite.UnitPreamble, "preamble|préambule|preámbulo", "", true, false},
}

// A pinEntry is one word of the table above.
type pinEntry struct {
	word string
	row  *pinWord
	many bool
}

// pinIndex holds the words by their first byte, long ones first.
var pinIndex = func() (t [256][]pinEntry) {
	add := func(words string, row *pinWord, many bool) {
		if words == "" {
			return
		}
		for _, w := range strings.Split(words, "|") {
			list := append(t[w[0]], pinEntry{w, row, many})
			for i := len(list) - 1; i > 0 && len(list[i].word) > len(list[i-1].word); i-- {
				list[i], list[i-1] = list[i-1], list[i]
			}
			t[w[0]] = list
		}
	}
	for i := range pinWords {
		add(pinWords[i].one, &pinWords[i], false)
		add(pinWords[i].many, &pinWords[i], true)
	}
	return t
}()

// most bounds a list of pinpoints: a note that names more places than this
// is no note.
const mostPins = 64

// pinsAt reads the pinpoint, or the list of pinpoints of one unit, that
// begins at byte i: "paras. 3, 5 and 7–9", "¶ 8", "annex I", "[23]", "at 12".
func pinsAt(s string, i int) ([]cite.Pin, int) {
	if i >= len(s) {
		return nil, i
	}
	switch {
	case s[i] == '[':
		return squarePins(s, i)
	case strings.HasPrefix(s[i:], "¶"), strings.HasPrefix(s[i:], "§"):
		sign := s[i : i+2]
		many := false
		j := i
		for strings.HasPrefix(s[j:], sign) {
			many = many || j > i
			j += len(sign)
		}
		return pinNumbers(s, skipSpaces(s, j), &pinWord{unit: cite.UnitPara}, many, i)
	case isWord(runeBefore(s, i)):
		return nil, i
	}
	if pins, end := ordinalPreamble(s, i); end > i {
		return pins, end
	}
	if hasFoldAt(s, i, "at ") {
		return atPage(s, i)
	}
	if (hasFoldAt(s, i, "op") || hasFoldAt(s, i, "pp")) && isUpper(s[i]) && isUpper(s[i+1]) {
		j := i + 2
		if j < len(s) && s[j] == 's' {
			j++
		}
		if j < len(s) && s[j] == '.' {
			j++
		}
		k := skipSpaces(s, j)
		if k < len(s) && isDigit(s[k]) {
			unit := cite.UnitPara
			if s[i] == 'P' {
				unit = cite.UnitPreamble
			}
			return pinNumbers(s, k, &pinWord{unit: unit}, s[i+2] == 's', i)
		}
	}
	c := s[i]
	if isUpper(c) {
		c += 'a' - 'A'
	}
	for _, e := range pinIndex[c] {
		j := i + len(e.word)
		if !hasFoldAt(s, i, e.word) {
			continue
		}
		// "p.5" and "p5" are printed too, "par5" and "n5" as well; a letter
		// after the word means another word.
		if j < len(s) && (isAlpha(s[j]) || s[j] >= 0x80 && isWord(runeAt(s, j))) {
			continue
		}
		if j < len(s) && s[j] == '.' {
			j++
		}
		if j < len(s) && s[j] == '(' && strings.HasPrefix(s[j:], "(s)") {
			j += 3
			if j < len(s) && s[j] == '.' {
				j++
			}
		}
		k := skipSpaces(s, j)
		if hasFoldAt(s, k, "no.") || hasFoldAt(s, k, "nos.") {
			k = skipSpaces(s, k+strings.IndexByte(s[k:], '.')+1)
		}
		if pins, end := pinNumbers(s, k, e.row, e.many, i); end > i {
			return pins, end
		}
		if e.row.bare && (len(e.word) > 4 || s[i] == c) {
			return []cite.Pin{{Unit: e.row.unit, From: "", To: ""}}, i + len(e.word)
		}
		return nil, i
	}
	return nil, i
}

// squarePins reads paragraphs as the Australian guide prints them: "[23]",
// "[2]–[5]", "[3], [7]". "[2018]" is a year and "[hereinafter …]" none.
func squarePins(s string, i int) ([]cite.Pin, int) {
	one := func(i int) (any, int) {
		j := digitsAt(s, i+1, 3)
		if i >= len(s) || s[i] != '[' || j == i+1 || j >= len(s) {
			return nil, i
		}
		if e := digitsAt(s, j+1, 3); s[j] == '.' && e > j+1 && e < len(s) && s[e] == ']' {
			return s[i+1 : e], e + 1 // "[7.4]" of a communication
		}
		if s[j] != ']' {
			return nil, i
		}
		n, _ := strconv.Atoi(s[i+1 : j]) // at most three digits
		return n, j + 1
	}
	var pins []cite.Pin
	end := i
	for k := i; len(pins) < mostPins; {
		from, j := one(k)
		if j == k {
			break
		}
		to := from
		if d := dashAt(s, j); d > 0 {
			if n, e := one(j + d); e > j+d && sameKind(from, n) {
				to, j = n, e
			}
		}
		pins = append(pins, cite.Pin{Unit: cite.UnitPara, From: from, To: to})
		end = j
		k = skipSpaces(s, j)
		if k < len(s) && s[k] == ',' {
			k = skipSpaces(s, k+1)
		}
		if e := anyWordAt(s, k, "and"); e > 0 {
			k = skipSpaces(s, e)
		}
	}
	return pins, end
}

// atPage reads the page of American notes, "at 12", "at 5–6", and what else
// may follow the word: "at ¶ 5", "at para. 5", "at p. 3".
func atPage(s string, i int) ([]cite.Pin, int) {
	k := skipSpaces(s, i+2)
	if k < len(s) && isDigit(s[k]) {
		if d, ok := dateAt(s, k); ok || d.to > 0 {
			return nil, i
		}
		pins, end := pinNumbers(s, k, &pinWord{unit: cite.UnitPage}, true, i)
		// "at 12 per cent", "at 3 p.m.": a page ends its clause.
		if rest := skipSpaces(s, end); rest < len(s) && isLower(s[rest]) && anyWordAt(s, rest, "and", "n") < 0 {
			return nil, i
		}
		return pins, end
	}
	if k < len(s) && !hasFoldAt(s, k, "at ") {
		if pins, end := pinsAt(s, k); end > k && len(pins) > 0 && pins[0].From != "" {
			return pins, end
		}
	}
	return nil, i
}

var ordinalWords = strings.Fields("first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth " +
	"sixteenth seventeenth eighteenth nineteenth twentieth")

// The words after an ordinal that make it a paragraph of the preamble.
var preambleWords = []string{"preambular paragraph", "preambular para", "pp", "paragraph of the preamble", "alinéa du préambule", "considérant", "párrafo del preámbulo", "parrafo del preámbulo", "párrafo preambular"}

// The ordinals of French and Spanish, by number.
var ordinalsElsewhere = [][]string{{"premier", "première", "primer", "primero"}, {"deuxième", "segundo"}, {"troisième", "tercer", "tercero"}, {"quatrième", "cuarto"}, {"cinquième", "quinto"}, {"sixième", "sexto"},
	{"septième", "séptimo"}, {"huitième", "octavo"}, {"neuvième", "noveno"}, {"dixième", "décimo"}}

// ordinalPreamble reads "tenth preambular paragraph", "2e alinéa du préambule"
// and "segundo párrafo del preámbulo".
func ordinalPreamble(s string, i int) ([]cite.Pin, int) {
	n, k := ordinalAt(s, i)
	if n == 0 {
		return nil, i
	}
	k = skipSpaces(s, k)
	for _, w := range preambleWords {
		if hasFoldAt(s, k, w) {
			if e := k + len(w); !isWord(runeAt(s, e)) {
				return []cite.Pin{{Unit: cite.UnitPreamble, From: n, To: n}}, e
			}
		}
	}
	return nil, i
}

// ordinalAt reads "tenth", "2nd", "2e" or "segundo" at byte i.
func ordinalAt(s string, i int) (n, end int) {
	if j := digitsAt(s, i, 2); j > i {
		for _, ending := range []string{"st", "nd", "rd", "th", "ème", "er", "e", "º", ".º", "o"} {
			if e := j + len(ending); strings.HasPrefix(s[j:], ending) && !isWord(runeAt(s, e)) {
				n, _ = strconv.Atoi(s[i:j]) // one or two digits
				return n, e
			}
		}
		return 0, i
	}
	if !isAlpha(s[i]) && s[i] < 0x80 {
		return 0, i
	}
	for k, w := range ordinalWords {
		if s[i]|0x20 == w[0] && wordAt(s, i, w) {
			return k + 1, i + len(w)
		}
	}
	for k, words := range ordinalsElsewhere {
		for _, w := range words {
			if s[i]|0x20 == w[0]|0x20 && hasFoldAt(s, i, w) && !isWord(runeAt(s, i+len(w))) {
				return k + 1, i + len(w)
			}
		}
	}
	return 0, i
}

// barePages reads the pages that some styles print without a word: "Walsh (n
// 4) 315", "Ibid 12–14", "(15 January 2020) 4 [17]", and Chicago's "14n3". A
// date, a year and a resolution are none.
func barePages(s string, i int) ([]cite.Pin, int) {
	if i >= len(s) || !isDigit(s[i]) {
		return nil, i
	}
	if _, ok := dateAt(s, i); ok {
		return nil, i
	}
	if e := digitsAt(s, i, 4); e > i && e+1 < len(s) && s[e] == 'n' && isDigit(s[e+1]) {
		page, _ := strconv.Atoi(s[i:e]) // at most four digits
		if f := digitsAt(s, e+1, 3); f > e+1 && !isWord(runeAt(s, f)) {
			note, _ := strconv.Atoi(s[e+1 : f]) // at most three digits
			return []cite.Pin{{Unit: cite.UnitPage, From: page, To: page}, {Unit: cite.UnitNote, From: note, To: note}}, f
		}
	}
	pins, end := pinNumbers(s, i, &pinWord{unit: cite.UnitPage}, true, i)
	for _, p := range pins {
		if n := p.From.(int); p.Sub != "" || n >= 1900 && n < 2100 && p.To == p.From {
			return nil, i
		}
	}
	if k := skipSpaces(s, end); k < len(s) && strings.IndexByte(",;.[)(", s[k]) < 0 {
		return nil, i
	}
	return pins, end
}

// A place is one number or letter of a pinpoint.
type place struct {
	value any // int or string
	sub   string
	end   int
}

// pinNumbers reads the numbers of a pinpoint from byte k on. start is what
// to return as the end where there are none.
func pinNumbers(s string, k int, row *pinWord, many bool, start int) ([]cite.Pin, int) {
	p, ok := placeAt(s, k, row)
	if !ok {
		return nil, start
	}
	var pins []cite.Pin
	for {
		pin := cite.Pin{Unit: row.unit, From: p.value, To: p.value, Sub: p.sub}
		end := p.end
		if to, ok := rangeEnd(s, p, row); ok {
			pin.To, end = to.value, to.end
			if to.sub != "" {
				pin.Sub += "–" + to.sub
			}
		}
		pins = append(pins, pin)
		if len(pins) == mostPins {
			return pins, end
		}
		// "para. 3 (a) and (c)" is two places in one paragraph.
		for pin.Sub != "" {
			sub, e := nextSub(s, end)
			if e == end {
				break
			}
			pins = append(pins, cite.Pin{Unit: row.unit, From: pin.From, To: pin.To, Sub: sub})
			end = e
		}
		next, comma := listSeparator(s, end)
		if next < 0 || comma && !many {
			return pins, end
		}
		q, ok := placeAt(s, next, row)
		if !ok || !sameKind(p.value, q.value) || !endsPlace(s, q, many) {
			return pins, end
		}
		p = q
	}
}

// placeAt reads one number, roman figure or letter, with its sub-paragraphs.
func placeAt(s string, i int, row *pinWord) (place, bool) {
	j := digitsAt(s, i, 5)
	if j > i {
		n, _ := strconv.Atoi(s[i:j]) // at most five digits
		switch c := runeAt(s, j); {
		case c == '/', c == '%':
			return place{}, false // "70/1" is a resolution
		case (c == '.' || c == ':') && row.roman && digitsAt(s, j+1, 3) > j+1:
			e := digitsAt(s, j+1, 3) // "section 5.2", "rule 204.2"
			for e < len(s) && s[e] == '.' && digitsAt(s, e+1, 3) > e+1 {
				e = digitsAt(s, e+1, 3)
			}
			return place{s[i:j] + "." + s[j+1:e], "", e}, true
		case isWord(c):
			// "5a", "12bis": a letter fused to a number is a sub-paragraph.
			e := j + 1
			if !isLower(s[j]) || isWord(runeAt(s, e)) {
				return place{}, false
			}
			return place{n, "(" + s[j:e] + ")", e}, true
		}
		if row.unit == cite.UnitPage && n > 9999 || n == 0 {
			return place{}, false
		}
		sub, e := subsAt(s, j)
		if sub == "" && row.unit != cite.UnitPage {
			sub, e = halfBracketed(s, j)
		}
		return place{n, sub, e}, true
	}
	if !row.roman {
		return place{}, false
	}
	j = i
	for j < len(s) && isAlpha(s[j]) {
		j++
	}
	word := s[i:j]
	switch {
	case word == "" || isWord(runeAt(s, j)):
		return place{}, false
	case cite.Roman(word) > 0, row.unit == cite.UnitPage && cite.Roman(strings.ToUpper(word)) > 0 && word == strings.ToLower(word):
	case len(word) == 1 && isUpper(word[0]) && row.unit != cite.UnitPage:
		if j < len(s) && s[j] == '.' && j+1 < len(s) && isUpper(s[j+1]) {
			return place{}, false // an initial: "part A.B. Smith"
		}
	default:
		return place{}, false
	}
	e := j
	for e+1 < len(s) && s[e] == '.' && isAlnum(s[e+1]) { // "chap. II.B.3"
		f := e + 1
		for f < len(s) && isAlnum(s[f]) {
			f++
		}
		if f-e > 4 {
			break
		}
		e = f
	}
	sub, end := subsAt(s, e)
	return place{s[i:e], sub, end}, true
}

// subsAt reads sub-paragraphs: "(d) (ii)", "(2)". "(2018)" is a year.
func subsAt(s string, i int) (string, int) {
	var sub strings.Builder
	end := i
	for sub.Len() < 24 {
		k := skipSpaces(s, end)
		if k-end > 2 || k >= len(s) || s[k] != '(' {
			break
		}
		j := k + 1
		for j < len(s) && isAlnum(s[j]) {
			j++
		}
		in := s[k+1 : j]
		if j >= len(s) || s[j] != ')' || !isSub(in) {
			break
		}
		sub.WriteString(s[k : j+1])
		end = j + 1
	}
	return sub.String(), end
}

// halfBracketed reads a sub-paragraph as French and Spanish texts print it:
// "par. 9 a)", "párr. 4 b) ii)". In a bracket that is still open, ")" ends
// that.
func halfBracketed(s string, i int) (string, int) {
	var sub strings.Builder
	end := i
	for sub.Len() < 16 {
		k := skipSpaces(s, end)
		j := k
		for j < len(s) && j-k < 5 && isLower(s[j]) {
			j++
		}
		if k == end || j >= len(s) || s[j] != ')' || !isSub(s[k:j]) {
			break
		}
		if before := s[max(0, k-160):k]; strings.Count(before, "(") > strings.Count(before, ")") {
			break
		}
		sub.WriteString("(" + s[k:j+1])
		end = j + 1
	}
	return sub.String(), end
}

func isSub(in string) bool {
	switch {
	case in == "" || len(in) > 5:
		return false
	case isDigit(in[0]):
		return len(in) <= 2 && digitsAt(in, 0, 2) == len(in)
	}
	return len(in) <= 2 || cite.Roman(strings.ToUpper(in)) > 0
}

// nextSub reads a further sub-paragraph of the same paragraph: " and (c)".
func nextSub(s string, i int) (string, int) {
	k, _ := listSeparator(s, i)
	if k < 0 || k >= len(s) || s[k] != '(' {
		return "", i
	}
	sub, end := subsAt(s, k)
	if sub == "" {
		return "", i
	}
	if sub2, e := subRange(s, end); e > end {
		sub, end = sub+"–"+sub2, e
	}
	return sub, end
}

func subRange(s string, i int) (string, int) {
	d := dashAt(s, skipSpaces(s, i))
	if d == 0 {
		return "", i
	}
	sub, end := subsAt(s, skipSpaces(s, skipSpaces(s, i)+d))
	if sub == "" {
		return "", i
	}
	return sub, end
}

// rangeEnd reads the second half of a range: "–9", "-25" after 123 (to 125),
// " to 9", "–(c)".
func rangeEnd(s string, p place, row *pinWord) (place, bool) {
	if p.sub != "" {
		if sub, end := subRange(s, p.end); end > p.end {
			return place{p.value, sub, end}, true
		}
	}
	k := skipSpaces(s, p.end)
	d := dashAt(s, k)
	switch {
	case d > 0:
		k = skipSpaces(s, k+d)
		if d2 := dashAt(s, k); d2 > 0 {
			k = skipSpaces(s, k+d2) // "12--14"
		}
	default:
		e := anyWordAt(s, k, "to", "à", "al", "a", "through")
		if e < 0 || k == p.end {
			return place{}, false
		}
		if k = skipSpaces(s, e); k >= len(s) || !isDigit(s[k]) && isLower(s[k]) {
			return place{}, false
		}
	}
	q, ok := placeAt(s, k, row)
	if !ok || !sameKind(p.value, q.value) {
		return place{}, false
	}
	a, b := p.value, q.value
	if m, isInt := a.(int); isInt {
		n := b.(int)
		if n <= m {
			// "829–31": the second number leaves out what it shares.
			for pow := 10; pow <= 10000; pow *= 10 {
				if full := m/pow*pow + n; n < pow && full > m {
					q.value = full
					return q, true
				}
			}
			return place{}, false
		}
	}
	return q, true
}

// listSeparator is the start of the next item after ", " or " and ", -1
// where there is none; comma tells that there was no "and".
func listSeparator(s string, i int) (next int, comma bool) {
	k := skipSpaces(s, i)
	if k < len(s) && (s[k] == ',' || s[k] == ';') {
		k2 := skipSpaces(s, k+1)
		if e := andAt(s, k2); e > 0 {
			return skipSpaces(s, e), false
		}
		return k2, true
	}
	if k == i {
		return -1, false
	}
	if e := andAt(s, k); e > 0 {
		return skipSpaces(s, e), false
	}
	return -1, false
}

// andAt is the end of "and" in one of the languages at byte i, -1 for none.
func andAt(s string, i int) int {
	if i < len(s) && s[i] == '&' {
		return i + 1
	}
	return anyWordAt(s, i, "and", "or", "et", "ou", "y", "e", "o")
}

// endsPlace tells whether the item q of a list is a place and not the
// beginning of something else: a date, a year, a resolution.
func endsPlace(s string, q place, many bool) bool {
	k := skipSpaces(s, q.end)
	if month, _ := monthAt(s, k); month > 0 && k > q.end {
		return false
	}
	if n, isInt := q.value.(int); isInt {
		if n > 99 && len(q.sub) > 2 && isUpper(q.sub[1]) && cite.Roman(strings.Trim(q.sub, "()")) > 0 {
			return false // "3236 (XXIX)"
		}
		if n >= 1900 && n < 2100 && !many {
			return false
		}
		if k < len(s) && s[k] == '(' && q.sub == "" {
			if y, e := plainYearAt(s, k+1); y > 0 && e < len(s) && s[e] == ')' {
				return false // "1325 (2000)"
			}
		}
	}
	return true
}

func sameKind(a, b any) bool {
	_, x := a.(int)
	_, y := b.(int)
	return x == y
}
