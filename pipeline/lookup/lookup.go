// Package lookup knows which source answers for which UN document, in which
// order, and asks each once. It is the only place that knows both the UN and
// the network, which it is given as a value. A source that fails leaves the
// question open: only a complete list can say that something does not exist.
package lookup

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"

	"citecheck/extractors/undoc"
	"citecheck/extractors/unpage"
	"citecheck/pipeline/cite"
)

// A Fetcher gets one page. It is a seam because it talks to the world, or to
// an archive in its stead. The error is a *cite.Failure where it is known why.
type Fetcher interface {
	Get(ctx context.Context, q cite.Request) (*cite.Response, error)
}

// A Catalog answers from what is known already.
type Catalog interface {
	Lookup(cite.Symbol) cite.Answer
	YearOf(number int) (int, bool)
}

// A Store is told of every document that was read, with where each of its
// facts was read. It may forget what it likes: nothing is ever judged by it.
type Store interface {
	Remember(cite.Document) error
}

// A Reader turns the bytes of a PDF into zones and pages.
type Reader func(ctx context.Context, data []byte) ([]cite.Zone, []cite.Page, error)

// A Want is one question: what is known of a document, and whether its text
// is needed.
type Want struct {
	Symbol cite.Symbol
	Text   bool
	Year   int // that the citation gives, where the symbol alone does not tell which table to ask; 0 for none
}

// A Lookup answers questions. It is safe for concurrent use; every document
// and every page is asked for once.
type Lookup struct {
	Fetch   Fetcher // nil: nobody can be asked
	Catalog Catalog
	Read    Reader
	Lang    string // of documents: "en"
	Bases   Bases
	Store   Store // may be nil

	pages  once[*pageAnswer]
	papers once[*paper]
}

// Bases are the addresses of the sources; each may be replaced by a mirror or
// a test server.
type Bases struct {
	DHL string // the library's tables: "https://www.un.org/depts/dhl/resguide"
	ODS string // the document system: "https://documents.un.org/api/symbol/access"
}

// DefaultBases are the UN's own.
var DefaultBases = Bases{DHL: "https://www.un.org/depts/dhl/resguide", ODS: "https://documents.un.org/api/symbol/access"}

// How old an answer that was kept may be: a year's table hardly changes, a
// document may be issued anew.
const (
	tableAge = 365 * 24 * time.Hour
	paperAge = 7 * 24 * time.Hour
)

// once runs a question once per key, whoever asks.
type once[T any] struct {
	mu sync.Mutex
	m  map[string]func() T
}

func (o *once[T]) do(key string, ask func() T) T {
	o.mu.Lock()
	if o.m == nil {
		o.m = map[string]func() T{}
	}
	f, ok := o.m[key]
	if !ok {
		f = sync.OnceValue(ask)
		o.m[key] = f
	}
	o.mu.Unlock()
	return f()
}

// One answers one question.
func (l *Lookup) One(ctx context.Context, w Want) cite.Answer {
	a := l.facts(ctx, w)
	if a.Outcome == cite.Absent || w.Symbol.IsPressRelease() {
		return a
	}
	if a.Outcome == cite.Found && !w.Text {
		return a
	}
	p := l.paper(ctx, w.Symbol, yearOf(a))
	return join(a, p)
}

func yearOf(a cite.Answer) int {
	if a.Document != nil {
		return a.Document.Year
	}
	return a.Symbol.Year()
}

// facts asks the catalogue, then the yearly table.
func (l *Lookup) facts(ctx context.Context, w Want) cite.Answer {
	s := w.Symbol
	a := cite.Answer{Symbol: s, Outcome: cite.NoWord, Reason: "no source of facts answers for " + s.String()}
	if s.IsPressRelease() {
		a.Outcome, a.Reason = cite.NotHeld, "a press release: citecheck reads documents only"
		return a
	}
	if l.Catalog != nil && s.IsCouncilResolution() {
		if a = l.Catalog.Lookup(s); a.Outcome != cite.NoWord {
			return a
		}
	}
	year := 0
	switch {
	case s.IsCouncilResolution() && l.Catalog != nil:
		year, _ = l.Catalog.YearOf(s.Number())
	case s.Body() == "Security Council" && s.Series() == "presidential statement":
		year = s.Year()
	case s.Body() == "Security Council" && s.Series() == "meeting record":
		year = w.Year
	}
	if year == 0 {
		return a
	}
	return l.table(ctx, s, year, a)
}

