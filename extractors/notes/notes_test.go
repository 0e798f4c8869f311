package notes

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"citecheck/pipeline/cite"
)

func TestSentences(t *testing.T) {
	for _, tt := range []struct {
		text string
		want []string
	}{
		{"One ends. Two begins.", []string{"One ends.", "Two begins."}},
		{"See para. 14 of the text. It is short.", []string{"See para. 14 of the text.", "It is short."}},
		{"The U.N. Security Council met. The U.N. was quiet.", []string{"The U.N. Security Council met.", "The U.N. was quiet."}},
		{"UN Doc. S/RES/2423 was cited. Nobody read it.", []string{"UN Doc. S/RES/2423 was cited.", "Nobody read it."}},
		{"Statement No. 065 was read. J. Smith left.", []string{"Statement No. 065 was read.", "J. Smith left."}},
		{"It cost $3.5 million. That was much.", []string{"It cost $3.5 million.", "That was much."}},
		{"She said “we leave.” They stayed.", []string{"She said “we leave.”", "They stayed."}},
		{"Is it so? It is! Good.", []string{"Is it so?", "It is!", "Good."}},
		{"The mission, e.g. its staff, left. It closed.", []string{"The mission, e.g. its staff, left.", "It closed."}},
		{"Le Conseil s’est réuni. Voir le par. 3 du texte.", []string{"Le Conseil s’est réuni.", "Voir le par. 3 du texte."}},
		{"It spoke of “consent and . . . through its ranks.” Nobody heard.", []string{"It spoke of “consent and . . . through its ranks.”", "Nobody heard."}},
		{"It spoke of the “United . . . Nations in the field.” Nobody heard.", []string{"It spoke of the “United . . . Nations in the field.”", "Nobody heard."}},
		{"All of them left. . . . Nobody stayed.", []string{"All of them left. . . .", "Nobody stayed."}},
		{"no capital. follows here", []string{"no capital. follows here"}},
		{"  padded.  ", []string{"padded."}},
		{"", nil},
	} {
		r := []rune(tt.text)
		var got []string
		for _, s := range Sentences(tt.text) {
			got = append(got, string(r[s.Start:s.End]))
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("Sentences(%q) = %q, want %q", tt.text, got, tt.want)
		}
	}
}

func TestQuotationsAndYears(t *testing.T) {
	for _, tt := range []struct {
		text   string
		quotes []string
		years  []int
	}{
		{"In 2019 it grew “within existing resources.”", []string{"within existing resources."}, []int{2019}},
		{`It was "a force" of 11,200 in 2013.`, []string{"a force"}, []int{2013}},
		{"The council’s text and the members’ votes", nil, nil},
		{"It said ‘no’ in 1999 and 2001", []string{"no"}, []int{1999, 2001}},
		{"«Le mandat» de 2018", []string{"Le mandat"}, []int{2018}},
		{"S/2023/402 and the 1990s and A/RES/2005", nil, nil},
	} {
		if got := quotations(tt.text); !slices.Equal(got, tt.quotes) {
			t.Errorf("quotations(%q) = %q, want %q", tt.text, got, tt.quotes)
		}
		if got := years(tt.text); !slices.Equal(got, tt.years) {
			t.Errorf("years(%q) = %v, want %v", tt.text, got, tt.years)
		}
	}
}

func raw(labels ...string) (out []cite.RawNote) {
	for _, l := range labels {
		out = append(out, cite.RawNote{Label: l, Text: "Note " + l + ".", Placement: cite.PlaceFoot, Pages: []int{1}})
	}
	return out
}

func TestBind(t *testing.T) {
	b := cite.Block{Text: "One ends. Two ends here. Three ends.", Pages: []cite.PageStart{{At: 0, Page: 1}},
		Marks: []cite.Mark{{At: 9, Label: "1"}, {At: 24, Label: "2"}, {At: 36, Label: "3"}}}
	ns, fs := Bind(cite.Text{Blocks: []cite.Block{b}, Notes: raw("1", "2", "3")})
	for i, want := range []string{"One ends.", "Two ends here.", "Three ends."} {
		if len(ns[i].Markers) != 1 || ns[i].Markers[0].Sentence != want || ns[i].Markers[0].Page != 1 {
			t.Errorf("note %s stands under %+v, want %q", ns[i].Label, ns[i].Markers, want)
		}
	}
	if len(fs) > 0 || len(ns[0].Findings)+len(ns[1].Findings)+len(ns[2].Findings) > 0 {
		t.Errorf("sound numbering is found fault with: %+v", fs)
	}
}

