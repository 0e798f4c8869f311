package citation

import (
	"strconv"
	"strings"

	"citecheck/pipeline/cite"
)

// How a mention was recognised.
type mentionKind int

const (
	bySymbol mentionKind = iota
	byName
	byURL
	damaged // meant as a symbol, and none
)

// A mention is one place where a text names a UN document.
type mention struct {
	stretch            // all of it: with "UN Doc.", the organ, the year in brackets
	at         stretch // the symbol, or the number in a list, alone
	kind       mentionKind
	sym        cite.Symbol
	joint      []cite.Symbol // further symbols of the same document
	part       string        // "B" of 72/266 B
	year       int           // in brackets after the number
	yearAt     stretch
	called     bool // "UN Doc." or "document" stands before the symbol
	bare       bool // counts only in a list of symbols
	candidates []string
	reason     string // of what is damaged or undecided
	body       string // of names: the organ that the words name
	number     int
	word       string // of names: "resolution", "decision", ...
	session    string
	meeting    string
	group      int // members of one list share it; 0 for none
	listed     bool
	open       bool // a name that names no one document
	weak       bool // a name that counts only with its symbol: "Resolution 2100 (S/RES/2100)"
	url        string
	pins       []cite.Pin // that stand before the name: "paragraph 5 of resolution …"
	dates      []dated    // inside the name: "2423 (June 28, 2018)"
}

// symbolAt reads the symbol whose first slash stands at byte slash, and where
// repair is asked for, also what was meant as one.
func symbolAt(s string, slash int, repair bool) (m mention, ok bool) {
	from := firstComponentAt(s, slash)
	if from < 0 {
		if from = gluedAt(s, slash); from >= 0 && repair {
			return damagedAt(s, from, nil)
		}
		return mention{}, false
	}
	ends := symbolEnds(s, slash)
	for i := len(ends) - 1; i >= 0; i-- {
		end := ends[i]
		if i < len(ends)-1 && !cleanCut(s, end) || isWord(runeAt(s, end)) {
			continue
		}
		m, ok := readSymbol(s, from, end)
		if !ok {
			continue
		}
		m.called, m.from = documentBefore(s, from)
		m.bare = m.sym.IsBare() && len(m.joint) == 0 && !bareCounts(s, &m)
		return m, true
	}
	if !repair {
		return mention{}, false
	}
	return damagedAt(s, from, ends)
}

// firstComponentAt is where the first component before the slash begins, -1
// where none does.
func firstComponentAt(s string, slash int) int {
	j := slash
	if j > 0 && spaceAt(s, trimRight(s, 0, j)) > 0 {
		// "S /RES/2577": one space, and a capital or a digit must follow.
		k := trimRight(s, 0, j)
		n := spaceAt(s, slash+1)
		if j-k > 2 || k == 0 || slash+1+n >= len(s) || !isUpper(s[slash+1+n]) && !isDigit(s[slash+1+n]) {
			return -1
		}
		j = k
	}
	end := j
	if j > 2 && s[j-1] == ')' { // GC(65)/RES/12
		open := strings.LastIndexByte(s[max(0, j-6):j], '(')
		if open < 0 {
			return -1
		}
		j = max(0, j-6) + open
		end = j
	}
	if j > 3 && isDigit(s[j-1]) { // GC.18/INF/4, IDB.48/16
		d := j
		for d > 0 && isDigit(s[d-1]) {
			d--
		}
		if d > 1 && s[d-1] == '.' && j-d < 3 {
			for _, w := range []string{"GC", "IDB", "GEGN"} {
				if at := d - 1 - len(w); at >= 0 && s[at:d-1] == w && !isWord(runeBefore(s, at)) && runeBefore(s, at) != '/' {
					return at
				}
			}
		}
	}
	k := end
	for k > 0 && end-k < 12 && (isAlpha(s[k-1]) || s[k-1] == '.' && k-1 > 0 && isAlpha(s[k-2]) && k < end) {
		k--
	}
	word := s[k:end]
	if word == "" || cite.FirstComponent(word) == "" {
		// "EX.CL" is one; of "Doc.S" and "p.A" only the end is.
		dot := strings.LastIndexByte(word, '.')
		if dot < 0 || cite.FirstComponent(word[dot+1:]) == "" {
			return -1
		}
		k += dot + 1
		word = s[k:end]
	}
	if end < j {
		end = j
	}
	before := runeBefore(s, k)
	if before == '-' && k > 1 && isUpper(s[k-2]) && insideSymbol(s, k-1) {
		return -1 // "DP/FPA-ICEF-UNW/2020/1" is no UNW/2020/1
	}
	if isWord(before) || before == '/' || before == '@' || before == '&' || before == '_' {
		return -1
	}
	if isLower(word[0]) && word != "st" {
		i := skipSpaces(s, slash+1)
		if !anyFoldAt(s, i, "res", "prst", "pv.", "hrc", "dec/", "au/") && !lowerSerial(s, k, i) {
			return -1 // "a/79" is no symbol, "a/res/72/266b" is
		}
	}
	return k
}

