package undoc

import (
	"math"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"citecheck/pipeline/cite"
)

// part says what a line is.
type part int

const (
	body    part = iota
	heading      // or looks like one
	running      // head or foot of a page, job number, "/..."
	note         // of a footnote or endnote
	table
)

// line is one line of text with where it stands and what it is.
type line struct {
	text   string
	page   int
	part   part
	x0, x1 float64
	y      float64
	size   float64
	bold   bool
	marked bool    // begins with a raised marker
	indent float64 // from its column's left margin
	opens  bool    // begins a block: more than a line's distance above it
	turns  bool    // the first of its page or column
}

// linesOf are a document's lines in reading order. The zones' kinds are a
// hint: what a UN document's note, running head and heading is, its own habits
// tell better.
func linesOf(zones []cite.Zone, pages []cite.Page) []line {
	size := bodySize(zones)
	height := map[int]float64{}
	for _, p := range pages {
		height[p.Number] = p.Height
	}
	var out []line
	for _, z := range zones {
		zone := lineParts(z, size)
		for i := range zone {
			l := &zone[i]
			h := height[l.page]
			if h <= 0 {
				h = 792 // letter
			}
			if l.part != note && runs(*l, h) {
				l.part = running
			}
			if n := len(out); n > 0 && i == 0 && joins(out[n-1], *l) {
				last := &out[n-1]
				last.text += " " + l.text
				last.x1, last.bold = max(last.x1, l.x1), last.bold && l.bold
				continue
			}
			out = append(out, *l)
		}
	}
	runningHeads(out, height)
	measure(out)
	return out
}

// runningHeads marks the heads of pages that their zones did not tell: what
// stands beside one that was told, or stands at the head of another page too.
func runningHeads(lines []line, height map[int]float64) {
	head := func(l line) bool {
		h := height[l.page]
		if h <= 0 {
			h = 792
		}
		return l.page > 1 && l.y < 0.11*h && len(l.text) < 160
	}
	seen := map[string]int{}
	beside := map[int][]float64{}
	for _, l := range lines {
		if head(l) {
			seen[l.text]++
			if l.part == running {
				beside[l.page] = append(beside[l.page], l.y)
			}
		}
	}
	for i := range lines {
		l := &lines[i]
		if l.part != running && head(*l) && (seen[l.text] > 1 || slices.ContainsFunc(beside[l.page], func(y float64) bool { return math.Abs(y-l.y) < 3 })) {
			l.part = running
		}
	}
}

// bodySize is the size of most of the text.
func bodySize(zones []cite.Zone) float64 {
	count := map[float64]int{}
	for _, z := range zones {
		for _, l := range z.Lines {
			for _, r := range l.Runs {
				count[math.Round(l.Size*2)/2] += len(r.Text)
			}
		}
	}
	best := 0.0
	for s, n := range count {
		if n > count[best] || n == count[best] && s > best {
			best = s
		}
	}
	return best
}

var noteMark = regexp.MustCompile(`^(?:\d{1,3}/|[a-z]/|\*{1,3})\s*\S`)

