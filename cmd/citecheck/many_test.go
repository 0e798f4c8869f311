package main

import (
	"bufio"
	"bytes"
	"context"
	"io"
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

// TestWatch: a report that comes while citecheck waits is checked, once it is
// whole, and Ctrl-C ends the waiting with the verdicts' exit code.
func TestWatch(t *testing.T) {
	defer func(d time.Duration) { lookEvery = d }(lookEvery)
	lookEvery = 20 * time.Millisecond
	dir, out := t.TempDir(), filepath.Join(t.TempDir(), "out")
	put := func(name, text string) {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	put("a.md", "The mission began in 2013.[^1]\n\n[^1]: UN Security Council Resolution 2100 (April 25, 2013), UN Doc. S/RES/2100.\n")
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	r, w := io.Pipe()
	ended := make(chan int)
	go func() {
		code := run(ctx, []string{"check", "--offline", "--watch", "--out", out, dir}, strings.NewReader(""), w, io.Discard)
		w.Close()
		ended <- code
	}()
	lines := bufio.NewScanner(r)
	wait := func(begin string) {
		t.Helper()
		for lines.Scan() {
			if strings.HasPrefix(lines.Text(), begin) {
				return
			}
		}
		t.Fatalf("the run ended before it said %q", begin)
	}
	wait("1 report, 1 note, 1 citation: 1 verified")
	put("b.md", "It ended in 2023.[^1]\n\n[^1]: UN Security Council Resolution 2690 (June 29, 2023), UN Doc. S/RES/2690.\n")
	wait("2 reports, 2 notes, 2 citations: 1 contradicted, 1 verified")
	go io.Copy(io.Discard, r)
	stop()
	if code := <-ended; code != exitWrong {
		t.Errorf("exit %d, want %d", code, exitWrong)
	}
}

func TestFilesFrom(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "a b.md")
	if err := os.WriteFile(path, []byte("One.[^1]\n\n[^1]: UN Doc. S/RES/2100.\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	var stdout, stderr bytes.Buffer
	code := run(context.Background(), []string{"check", "--offline", "--out", filepath.Join(dir, "out"), "--files-from", "-"},
		strings.NewReader("\r\n"+path+"\r\n\n"+filepath.Join(dir, "none.pdf")+"\n"), &stdout, &stderr)
	if code != exitUnread || !strings.HasPrefix(stdout.String(), "1 report, 1 note") || !strings.Contains(stderr.String(), "none.pdf") {
		t.Errorf("exit %d\n%s%s", code, stdout.String(), stderr.String())
	}
	if code, _, errs := citecheck(t, "check", "--files-from", filepath.Join(dir, "nowhere")); code != exitUsage || !strings.Contains(errs, "--files-from") {
		t.Errorf("a list that is not there: exit %d, %s", code, errs)
	}
}
