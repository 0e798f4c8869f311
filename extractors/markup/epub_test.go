package markup

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
)

// book makes an EPUB of files in the order of its spine; a name that begins
// with "-" is out of the reading order, as notes are that open over the text.
func bookOf(t testing.TB, files ...[2]string) []byte {
	t.Helper()
	var items, spine strings.Builder
	parts := [][2]string{{"mimetype", "application/epub+zip"},
		{"META-INF/container.xml", `<?xml version="1.0"?><container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="OEBPS/content.opf"/></rootfiles></container>`}}
	for i, f := range files {
		name, aside := strings.CutPrefix(f[0], "-")
		linear := map[bool]string{true: ` linear="no"`}[aside]
		properties := map[bool]string{true: ` properties="nav"`}[strings.Contains(name, "nav")]
		fmt.Fprintf(&items, `<item id="i%d" href="%s" media-type="application/xhtml+xml"%s/>`, i, name, properties)
		fmt.Fprintf(&spine, `<itemref idref="i%d"%s/>`, i, linear)
		body := f[1]
		if !strings.HasPrefix(body, "<?xml") && !strings.HasPrefix(body, "<!DOCTYPE") {
			body = `<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.1//EN" "http://www.w3.org/TR/xhtml11/DTD/xhtml11.dtd"><html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><head><title/></head><body>` + body + `</body></html>`
		}
		parts = append(parts, [2]string{"OEBPS/" + strings.ReplaceAll(name, "%20", " "), body})
	}
	parts = append(parts, [2]string{"OEBPS/content.opf", `<package xmlns="http://www.idpf.org/2007/opf"><metadata xmlns:dc="d"><dc:title>The Book</dc:title></metadata><manifest>` + items.String() + `</manifest><spine>` + spine.String() + `</spine></package>`})
	return zipOf(t, parts...)
}

