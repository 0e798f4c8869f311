package unpage

import (
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"citecheck/pipeline/cite"
)

// shared is the data that is tested against, which is no part of the project.
func shared(t *testing.T, parts ...string) string {
	t.Helper()
	path := filepath.Join(append([]string{"..", "..", "..", "shared", "data", "un"}, parts...)...)
	if _, err := os.Stat(path); err != nil {
		if os.Getenv("CITECHECK_REQUIRE_ALL") == "1" {
			t.Fatalf("needs the shared data: %v", parts)
		}
		t.Skipf("skipped: needs the shared data: %v", parts)
	}
	return path
}

// misprinted are resolutions that the UN's own page prints under another
// number or year, and one whose record the facts name without its part.
var misprinted = map[int]string{
	666: "printed as S/RES/663", 695: "printed as S/RES/701",
	207: "printed with 1964", 770: "printed with 1991", 771: "printed with 1991",
	1506: "of S/PV.4820 (Part II), which the facts call S/PV.4820",
}

type savedTables struct {
	files int
	years map[int]bool
	rows  []Row
}

// readTables reads the saved yearly tables, and holds the number of rows of
// each page to the rows that a look at the markup alone counts.
func readTables(t *testing.T) savedTables {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(shared(t, "pages", "dhl"), "scact*.html"))
	if err != nil {
		t.Fatal(err)
	}
	out := savedTables{files: len(files), years: map[int]bool{}}
	printed, counted := 0, 0
	for _, f := range files {
		data, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		p, err := Read("https://www.un.org/depts/dhl/resguide/"+filepath.Base(f), "", data)
		if err != nil {
			t.Errorf("%s: %v", filepath.Base(f), err)
			continue
		}
		for _, pr := range p.Problems {
			t.Errorf("%s: %s: %s", filepath.Base(f), pr.Item, pr.Reason)
		}
		if p.Year > 0 {
			out.years[p.Year] = true
		}
		if err := sound(p, data); err != nil {
			t.Errorf("%s: %v", filepath.Base(f), err)
		}
		n, want := trs(p.Rows), dataRows(t, data)
		if n != want {
			t.Errorf("%s: %d rows were read of %d", filepath.Base(f), n, want)
		}
		printed, counted = printed+want, counted+n
		out.rows = append(out.rows, p.Rows...)
	}
	t.Logf("%d pages, %d of %d rows read, as %d documents and meetings without one", len(files), counted, printed, len(out.rows))
	return out
}

// trs is how many rows of the page the rows come from: documents of one
// outcome cell share everything but their own symbol and vote.
func trs(rows []Row) (n int) {
	var last Row
	for i, r := range rows {
		r.Symbol, r.raw, r.Vote = "", "", ""
		r.Related = nil
		if i == 0 || r.Meeting+r.Date+r.Press+r.Topic+r.Outcome != last.Meeting+last.Date+last.Press+last.Topic+last.Outcome {
			n++
		}
		last = r
	}
	return n
}

var dayAlone = regexp.MustCompile(`^(?:\d{1,2}-)?\d{1,2} ?(?i:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?(?: \d{2,4})?$`)

// dataRows counts the rows of a page that hold a meeting, from the markup:
// those with a day in a cell, and those of two cells below one. Two pages have
// a row twice over.
func dataRows(t *testing.T, data []byte) (n int) {
	t.Helper()
	doc, err := parseHTML("", data)
	if err != nil {
		t.Fatal(err)
	}
	before := ""
	doc.Find("table.tablefont tr").Each(func(_ int, tr *goquery.Selection) {
		cells := tr.ChildrenFiltered("td, th")
		dated := false
		cells.Each(func(_ int, c *goquery.Selection) { dated = dated || dayAlone.MatchString(text(c)) })
		record := meeting.MatchString(text(cells.First())) && cells.Length() > 3 // its day is left out
		if all := text(tr); all == before {
			return
		} else {
			before = all
		}
		if dated || record || n > 0 && cells.Length() == 2 && text(cells) != "" {
			n++
		}
	})
	return n
}

