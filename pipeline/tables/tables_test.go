package tables

import (
	"bytes"
	"database/sql"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"citecheck/pipeline/cite"
	"citecheck/pipeline/graph"
)

// sample is a graph with one of everything: two reports, three notes, five
// citations, and text that no database may take for its own.
func sample() []byte {
	pages, url, fix := 9, "https://www.un.org/x", "the whole note; corrected"
	node := func(v any) graph.Node {
		switch v := v.(type) {
		case *graph.Report:
			return graph.Node{Report: v}
		case *graph.Note:
			return graph.Node{Note: v}
		case *graph.Document:
			return graph.Node{Document: v}
		case *graph.Work:
			return graph.Node{Work: v}
		}
		return graph.Node{Open: v.(*graph.Open)}
	}
	cites := func(note, target, key string, verdict cite.Verdict, pins []cite.Pin, f ...graph.Finding) graph.Edge {
		return graph.Edge{Source: note, Target: target, Key: key, Relation: "cites", Cites: &graph.Cites{Text: "UN Doc. '); DROP TABLE notes; --", Span: cite.Span{End: 9},
			Via: cite.ViaSymbol, Pinpoints: pins, Claims: cite.Claims{Date: cite.Date{Year: 2018, Month: 6, Day: 28}, Year: 2018, Number: 2423}, Verdict: verdict, Findings: f}}
	}
	finding := func(check string, v cite.Verdict) graph.Finding {
		return graph.Finding{Check: check, Verdict: v, Claimed: "2019", Found: "2018", Reason: "the note dates it otherwise",
			Evidence: &graph.Evidence{URL: &url, SHA256: "ab", Place: "row 4", Quote: "28 June"}, Candidates: []string{}}
	}
	para := func(from, to any) []cite.Pin { return []cite.Pin{{Unit: cite.UnitPara, From: from, To: to}} }
	e := []graph.Edge{
		{Source: "report:a", Target: "report:a#n1", Key: "note", Relation: "has_note"},
		{Source: "report:a", Target: "report:a#n2", Key: "note", Relation: "has_note"},
		cites("report:a#n1", "un:S/RES/2423", "report:a#n1.1", cite.Contradicted, para(38, 40), finding("date-agrees", cite.Contradicted), finding("link-alive", cite.Unreachable)),
		cites("report:a#n1", "work:1", "report:a#n1.2", cite.Unverifiable, nil),
		cites("report:a#n2", "unresolved:report:a#n2.1", "report:a#n2.1", cite.Questioned, nil, finding("short-form", cite.Questioned)),
		{Source: "report:b", Target: "report:b#n1", Key: "note", Relation: "has_note"},
		cites("report:b#n1", "un:S/RES/2423", "report:b#n1.1", cite.Unreachable, append(para("iv", "iv"), para(38, 38)...)),
		{Source: "un:S/RES/2423", Target: "un:S/RES/2391", Key: "pp.4", Relation: "refers", Place: "preamble 4"},
	}
	e[2].Cites.Suggestion = &fix
	settled := cites("report:b#n1", "un:S/RES/2391", "report:b#n1.2", cite.Contradicted, nil, finding("date-agrees", cite.Contradicted))
	settled.Findings[0].Accepted, settled.Standing = &graph.Accepted{Reason: "the masthead is wrong"}, graph.Settled
	e = append(e, settled)
	g := graph.Merge("test", &graph.Graph{Problems: []cite.Problem{{Stage: "read", Item: "broken.pdf", Reason: "not a PDF file"}}, Edges: e, Nodes: []graph.Node{
		node(&graph.Report{ID: "report:a", Kind: "report", File: "a.pdf", Files: []string{"a.pdf"}, SHA256: "a", MediaType: "application/pdf", Title: "A \"report\"", Pages: &pages,
			Findings: []graph.Finding{finding("numbering", cite.Questioned)}}),
		node(&graph.Report{ID: "report:b", Kind: "report", File: "b.docx", Files: []string{"b.docx"}, SHA256: "b"}),
		node(&graph.Note{ID: "report:a#n1", Kind: "note", Report: "report:a", Seq: 1, Label: "1", Placement: "foot", Page: 3, Text: "one\x00two", Markers: []graph.Marker{{Sentence: "It was so."}}}),
		node(&graph.Note{ID: "report:a#n2", Kind: "note", Report: "report:a", Seq: 2, Label: "2", Placement: "foot", Text: "Ibid."}),
		node(&graph.Note{ID: "report:b#n1", Kind: "note", Report: "report:b", Seq: 1, Label: "1", Placement: "end", Text: "=1+1"}),
		node(&graph.Document{ID: "un:S/RES/2423", Kind: "document", Symbol: "S/RES/2423 (2018)", Number: 2423, Year: 2018, Title: "Mali", Aliases: []string{"S/RES/2423(2018)"}, URLs: []string{url}}),
		node(&graph.Document{ID: "un:S/RES/2391", Kind: "document", Symbol: "S/RES/2391 (2017)"}),
		node(&graph.Work{ID: "work:1", Kind: "work", CSL: cite.Work{Type: "book", Title: "T", Author: []cite.Name{{Family: "Ness", Given: "Paula"}}, Issued: &cite.CSLDate{DateParts: [][]int{{2021}}}}}),
		node(&graph.Open{ID: "unresolved:report:a#n2.1", Kind: "unresolved", Text: "Ibid."}),
	}})
	var b bytes.Buffer
	if err := g.Write(&b); err != nil {
		panic(err)
	}
	return b.Bytes()
}

