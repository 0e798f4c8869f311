// Package graph turns checked reports into the citation graph that other
// tools read: nodes and edges in node-link form, one order, the same bytes
// every time. It knows the output contract and its JSON Schema; it knows
// nothing of how a verdict came about.
package graph

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"citecheck/pipeline/cite"
)

// Format names the contract; it grows a number when a field changes its meaning.
const Format = "citecheck-graph/1"

// A Graph is one report's graph, or several merged. Its JSON loads with
// networkx.node_link_graph(json.load(f), edges="edges").
type Graph struct {
	Format     string         `json:"format"`
	Directed   bool           `json:"directed"`
	Multigraph bool           `json:"multigraph"`
	Meta       Meta           `json:"graph"`
	Nodes      []Node         `json:"nodes"`
	Edges      []Edge         `json:"edges"`
	Problems   []cite.Problem `json:"problems"`
}

// Meta counts what the graph holds.
type Meta struct {
	Tool      string `json:"tool"`
	Reports   int    `json:"reports"`
	Notes     int    `json:"notes"`
	Citations int    `json:"citations"`
	// Verdicts counts citations as they stand, without what was accepted: all
	// six, also those that count 0.
	Verdicts map[cite.Verdict]int `json:"verdicts"`
	Accepted int                  `json:"accepted,omitempty"` // citations of which only accepted findings speak
}

// A Node is one of the kinds: exactly one pointer is set.
type Node struct {
	Report   *Report
	Note     *Note
	Document *Document
	Work     *Work
	Open     *Open
}

// Report is a node of kind "report".
type Report struct {
	ID        string    `json:"id"` // "report:" + SHA-256
	Kind      string    `json:"kind"`
	File      string    `json:"file"`
	Files     []string  `json:"files"`
	SHA256    string    `json:"sha256"`
	MediaType string    `json:"media_type"`
	Title     string    `json:"title"`
	Pages     *int      `json:"pages,omitempty"` // absent for a format without pages
	Findings  []Finding `json:"findings"`
}

// Note is a node of kind "note".
type Note struct {
	ID        string    `json:"id"` // report id + "#n" + label
	Kind      string    `json:"kind"`
	Report    string    `json:"report"`
	Seq       int       `json:"seq"` // place in the report, from 1
	Label     string    `json:"label"`
	Placement string    `json:"placement"`
	Page      int       `json:"page,omitempty"`
	Pages     []int     `json:"pages"`
	Text      string    `json:"text"`
	OCR       bool      `json:"ocr,omitempty"`
	Markers   []Marker  `json:"markers"`
	Findings  []Finding `json:"findings"`
}

// Marker is the place in running text that calls a note.
type Marker struct {
	Page     int      `json:"page,omitempty"`
	Sentence string   `json:"sentence"`
	Quotes   []string `json:"quotes"`
	Years    []int    `json:"years"`
}

// Document is a node of kind "document".
type Document struct {
	ID         string   `json:"id"`
	Kind       string   `json:"kind"`
	Symbol     string   `json:"symbol"` // masthead form
	Aliases    []string `json:"aliases"`
	Body       string   `json:"body,omitempty"`
	Series     string   `json:"series,omitempty"`
	Number     int      `json:"number,omitempty"`
	Year       int      `json:"year,omitempty"`
	Date       string   `json:"date,omitempty"`
	Title      string   `json:"title,omitempty"`
	Meeting    string   `json:"meeting,omitempty"`
	Press      string   `json:"press_release,omitempty"`
	Vote       string   `json:"vote,omitempty"`
	URLs       []string `json:"urls"`
	Paragraphs int      `json:"paragraphs,omitempty"` // number of the last one; absent when not known
	Sources    []Source `json:"sources"`
}

// Work is a node of kind "work": a source that is no UN document.
type Work struct {
	ID   string    `json:"id"`
	Kind string    `json:"kind"`
	CSL  cite.Work `json:"csl"`
}

// Open is a node of kind "unresolved": what a citation meant stays open.
type Open struct {
	ID     string `json:"id"`
	Kind   string `json:"kind"`
	Text   string `json:"text"`
	Reason string `json:"reason"`
}

// An Edge goes from a report to its notes (has_note), from a note to what it
// cites (cites, with Cites set), or between documents (revises, adds_to,
// corrects, refers).
type Edge struct {
	Source   string `json:"source"`
	Target   string `json:"target"`
	Key      string `json:"key"`
	Relation string `json:"relation"`
	Place    string `json:"place,omitempty"` // of refers: where in the source document
	*Cites
}

