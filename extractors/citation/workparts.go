package citation

import (
	"strings"
	"unicode"

	"citecheck/pipeline/cite"
)

// peel takes out of a citation what has marks of its own, and returns the
// rest. What comes before the first of them keeps its place.
func peel(w *cite.Work, text string) string {
	s := text
	if from := addressIn(s); from >= 0 {
		url, to := address(s, from)
		head, tail := s[:from], s[to:]
		w.URL = url
		tail = accessed(w, dropBrackets(tail))
		head = dropConnector(head)
		tail = strings.TrimLeft(tail, " >).,;]")
		s = head
		if tail != "" && len(tail) < 300 && addressIn(tail) < 0 {
			s = head + ", " + tail
		}
	} else {
		s = accessed(w, s)
	}
	if strings.Contains(w.URL, "doi.org/10.") {
		w.DOI = w.URL[strings.Index(w.URL, "doi.org/")+len("doi.org/"):]
	}
	s = dropRemarks(s)
	s = takeDOI(w, s)
	s = takeISBN(w, s)
	return strings.TrimSpace(dropBrackets(s))
}

// dropRemarks takes brackets off the end that explain or quote the source:
// "(2016) (“[T]he SLO is …”)", "(offering the minimum standard)".
func dropRemarks(s string) string {
	for {
		s = strings.TrimRight(s, " .,;")
		if s == "" || s[len(s)-1] != ')' {
			return s
		}
		open := openOf(s)
		if open < 10 {
			return s
		}
		inside := strings.TrimSpace(s[open+1 : len(s)-1])
		if len(inside) < 12 || markAt(inside, 0) == "" && !unicode.IsLower(runeAt(inside, 0)) || inside[0] == '\'' || len(strings.Fields(inside)) < 3 {
			return s
		}
		if d, ok := lastDate(inside); ok && strings.Trim(inside[d.to:], " .,") == "" && markAt(inside, 0) == "" {
			return s
		}
		if t, ok := quotedTitle(inside); ok && t.from == 0 && len(strings.Fields(t.text)) < 8 {
			return s
		}
		s = s[:open]
	}
}

// openOf is where the bracket opens that ends the text, -1 for none.
func openOf(s string) int {
	depth := 0
	for k := len(s) - 1; k >= 0; k-- {
		switch s[k] {
		case ')', ']':
			depth++
		case '(', '[':
			depth--
			if depth == 0 {
				return k
			}
		}
	}
	return -1
}

// addressIn is where a web address begins, -1 for none.
func addressIn(s string) int {
	for i := 0; i+4 < len(s); i++ {
		switch s[i] | 0x20 {
		case 'h':
			if hasFoldAt(s, i, "http://") || hasFoldAt(s, i, "https://") {
				return i
			}
		case 'w':
			if hasFoldAt(s, i, "www.") && !isWord(runeBefore(s, i)) {
				return i
			}
		}
	}
	return -1
}

// address reads the web address at byte i; a line that broke it after a
// stroke left a space.
func address(s string, i int) (url string, end int) {
	end = urlStop(s, i)
	if next := skipSpaces(s, end); end < len(s) && next == end+1 && (s[end-1] == '/' || s[end-1] == '=' || s[end-1] == '_') {
		more := urlStop(s, next)
		if part := s[next:more]; len(part) > 4 && !strings.HasPrefix(part, "[") && !strings.HasPrefix(part, "(") && (strings.ContainsAny(part, "/_=") || strings.Contains(part, ".pdf") || strings.Contains(part, ".htm")) {
			url, end = s[i:end]+part, more
		}
	}
	if url == "" {
		url = s[i:end]
	}
	trimmed := strings.TrimRight(url, ".,;:]>’'*")
	for strings.HasSuffix(trimmed, ")") && strings.Count(trimmed, "(") < strings.Count(trimmed, ")") {
		trimmed = strings.TrimRight(trimmed[:len(trimmed)-1], ".,;:]>’'*")
	}
	end -= len(url) - len(trimmed)
	if hasFoldAt(trimmed, 0, "www.") {
		trimmed = "https://" + trimmed
	}
	return trimmed, end
}

func urlStop(s string, i int) int {
	for i < len(s) && spaceAt(s, i) == 0 && strings.IndexByte("<>\"", s[i]) < 0 && !strings.HasPrefix(s[i:], "“") && !strings.HasPrefix(s[i:], "”") && !strings.HasPrefix(s[i:], "»") {
		i++
	}
	return i
}

// dropBrackets removes brackets that are no part of the citation: archived
// copies, short forms that it sets up, remarks.
func dropBrackets(s string) string {
	for i := 0; i < len(s); i++ {
		if s[i] != '[' && s[i] != '(' {
			continue
		}
		from := i + 1
		if hasFoldAt(s, from, "perma.cc") || hasFoldAt(s, from, "https://perma.cc") || hasFoldAt(s, from, "archived") || hasFoldAt(s, from, "hereinafter") || hasFoldAt(s, from, "hereafter") || hasFoldAt(s, from, "henceforth") ||
			hasFoldAt(s, from, "ci-apr") || hasFoldAt(s, from, "en adelante") || hasFoldAt(s, from, "en lo sucesivo") || hasFoldAt(s, from, "emphasis") || hasFoldAt(s, from, "citations omitted") || hasFoldAt(s, from, "internal quotation") ||
			hasFoldAt(s, from, "on file with") || hasFoldAt(s, from, "in french") || hasFoldAt(s, from, "in arabic") || hasFoldAt(s, from, "in spanish") || hasFoldAt(s, from, "in english") || hasFoldAt(s, from, "en français") || hasFoldAt(s, from, "in german") || hasFoldAt(s, from, "quoting") || hasFoldAt(s, from, "citing") {
			if end := closeOf(s, i); end > 0 {
				s = strings.TrimRight(s[:i], " ,") + s[end:]
				i--
			}
		}
	}
	return s
}

// closeOf is the end of the bracket that opens at byte i, -1 if it never
// closes.
func closeOf(s string, i int) int {
	depth := 0
	for k := i; k < len(s); k++ {
		switch s[k] {
		case '(', '[':
			depth++
		case ')', ']':
			depth--
			if depth == 0 {
				return k + 1
			}
		}
	}
	return -1
}

// accessed takes the day of access out of s, with its bracket.
func accessed(w *cite.Work, s string) string {
	low := lower(s)
	for _, word := range []string{"accessed", "last visited", "visited", "last viewed", "retrieved", "last checked", "consulted", "consulté", "consultado", "dernier accès", "último acceso"} {
		at := strings.Index(low, word)
		if at < 0 || isWord(runeBefore(low, at)) {
			continue
		}
		d, ok := firstDate(s[at:])
		if !ok || d.from > len(word)+12 {
			continue
		}
		w.Accessed = d.date.CSL()
		from, to := at, at+d.to
		for from > 0 && (s[from-1] == ' ' || s[from-1] == ',' || s[from-1] == '(' || s[from-1] == '[' || s[from-1] == ';' || s[from-1] == '.') {
			from--
		}
		for _, lead := range []string{" last", " date", " (last"} {
			if k := from - len(lead); k >= 0 && low[k:from] == lead {
				from = k
			}
		}
		for from > 0 && (s[from-1] == ' ' || s[from-1] == ',' || s[from-1] == '(' || s[from-1] == '[' || s[from-1] == ';') {
			from--
		}
		for to < len(s) && (s[to] == ')' || s[to] == ']') {
			to++
		}
		return s[:from] + s[to:]
	}
	return s
}

// firstDate is the first date of a text, or its first year.
func firstDate(s string) (dated, bool) {
	if ds := datesIn(s, 0, min(len(s), 200)); len(ds) > 0 {
		d := ds[0]
		if d.date.IsZero() {
			d.date = cite.Date{Year: d.year}
		}
		return d, true
	}
	for i := 0; i < len(s); i++ {
		if y, to := 0, 0; isDigit(s[i]) && (i == 0 || !isDigit(s[i-1])) {
			if y, to = workYearAt(s, i); y > 0 {
				return dated{stretch: stretch{i, to}, date: cite.Date{Year: y}, year: y}, true
			}
		}
	}
	return dated{}, false
}

// connector tells whether words do nothing but lead up to an address.
func connector(low string) bool {
	switch strings.Trim(low, " .,:;(<[") {
	case "available at", "available online at", "available online", "available from", "available", "accessible at", "online at", "online", "url", "at", "retrieved from", "link", "via", "disponible en", "disponible sur", "disponible à", "en línea", "en ligne", "en ligne sur", "consultable sur", "disponible en línea en",
		"accessed at", "accessed via", "see", "from", "on", "doi", "download at", "homepage", "website", "available on", "at the following link", "video available at", "full text available at", "https", "published at":
		return true
	}
	return false
}

