package main

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"image"
	_ "image/png"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"citecheck/pipeline/cite"
	"citecheck/pipeline/graph"
)

// annotated checks a report and gives back its copy with remarks.
func annotated(t *testing.T, report string) (copied string, g *graph.Graph) {
	t.Helper()
	out := t.TempDir()
	code, _, errs := citecheck(t, "check", "--offline", "--quiet", "--annotate", "--out", out, report)
	if code != exitWrong || errs != "" {
		t.Fatalf("exit %d: %s", code, errs)
	}
	found, _ := filepath.Glob(filepath.Join(out, "annotated", "*"))
	if len(found) != 1 {
		t.Fatalf("annotated/ holds %q", found)
	}
	return found[0], readGraph(t, out)
}

// remarked are the citations that have something to say of them, in order.
func remarked(g *graph.Graph) (out []graph.Edge) {
	for _, e := range g.Edges {
		if e.Cites != nil && slices.ContainsFunc(e.Findings, func(f graph.Finding) bool { return f.Verdict.Rank() <= cite.Unreachable.Rank() }) {
			out = append(out, e)
		}
	}
	return out
}

// program runs a program that a test needs.
func program(t *testing.T, name string, args ...string) []byte {
	t.Helper()
	if _, err := exec.LookPath(name); err != nil {
		missing(t, name)
	}
	out, err := exec.Command(name, args...).Output()
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return out
}

var wordBox = regexp.MustCompile(`<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>`)

// TestAnnotatedPDF: poppler shows the highlights over the words of the
// citations that they are about, in their order, and over no others; the text
// is that of the report, and the report's bytes begin the copy.
func TestAnnotatedPDF(t *testing.T) {
	report := filepath.Join("..", "..", "testdata", "reports", "sample.pdf")
	copied, g := annotated(t, report)
	if a, b := program(t, "pdftotext", "-layout", report, "-"), program(t, "pdftotext", "-layout", copied, "-"); !bytes.Equal(a, b) {
		t.Error("the copy has another text")
	}
	a, _ := os.ReadFile(report)
	b, _ := os.ReadFile(copied)
	if !bytes.HasPrefix(b, a) || len(a) == len(b) {
		t.Error("the copy is not the report and something behind it")
	}
	before, after := pictures(t, report), pictures(t, copied)
	pages := strings.Split(string(program(t, "pdftotext", "-bbox", copied, "-")), "<page ")[1:]
	marked := ""
	for i, page := range pages {
		for _, m := range wordBox.FindAllStringSubmatch(page, -1) {
			var box [4]float64
			for k := range box {
				box[k], _ = strconv.ParseFloat(m[k+1], 64)
			}
			if share(before[i], after[i], box) > 0.5 {
				marked += m[5]
			}
		}
	}
	want := ""
	for _, e := range remarked(g) {
		want += e.Text
	}
	if len(want) < 100 || graph.Fold(marked) != graph.Fold(want) {
		t.Errorf("marked is\n%s\nwant\n%s", marked, want)
	}
}

// pictures are the pages as poppler shows them, 2 pixels a point.
func pictures(t *testing.T, file string) (out []image.Image) {
	t.Helper()
	dir := t.TempDir()
	program(t, "pdftoppm", "-r", "144", "-png", file, filepath.Join(dir, "p"))
	names, _ := filepath.Glob(filepath.Join(dir, "*.png"))
	for _, name := range names {
		f, err := os.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		img, _, err := image.Decode(f)
		f.Close()
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, img)
	}
	return out
}

// share is how much of a box, in points, differs between two pictures.
func share(a, b image.Image, box [4]float64) float64 {
	all, differ := 0, 0
	for y := int(2 * box[1]); y < int(2*box[3]); y++ {
		for x := int(2 * box[0]); x < int(2*box[2]); x++ {
			all++
			if a.At(x, y) != b.At(x, y) {
				differ++
			}
		}
	}
	return float64(differ) / float64(max(all, 1))
}

