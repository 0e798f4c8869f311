package citation

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"citecheck/pipeline/cite"
)

// longestWork bounds what is read as one work. The longest real citation of
// one source, with its address, has some eight hundred characters.
const longestWork = 2500

// parseWork reads one cited source that is no UN document; nil when the text
// is no citation but a remark. italics are spans of text.
//
// What has marks of its own comes first: address, DOI, ISBN, the day of
// access, brackets that set up a short form. Then the title, which quotation
// marks or italics set off, or else the order of the parts gives away. What
// stands before the title is the author; what follows is read part by part.
func parseWork(text string, italics []cite.Span) *cite.Work {
	if len(text) < 5 || len(text) > longestWork {
		return nil
	}
	if rest, ok := strings.CutPrefix(text, "the "); ok && len(rest) > 4 {
		// "see the Commentary on …": spans of italics move with the text.
		var moved []cite.Span
		for _, it := range italics {
			moved = append(moved, cite.Span{Start: max(0, it.Start-4), End: max(0, it.End-4)})
		}
		return parseWork(rest, moved)
	}
	w := &cite.Work{}
	core := peel(w, text)
	if ownPart(core) {
		return nil
	}
	if strings.HasPrefix(core, "For ") {
		// "For a history of the project, see X": the source comes after.
		for _, lead := range []string{", see generally ", ", see also ", ", see, e.g., ", ", see e.g. ", ", see "} {
			if at := strings.Index(core, lead); at > 0 && at+len(lead) < len(core) && strings.HasPrefix(text, core[:at]) {
				from := at + len(lead)
				points := utf8.RuneCountInString(text[:from])
				var moved []cite.Span
				for _, it := range italics {
					moved = append(moved, cite.Span{Start: max(0, it.Start-points), End: max(0, it.End-points)})
				}
				return parseWork(text[from:], moved)
			}
		}
	}
	if at := strings.Index(core, ", supra note "); at > 0 && strings.Contains(core[:at], " in ") {
		core = core[:at] // a chapter of a book cited before
	}
	if unpublished(w, core) || treatySeriesEntry(w, core) || salesPublication(w, core) || bibliography(w, core) {
		return w
	}
	if t, ok := markedTitle(core, text, italics); ok {
		if w := titledWork(*w, core, t); w != nil {
			return w
		}
		if before := strings.TrimRight(core[:t.from], " "); t.quoted && (before == "" || !isWord(runeBefore(before, len(before)))) {
			return bareAddress(w, core) // else a title quotes something
		}
	}
	if caseWork(w, core) || statuteWork(w, core) || articleOf(w, core) || plainWork(w, core) || paper(w, core) {
		return w
	}
	return bareAddress(w, core)
}

// A titleAt is a title with its quotation marks, in bytes of the text.
type titleAt struct {
	stretch
	text   string
	quoted bool
}

// markedTitle is the first quotation, else the first stretch of italics, that
// may be a title.
func markedTitle(core, text string, italics []cite.Span) (titleAt, bool) {
	quoted, found := quotedTitle(core)
	if len(italics) == 0 {
		return quoted, found
	}
	src := newSource(text)
	for _, span := range italics {
		from, to := src.bytes(span)
		to = trimRight(text, from, to)
		if to > len(core) || from >= to || text[from:to] != core[from:to] || utf8.RuneCountInString(text[from:to]) < 4 || notTitle(text[from:to]) {
			continue
		}
		if found && quoted.from <= to {
			break // the italics after a quoted title are its container
		}
		if found && (isLatin(text[from:to]) || caseIn(text[from:to]) < 0) {
			// A quotation after an italic title explains it, but an italic
			// word before a quoted title is a name: a newspaper's, a ship's.
			if !authorLike(core[:from]) || from == 0 && len(strings.Fields(text[from:to])) < 4 {
				continue
			}
		}
		if k := foldEnd(text, to, "in"); k > from && strings.HasSuffix(strings.TrimRight(text[:k], " "), ",") {
			to = trimRight(text, from, k) // "*Title, in* BOOK"
		}
		return titleAt{stretch: stretch{from, to}, text: trimTitle(text[from:to])}, true
	}
	return quoted, found
}

// notTitle tells whether italics are those of a word that citations set so.
func notTitle(s string) bool {
	s = strings.Trim(strings.ToLower(s), " .,:;()")
	if _, e := signalAt(s, 0); e >= len(s) {
		return true
	}
	switch s {
	case "ibid", "idem", "supra", "infra", "inter alia", "et al", "op. cit", "op.cit", "loc. cit", "passim", "available at", "mutatis mutandis", "prima facie", "in re", "et seq", "hereinafter", "in":
		return true
	}
	return false
}

