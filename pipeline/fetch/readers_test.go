package fetch

import (
	"bufio"
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// missing skips a test for want of a program, which CI does not allow.
func missing(t *testing.T, what string) {
	t.Helper()
	if os.Getenv("CITECHECK_REQUIRE_ALL") == "1" {
		t.Fatalf("needs %s", what)
	}
	t.Skipf("skipped: needs %s", what)
}

// sampleEvidence is a file with records of every kind, after two runs.
func sampleEvidence(t *testing.T) string {
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		seen(t, chainTo(t, dir, false), time.Hour)
		time.Sleep(2 * time.Hour)
		seen(t, chainTo(t, dir, false), time.Hour)
	})
	return evidenceFile(dir)
}

// spoiled is the same with one byte of a body changed.
func spoiled(t *testing.T, path string) string {
	plain := unzip(t, must(os.ReadFile(path)))
	out := filepath.Join(t.TempDir(), "spoiled.warc")
	if err := os.WriteFile(out, []byte(strings.Replace(plain, "first body", "First body", 1)), 0o644); err != nil {
		t.Fatal(err)
	}
	return out
}

// TestWarcio: npm's warcio reads every record, and every digest fits.
func TestWarcio(t *testing.T) {
	tool, err := filepath.Abs("../../testdata/tools/warcio")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := exec.LookPath("node"); err != nil {
		missing(t, "node")
	}
	if _, err := os.Stat(filepath.Join(tool, "node_modules", "warcio")); err != nil {
		missing(t, "npm ci in testdata/tools/warcio")
	}
	file := sampleEvidence(t)
	if out, err := exec.Command("node", filepath.Join(tool, "check.mjs"), spoiled(t, file)).CombinedOutput(); err == nil {
		t.Errorf("a body that was changed is accepted: %s", out)
	}
	out, err := exec.Command("node", filepath.Join(tool, "check.mjs"), file).CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	count := map[string]int{}
	lines := bufio.NewScanner(bytes.NewReader(out))
	for lines.Scan() {
		var r struct {
			Type, URL string
			Status    int
			Fits      map[string]bool
		}
		if err := json.Unmarshal(lines.Bytes(), &r); err != nil {
			t.Fatalf("%q: %v", lines.Text(), err)
		}
		count[r.Type]++
		for what, ok := range r.Fits {
			if !ok {
				t.Errorf("the %s digest of the %s of %s does not fit", what, r.Type, r.URL)
			}
		}
		if strings.HasSuffix(r.URL, "/403") && r.Type == "response" && r.Status != 403 {
			t.Errorf("%s has the status %d", r.URL, r.Status)
		}
	}
	same(t, "warcio", file, count)
}

// TestGowarc: nlnwa/gowarc, at its strictest, finds every record valid.
func TestGowarc(t *testing.T) {
	exe := filepath.Join(t.TempDir(), "gowarc")
	build := exec.Command("go", "build", "-C", "../../testdata/tools/gowarc", "-o", exe, ".")
	build.Env = append(os.Environ(), "GOPROXY=off", "GOFLAGS=-mod=readonly")
	if out, err := build.CombinedOutput(); err != nil {
		missing(t, "the modules of testdata/tools/gowarc (go build there): "+string(out))
	}
	file := sampleEvidence(t)
	if out, err := exec.Command(exe, spoiled(t, file)).CombinedOutput(); err == nil {
		t.Errorf("a body that was changed is accepted: %s", out)
	}
	var errs bytes.Buffer
	cmd := exec.Command(exe, file)
	cmd.Stderr = &errs
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v: %s", err, errs.String())
	}
	count := map[string]int{}
	if err := json.Unmarshal(out, &count); err != nil {
		t.Fatalf("%q: %v", out, err)
	}
	same(t, "gowarc", file, count)
}

// same holds a reader's count of records to the file's own words.
func same(t *testing.T, reader, file string, count map[string]int) {
	t.Helper()
	plain := unzip(t, must(os.ReadFile(file)))
	for _, kind := range []string{"warcinfo", "request", "response", "revisit", "metadata"} {
		n := strings.Count(plain, "WARC-Type: "+kind+"\r\n")
		if n == 0 || count[kind] != n {
			t.Errorf("%s reads %d records of type %s, want %d", reader, count[kind], kind, n)
		}
	}
}
