package style

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"citecheck/pipeline/cite"
)

// fewItalics is how many titles must be italic before one in roman stands out.
const fewItalics = 2

var roman = &Rule{
	ID: "M17", Severity: Style, Doc: "titles are in italics where those of the report are",
	Run: func(s *sheet) []remark {
		if s.italic.counts["italic"] < max(fewItalics, 2*s.italic.counts["roman"]) {
			return nil
		}
		var out []remark
		for _, t := range s.titles() {
			if t.way == "roman" {
				out = append(out, remark{Claimed: s.over(t.at), Reason: "the title is in roman; most titles of UN documents in this report are in italics"})
			}
		}
		return out
	},
	Yes: []Example{{Profile: "ipi", Note: "UN Security Council, Situation in Mali—Report of the Secretary-General, UN Doc. S/2023/21, January 6, 2023.",
		Others: []string{"UN Security Council, *Situation in Mali—Report of the Secretary-General*, UN Doc. S/2023/402, June 1, 2023.", "UN Security Council, *Internal Review of the Mission in Mali*, UN Doc. S/2023/36, January 16, 2023."}}},
	No: []Example{
		{Profile: "ipi", Note: "UN Security Council, *Situation in Mali—Report of the Secretary-General*, UN Doc. S/2023/21, January 6, 2023.",
			Others: []string{"UN Security Council, *Situation in Mali—Report of the Secretary-General*, UN Doc. S/2023/402, June 1, 2023.", "UN Security Council, *Internal Review of the Mission in Mali*, UN Doc. S/2023/36, January 16, 2023."}},
		{Profile: "ipi", Note: "UN Security Council, Situation in Mali—Report of the Secretary-General, UN Doc. S/2023/21, January 6, 2023.",
			Others: []string{"UN Security Council, Situation in Mali—Report of the Secretary-General, UN Doc. S/2023/402, June 1, 2023."}},
	},
}