func isLatin(s string) bool { return strings.ToLower(s) == s }

// quotedTitle is the first quotation that may be a title, with what it quotes
// itself inside.
func quotedTitle(s string) (titleAt, bool) {
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c != '"' && c != '\'' && c < 0x80 {
			continue
		}
		mark := markAt(s, i)
		if mark == "" {
			continue
		}
		end := quoteEnd(s, i+len(mark), mark)
		if end < 0 {
			continue
		}
		text := trimTitle(s[i:end])
		if utf8.RuneCountInString(text) < 3 {
			i = end - 1
			continue
		}
		return titleAt{stretch: stretch{i, end}, text: text, quoted: true}, true
	}
	return titleAt{}, false
}

// markAt is the opening quotation mark at byte i.
func markAt(s string, i int) string {
	switch {
	case s[i] == '"':
		return `"`
	case strings.HasPrefix(s[i:], "‘‘"):
		return "‘‘"
	case strings.HasPrefix(s[i:], "''") && !isWord(runeBefore(s, i)):
		return "''"
	case strings.HasPrefix(s[i:], "“"), strings.HasPrefix(s[i:], "„"), strings.HasPrefix(s[i:], "«"):
		_, n := utf8.DecodeRuneInString(s[i:])
		return s[i : i+n]
	case s[i] == '\'' || strings.HasPrefix(s[i:], "‘"):
		_, n := utf8.DecodeRuneInString(s[i:])
		if !isWord(runeBefore(s, i)) && (isWord(runeAt(s, i+n)) || strings.IndexByte("[(¿¡", byte(runeAt(s, i+n)&0x7f)) >= 0) {
			return s[i : i+n]
		}
	}
	return ""
}

// quoteEnd is the end of the quotation that mark began before byte i, nested
// ones skipped; -1 where it never ends.
func quoteEnd(s string, i int, mark string) int {
	if mark == "‘‘" || mark == "''" {
		// Typewriter's quotation marks, of two characters.
		for _, end := range []string{"’’", "''", "”"} {
			if k := strings.Index(s[i:], end); k >= 0 {
				return i + k + len(end)
			}
		}
		return -1
	}
	depth := 1
	for k := i; k < len(s); {
		if c := s[k]; c < 0x80 && c != '"' && c != '\'' {
			k++
			continue
		}
		r, n := utf8.DecodeRuneInString(s[k:])
		switch {
		case mark == "“" && r == '“', mark == "«" && r == '«', mark == "„" && r == '„':
			depth++
		case mark == "“" && (r == '”' || r == '"'), mark == "«" && r == '»', mark == "„" && (r == '“' || r == '”'):
			depth--
		case mark == `"` && r == '"':
			// A straight mark after a space opens a quotation inside this one.
			if !isWord(runeAt(s, k+n)) || !unicode.IsSpace(runeBefore(s, k)) {
				depth--
			} else {
				depth++
			}
		case mark == "‘" && r == '‘' && !isWord(runeBefore(s, k)):
			depth++
		case (mark == "‘" && r == '’' || mark == "'" && r == '\'') && closesSingle(s, k, n):
			depth--
		}
		k += n
		if depth == 0 {
			return k
		}
	}
	return -1
}

// closesSingle tells an end mark from an apostrophe: "States’ rights" goes on
// in small letters, a citation after its title hardly ever does.
func closesSingle(s string, k, n int) bool {
	if isWord(runeAt(s, k+n)) {
		return false
	}
	next := skipSpaces(s, k+n)
	if next >= len(s) || next == k+n || !unicode.IsLower(runeAt(s, next)) {
		return true
	}
	return anyWordAt(s, next, "in", "available", "dans", "en", "accessed", "vol", "no", "p", "pp", "para", "paras", "at") > 0
}

