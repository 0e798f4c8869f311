package graph

import (
	"slices"
	"strings"

	"citecheck/pipeline/cite"
)

// A Digest is what a person reads of a run: its worst citations with their
// notes and targets, the findings about notes and reports, and how much there
// is of everything. It stays small however many reports there are; up to
// its limit it is the whole graph.
type Digest struct {
	tool  string
	limit int // citations kept, and as many notes with findings of their own
	held  []*Graph
	cites int // in held
	floor int // rank of the least bad citation kept, once the limit was passed
}

// NewDigest begins a digest of at most limit citations.
func NewDigest(tool string, limit int) *Digest { return &Digest{tool: tool, limit: limit} }

// Add takes in the graph of one report. Documents keep the views of the
// reports that were held together, so the order of reports must not depend
// on chance: [Assembler.Write] goes by their ids.
func (d *Digest) Add(g *Graph) {
	if d.floor > 0 { // what is less bad than all that is kept has no place
		g = worst(g, d.limit, d.floor)
	}
	d.held = append(d.held, g)
	d.cites += citations(g)
	if d.cites > d.limit+d.limit/2 {
		g := worst(Merge(d.tool, d.held...), d.limit, len(cite.Verdicts))
		d.held, d.cites, d.floor = []*Graph{g}, d.limit, 1
		for _, e := range g.Edges {
			if e.Cites != nil {
				d.floor = max(d.floor, e.Stands().Rank())
			}
		}
	}
}

// citations counts those that g holds, which may be fewer than its meta says.
func citations(g *Graph) (n int) {
	for _, e := range g.Edges {
		if e.Cites != nil {
			n++
		}
	}
	return n
}

// Graph is the digest under the counts of the whole. Its citations are fewer
// than meta says where the limit was passed.
func (d *Digest) Graph(meta Meta, problems []cite.Problem) *Graph {
	g := Merge(d.tool, append(d.held, &Graph{Problems: problems})...)
	if meta.Citations > d.limit {
		g = worst(g, d.limit, len(cite.Verdicts))
	}
	g.Meta = meta
	return g
}

// worst keeps the worst citations of a graph, of rank floor at most, notes
// with findings of their own, and what belongs to them.
func worst(g *Graph, limit, floor int) *Graph {
	var edges []Edge
	for _, e := range g.Edges {
		if e.Cites != nil && e.Stands().Rank() <= floor {
			edges = append(edges, e)
		}
	}
	slices.SortStableFunc(edges, func(a, b Edge) int { return a.Stands().Rank() - b.Stands().Rank() })
	edges = edges[:min(len(edges), limit)]
	keep := map[string]bool{}
	for _, e := range edges {
		keep[e.Source], keep[e.Target] = true, true
		for _, f := range e.Findings {
			for _, id := range f.Candidates {
				keep[id] = true
			}
		}
	}
	remarks := 0
	for _, n := range g.Nodes {
		if n.Note != nil && len(n.Note.Findings) > 0 && remarks < limit {
			remarks++
			keep[n.Note.ID] = true
		}
	}
	out := *g
	out.Nodes, out.Edges = nil, edges
	for _, n := range g.Nodes {
		if n.Note != nil && keep[n.Note.ID] {
			keep[n.Note.Report] = true
		}
	}
	for _, n := range g.Nodes {
		if keep[n.ID()] || n.Report != nil && len(n.Report.Findings) > 0 {
			out.Nodes = append(out.Nodes, n)
		}
	}
	for _, e := range g.Edges {
		if e.Cites == nil && strings.HasPrefix(e.Source, "report:") && keep[e.Target] {
			out.Edges = append(out.Edges, e)
		}
	}
	out.order()
	return &out
}
