package layout

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"citecheck/pipeline/cite"
)

// rightToLeft tells whether most letters of a line are of a script that is
// written from right to left.
func rightToLeft(runs []cite.Run) bool {
	n := 0
	for _, r := range runs {
		for _, c := range r.Text {
			if c < unicode.MaxLatin1 && !unicode.IsLetter(c) {
				continue
			}
			switch {
			case unicode.In(c, unicode.Hebrew, unicode.Arabic, unicode.Syriac, unicode.Thaana):
				n++
			case unicode.IsLetter(c):
				n--
			}
		}
	}
	return n > 0
}

// turn puts the runs of such a line, which are in order from left to right,
// into that of reading; numbers and words of other scripts stay among
// themselves as they are. What white space follows is seen anew.
func turn(runs []cite.Run) {
	slices.Reverse(runs)
	forward := func(r cite.Run) bool {
		letters := false
		for _, c := range r.Text {
			if unicode.In(c, unicode.Hebrew, unicode.Arabic, unicode.Syriac, unicode.Thaana) {
				return false
			}
			letters = letters || unicode.IsLetter(c) || unicode.IsDigit(c)
		}
		return letters
	}
	for i := 0; i < len(runs); {
		j := i
		for j < len(runs) && forward(runs[j]) && (j == i || runs[j].Baseline == runs[i].Baseline) {
			j++
		}
		slices.Reverse(runs[i:j])
		i = max(j, i+1)
	}
	for i := range runs {
		if forward(runs[i]) || !strings.ContainsFunc(runs[i].Text, unicode.IsLetter) {
			runs[i].Text = outsideIn(runs[i].Text)
		}
		runs[i].Space = false
		if i+1 < len(runs) {
			a, b := runs[i].Box, runs[i+1].Box
			runs[i].Space = max(a.X0-b.X1, b.X0-a.X1) > 0.12*max(runs[i].Size, runs[i+1].Size)
		}
	}
}

// outsideIn turns the marks around a number in a line from right to left,
// which stand as they are seen: ".2" is "2." and ")2018(" is "(2018)".
func outsideIn(s string) string {
	core := func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
	from, to := strings.IndexFunc(s, core), strings.LastIndexFunc(s, core)
	if from < 0 {
		return mirrored(s)
	}
	to += utf8.RuneLen([]rune(s[to:])[0])
	return mirrored(s[to:]) + s[from:to] + mirrored(s[:from])
}

var mirrors = map[rune]rune{'(': ')', ')': '(', '[': ']', ']': '[', '«': '»', '»': '«'}

func mirrored(s string) string {
	r := []rune(s)
	slices.Reverse(r)
	for i := range r {
		if m, ok := mirrors[r[i]]; ok {
			r[i] = m
		}
	}
	return string(r)
}
