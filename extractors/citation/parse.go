// Package citation knows how notes cite: the symbols and names of UN
// documents, where a note of several sources divides, pinpoints, dates and
// the other claims that a citation makes, short forms, and works that are no
// UN documents. It reads one text at a time and knows neither the other notes
// of a report, which short forms are bound to, nor whether a document exists.
//
// Identifiers are recognised before numbers and years: [Parse] scans a note
// for mentions of documents, divides it, and reads around each mention what
// belongs to it.
package citation

import (
	"sort"
	"strings"

	"citecheck/pipeline/cite"
)

// Input is one note.
type Input struct {
	Text    string
	Italics []cite.Span
	Links   []cite.Href
}

// longestNote bounds what is parsed of one note. The longest real ones have
// some ten thousand characters.
const longestNote = 1 << 20

// Parse reads what one note cites, in the order of the note.
func Parse(in Input) []cite.Citation {
	if len(in.Text) > longestNote {
		in.Text = strings.ToValidUTF8(in.Text[:longestNote], "")
	}
	n := newNote(in)
	var out []cite.Citation
	for _, seg := range n.segments() {
		cited := n.cited(seg)
		if len(out) > 0 && len(cited) == 1 {
			n.sameAuthor(&out[len(out)-1], &cited[0])
		}
		out = append(out, cited...)
	}
	out = n.linked(out)
	return once(out)
}

// sameAuthor gives a short form the author of the one that "and" ties it to:
// "Berg (n 1) 5 and (n 2) 14".
func (n *note) sameAuthor(last, c *cite.Citation) {
	if last.BackRef == nil || c.BackRef == nil || c.BackRef.Author+c.BackRef.Title != "" || c.BackRef.Note == "" || !c.BackRef.Symbol.IsZero() || !strings.HasPrefix(c.Text, "(") {
		return
	}
	from, to := n.byteAt(last.Span.End), n.byteAt(c.Span.Start)
	if k := skipSpaces(n.s, from); k < to && andAt(n.s, k) > 0 && skipSpaces(n.s, andAt(n.s, k)) == to {
		c.BackRef.Author = last.BackRef.Author
	}
}

// Running reads the UN documents that running text names by their symbol or
// in full; works and short forms are the business of notes.
func Running(text string) []cite.Citation {
	return running(text, nil)
}

func running(text string, own *owner) []cite.Citation {
	ms, _ := scan(text, true, own)
	ms = recited(text, ms, own)
	if len(ms) == 0 {
		return nil
	}
	n := &note{source: newSource(text), mentions: ms, outer: ms, running: true}
	out := make([]cite.Citation, 0, len(ms))
	n.units(stretch{0, len(text)}, ms, func(u *unit) {
		out = append(out, n.citation(u, ""))
	})
	return once(out)
}

// A note is an input with what was seen in it.
type note struct {
	source
	mentions []mention
	outer    []mention // those that stand in no other document's title
	spans    []cite.Span
	urls     []stretch
	italics  []stretch
	quotes   []stretch
	brackets []stretch
	links    []link
	running  bool
	tries    int // at works inside sentences
}

type link struct {
	stretch
	url string
}

func newNote(in Input) *note {
	n := &note{source: newSource(in.Text)}
	n.mentions, n.urls = scan(n.s, false, nil)
	n.quotes = quotations(n.s)
	n.brackets = bracketed(n.s)
	for _, span := range in.Italics {
		from, to := n.bytes(span)
		if to > from {
			n.italics = append(n.italics, stretch{from, to})
		}
	}
	n.italics = joinItalics(n.s, n.italics)
	if len(in.Italics) == 0 {
		n.italics = starred(n.s)
	}
	n.addDamaged()
	n.outer = n.mentions
	for i := range n.mentions {
		if !n.inTitle(&n.mentions[i]) {
			continue
		}
		n.outer = make([]mention, 0, len(n.mentions)-1)
		for k := range n.mentions {
			if !n.inTitle(&n.mentions[k]) {
				n.outer = append(n.outer, n.mentions[k])
			}
		}
		break
	}
	for _, l := range in.Links {
		from, to := n.bytes(l.Span)
		if to > from && l.URL != "" {
			n.links = append(n.links, link{stretch{from, to}, l.URL})
		}
	}
	return n
}

