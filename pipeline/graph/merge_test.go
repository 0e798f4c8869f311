package graph

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"citecheck/pipeline/cite"
)

// manyRuns makes graphs of few reports, each checked more than once, by runs
// that could look at more or less, found another target, name the file
// otherwise or have an editor's decisions.
func manyRuns(r *rand.Rand) []*Graph {
	verdicts := []cite.Verdict{cite.Verified, cite.Unreachable, cite.Contradicted, cite.Questioned}
	symbols := []string{"S/RES/2423", "A/79/815", "S/2025/145", "A/79/815/Add.1", "S/2024/3", "S/2024/33"}
	var out []*Graph
	for range 3 + r.IntN(2) {
		var one []*Graph
		for range 1 + r.IntN(2) {
			sha := strings.Repeat(fmt.Sprint(r.IntN(3)), 64)
			rep := cite.Report{File: fmt.Sprintf("r%d.pdf", r.IntN(3)), SHA256: sha, Title: fmt.Sprint("T", r.IntN(2))}
			rep.Files = []string{rep.File, "z.pdf"}[:1+r.IntN(2)]
			for range r.IntN(3) {
				rep.Problems = append(rep.Problems, cite.Problem{Stage: "read", Item: "page", Reason: fmt.Sprint(r.IntN(2))})
			}
			answers := map[cite.Symbol]*cite.Answer{}
			for i := range 4 {
				c := cite.Citation{Text: "See", Span: cite.Span{Start: 0, End: 3}}
				for range 1 + r.IntN(2) {
					c.Findings = append(c.Findings, cite.Finding{Check: "exists", Verdict: verdicts[r.IntN(len(verdicts))], Reason: fmt.Sprint(r.IntN(2))})
				}
				if r.IntN(4) == 0 {
					c.Open = &cite.Finding{Reason: "two sources"}
				} else {
					c.Symbol, _ = cite.ParseSymbol(symbols[i]) // one symbol a note: which document it means does not hang on a merge
				}
				if r.IntN(3) == 0 {
					j, _ := cite.ParseSymbol(symbols[r.IntN(len(symbols))])
					c.Joint = append(c.Joint, j)
				}
				if r.IntN(2) == 0 {
					d := &cite.Document{Symbol: c.Symbol, Title: fmt.Sprint("T", r.IntN(3)), Sources: []cite.Source{{URL: fmt.Sprint("https://docs.un.org/", r.IntN(3)), SHA256: "ab"}}}
					if r.IntN(3) == 0 {
						d.Aliases = []string{symbols[r.IntN(len(symbols))]}
					}
					answers[c.Symbol] = &cite.Answer{Symbol: c.Symbol, Outcome: cite.Found, Document: d}
				}
				rep.Notes = append(rep.Notes, cite.Note{Label: fmt.Sprint(i + 1), Text: "See.", Placement: "foot", Citations: []cite.Citation{c}})
			}
			g := Build("test", rep, answers)
			for _, e := range g.Edges {
				if e.Cites != nil && r.IntN(4) == 0 {
					e.Findings[0].Accepted = &Accepted{Reason: fmt.Sprint(r.IntN(2))}
				}
			}
			g.Recount()
			one = append(one, g)
		}
		out = append(out, Merge("test", one...))
	}
	return out
}

// TestMergeIsAJoin: a merge is commutative, associative and idempotent, to
// the byte; its edges have ends and its counts are those of what it holds.
func TestMergeIsAJoin(t *testing.T) {
	seeds := uint64(150)
	if testing.Short() {
		seeds = 30
	}
	for seed := range seeds {
		r := rand.New(rand.NewPCG(seed, 3))
		graphs := manyRuns(r)
		if seed%3 == 0 {
			graphs = append(randomGraphs(r, 4), graphs...)
		}
		all := Merge("test", graphs...)
		want := text(t, all)
		mixed := append([]*Graph{}, graphs...)
		r.Shuffle(len(mixed), func(i, j int) { mixed[i], mixed[j] = mixed[j], mixed[i] })
		k := 1 + r.IntN(len(graphs)-1)
		for law, got := range map[string]*Graph{
			"commutative":                     Merge("test", mixed...),
			"associative":                     Merge("test", Merge("test", mixed[:k]...), Merge("test", mixed[k:]...)),
			"one by one":                      oneByOne(mixed),
			"idempotent":                      Merge("test", all, all),
			"takes in a part":                 Merge("test", all, graphs[0]),
			"one alone":                       Merge("test", all),
			"used to a part that comes twice": Merge("test", append(mixed, graphs[k])...),
		} {
			if text(t, got) != want {
				t.Fatalf("seed %d: a merge is not %s: %s", seed, law, diff(text(t, got), want))
			}
		}
		ids := map[string]bool{}
		for _, n := range all.Nodes {
			if ids[n.ID()] {
				t.Errorf("seed %d: %s is two nodes", seed, n.ID())
			}
			ids[n.ID()] = true
		}
		keys, counts := map[string]bool{}, 0
		for _, e := range all.Edges {
			if !ids[e.Source] || !ids[e.Target] {
				t.Errorf("seed %d: the edge %s has no ends", seed, e.Key)
			}
			if e.Cites != nil {
				if keys[e.Key] {
					t.Errorf("seed %d: the citation %s comes twice", seed, e.Key)
				}
				keys[e.Key] = true
			}
		}
		for _, n := range all.Meta.Verdicts {
			counts += n
		}
		if counts+all.Meta.Accepted != len(keys) || all.Meta.Citations != len(keys) {
			t.Errorf("seed %d: the counts %+v are not those of %d citations", seed, all.Meta, len(keys))
		}
	}
}

func oneByOne(graphs []*Graph) *Graph {
	g := graphs[0]
	for _, x := range graphs[1:] {
		g = Merge("test", g, x)
	}
	return g
}

// TestMergeOfTwoRuns: the run that could look speaks for the one that could
// not, and what one of them left open is no node of its own.
func TestMergeOfTwoRuns(t *testing.T) {
	report := func(c cite.Citation) *Graph {
		c.Text = "S/RES/2423"
		return Build("test", cite.Report{File: "a.pdf", Files: []string{"a.pdf"}, SHA256: strings.Repeat("a", 64),
			Notes: []cite.Note{{Label: "1", Text: c.Text, Placement: "foot", Citations: []cite.Citation{c}}}}, nil)
	}
	offline := report(cite.Citation{Symbol: symbol(t, "S/RES/2423"), Findings: []cite.Finding{{Check: "exists", Verdict: cite.Unreachable, Reason: "offline"}}})
	online := report(cite.Citation{Symbol: symbol(t, "S/RES/2423"), Findings: []cite.Finding{{Check: "exists", Verdict: cite.Contradicted, Reason: "no", Evidence: &cite.Evidence{Quote: "x"}}}})
	open := report(cite.Citation{Open: &cite.Finding{Reason: "not understood"}, Findings: []cite.Finding{{Check: "short-form", Verdict: cite.Unverifiable}}})
	m := Merge("test", open, offline, online)
	if m.Meta.Citations != 1 || m.Meta.Verdicts[cite.Contradicted] != 1 || len(m.Nodes) != 3 {
		t.Errorf("two runs of a report merge to %+v with %d nodes", m.Meta, len(m.Nodes))
	}
}
