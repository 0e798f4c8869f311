// Package resolve binds short forms to what they mean: ibid., supra note 7,
// op. cit., short titles and terms that an earlier note defined; and it gives
// one document one identity. It guesses nothing: what the report leaves open
// stays open, with the reason. It knows the order of notes; it knows nothing
// of documents.
package resolve

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"citecheck/pipeline/cite"
)

// All binds the back references of a report's notes, in order. Footnotes and
// endnotes are one run; the notes of tables, sentences that cite and the
// entries of a bibliography each are one of their own: a footnote's ibid.
// never means them.
func All(notes []cite.Note) {
	organs(notes)
	r := newResolver(notes)
	for i := range notes {
		r.defined(i)
		for j := range notes[i].Citations {
			r.bind(i, j)
			r.remember(place{i, j})
		}
		r.done(i)
	}
	for _, p := range r.waiting {
		r.supra(p.note, p.cite)
	}
	oneIdentity(notes)
}

// A place is a citation: a note and the number in it.
type place struct{ note, cite int }

type resolver struct {
	notes   []cite.Note
	byLabel map[string][]int // notes of the run read so far, by label
	later   map[string][]int // all notes of the run, by label
	before  map[cite.Placement]int
	terms   map[string]place // defined terms, folded: the nearest definition
	sources sources
	waiting []place
	printed map[string]int // words of all notes read so far, and the first note of each
}

func newResolver(notes []cite.Note) *resolver {
	r := &resolver{notes: notes, byLabel: map[string][]int{}, later: map[string][]int{}, before: map[cite.Placement]int{},
		terms: map[string]place{}, sources: newSources(), printed: map[string]int{}}
	for i, n := range notes {
		if run(n) == cite.PlaceFoot {
			r.later[n.Label] = append(r.later[n.Label], i)
		}
	}
	return r
}

// run is the placement whose notes follow one another.
func run(n cite.Note) cite.Placement {
	switch n.Placement {
	case cite.PlaceTable, cite.PlaceInline, cite.PlaceList:
		return n.Placement
	}
	return cite.PlaceFoot
}

func (r *resolver) at(p place) *cite.Citation { return &r.notes[p.note].Citations[p.cite] }

// done closes a note: later ones may refer to it.
func (r *resolver) done(i int) {
	n := &r.notes[i]
	if run(*n) == cite.PlaceFoot {
		r.byLabel[n.Label] = append(r.byLabel[n.Label], i)
		for _, w := range words(n.Text) {
			if _, ok := r.printed[w]; !ok {
				r.printed[w] = i
			}
		}
	}
	r.before[run(*n)] = i
}

func (r *resolver) bind(i, j int) {
	c := &r.notes[i].Citations[j]
	switch {
	case c.BackRef == nil:
		r.shortTitle(i, j)
	case c.Via == cite.ViaName && c.Open != nil:
		r.whose(i, j)
	case c.Resolved() || c.Open != nil:
	case c.Via == cite.ViaIbid:
		r.ibid(i, j)
		inSeries(c)
	case c.BackRef.Ahead && c.BackRef.Note != "":
		r.waiting = append(r.waiting, place{i, j}) // what it means is bound later
	case c.Via == cite.ViaSupra && c.BackRef.Note != "":
		r.supra(i, j)
	default:
		r.short(i, j)
	}
}

// whose decides a resolution that is named by nothing but its number: it is the
// one that an earlier note cites.
func (r *resolver) whose(i, j int) {
	c := &r.notes[i].Citations[j]
	if fit := r.search(c.BackRef, i); len(fit) > 0 && one(r.cites(fit)) {
		c.Symbol, c.Open = c.BackRef.Symbol, nil
	}
	c.BackRef = nil
}

// take copies what a citation means from its antecedent.
func (r *resolver) take(c *cite.Citation, from place, inherit bool) {
	a := r.at(from)
	c.Symbol, c.Joint, c.Work, c.Open = a.Symbol, a.Joint, a.Work, nil
	c.Antecedent = r.notes[from.note].Label
	if inherit && len(c.Pinpoints) == 0 {
		c.Pinpoints = slices.Clone(a.Pinpoints)
	}
}

