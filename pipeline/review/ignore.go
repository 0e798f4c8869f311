// Package review is the editor's loop from draft to draft: which findings an
// editor has accepted, and what changed between two drafts. It knows graphs
// and compares them by content, never by the numbers of notes; it knows
// nothing of how a verdict came about.
package review

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"citecheck/pipeline/cite"
	"citecheck/pipeline/graph"
)

// Format names the form of a list of accepted findings.
const Format = "citecheck-ignore/1"

// A List holds the findings that an editor has accepted: citecheck.ignore.json.
type List struct {
	Format   string  `json:"format"`
	Findings []Entry `json:"findings"`
}

// An Entry is one accepted finding, named by what it says: the same citation
// with the same finding is accepted in the next draft, whatever its number.
// A finding that says something else, or something worse, is a new one.
type Entry struct {
	Check   string       `json:"check"`
	Verdict cite.Verdict `json:"verdict"`
	Target  string       `json:"target"` // what the citation means; "" for a finding of a note or a report
	Text    string       `json:"text"`   // of the citation or the note
	Claimed string       `json:"claimed"`
	Found   string       `json:"found"`
	Reason  string       `json:"reason"` // why it was accepted
	By      string       `json:"by,omitempty"`
}

func (e Entry) key() graph.Key {
	return graph.KeyOf(e.Text, e.Target, graph.Finding{Check: e.Check, Claimed: e.Claimed, Found: e.Found})
}

// covers tells whether e accepts a finding with its key: one that is no worse.
func (e Entry) covers(v cite.Verdict) bool { return v.Rank() >= e.Verdict.Rank() }

// ReadList reads a list.
func ReadList(r io.Reader) (*List, error) {
	var l List
	d := json.NewDecoder(r)
	if err := d.Decode(&l); err != nil {
		return nil, fmt.Errorf("not a list of accepted findings: %w", err)
	}
	if l.Format != Format {
		return nil, fmt.Errorf("not a list of accepted findings of format %s (its format is %q)", Format, l.Format)
	}
	for i, e := range l.Findings {
		switch {
		case strings.TrimSpace(e.Reason) == "":
			return nil, fmt.Errorf("entry %d (%s) gives no reason; each needs one", i+1, e.Check)
		case e.Check == "" || !slices.Contains(cite.Verdicts, e.Verdict):
			return nil, fmt.Errorf("entry %d: %q, %q is no check with a verdict", i+1, e.Check, e.Verdict)
		}
	}
	return &l, nil
}

// Write writes the list in one order.
func (l *List) Write(w io.Writer) error {
	out := List{Format: Format, Findings: append([]Entry{}, l.Findings...)}
	slices.SortFunc(out.Findings, func(a, b Entry) int {
		return cmp.Or(strings.Compare(a.Check, b.Check), strings.Compare(a.Target, b.Target), strings.Compare(a.Text, b.Text),
			strings.Compare(a.Claimed, b.Claimed), strings.Compare(a.Found, b.Found))
	})
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	return e.Encode(out)
}

// Add takes an entry in; one with the same key makes room for it.
func (l *List) Add(e Entry) {
	l.Findings = slices.DeleteFunc(l.Findings, func(o Entry) bool { return o.key() == e.key() })
	l.Findings = append(l.Findings, e)
}

// A Place is a finding where it stands.
type Place struct {
	Report *graph.Report
	Note   *graph.Note // nil for a finding of the report
	Edge   *graph.Edge // nil for a finding that is of no citation
	*graph.Finding
}

// Entry is the entry that accepts the finding.
func (p Place) Entry(reason, by string) Entry {
	e := Entry{Check: p.Check, Verdict: p.Verdict, Claimed: p.Claimed, Found: p.Found, Reason: reason, By: by}
	switch {
	case p.Edge != nil:
		e.Text, e.Target = p.Edge.Text, p.Edge.Target
		if strings.HasPrefix(e.Target, "unresolved:") {
			e.Target = "unresolved"
		}
	case p.Note != nil:
		e.Text = p.Note.Text
		if e.Claimed == p.Note.Label {
			e.Claimed = "" // its number, which the next draft changes
		}
	}
	return e
}

// Places are the findings of a graph, report by report and note by note.
func Places(g *graph.Graph) []Place {
	var out []Place
	reports := map[string]*graph.Report{}
	cites := map[string][]*graph.Edge{}
	for i := range g.Edges {
		if e := &g.Edges[i]; e.Cites != nil {
			cites[e.Source] = append(cites[e.Source], e)
		}
	}
	for _, n := range g.Nodes {
		if r := n.Report; r != nil {
			reports[r.ID] = r
			for i := range r.Findings {
				out = append(out, Place{Report: r, Finding: &r.Findings[i]})
			}
		}
		if n.Note == nil {
			continue
		}
		r := reports[n.Note.Report]
		for i := range n.Note.Findings {
			out = append(out, Place{r, n.Note, nil, &n.Note.Findings[i]})
		}
		for _, e := range cites[n.Note.ID] {
			for i := range e.Findings {
				out = append(out, Place{r, n.Note, e, &e.Findings[i]})
			}
		}
	}
	return out
}

// A Marker marks findings in graphs as accepted, and remembers which entries
// it has met.
type Marker struct {
	byKey map[graph.Key]*Entry
	list  *List
	met   map[graph.Key]bool
}

// NewMarker makes a marker of a list; a nil list accepts nothing.
func NewMarker(l *List) *Marker {
	m := &Marker{byKey: map[graph.Key]*Entry{}, list: l, met: map[graph.Key]bool{}}
	if l != nil {
		for i := range l.Findings {
			m.byKey[l.Findings[i].key()] = &l.Findings[i]
		}
	}
	return m
}

// Mark marks what is accepted, and nothing else: earlier marks go. It tells
// whether the graph is another than before. Nothing that a source bears out
// is ever marked.
func (m *Marker) Mark(g *graph.Graph) bool {
	changed := false
	for _, p := range Places(g) {
		var now *graph.Accepted
		k := p.Entry("", "").key()
		if e := m.byKey[k]; e != nil && e.covers(p.Verdict) && p.Verdict != cite.Verified {
			m.met[k] = true
			now = &graph.Accepted{Reason: e.Reason, By: e.By}
		}
		if (now == nil) != (p.Accepted == nil) || now != nil && *now != *p.Accepted {
			p.Accepted = now
			changed = true
		}
	}
	if changed {
		g.Recount()
	}
	return changed
}

// Stale are the entries that no graph marked so far had a finding for.
func (m *Marker) Stale() []Entry {
	var out []Entry
	if m.list == nil {
		return nil
	}
	for _, e := range m.list.Findings {
		if !m.met[e.key()] {
			out = append(out, e)
		}
	}
	return out
}
