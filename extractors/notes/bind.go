// Package notes recovers the notes of a report: which stretch of text is a
// note, where its marker stands and which sentence it supports. It knows
// labels and their order; it knows nothing of what a note cites.
package notes

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"citecheck/pipeline/cite"
)

// Bind binds markers to notes and gives each marker its sentence. The
// findings are of check numbering and are about the report: markers without a
// note. Those about one note stand on it.
func Bind(t cite.Text) ([]cite.Note, []cite.Finding) {
	out := make([]cite.Note, len(t.Notes))
	for i, n := range t.Notes {
		out[i] = cite.Note{Label: n.Label, Placement: n.Placement, Pages: n.Pages, Text: n.Text, Links: n.Links, Italics: n.Italics, OCR: n.OCR}
		if len(n.Pages) > 0 {
			out[i].Page = n.Pages[0]
		}
	}
	b := binder{text: t, notes: out, called: make([]int, len(out)), order: make([]int, len(out))}
	b.index()
	for i := range t.Blocks {
		b.block(&t.Blocks[i])
	}
	b.calledByNotes()
	b.uncalled()
	b.labels()
	b.missed()
	if t.Pages > 0 {
		b.corroborate()
		b.misread()
	}
	b.systematic()
	return out, b.findings
}

type binder struct {
	text     cite.Text
	notes    []cite.Note
	called   []int
	order    []int // of the first markers of the notes, 0 for none
	marks    int   // markers so far
	byRef    map[string]int
	byLabel  map[string][]int
	next     map[string]int // of the notes of a label, how many are bound
	findings []cite.Finding
}

func (b *binder) index() {
	b.byRef, b.byLabel, b.next = map[string]int{}, map[string][]int{}, map[string]int{}
	for i, n := range b.text.Notes {
		if n.Ref != "" {
			b.byRef[n.Ref] = i
		}
		if n.Placement == cite.PlaceList && b.text.Pages > 0 {
			continue // no raised number calls a work
		}
		b.byLabel[n.Label] = append(b.byLabel[n.Label], i)
	}
}

func (b *binder) block(blk *cite.Block) {
	if len(blk.Marks) == 0 {
		return
	}
	spans := Sentences(blk.Text)
	r := []rune(blk.Text)
	if blk.OCR {
		spans = cutAtMarkers(spans, r, blk.Marks)
	}
	// A sentence is a piece of its paragraph, not a copy: a long report's
	// sentences would take more memory than its text.
	piece := pieces(blk.Text, len(r))
	for at, m := range blk.Marks {
		b.marks++
		i, ok := b.note(m, blk.Page(m.At))
		if !ok {
			page := ""
			if p := blk.Page(m.At); p > 0 {
				page = " on page " + strconv.Itoa(p)
			}
			b.findings = append(b.findings, cite.Finding{Check: "numbering", Verdict: cite.Questioned, Claimed: m.Label,
				Reason: fmt.Sprintf("marker %s%s has no note (orphan marker)", m.Label, page)})
			continue
		}
		b.called[i]++
		if b.order[i] == 0 {
			b.order[i] = b.marks
		}
		k := sentenceOf(r, spans, m.At)
		mk := cite.Marker{Page: blk.Page(m.At), Quotes: []string{}, Years: []int{}}
		if k >= 0 {
			s := spans[k]
			mk.Sentence = piece(s.Start, s.End)
			mk.Upto = strings.TrimSpace(piece(s.Start, min(max(m.At, s.Start), s.End)))
			if from, to := partOf(r, s, blk.Marks, at); from > s.Start || to < s.End {
				mk.Part = strings.TrimSpace(piece(from, to))
			}
			mk.Quotes, mk.Years = quotations(mk.Sentence), years(mk.Sentence)
			if k > 0 {
				mk.Context = piece(spans[k-1].Start, spans[k-1].End)
			}
		}
		b.notes[i].Markers = append(b.notes[i].Markers, mk)
		b.notes[i].OCR = b.notes[i].OCR || blk.OCR // what it is held against was read from a picture
	}
}

