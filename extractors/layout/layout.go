// Package layout turns the placed words of a PDF's pages into lines, columns
// and zones in reading order: body, notes at the foot, running heads, tables.
// It knows geometry; it knows nothing of what a note says or which marker
// calls it.
package layout

import (
	"cmp"
	"iter"
	"math"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"citecheck/pipeline/cite"
)

// Zones returns the zones of all pages in reading order. It goes through the
// pages twice and keeps none of them. The work is linear in the number of
// words but for sorting within a page.
func Zones(pages iter.Seq[cite.Page]) []cite.Zone {
	d := &document{body: bodySize(pages)}
	for p := range pages {
		d.pages = append(d.pages, newSheet(p, d.body))
	}
	d.runningHeads()
	for _, s := range d.pages {
		s.footnotes(d.body)
	}
	d.noNotes()
	var out []cite.Zone
	for i, s := range d.pages {
		out = append(out, s.zones(d.body)...)
		d.pages[i] = nil // its lines are in the zones
	}
	return out
}

type document struct {
	body  float64 // size of the running text
	pages []*sheet
}

// bodySize is the size in which the running text is set, to a tenth of a
// point: the commonest one in the upper part of the pages, for some reports
// have more in their notes than in their text.
func bodySize(pages iter.Seq[cite.Page]) float64 {
	upper, all := map[int]int{}, map[int]int{}
	for p := range pages {
		for _, r := range p.Runs {
			if r.Angle != 0 {
				continue
			}
			size := int(math.Round(r.Size * 10))
			all[size] += len(r.Text)
			if r.Baseline < 0.4*p.Height {
				upper[size] += len(r.Text)
			}
		}
	}
	if len(upper) == 0 {
		upper = all
	}
	// Pages of endnotes may hold more than those of text: of the sizes much
	// used the largest is the text's.
	best := 0
	for _, count := range []map[int]int{upper, all} {
		most := 0
		for _, n := range count {
			most = max(most, n)
		}
		for size, n := range count {
			if n*4 >= most {
				best = max(best, size)
			}
		}
	}
	return float64(best) / 10
}

// A sheet is one page on the way to zones.
type sheet struct {
	page  cite.Page // without its runs
	lines []line
}

// A line is a stretch of words on one baseline in one column.
type line struct {
	cite.Line
	kind cite.ZoneKind // "" while it is undecided
	text string        // of the runs, with single spaces
}

func newSheet(p cite.Page, body float64) *sheet {
	var level []cite.Run
	for _, r := range p.Runs {
		if r.Angle == 0 {
			level = append(level, r)
		}
	}
	p.Runs = nil
	s := &sheet{page: p}
	for _, l := range rejoin(order(lines(lineNumbers(level, body)), body)) {
		if t := strings.Trim(l.text, "_—―─ "); t == "" && len([]rune(l.text)) >= 5 {
			s.page.Rules = append(s.page.Rules, l.Box) // a rule typed as a line of dashes
			continue
		}
		l.Runs = fold(l.Runs)
		s.lines = append(s.lines, l)
	}
	s.tables(body)
	for i := range s.lines {
		if (notesHeading.MatchString(s.lines[i].text) || worksHeading.MatchString(s.lines[i].text)) && !beginsLabel(s.lines[i]) {
			s.lines[i].kind = cite.ZoneHeading
		}
	}
	return s
}

// notesHeading stands above a list of notes, in whatever size it is set.
var notesHeading = regexp.MustCompile(`^(?i:notes|end ?notes|footnotes|notas|notas finales|notes de fin|notes and references|references and notes|anmerkungen|endnoten|примечания|сноски|الحواشي|الهوامش|הערות)$`)

// worksHeading stands above a list of works, in whatever size it is set.
var worksHeading = regexp.MustCompile(`^(?i:references|bibliography|works cited|bibliographie|bibliografía|literatur|литература)$`)

// fold joins the words of a line that are set alike to one run: a line of
// prose is one or two, and a report takes a tenth of the memory.
func fold(runs []cite.Run) []cite.Run {
	var out []cite.Run
	for i := 0; i < len(runs); {
		j := i + 1
		for j < len(runs) && alike(runs[j-1], runs[j]) {
			j++
		}
		r := runs[i]
		if j > i+1 {
			r.Text = words(runs[i:j])
			r.Space, r.Hyphen = runs[j-1].Space, runs[j-1].Hyphen
			for _, w := range runs[i+1 : j] {
				r.Box = r.Box.Union(w.Box)
			}
		} else {
			r.Text = strings.Clone(r.Text) // lets go of the page's text
		}
		out = append(out, r)
		i = j
	}
	return slices.Clip(out)
}

// alike tells whether two neighbours on a line can be one run.
func alike(a, b cite.Run) bool {
	return a.Size == b.Size && a.Baseline == b.Baseline && a.Bold == b.Bold && a.Italic == b.Italic && a.Font == b.Font &&
		a.Role == b.Role && a.Elem == b.Elem && a.Hidden == b.Hidden
}

// words is the text of runs with their own spaces between them.
func words(runs []cite.Run) string {
	size := 0
	for _, r := range runs {
		size += len(r.Text) + 1
	}
	var b strings.Builder
	b.Grow(size)
	for i, r := range runs {
		b.WriteString(r.Text)
		if r.Space && i+1 < len(runs) {
			b.WriteByte(' ')
		}
	}
	return b.String()
}

