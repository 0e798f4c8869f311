// Package undoc reads a UN document's own pages: its masthead (symbols,
// dates, title, body, job number) and its numbered paragraphs. It knows how
// UN documents of the 1990s and after are laid out; where it is read from,
// and whether it is the one that was asked for, others decide.
package undoc

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"citecheck/pipeline/cite"
)

// Read reads a document from its zones and pages. What was not found is left
// empty: an absent masthead is for the caller to judge.
func Read(zones []cite.Zone, pages []cite.Page) cite.Document {
	r := &reader{lines: linesOf(zones)}
	r.masthead()
	r.paragraphs()
	for _, p := range pages {
		r.doc.OCR = r.doc.OCR || p.OCR
		if p.Problem != "" {
			r.doc.Problems = append(r.doc.Problems, cite.Problem{Stage: "read", Item: "page " + strconv.Itoa(p.Number), Reason: p.Problem})
		}
	}
	return r.doc
}

// placeholder is what the document system prints in place of a document that
// it does not have.
var placeholder = regexp.MustCompile(`(?i)does\s+not\s+exist\s+in\s+the\s+Official\s+Document\s+System`)

// IsPlaceholder tells whether pages are the document system's own notice.
func IsPlaceholder(pages []cite.Page) bool {
	if len(pages) == 0 || len(pages) > 3 {
		return false
	}
	var b strings.Builder
	for _, r := range pages[0].Runs {
		b.WriteString(r.Text)
		b.WriteByte(' ')
	}
	return placeholder.MatchString(b.String())
}

// line is one line of text with where it stands.
type line struct {
	text string
	page int
	kind cite.ZoneKind
	y    float64
	size float64
	bold bool
}

func linesOf(zones []cite.Zone) []line {
	var out []line
	for _, z := range zones {
		switch z.Kind {
		case cite.ZoneNotes, cite.ZoneEndnotes:
			continue
		}
		for _, l := range z.Lines {
			var b strings.Builder
			bold := len(l.Runs) > 0
			for i, r := range l.Runs {
				if i > 0 && r.Size < 0.8*l.Size && strings.Trim(r.Text, "0123456789,–-*") == "" && !l.Runs[i-1].Space {
					continue // a raised note marker
				}
				b.WriteString(r.Text)
				if r.Space && i+1 < len(l.Runs) {
					b.WriteByte(' ')
				}
				bold = bold && r.Bold
			}
			if t := strings.Join(strings.Fields(norm.NFC.String(b.String())), " "); t != "" {
				out = append(out, line{t, z.Page, z.Kind, l.Baseline, l.Size, bold})
			}
		}
	}
	return out
}

type reader struct {
	lines []line
	doc   cite.Document
}

var (
	symbolText = regexp.MustCompile(`\b[A-Z][A-Za-z]{0,9}(?:/[A-Za-z0-9.*-]+)+(?:\s?\([^)]{1,20}\))?(?:/[A-Za-z0-9.]+)*(?:[-–][A-Z]+/[A-Z0-9./a-z]+)?\*{0,2}`)
	dateText   = regexp.MustCompile(`\b(\d{1,2})\s+(January|February|March|April|May|June|July|August|September|October|November|December)\s+(\d{4})\b`)
	adoptedSC  = regexp.MustCompile(`(?i)Adopted by the Security Council at its (\d+)\w*\s+(?:\([^)]*\)\s+)?meeting,?\s+(?:held\s+)?on\s+(\d{1,2}\s+\w+\s+\d{4})`)
	adoptedGA  = regexp.MustCompile(`(?i)(?:Resolution|Decision)s? adopted by the (General Assembly|Human Rights Council|Economic and Social Council)(?: \([^)]*\))? on (\d{1,2}\s+\w+\s+\d{4})`)
	adoptedHRC = regexp.MustCompile(`(?i)(?:Resolution )?adopted by the (Human Rights Council|General Assembly|Economic and Social Council) (?:at its \w+ session )?on (\d{1,2}\s+\w+\s+\d{4})`)
	docHeader  = regexp.MustCompile(`(?i)^(?:united nations$|distr|general$|original|english|russian|french|spanish|arabic|chinese|limited|security council$|general assembly$|economic and social council$|\w+(?:-\w+)? year$|\w+(?:-\w+)* session$|agenda item|items? \d|\d{1,2} \w+ \d{4}$|please recycle|\*?\d{6,}\*?$|provisional)`)
)

const mastheadLines = 40

