package style

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"citecheck/extractors/citation"
	"citecheck/pipeline/catalog"
	"citecheck/pipeline/cite"
	"citecheck/pipeline/resolve"
)

func parse(text string) []cite.Citation { return citation.Parse(citation.Input{Text: text}) }

// starred makes a note of a text in which stars mark italics.
func starred(label, text string) cite.Note {
	n := cite.Note{Label: label, Placement: cite.PlaceFoot}
	at, open := 0, -1
	for _, r := range text {
		switch {
		case r != '*':
			n.Text += string(r)
			at++
		case open < 0:
			open = at
		default:
			n.Italics = append(n.Italics, cite.Span{Start: open, End: at})
			open = -1
		}
	}
	n.Citations = citation.Parse(citation.Input{Text: n.Text, Italics: n.Italics})
	return n
}

func options(t testing.TB, profile string) Options {
	t.Helper()
	p, err := ProfileNamed(profile)
	if err != nil {
		t.Fatal(err)
	}
	return Options{Profile: p, Known: catalog.Builtin(), Parse: parse, Month: cite.Date{Year: 2026, Month: 11}}
}

// answered are the options with what a look-up of the first document of an
// example would have said.
func answered(o Options, x Example, n cite.Note) Options {
	if x.Date == "" || len(n.Citations) == 0 {
		return o
	}
	d := cite.Document{Symbol: n.Citations[0].Symbol, Last: x.Last}
	src := cite.Source{URL: "https://documents.un.org/x", SHA256: strings.Repeat("b", 64)}
	for f, v := range map[cite.Field]string{cite.FieldDate: x.Date, cite.FieldIssued: x.Issued} {
		if v != "" {
			d.Facts = append(d.Facts, cite.Fact{Field: f, Value: v, Primary: true, Evidence: cite.Evidence{Source: src, Place: "page 1", Quote: v}})
		}
	}
	o.Answers = map[cite.Symbol]*cite.Answer{d.Symbol: {Symbol: d.Symbol, Outcome: cite.Found, Document: &d}}
	return o
}

func findings(t testing.TB, x Example) (cite.Note, []cite.Finding) {
	r := cite.Report{Notes: []cite.Note{starred("1", x.Note)}}
	for i, o := range x.Others {
		r.Notes = append(r.Notes, starred(fmt.Sprint(i+2), o))
	}
	resolve.All(r.Notes)
	Check(&r, answered(options(t, x.Profile), x, r.Notes[0]))
	return r.Notes[0], r.Notes[0].Findings
}

// TestRules holds every rule to its own examples.
func TestRules(t *testing.T) {
	seen := map[string]bool{}
	for _, rule := range Rules {
		if seen[rule.ID] || rule.Doc == "" || !slices.Contains(Severities, rule.Severity) {
			t.Errorf("rule %s comes twice, or lacks words or severity", rule.ID)
		}
		seen[rule.ID] = true
		if len(rule.Yes) == 0 || len(rule.No) == 0 {
			t.Errorf("rule %s has %d examples that fire and %d that do not", rule.ID, len(rule.Yes), len(rule.No))
		}
		of := func(f cite.Finding) bool { return f.Rule == rule.ID }
		for _, x := range rule.Yes {
			_, all := findings(t, x)
			k := slices.IndexFunc(all, of)
			if k < 0 {
				t.Errorf("%s, %s: no finding on %q; there are %s", rule.ID, x.Profile, x.Note, brief(all))
				continue
			}
			f := all[k]
			if f.Check != "style" || f.Reason == "" || f.Claimed == "" || f.Severity != string(rule.Severity) {
				t.Errorf("%s, %s: a finding without its words: %+v", rule.ID, x.Profile, f)
			}
			if f.Suggestion != x.Mended {
				t.Errorf("%s, %s: %q\n mended: %q\n   want: %q", rule.ID, x.Profile, x.Note, f.Suggestion, x.Mended)
			}
			hold(t, x, all)
		}
		for _, x := range rule.No {
			_, all := findings(t, x)
			if k := slices.IndexFunc(all, of); k >= 0 {
				t.Errorf("%s, %s: %q has the finding %q", rule.ID, x.Profile, x.Note, all[k].Reason)
			}
			hold(t, x, all)
		}
	}
	for i := 1; i <= 18; i++ {
		if !seen[fmt.Sprintf("M%d", i)] {
			t.Errorf("there is no rule M%d", i)
		}
	}
}

