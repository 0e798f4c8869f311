package unpage

import (
	"bytes"
	"fmt"
	"net/url"
	"regexp"
	"strconv"
	"strings"

	"github.com/PuerkitoBio/goquery"

	"citecheck/pipeline/cite"
)

// undl reads the UN Digital Library: record pages, lists of results, and the
// MARCXML that its search, its records' export and its OAI-PMH repository
// answer with. It is the library's own catalogue: what a document's record
// says of number, date and meeting is primary.
var undl = site{
	name: "undl",
	fits: func(u *url.URL) bool { return lowerHost(u) == "digitallibrary.un.org" },
	read: func(u *url.URL, contentType string, body []byte) (Page, error) {
		if isXML(body) {
			return readMARC(u, body)
		}
		doc, err := parseHTML(contentType, body)
		if err != nil {
			return Page{}, err
		}
		if undlRecord.MatchString(u.Path) {
			return readRecord(u, doc)
		}
		return readResults(u, doc)
	},
}

var (
	undlRecord = regexp.MustCompile(`/record/\d+`)
	undlTotal  = regexp.MustCompile(`Search-Engine-Total-Number-Of-Results:\s*(\d+)`)
)

func isXML(body []byte) bool {
	head := bytes.TrimLeft(bytes.TrimPrefix(body, []byte("\xef\xbb\xbf")), " \t\r\n")
	for _, tag := range []string{"<?xml", "<collection", "<record", "<OAI-PMH", "<marc:"} {
		if bytes.HasPrefix(head, []byte(tag)) {
			return !bytes.Contains(head[:min(len(head), 2048)], []byte("<html"))
		}
	}
	return false
}

// readRecord reads a record page: labels with their values.
func readRecord(u *url.URL, doc *goquery.Document) (Page, error) {
	p := Page{Total: -1}
	r := Row{URL: canonical(u, doc)}
	values := map[string][]string{}
	doc.Find("div.metadata-row").Each(func(_ int, row *goquery.Selection) {
		label := strings.TrimRight(text(row.Find(".title").First()), ": ")
		if v := lines(row.Find(".value").First()); label != "" && clean(v) != "" {
			values[label] = append(values[label], v)
		}
	})
	first := func(labels ...string) string {
		for _, l := range labels {
			if v := values[l]; len(v) > 0 {
				return v[0]
			}
		}
		return ""
	}
	list, printed := symbols(strings.Join(values["Symbol"], "\n"))
	if len(list) == 0 && len(values["Resolution"]) > 0 && len(values["Vote"]) > 0 {
		p.Problems = append(p.Problems, cite.Problem{Stage: "parse", Item: u.Path, Reason: "a record of a vote, not of the document"})
		list, printed = symbols(strings.Join(values["Resolution"], "\n"))
	}
	if len(list) == 0 {
		return p, fmt.Errorf("%s: %w", u.Path, ErrDrift)
	}
	r.Symbol, r.raw = printed[0], printed[0]
	for _, s := range list[1:] {
		r.Also = append(r.Also, s.String())
	}
	r.Title = filed(first("Title"))
	issued, issuedText := day(clean(first("Date")), 0)
	acted, actedText := day(clean(first("Action note", "Vote date")), 0)
	r.dates(list[0], acted, actedText, issued, issuedText)
	meetingText := clean(first("Meeting record"))
	if r.Meeting, r.record = meetings(meetingText); r.Meeting == "" {
		r.Meeting = assemblyPV.FindString(meetingText)
		r.record = r.Meeting
	}
	r.Outcome = clean(first("Vote summary"))
	vote, voteQuote := tally(r.Outcome)
	r.Vote = vote
	r.Topic = strings.Join(parts(first("Agenda information")), topicBreak)
	for _, l := range []string{"Draft", "Committee report", "Meeting record", "Related resolution"} {
		_, more := symbols(strings.Join(values[l], "\n"))
		r.Related = append(r.Related, more...)
	}
	p.Rows = append(p.Rows, r)
	if d, ok := document(r, "record", len(p.Problems) == 0); ok && len(p.Problems) == 0 {
		d.Facts = append(d.Facts, facts("record", true, value{cite.FieldIssued, r.Issued, issuedText}, value{cite.FieldMeeting, r.Meeting, r.record}, value{cite.FieldVote, r.Vote, voteQuote})...)
		d.Facts = withoutSupplied(d.Facts)
		d.URLs = append(d.URLs, files(u, doc)...)
		p.Documents = append(p.Documents, d)
	}
	return p, nil
}

