package citation

import (
	"sort"
	"strconv"
	"strings"

	"citecheck/pipeline/cite"
)

// A unit is one citation of a UN document as it stands in a text: the
// mentions that are the same document, what stands before and after them.
type unit struct {
	stretch
	name   *mention // the words
	symbol *mention // the symbol, good or damaged
	url    string
	head   authorHead // author and date before the lead: "United Nations. (2015, October 21)."
	lead   stretch    // before the first mention: author, title, date; empty in prose
	prose  bool       // the lead is part of a sentence
	tail   tail
	signal string // inside the sentence that leads up to it: "for a summary, see"
}

// A tail is what follows a mention in its citation.
type tail struct {
	end    int // after all of it
	pins   []cite.Pin
	dates  []dated
	year   int
	yearAt stretch
	url    string
	title  stretch
	meet   string
}

// units puts the mentions of a segment together, and gives each unit to f,
// which must not keep it.
func (n *note) units(seg stretch, ms []mention, f func(*unit)) {
	pos := seg.from
	u := new(unit)
	for i := 0; i < len(ms); {
		next, ok := n.unitAt(u, seg, ms, i, pos)
		if ok {
			f(u)
			pos = max(u.to, pos)
		}
		i = next
	}
}

// unitAt reads into u the unit that begins with mention i; next is the first
// mention behind it. A mention inside another document's title gives none.
func (n *note) unitAt(u *unit, seg stretch, ms []mention, i, pos int) (next int, ok bool) {
	m := &ms[i]
	*u = unit{stretch: m.stretch}
	if !n.running && m.kind == byName && n.inPlainTitle(seg, ms, i, pos) {
		return n.groupEnd(ms, i), false
	}
	if m.kind == bySymbol && len(m.pins) == 0 { // "paragraph 3 of S/2014/158"
		if pins, from := pinsBefore(n.s, m.from); len(pins) > 0 && from >= pos {
			m.pins, m.from = pins, from
		}
	}
	n.add(u, m)
	limit := n.limit(seg, ms, i+1)
	u.tail = n.tail(m.to, limit, m.from)
	next = i + 1
	if n.adoptedAt(u, ms, next) { // "SC Res 2510, UN SCOR, 75th sess, 8722nd mtg, UN Doc S/RES/2510"
		u.tail.meet = ms[next].meeting
		u.tail.end = ms[next].to
		next++
	}
	for next < len(ms) && n.same(u, m, &ms[next]) {
		y := &ms[next]
		n.add(u, y)
		limit = n.limit(seg, ms, next+1)
		t := n.tail(y.to, limit, y.from)
		u.tail = u.tail.with(t)
		m = y
		next++
	}
	if u.name != nil && u.name.weak && !u.settle() {
		return i + 1, false
	}
	if next < len(ms) && n.inRecords(u, &ms[next]) {
		y := &ms[next]
		u.tail = u.tail.with(n.tail(y.to, n.limit(seg, ms, next+1), y.from))
		next++
	}
	u.to = max(u.to, u.tail.end)
	n.begin(u, pos)
	return next, true
}

// adoptedAt tells whether mention k is only the meeting at which the resolution
// that u names was adopted, and its symbol follows.
func (n *note) adoptedAt(u *unit, ms []mention, k int) bool {
	if u.name == nil || u.name.listed || u.name.word != "resolution" || k+1 >= len(ms) || ms[k].word != "meeting record" {
		return false
	}
	y := &ms[k+1]
	return y.kind == bySymbol && y.sym.Series() == "resolution" && onlyBetween(n.s, u.tail.end, ms[k].from) && onlyBetween(n.s, ms[k].to, y.from)
}

// settle tells whether a name without an organ, "Resolution 2100", has its
// symbol beside it. Beside that of a Council resolution it is one itself.
func (u *unit) settle() bool {
	if u.symbol == nil {
		return false
	}
	if u.symbol.sym.IsCouncilResolution() {
		sym, err := cite.ParseSymbol("S/RES/" + strconv.Itoa(u.name.number))
		if err == nil {
			u.name.sym = sym
		}
	}
	return true
}

// inRecords tells whether y is only the volume in which the resolution that u
// names is printed: "GA Res 2625 (XXV), UN GAOR, 25th sess, Supp No 28, UN Doc
// A/8028".
func (n *note) inRecords(u *unit, y *mention) bool {
	return u.name != nil && u.symbol == nil && y.kind == bySymbol && namesRecords(n.s[u.tail.end:y.from])
}

