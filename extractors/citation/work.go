package citation

import (
	"regexp"
	"strings"
	"unicode"

	"citecheck/pipeline/cite"
)

var (
	quotedTitle = regexp.MustCompile(`“((?:[^“”]|“[^”]*”){2,400})”|"([^"]{3,400})"|(?:^|[\s(,])‘((?:[^‘’]|’[a-zà-ÿ])+(?:’[^‘’,.]*)*)’|«\s*([^»]{3,400})»`)
	workURL     = regexp.MustCompile(`https?://[^\s<>"“”]+|\bwww\.[^\s<>"“”]+`)
	workDOI     = regexp.MustCompile(`\b10\.\d{4,9}/[^\s,;<>"“”]+`)
	workISBN    = regexp.MustCompile(`(?i)\bISBN(?:-1[03])?:?\s*([0-9][0-9Xx -]{8,16}[0-9Xx])`)
	imprint     = regexp.MustCompile(`\(([^()]*\b(?:19|20)\d\d[a-z]?)\)`)
	accessedOn  = regexp.MustCompile(`(?i)[\[(,;]?\s*(?:last\s+)?(?:accessed|visited|viewed|retrieved|consulté(?: le)?|consultado(?: el)?)(?:\s+on)?:?\s+`)
	volumeIssue = regexp.MustCompile(`(?i)^(.*?),?\s+(?:vol\.?\s*)?(\d{1,4})\s*,?\s*(?:no\.?\s*|\()?(\d{1,3}(?:[–-]\d{1,3})?)?\)?\s*$`)
	pagesAfter  = regexp.MustCompile(`(?i)^\s*[:,]\s*(?:pp?\.\s*)?(\d{1,5}(?:\s*[–-]\s*\d{1,5})?)`)
	caseName    = regexp.MustCompile(`\b[A-Z][\w.'’-]+(?:\s+[\w.'’&-]+){0,6}\s+v\.?s?\.?\s+[A-Z]`)
	availableAt = regexp.MustCompile(`(?i)[,.;]?\s*\(?(?:available(?:\s+online)?\s+(?:at|from)|disponible (?:en|sur|à)|online(?: at)?|at|en línea|url)\s*:?\s*$`)
)

// parseWork reads one cited source that is no UN document; nil when the text
// is no citation but a remark. italics are spans of text.
func parseWork(text string, italics []cite.Span) *cite.Work {
	w := &cite.Work{}
	body := identifiers(w, text)
	title, ok := findTitle(body, newSource(body), italics)
	if !ok {
		return untitled(w, body)
	}
	before, after := body[:title.from], body[title.to:]
	if !authorLike(before) || !sourceLike(after, w) {
		return untitled(w, body)
	}
	w.Title = trimTitle(title.text)
	w.Author = names(strings.Trim(before, " ,:;.(—–"))
	rest(w, after, title.quoted)
	settle(w, title.quoted)
	return w
}

// identifiers takes URL, DOI, ISBN and the day of access out of a citation.
func identifiers(w *cite.Work, text string) string {
	s := text
	if m := workURL.FindStringIndex(s); m != nil {
		url := strings.TrimRight(s[m[0]:m[1]], ".,;:)]>’'")
		w.URL = url
		if strings.HasPrefix(url, "www.") {
			w.URL = "https://" + url
		}
		tail := s[m[0]+len(url):]
		if a := accessedOn.FindStringIndex(tail); a != nil {
			if d, ok := firstDate(tail[a[1]:]); ok {
				w.Accessed = cslDate(d.date)
			}
			tail = tail[:a[0]]
		}
		head := availableAt.ReplaceAllString(strings.TrimRight(s[:m[0]], "<( "), "")
		s = strings.TrimRight(head, " ,;") + strings.TrimLeft(tail, ">) .")
	}
	if m := workDOI.FindStringIndex(text); m != nil {
		w.DOI = strings.TrimRight(text[m[0]:m[1]], ".")
		s = strings.Replace(s, text[m[0]:m[1]], "", 1)
		s = regexp.MustCompile(`(?i)[,.]?\s*doi:?\s*$`).ReplaceAllString(s, "")
	}
	if m := workISBN.FindStringSubmatch(s); m != nil {
		w.ISBN = strings.ReplaceAll(m[1], " ", "")
		s = strings.Replace(s, m[0], "", 1)
	}
	return strings.TrimSpace(s)
}

// titleAt is a title with its quotation marks, in bytes of the text.
type titleAt struct {
	from, to int
	text     string
	quoted   bool
}