// trimTitle takes quotation marks and closing punctuation off the ends of a
// title.
func trimTitle(s string) string {
	s = strings.TrimSpace(s)
	for {
		before := s
		s = strings.TrimSpace(strings.Trim(s, ",;: "))
		if mark := ""; s != "" {
			if mark = markAt(s, 0); mark != "" && quoteEnd(s, len(mark), mark) == len(s) {
				_, n := utf8.DecodeLastRuneInString(s)
				if mark == "''" || mark == "‘‘" {
					n = len(s) - len(strings.TrimRight(s, "’'”"))
				}
				s = s[len(mark):max(len(mark), len(s)-n)]
			}
		}
		if strings.HasSuffix(s, ".") && !abbreviationEnds(s, 0, len(s)) && !strings.HasSuffix(s, "..") && !endsInitial(s) {
			s = s[:len(s)-1]
		}
		if s == before {
			return s
		}
	}
}

// endsInitial tells whether a text ends with a letter and a dot: "the U.N."
func endsInitial(s string) bool {
	return len(s) > 2 && isAlpha(s[len(s)-2]) && !isAlpha(s[len(s)-3])
}

// titledWork reads a citation whose title is set off; nil where the words
// around it are no author and no source.
func titledWork(w cite.Work, core string, t titleAt) *cite.Work {
	before, after := dropEntitled(core[:t.from]), core[t.to:]
	if t.quoted && len(strings.Fields(t.text)) > 60 {
		return nil
	}
	if at := caseIn(t.text); at > 0 && !t.quoted {
		if caseWork(&w, core) {
			return &w
		}
	}
	if inMark := lastWordIs(before, "in"); !inMark && !authorLike(before) {
		return nil
	}
	if !sourceLike(before, after, t, &w) {
		return nil
	}
	w.Title = t.text
	if sub := subtitle(after); t.quoted && sub > 0 {
		w.Title, after = trimTitle(core[t.from:t.to+sub]), after[sub:]
	}
	w.Author, w.Editor = creators(takeNumber(&w, before))
	f := readTail(&w, after, t.quoted)
	settle(&w, f, t.quoted)
	return &w
}

// subtitle is the end of the sub-title that follows a quotation with which a
// title begins: "“Everyone Is in on the Game”: Corruption and Abuses in
// Examplia, August 2010"; 0 for none.
func subtitle(after string) int {
	if !strings.HasPrefix(after, ": ") || !isUpperRune(after, 2) {
		return 0
	}
	end := strings.IndexAny(after, ",(")
	if end < 0 {
		return 0
	}
	end = len(strings.TrimRight(after[:end], " "))
	text := after[2:end]
	if len(strings.Fields(text)) < 3 || strings.ContainsAny(text, "0123456789.;:“”\"") || prose(text) {
		return 0
	}
	return end
}

// dropEntitled takes the words off that lead to a title: "OIOS, report No.
// 2025/002, entitled “Audit”".
func dropEntitled(s string) string {
	end := len(strings.TrimRight(s, " ,:"))
	for _, w := range []string{"entitled", "titled", "intitulé", "intitulée", "titulado", "titulada"} {
		if k := foldEnd(s, end, w); k >= 0 {
			s = strings.TrimRight(s[:k], " ")
			// "OIOS, evaluation study entitled": what kind of paper it is.
			if comma := strings.LastIndex(s, ", "); comma > 0 && lower(s[comma:]) == s[comma:] && len(strings.Fields(s[comma:])) < 6 && hasPaperWord(s[comma:]) {
				s = s[:comma+1]
			}
			return s
		}
	}
	return s
}

// takeNumber takes the kind and number of a paper out of what stands before
// its title.
func takeNumber(w *cite.Work, before string) string {
	at := strings.LastIndex(strings.TrimRight(before, " ,"), ", ")
	if at < 0 {
		return before
	}
	part := strings.Trim(before[at:], " ,")
	if !seriesPart(part) || !strings.ContainsAny(part, "0123456789") {
		return before
	}
	addSeries(w, part)
	return before[:at]
}

func lastWordIs(s, word string) bool {
	s = strings.TrimRight(s, " ,:")
	return foldEnd(s, len(s), word) >= 0
}

// authorLike tells whether what stands before a title can be its author:
// nothing, or names that a comma, colon, stop or bracket ends. A sentence
// that happens to quote something goes on without any.
func authorLike(s string) bool {
	s = strings.TrimSpace(s)
	if s == "" {
		return true
	}
	if len(s) > 300 || strings.IndexByte(",:;.)–", s[len(s)-1]) < 0 && !strings.HasSuffix(s, "—") && !strings.HasSuffix(s, "–") {
		return false
	}
	if s[len(s)-1] == '.' && strings.ContainsAny(s, "0123456789") {
		return false // a sentence or another citation
	}
	if r, first := runeAt(s, 0), firstWord(s); !nameLike(first) && !unicode.IsUpper(r) && !unicode.IsDigit(r) && !particle[first] && s[0] != '(' {
		return false
	}
	small, all := 0, 0
	eachWord(s, func(word string) bool {
		all++
		r := runeAt(word, 0)
		if unicode.IsLower(r) && !particle[word] && !joining[word] && !nameLike(word) {
			small++
		}
		return true
	})
	return all > 0 && small*4 <= all && all <= 40 && !prose(s)
}

