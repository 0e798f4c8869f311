package annotate_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"citecheck/pipeline"
	"citecheck/pipeline/annotate"
	"citecheck/pipeline/cite"
	"citecheck/pipeline/graph"
	"citecheck/pipeline/worker"
)

// TestMain lets the test binary be its own reading process.
func TestMain(m *testing.M) {
	if worker.IsChild(os.Args) {
		os.Exit(worker.Main())
	}
	os.Exit(m.Run())
}

// TestNotesAreFound: the words of nearly every note of real reports are found
// where they lie on the page.
func TestNotesAreFound(t *testing.T) {
	files, _ := filepath.Glob(filepath.Join("..", "..", "..", "shared", "data", "reports", "pdf", "*.pdf"))
	if len(files) == 0 {
		if os.Getenv("CITECHECK_REQUIRE_ALL") == "1" {
			t.Fatal("needs the shared data: reports/pdf")
		}
		t.Skip("skipped: needs the shared data: reports/pdf")
	}
	step := 3 // a third of them, for the time that it takes
	if testing.Short() {
		step = 36
	}
	if os.Getenv("CITECHECK_ALL_REPORTS") != "" {
		step = 1
	}
	p := &pipeline.Pipeline{Jobs: 1}
	p.Limits.Recognize = -1
	all, found := 0, 0
	for i := 0; i < len(files); i += step {
		file := files[i]
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		r, err := p.Read(context.Background(), filepath.Base(file), data)
		if err != nil {
			t.Errorf("%s: %v", file, err)
			continue
		}
		var zones []cite.Zone
		err = p.Pages(context.Background(), filepath.Base(file), data, func(_ cite.Page, z []cite.Zone, _ []cite.Spot) error {
			zones = append(zones, z...)
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		g := graph.Build("citecheck v0", r, nil)
		n, lost := annotate.Found(g, zones)
		all, found = all+g.Meta.Notes, found+n
		if len(lost) > 0 {
			t.Logf("%s: %d of %d; not %.100q", filepath.Base(file), n, g.Meta.Notes, lost[0])
		}
	}
	t.Logf("%d of %d notes of %d reports are found", found, all, (len(files)+step-1)/step)
	if found*1000 < all*985 {
		t.Errorf("%d of %d notes are found", found, all)
	}
}
