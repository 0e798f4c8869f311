package report

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"citecheck/pipeline/cite"
	"citecheck/pipeline/graph"
)

const tools = "../../testdata/tools/browser"

// missing skips a test for want of something, which CI does not allow.
func missing(t *testing.T, what string) {
	t.Helper()
	if os.Getenv("CITECHECK_REQUIRE_ALL") == "1" {
		t.Fatalf("needs %s", what)
	}
	t.Skipf("skipped: needs %s", what)
}

// seen is what the browser saw, whatever it did.
type seen struct {
	Errors, Requests []string
	Dialogs          int
}

// browse lets a browser do something with a page, and reads what it saw.
func browse(t *testing.T, what string, page []byte, into any, more ...string) {
	t.Helper()
	if testing.Short() {
		t.Skip("skipped: -short opens no browser")
	}
	chromium, err := exec.LookPath("chromium")
	if err != nil {
		missing(t, "chromium (apt-get install chromium)")
	}
	if _, err := os.Stat(filepath.Join(tools, "node_modules")); err != nil {
		missing(t, "npm ci --prefix testdata/tools/browser")
	}
	file := filepath.Join(t.TempDir(), "report.html")
	if err := os.WriteFile(file, page, 0o644); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("node", append([]string{filepath.Join(tools, "page.mjs"), what, file}, more...)...)
	cmd.Env = append(os.Environ(), "CHROMIUM="+chromium)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%s: %v\n%s", what, err, stderr.Bytes())
	}
	var s seen
	for _, v := range []any{into, &s} {
		if err := json.Unmarshal(out, v); err != nil {
			t.Fatalf("%s: %v\n%s", what, err, out)
		}
	}
	if len(s.Errors) > 0 || len(s.Requests) > 0 || s.Dialogs > 0 {
		t.Errorf("%s: errors %q, requests %q, %d dialogs", what, s.Errors, s.Requests, s.Dialogs)
	}
}

