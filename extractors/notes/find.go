package notes

import (
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"citecheck/pipeline/cite"
)

// Find recovers running text and notes from the zones of a PDF of so many
// pages.
func Find(zones []cite.Zone, pages int) cite.Text {
	text, _ := Trace(zones, pages)
	return text
}

// Trace is [Find] that also tells where it saw markers and labels.
func Trace(zones []cite.Zone, pages int) (cite.Text, []cite.Spot) {
	f := &finder{zones: sideBySide(zones), text: cite.Text{Pages: pages}, compounds: compounds(zones)}
	f.findNotes()
	f.raiseLevel()
	f.findBody()
	return f.text, f.spots
}

// sideBySide puts the zones of a report in two columns that are two texts, an
// original and its translation with notes of its own, into the order of
// reading: the one text, then the other. It is told by the labels: on each
// page those of the left column come again in the right one, in their order and
// with few others.
func sideBySide(zones []cite.Zone) []cite.Zone {
	right := make([]bool, len(zones))
	shared, all, pages := 0, 0, 0
	for i := 0; i < len(zones); {
		j := i
		var box cite.Rect
		for ; j < len(zones) && zones[j].Page == zones[i].Page; j++ {
			box = box.Union(zones[j].Box)
		}
		middle := (box.X0 + box.X1) / 2
		var seen [2][]string
		for k := i; k < j; k++ {
			side := 0
			if zones[k].Box.X0 >= middle-0.03*box.W() {
				right[k], side = true, 1
			}
			if zones[k].Kind != cite.ZoneNotes {
				continue
			}
			for _, l := range zones[k].Lines {
				if label, _ := leading(l); label != "" {
					seen[side] = append(seen[side], label)
				}
			}
		}
		if len(seen[0]) > 0 && len(seen[1]) > 0 {
			again := inCommon(seen[0], seen[1])
			shared, all = shared+again, all+max(len(seen[0]), len(seen[1]))
			if again > 0 {
				pages++
			}
		}
		i = j
	}
	if pages < 2 || shared*10 < all*6 {
		return zones
	}
	var left, other []cite.Zone
	for i, z := range zones {
		if right[i] {
			other = append(other, z)
		} else {
			left = append(left, z)
		}
	}
	return append(left, other...)
}

// inCommon is how many labels two columns have in common, in the same order.
func inCommon(a, b []string) int {
	a, b = a[:min(len(a), mostLabels)], b[:min(len(b), mostLabels)]
	best := make([]int, len(b)+1)
	for _, x := range a {
		diagonal := 0
		for j, y := range b {
			above := best[j+1]
			if x == y {
				best[j+1] = diagonal + 1
			} else {
				best[j+1] = max(above, best[j])
			}
			diagonal = above
		}
	}
	return best[len(b)]
}

// mostLabels bounds how many labels of a column are compared.
const mostLabels = 200

type finder struct {
	zones  []cite.Zone
	text   cite.Text
	notes  []*rawNote
	labels map[string]bool
	top    int // the highest of those that are numbers
	// brackets tells that markers are set level, as [5].
	brackets     bool
	endAt        map[int]bool    // zones that hold endnotes
	raisedLabels map[string]bool // labels that stand raised in the text
	works        map[string]bool // labels of a list of works
	uncalled     map[string]bool // labels with more notes than markers that are certain
	lastMark     int             // the last marker of the text that is a number
	spots        []cite.Spot
	compounds    map[string]bool // words with a hyphen of their own
}

// rawNote is a note that grows line by line.
type rawNote struct {
	label string
	place cite.Placement
	pages []int
	ocr   bool
	b     builder
	marks []cite.Mark // of notes that this one calls
}

// line adds a line; a raised number of a note, not this one's own, calls it.
func (n *rawNote) line(l cite.Line, page int, known map[string]bool) {
	n.b.before = len(n.b.out)
	from := 0
	for k := 1; k < len(l.Runs); k++ {
		r, before := l.Runs[k], l.Runs[k-1]
		own, _ := strconv.Atoi(n.label)
		v, err := strconv.Atoi(r.Text)
		if err != nil || !known[r.Text] || v <= own || v > own+40 || r.Size > 0.85*l.Size || r.Baseline > l.Baseline-0.1*l.Size || before.Space || unicode.IsDigit(lastRune(before.Text)) {
			continue
		}
		n.b.runs(l.Runs[from:k], page)
		n.marks = append(n.marks, cite.Mark{At: n.b.len(), Label: r.Text})
		n.b.pending = r.Space
		from = k + 1
	}
	n.b.runs(l.Runs[from:], page)
	n.b.endLine()
}

// candidate is a line that may begin a note.
type candidate struct {
	zone, line int
	label      string
	n          int // of a label that counts, -1 for others
	system     system
	glued      bool // no space parts it from the text: "2http://", taken only if the one before is there
	raised     bool
	tagged     bool // a new Note element begins with it
	within     bool // the line above it leaves a sentence open
	rest       []cite.Run
	run        int // of the line, where the note does not begin with it
	place      cite.Placement
	chain      int  // endnotes of each list are a chain of their own
	bracketed  bool // [5]: where notes have no brackets, of a list of works
}

