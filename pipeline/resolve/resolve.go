// Package resolve binds short forms to what they mean: ibid., supra note 7,
// op. cit., short titles and terms that an earlier note defined. It guesses
// nothing: what the report leaves open stays open, with the reason. It knows
// the order of notes; it knows nothing of documents.
package resolve

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"citecheck/pipeline/cite"
)

// All binds the back references of a report's notes, in order. Notes of
// running text and of tables stand apart: a footnote's ibid. never means them.
func All(notes []cite.Note) {
	r := &resolver{notes: notes, byLabel: map[string][]int{}, terms: map[string]place{}}
	for i := range notes {
		if apart(notes[i]) {
			continue
		}
		for j := range notes[i].Citations {
			r.bind(i, j)
			r.remember(i, j)
		}
		r.byLabel[notes[i].Label] = append(r.byLabel[notes[i].Label], i)
		r.last, r.any = i, true
	}
}

func apart(n cite.Note) bool {
	return n.Placement == cite.PlaceInline || n.Placement == cite.PlaceTable
}

// place is a citation: note and number in it.
type place struct{ note, cite int }

type resolver struct {
	notes   []cite.Note
	byLabel map[string][]int // notes read so far, by label
	terms   map[string]place // defined terms, folded
	last    int              // the note before this one
	any     bool
}

func (r *resolver) at(p place) *cite.Citation { return &r.notes[p.note].Citations[p.cite] }

func (r *resolver) bind(i, j int) {
	c := &r.notes[i].Citations[j]
	if c.BackRef == nil || c.Resolved() {
		r.shortTitle(i, j)
		return
	}
	switch c.Via {
	case cite.ViaIbid:
		r.ibid(i, j)
	case cite.ViaSupra:
		r.supra(i, j)
	default:
		r.short(i, j)
	}
}

// take copies what a citation means from its antecedent.
func (r *resolver) take(c *cite.Citation, from place, inherit bool) {
	a := r.at(from)
	c.Symbol, c.Work, c.Open = a.Symbol, a.Work, nil
	c.Antecedent = r.notes[from.note].Label
	if inherit && len(c.Pinpoints) == 0 {
		c.Pinpoints = slices.Clone(a.Pinpoints)
	}
}

// open leaves a citation unresolved: questioned where the report is at fault,
// unverifiable where it was we who did not understand.
func open(c *cite.Citation, v cite.Verdict, reason string) {
	c.Open = &cite.Finding{Check: "short-form", Verdict: v, Claimed: c.Text, Reason: reason}
}

// ibid means the source just before: of this note, else the only one of the
// note before.
func (r *resolver) ibid(i, j int) {
	c := &r.notes[i].Citations[j]
	if j > 0 {
		r.copyOf(c, place{i, j - 1})
		return
	}
	if !r.any {
		open(c, cite.Questioned, "there is no note before this one that it could mean")
		return
	}
	n := &r.notes[r.last]
	switch len(n.Citations) {
	case 0:
		open(c, cite.Unverifiable, fmt.Sprintf("no source was recognised in note %s, which it means", n.Label))
		c.Antecedent = n.Label
	case 1:
		r.copyOf(c, place{r.last, 0})
	default:
		if same(n.Citations) {
			r.copyOf(c, place{r.last, len(n.Citations) - 1})
			return
		}
		open(c, cite.Questioned, fmt.Sprintf("note %s cites %d sources: it is not clear which one is meant", n.Label, len(n.Citations)))
		c.Antecedent = n.Label
	}
}

// copyOf binds c to a citation that may itself be open.
func (r *resolver) copyOf(c *cite.Citation, from place) {
	a := r.at(from)
	if !a.Resolved() {
		label := r.notes[from.note].Label
		c.Antecedent = label
		if a.Open != nil && a.Open.Verdict == cite.Questioned && a.BackRef != nil {
			open(c, cite.Questioned, fmt.Sprintf("it means what note %s means, which is itself unclear", label))
			return
		}
		open(c, cite.Unverifiable, fmt.Sprintf("it means the source of note %s, which was not understood", label))
		return
	}
	r.take(c, from, true)
}

// same tells whether all citations of a note name one source.
func same(cs []cite.Citation) bool {
	for _, c := range cs[1:] {
		if !c.Resolved() || c.Target("") != cs[0].Target("") {
			return false
		}
	}
	return cs[0].Resolved()
}

