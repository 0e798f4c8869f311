// Package unpage reads the pages of the UN's web sites: which documents a
// page lists or describes, and what it says of them. One file a site. It
// knows layouts; it never asks anyone, and it does not know which page
// answers what.
package unpage

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"
	"golang.org/x/net/html/charset"

	"citecheck/pipeline/cite"
)

// ErrNoReader says that no reader knows an address.
var ErrNoReader = errors.New("no reader for this site")

// ErrDrift says that a page no longer has the layout that its reader knows:
// nothing can be concluded from it.
var ErrDrift = errors.New("layout changed: no row matched")

// maxPage bounds a page; the longest yearly table is under 1 MiB.
const maxPage = 32 << 20

// A Row is one line of a page, as it is printed there.
type Row struct {
	Symbol  string `json:"symbol"`
	Date    string `json:"date"` // ISO
	Meeting string `json:"meeting"`
	Press   string `json:"press_release"`
	Title   string `json:"title"`
	Topic   string `json:"topic"` // several are parted by " | "
	Vote    string `json:"vote"`
	Outcome string `json:"outcome"` // the whole outcome cell

	Also       []string         `json:"also,omitempty"`       // second symbols
	Issued     string           `json:"issued,omitempty"`     // ISO; distribution, where it is told beside the adoption
	Related    []string         `json:"related,omitempty"`    // symbols that the page ties to this one
	URL        string           `json:"url,omitempty"`        // of the page or file about this document
	Paragraphs []cite.Paragraph `json:"paragraphs,omitempty"` // where the page has its text

	day string // the date as it is printed
	raw string // the symbol as it is printed

	record string // the meeting's record as it is printed
}

// A Page is what a page says.
type Page struct {
	Site      string
	Year      int             // of a yearly table
	Complete  bool            // a yearly table that runs to December and is not cut off; see [Page.Lacks]
	Rows      []Row           // in the page's order
	Documents []cite.Document // the same, as documents, where a row names one
	Next      string          // address or token of the page that continues this one
	Total     int             // of a search: how many records were found; -1 where the page does not say
	Problems  []cite.Problem
}

// Lacks tells whether a yearly table proves that a document does not exist:
// it is complete, and the number lies outside those that it has of its
// series. The organs number without gaps, so a number missing in between is a
// slip of the page ("663" printed for 666). Some meetings stand in no table.
// Whether the year was over when the page was had is for the caller to judge.
func (p *Page) Lacks(s cite.Symbol) bool {
	if !p.Complete || s.Modifier() != "" || s.Body() != "Security Council" {
		return false
	}
	lowest, highest := 0, 0
	for _, d := range p.Documents {
		if d.Series == s.Series() && d.Body == s.Body() && d.Number > 0 {
			if lowest == 0 || d.Number < lowest {
				lowest = d.Number
			}
			highest = max(highest, d.Number)
		}
	}
	switch s.Series() {
	case "resolution":
		return lowest > 0 && (s.Number() < lowest || s.Number() > highest)
	case "presidential statement": // numbered from 1 in each year
		return highest > 0 && s.Year() == p.Year && s.Number() > highest
	}
	return false
}

// A site is one reader.
type site struct {
	name string
	fits func(*url.URL) bool
	read func(u *url.URL, contentType string, body []byte) (Page, error)
}

var sites = []site{dhl, dhlAssembly, mainUN, press, undl, councilReport}

// Read reads a page with the reader of its address.
func Read(address, contentType string, body []byte) (Page, error) {
	u, err := url.Parse(address)
	if err != nil {
		return Page{}, fmt.Errorf("%q: %w", address, ErrNoReader)
	}
	for _, s := range sites {
		if s.fits(u) {
			return s.page(u, contentType, body)
		}
	}
	return Page{}, fmt.Errorf("%s: %w", u.Host, ErrNoReader)
}

// ReadAs reads a page of a mirror with the reader of the site that it
// mirrors: "dhl", "main.un.org", "press.un.org", "undl",
// "securitycouncilreport.org". The address keeps the site's own path.
func ReadAs(name, address, contentType string, body []byte) (Page, error) {
	u, err := url.Parse(address)
	if err != nil {
		return Page{}, fmt.Errorf("%q: %w", address, ErrNoReader)
	}
	var named []site
	for _, s := range sites {
		if s.name == name {
			named = append(named, s)
		}
	}
	if len(named) == 0 {
		return Page{}, fmt.Errorf("%s: %w", name, ErrNoReader)
	}
	if i := slices.IndexFunc(named, func(s site) bool { return s.fits(u) }); i > 0 {
		return named[i].page(u, contentType, body)
	}
	return named[0].page(u, contentType, body)
}

func (s site) page(u *url.URL, contentType string, body []byte) (Page, error) {
	if len(body) > maxPage {
		return Page{Site: s.name}, fmt.Errorf("the page is larger than %d MiB", maxPage>>20)
	}
	if len(bytes.TrimSpace(body)) == 0 {
		return Page{Site: s.name}, fmt.Errorf("%s: the page is empty: %w", u.Path, ErrDrift)
	}
	p, err := s.read(u, contentType, body)
	p.Site = s.name
	return p, err
}

