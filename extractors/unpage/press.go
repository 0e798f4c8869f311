package unpage

import (
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/PuerkitoBio/goquery"

	"citecheck/pipeline/cite"
)

// press reads press.un.org: coverage of the Security Council's meetings, with
// the full text of the resolution adopted, and the pages that list coverage.
// Press releases are no records: their facts are second-hand.
var press = site{
	name: "press.un.org",
	fits: func(u *url.URL) bool {
		h := lowerHost(u)
		return h == "press.un.org" || h == "un.org" && (strings.HasPrefix(u.Path, "/press/") || strings.HasPrefix(strings.ToLower(u.Path), "/news/press/"))
	},
	read: htmlPage(func(u *url.URL, doc *goquery.Document) (Page, error) {
		if release.MatchString(u.Path) {
			return readCoverage(u, doc)
		}
		return readPressList(u, doc)
	}),
}

var (
	release      = regexp.MustCompile(`(?i)/(\d{4})(?:\d{4})?[./]?([a-z]{2,7})(\d{2,5})(?:\.rev\d+)?\.(?:doc\.)?html?$`)
	nthMeeting   = regexp.MustCompile(`\b(\d{1,2},?\d{3}|\d{3,5})(?:st|nd|rd|th)\s+Meeting\b`)
	reads        = regexp.MustCompile(`(?i)\b(?:text|statement|resolution)\b.{0,200}\breads?(?:\s+as\s+follows)?\s*:\s*$`)
	readsNumber  = regexp.MustCompile(`(?i)\bresolution\s+(?:S/RES/)?(\d{1,4})\s*\((\d{4})\)`)
	readsPRST    = regexp.MustCompile(`\bS/PRST/\d{4}/\d+`)
	adoptsNumber = regexp.MustCompile(`(?i)\badopt\w*\s+resolution\s+(\d{1,4})\s*\((\d{4})\)`)
	pressOperate = regexp.MustCompile(`^(\d{1,3})\.\s*(\S.*)$`)
	pressAnnex   = regexp.MustCompile(`(?i)^(?:annex|appendix)(?:\s+[ivx\d]+)?$`)
)

// pressOrgans are the letters of a release's address, as its symbol has them.
var pressOrgans = map[string]string{"sc": "SC", "ga": "GA", "sgsm": "SG/SM", "dsgsm": "DSG/SM", "ecosoc": "ECOSOC", "afr": "AFR", "pko": "PKO", "org": "ORG", "gaspd": "GA/SPD", "gadis": "GA/DIS", "gashc": "GA/SHC", "l": "L", "hr": "HR"}

// releaseSymbol is the symbol that a release's address stands for.
func releaseSymbol(path string) string {
	m := release.FindStringSubmatch(path)
	if m == nil {
		return ""
	}
	organ, ok := pressOrgans[strings.ToLower(m[2])]
	if !ok {
		return ""
	}
	return organ + "/" + strings.TrimLeft(m[3], "0")
}