// follow binds c to a citation that may itself be open.
func (r *resolver) follow(c *cite.Citation, from place, inherit bool) {
	a := r.at(from)
	if a.Resolved() {
		r.take(c, from, inherit)
		return
	}
	label := r.notes[from.note].Label
	c.Antecedent = label
	if a.Open != nil && a.Open.Verdict == cite.Questioned && a.BackRef != nil {
		// The fault is that of the note it follows, and is told there.
		open(c, cite.Unverifiable, fmt.Sprintf("it means what note %s means, and that is not clear itself", label))
		return
	}
	open(c, cite.Unverifiable, fmt.Sprintf("it means the source of note %s, which we did not understand", label))
}

// open leaves a citation unresolved: questioned where the report is at fault,
// unverifiable where it was we who did not understand.
func open(c *cite.Citation, v cite.Verdict, reason string) {
	c.Open = &cite.Finding{Check: "short-form", Verdict: v, Claimed: c.Text, Reason: reason}
}

// ibid means the source just before: in this note, else the only one of the
// note before. It keeps to the places that it names itself: whether a bare
// ibid. means the same page or the whole source differs from style to style,
// and a place that nobody printed must not be held against the author.
func (r *resolver) ibid(i, j int) {
	c := &r.notes[i].Citations[j]
	if j > 0 {
		r.follow(c, place{i, j - 1}, sameSpot(c.Text))
		return
	}
	last, ok := r.before[run(r.notes[i])]
	if !ok {
		open(c, cite.Questioned, "there is no note before this one that it could mean")
		return
	}
	n := &r.notes[last]
	c.Antecedent = n.Label
	switch {
	case len(n.Citations) == 0 && maybeCites(n):
		open(c, cite.Unverifiable, fmt.Sprintf("we did not understand note %s, which it means", n.Label))
	case len(n.Citations) == 0:
		open(c, cite.Questioned, fmt.Sprintf("note %s, the one before, cites nothing", n.Label))
		if p, ok := r.lastCited(last); ok {
			c.Open.Reason += fmt.Sprintf("; the last source before it is in note %s", r.notes[p.note].Label)
			if r.at(p).Resolved() {
				c.Open.Candidates = []string{r.at(p).Target("")}
			}
		}
	case leftOver(n) && !severalDocuments(n):
		// A source that we cannot see may be the one that is meant.
		open(c, cite.Unverifiable, fmt.Sprintf("we did not understand all of note %s, which it means", n.Label))
	case len(n.Citations) == 1 || one(n.Citations):
		r.follow(c, place{last, len(n.Citations) - 1}, sameSpot(c.Text))
	default:
		atLeast := ""
		if leftOver(n) {
			atLeast = "at least "
		}
		open(c, cite.Questioned, fmt.Sprintf("note %s cites %s%d sources: it is not clear which one is meant", n.Label, atLeast, len(n.Citations)))
		c.Open.Candidates = r.targets(last)
	}
}

// inSeries turns an ibid. that goes on with another volume or number into that
// part of the series: "Ibid., vol. 1760, No. 30619" is another treaty than the
// one before. Of any other series we can't tell which document it is.
func inSeries(c *cite.Citation) {
	part := c.BackRef.Title
	if part == "" || !c.Resolved() {
		return
	}
	if c.Work != nil && c.Work.Type == "treaty" && c.Work.ContainerTitle != "" {
		at := strings.Index(c.Work.Title, ", vol")
		if at < 0 {
			return
		}
		w := *c.Work
		w.Title = w.Title[:at] + ", " + part
		w.Volume, w.Number = numbers(part)
		c.Work = &w
		return
	}
	if c.Work != nil && strings.HasPrefix(strings.ToLower(part), "vol") {
		return // another volume of the same work
	}
	c.Symbol, c.Joint, c.Work = cite.Symbol{}, nil, nil
	open(c, cite.Unverifiable, fmt.Sprintf("it names another document of the series in note %s: %s", c.Antecedent, part))
}

