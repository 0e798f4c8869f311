//go:build otel

package main

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/go-logr/logr/funcr"
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracehttp"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/sdk/resource"
	sdk "go.opentelemetry.io/otel/sdk/trace"
	semconv "go.opentelemetry.io/otel/semconv/v1.43.0"
	"go.opentelemetry.io/otel/trace"

	"citecheck/pipeline/cite"
)

// sendsTraces tells whether this build can.
const sendsTraces = true

// farewell is how long the end of a run waits for its last spans to be taken.
const farewell = 3 * time.Second

// newTraces sends spans to an address by OTLP over HTTP. The variables OTEL_*
// of the SDK say all else: headers, certificates, names, sampling, bounds.
func newTraces(to *url.URL, say func(reason string)) (t *traces, close func(), err error) {
	t = &traces{say: say}
	var once sync.Once
	hindered := func(reason string) {
		once.Do(func() {
			t.mu.Lock()
			defer t.mu.Unlock()
			t.say(reason)
		})
	}
	// What the SDK has to say of itself, of a variable that it does not
	// understand for one, goes the same way.
	otel.SetErrorHandler(otel.ErrorHandlerFunc(func(err error) { hindered(err.Error()) }))
	otel.SetLogger(funcr.New(func(_, said string) { hindered(said) }, funcr.Options{}))
	ctx := context.Background()
	client, err := otlptracehttp.New(ctx, otlptracehttp.WithEndpointURL(to.String()))
	if err != nil {
		return nil, nil, exit(exitFailed, fmt.Errorf("--traces %s: %w", to, err))
	}
	who, err := resource.New(ctx, resource.WithAttributes(semconv.ServiceName("citecheck"), semconv.ServiceVersion(version)),
		resource.WithTelemetrySDK(), resource.WithHost(), resource.WithProcessPID(), resource.WithFromEnv())
	if err != nil { // what is known of this machine is not all
		hindered(err.Error())
	}
	out := &exporter{SpanExporter: client, hindered: func(err error) { hindered(unwrapped(err)) }}
	in := &counter{SpanProcessor: sdk.NewBatchSpanProcessor(out)}
	provider := sdk.NewTracerProvider(sdk.WithResource(who), sdk.WithSpanProcessor(in))
	s := spans{provider.Tracer("citecheck", trace.WithInstrumentationVersion(version), trace.WithSchemaURL(semconv.SchemaURL))}
	carrier := propagation.TraceContext{}
	t.trace = s.begin
	t.carry = func(ctx context.Context) map[string]string {
		out := propagation.MapCarrier{}
		carrier.Inject(ctx, out)
		return out
	}
	t.taken = func(ctx context.Context, header map[string]string) context.Context {
		return carrier.Extract(ctx, propagation.MapCarrier(header))
	}
	return t, func() {
		ctx, cancel := context.WithTimeout(ctx, farewell)
		defer cancel()
		err := provider.Shutdown(ctx)
		if lost := in.n.Load() - out.n.Load(); lost > 0 {
			hindered(fmt.Sprintf("%s did not take %d of %s", to.Host, lost, count(int(in.n.Load()), "span")))
		} else if err != nil {
			hindered(err.Error())
		}
	}, nil
}

// unwrapped is why a batch was not taken, without what everybody knows.
func unwrapped(err error) string {
	var e *url.Error
	if errors.As(err, &e) {
		return e.URL + ": " + e.Err.Error()
	}
	return strings.TrimPrefix(err.Error(), "traces export: ")
}

// An exporter keeps what fails to itself: a run does not depend on it.
type exporter struct {
	sdk.SpanExporter
	hindered func(error)
	n        atomic.Int64 // spans that were taken
}

func (e *exporter) ExportSpans(ctx context.Context, spans []sdk.ReadOnlySpan) error {
	if err := e.SpanExporter.ExportSpans(ctx, spans); err != nil {
		e.hindered(err)
		return nil
	}
	e.n.Add(int64(len(spans)))
	return nil
}

// A counter counts the spans that are to be sent. When they come faster than
// they are taken, the processor drops some rather than let anybody wait.
type counter struct {
	sdk.SpanProcessor
	n atomic.Int64
}

func (c *counter) OnEnd(s sdk.ReadOnlySpan) {
	if s.SpanContext().IsSampled() {
		c.n.Add(1)
	}
	c.SpanProcessor.OnEnd(s)
}

// spans makes spans of what a [cite.Trace] is told.
type spans struct{ trace.Tracer }

