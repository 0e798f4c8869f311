package resolve

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"citecheck/pipeline/cite"
)

// named tells whether a short form says more than the note.
func named(ref *cite.BackRef) bool {
	return ref.Author != "" || ref.Title != "" || !ref.Symbol.IsZero()
}

func called(ref *cite.BackRef) string {
	switch {
	case ref.Author != "" && ref.Title != "":
		return ref.Author + ", " + ref.Title
	case ref.Author+ref.Title == "":
		return ref.Symbol.String()
	}
	return ref.Author + ref.Title
}

// defines tells whether a citation set up the name that a short form uses.
func defines(ref *cite.BackRef, c *cite.Citation) bool {
	for _, t := range c.Defines {
		key := fold(t)
		if key != "" && (key == fold(ref.Title) || key == fold(ref.Author) || key == fold(ref.Author+" "+ref.Title)) {
			return true
		}
	}
	return false
}

// matches tells whether a short form may mean a citation: what it says of
// author and title must be found there. Words that half of all UN documents
// share ("report", "Secretary-General", "situation") tell nothing apart.
func (r *resolver) matches(ref *cite.BackRef, p place) bool {
	c := r.at(p)
	if !named(ref) {
		return true
	}
	if !ref.Symbol.IsZero() {
		return c.Symbol == ref.Symbol || c.Symbol.Main() == ref.Symbol || slices.Contains(c.Joint, ref.Symbol)
	}
	if defines(ref, c) {
		return true
	}
	hay := r.sources.words(p, c)
	author, commonA := tellingWords(ref.Author)
	title, commonT := tellingWords(ref.Title)
	if !most(author, hay, 1) || !most(title, hay, 4) {
		return false
	}
	if len(author)+len(title) > 0 {
		return true
	}
	common := append(commonA, commonT...)
	if len(common) == 0 {
		return false
	}
	if c.Work != nil || !c.Resolved() {
		return most(common, hay, 1)
	}
	// "Secretary-General’s report, supra note 4" and nothing but a symbol in
	// note 4: only a document of another kind, or by somebody else, is no match.
	return !otherKind(common, c, hay) && !otherHand(common, c, hay)
}

// otherHand tells whether a document is said to be by somebody else than the
// Secretary-General whom a short form names: by a panel, or a resolution.
func otherHand(common []string, c *cite.Citation, hay map[string]bool) bool {
	if !slices.Contains(common, "secretary") || hay["secretary"] {
		return false
	}
	if c.Symbol.Series() == "resolution" {
		return true
	}
	for w := range hay {
		if hands[w] {
			return true
		}
	}
	return false
}

// byOrgan tells whether a short form names no author, or one who writes
// documents of the UN.
func byOrgan(ref *cite.BackRef) bool {
	if !ref.Symbol.IsZero() {
		return false
	}
	telling, common := tellingWords(ref.Author)
	if len(telling) == 0 {
		return len(common) > 0 || documentTitle(ref.Title)
	}
	for _, w := range telling {
		if hands[w] {
			return true
		}
	}
	return false
}

// documentTitle tells whether a title is one of a UN document: "Report of the
// Panel of Experts on Examplia".
func documentTitle(title string) bool {
	for _, w := range words(title) {
		if w == "report" || w == "letter" || w == "statement" || hands[w] {
			return true
		}
	}
	return false
}

// hands are those who write documents of the UN beside the Secretary-General.
var hands = set("panel experts expert rapporteur representative commission commissioner committee monitoring mediator chair chairman chairperson ombudsperson tribunal court prosecutor inspection board advisory")

// most tells whether all words but every nth are among others.
func most(need []string, hay map[string]bool, n int) bool {
	missing := 0
	for _, w := range need {
		if !hay[w] {
			missing++
		}
	}
	if n <= 1 {
		// Of a long list of authors one may be spelled otherwise.
		return missing == 0 || len(need) >= 4 && missing == 1
	}
	return missing*n <= len(need)
}

// otherKind tells whether what a short form calls a document is not what it
// is: a report is no resolution.
func otherKind(common []string, c *cite.Citation, hay map[string]bool) bool {
	for _, kind := range []string{"resolution", "report", "statement", "letter", "decision"} {
		if !slices.Contains(common, kind) {
			continue
		}
		is := strings.ToLower(c.Symbol.Series() + " " + c.Claims.Type)
		switch {
		case hay[kind], strings.Contains(is, kind):
			return false
		case kind == "resolution":
			return true
		}
		return strings.Contains(is, "resolution")
	}
	return false
}