// dropConnector takes such words off the end of what stands before one.
func dropConnector(s string) string {
	s = strings.TrimRight(s, " <([:,;")
	low := lower(s)
	for n := 5; n > 0; n-- {
		k := len(low)
		for w := 0; w < n && k > 0; w++ {
			k = strings.LastIndexByte(strings.TrimRight(low[:k], " "), ' ') + 1
		}
		if k < len(low) && connector(low[k:]) && (k == 0 || n > 1 || strings.IndexByte(",.;:(", low[max(0, k-2)]) >= 0 || !wordIn(low[k:], "on") && !wordIn(low[k:], "from") && !wordIn(low[k:], "see")) {
			return strings.TrimRight(s[:k], " <([:,;")
		}
	}
	return s
}

func takeDOI(w *cite.Work, s string) string {
	for i := 0; ; {
		k := strings.Index(s[i:], "10.")
		if k < 0 {
			return s
		}
		i += k
		j := digitsAt(s, i+3, 9)
		if j < i+7 || j >= len(s) || s[j] != '/' || i > 0 && isDigit(s[i-1]) {
			i += 3
			continue
		}
		end := urlStop(s, j)
		doi := strings.TrimRight(s[i:end], ".,;)]>")
		if w.DOI == "" {
			w.DOI = doi
		}
		head := strings.TrimRight(s[:i], " :")
		if k := foldEnd(head, len(head), "doi"); k >= 0 {
			head = head[:k]
		}
		return strings.TrimRight(head, " ,.;(") + s[i+len(doi):]
	}
}

func takeISBN(w *cite.Work, s string) string {
	k := strings.Index(s, "ISBN")
	if k < 0 {
		return s
	}
	i := k + len("ISBN")
	for _, kind := range []string{"-13", "-10"} {
		if strings.HasPrefix(s[i:], kind) {
			i += len(kind)
		}
	}
	i = skipSpaces(s, i)
	if i < len(s) && s[i] == ':' {
		i = skipSpaces(s, i+1)
	}
	j, digits := i, 0
	for j < len(s) && (isDigit(s[j]) || s[j] == 'X' || s[j] == '-' || s[j] == ' ' || strings.HasPrefix(s[j:], "–")) {
		if isDigit(s[j]) || s[j] == 'X' {
			digits++
		}
		if s[j] >= 0x80 {
			j += len("–")
			continue
		}
		j++
	}
	if digits != 10 && digits != 13 {
		return s
	}
	w.ISBN = strings.TrimSpace(strings.ReplaceAll(strings.ReplaceAll(s[i:j], "–", "-"), " ", ""))
	return strings.TrimRight(s[:k], " ,.;(") + s[j:]
}

// A trailer is what the words after a title say of its source.
type trailer struct {
	texts  []string // names of containers, publishers and places, in order
	inside bool     // it stands in a book: "in X (ed.), Y"
	bound  bool     // it has an imprint in brackets with a publisher
	thesis bool
	part   []string // collections and genres: "Policy Brief No. 5"
}

// readTail reads what follows a title, part by part.
func readTail(w *cite.Work, after string, quoted bool) trailer {
	var f trailer
	s := strings.TrimLeft(after, " ,.;:”’\"")
	if e := anyWordAt(s, 0, "in", "dans", "en"); e > 0 && e+1 < len(s) && (isUpperRune(s, skipSpaces(s, e)) || markAt(s, skipSpaces(s, e)) != "" || wordAt(s, skipSpaces(s, e), "the")) && !monthNext(s, skipSpaces(s, e)) {
		f.inside = true
		s = s[skipSpaces(s, e):]
	}
	s = oscolaYear(w, s)
	s = imprints(w, &f, s)
	for _, part := range parts(s) {
		readPart(w, &f, part, quoted)
	}
	return f
}

func monthNext(s string, i int) bool {
	m, _ := monthAt(s, i)
	return m > 0
}

// oscolaYear reads the year that OSCOLA and AGLC put before a volume:
// "(2015) 12 Journal 45", "[2001] ECR 1".
func oscolaYear(w *cite.Work, s string) string {
	if len(s) < 7 || s[0] != '(' && s[0] != '[' {
		return s
	}
	y, to := workYearAt(s, 1)
	if y == 0 || to >= len(s) || s[to] != ')' && s[to] != ']' {
		return s
	}
	rest := skipSpaces(s, to+1)
	if rest >= len(s) || !isDigit(s[rest]) && !isUpperRune(s, rest) {
		return s
	}
	w.Issued = (cite.Date{Year: y}).CSL()
	return s[rest:]
}

// imprints reads the brackets that hold a date or a publisher and cuts them
// out; what follows a bracket after a colon is pages.
func imprints(w *cite.Work, f *trailer, s string) string {
	var b strings.Builder
	for i := 0; i < len(s); {
		if s[i] != '(' && s[i] != '[' {
			b.WriteByte(s[i])
			i++
			continue
		}
		end := closeOf(s, i)
		if end < 0 {
			b.WriteByte(' ')
			i++
			continue
		}
		inside := strings.TrimSpace(s[i+1 : end-1])
		switch {
		case editorMark(inside):
			b.WriteString(", eds.,")
		case issueIn(w, b.String(), inside):
		case imprint(w, f, inside):
			if k := skipSpaces(s, end); k < len(s) && s[k] == ':' {
				k = skipSpaces(s, k+1)
				if e := pagesEnd(s, k); e > k {
					w.Page, end = pages(s[k:e]), e
				}
			}
			b.WriteString(", ")
		case strings.IndexByte(inside, ' ') < 0 && len(inside) <= 12 && strings.ToUpper(inside) == inside:
			// The abbreviation of the body before it: "(NUPI)".
		default:
			b.WriteString(", ")
		}
		i = end
	}
	return b.String()
}

func editorMark(s string) bool {
	switch strings.TrimRight(strings.ToLower(s), ".") {
	case "ed", "eds", "editor", "editors", "dir", "coord", "coords", "hrsg":
		return true
	}
	return false
}

// issueIn reads "12(3)": the issue in brackets after the volume.
func issueIn(w *cite.Work, before, inside string) bool {
	if len(inside) > 6 || before == "" || !isDigit(before[len(before)-1]) || digitsAt(inside, 0, 4) == 0 {
		return false
	}
	if len(inside) == 4 && digitsAt(inside, 0, 4) == 4 && anyYear(inside) {
		return false
	}
	w.Issue = inside
	return true
}

// imprint reads the inside of a bracket: "Tokyo: UNU Press, 2008", "London,
// IISS, May 2018", "Oxford University Press 2003", "2003". It tells whether
// there was a date or a publisher.
func imprint(w *cite.Work, f *trailer, s string) bool {
	d, ok := lastDate(s)
	if ok && (len(strings.Trim(s[d.to:], " .,)")) < 12 || strings.HasPrefix(strings.Trim(s[d.to:], " ,"), "internal")) {
		setIssued(w, d)
		s = s[:d.from]
	} else if !strings.Contains(s, ": ") || ok {
		return false
	}
	s = strings.Trim(s, " ,;:")
	if s == "" {
		return true
	}
	if court(s) {
		return true
	}
	if at := strings.LastIndex(s, ": "); at > 0 && !strings.Contains(s[:at], ". ") {
		w.PublisherPlace, w.Publisher = dropEdition(w, s[:at]), strings.Trim(s[at+2:], " ,")
		f.bound = true
		return true
	}
	var keep []string
	for _, p := range strings.Split(s, ", ") {
		p = strings.Trim(p, " ,;")
		switch {
		case p == "" || edition(p):
		case len(p) < 16 && monthNext(p, 0):
			// What a date left over: "Nov. 16-19 2010".
		case strings.HasSuffix(p, " ed.") || strings.HasSuffix(p, " eds."):
			w.Editor = append(w.Editor, names(strings.TrimSuffix(strings.TrimSuffix(strings.TrimSuffix(p, "."), "s"), " ed"))...)
		case strings.HasPrefix(p, "ed. ") || strings.HasPrefix(p, "eds. "):
			w.Editor = append(w.Editor, names(p[strings.IndexByte(p, ' ')+1:])...)
		case strings.HasSuffix(p, "trans.") || strings.HasPrefix(p, "trans"):
		case strings.HasPrefix(p, "No. ") || strings.HasPrefix(p, "no. "):
			w.Number = p[4:]
		default:
			keep = append(keep, p)
		}
	}
	switch {
	case len(keep) == 0:
		return ok
	case thesisWord(strings.Join(keep, ", ")):
		f.thesis = true
		w.Genre = keep[0]
		w.Publisher = strings.Join(keep[1:], ", ")
		if len(keep) == 1 {
			w.Publisher = ""
		}
	case len(keep) == 1 && city(keep[0]):
		w.PublisherPlace = keep[0]
	case len(keep) == 1:
		w.Publisher = dropEdition(w, keep[0])
		f.bound = true
	case city(keep[len(keep)-1]) && !city(keep[0]):
		w.Publisher, w.PublisherPlace = strings.Join(keep[:len(keep)-1], ", "), keep[len(keep)-1]
		f.bound = true
	case institution(keep[0]) && !city(keep[0]):
		w.Publisher = strings.Join(keep, ", ")
		f.bound = true
	default:
		w.PublisherPlace, w.Publisher = keep[0], strings.Join(keep[1:], ", ")
		f.bound = true
	}
	return true
}