func (f *finder) findNotes() {
	f.labels, f.endAt = map[string]bool{}, map[int]bool{}
	starts, inner := map[[2]int]candidate{}, map[[2]int][]candidate{}
	for _, c := range chosen(f.candidates()) {
		if c.run > 0 {
			inner[[2]int{c.zone, c.line}] = append(inner[[2]int{c.zone, c.line}], c)
			continue
		}
		starts[[2]int{c.zone, c.line}] = c
	}
	for _, c := range f.recognized() {
		starts[[2]int{c.zone, c.line}] = c
	}
	known := map[string]bool{}
	for _, c := range starts {
		known[c.label] = true
	}
	var open *rawNote
	for zi, z := range f.zones {
		if z.Kind != cite.ZoneNotes && !f.endAt[zi] {
			if z.Kind == cite.ZoneHeading && open != nil && (open.place == cite.PlaceEnd || worksHeading(zoneText(z))) {
				open = nil
			}
			continue
		}
		spills := f.spills(zi, starts)
		for li, l := range z.Lines {
			whole := l
			within := inner[[2]int{zi, li}]
			if len(within) > 0 {
				l.Runs = l.Runs[:within[0].run]
			}
			if c, ok := starts[[2]int{zi, li}]; ok {
				if n, err := strconv.Atoi(lastLabel(open)); open != nil && c.place == cite.PlaceEnd && open.place == cite.PlaceEnd && (c.n == 1 || c.n > 0 && err == nil && c.n < n) {
					open.b.dropHeading()
				}
				open = &rawNote{label: c.label, place: c.place, b: builder{compounds: f.compounds}}
				f.notes = append(f.notes, open)
				f.spots = append(f.spots, cite.Spot{Page: z.Page, Box: firstWord(l.Runs)[0].Box, Label: c.label, Note: true})
				l.Runs = c.rest
				if len(within) > 0 { // the first words were parted from their run
					l.Runs = c.rest[:len(c.rest)-(len(whole.Runs)-within[0].run)]
				}
			}
			if open == nil || (open.place == cite.PlaceEnd) != f.endAt[zi] {
				continue
			}
			if last := open.pages; len(last) > 0 && last[len(last)-1] != z.Page && (!spills || credit(l)) && open.b.endsSentence() && !tagged(l) {
				open = nil // small print of the next page: a source line, a chart
				continue
			}
			if len(open.pages) == 0 || open.pages[len(open.pages)-1] != z.Page {
				open.pages = append(open.pages, z.Page)
			}
			open.ocr = open.ocr || z.OCR
			open.line(l, z.Page, known)
			for k, c := range within { // notes that follow on the same line
				open = &rawNote{label: c.label, place: c.place, pages: []int{z.Page}, ocr: z.OCR, b: builder{compounds: f.compounds}}
				f.notes = append(f.notes, open)
				f.spots = append(f.spots, cite.Spot{Page: z.Page, Box: whole.Runs[c.run].Box, Label: c.label, Note: true})
				l.Runs = whole.Runs[c.run+1:]
				if k+1 < len(within) {
					l.Runs = whole.Runs[c.run+1 : within[k+1].run]
				}
				open.line(l, z.Page, known)
			}
		}
	}
	f.tableNotes()
	f.works = map[string]bool{}
	for _, n := range f.notes {
		f.labels[n.label] = true
		if n.place == cite.PlaceList {
			f.works[n.label] = true
		}
		if v, err := strconv.Atoi(n.label); err == nil {
			f.top = max(f.top, v)
		}
		n.b.cut(len([]rune(withoutBack(string(n.b.out)))))
		text, _ := n.b.finish()
		if n.ocr {
			text = damaged.ReplaceAllStringFunc(text, func(s string) string {
				if strings.Contains(s, "b") {
					return "Ibid."
				}
				return "Id."
			})
		}
		f.text.Notes = append(f.text.Notes, cite.RawNote{Label: n.label, Text: text, Placement: n.place, Pages: n.pages, Italics: n.b.italics, OCR: n.ocr, Marks: n.marks})
		n.b = builder{}
	}
}

// lastLabel is the label of a note, "" where there is none.
func lastLabel(n *rawNote) string {
	if n == nil {
		return ""
	}
	return n.label
}

// damaged is what recognition makes of Id. and Ibid. at the beginning of a
// note. They are as long as what they are put right to.
var damaged = regexp.MustCompile(`^(?:[1lT|!]d|[1lT|!]bid)\.`)

// tableNotes parts the notes of tables from the report's own: letters among
// numbers.
func (f *finder) tableNotes() {
	numbers := 0
	for _, n := range f.notes {
		if _, err := strconv.Atoi(n.label); err == nil {
			numbers++
		}
	}
	for _, n := range f.notes {
		if r := []rune(n.label); numbers >= 3 && len(r) == 1 && unicode.IsLower(r[0]) {
			n.place = cite.PlaceTable
		}
	}
}

// credit tells whether a line names the source of a table or chart.
func credit(l cite.Line) bool {
	if len(l.Runs) == 0 {
		return false
	}
	word, _, _ := strings.Cut(l.Runs[0].Text, " ")
	switch strings.ToLower(word) {
	case "source:", "sources:", "note:", "notes:", "fuente:", "source", "figure", "table":
		return true
	}
	return false
}

// spills tells whether a zone of notes may begin with the end of a note of
// the page before: notes of its own follow in it.
func (f *finder) spills(zi int, starts map[[2]int]candidate) bool {
	for _, k := range []int{zi, zi + 1} {
		if k >= len(f.zones) || f.zones[k].Page != f.zones[zi].Page || f.zones[k].Kind != f.zones[zi].Kind {
			continue
		}
		for li := range f.zones[k].Lines {
			if c, ok := starts[[2]int{k, li}]; ok && c.n >= 0 {
				return true
			}
		}
	}
	return false
}

// tagged tells whether a line lies in a Note element.
func tagged(l cite.Line) bool {
	return len(l.Runs) > 0 && l.Runs[0].Elem > 0 && l.Runs[0].Role == "Note"
}

// candidates lists the lines of note zones, and of the zones below a heading
// such as "Notes", that begin with a label.
func (f *finder) candidates() []candidate {
	var out []candidate
	inEnd, chain := false, 0
	elem := 0
	unnamed := f.unnamedEnd()
	for zi, z := range f.zones {
		if zi == unnamed {
			inEnd, chain = true, chain+1
		}
		switch {
		case z.Kind == cite.ZoneHeading:
			was := inEnd
			if inEnd && f.chapterOfNotes(zi) {
				continue
			}
			inEnd = endHeading(zoneText(z))
			if inEnd && !was {
				chain++
			}
			continue
		case z.Kind == cite.ZoneNotes && !inEnd:
		case inEnd && (z.Kind == cite.ZoneBody || z.Kind == cite.ZoneNotes):
			f.endAt[zi] = true
		default:
			continue
		}
		c := candidate{zone: zi, place: cite.PlaceFoot}
		if inEnd {
			c.place, c.chain = cite.PlaceEnd, chain
		}
		for li, l := range z.Lines {
			if inEnd && f.numberedName(zi, li) {
				continue
			}
			if leaders(l) {
				continue
			}
			label, rest := leading(l)
			if label == "" {
				label, rest = f.alone(zi, li)
			}
			if label == "" {
				label, rest = f.level(l)
			}
			e := 0
			if len(l.Runs) > 0 {
				e = l.Runs[0].Elem
			}
			isNew := e > 0 && e != elem
			if e > 0 {
				elem = e
			}
			if label == "" || len(label) >= 3 && !rest.raised {
				for _, g := range f.gluedLabels(l, li == 0 || stops(z.Lines[li-1])) {
					k := c
					k.line, k.label, k.rest, k.glued, k.tagged = li, g.label, g.runs, true, isNew
					k.n, k.system = g.n, g.in
					out = append(out, k)
				}
			}
			if label == "" {
				out = append(out, inLine(c, li, l)...)
				continue
			}
			k := c
			k.line, k.label, k.raised, k.rest, k.tagged = li, label, rest.raised, rest.runs, isNew
			k.within = li > 0 && !closed(z.Lines[li-1]) && !(inEnd && label == "1" && nameAbove(z.Lines[:li]))
			k.bracketed = !rest.raised && strings.HasPrefix(l.Runs[0].Text, "[")
			k.n, k.system = -1, marks
			for sys := arabic; sys <= letters; sys++ {
				n, ok := sys.value(label)
				if !ok || sys != arabic && !f.raised(label) {
					continue
				}
				k.n, k.system = n, sys
				out = append(out, k)
			}
			if k.system == marks && (rest.raised || symbolLabel(label)) {
				out = append(out, k)
			}
			out = append(out, inLine(c, li, l)...)
		}
	}
	return out
}

