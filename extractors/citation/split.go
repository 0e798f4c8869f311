package citation

import (
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"citecheck/pipeline/cite"
)

// A segment is the part of a note that cites one source, or several by a
// list, without the signal before it and the stop after it.
type segment struct {
	stretch
	signal string
}

// Signals, long ones first, with their canonical forms.
var signals = []struct{ words, name string }{
	{"see, for example", "e.g."}, {"see for example", "e.g."}, {"see, for instance", "e.g."}, {"see for instance", "e.g."}, {"see, e.g.", "e.g."}, {"see e.g.", "e.g."}, {"see, inter alia", "see"},
	{"see also, for example", "see also"}, {"see also, e.g.", "see also"}, {"see also the", "see also"}, {"see also", "see also"}, {"see, also", "see also"}, {"see further", "see also"}, {"see in particular", "see"},
	{"see especially", "see"}, {"see generally", "see"}, {"see in general", "see"}, {"see the following", "see"}, {"but see", "but see"}, {"see", "see"}, {"cf. also", "cf."}, {"but cf.", "cf."}, {"cf.", "cf."}, {"cf", "cf."},
	{"compare with", "cf."}, {"compare", "cf."}, {"for example", "e.g."}, {"e.g.", "e.g."}, {"e.g", "e.g."}, {"contra", "contra"}, {"accord", "accord"}, {"as quoted in", "quoted in"}, {"quoted in", "quoted in"},
	{"as cited in", "quoted in"}, {"cited in", "quoted in"}, {"quoting", "quoted in"}, {"citing", "quoted in"}, {"reproduced in", "quoted in"}, {"reprinted in", "quoted in"},
	{"voir également", "see also"}, {"voir aussi", "see also"}, {"voir notamment", "see"}, {"voir par exemple", "e.g."}, {"voir", "see"}, {"v. aussi", "see also"},
	{"véase también", "see also"}, {"véanse también", "see also"}, {"véase por ejemplo", "e.g."}, {"véase, por ejemplo", "e.g."}, {"véase", "see"}, {"véanse", "see"}, {"ver también", "see also"}, {"ver", "see"},
	{"cité dans", "quoted in"}, {"citado en", "quoted in"},
}

// signalIndex holds the places in signals by first letter.
var signalIndex = func() (t [256][]int) {
	for k, sg := range signals {
		t[sg.words[0]] = append(t[sg.words[0]], k)
	}
	return t
}()

// signalAt reads the signal at byte i. end is after it and its comma.
func signalAt(s string, i int) (name string, end int) {
	if i >= len(s) {
		return "", i
	}
	c := s[i]
	if isUpper(c) {
		c += 'a' - 'A'
	}
	for _, k := range signalIndex[c] {
		sg := &signals[k]
		if !hasFoldAt(s, i, sg.words) {
			continue
		}
		e := i + len(sg.words)
		if sg.words[len(sg.words)-1] != '.' && isWord(runeAt(s, e)) {
			continue
		}
		if e < len(s) && (s[e] == ',' || s[e] == ':' || s[e] == '.') {
			e++
		}
		return sg.name, skipSpaces(s, e)
	}
	if hasFoldAt(s, i, "véase") || strings.HasPrefix(s[i:], "Véase") {
		return "see", skipSpaces(s, i+len("véase"))
	}
	return "", i
}

// proseWords are finite verbs and pronouns that stand in sentences and hardly
// ever in what a citation is made of.
var proseWords = map[string]bool{"is": true, "are": true, "was": true, "were": true, "has": true, "have": true, "had": true, "may": true, "might": true, "could": true, "would": true,
	"should": true, "must": true, "been": true, "did": true, "does": true, "they": true, "he": true, "she": true, "cannot": true, "this": true, "these": true, "those": true,
	"there": true, "we": true, "it": true, "our": true, "also": true, "however": true, "although": true, "because": true,
	"est": true, "sont": true, "était": true, "ont": true, "fue": true, "fueron": true, "han": true, "ha": true, "están": true}

