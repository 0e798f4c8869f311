package pdf

import (
	"bytes"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/unicode/norm"

	"citecheck/pipeline/cite"
)

func TestWords(t *testing.T) {
	for _, tt := range []struct{ name, content, want string }{
		{"words", "BT /F1 12 Tf 72 700 Td (Security Council) Tj ET", "Security_Council"},
		{"a gap is white space", "BT /F1 12 Tf 72 700 Td [(Security)-400(Council)] TJ ET", "Security_Council"},
		{"kerning is none", "BT /F1 12 Tf 72 700 Td [(Secu)20(rity)] TJ ET", "Security"},
		{"raised marker", "BT /F1 12 Tf 72 700 Td (Mali.) Tj /F1 7 Tf 5 Ts (5) Tj 0 Ts /F1 12 Tf ( In) Tj ET", "Mali.|5_In"},
		{"line hyphen", "BT /F1 12 Tf 72 700 Td (the consulta-) Tj 0 -14 Td (tion of) Tj ET", "the_consulta-=tion_of"},
		{"hyphen within a line", "BT /F1 12 Tf 72 700 Td (follow-up work) Tj ET", "follow-up_work"},
		{"ligature", "BT /F2 12 Tf 72 700 Td (\\256nal \\257ood) Tj ET", "final_flood"},
		{"bullet, quotes", "BT /F1 12 Tf 72 700 Td (\\225 \\223so\\224) Tj ET", "•_“so”"},
		{"columns of one line", "BT /F1 10 Tf 72 700 Td (left) Tj 250 0 Td (right) Tj ET", "left_right"},
		{"off the page", "BT /F1 10 Tf 72 700 Td (on) Tj 0 400 Td (above) Tj -300 -400 Td (left) Tj ET", "on"},
		{"accent over the next letter", "BT /F1 12 Tf 72 700 Td [(S)-1(\\264)333(e)(gou)] TJ ET", "Ségou"},
		{"accent with a dotless i", "BT /F2 12 Tf 72 700 Td [(Mal)(\\302)305(\\365)] TJ ET", "Malí"},
		{"an accent alone", "BT /F1 12 Tf 72 700 Td (a \\264 e) Tj ET", "a_´_e"},
		{"bold by printing twice", "BT /F1 12 Tf 72 700 Td (Mali) Tj ET BT /F1 12 Tf 72.3 700 Td (Mali) Tj ET", "Mali"},
		{"letters spaced out", "BT /F1 12 Tf 3 Tc 72 700 Td (MALI) Tj ET", "MALI"},
		{"squeezed letters", "BT /F1 12 Tf -0.5 Tc 72 700 Td (peace and security) Tj ET", "peace_and_security"},
		{"each letter on its own", "BT /F1 12 Tf 72 700 Td (M) Tj 10 0 Td (a) Tj 6.7 0 Td (l) Tj 2.7 0 Td (i) Tj 5.7 0 Td (w) Tj 8.7 0 Td (e) Tj ET", "Mali_we"},
		{"white space of no width", "BT /F1 12 Tf 72 700 Td [(Ma)( )278(li)] TJ ET", "Ma_li"},
		{"no letters", "72 700 m 300 700 l S", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			b := newPDF()
			f2 := b.add("<</Type/Font/Subtype/Type1/BaseFont/Times-Roman/Encoding/StandardEncoding>>")
			b.page(tt.content, "", "")
			for n, body := range b.objs {
				b.objs[n] = strings.Replace(body, "/F1 3 0 R", fmt.Sprintf("/F1 3 0 R/F2 %d 0 R", f2), 1)
			}
			if got := plain(onePage(t, b).Runs); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestPlace(t *testing.T) {
	b := newPDF()
	b.page("BT /F1 12 Tf 72 700 Td (Mali.) Tj /F1 7 Tf 5 Ts (5) Tj ET", "", "")
	runs := onePage(t, b).Runs
	if len(runs) != 2 {
		t.Fatalf("runs %+v, want 2", runs)
	}
	body, marker := runs[0], runs[1]
	if body.Baseline != 92 || body.Size != 12 || body.Font != "Helvetica" || body.Angle != 0 {
		t.Errorf("body text is %+v, want baseline 92 and size 12 in Helvetica", body)
	}
	if marker.Baseline != 87 || marker.Size != 7 {
		t.Errorf("marker is %+v, want baseline 87 and size 7", marker)
	}
	if body.Box.X0 != 72 || math.Abs(marker.Box.X0-body.Box.X1) > 0.1 || body.Box.Y0 > 84 || body.Box.Y1 < 92 {
		t.Errorf("boxes %v and %v do not stand as printed", body.Box, marker.Box)
	}
}

// TestTurned: a page turned by /Rotate, and one whose text is set sideways,
// read as they are shown.
func TestTurned(t *testing.T) {
	// The same line, drawn so that it is upright after each rotation.
	for _, tt := range []struct {
		rotate int
		tm     string
	}{
		{0, "1 0 0 1 100 692"},
		{90, "0 1 -1 0 100 100"},
		{180, "-1 0 0 -1 512 100"},
		{270, "0 -1 1 0 512 692"},
		{-90, "0 -1 1 0 512 692"},
	} {
		b := newPDF()
		b.page("BT /F1 12 Tf "+tt.tm+" Tm (Upright) Tj /F1 7 Tf 5 Ts (5) Tj ET", fmt.Sprintf("/Rotate %d", tt.rotate), "")
		p := onePage(t, b)
		w, h := 612.0, 792.0
		if tt.rotate%180 != 0 {
			w, h = h, w
		}
		if p.Width != w || p.Height != h {
			t.Errorf("rotate %d: page is %v x %v, want %v x %v", tt.rotate, p.Width, p.Height, w, h)
		}
		if got := plain(p.Runs); got != "Upright|5" {
			t.Errorf("rotate %d: %q", tt.rotate, got)
			continue
		}
		if r := p.Runs[0]; math.Abs(r.Box.X0-100) > 0.6 || math.Abs(r.Baseline-100) > 0.6 || r.Angle != 0 {
			t.Errorf("rotate %d: %+v, want it at 100, 100", tt.rotate, r)
		}
		if r := p.Runs[1]; math.Abs(r.Baseline-95) > 0.6 {
			t.Errorf("rotate %d: marker's baseline %v, want 95", tt.rotate, r.Baseline)
		}
	}
	// Sideways on an upright page: turned as its reader turns it.
	b := newPDF()
	b.page("BT /F1 12 Tf 0 1 -1 0 100 100 Tm (a wide table) Tj ET", "", "")
	if p := onePage(t, b); p.Width != 792 || plain(p.Runs) != "a_wide_table" || p.Runs[0].Angle != 0 {
		t.Errorf("sideways text: %v wide, %+v", p.Width, p.Runs)
	}
	// A stamp up the margin of an upright page keeps its angle.
	b = newPDF()
	b.page("BT /F1 12 Tf 72 700 Td (Running text of the page itself, more than all others) Tj ET BT /F1 8 Tf 0 1 -1 0 30 300 Tm (stamp here) Tj ET", "", "")
	p := onePage(t, b)
	last := p.Runs[len(p.Runs)-1]
	if p.Width != 612 || last.Text != "here" || last.Angle != 270 || last.Box.H() < last.Box.W() {
		t.Errorf("stamp: %+v", last)
	}
}

func TestLooks(t *testing.T) {
	for _, tt := range []struct {
		name         string
		flags        uint32
		weight       int
		font         string
		bold, italic bool
	}{
		{"Helvetica", 32, 400, "Helvetica", false, false},
		{"ABCDEF+TimesNewRomanPS-BoldItalicMT", 32, 400, "TimesNewRomanPS-BoldItalicMT", true, true},
		{"CMBX10", 4, 570, "CMBX10", true, false},
		{"CMTI10", 68, 400, "CMTI10", false, true},
		{"NimbusRomNo9L-Medi", 4, 500, "NimbusRomNo9L-Medi", true, false},
		{"Gotham-Medium", 32, 500, "Gotham-Medium", false, false},
		{"Arial,Bold", 32, 0, "Arial,Bold", true, false},
		{"F17", 1 << 18, 0, "F17", true, false},
		{"F18", 1<<6 | 4, 0, "F18", false, true},
		{"", ^uint32(0), 0, "", false, false},
	} {
		got := describe(tt.name, tt.flags, tt.weight)
		if want := (font{name: tt.font, bold: tt.bold, italic: tt.italic}); got != want {
			t.Errorf("describe(%q, %d, %d) = %+v, want %+v", tt.name, tt.flags, tt.weight, got, want)
		}
	}
}

func TestShapes(t *testing.T) {
	b := newPDF()
	form := b.stream("/Type/XObject/Subtype/Form/BBox[0 0 100 100]/Matrix[1 0 0 1 0 0]", "0 50 m 80 50 l S")
	image := b.packed("/Type/XObject/Subtype/Image/Width 2/Height 2/BitsPerComponent 8/ColorSpace/DeviceGray", []byte{0, 255, 255, 0})
	b.page(strings.Join([]string{
		"72 160 144 0.5 re f",                                 // a bar: the rule above notes
		"0.5 w 72 600 m 272 600 l S",                          // a stroke
		"1 g 72 500 144 0.5 re f 0 g",                         // white on white
		"100 300 m 100 400 l 200 400 l 200 300 l h S",         // a box: four edges
		"300 300 m 400 380 l S",                               // neither level nor upright
		"72 550 3 0.5 re f",                                   // a dot
		"q 2 0 0 2 300 400 cm /X1 Do Q",                       // a rule drawn in a form, twice its size
		"q 120 0 0 90 400 100 cm /X2 Do Q",                    // an image
		"0.9 g 50 50 500 30 re f 0 g",                         // a shaded box is no rule
		"300 700 m 340 700 l 340 710 l 300 710 l 300 700 l n", // not painted
	}, "\n"), "", fmt.Sprintf("/XObject<</X1 %d 0 R/X2 %d 0 R>>", form, image))
	p := onePage(t, b)
	var got []string
	for _, r := range p.Rules {
		got = append(got, fmt.Sprintf("%.0f,%.0f-%.0f,%.0f", r.X0, r.Y0, r.X1, r.Y1))
	}
	want := []string{"72,632-216,632", "72,192-272,192", "100,392-100,492", "100,392-200,392", "200,392-200,492", "100,492-200,492", "299,291-461,293"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("rules (-want +got):\n%s", diff)
	}
	if want := []cite.Rect{{X0: 400, Y0: 602, X1: 520, Y1: 692}}; cmp.Diff(want, p.Images) != "" {
		t.Errorf("images %v, want %v", p.Images, want)
	}
}

func TestLinks(t *testing.T) {
	b := newPDF()
	uri := b.add("<</Type/Annot/Subtype/Link/Rect[72 690 200 710]/A<</S/URI/URI(https://docs.un.org/en/S/RES/2423\\(2018\\))>>>>")
	dest := b.add("<</Type/Annot/Subtype/Link/Rect[72 650 80 660]/Dest[13 0 R/XYZ 90 100 0]>>")
	named := b.add("<</Type/Annot/Subtype/Link/Rect[72 630 80 640]/A<</S/GoTo/D(fn.2)>>>>")
	far := b.add("<</Type/Annot/Subtype/Link/Rect[9072 630 9080 640]/A<</S/GoTo/D(fn.2)>>>>")
	launch := b.add("<</Type/Annot/Subtype/Link/Rect[72 610 80 620]/A<</S/Launch/F(x)>>>>")
	names := b.add("<</Names[(fn.2)[13 0 R/FitH 200]]>>")
	b.catalog = fmt.Sprintf("/Names<</Dests %d 0 R>>", names)
	b.page("BT /F1 12 Tf 72 695 Td (see) Tj ET", fmt.Sprintf("/Annots[%d 0 R %d 0 R %d 0 R %d 0 R %d 0 R]", uri, dest, named, far, launch), "")
	second := b.page("BT /F1 12 Tf 72 695 Td (notes) Tj ET", "/Rotate 90", "")
	if second != 13 {
		t.Fatalf("the second page is object %d: the links miss it", second)
	}
	pages, _ := readAll(t, b.bytes(), testOptions())
	want := []cite.Link{
		{Box: cite.Rect{X0: 72, Y0: 82, X1: 200, Y1: 102}, URI: "https://docs.un.org/en/S/RES/2423(2018)"},
		{Box: cite.Rect{X0: 72, Y0: 132, X1: 80, Y1: 142}, Page: 2, TargetX: 100, TargetY: 90, Internal: true},
		{Box: cite.Rect{X0: 72, Y0: 152, X1: 80, Y1: 162}, Page: 2, TargetX: 200, TargetY: 0, Internal: true},
	}
	if diff := cmp.Diff(want, pages[0].Links); diff != "" {
		t.Errorf("links (-want +got):\n%s", diff)
	}
}

// TestTags: roles and elements of a tagged document, as a word processor
// writes them, with a note that goes on over the page.
func TestTags(t *testing.T) {
	b := newPDF()
	b.page(strings.Join([]string{
		"/Artifact <</Type/Pagination>> BDC BT /F1 8 Tf 72 760 Td (Head) Tj ET EMC",
		"/P <</MCID 0>> BDC BT /F1 12 Tf 72 700 Td (Mandate) Tj ET EMC",
		"/Span <</MCID 1>> BDC BT /F1 7 Tf 125 705 Td (1) Tj ET EMC",
		"/Lbl <</MCID 2>> BDC BT /F1 6 Tf 72 104 Td (1) Tj ET EMC",
		"/P <</MCID 3>> BDC BT /F1 8 Tf 80 100 Td (See) Tj ET EMC",
		"BT /F1 8 Tf 80 60 Td (loose) Tj ET",
	}, "\n"), "/StructParents 0", "")
	b.page("/P <</MCID 0>> BDC BT /F1 8 Tf 80 100 Td (further) Tj ET EMC", "/StructParents 1", "")
	p1, p2 := b.pages[0], b.pages[1]
	root := 100
	mcr := func(page, id int) string { return fmt.Sprintf("<</Type/MCR/Pg %d 0 R/MCID %d>>", page, id) }
	elem := func(n int, typ string, parent int, kids string) {
		b.objs[n] = fmt.Sprintf("<</Type/StructElem/S/%s/P %d 0 R/K[%s]>>", typ, parent, kids)
	}
	b.objs[root] = "<</Type/StructTreeRoot/K 101 0 R/RoleMap<</Footnote/Note/Textbody/P>>/ParentTree 110 0 R>>"
	elem(101, "Document", root, "102 0 R 104 0 R")
	elem(102, "Textbody", 101, mcr(p1, 0)+" 103 0 R")
	elem(103, "Reference", 102, mcr(p1, 1))
	elem(104, "Footnote", 101, "105 0 R 106 0 R 107 0 R")
	elem(105, "Lbl", 104, mcr(p1, 2))
	elem(106, "P", 104, mcr(p1, 3))
	elem(107, "P", 104, mcr(p2, 0))
	b.objs[110] = "<</Nums[0[102 0 R 103 0 R 105 0 R 106 0 R] 1[107 0 R]]>>"
	b.catalog = "/MarkInfo<</Marked true>>/StructTreeRoot 100 0 R"
	pages, info := readAll(t, b.bytes(), testOptions())
	if !info.Tagged {
		t.Error("the document is not seen as tagged")
	}
	var got []string
	for _, p := range pages {
		for _, r := range p.Runs {
			got = append(got, fmt.Sprintf("%s %s%d", r.Text, r.Role, r.Elem))
		}
	}
	want := []string{"Head Artifact0", "Mandate P0", "1 Reference1", "1 Lbl2", "See Note2", "loose 0", "further Note2"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("roles (-want +got):\n%s", diff)
	}
}

// TestTagsOfWord: a word processor puts the note into the link that is its
// marker; both then have one number.
func TestTagsOfWord(t *testing.T) {
	b := newPDF()
	b.page(strings.Join([]string{
		"/Span <</MCID 0>> BDC BT /F1 12 Tf 72 700 Td (Mandate) Tj ET EMC",
		"/Span <</MCID 1>> BDC BT /F1 7 Tf 125 705 Td (1) Tj ET EMC",
		"/Span <</MCID 2>> BDC BT /F1 8 Tf 80 100 Td (See) Tj ET EMC",
		"/Span <</MCID 3>> BDC BT /F1 12 Tf 72 600 Td (link) Tj ET EMC",
	}, "\n"), "/StructParents 0", "")
	b.objs[100] = "<</Type/StructTreeRoot/K 101 0 R/RoleMap<</Footnote/Note>>/ParentTree 110 0 R>>"
	b.objs[101] = "<</Type/StructElem/S/P/P 100 0 R/K[0 102 0 R 106 0 R]>>"
	b.objs[102] = "<</Type/StructElem/S/Link/P 101 0 R/K[103 0 R 104 0 R]>>"
	b.objs[103] = "<</Type/StructElem/S/Span/P 102 0 R/K[1]>>"
	b.objs[104] = "<</Type/StructElem/S/Footnote/P 102 0 R/K[105 0 R]>>"
	b.objs[105] = "<</Type/StructElem/S/P/P 104 0 R/K[2]>>"
	b.objs[106] = "<</Type/StructElem/S/Link/P 101 0 R/K[3]>>"
	b.objs[110] = "<</Nums[0[101 0 R 103 0 R 105 0 R 106 0 R]]>>"
	b.catalog = "/StructTreeRoot 100 0 R"
	var got []string
	for _, r := range onePage(t, b).Runs {
		got = append(got, fmt.Sprintf("%s %s%d", r.Text, r.Role, r.Elem))
	}
	want := []string{"Mandate P0", "1 Reference1", "See Note1", "link P0"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("roles (-want +got):\n%s", diff)
	}
}

// TestAllArtifact: a writer that marks all its text as no part of the text is
// not believed; a running head is.
func TestAllArtifact(t *testing.T) {
	for _, tt := range []struct {
		body, want string
	}{{"Artifact", ""}, {"P", "Artifact"}} {
		b := newPDF()
		c := "/Artifact BMC BT /F1 8 Tf 72 760 Td (Head) Tj ET EMC\n"
		for i := range 10 {
			c += fmt.Sprintf("/%s BMC BT /F1 10 Tf 72 %d Td (The Security Council decides to extend the mandate) Tj ET EMC\n", tt.body, 700-14*i)
		}
		b.page(c, "", "")
		b.objs[100] = "<</Type/StructTreeRoot/ParentTree 110 0 R>>"
		b.objs[110] = "<</Nums[]>>"
		b.catalog = "/StructTreeRoot 100 0 R"
		if r := onePage(t, b).Runs[0]; r.Role != tt.want {
			t.Errorf("text marked %s: the head's role is %q, want %q", tt.body, r.Role, tt.want)
		}
	}
}

// TestTagsInCircles: an element that is its own grandparent, and a page tree
// that holds itself, end.
func TestTagsInCircles(t *testing.T) {
	b := newPDF()
	b.page("/P <</MCID 0>> BDC BT /F1 12 Tf 72 700 Td (Mandate) Tj ET EMC", "/StructParents 0", "")
	b.objs[100] = "<</Type/StructTreeRoot/K 101 0 R/RoleMap<</A/B/B/A>>/ParentTree 110 0 R>>"
	b.objs[101] = "<</Type/StructElem/S/A/P 102 0 R/K[]>>"
	b.objs[102] = "<</Type/StructElem/S/Note/P 101 0 R/K[]>>"
	b.objs[110] = "<</Kids[110 0 R 111 0 R]>>"
	b.objs[111] = "<</Nums[0[101 0 R]]>>"
	b.catalog = "/StructTreeRoot 100 0 R"
	p := onePage(t, b)
	if plain(p.Runs) != "Mandate" || p.Runs[0].Role != "Note" {
		t.Errorf("got %+v", p.Runs)
	}
}

func TestLabelsAndInfo(t *testing.T) {
	b := newPDF()
	for i := range 3 {
		b.page(fmt.Sprintf("BT /F1 12 Tf 72 700 Td (p%d) Tj ET", i), "", "")
	}
	b.catalog = "/PageLabels<</Nums[0<</S/r>>2<</S/D>>]>>"
	pages, info := readAll(t, b.bytes(), testOptions())
	for i, want := range []string{"i", "ii", "1"} {
		if pages[i].Label != want || pages[i].Number != i+1 {
			t.Errorf("page %d has number %d and label %q, want %q", i+1, pages[i].Number, pages[i].Label, want)
		}
	}
	if info.Pages != 3 || info.Read != 3 || info.Truncated() || info.Tagged {
		t.Errorf("info %+v", info)
	}
}

func TestTitle(t *testing.T) {
	for in, want := range map[string]string{
		"Emerging Lessons": "Emerging Lessons", "Microsoft Word - ARH recovered": "ARH recovered", "Microsoft Word - Final.doc": "",
		"91214JT110701.PDF": "", "current.wpf": "", "untitled": "", "S/RES/2423 (2018)": "S/RES/2423 (2018)", "": "",
	} {
		if got := title(in); got != want {
			t.Errorf("title(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestPageLimit(t *testing.T) {
	b := newPDF()
	for range 5 {
		b.page("BT /F1 12 Tf 72 700 Td (x) Tj ET", "", "")
	}
	opt := testOptions()
	opt.MaxPages = 2
	pages, info := readAll(t, b.bytes(), opt)
	if len(pages) != 2 || info.Pages != 5 || info.Read != 2 || !info.Truncated() || len(info.Problems) != 1 || info.Problems[0].Item != "pages 3 to 5" {
		t.Errorf("%d pages, %+v", len(pages), info)
	}
}

// TestManyPages: a document is opened anew on its way, and no page is lost.
func TestManyPages(t *testing.T) {
	b := newPDF()
	const n = 2*refresh + 1
	for i := range n {
		b.page(fmt.Sprintf("BT /F1 12 Tf 72 700 Td (page %d) Tj ET", i+1), "", "")
	}
	pages, _ := readAll(t, b.bytes(), testOptions())
	for i, p := range pages {
		if want := fmt.Sprintf("page_%d", i+1); plain(p.Runs) != want {
			t.Fatalf("page %d reads %q, want %q", i+1, plain(p.Runs), want)
		}
	}
	if len(pages) != n {
		t.Errorf("%d pages, want %d", len(pages), n)
	}
}

func TestErrors(t *testing.T) {
	good := newPDF()
	good.page("BT /F1 12 Tf 72 700 Td (x) Tj ET", "", "")
	whole := good.bytes()
	locked := newPDF()
	locked.locked, locked.password = true, "secret"
	locked.page("BT /F1 12 Tf 72 700 Td (x) Tj ET", "", "")
	for _, tt := range []struct {
		name string
		data []byte
		want error
	}{
		{"empty", nil, ErrNotPDF},
		{"zeros", make([]byte, 5000), ErrNotPDF},
		{"text", []byte("This is no PDF."), ErrNotPDF},
		{"cut off", whole[:len(whole)/3], ErrBroken},
		{"header alone", []byte("%PDF-1.7\n"), ErrBroken},
		{"no pages", newPDF().bytes(), ErrBroken},
		{"password", locked.bytes(), ErrPassword},
	} {
		_, err := Read(tt.data, testOptions(), func(cite.Page) error { return nil })
		if !errors.Is(err, tt.want) {
			t.Errorf("%s: error %v, want %v", tt.name, err, tt.want)
		}
	}
	stop := errors.New("stop")
	if _, err := Read(whole, testOptions(), func(cite.Page) error { return stop }); err != stop {
		t.Errorf("each's own error came back as %v", err)
	}
}

func TestEncrypted(t *testing.T) {
	for _, tt := range []struct{ user, given string }{{"", ""}, {"secret", "secret"}} {
		b := newPDF()
		b.locked, b.password = true, tt.user
		b.page("BT /F1 12 Tf 72 700 Td (Mandate) Tj ET", "", "")
		opt := testOptions()
		opt.Password = tt.given
		pages, _ := readAll(t, b.bytes(), opt)
		if got := plain(pages[0].Runs); got != "Mandate" {
			t.Errorf("password %q: read %q", tt.user, got)
		}
	}
}

// TestDamaged: what readers put right is read.
func TestDamaged(t *testing.T) {
	b := newPDF()
	b.page("BT /F1 12 Tf 72 700 Td (Mandate) Tj ET", "", "")
	whole := b.bytes()
	for name, data := range map[string][]byte{
		"junk before":    append([]byte("HTTP/1.1 200 OK\r\n\r\n"), whole...),
		"junk behind":    append(bytes.Clone(whole), "\r\n<!-- -->\n"...),
		"bad startxref":  bytes.Replace(whole, []byte("startxref\n"), []byte("startxref\n9"), 1),
		"damaged header": bytes.Replace(whole, []byte("%PDF-1.7"), []byte("%???-1.7"), 1),
		"version 2":      bytes.Replace(whole, []byte("%PDF-1.7"), []byte("%PDF-2.0"), 1),
	} {
		pages, _ := readAll(t, data, testOptions())
		if len(pages) != 1 || plain(pages[0].Runs) != "Mandate" {
			t.Errorf("%s: got %+v", name, pages)
		}
	}
}

// TestBadPage: a page that breaks the engine costs itself alone; a document of
// nothing else is an error.
func TestBadPage(t *testing.T) {
	bomb := bytes.Repeat([]byte(" "), 100<<20)
	opt := testOptions()
	opt.MemoryPages = 1024 // 64 MiB
	b := newPDF()
	b.page("BT /F1 12 Tf 72 700 Td (before) Tj ET", "", "")
	b.pageOf(b.packed("", bomb), "", "")
	b.page("BT /F1 12 Tf 72 700 Td (after) Tj ET", "", "")
	pages, info := readAll(t, b.bytes(), opt)
	if len(pages) != 3 || plain(pages[0].Runs) != "before" || plain(pages[2].Runs) != "after" || info.Read != 3 {
		t.Fatalf("got %+v", pages)
	}
	if !strings.Contains(pages[1].Problem, "64 MiB") || pages[0].Problem+pages[2].Problem != "" {
		t.Errorf("problems %q, %q, %q", pages[0].Problem, pages[1].Problem, pages[2].Problem)
	}
	b = newPDF()
	b.pageOf(b.packed("", bomb), "", "")
	if _, err := Read(b.bytes(), opt, func(cite.Page) error { return nil }); !errors.Is(err, ErrMemory) {
		t.Errorf("a bomb alone: error %v, want %v", err, ErrMemory)
	}
}

func TestWithoutText(t *testing.T) {
	b := newPDF()
	image := b.packed("/Type/XObject/Subtype/Image/Width 2/Height 2/BitsPerComponent 8/ColorSpace/DeviceGray", []byte{0, 255, 255, 0})
	const res = "/XObject<</X 4 0 R>>"
	if image != 4 {
		t.Fatalf("the image is object %d", image)
	}
	b.page("q 612 0 0 792 0 0 cm /X Do Q", "", res)
	b.page("q 60 0 0 70 0 0 cm /X Do Q", "", res)
	b.page("", "", "")
	b.page("q 612 0 0 792 0 0 cm /X Do Q BT 3 Tr /F1 12 Tf 72 700 Td (recognized) Tj ET", "", res)
	pages, _ := readAll(t, b.bytes(), testOptions())
	for i, want := range []string{noText + ", and tesseract, which recognizes characters, is not installed", "", "", ""} {
		if pages[i].Problem != want {
			t.Errorf("page %d: problem %q, want %q", i+1, pages[i].Problem, want)
		}
	}
	if r := pages[3].Runs; plain(r) != "recognized" || !r[0].Hidden {
		t.Errorf("a scan's own text: %+v", r)
	}
}

// TestOthersRecognition: text that is unseen or under a picture of the page
// comes from character recognition; text on a picture does not.
func TestOthersRecognition(t *testing.T) {
	const scan, text = "q 612 0 0 792 0 0 cm /X Do Q ", "BT /F1 12 Tf 72 700 Td (words) Tj ET "
	for _, tt := range []struct {
		name, content string
		want          bool
	}{
		{"unseen", scan + "3 Tr " + text, true},
		{"under the picture", text + scan, true},
		{"on the picture", scan + text, false},
		{"some on the picture", text + scan + text, false},
		{"beside a small picture", text + "q 60 0 0 70 0 0 cm /X Do Q", false},
		{"unseen without a picture", "3 Tr " + text, false},
	} {
		b := newPDF()
		image := b.packed("/Type/XObject/Subtype/Image/Width 2/Height 2/BitsPerComponent 8/ColorSpace/DeviceGray", []byte{0, 255, 255, 0})
		b.page(tt.content, "", fmt.Sprintf("/XObject<</X %d 0 R>>", image))
		p := onePage(t, b)
		if !strings.HasPrefix(plain(p.Runs), "words") || p.OCR != tt.want {
			t.Errorf("%s: read %q, OCR %v, want %v", tt.name, plain(p.Runs), p.OCR, tt.want)
		}
	}
}

// TestDamagedCache: machine code that was damaged on the disk is made anew.
func TestDamagedCache(t *testing.T) {
	if testing.Short() {
		t.Skip("skipped: compiles the engine, which takes seconds")
	}
	if err := Warm(testOptions()); err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	good, _ := filepath.Glob(filepath.Join(testOptions().CacheDir, "wazero-*", "*"))
	if len(good) == 0 {
		t.Skip("skipped: the machine code is kept nowhere here")
	}
	for _, file := range good {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		data[len(data)/2]++
		into := filepath.Join(dir, filepath.Base(filepath.Dir(file)), filepath.Base(file))
		if err := errors.Join(os.MkdirAll(filepath.Dir(into), 0o700), os.WriteFile(into, data, 0o600)); err != nil {
			t.Fatal(err)
		}
	}
	b := newPDF()
	b.page("BT /F1 12 Tf 72 700 Td (Mandate) Tj ET", "", "")
	pages, _ := readAll(t, b.bytes(), Options{CacheDir: dir})
	if got := plain(pages[0].Runs); got != "Mandate" {
		t.Errorf("read %q", got)
	}
}

func TestField(t *testing.T) {
	b := newPDF()
	look := b.stream("/Type/XObject/Subtype/Form/BBox[0 0 200 20]/Resources<</Font<</F1 3 0 R>>>>", "BT /F1 12 Tf 2 5 Td (Bamako) Tj ET")
	field := b.add(fmt.Sprintf("<</Type/Annot/Subtype/Widget/FT/Tx/T(city)/V(Bamako)/F 4/Rect[100 500 300 520]/AP<</N %d 0 R>>>>", look))
	b.page("BT /F1 12 Tf 72 700 Td (City:) Tj ET", fmt.Sprintf("/Annots[%d 0 R]", field), "")
	if got := plain(onePage(t, b).Runs); got != "City:|Bamako" {
		t.Errorf("got %q", got)
	}
}

// TestNamelessGlyphs: a font that does not say which letters it shows is told
// from text.
func TestNamelessGlyphs(t *testing.T) {
	b := newPDF()
	glyph := b.stream("", "500 0 0 0 500 500 d1 0 0 500 500 re f")
	font := b.add(fmt.Sprintf("<</Type/Font/Subtype/Type3/FontBBox[0 0 500 500]/FontMatrix[0.001 0 0 0.001 0 0]/FirstChar 1/LastChar 3/Widths[500 500 500]/CharProcs<</g1 %d 0 R/g2 %[1]d 0 R/g3 %[1]d 0 R>>/Encoding<</Differences[1/g1/g2/g3]>>>>", glyph))
	b.page("BT /F3 12 Tf 72 700 Td (\\001\\002\\003\\001\\002\\003) Tj ET", "", "")
	for n, body := range b.objs {
		b.objs[n] = strings.Replace(body, "/F1 3 0 R", fmt.Sprintf("/F1 3 0 R/F3 %d 0 R", font), 1)
	}
	if p := onePage(t, b); p.Problem == "" {
		t.Errorf("no problem is told; runs %+v", p.Runs)
	}
}

// TestRightToLeft: words of Arabic and Hebrew are in the order in which they
// are read, whether the file draws their letters from the right or the left.
func TestRightToLeft(t *testing.T) {
	const alef, lamAlef, bet, patah = 'ا', 'ﻻ', 'ב', 'ַ'
	for _, tt := range []struct {
		name string
		from float32
		step float32
		text []rune
		want string
	}{
		{"drawn from the right", 100, -10, []rune{'ס', 'ב', 'א'}, "סבא"},
		{"drawn from the left", 100, 10, []rune{'א', 'ב', 'ס'}, "סבא"},
		{"a ligature drawn from the left", 100, 10, []rune{alef, lamAlef, 'س'}, "سلاا"},
		{"points go with their letter", 100, 10, []rune{'א', bet, patah, 'ס'}, "סבַא"},
		{"numbers stay", 100, 10, []rune{'1', '2'}, "12"},
	} {
		var p pageReader
		p.reset()
		p.styles = []style{{size: 10, dx: 1}}
		x := tt.from
		for _, r := range tt.text {
			if r == patah {
				p.glyphs = append(p.glyphs, glyph{r: r, x0: x, y0: 700, x1: x, y1: 710, ox: x, oy: 702})
				continue
			}
			p.glyphs = append(p.glyphs, glyph{r: r, x0: x, y0: 700, x1: x + 10, y1: 710, ox: x, oy: 702})
			x += tt.step
		}
		if got := plain(p.runs(view{right: 612, top: 792}.sized())); got != norm.NFC.String(tt.want) {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}

// TestHyphens: hyphens of all kinds are one character, and end a line where
// they stand at its end after a letter.
func TestHyphens(t *testing.T) {
	for _, tt := range []struct {
		first, second string // two lines
		want          string
	}{
		{"consulta\u2010", "tion", "consulta-=tion"},
		{"consulta\u00AD", "tion", "consulta-=tion"},
		{"2013\u2010", "2014", "2013-|2014"},
		{"co\u2011op", "x", "co-op|x"},
		{"the end", "con\u2010", "the_end|con-="},
	} {
		var p pageReader
		p.reset()
		p.styles = []style{{size: 10, dx: 1}}
		for i, line := range []string{tt.first, tt.second} {
			x, y := float32(100), float32(700-14*i)
			for _, r := range line {
				p.glyphs = append(p.glyphs, glyph{r: r, x0: x, y0: y, x1: x + 5, y1: y + 10, ox: x, oy: y + 2})
				x += 5
			}
			p.glyphs = append(p.glyphs, glyph{r: '\r', style: -1}, glyph{r: '\n', style: -1})
		}
		if got := plain(p.runs(view{right: 612, top: 792}.sized())); got != tt.want {
			t.Errorf("%q, %q: %q, want %q", tt.first, tt.second, got, tt.want)
		}
	}
}

// TestDrawnLetters: the size of a font of drawings is that of its letters,
// whatever unit the file measures in.
func TestDrawnLetters(t *testing.T) {
	b := newPDF()
	letter := b.stream("", "42 0 0 0 40 45 d1 0 0 40 45 re f") // 45 units high
	font := b.add(fmt.Sprintf("<</Type/Font/Subtype/Type3/FontBBox[0 0 50 50]/FontMatrix[0.1 0 0 0.1 0 0]/FirstChar 97/LastChar 101/Widths[42 0 42 0 42]/CharProcs<</a %d 0 R/c %[1]d 0 R/e %[1]d 0 R>>/Encoding<</Differences[97/a 99/c 101/e]>>>>", letter))
	b.page("BT /F3 1 Tf 72 700 Td (ace) Tj ET", "", "")
	for n, body := range b.objs {
		b.objs[n] = strings.Replace(body, "/F1 3 0 R", fmt.Sprintf("/F1 3 0 R/F3 %d 0 R", font), 1)
	}
	r := onePage(t, b).Runs
	if len(r) != 1 || r[0].Text != "ace" || math.Abs(r[0].Size-10) > 0.5 {
		t.Errorf("got %+v, want ace of size 10", r)
	}
}

// TestStructured: the slow way round, for a go-pdfium of another shape, reads
// the same words in the same places.
func TestStructured(t *testing.T) {
	b := newPDF()
	b.page("BT /F1 12 Tf 72 700 Td (The Security Council) Tj /F1 7 Tf 5 Ts (5) Tj 0 Ts /F1 12 Tf 0 -14 Td (decides) Tj ET", "", "")
	opt := testOptions().withDefaults()
	eng, err := start(opt)
	if err != nil {
		t.Fatal(err)
	}
	d := &document{eng: eng, opt: opt, data: b.bytes()}
	if err := d.open(); err != nil {
		t.Fatal(err)
	}
	defer d.close()
	fast, slow := d.direct(0), d.structured(0)
	if got, want := plain(slow.Runs), plain(fast.Runs); got != want {
		t.Errorf("words %q, want %q", got, want)
	}
	for i := range min(len(fast.Runs), len(slow.Runs)) {
		f, s := fast.Runs[i], slow.Runs[i]
		if math.Abs(f.Baseline-s.Baseline) > 1 || math.Abs(f.Box.X0-s.Box.X0) > 1 || f.Size != s.Size || f.Font != s.Font {
			t.Errorf("run %d is %+v, want %+v", i, s, f)
		}
	}
	if slow.Width != fast.Width || slow.Height != fast.Height {
		t.Errorf("page %v x %v, want %v x %v", slow.Width, slow.Height, fast.Width, fast.Height)
	}
}

// TestTwice: the same bytes give the same pages.
func TestTwice(t *testing.T) {
	b := newPDF()
	b.page("BT /F1 12 Tf 72 700 Td (The Security Council) Tj ET 72 160 144 0.5 re f", "", "")
	data := b.bytes()
	first, _ := readAll(t, data, testOptions())
	second, _ := readAll(t, data, testOptions())
	if diff := cmp.Diff(first, second); diff != "" {
		t.Errorf("a second reading differs:\n%s", diff)
	}
}

// lawful holds a page to what every reader of it relies on.
func lawful(t *testing.T, p cite.Page) {
	t.Helper()
	const tolerance = 0.011 // hundredths of a point
	inside := func(what string, r cite.Rect) {
		if !(r.X0 >= -tolerance && r.Y0 >= -tolerance && r.X1 <= p.Width+tolerance && r.Y1 <= p.Height+tolerance && r.X0 <= r.X1 && r.Y0 <= r.Y1) {
			t.Errorf("page %d (%v x %v): %s lies at %v", p.Number, p.Width, p.Height, what, r)
		}
	}
	if !(p.Width > 1 && p.Height > 1) {
		t.Errorf("page %d is %v x %v", p.Number, p.Width, p.Height)
	}
	for _, r := range p.Runs {
		inside(fmt.Sprintf("run %q", r.Text), r.Box)
		if r.Text == "" || !utf8.ValidString(r.Text) || !norm.NFC.IsNormalString(r.Text) || strings.ContainsAny(r.Text, " \t\n\r\x00") {
			t.Errorf("page %d: run %q is not a word in NFC", p.Number, r.Text)
		}
		if math.IsNaN(r.Baseline) || math.IsInf(r.Baseline, 0) || !(r.Size >= 0) || r.Angle < 0 || r.Angle > 359 {
			t.Errorf("page %d: run %+v", p.Number, r)
		}
		if r.Hyphen && !strings.HasSuffix(r.Text, "-") {
			t.Errorf("page %d: run %q is said to end in a hyphen", p.Number, r.Text)
		}
	}
	for _, r := range p.Rules {
		inside("rule", r)
	}
	for _, r := range p.Images {
		inside("image", r)
	}
	for _, l := range p.Links {
		inside("link", l.Box)
		if !utf8.ValidString(l.URI) || l.Page < 0 {
			t.Errorf("page %d: link %+v", p.Number, l)
		}
	}
	if !utf8.ValidString(p.Label) || !utf8.ValidString(p.Problem) {
		t.Errorf("page %d: label %q, problem %q", p.Number, p.Label, p.Problem)
	}
}

// FuzzRead: whatever the bytes are, pages are lawful, and come in order.
func FuzzRead(f *testing.F) {
	a := newPDF()
	a.page("BT /F1 12 Tf 72 700 Td (The consulta-) Tj 0 -14 Td (tion) Tj 5 Ts (5) Tj ET 72 160 144 0.5 re f 10 10 m 10 200 l S", "/Rotate 90", "")
	f.Add(a.bytes())
	b := newPDF()
	link := b.add("<</Type/Annot/Subtype/Link/Rect[72 690 200 710]/A<</S/URI/URI(https://docs.un.org)>>>>")
	b.page("/P <</MCID 0>> BDC BT /F1 12 Tf 0 1 -1 0 100 100 Tm [(S)-1(\\264)333(egou)] TJ ET EMC", fmt.Sprintf("/StructParents 0/Annots[%d 0 R]", link), "")
	b.objs[100] = "<</Type/StructTreeRoot/ParentTree 110 0 R>>"
	b.objs[101] = "<</Type/StructElem/S/Note/P 100 0 R>>"
	b.objs[110] = "<</Nums[0[101 0 R]]>>"
	b.catalog = "/StructTreeRoot 100 0 R/PageLabels<</Nums[0<</S/r>>]>>"
	f.Add(b.bytes())
	opt := testOptions()
	opt.MaxPages, opt.MemoryPages = 20, 1024
	f.Fuzz(func(t *testing.T, data []byte) {
		n := 0
		info, err := Read(data, opt, func(p cite.Page) error {
			if n++; p.Number != n {
				t.Errorf("page %d comes as number %d", p.Number, n)
			}
			lawful(t, p)
			return nil
		})
		if err == nil && (info.Read != n || info.Pages < n) {
			t.Errorf("info %+v of %d pages", info, n)
		}
		if err != nil && !errors.Is(err, ErrNotPDF) && !errors.Is(err, ErrPassword) && !errors.Is(err, ErrBroken) && !errors.Is(err, ErrMemory) {
			t.Errorf("error %v is of no known kind", err)
		}
	})
}

// shared lists files of the data that is tested against, which is no part of
// the project; without them the test is skipped, in CI it fails.
func shared(t testing.TB, pattern ...string) []string {
	t.Helper()
	files, _ := filepath.Glob(filepath.Join(append([]string{"..", "..", "..", "shared", "data"}, pattern...)...))
	if len(files) == 0 {
		if os.Getenv("CITECHECK_REQUIRE_ALL") == "1" {
			t.Fatalf("needs the shared data: %s", filepath.Join(pattern...))
		}
		t.Skipf("skipped: needs the shared data: %s", filepath.Join(pattern...))
	}
	return files
}

// TestRealReports: every page of real reports is lawful and has words.
func TestRealReports(t *testing.T) {
	if testing.Short() {
		t.Skip("skipped: takes seconds")
	}
	for _, file := range append(shared(t, "seed", "*.pdf"), shared(t, "reports", "pdf", "*.pdf")...) {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		words := 0
		pages, info := readAll(t, data, testOptions())
		for _, p := range pages {
			lawful(t, p)
			words += len(p.Runs)
		}
		if words < 50*len(pages) || info.Read != info.Pages {
			t.Errorf("%s: %d words on %d pages, %+v", filepath.Base(file), words, len(pages), info)
		}
	}
}

func BenchmarkRead(b *testing.B) {
	if err := Warm(testOptions()); err != nil {
		b.Fatal(err)
	}
	for _, pages := range []int{10, 100, 1000} {
		doc := newPDF()
		var content strings.Builder
		for line := range 45 { // a full page: 45 lines of 13 words
			fmt.Fprintf(&content, "BT /F1 10 Tf 72 %d Td (The Security Council decided in its resolution to extend the mandate of) Tj ET\n", 740-14*line)
		}
		text := doc.packed("", []byte(content.String()))
		for range pages {
			doc.pageOf(text, "", "")
		}
		data := doc.bytes()
		b.Run(fmt.Sprint(pages, " pages"), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := Read(data, testOptions(), func(cite.Page) error { return nil }); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*pages), "µs/page")
		})
	}
}