// findTitle is the first quotation, else the first stretch of italics, that
// may be a title.
func findTitle(s string, src source, italics []cite.Span) (titleAt, bool) {
	if m := quotedTitle.FindStringSubmatchIndex(s); m != nil {
		from := m[0]
		for from < m[1] && !strings.ContainsRune("“\"‘«", runeAt(s, from)) {
			from++
		}
		return titleAt{from, m[1], group(s, m), true}, true
	}
	for _, it := range italics {
		from, to := src.bytes(it)
		if t := strings.TrimSpace(s[min(from, len(s)):min(to, len(s))]); len(t) > 3 && !signalWord(t) {
			return titleAt{from, min(to, len(s)), t, false}, true
		}
	}
	return titleAt{}, false
}

func signalWord(s string) bool {
	switch strings.ToLower(strings.Trim(s, " .,:")) {
	case "see", "see also", "cf", "ibid", "id", "supra", "infra", "inter alia", "contra", "e.g", "et al", "op. cit", "loc. cit", "passim", "available at", "in":
		return true
	}
	return false
}

// group is the submatch that matched.
func group(s string, m []int) string {
	for i := 2; i+1 < len(m); i += 2 {
		if m[i] >= 0 {
			return s[m[i]:m[i+1]]
		}
	}
	return ""
}

// trimTitle takes the marks off the ends of a title.
func trimTitle(s string) string {
	return strings.TrimSpace(strings.Trim(strings.TrimSpace(s), ",;:“”\"‘«» "))
}

// authorLike tells whether what stands before a title can be its author:
// nothing, or names that a comma or colon ends. A sentence that happens to
// quote something goes on without either.
func authorLike(s string) bool {
	s = strings.TrimSpace(s)
	if s == "" {
		return true
	}
	if strings.HasPrefix(s, "(") && strings.HasSuffix(s, ")") {
		return true
	}
	last := s[len(s)-1]
	if !strings.ContainsRune(",:;.)", rune(last)) || len(s) > 220 {
		return false
	}
	lower, n := 0, 0
	for _, word := range strings.Fields(strings.Trim(s, ",:;.()")) {
		word = strings.Trim(word, ",.()")
		r := []rune(word)
		if len(r) == 0 {
			continue
		}
		n++
		if unicode.IsLower(r[0]) && !particle[word] && word != "and" && word != "et" && word != "al" && word != "eds" && word != "ed" && word != "y" && word != "for" && word != "of" && word != "the" && word != "on" && word != "in" && word != "with" {
			lower++
		}
	}
	return n > 0 && lower*5 <= n && n <= 30 && unicode.IsUpper([]rune(s)[0])
}

// sourceLike tells whether what follows a title goes on as a source does:
// with a container, a date, an imprint, or an address.
func sourceLike(after string, w *cite.Work) bool {
	if w.URL != "" || w.DOI != "" {
		return true
	}
	rest := strings.Trim(after, " ,.;:")
	if rest == "" {
		return false
	}
	if !anyYear(after) {
		return false
	}
	r := []rune(rest)
	return unicode.IsUpper(r[0]) || unicode.IsDigit(r[0]) || strings.ContainsRune("([", r[0]) || strings.HasPrefix(rest, "in ") || strings.HasPrefix(rest, "vol") || strings.HasPrefix(rest, "p.") || particle[strings.ToLower(strings.Fields(rest)[0])]
}

var yearWord = regexp.MustCompile(`\b(?:1[89]|20)\d\d\b`)

func anyYear(s string) bool { return yearWord.MatchString(s) }

// untitled reads what has no title that marks set off: a book whose italics
// were lost, an address alone, a court's decision, an interview.
func untitled(w *cite.Work, s string) *cite.Work {
	trimmed := strings.Trim(s, " .,;")
	switch {
	case interview.MatchString(trimmed):
		w.Type, w.Title = "interview", trimmed
		if d, ok := firstDate(s); ok {
			w.Issued = cslDate(d.date)
		}
		return w
	case w.URL != "" && len(strings.Fields(trimmed)) <= 25 && !prose(trimmed):
		w.Type, w.Title = "webpage", trimmed
		if d, ok := firstDate(s); ok {
			w.Issued = cslDate(d.date)
		}
		return w
	case caseName.MatchString(trimmed) && anyYear(trimmed) && !prose(trimmed):
		w.Type, w.Title = "legal_case", trimmed
		if at := strings.IndexAny(trimmed, ",(["); at > 0 {
			w.Title = strings.TrimSpace(trimmed[:at])
		}
		if d, ok := firstDate(s); ok {
			w.Issued = cslDate(d.date)
		}
		return w
	}
	if b := bookByImprint(w, s); b != nil {
		return b
	}
	return commaReport(w, s)
}