// isProse tells whether s[from:to], quotations, italics and brackets aside,
// is a sentence rather than a citation.
func (n *note) isProse(from, to int) bool {
	s := n.s
	for i := from; i < to; {
		if q, ok := inside(n.quotes, i); ok {
			i = q.to
			continue
		}
		if q, ok := inside(n.italics, i); ok {
			i = q.to
			continue
		}
		if !isWord(runeAt(s, i)) {
			_, w := decode(s, i)
			i += w
			continue
		}
		j := i
		for j < to && isWord(runeAt(s, j)) {
			_, w := decode(s, j)
			j += w
		}
		if j-i <= 9 && isLower(s[i]) && proseWords[s[i:j]] {
			return true
		}
		i = max(j, i+1)
	}
	return false
}

// evidence tells whether s[from:to] holds anything that a citation is known
// by.
func (n *note) evidence(from, to int) bool {
	if len(n.mentionsIn(stretch{from, to})) > 0 {
		return true
	}
	if startsIn(n.quotes, from, to) || startsIn(n.italics, from, to) || startsIn(n.urls, from, to) {
		return true
	}
	if shortWordIn(n.s[from:to]) || titleAndPlace(n.s[skipSpaces(n.s, from):to]) != nil || len(datesIn(n.s, from, to)) > 0 {
		return true
	}
	for i := from; i+4 <= to; i++ {
		if isDigit(n.s[i]) && (i == from || !isAlnum(n.s[i-1])) {
			if y, _ := plainYearAt(n.s[:to], i); y > 1700 {
				return true
			}
		}
	}
	return false
}

// startsIn tells whether a stretch of a sorted list begins in s[from:to].
func startsIn(list []stretch, from, to int) bool {
	k := sort.Search(len(list), func(i int) bool { return list[i].from >= from })
	return k < len(list) && list[k].from < to
}

// The words of short forms, by their first letter.
var shortWords = byFirst("ibid", "supra", "infra", "op. cit", "loc. cit", "op cit", "loc cit", "ob. cit", "op.cit", "art. cit", ", cit.", "préc", "idem", "above note", "note above", "hereinafter", "(n ")

// byFirst sorts words by their first byte.
func byFirst(words ...string) (t [256][]string) {
	for _, w := range words {
		t[w[0]] = append(t[w[0]], w)
	}
	return t
}

// shortWordIn tells whether a text holds a word of short forms.
func shortWordIn(text string) bool {
	for i := 0; i < len(text); i++ {
		c := text[i]
		if isUpper(c) {
			c += 'a' - 'A'
		}
		for _, w := range shortWords[c] {
			if hasFoldAt(text, i, w) {
				return true
			}
		}
	}
	return wordAt(text, 0, "id")
}

// segments divides a note: at semicolons and at the ends of sentences that
// stand outside quotations, brackets, italics and lists.
func (n *note) segments() []segment {
	cuts := n.cuts()
	var pieces []piece
	from := 0
	for _, c := range cuts {
		pieces = append(pieces, n.piece(stretch{from, c.at}, c.semi))
		from = c.next
	}
	pieces = append(pieces, n.piece(stretch{from, len(n.s)}, false))
	pieces = n.joined(pieces)
	var out []segment
	for _, p := range pieces {
		if seg, ok := n.trim(p.stretch); ok {
			out = append(out, seg)
		}
	}
	return out
}

// A piece is a stretch between two cuts, and what is known of it.
type piece struct {
	stretch
	semi     bool // ends at a semicolon and not with a sentence
	prose    bool
	evidence bool
	marked   bool // holds a quotation, italics or a mention
	complete bool
	start    int // behind the signal and "and"
}

func (n *note) piece(p stretch, semi bool) piece {
	start := skipSpaces(n.s, p.from)
	if e := andAt(n.s, start); e > 0 {
		start = skipSpaces(n.s, e)
	}
	_, start = signalAt(n.s, start) // "see also" is no sentence
	return piece{stretch: p, start: min(start, p.to), semi: semi, prose: n.isProse(min(start, p.to), p.to), evidence: n.evidence(p.from, p.to),
		marked: startsIn(n.quotes, p.from, p.to) || startsIn(n.italics, p.from, p.to), complete: n.complete(p)}
}

// with is a and the b that goes on with it.
func (a piece) with(b piece, s string) piece {
	a.to, a.semi = b.to, b.semi
	a.prose = a.prose || b.prose
	a.evidence = a.evidence || b.evidence
	a.complete = a.complete || b.complete || a.marked && tailDigit(s, b.stretch)
	a.marked = a.marked || b.marked
	return a
}

