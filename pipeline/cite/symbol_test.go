package cite

import (
	"slices"
	"strings"
	"testing"
)

func TestSeries(t *testing.T) {
	names := map[string]bool{}
	for i := range SeriesTable {
		row := &SeriesTable[i]
		if names[row.Name] {
			t.Errorf("two rows are named %q", row.Name)
		}
		names[row.Name] = true
		if len(row.Match) == 0 || len(row.NoMatch) == 0 {
			t.Errorf("row %s lacks examples", row.Name)
		}
		for _, text := range row.Match {
			s, err := ParseSymbol(text)
			if err != nil || s.Row() != row {
				t.Errorf("ParseSymbol(%q) = %v, %v, of row %v; want one of row %s", text, s, err, rowName(s), row.Name)
				continue
			}
			again, err := ParseSymbol(s.Printed(2000))
			if err != nil || again != s {
				t.Errorf("ParseSymbol(%q) = %v, %v, want %v", s.Printed(2000), again, err, s)
			}
		}
		for _, text := range row.NoMatch {
			if s, err := ParseSymbol(text); err == nil {
				t.Errorf("ParseSymbol(%q) = %v of row %s, want none", text, s, rowName(s))
			}
		}
	}
}

func rowName(s Symbol) string {
	if r := s.Row(); r != nil {
		return r.Name
	}
	return "(none)"
}

func TestParseSymbolPart(t *testing.T) {
	for _, tt := range []struct{ text, symbol, part string }{
		{"S/RES/2423 (2018)", "S/RES/2423", ""},
		{"S/RES/2423(2018)", "S/RES/2423", ""},
		{"S/RES/2423\u00a0(2018)", "S/RES/2423", ""},
		{"s/res/2423", "S/RES/2423", ""},
		{"S /RES/2577 (2021)", "S/RES/2577", ""},
		{"S/ 2023/402", "S/2023/402", ""},
		{"S/RES/\n2100", "S/RES/2100", ""},
		{"S\u200b/2023/402", "S/2023/402", ""},
		{"S/PRST/2018\u00ad/10", "S/PRST/2018/10", ""},
		{"A/Res./36/97", "A/RES/36/97", ""},
		{"a/res/72/266B", "A/RES/72/266", "B"},
		{"A/RES/72/266 B", "A/RES/72/266", "B"},
		{"A/RES/72/266b", "A/RES/72/266", "B"},
		{"A/RES/50/204[A]", "A/RES/50/204", "A"},
		{"A/RES/63/108[B-IV]", "A/RES/63/108", "B-IV"},
		{"A/RES/79/252a-b", "A/RES/79/252", "A-B"},
		{"A/RES/79/252A\u2013B", "A/RES/79/252", "A-B"},
		{"A/RES/55/5 B-F", "A/RES/55/5", "B-F"},
		{"A/RES/40/161 (D-E)", "A/RES/40/161", "D-E"},
		{"E/RES/2021/2b", "E/RES/2021/2", "B"},
		{"A/RES/1962 (XVIII)", "A/RES/1962(XVIII)", ""},
		{"A/RES/1962(xviii)", "A/RES/1962(XVIII)", ""},
		{"A/RES/3367 A (XXX)", "A/RES/3367(XXX)", "A"},
		{"A/RES/3211(XXIX) B", "A/RES/3211(XXIX)", "B"},
		{"A/RES/377 (V)", "A/RES/377(V)", ""},
		{"A/RES/ES\u201311/1", "A/RES/ES-11/1", ""},
		{"A/hrc/RES/S-18/1", "A/HRC/RES/S-18/1", ""},
		{"A/72/L.59/REV.1", "A/72/L.59/Rev.1", ""},
		{"A/72/L.59/rev. 1/add. 2", "A/72/L.59/Rev.1/Add.2", ""},
		{"S/PV.6494 (resumption 1)", "S/PV.6494(Resumption 1)", ""},
		{"S/PV. 9042(Resumption1)", "S/PV.9042(Resumption 1)", ""},
		{"S/PV.5511+Corr.1", "S/PV.5511", ""},
		{"S/2839&Corr.1", "S/2839", ""},
		{"S/96(OR)", "S/96", ""},
		{"A/66/454 (part II)", "A/66/454(Part II)", ""},
		{"A/76/5(Vol.I)", "A/76/5(Vol. I)", ""},
		{"A/76/5 (vol. I)", "A/76/5(Vol. I)", ""},
		{"A/CONF.157/24 (Parts I and II)", "A/CONF.157/24(Parts I and II)", ""},
		{"A/AC.237/18 (Part II)/Add.1", "A/AC.237/18(Part II)/Add.1", ""},
		{"E/INCB/1989/1/Supp", "E/INCB/1989/1/Supp", ""},
		{"A/Conf.151/26", "A/CONF.151/26", ""},
		{"UNEP/OzL.Pro.28/12", "UNEP/OzL.Pro.28/12", ""},
		{"UNEP/EA.5/Res.12", "UNEP/EA.5/Res.12", ""},
		{"INFCIRC/254/Rev.12/Part 1", "INFCIRC/254/Rev.12/Part1", ""},
		{"assembly/au/dec.605(xxvii)", "Assembly/AU/Dec.605(XXVII)", ""},
		{"S/12710-28", "S/12710-28", ""},
		{"ECE/HBP/2021/Inf.4", "ECE/HBP/2021/Inf.4", ""},
		{"\u00a0S/2023/402 ", "S/2023/402", ""},

		{"", "", ""},
		{"/", "", ""},
		{"S/", "", ""},
		{"N/A", "", ""},
		{"and/or", "", ""},
		{"24/7", "", ""},
		{"S/RES/2423 and S/RES/2480", "", ""},
		{"S/2023/402 5", "", ""},
		{"A/70/357-S/2015/682", "", ""},
		{"A/78/L..9", "", ""},
		{"S/RES/2423 (18)", "", ""},
		{"A/HRC/52/2 (2013)", "", ""},
		{"S/2023", "", ""},
		{"S/RES/2423 (Part I)", "", ""},
		{"CCPR/C/21/Rev.1/Add. 1326 May 2004", "", ""},
	} {
		s, part, err := ParseSymbolPart(tt.text)
		if s.String() != tt.symbol || part != tt.part || (err == nil) != (tt.symbol != "") {
			t.Errorf("ParseSymbolPart(%q) = %q, %q, %v, want %q, %q", tt.text, s, part, err, tt.symbol, tt.part)
		}
	}
}

