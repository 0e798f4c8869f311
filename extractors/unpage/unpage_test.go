package unpage

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"citecheck/pipeline/cite"
)

const (
	resguide = "https://www.un.org/depts/dhl/resguide/"
	dhlHost  = "https://ydsftksff8.execute-api.us-east-1.amazonaws.com/dev/"
	council  = "https://main.un.org/securitycouncil/en/content/"
	library  = "https://digitallibrary.un.org/"
	scr      = "https://www.securitycouncilreport.org/un-documents/"
)

// golden are small pages in each layout, written for these tests with true
// facts, and what is read from them.
var golden = []struct {
	file, url, site string
	year            int
	complete        bool
	want            []string // symbol|date|meeting|press|title|topic|vote|outcome
}{
	{"dhl_4_cells.html", resguide + "scact1960_table_en.html", "dhl", 1960, true, []string{
		"S/RES/161 (1960)|1960-12-14|S/PV.920|||The Congo question|9-0-2|S/RES/161 (1960) 9-0-2",
		"S/RES/160 (1960)|1960-12-07|S/PV.911|||Admission of new Members|adopted unanimously|S/RES/160 (1960) adopted unanimously"}},
	{"dhl_5_cells.html", resguide + "scact2013_table_en.htm", "dhl", 2013, true, []string{
		"S/PRST/2013/22|2013-12-12|S/PV.7081|SC/11207||Peace and security in Africa||S/PRST/2013/22",
		"S/RES/2100 (2013)|2013-04-25|S/PV.6952|SC/10987||The situation in Mali|15-0-0|S/RES/2100 (2013) 15-0-0",
		"S/RES/2098 (2013)|2013-03-28|S/PV.6943|SC/10964||The situation concerning the Democratic Republic of the Congo|15-0-0|S/RES/2098 (2013) 15-0-0",
		"S/RES/2097 (2013)|2013-03-26|S/PV.6942|SC/10963||The situation in Sierra Leone|15-0-0|S/RES/2097 (2013) 15-0-0"}},
	{"dhl_7_cells.html", resguide + "scact2021_table_en.htm", "dhl", 2021, false, []string{
		"S/RES/2584 (2021)|2021-06-29|S/PV.8809|||Mali|15-0-0|S/RES/2584 (2021) 15-0-0"}},
	{"dhl_veto.html", resguide + "scact_veto_table_en.html", "dhl", 0, false, []string{
		"S/2022/431|2022-05-26|S/PV.9048|||Non-proliferation||S/2022/431 vetoed by China, Russian Federation"}},
	{"dhl_api.html", dhlHost + "render_meeting/scmeetings_2024/EN", "dhl", 2024, true, []string{
		"S/RES/2767 (2024)|2024-12-27|S/PV.9828|SC/15955||The situation in Somalia|14-0-1|S/RES/2767 (2024) 14-0-1",
		"S/2024/835|2024-11-20|S/PV.9790|SC/15907||The situation in the Middle East, including the Palestinian question|14-1-0|Draft resolution S/2024/835 vetoed by United States 14-1-0",
		"|2024-01-23|S/PV.9532|||The situation in the Middle East, including the Palestinian question||"}},
	{"dhl_api_veto.html", dhlHost + "render_meeting_veto/sc_veto_list/EN", "dhl", 0, false, []string{
		"S/2024/835|2024-11-20|S/PV.9790|||Middle East, including the Palestinian question||S/2024/835 vetoed by USA",
		"S/2022/431|2022-05-26|S/PV.9048|||Non-proliferation||S/2022/431 vetoed by China, Russian Federation"}},
	{"dhl_api_ga.html", dhlHost + "render_meeting_ga/garesolutions_79/EN", "dhl", 0, false, []string{
		"A/RES/79/1|2024-09-22|A/79/PV.3||The Pact for the Future|123|Adopted without vote|A/79/PV.3 --> 22 September 2024 Adopted without vote",
		"A/RES/ES-11/1|2022-03-02|A/ES-11/PV.5||Aggression against Ukraine|5|141-5-35|A/ES-11/PV.5 --> 2 March 2022 141-5-35"}},
	{"main_resolutions.html", council + "resolutions-adopted-security-council-1997", "main.un.org", 1997, false, []string{
		"S/RES/1146 (1997)|1997-12-23||||The situation in Cyprus||",
		"S/RES/1107 (1997)|1997-05-16||||The situation in Liberia||",
		"S/RES/1106 (1997)|1997-04-16||||The situation in Angola||"}},
	{"main_reports.html", council + "reports-submitted-transmitted-secretary-general-security-council-2023", "main.un.org", 2023, false, []string{
		"S/2023/402|2023-06-01|||Situation in Mali - Report of the Secretary-General|||",
		"S/2023/36|2023-01-16|||Internal review of the United Nations Multidimensional Integrated Stabilization Mission in Mali|||",
		"S/2023/21|2023-01-06|||Situation in Mali - Report of the Secretary-General|||"}},
	{"press_coverage.html", "https://press.un.org/en/2023/sc15341.doc.htm", "press.un.org", 0, false, []string{
		"SC/15341|2023-06-30|S/PV.9365|SC/15341|Security Council Ends Mandate of United Nations Mission in Mali, Unanimously Adopting Resolution 2690 (2023)|||",
		"S/RES/2690 (2023)|2023-06-30|S/PV.9365|SC/15341||||"}},
	{"press_list.html", "https://press.un.org/en/content/security-council/meetings-coverage", "press.un.org", 0, false, []string{
		"SC/15341|2023-06-30||SC/15341|Security Council Ends Mandate of United Nations Mission in Mali|||The Council ended the mandate.",
		"SC/13400|2018-06-28||SC/13400|Security Council Extends Mandate in Mali|||"}},
	{"undl_record.html", library + "record/1631974?ln=en", "undl", 0, false, []string{
		"S/RES/2423(2018)|2018-06-28|S/PV.8298||Security Council resolution 2423 (2018) [on the mission in Mali]|The situation in Mali|15-0-0|Voting Summary: Yes: 15, No: 0, Abstentions: 0, Non-Voting: 0, Total voting membership: 15"}},
	{"undl_results.html", library + "search?ln=en&p=Mali&of=hb", "undl", 0, false, []string{
		"S/2023/402|2023-06-01|||Situation in Mali: report of the Secretary-General|||",
		"S/RES/2423(2018)||||Security Council resolution 2423 (2018) [on the mission in Mali]|||"}}, // 269 there: when it was printed
	{"undl_marc.xml", library + "search?p=191__a:[S/RES/2423(2018)]&of=xm", "undl", 0, false, []string{
		"S/RES/2423(2018)|2018-06-28|S/PV.8298||Security Council resolution 2423 (2018) [on the mission in Mali]|The situation in Mali|15-0-0|",
		"A/70/357|2015-09-02|||The future of United Nations peace operations: report of the Secretary-General|||",
		"S/RES/2423(2018)||||The vote on it|||"}},
	{"undl_oai.xml", library + "oai2d?verb=GetRecord&metadataPrefix=marcxml&identifier=oai:digitallibrary.un.org:4013999", "undl", 0, false, []string{
		"S/2023/402|2023-06-01|||Situation in Mali: report of the Secretary-General|||"}},
	{"scr_document.html", scr + "document/s-res-2480.php", "securitycouncilreport.org", 0, false, []string{
		"S/RES/2480|2019-06-28||||||This resolution extended the mandate of the mission in Mali by a year and made its centre a second priority."}},
	{"scr_list.html", scr + "mali/", "securitycouncilreport.org", 0, false, []string{
		"S/RES/2480|2019-06-28||||||This resolution extended the mandate by a year.",
		"S/RES/2423|2018-06-28||||||This resolution extended the mandate by a year as well.",
		"S/2023/402|2023-06-01||||||This was the report on the situation."}},
}

