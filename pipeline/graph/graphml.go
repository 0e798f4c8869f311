package graph

import (
	"bufio"
	"encoding/xml"
	"fmt"
	"io"
	"slices"
	"strings"
)

// WriteGraphML writes every node and edge with all its attributes; lists and
// objects are JSON inside their attribute.
func WriteGraphML(w io.Writer, g *Graph) error {
	b := bufio.NewWriter(w)
	b.WriteString(xml.Header + `<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"` +
		` xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">` + "\n")
	nodes, edges := make([][]field, len(g.Nodes)), make([][]field, len(g.Edges))
	keys := graphmlKeys{}
	for i, n := range g.Nodes {
		f, err := flat(n)
		if err != nil {
			return err
		}
		// Programs that draw look for a label; a note has one of its own.
		f = slices.DeleteFunc(f, func(f field) bool { return f.name == "id" || f.name == "label" })
		if n.Note != nil {
			f = append(f, field{"note_label", n.Note.Label})
		}
		nodes[i] = append(f, field{"label", clip(line(n.Name()), 120)})
		keys.add("node", nodes[i])
	}
	for i, e := range g.Edges {
		f, err := flat(e)
		if err != nil {
			return err
		}
		edges[i] = slices.DeleteFunc(f, func(f field) bool { return f.name == "source" || f.name == "target" })
		keys.add("edge", edges[i])
	}
	keys.write(b)
	fmt.Fprintf(b, "  <graph id=\"G\" edgedefault=\"directed\" parse.nodes=\"%d\" parse.edges=\"%d\">\n", len(nodes), len(edges))
	for i, n := range g.Nodes {
		fmt.Fprintf(b, "    <node id=\"%s\">\n", xmlText(n.ID()))
		keys.data(b, "node", nodes[i])
		b.WriteString("    </node>\n")
	}
	for i, e := range g.Edges {
		// Readers take an edge's id for its key, and want it to be one of a kind.
		fmt.Fprintf(b, "    <edge id=\"e%d\" source=\"%s\" target=\"%s\">\n", i, xmlText(e.Source), xmlText(e.Target))
		keys.data(b, "edge", edges[i])
		b.WriteString("    </edge>\n")
	}
	b.WriteString("  </graph>\n</graphml>\n")
	return b.Flush()
}

// graphmlKeys are the attributes that a file declares: domain and name to type.
type graphmlKeys map[[2]string]string

func (k graphmlKeys) add(domain string, fields []field) {
	for _, f := range fields {
		typ := "string"
		switch f.value.(type) {
		case int64:
			typ = "long"
		case bool:
			typ = "boolean"
		}
		at := [2]string{domain, f.name}
		if old, ok := k[at]; ok && old != typ {
			typ = "string"
		}
		k[at] = typ
	}
}

func (k graphmlKeys) write(w io.Writer) {
	var all [][2]string
	for at := range k {
		all = append(all, at)
	}
	slices.SortFunc(all, func(a, b [2]string) int { return strings.Compare(a[0]+a[1], b[0]+b[1]) })
	for _, at := range all {
		fmt.Fprintf(w, "  <key id=\"%s_%s\" for=\"%s\" attr.name=\"%s\" attr.type=\"%s\"/>\n", at[0], xmlText(at[1]), at[0], xmlText(at[1]), k[at])
	}
}

func (graphmlKeys) data(w io.Writer, domain string, fields []field) {
	for _, f := range fields {
		fmt.Fprintf(w, "      <data key=\"%s_%s\">%s</data>\n", domain, xmlText(f.name), xmlText(fmt.Sprint(f.value)))
	}
}

// xmlText escapes s for XML; characters that XML cannot hold become U+FFFD.
func xmlText(s string) string {
	var b strings.Builder
	xml.EscapeText(&b, []byte(s)) // a Builder never fails
	return escapeControls(b.String(), "&#x%X;")
}
