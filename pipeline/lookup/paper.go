package lookup

import (
	"bytes"
	"context"
	"fmt"
	"hash/fnv"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"citecheck/extractors/undoc"
	"citecheck/pipeline/cite"
)

// A paper is a UN document as it was read, or why it was not.
type paper struct {
	doc  *cite.Document
	why  string // there is none, or not all of it
	torn bool   // a PDF came that can't be read as the document
	miss bool   // nothing, a page or the placeholder came
}

// papersKept is how many documents stay in memory with all their paragraphs.
// One that is asked for again after that is read from where its answer is
// kept; nobody is asked twice.
const papersKept = 300

// paper asks the document system for a document's PDF. A status proves
// nothing there: the symbol printed on page 1 decides.
func (l *Lookup) paper(ctx context.Context, s cite.Symbol, year int) *paper {
	return l.papers.lately(s.String(), papersKept, func() *paper {
		best := &paper{}
		missed := false
		defer func() {
			switch {
			case best.doc != nil:
				l.missed.Store(0)
			case missed && l.missed.Add(1) >= manyMisses:
				l.leave(l.document(s.String()))
			}
		}()
		for i, address := range l.addresses(s, year) {
			q := cite.Request{URL: address, MaxAge: paperAge, Instead: i > 0}
			p, fetched := l.paperAt(ctx, s, q)
			if p.doc == nil && fetched != "" {
				// What an earlier run kept proves nothing: it may be there by now.
				q.MaxAge = 0
				if again, f := l.paperAt(ctx, s, q); f != fetched {
					p = again
				}
			}
			if p.doc != nil {
				if best = p; len(p.doc.Paragraphs) == 0 {
					best = l.word(ctx, s, address, p)
				}
				return best
			}
			missed = missed || p.miss
			if p.torn {
				if best = l.word(ctx, s, address, p); best.doc != nil {
					return best
				}
			}
			if best.why == "" || best.why == offline {
				best = p
			}
		}
		return best
	})
}

// paperAt asks one address; fetched is when an answer came, "" for none.
func (l *Lookup) paperAt(ctx context.Context, s cite.Symbol, q cite.Request) (p *paper, fetched string) {
	resp, why := l.get(ctx, q)
	if why != "" {
		return &paper{why: why}, ""
	}
	p, miss := l.readPaper(ctx, s, resp)
	if p.miss = miss; miss {
		p.why += l.control(ctx, s, q.URL)
	}
	return p, resp.Fetched + resp.WARC
}

// word asks for a document's Word file where its PDF has no text, or none that
// can be read. What that file says stands there; what it lacks, and how it
// dates and names itself, is not held against a note, for Word makes numbers
// that are not in its text.
func (l *Lookup) word(ctx context.Context, s cite.Symbol, address string, pdf *paper) *paper {
	if l.Word == nil {
		return pdf
	}
	q := cite.Request{URL: strings.TrimSuffix(address, "pdf") + "docx", MaxAge: paperAge, Instead: true}
	d, resp := l.wordAt(ctx, s, q)
	if d == nil && resp != nil { // what was kept can't be read: it may be sound by now
		q.MaxAge = 0
		d, resp = l.wordAt(ctx, s, q)
	}
	if d == nil {
		return pdf
	}
	whole := sourced(*d, resp.Source)
	l.remember(whole)
	out := pdf.doc
	if out == nil {
		out = existing(whole)
	} else {
		x := *out
		x.Sources = append(slices.Clone(x.Sources), whole.Sources...)
		out = &x
	}
	out.Paragraphs = whole.Paragraphs
	if l.Refer != nil {
		out.Refers = l.Refer(nil, out)
	}
	why := pdf.why
	if why == "" {
		why = "the document's PDF has no paragraphs that could be read"
	}
	return &paper{doc: out, why: why + "; what its Word file has does not settle it"}
}

// wordAt asks one address for a Word file; a document is nil where what came,
// if anything, is none.
func (l *Lookup) wordAt(ctx context.Context, s cite.Symbol, q cite.Request) (*cite.Document, *cite.Response) {
	resp, why := l.get(ctx, q)
	if why != "" {
		return nil, nil
	}
	if !bytes.HasPrefix(resp.Body, []byte("PK")) {
		return nil, resp
	}
	text, err := l.Word(ctx, resp.Body)
	if err != nil {
		return nil, resp
	}
	d := undoc.ReadText(text)
	if !names(d, s) || len(d.Paragraphs) == 0 {
		return nil, resp
	}
	return &d, resp
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
	if strings.Contains(s.String(), " ") { // "S/PV.9042(Resumption 1)", which may be kept with its space
		spellings = append(spellings, strings.ReplaceAll(s.String(), " ", "%20"))
	}
	if supplement(s) {
		add(s.String() + "(SUPP)")
	}
	if s.Modifier() == "" && old(s, year) {
		add(s.Printed(year) + "(OR)")
	}
	var out []string
	for _, v := range spellings {
		out = append(out, l.document(v))
	}
	return out
}

// supplement tells whether a document may be a Supplement of the General
// Assembly's Official Records, a report of one of its bodies. The UN's own
// links write such as "A/71/10(SUPP)"; page 1 prints A/71/10.
func supplement(s cite.Symbol) bool {
	session, err := strconv.Atoi(s.Session())
	return err == nil && session >= 31 && s.Number() <= supplements && s.String() == fmt.Sprintf("A/%d/%d", session, s.Number())
}

