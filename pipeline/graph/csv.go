package graph

import (
	"encoding/csv"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode"

	"citecheck/pipeline/cite"
)

// WriteFindingsCSV writes one row for each finding of a citation, a note or a
// report, in the order of the report.
func WriteFindingsCSV(w io.Writer, g *Graph) error {
	t := newTable(w, "report", "page", "note", "sentence", "citation", "target", "title", "citation_verdict", "check", "verdict", "claimed", "found",
		"reason", "suggestion", "evidence", "evidence_place", "evidence_words", "accepted")
	nodes := g.byID()
	add := func(n *Note, rep *Report, e *Edge, f Finding) {
		row := make([]string, 18)
		if rep != nil {
			row[0] = rep.File
		}
		if n != nil {
			if n.Page > 0 {
				row[1] = strconv.Itoa(n.Page)
			}
			row[2] = n.Label
			row[3] = sentences(n)
			row[4] = n.Text
		}
		if e != nil {
			row[4], row[7] = e.Text, string(e.Verdict)
			if t := nodes[e.Target]; t.Document != nil {
				row[5], row[6] = t.Document.Symbol, t.Document.Title
			} else if t.Work != nil {
				row[5] = t.Name()
			}
			if e.Suggestion != nil {
				row[13] = *e.Suggestion
			}
		}
		row[8], row[9], row[10], row[11], row[12] = f.Check, string(f.Verdict), f.Claimed, f.Found, f.Reason
		if v := f.Evidence; v != nil {
			row[14] = v.Source
			if v.URL != nil {
				row[14] = *v.URL
			}
			row[15], row[16] = v.Place, v.Quote
		}
		if f.Accepted != nil {
			row[17] = f.Accepted.Reason
		}
		t.row(row)
	}
	g.eachFinding(add)
	return t.end()
}

// eachFinding calls do with every finding: those of each report, then note by
// note those of the note and those of its citations.
func (g *Graph) eachFinding(do func(n *Note, rep *Report, e *Edge, f Finding)) {
	nodes := g.byID()
	cites := map[string][]*Edge{}
	for i := range g.Edges {
		if e := &g.Edges[i]; e.Cites != nil {
			cites[e.Source] = append(cites[e.Source], e)
		}
	}
	for _, n := range g.Nodes {
		if n.Report != nil {
			for _, f := range n.Report.Findings {
				do(nil, n.Report, nil, f)
			}
		}
		if n.Note == nil {
			continue
		}
		rep := nodes[n.Note.Report].Report
		for _, f := range n.Note.Findings {
			do(n.Note, rep, nil, f)
		}
		for _, e := range cites[n.Note.ID] {
			for _, f := range e.Findings {
				do(n.Note, rep, e, f)
			}
		}
	}
}

func sentences(n *Note) string {
	var out []string
	for _, m := range n.Markers {
		out = append(out, m.Sentence)
	}
	return strings.Join(out, " … ")
}

// WriteNodesCSV writes one row for each node.
func WriteNodesCSV(w io.Writer, g *Graph) error {
	t := newTable(w, "id", "kind", "name", "report", "label", "placement", "page", "text", "symbol", "body", "series", "date", "title", "url", "findings")
	for _, n := range g.Nodes {
		row := make([]string, 15)
		row[0], row[2] = n.ID(), n.Name()
		switch v := n.value().(type) {
		case *Report:
			row[1], row[3], row[12], row[14] = v.Kind, v.File, v.Title, strconv.Itoa(len(v.Findings))
		case *Note:
			row[1], row[3], row[4], row[5], row[7], row[14] = v.Kind, v.Report, v.Label, v.Placement, v.Text, strconv.Itoa(len(v.Findings))
			if v.Page > 0 {
				row[6] = strconv.Itoa(v.Page)
			}
		case *Document:
			row[1], row[8], row[9], row[10], row[11], row[12], row[13] = v.Kind, v.Symbol, v.Body, v.Series, v.Date, v.Title, v.address()
		case *Work:
			year, month, day := Item{Work: v.CSL}.issued()
			row[1], row[10], row[11], row[12], row[13] = v.Kind, v.CSL.Type, cite.Date{Year: year, Month: month, Day: day}.String(), v.CSL.Title, webAddress(v.CSL.URL)
		case *Open:
			row[1], row[7] = v.Kind, v.Text
		}
		t.row(row)
	}
	return t.end()
}

// WriteEdgesCSV writes one row for each edge.
func WriteEdgesCSV(w io.Writer, g *Graph) error {
	t := newTable(w, "source", "target", "key", "relation", "place", "text", "via", "antecedent", "pinpoints", "verdict", "reasons", "suggestion")
	for _, e := range g.Edges {
		row := []string{e.Source, e.Target, e.Key, e.Relation, e.Place, "", "", "", "", "", "", ""}
		if c := e.Cites; c != nil {
			row[5], row[6], row[7], row[8], row[9] = c.Text, string(c.Via), c.Antecedent, pins(c.Pinpoints), string(c.Verdict)
			row[10] = strings.Join(reasons(c), "; ")
			if c.Suggestion != nil {
				row[11] = *c.Suggestion
			}
		}
		t.row(row)
	}
	return t.end()
}

// reasons are those of the findings that made the citation's verdict.
func reasons(c *Cites) []string {
	var out []string
	for _, f := range c.Findings {
		if f.Verdict == c.Verdict && !cite.Advice[f.Check] && f.Reason != "" {
			out = append(out, f.Reason)
		}
	}
	return out
}

// pins is "para 38, page 4-6".
func pins(all []cite.Pin) string {
	var out []string
	for _, p := range all {
		s := fmt.Sprintf("%s %v", p.Unit, p.From)
		if fmt.Sprint(p.To) != fmt.Sprint(p.From) {
			s += fmt.Sprintf("-%v", p.To)
		}
		out = append(out, s+p.Sub)
	}
	return strings.Join(out, ", ")
}

// A table writes rows that a spreadsheet opens as text.
type table struct {
	w   *csv.Writer
	err error
}

func newTable(w io.Writer, head ...string) *table {
	// Excel takes a file without the mark for one in the machine's own
	// encoding, and wants CR LF.
	_, err := io.WriteString(w, "\ufeff")
	t := &table{csv.NewWriter(w), err}
	t.w.UseCRLF = true
	t.row(head)
	return t
}

func (t *table) row(cells []string) {
	safe := make([]string, len(cells))
	for i, c := range cells {
		safe[i] = cell(c)
	}
	if err := t.w.Write(safe); t.err == nil {
		t.err = err
	}
}

func (t *table) end() error {
	t.w.Flush()
	if t.err != nil {
		return t.err
	}
	return t.w.Error()
}

// maxCell is what Excel takes in one cell; it cuts or refuses more.
const maxCell = 32_000

// cell makes s one line that no spreadsheet takes for a formula: what begins
// with a sign of one, whatever space stands before it, is led by an
// apostrophe. The full-width signs are those that some turn into plain ones.
func cell(s string) string {
	s = clip(line(s), maxCell)
	begin := strings.TrimLeftFunc(s, func(r rune) bool { return unicode.IsSpace(r) || !unicode.IsGraphic(r) || r == '"' || r == '\'' })
	if begin != "" && strings.ContainsRune("=+-@＝＋－＠−|%", []rune(begin)[0]) {
		return "'" + s
	}
	return s
}