func setIssued(w *cite.Work, d dated) {
	next := d.date.CSL()
	if next == nil {
		next = (cite.Date{Year: d.year}).CSL()
	}
	if next == nil || w.Issued != nil && len(w.Issued.DateParts[0]) >= len(next.DateParts[0]) {
		return
	}
	w.Issued = next
}

// edition tells whether a part is an edition: "2nd ed.", "rev. ed.".
func edition(s string) bool {
	low := strings.TrimRight(strings.ToLower(s), ".")
	if !strings.HasSuffix(low, " ed") && !strings.HasSuffix(low, " edn") && !strings.HasSuffix(low, " edition") && !strings.HasSuffix(low, " éd") {
		return false
	}
	return isDigit(low[0]) || strings.HasPrefix(low, "rev") || strings.HasPrefix(low, "first") || strings.HasPrefix(low, "second") || strings.HasPrefix(low, "third") || strings.HasPrefix(low, "updated")
}

// dropEdition takes "2nd edn, " off the front of a publisher's name.
func dropEdition(w *cite.Work, s string) string {
	for _, word := range []string{" edn", " ed.", " edition"} {
		if at := strings.Index(s, word); at > 0 && at < 10 && isDigit(s[0]) {
			return strings.Trim(s[at+len(word):], " ,.")
		}
	}
	return strings.Trim(s, " ,")
}

// court tells whether a bracket names a court: "Del. Ch.", "ICJ".
func court(s string) bool {
	return len(s) < 14 && (strings.HasSuffix(s, "Cir.") || strings.HasSuffix(s, "Ch.") || strings.HasSuffix(s, "Ct.") || s == "ICJ" || s == "PCIJ" || s == "ECHR")
}

// parts divides text at commas and stops outside brackets, dates left whole.
func parts(s string) []string {
	var out []string
	ds := datesIn(s, 0, len(s))
	from, k := 0, 0
	for i := 0; i < len(s); i++ {
		for k < len(ds) && ds[k].to <= i {
			k++
		}
		if k < len(ds) && ds[k].from <= i {
			if i == ds[k].from && from < i && datePart(s, ds[k].to) && !afterDay(s, i) {
				// A date is a part of its own: "Reuters 15 July 2022".
				if text := strings.Trim(s[from:i], " ,;"); text != "" {
					out = append(out, text)
				}
				from = i
			}
			continue
		}
		c := s[i]
		stop := c == ',' || c == ';' || c == '.' && stopsPart(s, i)
		if !stop || c == ',' && i > 0 && i+1 < len(s) && isDigit(s[i-1]) && isDigit(s[i+1]) {
			continue
		}
		if text := strings.Trim(s[from:i], " ,;"); text != "" {
			out = append(out, text)
		}
		from = i + 1
	}
	if text := strings.Trim(s[from:], " ,;."); text != "" {
		if strings.HasSuffix(strings.TrimSpace(s[from:]), ".") && (abbreviationEnds(s, from, len(strings.TrimRight(s, " "))) || endsDotted(text)) {
			text += "."
		}
		out = append(out, text)
	}
	return out
}

// datePart tells whether a date that ends at byte i ends a part: one inside a
// title goes on, "Additional Protocols of 8 June 1977 to the Conventions".
func datePart(s string, i int) bool {
	i = skipSpaces(s, i)
	return i >= len(s) || strings.IndexByte(",;.:)]", s[i]) >= 0
}

// afterDay tells whether a number or a dash stands before byte i: a run of
// days, "7–14 November 1981".
func afterDay(s string, i int) bool {
	i = trimRight(s, 0, i)
	r := runeBefore(s, i)
	return r >= '0' && r <= '9' || r == '-' || r == '–'
}

// stopsPart tells whether the dot at byte i ends a part: after a word that is
// too long, and too small, for an abbreviation.
func stopsPart(s string, i int) bool {
	if i < 5 || i+2 >= len(s) || s[i+1] != ' ' || !isUpperRune(s, i+2) {
		return false
	}
	for k := i - 5; k < i; k++ {
		if !isLower(s[k]) && s[k] < 0x80 {
			return false
		}
	}
	return endsSentence(s, i)
}

// endsDotted tells whether a text without its last dot ends with an
// abbreviation in capitals: "INV. TREATY NEWS", "Int’l L".
func endsDotted(s string) bool { return endsInitial(s) }

// readPart reads one part after a title.
func readPart(w *cite.Work, f *trailer, s string, quoted bool) {
	s = strings.Trim(s, " ,;:")
	if s == "" {
		return
	}
	low := lower(s)
	if d, ok := dateAt(s, 0); ok && d.to >= len(s) {
		setIssued(w, d)
		return
	}
	if y, to := workYearAt(s, 0); y > 0 && to == len(s) {
		setIssued(w, dated{date: cite.Date{Year: y}, year: y})
		return
	}
	if d, ok := runOfDays(s); ok && d.from == 0 {
		setIssued(w, d)
		return
	}
	if span, ok := seasonDate(low); ok {
		setIssued(w, dated{date: cite.Date{Year: span}, year: span})
		return
	}
	if e := anyWordAt(s, 0, "vol", "volume", "vols", "tome", "band", "t"); e > 0 && e < len(s) {
		if n := numberAfter(s, e); n != "" {
			w.Volume = n
			if at := strings.IndexByte(s, ':'); at > 0 {
				readPart(w, f, "pp. "+strings.TrimSpace(s[at+1:]), quoted)
			}
			return
		}
	}
	if e := anyWordAt(s, 0, "no", "nos", "issue", "n°", "nº", "núm", "num", "number", "numéro", "número"); e > 0 && e < len(s) {
		if n := numberAfter(s, e); n != "" {
			if w.Volume != "" || len(f.texts) > 0 && len(f.part) == 0 {
				w.Issue = n
			} else {
				w.Number = n
			}
			if at := strings.IndexByte(s, ':'); at > 0 {
				readPart(w, f, "pp. "+strings.TrimSpace(s[at+1:]), quoted)
			}
			return
		}
	}
	if e := pagesEnd(s, 0); e == len(s) {
		if w.Volume == "" && w.Issue != "" && len(s) < 4 && isDigit(s[0]) && len(f.texts) > 0 {
			w.Volume = s // "Journal, 12(3), 45–60"
			return
		}
		if (w.Volume != "" || quoted && len(f.texts) == 0) && w.Page == "" && (isDigit(s[0]) || strings.ContainsAny(s, "-–")) {
			w.Page = pages(s)
		}
		return
	}
	if pins, e := pinsAt(s, 0); len(pins) > 0 && (e >= len(s)-1 || s[e] == ':') {
		return
	}
	if edition(s) || editorMark(s) && editorsBefore(w, f) {
		return
	}
	for _, lead := range []string{"ed. by ", "eds. by ", "edited by ", "ed. ", "eds. ", "sous la direction de ", "dir. ", "coord. "} {
		if strings.HasPrefix(low, lead) {
			w.Editor = append(w.Editor, names(s[len(lead):])...)
			return
		}
	}
	for _, end := range []string{" (ed.)", " (eds.)", ", eds.", " eds.", " ed.", " eds", " ed"} {
		if strings.HasSuffix(s, end) && len(f.texts) == 0 && f.inside {
			w.Editor = append(w.Editor, names(s[:len(s)-len(end)])...)
			return
		}
	}
	for _, lead := range []string{"trans. ", "translated by ", "transl. ", "trad. "} {
		if strings.HasPrefix(low, lead) {
			return
		}
	}
	switch low {
	case "forthcoming", "unpublished", "internal document", "mimeo", "n.d.", "s.d.", "undated", "no reference number", "on file with author", "on file with the author", "emphasis added", "original emphasis":
		return
	}
	if thesisWord(s) && len(f.texts) == 0 {
		f.thesis = true
		w.Genre = s
		return
	}
	if len(w.Editor) > 0 && len(f.texts) == 0 && f.inside && isPerson(strings.TrimPrefix(strings.TrimPrefix(s, "and "), "& ")) && (strings.HasPrefix(s, "and ") || strings.HasPrefix(s, "& ")) {
		w.Editor = append(w.Editor, names(s)...)
		return
	}
	if journalPart(w, f, s) {
		return
	}
	if at := strings.Index(s, ": "); at > 0 && city(s[:at]) && w.Publisher == "" {
		w.PublisherPlace, w.Publisher = s[:at], strings.TrimSpace(s[at+2:])
		f.bound = true
		return
	}
	if seriesPart(s) {
		f.part = append(f.part, s)
		return
	}
	f.texts = append(f.texts, s)
}