// Cites is what an edge of relation cites says of the citation.
type Cites struct {
	Text       string       `json:"text"`
	Span       cite.Span    `json:"span"`
	Via        cite.Via     `json:"via"`
	Antecedent string       `json:"antecedent,omitempty"`
	Signal     string       `json:"signal,omitempty"`
	Pinpoints  []cite.Pin   `json:"pinpoints"`
	Claims     cite.Claims  `json:"claims"`
	Verdict    cite.Verdict `json:"verdict"`
	Standing   cite.Verdict `json:"standing,omitempty"` // see [Cites.Stands]; absent where nothing was accepted
	Findings   []Finding    `json:"findings"`
	Suggestion *string      `json:"suggestion"`
}

// Finding is one answer of one check.
type Finding struct {
	Check      string       `json:"check"`
	Verdict    cite.Verdict `json:"verdict"`
	Claimed    string       `json:"claimed"`
	Found      string       `json:"found"`
	Reason     string       `json:"reason"`
	Evidence   *Evidence    `json:"evidence"`
	Candidates []string     `json:"candidates"`
	Accepted   *Accepted    `json:"accepted,omitempty"`
	Rule       string       `json:"rule,omitempty"`       // of check style: which rule
	Severity   string       `json:"severity,omitempty"`   // of check style: error, warning, style, note
	Suggestion string       `json:"suggestion,omitempty"` // of check style: the corrected note
}

// Evidence is where the facts of a finding can be seen. URL is null for a
// built-in fact and for the report's own words.
type Evidence struct {
	Source  string  `json:"source,omitempty"`
	URL     *string `json:"url"`
	SHA256  string  `json:"sha256"`
	Fetched string  `json:"fetched,omitempty"`
	WARC    string  `json:"warc,omitempty"`
	Place   string  `json:"place"`
	Quote   string  `json:"quote"`
}

// Source is one answer that a document's facts were read from.
type Source struct {
	Source  string  `json:"source,omitempty"`
	URL     *string `json:"url"`
	Fetched string  `json:"fetched,omitempty"`
	SHA256  string  `json:"sha256"`
	WARC    string  `json:"warc,omitempty"`
}

// value is the pointer that is set.
func (n Node) value() any {
	switch {
	case n.Report != nil:
		return n.Report
	case n.Note != nil:
		return n.Note
	case n.Document != nil:
		return n.Document
	case n.Work != nil:
		return n.Work
	}
	return n.Open
}

// ID is the node's id.
func (n Node) ID() string {
	switch v := n.value().(type) {
	case *Report:
		return v.ID
	case *Note:
		return v.ID
	case *Document:
		return v.ID
	case *Work:
		return v.ID
	}
	return n.Open.ID
}

// rank is the place of the node's kind in the order of kinds.
func (n Node) rank() int {
	switch n.value().(type) {
	case *Report:
		return 0
	case *Note:
		return 1
	case *Document:
		return 2
	case *Work:
		return 3
	}
	return 4
}

// MarshalJSON writes the node of the kind that is set.
func (n Node) MarshalJSON() ([]byte, error) { return encode(n.value()) }

// UnmarshalJSON reads a node by its kind.
func (n *Node) UnmarshalJSON(b []byte) error {
	var head struct {
		Kind string `json:"kind"`
	}
	if err := json.Unmarshal(b, &head); err != nil {
		return err
	}
	*n = Node{}
	var into any
	switch head.Kind {
	case "report":
		n.Report = new(Report)
		into = n.Report
	case "note":
		n.Note = new(Note)
		into = n.Note
	case "document":
		n.Document = new(Document)
		into = n.Document
	case "work":
		n.Work = new(Work)
		into = n.Work
	case "unresolved":
		n.Open = new(Open)
		into = n.Open
	default:
		return fmt.Errorf("a node of the unknown kind %q", head.Kind)
	}
	return json.Unmarshal(b, into)
}

// encode is json.Marshal without the escaping of <, > and &, which are
// common in titles and addresses.
func encode(v any) ([]byte, error) {
	var buf bytes.Buffer
	e := json.NewEncoder(&buf)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return nil, err
	}
	return bytes.TrimRight(buf.Bytes(), "\n"), nil
}