// lines joins runs to lines. The order of the content stream is nearly always
// that of reading, so a run is held against the line before it first.
func lines(runs []cite.Run) []line {
	var groups [][]cite.Run
	var boxes []cite.Rect // of the dominant text of each group
	for _, r := range runs {
		at := -1
		for k := len(groups) - 1; k >= 0 && k >= len(groups)-3; k-- {
			if joins(groups[k], boxes[k], r) {
				at = k
				break
			}
		}
		if at < 0 {
			groups = append(groups, []cite.Run{r})
			boxes = append(boxes, r.Box)
			continue
		}
		groups[at] = append(groups[at], r)
		boxes[at] = boxes[at].Union(r.Box)
	}
	var out []line
	for _, g := range groups {
		out = append(out, makeLine(g))
	}
	return mergeLevel(out)
}

// joins tells whether r goes on with the line g.
func joins(g []cite.Run, box cite.Rect, r cite.Run) bool {
	last := g[len(g)-1]
	big := max(last.Size, r.Size)
	if math.Abs(last.Baseline-r.Baseline) > 0.75*big {
		return false
	}
	gap := r.Box.X0 - box.X1
	return gap < 1.15*big && gap > -1.0*big
}

// dominant is the run that says the line's size and baseline: of those that
// set most of its letters.
func dominant(g []cite.Run) cite.Run {
	type face struct{ size, base int } // in fourths of a point
	count := map[face]int{}
	key := func(r cite.Run) face { return face{int(math.Round(4 * r.Size)), int(math.Round(4 * r.Baseline))} }
	for _, r := range g {
		count[key(r)] += len(r.Text)
	}
	best := g[0]
	for _, r := range g {
		if count[key(r)] > count[key(best)] {
			best = r
		}
	}
	// The last word of a paragraph may be shorter than its marker.
	for _, r := range g {
		if best.Size < 0.86*r.Size && best.Baseline < r.Baseline-0.1*r.Size && onlyLabels(g, best.Size) {
			return r
		}
	}
	return best
}

// onlyLabels tells whether all that is set in a size may be labels.
func onlyLabels(g []cite.Run, size float64) bool {
	for _, r := range g {
		if r.Size == size && !lone(strings.Trim(r.Text, ",;–-")) && strings.Trim(r.Text, "0123456789,;–-") != "" {
			return false
		}
	}
	return true
}

func makeLine(g []cite.Run) line {
	slices.SortStableFunc(g, func(a, b cite.Run) int {
		switch {
		case a.Box.X0 < b.Box.X0-0.01:
			return -1
		case a.Box.X0 > b.Box.X0+0.01:
			return 1
		}
		return 0
	})
	if rightToLeft(g) {
		turn(g)
	}
	d := dominant(g)
	l := line{Line: cite.Line{Runs: g, Baseline: d.Baseline, Size: d.Size}}
	for _, r := range g {
		l.Box = l.Box.Union(r.Box)
	}
	l.text = textOf(g)
	return l
}

func textOf(g []cite.Run) string {
	var b strings.Builder
	for i, r := range g {
		b.WriteString(r.Text)
		if i+1 < len(g) && (r.Space || g[i+1].Box.X0-r.Box.X1 > 0.3*max(r.Size, 4) && r.Box.X1 <= g[i+1].Box.X0) {
			b.WriteByte(' ')
		}
	}
	return b.String()
}

// mostBeside bounds how many lines on one height are looked at; a table has
// under 50 cells in a row.
const mostBeside = 100

// mergeLevel joins lines that stand side by side with no more than a word
// space between them, whatever their order in the file.
func mergeLevel(in []line) []line {
	slices.SortStableFunc(in, func(a, b line) int {
		if d := math.Round(a.Baseline) - math.Round(b.Baseline); d != 0 {
			return int(d)
		}
		if a.Box.X0 < b.Box.X0 {
			return -1
		}
		return 1
	})
	var out []line
	for _, l := range in {
		merged := false
		for k := len(out) - 1; k >= max(0, len(out)-mostBeside) && out[k].Baseline > l.Baseline-0.8*max(l.Size, 6); k-- {
			o := out[k]
			big := max(o.Size, l.Size)
			small := min(o.Size, l.Size)
			limit := 0.25 * big
			if small < 0.9*big && (len(o.text) <= 7 || len(l.text) <= 7) {
				limit = 0.6 * big // a raised marker
			}
			gap := max(l.Box.X0-o.Box.X1, o.Box.X0-l.Box.X1)
			wide := 0.45 * big
			if o.Box.X0 < l.Box.X0 && labels(o) && begins(out, o) || l.Box.X0 < o.Box.X0 && labels(l) && begins(out, l) {
				wide = hanging * big
			}
			if math.Abs(o.Baseline-l.Baseline) <= limit && gap < wide && gap > -0.6*big {
				out[k] = makeLine(append(slices.Clone(o.Runs), l.Runs...))
				merged = true
				break
			}
		}
		if !merged {
			out = append(out, l)
		}
	}
	return out
}

// begins tells whether nothing stands shortly before l at its height, among
// the last of lines.
func begins(lines []line, l line) bool {
	for j := len(lines) - 1; j >= max(0, len(lines)-mostBeside) && lines[j].Baseline > l.Baseline-0.8*max(l.Size, 6); j-- {
		if gap := l.Box.X0 - lines[j].Box.X1; gap > -1 && gap < hanging*l.Size && level(lines[j], l) {
			return false
		}
	}
	return true
}

// hanging is how far a note's label may stand before its text, in sizes.
const hanging = 4