// numbers are the volume and number of "vol. 1760, No. 30619".
func numbers(part string) (volume, number string) {
	for _, p := range strings.Split(part, ",") {
		word, n, _ := strings.Cut(strings.TrimSpace(p), " ")
		switch {
		case strings.HasPrefix(strings.ToLower(word), "vol"):
			volume = n
		case strings.HasPrefix(strings.ToLower(word), "no"):
			number = n
		}
	}
	return volume, number
}

// lastCited is the only source of the nearest note before n that cites.
func (r *resolver) lastCited(n int) (place, bool) {
	for k := n - 1; k >= 0 && k > n-6; k-- {
		if run(r.notes[k]) != run(r.notes[n]) {
			continue
		}
		if len(r.notes[k].Citations) == 1 {
			return place{k, 0}, true
		}
		if len(r.notes[k].Citations) > 1 {
			return place{}, false
		}
	}
	return place{}, false
}

// targets are the sources of a note, once each.
func (r *resolver) targets(n int) []string {
	var out []string
	for _, c := range r.notes[n].Citations {
		if t := c.Target(""); c.Resolved() && !slices.Contains(out, t) {
			out = append(out, t)
		}
	}
	return out
}

// one tells whether all citations name one source.
func one(cs []cite.Citation) bool {
	chain := len(cs) > 0
	for k, c := range cs {
		chain = chain && (k == 0 || c.Via == cite.ViaIbid)
	}
	if chain {
		return true
	}
	for _, c := range cs {
		if !c.Resolved() || c.Target("") != cs[0].Target("") {
			return false
		}
	}
	return len(cs) > 0
}

// supra names the note; an author or title must be found in it.
func (r *resolver) supra(i, j int) {
	c := &r.notes[i].Citations[j]
	ref := c.BackRef
	c.Antecedent = ref.Note
	n, ok := r.noteMeant(i, ref.Note, ref.Ahead)
	if !ok {
		open(c, cite.Questioned, r.noSuchNote(i, ref.Note, ref.Ahead))
		return
	}
	fit := r.fitting(ref, n)
	cites := r.notes[n].Citations
	lead := leadOf(c.Text)
	if !named(ref) && lead != "" && len(fit) > 1 {
		fit = r.namedIn(lead, fit)
	}
	fit = r.ofYear(c.Text, r.titled(ref, r.authored(called(ref), fit)))
	if len(fit) == 0 && len(cites) > 0 {
		// "In the words of François Bugnion, above note 2": a sentence that
		// names the author.
		if by := r.authored(called(ref), r.places(n)); len(by) == 1 && r.authorIn(called(ref), by[0]) {
			fit = by
		}
	}
	if len(fit) == 0 && r.untitled(n, ref) && byOrgan(ref) {
		// "Secretary-General, Report on X, supra note 8", and note 8 prints a
		// symbol and no title: nothing in it speaks against X.
		r.undescribed(c, place{n, 0})
		return
	}
	switch {
	case len(fit) == 1 && !named(ref) && lead == "" && leftOver(&r.notes[n]):
		// A source that we cannot see may be the one that is meant.
		open(c, cite.Unverifiable, fmt.Sprintf("we did not understand all of note %s, which it names", ref.Note))
	case len(fit) == 1 || len(fit) > 1 && one(r.cites(fit)):
		r.follow(c, fit[0], sameSpot(c.Text))
	case len(fit) > 1 && named(ref):
		open(c, cite.Questioned, fmt.Sprintf("%s fits %d sources of note %s", called(ref), len(fit), ref.Note))
		c.Open.Candidates = r.targets(n)
	case len(fit) > 1 && lead != "":
		open(c, cite.Unverifiable, fmt.Sprintf("note %s cites %d sources, and we did not understand which one the words before it name", ref.Note, len(fit)))
		c.Open.Candidates = r.targets(n)
	case len(fit) > 1 && len(c.Pinpoints) == 0 && (c.Signal != "" || ref.Ahead):
		// "See supra note 146" points to what that note says.
		open(c, cite.Unverifiable, fmt.Sprintf("it points to note %s as a whole, which cites %d sources", ref.Note, len(fit)))
		c.Open.Candidates = r.targets(n)
	case len(fit) > 1:
		open(c, cite.Questioned, fmt.Sprintf("note %s cites %d sources: it is not clear which one is meant", ref.Note, len(fit)))
		c.Open.Candidates = r.targets(n)
	case byOrgan(ref) && silent(&r.notes[n], ref):
		open(c, cite.Questioned, fmt.Sprintf("note %s does not cite %s", ref.Note, called(ref)))
		r.suggest(c, i)
	case len(cites) == 0 && maybeCites(&r.notes[n]), named(ref) && mentions(r.notes[n].Text, ref), !r.understood(n):
		open(c, cite.Unverifiable, fmt.Sprintf("we did not understand note %s, which it names", ref.Note))
	case len(cites) == 0:
		open(c, cite.Questioned, fmt.Sprintf("note %s cites nothing", ref.Note))
		r.suggest(c, i)
	case len(words(called(ref))) > longName, isSentence(called(ref)):
		open(c, cite.Unverifiable, fmt.Sprintf("we did not understand what it calls the source of note %s", ref.Note))
	default:
		open(c, cite.Questioned, fmt.Sprintf("note %s does not cite %s", ref.Note, called(ref)))
		r.suggest(c, i)
	}
}

