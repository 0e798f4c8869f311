package main

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/agnivade/levenshtein"
	"golang.org/x/text/unicode/norm"

	"citecheck/pipeline/cite"
	"citecheck/pipeline/graph"
)

// alike is how much two texts are the same, 0 to 1, less white space, case
// and the shapes of quotes and dashes.
func alike(a, b string) float64 {
	fold := func(s string) string {
		return strings.Map(func(r rune) rune {
			switch {
			case unicode.IsSpace(r) || r == '\u00ad':
				return -1
			case strings.ContainsRune("‘’‚‛`´“”„‟«»\"", r):
				return '\''
			case strings.ContainsRune("‐‑‒–—―−", r):
				return '-'
			}
			return unicode.ToLower(r)
		}, norm.NFKC.String(s))
	}
	a, b = fold(a), fold(b)
	n := max(len([]rune(a)), len([]rune(b)))
	if n == 0 {
		return 1
	}
	return 1 - float64(levenshtein.ComputeDistance(a, b))/float64(n)
}

// TestSeed holds the whole line to a real report in six formats: every note
// with its text and sentence, every citation, and the verdicts that the
// built-in catalogue alone can give.
func TestSeed(t *testing.T) {
	var truth struct {
		Notes []struct {
			Label, Text, Sentence string
			Symbols               []struct {
				Symbol, Date string
				Paragraphs   []string
			}
		}
	}
	data, err := os.ReadFile(shared(t, "data", "seed", "minusma.truth.json"))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, &truth); err != nil {
		t.Fatal(err)
	}
	verdicts := map[string]cite.Verdict{"1": cite.Verified, "2": cite.Verified, "3": cite.Unreachable, "5": cite.Questioned, "6": cite.Verified,
		"7": cite.Unreachable, "10": cite.Unreachable, "14": cite.Unreachable,
		"4": cite.Unverifiable, "8": cite.Unverifiable, "9": cite.Unverifiable, "11": cite.Unverifiable, "12": cite.Unverifiable, "13": cite.Unverifiable}
	for _, file := range []string{"minusma-1col.pdf", "minusma-2col.pdf", "minusma-word.pdf", "minusma.docx", "minusma.html", "minusma.txt"} {
		t.Run(file, func(t *testing.T) {
			dir := t.TempDir()
			code, _, errs := citecheck(t, "check", "--offline", "--out", dir, shared(t, "data", "seed", file))
			if code != 0 {
				t.Fatalf("exit %d, want 0: %s", code, errs)
			}
			g := readGraph(t, dir)
			notes := map[string]*graph.Note{}
			for _, n := range g.Nodes {
				if n.Note != nil {
					if notes[n.Note.Label] != nil {
						t.Errorf("label %s comes twice", n.Note.Label)
					}
					notes[n.Note.Label] = n.Note
				}
			}
			if len(notes) != len(truth.Notes) || g.Meta.Citations != 15 {
				t.Errorf("%d notes and %d citations, want 14 and 15", len(notes), g.Meta.Citations)
			}
			for _, want := range truth.Notes {
				n := notes[want.Label]
				if n == nil {
					t.Errorf("note %s is missing", want.Label)
					continue
				}
				if s := alike(n.Text, want.Text); s < 0.97 {
					t.Errorf("note %s reads %q, want %q (%.3f)", want.Label, n.Text, want.Text, s)
				}
				if len(n.Markers) != 1 || alike(n.Markers[0].Sentence, want.Sentence) < 0.97 {
					t.Errorf("note %s stands under %+v, want %q", want.Label, n.Markers, want.Sentence)
				}
				edges := citesOf(g, n.ID)
				for _, e := range edges {
					if e.Verdict != verdicts[want.Label] {
						t.Errorf("note %s is %s, want %s: %+v", want.Label, e.Verdict, verdicts[want.Label], e.Findings)
					}
				}
				if len(want.Symbols) == 0 {
					n := 1
					if want.Label == "13" {
						n = 2
					}
					if len(edges) != n || slices.ContainsFunc(edges, func(e graph.Edge) bool { return !strings.HasPrefix(e.Target, "work:") }) {
						t.Errorf("note %s cites %v, want %d works", want.Label, targets(edges), n)
					}
					continue
				}
				if len(edges) != 1 || edges[0].Target != "un:"+want.Symbols[0].Symbol || edges[0].Claims.Date.String() != want.Symbols[0].Date {
					t.Errorf("note %s cites %v of %v, want %v", want.Label, targets(edges), edges, want.Symbols)
					continue
				}
				var pins []string
				for _, p := range edges[0].Pinpoints {
					pins = append(pins, string(p.Unit)+" "+pinText(p.From))
				}
				var wantPins []string
				for _, p := range want.Symbols[0].Paragraphs {
					wantPins = append(wantPins, "para "+p)
				}
				if !slices.Equal(pins, wantPins) {
					t.Errorf("note %s has pinpoints %q, want %q", want.Label, pins, wantPins)
				}
			}
			five := citesOf(g, notes["5"].ID)
			if !slices.ContainsFunc(five[0].Findings, func(f graph.Finding) bool {
				return f.Check == "year-agrees" && f.Verdict == cite.Questioned && slices.Contains(f.Candidates, "un:S/RES/2480")
			}) {
				t.Errorf("note 5 has no finding of year-agrees with S/RES/2480 among the candidates: %+v", five[0].Findings)
			}
		})
	}
}

