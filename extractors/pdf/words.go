package pdf

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"citecheck/pipeline/cite"
)

// Hyphens beside the common one.
const (
	lineHyphen = 0x02 // PDFium's mark for one at the end of a line
	softHyphen = 0xAD
	hyphen     = 0x2010
	hardHyphen = 0x2011
)

// runs joins the glyphs of a page to words, as the page is shown.
func (p *pageReader) runs(v view) []cite.Run {
	compose(p.glyphs, p.styles)
	if p.lastLen == 0 {
		p.lastLen = 64
	}
	w := wordMaker{p: p, v: v, runs: make([]cite.Run, 0, p.lastLen+p.lastLen/4)}
	w.dirs = make([]direction, len(p.styles))
	for i, s := range p.styles {
		dx, dy := v.direction(s.dx, s.dy)
		if q, ok := quarter(dx, dy); ok {
			dx, dy = [4]float64{1, 0, -1, 0}[q], [4]float64{0, 1, 0, -1}[q]
		}
		w.dirs[i] = direction{dx, dy, degrees(dx, dy)}
	}
	p.text = p.text[:0]
	for i := range p.glyphs {
		w.add(&p.glyphs[i])
	}
	w.flush(false, true)
	w.cutTexts()
	mistrust(w.runs)
	p.lastLen = len(w.runs)
	return w.runs
}

// mistrust takes back the role Artifact where it covers most of a page's text:
// no page is all running heads, and some writers mark all that they place so.
func mistrust(runs []cite.Run) {
	all, artifacts := 0, 0
	for i := range runs {
		all += len(runs[i].Text)
		if runs[i].Role == "Artifact" {
			artifacts += len(runs[i].Text)
		}
	}
	if artifacts*2 <= all || artifacts < 200 { // a page number alone on its page is one
		return
	}
	for i := range runs {
		if runs[i].Role == "Artifact" {
			runs[i].Role = ""
		}
	}
}

// direction is how a style's text runs on the page as shown.
type direction struct {
	dx, dy float64
	angle  int
}

// along and across are a point's coordinates in the direction of writing and
// at right angles to it, downwards.
func (d direction) along(x, y float64) float64  { return x*d.dx + y*d.dy }
func (d direction) across(x, y float64) float64 { return -x*d.dy + y*d.dx }

// wordMaker joins glyphs to runs. The texts of all runs lie one behind the
// other in p.text and are cut out at the end: one allocation a page.
type wordMaker struct {
	p    *pageReader
	v    view
	dirs []direction
	runs []cite.Run

	open        bool // a run is being made: the following belong to it
	style, tag  int32
	box         cite.Rect
	base        float64    // across
	from, to    float64    // along
	last        [2]float64 // from and to of the last glyph
	gap         float64    // before the last glyph, within the run
	start       int        // in p.text
	ends        []int      // of each run's text in p.text
	mixed       bool       // not all letters are of a script written from right to left
	letters     bool       // one of that script came
	forward     int        // how many of them stand to the right of the one before, less the others
	at          float64    // where the last glyph begins, along
	cuts        []int      // where the letters begin in p.text
	xs          []float64  // where they stand
	raised      bool       // its signs are raised by their character, not by their place
	space, line bool       // white space, or the end of a line, came after the last glyph
	guessed     bool       // PDFium saw white space after the last glyph, and none is printed
	hyphen      bool       // the last glyph is a hyphen that may be a line's
}

// A gap wider than wordGap of the size parts words even where PDFium saw no
// white space, unless the letters are spaced out and the gap before was like
// it; wideGap always does. A step back further than backStep starts anew.
const (
	wordGap  = 0.25
	wideGap  = 0.6
	seenGap  = 0.18 // a gap seen as white space between two runs of one line
	noGap    = 0.04 // no white space, whatever PDFium says
	backStep = 0.6
	sameBase = 0.06 // baselines of one run differ by less, as part of the size
	sameLine = 0.75 // baselines of one line, raised markers included
)

