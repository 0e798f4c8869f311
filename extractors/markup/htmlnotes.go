package markup

import (
	"net/url"
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// found is a note that the page's own links, ids or classes name.
type found struct {
	id, label string
	el        *html.Node
	refs      []*html.Node // the links that call it
	done      bool
}

// findNotes pairs links in the text with the elements that they lead to. What
// is taken for a call of a note says so (a role, a class that its site's
// software sets), or is answered by a link back, or its words are a label and
// what it leads to begins with that label or stands in a list.
func (p *page) findNotes() {
	byEl := map[*html.Node]*found{}
	shapes := map[string]bool{} // of the ids of notes
	var lost []*html.Node       // links that lead nowhere
	for _, a := range p.links {
		id := p.target(a)
		if id == "" || strings.HasPrefix(id, "cmnt") { // a comment of Google Docs
			continue
		}
		words := textOf(a)
		lab, role, to := label(words), noteRole(a), p.byID[id]
		if to == nil {
			lost = append(lost, a)
			continue
		}
		if isBack(a, words) || lab == "" && !role && len([]rune(words)) > 12 {
			continue
		}
		el := noteElement(to)
		after := p.place[to] > p.place[a]
		if el == nil || contains(el, a) || !role && !after {
			continue
		}
		if !role && !p.answers(el, a) && (lab == "" || !strings.HasPrefix(attr(a, "href"), "#") || !likeNote(el, lab)) {
			continue
		}
		f := byEl[el]
		if f == nil {
			f = &found{id: id, label: lab, el: el}
			byEl[el] = f
			p.order = append(p.order, f)
			shapes[shape(id)] = true
		}
		f.refs = append(f.refs, a)
		p.refs[a] = f
	}
	for _, a := range lost {
		// A call whose note is not there: it looks as those whose notes are.
		if lab := label(textOf(a)); lab != "" && (noteRole(a) || shapes[shape(p.target(a))]) {
			p.refs[a] = nil
		}
	}
	boxes := map[*html.Node]bool{} // what holds notes
	for _, f := range p.order {
		boxes[f.el.Parent] = true
	}
	for _, n := range p.elements {
		// A note that nothing calls says that it is one, or stands among those
		// that are called, with an id like theirs.
		el := noteElement(n)
		if el == nil || byEl[el] != nil || !isNote(n) && !(boxes[el.Parent] && likeID(n, shapes)) || p.hasRef(el) || p.holdsNote(el, byEl) {
			continue
		}
		f := &found{id: attr(n, "id"), label: ownLabel(el), el: el}
		byEl[el] = f
		p.order = append(p.order, f)
	}
	for _, f := range p.order {
		f.el = p.whole(f, byEl)
		p.notes[f.el] = f
	}
}

// target is the id that a link inside the document leads to.
func (p *page) target(a *html.Node) string {
	if id, ok := strings.CutPrefix(attr(a, "aria-describedby"), "mfn-content"); ok {
		return "mfn-content" + id
	}
	// The WordPress plugin "Footnotes" calls its notes by script.
	if m := moveToReference.FindStringSubmatch(attr(a, "onclick")); m != nil {
		return m[1]
	}
	_, id, ok := strings.Cut(attr(a, "href"), "#")
	if !ok {
		return ""
	}
	if p.byID[id] == nil {
		if plain, err := url.PathUnescape(id); err == nil {
			return plain
		}
	}
	return id
}

var moveToReference = regexp.MustCompile(`footnote_moveToReference\w*\(\s*'([\w-]+)'`)

// noteRole tells whether a link says of itself that it calls a note.
func noteRole(a *html.Node) bool {
	if attr(a, "role") == "doc-noteref" || hasWord(attr(a, "epub:type"), "noteref") || strings.Contains(attr(a, "onclick"), "footnote_moveToReference") {
		return true
	}
	for n := a; n != nil && n != a.Parent.Parent; n = n.Parent { // itself, or what holds nothing else
		if n != a && n.DataAtom != atom.Sup && n.DataAtom != atom.Span {
			break
		}
		for _, c := range strings.Fields(attr(n, "class")) {
			switch strings.ToLower(c) {
			case "footnote-ref", "footnote-anchor", "footnoteref", "footnote-reference", "footnote-identifier-link", "see-footnote", "noteref", "sdfootnoteanc",
				"sdendnoteanc", "fnref", "footnote_referrer", "modern-footnotes-footnote", "easy-footnote", "jetpack-footnote", "enref", "footnote-link-ref":
				return true
			}
		}
	}
	return false
}

func hasWord(list, word string) bool {
	for _, w := range strings.Fields(list) {
		if w == word {
			return true
		}
	}
	return false
}

// isBack tells whether a link leads from a note back to the text.
func isBack(a *html.Node, words string) bool {
	if attr(a, "role") == "doc-backlink" || hasWord(attr(a, "epub:type"), "backlink") {
		return true
	}
	for _, c := range []string{"footnote-back", "reversefootnote", "footnote-number", "footnote-label", "footnote-multi", "easy-footnote-to-top", "fn-backref", "sdfootnotesym", "sdendnotesym"} {
		if strings.Contains(attr(a, "class"), c) {
			return true
		}
	}
	switch strings.Trim(words, "\ufe0e\ufe0f []") {
	case "↩", "↑", "^", "⏎", "↵", "⤴", "🔙", "back", "Back", "Jump up", "return", "top":
		return true
	}
	return false
}

// noteElement is the block that a link's target stands in or is; nil where
// that is a heading or the page.
func noteElement(n *html.Node) *html.Node {
	if noteClass(n) {
		return n
	}
	for k := 0; n != nil && k < 8; n, k = n.Parent, k+1 {
		switch n.DataAtom {
		case atom.Li, atom.P, atom.Dt, atom.Dd, atom.Div, atom.Aside, atom.Tr, atom.Section:
			return n
		case atom.Body, atom.Html, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Article, atom.Main, atom.Figure:
			return nil
		}
	}
	return nil
}

// noteClass tells the notes that stand inside their paragraph.
func noteClass(n *html.Node) bool {
	return hasWord(attr(n, "class"), "modern-footnotes-footnote__note")
}

func contains(el, n *html.Node) bool {
	for ; n != nil; n = n.Parent {
		if n == el {
			return true
		}
	}
	return false
}

// answers tells whether a note leads back to where a link calls it.
func (p *page) answers(el, a *html.Node) bool {
	home := noteElement(a)
	if home == nil {
		return false
	}
	for _, b := range linksIn(el, 8) {
		if to := p.byID[p.target(b)]; to != nil && to != el && noteElement(to) == home {
			return true
		}
	}
	return false
}

// linksIn are the first links inside an element.
func linksIn(el *html.Node, most int) (out []*html.Node) {
	seen := 0
	var walk func(n *html.Node)
	walk = func(n *html.Node) {
		for c := n.FirstChild; c != nil && len(out) < most && seen < 4096; c = c.NextSibling {
			seen++
			if c.DataAtom == atom.A && strings.Contains(attr(c, "href"), "#") {
				out = append(out, c)
			}
			walk(c)
		}
	}
	walk(el)
	return out
}

// likeNote tells whether an element is a note of that label: it stands in a
// list, or its words begin with the label.
func likeNote(el *html.Node, lab string) bool {
	if el.DataAtom == atom.Li {
		return true
	}
	words := textOf(el)
	return label(firstWord(words)) == lab || strings.HasPrefix(strings.TrimLeft(words, "[(^ "), lab)
}

func firstWord(s string) string {
	if i := strings.IndexAny(s, " \t\n\u00a0"); i > 0 {
		return s[:i]
	}
	return s
}

// textOf is the first words of a node, as a reader sees them.
func textOf(n *html.Node) string {
	var b strings.Builder
	seen := 0
	var walk func(n *html.Node)
	walk = func(n *html.Node) {
		if seen++; n.Type == html.TextNode {
			b.WriteString(n.Data)
		}
		if n.Type == html.ElementNode && left(n) {
			return
		}
		for c := n.FirstChild; c != nil && b.Len() < 200 && seen < 1000; c = c.NextSibling {
			walk(c)
		}
	}
	for c := n.FirstChild; c != nil && b.Len() < 200 && seen < 1000; c = c.NextSibling {
		walk(c)
	}
	return strings.TrimSpace(b.String())
}

var digits = regexp.MustCompile(`\d+`)

// shape is an id without its numbers: those of a page's notes differ in them
// alone.
func shape(id string) string { return digits.ReplaceAllString(id, "0") }

// isNote tells whether an element says of itself that it is a note.
func isNote(n *html.Node) bool {
	switch attr(n, "role") {
	case "doc-footnote", "doc-endnote":
		return true
	}
	for _, w := range strings.Fields(attr(n, "epub:type")) {
		if w == "footnote" || w == "endnote" || w == "rearnote" {
			return true
		}
	}
	return false
}

// likeID tells whether an element has an id as notes have it.
func likeID(n *html.Node, shapes map[string]bool) bool {
	id := attr(n, "id")
	if id == "" && n.DataAtom == atom.A {
		id = attr(n, "name")
	}
	return id != "" && digits.MatchString(id) && shapes[shape(id)]
}

// ownLabel is the label of a note that nothing calls: what it begins with, or
// its place in its list.
func ownLabel(el *html.Node) string {
	if lab := label(firstWord(textOf(el))); lab != "" {
		return lab
	}
	if el.DataAtom != atom.Li || el.Parent == nil {
		return ""
	}
	n := 1
	if v, err := strconv.Atoi(attr(el.Parent, "start")); err == nil {
		n = v
	}
	for s := el.PrevSibling; s != nil; s = s.PrevSibling {
		if s.DataAtom == atom.Li {
			n++
		}
	}
	return strconv.Itoa(n)
}

// holdsNote tells whether a note stands inside el, or el inside a note.
func (p *page) holdsNote(el *html.Node, byEl map[*html.Node]*found) bool {
	for n := el; n != nil; n = n.Parent {
		if byEl[n] != nil {
			return true
		}
	}
	return p.anyNote(el, byEl)
}

func (p *page) anyNote(el *html.Node, byEl map[*html.Node]*found) bool {
	for c := el.FirstChild; c != nil; c = c.NextSibling {
		if byEl[c] != nil || p.anyNote(c, byEl) {
			return true
		}
	}
	return false
}

// whole is the element that holds all of a note: a paragraph that begins a
// box of its own stands for the box, for a note may have several.
func (p *page) whole(f *found, byEl map[*html.Node]*found) *html.Node {
	el := f.el
	for up := el.Parent; up != nil; el, up = up, up.Parent {
		switch up.DataAtom {
		case atom.Div, atom.Aside, atom.Li, atom.Dd:
		default:
			return el
		}
		if firstElement(up) != el || p.others(up, f, byEl) {
			return el
		}
	}
	return el
}

func firstElement(n *html.Node) *html.Node {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.ElementNode && c.DataAtom != atom.Br && c.DataAtom != atom.Hr || c.Type == html.TextNode && strings.TrimSpace(c.Data) != "" {
			return c
		}
	}
	return nil
}

// others tells whether an element holds anything but this note.
func (p *page) others(el *html.Node, f *found, byEl map[*html.Node]*found) bool {
	for c := el.FirstChild; c != nil; c = c.NextSibling {
		if g := byEl[c]; g != nil && g != f {
			return true
		}
		switch c.DataAtom {
		case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Nav, atom.Article, atom.Main:
			return true
		}
		if _, ok := p.refs[c]; ok || p.others(c, f, byEl) {
			return true
		}
	}
	return false
}
