package citation

import (
	"strconv"
	"strings"

	"citecheck/pipeline/cite"
)

// An organ is a row of the table of bodies that adopt resolutions: the words
// that name it, in small letters, in English, French and Spanish.
type organ struct {
	name  string
	words string // separated by |
	// short forms count only in capitals and right before the number:
	// "S.C. Res. 1325"
	short   string
	foreign bool // not of the UN, or not cited by a symbol: its numbers are no UN documents
}

const (
	securityCouncil = "Security Council"
	generalAssembly = "General Assembly"
	humanRights     = "Human Rights Council"
	economicSocial  = "Economic and Social Council"
	rightsComm      = "Commission on Human Rights"
)

var organs = []organ{
	{name: securityCouncil, words: "security council|conseil de sécurité|consejo de seguridad|scor", short: "unsc|u.n.s.c.|s.c.|sc|csnu|cs"},
	{name: generalAssembly, words: "general assembly|assemblée générale|asamblea general|gaor", short: "unga|u.n.g.a.|g.a.|ga|agnu|ag|a.g."},
	{name: humanRights, words: "human rights council|conseil des droits de l'homme|conseil des droits de l’homme|consejo de derechos humanos", short: "unhrc|hrc|h.r.c.|cdh"},
	{name: economicSocial, words: "economic and social council|conseil économique et social|consejo económico y social|ecosoc", short: "e.s.c.|esc"},
	{name: rightsComm, words: "commission on human rights|human rights commission|commission des droits de l'homme|commission des droits de l’homme|comisión de derechos humanos", short: "chr|unchr"},
	{foreign: true, words: "peace and security council|parliamentary assembly|european parliament|council of europe|european council|council of the european union|european union|" +
		"world health assembly|health assembly|governing council|environment assembly|habitat assembly|league of nations|human rights committee|" +
		"commission on narcotic drugs|commission on crime prevention|commission on the status of women|commission on population|commission for social development|statistical commission|" +
		"inter-parliamentary union|osce|organization of american states|oas|african commission|african union|organization of african unity|institute of international law|institut de droit international|" +
		"league of arab states|arab league|ecowas|inter-american commission|inter-american court|organization of islamic cooperation|organisation of islamic cooperation|organization of the islamic conference|non-aligned movement|gulf cooperation council|nordic council|" +
		"transitional council|igad|sadc|asean|mercosur|parliament|world bank|international labour conference|international labour organization|paris club|fifa|" +
		"red cross|congress|senate|house of representatives|iaea|board of governors|general conference|assembly of the imo|executive board|" +
		"international law association|conference of the parties|meeting of the parties|itu|unesco|fao|wto|upu|icao|wipo|imo|" +
		"sub-commission|subcommission|trade and development board|assembly of states parties|board of trustees|council of ministers|state duma|knesset|national assembly|committee of ministers|north atlantic council|ministerial council|permanent council|" +
		"économique européenne|parlement européen|conseil de l'europe|conseil de l’europe|assemblée parlementaire|parlamento europeo|consejo de europa"},
}

// An organWord is one phrase of the table above.
type organWord struct {
	phrase string
	organ  *organ
	short  bool
}

// organLast holds the phrases by their last byte, organFirst by their first,
// long ones first.
var organLast, organFirst = func() (last, first [256][]organWord) {
	put := func(list []organWord, w organWord) []organWord {
		list = append(list, w)
		for i := len(list) - 1; i > 0 && len(list[i].phrase) > len(list[i-1].phrase); i-- {
			list[i], list[i-1] = list[i-1], list[i]
		}
		return list
	}
	for i := range organs {
		o := &organs[i]
		for _, p := range strings.Split(o.words, "|") {
			w := organWord{p, o, false}
			last[p[len(p)-1]] = put(last[p[len(p)-1]], w)
			first[p[0]] = put(first[p[0]], w)
		}
		if o.short == "" {
			continue
		}
		for _, p := range strings.Split(o.short, "|") {
			w := organWord{p, o, true}
			last[p[len(p)-1]] = put(last[p[len(p)-1]], w)
			first[p[0]] = put(first[p[0]], w)
		}
	}
	return last, first
}()

// matches tells whether the phrase stands at byte at. Short forms must be
// capitals.
func (w organWord) matches(s string, at int) bool {
	if !hasFoldAt(s, at, w.phrase) || isWord(runeBefore(s, at)) {
		return false
	}
	if w.short {
		for j := at; j < at+len(w.phrase); j++ {
			if isLower(s[j]) {
				return false
			}
		}
	}
	return w.phrase[len(w.phrase)-1] == '.' || !isWord(runeAt(s, at+len(w.phrase)))
}