// masthead reads page 1: the symbol at the top, the dates, the title.
func (r *reader) masthead() {
	var top []line
	for _, l := range r.lines {
		if l.page == 1 && len(top) < 200 {
			top = append(top, l)
		}
	}
	all := ""
	for _, l := range top {
		all += l.text + " "
	}
	r.symbols(top)
	s := r.doc.Symbol
	if !s.IsZero() {
		r.doc.Body, r.doc.Series, r.doc.Number, r.doc.Year = s.Body(), s.Series(), s.Number(), s.Year()
	}
	issued := r.distributed(top)
	adopted, meeting := adoption(all)
	switch {
	case !adopted.IsZero():
		r.doc.Date = adopted
		r.fact(cite.FieldDate, adopted.String(), adopted.Words())
		if meeting != "" {
			r.doc.Meeting = meeting
			r.fact(cite.FieldMeeting, meeting, meeting)
		}
		if !issued.IsZero() && issued != adopted {
			r.fact(cite.FieldIssued, issued.String(), issued.Words())
		}
	case !issued.IsZero():
		r.doc.Date = issued
		r.fact(cite.FieldDate, issued.String(), issued.Words())
	}
	if r.doc.Year == 0 {
		r.doc.Year = r.doc.Date.Year
	}
	if !s.IsZero() {
		r.doc.Printed = s.Printed(r.doc.Date.Year)
		r.fact(cite.FieldExists, r.doc.Printed, r.doc.Printed)
		r.fact(cite.FieldBody, r.doc.Body, r.doc.Body)
		r.fact(cite.FieldType, r.doc.Series, r.doc.Series)
	}
	if t := r.title(top); t != "" {
		r.doc.Title = t
		r.fact(cite.FieldTitle, t, t)
	}
}

func (r *reader) fact(f cite.Field, value, quote string) {
	if value != "" {
		r.doc.Facts = append(r.doc.Facts, cite.Fact{Field: f, Value: value, Primary: true, Evidence: cite.Evidence{Place: "page 1, masthead", Quote: quote}})
	}
}

// symbols finds the masthead's symbol or symbols: those that stand above the
// document's own text, the highest first.
func (r *reader) symbols(top []line) {
	height := 0.0
	for _, l := range top {
		height = max(height, l.y)
	}
	for i, l := range top {
		if i >= mastheadLines || height > 0 && l.y > 0.35*max(height, 700) {
			break
		}
		for _, m := range symbolText.FindAllString(l.text, 4) {
			m = strings.TrimRight(m, "*.,;")
			list, err := cite.ParseJoint(m)
			if err != nil {
				s, e := cite.ParseSymbol(m)
				if e != nil {
					continue
				}
				list = []cite.Symbol{s}
			}
			for _, s := range list {
				r.name(s)
			}
		}
		// "Distr.: General" ends what is the symbol's own place.
		if strings.HasPrefix(strings.ToLower(l.text), "distr") && !r.doc.Symbol.IsZero() {
			break
		}
	}
}

func (r *reader) name(s cite.Symbol) {
	switch {
	case r.doc.Symbol.IsZero():
		r.doc.Symbol = s
	case s != r.doc.Symbol:
		r.doc.Aliases = append(r.doc.Aliases, s.String())
	}
}

func day(s string) cite.Date {
	m := dateText.FindStringSubmatch(s)
	if m == nil {
		return cite.Date{}
	}
	d := cite.Date{}
	d.Day, _ = strconv.Atoi(m[1]) // digits
	d.Year, _ = strconv.Atoi(m[3])
	for i, n := range cite.Months {
		if n == m[2] {
			d.Month = i
		}
	}
	if !d.Valid() {
		return cite.Date{}
	}
	return d
}

// distributed is the date below "Distr.": a line that is a date and nothing
// else.
func (r *reader) distributed(top []line) cite.Date {
	seen := false
	for i, l := range top {
		if i > mastheadLines {
			break
		}
		if strings.Contains(strings.ToLower(l.text), "distr") {
			seen = true
		}
		if m := dateText.FindString(l.text); m != "" && len(l.text) < len(m)+24 {
			if seen || i < 15 {
				return day(m)
			}
		}
	}
	return cite.Date{}
}

// adoption is the day on which a decision was taken, and the meeting.
func adoption(text string) (cite.Date, string) {
	if m := adoptedSC.FindStringSubmatch(text); m != nil {
		return day(m[2]), "S/PV." + m[1]
	}
	for _, re := range []*regexp.Regexp{adoptedGA, adoptedHRC} {
		if m := re.FindStringSubmatch(text); m != nil {
			return day(m[2]), ""
		}
	}
	return cite.Date{}, ""
}

// title is the run of headings below the masthead and above the text.
func (r *reader) title(top []line) string {
	var parts []string
	past := false
	size := 0.0
	for i, l := range top {
		low := strings.ToLower(l.text)
		if strings.HasPrefix(low, "original") || strings.HasPrefix(low, "distr") || strings.HasPrefix(low, "english") {
			past = true
			continue
		}
		if !past || i < 3 {
			continue
		}
		if docHeader.MatchString(l.text) || symbolText.MatchString(l.text) && len(l.text) < 30 {
			if len(parts) > 0 {
				break
			}
			continue
		}
		if numbered.MatchString(l.text) || introduction.MatchString(l.text) || strings.HasPrefix(low, "the security council,") || strings.HasPrefix(low, "the general assembly,") || strings.HasPrefix(low, "summary") || strings.HasPrefix(low, "adopted by") {
			break
		}
		heading := l.kind == cite.ZoneHeading || l.bold || len(parts) > 0 && l.size >= size-0.5
		if !heading {
			if len(parts) > 0 {
				break
			}
			continue
		}
		size = l.size
		parts = append(parts, l.text)
		if len(parts) > 12 {
			break
		}
	}
	t := strings.Join(parts, " ")
	t = regexp.MustCompile(`\s*\*+$`).ReplaceAllString(t, "")
	if len(t) > 600 || len(t) < 4 {
		return ""
	}
	return t
}