// joinItalics joins stretches with nothing but white space between them. A
// note that is italic as a whole is set so; its italics mean nothing.
func joinItalics(s string, list []stretch) []stretch {
	if len(list) == 0 {
		return nil
	}
	sort.Slice(list, func(i, j int) bool { return list[i].from < list[j].from })
	var out []stretch
	sum := 0
	for _, it := range list {
		if k := len(out) - 1; k >= 0 && skipSpaces(s, out[k].to) >= it.from {
			out[k].to = max(out[k].to, it.to)
		} else {
			out = append(out, it)
		}
	}
	for _, it := range out {
		sum += it.to - it.from
	}
	if sum*10 > len(s)*9 {
		return nil
	}
	return out
}

// starred are the stretches between two stars, as light Markdown marks
// italics.
func starred(s string) []stretch {
	var out []stretch
	open := -1
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] != '*':
		case open < 0 && i+1 < len(s) && s[i+1] != ' ' && s[i+1] != '*' && !isWord(runeBefore(s, i)):
			open = i
		case open >= 0 && s[i-1] != ' ' && i-open > 6 && i-open < longestQuote:
			out = append(out, stretch{open, i + 1})
			open = -1
		}
	}
	return out
}

// addDamaged adds what stands after "UN Doc." and was not seen as a symbol:
// "UN Doc. SPV.9350".
func (n *note) addDamaged() {
	s := n.s
	added := 0
	for i := 0; i+4 < len(s) && added < 4; i++ {
		if s[i] != 'D' && s[i] != 'd' || !hasFoldAt(s, i, "doc") || i == 0 || !isSpaceBefore(s, i) {
			continue
		}
		if unitedNations(s, i) == i {
			continue
		}
		from := i + 3
		for from < len(s) && (s[from] == '.' || s[from] == 's' || s[from] == ':') {
			from++
		}
		from = skipSpaces(s, from)
		end := tokenEnd(s, from)
		if end-from < 4 || !strings.ContainsAny(s[from:end], "0123456789") {
			continue
		}
		syms := Suggest(s[from:end])
		if len(syms) == 0 {
			continue
		}
		m := mention{stretch: stretch{unitedNations(s, i), end}, at: stretch{from, end}, kind: damaged, called: true}
		m.blame(s, syms)
		n.insert(m)
		added++
	}
}

func isSpaceBefore(s string, i int) bool { return trimRight(s, 0, i) < i }

// insert puts a mention in its place, unless another stands there.
func (n *note) insert(m mention) {
	k := sort.Search(len(n.mentions), func(i int) bool { return n.mentions[i].to > m.from })
	if k < len(n.mentions) && n.mentions[k].from < m.to {
		return
	}
	n.mentions = append(n.mentions[:k], append([]mention{m}, n.mentions[k:]...)...)
}

// longestQuote bounds a quotation or a bracket: a mark without its partner
// must not swallow a note.
const longestQuote = 2000

// quotations are the stretches between quotation marks, marks included.
func quotations(s string) []stretch {
	var out []stretch
	unclosed := map[string]int{} // up to where no end of such a quotation stands
	for i := 0; i < len(s); {
		open := ""
		switch {
		case s[i] == '"':
			open = `"`
		case s[i] == '\'' && !isWord(runeBefore(s, i)) && isWord(runeAt(s, i+1)):
			open = "'"
		case strings.HasPrefix(s[i:], "“"), strings.HasPrefix(s[i:], "„"), strings.HasPrefix(s[i:], "«"):
			_, n := decode(s, i)
			open = s[i : i+n]
		case strings.HasPrefix(s[i:], "‘") && isWord(runeAt(s, i+len("‘"))):
			open = "‘"
		}
		if open == "" {
			i++
			continue
		}
		end := closing(s, max(i+len(open), unclosed[open]), i+longestQuote, open)
		if end < 0 {
			unclosed[open] = i + longestQuote
			i += len(open)
			continue
		}
		out = append(out, stretch{i, end})
		i = end
	}
	return out
}

// closers are the marks that end a quotation, by the mark that began it.
var closers = map[string][]string{`"`: {`"`}, "'": {"'"}, "“": {"”", "“"}, "„": {"“", "”"}, "«": {"»"}, "‘": {"’"}}

func decode(s string, i int) (rune, int) {
	r := runeAt(s, i)
	return r, len(string(r))
}