// hold holds the findings on an example to the law of corrections: what is
// suggested cites the same, and has no further finding that could be
// corrected by the same rule.
func hold(t testing.TB, x Example, all []cite.Finding) {
	t.Helper()
	for _, f := range all {
		if f.Suggestion == "" {
			continue
		}
		k := slices.IndexFunc(Rules, func(r *Rule) bool { return r.ID == f.Rule })
		if msg := differs(parse(strings.ReplaceAll(x.Note, "*", "")), parse(f.Suggestion), Rules[k].May); msg != "" {
			t.Errorf("%s, %s: %q\nsuggests %q,\nand that cites otherwise: %s", f.Rule, x.Profile, x.Note, f.Suggestion, msg)
		}
		y := x
		y.Note = f.Suggestion
		_, again := findings(t, y)
		for _, g := range again {
			if g.Rule == f.Rule && g.Suggestion != "" {
				t.Errorf("%s, %s: %q\nwas corrected to %q,\nand again to %q", f.Rule, x.Profile, x.Note, f.Suggestion, g.Suggestion)
			}
		}
	}
}

// differs says what two readings cite otherwise; written apart from [Same],
// which it checks.
func differs(a, b []cite.Citation, may May) string {
	if len(a) != len(b) {
		return fmt.Sprintf("%d citations and %d", len(a), len(b))
	}
	for i := range a {
		x, y := a[i], b[i]
		if !may.Target && x.Resolved() && x.Target("") != y.Target("") {
			return fmt.Sprintf("%s and %s", x.Target(""), y.Target(""))
		}
		if fmt.Sprint(x.Pinpoints) != fmt.Sprint(y.Pinpoints) {
			return fmt.Sprintf("places %v and %v", x.Pinpoints, y.Pinpoints)
		}
		if x.Via != y.Via && (x.Via != cite.ViaName && x.Via != cite.ViaSymbol || y.Via != cite.ViaName && y.Via != cite.ViaSymbol) {
			return fmt.Sprintf("via %s and %s", x.Via, y.Via)
		}
		for _, p := range [][3]any{{"title", fold(x.Claims.Title), fold(y.Claims.Title)}, {"body", x.Claims.Body, y.Claims.Body}, {"type", x.Claims.Type, y.Claims.Type},
			{"meeting", x.Claims.Meeting, y.Claims.Meeting}, {"author", x.Claims.Author, y.Claims.Author}, {"address", x.Claims.URL, y.Claims.URL},
			{"date", x.Claims.Date.String(), y.Claims.Date.String()}, {"year", fmt.Sprint(x.Claims.Year), fmt.Sprint(y.Claims.Year)}} {
			isDate := p[0] == "date" || p[0] == "year"
			empty := p[1] == "" || p[1] == "0"
			// What the symbol itself tells need not be said again.
			told := p[0] == "body" && (p[1] == x.Symbol.Body() || p[1] == "") && (p[2] == x.Symbol.Body() || p[2] == "") || p[0] == "type" && p[1] == x.Symbol.Series() ||
				p[0] == "meeting" && p[1] == fmt.Sprint(x.Symbol.Number())
			if p[1] != p[2] && !(isDate && may.Date) && !(may.Add && empty) && !told {
				return fmt.Sprintf("%s %q and %q", p[0], p[1], p[2])
			}
		}
	}
	return ""
}

func brief(all []cite.Finding) string {
	var out []string
	for _, f := range all {
		out = append(out, f.Rule+" "+f.Reason)
	}
	return strings.Join(out, " | ")
}

