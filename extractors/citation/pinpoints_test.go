package citation

import (
	"fmt"
	"strings"
	"testing"

	"citecheck/pipeline/cite"
)

func pinString(pins []cite.Pin) string {
	var out []string
	for _, p := range pins {
		t := fmt.Sprintf("%s %v", p.Unit, p.From)
		if p.To != p.From {
			t += fmt.Sprintf("-%v", p.To)
		}
		out = append(out, strings.TrimSpace(t+p.Sub))
	}
	return strings.Join(out, "; ")
}

func TestPinsAt(t *testing.T) {
	for _, tt := range []struct{ text, pins, rest string }{
		{"para. 14.", "para 14", "."},
		{"par. 9 a)", "para 9(a)", ""},
		{"párr. 4 b) ii).", "para 4(b)(ii)", "."},
		{"op 16(a)(i).", "para 16(a)(i)", "."},
		{"para 14", "para 14", ""},
		{"para.14", "para 14", ""},
		{"Para. 14", "para 14", ""},
		{"par. 3", "para 3", ""},
		{"paragraph 5 of the annex", "para 5", " of the annex"},
		{"paras. 12–14", "para 12-14", ""},
		{"paras. 12-14", "para 12-14", ""},
		{"paras. 12 - 14", "para 12-14", ""},
		{"paras. 12 to 14", "para 12-14", ""},
		{"paras 3, 5 and 7–9", "para 3; para 5; para 7-9", ""},
		{"paras. 3, 5, and 7", "para 3; para 5; para 7", ""},
		{"paras. 7 and 10, and 27/2 (2013)", "para 7; para 10", ", and 27/2 (2013)"},
		{"para. 5, 12 June 2018", "para 5", ", 12 June 2018"},
		{"para. 5 and 12 June 2018", "para 5", " and 12 June 2018"},
		{"para. 38 (d) (ii)", "para 38(d)(ii)", ""},
		{"para. 38(d)(ii).", "para 38(d)(ii)", "."},
		{"para. 3 (a)–(c)", "para 3(a)–(c)", ""},
		{"para. 3 (a) and (c)", "para 3(a); para 3(c)", ""},
		{"para. 5 (2018)", "para 5", " (2018)"},
		{"para. 33 (20)", "para 33(20)", ""},
		{"¶ 8, U.N. Doc.", "para 8", ", U.N. Doc."},
		{"¶8", "para 8", ""},
		{"¶¶ 24–26", "para 24-26", ""},
		{"¶¶ 168, 291", "para 168; para 291", ""},
		{"¶¶ 829–31", "para 829-831", ""},
		{"§ 5", "para 5", ""},
		{"§§ 5–7", "para 5-7", ""},
		{"p. 100, para. 13", "page 100", ", para. 13"},
		{"p 7", "page 7", ""},
		{"pp. 60, 70-71", "page 60; page 70-71", ""},
		{"pp. xii–xv", "page xii-xv", ""},
		{"page 3", "page 3", ""},
		{"at 12", "page 12", ""},
		{"at 131–33", "page 131-133", ""},
		{"at 1, 3, 4", "page 1; page 3; page 4", ""},
		{"at ¶ 5", "para 5", ""},
		{"at para. 5", "para 5", ""},
		{"at 12 per cent", "", "at 12 per cent"},
		{"at 3 May 2018", "", "at 3 May 2018"},
		{"annex", "annex", ""},
		{"annex I", "annex I", ""},
		{"annex II, para. 3", "annex II", ", para. 3"},
		{"annexes I and II", "annex I; annex II", ""},
		{"annexes I–III", "annex I-III", ""},
		{"Appendix A", "annex A", ""},
		{"art. 25", "article 25", ""},
		{"art 2(4)", "article 2(4)", ""},
		{"arts. 31-32", "article 31-32", ""},
		{"Article 51 of the Charter", "article 51", " of the Charter"},
		{"rule 204.2", "article 204.2", ""},
		{"chap. IX", "chapter IX", ""},
		{"chap. II.B.3", "chapter II.B.3", ""},
		{"ch. 3", "chapter 3", ""},
		{"sect. III", "section III", ""},
		{"section C", "section C", ""},
		{"sec. 5.2", "section 5.2", ""},
		{"table 3", "table 3", ""},
		{"figure 2", "figure 2", ""},
		{"n. 14", "note 14", ""},
		{"fn. 3", "note 3", ""},
		{"footnote 5", "note 5", ""},
		{"nn. 3–4", "note 3-4", ""},
		{"Part II", "part II", ""},
		{"line 12", "line 12", ""},
		{"preambular para. 4", "preamble 4", ""},
		{"preambular paragraph 5", "preamble 5", ""},
		{"tenth preambular paragraph", "preamble 10", ""},
		{"preamble", "preamble", ""},
		{"PP4", "preamble 4", ""},
		{"OP 3", "para 3", ""},
		{"OPs 3 and 4", "para 3; para 4", ""},
		{"operative paragraph 3", "para 3", ""},
		{"op. para. 3", "para 3", ""},
		{"[23]", "para 23", ""},
		{"[2]–[5]", "para 2-5", ""},
		{"[3], [7]", "para 3; para 7", ""},
		{"[2018]", "", "[2018]"},
		{"[hereinafter X]", "", "[hereinafter X]"},
		{"paragraphe 14", "para 14", ""},
		{"par. 3 à 5", "para 3-5", ""},
		{"annexe II", "annex II", ""},
		{"párr. 14", "para 14", ""},
		{"párrs. 14 y 15", "para 14; para 15", ""},
		{"párrafo 3", "para 3", ""},
		{"artículo 5", "article 5", ""},
		{"capítulo II", "chapter II", ""},
		{"págs. 3 a 5", "page 3-5", ""},
		{"para. 70/1", "", "para. 70/1"},
		{"part A.B. Smith", "", "part A.B. Smith"},
		{"parade 3", "", "parade 3"},
		{"page", "", "page"},
		{"para. IV", "", "para. IV"},
		{"para. 5 per cent", "para 5", " per cent"},
	} {
		pins, end := pinsAt(tt.text, 0)
		if got := pinString(pins); got != tt.pins || tt.text[end:] != tt.rest {
			t.Errorf("pinsAt(%q) = %q, rest %q; want %q, rest %q", tt.text, got, tt.text[end:], tt.pins, tt.rest)
		}
	}
}