// organBefore is the organ whose name ends right before byte i: commas, the
// genitive and "in its" may stand between. start is where its name begins,
// with "UN".
func organBefore(s string, i int) (o *organ, start int) {
	end := trimRight(s, 0, i)
	for n := 0; n < 4; n++ {
		switch {
		case end > 0 && (s[end-1] == ',' || s[end-1] == ':'):
			end = trimRight(s, 0, end-1)
			continue
		case strings.HasSuffix(s[:end], "'s"), strings.HasSuffix(s[:end], "s'"):
			end -= 2
			if s[end+1] == '\'' {
				end++
			}
			continue
		case strings.HasSuffix(s[:end], "’s"):
			end -= len("’s")
			continue
		}
		moved := false
		for _, w := range []string{"in its", "by its", "its", "adopted", "in", "by", "draft", "landmark", "its landmark"} {
			if at := foldEnd(s, end, w); at > 0 {
				end, moved = trimRight(s, 0, at), true
				break
			}
		}
		if !moved {
			break
		}
	}
	if end == 0 {
		return nil, i
	}
	c := s[end-1]
	if isUpper(c) {
		c += 'a' - 'A'
	}
	for _, w := range organLast[c] {
		at := end - len(w.phrase)
		if at < 0 || !w.matches(s, at) {
			continue
		}
		return w.organ, unitedNations(s, at)
	}
	return nil, i
}

// unitedNations is the start of "UN " or "United Nations " before byte at, at
// itself where neither stands there.
func unitedNations(s string, at int) int {
	before := trimRight(s, 0, at)
	if before == at {
		return at
	}
	for _, un := range []string{"united nations", "u.n.", "u. n.", "un"} {
		if b := foldEnd(s, before, un); b >= 0 && isUpper(s[b]) {
			return b
		}
	}
	return at
}

// organAfter is the organ that follows byte i as "of the Security Council",
// "du Conseil de sécurité", "adopted by the General Assembly". end is where
// its name ends.
func organAfter(s string, i int) (o *organ, end int) {
	k := skipSpaces(s, i)
	if k < len(s) && s[k] == ',' {
		k = skipSpaces(s, k+1)
	}
	for _, w := range []string{"adopted by the", "passed by the", "adoptée par le", "adoptée par l", "of the", "by the", "of", "du", "de la", "de l", "del", "des", "de"} {
		if !wordAt(s, k, w) {
			continue
		}
		k += len(w)
		if strings.HasPrefix(s[k:], "'") {
			k++
		} else if strings.HasPrefix(s[k:], "’") {
			k += len("’")
		}
		return organAt(s, skipSpaces(s, k))
	}
	return nil, i
}

// organBehind is the organ set off by commas behind a number, which may stand
// in quotation marks with its word: "“Resolution 2423 (2018)”, UN Security
// Council, S/RES/2423".
func organBehind(s string, i int) (o *organ, end int) {
	k, commas := i, 0
	for n := 0; n < 3; n++ {
		if k < len(s) && s[k] == ',' {
			k++
			commas++
		} else if e := quoteMark(s, k, 1); e > 0 {
			k += e
		}
	}
	if commas != 1 {
		return nil, i
	}
	o, end = organAt(s, skipSpaces(s, k))
	if next := skipSpaces(s, end); o == nil || next < len(s) && strings.IndexByte(",.;(", s[next]) < 0 {
		return nil, i
	}
	return o, end
}

// quoteMark is the length of the quotation mark that closes at byte i, or with
// step -1 of one that opens and ends there; 0 for none.
func quoteMark(s string, i, step int) int {
	marks := []string{"”", "\"", "’’", "’", "»", "''", "'"}
	if step < 0 {
		marks = []string{"“", "\"", "‘‘", "‘", "«", "„", "''", "'"}
	}
	for _, m := range marks {
		if step > 0 && strings.HasPrefix(s[min(i, len(s)):], m) || step < 0 && strings.HasSuffix(s[:i], m) {
			return len(m)
		}
	}
	return 0
}

// organAt is the organ whose name begins at byte i, "UN" and the like before
// it included.
func organAt(s string, i int) (o *organ, end int) {
	for _, un := range []string{"united nations ", "u.n. ", "un "} {
		if hasFoldAt(s, i, un) {
			i = skipSpaces(s, i+len(un))
			break
		}
	}
	if i >= len(s) {
		return nil, i
	}
	c := s[i]
	if isUpper(c) {
		c += 'a' - 'A'
	}
	for _, w := range organFirst[c] {
		if w.matches(s, i) {
			if end = i + len(w.phrase); ofAnother(s, end) {
				return foreignOrgan, end
			}
			return w.organ, end
		}
	}
	return nil, i
}

// ofAnother tells whether the words after an organ's name say whose it is, and
// not the UN's: "the General Assembly of the Organization of American States",
// "the Security Council of the Russian Federation".
func ofAnother(s string, i int) bool {
	k := skipSpaces(s, i)
	if !wordAt(s, k, "of") || k == i {
		return false
	}
	k = skipSpaces(s, k+len("of"))
	if wordAt(s, k, "the") {
		k = skipSpaces(s, k+len("the"))
	}
	if !isUpperRune(s, k) || hasFoldAt(s, k, "united nations") || wordAt(s, k, "UN") || hasFoldAt(s, k, "u.n.") {
		return false
	}
	month, _ := monthAt(s, k)
	return month == 0
}

