package style

import (
	"fmt"
	"regexp"
	"strings"

	"citecheck/pipeline/cite"
)

// The shapes of symbols that no series has, with the reason.
var misfits = []struct {
	shape  *regexp.Regexp
	reason string
}{
	{regexp.MustCompile(`(?i)^S/RES/\d+/\d+`), "%s: a session and a number name a resolution of the General Assembly; the Council's have one number"},
	{regexp.MustCompile(`(?i)^S/\d{1,2}/\d+`), "%s: a session cannot stand in a symbol of the Security Council"},
	{regexp.MustCompile(`(?i)^A/RES/\d+/L\.\d+`), "%s: a draft (L.) is no resolution"},
	{regexp.MustCompile(`(?i)^A/(?:19[4-9]|20[0-4])\d/\d+`), "%s: symbols of the General Assembly hold its session and no year"},
	{regexp.MustCompile(`(?i)^A/RES/(?:19[4-9]|20[0-4])\d/\d+`), "%s: symbols of the General Assembly hold its session and no year"},
}

var yearOnly = regexp.MustCompile(`(?i)^[A-Z]+/(?:19[4-9]|20[0-4])\d/?$`)

// misfit is the reason why a symbol has the shape of no series; "" for none.
func misfit(symbol string) string {
	for _, m := range misfits {
		if m.shape.MatchString(symbol) {
			return m.reason
		}
	}
	return ""
}

// unread are the citations whose symbol is none.
func (s *sheet) unread() []*cite.Citation {
	var out []*cite.Citation
	for _, c := range s.direct() {
		if c.Open != nil && c.Open.Check == "exists" && c.Via == cite.ViaSymbol && c.Claims.SymbolAt != nil {
			out = append(out, c)
		}
	}
	return out
}

// instead is the edit that puts the right symbol in the place of a damaged
// one: the only candidate, where the words of the note name it too.
func (s *sheet) instead(c *cite.Citation) []edit {
	if len(c.Open.Candidates) != 1 || c.Claims.Words.IsZero() || c.Claims.Words.ID() != c.Open.Candidates[0] {
		return nil
	}
	return []edit{{*c.Claims.SymbolAt, c.Claims.Words.Printed(yearIn(s.over(*c.Claims.SymbolAt)))}}
}

var damaged = &Rule{
	ID: "M1", Severity: Error, Doc: "every symbol is one as it is printed",
	May: May{Target: true},
	Run: func(s *sheet) []remark {
		var out []remark
		for _, c := range s.unread() {
			symbol := s.over(*c.Claims.SymbolAt)
			if misfit(symbol) != "" || yearOnly.MatchString(symbol) {
				continue // M2, M7
			}
			out = append(out, remark{Claimed: symbol, Reason: c.Open.Reason, Candidates: c.Open.Candidates, Edits: s.instead(c)})
		}
		return out
	},
	Yes: []Example{
		{Profile: "ipi", Note: "UN Security Council Resolution 2100 (April 25, 2013), UN Doc. S/RES/2I00.",
			Mended: "UN Security Council Resolution 2100 (April 25, 2013), UN Doc. S/RES/2100."},
		{Profile: "oscola", Note: "UN Doc S/PRST2009/9."},
		{Profile: "ipi", Note: "UN Security Council, 9350th Meeting, UN Doc. SPV.9350, June 16, 2023.",
			Mended: "UN Security Council, 9350th Meeting, UN Doc. S/PV.9350, June 16, 2023."},
	},
	No: []Example{
		{Profile: "ipi", Note: "UN Security Council Resolution 2100 (April 25, 2013), UN Doc. S/RES/2100."},
		{Profile: "ipi", Note: "“HIV/AIDS,” Reuters, May 3, 2019."},
		{Profile: "ipi", Note: "UN Doc. S/RES/ 2423."},
	},
}

var wrongSeries = &Rule{
	ID: "M2", Severity: Error, Doc: "series and shape of a symbol agree",
	May: May{Target: true},
	Run: func(s *sheet) []remark {
		var out []remark
		for _, c := range s.unread() {
			symbol := s.over(*c.Claims.SymbolAt)
			if why := misfit(symbol); why != "" {
				out = append(out, remark{Claimed: symbol, Reason: fmt.Sprintf(why, symbol), Candidates: c.Open.Candidates, Edits: s.instead(c)})
			}
		}
		return out
	},
	Yes: []Example{
		{Profile: "ipi", Note: "UN Doc. S/78/22, para. 4."},
		{Profile: "ipi", Note: "UN Doc. A/2023/402."},
		{Profile: "bluebook", Note: "U.N. Doc. A/RES/72/L.69."},
		{Profile: "ipi", Note: "UN General Assembly Resolution 60/1 (September 16, 2005), UN Doc. S/RES/60/1.",
			Mended: "UN General Assembly Resolution 60/1 (September 16, 2005), UN Doc. A/RES/60/1."},
	},
	No: []Example{
		{Profile: "ipi", Note: "UN Doc. A/59/2005."},
		{Profile: "ipi", Note: "UN Doc. A/78/22, UN Doc. S/2023/402 and UN Doc. A/72/L.69."},
	},
}

