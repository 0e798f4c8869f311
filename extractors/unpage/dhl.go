package unpage

import (
	"fmt"
	"net/url"
	"regexp"
	"strconv"
	"strings"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"

	"citecheck/pipeline/cite"
)

// dhl reads the yearly tables of meetings of the Security Council, of the
// UN's Dag Hammarskjöld Library: static pages, and the fragments that today's
// site loads. Rows have 4 cells to 1993 (meeting, date, topic, outcome), 5
// from 1994 (with the press release), 7 in 2020 and 2021 (recording and
// letters). The second row of a double item leaves meeting and date out.
var dhl = site{
	name: "dhl",
	fits: func(u *url.URL) bool {
		return dhlStatic.MatchString(u.Path) || dhlAPI.MatchString(u.Path)
	},
	read: readDHL,
}

var (
	dhlStatic = regexp.MustCompile(`/scact(?:(\d{4})|_veto)[a-z_0-9]*\.html?$`)
	dhlAPI    = regexp.MustCompile(`/render_meeting/scmeetings_(\d{4})/`)
	resolved  = regexp.MustCompile(`S/RES/\s?(\d{1,4})\s*(?:\((\d{4})\))?`)
	anySymbol = regexp.MustCompile(`\b(?:S|A)/(?:PRST/|RES/|PV\.)?\d[\d/]*(?:/(?:Add|Rev|Corr)\.\d+)*(?:\s?\(\d{4}\))?|S/PRST/\d{4}/\d+`)
	meeting   = regexp.MustCompile(`S/PV\.\s?\d+(?:\s*\((?:Resumption|Part)[^)]*\))?`)
	pressSym  = regexp.MustCompile(`SC/\d+`)
	voteText  = regexp.MustCompile(`\b(\d{1,2})\s?-\s?(\d{1,2})\s?-\s?(\d{1,2})\b|(?i:\b(?:adopted )?unanimously\b|\b(?:adopted )?without (?:a )?vote\b|\badopted by consensus\b)`)
	dayMonth  = regexp.MustCompile(`(?i)\b(\d{1,2})\s*(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?(?:\s+(\d{4}))?`)
)