// untitled tells whether a note cites one UN document, prints no title for it,
// and names no other author than a short form does.
func (r *resolver) untitled(n int, ref *cite.BackRef) bool {
	cites := r.notes[n].Citations
	if len(cites) != 1 || cites[0].Symbol.IsZero() || cites[0].Via != cite.ViaSymbol || cites[0].Symbol.Series() == "resolution" || leftOver(&r.notes[n]) {
		return false
	}
	c := cites[0].Claims
	if telling, _ := tellingWords(c.Title); len(telling) > 0 {
		return false
	}
	return c.Author == "" || fold(c.Author) == fold(ref.Author)
}

// undescribed binds a short form to a document of which the note that it names
// prints the symbol alone: by the title, which is then checked against the
// document itself. An author alone leaves it open.
func (r *resolver) undescribed(c *cite.Citation, from place) {
	if telling, _ := tellingWords(c.BackRef.Title); len(telling) == 0 {
		open(c, cite.Unverifiable, fmt.Sprintf("note %s prints no title: whether its source is by %s we can't tell", c.BackRef.Note, called(c.BackRef)))
		c.Open.Candidates = r.targets(from.note)
		return
	}
	r.follow(c, from, sameSpot(c.Text))
	if c.Claims.Title == "" {
		c.Claims.Title = c.BackRef.Title
	}
}

// leadOf is the sentence that leads up to a supra without naming a source as
// short forms do: "the United States is not a party to the Moon Agreement".
func leadOf(text string) string {
	low := strings.ToLower(text)
	for _, w := range []string{"supra", "above", "infra", "note ", "(n ", "(fn", "fn. ", "op. cit", "op.cit", "op cit", "loc. cit", "loc.cit", "loc cit", "ob. cit", "préc"} {
		if at := strings.Index(low, w); at >= 0 && at <= len(text) {
			if lead := text[:at]; len(strings.Fields(lead)) > 2 {
				return lead
			}
			return ""
		}
	}
	return ""
}

// namedIn keeps the citations that a sentence names by their term or their
// first author; all of them where it names none.
func (r *resolver) namedIn(lead string, fit []place) []place {
	hay := " " + fold(lead) + " "
	var out []place
	for _, p := range fit {
		c := r.at(p)
		named := false
		for _, t := range c.Defines {
			key := fold(t)
			named = named || key != "" && strings.Contains(hay, " "+key+" ")
		}
		if c.Work != nil && len(c.Work.Author) > 0 {
			key := fold(c.Work.Author[0].Family)
			named = named || key != "" && strings.Contains(hay, " "+key+" ")
		}
		if named {
			out = append(out, p)
		}
	}
	if len(out) == 0 {
		return fit
	}
	return out
}

