package main

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"citecheck/pipeline/cite"
	"citecheck/pipeline/fetch/replica"
)

// TestSeedOnline reads a real report with the UN's hosts at hand, as a replica
// of them: note 5 is dated to another year than its resolution, the text calls
// the document of note 14 by another name elsewhere, and every other note that
// cites a UN document holds.
func TestSeedOnline(t *testing.T) {
	if testing.Short() {
		t.Skip("asks a replica, politely")
	}
	s := &replica.Server{}
	if err := s.Start(); err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	for _, file := range []string{"minusma-1col.pdf", "minusma-2col.pdf", "minusma-word.pdf", "minusma.docx", "minusma.html"} {
		out := t.TempDir()
		args := append([]string{"check", "--out", out}, s.Flags()...)
		if code, _, errs := citecheck(t, append(args, shared(t, "data", "seed", file))...); code != 0 {
			t.Fatalf("%s: exit %d: %s", file, code, errs)
		}
		g := readGraph(t, out)
		labels := map[string]string{}
		for _, n := range g.Nodes {
			if n.Note != nil {
				labels[n.ID()] = n.Note.Label
			}
		}
		seen := map[string]bool{}
		for _, e := range g.Edges {
			if e.Cites == nil || !strings.HasPrefix(e.Target, "un:") {
				continue
			}
			label, want := labels[e.Source], map[string]string{"5": "year-agrees", "14": "name-agrees"}[labels[e.Source]]
			seen[label] = true
			var asked []string
			for _, f := range e.Cites.Findings {
				if f.Verdict == cite.Questioned {
					asked = append(asked, f.Check)
				}
				if f.Check == "year-agrees" && label == "5" && (len(f.Candidates) == 0 || f.Candidates[0] != "un:S/RES/2480") {
					t.Errorf("%s: the candidates for note 5 are %q", filepath.Base(file), f.Candidates)
				}
			}
			switch {
			case want == "" && e.Cites.Verdict != cite.Verified, want != "" && (e.Cites.Verdict != cite.Questioned || !slices.Equal(asked, []string{want})):
				t.Errorf("%s note %s: %s is %s, questioned by %q", file, label, e.Target, e.Cites.Verdict, asked)
			}
		}
		if len(seen) != 8 {
			t.Errorf("%s: UN documents in notes %v, want 8 of them", file, seen)
		}
	}
}
