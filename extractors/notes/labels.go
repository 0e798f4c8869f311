package notes

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"citecheck/pipeline/cite"
)

// A system is how labels count.
type system int

const (
	arabic  system = iota // 1, 2, 3
	roman                 // i, ii, iii
	letters               // a, b, c ... z, aa, bb or ab
	marks                 // *, †: they do not count
)

// value is the number that a label stands for.
func (s system) value(label string) (int, bool) {
	switch s {
	case arabic:
		n, err := strconv.Atoi(label)
		return n, err == nil && n > 0
	case roman:
		n := cite.Roman(strings.ToUpper(label))
		r := cite.InRoman(n)
		return n, n > 0 && n < 200 && (label == r || label == strings.ToLower(r)) // "ı" too becomes "I"
	case letters:
		return letterValue(label)
	}
	return -1, false
}

// longestRoman is the length of lxxxviii, the longest number below 100.
const longestRoman = 8

// letterValue counts a to z, then aa and on: as word processors do ("bb"
// after "aa") or as spreadsheets do ("ab").
func letterValue(s string) (int, bool) {
	if s == "" || len(s) > 2 || s[0] < 'a' || s[0] > 'z' {
		return -1, false
	}
	if len(s) == 1 {
		return int(s[0]-'a') + 1, true
	}
	switch {
	case s[0] == s[1]:
		return int(s[0]-'a') + 27, true
	case s[0] == 'a' && s[1] >= 'a' && s[1] <= 'z':
		return int(s[1]-'a') + 27, true
	}
	return -1, false
}

// raised tells whether a label stands raised in the running text. It is what
// tells the label "a" or "i", set level with its note, from a word.
func (f *finder) raised(label string) bool {
	if f.raisedLabels == nil {
		f.raisedLabels = map[string]bool{}
		for _, z := range f.zones {
			if z.Kind == cite.ZoneNotes {
				continue
			}
			for _, l := range z.Lines {
				for _, r := range l.Runs {
					if r.Size < 0.86*l.Size && r.Baseline < l.Baseline-0.1*l.Size {
						for _, t := range strings.FieldsFunc(r.Text, func(r rune) bool { return strings.ContainsRune(".,;:)]([ ", r) }) {
							if len(t) <= longestRoman {
								f.raisedLabels[t] = true
							}
						}
					}
				}
			}
		}
	}
	return f.raisedLabels[label]
}

// level is the roman or lettered label that a line begins with, set level.
func (f *finder) level(l cite.Line) (string, labelled) {
	if len(l.Runs) == 0 {
		return "", labelled{}
	}
	runs := firstWord(l.Runs)
	t := strings.Trim(runs[0].Text, ".)[](")
	if len(runs) < 2 || !isLabel(t) || !f.raised(t) {
		return "", labelled{}
	}
	return t, labelled{runs[1:], false}
}

// A glued label is what a line may begin with where no space parts the label
// from the text.
type glued struct {
	label string
	n     int
	in    system
	runs  []cite.Run
}

// gluedLabels are the labels that a line may begin with: "2http://",
// "112015 was", "viiLetter". After tells whether the line above ends a
// sentence.
func (f *finder) gluedLabels(l cite.Line, after bool) []glued {
	if len(l.Runs) == 0 || !after {
		return nil
	}
	if !slices.ContainsFunc(l.Runs, func(r cite.Run) bool { return strings.ContainsFunc(r.Text, unicode.IsLetter) }) {
		return nil // a cell of a table
	}
	runs := firstWord(l.Runs)
	t := runs[0].Text
	var out []glued
	for k := 1; k <= longestRoman && k < len(t) && t[k-1] < utf8.RuneSelf && t[k-1] > ' '; k++ {
		rest := strings.TrimLeft(t[k:], ".)")
		if rest == "" || strings.ContainsAny(rest[:1], ",/-–:;%") {
			continue
		}
		head := runs[0]
		head.Text = rest
		for in := arabic; in <= letters; in++ {
			n, ok := in.value(t[:k])
			if !ok || n < 1 || t[0] == '0' || in == arabic && k > 3 {
				continue
			}
			if in != arabic && (!f.raised(t[:k]) || !wordBegins(rest) && !strings.HasPrefix(rest, "http") && (rest[0] < '0' || rest[0] > '9')) {
				continue
			}
			out = append(out, glued{t[:k], n, in, append([]cite.Run{head}, runs[1:]...)})
		}
	}
	return out
}

// unnamedEnd is the zone with which a list of notes begins that has no
// heading, as word processors set endnotes: at the top of a page, with the
// first label, and most labels that stand raised in the text follow in it. It
// is -1 where there is none.
func (f *finder) unnamedEnd() int {
	f.raised("")
	if len(f.raisedLabels) < 2 {
		return -1
	}
	if slices.ContainsFunc(f.zones, func(z cite.Zone) bool { return z.Kind == cite.ZoneHeading && endHeading(zoneText(z)) }) {
		return -1 // it has a heading
	}
	page := 0
	for zi, z := range f.zones {
		if len(z.Lines) == 0 || z.Kind == cite.ZoneHeader || z.Kind == cite.ZoneFooter {
			continue
		}
		top := z.Page != page
		page = z.Page
		if z.Kind != cite.ZoneBody && z.Kind != cite.ZoneNotes {
			continue
		}
		first := f.leads(z.Lines[0])
		if z.Kind == cite.ZoneNotes && first != "" && !top {
			return -1 // notes at the foot
		}
		if !top || zi == 0 || first != "1" && first != "i" && first != "a" {
			continue
		}
		listed := map[string]bool{}
		for _, z := range f.zones[zi:] {
			for _, l := range z.Lines {
				if lab := f.leads(l); f.raisedLabels[lab] {
					listed[lab] = true
				}
			}
		}
		if len(listed) >= 2 && len(listed)*10 >= len(f.raisedLabels)*6 && f.calledBefore(zi) {
			return zi
		}
	}
	return -1
}

// calledBefore tells whether most raised labels stand before a zone: the
// numbered paragraphs of a resolution have theirs within.
func (f *finder) calledBefore(zi int) bool {
	before, after := 0, 0
	for k, z := range f.zones {
		if z.Kind == cite.ZoneNotes {
			continue
		}
		for _, l := range z.Lines {
			for i, r := range l.Runs {
				if i == 0 || r.Size >= 0.86*l.Size || r.Baseline >= l.Baseline-0.1*l.Size || !f.raisedLabels[strings.Trim(r.Text, ".,;:)]([ ")] {
					continue
				}
				if k < zi {
					before++
				} else {
					after++
				}
			}
		}
	}
	return before > after
}

// leaders tells whether a line is an entry of a table of contents, with dots
// that lead to a page.
func leaders(l cite.Line) bool {
	return slices.ContainsFunc(l.Runs, func(r cite.Run) bool { return strings.Contains(r.Text, "......") })
}

// leads is the label that a line begins with, of whatever system.
func (f *finder) leads(l cite.Line) string {
	if leaders(l) {
		return ""
	}
	label, _ := leading(l)
	if label == "" {
		label, _ = f.level(l)
	}
	return label
}
