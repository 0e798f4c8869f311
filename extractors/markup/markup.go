// Package markup turns HTML, Markdown and plain text into running text with
// notes. It knows the ways in which such files write footnotes; it knows
// nothing of what a note says.
package markup

import (
	"errors"
	"strconv"
	"strings"
)

// ErrBroken says that a file can't be read as what it is taken for.
var ErrBroken = errors.New("broken")

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