func TestSymbolFacts(t *testing.T) {
	type facts struct {
		body, series string
		number, year int
		session      string
		main, mod    string
	}
	for _, tt := range []struct {
		text string
		want facts
	}{
		{"S/RES/2423 (2018)", facts{"Security Council", "resolution", 2423, 0, "", "S/RES/2423", ""}},
		{"S/2023/402", facts{"Security Council", "document", 402, 2023, "", "S/2023/402", ""}},
		{"S/2023/402/Add.1/Corr.2", facts{"Security Council", "document", 402, 2023, "", "S/2023/402", "Add.1/Corr.2"}},
		{"S/PRST/2018/10", facts{"Security Council", "presidential statement", 10, 2018, "", "S/PRST/2018/10", ""}},
		{"S/PV.9042 (Resumption 1)", facts{"Security Council", "meeting record", 9042, 0, "", "S/PV.9042(Resumption 1)", ""}},
		{"S/25274", facts{"Security Council", "document", 25274, 0, "", "S/25274", ""}},
		{"E/2024/7", facts{"Economic and Social Council", "document", 7, 2024, "", "E/2024/7", ""}},
		{"E/RES/1980/67", facts{"Economic and Social Council", "resolution", 67, 1980, "", "E/RES/1980/67", ""}},
		{"A/59/2005", facts{"General Assembly", "document", 2005, 0, "59", "A/59/2005", ""}},
		{"A/RES/36/97", facts{"General Assembly", "resolution", 97, 0, "36", "A/RES/36/97", ""}},
		{"A/RES/1962(XVIII)", facts{"General Assembly", "resolution", 1962, 0, "XVIII", "A/RES/1962(XVIII)", ""}},
		{"A/RES/1000(ES-I)", facts{"General Assembly", "resolution", 1000, 0, "ES-I", "A/RES/1000(ES-I)", ""}},
		{"A/RES/ES-11/1", facts{"General Assembly", "resolution", 1, 0, "ES-11", "A/RES/ES-11/1", ""}},
		{"A/HRC/RES/52/42", facts{"Human Rights Council", "resolution", 42, 0, "52", "A/HRC/RES/52/42", ""}},
		{"A/C.3/78/L.49/Rev.1", facts{"General Assembly", "draft", 49, 0, "78", "A/C.3/78/L.49", "Rev.1"}},
		{"A/78/L.9", facts{"General Assembly", "draft", 9, 0, "78", "A/78/L.9", ""}},
		{"A/CN.4/SR.3510", facts{"International Law Commission", "meeting record", 3510, 0, "", "A/CN.4/SR.3510", ""}},
		{"A/AC.105/302", facts{"General Assembly", "document", 302, 0, "", "A/AC.105/302", ""}},
		{"E/CN.4/2006/120", facts{"Commission on Human Rights", "document", 120, 2006, "", "E/CN.4/2006/120", ""}},
		{"CCPR/C/116/D/2155/2012", facts{"Human Rights Committee", "document", 2012, 0, "", "CCPR/C/116/D/2155/2012", ""}},
		{"SC/15341", facts{"", "press release", 15341, 0, "", "SC/15341", ""}},
		{"ISBA/28/C/9", facts{"", "document", 9, 0, "28", "ISBA/28/C/9", ""}},
		{"ST/SGB/2015/3", facts{"Secretariat", "document", 3, 2015, "", "ST/SGB/2015/3", ""}},
	} {
		s, err := ParseSymbol(tt.text)
		if err != nil {
			t.Errorf("ParseSymbol(%q): %v", tt.text, err)
			continue
		}
		got := facts{s.Body(), s.Series(), s.Number(), s.Year(), s.Session(), s.Main().String(), s.Modifier()}
		if got != tt.want {
			t.Errorf("%s: %+v, want %+v", tt.text, got, tt.want)
		}
	}
}