// TestParts: a sentence with several markers is parted among them, one with
// one is that one's.
func TestParts(t *testing.T) {
	for _, tt := range []struct {
		text string
		at   []int
		want []string
	}{
		{"It began in 1990, and it ended in 2003.", []int{17, 39}, []string{"It began in 1990,", "and it ended in 2003."}},
		{"It began in 1990, says the text.", []int{17}, []string{""}},
		{"It ended in 2003, they say.", []int{16, 16}, []string{"", ""}},
		{"One. It began in 1990. It ended, at last.", []int{4, 22, 32, 41}, []string{"", "", "It ended,", "at last."}},
	} {
		b := cite.Block{Text: tt.text}
		var labels []string
		for i, at := range tt.at {
			labels = append(labels, strconv.Itoa(i+1))
			b.Marks = append(b.Marks, cite.Mark{At: at, Label: labels[i]})
		}
		ns, _ := Bind(cite.Text{Blocks: []cite.Block{b}, Notes: raw(labels...)})
		for i, want := range tt.want {
			if got := ns[i].Markers[0].Part; got != want {
				t.Errorf("%q, marker %d: %q, want %q", tt.text, i+1, got, want)
			}
		}
	}
}

func TestNumbering(t *testing.T) {
	marks := func(labels ...string) []cite.Block {
		b := cite.Block{Text: strings.Repeat("x", 50)}
		for i, l := range labels {
			b.Marks = append(b.Marks, cite.Mark{At: i, Label: l})
		}
		return []cite.Block{b}
	}
	for _, tt := range []struct {
		name  string
		marks []string
		notes []string
		want  []string // parts of the findings, in order
	}{
		{"sound", []string{"1", "2"}, []string{"1", "2"}, nil},
		{"restart", []string{"1", "2", "1", "2"}, []string{"1", "2", "1", "2"}, nil},
		{"marks", []string{"*", "1", "†"}, []string{"*", "1", "†"}, nil},
		{"orphan marker", []string{"1", "2", "3"}, []string{"1", "2"}, []string{"marker 3 has no note"}},
		{"orphan note", []string{"1", "3"}, []string{"1", "2", "3"}, []string{"note 2 has no marker"}},
		{"skipped", []string{"1", "3"}, []string{"1", "3"}, []string{"label 2 is skipped"}},
		{"duplicate", []string{"1", "1", "2"}, []string{"1", "1", "2"}, []string{"label 1 comes twice"}},
		{"no marker was found at all", nil, []string{"1", "2"}, nil},
	} {
		if tt.name == "duplicate" {
			tt.marks, tt.notes, tt.want = []string{"1", "2", "2", "3"}, []string{"1", "2", "2", "3"}, []string{"label 2 comes twice"}
		}
		ns, fs := Bind(cite.Text{Blocks: marks(tt.marks...), Notes: raw(tt.notes...)})
		for _, n := range ns {
			fs = append(fs, n.Findings...)
		}
		var got []string
		for _, f := range fs {
			got = append(got, f.Reason)
		}
		ok := len(got) == len(tt.want)
		for i := range tt.want {
			ok = ok && strings.Contains(got[i], tt.want[i])
		}
		if !ok {
			t.Errorf("%s: findings %q, want %q", tt.name, got, tt.want)
		}
	}
}