// lone tells whether a line is nothing but what may be a note's label.
func lone(s string) bool {
	s = strings.Trim(s, "[]().")
	return s != "" && len(s) <= 4 && (strings.Trim(s, "0123456789") == "" || strings.Trim(s, "*†‡") == "")
}

// counted tells the same of a label that counts in letters or roman numbers.
func counted(s string) bool {
	s = strings.Trim(s, "[]().")
	return s != "" && (len(s) <= 8 && strings.Trim(s, "ivxlc") == "" || len(s) == 1 && s[0] >= 'a' && s[0] <= 'z' || len(s) == 2 && s[0] == s[1] && s[0] >= 'a' && s[0] <= 'z')
}

// order puts lines into reading order: bands that cross the gutter as they
// come, and between them the left column before the right one.
func order(in []line, body float64) []line {
	if len(in) < 2 {
		return in
	}
	slices.SortStableFunc(in, func(a, b line) int {
		if d := a.Baseline - b.Baseline; math.Abs(d) > 0.3*min(a.Size, b.Size) {
			return int(math.Copysign(1, d))
		}
		if a.Box.X0 < b.Box.X0 {
			return -1
		}
		return 1
	})
	g, ok := gutter(in, body)
	if !ok {
		return foot(in, body)
	}
	var out, left, right []line
	flush := func() {
		out = append(out, order(left, body)...)
		out = append(out, order(right, body)...)
		left, right = nil, nil
	}
	for _, l := range g.parted(in, body) {
		switch g.side(l) {
		case -1:
			left = append(left, l)
		case 1:
			right = append(right, l)
		default:
			flush()
			out = append(out, l)
		}
	}
	flush()
	return out
}

// foot puts the small print at the foot of a page in one column into order,
// where that print is in two.
func foot(in []line, body float64) []line {
	k := len(in)
	for k > 0 && in[k-1].Size <= smaller*body {
		k--
	}
	// Below the notes stands the page number.
	if k == len(in) {
		for k > 0 && len(in)-k < 3 && in[k-1].Size > smaller*body {
			k--
		}
		end := k
		for k > 0 && in[k-1].Size <= smaller*body {
			k--
		}
		if k == end || k == 0 {
			return in
		}
		return append(foot(in[:end:end], body), in[end:]...)
	}
	if k == 0 || len(in)-k < 2 {
		return in
	}
	g, ok := labelGutter(in[k:], body)
	if !ok {
		return in
	}
	var left, right []line
	for _, l := range g.parted(in[k:], body) {
		if g.side(l) == 1 {
			right = append(right, l)
		} else {
			left = append(left, l)
		}
	}
	return slices.Concat(in[:k], left, right)
}

// labelGutter finds the strip between two columns of notes: all lines keep off
// it, and on both sides of it a note begins.
func labelGutter(in []line, body float64) (strip, bool) {
	var box cite.Rect
	var runs []cite.Run
	for _, l := range in {
		box = box.Union(l.Box)
		runs = append(runs, l.Runs...)
	}
	if box.W() < 14*body {
		return strip{}, false
	}
	slices.SortFunc(runs, func(a, b cite.Run) int { return cmp.Compare(a.Box.X0, b.Box.X0) })
	g := strip{lo: box.X0, hi: box.X0, reach: body}
	end := box.X0
	for _, r := range runs {
		middle := (end + r.Box.X0 - box.X0 - box.X1) / 2
		if r.Box.X0-end > g.hi-g.lo && math.Abs(middle) < 0.1*box.W() {
			g.lo, g.hi = end, r.Box.X0
		}
		end = max(end, r.Box.X1)
	}
	g.x = (g.lo + g.hi) / 2
	if g.hi-g.lo < 0.4*body {
		return strip{}, false
	}
	left, right := false, false
	for _, l := range in {
		for k, r := range l.Runs {
			switch {
			case !startsNote(l.Runs[k:]):
			case k == 0 && r.Box.X1 < g.x:
				left = true
			case r.Box.X0 > g.x && (k == 0 || l.Runs[k-1].Box.X1 < g.x):
				right = true
			}
		}
	}
	return g, left && right
}

// startsNote tells whether runs begin as a note does: with a raised label or
// a number, and text close after it.
func startsNote(runs []cite.Run) bool {
	if len(runs) < 2 || !lone(runs[0].Text) {
		return false
	}
	return runs[0].Size < 0.86*runs[1].Size && runs[0].Baseline < runs[1].Baseline-0.1*runs[1].Size && runs[1].Box.X0-runs[0].Box.X1 < runs[1].Size && strings.ContainsFunc(runs[1].Text, unicode.IsLetter)
}

// parted cuts the lines that are two, one of each column: they have a gap
// where the strip is, wider than one between words or with a raised label
// after it.
func (g strip) parted(in []line, body float64) []line {
	var out []line
	for i, l := range in {
		at := 0
		for k := 1; k < len(l.Runs) && g.side(l) == 0; k++ {
			a, b := l.Runs[k-1], l.Runs[k]
			if a.Box.X1 > g.hi+1 || b.Box.X0 < g.lo-1 && b.Box.X1 < g.hi-1 || a.Box.X1 > b.Box.X0 {
				continue
			}
			if g.amid(in, i, body) {
				break
			}
			label := b.Size < 0.8*l.Size && lone(b.Text) && k+1 < len(l.Runs) && l.Runs[k+1].Box.X0-b.Box.X1 < 0.5*body
			if gap := b.Box.X0 - a.Box.X1; gap > 0.4*body || label && b.Box.X1 > g.hi-body && gap > 0.1*body {
				at = k
				break
			}
		}
		if at == 0 {
			out = append(out, l)
			continue
		}
		out = append(out, makeLine(slices.Clone(l.Runs[:at])), makeLine(slices.Clone(l.Runs[at:])))
	}
	return out
}

