package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
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