// partOf is the part of a sentence that belongs to one of its markers. Markers
// with no word between them share one.
func partOf(r []rune, s cite.Span, marks []cite.Mark, i int) (from, to int) {
	words := func(a, b int) bool {
		return slices.ContainsFunc(r[min(a, len(r)):min(b, len(r))], func(c rune) bool { return unicode.IsLetter(c) || unicode.IsDigit(c) })
	}
	at := min(max(marks[i].At, s.Start), s.End)
	from, to = s.Start, s.End
	for j := i - 1; j >= 0 && marks[j].At > s.Start; j-- {
		if words(marks[j].At, at) {
			from = marks[j].At
			break
		}
	}
	for j := i + 1; j < len(marks) && marks[j].At <= s.End; j++ {
		if words(at, marks[j].At) {
			to = at
			break
		}
	}
	return from, to
}

// cutAtMarkers cuts sentences where recognition lost the stop after a raised
// marker: a capital follows it.
func cutAtMarkers(spans []cite.Span, r []rune, marks []cite.Mark) []cite.Span {
	var out []cite.Span
	k := 0
	for _, s := range spans {
		for ; k < len(marks) && marks[k].At < s.End; k++ {
			at := marks[k].At
			next := skipSpace(r, at)
			if at > s.Start && next > at && next < s.End && unicode.IsUpper(r[next]) && (unicode.IsLetter(r[at-1]) || unicode.IsDigit(r[at-1])) {
				out = append(out, cite.Span{Start: s.Start, End: at})
				s.Start = next
			}
		}
		out = append(out, s)
	}
	return out
}

// pieces cuts text, of n code points, between offsets in code points.
func pieces(text string, n int) func(start, end int) string {
	at := make([]int, 0, n+1) // code point -> byte
	for i := range text {
		at = append(at, i)
	}
	at = append(at, len(text))
	return func(start, end int) string { return text[at[start]:at[end]] }
}

// calledByNotes binds the markers that stand inside notes.
func (b *binder) calledByNotes() {
	for k, n := range b.text.Notes {
		r := []rune(n.Text)
		var spans []cite.Span
		for _, m := range n.Marks {
			i, ok := b.note(m, b.notes[k].Page)
			if !ok || i == k {
				continue
			}
			if spans == nil {
				spans = Sentences(n.Text)
			}
			b.called[i]++
			mk := cite.Marker{Page: b.notes[k].Page, Quotes: []string{}, Years: []int{}}
			if s := sentenceOf(r, spans, m.At); s >= 0 {
				mk.Sentence = string(r[spans[s].Start:spans[s].End])
				mk.Upto = strings.TrimSpace(string(r[spans[s].Start:min(max(m.At, spans[s].Start), spans[s].End)]))
				mk.Quotes, mk.Years = quotations(mk.Sentence), years(mk.Sentence)
			}
			b.notes[i].Markers = append(b.notes[i].Markers, mk)
		}
	}
}

// sentenceOf is the sentence that a marker at offset at supports: the one
// that ends there or that it stands in.
func sentenceOf(r []rune, spans []cite.Span, at int) int {
	for i, s := range spans {
		if at <= s.End {
			if at <= s.Start && i > 0 {
				return i - 1
			}
			return i
		}
	}
	return len(spans) - 1
}

// note is the note that a marker calls. Where labels restart it is the one on
// the marker's page, else the first not called yet.
func (b *binder) note(m cite.Mark, page int) (int, bool) {
	if m.Ref != "" {
		if i, ok := b.byRef[m.Ref]; ok {
			return i, true
		}
	}
	list := b.byLabel[m.Label]
	if len(list) == 0 {
		return 0, false
	}
	if len(list) == 1 {
		return list[0], true
	}
	for _, i := range list {
		if page > 0 && slices.Contains(b.notes[i].Pages, page) && b.notes[i].Placement != cite.PlaceEnd && b.called[i] == 0 {
			return i, true
		}
	}
	for _, i := range list {
		if b.called[i] == 0 {
			return i, true
		}
	}
	return list[len(list)-1], true
}

