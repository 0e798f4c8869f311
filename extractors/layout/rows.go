package layout

import (
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"citecheck/pipeline/cite"
)

// lineNumbers takes out the numbers that count a page's lines in its margin:
// small, level with the text, one below the other, ascending by one step.
func lineNumbers(runs []cite.Run, body float64) []cite.Run {
	var at []int
	for i, r := range runs {
		if r.Size < 0.8*body && len(r.Text) <= 4 && strings.Trim(r.Text, "0123456789") == "" && r.Text != "" && len(at) < mostNumbers && beside(runs, r) {
			at = append(at, i)
		}
	}
	if len(at) < 6 {
		return runs
	}
	drop := map[int]bool{}
	for i := 0; i < len(at); {
		j := i + 1
		for j < len(at) && counts(runs[at[j-1]], runs[at[j]]) && step(runs[at[j-1]], runs[at[j]]) == step(runs[at[i]], runs[at[i+1]]) {
			j++
		}
		if j-i >= 6 {
			for _, k := range at[i:j] {
				drop[k] = true
			}
		}
		i = j
	}
	if len(drop) == 0 {
		return runs
	}
	var out []cite.Run
	for i, r := range runs {
		if !drop[i] {
			out = append(out, r)
		}
	}
	return out
}

// mostNumbers bounds how many small numbers of a page are looked at.
const mostNumbers = 300

// counts tells whether b goes on counting lines below a.
func counts(a, b cite.Run) bool {
	aligned := math.Abs(a.Box.X1-b.Box.X1) < 2.5 || math.Abs(a.Box.X0-b.Box.X0) < 2.5
	n := step(a, b)
	return aligned && b.Baseline > a.Baseline+0.8*a.Size && (n == 1 || n == 5)
}

func step(a, b cite.Run) int {
	x, _ := strconv.Atoi(a.Text) // digits
	y, _ := strconv.Atoi(b.Text)
	return y - x
}

// beside tells whether text stands level with r: a raised label is above it.
func beside(runs []cite.Run, r cite.Run) bool {
	return slices.ContainsFunc(runs, func(o cite.Run) bool { return o.Size > 1.2*r.Size && math.Abs(o.Baseline-r.Baseline) < 0.5 })
}

// near bounds how far around a line its neighbours are looked for.
const near = 5

// rejoin makes one line again of what justification drove apart: pieces at
// one height with a gap between them over or under which the neighbouring
// lines have ink. Cells of a table have white there too.
func rejoin(in []line) []line {
	var out []line
	for i, l := range in {
		if n := len(out); n > 0 && level(out[n-1], l) && out[n-1].Box.X1 < l.Box.X0+1 {
			a := out[n-1]
			gap := l.Box.X0 - a.Box.X1
			big := max(a.Size, l.Size)
			need := 1
			if figuresOnly(a) || figuresOnly(l) {
				need = 2 // the head of a table may run over the gap
			}
			if gap < 0.45*big || gap < 4*big && (inked(in, i, a, l) >= need || gap < 0.9*big && l.Size < 0.8*a.Size || labels(a) && (len(strings.Fields(a.text)) == 2 || (n < 2 || !level(out[n-2], a)) && hangs(in, i, a))) {
				out[n-1] = makeLine(append(slices.Clone(a.Runs), l.Runs...))
				continue
			}
		}
		out = append(out, l)
	}
	return out
}

// hangs tells whether line i stands as the first line of a note does whose
// label hangs before it: a line close above or below begins where it does, in
// its size, and it is no cell with more cells after it.
func hangs(in []line, i int, label line) bool {
	l := in[i]
	if len(label.text) > 3 || figuresOnly(l) || !strings.ContainsFunc(l.text, unicode.IsLetter) {
		return false // a year, a cell
	}
	if i+1 < len(in) && level(l, in[i+1]) && in[i+1].Box.X0 > l.Box.X1+2*l.Size {
		return false
	}
	for k := max(0, i-near); k < min(len(in), i+near+1); k++ {
		o := in[k]
		if d := math.Abs(o.Baseline - l.Baseline); d > 0.5*l.Size && d < 1.8*l.Size && math.Abs(o.Size-l.Size) < 0.05*l.Size && math.Abs(o.Box.X0-l.Box.X0) < 1 {
			return label.Box.X0 < o.Box.X0
		}
	}
	return false
}

// figuresOnly tells whether a piece is a number, as a cell of a table may be.
func figuresOnly(l line) bool {
	return strings.ContainsAny(l.text, "0123456789") && strings.Trim(l.text, "0123456789.,%$€£–- ()") == "" && l.Runs[0].Size > 0.8*l.Size && len(l.Runs) < 4
}

func level(a, b line) bool {
	return math.Abs(a.Baseline-b.Baseline) < 0.25*max(a.Size, b.Size) || math.Abs(a.Baseline-b.Baseline) < 0.6*max(a.Size, b.Size) && min(a.Size, b.Size) < 0.8*max(a.Size, b.Size)
}