var interview = regexp.MustCompile(`^(?i:(?:author['’]s |telephone |phone |written |email |confidential |remote |virtual )*(?:interviews?|communication|correspondence|conversation) (?:with|by|conducted))`)

// prose tells whether text is a sentence: it has a verb that titles and
// names lack.
func prose(s string) bool {
	return proseWord.MatchString(s)
}

var proseWord = regexp.MustCompile(`(?i)\b(?:is|are|was|were|has|have|had|does|did|do|will|would|should|could|may|might|must|can|refers?|follows?|followed|stands? for|applies|applied|we|they|this|these|here|it|not|used|noted|argues?|argued|shows?|showed|explains?|discussed|leaves?|coded|est|sont|était|es|son|fue)\b`)

// bookByImprint reads "Author, Title (Place: Publisher, 2008), p. 45" without
// marks around the title.
func bookByImprint(w *cite.Work, s string) *cite.Work {
	m := imprint.FindStringSubmatchIndex(s)
	if m == nil || m[0] < 8 {
		return nil
	}
	head := strings.Trim(s[:m[0]], " ,")
	author, title, ok := strings.Cut(head, ", ")
	if !ok || prose(head) || !authorLike(author+",") || len(strings.Fields(title)) < 2 || !unicode.IsUpper([]rune(title)[0]) {
		return nil
	}
	inside := s[m[2]:m[3]]
	if !strings.ContainsAny(inside, ":,") {
		return nil // "(2018)": a year alone is no imprint
	}
	w.Title = trimTitle(title)
	w.Author = names(author)
	imprintOf(w, inside)
	w.Type = "book"
	return w
}

// commaReport reads "Author, Title, Institute, May 2019" without marks: a
// body, and a date at the end, nothing that is a sentence.
func commaReport(w *cite.Work, s string) *cite.Work {
	parts := strings.Split(strings.Trim(s, " ."), ", ")
	if len(parts) < 3 || len(s) > 400 || prose(s) || !authorLike(parts[0]+",") || !unicode.IsUpper([]rune(strings.TrimSpace(parts[0]))[0]) {
		return nil
	}
	d, ok := firstDate(s)
	if !ok || strings.Count(s[d.to:], " ") > 8 || !institution(parts[0]) && !person(parts[0]) {
		return nil
	}
	title := strings.TrimSpace(parts[1])
	if len(strings.Fields(title)) < 2 || d.from < len(parts[0])+len(title) || !unicode.IsUpper([]rune(title)[0]) {
		return nil
	}
	w.Author, w.Title, w.Type = names(parts[0]), trimTitle(title), "report"
	w.Issued = cslDate(d.date)
	if mid := strings.Trim(s[len(parts[0])+2+len(parts[1]):d.from], " ,("); mid != "" {
		w.Publisher = mid
	}
	return w
}

// rest reads what follows a title.
func rest(w *cite.Work, after string, quoted bool) {
	s := strings.TrimLeft(after, " ,.;:”’")
	if m := imprint.FindStringSubmatchIndex(s); m != nil {
		head := strings.Trim(s[:m[0]], " ,.;")
		imprintOf(w, s[m[2]:m[3]])
		if p := pagesAfter.FindStringSubmatch(s[m[1]:]); p != nil && (quoted || w.Publisher == "") && head != "" {
			w.Page = p[1]
		}
		container(w, head)
		return
	}
	if d, ok := lastDate(s); ok {
		w.Issued = cslDate(d.date)
		head := strings.Trim(s[:d.from], " ,.;([")
		tail := s[d.to:]
		container(w, head)
		if p := pagesAfter.FindStringSubmatch(tail); p != nil && w.Volume != "" {
			w.Page = p[1]
		}
		if w.ContainerTitle == "" {
			// OSCOLA: [2015] or (2015) 12 Journal 45; date first
			if t := strings.Trim(tail, " ,.;)]"); t != "" && unicode.IsUpper([]rune(t)[0]) {
				container(w, t)
			}
		}
		return
	}
	container(w, strings.Trim(s, " ,.;"))
}

// container reads where a work stands: "in X (ed.), Book", "Journal 33, no. 4",
// "Reuters".
func container(w *cite.Work, s string) {
	s = strings.Trim(s, " ,.;:(")
	if s == "" {
		return
	}
	if in, ok := strings.CutPrefix(s, "in "); ok {
		w.Type = "chapter"
		if at := editorsEnd.FindStringIndex(in); at != nil {
			w.Editor = names(editorMark.ReplaceAllString(in[:at[1]], ""))
			in = in[at[1]:]
		}
		w.ContainerTitle = strings.Trim(in, " ,.;")
		return
	}
	if m := volumeIssue.FindStringSubmatch(s); m != nil && m[1] != "" && !institution(m[1]) {
		w.Type, w.ContainerTitle, w.Volume, w.Issue = "article-journal", strings.Trim(m[1], " ,"), m[2], m[3]
		return
	}
	w.ContainerTitle = s
}

