package odt

import (
	"archive/zip"
	"bytes"
	"errors"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"

	"citecheck/pipeline/cite"
)

const ns = `xmlns:office="o" xmlns:text="t" xmlns:table="tab" xmlns:draw="d" xmlns:xlink="x" xmlns:style="s" xmlns:fo="f" xmlns:svg="svg:" xmlns:dc="dc" xmlns:manifest="m"`

const automatic = `<office:automatic-styles><style:style style:name="T1" style:family="text"><style:text-properties fo:font-style="italic"/></style:style>
<style:style style:name="T2" style:family="text"><style:text-properties text:display="none"/></style:style>
<style:style style:name="T3" style:family="text" style:parent-style-name="Emphasis"/><style:style style:name="T4" style:family="text"><style:text-properties fo:font-style="normal"/></style:style>
<style:style style:name="P9" style:family="paragraph" style:parent-style-name="Title"/></office:automatic-styles>`

// pack makes an archive of parts.
func pack(t testing.TB, parts ...[2]string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, p := range parts {
		method := zip.Store // to compress would take longer than to read
		if len(p[1]) > 1<<20 {
			method = zip.Deflate
		}
		f, err := z.CreateHeader(&zip.FileHeader{Name: p[0], Method: method})
		if err != nil {
			t.Fatal(err)
		}
		f.Write([]byte(p[1]))
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func content(body string) [2]string {
	return [2]string{"content.xml", `<office:document-content ` + ns + `>` + automatic + `<office:body><office:text>` + body + `</office:text></office:body></office:document-content>`}
}

func document(t testing.TB, body string) []byte {
	return pack(t, [2]string{"mimetype", "application/vnd.oasis.opendocument.text"}, content(body),
		[2]string{"styles.xml", `<office:document-styles ` + ns + `><office:styles><style:style style:name="Emphasis" style:family="text"><style:text-properties fo:font-style="italic"/></style:style></office:styles>` +
			`<office:master-styles><style:master-page><style:header><text:p>A running head</text:p></style:header></style:master-page></office:master-styles></office:document-styles>`},
		[2]string{"meta.xml", `<office:document-meta ` + ns + `><office:meta><dc:title> The  properties' title </dc:title></office:meta></office:document-meta>`})
}

func p(s string) string { return `<text:p text:style-name="Standard">` + s + `</text:p>` }

func fn(class, id, label, body string) string {
	return `<text:note text:id="` + id + `" text:note-class="` + class + `"><text:note-citation>` + label + `</text:note-citation><text:note-body>` + body + `</text:note-body></text:note>`
}

// show is a text as lines: blocks with {label} where marks stand, and notes.
func show(t cite.Text) (blocks, notes []string) {
	for _, b := range t.Blocks {
		r := []rune(b.Text)
		s, at := "", 0
		for _, m := range b.Marks {
			s += string(r[at:m.At]) + "{" + m.Label + "}"
			at = m.At
		}
		blocks = append(blocks, string(b.Kind)+": "+s+string(r[at:]))
	}
	for _, n := range t.Notes {
		notes = append(notes, n.Label+" "+string(n.Placement)+": "+n.Text)
	}
	return
}

func TestRead(t *testing.T) {
	for _, tt := range []struct {
		name, body    string
		blocks, notes []string
	}{
		{"footnotes and endnotes", p(`One.` + fn("footnote", "ftn1", "1", p("First.")+p("More.")) + ` Two.` + fn("endnote", "ftn2", "i", p("Last."))),
			[]string{"para: One.{1} Two.{i}"}, []string{"1 foot: First. More.", "i end: Last."}},
		{"a mark of its own", p(`One.<text:note text:id="f" text:note-class="footnote"><text:note-citation text:label="*">*</text:note-citation><text:note-body>` + p("<text:s/>* Thanks.") + `</text:note-body></text:note>`),
			[]string{"para: One.{*}"}, []string{"* foot: Thanks."}},
		{"labels that are not printed", p(`One.` + fn("footnote", "a", "", p("First.")) + ` Two.` + fn("footnote", "b", "", p("Second."))),
			[]string{"para: One.{1} Two.{2}"}, []string{"1 foot: First.", "2 foot: Second."}},
		{"two notes of one id", p(`One.` + fn("footnote", "a", "1", p("First.")) + ` Two.` + fn("footnote", "a", "2", p("Second."))),
			[]string{"para: One.{1} Two.{2}"}, []string{"1 foot: First.", "2 foot: Second."}},
		{"tracked changes as accepted", `<text:tracked-changes><text:changed-region><text:deletion>` + p("was"+fn("footnote", "x", "1", p("Gone."))) + `</text:deletion></text:changed-region></text:tracked-changes>` +
			p(`It <text:change text:change-id="c1"/><text:change-start text:change-id="c2"/>is<text:change-end text:change-id="c2"/> so.`+fn("footnote", "f", "1", p("New."))),
			[]string{"para: It is so.{1}"}, []string{"1 foot: New."}},
		{"fields show what they show", p(`See page <text:bookmark-ref text:ref-name="b">12</text:bookmark-ref>, note <text:note-ref>3</text:note-ref>, of <text:date>5 May 2024</text:date>.`),
			[]string{"para: See page 12, note 3, of 5 May 2024."}, nil},
		{"white space", p("a  b\n c<text:s text:c=\"3\"/>d<text:tab/>e<text:line-break/>f"), []string{"para: a b c d e f"}, nil},
		{"a text box stands by itself, once", p(`around <draw:frame><draw:text-box>` + p("in a box"+fn("footnote", "f", "1", p("Of the box."))) + `</draw:text-box><svg:title>picture</svg:title><svg:desc>of a map</svg:desc></draw:frame>it`),
			[]string{"box: in a box{1}", "para: around it"}, []string{"1 foot: Of the box."}},
		{"comments, contents and hidden text are no text", `<text:table-of-content><text:index-body>` + p("Chapter 1 ... 3") + `</text:index-body></text:table-of-content>` +
			p(`seen<office:annotation>`+p("Is this so?")+`</office:annotation><text:span text:style-name="T2">secret</text:span><text:hidden-text text:is-hidden="true">no</text:hidden-text>`),
			[]string{"para: seen"}, nil},
		{"headings, lists and cells", `<text:h text:outline-level="2"><text:number>1.1</text:number>Head</text:h><text:list><text:list-item>` + p("item") + `</text:list-item></text:list>` +
			`<table:table><table:table-row><table:table-cell>` + p("cell"+fn("footnote", "f", "1", p("N."))) + `</table:table-cell></table:table-row></table:table>`,
			[]string{"heading: Head", "item: item", "cell: cell{1}"}, []string{"1 foot: N."}},
	} {
		text, err := Read(document(t, tt.body))
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		if b, n := show(text); !slices.Equal(b, tt.blocks) || !slices.Equal(n, tt.notes) {
			t.Errorf("%s:\n got %q %q\nwant %q %q", tt.name, b, n, tt.blocks, tt.notes)
		}
	}
}

func TestItalicsLinksTitle(t *testing.T) {
	body := p(`x <text:span text:style-name="T1">in italics` + fn("footnote", "f", "1", p(`UN, <text:span text:style-name="T3">A <text:span text:style-name="T4">1325</text:span> Title</text:span>, <text:a xlink:href="https://undocs.org/S/RES/1325">there</text:a>.`)) + `</text:span>`)
	text, err := Read(document(t, body))
	if err != nil || len(text.Notes) != 1 {
		t.Fatalf("%+v, %v", text, err)
	}
	n := text.Notes[0]
	r := []rune(n.Text)
	var italics []string
	for _, s := range n.Italics {
		italics = append(italics, string(r[s.Start:s.End]))
	}
	if !slices.Equal(italics, []string{"A", "Title"}) {
		t.Errorf("italics %q of %q", italics, n.Text)
	}
	if len(n.Links) != 1 || n.Links[0].URL != "https://undocs.org/S/RES/1325" || string(r[n.Links[0].Span.Start:n.Links[0].Span.End]) != "there" {
		t.Errorf("links %+v", n.Links)
	}
	if text.Title != "The properties' title" {
		t.Errorf("title %q", text.Title)
	}
	for _, style := range []string{"Title", "P9"} {
		text, err := Read(document(t, `<text:p text:style-name="`+style+`">Printed title</text:p>`))
		if err != nil || text.Title != "Printed title" {
			t.Errorf("style %s: title %q, %v", style, text.Title, err)
		}
	}
}

func TestHostile(t *testing.T) {
	for _, tt := range []struct {
		name string
		data []byte
		want error
	}{
		{"no archive", []byte("PK\x03\x04 nothing"), ErrBroken},
		{"no content", pack(t, [2]string{"mimetype", "application/vnd.oasis.opendocument.text"}), ErrBroken},
		{"a password", pack(t, content(""), [2]string{"META-INF/manifest.xml", `<manifest:manifest ` + ns + `><manifest:file-entry><manifest:encryption-data/></manifest:file-entry></manifest:manifest>`}), ErrEncrypted},
		{"a document type", pack(t, [2]string{"content.xml", `<!DOCTYPE x [<!ENTITY a "b">]><office:document-content ` + ns + `/>`}), ErrBroken},
		{"an entity", document(t, p("&boom;")), ErrBroken},
		{"deep elements", document(t, strings.Repeat("<text:span>", 100_000)), ErrBroken},
		{"deep elements in what is left out", document(t, "<text:tracked-changes>"+strings.Repeat("<text:span>", 100_000)), ErrBroken},
		{"broken XML", document(t, "<text:p></text:h>"), ErrBroken},
		{"a bomb", document(t, p(strings.Repeat(" ", 40<<20))), ErrBroken},
		{"two contents", pack(t, content(p("a")), content(p("b"))), ErrBroken},
	} {
		if _, err := Read(tt.data); !errors.Is(err, tt.want) {
			t.Errorf("%s: %v, want %v", tt.name, err, tt.want)
		}
	}
}

// FuzzRead: whatever the body holds, marks stand in their text and in order,
// texts are NFC, no two notes are one, and each marker calls a note of its
// label.
func FuzzRead(f *testing.F) {
	f.Add(p(`One.` + fn("footnote", "ftn1", "1", p("First."))))
	f.Add(`<text:note>` + p("x"+fn("endnote", "a", "", "")) + `</text:note>`)
	f.Add(p(`<draw:frame><draw:text-box>` + p("e") + p("\u0301") + `</draw:text-box></draw:frame>`))
	f.Fuzz(func(t *testing.T, body string) {
		text, err := Read(document(t, body))
		if err != nil {
			return
		}
		labels := map[string]string{}
		for _, n := range text.Notes {
			if _, twice := labels[n.Ref]; twice || n.Label == "" {
				t.Errorf("note %q %q", n.Ref, n.Label)
			}
			labels[n.Ref] = n.Label
			if !norm.NFC.IsNormalString(n.Text) {
				t.Errorf("%q is not NFC", n.Text)
			}
		}
		for _, b := range text.Blocks {
			last := 0
			for _, m := range b.Marks {
				if m.At < last || m.At > len([]rune(b.Text)) || labels[m.Ref] != m.Label {
					t.Errorf("mark %+v does not stand in %q", m, b.Text)
				}
				last = m.At
			}
		}
	})
}