// labels tells whether a piece is a label, or a label and the number that its
// note begins with.
func labels(l line) bool {
	words := strings.Fields(l.text)
	switch len(words) {
	case 1:
		return lone(words[0]) || counted(words[0])
	case 2:
		return (lone(words[0]) || counted(words[0])) && lone(words[1])
	}
	return false
}

// inked is how many of the lines next above and below the pieces a and b, b
// being line i, run over the whole gap between them.
func inked(in []line, i int, a, b line) int {
	n := 0
	big := max(a.Size, b.Size)
	for k := max(0, i-near); k < min(len(in), i+near+1); k++ {
		o := in[k]
		if d := math.Abs(o.Baseline - b.Baseline); d < 0.5*big || d > 2.6*big || o.Size < 0.75*big || o.Size > 1.3*big {
			continue
		}
		for j, r := range o.Runs {
			x1 := r.Box.X1
			if r.Space && j+1 < len(o.Runs) && o.Runs[j+1].Box.X0 < x1+0.5*big {
				x1 = o.Runs[j+1].Box.X0
			}
			if r.Box.X0 < b.Box.X0-0.5 && x1 > a.Box.X1+0.5 && r.Box.X0 < (a.Box.X1+b.Box.X0)/2 && x1 > (a.Box.X1+b.Box.X0)/2 {
				n++
				break
			}
		}
	}
	return n
}

// tables marks rows of cells: three pieces or more at one height, and beneath
// them another such row whose pieces stand under the first one's.
func (s *sheet) tables(body float64) {
	var rows [][2]int // from, to
	for i := 0; i < len(s.lines); {
		j := i + 1
		for j < len(s.lines) && level(s.lines[j-1], s.lines[j]) && s.lines[j].Box.X0 > s.lines[j-1].Box.X1 {
			j++
		}
		rows = append(rows, [2]int{i, j})
		i = j
	}
	cells := func(r [2]int) int { return r[1] - r[0] }
	mark := func(r [2]int) {
		for k := r[0]; k < r[1]; k++ {
			s.lines[k].kind = cite.ZoneTable
		}
	}
	for i := 1; i < len(rows); i++ {
		a, b := rows[i-1], rows[i]
		if cells(a) < 3 || cells(b) < 3 || s.lines[b[0]].Baseline-s.lines[a[0]].Baseline > 4*s.lines[a[0]].Size || s.aligned(a, b) < 2 {
			continue
		}
		mark(a)
		mark(b)
	}
	for i := 1; i < len(rows); i++ {
		a, b := rows[i-1], rows[i]
		if d := s.lines[b[0]].Baseline - s.lines[a[0]].Baseline; d > 0 && d < 3*s.lines[a[0]].Size && s.figureRow(b) && (s.figureRow(a) || s.lines[a[0]].kind == cite.ZoneTable) {
			mark(a)
			mark(b)
			if i > 1 && d > 0 && s.lines[rows[i-2][0]].kind == "" && s.lines[a[0]].Baseline-s.lines[rows[i-2][0]].Baseline < 1.8*d && s.headRow(rows[i-2], a) {
				mark(rows[i-2])
			}
		}
	}
	s.around(body)
}

// figureRow tells whether a row has three words or more, and all of them are
// figures: a row of a table whose columns stand close.
func (s *sheet) figureRow(r [2]int) bool {
	n := 0
	for _, l := range s.lines[r[0]:r[1]] {
		for _, w := range strings.Fields(l.text) {
			if !figure.MatchString(w) {
				return false
			}
			n++
		}
	}
	return n >= 3
}

// figure is a number as a cell of a table has it, with the letter of its note.
var figure = regexp.MustCompile(`^(?:[-–—]|[-–+$€£(]?[0-9][0-9.,]*[0-9]?%?\)?[a-z*†]?)$`)

// headRow tells whether a row may be the head of the figures below: it has no
// stop, and no more words than twice their number.
func (s *sheet) headRow(head, below [2]int) bool {
	words, figures := 0, 0
	for _, l := range s.lines[head[0]:head[1]] {
		if strings.ContainsAny(l.text, ".;:") || beginsNumber(l) {
			return false
		}
		words += len(strings.Fields(l.text))
	}
	for _, l := range s.lines[below[0]:below[1]] {
		figures += len(strings.Fields(l.text))
	}
	return words >= 2 && words <= 2*figures && s.lines[head[1]-1].Box.X1 < s.lines[below[1]-1].Box.X1+3*s.lines[head[0]].Size
}

