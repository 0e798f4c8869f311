package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/url"
	"strings"
	"sync"

	"citecheck/pipeline"
	"citecheck/pipeline/cite"
	"citecheck/pipeline/fetch"
	"citecheck/pipeline/queue"
)

// traces are what a run or a worker sends of itself to OpenTelemetry. A nil
// *traces sends nothing.
type traces struct {
	trace cite.Trace
	carry func(context.Context) map[string]string // what of a trace goes with a job
	taken func(context.Context, map[string]string) context.Context

	mu  sync.Mutex
	say func(reason string)
}

// tracesTo sends traces to an address where one is given. say tells people
// what hinders it, once; nothing else comes of it. close waits a few seconds
// at most.
func tracesTo(address string, say func(reason string)) (t *traces, close func(), err error) {
	if address == "" {
		return nil, func() {}, nil
	}
	to, err := url.Parse(address)
	if err != nil || to.Scheme != "http" && to.Scheme != "https" || to.Host == "" {
		return nil, nil, fmt.Errorf("--traces %s: an address like http://127.0.0.1:4318 is expected", fetch.Redact(address))
	}
	if to.User != nil || to.RawQuery != "" {
		return nil, nil, errors.New("--traces: an address without a password or a query is expected; what is secret goes into OTEL_EXPORTER_OTLP_HEADERS")
	}
	to.Fragment = ""
	if !strings.HasSuffix(to.Path, tracesPath) {
		to = to.JoinPath(tracesPath)
	}
	return newTraces(to, say)
}

// both tells two of what is done.
func both(a, b cite.Trace) cite.Trace {
	return func(ctx context.Context, what string, facts ...any) (context.Context, func(facts ...any)) {
		ctx, endA := a.Begin(ctx, what, facts...)
		ctx, endB := b.Begin(ctx, what, facts...)
		return ctx, func(facts ...any) {
			endA(facts...)
			endB(facts...)
		}
	}
}

// saying lets somebody else tell people what hinders, until back is called.
func (t *traces) saying(say func(reason string)) (back func()) {
	if t == nil {
		return func() {}
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	before := t.say
	t.say = say
	return func() {
		t.mu.Lock()
		defer t.mu.Unlock()
		t.say = before
	}
}

// noTraces says in a line what hinders traces.
func noTraces(w io.Writer, log *slog.Logger, json bool, reason string) {
	if json {
		log.Warn("trouble with traces", "stage", "traces", "reason", reason)
		return
	}
	fmt.Fprintf(w, "citecheck: trouble with traces, and with nothing else: %s\n", safe(clip(reason, 300)))
}

// tracesPath is where OTLP over HTTP takes traces.
const tracesPath = "/v1/traces"

// of lets the pipeline and its requests tell of themselves.
func (t *traces) of(p *pipeline.Pipeline, c *fetch.Chain) {
	if t == nil {
		return
	}
	if p != nil {
		p.Trace = t.trace
	}
	for _, l := range []*fetch.Live{c.Live, c.Named} {
		if l != nil {
			l.Trace = t.trace
		}
	}
}

// through sends traces along with the jobs of a queue.
func (t *traces) through(q *queue.Queue) {
	if t != nil {
		q.Trace, q.Carry, q.Taken = t.trace, t.carry, t.taken
	}
}

// here reads a report on this machine.
func (t *traces) here() queue.Reader {
	if t == nil {
		return readHere(nil)
	}
	return readHere(t.trace)
}
