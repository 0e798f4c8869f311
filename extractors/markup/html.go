package markup

import (
	"bytes"
	"fmt"
	"io"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"golang.org/x/net/html/charset"
	"golang.org/x/text/transform"

	"citecheck/extractors/prose"
	"citecheck/pipeline/cite"
)

// maxHTML bounds a page; a report with its pictures inlined is smaller.
const maxHTML = 64 << 20

// HTML reads a page. contentType, if known, may name its charset.
func HTML(data []byte, contentType string) (cite.Text, error) {
	if len(data) > maxHTML {
		return cite.Text{}, fmt.Errorf("%w: larger than %d MiB", ErrBroken, maxHTML>>20)
	}
	data, err := decode(data, contentType)
	if err != nil {
		return cite.Text{}, err
	}
	root, err := html.Parse(bytes.NewReader(data)) // it refuses more than 512 open elements
	if err != nil {
		return cite.Text{}, fmt.Errorf("%w: %w", ErrBroken, err)
	}
	p := newPage(root)
	p.read()
	return p.finish(), nil
}

// decode turns bytes into UTF-8 by what the file or contentType declares. A
// file that declares nothing and is sound UTF-8 is that: guessing would take
// it for Windows-1252.
func decode(data []byte, contentType string) ([]byte, error) {
	enc, _, certain := charset.DetermineEncoding(data[:min(len(data), 1024)], contentType)
	if !certain && utf8.Valid(data) {
		return data, nil
	}
	out, err := io.ReadAll(io.LimitReader(transform.NewReader(bytes.NewReader(data), enc.NewDecoder()), 4*maxHTML))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrBroken, err)
	}
	return out, nil
}

// A page is an HTML document on the way to text.
type page struct {
	root *html.Node
	book bool // the page is a book, put together of its files

	elements []*html.Node // all of them, in order
	place    map[*html.Node]int
	byID     map[string]*html.Node
	links    []*html.Node          // that may call a note
	refs     map[*html.Node]*found // link in the text -> its note, nil for a call without one
	notes    map[*html.Node]*found // element that holds a note
	order    []*found              // in the order of their calls
	taken    map[*html.Node]bool   // read as a part of a note already
	italic   map[string]bool       // classes that the page's own style makes italic
	brackets bool                  // [5] in the text is a marker
	side     int                   // side notes so far
	text     cite.Text
	cur      *prose.Text
	blocks   []pending
}

// pending is a block that may turn out to be a note.
type pending struct {
	t     *prose.Text
	kind  cite.BlockKind
	level int
}

func newPage(root *html.Node) *page {
	p := &page{root: root, place: map[*html.Node]int{}, byID: map[string]*html.Node{}, refs: map[*html.Node]*found{},
		notes: map[*html.Node]*found{}, taken: map[*html.Node]bool{}, italic: map[string]bool{}}
	p.index(root, false)
	return p
}

// index goes once through all elements. Links in menus call no notes.
func (p *page) index(n *html.Node, out bool) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type != html.ElementNode {
			continue
		}
		p.place[c] = len(p.elements)
		p.elements = append(p.elements, c)
		for _, k := range []string{"id", "name"} {
			if v := attr(c, k); v != "" && p.byID[v] == nil {
				p.byID[v] = c
			}
		}
		inner := out || left(c)
		if c.DataAtom == atom.A && !inner && (strings.Contains(attr(c, "href"), "#") || attr(c, "onclick") != "" || attr(c, "aria-describedby") != "") {
			p.links = append(p.links, c)
		}
		if c.DataAtom == atom.Style && c.FirstChild != nil {
			for _, m := range italicRule.FindAllStringSubmatch(c.FirstChild.Data, -1) {
				p.italic[m[1]] = true
			}
		}
		p.index(c, inner)
	}
}

// italicRule is a class that a page sets in italics: Google Docs and
// LibreOffice know no other way.
var italicRule = regexp.MustCompile(`\.([A-Za-z][\w-]{0,40})\s*\{[^{}]{0,400}?font-style:\s*italic`)

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