// mentions tells whether a note's text holds the telling words of a short
// form though none of the sources read from it does.
func mentions(text string, ref *cite.BackRef) bool {
	need, _ := tellingWords(ref.Author)
	if len(need) == 0 {
		need, _ = tellingWords(ref.Title)
	}
	if len(need) == 0 {
		return false
	}
	hay := map[string]bool{}
	for _, w := range words(text) {
		hay[w] = true
	}
	return most(need, hay, 1)
}

// silent tells whether a note in which we found no source has none that a short
// form for a document of the UN could mean: no word of its name stands there,
// and nothing that might be a symbol or an address that we failed to read.
func silent(n *cite.Note, ref *cite.BackRef) bool {
	if len(n.Links) > 0 || addressIn(n.Text) {
		return false
	}
	for i, c := range n.Text {
		if c == '/' && i > 0 && unicode.IsLetter(rune(n.Text[i-1])) {
			return false
		}
	}
	hay := map[string]bool{}
	for _, w := range words(n.Text) {
		hay[w] = true
	}
	if hay["un"] || hay["ibid"] || hay["supra"] || hay["above"] {
		return false
	}
	telling, common := tellingWords(ref.Author + " " + ref.Title)
	for _, w := range append(telling, common...) {
		if hay[w] {
			return false
		}
	}
	return len(telling)+len(common) > 0
}

// firstAuthorIn tells whether the first author's family name is one of the
// words.
func firstAuthorIn(w *cite.Work, need []string) bool {
	if len(w.Author) == 0 {
		return false
	}
	family, common := tellingWords(w.Author[0].Family + w.Author[0].Literal)
	family = append(family, common...)
	for _, f := range family {
		if slices.Contains(need, f) {
			return true
		}
	}
	return false
}

// sources are the citations in full of the notes read so far, by the words
// that describe them.
type sources struct {
	list  []place
	index map[string][]int
	known map[place]map[string]bool
}

func newSources() sources {
	return sources{index: map[string][]int{}, known: map[place]map[string]bool{}}
}

func (s *sources) add(p place, text string) {
	k := len(s.list)
	s.list = append(s.list, p)
	set := wordSet(text)
	s.known[p] = set
	for w := range set {
		s.index[w] = append(s.index[w], k)
	}
}

// words are those that describe the citation at p.
func (s *sources) words(p place, c *cite.Citation) map[string]bool {
	if set, ok := s.known[p]; ok {
		return set
	}
	set := wordSet(described(c))
	s.known[p] = set
	return set
}

// mostSources bounds how many earlier sources a short form is held against.
const mostSources = 4000

// search finds the earlier sources that a short form fits, in order.
func (r *resolver) search(ref *cite.BackRef, before int) []place {
	telling, common := tellingWords(ref.Author + " " + ref.Title)
	if !ref.Symbol.IsZero() {
		telling = nil
	} else if len(telling) == 0 && len(common) == 0 {
		return nil
	}
	var list []int
	if len(telling) > 0 {
		// The rarest word leads to the fewest sources.
		for k, w := range telling {
			if at := r.sources.index[w]; k == 0 || len(at) > 0 && (len(list) == 0 || len(at) < len(list)) {
				list = at
			}
		}
	} else {
		for k := max(0, len(r.sources.list)-mostSources); k < len(r.sources.list); k++ {
			list = append(list, k)
		}
	}
	var fit []place
	for _, k := range list[max(0, len(list)-mostSources):] {
		if p := r.sources.list[k]; p.note < before && r.matches(ref, p) {
			fit = append(fit, p)
		}
	}
	return fit
}

// described is all that is said of a citation's source.
func described(c *cite.Citation) string {
	var b strings.Builder
	for _, s := range []string{c.Text, c.Claims.Title, c.Claims.Author, c.Claims.Body, c.Claims.Type} {
		b.WriteString(s)
		b.WriteByte(' ')
	}
	if w := c.Work; w != nil {
		for _, s := range []string{w.Title, w.ContainerTitle, w.Publisher} {
			b.WriteString(s)
			b.WriteByte(' ')
		}
		for _, n := range append(slices.Clone(w.Author), w.Editor...) {
			b.WriteString(n.Family + " " + n.Given + " " + n.Literal + " ")
		}
	}
	if !c.Symbol.IsZero() {
		b.WriteString(c.Symbol.Series() + " " + c.Symbol.Body())
	}
	return b.String()
}

