package main

import (
	"strings"
	"testing"

	"citecheck/pipeline/cite"
	"citecheck/pipeline/graph"
)

// TestCandidates: what would fit is named as people know it, never by a hash.
func TestCandidates(t *testing.T) {
	byID := map[string]graph.Node{
		"un:S/RES/2480": {Document: &graph.Document{Symbol: "S/RES/2480 (2019)", Date: "2019-06-28"}},
		"work:6d1a":     {Work: &graph.Work{CSL: cite.Work{Title: "The Road to Gao"}}},
		"work:91da":     {Work: &graph.Work{CSL: cite.Work{}}},
	}
	for id, want := range map[string]string{
		"un:S/RES/2480": "S/RES/2480 (2019) of 28 June 2019",
		"un:S/2020/503": "S/2020/503",
		"work:6d1a":     "“The Road to Gao”",
		"work:91da":     "“a work without a title”",
	} {
		if got := candidates([]string{id}, byID); got != want {
			t.Errorf("candidates(%s) = %s, want %s", id, got, want)
		}
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