// htmlPage parses a page for a reader.
func htmlPage(read func(*url.URL, *goquery.Document) (Page, error)) func(*url.URL, string, []byte) (Page, error) {
	return func(u *url.URL, contentType string, body []byte) (Page, error) {
		doc, err := parseHTML(contentType, body)
		if err != nil {
			return Page{}, err
		}
		return read(u, doc)
	}
}

// ErrCharset says that a page is in another character set than it says, so that
// its words can't be read. Nothing can be concluded from it.
var ErrCharset = errors.New("it is in another character set than it says")

// parseHTML parses a page in the character set that it is in. What is sound
// UTF-8 is UTF-8, whatever the server or the page call it.
func parseHTML(contentType string, body []byte) (*goquery.Document, error) {
	if !utf8.Valid(body) {
		r, err := charset.NewReader(bytes.NewReader(body), contentType)
		if err == nil {
			body, err = io.ReadAll(r) // no longer than three times the page
		}
		if err != nil {
			return nil, err
		}
		if mixed.Match(body) {
			return nil, ErrCharset
		}
	}
	if garbled(body) {
		return nil, ErrCharset
	}
	return goquery.NewDocumentFromReader(bytes.NewReader(body))
}

var (
	// twice are letters whose UTF-8 was taken for windows-1252 and encoded again:
	// "CÃ´te dâ€™Ivoire".
	twice = regexp.MustCompile(`\x{C2}[\x{80}-\x{9F}\x{A1}-\x{BF}]|\x{C3}[\x{80}-\x{BF}\x{152}\x{160}\x{161}\x{17D}\x{17E}\x{192}\x{2C6}\x{2DC}\x{2018}-\x{203A}\x{20AC}\x{2122}]|\x{E2}(?:\x{20AC}|\x{80})`)
	// mixed are words in letters of two alphabets, which no language has: what
	// a page of accents becomes in the character set of another one.
	mixed = regexp.MustCompile(`\p{Latin}[\p{Cyrillic}\p{Greek}\p{Arabic}\p{Hebrew}\p{Thai}\p{Han}\p{Katakana}\p{Hangul}]|[\p{Cyrillic}\p{Greek}\p{Arabic}\p{Hebrew}\p{Thai}\p{Han}\p{Katakana}\p{Hangul}]\p{Latin}`)
)

// garbled tells whether a page, by now in UTF-8, was decoded wrongly: more
// than a stray sign is no letter of any character set, or is two in place of
// one.
func garbled(body []byte) bool {
	lost := bytes.Count(body, []byte("\uFFFD")) + bytes.Count(body, []byte{0})
	return lost*200 > len(body) || len(twice.FindAllIndex(body, 3)) > 2
}

// text is what a selection shows, with single spaces.
func text(s *goquery.Selection) string { return clean(lines(s)) }

func clean(s string) string { return strings.Join(strings.Fields(s), " ") }

// lines is a selection's text with its line breaks kept.
func lines(s *goquery.Selection) string {
	var b strings.Builder
	for _, n := range s.Nodes {
		writeLines(&b, n)
	}
	return strings.TrimSpace(b.String())
}

var blocks = map[string]bool{"br": true, "p": true, "div": true, "li": true, "tr": true, "td": true, "th": true, "h1": true, "h2": true, "h3": true, "h4": true, "h5": true, "ul": true, "ol": true, "blockquote": true, "article": true}

func writeLines(b *strings.Builder, root *html.Node) {
	// A loop, for a hostile page nests deeper than a stack should.
	for n := root; n != nil; {
		switch {
		case n.Type == html.TextNode:
			b.WriteString(strings.Map(flat, n.Data))
		case n.Type == html.ElementNode && blocks[n.Data]:
			b.WriteByte('\n')
		}
		hidden := n.Type == html.ElementNode && (n.Data == "script" || n.Data == "style" || n.Data == "noscript")
		if n.FirstChild != nil && !hidden {
			n = n.FirstChild
			continue
		}
		for n != root && n.NextSibling == nil {
			n = n.Parent
			if n.Type == html.ElementNode && blocks[n.Data] && n != root {
				b.WriteByte('\n')
			}
		}
		if n == root {
			return
		}
		n = n.NextSibling
	}
}

func flat(r rune) rune {
	switch r {
	case '\n', '\r', '\t', '\u00a0':
		return ' '
	case '\u200b', '\ufeff', '\u00ad':
		return -1
	}
	return r
}

// parts are the lines of a text that say something.
func parts(s string) (out []string) {
	for line := range strings.Lines(s) {
		if line = clean(line); line != "" {
			out = append(out, line)
		}
	}
	return out
}