// editorsBefore makes editors of the names that "eds." follows.
func editorsBefore(w *cite.Work, f *trailer) bool {
	if len(f.texts) == 0 {
		return true
	}
	w.Editor = append(w.Editor, names(strings.Join(f.texts, ", "))...)
	f.texts = nil
	return true
}

func numberAfter(s string, i int) string {
	if i < len(s) && s[i] == '.' {
		i++
	}
	i = skipSpaces(s, i)
	j := i
	for j < len(s) && (isAlnum(s[j]) || s[j] == '/' || s[j] == '-' || s[j] == '.' && j+1 < len(s) && isAlnum(s[j+1]) || strings.HasPrefix(s[j:], "–")) {
		if s[j] >= 0x80 {
			j += len("–")
			continue
		}
		j++
	}
	if j == i || !strings.ContainsAny(s[i:j], "0123456789IVXL") || j < len(s) && s[j] != ':' && s[j] != ' ' && s[j] != '.' && s[j] != ',' {
		return ""
	}
	return s[i:j]
}

// seasonDate reads "Spring 2019", "Summer/Fall 2020".
func seasonDate(low string) (int, bool) {
	for _, season := range []string{"spring", "summer", "autumn", "fall", "winter", "printemps", "été", "automne", "hiver", "early", "late", "mid"} {
		if strings.HasPrefix(low, season) && len(low) >= 4 {
			y, _ := workYearAt(low, len(low)-4)
			return y, y > 0
		}
	}
	return 0, false
}

// pagesEnd is the end of pages at byte i: "pp. 45–60", "45-60", "139"; i for
// none.
func pagesEnd(s string, i int) int {
	start := i
	for _, w := range []string{"pp.", "p.", "pp ", "pages ", "page ", "págs.", "pág.", "pags.", "s."} {
		if hasFoldAt(s, i, w) {
			i = skipSpaces(s, i+len(w))
			break
		}
	}
	j := digitsAt(s, i, 5)
	if j == i {
		return start
	}
	k := skipSpaces(s, j)
	if n := dashAt(s, k); n > 0 {
		k = skipSpaces(s, k+n)
		if e := digitsAt(s, k, 5); e > k {
			return e
		}
	}
	return j
}

func pages(s string) string {
	at := strings.IndexAny(s, "0123456789")
	return strings.ReplaceAll(strings.ReplaceAll(s[at:], " ", ""), "–", "-")
}

// journalPart reads a journal with its volume: "Survival 62", "Journal of
// Peace Research 33(4): 5–20", "24 J. Pol. Phil. 427", "12 Journal 45".
func journalPart(w *cite.Work, f *trailer, s string) bool {
	if w.Volume != "" || len(f.texts) > 0 && f.texts[len(f.texts)-1] != "" && !isDigit(s[0]) || f.inside {
		return false
	}
	if isDigit(s[0]) {
		j := digitsAt(s, 0, 4)
		k := skipSpaces(s, j)
		if j == 0 || k == j || k >= len(s) || !isUpperRune(s, k) {
			return false
		}
		name := s[k:]
		page := ""
		if at := strings.LastIndexByte(name, ' '); at > 0 {
			if last := strings.ReplaceAll(name[at+1:], ",", ""); pagesEnd(last, 0) == len(last) && last != "" { // "52,422" of a gazette
				name, page = strings.TrimSpace(name[:at]), pages(last)
			}
		}
		if len(name) < 2 || seriesPart(name) {
			return false
		}
		w.Volume, w.ContainerTitle = s[:j], name
		if page != "" {
			w.Page = page
		}
		return true
	}
	// "Journal 33", "Journal 33: 5-20", "Journal 33/2", "Journal 33.2"
	tailFrom := strings.IndexByte(s, ':')
	name := s
	if tailFrom > 0 {
		if e := pagesEnd(s, skipSpaces(s, tailFrom+1)); e < len(s) || e == skipSpaces(s, tailFrom+1) {
			return false
		}
		name = s[:tailFrom]
	}
	at := strings.LastIndexByte(name, ' ')
	if at < 3 {
		return false
	}
	vol, issue := name[at+1:], ""
	if cut := strings.IndexAny(vol, "/.:"); cut > 0 {
		vol, issue = vol[:cut], vol[cut+1:]
	}
	if digitsAt(vol, 0, 3) != len(vol) || vol == "" || issue != "" && digitsAt(issue, 0, 3) != len(issue) {
		return false
	}
	head := strings.TrimRight(name[:at], " ,")
	if e := strings.LastIndexByte(head, ' '); e > 0 {
		switch strings.TrimRight(lower(head[e+1:]), ".") {
		case "vol", "volume":
			head = strings.TrimRight(head[:e], " ,")
		case "no", "number", "nos", "part", "article", "art", "chapter", "annex", "n°", "nº", "issue", "section", "para", "paras", "paper", "brief", "report", "p", "pp", "page":
			return false
		}
	}
	if seriesPart(head) && !journalWord(head) {
		return false
	}
	w.ContainerTitle, w.Volume = head, vol
	if issue != "" {
		w.Issue = issue
	}
	if tailFrom > 0 {
		w.Page = pages(s[tailFrom+1:])
	}
	return true
}

func journalWord(s string) bool {
	return wordIn(s, "journal") || wordIn(s, "review") || wordIn(s, "quarterly") || wordIn(s, "revue") || wordIn(s, "revista")
}

// seriesPart tells whether a part names a series or a kind of paper rather
// than a place where the work stands.
func seriesPart(s string) bool {
	low := lower(s)
	for _, kind := range []string{"policy brief", "working paper", "discussion paper", "occasional paper", "issue brief", "issues note", "research paper", "policy paper", "briefing note", "briefing paper", "fact sheet", "factsheet", "analytical brief", "policy note", "technical report", "special report", "research report", "backgrounder",
		"africa report", "africa briefing", "asia report", "asia briefing", "europe report", "middle east report", "latin america report", "crisis group report", "adelphi paper", "conference paper", "press release", "communiqué de presse", "news release", "document de travail", "note de recherche", "documento de trabajo", "internal memorandum", "statement delivered", "remarks delivered", "paper presented", "paper prepared"} {
		if strings.Contains(low, kind) {
			return true
		}
	}
	if i := strings.LastIndex(low, " no"); i > 0 && numberAfter(s, i+3) != "" && len(s)-i < 14 {
		return true
	}
	return low == "report" || low == "briefing" || low == "video" || low == "podcast" || low == "blog" || low == "op-ed" || low == "commentary" || low == "speech" || low == "statement" || low == "dataset" || low == "data set" || low == "database"
}