// TestSavedTables reads every saved yearly table without loss: each
// resolution of the facts is on its year's page with the same symbol, date,
// meeting, press release, topic, outcome and vote.
func TestSavedTables(t *testing.T) {
	tables := readTables(t)
	if tables.files < 65 {
		t.Fatalf("%d saved tables", tables.files)
	}
	rows := map[int][]Row{}
	for _, r := range tables.rows {
		if m := resolved.FindStringSubmatch(r.Symbol); m != nil {
			n, _ := strconv.Atoi(m[1])
			rows[n] = append(rows[n], r)
		}
	}
	checked, wrong := 0, 0
	for _, x := range table(t, "facts_sc_resolutions.csv") {
		n, _ := strconv.Atoi(x["number"])
		y, _ := strconv.Atoi(x["year"])
		if !strings.Contains(x["sources"], "DHL") || !tables.years[y] {
			continue
		}
		checked++
		if _, ok := misprinted[n]; ok {
			continue
		}
		meeting, _, _ := strings.Cut(squeeze(x["meeting"]), "+")
		meeting, _, _ = strings.Cut(strings.ReplaceAll(meeting, "--", ""), "(meetingheld")
		press := strings.NewReplacer("(notposted)", "", "|", "").Replace(squeeze(x["press_release"]))
		outcome := strings.Split(x["outcome_vote"], " ; ")
		best := ""
		for _, r := range rows[n] {
			bad := ""
			for name, ok := range map[string]bool{
				"symbol":  squeeze(r.Symbol) == squeeze(x["masthead_symbol"]),
				"date":    r.Date == x["date"],
				"meeting": squeeze(r.Meeting) == meeting || squeeze(r.Meeting) == meeting+"(closed)",
				"press":   r.Press == press,
				"topic":   strings.Contains(topicBreak+clean(x["topic_dhl"])+topicBreak, topicBreak+r.Topic+topicBreak) || r.Topic == clean(x["topic_dhl"]),
				"vote":    r.Vote == vote(x["outcome_vote"]),
				"outcome": !slices.ContainsFunc(outcome, func(o string) bool { return !strings.Contains(r.Outcome, clean(o)) }),
			} {
				if !ok {
					bad += " " + name
				}
			}
			if bad == "" {
				best = ""
				break
			}
			best = fmt.Sprintf("%s of %+v", bad, r)
		}
		if len(rows[n]) == 0 {
			best = "it is not found"
		}
		if best != "" {
			wrong++
			t.Errorf("resolution %d of %d: %s; the facts say %v", n, y, best, x)
		}
	}
	t.Logf("%d resolutions checked, %d wrong, %d misprinted on the page", checked, wrong, len(misprinted))
	if checked != 2070 {
		t.Errorf("%d resolutions lie in a saved year, want 2070", checked)
	}
}

// TestSavedStatements: every presidential statement of the facts is on its
// year's page.
func TestSavedStatements(t *testing.T) {
	tables := readTables(t)
	rows := map[string][]Row{}
	for _, r := range tables.rows {
		rows[r.Symbol] = append(rows[r.Symbol], r)
	}
	checked := 0
	for _, x := range table(t, "facts_sc_prst.csv") {
		s, err := cite.ParseSymbol(x["symbol"])
		if err != nil {
			t.Fatal(err)
		}
		if !tables.years[s.Year()] {
			continue
		}
		checked++
		meeting, _, _ := strings.Cut(strings.NewReplacer("|", "", "--", "").Replace(squeeze(x["meeting"])), "+")
		if !slices.ContainsFunc(rows[x["symbol"]], func(r Row) bool {
			return r.Date == x["date"] && squeeze(r.Meeting) == meeting && r.Topic == clean(x["topic"])
		}) {
			t.Errorf("%s reads %+v; the facts say %v", x["symbol"], rows[x["symbol"]], x)
		}
	}
	t.Logf("%d statements checked", checked)
	if checked != 787 {
		t.Errorf("%d statements lie in a saved year, want 787", checked)
	}
}

func squeeze(s string) string { return strings.Join(strings.Fields(s), "") }

// table reads a file of facts.
func table(t *testing.T, name string) (out []map[string]string) {
	t.Helper()
	f, err := os.Open(shared(t, name))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	all, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range all[1:] {
		row := map[string]string{}
		for i, v := range x {
			row[all[0][i]] = v
		}
		out = append(out, row)
	}
	return out
}

// TestSavedMARC reads 94 real records: symbol, title, date and related
// documents of each. The related documents are held to the bare text of the
// fields.
func TestSavedMARC(t *testing.T) {
	data, err := os.ReadFile(shared(t, "pages", "marcxml", "undl_A_C.3_78_drafts_94records.xml"))
	if err != nil {
		t.Fatal(err)
	}
	p, err := Read("https://digitallibrary.un.org/search?of=xm", "", data)
	if err != nil {
		t.Fatal(err)
	}
	dated := regexp.MustCompile(`^2023-(?:08|09|1[0-2])-\d\d$`)
	related := 0
	for _, r := range p.Rows {
		if !strings.HasPrefix(r.Symbol, "A/C.3/78/L.") || len(r.Title) < 12 || !dated.MatchString(r.Date) || r.URL == "" {
			t.Errorf("%+v lacks its symbol, title or date", r)
		}
		related += len(r.Related)
	}
	want := len(regexp.MustCompile(`tag="993"`).FindAllIndex(data, -1))
	if len(p.Rows) != 94 || len(p.Documents) != 94 || p.Total != 94 || related != want {
		t.Errorf("%d records, %d documents of %d; %d related documents of %d", len(p.Rows), len(p.Documents), p.Total, related, want)
	}
	if len(p.Problems) != 1 || !strings.Contains(p.Problems[0].Reason, "AA/78/481/Add.2") {
		t.Errorf("the one misprinted symbol gives %+v", p.Problems)
	}
	t.Logf("%d records, %d related documents", len(p.Rows), related)
}