func saved(t testing.TB, file string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("..", "..", "testdata", "pages", file))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestGolden(t *testing.T) {
	for _, tt := range golden {
		data := saved(t, tt.file)
		p, err := Read(tt.url, "", data)
		if err != nil {
			t.Errorf("%s: %v", tt.file, err)
			continue
		}
		var got []string
		for _, r := range p.Rows {
			got = append(got, strings.Join([]string{r.Symbol, r.Date, r.Meeting, r.Press, r.Title, r.Topic, r.Vote, r.Outcome}, "|"))
		}
		if !slices.Equal(got, tt.want) || p.Year != tt.year || p.Complete != tt.complete || p.Site != tt.site {
			t.Errorf("%s: site %s, year %d, complete %v:\n got %q\nwant %q", tt.file, p.Site, p.Year, p.Complete, got, tt.want)
		}
		if len(p.Documents) == 0 && tt.file != "dhl_veto.html" && tt.file != "press_list.html" {
			t.Errorf("%s: no document was read", tt.file)
		}
		if err := sound(p, data); err != nil {
			t.Errorf("%s: %v", tt.file, err)
		}
		// A mirror keeps the path under another host.
		mirror := strings.NewReplacer("https://www.un.org", "http://127.0.0.1:1", "https://main.un.org", "http://127.0.0.1:1", "https://press.un.org", "http://127.0.0.1:1", "https://digitallibrary.un.org", "http://127.0.0.1:1").Replace(tt.url)
		if m, err := ReadAs(tt.site, mirror, "", data); err != nil || len(m.Rows) != len(p.Rows) {
			t.Errorf("%s: as a mirror's page: %d rows, %v", tt.file, len(m.Rows), err)
		}
	}
}