// places are the citations of a note.
func (r *resolver) places(n int) (out []place) {
	for k := range r.notes[n].Citations {
		out = append(out, place{n, k})
	}
	return out
}

// authored keeps the citations of which a name names an author: "1 BLACKSTONE"
// is Blackstone's book before it is one about him. All of them, where it names
// none.
func (r *resolver) authored(name string, fit []place) []place {
	var out []place
	for _, p := range fit {
		if r.authorIn(name, p) {
			out = append(out, p)
		}
	}
	if len(out) == 0 {
		return fit
	}
	return out
}

// authorIn tells whether a name has the family name of a work's first author.
func (r *resolver) authorIn(name string, p place) bool {
	w := r.at(p).Work
	if w == nil || len(w.Author) == 0 {
		return false
	}
	family, hay := words(w.Author[0].Family), words(name)
	for _, x := range family {
		if !slices.Contains(hay, x) {
			return false
		}
	}
	return len(family) > 0
}

// isSentence tells whether what should be a name is words of a sentence: a
// quarter or more of them in small letters, beside those that names have.
func isSentence(name string) bool {
	small, all := 0, strings.Fields(name)
	for _, w := range all {
		if c := []rune(w)[0]; unicode.IsLower(c) && !inNames[strings.Trim(w, ",.")] {
			small++
		}
	}
	return small >= 2 && 4*small > len(all)
}

var inNames = map[string]bool{"of": true, "the": true, "and": true, "et": true, "al": true, "de": true, "la": true, "le": true, "los": true, "las": true, "del": true, "du": true, "des": true, "von": true,
	"van": true, "der": true, "den": true, "dem": true, "ter": true, "y": true, "e": true, "on": true, "for": true, "in": true, "to": true, "a": true, "an": true, "und": true, "at": true, "bin": true, "ibn": true}

// longName is more words than a short form gives its source. Such a lead is
// rather a sentence that we took for a name.
const longName = 24

// noteMeant finds the note of a label: labels may begin anew in each chapter,
// so it is the nearest before, or for infra the nearest after.
func (r *resolver) noteMeant(i int, label string, ahead bool) (int, bool) {
	if ahead {
		for _, n := range r.later[label] {
			if n > i {
				return n, true
			}
		}
		return 0, false
	}
	list := r.byLabel[label]
	if len(list) == 0 {
		return 0, false
	}
	return list[len(list)-1], true
}

func (r *resolver) noSuchNote(i int, label string, ahead bool) string {
	switch {
	case r.notes[i].Label == label:
		return fmt.Sprintf("note %s refers to itself", label)
	case ahead && len(r.byLabel[label]) > 0:
		return fmt.Sprintf("note %s comes earlier, and infra looks ahead", label)
	case !ahead && len(r.later[label]) > 0:
		return fmt.Sprintf("note %s comes later, and supra looks back", label)
	}
	return fmt.Sprintf("there is no note %s", label)
}

// fitting are the citations of note n that a short form may mean. A term that
// one of them defines is meant before all else.
func (r *resolver) fitting(ref *cite.BackRef, n int) []place {
	var fit, defined []place
	for k := range r.notes[n].Citations {
		p := place{n, k}
		if defines(ref, r.at(p)) {
			defined = append(defined, p)
		}
		if r.matches(ref, p) {
			fit = append(fit, p)
		}
	}
	if len(defined) > 0 {
		return defined
	}
	return fit
}

func (r *resolver) cites(ps []place) []cite.Citation {
	var out []cite.Citation
	for _, p := range ps {
		out = append(out, *r.at(p))
	}
	return out
}

// understood tells whether every source of a note was.
func (r *resolver) understood(n int) bool {
	for _, c := range r.notes[n].Citations {
		if !c.Resolved() {
			return false
		}
	}
	return !leftOver(&r.notes[n])
}

