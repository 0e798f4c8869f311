package pdf

import (
	"bytes"
	"cmp"
	"encoding/xml"
	"errors"
	"image"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"citecheck/pipeline/cite"
)

// recognize fills page with the words that read sees on its picture. Readers
// of characters lose about half of all raised digits or take them for other
// signs: marks that stand raised are found in the picture itself, and shown
// to the reader a second time, large and alone.
func recognize(picture *image.Gray, dpi int, read Recognizer, page *cite.Page) error {
	picture = straightened(picture)
	hocr, err := read(picture, dpi, false)
	if err != nil {
		return err
	}
	lines, err := parseHOCR(hocr)
	if err != nil {
		return err
	}
	page.OCR = true
	measure(lines)
	dropUpright(lines)
	blobs := findBlobs(picture)
	marks := raisedMarks(lines, blobs)
	if err := readMarks(marks, blobs, dpi, read); err != nil {
		return err
	}
	for k := range marks {
		if m := &marks[k]; m.text == "" {
			m.text = lines[m.line].digitsAt(m.box, len(m.blobs))
		}
	}
	lost := lostLabels(lines, blobs)
	if err := readMarks(lost, blobs, dpi, read); err != nil {
		return err
	}
	for _, m := range lost {
		lines[m.line].prepend(m)
	}
	scale := 72 / float64(dpi)
	v := view{w: page.Width, h: page.Height}
	for i := range lines {
		page.Runs = append(page.Runs, lines[i].runs(marks, i, scale, v)...)
	}
	for _, b := range blobs.all {
		w, h := float64(b.x1-b.x0)*scale, float64(b.y1-b.y0)*scale
		if w >= 36 && h <= thin && w > 12*h { // half an inch: the rule above notes
			page.Rules = append(page.Rules, v.clip(cite.Rect{X0: float64(b.x0) * scale, Y0: float64(b.y0) * scale, X1: float64(b.x1) * scale, Y1: float64(b.y1) * scale}))
		}
	}
	return nil
}

// pixels is a box in the picture.
type pixels struct{ x0, y0, x1, y1 int }

func (p pixels) middle() int { return (p.x0 + p.x1) / 2 }

func (p pixels) union(q pixels) pixels {
	return pixels{min(p.x0, q.x0), min(p.y0, q.y0), max(p.x1, q.x1), max(p.y1, q.y1)}
}

// A seenLine is a line as the reader saw it.
type seenLine struct {
	box    pixels
	slope  float64 // of the baseline
	offset float64 // of the baseline at the left end, from the box's bottom
	size   float64 // of the font, in pixels
	words  []seenWord
}

type seenWord struct {
	box   pixels
	sure  int // of 100
	chars []seenChar
}

type seenChar struct {
	box  pixels
	text string
}

// baseline is the height of the baseline at x.
func (l *seenLine) baseline(x float64) float64 {
	return float64(l.box.y1) + l.offset + l.slope*(x-float64(l.box.x0))
}

// fontShare is what ascenders, small letters and descenders together are of
// the size of a font.
const fontShare = 0.92

// maxSeen characters of a page.
const maxSeen = 100_000

// parseHOCR reads what tesseract writes: lines with their baselines, words,
// characters with their boxes.
func parseHOCR(hocr []byte) (lines []seenLine, err error) {
	d := xml.NewDecoder(bytes.NewReader(hocr))
	d.Strict = false
	d.Entity = xml.HTMLEntity
	var char *seenChar
	chars := 0
	for {
		token, err := d.RawToken()
		if err == io.EOF {
			return lines, nil
		}
		if err != nil {
			return nil, errors.New("its answer cannot be followed")
		}
		switch t := token.(type) {
		case xml.StartElement:
			char = nil
			class, title := attribute(t, "class"), properties(attribute(t, "title"))
			switch {
			case title["baseline"] != nil:
				lines = append(lines, lineOf(title))
			case len(lines) == 0:
			case class == "ocrx_word":
				l := &lines[len(lines)-1]
				l.words = append(l.words, seenWord{box: boxOf(title["bbox"]), sure: int(at(title["x_wconf"], 0))})
			case class == "ocrx_cinfo":
				l := &lines[len(lines)-1]
				if chars++; len(l.words) == 0 || chars > maxSeen {
					break
				}
				w := &l.words[len(l.words)-1]
				w.chars = append(w.chars, seenChar{box: boxOf(title["x_bboxes"])})
				char = &w.chars[len(w.chars)-1]
			}
		case xml.CharData:
			if char != nil {
				char.text += clean(string(t))
			}
		case xml.EndElement:
			char = nil
		}
	}
}