// TestMisreading holds what was seen on pages to a higher proof than what a
// word processor says: it accuses nobody where the markers don't agree.
func TestMisreading(t *testing.T) {
	many := func(from, to int) (out []string) {
		for n := from; n <= to; n++ {
			out = append(out, fmt.Sprint(n))
		}
		return out
	}
	without := func(list []string, gone ...string) []string {
		return slices.DeleteFunc(slices.Clone(list), func(s string) bool { return slices.Contains(gone, s) })
	}
	twice := slices.Insert(many(1, 20), 7, "7")
	for _, tt := range []struct {
		name         string
		marks, notes []string
		ocr          bool
		want         []cite.Verdict
		reason       string
	}{
		{"skipped, and no marker", without(many(1, 20), "7"), without(many(1, 20), "7"), false, []cite.Verdict{cite.Questioned}, "label 7 is skipped"},
		{"the same recognised", without(many(1, 20), "7"), without(many(1, 20), "7"), true, []cite.Verdict{cite.Unverifiable}, "label 7 is skipped"},
		{"skipped, and the next not called", without(many(1, 20), "7", "8"), without(many(1, 20), "7"), false, []cite.Verdict{cite.Unverifiable, cite.Unverifiable}, "label 7 is skipped"},
		{"twice in text and notes", twice, twice, false, []cite.Verdict{cite.Questioned}, "label 7 comes twice"},
		{"twice in the notes only", many(1, 20), twice, false, []cite.Verdict{cite.Unverifiable, cite.Unverifiable}, "label 7 comes twice"},
		{"orphan marker at the end", many(1, 21), many(1, 20), false, []cite.Verdict{cite.Unverifiable}, "marker 21"},
		{"three faults among sixty", many(1, 60), without(many(1, 60), "9", "20", "40"), false, []cite.Verdict{cite.Unverifiable, cite.Unverifiable, cite.Unverifiable}, "marker 9"},
		{"three faults among twenty", many(1, 20), without(many(1, 20), "4", "9", "15"), false, []cite.Verdict{cite.Unverifiable}, "was not understood"},
	} {
		b := cite.Block{Text: strings.Repeat("x", 100)}
		for i, l := range tt.marks {
			b.Marks = append(b.Marks, cite.Mark{At: i, Label: l})
		}
		notes := raw(tt.notes...)
		for i := range notes {
			notes[i].OCR = tt.ocr
		}
		ns, fs := Bind(cite.Text{Pages: 1, Blocks: []cite.Block{b}, Notes: notes})
		for _, n := range ns {
			fs = append(fs, n.Findings...)
		}
		var got []cite.Verdict
		said := false
		for _, f := range fs {
			got = append(got, f.Verdict)
			said = said || strings.Contains(f.Reason, tt.reason)
		}
		if !slices.Equal(got, tt.want) || !said {
			t.Errorf("%s: %+v, want %v with %q", tt.name, fs, tt.want, tt.reason)
		}
	}
}

// typeset makes a line of a zone: words, with "^" before what is raised.
func typeset(y float64, size float64, words string) cite.Line {
	l := cite.Line{Baseline: y, Size: size}
	x := 50.0
	for _, w := range strings.Fields(words) {
		r := cite.Run{Size: size, Baseline: y, Space: true}
		if rest, ok := strings.CutPrefix(w, "^"); ok {
			r.Size, r.Baseline, w = 0.6*size, y-0.35*size, rest
			if n := len(l.Runs); n > 0 {
				l.Runs[n-1].Space = false
			}
		}
		r.Text = w
		r.Box = cite.Rect{X0: x, X1: x + float64(len(w))*size/2, Y0: y - size, Y1: y + 2}
		x = r.Box.X1 + size/4
		l.Runs = append(l.Runs, r)
		l.Box = l.Box.Union(r.Box)
	}
	return l
}

func zone(page int, kind cite.ZoneKind, size float64, lines ...string) cite.Zone {
	z := cite.Zone{Page: page, Kind: kind}
	for i, l := range lines {
		ln := typeset(100+float64(i)*size*1.2, size, l)
		z.Lines = append(z.Lines, ln)
		z.Box = z.Box.Union(ln.Box)
	}
	return z
}

// at moves a zone so that it begins at x.
func at(x float64, z cite.Zone) cite.Zone {
	by := x - z.Box.X0
	move := func(r *cite.Rect) { r.X0, r.X1 = r.X0+by, r.X1+by }
	move(&z.Box)
	for i := range z.Lines {
		move(&z.Lines[i].Box)
		for k := range z.Lines[i].Runs {
			move(&z.Lines[i].Runs[k].Box)
		}
	}
	return z
}

// boldLines sets some lines of a zone in bold.
func boldLines(z cite.Zone, lines ...int) cite.Zone {
	for _, li := range lines {
		for k := range z.Lines[li].Runs {
			z.Lines[li].Runs[k].Bold = true
		}
	}
	return z
}

