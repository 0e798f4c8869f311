package graph

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	"citecheck/pipeline/cite"
)

// TestAssemblerIsMerge holds the writer of large graphs to the one of small
// ones: the same bytes, whatever is in them, and nothing left on the disk.
func TestAssemblerIsMerge(t *testing.T) {
	defer func(n int) { sorterHolds = n }(sorterHolds)
	sorterHolds = 600 // so that a few works make several runs
	for seed := range uint64(60) {
		r := rand.New(rand.NewPCG(seed, 1))
		graphs := randomGraphs(r, r.IntN(12))
		problems := []cite.Problem{{Stage: "read", Item: "broken.pdf", Reason: "not a PDF file"}}[:r.IntN(2)]
		var want bytes.Buffer
		if err := Merge("test", append(graphs, &Graph{Problems: problems})...).Write(&want); err != nil {
			t.Fatal(err)
		}
		a := NewAssembler("test")
		byID := map[string]*Graph{}
		for _, g := range graphs {
			a.Add(g)
			byID[g.Nodes[0].ID()] = g
		}
		dir := t.TempDir()
		var got bytes.Buffer
		if err := a.Write(&got, dir, "tmp-", problems, func(id string) (*Graph, error) { return byID[id], nil }); err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got.Bytes(), want.Bytes()) {
			t.Fatalf("seed %d, %d graphs: assembled is not merged: %s", seed, len(graphs), diff(got.String(), want.String()))
		}
		if left, _ := os.ReadDir(dir); len(left) > 0 {
			t.Errorf("seed %d: left on the disk: %v", seed, left)
		}
	}
}

// randomGraphs makes graphs of n reports that share documents and works, with
// joint symbols that one report knows and another does not.
func randomGraphs(r *rand.Rand, n int) []*Graph {
	symbols := []string{"S/RES/2423", "S/RES/242", "S/2023/402", "A/79/815-S/2025/145", "S/2025/145", "A/79/815", "S/2024/3/Add.1"}
	var out []*Graph
	for range n {
		sha := fmt.Sprintf("%016x%048x", r.Uint64(), r.Uint64())
		rep := cite.Report{File: fmt.Sprintf("r%d.pdf", r.IntN(5)), Files: []string{"x"}, SHA256: sha, Title: "A <b> & c"}
		if r.IntN(3) == 0 {
			rep.Problems = []cite.Problem{{Stage: "read", Item: rep.File + " page 3", Reason: "broken"}}
		}
		answers := map[cite.Symbol]*cite.Answer{}
		for i := range r.IntN(12) {
			note := cite.Note{Label: fmt.Sprint(i + 1), Text: "See.", Placement: "foot"}
			for range r.IntN(4) {
				c := cite.Citation{Text: "See", Span: cite.Span{Start: 0, End: 3}}
				switch r.IntN(4) {
				case 0:
					c.Work = &cite.Work{Type: "book", Title: fmt.Sprint("Title ", r.IntN(20))}
				case 1:
					c.Open = &cite.Finding{Reason: "two sources"}
				default:
					c.Symbol, _ = cite.ParseSymbol(symbols[r.IntN(len(symbols))])
					if r.IntN(2) == 0 {
						answers[c.Symbol] = &cite.Answer{Symbol: c.Symbol, Outcome: cite.Found, Document: &cite.Document{Symbol: c.Symbol,
							Title: fmt.Sprint("T", r.IntN(3)), Sources: []cite.Source{{URL: fmt.Sprint("https://docs.un.org/", r.IntN(3)), SHA256: "ab"}}}}
					}
				}
				note.Citations = append(note.Citations, c)
			}
			rep.Notes = append(rep.Notes, note)
		}
		g := Build("test", rep, answers)
		for i := range g.Edges {
			if c := g.Edges[i].Cites; c != nil && r.IntN(5) == 0 {
				c.Verdict = "" // an editor accepted all that speaks of it
			}
		}
		g.finish()
		out = append(out, g)
	}
	return out
}

// TestDigest: below its limit a digest is the whole graph; above, it holds
// the worst citations and all that they name.
func TestDigest(t *testing.T) {
	verdicts := []cite.Verdict{cite.Verified, cite.Verified, cite.Unverifiable, cite.Questioned, cite.Contradicted}
	for seed := range uint64(40) {
		r := rand.New(rand.NewPCG(seed, 2))
		graphs := randomGraphs(r, r.IntN(12))
		for _, g := range graphs {
			for i := range g.Edges {
				if c := g.Edges[i].Cites; c != nil {
					c.Verdict = verdicts[r.IntN(len(verdicts))]
				}
			}
			g.finish()
		}
		whole := Merge("test", graphs...)
		for _, limit := range []int{3, 10, 1000} {
			d := NewDigest("test", limit)
			for _, g := range graphs {
				d.Add(g)
			}
			one := d.Graph(whole.Meta, nil)
			if limit >= whole.Meta.Citations && text(t, one) != text(t, whole) {
				t.Errorf("seed %d, limit %d: not the whole graph: %s", seed, limit, diff(text(t, one), text(t, whole)))
			}
			ids := map[string]bool{}
			for _, n := range one.Nodes {
				ids[n.ID()] = true
			}
			count := map[cite.Verdict]int{}
			left := limit
			for _, e := range one.Edges {
				if e.Cites != nil {
					count[e.Verdict]++
					if !ids[e.Source] || !ids[e.Target] {
						t.Errorf("seed %d, limit %d: %s has no ends", seed, limit, e.Key)
					}
				}
			}
			for _, v := range cite.Verdicts {
				want := min(left, whole.Meta.Verdicts[v])
				left -= want
				if count[v] != want {
					t.Errorf("seed %d, limit %d: %d %s, want %d", seed, limit, count[v], v, want)
				}
			}
		}
	}
}

func text(t *testing.T, g *Graph) string {
	t.Helper()
	var b bytes.Buffer
	if err := g.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// diff names the first line in which two texts differ.
func diff(got, want string) string {
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range min(len(g), len(w)) {
		if g[i] != w[i] {
			return fmt.Sprintf("line %d: %q, not %q", i+1, g[i], w[i])
		}
	}
	return fmt.Sprintf("%d lines, not %d", len(g), len(w))
}
