package main

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// recipe is a block of code of README's recipes, the first that holds word.
func recipe(t *testing.T, lang, word string) string {
	t.Helper()
	readme, err := os.ReadFile(filepath.Join("..", "..", "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	_, text, ok := strings.Cut(string(readme), "\n## Recipes\n")
	if !ok {
		t.Fatal("README has no recipes")
	}
	text, _, _ = strings.Cut(text, "\n## ")
	for _, block := range regexp.MustCompile("(?s)```"+lang+"\n(.*?)```").FindAllStringSubmatch(text, -1) {
		if strings.Contains(block[1], word) {
			return block[1]
		}
	}
	t.Fatalf("README has no recipe in %s with %q", lang, word)
	return ""
}

// shell runs a script in dir, where citecheck is this test's own binary.
func shell(t *testing.T, dir, script string) (code int, out string) {
	t.Helper()
	sh, err := exec.LookPath("sh")
	if err != nil {
		missing(t, "a shell")
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	bin := t.TempDir()
	for name, text := range map[string]string{
		"citecheck": "#!/bin/sh\n" + beProgram + "=1 exec '" + self + "' \"$@\"\n",
	} {
		if err := os.WriteFile(filepath.Join(bin, name), []byte(text), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	cmd := exec.Command(sh, "-c", script)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "PATH="+bin+string(os.PathListSeparator)+os.Getenv("PATH"))
	data, err := cmd.CombinedOutput()
	if err != nil && cmd.ProcessState == nil {
		t.Fatal(err)
	}
	return cmd.ProcessState.ExitCode(), string(data)
}

// put copies one of the sample reports, or a draft, into a folder.
func put(t *testing.T, from, to string) {
	t.Helper()
	data, err := os.ReadFile(from)
	if err == nil {
		err = os.MkdirAll(filepath.Dir(to), 0o755)
	}
	if err == nil {
		err = os.WriteFile(to, data, 0o644)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// good is a draft in which nothing is wrong.
var good = []passage{{"Women were named in a text of their own.", "UN Security Council Resolution 1325 (October 31, 2000), UN Doc. S/RES/1325."}}

func TestRecipeShell(t *testing.T) {
	script := recipe(t, "sh", "check --offline")
	for name, tt := range map[string]struct {
		report, want string
		code         int
	}{
		"right":      {markdown(t, "good.md", good), "no footnote is contradicted", 0},
		"wrong":      {markdown(t, "bad.md", firstDraft), "contradicted or not found", 1},
		"unreadable": {filepath.Join("..", "..", "testdata", "reports", "locked.pdf"), "not all reports could be checked", 1},
	} {
		dir := t.TempDir()
		put(t, tt.report, filepath.Join(dir, "reports", filepath.Base(tt.report)))
		if code, out := shell(t, dir, script); code != tt.code || !strings.Contains(out, tt.want) {
			t.Errorf("%s: exit %d, want %d: %s", name, code, tt.code, out)
		}
	}
}

// TestRecipeActions runs the steps of the workflow as a runner does: each in
// a shell that ends at the first failure, the later ones only if they say so.
func TestRecipeActions(t *testing.T) {
	if testing.Short() {
		t.Skip("it builds the program")
	}
	workflow := recipe(t, "yaml", "runs-on")
	type step struct{ run, uses, when string }
	var steps []step
	for _, line := range strings.Split(workflow, "\n") {
		trimmed := strings.TrimSpace(line)
		if rest, ok := strings.CutPrefix(trimmed, "- "); ok {
			steps = append(steps, step{})
			trimmed = rest
		}
		if len(steps) == 0 {
			continue
		}
		s := &steps[len(steps)-1]
		for field, to := range map[string]*string{"run: ": &s.run, "uses: ": &s.uses, "if: ": &s.when} {
			if v, ok := strings.CutPrefix(trimmed, field); ok {
				*to = v
			}
		}
	}
	root, err := filepath.Abs(filepath.Join("..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	for name, tt := range map[string]struct {
		passages []passage
		fails    bool
	}{"right": {good, false}, "wrong": {firstDraft, true}} {
		dir := t.TempDir()
		put(t, markdown(t, "draft.md", tt.passages), filepath.Join(dir, "reports", "draft.md"))
		failed, ran := false, 0
		for _, s := range steps {
			switch {
			case s.run == "" && s.uses == "actions/checkout@v4":
				if err := os.Symlink(root, filepath.Join(dir, "citecheck")); err != nil && !os.IsExist(err) {
					t.Fatal(err)
				}
			case s.run != "" && (!failed || s.when == "always()"):
				ran++
				code, out := shell(t, dir, "export GOBIN='"+dir+"/bin' PATH='"+dir+"/bin':\"$PATH\"\nset -e\n"+s.run)
				failed = failed || code != 0
				if code != 0 && !strings.Contains(s.run, "check --offline") {
					t.Errorf("%s: %s: exit %d: %s", name, s.run, code, out)
				}
			}
		}
		if failed != tt.fails || ran != 3 {
			t.Errorf("%s: the build failed %v, want %v; %d steps ran", name, failed, tt.fails, ran)
		}
		data, err := os.ReadFile(filepath.Join(dir, "citecheck.sarif"))
		if err != nil || strings.Contains(string(data), `"level": "error"`) != tt.fails {
			t.Errorf("%s: the SARIF file (%v) does not say what failed: %.300s", name, err, data)
		}
		if _, err := os.Stat(filepath.Join(dir, "bin", "citecheck")); err != nil {
			t.Errorf("%s: the program was not installed: %v", name, err)
		}
	}
}

func TestRecipeNetworkx(t *testing.T) {
	if exec.Command("python3", "-c", "import networkx").Run() != nil {
		if exec.Command("/usr/bin/python3", "-c", "import networkx").Run() != nil {
			missing(t, "networkx (Debian's python3-networkx)")
		}
		t.Setenv("PATH", "/usr/bin"+string(os.PathListSeparator)+os.Getenv("PATH")) // another python stands before Debian's
	}
	dir := t.TempDir()
	for name, passages := range map[string][]passage{"one": firstDraft, "two": secondDraft(), "three": good} {
		from, _, _, _ := graphOf(t, markdown(t, name+".md", passages))
		put(t, filepath.Join(from, "graph.json"), filepath.Join(dir, "2025", name, "graph.json"))
	}
	code, out := shell(t, dir, recipe(t, "sh", "networkx"))
	lines := strings.Split(strings.TrimSpace(out), "\n")
	if code != 0 || len(lines) != 6 || !strings.HasPrefix(lines[0], "3\tS/RES/1325 (2000)\tWomen and peace and security") || !strings.HasPrefix(lines[5], "1\tS/RES/1521 (2003)") {
		t.Errorf("exit %d:\n%s", code, out)
	}
}

// zoteroTypes are the item types that Zotero's translator of CSL-JSON takes;
// one item of another type, and it takes none.
var zoteroTypes = strings.Fields(`article article-journal article-magazine article-newspaper bill book broadcast chapter dataset entry
	entry-dictionary entry-encyclopedia figure graphic interview legal_case legislation manuscript map motion_picture musical_score pamphlet
	paper-conference patent personal_communication post post-weblog report review review-book song speech thesis treaty webpage`)

// zotero answers as Zotero's connector server does (server_connector.js,
// "CSL JSON.js"): it wants a POST with a session that is new, takes the body
// as text unless its type makes the server decode it, and imports the items
// of an array if it knows the types of all.
func zotero(t *testing.T) (address string, imported *[]map[string]any) {
	t.Helper()
	sessions := map[string]bool{}
	imported = new([]map[string]any)
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		refuse := func(code int, why string) {
			t.Errorf("Zotero answers %d: %s", code, why)
			http.Error(w, why, code)
		}
		session, body := r.URL.Query().Get("session"), []byte(nil)
		body, err := io.ReadAll(r.Body)
		var items []map[string]any
		switch media, _, _ := strings.Cut(r.Header.Get("Content-Type"), ";"); {
		case r.URL.Path != "/connector/import":
			refuse(404, r.URL.Path)
			return
		case r.Method != http.MethodPost:
			refuse(400, r.Method)
			return
		case strings.HasPrefix(r.UserAgent(), "Mozilla/"):
			refuse(403, "a browser")
			return
		case media == "" || media == "application/json" || media == "application/x-www-form-urlencoded" || media == "multipart/form-data":
			refuse(400, "a body of type "+media+" is decoded, and no translator sees it")
			return
		case session == "" || sessions[session]:
			refuse(409, "SESSION_EXISTS")
			return
		case err != nil || json.Unmarshal(body, &items) != nil:
			refuse(400, "no translator knows the text")
			return
		}
		sessions[session] = true
		for _, it := range items {
			if typ, _ := it["type"].(string); !slices.Contains(zoteroTypes, typ) {
				refuse(400, fmt.Sprintf("no translator knows the type %q", typ))
				return
			}
			for _, who := range []string{"author", "editor"} {
				names, _ := it[who].([]any)
				for _, n := range names {
					if n := n.(map[string]any); n["family"] == nil && n["literal"] == nil {
						t.Errorf("a name has neither a family nor a literal: %v", n)
					}
				}
			}
			if d, ok := it["issued"].(map[string]any); ok {
				if parts, _ := d["date-parts"].([]any); len(parts) == 0 {
					t.Errorf("a date has no parts: %v", d)
				}
			}
		}
		*imported = append(*imported, items...)
		w.WriteHeader(http.StatusCreated)
		json.NewEncoder(w).Encode(items)
	}))
	t.Cleanup(s.Close)
	return s.Listener.Addr().String(), imported
}

func TestRecipeZotero(t *testing.T) {
	if _, err := exec.LookPath("curl"); err != nil {
		missing(t, "curl")
	}
	address, imported := zotero(t)
	script := recipe(t, "sh", "23119")
	dir := t.TempDir()
	from := checked(t)
	put(t, filepath.Join(from, "graph.json"), filepath.Join(dir, "out", "graph.json"))
	code, out := shell(t, dir, strings.ReplaceAll(script, "127.0.0.1:23119", address))
	want := len(readGraph(t, from).Items())
	if code != 0 || len(*imported) != want || want < 15 {
		t.Errorf("exit %d, %d items imported, want %d: %.300s", code, len(*imported), want, out)
	}
	i := slices.IndexFunc(*imported, func(it map[string]any) bool { return it["number"] == "S/RES/1509 (2003)" })
	if i < 0 || (*imported)[i]["title"] != "Resolution 1509 (2003): Liberia" || (*imported)[i]["URL"] != "https://docs.un.org/en/S/RES/1509(2003)" {
		t.Errorf("resolution 1509 is imported as %v", (*imported)[max(i, 0)])
	}
}
