package markup

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"citecheck/pipeline/cite"
)

// show is a text as lines: blocks with {label} where marks stand, then notes
// as "label: text".
func show(t cite.Text) (blocks, notes []string) {
	for _, b := range t.Blocks {
		r := []rune(b.Text)
		s, at := "", 0
		for _, m := range b.Marks {
			s += string(r[at:m.At]) + "{" + m.Label + "}"
			at = m.At
		}
		blocks = append(blocks, s+string(r[at:]))
	}
	for _, n := range t.Notes {
		notes = append(notes, n.Label+": "+n.Text)
	}
	return
}

// TestHTML: each case is a convention of some program.
func TestHTML(t *testing.T) {
	for _, tt := range []struct {
		name, page    string
		blocks, notes []string
	}{
		{"pandoc", `<p>One.<a href="#fn1" class="footnote-ref" id="fnref1" role="doc-noteref"><sup>1</sup></a> Two.</p><section role="doc-endnotes"><ol><li id="fn1"><p>Note <em>one</em>.<a href="#fnref1" class="footnote-back" role="doc-backlink">↩︎</a></p></li></ol></section>`,
			[]string{"One.{1} Two."}, []string{"1: Note one."}},
		{"Word's filtered HTML", `<p>One.<a href="#_ftn1" name="_ftnref1"><span>[1]</span></a></p><div id="ftn1"><p><a href="#_ftnref1" name="_ftn1"><span>[1]</span></a> Note one.</p></div>`,
			[]string{"One.{1}"}, []string{"1: Note one."}},
		{"Google Docs", `<p>One.<sup><a href="#ftnt1" id="ftnt_ref1">[1]</a></sup></p><div><p><a href="#ftnt_ref1" id="ftnt1">[1]</a> Note one.</p></div>`,
			[]string{"One.{1}"}, []string{"1: Note one."}},
		{"MediaWiki", `<p>One.<sup id="cite_ref-1" class="reference"><a href="#cite_note-1">[1]</a></sup></p><ol class="references"><li id="cite_note-1"><span class="mw-cite-backlink"><a href="#cite_ref-1">↑</a></span> <span>Note one.</span></li></ol>`,
			[]string{"One.{1}"}, []string{"1: Note one."}},
		{"Substack", `<p>One.<a class="footnote-anchor" id="footnote-anchor-1" href="#footnote-1">1</a></p><div class="footnote"><a id="footnote-1" href="#footnote-anchor-1" class="footnote-number">1</a><div class="footnote-content"><p>Note one.</p></div></div>`,
			[]string{"One.{1}"}, []string{"1: Note one."}},
		{"no links at all", `<p>One.<sup>1</sup> Two.<sup>2</sup></p><hr><p><sup>1</sup> Note one.</p><p><sup>2</sup> Note two.</p>`,
			[]string{"One.{1} Two.{2}"}, []string{"1: Note one.", "2: Note two."}},
		{"an ordinal and a chapter's link are no markers", `<p>June 30<sup>th</sup>, see <a href="#c2">chapter 2</a>.</p><h2 id="c2">Chapter</h2>`,
			[]string{"June 30th, see chapter 2.", "Chapter"}, nil},
		{"what is not the report", `<nav><p>Menu</p></nav><script>var x="<p>no</p>"</script><p style="display: none">gone</p><p>Text.</p>`,
			[]string{"Text."}, nil},
		{"a note of several paragraphs", `<p>One.<a role="doc-noteref" href="#n1">1</a></p><aside id="n1" role="doc-footnote"><p>First.</p><p>Second.</p></aside>`,
			[]string{"One.{1}"}, []string{"1: First. Second."}},
	} {
		text, err := HTML([]byte("<html><body>"+tt.page+"</body></html>"), "")
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		if b, n := show(text); !slices.Equal(b, tt.blocks) || !slices.Equal(n, tt.notes) {
			t.Errorf("%s:\n got %q %q\nwant %q %q", tt.name, b, n, tt.blocks, tt.notes)
		}
	}
}

func TestHTMLCharsets(t *testing.T) {
	for name, data := range map[string][]byte{
		"UTF-8, not declared": []byte("<p>Côte d’Ivoire</p>"),
		"Latin-1, declared":   []byte("<meta charset=\"iso-8859-1\"><p>C\xf4te d\x92Ivoire</p>"),
	} {
		text, err := HTML(data, "")
		if err != nil || len(text.Blocks) != 1 || text.Blocks[0].Text != "Côte d’Ivoire" {
			t.Errorf("%s reads %+v, %v", name, text.Blocks, err)
		}
	}
}