// TestPrint: each kind of UN document in each style; what is printed is read
// as the same citation, and printed again it is the same.
func TestPrint(t *testing.T) {
	notes := []string{
		"UN Security Council Resolution 2423 (June 28, 2018), UN Doc. S/RES/2423, paras. 3–5 and 38",
		"UN Security Council, Statement by the President of the Security Council, UN Doc. S/PRST/2018/10, June 14, 2018, para. 4",
		"UN Security Council, 8298th Meeting, UN Doc. S/PV.8298, June 28, 2018, p. 4",
		"UN Security Council, Situation in Mali—Report of the Secretary-General, UN Doc. S/2023/402, June 1, 2023, para. 5",
		"Letter dated 16 January 2023 from the Secretary-General addressed to the President of the Security Council, UN Doc. S/2023/36, January 16, 2023",
		"UN General Assembly Resolution 60/1 (September 16, 2005), UN Doc. A/RES/60/1, para. 138(a)",
		"UN Human Rights Council Resolution 39/2 (September 27, 2018), UN Doc. A/HRC/RES/39/2, para. 5",
		"UN Economic and Social Council Resolution 1996/31 (July 25, 1996), UN Doc. E/RES/1996/31, para. 12",
		"UN Press Release SC/15341, June 30, 2023",
	}
	want := map[string][]string{
		"ipi": {"UN Security Council Resolution 2423 (June 28, 2018), UN Doc. S/RES/2423, paras. 3–5 and 38",
			"UN Security Council, Presidential Statement, UN Doc. S/PRST/2018/10, June 14, 2018, para. 4",
			"UN Security Council, 8298th Meeting, UN Doc. S/PV.8298, June 28, 2018, p. 4",
			"UN Security Council, Situation in Mali—Report of the Secretary-General, UN Doc. S/2023/402, June 1, 2023, para. 5",
			"Letter dated 16 January 2023 from the Secretary-General addressed to the President of the Security Council, UN Doc. S/2023/36, January 16, 2023",
			"UN General Assembly Resolution 60/1 (September 16, 2005), UN Doc. A/RES/60/1, para. 138(a)",
			"UN Human Rights Council Resolution 39/2 (September 27, 2018), UN Doc. A/HRC/RES/39/2, para. 5",
			"UN Economic and Social Council Resolution 1996/31 (July 25, 1996), UN Doc. E/RES/1996/31, para. 12",
			"UN Press Release SC/15341, June 30, 2023"},
		"un": {"Security Council resolution 2423 (2018) of 28 June 2018, paras. 3–5 and 38",
			"Security Council, presidential statement, S/PRST/2018/10, 14 June 2018, para. 4",
			"Security Council, 8298th meeting, S/PV.8298, 28 June 2018, p. 4",
			"Security Council, Situation in Mali—Report of the Secretary-General, S/2023/402, 1 June 2023, para. 5",
			"Letter dated 16 January 2023 from the Secretary-General addressed to the President of the Security Council, S/2023/36, 16 January 2023",
			"General Assembly resolution 60/1 of 16 September 2005, para. 138 (a)",
			"Human Rights Council resolution 39/2 of 27 September 2018, para. 5",
			"Economic and Social Council resolution 1996/31 of 25 July 1996, para. 12",
			"Press release SC/15341, 30 June 2023"},
		"bluebook": {"S.C. Res. 2423, ¶¶ 3–5 and 38, U.N. Doc. S/RES/2423 (June 28, 2018)",
			"S.C. Pres. Statement 2018/10, ¶ 4, U.N. Doc. S/PRST/2018/10 (June 14, 2018)",
			"U.N. SCOR, 73d Sess., 8298th mtg. at 4, U.N. Doc. S/PV.8298 (June 28, 2018)",
			"U.N. Security Council, Situation in Mali—Report of the Secretary-General, ¶ 5, U.N. Doc. S/2023/402 (June 1, 2023)",
			"Letter dated 16 January 2023 from the Secretary-General addressed to the President of the Security Council, U.N. Doc. S/2023/36 (Jan. 16, 2023)",
			"G.A. Res. 60/1, ¶ 138(a), U.N. Doc. A/RES/60/1 (Sept. 16, 2005)",
			"Human Rights Council Res. 39/2, ¶ 5, U.N. Doc. A/HRC/RES/39/2 (Sept. 27, 2018)",
			"E.S.C. Res. 1996/31, ¶ 12, U.N. Doc. E/RES/1996/31 (July 25, 1996)",
			"U.N. Press Release SC/15341 (June 30, 2023)"},
		"oscola": {"UNSC Res 2423 (28 June 2018) UN Doc S/RES/2423, paras 3–5 and 38",
			"UNSC, Presidential Statement (14 June 2018) UN Doc S/PRST/2018/10, para 4",
			"UNSC Verbatim Record (28 June 2018) UN Doc S/PV.8298, p 4",
			"UNSC, ‘Situation in Mali—Report of the Secretary-General’ (1 June 2023) UN Doc S/2023/402, para 5",
			"‘Letter dated 16 January 2023 from the Secretary-General addressed to the President of the Security Council’ (16 January 2023) UN Doc S/2023/36",
			"UNGA Res 60/1 (16 September 2005) UN Doc A/RES/60/1, para 138(a)",
			"UNHRC Res 39/2 (27 September 2018) UN Doc A/HRC/RES/39/2, para 5",
			"ECOSOC Res 1996/31 (25 July 1996) UN Doc E/RES/1996/31, para 12",
			"UN Press Release SC/15341 (30 June 2023)"},
		"chicago": {"UN Security Council, Resolution 2423, June 28, 2018, S/RES/2423, paras. 3–5 and 38",
			"UN Security Council, Presidential Statement, S/PRST/2018/10, June 14, 2018, para. 4",
			"UN Security Council, 8298th Meeting, S/PV.8298, June 28, 2018, p. 4",
			"UN Security Council, Situation in Mali—Report of the Secretary-General, S/2023/402, June 1, 2023, para. 5",
			"Letter dated 16 January 2023 from the Secretary-General addressed to the President of the Security Council, S/2023/36, January 16, 2023",
			"UN General Assembly, Resolution 60/1, September 16, 2005, A/RES/60/1, para. 138(a)",
			"UN Human Rights Council, Resolution 39/2, September 27, 2018, A/HRC/RES/39/2, para. 5",
			"UN Economic and Social Council, Resolution 1996/31, July 25, 1996, E/RES/1996/31, para. 12",
			"UN Press Release SC/15341, June 30, 2023"},
		"aglc": {"SC Res 2423, UN Doc S/RES/2423 (28 June 2018) [3]–[5], [38]",
			"UN Security Council, Presidential Statement, UN Doc S/PRST/2018/10 (14 June 2018) [4]",
			"UN SCOR, 73rd sess, 8298th mtg, UN Doc S/PV.8298 (28 June 2018) p 4",
			"UN Security Council, Situation in Mali—Report of the Secretary-General, UN Doc S/2023/402 (1 June 2023) [5]",
			"Letter dated 16 January 2023 from the Secretary-General addressed to the President of the Security Council, UN Doc S/2023/36 (16 January 2023)",
			"GA Res 60/1, UN Doc A/RES/60/1 (16 September 2005) para 138(a)",
			"HRC Res 39/2, UN Doc A/HRC/RES/39/2 (27 September 2018) [5]",
			"ESC Res 1996/31, UN Doc E/RES/1996/31 (25 July 1996) [12]",
			"UN Press Release SC/15341 (30 June 2023)"},
	}
	for _, p := range Profiles {
		for i, n := range notes {
			cs := parse(n)
			if len(cs) != 1 {
				t.Fatalf("%q: %d citations", n, len(cs))
			}
			got, ok := p.Print(&cs[0])
			if !ok || got != want[p.Name][i] {
				t.Errorf("%s: %q (%v)\n        want %q", p.Name, got, ok, want[p.Name][i])
				continue
			}
			again := parse(got + ".")
			if msg := differs(cs, again, May{Add: true}); msg != "" {
				t.Errorf("%s: %q is read otherwise than %q: %s", p.Name, got, n, msg)
				continue
			}
			if twice, _ := p.Print(&again[0]); twice != got {
				t.Errorf("%s: %q printed again is %q", p.Name, got, twice)
			}
		}
	}
}

