package review

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"citecheck/pipeline/cite"
	"citecheck/pipeline/graph"
)

// text is a note of a made-up report: what it says, under which sentence, and
// which document it means.
type text struct{ note, sentence, target string }

func build(t *testing.T, sha string, texts []text) *graph.Graph {
	t.Helper()
	r := cite.Report{File: sha[:1] + ".md", Files: []string{sha[:1] + ".md"}, SHA256: strings.Repeat(sha[:1], 64)}
	for i, x := range texts {
		s, err := cite.ParseSymbol(x.target)
		if err != nil {
			t.Fatal(err)
		}
		r.Notes = append(r.Notes, cite.Note{Label: fmt.Sprint(i + 1), Text: x.note, Placement: cite.PlaceFoot, Markers: []cite.Marker{{Sentence: x.sentence}},
			Citations: []cite.Citation{{Text: x.note, Symbol: s, Findings: []cite.Finding{{Check: "exists", Verdict: cite.Unreachable, Reason: "offline"}}}}})
	}
	return graph.Build("citecheck v0", r, nil)
}

func kinds(d Diff) (out []string) {
	for _, c := range d.Changes {
		s := c.New
		if s == nil {
			s = c.Old
		}
		out = append(out, fmt.Sprint(c.Kind, " ", s.Text, c.What))
	}
	return out
}

// TestCompareRandomEdits: whatever is inserted, removed and moved in a long
// report, the diff names that and nothing else.
func TestCompareRandomEdits(t *testing.T) {
	for seed := range uint64(100) {
		r := rand.New(rand.NewPCG(seed, 1))
		var a []text
		for i := range 30 + r.IntN(40) {
			x := text{fmt.Sprintf("Resolution %d, para. %d.", 1000+i, r.IntN(90)), fmt.Sprintf("Sentence number %d says something.", i), fmt.Sprint("S/RES/", 1000+i)}
			if i > 0 && r.IntN(3) == 0 { // many short notes are the same
				x.note, x.target = "Ibid.", a[i-1].target
			}
			a = append(a, x)
		}
		b := slices.Clone(a)
		var want []string
		gone := r.IntN(len(b))
		want = append(want, "removed "+b[gone].note+"[]")
		b = slices.Delete(b, gone, gone+1)
		from, to := r.IntN(len(b)), r.IntN(len(b))
		for to >= from-1 && to <= from+1 { // of two neighbours that change places either has moved
			to = r.IntN(len(b))
		}
		moved := b[from]
		b = slices.Insert(slices.Delete(b, from, from+1), to, moved)
		want = append(want, "moved "+moved.note+"[]")
		at := r.IntN(len(b))
		b = slices.Insert(b, at, text{"Ibid.", "A new sentence.", "S/RES/1"})
		want = append(want, "inserted Ibid.[]")
		got := kinds(Compare(build(t, "a", a), build(t, "b", b)))
		slices.Sort(got)
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Fatalf("seed %d: the diff names %q, want %q", seed, got, want)
		}
	}
}

// TestCompareMeaning: an ibid. that means another document has changed, though
// its words have not; a supra that only follows a renumbering has not.
func TestCompareMeaning(t *testing.T) {
	a := []text{{"S/RES/1", "One.", "S/RES/1"}, {"Ibid.", "Two.", "S/RES/1"}, {"S/RES/2", "Three.", "S/RES/2"}}
	b := []text{{"S/RES/1", "One.", "S/RES/1"}, {"S/RES/3", "New.", "S/RES/3"}, {"Ibid.", "Two.", "S/RES/3"}, {"S/RES/2", "Three.", "S/RES/2"}}
	got := kinds(Compare(build(t, "a", a), build(t, "b", b)))
	if want := []string{"inserted S/RES/3[]", "changed Ibid.[target]"}; !slices.Equal(got, want) {
		t.Errorf("the diff names %q, want %q", got, want)
	}
}

// TestDifferentReports: nothing in common is all removed and inserted, in
// bounded time.
func TestDifferentReports(t *testing.T) {
	var a, b []text
	for i := range 1500 {
		a = append(a, text{fmt.Sprintf("alpha%d", i), fmt.Sprintf("s%d", i), "S/RES/1"})
		b = append(b, text{fmt.Sprintf("beta%d", i), fmt.Sprintf("t%d", i), "S/RES/2"})
	}
	if d := Compare(build(t, "a", a), build(t, "b", b)); len(d.Changes) != 3000 || d.Same != 0 {
		t.Errorf("%d changes, %d the same", len(d.Changes), d.Same)
	}
}

// TestEntriesAreContent: hyphens, case and the place of a finding are not part
// of its entry; a worse verdict is.
func TestEntriesAreContent(t *testing.T) {
	g := build(t, "a", []text{{"Res. 1, op-\u00adening", "One.", "S/RES/1"}})
	l := &List{Format: Format}
	l.Add(Places(g)[0].Entry("fine", ""))
	l.Add(Places(g)[0].Entry("fine, really", "me"))
	var buf bytes.Buffer
	if err := l.Write(&buf); err != nil {
		t.Fatal(err)
	}
	l, err := ReadList(&buf)
	if err != nil || len(l.Findings) != 1 {
		t.Fatalf("%v, %+v", err, l)
	}
	for _, tt := range []struct {
		note    string
		verdict cite.Verdict
		want    bool
	}{
		{"RES. 1, opening", cite.Unreachable, true}, {"Res. 1, opening", cite.Unverifiable, true},
		{"Res. 1, opening", cite.Questioned, false}, {"Res. 2, opening", cite.Unreachable, false}, {"Res. 1, opening", cite.Verified, false},
	} {
		next := build(t, "b", []text{{"Another.", "Zero.", "S/RES/1"}, {tt.note, "One.", "S/RES/1"}})
		p := Places(next)[1]
		p.Verdict = tt.verdict
		m := NewMarker(l)
		if m.Mark(next); (Places(next)[1].Accepted != nil) != tt.want || (len(m.Stale()) == 0) != tt.want {
			t.Errorf("%q, %s: accepted %v, %d stale", tt.note, tt.verdict, Places(next)[1].Accepted, len(m.Stale()))
		}
		if m.Mark(next) {
			t.Error("marking twice changes the graph")
		}
	}
}
