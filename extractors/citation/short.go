package citation

import (
	"strconv"
	"strings"
	"unicode"

	"citecheck/pipeline/cite"
)

// longestShortLead bounds the author and short title before "supra note 7": what
// is longer is a sentence, or a citation of its own.
const longestShortLead = 220

// parseShort reads a segment that is a short form: what it says itself, how it
// refers back, and the rest, which holds its pinpoints. English, French and
// Spanish.
func parseShort(text string) (*cite.BackRef, cite.Via, string, bool) {
	s := strings.TrimSpace(text)
	if e := ibidAt(s); e > 0 {
		return &cite.BackRef{Title: anotherPart(s[e:])}, cite.ViaIbid, s[e:], true
	}
	head := s[:min(len(s), longestShortLead+60)]
	if !mayRefer(head) || ownPart(s) {
		return nil, "", "", false
	}
	for i := 0; i < len(head) && i <= longestShortLead; i++ {
		r, ok := referenceAt(head, i)
		if !ok {
			continue
		}
		// A mark in brackets, "(n 8)", belongs to what stands before it.
		lead := strings.TrimRight(s[:i], " ,;:([")
		ref := &cite.BackRef{Note: r.label, Ahead: r.ahead}
		if !leadTo(ref, lead) {
			return nil, "", "", false
		}
		if r.via == cite.ViaShort && r.label != "" {
			r.via = cite.ViaSupra
		}
		if r.label == "" && ref.Author == "" && ref.Title == "" && r.bare {
			return nil, "", "", false
		}
		return ref, r.via, s[r.end:], true
	}
	return nil, "", "", false
}

// ibidAt is the end of an ibid. that begins the text, 0 for none. "Id." may
// begin a word or a name, and "Idem" with a title another work of the author:
// a citation goes on with a mark and a place, or ends.
func ibidAt(s string) int {
	// Bluebook puts the volume first: "3 id. at 146".
	if j := digitsAt(s, 0, 2); j > 0 && j < len(s) && s[j] == ' ' && isLower(s[min(j+1, len(s)-1)]) {
		if e := ibidAt(s[j+1:]); e > 0 {
			return j + 1 + e
		}
		return 0
	}
	e := -1
	for _, w := range []string{"ibidem", "ibid", "ibídem", "ibíd", "idem", "ídem", "íd", "id", "ib"} {
		if hasFoldAt(s, 0, w) && !isWord(runeAt(s, len(w))) {
			e = len(w)
			break
		}
	}
	if e < 0 {
		return 0
	}
	if e < len(s) && s[e] == '.' {
		e++
	}
	k := skipSpaces(s, e)
	for k < len(s) && (s[k] == ',' || s[k] == ':' || s[k] == ';' || s[k] == '.') {
		k = skipSpaces(s, k+1)
	}
	switch {
	case k >= len(s), s[k] == '(', s[k] == '[', s[k] == ')', isDigit(s[k]):
		return e
	}
	if _, end := pinsAt(s, k); end > k {
		return e
	}
	if anyWordAt(s, k, "at", "p", "pp", "para", "paras", "párr", "párrs", "art", "arts", "annex", "see", "and", "emphasis", "citing", "quoting", "vol", "table", "preamble", "note", "passim", "in", "chap", "ch", "sect", "section", "op", "supplement", "suppl", "no", "à", "en", "footnote", "title", "appendix", "resolution") > 0 || hasFoldAt(s, k, "§") || strings.HasPrefix(s[k:], "¶") || strings.HasPrefix(s[k:], "§") {
		return e
	}
	low := lower(s[:min(len(s), 4)])
	if strings.HasPrefix(low, "ibi") || strings.HasPrefix(low, "ibí") {
		if k > e || e >= len(s) {
			return e
		}
	}
	return 0
}

// anotherPart reads what an ibid. names beyond a place: "Ibid., vol. 1760, No.
// 30619" and "Ibid., Supplement No. 3" are other documents of that series.
func anotherPart(rest string) string {
	k := skipMarks(rest, 0)
	if anyWordAt(rest, k, "vol", "volume", "supplement", "suppl", "no") < 0 && !ordinalSession(rest, k) {
		return ""
	}
	return strings.TrimRight(rest[k:], " .")
}

// ordinalSession tells whether "Fifty-second Session" stands at byte i.
func ordinalSession(s string, i int) bool {
	end := min(len(s), i+40)
	at := strings.Index(lower(s[i:end]), " session")
	return at > 0 && isUpperRune(s, i) && strings.IndexByte(s[i:i+at], ',') < 0
}