// insideSymbol tells whether the capitals and dashes before byte i follow a
// slash.
func insideSymbol(s string, i int) bool {
	for i > 0 && (isUpper(s[i-1]) || s[i-1] == '-') {
		i--
	}
	return i > 0 && s[i-1] == '/'
}

// lowerSerial tells whether what begins in small letters at byte k and goes on
// at byte i is a symbol all the same: "s/2004/616" by its year, "a/70/95" where
// the text says so.
func lowerSerial(s string, k, i int) bool {
	e := digitsAt(s, i, 4)
	if e == i || e >= len(s) || s[e] != '/' || digitsAt(s, e+1, 4) == e+1 {
		return false
	}
	if y, _ := plainYearAt(s, i); y >= 1978 && y < 2050 {
		return s[k] == 's' || s[k] == 'e'
	}
	called, _ := documentBefore(s, k)
	return called && s[k] == 'a'
}

// gluedAt is where a first component begins that lost its slash, "SRES/2423",
// or its letter, "5/RES/2100"; -1 for anything else.
func gluedAt(s string, slash int) int {
	k := slash
	for k > 0 && slash-k < 8 && isAlnum(s[k-1]) {
		k--
	}
	if isWord(runeBefore(s, k)) || runeBefore(s, k) == '/' {
		return -1
	}
	switch word := s[k:slash]; {
	case word == "SRES", word == "SPRST", word == "ARES", word == "ERES", word == "AHRC", word == "ACONF":
		return k
	case (word == "5" || word == "8") && anyFoldAt(s, slash, "/res/", "/prst/", "/pv."):
		return k
	case word == "Council" && anyFoldAt(s, slash, "/res/", "/prst/"):
		return k
	}
	return -1
}

func anyFoldAt(s string, i int, words ...string) bool {
	for _, w := range words {
		if hasFoldAt(s, i, w) {
			return true
		}
	}
	return false
}

// The longest joint symbols have 70 characters and 16 slashes.
const (
	longestToken = 110
	mostEnds     = 24
)

// symbolEnds are the places where the symbol may end: after each component,
// with and without the brackets that may belong to it.
func symbolEnds(s string, slash int) []int {
	var ends []int
	for i := slash; len(ends) < mostEnds && i-slash < longestToken; {
		k := i + 1
		if n := spaceAt(s, k); n > 0 && k+n < len(s) && (isUpper(s[k+n]) || isDigit(s[k+n])) && symbolGoesOn(s, k+n) && !jointAt(s, k+n) {
			k += n
		}
		end := componentEnd(s, k)
		if end == k {
			break
		}
		if d := jointDash(s, k, end); d > k {
			ends = append(ends, d) // "881-S" of A/74/881-S/2020-503
		}
		if s[k:end] == "Part" && spaceAt(s, end) == 1 && digitsAt(s, end+1, 1) > end+1 {
			end += 2 // INFCIRC/254/Rev.12/Part 1
		}
		ends = append(ends, end)
		for { // "18 (Part II)", "2423 (2018)", "COP(14)"
			e := bracketEnd(s, end)
			if e == end {
				break
			}
			end = e
			ends = append(ends, end)
		}
		if end < len(s) && s[end-1] == ')' && isUpper(s[end]) && !isWord(runeAt(s, end+1)) { // "181(II)A"
			end++
			ends = append(ends, end)
		}
		if e := letterEnd(s, end); e > end { // "72/266 B", "3367 A (XXX)"
			if f := bracketEnd(s, e); f > e {
				ends = append(ends, f)
				end = f
			} else if partEnds(s, e) {
				ends = append(ends, e)
				end = e
			}
		}
		k = end
		if n := spaceAt(s, k); n > 0 && k+n+1 < len(s) && s[k+n] == '/' {
			next := k + n + 1
			if m := spaceAt(s, next); isUpper(s[next]) || m > 0 && next+m < len(s) && isDigit(s[next+m]) && isDigit(s[k-1]) {
				k += n // "S/2023/402 /Add.1", "S/2019 / 904"
			}
		}
		if k >= len(s) || s[k] != '/' {
			break
		}
		i = k
	}
	return ends
}