// lineParts are the lines of one zone.
func lineParts(z cite.Zone, size float64) []line {
	var out []line
	for _, l := range z.Lines {
		text, bold, marked := lineText(l)
		if text == "" || len([]rune(text)) == 1 && !unicode.IsDigit([]rune(text)[0]) {
			continue // a mark in the margin
		}
		x := line{text: text, page: z.Page, x0: l.Box.X0, x1: l.Box.X1, y: l.Baseline, size: l.Size, bold: bold, marked: marked}
		if x.x0 == 0 && len(l.Runs) > 0 {
			x.x0, x.x1 = l.Runs[0].Box.X0, l.Runs[len(l.Runs)-1].Box.X1
		}
		switch z.Kind {
		case cite.ZoneHeading:
			if x.part = heading; !bold && x.size < 1.05*size {
				x.part = body // set as the text is: its place and words must tell
			}
		case cite.ZoneHeader, cite.ZoneFooter:
			x.part = running
		case cite.ZoneTable, cite.ZoneContents, cite.ZoneCaption:
			x.part = table
		case cite.ZoneNotes, cite.ZoneEndnotes:
			x.part = note
		}
		out = append(out, x)
	}
	if len(out) == 0 {
		return nil
	}
	// A zone taken for notes that is set like the text and opens with no
	// marker is text; so is a table that opens with a paragraph's number.
	first := out[0]
	like := first.size > 0.93*size
	opens := numbered.FindStringSubmatch(first.text)
	inNote, text := false, false
	for i := range out {
		// Text that stands below a figure's or a page's small print, in one
		// zone with it or taken for a page's foot.
		if out[i].size > 0.93*size {
			text = text || numbered.MatchString(out[i].text) && len(out[i].text) > 40
			if text && (out[i].part == note || out[i].part == running) || out[i].part == running && z.Kind == cite.ZoneFooter && len(out[i].text) > 60 {
				out[i].part = body
			}
		} else {
			text = false
		}
		// A note at the foot of a zone of text: small, behind a raised marker.
		small := out[i].size < 0.93*size
		inNote = small && (inNote || out[i].marked)
		switch {
		case out[i].part == body && inNote:
			out[i].part = note
		case out[i].part == note && like && !first.marked && !noteMark.MatchString(first.text):
			out[i].part = body
		case out[i].part == table && like && opens != nil && len(first.text) > 50:
			out[i].part = body
		}
	}
	return out
}

// lineText is a line's text without raised note markers.
func lineText(l cite.Line) (text string, bold, marked bool) {
	var b strings.Builder
	bold = len(l.Runs) > 0
	for i, r := range l.Runs {
		if raised(r, l) {
			if i == 0 {
				marked = true
				continue
			}
			if r.Space && !l.Runs[i-1].Space {
				b.WriteByte(' ')
			}
			continue
		}
		b.WriteString(r.Text)
		if r.Space && i+1 < len(l.Runs) {
			b.WriteByte(' ')
		}
		bold = bold && r.Bold
	}
	text = strings.Join(strings.Fields(norm.NFC.String(strings.ReplaceAll(b.String(), "\u00ad", ""))), " ")
	if text = strings.TrimSpace(ornament.ReplaceAllString(text, "")); text == "" {
		return "", false, false
	}
	return spaced.Replace(text), bold, marked
}

// ornament is what is drawn with characters: the dashes below a document's
// end, a bar code's marks.
var ornament = regexp.MustCompile("[`_=~]{3,}|^[-–—_*. ]{3,}$")

// spaced mends what the letter-spacing of mastheads does: "S /RES/2423",
// "The Security Council ,".
var spaced = strings.NewReplacer("A /", "A/", "S /", "S/", "E /", "E/", "T /", "T/", " ,", ",", " ;", ";")

// raised tells whether a run is a note's marker: small, and nothing but
// digits, one letter, or stars.
func raised(r cite.Run, l cite.Line) bool {
	if r.Size >= 0.8*l.Size || r.Size <= 0 {
		return false
	}
	t := strings.TrimSpace(r.Text)
	return strings.Trim(t, "0123456789,–-*†‡ ") == "" || len(t) == 1 && unicode.IsLetter(rune(t[0])) && r.Baseline < l.Baseline-1
}

// joins tells whether b goes on where a ends, on the same line.
func joins(a, b line) bool {
	return a.page == b.page && math.Abs(a.y-b.y) <= 2.5 && b.x0 >= a.x1-2 && b.x0-a.x1 < 4*max(a.size, 6) && a.part != note && b.part != note &&
		(a.part == running) == (b.part == running)
}

