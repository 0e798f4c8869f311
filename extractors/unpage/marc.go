package unpage

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/html/charset"

	"citecheck/pipeline/cite"
)

// A marcRecord is one record of MARCXML, whatever its name space's prefix.
type marcRecord struct {
	Control []struct {
		Tag  string `xml:"tag,attr"`
		Text string `xml:",chardata"`
	} `xml:"controlfield"`
	Data []marcField `xml:"datafield"`
}

type marcField struct {
	Tag  string `xml:"tag,attr"`
	Ind1 string `xml:"ind1,attr"`
	Sub  []struct {
		Code string `xml:"code,attr"`
		Text string `xml:",chardata"`
	} `xml:"subfield"`
}

func (f marcField) sub(code string) string {
	for _, s := range f.Sub {
		if s.Code == code {
			return clean(s.Text)
		}
	}
	return ""
}

func (r *marcRecord) fields(tag string) (out []marcField) {
	for _, f := range r.Data {
		if f.Tag == tag {
			out = append(out, f)
		}
	}
	return out
}

func (r *marcRecord) first(tag, code string) string {
	for _, f := range r.fields(tag) {
		if v := f.sub(code); v != "" {
			return v
		}
	}
	return ""
}

// readMARC reads a collection of MARCXML records, or an answer of the OAI-PMH
// repository that holds them.
func readMARC(u *url.URL, body []byte) (Page, error) {
	p := Page{Total: -1}
	if m := undlTotal.FindSubmatch(body[:min(len(body), 4096)]); m != nil {
		p.Total, _ = strconv.Atoi(string(m[1])) // digits
	}
	d := xml.NewDecoder(bytes.NewReader(body))
	d.CharsetReader = charset.NewReaderLabel
	n, rooted := 0, false
	for {
		tok, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			if n == 0 {
				return p, fmt.Errorf("%s: %w: %w", u.Path, ErrDrift, err)
			}
			// What came before the break was read.
			p.Problems = append(p.Problems, cite.Problem{Stage: "parse", Item: fmt.Sprintf("after record %d", n), Reason: "the answer is cut off or damaged: " + err.Error()})
			return p, nil
		}
		e, ok := tok.(xml.StartElement)
		if !ok {
			continue
		}
		switch e.Name.Local {
		case "collection", "ListRecords", "GetRecord":
			rooted = true
		case "error": // of OAI-PMH
			var why string
			if d.DecodeElement(&why, &e) == nil {
				return p, fmt.Errorf("%s: the repository answers: %s", u.Path, clean(attr(e, "code")+": "+why))
			}
		case "resumptionToken":
			if d.DecodeElement(&p.Next, &e) == nil {
				p.Next = strings.TrimSpace(p.Next)
			}
		case "header":
			if attr(e, "status") == "deleted" {
				p.Problems = append(p.Problems, cite.Problem{Stage: "parse", Item: fmt.Sprintf("record %d", n+1), Reason: "the repository says that this record was deleted"})
				rooted = true
			}
		case "record":
			if !strings.Contains(e.Name.Space, "MARC21") && e.Name.Space != "" {
				continue // the envelope of OAI-PMH
			}
			var r marcRecord
			if err := d.DecodeElement(&r, &e); err != nil {
				p.Problems = append(p.Problems, cite.Problem{Stage: "parse", Item: fmt.Sprintf("record %d", n+1), Reason: err.Error()})
				if n == 0 {
					return p, fmt.Errorf("%s: %w: %w", u.Path, ErrDrift, err)
				}
				return p, nil
			}
			n++
			p.record(u, &r, n)
		}
	}
	if n == 0 && !rooted {
		return p, fmt.Errorf("%s: %w", u.Path, ErrDrift)
	}
	return p, nil
}

