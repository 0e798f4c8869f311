package citation

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"citecheck/pipeline/cite"
)

// line shows a work on one line: type, authors, title, container, publisher,
// place, date and the rest, as far as they are known.
func line(w *cite.Work) string {
	if w == nil {
		return ""
	}
	out := []string{w.Type}
	add := func(key, v string) {
		if v != "" {
			out = append(out, key+"="+v)
		}
	}
	list := func(ns []cite.Name) string {
		var s []string
		for _, n := range ns {
			if n.Literal != "" {
				s = append(s, "{"+n.Literal+"}")
			} else {
				s = append(s, strings.TrimSpace(n.Family+", "+n.Given))
			}
		}
		return strings.Join(s, "; ")
	}
	date := func(d *cite.CSLDate) string {
		if d == nil {
			return ""
		}
		return strings.Trim(strings.ReplaceAll(fmt.Sprint(d.DateParts[0]), " ", "-"), "[]")
	}
	add("by", list(w.Author))
	add("ed", list(w.Editor))
	add("t", w.Title)
	add("in", w.ContainerTitle)
	add("pub", w.Publisher)
	add("place", w.PublisherPlace)
	add("d", date(w.Issued))
	add("vol", w.Volume)
	add("iss", w.Issue)
	add("pp", w.Page)
	add("no", w.Number)
	add("genre", w.Genre)
	add("url", w.URL)
	add("doi", w.DOI)
	add("isbn", w.ISBN)
	add("acc", date(w.Accessed))
	return strings.Join(out, " | ")
}

// italic takes the stars off a text: what stood between two was italic.
func italic(s string) (string, []cite.Span) {
	var spans []cite.Span
	var b strings.Builder
	n, from := 0, -1
	for _, r := range s {
		if r != '*' {
			b.WriteRune(r)
			n++
			continue
		}
		if from < 0 {
			from = n
			continue
		}
		spans = append(spans, cite.Span{Start: from, End: n})
		from = -1
	}
	return b.String(), spans
}