// long is the graph of a report of so many notes, each verdict among them,
// whose documents refer to one another.
func long(t testing.TB, notes, documents int) *graph.Graph {
	t.Helper()
	hash := strings.Repeat("a", 64)
	r := cite.Report{File: "long.pdf", Files: []string{"long.pdf"}, SHA256: strings.Repeat("c", 64), MediaType: "application/pdf", Title: "Thirty Years of Mandates: What Missions Were Asked to Do", Pages: notes / 6}
	answers := map[cite.Symbol]*cite.Answer{}
	var symbols []cite.Symbol
	for i := range documents {
		form := []string{"S/RES/%d", "A/70/%d", "S/2019/%d", "S/PV.%d", "A/HRC/37/%d", "E/2018/%d"}[i%11%6]
		s, err := cite.ParseSymbol(fmt.Sprintf(form, 1000+i))
		if err != nil {
			t.Fatal(err)
		}
		symbols = append(symbols, s)
	}
	topics := []string{"The situation in Mali", "Women and peace and security", "Protection of civilians in armed conflict", "Report of the Secretary-General on the situation in the Great Lakes region and on what its states have undertaken since"}
	for i, s := range symbols {
		d := &cite.Document{Symbol: s, Topic: topics[i%len(topics)], Year: 1996 + i%28, Date: cite.Date{Year: 1996 + i%28, Month: 1 + i%12, Day: 1 + i%28}}
		for k := range 3 {
			if to := (i*7 + k*13 + 1) % documents; to != i {
				d.Refers = append(d.Refers, cite.Reference{Symbol: symbols[to], Place: fmt.Sprintf("preamble %d", k+1)})
			}
		}
		answers[s] = &cite.Answer{Document: d}
	}
	for i := range notes {
		s := symbols[i*documents/notes]
		text := fmt.Sprintf("UN Security Council Resolution %d (June %d, 2018), UN Doc. %s, para. %d", 1000+i, 1+i%28, s, 1+i%40)
		built := &cite.Evidence{Source: cite.Source{Name: "builtin", SHA256: hash}, Place: s.String(), Quote: "2018-06-28"}
		web := &cite.Evidence{Source: cite.Source{Name: "docs.un.org", URL: "https://docs.un.org/en/" + s.String(), SHA256: hash, Fetched: "2026-11-23T18:00:00Z", WARC: "evidence/citecheck-000.warc.gz#urn:uuid:6f2a91c4-0000-4000-8000-000000000001"},
			Place: "paragraph 12", Quote: "Requests the Secretary-General to keep the configuration of the mission under review, within existing resources"}
		findings := []cite.Finding{{Check: "exists", Verdict: cite.Verified, Reason: s.String() + " is in the built-in catalogue", Evidence: built},
			{Check: "date-agrees", Verdict: cite.Verified, Claimed: fmt.Sprintf("June %d, 2018", 1+i%28), Found: "2018-06-28", Reason: "the date in the note is that of the document", Evidence: web}}
		switch i % 15 {
		case 0:
			findings[1] = cite.Finding{Check: "date-agrees", Verdict: cite.Contradicted, Claimed: "June 2, 2018", Found: "2018-06-28", Reason: fmt.Sprintf("the note dates %s to 2 June 2018; it is dated 28 June 2018", s), Evidence: web,
				Suggestion: fmt.Sprintf("UN Security Council Resolution %d (June 28, 2018), UN Doc. %s, para. %d.", 1000+i, s, 1+i%40)}
		case 1, 2:
			findings = append(findings, cite.Finding{Check: "year-agrees", Verdict: cite.Questioned, Claimed: "in 2019", Found: "2018-06-28", Reason: "the sentence dates the decision to 2019; the document cited was adopted on 28 June 2018",
				Evidence: built, Candidates: []string{symbols[(i+5)%documents].ID()}})
		case 3, 4, 5:
			findings = append(findings, cite.Finding{Check: "paragraph-exists", Verdict: cite.Unreachable, Claimed: "para. 38", Reason: "docs.un.org did not answer: the text of the document was not read"})
		case 6:
			findings[0] = cite.Finding{Check: "exists", Verdict: cite.NotFound, Claimed: s.String(), Reason: "the list of 2018 has no such document", Evidence: web}
		case 7, 8:
			findings = []cite.Finding{{Check: "exists", Verdict: cite.Unverifiable, Reason: "a kind of document that no source answers for"}}
		}
		n := cite.Note{Label: fmt.Sprint(i + 1), Placement: cite.PlaceFoot, Page: 1 + i/6, Pages: []int{1 + i/6}, Text: "See " + text + ", which was said to be the broadest mandate yet.",
			Markers:   []cite.Marker{{Page: 1 + i/6, Sentence: fmt.Sprintf("This led to decision number %d in 2019, to keep the mission at its full strength through the parliamentary elections and beyond.", i+1), Years: []int{2019}}},
			Citations: []cite.Citation{{Text: text, Span: cite.Span{Start: 4, End: 4 + len(text)}, Symbol: s, Via: cite.ViaSymbol, Pinpoints: []cite.Pin{{Unit: cite.UnitPara, From: 1 + i%40, To: 1 + i%40}}, Claims: cite.Claims{Number: 1000 + i, Body: "Security Council", Date: cite.Date{Year: 2018, Month: 6, Day: 1 + i%28}}, Findings: findings}}}
		if i%40 == 7 {
			n.Findings = []cite.Finding{{Check: "numbering", Verdict: cite.Questioned, Claimed: n.Label, Reason: "note " + n.Label + " has no marker in the text"},
				{Check: "style", Rule: "M9", Severity: "style", Verdict: cite.Questioned, Claimed: "UN Doc S", Reason: "“UN Doc.” has a full stop in this style (ipi)", Suggestion: text + "."}}
		}
		r.Notes = append(r.Notes, n)
	}
	return graph.Build("citecheck v0", r, answers)
}

func bytesOf(t testing.TB, g *graph.Graph) []byte { return []byte(write(t, g)) }

// TestBrowserOpens: a report of 300 notes is light, runs quickly, asks nobody
// for anything and makes no mistake.
func TestBrowserOpens(t *testing.T) {
	var r struct {
		Bytes, Citations int
		Script           float64
	}
	browse(t, "open", bytesOf(t, long(t, 300, 200)), &r)
	t.Logf("%d bytes, %.3f s of script", r.Bytes, r.Script)
	if r.Bytes > 5<<20 || r.Script >= 1 || r.Script == 0 || r.Citations != 300 {
		t.Errorf("%+v, want 300 citations in under 5 MB and 1 s of script", r)
	}
}