// closing is the end of the quotation that the mark open began before byte
// i, -1 where it does not end before byte to.
func closing(s string, i, to int, open string) int {
	marks := closers[open]
	to = min(len(s), to)
	for k := i; k < to; k++ {
		if c := s[k]; c != '"' && c != '\'' && c < 0x80 {
			continue
		}
		for _, m := range marks {
			if !strings.HasPrefix(s[k:], m) {
				continue
			}
			end := k + len(m)
			if m == "’" || m == "'" {
				// An apostrophe ends no quotation: "States’ rights".
				if isWord(runeAt(s, end)) {
					continue
				}
				next := skipSpaces(s, end)
				if next < len(s) && next > end && isLower(s[next]) && anyWordAt(s, next, "in", "available") < 0 {
					continue
				}
			}
			return end
		}
	}
	return -1
}

// bracketed are the outermost stretches in round or square brackets.
func bracketed(s string) []stretch {
	var out []stretch
	var stack []int
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '(', '[':
			if len(stack) < 64 {
				stack = append(stack, i)
			}
		case ')', ']':
			if len(stack) == 0 {
				continue
			}
			from := stack[len(stack)-1]
			stack = stack[:len(stack)-1]
			if i-from > longestQuote {
				continue
			}
			for len(out) > 0 && out[len(out)-1].from > from {
				out = out[:len(out)-1]
			}
			out = append(out, stretch{from, i + 1})
		}
	}
	return out
}

// inside is the stretch of a sorted list that holds byte i.
func inside(list []stretch, i int) (stretch, bool) {
	k := sort.Search(len(list), func(k int) bool { return list[k].to > i })
	if k < len(list) && list[k].holds(i) {
		return list[k], true
	}
	return stretch{}, false
}

// cited reads one segment.
func (n *note) cited(seg segment) []cite.Citation {
	ms := n.mentionsIn(seg.stretch)
	if c, ok := n.backReference(seg, ms); ok {
		return c
	}
	if head, rest, ok := n.refersAndQuotes(seg, ms); ok {
		return append(n.cited(head), n.cited(rest)...)
	}
	if len(ms) > 0 {
		out := make([]cite.Citation, 0, len(ms))
		n.units(seg.stretch, ms, func(u *unit) {
			signal := u.signal
			if len(out) == 0 && signal == "" {
				signal = seg.signal
			}
			out = append(out, n.citation(u, signal))
		})
		n.define(out, seg)
		if len(out) > 0 {
			return n.withWorks(out, seg)
		}
	}
	if c, ok := n.numberAlone(seg, ms); ok {
		return []cite.Citation{c}
	}
	if out := n.work(seg); len(out) > 0 {
		return out
	}
	return n.withWorks(nil, seg)
}

// refersAndQuotes divides a segment that refers back and names a document, too:
// "Ibid., para. 4, quoting UNSC Res 1261", "Ott, supra note 1, citing S/2023/402".
func (n *note) refersAndQuotes(seg segment, ms []mention) (head, rest segment, ok bool) {
	if len(ms) == 0 || ms[0].from == seg.from {
		return head, rest, false
	}
	s := n.s
	for i := seg.from + 1; i <= ms[0].from && i < seg.from+longestShortLead; i++ {
		if s[i-1] != ' ' && s[i-1] != '(' || !isLower(s[i]) {
			continue
		}
		signal, e := signalAt(s, i)
		if e == i {
			if e = andAt(s, i); e < 0 || s[i] == '&' {
				continue
			}
			e = skipSpaces(s, e)
		}
		to := trimRight(s, seg.from, i)
		for to > seg.from && strings.IndexByte(",(;", s[to-1]) >= 0 {
			to = trimRight(s, seg.from, to-1)
		}
		head = segment{stretch{seg.from, to}, seg.signal}
		if !mayBeShort(s[head.from:head.to]) {
			continue
		}
		if ref, _, _, short := parseShort(s[head.from:head.to]); !short || ref == nil {
			continue
		}
		return head, segment{stretch{e, seg.to}, signal}, e < seg.to
	}
	return head, rest, false
}