// suggest names the one earlier note that cites what a short form calls for.
func (r *resolver) suggest(c *cite.Citation, i int) {
	if !named(c.BackRef) {
		return
	}
	fit := r.search(c.BackRef, i)
	if len(fit) == 0 || !one(r.cites(fit)) {
		return
	}
	c.Open.Reason += fmt.Sprintf("; note %s does", r.notes[fit[0].note].Label)
	c.Open.Candidates = []string{r.at(fit[0]).Target("")}
}

// short binds op. cit., a short title or a defined term to the one earlier
// source that it fits.
func (r *resolver) short(i, j int) {
	c := &r.notes[i].Citations[j]
	ref := c.BackRef
	if !named(ref) {
		if lead := leadOf(c.Text); lead != "" {
			open(c, cite.Unverifiable, "we did not understand which source the words before it name")
			return
		}
		r.ibid(i, j)
		return
	}
	if p, ok := r.term(ref.Title, ref.Author, ref.Author+" "+ref.Title); ok {
		r.follow(c, p, sameSpot(c.Text))
		return
	}
	fit := r.search(ref, i)
	for k := 0; k < j; k++ {
		if p := (place{i, k}); r.at(p).Resolved() && r.at(p).BackRef == nil && r.matches(ref, p) {
			fit = append(fit, p)
		}
	}
	fit = r.ofYear(c.Text, r.titled(ref, r.writtenBy(ref, fit)))
	switch {
	case len(fit) > 0 && one(r.cites(fit)):
		r.take(c, fit[0], sameSpot(c.Text))
	case len(r.withPages(c, fit)) == 1:
		r.take(c, r.withPages(c, fit)[0], false)
	case len(fit) > 0 && r.namesakes(c.Text, fit):
		r.take(c, r.lastPaged(c, fit), false)
	case len(fit) > 0:
		open(c, cite.Questioned, fmt.Sprintf("%s fits several sources, in notes %s", called(ref), r.labels(fit)))
		for _, p := range fit {
			if t := r.at(p).Target(""); !slices.Contains(c.Open.Candidates, t) {
				c.Open.Candidates = append(c.Open.Candidates, t)
			}
		}
	case !ref.Symbol.IsZero():
		// It names its document itself, whatever note it should have named.
		c.Symbol, c.Via = ref.Symbol, cite.ViaName
	case r.printedBefore(ref):
		open(c, cite.Unverifiable, fmt.Sprintf("%s is named in an earlier note that we did not understand", called(ref)))
	default:
		open(c, cite.Questioned, fmt.Sprintf("no earlier note cites %s", called(ref)))
	}
}

// namesakes tells whether an op. cit. fits works of so many different persons
// of one name: then it is the one cited last, as the convention has it. Of two
// works of one person it leaves open which is meant.
func (r *resolver) namesakes(text string, fit []place) bool {
	if low := strings.ToLower(text); !strings.Contains(low, "op. cit") && !strings.Contains(low, "op.cit") && !strings.Contains(low, "op cit") {
		return false
	}
	given := map[string]bool{}
	for k, p := range fit {
		w := r.at(p).Work
		if w == nil || len(w.Author) == 0 || w.Author[0].Given == "" || given[w.Author[0].Given] || k > 0 && p.note < fit[k-1].note {
			return false
		}
		for g := range given {
			if strings.HasPrefix(g, w.Author[0].Given[:1]) {
				return false // "J. Doe" may be Jane Doe
			}
		}
		given[w.Author[0].Given] = true
	}
	return true
}

// lastPaged is the source cited last; where the short form names a page, the
// last of those that have pages.
func (r *resolver) lastPaged(c *cite.Citation, fit []place) place {
	if with := r.withPages(c, fit); len(with) > 0 {
		return with[len(with)-1]
	}
	return fit[len(fit)-1]
}