// missed takes a marker and a gap for one and the same note that was not
// found: a report's numbers are seldom wrong, and our reading is, now and then.
func (b *binder) missed() {
	gaps := map[string]bool{}
	for _, f := range b.findings {
		if strings.Contains(f.Reason, "is skipped") {
			gaps[f.Claimed] = true
		}
	}
	called := map[string]bool{}
	for i, f := range b.findings {
		if strings.HasPrefix(f.Reason, "marker") && gaps[f.Claimed] {
			called[f.Claimed] = true
			b.findings[i].Verdict = cite.Unverifiable
			b.findings[i].Reason += ": either it is missing, or it could not be told from the text around it"
		}
	}
	b.findings = slices.DeleteFunc(b.findings, func(f cite.Finding) bool {
		return strings.Contains(f.Reason, "is skipped") && called[f.Claimed]
	})
}

// corroborate leaves a fault of the numbers that was seen on pages in question
// only where the markers say the same as the notes: else it is as likely our
// reading that erred, and the author is not accused. What recognition read
// never accuses.
func (b *binder) corroborate() {
	ocr := slices.ContainsFunc(b.notes, func(n cite.Note) bool { return n.OCR })
	doubt := func(f *cite.Finding) {
		if f.Check != "numbering" || f.Verdict != cite.Questioned {
			return
		}
		f.Verdict = cite.Unverifiable
		f.Reason += ": either it is so, or it was not recognised on the page"
	}
	skipped := 0
	for _, f := range b.findings {
		if strings.Contains(f.Reason, "is skipped") {
			skipped++
		}
	}
	for i := range b.findings {
		f := &b.findings[i]
		sure := strings.Contains(f.Reason, "is skipped") && skipped == 1 && b.besideCalled(f.Claimed)
		if ocr || !sure {
			doubt(f)
		}
	}
	for i := range b.notes {
		before := b.numberBefore(i)
		for k := range b.notes[i].Findings {
			f := &b.notes[i].Findings[k]
			sure := before >= 0 && b.order[before] > 0 && b.order[i] > b.order[before]
			if ocr || !sure {
				doubt(f)
			}
		}
	}
}

// besideCalled tells whether the notes on both sides of a label that is left
// out are called, in this order.
func (b *binder) besideCalled(label string) bool {
	k, _ := strconv.Atoi(label)
	if k == 1 { // the numbers begin anew at 2
		return slices.ContainsFunc(b.byLabel["2"], func(i int) bool { return b.order[i] > 0 })
	}
	for _, i := range b.byLabel[strconv.Itoa(k+1)] {
		if before := b.numberBefore(i); before >= 0 && b.notes[before].Label == strconv.Itoa(k-1) && b.order[before] > 0 && b.order[i] > b.order[before] {
			return true
		}
	}
	return false
}

// numberBefore is the note with a number before note i; -1 for none.
func (b *binder) numberBefore(i int) int {
	for i--; i >= 0; i-- {
		if n := &b.notes[i]; n.Placement != cite.PlaceTable && n.Placement != cite.PlaceList {
			if _, err := strconv.Atoi(n.Label); err == nil {
				return i
			}
		}
	}
	return -1
}

// mostFaults is how many faults of its numbers, and what share of its notes
// in hundredths, a report on pages may have before they are our reading's.
const mostFaults, mostShare = 2, 8

// misread takes more than a few faults of the numbers for a layout that was
// not understood: it is said once, and accuses nobody.
func (b *binder) misread() {
	numbers := func(f cite.Finding) bool { return f.Check == "numbering" }
	labels := map[string]bool{} // a label with two faults is one
	for _, f := range b.findings {
		if numbers(f) {
			labels[f.Claimed] = true
		}
	}
	for i := range b.notes {
		for _, f := range b.notes[i].Findings {
			if numbers(f) {
				labels[f.Claimed] = true
			}
		}
	}
	if n := len(labels); n <= mostFaults || n*100 <= mostShare*len(b.notes) {
		return
	}
	b.findings = slices.DeleteFunc(b.findings, numbers)
	for i := range b.notes {
		b.notes[i].Findings = slices.DeleteFunc(b.notes[i].Findings, numbers)
	}
	b.findings = append(b.findings, cite.Finding{Check: "numbering", Verdict: cite.Unverifiable,
		Reason: fmt.Sprintf("%d labels of %d notes could not be matched with their markers: the layout of the notes was not understood well enough to check their numbers", len(labels), len(b.notes))})
}