// moreNotes reads the further labels of "notes 4 and 7" and "nn 4, 7": head
// ends with the first one, rest follows it.
func moreNotes(head, rest string) (labels []string, after string) {
	head = strings.TrimRight(head, ")] ")
	k := len(head)
	for k > 0 && isDigit(head[k-1]) {
		k--
	}
	first, err := strconv.Atoi(head[k:])
	if err != nil {
		return nil, rest
	}
	word := trimRight(head, 0, k)
	if word > 0 && head[word-1] == '.' {
		word--
	}
	plural := false
	for _, w := range []string{"notes", "footnotes", "nn", "fns", "notas"} {
		plural = plural || foldEnd(head, word, w) >= 0
	}
	if !plural {
		return nil, rest
	}
	i := 0
	if d := dashAt(rest, skipSpaces(rest, 0)); d > 0 {
		from := skipSpaces(rest, skipSpaces(rest, 0)+d)
		if j := digitsAt(rest, from, 4); j > from {
			last, _ := strconv.Atoi(rest[from:j]) // at most four digits
			for n := first + 1; n <= last && n < first+12; n++ {
				labels = append(labels, strconv.Itoa(n))
			}
			i = j
		}
	}
	for len(labels) < 12 {
		next, _ := listSeparator(rest, i)
		if next < 0 {
			break
		}
		j := digitsAt(rest, next, 4)
		if j == next || isWord(runeAt(rest, j)) {
			break
		}
		labels = append(labels, rest[next:j])
		i = j
	}
	return labels, rest[i:]
}

// A reference is the part of a short form that refers back.
type reference struct {
	label string
	via   cite.Via
	end   int
	bare  bool // without a note it needs an author or a title
	ahead bool
}

// mayRefer is a quick no for most texts.
func mayRefer(s string) bool {
	for i := 0; i+2 < len(s); i++ {
		switch s[i] | 0x20 {
		case 's', 'i', 'a', 'o', 'l', 'p', 'c', 'b', 'v':
			if isWord(runeBefore(s, i)) {
				continue
			}
			if anyWordAt(s, i, "supra", "infra", "above", "ante", "below", "op", "loc", "ob", "opcit", "préc", "cit", "précité", "précitée", "précités", "ci", "art") > 0 || hasFoldAt(s, i, "op.cit") || hasFoldAt(s, i, "précit") {
				return true
			}
		case 'n', 'f':
			if i > 0 && s[i-1] == '(' || !isWord(runeBefore(s, i)) && anyWordAt(s, i, "note", "nota", "footnote", "fn", "n") > 0 {
				return true
			}
		}
	}
	return false
}

// referenceAt reads what refers back at byte i.
func referenceAt(s string, i int) (reference, bool) {
	if s[i] == '(' || s[i] == '[' {
		// OSCOLA: "Crisis Group (n 8) 12"
		k := skipSpaces(s, i+1)
		if e := noteWord(s, k); e > k {
			if label, e := noteLabel(s, e); label != "" && e < len(s) && (s[e] == ')' || s[e] == ']') {
				return reference{label: label, via: cite.ViaSupra, end: e + 1}, true
			}
		}
		return reference{}, false
	}
	if c := s[i]; c < 0x80 && !isAlpha(c) || isWord(runeBefore(s, i)) {
		return reference{}, false
	}
	if e := backWord(s, i); e > i {
		k := skipMarks(s, e)
		for _, at := range []string{"at", "in", "à la", "en", "la"} {
			if wordAt(s, k, at) && noteWord(s, skipSpaces(s, k+len(at))) > 0 {
				k = skipSpaces(s, k+len(at))
			}
		}
		if n := noteWord(s, k); n > k {
			if label, end := noteLabel(s, n); label != "" {
				return reference{label: label, via: cite.ViaSupra, end: end, ahead: aheadWord(s, i)}, true
			}
		}
		if !anyFold(s, i, "supra", "infra", "ante") {
			return reference{}, false // "above" alone refers to the text
		}
		if label, end := noteLabel(s, k); label != "" && isDigit(label[0]) && !anyFold(s, i, "ante") && k == skipSpaces(s, e) {
			return reference{label: label, via: cite.ViaSupra, end: end, ahead: aheadWord(s, i)}, true
		}
		if wordAt(s, i, "supra") {
			return reference{via: cite.ViaSupra, end: e, bare: true}, true
		}
		return reference{}, false
	}
	if e := citWord(s, i); e > i {
		r := reference{via: cite.ViaShort, end: e}
		// "op. cit., note 7", "op. cit. (n 7)", "op. cit., supra note 7"
		k := skipMarks(s, e)
		if k < len(s) && s[k] == '(' {
			k++
		}
		if b := backWord(s, k); b > k {
			k = skipMarks(s, b)
		}
		if n := noteWord(s, k); n > k {
			if label, end := noteLabel(s, n); label != "" {
				r.label, r.end = label, end
				if end < len(s) && s[end] == ')' {
					r.end++
				}
				if next := skipMarks(s, r.end); backWord(s, next) > next {
					r.end = backWord(s, next) // "op. cit., note 7 above"
				}
			}
		}
		return r, true
	}
	// "note 7 above", "footnote 7, supra", "nota 7 supra"
	if n := noteWord(s, i); n > i {
		label, end := noteLabel(s, n)
		if label == "" {
			return reference{}, false
		}
		k := skipMarks(s, end)
		if e := backWord(s, k); e > k {
			return reference{label: label, via: cite.ViaSupra, end: e, ahead: aheadWord(s, k)}, true
		}
		if e := citWord(s, k); e > k {
			return reference{label: label, via: cite.ViaSupra, end: e}, true
		}
	}
	return reference{}, false
}

