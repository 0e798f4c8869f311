package citation

import (
	"slices"
	"strings"
	"testing"

	"citecheck/pipeline/cite"
)

func TestParseShort(t *testing.T) {
	for _, tt := range []struct {
		text                      string
		via                       cite.Via
		note, author, title, rest string
	}{
		{"Ibid.", cite.ViaIbid, "", "", "", ""},
		{"ibid", cite.ViaIbid, "", "", "", ""},
		{"Ibid., para. 5", cite.ViaIbid, "", "", "", ", para. 5"},
		{"Ibid, 12", cite.ViaIbid, "", "", "", ", 12"},
		{"ibid 12–14", cite.ViaIbid, "", "", "", " 12–14"},
		{"Ibidem, p. 3", cite.ViaIbid, "", "", "", ", p. 3"},
		{"Id. ¶ 168", cite.ViaIbid, "", "", "", " ¶ 168"},
		{"Id. at 98–99", cite.ViaIbid, "", "", "", " at 98–99"},
		{"id.", cite.ViaIbid, "", "", "", ""},
		{"Id. art. 11", cite.ViaIbid, "", "", "", " art. 11"},
		{"3 id. at 146", cite.ViaIbid, "", "", "", " at 146"},
		{"3 ideas at 146", "", "", "", "", ""},
		{"Idem, annex II", cite.ViaIbid, "", "", "", ", annex II"},
		{"Ibíd., párr. 7", cite.ViaIbid, "", "", "", ", párr. 7"},
		{"Ibid. (emphasis added)", cite.ViaIbid, "", "", "", " (emphasis added)"},
		{"Petrov, supra note 7, at 12", cite.ViaSupra, "7", "Petrov", "", ", at 12"},
		{"Petrov, supra n. 7, p. 12", cite.ViaSupra, "7", "Petrov", "", ", p. 12"},
		{"Petrov, supra 7, p. 12", cite.ViaSupra, "7", "Petrov", "", ", p. 12"},
		{"Petrov et al., supra note 58, at 703", cite.ViaSupra, "58", "Petrov et al.", "", ", at 703"},
		{"PETROV & STONE, supra note 115, at 1–3", cite.ViaSupra, "115", "PETROV & STONE", "", ", at 1–3"},
		{"PETROV, REED & STONE, supra note 115", cite.ViaSupra, "115", "PETROV, REED & STONE", "", ""},
		{"Petrov, Sovereignty, supra note 25, at 436", cite.ViaSupra, "25", "Petrov", "Sovereignty", ", at 436"},
		{"Petrov, “Quiet Exits,” supra note 25", cite.ViaSupra, "25", "Petrov", "Quiet Exits", ""},
		{"“Quiet Exits,” supra note 25", cite.ViaSupra, "25", "", "Quiet Exits", ""},
		{"supra note 56", cite.ViaSupra, "56", "", "", ""},
		{"note 7 above", cite.ViaSupra, "7", "", "", ""},
		{"above note 7, para. 3", cite.ViaSupra, "7", "", "", ", para. 3"},
		{"See above, note 7", cite.ViaSupra, "7", "", "", ""},
		{"Some text of a paragraph about the army. (See footnote 7 above", cite.ViaSupra, "7", "", "", ""},
		{"Petrov, note 12 supra, p. 3", cite.ViaSupra, "12", "Petrov", "", ", p. 3"},
		{"Petrov, footnote 12 above", cite.ViaSupra, "12", "Petrov", "", ""},
		{"Petrov, infra note 12", cite.ViaSupra, "12", "Petrov", "", ""},
		{"Petrov (n 8) 12", cite.ViaSupra, "8", "Petrov", "", " 12"},
		{"Global Crisis Group (n 8) 12", cite.ViaSupra, "8", "Global Crisis Group", "", " 12"},
		{"Petrov, ‘Quiet Exits’ (n 8) 12", cite.ViaSupra, "8", "Petrov", "Quiet Exits", " 12"},
		{"Secretary-General, Report on Ruritania, supra note 2, para. 11", cite.ViaSupra, "2", "Secretary-General", "Report on Ruritania", ", para. 11"},
		{"d’Orsay, op. cit., p. 135", cite.ViaShort, "", "d’Orsay", "", ", p. 135"},
		{"al-Petrov, supra note 7, p. 2", cite.ViaSupra, "7", "al-Petrov", "", ", p. 2"},
		{"Petrov, op. cit., p. 135", cite.ViaShort, "", "Petrov", "", ", p. 135"},
		{"Petrov, op.cit., p. 135", cite.ViaShort, "", "Petrov", "", ", p. 135"},
		{"Petrov, Quiet Exits, op. cit., p. 135", cite.ViaShort, "", "Petrov", "Quiet Exits", ", p. 135"},
		{"Petrov, op. cit. note 7, p. 1", cite.ViaSupra, "7", "Petrov", "", ", p. 1"},
		{"Petrov, op. cit. (n. 7), p. 1", cite.ViaSupra, "7", "Petrov", "", ", p. 1"},
		{"Petrov, loc. cit.", cite.ViaShort, "", "Petrov", "", ""},
		{"Loc. cit.", cite.ViaShort, "", "", "", ""},
		{"Op. cit., p. 4", cite.ViaShort, "", "", "", ", p. 4"},
		{"Petrov, préc., p. 4", cite.ViaShort, "", "Petrov", "", ", p. 4"},
		{"Petrov, préc. note 9, p. 4", cite.ViaSupra, "9", "Petrov", "", ", p. 4"},
		{"Petrov, supra nota 9, pág. 4", cite.ViaSupra, "9", "Petrov", "", ", pág. 4"},
		{"Petrov, ob. cit., pág. 4", cite.ViaShort, "", "Petrov", "", ", pág. 4"},
		{"Petrov, note 9 ci-dessus", cite.ViaSupra, "9", "Petrov", "", ""},
		{"Petrov, supra, p. 12", cite.ViaSupra, "", "Petrov", "", ", p. 12"},
		{"the sources cited supra note 22", cite.ViaSupra, "22", "", "", ""},
		{"Likewise, see Petrov, supra note 4", cite.ViaSupra, "4", "Petrov", "", ""},
		{"That was long settled law. Petrov, supra note 4", cite.ViaSupra, "4", "Petrov", "", ""},
		{"supra note *", cite.ViaSupra, "*", "", "", ""},

		{"Idaho Potato Report (2019)", "", "", "", "", ""},
		{"Identity and Conflict, 2019", "", "", "", "", ""},
		{"Id card rules were changed in 2019", "", "", "", "", ""},
		{"supra Section II.B", "", "", "", "", ""},
		{"supra notes 104–109 and accompanying text", "", "", "", "", ""},
		{"See Part II below", "", "", "", "", ""},
		{"Ann Petrov, “Quiet Exits,” Reuters, July 15, 2022", "", "", "", "", ""},
		{"Note on the mandate of the Committee (2024)", "", "", "", "", ""},
		{"Petrov, “Quiet Exits,” in Stone (ed.), supra note 5, pp. 10–20", "", "", "", "", ""},
		{"The figures above are estimates", "", "", "", "", ""},
		{"", "", "", "", "", ""},
	} {
		ref, via, rest, ok := parseShort(tt.text)
		if !ok {
			ref = &cite.BackRef{}
		}
		if ok != (tt.via != "") || via != tt.via || ref.Note != tt.note || ref.Author != tt.author || ref.Title != tt.title || rest != tt.rest {
			t.Errorf("parseShort(%q) = %+v, %s, %q, %t", tt.text, ref, via, rest, ok)
		}
	}
}

