package annotate

import (
	"slices"
	"strings"
	"unicode/utf8"

	"citecheck/pipeline/cite"
	"citecheck/pipeline/graph"
)

// A place is a stretch of one line of a page.
type place struct {
	page int
	box  cite.Rect
}

// A stream is the text of some zones in reading order, folded to letters and
// digits: what a note's own text is found in again, however it was hyphenated
// and set. Each folded letter knows where it lies.
type stream struct {
	text  string // folded
	at    []letter
	pages map[int][2]int // page -> its letters, half open
}

type letter struct {
	offset int // of its first byte in text
	page   int
	line   int
	box    cite.Rect
}

// places finds notes on the pages of a PDF.
type places struct {
	notes, body, all stream
	next             int // of notes: behind the last note found
}

func newPlaces(zones []cite.Zone) *places {
	p := &places{}
	p.notes = streamOf(zones, func(k cite.ZoneKind) bool {
		return k == cite.ZoneNotes || k == cite.ZoneEndnotes || k == cite.ZoneBibliography
	})
	p.body = streamOf(zones, func(k cite.ZoneKind) bool {
		return k != cite.ZoneNotes && k != cite.ZoneEndnotes && k != cite.ZoneHeader && k != cite.ZoneFooter
	})
	p.all = streamOf(zones, func(cite.ZoneKind) bool { return true })
	return p
}

func streamOf(zones []cite.Zone, in func(cite.ZoneKind) bool) stream {
	s := stream{pages: map[int][2]int{}}
	var b strings.Builder
	line := 0
	for _, z := range zones {
		if !in(z.Kind) {
			continue
		}
		first := len(s.at)
		if old, ok := s.pages[z.Page]; ok {
			first = old[0]
		}
		for _, l := range z.Lines {
			line++
			for _, r := range l.Runs {
				word := graph.Fold(r.Text)
				n, k := float64(utf8.RuneCountInString(word)), 0.0
				for _, c := range word {
					box := r.Box
					if r.Angle == 0 {
						box.X0, box.X1 = r.Box.X0+r.Box.W()*k/n, r.Box.X0+r.Box.W()*(k+1)/n
					}
					s.at = append(s.at, letter{b.Len(), z.Page, line, box})
					b.WriteRune(c)
					k++
				}
			}
		}
		s.pages[z.Page] = [2]int{first, len(s.at)}
	}
	s.text = b.String()
	return s
}

// A range is a stretch of letters of a stream.
type stretch struct {
	in       *stream
	from, to int
}

// note finds a note's text on its pages: behind the note before it if it is
// there, for many are the same ("Ibid."), and with its label before it if
// that is printed so.
func (p *places) note(n *graph.Note) (stretch, bool) {
	text := graph.Fold(n.Text)
	if text == "" {
		return stretch{}, false
	}
	if n.Placement != string(cite.PlaceInline) {
		from, to := p.notes.span(n)
		for _, try := range []struct {
			needle string
			from   int
		}{{graph.Fold(n.Label) + text, max(from, p.next)}, {text, max(from, p.next)}, {graph.Fold(n.Label) + text, from}, {text, from}} {
			if at, ok := p.notes.find(try.needle, text, try.from, to); ok {
				p.next = at.to
				return at, true
			}
		}
	}
	for _, s := range []*stream{&p.body, &p.all} {
		from, to := s.span(n)
		if at, ok := s.find(text, text, from, to); ok {
			return at, true
		}
	}
	return stretch{}, false
}

// span are the letters on the pages of a note.
func (s *stream) span(n *graph.Note) (from, to int) {
	first := true
	pages := n.Pages
	if n.Placement == string(cite.PlaceInline) && len(pages) > 0 {
		pages = append(slices.Clone(pages), pages[len(pages)-1]+1) // a sentence is named by the page where it begins
	}
	for _, page := range pages {
		at, ok := s.pages[page]
		if !ok {
			continue
		}
		if first {
			from, to, first = at[0], at[1], false
		}
		from, to = min(from, at[0]), max(to, at[1])
	}
	return from, to
}

// sure is how many letters at its beginning and its end find a long note
// whose middle was read otherwise.
const sure = 24

// find finds needle between two letters; what is found is text, at its end. A
// long text is found by its beginning and its end too.
func (s *stream) find(needle, text string, from, to int) (stretch, bool) {
	if from >= to {
		return stretch{}, false
	}
	begin, end := s.at[from].offset, len(s.text)
	if to < len(s.at) {
		end = s.at[to].offset
	}
	hay := s.text[begin:end]
	if i := strings.Index(hay, needle); i >= 0 {
		last := begin + i + len(needle)
		return stretch{s, s.letter(last - len(text)), s.letter(last)}, true
	}
	if utf8.RuneCountInString(text) < 3*sure {
		return stretch{}, false
	}
	r := []rune(text)
	i := strings.Index(hay, string(r[:sure]))
	if i < 0 {
		return stretch{}, false
	}
	j := strings.Index(hay[i:], string(r[len(r)-sure:]))
	if j < 0 || j > 2*len(text) {
		return stretch{}, false
	}
	tail := string(r[len(r)-sure:])
	return stretch{s, s.letter(begin + i), s.letter(begin + i + j + len(tail))}, true
}

// letter is the letter at a byte of the text.
func (s *stream) letter(offset int) int {
	lo, hi := 0, len(s.at)
	for lo < hi {
		mid := (lo + hi) / 2
		if s.at[mid].offset < offset {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return lo
}

// within are the places of the words of a note over span, a line each; at is
// where the whole note stands.
func (p *places) within(at stretch, text string, span cite.Span) []place {
	r := []rune(text)
	before := utf8.RuneCountInString(graph.Fold(string(r[:min(span.Start, len(r))])))
	upto := utf8.RuneCountInString(graph.Fold(string(r[:min(span.End, len(r))])))
	from, to := at.from+before, at.from+upto
	if whole := utf8.RuneCountInString(graph.Fold(text)); at.to-at.from != whole {
		// The middle was read otherwise: count from the nearer end.
		if before > whole-upto {
			from, to = at.to-(whole-before), at.to-(whole-upto)
		}
	}
	from, to = max(from, at.from), min(to, at.to)
	var out []place
	line := -1
	for i := from; i < to; i++ {
		l := at.in.at[i]
		if l.line != line {
			line = l.line
			out = append(out, place{l.page, l.box})
			continue
		}
		out[len(out)-1].box = out[len(out)-1].box.Union(l.box)
	}
	return out
}