// chapterOfNotes tells whether a heading within a list of notes names the
// chapter whose notes follow: the numbers begin anew below it, and it is called
// a chapter, or stands above running text too.
func (f *finder) chapterOfNotes(zi int) bool {
	name := chapterNumber.ReplaceAllString(strings.ToLower(zoneText(f.zones[zi])), "")
	next := zi + 1
	for next < len(f.zones) && (f.zones[next].Kind == cite.ZoneHeader || f.zones[next].Kind == cite.ZoneFooter || f.zones[next].Kind == cite.ZoneHeading && f.zones[next].Page == f.zones[zi].Page) {
		next++
	}
	if next == len(f.zones) || f.zones[next].Kind != cite.ZoneBody && f.zones[next].Kind != cite.ZoneNotes || len(f.zones[next].Lines) == 0 {
		return false
	}
	if label := f.leads(f.zones[next].Lines[0]); label != "1" && label != "i" && label != "a" && label != "*" {
		return false
	}
	if name == "" || strings.HasPrefix(name, "chapter") || strings.HasPrefix(name, "part ") || name == "introduction" || name == "conclusion" || name == "conclusions" || name == "preface" {
		return true
	}
	return slices.ContainsFunc(f.zones[:zi], func(z cite.Zone) bool {
		return z.Kind == cite.ZoneHeading && chapterNumber.ReplaceAllString(strings.ToLower(zoneText(z)), "") == name
	})
}

// chapterNumber is what a heading may have before its words.
var chapterNumber = regexp.MustCompile(`^(?:chapter\s+)?(?:\d+(?:\.\d+)*|[ivx]+)[.:)]?\s+|^notes (?:to|for) `)

// inLine are the notes that may begin within a line, where notes follow one
// another as sentences of a paragraph do: at a raised number after a space.
func inLine(c candidate, line int, l cite.Line) []candidate {
	var out []candidate
	for k := 1; k+1 < len(l.Runs); k++ {
		r, before := l.Runs[k], l.Runs[k-1]
		n, err := strconv.Atoi(r.Text)
		if err != nil || n < 1 || len(r.Text) > 3 || r.Size > 0.85*l.Size || r.Baseline > l.Baseline-0.1*l.Size {
			continue
		}
		if last := lastRune(before.Text); !before.Space || !isStop(last) && !closes(last) && last != '/' && !unicode.IsDigit(last) {
			continue
		}
		in := c
		in.line, in.run, in.label, in.n, in.glued, in.raised = line, k, r.Text, n, true, true
		out = append(out, in)
	}
	return out
}

// closed tells whether a line ends a sentence or an address.
func closed(l cite.Line) bool {
	last := lastText(l)
	if last == "" {
		return true
	}
	r := []rune(last[strings.LastIndexByte(last, ' ')+1:])
	for len(r) > 0 && closes(r[len(r)-1]) {
		r = r[:len(r)-1]
	}
	return len(r) == 0 || isStop(r[len(r)-1]) || strings.Contains(string(r), "://") || strings.Contains(string(r), "/")
}

// numberedName tells whether a line is a chapter's name with a number of its
// own, "2. Why Consent Eroded": bold above a first note that is not.
func (f *finder) numberedName(zi, li int) bool {
	l := f.zones[zi].Lines[li]
	next, ok := f.lineBelow(zi, li)
	return ok && bold(l) && !bold(next) && f.leads(next) == "1" && !stops(l)
}

// lineBelow is the line that follows in a list, be it on the next page.
func (f *finder) lineBelow(zi, li int) (cite.Line, bool) {
	if lines := f.zones[zi].Lines; li+1 < len(lines) {
		return lines[li+1], true
	}
	for _, z := range f.zones[zi+1:] {
		switch {
		case len(z.Lines) == 0, z.Kind == cite.ZoneHeader, z.Kind == cite.ZoneFooter:
			continue
		case z.Kind == cite.ZoneBody, z.Kind == cite.ZoneNotes:
			return z.Lines[0], true
		default:
			return cite.Line{}, false
		}
	}
	return cite.Line{}, false
}

func bold(l cite.Line) bool {
	for _, r := range l.Runs {
		if !r.Bold {
			return false
		}
	}
	return len(l.Runs) > 0
}

// nameAbove tells whether the last of some lines is a chapter's name in a list
// of notes: short, and what stands before it is complete.
func nameAbove(lines []cite.Line) bool {
	last := lines[len(lines)-1]
	text := zoneText(cite.Zone{Lines: lines[len(lines)-1:]})
	if name := len(text) <= 80 && (unicode.IsUpper(firstRune(text)) || bold(last)); !name || len(lines) == 1 {
		return name
	}
	widest := last.Box.X1
	for _, l := range lines {
		widest = max(widest, l.Box.X1)
	}
	return stops(lines[len(lines)-2]) && last.Box.X1-last.Box.X0 < 0.75*(widest-last.Box.X0)
}

// stops tells whether a line ends with a stop, if only an abbreviation's.
func stops(l cite.Line) bool {
	for i := len(l.Runs) - 1; i >= 0; i-- {
		if t := strings.TrimRightFunc(withoutBack(l.Runs[i].Text), func(r rune) bool { return unicode.IsSpace(r) || closes(r) }); t != "" {
			return isStop(lastRune(t))
		}
	}
	return true
}

// lastText is the last text of a line, but for the arrow that leads back from
// a note to its marker.
func lastText(l cite.Line) string {
	for i := len(l.Runs) - 1; i >= 0; i-- {
		if t := withoutBack(l.Runs[i].Text); t != "" {
			return t
		}
	}
	return ""
}

// withoutBack cuts the arrow off that web pages set at the end of a note.
func withoutBack(s string) string {
	return strings.TrimRight(s, " ↩↑⤴↵⏎⮐\ufe0e\ufe0f")
}

// mostLabel is above what the numbers of notes begin with, be it in an
// excerpt: 1999 is the first year of a table.
const mostLabel = 1000