func readCoverage(u *url.URL, doc *goquery.Document) (Page, error) {
	p := Page{Total: -1}
	main := doc.Find("article.node, main, #main-content, #content, .region-content").First()
	if main.Length() == 0 {
		main = doc.Find("body")
	}
	var lead []string
	for _, l := range parts(lines(doc.Find("body"))) {
		if lead = append(lead, l); len(lead) > 200 {
			break
		}
	}
	r := Row{Symbol: releaseSymbol(u.Path), Title: text(doc.Find("h1").First())}
	if r.Title == "" { // of older pages
		r.Title, _, _ = strings.Cut(text(doc.Find("title").First()), " | ")
	}
	shown := strings.Join(lead, "\n")
	if r.Symbol == "" || !strings.Contains(shown, r.Symbol) { // the page decides, not its address
		r.Symbol = basePress(strings.ReplaceAll(pressSym.FindString(shown), " ", ""))
	}
	r.raw = r.Symbol
	if r.Symbol != "" && !strings.Contains(shown, r.raw) {
		r.raw = pressSym.FindString(shown)
	}
	r.Press = r.Symbol
	d, printed := cite.Date{}, ""
	for _, where := range []string{".field--name-field-dated time", "article time[datetime]", ".date-display-single"} {
		if d.IsZero() {
			d, printed = day(text(doc.Find(where).First()), 0)
		}
	}
	if d.IsZero() {
		for _, l := range lead {
			if d, printed = day(l, 0); !d.IsZero() && len(l) < 60 {
				break
			}
			d = cite.Date{}
		}
	}
	r.Date, r.day = d.String(), printed
	if d.IsZero() {
		r.day = ""
	}
	if m := nthMeeting.FindStringSubmatch(shown); m != nil && strings.HasPrefix(r.Symbol, "SC/") {
		r.Meeting = "S/PV." + strings.ReplaceAll(m[1], ",", "")
	}
	if r.Symbol == "" || d.IsZero() && r.Title == "" {
		return p, fmt.Errorf("%s: %w", u.Path, ErrDrift)
	}
	p.Rows = append(p.Rows, r)
	if d, ok := document(r, "heading", false); ok && d.Symbol.IsPressRelease() && slices.ContainsFunc(append([]string{text(doc.Find(".field--name-field-symbol").First())}, lead...), names(r.Symbol)) {
		for i, f := range d.Facts { // its own page is the release itself; its headline is often cited in part
			d.Facts[i].Primary = f.Field == cite.FieldExists || f.Field == cite.FieldDate
		}
		p.Documents = append(p.Documents, d)
	}
	meetingQuote := nthMeeting.FindString(shown)
	for _, x := range quotedTexts(main) {
		row := Row{Symbol: x.symbol, raw: x.quote, Date: r.Date, day: r.day, Meeting: r.Meeting, Press: r.Press, Paragraphs: x.paragraphs}
		p.Rows = append(p.Rows, row)
		if len(x.paragraphs) == 0 {
			p.Problems = append(p.Problems, cite.Problem{Stage: "parse", Item: x.symbol, Reason: "the text that the page announces was not found below"})
		}
		d, ok := document(row, "text of "+x.quote, false)
		if !ok {
			continue
		}
		// Coverage is dated by the day of the meeting, which is the day of
		// adoption.
		d.Facts = append(d.Facts, facts("heading", false, value{cite.FieldMeeting, row.Meeting, meetingQuote})...)
		if n, head := lastOperative(x.paragraphs); n > 0 {
			d.Last = n
			d.Facts = append(d.Facts, facts(fmt.Sprintf("paragraph %d", n), false, value{cite.FieldLastPara, strconv.Itoa(n), head})...)
		}
		p.Documents = append(p.Documents, d)
	}
	return p, nil
}

// names tells whether a line is nothing but a release's own symbol: others
// stand in the text and in the lists beside it.
func names(symbol string) func(line string) bool {
	return func(line string) bool {
		line = strings.ReplaceAll(line, " ", "")
		if i := strings.IndexFunc(line, unicode.IsDigit); len(line) > 13 && strings.EqualFold(line[:12], "pressrelease") && i > 0 {
			line = strings.TrimLeft(line[12:], ":")
		}
		return symbol != "" && basePress(strings.TrimRight(line, "*")) == symbol
	}
}

func lastOperative(list []cite.Paragraph) (n int, head string) {
	for _, x := range list {
		if x.Kind == "" && x.N > n {
			n, head = x.N, x.Text
			if line, _, ok := strings.Cut(head, "\n"); ok {
				head = line
			}
			if r := []rune(head); len(r) > 120 {
				head = string(r[:120])
			}
		}
	}
	return n, head
}

// quoted is a text that a page quotes in full.
type quoted struct {
	symbol, quote string
	paragraphs    []cite.Paragraph
}

// quotedTexts finds the texts that a page announces ("The full text of
// resolution 2690 (2023) reads as follows:") and then quotes, each paragraph
// opening with a quotation mark.
func quotedTexts(main *goquery.Selection) (out []quoted) {
	all := parts(lines(main))
	adopted := ""
	for i := 0; i < len(all); i++ {
		if m := adoptsNumber.FindStringSubmatch(all[i]); m != nil && adopted == "" {
			adopted = "resolution " + m[1] + " (" + m[2] + ")"
		}
		if !reads.MatchString(all[i]) {
			continue
		}
		q := quoted{}
		switch m := readsNumber.FindStringSubmatch(all[i]); {
		case m != nil:
			q.symbol, q.quote = "S/RES/"+m[1]+" ("+m[2]+")", m[0]
		case readsPRST.MatchString(all[i]):
			q.symbol = readsPRST.FindString(all[i])
			q.quote = q.symbol
		case adopted != "" && !strings.Contains(strings.ToLower(all[i]), "draft"):
			m := readsNumber.FindStringSubmatch(adopted)
			q.symbol, q.quote = "S/RES/"+m[1]+" ("+m[2]+")", adopted
			if !strings.Contains(strings.Join(all, "\n"), adopted) {
				q.quote = m[1]
			}
		default:
			continue // a draft that failed has no symbol of a decision
		}
		body, n := quotedLines(all[i+1:])
		i += n
		q.paragraphs = numberedText(body)
		out = append(out, q)
	}
	return out
}

