package unpage

import (
	"fmt"
	"net/url"
	"regexp"
	"strings"

	"github.com/PuerkitoBio/goquery"
)

// councilReport reads securitycouncilreport.org, which is no UN site: its
// pages on single documents, and its lists of documents by subject. What it
// says is second-hand.
var councilReport = site{
	name: "securitycouncilreport.org",
	fits: func(u *url.URL) bool {
		return lowerHost(u) == "securitycouncilreport.org" && strings.HasPrefix(u.Path, "/un-documents")
	},
	read: htmlPage(readCouncilReport),
}

var scrDocument = regexp.MustCompile(`/un-documents/document/([^/]+?)(?:\.php|/)?$`)

func readCouncilReport(u *url.URL, doc *goquery.Document) (Page, error) {
	p := Page{Total: -1}
	if scrDocument.MatchString(u.Path) {
		return readSCRDocument(u, doc)
	}
	seen := map[string]bool{}
	doc.Find("li, tr, p, article, .document").Each(func(_ int, box *goquery.Selection) {
		if box.Find("li, tr, p, article, .document").Length() > 0 {
			return
		}
		link := box.Find("a[href]").FilterFunction(func(_ int, a *goquery.Selection) bool {
			list, _ := symbols(text(a))
			return len(list) == 1
		}).First()
		if link.Length() == 0 {
			return
		}
		list, printed := symbols(text(link))
		all := text(box)
		d, shown := day(all, 0)
		if d.IsZero() || seen[list[0].String()] {
			return
		}
		seen[list[0].String()] = true
		r := Row{Symbol: printed[0], raw: printed[0], Date: d.String(), day: shown}
		_, r.Outcome, _ = strings.Cut(all, printed[0])
		r.Outcome = clean(r.Outcome)
		if href, ok := link.Attr("href"); ok {
			r.URL = absolute(u, href)
		}
		p.add(r, "list row "+r.raw)
	})
	if len(p.Rows) == 0 {
		return p, fmt.Errorf("%s: %w", u.Path, ErrDrift)
	}
	return p, nil
}

func (p *Page) add(r Row, place string) {
	p.Rows = append(p.Rows, r)
	if d, ok := document(r, place, false); ok {
		p.Documents = append(p.Documents, d)
	}
}

// readSCRDocument reads a page on one document. The heading has its symbol;
// the address has it in small letters, with dashes for its slashes, and must
// agree.
func readSCRDocument(u *url.URL, doc *goquery.Document) (Page, error) {
	p := Page{Total: -1}
	slug := scrDocument.FindStringSubmatch(u.Path)[1]
	main := doc.Find("article, main, #content").First()
	if main.Length() == 0 {
		main = doc.Find("body")
	}
	for _, where := range []string{text(doc.Find("h1").First()), text(doc.Find("title").First()), text(main)} {
		list, printed := symbols(where)
		for i, s := range list {
			if dashed(s.String()) != slug && dashed(printed[i]) != slug {
				continue
			}
			r := Row{Symbol: printed[i], raw: printed[i]}
			d, shown := day(text(main), 0)
			r.Date, r.day = d.String(), shown
			if h := text(doc.Find("h1").First()); !strings.Contains(h, r.raw) || len(h) > len(r.raw)+6 {
				r.Title = strings.Trim(strings.TrimPrefix(h, r.raw), " :–-")
			}
			main.Find("p").EachWithBreak(func(_ int, x *goquery.Selection) bool {
				r.Outcome = text(x)
				return len(r.Outcome) < 40
			})
			main.Find("a[href]").EachWithBreak(func(_ int, a *goquery.Selection) bool {
				if href, _ := a.Attr("href"); strings.HasSuffix(strings.ToLower(href), ".pdf") || strings.Contains(href, "undocs.org") || strings.Contains(href, "docs.un.org") {
					r.URL = absolute(u, href)
					return false
				}
				return true
			})
			p.add(r, "page on "+r.raw)
			return p, nil
		}
	}
	return p, fmt.Errorf("%s: %w", u.Path, ErrDrift)
}

func dashed(symbol string) string {
	symbol, _, _ = strings.Cut(symbol, "(")
	return strings.Trim(strings.Map(func(r rune) rune {
		if r == '/' || r == '.' || r == ' ' {
			return '-'
		}
		return r
	}, strings.ToLower(strings.TrimSpace(symbol))), "-")
}