// amid tells whether line i is one of the lines of notes that run below both
// columns: of the small print that it stands in, some line has ink all over
// the strip.
func (g strip) amid(in []line, i int, body float64) bool {
	alike := func(k int) bool {
		return k >= 0 && k < len(in) && in[k].Size <= smaller*body && math.Abs(in[k].Size-in[i].Size) < 0.02*in[i].Size
	}
	if !alike(i) {
		return false
	}
	across := func(o line) bool {
		return slices.ContainsFunc(o.Runs, func(r cite.Run) bool { return r.Box.X0 < g.lo-1 && r.Box.X1 > g.hi+1 })
	}
	for _, step := range []int{-1, 1} {
		for k := i + step; alike(k) && k > i-mostBeside && k < i+mostBeside; k += step {
			if across(in[k]) {
				return true
			}
		}
	}
	return false
}

// A strip is the white between two columns. A note's label may hang into it,
// and a line that could not be broken may reach into it.
type strip struct {
	lo, hi, x float64 // its edges; where it is crossed least
	reach     float64 // a line that goes further into both columns belongs to neither
}

// side is -1 for a line of the left column, 1 for one of the right, 0 for one
// that stands across both.
func (g strip) side(l line) int {
	switch {
	case l.Box.X1 <= g.x+1:
		return -1
	case l.Box.X0 >= g.x-1:
		return 1
	case l.Box.X1 > g.hi+g.reach && l.Box.X0 < g.lo-g.reach:
		return 0
	case l.Box.X0+l.Box.X1 < 2*g.x:
		return -1
	}
	return 1
}

// gutter finds the strip that parts two columns: few lines cross it, and on
// both sides stand lines at the same heights.
func gutter(in []line, body float64) (strip, bool) {
	var box cite.Rect
	for _, l := range in {
		box = box.Union(l.Box)
	}
	if box.W() < 14*body {
		return strip{}, false
	}
	best, bestCross := 0.0, math.MaxInt
	for x := box.X0 + 0.1*box.W(); x <= box.X0+0.9*box.W(); x += 1.5 {
		cross, l, r := 0, 0, 0
		for _, s := range in {
			switch {
			case s.Box.X1 <= x+1:
				l++
			case s.Box.X0 >= x-1:
				r++
			default:
				cross++
			}
		}
		if l >= 4 && r >= 4 && cross < bestCross {
			best, bestCross = x, cross
		}
	}
	if bestCross == math.MaxInt {
		return strip{}, false
	}
	g := strip{x: best, reach: 1.5 * body}
	g.lo, g.hi = edges(in, best, body)
	if g.lo == 0 || g.hi == 0 {
		return strip{}, false
	}
	if g.hi-g.lo > 2 { // the middle of the white, if nothing more is crossed there
		mid, cross := (g.lo+g.hi)/2, 0
		for _, s := range in {
			if s.Box.X1 > mid+1 && s.Box.X0 < mid-1 {
				cross++
			}
		}
		if cross <= bestCross {
			g.x = mid
		}
	}
	var left, right []line
	across := 0
	for _, s := range in {
		switch g.side(s) {
		case -1:
			left = append(left, s)
		case 1:
			right = append(right, s)
		default:
			across++
		}
	}
	beside, wide := 0, 0
	j := 0
	for _, s := range left {
		for j < len(right) && right[j].Box.Y1 < s.Box.Y0 {
			j++
		}
		if j < len(right) && right[j].Box.Y0 < s.Box.Y1 {
			beside++
			if s.Box.W() > 0.25*box.W() && right[j].Box.W() > 0.2*box.W() || margin(s, right[j], box, body) || margin(right[j], s, box, body) {
				wide++
			}
		}
	}
	if beside < 4 || wide < 3 || across > beside {
		return strip{}, false
	}
	return g, g.hi-g.lo > 0.4*body
}

// margin tells whether a is text and b small print beside it in the margin.
func margin(a, b line, box cite.Rect, body float64) bool {
	return b.Size <= smaller*body && b.Box.W() > 5*b.Size && a.Box.W() > 0.5*box.W() && strings.Contains(b.text, " ")
}

// edges are the right edge of what stands left of x, and the left edge of
// what stands right of it: of most lines, for a label may hang and a line be
// overfull. What is narrow says nothing: it may be a page number in the
// middle of the strip.
func edges(in []line, x, body float64) (lo, hi float64) {
	var ends, starts []float64
	for _, s := range in {
		switch {
		case s.Box.W() < 4*body:
		case s.Box.X0+s.Box.X1 < 2*x && s.Box.X1 < x+1.5*body:
			ends = append(ends, s.Box.X1)
		case s.Box.X0+s.Box.X1 >= 2*x && s.Box.X0 > x-1.5*body:
			starts = append(starts, s.Box.X0)
		}
	}
	if len(ends) == 0 || len(starts) == 0 {
		return 0, 0
	}
	slices.Sort(ends)
	slices.Sort(starts)
	return ends[len(ends)*9/10], starts[len(starts)/4]
}

// mostHeights bounds how many pages are asked where a running head stands.
const mostHeights = 60

// longHead is how many letters the head of a page has that two pages cannot
// have in common by chance, at one height.
const longHead = 10