var (
	dayText = regexp.MustCompile(`(?i)\b(\d{1,2})\s*(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?(?:,?\s+(\d{4}|\d\d$))?`)
	dayUS   = regexp.MustCompile(`(?i)\b(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?\s+(\d{1,2}),?\s+(\d{4})\b`)
	dayISO  = regexp.MustCompile(`\b(\d{4})-(\d\d)-(\d\d)\b`)
)

var monthNumber = map[string]int{"jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "oct": 10, "nov": 11, "dec": 12}

// day finds a day in a text, as it is printed there: "25 April", "2 Sep.",
// "29 December 2020", "December 29, 2020", "2020-12-29". year stands in where
// none is printed.
func day(s string, year int) (d cite.Date, printed string) {
	if m := dayISO.FindStringSubmatch(s); m != nil {
		d.Year, _ = strconv.Atoi(m[1]) // digits, here and below
		d.Month, _ = strconv.Atoi(m[2])
		d.Day, _ = strconv.Atoi(m[3])
		printed = m[0]
	} else if m := dayText.FindStringSubmatch(s); m != nil {
		d.Day, _ = strconv.Atoi(m[1])
		d.Month, d.Year = monthNumber[strings.ToLower(m[2])], year
		if m[3] != "" {
			if d.Year, _ = strconv.Atoi(m[3]); d.Year < 100 { // "30 January 86", once
				d.Year += 1900
			}
		}
		printed = m[0]
	} else if m := dayUS.FindStringSubmatch(s); m != nil {
		d.Day, _ = strconv.Atoi(m[2])
		d.Year, _ = strconv.Atoi(m[3])
		d.Month = monthNumber[strings.ToLower(m[1])]
		printed = m[0]
	}
	if d.Year == 0 || d.Day == 0 || !d.Valid() {
		return cite.Date{}, ""
	}
	return d, strings.TrimSpace(printed)
}

// symbolText finds what looks like a document's symbol.
var symbolText = regexp.MustCompile(`\b[A-Z][A-Za-z]{0,9}(?:/[A-Za-z0-9.-]+)+(?:\s?\([A-Za-z0-9 .-]{1,16}\))?(?:/[A-Za-z]+\.\d+)*`)

// symbols are the documents that a text names, each once, as printed.
func symbols(s string) (out []cite.Symbol, printed []string) {
	for _, m := range symbolText.FindAllString(s, 64) {
		m = strings.TrimRight(m, ".-")
		v, err := cite.ParseSymbol(m)
		if err != nil {
			if i := strings.IndexByte(m, '('); i > 0 { // a bracket that is no part of it
				m = strings.TrimSpace(m[:i])
				v, err = cite.ParseSymbol(m)
			}
		}
		if err == nil && !slices.Contains(out, v) {
			out, printed = append(out, v), append(printed, m)
		}
	}
	return out, printed
}

// value is one fact of a row, with the words that show it.
type value struct {
	field       cite.Field
	text, quote string
}

// facts are the values that a page gives, each with its place and words.
func facts(place string, primary bool, values ...value) (out []cite.Fact) {
	for _, v := range values {
		if v.text != "" && v.quote != "" && !strings.ContainsRune(v.text, '\uFFFD') { // a value with a lost letter is none
			out = append(out, cite.Fact{Field: v.field, Value: v.text, Primary: primary, Evidence: cite.Evidence{Place: place, Quote: v.quote}})
		}
	}
	return out
}

// document is a row as a document: what every site's rows have in common.
// Facts are primary where the page is the library's own record.
func document(r Row, place string, primary bool) (cite.Document, bool) {
	s, err := cite.ParseSymbol(r.Symbol)
	if err != nil {
		return cite.Document{}, false
	}
	date, _ := cite.ParseISODate(r.Date) // the zero Date where there is none
	d := cite.Document{Symbol: s, Printed: s.Printed(date.Year), Aliases: r.Also, Body: s.Body(), Series: s.Series(), Number: s.Number(), Year: date.Year,
		Date: date, Title: r.Title, Topic: strings.ReplaceAll(r.Topic, topicBreak, "; "), Meeting: r.Meeting, Press: basePress(r.Press), Vote: r.Vote, Paragraphs: r.Paragraphs}
	if d.Year == 0 {
		d.Year = s.Year()
	}
	if r.URL != "" {
		d.URLs = []string{r.URL}
	}
	d.Facts = facts(place, primary, value{cite.FieldExists, d.Printed, r.raw}, value{cite.FieldDate, r.Date, r.day}, value{cite.FieldBody, d.Body, r.raw},
		value{cite.FieldType, d.Series, r.raw}, value{cite.FieldTitle, r.Title, r.Title}, value{cite.FieldTopic, d.Topic, r.Topic})
	return d, true
}

const topicBreak = " | "

// basePress is a press release's own symbol: "SC/5812+Corr.1" is SC/5812.
func basePress(s string) string {
	s, _, _ = strings.Cut(s, "+")
	return s
}

// lowerHost is the host of an address, as hosts are compared.
func lowerHost(u *url.URL) string { return strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.") }