// nearestOrgan is the organ named last in s[from:to], short forms aside.
func nearestOrgan(s string, from, to int) *organ {
	for i := to - 1; i >= from; i-- {
		c := s[i]
		if c != '.' && i+1 < len(s) && isAlnum(s[i+1]) {
			continue // inside a word
		}
		if isUpper(c) {
			c += 'a' - 'A'
		}
		for _, w := range organLast[c] {
			at := i + 1 - len(w.phrase)
			if w.short || at < from || !w.matches(s, at) {
				continue
			}
			return w.organ
		}
	}
	return nil
}

// A numberForm is how a resolution's number is printed.
type numberForm int

const (
	formPlain      numberForm = iota // 2423
	formYear                         // 2423 (2018)
	formSession                      // 70/1, S-21/1, ES-11/1
	formRoman                        // 377 (V), 2341 B (XXII)
	formYearNumber                   // 1980/67
	formNumberYear                   // 1325/2000
	formDraft                        // 76/L.75
)

// An item is one number after "resolution".
type item struct {
	stretch
	form    numberForm
	number  int
	session string // "70", "S-21", "XXII", "1980"
	part    string
	year    int
	yearAt  stretch
	dates   []dated
	end     int // after a date that belongs to it
	draft   string
}

// itemAt reads one number in any of its forms at byte i.
func itemAt(s string, i int) (item, bool) {
	it := item{stretch: stretch{i, i}}
	j := i
	if special := specialSession(s, i); special > i {
		j = special
		it.session = strings.ToUpper(cite.Respell(s[i:j]))
	} else {
		j = digitsAt(s, i, 4)
		if j == i {
			return it, false
		}
		it.number, _ = strconv.Atoi(s[i:j]) // at most four digits
	}
	if j < len(s) && s[j] == '/' {
		return slashItem(s, it, j)
	}
	if it.session != "" {
		return it, false
	}
	if isWord(runeAt(s, j)) && !(isUpper(s[j]) && j+1 < len(s) && !isWord(runeAt(s, j+1))) {
		return it, false
	}
	// 2341 B (XXII), 217A(III), 3211(XXIX)B
	part, k := "", skipSpaces(s, j)
	if e := partAt(s, k); e > k {
		part, k = s[k:e], skipSpaces(s, e)
	}
	if k < len(s) && s[k] == '(' {
		close := strings.IndexByte(s[k:min(len(s), k+20)], ')')
		if close > 1 {
			in := strings.TrimSpace(cite.Respell(s[k+1 : k+close]))
			in = strings.ReplaceAll(in, " ", "")
			if isRomanSession(in) {
				it.form, it.session, it.part, it.to = formRoman, in, part, k+close+1
				if part == "" {
					p := skipSpaces(s, it.to)
					if e := partAt(s, p); e > p && partEnds(s, e) {
						it.part, it.to = s[p:e], e
					}
				}
				return it, true
			}
			if y, e := plainYearAt(s, skipSpaces(s, k+1)); y >= 1946 && y < 2050 && part == "" && skipSpaces(s, e) == k+close {
				it.form, it.year, it.yearAt, it.to = formYear, y, stretch{skipSpaces(s, k+1), e}, k+close+1
				return it, true
			}
		}
	}
	it.form, it.to = formPlain, j
	switch c := runeAt(s, j); {
	case c == '.' && j+1 < len(s) && isDigit(s[j+1]), c == ',' && j+1 < len(s) && isDigit(s[j+1]), c == '%', c == '-', c == '–' && isDigit(s[min(len(s)-1, j+len("–"))]):
		return it, false // 2.5, 1,200, 10-15
	}
	return it, true
}

// slashItem reads what follows the slash of 70/1, 1980/67 and 1325/2000.
func slashItem(s string, it item, slash int) (item, bool) {
	k := slash + 1
	if strings.HasPrefix(s[k:], "L.") && it.session == "" && it.number > 0 && it.number < 200 { // 76/L.75
		e := digitsAt(s, k+2, 3)
		if e == k+2 || isWord(runeAt(s, e)) {
			return it, false
		}
		it.form, it.draft, it.to = formDraft, s[it.from:e], e
		return it, true
	}
	e := digitsAt(s, k, 4)
	if e == k {
		return it, false
	}
	n, _ := strconv.Atoi(s[k:e]) // at most four digits
	first := it.number
	switch {
	case it.session != "":
		it.form, it.number = formSession, n
	case first >= 1946 && first < 2050 && e-k <= 3:
		it.form, it.session, it.number = formYearNumber, strconv.Itoa(first), n
	case e-k == 4 && n >= 1946 && n < 2050:
		it.form, it.year, it.yearAt = formNumberYear, n, stretch{k, e}
	case first > 0 && first < 200 && e-k <= 3 && n > 0:
		it.form, it.session, it.number = formSession, strconv.Itoa(first), n
	default:
		return it, false
	}
	it.to = e
	if it.form == formNumberYear {
		return it, !isWord(runeAt(s, e)) && !strings.HasPrefix(s[e:], "/")
	}
	// 72/266 B, 72/266B, 72/262 A–C
	p := e
	if n := spaceAt(s, p); n > 0 {
		p += n
	}
	if end := partAt(s, p); end > p && (p == e || partEnds(s, end)) {
		it.part, it.to = strings.ToUpper(cite.Respell(s[p:end])), end
	} else if e < len(s) && isLower(s[e]) && !isWord(runeAt(s, e+1)) {
		it.part, it.to = strings.ToUpper(s[e:e+1]), e+1
	}
	return it, !isWord(runeAt(s, it.to)) && !strings.HasPrefix(s[it.to:], "/")
}