func pinText(v any) string {
	b, _ := json.Marshal(v) // a number or a string
	return strings.Trim(string(b), `"`)
}

func citesOf(g *graph.Graph, note string) (out []graph.Edge) {
	for _, e := range g.Edges {
		if e.Cites != nil && e.Source == note {
			out = append(out, e)
		}
	}
	return out
}

func targets(edges []graph.Edge) (out []string) {
	for _, e := range edges {
		out = append(out, e.Target)
	}
	return out
}

// TestSameBytes: neither the number of workers nor the run shows in the output.
func TestSameBytes(t *testing.T) {
	files := []string{filepath.Join("..", "..", "testdata", "reports", "sample.pdf"), filepath.Join("..", "..", "testdata", "reports", "sample.docx")}
	var first []byte
	for _, jobs := range []string{"1", "2", "8"} {
		dir := t.TempDir()
		if code, _, errs := citecheck(t, append([]string{"check", "--offline", "--jobs", jobs, "--out", dir}, files...)...); code != exitWrong {
			t.Fatalf("exit %d, want %d for the seeded errors: %s", code, exitWrong, errs)
		}
		data, err := os.ReadFile(filepath.Join(dir, "graph.json"))
		if err != nil {
			t.Fatal(err)
		}
		if err := graph.Validate(bytes.NewReader(data)); err != nil {
			t.Error(err)
		}
		reports, _ := filepath.Glob(filepath.Join(dir, "reports", "*.json")) // the pattern is sound
		if len(reports) != 2 {
			t.Errorf("%d reports were written, want 2", len(reports))
		}
		for _, r := range reports {
			b, _ := os.ReadFile(r)
			if err := graph.Validate(bytes.NewReader(b)); err != nil {
				t.Errorf("%s: %v", filepath.Base(r), err)
			}
		}
		if first == nil {
			first = data
		} else if !bytes.Equal(first, data) {
			t.Errorf("with %s workers the graph has other bytes", jobs)
		}
	}
}

// BenchmarkCheck is the whole line on the sample report: reading in a process
// of its own, parsing, looking up, verifying, writing.
func BenchmarkCheck(b *testing.B) {
	dir := b.TempDir()
	for b.Loop() {
		var out, errs bytes.Buffer
		args := []string{"check", "--offline", "--fresh", "--out", dir, filepath.Join("..", "..", "testdata", "reports", "sample.pdf")}
		if code := run(context.Background(), args, strings.NewReader(""), &out, &errs); code != exitWrong {
			b.Fatalf("exit %d: %s", code, errs.String())
		}
	}
}
