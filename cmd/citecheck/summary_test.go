package main

import (
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
		"un:S/RES/2480": "S/RES/2480 (2019) of 2019-06-28",
		"un:S/2020/503": "S/2020/503",
		"work:6d1a":     "“The Road to Gao”",
		"work:91da":     "“a work without a title”",
	} {
		if got := candidates([]string{id}, byID); got != want {
			t.Errorf("candidates(%s) = %s, want %s", id, got, want)
		}
	}
}
