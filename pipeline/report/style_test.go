package report

import (
	"strings"
	"testing"

	"citecheck/pipeline/cite"
	"citecheck/pipeline/graph"
)

// TestStyleStandsApart: remarks on style have a part of the page of their
// own, gravest first, and stand neither among the verdicts nor among what is
// said of the notes' numbers; hostile notes stay text there too.
func TestStyleStandsApart(t *testing.T) {
	remark := func(rule, severity, text string) cite.Finding {
		return cite.Finding{Check: "style", Rule: rule, Severity: severity, Verdict: cite.Questioned, Reason: "reason of " + rule, Claimed: text, Suggestion: text + " mended"}
	}
	r := cite.Report{File: "a.pdf", Files: []string{"a.pdf"}, SHA256: strings.Repeat("b", 64), Notes: []cite.Note{{Label: "1", Placement: cite.PlaceFoot, Text: "UN Doc S/2023/402",
		Findings: []cite.Finding{remark("M9", "style", hostile[0]), remark("M7", "error", hostile[1]), {Check: "numbering", Verdict: cite.Questioned, Reason: "reason of numbering"}}}}}
	html := write(t, graph.Build("citecheck v0", r, nil))
	about, section := strings.Index(html, "About the notes themselves"), strings.Index(html, `id="style"`)
	m7, m9, numbering := strings.Index(html, "reason of M7"), strings.Index(html, "reason of M9"), strings.Index(html, "reason of numbering")
	if section < 0 || m7 < section || m9 < m7 || about < 0 || numbering < about || numbering > section {
		t.Errorf("section at %d, M7 at %d, M9 at %d; notes at %d, numbering at %d", section, m7, m9, about, numbering)
	}
	if strings.Contains(html, "<script>alert") || strings.Contains(html, "<img") || !strings.Contains(html, "&lt;script&gt;alert(1)&lt;/script&gt; mended") {
		t.Error("a note is active on the page, or its correction is not there")
	}
}
