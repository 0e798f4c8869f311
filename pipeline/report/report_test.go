package report

import (
	"bytes"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"citecheck/pipeline/cite"
	"citecheck/pipeline/graph"
	"citecheck/pipeline/verify"
)

// hostile are note texts that try to become active on a page.
var hostile = []string{
	`<script>alert(1)</script>`, `"><img src=x onerror=alert(1)>`, `</style><script>alert(1)</script>`, `javascript:alert(1)`,
	`<svg/onload=alert(1)>`, `{{.Policy}}`, `]]>--><iframe src="https://example.org">`, "\u202eevil\u202c", `<a href="data:text/html,x">x</a>`,
}

func sample(t testing.TB) *graph.Graph {
	t.Helper()
	sym := func(s string) cite.Symbol {
		v, err := cite.ParseSymbol(s)
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	ev := &cite.Evidence{Source: cite.Source{Name: "builtin", SHA256: strings.Repeat("a", 64)}, Place: "S/RES/2423", Quote: "2018-06-28"}
	r := cite.Report{File: "sample.pdf", Files: []string{"sample.pdf"}, SHA256: strings.Repeat("b", 64), MediaType: "application/pdf", Title: "Lessons from a Mission", Pages: 4}
	add := func(label, sentence, text string, c cite.Citation) {
		c.Text, c.Span = text, cite.Span{Start: 0, End: len([]rune(text))}
		r.Notes = append(r.Notes, cite.Note{Label: label, Placement: cite.PlaceFoot, Page: 2, Pages: []int{2}, Text: text + ".",
			Markers: []cite.Marker{{Page: 2, Sentence: sentence}}, Citations: []cite.Citation{c}})
	}
	add("1", "In 2019 the Council widened the mandate.", "UN Security Council Resolution 2423 (June 28, 2018), UN Doc. S/RES/2423, para. 38", cite.Citation{Symbol: sym("S/RES/2423"), Via: cite.ViaSymbol,
		Pinpoints: []cite.Pin{{Unit: cite.UnitPara, From: 38, To: 38}}, Findings: []cite.Finding{
			{Check: "exists", Verdict: cite.Verified, Reason: "The resolution is in the built-in catalogue", Evidence: ev},
			{Check: "year-agrees", Verdict: cite.Questioned, Claimed: "in 2019", Found: "2018-06-28", Reason: "The sentence dates the decision to 2019; the document cited was adopted on 28 June 2018", Evidence: ev,
				Candidates: []string{"un:S/RES/2480"}, Suggestion: "UN Security Council Resolution 2480 (June 28, 2019), UN Doc. S/RES/2480."}}})
	add("2", "It was renewed.", "UN Security Council Resolution 2391 (December 9, 2017)", cite.Citation{Symbol: sym("S/RES/2391"), Via: cite.ViaName, Findings: []cite.Finding{
		{Check: "date-agrees", Verdict: cite.Contradicted, Claimed: "December 9, 2017", Found: "2017-12-08", Reason: "The resolution was adopted on 8 December 2017", Evidence: ev}}})
	add("3", "Troops were withdrawn.", "“Rotations to Resume,” Reuters, August 14, 2022", cite.Citation{Work: &cite.Work{Type: "article-newspaper", Title: "Rotations to Resume", ContainerTitle: "Reuters"}, Via: cite.ViaCSL,
		Findings: []cite.Finding{{Check: "exists", Verdict: cite.Unverifiable, Reason: "A press article: citecheck does not read the press"}}})
	for i, h := range hostile {
		add("h"+string(rune('a'+i)), h, h, cite.Citation{Work: &cite.Work{Type: "webpage", Title: h, URL: h}, Via: cite.ViaCSL,
			Findings: []cite.Finding{{Check: "exists", Verdict: cite.Unverifiable, Reason: h, Claimed: h, Evidence: &cite.Evidence{Source: cite.Source{URL: h}, Place: h, Quote: h}}}})
	}
	r.Problems = []cite.Problem{{Stage: "read", Item: "sample.pdf page 4", Reason: "no text layer: the page is a picture"}}
	return graph.Build("citecheck v0", r, nil)
}

func write(t testing.TB, g *graph.Graph) string {
	t.Helper()
	var b bytes.Buffer
	if err := Write(&b, g); err != nil {
		t.Fatal(err)
	}
	if dir := os.Getenv("CITECHECK_REPORT_OUT"); dir != "" { // to look at the page
		os.WriteFile(dir+"/report.html", b.Bytes(), 0o644)
	}
	return b.String()
}

func TestWorstFirst(t *testing.T) {
	page := write(t, sample(t))
	last := -1
	for _, want := range []string{`class="cite v-contradicted"`, `class="cite v-questioned"`, `class="cite v-unverifiable"`} {
		at := strings.Index(page, want)
		if at < last || at < 0 {
			t.Errorf("%s stands at %d, after what is less bad (%d)", want, at, last)
		}
		last = at
	}
	for _, want := range []string{"The sentence dates the decision to 2019", "S/RES/2480", "2018-06-28", "Lessons from a Mission", "no text layer", "para 38"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page does not show %q", want)
		}
	}
}

