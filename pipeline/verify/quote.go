package verify

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"citecheck/pipeline/cite"
)

// quoteAppears: do the sentence's quotations stand in the document cited for
// it, and in the paragraph cited?
var quoteAppears = &Check{
	Name:    "quote-appears",
	Doc:     "the quotation stands in the document, where the note says",
	Text:    true,
	Applies: func(c *Case) bool { return len(quotes(c)) > 0 || len(noteQuotes(c)) > 0 },
	Run: func(c *Case) []cite.Finding {
		if c.Answer.Outcome == cite.Absent {
			return nil
		}
		var out []cite.Finding
		for _, q := range quotes(c) {
			out = append(out, quotation(c, q))
		}
		// What stands in quotation marks in a note may be a name or a remark:
		// only what is the document's, or nearly, says anything.
		for _, q := range noteQuotes(c) {
			if f := quotation(c, q); f.Verdict != cite.Questioned && (f.Verdict != cite.Unverifiable || c.doc() != nil && len(c.doc().Paragraphs) == 0) {
				out = append(out, f)
			}
		}
		return out
	},
}

// noteQuotes are the quotations that follow a citation in a note of its own:
// "S/RES/2773 (2025), para. 2 (“shall immediately cease hostilities”)".
func noteQuotes(c *Case) (out []string) {
	if s := decidesThat(c); s != "" {
		return []string{s}
	}
	if many(c.Note) || c.Note.Placement == cite.PlaceInline || c.Cite.Claims.SymbolAt == nil && c.Cite.Claims.NameSpan == nil {
		return nil
	}
	after := cut(c.Note.Text, cite.Span{Start: c.Cite.Span.End, End: len([]rune(c.Note.Text))})
	for _, m := range quoted.FindAllStringIndex(after, -1) {
		q := strings.Trim(after[m[0]:m[1]], "“”\"«» ")
		if len(tokens(q)) >= leastQuoted+2 && !titleLike(q) && !entitled(after, q) && !hereinafter.MatchString(after[:m[0]]) {
			out = append(out, q)
		}
	}
	return out
}

// decidesThat is what a sentence of the running text quotes a resolution as
// saying: "resolution 2773 (2025) decides that “the M23 shall …”".
func decidesThat(c *Case) string {
	if c.Note.Placement != cite.PlaceInline || many(c.Note) || !decides(c.Cite.Symbol) {
		return ""
	}
	m := saysThat.FindStringSubmatch(cut(c.Note.Text, cite.Span{Start: c.Cite.Span.End, End: len([]rune(c.Note.Text))}))
	if m == nil || len(tokens(m[1])) < leastQuoted+2 || titleLike(m[1]) {
		return ""
	}
	return m[1]
}

var saysThat = regexp.MustCompile(`^\)?,?\s+(?:\w+\s+)?(?:decide[sd]|demand(?:s|ed)|call(?:s|ed)|request(?:s|ed)|urge[sd]|state[sd]|says|said|stresse[sd]|condemn(?:s|ed)|reaffirm(?:s|ed)|provide[sd]|speaks|spoke|authori[sz]e[sd]|note[sd]|express(?:es|ed)|reiterate[sd])\s+(?:[\w’-]+\s+){0,5}[“"]([^”"]+)[”"]`)

var hereinafter = regexp.MustCompile(`(?i)(?:\b(?:hereinafter|hereafter|henceforth|quoting|citing|translated|translation)\b[^.;]{0,30}|\[\s*)$`)

// leastQuoted is how many words make a quotation; one or two in quotation
// marks are a term, a title or irony.
const leastQuoted = 3

func quotes(c *Case) []string {
	var out []string
	for _, m := range c.Note.Markers {
		for _, q := range m.Quotes {
			if m.Part != "" && !strings.Contains(m.Part, strings.TrimSpace(q)) {
				continue // another marker's
			}
			if len(tokens(q)) >= leastQuoted && !titleLike(q) && !entitled(m.Sentence, q) && !strings.Contains(fold(c.Note.Text), fold(q)) {
				out = append(out, q)
			}
		}
	}
	return out
}

// entitled tells whether a sentence gives what it quotes as the name of a
// thing: "the declaration entitled “…”", "under the theme “…”".
func entitled(sentence, q string) bool {
	at := strings.Index(sentence, strings.TrimSpace(q))
	return at > 0 && givesName.MatchString(sentence[:at])
}