// specialSession is the end of "S-21" or "ES-11" at byte i.
func specialSession(s string, i int) int {
	j := i
	if j < len(s) && s[j] == 'E' {
		j++
	}
	if j >= len(s) || s[j] != 'S' {
		return i
	}
	d := dashAt(s, j+1)
	if d == 0 {
		return i
	}
	k := j + 1 + d
	if e := digitsAt(s, k, 2); e > k {
		return e
	}
	return i
}

// partAt is the end of the letters of a part at byte i: "B", "A–C".
func partAt(s string, i int) int {
	if i >= len(s) || !isUpper(s[i]) {
		return i
	}
	e := i + 1
	if d := dashAt(s, e); d > 0 && e+d < len(s) && isUpper(s[e+d]) {
		e += d + 1
	}
	if isWord(runeAt(s, e)) {
		return i
	}
	return e
}

func isRomanSession(in string) bool {
	for _, prefix := range []string{"", "S-", "ES-"} {
		if rest, ok := strings.CutPrefix(in, prefix); ok && cite.Roman(rest) > 0 && cite.Roman(rest) < 100 {
			return true
		}
	}
	return false
}

// A nameWord is a row of the words that a number follows.
type nameWord struct {
	word  string // what the document is
	forms string // small letters, separated by |, long ones first
	many  bool
	organ string // that the word itself names: UNSCR
	caps  bool   // only in capitals
	abbr  bool   // "Res.": only with an organ before it, or in the form N (YYYY)
}

var nameWords = []nameWord{
	{word: "resolution", forms: "resolutions|résolutions|resoluciones", many: true},
	{word: "resolution", forms: "resolution|résolution|resolución|resolucion"},
	{word: "resolution", forms: "ress|rés|res", abbr: true},
	{word: "resolution", forms: "unscrs|scrs", many: true, organ: securityCouncil, caps: true},
	{word: "resolution", forms: "unscr|scr", organ: securityCouncil, caps: true},
	{word: "resolution", forms: "ungar", organ: generalAssembly, caps: true},
	{word: "decision", forms: "decisions|décisions|decisiones", many: true},
	{word: "decision", forms: "decision|décision|decisión"},
	{word: "presidential statement", forms: "presidential statements|prsts", many: true},
	{word: "presidential statement", forms: "presidential statement|president's statement|president’s statement|prst"},
}

type nameEntry struct {
	form string
	row  *nameWord
}

var nameIndex = func() (t [256][]nameEntry) {
	for i := range nameWords {
		for _, f := range strings.Split(nameWords[i].forms, "|") {
			t[f[0]] = append(t[f[0]], nameEntry{f, &nameWords[i]})
		}
	}
	for c := range t {
		list := t[c]
		for i := 1; i < len(list); i++ {
			for j := i; j > 0 && len(list[j].form) > len(list[j-1].form); j-- {
				list[j], list[j-1] = list[j-1], list[j]
			}
		}
	}
	return t
}()

// farthest are the bytes that are read back and forth for the organ of a
// bare number: about three lines of a note.
const farthest = 400

// namesAt reads the resolutions, decisions or statements that the words at
// byte i name. Running text must name the organ, or print number and year.
// end is where to read on; without mentions it is i.
func namesAt(s string, i int, running bool, own *owner) (out []mention, end int) {
	c := s[i]
	if isUpper(c) {
		c += 'a' - 'A'
	}
	for _, e := range nameIndex[c] {
		j := i + len(e.form)
		if !hasFoldAt(s, i, e.form) || isWord(runeAt(s, j)) && !(e.row.caps && isDigit(s[j])) {
			continue
		}
		if before := runeBefore(s, i); isWord(before) || before == '/' || before == '-' {
			return nil, i
		}
		if e.row.caps && !allUpper(s[i:j]) {
			return nil, i
		}
		if e.row.abbr && j < len(s) && s[j] == '.' {
			j++
		}
		return e.row.read(s, i, j, running, own)
	}
	return nil, i
}

func allUpper(s string) bool {
	for i := 0; i < len(s); i++ {
		if isLower(s[i]) && !(s[i] == 's' && i == len(s)-1) {
			return false
		}
	}
	return true
}

// volumeBefore tells whether a volume or a year in brackets stands before the
// abbreviation at byte i, as before that of a law report.
func volumeBefore(s string, i int) bool {
	end := trimRight(s, 0, i)
	return end > 0 && end < i && (isDigit(s[end-1]) || s[end-1] == ']')
}

