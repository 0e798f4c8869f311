package verify

import (
	"fmt"
	"regexp"
	"strings"

	"citecheck/pipeline/cite"
)

// nameAgrees: is what the running text calls the document what it is? It reads
// the sentence above the note, "the presidential statement of June 2018" over
// a report, and unmarked sentences elsewhere that describe the same document
// by its body, month and year, "the strategic review submitted to the Security
// Council in January 2023" of what calls itself an internal review. That they
// mean this document is a rule of thumb.
var nameAgrees = &Check{
	Name: "name-agrees",
	Doc:  "what the text calls the document is what it is",
	Applies: func(c *Case) bool {
		if c.Cite.Symbol.IsZero() || manyDocuments(c.Note) {
			return false
		}
		return len(called(c)) > 0 || len(reviewed(c)) > 0
	},
	Run: func(c *Case) []cite.Finding {
		d := c.doc()
		if d == nil {
			if c.Answer.Outcome == cite.Absent {
				return nil
			}
			for _, n := range append(called(c), reviewed(c)...) {
				return []cite.Finding{notHad(c, n.phrase)}
			}
		}
		var out []cite.Finding
		for _, n := range called(c) {
			if f, ok := kindFinding(c, d, n); ok {
				out = append(out, f)
			}
		}
		for _, n := range reviewed(c) {
			if f, ok := reviewFinding(c, d, n); ok && len(out) == 0 {
				out = append(out, f)
			}
		}
		return out
	},
}

// Telling tells whether an unmarked sentence may describe a document by the
// time of its making: only such are kept.
func Telling(sentence string) bool {
	return monthYear.MatchString(sentence) && aReview.MatchString(sentence)
}

// A naming is what the text calls a document.
type calling struct {
	kind   string // "presidential statement", "review"
	phrase string // as printed
	date   cite.Date
	page   int
}

var (
	monthYear = regexp.MustCompile(`\b(?:(\d{1,2})\s+)?(January|February|March|April|May|June|July|August|September|October|November|December)\s+(?:(\d{1,2}),\s+)?((?:19|20)\d\d)\b`)
	// kindOfMonth is a kind of document and its time: "the resolution of March
	// 2007", "the Secretary-General’s letter dated 4 May 2010".
	kindOfMonth = regexp.MustCompile(`(?i)\b(presidential\s+statement|resolution|decision|(?:strategic|internal|independent|comprehensive|external|joint|technical)\s+(?:review|assessment|evaluation))\s+(?:of|dated|from)\s+` +
		`((?:\d{1,2}\s+)?` + months + `\s+(?:\d{1,2},\s+)?(?:19|20)\d\d)\b`)
	aReview     = regexp.MustCompile(`(?i)\b(?:review|assessment|evaluation|inquiry|investigation|audit|study)\b`)
	whichReview = regexp.MustCompile(`(?i)\b(strategic|internal|independent|comprehensive|external|joint|technical|periodic|mid-term)\s+(review|assessment|evaluation|inquiry|investigation|audit|study)\b`)
)

func dateIn(s string) cite.Date {
	m := monthYear.FindStringSubmatch(s)
	if m == nil {
		return cite.Date{}
	}
	var d cite.Date
	fmt.Sscan(m[4], &d.Year)
	for i, n := range cite.Months {
		if n == m[2] {
			d.Month = i
		}
	}
	if day := m[1] + m[3]; day != "" {
		fmt.Sscan(day, &d.Day)
	}
	return d
}

// called are the kinds that the sentences above a note give the document, with
// its time.
func called(c *Case) (out []calling) {
	for _, m := range c.Note.Markers {
		s := unquoted(told(m))
		all := kindOfMonth.FindAllStringSubmatch(s, -1)
		if len(all) != 1 || earlier.MatchString(s) {
			continue
		}
		kind := strings.ToLower(strings.Join(strings.Fields(all[0][1]), " "))
		out = append(out, calling{kind: kind, phrase: all[0][0], date: dateIn(all[0][2])})
	}
	return out
}

