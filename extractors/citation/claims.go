package citation

import (
	"regexp"
	"sort"
	"strconv"
	"strings"

	"citecheck/pipeline/cite"
)

// citation makes the citation of a unit.
func (n *note) citation(u *unit, signal string) cite.Citation {
	to := trimStop(n.s, u.from, u.to)
	for to > u.from && (n.s[to-1] == ')' || n.s[to-1] == ']') {
		if b, ok := inside(n.brackets, to-1); !ok || b.from >= u.from || n.running {
			break
		}
		to = trimStop(n.s, u.from, to-1) // the bracket began before the citation
	}
	c := cite.Citation{Text: n.s[u.from:to], Span: n.span(u.from, to), Signal: signal}
	n.target(&c, u)
	var l lead
	n.leadOf(&l, u)
	if body := n.headBody(u); l.body == "" && body != "" {
		l.body = body
	}
	c.Pinpoints = n.pinpoints(u, &l)
	n.claim(&c, u, &l)
	return c
}

// headBody is the organ that an author-date style names as the author.
func (n *note) headBody(u *unit) string {
	for i := u.head.all.from; i < u.head.all.to; i++ {
		if !isWord(runeBefore(n.s, i)) {
			if o, _ := organAt(n.s, i); o != nil && !o.foreign {
				return o.name
			}
		}
	}
	return ""
}

// target sets what the unit cites, and how that was seen.
func (n *note) target(c *cite.Citation, u *unit) {
	cl := &c.Claims
	if m := u.name; m != nil {
		cl.NameSpan = n.spanAt(m.from, m.to)
		cl.Number, cl.Body, cl.Type, cl.Session, cl.Meeting = m.number, m.body, m.word, m.session, m.meeting
		c.Via, c.Symbol = cite.ViaName, m.sym
		if m.open {
			c.Open = questioned(m, n.s)
		}
	}
	m := u.symbol
	if m == nil {
		return
	}
	switch m.kind {
	case byURL:
		c.Via, c.Symbol, c.Open = cite.ViaURL, m.sym, nil
		return
	case damaged:
		c.Via, c.Symbol, c.Open = cite.ViaSymbol, cite.Symbol{}, questioned(m, n.s)
		if u.name != nil && !u.name.sym.IsZero() {
			cl.Words = u.name.sym
		}
	default:
		c.Via, c.Symbol, c.Open = cite.ViaSymbol, m.sym, nil
		c.Joint = m.joint
		if u.name != nil && !u.name.sym.IsZero() && u.name.sym != m.sym {
			cl.Words = u.name.sym
		}
	}
	cl.SymbolAt = n.spanAt(m.at.from, m.at.to)
}

// questioned is the finding of a symbol that is none, or of a name that names
// no one document.
func questioned(m *mention, s string) *cite.Finding {
	f := &cite.Finding{Check: "exists", Verdict: cite.Questioned, Claimed: s[m.at.from:m.at.to], Reason: m.reason, Candidates: m.candidates}
	if m.kind == byName {
		f.Claimed = s[m.from:m.to]
	}
	return f
}

// spanAt is the span of s[from:to] where a claim keeps it. Spans are made by the
// dozen.
func (n *note) spanAt(from, to int) *cite.Span {
	if len(n.spans) == cap(n.spans) {
		n.spans = make([]cite.Span, 0, min(max(4, 2*cap(n.spans)), 64))
	}
	n.spans = append(n.spans, n.span(from, to))
	return &n.spans[len(n.spans)-1]
}

// A lead is what the words before the first mention say.
type lead struct {
	body, author, title, kind string
	titleAt                   stretch
	pins                      []cite.Pin
	dates                     []dated
	session                   string
}