// numberAlone reads a resolution that a segment names by nothing but its
// number: "Resolution 1973, para. 8". An earlier note may say whose it is.
func (n *note) numberAlone(seg segment, ms []mention) (cite.Citation, bool) {
	if len(ms) != 1 || !ms[0].weak || ms[0].from != seg.from {
		return cite.Citation{}, false
	}
	m := &ms[0]
	t := n.tail(m.to, seg.to, m.from)
	sym, ok := cite.CouncilResolution(m.number)
	if !ok || trimStop(n.s, t.end, seg.to) > t.end {
		return cite.Citation{}, false
	}
	c := cite.Citation{Via: cite.ViaName, Signal: seg.signal, Text: n.s[seg.from:seg.to], Span: n.span(seg.from, seg.to), Pinpoints: t.pins, BackRef: &cite.BackRef{Symbol: sym}}
	c.Claims.Number, c.Claims.Type, c.Claims.NameSpan = m.number, m.word, n.spanAt(m.from, m.to)
	m.undecided("no organ is named, and the number has neither year nor session", sym.String())
	c.Open = questioned(m, n.s)
	return c, true
}

// mentionsIn are the mentions inside a segment that are not part of a
// quotation or of an italic title.
func (n *note) mentionsIn(seg stretch) []mention {
	lo := sort.Search(len(n.outer), func(i int) bool { return n.outer[i].from >= seg.from })
	hi := lo
	for hi < len(n.outer) && n.outer[hi].from < seg.to {
		hi++
	}
	return n.outer[lo:hi]
}

// inTitle tells whether a mention stands inside quotation marks or italics
// that hold more than it: there it belongs to another document's title.
func (n *note) inTitle(m *mention) bool {
	for _, list := range [2][]stretch{n.quotes, n.italics} {
		if q, ok := inside(list, m.from); ok && m.to <= q.to && (q.to-q.from)-(m.to-m.from) > 6 {
			return true
		}
	}
	return false
}

// work reads a segment without a UN document.
func (n *note) work(seg segment) []cite.Citation {
	if wordAt(n.s, seg.from, "the") && isLower(n.s[seg.from]) && isUpperRune(n.s, skipSpaces(n.s, seg.from+3)) {
		seg.from = skipSpaces(n.s, seg.from+3) // "the Brahimi Report, para. 3"
	}
	text := n.s[seg.from:seg.to]
	w := parseWork(text, n.italicsIn(seg.stretch))
	if w == nil {
		w = titleAndPlace(text)
	}
	if w == nil {
		w = authorTitlePage(text)
	}
	if w == nil || documentWord(w.Title) {
		return nil // "Resolution" is what a remark was about, and no title
	}
	c := cite.Citation{Work: w, Via: cite.ViaCSL, Signal: seg.signal, Defines: defines(text)}
	c.Span = n.span(seg.from, seg.to)
	c.Text = text
	c.Pinpoints = workPins(text, w)
	for _, l := range n.links {
		if w.URL == "" && l.from < seg.to && seg.from < l.to && !strings.HasPrefix(l.url, "#") {
			w.URL = l.url
		}
	}
	return []cite.Citation{c}
}

// titleAndPlace reads a title in roman with nothing but a place after it:
// "Report on Presence 2013, para. 56", "Charter of the United Nations, art.
// 2 (4)". It may be a term that an earlier note defines.
func titleAndPlace(text string) *cite.Work {
	cut := len(text)
	for {
		comma := strings.LastIndexByte(text[:cut], ',')
		if comma < 0 {
			break
		}
		from := skipSpaces(text, comma+1)
		pins, to := pinsAt(text[:cut], from)
		if len(pins) == 0 || to != trimRight(text, 0, cut) {
			break
		}
		cut = comma
	}
	if w := instrument(text); w != nil {
		return w
	}
	title := strings.TrimSpace(text[:cut])
	words := strings.Fields(title)
	if cut == len(text) || len(words) > 12 || len(title) < 4 || !isUpperRune(title, 0) && !yearAndWord(words) || strings.ContainsAny(title, ".;:()[]") {
		return nil
	}
	for i, w := range words[:len(words)-1] { // a resolution of a body that has no symbols here is no work
		if low := lower(w); (strings.HasPrefix(low, "resolution") || strings.HasPrefix(low, "decision")) && isDigit(words[i+1][0]) {
			return nil
		}
	}
	return &cite.Work{Type: "document", Title: title}
}

// yearAndWord tells whether a title is a year and what came out in it: "2011
// report".
func yearAndWord(words []string) bool {
	return len(words) > 1 && len(words) < 6 && len(words[0]) == 4 && anyYear(words[0]) && paperWord[strings.ToLower(words[len(words)-1])]
}

