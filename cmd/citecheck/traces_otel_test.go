//go:build otel

package main

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	collector "go.opentelemetry.io/proto/otlp/collector/trace/v1"
	common "go.opentelemetry.io/proto/otlp/common/v1"
	otlp "go.opentelemetry.io/proto/otlp/trace/v1"
	"google.golang.org/protobuf/proto"

	"citecheck/pipeline/cite"
	"citecheck/pipeline/fetch/replica"
	"citecheck/pipeline/queue"
)

// A received is one span as it came.
type received struct {
	*otlp.Span
	who map[string]any // the resource
}

func (r received) has(key string) any { return values(r.Attributes)[key] }

func values(list []*common.KeyValue) map[string]any {
	out := map[string]any{}
	for _, kv := range list {
		switch v := kv.Value.Value.(type) {
		case *common.AnyValue_StringValue:
			out[kv.Key] = v.StringValue
		case *common.AnyValue_IntValue:
			out[kv.Key] = int(v.IntValue)
		}
	}
	return out
}

// A taker takes spans by OTLP over HTTP.
type taker struct {
	*httptest.Server
	mu    sync.Mutex
	spans []received
	asked []*http.Request
}

func take(t *testing.T) *taker {
	t.Helper()
	c := &taker{}
	c.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var in collector.ExportTraceServiceRequest
		body, err := io.ReadAll(r.Body)
		if err == nil {
			err = proto.Unmarshal(body, &in)
		}
		if err != nil {
			t.Errorf("%s: %v", r.URL, err)
		}
		c.mu.Lock()
		defer c.mu.Unlock()
		c.asked = append(c.asked, r)
		for _, rs := range in.ResourceSpans {
			for _, ss := range rs.ScopeSpans {
				for _, s := range ss.Spans {
					c.spans = append(c.spans, received{s, values(rs.Resource.Attributes)})
				}
			}
		}
	}))
	t.Cleanup(c.Close)
	return c
}

// named are the spans of a name; all for "".
func (c *taker) named(name string) (out []received) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, s := range c.spans {
		if name == "" || s.Name == name {
			out = append(out, s)
		}
	}
	return out
}

// only is the one span of a name that is of a report.
func (c *taker) only(t *testing.T, name string, of received) received {
	t.Helper()
	var out []received
	for _, s := range c.named(name) {
		if string(s.TraceId) == string(of.TraceId) {
			out = append(out, s)
		}
	}
	if len(out) != 1 {
		t.Fatalf("%d spans %q in the trace of %v, want 1", len(out), name, of.has("file.name"))
	}
	return out[0]
}

// report is the root span of a report.
func (c *taker) report(t *testing.T, file string) received {
	t.Helper()
	for _, s := range c.named("report") {
		if s.has("file.name") == file {
			return s
		}
	}
	t.Fatalf("no span of %s", file)
	return received{}
}

// above are the names of the spans that a span lies in, outermost first.
func (c *taker) above(s received) string {
	path := []string{s.Name}
	for parent := s.ParentSpanId; len(parent) > 0; {
		at := slices.IndexFunc(c.named(""), func(x received) bool {
			return string(x.SpanId) == string(parent) && string(x.TraceId) == string(s.TraceId)
		})
		if at < 0 {
			return "? " + strings.Join(path, " ")
		}
		p := c.named("")[at]
		path, parent = append([]string{p.Name}, path...), p.ParentSpanId
	}
	return strings.Join(path, " ")
}

// sound holds every span to what goes for all.
func (c *taker) sound(t *testing.T) {
	t.Helper()
	for _, s := range c.named("") {
		if strings.HasPrefix(c.above(s), "? ") {
			t.Errorf("span %q lies in one that never came: %v", s.Name, values(s.Attributes))
		}
		if s.who["service.name"] != "citecheck" || s.who["service.version"] != version || s.who["host.name"] == nil {
			t.Errorf("span %q is of %v", s.Name, s.who)
		}
		if s.EndTimeUnixNano < s.StartTimeUnixNano || s.StartTimeUnixNano == 0 {
			t.Errorf("span %q: from %d to %d", s.Name, s.StartTimeUnixNano, s.EndTimeUnixNano)
		}
		if text := s.String(); strings.Contains(text, "topsecret") {
			t.Errorf("a secret in span %s", text)
		}
	}
}

