package graph

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"citecheck/pipeline/cite"
)

// Build makes the graph of one checked report. answers holds what the
// look-ups said of the symbols that it cites; a symbol without an answer is
// still a node.
func Build(tool string, r cite.Report, answers map[cite.Symbol]*cite.Answer) *Graph {
	b := builder{
		g:       &Graph{Format: Format, Directed: true, Multigraph: true, Problems: append([]cite.Problem{}, r.Problems...)},
		seen:    map[string]bool{},
		labels:  map[string]int{},
		answers: answers,
		report:  "report:" + r.SHA256,
		sha:     r.SHA256,
	}
	node := &Report{ID: b.report, Kind: "report", File: r.File, Files: list(r.Files), SHA256: r.SHA256,
		MediaType: r.MediaType, Title: r.Title, Findings: b.findings(r.Findings)}
	if r.Pages > 0 {
		node.Pages = &r.Pages
	}
	b.add(Node{Report: node})
	for i, n := range r.Notes {
		b.note(i+1, n)
	}
	b.g.Meta.Tool = tool
	b.g.finish()
	return b.g
}

type builder struct {
	g           *Graph
	seen        map[string]bool // node ids
	labels      map[string]int
	answers     map[cite.Symbol]*cite.Answer
	report, sha string
}

func (b *builder) add(n Node) {
	if id := n.ID(); !b.seen[id] {
		b.seen[id] = true
		b.g.Nodes = append(b.g.Nodes, n)
	}
}

func (b *builder) note(seq int, n cite.Note) {
	id := b.report + "#n" + n.Label
	b.labels[n.Label]++
	if k := b.labels[n.Label]; k > 1 {
		id += "~" + strconv.Itoa(k)
	}
	node := &Note{ID: id, Kind: "note", Report: b.report, Seq: seq, Label: n.Label, Placement: string(n.Placement),
		Page: n.Page, Pages: list(n.Pages), Text: n.Text, OCR: n.OCR, Markers: []Marker{}, Findings: b.findings(n.Findings)}
	for _, m := range n.Markers {
		node.Markers = append(node.Markers, Marker{m.Page, m.Sentence, list(m.Quotes), list(m.Years)})
	}
	b.add(Node{Note: node})
	b.g.Edges = append(b.g.Edges, Edge{Source: b.report, Target: id, Key: "note", Relation: "has_note"})
	for i, c := range n.Citations {
		b.cites(id, id+"."+strconv.Itoa(i+1), c)
	}
}

func (b *builder) cites(note, key string, c cite.Citation) {
	e := Edge{Source: note, Target: b.target(key, c), Key: key, Relation: "cites", Cites: &Cites{
		Text: c.Text, Span: c.Span, Via: c.Via, Antecedent: c.Antecedent, Signal: c.Signal,
		Pinpoints: list(c.Pinpoints), Claims: c.Claims, Verdict: cite.Worst(c.Findings), Findings: b.findings(c.Findings)}}
	for _, f := range c.Findings {
		if f.Suggestion != "" && !cite.Advice[f.Check] {
			e.Suggestion = &f.Suggestion
			break
		}
	}
	b.g.Edges = append(b.g.Edges, e)
}

// target adds the node that the citation points to and returns its id.
func (b *builder) target(key string, c cite.Citation) string {
	switch {
	case !c.Symbol.IsZero():
		return b.document(c.Symbol, c.Joint...)
	case c.Work != nil:
		id := c.Target(key)
		b.add(Node{Work: &Work{ID: id, Kind: "work", CSL: *c.Work}})
		return id
	}
	open := &Open{ID: c.Target(key), Kind: "unresolved", Text: c.Text}
	if c.Open != nil {
		open.Reason = c.Open.Reason
	}
	b.add(Node{Open: open})
	return open.ID
}

// document adds the node of a symbol, and of the document that it amends.
// joint are further symbols that a citation gives it.
func (b *builder) document(s cite.Symbol, joint ...cite.Symbol) string {
	d := documentNode(s, b.answers[s])
	if b.seen[d.ID] {
		b.alias(d.ID, joint)
		return d.ID
	}
	b.add(Node{Document: d})
	b.alias(d.ID, joint)
	b.refers(d.ID, b.answers[s])
	if main := s.Main(); main != s {
		id := b.document(main)
		b.g.Edges = append(b.g.Edges, Edge{Source: d.ID, Target: id, Key: "amends", Relation: amends(s.Modifier())})
	}
	return d.ID
}

// refers adds what a document's own text cites, an edge a place.
func (b *builder) refers(from string, a *cite.Answer) {
	if a == nil || a.Document == nil {
		return
	}
	for _, r := range a.Document.Refers {
		if to := b.document(r.Symbol); to != from {
			b.g.Edges = append(b.g.Edges, Edge{Source: from, Target: to, Key: placeKey(r.Place), Relation: "refers", Place: r.Place})
		}
	}
}

// placeKey shortens a place: "pp.4" for preamble 4, "op.12" for paragraph 12.
func placeKey(place string) string {
	for _, p := range [][2]string{{"preamble ", "pp."}, {"paragraph ", "op."}, {"note ", "n."}, {"page ", "p."}} {
		if rest, ok := strings.CutPrefix(place, p[0]); ok {
			return p[1] + rest
		}
	}
	return place
}

