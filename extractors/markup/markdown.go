package markup

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	gtext "github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"citecheck/extractors/prose"
	"citecheck/pipeline/cite"
)

var (
	definition = regexp.MustCompile(`(?m)^ {0,3}\[\^([^\]\s]{1,100})\]:[ \t]*`)
	reference  = regexp.MustCompile(`\[\^([^\]\s]{1,100})\]`)
	frontTitle = regexp.MustCompile(`(?m)\A---\r?\n(?:.*\r?\n)*?title:[ \t]*["']?(.*?)["']?[ \t]*\r?\n(?:.*\r?\n)*?---\r?\n`)
	frontPart  = regexp.MustCompile(`\A---\r?\n(?:.*\r?\n)*?(?:---|\.\.\.)\r?\n`)
)

// LooksLikeMarkdown tells whether text uses Markdown's footnotes; text with
// notes of other kinds is for [Plain].
func LooksLikeMarkdown(data []byte) bool { return definition.Match(data) }

// Markdown reads Markdown with footnotes. A definition that nothing refers to
// is a note all the same, and a reference without one a marker.
func Markdown(data []byte) (cite.Text, error) {
	t := cite.Text{}
	if m := frontTitle.FindSubmatch(data); m != nil {
		t.Title = string(m[1])
	}
	src, inline := inlineNotes(stripFront(data))
	if !LooksLikeMarkdown(src) {
		return Plain(stripFront(data))
	}
	src, twins := apart(src)
	end := len(src)
	src = callAll(src)
	md := goldmark.New(goldmark.WithExtensions(extension.Footnote, extension.Table, extension.Strikethrough), goldmark.WithParserOptions(parser.WithAttribute()))
	root := md.Parser().Parse(gtext.NewReader(src))
	r := &mdReader{src: src, end: end, text: &t, labels: map[int]string{}, twins: twins, renumber: inline}
	ast.Walk(root, func(n ast.Node, in bool) (ast.WalkStatus, error) {
		if f, ok := n.(*extast.Footnote); ok && in {
			r.labels[f.Index] = string(f.Ref)
			r.renumber = r.renumber || r.own(string(f.Ref)) == ""
		}
		return ast.WalkContinue, nil
	})
	r.blocks(root)
	r.uncalled()
	return t, nil
}

// inlineNotes gives the notes that stand in the text, as ^[a note], a
// definition of their own at the end.
func inlineNotes(src []byte) (out []byte, any bool) {
	var defs bytes.Buffer
	rest, fenced := src, false
	for n := 1; len(rest) > 0; {
		line := rest[:lineEnd(rest)]
		if trimmed := bytes.TrimLeft(line, " "); bytes.HasPrefix(trimmed, []byte("```")) || bytes.HasPrefix(trimmed, []byte("~~~")) {
			fenced = !fenced
		}
		i := bytes.Index(line, []byte("^["))
		if fenced || i < 0 || i > 0 && (line[i-1] == '\\' || line[i-1] == '[') {
			out, rest = append(out, line...), rest[len(line):]
			continue
		}
		body := bracketedText(rest[i+1:])
		if body == nil {
			out, rest = append(out, rest[:i+2]...), rest[i+2:]
			continue
		}
		fmt.Fprintf(&defs, "\n\n[^%s%d]: %s\n", inlineName, n, bytes.Join(bytes.Fields(body), []byte(" ")))
		out = fmt.Appendf(append(out, rest[:i]...), "[^%s%d]", inlineName, n)
		rest = rest[i+1+len(body)+2:]
		any = true
		n++
	}
	return append(out, defs.Bytes()...), any
}

// inlineName begins the label that a note in the text is given.
const inlineName = "inline~"

func lineEnd(s []byte) int {
	if i := bytes.IndexByte(s, '\n'); i >= 0 {
		return i + 1
	}
	return len(s)
}

// maxInline bounds a note in the text: a paragraph.
const maxInline = 20_000

// bracketedText is what stands between the bracket that s begins with and its
// partner in the same paragraph; nil where there is none.
func bracketedText(s []byte) []byte {
	deep := 0
	for i := 0; i < min(len(s), maxInline); i++ {
		switch s[i] {
		case '\\':
			i++
		case '\n':
			if len(bytes.TrimSpace(s[i+1:i+1+lineEnd(s[i+1:])])) == 0 {
				return nil
			}
		case '[':
			deep++
		case ']':
			if deep--; deep == 0 {
				return s[1:i]
			}
		}
	}
	return nil
}

// apart gives the second and later definitions of a label labels of their own,
// for goldmark keeps the first alone: twins says which they are.
func apart(src []byte) (out []byte, twins map[string]string) {
	twins = map[string]string{}
	count := map[string]int{}
	at := 0
	for _, m := range definition.FindAllSubmatchIndex(src, -1) {
		lab := string(src[m[2]:m[3]])
		if count[lab]++; count[lab] > 1 {
			twin := fmt.Sprintf("%s~%d", lab, count[lab])
			twins[twin] = lab
			out = append(append(out, src[at:m[2]]...), twin...)
			at = m[3]
		}
	}
	return append(out, src[at:]...), twins
}

// callAll adds a paragraph that refers to every definition: goldmark drops
// those that nothing refers to. What it adds is left out again by its place.
func callAll(src []byte) []byte {
	out := append(bytes.Clone(src), "\n\n"...)
	for _, m := range definition.FindAllSubmatch(src, -1) {
		out = append(append(append(out, "[^"...), m[1]...), ']')
	}
	return append(out, '\n')
}

func stripFront(data []byte) []byte { return frontPart.ReplaceAll(data, nil) }

