package unpage

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
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

// misprinted are rows that the UN's own page prints under another number or
// year: they can't be found under their own.
var misprinted = map[int]string{666: "printed as S/RES/663", 695: "printed as S/RES/701"}

// TestSavedTables reads every saved yearly table without loss: each
// resolution of the facts is on its year's page, with the same date, meeting
// and vote.
func TestSavedTables(t *testing.T) {
	dir := shared(t, "pages", "dhl")
	files, err := filepath.Glob(filepath.Join(dir, "scact*.html"))
	if err != nil || len(files) < 60 {
		t.Fatalf("%d saved tables: %v", len(files), err)
	}
	type key struct{ year, number int }
	rows := map[key][]Row{}
	years := map[int]bool{}
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
			t.Logf("%s: %s: %s", filepath.Base(f), pr.Item, pr.Reason)
		}
		if len(p.Rows) == 0 {
			t.Errorf("%s: no row was read", filepath.Base(f))
		}
		if p.Year > 0 {
			years[p.Year] = true
		}
		for _, r := range p.Rows {
			if m := resolved.FindStringSubmatch(r.Symbol); m != nil {
				n, _ := strconv.Atoi(m[1])
				y, _ := strconv.Atoi(r.Date[:4])
				rows[key{y, n}] = append(rows[key{y, n}], r)
			}
		}
	}
	f, err := os.Open(shared(t, "facts_sc_resolutions.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	facts, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	fromDHL := regexp.MustCompile(`DHL`)
	checked, missing, other := 0, 0, 0
	for _, x := range facts[1:] {
		n, _ := strconv.Atoi(x[0])
		y, _ := strconv.Atoi(x[1])
		if !fromDHL.MatchString(x[11]) || !years[y] {
			continue
		}
		checked++
		if _, ok := misprinted[n]; ok {
			continue
		}
		found := rows[key{y, n}]
		if len(found) == 0 {
			missing++
			t.Errorf("resolution %d of %d is not found on its page", n, y)
			continue
		}
		// The facts keep what a cell has beside the meeting and the vote. A
		// number that comes twice (663, for 666) is right in one of its rows.
		wantMeeting := meetings(x[4])
		r := found[0]
		for _, f := range found {
			if f.Date == x[3] && f.Meeting == wantMeeting {
				r = f
			}
		}
		if r.Date != x[3] || !strings.HasPrefix(r.Meeting, wantMeeting) {
			other++
			t.Errorf("resolution %d reads %s, %s; the facts say %s, %s", n, r.Date, r.Meeting, x[3], x[4])
		}
		if r.Vote != vote(x[7]) {
			t.Errorf("the vote on %d reads %q; the facts say %q (cell %q)", n, r.Vote, x[7], r.Outcome)
		}
	}
	t.Logf("%d resolutions checked, %d missing, %d with another date or meeting", checked, missing, other)
	if checked != 2070 {
		t.Errorf("%d resolutions lie in a saved year, want 2070", checked)
	}
}
