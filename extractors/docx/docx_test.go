package docx

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"
)

const w = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`

// pack makes a package of parts.
func packOf(t testing.TB, parts map[string]string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	names := make([]string, 0, len(parts))
	for n := range parts {
		names = append(names, n)
	}
	slices.Sort(names)
	for _, n := range names {
		method := zip.Store // to compress would take longer than to read
		if len(parts[n]) > 1<<20 {
			method = zip.Deflate
		}
		f, err := z.CreateHeader(&zip.FileHeader{Name: n, Method: method})
		if err != nil {
			t.Fatal(err)
		}
		f.Write([]byte(parts[n]))
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// document makes a Word file of a body and notes; more are parts beside them.
func document(t testing.TB, body, footnotes string, more map[string]string) []byte {
	rel := func(id, kind, target string) string {
		return fmt.Sprintf(`<Relationship Id="%s" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/%s" Target="%s"/>`, id, kind, target)
	}
	parts := map[string]string{
		"word/document.xml":            `<w:document ` + w + `><w:body>` + body + `</w:body></w:document>`,
		"word/footnotes.xml":           `<w:footnotes ` + w + `><w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:t>never</w:t></w:r></w:p></w:footnote>` + footnotes + `</w:footnotes>`,
		"word/_rels/document.xml.rels": `<Relationships>` + rel("r1", "footnotes", "footnotes.xml") + rel("r2", "endnotes", "endnotes.xml") + rel("r3", "styles", "styles.xml") + rel("r4", "settings", "settings.xml") + `<Relationship Id="r9" Type="x/hyperlink" Target="https://undocs.org/S/RES/1325" TargetMode="External"/></Relationships>`,
		"_rels/.rels":                  `<Relationships>` + rel("r0", "officeDocument", "word/document.xml") + `</Relationships>`,
	}
	for k, v := range more {
		parts[k] = v
	}
	return packOf(t, parts)
}

func p(runs string) string { return `<w:p>` + runs + `</w:p>` }
func r(text string) string { return `<w:r><w:t xml:space="preserve">` + text + `</w:t></w:r>` }
func ref(id string) string {
	return `<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteReference w:id="` + id + `"/></w:r>`
}
func fn(id, runs string) string {
	return `<w:footnote w:id="` + id + `">` + p(`<w:r><w:footnoteRef/></w:r>`+runs) + `</w:footnote>`
}

// TestRead: each case is a construct of its own. Marks show as {label} in the text.
func TestRead(t *testing.T) {
	for _, tt := range []struct {
		name        string
		body, notes string
		more        map[string]string
		text        []string
		want        []string
	}{
		{"notes in the order of calls", p(r("One.") + ref("7") + r(" Two.") + ref("3")), fn("3", r(" Third")) + fn("7", r(" Seventh")), nil,
			[]string{"One.{1} Two.{2}"}, []string{"1 Seventh", "2 Third"}},
		{"text set in many runs", p(r("consul") + r("ta") + r("tion ") + r(" ends.") + ref("1")), fn("1", r("UN ")+r(" Doc.")), nil,
			[]string{"consultation ends.{1}"}, []string{"1 UN Doc."}},
		{"tracked changes as accepted", p(r("It ") + `<w:del><w:r><w:delText>was</w:delText></w:r></w:del><w:ins>` + r("is") + `</w:ins>` + r(" so.") + ref("1")), fn("1", `<w:del><w:r><w:delText>old</w:delText></w:r></w:del>`+r("new")), nil,
			[]string{"It is so.{1}"}, []string{"1 new"}},
		{"a field's instruction is no text", p(`<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGEREF x</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>` + r("12") + `<w:r><w:fldChar w:fldCharType="end"/></w:r>` + r(" pages")), "", nil,
			[]string{"12 pages"}, nil},
		{"hyphens", p(`<w:r><w:t>UN</w:t><w:noBreakHyphen/><w:t>led co</w:t><w:softHyphen/><w:t>operation</w:t></w:r>`), "", nil,
			[]string{"UN\u2011led cooperation"}, nil},
		{"a mark of its own", p(r("By two.") + `<w:r><w:footnoteReference w:id="1" w:customMarkFollows="1"/><w:t>*</w:t></w:r>` + r(" More.") + ref("2")), fn("1", r("Thanks")) + fn("2", r("One")), nil,
			[]string{"By two.{*} More.{1}"}, []string{"* Thanks", "1 One"}},
		{"hidden text", p(r("seen") + `<w:r><w:rPr><w:vanish/></w:rPr><w:t>secret</w:t></w:r>`), "", nil, []string{"seen"}, nil},
		{"the copy of a text box for older programs", p(`<w:r><mc:AlternateContent xmlns:mc="m"><mc:Choice>` + p(r("in a box")) + `</mc:Choice><mc:Fallback>` + p(r("in a box")) + `</mc:Fallback></mc:AlternateContent></w:r>` + r("around")), "", nil,
			[]string{"in a box", "around"}, nil},
		{"a note that nothing calls", p(r("One.") + ref("1")), fn("1", r("Called")) + fn("2", r("Not called")), nil, []string{"One.{1}"}, []string{"1 Called", "2 Not called"}},
		{"roman labels from the settings", p(r("One.") + ref("1") + r(" Two.") + ref("2")), fn("1", r("A")) + fn("2", r("B")),
			map[string]string{"word/settings.xml": `<w:settings ` + w + `><w:footnotePr><w:numFmt w:val="lowerRoman"/><w:numStart w:val="4"/></w:footnotePr></w:settings>`},
			[]string{"One.{iv} Two.{v}"}, []string{"iv A", "v B"}},
		{"more runs than elements may be deep", p(strings.Repeat(r("a"), 1000)), "", nil, []string{strings.Repeat("a", 1000)}, nil},
		{"several paragraphs in a note", p(r("One.") + ref("1")), `<w:footnote w:id="1">` + p(r("First.")) + p(r("Second.")) + `</w:footnote>`, nil, []string{"One.{1}"}, []string{"1 First. Second."}},
	} {
		text, err := Read(document(t, tt.body, tt.notes, tt.more))
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		var got, notes []string
		for _, b := range text.Blocks {
			rs := []rune(b.Text)
			s, at := "", 0
			for _, m := range b.Marks {
				s += string(rs[at:m.At]) + "{" + m.Label + "}"
				at = m.At
			}
			got = append(got, s+string(rs[at:]))
		}
		for _, n := range text.Notes {
			notes = append(notes, n.Label+" "+n.Text)
		}
		if !slices.Equal(got, tt.text) || !slices.Equal(notes, tt.want) {
			t.Errorf("%s:\n got %q %q\nwant %q %q", tt.name, got, notes, tt.text, tt.want)
		}
	}
}