// instrument reads a treaty that is cited by nothing but its name and an
// article: "U.N. Charter art. 2, ¶ 4", "Rome Statute, art 8(2)(b)", "ICCPR art
// 6".
func instrument(text string) *cite.Work {
	for at := 3; at < len(text) && at < 120; at++ {
		if text[at] != 'a' && text[at] != 'A' || text[at-1] != ' ' || anyWordAt(text, at, "art", "arts", "article", "articles", "artículo") < 0 {
			continue
		}
		pins, _ := pinsAt(text, at)
		name := strings.TrimRight(text[:at], " ,")
		if len(pins) == 0 || pins[0].From == "" || !isUpperRune(name, 0) || strings.ContainsAny(name, ";:()[]0123456789,") {
			return nil
		}
		last := name[strings.LastIndexByte(name, ' ')+1:]
		if !statuteWord[strings.ToLower(last)] && !treatyShort[name] && !strings.HasPrefix(name, "Charter of ") && !strings.HasPrefix(name, "Statute of ") {
			return nil
		}
		return &cite.Work{Type: "document", Title: name}
	}
	return nil
}

// treatyShort are treaties that all the field cites by their letters.
var treatyShort = map[string]bool{"ICCPR": true, "ICESCR": true, "CEDAW": true, "CRC": true, "CAT": true, "ICERD": true, "CRPD": true, "VCLT": true, "UNCLOS": true, "ECHR": true, "ACHR": true, "NPT": true, "UDHR": true}

// authorTitlePage reads the short form of Chicago notes where no mark sets off
// the title: "Lind, Counting Guns, 40". An earlier note must hold the work.
func authorTitlePage(text string) *cite.Work {
	ps := strings.Split(text, ", ")
	if len(ps) < 3 || len(ps) > 5 || len(text) > 160 || strings.ContainsAny(text[:len(text)-len(ps[len(ps)-1])], ".;:()[]0123456789") {
		return nil
	}
	pins, end := barePages(ps[len(ps)-1], 0)
	title := strings.Join(ps[1:len(ps)-1], ", ")
	if len(pins) == 0 || end != len(ps[len(ps)-1]) || !isUpperRune(ps[0], 0) || !isUpperRune(title, 0) || len(strings.Fields(ps[0])) > 5 || len(strings.Fields(title)) > 10 || prose(text) {
		return nil
	}
	for _, name := range nameParts(ps[0]) {
		if !surname(name) && !isPerson(name) {
			return nil
		}
	}
	w := &cite.Work{Type: "document", Title: title, Author: names(ps[0])}
	at := len(text) - len(ps[len(ps)-1])
	w.Page = pages(text[at : at+end])
	return w
}

func (n *note) italicsIn(seg stretch) []cite.Span {
	var out []cite.Span
	for _, it := range n.italics {
		from, to := max(it.from, seg.from), min(it.to, seg.to)
		if from < to {
			out = append(out, cite.Span{Start: n.point(from) - n.point(seg.from), End: n.point(to) - n.point(seg.from)})
		}
	}
	return out
}

// workPins are the places that the end of a work's citation names. The pages
// of an article that its CSL holds are not repeated.
func workPins(text string, w *cite.Work) []cite.Pin {
	if strings.HasPrefix(text, w.Title) && instrument(text) != nil {
		return restPins(text[len(w.Title):])
	}
	var out []cite.Pin
	end := len(text)
	for len(out) < 8 {
		cut := strings.LastIndexByte(text[:end], ',')
		if cut < 0 {
			if len(out) == 0 {
				return pinsBehindQuote(text)
			}
			break
		}
		from := skipSpaces(text, cut+1)
		for _, mark := range []string{"”", "’", "\"", "»"} { // "“Title,” p. 14"
			if strings.HasPrefix(text[from:], mark) {
				from = skipSpaces(text, from+len(mark))
			}
		}
		pins, to := pinsAt(text[:end], from)
		if to == from && end == len(text) && w.Publisher != "" && w.Page == "" && cut > 0 && text[cut-1] == ')' {
			pins, to = barePages(text[:end], from) // "(Anytown: Example Press, 2019), 22"
		}
		if to == from || trimRight(text, from, end) != to {
			if len(out) == 0 {
				return pinsBehindQuote(text)
			}
			break
		}
		out = append(pins, out...)
		end = cut
	}
	return out
}