// read goes through the page in order.
func (p *page) read() {
	p.findNotes()
	body := p.first(p.root, atom.Body)
	if body == nil {
		return
	}
	main := body
	if !p.book {
		main = p.main(body)
	}
	p.brackets = len(p.notes) == 0 && bracketed(main)
	for _, in := range []*html.Node{main, body} {
		if h := p.first(in, atom.H1); h != nil && p.text.Title == "" {
			p.text.Title = clean(textOf(h))
		}
	}
	if t := p.first(p.root, atom.Title); t != nil && p.text.Title == "" {
		p.text.Title = clean(textOf(t))
	}
	p.cur = &prose.Text{}
	p.node(main, state{kind: cite.BlockPara})
	p.flush(state{kind: cite.BlockPara})
	for _, f := range p.order {
		// Some are kept out of sight until a reader points at their marker.
		if !f.done {
			p.note(f.el, f)
		}
	}
}

// first is the first element of a kind below n that is shown.
func (p *page) first(n *html.Node, kind atom.Atom) *html.Node {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.DataAtom == kind && c.Type == html.ElementNode {
			return c
		}
		if c.Type == html.ElementNode && left(c) && c.DataAtom != atom.Head {
			continue
		}
		if x := p.first(c, kind); x != nil {
			return x
		}
	}
	return nil
}

func clean(s string) string { return strings.Join(strings.Fields(s), " ") }

// state is what the elements around a node say.
type state struct {
	kind   cite.BlockKind
	level  int
	italic bool
	url    string
	note   *found
}

func (p *page) flush(s state) {
	if s.note == nil && !p.cur.Empty() {
		p.blocks = append(p.blocks, pending{p.cur, s.kind, s.level})
		p.cur = &prose.Text{}
	}
}

func (p *page) node(n *html.Node, s state) {
	if n.Type == html.TextNode {
		p.words(n.Data, s)
		return
	}
	if n.Type != html.ElementNode || p.taken[n] {
		return
	}
	if f := p.notes[n]; f != nil && s.note == nil {
		if !noteClass(n) {
			p.flush(state{kind: cite.BlockPara})
		}
		p.note(n, f)
		return
	}
	if left(n) || p.ofSite(n) {
		return
	}
	inner := s
	block := false
	for _, c := range strings.Fields(attr(n, "class")) {
		inner.italic = inner.italic || p.italic[c]
	}
	switch style := attr(n, "style"); {
	case style == "":
	case strings.Contains(style, "font-style:italic"), strings.Contains(style, "font-style: italic"):
		inner.italic = true
	case strings.Contains(style, "font-style:normal"), strings.Contains(style, "font-style: normal"):
		inner.italic = false
	}
	switch n.DataAtom {
	case atom.Br:
		p.cur.Space()
		return
	case atom.Img:
		return
	case atom.A:
		if p.anchor(n, s) {
			return
		}
		if u := address(attr(n, "href")); u != "" {
			inner.url = u
		}
	case atom.Sup:
		if p.raised(n, s) {
			return
		}
	case atom.Label, atom.Span:
		if p.sidenote(n, s) {
			return
		}
	case atom.I, atom.Em, atom.Cite:
		inner.italic = true
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		inner.kind, inner.level, block = cite.BlockHeading, int(n.Data[1]-'0'), true
	case atom.Li:
		inner.kind, block = cite.BlockItem, true
	case atom.Td, atom.Th:
		inner.kind, block = cite.BlockCell, true
	case atom.Figcaption, atom.Caption:
		inner.kind, block = cite.BlockCaption, true
	case atom.P, atom.Div, atom.Section, atom.Article, atom.Main, atom.Blockquote, atom.Ul, atom.Ol, atom.Table, atom.Tr, atom.Dl, atom.Dd, atom.Dt,
		atom.Figure, atom.Pre, atom.Hr, atom.Header, atom.Footer, atom.Aside, atom.Address, atom.Details, atom.Summary, atom.Center, atom.Body, atom.Form:
		block = true
	}
	if block {
		p.edge(s)
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		p.node(c, inner)
	}
	if block {
		p.edge(inner)
	}
}

// edge is where a block begins or ends: a block of its own, or white space
// inside a note.
func (p *page) edge(s state) {
	if s.note != nil {
		p.cur.Space()
	} else {
		p.flush(s)
	}
}