func lineOf(title map[string][]float64) seenLine {
	return seenLine{box: boxOf(title["bbox"]), slope: at(title["baseline"], 0), offset: at(title["baseline"], 1), size: at(title["x_size"], 0) / fontShare}
}

func attribute(t xml.StartElement, name string) string {
	for _, a := range t.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// properties reads a title such as "bbox 1 2 3 4; x_wconf 95".
func properties(title string) map[string][]float64 {
	p := map[string][]float64{}
	for part := range strings.SplitSeq(title, ";") {
		fields := strings.Fields(part)
		if len(fields) < 2 {
			continue
		}
		for _, f := range fields[1:] {
			x, err := strconv.ParseFloat(f, 64)
			if err != nil || math.IsNaN(x) || math.Abs(x) > 1e6 {
				break
			}
			p[fields[0]] = append(p[fields[0]], x)
		}
	}
	return p
}

func at(values []float64, i int) float64 {
	if i >= len(values) {
		return 0
	}
	return values[i]
}

func boxOf(v []float64) pixels {
	return pixels{int(at(v, 0)), int(at(v, 1)), int(at(v, 2)), int(at(v, 3))}
}

// measure makes the sizes of lines comparable. The reader's own measure of a
// line grows with every raised mark in it, so the height of its small letters
// is taken, in the proportion that the two have on the page as a whole; and
// lines of nearly one size become one size.
func measure(lines []seenLine) {
	small := make([]float64, len(lines)) // height of small letters, 0 where too few are seen
	var proportions []float64
	for i := range lines {
		l := &lines[i]
		heights := l.heights("acemnorsuvwxz")
		if len(heights) >= 4 {
			small[i] = median(heights)
		}
		if small[i] > 0 && l.size > 0 {
			proportions = append(proportions, l.size/small[i])
		}
	}
	if len(proportions) == 0 {
		return
	}
	proportion := median(proportions)
	for i := range lines {
		if small[i] > 0 {
			lines[i].size = small[i] * proportion
		}
	}
	measureTall(lines, small)
	order := make([]int, len(lines))
	for i := range lines {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(lines[a].size, lines[b].size) })
	const step, most = 1.04, 1.12 // between neighbours of one size, and over all
	for i := 0; i < len(order); {
		j := i + 1
		for j < len(order) && lines[order[j]].size <= step*lines[order[j-1]].size && lines[order[j]].size <= most*lines[order[i]].size {
			j++
		}
		middle := lines[order[(i+j)/2]].size
		for _, k := range order[i:j] {
			lines[k].size = middle
		}
		i = j
	}
}

// heights are those of the line's letters that are among some, over the baseline.
func (l *seenLine) heights(some string) (out []float64) {
	for _, w := range l.words {
		for _, c := range w.chars {
			if len(c.text) == 1 && strings.Contains(some, c.text) {
				out = append(out, l.baseline(float64(c.box.x0))-float64(c.box.y0))
			}
		}
	}
	return out
}

