package citation

import (
	"sort"
	"strings"

	"citecheck/pipeline/cite"
)

// mostInProse bounds how many works one sentence is searched for, and
// longestTail what may follow a title in the citation of it.
const (
	mostInProse = 12
	longestTail = 220
)

// withWorks adds the works that a sentence cites as it goes: "As Ida Crane
// writes in “Old Lessons,” Peace Notes 4 (2012): 9, the same …", "(see UN
// Peacekeeping, “Contributions,” January 31, 2014)". In prose a title alone is
// a quotation: only an author or a container, with a date, makes it a source.
func (n *note) withWorks(cites []cite.Citation, seg segment) []cite.Citation {
	if n.running {
		return cites
	}
	found := len(cites)
	pos := seg.from
	for _, a := range n.anchors(seg.stretch) {
		if len(cites)-found == mostInProse {
			break
		}
		if a.from < pos || n.taken(cites[:found], a) {
			continue
		}
		at, w := n.workAround(seg.stretch, pos, a)
		if w == nil || n.taken(cites[:found], at) {
			continue
		}
		text := n.s[at.from:at.to]
		c := cite.Citation{Work: w, Via: cite.ViaCSL, Text: text, Span: n.span(at.from, at.to), Defines: defines(text), Pinpoints: workPins(text, w)}
		if name, e := signalBefore(n.s, seg.from, at.from); e {
			c.Signal = name
		}
		cites = append(cites, c)
		pos = at.to
	}
	if len(cites) > found && found > 0 {
		sort.SliceStable(cites, func(i, j int) bool { return cites[i].Span.Start < cites[j].Span.Start })
	}
	return cites
}

// signalBefore is the signal that ends at byte i.
func signalBefore(s string, from, i int) (string, bool) {
	for k := i - 1; k >= from && k > i-24; k-- {
		if k > from && isWord(runeBefore(s, k)) {
			continue
		}
		if name, e := signalAt(s, k); e == i && e > k {
			return name, true
		}
	}
	return "", false
}

// taken tells whether a stretch overlaps one of the citations.
func (n *note) taken(cites []cite.Citation, a stretch) bool {
	for i := range cites {
		if n.byteAt(cites[i].Span.Start) < a.to && a.from < n.byteAt(cites[i].Span.End) {
			return true
		}
	}
	return false
}

// anchors are what a work in a sentence may be known by: a quotation, a
// stretch of italics, or the imprint of a book in brackets.
func (n *note) anchors(seg stretch) []stretch {
	var out []stretch
	for _, list := range [][]stretch{n.quotes, n.italics, n.brackets} {
		k := sort.Search(len(list), func(i int) bool { return list[i].from >= seg.from })
		for ; k < len(list) && list[k].to <= seg.to && len(out) < 4*mostInProse; k++ {
			a := list[k]
			if in := n.s[a.from:a.to]; in[0] == '(' {
				if len(in) > 120 || !strings.Contains(in, ": ") || !anyYear(in[max(0, len(in)-8):]) {
					continue
				}
			} else if len(in) < 8 {
				continue
			}
			out = append(out, a)
		}
	}
	sort.Slice(out, func(i, j int) bool { return out[i].from < out[j].from })
	return out
}

// workAround reads the work whose title, or imprint, is a; pos is where the
// last one ended.
func (n *note) workAround(seg stretch, pos int, a stretch) (stretch, *cite.Work) {
	imprint := n.s[a.from] == '('
	starts := n.startsBefore(max(seg.from, pos), a.from, imprint)
	if !imprint {
		starts = append(starts, a.from)
	}
	for _, to := range n.endsAfter(seg.to, a) {
		for _, from := range starts {
			at := stretch{from, trimStop(n.s, from, to)}
			if n.tries++; n.tries > 200+len(n.s)/16 || len(n.mentionsIn(at)) > 0 {
				continue // the tries are bounded by the length of the note
			}
			w := parseWork(n.s[at.from:at.to], n.italicsIn(at))
			if w == nil || w.Issued == nil && w.Accessed == nil || utf8Len(w.Title) < 4 || !isUpperRune(w.Title, 0) && !isDigit(w.Title[0]) || !imprint && !strings.Contains(n.s[a.from:a.to], w.Title) {
				continue
			}
			if from == a.from || imprint && len(w.Author)+len(w.Editor) == 0 {
				w.Author = append(w.Author, n.writerBefore(max(seg.from, pos), from)...)
			}
			if len(w.Author)+len(w.Editor) == 0 && (imprint || w.ContainerTitle == "" || city(w.ContainerTitle)) {
				continue
			}
			return at, w
		}
	}
	return stretch{}, nil
}