// TestBrowserUse: filters, their state in the address, evidence, keys.
func TestBrowserUse(t *testing.T) {
	var r struct {
		All, Unchecked, Dates, WrongDates, Again, Cleared, None int
		Hash, Said, Evidence, Copied, Focus, Slash              string
		Links                                                   []string
		InOrder                                                 bool
	}
	browse(t, "use", bytesOf(t, long(t, 60, 40)), &r)
	switch {
	case r.All != 60 || r.Unchecked >= 60 || r.Unchecked == 0 || r.Cleared != 60 || r.None != 0:
		t.Errorf("shown: %+v", r)
	case !strings.HasPrefix(r.Hash, "#verdict=contradicted,not_found,") || strings.Contains(r.Hash, "verified,") || r.Said != fmt.Sprintf("%d of 60 shown", r.Unchecked):
		t.Errorf("state in the address %q, said %q", r.Hash, r.Said)
	case r.Dates == 0 || r.Dates >= r.Unchecked || r.WrongDates != 0 || r.Again != r.Dates:
		t.Errorf("by check %d (%d wrongly), from the address %d", r.Dates, r.WrongDates, r.Again)
	case r.Evidence != "Requests the Secretary-General to keep the configuration of the mission under review, within existing resources" || len(r.Links) != 2 || !strings.HasPrefix(r.Links[0], "https://docs.un.org/en/") || r.Links[1] != "evidence/citecheck-000.warc.gz":
		t.Errorf("evidence %q, %q", r.Evidence, r.Links)
	case r.Copied != "Copied" || r.Focus != "c1" || r.Slash != "find" || !r.InOrder:
		t.Errorf("copying says %q, keys lead to %q and %q, in order %v", r.Copied, r.Focus, r.Slash, r.InOrder)
	}
}

// TestBrowserAxe: axe-core has nothing to say, in light and dark, on a phone
// and a desk, with everything open.
func TestBrowserAxe(t *testing.T) {
	var r struct {
		Passes     int
		Violations []struct {
			ColorScheme, ID, Impact, First, Why string
			Width, N                            int
		}
	}
	browse(t, "axe", illustrated(t, long(t, 30, 20), 0), &r)
	for _, v := range r.Violations {
		t.Errorf("%s, %d wide: %s %s, %d times: %s\n%s", v.ColorScheme, v.Width, v.Impact, v.ID, v.N, v.First, v.Why)
	}
	if r.Passes < 100 {
		t.Errorf("only %d rules passed: did axe run?", r.Passes)
	}
}