func attr(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// record reads one record: its symbols (191), title (245), dates (992 of the
// action, 269 of the issue), meeting (952, 993), votes (996), agenda (991) and
// related documents (993). A symbol in 791 is of a vote's or a speech's record
// and is no record of the document.
func (p *Page) record(u *url.URL, m *marcRecord, n int) {
	item := fmt.Sprintf("record %d", n)
	r := Row{}
	for _, c := range m.Control {
		if c.Tag == "001" && clean(c.Text) != "" {
			item = "record " + clean(c.Text)
			r.URL = u.Scheme + "://" + u.Host + "/record/" + url.PathEscape(clean(c.Text))
		}
	}
	var list []cite.Symbol
	note := func(reason string) {
		p.Problems = append(p.Problems, cite.Problem{Stage: "parse", Item: item, Reason: reason})
	}
	for _, f := range m.fields("191") {
		for _, code := range []string{"a", "z"} {
			v := f.sub(code)
			if v == "" {
				continue
			}
			s, err := cite.ParseSymbol(v)
			if err != nil {
				note(fmt.Sprintf("%q in field 191 is no symbol", v))
				continue
			}
			if len(list) == 0 {
				r.Symbol, r.raw = v, v
			} else if !slices.Contains(list, s) {
				r.Also = append(r.Also, s.String())
			}
			list = append(list, s)
		}
	}
	own := len(list) > 0
	if !own {
		v := m.first("791", "a")
		s, err := cite.ParseSymbol(v)
		if err != nil {
			note("it has no symbol")
			return
		}
		note("a record of a vote or a speech, not of the document")
		list, r.Symbol, r.raw = []cite.Symbol{s}, v, v
	}
	title := m.first("245", "a") + " " + m.first("245", "b")
	r.Title = filed(title)
	acted, actedText := day(m.first("992", "a"), 0)
	issued, issuedText := day(m.first("269", "a"), 0)
	if issued.IsZero() {
		issued, issuedText = day(m.first("260", "c"), 0)
	}
	r.dates(list[0], acted, actedText, issued, issuedText)
	r.Meeting = m.first("952", "a")
	for _, f := range m.fields("993") {
		v := f.sub("a")
		s, err := cite.ParseSymbol(v)
		if err != nil {
			note(fmt.Sprintf("%q in field 993 is no symbol", v))
		} else if r.Meeting == "" && s.Series() == "meeting record" { // the shape decides, not the indicator
			r.Meeting = v
		}
		if v != "" && !slices.Contains(r.Related, v) {
			r.Related = append(r.Related, v)
		}
	}
	for _, f := range m.fields("996") {
		if f.sub("b") != "" {
			r.Vote = strconv.Itoa(atoi(f.sub("b"))) + "-" + strconv.Itoa(atoi(f.sub("c"))) + "-" + strconv.Itoa(atoi(f.sub("d")))
		}
		r.Outcome = f.sub("a")
	}
	var topics []string
	for _, f := range m.fields("991") {
		if t := strings.TrimRight(f.sub("c"), ". "); t != "" && !slices.Contains(topics, t) {
			topics = append(topics, t)
		}
	}
	r.Topic = strings.Join(topics, topicBreak)
	p.Rows = append(p.Rows, r)
	if !own {
		return
	}
	d, ok := document(r, item, true)
	if !ok {
		return
	}
	for i, f := range d.Facts {
		switch f.Field { // as the fields print them
		case cite.FieldTitle:
			d.Facts[i].Evidence.Quote = m.first("245", "a")
		case cite.FieldTopic:
			d.Facts[i].Evidence.Quote = topics[0]
		}
	}
	yes := ""
	if r.Vote != "" {
		yes = m.first("996", "b")
	}
	d.Facts = append(d.Facts, facts(item, true, value{cite.FieldIssued, r.Issued, issuedText}, value{cite.FieldMeeting, r.Meeting, r.Meeting}, value{cite.FieldVote, r.Vote, yes})...)
	d.Facts = withoutSupplied(d.Facts)
	for _, f := range m.fields("856") {
		if a := absolute(u, f.sub("u")); a != "" && strings.HasSuffix(strings.ToLower(f.sub("u")), "-en.pdf") {
			d.URLs = append(d.URLs, a)
		}
	}
	for _, v := range r.Related {
		if s, err := cite.ParseSymbol(v); err == nil && s != d.Symbol {
			d.Refers = append(d.Refers, cite.Reference{Symbol: s, Place: item})
		}
	}
	p.Documents = append(p.Documents, d)
}

func atoi(s string) int {
	n, _ := strconv.Atoi(strings.TrimLeft(s, "0")) // 0 for none
	return n
}
