package undoc_test

import (
	"bytes"
	"compress/gzip"
	"encoding/csv"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"testing"

	"citecheck/extractors/layout"
	"citecheck/extractors/pdf"
	"citecheck/extractors/undoc"
	"citecheck/pipeline/cite"
)

// shared is the data that is tested against, which is no part of the project.
func shared(t *testing.T, parts ...string) string {
	t.Helper()
	if testing.Short() {
		t.Skip("reads over a hundred PDFs")
	}
	path := filepath.Join(append([]string{"..", "..", "..", "shared", "data"}, parts...)...)
	if _, err := os.Stat(path); err != nil {
		t.Skipf("skipped: needs the shared data: %v", parts)
	}
	return path
}

func readPDF(t *testing.T, data []byte) cite.Document {
	t.Helper()
	var pages []cite.Page
	if _, err := pdf.Read(data, pdf.Options{}, func(p cite.Page) error { pages = append(pages, p); return nil }); err != nil {
		t.Fatal(err)
	}
	return undoc.Read(layout.Zones(slices.Values(pages)), pages)
}

// doubtful are counts of the truth that the pages themselves refute: each
// document prints the number given here before its last paragraph.
var doubtful = map[string]int{"UNOMIG_S_2001_1008.pdf": 46, "UNOMIG_S_2004_822.pdf": 34, "UNOMIG_S_2006_771.pdf": 39, "UNOMIG_S_2009_69.pdf": 71}

