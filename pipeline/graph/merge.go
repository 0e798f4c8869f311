package graph

import (
	"cmp"
	"maps"
	"slices"
	"strings"
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
			case n.Work != nil:
				m.Nodes[i].Work = joinWorks(m.Nodes[i].Work, n.Work)
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

// rename maps the ids of documents that are one to the id that stays: that
// of the document that names the others and is named by none of them; where
// two name each other, the one that sorts first.
func rename(graphs []*Graph) map[string]string {
	docs := map[string]*Document{}
	for _, g := range graphs {
		for _, n := range g.Nodes {
			switch d := n.Document; {
			case d == nil:
			case docs[d.ID] == nil:
				docs[d.ID] = d
			default:
				docs[d.ID] = join(docs[d.ID], d)
			}
		}
	}
	// A document that was read names its other symbols: those nodes are it.
	namedBy := map[string][]string{}
	for id, d := range docs {
		if len(d.Sources) == 0 {
			continue
		}
		for _, alias := range d.Aliases {
			if other := "un:" + alias; docs[other] != nil && other != id {
				namedBy[other] = append(namedBy[other], id)
			}
		}
	}
	to := map[string]string{}
	for id := range namedBy {
		if root := rootOf(id, namedBy); root != id {
			to[id] = root
		}
	}
	return to
}

// rootOf climbs from a document to those that name it, as far as there are
// any, and takes the first of the highest.
func rootOf(id string, namedBy map[string][]string) string {
	above := map[string]bool{id: true}
	for todo := []string{id}; len(todo) > 0; todo = todo[1:] {
		for _, up := range namedBy[todo[0]] {
			if !above[up] {
				above[up] = true
				todo = append(todo, up)
			}
		}
	}
	all := slices.SortedFunc(maps.Keys(above), func(a, b string) int { return cmp.Or(natural(a, b), strings.Compare(a, b)) })
	if i := slices.IndexFunc(all, func(x string) bool { return len(namedBy[x]) == 0 }); i >= 0 {
		return all[i]
	}
	return all[0]
}

// join is two views of one document as one: all names and sources, and of
// each field the fuller value. It is a join in the mathematical sense (the
// order of views does not show), for a run may be merged in any number of steps.
func join(a, b *Document) *Document {
	c := *a
	c.Symbol, c.Body, c.Series = fuller(a.Symbol, b.Symbol), fuller(a.Body, b.Body), fuller(a.Series, b.Series)
	c.Date, c.Title = fuller(a.Date, b.Date), fuller(a.Title, b.Title)
	c.Meeting, c.Vote, c.Press = fuller(a.Meeting, b.Meeting), fuller(a.Vote, b.Vote), fuller(a.Press, b.Press)
	c.Number, c.Year, c.Paragraphs = max(a.Number, b.Number), max(a.Year, b.Year), max(a.Paragraphs, b.Paragraphs)
	c.Aliases = union(append(slices.Clone(a.Aliases), a.Symbol), append(slices.Clone(b.Aliases), b.Symbol))
	c.Aliases = slices.DeleteFunc(c.Aliases, func(s string) bool { return s == c.Symbol })
	c.URLs = union(a.URLs, b.URLs)
	c.Sources = append(slices.Clone(a.Sources), b.Sources...)
	slices.SortFunc(c.Sources, func(x, y Source) int { return strings.Compare(sourceKey(x), sourceKey(y)) })
	c.Sources = list(slices.CompactFunc(c.Sources, func(x, y Source) bool { return sourceKey(x) == sourceKey(y) }))
	return &c
}

// fuller is the longer of two values, of equally long ones the later in the alphabet.
func fuller(a, b string) string {
	if len(a) > len(b) || len(a) == len(b) && a > b {
		return a
	}
	return b
}

func sourceKey(s Source) string {
	url := ""
	if s.URL != nil {
		url = *s.URL
	}
	return strings.Join([]string{url, s.Source, s.SHA256, s.Fetched, s.WARC}, "\x00")
}

// joinWorks is the view of a work that says more.
func joinWorks(a, b *Work) *Work {
	x, errA := encode(a)
	y, errB := encode(b)
	if errA == nil && errB == nil && fuller(string(x), string(y)) == string(y) {
		return b
	}
	return a
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