var givesName = regexp.MustCompile(`(?i)\b(?:(?:entitled|titled|headed|captioned|named)\s*,?:?|(?:theme|title|headline|article|book|film|event|debate|panel)(?:\s+(?:of|on))?|under\s+the\s+(?:\w+\s+)?theme(?:\s+of)?:?)\s*[“"«‘]$`)

// titleLike tells whether most words begin with a capital: the name of a
// thing, not what a document says.
func titleLike(q string) bool {
	if r := []rune(strings.TrimLeft(q, " “‘\"'(")); len(r) > 0 && unicode.IsLower(r[0]) {
		return false
	}
	big, n := 0, 0
	for _, w := range strings.Fields(q) {
		r := []rune(strings.TrimLeft(w, "“‘\"'(["))
		if len(r) > 3 {
			n++
			if unicode.IsUpper(r[0]) {
				big++
			}
		}
	}
	return n > 0 && big*3 > n*2
}

func fold(s string) string { return strings.Join(tokens(s), " ") }

// tokens are the words of a text in lower case, without marks. Lone small
// numbers are left out: note markers slip into the text of UN documents.
func tokens(s string) []string {
	return slices.DeleteFunc(everyToken(s), small)
}

// everyToken are the words of a text with its small numbers.
func everyToken(s string) []string {
	s = apostrophes.Replace(norm.NFKC.String(s))
	var out []string
	for _, w := range strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '\'' }) {
		if w = strings.Trim(w, "'"); w != "" {
			out = append(out, w)
		}
	}
	return out
}

var apostrophes = strings.NewReplacer("’", "'", "‘", "'", "\u00ad", "")

// small tells whether a word is a number of one or two digits.
func small(w string) bool { return len(w) <= 2 && strings.Trim(w, "0123456789") == "" }

func quotation(c *Case, q string) cite.Finding {
	d := c.doc()
	if d == nil {
		return notHad(c, q)
	}
	if len(d.Paragraphs) == 0 {
		return noText(c, q)
	}
	parts := pieces(q)
	cited := citedParas(c)
	texts := make([][]string, len(d.Paragraphs)) // the words of each paragraph
	var where, but []cite.Paragraph              // where it stands; where it stands but for its small numbers
	for i, p := range d.Paragraphs {
		texts[i] = tokens(p.Text)
		switch {
		case !inOrder(texts[i], parts):
		case numbersOf(p.Text, q) == nil:
			where = append(where, p)
		default:
			but = append(but, p)
		}
	}
	if len(where) == 0 && len(but) > 0 {
		return otherNumbers(d, but[0], q)
	}
	for _, p := range where {
		if len(cited) == 0 || p.Kind != "preamble" && cited[p.N] { // a paragraph of an annex is cited by its number too
			return cite.Finding{Verdict: cite.Verified, Claimed: q, Found: q, Reason: fmt.Sprintf("the quotation stands in %s of %s", place(p), name(d)),
				Evidence: textEvidence(d, place(p), head(p.Text))}
		}
	}
	if len(where) > 0 {
		return cite.Finding{Verdict: cite.Contradicted, Claimed: q, Found: place(where[0]), Reason: fmt.Sprintf("the quotation stands in %s of %s, not in the paragraph cited", place(where[0]), name(d)),
			Evidence: textEvidence(d, place(where[0]), head(where[0].Text))}
	}
	// Paragraphs that a page broke apart: the text as one.
	all := slices.Concat(texts...)
	if inOrder(all, parts) && len(but) == 0 && numbersOf(wholeText(d), q) != nil {
		return cite.Finding{Verdict: cite.Unverifiable, Claimed: q, Reason: "the words stand in " + name(d) + ", where a number of the quotation was not read"}
	}
	if inOrder(all, parts) && len(but) == 0 {
		return cite.Finding{Verdict: cite.Verified, Claimed: q, Found: q, Reason: "the quotation stands in " + name(d), Evidence: textEvidence(d, "text", q)}
	}
	best, share := closest(d, texts, parts)
	words := 0
	for _, p := range parts {
		words += len(p)
	}
	// What is nearly the document's is the document's, whoever is said to speak.
	if (share < nearly || words < nearlyWords) && somebodys(c.Note, q) {
		return cite.Finding{Verdict: cite.Unverifiable, Claimed: q, Reason: fmt.Sprintf("the words do not stand in %s; the sentence gives them as somebody else's", name(d))}
	}
	if many(c.Note) {
		return cite.Finding{Verdict: cite.Unverifiable, Claimed: q, Reason: fmt.Sprintf("the quotation does not stand in %s; it may be from another source of this note", name(d))}
	}
	if p, ok := inflected(d, texts, parts); ok {
		there := passage(p.Text, parts)
		return cite.Finding{Verdict: cite.Questioned, Claimed: q, Found: there, Evidence: textEvidence(d, place(p), there),
			Reason: fmt.Sprintf("%s of %s has the words in another form", place(p), name(d))}
	}
	if share >= 0.6 && alsoContent(best, parts) {
		there := passage(best.Text, parts)
		return cite.Finding{Verdict: cite.Contradicted, Claimed: q, Found: there, Evidence: textEvidence(d, place(best), there),
			Reason: fmt.Sprintf("%s of %s says it in other words; the quotation has %s", place(best), name(d), differ(tokens(there), slices.Concat(parts...)))}
	}
	if words <= leastQuoted {
		return cite.Finding{Verdict: cite.Unverifiable, Claimed: q, Reason: fmt.Sprintf("the words do not stand in %s; so few may be a manner of speaking", name(d))}
	}
	if foreignWords(q) {
		return cite.Finding{Verdict: cite.Unverifiable, Claimed: q, Reason: fmt.Sprintf("the quotation is not in the language in which %s was read", name(d))}
	}
	return cite.Finding{Verdict: cite.Questioned, Claimed: q, Reason: fmt.Sprintf("the quotation was not found in %s; it may be someone else's words", name(d))}
}

