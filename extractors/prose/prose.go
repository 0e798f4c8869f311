// Package prose grows running text as the contract wants it: in NFC, white
// space folded to single spaces, with the places of markers, italics and
// links beside it. The readers of word processors' and web formats write into
// it; it knows nothing of any format.
package prose

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"citecheck/pipeline/cite"
)

// A Text is one paragraph or note that grows. The zero Text is empty.
type Text struct {
	Out     []rune
	Marks   []cite.Mark
	Italics []cite.Span
	Links   []cite.Href
	pending bool // a space is due before what comes next
}

// Space says that white space follows.
func (t *Text) Space() { t.pending = len(t.Out) > 0 }

// Write adds s, italic or not, and linked to url unless that is "".
func (t *Text) Write(s string, italic bool, url string) {
	s = norm.NFC.String(strings.ToValidUTF8(s, "\ufffd"))
	if !t.pending && len(t.Out) > 0 && s != "" && !norm.NFC.PropertiesString(s).BoundaryBefore() {
		s = t.takeBack(s)
	}
	for _, c := range s {
		if c == '\u00ad' || c == '\ufeff' || c == '\u200b' {
			continue // a soft hyphen shows only at a line's end
		}
		if unicode.IsSpace(c) {
			t.Space()
			continue
		}
		if t.pending {
			t.Out = append(t.Out, ' ')
			t.pending = false
		}
		at := len(t.Out)
		t.Out = append(t.Out, c)
		if italic {
			t.Italics = grow(t.Italics, at)
		}
		if url != "" {
			if n := len(t.Links); n > 0 && t.Links[n-1].URL == url && at-t.Links[n-1].Span.End <= 1 {
				t.Links[n-1].Span.End = at + 1
			} else {
				t.Links = append(t.Links, cite.Href{Span: cite.Span{Start: at, End: at + 1}, URL: url})
			}
		}
	}
}

// takeBack takes the last letter off the text and puts it before s, which
// begins with an accent for it: writers set an accent in a run of its own.
func (t *Text) takeBack(s string) string {
	from := len(t.Out) - 1
	for from > 0 && len(t.Out)-from < 32 && !norm.NFC.PropertiesString(string(t.Out[from])).BoundaryBefore() {
		from--
	}
	if t.Out[from] == ' ' {
		return s
	}
	s = norm.NFC.String(string(t.Out[from:]) + s)
	t.Cut(from)
	return s
}

// Cut leaves the first n code points.
func (t *Text) Cut(n int) {
	t.Out = t.Out[:n]
	for k := len(t.Italics); k > 0 && t.Italics[k-1].End > n; k-- {
		if t.Italics[k-1].End = n; t.Italics[k-1].Start >= n {
			t.Italics = t.Italics[:k-1]
		}
	}
	for k := len(t.Links); k > 0 && t.Links[k-1].Span.End > n; k-- {
		if t.Links[k-1].Span.End = n; t.Links[k-1].Span.Start >= n {
			t.Links = t.Links[:k-1]
		}
	}
	for i := range t.Marks {
		t.Marks[i].At = min(t.Marks[i].At, n)
	}
}

// grow takes one more code point into the last span, over a single space.
func grow(spans []cite.Span, at int) []cite.Span {
	if n := len(spans); n > 0 && at-spans[n-1].End <= 1 {
		spans[n-1].End = at + 1
		return spans
	}
	return append(spans, cite.Span{Start: at, End: at + 1})
}

// Mark puts a marker where the text ends, before a space that is due.
func (t *Text) Mark(label, ref string) {
	t.Marks = append(t.Marks, cite.Mark{At: len(t.Out), Label: label, Ref: ref})
}

// Empty tells whether there is neither text nor a marker.
func (t *Text) Empty() bool { return len(t.Out) == 0 && len(t.Marks) == 0 }

// Block is the text as a block of running text.
func (t *Text) Block(kind cite.BlockKind, level int) cite.Block {
	return cite.Block{Kind: kind, Level: level, Text: string(t.Out), Marks: t.Marks}
}

// Note is the text from the code point at on as a note.
func (t *Text) Note(at int, label, ref string, place cite.Placement) cite.RawNote {
	for at < len(t.Out) && unicode.IsSpace(t.Out[at]) {
		at++
	}
	n := cite.RawNote{Label: label, Ref: ref, Text: string(t.Out[at:]), Placement: place}
	for _, s := range t.Italics {
		if s.End > at {
			n.Italics = append(n.Italics, cite.Span{Start: max(0, s.Start-at), End: s.End - at})
		}
	}
	for _, l := range t.Links {
		if l.Span.End > at {
			n.Links = append(n.Links, cite.Href{Span: cite.Span{Start: max(0, l.Span.Start-at), End: l.Span.End - at}, URL: l.URL})
		}
	}
	return n
}
