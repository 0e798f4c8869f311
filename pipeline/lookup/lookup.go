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
	"regexp"
	"slices"
	"sync"
	"sync/atomic"
	"time"

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
	YearsOfMeeting(number int) []int
}

// A Store is told of every document that was read, with where each of its
// facts was read. It may forget what it likes: nothing is ever judged by it.
type Store interface {
	Remember(cite.Document) error
}

// A Reader turns the bytes of a PDF into zones and pages.
type Reader func(ctx context.Context, data []byte) ([]cite.Zone, []cite.Page, error)

// A WordReader turns the bytes of a Word file into its text.
type WordReader func(ctx context.Context, data []byte) (cite.Text, error)

// A Want is one question: what is known of a document, and whether its text
// is needed.
type Want struct {
	Symbol cite.Symbol
	Text   bool
	Year   int    // that the citation gives, where the symbol alone does not tell which table to ask; 0 for none
	Record string // number of the document's record in the UN Digital Library, where the citation links to it
}

// A Lookup answers questions. It is safe for concurrent use; every document
// and every page is asked for once.
type Lookup struct {
	Fetch   Fetcher // nil: nobody can be asked
	Catalog Catalog
	Read    Reader
	Word    WordReader // nil: a document's Word file is not asked for
	// Refer reads what a document's own text cites; nil leaves it out.
	Refer func([]cite.Zone, *cite.Document) []cite.Reference
	Lang  string // of documents: "en"
	Bases Bases
	Store Store // may be nil

	pages  once[*pageAnswer]
	papers once[*paper]
	known  once[string] // what a control document showed
	missed atomic.Int32 // documents in a row that the document system did not give
}

// How old an answer that was kept may be: a year's table hardly changes, a
// document may be issued anew, and what a list lacks may come the next day.
const (
	tableAge  = 365 * 24 * time.Hour
	paperAge  = 7 * 24 * time.Hour
	absentAge = 24 * time.Hour
)

// Words of fetch that are compared with.
const (
	offline = "offline: nobody was asked, and no archive at hand has the answer"
	plan    = "this is a plan"
)

// once runs a question once per key, whoever asks. Who waits for the answer of
// another waits on a channel, so that tests can have a clock of their own.
type once[T any] struct {
	mu   sync.Mutex
	m    map[string]*asked[T]
	done []string // keys in the order in which they were answered, where few are kept
}

type asked[T any] struct {
	done chan struct{}
	v    T
}

func (o *once[T]) do(key string, ask func() T) T { return o.lately(key, 0, ask) }

// lately answers a question, and remembers the answers to the last most
// questions; 0 for all.
func (o *once[T]) lately(key string, most int, ask func() T) T {
	o.mu.Lock()
	if o.m == nil {
		o.m = map[string]*asked[T]{}
	}
	a, ok := o.m[key]
	if !ok {
		a = &asked[T]{done: make(chan struct{})}
		o.m[key] = a
	}
	o.mu.Unlock()
	if ok {
		<-a.done
		return a.v
	}
	defer close(a.done)
	a.v = ask()
	if most > 0 {
		o.mu.Lock()
		if o.done = append(o.done, key); len(o.done) > most {
			delete(o.m, o.done[0])
			o.done = o.done[1:]
		}
		o.mu.Unlock()
	}
	return a.v
}

// One answers one question. What stands in for a source that did not answer
// says only that a document exists: its dates and titles may be told
// otherwise there, and a fault must not change what is held against a note.
func (l *Lookup) One(ctx context.Context, w Want) cite.Answer {
	if w.Symbol.IsPressRelease() {
		return l.release(ctx, w)
	}
	a := l.facts(ctx, w)
	if a.Outcome == cite.Absent {
		return a
	}
	if a.Outcome == cite.Found && !w.Text && suffices(a.Document) {
		return a
	}
	p := l.paper(ctx, w.Symbol, yearOf(a))
	a = join(a, p)
	if p.doc != nil {
		return a
	}
	if a.Outcome != cite.Found {
		return l.stand(ctx, w, a)
	}
	if w.Text && w.Symbol.IsCouncilResolution() {
		a = l.pressText(ctx, w, a)
	}
	return a
}

func yearOf(a cite.Answer) int {
	if a.Document != nil {
		return a.Document.Year
	}
	return a.Symbol.Year()
}

