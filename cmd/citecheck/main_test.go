package main

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"citecheck/pipeline/graph"
	"citecheck/pipeline/worker"
)

// TestMain lets the test binary be its own reading process, and the program
// itself for tests that kill it.
func TestMain(m *testing.M) {
	if worker.IsChild(os.Args) {
		os.Exit(worker.Main())
	}
	if os.Getenv(beProgram) != "" {
		main()
	}
	os.Exit(m.Run())
}

const beProgram = "CITECHECK_TEST_BE_PROGRAM"

// process is the program as a process of its own.
func process(t *testing.T, args ...string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(self, args...)
	cmd.Env = append(os.Environ(), beProgram+"=1")
	return cmd
}

// citecheck runs the command line.
func citecheck(t *testing.T, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	var out, errs bytes.Buffer
	code = run(context.Background(), args, strings.NewReader(""), &out, &errs)
	return code, out.String(), errs.String()
}

// shared is a file of the data that is tested against, which is no part of
// the project; without it the test is skipped, in CI it fails.
func shared(t *testing.T, parts ...string) string {
	t.Helper()
	path := filepath.Join(append([]string{"..", "..", "..", "shared"}, parts...)...)
	if _, err := os.Stat(path); err != nil {
		missing(t, "the shared data: "+strings.Join(parts, "/"))
	}
	return path
}

// missing skips a test for want of something, which CI does not allow.
func missing(t *testing.T, what string) {
	t.Helper()
	if os.Getenv("CITECHECK_REQUIRE_ALL") == "1" {
		t.Fatalf("needs %s", what)
	}
	t.Skipf("skipped: needs %s", what)
}

func readGraph(t *testing.T, dir string) *graph.Graph {
	t.Helper()
	f, err := os.Open(filepath.Join(dir, "graph.json"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	g, err := graph.Read(f)
	if err != nil {
		t.Fatal(err)
	}
	return g
}

func TestUsage(t *testing.T) {
	for _, tt := range []struct {
		args         []string
		code         int
		out, errText string
	}{
		{[]string{"--help"}, 0, "citecheck reads reports", ""},
		{[]string{"check", "--help"}, 0, "Exit codes", ""},
		{[]string{"check"}, exitUsage, "", "name a report"},
		{[]string{"chekc"}, exitUsage, "", "unknown command chekc, and there is no file or folder of this name here. Is check meant?"},
		{[]string{"queue", "statsu"}, exitUsage, "", "Is status meant?"},
		{[]string{"check", "--offlin", "x.pdf"}, exitUsage, "", "unknown flag: --offlin. Is --offline meant?\nUsage: citecheck check FILE"},
		{[]string{"check", "-out", "x", "x.pdf"}, exitUsage, "", "Is --out meant?"},
		{[]string{"check", "--jobs", "many", "x.pdf"}, exitUsage, "", "--jobs many: a whole number is expected"},
		{[]string{"check", "--max-cpu", "5", "x.pdf"}, exitUsage, "", "30s or 2m"},
		{[]string{"check", "--lang", "english", "x.pdf"}, exitUsage, "", "--lang english: the languages"},
		{[]string{"check", "--contact", "me", "x.pdf"}, exitUsage, "", "--contact me: an e-mail address"},
		{[]string{"export", "--to", "csl"}, exitUsage, "", "name a graph.json"},
		{[]string{"export", "--to", "csl", "none/graph.json"}, exitUnread, "", "citecheck check writes graph.json"},
		{[]string{"page", "main_test.go", "--url", "foo"}, exitUnread, "", "--url foo: no reader for this site; citecheck page --help"},
		{[]string{"check", "--files-from", "../../testdata/reports/sample.pdf"}, exitUsage, "", "sample.pdf is no text"},
		{[]string{"catalog", "stats", "--file", "none.db"}, exitUnread, "", "An online check with --catalog none.db fills it"},
		{[]string{"export", "--to", "csl", "../../testdata/reports"}, exitUnread, "", "reports/graph.json: no such file"},
		{[]string{"extract", "../../testdata/reports"}, exitUnread, "", "reports: a folder. Name the files in it"},
		{[]string{"diff", "x.json"}, exitUsage, "", "the graphs of two drafts"},
		{[]string{"check", "--jobs", "0", "x.pdf"}, exitUsage, "", "--jobs"},
		{[]string{"check", "--color", "blue", "x.pdf"}, exitUsage, "", "--color"},
		{[]string{"check", "--no-such-flag", "x.pdf"}, exitUsage, "", "no-such-flag"},
		{[]string{"check", "--log-level", "loud", "x.pdf"}, exitUsage, "", "--log-level"},
		{[]string{"check", "--max-memory", "10", "x.pdf"}, exitUsage, "", "--max-memory 10: from 768"},
		{[]string{"extract", "--max-cpu", "1ms", "x.pdf"}, exitUsage, "", "--max-cpu"},
		{[]string{"extract", "--max-pages", "0", "x.pdf"}, exitUsage, "", "--max-pages"},
		{[]string{"page", "x.html"}, exitUsage, "", "url"},
		{[]string{"version"}, 0, "catalogue", ""},
		{[]string{"schema"}, 0, "citecheck-graph/1", ""},
		{[]string{"parse", "UN Doc. S/RES/2423, para. 38."}, 0, `"target":"un:S/RES/2423"`, ""},
	} {
		code, out, errs := citecheck(t, tt.args...)
		if code != tt.code || !strings.Contains(out, tt.out) || !strings.Contains(errs, tt.errText) {
			t.Errorf("citecheck %q: exit %d, want %d; stdout %.200q; stderr %.200q", tt.args, code, tt.code, out, errs)
		}
	}
}

// TestSafe: nothing that a report holds can steer a terminal.
func TestSafe(t *testing.T) {
	for in, want := range map[string]string{"a\x1b[2Jb": "a·[2Jb", "x\u202ey": "x·y", "l1\nl2": "l1 l2", "\u009b5m": "·5m", "é—“ok”": "é—“ok”"} {
		if got := safe(in); got != want {
			t.Errorf("safe(%q) = %q, want %q", in, got, want)
		}
	}
}