func (s spans) begin(ctx context.Context, what string, facts ...any) (context.Context, func(facts ...any)) {
	var opts []trace.SpanStartOption
	switch what {
	case "report": // a trace of its own; the run's is linked
		opts = []trace.SpanStartOption{trace.WithNewRoot(), trace.WithLinks(trace.LinkFromContext(ctx))}
	case "GET":
		opts = []trace.SpanStartOption{trace.WithSpanKind(trace.SpanKindClient), trace.WithAttributes(semconv.HTTPRequestMethodGet)}
	case "process":
		opts = []trace.SpanStartOption{trace.WithSpanKind(trace.SpanKindConsumer), trace.WithAttributes(
			semconv.MessagingSystemKey.String("nats"), semconv.MessagingOperationTypeProcess, semconv.MessagingOperationName(what))}
	}
	ctx, span := s.Start(ctx, what, append(opts, trace.WithAttributes(attributes(what, facts)...))...)
	return ctx, func(facts ...any) {
		if span.IsRecording() {
			span.SetAttributes(attributes(what, facts)...)
			if why, failed := failure(what, facts); failed {
				span.SetStatus(codes.Error, why)
			}
		}
		span.End()
	}
}

// attributes are facts under the names of the semantic conventions, where
// these have one.
func attributes(what string, facts []any) (out []attribute.KeyValue) {
	for i := 0; i+1 < len(facts); i += 2 {
		switch v := facts[i+1].(type) {
		case string:
			if v = strings.ToValidUTF8(v, "\ufffd"); v != "" {
				out = append(out, ofText(facts[i].(string), v)...)
			}
		case int:
			if key := ofNumber(what, facts[i].(string)); v > 0 {
				out = append(out, attribute.Int(key, v))
				if what == "GET" && failedStatus(v) && facts[i] == "status" {
					out = append(out, semconv.ErrorTypeKey.String(strconv.Itoa(v)))
				}
			}
		case map[cite.Verdict]int:
			for _, verdict := range cite.Verdicts {
				out = append(out, attribute.Int("citecheck.citations."+string(verdict), v[verdict]))
			}
		case error:
			out = append(out, errorType(v))
		}
	}
	return out
}

func ofText(fact, v string) []attribute.KeyValue {
	switch fact {
	case "report":
		return []attribute.KeyValue{semconv.FileName(v)}
	case "url":
		return ofURL(v)
	case "subject":
		return []attribute.KeyValue{semconv.MessagingDestinationName(v)}
	case "id":
		return []attribute.KeyValue{semconv.MessagingMessageID(v)}
	}
	return []attribute.KeyValue{attribute.String("citecheck."+fact, v)}
}

func ofNumber(what, fact string) string {
	switch {
	case fact == "status":
		return string(semconv.HTTPResponseStatusCodeKey)
	case fact == "bytes" && what == "GET":
		return string(semconv.HTTPResponseBodySizeKey)
	case fact == "bytes":
		return string(semconv.FileSizeKey)
	}
	return "citecheck." + fact
}

// ofURL is an address, which came without its secret parameters. Where the
// page is opened at and who asks is nobody's business either.
func ofURL(address string) []attribute.KeyValue {
	u, err := url.Parse(address)
	if err != nil {
		return nil
	}
	u.User, u.Fragment, u.RawFragment = nil, "", ""
	port, err := strconv.Atoi(u.Port())
	if err != nil {
		port = map[string]int{"http": 80, "https": 443}[u.Scheme]
	}
	return []attribute.KeyValue{semconv.URLFull(u.String()), semconv.ServerAddress(u.Hostname()), semconv.ServerPort(port)}
}

func errorType(err error) attribute.KeyValue {
	var f *cite.Failure
	switch {
	case errors.As(err, &f):
		return semconv.ErrorTypeKey.String(f.Kind)
	case errors.Is(err, context.Canceled):
		return semconv.ErrorTypeKey.String("interrupted")
	}
	return semconv.ErrorTypeOther
}

// failure tells whether something failed, and why.
func failure(what string, facts []any) (why string, failed bool) {
	for i := 0; i+1 < len(facts); i += 2 {
		switch v := facts[i+1].(type) {
		case error:
			return clip(strings.ToValidUTF8(v.Error(), "\ufffd"), 300), true
		case int:
			if what == "GET" && facts[i] == "status" && failedStatus(v) {
				return "", true
			}
		}
	}
	return "", false
}

func failedStatus(status int) bool { return status >= 400 }
