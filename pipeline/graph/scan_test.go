package graph

import (
	"bytes"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"citecheck/pipeline/cite"
)

// TestScanIsRead: what a scan meets is what the graph holds, and a file that
// is no graph, another format or cut off is told.
func TestScanIsRead(t *testing.T) {
	g := Merge("test", append(randomGraphs(rand.New(rand.NewPCG(7, 1)), 5), &Graph{Problems: []cite.Problem{{Stage: "read", Item: "a.pdf"}}})...)
	var text, again bytes.Buffer
	if err := g.Write(&text); err != nil {
		t.Fatal(err)
	}
	met := Graph{Format: Format, Directed: true, Multigraph: true, Meta: g.Meta}
	add := Visitor{func(n Node) error { met.Nodes = append(met.Nodes, n); return nil }, func(e Edge) error { met.Edges = append(met.Edges, e); return nil },
		func(p cite.Problem) error { met.Problems = append(met.Problems, p); return nil }}
	if err := Scan(bytes.NewReader(text.Bytes()), add); err != nil {
		t.Fatal(err)
	}
	if met.Write(&again); !bytes.Equal(text.Bytes(), again.Bytes()) {
		t.Error("a scan meets something else than what was written: " + diff(again.String(), text.String()))
	}
	for _, bad := range []string{"", "[]", "{}", "# Title", `{"nodes": []}`, `{"format": "other/1", "nodes": []}`, text.String()[:text.Len()/2],
		strings.TrimRight(text.String(), "}\n")} {
		if err := Scan(strings.NewReader(bad), add); err == nil {
			t.Errorf("%.40q was taken for a graph", bad)
		}
	}
}

// TestSplitMergesAgain: the parts of a merged graph are that graph.
func TestSplitMergesAgain(t *testing.T) {
	for seed := range uint64(40) {
		r := rand.New(rand.NewPCG(seed, 2))
		g := Merge("test", append(randomGraphs(r, 1+r.IntN(8)), &Graph{Problems: []cite.Problem{{Stage: "read", Item: "a.pdf"}}})...)
		parts := g.Split()
		if len(parts) != g.Meta.Reports {
			t.Fatalf("seed %d: %d parts of %d reports", seed, len(parts), g.Meta.Reports)
		}
		for id, part := range parts {
			if part.Meta.Reports != 1 || part.Nodes[0].ID() != id {
				t.Errorf("seed %d: the part of %s holds %d reports", seed, id, part.Meta.Reports)
			}
		}
		var want, got bytes.Buffer
		g.Write(&want)
		Merge("test", slices.Collect(maps.Values(parts))...).Write(&got)
		if !bytes.Equal(want.Bytes(), got.Bytes()) {
			t.Fatalf("seed %d: %s", seed, diff(got.String(), want.String())+fmt.Sprint(len(parts)))
		}
	}
}