// joining are small words inside the names of authors and bodies.
var joining = wordSet("and et al y e und for of the on in with to eds ed edited by und pour sur para for trans comp dir coord others autres otros at from")

// sourceLike tells whether what follows a title goes on as a source does:
// with a container, a date, an imprint, or an address.
func sourceLike(before, after string, t titleAt, w *cite.Work) bool {
	rest := strings.Trim(after, " ,.;:")
	if w.URL != "" || w.DOI != "" {
		return len(rest) < 400 && !prose(rest)
	}
	if rest == "" {
		// "Crisis Group, “MINUSMA at a Crossroads”": an author is needed.
		return strings.TrimSpace(before) != "" && (!t.quoted || endsComma(before))
	}
	if len(rest) > 500 || prose(rest) {
		return false
	}
	r := runeAt(rest, 0)
	if !unicode.IsUpper(r) && !unicode.IsDigit(r) && rest[0] != '(' && rest[0] != '[' && anyWordAt(rest, 0, "in", "dans", "en", "vol", "no", "nº", "p", "pp", "page", "pages", "special", "working", "policy", "thesis", "unpublished", "forthcoming", "ed", "eds", "edited", "trans", "n°", "op-ed", "statement", "speech", "paper", "report", "press", "video", "podcast", "at", "para", "paras", "mimeo") < 0 && !particle[firstWord(rest)] {
		return false
	}
	if anyYear(rest) {
		return true
	}
	return endsComma(before) || strings.TrimSpace(before) == "" && (pressName(rest) || undated(rest))
}

func endsComma(s string) bool {
	s = strings.TrimSpace(s)
	return strings.HasSuffix(s, ",") || strings.HasSuffix(s, ":")
}

func undated(s string) bool {
	return wordIn(s, "forthcoming") || strings.Contains(s, "n.d.") || wordIn(s, "undated") || strings.Contains(s, "s.d.")
}

// ownPart tells whether a segment points to a part of the report itself:
// "supra Section I.A", "see Part II below", "supra notes 104–109 and
// accompanying text".
func ownPart(s string) bool {
	if len(s) > 160 {
		return false
	}
	low := lower(s)
	if strings.Contains(low, "accompanying text") || strings.Contains(low, "texte correspondant") {
		return true
	}
	for _, w := range []string{"supra", "infra", "above", "below", "ci-dessus", "ci-dessous", "más arriba", "más abajo"} {
		if wordIn(low, w) && !strings.Contains(low, "note") && !strings.Contains(low, "nota") {
			for _, part := range []string{"section", "part", "chapter", "annex", "table", "figure", "box", "appendix", "chapitre", "partie", "capítulo", "sección", "sect", "ch"} {
				if wordIn(low, part) && len(strings.Fields(s)) < 9 {
					return true
				}
			}
		}
	}
	return false
}

