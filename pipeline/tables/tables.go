// Package tables makes a database of a citation graph, for people who query
// with SQL: a table for each kind of thing, one row a thing, and views that
// answer what is asked most. It knows graphs, rows and files; it judges
// nothing.
//
// It is the second place with SQL: the catalogue (pipeline/catalog) keeps what
// is known of UN documents for the program itself, and knows no graph.
package tables

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"citecheck/pipeline/cite"
	"citecheck/pipeline/graph"
)

// The rows. The tag names the column; an optional one is NULL where its value
// is the zero value, which says "not known" in the graph too.
type (
	report struct {
		ID        string `parquet:"id"`
		File      string `parquet:"file"`
		SHA256    string `parquet:"sha256"`
		MediaType string `parquet:"media_type"`
		Title     string `parquet:"title,optional"`
		Pages     int64  `parquet:"pages,optional"`
	}
	note struct {
		ID        string `parquet:"id"`
		Report    string `parquet:"report"`
		Seq       int64  `parquet:"seq"`
		Label     string `parquet:"label"`
		Placement string `parquet:"placement"`
		Page      int64  `parquet:"page,optional"`
		Text      string `parquet:"text"`
		Sentence  string `parquet:"sentence,optional"` // that the marker ends
		OCR       bool   `parquet:"ocr"`
	}
	document struct {
		ID         string `parquet:"id"`
		Symbol     string `parquet:"symbol"`
		Body       string `parquet:"body,optional"`
		Series     string `parquet:"series,optional"`
		Number     int64  `parquet:"number,optional"`
		Year       int64  `parquet:"year,optional"`
		Date       string `parquet:"date,optional"`
		Title      string `parquet:"title,optional"`
		Meeting    string `parquet:"meeting,optional"`
		Press      string `parquet:"press_release,optional"`
		Vote       string `parquet:"vote,optional"`
		Paragraphs int64  `parquet:"paragraphs,optional"`
		URL        string `parquet:"url,optional"`
		Aliases    string `parquet:"aliases,optional"` // a JSON list
	}
	work struct {
		ID        string `parquet:"id"`
		Type      string `parquet:"type,optional"`
		Author    string `parquet:"author,optional"` // the first
		Title     string `parquet:"title,optional"`
		Container string `parquet:"container,optional"`
		Publisher string `parquet:"publisher,optional"`
		Year      int64  `parquet:"year,optional"`
		URL       string `parquet:"url,optional"`
		DOI       string `parquet:"doi,optional"`
		CSL       string `parquet:"csl"` // all of it, as JSON
	}
	citation struct {
		ID         string `parquet:"id"`
		Report     string `parquet:"report"`
		Note       string `parquet:"note"`
		Target     string `parquet:"target"`
		Kind       string `parquet:"kind"` // of the target: document, work, unresolved
		Via        string `parquet:"via"`
		Text       string `parquet:"text"`
		Start      int64  `parquet:"span_start"`
		End        int64  `parquet:"span_end"`
		Antecedent string `parquet:"antecedent,optional"`
		Signal     string `parquet:"signal,optional"`
		Verdict    string `parquet:"verdict"`
		Stands     string `parquet:"stands"` // the verdict without what an editor accepted
		Date       string `parquet:"claimed_date,optional"`
		Year       int64  `parquet:"claimed_year,optional"`
		Number     int64  `parquet:"claimed_number,optional"`
		Body       string `parquet:"claimed_body,optional"`
		Title      string `parquet:"claimed_title,optional"`
		Claims     string `parquet:"claims"` // all of them, as JSON
		Suggestion string `parquet:"suggestion,optional"`
	}
	pinpoint struct {
		Citation string `parquet:"citation"`
		Seq      int64  `parquet:"seq"`
		Unit     string `parquet:"unit"`
		From     string `parquet:"first"` // text, for there is a "iv" and a "12a"
		To       string `parquet:"last"`
		Sub      string `parquet:"sub,optional"`
	}
	finding struct {
		Report     string `parquet:"report"`
		Note       string `parquet:"note,optional"`
		Citation   string `parquet:"citation,optional"` // NULL for one about a note or a report
		Seq        int64  `parquet:"seq"`
		Check      string `parquet:"check_name"` // CHECK is a word of SQL
		Verdict    string `parquet:"verdict"`
		Advice     bool   `parquet:"advice"` // does not enter the citation's verdict
		Claimed    string `parquet:"claimed,optional"`
		Found      string `parquet:"found,optional"`
		Reason     string `parquet:"reason,optional"`
		Source     string `parquet:"evidence_source,optional"`
		URL        string `parquet:"evidence_url,optional"`
		SHA256     string `parquet:"evidence_sha256,optional"`
		Fetched    string `parquet:"evidence_fetched,optional"`
		WARC       string `parquet:"evidence_warc,optional"`
		Place      string `parquet:"evidence_place,optional"`
		Quote      string `parquet:"evidence_quote,optional"`
		Accepted   string `parquet:"accepted,optional"` // why an editor accepted it
		Rule       string `parquet:"rule,optional"`
		Severity   string `parquet:"severity,optional"`
		Suggestion string `parquet:"suggestion,optional"`
	}
	refers struct {
		Source   string `parquet:"source"`
		Target   string `parquet:"target"`
		Relation string `parquet:"relation"` // refers, revises, adds_to, corrects
		Place    string `parquet:"place,optional"`
	}
	problem struct {
		Stage  string `parquet:"stage"`
		Item   string `parquet:"item"`
		Reason string `parquet:"reason"`
	}
)