type pageAnswer struct {
	page   unpage.Page
	source cite.Source
	why    string // no page was had
}

// table asks the library's table of a year, in the spellings of its address
// that the library has used.
func (l *Lookup) table(ctx context.Context, s cite.Symbol, year int, before cite.Answer) cite.Answer {
	name := "scact" + strconv.Itoa(year) + "_table_en"
	endings := []string{".htm", ".html"}
	if year < 1994 || year == 2022 {
		endings = []string{".html", ".htm"}
	}
	why := ""
	for i, e := range endings {
		p := l.page(ctx, cite.Request{URL: l.Bases.DHL + "/" + name + e, MaxAge: tableAge, Instead: i > 0})
		if p.why != "" {
			if why == "" {
				why = p.why
			}
			continue
		}
		if a, ok := inTable(s, p); ok {
			return a
		}
		// Some meetings are in no table, so its silence on one proves nothing.
		if p.page.Complete && p.page.Year == year && s.Series() != "meeting record" {
			ev := cite.Evidence{Source: p.source, Place: fmt.Sprintf("the table of %d", year), Quote: fmt.Sprintf("%d rows, none of them %s", len(p.page.Rows), s)}
			return cite.Answer{Symbol: s, Outcome: cite.Absent, Evidence: &ev, Reason: fmt.Sprintf("the library's table of %d is complete and does not have %s", year, s)}
		}
		why = fmt.Sprintf("the library's table of %d ends before its year and does not have %s", year, s)
	}
	if why != "" {
		before.Reason = why
	}
	return before
}

// inTable finds a document in a table. A number that comes twice under
// different dates is misprinted in one of its rows: neither counts.
func inTable(s cite.Symbol, p *pageAnswer) (cite.Answer, bool) {
	var hit *cite.Document
	for i := range p.page.Documents {
		d := &p.page.Documents[i]
		if d.Symbol != s {
			continue
		}
		if hit != nil && hit.Date != d.Date {
			return cite.Answer{Symbol: s, Outcome: cite.NoWord, Reason: "the library's table has " + s.String() + " twice, under different dates"}, true
		}
		hit = d
	}
	if hit == nil {
		return cite.Answer{}, false
	}
	d := sourced(*hit, p.source)
	return cite.Answer{Symbol: s, Outcome: cite.Found, Document: &d}, true
}

// sourced puts the source into a document and into the evidence of its facts.
func sourced(d cite.Document, src cite.Source) cite.Document {
	d.Sources = append([]cite.Source{src}, d.Sources...)
	facts := make([]cite.Fact, len(d.Facts))
	for i, f := range d.Facts {
		f.Evidence.Source = src
		facts[i] = f
	}
	d.Facts = facts
	return d
}

func (l *Lookup) page(ctx context.Context, q cite.Request) *pageAnswer {
	address := q.URL
	return l.pages.do(address, func() *pageAnswer {
		resp, why := l.get(ctx, q)
		if why != "" {
			return &pageAnswer{why: why}
		}
		p, err := unpage.Read(address, resp.ContentType, resp.Body)
		if err != nil {
			return &pageAnswer{why: err.Error()}
		}
		for _, d := range p.Documents {
			l.remember(sourced(d, resp.Source))
		}
		return &pageAnswer{page: p, source: resp.Source}
	})
}

// remember tells the store of a document. A store that is full or broken costs
// nothing that was asked for.
func (l *Lookup) remember(d cite.Document) {
	if l.Store != nil {
		_ = l.Store.Remember(d)
	}
}

// get asks for an address; why says in words why there is no answer.
func (l *Lookup) get(ctx context.Context, q cite.Request) (*cite.Response, string) {
	address := q.URL
	if l.Fetch == nil {
		return nil, "offline"
	}
	resp, err := l.Fetch.Get(ctx, q)
	var f *cite.Failure
	switch {
	case errors.As(err, &f):
		return nil, f.Reason
	case err != nil:
		return nil, err.Error()
	case resp.Challenged:
		return nil, host(address) + " answered with a bot challenge"
	case resp.Status == 403 || resp.Status == 401 || resp.Status == 451:
		return nil, fmt.Sprintf("%s refused (status %d)", host(address), resp.Status)
	case resp.Status != 200:
		return nil, fmt.Sprintf("%s answered with status %d", host(address), resp.Status)
	case len(bytes.TrimSpace(resp.Body)) == 0:
		return nil, host(address) + " answered with nothing"
	}
	return resp, ""
}