// fold reduces a name to its words in small letters, without accents,
// articles and marks.
func fold(s string) string { return strings.Join(words(s), " ") }

// words are the words of a text, folded; articles and single letters aside.
func words(s string) []string {
	s = plainLetters(s)
	var out []string
	for _, f := range strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		if f = strings.ToLower(f); len(f) > 1 && !article[f] || f[0] >= '0' && f[0] <= '9' {
			out = append(out, f)
		}
	}
	return out
}

// plainLetters drops accents: "Nikièma" is "Nikiema" in another note.
func plainLetters(s string) string {
	ascii := true
	for i := 0; i < len(s) && ascii; i++ {
		ascii = s[i] < 0x80
	}
	if ascii {
		return s
	}
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return r
	}, norm.NFD.String(s))
}

func wordSet(s string) map[string]bool {
	set := map[string]bool{}
	for _, w := range words(s) {
		set[w] = true
	}
	return set
}

// tellingWords parts the words of a name into those that tell sources apart
// and those that many share.
func tellingWords(s string) (telling, common []string) {
	for _, w := range words(s) {
		switch {
		case plain[w] || w[0] <= '9' && len(w) < 4: // "2 Aquinas": a volume
		case shared[w]:
			common = append(common, w)
		default:
			telling = append(telling, w)
		}
	}
	return telling, common
}

func set(s string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(s) {
		m[w] = true
	}
	return m
}

var (
	article = set("the le la les el los las de du des del of")
	plain   = set("and et al for see also note supra from with on in to at an or by und as cit op loc id ibid eds ed sources source cited authorities generally above below others autres otros y para por sur dans en voir vease discussion accompanying text")
	shared  = set("united nations un security council general assembly secretary resolution report reports situation mission letter dated statement president committee meeting decision document doc rapport secretaire conseil securite nations unies assemblee generale lettre datee informe secretario consejo seguridad naciones unidas asamblea carta fecha")
)

// maybeCites tells whether a note in which no source was seen may hold one
// all the same.
func maybeCites(n *cite.Note) bool {
	return len(n.Links) > 0 || len(n.Italics) > 0 || strings.ContainsAny(n.Text, "“”\"«»0123456789") || addressIn(n.Text) || strings.Contains(n.Text, " v. ") || len(n.Text) < 60
}

// leftOver tells whether text of a note that belongs to none of its citations
// looks like one more source: ibid. may mean that one.
func leftOver(n *cite.Note) bool {
	runes := []rune(n.Text)
	from := 0
	for _, c := range n.Citations {
		if c.Span.Start > from && c.Span.Start <= len(runes) && sourceLike(string(runes[from:c.Span.Start]), from > 0) {
			return true
		}
		from = max(from, c.Span.End)
	}
	return from < len(runes) && sourceLike(string(runes[from:]), from > 0)
}

// sourceLike tells whether the text between citations holds a source: an
// address; a date or a title in words that are no sentence; what a semicolon
// adds to a citation, or "and", which is a source rather than a remark.
func sourceLike(s string, behind bool) bool {
	for k, part := range strings.FieldsFunc(s, func(r rune) bool { return r == ';' }) {
		added := behind && (k > 0 || strings.HasPrefix(strings.TrimLeft(s, " .)]”’"), ";"))
		tied := behind && k == 0 && tiedOn(part)
		part = strings.Trim(part, " .,()[]”’")
		switch {
		case addressIn(part) && !sentence(part):
			return true
		case behind && signalled(part) && !ownPlaces(part):
			return true
		case behind && inWords(part):
			return true
		case (added || tied) && len(part) > 3 && !sentence(part) && !ownPlaces(part) && (capital(part) || year(part) || sourceNoun(part)):
			return true
		case len(part) >= 20 && !sentence(part) && !setsUp(part) && !term(part) && year(part) && strings.ContainsAny(part, ",“\""):
			return true
		}
	}
	return false
}

// inWords tells whether a sentence behind a citation names one more source:
// "The Guardian reported the same on 5 May 2023". What the organs of the UN
// report is what was cited.
func inWords(s string) bool {
	fields := strings.Fields(s)
	for k, f := range fields {
		if k == 0 || k > 8 || !reporting[strings.Trim(f, ",")] {
			continue
		}
		for i, name := range fields[:k] {
			r := []rune(name)[0]
			low := words(name)
			if len(low) == 0 || !unicode.IsUpper(r) || i == 0 && opening[low[0]] {
				continue
			}
			if telling, _ := tellingWords(name); len(telling) > 0 && !hands[low[0]] {
				return true
			}
		}
		return false
	}
	return false
}