func (w *wordMaker) add(g *glyph) {
	switch {
	case g.style < 0:
		switch g.r {
		case 0: // taken out
		case '\n', '\r':
			w.line = true
		default:
			w.guessed = true
		}
		return
	case unicode.IsSpace(g.r):
		w.space = true
		return
	case g.r != lineHyphen && unwanted(g.r):
		return
	}
	box := w.v.rect(float64(g.x0), float64(g.y0), float64(g.x1), float64(g.y1))
	if !w.v.onPage(box) {
		return // also where a coordinate is no number
	}
	d := w.dirs[g.style]
	size := w.p.styles[g.style].size
	if g.r == softHyphen && g.x1-g.x0 < float32(0.02*size) {
		return // one that nobody sees
	}
	ox, oy := w.v.point(float64(g.ox), float64(g.oy))
	base := d.across(ox, oy)
	from, to := span(d, box)
	// The letters of a ligature all have its box.
	ligature := w.open && w.last == [2]float64{from, to} && g.style == w.style && !w.space && !w.guessed && !w.line
	w.last = [2]float64{from, to}
	if w.open && !ligature {
		gap := max(from-w.to, w.from-to) // how far the glyph lies from the run, either way
		old := w.p.styles[w.style].size
		big := max(size, old)
		inLine := d.angle == w.dirs[w.style].angle && math.Abs(base-w.base) < sameLine*big && gap > -backStep*big
		ahead := inLine && (from >= w.from || rightToLeft(g.r))
		// White space that PDFium guessed must be seen to be believed.
		// Letters may overlap by the writer's spacing, so the gap before counts.
		w.space = w.space || w.guessed && !(ahead && gap < min(0, w.gap)+noGap*min(size, old))
		if w.space || w.line || w.hyphen && !ahead || g.style != w.style || g.tag != w.tag || raisedSign(g.r) != 0 != w.raised ||
			math.Abs(base-w.base) > sameBase*size+0.1 || gap > wideGap*size || gap < -backStep*size ||
			gap > wordGap*size && w.gap < 0.6*gap {
			w.flush(ahead && (w.space || gap > seenGap*min(size, old)), !ahead)
		}
		w.gap = gap
	}
	if !w.open {
		w.open, w.style, w.tag = true, g.style, g.tag
		w.box, w.base, w.from, w.to = box, base, from, to
		w.start = len(w.p.text)
		w.gap, w.raised = 0, raisedSign(g.r) != 0
		w.mixed, w.letters, w.forward, w.cuts, w.xs = false, false, 0, w.cuts[:0], w.xs[:0]
	}
	w.box = w.box.Union(box)
	w.from, w.to = min(w.from, from), max(w.to, to)
	w.space, w.line, w.guessed = false, false, false
	w.hyphen = g.r == lineHyphen || g.r == softHyphen || g.r == hyphen && w.afterLetter()
	w.follow(g.r, from)
	w.p.text = appendRune(w.p.text, g.r)
	if g.mark != 0 {
		w.p.text = utf8.AppendRune(w.p.text, g.mark)
	}
}

// afterLetter tells whether the run so far ends in a letter.
func (w *wordMaker) afterLetter() bool {
	r, _ := utf8.DecodeLastRune(w.p.text[w.start:])
	return unicode.IsLetter(r)
}

// follow keeps in mind which way the letters of a word go. A stop or a
// bracket goes with them.
func (w *wordMaker) follow(r rune, from float64) {
	switch {
	case w.mixed, unicode.Is(unicode.Mn, r): // a mark goes with its letter
		return
	case rightToLeft(r):
		switch {
		case w.letters && from > w.at:
			w.forward++
		case w.letters:
			w.forward--
		}
		w.letters, w.at = true, from
	case unicode.IsLetter(r) || unicode.IsDigit(r):
		w.mixed = true
		return
	}
	w.cuts, w.xs = append(w.cuts, len(w.p.text)), append(w.xs, from)
}

// turn puts the letters of a word of a script written from right to left in
// the order in which they are read, where the file draws them from the left
// and PDFium left it at that.
func (w *wordMaker) turn() {
	if w.mixed || w.forward <= 0 || len(w.cuts) < 2 {
		return
	}
	word := w.p.text[w.start:]
	turned := make([]byte, 0, len(word))
	w.cuts[0] = w.start // a mark before the first letter stays with it
	order := make([]int, len(w.cuts))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(w.xs[b], w.xs[a]) })
	for _, i := range order {
		end := len(w.p.text)
		if i+1 < len(w.cuts) {
			end = w.cuts[i+1]
		}
		turned = append(turned, w.p.text[w.cuts[i]:end]...)
	}
	copy(word, turned)
}

