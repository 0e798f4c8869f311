package main

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"citecheck/pipeline/catalog"
	"citecheck/pipeline/cite"
	"citecheck/pipeline/fetch/replica"
)

// kept is a catalogue with one document, whose title a spreadsheet would take
// for a formula.
func kept(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "catalog.db")
	s, _, err := catalog.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	src := cite.Source{URL: "https://documents.un.org/x", Fetched: "2026-11-20T10:00:00Z", SHA256: strings.Repeat("a", 64)}
	d := cite.Document{Symbol: must(cite.ParseSymbol("S/2023/402/Add.1")), Printed: "S/2023/402/Add.1", Title: "=SUM(A1) on <Mali>", Date: cite.Date{Year: 2023, Month: 6, Day: 1}, Last: 1,
		Paragraphs: []cite.Paragraph{{N: 1, Text: "Within existing\nresources.", Page: 3}},
		Facts:      []cite.Fact{{Field: cite.FieldDate, Value: "2023-06-01", Primary: true, Evidence: cite.Evidence{Source: src, Place: "page 1, masthead", Quote: "1 June 2023"}}}}
	if err := s.Remember(d); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestCatalogCommands(t *testing.T) {
	path := kept(t)
	code, out, errs := citecheck(t, "catalog", "stats", "--file", path)
	var st catalog.Stats
	if err := json.Unmarshal([]byte(out), &st); err != nil || code != 0 || st.Documents != 1 || st.Paragraphs != 1 || st.Relations["adds_to"] != 1 || st.Builtin < 2700 {
		t.Errorf("stats: exit %d, %v, %s%s", code, err, out, errs)
	}
	if code, out, _ := citecheck(t, "catalog", "search", `"existing resources"`, "--file", path); code != 0 || out != "S/2023/402/Add.1  2023-06-01  paragraph 1\n    Within [existing resources].\n" {
		t.Errorf("search: exit %d, %q", code, out)
	}
	code, out, _ = citecheck(t, "catalog", "search", "mali", "--json", "--symbol", "S/2023/", "--file", path)
	var h catalog.Hit
	if err := json.Unmarshal([]byte(out), &h); err != nil || code != 0 || h.Place != "title" || h.Snippet != "=SUM(A1) on <[Mali]>" {
		t.Errorf("search --json: exit %d, %v, %s", code, err, out)
	}
	if code, out, errs := citecheck(t, "catalog", "search", "nosuchword", "--file", path); code != 0 || out != "" || !strings.Contains(errs, "nothing was found") {
		t.Errorf("search for nothing: exit %d, %q, %q", code, out, errs)
	}
	for _, what := range []string{"documents", "paragraphs", "facts", "relations"} {
		code, out, errs := citecheck(t, "catalog", "export", "--what", what, "--to", "csv", "--file", path)
		rows, err := csv.NewReader(strings.NewReader(out)).ReadAll()
		if code != 0 || err != nil || len(rows) != 2 || !slices.Equal(rows[0], exports[what]) {
			t.Errorf("export of %s: exit %d, %v, %s%s", what, code, err, out, errs)
			continue
		}
		if what == "documents" && rows[1][8] != "'=SUM(A1) on <Mali>" {
			t.Errorf("the title is exported as %q", rows[1][8])
		}
		file := filepath.Join(t.TempDir(), "out.jsonl")
		if code, _, errs := citecheck(t, "catalog", "export", "--what", what, "-o", file, "--file", path); code != 0 {
			t.Fatalf("exit %d: %s", code, errs)
		}
		var x map[string]any
		if err := json.Unmarshal(must(os.ReadFile(file)), &x); err != nil || len(x) != len(exports[what]) {
			t.Errorf("export of %s as JSON: %v, %v", what, err, x)
		}
	}
	_, out, _ = citecheck(t, "catalog", "export", "--builtin", "--file", path)
	if n := strings.Count(out, "\n"); n != st.Builtin+1 || !strings.HasPrefix(out, `{"symbol":"S/RES/1","printed":"S/RES/1 (1946)"`) {
		t.Errorf("export --builtin has %d lines, %.80s", n, out)
	}
	for want, args := range map[int][]string{
		exitUsage:  {"catalog", "export", "--to", "xml", "--file", path},
		exitUnread: {"catalog", "stats", "--file", filepath.Join(t.TempDir(), "none.db")},
	} {
		if code, _, errs := citecheck(t, args...); code != want || errs == "" {
			t.Errorf("%q: exit %d, %q; want %d", args, code, errs, want)
		}
	}
}

// TestCatalogDamaged: the damage is told, the file lies beside, the command
// goes on with a new one.
func TestCatalogDamaged(t *testing.T) {
	path := filepath.Join(t.TempDir(), "catalog.db")
	if err := os.WriteFile(path, bytes.Repeat([]byte("no database "), 400), 0o600); err != nil {
		t.Fatal(err)
	}
	code, out, errs := citecheck(t, "catalog", "stats", "--file", path)
	if code != 0 || !strings.Contains(out, `"documents": 0`) || !strings.Contains(errs, "was damaged; it lies in catalog.db.damaged-1 now") {
		t.Errorf("exit %d, %s%s", code, out, errs)
	}
}

// TestCatalogFills: what a look-up reads is kept, once, and can be searched;
// offline the catalogue is not opened.
func TestCatalogFills(t *testing.T) {
	s := &replica.Server{}
	if err := s.Start(); err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	path := filepath.Join(t.TempDir(), "catalog.db")
	args := append([]string{"document", "--catalog", path, "S/2023/402"}, s.Flags()...)
	if code, _, errs := citecheck(t, append(args, "--offline")...); code != exitUnread {
		t.Errorf("offline: exit %d, %s", code, errs)
	}
	if _, err := os.Stat(path); err == nil {
		t.Error("the catalogue was opened offline")
	}
	code, first, errs := citecheck(t, args...)
	if code != 0 {
		t.Fatalf("exit %d: %s", code, errs)
	}
	before := len(s.Log())
	if _, again, _ := citecheck(t, args...); again != first {
		t.Errorf("the second run prints\n%s, the first\n%s", again, first)
	}
	for _, a := range s.Log()[before:] {
		if !strings.Contains(a.Path, "robots.txt") {
			t.Errorf("asked again: %+v", a)
		}
	}
	if _, out, _ := citecheck(t, "catalog", "stats", "--file", path); !strings.Contains(out, `"texts": 1,`) {
		t.Errorf("the catalogue holds %s", out)
	}
	if _, out, _ := citecheck(t, "catalog", "search", "mali", "--symbol", "S/2023/402", "--file", path); !strings.HasPrefix(out, "S/2023/402  2023-06-01") {
		t.Errorf("the search finds %q", out)
	}
}