// around gives tables their small print below and their captions above.
func (s *sheet) around(body float64) {
	table := func(i int) bool { return i >= 0 && i < len(s.lines) && s.lines[i].kind == cite.ZoneTable }
	ruled := func(a, b line) bool {
		return slices.ContainsFunc(s.page.Rules, func(r cite.Rect) bool {
			return horizontal(r) && r.Y0 > a.Baseline+a.Size && r.Y0 < b.Baseline && r.X0 < b.Box.X1 && r.X1 > b.Box.X0
		})
	}
	for i := 1; i < len(s.lines); i++ {
		a, l := s.lines[i-1], s.lines[i]
		gap := l.Baseline - a.Baseline
		if l.kind == "" && table(i-1) && l.Size <= smaller*body && gap >= 0 && gap < 2.2*l.Size && !beginsNumber(l) && !ruled(a, l) {
			s.lines[i].kind = cite.ZoneTable
		}
	}
	for i := range s.lines {
		if s.lines[i].kind != "" || !caption(s.lines[i]) || i > 0 && s.lines[i-1].kind == "" && !closedLine(s.lines[i-1].text) && s.lines[i].Baseline-s.lines[i-1].Baseline < 1.6*body && s.lines[i].Baseline > s.lines[i-1].Baseline {
			continue
		}
		for k := i; k < min(len(s.lines), i+6); k++ {
			if !table(k) {
				continue
			}
			for j := i; j < k; j++ {
				s.lines[j].kind = cite.ZoneCaption
			}
			break
		}
		if s.lines[i].kind == "" {
			s.figureCaption(i)
		}
	}
}

// figureCaption marks the caption of a picture that begins with line i: white
// parts it from the lines above and below, for more than a paragraph's space.
func (s *sheet) figureCaption(i int) {
	end := i + 1
	for end < len(s.lines) && end < i+6 {
		step := s.lines[end].Baseline - s.lines[end-1].Baseline
		if step <= 0 || step > 1.8*s.lines[i].Size || math.Abs(s.lines[end].Size-s.lines[i].Size) > 0.05*s.lines[i].Size {
			break
		}
		end++
	}
	apart := func(k int) bool {
		return k < 0 || k >= len(s.lines) || s.lines[k].kind == cite.ZoneCaption || math.Abs(s.lines[k].Baseline-s.lines[min(max(k, i), end-1)].Baseline) > 1.8*s.lines[i].Size
	}
	if end < i+6 && apart(i-1) && apart(end) {
		for k := i; k < end; k++ {
			s.lines[k].kind = cite.ZoneCaption
		}
	}
}

// aligned is how many pieces of two rows stand below one another.
func (s *sheet) aligned(a, b [2]int) int {
	n := 0
	for _, x := range s.lines[a[0]:a[1]] {
		for _, y := range s.lines[b[0]:b[1]] {
			if math.Abs(x.Box.X0-y.Box.X0) < 2 || math.Abs(x.Box.X1-y.Box.X1) < 2 || math.Abs(x.Box.X0+x.Box.X1-y.Box.X0-y.Box.X1) < 4 {
				n++
				break
			}
		}
	}
	return n
}

// captionBegins is how captions begin, in the languages of the UN and German.
var captionBegins = regexp.MustCompile(`^(?i:table|figure|fig\.|box|chart|map|graph|tableau|graphique|encadré|carte|tabla|cuadro|gráfico|figura|recuadro|mapa|tabelle|abbildung|abb\.|таблица|рисунок|рис\.|جدول|شكل)\s+(?:[0-9]+|[IVX]+|[A-Z])(?:[.\-–][0-9]+)*\s*(?:[:.–—|-]|$)`)

// caption tells whether a line begins a caption. "see\ntable 4." does not.
func caption(l line) bool {
	return captionBegins.MatchString(l.text) && !unicode.IsLower([]rune(l.text)[0])
}

// float is where, in a column, a table or figure begins that stands at its
// foot, below the notes even: its caption, or rows of cells, and nothing but
// small print after them. It is the column's end where there is none.
func (s *sheet) float(col []int, size float64) int {
	found, rows := len(col), false
	for k := len(col) - 1; k >= 0; k-- {
		l := s.lines[col[k]]
		switch {
		case caption(l) && (k == 0 || closedLine(s.lines[col[k-1]].text)):
			found = k
			continue
		case l.kind == cite.ZoneTable:
			found, rows = k, true
			continue
		case l.kind == cite.ZoneCaption:
			found = k
			continue
		case found < len(col) && rows && k >= found-3 && found-k < 4 && l.Box.W() > 0: // the caption above may have more lines, or cells less
			continue
		case found == len(col) && l.Size <= smaller*size && !beginsNumber(l):
			continue
		}
		break
	}
	if found == len(col) {
		return found
	}
	if r, ok := s.separator(col); ok && r > found {
		return len(col)
	}
	return found
}

// beginsNumber tells whether a line begins with a number as a note does.
func beginsNumber(l line) bool {
	if first := l.Runs[0]; len(l.Runs) > 1 && first.Size < 0.8*l.Size && first.Baseline < l.Baseline && lone(first.Text) {
		return strings.ContainsAny(first.Text, "0123456789")
	}
	word, _, _ := strings.Cut(l.text, " ")
	letters := strings.IndexFunc(l.text, unicode.IsLetter)
	return lone(word) && strings.ContainsAny(word, "0123456789") && letters >= 0 && letters < len(word)+4
}
