package main

import (
	"bytes"
	"compress/zlib"
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"
)

// measure is set in the environment for the tests that take minutes.
const measure = "CITECHECK_MEASURE"

// longReport is a PDF of so many pages of 40 lines with five notes each, two
// lines long, every one of which cites a resolution.
func longReport(pages int) []byte {
	vocabulary := strings.Fields(`the mission mandate council resolution report peace support stabilization protection civilians region political
		process forces troops extended adopted decided authorities transition government security parties agreement implementation`)
	r := rand.New(rand.NewPCG(1, 1))
	words := func(n int) string {
		s := make([]string, n)
		for i := range s {
			s[i] = vocabulary[r.IntN(len(vocabulary))]
		}
		return strings.Join(s, " ")
	}
	var out bytes.Buffer
	out.WriteString("%PDF-1.5\n")
	var at []int
	object := func(body string) {
		at = append(at, out.Len())
		fmt.Fprintf(&out, "%d 0 obj\n%s\nendobj\n", len(at), body)
	}
	var kids strings.Builder
	for p := range pages {
		fmt.Fprintf(&kids, "%d 0 R ", 5+2*p)
	}
	object("<</Type/Catalog/Pages 2 0 R>>")
	object(fmt.Sprintf("<</Type/Pages/Count %d/Kids[%s]>>", pages, kids.String()))
	object("<</Type/Font/Subtype/Type1/BaseFont/Times-Roman/Encoding/WinAnsiEncoding>>")
	note := 0
	for p := range pages {
		var c strings.Builder
		y, first := 740.0, note+1
		for l := range 40 {
			fmt.Fprintf(&c, "BT /F1 11 Tf 72 %.1f Td (%s) Tj ", y, words(12))
			if l%8 == 7 {
				note++
				fmt.Fprintf(&c, "(.) Tj /F1 6.5 Tf 4 Ts (%d) Tj 0 Ts ", note)
			}
			c.WriteString("ET\n")
			y -= 13.5
		}
		fmt.Fprintf(&c, "72 %.1f m 200 %.1f l S\n", y+2, y+2)
		for n := first; n <= note; n++ {
			y -= 9.5
			fmt.Fprintf(&c, "BT /F1 5.5 Tf 72 %.1f Td 3 Ts (%d) Tj 0 Ts /F1 8.5 Tf ( UN Doc. S/RES/%d, para. %d, and the %s) Tj ET\n", y, n, 1000+n%1700, n%30+1, words(8))
			y -= 9.5
			fmt.Fprintf(&c, "BT /F1 8.5 Tf 72 %.1f Td (%s.) Tj ET\n", y, words(14))
		}
		fmt.Fprintf(&c, "BT /F1 9 Tf 300 30 Td (%d) Tj ET\n", p+1)
		var z bytes.Buffer
		w := zlib.NewWriter(&z)
		w.Write([]byte(c.String()))
		w.Close()
		object(fmt.Sprintf("<</Length %d/Filter/FlateDecode>>\nstream\n%s\nendstream", z.Len(), z.String()))
		object(fmt.Sprintf("<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Resources<</Font<</F1 3 0 R>>>>/Contents %d 0 R>>", len(at)))
	}
	xref := out.Len()
	fmt.Fprintf(&out, "xref\n0 %d\n0000000000 65535 f \n", len(at)+1)
	for _, place := range at {
		fmt.Fprintf(&out, "%010d 00000 n \n", place)
	}
	fmt.Fprintf(&out, "trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n", len(at)+1, xref)
	return out.Bytes()
}

func writeLong(t testing.TB, pages int) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), fmt.Sprintf("long%d.pdf", pages))
	if err := os.WriteFile(name, longReport(pages), 0o644); err != nil {
		t.Fatal(err)
	}
	return name
}

