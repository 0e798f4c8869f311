package graph

import (
	"bytes"
	"testing"

	"citecheck/pipeline/cite"
)

// TestRefers: what a document's own text cites are edges, one a place, and
// their targets are nodes; the graph holds to the schema and merges.
func TestRefers(t *testing.T) {
	r, answers := sample(t)
	s := symbol(t, "S/RES/2423")
	answers[s].Document.Refers = []cite.Reference{
		{Symbol: symbol(t, "S/RES/2391"), Place: "preamble 4"}, {Symbol: symbol(t, "S/RES/2391"), Place: "paragraph 12"},
		{Symbol: symbol(t, "S/2018/541"), Place: "note 3"}, {Symbol: s, Place: "page 1"}}
	g := Build("citecheck v0", r, answers)
	data := write(t, Merge("citecheck v0", g, g))
	if err := Validate(bytes.NewReader(data)); err != nil {
		t.Fatal(err)
	}
	m, err := Read(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for _, e := range m.Edges {
		if e.Relation == "refers" {
			got[e.Source+" "+e.Key+" "+e.Target] = e.Place
		}
	}
	want := map[string]string{"un:S/RES/2423 pp.4 un:S/RES/2391": "preamble 4", "un:S/RES/2423 op.12 un:S/RES/2391": "paragraph 12", "un:S/RES/2423 n.3 un:S/2018/541": "note 3"}
	if len(got) != len(want) {
		t.Errorf("got %v, want %v", got, want)
	}
	for k, place := range want {
		if got[k] != place {
			t.Errorf("%s: place %q, want %q", k, got[k], place)
		}
	}
	nodes := map[string]bool{}
	for _, n := range m.Nodes {
		nodes[n.ID()] = true
	}
	for _, id := range []string{"un:S/RES/2391", "un:S/2018/541"} {
		if !nodes[id] {
			t.Errorf("%s is no node", id)
		}
	}
}
