package pipeline

import (
	"slices"
	"strconv"

	"citecheck/extractors/citation"
	"citecheck/extractors/notes"
	"citecheck/pipeline/cite"
	"citecheck/pipeline/verify"
)

// running makes a note of placement inline of every sentence of the running
// text that itself cites a UN document; its label is page and running number.
func running(t cite.Text) []cite.Note {
	var out []cite.Note
	count := map[int]int{}
	for _, b := range t.Blocks {
		text := []rune(b.Text)
		for _, s := range notes.Sentences(b.Text) {
			sentence := string(text[s.Start:s.End])
			cites := citation.Running(sentence)
			if len(cites) == 0 {
				continue
			}
			page := b.Page(s.Start)
			count[page]++
			n := cite.Note{Label: "p" + strconv.Itoa(page) + "." + strconv.Itoa(count[page]), Placement: cite.PlaceInline,
				Page: page, Text: sentence, Citations: cites, OCR: b.OCR}
			if page > 0 {
				n.Pages = []int{page}
			}
			out = append(out, n)
		}
	}
	return out
}

// unmarked are the sentences of the running text that may describe a document
// and under which no note stands. What recognition read says nothing so sure.
func unmarked(t cite.Text) (out []cite.Said) {
	for _, b := range t.Blocks {
		if b.OCR || !verify.Telling(b.Text) {
			continue
		}
		text := []rune(b.Text)
		before := ""
		for _, s := range notes.Sentences(b.Text) {
			sentence := string(text[s.Start:s.End])
			marked := slices.ContainsFunc(b.Marks, func(m cite.Mark) bool { return m.At > s.Start && m.At <= s.End+1 })
			if !marked && verify.Telling(sentence) {
				out = append(out, cite.Said{Text: sentence, Before: before, Page: b.Page(s.Start)})
			}
			before = sentence
		}
	}
	return out
}
