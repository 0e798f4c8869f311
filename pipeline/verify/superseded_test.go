package verify

import (
	"strconv"
	"strings"
	"testing"

	"citecheck/pipeline/cite"
)

// TestSuperseded: each row is what a run has read beside the document cited.
func TestSuperseded(t *testing.T) {
	cited := func(s string, pins ...cite.Pin) cite.Citation {
		return cite.Citation{Symbol: sym(t, s), Text: s, Pinpoints: pins}
	}
	at := func(n int) cite.Pin { return para(n)[0] }
	refers := document(t, "S/2012/44", "2012-01-19", "")
	refers.Refers = []cite.Reference{{Symbol: sym(t, "S/2012/43/Corr.1"), Place: "paragraph 3"}}
	ends := func(s string, paras ...string) cite.Document {
		return text(document(t, s, "2018-06-28", "Mali"), paras...)
	}
	preamble := ends("S/RES/2480", "Decides to terminate the measures of resolution 2100 (2013)")
	preamble.Paragraphs[0].Kind = "preamble"
	for _, tt := range []struct {
		name   string
		cite   cite.Citation
		beside []cite.Citation // of other notes
		read   []cite.Document
		same   bool   // the others stand in the same note
		want   string // a candidate; "" for silence
	}{
		{"a corrigendum cited elsewhere", cited("S/2012/43"), []cite.Citation{cited("S/2012/43/Corr.1")}, nil, false, "un:S/2012/43/Corr.1"},
		{"a revision cited elsewhere", cited("S/2012/43"), []cite.Citation{cited("S/2012/43/Rev.1")}, nil, false, "un:S/2012/43/Rev.1"},
		{"given in the same note", cited("S/2012/43"), []cite.Citation{cited("S/2012/43/Corr.1")}, nil, true, ""},
		{"an addendum", cited("S/2012/43"), []cite.Citation{cited("S/2012/43/Add.1")}, nil, false, ""},
		{"a corrigendum of the addendum", cited("S/2012/43"), []cite.Citation{cited("S/2012/43/Add.1/Corr.1")}, nil, false, ""},
		{"of another document", cited("S/2012/4"), []cite.Citation{cited("S/2012/43/Corr.1")}, nil, false, ""},
		{"a document that was read refers to it", cited("S/2012/43"), nil, []cite.Document{refers}, false, "un:S/2012/43/Corr.1"},
		{"nobody looked", cited("S/2012/43"), nil, nil, false, ""},
		{"a later resolution terminates it", cited("S/RES/2100"), nil, []cite.Document{ends("S/RES/2480", "Notes", "Decides to terminate the mandate set out in resolution 2100 (2013), with effect from today")}, false, "un:S/RES/2480"},
		{"it shall be terminated", cited("S/RES/2100"), nil, []cite.Document{ends("S/RES/2480", "Decides that the provisions of resolutions 2085 (2012) and 2100 (2013) shall be terminated")}, false, "un:S/RES/2480"},
		{"this resolution supersedes", cited("S/RES/2100"), nil, []cite.Document{ends("S/RES/2480", "Decides that this resolution supersedes resolution 2100 (2013)")}, false, "un:S/RES/2480"},
		{"an earlier resolution", cited("S/RES/2100"), nil, []cite.Document{ends("S/RES/2085", "Decides to terminate the mandate set out in resolution 2100 (2013)")}, false, ""},
		{"another resolution is ended", cited("S/RES/2100"), nil, []cite.Document{ends("S/RES/2480", "Decides to terminate the mandate set out in resolution 2101 (2013)")}, false, ""},
		{"not to terminate", cited("S/RES/2100"), nil, []cite.Document{ends("S/RES/2480", "Decides that the measures of resolution 2100 (2013) shall not be terminated")}, false, ""},
		{"a condition", cited("S/RES/2100"), nil, []cite.Document{ends("S/RES/2480", "Decides that the measures of resolution 2100 (2013) shall be terminated unless the Council decides otherwise")}, false, ""},
		{"an intention", cited("S/RES/2100"), nil, []cite.Document{ends("S/RES/2480", "Expresses its intention to terminate the measures of resolution 2100 (2013)")}, false, ""},
		{"in the preamble", cited("S/RES/2100"), nil, []cite.Document{preamble}, false, ""},
		{"a paragraph, the one cited", cited("S/RES/2100", at(4)), nil, []cite.Document{ends("S/RES/2480", "Decides to lift the measures in paragraph 4 of resolution 2100 (2013)")}, false, "un:S/RES/2480"},
		{"a paragraph, another one cited", cited("S/RES/2100", at(7)), nil, []cite.Document{ends("S/RES/2480", "Decides to lift the measures in paragraph 4 of resolution 2100 (2013)")}, false, ""},
		{"a paragraph, the whole cited", cited("S/RES/2100"), nil, []cite.Document{ends("S/RES/2480", "Decides to lift the measures in paragraph 4 of resolution 2100 (2013)")}, false, ""},
	} {
		n := cite.Note{Label: "5", Text: tt.cite.Text, Citations: []cite.Citation{tt.cite}}
		other := cite.Note{Label: "9", Citations: tt.beside}
		if tt.same {
			n.Citations = append(n.Citations, tt.beside...)
		}
		answers := map[cite.Symbol]*cite.Answer{}
		for _, d := range tt.read {
			answers[d.Symbol] = found(d)
			other.Citations = append(other.Citations, cite.Citation{Symbol: d.Symbol, Text: d.Symbol.String()})
		}
		fs := Superseded(n, tt.cite, LaterOf([]cite.Note{n, other}, answers))
		switch {
		case tt.want == "" && len(fs) > 0:
			t.Errorf("%s: %+v", tt.name, fs)
		case tt.want != "" && (len(fs) != 1 || len(fs[0].Candidates) != 1 || fs[0].Candidates[0] != tt.want || fs[0].Evidence == nil || !strings.Contains(fs[0].Reason, fs[0].Candidates[0][3:])):
			t.Errorf("%s: %+v", tt.name, fs)
		case cite.Worst(append(fs, cite.Finding{Check: "exists", Verdict: cite.Verified, Evidence: &cite.Evidence{Place: "x"}})) != cite.Verified:
			t.Errorf("%s: advice enters the verdict", tt.name)
		}
	}
}

