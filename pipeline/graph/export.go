package graph

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"citecheck/pipeline/cite"
)

// An Export is another form of a graph. Each has a file of its own in this
// package.
type Export struct {
	Name string // as the command line has it
	Doc  string // one line for people
	// Write writes the graph in that form. Whatever a report holds stays text
	// in it: no cell becomes a formula, no name a command.
	Write func(io.Writer, *Graph) error
}

// Exports are all of them, in the order in which help names them.
var Exports = []Export{
	{"graphml", "GraphML for Gephi, yEd, igraph, networkx", WriteGraphML},
	{"csl", "CSL-JSON of the documents and works cited, for Zotero and citeproc", WriteCSL},
	{"bibtex", "BibTeX of the documents and works cited", WriteBibTeX},
	{"ris", "RIS of the documents and works cited, for EndNote and others", WriteRIS},
	{"csv", "a table of the findings, for Excel and LibreOffice", WriteFindingsCSV},
	{"csv-nodes", "a table of the nodes", WriteNodesCSV},
	{"csv-edges", "a table of the edges", WriteEdgesCSV},
	{"dot", "DOT, which Graphviz draws", WriteDOT},
	{"jsonld", "JSON-LD in the OpenCitations data model, with CiTO", WriteJSONLD},
	{"sarif", "SARIF 2.1.0: what is wrong, for code scanning", WriteSARIF},
	{"junit", "JUnit XML, a test case a citation, for CI", WriteJUnit},
}

// Name is what people call a node.
func (n Node) Name() string {
	switch v := n.value().(type) {
	case *Report:
		return first(v.Title, v.File)
	case *Note:
		return v.Name()
	case *Document:
		return v.Symbol
	case *Work:
		return workName(v.CSL)
	}
	return n.Open.Text
}

// Name is "note 5", or "text" for a sentence of the running text that cites.
func (n *Note) Name() string {
	if n.Placement == string(cite.PlaceInline) {
		return "text " + n.Label
	}
	return "note " + n.Label
}

func workName(w cite.Work) string {
	name := first(w.Title, first(w.ContainerTitle, first(w.Note, w.URL)))
	if len(w.Author) > 0 {
		name = first(w.Author[0].Family, w.Author[0].Literal) + ", " + name
	}
	return name
}

// byID finds nodes by their ids.
func (g *Graph) byID() map[string]Node {
	out := make(map[string]Node, len(g.Nodes))
	for _, n := range g.Nodes {
		out[n.ID()] = n
	}
	return out
}

// A field is one attribute of a node or edge in a flat form.
type field struct {
	name  string
	value any // string, int64, float64 or bool
}

// flat makes a node or an edge into attributes: scalars as they are, lists
// and objects as JSON, in the order of their names. Nothing is left out but
// what is null.
func flat(v any) ([]field, error) {
	raw, err := encode(v)
	if err != nil {
		return nil, err
	}
	var all map[string]json.RawMessage
	if err := json.Unmarshal(raw, &all); err != nil {
		return nil, err
	}
	var out []field
	for name, raw := range all {
		var s string
		var b bool
		switch {
		case string(raw) == "null":
		case json.Unmarshal(raw, &s) == nil:
			out = append(out, field{name, s})
		case json.Unmarshal(raw, &b) == nil:
			out = append(out, field{name, b})
		default:
			if n, err := strconv.ParseInt(string(raw), 10, 64); err == nil {
				out = append(out, field{name, n})
			} else {
				out = append(out, field{name, string(raw)})
			}
		}
	}
	slices.SortFunc(out, func(a, b field) int { return strings.Compare(a.name, b.name) })
	return out, nil
}

// line makes s fit for one line of a text format: control characters,
// invisible ones that turn the reading direction, and line ends become
// spaces, runs of which are one.
func line(s string) string {
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool {
		return unicode.IsSpace(r) || unicode.IsControl(r) || r == '\u2028' || r == '\u2029' ||
			r >= '\u202a' && r <= '\u202e' || r >= '\u2066' && r <= '\u2069'
	}), " ")
}

// writeJSON writes v as JSON that a terminal may show: the control characters
// that JSON lets through are escaped too.
func writeJSON(w io.Writer, v any, indent string) error {
	var buf bytes.Buffer
	e := json.NewEncoder(&buf)
	e.SetEscapeHTML(false)
	e.SetIndent("", indent)
	if err := e.Encode(v); err != nil {
		return err
	}
	_, err := io.WriteString(w, escapeControls(buf.String(), `\u%04x`))
	return err
}

// escapeControls writes DEL and the control characters from U+0080 on in the
// escaped form of a format.
func escapeControls(s, form string) string {
	if !strings.ContainsFunc(s, late) {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		if late(r) {
			fmt.Fprintf(&b, form, r)
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}

func late(r rune) bool { return r >= 0x7f && r < 0xa0 }

// clip shortens s to n code points.
func clip(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n-1]) + "…"
	}
	return s
}

// webAddress is u when it is an address that a reader may safely follow, and
// "" when it is anything else ("javascript:", "file:").
func webAddress(u string) string {
	p, err := url.Parse(strings.TrimSpace(u))
	if err != nil || p.Scheme != "http" && p.Scheme != "https" || p.Host == "" {
		return ""
	}
	return p.String()
}

// address is the first web address of a document.
func (d *Document) address() string {
	for _, u := range d.URLs {
		if a := webAddress(u); a != "" {
			return a
		}
	}
	return ""
}
