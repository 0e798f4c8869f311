// Package report writes report.html: a citation graph for people, worst
// first, each finding beside its sentence, note and evidence. It knows how a
// graph reads; it decides nothing. Whatever stands in a report or on a page
// stays text: it reaches the file only through html/template, never inside a
// script.
package report

import (
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"io"
	"net/url"
	"slices"
	"strings"

	"citecheck/pipeline/cite"
	"citecheck/pipeline/graph"
)

//go:embed report.gohtml
var page string

//go:embed report.css
var css string

//go:embed report.js
var js string

var tmpl = template.Must(template.New("report").Funcs(template.FuncMap{
	"words": words, "link": link, "pins": pins,
}).Parse(page))

// view is what the template shows.
type view struct {
	CSS    template.CSS
	JS     template.JS
	Policy string
	Title  string
	Tool   string
	Counts []countView
	Cites  []citeView
	Notes  []adviceView // findings about notes and reports
	Style  []adviceView // findings of check style, gravest first
	Files  []*graph.Report
	Probs  []cite.Problem
	Meta   graph.Meta
	Legend []legendView
}

type countView struct {
	Verdict cite.Verdict
	N       int
}

type legendView struct {
	Verdict cite.Verdict
	Means   string
}

type citeView struct {
	Edge   graph.Edge
	Note   *graph.Note
	Report *graph.Report
	Target targetView
	Finds  []findView // worst first
}

type targetView struct {
	Name, Title, Date, URL string
}

type findView struct {
	graph.Finding
	Advice bool
	Fits   []targetView
}

type adviceView struct {
	Where string
	F     graph.Finding
}

var legend = []legendView{
	{cite.Contradicted, "A source that was read says otherwise; its words are shown."},
	{cite.NotFound, "A complete list of its kind was read, and this is not in it."},
	{cite.Questioned, "Something looks wrong and a person should decide."},
	{cite.Unreachable, "Nobody could look: no network, no answer, a closed door. It says nothing of the author; run again to ask again."},
	{cite.Unverifiable, "Nothing that is read here could settle it: a press article, a book."},
	{cite.Verified, "Every check that applies was made and agreed, with evidence."},
}

// Write writes the page.
func Write(w io.Writer, g *graph.Graph) error {
	return tmpl.Execute(w, viewOf(g))
}

func viewOf(g *graph.Graph) view {
	v := view{CSS: template.CSS(css), JS: template.JS(js), Tool: g.Meta.Tool, Meta: g.Meta, Probs: g.Problems, Legend: legend}
	// Only this page's own style and script run, and nothing is loaded.
	v.Policy = fmt.Sprintf("default-src 'none'; style-src '%s'; script-src '%s'; base-uri 'none'; form-action 'none'", hash(css), hash(js))
	byID := map[string]graph.Node{}
	for _, n := range g.Nodes {
		byID[n.ID()] = n
		if n.Report != nil {
			v.Files = append(v.Files, n.Report)
			for _, f := range n.Report.Findings {
				v.advise(n.Report.File, f)
			}
		}
		if n.Note != nil {
			for _, f := range n.Note.Findings {
				v.advise(where(n.Note, byID[n.Note.Report].Report, len(v.Files) > 1), f)
			}
		}
	}
	slices.SortStableFunc(v.Style, func(a, b adviceView) int {
		return slices.Index(severities, a.F.Severity) - slices.Index(severities, b.F.Severity)
	})
	v.Title = "Citations checked"
	if len(v.Files) == 1 {
		v.Title = first(v.Files[0].Title, v.Files[0].File)
	}
	for _, x := range cite.Verdicts {
		v.Counts = append(v.Counts, countView{x, g.Meta.Verdicts[x]})
	}
	for _, e := range g.Edges {
		if e.Cites != nil {
			v.Cites = append(v.Cites, citeOf(e, byID))
		}
	}
	slices.SortStableFunc(v.Cites, func(a, b citeView) int {
		if d := a.Edge.Verdict.Rank() - b.Edge.Verdict.Rank(); d != 0 {
			return d
		}
		if d := strings.Compare(a.Report.File, b.Report.File); d != 0 {
			return d
		}
		return a.Note.Seq - b.Note.Seq
	})
	return v
}