// form: does a citation that stands alone in its note have the style's form?
// What the other rules say already (the prefix, dates, "paras.") is theirs.
var form = &Rule{
	ID: "form", Severity: Style, Doc: "a citation is put together as the style does",
	May: May{Add: true},
	Run: func(s *sheet) []remark {
		var out []remark
		for _, c := range s.direct() {
			if c.Symbol.IsZero() || c.Claims.SymbolAt == nil && s.Profile.Symbol || c.Claims.NameSpan == nil && c.Claims.Title == "" || !s.stands(c) {
				continue
			}
			// In the UN's own documents the organ often goes without saying, and
			// documents other than resolutions are described freely.
			if s.Profile.Prefix != nil && *s.Profile.Prefix == "" && (c.Claims.NameSpan == nil || organless.MatchString(s.over(*c.Claims.NameSpan))) {
				continue
			}
			text, ok := s.reprinted(c)
			if !ok || s.essence(text) == s.essence(s.over(c.Span)) {
				continue
			}
			// Only what can be offered is said: a form of its own that the
			// grammar would read otherwise is left alone.
			edits := []edit{{c.Span, text}}
			if _, ok := s.mended(edits, May{Add: true}); !ok {
				continue
			}
			out = append(out, remark{Claimed: s.over(c.Span), Found: text, Reason: fmt.Sprintf("a citation of this kind has another form in this style (%s)", s.Profile.Name), Edits: edits})
		}
		return out
	},
	Yes: []Example{
		{Profile: "bluebook", Note: "See UN Security Council Resolution 2423 (June 28, 2018), UN Doc. S/RES/2423, para. 38; Smith, A Book (2001).",
			Mended: "See S.C. Res. 2423, ¶ 38, U.N. Doc. S/RES/2423 (June 28, 2018); Smith, A Book (2001)."},
		{Profile: "ipi", Note: "S.C. Res. 1325, ¶ 8, U.N. Doc. S/RES/1325 (Oct. 31, 2000).", Mended: "UN Security Council Resolution 1325 (October 31, 2000), UN Doc. S/RES/1325, para. 8."},
		{Profile: "oscola", Note: "UN Security Council, Situation in Mali—Report of the Secretary-General, UN Doc. S/2023/402, June 1, 2023, para. 5.",
			Mended: "UNSC, ‘Situation in Mali—Report of the Secretary-General’ (1 June 2023) UN Doc S/2023/402, para 5."},
		{Profile: "oscola", Note: "U.N. Secretary-General, Report of the Secretary-General on the situation in Cyprus, ¶ 9, U.N. Doc. S/2000/976 (Oct. 10, 2000).",
			Mended: "UN Secretary-General, ‘Report of the Secretary-General on the situation in Cyprus’ (10 October 2000) UN Doc S/2000/976, para 9."},
		{Profile: "aglc", Note: "UN Security Council Resolution 2423 (June 28, 2018), UN Doc. S/RES/2423, para. 38.", Mended: "SC Res 2423, UN Doc S/RES/2423 (28 June 2018) [38]."},
		{Profile: "un", Note: "S.C. Res. 1325, ¶ 8, U.N. Doc. S/RES/1325 (Oct. 31, 2000).", Mended: "Security Council resolution 1325 (2000) of 31 October 2000, para. 8."},
		{Profile: "chicago", Note: "UNSC Res 1373 (28 September 2001) UN Doc S/RES/1373, para 2(d)", Mended: "UN Security Council, Resolution 1373, September 28, 2001, S/RES/1373, para. 2(d)"},
	},
	No: []Example{
		{Profile: "ipi", Note: "UN Security Council Resolution 2423 (June 28, 2018), UN Doc. S/RES/2423, para. 38."},
		{Profile: "ipi", Note: "UN Security Council, Situation in Mali—Report of the Secretary-General, UN Doc. S/2023/402, June 1, 2023, para. 5."},
		{Profile: "ipi", Note: "UN Security Council Resolution 1911 (January 28, 2010), UN Doc. S/RES/1911 (2010)."},
		{Profile: "bluebook", Note: "S.C. Res. 1325, ¶ 8, U.N. Doc. S/RES/1325 (Oct. 31, 2000)."},
		{Profile: "bluebook", Note: "U.N. Secretary-General, Report of the Secretary-General on the situation in Cyprus, ¶ 9, U.N. Doc. S/2000/976 (Oct. 10, 2000)."},
		{Profile: "oscola", Note: "G.A. Res. 2090, U.N. Doc. S/RES/2090 (Feb. 13, 2013)."},
		{Profile: "oscola", Note: "UN Secretariat, Report on the situation in Cyprus, UN Doc S/2000/976 (10 October 2000)."},
		{Profile: "chicago", Note: "UN Security Council, Resolution 2215 (2015), S/RES/2215."},
		{Profile: "bluebook", Note: "In Security Council resolution 1373 (2001), S/RES/1373, the Council bound all States."},
		{Profile: "oscola", Note: "UNSC Res 1373 (28 September 2001) UN Doc S/RES/1373, para 2(d)."},
		{Profile: "un", Note: "Resolution 70/1, annex; see also resolution 2423 (2018)."},
		{Profile: "un", Note: "Report of IAAC on its activities for the period from 1 August 2022 to 31 July 2023 (A/78/286), annex I."},
		{Profile: "bluebook", Note: "Comm. on the Peaceful Uses of Outer Space, Rep. of Legal Subcomm., U.N. Doc. A/AC.105/C.2/L.85 (Mar. 19, 1973)."},
		{Profile: "un", Note: "See Security Council resolution 1325 (2000), para. 8; and S/2023/402, para. 5."},
		{Profile: "bluebook", Note: "UN Security Council Resolution 2423 (June 28, 2018), vetoed by nobody, UN Doc. S/RES/2423."},
	},
}

// reprinted is a citation in the style's form, where all of its words were
// understood.
func (s *sheet) reprinted(c *cite.Citation) (string, bool) {
	if c.BackRef != nil || len(c.Defines) > 0 || c.Claims.URL != "" || len(c.Joint) > 0 || !s.understood(c) {
		return "", false
	}
	if n := c.Claims.NameSpan; n != nil && !oneName.MatchString(s.over(*n)) {
		return "", false
	}
	return s.Profile.Print(c)
}

var (
	organless = regexp.MustCompile(`(?i)^(?:resolution|decision)\b`)
	// oneName is the name of one document, and not an item of a list.
	oneName = regexp.MustCompile(`(?i)\b(?:resolution|decision|res\.?|dec\.?|statement|meeting|mtg\.?|record|release)(?:[ .,\d/]|$)`)
	// tokens are the words and numbers of a citation.
	tokens = regexp.MustCompile(`[\p{L}\p{M}]+|\d+`)
	// known are the words that a citation may hold beside what was read.
	known = func() map[string]bool {
		words := map[string]bool{}
		for _, w := range strings.Fields(`un u n united nations doc docs document security council general assembly human rights economic and social
			secretary secretariat unsc unga unhrc hrc sc ga ecosoc esc s c g a e of the on in at dated adopted res resolution no presidential pres statement
			by president report record records verbatim meeting mtg plen th st nd rd d sess session scor gaor official press release letter
			para paras paragraph paragraphs p pp page pages op operative preambular preamble annex annexes art arts article articles chap chaps chapter
			sect sects sec section sections table tables figure n nn note notes fn to`) {
			words[w] = true
		}
		return words
	}()
)