func TestHTMLTooDeepIsAnError(t *testing.T) {
	if _, err := HTML([]byte(strings.Repeat("<div>", 5000)+"x"), ""); err == nil {
		t.Error("a page nested 5,000 deep is read as if it were empty")
	}
}

func TestMarkdown(t *testing.T) {
	for _, tt := range []struct {
		name, src     string
		blocks, notes []string
	}{
		{"footnotes", "# Title\n\nOne.[^1] Two.[^b]\n\n[^1]: Note *one*.\n[^b]: Note two\n    goes on.\n", []string{"Title", "One.{1} Two.{b}"}, []string{"1: Note one.", "b: Note two goes on."}},
		{"a definition that nothing refers to", "One.[^1]\n\n[^1]: Called.\n\n[^2]: Not called.\n", []string{"One.{1}"}, []string{"1: Called.", "2: Not called."}},
		{"a reference without a definition", "One.[^1] Two.[^9]\n\n[^1]: Called.\n", []string{"One.{1} Two.{9}"}, []string{"1: Called."}},
		{"escapes", "One.[^1]\n\n[^1]: S/RES/2423 \\[68\\] & more.\n", []string{"One.{1}"}, []string{"1: S/RES/2423 [68] & more."}},
		{"a definition that nothing refers to, among others", "One.[^1] Two.[^3]\n\n[^1]: First.\n\n[^2]: Not *called*.\n\n    Its second paragraph.\n\n[^3]: Third.\n", []string{"One.{1} Two.{3}"}, []string{"1: First.", "2: Not called. Its second paragraph.", "3: Third."}},
		{"two definitions of one label", "One.[^1]\n\n[^1]: First.\n\n[^1]: Again.\n", []string{"One.{1}"}, []string{"1: First.", "1: Again."}},
		{"a note that calls no note is last", "One.[^1]\n\n[^1]: First.\n[^2]: See [^1].\n", []string{"One.{1}"}, []string{"1: First.", "2: See ."}},
		{"notes in the text", "One.^[First, *A Title*, [there](https://undocs.org/S/RES/1325), \\[sic\\].] Two.[^long] Three.^[Over\na line.]\n\n[^long]: Second.\n\n    Its second paragraph.\n", []string{"One.{1} Two.{2} Three.{3}"}, []string{"1: First, A Title, there, [sic].", "2: Second. Its second paragraph.", "3: Over a line."}},
		{"notes in the text and none elsewhere", "One.^[First.] x^[not closed\n\nTwo.\n", []string{"One.{1} x^[not closed", "Two."}, []string{"1: First."}},
		{"numbers among names are as printed", "One.[^smith] Two.[^1]\n\n[^1]: Second.\n[^smith]: First.\n", []string{"One.{1} Two.{2}"}, []string{"1: First.", "2: Second."}},
		{"a paragraph of a note that goes on unindented", "One.[^1]\n\n[^1]: First\ngoes on.\n\nText.\n", []string{"One.{1}", "Text."}, []string{"1: First goes on."}},
		{"a definition in code", "One.[^1]\n\n[^1]: First.\n\n```\n[^2]: code ^[no note]\n```\n", []string{"One.{1}"}, []string{"1: First."}},
		{"pandoc's title and a table", "---\ntitle: \"Mali\"\n---\n\n| a | b |\n|---|---|\n| c[^1] | d |\n\n[^1]: Note.\n", []string{"a", "b", "c{1}", "d"}, []string{"1: Note."}},
		{"a star", "One.[^star]\n\n[^star]: Thanks.\n", []string{"One.{*}"}, []string{"*: Thanks."}},
		{"a list and a quotation", "- item[^1]\n\n> quoted\n\n[^1]: Note.\n", []string{"item{1}", "quoted"}, []string{"1: Note."}},
	} {
		text, err := Markdown([]byte(tt.src))
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		if b, n := show(text); !slices.Equal(b, tt.blocks) || !slices.Equal(n, tt.notes) {
			t.Errorf("%s:\n got %q %q\nwant %q %q", tt.name, b, n, tt.blocks, tt.notes)
		}
	}
}

