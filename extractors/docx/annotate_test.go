package docx

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"reflect"
	"strings"
	"testing"
)

// partsOf reads a package back: its parts unpacked, and packed.
func partsOf(t *testing.T, data []byte) (parts map[string]string, raw map[string]string) {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	parts, raw = map[string]string{}, map[string]string{}
	for _, f := range z.File {
		if _, twice := parts[f.Name]; twice {
			t.Errorf("two parts named %s", f.Name)
		}
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		parts[f.Name] = string(b)
		rr, _ := f.OpenRaw()
		b, _ = io.ReadAll(rr)
		raw[f.Name] = string(b)
	}
	return parts, raw
}

const types = `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>`

// TestAnnotate: each case says how the paragraphs look afterwards, with S, E
// and R for the begin, the end and the sign of a comment.
func TestAnnotate(t *testing.T) {
	call := func(id string) string { return `<w:r><w:footnoteReference w:id="` + id + `"/></w:r>` }
	notes := fn("1", r("One.")) + fn("2", r("Two.")) + fn("3", r("Three."))
	short := strings.NewReplacer(`<w:commentRangeStart w:id="`, "S", `<w:commentRangeEnd w:id="`, "E", `<w:r><w:commentReference w:id="`, "R", `"/></w:r>`, ".", `"/>`, ".",
		`<w:r><w:footnoteReference w:id="`, "F", `<w:p>`, "(", `</w:p>`, ")", `<w:r><w:t xml:space="preserve">`, "", `</w:t></w:r>`, "")
	for _, tt := range []struct {
		name, body string
		comments   []Comment
		want       string
	}{
		{"at the second and third call, around it", p(r("A") + call("1") + r("B") + call("2") + call("3")), []Comment{{Ref: "footnote:2"}, {Ref: "footnote:3"}},
			"(AF1.BS0.F2.E0.R0.S1.F3.E1.R1.)"},
		// LibreOffice 7.4 loses every note where a sign stands between the first two calls.
		{"at the first call, before it", p(r("A") + call("1") + r("B") + call("2")), []Comment{{Ref: "footnote:1"}}, "(AS0.E0.R0.F1.BF2.)"},
		{"at the only call, around it", p(r("A") + call("1") + r("B")), []Comment{{Ref: "footnote:1"}}, "(AS0.F1.E0.R0.B)"},
		{"over a paragraph", p(r("A")+call("1")+call("2")) + p(r("The Council, in re-")+r("solution 5.")), []Comment{{Within: "the council in resolution 5"}},
			"(AF1.F2.)(S0.The Council, in re-solution 5.E0.R0.)"},
		{"over a paragraph between the first two calls", p(r("A")+call("1")) + p(r("Here")) + p(call("2")), []Comment{{Within: "here"}}, "(AS0.E0.R0.F1.)(Here)(F2.)"},
		{"nowhere: at the beginning", p("") + p(r("A")) + p(r("B")), []Comment{{Ref: "footnote:9"}}, "()(S0.AE0.R0.)(B)"},
		{"deleted calls are none", p(r("A") + `<w:del>` + call("2") + `</w:del>` + call("1") + call("2") + call("3")), []Comment{{Ref: "footnote:2"}}, "(A<w:del>F2.</w:del>F1.S0.F2.E0.R0.F3.)"},
	} {
		data := document(t, tt.body, notes, map[string]string{"[Content_Types].xml": types, "word/media/image1.png": "\x89PNG"})
		for i := range tt.comments {
			tt.comments[i].Author, tt.comments[i].Text = "me", []string{"Note <1> & \"more\"\x0b", "second"}
		}
		var buf bytes.Buffer
		lost, err := Annotate(data, tt.comments, &buf)
		if err != nil || len(lost) > 0 {
			t.Errorf("%s: %v, %d lost", tt.name, err, len(lost))
			continue
		}
		parts, raw := partsOf(t, buf.Bytes())
		_, body, _ := strings.Cut(parts["word/document.xml"], "<w:body>")
		if got := short.Replace(strings.TrimSuffix(body, "</w:body></w:document>")); got != tt.want {
			t.Errorf("%s:\n got %s\nwant %s", tt.name, got, tt.want)
		}
		if !strings.Contains(parts["word/comments.xml"], "Note &lt;1&gt; &amp; &#34;more&#34; ") || strings.Count(parts["word/comments.xml"], "<w:comment ") != len(tt.comments) {
			t.Errorf("%s: the comments are %s", tt.name, parts["word/comments.xml"])
		}
		for part, want := range map[string]string{"word/_rels/document.xml.rels": `Target="comments.xml"`, "[Content_Types].xml": `PartName="/word/comments.xml"`} {
			if !strings.Contains(parts[part], want) {
				t.Errorf("%s: %s does not name the comments: %s", tt.name, part, parts[part])
			}
		}
		_, before := partsOf(t, data)
		for part := range before {
			if part != "word/document.xml" && part != "word/_rels/document.xml.rels" && part != "[Content_Types].xml" && raw[part] != before[part] {
				t.Errorf("%s: the bytes of %s have changed", tt.name, part)
			}
		}
		a, err := Read(data)
		if err != nil {
			t.Fatal(err)
		}
		if b, err := Read(buf.Bytes()); err != nil || !reflect.DeepEqual(a, b) {
			t.Errorf("%s: the copy reads otherwise (%v)", tt.name, err)
		}
	}
}