// leadOf reads the lead of a unit from its two ends: organ and author from
// the left, date and place from the right; what remains is the title.
func (n *note) leadOf(l *lead, u *unit) {
	if u.lead.to == 0 {
		return
	}
	s := n.s
	from, to := u.lead.from, u.lead.to
	l.kind = kindOf(s[from:to])
	if u.prose {
		n.described(l, from, to)
		return
	}
	to = n.cutRight(l, from, to)
	from = n.cutLeft(l, from, to)
	if q, ok := n.markedTitle(from, to); ok {
		l.titleAt = q
	} else if from < to {
		l.titleAt = stretch{from, to}
	}
	// After the marks stands what cutRight could not see: "‘Title’ (date)".
	l.title = titleText(s, l.titleAt)
	if generic(l.title) && !n.oneWord(l.title, l.titleAt) || isLower(firstByte(l.title)) {
		l.title, l.titleAt = "", stretch{}
	}
	if end := u.lead.from + len(strings.TrimRight(s[u.lead.from:u.lead.to], " (")); foldEnd(s, end, "contained in") >= 0 || foldEnd(s, end, "reproduced in") >= 0 || foldEnd(s, end, "annexed to") >= 0 {
		l.title, l.titleAt = "", stretch{} // what another document contains
	}
	if strings.Contains(s[u.lead.from:u.lead.to], "Official Records") {
		l.session = sessionIn(s[u.lead.from:u.lead.to])
		l.title, l.titleAt = "", stretch{}
	}
	l.author = firstNonEmpty(l.author, signedBy(s[u.lead.from:u.lead.to]))
	if l.body == "" && l.kind == "presidential statement" && strings.Contains(lower(s[u.lead.from:u.lead.to]), "president of the security council") {
		l.body = securityCouncil
	}
}

// described reads a lead in a sentence: "the Secretary-General’s report of 1
// June 2023". A letter's own date is not that of the document.
func (n *note) described(l *lead, from, to int) {
	text := n.s[from:to]
	l.author = signedBy(text)
	if l.kind == "letter" {
		return
	}
	// "the report of the Secretary-General of 26 November 2012 (S/2012/894)"
	if n.cutOf(l, from, trimLead(n.s, from, to)); len(l.dates) > 0 {
		return
	}
	for _, d := range datesIn(n.s, from, to) {
		for _, w := range []string{"report of ", "report dated ", "statement of ", "note of ", "rapport du ", "informe de ", "informe del ", "record of ", "president of the security council of ", "president of the security council on ", "president of the security council dated ", "president of the council on ", "président du conseil de sécurité du ", "presidente del consejo de seguridad de "} {
			if at := d.from - len(w); at >= from && hasFoldAt(n.s, at, w) && !rangeFollows(n.s, d.to) {
				l.dates = append(l.dates, d)
				return
			}
		}
	}
}

// signedBy is the author that the words for a document name.
func signedBy(text string) string {
	for i := 0; i < len(text); i++ {
		switch text[i] | 0x20 {
		case 'r', 's', 'n', 'i':
		default:
			continue
		}
		for _, w := range secretarysWords {
			if hasFoldAt(text, i, w) {
				return "Secretary-General"
			}
		}
	}
	return ""
}

var secretarysWords = []string{"report of the secretary-general", "secretary-general’s report", "secretary-general's report", "note by the secretary-general", "rapport du secrétaire général", "informe del secretario general"}