// pinsBehindQuote reads the place behind a title that no comma ends: "“Is It
// Normal?” p. 90".
func pinsBehindQuote(text string) []cite.Pin {
	at := strings.LastIndex(text, "”")
	if at < 1 || strings.IndexByte("?!", text[at-1]) < 0 {
		return nil
	}
	pins, to := pinsAt(text, skipSpaces(text, at+len("”")))
	if len(pins) == 0 || trimRight(text, 0, len(text)) != to {
		return nil
	}
	return pins
}

// backReference reads "Ibid., para. 5", "supra note 7" and their like.
func (n *note) backReference(seg segment, ms []mention) ([]cite.Citation, bool) {
	from, to := seg.from, seg.to
	for _, m := range ms {
		if m.kind != byName {
			return nil, false // a printed symbol says itself what is cited
		}
	}
	text := n.s[from:to]
	if !mayBeShort(text) {
		return nil, false
	}
	if ownPlace(text) {
		return nil, true
	}
	ref, via, rest, ok := parseShort(text)
	if !ok || ref == nil {
		return nil, false
	}
	if len(ms) > 0 && !ms[0].sym.IsZero() && n.anotherThing(ms[0], from, from+len(text)-len(rest), to) {
		return nil, false
	}
	labels, rest := moreNotes(text[:len(text)-len(rest)], rest)
	if len(labels) > 0 && ref.Author == "" && ref.Title == "" && len(ms) == 0 {
		return nil, true // "supra notes 4 and 7": all that they hold, and no one source
	}
	c := cite.Citation{Via: via, BackRef: ref, Signal: seg.signal, Text: text, Span: n.span(from, to)}
	c.Pinpoints = restPins(rest)
	for _, m := range ms {
		if inReportTitle(n.s[from:m.from]) {
			break // and so are the resolutions that a list adds
		}
		if m.sym.IsZero() {
			continue
		}
		ref.Symbol = m.sym
		c.Claims.Number, c.Claims.Body, c.Claims.Type, c.Claims.Year = m.number, m.body, m.word, m.year
		c.Pinpoints = append(c.Pinpoints, m.pins...)
		if len(m.dates) > 0 {
			c.Claims.Date, c.Claims.DateText, c.Claims.Year = m.dates[0].date, m.dates[0].text, m.dates[0].year
		}
		break
	}
	out := []cite.Citation{c}
	for _, label := range labels {
		more := c
		again := *ref
		again.Note = label
		more.BackRef = &again
		more.Pinpoints = append([]cite.Pin(nil), c.Pinpoints...)
		out = append(out, more)
	}
	return out, true
}

// inReportTitle tells whether what stands before the name of a resolution makes
// it part of a report's title: "Report on Examplia pursuant to".
func inReportTitle(before string) bool {
	end := trimRight(before, 0, len(before))
	// The first of a list stands behind the name of them all.
	for _, w := range []string{"resolutions", "resolution", "security council", "general assembly", "un", "united nations"} {
		if at := foldEnd(before, end, w); at > 0 {
			end = trimRight(before, 0, at)
		}
	}
	for _, w := range []string{"pursuant to", "implementation of", "in accordance with", "submitted under", "established by", "requested in", "requested by", "response to", "application of",
		"report on", "reports on", "report under", "report concerning", "report regarding", "report about", "letter on", "letter concerning", "letter regarding", "note on", "briefing on"} {
		if foldEnd(before, end, w) > 0 {
			return true
		}
	}
	return false
}

// anotherThing tells whether a reference back that ends at byte end is not to
// the document named before it: "Resolution 2423 (2018), para. 3, and the
// interview in note 2 above".
func (n *note) anotherThing(m mention, from, end, to int) bool {
	if m.from > from {
		return false
	}
	at := n.tail(m.to, to, m.from).end
	if at >= end {
		return false
	}
	between := strings.TrimLeft(n.s[at:end], " ,;.")
	e := andAt(between, 0)
	return e > 0 && between[0] != '&' && len(strings.Fields(between[e:])) > 3
}