// chosen picks the candidates that make the best sequence of labels: they
// ascend by one, now and then skip or repeat, and may begin anew at 1. It is
// the sequence over the whole document that tells a label from a number that
// happens to begin a line. Marks (*, †) and roman or lettered labels are taken
// where they are raised or tagged.
func chosen(cands []candidate) []candidate {
	type state struct {
		score float64
		prev  int // candidate before, -1 for none
		size  int // of the sequence so far
	}
	type chainOf struct {
		chain     int
		system    system
		bracketed bool
	}
	type place struct {
		chainOf
		n int
	}
	best := make([]state, len(cands))
	last := map[place]int{} // candidate that ends the best sequence with that label
	topOf := map[chainOf]int{}
	var chains []chainOf
	for i, c := range cands {
		best[i] = state{-1e9, -1, 0}
		if c.n < 0 {
			continue
		}
		w := 1.0
		if c.raised {
			w = 2
		}
		if c.tagged {
			w += 2
		}
		if c.within && !c.raised {
			w -= 1.2 // "16 June–" above "1 October 2003"
		}
		if c.glued {
			w = 0.4
		}
		consider := func(prev int, score float64) {
			if prev >= 0 && cands[prev].zone == c.zone && cands[prev].line == c.line && cands[prev].run >= c.run {
				return
			}
			if score > best[i].score {
				n := 1
				if prev >= 0 {
					n += best[prev].size
				}
				best[i] = state{score, prev, n}
			}
		}
		in := chainOf{c.chain, c.system, c.bracketed}
		if !c.glued && (c.n < mostLabel || c.raised || c.tagged) { // an excerpt begins anywhere, a report at 1
			consider(-1, w-min(2.5, 0.6*float64(max(0, c.n-1))))
		} else if c.glued && c.n == 1 {
			if len(c.rest) > 0 && unicode.IsDigit(firstRune(c.rest[0].Text)) {
				w -= 0.5 // not alone: "paras. 11–13" over a line's end
			}
			consider(-1, w)
		}
		for back, cost := range []float64{3, 0, 1.2, 1.6, 2, 2.4} { // the same label again, the next, or after a gap
			if c.glued && back != 1 {
				continue
			}
			if p, ok := last[place{in, c.n - back}]; ok {
				if back == 0 && cands[p].raised == c.raised && cands[p].tagged == c.tagged {
					cost = 0.6 // the author's own slip
				}
				consider(p, best[p].score+w-cost)
			}
		}
		if t, ok := topOf[in]; ok && c.n <= 2 && !c.glued {
			consider(t, best[t].score+w-1.5*float64(c.n))
		}
		if best[i].size == 0 {
			continue
		}
		k := place{in, c.n}
		if p, ok := last[k]; !ok || best[i].score >= best[p].score {
			last[k] = i
		}
		if t, ok := topOf[in]; !ok {
			chains = append(chains, in)
			topOf[in] = i
		} else if best[i].score >= best[t].score {
			topOf[in] = i
		}
	}
	take := map[int]bool{}
	// Letters are also roman numbers, and the other way about: of the systems
	// of one list the one with the longest sequence is its own.
	for _, in := range chains {
		t := topOf[in]
		if best[t].score <= 0 {
			continue
		}
		if in.system != arabic {
			rival := chainOf{in.chain, roman + letters - in.system, in.bracketed}
			if r, ok := topOf[rival]; ok && (best[r].size > best[t].size || best[r].size == best[t].size && in.system == roman && best[t].size == 1) {
				continue
			}
		}
		for i := t; i >= 0; i = best[i].prev {
			take[i] = true
		}
	}
	var out []candidate
	seen := map[[3]int]bool{}
	for i, c := range cands {
		if at := [3]int{c.zone, c.line, c.run}; take[i] && !seen[at] || c.n < 0 && (c.raised || c.tagged || symbolLabel(c.label)) {
			seen[at] = true
			out = append(out, c)
		}
	}
	return works(out)
}

// works tells the entries of a list of works, [1], from the notes of a report
// whose labels have no brackets.
func works(chosen []candidate) []candidate {
	in, notes := 0, 0
	for _, c := range chosen {
		switch {
		case c.bracketed:
			in++
		case c.n > 0:
			notes++
		}
	}
	if in < 2 || notes < 3 {
		return chosen
	}
	for i := range chosen {
		if chosen[i].bracketed {
			chosen[i].place = cite.PlaceList
		}
	}
	return chosen
}

func zoneText(z cite.Zone) string {
	var b strings.Builder
	for _, l := range z.Lines {
		for _, r := range l.Runs {
			b.WriteString(r.Text)
			if r.Space {
				b.WriteByte(' ')
			}
		}
		b.WriteByte(' ')
	}
	return strings.TrimSpace(b.String())
}

func endHeading(s string) bool {
	switch strings.ToLower(strings.Trim(s, " .:0123456789")) {
	case "notes", "endnotes", "end notes", "footnotes", "notas", "notas finales", "references and notes", "notes and references", "notes de fin",
		"anmerkungen", "endnoten", "примечания", "сноски", "الحواشي", "الهوامش", "הערות":
		return true
	}
	return false
}

// worksHeading tells the heading of a list of works.
func worksHeading(s string) bool {
	switch strings.ToLower(strings.Trim(s, " .:0123456789")) {
	case "references", "bibliography", "works cited", "bibliographie", "bibliografía", "literatur", "литература":
		return true
	}
	return false
}

// alone is the label that stands by itself on a line, smaller than the line
// below it, where a note begins with a heading or a table.
func (f *finder) alone(zi, li int) (string, labelled) {
	z := f.zones[zi]
	l := z.Lines[li]
	if len(l.Runs) != 1 || !isLabel(l.Runs[0].Text) {
		return "", labelled{}
	}
	var next cite.Line
	switch {
	case li+1 < len(z.Lines):
		next = z.Lines[li+1]
	case zi+1 < len(f.zones) && f.zones[zi+1].Page == z.Page && f.zones[zi+1].Kind == z.Kind:
		next = f.zones[zi+1].Lines[0]
	}
	if l.Size > 0.85*next.Size {
		return "", labelled{}
	}
	return l.Runs[0].Text, labelled{nil, true}
}

type labelled struct {
	runs   []cite.Run
	raised bool
}