// sound holds what was read to the page: every document has a symbol and
// evidence, and every quote stands in the page.
func sound(p Page, page []byte) error {
	doc, err := parseHTML("", page)
	if err != nil {
		return err
	}
	bare := func(s string) string { return strings.Join(strings.Fields(strings.Map(flat, s)), "") }
	all := bare(doc.Text())
	for _, d := range p.Documents {
		if d.Symbol.IsZero() || len(d.Facts) == 0 {
			return fmt.Errorf("%+v is no document", d)
		}
		for _, f := range d.Facts {
			if f.Evidence.Place == "" || f.Evidence.Quote == "" {
				return fmt.Errorf("%s: %s shows no place or words", d.Symbol, f.Field)
			}
			for _, q := range strings.Split(f.Evidence.Quote, topicBreak) {
				if !strings.Contains(all, bare(q)) {
					return fmt.Errorf("%s: %q, the words of %s, do not stand in the page", d.Symbol, q, f.Field)
				}
			}
		}
	}
	return nil
}

// TestCharsets: a page is read in the character set that it is in, and one
// that says another is told from one whose layout changed.
func TestCharsets(t *testing.T) {
	const address = council + "reports-submitted-transmitted-secretary-general-security-council-2023"
	page := func(title string) string {
		return "<html><body><table><tr><td>S/2023/402</td><td>1 June 2023</td><td>" + title + "</td></tr></table></body></html>"
	}
	const right = "Côte d’Ivoire et l’évaluation des élections à Abidjan"
	latin := page("C\xf4te d\x92Ivoire et l\x92\xe9valuation des \xe9lections \xe0 Abidjan")
	wide := func(s string) string {
		var b strings.Builder
		for i := range len(s) {
			b.WriteByte(s[i])
			b.WriteByte(0)
		}
		return b.String()
	}
	for _, tt := range []struct {
		name, contentType, body string
		title                   string
		err                     error
	}{
		{"UTF-8", "text/html; charset=utf-8", page(right), right, nil},
		{"UTF-8 that is said to be windows-1252", "text/html; charset=windows-1252", page(right), right, nil},
		{"windows-1252", "text/html; charset=windows-1252", latin, right, nil},
		{"windows-1252 that says nothing", "text/html", latin, right, nil},
		{"windows-1252 that is said to be UTF-8", "text/html; charset=utf-8", latin, "", ErrCharset},
		{"windows-1252 that is said to be windows-1251", "text/html; charset=windows-1251", latin, "", ErrCharset},
		{"UTF-8 that was encoded twice", "text/html; charset=utf-8", page("CÃ´te dâ€™Ivoire et lâ€™Ã©valuation des Ã©lections Ã\u00a0 Abidjan"), "", ErrCharset},
		{"UTF-16 that does not say so", "text/html; charset=utf-8", wide(page("Situation in Mali")), "", ErrCharset},
		{"another layout", "text/html; charset=utf-8", strings.NewReplacer("<td>", "<p>", "<table>", "<div>", "<tr>", "<div>").Replace(page(right)), "", ErrDrift},
	} {
		p, err := Read(address, tt.contentType, []byte(tt.body))
		if !errors.Is(err, tt.err) || tt.err == nil && (err != nil || len(p.Rows) != 1 || p.Rows[0].Title != tt.title) {
			t.Errorf("%s: %v, %+v", tt.name, err, p.Rows)
		}
	}
}

