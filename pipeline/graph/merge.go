package graph

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"citecheck/pipeline/cite"
)

// Merge joins graphs into one in which the same document, work, report or
// citation is one. It is a join in the mathematical sense: neither the order
// of the graphs nor that of the steps shows, and a graph that comes twice
// counts once. What two runs say of one citation is not mixed: the run that
// could look at more speaks.
func Merge(tool string, graphs ...*Graph) *Graph {
	m := &Graph{Format: Format, Directed: true, Multigraph: true}
	m.Meta.Tool = tool
	to := rename(graphs)
	at := map[string]int{} // id -> place in m.Nodes
	problems := bag{}
	for _, g := range graphs {
		problems.add(g.Problems)
		for _, n := range g.Nodes {
			if d := n.Document; d != nil {
				if id, ok := to[d.ID]; ok {
					d = renamed(d, id)
				}
				n.Document = d
			}
			id := n.ID()
			i, ok := at[id]
			if !ok {
				at[id] = len(m.Nodes)
				m.Nodes = append(m.Nodes, n)
				continue
			}
			m.Nodes[i] = joinNodes(m.Nodes[i], n)
		}
	}
	m.Problems = problems.list()
	m.addEdges(graphs, to)
	m.finish()
	return m
}

// addEdges adds the edges of graphs. A citation is known by its key: two runs
// may find another target for it.
func (g *Graph) addEdges(graphs []*Graph, to map[string]string) {
	at := map[[4]string]int{}
	for _, from := range graphs {
		for _, e := range from.Edges {
			e.Source, e.Target = cmp.Or(to[e.Source], e.Source), cmp.Or(to[e.Target], e.Target)
			k := [4]string{e.Source, e.Target, e.Key, e.Relation}
			if e.Cites != nil {
				k[1] = ""
			}
			i, ok := at[k]
			switch {
			case !ok:
				at[k] = len(g.Edges)
				g.Edges = append(g.Edges, e)
			case e.Cites != nil && better(e, g.Edges[i]):
				g.Edges[i] = e
			}
		}
	}
	// What one run left open and another resolved is open no more.
	pointed := map[string]bool{}
	for _, e := range g.Edges {
		pointed[e.Target] = true
	}
	g.Nodes = slices.DeleteFunc(g.Nodes, func(n Node) bool { return n.Open != nil && !pointed[n.Open.ID] })
}

// better tells whether a says more of a citation than b: fewer questions that
// nobody could answer, a target, what an editor decided. The rest is order
// for order's sake.
func better(a, b Edge) bool {
	count := func(e Edge, is func(Finding) bool) (n int) {
		for _, f := range e.Findings {
			if is(f) {
				n++
			}
		}
		return n
	}
	unreachable := func(f Finding) bool { return f.Verdict == cite.Unreachable }
	accepted := func(f Finding) bool { return f.Accepted != nil }
	open := func(e Edge) int {
		if strings.HasPrefix(e.Target, "unresolved:") {
			return 1
		}
		return 0
	}
	text := func(e Edge) string {
		b, _ := encode(e.Cites) // strings and numbers: it cannot fail
		return string(b)
	}
	if d := cmp.Or(count(b, unreachable)-count(a, unreachable), open(b)-open(a), count(a, accepted)-count(b, accepted), len(a.Findings)-len(b.Findings)); d != 0 {
		return d > 0
	}
	return cmp.Or(strings.Compare(text(a), text(b)), strings.Compare(a.Target, b.Target)) > 0
}

// joinNodes is two views of one node as one.
func joinNodes(a, b Node) Node {
	switch {
	case a.Document != nil:
		a.Document = join(a.Document, b.Document)
	case a.Report != nil:
		a.Report = joinReports(a.Report, b.Report)
	case says(b.value(), a.value()):
		return b
	}
	return a
}

// says tells whether a has more to say than b.
func says(a, b any) bool {
	x, _ := encode(a) // strings and numbers: it cannot fail
	y, _ := encode(b)
	return string(x) != string(y) && fuller(string(x), string(y)) == string(x)
}

// bag holds problems, each as often as the graph has it that has it most
// often: two inputs of one name may both be broken.
type bag map[cite.Problem]int

func (b bag) add(problems []cite.Problem) {
	n := map[cite.Problem]int{}
	for _, p := range problems {
		n[p]++
		b[p] = max(b[p], n[p])
	}
}