type cut struct {
	at, next int
	semi     bool
}

// cuts are the places where a note may divide.
func (n *note) cuts() []cut {
	s := n.s
	var out []cut
	groups := n.groups()
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c == 'a' {
			if next := anotherNote(s, i); next > i {
				out = append(out, cut{i, next, true})
			}
			continue
		}
		if c != ';' && c != '.' && c != '?' && c != '!' {
			continue
		}
		if _, ok := inside(n.brackets, i); ok {
			continue
		}
		if _, ok := inside(groups, i); ok {
			continue
		}
		if q, ok := inside(n.quotes, i); ok && i < q.to {
			// A sentence may end with the quotation that ends it: “…Who?” Next
			if c == ';' || i+1 != q.to-len(lastRune(s, q.to)) {
				continue
			}
			i = q.to - 1
		}
		if q, ok := inside(n.italics, i); ok && i+1 < q.to {
			continue
		}
		if u, ok := inside(n.urls, i); ok {
			i = u.to - 1
			continue
		}
		if c == ';' {
			out = append(out, cut{i, i + 1, true})
			continue
		}
		next := skipSpaces(s, i+1)
		if next == i+1 && i+1 < len(s) || next >= len(s) {
			continue
		}
		_, afterURL := inside(n.urls, i-1)
		if c == '.' && !afterURL && !endsSentence(s, i) {
			continue
		}
		r := runeAt(s, next)
		if isWord(r) && !isUpperRune(s, next) && !isDigit(s[next]) {
			if _, e := signalAt(s, next); e == next {
				continue
			}
		}
		out = append(out, cut{i + 1, next, false})
	}
	return out
}

// anotherNote is where a second reference to a note begins after the "and" at
// byte i: "note 9 above, para. 20, and note 15 above", "(n 1) 5 and (n 2) 14".
// The byte i is returned for any other "and".
func anotherNote(s string, i int) int {
	if !wordAt(s, i, "and") || i == 0 || s[i-1] != ' ' {
		return i
	}
	if k := skipSpaces(s, i+len("and")); namesNote(s, k) {
		return k
	}
	return i
}

// namesNote tells whether "note 15 above", "supra note 15" or "(n 15)" stands
// at byte k.
func namesNote(s string, k int) bool {
	if k >= len(s) {
		return false
	}
	at := k
	if s[k] == '(' {
		at++
	} else if e := backWord(s, k); e > k {
		at = skipSpaces(s, e)
	}
	e := noteWord(s, at)
	if e == at {
		return false
	}
	label, end := noteLabel(s, e)
	switch {
	case label == "":
		return false
	case s[k] == '(':
		return end < len(s) && s[end] == ')'
	case at > k:
		return true
	}
	m := skipMarks(s, end)
	return backWord(s, m) > m
}

func lastRune(s string, to int) string {
	r := runeBefore(s, to)
	return string(r)
}

func isUpperRune(s string, i int) bool {
	if i < len(s) && i >= 0 && s[i] < utf8.RuneSelf {
		return isUpper(s[i])
	}
	r := runeAt(s, i)
	return unicode.ToLower(r) != r
}

// groups are the stretches of lists of resolutions, which nothing divides.
func (n *note) groups() []stretch {
	var out []stretch
	for i := 0; i < len(n.mentions); i++ {
		m := n.mentions[i]
		if m.group == 0 {
			out = append(out, m.stretch)
			continue
		}
		g := m.stretch
		for i+1 < len(n.mentions) && n.mentions[i+1].group == m.group {
			i++
			g.to = n.mentions[i].to
		}
		out = append(out, g)
	}
	return out
}