// withPages keeps the works that have pages, for a short form that names one:
// no report on the web or in the press is meant by "op. cit., p. 81" where the
// author's book was cited too.
func (r *resolver) withPages(c *cite.Citation, fit []place) (out []place) {
	if !paged(c.Pinpoints) {
		return nil
	}
	for _, p := range fit {
		a := r.at(p)
		if a.Work == nil {
			return nil
		}
		if paged(a.Pinpoints) || a.Work.Page != "" || a.Work.Type == "book" {
			out = append(out, p)
		}
	}
	return out
}

func paged(pins []cite.Pin) bool {
	return slices.ContainsFunc(pins, func(p cite.Pin) bool { return p.Unit == cite.UnitPage })
}

// writtenBy keeps the works whose authors are all that a short form names: "Lund
// and Crane" wrote no work of Lund alone. All sources, where none is.
func (r *resolver) writtenBy(ref *cite.BackRef, fit []place) []place {
	need, _ := tellingWords(ref.Author)
	if len(fit) < 2 || len(need) == 0 {
		return fit
	}
	var out []place
	for _, p := range fit {
		w := r.at(p).Work
		if w == nil {
			continue
		}
		var b strings.Builder
		for _, n := range w.Author {
			b.WriteString(n.Given + " " + n.Family + " " + n.Literal + " ")
		}
		if most(need, wordSet(b.String()), 1) {
			out = append(out, p)
		}
	}
	if len(out) == 0 {
		return fit
	}
	return out
}

// ofYear keeps the works of the year that a short form prints, "Doe (2012)";
// all sources, where none is.
func (r *resolver) ofYear(text string, fit []place) []place {
	if len(fit) < 2 || !year(text) {
		return fit
	}
	var out []place
	for _, p := range fit {
		w := r.at(p).Work
		if w != nil && w.Issued != nil && strings.Contains(text, "("+strconv.Itoa(w.Issued.DateParts[0][0])+")") {
			out = append(out, p)
		}
	}
	if len(out) == 0 {
		return fit
	}
	return out
}