// TestPrimary: the library's own records are primary; lists kept by hand,
// press coverage and third parties are not.
func TestPrimary(t *testing.T) {
	for _, tt := range golden {
		p, err := Read(tt.url, "", saved(t, tt.file))
		if err != nil {
			t.Fatal(err)
		}
		want := tt.site == "dhl" || tt.site == "undl"
		for _, d := range p.Documents {
			for _, f := range d.Facts {
				own := d.Symbol.IsPressRelease() && (f.Field == cite.FieldExists || f.Field == cite.FieldDate) // of its own page
				if f.Primary != (want || own) {
					t.Errorf("%s: %s of %s is primary: %v", tt.file, f.Field, d.Symbol, f.Primary)
				}
			}
		}
	}
}

func read(t *testing.T, file, url string) Page {
	t.Helper()
	p, err := Read(url, "", saved(t, file))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestCoverageText(t *testing.T) {
	p := read(t, "press_coverage.html", "https://press.un.org/en/2023/sc15341.doc.htm")
	var d cite.Document
	for _, x := range p.Documents {
		if x.Symbol.IsCouncilResolution() {
			d = x
		}
	}
	var got []string
	for _, x := range d.Paragraphs {
		got = append(got, fmt.Sprintf("%s%d|%s", x.Kind, x.N, x.Text))
	}
	want := []string{"preamble1|Recalling what the fixture needs to recall,", "preamble2|Reaffirming that these words were written for a test,",
		"1|Decides to end the mandate as of 30 June 2023;", "2|Requests the mission:\n(a) to cease its operations;\n(b) to transfer its tasks;", "3|Decides to remain seized of the matter."}
	if d.Symbol.String() != "S/RES/2690" || d.Last != 3 || !slices.Equal(got, want) {
		t.Errorf("%s, last %d:\n got %q\nwant %q", d.Symbol, d.Last, got, want)
	}
	if l := read(t, "press_list.html", "https://press.un.org/en/content/x"); l.Next != "https://press.un.org/en/content/x?page=1" {
		t.Errorf("the list goes on at %q", l.Next)
	}
}

// TestMARC: joint symbols, related documents, what is no record of the
// document, and damage.
func TestMARC(t *testing.T) {
	p := read(t, "undl_marc.xml", library+"search?of=xm")
	if p.Total != 3 || len(p.Documents) != 2 || !slices.Equal(p.Rows[0].Related, []string{"S/2018/639", "S/PV.8298"}) || !slices.Equal(p.Rows[1].Also, []string{"S/2015/682"}) || p.Rows[0].Issued != "2018-06-29" {
		t.Errorf("%d found, %d documents, related %q, also %q, issued %q", p.Total, len(p.Documents), p.Rows[0].Related, p.Rows[1].Also, p.Rows[0].Issued)
	}
	if f, ok := p.Documents[0].Fact(cite.FieldTitle); ok {
		t.Errorf("the cataloguer's title %q is taken for the resolution's", f.Value)
	}
	if len(p.Problems) != 2 || !strings.Contains(p.Problems[0].Reason, "AA/70/1") || !strings.Contains(p.Problems[1].Reason, "vote") {
		t.Errorf("the problems are %+v", p.Problems)
	}
	data := saved(t, "undl_marc.xml")
	cut, err := Read(library+"search?of=xm", "", data[:len(data)-len(data)/3])
	if err != nil || len(cut.Rows) != 1 || len(cut.Problems) == 0 {
		t.Errorf("of an answer cut off: %d rows, %v, %v", len(cut.Rows), cut.Problems, err)
	}
	none, err := Read(library+"search?of=xm", "", []byte(`<?xml version="1.0"?><!-- Search-Engine-Total-Number-Of-Results: 0 --><collection xmlns="http://www.loc.gov/MARC21/slim"></collection>`))
	if err != nil || none.Total != 0 || len(none.Rows) != 0 {
		t.Errorf("an empty answer: %+v, %v", none, err)
	}
	_, err = Read(library+"oai2d?verb=GetRecord", "", []byte(`<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><error code="idDoesNotExist">no such</error></OAI-PMH>`))
	if err == nil || !strings.Contains(err.Error(), "idDoesNotExist: no such") {
		t.Errorf("the repository's error reads %v", err)
	}
}

// TestDrift: a page that lost its layout says so, and proves nothing.
func TestDrift(t *testing.T) {
	for _, tt := range golden {
		for _, page := range []string{"", " ", "<html><body><p>Moved.</p></body></html>", "<table class=tablefont><tr><td>one cell</td></tr></table>", "\x00\xff"} {
			if p, err := Read(tt.url, "", []byte(page)); !errors.Is(err, ErrDrift) && !errors.Is(err, ErrCharset) || p.Complete {
				t.Errorf("%s, %q: %v, complete %v", tt.url, page, err, p.Complete)
			}
		}
	}
	if _, err := Read("https://example.org/x", "", nil); !errors.Is(err, ErrNoReader) {
		t.Errorf("an unknown site: %v", err)
	}
}

// TestLacks: what a yearly table proves to be absent, and what not.
func TestLacks(t *testing.T) {
	data := saved(t, "dhl_5_cells.html")
	whole := read(t, "dhl_5_cells.html", resguide+"scact2013_table_en.htm")
	cut, err := Read(resguide+"scact2013_table_en.htm", "", data[:len(data)-400])
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		page   Page
		symbol string
		want   bool
	}{
		{whole, "S/RES/2133", true}, {whole, "S/RES/2096", true}, {whole, "S/PRST/2013/23", true},
		{whole, "S/RES/2100", false}, {whole, "S/RES/2099", false}, // between two that it has: the page's own slip
		{whole, "S/PRST/2013/21", false}, {whole, "S/PRST/2014/99", false}, {whole, "S/PV.7999", false}, {whole, "S/2013/999", false}, {whole, "A/RES/68/999", false},
		{cut, "S/RES/2133", false}, // cut off: the rest is not known
		{read(t, "dhl_7_cells.html", resguide+"scact2021_table_en.htm"), "S/RES/2999", false},
	} {
		s, err := cite.ParseSymbol(tt.symbol)
		if err != nil {
			t.Fatal(err)
		}
		if got := tt.page.Lacks(s); got != tt.want {
			t.Errorf("the table of %d lacks %s: %v, want %v", tt.page.Year, s, got, tt.want)
		}
	}
}

// FuzzRead: whatever a page holds, no reader panics, and every fact's words
// stand in the page.
func FuzzRead(f *testing.F) {
	for i, tt := range golden {
		f.Add(uint8(i), saved(f, tt.file))
	}
	f.Fuzz(func(t *testing.T, which uint8, data []byte) {
		p, err := Read(golden[int(which)%len(golden)].url, "", data)
		if err != nil || len(data) > 0 && isXML(data) {
			return // an XML answer is checked as text below only where it is HTML
		}
		if err := sound(p, data); err != nil {
			t.Error(err)
		}
	})
}

// TestOneCellManyDecisions: a meeting may adopt a resolution and hear a
// statement of the President; each is a row.
func TestOneCellManyDecisions(t *testing.T) {
	var got []string
	for _, r := range split(Row{Meeting: "S/PV.5342"}, "S/RES/1651 (2005)\n15-0-0\nS/PRST/2005/67") {
		got = append(got, r.Symbol+" "+r.Vote)
	}
	slices.Sort(got)
	if want := []string{"S/PRST/2005/67 ", "S/RES/1651 (2005) 15-0-0"}; !slices.Equal(got, want) {
		t.Errorf("split finds %q, want %q", got, want)
	}
}
