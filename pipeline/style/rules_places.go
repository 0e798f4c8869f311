package style

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"citecheck/pipeline/cite"
)

var pages = &Rule{
	ID: "M10", Severity: Style, Doc: "a place is a paragraph wherever the document has numbered ones",
	Run: func(s *sheet) []remark {
		if !s.Profile.Paragraphs {
			return nil
		}
		var out []remark
		for _, c := range s.direct() {
			if c.Symbol.IsZero() || c.Symbol.Series() == "meeting record" {
				continue
			}
			d := s.document(c.Symbol)
			numbered := c.Symbol.IsCouncilResolution() || d != nil && d.Last > 0
			for i, p := range c.Pinpoints {
				if p.Unit != cite.UnitPage || !numbered || i > 0 && c.Pinpoints[i-1].Unit != cite.UnitPage {
					continue
				}
				out = append(out, remark{Claimed: fmt.Sprintf("p. %v", p.From), Reason: fmt.Sprintf("%s has numbered paragraphs: the style names these and no pages (%s)", c.Symbol, s.Profile.Name)})
			}
		}
		return out
	},
	Yes: []Example{{Profile: "un", Note: "Security Council resolution 2423 (2018), p. 4."}, {Profile: "un", Note: "S/2023/402, p. 4.", Date: "2023-06-01", Last: 80}},
	No: []Example{
		{Profile: "un", Note: "Security Council resolution 2423 (2018), para. 4."},
		{Profile: "un", Note: "S/2023/402, p. 4."},
		{Profile: "un", Note: "S/PV.8298, p. 4."},
		{Profile: "ipi", Note: "UN Doc. S/RES/2423, p. 4."},
	},
}

// oneOrMore is a place in paragraphs: the words or signs, the first number,
// and what makes it several.
var oneOrMore = regexp.MustCompile(`(?i)(\bparas?\b\.?|\bparagraphs?\b|¶+) ?(\d{1,4})((?: ?\([a-z0-9]{1,4}\))*)( ?[-‐‑–—] ?\d| (?:and|&) \d|, \d{1,4}(?:[-–]\d{1,4})?(?:, \d{1,4})* and \d)?`)

var paras = &Rule{
	ID: "M11", Severity: Style, Doc: "one paragraph is a “para.”, several are “paras.”",
	Run: func(s *sheet) []remark {
		var out []remark
		for _, c := range s.direct() {
			if c.Symbol.IsZero() {
				continue
			}
			text := s.over(c.Span)
			for _, m := range oneOrMore.FindAllStringSubmatchIndex(text, -1) {
				word := text[m[2]:m[3]]
				n, _ := strconv.Atoi(text[m[4]:m[5]]) // at most four digits
				start := c.Span.Start + len([]rune(text[:m[2]]))
				at := cite.Span{Start: start, End: start + len([]rune(word))}
				several, known := severalAt(c.Pinpoints, n)
				printed := m[8] >= 0
				if !known || several != printed || s.inTitle(c, at) {
					continue
				}
				if !several && moreFollows.MatchString(text[m[1]:]) {
					continue
				}
				right := plural(word, several)
				if right == word {
					continue
				}
				out = append(out, remark{Claimed: text[m[0]:m[1]], Reason: fmt.Sprintf("“%s” stands before %s", right, map[bool]string{true: "several paragraphs", false: "one paragraph"}[several]),
					Edits: []edit{{at, right}}})
			}
		}
		return out
	},
	Yes: []Example{
		{Profile: "ipi", Note: "UN Doc. S/2023/402, para. 3–5.", Mended: "UN Doc. S/2023/402, paras. 3–5."},
		{Profile: "ipi", Note: "UN Doc. S/2023/402, paras. 14.", Mended: "UN Doc. S/2023/402, para. 14."},
		{Profile: "oscola", Note: "UNSC Res 1373 (28 September 2001) UN Doc S/RES/1373, para 3 and 5", Mended: "UNSC Res 1373 (28 September 2001) UN Doc S/RES/1373, paras 3 and 5"},
		{Profile: "bluebook", Note: "G.A. Res. 62/228, ¶ 35–37, U.N. Doc. A/RES/62/228 (Dec. 22, 2007).", Mended: "G.A. Res. 62/228, ¶¶ 35–37, U.N. Doc. A/RES/62/228 (Dec. 22, 2007)."},
		{Profile: "un", Note: "General Assembly resolution 60/1, paragraph 138 and 139.", Mended: "General Assembly resolution 60/1, paragraphs 138 and 139."},
	},
	No: []Example{
		{Profile: "ipi", Note: "UN Doc. S/2023/402, para. 5."},
		{Profile: "ipi", Note: "UN Doc. S/2023/402, paras. 3–5, 9 and 11."},
		{Profile: "ipi", Note: "UN Doc. S/RES/2423, paras. 12 (a) and (b)."},
		{Profile: "ipi", Note: "UN Doc. S/RES/2423, paras. 12 et seq."},
		{Profile: "ipi", Note: "UN Doc. S/RES/2423, paras. 12ff."},
		{Profile: "ipi", Note: "UN Doc. S/RES/2423, para. 12, annex 3 and 4."},
	},
}

