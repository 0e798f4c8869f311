package verify

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"citecheck/pipeline/cite"
)

// numberAgrees: does the number in words name the same document as the
// printed symbol? The note alone decides.
var numberAgrees = &Check{
	Name: "number-agrees",
	Doc:  "the number in words is that of the symbol",
	Applies: func(c *Case) bool {
		if len(comment(c)) > 0 {
			return true
		}
		return c.Cite.Claims.NameSpan != nil && c.Cite.Claims.SymbolAt != nil && c.Cite.Claims.Number > 0 && !c.Cite.Symbol.IsZero()
	},
	Run: func(c *Case) []cite.Finding {
		if m := comment(c); len(m) > 0 {
			return ofComment(c, m)
		}
		cl := c.Cite.Claims
		words, printed := cut(c.Note.Text, *cl.NameSpan), cut(c.Note.Text, *cl.SymbolAt)
		ev := own(c.Note, words+" … "+printed)
		if cl.Words.IsZero() || cl.Words == c.Cite.Symbol || cl.Words.Main() == c.Cite.Symbol.Main() {
			return []cite.Finding{{Verdict: cite.Verified, Claimed: words, Found: printed, Reason: "the words and the symbol name the same document", Evidence: ev}}
		}
		f := cite.Finding{Verdict: cite.Contradicted, Claimed: words, Found: printed,
			Reason:   fmt.Sprintf("the words name %s and the symbol is %s", cl.Words, c.Cite.Symbol),
			Evidence: ev, Candidates: []string{cl.Words.ID(), c.Cite.Symbol.ID()}}
		// The date in the note may tell which of the two was meant.
		if c.Known != nil && cl.Date.Day > 0 && cl.Words.IsCouncilResolution() {
			if d, ok := c.Known.Resolution(cl.Words.Number()); ok && d.Date == cl.Date {
				f.Candidates = []string{cl.Words.ID()}
				f.Reason += "; the date in the note is that of " + name(&d)
			} else if d, ok := c.Known.Resolution(c.Cite.Symbol.Number()); ok && c.Cite.Symbol.IsCouncilResolution() && d.Date == cl.Date {
				f.Candidates = []string{c.Cite.Symbol.ID()}
				f.Reason += "; the date in the note is that of " + name(&d)
			}
		}
		return []cite.Finding{f}
	},
}

var (
	aComment      = regexp.MustCompile(`(?i)\bgeneral\s+(?:comment|recommendation)s?\s+(?:no\.?|number|nos?\.?)?\s*(\d{1,3})\b`)
	commentSymbol = regexp.MustCompile(`/GC/(\d{1,3})(?:/|$)`)
)

// comment are the numbers that a note gives a general comment of a treaty
// body whose symbol it prints.
func comment(c *Case) (out [][]string) {
	if c.Cite.Claims.SymbolAt == nil || !commentSymbol.MatchString(c.Cite.Symbol.String()) || c.Cite.Claims.NameSpan != nil {
		return nil
	}
	return aComment.FindAllStringSubmatch(c.Cite.Text, -1)
}

// ofComment compares the number of a general comment with that in its symbol.
// A joint one has two.
func ofComment(c *Case, said [][]string) []cite.Finding {
	number := commentSymbol.FindStringSubmatch(c.Cite.Symbol.String())[1]
	ev := own(c.Note, cut(c.Note.Text, *c.Cite.Claims.SymbolAt))
	for _, m := range said {
		if strings.TrimLeft(m[1], "0") == strings.TrimLeft(number, "0") {
			return []cite.Finding{{Verdict: cite.Verified, Claimed: m[0], Found: c.Cite.Symbol.String(), Reason: "the words and the symbol name the same document", Evidence: ev}}
		}
	}
	return []cite.Finding{{Verdict: cite.Contradicted, Claimed: said[0][0], Found: c.Cite.Symbol.String(), Evidence: ev,
		Reason: fmt.Sprintf("the words name number %s; %s is the symbol of number %s", said[0][1], c.Cite.Symbol, number)}}
}

// numberTold: is the resolution that the sentence names the one that its note
// cites? Sentences name other resolutions too, so only two digits that
// changed places are asked about.
var numberTold = &Check{
	Name: "number-told",
	Doc:  "the number in the sentence is not that of the note with two digits swapped",
	Applies: func(c *Case) bool {
		return c.Cite.Symbol.IsCouncilResolution() && !many(c.Note) && len(toldNumbers(c)) == 1
	},
	Run: func(c *Case) []cite.Finding {
		m := toldNumbers(c)[0]
		told, cited := m[1], strconv.Itoa(c.Cite.Symbol.Number())
		if told == cited || len(told) != len(cited) || !near(told, cited) {
			return nil
		}
		swapped := 0
		for i := range told {
			if told[i] != cited[i] {
				swapped++
			}
		}
		if swapped != 2 {
			return nil
		}
		return []cite.Finding{{Verdict: cite.Questioned, Claimed: m[0], Found: c.Cite.Symbol.String(), Evidence: own(c.Note, c.Cite.Text), Candidates: []string{c.Cite.Symbol.ID()},
			Reason: fmt.Sprintf("the sentence names resolution %s, and its note cites %s: two digits changed places", told, c.Cite.Symbol)}}
	},
}

var toldNumber = regexp.MustCompile(`(?i)\bresolutions?\s+(\d{3,4})\b`)

// toldNumbers are the resolutions that the sentences above a note name by
// number, none where they tell of other texts.
func toldNumbers(c *Case) (out [][]string) {
	for _, m := range c.Note.Markers {
		s := unquoted(told(m))
		if earlier.MatchString(s) || otherText.MatchString(s) {
			return nil
		}
		out = append(out, toldNumber.FindAllStringSubmatch(s, -1)...)
	}
	return out
}

// cut is the text over a span of code points.
func cut(text string, s cite.Span) string {
	r := []rune(text)
	if s.Start < 0 || s.End > len(r) || s.Start > s.End {
		return ""
	}
	return string(r[s.Start:s.End])
}
