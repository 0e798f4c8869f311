package pipeline

import (
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// mayImport is the house rule: for each package, which of the module's
// packages and which outside modules its code may import, and which parts of
// the standard library it may not. A package that is not named fails.
var mayImport = map[string]struct {
	ours    []string // of this module
	foreign []string // modules; a prefix counts
	never   []string // of the standard library; a prefix counts
}{
	"pipeline/cite":          {never: []string{"os", "net", "log", "io/fs"}},
	"extractors/pdf":         {ours: words, foreign: []string{"github.com/klippa-app/go-pdfium", "github.com/ledongthuc/pdf", "github.com/tetratelabs/wazero", "github.com/sourcegraph/conc/panics", "golang.org/x/text"}, never: network},
	"extractors/prose":       {ours: words, foreign: pureText, never: world},
	"extractors/container":   {never: world},
	"extractors/docx":        {ours: writers, foreign: pureText, never: world},
	"extractors/odt":         {ours: writers, foreign: pureText, never: world},
	"extractors/markup":      {ours: writers, foreign: append([]string{"github.com/PuerkitoBio/goquery", "github.com/andybalholm/cascadia", "github.com/yuin/goldmark", "golang.org/x/net/html"}, pureText...), never: world},
	"extractors/layout":      {ours: words, foreign: pureText, never: world},
	"extractors/notes":       {ours: words, foreign: pureText, never: world},
	"extractors/citation":    {ours: words, foreign: pureText, never: world},
	"extractors/undoc":       {ours: words, foreign: pureText, never: world},
	"extractors/unpage":      {ours: words, foreign: append([]string{"github.com/PuerkitoBio/goquery", "golang.org/x/net/html"}, pureText...), never: []string{"os", "net/http", "os/exec", "log"}},
	"pipeline/resolve":       {ours: words, foreign: pureText, never: world},
	"pipeline/verify":        {ours: words, foreign: pureText, never: world},
	"pipeline/style":         {ours: words, foreign: pureText, never: world},
	"pipeline/worker":        {ours: append([]string{"extractors/pdf", "extractors/docx", "extractors/odt", "extractors/markup"}, words...), foreign: []string{"golang.org/x/sys"}, never: network},
	"pipeline/catalog":       {ours: words, foreign: []string{"modernc.org/sqlite", "golang.org/x/text"}, never: network},
	"pipeline/fetch":         {ours: words, foreign: []string{"code.dny.dev/ssrf", "github.com/temoto/robotstxt", "github.com/gofrs/flock", "github.com/failsafe-go/failsafe-go", "golang.org/x/time", "golang.org/x/net/html/charset", "golang.org/x/net/http/httpproxy", "golang.org/x/net/dns/dnsmessage", "golang.org/x/sync"}},
	"pipeline/lookup":        {ours: append([]string{"extractors/unpage", "extractors/undoc"}, words...), foreign: []string{"golang.org/x/sync"}, never: []string{"os", "net/http", "log"}},
	"pipeline/graph":         {ours: words, foreign: []string{"github.com/santhosh-tekuri/jsonschema", "golang.org/x/text"}, never: network},
	"pipeline/tables":        {ours: append([]string{"pipeline/graph"}, words...), foreign: []string{"modernc.org/sqlite", "github.com/parquet-go/parquet-go"}, never: network},
	"pipeline/annotate":      {ours: append([]string{"pipeline/graph", "extractors/pdf", "extractors/docx"}, words...), never: world},
	"pipeline/review":        {ours: append([]string{"pipeline/graph"}, words...), never: world},
	"pipeline/report":        {ours: append([]string{"pipeline/graph", "pipeline/review"}, words...), never: network},
	"pipeline/batch":         {ours: append([]string{"pipeline", "pipeline/graph", "pipeline/catalog"}, words...), foreign: []string{"github.com/sourcegraph/conc", "github.com/gofrs/flock", "golang.org/x/text", "github.com/agnivade/levenshtein"}, never: network},
	"pipeline/queue":         {ours: append([]string{"pipeline/worker", "pipeline/fetch"}, words...), foreign: []string{"github.com/nats-io/", "github.com/sourcegraph/conc"}},
	"pipeline":               {ours: append([]string{"extractors/", "pipeline/resolve", "pipeline/lookup", "pipeline/verify", "pipeline/style", "pipeline/graph", "pipeline/annotate", "pipeline/worker"}, words...), foreign: []string{"github.com/sourcegraph/conc"}, never: network},
	"cmd/citecheck":          {ours: []string{"pipeline", "extractors/"}, foreign: []string{"github.com/spf13/cobra", "github.com/spf13/pflag", "github.com/prometheus/client_golang", "go.opentelemetry.io/otel", "github.com/go-logr/logr", "github.com/vbauerster/mpb", "golang.org/x/term", "golang.org/x/text"}},
	"cmd/unreplica":          {ours: []string{"pipeline/fetch/replica"}, foreign: []string{"github.com/spf13/cobra"}},
	"pipeline/fetch/replica": {ours: words},
}

var (
	words    = []string{"pipeline/cite"}
	writers  = append([]string{"extractors/prose", "extractors/container"}, words...) // tools of the readers, no readers themselves
	network  = []string{"net", "net/http"}
	world    = []string{"os", "net", "log", "io/ioutil"}
	pureText = []string{"golang.org/x/text", "github.com/clipperhouse/uax29", "github.com/agnivade/levenshtein"}
)

// TestImports holds the code to the table: who imports whom is a strict DAG,
// extractors never import each other, and only a few rooms have a window.
func TestImports(t *testing.T) {
	seen := map[string]bool{}
	err := filepath.WalkDir("..", func(file string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel := filepath.ToSlash(strings.TrimPrefix(file, ".."+string(filepath.Separator)))
		if d.IsDir() && (strings.HasPrefix(d.Name(), ".") && d.Name() != ".." || d.Name() == "testdata") {
			return fs.SkipDir
		}
		if d.IsDir() || !strings.HasSuffix(rel, ".go") || strings.HasSuffix(rel, "_test.go") {
			return nil
		}
		pkg := path.Dir(rel)
		seen[pkg] = true
		rule, ok := mayImport[pkg]
		if !ok {
			t.Errorf("%s: package %s is not in the table", rel, pkg)
			return nil
		}
		f, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		for _, spec := range f.Imports {
			imp, _ := strconv.Unquote(spec.Path.Value) // the parser has read it
			if own, ok := strings.CutPrefix(imp, "citecheck/"); ok {
				if !allowed(own, rule.ours, pkg == "cmd/citecheck") {
					t.Errorf("%s imports %s: the table does not allow it", rel, imp)
				}
			} else if strings.Contains(strings.SplitN(imp, "/", 2)[0], ".") {
				if !allowed(imp, rule.foreign, true) {
					t.Errorf("%s imports %s: the table does not allow it", rel, imp)
				}
			} else if slices.Contains(rule.never, imp) || imp == "unsafe" && pkg != "extractors/pdf" {
				t.Errorf("%s imports %s, which package %s may not", rel, imp, pkg)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(seen) < 10 {
		t.Errorf("only %d packages seen: the walk is broken", len(seen))
	}
}

// allowed tells whether imp is in list; an entry that ends in "/", or any
// when deep is set, stands for all below it.
func allowed(imp string, list []string, deep bool) bool {
	return slices.ContainsFunc(list, func(e string) bool {
		return imp == e || strings.HasSuffix(e, "/") && strings.HasPrefix(imp, e) || deep && strings.HasPrefix(imp, e+"/")
	})
}