// titled keeps the sources whose title is the very one that a short form
// prints; all of them where none is.
func (r *resolver) titled(ref *cite.BackRef, fit []place) []place {
	key := fold(ref.Title)
	if len(fit) < 2 || key == "" {
		return fit
	}
	var out []place
	for _, p := range fit {
		c := r.at(p)
		title := c.Claims.Title
		if c.Work != nil {
			title = c.Work.Title
		}
		if t := fold(title); t == key || strings.HasPrefix(t, key+" ") {
			out = append(out, p)
		}
	}
	if len(out) == 0 {
		return fit
	}
	return out
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

// printedBefore tells whether the telling words of a short form all stand in
// notes before.
func (r *resolver) printedBefore(ref *cite.BackRef) bool {
	telling, _ := tellingWords(ref.Author)
	if len(telling) == 0 {
		telling, _ = tellingWords(ref.Title)
	}
	for _, w := range telling {
		if _, ok := r.printed[w]; !ok {
			return false
		}
	}
	return len(telling) > 0
}

// term finds a defined term.
func (r *resolver) term(names ...string) (place, bool) {
	for _, s := range names {
		key := fold(s)
		if p, ok := r.terms[key]; ok && key != "" {
			return p, true
		}
	}
	return place{}, false
}

// shortTitle binds what was read as a work with hardly anything but a title,
// for want of knowing better, when earlier notes know better: it repeats a
// defined term, or the author and short title of one earlier work.
func (r *resolver) shortTitle(i, j int) {
	c := &r.notes[i].Citations[j]
	if c.Work == nil || !little(c.Work) {
		return
	}
	name := c.Work.Title
	if len(c.Work.Author) > 0 {
		name = c.Work.Author[0].Family + c.Work.Author[0].Literal + " " + name
	}
	if p, ok := r.term(c.Work.Title, name); ok && r.at(p).Resolved() {
		r.rebind(c, p)
		return
	}
	ref := &cite.BackRef{Title: name}
	telling, _ := tellingWords(name)
	if len(telling) < 2 {
		return
	}
	fit := r.search(ref, i)
	var works []place
	for _, p := range fit {
		if w := r.at(p).Work; w != nil && !little(w) && w.Title != "" && firstAuthorIn(w, telling) {
			works = append(works, p)
		}
	}
	if len(works) > 0 && one(r.cites(works)) {
		r.rebind(c, works[0])
	}
}

func (r *resolver) rebind(c *cite.Citation, p place) {
	c.Via = cite.ViaShort
	if len(c.Pinpoints) == 0 {
		c.Pinpoints = pagePins(c.Work.Page)
	}
	c.Work = nil
	r.take(c, p, false)
}

// pagePins are the places of the pages that were read as a work's own: "Vogel,
// “Ballots,” 14".
func pagePins(pages string) []cite.Pin {
	first, last, ranged := strings.Cut(pages, "-")
	from, err := strconv.Atoi(first)
	if err != nil {
		return nil
	}
	to := from
	if n, err := strconv.Atoi(last); ranged && err == nil && n > from {
		to = n
	}
	return []cite.Pin{{Unit: cite.UnitPage, From: from, To: to}}
}

// little tells whether a work says nothing but a name.
func little(w *cite.Work) bool {
	return w.Issued == nil && w.URL == "" && w.DOI == "" && w.ISBN == "" && w.ContainerTitle == "" && w.Publisher == "" && w.Volume == "" && w.Number == ""
}

// defined adds the citation of a note that is nothing but a term which an
// earlier one set up: "Brahimi Report."
func (r *resolver) defined(i int) {
	n := &r.notes[i]
	if len(n.Citations) > 0 || len(n.Text) > 120 || len(r.terms) == 0 {
		return
	}
	text := strings.TrimRight(n.Text, " .;")
	bare := text
	for _, signal := range []string{"See also ", "See ", "see ", "Cf. ", "Voir ", "Véase "} {
		bare = strings.TrimPrefix(bare, signal)
	}
	p, ok := r.term(bare)
	if !ok {
		return
	}
	from := len([]rune(text)) - len([]rune(bare))
	c := cite.Citation{Text: bare, Span: cite.Span{Start: from, End: from + len([]rune(bare))}, Via: cite.ViaShort, BackRef: &cite.BackRef{Title: bare}}
	r.follow(&c, p, false)
	n.Citations = append(n.Citations, c)
}

// remember keeps what later notes may refer to.
func (r *resolver) remember(p place) {
	c := r.at(p)
	if run(r.notes[p.note]) != cite.PlaceFoot {
		return
	}
	for _, t := range c.Defines {
		if key := fold(t); key != "" {
			r.terms[key] = p
		}
	}
	if c.BackRef == nil && c.Via != cite.ViaShort && c.Resolved() {
		r.sources.add(p, described(c))
	}
}

// sameSpot tells whether a short form means the very place, too: loc. cit.
func sameSpot(text string) bool {
	low := strings.ToLower(text)
	return strings.Contains(low, "loc. cit") || strings.Contains(low, "loc cit") || strings.Contains(low, "loc.cit")
}

// oneIdentity gives citations of one document one symbol: a document that is
// printed once under two symbols is the same under each of them.
func oneIdentity(notes []cite.Note) {
	first := map[cite.Symbol]cite.Symbol{}
	joint := map[cite.Symbol][]cite.Symbol{}
	for i := range notes {
		for _, c := range notes[i].Citations {
			for _, s := range c.Joint {
				if _, ok := first[s]; !ok && s != c.Symbol {
					first[s] = c.Symbol
					joint[c.Symbol] = c.Joint
				}
			}
		}
	}
	if len(first) == 0 {
		return
	}
	for i := range notes {
		for j := range notes[i].Citations {
			c := &notes[i].Citations[j]
			if s, ok := first[c.Symbol]; ok && !c.Symbol.IsZero() && len(c.Joint) == 0 {
				if _, back := first[s]; back {
					continue // two notes print the pair in two orders
				}
				c.Symbol, c.Joint = s, joint[s]
			}
		}
	}
}