// Write writes the graph as indented JSON with a final newline, one node and
// one edge after another: the JSON of a long report as a whole would take more
// memory than the report.
func (g *Graph) Write(w io.Writer) error {
	frame := *g
	frame.Nodes, frame.Edges, frame.Problems = []Node{}, []Edge{}, []cite.Problem{}
	p := printer{w: bufio.NewWriter(w)}
	head := p.encode(frame, "")
	for _, list := range []struct {
		name string
		each func(*printer)
	}{
		{"nodes", func(p *printer) { writeAll(p, g.Nodes) }},
		{"edges", func(p *printer) { writeAll(p, g.Edges) }},
		{"problems", func(p *printer) { writeAll(p, g.Problems) }},
	} {
		// No string holds a bare quotation mark: this is the list's own name.
		before, after, _ := bytes.Cut(head, []byte(`"`+list.name+`": []`))
		p.w.Write(before)
		p.w.WriteString(`"` + list.name + `": [`)
		list.each(&p)
		p.w.WriteByte(']')
		head = after
	}
	p.w.Write(head)
	return errors.Join(p.err, p.w.Flush())
}

// A printer writes indented JSON. Its errors are kept, here and in w.
type printer struct {
	w   *bufio.Writer
	err error
}

func (p *printer) encode(v any, prefix string) []byte {
	var buf bytes.Buffer
	e := json.NewEncoder(&buf)
	e.SetEscapeHTML(false)
	e.SetIndent(prefix, " ")
	if err := e.Encode(v); err != nil && p.err == nil {
		p.err = err
	}
	return buf.Bytes()
}

// writeAll writes what stands between the brackets of a list.
func writeAll[T any](p *printer, list []T) {
	const prefix = "  "
	for i, v := range list {
		if i > 0 {
			p.w.WriteByte(',')
		}
		p.w.WriteString("\n" + prefix)
		p.w.Write(bytes.TrimSuffix(p.encode(v, prefix), []byte("\n")))
	}
	if len(list) > 0 {
		p.w.WriteString("\n ")
	}
}

// Read reads a graph that [Graph.Write] wrote.
func Read(r io.Reader) (*Graph, error) {
	var g Graph
	if err := json.NewDecoder(r).Decode(&g); err != nil {
		return nil, fmt.Errorf("not a citation graph: %w", err)
	}
	if g.Format != Format {
		return nil, fmt.Errorf("not a citation graph of format %s (its format is %q)", Format, g.Format)
	}
	return &g, nil
}

// Cited is how many citations the graph has. Of a run's worst it is less than
// Meta counts.
func (g *Graph) Cited() (n int) {
	for i := range g.Edges {
		if g.Edges[i].Cites != nil {
			n++
		}
	}
	return n
}

// order sorts nodes and edges: reports, notes, documents, works, unresolved;
// then by id with runs of digits compared as numbers, so that note 2 comes
// before note 10 and S/RES/242 before S/RES/1325.
func (g *Graph) order() {
	slices.SortFunc(g.Nodes, func(a, b Node) int {
		if d := a.rank() - b.rank(); d != 0 {
			return d
		}
		if d := natural(a.ID(), b.ID()); d != 0 {
			return d
		}
		return strings.Compare(a.ID(), b.ID())
	})
	slices.SortFunc(g.Edges, func(a, b Edge) int {
		for _, d := range []int{natural(a.Source, b.Source), natural(a.Key, b.Key), natural(a.Target, b.Target),
			strings.Compare(a.Relation, b.Relation)} {
			if d != 0 {
				return d
			}
		}
		return 0
	})
	slices.SortFunc(g.Problems, compareProblems)
}

func compareProblems(a, b cite.Problem) int {
	return cmp.Or(natural(a.Item, b.Item), strings.Compare(a.Stage, b.Stage), strings.Compare(a.Reason, b.Reason))
}

// natural compares strings with runs of digits as numbers.
func natural(a, b string) int {
	i, j := 0, 0
	for i < len(a) && j < len(b) {
		if digit(a[i]) && digit(b[j]) {
			si, sj := i, j
			for i < len(a) && digit(a[i]) {
				i++
			}
			for j < len(b) && digit(b[j]) {
				j++
			}
			na, nb := strings.TrimLeft(a[si:i], "0"), strings.TrimLeft(b[sj:j], "0")
			if len(na) != len(nb) {
				return len(na) - len(nb)
			}
			if d := strings.Compare(na, nb); d != 0 {
				return d
			}
			continue
		}
		if a[i] != b[j] {
			return int(a[i]) - int(b[j])
		}
		i++
		j++
	}
	return (len(a) - i) - (len(b) - j)
}

func digit(c byte) bool { return '0' <= c && c <= '9' }