// Abbreviations that do not end a sentence, in small letters without the
// last dot.
var abbreviations = func() map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields("doc docs u.n un no nos nr vol vols ed eds p pp para paras par pars art arts ch chap chaps sec sect sects fig figs cf e.g i.e al etc vs v " +
		"dr mr mrs ms prof gen lt col maj sgt st jr sr rev hon res s.c g.a e.s.c add corr suppl supp ser cit op loc ibid id approx ca c trans transl repr pt n nn fn fns " +
		"jan feb mar apr jun jul aug sep sept oct nov dec mtg sess u.s u.k d.c ph.d m.a inc ltd co corp dept univ assn bros int'l nat'l j l rev q rés párr párrs núm art pág págs av " +
		"adm amb cap capt comm dec def dep dir div doc est ext hist inst int intl jour mag mil min nat natl org pol pub publ rec ref reg rep rept soc stat stud sup sum " +
		"pres perm rep spec secy min gov supt messrs arg app bk cl col comp cong const dist encl figs illus loc mem misc op para pet pp ref sched subpara tab tit treas wk yr " +
		"janv févr avr juil sept déc ene abr ago dic op.cit loc.cit t.ch app.ch") {
		m[w] = true
	}
	return m
}()

// endsSentence tells whether the dot at byte i ends a sentence: not after an
// abbreviation, an initial or inside a number.
func endsSentence(s string, i int) bool {
	k := wordStart(s, 0, i, ".'")
	word := s[k:i]
	if word == "" {
		return true // after a bracket or a quotation
	}
	var buf [16]byte
	low := lowerIn(buf[:0], strings.TrimLeft(word, "."))
	switch {
	case abbreviations[low]:
		// "Ibid. See also …": these abbreviations stand alone.
		if low == "ibid" || low == "id" {
			next := skipSpaces(s, i+1)
			_, e := signalAt(s, next)
			return e > next
		}
		if low == "al" || low == "etc" {
			next := skipSpaces(s, i+1)
			_, e := signalAt(s, next)
			return e > next
		}
		return false
	case len(low) == 1 && isAlpha(low[0]):
		// An initial, but not the letter of a part: "resolution 72/266 B."
		before := trimRight(s, 0, k)
		return before > 0 && before < k && isDigit(s[before-1])
	case strings.Contains(low, "."):
		last := low[strings.LastIndexByte(low, '.')+1:]
		return len(last) > 1 && !isDigit(last[0]) || isDigit(low[len(low)-1]) // "U.S", "Add.1"
	}
	return true
}

// joined puts pieces together that are one citation: what a rule of thumb
// divided at a full stop inside it, or at a semicolon of an unmarked title.
func (n *note) joined(pieces []piece) []piece {
	var out []piece
	for _, p := range pieces {
		if len(out) == 0 {
			out = append(out, p)
			continue
		}
		last := &out[len(out)-1]
		if n.belongs(*last, p) {
			*last = last.with(p, n.s)
			continue
		}
		out = append(out, p)
	}
	return out
}

// belongs tells whether b goes on with the citation of a.
func (n *note) belongs(a, b piece) bool {
	start := skipSpaces(n.s, b.from)
	if e := andAt(n.s, start); e > 0 {
		start = skipSpaces(n.s, e)
	}
	if _, e := signalAt(n.s, start); e > start {
		return false
	}
	if startsShort(n.s, start) || namesNote(n.s, start) || n.nameAndNote(start, b.to) {
		return false
	}
	if !a.semi && !b.evidence && n.endsWithURL(a.stretch) && sentence(n.s[start:b.to]) {
		return false
	}
	if a.semi {
		if records := n.s[start:b.to]; len(n.mentionsIn(a.stretch)) > 0 && len(n.mentionsIn(b.stretch)) == 0 && namesRecords(records[:min(len(records), 30)]) && len(records) < 90 {
			return true // "U.N. Doc. A/65/2; GAOR, 65th Sess., Supp. No. 2 (2010)"
		}
		// "S/2023/402; para. 5"
		if pins, end := pinsAt(n.s[:b.to], start); len(pins) > 0 && trimStop(n.s, start, b.to) <= skipSpaces(n.s, end) {
			return true
		}
		return !a.evidence && !a.prose && b.evidence && titled(n.s[a.start:a.to])
	}
	if k := skipSpaces(n.s, a.start); len(n.mentionsIn(b.stretch)) > 0 && k < a.to && n.authorHeadAt(k, a.to).all.to == trimRight(n.s, k, a.to) {
		return true // "United Nations, General Assembly. (2015, October 21)."
	}
	if a.prose || b.prose {
		return false
	}
	if unpublished(&cite.Work{}, strings.TrimSpace(n.s[a.start:a.to])) {
		return false
	}
	if _, press, ok := placeAndPress(strings.Trim(n.s[start:b.to], " .")); ok && a.marked && anyYear(press) && len(n.mentionsIn(a.stretch)) == 0 {
		return true // the imprint that ends an entry of a bibliography
	}
	if a.complete && b.evidence {
		ms, before := n.mentionsIn(b.stretch), n.mentionsIn(a.stretch)
		// "Resolution 2423. S/RES/2423." is one.
		if len(ms) > 0 && len(before) > 0 && before[len(before)-1].kind == byName && ms[0].kind != byName && ms[0].sym == before[len(before)-1].sym {
			return true
		}
		return onlyAfter(n.s, start, b.to) || !startsIn(n.urls, a.from, a.to) && n.publisherAndURL(start, b.to) // "… S/RES/2423. 28 June 2018."
	}
	return true
}

