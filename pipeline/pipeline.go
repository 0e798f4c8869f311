// Package pipeline decides what to do with what the extractors read. [Pipeline.Run]
// is the product on one screen: read a report in a fence, find its notes,
// parse what they cite, bind the short forms, look up the documents, verify
// every claim, build the graph. Start reading here.
package pipeline

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"regexp"
	"time"

	"github.com/sourcegraph/conc/iter"
	"github.com/sourcegraph/conc/panics"
	"github.com/sourcegraph/conc/pool"

	"citecheck/extractors/citation"
	"citecheck/extractors/layout"
	"citecheck/extractors/notes"
	"citecheck/pipeline/cite"
	"citecheck/pipeline/graph"
	"citecheck/pipeline/lookup"
	"citecheck/pipeline/resolve"
	"citecheck/pipeline/style"
	"citecheck/pipeline/verify"
	"citecheck/pipeline/worker"
)

// A Pipeline has what a run needs from outside.
type Pipeline struct {
	Tool   string         // "citecheck v0.1.0", as the graph names it
	Jobs   int            // documents read at once, at least 1
	Limits worker.Limits  // for each document
	Lookup *lookup.Lookup // nil: read and parse only
	Known  verify.Known   // what is known beside the answers: ranges, topics
	Style  *style.Profile // what notes are held to; nil: to nothing
	// Archive is the web archive's base address, for dead links of notes; ""
	// leaves links alone.
	Archive string
	Month   cite.Date // of the run; a date after it lies in the future
	// Elsewhere reads a report on another machine, as Read does on this one;
	// nil where there is none.
	Elsewhere func(ctx context.Context, name string, data []byte, limits worker.Limits) (cite.Report, error)
	// Passed is told when a report has passed a stage ("read", "check"), by
	// several goroutines at once; it may be nil.
	Passed func(stage, name string, took time.Duration)
	Trace  cite.Trace // is told of each report and what is done with it; may be nil
}

// An Input is one report to be.
type Input struct {
	Name string                 // as people know it
	Load func() ([]byte, error) // its bytes, when its turn comes
}

// A Result is one input's end: a report with its graph, or the reason why it
// could not be read.
type Result struct {
	Report cite.Report
	Graph  *graph.Graph // nil when Err is set, or nothing was to be looked up
	Err    error
	Took   map[string]time.Duration // by stage; for people, never for the graph
}

