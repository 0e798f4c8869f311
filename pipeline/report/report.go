// Package report writes report.html: a citation graph for people, worst
// first, each finding beside its sentence, note and evidence. It knows how a
// graph reads; it decides nothing. Whatever stands in a report or on a page
// stays text: it reaches the file only through html/template, never inside a
// script; the page's scripts read it from where it stands.
package report

import (
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"io"
	"net/url"
	"path"
	"slices"
	"strings"

	"citecheck/pipeline/cite"
	"citecheck/pipeline/graph"
	"citecheck/pipeline/review"
)

//go:embed report.gohtml
var page string

//go:embed report.css
var css string

//go:embed report.js
var js string

//go:embed network.js
var networkJS string

// The graph library (cytoscape.LICENSE), as testdata/tools/browser/vendor.sh
// takes it from npm.
//
//go:embed cytoscape.min.js
var library string

var tmpl = template.Must(template.New("report").Funcs(template.FuncMap{
	"words": words, "sign": sign, "link": link, "archived": archived, "pins": pins, "day": graph.Day, "plural": plural, "about": about,
}).Parse(page))

// view is what the template shows.
type view struct {
	CSS      template.CSS
	JS       template.JS
	Network  template.JS
	Library  template.HTML // inert where it stands: network.js starts it when the picture comes into view
	Policy   string
	Title    string
	Tool     string
	Key      string // names this set of reports in the browser's store
	Counts   []countView
	Next     []stepView
	Cites    []citeView
	Checks   []string     // that any citation shown was put to
	Notes    []adviceView // findings about notes and reports
	Style    []adviceView // findings of check style, gravest first
	Files    []*graph.Report
	Bare     map[string]bool // reports, by id, in which no note was found
	Probs    []cite.Problem
	Meta     graph.Meta
	Legend   []legendView
	Rows     []rowView
	Organs   int
	Pictures []Picture
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
	ID     string
	Edge   graph.Edge
	Stands cite.Verdict
	Note   *graph.Note
	Report *graph.Report
	File   int // index of the report
	Place  int // in the reading order of all reports
	Target targetView
	Open   bool // what is cited is not clear: the citation's own words name it
	Entry  review.Entry
	Checks []string
	Groups []groupView
	Claims []claimView
	drawn  map[string]bool // the pictures that the page has
}

type targetView struct {
	Name, Title, Date, URL string
}

// groupView is findings that say the same sort of thing.
type groupView struct {
	Kind string // "against", "accepted", "unreachable", "unverifiable", "agreed", "advice"
	Lead string
	Fold bool
	List []findView
}

type findView struct {
	graph.Finding
	Advice bool
	Fits   []targetView
	Entry  review.Entry // what accepts it
}

// Acceptable tells whether there is anything to accept, as citecheck ignore
// has it.
func (f findView) Acceptable() bool { return f.Verdict.Rank() <= cite.Unreachable.Rank() }

type adviceView struct {
	Where string
	F     findView
}

type claimView struct{ Name, Value string }

var legend = []legendView{
	{cite.Contradicted, "A source that was read says otherwise; its words are shown."},
	{cite.NotFound, "A complete list of its kind was read, and this is not in it."},
	{cite.Questioned, "Something looks wrong and a person should decide."},
	{cite.Unreachable, "Nobody could look: no network, no answer, a closed door. It says nothing of the author; run again to ask again."},
	{cite.Unverifiable, "Nothing that is read here could settle it: a press article, a book."},
	{cite.Verified, "Every check that applies was made and agreed, with evidence."},
	{graph.Settled, "An editor accepted what was said against it, with a reason. Nobody has verified it."},
}

// Write writes the page, with pictures of pages where there are any.
func Write(w io.Writer, g *graph.Graph, pictures ...Picture) error {
	return tmpl.Execute(w, viewOf(g, pictures))
}