// unpublished reads interviews and letters, which have no title.
func unpublished(w *cite.Work, core string) bool {
	low := lower(core[:min(len(core), 120)])
	k := 0
	for _, lead := range []string{"author's ", "author’s ", "authors' ", "authors’ ", "author "} {
		if strings.HasPrefix(low, lead) {
			k = len(lead)
			break
		}
	}
	if k == 0 {
		k = bodyBefore(core, low)
	}
	for more := true; more; {
		more = false
		for _, how := range []string{"telephone ", "phone ", "skype ", "zoom ", "online ", "virtual ", "remote ", "email ", "e-mail ", "confidential ", "personal ", "written ", "follow-up ", "anonymous ", "in-person ", "oral ", "whatsapp ", "video "} {
			if strings.HasPrefix(low[k:], how) {
				k += len(how)
				more = true
			}
		}
	}
	typ := ""
	for _, s := range []struct{ lead, typ string }{{"interview with ", "interview"}, {"interviews with ", "interview"}, {"interview by ", "interview"}, {"interview, ", "interview"}, {"interviews, ", "interview"}, {"interviews conducted ", "interview"},
		{"interview conducted ", "interview"}, {"entretien avec ", "interview"}, {"entretiens avec ", "interview"}, {"entrevista con ", "interview"}, {"entrevistas con ", "interview"}, {"focus group with ", "interview"}, {"focus group discussion with ", "interview"},
		{"communication with ", "personal_communication"}, {"communication from ", "personal_communication"}, {"communication, ", "personal_communication"}, {"correspondence with ", "personal_communication"}, {"exchange with ", "personal_communication"},
		{"exchanges with ", "personal_communication"}, {"conversation with ", "personal_communication"}, {"conversations with ", "personal_communication"}, {"discussion with ", "personal_communication"}, {"discussions with ", "personal_communication"},
		{"e-mail from ", "personal_communication"}, {"email from ", "personal_communication"}, {"email to ", "personal_communication"}, {"email with ", "personal_communication"}, {"letter to the author", "personal_communication"}, {"message to the author", "personal_communication"}} {
		if strings.HasPrefix(low[k:], s.lead) {
			typ = s.typ
			break
		}
	}
	if typ == "" || prose(core) || len(core) > 400 {
		return false
	}
	w.Type, w.Title = typ, strings.Trim(core, " .,;")
	if d, ok := lastDate(core); ok {
		w.Issued = d.date.CSL()
	}
	return true
}

// bodyBefore is the end of the body that held an interview: "Human Rights Watch
// telephone interview with …", "Crisis Group interviews, …".
func bodyBefore(core, low string) int {
	at := -1
	for _, word := range []string{" telephone interview", " phone interview", " interview", " email ", " e-mail "} {
		if at = strings.Index(low, word); at > 0 {
			break
		}
	}
	if at < 3 || at > 60 {
		return 0
	}
	for _, word := range strings.Fields(core[:at]) {
		if !isUpperRune(word, 0) {
			return 0
		}
	}
	return at + 1
}

// bareAddress is the last resort for a text with an address: the page itself,
// under the words that stand before it.
func bareAddress(w *cite.Work, core string) *cite.Work {
	s := strings.Trim(core, " .,;:–—-()[]<>")
	if w.URL == "" && w.DOI == "" || len(s) > 250 || prose(s) {
		return nil
	}
	if s != "" && !isUpperRune(s, 0) && !isDigit(s[0]) && markAt(s, 0) == "" {
		// "the data are available at www…": the words lead up to the address.
		if len(strings.Fields(s)) > 6 {
			return nil
		}
		s = ""
	}
	w.Type = "webpage"
	if d, ok := lastDate(s); ok {
		w.Issued = d.date.CSL()
		if d.to == len(s) || strings.Trim(s[d.to:], " ,.)") == "" {
			s = s[:d.from]
		}
	}
	w.Title = trimTitle(strings.Trim(s, " .,;:–—-()[]"))
	if connector(lower(w.Title)) {
		w.Title = ""
	}
	return w
}

// runOfDays reads the end of a run of days or months that ends a text: "26
// August–4 September 2002", "July–August 1992".
func runOfDays(s string) (dated, bool) {
	for i := len(s) - 1; i >= 0 && i > len(s)-30; i-- {
		n := dashAt(s, i)
		if n == 0 {
			continue
		}
		before := trimRight(s, 0, i)
		if before == 0 || !isWord(runeBefore(s, before)) {
			return dated{}, false
		}
		d, ok := dateAt(s, skipSpaces(s, i+n))
		if !ok || d.to != len(s) || d.date.IsZero() {
			return dated{}, false
		}
		from := before
		for from > 0 && (isAlnum(s[from-1]) || s[from-1] >= 0x80 && dashAt(s, from-1) == 0) {
			from--
		}
		if day := trimRight(s, 0, from); isAlpha(s[from]) && day > 0 && isDigit(s[day-1]) {
			for day > 0 && isDigit(s[day-1]) {
				day--
			}
			from = day
		}
		if m, _ := monthAt(s, from); m == 0 && !isDigit(s[from]) {
			return dated{}, false
		}
		d.from = from
		return d, true
	}
	return dated{}, false
}