// The year and the last day of the saved part of a page that ends before its
// year does can't be told from the page: a year counts as whole when the page
// has December meetings and its year is over in it.
func readDHL(u *url.URL, doc *goquery.Document) (Page, error) {
	p := Page{}
	if m := dhlStatic.FindStringSubmatch(u.Path); m != nil && m[1] != "" {
		p.Year, _ = strconv.Atoi(m[1]) // four digits
	} else if m := dhlAPI.FindStringSubmatch(u.Path); m != nil {
		p.Year, _ = strconv.Atoi(m[1])
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
			if words := text(tr); words != "" && read > 0 && len(words) > 3 && anySymbol.MatchString(words) {
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
	p.Complete = december && !strings.Contains(u.Path, "covid") && !strings.Contains(u.Path, "veto")
	return p, nil
}

// dhlRow reads one row; carry is the row before it, whose meeting and date
// stand for those that this one leaves out.
func dhlRow(tr *goquery.Selection, carry Row, year int) (rows []Row, last Row, ok bool) {
	cells := tr.ChildrenFiltered("td, th")
	var t []string
	cells.Each(func(_ int, c *goquery.Selection) { t = append(t, lines(c)) })
	r := Row{}
	var outcome string
	switch n := len(t); {
	case n == 7:
		r.Meeting, r.Date, r.Topic = t[0], t[1], t[3]
		outcome = strings.TrimSpace(t[5] + " " + t[6])
	case n == 5 && isoDay(t[0], 0) != "": // the list of vetoes: date, draft, record, topic, who
		r.Date, r.Meeting, r.Topic = t[0], t[2], t[3]
		outcome = t[1] + "\nvetoed by " + strings.ReplaceAll(t[4], "\n", ", ")
	case n == 5:
		r.Meeting, r.Date, r.Press, r.Topic, outcome = t[0], t[1], t[2], t[3], t[4]
	case n == 4:
		r.Meeting, r.Date, r.Topic, outcome = t[0], t[1], t[2], t[3]
		if pressSym.MatchString(t[2]) && !meeting.MatchString(t[2]) { // meeting, date, press, topic
			r.Press, r.Topic, outcome = t[2], t[3], ""
		}
	case n == 3:
		r.Meeting, r.Date, r.Topic = t[0], t[1], t[2]
		if !dayMonth.MatchString(t[1]) {
			r.Meeting, r.Date, r.Topic, outcome = "", "", t[1], t[2]
		}
	case n == 2:
		r.Topic, outcome = t[0], t[1]
		r.Meeting, r.Date, r.Press = carry.Meeting, carry.Date, carry.Press
	default:
		return nil, carry, false
	}
	if strings.EqualFold(strings.TrimSpace(r.Date), "date") || strings.Contains(strings.ToLower(r.Meeting), "meeting record") {
		return nil, carry, false // the table's own heading
	}
	r.Meeting = meetings(r.Meeting)
	if iso := isoDay(r.Date, year); iso != "" {
		r.Date = iso
	} else if !dateLike(r.Date) {
		r.Date = ""
	}
	if r.Date == "" {
		r.Date = carry.Date
		if r.Meeting == "" {
			r.Meeting = carry.Meeting
		}
	}
	if r.Date == "" || r.Topic == "" && outcome == "" && r.Meeting == "" {
		return nil, carry, false
	}
	r.Press = pressSym.FindString(r.Press)
	r.Topic, r.Outcome = clean(r.Topic), clean(outcome)
	rows = split(r, outcome)
	return rows, r, true
}

func dateLike(s string) bool { return regexp.MustCompile(`^\d{4}-\d\d-\d\d$`).MatchString(s) }

// lines is a cell's text with its line breaks kept.
func lines(s *goquery.Selection) string {
	var b strings.Builder
	var walk func(n *html.Node)
	walk = func(n *html.Node) {
		switch {
		case n.Type == html.TextNode:
			b.WriteString(strings.ReplaceAll(n.Data, "\n", " "))
		case n.Type == html.ElementNode && (n.Data == "br" || n.Data == "p" || n.Data == "div"):
			b.WriteByte('\n')
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
	}
	for _, n := range s.Nodes {
		walk(n)
	}
	return strings.TrimSpace(b.String())
}

func meetings(s string) string {
	m := meeting.FindString(clean(s))
	return strings.ReplaceAll(m, "PV. ", "PV.")
}

var monthNumber = map[string]int{"jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "oct": 10, "nov": 11, "dec": 12}

// isoDay reads "25 April", "2 Sep.", "29 December 2020"; the year is the page's.
func isoDay(s string, year int) string {
	m := dayMonth.FindStringSubmatch(s)
	if m == nil {
		return ""
	}
	day, _ := strconv.Atoi(m[1]) // digits
	if m[3] != "" {
		year, _ = strconv.Atoi(m[3])
	}
	d := cite.Date{Year: year, Month: monthNumber[strings.ToLower(m[2])], Day: day}
	if !d.Valid() || year == 0 {
		return ""
	}
	return d.String()
}

// split makes a row of each resolution of an outcome cell; a cell without one
// is one row, named by the first symbol in it.
func split(r Row, outcome string) []Row {
	found := resolved.FindAllStringSubmatchIndex(outcome, -1)
	if len(found) == 0 {
		r.Symbol = clean(anySymbol.FindString(outcome))
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
		x.Symbol = "S/RES/" + outcome[m[2]:m[3]]
		if m[4] >= 0 {
			x.Symbol += " (" + outcome[m[4]:m[5]] + ")"
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
	s, err := cite.ParseSymbol(r.Meeting)
	if err != nil {
		return cite.Document{}, false
	}
	date, err := cite.ParseISODate(r.Date)
	if err != nil {
		return cite.Document{}, false
	}
	d := cite.Document{Symbol: s, Printed: s.Printed(0), Body: s.Body(), Series: s.Series(), Number: s.Number(), Year: date.Year, Date: date, Topic: r.Topic}
	d.Facts = rowFacts(r.Meeting, date, []value{{cite.FieldExists, d.Printed, r.Meeting}, {cite.FieldDate, r.Date, ""}, {cite.FieldBody, d.Body, r.Meeting}, {cite.FieldType, d.Series, r.Meeting}, {cite.FieldTopic, r.Topic, r.Topic}})
	return d, true
}

// value is one fact of a row, with the words that show it; "" for the day.
type value struct {
	field       cite.Field
	text, quote string
}

func rowFacts(row string, date cite.Date, values []value) (out []cite.Fact) {
	for _, v := range values {
		if v.text == "" {
			continue
		}
		if v.quote == "" {
			v.quote = strconv.Itoa(date.Day) + " " + cite.Months[date.Month]
		}
		out = append(out, cite.Fact{Field: v.field, Value: v.text, Primary: true, Evidence: cite.Evidence{Place: "table row " + row, Quote: v.quote}})
	}
	return out
}

// dhlDocument is a row as a document, where its outcome is one.
func dhlDocument(r Row) (cite.Document, bool) {
	s, err := cite.ParseSymbol(r.Symbol)
	if err != nil || s.Series() != "resolution" && s.Series() != "presidential statement" {
		return cite.Document{}, false
	}
	date, err := cite.ParseISODate(r.Date)
	if err != nil {
		return cite.Document{}, false
	}
	d := cite.Document{Symbol: s, Printed: s.Printed(date.Year), Body: s.Body(), Series: s.Series(), Number: s.Number(), Year: date.Year,
		Date: date, Topic: r.Topic, Meeting: r.Meeting, Press: r.Press, Vote: r.Vote}
	d.Facts = rowFacts(r.Symbol, date, []value{{cite.FieldExists, d.Printed, r.Symbol}, {cite.FieldDate, r.Date, ""}, {cite.FieldBody, d.Body, r.Symbol}, {cite.FieldType, d.Series, r.Symbol},
		{cite.FieldTopic, r.Topic, r.Topic}, {cite.FieldMeeting, r.Meeting, r.Meeting}, {cite.FieldVote, r.Vote, r.Vote}})
	return d, true
}