// Run checks inputs and calls each with the results in the order of inputs,
// one at a time, under the report's own context. It returns early when ctx
// ends or each fails.
func (p *Pipeline) Run(ctx context.Context, inputs []Input, each func(context.Context, int, Result) error) error {
	sup := pool.New().WithContext(ctx).WithCancelOnError()
	todo, read, checked := make(chan item), make(chan item), make(chan item)
	sup.Go(func(ctx context.Context) error {
		defer close(todo)
		for i, in := range inputs {
			select {
			case todo <- item{seq: i, in: in}:
			case <-ctx.Done():
				return nil
			}
		}
		return nil
	})
	sup.Go(func(ctx context.Context) error {
		stage(ctx, p.Jobs, todo, read, func(it item) item {
			it.ctx, it.end = p.Trace.Begin(ctx, "report", "report", it.in.Name)
			return p.guard(it, "read", p.read)
		})
		return nil
	})
	sup.Go(func(ctx context.Context) error {
		// Looking up waits for others' servers: more reports than cores may wait.
		stage(ctx, 4*p.Jobs, read, checked, func(it item) item { return p.guard(it, "check", p.check) })
		return nil
	})
	sup.Go(func(ctx context.Context) error {
		for it := range checked {
			err := each(it.ctx, it.seq, it.res)
			it.ended(err)
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err := sup.Wait(); err != nil {
		return err
	}
	return ctx.Err()
}

// guard runs one stage on one item. A panic is our own mistake: it costs this
// report, with a word on where, and no other.
func (p *Pipeline) guard(it item, stage string, work func(context.Context, *item)) item {
	start := time.Now()
	if it.res.Err == nil {
		ctx, end := p.Trace.Begin(it.ctx, stage)
		if r := panics.Try(func() { work(ctx, &it) }); r != nil {
			it.res.Err = fmt.Errorf("%s: internal error: %v", stage, r.Value)
		}
		end("error", it.res.Err)
	}
	if err := it.ctx.Err(); err != nil { // nobody may be there to take it
		it.ended(err)
	}
	if it.res.Took == nil {
		it.res.Took = map[string]time.Duration{}
	}
	it.res.Took[stage] = time.Since(start)
	if p.Passed != nil {
		p.Passed(stage, it.in.Name, it.res.Took[stage])
	}
	return it
}

// read is steps 1 to 6 of the walk: bytes to a report with bound citations.
func (p *Pipeline) read(ctx context.Context, it *item) {
	data, err := it.in.Load()
	if err != nil {
		it.res.Err = err
		return
	}
	if p.Elsewhere != nil {
		it.res.Report, it.res.Err = p.Elsewhere(ctx, it.in.Name, data, p.Limits)
		return
	}
	it.res.Report, it.res.Err = p.Read(ctx, it.in.Name, data)
}

// Read reads and parses one report; nothing is looked up.
func (p *Pipeline) Read(ctx context.Context, name string, data []byte) (cite.Report, error) {
	sum := sha256.Sum256(data)
	r := cite.Report{File: name, Files: []string{name}, SHA256: hex.EncodeToString(sum[:])}
	_, end := p.Trace.Begin(ctx, "pages", "bytes", len(data))
	doc, err := worker.Read(ctx, worker.Input{Name: name, Data: data}, p.Limits)
	end("error", err)
	if err != nil {
		return r, advise(err)
	}
	_, end = p.Trace.Begin(ctx, "notes")
	r.MediaType = doc.MediaType
	text := doc.Text
	if text == nil {
		zones := layout.Zones(doc.Pages())
		doc.Forget()
		found := notes.Find(zones, doc.Info.Read)
		text = &found
		if text.Title == "" {
			text.Title = doc.Info.Title
		}
	}
	r.Title, r.Pages = text.Title, text.Pages
	for _, problem := range append(doc.Problems, text.Problems...) {
		problem.Stage = "read"
		problem.Item = itemOf(name, problem.Item)
		r.Problems = append(r.Problems, problem)
	}
	r.Notes, r.Findings = notes.Bind(*text)
	end("notes", len(r.Notes))
	_, end = p.Trace.Begin(ctx, "citations")
	for i := range r.Notes {
		n := &r.Notes[i]
		n.Citations = citation.Parse(citation.Input{Text: n.Text, Italics: n.Italics, Links: n.Links})
	}
	r.Notes = append(r.Notes, running(*text)...)
	r.Said = unmarked(*text)
	resolve.All(r.Notes)
	end()
	return r, nil
}

// advise adds to the reason why a report can't be read what to do about it.
func advise(err error) error {
	for _, x := range []struct {
		kind error
		do   string
	}{
		{worker.ErrPassword, "Save a copy without a password"},
		{worker.ErrEmpty, "Save or download it once more"},
		{worker.ErrBroken, "Download it once more, or open it and print it to PDF"},
		{worker.ErrNotPDF, "Save it as PDF, or let its name end as what it is"},
		{worker.ErrFormat, "Save the report as DOCX or PDF"},
	} {
		if errors.Is(err, x.kind) {
			return fmt.Errorf("%w. %s", err, x.do)
		}
	}
	return err
}

// Pages reads a PDF and calls each with its pages as they were understood:
// the zones of the page in reading order, and where markers and labels were
// seen. A format without pages has none.
func (p *Pipeline) Pages(ctx context.Context, name string, data []byte, each func(cite.Page, []cite.Zone, []cite.Spot) error) error {
	doc, err := worker.Read(ctx, worker.Input{Name: name, Data: data}, p.Limits)
	if err != nil {
		return err
	}
	zones := layout.Zones(doc.Pages())
	_, spots := notes.Trace(zones, doc.Info.Read)
	for page := range doc.Pages() {
		if err := each(page, on(page, zones, func(z cite.Zone) int { return z.Page }), on(page, spots, func(s cite.Spot) int { return s.Page })); err != nil {
			return err
		}
	}
	return nil
}

// on are the things that stand on a page.
func on[T any](page cite.Page, all []T, number func(T) int) (out []T) {
	for _, x := range all {
		if number(x) == page.Number {
			out = append(out, x)
		}
	}
	return out
}

// itemOf names what a problem is about: the file, and the place in it.
func itemOf(name, place string) string {
	if place == "" || place == name {
		return name
	}
	return name + " " + place
}

// check is steps 7 to 9: look up each document once, verify, build.
func (p *Pipeline) check(ctx context.Context, it *item) {
	if p.Lookup == nil {
		return
	}
	it.res.Graph = p.Check(ctx, &it.res.Report)
}

// Check looks up what r cites, puts the findings on its citations and builds
// its graph.
func (p *Pipeline) Check(ctx context.Context, r *cite.Report) *graph.Graph {
	answers := p.ask(ctx, r) // each symbol once
	_, end := p.Trace.Begin(ctx, "verify")
	later := verify.LaterOf(r.Notes, answers)
	for i := range r.Notes {
		n := &r.Notes[i]
		for j := range n.Citations {
			c := &n.Citations[j]
			c.Findings = verify.Run(*n, *c, answers[c.Symbol], p.Known, r.Said...)
			c.Findings = append(c.Findings, verify.Superseded(*n, *c, later)...)
		}
	}
	end()
	p.links(ctx, r)
	p.Restyle(r, answers)
	return graph.Build(p.Tool, *r, answers)
}

// Restyle holds r's notes to the style that was asked for. answers may be nil.
func (p *Pipeline) Restyle(r *cite.Report, answers map[cite.Symbol]*cite.Answer) {
	style.Check(r, style.Options{Profile: p.Style, Answers: answers, Known: p.Known, Month: p.Month,
		Parse: func(text string) []cite.Citation { return citation.Parse(citation.Input{Text: text}) }})
}

var undlRecord = regexp.MustCompile(`https?://digitallibrary\.un\.org/record/(\d+)\b`)

// recordIn is the number of a record in the UN Digital Library that a note
// links to; "" for none. Which document it is of, the record itself says.
func recordIn(note string) string {
	if m := undlRecord.FindStringSubmatch(note); m != nil {
		return m[1]
	}
	return ""
}

// ask looks up every symbol that r cites, once, for all that the checks of
// its citations will need. Look-ups that wait for different hosts wait side
// by side; fetch keeps one lane a host.
func (p *Pipeline) ask(ctx context.Context, r *cite.Report) map[cite.Symbol]*cite.Answer {
	wants := map[cite.Symbol]*lookup.Want{}
	var symbols []cite.Symbol
	for _, n := range r.Notes {
		for _, c := range n.Citations {
			if c.Symbol.IsZero() {
				continue
			}
			w := wants[c.Symbol]
			if w == nil {
				w = &lookup.Want{Symbol: c.Symbol}
				wants[c.Symbol] = w
				symbols = append(symbols, c.Symbol)
			}
			w.Text = w.Text || verify.NeedsOf(n, c).Text
			if w.Year == 0 {
				w.Year = c.Claims.Date.Year
			}
			if w.Record == "" {
				w.Record = recordIn(n.Text)
			}
		}
	}
	ctx, end := p.Trace.Begin(ctx, "lookup", "documents", len(symbols))
	defer end()
	answers := iter.Map(symbols, func(s *cite.Symbol) *cite.Answer {
		ctx, end := p.Trace.Begin(ctx, "document", "symbol", s.String())
		a := p.Lookup.One(ctx, *wants[*s])
		end("outcome", string(a.Outcome))
		return &a
	})
	out := map[cite.Symbol]*cite.Answer{}
	for i, s := range symbols {
		out[s] = answers[i]
	}
	return out
}