var truncated = &Rule{
	ID: "M7", Severity: Error, Doc: "no symbol stops after its year",
	Run: func(s *sheet) []remark {
		var out []remark
		for _, c := range s.unread() {
			if symbol := s.over(*c.Claims.SymbolAt); yearOnly.MatchString(symbol) {
				out = append(out, remark{Claimed: symbol, Reason: symbol + " stops after the year: the number is missing", Candidates: c.Open.Candidates})
			}
		}
		return out
	},
	Yes: []Example{{Profile: "ipi", Note: "UN Doc. S/2023."}, {Profile: "un", Note: "See document A/2019."}},
	No:  []Example{{Profile: "ipi", Note: "UN Doc. S/2023/4."}, {Profile: "ipi", Note: "Airbus A/320 and SIPRI/2019."}},
}

var wordsAndSymbol = &Rule{
	ID: "M3", Severity: Error, Doc: "the number in words is that of the symbol",
	May: May{Target: true},
	Run: func(s *sheet) []remark {
		var out []remark
		for _, c := range s.direct() {
			cl := &c.Claims
			if c.Symbol.IsZero() || cl.Words.IsZero() || cl.SymbolAt == nil || cl.Words.Main() == c.Symbol.Main() || isDraft(c.Symbol) {
				continue
			}
			m := remark{Claimed: s.over(*cl.SymbolAt), Reason: fmt.Sprintf("the words name %s and the symbol is %s", cl.Words, c.Symbol),
				Candidates: []string{cl.Words.ID(), c.Symbol.ID()}}
			m.byDate(s, c)
			out = append(out, m)
		}
		return out
	},
	Yes: []Example{
		{Profile: "ipi", Note: "UN Security Council Resolution 2100 (April 25, 2013), UN Doc. S/RES/2010.",
			Mended: "UN Security Council Resolution 2100 (April 25, 2013), UN Doc. S/RES/2100."},
		{Profile: "ipi", Note: "UN Security Council Resolution 2100, UN Doc. S/RES/2010."},
		{Profile: "bluebook", Note: "S.C. Res. 2010, ¶ 3, U.N. Doc. S/RES/2100 (Apr. 25, 2013).",
			Mended: "S.C. Res. 2100, ¶ 3, U.N. Doc. S/RES/2100 (Apr. 25, 2013)."},
	},
	No: []Example{{Profile: "ipi", Note: "UN Security Council Resolution 2100 (April 25, 2013), UN Doc. S/RES/2100."}},
}

// byDate settles which of the two documents was meant, where the date in the
// note is that of one of them and not of the other.
func (m *remark) byDate(s *sheet, c *cite.Citation) {
	cl := &c.Claims
	words, ev1, ok1 := s.dated(cl.Words)
	symbol, ev2, ok2 := s.dated(c.Symbol)
	if !ok1 || !ok2 || cl.Date.Day == 0 || words == symbol {
		return
	}
	switch cl.Date {
	case words:
		m.Reason += fmt.Sprintf("; the date in the note is that of %s (%s)", cl.Words, from(ev1))
		m.Evidence, m.Candidates = ev1, []string{cl.Words.ID()}
		m.Edits = []edit{{*cl.SymbolAt, cl.Words.Printed(yearIn(s.over(*cl.SymbolAt)))}}
	case symbol:
		m.Reason += fmt.Sprintf("; the date in the note is that of %s (%s)", c.Symbol, from(ev2))
		m.Evidence, m.Candidates = ev2, []string{c.Symbol.ID()}
		name, was := s.over(*cl.NameSpan), numberOf(cl.Words)
		if i := strings.Index(name, was); was != "" && strings.Count(name, was) == 1 {
			at := cl.NameSpan.Start + len([]rune(name[:i]))
			m.Edits = []edit{{cite.Span{Start: at, End: at + len([]rune(was))}, numberOf(c.Symbol)}}
		}
	}
}