func TestDefinedTerms(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{`S/2013/493 (hereinafter “Report on Presence 2013”)`, "Report on Presence 2013"},
		{`Petrov, Sovereignty (2016) [hereinafter Petrov, Sovereignty]`, "Petrov, Sovereignty"},
		{`Vienna Convention (1969) [hereinafter VCLT]`, "VCLT"},
		{`A/55/305 (the “Brahimi Report”)`, "Brahimi Report"},
		{`A/55/305 [the Brahimi Report]`, "Brahimi Report"},
		{`A/55/305, hereinafter referred to as the “Brahimi Report”`, "Brahimi Report"},
		{`A/55/305, hereafter “Brahimi Report”, para. 3`, "Brahimi Report"},
		{`A/55/305 (ci-après « rapport Brahimi »)`, "rapport Brahimi"},
		{`A/55/305 (en adelante, “informe Brahimi”)`, "informe Brahimi"},
		{`A/55/305 (“Brahimi Report” or “the Report”)`, "Brahimi Report; Report"},
		{`Council of Ruritania ("CoR")`, "CoR"},
		{`S/RES/2423 (2018), para. 5`, ""},
		{`Petrov, Sovereignty (London: Grey, 2016)`, ""},
		{`Decision [2015] 3 LR 1`, ""},
		{`(“we shall never leave this place until all is done”)`, ""},
		{`Award [emphasis added]`, ""},
		{`(`, ""},
	} {
		if got := strings.Join(definedTerms(tt.text), "; "); got != tt.want {
			t.Errorf("definedTerms(%q) = %q, want %q", tt.text, got, tt.want)
		}
	}
}

// FuzzParseShort: the rest is the end of the text, and reading it ends.
func FuzzParseShort(f *testing.F) {
	for _, s := range []string{"Ibid., para. 5", "Petrov, supra note 7, at 12", "Petrov (n 8) 12", "X, op. cit. (n. 7)", "note 7 above", "(hereinafter “A” or “B”) [C D]", "''''suprA"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		ref, via, rest, ok := parseShort(s)
		if ok != (ref != nil) || ok != (via != "") {
			t.Errorf("%q: %v %q %t", s, ref, via, ok)
		}
		if !strings.HasSuffix(strings.TrimSpace(s), strings.TrimSpace(rest)) {
			t.Errorf("%q: rest %q is not its end", s, rest)
		}
		terms := definedTerms(s)
		for i, term := range terms {
			if term == "" || slices.Contains(terms[:i], term) {
				t.Errorf("%q defines %q", s, terms)
			}
		}
	})
}