// symbolGoesOn tells whether what follows a slash and a space reads like the
// next component: figures, or capitals with a slash, a dot or figures after.
func symbolGoesOn(s string, i int) bool {
	j := i
	for j < len(s) && isAlnum(s[j]) {
		j++
	}
	if isDigit(s[i]) {
		return true
	}
	return j < len(s) && (s[j] == '/' || s[j] == '.')
}

// componentEnd is the end of the component that begins at byte i.
func componentEnd(s string, i int) int {
	j := i
	for j < len(s) && j-i < 40 {
		c := s[j]
		switch {
		case isAlnum(c):
			j++
		case c == '.' && j > i:
			k := j + 1
			if n := spaceAt(s, k); n > 0 && k+n < len(s) && isDigit(s[k+n]) && dotted(s[i:j]) {
				k += n // "PV. 9350", "Add. 1"
			}
			if k >= len(s) || !isAlnum(s[k]) {
				if k < len(s) && (s[k] == '.' || s[k] == '/' && k+1 < len(s) && isAlnum(s[k+1])) {
					j = k // "L..9", "Res./36"
					continue
				}
				if k < len(s) && s[k] == '(' && strings.EqualFold(s[i:j], "comm") {
					return k // PSC/PR/COMM.(DCCCLXXXV)
				}
				return j
			}
			if isDigit(s[j-1]) && (isUpper(s[k]) && k+1 < len(s) && isLower(s[k+1]) && !anyFoldAt(s, k, "add.", "corr.", "rev.") || isDigit(s[k]) && digitsOnly(s[i:j])) {
				return j // "402.The next sentence", "402.5"
			}
			j = k
		case c < 0x80 && c != '-':
			return j
		default:
			if n := widthless(s, j); n > 0 {
				j += n
				continue
			}
			n := dashAt(s, j)
			if n == 0 || j == i {
				return j
			}
			k := j + n
			if k >= len(s) || !isDigit(s[k]) && !jointAt(s, k) && !(isAlpha(s[k]) && !isWord(runeAt(s, k+1)) && (isAlpha(s[j-1]) || isUpper(s[k]))) && !bodiesTied(s, j, k) {
				return j
			}
			j = k
		}
	}
	return j
}

// bodiesTied tells whether the dash before byte k ties the names of bodies inside
// a component: "FPA-ICEF-UNW" of DP/FPA-ICEF-UNW/2020/1, "COP-MOP".
func bodiesTied(s string, dash, k int) bool {
	if !isUpper(s[dash-1]) || dash+1 != k {
		return false
	}
	e := k
	for e < len(s) && isUpper(s[e]) {
		e++
	}
	return e-k > 1 && e < len(s) && (s[e] == '/' || s[e] == '-')
}

// dotted tells whether a space may stand between the stem's dot and its
// number: after "PV." a number follows, after "402." a sentence.
func dotted(stem string) bool {
	switch strings.ToUpper(stem) {
	case "PV", "SR", "L", "ADD", "CORR", "REV", "AMEND", "CRP", "WP", "AC", "CN", "C", "CONF", "SUB", "INF", "RES", "DEC", "WG", "GE", "SC":
		return true
	}
	return false
}

func digitsOnly(s string) bool { return digitsAt(s, 0, len(s)) == len(s) && s != "" }

// widthless is the length of a character without width at byte j.
func widthless(s string, j int) int {
	for _, w := range []string{"\u00ad", "\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\u200e", "\u200f"} {
		if strings.HasPrefix(s[j:], w) {
			return len(w)
		}
	}
	return 0
}