// children are the processes that a process has started, and theirs.
func children(pid int) (all []int) {
	tasks, _ := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/children", pid)) // the pattern is sound
	for _, task := range tasks {
		list, _ := os.ReadFile(task) // it may have ended
		for _, f := range strings.Fields(string(list)) {
			if kid, err := strconv.Atoi(f); err == nil {
				all = append(append(all, kid), children(kid)...)
			}
		}
	}
	return all
}

// usage is what a run took: CPU time of all its processes, and the most
// memory that the program and the reading process held, in MiB.
type usage struct {
	cpu             time.Duration
	program, reader int
}

func use(t *testing.T, args ...string) usage {
	t.Helper()
	cmd := process(t, args...)
	cmd.Stdout = nil
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	var u usage
	for {
		select {
		case <-ended: // the exit code tells of the citations
			s := cmd.ProcessState
			u.cpu = s.UserTime() + s.SystemTime()
			return u
		case <-time.After(3 * time.Millisecond):
			u.program = max(u.program, peak(cmd.Process.Pid))
			for _, kid := range children(cmd.Process.Pid) {
				if name, _ := os.ReadFile(fmt.Sprintf("/proc/%d/cmdline", kid)); bytes.Contains(name, []byte("__read")) {
					u.reader = max(u.reader, peak(kid))
				}
			}
		}
	}
}

// peak is the most memory that a process has held, in MiB.
func peak(pid int) int {
	status, _ := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid)) // it may have ended
	_, rest, _ := strings.Cut(string(status), "VmHWM:")
	if f := strings.Fields(rest); len(f) > 0 {
		kib, _ := strconv.Atoi(f[0]) // 0 where it is no number
		return kib >> 10
	}
	return 0
}

// TestGrowth: a report of 1,000 pages and 5,000 notes takes, in each process,
// at most twice the memory of one of 100 pages, and time as it has pages.
func TestGrowth(t *testing.T) {
	if os.Getenv(measure) == "" || runtime.GOOS != "linux" {
		t.Skip("reads 1,000 pages twice, where " + measure + " is set; Linux tells what a process holds")
	}
	use(t, "extract", writeLong(t, 10)) // fills the engine's cache
	for _, args := range [][]string{{"extract"}, {"check", "--offline", "--quiet", "--fresh"}} {
		var got [2]usage
		for i, pages := range []int{100, 1000} {
			a := args
			if args[0] == "check" {
				a = append(a, "--out", t.TempDir())
			}
			got[i] = use(t, append(a, writeLong(t, pages))...)
		}
		small, large := got[0], got[1]
		t.Logf("%s: 100 pages %.1f CPU s, program %d MiB, reader %d MiB; 1,000 pages %.1f CPU s, program %d MiB, reader %d MiB", args[0],
			small.cpu.Seconds(), small.program, small.reader, large.cpu.Seconds(), large.program, large.reader)
		if large.program > 2*small.program || large.reader > 2*small.reader {
			t.Errorf("%s: memory grows with the pages: %+v at 100, %+v at 1,000", args[0], small, large)
		}
		if large.cpu > 13*small.cpu {
			t.Errorf("%s: time grows faster than the pages: %v at 100, %v at 1,000", args[0], small.cpu, large.cpu)
		}
	}
}

// TestBudget: what was read within the budget is kept, and the problem names
// the limit and the flag that raises it.
func TestBudget(t *testing.T) {
	if testing.Short() || runtime.GOOS != "linux" {
		t.Skip("takes a CPU second; Linux enforces the limit")
	}
	code, out, errs := citecheck(t, "extract", "--max-cpu", "1s", writeLong(t, 600))
	var x extracted
	if err := json.Unmarshal([]byte(out), &x); err != nil || code != 0 {
		t.Fatalf("exit %d, %v: %s", code, err, errs)
	}
	if x.Pages < 5 || x.Pages >= 600 || len(x.Notes) < 4*x.Pages {
		t.Errorf("%d notes on %d pages", len(x.Notes), x.Pages)
	}
	if len(x.Problems) != 1 || !strings.Contains(x.Problems[0].Item, fmt.Sprintf("pages after %d", x.Pages)) ||
		!strings.Contains(x.Problems[0].Reason, "took more than 1 CPU second") || !strings.Contains(x.Problems[0].Reason, "--max-cpu") {
		t.Errorf("problems %+v", x.Problems)
	}
}

