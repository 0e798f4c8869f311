package report

import (
	"bytes"
	"os"
	"regexp"
	"strings"
	"testing"

	"citecheck/pipeline/cite"
	"citecheck/pipeline/graph"
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

// TestNothingActive: what stands in a note stays text.
func TestNothingActive(t *testing.T) {
	page := write(t, sample(t))
	if n := strings.Count(page, "<script"); n != 1 {
		t.Errorf("the page has %d scripts, want its own one", n)
	}
	for _, bad := range []*regexp.Regexp{regexp.MustCompile(`<(img|svg|iframe|object|embed|link|base)\b`), regexp.MustCompile(`\son\w+=["'a-z]`),
		regexp.MustCompile(`href="(javascript|data):`), regexp.MustCompile(`<a href="data`)} {
		for _, hit := range bad.FindAllString(stripOwn(page), -1) {
			t.Errorf("the page holds %q", hit)
		}
	}
	if !strings.Contains(page, "default-src &#39;none&#39;") && !strings.Contains(page, "default-src 'none'") {
		t.Error("the page lacks its content security policy")
	}
}

// stripOwn leaves out escaped text, which can't be active: only real tags and
// attributes remain to be looked at.
func stripOwn(page string) string {
	return regexp.MustCompile(`>[^<]*<`).ReplaceAllString(page, "><")
}

func TestEmpty(t *testing.T) {
	if page := write(t, graph.Merge("citecheck v0")); !strings.Contains(page, "No citation was found") {
		t.Error("an empty graph is not said to be empty")
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