// nameAndNote tells whether a name and a note in brackets begin at byte i,
// "Guski (fn. 41)": another source than the one before.
func (n *note) nameAndNote(i, to int) bool {
	s := n.s
	for words := 0; words < 4 && i < to && isUpperRune(s, i); words++ {
		for i < to && isWord(runeAt(s, i)) {
			_, w := decode(s, i)
			i += w
		}
		if i = skipSpaces(s, i); i < to && s[i] == '(' && namesNote(s, i) {
			return true
		}
	}
	return false
}

// endsWithURL tells whether nothing but brackets follows the last address of a
// stretch.
func (n *note) endsWithURL(a stretch) bool {
	k := sort.Search(len(n.urls), func(k int) bool { return n.urls[k].from >= a.to }) - 1
	for ; k >= 0 && n.urls[k].from >= a.from; k-- {
		if _, ok := inside(n.brackets, n.urls[k].from); ok {
			continue // "[https://perma.cc/6NSE-3JGD]"
		}
		for i := skipSpaces(n.s, n.urls[k].to); i < a.to; i = skipSpaces(n.s, i) {
			if n.s[i] == '.' || n.s[i] == ',' {
				i++
			} else if b, ok := inside(n.brackets, i); ok && b.from == i {
				i = b.to
			} else {
				return false
			}
		}
		return true
	}
	return false
}

// sentence tells whether a text reads as one: six words and more, most of them
// small.
func sentence(text string) bool {
	words := strings.Fields(text)
	small := 0
	for _, w := range words {
		if isLower(w[0]) {
			small++
		}
	}
	return len(words) >= 6 && small*3 >= len(words)*2
}

// publisherAndURL tells whether s[i:to] is who put a work on the web and
// where: "ERIC. https://…", the end of an entry of a list.
func (n *note) publisherAndURL(i, to int) bool {
	k := sort.Search(len(n.urls), func(k int) bool { return n.urls[k].from >= i })
	if k == len(n.urls) || n.urls[k].to > to || trimStop(n.s, n.urls[k].from, to) > n.urls[k].to {
		return false
	}
	words := strings.Fields(strings.TrimRight(n.s[i:n.urls[k].from], " .,:"))
	for _, w := range words {
		if !isUpperRune(w, 0) && w != "of" && w != "the" && w != "for" && w != "and" && w != "&" || strings.ContainsAny(w, "0123456789“”\"()") {
			return false
		}
	}
	return len(words) > 0 && len(words) <= 6
}

// titled tells whether a piece without any evidence can be the beginning of
// a title: it starts with a capital and has a few words.
func titled(text string) bool {
	text = strings.TrimSpace(text)
	return text != "" && isUpperRune(text, 0) && len(strings.Fields(text)) > 1
}

// startsShort tells whether a short form begins at byte i.
func startsShort(s string, i int) bool {
	return anyWordAt(s, i, "ibid", "ibidem", "id", "idem", "supra", "infra", "op. cit", "loc. cit") > 0
}

// complete tells whether a stretch is already a whole citation: it names a UN
// document, or holds a title in marks and a date or a page.
func (n *note) complete(a stretch) bool {
	if len(n.mentionsIn(a)) > 0 {
		return true
	}
	if !startsIn(n.quotes, a.from, a.to) && !startsIn(n.italics, a.from, a.to) {
		return false
	}
	return tailDigit(n.s, a) || startsIn(n.urls, a.from, a.to)
}

