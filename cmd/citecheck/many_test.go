package main

import (
	"bytes"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

// manyReports makes n small reports.
func manyReports(t *testing.T, n int) string {
	t.Helper()
	dir := t.TempDir()
	cmd := exec.Command("go", "run", "testdata/tools/mkreports.go", dir, strconv.Itoa(n))
	cmd.Dir = filepath.Join("..", "..")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("mkreports: %v\n%s", err, out)
	}
	return dir
}

// results are the files that a run is judged by, with their bytes.
func results(t *testing.T, out string) map[string][]byte {
	t.Helper()
	files := map[string][]byte{}
	err := filepath.WalkDir(out, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		rel, _ := filepath.Rel(out, path)
		if strings.HasPrefix(d.Name(), ".citecheck-tmp-") {
			t.Errorf("%s was left", rel)
		}
		if rel == "run.json" || strings.HasPrefix(d.Name(), ".") {
			return nil
		}
		files[rel], err = os.ReadFile(path)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// TestKilledAnywhere: a run that is killed at 50 moments and taken up again
// after each ends with the bytes of one that was left alone.
func TestKilledAnywhere(t *testing.T) {
	if testing.Short() {
		t.Skip("300 reports, twice")
	}
	reports := manyReports(t, 300)
	left, cut := filepath.Join(t.TempDir(), "left"), filepath.Join(t.TempDir(), "cut")
	args := func(out string) []string { return []string{"check", "--offline", "--quiet", "--out", out, reports} }

	start := time.Now()
	if err := process(t, args(left)...).Run(); err != nil && !isExit(err, exitWrong) {
		t.Fatal(err)
	}
	took := time.Since(start)

	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	r := rand.New(rand.NewPCG(seed, 0))
	killed := 0
	for i := range 50 {
		if i >= 40 { // the last ten fall on the writing of the whole
			os.Remove(filepath.Join(cut, "graph.json"))
		}
		cmd := process(t, args(cut)...)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Duration(r.Int64N(int64(took) / 20)))
		cmd.Process.Kill()
		if err := cmd.Wait(); err != nil && !isExit(err, exitWrong) {
			killed++
		}
	}
	if killed < 25 {
		t.Errorf("only %d of 50 runs were still at work when killed", killed)
	}
	if err := process(t, args(cut)...).Run(); err != nil && !isExit(err, exitWrong) {
		t.Fatal(err)
	}
	want, got := results(t, left), results(t, cut)
	if len(want) != 302 {
		t.Errorf("%d files, want graph.json, report.html and one for each of 300 reports", len(want))
	}
	for name := range want {
		if !bytes.Equal(got[name], want[name]) {
			t.Errorf("%s differs (%d bytes, %d when left alone)", name, len(got[name]), len(want[name]))
		}
	}
	if len(got) != len(want) {
		t.Errorf("%d files, want %d", len(got), len(want))
	}
}

func isExit(err error, code int) bool {
	e, ok := err.(*exec.ExitError)
	return ok && e.ExitCode() == code
}