var unDoc = &Rule{
	ID: "M9", Severity: Style, Doc: "symbols are introduced alike, as the style does",
	Run: func(s *sheet) []remark {
		want := ""
		switch {
		case s.Profile.Prefix == nil:
			want = s.prefix.most
		case *s.Profile.Prefix == "":
			want = bare
		default:
			want = *s.Profile.Prefix
		}
		if want == "" {
			return nil
		}
		var out []remark
		for _, p := range s.prefixes() {
			if p.press || p.way == want {
				continue
			}
			text := want + " "
			reason := fmt.Sprintf("“%s” stands before symbols", want)
			switch {
			case want == bare:
				text, reason = "", "a symbol stands without “UN Doc.”"
			case p.plural:
				text = strings.TrimSuffix(want, ".") + "s" + want[len(strings.TrimSuffix(want, ".")):] + " "
			}
			reason += s.why(s.Profile.Prefix != nil)
			out = append(out, remark{Claimed: s.over(cite.Span{Start: p.words.Start, End: p.c.Claims.SymbolAt.End}), Reason: reason, Edits: []edit{{p.words, text}}})
		}
		return out
	},
	Yes: []Example{
		{Profile: "ipi", Note: "UN Security Council Resolution 2423 (June 28, 2018), UN Doc S/RES/2423, para. 38.",
			Mended: "UN Security Council Resolution 2423 (June 28, 2018), UN Doc. S/RES/2423, para. 38."},
		{Profile: "ipi", Note: "S/2023/402, para. 5.", Mended: "UN Doc. S/2023/402, para. 5."},
		{Profile: "bluebook", Note: "UN Docs. S/2023/402 and S/2023/403.", Mended: "U.N. Docs. S/2023/402 and S/2023/403."},
		{Profile: "un", Note: "UN Doc. S/2023/402, para. 5.", Mended: "S/2023/402, para. 5."},
		{Profile: "chicago", Note: "UN Doc S/2023/402, para. 5.", Mended: "UN Doc. S/2023/402, para. 5.", Others: []string{"UN Doc. S/2023/1.", "UN Doc. S/2023/2."}},
	},
	No: []Example{
		{Profile: "ipi", Note: "UN Doc. S/2023/402, para. 5; UN Docs. S/2023/1 and S/2023/2."},
		{Profile: "ipi", Note: "As United Nations document S/2023/402 says, and the press release SC/15341."},
		{Profile: "ipi", Note: "UN Security Council, Letter, https://undocs.org/S/2023/402."},
		{Profile: "chicago", Note: "S/2023/402, para. 5.", Others: []string{"S/2023/1.", "UN Doc. S/2023/2."}},
		{Profile: "oscola", Note: "UNSC Res 1373 (28 September 2001) UN Doc S/RES/1373."},
		{Profile: "bluebook", Note: "Rep. of the Legal Subcomm., at 48, U.N. G.A. Doc. A/74/20; Information Furnished, U.N. Doc., ST/SG/SER.E/378; UN Off. Doc. S/25704."},
	},
}

// why is whose rule it is: the style's, or the report's own.
func (s *sheet) why(style bool) string {
	if style {
		return " in this style (" + s.Profile.Name + ")"
	}
	return " in most notes of this report"
}

var noSymbol = &Rule{
	ID: "M8", Severity: Warning, Doc: "a UN document is cited with its symbol",
	May: May{Add: true},
	Run: func(s *sheet) []remark {
		if !s.Profile.Symbol {
			return nil
		}
		var out []remark
		for _, c := range s.direct() {
			if c.Symbol.IsZero() || c.Claims.SymbolAt != nil || c.Claims.NameSpan == nil || c.Symbol.IsPressRelease() || c.Claims.URL != "" || s.symbols[c.Symbol] || !s.stands(c) {
				continue
			}
			m := remark{Claimed: c.Text, Found: c.Symbol.String(), Reason: fmt.Sprintf("the note names %s and no note of the report prints its symbol", c.Symbol)}
			if text, ok := s.reprinted(c); ok {
				m.Edits = []edit{{c.Span, text}}
			}
			out = append(out, m)
		}
		return out
	},
	Yes: []Example{
		{Profile: "ipi", Note: "UN Security Council Resolution 2100 (April 25, 2013), para. 3.",
			Mended: "UN Security Council Resolution 2100 (April 25, 2013), UN Doc. S/RES/2100, para. 3."},
		{Profile: "oscola", Note: "See UNSC Res 1373 (28 September 2001), para 2(d); and more on the same.",
			Mended: "See UNSC Res 1373 (28 September 2001) UN Doc S/RES/1373, para 2(d); and more on the same."},
	},
	No: []Example{
		{Profile: "un", Note: "Security Council resolution 2100 (2013), para. 3."},
		{Profile: "ipi", Note: "UN Security Council Resolution 2100, para. 3.", Others: []string{"UN Doc. S/RES/2100."}},
		{Profile: "ipi", Note: "In Resolution 2100, the Security Council decided otherwise."},
	},
}

