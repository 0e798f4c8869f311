package markup

import (
	"bytes"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"golang.org/x/net/html/charset"
	"golang.org/x/text/transform"

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
	p := &page{doc: goquery.NewDocumentFromNode(root), byID: map[string]*html.Node{}, refs: map[*html.Node]string{}, notes: map[*html.Node]*found{}}
	p.findNotes()
	p.walk()
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
	doc    *goquery.Document
	byID   map[string]*html.Node
	refs   map[*html.Node]string // link in the text -> id of its note
	notes  map[*html.Node]*found // element that holds a note
	order  []*found
	text   cite.Text
	cur    *text
	blocks []pending
}

// found is a note that the page's own links name.
type found struct {
	id, label string
	el        *html.Node
}

// pending is a block that may turn out to be a note.
type pending struct {
	t     *text
	kind  cite.BlockKind
	level int
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

// findNotes pairs links in the text with the elements that they lead to: an
// internal link whose words are a label, to a place that is not above it in
// the same paragraph, and that begins a note.
func (p *page) findNotes() {
	place := map[*html.Node]int{}
	i := 0
	p.doc.Find("*").Each(func(_ int, s *goquery.Selection) {
		n := s.Get(0)
		place[n] = i
		i++
		for _, k := range []string{"id", "name"} {
			if v := attr(n, k); v != "" {
				if _, ok := p.byID[v]; !ok {
					p.byID[v] = n
				}
			}
		}
	})
	byEl := map[*html.Node]*found{}
	p.doc.Find("a[href*='#']").Each(func(_ int, s *goquery.Selection) {
		a := s.Get(0)
		_, id, _ := strings.Cut(attr(a, "href"), "#")
		lab := label(s.Text())
		to := p.byID[id]
		role := attr(a, "role") == "doc-noteref" || strings.Contains(attr(a, "type"), "noteref") || strings.Contains(attr(a, "class"), "footnote-ref") || strings.Contains(attr(a, "class"), "footnote-anchor")
		if to == nil || lab == "" && !role || isBack(a, s.Text()) || place[to] < place[a] && !role {
			return
		}
		el := noteElement(to)
		if el == nil || contains(el, a) || !role && !likeNote(el, lab) {
			return
		}
		f := byEl[el]
		if f == nil {
			f = &found{id: id, label: lab, el: el}
			byEl[el] = f
			p.notes[el] = f
			p.order = append(p.order, f)
		}
		p.refs[a] = f.id
	})
}

// isBack tells whether a link leads from a note back to the text.
func isBack(a *html.Node, words string) bool {
	if attr(a, "role") == "doc-backlink" || strings.Contains(attr(a, "class"), "footnote-back") || strings.Contains(attr(a, "class"), "reversefootnote") {
		return true
	}
	switch strings.Trim(strings.TrimSpace(words), "\ufe0e\ufe0f ") {
	case "↩", "↑", "^", "⏎", "↵", "back", "Back", "Jump up":
		return true
	}
	return false
}

// noteElement is the block that a link's target stands in or is.
func noteElement(n *html.Node) *html.Node {
	for k := 0; n != nil && k < 8; n, k = n.Parent, k+1 {
		switch n.DataAtom {
		case atom.Li, atom.P, atom.Dd, atom.Div, atom.Aside, atom.Tr, atom.Section:
			return n
		case atom.Body, atom.Html:
			return nil
		}
	}
	return nil
}

func contains(el, n *html.Node) bool {
	for ; n != nil; n = n.Parent {
		if n == el {
			return true
		}
	}
	return false
}

// likeNote tells whether an element is a note of that label: it stands in a
// list, or its words begin with the label.
func likeNote(el *html.Node, lab string) bool {
	if el.DataAtom == atom.Li {
		return true
	}
	words := strings.TrimSpace(goquery.NewDocumentFromNode(el).Text())
	return label(firstWord(words)) == lab || strings.HasPrefix(strings.TrimLeft(words, "[(^ "), lab)
}

func firstWord(s string) string {
	if i := strings.IndexAny(s, " \t\n\u00a0"); i > 0 {
		return s[:i]
	}
	return s
}

// walk goes through the page in order.
func (p *page) walk() {
	p.text.Title = clean(p.doc.Find("h1").First().Text())
	if p.text.Title == "" {
		p.text.Title = clean(p.doc.Find("title").First().Text())
	}
	p.cur = &text{}
	if body := p.doc.Find("body").Get(0); body != nil {
		p.node(body, state{kind: cite.BlockPara})
	}
	p.flush(state{kind: cite.BlockPara})
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
	if s.note == nil && (len(p.cur.out) > 0 || len(p.cur.marks) > 0) {
		p.blocks = append(p.blocks, pending{p.cur, s.kind, s.level})
		p.cur = &text{}
	}
}

func (p *page) node(n *html.Node, s state) {
	if n.Type == html.TextNode {
		p.cur.write(n.Data, s.italic, s.url)
		return
	}
	if n.Type != html.ElementNode || hidden(n) {
		return
	}
	if f := p.notes[n]; f != nil && s.note == nil {
		p.note(n, f)
		return
	}
	inner := s
	block := false
	switch n.DataAtom {
	case atom.Br:
		p.cur.space()
		return
	case atom.A:
		if p.anchor(n, s) {
			return
		}
		if u := attr(n, "href"); strings.HasPrefix(u, "http") {
			inner.url = u
		}
	case atom.Sup:
		// A raised label without a link, or around one.
		words := goquery.NewDocumentFromNode(n).Text()
		if lab := label(words); lab != "" && !p.hasRef(n) && s.note == nil && !ordinal(words) {
			p.cur.mark(lab, "")
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
		atom.Figure, atom.Pre, atom.Hr, atom.Header, atom.Footer, atom.Aside, atom.Address, atom.Details, atom.Summary, atom.Center:
		block = true
	}
	if block {
		if s.note != nil {
			p.cur.space()
		} else {
			p.flush(s)
		}
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		p.node(c, inner)
	}
	if block {
		if s.note != nil {
			p.cur.space()
		} else {
			p.flush(inner)
		}
	}
}

func ordinal(s string) bool {
	switch strings.ToLower(strings.TrimSpace(s)) {
	case "st", "nd", "rd", "th", "er", "e", "o", "a":
		return true
	}
	return false
}

func hidden(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Script, atom.Style, atom.Nav, atom.Noscript, atom.Template, atom.Svg, atom.Iframe, atom.Button, atom.Form, atom.Head, atom.Object:
		return true
	}
	style := strings.ReplaceAll(attr(n, "style"), " ", "")
	return strings.Contains(style, "display:none") || attr(n, "aria-hidden") == "true" && n.DataAtom != atom.A && n.DataAtom != atom.Sup || attr(n, "role") == "navigation"
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
	words := goquery.NewDocumentFromNode(n).Text()
	if id, ok := p.refs[n]; ok {
		if s.note == nil {
			p.cur.mark(p.labelOf(id, words), id)
		}
		return true
	}
	if s.note == nil {
		return false
	}
	if isBack(n, words) {
		return true
	}
	// The note's own label, linked back to the text.
	return strings.HasPrefix(attr(n, "href"), "#") && (label(words) == s.note.label || label(words) != "" && len(p.cur.out) == 0)
}

func (p *page) labelOf(id, words string) string {
	if lab := label(words); lab != "" {
		return lab
	}
	for _, f := range p.order {
		if f.id == id {
			return f.label
		}
	}
	return clean(words)
}

// note reads an element that holds a note.
func (p *page) note(n *html.Node, f *found) {
	p.flush(state{kind: cite.BlockPara})
	outer := p.cur
	p.cur = &text{}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		p.node(c, state{kind: cite.BlockPara, note: f})
	}
	t := p.cur
	p.cur = outer
	at := 0
	// A label that is printed as text, and not by the list's own numbering.
	if w := firstWord(string(t.out)); label(w) == f.label && f.label != "" {
		at = len([]rune(w))
	} else if rest, ok := strings.CutPrefix(string(t.out), "["+f.label+"]"); ok {
		at = len(t.out) - len([]rune(rest))
	}
	if f.label == "" {
		f.label = strconv.Itoa(len(p.text.Notes) + 1)
	}
	p.text.Notes = append(p.text.Notes, t.note(at, f.label, f.id, cite.PlaceEnd))
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
