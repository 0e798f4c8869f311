package main

import (
	"bytes"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"citecheck/pipeline/fetch/replica"
)

// TestFullDisk: wherever a disk is full, the run fails with a word on what to
// do, what it finished is whole, and the next run on a larger disk ends with
// what one says that had room from the start.
func TestFullDisk(t *testing.T) {
	if testing.Short() {
		t.Skip("a run for each of a dozen disks")
	}
	disk := t.TempDir()
	if err := syscall.Mount("none", disk, "tmpfs", 0, "size=64k"); err != nil {
		t.Skipf("skipped: a small disk can't be mounted here: %v", err)
	}
	t.Cleanup(func() { syscall.Unmount(disk, syscall.MNT_DETACH) })
	s := &replica.Server{}
	if err := s.Start(); err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	reports := t.TempDir()
	mali, err := os.ReadFile(filepath.Join("..", "..", "testdata", "reports", "mali.md"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"a", "b", "c", "d", "e", "f"} {
		if err := os.WriteFile(filepath.Join(reports, name+".md"), append(mali, "\nReport "+name+".\n"...), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	args := func(out string) []string {
		return append([]string{"check", "--quiet", "--out", out, reports}, s.Flags()...)
	}
	roomy := filepath.Join(t.TempDir(), "out")
	code, _, errs := citecheck(t, args(roomy)...)
	if code == exitFailed || code == exitUnread {
		t.Fatalf("exit %d: %s", code, errs)
	}
	want := results(t, roomy)

	out := filepath.Join(disk, "out")
	full := 0
	for size := 16; ; size += max(24, size/3) {
		if size > 8<<10 {
			t.Fatal("never enough")
		}
		if err := syscall.Mount("none", disk, "tmpfs", syscall.MS_REMOUNT, "size="+strconv.Itoa(size)+"k"); err != nil {
			t.Fatal(err)
		}
		got, _, errs := citecheck(t, args(out)...)
		if got == code {
			break
		}
		full++
		if got != exitFailed || !strings.Contains(errs, "the disk is full") || !strings.Contains(errs, "run the same command again") {
			t.Fatalf("%d KiB: exit %d, %s", size, got, errs)
		}
		for name, data := range written(t, out) { // whole, or not there
			if !bytes.HasSuffix(data, []byte("\n}\n")) {
				t.Errorf("%d KiB: %s is not whole", size, name)
			}
		}
	}
	t.Logf("%d sizes were too small", full)
	if full < 5 {
		t.Errorf("the disk was full %d times only", full)
	}
	// The evidence holds the clock, and the graphs name its records: they are compared by what they say.
	if a, b := slices.Sorted(maps.Keys(results(t, out))), slices.Sorted(maps.Keys(want)); !slices.Equal(a, b) {
		t.Errorf("the files are %q, want %q", a, b)
	}
	got, right := readGraph(t, out), readGraph(t, roomy)
	if !maps.Equal(got.Meta.Verdicts, right.Meta.Verdicts) || got.Meta.Reports != 6 || len(got.Nodes) != len(right.Nodes) {
		t.Errorf("%+v, want %+v", got.Meta, right.Meta)
	}
}

// written are the JSON files of a folder.
func written(t *testing.T, out string) map[string][]byte {
	t.Helper()
	files := map[string][]byte{}
	for _, pattern := range []string{"*.json", "reports/*.json"} {
		paths, _ := filepath.Glob(filepath.Join(out, pattern))
		for _, p := range paths {
			data, err := os.ReadFile(p)
			if err != nil {
				t.Fatal(err)
			}
			files[p] = data
		}
	}
	return files
}
