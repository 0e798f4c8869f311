package graph

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"citecheck/pipeline/cite"
)

// dotColours are those of the verdicts, told apart in print and by people who
// do not see red and green apart.
var dotColours = map[cite.Verdict]string{cite.Contradicted: "#b2182b", cite.NotFound: "#b2182b", cite.Questioned: "#b8860b",
	cite.Unreachable: "#4393c3", cite.Unverifiable: "#999999", cite.Verified: "#1b7837"}

// WriteDOT writes the graph for Graphviz, documents and reports as boxes, an
// edge in the colour of its verdict.
func WriteDOT(w io.Writer, g *Graph) error {
	b := bufio.NewWriter(w)
	b.WriteString("digraph citations {\n  rankdir=LR;\n  node [fontname=\"Helvetica\", fontsize=10];\n  edge [fontname=\"Helvetica\", fontsize=8];\n")
	for _, n := range g.Nodes {
		shape := map[string]string{"report": "folder", "note": "ellipse", "document": "box", "work": "note", "unresolved": "diamond"}[n.kind()]
		fmt.Fprintf(b, "  %s [label=%s, shape=%s", dotText(n.ID(), 0), dotText(n.Name(), 60), shape)
		if n.Document != nil {
			if u := n.Document.address(); u != "" {
				fmt.Fprintf(b, ", URL=%s", dotText(u, 0))
			}
			fmt.Fprintf(b, ", tooltip=%s", dotText(first(n.Document.Title, n.Document.Symbol), 200))
		}
		if n.Note != nil {
			fmt.Fprintf(b, ", tooltip=%s", dotText(n.Note.Text, 200))
		}
		b.WriteString("];\n")
	}
	for _, e := range g.Edges {
		fmt.Fprintf(b, "  %s -> %s [", dotText(e.Source, 0), dotText(e.Target, 0))
		switch {
		case e.Cites != nil:
			fmt.Fprintf(b, "color=%q, label=%s, tooltip=%s", dotColours[e.Verdict], dotText(pins(e.Pinpoints), 40), dotText(string(e.Verdict)+": "+e.Text, 200))
			if e.Verdict != cite.Verified {
				b.WriteString(", style=" + map[bool]string{true: "bold", false: "dashed"}[e.Verdict.Rank() <= cite.NotFound.Rank()])
			}
		case e.Relation == "has_note":
			b.WriteString("color=\"#cccccc\", arrowhead=none")
		default:
			fmt.Fprintf(b, "style=dotted, label=%s", dotText(strings.TrimSpace(e.Relation+" "+e.Place), 40))
		}
		b.WriteString("];\n")
	}
	b.WriteString("}\n")
	return b.Flush()
}

// dotText is a quoted string of DOT: a backslash is doubled, for Graphviz
// reads \N, \G and \l in a label, and the quotes make sure that no text is
// taken for HTML. clip 0 leaves the length alone.
func dotText(s string, most int) string {
	s = line(s)
	if most > 0 {
		s = clip(s, most)
	}
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(s) + `"`
}

// kind is the word of the contract for the node's kind.
func (n Node) kind() string {
	return []string{"report", "note", "document", "work", "unresolved"}[n.rank()]
}
