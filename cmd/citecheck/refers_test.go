package main

import (
	"bufio"
	"compress/gzip"
	"context"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"citecheck/extractors/undoc"
	"citecheck/pipeline"
	"citecheck/pipeline/cite"
	"citecheck/pipeline/fetch"
)

// An anchor is words of a UN document that its editors linked to another.
type anchor struct{ text, symbol string }

// anchors are the links of each document, by the name of its file; links to
// what is no UN document are left out.
func anchors(t *testing.T) map[string][]anchor {
	t.Helper()
	f, err := os.Open(shared(t, "data", "un", "pdf_link_anchors.tsv.gz"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string][]anchor{}
	for lines := bufio.NewScanner(z); lines.Scan(); {
		c := strings.Split(lines.Text(), "\t")
		if len(c) == 7 && c[6] != "" && c[6] != "symbol" {
			out[c[1]] = append(out[c[1]], anchor{c[4], c[6]})
		}
	}
	return out
}

// papers are the UN documents whose links are known: their bytes, by file.
// held are those of the archive, some of which are other documents than the
// archive says, by intent.
func papers(t *testing.T, links map[string][]anchor) (all map[string][]byte, held map[string]bool) {
	t.Helper()
	out := map[string][]byte{}
	held = map[string]bool{}
	files, _ := filepath.Glob(filepath.Join(shared(t, "data", "undocs"), "*.pdf"))
	for _, f := range files {
		name := strings.TrimSuffix(filepath.Base(f), ".pdf")
		if _, ok := links[name]; ok {
			data, err := os.ReadFile(f)
			if err != nil {
				t.Fatal(err)
			}
			out[name] = data
		}
	}
	a, err := fetch.OpenArchive(shared(t, "data", "errors", "archive.warc.gz"))
	if err != nil {
		t.Fatal(err)
	}
	for name := range links {
		if _, ok := out[name]; ok {
			continue
		}
		symbol := strings.ReplaceAll(name, "_", "/")
		resp, ok, err := a.Get("https://documents.un.org/api/symbol/access?s=" + symbol + "&l=en&t=pdf")
		if err == nil && ok && len(resp.Body) > 0 && strings.HasPrefix(string(resp.Body[:min(5, len(resp.Body))]), "%PDF") {
			out[name], held[name] = resp.Body, true
		}
	}
	return out, held
}

// TestRefers holds what is read of UN documents' own text to the links that
// UN editors set in it. A symbol that is read where nothing is linked is not
// counted; one that is read where the same words are linked to another is wrong.
func TestRefers(t *testing.T) {
	if testing.Short() {
		t.Skip("reads 30 PDFs: not with -short")
	}
	links := anchors(t)
	documents, found, linked, right, wrong := 0, 0, 0, 0, 0
	all, held := papers(t, links)
	for _, name := range slices.Sorted(maps.Keys(all)) {
		zones, pages, err := readPaper(context.Background(), all[name])
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		d := undoc.Read(zones, pages)
		if held[name] && strings.NewReplacer("/", "_", "(", "_", ")", "_").Replace(d.Symbol.String()) != name {
			t.Logf("%s: the archive has another document in its place, %s", name, d.Symbol)
			continue
		}
		documents++
		read := map[cite.Symbol]string{}
		for _, r := range pipeline.Refer(zones, &d) {
			read[r.Symbol] = r.Place
		}
		want := map[cite.Symbol]bool{}
		texts := map[string]map[string]bool{}
		for _, a := range links[name] {
			// "(SUPP)" is the link's; it is not printed.
			s, err := cite.ParseSymbol(strings.TrimSuffix(a.symbol, "(supp)"))
			if err != nil || s == d.Symbol {
				continue
			}
			want[s] = true
			key := strings.Trim(strings.Join(strings.Fields(a.text), ""), "().,;:[]–-")
			if texts[key] == nil {
				texts[key] = map[string]bool{}
			}
			texts[key][s.String()] = true
		}
		for s := range want {
			linked++
			if _, ok := read[s]; ok {
				found++
			} else {
				t.Logf("%s: missed %s", name, s)
			}
		}
		for s, place := range read {
			if want[s] {
				right++
				continue
			}
			if as := texts[strings.ReplaceAll(printedNumber(s), " ", "")]; as != nil {
				wrong++
				t.Logf("%s, %s: %s, where the link leads to %v", name, place, s, as)
				continue
			}
			t.Logf("%s, %s: %s is printed and not linked", name, place, s)
		}
	}
	if recall, precision := float64(found)/float64(linked), float64(right)/float64(right+wrong); recall < 0.98 || precision < 0.995 || documents < 25 {
		t.Errorf("recall %.4f, at least 0.98; precision %.4f, at least 0.995; of %d documents", recall, precision, documents)
	}
	t.Logf("%d documents: %d of %d linked symbols, %d right, %d wrong", documents, found, linked, right, wrong)
}

// printedNumber is how running text prints a symbol: the number of a
// resolution, or the symbol itself.
func printedNumber(s cite.Symbol) string {
	if _, n, ok := strings.Cut(s.String(), "RES/"); ok {
		return n
	}
	return s.String()
}
