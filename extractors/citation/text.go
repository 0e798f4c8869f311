package citation

import (
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"citecheck/pipeline/cite"
)

// A source is a text with the way from its bytes, which the grammar reads,
// to code points, which spans count, and back.
type source struct {
	s    string
	wide []wide // the characters of more than one byte, in order
}

// A wide character, and how many bytes more than code points stand before and
// in it.
type wide struct{ from, to, more int32 }

func newSource(s string) source {
	n := 0
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf && utf8.RuneStart(s[i]) {
			n++
		}
	}
	if n == 0 {
		return source{s, nil}
	}
	list := make([]wide, 0, n)
	more := 0
	for i := 0; i < len(s); {
		if s[i] < utf8.RuneSelf {
			i++
			continue
		}
		j := i + 1
		for j < len(s) && !utf8.RuneStart(s[j]) {
			j++
		}
		more += j - i - 1
		list = append(list, wide{int32(i), int32(j), int32(more)})
		i = j
	}
	return source{s, list}
}

// point is the number of code points before byte i.
func (t source) point(i int) int {
	k := sort.Search(len(t.wide), func(k int) bool { return int(t.wide[k].from) >= i })
	if k == 0 {
		return i
	}
	w := t.wide[k-1]
	if i >= int(w.to) {
		return i - int(w.more)
	}
	return int(w.to) - int(w.more) - 1 // inside the character: those before it
}

func (t source) span(from, to int) cite.Span {
	return cite.Span{Start: t.point(from), End: t.point(to)}
}

// bytes is the stretch of bytes that a span of code points covers; spans
// beyond the text are cut to it.
func (t source) bytes(span cite.Span) (from, to int) {
	return t.byteAt(span.Start), t.byteAt(span.End)
}

func (t source) byteAt(point int) int {
	if point <= 0 {
		return 0
	}
	// The wide characters that end at or before the point.
	k := sort.Search(len(t.wide), func(k int) bool { return int(t.wide[k].to-t.wide[k].more) > point })
	if k > 0 {
		point += int(t.wide[k-1].more)
	}
	return min(point, len(t.s))
}

// A stretch is a half-open stretch of bytes.
type stretch struct{ from, to int }

func (a stretch) holds(i int) bool { return a.from <= i && i < a.to }

func isDigit(b byte) bool { return b >= '0' && b <= '9' }
func isUpper(b byte) bool { return b >= 'A' && b <= 'Z' }
func isLower(b byte) bool { return b >= 'a' && b <= 'z' }
func isAlpha(b byte) bool { return isUpper(b) || isLower(b) }
func isAlnum(b byte) bool { return isAlpha(b) || isDigit(b) }

// runeAt is the code point at byte i, 0 at the end.
func runeAt(s string, i int) rune {
	if i < 0 || i >= len(s) {
		return 0
	}
	r, _ := utf8.DecodeRuneInString(s[i:])
	return r
}

// runeBefore is the code point that ends at byte i, 0 at the start.
func runeBefore(s string, i int) rune {
	if i <= 0 || i > len(s) {
		return 0
	}
	r, _ := utf8.DecodeLastRuneInString(s[:i])
	return r
}

// wordStart is where the word that ends at byte i begins, from at the
// earliest; the marks in also belong to words.
func wordStart(s string, from, i int, also string) int {
	for i > from {
		r, n := utf8.DecodeLastRuneInString(s[from:i])
		if !isWord(r) && (r >= utf8.RuneSelf || strings.IndexByte(also, byte(r)) < 0) {
			break
		}
		i -= n
	}
	return i
}

// isWord tells whether r belongs to a word or a number.
func isWord(r rune) bool {
	if r < utf8.RuneSelf {
		return r > 0 && isAlnum(byte(r))
	}
	return unicode.IsLetter(r) || unicode.IsDigit(r)
}

// spaceAt is the length of the white space character at byte i, 0 for none.
func spaceAt(s string, i int) int {
	if i >= len(s) {
		return 0
	}
	switch c := s[i]; {
	case c == ' ' || c == '\t' || c == '\n' || c == '\r':
		return 1
	case c < utf8.RuneSelf:
		return 0
	}
	r, n := utf8.DecodeRuneInString(s[i:])
	if unicode.IsSpace(r) || r == '\u200b' || r == '\u2060' || r == '\ufeff' || r == '\u00ad' || r == '\u200e' || r == '\u200f' {
		return n // characters without width are skipped with the spaces
	}
	return 0
}