// settle decides the type of a work and where its names belong: a press
// article stands in a container, a report is published by a body.
func settle(w *cite.Work, f trailer, quoted bool) {
	texts := f.texts
	if n := len(texts); n > 1 && city(texts[n-1]) {
		w.PublisherPlace, texts = texts[n-1], texts[:n-1]
	}
	if n := len(texts); n > 1 && city(texts[0]) && !quoted && w.PublisherPlace == "" {
		w.PublisherPlace, texts = texts[0], texts[1:]
	}
	for _, p := range f.part {
		addSeries(w, p)
	}
	first := ""
	if len(texts) > 0 {
		first = texts[0]
	}
	body := len(w.Author) > 0 && w.Author[0].Literal != ""
	full := w.Issued != nil && len(w.Issued.DateParts[0]) == 3
	switch {
	case f.thesis:
		w.Type = "thesis"
		w.Publisher = join(strings.Join(texts, ", "), w.Publisher)
	case f.inside:
		w.Type = "chapter"
		w.ContainerTitle = trimTitle(chapterBook(w, texts))
	case w.Volume != "" && w.ContainerTitle != "":
		w.Type = "article-journal"
	case w.Volume != "" && first != "" && quoted:
		w.Type, w.ContainerTitle = "article-journal", trimTitle(first)
	case !quoted && f.bound && body && !pressHouse(w.Publisher):
		w.Type = "report"
		w.Publisher = join(strings.Join(texts, ", "), w.Publisher)
	case !quoted && (f.bound || w.ISBN != "") && len(texts) == 0:
		w.Type = "book"
	case !quoted && f.bound:
		w.Type = "book"
	case !quoted && !body && pressHouse(first) && w.URL == "":
		w.Type, w.Publisher = "book", join(strings.Join(texts, ", "), w.Publisher)
	case pressName(first) && !(body && !full):
		w.Type, w.ContainerTitle = "article-newspaper", first
	case speech(w.Title):
		w.Type = "speech"
		w.Publisher = join(strings.Join(texts, ", "), w.Publisher)
	case w.Issue != "" && first != "" && quoted:
		w.Type, w.ContainerTitle = "article-journal", trimTitle(first)
	case first != "" && journalWord(first) && !full && quoted:
		w.Type, w.ContainerTitle = "article-journal", trimTitle(first)
	case body && first == "" && !quoted:
		w.Type = "report"
	case !quoted && first == "" && w.URL == "" && !body && w.Publisher == "" && w.PublisherPlace == "" && len(w.Author) > 0:
		w.Type = "book"
	case wordIn(first, "blog") || strings.Contains(lower(first), "blog"):
		w.Type, w.ContainerTitle = "post-weblog", first
	case isDataset(w):
		w.Type = "dataset"
		w.Publisher = join(strings.Join(texts, ", "), w.Publisher)
	case first != "" && institution(first) || body:
		w.Type = "report"
		w.Publisher = join(strings.Join(texts, ", "), w.Publisher)
		if !full && w.URL != "" && w.Issued == nil {
			w.Type = "webpage"
			w.ContainerTitle, w.Publisher = w.Publisher, ""
		}
	case full && first != "" && quoted:
		w.Type, w.ContainerTitle = "article-newspaper", trimTitle(strings.Join(texts, ", "))
	case full && len(w.Author) == 0 && first == "" && w.URL == "":
		w.Type = "article-newspaper"
	case w.URL != "" && w.Issued == nil:
		w.Type = "webpage"
		w.ContainerTitle = strings.Join(texts, ", ")
	case w.URL != "" && full:
		w.Type = "webpage"
		w.ContainerTitle = strings.Join(texts, ", ")
	case !quoted && first != "" && len(w.Author) > 0:
		w.Type = "book"
		w.Publisher = join(strings.Join(texts, ", "), w.Publisher)
	default:
		w.Type = "report"
		w.Publisher = join(strings.Join(texts, ", "), w.Publisher)
	}
}

// chapterBook divides what follows "in": editors and the book.
func chapterBook(w *cite.Work, texts []string) string {
	if len(texts) > 1 && (city(texts[len(texts)-1]) || institution(texts[len(texts)-1])) && w.Publisher == "" && len(texts) > 1 {
		w.Publisher = texts[len(texts)-1]
		texts = texts[:len(texts)-1]
	}
	book := strings.Join(texts, ", ")
	// Bluebook prints the first page after the book: "THE OXFORD HANDBOOK 717".
	if at := strings.LastIndexByte(book, ' '); at > 0 && w.Page == "" && pagesEnd(book, at+1) == len(book) && !anyYear(book[at:]) {
		w.Page, book = pages(book[at+1:]), book[:at]
	}
	return book
}

// addSeries keeps a kind of paper with its number.
func addSeries(w *cite.Work, s string) {
	low := lower(s)
	genre := s
	for _, mark := range []string{" no. ", " no ", " n° ", " n°", " nº ", " number ", " núm. ", " nos. "} {
		if at := strings.LastIndex(low, mark); at > 0 {
			if n := numberAfter(s, at+len(mark)); n != "" {
				genre = strings.Trim(s[:at], " ,")
				if w.Number == "" {
					w.Number = n
				}
			}
			break
		}
	}
	if k := strings.LastIndexByte(genre, ' '); k > 0 && digitsAt(genre, k+1, 6) == len(genre) && k+1 < len(genre) {
		if w.Number == "" {
			w.Number = genre[k+1:]
		}
		genre = genre[:k]
	}
	w.Genre = join(w.Genre, genre)
}

func speech(title string) bool {
	low := lower(title)
	for _, lead := range []string{"remarks by ", "remarks to ", "remarks at ", "remarks of ", "speech by ", "speech at ", "speech to ", "speech of ", "address by ", "address to ", "address at ", "statement by the representative", "discours ", "allocution ", "discurso ", "opening remarks", "keynote"} {
		if strings.HasPrefix(low, lead) || strings.Contains(low, "’s "+lead) {
			return true
		}
	}
	return false
}

func isDataset(w *cite.Work) bool {
	return wordIn(w.Genre, "dataset") || wordIn(w.Genre, "database") || wordIn(w.Title, "dataset") || wordIn(w.Title, "database") || wordIn(w.Title, "data set")
}

func join(a, b string) string {
	a, b = strings.Trim(a, " ,;"), strings.Trim(b, " ,;")
	if a == "" || b == "" {
		return a + b
	}
	return a + ", " + b
}

// caseIn is where the "v." of a case's name stands in s, -1 for none.
func caseIn(s string) int {
	for i := 2; i+3 < len(s); i++ {
		if s[i] != 'v' || s[i-1] != ' ' {
			continue
		}
		e := i + 1
		if s[e] == 's' {
			e++
		}
		if e < len(s) && s[e] == '.' {
			e++
		}
		if e < len(s) && s[e] == ' ' && isUpperRune(s, skipSpaces(s, e)) && (isWord(runeBefore(s, i-1)) || s[i-2] == '.' || s[i-2] == ')') && unicode.IsUpper(runeAt(s, 0)) {
			return i
		}
	}
	return -1
}

// caseWork reads a decision: "Suez v. Argentine Republic, ICSID Case No.
// ARB/03/19, Decision on Liability, ¶ 262 (July 30, 2010)".
func caseWork(w *cite.Work, core string) bool {
	at := caseIn(core[:min(len(core), 200)])
	if at < 0 && affaire(w, core) {
		return true
	}
	if at < 0 && (numberedCase(w, core) || reported(w, core)) {
		return true
	}
	if at < 0 && !strings.HasPrefix(core, "In re ") && !strings.HasPrefix(core, "Case concerning ") && !strings.HasPrefix(core, "Affaire ") {
		return false
	}
	if prose(core[:min(len(core), max(at, 0)+60)]) || at > 0 && len(strings.Fields(core[:at])) > 14 {
		return false
	}
	if first, _, ok := strings.Cut(core[:max(at, 0)], ","); ok && isPerson(first) {
		return false // "Stefanie Schacherer, Bear Creek v. Peru": an article
	}
	end := len(core)
	for i := max(at, 0); i < len(core); i++ {
		if core[i] == ',' && !corporate(core, i+1) || core[i] == '(' || core[i] == '[' {
			end = i
			break
		}
	}
	if end == len(core) && !anyYear(core) && w.URL == "" {
		return false // nothing tells a decision from a mention of the parties
	}
	name := trimTitle(core[:end])
	if len(name) > 180 {
		return false
	}
	rest := core[end:]
	if !anyYear(rest) && w.URL == "" && !wordIn(rest, "case") && !strings.ContainsAny(rest, "0123456789") {
		return false
	}
	w.Type, w.Title = "legal_case", name
	var f trailer
	rest = imprints(w, &f, oscolaYear(w, strings.TrimLeft(rest, " ,")))
	w.Publisher, w.PublisherPlace = "", ""
	for _, p := range parts(rest) {
		switch {
		case strings.Contains(p, "No. ") || strings.Contains(p, "no. ") || strings.Contains(p, "no "):
			if n := numberAfter(p, strings.LastIndex(lower(p), "no")+2); n != "" && w.Number == "" {
				w.Number = n
			}
		case isDigit(p[0]):
			if d, ok := dateAt(p, 0); ok && d.to == len(p) {
				setIssued(w, d)
				continue
			}
			if w.Volume == "" && journalPart(w, &trailer{}, p) {
				continue
			}
			if y, to := workYearAt(p, 0); y > 0 && to == len(p) {
				setIssued(w, dated{date: cite.Date{Year: y}, year: y})
			}
		default:
			if d, ok := dateAt(p, 0); ok && d.to == len(p) {
				setIssued(w, d)
				continue
			}
			if pins, e := pinsAt(p, 0); len(pins) > 0 && e >= len(p)-1 {
				continue
			}
			if w.Genre == "" && w.Volume == "" && len(p) < 120 && wordIn(p, "award") || wordIn(p, "judgment") || wordIn(p, "judgement") || wordIn(p, "decision") || wordIn(p, "order") || wordIn(p, "opinion") {
				w.Genre = join(w.Genre, p)
			}
		}
	}
	if w.Issued == nil {
		if d, ok := lastDate(core[end:]); ok {
			w.Issued = d.date.CSL()
		}
	}
	return true
}

