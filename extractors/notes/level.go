package notes

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"citecheck/pipeline/cite"
)

// levelMarker is a word with a number glued to its end that may be a marker
// set level with the text, in its size: "assets1.", "law;”12", "201522",
// "days (1)", but not "4.2".
var levelMarker = regexp.MustCompile(`(?:[\p{L};:?!)\]”’"»]|[^\d ][.,]|\b(?:19|20)\d\d[.,]?|\d[.,])(\d{1,3})[.,;:?!)\]”’"»]*(?: |$)|[\p{L}\d.,?!”’"»] ?(\(\d{1,3}\))`)

// A levelMark is where a marker stands that is set level.
type levelMark struct {
	zone, line, run int
	from, to        int // in the run's text
}

// raiseLevel raises the markers of a report that sets them all level with the
// text: converters lose what was raised. They are told by their order alone: of
// the notes, in their order, most have a word that ends with their number, on
// their page where they stand at its foot. Where markers are raised, or no such order
// is seen, nothing changes.
func (f *finder) raiseLevel() {
	if len(f.notes) < leastLevel || f.bracketed() {
		return
	}
	raised := 0
	f.bodyRuns(func(l cite.Line, k int) {
		if f.marker(l, k, l.Runs[k]) != nil {
			raised++
		}
	})
	if raised*5 > len(f.notes) { // fewer are ordinals and exponents
		return
	}
	marks := f.levelMarks()
	if len(marks)*10 < len(f.notes)*mostLevel {
		return
	}
	f.text.LevelMarkers = true
	for i := len(marks) - 1; i >= 0; i-- {
		m := marks[i]
		z := &f.zones[m.zone]
		z.Lines = slices.Clone(z.Lines)
		l := &z.Lines[m.line]
		r := l.Runs[m.run]
		head, rest := parted(r, m.from)
		label, tail := parted(rest, m.to-m.from)
		head.Space, label.Space = false, false
		head.Text = strings.TrimRight(head.Text, " ")
		label.Size, label.Baseline = 0.6*label.Size, label.Baseline-0.35*label.Size
		runs := append(slices.Clone(l.Runs[:m.run]), head, label)
		if tail.Text != "" {
			if tail.Text[0] == ' ' {
				runs[len(runs)-1].Space, tail.Text = true, tail.Text[1:]
			}
			runs = append(runs, tail)
		} else {
			runs[len(runs)-1].Space = r.Space
		}
		l.Runs = append(runs, l.Runs[m.run+1:]...)
	}
}

// Fewer notes than this say nothing of their markers' order; of ten notes so
// many have one.
const leastLevel, mostLevel = 4, 8

// levelMarks are the places of the numbers of the notes, in their order.
func (f *finder) levelMarks() []levelMark {
	var out []levelMark
	next := 0 // the note that is looked for
	for zi, z := range f.zones {
		if z.Kind != cite.ZoneBody && z.Kind != cite.ZoneHeading || f.endAt[zi] {
			continue
		}
		for li, l := range z.Lines {
			for k, r := range l.Runs {
				for _, m := range levelMarker.FindAllStringSubmatchIndex(r.Text, -1) {
					from, to := m[2], m[3]
					if from < 0 {
						from, to = m[4], m[5]
					} else if decimal(r.Text, from, to) {
						continue
					}
					for skip := 0; skip < 3 && next+skip < len(f.notes); skip++ {
						n := f.notes[next+skip]
						if strings.Trim(r.Text[from:to], "()") != n.label || n.place == cite.PlaceFoot && !slices.Contains(n.pages, z.Page) {
							continue
						}
						if _, err := strconv.Atoi(n.label); err != nil {
							continue
						}
						out = append(out, levelMark{zi, li, k, from, to})
						next += skip + 1
						break
					}
				}
			}
		}
	}
	return out
}

// decimal tells whether a number is what follows a decimal point: no sentence
// begins after it.
func decimal(text string, from, to int) bool {
	if from < 2 || !strings.ContainsRune(".,", rune(text[from-1])) || text[from-2] < '0' || text[from-2] > '9' {
		return false
	}
	rest := strings.TrimLeft(text[to:], " “‘«\"'(")
	return text[from-1] == ',' || to < len(text) && text[to] != ' ' || rest != "" && !unicode.IsUpper(firstRune(rest))
}