// runningHeads marks what repeats at the top or the foot of pages, and page
// numbers.
func (d *document) runningHeads() {
	type key struct {
		text string
		foot bool
	}
	seen := map[key][]float64{} // the heights at which it stands, one a page
	// A running head stands at one height.
	often := func(l *line, foot bool) int {
		n := 0
		for _, y := range seen[key{pattern(l.text), foot}] {
			if math.Abs(y-l.Baseline) < 6 {
				n++
			}
		}
		return n
	}
	tops, bottoms := map[*sheet]float64{}, map[*sheet]float64{} // the highest baselines, and the lowest
	for _, s := range d.pages {
		for i, l := range s.lines {
			if i == 0 || l.Baseline < tops[s] {
				tops[s] = l.Baseline
			}
			bottoms[s] = max(bottoms[s], l.Baseline)
		}
	}
	edges := func(s *sheet, visit func(l *line, foot bool)) {
		if len(s.lines) == 0 || s.page.Height == 0 {
			return
		}
		for i := range s.lines {
			l := &s.lines[i]
			switch {
			case l.Box.Y0 < 0.12*s.page.Height || l.Box.Y0 < 0.25*s.page.Height && l.Baseline < tops[s]+1 && l.Size < 1.1*d.body:
				visit(l, false) // below a wide margin too
			case l.Box.Y1 > 0.88*s.page.Height || s.lowNumber(i):
				visit(l, true)
			case l.Box.Y1 > 0.75*s.page.Height && l.Baseline > bottoms[s]-1 && (!beginsLabel(*l) || pageNumber(l.text)) && s.apart(*l):
				visit(l, true) // above a wide margin
			}
		}
	}
	for _, s := range d.pages {
		here := map[key]bool{}
		edges(s, func(l *line, foot bool) {
			if k := (key{pattern(l.text), foot}); !here[k] && len(seen[k]) < mostHeights {
				here[k] = true
				seen[k] = append(seen[k], l.Baseline)
			}
		})
	}
	need := max(2, len(d.pages)/8)
	if len(d.pages) > 2 {
		need = max(need, 3)
	}
	for _, s := range d.pages {
		top, bottom := extremes(s)
		edges(s, func(l *line, foot bool) {
			kind := cite.ZoneHeader
			if foot {
				kind = cite.ZoneFooter
			}
			p := pattern(l.text)
			few := need
			if len(p) >= longHead && l.kind == "" && !caption(*l) && s.apart(*l) && (!foot && often(l, foot) > 1 || foot && strings.HasSuffix(p, "#") && !strings.HasPrefix(p, "#")) {
				few = 2 // so much text, apart, at one height on two pages is no chance
			}
			outer := !foot && l.Box.Y0 <= top+4*l.Size || foot && l.Box.Y1 >= bottom-4*l.Size
			if len(l.Runs) > 1 && l.Runs[0].Size < 0.8*l.Size && lone(l.Runs[0].Text) {
				return // a note: "92 Trial Judgement, para. 545." stands on many pages
			}
			if often(l, foot) >= min(few, mostHeights/2) && len(p) < 160 && outer || outer && pageNumber(l.text) && (foot || len(d.pages) > 1) || foot && figures(l) {
				l.kind = kind
			}
		})
		s.besideNumber(func(l *line, foot bool) bool { return often(l, foot) > 1 })
	}
}

// besideNumber marks what stands level with a running head or, at the foot,
// with a page's number: a section's name changes from page to page. It keeps
// off the text, or two pages have the same.
func (s *sheet) besideNumber(repeats func(l *line, foot bool) bool) {
	for i, n := range s.lines {
		if n.kind != cite.ZoneHeader && (n.kind != cite.ZoneFooter || !pageNumber(n.text)) {
			continue
		}
		for k := range s.lines { // on a page of columns they may be far apart
			l := &s.lines[k]
			if k != i && (l.kind == "" || l.kind == cite.ZoneHeading) && math.Abs(l.Baseline-n.Baseline) < 1 && len(l.text) < 100 && (s.apart(*l) || repeats(l, n.kind == cite.ZoneFooter)) {
				l.kind = n.kind
			}
		}
	}
}

// apart tells whether a line keeps off the lines above and below it by more
// than those of a paragraph do.
func (s *sheet) apart(l line) bool {
	for _, o := range s.lines {
		if d := math.Abs(o.Baseline - l.Baseline); d > 0.5*l.Size && d < 1.7*l.Size && o.Box.X0 < l.Box.X1 && o.Box.X1 > l.Box.X0 {
			return false
		}
	}
	return true
}

// lowNumber tells whether line i is a number that stands alone below all else
// of its page: that of a small page set on a large sheet.
func (s *sheet) lowNumber(i int) bool {
	l := s.lines[i]
	if l.Box.Y1 < 0.6*s.page.Height || !pageNumber(l.text) {
		return false
	}
	for k, o := range s.lines {
		if k != i && o.Baseline > l.Baseline-2*l.Size {
			return false
		}
	}
	return true
}

// extremes are the top and the bottom of what stands on a page.
func extremes(s *sheet) (top, bottom float64) {
	top, bottom = math.MaxFloat64, 0
	for _, l := range s.lines {
		top, bottom = min(top, l.Box.Y0), max(bottom, l.Box.Y1)
	}
	return top, bottom
}

