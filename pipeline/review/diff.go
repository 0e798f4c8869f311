package review

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"citecheck/pipeline/cite"
	"citecheck/pipeline/graph"
)

// Kind says what happened to a note between two drafts.
type Kind string

// The kinds of change. A note that has only another number has not changed.
const (
	Inserted Kind = "inserted"
	Removed  Kind = "removed"
	Changed  Kind = "changed" // its text, its sentence, what it means or its verdict
	Moved    Kind = "moved"   // it stands among other notes; it may have changed too
)

// A Change is one difference between two drafts.
type Change struct {
	Kind Kind   `json:"kind"`
	Old  *Side  `json:"old,omitempty"`
	New  *Side  `json:"new,omitempty"`
	What []What `json:"what"` // of changed and moved: what differs
}

// What says in which respect two notes differ.
type What string

// The respects.
const (
	Text     What = "text"
	Sentence What = "sentence" // that the note supports
	Target   What = "target"   // the document meant: an "ibid." after a note that moved
	Verdict  What = "verdict"
	Found    What = "findings" // other findings under the same verdict
)

// A Side is a note as one draft has it.
type Side struct {
	Report    string       `json:"report"`
	Label     string       `json:"label"`
	Name      string       `json:"name"` // "note 5"
	Page      int          `json:"page,omitempty"`
	Text      string       `json:"text"`
	Sentences []string     `json:"sentences"`
	Targets   []string     `json:"targets"`
	Verdict   cite.Verdict `json:"verdict,omitempty"` // as it stands; absent for a note that cites nothing

	seq      int
	key      string // folded text without the numbers of other notes
	sentence string // folded
	targets  string
	findings string
	group    int
	words    map[string]bool
	twin     bool // the other draft has the same text under the same sentence
}

// A Diff is what changed between two drafts.
type Diff struct {
	Format     string   `json:"format"`
	Old        []string `json:"old"` // the reports' files
	New        []string `json:"new"`
	Changes    []Change `json:"changes"`
	Renumbered int      `json:"renumbered"` // notes that have another number and are the same else
	Same       int      `json:"same"`       // notes that have not changed, those included
}

// Compare finds what changed from one graph to the next. A graph of several
// reports is compared report by report: those of one file name, and of the
// rest in their order.
func Compare(before, after *graph.Graph) Diff {
	d := Diff{Format: "citecheck-diff/1", Old: []string{}, New: []string{}, Changes: []Change{}}
	a, b := drafts(before), drafts(after)
	for _, x := range a {
		d.Old = append(d.Old, x.file)
	}
	for _, x := range b {
		d.New = append(d.New, x.file)
	}
	for _, p := range pair(a, b) {
		d.compare(p[0], p[1])
	}
	return d
}

// A draft is one report with its notes.
type draft struct {
	file  string
	notes []*Side
}

func drafts(g *graph.Graph) []draft {
	var out []draft
	at := map[string]int{}
	cites := map[string][]graph.Edge{}
	for _, e := range g.Edges {
		if e.Cites != nil {
			cites[e.Source] = append(cites[e.Source], e)
		}
	}
	for _, n := range g.Nodes {
		if n.Report != nil {
			at[n.Report.ID] = len(out)
			out = append(out, draft{file: n.Report.File})
		}
	}
	for _, n := range g.Nodes {
		if n.Note == nil {
			continue
		}
		if i, ok := at[n.Note.Report]; ok {
			out[i].notes = append(out[i].notes, side(out[i].file, n.Note, cites[n.Note.ID]))
		}
	}
	for _, d := range out {
		slices.SortStableFunc(d.notes, func(x, y *Side) int { return cmp.Or(x.group-y.group, x.seq-y.seq) })
	}
	return out
}

// elsewhere is the number of another note, which a renumbering changes.
var elsewhere = regexp.MustCompile(`(?i)\b(notes?|nn?\.|fn\.|footnotes?)\s*\d+[a-z]?\b`)