// From nearly of its words on, a quotation of nearlyWords and more is that of
// the document, altered.
const (
	nearly      = 0.75
	nearlyWords = 6
)

// inflected is the paragraph that has a quotation but for the ending of its
// verb: “expressed its deep concern” of “Expressing its deep concern”. texts
// are the words of the paragraphs.
func inflected(d *cite.Document, texts, parts [][]string) (cite.Paragraph, bool) {
	stems := func(words []string) (out []string) {
		for _, w := range words {
			for _, end := range []string{"ing", "ed", "es", "s", "e"} {
				if r := strings.TrimSuffix(w, end); r != w && len(r) > 3 {
					w = r
					break
				}
			}
			out = append(out, w)
		}
		return out
	}
	var all [][]string
	for _, p := range parts {
		all = append(all, stems(p))
	}
	for i, p := range d.Paragraphs {
		if inOrder(stems(texts[i]), all) {
			return p, true
		}
	}
	return cite.Paragraph{}, false
}

func wholeText(d *cite.Document) string {
	var b strings.Builder
	for _, p := range d.Paragraphs {
		b.WriteString(p.Text)
		b.WriteByte('\n')
	}
	return b.String()
}

// alsoContent tells whether the words that a paragraph shares with a quotation
// are more than the small ones: "of the … of the" stands everywhere.
func alsoContent(p cite.Paragraph, parts [][]string) bool {
	there := map[string]bool{}
	for _, w := range tokens(passage(p.Text, parts)) {
		there[w] = true
	}
	hit, n := 0, 0
	for _, part := range parts {
		for _, w := range part {
			if !englishSmall[w] && !littleWord[w] {
				n++
				if there[w] || strings.ContainsRune(w, anyLetters) {
					hit++
				}
			}
		}
	}
	return hit >= min(2, n-1) && hit > 0 && hit*2 >= n
}

// foreignWords tells whether a quotation is French or Spanish, by its small
// words.
func foreignWords(q string) bool {
	theirs := false
	for _, w := range tokens(q) {
		if englishSmall[w] {
			return false
		}
		stem, _, elided := strings.Cut(w, "'")
		theirs = theirs || otherSmall[w] || elided && len(stem) <= 2
	}
	return theirs
}

var (
	englishSmall = wordSet("the of to and for that is are be with by not was were its this these which shall will would all any from or at an it")
	otherSmall   = wordSet("le la les des du de et un une aux au en dans sur pour par que qui el los las y del para con una se su")
)

// listing are the numbers of paragraphs and items, which are no part of their
// text.
var listing = regexp.MustCompile(`(?:^|[;.:,…]\s+|\band\s+)\(?\d{1,2}[.)]\s`)

// A numeral is a small number of a quotation, and the one that the text has in
// its place, "" for none.
type numeral struct{ quoted, text string }