// A sink takes rows.
type sink interface {
	add(row any) error
}

// fill puts every row of a graph into a sink, and holds none.
func fill(s sink, from io.Reader) error {
	return graph.Scan(from, graph.Visitor{
		Node:    func(n graph.Node) error { return addNode(s, n) },
		Edge:    func(e graph.Edge) error { return addEdge(s, e) },
		Problem: func(p cite.Problem) error { return s.add(problem{p.Stage, p.Item, p.Reason}) },
	})
}

func addNode(s sink, n graph.Node) error {
	switch {
	case n.Report != nil:
		r := n.Report
		row := report{ID: r.ID, File: r.File, SHA256: r.SHA256, MediaType: r.MediaType, Title: r.Title}
		if r.Pages != nil {
			row.Pages = int64(*r.Pages)
		}
		if err := s.add(row); err != nil {
			return err
		}
		return addFindings(s, finding{Report: r.ID}, r.Findings)
	case n.Note != nil:
		v := n.Note
		row := note{ID: v.ID, Report: v.Report, Seq: int64(v.Seq), Label: v.Label, Placement: v.Placement, Page: int64(v.Page), Text: v.Text, OCR: v.OCR}
		if len(v.Markers) > 0 {
			row.Sentence = v.Markers[0].Sentence
		}
		if err := s.add(row); err != nil {
			return err
		}
		return addFindings(s, finding{Report: v.Report, Note: v.ID}, v.Findings)
	case n.Document != nil:
		d := n.Document
		row := document{ID: d.ID, Symbol: d.Symbol, Body: d.Body, Series: d.Series, Number: int64(d.Number), Year: int64(d.Year), Date: d.Date, Title: d.Title,
			Meeting: d.Meeting, Press: d.Press, Vote: d.Vote, Paragraphs: int64(d.Paragraphs)}
		if len(d.URLs) > 0 {
			row.URL = d.URLs[0]
		}
		if len(d.Aliases) > 0 {
			row.Aliases = text(d.Aliases)
		}
		return s.add(row)
	case n.Work != nil:
		w := n.Work.CSL
		row := work{ID: n.Work.ID, Type: w.Type, Title: w.Title, Container: w.ContainerTitle, Publisher: w.Publisher, URL: w.URL, DOI: w.DOI, CSL: text(w)}
		if len(w.Author) > 0 {
			a := w.Author[0]
			row.Author = strings.TrimSuffix(strings.TrimPrefix(a.Family+", "+a.Given, ", "), ", ") + a.Literal
		}
		if w.Issued != nil && len(w.Issued.DateParts) > 0 && len(w.Issued.DateParts[0]) > 0 {
			row.Year = int64(w.Issued.DateParts[0][0])
		}
		return s.add(row)
	}
	return nil // an unresolved target: the citation and its findings say all of it
}

func addEdge(s sink, e graph.Edge) error {
	c := e.Cites
	switch {
	case c == nil && e.Relation == "has_note":
		return nil // the note says whose it is
	case c == nil:
		return s.add(refers{e.Source, e.Target, e.Relation, e.Place})
	}
	of, _, _ := strings.Cut(e.Source, "#")
	row := citation{ID: e.Key, Report: of, Note: e.Source, Target: e.Target, Kind: kind(e.Target), Via: string(c.Via), Text: c.Text,
		Start: int64(c.Span.Start), End: int64(c.Span.End), Antecedent: c.Antecedent, Signal: c.Signal, Verdict: string(c.Verdict), Stands: string(c.Stands()),
		Date: c.Claims.Date.String(), Year: int64(c.Claims.Year), Number: int64(c.Claims.Number), Body: c.Claims.Body, Title: c.Claims.Title, Claims: text(c.Claims)}
	if c.Suggestion != nil {
		row.Suggestion = *c.Suggestion
	}
	if err := s.add(row); err != nil {
		return err
	}
	for i, p := range c.Pinpoints {
		if err := s.add(pinpoint{e.Key, int64(i + 1), string(p.Unit), fmt.Sprint(p.From), fmt.Sprint(p.To), p.Sub}); err != nil {
			return err
		}
	}
	return addFindings(s, finding{Report: of, Note: e.Source, Citation: e.Key}, c.Findings)
}

func addFindings(s sink, about finding, all []graph.Finding) error {
	for i, f := range all {
		row := about
		row.Seq, row.Check, row.Verdict, row.Advice = int64(i+1), f.Check, string(f.Verdict), cite.Advice[f.Check]
		row.Claimed, row.Found, row.Reason = f.Claimed, f.Found, f.Reason
		row.Rule, row.Severity, row.Suggestion = f.Rule, f.Severity, f.Suggestion
		if v := f.Evidence; v != nil {
			row.Source, row.SHA256, row.Fetched, row.WARC, row.Place, row.Quote = v.Source, v.SHA256, v.Fetched, v.WARC, v.Place, v.Quote
			if v.URL != nil {
				row.URL = *v.URL
			}
		}
		if f.Accepted != nil {
			row.Accepted = f.Accepted.Reason
		}
		if err := s.add(row); err != nil {
			return err
		}
	}
	return nil
}

func kind(target string) string {
	switch {
	case strings.HasPrefix(target, "un:"):
		return "document"
	case strings.HasPrefix(target, "work:"):
		return "work"
	}
	return "unresolved"
}

func text(v any) string {
	b, _ := json.Marshal(v) // strings and numbers: it cannot fail
	return string(b)
}
