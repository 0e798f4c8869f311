package unpage

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestLayouts reads small tables in each layout that the library has used,
// written for this test with true facts.
func TestLayouts(t *testing.T) {
	for _, tt := range []struct {
		file, url string
		year      int
		complete  bool
		want      []string // symbol|date|meeting|press|topic|vote
	}{
		{"dhl_4_cells.html", "scact1960_table_en.html", 1960, true, []string{
			"S/RES/161 (1960)|1960-12-14|S/PV.920||The Congo question|9-0-2",
			"S/RES/160 (1960)|1960-12-07|S/PV.911||Admission of new Members|adopted unanimously"}},
		{"dhl_5_cells.html", "scact2013_table_en.htm", 2013, true, []string{
			"S/PRST/2013/22|2013-12-12|S/PV.7081|SC/11207|Peace and security in Africa|",
			"S/RES/2100 (2013)|2013-04-25|S/PV.6952|SC/10987|The situation in Mali|15-0-0",
			"S/RES/2098 (2013)|2013-03-28|S/PV.6943|SC/10964|The situation concerning the Democratic Republic of the Congo|15-0-0",
			"S/RES/2097 (2013)|2013-03-26|S/PV.6942|SC/10963|The situation in Sierra Leone|15-0-0"}},
		{"dhl_7_cells.html", "scact2021_table_en.htm", 2021, false, []string{
			"S/RES/2584 (2021)|2021-06-29|S/PV.8809||Mali|15-0-0"}},
		{"dhl_veto.html", "scact_veto_table_en.html", 0, false, []string{
			"S/2022/431|2022-05-26|S/PV.9048||Non-proliferation|"}},
	} {
		data, err := os.ReadFile(filepath.Join("..", "..", "testdata", "pages", tt.file))
		if err != nil {
			t.Fatal(err)
		}
		p, err := Read("https://www.un.org/depts/dhl/resguide/"+tt.url, "", data)
		if err != nil {
			t.Errorf("%s: %v", tt.file, err)
			continue
		}
		var got []string
		for _, r := range p.Rows {
			got = append(got, strings.Join([]string{r.Symbol, r.Date, r.Meeting, r.Press, r.Topic, r.Vote}, "|"))
		}
		if !slices.Equal(got, tt.want) || p.Year != tt.year || p.Complete != tt.complete || p.Site != "dhl" {
			t.Errorf("%s: year %d, complete %v:\n got %q\nwant %q", tt.file, p.Year, p.Complete, got, tt.want)
		}
		for _, d := range p.Documents {
			for _, f := range d.Facts {
				if f.Evidence.Place == "" || f.Evidence.Quote == "" || !f.Primary {
					t.Errorf("%s: the fact %+v of %s shows no place or words", tt.file, f, d.Symbol)
				}
			}
		}
	}
}

// TestDrift: a page that lost its table says so, and proves nothing.
func TestDrift(t *testing.T) {
	for _, page := range []string{"", "<html><body><p>Moved.</p></body></html>", "<table class=tablefont><tr><td>one cell</td></tr></table>"} {
		if p, err := Read("https://www.un.org/depts/dhl/resguide/scact2013_table_en.htm", "", []byte(page)); !errors.Is(err, ErrDrift) || p.Complete {
			t.Errorf("%q: %v, complete %v", page, err, p.Complete)
		}
	}
	if _, err := Read("https://example.org/x", "", nil); !errors.Is(err, ErrNoReader) {
		t.Errorf("an unknown site: %v", err)
	}
}

// FuzzRead: whatever a page holds, every document read from it has a symbol,
// a day of the calendar and evidence in the page's own words.
func FuzzRead(f *testing.F) {
	files, _ := filepath.Glob(filepath.Join("..", "..", "testdata", "pages", "*.html")) // the pattern is sound
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		p, err := Read("https://www.un.org/depts/dhl/resguide/scact2013_table_en.htm", "", data)
		if err != nil {
			return
		}
		for _, d := range p.Documents {
			if d.Symbol.IsZero() || !d.Date.Valid() || len(d.Facts) == 0 {
				t.Errorf("%+v is no document", d)
			}
			for _, x := range d.Facts {
				if x.Evidence.Quote == "" {
					t.Errorf("%s: %s has no words to show", d.Symbol, x.Field)
				}
			}
		}
	})
}