// leading is the label that a line begins with, and the runs after it.
func leading(l cite.Line) (string, labelled) {
	if len(l.Runs) == 0 {
		return "", labelled{}
	}
	l.Runs = firstWord(l.Runs)
	first := l.Runs[0]
	raised := first.Size < 0.85*l.Size || first.Baseline < l.Baseline-0.12*l.Size
	t := first.Text
	if raised {
		if lab := oneSign.Replace(strings.Trim(t, ".)[](")); isLabel(lab) {
			return lab, labelled{l.Runs[1:], true}
		}
		return "", labelled{}
	}
	k := 0
	for k < len(t) && (t[k] >= '0' && t[k] <= '9') {
		k++
	}
	switch {
	case k > 0 && k <= 4 && k == len(t) && first.Space && len(l.Runs) > 1:
		return t, labelled{l.Runs[1:], false}
	case k > 0 && k <= 4 && k+1 == len(t) && strings.ContainsAny(t[k:], ".)") && len(l.Runs) > 1:
		return t[:k], labelled{l.Runs[1:], false}
	case k > 0 && k <= 4 && wordBegins(strings.TrimLeft(t[k:], ".)")):
		first.Text = strings.TrimLeft(t[k:], ".)")
		return t[:k], labelled{append([]cite.Run{first}, l.Runs[1:]...), false}
	case strings.HasPrefix(t, "[") && strings.HasSuffix(t, "]") && isLabel(strings.Trim(t, "[]")) && len(l.Runs) > 1:
		return strings.Trim(t, "[]"), labelled{l.Runs[1:], false}
	}
	if sym := strings.TrimRight(t, ".) "); symbolLabel(sym) && len(l.Runs) > 1 {
		return sym, labelled{l.Runs[1:], false}
	}
	return "", labelled{}
}

// firstWord makes a run of its own of the first word of a line.
func firstWord(runs []cite.Run) []cite.Run {
	word, rest, more := strings.Cut(runs[0].Text, " ")
	if !more {
		return runs
	}
	head, tail := parted(runs[0], len(word))
	head.Text, head.Space, head.Hyphen = word, true, false
	tail.Text = rest
	return append([]cite.Run{head, tail}, runs[1:]...)
}

// parted cuts a run after n bytes of its text; letters are taken to be of one
// width.
func parted(r cite.Run, n int) (head, tail cite.Run) {
	head, tail = r, r
	x := r.Box.X0 + r.Box.W()*float64(n)/float64(max(len(r.Text), 1))
	head.Box.X1, tail.Box.X0 = x, x
	head.Text, tail.Text = r.Text[:n], r.Text[n:]
	return head, tail
}

// wordBegins tells whether text begins as a note does: with a capital or a
// quotation.
func wordBegins(s string) bool {
	r := firstRune(s)
	return unicode.IsUpper(r) || r != 0 && strings.ContainsRune("“‘«\"", r)
}

func firstRune(s string) rune {
	for _, r := range s {
		return r
	}
	return 0
}

// symbolLabel tells the marks that are labels wherever they begin a line.
func symbolLabel(s string) bool {
	return s != "" && len([]rune(s)) <= 3 && strings.Trim(s, "*†‡") == ""
}

// markLabel tells all marks of the printers' sequence: those after the double
// dagger are signs of other things too, and labels only where they are raised.
func markLabel(s string) bool {
	return s != "" && len([]rune(s)) <= 4 && strings.Trim(s, "*†‡§¶‖#") == ""
}

// oneSign writes the printers' double bar in one way.
var oneSign = strings.NewReplacer("∥", "‖", "||", "‖")

func isLabel(s string) bool {
	if markLabel(s) {
		return true
	}
	if n, err := strconv.Atoi(s); err == nil {
		return n > 0 && len(s) <= 4
	}
	if _, ok := letters.value(s); ok {
		return true
	}
	_, ok := roman.value(s)
	return ok && len(s) <= longestRoman
}

// findBody joins the lines of running text to blocks and notes the markers.
func (f *finder) findBody() {
	var cur *blockMaker
	flush := func() {
		if cur != nil {
			if b, ok := cur.done(); ok {
				f.text.Blocks = append(f.text.Blocks, b)
			}
			cur = nil
		}
	}
	titleSize, titleAt := 0.0, -2
	f.brackets = f.bracketed()
	f.uncalled = f.withoutMarker()
	for zi, z := range f.zones {
		if f.endAt[zi] {
			continue
		}
		kind := cite.BlockPara
		switch z.Kind {
		case cite.ZoneBody:
		case cite.ZoneHeading:
			kind = cite.BlockHeading
		case cite.ZoneTable:
			kind = cite.BlockCell
		case cite.ZoneCaption:
			kind = cite.BlockCaption
		default:
			continue
		}
		if kind == cite.BlockHeading && z.Page <= 2 && len(z.Lines) > 0 {
			switch size := z.Lines[0].Size; {
			case size > titleSize+0.3:
				titleSize, titleAt = size, zi
				f.text.Title = zoneText(z)
			case titleAt == zi-1 && size > titleSize-0.3: // its next line
				titleAt = zi
				f.text.Title += " " + zoneText(z)
			}
		}
		// A table between two pages or columns leaves the sentence around it
		// whole.
		var waiting *blockMaker
		if cur != nil && cur.kind == cite.BlockPara && (kind == cite.BlockCell || kind == cite.BlockCaption) && !cur.b.endsSentence() {
			waiting, cur = cur, nil
		}
		for i, l := range z.Lines {
			if cur != nil && !cur.goesOn(kind, z, i) {
				flush()
			}
			if cur == nil {
				cur = &blockMaker{kind: kind, b: builder{compounds: f.compounds}}
			}
			cur.add(f, l, z, i)
		}
		if kind != cite.BlockPara && kind != cite.BlockHeading {
			flush()
		}
		if waiting != nil {
			cur = waiting
			cur.around = true
		}
	}
	flush()
}

type blockMaker struct {
	kind  cite.BlockKind
	b     builder
	marks []cite.Mark
	last  cite.Line
	zone  cite.Zone
	step  float64 // the least from one line to the next, 0 for none yet
	// around tells that a table or its caption came after the last line.
	around bool
	ocr    bool
}