func namesRecords(text string) bool {
	if len(text) > 160 || strings.Contains(text, ";") {
		return false
	}
	for _, w := range []string{"GAOR", "SCOR", "ESCOR", "Official Records"} {
		if strings.Contains(text, w) {
			return true
		}
	}
	return false
}

// limit is where the mention before mention k must end at the latest.
func (n *note) limit(seg stretch, ms []mention, k int) int {
	if k < len(ms) {
		return ms[k].from
	}
	return seg.to
}

func (n *note) groupEnd(ms []mention, i int) int {
	g := ms[i].group
	for i++; g != 0 && i < len(ms) && ms[i].group == g; i++ {
	}
	return i
}

func (n *note) add(u *unit, m *mention) {
	u.from, u.to = min(u.from, m.from), max(u.to, m.to)
	switch m.kind {
	case byName:
		if u.name == nil {
			u.name = m
		}
	case byURL:
		if u.url == "" {
			u.url = m.url
		}
		if u.symbol == nil && u.name == nil {
			u.symbol = m
		}
	default:
		if u.symbol == nil || u.symbol.kind == byURL {
			u.symbol = m
		}
	}
}

// same tells whether y, which follows what is read of u, names the document
// that m names: nothing but dates, places and titles stands between them.
func (n *note) same(u *unit, m, y *mention) bool {
	if u.tail.end > y.from || !onlyBetween(n.s, u.tail.end, y.from) {
		return false
	}
	known := m.sym
	switch {
	case y.kind == byURL:
		return true
	case m.kind == byURL:
		return y.sym == m.sym
	case y.kind == damaged:
		return m.kind == byName && !m.listed
	case m.kind == damaged:
		return false
	case y.sym == known:
		return !known.IsZero()
	case m.kind != byName || y.kind != bySymbol || m.listed || u.symbol != nil:
		return false
	}
	// The words and the symbol name two documents of one kind where one was
	// to be named: a slip, which stays one citation.
	kind := y.sym.Series()
	return kind == m.word && y.sym.Modifier() == ""
}

// onlyBetween tells whether only punctuation, and words that introduce a
// symbol, stand in s[from:to].
func onlyBetween(s string, from, to int) bool {
	for i := from; i < to; {
		if k := skipSpaces(s, i); k > i {
			i = k
			continue
		}
		if strings.IndexByte(",(:.[-<", s[i]) >= 0 {
			i++
			continue
		}
		if d := dashAt(s, i); d > 0 {
			i += d
			continue
		}
		if e := anyWordAt(s, i, "contained in", "available at", "disponible sur", "disponible en", "un", "in", "at", "document", "doc", "as", "accessible at", "retrieved from", "url"); e > 0 && e <= to {
			i = e
			continue
		}
		return false
	}
	return true
}

// with is the tail of a unit after another mention was added to it.
func (t tail) with(later tail) tail {
	if len(t.pins) < mostPins {
		t.pins = append(t.pins, later.pins...)
	}
	if len(later.dates) > 0 {
		t.dates = append(later.dates, t.dates[:min(len(t.dates), 4)]...) // the date after the symbol counts first
	}
	if t.year == 0 {
		t.year, t.yearAt = later.year, later.yearAt
	}
	if t.url == "" {
		t.url = later.url
	}
	if t.title.to == 0 {
		t.title = later.title
	}
	if t.meet == "" {
		t.meet = later.meet
	}
	t.end = max(t.end, later.end)
	return t
}

