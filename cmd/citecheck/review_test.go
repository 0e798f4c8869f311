package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"citecheck/pipeline/cite"
	"citecheck/pipeline/graph"
	"citecheck/pipeline/review"
)

// passage is one sentence of a draft with its note.
type passage struct{ sentence, note string }

// markdown sets passages as a report with numbered footnotes.
func markdown(t *testing.T, name string, passages []passage) string {
	t.Helper()
	var body, notes strings.Builder
	body.WriteString("# Lessons from two missions\n\n")
	for i, p := range passages {
		fmt.Fprintf(&body, "%s[^%d]\n\n", p.sentence, i+1)
		fmt.Fprintf(&notes, "[^%d]: %s\n", i+1, strings.ReplaceAll(p.note, "{after}", fmt.Sprint(i)))
	}
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(body.String()+notes.String()), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

var firstDraft = []passage{
	{"The Council renewed the mandate of the mission in Mali in 2018.", "UN Security Council Resolution 2423 (June 28, 2018), UN Doc. S/RES/2423."},
	{"It had set up the mission in Liberia long before.", "UN Security Council Resolution 1509 (September 19, 2003), UN Doc. S/RES/1509."},
	{"Troop levels were raised in the same text.", "Ibid., para. 3."},
	{"This led to a decision in 2012 to keep the mission at its full strength through the parliamentary elections.", "UN Security Council Resolution 2000 (July 27, 2011), UN Doc. S/RES/2000."},
	{"The rise in Liberia was recalled.", "Resolution 1509, supra note 2."},
	{"Iran was asked to stop its enrichment.", "UN Security Council Resolution 1696 (July 30, 2006), UN Doc. S/RES/1696."},
	{"Women were named in a text of their own.", "UN Security Council Resolution 1325 (October 31, 2000), UN Doc. S/RES/1325."},
	{"A press report described it.", "Ann Author, “A Long Story,” The Times, March 3, 2012."},
}

// secondDraft has one note inserted after the second, the note on Iran
// corrected, and the sentence on Mali moved to the end.
func secondDraft() []passage {
	d := slices.Clone(firstDraft[1:])
	d[4].note = strings.Replace(d[4].note, "July 30", "July 31", 1)
	d[3].note = "Resolution 1509, supra note 1."
	d = slices.Insert(d, 2, passage{"A panel was set up for sanctions.", "UN Security Council Resolution 1521 (December 22, 2003), UN Doc. S/RES/1521."})
	return append(d, firstDraft[0])
}

// graphOf checks a draft and returns its folder.
func graphOf(t *testing.T, path string, args ...string) (dir string, code int, out, errs string) {
	t.Helper()
	dir = t.TempDir()
	code, out, errs = citecheck(t, append([]string{"check", "--offline", "--out", dir, path}, args...)...)
	if code == exitFailed || code == exitUsage {
		t.Fatalf("exit %d: %s", code, errs)
	}
	return dir, code, out, errs
}

// TestTwoDrafts: diff names the note inserted, the one corrected and the
// sentence moved, and nothing else; renumbering alone is no change.
func TestTwoDrafts(t *testing.T) {
	a, _, _, _ := graphOf(t, markdown(t, "draft1.md", firstDraft))
	b, _, _, _ := graphOf(t, markdown(t, "draft2.md", secondDraft()))
	x, y := filepath.Join(a, "graph.json"), filepath.Join(b, "graph.json")
	code, out, errs := citecheck(t, "diff", "--json", x, y)
	var d review.Diff
	if err := json.Unmarshal([]byte(out), &d); code != 0 || err != nil {
		t.Fatalf("exit %d, %v, %s", code, err, errs)
	}
	got := map[string]string{}
	for _, c := range d.Changes {
		s := c.New
		if s == nil {
			s = c.Old
		}
		got[s.Text] = fmt.Sprint(c.Kind, c.What)
	}
	want := map[string]string{
		secondDraft()[2].note: "inserted[]",
		secondDraft()[5].note: "changed[text verdict]",
		firstDraft[0].note:    "moved[]",
	}
	if fmt.Sprint(got) != fmt.Sprint(want) || d.Same != 6 || d.Renumbered != 2 {
		t.Errorf("diff names %q, %d the same, %d renumbered; want %q, 6, 2", got, d.Same, d.Renumbered, want)
	}
	_, text, _ := citecheck(t, "diff", x, y)
	for _, want := range []string{"draft1.md -> draft2.md: 1 inserted, 1 changed, 1 moved; 6 the same (2 of them renumbered)", "was contradicted, is verified", "note 9 (was note 1)"} {
		if !strings.Contains(text, want) {
			t.Errorf("diff does not say %q:\n%s", want, text)
		}
	}
	if _, text, _ = citecheck(t, "diff", x, x); !strings.Contains(text, "no note changed") {
		t.Errorf("a draft differs from itself: %s", text)
	}
}

// TestAcceptedFindings: a finding that was accepted stays accepted in the
// next draft under another number, counts no more, and is named once it is gone.
func TestAcceptedFindings(t *testing.T) {
	draft := markdown(t, "draft1.md", firstDraft)
	a, code, out, _ := graphOf(t, draft)
	if code != exitWrong || !strings.Contains(out, "1 contradicted, 1 questioned") {
		t.Fatalf("the first draft: exit %d, %s", code, out)
	}
	list := filepath.Join(t.TempDir(), ignoreName)
	x := filepath.Join(a, "graph.json")
	_, out, _ = citecheck(t, "ignore", x, "--ignore", list)
	if !strings.Contains(out, "note 4") || !strings.Contains(out, "note 6") || strings.Contains(out, "note 7") {
		t.Errorf("what can be accepted is listed as\n%s", out)
	}
	for _, args := range [][]string{{"--note", "4", "--check", "year-agrees", "--by", "ed", "--reason", "prepared in 2012"}, {"--note", "6", "--reason", "quoted as printed"}} {
		if code, out, errs := citecheck(t, append([]string{"ignore", x, "--ignore", list}, args...)...); code != 0 {
			t.Fatalf("ignore %q: exit %d, %s%s", args, code, out, errs)
		}
	}
	for _, tt := range []struct {
		args []string
		want string
	}{
		{[]string{"--reason", "x"}, "needs --note"},
		{[]string{"--reason", "x", "--note", "99"}, "no finding"},
	} {
		if code, _, errs := citecheck(t, append([]string{"ignore", x, "--ignore", list}, tt.args...)...); code != exitUsage || !strings.Contains(errs, tt.want) {
			t.Errorf("ignore %q: exit %d, %s", tt.args, code, errs)
		}
	}

	// The same folder again: what an earlier run finished is marked, not read anew.
	code, out, _ = citecheck(t, "check", "--offline", "--strict", "--out", a, "--ignore", list, draft)
	if strings.Contains(out, "contradicted") || !strings.Contains(out, "2 accepted") {
		t.Errorf("after accepting: exit %d, %s", code, out)
	}
	g := readGraph(t, a)
	if g.Meta.Verdicts[cite.Contradicted] != 0 || g.Meta.Verdicts[cite.Questioned] != 0 || g.Meta.Accepted != 2 {
		t.Errorf("the graph counts %+v", g.Meta)
	}
	for _, e := range g.Edges {
		if e.Cites != nil && e.Verdict == cite.Contradicted && (e.Stands() != graph.Settled || !slices.ContainsFunc(e.Findings, func(f graph.Finding) bool { return f.Accepted != nil && f.Accepted.Reason == "quoted as printed" })) {
			t.Errorf("%s is not marked: %+v", e.Key, e.Cites)
		}
	}
	if data, _ := os.ReadFile(filepath.Join(a, "graph.json")); graph.Validate(strings.NewReader(string(data))) != nil {
		t.Error("the marked graph does not hold to the schema")
	}
	// Without the list everything counts again.
	if code, out, _ := citecheck(t, "check", "--offline", "--out", a, draft); code != exitWrong || strings.Contains(out, "accepted") {
		t.Errorf("without the list: exit %d, %s", code, out)
	}

	// The next draft: the note on Côte d’Ivoire has another number, the other finding is gone.
	b, code, out, errs := graphOf(t, markdown(t, "draft2.md", secondDraft()), "--ignore", list)
	if code != 0 || strings.Contains(out, "questioned") || !strings.Contains(out, "1 accepted") {
		t.Errorf("the second draft: exit %d, %s", code, out)
	}
	if !strings.Contains(errs, "1 accepted finding is not found") || !strings.Contains(errs, "date-agrees") {
		t.Errorf("the entry that is gone is not named: %s", errs)
	}
	if code, out, _ := citecheck(t, "ignore", filepath.Join(b, "graph.json"), "--ignore", list, "--prune"); code != 0 || !strings.Contains(out, "1 entry") {
		t.Errorf("prune: exit %d, %s", code, out)
	}
	l, err := loadList(list)
	if err != nil || len(l.Findings) != 1 || l.Findings[0].By != "ed" {
		t.Errorf("after pruning the list is %+v (%v)", l, err)
	}
	// A finding that says something worse or else is a new one.
	worse := slices.Clone(firstDraft)
	worse[3].sentence = strings.Replace(worse[3].sentence, "2012", "2013", 1)
	if _, code, out, _ := graphOf(t, markdown(t, "draft3.md", worse), "--ignore", list, "--strict"); code != exitWrong || !strings.Contains(out, "1 questioned") {
		t.Errorf("another year is accepted too: exit %d, %s", code, out)
	}
	for _, bad := range []string{`{"format":"x"}`, `{"format":"citecheck-ignore/1","findings":[{"check":"exists","verdict":"questioned"}]}`, "no JSON"} {
		os.WriteFile(list, []byte(bad), 0o644)
		if code, _, errs := citecheck(t, "check", "--offline", "--out", a, "--ignore", list, draft); code != exitUsage || !strings.Contains(errs, "--ignore") {
			t.Errorf("%s: exit %d, %s", bad, code, errs)
		}
	}
}