// numbersOf compares the small numbers of a quotation whose other words stand
// in a text: nil where they are the same. Numbers that only the text has are
// markers of its notes.
func numbersOf(text, q string) []numeral {
	q = listing.ReplaceAllString(ellipsis.Replace(q), " … ")
	if !slices.ContainsFunc(everyToken(q), small) {
		return nil
	}
	all, parts := everyToken(text), pieceTokens(q, everyToken)
	var best []numeral
	for i := range all {
		if off, ok := along(all[i:], parts); ok {
			if off == nil {
				return nil
			}
			if best == nil {
				best = off
			}
		}
	}
	return best
}

// along reads the pieces of a quotation from the beginning of a text on.
func along(text []string, parts [][]string) (off []numeral, ok bool) {
	k := 0
	for n, p := range parts {
		for j := 0; j < len(p); {
			switch {
			case k < len(text) && same(text[k], p[j]):
				j, k = j+1, k+1
			case k+1 < len(text) && small(text[k]) && same(text[k+1], p[j]):
				k++ // a marker
			case small(p[j]) && k < len(text) && small(text[k]):
				off = append(off, numeral{p[j], text[k]})
				j, k = j+1, k+1
			case small(p[j]):
				off = append(off, numeral{p[j], ""})
				j++
			case n > 0 && j == 0 && k < len(text):
				k++ // what an ellipsis leaves out
			default:
				return nil, false
			}
		}
	}
	return off, true
}

// otherNumbers is the finding on a quotation whose words stand in a paragraph
// with another number among them. One that is missing there may have been lost
// in reading, for markers of notes are taken out.
func otherNumbers(d *cite.Document, p cite.Paragraph, q string) cite.Finding {
	there := passage(p.Text, pieces(q))
	f := cite.Finding{Verdict: cite.Unverifiable, Claimed: q, Found: there, Evidence: textEvidence(d, place(p), there)}
	for _, n := range numbersOf(p.Text, q) {
		if n.text != "" {
			f.Verdict = cite.Contradicted
			f.Reason = fmt.Sprintf("%s of %s has another number; the quotation has “%s” for “%s”", place(p), name(d), n.quoted, n.text)
			return f
		}
	}
	f.Reason = fmt.Sprintf("the words stand in %s of %s, where a number of the quotation was not read", place(p), name(d))
	return f
}

// somebodys tells whether a sentence gives the words that it quotes as those of
// a person, or as a way of speaking: "“We never asked,” said a mayor", "the
// so-called “stabilization of the north”".
func somebodys(n cite.Note, q string) bool {
	for _, m := range n.Markers {
		at := strings.Index(m.Sentence, strings.TrimSpace(q))
		if at < 0 {
			continue
		}
		if manner.MatchString(m.Sentence[:at]) {
			return true
		}
		plain := unquoted(m.Sentence)
		if person.MatchString(plain) && saying.MatchString(plain) && !official.MatchString(plain) {
			return true
		}
		// "A minister said “…”, and the Council called for a ceasefire": the
		// words right before or after say whose they are.
		head := strings.TrimRight(m.Sentence[:at], " “\"«")
		before := lastClause.FindString(head)
		if len(strings.Fields(before)) < 3 { // "the envoy, speaking in May, called “…”"
			before = lastPart.FindString(head)
		}
		after := firstClause.FindString(strings.TrimLeft(m.Sentence[at+len(strings.TrimSpace(q)):], " ,”\"»"))
		if i := strings.LastIndex(before, " what "); i >= 0 {
			before = before[i:]
		}
		if m := inWordsOf.FindString(m.Sentence[:at]); m != "" && !official.MatchString(m) {
			return true
		}
		for _, clause := range []string{before, after} {
			if (person.MatchString(clause) && saying.MatchString(clause) || byName.MatchString(clause)) && !official.MatchString(clause) {
				return true
			}
		}
	}
	return false
}

var (
	inWordsOf = regexp.MustCompile(`(?i)\bin\s+the\s+words\s+of\s+[^,;.“”]{2,60},?\s*[“"«]$`)
	// byName is somebody by name who speaks: "as Annan used to say", "M23 replied
	// that it would".
	byName      = regexp.MustCompile(`(?:^|\bas\s+|\bwhat\s+|\band\s+|\bbut\s+)\s*\p{Lu}[\p{L}\d’'-]+(?:\s+\p{Lu}[\p{L}’'-]+)*\s+(?:used\s+to\s+say|once\s+said|said|says|put\s+it|replied|answered|quipped|called|told)\b`)
	lastPart    = regexp.MustCompile(`[^.;:—“”"«»]*$`)
	lastClause  = regexp.MustCompile(`[^.;:,—–“”"«»]*$`)
	firstClause = regexp.MustCompile(`^[^.;:,—–“”"«»]*`)
)