// pattern folds digits, so that "Page 3 of 9" repeats.
func pattern(s string) string {
	var b strings.Builder
	in := false
	for _, r := range s {
		if unicode.IsDigit(r) {
			if !in {
				b.WriteByte('#')
			}
			in = true
			continue
		}
		in = false
		if !unicode.IsSpace(r) {
			b.WriteRune(unicode.ToLower(r))
		}
	}
	return b.String()
}

// pageOf is a page number with the words that stand beside it: "Page 2 of 9",
// "- 3 -", "стр. 4", "12 | Policy Paper".
var pageOf = regexp.MustCompile(`(?i)^(?:page|p\.|pág\.?|página|pagina|seite|s\.|стр\.|страница)?\s*[-–—|•·\[( ]*(?:\d{1,4}|[ivxlc]{1,6})[-–—|•·\]) ]*(?:(?:of|de|sur|von|di|из|/)\s*\d{1,4})?$`)

// pageNumber tells whether a line is nothing but one.
func pageNumber(s string) bool {
	return pageOf.MatchString(strings.TrimSpace(s))
}

// noNotes takes back the small print at the foot of pages that is no notes:
// quotations. It has no label and no rule above, where all the report's notes
// at the foot of pages have a rule, or the report has none there.
func (d *document) noNotes() {
	type block struct {
		sheet          int
		first, end     int
		labelled, rule bool
	}
	var blocks []block
	labelled, ruled := 0, 0
	for p, s := range d.pages {
		for i := 0; i < len(s.lines); i++ {
			if s.lines[i].kind != cite.ZoneNotes || i == 0 || s.lines[i-1].kind != "" {
				continue // a list of notes, not what stands below text
			}
			b := block{sheet: p, first: i, rule: s.parted(s.lines[i-1], s.lines[i])}
			for ; i < len(s.lines) && s.lines[i].kind == cite.ZoneNotes; i++ {
				l := s.lines[i]
				b.labelled = b.labelled || beginsLabel(l) || counted(l.Runs[0].Text) || tagged(l) || s.page.OCR
			}
			b.end = i
			blocks = append(blocks, b)
			if b.labelled {
				labelled++
				if b.rule {
					ruled++
				}
			}
		}
	}
	if ruled < labelled {
		return
	}
	for _, b := range blocks {
		if b.labelled || b.rule {
			continue
		}
		s := d.pages[b.sheet]
		for i := b.first; i < b.end; i++ {
			s.lines[i].kind = ""
		}
		for i := b.end; i < len(s.lines) && s.lines[i].kind == cite.ZoneFooter && math.Abs(s.lines[i].Size-d.body) < 0.05*d.body && !pageNumber(s.lines[i].text); i++ {
			s.lines[i].kind = "" // text below a quotation
		}
	}
}

// parted tells whether a rule lies between two lines.
func (s *sheet) parted(above, l line) bool {
	return slices.ContainsFunc(s.page.Rules, func(r cite.Rect) bool {
		return horizontal(r) && r.Y0 > above.Baseline && r.Y0 < l.Baseline && r.X0 < l.Box.X1 && r.X1 > l.Box.X0
	})
}

// jobLine is the foot of a UN document's first page: job number, language,
// date of printing, bar code; and the "/..." of older ones.
var jobLine = regexp.MustCompile(`^(?:Please recycle.{0,4}|(?:[A-Z]{1,3}\.\s?)?\d{2}-\d{5}(?:\s*\([A-Z]\))?(?:\s+\d{6})?(?:\s+\d{6})?|\*?\d{6,8}\*?|/\.\.\.|/…)$`)

func figures(l *line) bool { return jobLine.MatchString(l.text) }

// zones cuts a page's lines into zones.
func (s *sheet) zones(body float64) []cite.Zone {
	s.headings()
	var out []cite.Zone
	var last *line
	for i := range s.lines {
		l := &s.lines[i]
		kind := l.kind
		if kind == "" {
			kind = s.classify(*l, body)
		}
		if last == nil || out[len(out)-1].Kind != kind || kind == cite.ZoneHeading || breaks(*last, *l) {
			out = append(out, cite.Zone{Page: s.page.Number, Kind: kind, OCR: s.page.OCR})
		}
		z := &out[len(out)-1]
		z.Lines = append(z.Lines, l.Line)
		z.Box = z.Box.Union(l.Box)
		last = l
	}
	for i := range out {
		out[i].Lines = slices.Clone(out[i].Lines) // without the room to grow
	}
	return out
}

// breaks tells whether a new column or block begins with b.
func breaks(a, b line) bool {
	return b.Baseline < a.Baseline-2 || b.Box.X0 > a.Box.X1 || b.Box.X1 < a.Box.X0
}

func (s *sheet) classify(l line, body float64) cite.ZoneKind {
	heading := 0
	for _, r := range l.Runs {
		if r.Role == "H" || r.Size > 1.12*body || r.Bold {
			heading += len(r.Text)
		}
		switch r.Role {
		case "TD", "TH":
			return cite.ZoneTable
		case "TOC":
			return cite.ZoneContents
		case "Caption":
			return cite.ZoneCaption
		}
	}
	if heading*10 > len(l.text)*8 && len(l.text) < 200 && !strings.Contains(l.text, "://") {
		return cite.ZoneHeading
	}
	return cite.ZoneBody
}

