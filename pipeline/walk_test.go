package pipeline_test

import (
	"net"
	"slices"
	"strings"
	"syscall"
	"testing"

	"citecheck/pipeline/cite"
	"citecheck/pipeline/fetch/replica"
	"citecheck/pipeline/graph"
)

// findingsOf are those of the only citation of a graph, by check.
func findingsOf(t *testing.T, g *graph.Graph) map[string]graph.Finding {
	t.Helper()
	out := map[string]graph.Finding{}
	for _, e := range g.Edges {
		if e.Cites == nil {
			continue
		}
		for _, f := range e.Findings {
			if _, ok := out[f.Check]; ok {
				t.Fatalf("two findings of %s: not one citation", f.Check)
			}
			out[f.Check] = f
		}
	}
	return out
}

// down is the fault of all pages of the sites named; "site/part" is of those
// whose address has that part.
func down(sites ...string) func(site, path string, n int) string {
	return func(site, path string, _ int) string {
		for _, s := range sites {
			name, part, _ := strings.Cut(s, " ")
			if site == name && path != "/robots.txt" && strings.Contains(path, part) {
				return "F14"
			}
		}
		return ""
	}
}

// TestEverySourceIsWalked: each source gives the answer that it is there for,
// when those that are asked before it do not, and its words are the evidence.
func TestEverySourceIsWalked(t *testing.T) {
	const mali = "UN Security Council, Situation in Mali—Report of the Secretary-General, UN Doc. S/2023/402, June 1, 2023, para. 5."
	for _, tt := range []struct {
		source, text string
		down         []string
		check        string
		verdict      cite.Verdict
		at           string // part of the evidence's address, or of the reason where there is none
	}{
		{"the library's files", "UN Doc. S/PRST/2013/22 (18 December 2013).", nil, "date-agrees", cite.Verified, "http://dhl.replica.test/"},
		{"the library's files, which are whole", "UN Doc. S/PRST/2013/90.", nil, "exists", cite.NotFound, "http://dhl.replica.test/"},
		{"the library's tables of today", "UN Doc. S/PV.9365 (30 June 2023).", nil, "date-agrees", cite.Verified, "http://dhl-api.replica.test/dev/render_meeting/scmeetings_2023/EN"},
		{"the same, in place of the files", "UN Doc. S/PRST/2013/22 (18 December 2013).", []string{"dhl"}, "date-agrees", cite.Verified, "http://dhl-api.replica.test/"},
		{"the Council's list of reports", mali, []string{"ods"}, "exists", cite.Verified, "http://main.replica.test/"},
		{"the document system", mali, nil, "paragraph-exists", cite.Verified, "http://ods.replica.test/"},
		{"a Word file", "UN Doc. S/1999/957, 8 September 1999, para. 5.", nil, "paragraph-exists", cite.Verified, "t=docx"},
		{"a Word file, a paragraph that it lacks", "UN Doc. S/1999/957, 8 September 1999, para. 500.", nil, "paragraph-exists", cite.Unreachable, "its Word file"},
		{"the press release of a resolution", "UN Doc. S/RES/2423 (2018), para. 38.", []string{"ods"}, "paragraph-exists", cite.Verified, "http://press.replica.test/"},
		{"the press release of a resolution, a paragraph that it lacks", "UN Doc. S/RES/2423 (2018), para. 380.", []string{"ods"}, "paragraph-exists", cite.Unreachable, "refused"},
		{"a press release's own page", "Press release SC/15341, 30 June 2023.", nil, "date-agrees", cite.Verified, "http://press.replica.test/en/2023/sc15341"},
		{"a press release's own page, another day", "Press release SC/15341, 3 July 2023.", nil, "date-agrees", cite.Contradicted, "http://press.replica.test/en/2023/sc15341"},
		{"a press release that is not there", "Press release SC/15999, 30 June 2023.", nil, "exists", cite.Unreachable, "no such address"},
		{"a press release of a year that is not told", "Press release SC/15341.", nil, "exists", cite.Unverifiable, "by its year"},
		{"the library's table of the Assembly", "UN Doc. A/RES/70/1 (25 September 2015).", nil, "date-agrees", cite.Verified, "http://dhl-api.replica.test/dev/render_meeting_ga/garesolutions_70/EN"},
		{"the same, when the document is not had", "UN Doc. A/RES/70/1.", []string{"ods"}, "exists", cite.Verified, "garesolutions_70"},
		{"the same, for a day that the document alone may settle", "UN Doc. A/RES/70/1 (21 October 2015).", []string{"ods"}, "date-agrees", cite.Unreachable, "refused"},
		{"the document, for the day of its distribution", "UN Doc. A/RES/70/1 (21 October 2015).", nil, "date-agrees", cite.Verified, "http://ods.replica.test/"},
		{"the document, when the table is not had", "UN Doc. A/RES/70/1 (25 September 2015).", []string{"dhl-api"}, "date-agrees", cite.Verified, "http://ods.replica.test/"},
		{"Security Council Report", mali, []string{"ods", "main"}, "exists", cite.Verified, "http://scr.replica.test/un-documents/document/s-2023-402.php"},
		{"Security Council Report, which dates nothing", mali, []string{"ods", "main"}, "date-agrees", cite.Unreachable, "refused"},
		{"Security Council Report, which contradicts nothing", strings.Replace(mali, "June 1", "July 9", 1), []string{"ods", "main"}, "date-agrees", cite.Unreachable, "refused"},
		{"the library's record", mali, []string{"ods", "main", "scr"}, "exists", cite.Verified, "http://undl.replica.test/search"},
		{"the library's repository", mali + " https://digitallibrary.un.org/record/RECORD", []string{"ods", "main", "scr", "undl search"}, "exists", cite.Verified, "http://undl.replica.test/oai2d"},
		{"the library's repository, another record", mali + " https://digitallibrary.un.org/record/9000001", []string{"ods", "main", "scr", "undl search"}, "exists", cite.Unreachable, "refused"},
		{"nobody", mali, []string{"ods", "main", "scr", "undl"}, "exists", cite.Unreachable, "refused"},
	} {
		inFakeTime(t, func(t *testing.T) {
			r := report([]said{{"A sentence.", "", strings.ReplaceAll(tt.text, "RECORD", recordOf("S/2023/402"))}})
			g, _ := run(t, t.TempDir(), r, trial{fault: down(tt.down...)})
			f, ok := findingsOf(t, g)[tt.check]
			where := f.Reason
			if f.Evidence != nil && f.Evidence.URL != nil {
				where = *f.Evidence.URL
			}
			if !ok || f.Verdict != tt.verdict || !strings.Contains(where, tt.at) {
				t.Errorf("%s: %s is %s by %s, want %s by %s", tt.source, tt.check, f.Verdict, where, tt.verdict, tt.at)
			}
		})
	}
}

