package citation

import (
	"strings"
	"testing"
)

// TestOwn: what the UN's own documents mean by numbers without an organ.
func TestOwn(t *testing.T) {
	for _, tt := range []struct{ body, text, want string }{
		{generalAssembly, "Recalling its resolution 79/218 and Security Council resolutions 1325 (2000), 1820 (2008) and 1888 (2009),", "A/RES/79/218 S/RES/1325 S/RES/1820 S/RES/1888"},
		{generalAssembly, "Reaffirming its resolutions 41/213 of 19 December 1986, 45/248 B, section VI, of 21 December 1990, 58/269 and 58/270 of 23 December 2003, 59/276, section XI, of 23 December 2004, 78/242 A, 78/252 and 78/257 of 22 December 2023 and its decision 68/548 of 27 December 2013,",
			"A/RES/41/213 A/RES/45/248 A/RES/58/269 A/RES/58/270 A/RES/59/276 A/RES/78/242 A/RES/78/252 A/RES/78/257 A/DEC/68/548"},
		{generalAssembly, "Welcoming resolutions 74/270 of 2 April 2020 on global solidarity, 74/274 of 20 April 2020 on access, and 74/307 of 11 September 2020, entitled “United”,", "A/RES/74/270 A/RES/74/274 A/RES/74/307"},
		{generalAssembly, "Council resolution 5/1 and Human Rights Council resolutions 48/13 of 8 October 2021 and 49/2 of 1 April 2022", "A/HRC/RES/5/1 A/HRC/RES/48/13 A/HRC/RES/49/2"},
		{generalAssembly, "paragraph 1 of resolution 217 A (III), resolution 46/182, annex, and Economic and Social Council resolution 1980/67", "A/RES/217(III) A/RES/46/182 E/RES/1980/67"},
		{securityCouncil, "Recalling its resolutions 2423 (2018) and 2480 (2019), as well as resolution 70/1", "S/RES/2423 S/RES/2480 A/RES/70/1"},
		{securityCouncil, "in my report (S/2023/402) and S/2023/402/Add.1, paras. 3-5, and the statement of its President (S/PRST/2014/5)", "S/2023/402 S/2023/402/Add.1 S/PRST/2014/5"},
		{humanRights, "Recalling its resolutions 35/33 and 41/2, and General Assembly resolution 60/251 and resolution 76/300", "A/HRC/RES/35/33 A/HRC/RES/41/2 A/RES/60/251 A/RES/76/300"},
		{"", "resolution 35/33", "A/RES/35/33"},
		// None of these is a UN document.
		{generalAssembly, "Recalling resolution 7/2019 of 28 June 2019 of the Conference of the Food and Agriculture Organization", ""},
		{generalAssembly, "Official Records, 2025, Supplement No. 7, chap. I, sect. C, resolution 69/1, annex.", ""},
		{generalAssembly, "decision 15/4 of the Conference of the Parties", ""},
		{generalAssembly, "Environment Assembly resolution 5/14 and resolution 12 of the Congress", ""},
		{generalAssembly, "Recalling resolutions of the Environment Assembly, such as those of its fifth session, 35/14 of 2 March 2022", ""},
		{generalAssembly, "on 12/31 of 24 December 2019 they met; about 50/50 of 3 May 2020", ""},
	} {
		var got []string
		for _, c := range Own(tt.text, tt.body) {
			got = append(got, c.Symbol.String())
		}
		if s := strings.Join(got, " "); s != tt.want {
			t.Errorf("%s: %q\n got %s\nwant %s", tt.body, tt.text, s, tt.want)
		}
		holdLaws(t, tt.text, Own(tt.text, tt.body))
	}
}

func BenchmarkOwn(b *testing.B) {
	text := strings.Repeat("Recalling its resolutions 41/213 of 19 December 1986, 45/248 B, section VI, of 21 December 1990 and 58/269 and 58/270 of 23 December 2003, and S/2023/402, ", 200)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		Own(text, generalAssembly)
	}
}
