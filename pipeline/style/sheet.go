package style

import (
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"citecheck/pipeline/cite"
)

// A sheet is one note as the rules see it. Places are counted in code points.
type sheet struct {
	*paper
	note *cite.Note
	text []rune
}

func (p *paper) sheet(n *cite.Note) *sheet { return &sheet{p, n, []rune(n.Text)} }

// over is the text over a span.
func (s *sheet) over(at cite.Span) string {
	if at.Start < 0 || at.End > len(s.text) || at.Start > at.End {
		return ""
	}
	return string(s.text[at.Start:at.End])
}

// inTitle tells whether a place belongs to a title, which nobody restyles.
func (s *sheet) inTitle(c *cite.Citation, at cite.Span) bool {
	t := c.Claims.TitleSpan
	return t != nil && at.Start < t.End && t.Start < at.End
}

// direct are the citations that the note itself prints: no short form, and
// nothing that only a link says.
func (s *sheet) direct() []*cite.Citation {
	var out []*cite.Citation
	for i := range s.note.Citations {
		c := &s.note.Citations[i]
		if c.BackRef == nil && (c.Via == cite.ViaSymbol || c.Via == cite.ViaName) {
			out = append(out, c)
		}
	}
	return out
}

// An edit puts Text in the place of a stretch of the note.
type edit struct {
	at   cite.Span
	text string
}

// mended is the note with edits made, if they can be made and the grammar
// reads the same citations in it but for what the rule may change.
func (s *sheet) mended(edits []edit, may May) (string, bool) {
	if len(edits) == 0 || s.Parse == nil {
		return "", false
	}
	edits = slices.Clone(edits)
	slices.SortStableFunc(edits, func(a, b edit) int { return a.at.Start - b.at.Start })
	edits = slices.CompactFunc(edits, func(a, b edit) bool { return a == b })
	var b strings.Builder
	done := 0
	for _, e := range edits {
		if e.at.Start < done || e.at.End < e.at.Start || e.at.End > len(s.text) {
			return "", false
		}
		b.WriteString(string(s.text[done:e.at.Start]))
		b.WriteString(e.text)
		done = e.at.End
	}
	b.WriteString(string(s.text[done:]))
	text := b.String()
	if text == s.note.Text {
		return "", false
	}
	return text, Same(s.Parse(s.note.Text), s.Parse(text), may)
}

// May says what a correction may change in what a note cites.
type May struct {
	Target bool // the document itself: a damaged symbol, a wrong number
	Date   bool // date and year
	Add    bool // claims that the note did not make before, which the symbol tells
}

// Same tells whether two readings of a note cite the same: the same targets
// in order, the same pinpoints, the same claims. The via may change between
// name and symbol.
func Same(a, b []cite.Citation, may May) bool {
	return slices.EqualFunc(a, b, func(x, y cite.Citation) bool {
		return sameTarget(&x, &y, may) && slices.Equal(x.Pinpoints, y.Pinpoints) && x.Signal == y.Signal &&
			slices.Equal(x.Defines, y.Defines) && sameClaims(spared(x.Claims, named(x, y)), spared(y.Claims, named(x, y)), may)
	})
}

func sameTarget(x, y *cite.Citation, may May) bool {
	switch {
	case (x.BackRef == nil) != (y.BackRef == nil), (x.Work == nil) != (y.Work == nil):
		return false
	case x.BackRef != nil:
		return *x.BackRef == *y.BackRef && x.Via == y.Via
	case x.Work != nil:
		a, b := *x.Work, *y.Work
		a.Note, b.Note = "", "" // the words as printed
		return reflect.DeepEqual(a, b)
	case may.Target:
		return true
	}
	return x.Symbol == y.Symbol && (x.Open == nil) == (y.Open == nil) && slices.Equal(x.Joint, y.Joint)
}

// named is the document that the first of two readings names, or else the
// second.
func named(x, y cite.Citation) cite.Symbol {
	if x.Symbol.IsZero() {
		return y.Symbol
	}
	return x.Symbol
}

func sameClaims(x, y cite.Claims, may May) bool {
	same := func(a, b string) bool { return a == b || may.Add && a == "" }
	if !may.Date && (x.Date != y.Date && !(may.Add && x.Date.IsZero()) || x.Year != y.Year && !(may.Add && x.Year == 0)) {
		return false
	}
	if !may.Target && (x.Number != y.Number && !(may.Add && x.Number == 0) || x.Words != y.Words) {
		return false
	}
	return fold(x.Title) == fold(y.Title) && same(x.Body, y.Body) && same(x.Type, y.Type) && same(x.Session, y.Session) &&
		same(x.Meeting, y.Meeting) && same(x.Author, y.Author) && x.URL == y.URL
}

// spared is a claim without what the symbol itself tells: a style that does
// not say again that S/PV.8298 is a record of the Security Council's 8298th
// meeting leaves out nothing.
func spared(cl cite.Claims, s cite.Symbol) cite.Claims {
	if cl.Body == s.Body() {
		cl.Body = ""
	}
	if cl.Type == s.Series() {
		cl.Type = ""
	}
	if cl.Meeting == strconv.Itoa(s.Number()) {
		cl.Meeting = ""
	}
	return cl
}

