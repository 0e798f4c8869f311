package unpage

import (
	"fmt"
	"net/url"
	"regexp"
	"strconv"
	"strings"

	"github.com/PuerkitoBio/goquery"
)

// mainUN reads the Security Council's own lists on main.un.org: resolutions
// of a year (symbol, date, agenda item) and reports of the Secretary-General
// (symbol, date, title). The lists are kept by hand and have their slips, so
// their facts are second-hand: the link of S/RES/1107 goes to "S/RES/11%2007".
var mainUN = site{
	name: "main.un.org",
	fits: func(u *url.URL) bool {
		h := lowerHost(u)
		return (h == "main.un.org" || h == "un.org") && (councilList.MatchString(u.Path) || reportList.MatchString(u.Path))
	},
	read: htmlPage(readMainUN),
}

var (
	councilList = regexp.MustCompile(`/content/resolutions?-adopted-security-council-(\d{4})`)
	reportList  = regexp.MustCompile(`/content/reports-submitted-transmitted-secretary-general-security-council-(\d{4})`)
)

func readMainUN(u *url.URL, doc *goquery.Document) (Page, error) {
	p := Page{Total: -1}
	reports := reportList.MatchString(u.Path)
	for _, re := range []*regexp.Regexp{councilList, reportList} {
		if m := re.FindStringSubmatch(u.Path); m != nil {
			p.Year, _ = strconv.Atoi(m[1]) // four digits
		}
	}
	doc.Find("table tr").Each(func(i int, tr *goquery.Selection) {
		cells := tr.ChildrenFiltered("td, th")
		if cells.Length() < 2 || tr.Find("tr").Length() > 0 {
			return
		}
		list, printed := symbols(text(cells.Eq(0)))
		if len(list) == 0 { // a symbol that is damaged in print may be whole in its link
			href, _ := cells.Eq(0).Find("a").Attr("href")
			if href, err := url.PathUnescape(href); err == nil {
				list, _ = symbols(href)
			}
			if len(list) == 0 {
				return
			}
			printed = []string{text(cells.Eq(0))}
		}
		if !reports && list[0].Series() != "resolution" {
			return
		}
		r := Row{Symbol: printed[0], raw: printed[0]}
		if printed[0] == "" || len(list) == 1 && !strings.Contains(printed[0], "/") {
			r.Symbol = list[0].String()
		}
		for _, s := range list[1:] {
			r.Also = append(r.Also, s.String())
		}
		last := cells.Length() - 1
		what := text(cells.Eq(last))
		d, printedDay := day(text(cells.Eq(1)), p.Year)
		if d.IsZero() {
			for c := 1; c < last && d.IsZero(); c++ {
				d, printedDay = day(text(cells.Eq(c)), p.Year)
			}
		}
		r.Date, r.day = d.String(), printedDay
		if last > 1 || d.IsZero() {
			if reports {
				r.Title = what
			} else {
				r.Topic = what
			}
		}
		if href, ok := cells.Eq(0).Find("a").Attr("href"); ok {
			r.URL = absolute(u, href)
		}
		p.Rows = append(p.Rows, r)
		if d, ok := document(r, "list row "+r.raw, false); ok {
			p.Documents = append(p.Documents, d)
		}
	})
	if len(p.Rows) == 0 {
		return p, fmt.Errorf("%s: %w", u.Path, ErrDrift)
	}
	return p, nil
}

// absolute is an address on a page, "" for what leads nowhere on the web.
func absolute(base *url.URL, href string) string {
	u, err := base.Parse(strings.TrimSpace(href))
	if err != nil || u.Scheme != "http" && u.Scheme != "https" {
		return ""
	}
	return u.String()
}
