package main

import (
	"io"
	"os"
	"strings"
	"unicode"

	"golang.org/x/term"
)

// safe makes text from a report or a page fit for a terminal: control
// characters and the marks that turn the reading direction are shown as "·",
// so that no note can move the cursor, write the clipboard or hide a word.
func safe(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return ' '
		case unicode.IsControl(r), r >= 0x202a && r <= 0x202e, r >= 0x2066 && r <= 0x2069, r == 0x200e, r == 0x200f:
			return '·'
		}
		return r
	}, s)
}

// isTerminal tells whether w is one.
func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// paint colours words for people; the zero value leaves them plain.
type paint struct{ on bool }

// painter decides on colour: as asked, else only on a terminal and not
// against NO_COLOR (no-color.org).
func painter(when string, w io.Writer) paint {
	switch when {
	case "always":
		return paint{true}
	case "never":
		return paint{}
	}
	return paint{isTerminal(w) && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"}
}

func (p paint) wrap(code, s string) string {
	if !p.on {
		return s
	}
	return "\x1b[" + code + "m" + s + "\x1b[0m"
}

func (p paint) bold(s string) string { return p.wrap("1", s) }
func (p paint) dim(s string) string  { return p.wrap("2", s) }

// verdict paints s in the colour of a verdict.
func (p paint) verdict(v, s string) string {
	return p.wrap(map[string]string{"contradicted": "1;31", "not_found": "1;31", "questioned": "1;33",
		"unreachable": "36", "unverifiable": "2", "verified": "32"}[v], s)
}
