package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"citecheck/pipeline/tables"
)

// sqlite3 is what the sqlite3 program answers to a query.
func sqlite3(t *testing.T, db, query string) string {
	t.Helper()
	if _, err := exec.LookPath("sqlite3"); err != nil {
		missing(t, "sqlite3")
	}
	out, err := exec.Command("sqlite3", "-readonly", db, query).CombinedOutput()
	if err != nil {
		t.Fatalf("sqlite3 %s: %v\n%s", query, err, out)
	}
	return strings.TrimSpace(string(out))
}

// TestExportDatabase: the sqlite3 program finds in the database what the graph
// says, and it is the same database however the same graphs are named.
func TestExportDatabase(t *testing.T) {
	sample := checked(t)
	md := filepath.Join(t.TempDir(), "runs", "md")
	if code, _, errs := citecheck(t, "check", "--offline", "--quiet", "--out", md, filepath.Join("..", "..", "testdata", "reports", "sample.md")); code == exitFailed {
		t.Fatal(errs)
	}
	runs := filepath.Dir(md)
	if err := os.CopyFS(filepath.Join(runs, "pdf"), os.DirFS(sample)); err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	one := filepath.Join(dir, "one.db")
	if code, _, errs := citecheck(t, "export", "--to", "sqlite", sample, "-o", one); code != 0 {
		t.Fatalf("exit %d: %s", code, errs)
	}
	g := readGraph(t, sample)
	counts := map[string]int{"notes": g.Meta.Notes, "citations": g.Meta.Citations, "reports": g.Meta.Reports, "problems": len(g.Problems)}
	for v, n := range g.Meta.Verdicts {
		counts["citations WHERE verdict = '"+string(v)+"'"] = n
	}
	for table, want := range counts {
		if got := sqlite3(t, one, "SELECT count(*) - "+strconv.Itoa(want)+" FROM "+table); got != "0" {
			t.Errorf("%s: %s more rows than the graph has", table, got)
		}
	}
	if got := sqlite3(t, one, "SELECT symbol || ' ' || wrong FROM most_wrong WHERE symbol LIKE 'S/RES/1721%'"); got != "S/RES/1721 (2006) 1" {
		t.Errorf("most wrong: %q", got)
	}

	// Reports are the same whether their runs, their folder or their own graphs are named.
	var first []byte
	for _, args := range [][]string{{runs}, {filepath.Join(runs, "pdf", "graph.json"), md, md}, {filepath.Join(md, "reports"), filepath.Join(runs, "pdf", "reports")}} {
		db := filepath.Join(dir, "many.db")
		if code, _, errs := citecheck(t, append([]string{"export", "--to", "sqlite", "-o", db}, args...)...); code != 0 {
			t.Fatalf("%q: exit %d: %s", args, code, errs)
		}
		data, err := os.ReadFile(db)
		if err != nil {
			t.Fatal(err)
		}
		if first == nil {
			first = data
		}
		if !bytes.Equal(first, data) {
			t.Errorf("%q makes another database", args)
		}
	}
	if got := sqlite3(t, filepath.Join(dir, "many.db"), "SELECT count(*) FROM reports"); got != "2" {
		t.Errorf("%s reports, want 2", got)
	}
	if left, _ := filepath.Glob(filepath.Join(dir, ".*")); len(left) > 0 {
		t.Errorf("left behind: %q", left)
	}
}

// TestExportDatabaseRefuses: what is no graph makes no database, and an older
// one stays; in a folder it costs the others nothing, but is told.
func TestExportDatabaseRefuses(t *testing.T) {
	sample, dir := checked(t), t.TempDir()
	db := filepath.Join(dir, "x.db")
	os.WriteFile(db, []byte("older"), 0o644)
	cut := filepath.Join(dir, "cut.json")
	data, err := os.ReadFile(filepath.Join(sample, "graph.json"))
	if err != nil {
		t.Fatal(err)
	}
	os.WriteFile(cut, data[:len(data)/2], 0o644)
	for _, tt := range []struct {
		code int
		says string
		args []string
	}{
		{exitUsage, "say where to with -o", []string{filepath.Join(sample, "graph.json")}},
		{exitUnread, "cut.json: not a citation graph", []string{cut, "-o", db}},
		{exitUnread, "no such file", []string{filepath.Join(dir, "none.json"), "-o", db}},
		{exitUnread, "no graph in this folder", []string{t.TempDir(), "-o", db}},
		{exitFailed, "no such file", []string{filepath.Join(sample, "graph.json"), "-o", filepath.Join(dir, "none", "x.db")}},
	} {
		code, _, errs := citecheck(t, append([]string{"export", "--to", "sqlite"}, tt.args...)...)
		if code != tt.code || !strings.Contains(errs, tt.says) {
			t.Errorf("%q: exit %d, %q; want %d, %q", tt.args, code, errs, tt.code, tt.says)
		}
	}
	if data, _ := os.ReadFile(db); string(data) != "older" {
		t.Error("a failure took the older database away")
	}
	both := t.TempDir()
	os.WriteFile(filepath.Join(both, "good.json"), data, 0o644)
	os.WriteFile(filepath.Join(both, "cut.json"), data[:len(data)/2], 0o644)
	code, _, errs := citecheck(t, "export", "--to", "sqlite", both, "-o", db)
	if code != exitUnread || !strings.Contains(errs, "left out: ") || !strings.Contains(errs, "cut.json") {
		t.Errorf("exit %d, %q", code, errs)
	}
	if got := sqlite3(t, db, "SELECT count(*) FROM reports"); got != "1" {
		t.Errorf("%s reports, want 1", got)
	}
}

// TestExportParquet: this build writes the files, or says which one does.
func TestExportParquet(t *testing.T) {
	out := filepath.Join(t.TempDir(), "tables")
	code, _, errs := citecheck(t, "export", "--to", "parquet", checked(t), "-o", out)
	if !tables.HasParquet {
		if code != exitFailed || !strings.Contains(errs, "go install -tags parquet ./cmd/citecheck") {
			t.Errorf("exit %d, %q", code, errs)
		}
		return
	}
	files, _ := filepath.Glob(filepath.Join(out, "*.parquet"))
	if code != 0 || len(files) != 9 {
		t.Errorf("exit %d, %q, %d files", code, errs, len(files))
	}
}
