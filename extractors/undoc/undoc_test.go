package undoc

import (
	"fmt"
	"slices"
	"strconv"
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
	want := []string{"preamble|Recalling its resolution 2364 (2017),", "|Decides to extend the mandate until 30 June 2019;", "|Requests the Secretary-General to report: 1. a list begins anew", "|Decides to remain seized.", "annex|An annexed paragraph.", "annex|Another."}
	if !slices.Equal(got, want) || d.Preambular != 1 || d.Job != "18-10687" || d.Title != "Resolution 2423 (2018)" {
		t.Errorf("the paragraphs are\n%q, want\n%q", got, want)
	}
	for _, f := range d.Facts {
		if !f.Primary || f.Evidence.Place == "" {
			t.Errorf("the fact %+v shows no place", f)
		}
	}
}

// set makes zones of lines that are set at a place: "x y text", with "*" for
// bold print, "~" for small print, "^3" for a raised marker, one zone a page.
func set(pages ...string) (out []cite.Zone) {
	for n, p := range pages {
		z := cite.Zone{Page: n + 1, Kind: cite.ZoneBody}
		for line := range strings.Lines(p) {
			f := strings.Fields(line)
			if len(f) < 3 {
				continue
			}
			x, _ := strconv.ParseFloat(f[0], 64) // ours
			y, _ := strconv.ParseFloat(f[1], 64)
			l := cite.Line{Baseline: y, Size: 10, Box: cite.Rect{X0: x, Y0: y - 10, Y1: y}}
			for _, w := range f[2:] {
				r := cite.Run{Size: 10, Baseline: y, Space: true}
				r.Text, r.Bold = strings.CutPrefix(w, "*")
				if small, ok := strings.CutPrefix(r.Text, "~"); ok {
					r.Text, r.Size, l.Size = small, 8, 8
				}
				if mark, ok := strings.CutPrefix(r.Text, "^"); ok {
					r.Text, r.Size, r.Baseline = mark, 5, y-4
				}
				width := 5 * float64(len(w))
				r.Box = cite.Rect{X0: x, Y0: y - 10, X1: x + width, Y1: y}
				x += width + 3
				l.Runs = append(l.Runs, r)
			}
			l.Box.X1 = x - 3
			z.Lines = append(z.Lines, l)
		}
		out = append(out, z)
	}
	return out
}

func texts(d cite.Document) (out []string) {
	for _, p := range d.Paragraphs {
		out = append(out, fmt.Sprintf("%s%d|%s|%s", p.Kind, p.N, p.Label, p.Text))
	}
	return out
}

// TestWholeParagraphs: a paragraph runs over the page, keeps its
// sub-paragraphs, and holds no running head, note, marker, page number or job
// number; headings end it, and a list's numbers are not paragraphs.
func TestWholeParagraphs(t *testing.T) {
	d := Read(set(`
60 50 United Nations
500 50 S/2011/43
400 80 Distr.: General
400 92 28 January 2011
120 230 *Report *of *the *Secretary-General *on *the *mission
60 290 1. The present report is submitted to the Council, which asked for it in
60 302 its resolution 1244 (1999); ^1 it goes on to say that confidence-
60 314 building measures and short-
60 326 and long-term plans were taken up, after consulta-
60 338 tions with all the parties on confidence-building measures, as follows:
85 356 (a) The first of the measures, which is told at some length to fill a line;
85 374 (b) The second of them:
110 392 1. An item of a list that stands further in than paragraphs do,
110 410 2. Another item of that list, and a long one,
60 450 *Political *developments
60 470 2. Consultations went on, and the second paragraph runs over to the page that
60 700 ~^1 ~See ~S/2010/1, ~para. ~2.
60 740 11-21567
`, `
60 40 S/2011/43
250 40 Report on the mission
60 60 comes next, where it ends.
60 90 3. The third paragraph is the last one, and it is a rather long one as well.
300 760 2
60 740 11-21567 (E)
`), []cite.Page{{Number: 1, Height: 792}, {Number: 2, Height: 792}})
	want := []string{
		"1||The present report is submitted to the Council, which asked for it in its resolution 1244 (1999); it goes on to say that confidence-building measures and short- and long-term plans were taken up, after consultations with all the parties on confidence-building measures, as follows:\n" +
			"(a) The first of the measures, which is told at some length to fill a line;\n(b) The second of them:\n1. An item of a list that stands further in than paragraphs do,\n2. Another item of that list, and a long one,",
		"2||Consultations went on, and the second paragraph runs over to the page that comes next, where it ends.",
		"3||The third paragraph is the last one, and it is a rather long one as well."}
	if got := texts(d); !slices.Equal(got, want) || d.Last != 3 || d.Date.String() != "2011-01-28" || d.Title != "Report of the Secretary-General on the mission" {
		t.Errorf("last %d, %s, %q:\n got %q\nwant %q", d.Last, d.Date, d.Title, got, want)
	}
}

