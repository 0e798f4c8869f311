package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"citecheck/pipeline"
	"citecheck/pipeline/cite"
)

// layoutCase is the truth of one case of testdata/labelled: a PDF whose layout
// is a trap. testdata/tools/labelled made both.
type layoutCase struct {
	Trap  string
	Notes []struct {
		Label, Text, Placement string
		Sentences              []string
	}
	Faults []struct{ Kind, Label string }
}

// score counts what was found right, of what there is and of what was found.
type score struct{ right, truth, found int }

func (t score) f1() float64 {
	if t.truth+t.found == 0 {
		return 1
	}
	return 2 * float64(t.right) / float64(t.truth+t.found)
}

// TestLabelled holds the reading of PDFs to floors over all cases, and each
// case to its notes: a case that is read worse says so by name.
func TestLabelled(t *testing.T) {
	files, _ := filepath.Glob("../../testdata/labelled/*.pdf")
	if len(files) < 25 {
		t.Fatalf("%d cases, want at least 25", len(files))
	}
	var notes, sentences, faults score
	labels, falseFindings := 0, 0
	p := &pipeline.Pipeline{Jobs: 1}
	for _, file := range files {
		var want layoutCase
		truth, err := os.ReadFile(strings.TrimSuffix(file, ".pdf") + ".json")
		if err == nil {
			err = json.Unmarshal(truth, &want)
		}
		if err != nil {
			t.Fatal(err)
		}
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		r, err := p.Read(t.Context(), filepath.Base(file), data)
		if err != nil {
			t.Errorf("%s: %v", file, err)
			continue
		}
		name := want.Trap
		taken := map[int]bool{}
		found := 0
		for i, n := range r.Notes {
			if n.Placement == cite.PlaceInline || n.Placement == cite.PlaceList || n.Placement == cite.PlaceTable {
				taken[i] = true // not labelled
				continue
			}
			found++
		}
		right := 0
		for _, w := range want.Notes {
			sentences.truth += len(w.Sentences)
			i := slices.IndexFunc(r.Notes, func(n cite.Note) bool { return likeness(n.Text) == likeness(w.Text) && n.Label == w.Label })
			for i >= 0 && i < len(r.Notes) && (taken[i] || likeness(r.Notes[i].Text) != likeness(w.Text) || r.Notes[i].Label != w.Label) {
				i++
			}
			if i < 0 || i == len(r.Notes) {
				t.Logf("%s: note %s is not found: %q", name, w.Label, w.Text)
				continue
			}
			taken[i] = true
			right++
			if string(r.Notes[i].Placement) == w.Placement {
				labels++
			}
			for _, s := range w.Sentences {
				if slices.ContainsFunc(r.Notes[i].Markers, func(m cite.Marker) bool { return likeness(m.Sentence) == likeness(s) }) {
					sentences.right++
				} else {
					t.Logf("%s: note %s stands under %+v, want %q", name, w.Label, r.Notes[i].Markers, s)
				}
			}
		}
		notes.right, notes.truth, notes.found = notes.right+right, notes.truth+len(want.Notes), notes.found+found
		if right*10 < len(want.Notes)*7 {
			t.Errorf("%s: %d of %d notes are read", name, right, len(want.Notes))
		}

		var said []cite.Finding
		said = append(said, r.Findings...)
		for _, n := range r.Notes {
			said = append(said, n.Findings...)
		}
		said = slices.DeleteFunc(said, func(f cite.Finding) bool { return f.Check != "numbering" })
		for _, f := range want.Faults {
			faults.truth++
			if slices.ContainsFunc(said, func(s cite.Finding) bool { return s.Claimed == f.Label }) {
				faults.right++
			} else {
				t.Logf("%s: the %s %s is not found", name, f.Kind, f.Label)
			}
		}
		for _, s := range said {
			if !slices.ContainsFunc(want.Faults, func(f struct{ Kind, Label string }) bool { return f.Label == s.Claimed }) {
				falseFindings++
				t.Logf("%s: false finding: %s", name, s.Reason)
			}
		}
	}
	t.Logf("%d cases: note F1 %.4f (%d notes), placement %d, sentences %d of %d, faults %d of %d, false findings %d", len(files), notes.f1(), notes.truth, labels, sentences.right, sentences.truth, faults.right, faults.truth, falseFindings)
	// Measured: note F1 0.9976 (826 of 828), sentences 820 of 827, faults 4 of
	// 4, no false finding. The two notes have a number in brackets in Arabic;
	// the sentences: a compound broken at its hyphen and nowhere else whole, a
	// text box within the text, a page of Hebrew, a hyphen set by itself.
	if f1 := notes.f1(); f1 < 0.99 {
		t.Errorf("note F1 is %.4f, want at least 0.99", f1)
	}
	if labels*100 < notes.right*99 {
		t.Errorf("the placement of %d of %d notes is right", labels, notes.right)
	}
	if sentences.right*100 < sentences.truth*98 {
		t.Errorf("%d of %d sentences are right, want 98 of 100", sentences.right, sentences.truth)
	}
	if faults.right < faults.truth {
		t.Errorf("%d of %d faults of numbering are found", faults.right, faults.truth)
	}
	if falseFindings*10 > len(files) {
		t.Errorf("%d false findings in %d reports, want one in ten", falseFindings, len(files))
	}
}

// likeness is a text without what typesetting may change: white space, the
// shapes of quotation marks and dashes, capitals.
func likeness(s string) string {
	s = strings.NewReplacer("“", `"`, "”", `"`, "``", `"`, "''", `"`, "’", "'", "‘", "'", "`", "'", "–", "-", "—", "-").Replace(s)
	return strings.ToLower(strings.Join(strings.Fields(s), ""))
}