// words writes text; where markers are set in brackets and level, they are
// taken out.
func (p *page) words(s string, in state) {
	for p.brackets && in.note == nil {
		m := bracket.FindStringSubmatchIndex(s)
		if m == nil {
			break
		}
		p.cur.Write(s[:m[0]], in.italic, in.url)
		p.cur.Mark(s[m[2]:m[3]], "")
		s = s[m[1]:]
	}
	p.cur.Write(s, in.italic, in.url)
}

var bracket = regexp.MustCompile(`\[(\d{1,3})\]`)

// bracketed tells whether a page without links has paragraphs that begin with
// [1], [2] and so on: then [5] in the text is a marker.
func bracketed(n *html.Node) bool {
	next := 1
	var walk func(n *html.Node)
	walk = func(n *html.Node) {
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			if c.DataAtom == atom.P || c.DataAtom == atom.Li || c.DataAtom == atom.Div {
				if strings.HasPrefix(textOf(c), "["+strconv.Itoa(next)+"]") {
					next++
					continue
				}
			}
			walk(c)
		}
	}
	walk(n)
	return next > 2
}

// raised reads a raised label without a link, or around one.
func (p *page) raised(n *html.Node, s state) bool {
	words := textOf(n)
	lab := label(words)
	if lab == "" || p.hasRef(n) || ordinal(words) {
		return false
	}
	if s.note != nil {
		return len(p.cur.Out) == 0 && lab == s.note.label // its own label
	}
	p.cur.Mark(lab, "")
	return true
}

// sidenote reads a note that stands in its sentence, to be shown beside it: a
// numbered label that the page's style prints, and the note after it.
func (p *page) sidenote(n *html.Node, s state) bool {
	switch class := attr(n, "class"); {
	case s.note != nil:
		return false
	case n.DataAtom == atom.Label && hasWord(class, "sidenote-number"):
		p.side++
		p.cur.Mark(strconv.Itoa(p.side), sideRef(p.side))
		return true
	case n.DataAtom == atom.Span && hasWord(class, "sidenote") && p.side > 0:
		p.note(n, &found{id: sideRef(p.side), label: strconv.Itoa(p.side), el: n})
		return true
	}
	return false
}

func sideRef(n int) string { return "side note " + strconv.Itoa(n) }

// address is where a link leads outside the document. Google Docs leads all
// links over its own site.
func address(href string) string {
	if !strings.HasPrefix(href, "http") {
		return ""
	}
	if strings.HasPrefix(href, "https://www.google.com/url?") {
		if u, err := url.Parse(href); err == nil && strings.HasPrefix(u.Query().Get("q"), "http") {
			return u.Query().Get("q")
		}
	}
	return href
}

func ordinal(s string) bool {
	switch strings.ToLower(strings.TrimSpace(s)) {
	case "st", "nd", "rd", "th", "er", "e", "o", "a":
		return true
	}
	return false
}

// hasRef tells whether a link that calls a note stands inside n.
func (p *page) hasRef(n *html.Node) bool {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if _, ok := p.refs[c]; ok || p.hasRef(c) {
			return true
		}
	}
	return false
}

// anchor handles a link that calls a note or leads back from one.
func (p *page) anchor(n *html.Node, s state) bool {
	words := textOf(n)
	if f, ok := p.refs[n]; ok {
		switch {
		case s.note != nil: // a note that calls another
		case f == nil:
			p.cur.Mark(label(words), "")
		default:
			p.cur.Mark(p.labelOf(f, words), f.id)
		}
		return true
	}
	if s.note == nil {
		return false
	}
	return isBack(n, words) || p.leadsBack(n, words, s.note) ||
		// The note's own label, linked back to the text.
		strings.Contains(attr(n, "href"), "#") && label(words) != "" && (label(words) == s.note.label || len(p.cur.Out) == 0)
}

// leadsBack tells whether a link of a few words leads to where its note is
// called: "return to text", or one letter for each of several calls.
func (p *page) leadsBack(n *html.Node, words string, f *found) bool {
	to := p.byID[p.target(n)]
	if to == nil || len([]rune(words)) > 24 {
		return false
	}
	home := noteElement(to)
	for _, r := range f.refs {
		if home != nil && noteElement(r) == home {
			return true
		}
	}
	return false
}