// tail reads what follows the mention that ends at byte i, up to limit.
// start is where the mention begins: it may stand in a bracket.
func (n *note) tail(i, limit, start int) tail {
	s := n.s[:limit]
	t := tail{end: i}
	bracketed := false
	if b, ok := inside(n.brackets, start); ok && b.to <= limit && onlyBetween(s, b.from+1, start) {
		bracketed = true
	} else if b := trimRight(s, 0, min(start, limit)); n.running && b > 0 && s[b-1] == '(' {
		bracketed = true
	}
	for i < limit {
		k := skipSpaces(s, i)
		if k >= limit {
			break
		}
		if s[k] == ',' {
			k = skipSpaces(s, k+1)
		} else if s[k] == '.' && !n.running { // "A/74/211. 22 July 2019." of a bibliography
			d, ok := dateAt(s, skipSpaces(s, k+1))
			if !ok || len(t.dates) > 0 || d.from == k+1 || trimStop(s, d.to, limit) > d.to && strings.IndexByte(",.;(", s[d.to]) < 0 {
				break
			}
			t.dates = append(t.dates, d)
			i, t.end = d.to, d.to
			continue
		} else if s[k] == ';' {
			// "S/2023/402; para. 5": only a place may follow.
			pins, e := pinsAt(s, skipSpaces(s, k+1))
			if len(pins) == 0 {
				break
			}
			t.pins = append(t.pins, pins...)
			i, t.end = e, e
			continue
		}
		if k >= limit {
			break
		}
		if bracketed && (s[k] == ')' || s[k] == ']') {
			bracketed = false
			i = k + 1
			t.end = i
			continue
		}
		if e := n.tailItem(&t, s, i, k); e > k {
			i = e
			t.end = e
			continue
		}
		if e := n.titleBefore(&t, s, i, k); e > k {
			i, t.end = e, e
			continue
		}
		// AGLC prints pages bare: "(15 January 2020) 4 [17]", ", 9 [7.4]".
		if isDigit(s[k]) && len(t.pins) == 0 {
			pins, e := barePages(s, k)
			if next := skipSpaces(s, e); len(pins) > 0 && (next+1 < limit && s[next] == '[' && isDigit(s[next+1]) || i > 0 && s[i-1] == ')' && len(t.dates) > 0 && !n.running) {
				t.pins = append(t.pins, pins...)
				i, t.end = e, e
				continue
			}
		}
		if e := andAt(s, k); e > 0 && len(t.pins) > 0 { // "annex I and para. 3"
			if pins, f := pinsAt(s, skipSpaces(s, e)); len(pins) > 0 && (pins[0].From != "" || f >= limit) && s[skipSpaces(s, e)] != '[' {
				t.pins = append(t.pins, pins...)
				i, t.end = f, f
				continue
			}
		}
		if e := speaker(s, k, t.pins); e > k { // "p. 3 (France), p. 5 (China)"
			i = e
			continue
		}
		if e := seriesEnd(s, k, len(t.pins) > 0); e > k { // "para. 17 ff."
			i, t.end = e, e
			continue
		}
		if e := noteAbove(s, k); e > k {
			i = e
			continue
		}
		// "(hereinafter “X”), para. 5": what defines a short form is stepped
		// over, and belongs to the citation only if more of it follows.
		if e := n.defining(s, k); e > k {
			i = e
			continue
		}
		break
	}
	return t
}

// speaker is the end of a bracket at byte k that says whose words stand on the
// page before it, when a further page follows: "p. 3 (France) and p. 5
// (China)".
func speaker(s string, k int, pins []cite.Pin) int {
	if len(pins) == 0 || pins[len(pins)-1].Unit != cite.UnitPage && pins[len(pins)-1].Unit != cite.UnitPara || s[k] != '(' {
		return k
	}
	end := strings.IndexByte(s[k:min(len(s), k+80)], ')')
	if end < 0 || strings.ContainsAny(s[k+1:k+end], "(0123456789;") {
		return k
	}
	end += k + 1
	next := end
	if next < len(s) && (s[next] == ',' || s[next] == ';') {
		next++
	}
	next = skipSpaces(s, next)
	if e := andAt(s, next); e > 0 {
		next = skipSpaces(s, e)
	}
	if more, _ := pinsAt(s, next); next == end || len(more) == 0 || more[0].Unit != pins[len(pins)-1].Unit {
		return k
	}
	return end
}

// titleBefore is the end of an unmarked title at byte k that a place or a date
// in brackets follows: "G.A. Res. 217 (III) A, Universal Declaration of Human
// Rights, art. 5 (Dec. 10, 1948)".
func (n *note) titleBefore(t *tail, s string, i, k int) int {
	if n.running || i >= len(s) || s[skipSpaces(s, i)] != ',' || t.title.to > 0 {
		return k
	}
	end := k
	if y, e := plainYearAt(s, k); y > 1944 && y < 2050 { // "2005 World Summit Outcome"
		end = skipSpaces(s, e)
	}
	if !isUpperRune(s, end) {
		return k
	}
	for end < len(s) && end-k < 200 && (isAlpha(s[end]) || s[end] >= 0x80 || s[end] == ' ' || s[end] == '-' || s[end] == ':' || isDigit(s[end])) {
		end++
	}
	at := trimRight(s, k, end)
	if len(strings.Fields(s[k:at])) < 2 || end >= len(s) {
		return k
	}
	prose := n.isProse(k, at)
	if o, _ := organAt(s, k); o != nil {
		return k
	}
	follows := false
	switch {
	case s[end] == ',':
		next := skipSpaces(s, end+1)
		pins, _ := pinsAt(s, next)
		follows = len(pins) > 0 && !prose
		// "resolution 79/1, The Pact for the Future, 22 September 2024": what a
		// date ends is a title, unless the date is that of a source that follows.
		if d, ok := dateAt(s, next); ok && kindOf(s[k:at]) == "" {
			e := skipSpaces(n.s, d.to)
			follows = e >= len(n.s) || n.s[e] == '.' || n.s[e] == ';'
		}
	case s[end] == '(' && !prose:
		_, follows = dateAt(s, end+1)
	}
	if !follows {
		return k
	}
	t.title = stretch{k, at}
	return at
}