// skipSpaces is the first byte from i on that is no white space.
func skipSpaces(s string, i int) int {
	for i < len(s) {
		n := spaceAt(s, i)
		if n == 0 {
			break
		}
		i += n
	}
	return i
}

// trimRight is the end of s[from:to] without white space.
func trimRight(s string, from, to int) int {
	for to > from {
		r, n := utf8.DecodeLastRuneInString(s[from:to])
		if !unicode.IsSpace(r) && r != '\u200b' && r != '\u00ad' {
			break
		}
		to -= n
	}
	return to
}

// dashAt is the length of the dash at byte i, 0 for none.
func dashAt(s string, i int) int {
	if i >= len(s) {
		return 0
	}
	if s[i] < utf8.RuneSelf {
		if s[i] == '-' {
			return 1
		}
		return 0
	}
	r, n := utf8.DecodeRuneInString(s[i:])
	if r >= '\u2010' && r <= '\u2015' || r == '\u2212' {
		return n
	}
	return 0
}

// digitsAt is the end of the run of digits at byte i, at most limit of them;
// i where there is none or it is longer.
func digitsAt(s string, i, limit int) int {
	j := i
	for j < len(s) && isDigit(s[j]) {
		j++
	}
	if j-i > limit {
		return i
	}
	return j
}

// hasFoldAt tells whether word, in small letters, stands at byte i in any
// case, accents of French and Spanish included.
func hasFoldAt(s string, i int, word string) bool {
	if i < 0 || i+len(word) > len(s) {
		return false
	}
	for j := 0; j < len(word); j++ {
		c := s[i+j]
		if isUpper(c) {
			c += 'a' - 'A'
		}
		if c != word[j] && !accent(c, word, j) {
			return false
		}
	}
	return true
}

// accent tells whether c is the second byte of the capital of the accented
// letter that ends at byte j of word: É (C3 89) is é (C3 A9).
func accent(c byte, word string, j int) bool {
	return c >= 0x80 && c <= 0x9e && j > 0 && word[j-1] == 0xc3 && c+0x20 == word[j]
}

// wordAt tells whether word stands at byte i and ends there: the next
// character belongs to no word.
func wordAt(s string, i int, word string) bool {
	return hasFoldAt(s, i, word) && !isWord(runeAt(s, i+len(word)))
}

// anyWordAt is the end of the first of the words that stands at byte i, -1
// for none. Longer words come first in the list.
func anyWordAt(s string, i int, words ...string) int {
	for _, w := range words {
		if wordAt(s, i, w) {
			return i + len(w)
		}
	}
	return -1
}

// foldEnd is the start of the word or phrase that ends at byte i, -1 where
// another stands there. It begins at the start of a word.
func foldEnd(s string, i int, phrase string) int {
	at := i - len(phrase)
	if at < 0 || !hasFoldAt(s, at, phrase) || isWord(runeBefore(s, at)) {
		return -1
	}
	return at
}

// lowerIn is a short word in small letters. Made in buf it needs no memory of
// its own where it is only looked up.
func lowerIn(buf []byte, word string) string {
	if len(word) > cap(buf) {
		return strings.ToLower(word)
	}
	for i := 0; i < len(word); i++ {
		c := word[i]
		if c >= utf8.RuneSelf {
			return strings.ToLower(word)
		}
		if isUpper(c) {
			c += 'a' - 'A'
		}
		buf = append(buf, c)
	}
	return string(buf)
}

// lower is s in small letters, byte for byte as long as s.
func lower(s string) string {
	for i := 0; ; i++ {
		if i == len(s) {
			return s
		}
		if isUpper(s[i]) || s[i] >= utf8.RuneSelf {
			break
		}
	}
	low := strings.ToLower(s)
	if len(low) == len(s) {
		return low
	}
	b := []byte(s)
	for i, c := range b {
		if isUpper(c) {
			b[i] = c + 'a' - 'A'
		}
	}
	return string(b)
}
