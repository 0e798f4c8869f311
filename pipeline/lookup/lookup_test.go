package lookup

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"

	"citecheck/pipeline/cite"
)

func sym(t testing.TB, s string) cite.Symbol {
	t.Helper()
	v, err := cite.ParseSymbol(s)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// catalog knows in which year a number was adopted, and nothing else.
type catalog struct{}

func (catalog) Lookup(s cite.Symbol) cite.Answer {
	if s.Number() > 4000 {
		return cite.Answer{Symbol: s, Outcome: cite.Absent, Reason: "far beyond", Evidence: &cite.Evidence{Place: "catalogue"}}
	}
	return cite.Answer{Symbol: s, Outcome: cite.NoWord, Reason: "not in the catalogue"}
}
func (catalog) YearOf(n int) (int, bool) {
	return map[bool]int{true: 2013, false: 0}[n > 2085 && n < 2133], n > 2085 && n < 2133
}

func (catalog) YearsOfMeeting(n int) []int {
	if n > 6900 && n < 7100 {
		return []int{2012, 2013}
	}
	return nil
}

const table = `<table class="tablefont">
<tr><td>S/PV.7090</td><td>27 December</td><td>SC/11232</td><td>Terrorism</td><td>S/RES/2132 (2013)<br>15-0-0</td></tr>
<tr><td>S/PV.7078</td><td>9 December</td><td>SC/11197</td><td>Africa</td><td>S/PRST/2013/20</td></tr>
<tr><td>S/PV.6952</td><td>25 April</td><td>SC/10987</td><td>The situation in Mali</td><td>S/RES/2100 (2013)<br>15-0-0</td></tr>
</table>`

// web answers from a map of what addresses hold, and counts.
type web struct {
	mu    sync.Mutex
	asked map[string]int
	fault func(address string) (*cite.Response, error) // nil, nil: no fault
}

func (w *web) Get(_ context.Context, q cite.Request) (*cite.Response, error) {
	address := q.URL
	w.mu.Lock()
	if q.MaxAge > 0 { // else it is asked for anew only where an earlier run kept it
		w.asked[address]++
	}
	w.mu.Unlock()
	if w.fault != nil {
		if r, err := w.fault(address); r != nil || err != nil {
			return r, err
		}
	}
	ok := func(body string) (*cite.Response, error) {
		return &cite.Response{Source: cite.Source{URL: address, Fetched: "2026-11-26T00:00:00Z", SHA256: strings.Repeat("e", 64)}, Status: 200, Body: []byte(body)}, nil
	}
	switch {
	case strings.Contains(address, "scact2013_table_en.htm"):
		return ok(table)
	case strings.Contains(address, "?s=S/RES/2100(2013)"):
		return ok("%PDF-1.7 S/RES/2100\n%%EOF")
	case strings.Contains(address, "?s=S/2015/682"):
		return ok("%PDF-1.7 A/70/357-S/2015/682\n%%EOF")
	case strings.Contains(address, "?s=S/2013/5"):
		return ok("%PDF-1.7 S/2013/6\n%%EOF") // the wrong document under the right address
	}
	return &cite.Response{Source: cite.Source{URL: address}, Status: 404}, nil
}

// read makes pages of a PDF that is nothing but its symbol.
func read(_ context.Context, data []byte) ([]cite.Zone, []cite.Page, error) {
	name, _, _ := strings.Cut(strings.TrimPrefix(string(data), "%PDF-1.7 "), "\n")
	line := func(y float64, s string) cite.Zone {
		l := cite.Line{Baseline: y, Size: 10}
		for _, w := range strings.Fields(s) {
			l.Runs = append(l.Runs, cite.Run{Text: w, Size: 10, Baseline: y, Space: true})
		}
		return cite.Zone{Page: 1, Kind: cite.ZoneBody, Lines: []cite.Line{l}}
	}
	return []cite.Zone{line(40, "United Nations "+name), line(52, "Distr.: General"), line(64, "25 April 2013"), line(100, "1. Decides this."), line(112, "2. Decides that.")}, nil, nil
}

func newLookup(w *web) *Lookup {
	w.asked = map[string]int{}
	return &Lookup{Fetch: w, Catalog: catalog{}, Read: read, Bases: Bases{DHL: "https://dhl.test", ODS: "https://ods.test/access"}}
}

func TestWhatEachSourceSays(t *testing.T) {
	for _, tt := range []struct {
		symbol string
		text   bool
		want   cite.Outcome
		paras  int
		reason string // part of it
	}{
		{"S/RES/2100", false, cite.Found, 0, ""},
		{"S/RES/2100", true, cite.Found, 2, ""},
		{"S/RES/2132", true, cite.Found, 0, ""},                                // in the table; its text was not had
		{"S/PV.7078", false, cite.Found, 0, ""},                                // no year is printed with it
		{"S/PRST/2013/40", false, cite.Absent, 0, "complete"},                  // the year's table ends before it
		{"S/RES/2101", false, cite.NoWord, 0, "404"},                           // a number within those of the year is a slip of the table
		{"S/RES/4594", false, cite.Absent, 0, "far beyond"},                    // nor can it be
		{"S/RES/2769", false, cite.NoWord, 0, "404"},                           // no table of its year is known
		{"S/2013/5", false, cite.NoWord, 0, "another document came: S/2013/6"}, // never "not found"
		{"S/2013/7", false, cite.NoWord, 0, "404"},                             // nor on a 404 of the document system
		{"SC/10987", false, cite.NotHeld, 0, "press release"},
	} {
		a := newLookup(&web{}).One(context.Background(), Want{Symbol: sym(t, tt.symbol), Text: tt.text})
		n := 0
		if a.Document != nil {
			for _, p := range a.Document.Paragraphs {
				if p.Kind == "" {
					n++
				}
			}
		}
		if a.Outcome != tt.want || n != tt.paras || !strings.Contains(a.Reason, tt.reason) || a.Outcome == cite.Absent && a.Evidence == nil {
			t.Errorf("%s (text %v) is %s with %d paragraphs, %q; want %s with %d, %q", tt.symbol, tt.text, a.Outcome, n, a.Reason, tt.want, tt.paras, tt.reason)
		}
		if tt.symbol == "S/RES/2132" && a.TextReason == "" {
			t.Error("nothing says why there is no text")
		}
	}
}

func TestJointSymbolIsOneDocument(t *testing.T) {
	a := newLookup(&web{}).One(context.Background(), Want{Symbol: sym(t, "S/2015/682")})
	if a.Outcome != cite.Found || a.Document.Symbol.String() != "A/70/357" {
		t.Errorf("a joint symbol is %s, %+v", a.Outcome, a.Document)
	}
}

// TestEachAskedOnce: many askers at once, and every address is asked for once.
func TestEachAskedOnce(t *testing.T) {
	w := &web{}
	l := newLookup(w)
	var wg sync.WaitGroup
	for i := range 40 {
		wg.Go(func() {
			l.One(context.Background(), Want{Symbol: sym(t, []string{"S/RES/2100", "S/RES/2132", "S/2013/5"}[i%3]), Text: i%2 == 0})
		})
	}
	wg.Wait()
	for address, n := range w.asked {
		if n > 1 {
			t.Errorf("%s was asked for %d times", address, n)
		}
	}
}

// faults are the ways in which a server fails to answer.
var faults = []func(address string) (*cite.Response, error){
	func(string) (*cite.Response, error) {
		return nil, &cite.Failure{Kind: "timeout", Reason: "no answer in time"}
	},
	func(string) (*cite.Response, error) { return nil, fmt.Errorf("something else") },
	func(a string) (*cite.Response, error) { return &cite.Response{Status: 403}, nil },
	func(a string) (*cite.Response, error) { return &cite.Response{Status: 500, Body: []byte("oops")}, nil },
	func(a string) (*cite.Response, error) { return &cite.Response{Status: 202, Challenged: true}, nil },
	func(a string) (*cite.Response, error) { return &cite.Response{Status: 200}, nil },
	func(a string) (*cite.Response, error) {
		return &cite.Response{Status: 200, Body: []byte("<html><p>There is no such document.</p></html>")}, nil
	},
	func(a string) (*cite.Response, error) {
		return &cite.Response{Status: 200, Body: append([]byte("%PDF-1.7 S/RES/2100"), make([]byte, placeholderSize-19)...)}, nil
	},
	func(a string) (*cite.Response, error) {
		return &cite.Response{Status: 200, Body: []byte("%PDF-1.7 S/RES/1\n%%EOF")}, nil
	},
	func(a string) (*cite.Response, error) {
		return &cite.Response{Status: 200, Body: []byte(`<table class="tablefont"><tr><td>x</td></tr></table>`)}, nil
	},
}

// TestFaultsOnlySilence: under 200 random schedules of faults every answer is
// the one without them, or no word.
func TestFaultsOnlySilence(t *testing.T) {
	symbols := []string{"S/RES/2100", "S/RES/2132", "S/RES/2101", "S/PRST/2013/40", "S/RES/4594", "S/2015/682", "S/2013/5", "S/PRST/2013/22"}
	for seed := range uint64(200) {
		rnd := rand.New(rand.NewPCG(seed, 1))
		chosen := map[string]int{}
		var mu sync.Mutex
		w := &web{fault: func(address string) (*cite.Response, error) {
			mu.Lock()
			defer mu.Unlock()
			k, ok := chosen[address]
			if !ok {
				k = rnd.IntN(2 * len(faults))
				chosen[address] = k
			}
			if k < len(faults) {
				return faults[k](address)
			}
			return nil, nil
		}}
		faulty, clean := newLookup(w), newLookup(&web{})
		for _, s := range symbols {
			want := clean.One(context.Background(), Want{Symbol: sym(t, s), Text: true})
			got := faulty.One(context.Background(), Want{Symbol: sym(t, s), Text: true})
			if got.Outcome != want.Outcome && got.Outcome != cite.NoWord {
				t.Fatalf("seed %d: %s turns from %s to %s (%q)", seed, s, want.Outcome, got.Outcome, got.Reason)
			}
			if got.Outcome == cite.NoWord && got.Reason == "" {
				t.Fatalf("seed %d: %s gives no reason", seed, s)
			}
			if got.Outcome == cite.Found {
				for _, f := range got.Document.Facts {
					if w, ok := want.Document.Fact(f.Field); ok && w.Value != f.Value && f.Primary && f.Field != cite.FieldDate {
						t.Fatalf("seed %d: of %s was read %s %q, without the faults %q", seed, s, f.Field, f.Value, w.Value)
					}
				}
			}
		}
	}
}

func TestOffline(t *testing.T) {
	l := &Lookup{Catalog: catalog{}, Bases: DefaultBases}
	if a := l.One(context.Background(), Want{Symbol: sym(t, "S/2023/402")}); a.Outcome != cite.NoWord || !strings.Contains(a.Reason, "offline") {
		t.Errorf("offline: %+v", a)
	}
}
