package docx

import (
	"bytes"
	"cmp"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// ErrSigned says why a document takes no comments.
var ErrSigned = errors.New("is signed, and comments would break the signature")

// A Comment is what a reviewer says beside a place of the text. Word has no
// comments inside notes: one about a note stands where the text calls it.
type Comment struct {
	Ref    string   `json:"ref"`    // the note, as [Read] names it: "footnote:3"
	Within string   `json:"within"` // without Ref: words of the paragraph that it is about
	Text   []string `json:"text"`   // its paragraphs
	Author string   `json:"author"`
}

// Annotate writes a copy of a Word document with comments. Parts that name or
// hold comments change; all others are copied as they are packed. A comment
// whose place is not found stands at the first paragraph; where there is none,
// it is returned.
func Annotate(data []byte, comments []Comment, w io.Writer) (lost []Comment, err error) {
	if bytes.HasPrefix(data, []byte("\xd0\xcf\x11\xe0")) {
		return nil, ErrEncrypted
	}
	p, err := open(data)
	if err != nil {
		return nil, err
	}
	if p.Any("_xmlsignatures/") {
		return nil, ErrSigned
	}
	root, _ := p.relations("")
	p.main = cmp.Or(root["officeDocument"], "word/document.xml")
	main, err := p.part(p.main)
	if err != nil {
		return nil, err
	}
	if main == nil {
		return nil, fmt.Errorf("%w: it has no main document", ErrNotDOCX)
	}
	parts, lost, err := p.commented(main, comments)
	if err != nil {
		return nil, err
	}
	return lost, p.Rewrite(w, parts)
}

const (
	wordNS    = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
	strictNS  = "http://purl.oclc.org/ooxml/wordprocessingml/main"
	commentsT = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
)

// commented makes the parts that change: the main document with its anchors,
// the comments, and what tells of them.
func (p *pack) commented(main []byte, comments []Comment) (parts map[string][]byte, lost []Comment, err error) {
	byType, byID := p.relations(p.main)
	name := byType["comments"]
	fresh := name == ""
	if fresh {
		name = path.Join(path.Dir(p.main), "comments.xml")
		if p.Has(name) {
			name = path.Join(path.Dir(p.main), "citecheck-comments.xml")
		}
	}
	old, err := p.part(name)
	if err != nil {
		return nil, nil, err
	}
	next, err := nextID(old, main)
	if err != nil {
		return nil, nil, err
	}
	a := anchors{main: main, first: next, wanted: comments, placed: make([]bool, len(comments))}
	if err := a.find(); err != nil {
		return nil, nil, err
	}
	var list strings.Builder
	for i, c := range comments {
		if !a.placed[i] {
			lost = append(lost, c)
			continue
		}
		writeComment(&list, next+i, a.ns, c)
	}
	parts = map[string][]byte{p.main: a.written()}
	if fresh {
		parts[name] = fmt.Appendf(nil, "%s<w:comments xmlns:w=%q>%s</w:comments>", xml.Header, a.ns, list.String())
		rels := path.Join(path.Dir(p.main), "_rels", path.Base(p.main)+".rels")
		if parts[rels], err = p.withRelation(rels, path.Base(name), a.ns, byID); err != nil {
			return nil, nil, err
		}
		if parts["[Content_Types].xml"], err = p.withType("/" + name); err != nil {
			return nil, nil, err
		}
		return parts, lost, nil
	}
	if list.Len() > 0 {
		if parts[name], err = inside(old, "comments", list.String()); err != nil {
			return nil, nil, err
		}
	}
	return parts, lost, nil
}

// nextID is the first number that no comment has, and no anchor of one.
func nextID(parts ...[]byte) (int, error) {
	next := 0
	for _, data := range parts {
		d := decoder(data)
		for {
			tok, err := d.RawToken()
			if err == io.EOF {
				break
			}
			if err != nil {
				return 0, fmt.Errorf("%w: %w", ErrBroken, err)
			}
			e, ok := tok.(xml.StartElement)
			if !ok {
				continue
			}
			switch e.Name.Local {
			case "comment", "commentReference", "commentRangeStart":
				if n, err := strconv.Atoi(attr(e, "id")); err == nil && n >= next && n < 1<<30 {
					next = n + 1
				}
			}
		}
	}
	return next, nil
}

// writeComment writes one comment. It declares its prefix itself: the part
// that it goes into may have another.
func writeComment(b *strings.Builder, id int, ns string, c Comment) {
	fmt.Fprintf(b, `<w:comment xmlns:w="%s" w:id="%d" w:author="%s" w:initials="cc">`, ns, id, escaped(c.Author))
	for _, line := range c.Text {
		fmt.Fprintf(b, `<w:p><w:r><w:t xml:space="preserve">%s</w:t></w:r></w:p>`, escaped(line))
	}
	if len(c.Text) == 0 {
		b.WriteString("<w:p/>")
	}
	b.WriteString("</w:comment>")
}

// escaped is text for XML; line ends and other control characters are spaces.
func escaped(s string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, s)
	var b strings.Builder
	xml.EscapeText(&b, []byte(s)) // a Builder never fails
	return b.String()
}