// footnotes marks the notes at the foot of each column: the last lines of a
// column that are set smaller than the text, or stand below a short rule.
func (s *sheet) footnotes(body float64) {
	// Where tags name the notes of a page they are all of them: geometry
	// takes tables and captions for more.
	if slices.ContainsFunc(s.lines, tagged) {
		low := 0.0 // the lowest line of running text
		small := false
		for _, l := range s.lines {
			switch in := tagged(l); {
			case in:
				small = small || l.Size <= smaller*body
			case l.kind == "" && l.Size > smaller*body:
				low = max(low, l.Baseline)
			}
		}
		for i, l := range s.lines {
			// Among small notes, what looks like text and has text below it
			// is tagged wrongly.
			if tagged(l) && (!small || l.Size <= smaller*body || l.Baseline > low) {
				s.lines[i].kind = cite.ZoneNotes
			}
		}
		return
	}
	s.besides(body)
	for _, col := range s.columns() {
		s.footOf(col, body)
	}
}

// besides marks the notes in a page's margin: small print that stands beside
// all of the text and begins with a raised label.
func (s *sheet) besides(body float64) {
	var left, right []float64
	for _, l := range s.lines {
		if l.kind == "" && l.Size > smaller*body && l.Box.W() > 10*body {
			left, right = append(left, l.Box.X0), append(right, l.Box.X1)
		}
	}
	if len(left) < 5 {
		return
	}
	lo, hi := slices.Min(left), slices.Max(right)
	last := -1
	for i, l := range s.lines {
		if l.kind != "" || l.Size > smaller*body || l.Box.X0 < hi+0.5*body && l.Box.X1 > lo-0.5*body {
			continue
		}
		goesOn := last >= 0 && math.Abs(s.lines[last].Box.X0-l.Box.X0) < 2*body && l.Baseline > s.lines[last].Baseline && l.Baseline-s.lines[last].Baseline < 1.6*l.Size
		if goesOn || startsNote(l.Runs) {
			s.lines[i].kind, last = cite.ZoneNotes, i
		}
	}
}

// columns are runs of lines, by index, that stand below one another; running
// heads left out.
func (s *sheet) columns() [][]int {
	var out [][]int
	var box cite.Rect // of the column so far
	two := s.twoColumns()
	left := s.left()
	for i, l := range s.lines {
		if l.kind == cite.ZoneHeader || l.kind == cite.ZoneFooter || l.kind == cite.ZoneNotes {
			continue // notes so far are those in the margin
		}
		if n := len(out); n > 0 {
			prev := s.lines[out[n-1][len(out[n-1])-1]]
			under := l.Box.X0 < box.X1+1 && l.Box.X1 > box.X0-1
			if !under && !two && len(out[n-1]) < 4 { // short lines at the top stand anywhere
				under = math.Abs(l.Baseline-prev.Baseline) < 3*body(l, prev) && l.Box.X0 >= left-2
			}
			if l.Baseline >= prev.Baseline-2 && under {
				out[n-1] = append(out[n-1], i)
				box = box.Union(l.Box)
				continue
			}
		}
		out = append(out, []int{i})
		box = l.Box
	}
	return out
}

func body(a, b line) float64 { return max(a.Size, b.Size) }

func (s *sheet) left() float64 {
	x := math.MaxFloat64
	for _, l := range s.lines {
		x = min(x, l.Box.X0)
	}
	return x
}

func (s *sheet) twoColumns() bool {
	for i := 1; i < len(s.lines); i++ {
		if s.lines[i].Baseline < s.lines[i-1].Baseline-50 {
			return true
		}
	}
	return false
}

// smaller is how much smaller than the text notes are set, at least.
const smaller = 0.95

// footOf marks the notes of one column: the small lines at its foot, with
// whatever larger lines stand below them (a job number, a bar code), and all
// below a footnote rule.
func (s *sheet) footOf(col []int, size float64) {
	if f := s.float(col, size); f < len(col) && f > 0 {
		if above := col[:f]; s.lines[above[f-1]].Size <= smaller*size {
			for _, i := range col[f:] {
				if s.lines[i].kind == "" {
					s.lines[i].kind = cite.ZoneTable
				}
			}
			col = above
		}
	}
	end := len(col)
	// Below the notes of a first page may stand lines that are no notes and
	// no running foot either.
	for k := end - 1; k >= max(0, end-5); k-- {
		l := s.lines[col[k]]
		if l.Size <= smaller*size || l.Box.Y0 < 0.85*s.page.Height || l.Size > 1.15*size && strings.ContainsFunc(l.text, unicode.IsLower) { // or a heading
			break
		}
		if k > 0 && s.lines[col[k-1]].Size <= smaller*size || k > 0 && s.lines[col[k-1]].Box.Y0 >= 0.85*s.page.Height {
			end = k
		}
	}
	if end < len(col) && (end == 0 || s.lines[col[end-1]].Size > smaller*size || s.runningText(col, end, size)) {
		end = len(col) // nothing small above, or text goes on below it: it was no foot
	}
	start := end
	for k := end - 1; k >= 0; k-- {
		l := s.lines[col[k]]
		if l.kind == cite.ZoneHeading || l.kind == cite.ZoneTable || l.kind == cite.ZoneCaption {
			break
		}
		if l.Size > smaller*size {
			if s.page.OCR && k > 0 && s.lines[col[k-1]].Size <= smaller*size {
				continue // recognition errs in the size of a line now and then
			}
			break
		}
		start = k
	}
	start = s.belowQuotation(col, start, end)
	if r, ok := s.separator(col); ok && r < end {
		if r < start {
			all := true
			for k := r; k < end; k++ {
				if s.lines[col[k]].Size > 1.02*size {
					all = false
				}
			}
			if all {
				start = r
			}
		} else {
			start = r
		}
	}
	if start == end && end > 0 {
		start = s.sameSize(col, end)
	}
	for k := start; k < end; k++ {
		if l := &s.lines[col[k]]; l.kind != cite.ZoneTable {
			l.kind = cite.ZoneNotes
		}
	}
	for k := end; k < len(col); k++ {
		s.lines[col[k]].kind = cite.ZoneFooter
	}
}

