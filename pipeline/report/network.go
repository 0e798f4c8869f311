package report

import (
	"cmp"
	"slices"
	"strings"

	"citecheck/pipeline/cite"
	"citecheck/pipeline/graph"
)

// rowView is a document or a work in the table of the citation graph; the
// picture is drawn from the table.
type rowView struct {
	N       int
	Target  targetView
	Short   string // for the picture
	Group   string // the organ, or what else it belongs to
	Verdict cite.Verdict
	Cites   []*citeView // worst first
	Files   []int       // reports that cite it
	Refers  []int       // rows that its own text refers to
	id      string
}

// Cited says from where it is cited.
func (r rowView) Cited() []*citeView { return r.Cites[:min(len(r.Cites), 12)] }

// More counts the citations that [rowView.Cited] leaves out.
func (r rowView) More() int { return len(r.Cites) - len(r.Cited()) }

// rows lists what is cited, worst and most cited first, then what the cited
// documents refer to.
func rows(g *graph.Graph, cites []citeView, files map[string]int) (out []rowView, organs int) {
	byID := map[string]*rowView{}
	var list []*rowView
	for _, n := range g.Nodes {
		r := &rowView{id: n.ID(), Target: target(n, n.ID())}
		switch {
		case n.Document != nil:
			r.Group = cmp.Or(n.Document.Body, "Other UN documents")
			r.Short = strings.TrimPrefix(n.Document.ID, "un:")
		case n.Work != nil:
			r.Group, r.Short = "Press, books and other works", n.Work.CSL.Title
		default:
			continue
		}
		byID[r.id] = r
		list = append(list, r)
	}
	for i := range cites {
		if r := byID[cites[i].Edge.Target]; r != nil {
			r.Cites = append(r.Cites, &cites[i])
			if !slices.Contains(r.Files, cites[i].File) {
				r.Files = append(r.Files, cites[i].File)
			}
		}
	}
	tied := map[string]bool{}
	for _, e := range g.Edges {
		if byID[e.Source] != nil && byID[e.Target] != nil {
			tied[e.Source], tied[e.Target] = true, true
		}
	}
	// What is only a candidate of a finding is no part of the network.
	list = slices.DeleteFunc(list, func(r *rowView) bool { return len(r.Cites) == 0 && !tied[r.id] })
	for _, r := range list {
		if len(r.Cites) > 0 {
			r.Verdict = r.Cites[0].Stands
		}
	}
	slices.SortStableFunc(list, func(a, b *rowView) int {
		return cmp.Or(rank(a)-rank(b), len(b.Cites)-len(a.Cites))
	})
	for i, r := range list {
		r.N = i
	}
	for _, e := range g.Edges {
		from, to := byID[e.Source], byID[e.Target]
		if from != nil && to != nil && !slices.Contains(from.Refers, to.N) {
			from.Refers = append(from.Refers, to.N)
		}
	}
	seen := map[string]bool{}
	for _, r := range list {
		seen[r.Group] = true
		out = append(out, *r)
	}
	return out, len(seen)
}

// rank puts what is not cited last.
func rank(r *rowView) int {
	if len(r.Cites) == 0 {
		return len(cite.Verdicts) + 1
	}
	return r.Verdict.Rank()
}