// alias adds names to a document's node.
func (b *builder) alias(id string, names []cite.Symbol) {
	for _, n := range b.g.Nodes {
		if d := n.Document; d != nil && d.ID == id {
			for _, s := range names {
				if name := s.String(); name != d.Symbol && !slices.Contains(d.Aliases, name) {
					d.Aliases = append(d.Aliases, name)
				}
			}
			slices.Sort(d.Aliases)
			return
		}
	}
}

// amends is the relation of a revision, addendum or corrigendum to its main document.
func amends(modifier string) string {
	switch {
	case strings.HasPrefix(modifier, "Corr"):
		return "corrects"
	case strings.HasPrefix(modifier, "Add"):
		return "adds_to"
	}
	return "revises"
}

func documentNode(s cite.Symbol, a *cite.Answer) *Document {
	n := &Document{ID: s.ID(), Kind: "document", Symbol: s.Printed(0), Aliases: []string{}, Body: s.Body(), Series: s.Series(),
		Number: s.Number(), Year: s.Year(), URLs: []string{}, Sources: []Source{}}
	if a == nil || a.Document == nil {
		n.URLs = []string{address(n.Symbol)}
		return n
	}
	d := a.Document
	aliases := map[string]bool{}
	if !d.Symbol.IsZero() && d.Symbol != s {
		n.ID = d.Symbol.ID()
		aliases[s.String()] = true
		n.Body, n.Series, n.Number = d.Symbol.Body(), d.Symbol.Series(), d.Symbol.Number()
	}
	n.Symbol = first(d.Printed, s.Printed(d.Year))
	for _, x := range d.Aliases {
		aliases[x] = true
	}
	aliases[strings.ReplaceAll(n.Symbol, " ", "")] = true
	delete(aliases, n.Symbol)
	n.Aliases = list(slices.Sorted(maps.Keys(aliases)))
	n.Body = first(d.Body, n.Body)
	n.Series = first(d.Series, n.Series)
	n.Year = firstOf(d.Year, n.Year)
	n.Date = d.Date.String()
	n.Title = first(d.Title, d.Topic)
	n.Meeting, n.Press, n.Vote = d.Meeting, d.Press, d.Vote
	n.URLs = list(d.URLs)
	if len(n.URLs) == 0 {
		n.URLs = []string{address(n.Symbol)}
	}
	n.Paragraphs = d.Last
	for _, x := range d.Sources {
		n.Sources = append(n.Sources, source(x))
	}
	return n
}

// address is where the UN serves a document to readers.
func address(symbol string) string {
	return "https://docs.un.org/en/" + strings.ReplaceAll(symbol, " ", "")
}

func source(s cite.Source) Source {
	return Source{Source: s.Name, URL: orNull(s.URL), Fetched: s.Fetched, SHA256: s.SHA256, WARC: s.WARC}
}

func (b *builder) findings(in []cite.Finding) []Finding {
	out := []Finding{}
	for _, f := range in {
		g := Finding{Check: f.Check, Verdict: f.Verdict, Claimed: f.Claimed, Found: f.Found, Reason: f.Reason, Candidates: list(f.Candidates), Rule: f.Rule, Severity: f.Severity}
		if f.Check == "style" || f.Check == "link-alive" {
			g.Suggestion = f.Suggestion
		}
		if f.Evidence != nil {
			v := *f.Evidence
			if v.SHA256 == "" && v.URL == "" {
				v.SHA256 = b.sha // the report's own words
			}
			g.Evidence = &Evidence{Source: v.Name, URL: orNull(v.URL), SHA256: v.SHA256, Fetched: v.Fetched, WARC: v.WARC, Place: v.Place, Quote: v.Quote}
		}
		out = append(out, g)
	}
	return out
}

// finish counts and sorts.
func (g *Graph) finish() {
	g.Meta.Verdicts = map[cite.Verdict]int{}
	for _, v := range cite.Verdicts {
		g.Meta.Verdicts[v] = 0
	}
	g.Meta.Reports, g.Meta.Notes, g.Meta.Citations, g.Meta.Accepted = 0, 0, 0, 0
	for _, n := range g.Nodes {
		switch {
		case n.Report != nil:
			g.Meta.Reports++
		case n.Note != nil:
			g.Meta.Notes++
		}
	}
	for _, e := range g.Edges {
		if e.Cites != nil {
			g.Meta.Citations++
			if v := e.Stands(); v == Settled {
				g.Meta.Accepted++
			} else {
				g.Meta.Verdicts[v]++
			}
		}
	}
	g.Nodes, g.Edges, g.Problems = list(g.Nodes), list(g.Edges), list(g.Problems)
	g.order()
}

// list makes an empty list of a nil one.
func list[T any](in []T) []T {
	if in == nil {
		return []T{}
	}
	return in
}

func orNull(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

func first(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

func firstOf(a, b int) int {
	if a != 0 {
		return a
	}
	return b
}