var (
	editorsEnd = regexp.MustCompile(`\(?\b[Ee]ds?\.?\)?,?\s*`)
	editorMark = regexp.MustCompile(`[(,]?\s*\b[Ee]ds?\.?\)?,?`)
)

// imprintOf reads "Tokyo: UNU Press, 2008", "London, IISS, May 2018", "2003".
func imprintOf(w *cite.Work, s string) {
	d, ok := lastDate(s)
	if ok {
		w.Issued = cslDate(d.date)
		s = s[:d.from]
	}
	s = strings.Trim(s, " ,;:")
	if s == "" {
		return
	}
	if place, pub, ok := strings.Cut(s, ":"); ok {
		w.PublisherPlace, w.Publisher = strings.TrimSpace(place), strings.TrimSpace(pub)
		return
	}
	if place, pub, ok := strings.Cut(s, ", "); ok && !institution(place) {
		w.PublisherPlace, w.Publisher = strings.TrimSpace(place), strings.TrimSpace(pub)
		return
	}
	w.Publisher = s
}

// settle decides the type of a work and where its container belongs: a press
// article stands in a container, a report is published by an institution.
func settle(w *cite.Work, quoted bool) {
	if w.Type != "" {
		return
	}
	switch {
	case press.MatchString(w.ContainerTitle):
		w.Type = "article-newspaper"
	case thesis.MatchString(w.ContainerTitle) || thesis.MatchString(w.Publisher):
		w.Type = "thesis"
	case !quoted && w.Publisher != "":
		w.Type = "book"
	case !quoted:
		w.Type = "report"
		w.Publisher, w.ContainerTitle = join(w.ContainerTitle, w.Publisher), ""
	case w.ContainerTitle != "" && institution(w.ContainerTitle) || w.ContainerTitle == "" && len(w.Author) > 0 && w.Author[0].Literal != "":
		w.Type = "report"
		w.Publisher, w.ContainerTitle = join(w.ContainerTitle, w.Publisher), ""
	case len(w.Author) == 0 && w.Issued != nil && len(w.Issued.DateParts[0]) == 3:
		w.Type = "article-newspaper"
	case w.URL != "" && w.ContainerTitle == "":
		w.Type = "webpage"
	case len(w.Author) > 0 && w.Author[0].Family != "" && w.ContainerTitle != "" && w.Issued != nil && len(w.Issued.DateParts[0]) == 3:
		w.Type = "article-newspaper"
	default:
		w.Type = "report"
		w.Publisher, w.ContainerTitle = join(w.ContainerTitle, w.Publisher), ""
	}
}

func join(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + ", " + b
}

var (
	press  = regexp.MustCompile(`(?i)\b(?:Reuters|AFP|Agence France|Associated Press|AP News|BBC|CNN|Al ?Jazeera|Times|Post|Guardian|Herald|Tribune|Gazette|Daily|News|Le Monde|Le Figaro|Libération|Jeune Afrique|RFI|France 24|El País|Der Spiegel|Bloomberg|Economist|Xinhua|TASS|Newspaper|Press Agency|Foreign Policy|Politico|Independent|Telegraph|Standard|Observer|Courier|Sun|Mail|Chronicle|Examiner|Dispatch|Voice of America|VOA|DW|Deutsche Welle|NPR|Washington Post|Wall Street Journal|AllAfrica|PassBlue|Devex|New Humanitarian|IRIN|UN News)\b`)
	thesis = regexp.MustCompile(`(?i)\b(?:PhD|Ph\.D\.|doctoral|master['’]s|thesis|dissertation|thèse|tesis)\b`)
)

// institution tells whether a name is a body's and not a person's.
func institution(s string) bool {
	return institutionWord.MatchString(s) || len(strings.Fields(s)) == 1 && strings.ToUpper(s) == s && len(s) >= 2
}