// TestTypewritten: of the 1990s, in one face, with notes called "1/", headings
// in capitals or underlined, and "/..." at a page's end.
func TestTypewritten(t *testing.T) {
	d := Read(set(`
60 45 UNITED
60 61 NATIONS
430 117 Distr.
430 129 GENERAL
430 152 S/1996/821
430 164 1 October 1996
430 187 ORIGINAL: ENGLISH
150 237 REPORT OF THE SECRETARY-GENERAL ON THE TRANSITIONAL
150 249 ADMINISTRATION OF THE REGION
250 284 I. INTRODUCTION
60 307 1. The present report is submitted pursuant to the resolution of the Council 1/
60 319 by which it was asked for, at the time that was set in it and in that order.
60 354 Police training
60 380 2. The force was trained. The paragraph goes on for as long as it takes to run
60 640 1/ See the report of the
60 652 Secretary-General of last year.
500 740 /...
`, `
60 43 S/1996/821
60 55 English
60 66 Page 2
60 100 over the page.
60 130 3. The last paragraph of this report is here, and ends with the line it is on.
250 160 -----
`), []cite.Page{{Number: 1, Height: 792}, {Number: 2, Height: 792}})
	want := []string{"1||The present report is submitted pursuant to the resolution of the Council by which it was asked for, at the time that was set in it and in that order.",
		"2||The force was trained. The paragraph goes on for as long as it takes to run over the page.", "3||The last paragraph of this report is here, and ends with the line it is on."}
	if got := texts(d); !slices.Equal(got, want) || d.Symbol.String() != "S/1996/821" || d.Date.String() != "1996-10-01" || d.Title != "REPORT OF THE SECRETARY-GENERAL ON THE TRANSITIONAL ADMINISTRATION OF THE REGION" {
		t.Errorf("%s, %s, %q:\n got %q\nwant %q", d.Symbol, d.Date, d.Title, got, want)
	}
}

// TestDeclaration: where a resolution has no numbered paragraph and one annex
// has, whoever cites a paragraph means the annex's; with two nothing is
// certain.
func TestDeclaration(t *testing.T) {
	first := "500 50 A/RES/78/3\n400 80 Distr.: General\n400 92 9 October 2023\n60 222 *Seventy-eighth *session\n60 234 Agenda item 125\n" +
		"120 291 *Resolution *adopted *by *the *General *Assembly *on *5 *October *2023\n120 330 *78/3. *Political *declaration\n140 360 The General Assembly,\n140 380 Adopts the declaration that is annexed to the present resolution.\n" +
		"60 410 *Annex\n60 430 1. We, the heads of State and Government, have come together in this place.\n60 450 2. We go home again."
	d := Read(set(first), nil)
	if want := []string{"0||Adopts the declaration that is annexed to the present resolution.", "1|annex, 1|We, the heads of State and Government, have come together in this place.", "2|annex, 2|We go home again."}; !slices.Equal(texts(d), want) || d.Last != 2 {
		t.Errorf("last %d: got %q, want %q", d.Last, texts(d), want)
	}
	if d.Title != "78/3. Political declaration" || d.Date.String() != "2023-10-05" || d.Issued.String() != "2023-10-09" || d.Session != "Seventy-eighth session" || d.Agenda != "Agenda item 125" {
		t.Errorf("%q, adopted %s, issued %s, %q, %q", d.Title, d.Date, d.Issued, d.Session, d.Agenda)
	}
	if d := Read(set(strings.Replace(first, "*Annex", "*Annex *I", 1), "60 60 *Annex *II\n60 90 1. Another text, whose paragraphs are numbered as well and go on for long."), nil); d.Last != 0 {
		t.Errorf("of two annexes with numbers the last paragraph is %d", d.Last)
	}
}

