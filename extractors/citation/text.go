package citation

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"citecheck/pipeline/cite"
)

// A source is a text with the way from its bytes, which the grammar reads,
// to code points, which spans count, and back.
type source struct {
	s     string
	index []int32 // code points before each byte; nil where all are ASCII
}

func newSource(s string) source {
	for i := 0; i < len(s); i++ {
		if s[i] < utf8.RuneSelf {
			continue
		}
		index := make([]int32, len(s)+1)
		n := int32(0)
		for j := 0; j < len(s); j++ {
			index[j] = n
			if j+1 == len(s) || utf8.RuneStart(s[j+1]) {
				n++
			}
		}
		index[len(s)] = n
		return source{s, index}
	}
	return source{s, nil}
}

// point is the number of code points before byte i.
func (t source) point(i int) int {
	if t.index == nil {
		return i
	}
	return int(t.index[i])
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
	if t.index == nil {
		return min(max(point, 0), len(t.s))
	}
	lo, hi := 0, len(t.s)
	for lo < hi {
		mid := (lo + hi) / 2
		if int(t.index[mid]) < point {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return lo
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
// case, ASCII letters only.
func hasFoldAt(s string, i int, word string) bool {
	if i < 0 || i+len(word) > len(s) {
		return false
	}
	for j := 0; j < len(word); j++ {
		c := s[i+j]
		if isUpper(c) {
			c += 'a' - 'A'
		}
		if c != word[j] {
			return false
		}
	}
	return true
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

// lower is s in small letters, byte for byte as long as s.
func lower(s string) string {
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