var institutionWord = regexp.MustCompile(`(?i)\b(?:Institut\w*|Ministry|Ministère|Ministerio|Department|Office|Bureau|Agency|Committee|Commission|Council|Cent(?:er|re)|Foundation|Fund|Bank|University|Université|Universidad|College|School|Group|Organi[sz]ations?|Organisation|Association|Society|Union|Network|Project|Programme|Program|Government|Secretariat|Watch|International|Forum|Federation|Coalition|Alliance|Initiative|Academy|Service|Mission|Nations?|Authority|Assembly|Parliament|Court|Tribunal|Embassy|Force|Command|Party|Panel|Board|Unit|Division|Amnesty|Oxfam|MSF|Médecins|RAND|Stimson|Brookings|Chatham House|Press|Report|Journal|Review|Observatory|House|Study|Studies|Research|Security|Peace|Affairs|Africa|Europe|America|Asia|World|Global|State|Republic|Movement|Confederation|Corporation|Company|Inc|Ltd)\b`)

var particle = map[string]bool{"van": true, "von": true, "der": true, "den": true, "de": true, "del": true, "della": true, "di": true, "da": true, "dos": true, "du": true,
	"la": true, "le": true, "el": true, "al": true, "bin": true, "ibn": true, "ter": true, "ten": true, "af": true, "y": true, "zu": true, "d'": true, "des": true, "het": true}

var andBetween = regexp.MustCompile(`,?\s+(?:and|&|et|y|und)\s+|;\s*`)

// names reads authors: persons as parts, bodies as they are.
func names(s string) []cite.Name {
	s = strings.Trim(s, " ,:;")
	s = regexp.MustCompile(`(?i),?\s*\(?\beds?\.?\)?$`).ReplaceAllString(s, "")
	s = regexp.MustCompile(`(?i),?\s+(?:et al|and others|et autres|y otros)\.?$`).ReplaceAllString(s, "")
	if s == "" {
		return nil
	}
	if institution(s) && !strings.Contains(s, " and ") || !strings.ContainsAny(s, " ") {
		return []cite.Name{{Literal: s}}
	}
	var out []cite.Name
	for _, part := range andBetween.Split(s, -1) {
		for _, p := range strings.Split(part, ", ") {
			p = strings.Trim(p, " ,.")
			if p == "" {
				continue
			}
			if suffix.MatchString(p) && len(out) > 0 {
				continue
			}
			if institution(p) || !person(p) {
				if len(out) == 0 || institution(p) {
					// "Ministry of Territorial Administration and
					// Decentralization": a body's name holds its own "and".
					return []cite.Name{{Literal: s}}
				}
				continue
			}
			out = append(out, personName(p))
		}
	}
	if len(out) == 0 {
		return []cite.Name{{Literal: s}}
	}
	return out
}

var suffix = regexp.MustCompile(`^(?:Jr|Sr|II|III|IV|PhD|MD)\.?$`)

// person tells whether text can be a person's name: two to six words, with
// capitals but for particles, and no figures.
func person(s string) bool {
	words := strings.Fields(s)
	if len(words) < 2 || len(words) > 6 {
		return false
	}
	for _, w := range words {
		r := []rune(w)
		if strings.ContainsAny(w, "0123456789/“”\"") || !unicode.IsUpper(r[0]) && !particle[strings.ToLower(w)] {
			return false
		}
	}
	return true
}

func personName(s string) cite.Name {
	words := strings.Fields(s)
	k := len(words) - 1
	for k > 1 && particle[words[k-1]] {
		k--
	}
	return cite.Name{Given: strings.Join(words[:k], " "), Family: strings.Join(words[k:], " ")}
}

func cslDate(d cite.Date) *cite.CSLDate {
	if d.IsZero() {
		return nil
	}
	parts := []int{d.Year}
	if d.Month > 0 {
		parts = append(parts, d.Month)
	}
	if d.Day > 0 {
		parts = append(parts, d.Day)
	}
	return &cite.CSLDate{DateParts: [][]int{parts}}
}

// firstDate is the first date of a text, or its first year.
func firstDate(s string) (dated, bool) {
	if ds := datesIn(s, 0, len(s)); len(ds) > 0 {
		return ds[0], true
	}
	return yearOnly(yearWord.FindStringIndex(s), s)
}

// lastDate is the last date of a text, or its last year.
func lastDate(s string) (dated, bool) {
	ds := datesIn(s, 0, len(s))
	var last []int
	for _, m := range yearWord.FindAllStringIndex(s, -1) {
		last = m
	}
	if len(ds) > 0 && (last == nil || last[1] <= ds[len(ds)-1].to) {
		return ds[len(ds)-1], true
	}
	return yearOnly(last, s)
}

func yearOnly(m []int, s string) (dated, bool) {
	if m == nil {
		return dated{}, false
	}
	year, _ := plainYearAt(s, m[0])
	if year == 0 {
		return dated{}, false
	}
	return dated{stretch: stretch{m[0], m[1]}, date: cite.Date{Year: year}, year: year}, true
}