// goesOn tells whether line i of z continues the block.
func (m *blockMaker) goesOn(kind cite.BlockKind, z cite.Zone, i int) bool {
	if kind != m.kind {
		return false
	}
	l := z.Lines[i]
	if math.Abs(l.Size-m.last.Size) > 0.2*l.Size {
		return false
	}
	if kind == cite.BlockHeading { // each of its lines is a zone
		return z.Page == m.zone.Page && startsLower(l) && l.Baseline > m.last.Baseline && l.Baseline-m.last.Baseline < 1.6*l.Size
	}
	open := !m.b.endsSentence() || m.b.endsColon() && startsLower(l)
	if m.around {
		return open
	}
	if z.Page != m.zone.Page || l.Baseline < m.last.Baseline-2 { // a new page or column
		if m.b.endsClause() && i == 0 && len(z.Lines) > 1 && l.Box.X0 > z.Box.X0+1.2*l.Size && opens(l) && z.Lines[1].Box.X0 < l.Box.X0-1.2*l.Size {
			return false
		}
		return open || m.last.Box.X1 > m.zone.Box.X1-1.5*l.Size && i == 0 && l.Box.X0 < z.Box.X0+0.5*l.Size && startsLower(l)
	}
	gap := l.Baseline - m.last.Baseline
	if m.b.endsClause() && l.Box.X0 > z.Box.X0+0.8*l.Size && gap > 1.2*m.leading(l) && opens(l) {
		return false
	}
	indented := l.Box.X0 > z.Box.X0+0.8*l.Size && m.last.Box.X0 < l.Box.X0-0.5*l.Size
	short := m.last.Box.X1 < z.Box.X1-3*l.Size
	if gap > 1.9*l.Size && !open || gap > 2.6*l.Size {
		return false
	}
	return open || !indented && !short
}

// opens tells whether a line may begin a paragraph.
func opens(l cite.Line) bool {
	r := firstRune(l.Runs[0].Text)
	return unicode.IsUpper(r) || unicode.IsDigit(r) || r == '('
}

func startsLower(l cite.Line) bool {
	return len(l.Runs) > 0 && unicode.IsLower(firstRune(l.Runs[0].Text))
}

func (m *blockMaker) add(f *finder, l cite.Line, z cite.Zone, i int) {
	var kept []cite.Run
	l.Runs = f.readable(l.Runs)
	for k, r := range l.Runs {
		if labels := f.marker(l, k, r); labels != nil {
			if k > 1 && len(kept) == 1 && strings.Trim(kept[0].Text, " ,;–-") == "" && f.marker(l, k-2, l.Runs[k-2]) != nil {
				labels = slices.Concat(between(m.marks, kept[0].Text, labels), labels)
				kept = nil // "1, 2", and the comma is no part of the sentence
			}
			m.b.runs(kept, z.Page)
			kept = nil
			f.spots = append(f.spots, cite.Spot{Page: z.Page, Box: r.Box, Label: strings.Join(labels, ", ")})
			for _, lab := range labels {
				m.marks = append(m.marks, cite.Mark{At: m.b.len(), Label: lab})
				if n, err := strconv.Atoi(lab); err == nil {
					f.lastMark = n
				}
			}
			if r.Space || k+1 < len(l.Runs) && wordStart(l.Runs[k+1].Text) {
				m.b.space()
			}
			continue
		}
		kept = append(kept, r)
	}
	m.b.runs(kept, z.Page)
	m.b.endLine()
	if d := l.Baseline - m.last.Baseline; m.zone.Page == z.Page && d > 0.5*l.Size && (m.step == 0 || d < m.step) {
		m.step = d
	}
	m.last, m.zone, m.around, m.ocr = l, z, false, m.ocr || z.OCR
}

// between are the labels of a range whose ends are markers of their own, "5"
// and "7" with a dash between them.
func between(marks []cite.Mark, sign string, to []string) []string {
	if len(marks) == 0 || !strings.ContainsAny(sign, "–-") {
		return nil
	}
	lo, err := strconv.Atoi(marks[len(marks)-1].Label)
	hi, err2 := strconv.Atoi(to[0])
	if err != nil || err2 != nil || hi-lo > 20 {
		return nil
	}
	var out []string
	for n := lo + 1; n < hi; n++ {
		out = append(out, strconv.Itoa(n))
	}
	return out
}

// leading is the step from line to line of the block.
func (m *blockMaker) leading(l cite.Line) float64 {
	if m.step == 0 {
		return 1.2 * l.Size
	}
	return m.step
}

func (m *blockMaker) done() (cite.Block, bool) {
	text, pages := m.b.finish()
	n := len([]rune(text))
	for i := range m.marks {
		m.marks[i].At = min(m.marks[i].At, n)
	}
	return cite.Block{Kind: m.kind, Text: text, Marks: m.marks, Pages: pages, OCR: m.ocr}, text != ""
}

var bracket = regexp.MustCompile(`\[\d{1,4}(?:\s?[,–-]\s?\d{1,4})*\]`)

// bracketed tells whether the report calls its notes by [5], set level: more
// such numbers of notes stand in its text than raised ones.
func (f *finder) bracketed() bool {
	level, raised := 0, 0
	for zi, z := range f.zones {
		if z.Kind != cite.ZoneBody || f.endAt[zi] {
			continue
		}
		for _, l := range z.Lines {
			l.Runs = closeBrackets(l.Runs)
			for k, r := range l.Runs {
				for _, m := range bracket.FindAllString(r.Text, -1) {
					if f.labels[strings.Trim(m, "[]")] && !f.works[strings.Trim(m, "[]")] {
						level++
					}
				}
				if f.marker(l, k, r) != nil {
					raised++
				}
			}
		}
	}
	return level >= 2 && level > raised
}

// closeBrackets makes one run of a number and the brackets around it where
// its digits are of another font.
func closeBrackets(runs []cite.Run) []cite.Run {
	var out []cite.Run
	runs = slices.Clone(runs)
	for i := range runs {
		n, r := len(out), runs[i]
		if n > 0 && i+1 < len(runs) && strings.HasSuffix(out[n-1].Text, "[") && strings.HasPrefix(runs[i+1].Text, "]") && r.Text != "" && strings.Trim(r.Text, "0123456789") == "" {
			out[n-1].Text = strings.TrimSuffix(out[n-1].Text, "[")
			r.Text = "[" + r.Text + "]"
			r.Space = false
			rest := strings.TrimPrefix(runs[i+1].Text, "]")
			if rest == "" || strings.HasPrefix(rest, " ") {
				r.Space = rest != "" || runs[i+1].Space
			}
			runs[i+1].Text = strings.TrimPrefix(rest, " ")
		}
		out = append(out, r)
	}
	return slices.DeleteFunc(out, func(r cite.Run) bool { return r.Text == "" })
}

// unbracket makes runs of their own of the markers inside words: "bodies.[1]".
func unbracket(runs []cite.Run) []cite.Run {
	var out []cite.Run
	for _, r := range runs {
		for text := r.Text; ; {
			m := bracket.FindStringIndex(r.Text)
			if m == nil || m[0] == 0 && m[1] == len(r.Text) {
				break
			}
			at := m[0]
			if at == 0 {
				at = m[1]
			}
			head, tail := parted(r, at)
			head.Text = strings.TrimRight(head.Text, " ")
			r.Text, r.Box = strings.TrimLeft(tail.Text, " "), tail.Box
			head.Space, head.Hyphen = len(head.Text)+len(r.Text) < len(text), false
			out = append(out, head)
			text = r.Text
		}
		if r.Text != "" {
			out = append(out, r)
		}
	}
	return out
}