// measureTall measures the lines with too few small letters ("S/PV.8298,
// p. 3.") by their capitals and digits, in the proportion of the other lines.
func measureTall(lines []seenLine, small []float64) {
	tall := make([]float64, len(lines))
	var proportions []float64
	for i := range lines {
		l := &lines[i]
		heights := l.heights("ABDEFGHIKLMNPRSTUVXYZ0123456789")
		if len(heights) >= 3 {
			tall[i] = median(heights)
			if small[i] > 0 && tall[i] > 0 {
				proportions = append(proportions, l.size/tall[i])
			}
		}
	}
	if len(proportions) == 0 {
		return
	}
	proportion := median(proportions)
	for i := range lines {
		if small[i] == 0 && tall[i] > 0 {
			lines[i].size = tall[i] * proportion
		}
	}
}

func median(values []float64) float64 {
	slices.Sort(values)
	return values[len(values)/2]
}

// A raised is a mark that stands raised on a line.
type raised struct {
	line  int
	box   pixels
	blobs []int
	text  string // as the second look read it; "" when it is nothing of use
	// replaces tells that it takes the place of characters of the first look.
	replaces bool
}

func (m raised) middle() int { return m.box.middle() }

// raisedMarks finds what stands as raised digits do: smaller than a digit of
// the line and above its baseline, but no quotation mark and no dot of an i.
func raisedMarks(lines []seenLine, blobs blobs) (marks []raised) {
	for i := range lines {
		l := &lines[i]
		if l.size < 8 { // nothing of that size can be read
			continue
		}
		var found []int
		for _, b := range blobs.near(l.box) {
			box := blobs.all[b]
			w, h := float64(box.x1-box.x0)/l.size, float64(box.y1-box.y0)/l.size
			base := l.baseline(float64(box.x0))
			bottom, top := (base-float64(box.y1))/l.size, (base-float64(box.y0))/l.size
			if dotted(blobs, l, box) {
				continue
			}
			if box.y1-box.y0 <= enlarged && h >= 0.34 && h <= 0.62 && w >= 0.06 && w <= 0.5 && bottom >= 0.17 && top >= 0.55 && top <= 1.2 {
				found = append(found, b)
			}
		}
		slices.SortFunc(found, func(a, b int) int { return blobs.all[a].x0 - blobs.all[b].x0 })
		for _, b := range found {
			box := blobs.all[b]
			if n := len(marks); n > 0 && marks[n-1].line == i && float64(box.x0-marks[n-1].box.x1) < 0.2*l.size {
				m := &marks[n-1]
				m.blobs = append(m.blobs, b)
				m.box = m.box.union(box)
				continue
			}
			marks = append(marks, raised{line: i, box: box, blobs: []int{b}})
		}
	}
	// A note's number has three digits at most.
	return slices.DeleteFunc(marks, func(m raised) bool { return len(m.blobs) > 3 || lines[m.line].apostrophe(m.box) })
}

// dropUpright takes out what the reader took for a word much higher than its
// line, or for one of a line far from it: the labels of notes that stand one
// below the other.
func dropUpright(lines []seenLine) {
	var sizes []float64
	for i := range lines {
		sizes = append(sizes, lines[i].size)
	}
	if len(sizes) == 0 {
		return
	}
	slices.Sort(sizes)
	usual := sizes[len(sizes)/2] // an upright line's own measure is its length
	for i := range lines {
		l := &lines[i]
		l.words = slices.DeleteFunc(l.words, func(w seenWord) bool {
			off := 0.0
			if len(w.chars) > 0 {
				box := w.chars[0].box
				for _, c := range w.chars[1:] {
					box = box.union(c.box)
				}
				off = l.baseline(float64(box.middle())) - float64(box.y1)
			}
			return l.size > 0 && (float64(w.box.y1-w.box.y0) > 3*min(l.size, usual) && w.box.y1-w.box.y0 > 2*(w.box.x1-w.box.x0) || math.Abs(off) > 1.5*max(l.size, usual))
		})
	}
}