// suffices tells whether what a list says of a document may be held against a
// note without the document: a primary list's facts may. Those of the General
// Assembly's tables may not, for its documents bear a second date, that of
// distribution, which is as right and stands on the document alone.
func suffices(d *cite.Document) bool {
	return d.Body != "General Assembly" && slices.ContainsFunc(d.Facts, func(f cite.Fact) bool { return f.Primary })
}

// facts asks the catalogue, then the lists of the document's kind.
func (l *Lookup) facts(ctx context.Context, w Want) cite.Answer {
	s := w.Symbol
	a := cite.Answer{Symbol: s, Outcome: cite.NoWord, Reason: "no source of facts answers for " + s.String()}
	if l.Catalog != nil && s.IsCouncilResolution() {
		if a = l.Catalog.Lookup(s); a.Outcome != cite.NoWord {
			return a
		}
	}
	if session, ok := assemblySession(s); ok {
		return l.listed(ctx, s, []source{assemblyTable(session)}, a)
	}
	if s.Series() == "meeting record" && s.Body() == "Security Council" {
		return l.meeting(ctx, w, a)
	}
	year, sure := l.year(w)
	if year == 0 {
		return a
	}
	if s.Body() == "Security Council" && s.Series() != "resolution" && s.Series() != "presidential statement" {
		return l.listed(ctx, s, []source{reportList(year)}, a)
	}
	return l.table(ctx, s, year, sure, a)
}

// meeting asks the tables of the years in which a meeting may have been held:
// a bare "S/PV.8315" prints no year, and one that is printed may be wrong.
func (l *Lookup) meeting(ctx context.Context, w Want, a cite.Answer) cite.Answer {
	var years []int
	if l.Catalog != nil && w.Symbol.Modifier() == "" {
		years = l.Catalog.YearsOfMeeting(w.Symbol.Number())
	}
	if year, _ := l.year(w); year > 0 && len(years) == 0 {
		years = []int{year}
	}
	for _, year := range years {
		if a = l.table(ctx, w.Symbol, year, false, a); a.Outcome == cite.Found {
			break
		}
	}
	return a
}

// year is that of the table which has a document; sure tells whether no other
// can have it.
func (l *Lookup) year(w Want) (year int, sure bool) {
	s := w.Symbol
	switch {
	case s.IsCouncilResolution():
		if l.Catalog != nil {
			if y, ok := l.Catalog.YearOf(s.Number()); ok {
				return y, true
			}
		}
		return w.Year, false
	case s.Body() != "Security Council" || s.Modifier() != "":
		return 0, false
	case s.Series() == "presidential statement":
		return s.Year(), true
	case s.Series() == "meeting record":
		return w.Year, false // some meetings are in no table
	}
	return s.Year(), false
}

type pageAnswer struct {
	page   unpage.Page
	source cite.Source
	whole  bool   // all of the page came, surely
	why    string // no page was had
}

// table asks the library's table of a year, in the spellings of its address
// that the library has used, then the Council's own list.
func (l *Lookup) table(ctx context.Context, s cite.Symbol, year int, sure bool, before cite.Answer) cite.Answer {
	why := ""
	for i, src := range tables(year) {
		p := l.page(ctx, src, tableAge, i > 0)
		if p.why != "" {
			if why == "" {
				why = p.why
			}
			continue
		}
		if a, ok := inTable(s, p); ok {
			return a
		}
		// What a table that was kept does not have may stand in it by now: to
		// say that something does not exist takes one of today.
		age := time.Duration(0)
		if sure && lacks(p, s) {
			age = absentAge
		}
		if today := l.page(ctx, src, age, i > 0); today.why == "" {
			if a, ok := inTable(s, today); ok {
				return a
			}
			p = today
		}
		if sure && lacks(p, s) {
			ev := cite.Evidence{Source: p.source, Place: fmt.Sprintf("the table of %d", year), Quote: fmt.Sprintf("%d rows, none of them %s", len(p.page.Rows), s)}
			return cite.Answer{Symbol: s, Outcome: cite.Absent, Evidence: &ev, Reason: fmt.Sprintf("the library's table of %d is complete and does not have %s", year, s)}
		}
		why = fmt.Sprintf("the library's table of %d does not have %s, which does not prove that there is none", year, s)
	}
	if why != "" {
		before.Reason = why
	}
	return before
}