// TestNoConnection: a host that refuses, and a name that can't be resolved,
// are said, and decide nothing.
func TestNoConnection(t *testing.T) {
	for words, err := range map[string]error{
		"ods.replica.test refused the connection":                              &net.OpError{Op: "dial", Err: syscall.ECONNREFUSED},
		"the name ods.replica.test could not be resolved: is there a network?": &net.DNSError{Err: "no such host", Name: "ods.replica.test", IsNotFound: true},
	} {
		inFakeTime(t, func(t *testing.T) {
			honest, _ := run(t, t.TempDir(), report(notes), trial{})
			want := verdicts(honest)
			g, came := run(t, t.TempDir(), report(notes), trial{refuse: func(host string) error {
				if strings.HasPrefix(host, "ods.") {
					return err
				}
				return nil
			}})
			for k, v := range verdicts(g) {
				if v != cite.Unreachable && v != want[k] {
					t.Errorf("%s turns from %s to %s", k, want[k], v)
				}
			}
			if !strings.Contains(string(written(t, g)), words) {
				t.Errorf("nothing says %q", words)
			}
			for _, a := range came {
				if a.Site == "ods" {
					t.Errorf("the host was reached: %s", a.Path)
				}
			}
			if !slices.ContainsFunc(g.Edges, func(e graph.Edge) bool { return e.Cites != nil && e.Verdict == cite.Verified }) {
				t.Error("the other hosts gave nothing")
			}
		})
	}
}

// recordOf is the number of a document's record in the replica's library.
func recordOf(symbol string) string {
	i := slices.IndexFunc(replica.Documents, func(d replica.Document) bool { return d.Symbol == symbol })
	return replica.Documents[i].Record()
}
