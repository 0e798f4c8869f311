package main

import (
	"bytes"
	"context"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestBrokenAmongGood: each bad input costs one clear line, and the others
// are complete.
func TestBrokenAmongGood(t *testing.T) {
	good := filepath.Join("..", "..", "testdata", "reports", "sample.pdf")
	data, err := os.ReadFile(good)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	write := func(name string, data []byte) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, data, 0o644); err != nil {
			t.Fatal(err)
		}
		return path
	}
	locked := filepath.Join("..", "..", "testdata", "reports", "locked.pdf") // its password is not known to the program
	closed := filepath.Join(dir, "closed")
	if err := os.Mkdir(closed, 0); err != nil {
		t.Fatal(err)
	}
	defer os.Chmod(closed, 0o755)
	inputs := []string{
		locked, closed,
		write("truncated.pdf", data[:len(data)/3]),
		write("text.pdf", []byte("This is no PDF, only a text with the name of one.\n")),
		write("empty.pdf", nil),
		write("zipped.docx", []byte("PK\x05\x06"+strings.Repeat("\x00", 18))),
		write("old.doc", []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"+strings.Repeat("\x00", 600))),
		filepath.Join(dir, "missing.docx"),
		filepath.Join(dir, "txet.pdf"),
		`C:\drafts\report.docx`,
		good,
	}
	out := filepath.Join(t.TempDir(), "out")
	code, _, errs := citecheck(t, append([]string{"check", "--offline", "--out", out}, inputs...)...)
	if code != exitUnread {
		t.Errorf("exit %d, want %d", code, exitUnread)
	}
	g := readGraph(t, out)
	if g.Meta.Reports != 1 || g.Meta.Notes < 15 {
		t.Errorf("the good report is not complete: %+v", g.Meta)
	}
	if len(g.Problems) != 10 {
		t.Errorf("%d problems, want 10: %+v", len(g.Problems), g.Problems)
	}
	for _, step := range []string{
		"locked.pdf: needs a password. Save a copy without a password", "text.pdf: not a PDF file: it is text. Save it as PDF", "empty.pdf: the file is empty. Save or download it",
		"(.doc). Save the report as DOCX or PDF", "txet.pdf: no such file or directory. Is " + dir + "/text.pdf meant?", `report.docx: no such file or directory. Folders are parted by /`,
	} {
		if !strings.Contains(errs, step) {
			t.Errorf("stderr does not say %q:\n%s", step, errs)
		}
	}
	// Whoever is root may open the closed folder, and finds it empty.
	for _, name := range []string{"locked.pdf", "closed", "truncated.pdf", "text.pdf", "empty.pdf", "zipped.docx", "old.doc", "missing.docx"} {
		if n := strings.Count(errs, "citecheck: "+name+":"); n != 1 {
			t.Errorf("%s is named %d times on stderr, want one line:\n%s", name, n, errs)
		}
	}
}

// TestInterruptible: who waits for standard input is not deaf to Ctrl-C.
func TestInterruptible(t *testing.T) {
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close() // which also ends the read that is left waiting
	ctx, cancel := context.WithCancel(t.Context())
	in := interruptible{r, ctx}
	w.WriteString("a note")
	p := make([]byte, 32)
	if n, err := in.Read(p); string(p[:n]) != "a note" || err != nil {
		t.Errorf("read %q, %v", p[:n], err)
	}
	cancel()
	code := run(ctx, []string{"parse"}, in, io.Discard, io.Discard)
	if code != exitInterrupted {
		t.Errorf("exit %d, want %d", code, exitInterrupted)
	}
}

// TestInterrupt: Ctrl-C ends with 130 and leaves no half-written file.
func TestInterrupt(t *testing.T) {
	bin := filepath.Join(t.TempDir(), "citecheck")
	if b, err := exec.Command("go", "build", "-o", bin, ".").CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, b)
	}
	in := t.TempDir()
	data, err := os.ReadFile(filepath.Join("..", "..", "testdata", "reports", "sample.pdf"))
	if err != nil {
		t.Fatal(err)
	}
	for i := range 40 { // the bytes differ, so that each is a report of its own
		if err := os.WriteFile(filepath.Join(in, strings.Repeat("r", i+1)+".pdf"), append(data, bytes.Repeat([]byte("\n"), i)...), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	out := filepath.Join(t.TempDir(), "out")
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, bin, "check", "--offline", "--out", out, in)
	var errs bytes.Buffer
	cmd.Stderr = &errs
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	for ctx.Err() == nil { // until the first report is written
		if done, _ := filepath.Glob(filepath.Join(out, "reports", "*.json")); len(done) > 0 {
			break
		}
		time.Sleep(5 * time.Millisecond)
	}
	cmd.Process.Signal(syscall.SIGINT)
	cmd.Wait()
	if code := cmd.ProcessState.ExitCode(); code != exitInterrupted {
		t.Errorf("exit %d, want %d: %s", code, exitInterrupted, errs.String())
	}
	if _, err := os.Stat(filepath.Join(out, "graph.json")); err == nil {
		t.Error("an interrupted run wrote graph.json")
	}
	for _, pattern := range []string{".citecheck-tmp-*", "reports/.citecheck-tmp-*"} {
		if left, _ := filepath.Glob(filepath.Join(out, pattern)); len(left) > 0 {
			t.Errorf("half-written files are left: %q", left)
		}
	}
	before, _ := filepath.Glob(filepath.Join(out, "reports", "*.json"))
	again := exec.CommandContext(ctx, bin, "check", "--offline", "--log-level", "info", "--out", out, in)
	var stdout, stderr bytes.Buffer
	again.Stdout, again.Stderr = &stdout, &stderr
	again.Run() // its exit code is looked at
	if code := again.ProcessState.ExitCode(); code != exitWrong || !strings.Contains(stdout.String(), "40 reports") {
		t.Errorf("the run that goes on: exit %d, %.300q", code, stdout.String())
	}
	if n := strings.Count(stderr.String(), "msg=reused"); n < len(before) {
		t.Errorf("it took over %d reports, %d were finished", n, len(before))
	}
}
