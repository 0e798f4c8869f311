package graph

import (
	"maps"
	"slices"
)

// Merge joins graphs into one in which the same document, work or report is
// one node. Documents are the same when their ids or aliases meet; the id
// that sorts first among those that a masthead gave stays. The order of the
// graphs does not show, but for a report's file name: the first wins.
func Merge(tool string, graphs ...*Graph) *Graph {
	m := &Graph{Format: Format, Directed: true, Multigraph: true}
	m.Meta.Tool = tool
	to := rename(graphs)
	at := map[string]int{} // id -> place in m.Nodes
	for _, g := range graphs {
		m.Problems = append(m.Problems, g.Problems...)
		for _, n := range g.Nodes {
			if n.Document != nil {
				d := *n.Document
				n.Document = &d
				d2 := n.Document
				if id, ok := to[d.ID]; ok && id != d.ID {
					d2.Aliases = append(slices.Clone(d2.Aliases), d.Symbol)
					d2.ID = id
				}
			}
			id := n.ID()
			i, ok := at[id]
			switch {
			case !ok:
				at[id] = len(m.Nodes)
				m.Nodes = append(m.Nodes, n)
			case n.Document != nil:
				m.Nodes[i].Document = join(m.Nodes[i].Document, n.Document)
			case n.Report != nil:
				m.Nodes[i].Report = joinReports(m.Nodes[i].Report, n.Report)
			}
		}
	}
	seen := map[[4]string]bool{}
	for _, g := range graphs {
		for _, e := range g.Edges {
			if id, ok := to[e.Source]; ok {
				e.Source = id
			}
			if id, ok := to[e.Target]; ok {
				e.Target = id
			}
			k := [4]string{e.Source, e.Target, e.Key, e.Relation}
			if !seen[k] {
				seen[k] = true
				m.Edges = append(m.Edges, e)
			}
		}
	}
	m.finish()
	return m
}

// rename maps the ids of documents that are one to the id that stays.
func rename(graphs []*Graph) map[string]string {
	docs := map[string]*Document{}
	for _, g := range graphs {
		for _, n := range g.Nodes {
			if d := n.Document; d != nil && (docs[d.ID] == nil || len(d.Sources) > len(docs[d.ID].Sources)) {
				docs[d.ID] = d
			}
		}
	}
	to := map[string]string{}
	// A document that was read names its other symbols: those nodes are it.
	for _, id := range slices.Sorted(maps.Keys(docs)) {
		if len(docs[id].Sources) == 0 {
			continue
		}
		for _, alias := range docs[id].Aliases {
			other := "un:" + alias
			if o, ok := docs[other]; ok && other != id && len(o.Sources) == 0 {
				if _, taken := to[other]; !taken {
					to[other] = id
				}
			}
		}
	}
	return to
}

// join keeps the fuller of two views of one document, with all names and sources.
func join(a, b *Document) *Document {
	if len(b.Sources) > len(a.Sources) {
		a, b = b, a
	}
	c := *a
	c.Aliases = union(a.Aliases, b.Aliases)
	c.Aliases = slices.DeleteFunc(c.Aliases, func(s string) bool { return s == c.Symbol })
	c.URLs = union(a.URLs, b.URLs)
	for _, s := range b.Sources {
		if !slices.ContainsFunc(c.Sources, func(x Source) bool { return x.SHA256 == s.SHA256 && same(x.URL, s.URL) }) {
			c.Sources = append(slices.Clone(c.Sources), s)
		}
	}
	slices.SortFunc(c.Sources, func(x, y Source) int { return natural(sourceKey(x), sourceKey(y)) })
	c.Date, c.Title = first(c.Date, b.Date), first(c.Title, b.Title)
	c.Meeting, c.Vote, c.Press = first(c.Meeting, b.Meeting), first(c.Vote, b.Vote), first(c.Press, b.Press)
	c.Year, c.Paragraphs = firstOf(c.Year, b.Year), firstOf(c.Paragraphs, b.Paragraphs)
	return &c
}

func sourceKey(s Source) string {
	if s.URL == nil {
		return s.Source + "\x00" + s.SHA256
	}
	return *s.URL + "\x00" + s.SHA256
}

func same(a, b *string) bool {
	if a == nil || b == nil {
		return a == b
	}
	return *a == *b
}

func joinReports(a, b *Report) *Report {
	c := *a
	for _, f := range b.Files {
		if !slices.Contains(c.Files, f) {
			c.Files = append(slices.Clone(c.Files), f)
		}
	}
	return &c
}

func union(a, b []string) []string {
	out := append(slices.Clone(a), b...)
	slices.Sort(out)
	return list(slices.Compact(out))
}
