package batch

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/quick"
)

func put(t *testing.T, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func TestExpand(t *testing.T) {
	dir := t.TempDir()
	put(t, filepath.Join(dir, "b.pdf"), "two")
	put(t, filepath.Join(dir, "a.docx"), "one")
	put(t, filepath.Join(dir, "sub", "c.MD"), "three")
	put(t, filepath.Join(dir, "sub", "picture.png"), "no report")
	put(t, filepath.Join(dir, ".hidden", "d.pdf"), "hidden")
	put(t, filepath.Join(dir, "odd.name"), "named, so read")
	names := func(in []input) (out []string) {
		for _, i := range in {
			n := i.name
			if i.err != nil {
				n += "!"
			}
			out = append(out, n)
		}
		return out
	}
	for _, tt := range []struct{ args, want []string }{
		{[]string{dir}, []string{"a.docx", "b.pdf", "sub/c.MD"}},
		{[]string{filepath.Join(dir, "odd.name")}, []string{"odd.name"}},
		{[]string{filepath.Join(dir, "*.pdf")}, []string{"b.pdf"}},
		{[]string{filepath.Join(dir, "*.odt")}, []string{filepath.Join(dir, "*.odt") + "!"}},
		{[]string{filepath.Join(dir, "none.pdf"), filepath.Join(dir, "b.pdf")}, []string{"none.pdf!", "b.pdf"}},
		{[]string{"-"}, []string{"stdin"}},
		{[]string{filepath.Join(dir, ".hidden")}, []string{"d.pdf"}},
		{[]string{filepath.Join(dir, "sub")}, []string{"c.MD"}},
	} {
		if got := names(expand(t.Context(), tt.args, strings.NewReader("piped"), Web{})); !slices.Equal(got, tt.want) {
			t.Errorf("expand(%q) = %q, want %q", tt.args, got, tt.want)
		}
	}
}

// TestWalk: a folder is read for reports, whether they can be read here or
// not, and never for what programs keep there, citecheck among them.
func TestWalk(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"a.pdf", "~$a.docx", "._a.pdf", "old.doc", "memo.RTF", "table.xlsx", "report.html", "annotated/mine.docx",
		"out/" + lockName, "out/report.html", "out/annotated/a-1234.pdf", "out/late.pdf"} {
		put(t, filepath.Join(dir, filepath.FromSlash(name)), name)
	}
	var got []string
	for _, in := range walk(dir) {
		got = append(got, in.name)
	}
	want := []string{"a.pdf", "annotated/mine.docx", "memo.RTF", "old.doc", "out/late.pdf", "report.html"}
	if !slices.Equal(got, want) {
		t.Errorf("reports in the folder: %q, want %q", got, want)
	}
	link := filepath.Join(t.TempDir(), "link")
	if err := os.Symlink(dir, link); err != nil {
		t.Skip(err)
	}
	if in := walk(link); len(in) != len(want) || in[0].name != want[0] {
		t.Errorf("by a link to the folder: %d reports, the first %s; want %d", len(in), in[0].name, len(want))
	}
}

func TestNearest(t *testing.T) {
	names := []string{"report.pdf", "offline", "out", "check", "notes.docx", "Müller.pdf"}
	for _, tt := range []struct{ mistyped, want string }{
		{"reprot.pdf", "report.pdf"}, {"REPORT.PDF", "report.pdf"}, {"ofline", "offline"}, {"chekc", "check"}, {"Mu\u0308ller.pdf", "Müller.pdf"},
		{"annex.pdf", ""}, {"x", ""}, {"", ""},
	} {
		if got := Nearest(tt.mistyped, names); got != tt.want {
			t.Errorf("Nearest(%q) = %q, want %q", tt.mistyped, got, tt.want)
		}
	}
}

// TestMissing: what is no file is answered with what may be meant.
func TestMissing(t *testing.T) {
	dir := t.TempDir()
	put(t, filepath.Join(dir, "report.pdf"), "x")
	for _, tt := range []struct{ arg, want string }{
		{filepath.Join(dir, "reprot.pdf"), "Is " + filepath.Join(dir, "report.pdf") + " meant?"},
		{"S/RES/2423 (2018)", `citecheck document "S/RES/2423 (2018)"`},
		{"www.example.org/report.pdf", "https://"},
		{filepath.Join(dir, "none", "report.pdf"), "no such file or directory"},
	} {
		if in := list([]string{tt.arg}, nil); in[0].err == nil || !strings.HasSuffix(in[0].err.Error(), tt.want) {
			t.Errorf("%s: %v, want %q at its end", tt.arg, in[0].err, tt.want)
		}
	}
}