// lastDate is the last date of a text, or its last year.
func lastDate(s string) (dated, bool) {
	if d, ok := runOfDays(s); ok {
		return d, true
	}
	var best dated
	found := false
	for i := len(s) - 1; i >= 0 && !found; i-- {
		// A year ends every date but those in figures.
		if !isDigit(s[i]) || i > 0 && isDigit(s[i-1]) {
			continue
		}
		if year, to := workYearAt(s, i); year > 0 {
			best, found = dated{stretch: stretch{i, to}, date: cite.Date{Year: year}, year: year}, true
		}
	}
	ds := datesIn(s, 0, len(s))
	if len(ds) == 0 {
		return best, found
	}
	last := ds[len(ds)-1]
	if !found || last.to >= best.to || best.from < last.to {
		if last.date.IsZero() {
			last.date = cite.Date{Year: last.year}
		}
		return last, true
	}
	return best, true
}

// workYearAt reads a year of four digits that stands for itself: not part of
// a number, a range of pages or a symbol. "2018a" and "2018/19" are years.
func workYearAt(s string, i int) (year, end int) {
	if b := runeBefore(s, i); isWord(b) || b == '/' || b == '.' && i > 1 && isDigit(s[i-2]) || b == '-' && i > 1 && isAlnum(s[i-2]) || b == '#' || b == '$' {
		return 0, i
	}
	j := digitsAt(s, i, 4)
	if j-i != 4 {
		return 0, i
	}
	year = int(s[i]-'0')*1000 + int(s[i+1]-'0')*100 + int(s[i+2]-'0')*10 + int(s[i+3]-'0')
	if year < 1500 || year > 2099 {
		return 0, i
	}
	if j < len(s) && isLower(s[j]) && !isWord(runeAt(s, j+1)) {
		return year, j + 1
	}
	if isWord(runeAt(s, j)) || j+1 < len(s) && (s[j] == '-' || s[j] == ':') && isWord(runeAt(s, j+1)) && !isDigit(s[j+1]) {
		return 0, i
	}
	return year, j
}

// anyYear tells whether a year stands in a text.
func anyYear(s string) bool {
	for i := 0; i+4 <= len(s); i++ {
		if (s[i] == '1' || s[i] == '2') && (i == 0 || !isDigit(s[i-1])) {
			if y, _ := workYearAt(s, i); y > 0 {
				return true
			}
		}
	}
	return false
}

// prose tells whether text is a sentence: outside quotations it has a finite
// verb or a pronoun, which titles and names lack.
func prose(s string) bool {
	for i := 0; i < len(s); {
		if s[i] == '"' || s[i] >= 0x80 {
			if mark := markAt(s, i); mark != "" && mark != "'" {
				if end := quoteEnd(s, i+len(mark), mark); end > 0 {
					i = end
					continue
				}
			}
		}
		if !isLower(s[i]) || isWord(runeBefore(s, i)) {
			i++
			continue
		}
		j := i
		for j < len(s) && isLower(s[j]) {
			j++
		}
		if j-i <= 10 && !isWord(runeAt(s, j)) && (j >= len(s) || s[j] != '.') && workProse[s[i:j]] {
			return true
		}
		i = j
	}
	return false
}

var workProse = wordSet("is are was were has have had does did will would should could may might must can cannot been being refers refer follows followed applies applied they we this these those here it he she its their them our not " +
	"noted argued argue argues shows showed show explains explained discussed leaves coded states stated includes include included remains became become makes made provides provided means concerning that who which whose because although however " +
	"est sont était étaient ont sera peut cette ces ils elle elles nous fue fueron son era eran está están ha han había este esta estos estas que puede")

func wordSet(s string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(s) {
		m[w] = true
	}
	return m
}

// eachWord calls f with each word of s until it returns false. Points and
// apostrophes inside a word belong to it.
func eachWord(s string, f func(string) bool) {
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		if !isWord(r) {
			i += n
			continue
		}
		j := i + n
		for j < len(s) {
			r, n := utf8.DecodeRuneInString(s[j:])
			if !isWord(r) && (r != '’' && r != '\'' && r != '-' && r != '.' || !isWord(runeAt(s, j+n))) {
				break
			}
			j += n
		}
		if !f(s[i:j]) {
			return
		}
		i = j
	}
}

func firstWord(s string) string {
	var first string
	eachWord(s, func(w string) bool { first = w; return false })
	return first
}

// wordIn tells whether a word in small letters stands in s, in any case.
func wordIn(s, word string) bool {
	first := word[0]
	for i := 0; i+len(word) <= len(s); i++ {
		c := s[i]
		if isUpper(c) {
			c += 'a' - 'A'
		}
		if c == first && wordAt(s, i, word) && !isWord(runeBefore(s, i)) {
			return true
		}
	}
	return false
}