// lacks tells whether a page proves that a statement does not exist: the whole
// table of a year that was over when it was had, and of that year indeed, for
// the wrong one may come under the right address. It never proves it of a
// resolution: which numbers a year has is known, and so is that they exist.
func lacks(p *pageAnswer, s cite.Symbol) bool {
	if s.Series() != "presidential statement" || !p.whole || !p.page.Lacks(s) || p.source.Fetched < fmt.Sprintf("%d-12-31T23", p.page.Year) {
		return false
	}
	// A table may have been left standing in December; since there are
	// statements the Council has met in the last days of each year.
	late := fmt.Sprintf("%d-12-20", p.page.Year)
	if !slices.ContainsFunc(p.page.Rows, func(r unpage.Row) bool { return r.Date >= late }) {
		return false
	}
	fellows := 0
	for _, d := range p.page.Documents {
		if d.Series == s.Series() {
			if d.Symbol.Year() != s.Year() {
				return false
			}
			fellows++
		}
	}
	return fellows > 0
}

// listed asks lists that are not complete: what they lack may exist.
func (l *Lookup) listed(ctx context.Context, s cite.Symbol, lists []source, before cite.Answer) cite.Answer {
	for _, src := range lists {
		p := l.page(ctx, src, paperAge, false)
		if p.why != "" {
			before.Reason = p.why
			continue
		}
		if a, ok := inTable(s, p); ok {
			return a
		}
		if a, ok := inTable(s, l.page(ctx, src, 0, false)); ok { // it may have come to the list since
			return a
		}
	}
	return before
}