// startsBefore are the places before byte to where the author of a work may
// begin: at a capital behind a small word, a bracket or a mark; the earliest
// first.
func (n *note) startsBefore(from, to int, imprint bool) []int {
	s := n.s
	low := max(from, to-120)
	if imprint {
		low = max(from, to-260)
	}
	var out []int
	for i := low; i < to && len(out) < 8; i++ {
		if !isUpperRune(s, i) || isWord(runeBefore(s, i)) {
			continue
		}
		before := trimRight(s, from, i)
		open := before == from || s[before-1] == '(' || s[before-1] == ':' || strings.HasSuffix(s[:before], "—") || strings.HasSuffix(s[:before], "–")
		if before > from && s[before-1] == ',' {
			before-- // "on its history, Karl Ott, …"
		}
		if w := lastWord(s, before); !open && (w == before || !isLower(s[w]) || joins(s, from, w, before)) {
			continue
		}
		if lead := s[i:to]; !imprint && (!authorLike(lead) || strings.ContainsAny(lead, "0123456789")) || prose(lead) {
			continue
		}
		out = append(out, i)
	}
	return out
}

// joins tells whether the small word s[w:end] may join two words of a name or a
// title: "Department of Economic"; after another small word, "those of", it is
// one of the sentence.
func joins(s string, from, w, end int) bool {
	word := s[w:end]
	if !particle[word] && !joining[word] {
		return false
	}
	switch word {
	case "in", "by", "from", "with", "at":
		return false
	}
	before := trimRight(s, from, w)
	k := lastWord(s, before)
	return k >= before || k < from || !isLower(s[k]) || particle[s[k:before]]
}

// endsAfter are the places where the citation of the work at a may end: the
// bracket around it, or behind a date or a page that a mark follows; the
// farthest first.
func (n *note) endsAfter(limit int, a stretch) []int {
	s := n.s
	limit = min(limit, a.to+longestTail)
	for i := a.to; i < limit; i++ {
		if s[i] == ';' || s[i] == '.' && i+1 < limit && s[i+1] == ' ' && endsSentence(s, i) || s[i] == ')' && !closes(n.brackets, i) {
			limit = i
			break
		}
	}
	out := []int{limit}
	for i := limit - 1; i > a.to && len(out) < 8; i-- {
		if (s[i] == ',' || s[i] == ' ' && isLower(s[min(i+1, len(s)-1)])) && i > 0 && (isDigit(s[i-1]) || s[i-1] == ')') {
			out = append(out, i)
		}
	}
	if s[a.from] == '(' {
		out = append(out, a.to)
	}
	return out
}

// closes tells whether the bracket that byte i shuts opened in the list at a
// place of its own: one around the whole citation did not.
func closes(list []stretch, i int) bool {
	b, ok := inside(list, i)
	return ok && i-b.from < longestTail && b.to == i+1 && b.from > 0 && i-b.from < 60
}

// writerBefore is the person of whom a sentence says that they write in the
// work: "As Ida Crane argues in “Old Lessons”".
func (n *note) writerBefore(from, to int) []cite.Name {
	s := n.s
	end := trimRight(s, from, to)
	if foldEnd(s, end, "in") < 0 {
		return nil
	}
	low := max(from, end-90)
	for i := end - 3; i > low; i-- {
		if strings.HasPrefix(s[i:], "’s ") || strings.HasPrefix(s[i:], "'s ") { // "Omar Teig’s account in"
			k := i
			for words := 0; words < 3; words++ {
				w := lastWord(s, k)
				if w < low || w >= k || !isUpperRune(s, w) {
					break
				}
				if _, e := signalAt(s, w); e > w {
					break
				}
				k = trimRight(s, low, w)
			}
			if name := strings.TrimSpace(s[k:i]); isPerson(name) {
				return names(name)
			}
			return nil
		}
		if !isLower(s[i]) || isWord(runeBefore(s, i)) {
			continue
		}
		switch w := s[i : i+wordLen(s[i:])]; w {
		case "writes", "wrote", "argues", "argued", "notes", "noted", "shows", "showed", "explains", "explained", "observes", "observed", "points", "suggests", "suggested", "put", "puts", "finds", "found", "describes", "described":
			k := trimRight(s, low, i)
			k0 := k
			for words := 0; words < 5; words++ {
				w := lastWord(s, k0)
				if w < low || !isUpperRune(s, w) && !particle[s[w:k0]] && s[w:k0] != "and" {
					break
				}
				if _, e := signalAt(s, w); e > w || anyWordAt(s, w, "as", "for", "but", "in", "while", "when") > 0 {
					break
				}
				k = w
				k0 = trimRight(s, low, w)
			}
			if name := strings.TrimSpace(s[k:trimRight(s, low, i)]); isPerson(name) || surname(name) {
				return names(name)
			}
			return nil
		}
	}
	return nil
}

func wordLen(s string) int {
	i := 0
	for i < len(s) && isAlpha(s[i]) {
		i++
	}
	return i
}