func (w *nameWord) read(s string, i, j int, running bool, own *owner) ([]mention, int) {
	if w.caps && s[i] == 'S' && volumeBefore(s, i) {
		return nil, i // "[1994] 1 SCR 701": the Supreme Court Reports
	}
	k := afterNo(s, skipSpaces(s, j))
	// French and Spanish put the organ behind: "Rés. CS 1373 (2001)", "Res. AG
	// 2625 (XXV)".
	var behind *organ
	if !w.caps && k > j {
		o, e := shortOrganAt(s, k)
		if o == nil {
			o, e = organAfter(s, j) // "Résolution du Conseil de sécurité n° 2085"
		}
		if e = afterNo(s, skipSpaces(s, e)); o != nil && !o.foreign && e < len(s) && isDigit(s[e]) {
			behind, k = o, e
		}
	}
	if k == j && w.word != "resolution" || k >= len(s) {
		return nil, i
	}
	if w.word == "presidential statement" && hasFoldAt(s, k, "s/prst") {
		return nil, i // a symbol, read as one
	}
	items := w.items(s, k)
	if len(items) == 0 {
		return nil, i
	}
	last := items[len(items)-1]
	o, start := organBefore(s, i)
	if o == nil {
		start = i
		if o = behind; w.organ != "" {
			o = organNamed(w.organ)
		}
	}
	if o != nil && o.foreign || o == nil && (foreignAuthor(s, i) || ofCongress(s, i)) {
		return nil, i
	}
	adjacent := o != nil
	nameEnd := last.to
	if o == nil {
		after, e := organAfter(s, last.end)
		if after == nil && len(items) == 1 {
			if after, e = organBehind(s, last.end); after != nil && quoteMark(s, start, -1) > 0 && strings.ContainsAny(s[last.end:e], "”\"’»'") {
				start -= quoteMark(s, start, -1)
			}
		}
		if after != nil && after.foreign {
			return nil, i
		}
		if after == nil && foreignNear(s, last.end) {
			return nil, i
		}
		if after != nil {
			o, adjacent, nameEnd = after, true, e
		}
	}
	if w.abbr && !adjacent && items[0].form != formYear {
		return nil, i
	}
	var out []mention
	for n, it := range items {
		m := mention{kind: byName, word: w.word, number: it.number, part: it.part, year: it.year, yearAt: it.yearAt, dates: it.dates,
			stretch: it.stretch, at: it.stretch}
		if it.form == formSession || it.form == formRoman {
			m.session = it.session
		}
		who := o
		switch {
		case who != nil:
		case own != nil:
			who = own.meant(s, i, w.word, it)
		default:
			who = bareOrgan(s, i, last.end, it)
		}
		if it.form == formPlain && who == nil && w.word == "resolution" && !w.abbr && !running {
			m.weak = true
		} else if !m.name(w, it, who, adjacent) || running && (m.open || who == nil && it.form != formYear && it.form != formRoman || it.form == formPlain && !adjacent) {
			if n == 0 {
				return nil, i
			}
			continue
		}
		if len(items) == 1 {
			m.from, m.to = start, nameEnd
		} else {
			m.listed, m.group = true, i+1
			if n == 0 {
				m.pins = nil
			}
		}
		out = append(out, m)
	}
	if len(out) == 0 {
		return nil, i
	}
	if pins, from := pinsBefore(s, start); len(pins) > 0 {
		out[0].pins = pins
		if !out[0].listed {
			out[0].from = from
		}
	}
	return out, max(last.end, nameEnd)
}

// items reads the number, or the list of numbers, that begins at byte k.
func (w *nameWord) items(s string, k int) []item {
	var out []item
	for len(out) < 200 {
		it, ok := itemAt(s, k)
		if !ok || it.number == 0 && it.form != formDraft {
			break
		}
		if len(out) > 0 {
			prev := out[len(out)-1].form
			if it.form == formPlain && (!w.many || prev != formPlain) || it.form != formPlain && prev == formPlain && it.form != formYear {
				break
			}
		}
		it.end = it.to
		it.dates, it.end = datesAfter(s, it.to)
		if it.form == formPlain && len(it.dates) == 0 && followedByMonth(s, it.to) {
			break // "the resolution 28 June 2018"
		}
		out = append(out, it)
		// "2140 (2014), para. 3, and 2216 (2015)"
		at := it.end
		for n := 0; n < 4 && w.many; n++ {
			p := skipSpaces(s, at)
			if p >= len(s) || s[p] != ',' {
				break
			}
			_, e := pinsAt(s, skipSpaces(s, p+1))
			if e <= skipSpaces(s, p+1) {
				break
			}
			at = e
		}
		next, comma := listSeparator(s, at)
		if next < 0 && at < len(s) && s[at] == '/' && it.form == formYear {
			next, comma = at+1, true
		}
		if it.form == formYear && w.many {
			next = behindRemark(s, next, at)
		}
		if next < 0 || comma && it.form == formPlain && !w.many || strings.HasPrefix(s[skipSpaces(s, at):], ";") && it.form == formPlain {
			break
		}
		k = next
	}
	return out
}