func side(file string, n *graph.Note, cites []graph.Edge) *Side {
	s := &Side{Report: file, Label: n.Label, Name: n.Name(), Page: n.Page, Text: n.Text, Sentences: []string{}, Targets: []string{}, seq: n.Seq}
	switch n.Placement {
	case string(cite.PlaceInline):
		s.group = 1
	case string(cite.PlaceList):
		s.group = 2
	}
	text := n.Text
	var findings []string
	for _, e := range cites {
		target := e.Target
		if strings.HasPrefix(target, "unresolved:") {
			target = "unresolved"
		}
		s.Targets = append(s.Targets, target)
		if v := e.Stands(); s.Verdict == "" || v.Rank() < s.Verdict.Rank() {
			s.Verdict = v
		}
		if e.Antecedent != "" {
			text = elsewhere.ReplaceAllString(text, "note")
		}
		for _, f := range e.Findings {
			findings = append(findings, f.Check+" "+string(f.Verdict)+" "+graph.Fold(f.Claimed)+" "+graph.Fold(f.Found))
		}
	}
	s.key = graph.Fold(text)
	for _, m := range n.Markers {
		s.Sentences = append(s.Sentences, m.Sentence)
		s.sentence += graph.Fold(m.Sentence) + "|"
	}
	s.words = words(n.Text)
	s.targets, s.findings = strings.Join(s.Targets, "|"), strings.Join(findings, "|")
	return s
}

// pair puts the reports of two graphs side by side.
func pair(a, b []draft) (out [][2]draft) {
	used := make([]bool, len(b))
	var left []draft
	for _, x := range a {
		i := slices.IndexFunc(b, func(y draft) bool { return y.file == x.file })
		if i < 0 || used[i] {
			left = append(left, x)
			continue
		}
		used[i] = true
		out = append(out, [2]draft{x, b[i]})
	}
	for i, y := range b {
		if used[i] {
			continue
		}
		var x draft
		if len(left) > 0 {
			x, left = left[0], left[1:]
		}
		out = append(out, [2]draft{x, y})
	}
	for _, x := range left {
		out = append(out, [2]draft{x, {}})
	}
	return out
}

// compare aligns the notes of two drafts, tells what moved from what is new,
// and says of each pair in what it differs.
func (d *Diff) compare(a, b draft) {
	var changes []Change
	for group := range 3 {
		in := func(s *Side) bool { return s.group == group }
		x, y := only(a.notes, in), only(b.notes, in)
		kept := align(x, y)
		moved := movedPairs(x, y, kept)
		for i, j := range kept {
			if j < 0 {
				continue
			}
			if what := differ(x[i], y[j]); len(what) > 0 {
				changes = append(changes, Change{Changed, x[i], y[j], what})
				continue
			}
			d.Same++
			if x[i].Label != y[j].Label {
				d.Renumbered++
			}
		}
		taken := map[int]bool{}
		for _, j := range kept {
			taken[j] = true
		}
		for i, j := range moved {
			changes = append(changes, Change{Moved, x[i], y[j], append([]What{}, differ(x[i], y[j])...)})
			taken[j] = true
		}
		for i := range x {
			if _, ok := moved[i]; kept[i] < 0 && !ok {
				changes = append(changes, Change{Removed, x[i], nil, []What{}})
			}
		}
		for j := range y {
			if !taken[j] {
				changes = append(changes, Change{Inserted, nil, y[j], []What{}})
			}
		}
	}
	// In the order of the new draft; what is gone stands where it was.
	slices.SortStableFunc(changes, func(p, q Change) int {
		return cmp.Or(place(p)-place(q), strings.Compare(string(p.Kind), string(q.Kind)))
	})
	d.Changes = append(d.Changes, changes...)
}

func place(c Change) int {
	s := c.New
	if s == nil {
		s = c.Old
	}
	return s.group<<24 + s.seq
}

func only(in []*Side, is func(*Side) bool) (out []*Side) {
	for _, s := range in {
		if is(s) {
			out = append(out, s)
		}
	}
	return out
}

// differ says in what two notes differ.
func differ(a, b *Side) (out []What) {
	if a.key != b.key {
		out = append(out, Text)
	}
	if a.sentence != b.sentence {
		out = append(out, Sentence)
	}
	if a.targets != b.targets {
		out = append(out, Target)
	}
	switch {
	case a.Verdict != b.Verdict:
		out = append(out, Verdict)
	case a.findings != b.findings:
		out = append(out, Found)
	}
	return out
}

// maxCells bounds the table of an alignment: notes of one draft times those
// of the other, without what both begin and end with.
const maxCells = 64 << 20

// align pairs the notes of two drafts in order, so that as much as can be is
// the same: for each note of a the place in b, or -1. First those with the
// same text or the same sentence; then, between these, those that are alike.
func align(a, b []*Side) []int {
	out := make([]int, len(a))
	for i := range out {
		out[i] = -1
	}
	twins(a, b)
	head := 0
	for head < len(a) && head < len(b) && score(a[head], b[head]) == best {
		out[head] = head
		head++
	}
	tail := 0
	for tail < len(a)-head && tail < len(b)-head && score(a[len(a)-1-tail], b[len(b)-1-tail]) == best {
		tail++
		out[len(a)-tail] = len(b) - tail
	}
	x, y := a[head:len(a)-tail], b[head:len(b)-tail]
	if len(x)*len(y) <= maxCells {
		for i, j := range table(x, y) {
			if j >= 0 {
				out[head+i] = head + j
			}
		}
	}
	alike(a, b, out)
	return out
}