func viewOf(g *graph.Graph, pictures []Picture) view {
	v := view{CSS: template.CSS(css), JS: template.JS(js), Network: template.JS(networkJS), Library: template.HTML(library),
		Tool: g.Meta.Tool, Meta: g.Meta, Probs: g.Problems, Legend: legend, Pictures: pictures}
	// Only this page's own style and scripts run, and nothing is loaded.
	v.Policy = fmt.Sprintf("default-src 'none'; style-src '%s'; script-src '%s' '%s' '%s'; base-uri 'none'; form-action 'none'",
		hash(css), hash(js), hash(networkJS), hash(library))
	byID := map[string]graph.Node{}
	files := map[string]int{}
	for _, n := range g.Nodes {
		byID[n.ID()] = n
		if n.Report != nil {
			files[n.Report.ID] = len(v.Files)
			v.Files = append(v.Files, n.Report)
		}
	}
	drawn := map[string]bool{}
	for _, p := range pictures {
		drawn[p.ID()] = true
	}
	var ids []string
	for _, f := range v.Files {
		ids = append(ids, f.ID)
	}
	v.Key = hash(strings.Join(ids, "\n"))
	for _, p := range review.Places(g) {
		if p.Edge != nil {
			continue
		}
		where := p.Report.File
		if p.Note != nil {
			where = place(p.Note, p.Report, len(v.Files) > 1)
		}
		v.advise(where, findOf(p, byID))
	}
	slices.SortStableFunc(v.Style, func(a, b adviceView) int {
		return slices.Index(severities, a.F.Severity) - slices.Index(severities, b.F.Severity)
	})
	v.Title = "Citations checked"
	if len(v.Files) == 1 {
		v.Title = first(v.Files[0].Title, v.Files[0].File)
	}
	for i := range g.Edges {
		if g.Edges[i].Cites != nil {
			c := citeOf(&g.Edges[i], byID)
			c.File = files[c.Report.ID]
			c.drawn = drawn
			v.Cites = append(v.Cites, c)
		}
	}
	v.Bare = bare(g, len(v.Cites))
	v.sort()
	v.checks()
	v.count()
	v.Next = v.steps()
	v.Rows, v.Organs = rows(g, v.Cites, files)
	return v
}

// bare are the reports without notes. Where the page does not show all
// citations, the notes at hand are not all, and it says nothing.
func bare(g *graph.Graph, shown int) map[string]bool {
	out := map[string]bool{}
	for _, n := range g.Nodes {
		if n.Report != nil && shown == g.Meta.Citations {
			out[n.Report.ID] = true
		}
	}
	for _, n := range g.Nodes {
		if n.Note != nil {
			delete(out, n.Note.Report)
		}
	}
	return out
}

// sort puts the worst first, and gives each citation its name on the page and
// its place in reading order.
func (v *view) sort() {
	slices.SortStableFunc(v.Cites, func(a, b citeView) int {
		if d := a.File - b.File; d != 0 {
			return d
		}
		return a.Note.Seq - b.Note.Seq
	})
	for i := range v.Cites {
		v.Cites[i].Place = i
	}
	slices.SortStableFunc(v.Cites, func(a, b citeView) int { return a.Stands.Rank() - b.Stands.Rank() })
	for i := range v.Cites {
		v.Cites[i].ID = fmt.Sprintf("c%d", i+1)
	}
}

func (v *view) checks() {
	for _, c := range v.Cites {
		for _, check := range c.Checks {
			if !slices.Contains(v.Checks, check) {
				v.Checks = append(v.Checks, check)
			}
		}
	}
	slices.Sort(v.Checks)
}

func (v *view) count() {
	for _, x := range cite.Verdicts {
		v.Counts = append(v.Counts, countView{x, v.Meta.Verdicts[x]})
	}
	v.Counts = append(v.Counts, countView{graph.Settled, v.Meta.Accepted})
}

// severities of remarks on style, gravest first.
var severities = []string{"error", "warning", "style", "note"}

// advise adds a finding about a note or a report: what is about style stands
// apart.
func (v *view) advise(where string, f findView) {
	if f.Check == "style" {
		v.Style = append(v.Style, adviceView{where, f})
		return
	}
	v.Notes = append(v.Notes, adviceView{where, f})
}

func citeOf(e *graph.Edge, byID map[string]graph.Node) citeView {
	c := citeView{Edge: *e, Stands: e.Stands(), Note: byID[e.Source].Note, Target: target(byID[e.Target], e.Target)}
	c.Report = byID[c.Note.Report].Report
	c.Open = byID[e.Target].Open != nil
	c.Claims = claims(e.Claims)
	c.Entry = review.Place{Report: c.Report, Note: c.Note, Edge: e, Finding: &graph.Finding{}}.Entry("", "")
	var finds []findView
	for i := range e.Findings {
		f := findOf(review.Place{Report: c.Report, Note: c.Note, Edge: e, Finding: &e.Findings[i]}, byID)
		finds = append(finds, f)
		if !slices.Contains(c.Checks, f.Check) {
			c.Checks = append(c.Checks, f.Check)
		}
	}
	slices.SortStableFunc(finds, func(a, b findView) int { return a.Verdict.Rank() - b.Verdict.Rank() })
	c.Groups = groups(finds)
	return c
}

func findOf(p review.Place, byID map[string]graph.Node) findView {
	f := findView{Finding: *p.Finding, Advice: cite.Advice[p.Check], Entry: p.Entry("", "")}
	for _, id := range p.Candidates {
		if t := target(byID[id], id); !slices.Contains(f.Fits, t) { // two works may have the same title
			f.Fits = append(f.Fits, t)
		}
	}
	return f
}