// runningText tells whether the lines of a column from the given one on are
// text: two of them or more fill it.
func (s *sheet) runningText(col []int, from int, size float64) bool {
	var box cite.Rect
	for _, i := range col {
		box = box.Union(s.lines[i].Box)
	}
	full := 0
	for _, i := range col[from:] {
		if l := s.lines[i]; l.Box.W() > 0.8*box.W() && math.Abs(l.Size-size) < 0.05*size {
			full++
		}
	}
	return full >= 2
}

// belowQuotation is where, of the small lines from start on, the notes begin:
// a quotation set apart, smaller than the text too, may stand right above
// them. It is larger than the notes, or a rule parts it from them, and they
// begin with a label after a gap.
func (s *sheet) belowQuotation(col []int, start, end int) int {
	for k := start + 1; k < end; k++ {
		l, above := s.lines[col[k]], s.lines[col[k-1]]
		if gap := l.Baseline - above.Baseline; gap < 1.7*above.Size || !beginsLabel(l) {
			if beginsLabel(above) {
				return start // notes already
			}
			continue
		}
		if beginsLabel(s.lines[col[start]]) {
			return start
		}
		if s.parted(above, l) || above.Size > 1.03*l.Size {
			return k
		}
	}
	return start
}

// beginsLabel tells whether a line begins as a numbered note does.
func beginsLabel(l line) bool {
	word, _, _ := strings.Cut(l.Runs[0].Text, " ")
	return lone(word)
}

// underlines tells whether a rule is drawn under words: it hangs close below
// their baseline, where a note's rule keeps off.
func (s *sheet) underlines(r cite.Rect, col []int) bool {
	for _, i := range col {
		l := s.lines[i]
		if d := r.Y0 - l.Baseline; d > -1 && d < 0.32*l.Size && l.Box.X0 < r.X1 && l.Box.X1 > r.X0 {
			return true
		}
	}
	return false
}

// sameSize is where, at the foot of a column, notes begin that are set in the
// size of the text with no rule above: at a line that begins with a raised
// number, parted from the line above by more than a line's space.
func (s *sheet) sameSize(col []int, end int) int {
	start := end
	for k := end - 1; k > 0; k-- {
		l, above := s.lines[col[k]], s.lines[col[k-1]]
		if l.Baseline < 0.35*s.page.Height || len(l.Runs) < 2 {
			break
		}
		first := l.Runs[0]
		raised := first.Size < 0.8*l.Size && first.Baseline < l.Baseline-0.1*l.Size && strings.Trim(first.Text, "0123456789") == ""
		if raised && l.Baseline-above.Baseline > 1.45*l.Size {
			start = k
		}
		if l.Size > 1.05*s.lines[col[end-1]].Size {
			break
		}
	}
	return start
}

// tagged tells whether most of a line lies in a Note element.
func tagged(l line) bool {
	in, n := 0, 0
	for _, r := range l.Runs {
		n += len(r.Text)
		if r.Elem > 0 && (r.Role == "Note" || r.Role == "Lbl") {
			in += len(r.Text)
		}
	}
	return in*2 > n
}

// horizontal tells whether a rule may be one above notes.
func horizontal(r cite.Rect) bool {
	return r.H() <= 20 && (r.H() <= 3 || r.H() <= r.W()/4) && r.W() >= 20
}

// bordered tells whether a rule is a border of a table: another of the same
// width stands shortly above it.
func (s *sheet) bordered(r cite.Rect) bool {
	return slices.ContainsFunc(s.page.Rules, func(o cite.Rect) bool {
		return horizontal(o) && o.Y0 < r.Y0-6 && o.Y0 > r.Y0-0.4*s.page.Height && math.Abs(o.X0-r.X0) < 2 && math.Abs(o.X1-r.X1) < 2
	})
}

// separator is the place in col of the first line below a footnote rule: a
// horizontal rule in the lower part of the page that begins at the column's
// left edge and is shorter than the column, with nothing but small text
// below it.
func (s *sheet) separator(col []int) (int, bool) {
	var own, box cite.Rect
	for _, i := range col {
		own = own.Union(s.lines[i].Box)
	}
	for _, l := range s.lines { // a lone note may be all of its column
		if l.Box.X0 < own.X1 && l.Box.X1 > own.X0 && l.kind != cite.ZoneHeader && l.kind != cite.ZoneFooter {
			box = box.Union(l.Box)
		}
	}
	for _, r := range s.page.Rules {
		if !horizontal(r) || s.bordered(r) || r.W() > 0.9*box.W() || math.Abs(r.X0-box.X0) > 6 && math.Abs(r.X0-own.X0) > 6 || r.Y0 < 0.2*s.page.Height {
			continue
		}
		if s.underlines(r, col) || r.X1 < own.X0+1 || r.X0 > own.X1-1 {
			continue // under a word, or another column's
		}
		for k, i := range col {
			if s.lines[i].Box.Y0 > r.Y0-2 {
				if s.lines[i].kind == cite.ZoneTable {
					break // a border between its rows
				}
				return k, true
			}
		}
	}
	return 0, false
}