var (
	jobText  = regexp.MustCompile(`^(?:GE\.|V\.|N|LC/|ECE/|HV\.|BBB\.)?\d{2}-\d{5}\b|^\*\d{6,9}\*$|^\*{0,2}\d{7}\*$|^N\d{7}\b|^\d{2}-\d{5}\s*\([EFSRAC]\)`)
	turnText = regexp.MustCompile(`^[/|Il1]\s?\.\s?\.\s?\.$|^\.\s?\.\s?\.$|^/\.\.$`)
	headText = regexp.MustCompile(`(?i)^(?:english|français|french|español|spanish|anglais|original: english)$|^page \d{1,3}$|^página \d{1,3}$`)
	pageText = regexp.MustCompile(`^(?:\d{1,3}|\d{1,3}/\d{1,3}|[ivxl]{1,6}|-\s?\d{1,3}\s?-)$`)
	dateCode = regexp.MustCompile(`^(?:\d{6}\s?)+$`)
)

// runs tells whether a line belongs to the head or the foot of its page.
func runs(l line, height float64) bool {
	if l.part == running {
		return true
	}
	foot, head := l.y > 0.88*height, l.y < 0.11*height
	switch {
	case l.y > 0.8*height && jobText.MatchString(l.text):
		return true
	case turnText.MatchString(l.text) && l.y > 0.6*height:
		return true
	case foot && (jobText.MatchString(l.text) || pageText.MatchString(l.text) || dateCode.MatchString(l.text) || strings.HasPrefix(strings.ToLower(l.text), "please recycle")):
		return true
	case head && l.page > 1 && (headText.MatchString(l.text) || pageText.MatchString(l.text)):
		return true
	case head && l.page > 1 && len(l.text) < 60:
		_, err := cite.ParseJoint(strings.TrimRight(strings.ReplaceAll(l.text, " ", ""), "*"))
		return err == nil
	}
	return false
}

// measure gives each line its place in its column and tells which lines begin
// a block.
func measure(lines []line) {
	for i := 0; i < len(lines); {
		j := i
		for j < len(lines) && lines[j].page == lines[i].page {
			j++
		}
		indentPage(lines[i:j])
		i = j
	}
	pitch := pitchOf(lines)
	prev := -1
	for i := range lines {
		l := &lines[i]
		if l.part == running || l.part == note {
			continue
		}
		if prev < 0 || lines[prev].page != l.page || l.y < lines[prev].y-2 {
			l.turns = true
		} else if dy := l.y - lines[prev].y; dy > 1.3*pitch {
			l.opens = true
		}
		prev = i
	}
}

// indentPage measures how far lines stand from the margin of their column.
func indentPage(lines []line) {
	var text []line
	right := 0.0
	for _, l := range lines {
		if l.part == body || l.part == heading {
			text = append(text, l)
			right = max(right, l.x1)
		}
	}
	left := margin(long(text), math.Inf(-1))
	second := math.Inf(1)
	if mid := (left + right) / 2; columns(text, mid) {
		second = margin(text, mid-8)
		left = margin(text, math.Inf(-1))
	}
	for i := range lines {
		m := left
		if lines[i].x0 >= second-6 {
			m = second
		}
		lines[i].indent = lines[i].x0 - m
	}
}

// long are the lines that fill most of the measure, where there are some: a
// masthead stands further out than the text below it.
func long(lines []line) []line {
	widest := 0.0
	for _, l := range lines {
		widest = max(widest, l.x1-l.x0)
	}
	out := slices.DeleteFunc(slices.Clone(lines), func(l line) bool { return l.x1-l.x0 < 0.7*widest || l.part != body })
	if len(out) < 4 {
		return lines
	}
	return out
}

// columns tells whether text stands in two columns: few lines cross the
// middle, and several begin to the right of it.
func columns(lines []line, mid float64) bool {
	cross, after := 0, 0
	for _, l := range lines {
		switch {
		case l.x0 >= mid-8:
			after++
		case l.x1 > mid+12 && l.part == body:
			cross++
		}
	}
	return after >= 5 && cross*4 < len(lines)
}