func zipOf(t testing.TB, parts ...[2]string) []byte {
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

func TestEPUB(t *testing.T) {
	for _, tt := range []struct {
		name          string
		files         [][2]string
		blocks, notes []string
	}{
		{"EPUB 3, notes in their chapter", [][2]string{
			{"nav.xhtml", `<nav epub:type="toc"><ol><li><a href="c1.xhtml">1</a></li></ol></nav>`},
			{"c1.xhtml", `<p>One.<a epub:type="noteref" href="#fn1" id="r1">1</a></p><aside epub:type="footnote" id="fn1"><p>First.</p><p>More.</p></aside>`},
			{"c2.xhtml", `<p>Two.<a epub:type="noteref" href="#fn1" role="doc-noteref">1</a></p><aside epub:type="footnote" id="fn1"><p>Second.</p></aside>`}},
			[]string{"One.{1}", "Two.{1}"}, []string{"1: First. More.", "1: Second."}},
		{"notes in another file, out of the reading order", [][2]string{
			{"text/c1.xhtml", `<p>One.<a epub:type="noteref" href="../notes/n%20otes.xhtml#n1">1</a> Two.<a epub:type="noteref" href="../notes/n%20otes.xhtml#n2">2</a></p>`},
			{"-notes/n%20otes.xhtml", `<section epub:type="endnotes"><ol><li id="n1" epub:type="endnote"><p>First. <a href="../text/c1.xhtml">↩</a></p></li><li id="n2" epub:type="endnote"><p>Second.</p></li><li id="n3" epub:type="endnote"><p>Not called.</p></li></ol></section>`},
			{"text/c2.xhtml", `<p>The end.</p>`}},
			[]string{"One.{1} Two.{2}", "The end."}, []string{"1: First.", "2: Second.", "3: Not called."}},
		{"EPUB 2, links there and back", [][2]string{
			{"c1.html", `<h1><a id="top"/>Chapter</h1><p>One.<a href="notes.html#n1" id="r1"><sup>1</sup></a></p>`},
			{"c2.html", `<p>Two.<sup><a href="notes.html#n2" id="r2">1</a></sup> More<a id="page_9"/> text.</p>`},
			{"notes.html", `<h2>Notes</h2><p class="h">Chapter 1</p><p><a id="n1" href="c1.html#r1">1</a>. First.</p><p class="h">Chapter 2</p><p><a href="c2.html#r2" id="n2">1</a>. Second.</p>`}},
			[]string{"Chapter", "One.{1}", "Two.{1} More text.", "Notes", "Chapter 1", "Chapter 2"}, []string{"1: First.", "1: Second."}},
		{"numbers of printed pages", [][2]string{{"c.xhtml", `<p>One <span epub:type="pagebreak" id="p23">23</span>two&#160;three &nbsp;four.</p>`}},
			[]string{"One two three four."}, nil},
		{"a file that is no XHTML", [][2]string{{"c.html", `<!DOCTYPE html><p>One.<br>Two`}}, []string{"One. Two"}, nil},
	} {
		text, err := EPUB(bookOf(t, tt.files...))
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		if b, n := show(text); !slices.Equal(b, tt.blocks) || !slices.Equal(n, tt.notes) || text.Title != "The Book" || len(text.Problems) != 0 {
			t.Errorf("%s:\n got %q %q %q %v\nwant %q %q", tt.name, b, n, text.Title, text.Problems, tt.blocks, tt.notes)
		}
		refs := map[string]bool{}
		for _, n := range text.Notes {
			if refs[n.Ref] {
				t.Errorf("%s: two notes are %q", tt.name, n.Ref)
			}
			refs[n.Ref] = true
		}
		for _, b := range text.Blocks {
			for _, m := range b.Marks {
				if !refs[m.Ref] {
					t.Errorf("%s: the marker %+v calls no note", tt.name, m)
				}
			}
		}
	}
}

// TestEPUBOneBadFile: a file that can't be read costs its own text.
func TestEPUBOneBadFile(t *testing.T) {
	text, err := EPUB(bookOf(t, [2]string{"a.xhtml", `<p>Read.</p>`}, [2]string{"b.xhtml", `<?xml version="1.0"?>` + strings.Repeat("<div>", 5000)}))
	if b, _ := show(text); err != nil || !slices.Equal(b, []string{"Read."}) || len(text.Problems) != 1 || text.Problems[0].Item != "OEBPS/b.xhtml" {
		t.Errorf("got %q, %+v, %v", b, text.Problems, err)
	}
}

func TestEPUBHostile(t *testing.T) {
	good := bookOf(t, [2]string{"a.xhtml", "<p>x</p>"})
	container := [2]string{"META-INF/container.xml", `<container><rootfiles><rootfile full-path="c.opf"/></rootfiles></container>`}
	opf := `<package><manifest><item id="a" href="a.xhtml" media-type="application/xhtml+xml"/></manifest><spine><itemref idref="a"/></spine></package>`
	for _, tt := range []struct {
		name string
		data []byte
		want error
	}{
		{"no archive", []byte("PK\x03\x04 nothing"), ErrBroken},
		{"cut off", good[:len(good)/2], ErrBroken},
		{"no container", zipOf(t, [2]string{"mimetype", "application/epub+zip"}), ErrBroken},
		{"no package file", zipOf(t, container), ErrBroken},
		{"no spine", zipOf(t, container, [2]string{"c.opf", "<package/>"}), ErrBroken},
		{"entities in the package file", zipOf(t, container, [2]string{"c.opf", `<!DOCTYPE x [<!ENTITY a "b">]>` + opf}), ErrBroken},
		{"a file that is not there", zipOf(t, container, [2]string{"c.opf", opf}), ErrBroken},
		{"a bomb", zipOf(t, container, [2]string{"c.opf", opf}, [2]string{"a.xhtml", strings.Repeat(" ", 40<<20)}), ErrBroken},
		{"two files of one name", zipOf(t, container, [2]string{"c.opf", opf}, [2]string{"a.xhtml", "<p/>"}, [2]string{"a.xhtml", "<p/>"}), ErrBroken},
		{"a locked book", zipOf(t, container, [2]string{"c.opf", opf}, [2]string{"a.xhtml", "\x00\x01"}, [2]string{"META-INF/encryption.xml", `<encryption><EncryptedData><CipherData><CipherReference URI="a.xhtml"/></CipherData></EncryptedData></encryption>`}), ErrEncrypted},
	} {
		if _, err := EPUB(tt.data); !errors.Is(err, tt.want) {
			t.Errorf("%s: %v, want %v", tt.name, err, tt.want)
		}
	}
	// No entity of a file is ever resolved.
	text, err := EPUB(bookOf(t, [2]string{"a.xhtml", `<?xml version="1.0"?><!DOCTYPE html [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><html><body><p>x &b; y</p></body></html>`}))
	if b, _ := show(text); err == nil && strings.Contains(strings.Join(b, ""), "aa") {
		t.Errorf("got %q", b)
	}
}

// FuzzEPUB: whatever two files of a book hold, marks stand in their text and
// in order, and each that names a note names one that is there.
func FuzzEPUB(f *testing.F) {
	f.Add(`<p>One.<a epub:type="noteref" href="b.xhtml#n1">1</a></p>`, `<aside epub:type="footnote" id="n1"><p>First.</p></aside>`)
	f.Add(`<p>One.<a href="b.xhtml#n1" id="r1"><sup>1</sup></a></p>`, `<p><a id="n1" href="a.xhtml#r1">1</a>. First.</p>`)
	f.Fuzz(func(t *testing.T, a, b string) {
		text, err := EPUB(bookOf(t, [2]string{"a.xhtml", a}, [2]string{"b.xhtml", b}))
		if err != nil {
			return
		}
		refs := map[string]bool{}
		for _, n := range text.Notes {
			if n.Label == "" {
				t.Errorf("a note without a label: %+v", n)
			}
			refs[n.Ref] = true
		}
		for _, b := range text.Blocks {
			last := 0
			for _, m := range b.Marks {
				if m.At < last || m.At > len([]rune(b.Text)) || m.Label == "" || m.Ref != "" && !refs[m.Ref] {
					t.Errorf("mark %+v does not stand in %q", m, b.Text)
				}
				last = m.At
			}
		}
	})
}