// mayBeShort tells whether a text holds any of the words that short forms
// are made of; most segments do not, and need no closer look.
func mayBeShort(text string) bool {
	for i := 0; i < len(text); i++ {
		if i > 0 && isAlnum(text[i-1]) {
			continue
		}
		switch text[i] | 0x20 {
		case 'i', 0xe9:
			if anyFoldAt(text, i, "ibid", "ibíd", "id.", "id ", "idem", "infra", "id,") || i == 0 && len(text) == 2 {
				return true
			}
		case 's':
			if hasFoldAt(text, i, "supra") {
				return true
			}
		case 'n', 'f':
			if anyWordAt(text, i, "n", "nn", "note", "notes", "nota", "fn", "footnote") > 0 {
				return true
			}
		case 'o', 'l', 'a', 'p', 'v', 'c':
			if anyFoldAt(text, i, "cit.", "op.", "op ", "opcit", "ob.", "ob ", "loc.", "loc ", "above", "ante", "préc", "prec", "voir ", "ver ") {
				return true
			}
		}
	}
	return strings.HasPrefix(text, "íd") || strings.HasPrefix(text, "Íd")
}

// mayDefine tells whether a text can set up a short form.
func mayDefine(text string) bool {
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '(', '[':
			k := skipSpaces(text, i+1)
			if k < len(text) && (text[k] >= 0x80 || text[k] == '"' || text[i] == '[' || anyFoldAt(text, k, "here", "hence", "the ", "en ", "ci-", "le ", "la ", "el ")) {
				return true
			}
		case 'h', 'H':
			if anyFoldAt(text, i, "hereinafter", "hereafter") {
				return true
			}
		case 'c', 'e':
			if anyFoldAt(text, i, "ci-apr", "en adelante") {
				return true
			}
		}
	}
	return false
}

// defines are the short forms that a text sets up.
func defines(text string) []string {
	if !mayDefine(text) {
		return nil
	}
	return definedTerms(text)
}

// ownPlace tells whether a text refers to another place of the report itself,
// or to all sources of a note: "Section V supra", "notes 5–7 and accompanying
// text", "sources cited supra note 22". Neither is a citation of one source.
func ownPlace(text string) bool {
	low := lower(text[:min(len(text), 400)])
	if strings.Contains(low, "accompanying text") || strings.Contains(low, "text accompanying") || strings.Contains(low, "texte accompagnant") {
		return true
	}
	for _, w := range []string{"sources cited", "sources in", "authorities cited", "cases cited", "works cited", "references cited", "literature cited", "discussion"} {
		if strings.HasPrefix(low, w) && (strings.Contains(low, "supra") || strings.Contains(low, "infra") || strings.Contains(low, "above") || strings.Contains(low, "note")) {
			return true
		}
	}
	placed := func(i int) (rest string, ok bool) {
		pins, end := pinsAt(text, i)
		if len(pins) == 0 || pins[0].Unit == cite.UnitNote || pins[0].From == "" {
			return "", false
		}
		return strings.Trim(low[end:], " .,"), true
	}
	if e := anyWordAt(low, 0, "supra", "infra", "above", "below"); e > 0 {
		rest, ok := placed(skipSpaces(text, e))
		return ok && rest == ""
	}
	rest, ok := placed(0)
	switch rest {
	case "supra", "infra", "above", "below", "ci-dessus", "ci-dessous":
		return ok
	}
	return false
}

// restPins reads the pinpoints that follow a short form.
func restPins(rest string) []cite.Pin {
	var out []cite.Pin
	for i := 0; i < len(rest) && len(out) < mostPins; {
		i = skipSpaces(rest, i)
		if i < len(rest) && strings.IndexByte(",;.:", rest[i]) >= 0 {
			i++
			continue
		}
		if e := andAt(rest, i); e > 0 {
			i = e
			continue
		}
		for _, of := range []string{"of", "to", "in", "the"} {
			if wordAt(rest, i, of) && len(out) > 0 {
				i += len(of)
				break
			}
		}
		i = skipSpaces(rest, i)
		pins, end := pinsAt(rest, i)
		if end == i && len(out) == 0 {
			pins, end = barePages(rest, i)
		}
		if end == i {
			break
		}
		out = append(out, pins...)
		i = end
	}
	return out
}

// define adds the short forms that a segment sets up to the last citation
// before each of them.
func (n *note) define(cites []cite.Citation, seg segment) {
	for i := range cites {
		from := n.byteAt(cites[i].Span.Start)
		to := seg.to
		if i+1 < len(cites) {
			to = n.byteAt(cites[i+1].Span.Start)
		}
		if from < to {
			cites[i].Defines = defines(n.s[from:to])
		}
	}
}