func TestItalicsAndLinksOfANote(t *testing.T) {
	notes := fn("1", r("See ")+`<w:r><w:rPr><w:i/></w:rPr><w:t>A Title</w:t></w:r>`+r(" at ")+`<w:hyperlink r:id="r1">`+r("the text")+`</w:hyperlink>`)
	text, err := Read(document(t, p(r("x")+ref("1")), notes, map[string]string{
		"word/_rels/footnotes.xml.rels": `<Relationships><Relationship Id="r1" Type="x/hyperlink" Target="https://undocs.org/S/RES/1325" TargetMode="External"/></Relationships>`}))
	if err != nil || len(text.Notes) != 1 {
		t.Fatal(err, text.Notes)
	}
	n := text.Notes[0]
	rs := []rune(n.Text)
	if len(n.Italics) != 1 || string(rs[n.Italics[0].Start:n.Italics[0].End]) != "A Title" {
		t.Errorf("italics %v of %q", n.Italics, n.Text)
	}
	if len(n.Links) != 1 || n.Links[0].URL != "https://undocs.org/S/RES/1325" || string(rs[n.Links[0].Span.Start:n.Links[0].Span.End]) != "the text" {
		t.Errorf("links %v of %q", n.Links, n.Text)
	}
}

func TestBadInput(t *testing.T) {
	deep := strings.Repeat("<w:p>", 400) + strings.Repeat("</w:p>", 400)
	for _, tt := range []struct {
		name string
		data []byte
		want error
	}{
		{"no zip", []byte("hello"), ErrNotDOCX},
		{"a zip of something else", packOf(t, map[string]string{"a.txt": "x"}), ErrNotDOCX},
		{"an old .doc", []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and more"), ErrNotDOCX},
		{"a locked file", []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 E\x00n\x00c\x00r\x00y\x00p\x00t\x00"), ErrEncrypted},
		{"too deep", document(t, deep, "", nil), ErrBroken},
		{"a document type", packOf(t, map[string]string{"word/document.xml": `<!DOCTYPE x [<!ENTITY a "b">]><w:document ` + w + `><w:body/></w:document>`}), ErrBroken},
		{"broken XML", packOf(t, map[string]string{"word/document.xml": `<w:document ` + w + `><w:body></w:p>`}), ErrBroken},
		{"a bomb", packOf(t, map[string]string{"word/document.xml": strings.Repeat(" ", 40<<20)}), ErrBroken},
		{"two parts of one name", twice(t), ErrBroken},
	} {
		if _, err := Read(tt.data); !errors.Is(err, tt.want) {
			t.Errorf("%s: %v, want %v", tt.name, err, tt.want)
		}
	}
}

func twice(t *testing.T) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for range 2 {
		f, err := z.Create("word/document.xml")
		if err != nil {
			t.Fatal(err)
		}
		f.Write([]byte(`<w:document ` + w + `><w:body/></w:document>`))
	}
	z.Close()
	return b.Bytes()
}

// FuzzRead: whatever the parts hold, marks stand in their text and in order,
// texts are NFC and no two notes are one.
func FuzzRead(f *testing.F) {
	f.Add(p(r("One.")+ref("1")), fn("1", r("Note")))
	f.Add(`<w:tbl><w:tr><w:tc>`+p(r("cell"))+`</w:tc></w:tr></w:tbl>`, `<w:footnote w:id="1"/>`)
	f.Fuzz(func(t *testing.T, body, notes string) {
		text, err := Read(document(t, body, notes, nil))
		if err != nil {
			return
		}
		for _, b := range text.Blocks {
			last := 0
			for _, m := range b.Marks {
				if m.At < last || m.At > len([]rune(b.Text)) {
					t.Errorf("mark %+v does not stand in %q", m, b.Text)
				}
				last = m.At
			}
			if !norm.NFC.IsNormalString(b.Text) {
				t.Errorf("%q is not NFC", b.Text)
			}
		}
		refs := map[string]bool{}
		for _, n := range text.Notes {
			if refs[n.Ref] {
				t.Errorf("two notes are %s", n.Ref)
			}
			refs[n.Ref] = true
		}
	})
}

func BenchmarkRead(b *testing.B) {
	var body, notes strings.Builder
	for i := range 300 {
		body.WriteString(p(r(strings.Repeat("Words of a paragraph. ", 20)) + ref(fmt.Sprint(i+1))))
		notes.WriteString(fn(fmt.Sprint(i+1), r("UN Security Council Resolution 2423 (June 28, 2018), UN Doc. S/RES/2423.")))
	}
	data := document(b, body.String(), notes.String(), nil)
	b.SetBytes(int64(len(body.String()) + len(notes.String())))
	for b.Loop() {
		if _, err := Read(data); err != nil {
			b.Fatal(err)
		}
	}
}