// TestLanguages: French and Spanish editions.
func TestLanguages(t *testing.T) {
	for _, tt := range []struct{ page, title string }{
		{"Nations Unies|S/RES/2423 (2018)|Distr. générale|28 juin 2018|# Résolution 2423 (2018)|Adoptée par le Conseil de sécurité à sa 8298e séance, le 28 juin 2018|Le Conseil de sécurité,|Rappelant ses résolutions antérieures,|1. Décide de proroger le mandat;|2. Décide de rester saisi de la question.", "Résolution 2423 (2018)"},
		{"Naciones Unidas|S/RES/2423 (2018)|Distr. general|28 de junio de 2018|# Resolución 2423 (2018)|Aprobada por el Consejo de Seguridad en su 8298ª sesión, celebrada el 28 de junio de 2018|El Consejo de Seguridad,|Recordando sus resoluciones anteriores,|1. Decide prorrogar el mandato;|2. Decide seguir ocupándose de la cuestión.", "Resolución 2423 (2018)"},
	} {
		d := Read(page(1, strings.Split(tt.page, "|")...), nil)
		if d.Symbol.String() != "S/RES/2423" || d.Date.String() != "2018-06-28" || d.Meeting != "S/PV.8298" || d.Last != 2 || d.Preambular != 1 || d.Title != tt.title {
			t.Errorf("%s, %s, %s, last %d, preamble %d, %q of %s", d.Symbol, d.Date, d.Meeting, d.Last, d.Preambular, d.Title, tt.page[:30])
		}
	}
}

