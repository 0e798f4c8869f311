package prose

import (
	"testing"

	"golang.org/x/text/unicode/norm"
)

func TestWrite(t *testing.T) {
	var x Text
	x.Write("Co", true, "")
	x.Write("te\u0302", false, "https://a.b")
	x.Mark("1", "")
	x.Space()
	x.Write(" d\u00adIvoire e", false, "")
	x.Write("\u0301t", true, "") // an accent in a run of its own
	if got := string(x.Out); got != "Cotê dIvoire ét" {
		t.Errorf("text %q", got)
	}
	if len(x.Marks) != 1 || x.Marks[0].At != 4 {
		t.Errorf("marks %+v", x.Marks)
	}
	if len(x.Italics) != 2 || string(x.Out[x.Italics[1].Start:x.Italics[1].End]) != "ét" {
		t.Errorf("italics %+v", x.Italics)
	}
	if len(x.Links) != 1 || string(x.Out[x.Links[0].Span.Start:x.Links[0].Span.End]) != "tê" {
		t.Errorf("links %+v", x.Links)
	}
	if n := x.Note(4, "1", "r", "foot"); n.Text != "dIvoire ét" || len(n.Links) != 0 || n.Italics[0].Start != 8 {
		t.Errorf("note %+v", n)
	}
}

// FuzzWrite: however text comes in pieces, it is NFC without double spaces,
// and spans lie in it.
func FuzzWrite(f *testing.F) {
	f.Add("e", "\u0301", "x")
	f.Add("a ", " \u0327", "\u0301\u1100")
	f.Add("\u1100", "\u1161", "\u11a8")
	f.Fuzz(func(t *testing.T, a, b, c string) {
		var x Text
		x.Write(a, true, "")
		x.Write(b, false, "u")
		x.Mark("1", "")
		x.Write(c, true, "u")
		s := string(x.Out)
		if !norm.NFC.IsNormalString(s) {
			t.Errorf("%q is not NFC", s)
		}
		for i, r := range x.Out {
			if r == ' ' && (i == 0 || x.Out[i-1] == ' ') {
				t.Errorf("%q has a space too many", s)
			}
		}
		for _, sp := range x.Italics {
			if sp.Start < 0 || sp.End <= sp.Start || sp.End > len(x.Out) {
				t.Errorf("italics %+v in %q", sp, s)
			}
		}
		for _, l := range x.Links {
			if l.Span.Start < 0 || l.Span.End <= l.Span.Start || l.Span.End > len(x.Out) {
				t.Errorf("link %+v in %q", l, s)
			}
		}
		if x.Marks[0].At > len(x.Out) {
			t.Errorf("mark %+v in %q", x.Marks, s)
		}
	})
}