// marker gives the labels of a raised run that calls notes, nil for any other.
func (f *finder) marker(l cite.Line, k int, r cite.Run) []string {
	raised := r.Size < 0.86*l.Size && r.Baseline < l.Baseline-0.1*l.Size || r.Baseline < l.Baseline-0.25*l.Size && r.Size <= l.Size
	t := oneSign.Replace(strings.Trim(r.Text, ".,;:)]([ "))
	if !raised {
		if !f.brackets || bracket.FindString(r.Text) != r.Text || r.Text == "" {
			return nil
		}
	}
	var out []string
	for _, part := range strings.FieldsFunc(t, func(r rune) bool { return strings.ContainsRune(",;()[]", r) || unicode.IsSpace(r) }) {
		lo, hi, isRange := strings.Cut(strings.ReplaceAll(part, "–", "-"), "-")
		a, errA := strconv.Atoi(lo)
		b, errB := strconv.Atoi(hi)
		switch {
		case isRange && errA == nil && errB == nil && a < b && b-a < 20:
			for n := a; n <= b; n++ {
				out = append(out, strconv.Itoa(n))
			}
		case isLabel(part) && (f.labels[part] || errA == nil && (f.near(a) || f.afterSentence(l, k) && a > 0 && a <= f.top+mostAhead && len(f.labels) >= 4)):
			out = append(out, part)
		default:
			return nil
		}
	}
	if k > 0 && len(out) == 1 && unicode.IsDigit(lastRune(l.Runs[k-1].Text)) && !l.Runs[k-1].Space && !f.labels[out[0]] {
		return nil // an exponent
	}
	if k > 0 && len(out) == 1 && exponent(l.Runs[k-1], out[0]) && !(f.missed(out[0]) && clauseEnds(l, k)) {
		return nil
	}
	return out
}

// missed tells whether a number that looks like an exponent is the marker
// that comes next: no other stands in the text for a note of this label.
func (f *finder) missed(label string) bool {
	n, _ := strconv.Atoi(label)
	return f.uncalled[label] && n > f.lastMark && n <= f.lastMark+2
}

// allLabels tells whether s is one label or several.
func (f *finder) allLabels(s string) bool {
	parts := strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune("()[],–- ", r) })
	return len(parts) > 0 && !slices.ContainsFunc(parts, func(p string) bool { return !f.labels[p] })
}

// clauseEnds tells whether a stop or comma follows run k, or the line ends.
func clauseEnds(l cite.Line, k int) bool {
	return k+1 == len(l.Runs) || !l.Runs[k].Space && strings.ContainsRune(".,;:!?)”’»", firstRune(l.Runs[k+1].Text))
}

// withoutMarker are the labels with more notes than markers in the text. It
// has none where most notes have no marker: there it says nothing.
func (f *finder) withoutMarker() map[string]bool {
	n, marks := map[string]int{}, 0
	for _, note := range f.notes {
		n[note.label]++
	}
	f.bodyRuns(func(l cite.Line, k int) {
		for _, label := range f.marker(l, k, l.Runs[k]) {
			n[label]--
			marks++
		}
	})
	if marks*2 < len(f.notes) {
		return nil
	}
	out := map[string]bool{}
	for label, left := range n {
		out[label] = left > 0
	}
	return out
}

// bodyRuns visits the runs of running text, headings, tables and captions as
// markers are looked for in them.
func (f *finder) bodyRuns(visit func(l cite.Line, k int)) {
	for zi, z := range f.zones {
		switch z.Kind {
		case cite.ZoneBody, cite.ZoneHeading, cite.ZoneTable, cite.ZoneCaption:
		default:
			continue
		}
		if f.endAt[zi] {
			continue
		}
		for _, l := range z.Lines {
			l.Runs = f.readable(l.Runs)
			for k := range l.Runs {
				visit(l, k)
			}
		}
	}
}

// readable parts runs that hold a marker and something else.
func (f *finder) readable(runs []cite.Run) []cite.Run {
	if f.brackets {
		runs = unbracket(closeBrackets(runs))
	}
	return f.unit(runs)
}

// unit parts the exponent of a unit from the marker after it: "m³" and "17"
// are one raised run.
func (f *finder) unit(runs []cite.Run) []cite.Run {
	var out []cite.Run // nil while nothing is parted
	for k := 1; k < len(runs); k++ {
		t := runs[k].Text
		if len(t) < 2 || len(t) > 9 || !exponent(runs[k-1], t[:1]) || !f.allLabels(t[1:]) || f.allLabels(t) && !strings.HasPrefix(t[1:], strconv.Itoa(f.lastMark+1)) {
			if out != nil {
				out = append(out, runs[k])
			}
			continue
		}
		if out == nil {
			out = slices.Clone(runs[:k])
		}
		head, tail := parted(runs[k], 1)
		head.Space = false
		out = append(out, head, tail)
	}
	if out == nil {
		return runs
	}
	return out
}

// exponent tells whether a raised number belongs to the unit or the 10 before
// it: "m²", "10³".
func exponent(before cite.Run, label string) bool {
	if before.Space {
		return false
	}
	word := before.Text[strings.LastIndexByte(before.Text, ' ')+1:]
	switch strings.TrimLeft(word, "(") {
	case "m", "km", "cm", "mm", "ft", "mi", "yd", "dm":
		return label == "2" || label == "3"
	case "10":
		return len(label) <= 2
	}
	return false
}

// wordStart tells whether text goes on with a word, not with a mark that
// belongs to the one before.
func wordStart(s string) bool {
	r := firstRune(s)
	return unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune("“‘«\"'([", r)
}

func lastRune(s string) rune {
	r := []rune(s)
	if len(r) == 0 {
		return 0
	}
	return r[len(r)-1]
}

// mostAhead is how far above the highest label a raised number behind the end
// of a sentence may be and still be taken for a marker, of a note that is
// missing.
const mostAhead = 10

// afterSentence tells whether run k follows the end of a sentence or clause
// with no space between.
func (f *finder) afterSentence(l cite.Line, k int) bool {
	return k > 0 && !l.Runs[k-1].Space && (isStop(lastRune(l.Runs[k-1].Text)) || closes(lastRune(l.Runs[k-1].Text)))
}