// TestYearAmongSeveral: a sentence over several documents may date any of them.
func TestYearAmongSeveral(t *testing.T) {
	mali13, mali18, mali19 := document(t, "S/RES/2100", "2013-04-25", "Mali"), document(t, "S/RES/2423", "2018-06-28", "Mali"), document(t, "S/RES/2480", "2019-06-28", "Mali")
	k := known{[]cite.Document{mali13, mali18, mali19}}
	for _, tt := range []struct {
		name, sentence string
		others         []cite.Citation
		want           cite.Verdict
	}{
		{"the other is of that year", "In 2019, the Security Council adopted a text.", []cite.Citation{{Symbol: mali19.Symbol}}, ""},
		{"none is", "In 2015, the Security Council adopted a text.", []cite.Citation{{Symbol: mali19.Symbol}}, cite.Questioned},
		{"one is a report of that year", "In 2015, the Security Council adopted a text.", []cite.Citation{{Symbol: sym(t, "S/2015/732")}}, ""},
		{"the note dates one so", "In 2015, the Security Council adopted a text.", []cite.Citation{{Symbol: sym(t, "A/RES/69/1"), Claims: cite.Claims{Date: day("2015-01-02")}}}, ""},
		{"a document of no known year", "In 2015, the Security Council adopted a text.", []cite.Citation{{Symbol: sym(t, "A/RES/69/1")}}, ""},
		{"a resolution that is not known", "In 2015, the Security Council adopted a text.", []cite.Citation{{Symbol: sym(t, "S/RES/2101")}}, ""},
		{"a press article beside it", "In 2015, the Security Council adopted a text.", []cite.Citation{{Symbol: mali19.Symbol}, {Work: &cite.Work{Title: "T"}}}, ""},
		{"the sentence names its year too", "In 2015, the Security Council adopted a text that followed the one of 2019.", []cite.Citation{{Symbol: mali19.Symbol}}, ""},
	} {
		n := note(tt.sentence)
		c := cite.Citation{Symbol: mali18.Symbol, Span: cite.Span{Start: 0, End: 5}}
		n.Citations = []cite.Citation{c}
		for i, o := range tt.others {
			o.Span = cite.Span{Start: 10 * (i + 1), End: 10*(i+1) + 5}
			n.Citations = append(n.Citations, o)
		}
		if got := verdicts(Run(n, c, found(mali18), k))["year-agrees"]; got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
		// It is said once, on the first.
		if last := n.Citations[1]; last.Symbol == mali19.Symbol {
			if got := verdicts(Run(n, last, found(mali19), k))["year-agrees"]; got == cite.Questioned {
				t.Errorf("%s: said twice", tt.name)
			}
		}
	}
}

// TestParagraphInAnnex: a paragraph that only an annex has.
func TestParagraphInAnnex(t *testing.T) {
	with := func(own, annex int) cite.Document {
		var paras []string
		for range own {
			paras = append(paras, "The situation was calm.")
		}
		d := text(document(t, "S/2007/134", "2007-03-09", ""), paras...)
		for i := range annex {
			p := cite.Paragraph{N: i + 1, Kind: "annex", Text: "Courts work."}
			p.Label = "annex I, " + strconv.Itoa(i+1)
			d.Paragraphs = append(d.Paragraphs, p)
		}
		return d
	}
	for _, tt := range []struct {
		name string
		cite cite.Citation
		doc  cite.Document
		want cite.Verdict
	}{
		{"in the text", cite.Citation{Pinpoints: para(12)}, with(33, 90), cite.Verified},
		{"in the annex only", cite.Citation{Pinpoints: para(48)}, with(33, 90), cite.Questioned},
		{"in the annex, which is named", cite.Citation{Text: "S/2007/134, annex I, para. 48", Pinpoints: para(48)}, with(33, 90), cite.Verified},
		{"the report of a letter", cite.Citation{Pinpoints: para(48)}, with(3, 90), cite.Verified},
		{"nowhere", cite.Citation{Pinpoints: para(95)}, with(33, 90), cite.Contradicted},
	} {
		tt.cite.Symbol = tt.doc.Symbol
		if got := verdicts(Run(note("x"), tt.cite, found(tt.doc), known{}))["paragraph-exists"]; got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}
