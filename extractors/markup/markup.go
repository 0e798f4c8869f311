// Package markup turns HTML, Markdown and plain text into running text with
// notes. It knows the ways in which such files write footnotes; it knows
// nothing of what a note says.
package markup

import (
	"errors"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"citecheck/pipeline/cite"
)

// ErrBroken says that a file can't be read as what it is taken for.
var ErrBroken = errors.New("broken")

// text grows in NFC with white space folded.
type text struct {
	out     []rune
	marks   []cite.Mark
	italics []cite.Span
	links   []cite.Href
	pending bool
}

func (t *text) space() { t.pending = len(t.out) > 0 }

// write adds s, italic or not, and linked to url unless that is "".
func (t *text) write(s string, italic bool, url string) {
	for _, c := range norm.NFC.String(strings.ToValidUTF8(s, "\ufffd")) {
		if c == '\u00ad' || c == '\ufeff' || c == '\u200b' {
			continue
		}
		if unicode.IsSpace(c) {
			t.space()
			continue
		}
		if t.pending {
			t.out = append(t.out, ' ')
			t.pending = false
		}
		at := len(t.out)
		t.out = append(t.out, c)
		if italic {
			if n := len(t.italics); n > 0 && at-t.italics[n-1].End <= 1 {
				t.italics[n-1].End = at + 1
			} else {
				t.italics = append(t.italics, cite.Span{Start: at, End: at + 1})
			}
		}
		if url != "" {
			if n := len(t.links); n > 0 && t.links[n-1].URL == url && at-t.links[n-1].Span.End <= 1 {
				t.links[n-1].Span.End = at + 1
			} else {
				t.links = append(t.links, cite.Href{Span: cite.Span{Start: at, End: at + 1}, URL: url})
			}
		}
	}
}

func (t *text) mark(label, ref string) {
	t.marks = append(t.marks, cite.Mark{At: len(t.out), Label: label, Ref: ref})
}

// block is the text as a block of running text.
func (t *text) block(kind cite.BlockKind, level int) cite.Block {
	return cite.Block{Kind: kind, Level: level, Text: string(t.out), Marks: t.marks}
}

// note is the text from the code point at on as a note.
func (t *text) note(at int, label, ref string, place cite.Placement) cite.RawNote {
	for at < len(t.out) && unicode.IsSpace(t.out[at]) {
		at++
	}
	n := cite.RawNote{Label: label, Ref: ref, Text: string(t.out[at:]), Placement: place}
	for _, s := range t.italics {
		if s.End > at {
			n.Italics = append(n.Italics, cite.Span{Start: max(0, s.Start-at), End: s.End - at})
		}
	}
	for _, l := range t.links {
		if l.Span.End > at {
			n.Links = append(n.Links, cite.Href{Span: cite.Span{Start: max(0, l.Span.Start-at), End: l.Span.End - at}, URL: l.URL})
		}
	}
	return n
}

// label is the note label that s is, "" for none: "5", "[5]", "5.", "*", "iv", "a".
func label(s string) string {
	s = strings.TrimSpace(s)
	for _, r := range superscripts {
		s = strings.ReplaceAll(s, string(r.from), string(r.to))
	}
	s = strings.Trim(s, "[]().: \u00a0")
	if s == "" || len(s) > 8 {
		return ""
	}
	if n, err := strconv.Atoi(s); err == nil && n >= 0 && len(s) <= 4 {
		return s
	}
	if strings.Trim(s, "*†‡§¶#") == "" {
		return s
	}
	if strings.Trim(s, "ivxl") == "" || len(s) == 1 && s[0] >= 'a' && s[0] <= 'z' {
		return s
	}
	return ""
}

var superscripts = []struct{ from, to rune }{{'⁰', '0'}, {'¹', '1'}, {'²', '2'}, {'³', '3'}, {'⁴', '4'}, {'⁵', '5'}, {'⁶', '6'}, {'⁷', '7'}, {'⁸', '8'}, {'⁹', '9'}}