func host(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return "the source"
	}
	return u.Host
}

// A paper is a UN document as it was read, or why it was not.
type paper struct {
	doc *cite.Document
	why string
}

// paper asks the document system for a document's PDF. A status proves
// nothing there: the symbol printed on page 1 decides.
func (l *Lookup) paper(ctx context.Context, s cite.Symbol, year int) *paper {
	return l.papers.do(s.String(), func() *paper {
		why := ""
		for i, address := range l.addresses(s, year) {
			resp, w := l.get(ctx, cite.Request{URL: address, MaxAge: paperAge, Instead: i > 0})
			if w != "" {
				if why == "" {
					why = w
				}
				continue
			}
			p := l.readPaper(ctx, s, resp)
			if p.doc != nil {
				return p
			}
			if why == "" || why == "offline" {
				why = p.why
			}
		}
		return &paper{why: why}
	})
}

// addresses are the spellings under which the document system may know a
// symbol: resolutions of the Council with their year.
func (l *Lookup) addresses(s cite.Symbol, year int) []string {
	var spellings []string
	if s.IsCouncilResolution() && year == 0 && l.Catalog != nil {
		year, _ = l.Catalog.YearOf(s.Number())
	}
	add := func(v string) {
		v = strings.ReplaceAll(v, " ", "")
		for _, x := range spellings {
			if x == v {
				return
			}
		}
		spellings = append(spellings, v)
	}
	add(s.Printed(year))
	add(s.String())
	lang := l.Lang
	if lang == "" {
		lang = "en"
	}
	var out []string
	for _, v := range spellings {
		out = append(out, l.Bases.ODS+"?s="+v+"&l="+lang+"&t=pdf")
	}
	return out
}

// placeholderSize is the length of the PDF that the document system sends for
// what it does not have.
const placeholderSize = 83_914

func (l *Lookup) readPaper(ctx context.Context, s cite.Symbol, resp *cite.Response) *paper {
	if !bytes.Contains(resp.Body[:min(len(resp.Body), 1024)], []byte("%PDF-")) {
		return &paper{why: "the document system answered with a page in place of the document"}
	}
	if len(resp.Body) == placeholderSize || l.Read == nil {
		return &paper{why: "the document system answered with its placeholder"}
	}
	zones, pages, err := l.Read(ctx, resp.Body)
	if err != nil {
		return &paper{why: "the document could not be read: " + err.Error()}
	}
	if undoc.IsPlaceholder(pages) {
		return &paper{why: "the document system answered with its placeholder"}
	}
	d := undoc.Read(zones, pages)
	if !names(d, s) {
		if d.Symbol.IsZero() {
			return &paper{why: "the document that came does not show its symbol on page 1"}
		}
		return &paper{why: fmt.Sprintf("another document came: %s", d.Symbol)}
	}
	d = sourced(d, resp.Source)
	l.remember(d)
	return &paper{doc: &d}
}

// names tells whether a document is the one asked for: its masthead has the
// symbol, first or second.
func names(d cite.Document, s cite.Symbol) bool {
	if d.Symbol == s {
		return true
	}
	for _, a := range d.Aliases {
		if x, err := cite.ParseSymbol(a); err == nil && x == s {
			return true
		}
	}
	return false
}

// join adds what the document itself says to what the lists say.
func join(a cite.Answer, p *paper) cite.Answer {
	switch {
	case p.doc == nil && a.Outcome == cite.Found:
		a.TextReason = p.why
		return a
	case p.doc == nil:
		if p.why != "" {
			a.Reason = p.why
		}
		a.TextReason = p.why
		return a
	case a.Outcome != cite.Found:
		d := *p.doc
		a.Outcome, a.Document, a.Reason = cite.Found, &d, ""
	default:
		d := *a.Document
		d.Facts = append(append([]cite.Fact{}, d.Facts...), p.doc.Facts...)
		d.Paragraphs, d.Last, d.OCR = p.doc.Paragraphs, p.doc.Last, p.doc.OCR
		d.Sources = append(append([]cite.Source{}, d.Sources...), p.doc.Sources...)
		if d.Title == "" {
			d.Title = p.doc.Title
		}
		a.Document = &d
	}
	if len(a.Document.Paragraphs) == 0 {
		a.TextReason, a.TextFinal = "the document has no paragraphs that could be read", true
	}
	return a
}
