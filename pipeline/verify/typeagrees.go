package verify

import (
	"fmt"
	"regexp"
	"strings"

	"citecheck/pipeline/cite"
)

// typeAgrees: is what the note calls the document what its symbol is? A
// draft, a press release, an addendum or a record of the meeting is not the
// resolution. The symbol itself says what it is; a symbol printed beside a
// resolution's number counts as the symbol given for it.
var typeAgrees = &Check{
	Name: "type-agrees",
	Doc:  "the document is of the kind that the note calls it",
	Applies: func(c *Case) bool {
		return beside(c) != nil || claimsType(c) != "" && c.Cite.Claims.SymbolAt != nil
	},
	Run: func(c *Case) []cite.Finding {
		claimed, s := claimsType(c), c.Cite.Symbol
		if o := beside(c); o != nil {
			return otherSymbol(c, o)
		}
		kind := kindOf(s)
		ev := own(c.Note, cut(c.Note.Text, *c.Cite.Claims.SymbolAt))
		switch {
		case fitsKind(claimed, s):
			if mod := correction(s); mod != "" && claimed == "resolution" {
				return []cite.Finding{{Verdict: cite.Questioned, Claimed: claimed, Found: mod, Evidence: ev,
					Reason: fmt.Sprintf("%s is %s to the resolution, not the resolution", s, mod), Candidates: []string{s.Main().ID()}}}
			}
			return nil // the symbol fits: number-agrees and body-agrees say so
		}
		return []cite.Finding{{Verdict: cite.Contradicted, Claimed: claimed, Found: kind, Evidence: ev, Candidates: meant(c),
			Reason: fmt.Sprintf("the note calls it a %s; %s is the symbol of a %s", claimed, s, kind)}}
	},
}

// claimsType is the kind that the note's words name, of those that symbols
// can tell apart.
func claimsType(c *Case) string {
	t := strings.ToLower(c.Cite.Claims.Type)
	switch t {
	case "resolution", "resolutions", "res", "res.", "résolution", "resolución":
		return "resolution"
	case "presidential statement", "decision":
		return t
	}
	if t == "" && c.Cite.Claims.Number > 0 && c.Cite.Symbol.IsCouncilResolution() {
		return "resolution"
	}
	return ""
}

// kindOf is what a symbol is the symbol of, in words.
func kindOf(s cite.Symbol) string {
	if s.IsPressRelease() {
		return "press release"
	}
	if k := s.Series(); k != "" {
		return k
	}
	return "document"
}

func fitsKind(claimed string, s cite.Symbol) bool {
	switch kind := kindOf(s); kind {
	case "press release", "meeting record", "draft":
		return false
	case "resolution":
		return claimed == "resolution"
	case "presidential statement":
		return claimed == "presidential statement"
	case "decision":
		return claimed == "decision" || claimed == "resolution" // organs of many names count both in one series
	default:
		// An ordinary document of the Council is no resolution of its own:
		// those have a series. Other bodies print resolutions in their reports.
		return claimed != "resolution" || s.Body() != "Security Council" || s.Number() > 0 && s.Year() == 0
	}
}

func correction(s cite.Symbol) string {
	switch m := s.Modifier(); {
	case strings.Contains(m, "Corr."):
		return "a corrigendum"
	case strings.Contains(m, "Add."):
		return "an addendum"
	}
	return ""
}

// meant is the document that the words name, where they name one.
func meant(c *Case) []string {
	if w := c.Cite.Claims.Words; !w.IsZero() {
		return []string{w.ID()}
	}
	return []string{}
}

var (
	begins = regexp.MustCompile(`(?:^|[.;]|\b(?i:see|see also|cf\.|also|e\.g\.,?|and))\s*$`)
	named  = regexp.MustCompile(`^(?:(?i:UN|U\.N\.|United Nations|the)\s+)?(?:S\.?\s?C\.?|G\.?\s?A\.?|Security Council|General Assembly|UNSC|UNGA|Human Rights Council|UNSCR|SCR|[Rr]es)`)
)

var docLabel = regexp.MustCompile(`^(?:UN|U\.N\.|United Nations)\s+Docs?\.?\s+|^[Dd]oc(?:ument|\.)\s+`)

// beside is a citation that stands right next to this one and gives a symbol
// for it: "Resolution 2423 (2018), UN Doc. SC/13400". nil for none.
func beside(c *Case) *cite.Citation {
	if c.Note.Placement == cite.PlaceInline {
		return nil // a sentence names resolutions within other documents' titles
	}
	for i := range c.Note.Citations {
		o := &c.Note.Citations[i]
		if o.Span == c.Cite.Span || o.Symbol.IsZero() || o.Symbol == c.Cite.Symbol {
			continue
		}
		first, second := &c.Cite, o
		if o.Span.Start < c.Cite.Span.Start {
			first, second = o, &c.Cite
		}
		if first.Span.End > second.Span.Start || first.Claims.SymbolAt != nil || second.Claims.SymbolAt == nil || second.Claims.NameSpan != nil || decidesNot(first.Symbol) {
			continue
		}
		// "Report … pursuant to resolution 808 (1993), UN Doc. S/25704": the
		// symbol is the report's.
		if !begins.MatchString(cut(c.Note.Text, cite.Span{End: first.Span.Start})) || !named.MatchString(first.Text) {
			continue
		}
		between := strings.TrimSpace(cut(c.Note.Text, cite.Span{Start: first.Span.End, End: second.Span.Start}))
		if between != "," && between != "" && between != "(" {
			continue
		}
		if docLabel.MatchString(second.Text) || second.Symbol.Series() == "meeting record" {
			return o
		}
	}
	return nil
}

func decidesNot(s cite.Symbol) bool { return s.Series() != "resolution" }

// otherSymbol is the finding on a resolution beside which another document's
// symbol is printed. The record of the meeting at which it was adopted is
// right there.
func otherSymbol(c *Case, o *cite.Citation) []cite.Finding {
	res, other := c.Cite.Symbol, o.Symbol
	if c.Cite.Claims.SymbolAt != nil {
		res, other = other, res
	}
	if other.Series() == "meeting record" {
		d, ok := c.Known.Resolution(res.Number())
		if !ok || d.Meeting == "" || strings.HasPrefix(d.Meeting, other.String()) || strings.HasPrefix(other.String(), d.Meeting) {
			return nil
		}
		return []cite.Finding{{Verdict: cite.Questioned, Claimed: other.String(), Found: d.Meeting, Evidence: factEvidence(&d, cite.FieldMeeting),
			Reason: fmt.Sprintf("%s was adopted at the meeting of %s; the note gives %s", res, d.Meeting, other)}}
	}
	return []cite.Finding{{Verdict: cite.Questioned, Claimed: other.String(), Found: res.String(), Evidence: own(c.Note, other.String()), Candidates: []string{res.ID()},
		Reason: fmt.Sprintf("the note gives %s as the symbol of a resolution; that is the symbol of a %s, and the resolution's is %s", other, kindOf(other), res)}}
}

func factEvidence(d *cite.Document, f cite.Field) *cite.Evidence {
	if x, ok := d.Fact(f); ok {
		e := x.Evidence
		return &e
	}
	return nil
}
