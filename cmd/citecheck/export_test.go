package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"citecheck/pipeline/graph"
)

// checked is a folder with the graph of the sample report.
func checked(t *testing.T, args ...string) string {
	t.Helper()
	out := t.TempDir()
	report := filepath.Join("..", "..", "testdata", "reports", "sample.docx")
	if code, _, errs := citecheck(t, append([]string{"check", "--offline", "--quiet", "--out", out, report}, args...)...); code == exitFailed || code == exitUsage {
		t.Fatalf("exit %d: %s", code, errs)
	}
	return out
}

func TestExport(t *testing.T) {
	out := checked(t)
	from := filepath.Join(out, "graph.json")
	for _, e := range graph.Exports {
		code, text, errs := citecheck(t, "export", "--to", e.Name, from)
		if code != 0 || !strings.Contains(text, "1721") {
			t.Errorf("export --to %s: exit %d, %q, %.100q", e.Name, code, errs, text)
		}
		file := filepath.Join(out, "x."+e.Name)
		if code, _, errs := citecheck(t, "export", "--to", e.Name, "-o", file, from); code != 0 {
			t.Errorf("export -o: exit %d, %q", code, errs)
		}
		if data, err := os.ReadFile(file); err != nil || string(data) != text {
			t.Errorf("export --to %s -o writes something else than it prints (%v)", e.Name, err)
		}
	}
	for _, tt := range []struct {
		args []string
		code int
		want string
	}{
		{[]string{"export", "--to", "pdf", from}, exitUsage, "the formats are"},
		{[]string{"export", from}, exitUsage, `"to" not set`},
		{[]string{"export", "--to", "csl", filepath.Join(out, "x.ris")}, exitUnread, "not a citation graph"},
		{[]string{"export", "--to", "csl", filepath.Join(out, "none.json")}, exitUnread, "none.json"},
	} {
		if code, _, errs := citecheck(t, tt.args...); code != tt.code || !strings.Contains(errs, tt.want) {
			t.Errorf("citecheck %q: exit %d, want %d, %q", tt.args, code, tt.code, errs)
		}
	}
}
