package unpage

import (
	"bytes"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/PuerkitoBio/goquery"

	"citecheck/pipeline/cite"
)

// dhl reads the yearly tables of meetings of the Security Council, of the
// UN's Dag Hammarskjöld Library: static pages, and the fragments that today's
// site loads from its API. Rows have 4 cells to 1993 (meeting, date, topic,
// outcome), 5 from 1994 (with the press release), 7 in 2020 and 2021
// (recording and letters). The second row of a double item leaves meeting and
// date out. The list of vetoes has its own five.
var dhl = site{
	name: "dhl",
	fits: func(u *url.URL) bool {
		return dhlStatic.MatchString(u.Path) || dhlAPI.MatchString(u.Path) || dhlVetoAPI.MatchString(u.Path)
	},
	read: func(u *url.URL, contentType string, body []byte) (Page, error) {
		doc, err := parseHTML(contentType, body)
		if err != nil {
			return Page{}, err
		}
		p, err := readDHL(u, doc)
		// An HTML parser closes what a broken connection left open.
		p.Complete = p.Complete && bytes.Contains(bytes.ToLower(body), []byte("</table"))
		return p, err
	},
}

var (
	dhlStatic  = regexp.MustCompile(`/scact(?:(\d{4})|_veto)[a-z_0-9]*\.html?$`)
	dhlAPI     = regexp.MustCompile(`/render_meeting/scmeetings_(\d{4})(?:/|$)`)
	dhlVetoAPI = regexp.MustCompile(`/render_meeting_veto/sc_veto_list(?:/|$)`)
	resolved   = regexp.MustCompile(`S/RES/\s?(\d{1,4})\s*(?:\(\s?(\d{4})\s?\))?`)
	decided    = regexp.MustCompile(`S/RES/\s?\d{1,4}\s*(?:\(\s?\d{4}\s?\))?|S/(?:PRST/|PV\.)?\d{1,5}(?:/\d+)?(?:/(?:Add|Rev|Corr)\.\d+)*`)
	meeting    = regexp.MustCompile(`S/PV\.\s?\d+(?:\s*\(?(?:Resumption|Part|closed)[^)]*\))?`)
	pressSym   = regexp.MustCompile(`SC/\d+(?:/Rev\.\d+)?(?:\s*\+\s*(?:Corr|Add)\.\s?\d+)?`)
	voteText   = regexp.MustCompile(`\b(\d{1,2})\s?-\s?(\d{1,2})\s?-\s?(\d{1,2})(?:\D|$)|(?i:\b(?:adopted )?unanimously\b|\b(?:adopted )?without (?:a )?vote\b|\badopted by consensus\b)`)
)

// another is the year that a table is of, by the decisions in it or else
// its heading, where that is not the year of its address; else 0. Its days are
// printed without a year, so that those of another would date everything wrongly.
func (p *Page) another(heading string) int {
	if p.Year == 0 {
		return 0
	}
	count := map[int]int{}
	for _, r := range p.Rows {
		for _, m := range decidedYear.FindAllStringSubmatch(r.Outcome, -1) {
			y, _ := strconv.Atoi(m[1] + m[2]) // four digits, of one of them
			count[y]++
		}
	}
	for y, n := range count { // a few are misprinted
		if y != p.Year && n > 2*count[p.Year] {
			return y
		}
	}
	if len(count) > 0 { // one heading is that of the next year's page
		return 0
	}
	if m := headingYear.FindStringSubmatch(heading); m != nil {
		if y, _ := strconv.Atoi(m[1]); y != p.Year { // four digits
			return y
		}
	}
	return 0
}

var (
	headingYear = regexp.MustCompile(`(?i)meetings\b.{0,80}?\bin\s+(\d{4})\b`)
	decidedYear = regexp.MustCompile(`S/RES/\s?\d{1,4}\s*\(\s?(\d{4})\s?\)|S/PRST/(\d{4})/`)
)

