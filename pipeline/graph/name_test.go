package graph

import (
	"strings"
	"testing"

	"citecheck/pipeline/cite"
)

// TestNamed: what would fit is named as people know it, never by a hash.
func TestNamed(t *testing.T) {
	for _, tt := range []struct {
		id   string
		node Node
		want string
	}{
		{"un:S/RES/2480", Node{Document: &Document{Symbol: "S/RES/2480 (2019)", Date: "2019-06-28"}}, "S/RES/2480 (2019) of 28 June 2019"},
		{"un:S/RES/2480", Node{Document: &Document{Symbol: "S/RES/2480 (2019)"}}, "S/RES/2480 (2019)"},
		{"un:S/2020/503", Node{}, "S/2020/503"},
		{"work:6d1a", Node{Work: &Work{CSL: cite.Work{Title: "The Road to Gao"}}}, "“The Road to Gao”"},
		{"work:91da", Node{Work: &Work{}}, "“a work without a title”"},
		{"work:77aa", Node{Work: &Work{CSL: cite.Work{Title: strings.Repeat("é", 70)}}}, "“" + strings.Repeat("é", 59) + "…”"},
	} {
		if got := Named(tt.id, tt.node); got != tt.want {
			t.Errorf("Named(%s) = %s, want %s", tt.id, got, tt.want)
		}
	}
}

func TestDay(t *testing.T) {
	for s, want := range map[string]string{"2018-06-28": "28 June 2018", "2026-11-23T18:00:00Z": "23 November 2026", "": "", "S/RES/2423": "S/RES/2423", "2018-13-40": "2018-13-40", "The text": "The text"} {
		if got := Day(s); got != want {
			t.Errorf("Day(%q) = %q, want %q", s, got, want)
		}
	}
}