func TestSymbolForms(t *testing.T) {
	res, _ := ParseSymbol("S/RES/2423")
	if got := res.Printed(2018); got != "S/RES/2423 (2018)" {
		t.Errorf("Printed(2018) = %q", got)
	}
	if got, want := res.Variants(2018), []string{"S/RES/2423(2018)", "S/RES/2423 (2018)", "S/RES/2423"}; !slices.Equal(got, want) {
		t.Errorf("Variants(2018) = %q, want %q", got, want)
	}
	pv, _ := ParseSymbol("S/PV.9042 (Resumption 1)")
	if got := pv.Printed(0); got != "S/PV.9042 (Resumption 1)" {
		t.Errorf("Printed(0) = %q", got)
	}
	if pv.ID() != "un:S/PV.9042(Resumption1)" {
		t.Errorf("ID = %q", pv.ID())
	}
	if old, _ := ParseSymbol("A/RES/1962 (XVIII)"); old.Printed(1963) != "A/RES/1962(XVIII)" {
		t.Errorf("Printed(1963) = %q", old.Printed(1963))
	}
	press, _ := ParseSymbol("SC/15341")
	if !press.IsPressRelease() || res.IsPressRelease() || !res.IsCouncilResolution() {
		t.Error("a press release is none, or a resolution is one")
	}
	bare, _ := ParseSymbol("A/320")
	rev, _ := ParseSymbol("A/520/Rev.12")
	if !bare.IsBare() || rev.IsBare() || res.IsBare() {
		t.Error("A/320 alone is bare")
	}
}

func TestParseJoint(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{"A/70/357-S/2015/682", "A/70/357 S/2015/682"},
		{"A/70/357\u2013S/2015/682", "A/70/357 S/2015/682"},
		{"E/CN.7/2024/2-E/CN.15/2024/2", "E/CN.7/2024/2 E/CN.15/2024/2"},
		{"CEDAW/C/GC/31/CRC/C/GC/18", "CEDAW/C/GC/31 CRC/C/GC/18"},
		{"CEDAW/C/GC/31-CRC/C/GC/18", "CEDAW/C/GC/31 CRC/C/GC/18"},
		{"A/48/486-S/26560", "A/48/486 S/26560"},
		{"A/64/83/Add.1-E/2009/83/Add.1", "A/64/83/Add.1 E/2009/83/Add.1"},
		{"S/12710-28", "S/12710-28"},
		{"A/S-10/11-14", "A/S-10/11-14"},
		{"A/70/357-", ""},
		{"A/74/A/74/379/Add.1", ""},
		{"A/70/357-S/78/682", ""},
	} {
		syms, err := ParseJoint(tt.text)
		var got []string
		for _, s := range syms {
			got = append(got, s.String())
		}
		if strings.Join(got, " ") != tt.want || (err == nil) != (tt.want != "") {
			t.Errorf("ParseJoint(%q) = %q, %v, want %q", tt.text, got, err, tt.want)
		}
	}
}

func TestRoman(t *testing.T) {
	for _, tt := range []struct {
		s    string
		want int
	}{{"I", 1}, {"IV", 4}, {"XVIII", 18}, {"XXX", 30}, {"L", 50}, {"LXIII", 63}, {"MCMXCIV", 1994}, {"IIII", 0}, {"VX", 0}, {"", 0}, {"A", 0}, {"iv", 0}} {
		if got := Roman(tt.s); got != tt.want {
			t.Errorf("Roman(%q) = %d, want %d", tt.s, got, tt.want)
		}
	}
}

// A symbol's own spelling, and its masthead's, parse to the symbol.
func FuzzParseSymbol(f *testing.F) {
	for i := range SeriesTable {
		for _, s := range append(SeriesTable[i].Match, SeriesTable[i].NoMatch...) {
			f.Add(s)
		}
	}
	f.Fuzz(func(t *testing.T, text string) {
		s, part, err := ParseSymbolPart(text)
		if err != nil {
			if !s.IsZero() || part != "" {
				t.Fatalf("ParseSymbolPart(%q) = %v, %q and an error", text, s, part)
			}
			return
		}
		for _, form := range append(s.Variants(2018), s.String(), s.Printed(0), s.Printed(2018)) {
			again, p, err := ParseSymbolPart(form)
			if err != nil || again != s || p != "" {
				t.Fatalf("ParseSymbolPart(%q) = %v, %q, %v; it is a form of %v, from %q", form, again, p, err, s, text)
			}
		}
		if s.Row() == nil || s.Main().IsZero() {
			t.Fatalf("%v has no row or no main document", s)
		}
		if _, err := ParseSymbol(s.Main().String()); err != nil {
			t.Fatalf("Main of %v does not parse: %v", s, err)
		}
	})
}

func BenchmarkParseSymbol(b *testing.B) {
	for b.Loop() {
		if _, err := ParseSymbol("A/C.3/78/L.49/Rev.1"); err != nil {
			b.Fatal(err)
		}
	}
}
