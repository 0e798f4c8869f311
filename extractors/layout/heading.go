package layout

import (
	"math"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"citecheck/pipeline/cite"
)

// headings marks headings that are set in the size of the text and not in
// bold: a line that stands by itself, ends no sentence and leaves part of the
// column white, set in the middle, in capitals, with a number, or apart.
func (s *sheet) headings() {
	for _, col := range s.columns() {
		var steps, lefts, rights []float64
		for k, i := range col {
			l := s.lines[i]
			lefts, rights = append(lefts, l.Box.X0), append(rights, l.Box.X1)
			if k > 0 && l.kind == "" {
				if d := l.Baseline - s.lines[col[k-1]].Baseline; d > 0.5*l.Size && d < 4*l.Size {
					steps = append(steps, d)
				}
			}
		}
		if len(steps) < 3 {
			continue
		}
		slices.Sort(steps)
		slices.Sort(lefts)
		slices.Sort(rights)
		// A third of the way up, for between short paragraphs most steps are wide.
		leading, left, right := steps[len(steps)/3], lefts[len(lefts)/4], rights[len(rights)*9/10]
		for k, i := range col {
			if s.lines[i].kind == "" && s.standsAlone(col, k, leading, left, right) {
				s.lines[i].kind = cite.ZoneHeading
			}
		}
	}
}

var numberedHeading = regexp.MustCompile(`^(?:[IVX]{1,5}|[A-Z]|\d{1,2}(?:\.\d{1,2})*)[.)]?\s+\p{Lu}`)

func (s *sheet) standsAlone(col []int, k int, leading, left, right float64) bool {
	l := s.lines[col[k]]
	text := plainText(l.Line)
	if len(text) > 100 || text == "" || l.Box.W() > 0.85*(right-left) || strings.ContainsAny(text[len(text)-1:], ".,;:!?-") || strings.HasSuffix(text, "…") || !capital(text) {
		return false
	}
	if k+1 == len(col) || !capital(plainText(s.lines[col[k+1]].Line)) || s.lines[col[k+1]].kind != "" {
		return false // a heading has text below it
	}
	below := s.lines[col[k+1]].Baseline - l.Baseline
	above := math.Inf(1)
	if k > 0 {
		prev := s.lines[col[k-1]]
		above = l.Baseline - prev.Baseline
		if prev.kind == "" && !closedLine(prev.text) && above < 1.5*leading {
			return false
		}
	}
	if below < 0.8*leading || above < 0.8*leading {
		return false // a piece of a line
	}
	middle := math.Abs(l.Box.X0+l.Box.X1-left-right) < 0.04*(right-left) && l.Box.X0 > left+0.08*(right-left)
	if next := s.lines[col[k+1]]; below < 1.2*leading && math.Abs(next.Box.X0-l.Box.X0) < 0.5 {
		middle = false // a quotation set in from both sides
	}
	telling := middle || capitals(text) || numberedHeading.MatchString(text)
	return above > 1.3*leading && (telling || below > 1.15*leading) || telling && above > 1.1*leading && below > 1.1*leading
}

// plainText is a line's text without what stands raised.
func plainText(l cite.Line) string {
	var kept []cite.Run
	for _, r := range l.Runs {
		if r.Size > 0.85*l.Size || r.Baseline > l.Baseline-0.1*l.Size {
			kept = append(kept, r)
		}
	}
	return strings.TrimSpace(textOf(kept))
}

// capital tells whether text begins as a sentence or heading does; a script
// without capitals always does.
func capital(s string) bool {
	for _, r := range s {
		switch {
		case unicode.IsLower(r):
			return false
		case unicode.IsLetter(r), unicode.IsDigit(r):
			return true
		}
	}
	return s != ""
}

func capitals(s string) bool {
	return strings.ToUpper(s) == s && strings.ToLower(s) != s
}

// closedLine tells whether a line ends a sentence.
func closedLine(s string) bool {
	s = strings.TrimRight(s, " \"'”’»)]0123456789*")
	return s == "" || strings.ContainsRune(".!?…:;。؟", []rune(s)[len([]rune(s))-1])
}