// systematic takes a fault that comes again and again for a layout that was
// not understood (two languages side by side, each with its notes): it is said
// once, and accuses nobody.
func (b *binder) systematic() {
	for _, kind := range []string{"comes twice", "has no marker", "has no note", "out of order"} {
		n := 0
		is := func(f cite.Finding) bool { return f.Check == "numbering" && strings.Contains(f.Reason, kind) }
		for _, f := range b.findings {
			if is(f) {
				n++
			}
		}
		for i := range b.notes {
			for _, f := range b.notes[i].Findings {
				if is(f) {
					n++
				}
			}
		}
		if n < 5 || n*10 < len(b.notes) {
			continue
		}
		b.findings = slices.DeleteFunc(b.findings, is)
		for i := range b.notes {
			b.notes[i].Findings = slices.DeleteFunc(b.notes[i].Findings, is)
		}
		b.findings = append(b.findings, cite.Finding{Check: "numbering", Verdict: cite.Unverifiable,
			Reason: fmt.Sprintf("%d times a label %s: the layout of the notes was not understood well enough to check their numbers", n, kind)})
	}
}

func numbering(label, reason string) cite.Finding {
	return cite.Finding{Check: "numbering", Verdict: cite.Questioned, Claimed: label, Reason: reason}
}

// uncalled finds notes without a marker. A report of which no marker was
// found at all says nothing about its notes, nor does one that sets them level
// with its text.
func (b *binder) uncalled() {
	any := !b.text.LevelMarkers && slices.ContainsFunc(b.called, func(n int) bool { return n > 0 })
	for i := range b.notes {
		n := &b.notes[i]
		if !any || b.called[i] > 0 || n.Placement == cite.PlaceTable || n.Placement == cite.PlaceList || n.OCR || markLabel(n.Label) {
			continue // an author's star stands in a title, where it is easily lost
		}
		f := numbering(n.Label, fmt.Sprintf("note %s has no marker in the text (orphan note)", n.Label))
		if n.Page > 0 {
			f.Verdict = cite.Unverifiable
			f.Reason += ": either it is missing, or it was not recognised on the page"
		}
		n.Findings = append(n.Findings, f)
	}
}

// labels finds labels that come twice in a run of ascending ones, and gaps.
func (b *binder) labels() {
	last, lastAt := 0, -1
	for i := range b.notes {
		n := &b.notes[i]
		if n.Placement == cite.PlaceTable || n.Placement == cite.PlaceList {
			continue
		}
		v, err := strconv.Atoi(n.Label)
		if err != nil {
			continue
		}
		switch {
		case v == 1: // a chapter or page begins anew
		case v == 2 && last > 2:
			b.findings = append(b.findings, numbering("1", fmt.Sprintf("label 1 is skipped: the numbers begin anew at 2, after note %d", last)))
		case lastAt >= 0 && v == last:
			n.Findings = append(n.Findings, numbering(n.Label, fmt.Sprintf("label %s comes twice (duplicate)", n.Label)))
		case lastAt >= 0 && v > last+1 && v-last <= 5:
			for k := last + 1; k < v; k++ {
				b.findings = append(b.findings, numbering(strconv.Itoa(k), fmt.Sprintf("label %d is skipped: note %d follows note %d", k, v, last)))
			}
		case lastAt >= 0 && v < last:
			n.Findings = append(n.Findings, numbering(n.Label, fmt.Sprintf("note %d follows note %d: out of order", v, last)))
		}
		last, lastAt = v, i
	}
}