// seriesEnd is the end of "ff." and "et seq." after a place.
func seriesEnd(s string, k int, after bool) int {
	if !after {
		return k
	}
	if e := anyWordAt(s, k, "et seq", "ff", "f", "et ss", "et suiv", "y ss", "sqq", "passim"); e > 0 {
		if e < len(s) && s[e] == '.' {
			e++
		}
		return e
	}
	return k
}

// noteAbove is the end of "supra note 4": a citation that prints its symbol
// needs no binding, but its place may follow.
func noteAbove(s string, k int) int {
	e := anyWordAt(s, k, "supra", "infra", "above")
	if e < 0 {
		return k
	}
	i := skipSpaces(s, e)
	if f := anyWordAt(s, i, "note", "notes", "n", "fn"); f > 0 {
		i = f
		if i < len(s) && s[i] == '.' {
			i++
		}
		i = skipSpaces(s, i)
	}
	if j := digitsAt(s, i, 4); j > i {
		return j
	}
	return e
}

// tailItem reads one item of a tail at byte k; i is where the last one
// ended. It returns the end of the item, or k.
func (n *note) tailItem(t *tail, s string, i, k int) int {
	switch {
	case s[k] == '(':
		return n.tailBracket(t, s, k)
	case s[k] == '[':
		if pins, e := squarePins(s, k); len(pins) > 0 {
			t.pins = append(t.pins, pins...)
			return e
		}
		return k
	case s[k] == '<':
		if e := strings.IndexByte(s[k:], '>'); e > 0 && hasFoldAt(s, k+1, "http") {
			t.url = s[k+1 : k+e]
			return k + e + 1
		}
		return k
	}
	if q, ok := inside(n.quotes, k); ok && q.from == k {
		if t.title.to == 0 && q.to-q.from > 8 && !n.running {
			t.title = q
			return min(q.to, len(s))
		}
		return k
	}
	// "*opened for signature* Dec. 10, 1982" tells of a treaty, not of the document.
	if q, ok := inside(n.italics, k); ok && q.from == k && t.title.to == 0 && q.to <= len(s) && !isLower(firstByte(titleText(s, q))) {
		t.title = q
		return q.to
	}
	if u, ok := inside(n.urls, k); ok && u.from == k {
		if t.url == "" {
			t.url = n.s[u.from:u.to]
		}
		return min(u.to, len(s))
	}
	for _, at := range []string{"available at", "accessible at", "retrieved from", "at", "disponible à l’adresse", "disponible sur", "disponible en"} {
		if !wordAt(s, k, at) {
			continue
		}
		j := skipSpaces(s, k+len(at))
		if j < len(s) && (s[j] == ':' || s[j] == '<') {
			j = skipSpaces(s, j+1)
		}
		if u, ok := inside(n.urls, j); ok && u.from == j {
			if t.url == "" {
				t.url = n.s[u.from:u.to]
			}
			e := min(u.to, len(s))
			if e < len(s) && s[e] == '>' {
				e++
			}
			return e
		}
		if e := siteAt(s, j); e > j { // "available at www.example.org, para. 3"
			return e
		}
	}
	for _, w := range []string{"last accessed on", "last accessed", "accessed on", "accessed", "last visited", "visited on", "consulté le", "consultado el"} {
		if wordAt(s, k, w) {
			if d, ok := dateAt(s, skipSpaces(s, k+len(w))); ok {
				return d.to
			}
		}
	}
	if d, ok := dateAt(s, k); ok && !rangeFollows(s, d.to) {
		t.dates = append(t.dates, d)
		return d.to
	}
	for _, of := range []string{"adopted unanimously on", "adopted by consensus on", "adopted without a vote on", "adopted on", "adopted", "dated", "issued on", "issued", "circulated on", "both of", "both adopted on", "both dated", "both", "all of", "of", "on", "du", "de", "del", "en date du", "de fecha", "(adopted"} {
		if wordAt(s, k, of) {
			at := skipSpaces(s, k+len(of))
			d, ok := dateAt(s, at)
			if !ok && (of == "of" || of == "du" || of == "de") {
				d, ok = dayOfYear(s, at)
			}
			if ok {
				t.dates = append(t.dates, d)
				return d.to
			}
		}
	}
	if o, e := organAfter(s, k); o != nil && !o.foreign && len(t.pins) == 0 { // "résolution A/RES/71/189 de l’Assemblée générale"
		if f := anyWordAt(s, skipSpaces(s, e), "des nations unies", "de las naciones unidas", "of the united nations"); f > 0 {
			e = f
		}
		return min(e, len(s))
	}
	if y, e := plainYearAt(s, k); y >= 1945 && y < 2050 && (e >= len(s) || s[e] == ',' || s[e] == ')' || s[e] == '.') && k > i {
		if t.year == 0 {
			t.year, t.yearAt = y, stretch{k, e}
		}
		return e
	}
	if len(t.pins) > 0 {
		// "para. 3 of annex I"
		for _, of := range []string{"of the", "of", "to the", "to", "in the", "in"} {
			if wordAt(s, k, of) {
				if pins, e := pinsAt(s, skipSpaces(s, k+len(of))); len(pins) > 0 {
					t.pins = append(t.pins, pins...)
					return e
				}
			}
		}
	}
	if pins, e := pinsAt(s, k); len(pins) > 0 && !n.isAnother(s, pins, e) {
		t.pins = append(t.pins, pins...)
		return e
	}
	at := k
	for _, w := range []string{"adopted", "by the security council", "by the general assembly", "at its", "at the"} {
		if wordAt(s, at, w) {
			at = skipSpaces(s, at+len(w))
		}
	}
	if num, e := meetingNumber(s, at); num != "" {
		t.meet = num
		return e
	}
	return k
}