// TestFind: each case is a trap of its own.
func TestFind(t *testing.T) {
	for _, tt := range []struct {
		name  string
		zones []cite.Zone
		want  []string // "label: text <- sentence"
	}{
		{"raised labels and markers", []cite.Zone{
			zone(1, cite.ZoneBody, 10, "The mission began. ^1 It grew. ^2"),
			zone(1, cite.ZoneNotes, 8, "^1 First note.", "^2 Second note."),
		}, []string{"1: First note. <- The mission began.", "2: Second note. <- It grew."}},
		{"flat labels", []cite.Zone{
			zone(1, cite.ZoneBody, 10, "The mission began. ^1 It grew. ^2"),
			zone(1, cite.ZoneNotes, 8, "1. First note,", "which goes on.", "2. Second note."),
		}, []string{"1: First note, which goes on. <- The mission began.", "2: Second note. <- It grew."}},
		{"a date at a line's start is no label", []cite.Zone{
			zone(1, cite.ZoneBody, 10, "It began. ^1 It grew. ^2"),
			zone(1, cite.ZoneNotes, 8, "1 For the period 16 June to", "2 October 2003, as amended.", "2 Second note."),
		}, []string{"1: For the period 16 June to 2 October 2003, as amended. <- It began.", "2: Second note. <- It grew."}},
		{"a note runs over the page", []cite.Zone{
			zone(1, cite.ZoneBody, 10, "It began. ^1"),
			zone(1, cite.ZoneNotes, 8, "^1 A long note that goes"),
			zone(2, cite.ZoneBody, 10, "More text. ^2"),
			zone(2, cite.ZoneNotes, 8, "on here.", "^2 Second note."),
		}, []string{"1: A long note that goes on here. <- It began.", "2: Second note. <- More text."}},
		{"a sentence goes on below the notes", []cite.Zone{
			zone(1, cite.ZoneBody, 10, "Close consulta-"),
			zone(1, cite.ZoneNotes, 8, "^1 First note."),
			zone(2, cite.ZoneBody, 10, "tion between missions helped. ^1"),
		}, []string{"1: First note. <- Close consultation between missions helped."}},
		{"an ordinal is no marker", []cite.Zone{
			zone(1, cite.ZoneBody, 10, "It ended on June 30 ^th and they left. ^1"),
			zone(1, cite.ZoneNotes, 8, "^1 First note."),
		}, []string{"1: First note. <- It ended on June 30th and they left."}},
		{"several markers in a row", []cite.Zone{
			zone(1, cite.ZoneBody, 10, "All of them agreed. ^1,2 Then ^3 they left."),
			zone(1, cite.ZoneNotes, 8, "^1 One.", "^2 Two.", "^3 Three."),
		}, []string{"1: One. <- All of them agreed.", "2: Two. <- All of them agreed.", "3: Three. <- Then they left."}},
		{"a symbol broken over a line", []cite.Zone{
			zone(1, cite.ZoneBody, 10, "It began. ^1"),
			zone(1, cite.ZoneNotes, 8, "^1 UN Doc. S/RES/", "2423, para. 3."),
		}, []string{"1: UN Doc. S/RES/2423, para. 3. <- It began."}},
		{"endnotes", []cite.Zone{
			zone(1, cite.ZoneBody, 10, "It began. ^1 It ended. ^2"),
			zone(2, cite.ZoneHeading, 14, "Notes"),
			zone(2, cite.ZoneBody, 10, "1. First note.", "2. Second note."),
		}, []string{"1: First note. <- It began.", "2: Second note. <- It ended."}},
		{"labels in brackets, set level", []cite.Zone{
			zone(1, cite.ZoneBody, 10, "It began.[1] It ended[2]."),
			zone(2, cite.ZoneHeading, 14, "Endnotes"),
			zone(2, cite.ZoneBody, 10, "[1] First note.", "[2] Second note."),
		}, []string{"1: First note. <- It began.", "2: Second note. <- It ended."}},
		{"a star beside numbers", []cite.Zone{
			zone(1, cite.ZoneBody, 10, "By two authors. ^* It began. ^1"),
			zone(1, cite.ZoneNotes, 8, "^* Thanks to all.", "^1 First note."),
		}, []string{"*: Thanks to all. <- By two authors.", "1: First note. <- It began."}},
		{"numbers begin anew", []cite.Zone{
			zone(1, cite.ZoneBody, 10, "It began. ^1 It grew. ^2"),
			zone(1, cite.ZoneNotes, 8, "^1 One.", "^2 Two."),
			zone(2, cite.ZoneBody, 10, "Again. ^1"),
			zone(2, cite.ZoneNotes, 8, "^1 Other one."),
		}, []string{"1: One. <- It began.", "2: Two. <- It grew.", "1: Other one. <- Again."}},
		{"short chapters of endnotes", []cite.Zone{
			zone(1, cite.ZoneBody, 10, "It began. ^1 It grew. ^2"), zone(1, cite.ZoneHeading, 14, "2. The End"), zone(1, cite.ZoneBody, 10, "It fell. ^1 It broke. ^2"),
			zone(2, cite.ZoneHeading, 14, "Notes"),
			boldLines(zone(2, cite.ZoneBody, 8, "1. The Beginning", "1. One is a note as long as notes of a list are.", "2. Two.", "2. The End", "1. One of the end.", "2. Two of the end."), 0, 3),
		}, []string{"1: One is a note as long as notes of a list are. <- It began.", "2: Two. <- It grew.", "1: One of the end. <- It fell.", "2: Two of the end. <- It broke."}},
		{"a chapter of endnotes begins on the next page", []cite.Zone{
			zone(1, cite.ZoneBody, 10, "It began. ^1"), zone(1, cite.ZoneHeading, 14, "2. The End"), zone(1, cite.ZoneBody, 10, "It fell. ^1 It broke. ^2"),
			zone(2, cite.ZoneHeading, 14, "Notes"),
			boldLines(zone(2, cite.ZoneBody, 8, "1. The Beginning", "1. One is a note as long as notes of a list are.", "2. The End"), 0, 2), zone(2, cite.ZoneFooter, 8, "2"),
			zone(3, cite.ZoneBody, 8, "1. One of the end.", "2. Two of the end."),
		}, []string{"1: One is a note as long as notes of a list are. <- It began.", "1: One of the end. <- It fell.", "2: Two of the end. <- It broke."}},
		{"short chapters whose names are not bold", []cite.Zone{
			zone(1, cite.ZoneBody, 10, "It began. ^1 It grew. ^2"), zone(1, cite.ZoneHeading, 14, "The End"), zone(1, cite.ZoneBody, 10, "It fell. ^1 It broke. ^2"),
			zone(2, cite.ZoneHeading, 14, "Notes"),
			zone(2, cite.ZoneBody, 8, "The Beginning", "1. One is a note as long as notes of a list are.", "2. Ibid.", "The End", "1. One of the end.", "2. Two of the end."),
		}, []string{"1: One is a note as long as notes of a list are. <- It began.", "2: Ibid. <- It grew.", "1: One of the end. <- It fell.", "2: Two of the end. <- It broke."}},
		{"a label by itself on its line", []cite.Zone{
			zone(1, cite.ZoneBody, 10, "It began. ^1 It grew. ^2"),
			zone(1, cite.ZoneNotes, 5, "1"),
			zone(1, cite.ZoneNotes, 8, "Rule 100", "Sentencing", "^2 Second note."),
		}, []string{"1: Rule 100 Sentencing <- It began.", "2: Second note. <- It grew."}},
		{"two texts side by side", []cite.Zone{
			at(60, zone(1, cite.ZoneBody, 10, "Links eins. ^1")), at(60, zone(1, cite.ZoneNotes, 8, "^1 Die erste, die")),
			at(320, zone(1, cite.ZoneBody, 10, "Right one. ^1")), at(320, zone(1, cite.ZoneNotes, 8, "^1 The first.")),
			at(60, zone(2, cite.ZoneBody, 10, "Links zwei. ^2")), at(60, zone(2, cite.ZoneNotes, 8, "weitergeht.", "^2 Die zweite.")),
			at(320, zone(2, cite.ZoneBody, 10, "Right two. ^2")), at(320, zone(2, cite.ZoneNotes, 8, "^2 The second.")),
		}, []string{"1: Die erste, die weitergeht. <- Links eins.", "2: Die zweite. <- Links zwei.", "1: The first. <- Right one.", "2: The second. <- Right two."}},
		{"two columns whose chapters begin anew", []cite.Zone{
			at(60, zone(1, cite.ZoneBody, 10, "Text a1. ^1 Text a2. ^2 Text a3. ^3 Text b1. ^1 Text b2. ^2")), at(60, zone(1, cite.ZoneNotes, 8, "^1 Note a1.", "^2 Note a2.", "^3 Note a3.", "^1 Note b1.", "^2 Note b2.")),
			at(320, zone(1, cite.ZoneBody, 10, "Text b3. ^3 Text b4. ^4 Text b5. ^5 Text c1. ^1 Text c2. ^2")), at(320, zone(1, cite.ZoneNotes, 8, "^3 Note b3.", "^4 Note b4.", "^5 Note b5.", "^1 Note c1.", "^2 Note c2.")),
			at(60, zone(2, cite.ZoneBody, 10, "Text c3. ^3 Text c4. ^4 Text d1. ^1")), at(60, zone(2, cite.ZoneNotes, 8, "^3 Note c3.", "^4 Note c4.", "^1 Note d1.")),
			at(320, zone(2, cite.ZoneBody, 10, "Text d2. ^2 Text d3. ^3 Text e1. ^1 Text e2. ^2")), at(320, zone(2, cite.ZoneNotes, 8, "^2 Note d2.", "^3 Note d3.", "^1 Note e1.", "^2 Note e2.")),
		}, []string{"1: Note a1. <- Text a1.", "2: Note a2. <- Text a2.", "3: Note a3. <- Text a3.", "1: Note b1. <- Text b1.", "2: Note b2. <- Text b2.", "3: Note b3. <- Text b3.", "4: Note b4. <- Text b4.", "5: Note b5. <- Text b5.",
			"1: Note c1. <- Text c1.", "2: Note c2. <- Text c2.", "3: Note c3. <- Text c3.", "4: Note c4. <- Text c4.", "1: Note d1. <- Text d1.", "2: Note d2. <- Text d2.", "3: Note d3. <- Text d3.", "1: Note e1. <- Text e1.", "2: Note e2. <- Text e2."}},
	} {
		ns, _ := Bind(Find(tt.zones, 2))
		var got []string
		for _, n := range ns {
			s := n.Label + ": " + n.Text
			for _, m := range n.Markers {
				s += " <- " + m.Sentence
			}
			got = append(got, s)
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("%s:\n got %q\nwant %q", tt.name, got, tt.want)
		}
	}
}