// twins marks the notes that both drafts have, wherever.
func twins(a, b []*Side) {
	for _, two := range [][2][]*Side{{a, b}, {b, a}} {
		there := map[[2]string]bool{}
		for _, s := range two[1] {
			there[[2]string{s.key, s.sentence}] = true
		}
		for _, s := range two[0] {
			s.twin = there[[2]string{s.key, s.sentence}]
		}
	}
}

// The worth of a pair: the same text under the same sentence is surer than
// either alone.
const (
	best         = 10
	sameText     = 6
	sameSentence = 5
)

func score(a, b *Side) int32 {
	text, sentence := a.key == b.key, a.sentence == b.sentence
	switch {
	case text && sentence:
		return best
	case a.twin || b.twin: // it moved: no other "ibid." is it
		return 0
	case text:
		return sameText
	case sentence && a.sentence != "":
		return sameSentence
	}
	return 0
}

// table is the alignment of greatest worth, by dynamic programming.
func table(a, b []*Side) []int {
	w := len(b) + 1
	step := make([]byte, (len(a)+1)*w) // 0: leave a, 1: leave b, 2: pair
	up, row := make([]int32, w), make([]int32, w)
	for i := 1; i <= len(a); i++ {
		for j := 1; j <= len(b); j++ {
			v, s := up[j], byte(0)
			if row[j-1] > v {
				v, s = row[j-1], 1
			}
			if k := score(a[i-1], b[j-1]); k > 0 && up[j-1]+k > v {
				v, s = up[j-1]+k, 2
			}
			row[j], step[i*w+j] = v, s
		}
		up, row = row, up
		row[0] = 0
	}
	out := make([]int, len(a))
	for i := range out {
		out[i] = -1
	}
	for i, j := len(a), len(b); i > 0 && j > 0; {
		switch step[i*w+j] {
		case 2:
			out[i-1] = j - 1
			i, j = i-1, j-1
		case 1:
			j--
		default:
			i--
		}
	}
	return out
}

// nearby is how far a corrected note is looked for.
const nearby = 100

// alike pairs, between two pairs that are sure, the notes whose words are
// mostly the same: one was corrected.
func alike(a, b []*Side, out []int) {
	last := -1
	for i := 0; i < len(a); {
		if out[i] >= 0 {
			last = out[i]
			i++
			continue
		}
		end := i
		for end < len(a) && out[end] < 0 {
			end++
		}
		until := len(b)
		if end < len(a) {
			until = out[end]
		}
		for k := i; k < end; k++ {
			for j := last + 1; j < min(until, last+1+nearby); j++ {
				if !a[k].twin && !b[j].twin && similar(a[k], b[j]) {
					out[k], last = j, j
					break
				}
			}
		}
		i = end
	}
}

// similar tells whether two notes share more than half of their words.
func similar(a, b *Side) bool {
	x, y := a.words, b.words
	both := 0
	for w := range x {
		if y[w] {
			both++
		}
	}
	return 2*both > max(len(x), len(y))
}

func words(s string) map[string]bool {
	out := map[string]bool{}
	for w := range strings.FieldsSeq(s) {
		if w = graph.Fold(w); w != "" {
			out[w] = true
		}
	}
	return out
}

// movedPairs finds the notes that are left over on both sides and are the
// same: first those with their sentence, then those whose text is one of a
// kind, then those that have kept their sentence and little else.
func movedPairs(a, b []*Side, kept []int) map[int]int {
	out, taken := map[int]int{}, map[int]bool{}
	for _, j := range kept {
		taken[j] = true
	}
	for _, is := range []func(x, y *Side) bool{
		func(x, y *Side) bool { return score(x, y) == best },
		func(x, y *Side) bool { return x.key == y.key && len(x.key) > 12 }, // more than "ibid., para. 4"
		func(x, y *Side) bool { return x.sentence == y.sentence && x.sentence != "" && similar(x, y) },
	} {
		for i := range a {
			if _, done := out[i]; done || kept[i] >= 0 {
				continue
			}
			for j := range b {
				if !taken[j] && is(a[i], b[j]) {
					out[i], taken[j] = j, true
					break
				}
			}
		}
	}
	return out
}