// jointAt tells whether a second symbol begins at byte i: "-S/2015/682".
func jointAt(s string, i int) bool {
	j := i
	for j < len(s) && isUpper(s[j]) {
		j++
	}
	return j > i && j < len(s) && s[j] == '/' && cite.FirstComponent(s[i:j]) != ""
}

// jointDash is where the dash before a second symbol stands in the component
// s[from:to], from for none.
func jointDash(s string, from, to int) int {
	for i := to - 1; i > from; i-- {
		if !isUpper(s[i]) {
			if i+1 < to && jointAt(s, i+1) {
				for k := i; k > from; k-- {
					if dashAt(s, k) > 0 && k+dashAt(s, k) == i+1 {
						return k
					}
				}
			}
			break
		}
	}
	return from
}

// bracketEnd is the end of a bracket at byte i, or after one space, that may
// belong to a symbol; i where there is none.
func bracketEnd(s string, i int) int {
	k := i + spaceAt(s, i)
	if k >= len(s) || s[k] != '(' && s[k] != '[' {
		return i
	}
	shut := byte(')')
	if s[k] == '[' {
		if k > i {
			return i // " [23]" is a paragraph
		}
		shut = ']'
	}
	limit := min(len(s), k+28)
	n := strings.IndexByte(s[k:limit], shut)
	if n < 2 {
		return i
	}
	in := s[k+1 : k+n]
	if len(in) == 1 && isDigit(in[0]) && k > i {
		return i
	}
	for j := 0; j < len(in); j++ {
		if c := in[j]; !isAlnum(c) && c != ' ' && c != '.' && c != '-' && c < 0x80 {
			return i
		}
	}
	if digitsOnly(in) && len(in) != 4 && !(k == i && len(in) <= 2) {
		return i
	}
	return k + n + 1
}

// letterEnd is the end of the letters of a part after a space: " B", " A–C".
func letterEnd(s string, i int) int {
	k := i + spaceAt(s, i)
	if e := partAt(s, k); k > i && e > k {
		return e
	}
	return i
}

// partEnds tells whether a capital after a number is a part's letter and not
// the first word of what follows: "72/266 B of", "72/266 B."; not "60/1 A new".
func partEnds(s string, e int) bool {
	if e >= len(s) {
		return true
	}
	if strings.IndexByte(",;:)]", s[e]) >= 0 {
		return true
	}
	if s[e] == '.' {
		k := skipSpaces(s, e+1)
		return k >= len(s) || k > e+1 // "60/1 A. Smith" is rare enough
	}
	k := skipSpaces(s, e)
	return anyWordAt(s, k, "and", "of", "on", "adopted", "or", "to", "in", "et", "y", "du", "de") > 0 || k < len(s) && s[k] == '('
}

// cleanCut tells whether a symbol may end at byte end though what follows
// could have been more of it: before a bracket, a dash or a small word.
func cleanCut(s string, end int) bool {
	if end >= len(s) {
		return true
	}
	switch c := s[end]; {
	case c == '(' || c == '[' || c == ' ' || c >= 0x80 || c == '-':
		return true
	case c == '/':
		return end+1 < len(s) && isLower(s[end+1]) && !anyFoldAt(s, end+1, "add", "rev", "corr", "amend")
	}
	return false
}

// readSymbol parses s[from:end].
func readSymbol(s string, from, end int) (mention, bool) {
	text := s[from:end]
	m := mention{stretch: stretch{from, end}, at: stretch{from, end}}
	sym, part, err := cite.ParseSymbolPart(text)
	if err == nil {
		m.sym, m.part = sym, part
		if sym.IsCouncilResolution() {
			m.findYear(s, from, end)
		}
		return m, true
	}
	if !mayBeJoint(text) {
		return mention{}, false
	}
	syms, err := cite.ParseJoint(text)
	if err != nil || len(syms) < 2 {
		return mention{}, false
	}
	for _, sym := range syms {
		if sym.Row() == nil {
			return mention{}, false
		}
	}
	m.sym, m.joint = syms[0], syms[1:]
	return m, true
}