// TestKilled: when the program is killed outright, its reading process is
// gone too, and no temporary file is left.
func TestKilled(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("on other systems the reading process ends by itself at the end of its document")
	}
	tmp, out := t.TempDir(), t.TempDir()
	cmd := process(t, "check", "--offline", "--out", out, writeLong(t, 300))
	cmd.Env = append(cmd.Env, "TMPDIR="+tmp)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	var kids []int
	for end := time.Now().Add(time.Minute); len(kids) == 0 && time.Now().Before(end); time.Sleep(time.Millisecond) {
		kids = children(cmd.Process.Pid)
	}
	time.Sleep(50 * time.Millisecond) // let it begin to read
	if cmd.Process.Kill(); len(kids) == 0 {
		t.Fatal("no reading process was seen")
	}
	cmd.Wait() // it was killed
	for _, kid := range kids {
		for end := time.Now().Add(20 * time.Second); alive(kid); time.Sleep(5 * time.Millisecond) {
			if time.Now().After(end) {
				t.Fatalf("the reading process %d outlives the program", kid)
			}
		}
	}
	for _, dir := range []string{tmp, out, filepath.Join(out, "reports")} {
		files, _ := os.ReadDir(dir) // reports/ may not be there yet
		for _, f := range files {
			if !strings.HasPrefix(f.Name(), ".citecheck.l") && f.Name() != "reports" {
				t.Errorf("%s is left", f.Name())
			}
		}
	}
}

// alive tells whether a process runs; one that only waits to be counted does
// not.
func alive(pid int) bool {
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	return err == nil && !bytes.Contains(stat[bytes.LastIndexByte(stat, ')'):], []byte(" Z "))
}

// TestSpeed holds the CPU time of reading 20 reports, all processes counted,
// to four times that of pdftotext -bbox-layout on the same files in the same
// run.
func TestSpeed(t *testing.T) {
	if os.Getenv(measure) == "" {
		t.Skip("reads 20 reports, where " + measure + " is set")
	}
	dir := shared(t, "data", "reports", "pdf")
	poppler, err := exec.LookPath("pdftotext")
	if err != nil {
		missing(t, "pdftotext")
	}
	files, _ := filepath.Glob(filepath.Join(dir, "*.pdf")) // the pattern is sound
	var some []string
	for _, f := range files {
		if !strings.Contains(f, "scan") && len(some) < 20 { // tesseract is no part of the comparison
			some = append(some, f)
		}
	}
	var theirs time.Duration
	for _, f := range some {
		cmd := exec.CommandContext(context.Background(), poppler, "-bbox-layout", f, os.DevNull)
		if err := cmd.Run(); err != nil {
			t.Fatalf("pdftotext %s: %v", f, err)
		}
		theirs += cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
	}
	ours := use(t, append([]string{"extract"}, some...)...).cpu
	t.Logf("20 reports: %.2f CPU s, pdftotext %.2f: %.1f times", ours.Seconds(), theirs.Seconds(), ours.Seconds()/theirs.Seconds())
	if ours > 4*theirs {
		t.Errorf("%v of CPU time, more than 4 times the %v of pdftotext", ours, theirs)
	}
}

// BenchmarkPages is reading and parsing as a report grows: the time a page
// stays the same.
func BenchmarkPages(b *testing.B) {
	for _, pages := range []int{10, 100, 1000} {
		name := writeLong(b, pages)
		b.Run(fmt.Sprint(pages), func(b *testing.B) {
			for b.Loop() {
				var out, errs bytes.Buffer
				if code := run(context.Background(), []string{"extract", name}, strings.NewReader(""), &out, &errs); code != 0 {
					b.Fatalf("exit %d: %s", code, errs.String())
				}
			}
			b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*pages), "µs/page")
		})
	}
}
