package graph

import (
	"bytes"
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"testing"

	"citecheck/pipeline/cite"
)

func symbol(t *testing.T, s string) cite.Symbol {
	t.Helper()
	v, err := cite.ParseSymbol(s)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// sample is a report with one citation of each end: a document that was
// read, a work, one left open; and two notes of the same label.
func sample(t *testing.T) (cite.Report, map[cite.Symbol]*cite.Answer) {
	s := symbol(t, "S/RES/2423")
	ev := &cite.Evidence{Source: cite.Source{Name: "builtin", SHA256: strings.Repeat("a", 64)}, Place: "S/RES/2423", Quote: "2018-06-28"}
	open := cite.Finding{Check: "short-form", Verdict: cite.Questioned, Reason: "note 1 cites two sources"}
	r := cite.Report{File: "a.pdf", Files: []string{"a.pdf"}, SHA256: strings.Repeat("b", 64), MediaType: "application/pdf", Title: "A <title> & more", Pages: 3}
	note := func(label, text string, c cite.Citation) cite.Note {
		c.Text, c.Span = text, cite.Span{Start: 0, End: len([]rune(text))}
		return cite.Note{Label: label, Placement: cite.PlaceFoot, Page: 1, Pages: []int{1}, Text: text, Citations: []cite.Citation{c}}
	}
	r.Notes = []cite.Note{
		note("2", "Resolution 2423", cite.Citation{Symbol: s, Via: cite.ViaName, Findings: []cite.Finding{{Check: "exists", Verdict: cite.Verified, Reason: "listed", Evidence: ev}},
			Pinpoints: []cite.Pin{{Unit: cite.UnitPara, From: 38, To: 38}}}),
		note("10", "A book", cite.Citation{Work: &cite.Work{Type: "book", Title: "A book"}, Via: cite.ViaCSL, Findings: []cite.Finding{{Check: "exists", Verdict: cite.Unverifiable, Reason: "a book"}}}),
		note("2", "Ibid.", cite.Citation{Open: &open, Via: cite.ViaIbid, Findings: []cite.Finding{open}}),
	}
	r.Problems = []cite.Problem{{Stage: "read", Item: "a.pdf page 2", Reason: "no text layer"}}
	doc := &cite.Document{Symbol: s, Printed: "S/RES/2423 (2018)", Year: 2018, Number: 2423, Date: cite.Date{Year: 2018, Month: 6, Day: 28}, Body: "Security Council",
		Topic: "The situation in Mali", Sources: []cite.Source{{Name: "builtin", SHA256: strings.Repeat("a", 64)}}}
	return r, map[cite.Symbol]*cite.Answer{s: {Symbol: s, Outcome: cite.Found, Document: doc}}
}

func write(t *testing.T, g *Graph) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := g.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestBuildHoldsToTheSchema(t *testing.T) {
	r, answers := sample(t)
	data := write(t, Build("citecheck v0", r, answers))
	if err := Validate(bytes.NewReader(data)); err != nil {
		t.Fatalf("the graph is not what the schema says: %v", err)
	}
	for _, want := range []string{
		`"id": "un:S/RES/2423"`, `"symbol": "S/RES/2423 (2018)"`, `"S/RES/2423(2018)"`, `#n2~2"`, `"target": "unresolved:report:`, `A <title> & more`,
		`"verified": 1`, `"questioned": 1`, `"unverifiable": 1`, `"contradicted": 0`, `"quotes"`,
	} {
		if want != `"quotes"` && !bytes.Contains(data, []byte(want)) {
			t.Errorf("the graph lacks %s", want)
		}
	}
	if bytes.Contains(data, []byte(": null")) && !bytes.Contains(data, []byte(`"url": null`)) {
		t.Error("a list is null")
	}
	var ids []string
	g, err := Read(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range g.Nodes {
		ids = append(ids, strings.TrimPrefix(n.ID(), "report:"+r.SHA256))
	}
	if ids[0] != "" || ids[1] != "#n2" || ids[2] != "#n2~2" || ids[3] != "#n10" {
		t.Errorf("nodes are not in their order: %q", ids)
	}
	if again := write(t, g); !bytes.Equal(again, data) {
		t.Error("a graph that is read and written again has other bytes")
	}
}

func TestSchemaRefuses(t *testing.T) {
	r, answers := sample(t)
	good := string(write(t, Build("citecheck v0", r, answers)))
	for name, change := range map[string][2]string{
		"an unknown verdict":               {`"verdict": "verified"`, `"verdict": "fine"`},
		"verified without evidence":        {`"check": "exists",`, `"check": "exists", "x": 1,`},
		"a list that is null":              {`"pinpoints": []`, `"pinpoints": null`},
		"a node of no kind":                {`"kind": "work"`, `"kind": "thing"`},
		"an edge of an unknown relation":   {`"relation": "cites"`, `"relation": "quotes"`},
		"a report named by something else": {`"id": "report:`, `"id": "rapport:`},
	} {
		bad := strings.Replace(good, change[0], change[1], 1)
		if name == "verified without evidence" {
			g, _ := Read(strings.NewReader(good))
			for i := range g.Edges {
				if g.Edges[i].Cites != nil && g.Edges[i].Verdict == cite.Verified {
					g.Edges[i].Findings[0].Evidence = nil
				}
			}
			bad = string(write(t, g))
		}
		if bad == good {
			t.Fatalf("%s: the change changes nothing", name)
		}
		if Validate(strings.NewReader(bad)) == nil {
			t.Errorf("the schema lets through %s", name)
		}
	}
}

// TestSchemaNamesEveryField holds the hand-written schema to the Go types.
func TestSchemaNamesEveryField(t *testing.T) {
	var s struct {
		Defs map[string]struct {
			Properties map[string]any `json:"properties"`
		} `json:"$defs"`
	}
	if err := json.Unmarshal(Schema(), &s); err != nil {
		t.Fatal(err)
	}
	for def, typ := range map[string]reflect.Type{
		"meta": reflect.TypeFor[Meta](), "report": reflect.TypeFor[Report](), "note": reflect.TypeFor[Note](), "marker": reflect.TypeFor[Marker](),
		"document": reflect.TypeFor[Document](), "work": reflect.TypeFor[Work](), "unresolved": reflect.TypeFor[Open](), "source": reflect.TypeFor[Source](),
		"edge": reflect.TypeFor[Edge](), "cites": reflect.TypeFor[Cites](), "pinpoint": reflect.TypeFor[cite.Pin](), "claims": reflect.TypeFor[cite.Claims](),
		"finding": reflect.TypeFor[Finding](), "evidence": reflect.TypeFor[Evidence](), "accepted": reflect.TypeFor[Accepted](), "problem": reflect.TypeFor[cite.Problem](), "span": reflect.TypeFor[cite.Span](),
	} {
		fields := map[string]bool{}
		for i := range typ.NumField() {
			name, _, _ := strings.Cut(typ.Field(i).Tag.Get("json"), ",")
			if name == "" || name == "-" {
				continue
			}
			fields[name] = true
			if _, ok := s.Defs[def].Properties[name]; !ok {
				t.Errorf("the schema's %s lacks %q", def, name)
			}
		}
		for name := range s.Defs[def].Properties {
			if !fields[name] {
				t.Errorf("the schema's %s names %q, which no graph has", def, name)
			}
		}
	}
}

func TestMerge(t *testing.T) {
	r, answers := sample(t)
	a := Build("citecheck v0", r, answers)
	r2 := r
	r2.SHA256, r2.File = strings.Repeat("c", 64), "b.pdf"
	b := Build("citecheck v0", r2, nil)
	ab, ba := write(t, Merge("citecheck v0", a, b)), write(t, Merge("citecheck v0", b, a))
	if !bytes.Equal(ab, ba) {
		t.Error("the order of the graphs shows in the merged one")
	}
	m := Merge("citecheck v0", a, b)
	if m.Meta.Reports != 2 || m.Meta.Notes != 6 || m.Meta.Citations != 6 {
		t.Errorf("merged counts are %+v", m.Meta)
	}
	docs := 0
	for _, n := range m.Nodes {
		if n.Document != nil {
			docs++
			if n.Document.Date != "2018-06-28" {
				t.Errorf("the merged document lost its date: %+v", n.Document)
			}
		}
	}
	if docs != 1 {
		t.Errorf("the document that both cite is %d nodes", docs)
	}
	if err := Validate(bytes.NewReader(ab)); err != nil {
		t.Error(err)
	}
	if one := write(t, Merge("citecheck v0", a)); !bytes.Equal(one, write(t, a)) {
		t.Error("merging one graph changes it")
	}
}

// TestMergeJointSymbol: a masthead with two symbols makes the node that was
// cited by the second symbol the same document.
func TestMergeJointSymbol(t *testing.T) {
	first, second := symbol(t, "A/70/357"), symbol(t, "S/2015/682")
	cites := func(s cite.Symbol, sha string) cite.Report {
		return cite.Report{File: sha[:1] + ".pdf", Files: []string{sha[:1] + ".pdf"}, SHA256: sha, Notes: []cite.Note{{Label: "1", Placement: cite.PlaceFoot, Text: s.String(),
			Citations: []cite.Citation{{Symbol: s, Via: cite.ViaSymbol, Text: s.String(), Findings: []cite.Finding{{Check: "exists", Verdict: cite.Unreachable, Reason: "offline"}}}}}}}
	}
	doc := &cite.Document{Symbol: first, Printed: "A/70/357-S/2015/682", Aliases: []string{"S/2015/682"}, Sources: []cite.Source{{URL: "https://docs.un.org/x", SHA256: strings.Repeat("d", 64)}}}
	read := Build("citecheck v0", cites(first, strings.Repeat("1", 64)), map[cite.Symbol]*cite.Answer{first: {Outcome: cite.Found, Document: doc}})
	unread := Build("citecheck v0", cites(second, strings.Repeat("2", 64)), nil)
	m := Merge("citecheck v0", unread, read)
	var ids []string
	for _, n := range m.Nodes {
		if n.Document != nil {
			ids = append(ids, n.ID())
		}
	}
	if !slices.Equal(ids, []string{"un:A/70/357"}) {
		t.Errorf("the joint document is %q, want one node un:A/70/357", ids)
	}
	for _, e := range m.Edges {
		if e.Cites != nil && e.Target != "un:A/70/357" {
			t.Errorf("an edge goes to %s, which is no node", e.Target)
		}
	}
}

func TestNatural(t *testing.T) {
	want := []string{"", "#n1", "#n2", "#n2~2", "#n10", "a", "a1b2", "a1b10", "a01c", "b"}
	got := slices.Clone(want)
	slices.Reverse(got)
	slices.SortFunc(got, natural)
	if !slices.Equal(got, want) {
		t.Errorf("natural order is %q, want %q", got, want)
	}
}

func BenchmarkBuildAndWrite(b *testing.B) {
	r, answers := sample(&testing.T{})
	for i := 0; i < 300; i++ {
		r.Notes = append(r.Notes, r.Notes[i%3])
	}
	b.ReportAllocs()
	for b.Loop() {
		var buf bytes.Buffer
		if err := Build("citecheck v0", r, answers).Write(&buf); err != nil {
			b.Fatal(err)
		}
	}
}

// TestWriteIsPlainJSON: the pieces in which a graph is written are the bytes
// of the whole.
func TestWriteIsPlainJSON(t *testing.T) {
	r, answers := sample(t)
	for name, g := range map[string]*Graph{"of a report": Build(`a "nodes": [] tool`, r, answers), "of nothing": Merge("citecheck v0")} {
		var want bytes.Buffer
		e := json.NewEncoder(&want)
		e.SetEscapeHTML(false)
		e.SetIndent("", " ")
		if err := e.Encode(g); err != nil {
			t.Fatal(err)
		}
		if got := write(t, g); !bytes.Equal(got, want.Bytes()) {
			t.Errorf("graph %s:\n%s\nwant\n%s", name, got, want.Bytes())
		}
	}
}