// siteAt is the end of the name of a web site at byte i.
func siteAt(s string, i int) int {
	if !hasFoldAt(s, i, "www.") {
		return i
	}
	e := i
	for e < len(s) && e-i < 64 && (isAlnum(s[e]) || s[e] == '.' || s[e] == '-') {
		e++
	}
	for s[e-1] == '.' {
		e--
	}
	if hostBefore(s, e) != i {
		return i
	}
	return e
}

// isAnother tells that a pinpoint belongs to what follows it: "paragraph 5 of
// resolution 2100" in a list.
func (n *note) isAnother(s string, pins []cite.Pin, e int) bool {
	k := skipSpaces(s, e)
	for _, of := range []string{"of", "to", "in", "de", "du"} {
		if wordAt(s, k, of) && k > e {
			j := skipSpaces(s, k+len(of))
			if p, f := pinsAt(s, j); len(p) > 0 {
				return n.isAnother(s, p, f)
			}
			rest := s[j:]
			if j >= len(s) {
				return true // the mention that limits s follows
			}
			for _, w := range []string{"security council", "general assembly", "human rights council", "economic and social", "resolution", "the security", "the general", "un ", "document"} {
				if hasFoldAt(rest, 0, w) {
					return true
				}
			}
		}
	}
	return false
}

// tailBracket reads a bracket that belongs to a citation: a date, a year, a
// place.
func (n *note) tailBracket(t *tail, s string, k int) int {
	j := skipSpaces(s, k+1)
	for _, w := range []string{"adopted on", "adopted", "dated", "of", "published"} {
		if wordAt(s, j, w) {
			j = skipSpaces(s, j+len(w))
			break
		}
	}
	if d, ok := dateAt(s, j); ok {
		e := skipSpaces(s, d.to)
		if e < len(s) && (s[e] == ',' || s[e] == ';') {
			at := skipSpaces(s, e+1)
			if pins, f := pinsAt(s, at); len(pins) > 0 { // "(28 June 2018, para. 5)"
				t.pins = append(t.pins, pins...)
				e = skipSpaces(s, f)
			} else if f := anyWordAt(s, at, "adopted on", "adopted"); f > 0 { // "(12 January 2007, adopted 20 December 2006)"
				if adopted, ok := dateAt(s, skipSpaces(s, f)); ok {
					d, e = adopted, skipSpaces(s, adopted.to)
				}
			}
		}
		if e < len(s) && s[e] == ')' {
			t.dates = append(t.dates, d)
			return e + 1
		}
		return k
	}
	if y, e := plainYearAt(s, j); y >= 1900 && y < 2050 {
		e = skipSpaces(s, e)
		if e < len(s) && s[e] == ')' {
			if t.year == 0 {
				t.year, t.yearAt = y, stretch{j, j + 4}
			}
			return e + 1
		}
		return k
	}
	if pins, e := pinsAt(s, j); len(pins) > 0 {
		e = skipSpaces(s, e)
		for e < len(s) && s[e] == ',' {
			more, f := pinsAt(s, skipSpaces(s, e+1))
			if len(more) == 0 {
				break
			}
			pins = append(pins, more...)
			e = skipSpaces(s, f)
		}
		if e < len(s) && s[e] == ')' {
			t.pins = append(t.pins, pins...)
			return e + 1
		}
	}
	return k
}