// groups puts together what is said against a citation, what nobody could
// look at, and what agreed: a reader must never take one for the other.
func groups(finds []findView) []groupView {
	all := []groupView{
		{Kind: "against"},
		{Kind: "unreachable", Lead: "Nobody could look. This says nothing of the author:"},
		{Kind: "unverifiable", Lead: "Nothing that was read could settle:"},
		{Kind: "advice", Lead: "Advice, apart from the verdict:"},
		{Kind: "agreed", Lead: "agreed", Fold: true},
	}
	at := func(f findView) int {
		switch {
		case f.Advice && f.Verdict != cite.Verified:
			return 3
		case f.Verdict == cite.Unreachable:
			return 1
		case f.Verdict == cite.Unverifiable:
			return 2
		case f.Verdict == cite.Verified:
			return 4
		}
		return 0
	}
	for _, f := range finds {
		g := &all[at(f)]
		g.List = append(g.List, f)
	}
	return slices.DeleteFunc(all, func(g groupView) bool { return len(g.List) == 0 })
}

// Names say what the checks of a group look at, for the line that it is folded
// into.
func (g groupView) Names() string {
	var out []string
	for _, f := range g.List {
		if a := about(f.Check); !slices.Contains(out, a) {
			out = append(out, a)
		}
	}
	return strings.Join(out, ", ")
}

// abouts are what the checks look at, for people; the checks' own names are for
// programs.
var abouts = map[string]string{
	"exists": "existence", "number-agrees": "number", "date-agrees": "date", "body-agrees": "body", "title-agrees": "title", "type-agrees": "kind of document",
	"year-in-brackets": "year in brackets", "paragraph-exists": "paragraph", "quote-appears": "quotation", "year-agrees": "year in the sentence",
	"vote-agrees": "vote in the sentence", "actor-agrees": "who acts in the sentence", "number-mentioned": "number in the sentence", "number-told": "number in the sentence", "name-agrees": "what the text calls it",
	"short-form": "short form", "superseded": "later changes", "place-exists": "place in the document", "time-fits": "day that cannot be", "meeting-agrees": "meeting", "link-alive": "web address", "link-agrees": "where the address leads", "founded-by": "who created it", "subject-agrees": "what it is on", "numbering": "numbering", "style": "style",
}

func about(check string) string { return first(abouts[check], check) }

// claims are what a citation says of its document.
func claims(c cite.Claims) (out []claimView) {
	number := func(n int) string {
		if n == 0 {
			return ""
		}
		return fmt.Sprint(n)
	}
	year := number(c.Year)
	if !c.Date.IsZero() || c.DateText != "" {
		year = ""
	}
	for _, x := range []claimView{{"date", first(c.DateText, c.Date.Words())}, {"year", year}, {"number", number(c.Number)}, {"title", c.Title}, {"body", c.Body},
		{"type", c.Type}, {"session", c.Session}, {"meeting", c.Meeting}, {"author", c.Author}, {"address", c.URL}} {
		if x.Value != "" {
			out = append(out, x)
		}
	}
	return out
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
		return targetView{Name: "not clear what is cited", Title: n.Open.Reason}
	}
	symbol := strings.TrimPrefix(id, "un:")
	return targetView{Name: symbol, URL: "https://docs.un.org/en/" + symbol}
}

// place names a note's place for people.
func place(n *graph.Note, r *graph.Report, many bool) string {
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

// Agreed tells whether checks agreed: what is suggested stands before them.
func (c citeView) Agreed() bool {
	return slices.ContainsFunc(c.Groups, func(g groupView) bool { return g.Fold })
}

// Where is the citation's place, with its file when there are several.
func (c citeView) Where(files []*graph.Report) string { return place(c.Note, c.Report, len(files) > 1) }

// Cited splits the note's text around the citation.
func (c citeView) Cited() [3]string {
	r := []rune(c.Note.Text)
	s, e := min(c.Edge.Span.Start, len(r)), min(c.Edge.Span.End, len(r))
	if s > e {
		s, e = 0, 0
	}
	return [3]string{string(r[:s]), string(r[s:e]), string(r[e:])}
}

// Words are the citation's own, cut where they are many.
func (c citeView) Words() string {
	if r := []rune(c.Edge.Text); len(r) > 60 {
		return string(r[:59]) + "…"
	}
	return c.Edge.Text
}

// words is a verdict as people read it.
func words(v cite.Verdict) string { return strings.ReplaceAll(string(v), "_", " ") }

// signs tell the verdicts apart for those who do not see their colours.
var signs = map[cite.Verdict]string{cite.Contradicted: "✕", cite.NotFound: "∅", cite.Questioned: "?", cite.Unreachable: "…", cite.Unverifiable: "–", cite.Verified: "✓", graph.Settled: "☑"}

func sign(v cite.Verdict) string { return signs[v] }

// pins is "para 38" for people.
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

func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprint(n, " ", many)
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

// archived is the path from the page to the archive that keeps an answer; ""
// for one that does not lie beside the page.
func archived(warc string) string {
	file, _, _ := strings.Cut(warc, "#")
	if !strings.HasPrefix(file, "evidence/") || path.Clean(file) != file || strings.ContainsAny(file, `\:`) {
		return ""
	}
	return (&url.URL{Path: file}).String()
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