// linked adds the documents that hyperlinks of the note lead to, where the
// words over them name none, and lets links decide what the words left open.
func (n *note) linked(cites []cite.Citation) []cite.Citation {
	if len(n.links) == 0 {
		return cites
	}
	for _, l := range n.links {
		sym, ok := symbolOfURL(l.url)
		if !ok {
			continue
		}
		span := n.span(l.from, l.to)
		covered := false
		for i := range cites {
			c := &cites[i]
			if c.Span.End <= span.Start || span.End <= c.Span.Start {
				continue
			}
			covered = true
			switch {
			case c.Open != nil && c.Open.Check == "exists" && c.Claims.NameSpan != nil:
				c.Symbol, c.Open, c.Claims.URL = sym, nil, l.url
			case c.Work != nil && c.Work.URL == l.url && !sym.IsPressRelease():
				// The words were taken for a work; the link says that it is a
				// UN document.
				c.Symbol, c.Work, c.Via, c.Claims.URL = sym, nil, cite.ViaURL, l.url
			case !c.Symbol.IsZero() && c.Claims.URL == "" && c.Symbol == sym:
				c.Claims.URL = l.url
			}
		}
		if covered {
			continue
		}
		from, to := l.from, trimRight(n.s, l.from, l.to)
		if from >= to {
			continue
		}
		c := cite.Citation{Symbol: sym, Via: cite.ViaURL, Text: n.s[from:to], Span: n.span(from, to)}
		c.Claims.URL = l.url
		cites = append(cites, c)
	}
	sort.SliceStable(cites, func(i, j int) bool { return cites[i].Span.Start < cites[j].Span.Start })
	return cites
}

// once makes one citation of those that name the same document twice: in
// words and by symbol, or again without a new place.
func once(cites []cite.Citation) []cite.Citation {
	if len(cites) < 2 {
		return cites
	}
	// The last citations of each document: the head of its chain, and from
	// each one to the one before.
	last := make(map[cite.Symbol]int, len(cites))
	before := make([]int, 0, len(cites))
	out := cites[:0]
	for i := range cites {
		c := &cites[i]
		if c.Symbol.IsZero() || c.BackRef != nil {
			out, before = append(out, *c), append(before, -1)
			continue
		}
		at, known := last[c.Symbol]
		if !known {
			at = -1
		}
		if k := sameAs(out, before, at, c); k >= 0 {
			merge(&out[k], *c)
			continue
		}
		last[c.Symbol] = len(out)
		out, before = append(out, *c), append(before, at)
	}
	return out
}

// sameAs is the first of the citations in the chain at k that c only repeats,
// -1 where it names a new place.
func sameAs(out []cite.Citation, before []int, k int, c *cite.Citation) int {
	first := -1
	for n := 0; k >= 0 && n < mostPins; n++ {
		o := &out[k]
		inWords := o.Claims.SymbolAt == nil
		if inWords != (c.Claims.SymbolAt == nil) || len(c.Pinpoints) == 0 || len(o.Pinpoints) == 0 {
			first = k
		}
		k = before[k]
	}
	return first
}

// merge adds what c claims beyond o.
func merge(o *cite.Citation, c cite.Citation) {
	if o.Claims.SymbolAt == nil && c.Claims.SymbolAt != nil {
		o.Via = c.Via
		o.Claims.SymbolAt = c.Claims.SymbolAt
	}
	if o.Claims.NameSpan == nil {
		o.Claims.NameSpan = c.Claims.NameSpan
	}
	for _, p := range c.Pinpoints {
		if !hasPin(o.Pinpoints, p) {
			o.Pinpoints = append(o.Pinpoints, p)
		}
	}
	a, b := &o.Claims, c.Claims
	if a.Date.IsZero() && a.DateText == "" && a.Year == 0 {
		a.Date, a.DateText, a.DateSpan, a.Year, a.YearSpan = b.Date, b.DateText, b.DateSpan, b.Year, b.YearSpan
	}
	if a.Number == 0 {
		a.Number = b.Number
	}
	for _, pair := range []struct {
		to   *string
		from string
	}{{&a.Title, b.Title}, {&a.Body, b.Body}, {&a.Type, b.Type}, {&a.Session, b.Session}, {&a.Meeting, b.Meeting}, {&a.Author, b.Author}, {&a.URL, b.URL}} {
		if *pair.to == "" {
			*pair.to = pair.from
		}
	}
	o.Defines = append(o.Defines, c.Defines...)
}

func hasPin(list []cite.Pin, p cite.Pin) bool {
	for _, x := range list {
		if x == p {
			return true
		}
	}
	return false
}