// near tells whether n may be the label of a note that is missing.
func (f *finder) near(n int) bool {
	return f.labels[strconv.Itoa(n-1)] || f.labels[strconv.Itoa(n+1)]
}

// A builder joins lines to text: white space folded, words that a line end
// broke made whole.
type builder struct {
	out     []rune
	pages   []cite.PageStart
	italics []cite.Span
	pending bool // a space is due
	broken  bool // the last line ended in a hyphen
	before  int  // where the last line begins
	// compounds are words of the report that have a hyphen of their own.
	compounds map[string]bool
}

func (b *builder) len() int { return len(b.out) }

func (b *builder) space() {
	if len(b.out) > 0 {
		b.pending = true
	}
}

func (b *builder) runs(runs []cite.Run, page int) {
	if n := len(b.pages); n == 0 || b.pages[n-1].Page != page {
		at := len(b.out)
		if n == 0 {
			at = 0
		}
		b.pages = append(b.pages, cite.PageStart{At: at, Page: page})
	}
	for i, r := range runs {
		t := []rune(norm.NFC.String(r.Text))
		if len(t) == 0 {
			continue
		}
		if i > 0 && i == len(runs)-1 && r.Text == "-" && r.Box.X0-runs[i-1].Box.X1 < 0.15*r.Size {
			b.pending = false // the hyphen that breaks a word, set by itself
		}
		if b.broken {
			b.join(t)
		} else if b.pending && len(b.out) > 0 {
			b.out = append(b.out, ' ')
		}
		b.pending, b.broken = false, false
		if r.Italic {
			b.italic(len(b.out), len(b.out)+len(t))
		}
		b.out = append(b.out, t...)
		b.pending = r.Space
	}
}

// join decides what a hyphen at a line's end was.
func (b *builder) join(next []rune) {
	n := len(b.out)
	word := n
	for word > 0 && b.out[word-1] != ' ' {
		word--
	}
	w := string(b.out[word:n])
	soft := !b.compounds[w+string(letterRun(next))] && unicode.IsLower(next[0]) && n >= 2 && unicode.IsLower(b.out[n-2]) && !strings.ContainsAny(w, "/0123456789@") && strings.Count(w, "-") == 1
	if soft {
		b.out = b.out[:n-1]
	}
}

// letterRun is the letters that a text begins with.
func letterRun(r []rune) []rune {
	n := 0
	for n < len(r) && unicode.IsLetter(r[n]) {
		n++
	}
	return r[:n]
}

var compound = regexp.MustCompile(`\p{L}+-\p{Ll}+`)

// compounds are the words with a hyphen that stand whole on some line: broken
// at a line's end they keep it.
func compounds(zones []cite.Zone) map[string]bool {
	words := map[string]bool{}
	for _, z := range zones {
		for _, l := range z.Lines {
			for _, r := range l.Runs {
				if strings.IndexByte(r.Text, '-') < 0 {
					continue
				}
				for _, w := range compound.FindAllString(r.Text, -1) {
					words[w] = true
				}
			}
		}
	}
	return words
}

// cut leaves the first n code points of the text.
func (b *builder) cut(n int) {
	b.out = b.out[:n]
	for i := range b.italics {
		b.italics[i].Start, b.italics[i].End = min(b.italics[i].Start, n), min(b.italics[i].End, n)
	}
	b.italics = slices.DeleteFunc(b.italics, func(s cite.Span) bool { return s.Start == s.End })
}

func (b *builder) italic(from, to int) {
	if n := len(b.italics); n > 0 && from-b.italics[n-1].End <= 1 {
		b.italics[n-1].End = to
		return
	}
	b.italics = append(b.italics, cite.Span{Start: from, End: to})
}

// dropHeading takes back the last line when it is a chapter's name in a list
// of notes: what stands before it is complete, and it ends no sentence.
func (b *builder) dropHeading() {
	if b.before == 0 || b.before >= len(b.out) {
		return
	}
	head, tail := builder{out: b.out[:b.before]}, builder{out: b.out[b.before:]}
	if first := firstRune(strings.TrimLeft(string(tail.out), " ")); head.stopped() && !tail.endsSentence() && len(tail.out) < 120 && (unicode.IsUpper(first) || unicode.IsDigit(first) || head.endsSentence()) {
		b.out = b.out[:b.before]
	}
}

// endLine ends a line: a hyphen there breaks a word, a slash a symbol or an
// address, all else is a space.
func (b *builder) endLine() {
	b.pending, b.broken = false, false
	if len(b.out) == 0 {
		return
	}
	switch last := b.out[len(b.out)-1]; {
	case last == '-' || last == '\u2010' || last == '\u00ad':
		if len(b.out) > 1 && b.out[len(b.out)-2] != ' ' {
			b.broken = true
			return
		}
	case last == '/':
		return
	}
	b.pending = true
}

func (b *builder) endsSentence() bool {
	for i := len(b.out) - 1; i >= 0; i-- {
		if unicode.IsSpace(b.out[i]) || closes(b.out[i]) {
			continue
		}
		if b.out[i] == '.' && !b.ends(i) {
			return false
		}
		return isStop(b.out[i]) || b.out[i] == ':'
	}
	return true
}

// endsColon tells whether the text ends with a colon: a sentence may go on.
func (b *builder) endsColon() bool { return len(b.out) > 0 && b.out[len(b.out)-1] == ':' }

// stopped tells whether the text ends with a stop, be it an abbreviation's:
// "Ibid."
func (b *builder) stopped() bool {
	for i := len(b.out) - 1; i >= 0; i-- {
		if !unicode.IsSpace(b.out[i]) && !closes(b.out[i]) {
			return isStop(b.out[i])
		}
	}
	return true
}

// endsClause tells whether the text ends as a paragraph of a resolution or a
// list does that goes on with the next: ", " or "; and".
func (b *builder) endsClause() bool {
	t := strings.TrimRightFunc(string(b.out[max(0, len(b.out)-12):]), func(r rune) bool { return unicode.IsSpace(r) || closes(r) })
	if cut, ok := strings.CutSuffix(t, "; and"); ok {
		t = cut + ";"
	}
	return strings.HasSuffix(t, ",") || strings.HasSuffix(t, ";")
}

// ends tells whether the stop at i ends a sentence, and not an abbreviation
// or an initial.
func (b *builder) ends(i int) bool {
	word := wordBefore(b.out, 0, i)
	r := []rune(word)
	return !abbreviations[strings.ToLower(word)] && !(len(r) == 1 && unicode.IsUpper(r[0]))
}

func (b *builder) finish() (string, []cite.PageStart) {
	return strings.TrimRight(string(b.out), " "), slices.Clone(b.pages)
}
