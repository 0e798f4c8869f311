package main

import (
	"path/filepath"
	"strings"
	"testing"

	"citecheck/pipeline/graph"
)

// TestMergeCommand: two runs over two files are one graph, whatever the order,
// and it holds to the schema.
func TestMergeCommand(t *testing.T) {
	a := filepath.Join(checked(t), "graph.json")
	dir := t.TempDir()
	if code, _, errs := citecheck(t, "check", "--offline", "--quiet", "--out", dir, filepath.Join("..", "..", "testdata", "reports", "sample.md")); code == exitFailed {
		t.Fatal(errs)
	}
	b := filepath.Join(dir, "graph.json")
	code, ab, errs := citecheck(t, "merge", a, b)
	_, ba, _ := citecheck(t, "merge", b, a, b)
	if code != 0 || ab != ba {
		t.Fatalf("exit %d, %s; the order of the files shows: %v", code, errs, ab != ba)
	}
	if err := graph.Validate(strings.NewReader(ab)); err != nil {
		t.Error(err)
	}
	g, err := graph.Read(strings.NewReader(ab))
	if err != nil {
		t.Fatal(err)
	}
	one, two := readGraph(t, filepath.Dir(a)), readGraph(t, dir)
	if g.Meta.Reports != 2 || g.Meta.Citations != one.Meta.Citations+two.Meta.Citations || g.Meta.Notes != one.Meta.Notes+two.Meta.Notes {
		t.Errorf("merged counts are %+v", g.Meta)
	}
	seen := map[string]bool{}
	for _, n := range g.Nodes {
		if seen[n.ID()] {
			t.Errorf("%s is two nodes", n.ID())
		}
		seen[n.ID()] = true
	}
	if code, _, errs := citecheck(t, "merge", a, filepath.Join("..", "..", "README.md")); code != exitUnread || !strings.Contains(errs, "README.md: not a citation graph") {
		t.Errorf("a file that is no graph: exit %d, %q", code, errs)
	}
}