// withRelation is the part of relationships rels, with one to the comments.
func (p *pack) withRelation(rels, target, ns string, taken map[string]string) ([]byte, error) {
	kind := "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
	if ns == strictNS {
		kind = "http://purl.oclc.org/ooxml/officeDocument/relationships/comments"
	}
	id := "rIdCitecheck"
	for n := 1; taken[id] != ""; n++ {
		id = "rIdCitecheck" + strconv.Itoa(n)
	}
	old, err := p.part(rels)
	if err != nil {
		return nil, err
	}
	one := fmt.Sprintf(`<Relationship Id=%q Type=%q Target=%q/>`, id, kind, target)
	const pkg = "http://schemas.openxmlformats.org/package/2006/relationships"
	if old == nil {
		return fmt.Appendf(nil, "%s<Relationships xmlns=%q>%s</Relationships>", xml.Header, pkg, one), nil
	}
	return inside(old, "Relationships", one)
}

// withType is the part of content types, with that of the comments.
func (p *pack) withType(name string) ([]byte, error) {
	old, err := p.part("[Content_Types].xml")
	if err != nil {
		return nil, err
	}
	return inside(old, "Types", fmt.Sprintf(`<Override PartName="%s" ContentType=%q/>`, escaped(name), commentsT))
}

// inside puts one more element at the end of the root, which is called name.
// An element without a prefix gets that of the root.
func inside(data []byte, name, one string) ([]byte, error) {
	d := decoder(data)
	for {
		tok, err := d.RawToken()
		if err != nil {
			return nil, fmt.Errorf("%w: a part has no %s", ErrBroken, name)
		}
		root, ok := tok.(xml.StartElement)
		if !ok {
			continue
		}
		if root.Name.Local != name {
			return nil, fmt.Errorf("%w: a part has no %s", ErrBroken, name)
		}
		full := name
		if root.Name.Space != "" {
			full = root.Name.Space + ":" + name
			if !strings.Contains(one[:strings.IndexAny(one, " />")], ":") {
				one = "<" + root.Name.Space + ":" + one[1:]
			}
		}
		if at := d.InputOffset(); bytes.HasSuffix(data[:at], []byte("/>")) { // <Types/>
			return slices.Concat(data[:at-2], []byte(">"+one+"</"+full+">"), data[at:]), nil
		}
		end := bytes.LastIndex(data, []byte("</"+full))
		if end < 0 {
			return nil, fmt.Errorf("%w: a part has no end of its %s", ErrBroken, name)
		}
		return slices.Concat(data[:end], []byte(one), data[end:]), nil
	}
}

// anchors finds where in the main document comments go.
type anchors struct {
	main   []byte
	first  int // id of the first comment
	wanted []Comment
	placed []bool
	ns     string
	prefix string
	spans  []span
	calls  map[string][]span // of footnotes and of endnotes: the runs of the first two
}

// A span is a stretch of the main document, and the comment that is about it.
type span struct {
	start, end int64
	comment    int
}

// An element on the way from the root.
type element struct {
	name  string
	start int64 // offset of its tag
	after int64 // offset behind its tag, or behind its properties
	text  *strings.Builder
}

