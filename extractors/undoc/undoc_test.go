package undoc

import (
	"slices"
	"strings"
	"testing"

	"citecheck/pipeline/cite"
)

// page makes zones of lines: "# " a heading, "- " a running foot, else body.
func page(n int, lines ...string) (out []cite.Zone) {
	for i, l := range lines {
		kind := cite.ZoneBody
		switch {
		case strings.HasPrefix(l, "# "):
			kind, l = cite.ZoneHeading, l[2:]
		case strings.HasPrefix(l, "- "):
			kind, l = cite.ZoneFooter, l[2:]
		}
		y := 40 + float64(i)*12
		ln := cite.Line{Baseline: y, Size: 10}
		for _, w := range strings.Fields(l) {
			ln.Runs = append(ln.Runs, cite.Run{Text: w, Size: 10, Baseline: y, Space: true, Bold: kind == cite.ZoneHeading})
		}
		out = append(out, cite.Zone{Page: n, Kind: kind, Lines: []cite.Line{ln}})
	}
	return out
}

func value(d cite.Document, f cite.Field) string {
	x, _ := d.Fact(f)
	return x.Value
}

func TestCouncilResolution(t *testing.T) {
	d := Read(append(page(1, "United Nations S/RES/2423 (2018)", "Security Council Distr.: General", "28 June 2018", "# Resolution 2423 (2018)",
		"Adopted by the Security Council at its 8298th meeting, on 28 June 2018", "The Security Council,", "Recalling its resolution 2364 (2017),",
		"1. Decides to extend the mandate until 30 June", "2019;", "2. Requests the Secre-", "tary-General to report:", "1. a list begins anew", "3. Decides to remain seized.", "- 18-10687 (E)"),
		page(2, "# Annex", "1. An annexed paragraph.", "2. Another.")...), nil)
	if d.Symbol.String() != "S/RES/2423" || d.Date.String() != "2018-06-28" || d.Meeting != "S/PV.8298" || d.Last != 3 || d.Body != "Security Council" {
		t.Errorf("the masthead reads %s, %s, %s, last paragraph %d", d.Symbol, d.Date, d.Meeting, d.Last)
	}
	var got []string
	for _, p := range d.Paragraphs {
		got = append(got, p.Kind+"|"+p.Text)
	}
	want := []string{"preamble|", "|Decides to extend the mandate until 30 June 2019;", "|Requests the Secretary-General to report: 1. a list begins anew", "|Decides to remain seized.", "annex|An annexed paragraph.", "annex|Another."}
	if len(got) != len(want) || !slices.Equal(got[1:], want[1:]) || !strings.Contains(got[0], "Recalling its resolution") {
		t.Errorf("the paragraphs are\n%q, want\n%q", got, want)
	}
	for _, f := range d.Facts {
		if !f.Primary || f.Evidence.Place == "" {
			t.Errorf("the fact %+v shows no place", f)
		}
	}
}

func TestReportWithTwoSymbols(t *testing.T) {
	d := Read(page(1, "United Nations A/70/357–S/2015/682", "General Assembly Distr.: General", "Security Council 2 September 2015", "Original: English",
		"# The future of operations: report of the", "# Secretary-General on their reform", "1. In June the panel reported.", "2. It was read."), nil)
	if d.Symbol.String() != "A/70/357" || !slices.Contains(d.Aliases, "S/2015/682") {
		t.Errorf("the symbols are %s and %q", d.Symbol, d.Aliases)
	}
	if value(d, cite.FieldTitle) != "The future of operations: report of the Secretary-General on their reform" || d.Date.String() != "2015-09-02" || d.Last != 2 {
		t.Errorf("title %q, date %s, last %d", d.Title, d.Date, d.Last)
	}
}

// TestAdoptedAndDistributed: of an Assembly resolution both days are kept
// apart.
func TestAdoptedAndDistributed(t *testing.T) {
	d := Read(page(1, "United Nations A/RES/78/323", "General Assembly Distr.: General", "14 August 2024", "Seventy-eighth session",
		"# Resolution adopted by the General Assembly on 13 August 2024", "The General Assembly,", "1. Decides to meet;"), nil)
	if value(d, cite.FieldDate) != "2024-08-13" || value(d, cite.FieldIssued) != "2024-08-14" {
		t.Errorf("adopted %s, distributed %s", value(d, cite.FieldDate), value(d, cite.FieldIssued))
	}
}

func TestNothingIsMadeUp(t *testing.T) {
	d := Read(page(1, "A page without any masthead", "that says nothing of itself."), []cite.Page{{Number: 1, Problem: "no text layer"}})
	if !d.Symbol.IsZero() || !d.Date.IsZero() || d.Last != 0 || len(d.Problems) != 1 {
		t.Errorf("of nothing was read %+v", d)
	}
	if got := value(d, cite.FieldExists); got != "" {
		t.Errorf("it is said to be %s", got)
	}
}

func TestPlaceholder(t *testing.T) {
	words := func(s string) []cite.Page {
		p := cite.Page{Number: 1}
		for _, w := range strings.Fields(s) {
			p.Runs = append(p.Runs, cite.Run{Text: w})
		}
		return []cite.Page{p}
	}
	if !IsPlaceholder(words("The document A/78/1 does not exist in the Official Document System.")) {
		t.Error("the document system's notice is taken for a document")
	}
	if IsPlaceholder(words("The Council notes that peace does not exist in the system.")) {
		t.Error("a document is taken for the document system's notice")
	}
}

// FuzzRead: paragraph numbers ascend by at most three, and the last is Last.
func FuzzRead(f *testing.F) {
	f.Add("S/RES/1 (1946)\n1. x\n2. y\n\nAnnex\n1. z")
	f.Fuzz(func(t *testing.T, text string) {
		d := Read(page(1, strings.Split(text, "\n")...), nil)
		last := 0
		for _, p := range d.Paragraphs {
			if p.Kind != "" {
				continue
			}
			if p.N <= last || p.N > last+3 {
				t.Errorf("paragraph %d follows %d", p.N, last)
			}
			last = p.N
		}
		if last != d.Last {
			t.Errorf("the last paragraph is %d, Last says %d", last, d.Last)
		}
	})
}