// mayBeJoint tells whether a second symbol begins inside the text, and not
// more than a fourth: no document has more names.
func mayBeJoint(text string) bool {
	second := 0
	for i := 3; i < len(text); i++ {
		if text[i] != '/' {
			continue
		}
		k := i
		for k > 0 && isUpper(text[k-1]) {
			k--
		}
		if k > 0 && k < i && cite.FirstComponent(text[k:i]) != "" && (i-k > 2 || runeBefore(text, k) != '/') {
			second++
		}
	}
	return second > 0 && second < 4
}

// findYear takes the year that a Security Council resolution's symbol ends
// with.
func (m *mention) findYear(s string, from, end int) {
	open := strings.LastIndexByte(s[from:end], '(')
	if open < 0 {
		return
	}
	k := skipSpaces(s, from+open+1)
	if y, e := plainYearAt(s, k); y > 0 {
		m.year, m.yearAt = y, stretch{k, e}
	}
}

// The words that announce a symbol.
var documentWords = []string{
	"documents", "document", "documentos", "documento", "docs.", "doc.", "docs", "doc", "symbol", "signatura", "cote",
}

// documentBefore tells whether "UN Doc." or one of its like stands before
// byte from, and where it begins.
func documentBefore(s string, from int) (bool, int) {
	end := trimRight(s, 0, from)
	if end > 0 && s[end-1] == ':' {
		end = trimRight(s, 0, end-1)
	}
	for _, w := range documentWords {
		at := foldEnd(s, end, w)
		if at < 0 {
			continue
		}
		start := at
		before := trimRight(s, 0, at)
		for _, un := range []string{"united nations", "u.n.", "u. n.", "un", "onu", "nations unies"} {
			if b := foldEnd(s, before, un); b >= 0 {
				start = b
				break
			}
		}
		return true, start
	}
	return false, from
}

// bareCounts tells whether a letter, a slash and a number are a symbol here:
// where the text calls it one, where it is all that a note or a bracket
// holds, in a list of symbols, or where the number has four digits or more.
// "A/320" is an aircraft.
func bareCounts(s string, m *mention) bool {
	if m.called {
		return true
	}
	digits := 0
	for i := m.at.from; i < m.at.to; i++ {
		if isDigit(s[i]) {
			digits++
		}
	}
	return digits >= 4 && isUpper(s[m.at.from])
}

// addenda reads what follows a symbol in "and Add.1", ", Add.1–3 and Corr.2":
// further documents, each with the main one's symbol.
func addenda(s string, m *mention) []mention {
	var out []mention
	end := m.to
	for len(out) < 24 {
		k := skipSpaces(s, end)
		if k < len(s) && (s[k] == ',' || s[k] == '+' || s[k] == '&') {
			k = skipSpaces(s, k+1)
		}
		if e := andAt(s, k); e > 0 {
			k = skipSpaces(s, e)
		}
		if k == end {
			break
		}
		stem := ""
		e := -1
		for _, w := range []string{"adds", "add", "corrs", "corr", "revs", "rev", "amend"} {
			if e = anyWordAt(s, k, w); e > 0 {
				stem = strings.TrimSuffix(w, "s")
				break
			}
		}
		if e < 0 {
			break
		}
		if e < len(s) && s[e] == '.' {
			e++
		}
		e = skipSpaces(s, e)
		a, b, e := numberRange(s, e)
		if a == 0 || b-a > 20 || isWord(runeAt(s, e)) {
			break
		}
		for n := a; n <= b; n++ {
			sym, err := cite.ParseSymbol(m.sym.String() + "/" + stem + "." + strconv.Itoa(n))
			if err != nil {
				return out
			}
			out = append(out, mention{stretch: stretch{k, e}, at: stretch{k, e}, sym: sym, called: true})
		}
		end = e
		// "Add.1 and 2"
		for len(out) < 24 {
			next, comma := listSeparator(s, end)
			if next < 0 || comma {
				break
			}
			c, d, e := numberRange(s, next)
			if c <= b || d-c > 20 || isWord(runeAt(s, e)) || c > 99 {
				break
			}
			if y, _ := plainYearAt(s, next); y > 0 {
				break
			}
			if mon, _ := monthAt(s, skipSpaces(s, e)); mon > 0 {
				break
			}
			for n := c; n <= d; n++ {
				sym, err := cite.ParseSymbol(m.sym.String() + "/" + stem + "." + strconv.Itoa(n))
				if err != nil {
					return out
				}
				out = append(out, mention{stretch: stretch{next, e}, at: stretch{next, e}, sym: sym, called: true})
			}
			end, b = e, d
		}
	}
	return out
}

