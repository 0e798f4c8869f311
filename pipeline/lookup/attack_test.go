package lookup

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"citecheck/pipeline/cite"
)

// onePage answers one address, by part of it, with a body, and all others not
// at all.
func onePage(part, body string) *web {
	return &web{fault: func(address string) (*cite.Response, error) {
		if !strings.Contains(address, part) {
			return nil, &cite.Failure{Kind: "timeout", Reason: "no answer in time"}
		}
		return &cite.Response{Source: cite.Source{URL: address, Fetched: "2026-11-26T00:00:00Z", SHA256: strings.Repeat("e", 64)}, Status: 200, Body: []byte(body)}, nil
	}}
}

// TestListsThatProveNothing: what may seem a complete list without a statement
// is none.
func TestListsThatProveNothing(t *testing.T) {
	rows := func(list ...string) string {
		var b strings.Builder
		b.WriteString(`<table class="tablefont">`)
		for i, r := range list {
			day, outcome, _ := strings.Cut(r, "|")
			fmt.Fprintf(&b, "<tr><td>S/PV.%d</td><td>%s</td><td></td><td>Africa</td><td>%s</td></tr>", 7090-i, day, outcome)
		}
		return b.String() + "</table>"
	}
	for _, tt := range []struct {
		name, body string
		want       cite.Outcome
	}{
		{"whole", rows("27 December|", "18 December|S/PRST/2013/22", "9 January|S/PRST/2013/1"), cite.Absent},
		{"left standing in December", rows("13 December|", "9 December|S/PRST/2013/20", "9 January|S/PRST/2013/1"), cite.NoWord},
		{"of another year", rows("27 December|", "18 December|S/PRST/2012/22", "9 January|S/PRST/2012/1"), cite.NoWord},
		{"cut off", strings.TrimSuffix(rows("27 December|", "18 December|S/PRST/2013/22"), "</table>"), cite.NoWord},
		{"without any statement", rows("27 December|", "18 December|S/RES/2100 (2013)"), cite.NoWord},
		{"in letters that can't be read", strings.Replace(rows("27 December|", "18 December|S/PRST/2013/22"), "Africa", strings.Repeat("\uFFFD", 40), 1), cite.NoWord},
	} {
		a := newLookup(onePage("scact2013", tt.body)).One(context.Background(), Want{Symbol: sym(t, "S/PRST/2013/40")})
		if a.Outcome != tt.want || a.Outcome == cite.NoWord && a.Reason == "" {
			t.Errorf("a table %s: %s (%q), want %s", tt.name, a.Outcome, a.Reason, tt.want)
		}
	}
}

// TestDocumentsInPart: a document of which not all came, or was read, says
// what it has, and is not the whole.
func TestDocumentsInPart(t *testing.T) {
	whole := "%PDF-1.7 S/RES/2100\n%%EOF"
	linear := "%PDF-1.7 S/RES/2100\n1 0 obj <</Linearized 1/L 90000/H[1 2]/O 3>>\n%%EOF"
	for _, tt := range []struct {
		name, body string
		lost       bool // a page can't be read
		paras      int
		settles    bool
	}{
		{"whole", whole, false, 2, true},
		{"for slow lines, whose first page alone came", linear, false, 0, false},
		{"with a page that can't be read", whole, true, 2, false},
	} {
		l := newLookup(&web{fault: func(address string) (*cite.Response, error) {
			if strings.Contains(address, "?s=S/RES/2100(2013)") {
				return &cite.Response{Source: cite.Source{URL: address, Fetched: "2026-11-26T00:00:00Z"}, Status: 200, Body: []byte(tt.body)}, nil
			}
			return nil, nil
		}})
		l.Read = func(ctx context.Context, data []byte) ([]cite.Zone, []cite.Page, error) {
			zones, pages, err := read(ctx, data)
			if tt.lost {
				pages = []cite.Page{{Number: 1}, {Number: 2, Problem: "damaged"}}
			}
			return zones, pages, err
		}
		a := l.One(context.Background(), Want{Symbol: sym(t, "S/RES/2100"), Text: true})
		n := 0
		for _, p := range a.Document.Paragraphs {
			if p.Kind == "" {
				n++
			}
		}
		if a.Outcome != cite.Found || n != tt.paras || tt.settles != (a.TextReason == "") || a.TextFinal {
			t.Errorf("a PDF %s: %s, %d paragraphs, %q", tt.name, a.Outcome, n, a.TextReason)
		}
	}
}