// flush ends the run that is being made; space tells whether white space
// follows on the line, broken whether the line ends here.
func (w *wordMaker) flush(space, broken bool) {
	if !w.open {
		return
	}
	w.open = false
	w.turn()
	text := w.p.text[w.start:]
	if !ascii(text) && !norm.NFC.IsNormal(text) {
		w.p.text = append(w.p.text[:w.start], norm.NFC.Bytes(text)...)
	}
	s, d := w.p.styles[w.style], w.dirs[w.style]
	run := cite.Run{
		Box: w.v.clip(w.box), Baseline: hundredth(w.base), Size: s.size, Font: s.font,
		Bold: s.bold, Italic: s.italic, Hidden: s.hidden, Space: space, Hyphen: w.hyphen && broken,
		Angle: d.angle, Role: w.p.tags[w.tag].role, Elem: w.p.tags[w.tag].elem,
	}
	if w.raised {
		run.Size, run.Baseline = hundredth(raisedSize*run.Size), hundredth(run.Baseline-raisedBy*run.Size)
	}
	if d.angle != 0 {
		run.Baseline = run.Box.Y1
	}
	w.runs = append(w.runs, run)
	w.ends = append(w.ends, len(w.p.text))
}

// cutTexts gives the runs their texts, which share one string.
func (w *wordMaker) cutTexts() {
	all := string(w.p.text)
	start := 0
	for i, end := range w.ends {
		w.runs[i].Text = all[start:end]
		start = end
	}
}

// span is where a box begins and ends in the direction of writing.
func span(d direction, b cite.Rect) (from, to float64) {
	if d.angle == 0 {
		return b.X0, b.X1
	}
	from, to = math.Inf(1), math.Inf(-1)
	for _, x := range [2]float64{b.X0, b.X1} {
		for _, y := range [2]float64{b.Y0, b.Y1} {
			a := d.along(x, y)
			from, to = min(from, a), max(to, a)
		}
	}
	return from, to
}

// appendRune appends a glyph's character as a person reads it.
func appendRune(text []byte, r rune) []byte {
	switch {
	case r < utf8.RuneSelf && r >= ' ':
		return append(text, byte(r))
	case r == lineHyphen, r == softHyphen, r == hyphen, r == hardHyphen:
		return append(text, '-')
	case r >= 0xFB00 && r <= 0xFDFF, r >= 0xFE70 && r <= 0xFEFC:
		// Ligatures and the shaped forms of Arabic: their letters.
		return append(text, norm.NFKC.String(string(r))...)
	case raisedSign(r) != 0:
		return append(text, raisedSign(r))
	case r == 0x2217:
		return append(text, '*') // TeX's star, an operator of mathematics
	case r == 0xF0B7:
		return append(text, "•"...) // the bullet of Symbol, where it was not mapped
	}
	return utf8.AppendRune(text, r)
}

// Superior figures of a font are characters of their own ("¹", "2ⁿᵈ"), set on
// the baseline in the size of the text. They are read as what they look like:
// signs of this part of the size, raised by this part of it.
const raisedSize, raisedBy = 0.6, 0.35

// raisedSign is the digit or letter that a superior one shows; 0 for any other
// character.
func raisedSign(r rune) byte {
	switch {
	case r == '¹':
		return '1'
	case r == '²' || r == '³':
		return byte('2' + r - '²')
	case r == '⁰' || r >= '⁴' && r <= '⁹':
		return byte('0' + r - '⁰')
	case r >= 0x2B0 && r < 0x2C0 || r >= 0x1D40 && r < 0x1D60 || r == 'ⁿ':
		if s := norm.NFKC.String(string(r)); len(s) == 1 {
			return s[0] // the letters of ordinals
		}
	}
	return 0
}

// unwanted tells characters that nobody sees: controls, marks of direction
// and of joining, and what is no character.
func unwanted(r rune) bool {
	switch {
	case r < ' ', r == 0x7F, r >= 0x80 && r < 0xA0:
		return true
	case r == 0x200B, r == 0x200E, r == 0x200F, r >= 0x202A && r <= 0x202E, r >= 0x2060 && r <= 0x2064, r >= 0x2066 && r <= 0x206F, r == 0xFEFF:
		return true
	case r&0xFFFE == 0xFFFE, r >= 0xD800 && r < 0xE000, r > unicode.MaxRune:
		return true
	}
	return false
}

// rightToLeft tells letters of Hebrew, Arabic and their kin.
func rightToLeft(r rune) bool {
	return r >= 0x590 && r < 0x900 || r >= 0xFB1D && r <= 0xFDFF || r >= 0xFE70 && r <= 0xFEFC
}