// moreFollows tells that a number goes on in a way that the grammar of
// pinpoints may not count.
var moreFollows = regexp.MustCompile(`(?i)^ ?(?:ff?\b|et seq|seq|[-‐‑–—,;&]|and\b|to\b|or\b|through\b|\(|\pL|\d|\.\d)`)

// severalAt tells whether the pinpoints name more than one paragraph in the
// run that begins with paragraph n; known is false where they name none.
func severalAt(pins []cite.Pin, n int) (several, known bool) {
	for i, p := range pins {
		if p.Unit != cite.UnitPara || p.From != n {
			continue
		}
		if p.To != p.From {
			return true, true
		}
		if i+1 < len(pins) && pins[i+1].Unit == cite.UnitPara && pins[i+1].From != n {
			return true, true
		}
		return false, true
	}
	return false, false
}

// plural is a word for paragraphs in the other number.
func plural(word string, several bool) string {
	if strings.HasPrefix(word, "¶") {
		if several {
			return "¶¶"
		}
		return "¶"
	}
	stem := strings.TrimSuffix(word, ".")
	stop := word[len(stem):]
	stem = strings.TrimSuffix(stem, "s")
	if several {
		stem += "s"
	}
	return stem + stop
}

var beyondEnd = &Rule{
	ID: "M12", Severity: Error, Doc: "no paragraph lies beyond the last one",
	Run: func(s *sheet) []remark {
		var out []remark
		for _, c := range s.direct() {
			d := s.document(c.Symbol)
			if d == nil || d.Last == 0 || d.OCR {
				continue
			}
			for _, p := range c.Pinpoints {
				to, isInt := p.To.(int)
				if p.Unit != cite.UnitPara || !isInt || to <= d.Last || hasParagraph(d, to) {
					continue
				}
				m := remark{Claimed: fmt.Sprintf("para. %d", to), Found: strconv.Itoa(d.Last), Reason: fmt.Sprintf("%s has no paragraph %d: its last one is %d", c.Symbol, to, d.Last)}
				if f, ok := d.Fact(cite.FieldLastPara); ok {
					m.Evidence = &f.Evidence
				}
				out = append(out, m)
			}
		}
		return out
	},
	Yes: []Example{{Profile: "ipi", Note: "UN Security Council Resolution 2690 (June 30, 2023), UN Doc. S/RES/2690, para. 12.", Date: "2023-06-30", Last: 9}},
	No: []Example{
		{Profile: "ipi", Note: "UN Security Council Resolution 2690 (June 30, 2023), UN Doc. S/RES/2690, para. 9.", Date: "2023-06-30", Last: 9},
		{Profile: "ipi", Note: "UN Security Council Resolution 2690 (June 30, 2023), UN Doc. S/RES/2690, para. 12."},
	},
}

func hasParagraph(d *cite.Document, n int) bool {
	for _, q := range d.Paragraphs {
		if q.N == n && q.Kind == "" {
			return true
		}
	}
	return false
}