// TestNothingActive: what stands in a note stays text. Every tag and attribute
// of the page is one of the template's.
func TestNothingActive(t *testing.T) {
	page := write(t, sample(t))
	ours := strings.Fields(`html head meta title style body a header p h1 h2 h3 nav ul ol li section form fieldset legend label input b i div select option button output
		details summary dl dt dd kbd main article span blockquote footer mark q code br table thead tbody tr th td aside dialog textarea script`)
	scripts, root := 0, mustParse(t, page)
	for n := range root.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		if n.Data == "script" {
			scripts++
		}
		if !slices.Contains(ours, n.Data) {
			t.Errorf("the page has a <%s>", n.Data)
		}
		for _, a := range n.Attr {
			switch {
			case strings.HasPrefix(a.Key, "on"), a.Key == "style", a.Key == "src", a.Key == "srcdoc":
				t.Errorf("<%s %s=%q>", n.Data, a.Key, a.Val)
			case a.Key == "href" && !regexp.MustCompile(`^(https?://|#|evidence/)`).MatchString(a.Val):
				t.Errorf("a link to %q", a.Val)
			}
		}
	}
	if scripts != 3 {
		t.Errorf("the page has %d scripts, want its own three", scripts)
	}
	if strings.Contains(library, "</script") || strings.Contains(library, "<!--") {
		t.Error("the graph library would end its own element")
	}
	policy := fmt.Sprintf("default-src 'none'; style-src '%s'; script-src '%s' '%s' '%s'; base-uri 'none'; form-action 'none'", hash(css), hash(js), hash(networkJS), hash(library))
	if first := policyOf(root); first != policy {
		t.Errorf("the page's policy is %q, want %q", first, policy)
	}
}

// policyOf is the content security policy of a page.
func policyOf(root *html.Node) string {
	for n := range root.Descendants() {
		if n.Type == html.ElementNode && n.Data == "meta" && len(n.Attr) == 2 && n.Attr[0].Val == "Content-Security-Policy" {
			return n.Attr[1].Val
		}
	}
	return ""
}

func mustParse(t *testing.T, page string) *html.Node {
	t.Helper()
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	return root
}

// TestWorstOfMany: a page that has not all citations says so, in the counts of
// all; the same graph gives the same bytes.
func TestWorstOfMany(t *testing.T) {
	g := long(t, 40, 30)
	g.Meta.Citations, g.Meta.Verdicts[cite.Verified] = 5000, 4970
	page := write(t, g)
	for _, want := range []string{"5000 citations; the worst 40 are shown, graph.json and reports/ have all", `<b data-n="4970">4970</b>`, "30 documents and works in 4 groups, of the citations shown"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page does not say %q", want)
		}
	}
	if write(t, g) != page {
		t.Error("the same graph gives other bytes")
	}
}