var (
	manner   = regexp.MustCompile(`(?i)\b(?:so-called|known\s+as|dubbed|nicknamed|described?\s+as|termed|proverbial|mantra\s+of|call(?:ed)?\s+it|saying|proverb|adage|motto|slogan|maxim|joke|refrain)(?:\s+(?:an?|the))?\s*[“"«]$`)
	person   = regexp.MustCompile(`(?i)\b(?:officials?|officers?|diplomats?|mayors?|residents?|villagers?|ministers?|analysts?|observers?|critics?|soldiers?|peacekeepers?|commanders?|witness(?:es)?|ambassadors?|spokes\w+|activists?|staff|interviewees?|interlocutors?|scholars?|journalists?|reporters?|elders?|survivors?|envoys?|rebels?|leaders?|protesters?|historians?|lawyers?|editors?|authors?|fighters?|insurgents?|negotiators?|mediators?|presidents?|premiers?|representatives?|papers?|newspapers?|magazines?|broadcasters?|radio|headlines?|banners?|placards?|posters?|demonstrators?|crowds?|marchers?|students?|graffiti)\b`)
	saying   = regexp.MustCompile(`(?i)\b(?:said|says|told|tells|called|put\s+it|recalled|complained|remarked|explained|spoke\s+of|admitted|joked|lamented|argued|chanted|shouted|cried|sang|ran|read|wrote|claimed|insisted|tweeted|posted|replied|answered|quipped|used\s+to\s+say)\b`)
	official = regexp.MustCompile(`\b(?:Secretary-General|Council|Assembly|[Rr]eports?|[Rr]esolutions?|[Pp]aragraph|mandate|text)\b`)
)

// many tells whether a note cites more than one source: the sentence's
// quotation may be any one's.
func many(n cite.Note) bool { return len(n.Citations) > 1 }

func citedParas(c *Case) map[int]bool {
	out := map[int]bool{}
	for _, p := range c.Cite.Pinpoints {
		from, ok1 := p.From.(int)
		to, ok2 := p.To.(int)
		if p.Unit == cite.UnitPara && ok1 && ok2 && to-from < 1000 {
			for n := from; n <= to; n++ {
				out[n] = true
			}
		}
	}
	return out
}

func place(p cite.Paragraph) string {
	switch {
	case p.Kind == "preamble" && p.N > 0:
		return fmt.Sprintf("preambular paragraph %d", p.N)
	case p.Kind == "preamble":
		return "the preamble"
	case p.Label != "":
		return p.Label
	case p.N == 0:
		return "the text"
	}
	return fmt.Sprintf("paragraph %d", p.N)
}

// anyLetters stands in a word for letters that the author put in brackets:
// "[R]iver" and "mission[s]" fit any word with that end or beginning.
const anyLetters = 'ꙮ'

var (
	inWord   = regexp.MustCompile(`\[[^\[\]]{0,12}\](\p{L})|(\p{L})\[[^\[\]]{0,12}\]`)
	ellipsis = strings.NewReplacer("[...]", "…", "[…]", "…", "(...)", "…", "(…)", "…", "...", "…", ". . .", "…", "***", "…")
)

// pieces are the stretches of a quotation between its ellipses and brackets.
func pieces(q string) [][]string { return pieceTokens(q, tokens) }

func pieceTokens(q string, tokens func(string) []string) [][]string {
	var out [][]string
	depth := 0
	var b strings.Builder
	flush := func() {
		if t := tokens(b.String()); len(t) > 0 {
			out = append(out, t)
		}
		b.Reset()
	}
	q = ellipsis.Replace(q)
	q = inWord.ReplaceAllStringFunc(q, func(m string) string {
		x := inWord.FindStringSubmatch(m)
		if x[1] != "" {
			return string(anyLetters) + x[1]
		}
		return x[2] + string(anyLetters)
	})
	for _, r := range q {
		switch {
		case r == '[':
			depth++
			flush()
		case r == ']':
			depth = max(0, depth-1)
		case r == '…':
			flush()
		case depth == 0:
			b.WriteRune(r)
		}
	}
	flush()
	return out
}