// lostLabels finds what stands as digits do before the first character of a
// line, level or raised, and was not read: the reader drops the number of
// "1. See".
func lostLabels(lines []seenLine, blobs blobs) (marks []raised) {
	var seen []pixels
	for _, l := range lines {
		for _, w := range l.words {
			seen = append(seen, w.box)
		}
	}
	for i := range lines {
		l := &lines[i]
		if l.size < 8 || len(l.words) == 0 || len(l.words[0].chars) == 0 {
			continue
		}
		left := l.words[0].chars[0].box.x0
		around := l.box
		around.x0 = left - int(mostBefore*l.size)
		m := raised{line: i}
		for _, b := range blobs.near(around) {
			box := blobs.all[b]
			w, h := float64(box.x1-box.x0)/l.size, float64(box.y1-box.y0)/l.size
			up := (l.baseline(float64(box.x0)) - float64(box.y1)) / l.size // of a label that hangs raised
			if box.x1 > left+2 || h < 0.3 || h > 0.85 || up < -0.12 || up > 0.6 || (h < 0.5) != (up > 0.12) || w < 0.06 || w > 0.6 ||
				slices.ContainsFunc(seen, func(s pixels) bool { return s.x0 < box.x1 && s.x1 > box.x0 && s.y0 < box.y1 && s.y1 > box.y0 }) {
				continue
			}
			if len(m.blobs) == 0 {
				m.box = box
			}
			m.blobs, m.box = append(m.blobs, b), m.box.union(box)
		}
		if n := len(m.blobs); n == 0 || n > 3 || float64(m.box.x1-m.box.x0) > 1.9*l.size {
			continue
		}
		slices.SortFunc(m.blobs, func(a, b int) int { return blobs.all[a].x0 - blobs.all[b].x0 })
		marks = append(marks, m)
	}
	return marks
}

// mostBefore is how far before its line a label may stand, in sizes.
const mostBefore = 4

// prepend puts a label before the first word of its line, or to it where
// nothing but its own stop parts them.
func (l *seenLine) prepend(m raised) {
	if m.text == "" {
		return
	}
	first := &l.words[0]
	c := seenChar{box: m.box, text: m.text}
	if float64(first.chars[0].box.x0-m.box.x1) < 0.4*l.size && strings.Contains(".)", first.chars[0].text) {
		first.chars = slices.Insert(first.chars, 0, c)
		first.box = first.box.union(m.box)
		return
	}
	l.words = slices.Insert(l.words, 0, seenWord{box: m.box, sure: 50, chars: []seenChar{c}})
}

// dotted tells whether a dot stands below a blob, at the baseline: it is the
// upper part of a question or exclamation mark.
func dotted(blobs blobs, l *seenLine, box pixels) bool {
	for _, b := range blobs.near(l.box) {
		dot := blobs.all[b]
		w, h := float64(dot.x1-dot.x0), float64(dot.y1-dot.y0)
		base := l.baseline(float64(dot.x0))
		if h < 0.25*l.size && w < 0.25*l.size && w < 2*h && dot.y0 > box.y1 && math.Abs(base-float64(dot.y1)) < 0.1*l.size && dot.middle() >= box.x0 && dot.middle() <= box.x1 {
			return true
		}
	}
	return false
}

// apostrophe tells whether what stands there was read as an apostrophe within
// a word.
func (l *seenLine) apostrophe(there pixels) bool {
	for _, w := range l.words {
		for i := 1; i+1 < len(w.chars); i++ {
			c := w.chars[i]
			if x := c.box.middle(); x >= there.x0-1 && x <= there.x1+1 && strings.Contains("’'‘", c.text) &&
				strings.ContainsFunc(w.chars[i-1].text, unicode.IsLetter) && strings.ContainsFunc(w.chars[i+1].text, unicode.IsLetter) {
				return true
			}
		}
	}
	return false
}