func TestProfileNamed(t *testing.T) {
	for _, name := range []string{"", "none"} {
		if p, err := ProfileNamed(name); p != nil || err != nil {
			t.Errorf("%q: %v, %v", name, p, err)
		}
	}
	_, err := ProfileNamed("APA")
	for _, p := range Profiles {
		if err == nil || !strings.Contains(err.Error(), p.Name) {
			t.Errorf("the error %v does not name %s", err, p.Name)
		}
		if q, _ := ProfileNamed(p.Name); q != p {
			t.Errorf("%s is found as %v", p.Name, q)
		}
	}
}

// TestMixed: where no profile says, a report without a habit has one finding
// on itself and none on its notes.
func TestMixed(t *testing.T) {
	r := cite.Report{Notes: []cite.Note{starred("1", "UN Doc. S/2023/402."), starred("2", "UN Doc S/2023/403."), {Label: "3", Placement: cite.PlaceFoot, Text: "UN Doc S/2023/404.", OCR: true}}}
	Check(&r, options(t, "chicago"))
	if len(r.Findings) != 2 || r.Findings[0].Rule != "M9" || r.Findings[1].Rule != "pictures" || r.Findings[1].Verdict != cite.Unverifiable {
		t.Errorf("on the report: %s", brief(r.Findings))
	}
	for _, n := range r.Notes {
		if len(n.Findings) > 0 {
			t.Errorf("note %s: %s", n.Label, brief(n.Findings))
		}
	}
}

// FuzzCheck: whatever stands in notes, a suggestion cites the same, and the
// rule that made it is content with it.
func FuzzCheck(f *testing.F) {
	for _, rule := range Rules {
		for _, x := range append(rule.Yes, rule.No...) {
			for i, p := range Profiles {
				if p.Name == x.Profile {
					f.Add(x.Note, strings.Join(x.Others, "\n"), uint8(i))
				}
			}
		}
	}
	f.Fuzz(func(t *testing.T, note, others string, profile uint8) {
		if !utf8.ValidString(note) || !utf8.ValidString(others) || len(note)+len(others) > 4000 {
			return
		}
		x := Example{Profile: Profiles[int(profile)%len(Profiles)].Name, Note: note}
		if others != "" {
			x.Others = strings.Split(others, "\n")
		}
		_, all := findings(t, x)
		hold(t, x, all)
	})
}