// same tells whether a word of a text is a word of the quotation.
func same(text, quoted string) bool {
	if text == quoted {
		return true
	}
	before, after, ok := strings.Cut(quoted, string(anyLetters))
	return ok && strings.HasPrefix(text, before) && strings.HasSuffix(text, strings.ReplaceAll(after, string(anyLetters), ""))
}

// inOrder tells whether all pieces stand in text one after the other.
func inOrder(text []string, parts [][]string) bool {
	at := 0
	for _, p := range parts {
		i := find(text[at:], p)
		if i < 0 {
			return false
		}
		at += i + len(p)
	}
	return len(parts) > 0
}

func find(text, part []string) int {
next:
	for i := 0; i+len(part) <= len(text); i++ {
		for j, w := range part {
			if !same(text[i+j], w) {
				continue next
			}
		}
		return i
	}
	return -1
}

// closest is the paragraph that holds most of the quotation's words in their
// order, and the share of them. texts are the words of the paragraphs.
func closest(d *cite.Document, texts, parts [][]string) (best cite.Paragraph, share float64) {
	var q []string
	for _, p := range parts {
		q = append(q, p...)
	}
	for i, p := range d.Paragraphs {
		if n := window(texts[i], q); float64(n)/float64(len(q)) > share {
			best, share = p, float64(n)/float64(len(q))
		}
	}
	return best, share
}

// window is the most words of q, in order, within any stretch of text that is
// at most twice as long.
func window(text, q []string) int {
	best := 0
	in := map[string]bool{}
	for _, w := range q {
		in[w] = true
	}
	for i := range text {
		if !in[text[i]] {
			continue
		}
		end := min(len(text), i+2*len(q)+2)
		if n := subsequence(text[i:end], q); n > best {
			best = n
		}
	}
	return best
}

// subsequence is the length of the longest common subsequence.
func subsequence(a, b []string) int {
	if len(b) > 200 {
		b = b[:200]
	}
	row := make([]int, len(b)+1)
	for _, w := range a {
		prev := 0
		for j, v := range b {
			cur := row[j+1]
			if same(w, v) {
				row[j+1] = prev + 1
			} else {
				row[j+1] = max(row[j+1], row[j])
			}
			prev = cur
		}
	}
	return row[len(b)]
}

// differ says in words where a quotation leaves the text: "“trade” for
// “peace”".
func differ(text, q []string) string {
	// The table of longest common subsequences of the ends of both.
	n, m := len(text), len(q)
	t := make([][]int, n+1)
	for i := range t {
		t[i] = make([]int, m+1)
	}
	for i := n - 1; i >= 0; i-- {
		for j := m - 1; j >= 0; j-- {
			if same(text[i], q[j]) {
				t[i][j] = t[i+1][j+1] + 1
			} else {
				t[i][j] = max(t[i+1][j], t[i][j+1])
			}
		}
	}
	var out, was, is []string
	flush := func() {
		mark := func(w []string) string {
			return "“" + strings.ReplaceAll(strings.Join(w, " "), string(anyLetters), "…") + "”"
		}
		switch {
		case len(out) >= 3:
		case len(is) > 0 && len(was) > 0:
			out = append(out, mark(is)+" for "+mark(was))
		case len(is) > 0:
			out = append(out, mark(is)+" added")
		case len(was) > 0:
			out = append(out, mark(was)+" left out")
		}
		was, is = nil, nil
	}
	i, j := 0, 0
	for i < n && j < m {
		switch {
		case same(text[i], q[j]):
			if j > 0 || len(is) > 0 {
				flush()
			}
			was, is = nil, nil
			i, j = i+1, j+1
		case t[i+1][j] >= t[i][j+1]:
			was = append(was, text[i])
			i++
		default:
			is = append(is, q[j])
			j++
		}
	}
	if j < m {
		is = append(is, q[j:]...)
		was = nil
	} else {
		was = nil
	}
	flush()
	if len(out) == 0 {
		return "the order of the words"
	}
	return list(out, "and")
}

// passage is the stretch of a paragraph around the words of a quotation.
func passage(text string, parts [][]string) string {
	words := strings.Fields(text)
	var q []string
	for _, p := range parts {
		q = append(q, p...)
	}
	each := make([][]string, len(words))
	for i, w := range words {
		each[i] = tokens(w)
	}
	best, at := 0, 0
	size := min(len(words), len(q)+6)
	for i := 0; i+size <= len(words); i++ {
		if n := subsequence(slices.Concat(each[i:i+size]...), q); n > best {
			best, at = n, i
		}
	}
	return strings.Join(words[at:at+size], " ")
}
