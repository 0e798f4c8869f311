package graph

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"citecheck/pipeline/cite"
)

// A Visitor is told of the parts of a graph, one after another, in the order
// in which the file has them.
type Visitor struct {
	Node    func(Node) error
	Edge    func(Edge) error
	Problem func(cite.Problem) error
}

// ErrNotGraph says that what was scanned is no graph of this format, or not
// all of one.
var ErrNotGraph = errors.New("not a citation graph of format " + Format)

// Scan goes through a graph that [Graph.Write] wrote without holding it: the
// graph of an archive of reports is larger than memory. Its error is the
// visitor's, or ErrNotGraph.
func Scan(r io.Reader, v Visitor) error {
	d := json.NewDecoder(r)
	if err := expect(d, '{'); err != nil {
		return err
	}
	format := ""
	for d.More() {
		name, err := d.Token()
		if err != nil {
			return notGraph(err)
		}
		if format != Format && (name == "nodes" || name == "edges" || name == "problems") {
			return fmt.Errorf("%w (its format is %q)", ErrNotGraph, format)
		}
		switch name {
		case "format":
			err = decode(d, &format)
		case "nodes":
			err = scanList(d, v.Node)
		case "edges":
			err = scanList(d, v.Edge)
		case "problems":
			err = scanList(d, v.Problem)
		default:
			err = decode(d, new(json.RawMessage))
		}
		if err != nil {
			return err
		}
	}
	if err := expect(d, '}'); err != nil {
		return err
	}
	if format != Format {
		return fmt.Errorf("%w (its format is %q)", ErrNotGraph, format)
	}
	return nil
}

func scanList[T any](d *json.Decoder, do func(T) error) error {
	if err := expect(d, '['); err != nil {
		return err
	}
	for d.More() {
		var v T
		if err := decode(d, &v); err != nil {
			return err
		}
		if err := do(v); err != nil {
			return err
		}
	}
	return expect(d, ']')
}

func expect(d *json.Decoder, want json.Delim) error {
	t, err := d.Token()
	if err == nil && t != want {
		err = fmt.Errorf("%v instead of %v", t, want)
	}
	return notGraph(err)
}

func decode(d *json.Decoder, v any) error { return notGraph(d.Decode(v)) }

func notGraph(err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%w: %w", ErrNotGraph, err)
}

// Split cuts a merged graph into those of its reports, by the reports' ids:
// [Merge] makes the graph of them again. What belongs to no report goes with
// the first.
func (g *Graph) Split() map[string]*Graph {
	out := map[string]*Graph{}
	var ids []string
	for _, n := range g.Nodes {
		if n.Report != nil {
			ids = append(ids, n.Report.ID)
			out[n.Report.ID] = &Graph{Format: Format, Directed: true, Multigraph: true, Meta: Meta{Tool: g.Meta.Tool}}
		}
	}
	if len(ids) == 0 {
		return out
	}
	nodes := g.byID()
	from := map[string][]Edge{}
	for _, e := range g.Edges {
		from[e.Source] = append(from[e.Source], e)
	}
	used, left := map[string]bool{}, map[string]bool{}
	follow := func(part *Graph, id string) {
		seen := map[string]bool{id: true}
		for queue := []string{id}; len(queue) > 0; {
			id, queue = queue[0], queue[1:]
			used[id] = true
			if n, ok := nodes[id]; ok {
				part.Nodes = append(part.Nodes, n)
			}
			part.Edges = append(part.Edges, from[id]...)
			for _, e := range from[id] {
				next := []string{e.Target}
				if e.Cites != nil {
					for _, f := range e.Findings {
						next = append(next, f.Candidates...)
					}
				}
				for _, to := range next {
					if !seen[to] {
						seen[to] = true
						queue = append(queue, to)
					}
				}
			}
		}
	}
	for _, id := range ids {
		follow(out[id], id)
	}
	first := out[slices.Min(ids)]
	for _, n := range g.Nodes {
		if id := n.ID(); !used[id] {
			left[id] = true
			first.Nodes = append(first.Nodes, n)
		}
	}
	for _, e := range g.Edges {
		if left[e.Source] || !used[e.Source] && !strings.HasPrefix(e.Source, "report:") {
			first.Edges = append(first.Edges, e)
		}
	}
	first.Problems = g.Problems
	for _, part := range out {
		part.finish()
	}
	return out
}