// illustrated is the page of a graph with a picture of page 2 of one of its
// reports, on which note 7 stands.
func illustrated(t *testing.T, g *graph.Graph, report int) []byte {
	t.Helper()
	line := func(y float64, words string) cite.Line {
		box := cite.Rect{X0: 72, Y0: y - 8, X1: 300, Y1: y + 2}
		return cite.Line{Runs: []cite.Run{{Text: words, Box: box, Baseline: y, Size: 9}}, Box: box, Baseline: y, Size: 9}
	}
	body, note := line(100, "Running text."), line(740, "7 See UN Security Council Resolution 1006")
	p := cite.Page{Number: 2, Width: 612, Height: 792, Runs: append(body.Runs, note.Runs...)}
	picture, err := Draw(g.Nodes[report].Report, p, []cite.Zone{{Page: 2, Lines: []cite.Line{body}}, {Page: 2, Lines: []cite.Line{note}}},
		[]cite.Spot{{Page: 2, Box: cite.Rect{X0: 290, Y0: 92, X1: 294, Y1: 97}, Label: "7"}, {Page: 2, Box: cite.Rect{X0: 72, Y0: 732, X1: 75, Y1: 737}, Label: "7", Note: true}})
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := Write(&b, g, picture); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestBrowserReports: of several reports one is chosen, the choice is in the
// address; a picture of a page opens at the note; the graph has the reports.
func TestBrowserReports(t *testing.T) {
	var r struct {
		All, Second, Again, Reports, FromReports int
		Names, Framed                            []string
		Seen                                     bool
	}
	both := graph.Merge("citecheck v0", long(t, 12, 12), sample(t))
	own := long(t, 12, 12).Meta.Citations
	browse(t, "reports", illustrated(t, both, 1), &r)
	slices.Sort(r.Names)
	if r.All != both.Meta.Citations || r.Second != own || r.Again != r.Second || !slices.Equal(r.Names, []string{"all", "long.pdf", "sample.pdf"}) {
		t.Errorf("of %d citations: %+v", both.Meta.Citations, r)
	}
	if r.Reports != 2 || r.FromReports < 14 || !r.Seen || len(r.Framed) == 0 {
		t.Errorf("%+v", r)
	}
}

// TestBrowserGraph: 500 documents are drawn, none over another, in letters
// that can be read; the table has the same; a click goes to the citation.
func TestBrowserGraph(t *testing.T) {
	var r struct {
		Rows, Drawn, Groups, Edges, Overlaps int
		Script, TextHeight                   float64
		Found, Want, Focus                   string
	}
	var shot []string
	if dir := os.Getenv("CITECHECK_SHOTS"); dir != "" {
		shot = []string{filepath.Join(dir, "graph-500.png")}
	}
	browse(t, "graph", bytesOf(t, long(t, 500, 500)), &r, shot...)
	t.Logf("%.2f s of script for %d documents, %d edges; letters %.1f px", r.Script, r.Drawn, r.Edges, r.TextHeight)
	if r.Rows != 500 || r.Drawn != 500 || r.Groups < 4 || r.Edges < 1400 || r.Overlaps != 0 || r.TextHeight < 9 {
		t.Errorf("%+v", r)
	}
	if r.Found == "" || r.Want == "" || r.Focus != r.Want {
		t.Errorf("found %q; a click leads to %q, want %q", r.Found, r.Focus, r.Want)
	}
}

// payloads are note texts that try to become active in a page: each way of
// running a script, in each place that it might break out of.
func payloads() (out []string) {
	vectors := []string{`<script>ACTIVE=1</script>`, `<script src=//example.org/x.js></script>`, `<img src=x onerror=ACTIVE=1>`, `<img src=x:x onerror=alert(1)//`, `<svg onload=ACTIVE=1>`, `<svg><script>ACTIVE=1</script></svg>`,
		`<svg><animate onbegin=ACTIVE=1 attributeName=x dur=1s>`, `<svg><style><img src=x onerror=ACTIVE=1></style></svg>`, `<math><mtext><table><mglyph><style><img src=x onerror=ACTIVE=1>`, `<iframe src=javascript:parent.ACTIVE=1></iframe>`,
		`<iframe srcdoc="<script>parent.ACTIVE=1</script>">`, `<body onload=ACTIVE=1>`, `<input autofocus onfocus=ACTIVE=1>`, `<details open ontoggle=ACTIVE=1>`, `<video><source onerror=ACTIVE=1></video>`, `<audio src=x onerror=ACTIVE=1>`,
		`<object data=javascript:ACTIVE=1>`, `<embed src=javascript:ACTIVE=1>`, `<a href=javascript:ACTIVE=1>x</a>`, `<a href="java&#x0A;script:ACTIVE=1">x</a>`, `<form action=javascript:ACTIVE=1><button>`, `<button formaction=javascript:ACTIVE=1>x`,
		`<base href=//example.org/>`, `<link rel=stylesheet href=//example.org/x.css>`, `<meta http-equiv=refresh content="0;url=javascript:ACTIVE=1">`, `<style>@import '//example.org/x.css';</style>`, `<div style="background:url(//example.org/x)">`,
		`<marquee onstart=ACTIVE=1>`, `<select autofocus onfocus=ACTIVE=1>`, `<template><script>ACTIVE=1</script></template>`, `<noscript><p title="</noscript><img src=x onerror=ACTIVE=1>">`, `<xmp><p title="</xmp><img src=x onerror=ACTIVE=1>">`,
		`<a id=find></a><a id=filters></a><a id=save></a>`, `<form id=ask><input name=close></form>`, `javascript:ACTIVE=1`, `data:text/html,<script>ACTIVE=1</script>`, `vbscript:ACTIVE=1`, `https://example.org/"onmouseover="ACTIVE=1`, `{{.Policy}}`, `${ACTIVE=1}`, `#{7*7}`,
		`constructor.constructor('ACTIVE=1')()`, `=HYPERLINK("javascript:ACTIVE=1")`, "\x1b]8;;http://example.org\x07x", "\u202eTPIRCS\u202c", "\x00<script>ACTIVE=1</script>", "<scr\x00ipt>ACTIVE=1</scr\x00ipt>", `<ſcript>ACTIVE=1</ſcript>`, `＜script＞ACTIVE=1＜/script＞`, `%3Cscript%3EACTIVE=1%3C/script%3E`, `&lt;script&gt;ACTIVE=1&lt;/script&gt;`, `\u003cscript\u003eACTIVE=1\u003c/script\u003e`}
	wraps := []string{"%s", `">%s`, `'>%s`, "`>%s", `</p></li></article>%s`, `</script>%s<script>`, `</style>%s<style>`, `</title>%s<title>`, `</textarea>%s`, `-->%s<!--`, `]]>%s<![CDATA[`, `" x="%s" y="`, `');%s;('`, "\n\n%s\r\n", `<!--<script>%s`, `</svg></math>%s`}
	for _, w := range wraps {
		for _, v := range vectors {
			out = append(out, strings.Replace(w, "%s", v, 1))
		}
	}
	return out
}

// TestBrowserHostile: each payload stands as text in every place that text of
// a report or a source comes to, and nothing of it becomes active.
func TestBrowserHostile(t *testing.T) {
	r := cite.Report{File: "<img src=x onerror=ACTIVE=1>.pdf", Files: []string{"x"}, SHA256: strings.Repeat("b", 64), Title: "</title><script>ACTIVE=1</script>"}
	all := payloads()
	for i, p := range all {
		ev := &cite.Evidence{Source: cite.Source{Name: p, URL: p, Fetched: p, WARC: "evidence/" + p}, Place: p, Quote: p}
		r.Notes = append(r.Notes, cite.Note{Label: fmt.Sprint(i + 1), Text: p, Markers: []cite.Marker{{Sentence: p}}, Findings: []cite.Finding{{Check: "style", Severity: p, Rule: p, Verdict: cite.Questioned, Reason: p, Claimed: p, Suggestion: p}},
			Citations: []cite.Citation{{Text: p, Span: cite.Span{End: len([]rune(p))}, Work: &cite.Work{Type: p, Title: p, ContainerTitle: p, URL: p}, Via: cite.ViaCSL, Claims: cite.Claims{Title: p, URL: p},
				Findings: []cite.Finding{{Check: "exists", Verdict: cite.Questioned, Reason: p, Claimed: p, Found: p, Evidence: ev, Candidates: []string{p}, Suggestion: p}}}}})
		r.Problems = append(r.Problems, cite.Problem{Item: p, Reason: p})
	}
	var got struct {
		Scripts, Ours, Handlers, Links, Active, Notes int
		Odd                                           map[string]int
		Texts                                         []string
	}
	browse(t, "hostile", bytesOf(t, graph.Build("citecheck v0", r, nil)), &got)
	if got.Scripts != 3 && got.Scripts != 4 || got.Handlers+got.Links+got.Active+len(got.Odd) != 0 || got.Notes != len(all) {
		got.Texts = nil
		t.Errorf("of %d payloads: %+v", len(all), got)
	}
	// What an HTML parser makes of NUL and CR is its own matter.
	plain := func(s string) string { return strings.NewReplacer("\x00", "", "\uFFFD", "", "\r\n", "\n").Replace(s) }
	var want, have []string
	for i, p := range all {
		want = append(want, plain(fmt.Sprint(i+1, " ", p)))
	}
	for _, s := range got.Texts {
		have = append(have, plain(s))
	}
	slices.Sort(want)
	slices.Sort(have)
	for i := range want {
		if i < len(have) && have[i] != want[i] {
			t.Fatalf("a note reads %q, want %q", have[i], want[i])
		}
	}
}

// TestLibrary: the graph library is what npm has under the version named.
func TestLibrary(t *testing.T) {
	for ours, theirs := range map[string]string{"cytoscape.min.js": "dist/cytoscape.min.js", "cytoscape.LICENSE": "LICENSE"} {
		want, err := os.ReadFile(filepath.Join(tools, "node_modules/cytoscape", theirs))
		if err != nil {
			missing(t, "npm ci --prefix testdata/tools/browser")
		}
		if got, err := os.ReadFile(ours); err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s is not npm's %s (%v): run testdata/tools/browser/vendor.sh", ours, theirs, err)
		}
	}
}

// TestShots takes the pictures that people look at: CITECHECK_SHOTS=DIR.
func TestShots(t *testing.T) {
	dir := os.Getenv("CITECHECK_SHOTS")
	if dir == "" {
		t.Skip("takes pictures into the folder CITECHECK_SHOTS, for people to look at")
	}
	browse(t, "shots", bytesOf(t, long(t, 300, 200)), &struct{}{}, dir)
}
