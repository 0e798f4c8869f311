package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"citecheck/pipeline/cite"
)

// TestDebugPages: a drawing for each page of the sample, with its markers and
// labels on it, and none for a format without pages.
func TestDebugPages(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "pages")
	code, _, errs := citecheck(t, "extract", "--debug-pages", dir, "../../testdata/reports/sample.pdf", "../../testdata/reports/sample.md")
	if code != 0 {
		t.Fatalf("exit %d: %s", code, errs)
	}
	files, err := os.ReadDir(dir)
	if err != nil || len(files) < 2 {
		t.Fatalf("%d drawings, error %v", len(files), err)
	}
	b, err := os.ReadFile(filepath.Join(dir, "sample-0001.svg"))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"<title>marker 6</title>", "<title>note 6</title>", " body</text>", " notes</text>"} {
		if n := strings.Count(string(b), want); n == 0 {
			t.Errorf("page 1 lacks %s", want)
		}
	}
}

// TestPageLimit: what a limit leaves out is told, and the rest is read.
func TestPageLimit(t *testing.T) {
	code, out, _ := citecheck(t, "extract", "--max-pages", "1", "../../testdata/reports/sample.pdf")
	if code != 0 || !strings.Contains(out, `"pages":1`) || !strings.Contains(out, "the limit is 1 page") {
		t.Errorf("exit %d: %.300s", code, out)
	}
}

// TestExtractNumbering: what is wrong with the labels is told, of a note and
// of the report.
func TestExtractNumbering(t *testing.T) {
	for file, want := range map[string]string{"orphan-marker": "marker 9 on page 1 has no note", "skipped-label": "label 4 is skipped"} {
		code, out, errs := citecheck(t, "extract", "../../testdata/labelled/"+file+".pdf")
		var x extracted
		if err := json.Unmarshal([]byte(out), &x); err != nil || code != 0 {
			t.Fatalf("%s: exit %d, %v: %s", file, code, err, errs)
		}
		if len(x.Numbering) != 1 || !strings.HasPrefix(x.Numbering[0], want) {
			t.Errorf("%s: %q, want %q", file, x.Numbering, want)
		}
	}
}

// TestFormatsAgree: the sample report has the same notes, sentences and
// citations in every format.
func TestFormatsAgree(t *testing.T) {
	quotes := strings.NewReplacer("“", `"`, "”", `"`, "‘", "'", "’", "'")
	read := func(name string) (notes []string, title string) {
		code, out, errs := citecheck(t, "extract", filepath.Join("..", "..", "testdata", "reports", name))
		var x extracted
		if err := json.Unmarshal([]byte(out), &x); err != nil || code != 0 || len(x.Problems) > 0 {
			t.Fatalf("%s: exit %d, %v: %s %+v", name, code, err, errs, x.Problems)
		}
		for _, n := range x.Notes {
			if n.Placement == cite.PlaceInline {
				continue
			}
			s := n.Label + " " + n.Text
			for _, m := range n.Markers {
				s += " < " + m.Sentence
			}
			for _, c := range n.Citations {
				s += " > " + c.Target
			}
			notes = append(notes, quotes.Replace(s))
		}
		return notes, x.Title
	}
	want, title := read("sample.md")
	if len(want) != 21 {
		t.Fatalf("%d notes in the source, want 21", len(want))
	}
	for _, name := range []string{"sample.docx", "sample.odt", "sample.epub"} {
		got, its := read(name)
		if diff := cmp.Diff(want, got); diff != "" || its != title {
			t.Errorf("%s, %q:\n%s", name, its, diff)
		}
	}
}