// kindFinding compares the kind with what the document is, where the time
// fits: else the sentence means another document.
func kindFinding(c *Case, d *cite.Document, n calling) (cite.Finding, bool) {
	date, ok := d.Fact(cite.FieldDate)
	if !ok || !fits(n.date, date.Value) {
		return cite.Finding{}, false
	}
	series := d.Symbol.Series()
	if head, adjective, ok := twoWords(n.kind); ok {
		return otherReview(d, date, n, adjective, head)
	}
	if series == n.kind || series == "" || n.kind == "decision" && decides(d.Symbol) || n.kind == "resolution" && c.Cite.Symbol.Series() == "draft" {
		return cite.Finding{}, false
	}
	found := series
	if f, ok := d.Fact(cite.FieldTitle); ok {
		found = f.Value
	}
	f := disagree(date, n.phrase, fmt.Sprintf("the sentence tells of a %s; the document cited, of the same time, is no %s (%s)", n.kind, n.kind, short140(found)))
	f.Verdict, f.Found = cite.Questioned, found
	return f, true
}

// twoWords parts "strategic review".
func twoWords(kind string) (head, adjective string, ok bool) {
	m := whichReview.FindStringSubmatch(kind)
	if m == nil {
		return "", "", false
	}
	return strings.ToLower(m[2]), strings.ToLower(m[1]), true
}

// otherReview is the finding on a review of a name that the document does not
// have.
func otherReview(d *cite.Document, date cite.Fact, n calling, adjective, head string) (cite.Finding, bool) {
	name1 := adjective + " " + head
	has := strings.ToLower(d.Title)
	for _, p := range d.Paragraphs {
		has += " " + strings.ToLower(p.Text)
	}
	if strings.Contains(has, name1) {
		return cite.Finding{}, false
	}
	own := ""
	for _, m := range whichReview.FindAllStringSubmatch(d.Title, -1) {
		if strings.EqualFold(m[2], head) {
			own = strings.ToLower(m[1] + " " + m[2])
		}
	}
	if own == "" && len(d.Paragraphs) == 0 {
		return cite.Finding{}, false // its text may use the name
	}
	fact := date
	if f, ok := d.Fact(cite.FieldTitle); ok {
		fact = f
	}
	reason := fmt.Sprintf("the text calls it a %s; %s does not use that name", name1, name(d))
	if own != "" {
		reason = fmt.Sprintf("the text calls it a %s; %s calls itself %s", name1, name(d), article(own))
	}
	f := disagree(fact, n.phrase, reason)
	f.Verdict = cite.Questioned
	return f, true
}

func article(s string) string {
	if strings.ContainsRune("aeiou", rune(s[0])) {
		return "an " + s
	}
	return "a " + s
}

func short140(s string) string {
	if r := []rune(s); len(r) > 140 {
		return string(r[:139]) + "…"
	}
	return s
}

// reviewed are the unmarked sentences that describe a review of the body and
// the time of the document, in another name than its title has. "The review"
// takes its name from the sentence before.
func reviewed(c *Case) (out []calling) {
	title := c.Cite.Claims.Title
	if d := c.doc(); d != nil && d.Title != "" {
		title = d.Title
	}
	own := whichReview.FindStringSubmatch(title)
	if own == nil {
		return nil
	}
	date := c.Cite.Claims.Date
	if d := c.doc(); d != nil && !d.Date.IsZero() {
		date = d.Date
	}
	for _, s := range c.Said {
		when := dateIn(s.Text)
		if when.Month == 0 || when.Year != date.Year || when.Month != date.Month || when.Day > 0 && date.Day > 0 && when.Day != date.Day || !namesBody(s.Text, c.Cite.Symbol) {
			continue
		}
		m := whichReview.FindStringSubmatch(s.Text)
		if m == nil {
			if m = whichReview.FindStringSubmatch(s.Before); m == nil || !strings.Contains(strings.ToLower(s.Text), "the "+strings.ToLower(m[2])) {
				continue
			}
		}
		if !strings.EqualFold(m[2], own[2]) || strings.EqualFold(m[1], own[1]) {
			continue
		}
		out = append(out, calling{kind: strings.ToLower(m[1] + " " + m[2]), phrase: m[0], date: when, page: s.Page})
	}
	return out
}

// namesBody tells whether a sentence names the body whose document it is.
func namesBody(s string, sym cite.Symbol) bool {
	return sym.Body() != "" && strings.Contains(s, sym.Body())
}

func reviewFinding(c *Case, d *cite.Document, n calling) (cite.Finding, bool) {
	date, ok := d.Fact(cite.FieldDate)
	if !ok {
		return cite.Finding{}, false
	}
	head, adjective, _ := twoWords(n.kind)
	f, ok := otherReview(d, date, n, adjective, head)
	if ok && n.page > 0 {
		f.Reason += fmt.Sprintf(" (page %d)", n.page)
	}
	return f, ok
}