// find walks the document once. Tokens are raw, for it is their offsets that
// count.
func (a *anchors) find() error {
	byRef := map[string][]int{}
	for i, c := range a.wanted {
		if c.Ref != "" {
			byRef[c.Ref] = append(byRef[c.Ref], i)
		}
	}
	d := decoder(a.main)
	a.calls = map[string][]span{}
	var stack []element
	type due struct {
		depth int
		kind  string
		ids   []int
	}
	var waiting []due // calls whose run is still open
	first := span{end: -1}
	skip := 0 // depth inside deleted text and copies for older programs
	for {
		start := d.InputOffset()
		tok, err := d.RawToken()
		if err == io.EOF {
			break
		}
		if err != nil {
			return fmt.Errorf("%w: %w", ErrBroken, err)
		}
		switch t := tok.(type) {
		case xml.StartElement:
			if len(stack) == 0 {
				a.prefix = t.Name.Space
				a.ns = rootNS(t)
			}
			if len(stack) >= maxDepth {
				return fmt.Errorf("%w: elements are nested more than %d deep", ErrBroken, maxDepth)
			}
			e := element{name: t.Name.Local, start: start, after: d.InputOffset()}
			if t.Name.Space != a.prefix && t.Name.Local != "Fallback" {
				e.name = ":" + e.name // not one of Word's
			}
			if e.name == "p" {
				e.text = &strings.Builder{}
			}
			stack = append(stack, e)
			switch {
			case skip > 0, e.name == "del", e.name == "moveFrom", e.name == "Fallback":
				skip++
			case e.name == "footnoteReference", e.name == "endnoteReference":
				kind := strings.TrimSuffix(e.name, "Reference")
				ref := kind + ":" + attr(t, "id")
				if run := innermost(stack, "r"); run >= 0 {
					waiting = append(waiting, due{run, kind, byRef[ref]})
					delete(byRef, ref) // its first call has the comments
				}
			}
		case xml.EndElement:
			if len(stack) == 0 {
				return fmt.Errorf("%w: it closes what it has not opened", ErrBroken)
			}
			e := stack[len(stack)-1]
			stack = stack[:len(stack)-1]
			if e.name == "pPr" && len(stack) > 0 && stack[len(stack)-1].name == "p" {
				stack[len(stack)-1].after = d.InputOffset()
			}
			if skip > 0 {
				skip--
				continue
			}
			if n := len(waiting); n > 0 && waiting[n-1].depth == len(stack) {
				w := waiting[n-1]
				for _, i := range w.ids {
					a.anchor(i, e.start, d.InputOffset())
				}
				if len(a.calls[w.kind]) < 2 {
					a.calls[w.kind] = append(a.calls[w.kind], span{start: e.start, end: d.InputOffset()})
				}
				waiting = waiting[:n-1]
			}
			if e.name == "p" && start > e.after {
				a.paragraph(e, start)
				if first.end < 0 && strings.TrimSpace(e.text.String()) != "" {
					first = span{start: e.after, end: start}
				}
			}
		case xml.CharData:
			if i := innermost(stack, "p"); i >= 0 && skip == 0 && stack[len(stack)-1].name == "t" {
				stack[i].text.Write(t)
			}
		}
	}
	// What has lost its place is not lost: it stands at the beginning.
	for i := range a.placed {
		if !a.placed[i] && first.end >= 0 {
			a.anchor(i, first.start, first.end)
		}
	}
	return nil
}

func rootNS(t xml.StartElement) string {
	for _, at := range t.Attr {
		if at.Name.Space == "xmlns" && at.Name.Local == t.Name.Space || t.Name.Space == "" && at.Name.Local == "xmlns" {
			if at.Value == strictNS {
				return strictNS
			}
		}
	}
	return wordNS
}

func innermost(stack []element, name string) int {
	for i := len(stack) - 1; i >= 0; i-- {
		if stack[i].name == name {
			return i
		}
	}
	return -1
}

// paragraph anchors the comments that are about words of a paragraph, over
// the whole of it.
func (a *anchors) paragraph(e element, end int64) {
	text := ""
	for i, c := range a.wanted {
		if a.placed[i] || c.Ref != "" || c.Within == "" {
			continue
		}
		if text == "" {
			text = folded(e.text.String())
		}
		if want := folded(c.Within); want != "" && strings.Contains(text, want) {
			a.anchor(i, e.after, end)
		}
	}
}

// anchor puts comment i over the main document from start to end.
func (a *anchors) anchor(i int, start, end int64) {
	a.placed[i] = true
	a.spans = append(a.spans, span{start, end, i})
}

// clear moves an anchor away from where LibreOffice (7.4) loses the text of
// all notes: it does where a comment's sign stands behind the first call of a
// footnote or endnote and before the second. The anchor then stands right
// before the first call.
func (a *anchors) clear(s span) span {
	for range a.calls { // to leave one such stretch may lead into the other
		for _, kind := range []string{"footnote", "endnote"} {
			if c := a.calls[kind]; len(c) == 2 && s.end >= c[0].end && s.end <= c[1].start {
				s.start, s.end = c[0].start, c[0].start
			}
		}
	}
	return s
}

// written is the main document with its anchors.
func (a *anchors) written() []byte {
	type edit struct {
		at   int64
		text string
	}
	var edits []edit
	for _, s := range a.spans {
		s = a.clear(s)
		begin, end := a.signs(s.comment)
		edits = append(edits, edit{s.start, begin}, edit{s.end, end})
	}
	slices.SortStableFunc(edits, func(x, y edit) int { return cmp.Compare(x.at, y.at) })
	var out []byte
	last := int64(0)
	for _, e := range edits {
		out = append(append(out, a.main[last:e.at]...), e.text...)
		last = e.at
	}
	return append(out, a.main[last:]...)
}

// signs are the begin and the end of a comment's range, the end with the sign
// that readers show.
func (a *anchors) signs(i int) (begin, end string) {
	w, decl := a.prefix, ""
	if w == "" { // attributes need a prefix
		w, decl = "w", fmt.Sprintf(` xmlns:w="%s"`, a.ns)
	}
	n := a.first + i
	return fmt.Sprintf(`<%[1]s:commentRangeStart%[2]s %[1]s:id="%[3]d"/>`, w, decl, n),
		fmt.Sprintf(`<%[1]s:commentRangeEnd%[2]s %[1]s:id="%[3]d"/><%[1]s:r%[2]s><%[1]s:commentReference %[1]s:id="%[3]d"/></%[1]s:r>`, w, decl, n)
}

// folded keeps letters and digits, in lower case.
func folded(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, norm.NFKC.String(s))
}