// defining is the end of a bracket at byte k that sets up a short form or
// only comments, k for any other.
func (n *note) defining(s string, k int) int {
	if s[k] != '(' && s[k] != '[' {
		return k
	}
	b, ok := inside(n.brackets, k)
	if !ok || b.from != k || b.to > len(s) {
		return k
	}
	in := strings.TrimLeft(s[k+1:b.to-1], " ")
	if s[k] == '[' {
		if _, ok := bracketTerm(in, true); ok {
			return b.to // "[the Brahimi Report]"
		}
	}
	for _, w := range []string{"hereinafter", "hereafter", "henceforth", "the “", "“", "\"", "‘", "ci-après", "en adelante", "perma.cc"} {
		if strings.HasPrefix(strings.ToLower(in), w) {
			return b.to
		}
	}
	return k
}

// rangeFollows tells whether a date is the first half of a period.
func rangeFollows(s string, i int) bool {
	k := skipSpaces(s, i)
	d := dashAt(s, k)
	if d == 0 {
		if !wordAt(s, k, "to") || k == i {
			return false
		}
		d = 2
	}
	_, ok := dateAt(s, skipSpaces(s, k+d))
	return ok
}

// meetingNumber reads "8298th meeting" and "4th plenary mtg." at byte k.
func meetingNumber(s string, k int) (string, int) {
	j := digitsAt(s, k, 5)
	if j == k {
		return "", k
	}
	for _, ending := range []string{"st", "nd", "rd", "th", "d", "e"} {
		if wordAt(s, j, ending) {
			m := skipSpaces(s, j+len(ending))
			for _, w := range []string{"plenary "} {
				if hasFoldAt(s, m, w) {
					m += len(w)
				}
			}
			if e := anyWordAt(s, m, "meeting", "mtg", "séance"); e > 0 {
				if e < len(s) && s[e] == '.' {
					e++
				}
				return s[k:j], e
			}
		}
	}
	return "", k
}

// begin finds where a unit begins, and keeps what stands before its first
// mention where that is part of the citation. pos is the end of the unit
// before it, or the start of the segment.
func (n *note) begin(u *unit, pos int) {
	from := skipSpaces(n.s, pos)
	head := n.authorHeadAt(from, u.from)
	if head == (authorHead{}) || n.running {
		n.beginBehind(u, pos)
		return
	}
	n.beginBehind(u, head.all.to)
	if u.from == skipSpaces(n.s, head.all.to) {
		u.head, u.from = head, from
	}
}

// beginBehind finds the beginning of a unit where no author-date style has put
// anything before it.
func (n *note) beginBehind(u *unit, pos int) {
	if u.name != nil && u.name.listed || n.running {
		n.describe(u, pos)
		return
	}
	s := n.s
	from := skipSpaces(s, pos)
	for from < u.from && (strings.IndexByte(",;.)]", s[from]) >= 0 || dashAt(s, from) > 0) {
		from = skipSpaces(s, from+max(1, dashAt(s, from)))
	}
	if e := andAt(s, from); e > 0 && e < u.from && e > from+1 {
		from = skipSpaces(s, e)
	}
	from = n.behindSignal(u, from)
	if k := skipConnectors(s, from, u.from); k >= u.from {
		return // "In resolution 2100 (2013)"
	}
	if wordAt(s, from, "the") && isLower(s[from]) {
		from = skipSpaces(s, from+len("the"))
	}
	if e := trimLead(s, from, u.from); andAt(s, lastWord(s, e)) == e && e > from {
		return // "decision 5/4, para. 13, and UNEP/EA.6/13": another source
	}
	from = n.markedStart(from, u.from)
	text := s[from:u.from]
	if u.name != nil && u.name.from == u.from && !endsPart(text) {
		return // "In keeping with General Assembly resolution 60/1"
	}
	if n.isProse(from, u.from) || n.imprintInside(from, u.from) || isLower(text[0]) && !lowerBody(text) || len(text) > longestLead || n.sentenceInside(from, u.from) || n.describes(from, u.from) {
		n.describe(u, pos)
		return
	}
	u.lead = stretch{from, u.from}
	u.from = from
}

// imprintInside tells whether the imprint of a book, "(Anytown: Example Press,
// 2018)", stands in s[from:to]: then another source does.
func (n *note) imprintInside(from, to int) bool {
	k := sort.Search(len(n.brackets), func(i int) bool { return n.brackets[i].from >= from })
	for ; k < len(n.brackets) && n.brackets[k].to <= to; k++ {
		b := n.brackets[k]
		if _, press, ok := placeAndPress(n.s[b.from+1 : b.to-1]); ok && anyYear(press) {
			return true
		}
	}
	return false
}