// quotedLines are the lines of a quotation, without its marks, and how many
// lines they were. Each paragraph opens with a mark; only the last one closes.
func quotedLines(lines []string) (out []string, n int) {
	for _, l := range lines {
		t := strings.TrimLeft(l, "“\"”„« ")
		opens := t != l
		if !opens && len(out) == 0 {
			if len(l) < 60 && n < 3 { // a heading of the text itself
				n++
				continue
			}
			return nil, 0
		}
		if !opens && !continues(l) {
			return out, n
		}
		n++
		end := strings.HasSuffix(l, "”") || strings.HasSuffix(l, "\"") && strings.Count(l, "\"")%2 == 0
		if end {
			t = strings.TrimRight(t, "”\"")
		}
		if t != "" {
			out = append(out, t)
		}
		if end && strings.HasSuffix(strings.TrimSpace(t), ".") {
			return out, n
		}
	}
	return out, n
}

// continues tells whether a line without a mark goes on with the text: a
// sub-paragraph or a line that a break cut.
func continues(l string) bool {
	r := []rune(l)
	return r[0] == '(' && len(r) < 2000 && subMark.MatchString(l) || unicode.IsLower(r[0])
}

var subMark = regexp.MustCompile(`^\((?:[a-z]{1,2}|[ivx]{1,5}|\d{1,2})\)\s`)

// numberedText makes paragraphs of lines: what stands before "1." is the
// preamble; lines without a number belong to the paragraph before them.
func numberedText(lines []string) (out []cite.Paragraph) {
	next, annex := 1, ""
	for i, l := range lines {
		if pressAnnex.MatchString(l) && next > 1 {
			annex, next = l, 1
			continue
		}
		if m := pressOperate.FindStringSubmatch(l); m != nil {
			if n, _ := strconv.Atoi(m[1]); n == next { // at most three digits
				p := cite.Paragraph{N: n, Text: m[2]}
				if annex != "" {
					p.Kind, p.Label = "annex", fmt.Sprintf("%s, %d", strings.ToLower(annex), n)
				}
				out = append(out, p)
				next++
				continue
			}
		}
		last := len(out) - 1
		switch {
		case next == 1 && annex == "":
			if i == 0 && strings.HasSuffix(l, ",") && len(l) < 60 { // "The Security Council,"
				continue
			}
			n := last + 2
			out = append(out, cite.Paragraph{N: n, Kind: "preamble", Label: fmt.Sprintf("preamble %d", n), Text: l})
		case next > 1 || annex == "":
			out[last].Text += "\n" + l
		default:
			out = append(out, cite.Paragraph{Kind: "annex", Label: strings.ToLower(annex), Text: l})
		}
	}
	return out
}

// readPressList reads a page that lists coverage.
func readPressList(u *url.URL, doc *goquery.Document) (Page, error) {
	p := Page{Total: -1}
	doc.Find("div.views-row, li.views-row").Each(func(_ int, row *goquery.Selection) {
		link := row.Find(".field--name-field-display-title a[href], h3 a[href], .views-field-title a[href]").First()
		if link.Length() == 0 {
			link = row.Find("a[href]").First()
		}
		href, _ := link.Attr("href")
		at := absolute(u, href)
		target, err := url.Parse(at)
		if err != nil || at == "" {
			return
		}
		r := Row{Symbol: releaseSymbol(target.Path), Title: text(link), URL: at}
		if r.Symbol == "" {
			return
		}
		r.Press = r.Symbol
		d, printed := day(text(row.Find("time, .date-display-single").First()), 0)
		if d.IsZero() {
			d, printed = day(text(row), 0)
		}
		r.Date, r.day = d.String(), printed
		r.Outcome = text(row.Find(".field--name-body").First())
		p.Rows = append(p.Rows, r)
	})
	if len(p.Rows) == 0 {
		return p, fmt.Errorf("%s: %w", u.Path, ErrDrift)
	}
	if href, ok := doc.Find(`a[rel="next"], .pager__item--next a, li.pager-next a`).First().Attr("href"); ok {
		p.Next = absolute(u, href)
	}
	return p, nil
}
