package main

import (
	"bufio"
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"

	"citecheck/extractors/citation"
	"citecheck/pipeline/style"
)

// restyled is what extract says of one file with --profile.
type restyled struct {
	File  string `json:"file"`
	Notes []struct {
		Label    string   `json:"label"`
		Text     string   `json:"text"`
		Findings []styled `json:"findings"`
	} `json:"notes"`
}

func restyle(t *testing.T, profile string, files ...string) []restyled {
	t.Helper()
	code, out, errs := citecheck(t, append([]string{"extract", "--profile", profile}, files...)...)
	if code != 0 {
		t.Fatalf("exit %d: %s", code, errs)
	}
	var all []restyled
	lines := bufio.NewScanner(strings.NewReader(out))
	lines.Buffer(nil, 64<<20)
	for lines.Scan() {
		var x restyled
		if err := json.Unmarshal(lines.Bytes(), &x); err != nil {
			t.Fatal(err)
		}
		all = append(all, x)
	}
	return all
}

func TestProfileFlag(t *testing.T) {
	for _, command := range []string{"check", "extract", "parse"} {
		code, _, errs := citecheck(t, command, "--profile", "apa", "../../testdata/reports/sample.md")
		if code != exitUsage || !strings.Contains(errs, "ipi, un, bluebook, oscola, chicago and aglc") {
			t.Errorf("%s --profile apa: exit %d, %s", command, code, errs)
		}
	}
	_, plain, _ := citecheck(t, "parse", "UN Doc S/RES/2423.")
	if strings.Contains(plain, "findings") {
		t.Errorf("without --profile: %s", plain)
	}
	_, out, _ := citecheck(t, "parse", "--profile", "ipi", "UN Doc S/RES/2423.")
	if !strings.Contains(out, `"suggestion":"UN Doc. S/RES/2423."`) {
		t.Errorf("parse --profile ipi: %s", out)
	}
}

// TestProfileOnCheck: remarks on style stand in the graph and the page, are
// counted in the summary, and change no verdict and no exit code; another
// profile makes a report anew.
func TestProfileOnCheck(t *testing.T) {
	dir := t.TempDir()
	sample := "../../testdata/reports/sample.md"
	plain, _, _ := citecheck(t, "check", "--offline", "--out", filepath.Join(dir, "none"), sample)
	code, out, errs := citecheck(t, "check", "--offline", "--profile", "bluebook", "--out", filepath.Join(dir, "b"), sample)
	if code != plain || !strings.Contains(out, "on style (") {
		t.Fatalf("exit %d, without a profile %d: %s%s", code, plain, out, errs)
	}
	a, b := readGraph(t, filepath.Join(dir, "none")), readGraph(t, filepath.Join(dir, "b"))
	for v, n := range a.Meta.Verdicts {
		if b.Meta.Verdicts[v] != n {
			t.Errorf("%s: %d with a profile, %d without", v, b.Meta.Verdicts[v], n)
		}
	}
	remarks := 0
	for _, n := range b.Nodes {
		if n.Note == nil {
			continue
		}
		for _, f := range n.Note.Findings {
			if f.Check == "style" && f.Rule != "" && f.Severity != "" && f.Suggestion != "" {
				remarks++
			}
		}
	}
	if remarks == 0 {
		t.Error("the graph has no remark with a correction")
	}
	_, again, _ := citecheck(t, "check", "--offline", "--profile", "ipi", "--out", filepath.Join(dir, "b"), sample)
	if again == out {
		t.Error("another profile into the same folder took over the earlier result")
	}
}

// TestSeedIsInStyle: the notes of the report that IPI itself published, in
// every format, are in IPI's style but for the one title that lost its
// italics.
func TestSeedIsInStyle(t *testing.T) {
	var files []string
	for _, f := range []string{"minusma-1col.pdf", "minusma-2col.pdf", "minusma-word.pdf", "minusma.docx", "minusma.html"} {
		files = append(files, shared(t, "data", "seed", f))
	}
	for _, r := range restyle(t, "ipi", files...) {
		var got []string
		for _, n := range r.Notes {
			for _, f := range n.Findings {
				got = append(got, n.Label+" "+f.Rule)
			}
		}
		if len(got) != 1 || got[0] != "10 M17" {
			t.Errorf("%s: %v, want the title of note 10 only", r.File, got)
		}
	}
}

// TestSuggestionsCiteTheSame: over made-up reports of many styles, in each
// profile, every corrected note cites the same documents and places.
func TestSuggestionsCiteTheSame(t *testing.T) {
	var files []string
	for _, r := range []string{"r01", "r02", "r03", "r04"} {
		files = append(files, shared(t, "data", "errors", "reports", r+".md"))
	}
	total := 0
	for _, p := range style.Profiles {
		for _, r := range restyle(t, p.Name, files...) {
			for _, n := range r.Notes {
				was := citedBy(n.Text)
				for _, f := range n.Findings {
					if f.Suggestion == "" {
						continue
					}
					total++
					if now := citedBy(f.Suggestion); now != was && f.Rule != "M1" && f.Rule != "M2" && f.Rule != "M3" {
						t.Errorf("%s, %s note %s, %s: %q cites %s, corrected %q cites %s", p.Name, r.File, n.Label, f.Rule, n.Text, was, f.Suggestion, now)
					}
				}
			}
		}
	}
	if total < 200 {
		t.Errorf("only %d corrections: something is not read", total)
	}
	t.Logf("%d corrections", total)
}

func citedBy(text string) string {
	var out []string
	for _, c := range citation.Parse(citation.Input{Text: text}) {
		pins, _ := json.Marshal(c.Pinpoints)
		out = append(out, c.Target("")+string(pins)+c.Claims.Date.String())
	}
	return strings.Join(out, " ")
}
