package layout

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"citecheck/pipeline/cite"
)

// A typesetter sets words on a page of US letter size.
type typesetter struct{ p cite.Page }

func newPage(n int) *typesetter {
	return &typesetter{cite.Page{Number: n, Width: 612, Height: 792}}
}

// set sets a line at x, y; "^" raises a word.
func (t *typesetter) set(x, y, size float64, words string) *typesetter {
	for _, w := range strings.Fields(words) {
		r := cite.Run{Size: size, Baseline: y, Space: true}
		if rest, ok := strings.CutPrefix(w, "^"); ok {
			r.Size, r.Baseline, w = 0.6*size, y-0.35*size, rest
			x -= size / 4
		}
		r.Text = w
		width := float64(len(w)) * r.Size * 0.5
		r.Box = cite.Rect{X0: x, X1: x + width, Y0: r.Baseline - r.Size*0.8, Y1: r.Baseline + r.Size*0.2}
		x += width + size/4
		t.p.Runs = append(t.p.Runs, r)
	}
	return t
}

// column sets lines one below the other.
func (t *typesetter) column(x, y, size float64, lines ...string) *typesetter {
	for i, l := range lines {
		t.set(x, y+float64(i)*size*1.2, size, l)
	}
	return t
}

func (t *typesetter) rule(x, y, w float64) *typesetter {
	t.p.Rules = append(t.p.Rules, cite.Rect{X0: x, X1: x + w, Y0: y, Y1: y + 0.5})
	return t
}

// fill is n lines of prose that fill a column of about 230 points at size 10.
func fill(n int, word string) (out []string) {
	for i := range n {
		out = append(out, fmt.Sprintf("%s%d lorem ipsum dolor sit amet elit sed", word, i))
	}
	return out
}

// show is zones as "kind: first words ...", header and footer left out.
func show(zones []cite.Zone, kind cite.ZoneKind) (out []string) {
	for _, z := range zones {
		if z.Kind != kind {
			continue
		}
		for _, l := range z.Lines {
			var w []string
			for _, r := range l.Runs {
				w = append(w, r.Text)
			}
			out = append(out, strings.Join(w, " "))
		}
	}
	return out
}

func TestTwoColumnsAreReadOneAfterTheOther(t *testing.T) {
	p := newPage(1).set(60, 60, 16, "A title over both columns of this page").
		column(60, 100, 10, fill(20, "left")...).column(320, 100, 10, fill(20, "right")...)
	// As some programs do, the lines of both columns come row by row.
	slices.SortStableFunc(p.p.Runs, func(a, b cite.Run) int { return int(a.Baseline - b.Baseline) })
	body := show(Zones(slices.Values([]cite.Page{p.p})), cite.ZoneBody)
	if len(body) != 40 || !strings.HasPrefix(body[0], "left0") || !strings.HasPrefix(body[19], "left19") || !strings.HasPrefix(body[20], "right0") {
		t.Errorf("the columns are read as %q", body)
	}
}

func TestNotesAtTheFoot(t *testing.T) {
	for _, tt := range []struct {
		name string
		page *typesetter
		want []string
	}{
		{"smaller", newPage(1).column(60, 100, 10, fill(30, "body")...).column(60, 600, 8, "^1 First note.", "^2 Second note."),
			[]string{"1 First note.", "2 Second note."}},
		{"in the size of the text, below a rule", newPage(1).column(60, 100, 10, fill(30, "body")...).rule(60, 590, 100).column(60, 602, 10, "^1 First note.", "which goes on"),
			[]string{"1 First note.", "which goes on"}},
		{"in the size of the text, without a rule", newPage(1).column(60, 100, 10, fill(30, "body")...).column(60, 620, 10, "^1 First note.").column(60, 644, 10, "^2 Second note."),
			[]string{"1 First note.", "2 Second note."}},
		{"an underlined word is no rule", newPage(1).column(60, 100, 10, fill(40, "body")...).rule(60, 101.5+20*12, 60),
			nil},
		{"a label that hangs", newPage(1).column(60, 100, 10, fill(30, "body")...).set(60, 600, 8, "12.").set(90, 600, 8, "A note that hangs."),
			[]string{"12. A note that hangs."}},
		{"below them a job number", newPage(1).column(60, 100, 10, fill(30, "body")...).column(60, 600, 8, "^1 First note.").set(60, 740, 10, "25-10742 (E)"),
			[]string{"1 First note."}},
		{"a rule of underscores", newPage(1).column(60, 100, 10, fill(30, "body")...).set(60, 590, 10, "__________________").column(60, 602, 8.5, "^1 First note."),
			[]string{"1 First note."}},
		{"below a quotation that is set small too", newPage(1).column(60, 100, 10, fill(30, "body")...).column(80, 480, 9.5, "A quotation set apart.^1", "It is larger than the notes.").column(60, 600, 8, "^1 First note.", "which goes on"),
			[]string{"1 First note.", "which goes on"}},
		{"below a quotation of their size, parted by a rule", newPage(1).column(60, 100, 10, fill(30, "body")...).column(80, 480, 8, "A quotation set apart.^1", "It is as small.").rule(60, 560, 400).column(60, 600, 8, "1. First note.", "which goes on"),
			[]string{"1. First note.", "which goes on"}},
		{"the rest of a note above others", newPage(1).column(60, 100, 10, fill(30, "body")...).rule(60, 560, 100).column(60, 570, 8, "the rest of a note.").column(60, 600, 8, "^2 Second note."),
			[]string{"the rest of a note.", "2 Second note."}},
		{"a lone note far below a short text", newPage(1).column(60, 100, 10, fill(10, "body")...).rule(60, 590, 100).column(80, 602, 10, "^1 First note."),
			[]string{"1 First note."}},
		{"above the number of a small page", newPage(1).column(60, 100, 10, fill(30, "body")...).column(60, 550, 8, "^1 First note.").set(200, 640, 10, "319"),
			[]string{"1 First note."}},
		{"none", newPage(1).column(60, 100, 10, fill(40, "body")...), nil},
	} {
		if got := show(Zones(slices.Values([]cite.Page{tt.page.p})), cite.ZoneNotes); !slices.Equal(got, tt.want) {
			t.Errorf("%s: notes are %q, want %q", tt.name, got, tt.want)
		}
	}
}