// TestForeignFiles: a run never writes over a file that is not its own.
func TestForeignFiles(t *testing.T) {
	for _, name := range []string{"graph.json", "report.html", "run.json"} {
		dir := t.TempDir()
		put(t, filepath.Join(dir, name), "somebody's")
		if _, err := open(dir); !errors.Is(err, ErrForeign) || !strings.Contains(err.Error(), name) {
			t.Errorf("a folder with somebody's %s opens: %v", name, err)
		}
		put(t, filepath.Join(dir, name), `{"format":"citecheck-graph/1"}`) // of a run whose hidden files were lost
		f, err := open(dir)
		if err != nil {
			t.Fatalf("a folder with an earlier %s does not open: %v", name, err)
		}
		f.close()
	}
}

func TestJobsJoinEqualBytesAndNameFiles(t *testing.T) {
	h := func(c string) string { return strings.Repeat(c, 64) }
	in := []input{{name: "x/Report (final).pdf", sha256: h("a")}, {name: "broken.pdf", err: errors.New("no")}, {name: "copy.pdf", sha256: h("a")},
		{name: "...-é.pdf", sha256: h("b")}, {name: strings.Repeat("n", 200) + ".pdf", sha256: h("c")},
		{name: "r.pdf", sha256: "12345678" + h("d")[:56]}, {name: "y/r.docx", sha256: "12345678" + h("e")[:56]}}
	var got []string
	for _, j := range jobs(in) {
		got = append(got, j.file)
	}
	want := []string{"reports/Report__final_-aaaaaaaa.json", "reports/_-bbbbbbbb.json", "reports/" + strings.Repeat("n", 80) + "-cccccccc.json",
		"reports/r-12345678dddddddd.json", "reports/r-12345678eeeeeeee.json"}
	if !slices.Equal(got, want) {
		t.Errorf("files are %q, want %q", got, want)
	}
	if j := jobs(in)[0]; !slices.Equal(j.inputs, []int{0, 2}) {
		t.Errorf("inputs with the same bytes are %v, want 0 and 2", j.inputs)
	}
}

// TestPrintable: names that differ stay apart in JSON.
func TestPrintable(t *testing.T) {
	if a, b := printable("doc\xff.pdf"), printable("doc\xfe.pdf"); a == b || a != `doc\xff.pdf` {
		t.Errorf("printable gives %q and %q", a, b)
	}
	law := func(name string) bool { return printable(name) == name }
	if err := quick.Check(law, nil); err != nil {
		t.Error(err)
	}
}

func TestFolderWritesWholeOrNothing(t *testing.T) {
	dir := t.TempDir()
	f, err := open(dir)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := open(dir); !errors.Is(err, ErrInUse) {
		t.Errorf("a second run opens the folder: %v", err)
	}
	if err := f.write("x.json", func(w io.Writer) error { _, err := io.WriteString(w, "whole"); return err }); err != nil {
		t.Fatal(err)
	}
	err = f.write("x.json", func(w io.Writer) error { io.WriteString(w, "half"); return errors.New("cut") })
	if data, _ := os.ReadFile(filepath.Join(dir, "x.json")); err == nil || string(data) != "whole" {
		t.Errorf("after a write that fails (%v) the file holds %q", err, data)
	}
	put(t, filepath.Join(dir, "reports", tempPrefix+"123"), "left by a kill")
	f.close()
	if left, _ := filepath.Glob(filepath.Join(dir, "*", tempPrefix+"*")); len(left) > 0 {
		t.Errorf("left over: %q", left)
	}
	again, err := open(dir)
	if err != nil {
		t.Fatalf("a closed folder is still locked: %v", err)
	}
	again.close()
}

func TestLedgerSurvivesATornLine(t *testing.T) {
	f, err := open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer f.close()
	if err := f.note(record{SHA256: "1", Settings: "s", File: "reports/a.json", Hash: "h"}); err != nil {
		t.Fatal(err)
	}
	torn, _ := os.OpenFile(filepath.Join(f.dir, ledgerName), os.O_APPEND|os.O_WRONLY, 0)
	torn.WriteString(`{"sha256":"2","settings":"s","fi`)
	torn.Close()
	if err := f.note(record{SHA256: "3", Settings: "s", File: "reports/c.json", Hash: "h"}); err != nil {
		t.Fatal(err)
	}
	got := f.ledger()
	if len(got) != 2 || got[[2]string{"1", "s"}].File == "" || got[[2]string{"3", "s"}].File == "" {
		t.Errorf("the ledger reads %+v", got)
	}
}