func TestDateAt(t *testing.T) {
	for _, tt := range []struct{ text, date, printed, rest string }{
		{"28 June 2018", "2018-06-28", "", ""},
		{"28th June 2018.", "2018-06-28", "", "."},
		{"28th of June, 2018", "2018-06-28", "", ""},
		{"June 28, 2018)", "2018-06-28", "", ")"},
		{"June 28th, 2018", "2018-06-28", "", ""},
		{"June 28 2018", "2018-06-28", "", ""},
		{"Dec. 14, 1974", "1974-12-14", "", ""},
		{"Sept. 1, 2010", "2010-09-01", "", ""},
		{"25 Apr. 2013", "2013-04-25", "", ""},
		{"25 Apr 2013", "2013-04-25", "", ""},
		{"25-Apr-2013", "2013-04-25", "", ""},
		{"June 2018", "2018-06", "", ""},
		{"June, 2018", "2018-06", "", ""},
		{"2018-06-28", "2018-06-28", "", ""},
		{"28/06/2018", "2018-06-28", "28/06/2018", ""},
		{"06/28/2018", "2018-06-28", "06/28/2018", ""},
		{"05/04/2013", "", "05/04/2013", ""},
		{"05.04.2013", "", "05.04.2013", ""},
		{"04/04/2013", "2013-04-04", "04/04/2013", ""},
		{"28.6.2018", "2018-06-28", "28.6.2018", ""},
		{"31 June 2018", "", "31 June 2018", ""},
		{"29 February 2019", "", "29 February 2019", ""},
		{"28 juin 2018", "2018-06-28", "", ""},
		{"1er juin 2018", "2018-06-01", "", ""},
		{"8 décembre 2017", "2017-12-08", "", ""},
		{"28 de junio de 2018", "2018-06-28", "", ""},
		{"1 de enero del 2018", "2018-01-01", "", ""},
		{"junio de 2018", "2018-06", "", ""},
		{"28\u00a0June\u00a02018", "2018-06-28", "", ""},
		{"June 1", "", "", "June 1"},
		{"Marching 2018", "", "", "Marching 2018"},
		{"2018", "", "", "2018"},
		{"12/13", "", "", "12/13"},
		{"13/14/2018", "", "", "13/14/2018"},
		{"70/1/2018", "", "", "70/1/2018"},
		{"may 2018", "2018-05", "", ""},
	} {
		d, _ := dateAt(tt.text, 0)
		if got := d.date.String(); got != tt.date || d.text != tt.printed || tt.text[d.to:] != tt.rest {
			t.Errorf("dateAt(%q) = %q, %q, rest %q; want %q, %q, rest %q", tt.text, got, d.text, tt.text[d.to:], tt.date, tt.printed, tt.rest)
		}
	}
}
