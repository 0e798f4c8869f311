package main

import (
	"bytes"
	"compress/gzip"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"citecheck/pipeline/cite"
	"citecheck/pipeline/fetch/replica"
	"citecheck/pipeline/graph"
)

// TestSeedOnReplica walks the whole line on a real report with the UN's hosts
// at hand: what is right is verified, the one wrong year is asked about, and
// the folder alone gives the same graph again, as does an archive of it.
func TestSeedOnReplica(t *testing.T) {
	report := shared(t, "data", "seed", "minusma-1col.pdf")
	s := &replica.Server{}
	if err := s.Start(); err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	dir := t.TempDir()
	if code, _, errs := citecheck(t, append(append([]string{"check", "--out", dir}, s.Flags()...), report)...); code != 0 {
		t.Fatalf("exit %d: %s", code, errs)
	}
	g := readGraph(t, dir)
	want := map[string]cite.Verdict{"1": cite.Verified, "2": cite.Verified, "3": cite.Verified, "5": cite.Questioned, "6": cite.Verified, "7": cite.Verified, "10": cite.Verified, "14": cite.Verified}
	for _, n := range g.Nodes {
		if n.Note == nil || want[n.Note.Label] == "" {
			continue
		}
		for _, e := range citesOf(g, n.Note.ID) {
			// The sentence calls the document of note 14 by another name.
			named := n.Note.Label == "14" && slices.ContainsFunc(e.Findings, func(f graph.Finding) bool { return f.Check == "name-agrees" && f.Verdict == cite.Questioned })
			if e.Verdict != want[n.Note.Label] && !(named && e.Verdict == cite.Questioned) {
				t.Errorf("note %s is %s, want %s: %+v", n.Note.Label, e.Verdict, want[n.Note.Label], e.Findings)
			}
			for _, f := range e.Findings {
				if n.Note.Label == "5" && f.Check == "year-agrees" && (len(f.Candidates) == 0 || f.Candidates[0] != "un:S/RES/2480") {
					t.Errorf("the first candidate of note 5 is not S/RES/2480: %v", f.Candidates)
				}
				follow(t, dir, f)
			}
		}
	}
	asked := map[string]int{}
	for _, a := range s.Log() {
		asked[a.Site+" "+a.Path]++
	}
	for path, n := range asked {
		if n > 1 {
			t.Errorf("%s was asked for %d times", path, n)
		}
	}
	first := must(os.ReadFile(filepath.Join(dir, "graph.json")))
	before := len(s.Log())
	for name, args := range map[string][]string{
		"the folder, offline":             {"check", "--offline", "--out", dir, report},
		"its archive, in another folder":  {"check", "--offline", "--out", t.TempDir(), "--archive", filepath.Join(dir, "evidence"), report},
		"the folder, with the hosts near": append(append([]string{"check", "--fresh", "--out", dir}, s.Flags()...), report),
	} {
		if !slices.Contains(args, "--source") { // a mirror's addresses are others'
			args = append(args, s.Flags()...)
		}
		if code, _, errs := citecheck(t, args...); code != 0 {
			t.Fatalf("%s: exit %d: %s", name, code, errs)
		}
		if again := must(os.ReadFile(filepath.Join(args[slices.Index(args, "--out")+1], "graph.json"))); !bytes.Equal(first, again) {
			t.Errorf("%s gives another graph", name)
		}
	}
	if n := len(s.Log()); n != before {
		t.Errorf("%d requests more for what was kept: %+v", n-before, s.Log()[before:])
	}
}

// TestKilledWhileFetching: a process that is killed in the middle of asking,
// and is started again, asks nothing twice that was answered; what it had kept
// can be read, and the verdicts are those of a run that nobody killed.
func TestKilledWhileFetching(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("skipped: needs a kill that can't be caught")
	}
	report := filepath.Join("..", "..", "testdata", "reports", "mali.md")
	verdicts := func(dir string) (out []string) {
		for _, e := range readGraph(t, dir).Edges {
			if e.Cites != nil {
				out = append(out, e.Key+" "+string(e.Verdict))
			}
		}
		return out
	}
	var whole []string
	for k := 0; k <= 3; k++ {
		s := &replica.Server{Slow: 100 * time.Millisecond}
		if err := s.Start(); err != nil {
			t.Fatal(err)
		}
		dir := t.TempDir()
		start := func() *exec.Cmd {
			cmd := exec.Command(must(os.Executable()), append(append([]string{"check", "--quiet", "--out", dir}, s.Flags()...), report)...)
			cmd.Env = append(os.Environ(), beProgram+"=1")
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			return cmd
		}
		var killed time.Time
		if k > 0 {
			cmd := start()
			for limit := time.Now().Add(time.Minute); len(s.Log()) < 2*k+1 && time.Now().Before(limit); {
				time.Sleep(5 * time.Millisecond)
			}
			time.Sleep(time.Duration(k*30) * time.Millisecond)
			killed = time.Now()
			cmd.Process.Kill()
			cmd.Wait()
			if _, err := os.Stat(filepath.Join(dir, "graph.json")); err == nil {
				t.Error("it was over before it was killed")
			}
		}
		before := len(s.Log())
		if err := start().Wait(); err != nil {
			t.Errorf("after the kill: %v", err)
		}
		came := s.Log()
		for i, a := range came[:before] {
			answered := a.End.Before(killed.Add(-20 * time.Millisecond)) // and had the time to be kept
			for _, b := range came[i+1:] {
				if answered && b.Site == a.Site && b.Path == a.Path {
					t.Errorf("%s %s was answered %v before the kill and asked for again", a.Site, a.Path, killed.Sub(a.End))
				}
			}
		}
		s.Close()
		if kept := unzipped(t, filepath.Join(dir, "evidence", "answers.warc.gz")); strings.Count(kept, "WARC-Type: warcinfo") != 1 {
			t.Error("the archive does not begin once")
		}
		if k == 0 {
			whole = verdicts(dir)
		} else if now := verdicts(dir); !slices.Equal(now, whole) {
			t.Errorf("after the kill %q, else %q", now, whole)
		} else if before == 0 || before == len(came) {
			t.Errorf("%d of %d requests came before the kill", before, len(came))
		}
	}
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// follow holds a finding's evidence to the archive: the record is there.
func follow(t *testing.T, dir string, f graph.Finding) {
	t.Helper()
	if f.Evidence == nil || f.Evidence.URL == nil {
		return
	}
	file, id, ok := strings.Cut(f.Evidence.WARC, "#")
	if !ok {
		t.Errorf("the evidence of %s names no record: %+v", f.Check, f.Evidence)
		return
	}
	if !strings.Contains(unzipped(t, filepath.Join(dir, filepath.FromSlash(file))), "WARC-Record-ID: <"+id+">") {
		t.Errorf("%s has no record %s", file, id)
	}
}

func unzipped(t *testing.T, path string) string {
	t.Helper()
	z, err := gzip.NewReader(bytes.NewReader(must(os.ReadFile(path))))
	if err != nil {
		t.Fatal(err)
	}
	return string(must(io.ReadAll(z)))
}