// afterNo is the place behind "No." at byte k, k where none stands there.
func afterNo(s string, k int) int {
	if k >= len(s) || s[k]|0x20 != 'n' && s[k] != '#' {
		return k
	}
	for _, no := range []string{"nos.", "no.", "nos", "no", "numbers", "number", "nº", "n°", "n.º", "núm.", "#"} {
		if hasFoldAt(s, k, no) && (k+len(no) >= len(s) || !isAlpha(s[k+len(no)])) {
			return skipSpaces(s, k+len(no))
		}
	}
	return k
}

// behindRemark is where a list of numbers with years goes on behind a few small
// words: "1325 (2000) and, most recently, 2467 (2019)", "1373 (2001), as well as
// 2178 (2014)". next is where it goes on otherwise.
func behindRemark(s string, next, at int) int {
	i := next
	if i < 0 {
		i = at
	}
	for words := 0; words < 6 && i < len(s); {
		k := skipSpaces(s, i)
		switch {
		case k < len(s) && s[k] == ',':
			i = k + 1
		case k < len(s) && isLower(s[k]):
			for i = k; i < len(s) && isLower(s[i]); i++ {
			}
			words++
		case k < len(s) && isDigit(s[k]) && words > 0:
			if it, ok := itemAt(s, k); ok && it.form == formYear {
				return k
			}
			return next
		default:
			return next
		}
	}
	return next
}

func followedByMonth(s string, i int) bool {
	k := skipSpaces(s, i)
	m, _ := monthAt(s, k)
	return m > 0 && k > i
}

// datesAfter reads the date that belongs to a number: "(June 28, 2018)", "of
// 28 June 2018", "of 21 May" in a list. end is after it, i without one.
func datesAfter(s string, i int) ([]dated, int) {
	k := skipSpaces(s, i)
	if k < len(s) && s[k] == '(' {
		if d, ok := dateAt(s, skipSpaces(s, k+1)); ok {
			if e := skipSpaces(s, d.to); e < len(s) && s[e] == ')' {
				return []dated{d}, e + 1
			}
		}
		return nil, i
	}
	for _, of := range []string{"dated", "adopted on", "of", "du", "de", "del"} {
		if !wordAt(s, k, of) || k == i {
			continue
		}
		at := skipSpaces(s, k+len(of))
		if d, ok := dateAt(s, at); ok {
			return []dated{d}, d.to
		}
		if e := digitsAt(s, at, 2); e > at { // "of 21 May, 254 (1968)"
			if m, e := monthAt(s, skipSpaces(s, e)); m > 0 {
				return nil, e
			}
		}
		break
	}
	return nil, i
}

// foreignNear tells whether the words after a number name a body that is not
// the UN's: "adopted on 1 February 1989 by the Parliamentary Assembly".
func foreignNear(s string, i int) bool {
	to := min(len(s), i+80)
	for k := i; k < to; k++ {
		if s[k] == '.' && k+1 < to && s[k+1] == ' ' {
			return false
		}
		if s[k] != ' ' {
			continue
		}
		for _, by := range []string{"by the ", "of the ", "by ", "par le ", "par l'", "de la ", "por el ", "por la "} {
			if hasFoldAt(s, k+1, by) {
				if o, _ := organAt(s, k+1+len(by)); o != nil {
					return o.foreign
				}
			}
		}
	}
	return false
}

// foreignAuthor tells whether the author set off by a comma before byte i is a
// body that is not the UN's though its name goes on: "African Commission on
// Human and Peoples’ Rights, Resolution 275 (2014)".
func foreignAuthor(s string, i int) bool {
	end := trimRight(s, 0, i)
	if end == 0 || s[end-1] != ',' {
		return false
	}
	end--
	from := strings.LastIndexAny(s[:end], ",;:.()“”\"") + 1
	o := nearestOrgan(s, from, end)
	return o != nil && o.foreign && !wordIn(s[from:end], "united")
}

// ofCongress tells whether "Res." at byte i is one of the houses of the United
// States: "H. Res. 1325", "S. Con. Res. 70".
func ofCongress(s string, i int) bool {
	end := trimRight(s, 0, i)
	for _, w := range []string{"con.", "j."} {
		if at := foldEnd(s, end, w); at > 0 {
			end = trimRight(s, 0, at)
			break
		}
	}
	return end > 1 && s[end-1] == '.' && (s[end-2] == 'H' || s[end-2] == 'S') && !isWord(runeBefore(s, end-2)) && (end < 3 || s[end-3] != '.')
}

func organNamed(name string) *organ {
	for i := range organs {
		if organs[i].name == name {
			return &organs[i]
		}
	}
	return nil
}

// bareOrgan decides whose a number without an organ is: the one named last
// before it, or soon after.
func bareOrgan(s string, from, to int, it item) *organ {
	if it.form == formYear || it.form == formNumberYear {
		return organNamed(securityCouncil) // nobody else prints N (YYYY)
	}
	if it.form == formPlain && len(it.dates) > 0 && it.dates[0].year > 1976 {
		return organNamed(securityCouncil) // the Assembly's numbers have had their session before them since then
	}
	// The organs whose numbers look like this one.
	fits := func(o *organ) bool {
		if o == nil {
			return false
		}
		switch it.form {
		case formSession, formDraft:
			return o.name == generalAssembly || o.name == humanRights || o.foreign
		case formRoman:
			return o.name == generalAssembly || o.name == economicSocial
		case formYearNumber:
			return o.name == economicSocial || o.name == rightsComm || o.foreign
		}
		return true
	}
	for end, start := from, max(0, from-farthest); end > start; {
		o := nearestOrgan(s, start, end)
		if o == nil {
			break
		}
		if fits(o) {
			return o
		}
		end = lastOf(s, start, end, o)
	}
	stop := sentenceEnd(s, to, 120)
	for i := to; i < stop; i++ {
		if i > to && isWord(runeBefore(s, i)) {
			continue
		}
		if o, _ := organAt(s, i); fits(o) {
			return o
		}
	}
	return nil
}

