package main

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"citecheck/pipeline/fetch/replica"
	"citecheck/pipeline/queue"
)

// A said is a standard error that is read while it is written.
type said struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *said) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}

func (s *said) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}

// until waits until what is said holds a match, and returns its first group.
func (s *said) until(t *testing.T, pattern string) string {
	t.Helper()
	re := regexp.MustCompile(pattern)
	for range 600 {
		if m := re.FindStringSubmatch(s.String()); m != nil {
			return m[len(m)-1]
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Fatalf("nobody said %s: %s", pattern, s)
	return ""
}

func scrape(t *testing.T, url string) string {
	t.Helper()
	r, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	b, err := io.ReadAll(r.Body)
	if err != nil || r.StatusCode != http.StatusOK {
		t.Fatalf("status %d, %v", r.StatusCode, err)
	}
	return string(b)
}

// holds tells which of the lines are not in what Prometheus reads.
func holds(t *testing.T, got string, lines ...string) {
	t.Helper()
	for _, l := range lines {
		if !regexp.MustCompile(`(?m)^` + l + `$`).MatchString(got) {
			t.Errorf("no line %s in\n%s", l, regexp.MustCompile(`(?m)^(#|go_|process_).*\n`).ReplaceAllString(got, ""))
		}
	}
}

// TestMetrics: a run that watches tells Prometheus what became of its
// reports, and each line of its log says which report and which stage.
func TestMetrics(t *testing.T) {
	s := &replica.Server{}
	if err := s.Start(); err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	errs, ended := &said{}, make(chan int)
	args := append([]string{"check", "--watch", "--metrics", "127.0.0.1:0", "--log-format", "json", "--log-level", "debug", "--out", filepath.Join(t.TempDir(), "out"),
		filepath.Join("..", "..", "testdata", "reports", "mali.md"), "none.pdf"}, s.Flags()...)
	go func() { ended <- run(ctx, args, nil, io.Discard, errs) }()
	at := errs.until(t, `metrics at (http://\S+)`)
	errs.until(t, "waiting for (new)")
	got := scrape(t, at)
	holds(t, got, `citecheck_reports_planned_total 1`, `citecheck_reports_total\{outcome="checked"\} 1`, `citecheck_reports_total\{outcome="unread"\} 1`,
		`citecheck_stage_seconds_count\{stage="read"\} 1`, `citecheck_stage_seconds_count\{stage="check"\} 1`, `citecheck_citations_total\{verdict="contradicted"\} \d+`,
		`citecheck_citations_total\{verdict="verified"\} [1-9]\d*`, `citecheck_requests_total\{host="127.0.0.1:\d+",outcome="200"\} [1-9]\d*`)
	stop()
	<-ended
	lines := 0
	for line := range strings.Lines(errs.String()) {
		if strings.HasPrefix(line, "citecheck: ") { // where the metrics are, that it waits
			continue
		}
		var l map[string]any
		if err := json.Unmarshal([]byte(line), &l); err != nil {
			t.Errorf("%q: %v", line, err)
			continue
		}
		lines++
		if l["stage"] == nil || l["report"] == nil && l["msg"] != "planned" {
			t.Errorf("no stage or no report in %s", line)
		}
	}
	if lines < 5 || !strings.Contains(errs.String(), `"msg":"unread","report":"none.pdf","stage":"read","reason":"no such file or directory"`) {
		t.Errorf("%d lines: %s", lines, errs)
	}
	if code, _, errs := citecheck(t, "check", "--metrics", "256.0.0.1:x", "--offline", "--out", t.TempDir(), "x.md"); code != exitFailed || !strings.Contains(errs, "--metrics 256.0.0.1:x") {
		t.Errorf("a bad address: exit %d, %s", code, errs)
	}
}

// TestMetricsOfWorker: a worker tells what it read, and how much stands in the
// queue.
func TestMetricsOfWorker(t *testing.T) {
	q, err := queue.Serve("127.0.0.1:0", t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer q.Close()
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	errs, ended := &said{}, make(chan int)
	go func() {
		ended <- run(ctx, []string{"worker", "--nats", q.URL(), "--metrics", "127.0.0.1:0"}, nil, io.Discard, errs)
	}()
	at := errs.until(t, `metrics at (http://\S+)`)
	code, _, said := citecheck(t, "check", "--offline", "--quiet", "--nats", q.URL(), "--out", t.TempDir(), filepath.Join("..", "..", "testdata", "reports", "mali.md"))
	if code == exitFailed {
		t.Fatal(said)
	}
	holds(t, scrape(t, at), `citecheck_reports_total\{outcome="read"\} 1`, `citecheck_stage_seconds_count\{stage="read"\} 1`, `citecheck_queue_up 1`,
		`citecheck_queue_reports\{state="waiting"\} 0`, `citecheck_queue_reports\{state="given_up"\} 0`)
	q.Close()
	holds(t, scrape(t, at), `citecheck_queue_up 0`)
	stop()
	<-ended
}