// FuzzFind: whatever lies on a page, notes and blocks are sound text, marks
// stand inside it and in order, and every sentence is part of its block.
func FuzzFind(f *testing.F) {
	f.Add("Text ends. ^1 More ^2 text-\nbroken", "^1 Note one.\n2 Note two\n[3] three * x", true)
	f.Add("a[1] b[2]", "1. x\n2. y", false)
	f.Fuzz(func(t *testing.T, body, foot string, foots bool) {
		if !utf8.ValidString(body + foot) {
			t.Skip()
		}
		kind := cite.ZoneBody
		zones := []cite.Zone{zone(1, cite.ZoneBody, 10, strings.Split(body, "\n")...)}
		if foots {
			kind = cite.ZoneNotes
		} else {
			zones = append(zones, zone(1, cite.ZoneHeading, 14, "Notes"))
		}
		zones = append(zones, zone(1, kind, 8, strings.Split(foot, "\n")...))
		text := Find(zones, 1)
		for _, b := range text.Blocks {
			n, last := len([]rune(b.Text)), 0
			if !norm.NFC.IsNormalString(b.Text) {
				t.Errorf("a block is not NFC: %q", b.Text)
			}
			for _, m := range b.Marks {
				if m.At < last || m.At > n || m.Label == "" {
					t.Errorf("mark %+v does not stand in %q", m, b.Text)
				}
				last = m.At
			}
			end := 0
			for _, s := range Sentences(b.Text) {
				if s.Start < end || s.End <= s.Start || s.End > n {
					t.Errorf("sentence %+v is no stretch of %q", s, b.Text)
				}
				end = s.End
			}
		}
		ns, _ := Bind(text)
		if len(ns) != len(text.Notes) {
			t.Errorf("%d notes were found and %d bound", len(text.Notes), len(ns))
		}
	})
}

func BenchmarkFind(b *testing.B) {
	var zones []cite.Zone
	for p := 1; p <= 100; p++ {
		zones = append(zones, zone(p, cite.ZoneBody, 10, strings.Repeat("The mission went on and on. ^1 ", 5), "and on."), zone(p, cite.ZoneNotes, 8, "^1 A note.", "Its second line."))
	}
	b.ReportAllocs()
	for b.Loop() {
		Bind(Find(zones, 1))
	}
}

// BenchmarkHostile: strings that are made to be slow, at two lengths; the
// second must cost about eight times the first.
func BenchmarkHostile(b *testing.B) {
	for _, unit := range []string{"a. ", "“", "‘a", "«“‘\"", "it’s ", "1. x "} {
		for _, n := range []int{1 << 13, 1 << 16} {
			s := strings.Repeat(unit, n/len(unit))
			b.Run(fmt.Sprintf("%q/%d", unit, n), func(b *testing.B) {
				for b.Loop() {
					Bind(Find([]cite.Zone{zone(1, cite.ZoneBody, 10, s), zone(1, cite.ZoneNotes, 8, s)}, 1))
				}
			})
		}
	}
}