// TestTraces: a run sends a trace a report, with what was done in it and the
// requests that were made for it, and its graph is the same as without.
func TestTraces(t *testing.T) {
	s := &replica.Server{}
	if err := s.Start(); err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	page := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	defer page.Close()
	c := take(t)
	draft := filepath.Join(t.TempDir(), "draft.md")
	if err := os.WriteFile(draft, []byte("A mission was set up.[^1] It was closed.[^2]\n\n"+
		"[^1]: UN Security Council Resolution 2423 (June 28, 2018), UN Doc. S/RES/2423, para. 38.\n"+
		"[^2]: Omar Teig, “A Page,” Made-Up News, 2021, "+page.URL+"/a?access_token=topsecret&p=1#topsecret.\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	first, second := t.TempDir(), t.TempDir()
	args := func(out string) []string {
		return append([]string{"check", "--quiet", "--links", "--out", out, filepath.Join("..", "..", "testdata", "reports", "mali.md"), draft, "none.pdf", "--source", "archive=" + page.URL}, s.Flags()...)
	}
	t.Setenv("OTEL_RESOURCE_ATTRIBUTES", "deployment.environment.name=test")
	t.Setenv("OTEL_EXPORTER_OTLP_HEADERS", "x-key=open")
	code, _, errs := citecheck(t, append(args(first), "--traces", c.URL)...)
	plain, _, _ := citecheck(t, append(args(second), "--archive", filepath.Join(first, "evidence"))...)
	if code != plain || strings.Contains(errs, "traces") {
		t.Fatalf("exit %d, without traces %d: %s", code, plain, errs)
	}
	c.sound(t)

	mali, draftSpan, none := c.report(t, "mali.md"), c.report(t, "draft.md"), c.report(t, "none.pdf")
	g := readGraph(t, first)
	for _, n := range g.Nodes {
		if n.Report != nil && n.Report.File == "mali.md" && mali.has("citecheck.sha256") != n.Report.SHA256 {
			t.Errorf("the digest is %v, want %s", mali.has("citecheck.sha256"), n.Report.SHA256)
		}
	}
	for _, v := range cite.Verdicts {
		sum := mali.has("citecheck.citations."+string(v)).(int) + draftSpan.has("citecheck.citations."+string(v)).(int)
		if sum != g.Meta.Verdicts[v] {
			t.Errorf("%d citations are %s, want %d", sum, v, g.Meta.Verdicts[v])
		}
	}
	if mali.has("citecheck.outcome") != "checked" || none.has("citecheck.outcome") != "unread" ||
		none.Status.Code != otlp.Status_STATUS_CODE_ERROR || none.Status.Message != "no such file or directory" || none.has("error.type") != "_OTHER" {
		t.Errorf("mali.md: %v; none.pdf: %v", mali.Span, none.Span)
	}
	run := c.named("run")
	for _, r := range []received{mali, draftSpan, none} {
		if len(run) != 1 || len(r.ParentSpanId) > 0 || len(r.Links) != 1 || string(r.Links[0].SpanId) != string(run[0].SpanId) {
			t.Errorf("the trace of %v is not its own, linked to that of the run: %v", r.has("file.name"), r.Span)
		}
	}
	for name, want := range map[string]string{"read": "report read", "pages": "report read pages", "notes": "report read notes", "citations": "report read citations",
		"check": "report check", "lookup": "report check lookup", "verify": "report check verify", "write": "report write"} {
		if got := c.above(c.only(t, name, mali)); got != want {
			t.Errorf("%s lies in %q, want %q", name, got, want)
		}
	}
	asked, links := 0, 0
	for _, get := range c.named("GET") {
		switch c.above(get) {
		case "report check lookup document ask GET":
			asked++
		case "report check links ask GET":
			links++
		default:
			t.Errorf("a request in %q", c.above(get))
		}
		if get.Kind != otlp.Span_SPAN_KIND_CLIENT || get.has("http.request.method") != "GET" || get.has("server.address") != "127.0.0.1" ||
			get.has("server.port") == nil || !strings.HasPrefix(get.has("url.full").(string), "http://") || get.has("http.response.status_code") == nil {
			t.Errorf("a request is told as %v %v", get.Kind, values(get.Attributes))
		}
	}
	if asked < 3 || links == 0 {
		t.Errorf("%d requests for documents, %d for links", asked, links)
	}
	tokens := 0
	for _, s := range c.named("ask") {
		if strings.HasSuffix(s.has("url.full").(string), "?access_token=redacted&p=1") {
			tokens++
		}
	}
	if tokens != 1 {
		t.Errorf("%d askings of the address with a token, want 1", tokens)
	}
	symbols := map[any]bool{}
	for _, d := range c.named("document") {
		symbols[d.has("citecheck.symbol")] = true
		if d.has("citecheck.outcome") == nil {
			t.Errorf("no outcome: %v", d.Span)
		}
	}
	if !symbols["S/RES/2423"] && !symbols["S/RES/2423 (2018)"] {
		t.Errorf("looked up: %v", symbols)
	}
	for _, r := range c.asked {
		if r.URL.Path != "/v1/traces" || r.Header.Get("X-Key") != "open" {
			t.Errorf("sent to %s, %v", r.URL, r.Header)
		}
	}
	if run[0].who["deployment.environment.name"] != "test" {
		t.Errorf("OTEL_RESOURCE_ATTRIBUTES is not honoured: %v", run[0].who)
	}
	same(t, first, second)
}

// same holds two runs' graphs to be the same bytes.
func same(t *testing.T, a, b string) {
	t.Helper()
	list, _ := filepath.Glob(filepath.Join(a, "reports", "*.json")) // the pattern is sound
	for _, path := range append(list, filepath.Join(a, "graph.json")) {
		rel, _ := filepath.Rel(a, path) // it lies under a
		x, err := os.ReadFile(path)
		y, err2 := os.ReadFile(filepath.Join(b, rel))
		if err != nil || err2 != nil || len(x) == 0 || string(x) != string(y) {
			t.Errorf("%s is not the same (%d and %d bytes, %v, %v)", rel, len(x), len(y), err, err2)
		}
	}
}

// TestTracesThroughQueue: what a worker does for a run is in the trace of the
// report.
func TestTracesThroughQueue(t *testing.T) {
	s := &replica.Server{}
	if err := s.Start(); err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	q, err := queue.Serve("127.0.0.1:0", t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer q.Close()
	c := take(t)
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	ended, said := make(chan int), &said{}
	go func() {
		ended <- run(ctx, append([]string{"worker", "--nats", q.URL(), "--traces", c.URL}, s.Flags()...), nil, io.Discard, said)
	}()
	said.until(t, "working for (nats)")
	code, _, errs := citecheck(t, append([]string{"check", "--quiet", "--nats", q.URL(), "--traces", c.URL, "--out", t.TempDir(),
		filepath.Join("..", "..", "testdata", "reports", "mali.md")}, s.Flags()...)...)
	if code == exitFailed {
		t.Fatal(errs)
	}
	stop()
	<-ended
	c.sound(t)
	mali := c.report(t, "mali.md")
	process := c.only(t, "process", mali)
	if c.above(process) != "report read process" || process.Kind != otlp.Span_SPAN_KIND_CONSUMER || process.has("messaging.system") != "nats" ||
		!strings.HasPrefix(process.has("messaging.destination.name").(string), "citecheck.read.") || process.has("file.name") != "mali.md" {
		t.Errorf("a worker's reading is %q, %v", c.above(process), process.Span)
	}
	if got := c.above(c.only(t, "notes", mali)); got != "report read process notes" {
		t.Errorf("a worker finds notes in %q", got)
	}
	requests := 0
	for _, get := range c.named("GET") {
		if c.above(get) != "report check lookup document ask GET" {
			t.Errorf("a worker's request lies in %q", c.above(get))
		}
		requests++
	}
	if requests == 0 {
		t.Error("no request")
	}
}

// TestTracesLost: an endpoint that is away, refuses or says nothing costs one
// line and no more than a few seconds.
func TestTracesLost(t *testing.T) {
	gone := httptest.NewServer(nil)
	gone.Close()
	refuses := httptest.NewServer(http.NotFoundHandler())
	defer refuses.Close()
	release := make(chan struct{})
	silent := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { <-release }))
	defer silent.Close()
	defer close(release)
	args := []string{"check", "--quiet", "--offline", filepath.Join("..", "..", "testdata", "reports", "mali.md")}
	plainOut := t.TempDir()
	plain, _, _ := citecheck(t, append(args, "--out", plainOut)...)
	for at, why := range map[string]string{gone.URL: "refused", refuses.URL: "404 Not Found", silent.URL: "did not take"} {
		out := t.TempDir()
		start := time.Now()
		code, _, errs := citecheck(t, append(args, "--out", out, "--traces", at)...)
		if code != plain || strings.Count(errs, "\n") != 1 || !strings.HasPrefix(errs, "citecheck: trouble with traces, and with nothing else: ") || !strings.Contains(errs, why) {
			t.Errorf("%s: exit %d, want %d, and one line that says %q: %q", at, code, plain, why, errs)
		}
		if took := time.Since(start); took > farewell+20*time.Second { // the run itself takes a second
			t.Errorf("%s: the run took %v", at, took)
		}
		same(t, plainOut, out)
	}
	code, _, errs := citecheck(t, append(args, "--out", t.TempDir(), "--log-format", "json", "--traces", gone.URL)...)
	if code != plain || strings.Count(errs, "\n") != 1 || !strings.Contains(errs, `"stage":"traces","reason":"`) {
		t.Errorf("as JSON: exit %d, %q", code, errs)
	}
}

// TestTracesOddFacts: what is no text can be sent all the same, and an address
// loses what is nobody's business.
func TestTracesOddFacts(t *testing.T) {
	c := take(t)
	tr, end, err := tracesTo(c.URL+"/v1/traces", func(reason string) { t.Error(reason) })
	if err != nil {
		t.Fatal(err)
	}
	ctx, ended := tr.trace.Begin(context.Background(), "report", "report", "caf\xe9.pdf")
	_, asked := tr.trace.Begin(tr.taken(context.Background(), tr.carry(ctx)), "GET", "url", "https://me:topsecret@example.org/a?b=1#topsecret")
	asked("error", &cite.Failure{Kind: "timeout", Reason: "no answer\xff" + strings.Repeat("x", 1000)})
	_, asked = tr.trace.Begin(ctx, "GET", "url", "http://example.org:8080/")
	asked("status", 503)
	ended("outcome", "")
	end()
	c.sound(t)
	gets := c.named("GET")
	if len(gets) != 2 || c.above(gets[0]) != "report GET" {
		t.Fatalf("came: %v", c.named(""))
	}
	if gets[0].has("url.full") != "https://example.org/a?b=1" || gets[0].has("server.port") != 443 || gets[0].has("error.type") != "timeout" || len([]rune(gets[0].Status.Message)) != 300 {
		t.Errorf("came: %v", gets[0].Span)
	}
	if gets[1].has("server.port") != 8080 || gets[1].has("error.type") != "503" || gets[1].Status.Code != otlp.Status_STATUS_CODE_ERROR {
		t.Errorf("came: %v", gets[1].Span)
	}
	if name := c.named("report")[0].has("file.name"); name != "caf\ufffd.pdf" {
		t.Errorf("the report's name came as %q", name)
	}
}