// inTable finds a document in a table. A number that comes twice under
// different dates is misprinted in one of its rows: neither counts.
func inTable(s cite.Symbol, p *pageAnswer) (cite.Answer, bool) {
	var hit *cite.Document
	for i := range p.page.Documents {
		d := &p.page.Documents[i]
		if !names(*d, s) {
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

// stand asks what else may know that a document exists, when neither its list
// nor the document system gave it.
func (l *Lookup) stand(ctx context.Context, w Want, a cite.Answer) cite.Answer {
	s := w.Symbol
	var others []source
	if year, _ := l.year(w); s.IsCouncilResolution() && year > 0 {
		others = append(others, councilList(year))
	}
	if thirdParty(s) {
		others = append(others, councilReport(s))
	}
	if recordNumber.MatchString(w.Record) {
		others = append(others, harvest(w.Record))
	}
	others = append(others, record(s))
	for _, src := range others {
		p := l.page(ctx, src, paperAge, true)
		b, ok := inTable(s, p)
		if p.why == "" && !ok {
			b, ok = inTable(s, l.page(ctx, src, 0, true))
		}
		if ok && b.Outcome == cite.Found {
			b.Document, b.Reason, b.TextReason = existing(*b.Document), a.Reason, a.Reason
			return b
		}
	}
	return a
}

// existing is a document of which nothing counts but that it exists.
func existing(d cite.Document) *cite.Document {
	out := cite.Document{Symbol: d.Symbol, Printed: d.Printed, Aliases: d.Aliases, Body: d.Body, Series: d.Series, Number: d.Number, Sources: d.Sources}
	for _, f := range d.Facts {
		if f.Field == cite.FieldExists || f.Field == cite.FieldBody || f.Field == cite.FieldType {
			out.Facts = append(out.Facts, f)
		}
	}
	return &out
}

// pressText adds the text of a resolution as the coverage of its meeting
// quotes it, when the document itself was not had. What it lacks proves
// nothing.
func (l *Lookup) pressText(ctx context.Context, w Want, a cite.Answer) cite.Answer {
	release := a.Document.Press
	if release == "" && a.Document.Year > 0 { // the built-in facts do not have it
		for _, src := range tables(a.Document.Year) {
			p := l.page(ctx, src, tableAge, true)
			if p.why != "" {
				continue
			}
			if b, ok := inTable(w.Symbol, p); ok && b.Outcome == cite.Found {
				release = b.Document.Press
			}
			break
		}
	}
	src, ok := coverage(release, a.Document.Year)
	if !ok {
		return a
	}
	p := l.page(ctx, src, paperAge, true)
	for _, d := range p.page.Documents {
		if p.why != "" || d.Symbol != w.Symbol || len(d.Paragraphs) == 0 {
			continue
		}
		d = sourced(d, p.source)
		out := *a.Document
		out.Paragraphs = d.Paragraphs
		if l.Refer != nil {
			out.Refers = l.Refer(nil, &out)
		}
		out.Sources = append(slices.Clone(out.Sources), d.Sources...)
		a.Document = &out
		a.TextReason += "; what the press release " + release + " quotes does not settle it"
		return a
	}
	return a
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

func (l *Lookup) page(ctx context.Context, src source, maxAge time.Duration, instead bool) *pageAnswer {
	q := cite.Request{URL: src.url(&l.Bases), MaxAge: maxAge, Instead: instead}
	return l.pages.do(q.URL+" "+maxAge.String(), func() *pageAnswer {
		p := l.pageAt(ctx, src, q)
		if p.why != "" && p.source.Fetched != "" {
			q.MaxAge = 0 // what was kept can't be read: it may be sound by now
			if again := l.pageAt(ctx, src, q); again.source != p.source {
				p = again
			}
		}
		for _, d := range p.page.Documents {
			l.remember(sourced(d, p.source))
		}
		return p
	})
}

func (l *Lookup) pageAt(ctx context.Context, src source, q cite.Request) *pageAnswer {
	resp, why := l.get(ctx, q)
	if why != "" {
		return &pageAnswer{why: why}
	}
	if len(bytes.TrimSpace(resp.Body)) == 0 {
		return &pageAnswer{source: resp.Source, why: host(q.URL) + " answered with nothing"}
	}
	p, err := readAs(src, resp)
	if errors.Is(err, unpage.ErrCharset) {
		return &pageAnswer{source: resp.Source, why: host(q.URL) + " answered with a page that can't be read: " + err.Error()}
	}
	if err != nil {
		why = err.Error()
		if notThere.Match(resp.Body) {
			why = host(q.URL) + " answered with a page that says that there is none"
		}
		return &pageAnswer{source: resp.Source, why: why}
	}
	return &pageAnswer{page: p, source: resp.Source, whole: !resp.Unproven}
}

// notThere are the words of pages, sent with status 200, that there is no page
// or document.
var notThere = regexp.MustCompile(`(?i)does not exist|page not found|could not be found|no such (?:page|document)|\b404\b`)

// remember tells the store of a document. A store that is full or broken costs
// nothing that was asked for.
func (l *Lookup) remember(d cite.Document) {
	if l.Store != nil {
		_ = l.Store.Remember(d)
	}
}

// get asks for an address; why says in words why there is no answer.
func (l *Lookup) get(ctx context.Context, q cite.Request) (*cite.Response, string) {
	if l.Fetch == nil {
		return nil, offline
	}
	resp, err := l.Fetch.Get(ctx, q)
	var f *cite.Failure
	switch {
	case errors.As(err, &f):
		return nil, f.Reason
	case err != nil:
		return nil, err.Error()
	case resp.Challenged:
		return nil, host(q.URL) + " answered with a bot challenge, which is never worked around"
	case resp.Status == 401 || resp.Status == 403 || resp.Status == 451:
		return nil, fmt.Sprintf("%s refused (status %d)", host(q.URL), resp.Status)
	case resp.Status == 404 || resp.Status == 410:
		return nil, fmt.Sprintf("%s has no such address (status %d)", host(q.URL), resp.Status)
	case resp.Status != 200:
		return nil, fmt.Sprintf("%s answered with status %d", host(q.URL), resp.Status)
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

// join adds what the document itself says to what the lists say.
func join(a cite.Answer, p *paper) cite.Answer {
	switch {
	case p.doc == nil && a.Outcome == cite.Found:
		a.TextReason = p.why
		if !suffices(a.Document) { // what is second-hand counts beside a primary source only
			a.Document, a.Reason = existing(*a.Document), p.why
		}
		return a
	case p.doc == nil:
		if p.why != "" {
			a.Reason = p.why
		}
		a.TextReason = p.why
		return a
	case a.Outcome != cite.Found:
		d := *p.doc // a.Reason still says why a list that may know more was not had
		a.Outcome, a.Document = cite.Found, &d
	default:
		d := *a.Document
		d.Facts = append(append([]cite.Fact{}, d.Facts...), p.doc.Facts...)
		d.Paragraphs, d.Last, d.Refers, d.OCR = p.doc.Paragraphs, p.doc.Last, p.doc.Refers, p.doc.OCR
		d.Sources = append(append([]cite.Source{}, d.Sources...), p.doc.Sources...)
		if d.Title == "" {
			d.Title = p.doc.Title
		}
		a.Document = &d
	}
	switch {
	case p.why != "": // what was read is not all of it: what it lacks proves nothing
		a.TextReason = p.why
	case len(a.Document.Paragraphs) == 0:
		a.TextReason, a.TextFinal = "the document has no paragraphs that could be read", true
	}
	return a
}