// endsPart tells whether a lead ends as a part of a citation does: with a
// comma, a colon, a bracket, a dash or the marks of a title.
func endsPart(text string) bool {
	text = strings.TrimRight(text, " \u00a0")
	for _, end := range []string{",", ":", ")", "]", "”", "’", "»", "\"", "—", "–", "(", "*", "."} {
		if strings.HasSuffix(text, end) {
			return true
		}
	}
	return false
}

// markedStart is where a lead begins whose title stands in marks: at its
// beginning where authors stand before the title, at the title where a
// sentence does: "JIU reviewed the matter in its reports entitled “…”".
func (n *note) markedStart(from, to int) int {
	q, ok := n.markedTitle(from, to)
	if !ok || q.from == from {
		return from
	}
	for i := from; i < q.from; i++ {
		if !isLower(n.s[i]) || isWord(runeBefore(n.s, i)) {
			continue
		}
		if anyWordAt(n.s, i, "entitled", "titled", "its", "their", "his", "her", "reviewed", "noted", "report", "reports", "paper", "study", "intitulé", "titulado") > 0 {
			return q.from
		}
	}
	return from
}

// longestLead bounds author, title and date together: the longest titles of
// UN documents have some 700 characters.
const longestLead = 1500

// behindSignal is the place behind the last signal in s[from:u.from]: "For
// the text that set this in motion, see UNSC Res 1358".
func (n *note) behindSignal(u *unit, from int) int {
	s := n.s
	at := from
	if name, e := signalAt(s, from); e > from && e <= u.from {
		u.signal, at = name, e
	}
	for i := at + 1; i < u.from; i++ {
		if s[i-1] != ' ' && s[i-1] != '(' || !isLower(s[i]) || s[i] != 's' && s[i] != 'q' && s[i] != 'c' && s[i] != 'v' && s[i] != 'e' {
			continue
		}
		name, e := signalAt(s, i)
		if e == i || e > u.from || name == "accord" || name == "contra" || name == "quoted in" && !wordAt(s, i, "quoted in") && !wordAt(s, i, "cited in") || wordAt(s, i, "compare") {
			continue
		}
		if _, ok := inside(n.quotes, i); ok {
			continue
		}
		if _, ok := inside(n.italics, i); ok {
			continue
		}
		u.signal, at = name, e
		i = e
	}
	return at
}

// connectors are the words that lead from a sentence to a name.
var connectors = []string{"in accordance with", "in line with", "pursuant to", "according to", "as set out in", "contained in", "as well as", "the following", "by its", "in its", "under", "with", "from",
	"the", "its", "in", "by", "of", "per", "to", "on", "and", "also", "as", "la", "le", "les", "el", "los", "las", "dans", "en"}

// skipConnectors is the first place from i on, before to, where no connecting
// word stands.
func skipConnectors(s string, i, to int) int {
	for i < to {
		k := skipSpaces(s, i)
		e := anyWordAt(s, k, connectors...)
		if e < 0 {
			return k
		}
		i = e
	}
	return i
}

// describes tells whether s[from:to] describes a document in a sentence: "The
// Secretary-General’s report of 1 June 2023". In titles the word for the kind
// of document is a capital.
func (n *note) describes(from, to int) bool {
	switch e := trimRight(n.s, from, to); n.s[lastWord(n.s, e):e] {
	case "with", "to", "under", "by", "of", "in", "from", "on", "per", "via", "for", "see":
		return true // no title ends so
	}
	if anyWordAt(n.s, from, "the", "in", "as", "according to", "a", "this", "under", "per") < 0 {
		return false
	}
	for i := from; i < to; i++ {
		if !isLower(n.s[i]) || isWord(runeBefore(n.s, i)) {
			continue
		}
		if anyWordAt(n.s, i, "report", "letter", "note", "statement", "rapport", "lettre", "informe", "carta") > 0 {
			return true
		}
	}
	return false
}

// lowerBody tells whether a lead that begins with a small letter is still
// one: "de Wet, …".
func lowerBody(text string) bool {
	return strings.HasPrefix(text, "de ") || strings.HasPrefix(text, "van ") || strings.HasPrefix(text, "von ")
}

