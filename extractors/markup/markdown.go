package markup

import (
	"bytes"
	"regexp"
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
	if !LooksLikeMarkdown(data) {
		return Plain(stripFront(data))
	}
	t := cite.Text{}
	if m := frontTitle.FindSubmatch(data); m != nil {
		t.Title = string(m[1])
	}
	src := stripFront(data)
	md := goldmark.New(goldmark.WithExtensions(extension.Footnote, extension.Table, extension.Strikethrough), goldmark.WithParserOptions(parser.WithAttribute()))
	root := md.Parser().Parse(gtext.NewReader(src))
	r := &mdReader{src: src, text: &t, labels: map[int]string{}}
	ast.Walk(root, func(n ast.Node, in bool) (ast.WalkStatus, error) {
		if f, ok := n.(*extast.Footnote); ok && in {
			r.labels[f.Index] = string(f.Ref)
		}
		return ast.WalkContinue, nil
	})
	r.blocks(root)
	r.lost()
	return t, nil
}

func stripFront(data []byte) []byte { return frontPart.ReplaceAll(data, nil) }

type mdReader struct {
	src    []byte
	text   *cite.Text
	labels map[int]string // index -> the definition's own label
	found  []string       // labels of the notes that goldmark kept
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
	if lab := r.labels[index]; label(lab) != "" {
		return lab
	}
	switch r.labels[index] {
	case "star", "asterisk":
		return "*"
	case "dagger":
		return "†"
	}
	return strconv.Itoa(index)
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
	r.found = append(r.found, string(f.Ref))
	r.text.Notes = append(r.text.Notes, t.Note(0, r.label(f.Index), string(f.Ref), cite.PlaceEnd))
}

// lost adds the definitions that goldmark drops: those that nothing refers
// to, and second ones of a label.
func (r *mdReader) lost() {
	have := map[string]int{}
	for _, l := range r.found {
		have[l]++
	}
	defs := definition.FindAllSubmatchIndex(r.src, -1)
	for i, m := range defs {
		lab := string(r.src[m[2]:m[3]])
		if have[lab] > 0 {
			have[lab]--
			continue
		}
		end := len(r.src)
		if i+1 < len(defs) {
			end = defs[i+1][0]
		}
		body := r.src[m[1]:end]
		if j := bytes.Index(body, []byte("\n\n")); j >= 0 {
			body = body[:j]
		}
		t := &prose.Text{}
		inline(t, string(body))
		if len(t.Out) == 0 {
			continue
		}
		show := lab
		if label(lab) == "" {
			show = map[string]string{"star": "*", "dagger": "†"}[strings.ToLower(lab)]
			if show == "" {
				show = lab
			}
		}
		r.text.Notes = append(r.text.Notes, t.Note(0, show, "", cite.PlaceEnd))
	}
}