func readDHL(u *url.URL, doc *goquery.Document) (Page, error) {
	p := Page{Total: -1}
	for _, re := range []*regexp.Regexp{dhlStatic, dhlAPI} {
		if m := re.FindStringSubmatch(u.Path); m != nil && m[1] != "" {
			p.Year, _ = strconv.Atoi(m[1]) // four digits
		}
	}
	table := doc.Find("table.tablefont tr")
	if table.Length() == 0 {
		table = doc.Find("table tr")
	}
	var carry Row
	read, december := 0, false
	table.Each(func(i int, tr *goquery.Selection) {
		if tr.Find("tr").Length() > 0 {
			return // a table around the table
		}
		rows, last, ok := dhlRow(tr, carry, p.Year)
		if !ok {
			if words := text(tr); read > 0 && meeting.MatchString(words) {
				p.Problems = append(p.Problems, cite.Problem{Stage: "parse", Item: fmt.Sprintf("row %d", i+1), Reason: "this row has a layout of its own: " + words})
			}
			return
		}
		carry = last
		read++
		for _, r := range rows {
			december = december || strings.Contains(r.Date, "-12-")
			p.Rows = append(p.Rows, r)
			if d, ok := dhlDocument(r); ok {
				p.Documents = append(p.Documents, d)
			}
		}
		if d, ok := dhlMeeting(rows[0]); ok {
			p.Documents = append(p.Documents, d)
		}
	})
	if read == 0 {
		return p, fmt.Errorf("%s: %w", u.Path, ErrDrift)
	}
	if y := p.another(text(doc.Find("title, .tbltitle, h1, h2"))); y > 0 {
		return Page{Total: -1}, fmt.Errorf("%s: %w: it is the table of %d", u.Path, ErrDrift, y)
	}
	p.Complete = p.Year > 0 && december && !strings.Contains(u.Path, "covid")
	return p, nil
}

// dhlRow reads one row of the table; carry is the row before it, whose meeting
// and date stand for those that this one leaves out.
func dhlRow(tr *goquery.Selection, carry Row, year int) (rows []Row, last Row, ok bool) {
	var t []string
	tr.ChildrenFiltered("td, th").Each(func(_ int, c *goquery.Selection) { t = append(t, lines(c)) })
	r, outcome, ok := dhlCells(t, carry, year)
	if !ok || strings.EqualFold(clean(r.Date), "date") || strings.Contains(strings.ToLower(clean(r.Meeting)), "meeting record") {
		return nil, carry, false // the table's own heading
	}
	r.Meeting, r.record = meetings(r.Meeting)
	if r.day == "" {
		d, printed := day(r.Date, year)
		r.Date, r.day = d.String(), printed
	}
	if r.Date == "" {
		r.Date, r.day = carry.Date, carry.day
		if r.Meeting == "" {
			r.Meeting, r.record = carry.Meeting, carry.record
		}
	}
	r.Topic, r.Outcome = strings.Join(parts(r.Topic), topicBreak), clean(outcome)
	if r.Date == "" || r.Topic == "" && r.Outcome == "" && r.Meeting == "" {
		return nil, carry, false
	}
	r.Press = strings.ReplaceAll(pressSym.FindString(clean(r.Press)), " ", "")
	return split(r, outcome), r, true
}

// dhlCells gives a row's cells their names.
func dhlCells(t []string, carry Row, year int) (r Row, outcome string, ok bool) {
	dated := func(s string) bool { d, _ := day(s, max(year, 1946)); return !d.IsZero() }
	switch n := len(t); {
	case n == 7:
		r.Meeting, r.Date, r.Topic, outcome = t[0], t[1], t[3], t[6]
		_, r.Related = symbols(t[4] + " " + t[5])
	case n == 5 && dayYear(t[0]): // the list of vetoes: date, draft, record, topic, who
		r.Date, r.Meeting, r.Topic = t[0], t[2], t[3]
		outcome = t[1] + "\nvetoed by " + strings.Join(parts(t[4]), ", ")
	case n == 5:
		r.Meeting, r.Date, r.Press, r.Topic, outcome = t[0], t[1], t[2], t[3], t[4]
	case n == 4:
		r.Meeting, r.Date, r.Topic, outcome = t[0], t[1], t[2], t[3]
		if pressSym.MatchString(t[2]) && !meeting.MatchString(t[2]) { // meeting, date, press, topic
			r.Press, r.Topic, outcome = t[2], t[3], ""
		}
	case n == 3:
		r.Meeting, r.Date, r.Topic = t[0], t[1], t[2]
		if !dated(t[1]) {
			r.Meeting, r.Date, r.Topic, outcome = "", "", t[1], t[2]
		}
	case n == 2:
		r.Topic, outcome = t[0], t[1]
		r.Meeting, r.Date, r.day, r.Press = carry.record, carry.Date, carry.day, carry.Press
	default:
		return r, "", false
	}
	return r, outcome, true
}