// dates puts the day of a decision and the day of issue where they belong: a
// record of a decision that tells only when it was printed does not date it.
func (r *Row) dates(s cite.Symbol, acted cite.Date, actedText string, issued cite.Date, issuedText string) {
	decision := s.Series() == "resolution" || s.Series() == "decision"
	switch {
	case !acted.IsZero():
		r.Date, r.day = acted.String(), actedText
		r.Issued = issued.String()
	case decision:
		r.Issued = issued.String()
	default:
		r.Date, r.day = issued.String(), issuedText
	}
	if r.Issued == r.Date {
		r.Issued = ""
	}
}

var (
	tallyText = regexp.MustCompile(`(?i)Yes:?\s*0*(\d{1,3})\D+No:?\s*0*(\d{1,3})\D+Abst\w*:?\s*0*(\d{1,3})`)
	tallyNone = regexp.MustCompile(`(?i)\b(?:adopted )?without vote\b`)
)

// tally reads "Voting Summary Yes: 013, No: 000, Abstentions: 002".
func tally(s string) (vote, quote string) {
	if m := tallyText.FindStringSubmatch(s); m != nil {
		return m[1] + "-" + m[2] + "-" + m[3], m[0]
	}
	m := tallyNone.FindString(s)
	return strings.ToLower(m), m
}

// filed is a title without what cataloguing adds at its end.
func filed(s string) string {
	s = clean(s)
	if i := strings.Index(s, " / "); i > 0 { // who is responsible for it
		s = s[:i]
	}
	s = strings.TrimRight(strings.TrimSpace(s), " /:;,")
	return strings.ReplaceAll(s, " : ", ": ")
}

// withoutSupplied drops the title fact of resolutions of the Council: they
// have no title, and the record's is the cataloguer's.
func withoutSupplied(list []cite.Fact) (out []cite.Fact) {
	for _, f := range list {
		if f.Field != cite.FieldTitle || !strings.HasPrefix(f.Value, "Security Council resolution") {
			out = append(out, f)
		}
	}
	return out
}

func canonical(u *url.URL, doc *goquery.Document) string {
	if v, ok := doc.Find(`meta[property="og:url"]`).Attr("content"); ok {
		if a := absolute(u, v); a != "" {
			return a
		}
	}
	return u.Scheme + "://" + u.Host + u.Path
}

// files are the addresses of the document's own files.
func files(u *url.URL, doc *goquery.Document) (out []string) {
	if v, ok := doc.Find(`meta[name="citation_pdf_url"]`).Attr("content"); ok {
		if a := absolute(u, v); a != "" {
			out = append(out, a)
		}
	}
	return out
}

// readResults reads a list of results: each title with the symbol and date
// that stand beside it.
func readResults(u *url.URL, doc *goquery.Document) (Page, error) {
	p := Page{Total: -1}
	if html, err := doc.Html(); err == nil {
		if m := undlTotal.FindStringSubmatch(html); m != nil {
			p.Total, _ = strconv.Atoi(m[1]) // digits
		}
	}
	titles := doc.Find(".result-title")
	titles.Each(func(_ int, t *goquery.Selection) {
		box := t
		for up := box.Parent(); up.Length() > 0 && up.Find(".result-title").Length() == 1; up = up.Parent() {
			box = up
		}
		link := t.Find("a[href]").First()
		r := Row{Title: filed(text(link))}
		if href, ok := link.Attr("href"); ok {
			r.URL = absolute(u, href)
		}
		rest := strings.Replace(text(box), text(t), " ", 1)
		list, printed := symbols(rest)
		if len(list) == 0 {
			if list, printed = symbols(text(t)); len(list) == 0 {
				p.Problems = append(p.Problems, cite.Problem{Stage: "parse", Item: r.Title, Reason: "the result shows no symbol"})
				return
			}
		}
		r.Symbol, r.raw = printed[0], printed[0]
		issued, issuedText := day(rest, 0)
		r.dates(list[0], cite.Date{}, "", issued, issuedText)
		p.Rows = append(p.Rows, r)
		if d, ok := document(r, "result "+r.raw, true); ok {
			d.Facts = withoutSupplied(d.Facts)
			p.Documents = append(p.Documents, d)
		}
	})
	if titles.Length() == 0 && p.Total != 0 {
		return p, fmt.Errorf("%s: %w", u.Path, ErrDrift)
	}
	return p, nil
}