func anyFold(s string, i int, words ...string) bool { return anyWordAt(s, i, words...) > 0 }

// backWord is the end of a word that looks back or ahead, i for none.
func backWord(s string, i int) int {
	if i >= len(s) {
		return i
	}
	if e := anyWordAt(s, i, "supra", "infra", "above", "below", "ante", "ci-dessus", "ci-dessous", "ci-avant", "anterior", "arriba"); e > 0 {
		return e
	}
	for _, w := range []string{"más arriba", "más abajo", "plus haut"} {
		if strings.HasPrefix(s[i:], w) {
			return i + len(w)
		}
	}
	return i
}

// aheadWord tells whether a word at byte i looks ahead.
func aheadWord(s string, i int) bool {
	return anyFold(s, i, "infra", "below", "ci-dessous") || strings.HasPrefix(s[i:], "más abajo")
}

// noteWord is the end of a word for a note, i for none.
func noteWord(s string, i int) int {
	if i >= len(s) {
		return i
	}
	for _, w := range []string{"footnotes", "footnote", "notes", "note", "notas", "nota", "fn", "nn", "n"} {
		if !hasFoldAt(s, i, w) {
			continue
		}
		e := i + len(w)
		if e < len(s) && s[e] == '.' {
			return e + 1
		}
		if e < len(s) && (spaceAt(s, e) > 0 || len(w) < 3 && isDigit(s[e])) {
			return e
		}
	}
	return i
}

// noteLabel reads a note's label: "7", "*", "12a".
func noteLabel(s string, i int) (label string, end int) {
	k := skipSpaces(s, i)
	for _, mark := range []string{"***", "**", "*", "††", "†", "‡"} {
		if strings.HasPrefix(s[k:], mark) {
			return mark, k + len(mark)
		}
	}
	j := digitsAt(s, k, 4)
	if j == k {
		return "", i
	}
	if j < len(s) && isLower(s[j]) && !isWord(runeAt(s, j+1)) {
		j++
	}
	if isWord(runeAt(s, j)) {
		return "", i
	}
	return s[k:j], j
}

// citWord is the end of "op. cit." and its like, i for none.
func citWord(s string, i int) int {
	if i >= len(s) {
		return i
	}
	for _, w := range []string{"op. cit", "op.cit", "op cit", "opcit", "loc. cit", "loc.cit", "loc cit", "ob. cit", "ob.cit", "art. cit", "art.cit", "cit. supra"} {
		if hasFoldAt(s, i, w) && !isWord(runeAt(s, i+len(w))) {
			e := i + len(w)
			if e < len(s) && s[e] == '.' {
				e++
			}
			return e
		}
	}
	if hasFoldAt(s, i, "cit.") && i > 1 && s[i-1] == ' ' && strings.IndexByte(",”»\"", s[i-2]) >= 0 {
		return i + len("cit.")
	}
	for _, w := range []string{"précitées", "précités", "précitée", "précité", "préc"} {
		if hasFoldAt(s, i, w) && !isWord(runeAt(s, i+len(w))) {
			e := i + len(w)
			if e < len(s) && s[e] == '.' {
				e++
			}
			return e
		}
	}
	return i
}

func skipMarks(s string, i int) int {
	i = skipSpaces(s, i)
	for i < len(s) && (s[i] == ',' || s[i] == '.' || s[i] == ';' || s[i] == ':') {
		i = skipSpaces(s, i+1)
	}
	return i
}