// labelOf is a marker as printed: "1", "note 2". Where a note is called twice
// some print more than its label ("1:1").
func (p *page) labelOf(f *found, words string) string {
	if lab := label(words); lab != "" {
		return lab
	}
	if f.label == "" {
		f.label = strings.Trim(clean(words), "[]() ")
	}
	if f.label == "" {
		f.label = strconv.Itoa(len(p.text.Notes) + 1)
	}
	return f.label
}

// note reads an element that holds a note, and puts the text around it aside.
func (p *page) note(n *html.Node, f *found) {
	f.done = true
	outer := p.cur
	p.cur = &prose.Text{}
	s := state{kind: cite.BlockPara, note: f}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		p.node(c, s)
	}
	for _, more := range p.goesOn(n) {
		p.cur.Space()
		p.node(more, s)
		p.taken[more] = true
	}
	t := p.cur
	p.cur = outer
	if f.label == "" {
		f.label = strconv.Itoa(len(p.text.Notes) + 1)
	}
	t.Cut(len(t.Out) - len([]rune(backEnd.FindString(string(t.Out)))))
	at := len([]rune(backStart.FindString(string(t.Out))))
	// A label that is printed as text, and not by the list's own numbering.
	rest := string(t.Out[at:])
	if w := firstWord(rest); label(w) == f.label {
		at += len([]rune(w))
	} else if strings.HasPrefix(rest, "["+f.label+"]") {
		at += len([]rune(f.label)) + 2
	}
	at += len(afterLabel.FindString(string(t.Out[at:])))
	p.text.Notes = append(p.text.Notes, t.Note(at, f.label, f.id, cite.PlaceEnd))
}

// The arrows that lead back to the text, where they are no links or stand
// beside them, and what is printed after a label that is a link.
var (
	backStart  = regexp.MustCompile(`^(?:(?:[\^↑↩⏎↵][\x{FE0E}\x{FE0F}]?|\[\s*\])\s*)+`)
	afterLabel = regexp.MustCompile(`^[.:)\]] `)
	backEnd    = regexp.MustCompile(`(?:\s*(?:[\^↑↩⏎↵⤴][\x{FE0E}\x{FE0F}]?|\[\s*\]|\(\s*\)))+\s*$`)
)

// goesOn are the elements after a note's own that belong to it: the
// definition of a term, and in a list of notes the paragraphs before the next
// note.
func (p *page) goesOn(n *html.Node) (out []*html.Node) {
	if n.DataAtom != atom.Dt && !notesBox(n.Parent) {
		return nil
	}
	for c := n.NextSibling; c != nil; c = c.NextSibling {
		if c.Type != html.ElementNode {
			continue
		}
		switch {
		case p.notes[c] != nil, p.hasNote(c), n.DataAtom == atom.Dt && c.DataAtom != atom.Dd:
			return out
		case n.DataAtom == atom.P && c.DataAtom != atom.P && c.DataAtom != atom.Blockquote && c.DataAtom != atom.Ul && c.DataAtom != atom.Ol:
			return out
		case n.DataAtom != atom.P && n.DataAtom != atom.Dt, p.hasRef(c):
			return out
		}
		out = append(out, c)
	}
	return out
}

func (p *page) hasNote(n *html.Node) bool {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if p.notes[c] != nil || p.hasNote(c) {
			return true
		}
	}
	return false
}

// notesBox tells whether an element says of itself that it holds notes.
func notesBox(n *html.Node) bool {
	if n == nil {
		return false
	}
	s := strings.ToLower(attr(n, "class") + " " + attr(n, "id") + " " + attr(n, "role") + " " + attr(n, "epub:type"))
	return strings.Contains(s, "footnotes") || strings.Contains(s, "endnotes") || strings.Contains(s, "rearnotes")
}

// finish turns pending blocks into blocks, or notes: a paragraph that begins
// with a raised label is one, if no links named the notes.
func (p *page) finish() cite.Text {
	plain := &joiner{text: &p.text, linked: len(p.text.Notes) > 0, whole: true, place: cite.PlaceEnd}
	for _, b := range p.blocks {
		plain.labels(b.t)
	}
	for _, b := range p.blocks {
		plain.add(b)
	}
	plain.close()
	return p.text
}