// understood tells whether nothing but known words and the numbers of places
// stands in a citation beside its name, symbol, date and title.
func (s *sheet) understood(c *cite.Citation) bool {
	if c.Span.Start < 0 || c.Span.End > len(s.text) || c.Span.Start > c.Span.End {
		return false
	}
	text := append([]rune{}, s.text[c.Span.Start:c.Span.End]...)
	for _, at := range []*cite.Span{c.Claims.NameSpan, c.Claims.SymbolAt, c.Claims.DateSpan, c.Claims.YearSpan, c.Claims.TitleSpan} {
		if at == nil {
			continue
		}
		if at.Start < c.Span.Start || at.End > c.Span.End {
			return false
		}
		for i := at.Start; i < at.End; i++ {
			text[i-c.Span.Start] = ' '
		}
	}
	for _, r := range text {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune(" .,;:()[]¶§-‐‑–—’'“”‘\"*/&", r) {
			return false
		}
	}
	places := map[string]bool{}
	for _, p := range c.Pinpoints {
		for _, v := range []string{fmt.Sprint(p.From), fmt.Sprint(p.To), p.Sub} {
			for _, t := range tokens.FindAllString(v, -1) {
				places[strings.ToLower(t)] = true
			}
		}
	}
	for _, t := range tokens.FindAllString(string(text), -1) {
		low := strings.ToLower(t)
		if !known[low] && !places[low] && !(c.Claims.Meeting != "" && strings.Contains(c.Claims.Meeting, t)) && !s.shortRange(c, t) {
			return false
		}
		if _, err := strconv.Atoi(t); err == nil && !places[low] && !strings.Contains(c.Claims.Meeting, t) && !strings.Contains(c.Claims.Session, t) && !s.shortRange(c, t) {
			return false
		}
	}
	return true
}

// shortRange tells whether digits are the second half of a range that leaves
// out what both share: "829–31".
func (s *sheet) shortRange(c *cite.Citation, digits string) bool {
	for _, p := range c.Pinpoints {
		to, isInt := p.To.(int)
		if isInt && p.From != p.To && strings.HasSuffix(strconv.Itoa(to), digits) {
			return true
		}
	}
	return false
}

var (
	anyDoc  = regexp.MustCompile(`(?i)\b(?:u\.? ?n\.?|united nations)? ?docs?\b\.?`)
	anyPara = regexp.MustCompile(`(?i)\b(?:paras?|paragraphs?)\b\.?|¶+`)
	anyPage = regexp.MustCompile(`(?i)\b(?:pp?|pages?)\b\.?`)
	// ownYear is the year that the masthead prints with a resolution's symbol:
	// every style bears it.
	ownYear  = regexp.MustCompile(`(?i)(S/RES/\d+) ?\(\d{4}\)`)
	unsigned = regexp.MustCompile(`[^\p{L}\p{N}¶()\[\]/.]+`)
	figures  = regexp.MustCompile(`\b(\d{1,2}) (\p{L}+)\b\.? (\d{4})\b|\b(\p{L}{3,9})\b\.? (\d{1,2}),? (\d{4})\b`)
)

// essence is a citation without what other rules speak of: the prefix, the
// format of dates, "para." or "paras.", marks and capitals.
func (s *sheet) essence(text string) string {
	text = figures.ReplaceAllStringFunc(text, func(d string) string {
		m := figures.FindStringSubmatch(d)
		day, month, year := m[1], m[2], m[3]
		if m[4] != "" {
			day, month, year = m[5], m[4], m[6]
		}
		if len(month) < 3 {
			return d
		}
		return "<" + year + strings.ToLower(month[:3]) + day + ">"
	})
	text = ownYear.ReplaceAllString(text, "$1")
	text = anyDoc.ReplaceAllString(text, "")
	text = anyPara.ReplaceAllString(text, "¶")
	text = anyPage.ReplaceAllString(text, "p")
	text = unsigned.ReplaceAllString(strings.ToLower(text), " ")
	return strings.ReplaceAll(strings.ReplaceAll(strings.Join(strings.Fields(text), ""), ".", ""), "–", "-")
}