// sentenceInside tells whether a sentence ends in s[from:to], outside
// quotations and italics.
func (n *note) sentenceInside(from, to int) bool {
	for i := from; i+2 <= to && i+2 < len(n.s); i++ {
		if n.s[i] != '.' || n.s[i+1] != ' ' || !isUpperRune(n.s, i+2) || !endsSentence(n.s, i) {
			continue
		}
		if _, ok := inside(n.quotes, i); ok {
			continue
		}
		if _, ok := inside(n.italics, i); ok {
			continue
		}
		return true
	}
	return false
}

// The nouns that a description of a document begins with, in prose.
var documentNouns = []string{"verbatim record", "summary record", "presidential statement", "statement", "report", "letter", "note verbale", "note", "memorandum", "communication", "press release", "draft resolution", "rapport", "lettre", "informe", "carta"}

// describe begins a unit in prose: at its own first word, or where the words
// that describe the document before a bracket begin, "the Secretary-General's
// report of 1 June 2023 (S/2023/402)".
func (n *note) describe(u *unit, pos int) {
	if u.name != nil || u.symbol == nil {
		return
	}
	s := n.s
	b := trimRight(s, 0, u.from)
	if b == 0 || s[b-1] != '(' && s[b-1] != ',' {
		return
	}
	end := trimRight(s, 0, b-1)
	low := max(pos, end-300)
	for i := end; i > low; i-- {
		if i < len(s) && isWord(runeBefore(s, i)) || !isAlpha(s[i]) {
			continue
		}
		for _, noun := range documentNouns {
			if !wordAt(s, i, noun) {
				continue
			}
			if n.isProse(i, end) || n.sentenceInside(i, end) || strings.ContainsAny(s[i:end], ";") {
				return
			}
			// "the Secretary-General's report": the genitive belongs to it.
			from := i
			if o := genitiveBefore(s, i); o < from && o >= pos {
				from = o
			}
			u.lead, u.prose = stretch{from, u.from}, true
			u.from = from
			return
		}
	}
}

// genitiveBefore is the start of "Secretary-General’s " or "UN
// Secretary-General’s " before byte i.
func genitiveBefore(s string, i int) int {
	end := trimRight(s, 0, i)
	switch {
	case strings.HasSuffix(s[:end], "’s"):
		end -= len("’s")
	case strings.HasSuffix(s[:end], "'s"):
		end -= 2
	default:
		return i
	}
	k := wordStart(s, 0, end, "-")
	if k == end || !isUpperRune(s, k) {
		return i
	}
	return unitedNations(s, k)
}

// inPlainTitle tells whether the name ms[i] stands inside the title of the
// document whose symbol follows: "Report of the Secretary-General pursuant to
// resolution 1701 (2006), UN Doc. S/2023/402". Words lead up to the name that
// are no organ, no sentence and begin with a capital.
func (n *note) inPlainTitle(seg stretch, ms []mention, i, pos int) bool {
	s := n.s
	m := &ms[i]
	k := n.groupEnd(ms, i)
	named := false // the title's document is named in words and by symbol
	for last := k + 12; k < len(ms) && k < last && ms[k].kind == byName; {
		named = k+1 < len(ms) && ms[k+1].kind == bySymbol && ms[k+1].sym == ms[k].sym
		k++
	}
	if k >= len(ms) || ms[k].kind == byName || ms[k].from-pos > longestLead {
		return false
	}
	y := &ms[k]
	if y.kind == byURL {
		return false
	}
	if y.kind == bySymbol && (y.sym == m.sym || !named && y.sym.Series() == m.word && m.word != "") {
		return false
	}
	if y.kind == damaged && strings.Contains(s[y.at.from:y.at.to], "RES") {
		return false
	}
	if strings.ContainsAny(s[m.to:y.from], ";") || namesRecords(s[m.to:y.from]) {
		return false
	}
	from := skipSpaces(s, pos)
	for from < m.from && strings.IndexByte(",;.)]", s[from]) >= 0 {
		from = skipSpaces(s, from+1)
	}
	if _, e := signalAt(s, from); e > from && e <= m.from {
		from = e
	}
	if o, e := organAt(s, from); o != nil && e < m.from {
		from = skipSpaces(s, e)
		for from < m.from && (s[from] == ',' || s[from] == ':') {
			from = skipSpaces(s, from+1)
		}
	}
	if from >= m.from {
		return false
	}
	words := strings.Fields(s[from:m.from])
	if len(words) == 0 || !isUpperRune(s, from) || n.isProse(from, m.from) || n.isProse(m.to, y.from) {
		return false
	}
	// "… and S/2023/402" is a further document, not the name of this one.
	if before := trimRight(s, m.to, y.from); before > m.to {
		if w := lastWord(s, before); andAt(s, w) == before {
			return false
		}
	}
	return true
}