func firstNonEmpty(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

func firstByte(s string) byte {
	if s == "" {
		return 0
	}
	return s[0]
}

// cutRight takes dates, years and places off the end of the lead.
func (n *note) cutRight(l *lead, from, to int) int {
	s := n.s
	for k := 0; k < 6; k++ {
		end := trimLead(s, from, to)
		if end == from {
			return end
		}
		to = end
		// "(17 January 2005)"
		if s[end-1] == ')' {
			b, ok := inside(n.brackets, end-1)
			if !ok || b.to != end || b.from < from || n.inMention(b.from) {
				return end
			}
			var t tail
			if e := n.tailBracket(&t, s[:end], b.from); e != end {
				return end
			}
			l.dates = append(t.dates, l.dates...)
			l.pins = append(t.pins, l.pins...)
			to = b.from
			continue
		}
		cut := n.lastComma(from, end)
		if cut < from {
			return n.cutOf(l, from, end)
		}
		i := skipSpaces(s, cut+1)
		if pins, e := pinsAt(s[:end], i); len(pins) > 0 && e == end {
			l.pins = append(pins, l.pins...)
			to = cut
			continue
		}
		// "December 14, 2009": the comma inside the date.
		for _, at := range []int{i, n.beforeComma(from, cut), n.afterQuote(from, end)} {
			if at < from {
				continue
			}
			if d, ok := dateAt(s[:end], at); ok && d.to == end {
				l.dates = append([]dated{d}, l.dates...)
				to = max(from, at)
				break
			}
		}
		if to == end {
			break
		}
	}
	return n.cutOf(l, from, trimLead(s, from, to))
}

// cutOf takes a date off that "of" ties to the kind of document: "Statement by
// the President of the Security Council of 8 June 2021". A letter's own date is
// not that of the document.
func (n *note) cutOf(l *lead, from, end int) int {
	if len(l.dates) > 0 || l.kind == "letter" || l.kind == "" {
		return end
	}
	s := n.s
	for i := end - 1; i > from && end-i < 34; i-- {
		if s[i-1] != ' ' {
			continue
		}
		d, ok := dateAt(s[:end], i)
		if !ok || d.to != end {
			continue
		}
		before := trimRight(s, from, i)
		for _, of := range []string{"of", "dated", "du", "de", "del"} {
			if at := foldEnd(s, before, of); at > from && at > 0 && !n.inMention(i) {
				if w := lastWord(s, at); anyWordAt(s, w, "session", "meeting", "situation", "as") > 0 {
					return end
				}
				l.dates = append(l.dates, d)
				return trimLead(s, from, at)
			}
		}
	}
	return end
}

// inMention tells whether byte i belongs to a mention: the year of a
// resolution that a title names is no claim of the document.
func (n *note) inMention(i int) bool {
	k := sort.Search(len(n.mentions), func(k int) bool { return n.mentions[k].to > i })
	return k < len(n.mentions) && n.mentions[k].holds(i)
}

// lastComma is the last comma of s[from:to] outside quotations, italics and
// brackets, from-1 for none.
func (n *note) lastComma(from, to int) int {
	for i := to - 1; i >= from; i-- {
		if n.s[i] != ',' {
			continue
		}
		if _, ok := inside(n.quotes, i); ok {
			return from - 1
		}
		if _, ok := inside(n.italics, i); ok {
			return from - 1
		}
		if b, ok := inside(n.brackets, i); ok && b.from >= from {
			continue
		}
		return i
	}
	return from - 1
}

// afterQuote is where text goes on behind the last quotation of s[from:to],
// from-1 where there is none: "“Resolution 2423 (2018),” June 28, 2018".
func (n *note) afterQuote(from, to int) int {
	for k := len(n.quotes) - 1; k >= 0; k-- {
		if q := n.quotes[k]; q.from >= from && q.to < to {
			i := q.to
			if e := quoteMark(n.s, i, 1); e > 0 && i+e <= to {
				i += e
			}
			return skipSpaces(n.s, i)
		}
	}
	return from - 1
}

// beforeComma is the start of the part before the comma at cut.
func (n *note) beforeComma(from, cut int) int {
	k := n.lastComma(from, cut)
	return skipSpaces(n.s, k+1)
}

// trimLead is the end of s[from:to] without white space, commas and opening
// brackets.
func trimLead(s string, from, to int) int {
	for {
		to = trimRight(s, from, to)
		if to > from && (s[to-1] == ',' || s[to-1] == '(' || s[to-1] == ':' || s[to-1] == '[' || s[to-1] == ';') {
			to--
			continue
		}
		if d := len(lastRune(s, to)); to > from && dashAt(s, to-d) > 0 {
			to -= d
			continue
		}
		w := lastWord(s, to)
		if w >= from && w < to && (s[w:to] == "in" || s[w:to] == "document" || s[w:to] == "UN" || s[w:to] == "as") {
			to = w
			continue
		}
		return to
	}
}

// The offices and bodies that sign UN documents, as leads print them.
var authors = []string{"un secretary-general", "u.n. secretary-general", "united nations secretary-general", "secretary-general", "un secretariat", "united nations", "un", "u.n."}

// cutLeft takes the organ and the author off the start of the lead.
func (n *note) cutLeft(l *lead, from, to int) int {
	s := n.s
	for k := 0; k < 3 && from < to; k++ {
		comma := n.firstComma(from, to)
		part := stretch{from, to}
		if comma >= 0 {
			part.to = comma
		}
		text := strings.TrimSpace(s[part.from:part.to])
		o, e := organAt(s, from)
		if o == nil {
			// "UNSC, ‘Title’": short forms count at the start of a lead.
			o, e = shortOrganAt(s, from)
		}
		switch {
		case o != nil && !o.foreign && trimRight(s, e, part.to) == e:
			l.body = o.name
		case o != nil && !o.foreign && generic(titleText(s, stretch{e, part.to})):
			l.body = o.name // "UNSC Presidential Statement"
			return from
		case o != nil && !o.foreign && n.marksAt(skipSpaces(s, e)):
			l.body = o.name // "UNHRC ‘Report …’"
			return skipSpaces(s, e)
		case comma >= 0 && knownAuthor(text):
			if a := strings.ToLower(text); strings.HasSuffix(a, "secretary-general") {
				l.author = "Secretary-General"
			}
		case comma >= 0 && l.author == "" && l.body == "" && looksName(text):
			l.author = text
		case comma >= 0 && o != nil && !o.foreign && andAt(s, skipSpaces(s, e)) > 0:
			// two organs: neither alone is the body
		default:
			return from
		}
		from = skipSpaces(s, min(part.to+1, to))
	}
	return min(from, to)
}

// marksAt tells whether a quotation or italics begin at byte i.
func (n *note) marksAt(i int) bool {
	q, ok := inside(n.quotes, i)
	if !ok || q.from != i {
		q, ok = inside(n.italics, i)
	}
	return ok && q.from == i
}

func (n *note) firstComma(from, to int) int {
	for i := from; i < to; i++ {
		if n.s[i] != ',' {
			continue
		}
		if _, ok := inside(n.quotes, i); ok {
			return -1
		}
		if _, ok := inside(n.italics, i); ok {
			return -1
		}
		if b, ok := inside(n.brackets, i); ok {
			i = b.to - 1
			continue
		}
		return i
	}
	return -1
}

func shortOrganAt(s string, i int) (*organ, int) {
	if i >= len(s) {
		return nil, i
	}
	c := s[i]
	if isUpper(c) {
		c += 'a' - 'A'
	}
	for _, w := range organFirst[c] {
		if w.short && w.matches(s, i) {
			return w.organ, i + len(w.phrase)
		}
	}
	return nil, i
}

func knownAuthor(text string) bool {
	low := strings.ToLower(text)
	for _, a := range authors {
		if low == a {
			return true
		}
	}
	return false
}

// looksName tells whether a text can be who wrote a document: a few words
// that all begin with capitals, and a bracket.
func looksName(text string) bool {
	if o, _ := organAt(text, 0); o != nil && !o.foreign {
		return false // "General Assembly and Security Council"
	}
	text, _, _ = strings.Cut(text, " (")
	words := strings.Fields(text)
	if len(words) == 0 || len(words) > 7 || len(words) == 1 && !(len(text) > 2 && allUpper(text)) {
		return false // one word is a title's first more often than a name
	}
	for _, w := range words {
		switch strings.ToLower(w) {
		case "report", "letter", "note", "statement", "resolution", "resolutions", "review", "draft", "decision", "record", "records", "situation", "implementation", "activities", "release", "declaration", "convention", "agenda", "programme", "framework", "summary", "comment":
			return false
		case "of", "the", "on", "for", "and", "de", "van", "von", "der", "den", "&", "to":
			continue
		}
		if !isUpperRune(w, 0) {
			return false
		}
	}
	return true
}

// markedTitle is the title in quotation marks or italics inside s[from:to].
func (n *note) markedTitle(from, to int) (stretch, bool) {
	for _, list := range [][]stretch{n.quotes, n.italics} {
		for i := len(list) - 1; i >= 0; i-- {
			q := list[i]
			if q.to <= from {
				break
			}
			if q.from >= from && q.from < to && q.to-q.from > 6 {
				q.to = min(q.to, to)
				return q, true
			}
		}
	}
	return stretch{}, false
}

// titleText is a title without its marks and closing comma.
func titleText(s string, at stretch) string {
	text := strings.TrimSpace(s[at.from:at.to])
	text = strings.Trim(text, "“”„\"«»*")
	text = strings.TrimPrefix(text, "‘")
	if r := strings.TrimSuffix(text, "’"); r != text && !strings.HasSuffix(text, "s’") || strings.HasPrefix(s[at.from:at.to], "‘") {
		text = strings.TrimSuffix(text, "’")
	}
	return strings.TrimSpace(strings.TrimRight(strings.TrimSpace(text), ",;:."))
}

// generic tells whether a title only says what kind of document it is: it
// claims nothing that could be wrong.
func generic(title string) bool {
	low := strings.Trim(title, " .,:")
	if len(low) > 72 {
		return false // longer than all that follow
	}
	low = strings.ToLower(low)
	if strings.Contains(low, "statement ") {
		low = strings.TrimRight(low, " 0123456789/") // "S.C. Pres. Statement 2018/10"
	}
	switch low {
	case "", "secretary-general's report", "secretary-general’s report", "report of the secretary-general", "the report of the secretary-general", "note by the secretary-general", "statement by the president of the security council",
		"presidential statement", "statement by the president", "resolution", "resolutions", "report", "letter", "note", "draft resolution", "verbatim record", "provisional verbatim record",
		"security council resolution", "general assembly resolution", "summary record", "press release", "meeting record", "decision", "document", "doc", "un doc", "official records",
		"pres. statement", "s.c. pres. statement", "security council presidential statement", "united nations", "un", "press statement", "res", "res.":
		return true
	}
	if !strings.Contains(low, " ") {
		return true // one word is no title
	}
	for _, w := range []string{"security council resolution", "general assembly resolution", "human rights council resolution", "united nations security council resolution", "un security council resolution",
		"united nations general assembly resolution", "meeting", "press release", "meeting record", "pres. statement", "presidential statement", "verbatim record", "official records of"} {
		if strings.HasSuffix(low, w) || strings.HasSuffix(low, w+"s") {
			return true
		}
	}
	return false
}

// oneWord tells whether a title is one word that stands in marks: “Cyprus”.
func (n *note) oneWord(title string, at stretch) bool {
	return len(title) > 3 && strings.IndexByte(title, ' ') < 0 && n.marksAt(at.from) && !documentWord(title)
}

func documentWord(word string) bool {
	switch strings.ToLower(word) {
	case "resolution", "report", "letter", "note", "decision", "document", "statement", "ibid", "supra":
		return true
	}
	return false
}

// kinds are the words that name a type of document, the most telling first.
var kinds = [][2]string{
	{"statement by the president", "presidential statement"}, {"presidential statement", "presidential statement"}, {"pres. statement", "presidential statement"},
	{"déclaration du président", "presidential statement"}, {"declaración de la presidencia", "presidential statement"},
	{"verbatim record", "meeting record"}, {"meeting record", "meeting record"}, {"summary record", "meeting record"}, {"scor", "meeting record"}, {"th meeting", "meeting record"},
	{"draft resolution", "draft"}, {"press release", "press release"},
	{"letter", "letter"}, {"lettre", "letter"}, {"carta", "letter"}, {"note verbale", "note"}, {"report", "report"}, {"rapport", "report"}, {"informe", "report"}, {"note by", "note"}, {"memorandum", "memorandum"},
	{"press statement", "statement"}, {"joint statement", "statement"},
}

// kindIndex holds the places in kinds by first letter.
var kindIndex = func() (t [256][]int) {
	for k, row := range kinds {
		t[row[0][0]] = append(t[row[0][0]], k)
	}
	return t
}()

// kindOf is the type of document that words name.
func kindOf(text string) string {
	best := len(kinds)
	for i := 0; i < len(text); i++ {
		c := text[i]
		if isUpper(c) {
			c += 'a' - 'A'
		}
		for _, k := range kindIndex[c] {
			w := kinds[k][0]
			if k < best && hasFoldAt(text, i, w) && (!isWord(runeBefore(text, i)) || w == "th meeting") {
				best = k
			}
		}
	}
	if best == len(kinds) {
		return ""
	}
	return kinds[best][1]
}

// pinpoints are the places of a unit, in the order of the text.
func (n *note) pinpoints(u *unit, l *lead) []cite.Pin {
	var out []cite.Pin
	for _, m := range [2]*mention{u.name, u.symbol} {
		if m != nil {
			out = append(out, m.pins...)
		}
	}
	out = append(out, l.pins...)
	out = append(out, u.tail.pins...)
	for _, m := range [2]*mention{u.symbol, u.name} {
		if m != nil && m.part != "" {
			out = append([]cite.Pin{partPin(m.part)}, out...)
			break
		}
	}
	once := out[:0]
	for _, p := range out {
		if !hasPin(once, p) {
			once = append(once, p)
		}
	}
	if len(once) == 0 {
		return nil
	}
	return once
}

// partPin is the pinpoint of "B" or "A-C".
func partPin(part string) cite.Pin {
	part = cite.Respell(part)
	from, to, ok := strings.Cut(part, "-")
	if !ok || len(from) != 1 || len(to) != 1 {
		from, to = part, part
	}
	return cite.Pin{Unit: cite.UnitPart, From: from, To: to}
}

// claim fills in what the citation says of its document.
func (n *note) claim(c *cite.Citation, u *unit, l *lead) {
	cl := &c.Claims
	if cl.Body == "" {
		cl.Body = l.body
	}
	if cl.Type == "" {
		cl.Type = l.kind
	}
	if cl.Type == "" && n.calledResolution(u) {
		cl.Type = "resolution"
	}
	if cl.Session == "" {
		cl.Session = l.session
	}
	cl.Author = l.author
	cl.Title, cl.TitleSpan = n.title(u, l)
	n.nameAsTitle(c, u)
	cl.URL = u.url
	if cl.URL == "" {
		cl.URL = u.tail.url
	}
	if cl.Meeting == "" {
		cl.Meeting = u.tail.meet
	}
	n.claimDate(cl, u, l)
}

// resolutionName is a title that is nothing but a resolution's name.
var resolutionName = regexp.MustCompile(`(?i)^(?:(?:UN|U\.N\.|United Nations)\s+)?(?:(?:Security Council|General Assembly|Human Rights Council)\s+)?(?:Resolution|Res\.)\s+(?:No\.?\s*)?(\d{1,4}|\d{1,2}/\d{1,3})(?:\s*\((\d{4})\))?$`)

// nameAsTitle takes the name of a resolution that is set as its title for what
// it is: "UN Security Council, “Resolution 2423 (2018),” S/RES/2423" claims a
// number and a year, which the symbol must bear out.
func (n *note) nameAsTitle(c *cite.Citation, u *unit) {
	cl := &c.Claims
	if u.name != nil || cl.TitleSpan == nil || c.Symbol.Series() != "resolution" {
		return
	}
	m := resolutionName.FindStringSubmatch(cl.Title)
	if m == nil {
		return
	}
	prefix := "S/RES/"
	if !c.Symbol.IsCouncilResolution() {
		prefix = c.Symbol.String()[:strings.Index(c.Symbol.String(), "RES/")+len("RES/")]
	}
	words, err := cite.ParseSymbol(prefix + m[1])
	if err != nil || words.Series() != "resolution" {
		return
	}
	if words != c.Symbol {
		cl.Words = words
	}
	number := m[1][strings.IndexByte(m[1], '/')+1:]
	cl.Number, _ = strconv.Atoi(number) // digits
	cl.Type, cl.NameSpan = "resolution", cl.TitleSpan
	if year, err := strconv.Atoi(m[2]); err == nil {
		at := *cl.TitleSpan
		runes := []rune(cl.Title)
		from := at.Start + len(runes) - len("2018)")
		cl.Year, cl.YearSpan = year, &cite.Span{Start: from, End: from + len("2018")}
	}
	cl.Title, cl.TitleSpan = "", nil
}

// calledResolution tells whether the word before a symbol calls it one:
// "Security Council resolution S/PRST/2018/10".
func (n *note) calledResolution(u *unit) bool {
	if n.running || u.name != nil || u.symbol == nil || u.symbol.kind != bySymbol || u.lead.to == 0 {
		return false
	}
	end := trimRight(n.s, u.lead.from, u.symbol.at.from)
	at := lastWord(n.s, end)
	return at >= u.lead.from && anyWordAt(n.s, at, "resolution", "res", "résolution", "resolución") == end
}

func (n *note) title(u *unit, l *lead) (string, *cite.Span) {
	title, at := l.title, l.titleAt
	if title == "" && u.tail.title.to > 0 {
		at = u.tail.title
		title = titleText(n.s, at)
	}
	if title == "" || generic(title) && !n.oneWord(title, at) {
		return n.titleAfterDate(u)
	}
	return title, n.spanAt(at.from, at.to)
}

// claimDate chooses among the dates of a unit: the one inside or right after
// the name, after the symbol, then before it.
func (n *note) claimDate(cl *cite.Claims, u *unit, l *lead) {
	inTitle := cl.Year // that of a name set as a title
	dates := u.tail.dates
	if len(dates) == 0 && u.name != nil {
		dates = u.name.dates
	}
	if len(dates) == 0 {
		dates = l.dates
	}
	if len(dates) == 0 {
		dates = n.datesOf(n.headOf(u, u.from))
	}
	if len(dates) > 0 {
		d := dates[0]
		if d.year == 0 { // "resolution 1658 (2006) of 14 February"
			if d.year = firstNonZero(yearOf(u.name), yearOf(u.symbol), u.tail.year); d.date.Month > 0 {
				d.date.Year = d.year
			}
		}
		if d.year > 0 {
			cl.Date, cl.DateText, cl.Year = d.date, d.text, d.year
			cl.DateSpan = n.spanAt(d.from, d.to)
		}
	}
	if cl.YearSpan != nil {
		cl.Year = inTitle
		return
	}
	// A year in brackets after the number is a claim of its own.
	for _, y := range []struct {
		year int
		at   stretch
	}{{yearOf(u.name), yearSpan(u.name)}, {yearOf(u.symbol), yearSpan(u.symbol)}, {u.tail.year, u.tail.yearAt}} {
		if y.year != 0 {
			cl.Year = y.year
			cl.YearSpan = n.spanAt(y.at.from, y.at.to)
			break
		}
	}
}

func firstNonZero(list ...int) int {
	for _, n := range list {
		if n != 0 {
			return n
		}
	}
	return 0
}

func yearOf(m *mention) int {
	if m == nil {
		return 0
	}
	return m.year
}

func yearSpan(m *mention) stretch {
	if m == nil {
		return stretch{}
	}
	return m.yearAt
}

// sessionIn is the session that words name: "Fifty-second Session" is "52",
// "60th session" is "60".
func sessionIn(text string) string {
	low := lower(text)
	at := strings.Index(low, "session")
	if at < 0 {
		at = strings.Index(low, "sess.")
	}
	if at < 0 {
		return ""
	}
	if num, from := ordinalBefore(low, at); num > 0 && from < at {
		return strconv.Itoa(num)
	}
	end := trimRight(low, 0, at)
	k := end
	for k > 0 && (isLower(low[k-1]) || low[k-1] == '-') {
		k--
	}
	if n := ordinalNumber(low[k:end]); n > 0 {
		return strconv.Itoa(n)
	}
	return ""
}

// ordinalNumber is the value of "fifty-second", 0 for no ordinal below 100.
func ordinalNumber(word string) int {
	for i, w := range ordinalWords {
		if word == w {
			return i + 1
		}
	}
	tens := []string{"twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"}
	tenths := []string{"twentieth", "thirtieth", "fortieth", "fiftieth", "sixtieth", "seventieth", "eightieth", "ninetieth"}
	first, second, ok := strings.Cut(word, "-")
	for i := range tens {
		if word == tenths[i] {
			return (i + 2) * 10
		}
		if ok && first == tens[i] {
			if n := ordinalNumber(second); n > 0 && n < 10 {
				return (i+2)*10 + n
			}
		}
	}
	return 0
}