// affaire reads a decision as French names the parties: "CIJ, Activités armées
// (République démocratique du Congo c. Ouganda), arrêt, C.I.J. Recueil 2005".
func affaire(w *cite.Work, core string) bool {
	at := strings.Index(core, " c. ")
	if at < 0 || at > 200 || !isUpperRune(core, at+len(" c. ")) || prose(core) || !anyYear(core) {
		return false
	}
	ps := parts(core)
	if len(ps) > 1 && (court(ps[0]) || ps[0] == "CIJ" || ps[0] == "C.I.J." || ps[0] == "CPIJ" || ps[0] == "CEDH" || ps[0] == "Cour EDH") {
		w.Publisher, ps = ps[0], ps[1:]
	}
	title := ps[0]
	if open := strings.IndexByte(title, '('); open > 4 {
		title = title[:open]
	}
	if len(ps) < 2 || len(strings.Fields(title)) > 20 {
		w.Publisher = ""
		return false
	}
	w.Type, w.Title = "legal_case", trimTitle(title)
	if d, ok := lastDate(core); ok {
		w.Issued = d.date.CSL()
	}
	return utf8Len(w.Title) > 3
}

// numberedCase reads a decision that is known by its number: "Bear Creek
// Mining Corp., ICSID Case No. ARB/14/21, Award, ¶ 155".
func numberedCase(w *cite.Work, core string) bool {
	at := -1
	for _, mark := range []string{"Case No. ", "Case no. ", "Case Nos. ", "Application no. ", "App. No. ", "Appl. no. "} {
		if at = strings.Index(core, mark); at > 0 {
			w.Number = numberAfter(core, at+len(mark))
			break
		}
	}
	if at < 5 || at > 150 || w.Number == "" || prose(core) || !isUpperRune(core, 0) {
		w.Number = ""
		return false
	}
	ps := parts(core[:at])
	if len(ps) > 1 {
		ps = ps[:len(ps)-1] // the court: "ICSID"
	}
	if len(ps) == 0 {
		w.Number = ""
		return false
	}
	w.Type, w.Title = "legal_case", trimTitle(strings.Trim(strings.Join(ps, ", "), " ,("))
	if d, ok := lastDate(core[at+len(w.Number):]); ok && !strings.Contains(w.Number, core[at+len(w.Number):][d.from:d.to]) {
		w.Issued = d.date.CSL()
	}
	return utf8Len(w.Title) > 3
}

// reported reads a decision that is known by where it is reported: "Iqbal, 556
// U.S. at 685", "A-B-, 27 I. & N. Dec. 316, 337 (Att’y Gen. 2018)".
func reported(w *cite.Work, core string) bool {
	for _, name := range reporters {
		at := strings.Index(core, " "+name+" ")
		if at < 1 || at > 120 {
			continue
		}
		from := at
		for from > 0 && isDigit(core[from-1]) {
			from--
		}
		if from == at || at-from > 4 || from > 0 && core[from-1] != ' ' {
			continue
		}
		page := skipSpaces(core, at+1+len(name))
		short := wordAt(core, page, "at")
		if short {
			page = skipSpaces(core, page+2)
		}
		e := digitsAt(core, page, 5)
		title := strings.Trim(core[:from], " ,")
		if e == page || title != "" && (!isUpperRune(title, 0) || prose(title) || len(strings.Fields(title)) > 12) {
			continue
		}
		w.Type, w.Title, w.Volume, w.ContainerTitle = "legal_case", trimTitle(title), core[from:at], name
		if !short {
			w.Page = core[page:e]
		}
		if open := strings.IndexByte(core[e:], '('); open >= 0 && open < 30 {
			if end := closeOf(core, e+open); end > 0 {
				if d, ok := lastDate(core[e+open : end]); ok {
					w.Issued = d.date.CSL()
				}
			}
		}
		if w.Title == "" {
			w.Title = core[from:e]
		}
		return true
	}
	return false
}

// reporters are the series in which decisions of American courts appear, the
// longer names first.
var reporters = []string{"I.C.J. Reports", "I.C.J. Rep.", "ICJ Reports", "ICJ Rep", "P.C.I.J.", "I. & N. Dec.", "F. Supp. 3d", "F. Supp. 2d", "F. Supp.", "F. App’x", "L. Ed. 2d", "L. Ed.", "S. Ct.", "S.Ct.", "U.S.", "F.4th", "F.3d", "F.2d", "F.", "A.3d", "A.2d", "P.3d", "P.2d", "N.E.3d", "N.E.2d", "N.W.2d", "S.E.2d", "S.W.3d", "S.W.2d", "So. 3d", "So. 2d", "Cal. Rptr. 3d", "Cal. Rptr.", "N.Y.S.2d", "N.Y.2d", "I.C.J.", "E.C.R.", "Cr App R", "All ER", "WLR", "EHRR", "ECR", "CLR"}

// corporate tells whether the part of a name at byte i goes on with a form of
// company: "Energy, Inc. v. Spain".
func corporate(s string, i int) bool {
	i = skipSpaces(s, i)
	return anyWordAt(s, i, "inc", "ltd", "llc", "corp", "co", "s.a", "plc", "b.v", "gmbh", "l.p", "lp") > 0
}

// statuteWork reads laws and treaties: "Vienna Convention on the Law of
// Treaties, art. 31, May 23, 1969, 1155 U.N.T.S. 331", "Loi n° 2012-018 du 12
// juillet 2012".
func statuteWork(w *cite.Work, core string) bool {
	if prose(core) || len(core) > 500 {
		return false
	}
	if code(w, core) {
		return true
	}
	series := treatySeries(core)
	full := core
	if at := strings.Index(core, "(entered into"); at > 0 {
		core = strings.TrimRight(core[:at], " ,")
	}
	ps := parts(core)
	if len(ps) == 0 {
		return false
	}
	title := ps[0]
	if at := strings.IndexAny(title, "(["); at > 0 {
		title = strings.TrimSpace(title[:at])
	}
	law := false
	eachWord(title, func(word string) bool {
		law = law || statuteWord[strings.ToLower(strings.TrimRight(word, "."))] && unicode.IsUpper(runeAt(word, 0))
		return true
	})
	if !law || !isUpperRune(core, 0) {
		return false
	}
	numbered := strings.Contains(core, " No. ") || strings.Contains(core, " no. ") || strings.Contains(core, "n°") || strings.Contains(core, "nº") || strings.Contains(core, " núm. ")
	if !series && !(numbered && anyYear(core)) {
		return false
	}
	// Authors have no business before a law.
	if person(title) && !series {
		return false
	}
	w.Title = trimTitle(title)
	w.Type = "legislation"
	for _, word := range []string{"convention", "treaty", "covenant", "protocol", "agreement", "charter", "traité", "accord", "pacte", "tratado", "pacto"} {
		if wordIn(title, word) {
			w.Type = "treaty"
		}
	}
	if ds := datesIn(core, 0, len(core)); len(ds) > 0 && !ds[0].date.IsZero() {
		w.Issued = ds[0].date.CSL()
	} else if d, ok := lastDate(full); ok {
		w.Issued = d.date.CSL()
	}
	if numbered {
		for _, mark := range []string{"No. ", "no. ", "n° ", "nº ", "núm. ", "n°", "nº"} {
			if at := strings.Index(core, mark); at >= 0 {
				w.Number = numberAfter(core, at+len(mark))
				break
			}
		}
	}
	for _, p := range ps[1:] {
		if treatySeries(p) && isDigit(p[0]) {
			journalPart(w, &trailer{}, p)
			break
		}
	}
	return true
}

// code reads a place in a code of laws: "8 U.S.C. § 1225(b)(1)", "8 C.F.R.
// § 208.16 (2019)".
func code(w *cite.Work, core string) bool {
	j := digitsAt(core, 0, 3)
	k := skipSpaces(core, j)
	if at := strings.Index(core, " Cong"); at > 0 && at < 60 && (strings.HasPrefix(core, "H.R. ") || strings.HasPrefix(core, "S. ")) {
		w.Type, w.Title = "bill", strings.Trim(core[:at], " ,")
		if d, ok := lastDate(core[at:]); ok {
			w.Issued = d.date.CSL()
		}
		return true
	}
	if at := strings.Index(core, "§"); at > 4 && at < 48 && isUpperRune(core, 0) {
		law := false
		eachWord(core[:at], func(word string) bool {
			switch strings.TrimRight(strings.ToLower(word), ".") {
			case "code", "stat", "statutes", "law", "laws", "const":
				law = true
			}
			return !law
		})
		end := strings.IndexAny(core[at:], "(,;")
		if end < 0 {
			end = len(core) - at
		}
		if law && end < 30 {
			w.Type, w.Title = "legislation", strings.Trim(core[:at+end], " .")
			if d, ok := lastDate(core[at+end:]); ok {
				w.Issued = d.date.CSL()
			}
			return true
		}
	}
	if j == 0 || k == j {
		return false
	}
	for _, name := range []string{"U.S.C.", "U.S.C.A.", "C.F.R.", "USC", "CFR"} {
		if !strings.HasPrefix(core[k:], name) {
			continue
		}
		rest := skipSpaces(core, k+len(name))
		if strings.HasPrefix(core[rest:], "§") {
			w.Type, w.Title = "legislation", core[:j]+" "+name
			return true
		}
	}
	return false
}