// lastOf is where the last mention of o in s[from:to] begins.
func lastOf(s string, from, to int, o *organ) int {
	for i := to - 1; i > from; i-- {
		c := s[i]
		if isUpper(c) {
			c += 'a' - 'A'
		}
		for _, w := range organFirst[c] {
			if w.organ == o && !w.short && w.matches(s, i) {
				return i
			}
		}
	}
	return from
}

// sentenceEnd is the end of the sentence at byte i, at most limit bytes on.
func sentenceEnd(s string, i, limit int) int {
	to := min(len(s), i+limit)
	for k := i; k+1 < to; k++ {
		if s[k] == '.' && s[k+1] == ' ' && k > 0 && isLower(s[k-1]) {
			return k
		}
	}
	return to
}

// name fills in which document the words name. It tells false where they
// name none.
func (m *mention) name(w *nameWord, it item, o *organ, adjacent bool) bool {
	who := ""
	if o != nil {
		if o.foreign {
			return false
		}
		who = o.name
	}
	if adjacent {
		m.body = who
	}
	series := "RES"
	switch w.word {
	case "decision":
		series = "DEC"
	case "presidential statement":
		series = "PRST"
	}
	symbol := ""
	switch it.form {
	case formPlain:
		switch {
		case series != "RES" || who == "":
			return false
		case who == securityCouncil:
			return m.council(it.number)
		default:
			m.undecided("a resolution of the "+who+" is named by session and number", it.likely(who), "S/RES/"+strconv.Itoa(it.number))
			return true
		}
	case formYear, formNumberYear:
		if series != "RES" {
			return false
		}
		// "Conference resolution 7/2019" is another body's: by 1991 the Council
		// had passed its 680th.
		if it.form == formNumberYear && !adjacent && it.number < 680 && it.year > 1990 {
			return false
		}
		return m.council(it.number)
	case formDraft:
		if who != "" && who != generalAssembly && who != humanRights {
			return false
		}
		symbol = "A/" + it.draft
		if who == humanRights {
			symbol = "A/HRC/" + it.draft
		}
	case formRoman:
		switch who {
		case "", generalAssembly, securityCouncil, humanRights:
			symbol = "A/" + series + "/" + strconv.Itoa(it.number) + "(" + it.session + ")"
		case economicSocial:
			symbol = "E/" + series + "/" + strconv.Itoa(it.number) + "(" + it.session + ")"
		}
	case formYearNumber:
		tail := it.session + "/" + strconv.Itoa(it.number)
		switch {
		case series == "PRST":
			symbol = "S/PRST/" + tail
		case who == rightsComm:
			symbol = "E/CN.4/" + series + "/" + tail
		case series == "DEC" && who != economicSocial:
			return false
		default:
			symbol = "E/" + series + "/" + tail
		}
	case formSession:
		symbol = m.sessionSymbol(series, it, who)
		if symbol == "" {
			return m.open
		}
	}
	sym, err := cite.ParseSymbol(symbol)
	if err != nil {
		return false
	}
	m.sym = sym
	return true
}

// council makes the mention one of a resolution of the Security Council.
func (m *mention) council(number int) (ok bool) {
	m.sym, ok = cite.CouncilResolution(number)
	return ok
}

// likely is the symbol that a General Assembly resolution printed without its
// session may have, by its date: sessions began in September, the first one
// counted in 1946, and had roman figures to the thirtieth.
func (it item) likely(who string) string {
	if who != generalAssembly || len(it.dates) == 0 {
		return ""
	}
	session := it.dates[0].year - 1945
	if it.dates[0].date.Month < 9 {
		session--
	}
	if session < 1 || session > 30 {
		return ""
	}
	return "A/RES/" + strconv.Itoa(it.number) + "(" + cite.InRoman(session) + ")"
}

// The Human Rights Council reached its 60th session in 2025 and holds three
// a year; the General Assembly counts sessions in arabic figures from the
// 31st on. Between the two a number alone decides nothing.
const (
	firstArabicSession = 31
	firstAssemblyAlone = 66
	// The Human Rights Council has adopted up to 43 resolutions a session, and
	// one or two at a special one; the Assembly's special sessions adopt more.
	mostRights          = 60
	undecidedWithoutOne = "the General Assembly and the Human Rights Council both count their resolutions so, and no organ is named"
)