// dayYear tells whether a cell is a day with its year.
func dayYear(s string) bool {
	d, _ := day(s, 0)
	return !d.IsZero() && len(clean(s)) < 24
}

// meetings is the symbol of a meeting's record in a cell, and as it is printed
// there ("S/PV.9042 Resumption 1)", once).
func meetings(s string) (symbol, printed string) {
	printed = meeting.FindString(clean(s))
	number, rest, _ := strings.Cut(strings.Replace(printed, "PV. ", "PV.", 1), " ")
	if i := strings.IndexByte(number, '('); i > 0 {
		number, rest = number[:i], number[i:]+" "+rest
	}
	if rest = strings.Trim(rest, "() "); rest != "" {
		number += " (" + rest + ")"
	}
	return number, printed
}

// split makes a row of each document of an outcome cell: resolutions,
// statements, drafts that failed. A cell without one is one row.
func split(r Row, outcome string) []Row {
	var found [][]int
	for _, m := range decided.FindAllStringIndex(outcome, -1) {
		// "(S/25445)" explains; it is no outcome. A meeting's own record is
		// linked where a communiqué was issued.
		if m[0] > 0 && outcome[m[0]-1] == '(' || strings.HasPrefix(outcome[m[0]:], "S/PV") && !strings.Contains(strings.ToLower(outcome[:m[0]]), "draft") {
			continue
		}
		found = append(found, m)
	}
	if len(found) == 0 {
		r.Vote = vote(outcome)
		return []Row{r}
	}
	var out []Row
	for i, m := range found {
		end := len(outcome)
		if i+1 < len(found) {
			end = found[i+1][0]
		}
		x := r
		x.raw = clean(outcome[m[0]:m[1]])
		x.Symbol = x.raw
		if n := resolved.FindStringSubmatch(x.raw); n != nil {
			x.Symbol = "S/RES/" + n[1]
			if n[2] != "" {
				x.Symbol += " (" + n[2] + ")"
			}
		}
		x.Vote = vote(outcome[m[1]:end])
		out = append(out, x)
	}
	return out
}

func vote(s string) string {
	m := voteText.FindStringSubmatch(clean(s))
	switch {
	case m == nil:
		return ""
	case m[1] != "":
		return m[1] + "-" + m[2] + "-" + m[3]
	}
	return strings.ToLower(m[0])
}

// dhlMeeting is a row as the record of its meeting.
func dhlMeeting(r Row) (cite.Document, bool) {
	m := Row{Symbol: r.Meeting, Date: r.Date, Topic: r.Topic, day: r.day, raw: r.record}
	if _, err := cite.ParseISODate(r.Date); err != nil {
		return cite.Document{}, false
	}
	return document(m, "table row "+r.Meeting, true)
}

// dhlDocument is a row as a document, where its outcome is a decision. A
// draft's own date is not the day on which it failed.
func dhlDocument(r Row) (cite.Document, bool) {
	if _, err := cite.ParseISODate(r.Date); err != nil {
		return cite.Document{}, false
	}
	d, ok := document(r, "table row "+r.raw, true)
	if !ok || d.Series != "resolution" && d.Series != "presidential statement" {
		return cite.Document{}, false
	}
	d.Facts = append(d.Facts, facts("table row "+r.raw, true, value{cite.FieldMeeting, r.Meeting, r.record}, value{cite.FieldVote, r.Vote, r.votePrinted()})...)
	return d, true
}

// votePrinted is the vote as it stands in the outcome cell.
func (r Row) votePrinted() string {
	if r.Vote == "" {
		return ""
	}
	for _, m := range voteText.FindAllString(r.Outcome, -1) {
		if vote(m) == r.Vote {
			return strings.TrimRightFunc(m, func(c rune) bool { return !slices.Contains([]rune(r.Vote), c) })
		}
	}
	return ""
}