// supra names the note; an author or title must be found in it.
func (r *resolver) supra(i, j int) {
	c := &r.notes[i].Citations[j]
	ref := c.BackRef
	if ref.Note == "" {
		r.short(i, j)
		return
	}
	c.Antecedent = ref.Note
	list := r.byLabel[ref.Note]
	if len(list) == 0 {
		n, errN := strconv.Atoi(ref.Note)
		own, errO := strconv.Atoi(r.notes[i].Label)
		switch {
		case r.notes[i].Label == ref.Note:
			open(c, cite.Questioned, fmt.Sprintf("note %s refers to itself", ref.Note))
		case errN == nil && errO == nil && n > own && r.exists(ref.Note):
			open(c, cite.Questioned, fmt.Sprintf("note %s comes later: supra looks back", ref.Note))
		default:
			open(c, cite.Questioned, fmt.Sprintf("there is no note %s before this one", ref.Note))
		}
		return
	}
	n := list[len(list)-1] // labels may begin anew in each chapter: the nearest
	var fit []place
	for k := range r.notes[n].Citations {
		if r.matches(ref, place{n, k}) {
			fit = append(fit, place{n, k})
		}
	}
	named := ref.Author != "" || ref.Title != "" || !ref.Symbol.IsZero()
	switch {
	case len(fit) == 1 || len(fit) > 1 && same(r.cites(fit)):
		r.bindTo(c, fit[0])
	case len(fit) > 1:
		open(c, cite.Questioned, fmt.Sprintf("note %s cites %d sources: it is not clear which one is meant", ref.Note, len(fit)))
	case len(r.notes[n].Citations) == 0 && named && r.found(c, ref, i):
		// The note that it names cites nothing, and another one does cite it.
	case len(r.notes[n].Citations) == 0:
		open(c, cite.Unverifiable, fmt.Sprintf("no source was recognised in note %s, which it names", ref.Note))
	case named && r.understood(n):
		if !r.found(c, ref, i) {
			open(c, cite.Questioned, fmt.Sprintf("note %s does not cite %s", ref.Note, called(ref)))
		}
	default:
		open(c, cite.Unverifiable, fmt.Sprintf("the source of note %s was not understood", ref.Note))
	}
}

// found opens c with the earlier note that cites what it means, if there is one.
func (r *resolver) found(c *cite.Citation, ref *cite.BackRef, i int) bool {
	p, ok := r.elsewhere(ref, i)
	if !ok {
		return false
	}
	open(c, cite.Questioned, fmt.Sprintf("note %s does not cite %s; note %s does", ref.Note, called(ref), r.notes[p.note].Label))
	c.Open.Candidates = []string{r.at(p).Target("")}
	return true
}

func (r *resolver) bindTo(c *cite.Citation, p place) {
	if !r.at(p).Resolved() {
		r.copyOf(c, p)
		return
	}
	r.take(c, p, false)
}

func (r *resolver) cites(ps []place) []cite.Citation {
	var out []cite.Citation
	for _, p := range ps {
		out = append(out, *r.at(p))
	}
	return out
}

func (r *resolver) exists(label string) bool {
	return slices.ContainsFunc(r.notes, func(n cite.Note) bool { return n.Label == label && !apart(n) })
}

// understood tells whether every source of a note was.
func (r *resolver) understood(n int) bool {
	for _, c := range r.notes[n].Citations {
		if !c.Resolved() {
			return false
		}
	}
	return true
}

func called(ref *cite.BackRef) string {
	switch {
	case ref.Author != "" && ref.Title != "":
		return ref.Author + ", " + ref.Title
	case !ref.Symbol.IsZero():
		return ref.Symbol.String()
	}
	return ref.Author + ref.Title
}

// matches tells whether a short form may mean a citation: what it says of
// author and title must be found there.
func (r *resolver) matches(ref *cite.BackRef, p place) bool {
	c := r.at(p)
	if !ref.Symbol.IsZero() {
		return c.Symbol == ref.Symbol || c.Symbol.Main() == ref.Symbol
	}
	if ref.Author == "" && ref.Title == "" {
		return true
	}
	for _, t := range c.Defines {
		if fold(t) == fold(ref.Title) || fold(t) == fold(ref.Author) || fold(t) == fold(ref.Author+" "+ref.Title) {
			return true
		}
	}
	hay := words(described(c))
	need := words(ref.Author + " " + ref.Title)
	if len(need) == 0 {
		return true
	}
	hit := 0
	for w := range need {
		if hay[w] {
			hit++
		}
	}
	return hit*3 >= len(need)*2
}