func TestTagsSayWhatIsANote(t *testing.T) {
	p := newPage(1).column(60, 100, 10, fill(30, "body")...)
	n := len(p.p.Runs)
	p.column(60, 500, 10, "^7 A tagged note of the text's own size", "that goes on.").column(60, 560, 10, fill(8, "after")...)
	for i := n; i < n+12; i++ {
		p.p.Runs[i].Role, p.p.Runs[i].Elem = "Note", 3
	}
	if got := show(Zones(slices.Values([]cite.Page{p.p})), cite.ZoneNotes); len(got) != 2 || !strings.HasPrefix(got[0], "7 A tagged note") {
		t.Errorf("tagged notes are %q", got)
	}
}

func TestRunningHeads(t *testing.T) {
	var pages []cite.Page
	for i := 1; i <= 4; i++ {
		pages = append(pages, newPage(i).set(60, 40, 8, "Lessons from a Mission").column(60, 100, 10, fill(30, fmt.Sprintf("page%d", i))...).set(300, 770, 10, fmt.Sprint(i+10)).p)
	}
	zones := Zones(slices.Values(pages))
	if got := show(zones, cite.ZoneHeader); len(got) != 4 {
		t.Errorf("running heads are %q, want four", got)
	}
	if got := show(zones, cite.ZoneFooter); !slices.Equal(got, []string{"11", "12", "13", "14"}) {
		t.Errorf("page numbers are %q", got)
	}
}

// TestSectionHeads: a running head that names the section changes from page to
// page, and stands beside the page number. "Notes" there begins no list.
func TestSectionHeads(t *testing.T) {
	var pages []cite.Page
	for i, name := range []string{"Background", "The Long View", "Findings", "Endnotes"} {
		pages = append(pages, newPage(i+1).set(60, 40, 8, name).set(540, 40, 8, fmt.Sprint(i+1)).column(60, 100, 10, fill(30, fmt.Sprintf("page%d", i))...).p)
	}
	zones := Zones(slices.Values(pages))
	if got := show(zones, cite.ZoneHeading); len(got) > 0 {
		t.Errorf("headings are %q, want none", got)
	}
	if got := show(zones, cite.ZoneHeader); len(got) != 8 {
		t.Errorf("running heads are %q, want eight", got)
	}
}

// TestTwoFeet: two pages that have the same foot beside their number are
// enough, though the first page has none and the notes come close.
func TestTwoFeet(t *testing.T) {
	var pages []cite.Page
	for i := 1; i <= 3; i++ {
		p := newPage(i).column(60, 100, 10, fill(50, fmt.Sprintf("page%d", i))...).column(60, 725, 8, fmt.Sprintf("^%d A note of page %d.", i, i), strings.Repeat("word ", i)+"ends it.")
		if i > 1 {
			p.set(60, 748, 8, "Protection at the Margins and").set(540, 748, 8, fmt.Sprint(i))
		}
		pages = append(pages, p.p)
	}
	zones := Zones(slices.Values(pages))
	if got := show(zones, cite.ZoneNotes); len(got) != 6 {
		t.Errorf("notes are %q, want six lines", got)
	}
}

// FuzzZones: every word that stands level on a page is in one zone, once.
func FuzzZones(f *testing.F) {
	f.Add("some words ^1 here\nand there", 60.0, 100.0, 10.0, true)
	f.Add("^1 12. x\n__________\n/...", 300.0, 700.0, 8.0, false)
	f.Fuzz(func(t *testing.T, text string, x, y, size float64, rule bool) {
		if !(size > 1 && size < 100) || !(x > -1000 && x < 2000) || !(y > -1000 && y < 2000) {
			t.Skip()
		}
		p := newPage(1).column(x, y, size, strings.Split(text, "\n")...).column(60, 100, 10, "plain words")
		if rule {
			p.rule(x, y, 100)
		}
		want := map[string]int{}
		for _, r := range p.p.Runs {
			if strings.Trim(r.Text, "_—―─") != "" { // a typed rule is drawn, not read
				want[r.Text]++ // set words have no spaces
			}
		}
		for _, z := range Zones(slices.Values([]cite.Page{p.p})) {
			for _, l := range z.Lines {
				for _, r := range l.Runs {
					for _, w := range strings.Fields(r.Text) {
						if strings.Trim(w, "_—―─") != "" {
							want[w]--
						}
					}
				}
			}
		}
		for w, n := range want {
			if n != 0 {
				t.Errorf("%q: %d too few", w, n)
			}
		}
	})
}

func BenchmarkZones(b *testing.B) {
	for _, n := range []int{10, 100, 1000} {
		var pages []cite.Page
		for i := range n {
			pages = append(pages, newPage(i+1).column(60, 100, 10, fill(40, "body")...).column(60, 600, 8, "^1 First note.", "^2 Second note.").p)
		}
		b.Run(fmt.Sprintf("%d pages", n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Zones(slices.Values(pages))
			}
		})
	}
}