func TestParseWork(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		// The press.
		{`“Ministers Meet in Bamako,” Reuters, July 15, 2022`, `article-newspaper | t=Ministers Meet in Bamako | in=Reuters | d=2022-7-15`},
		{`"Ministers Meet in Bamako," Reuters, 15 July 2022`, `article-newspaper | t=Ministers Meet in Bamako | in=Reuters | d=2022-7-15`},
		{`Ruth Ellison, “Convoy Reaches Kidal,” The New York Times, 3 May 2021`, `article-newspaper | by=Ellison, Ruth | t=Convoy Reaches Kidal | in=The New York Times | d=2021-5-3`},
		{`Ruth Ellison, ‘Convoy Reaches Kidal’, *The Guardian*, 3 May 2021`, `article-newspaper | by=Ellison, Ruth | t=Convoy Reaches Kidal | in=The Guardian | d=2021-5-3`},
		{`Ruth Ellison, ‘Convoy Reaches Kidal’ The Guardian (London, 3 May 2021)`, `article-newspaper | by=Ellison, Ruth | t=Convoy Reaches Kidal | in=The Guardian | place=London | d=2021-5-3`},
		{`“Who Guards the ‘Blue Helmets’?” Al Jazeera, Jan. 2, 2020, https://example.org/a/b.html`, `article-newspaper | t=Who Guards the ‘Blue Helmets’? | in=Al Jazeera | d=2020-1-2 | url=https://example.org/a/b.html`},
		{`« Le Mali suspend les rotations », Le Monde, 15 juillet 2022`, `article-newspaper | t=Le Mali suspend les rotations | in=Le Monde | d=2022-7-15`},
		{`Ana Ruiz, «La misión se retira», El País, 30 de junio de 2023`, `article-newspaper | by=Ruiz, Ana | t=La misión se retira | in=El País | d=2023-6-30`},
		{`“The “Quiet” War,” BBC News, 4 March 2019`, `article-newspaper | t=The “Quiet” War | in=BBC News | d=2019-3-4`},
		{`Tom Petrie and Ama Owusu, “States’ Rights, Again,” Harbour Tribune, March 4, 2019`, `article-newspaper | by=Petrie, Tom; Owusu, Ama | t=States’ Rights, Again | in=Harbour Tribune | d=2019-3-4`},
		// Reports of institutes and bodies.
		{`Jan van der Berg, "Assessing the Mission in Ruritania," Institute for Field Studies, May 2019`, `report | by=van der Berg, Jan | t=Assessing the Mission in Ruritania | pub=Institute for Field Studies | d=2019-5`},
		{`Global Crisis Group, “The Mission at a Crossroads,” December 2022`, `report | by={Global Crisis Group} | t=The Mission at a Crossroads | d=2022-12`},
		{`Ann Petrov, Sue Marie Stone-Field, and Rita Hougaard, “Peacekeepers in Ruritania,” Nordic Institute for International Studies, 2017`, `report | by=Petrov, Ann; Stone-Field, Sue Marie; Hougaard, Rita | t=Peacekeepers in Ruritania | pub=Nordic Institute for International Studies | d=2017`},
		{`Ruritanian Ministry of Territorial Administration and Decentralization, “Statement No. 065 by the Government,” January 25, 2024`, `report | by={Ruritanian Ministry of Territorial Administration and Decentralization} | t=Statement No. 065 by the Government | d=2024-1-25`},
		{`Ann Petrov et al., “Peacekeepers in Ruritania,” Policy Brief No. 12, Nordic Institute for Peace, June 2017`, `report | by=Petrov, Ann | t=Peacekeepers in Ruritania | pub=Nordic Institute for Peace | d=2017-6 | no=12 | genre=Policy Brief`},
		{`Nordic Institute, *Peacekeepers in Ruritania* (Oslo, 2017)`, `report | by={Nordic Institute} | t=Peacekeepers in Ruritania | place=Oslo | d=2017`},
		{`Nordic Institute, *Peacekeepers in Ruritania*, May 2017, p. 12`, `report | by={Nordic Institute} | t=Peacekeepers in Ruritania | d=2017-5`},
		{`UNEP, “Delivery for better collaboration” (2022), annex 4: Accountability`, `report | by={UNEP} | t=Delivery for better collaboration | d=2022`},
		{`Nordic Institute, Peacekeepers in Ruritania, May 2017`, `report | by={Nordic Institute} | t=Peacekeepers in Ruritania | d=2017-5`},
		{`Ann Petrov, “Small Steps,” Meridian Forum, April 1999, available at https://example.org/small-steps`, `report | by=Petrov, Ann | t=Small Steps | pub=Meridian Forum | d=1999-4 | url=https://example.org/small-steps`},
		// Books.
		{`Ann Petrov, *The Arithmetic of Protection* (Greywater Academic, 2002), p. 17`, `book | by=Petrov, Ann | t=The Arithmetic of Protection | pub=Greywater Academic | d=2002`},
		{`Ann Petrov, The Arithmetic of Protection (Greywater Academic, 2002), p. 17`, `book | by=Petrov, Ann | t=The Arithmetic of Protection | pub=Greywater Academic | d=2002`},
		{`Ann Petrov, *The Arithmetic of Protection* (London: Greywater Press, 2002), pp. 17–19`, `book | by=Petrov, Ann | t=The Arithmetic of Protection | pub=Greywater Press | place=London | d=2002`},
		{`Ann Petrov, *The Arithmetic of Protection* (Greywater Press 2002) 139`, `book | by=Petrov, Ann | t=The Arithmetic of Protection | pub=Greywater Press | d=2002`},
		{`Ann Petrov, *The Arithmetic of Protection* (2nd edn, Greywater Press 2002) 139`, `book | by=Petrov, Ann | t=The Arithmetic of Protection | pub=Greywater Press | d=2002`},
		{`ANN PETROV & SUE STONE, THE ARITHMETIC OF PROTECTION 63 (2002)`, `book | by=Petrov, Ann; Stone, Sue | t=THE ARITHMETIC OF PROTECTION | d=2002`},
		{`Petrov, Ann, and Sue Stone. *The Arithmetic of Protection*. London: Greywater Press, 2002`, `book | by=Petrov, Ann; Stone, Sue | t=The Arithmetic of Protection | pub=Greywater Press | place=London | d=2002`},
		{`Petrov, A. (2002). The Arithmetic of Protection. Greywater Press`, `book | by=Petrov, A. | t=The Arithmetic of Protection | pub=Greywater Press | d=2002`},
		{`Ann Petrov and Sue Stone (eds.), *Handbook of Field Presence* (Oxford: Oxford University Press, 2011)`, `book | ed=Petrov, Ann; Stone, Sue | t=Handbook of Field Presence | pub=Oxford University Press | place=Oxford | d=2011`},
		{`Ann Petrov, *Protection* (London: Greywater Press, 2002), ISBN 978-0-306-40615-7`, `book | by=Petrov, Ann | t=Protection | pub=Greywater Press | place=London | d=2002 | isbn=978-0-306-40615-7`},
		// Chapters.
		{`Ann Petrov, “Quiet Exits,” in *Handbook of Field Presence*, ed. Sue Stone (Oxford University Press, 2011)`, `chapter | by=Petrov, Ann | ed=Stone, Sue | t=Quiet Exits | in=Handbook of Field Presence | pub=Oxford University Press | d=2011`},
		{`Ann Petrov, ‘Quiet Exits’ in Sue Stone (ed), *Handbook of Field Presence* (OUP 2011)`, `chapter | by=Petrov, Ann | ed=Stone, Sue | t=Quiet Exits | in=Handbook of Field Presence | pub=OUP | d=2011`},
		{`Ann Petrov, “Quiet Exits,” in Sue Stone and Tom Reed, eds., Handbook of Field Presence (London: Routledge, 2011), pp. 45–60`, `chapter | by=Petrov, Ann | ed=Stone, Sue; Reed, Tom | t=Quiet Exits | in=Handbook of Field Presence | pub=Routledge | place=London | d=2011`},
		{`Ann Petrov, Quiet Exits, in THE HANDBOOK OF FIELD PRESENCE 717, 719 (Sue Stone & Tom Reed eds., 2020)`, `chapter | by=Petrov, Ann | ed=Stone, Sue; Reed, Tom | t=Quiet Exits | in=THE HANDBOOK OF FIELD PRESENCE | d=2020 | pp=717`},
		// Journals.
		{`Ann Petrov, “Quiet Exits,” Journal of Mandate Studies 48, no. 3 (2018): 336`, `article-journal | by=Petrov, Ann | t=Quiet Exits | in=Journal of Mandate Studies | d=2018 | vol=48 | iss=3 | pp=336`},
		{`Ann Petrov, “Quiet Exits,” *International Peacekeeping*, Vol. 48, No. 3, 2018, pp. 336–350`, `article-journal | by=Petrov, Ann | t=Quiet Exits | in=International Peacekeeping | d=2018 | vol=48 | iss=3 | pp=336-350`},
		{`Ann Petrov, “Quiet Exits,” Survival 48(3), 2018, 336–50`, `article-journal | by=Petrov, Ann | t=Quiet Exits | in=Survival | d=2018 | vol=48 | iss=3 | pp=336-50`},
		{`Ann Petrov, Quiet Exits, 24 J. POL. PHIL. 427, 430 (2016)`, `article-journal | by=Petrov, Ann | t=Quiet Exits | in=J. POL. PHIL. | d=2016 | vol=24 | pp=427`},
		{`Ann Petrov, ‘Quiet Exits’ (2015) 12 Journal of Field Law 45`, `article-journal | by=Petrov, Ann | t=Quiet Exits | in=Journal of Field Law | d=2015 | vol=12 | pp=45`},
		{`Ann Petrov, “Quiet Exits,” Journal of Field Law 12 (2015): 45–60, https://doi.org/10.1000/jfl.2015.12`, `article-journal | by=Petrov, Ann | t=Quiet Exits | in=Journal of Field Law | d=2015 | vol=12 | pp=45-60 | url=https://doi.org/10.1000/jfl.2015.12 | doi=10.1000/jfl.2015.12`},
		{`Petrov, A., & Stone, S. (2015). Quiet exits. *Journal of Field Law*, 12(3), 45–60. doi:10.1000/jfl.12`, `article-journal | by=Petrov, A.; Stone, S. | t=Quiet exits | in=Journal of Field Law | d=2015 | vol=12 | iss=3 | pp=45-60 | doi=10.1000/jfl.12`},
		// Theses, pages, speeches, data.
		{`Ann Petrov, “Quiet Exits” (PhD diss., University of Ruritania, 2014)`, `thesis | by=Petrov, Ann | t=Quiet Exits | pub=University of Ruritania | d=2014 | genre=PhD diss.`},
		{`Ann Petrov, ‘Quiet Exits’ (PhD thesis, University of Ruritania 2014)`, `thesis | by=Petrov, Ann | t=Quiet Exits | pub=University of Ruritania | d=2014 | genre=PhD thesis`},
		{`“Facts and Figures,” Field Watch Institute, https://example.org/facts (accessed 5 May 2020)`, `webpage | t=Facts and Figures | in=Field Watch Institute | url=https://example.org/facts | acc=2020-5-5`},
		{`Available at www.example.org/a_b-c.html`, `webpage | url=https://www.example.org/a_b-c.html`},
		{`https://example.org/x?y=1#z`, `webpage | url=https://example.org/x?y=1#z`},
		{`Mining Concessions, LAND PORTAL, https://example.org/es/ term/8906_x [perma.cc/S9HA-STGC]`, `webpage | t=Mining Concessions | in=LAND PORTAL | url=https://example.org/es/term/8906_x`},
		{`Ann Petrov, Reviving Flows Is Crucial, GREY BLOG (June 12, 2020), https://example.org/b`, `post-weblog | by=Petrov, Ann | t=Reviving Flows Is Crucial | in=GREY BLOG | d=2020-6-12 | url=https://example.org/b`},
		{`“Remarks by the Foreign Minister at the Peace Conference,” Geneva, 4 June 2018`, `speech | t=Remarks by the Foreign Minister at the Peace Conference | pub=Geneva | d=2018-6-4`},
		{`Interview with UN official, Bamako, March 2022`, `interview | t=Interview with UN official, Bamako, March 2022 | d=2022-3`},
		{`Author’s telephone interview with a former force commander, 4 May 2021`, `interview | t=Author’s telephone interview with a former force commander, 4 May 2021 | d=2021-5-4`},
		{`Email correspondence with mission staff, June 2020`, `personal_communication | t=Email correspondence with mission staff, June 2020 | d=2020-6`},
		{`Field Events Project, “Conflict Events Dataset,” 2023, https://example.org/data`, `dataset | by={Field Events Project} | t=Conflict Events Dataset | d=2023 | url=https://example.org/data`},
		// Law.
		{`Stone v. Ruritania, ICSID Case No. ARB/03/19, Decision on Liability, ¶ 262 (July 30, 2010)`, `legal_case | t=Stone v. Ruritania | d=2010-7-30 | no=ARB/03/19 | genre=Decision on Liability`},
		{`*Stone v. Reed*, 250 A.3d 793 (Del. Ch. 2019)`, `legal_case | t=Stone v. Reed | in=A.3d | d=2019 | vol=250 | pp=793`},
		{`Grey Mining Corp., ICSID Case No. ARB/14/21, Award, ¶ 155`, `legal_case | t=Grey Mining Corp | no=ARB/14/21`},
		{`Vienna Convention on the Law of Treaties, art. 31, May 23, 1969, 1155 U.N.T.S. 331 (entered into force Jan. 27, 1980) [hereinafter VCLT]`, `treaty | t=Vienna Convention on the Law of Treaties | in=U.N.T.S. | d=1969-5-23 | vol=1155 | pp=331`},
		{`Administrative Procedure Act, 5 U.S.C. § 702`, `legislation | t=Administrative Procedure Act | in=U.S.C. § | vol=5 | pp=702`},
		{`Loi n° 2012-018 du 12 juillet 2012`, `legislation | t=Loi n° 2012-018 du | d=2012-7-12 | no=2012-018`},
		{`Iqbal, 556 U.S. at 685`, `legal_case | t=Iqbal | in=U.S. | vol=556`},
		{`A-B-, 27 I. & N. Dec. 316, 337–38 (Att’y Gen. 2018)`, `legal_case | t=A-B- | in=I. & N. Dec. | d=2018 | vol=27 | pp=316`},
		{`8 U.S.C. § 1225(b)(1)`, `legislation | t=8 U.S.C.`},
		{`H.R. 815, 118th Cong. § 3202 (2024)`, `bill | t=H.R. 815, 118th | d=2024`},
		{`Article 31(2) of the 1969 Vienna Convention on the Law of Treaties`, `treaty | t=1969 Vienna Convention on the Law of Treaties | d=1969`},
		{`Article 19 of the Geneva Convention of 27 July 1929`, `treaty | t=Geneva Convention | d=1929-7-27`},
		{`UTAH CODE ANN. § 53E-4-205 (2021)`, `legislation | t=UTAH CODE ANN. § 53E-4-205 | d=2021`},
		{`BIN CHENG, STUDIES IN FIELD LAW 128-30 (1997)`, `book | by=Cheng, Bin | t=STUDIES IN FIELD LAW | d=1997`},
		{`OLIVER REED, JR., THE COMMON LAW (1881)`, `book | by=Reed, Oliver | t=THE COMMON LAW | d=1881`},
		{`William S. Reed III, Found Law, 22 J.L. & GREY 255 (2006)`, `article-journal | by=Reed, William S. | t=Found Law | in=J.L. & GREY | d=2006 | vol=22 | pp=255`},
		{`Ann Petrov, *Keep the Code Moving,* GREYNEWS (July 21, 2015), https://example.org/k`, `report | by=Petrov, Ann | t=Keep the Code Moving | pub=GREYNEWS | d=2015-7-21 | url=https://example.org/k`},
		{`Ann Petrov, *Quiet Exits, in* GREY COMMENTARIES 65, 77 (Sue Stone ed., 2009)`, `chapter | by=Petrov, Ann | ed=Stone, Sue | t=Quiet Exits | in=GREY COMMENTARIES | d=2009 | pp=65`},
		{`For a history of the project, see Ann Petrov, *Quiet Exits* (London: Grey Press, 1995)`, `book | by=Petrov, Ann | t=Quiet Exits | pub=Grey Press | place=London | d=1995`},
		{`Grey Institute. (n.d.). About us. https://example.org/about`, `report | by={Grey Institute} | t=About us | url=https://example.org/about`},
		// As the United Nations cites.
		{`United Nations, Treaty Series, vol. 1771, No. 30822`, `treaty | t=United Nations, Treaty Series, vol. 1771, No. 30822 | in=Treaty Series | vol=1771 | no=30822`},
		{`Report of the World Summit on Dry Land, Grey Town, 26 August–4 September 2002 (United Nations publication, Sales No. E.03.II.A.1 and corrigendum), chap. I, resolution 1, annex`, `book | t=Report of the World Summit on Dry Land | pub=United Nations | d=2002-9-4 | no=E.03.II.A.1`},
		{`OIOS Internal Audit Division, report No. 2025/002, entitled “Audit of the climate subprogramme”`, `report | by={OIOS Internal Audit Division} | t=Audit of the climate subprogramme | no=2025/002 | genre=report`},
		{`UNEP Partnership Policy (2024, internal document)`, `report | t=UNEP Partnership Policy | d=2024`},
		{`UNEP Delegation of Authority Policy and Framework (2019), para. 49`, `report | t=UNEP Delegation of Authority Policy and Framework | d=2019`},
		{`Report of the 24th Grey Conference, Manila, 7–14 November 1981, p. 50`, `report | t=Report of the 24th Grey Conference | d=1981-11-14`},
		{`Ann Petrov, ‘‘Unity of the emblems’’, International Review of Field Law, No. 796, July–August 1992`, `article-journal | by=Petrov, Ann | t=Unity of the emblems | in=International Review of Field Law | d=1992-8 | iss=796`},
		{`Ann Petrov, Towards a Solution to the Question, 4th edn, ICRC, Geneva, April 2006, 105 pp.`, `book | by=Petrov, Ann | t=Towards a Solution to the Question | pub=ICRC | place=Geneva | d=2006-4`},
		{`1 Ann Petrov, Field Law and Comparative Law 193 (Boston & London, Grey & Co. 1898)`, `book | by=Petrov, Ann | t=Field Law and Comparative Law | pub=Grey & Co. | place=Boston & London | d=1898 | vol=1`},
		{`Ann Petrov, Assembly Within ‘Sight and Sound’, in The Grey Handbook of Assembly, supra note 10, at 255`, `chapter | by=Petrov, Ann | t=Assembly Within ‘Sight and Sound’ | in=The Grey Handbook of Assembly`},
		// French and Spanish.
		{`Jean Dupont et Anne Petit, « Sortir du Mali », Institut des études de terrain, mai 2019, p. 4`, `report | by=Dupont, Jean; Petit, Anne | t=Sortir du Mali | pub=Institut des études de terrain | d=2019-5`},
		{`Jean Dupont, *Sortir du Mali* (Paris : Karthala, 2019)`, `book | by=Dupont, Jean | t=Sortir du Mali | pub=Karthala | place=Paris | d=2019`},
		{`Ana Ruiz y Luis Gómez, *Salir de Malí* (Madrid, Editorial Gris, 2019), pág. 4`, `book | by=Ruiz, Ana; Gómez, Luis | t=Salir de Malí | pub=Editorial Gris | place=Madrid | d=2019`},
		// Nothing is cited.
		{`The authors thank colleagues who read earlier drafts; all remaining errors are their own`, ``},
		{`This is what one official called “absolute unenforceability” in 2024`, ``},
		{`“Individual or mass forcible transfers are prohibited, regardless of their motive.” (Emphasis added)`, ``},
		{`All amounts are in US dollars unless otherwise noted`, ``},
		{`The remaining 34 percent of cases were resolved in 2019`, ``},
		{`See supra Section II.B`, ``},
		{`notes 104–109 and accompanying text`, ``},
		{`In 2011, the Council endorsed the “Responsibility to Protect” framework`, ``},
		{`By the end of April 2025, 101 Member States had contributed`, ``},
		{`GEF and GCF are multilateral funds providing grants`, ``},
		{`That is, the review of the policies and practices for determining the rates`, ``},
		{`The term “host country” means the Republic of Mali`, ``},
		{`Listed as Al-Qaida in Iraq (QDe.115)`, ``},
		{`Emphasis added`, ``},
		{`Subsequently, the Secretariat was informed by the delegation of Indonesia that it had intended to vote in favour`, ``},
		{`Entitled “International Day to Combat Floods”`, ``},
		{`Substantive items do not include points related to the adoption of the agenda`, ``},
		{`Madrid, Spain; Istanbul, Türkiye; Vienna, Austria`, ``},
		{`The financial framework of the organization is further examined in chapter IV of the present report`, ``},
		{`Including outposted branches and units`, ``},
		{`The annex is being circulated without formal editing, in the language of submission only`, ``},
		{`Estimaciones porcentuales propias con datos del INEGI (2017c)`, ``},
		{`Article 17 indicates that the Protocol was adopted in six languages`, ``},
		{`He said: “We shall not leave.”`, ``},
		{`Exchange rate on 5 May 2020`, ``},
		{`For the purposes of this paper, “central Mali” refers to the regions of Mopti and Ségou`, ``},
		{`Senior managers’ compact issued annually (internal document)`, ``},
		{``, ``},
		{`“`, ``},
		{`((((`, ``},
	} {
		text, spans := italic(tt.text)
		if got := line(parseWork(text, spans)); got != tt.want {
			t.Errorf("parseWork(%q)\n got %s\nwant %s", tt.text, got, tt.want)
		}
	}
}