var (
	numbered     = regexp.MustCompile(`^(\d{1,3})\.(?:\s+(\S.*))?$`)
	introduction = regexp.MustCompile(`^(?:[IVX]+|[A-Z])\.\s+\S`)
	annexHead    = regexp.MustCompile(`^(?:Annex|Appendix|Enclosure|ANNEX)(?:\s+[IVX\d]+)?\b[^a-z]{0,3}$|^(?:Annex|Appendix|Enclosure|ANNEX)(?:\s+[IVXA-Z\d]+)?$`)
)

// paragraphs reads the numbered paragraphs: a line that begins with the next
// number begins one. Numbers in lists inside a paragraph begin anew at 1 and
// do not count; after an annex begins the count is the annex's.
func (r *reader) paragraphs() {
	next, annex := 1, ""
	var cur *cite.Paragraph
	var preamble []string
	prePage := 0
	started := false
	flush := func() {
		if cur != nil {
			cur.Text = tidy(cur.Text)
			r.doc.Paragraphs = append(r.doc.Paragraphs, *cur)
			cur = nil
		}
	}
	for i, l := range r.lines {
		switch l.kind {
		case cite.ZoneHeader, cite.ZoneFooter:
			continue
		}
		if annexHead.MatchString(l.text) && started {
			flush()
			annex, next = l.text, 1
			continue
		}
		if m := numbered.FindStringSubmatch(l.text); m != nil {
			n, _ := strconv.Atoi(m[1]) // digits
			if n == next || started && annex == "" && n > next && n <= next+2 && follows(r.lines, i, n) {
				if !started {
					r.preamble(preamble, prePage)
				}
				flush()
				started = true
				cur = &cite.Paragraph{N: n, Text: m[2], Page: l.page}
				if annex != "" {
					cur.Kind, cur.Label = "annex", fmt.Sprintf("%s, %d", annex, n)
				} else {
					r.doc.Last = n
				}
				next = n + 1
				continue
			}
		}
		switch {
		case cur != nil && l.kind != cite.ZoneHeading && l.kind != cite.ZoneTable:
			cur.Text += "\n" + l.text
		case !started && (l.kind == cite.ZoneBody || l.kind == cite.ZoneHeading):
			preamble = append(preamble, l.text)
			prePage = l.page
		}
	}
	if !started {
		r.preamble(preamble, prePage)
	}
	flush()
	if r.doc.Last > 0 {
		r.doc.Facts = append(r.doc.Facts, cite.Fact{Field: cite.FieldLastPara, Value: strconv.Itoa(r.doc.Last), Primary: true,
			Evidence: cite.Evidence{Place: fmt.Sprintf("paragraph %d", r.doc.Last), Quote: r.head(r.doc.Last)}})
	}
}

// follows tells whether the number after n comes soon: then n is a paragraph
// though the one before it was not seen.
func follows(lines []line, i, n int) bool {
	for _, l := range lines[i+1 : min(len(lines), i+120)] {
		if m := numbered.FindStringSubmatch(l.text); m != nil && m[1] == strconv.Itoa(n+1) {
			return true
		}
	}
	return false
}

func (r *reader) head(n int) string {
	for _, p := range r.doc.Paragraphs {
		if p.N == n && p.Kind == "" {
			t := []rune(p.Text)
			return string(t[:min(len(t), 160)])
		}
	}
	return ""
}

// preamble is what stands before paragraph 1, as one paragraph.
func (r *reader) preamble(lines []string, page int) {
	if t := tidy(strings.Join(lines, "\n")); t != "" {
		r.doc.Paragraphs = append(r.doc.Paragraphs, cite.Paragraph{Kind: "preamble", Text: t, Page: page})
	}
}

// tidy joins lines to a paragraph, with words that a line end broke made whole.
func tidy(s string) string {
	var b strings.Builder
	for i, l := range strings.Split(strings.TrimSpace(s), "\n") {
		if i > 0 {
			t := b.String()
			r := []rune(l)
			if n := len(t); n > 1 && t[n-1] == '-' && len(r) > 0 && unicode.IsLower(r[0]) && unicode.IsLower(rune(t[n-2])) {
				b.Reset()
				b.WriteString(t[:n-1])
			} else {
				b.WriteByte(' ')
			}
		}
		b.WriteString(l)
	}
	return strings.TrimSpace(b.String())
}
