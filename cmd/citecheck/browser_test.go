package main

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"citecheck/pipeline/graph"
)

// TestAcceptedInTheBrowser: an editor accepts a finding in report.html and
// saves the file; check --ignore reads it as it is, counts the finding as
// accepted, and the next page shows the reason.
func TestAcceptedInTheBrowser(t *testing.T) {
	if testing.Short() {
		t.Skip("skipped: -short opens no browser")
	}
	const tools = "../../testdata/tools/browser"
	chromium, err := exec.LookPath("chromium")
	if err != nil {
		missing(t, "chromium (apt-get install chromium)")
	}
	if _, err := os.Stat(filepath.Join(tools, "node_modules")); err != nil {
		missing(t, "npm ci --prefix testdata/tools/browser")
	}
	draft := markdown(t, "draft1.md", firstDraft)
	dir, _, out, _ := graphOf(t, draft)
	if !strings.Contains(out, "1 contradicted") {
		t.Fatalf("the draft: %s", out)
	}
	list := filepath.Join(t.TempDir(), ignoreName)
	cmd := exec.Command("node", filepath.Join(tools, "page.mjs"), "accept", filepath.Join(dir, "report.html"), list)
	cmd.Env = append(os.Environ(), "CHROMIUM="+chromium)
	cmd.Stderr = os.Stderr
	answer, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	var r struct {
		Before, After, Text, Check, Says, Name string
		Kept, Undone, Loaded                   int
		Step                                   bool // that says to correct what is contradicted
		Same                                   bool // whether written in place or downloaded
		Errors, Requests                       []string
	}
	if err := json.Unmarshal(answer, &r); err != nil {
		t.Fatalf("%v: %s", err, answer)
	}
	const reason = "the printed date is that of the <b>first</b> draft"
	if r.Before != "1" || r.After != "0" || r.Step || !r.Same || r.Says != "Accepted by M. Editor: "+reason || r.Name != ignoreName || r.Kept != 1 || r.Undone != 0 || r.Loaded != 1 || len(r.Errors)+len(r.Requests) > 0 {
		t.Errorf("in the browser: %+v", r)
	}
	next, code, out, errs := graphOf(t, draft, "--ignore", list)
	if code != 0 || strings.Contains(out, "1 contradicted") || !strings.Contains(out, "1 accepted") || strings.Contains(errs, "no finding") {
		t.Errorf("check --ignore: exit %d\n%s\n%s", code, out, errs)
	}
	accepted := 0
	for _, e := range readGraph(t, next).Edges {
		if e.Cites == nil || e.Stands() != graph.Settled {
			continue
		}
		accepted++
		for _, f := range e.Findings {
			if f.Accepted != nil && (f.Accepted.Reason != reason || f.Accepted.By != "M. Editor" || f.Check != r.Check || e.Text != r.Text) {
				t.Errorf("accepted: %s of %q, %+v", f.Check, e.Text, f.Accepted)
			}
		}
	}
	if accepted != 1 {
		t.Errorf("%d citations stand as accepted, want 1", accepted)
	}
	page, err := os.ReadFile(filepath.Join(next, "report.html"))
	if err != nil || !strings.Contains(string(page), "Accepted by M. Editor: the printed date is that of the &lt;b&gt;first&lt;/b&gt; draft") {
		t.Errorf("the next page does not give the reason (%v)", err)
	}
}
