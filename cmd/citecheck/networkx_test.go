package main

import (
	"fmt"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestNetworkx loads graph.json the way its readers do, and counts.
func TestNetworkx(t *testing.T) {
	python := ""
	for _, p := range []string{"python3", "/usr/bin/python3"} { // another python may stand before Debian's
		if exec.Command(p, "-c", "import networkx").Run() == nil {
			python = p
		}
	}
	if python == "" {
		missing(t, "networkx (Debian's python3-networkx)")
	}
	out := t.TempDir()
	citecheck(t, "check", "--offline", "--out", out, filepath.Join("..", "..", "testdata", "reports", "sample.pdf"))
	g := readGraph(t, out)
	const script = `
import json, sys, networkx
data = json.load(open(sys.argv[1]))
try:
    g = networkx.node_link_graph(data, edges="edges")
except TypeError:  # before networkx 3.4 the word was link
    g = networkx.node_link_graph(data, link="edges")
kinds = [k for _, k in g.nodes(data="kind")]
print(g.number_of_nodes(), g.number_of_edges(), kinds.count("note"), None in kinds, g.is_directed(), g.is_multigraph())
`
	got, err := exec.Command(python, "-c", script, filepath.Join(out, "graph.json")).CombinedOutput()
	if err != nil {
		t.Fatalf("networkx: %v\n%s", err, got)
	}
	want := fmt.Sprintf("%d %d %d False True True", len(g.Nodes), len(g.Edges), g.Meta.Notes)
	if strings.TrimSpace(string(got)) != want {
		t.Errorf("networkx counts %s, want %s", got, want)
	}
}