// severities of remarks on style, gravest first.
var severities = []string{"error", "warning", "style", "note"}

// advise adds a finding about a note or a report: what is about style stands
// apart.
func (v *view) advise(where string, f graph.Finding) {
	if f.Check == "style" {
		v.Style = append(v.Style, adviceView{where, f})
		return
	}
	v.Notes = append(v.Notes, adviceView{where, f})
}

func citeOf(e graph.Edge, byID map[string]graph.Node) citeView {
	c := citeView{Edge: e, Note: byID[e.Source].Note, Target: target(byID[e.Target], e.Target)}
	c.Report = byID[c.Note.Report].Report
	for _, f := range e.Findings {
		fv := findView{Finding: f, Advice: cite.Advice[f.Check]}
		for _, id := range f.Candidates {
			fv.Fits = append(fv.Fits, target(byID[id], id))
		}
		c.Finds = append(c.Finds, fv)
	}
	slices.SortStableFunc(c.Finds, func(a, b findView) int { return a.Verdict.Rank() - b.Verdict.Rank() })
	return c
}

// target names a cited thing for people.
func target(n graph.Node, id string) targetView {
	switch {
	case n.Document != nil:
		t := targetView{Name: n.Document.Symbol, Title: n.Document.Title, Date: n.Document.Date}
		if len(n.Document.URLs) > 0 {
			t.URL = n.Document.URLs[0]
		}
		return t
	case n.Work != nil:
		return targetView{Name: first(n.Work.CSL.Title, "a work without a title"), Title: first(n.Work.CSL.ContainerTitle, n.Work.CSL.Publisher), URL: n.Work.CSL.URL}
	case n.Open != nil:
		return targetView{Name: "unresolved", Title: n.Open.Reason}
	}
	symbol := strings.TrimPrefix(id, "un:")
	return targetView{Name: symbol, URL: "https://docs.un.org/en/" + symbol}
}

// where names a note's place for people.
func where(n *graph.Note, r *graph.Report, many bool) string {
	s := "note " + n.Label
	switch n.Placement {
	case "inline":
		s = "running text"
	case "table":
		s = "table note " + n.Label
	case "list":
		s = "entry " + n.Label
	}
	if n.Page > 0 {
		s += fmt.Sprintf(", page %d", n.Page)
	}
	if many && r != nil {
		s = r.File + ", " + s
	}
	return s
}

// Where is the citation's place, with its file when there are several.
func (c citeView) Where(files []*graph.Report) string { return where(c.Note, c.Report, len(files) > 1) }

// Cited splits the note's text around the citation.
func (c citeView) Cited() [3]string {
	r := []rune(c.Note.Text)
	s, e := min(c.Edge.Span.Start, len(r)), min(c.Edge.Span.End, len(r))
	if s > e {
		s, e = 0, 0
	}
	return [3]string{string(r[:s]), string(r[s:e]), string(r[e:])}
}

// words is a verdict as people read it.
func words(v cite.Verdict) string { return strings.ReplaceAll(string(v), "_", " ") }

// pins is "para. 38" for people.
func pins(ps []cite.Pin) string {
	var out []string
	for _, p := range ps {
		s := fmt.Sprintf("%s %v", p.Unit, p.From)
		if p.To != p.From {
			s += fmt.Sprintf("–%v", p.To)
		}
		out = append(out, s+p.Sub)
	}
	return strings.Join(out, ", ")
}

// link lets through web addresses and nothing else.
func link(s any) string {
	text, ok := s.(string)
	if p, isPtr := s.(*string); isPtr && p != nil {
		text, ok = *p, true
	}
	u, err := url.Parse(text)
	if !ok || err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || u.User != nil {
		return ""
	}
	return u.String()
}

func hash(s string) string {
	sum := sha256.Sum256([]byte(s))
	return "sha256-" + base64.StdEncoding.EncodeToString(sum[:])
}

func first(a, b string) string {
	if a != "" {
		return a
	}
	return b
}
