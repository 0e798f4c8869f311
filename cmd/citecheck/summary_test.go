package main

import (
	"strings"
	"testing"

	"citecheck/pipeline/cite"
	"citecheck/pipeline/graph"
)

// TestCandidates: two works with the same title are named once.
func TestCandidates(t *testing.T) {
	byID := map[string]graph.Node{
		"work:6d1a": {Work: &graph.Work{CSL: cite.Work{Title: "The Road to Gao"}}},
		"work:91da": {Work: &graph.Work{CSL: cite.Work{Title: "The Road to Gao"}}},
	}
	if got, want := candidates([]string{"work:6d1a", "un:S/2020/503", "work:91da"}, byID), "“The Road to Gao”, S/2020/503"; got != want {
		t.Errorf("candidates are %s, want %s", got, want)
	}
}

// TestUnseen: what was not read, and a report without notes, are said where a
// clean bill would stand; a report that was read is not.
func TestUnseen(t *testing.T) {
	g := &graph.Graph{
		Nodes: []graph.Node{
			{Report: &graph.Report{ID: "report:1", File: "scan.pdf"}},
			{Report: &graph.Report{ID: "report:2", File: "sound.pdf"}},
			{Note: &graph.Note{ID: "report:2#n1", Report: "report:2", Label: "1"}},
		},
		Problems: []cite.Problem{{Stage: "read", Item: "scan.pdf pages 1 to 3", Reason: "no text layer"}, {Stage: "read", Item: "gone.pdf", Reason: "no such file or directory"}},
	}
	var b strings.Builder
	unseen(&b, paint{}, g)
	for _, want := range []string{"not read  scan.pdf pages 1 to 3  no text layer", "no notes  scan.pdf"} {
		if strings.Count(b.String(), want) != 1 {
			t.Errorf("%q is not said once in:\n%s", want, &b)
		}
	}
	if strings.Contains(b.String(), "sound.pdf") || strings.Contains(b.String(), "gone.pdf") {
		t.Errorf("said of a report that was read, or again of an input that was not:\n%s", &b)
	}
	g.Meta.Citations = 9 // of which none is at hand: its notes may lie elsewhere
	b.Reset()
	if unseen(&b, paint{}, g); strings.Contains(b.String(), "no notes") {
		t.Errorf("said of a report whose notes are not at hand:\n%s", &b)
	}
}