// TestAnnotatedWord: LibreOffice opens the copy with every comment beside the
// call of the note that it names, all notes and the text as they were.
func TestAnnotatedWord(t *testing.T) {
	if testing.Short() {
		t.Skip("LibreOffice takes its time")
	}
	report := filepath.Join("..", "..", "testdata", "reports", "sample.docx")
	copied, g := annotated(t, report)
	before, none := openDocument(t, report)
	after, comments := openDocument(t, copied)
	if before != after || len(none) > 0 {
		t.Errorf("the copy has another text:\n%s\n%s", before, after)
	}
	want := map[string]bool{}
	for _, n := range g.Nodes {
		if n.Note != nil && (len(n.Note.Findings) > 0 || slices.ContainsFunc(remarked(g), func(e graph.Edge) bool { return e.Source == n.Note.ID })) {
			want["Note "+n.Note.Label] = true
		}
	}
	got := map[string]bool{}
	for _, c := range comments {
		got[c.title] = true
		if c.title != "Note "+c.beside {
			t.Errorf("the comment on %s stands beside the call of %q", c.title, c.beside)
		}
	}
	if fmt.Sprint(got) != fmt.Sprint(want) || len(want) < 4 {
		t.Errorf("comments on %v, want %v", got, want)
	}
}

// A comment as LibreOffice has it: its first line, and the note whose call it
// touches.
type comment struct{ title, beside string }

// openDocument has LibreOffice convert a Word file and reads the text back,
// each note in its place, and the comments.
func openDocument(t *testing.T, file string) (string, []comment) {
	t.Helper()
	dir := t.TempDir()
	program(t, "soffice", "-env:UserInstallation=file://"+filepath.ToSlash(dir)+"/profile", "--headless", "--convert-to", "odt", "--outdir", dir, file)
	name := strings.TrimSuffix(filepath.Base(file), ".docx") + ".odt"
	z, err := zip.OpenReader(filepath.Join(dir, name))
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	f, err := z.Open("content.xml")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var text strings.Builder
	var comments []comment
	var open []int // comments that no character of the text has followed yet
	last := ""     // the note whose call is the last thing before here
	d := xml.NewDecoder(f)
	inAnnotation, inCitation, inNote := 0, false, 0
	title, inLine := "", false
	for {
		tok, err := d.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		switch e := tok.(type) {
		case xml.StartElement:
			switch e.Name.Local {
			case "annotation":
				inAnnotation++
				title, inLine = "", false
			case "p":
				inLine = true
			case "note":
				inNote++
			case "note-citation":
				inCitation = true
			}
		case xml.EndElement:
			switch e.Name.Local {
			case "annotation":
				inAnnotation--
				comments = append(comments, comment{title: title, beside: last})
				open = append(open, len(comments)-1)
			case "p":
				inLine = false
				if inAnnotation > 0 {
					title += "\n"
				} else {
					text.WriteString("\n")
				}
			case "note":
				inNote--
			case "note-citation":
				inCitation = false
			}
		case xml.CharData:
			s := string(e)
			switch {
			case inAnnotation > 0:
				if inLine && !strings.Contains(title, "\n") {
					title += s
				}
			case inCitation:
				last = s
				for _, i := range open {
					if comments[i].beside == "" {
						comments[i].beside = s
					}
				}
				open = nil
				text.WriteString("[" + s + "]")
			case strings.TrimSpace(s) != "":
				text.WriteString(s)
				if inNote == 0 {
					last, open = "", nil
				}
			}
		}
	}
	for i := range comments {
		comments[i].title = strings.TrimSpace(comments[i].title)
	}
	return strings.Join(strings.Fields(text.String()), " "), comments
}

// TestNoCopyWithoutRemarks: what takes no remarks is said, and nothing is
// written for it; a copy of an earlier run does not stay.
func TestNoCopyWithoutRemarks(t *testing.T) {
	out := t.TempDir()
	report := filepath.Join("..", "..", "testdata", "reports", "sample.md")
	_, _, errs := citecheck(t, "check", "--offline", "--quiet", "--annotate", "--out", out, report)
	if !strings.Contains(errs, "sample.md: no annotated copy: ") || !strings.Contains(errs, ".docx") {
		t.Errorf("said is %q", errs)
	}
	if left, _ := filepath.Glob(filepath.Join(out, "annotated", "*")); len(left) > 0 {
		t.Errorf("written is %q", left)
	}
}