// rows are how many each table must have of the sample.
var rows = map[string]int{"reports": 2, "notes": 3, "documents": 2, "works": 1, "citations": 5, "pinpoints": 3, "findings": 5, "refers": 1, "problems": 1}

func TestSQLite(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a b?.db")
	if err := WriteSQLite(path, bytes.NewReader(sample())); err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("sqlite", "file:"+strings.NewReplacer(" ", "%20", "?", "%3f").Replace(path)+"?mode=ro")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for table, want := range rows {
		var n int
		if err := db.QueryRow("SELECT count(*) FROM " + table).Scan(&n); err != nil || n != want {
			t.Errorf("%s has %d rows, want %d (%v)", table, n, want, err)
		}
	}
	for _, tt := range []struct{ query, want string }{
		{"SELECT symbol, unit, first, last, report, note, verdict FROM paragraph_citations",
			"S/RES/2423 (2018)|para|iv|iv|b.docx|1|unreachable\nS/RES/2423 (2018)|para|38|40|a.pdf|1|contradicted\nS/RES/2423 (2018)|para|38|38|b.docx|1|unreachable"},
		{"SELECT name, reports, citations FROM most_cited", "S/RES/2423 (2018)|2|2\nS/RES/2391 (2017)|1|1\nT|1|1"},
		// What nobody could look at is not wrong, nor what an editor accepted.
		{"SELECT symbol, citations, wrong, unreachable, reports_wrong FROM most_wrong", "S/RES/2423 (2018)|2|1|1|1"},
		{"SELECT file, citations, contradicted, questioned, unreachable, accepted FROM report_verdicts", "a.pdf|3|1|1|0|0\nb.docx|2|0|0|1|1"},
		{"SELECT check_name, verdict, advice, evidence_quote FROM findings WHERE citation = 'report:a#n1.1' ORDER BY seq", "date-agrees|contradicted|0|28 June\nlink-alive|unreachable|1|28 June"},
		{"SELECT count(*) FROM findings WHERE accepted = 'the masthead is wrong'", "1"},
		{"SELECT text, claimed_date, suggestion, span_start FROM citations WHERE id = 'report:a#n1.1'", "UN Doc. '); DROP TABLE notes; --|2018-06-28|the whole note; corrected|0"},
		{"SELECT length(CAST(text AS BLOB)), ifnull(page, 'no page') FROM notes ORDER BY id", "7|3\n5|no page\n4|no page"},
		{"SELECT author, year FROM works", "Ness, Paula|2021"},
		{"SELECT source, target, place FROM refers", "un:S/RES/2423|un:S/RES/2391|preamble 4"},
		{"SELECT item, reason FROM problems", "broken.pdf|not a PDF file"},
		{"PRAGMA integrity_check", "ok"},
	} {
		if got := ask(t, db, tt.query); got != tt.want {
			t.Errorf("%s\ngot  %q\nwant %q", tt.query, got, tt.want)
		}
	}
	again := filepath.Join(t.TempDir(), "again.db")
	if err := WriteSQLite(again, bytes.NewReader(sample())); err != nil {
		t.Fatal(err)
	}
	a, _ := os.ReadFile(path)
	b, _ := os.ReadFile(again)
	if !bytes.Equal(a, b) {
		t.Error("the same graph makes other bytes")
	}
}

// ask is the answer to a query as the sqlite3 program prints it.
func ask(t *testing.T, db *sql.DB, query string) string {
	t.Helper()
	r, err := db.Query(query)
	if err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	defer r.Close()
	cols, _ := r.Columns()
	var lines []string
	for r.Next() {
		cells, into := make([]string, len(cols)), make([]any, len(cols))
		for i := range cells {
			into[i] = &cells[i]
		}
		if err := r.Scan(into...); err != nil {
			t.Fatalf("%s: %v", query, err)
		}
		lines = append(lines, strings.Join(cells, "|"))
	}
	return strings.Join(lines, "\n")
}

// TestNoGraph: what is no graph makes no database.
func TestNoGraph(t *testing.T) {
	for _, bad := range []string{"", "# Notes", `{"format":"citecheck-graph/9"}`, string(sample()[:3000])} {
		if err := WriteSQLite(filepath.Join(t.TempDir(), "x.db"), strings.NewReader(bad)); err == nil {
			t.Errorf("%.30q was taken for a graph", bad)
		}
		if err := WriteParquet(t.TempDir(), strings.NewReader(bad)); err == nil {
			t.Errorf("%.30q was taken for a graph, or Parquet was not written and nobody said so", bad)
		}
	}
}
