package notes

import (
	"slices"
	"strings"
	"testing"

	"citecheck/pipeline/cite"
)

func TestNumbered(t *testing.T) {
	for _, tt := range []struct{ leads, want string }{
		{"1 2 3", "1 2 3"},
		{"' 2 ~ '", "1 2 3 4"},                     // quotation marks for digits
		{"12 U 145 IS \" 17", "12 13 14 15 16 17"}, // an excerpt; an S for a 5
		{"* 1 2 3", "* 1 2 3"},                     // the author's note
		{"' ' ' 6 7 IO ll", "3 4 5 6 7 10 11"},     // two beginnings were not seen
		{"7 8 8 10", "7 8 9 10"},                   // one digit read wrongly
		{"' ' '", "1 2 3"},                         // nothing is readable: from 1
		{"29 \" 31 32 H 34 3' 36 \" 38 3'1", "29 30 31 32 33 34 35 36 37 38 39"},
	} {
		if got := strings.Join(numbered(strings.Fields(tt.leads), make([]bool, len(strings.Fields(tt.leads)))), " "); got != tt.want {
			t.Errorf("numbered(%s) = %s, want %s", tt.leads, got, tt.want)
		}
	}
}

func TestParting(t *testing.T) {
	for _, tt := range []struct{ word, lead, rest string }{
		{"'UN", "'", "UN"}, {"UN", "", "UN"}, {"IOConvention", "IO", "Convention"}, {"145ee", "14", "See"}, {"USee", "U", "See"},
		{"See", "", "See"}, {"26Id.,", "26", "Id.,"}, {"1d.,", "", "Id.,"}, {"321d.,", "32", "Id.,"}, {"7'fhe", "7'", "fhe"}, {"6ror", "6", "ror"},
		{"*Chief,", "*", "Chief,"}, {"ILO", "", "ILO"}, {"Outer", "", "Outer"}, {"U.N.", "", "U.N."}, {"\"See", "\"", "See"}, {"1945,", "", "1945,"},
	} {
		lead, rest := parting(cite.Line{Runs: []cite.Run{{Text: tt.word + " of the"}}})
		if lead != tt.lead || rest[0].Text != tt.rest {
			t.Errorf("parting(%s) = %q, %q; want %q, %q", tt.word, lead, rest[0].Text, tt.lead, tt.rest)
		}
	}
}

// TestNumberedAnew: numbers that begin anew on each page.
func TestNumberedAnew(t *testing.T) {
	got := numbered(strings.Fields("1 2 ' 1 2 ' 4"), []bool{true, false, false, true, false, false, false})
	if want := "1 2 3 1 2 3 4"; strings.Join(got, " ") != want {
		t.Errorf("the labels are %s, want %s", got, want)
	}
}

// TestRecognizedHanging: labels that hang before their notes begin them, and
// what is set in goes on.
func TestRecognizedHanging(t *testing.T) {
	z := zone(1, cite.ZoneNotes, 8, "1 UN Doc. A/4141 of", "July 1959.", "? See the report.", "3 Ibid., which goes on", "on the next line.")
	z.OCR = true
	for _, i := range []int{1, 4} {
		z.Lines[i].Box.X0 += 14
	}
	body := zone(1, cite.ZoneBody, 10, "It began in the year of the first launch.")
	body.OCR = true
	var got []string
	for _, n := range Find([]cite.Zone{body, z}, 1).Notes {
		got = append(got, n.Label+": "+n.Text)
	}
	if want := []string{"1: UN Doc. A/4141 of July 1959.", "2: See the report.", "3: Ibid., which goes on on the next line."}; !slices.Equal(got, want) {
		t.Errorf("notes are %q, want %q", got, want)
	}
}

// TestRecognized: in a scan the indent tells where a note begins.
func TestRecognized(t *testing.T) {
	scan := func(z cite.Zone, indented ...int) cite.Zone {
		z.OCR = true
		for _, i := range indented {
			z.Lines[i].Box.X0 += 14
		}
		return z
	}
	zones := []cite.Zone{
		scan(zone(1, cite.ZoneBody, 10, "It began in the year of the first launch.")),
		scan(zone(1, cite.ZoneNotes, 8, "'UN Doc. A/4141 of", "14 July 1959.", "~See the report.", "which goes on"), 0, 2),
		scan(zone(2, cite.ZoneNotes, 8, "on the next page.", "35ee also there.", "*Chief of a division,", "now retired."), 1, 2),
	}
	text := Find(zones, 2)
	var got []string
	for _, n := range text.Notes {
		if !n.OCR {
			t.Errorf("note %s is not marked as recognized", n.Label)
		}
		got = append(got, n.Label+": "+n.Text)
	}
	want := []string{"1: UN Doc. A/4141 of 14 July 1959.", "2: See the report. which goes on on the next page.", "3: See also there.", "*: Chief of a division, now retired."}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if _, findings := Bind(text); len(findings) != 0 {
		t.Errorf("findings %+v: numbers that were made out are no fault", findings)
	}
}

func TestDamaged(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{"1d., at 17.", "Id."}, {"Tbid., para. 4.", "Ibid."}, {"lbid.", "Ibid."}, {"Id., at 17.", ""}, {"Td Bank, 2001.", ""}, {"See 1d. at 4.", ""},
	} {
		got := ""
		if damaged.MatchString(tt.text) {
			got = "Id."
			if strings.Contains(damaged.FindString(tt.text), "b") {
				got = "Ibid."
			}
		}
		if got != tt.want {
			t.Errorf("%q is put right to %q, want %q", tt.text, got, tt.want)
		}
	}
}