func ascii(b []byte) bool {
	for _, c := range b {
		if c >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// accents are the spacing accents that TeX's old fonts put over a letter as a
// glyph of its own, with the combining mark that each stands for.
var accents = map[rune]rune{
	'`': 0x300, '´': 0x301, 'ˊ': 0x301, 'ˋ': 0x300, 'ˆ': 0x302, '^': 0x302, '˜': 0x303, '~': 0x303, '¯': 0x304, 'ˉ': 0x304,
	'˘': 0x306, '˙': 0x307, '¨': 0x308, '˚': 0x30A, '˝': 0x30B, 'ˇ': 0x30C, '¸': 0x327, '˛': 0x328,
}

// compose joins each spacing accent to the letter that it is printed over:
// the next one, or for marks set afterwards the one before. The accent, and
// white space that PDFium saw between the two, are taken out.
func compose(glyphs []glyph, styles []style) {
	for i := range glyphs {
		a := &glyphs[i]
		if a.style < 0 || a.r > 0x2DD {
			continue
		}
		mark, ok := accents[a.r]
		if !ok {
			continue
		}
		j, step := neighbour(glyphs, i, 1), 1
		if j < 0 || !over(a, &glyphs[j], styles) {
			j, step = neighbour(glyphs, i, -1), -1
		}
		if j < 0 || !over(a, &glyphs[j], styles) {
			moved(glyphs, i, mark, styles)
			continue
		}
		base := &glyphs[j]
		base.r, base.mark = join(base.r, mark)
		for k := i; k != j; k += step {
			glyphs[k].style, glyphs[k].r = -1, 0
		}
		if step > 0 {
			// White space before an accent is PDFium's guess from its odd
			// place; the letter's own place decides.
			for k := i - 1; k >= 0 && glyphs[k].style < 0; k-- {
				if glyphs[k].r == ' ' {
					glyphs[k].r = 0
				}
			}
		}
	}
}

// farAccent is how many glyphs an accent may stand away from its letter: those
// of a long line.
const farAccent = 300

// moved joins an accent to its letter by place alone. One over a capital is
// raised, and PDFium puts what is raised behind the rest of its line.
func moved(glyphs []glyph, i int, mark rune, styles []style) {
	a := &glyphs[i]
	best, most := -1, float32(0)
	for j := max(0, i-farAccent); j < min(len(glyphs), i+farAccent); j++ {
		b := &glyphs[j]
		if j == i || b.style < 0 || !over(a, b, styles) {
			continue
		}
		if o := float32(min(a.x1, b.x1) - max(a.x0, b.x0)); o > most {
			best, most = j, o
		}
	}
	if best < 0 {
		return
	}
	base := &glyphs[best]
	base.r, base.mark = join(base.r, mark)
	a.style, a.r = -1, 0
}

// neighbour is the next glyph that is printed, at most one piece of white
// space away; -1 for none.
func neighbour(glyphs []glyph, i, step int) int {
	for j, n := i+step, 0; j >= 0 && j < len(glyphs) && n < 3; j, n = j+step, n+1 {
		if glyphs[j].style >= 0 && glyphs[j].r > ' ' {
			return j
		}
	}
	return -1
}

// over tells whether accent a is printed over letter b.
func over(a, b *glyph, styles []style) bool {
	if !unicode.IsLetter(b.r) || b.mark != 0 {
		return false
	}
	overlap := min(a.x1, b.x1) - max(a.x0, b.x0)
	width := min(a.x1-a.x0, b.x1-b.x0)
	if !(overlap > 0.5*width) {
		return false
	}
	return math.Abs(float64(a.oy-b.oy)) < 0.5*styles[b.style].size
}

// join is letter r with a combining mark, in one character where there is
// one.
func join(r, mark rune) (rune, rune) {
	switch r {
	case 'ı':
		r = 'i'
	case 'ȷ':
		r = 'j'
	}
	s := norm.NFC.String(string([]rune{r, mark}))
	if utf8.RuneCountInString(s) == 1 {
		c, _ := utf8.DecodeRuneInString(s)
		return c, 0
	}
	return r, mark
}

// clean is a string of the file made fit to show: valid, NFC, without
// controls, white space folded.
func clean(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case unwanted(r), r == utf8.RuneError:
			return -1
		}
		return r
	}, s)
	return norm.NFC.String(strings.Join(strings.Fields(s), " "))
}
