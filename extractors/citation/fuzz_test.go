package citation

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	"citecheck/pipeline/cite"
)

// FuzzParse holds every citation of any text to the laws of the output: its
// span lies in the text, spans are in order, Text is the text over Span, it
// has one target or is a back reference, and its symbol printed again parses
// to itself.
func FuzzParse(f *testing.F) {
	for _, n := range denseNotes {
		f.Add(n, "")
	}
	for _, h := range hostile {
		f.Add(strings.Repeat(h, 3), "https://undocs.org/S/RES/1325")
	}
	for _, tt := range parseCases {
		f.Add(tt.text, "")
	}
	f.Fuzz(func(t *testing.T, text, url string) {
		if !utf8.ValidString(text) || !utf8.ValidString(url) {
			return
		}
		n := utf8.RuneCountInString(text)
		in := Input{Text: text}
		if url != "" {
			in.Links = []cite.Href{{Span: cite.Span{Start: n / 3, End: n / 2}, URL: url}}
			in.Italics = []cite.Span{{Start: n / 4, End: n / 3}}
		}
		holdLaws(t, text, Parse(in))
		holdLaws(t, text, Running(text))
		holdLaws(t, text, Own(text, generalAssembly))
	})
}

func holdLaws(t *testing.T, text string, cs []cite.Citation) {
	t.Helper()
	runes := []rune(text)
	last := 0
	for _, c := range cs {
		if c.Span.Start < last || c.Span.End <= c.Span.Start || c.Span.End > len(runes) {
			t.Fatalf("span %v after %d in a text of %d: %+v of %q", c.Span, last, len(runes), c, text)
		}
		last = c.Span.Start
		if got := string(runes[c.Span.Start:c.Span.End]); got != c.Text {
			t.Fatalf("Text %q, but the note over %v is %q", c.Text, c.Span, got)
		}
		for _, s := range []*cite.Span{c.Claims.NameSpan, c.Claims.SymbolAt, c.Claims.TitleSpan, c.Claims.DateSpan, c.Claims.YearSpan} {
			if s != nil && (s.Start < 0 || s.End <= s.Start || s.End > len(runes)) {
				t.Fatalf("claim at %v in a text of %d: %+v of %q", *s, len(runes), c, text)
			}
		}
		targets := 0
		for _, is := range []bool{!c.Symbol.IsZero(), c.Work != nil, c.Open != nil, c.BackRef != nil && c.Symbol.IsZero() && c.Open == nil} {
			if is {
				targets++
			}
		}
		if targets != 1 || c.Via == "" {
			t.Fatalf("%d targets, via %q: %+v of %q", targets, c.Via, c, text)
		}
		if !c.Claims.Date.IsZero() && !c.Claims.Date.Valid() {
			t.Fatalf("no day of the calendar: %v in %q", c.Claims.Date, text)
		}
		if c.Symbol.IsZero() {
			continue
		}
		pins := plainPins(c.Pinpoints)
		printed := "UN Doc. " + c.Symbol.Printed(2018) + printPins(pins)
		again := Parse(Input{Text: printed})
		if len(again) != 1 || again[0].Symbol != c.Symbol || again[0].Text != printed || !reflect.DeepEqual(plainPins(again[0].Pinpoints), pins) {
			t.Fatalf("%q parses to %s, not to %v with %v", printed, brief(again), c.Symbol, pins)
		}
	}
}

// pinPrints are the words under which places are printed back.
var pinPrints = map[cite.Unit]string{cite.UnitPara: "para", cite.UnitPage: "p", cite.UnitAnnex: "annex", cite.UnitArticle: "art", cite.UnitChapter: "chap", cite.UnitSection: "sect", cite.UnitTable: "table", cite.UnitPreamble: "preambular para"}

// plainPins are the places in figures without sub-paragraphs, each once: those
// that every style prints alike.
func plainPins(pins []cite.Pin) []cite.Pin {
	out := []cite.Pin{}
	for _, p := range pins {
		from, ok := p.From.(int)
		to, ok2 := p.To.(int)
		if ok && ok2 && p.Sub == "" && from <= to && from < 1900 && to < 1900 && pinPrints[p.Unit] != "" && len(out) < 5 && !hasPin(out, p) {
			out = append(out, p)
		}
	}
	return out
}

func printPins(pins []cite.Pin) string {
	var b strings.Builder
	for _, p := range pins {
		word := pinPrints[p.Unit]
		fmt.Fprintf(&b, ", %s. %d", word, p.From)
		if p.To != p.From {
			fmt.Fprintf(&b, "–%d", p.To)
		}
	}
	return b.String()
}