type mdReader struct {
	src      []byte
	end      int // of the report; behind it stands what callAll added
	text     *cite.Text
	labels   map[int]string    // index -> the definition's own label
	twins    map[string]string // a label given by apart -> the author's
	renumber bool              // some notes have no number of their own: all are numbered as printed
}

// blocks turns block nodes into blocks and footnotes into notes.
func (r *mdReader) blocks(n ast.Node) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		kind, level := cite.BlockPara, 0
		switch x := c.(type) {
		case *extast.Footnote:
			r.note(x)
			continue
		case *ast.Heading:
			kind, level = cite.BlockHeading, x.Level
		case *ast.Paragraph, *ast.TextBlock:
			if _, ok := c.Parent().(*ast.ListItem); ok {
				kind = cite.BlockItem
			}
		case *extast.TableCell:
			kind = cite.BlockCell
		case *ast.CodeBlock, *ast.FencedCodeBlock, *ast.HTMLBlock:
			continue
		default:
			r.blocks(c)
			continue
		}
		if lines := c.Lines(); lines != nil && lines.Len() > 0 && lines.At(0).Start >= r.end {
			continue
		}
		t := &prose.Text{}
		r.inline(t, c, false, "")
		if len(t.Out) == 0 && len(t.Marks) == 0 {
			continue
		}
		b := t.Block(kind, level)
		if level > 0 && r.text.Title == "" {
			r.text.Title = b.Text
		}
		r.text.Blocks = append(r.text.Blocks, b)
	}
}

// inline writes the inline nodes of a block. goldmark cuts text at every
// bracket, so neighbours are put together before they are looked at.
func (r *mdReader) inline(t *prose.Text, n ast.Node, italic bool, url string) {
	var run strings.Builder
	flush := func() {
		r.words(t, run.String(), italic, url)
		run.Reset()
	}
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch x := c.(type) {
		case *ast.Text:
			run.WriteString(unescape(x.Value(r.src)))
			if x.SoftLineBreak() || x.HardLineBreak() {
				run.WriteByte(' ')
			}
			continue
		case *ast.String:
			run.WriteString(string(x.Value))
			continue
		}
		flush()
		switch x := c.(type) {
		case *ast.Emphasis:
			r.inline(t, x, italic || x.Level == 1, url)
		case *ast.Link:
			r.inline(t, x, italic, string(x.Destination))
		case *ast.AutoLink:
			t.Write(string(x.Label(r.src)), italic, string(x.URL(r.src)))
		case *extast.FootnoteLink:
			t.Mark(r.label(x.Index), r.labels[x.Index])
		case *extast.FootnoteBacklink, *ast.Image, *ast.RawHTML:
		default:
			r.inline(t, c, italic, url)
		}
	}
	flush()
}

// unescape is text as a reader sees it: without backslashes, entities resolved.
func unescape(b []byte) string {
	return string(util.ResolveEntityNames(util.ResolveNumericReferences(util.UnescapePunctuations(b))))
}

// words writes text; a reference that goldmark left as text has no
// definition: its marker is kept.
func (r *mdReader) words(t *prose.Text, s string, italic bool, url string) {
	for {
		m := reference.FindStringSubmatchIndex(s)
		if m == nil {
			break
		}
		t.Write(s[:m[0]], italic, url)
		t.Mark(s[m[2]:m[3]], "")
		s = s[m[1]:]
	}
	t.Write(s, italic, url)
}

// label is what a reader sees: the definition's own number or mark, else the
// place in the order of references.
func (r *mdReader) label(index int) string {
	own := r.own(r.labels[index])
	if _, err := strconv.Atoi(own); own == "" || err == nil && r.renumber {
		return strconv.Itoa(index)
	}
	return own
}

// own is the number or mark that a definition's label is; "" for a name.
func (r *mdReader) own(lab string) string {
	if first, ok := r.twins[lab]; ok {
		lab = first
	}
	switch strings.ToLower(lab) {
	case "star", "asterisk":
		return "*"
	case "dagger":
		return "†"
	}
	return label(lab)
}

func (r *mdReader) note(f *extast.Footnote) {
	t := &prose.Text{}
	var walk func(n ast.Node)
	walk = func(n ast.Node) {
		for c := n.FirstChild(); c != nil; c = c.NextSibling() {
			if c.Type() == ast.TypeBlock && c.FirstChild() != nil && c.FirstChild().Type() == ast.TypeBlock {
				walk(c)
				continue
			}
			r.inline(t, c, false, "")
			t.Space()
		}
	}
	walk(f)
	r.text.Notes = append(r.text.Notes, t.Note(0, r.label(f.Index), string(f.Ref), cite.PlaceEnd))
}

// uncalled puts the notes that nothing calls, which come last, in the place
// that their definition has among the others.
func (r *mdReader) uncalled() {
	called := map[string]bool{}
	for _, b := range r.text.Blocks {
		for _, m := range b.Marks {
			called[m.Ref] = true
		}
	}
	after := map[string]string{} // a definition -> the one before it
	last := ""
	for _, m := range definition.FindAllSubmatch(r.src[:r.end], -1) {
		after[string(m[1])] = last
		last = string(m[1])
	}
	var notes []cite.RawNote
	for _, n := range r.text.Notes {
		at := len(notes)
		if !called[n.Ref] {
			if at = slices.IndexFunc(notes, func(x cite.RawNote) bool { return x.Ref == after[n.Ref] }) + 1; at == 0 && after[n.Ref] != "" {
				at = len(notes)
			}
		}
		notes = slices.Insert(notes, at, n)
	}
	r.text.Notes = notes
}
