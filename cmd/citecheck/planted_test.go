package main

import (
	"encoding/csv"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"citecheck/pipeline/cite"
	"citecheck/pipeline/graph"
	"citecheck/testdata/tools/planted"
)

// planting writes a set of reports with known mistakes and checks it; without
// the data or pdftotext the test is skipped.
func planting(t *testing.T, seed uint64, reports, size, mistakes int) (*planted.Set, *graph.Graph, string) {
	t.Helper()
	if _, err := exec.LookPath("pdftotext"); err != nil {
		missing(t, "pdftotext")
	}
	set, err := planted.Make(shared(t, "data"), seed, reports, size, mistakes, true)
	if err != nil {
		t.Fatal(err)
	}
	in, out := t.TempDir(), t.TempDir()
	if err := set.Write(in); err != nil {
		t.Fatal(err)
	}
	args := []string{"check", "--offline", "--archive", filepath.Join(in, "archive.warc.gz"), "--out", out}
	for _, r := range set.Reports {
		args = append(args, filepath.Join(in, "reports", r.Name+".md"))
	}
	if code, _, errs := citecheck(t, args...); code != exitWrong {
		t.Fatalf("exit %d: %s", code, errs)
	}
	return set, readGraph(t, out), out
}

// TestPlanted holds the verdicts to floors on reports whose every citation is
// known to be right or wrong, in ten styles of citing.
func TestPlanted(t *testing.T) {
	if testing.Short() {
		t.Skip("reads some thirty documents")
	}
	set, g, _ := planting(t, 7, 4, 80, 20)
	notes := map[string]string{} // the node of a note, by report and label
	files := map[string]string{}
	for _, n := range g.Nodes {
		if n.Report != nil {
			files[n.ID()] = strings.TrimSuffix(filepath.Base(n.Report.File), ".md")
		}
	}
	for _, n := range g.Nodes {
		if n.Note != nil {
			notes[n.ID()] = files[n.Note.Report] + "#" + n.Note.Label
		}
	}
	edges := map[string][]graph.Edge{}
	for _, e := range g.Edges {
		if e.Cites != nil {
			edges[notes[e.Source]] = append(edges[notes[e.Source]], e)
		}
	}
	bad := func(v cite.Verdict) bool { return slices.Contains(planted.Bad, string(v)) }
	var wrong, found, clean, accused, open, blind int
	for _, r := range set.Reports {
		for _, n := range r.Notes {
			for _, c := range n.Citations {
				if c.Kind != "un" {
					continue
				}
				v, ok := verdict(edges[fmt.Sprint(r.Name, "#", n.I)], c, bad)
				where := fmt.Sprintf("%s note %d, %q under %q", r.Name, n.I, c.Text, n.Sentence)
				switch {
				case c.Error != nil:
					wrong++
					if ok && bad(v) {
						found++
						break
					}
					t.Logf("missed %s: %s: %s", *c.Error, where, v)
					if v == cite.Verified {
						blind++
					}
				default:
					clean++
					if bad(v) {
						accused++
						t.Logf("accused: %s: %s", where, v)
					}
					if ok && v == cite.Unreachable && c.Settled != nil {
						open++
						t.Logf("left open: %s", where)
					}
				}
			}
		}
	}
	t.Logf("found %d of %d mistakes; accused %d of %d clean citations; %d mistakes verified; %d left open though settled", found, wrong, accused, clean, blind, open)
	if wrong < 75 || clean < 200 {
		t.Fatalf("%d mistakes and %d clean citations are too few to measure", wrong, clean)
	}
	if float64(found) < 0.97*float64(wrong) || accused > clean/200 || open > 0 {
		t.Errorf("below the floors: 97 of 100 found, 5 of 1,000 accused, none left open")
	}
}

// verdict is that of the edge which means the citation; of a mistake, the
// worst of those that may.
func verdict(edges []graph.Edge, c *planted.Citation, bad func(cite.Verdict) bool) (v cite.Verdict, ok bool) {
	accept := append([]string{c.ID}, c.AcceptIDs...)
	for _, e := range edges {
		if !slices.Contains(accept, "*") && !slices.Contains(accept, e.Target) && !(slices.Contains(accept, "unresolved:*") && strings.HasPrefix(e.Target, "unresolved:")) {
			continue
		}
		if !ok || c.Error != nil && bad(e.Cites.Verdict) {
			v, ok = e.Cites.Verdict, true
		}
	}
	return v, ok
}

// TestRealErrors puts the wrong years that the UN's own texts print back into
// notes, among the right ones that stand around them there.
func TestRealErrors(t *testing.T) {
	f, err := os.Open(shared(t, "data", "un", "facts_real_errors.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	pair := regexp.MustCompile(`\b\d{3,4} \((?:19|20)\d\d\)`)
	type note struct {
		wrong, right string
		around       []string
	}
	var notes []note
	var body, feet strings.Builder
	for _, r := range rows {
		if r[0] != "wrong_year_in_UN_text" {
			continue
		}
		n := note{wrong: r[2], right: r[3]}
		known := map[string]bool{}
		for _, o := range rows {
			known[o[2]] = o[0] == "wrong_year_in_UN_text" || known[o[2]]
		}
		for _, p := range pair.FindAllString(r[4], -1) {
			// The same number with its right year is one citation with it.
			if !known[p] && strings.Fields(p)[0] != strings.Fields(n.wrong)[0] && !slices.Contains(n.around, p) {
				n.around = append(n.around, p)
			}
		}
		notes = append(notes, n)
		all := slices.Insert(slices.Clone(n.around), len(n.around)/2, n.wrong)
		text := "Security Council resolution " + all[0]
		if len(all) > 1 {
			text = "Security Council resolutions " + strings.Join(all[:len(all)-1], ", ") + " and " + all[len(all)-1]
		}
		fmt.Fprintf(&body, "The line of decisions on this matter is long.[^%d] ", len(notes))
		fmt.Fprintf(&feet, "[^%d]: See %s.\n\n", len(notes), text)
	}
	if len(notes) < 15 {
		t.Fatalf("only %d wrong years in the data", len(notes))
	}
	in, out := filepath.Join(t.TempDir(), "real.md"), t.TempDir()
	if err := os.WriteFile(in, []byte("# Real errors\n\n"+body.String()+"\n\n"+feet.String()), 0o644); err != nil {
		t.Fatal(err)
	}
	citecheck(t, "check", "--offline", "--out", out, in)
	g := readGraph(t, out)
	around := 0
	for i, n := range notes {
		got := map[string]cite.Verdict{}
		for _, e := range g.Edges {
			if e.Cites != nil && strings.HasSuffix(e.Source, fmt.Sprintf("#n%d", i+1)) {
				got[pair.FindString(e.Cites.Text)] = e.Cites.Verdict
			}
		}
		if got[n.wrong] != cite.Contradicted {
			t.Errorf("note %d: %s, for %s, is %q", i+1, n.wrong, n.right, got[n.wrong])
		}
		for _, p := range n.around {
			around++
			if got[p] != cite.Verified && got[p] != cite.Unreachable {
				t.Errorf("note %d: %s is right and is %q", i+1, p, got[p])
			}
		}
	}
	t.Logf("%d wrong years found among %d right ones", len(notes), around)
}
