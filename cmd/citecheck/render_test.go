package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestPageImages: on request, and only then, report.html has pictures of the
// pages with notes, whichever way the folder was written before; the same
// again are the same bytes; a report whose bytes have no pages says nothing.
func TestPageImages(t *testing.T) {
	dir := t.TempDir()
	page := func(args ...string) string {
		t.Helper()
		code, _, errs := citecheck(t, append([]string{"check", "--offline", "--out", dir, "../../testdata/reports/sample.pdf", markdown(t, "draft.md", firstDraft)}, args...)...)
		if code != exitWrong {
			t.Fatalf("exit %d: %s", code, errs)
		}
		data, err := os.ReadFile(filepath.Join(dir, "report.html"))
		if err != nil {
			t.Fatal(err)
		}
		return string(data)
	}
	plain, drawn := page(), page("--page-images")
	if strings.Contains(plain, "<svg") || strings.Count(drawn, "<svg") != 3 || strings.Contains(drawn, "not all drawn") {
		t.Errorf("%d pictures without the flag, %d with it", strings.Count(plain, "<svg"), strings.Count(drawn, "<svg"))
	}
	if n := len(regexp.MustCompile(`data-part="marker" data-label="6"`).FindAllString(drawn, -1)); n != 2 { // the link and the frame
		t.Errorf("the marker of note 6 stands %d times", n)
	}
	if page("--page-images") != drawn || page() != plain || page("--fresh", "--page-images") != drawn {
		t.Error("the same again gives other bytes")
	}
}