const (
	// enlarged is the height in pixels at which single digits are read well.
	enlarged = 64
	// maxMarks on one page are looked at a second time: more is a drawing.
	maxMarks = 150
	// marksAtOnce stand in the one line that the reader is shown.
	marksAtOnce = 15
)

// readMarks shows the marks to the reader a second time, several in a line
// with wide gaps; what it saw nothing in once more, between marks that it read.
func readMarks(marks []raised, blobs blobs, dpi int, read Recognizer) error {
	if len(marks) > maxMarks {
		return nil
	}
	var good, unread []int
	for i := 0; i < len(marks); i += marksAtOnce {
		some := marks[i:min(i+marksAtOnce, len(marks))]
		texts, err := lookAgain(some, blobs, dpi, read)
		if err != nil {
			return err
		}
		for k, text := range texts {
			if text = onlyDigits(text, len(some[k].blobs)); isMark(text) {
				some[k].text = text
				good = append(good, i+k)
			} else if text == "" {
				unread = append(unread, i+k)
			}
		}
	}
	unread = slices.DeleteFunc(unread, func(k int) bool {
		if stroke(marks, good, k) {
			marks[k].text = "1"
		}
		return marks[k].text != ""
	})
	if len(unread) == 0 || len(good) == 0 {
		return nil
	}
	unread = unread[:min(len(unread), marksAtOnce-2)]
	some := []raised{marks[good[0]]}
	for _, k := range unread {
		some = append(some, marks[k])
	}
	texts, err := lookAgain(append(some, marks[good[len(good)-1]]), blobs, dpi, read)
	if err != nil {
		return err
	}
	for i, k := range unread {
		if text := onlyDigits(texts[i+1], len(marks[k].blobs)); isMark(text) {
			marks[k].text = text
		}
	}
	return nil
}

// lookAgain is what the reader sees in marks that stand in a line, large and
// alone.
func lookAgain(marks []raised, blobs blobs, dpi int, read Recognizer) ([]string, error) {
	texts := make([]string, len(marks))
	picture, places := blobs.lineUp(marks)
	hocr, err := read(picture, dpi, true)
	if err != nil {
		return nil, err
	}
	lines, err := parseHOCR(hocr)
	if err != nil {
		return nil, err
	}
	for _, l := range lines {
		for _, w := range l.words {
			for _, c := range w.chars {
				for k, p := range places {
					if x := c.box.middle(); x >= p.x0 && x <= p.x1 {
						texts[k] += c.text
					}
				}
			}
		}
	}
	return texts, nil
}

// stroke tells whether mark k is a 1: an upright stroke as high as the digits
// that were read. Alone it is no character to the reader.
func stroke(marks []raised, good []int, k int) bool {
	m := marks[k]
	h, w := float64(m.box.y1-m.box.y0), float64(m.box.x1-m.box.x0)
	return len(m.blobs) == 1 && w > 0.15*h && w < 0.5*h && slices.ContainsFunc(good, func(g int) bool {
		return math.Abs(float64(marks[g].box.y1-marks[g].box.y0)-h) < 0.15*h
	})
}

// onlyDigits leaves out the letters among so many digits as a mark has parts:
// an 8 is read as "s8".
func onlyDigits(s string, parts int) string {
	digits := strings.Trim(s, "thsndr")
	if len(digits) == parts && isMark(digits) {
		return digits
	}
	return s
}

// isMark tells texts that may be a note's mark.
func isMark(s string) bool {
	if s == "*" || s == "**" || s == "***" {
		return true
	}
	n, err := strconv.Atoi(s)
	return err == nil && n > 0 && len(s) <= 3 && s[0] != '0'
}