var pressRelease = &Rule{
	ID: "M13", Severity: Warning, Doc: "a press release is no “UN Doc.”",
	May: May{Add: true},
	Run: func(s *sheet) []remark {
		var out []remark
		for _, p := range s.prefixes() {
			if !p.press || p.way == bare {
				continue
			}
			words := s.Profile.pressWords() + " "
			if strings.Contains(strings.ToLower(s.over(cite.Span{Start: max(0, p.words.Start-24), End: p.words.Start})), "press release") {
				words = ""
			}
			out = append(out, remark{Claimed: s.over(cite.Span{Start: p.words.Start, End: p.c.Claims.SymbolAt.End}),
				Reason: fmt.Sprintf("%s is a press release and no document of the UN", p.c.Symbol), Edits: []edit{{p.words, words}}})
		}
		return out
	},
	Yes: []Example{
		{Profile: "ipi", Note: "UN Doc. SC/15341, June 30, 2023.", Mended: "UN Press Release SC/15341, June 30, 2023."},
		{Profile: "oscola", Note: "UNSC Press Release (30 June 2023) UN Doc SC/15341.", Mended: ""},
	},
	No: []Example{{Profile: "ipi", Note: "UN Press Release SC/15341, June 30, 2023."}, {Profile: "ipi", Note: "UN Doc. S/2023/402."}},
}

// sameBreath tells whether only a comma or a bracket and "UN Doc." stand
// between two citations: the second is meant as the symbol of the first.
func (s *sheet) sameBreath(a, b *cite.Citation) bool {
	if a.Span.End > b.Claims.SymbolAt.Start || !a.Resolved() {
		return false
	}
	return breath.MatchString(s.over(cite.Span{Start: a.Span.End, End: b.Claims.SymbolAt.Start}))
}

var breath = regexp.MustCompile(`(?i)^[ ,(]*(?:U\.? ?N\.? )?(?:Doc(?:ument)?s?\.? ?)?$`)

var draftPart = regexp.MustCompile(`/L\.\d`)

func isDraft(s cite.Symbol) bool { return draftPart.MatchString(s.String()) }

var notTheResolution = &Rule{
	ID: "M16", Severity: Warning, Doc: "a draft, an addendum or a corrigendum is not cited as the resolution",
	Run: func(s *sheet) []remark {
		var out []remark
		var last *cite.Citation // the citation before this one
		for _, c := range s.direct() {
			name := last
			last = c
			if name == nil || name.Claims.NameSpan == nil || name.Claims.SymbolAt != nil || name.Claims.Type != "resolution" || c.Claims.SymbolAt == nil ||
				c.Symbol.IsZero() || c.Claims.NameSpan != nil || !s.sameBreath(name, c) {
				continue
			}
			what := ""
			switch mod := c.Symbol.Modifier(); {
			case isDraft(c.Symbol):
				what = "a draft"
			case strings.HasPrefix(mod, "Add."):
				what = "an addendum"
			case strings.HasPrefix(mod, "Corr."):
				what = "a corrigendum"
			default:
				continue
			}
			out = append(out, remark{Claimed: s.over(cite.Span{Start: name.Span.Start, End: c.Claims.SymbolAt.End}),
				Reason: fmt.Sprintf("the note speaks of the resolution; %s is %s", c.Symbol, what), Candidates: []string{name.Symbol.ID()}})
		}
		return out
	},
	Yes: []Example{
		{Profile: "ipi", Note: "UN General Assembly Resolution 72/1, UN Doc. A/72/L.1."},
		{Profile: "ipi", Note: "UN Security Council Resolution 2100 (April 25, 2013), UN Doc. S/RES/2100/Corr.1."},
	},
	No: []Example{
		{Profile: "ipi", Note: "UN General Assembly Resolution 72/1, UN Doc. A/RES/72/1."},
		{Profile: "ipi", Note: "UN General Assembly, draft resolution, UN Doc. A/72/L.1."},
		{Profile: "ipi", Note: "UN Security Council, Report of the Secretary-General, UN Doc. S/2023/673/Corr.1."},
	},
}