// TestSpellings: the ways in which the document system may know a symbol.
func TestSpellings(t *testing.T) {
	l := newLookup(&web{})
	for symbol, want := range map[string]string{
		"S/RES/2100":               "S/RES/2100(2013) S/RES/2100",
		"A/RES/36/97":              "A/RES/36/97",
		"A/RES/1962 (XVIII)":       "A/RES/1962(XVIII)",
		"a/res/1962(xviii)":        "A/RES/1962(XVIII)",
		"A/RES/ES-11/1":            "A/RES/ES-11/1",
		"A/RES/72/266 B":           "A/RES/72/266",
		"A/71/10":                  "A/71/10 A/71/10(SUPP)",
		"A/71/10(SUPP)":            "A/71/10(SUPP)",
		"A/71/100":                 "A/71/100",
		"S/PV.9042 (Resumption 1)": "S/PV.9042(Resumption1) S/PV.9042(Resumption%201)",
		"S/PV.920":                 "S/PV.920 S/PV.920(OR)",
		"S/12345":                  "S/12345 S/12345(OR)",
		"S/2013/5":                 "S/2013/5",
	} {
		var got []string
		for _, a := range l.addresses(sym(t, symbol), 0) {
			_, s, _ := strings.Cut(a, "?s=")
			s, _, _ = strings.Cut(s, "&")
			got = append(got, s)
		}
		if s := strings.Join(got, " "); s != want {
			t.Errorf("%s is asked for as %s, want %s", symbol, s, want)
		}
	}
	for symbol, session := range map[string]int{"A/RES/70/1": 70, "A/RES/36/97": 36, "A/RES/1962(XVIII)": 0, "A/RES/ES-11/1": 0, "A/70/1": 0, "A/HRC/RES/52/42": 0, "S/RES/2100": 0} {
		if n, ok := assemblySession(sym(t, symbol)); n != session && ok || ok != (session > 0) {
			t.Errorf("the session of %s is %d, %v; want %d", symbol, n, ok, session)
		}
	}
	if d := (cite.Document{Symbol: sym(t, "A/71/10")}); !names(d, sym(t, "A/71/10(SUPP)")) || names(d, sym(t, "A/71/11(SUPP)")) {
		t.Error("a supplement is not known by its plain symbol")
	}
}

// TestThirdPartyProvesExistenceOnly: what Security Council Report and the
// lists kept by hand say of a date or a title does not count alone.
func TestThirdPartyProvesExistenceOnly(t *testing.T) {
	l := newLookup(onePage("s-2023-402.php", `<article><h1>S/2023/402</h1><p>2 July 2023</p><p>Another title than the document has.</p></article>`))
	l.Bases.SCR = "https://scr.test/un-documents"
	a := l.One(context.Background(), Want{Symbol: sym(t, "S/2023/402"), Text: true})
	if a.Outcome != cite.Found || a.Reason == "" || a.TextReason == "" || a.TextFinal {
		t.Fatalf("%+v", a)
	}
	for _, f := range a.Document.Facts {
		if f.Primary || f.Field == cite.FieldDate || f.Field == cite.FieldTitle {
			t.Errorf("it counts as %s: %+v", f.Field, f)
		}
	}
	// Of statements a whole list decides; a third party is not asked in its place.
	l = newLookup(onePage("s-prst-2013-40.php", `<article><h1>S/PRST/2013/40</h1><p>2 July 2013</p></article>`))
	l.Bases.SCR = "https://scr.test/un-documents"
	if a := l.One(context.Background(), Want{Symbol: sym(t, "S/PRST/2013/40")}); a.Outcome != cite.NoWord {
		t.Errorf("a statement exists by a third party's word: %+v", a)
	}
}