func (b bag) list() []cite.Problem {
	out := []cite.Problem{}
	for p, n := range b {
		for range n {
			out = append(out, p)
		}
	}
	return out // to be ordered
}

// rename maps the ids of documents that are one to the id that stays: of
// those that were read, the one that sorts first. A document that was read
// knows its names, and who has one of them is it. The further symbols that a
// report gives to a document that nobody has read join nothing: the report
// may be wrong.
func rename(graphs []*Graph) map[string]string {
	docs := map[string]*Document{}
	to := map[string]string{}
	for _, g := range graphs {
		for _, n := range g.Nodes {
			if d := n.Document; d != nil {
				if docs[d.ID] == nil {
					docs[d.ID] = d
				} else {
					docs[d.ID] = join(docs[d.ID], d)
				}
			}
		}
	}
	now := func(id string) string {
		for to[id] != "" {
			id = to[id]
		}
		return id
	}
	// To take in another's names may lead to a third.
	for again := true; again; {
		again = false
		owner := map[string]string{} // a name of a document that was read -> its id then
		for _, id := range slices.SortedFunc(maps.Keys(docs), order) {
			d := docs[id]
			if d == nil || len(d.Sources) == 0 {
				continue // gone to another in this round; or nobody has read it
			}
			for _, name := range names(d) {
				other := now(cmp.Or(owner[name], name))
				owner[name] = now(id)
				if docs[other] == nil || other == now(id) {
					continue
				}
				from, into := other, now(id)
				if len(docs[other].Sources) > 0 && order(other, into) < 0 {
					from, into = into, other
				}
				docs[into] = join(docs[into], renamed(docs[from], into))
				delete(docs, from)
				to[from] = into
				again = true
			}
		}
	}
	for id := range to {
		to[id] = now(id)
	}
	return to
}

// names are the ids that a document has, or would have by its other names.
func names(d *Document) []string {
	out := []string{d.ID}
	for _, a := range append([]string{d.Symbol}, d.Aliases...) {
		if s, err := cite.ParseSymbol(a); err == nil {
			out = append(out, s.ID())
		}
	}
	return out
}

// order is that of ids.
func order(a, b string) int { return cmp.Or(natural(a, b), strings.Compare(a, b)) }

// renamed is d under another id; its own name stays known.
func renamed(d *Document, id string) *Document {
	c := *d
	c.Aliases = union(d.Aliases, []string{d.Symbol, strings.TrimPrefix(d.ID, "un:")})
	c.ID = id
	return &c
}

// join is two views of one document as one: all names and sources, and of
// each field the fuller value. It is a join in the mathematical sense (the
// order of views does not show), for a run may be merged in any number of steps.
func join(a, b *Document) *Document {
	c := *a
	c.Symbol, c.Body, c.Series = ownSymbol(a, b), fuller(a.Body, b.Body), fuller(a.Series, b.Series)
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

// ownSymbol is the symbol that belongs to the id of two views of a document,
// and the fuller one where both do.
func ownSymbol(a, b *Document) string {
	x, y := isID(a.Symbol, a.ID), isID(b.Symbol, a.ID)
	switch {
	case x && !y:
		return a.Symbol
	case y && !x:
		return b.Symbol
	}
	return fuller(a.Symbol, b.Symbol)
}

// isID tells whether a printed symbol begins with the one that makes the id:
// a masthead may print two.
func isID(symbol, id string) bool {
	s, err := cite.ParseSymbol(symbol)
	if err != nil {
		return strings.HasPrefix("un:"+strings.ReplaceAll(symbol, " ", ""), id)
	}
	return s.ID() == id
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

// joinReports is one report under all its names: in their order where both
// have the same, sorted where they differ.
func joinReports(a, b *Report) *Report {
	x, y := *a, *b
	x.File, x.Files, y.File, y.Files = "", nil, "", nil
	c := *a
	if says(y, x) {
		c = *b
	}
	c.File, c.Files = a.File, a.Files
	if !slices.Equal(a.Files, b.Files) {
		c.Files = union(a.Files, b.Files)
		c.File = c.Files[0]
	}
	return &c
}

func union(a, b []string) []string {
	out := append(slices.Clone(a), b...)
	slices.Sort(out)
	return list(slices.Compact(out))
}