// leadTo reads what stands before "supra note 7": an author, a short title,
// or both. False where it is a citation of its own: "Title, in Smith (ed.),
// supra note 5" is another chapter of that book.
func leadTo(ref *cite.BackRef, lead string) bool {
	if open := strings.LastIndexAny(lead, "(["); open >= 0 && !strings.ContainsAny(lead[open:], ")]") {
		if _, e := signalAt(lead, open+1); e > open+1 {
			lead = lead[open+1:] // "A comment of its own. (See footnote 7 above.)"
		}
	}
	if _, e := signalAt(lead, 0); e > 0 {
		lead = lead[min(e, len(lead)):]
	}
	lead = strings.Trim(lead, " ,;:([–—")
	switch lower(lead) {
	case "", "the", "la", "le", "el", "in", "see the", "voir la", "véase la":
		return true
	}
	lead = lastSentence(lead)
	for _, see := range []string{" see generally ", " see also ", " see "} {
		if at := strings.LastIndex(lead, see); at > 0 && at+len(see) < len(lead) && isUpperRune(lead, at+len(see)) {
			lead = lead[at+len(see):] // "Likewise, see Petrov, supra note 4"
			break
		}
	}
	if chapterIn(lead) {
		return false
	}
	if t, ok := quotedTitle(lead); ok {
		rest := strings.Trim(lead[t.to:], " ,")
		if anyWordAt(rest, 0, "in", "dans", "en") > 0 || anyYear(rest) {
			return false
		}
		if before := strings.Trim(lead[:t.from], " ,;:("); before == "" || authorLike(before+",") {
			ref.Author, ref.Title = shortAuthor(before), t.text
			return true
		}
		return true // a sentence that quotes something, then "supra note 7"
	}
	if first := firstWord(lead); prose(lead) || !isUpperRune(lead, 0) && !isDigit(lead[0]) && !particle[first] && !nameLike(first) {
		// "the sources cited supra note 22": only the note is named. But a
		// name may close the sentence: "as shown by Albrecht, supra note 4".
		return true
	}
	if len(strings.Fields(lead)) > 30 {
		return true
	}
	ref.Author, ref.Title = authorAndTitle(lead)
	return true
}

// lastSentence is what follows the last stop of a text that ends a sentence:
// there the short form begins.
func lastSentence(s string) string {
	for i := len(s) - 2; i > 0; i-- {
		if (s[i] == '.' || s[i] == '?') && (stopsPart(s, i) || s[i+1] == ' ' && isUpperRune(s, skipSpaces(s, i+1)) && endsSentence(s, i) && prose(s[:i])) {
			return strings.TrimSpace(s[i+1:])
		}
		if q := strings.HasPrefix(s[i:], "” ") || strings.HasPrefix(s[i:], "\" "); q && i > 1 && (s[i-1] == '.' || s[i-1] == '?') && isUpperRune(s, skipSpaces(s, i+len(lastRune(s, i+1))+1)) {
			return strings.TrimSpace(strings.TrimLeft(s[i:], "”\" "))
		}
	}
	return s
}

// chapterIn tells whether a lead is a chapter of a book cited before: "Ann
// Petrov, Quiet Exits, in HANDBOOK, supra note 10".
func chapterIn(lead string) bool {
	at := strings.Index(lead, ", in ")
	return at > 5 && isUpperRune(lead, skipSpaces(lead, at+len(", in "))) && !prose(lead) && strings.Contains(lead[:at], ", ")
}

// authorAndTitle parts an unmarked lead: persons and bodies come first.
func authorAndTitle(s string) (author, title string) {
	ps := parts(s)
	switch len(ps) {
	case 0:
		return "", ""
	case 1:
		return shortAuthor(s), ""
	}
	n := 1
	for n < len(ps) && (suffix(ps[n]) || surnames(ps[n])) {
		n++
	}
	return shortAuthor(strings.Join(ps[:n], ", ")), trimTitle(strings.Join(ps[n:], ", "))
}

// surnames tells whether a part goes on with a list of authors: "MURPHY &
// ARATO", "and Haugegaard".
func surnames(s string) bool {
	if !strings.Contains(s, " & ") && !strings.Contains(s, " and ") && !strings.HasPrefix(s, "and ") && !strings.HasPrefix(s, "& ") {
		return false
	}
	for _, p := range nameParts(s) {
		if !surname(p) {
			return false
		}
	}
	return true
}

// shortAuthor is an author as a short form names one.
func shortAuthor(s string) string {
	s = strings.Trim(dropRoles(s), " ,;:(")
	if strings.HasSuffix(s, ".") && !abbreviationEnds(s, 0, len(s)) && !endsInitial(s) {
		s = s[:len(s)-1]
	}
	return s
}