// TestLostNumbers: a count that may be too low is not given, and a text whose
// numbers are damaged counts as recognized.
func TestLostNumbers(t *testing.T) {
	head := []string{"United Nations S/2001/5", "Distr.: General", "5 May 2001", "Original: English", "# Report of the Secretary-General"}
	d := Read(page(1, append(head, "1. One.", "2. Two.", "28 damaged", "4. Four.", "5. Five.")...), nil)
	if c := Read(page(1, append(head, "1. Legal framework ........ 4", "2. Findings . . . . . . 7", "1. One.", "2. Two.", "3. Three.")...), nil); c.Last != 3 || c.Paragraphs[len(c.Paragraphs)-1].Text != "Three." {
		t.Errorf("behind a table of contents: last %d, %q", c.Last, texts(c))
	}
	if d.Last != 5 || !d.OCR {
		t.Errorf("one number lost: last %d, recognized %v", d.Last, d.OCR)
	}
	d = Read(page(1, append(head, "1. One.", "2. Two.", "7. Seven.", "8. Eight.")...), nil)
	if _, ok := d.Fact(cite.FieldLastPara); d.Last != 0 || ok || len(d.Problems) == 0 {
		t.Errorf("four numbers lost: last %d, problems %v", d.Last, d.Problems)
	}
	d = Read(set("500 50 S/2001/5\n400 80 Distr.: General\n400 92 5 May 2001\n60 290 The first paragraph's number is lost, and its text is long enough to be seen.\n60 302 It ends here.\n60 340 2. The second has its number, which follows on none that was read before.\n60 380 3. The third has its own too, as long a line as the others."), nil)
	if d.Last != 0 || len(d.Paragraphs) != 3 {
		t.Errorf("without paragraph 1 the last is %d of %q", d.Last, texts(d))
	}
	d = Read(page(1, append(head, "1. One.", "2. Two.")...), []cite.Page{{Number: 1}, {Number: 2, Problem: "damaged"}})
	if d.Last != 0 {
		t.Errorf("with a page lost the last paragraph is %d", d.Last)
	}
	d = Read(page(1, append(head, "1. One.", "* Reissued for technical reasons on 9 May 2001.")...), nil)
	if !slices.Equal(d.Notices, []string{"Reissued for technical reasons on 9 May 2001."}) {
		t.Errorf("the notices are %q", d.Notices)
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

// TestSmallPrint: text below a figure's source is text, whatever its zone was
// taken for; what stands in small print is not. A lettered heading ends no
// paragraph.
func TestSmallPrint(t *testing.T) {
	z := set("500 50 S/2025/153\n400 80 Distr.: General\n400 92 12 March 2025\n120 225 *Implementation *of *the *resolution *until\n120 240 *20 *February *2025\n" +
		"60 290 1. The first paragraph of the report, which is longer than a line is.\n60 320 (b) Internet governance\n60 350 2. The second paragraph of the report, which is longer than a line is.")
	more := set("60 640 ~Weeks\n60 650 ~Source: ~the ~mission.\n60 680 3. The third paragraph, which stands below a figure and its source.\n60 692 It goes on for one line more, as long as others are.")[0]
	more.Kind = cite.ZoneNotes
	foot := set("60 720 4. The fourth paragraph was taken for the foot of its page, by its place.")[0]
	foot.Kind = cite.ZoneFooter
	d := Read(append(z, more, foot), []cite.Page{{Number: 1, Height: 792}})
	want := []string{"1||The first paragraph of the report, which is longer than a line is.", "2||The second paragraph of the report, which is longer than a line is.",
		"3||The third paragraph, which stands below a figure and its source. It goes on for one line more, as long as others are.", "4||The fourth paragraph was taken for the foot of its page, by its place."}
	if got := texts(d); !slices.Equal(got, want) || d.Last != 4 || d.OCR || d.Date.String() != "2025-03-12" {
		t.Errorf("%s, last %d:\n got %q\nwant %q", d.Date, d.Last, got, want)
	}
}

// TestText: a word processor's file has no pages.
func TestText(t *testing.T) {
	var x cite.Text
	for _, b := range []string{"United Nations", "S/RES/2423 (2018)", "Security Council", "Distr.: General", "28 June 2018", "Resolution 2423 (2018)",
		"Adopted by the Security Council at its 8298th meeting, on 28 June 2018", "The Security Council,", "Recalling its resolution 2364 (2017),", "1. Decides to extend the mandate:", "(a) for a year;", "2. Decides to remain seized."} {
		x.Blocks = append(x.Blocks, cite.Block{Kind: cite.BlockPara, Text: b})
	}
	d := ReadText(x)
	want := []string{"preamble1|preamble 1|Recalling its resolution 2364 (2017),", "1||Decides to extend the mandate:\n(a) for a year;", "2||Decides to remain seized."}
	if !slices.Equal(texts(d), want) || d.Last != 2 || d.Title != "Resolution 2423 (2018)" || d.Date.String() != "2018-06-28" || d.Symbol.String() != "S/RES/2423" || d.Paragraphs[0].Page != 0 {
		t.Errorf("%s, %s, %q, last %d:\n got %q\nwant %q", d.Symbol, d.Date, d.Title, d.Last, texts(d), want)
	}
	x.Blocks = nil
	if d := ReadText(x); !d.Symbol.IsZero() || len(d.Paragraphs) > 0 {
		t.Errorf("of nothing was read %+v", d)
	}
}

// FuzzRead: paragraph numbers ascend by at most three, and the last is Last.
func FuzzRead(f *testing.F) {
	f.Add("S/RES/1 (1946)\n1. x\n2. y\n\nAnnex\n1. z")
	f.Fuzz(func(t *testing.T, text string) {
		d := Read(page(1, strings.Split(text, "\n")...), nil)
		last := 0
		for _, p := range d.Paragraphs {
			if p.Kind != "" || p.N == 0 {
				continue
			}
			if p.N <= last || p.N > last+3 {
				t.Errorf("paragraph %d follows %d", p.N, last)
			}
			last = p.N
		}
		if last != d.Last && d.Last != 0 {
			t.Errorf("the last paragraph is %d, Last says %d", last, d.Last)
		}
	})
}

// TestDistributedOnly: the day of distribution does not stand in for that of
// the adoption, where the masthead's line on it was not read.
func TestDistributedOnly(t *testing.T) {
	for symbol, dated := range map[string]string{"A/RES/78/323": "", "A/78/323": "2024-08-14"} {
		d := Read(page(1, "United Nations "+symbol, "General Assembly Distr.: General", "14 August 2024", "Seventy-eighth session", "The General Assembly,", "1. Decides to meet;"), nil)
		issued := ""
		if dated == "" {
			issued = "2024-08-14"
		}
		if value(d, cite.FieldDate) != dated || value(d, cite.FieldIssued) != issued {
			t.Errorf("%s is dated %q, distributed %q", symbol, value(d, cite.FieldDate), value(d, cite.FieldIssued))
		}
	}
}
