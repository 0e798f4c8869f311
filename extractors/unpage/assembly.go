package unpage

import (
	"fmt"
	"net/url"
	"regexp"
	"strings"

	"github.com/PuerkitoBio/goquery"

	"citecheck/pipeline/cite"
)

// dhlAssembly reads the library's tables of the General Assembly's
// resolutions, one a session, which its site loads from the same API: symbol,
// plenary or committee, agenda item, meeting with date and vote, draft, title.
var dhlAssembly = site{
	name: "dhl",
	fits: func(u *url.URL) bool { return assemblyAPI.MatchString(u.Path) },
	read: htmlPage(readAssembly),
}

var (
	assemblyAPI  = regexp.MustCompile(`/render_meeting_ga/garesolutions_(\d{1,3})(?:/|$)`)
	assemblyPV   = regexp.MustCompile(`A/(?:ES-|S-)?\d{1,3}/PV\.\d+`)
	assemblyVote = regexp.MustCompile(`(?:\b|\D)(\d{1,3})\s?-\s?(\d{1,3})\s?-\s?(\d{1,3})(?:\D|$)|(?i:\b(?:adopted )?without (?:a )?vote\b)`)
)

func readAssembly(u *url.URL, doc *goquery.Document) (Page, error) {
	p := Page{Total: -1}
	doc.Find("table.tablefont tr").Each(func(i int, tr *goquery.Selection) {
		cells := tr.ChildrenFiltered("td")
		if cells.Length() < 6 {
			return
		}
		cell := func(i int) string { return text(cells.Eq(i)) }
		r := Row{Title: cell(5), Topic: cell(2), Outcome: cell(3)}
		list, printed := symbols(cell(0))
		if len(list) == 0 || list[0].Series() != "resolution" {
			return
		}
		r.Symbol, r.raw = printed[0], printed[0]
		d, day := day(r.Outcome, 0)
		r.Date, r.day = d.String(), day
		r.Meeting = assemblyPV.FindString(r.Outcome)
		_, r.Related = symbols(cell(4))
		after := r.Outcome
		if i := strings.Index(after, day); day != "" && i >= 0 {
			after = after[i+len(day):]
		}
		quote := ""
		if m := assemblyVote.FindStringSubmatch(after); m != nil {
			quote = strings.TrimFunc(m[0], func(c rune) bool { return c == ' ' || c == ',' || c == '.' || c == ';' })
			if r.Vote = quote; m[1] != "" {
				r.Vote = m[1] + "-" + m[2] + "-" + m[3]
				quote = m[0][strings.Index(m[0], m[1]):]
				quote = strings.TrimRight(quote, " ,.;)")
			}
		}
		p.Rows = append(p.Rows, r)
		if x, ok := document(r, "table row "+r.raw, true); ok {
			x.Facts = append(x.Facts, facts("table row "+r.raw, true, value{cite.FieldMeeting, r.Meeting, r.Meeting}, value{cite.FieldVote, r.Vote, quote})...)
			p.Documents = append(p.Documents, x)
		}
	})
	if len(p.Rows) == 0 {
		return p, fmt.Errorf("%s: %w", u.Path, ErrDrift)
	}
	return p, nil
}