// TestAnnotateAgain: comments that are there stay, under their numbers, in
// whatever shape their part has.
func TestAnnotateAgain(t *testing.T) {
	body := p(r("A") + ref("1") + r("B") + ref("2") + `<w:commentRangeStart w:id="7"/>` + r("C") + `<w:commentRangeEnd w:id="7"/><w:r><w:commentReference w:id="7"/></w:r>`)
	rels := `<p:Relationships xmlns:p="http://schemas.openxmlformats.org/package/2006/relationships"><p:Relationship Id="r1" Type="x/footnotes" Target="footnotes.xml"/><p:Relationship Id="r2" Type="x/comments" Target="comments.xml"/></p:Relationships>`
	for _, old := range []string{`<x:comments xmlns:x="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><x:comment x:id="7"><x:p/></x:comment></x:comments>`,
		`<w:comments ` + w + `/>`} {
		data := document(t, body, fn("1", r("One."))+fn("2", r("Two.")), map[string]string{"[Content_Types].xml": types, "word/comments.xml": old, "word/_rels/document.xml.rels": rels})
		var buf bytes.Buffer
		if _, err := Annotate(data, []Comment{{Ref: "footnote:2", Text: []string{"new"}}}, &buf); err != nil {
			t.Fatal(err)
		}
		parts, _ := partsOf(t, buf.Bytes())
		if c := parts["word/comments.xml"]; !strings.Contains(c, `w:id="8"`) || strings.Contains(old, `x:id="7"`) != strings.Contains(c, `x:id="7"`) || decoderError(c) != nil {
			t.Errorf("the comments are %s (%v)", c, decoderError(c))
		}
		if d := parts["word/document.xml"]; !strings.Contains(d, `<w:commentReference w:id="8"/>`) || !strings.Contains(d, `<w:commentReference w:id="7"/>`) {
			t.Errorf("the document is %s", d)
		}
		if parts["word/_rels/document.xml.rels"] != rels {
			t.Error("the relationships have changed")
		}
	}
}

func decoderError(s string) error {
	d := decoder([]byte(s))
	for {
		if _, err := d.Token(); err == io.EOF {
			return nil
		} else if err != nil {
			return err
		}
	}
}

func TestAnnotateRefuses(t *testing.T) {
	signed := document(t, p(r("A")), "", map[string]string{"_xmlsignatures/sig1.xml": "<x/>"})
	for name, tt := range map[string]struct {
		data []byte
		want error
	}{
		"signed": {signed, ErrSigned}, "locked": {[]byte("\xd0\xcf\x11\xe0rest"), ErrEncrypted}, "no archive": {[]byte("PDF"), ErrNotDOCX},
		"no end": {packOf(t, map[string]string{"word/document.xml": "<w:document><w:p>"}), nil},
	} {
		var buf bytes.Buffer
		_, err := Annotate(tt.data, []Comment{{Ref: "footnote:1"}}, &buf)
		if tt.want != nil && !errors.Is(err, tt.want) {
			t.Errorf("%s: %v, want %v", name, err, tt.want)
		}
		if tt.want == nil && err == nil {
			t.Errorf("%s: no error", name)
		}
		if err != nil && buf.Len() > 0 {
			t.Errorf("%s: refused, and wrote %d bytes", name, buf.Len())
		}
	}
}