// tailDigit tells whether the end of a stretch holds a number: a year or a
// page ends most citations.
func tailDigit(s string, a stretch) bool {
	end := trimStop(s, a.from, a.to)
	for i := max(a.from, end-60); i < end; i++ {
		if isDigit(s[i]) {
			return true
		}
	}
	return false
}

// onlyAfter tells whether s[i:to] holds nothing but what follows a symbol in
// its own citation: a date, a place, an address.
func onlyAfter(s string, i, to int) bool {
	end := trimStop(s, i, to)
	if d, ok := dateAt(s, i); ok && d.to >= end {
		return true
	}
	if pins, e := pinsAt(s[:to], i); len(pins) > 0 && e >= end {
		return true
	}
	return hasFoldAt(s, i, "http") && strings.IndexByte(s[i:end], ' ') < 0 || hasFoldAt(s, i, "available at") || hasFoldAt(s, i, "accessed") || hasFoldAt(s, i, "hereinafter")
}

// trimStop is the end of s[from:to] without white space and closing
// punctuation.
func trimStop(s string, from, to int) int {
	for {
		to = trimRight(s, from, to)
		if to > from && (s[to-1] == '.' && !abbreviationEnds(s, from, to) || s[to-1] == ',' || s[to-1] == ';' || s[to-1] == ':') {
			to--
			continue
		}
		return to
	}
}

// abbreviationEnds tells whether the dot before byte to belongs to an
// abbreviation that ends the text: "et al.", "ibid." keep theirs.
func abbreviationEnds(s string, from, to int) bool {
	k := wordStart(s, from, to-1, "")
	switch strings.ToLower(s[k : to-1]) {
	case "al", "ibid", "id", "cit", "seq", "eds", "ed", "idem":
		return true
	}
	return false
}

// trim takes the signal, connecting words and the closing stop off a piece.
func (n *note) trim(p stretch) (segment, bool) {
	s := n.s
	seg := segment{stretch: p}
	seg.from = skipSpaces(s, seg.from)
	for k := 0; k < 3; k++ {
		i := seg.from
		for i < seg.to && strings.IndexByte(",;.)", s[i]) >= 0 {
			i = skipSpaces(s, i+1)
		}
		if e := andAt(s, i); e > 0 && e < seg.to && s[e] == ' ' && e > i+1 {
			i = skipSpaces(s, e)
		}
		if name, e := signalAt(s, i); e > i && e < seg.to {
			if seg.signal == "" || seg.signal == "see" {
				seg.signal = name
			}
			i = e
		}
		if i == seg.from {
			break
		}
		seg.from = i
	}
	seg.to = trimStop(s, min(seg.from, p.to), p.to)
	if seg.from >= seg.to {
		return segment{}, false
	}
	// "For a discussion, see X": what stands before the signal is comment.
	if len(n.mentionsIn(seg.stretch)) == 0 {
		n.skipComment(&seg)
	}
	return seg, seg.from < seg.to
}

// skipComment moves the start of a segment without UN documents to behind a
// signal inside it, where a sentence leads up to the source.
func (n *note) skipComment(seg *segment) {
	s := n.s
	for i := seg.from + 1; i < min(seg.to, seg.from+longestLead); i++ {
		if s[i-1] != ' ' || !isAlnum(s[i]) {
			continue
		}
		if _, ok := inside(n.quotes, i); ok {
			continue
		}
		if _, ok := inside(n.italics, i); ok {
			continue
		}
		low := s[i] | 0x20
		if low != 's' && low != 'q' && low != 'c' && low != 'v' {
			continue
		}
		name, e := signalAt(s, i)
		if e == i || !isLower(s[i]) || name == "accord" || name == "contra" || e >= seg.to || !(s[i-2] == ',' || name == "see" || name == "see also" || name == "quoted in") {
			continue
		}
		if wordAt(s, i, "compare") || wordAt(s, i, "citing") || wordAt(s, i, "cf") {
			continue
		}
		// "we see": a verb, where no title or capital follows.
		if !isUpperRune(s, e) && n.s[e] < 0x80 && n.s[e] != '"' && n.s[e] != '\'' {
			continue
		}
		if !n.isProse(seg.from, i) && !strings.HasPrefix(s[seg.from:], "For ") && n.evidence(seg.from, i) {
			continue
		}
		seg.from, seg.signal = e, name
		return
	}
}
