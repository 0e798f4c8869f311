package main

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// runLines are the outcomes of run.json: how each input ended, and why.
func runLines(t *testing.T, dir string) (out [][3]string) {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(dir, "run.json"))
	if err != nil {
		t.Fatal(err)
	}
	var r struct {
		Inputs []struct{ File, Outcome, Reason string }
	}
	if err := json.Unmarshal(data, &r); err != nil {
		t.Fatal(err)
	}
	for _, in := range r.Inputs {
		out = append(out, [3]string{in.File, in.Outcome, in.Reason})
	}
	return out
}

// TestCheckAddress: reports that are named by their addresses are asked for
// once, politely, and kept; every one has a result, whatever its server does.
func TestCheckAddress(t *testing.T) {
	const text = "# A made-up report\n\nPeace is near.[^1]\n\n[^1]: Ness, Paula. *The Register*. Nowhere Press, 2021.\n"
	var mu sync.Mutex
	asked := map[string]int{}
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		asked[r.URL.Path]++
		mu.Unlock()
		switch r.URL.Path {
		case "/robots.txt":
			w.Write([]byte("User-agent: *\nDisallow: /private/\n"))
		case "/report.md", "/private/report.md":
			w.Write([]byte(text))
		case "/page":
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			w.Write([]byte(`<!DOCTYPE html><html><head><title>A page</title></head><body><p>Peace is near.<sup><a href="#n1" id="r1">1</a></sup></p><ol><li id="n1">Ness, Paula. The Register. Nowhere Press, 2021. <a href="#r1">back</a></li></ol></body></html>`))
		case "/moved":
			http.Redirect(w, r, "/report.md", http.StatusFound)
		case "/private-door":
			http.Redirect(w, r, "http://127.0.0.1:1/report.md", http.StatusFound)
		case "/landing.pdf":
			w.Write([]byte("<!DOCTYPE html><html><body>Click here to get the report</body></html>"))
		case "/empty":
		default:
			http.NotFound(w, r)
		}
	}))
	defer site.Close()
	stranger := httptest.NewServer(http.NotFoundHandler()) // on this machine, and trusted by nobody
	defer stranger.Close()

	dir := filepath.Join(t.TempDir(), "out")
	at := func(path string) string { return site.URL + path }
	args := []string{"check", "--out", dir, "--source", "dhl=" + site.URL, at("/report.md"), at("/page"), at("/moved?id=5&token=secret"), at("/report.md"),
		at("/private/report.md"), at("/none.pdf"), at("/empty"), at("/landing.pdf"), at("/private-door"), stranger.URL + "/report.md"}
	code, _, errs := citecheck(t, args...)
	if code != exitUnread {
		t.Errorf("exit %d: %s", code, errs)
	}
	want := [][3]string{
		{at("/report.md"), "checked", ""}, {at("/page"), "checked", ""}, {at("/moved?id=5&token=redacted"), "same-bytes", ""}, {at("/report.md"), "same-bytes", ""},
		{at("/private/report.md"), "unread", "robots.txt"}, {at("/none.pdf"), "unread", "404 Not Found"}, {at("/empty"), "unread", "empty"},
		{at("/landing.pdf"), "unread", "not a PDF file: it is a web page"}, {at("/private-door"), "unread", "public"}, {stranger.URL + "/report.md", "unread", "public"},
	}
	hold := func(got [][3]string) {
		t.Helper()
		if len(got) != len(want) {
			t.Fatalf("%d results, want %d", len(got), len(want))
		}
		for i, w := range want {
			if got[i][0] != w[0] || got[i][1] != w[1] || !strings.Contains(got[i][2], w[2]) {
				t.Errorf("got %q, want %q", got[i], w)
			}
		}
	}
	hold(runLines(t, dir))
	if asked["/private/report.md"] > 0 || asked["/report.md"] != 1 || asked["/page"] != 1 || asked["/robots.txt"] != 1 {
		t.Errorf("asked %v", asked)
	}
	g := readGraph(t, dir)
	kinds := map[string]string{}
	for _, n := range g.Nodes {
		if n.Report != nil {
			kinds[n.Report.File] = n.Report.MediaType
		}
	}
	if g.Meta.Notes != 2 || kinds[at("/page")] != "text/html" || kinds[at("/report.md")] != "text/markdown" {
		t.Errorf("%d notes of %v", g.Meta.Notes, kinds)
	}
	if data, _ := os.ReadFile(filepath.Join(dir, "graph.json")); strings.Contains(string(data), "secret") {
		t.Error("a secret of an address is in the graph")
	}

	// What was kept answers offline; what was not is told.
	whole, _ := os.ReadFile(filepath.Join(dir, "graph.json"))
	before := len(asked)
	if code, _, errs := citecheck(t, append(args, "--offline", "--fresh")...); code != exitUnread || len(asked) != before || asked["/report.md"] != 1 {
		t.Errorf("offline: exit %d, %v: %s", code, asked, errs)
	}
	hold(runLines(t, dir))
	if again, _ := os.ReadFile(filepath.Join(dir, "graph.json")); string(again) != string(whole) {
		t.Error("offline it is another graph")
	}
	code, _, errs = citecheck(t, "check", "--offline", "--out", filepath.Join(t.TempDir(), "new"), at("/report.md"))
	if code != exitUnread || !strings.Contains(errs, "offline: nobody was asked") {
		t.Errorf("offline, without an archive: exit %d, %s", code, errs)
	}
}