// fold is a title without its marks.
func fold(s string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return strings.ContainsRune(" “”‘’\"'*.,", r) }), " ")
}

// A prefixed is a printed symbol and how the note introduces it.
type prefixed struct {
	c      *cite.Citation
	way    string    // "UN Doc.", "U.N. Doc.", "UN Doc", "no “UN Doc.”"
	words  cite.Span // the words before the symbol; empty for none
	plural bool
	press  bool
}

const bare = "no “UN Doc.”"

var (
	docWords = regexp.MustCompile(`(?i)(?:(U\.? ?N\.?|United Nations) )?\bDoc(s)?(\.)?:? ?$`)
	// A "Doc." of another kind: "U.N. G.A. Doc. A/74/20", "UN Off. Doc."
	otherDoc  = regexp.MustCompile(`(?:[\p{L}\d]\.|\p{Lu}+) $`)
	longWords = regexp.MustCompile(`(?i)(?:docs?\.?,|document|documento|release|communiqué|comunicado|ref|reference)s?\.?,?:?(?: nos?\.?)? ?\(?$`)
	between   = regexp.MustCompile(`^(?: ?(?:,|;|&|and|or|et|y) ?)+$`)
)

// prefixes are the printed symbols of the note with their introductions. A
// symbol called a document in full has none of the ways, and a list of
// symbols is introduced once.
func (s *sheet) prefixes() []prefixed {
	var out []prefixed
	last, lastWay := -1, ""
	for _, c := range s.direct() {
		at := c.Claims.SymbolAt
		if at == nil || c.Symbol.IsZero() || s.inTitle(c, *at) || at.Start >= len(s.text) {
			continue
		}
		before := string(s.text[:at.Start])
		follows := last >= 0 && last <= at.Start && between.MatchString(string(s.text[last:at.Start]))
		last = at.End
		p := prefixed{c: c, way: bare, words: cite.Span{Start: at.Start, End: at.Start}, press: c.Symbol.IsPressRelease()}
		m := docWords.FindStringSubmatchIndex(before)
		switch {
		case m != nil && m[2] < 0 && otherDoc.MatchString(before[:m[0]]):
			lastWay = ""
			continue
		case m != nil:
			p.words.Start = len([]rune(before[:m[0]]))
			p.plural = m[4] >= 0
			p.way = "Doc"
			if m[2] >= 0 {
				un := "UN"
				if strings.Contains(before[m[2]:m[3]], ".") {
					un = "U.N."
				} else if strings.Contains(before[m[2]:m[3]], "nited") {
					un = "United Nations"
				}
				p.way = un + " Doc"
			}
			if m[6] >= 0 {
				p.way += "."
			}
		case longWords.MatchString(before):
			lastWay = ""
			continue
		case follows && lastWay != bare:
			continue // "UN Docs. S/2023/402 and S/2023/403"
		}
		lastWay = p.way
		out = append(out, p)
	}
	return out
}

// stands tells whether a citation stands in the note as a citation, between
// stops and signals, and not in a sentence.
func (s *sheet) stands(c *cite.Citation) bool {
	if c.Span.Start < 0 || c.Span.End > len(s.text) || s.note.Placement == cite.PlaceList { // bibliographies have forms of their own
		return false
	}
	before, after := strings.TrimSpace(string(s.text[:c.Span.Start])), strings.TrimSpace(string(s.text[c.Span.End:]))
	if before != "" && !strings.HasSuffix(before, ";") && !strings.HasSuffix(before, ".") && !signalled.MatchString(before) {
		return false
	}
	return after == "" || after[0] == ';' || after == "." || strings.HasPrefix(after, ". ") && !lowerAfter.MatchString(after)
}

var (
	signalled  = regexp.MustCompile(`(?i)(?:^|[.;] ?|\band )(?:see|see also|see, e\.g\.|see, inter alia|see generally|see, for example|cf\.|e\.g\.|and|also|but see|accord|compare),?$`)
	lowerAfter = regexp.MustCompile(`^\. \p{Ll}`)
)

// A titled is a document's title in the note, set in italics or not.
type titled struct {
	c   *cite.Citation
	at  cite.Span
	way string // "italic", "roman"
}

// titles are the titles of UN documents in the note that stand in no
// quotation marks.
func (s *sheet) titles() []titled {
	var out []titled
	for _, c := range s.direct() {
		t := c.Claims.TitleSpan
		if t == nil || c.Symbol.IsZero() || c.Claims.Title == "" || c.Symbol.Series() == "meeting record" || !s.stands(c) || strings.Count(c.Claims.Title, "(") != strings.Count(c.Claims.Title, ")") {
			continue
		}
		text := s.over(*t)
		if text == "" || strings.ContainsAny(text, "“”„\"«»‘*") {
			continue
		}
		slanted := 0
		for _, it := range s.note.Italics {
			slanted += max(0, min(it.End, t.End)-max(it.Start, t.Start))
		}
		switch n := t.End - t.Start; {
		case slanted*10 >= n*8:
			out = append(out, titled{c, *t, "italic"})
		case slanted == 0:
			out = append(out, titled{c, *t, "roman"})
		}
	}
	return out
}