// definedTerms are the short forms that a citation sets up for later notes:
// (hereinafter “Report on Presence”), [the Brahimi Report], (the “Mapping
// Report”), [ICG], ci-après, en adelante.
func definedTerms(text string) []string {
	var out []string
	add := func(term string) {
		term = trimTitle(term)
		for _, article := range []string{"the ", "The ", "le ", "la ", "el ", "as ", "l’", "l'"} {
			if rest, ok := strings.CutPrefix(term, article); ok {
				term = trimTitle(rest)
				break
			}
		}
		if n := utf8Len(term); n < 2 || n > 100 {
			return
		}
		for _, o := range out {
			if o == term {
				return
			}
		}
		if len(out) < 8 {
			out = append(out, term)
		}
	}
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c == '(' || c == '[':
			end := closeOf(text, i)
			if end < 0 || end-i > 220 {
				continue
			}
			inside := strings.TrimSpace(text[i+1 : end-1])
			if rest, ok := setsUp(inside); ok {
				for _, term := range alternatives(rest) {
					add(term)
				}
				i = end - 1
				continue
			}
			if term, ok := bracketTerm(inside, c == '['); ok {
				for _, t := range term {
					add(t)
				}
				i = end - 1
			}
		case (c == 'h' || c == 'c' || c == 'e') && !isWord(runeBefore(text, i)):
			// Without brackets the term must stand in quotation marks.
			if rest, ok := setsUp(text[i:min(len(text), i+200)]); ok && rest != "" {
				if mark := markAt(rest, 0); mark != "" {
					if end := quoteEnd(rest, len(mark), mark); end > 0 {
						add(rest[:end])
					}
				}
			}
		}
	}
	return out
}

// setsUp reads the words that set up a term; rest is the term.
func setsUp(s string) (rest string, ok bool) {
	k := 0
	for _, w := range []string{"hereinafter", "hereafter", "henceforth", "ci-après", "en adelante", "en lo sucesivo"} {
		if hasFoldAt(s, 0, w) && !isWord(runeAt(s, len(w))) {
			k = len(w)
			break
		}
	}
	if k == 0 {
		return "", false
	}
	for again := true; again; {
		again = false
		k = skipSpaces(s, k)
		for k < len(s) && (s[k] == ',' || s[k] == ':') {
			k = skipSpaces(s, k+1)
		}
		for _, w := range []string{"referred to as", "referred to", "cited as", "cited", "called", "known as", "as", "the", "dénommée", "dénommé", "cité", "citée", "le", "la", "el", "los", "las", "les", "denominado", "denominada"} {
			if wordAt(s, k, w) {
				k += len(w)
				again = true
				break
			}
		}
	}
	return strings.TrimSpace(s[min(k, len(s)):]), true
}

// alternatives divides "“A” or “B”".
func alternatives(s string) []string {
	mark := ""
	if s != "" {
		mark = markAt(s, 0)
	}
	if mark == "" {
		return []string{s}
	}
	var out []string
	for s != "" {
		t, ok := quotedTitle(s)
		if !ok {
			break
		}
		out = append(out, t.text)
		s = s[t.to:]
	}
	return out
}

// bracketTerm reads a bracket that holds nothing but a term: in quotation
// marks, or in square brackets with capitals.
func bracketTerm(s string, square bool) ([]string, bool) {
	for _, article := range []string{"the ", "The ", "or ", "le ", "la ", "el "} {
		s = strings.TrimPrefix(s, article)
	}
	if s == "" {
		return nil, false
	}
	if mark := markAt(s, 0); mark != "" {
		end := quoteEnd(s, len(mark), mark)
		if end < 0 {
			return nil, false
		}
		rest := strings.Trim(s[end:], " ,.")
		if rest != "" && !strings.HasPrefix(rest, "or ") && !strings.HasPrefix(rest, "and ") {
			return nil, false
		}
		if len(strings.Fields(s[:end])) > 8 || !isUpperRune(trimTitle(s[:end]), 0) {
			return nil, false // a quotation, not a term
		}
		return alternatives(s), true
	}
	if !square || !isUpperRune(s, 0) || len(s) < 3 || len(strings.Fields(s)) > 8 || strings.ContainsAny(s, "./:;") {
		return nil, false
	}
	letters := false
	for _, r := range s {
		letters = letters || unicode.IsLower(r) || unicode.IsUpper(r)
	}
	return []string{s}, letters && !anyYear(s)
}