var (
	reporting = set("reported reports wrote writes published quoted quotes claimed claims says said confirmed confirms documented documents estimated estimates")
	opening   = set("this that these those it he she they we both others another other some many most all same mission council officials there here in at on by but however later members")
)

// setsUp tells whether a text only gives a source its short name.
func setsUp(s string) bool {
	low := strings.ToLower(s)
	for _, w := range []string{"hereinafter", "hereafter", "henceforth", "cited as", "ci-après", "en adelante"} {
		if strings.HasPrefix(low, w) {
			return true
		}
	}
	return false
}

// term tells whether a text is nothing but a name in quotation marks, as the
// bracket behind a source sets one up: "the “Report on Presence 2014”".
func term(s string) bool {
	s = strings.TrimSpace(strings.TrimPrefix(strings.TrimPrefix(s, "the "), "the"))
	return strings.HasPrefix(s, "“") && !strings.ContainsAny(strings.TrimPrefix(s, "“"), "“,")
}

// signalled tells whether a text begins with the signal of a source: "But see
// Smith’s blog".
func signalled(s string) bool {
	for _, w := range []string{"See ", "But see ", "See also ", "Cf. ", "Compare ", "Voir ", "Véase ", "see ", "cf. ", "but see "} {
		if strings.HasPrefix(s, w) && len(s) > len(w)+3 {
			return true
		}
	}
	return false
}

// tiedOn tells whether a text goes on with a further source: ", and the
// Panel’s report", ", as confirmed by …", "quoted in".
func tiedOn(s string) bool {
	s = strings.TrimLeft(s, " ,)")
	for _, w := range []string{"and ", "as ", "quoted in ", "cited in ", "et ", "y ", "quoting ", "citing ", "reproduced in "} {
		if rest, ok := strings.CutPrefix(s, w); ok && len(strings.Fields(rest)) > 1 {
			return sourceNoun(rest) || year(rest)
		}
	}
	return false
}

// sourceNoun tells whether a text has a word for something that is cited.
func sourceNoun(s string) bool {
	for _, f := range strings.Fields(strings.ToLower(s)) {
		if sourceNouns[strings.Trim(f, ".,;:()”’")] {
			return true
		}
	}
	return false
}

var sourceNouns = set("report reports statement letter interview interviews email emails e-mail memo memorandum article book study survey document blog notes minutes archive archives correspondence conversation communication file press speech remarks rapport lettre entretien informe carta entrevista")

// capital tells whether a word of a text begins with a capital.
func capital(s string) bool {
	for _, f := range strings.Fields(s) {
		if r := []rune(f)[0]; unicode.IsUpper(r) {
			return true
		}
	}
	return false
}

// ownPlaces tells whether a text refers to a place of the report itself, or is
// a usual remark on a citation.
func ownPlaces(s string) bool {
	low := strings.ToLower(s)
	for _, w := range []string{"above", "below", "supra", "infra", "emphasis", "accompanying", "ci-dessus", "ci-dessous", "annex", "translation", "citations omitted", "hereinafter", "ff", "et seq", "passim"} {
		if strings.Contains(low, w) {
			return true
		}
	}
	return false
}

func addressIn(s string) bool {
	return strings.Contains(s, "http") || strings.Contains(s, "www.")
}

func year(s string) bool {
	digits := 0
	for i := 0; i <= len(s); i++ {
		if i < len(s) && s[i] >= '0' && s[i] <= '9' {
			digits++
			continue
		}
		if digits == 4 && (s[i-4:i-2] == "19" || s[i-4:i-2] == "20") {
			return true
		}
		digits = 0
	}
	return false
}

// sentence tells whether text has a word that sentences have and citations
// lack.
func sentence(s string) bool {
	for k, f := range strings.Fields(s) {
		if k == 0 {
			f = strings.ToLower(f) // later capitals are names: "3 May 2012"
		}
		if verb[strings.Trim(f, ".,;:()")] {
			return true
		}
	}
	return false
}

var verb = set("is are was were has have had does did will would should could may might must can not it they we he she this these that which who whose their its also been being be est sont etait était ont fue fueron son era que ce cette ces")