// TestUnreachableApart: what nobody could look at is told as that, and not
// among what is said against a citation.
func TestUnreachableApart(t *testing.T) {
	page := write(t, long(t, 15, 15))
	seen := 0
	for n := range mustParse(t, page).Descendants() {
		if n.Type != html.ElementNode || attributes(n)["data-verdict"] != string(cite.Unreachable) || n.Data != "li" {
			continue
		}
		group := n.Parent.Parent
		if class := attributes(group)["class"]; class != "group unreachable" {
			t.Errorf("an unreachable finding stands in %q", class)
		}
		seen++
	}
	if seen != 3 || strings.Count(page, "Nobody could look. This says nothing of the author:") != 3 {
		t.Errorf("%d unreachable findings, want 3, each said to say nothing of the author", seen)
	}
}

func TestEmpty(t *testing.T) {
	if page := write(t, graph.Merge("citecheck v0")); !strings.Contains(page, "No citation was found") {
		t.Error("an empty graph is not said to be empty")
	}
}

// TestNoNotes: a report in which no note was found is not one without a
// mistake, and the page says so.
func TestNoNotes(t *testing.T) {
	const says = "No footnote and no endnote was found in it"
	if page := write(t, sample(t)); strings.Contains(page, says) {
		t.Error("said of a report with notes")
	}
	bare := graph.Build("citecheck v0", cite.Report{File: "scan.pdf", SHA256: strings.Repeat("c", 64)}, nil)
	if page := write(t, bare); strings.Count(page, says) != 1 || !strings.Contains(page, `<a href="#files"><b>1</b> Look why a report has no notes`) {
		t.Error("not said of a report without notes, or no step leads there")
	}
}

// TestForEditors: the page speaks to people. Each check has words of its own,
// days are written out, what would fit is named once, what is suggested
// stands before what agreed, and what is not clear goes by its own words.
func TestForEditors(t *testing.T) {
	for _, c := range verify.Checks {
		if abouts[c.Name] == "" {
			t.Errorf("the check %s has no words for people", c.Name)
		}
	}
	g := sample(t)
	for i := range g.Edges {
		e := &g.Edges[i]
		if e.Target == "un:S/RES/2423" && e.Cites != nil {
			fix := "UN Doc. S/RES/2480."
			e.Suggestion = &fix
			e.Findings[1].Candidates = []string{"un:S/RES/2480", "un:S/RES/2480"}
		}
		if e.Target == "un:S/RES/2391" {
			e.Target = "unresolved:" + e.Key
			g.Nodes = append(g.Nodes, graph.Node{Open: &graph.Open{ID: e.Target, Kind: "unresolved", Reason: "two are meant"}})
		}
	}
	page := write(t, g)
	for _, want := range []string{`<span class="about" title="year-agrees">year in the sentence</span>`, `<option value="date-agrees">date</option>`, "<q>28 June 2018</q>",
		`<blockquote class="words">28 June 2018</blockquote>`, `<span class="target">“UN Security Council Resolution 2391 (December 9, 2017)”</span>`} {
		if !strings.Contains(page, want) {
			t.Errorf("the page has no %s", want)
		}
	}
	if n := strings.Count(page, `>S/RES/2480</a>`); n != 1 {
		t.Errorf("what would fit is named %d times, want 1", n)
	}
	if fix, agreed := strings.Index(page, `<span class="copy">UN Doc. S/RES/2480.`), strings.Index(page, "1 check agreed: existence"); fix < 0 || agreed < fix {
		t.Errorf("the suggestion stands at %d, what agreed at %d", fix, agreed)
	}
}

func BenchmarkWrite300Notes(b *testing.B) {
	g := sample(b)
	for i := range 300 {
		g.Edges = append(g.Edges, g.Edges[i%len(g.Edges)])
	}
	b.ReportAllocs()
	for b.Loop() {
		var buf bytes.Buffer
		if err := Write(&buf, g); err != nil {
			b.Fatal(err)
		}
	}
}