// numberRange reads "3" or "1–3".
func numberRange(s string, i int) (a, b, end int) {
	j := digitsAt(s, i, 3)
	if j == i {
		return 0, 0, i
	}
	a, _ = strconv.Atoi(s[i:j]) // at most three digits
	if d := dashAt(s, j); d > 0 {
		if k := digitsAt(s, j+d, 3); k > j+d {
			b, _ = strconv.Atoi(s[j+d : k]) // at most three digits
			if b > a {
				return a, b, k
			}
		}
	}
	return a, a, j
}

// spacedJoint reads a second name of the document that is printed with spaces
// around the dash: "A/72/707 – S/2018/25".
func spacedJoint(s string, m *mention) {
	k := skipSpaces(s, m.to)
	d := dashAt(s, k)
	if d == 0 || k == m.to || len(m.joint) > 0 {
		return
	}
	from := skipSpaces(s, k+d)
	if !jointAt(s, from) || from == k+d {
		return
	}
	y, ok := symbolAt(s, from+strings.IndexByte(s[from:], '/'), false)
	if !ok || y.at.from != from || y.sym.Organ() == "" || y.sym.Organ() == m.sym.Organ() {
		return
	}
	m.joint = append(append(m.joint, y.sym), y.joint...)
	m.to, m.at.to = y.to, y.to
}

// records expands a run of meeting records or addenda, "SR.29–37" and
// "Add.1–3", into its members; nil where a symbol is one.
func records(m *mention) []mention {
	text := m.sym.String()
	dash := strings.LastIndexByte(text, '-')
	dot := strings.LastIndexByte(text, '.')
	if dash < dot || dot < 0 || m.sym.Series() != "meeting record" && !modifierRun(text[:dot]) {
		return nil
	}
	a, err1 := strconv.Atoi(text[dot+1 : dash])
	b, err2 := strconv.Atoi(text[dash+1:])
	if err1 != nil || err2 != nil || b <= a || b-a > 40 {
		return nil
	}
	var out []mention
	for n := a; n <= b; n++ {
		sym, err := cite.ParseSymbol(text[:dot+1] + strconv.Itoa(n))
		if err != nil {
			return nil
		}
		one := *m
		one.sym = sym
		out = append(out, one)
	}
	return out
}

// moreRecords reads further meetings of the same committee: "A/C.4/52/SR.3–7
// and 9", "A/C.3/51/SR.29, 31 and 35". last is the number of the one before.
func moreRecords(s string, m *mention) []mention {
	text := m.sym.String()
	dot := strings.LastIndex(text, "/SR.")
	if dot < 0 || m.sym.Series() != "meeting record" {
		return nil
	}
	last, err := strconv.Atoi(text[dot+len("/SR."):])
	if err != nil {
		return nil
	}
	var out []mention
	for end := m.to; len(out) < 40; {
		next, _ := listSeparator(s, end)
		if next < 0 {
			break
		}
		a, b, e := numberRange(s, next)
		if a <= last || b-a > 40 || isWord(runeAt(s, e)) || e < len(s) && s[e] == '/' {
			break
		}
		if k := skipSpaces(s, e); k < len(s) && strings.IndexByte(",;.)", s[k]) < 0 && andAt(s, k) < 0 {
			break // "and 9 October"
		}
		for n := a; n <= b; n++ {
			sym, err := cite.ParseSymbol(text[:dot+len("/SR.")] + strconv.Itoa(n))
			if err != nil {
				return out
			}
			out = append(out, mention{stretch: stretch{next, e}, at: stretch{next, e}, sym: sym, called: true})
		}
		end, last = e, b
	}
	return out
}

func modifierRun(head string) bool {
	switch head[strings.LastIndexByte(head, '/')+1:] {
	case "Add", "Corr", "Rev", "Amend":
		return true
	}
	return false
}