// margin is the leftmost place right of from at which many lines begin.
func margin(lines []line, from float64) float64 {
	count := map[float64]int{}
	n := 0
	for _, l := range lines {
		if l.x0 > from {
			count[math.Round(l.x0/3)]++
			n++
		}
	}
	best := math.Inf(1)
	for x, c := range count {
		if c+count[x+1] >= max(2, n/6) && x*3 < best {
			best = x * 3
		}
	}
	if math.IsInf(best, 1) {
		for _, l := range lines {
			if l.x0 > from {
				best = min(best, l.x0)
			}
		}
	}
	return best
}

// pitchOf is the usual distance of two lines of the text.
func pitchOf(lines []line) float64 {
	count := map[float64]int{}
	for i := 1; i < len(lines); i++ {
		a, b := lines[i-1], lines[i]
		if dy := b.y - a.y; a.page == b.page && a.part == body && b.part == body && dy > 4 && dy < 40 {
			count[math.Round(dy)]++
		}
	}
	best := 12.0
	for d, n := range count {
		if n > count[best] || n == count[best] && d < best {
			best = d
		}
	}
	return best
}

// vocabulary is the words that stand whole within a line.
func vocabulary(lines []line) map[string]bool {
	out := map[string]bool{}
	for _, l := range lines {
		f := strings.Fields(l.text)
		for i, w := range f {
			w = strings.ToLower(strings.TrimFunc(w, func(r rune) bool { return !unicode.IsLetter(r) && r != '-' }))
			if i+1 < len(f) || !strings.HasSuffix(w, "-") {
				out[w] = true
				for _, p := range strings.Split(w, "-") {
					out[p] = true
				}
			}
		}
	}
	return out
}

// tidy joins lines to running text. A word that a line end broke is made
// whole, unless its hyphen is its own: "confidence-building" stands elsewhere
// in the document, or both its halves are words.
func (r *reader) tidy(lines []string) string {
	var out []string
	for i, l := range lines {
		if i > 0 {
			before := &out[len(out)-1]
			if left, right := lastWord(*before), firstWord(l); left != "" && right != "" && !suspended[right] {
				if !r.hyphenated(left, right) {
					*before = strings.TrimSuffix(*before, "-")
				}
			} else {
				out = append(out, " ")
			}
		}
		out = append(out, l)
	}
	return strings.TrimSpace(strings.Join(out, ""))
}

// suspended are the words after a hyphen that stands for a word to come:
// "short- and long-term".
var suspended = map[string]bool{"and": true, "or": true, "to": true, "et": true, "ou": true, "y": true, "o": true}

func (r *reader) hyphenated(left, right string) bool {
	whole, dashed := strings.ToLower(left+right), strings.ToLower(left+"-"+right)
	switch {
	case !unicode.IsLower([]rune(right)[0]):
		return true // "Secretary-General", "Al-Qaida"
	case r.words[dashed]:
		return true
	case r.words[whole]:
		return false
	}
	return len(left) > 2 && len(right) > 3 && r.words[strings.ToLower(left)] && r.words[strings.ToLower(right)]
}

// lastWord is the word before a hyphen that ends a line, "" without one.
func lastWord(s string) string {
	s, ok := strings.CutSuffix(s, "-")
	if !ok {
		return ""
	}
	i := strings.LastIndexFunc(s, func(r rune) bool { return !unicode.IsLetter(r) })
	return s[i+1:]
}

func firstWord(s string) string {
	i := strings.IndexFunc(s, func(r rune) bool { return !unicode.IsLetter(r) })
	if i < 0 {
		return s
	}
	return s[:i]
}

// ofPage are the lines of one page.
func ofPage(lines []line, page int) []line {
	return slices.DeleteFunc(slices.Clone(lines), func(l line) bool { return l.page != page })
}
