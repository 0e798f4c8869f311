package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"citecheck/pipeline/cite"
)

// TestLinks serves a report's links and the web archive on this machine: what
// is gone is advice with the archive's copy, what is closed, slow to say or a
// bot wall is none, and without --links nobody is asked.
func TestLinks(t *testing.T) {
	var mu sync.Mutex
	var asked []string
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		asked = append(asked, r.URL.Path)
		mu.Unlock()
		switch r.URL.Path {
		case "/robots.txt":
			fmt.Fprint(w, "User-agent: *\nDisallow: /private/\n")
		case "/alive":
			w.Header().Set("Content-Type", "text/html")
			fmt.Fprint(w, "<p>Here it is.</p>")
		case "/moved":
			http.Redirect(w, r, "/alive", http.StatusMovedPermanently)
		case "/gone":
			w.WriteHeader(http.StatusGone)
		case "/closed":
			w.WriteHeader(http.StatusUnauthorized)
		case "/wayback/available":
			if strings.HasSuffix(r.URL.Query().Get("url"), "/dead") {
				fmt.Fprint(w, `{"archived_snapshots":{"closest":{"available":true,"url":"http://web.archive.org/web/2020/http://example.org/dead","status":"200"}}}`)
				return
			}
			fmt.Fprint(w, `{"archived_snapshots":{}}`)
		default:
			http.NotFound(w, r)
		}
	}))
	defer srv.Close()
	pages := []string{"alive", "moved", "dead", "gone", "closed", "private/dead"}
	var body, feet strings.Builder
	for i, p := range pages {
		fmt.Fprintf(&body, "The register was kept for years.[^%d] ", i+1)
		fmt.Fprintf(&feet, "[^%d]: Ann Petrov, “Quiet Exits %d,” Reuters, July 15, 2022, %s/%s.\n\n", i+1, i+1, srv.URL, p)
	}
	dir := t.TempDir()
	in := filepath.Join(dir, "report.md")
	if err := os.WriteFile(in, []byte("# Links\n\n"+body.String()+"\n\n"+feet.String()), 0o644); err != nil {
		t.Fatal(err)
	}
	source := "archive=" + srv.URL
	if code, _, errs := citecheck(t, "check", "--source", source, "--out", filepath.Join(dir, "plain"), in); code != 0 || len(asked) > 0 {
		t.Fatalf("without --links: exit %d %s, asked for %v", code, errs, asked)
	}
	if code, plan, errs := citecheck(t, "check", "--plan", "--links", "--source", source, "--out", filepath.Join(dir, "plan"), in); code != 0 || len(asked) > 0 || !strings.Contains(plan, "/moved") {
		t.Fatalf("the plan: exit %d %s, asked for %v:\n%s", code, errs, asked, plan)
	}
	out := filepath.Join(dir, "links")
	code, text, errs := citecheck(t, "check", "--links", "--source", source, "--out", out, in)
	if code != 0 {
		t.Fatalf("exit %d: %s", code, errs)
	}
	got := map[string]string{}
	for _, e := range readGraph(t, out).Edges {
		if e.Cites == nil {
			continue
		}
		if e.Cites.Verdict != cite.Unverifiable {
			t.Errorf("%s is %s: advice enters the verdict", e.Cites.Text, e.Cites.Verdict)
		}
		for _, f := range e.Findings {
			if f.Check == "link-alive" {
				got[strings.TrimPrefix(f.Claimed, srv.URL+"/")] = f.Found + " " + f.Suggestion
				if f.Evidence == nil || f.Evidence.WARC == "" {
					t.Errorf("%s has no evidence", f.Claimed)
				}
			}
		}
	}
	want := map[string]string{"dead": "status 404 https://web.archive.org/web/2020/http://example.org/dead", "gone": "status 410 "}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("dead are %v, want %v", got, want)
	}
	for _, w := range []string{"link-alive", srv.URL + "/dead", "a copy: https://web.archive.org/web/2020/"} {
		if !strings.Contains(text, w) {
			t.Errorf("the summary has no %q:\n%s", w, text)
		}
	}
	for _, a := range asked {
		if strings.HasPrefix(a, "/private/") {
			t.Errorf("robots.txt was not obeyed: %s", a)
		}
	}
	first, _ := os.ReadFile(filepath.Join(out, "graph.json"))
	before := len(asked)
	citecheck(t, "check", "--links", "--source", source, "--offline", "--fresh", "--out", out, in)
	if again, _ := os.ReadFile(filepath.Join(out, "graph.json")); string(again) != string(first) || len(asked) != before {
		t.Error("offline on the same folder, the graph differs or somebody was asked")
	}
}

// TestLinksKeepToPublicHosts: without a source of that name, this machine is
// no place that a report's link leads to.
func TestLinksKeepToPublicHosts(t *testing.T) {
	asked := false
	srv := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked = true }))
	defer srv.Close()
	dir := t.TempDir()
	in := filepath.Join(dir, "report.md")
	if err := os.WriteFile(in, []byte("# Links\n\nThe register was kept.[^1]\n\n[^1]: Ann Petrov, “Quiet Exits,” Reuters, July 15, 2022, "+srv.URL+"/secret.\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if code, _, errs := citecheck(t, "check", "--links", "--catalog", filepath.Join(dir, "c.db"), "--out", filepath.Join(dir, "out"), in); code != 0 || asked {
		t.Errorf("exit %d %s; a host of this machine was asked: %v", code, errs, asked)
	}
}