// runs are the words of line i, with its marks as runs of their own.
func (l *seenLine) runs(marks []raised, i int, scale float64, v view) (runs []cite.Run) {
	var mine []raised
	for _, m := range marks {
		if m.line == i && m.text != "" {
			mine = append(mine, m)
		}
	}
	owner := l.owners(mine)
	end := 0 // of the last run, in pixels
	add := func(r cite.Run, box pixels, space bool) {
		if n := len(runs); n > 0 {
			runs[n-1].Space = space
		}
		runs, end = append(runs, r), box.x1
	}
	next := 0
	mark := func() {
		m := mine[next]
		next++
		height := float64(m.box.y1 - m.box.y0)
		// A digit's height is about two thirds of its size. A mark belongs to
		// what it follows, if it is at all near.
		add(cite.Run{Text: m.text, Box: v.clip(points(m.box, scale)), Baseline: hundredth(float64(m.box.y1) * scale),
			Size: hundredth(height / 0.68 * scale)}, m.box, float64(m.box.x0-end) > 0.4*l.size)
	}
	for wi, w := range l.words {
		var text strings.Builder
		var box pixels
		whole := true // no mark parts the word
		word := func() {
			if s := norm.NFC.String(text.String()); s != "" && (w.sure >= 20 || strings.ContainsFunc(s, isLetterOrDigit)) {
				add(cite.Run{Text: s, Box: v.clip(points(box, scale)), Baseline: hundredth(l.baseline(float64(box.x0)) * scale),
					Size: hundredth(l.size * scale)}, box, whole || float64(box.x0-end) > 0.15*l.size)
				whole = false
			}
			text.Reset()
			box = pixels{}
		}
		for ci, c := range w.chars {
			own := owner[[2]int{wi, ci}]
			for next < len(mine) && (own > next || own == 0 && !mine[next].replaces && mine[next].middle() < c.box.middle()) {
				word()
				mark()
				whole = whole && ci == 0 && own == 0
			}
			if own > 0 {
				continue // the second look knows better
			}
			if box == (pixels{}) {
				box = c.box
			}
			box = box.union(c.box)
			text.WriteString(c.text)
		}
		word()
	}
	for next < len(mine) {
		mark()
	}
	if n := len(runs); n > 0 {
		last := &runs[n-1]
		stem, ok := strings.CutSuffix(last.Text, "-")
		r, _ := utf8.DecodeLastRuneInString(stem)
		last.Hyphen = ok && unicode.IsLetter(r)
	}
	return runs
}

// owners finds for each mark the characters that the first look took it for:
// by word and character the number of the mark, from 1. The boxes of
// characters are rough: where more stand over a mark than it has digits, the
// first ones, if they are punctuation, are the sentence's own.
func (l *seenLine) owners(marks []raised) map[[2]int]int {
	owner := map[[2]int]int{}
	for k := range marks {
		m := &marks[k]
		var over [][2]int
		for wi, w := range l.words {
			for ci, c := range w.chars {
				if x := c.box.middle(); x >= m.box.x0-1 && x <= m.box.x1+1 {
					over = append(over, [2]int{wi, ci})
				}
			}
		}
		for len(over) > len(m.text) && strings.ContainsAny(l.words[over[0][0]].chars[over[0][1]].text, ".,;:!?)]’”\"'") {
			over = over[1:]
		}
		for _, at := range over {
			owner[at] = k + 1
			m.replaces = true
		}
	}
	return owner
}

// digitsAt are the digits that the first look saw at a place, if it saw
// nothing else there and as many as the mark has parts.
func (l *seenLine) digitsAt(there pixels, parts int) string {
	var out strings.Builder
	for _, w := range l.words {
		for _, c := range w.chars {
			if x := c.box.middle(); x >= there.x0-1 && x <= there.x1+1 {
				out.WriteString(c.text)
			}
		}
	}
	if s := out.String(); len(s) == parts && isMark(s) {
		return s
	}
	return ""
}

func isLetterOrDigit(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// points is a box of the picture on the page.
func points(p pixels, scale float64) cite.Rect {
	return cite.Rect{X0: float64(p.x0) * scale, Y0: float64(p.y0) * scale, X1: float64(p.x1) * scale, Y1: float64(p.y1) * scale}
}
