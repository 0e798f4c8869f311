package annotate

import (
	"slices"
	"testing"

	"citecheck/pipeline/cite"
	"citecheck/pipeline/graph"
)

// TestRemark: a remark speaks to who has the report open and nothing else: days
// are written out, the built-in list is named, and what would fit is said once.
func TestRemark(t *testing.T) {
	byID := map[string]graph.Node{"un:S/RES/2480": {Document: &graph.Document{Symbol: "S/RES/2480 (2019)", Date: "2019-06-28"}}}
	fix := "UN Doc. S/RES/2480."
	e := graph.Edge{Cites: &graph.Cites{Suggestion: &fix}}
	findings := []graph.Finding{
		{Check: "year-agrees", Verdict: cite.Questioned, Reason: "the sentence has another year", Candidates: []string{"un:S/RES/2480", "un:S/RES/2480", "un:S/RES/2531"},
			Evidence: &graph.Evidence{Source: "builtin", Place: "S/RES/2423", Quote: "2018-06-28"}},
		{Check: "exists", Verdict: cite.Verified, Reason: "it exists"},
	}
	got := remarkOf(findings, &e, byID)
	want := []string{
		"questioned: the sentence has another year",
		"source (the list of Security Council resolutions inside citecheck, S/RES/2423): “28 June 2018”",
		"would fit: S/RES/2480 (2019) of 28 June 2019, S/RES/2531",
		"suggested: UN Doc. S/RES/2480.",
	}
	if got.verdict != cite.Questioned || !slices.Equal(got.lines, want) {
		t.Errorf("the remark is %s: %q, want %q", got.verdict, got.lines, want)
	}
}