// described is all that is said of a citation's source.
func described(c *cite.Citation) string {
	s := c.Text + " " + c.Claims.Title + " " + c.Claims.Author + " " + c.Claims.Body
	if c.Work != nil {
		s += " " + c.Work.Title + " " + c.Work.ContainerTitle + " " + c.Work.Publisher
		for _, n := range c.Work.Author {
			s += " " + n.Family + " " + n.Given + " " + n.Literal
		}
	}
	if c.Symbol.Series() != "" {
		s += " " + c.Symbol.Series() + " " + c.Symbol.Body()
	}
	return s
}

// short binds op. cit., a short title or a defined term to the one earlier
// source that it fits.
func (r *resolver) short(i, j int) {
	c := &r.notes[i].Citations[j]
	ref := c.BackRef
	if ref.Author == "" && ref.Title == "" && ref.Symbol.IsZero() {
		r.ibid(i, j)
		return
	}
	if p, ok := r.term(ref.Title, ref.Author); ok {
		r.bindTo(c, p)
		return
	}
	var fit []place
	for n := 0; n < i; n++ {
		if apart(r.notes[n]) {
			continue
		}
		for k := range r.notes[n].Citations {
			d := &r.notes[n].Citations[k]
			if d.BackRef == nil && d.Resolved() && r.matches(ref, place{n, k}) {
				fit = append(fit, place{n, k})
			}
		}
	}
	switch {
	case len(fit) == 0:
		open(c, cite.Questioned, fmt.Sprintf("no earlier note cites %s", called(ref)))
	case len(fit) == 1 || same(r.cites(fit)):
		r.take(c, fit[0], false)
	default:
		open(c, cite.Questioned, fmt.Sprintf("%s fits several earlier sources, in notes %s", called(ref), r.labels(fit)))
	}
}

func (r *resolver) labels(ps []place) string {
	var out []string
	for _, p := range ps {
		if l := r.notes[p.note].Label; !slices.Contains(out, l) {
			out = append(out, l)
		}
	}
	return strings.Join(out, ", ")
}

func (r *resolver) elsewhere(ref *cite.BackRef, before int) (place, bool) {
	for n := 0; n < before; n++ {
		for k := range r.notes[n].Citations {
			if c := r.at(place{n, k}); !apart(r.notes[n]) && c.BackRef == nil && c.Resolved() && r.matches(ref, place{n, k}) {
				return place{n, k}, true
			}
		}
	}
	return place{}, false
}

// term finds a defined term.
func (r *resolver) term(names ...string) (place, bool) {
	for _, s := range names {
		if p, ok := r.terms[fold(s)]; ok && fold(s) != "" {
			return p, true
		}
	}
	return place{}, false
}

// shortTitle binds a citation that only repeats a defined term: it was read
// as a work with that title, for want of knowing better.
func (r *resolver) shortTitle(i, j int) {
	c := &r.notes[i].Citations[j]
	if c.Work == nil || len(c.Defines) > 0 {
		return
	}
	title := c.Work.Title
	if c.Work.Issued != nil || c.Work.URL != "" {
		return
	}
	if p, ok := r.term(title); ok {
		c.Via = cite.ViaShort
		r.bindTo(c, p)
	}
}

// remember keeps what later notes may refer to.
func (r *resolver) remember(i, j int) {
	c := &r.notes[i].Citations[j]
	for _, t := range c.Defines {
		if _, ok := r.terms[fold(t)]; !ok && fold(t) != "" {
			r.terms[fold(t)] = place{i, j}
		}
	}
}

func fold(s string) string {
	var b strings.Builder
	for _, f := range strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		if f == "the" || f == "le" || f == "la" {
			continue
		}
		b.WriteString(f)
		b.WriteByte(' ')
	}
	return strings.TrimSpace(b.String())
}

// words are the telling words of a text, folded.
func words(s string) map[string]bool {
	out := map[string]bool{}
	for _, f := range strings.Fields(fold(s)) {
		if len([]rune(f)) > 2 && !plain[f] {
			out[f] = true
		}
	}
	return out
}

var plain = map[string]bool{"and": true, "for": true, "see": true, "also": true, "note": true, "supra": true, "from": true, "with": true, "on": true}