func (m *mention) sessionSymbol(series string, it item, who string) string {
	tail := it.session + "/" + strconv.Itoa(it.number)
	assembly, rights := "A/"+series+"/"+tail, "A/HRC/"+series+"/"+tail
	switch who {
	case generalAssembly:
		if series == "PRST" {
			return rights
		}
		return assembly
	case humanRights:
		return rights
	case "":
	default:
		m.undecided("a "+m.word+" of the "+who+" has no session in its number", assembly, rights)
		return ""
	}
	session, err := strconv.Atoi(it.session)
	switch {
	case series == "PRST":
		return rights
	case series == "DEC":
		return "" // many bodies decide
	case strings.HasPrefix(it.session, "ES-"), err == nil && session >= firstAssemblyAlone:
		return assembly
	case err == nil && session < firstArabicSession:
		return rights
	case it.number > mostRights, strings.HasPrefix(it.session, "S-") && it.number > 1:
		return assembly
	}
	m.undecided(undecidedWithoutOne, assembly, rights)
	return ""
}

func (m *mention) undecided(reason string, candidates ...string) {
	m.open, m.reason = true, reason
	for _, c := range candidates {
		if sym, err := cite.ParseSymbol(c); err == nil {
			m.candidates = append(m.candidates, sym.ID())
		}
	}
}

// pinsBefore reads the places that stand before a name: "paragraph 5 of",
// "paras. 3 and 4 of annex II to". from is where they begin.
func pinsBefore(s string, i int) (pins []cite.Pin, from int) {
	from = i
	for n := 0; n < 3; n++ {
		end := trimRight(s, 0, from)
		at := -1
		for _, of := range []string{"of its", "of the", "of", "to the", "to", "in its", "in", "de la", "de las", "del", "du", "de", "des"} {
			if at = foldEnd(s, end, of); at > 0 {
				break
			}
		}
		if at <= 0 {
			break
		}
		stop := trimRight(s, 0, at)
		found := false
		for k := stop - 1; k >= max(0, stop-60); k-- {
			if k > 0 && isWord(runeBefore(s, k)) || !isWord(runeAt(s, k)) && s[k] != 0xc2 {
				continue
			}
			p, e := pinsAt(s, k)
			if e == stop && len(p) > 0 {
				pins, from, found = append(p, pins...), k, true
				// "operative paragraph 3": the longer reading wins.
				if q, e := pinsAt(s, lastWord(s, k)); e == stop && len(q) > 0 {
					from = lastWord(s, k)
				}
				break
			}
		}
		if !found {
			break
		}
	}
	return pins, from
}

// lastWord is the start of the word before byte i.
func lastWord(s string, i int) int {
	return wordStart(s, 0, trimRight(s, 0, i), "")
}

// meetingAt reads a meeting of the Security Council that is named by its
// number: "UN Security Council, 8298th meeting", "UN SCOR, 5302nd mtg". i is
// where the word "meeting" begins.
func meetingAt(s string, i int) (mention, bool) {
	end := anyWordAt(s, i, "meeting", "mtg", "séance", "sesión")
	if end < 0 {
		return mention{}, false
	}
	if end < len(s) && s[end] == '.' && s[i:end] == "mtg" {
		end++
	}
	number, from := ordinalBefore(s, i)
	if number == 0 {
		return mention{}, false
	}
	if strings.HasPrefix(s[end:], ". at ") {
		end++ // "8298th mtg. at 4": the stop is the word's
	}
	head := from
	for n := 0; n < 2; n++ { // "60th Sess.," "Sixtieth Year,"
		cut := trimRight(s, 0, head)
		if cut > 0 && s[cut-1] == ',' {
			cut = trimRight(s, 0, cut-1)
		}
		if cut > 0 && s[cut-1] == '.' {
			cut--
		}
		skipped := false
		for _, w := range []string{"sess", "session", "year", "yr"} {
			if at := foldEnd(s, cut, w); at > 0 {
				head, skipped = lastWord(s, at), true
				break
			}
		}
		if !skipped {
			break
		}
	}
	o, start := organBefore(s, head)
	if o == nil || o.name != securityCouncil {
		return mention{}, false
	}
	sym, err := cite.ParseSymbol("S/PV." + strconv.Itoa(number))
	if err != nil {
		return mention{}, false
	}
	return mention{stretch: stretch{start, end}, at: stretch{from, end}, kind: byName, sym: sym, word: "meeting record", body: securityCouncil,
		meeting: strconv.Itoa(number)}, true
}

// ordinalBefore is the number of an ordinal that ends before byte i:
// "8298th ", "5302nd ".
func ordinalBefore(s string, i int) (number, from int) {
	end := trimRight(s, 0, i)
	k := end
	for k > 0 && (isLower(s[k-1]) || s[k-1] >= 0x80) && end-k < 5 {
		k--
	}
	switch s[k:end] {
	case "st", "nd", "rd", "th", "e", "ème", "º", "ª", "a", "d":
	default:
		return 0, i
	}
	j := k
	for j > 0 && isDigit(s[j-1]) {
		j--
	}
	if k-j == 0 || k-j > 5 || isWord(runeBefore(s, j)) {
		return 0, i
	}
	number, _ = strconv.Atoi(s[j:k]) // at most five digits
	return number, j
}