var statuteWord = wordSet("act convention treaty covenant protocol agreement charter constitution code law decree regulation directive statute statutes ordinance loi décret ordonnance traité accord pacte ley decreto tratado reglamento arrêté pacto règlement")

func treatySeries(s string) bool {
	for _, name := range []string{"U.N.T.S.", "UNTS", "Stat.", "U.S.C.", "ATS ", "A.T.S.", "I.L.M.", "ILM ", "U.S.T.", "T.I.A.S.", "L.N.T.S.", "LNTS", "Can. T.S.", "E.T.S.", "ETS No", "CETS", "Pub. L.", "C.F.R.", "Fed. Reg.", "JORF", "BOE ", "O.J.", "OJ L", "RTNU", "OAU Doc", "Code Ann", "CODE ANN"} {
		if strings.Contains(s, name) {
			return true
		}
	}
	return false
}

// plainWork reads a citation whose title no mark sets off: the order of its
// parts has to tell.
func plainWork(w *cite.Work, core string) bool {
	if strings.IndexByte(core, '(') < 0 && chapterIn(core) {
		// "Author, Title, in BOOK, supra note 10": no date, but a book.
		ps := parts(core)
		for i, p := range ps {
			if i > 0 && strings.HasPrefix(p, "in ") {
				return plainChapter(w, *w, ps, i)
			}
		}
	}
	if core == "" || len(core) > 600 || prose(core) || !isUpperRune(core, 0) && !isDigit(core[0]) {
		return false
	}
	if authorDate(w, core) || numberedReport(w, parts(core)) {
		return true
	}
	// "1 John W. Burgess, Political Science": the volume comes first.
	if j := digitsAt(core, 0, 2); j > 0 && j+1 < len(core) && core[j] == ' ' && isUpperRune(core, j+1) {
		if name, _, ok := strings.Cut(core[j+1:], ","); ok && isAuthor(name) {
			w.Volume = core[:j]
			if plainWork(w, core[j+1:]) {
				return true
			}
			w.Volume = ""
			return false
		}
	}
	f := trailer{}
	probe := *w
	head := core
	bound := false
	if open := imprintAt(core); open > 0 {
		end := closeOf(core, open)
		if end > 0 {
			bound = imprint(&probe, &f, strings.TrimSpace(core[open+1:end-1]))
			rest := strings.Trim(core[end:], " .,")
			if rest != "" && len(rest) > 60 && prose(rest) {
				return false
			}
			if k := strings.TrimLeft(core[end:], " "); strings.HasPrefix(k, ":") {
				if e := pagesEnd(k, skipSpaces(k, 1)); e > 1 {
					probe.Page = pages(k[1:e])
				}
			}
			head = core[:open]
		}
	}
	ps := namesOnly(&probe, &f, parts(head))
	if len(ps) < 2 && !(bound && len(ps) == 1 && w.URL != "") && !(f.bound && len(ps) == 1) {
		return false
	}
	if probe.Issued == nil && w.URL == "" && w.DOI == "" {
		return false
	}
	// "Author, Title, 24 J. Pol. Phil. 427": the journal shows itself.
	if last := ps[len(ps)-1]; isDigit(last[0]) && len(ps) >= 2 {
		if journalPart(&probe, &trailer{}, last) && probe.Page != "" {
			probe.Type = "article-journal"
			return plainNames(w, probe, ps[:len(ps)-1], true)
		}
		probe = *w
	}
	for i, p := range ps {
		if i > 0 && strings.HasPrefix(p, "in ") && isUpperRune(p, 3) {
			return plainChapter(w, probe, ps, i)
		}
	}
	if !bound && len(ps) > 2 && journalTail(&probe, ps[len(ps)-1]) {
		return plainNames(w, probe, ps[:len(ps)-1], true)
	}
	switch {
	case f.bound:
		probe.Type = "book"
		if !plainNames(w, probe, ps, probe.PublisherPlace == "" || probe.Publisher == "") {
			return false
		}
		if len(w.Author) > 0 && w.Author[0].Literal != "" && !pressHouse(w.Publisher) {
			w.Type = "report"
		}
		return true
	case w.URL != "" || w.DOI != "":
		return plainPage(w, probe, ps)
	case bound && len(ps) >= 2:
		// "Author, Title 63 (2016)": a year alone is a weak imprint, so the
		// author must be one beyond doubt.
		if !isAuthor(ps[0]) {
			return false
		}
		probe.Type = "book"
		if institution(ps[0]) {
			probe.Type = "report"
		}
		return plainNames(w, probe, ps, true)
	case len(ps) == 2 && pressHouse(ps[1]) && len(strings.Fields(ps[0])) > 2:
		probe.Type, probe.Publisher, probe.Title = "book", ps[1], trimTitle(ps[0])
		*w = probe
		return true
	case len(ps) >= 2 && isAuthor(ps[0]):
		// "Institute, Title, May 2019"
		if len(ps) > 2 && !isPerson(ps[1]) {
			probe.Publisher = ps[len(ps)-1]
			ps = ps[:len(ps)-1]
			if pressName(probe.Publisher) {
				probe.ContainerTitle, probe.Publisher = probe.Publisher, ""
			}
		}
		probe.Type = "report"
		if probe.ContainerTitle != "" {
			probe.Type = "article-newspaper"
		}
		return plainNames(w, probe, ps, true)
	}
	return false
}

// imprintAt is where the brackets of an imprint open, which have a year in
// them; -1 where there are none.
func imprintAt(core string) int {
	open := strings.IndexByte(core, '(')
	for open > 0 && closeOf(core, open) > 0 && !anyYear(core[open:closeOf(core, open)]) {
		next := strings.IndexByte(core[open+1:], '(')
		if next < 0 {
			return -1
		}
		open += 1 + next
	}
	return open
}

// namesOnly takes pinpoints, dates, editions, and place and press from the end
// of the parts: they are no part of a name.
func namesOnly(w *cite.Work, f *trailer, ps []string) []string {
	for len(ps) > 1 {
		last := ps[len(ps)-1]
		if d, ok := dateAt(last, 0); ok && d.to == len(last) {
			setIssued(w, d)
		} else if y, to := workYearAt(last, 0); y > 0 && to == len(last) {
			setIssued(w, dated{date: cite.Date{Year: y}, year: y})
		} else if pins, e := pinsAt(last, 0); len(pins) > 0 && e >= len(last)-1 {
		} else if e := pagesEnd(last, 0); e == len(last) || extent(last) || e > 0 && strings.HasPrefix(last[e:], " & n.") {
			// The pages of a place, or of the whole book.
		} else if edition(last) || strings.HasPrefix(last, "updated ") && edition(last[len("updated "):]) {
		} else if len(ps) > 2 && city(last) && w.PublisherPlace == "" && w.Issued != nil {
			w.PublisherPlace = last
			if n := len(ps); len(ps) > 3 || institution(ps[n-2]) || pressHouse(ps[n-2]) || !isAuthor(ps[0]) {
				w.Publisher = ps[n-2]
				ps = ps[:n-1]
			}
			f.bound = true
		} else {
			break
		}
		ps = ps[:len(ps)-1]
	}
	return ps
}

// extent tells whether a part says how many pages a book has: "105 pp.".
func extent(s string) bool {
	j := digitsAt(s, 0, 4)
	return j > 0 && strings.Trim(strings.TrimPrefix(strings.TrimSpace(s[j:]), "pp"), ".") == "" && j < len(s)
}

func journalTail(w *cite.Work, s string) bool {
	probe := *w
	if !journalPart(&probe, &trailer{}, s) || !journalWord(probe.ContainerTitle) {
		return false
	}
	probe.Type = "article-journal"
	*w = probe
	return true
}