func TestPlain(t *testing.T) {
	for _, tt := range []struct {
		name, src     string
		blocks, notes []string
	}{
		{"notes between paragraphs", "It began.<sup>1</sup> It ended.<sup>2</sup>\n\n<sup>1</sup> First *Title* note.\n\n2 Second note.\n\nMore text.", []string{"It began.{1} It ended.{2}", "More text."}, []string{"1: First Title note.", "2: Second note."}},
		{"in the middle of a broken word", "Close consulta-\n\n<sup>1</sup> Note.\n\ntion helped.<sup>1</sup>", []string{"Close consultation helped.{1}"}, []string{"1: Note."}},
		{"in the middle of a sentence", "The disconnect between mandate and means. While\n\n<sup>1</sup> Note.\n\nthe mandate grew, the means did not.<sup>1</sup>", []string{"The disconnect between mandate and means. While the mandate grew, the means did not.{1}"}, []string{"1: Note."}},
		{"hard-wrapped lines", "The mission was\nmandated to stabi-\nlize the north.\n\nNext.", []string{"The mission was mandated to stabilize the north.", "Next."}, nil},
		{"a number that begins a paragraph", "3 countries signed the text at once, and more came.\n\nNobody left.", []string{"3 countries signed the text at once, and more came.", "Nobody left."}, nil},
		{"an ordinal", "On June 30<sup>th</sup> it ended.", []string{"On June 30th it ended."}, nil},
		{"brackets and a list of notes", "It began.[1] It ended.[2]\n\n## Notes\n\n[1] First.\n\n[2] Second.", []string{"It began.{1} It ended.{2}", "Notes"}, []string{"1: First.", "2: Second."}},
		{"a compound keeps its hyphen", "A decision-\nmaking body and UN-\nled work.", []string{"A decisionmaking body and UN-led work."}, nil},
	} {
		text, err := Plain([]byte(tt.src))
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		if b, n := show(text); !slices.Equal(b, tt.blocks) || !slices.Equal(n, tt.notes) {
			t.Errorf("%s:\n got %q %q\nwant %q %q", tt.name, b, n, tt.blocks, tt.notes)
		}
	}
}

// FuzzMarkup: whatever a file holds, marks stand in their text and in order,
// texts are NFC, italics and links lie inside their note.
func FuzzMarkup(f *testing.F) {
	f.Add([]byte(`<p>One.<a href="#n1">1</a></p><p id="n1">1 Note</p>`), 0)
	f.Add([]byte("One.[^1]\n\n[^1]: *Note* \\[x\n"), 1)
	f.Add([]byte("It <sup>1</sup>\n\n1 x\n\n*a* [b](https://c.d)"), 2)
	f.Fuzz(func(t *testing.T, data []byte, kind int) {
		var text cite.Text
		var err error
		switch kind {
		case 0:
			text, err = HTML(data, "")
		case 1:
			text, err = Markdown(data)
		default:
			text, err = Plain(data)
		}
		if err != nil {
			return
		}
		for _, b := range text.Blocks {
			last := 0
			for _, m := range b.Marks {
				if m.At < last || m.At > len([]rune(b.Text)) || m.Label == "" {
					t.Errorf("mark %+v does not stand in %q", m, b.Text)
				}
				last = m.At
			}
			if !utf8.ValidString(b.Text) {
				t.Errorf("%q is no UTF-8", b.Text)
			}
		}
		for _, n := range text.Notes {
			for _, s := range n.Italics {
				if s.Start < 0 || s.End <= s.Start || s.End > len([]rune(n.Text)) {
					t.Errorf("italics %+v do not lie in %q", s, n.Text)
				}
			}
			if !norm.NFC.IsNormalString(n.Text) && !strings.ContainsAny(n.Text, " ") {
				t.Errorf("%q is not NFC", n.Text)
			}
		}
	})
}

func BenchmarkHTML(b *testing.B) {
	var page strings.Builder
	for i := range 300 {
		fmt.Fprintf(&page, `<p>Words of a paragraph, of some length.<a href="#fn%d" role="doc-noteref"><sup>%d</sup></a></p>`, i, i)
	}
	for i := range 300 {
		fmt.Fprintf(&page, `<li id="fn%d">UN Security Council Resolution 2423 (June 28, 2018).</li>`, i)
	}
	b.SetBytes(int64(page.Len()))
	for b.Loop() {
		if _, err := HTML([]byte(page.String()), ""); err != nil {
			b.Fatal(err)
		}
	}
}
