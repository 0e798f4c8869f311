package catalog

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"citecheck/pipeline/cite"
)

func symbol(t *testing.T, s string) cite.Symbol {
	t.Helper()
	v, err := cite.ParseSymbol(s)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// TestRows reads every row: numbers ascend without a gap up to completeTo,
// and every date is a day of the year that the ranges give.
func TestRows(t *testing.T) {
	c := Builtin()
	for n := 1; n <= c.LastKnown(); n++ {
		d, ok := c.Resolution(n)
		if !ok {
			if n <= c.CompleteTo() {
				t.Errorf("resolution %d is missing", n)
			}
			continue
		}
		if y, ok := c.YearOf(n); !ok || y != d.Date.Year || d.Date.Day == 0 || !d.Date.Valid() {
			t.Errorf("resolution %d is dated %s, its number is of %d", n, d.Date, y)
		}
		if n <= c.CompleteTo() && d.Topic == "" {
			t.Errorf("resolution %d has no agenda title", n)
		}
		if d.Symbol.ID() != "un:S/RES/"+strconv.Itoa(n) {
			t.Errorf("resolution %d has the id %s", n, d.Symbol.ID())
		}
	}
	for line := range strings.Lines(table) {
		f := strings.Split(strings.TrimRight(line, "\n"), "\t")
		if want := map[string]int{"year": 5, "res": 8}[f[0]]; len(f) != want {
			t.Errorf("%q has %d fields, want %d", line, len(f), want)
		}
	}
	for y := 1946; y < 2026; y++ {
		first, last, complete, ok := c.Range(y)
		next, _, _, _ := c.Range(y + 1)
		if !ok || first > last || !complete || next != last+1 {
			t.Errorf("%d runs from %d to %d, complete %v; the next year begins with %d", y, first, last, complete, next)
		}
	}
}

func TestResolution(t *testing.T) {
	d, ok := Builtin().Resolution(2423)
	if !ok || d.Printed != "S/RES/2423 (2018)" || d.Date.String() != "2018-06-28" || d.Meeting != "S/PV.8298" || d.Vote != "15-0-0" || d.Topic != "The situation in Mali" {
		t.Errorf("resolution 2423 is %+v", d)
	}
	f, ok := d.Fact(cite.FieldDate)
	if !ok || !f.Primary || f.Evidence.Name != "builtin" || f.Evidence.Place != "S/RES/2423" || f.Evidence.Quote != "2018-06-28" || len(f.Evidence.SHA256) != 64 {
		t.Errorf("the date's evidence is %+v", f)
	}
	for n, want := range map[int]string{313: "1972-02-28", 338: "1973-10-22", 521: "1982-09-19"} {
		d, _ := Builtin().Resolution(n)
		if f, _ := d.Fact(cite.FieldDayAfter); f.Value != want {
			t.Errorf("the vote on %d ran past midnight into %s, the catalogue says %q", n, want, f.Value)
		}
	}
}

// TestBeyond: a number that cannot be is told beside the highest and its day.
func TestBeyond(t *testing.T) {
	day, err := cite.ParseISODate(date)
	if err != nil {
		t.Fatal(err)
	}
	a := Builtin().Lookup(symbol(t, "S/RES/4594"))
	if a.Outcome != cite.Absent || !strings.HasSuffix(a.Reason, "the highest known on "+day.Words()+" is 2825") {
		t.Errorf("S/RES/4594: %v, %s", a.Outcome, a.Reason)
	}
}

func TestLookup(t *testing.T) {
	c := Builtin()
	for _, tt := range []struct {
		symbol string
		want   cite.Outcome
	}{
		{"S/RES/1", cite.Found}, {"S/RES/2640", cite.Found}, {"S/RES/2777", cite.Found},
		{"S/RES/2641", cite.NoWord}, {"S/RES/2770", cite.NoWord}, // gaps above the complete part
		{"S/RES/" + strconv.Itoa(c.LastKnown()+1), cite.NoWord}, {"S/RES/" + strconv.Itoa(c.LastKnown()+100), cite.NoWord},
		{"S/RES/" + strconv.Itoa(c.LastKnown()+101), cite.Absent}, {"S/RES/9999", cite.Absent},
		{"S/2023/402", cite.NoWord}, {"A/RES/60/1", cite.NoWord},
	} {
		a := c.Lookup(symbol(t, tt.symbol))
		if a.Outcome != tt.want || a.Outcome == cite.Absent && a.Evidence == nil || a.Outcome != cite.Found && a.Reason == "" {
			t.Errorf("Lookup(%s) = %+v, want %s", tt.symbol, a, tt.want)
		}
	}
}

func TestByTopic(t *testing.T) {
	c := Builtin()
	nums := func(topic string, year int) (out []int) {
		for _, d := range c.ByTopic(topic, year) {
			out = append(out, d.Number)
		}
		return out
	}
	has := func(list []int, n int) bool {
		for _, x := range list {
			if x == n {
				return true
			}
		}
		return false
	}
	if got := nums("The situation in Mali", 2019); !has(got, 2480) {
		t.Errorf("Mali in 2019: %v, want 2480 among them", got)
	}
	if got := nums("The situation in Mali", 2021); !has(got, 2584) { // the table says "Mali" from 2020 on
		t.Errorf("Mali in 2021: %v, want 2584 among them", got)
	}
	if got := nums("", 2023); len(got) > 0 {
		t.Errorf("an empty agenda title has the fellows %v", got)
	}
	if got := nums("The situation in Malawi", 2019); len(got) > 0 {
		t.Errorf("Malawi is taken for %v", got)
	}
}

func BenchmarkLookup(b *testing.B) {
	c := Builtin()
	s, err := cite.ParseSymbol("S/RES/2423")
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		c.Lookup(s)
	}
}

// TestYearsOfMeeting: the meetings at which resolutions were adopted tell the
// year of those between them.
func TestYearsOfMeeting(t *testing.T) {
	for n, want := range map[int][]int{8315: {2018}, 6183: {2009}, 100: {1947}, 7353: {2014, 2015}, 9999: nil, 0: nil} {
		if got := Builtin().YearsOfMeeting(n); !slices.Equal(got, want) {
			t.Errorf("meeting %d: %v, want %v", n, got, want)
		}
	}
}