// plainNames gives the first parts to the author and the others to the title.
func plainNames(w *cite.Work, probe cite.Work, ps []string, needAuthor bool) bool {
	ps = dropGenre(&probe, ps)
	if k := editorsEnd(ps); k > 0 {
		probe.Editor = names(dropRoles(strings.Join(ps[:k], ", ")))
		return plainTitle(w, probe, ps[k:], 0)
	}
	n := authorParts(ps)
	if n == 0 && probe.PublisherPlace != "" && probe.Publisher != "" && len(ps) == 2 && surname(ps[0]) && !abstract(ps[0]) && len(strings.Fields(ps[1])) > 1 {
		n = 1 // "Doe, Book of Hours (London: Example Press, 2010)"
	}
	if n == 0 && needAuthor {
		return false
	}
	if n > 0 && n+1 < len(ps) && siteLike(ps[n]) && institution(ps[n]) && probe.Publisher == "" {
		// "LORENZO COTULA, INT’L INST. FOR ENV’T & DEV., TITLE"
		probe.Publisher = ps[n]
		ps = append(append([]string{}, ps[:n]...), ps[n+1:]...)
	}
	return plainTitle(w, probe, ps, n)
}

// abstract tells whether a word before a comma is rather the first of a title's
// list, "Sovereignty, Law and Power", than a surname.
func abstract(word string) bool {
	low := lower(word)
	for _, end := range []string{"tion", "sion", "ity", "ism", "ness", "ment", "ance", "ence", "ship", "ing", "acy", "archy", "logy", "ure", "dom", "hood", "ies", "women", "men"} {
		if strings.HasSuffix(low, end) {
			return true
		}
	}
	return commonTitle[low]
}

var commonTitle = wordSet("war wars peace law laws power order gender race class nations states borders justice truth memory history theory practice rights trade money oil blood gold diamonds land water food guns arms peacekeepers soldiers rebels crime crimes force forces mandates missions words deeds friends enemies kings africa europe asia america")

// editorsEnd is the number of parts at the start that name the editors: "Ida
// Crane, ed., Words of War", "Ida Crane (ed.), Words of War"; 0 for none.
func editorsEnd(ps []string) int {
	for k := 0; k < min(len(ps)-1, 4); k++ {
		if k > 0 && editorMark(ps[k]) && isAuthor(ps[0]) {
			return k + 1
		}
		if open := strings.LastIndexByte(ps[k], '('); open > 3 && strings.HasSuffix(ps[k], ")") && editorMark(ps[k][open+1:len(ps[k])-1]) && isAuthor(strings.TrimSpace(ps[k][:open])) {
			return k + 1
		}
	}
	return 0
}

// plainTitle gives the parts from the nth on to the title, those before to
// the author.
func plainTitle(w *cite.Work, probe cite.Work, ps []string, n int) bool {
	title := trimTitle(strings.Join(ps[n:], ", "))
	title = dropPage(title)
	if len(strings.Fields(title)) < 1 || utf8Len(title) < 4 || !isUpperRune(title, 0) && !isDigit(title[0]) {
		return false
	}
	probe.Title = title
	if n > 0 {
		probe.Author = names(strings.Join(ps[:n], ", "))
	}
	*w = probe
	return true
}

// dropGenre takes "Press Release" off the front.
func dropGenre(w *cite.Work, ps []string) []string {
	switch low := lower(ps[0]); low {
	case "press release", "news release", "press statement", "communiqué de presse", "comunicado de prensa", "fact sheet", "press briefing", "memorandum":
		if len(ps) > 2 {
			w.Genre = ps[0]
			return ps[1:]
		}
	}
	return ps
}

// dropPage takes off the page that Bluebook prints after a title:
// "FIDUCIARIES OF HUMANITY 63", "CASES AND MATERIALS 149 n.1".
func dropPage(title string) string {
	if at := strings.LastIndex(title, " n."); at > 0 && digitsAt(title, at+3, 4) == len(title) {
		title = title[:at]
	}
	at := strings.LastIndexByte(title, ' ')
	if at < 0 || anyYear(title[at:]) {
		return title
	}
	if e := pagesEnd(title, at+1); e == len(title) && isDigit(title[at+1]) {
		return title[:at]
	}
	return title
}

func utf8Len(s string) int { return len([]rune(s)) }

// plainChapter reads "Author, Title, in BOOK 717 (Editor ed., 2020)".
func plainChapter(w *cite.Work, probe cite.Work, ps []string, at int) bool {
	texts := append([]string{strings.TrimPrefix(ps[at], "in ")}, ps[at+1:]...)
	probe.Type = "chapter"
	book := strings.Join(texts, ", ")
	for _, mark := range []string{" ed., ", " eds., ", ", ed., ", ", eds., "} {
		if k := strings.Index(book, mark); k > 0 {
			probe.Editor = names(book[:k])
			book = book[k+len(mark):]
		}
	}
	probe.ContainerTitle = trimTitle(chapterBook(&probe, []string{book}))
	return plainNames(w, probe, ps[:at], true)
}

// plainPage reads "Author, Title, SITE (date), URL" and "Title, SITE, URL".
func plainPage(w *cite.Work, probe cite.Work, ps []string) bool {
	probe.Type = "webpage"
	ps = dropGenre(&probe, ps)
	if len(ps) == 1 {
		return plainNames(w, probe, ps, false)
	}
	n := authorParts(ps)
	rest := ps[n:]
	if len(ps) == 2 {
		// Author and title, or title and site? Capitals and the names of
		// bodies tell.
		if siteLike(ps[1]) && !(siteLike(ps[0]) && n > 0) || !institution(ps[0]) && !strings.Contains(ps[0], " & ") && !(siteLike(ps[0]) && n > 0) {
			n, rest = 0, ps
		}
	}
	if len(rest) == 0 {
		n, rest = 0, ps
	}
	if len(rest) > 1 && (siteLike(rest[len(rest)-1]) || len(rest) == 2) {
		probe.ContainerTitle = rest[len(rest)-1]
		rest = rest[:len(rest)-1]
		switch {
		case pressName(probe.ContainerTitle):
			probe.Type = "article-newspaper"
		case wordIn(probe.ContainerTitle, "blog"):
			probe.Type = "post-weblog"
		}
	}
	probe.Title = trimTitle(strings.Join(rest, ", "))
	if siteLike(probe.Title) {
		probe.Title = dropPage(probe.Title)
	}
	if n > 0 {
		probe.Author = names(strings.Join(ps[:n], ", "))
	}
	if probe.Title == "" || len(strings.Fields(probe.Title)) > 40 {
		return false
	}
	*w = probe
	return true
}

// siteLike tells whether a part looks like the name of a site or a body, as
// Bluebook sets it: in capitals.
func siteLike(s string) bool {
	letters, capitals := 0, 0
	for _, r := range s {
		if unicode.IsLetter(r) {
			letters++
			if unicode.IsUpper(r) {
				capitals++
			}
		}
	}
	return letters > 1 && capitals*10 >= letters*9 || pressName(s) || institution(s) && len(strings.Fields(s)) < 8
}

// authorDate reads "Smith, J. (2010). Title of the book. Publisher.".
func authorDate(w *cite.Work, core string) bool {
	open := strings.IndexByte(core, '(')
	if open < 3 || open > 200 {
		return false
	}
	y, to := workYearAt(core, open+1)
	if strings.HasPrefix(core[open:], "(n.d.)") {
		y, to = 1, open+1
	}
	if y == 0 || to >= len(core) {
		return false
	}
	close := closeOf(core, open)
	if close < 0 || close > open+24 || close+2 >= len(core) || core[close] != '.' && core[close] != ',' && core[close] != ':' {
		return false
	}
	lead := strings.Trim(core[:open], " ,")
	rest := strings.TrimLeft(core[close+1:], " ")
	if core[close] != '.' && !inverted(lead) || !authorLike(lead+",") || rest == "" || !isUpperRune(rest, 0) {
		return false
	}
	ps := sentences(rest)
	w.Title = trimTitle(ps[0])
	w.Author = names(lead)
	if d, ok := lastDate(core[open:close]); ok {
		w.Issued = d.date.CSL()
	}
	f := readTail(w, strings.Join(ps[1:], ", "), false)
	if w.Volume != "" {
		settle(w, f, true)
	} else {
		settle(w, f, false)
	}
	return utf8Len(w.Title) > 3
}

// sentences divides text at stops that end a sentence.
func sentences(s string) []string {
	var out []string
	from := 0
	for i := 0; i+1 < len(s); i++ {
		if (s[i] == '.' || s[i] == '?') && s[i+1] == ' ' && (s[i] == '?' || endsSentence(s, i)) {
			out = append(out, strings.TrimSpace(s[from:i+1]))
			from = i + 1
		}
	}
	if rest := strings.TrimSpace(s[from:]); rest != "" {
		out = append(out, rest)
	}
	if len(out) == 0 {
		out = []string{""}
	}
	return out
}