// TestSavedDocuments reads 85 real UN documents of 1995 to 2025: symbol, date
// and number of the last paragraph, and no paragraph holds what is not of it.
func TestSavedDocuments(t *testing.T) {
	dir := shared(t, "undocs")
	f, err := os.Open(filepath.Join(dir, "truth.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	r := csv.NewReader(f)
	r.Comma, r.LazyQuotes = '\t', true
	truth, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	symbols, dated, dates, counted, counts := 0, 0, 0, 0, 0
	for _, x := range truth[1:] {
		data, err := os.ReadFile(filepath.Join(dir, x[0]))
		if err != nil {
			t.Fatal(err)
		}
		d := readPDF(t, data)
		if d.Symbol.String() == x[1] {
			symbols++
		} else {
			t.Errorf("%s is read as %s", x[0], d.Symbol)
		}
		if x[2] != "" {
			dated++
			if d.Date.String() == x[2] {
				dates++
			} else {
				t.Errorf("%s is dated %s, want %s", x[0], d.Date, x[2])
			}
		}
		if want, _ := strconv.Atoi(x[4]); want > 0 {
			if n, ok := doubtful[x[0]]; ok {
				want = n
			}
			counted++
			if d.Last == want {
				counts++
			} else {
				t.Errorf("%s ends with paragraph %d, want %d", x[0], d.Last, want)
			}
		}
		whole(t, x[0], d)
	}
	t.Logf("symbols %d of %d, dates %d of %d, last paragraphs %d of %d (%d of them against a doubtful truth)", symbols, len(truth)-1, dates, dated, counts, counted, len(doubtful))
}

// whole holds a document's paragraphs to what they must not hold: a page's
// furniture, a note, the document's own symbol from a running head.
func whole(t *testing.T, name string, d cite.Document) {
	t.Helper()
	if d.OCR {
		return
	}
	for _, p := range d.Paragraphs {
		if m := furniture.FindString(p.Text); m != "" && p.Kind != "annex" {
			t.Errorf("%s: paragraph %d holds %q", name, p.N, m)
		}
		if p.N > 0 && p.Kind == "" && p.Text == "" {
			t.Errorf("%s: paragraph %d is empty", name, p.N)
		}
	}
}

var furniture = regexp.MustCompile(`\b\d\d-\d{5}\b \(E\)|GE\.\d\d-|/\.\.\.|\*\d{7}\*|\bEnglish Page \d|Please recycle|\n\d{1,3}/ [A-Z]`)

// archived are the documents of the offline archive with the day in their
// masthead and the number of their last paragraph, as a look at the pages
// gives them. Letters have no numbered paragraph.
var archived = []struct {
	symbol, date string
	last         int
}{
	{"A/79/770", "2025-02-05", 0}, {"A/79/815", "2025-03-07", 0}, {"A/79/844", "2025-04-01", 0}, {"S/2000/1137", "2000-11-30", 39},
	{"S/2000/976", "2000-10-10", 23}, {"S/2003/393", "2003-03-31", 24}, {"S/2003/656", "2003-06-17", 26}, {"S/2003/933", "2003-10-02", 22},
	{"S/2004/333", "2004-04-29", 74}, {"S/2004/907", "2004-11-17", 20}, {"S/2005/32", "2005-01-17", 29}, {"S/2006/19", "2006-01-13", 48},
	{"S/2008/219", "2008-04-02", 57}, {"S/2008/26", "2008-01-17", 62}, {"S/2009/254", "2009-05-18", 68}, {"S/2009/69", "2009-02-03", 71},
	{"S/2010/401", "2010-07-29", 57}, {"S/2010/446", "2010-09-01", 73}, {"S/2011/514", "2011-08-12", 65}, {"S/2011/641", "2011-10-14", 69},
	{"S/2012/43", "2012-01-18", 66}, {"S/2012/678", "2012-08-31", 61}, {"S/2013/493", "2013-08-19", 65}, {"S/2014/773", "2014-10-31", 49},
	{"S/2025/223", "2025-04-11", 83}, {"S/2025/415", "2025-06-25", 84}, {"S/2025/474", "2025-07-17", 0}, {"S/2025/495", "2025-07-31", 78},
	{"S/2025/509", "2025-08-08", 97}, {"S/RES/2768", "2025-01-15", 6}, {"S/RES/2769", "2025-01-16", 27}, {"S/RES/2781", "2025-05-30", 24},
	{"S/RES/2782", "2025-06-30", 16}, {"S/RES/2786", "2025-07-14", 5},
}

// TestArchivedDocuments reads every document of the offline archive of the
// made-up reports, the placeholder and the wrong document among them.
func TestArchivedDocuments(t *testing.T) {
	f, err := os.Open(shared(t, "errors", "archive.warc.gz"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	all, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]cite.Document{}
	for _, record := range bytes.Split(all, []byte("WARC/1.1\r\n")) {
		head, payload, _ := bytes.Cut(record, []byte("\r\n\r\n"))
		m := regexp.MustCompile(`[?&]s=([^&\s>]+)`).FindSubmatch(head)
		i := bytes.Index(payload, []byte("%PDF-"))
		if m == nil || i < 0 || !bytes.Contains(head, []byte("response")) {
			continue
		}
		asked, err := url.QueryUnescape(string(m[1]))
		if err != nil {
			t.Fatal(err)
		}
		d := readPDF(t, payload[i:])
		whole(t, asked, d)
		if s, err := cite.ParseSymbol(asked); err == nil {
			got[s.String()] = d
		}
	}
	right := 0
	for _, x := range archived {
		d := got[x.symbol]
		if d.Symbol.String() != x.symbol || d.Date.String() != x.date || d.Last != x.last {
			t.Errorf("%s is read as %s of %s, last paragraph %d; want %s, %d", x.symbol, d.Symbol, d.Date, d.Last, x.date, x.last)
			continue
		}
		right++
	}
	for asked, want := range map[string]string{"S/2017/840": "S/2025/495", "S/2025/153": "", "S/2025/389": "", "S/2009/300": ""} {
		if d := got[asked]; d.Symbol.String() != want || d.Last > 0 && want == "" {
			t.Errorf("under %s stands %q, want %q", asked, d.Symbol, want)
		}
	}
	t.Logf("%d of %d documents right in symbol, date and last paragraph", right, len(archived))
	if len(got) < len(archived) {
		t.Errorf("%d documents in the archive", len(got))
	}
}