// old tells whether a document is of the Security Council's first decades,
// which were put into the document system as Official Records: many under a
// symbol with "(OR)".
func old(s cite.Symbol, year int) bool {
	if s.Body() != "Security Council" {
		return false
	}
	return year > 0 && year < 1994 || s.Series() == "meeting record" && s.Number() <= lastMeeting1993 || s.Series() == "document" && s.Year() == 0
}

// lastMeeting1993 is the number of the last meeting of 1993.
const lastMeeting1993 = 3325

// supplements are about how many a session has.
const supplements = 55

func (l *Lookup) document(spelling string) string {
	lang := l.Lang
	if lang == "" {
		lang = "en"
	}
	return l.Bases.ODS + "?s=" + spelling + "&l=" + lang + "&t=pdf"
}

// placeholderSize is the length of the PDF that the document system sends for
// what it does not have.
const placeholderSize = 83_914

// pdfTail is where a PDF says that it ends; some have a few bytes after it.
const pdfTail = 2048

// readPaper reads a PDF as the document asked for. miss tells that the system
// answered with nothing, a page or its placeholder, as it does both for what
// it does not have and when it blocks.
func (l *Lookup) readPaper(ctx context.Context, s cite.Symbol, resp *cite.Response) (p *paper, miss bool) {
	isPDF := bytes.Contains(resp.Body[:min(len(resp.Body), 1024)], []byte("%PDF-"))
	switch {
	case len(bytes.TrimSpace(resp.Body)) == 0:
		return &paper{why: "the document system answered with nothing"}, true
	case !isPDF && notThere.Match(resp.Body):
		return &paper{why: "the document system says that it does not have " + s.String()}, true
	case !isPDF:
		return &paper{why: "the document system answered with a page in place of the document"}, true
	case len(resp.Body) == placeholderSize || l.Read == nil:
		return &paper{why: "the document system answered with its placeholder"}, true
	case !bytes.Contains(resp.Body[max(0, len(resp.Body)-pdfTail):], []byte("%%EOF")) || shorter(resp.Body):
		// Half of a document reads well and lacks the paragraph that is cited.
		return &paper{why: "the document that came is cut off: its end is missing"}, false
	}
	zones, pages, err := l.Read(ctx, resp.Body)
	if err != nil {
		return &paper{why: "the document could not be read: " + err.Error(), torn: true}, false
	}
	if undoc.IsPlaceholder(pages) {
		return &paper{why: "the document system answered with its placeholder"}, true
	}
	d := undoc.Read(zones, pages)
	if !names(d, s) {
		if d.Symbol.IsZero() {
			return &paper{why: "the document that came does not show its symbol on page 1", torn: true}, false
		}
		return &paper{why: fmt.Sprintf("another document came: %s", d.Symbol)}, false
	}
	if l.Refer != nil {
		d.Refers = l.Refer(zones, &d)
	}
	d = sourced(d, resp.Source)
	l.remember(d)
	return &paper{doc: &d, why: lost(d)}, false
}

// lost tells which pages of a document could not be read; "" for none.
func lost(d cite.Document) string {
	for _, p := range d.Problems {
		if p.Stage == "read" && strings.HasPrefix(p.Item, "page") {
			return "not all of the document could be read: " + p.Item + ": " + p.Reason
		}
	}
	return ""
}

// linear is where a PDF that is made for slow lines says how long it is. Such
// a file says that it ends after its first page already.
var linear = regexp.MustCompile(`/Linearized\b[^>]*?/L\s+(\d{1,12})\b`)

// shorter tells whether a PDF is shorter than it says.
func shorter(data []byte) bool {
	m := linear.FindSubmatch(data[:min(len(data), 1024)])
	if m == nil {
		return false
	}
	n, err := strconv.Atoi(string(m[1]))
	return err == nil && len(data) < n
}

// controls are documents that the document system surely has.
var controls = []string{"S/RES/1325(2000)", "S/RES/1373(2001)", "S/RES/1540(2004)"}

// manyMisses in a row are a soft block, whatever a control said before them.
const manyMisses = 8

// control tells a system that blocks softly from one that lacks a document:
// it asks for another that is surely there. What a document is compared with
// depends on its symbol alone, so that a replay comes to the same words. The
// verdict is "unreachable" whatever the control says.
func (l *Lookup) control(ctx context.Context, s cite.Symbol, address string) string {
	h := fnv.New32a()
	h.Write([]byte(s.String()))
	name := controls[h.Sum32()%uint32(len(controls))]
	says := l.known.do(name, func() string {
		resp, why := l.get(ctx, cite.Request{URL: l.document(name), Instead: true})
		switch {
		case why == offline || strings.Contains(why, plan):
			return ""
		case why != "" || !bytes.HasPrefix(resp.Body, []byte("%PDF-")) || len(resp.Body) == placeholderSize:
			return ", nor does it give " + name + ", which it has: it seems to block softly"
		}
		return ", while it has others; that does not prove that there is none"
	})
	if strings.HasPrefix(says, ", nor") {
		l.leave(address)
	}
	return says
}

// leave has the document system left alone for some minutes.
func (l *Lookup) leave(address string) {
	if r, can := l.Fetch.(interface{ Leave(address, why string) }); can {
		r.Leave(address, "it seems to block softly")
	}
}

// names tells whether a document is the one asked for: its masthead has the
// symbol, first or second.
func names(d cite.Document, s cite.Symbol) bool {
	if plain, ok := strings.CutSuffix(s.String(), "(SUPP)"); ok {
		if v, err := cite.ParseSymbol(plain); err == nil { // as the UN's links have it; it is not printed
			s = v
		}
	}
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