// FuzzParseWork: whatever the text, reading it ends, in strings that are text.
func FuzzParseWork(f *testing.F) {
	for _, s := range []string{"Ann Petrov, *Protection* (London: Grey, 2002), p. 1", "“A,” Reuters, May 2, 2020; ‘b’ (2001) 12 J 1", "https://a.b/c d/e.pdf [perma.cc/x]", "A v. B (1)", "((“«‘'\"", "Smith, J. (2010). T. P.", " ''''", "‘‘’’"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		text, spans := italic(s)
		w := parseWork(text, spans)
		if w == nil {
			return
		}
		if w.Type == "" {
			t.Errorf("%q: a work without a type", s)
		}
		if utf8.ValidString(s) && !utf8.ValidString(line(w)) {
			t.Errorf("%q: %q cuts a character", s, line(w))
		}
		if !strings.HasPrefix(w.ID(), "work:") || len(w.ID()) != 21 {
			t.Errorf("%q: id %q", s, w.ID())
		}
	})
}

func BenchmarkParseWork(b *testing.B) {
	texts := []string{
		`Ann Petrov, Sue Marie Stone-Field, and Rita Hougaard, “Peacekeepers in Ruritania,” Nordic Institute for International Studies, 2017`,
		`Ann Petrov, “Quiet Exits,” in Handbook of Field Presence, ed. Sue Stone (Oxford University Press, 2011)`,
		`Ann Petrov, Quiet Exits: The End of Missions and What Comes After, 24 J. POL. PHIL. 427, 430 (2016)`,
		`“Ministers Meet in Bamako,” Reuters, July 15, 2022, https://example.org/2022/07/ministers-meet-in-bamako.html`,
		`The authors thank colleagues who read earlier drafts of this paper; all remaining errors are their own`,
		`Stone v. Ruritania, ICSID Case No. ARB/03/19, Decision on Liability, ¶ 262 (July 30, 2010)`,
	}
	n := 0
	for _, s := range texts {
		n += len(s)
	}
	b.SetBytes(int64(n))
	b.ReportAllocs()
	for b.Loop() {
		for _, s := range texts {
			parseWork(s, nil)
		}
	}
}
