package main

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"citecheck/pipeline/batch"
	"citecheck/pipeline/cite"
	"citecheck/pipeline/fetch"
	"citecheck/pipeline/queue"
	"citecheck/pipeline/worker"
)

// metrics are what Prometheus may ask for while a run or a worker goes. A nil
// *metrics counts nothing.
type metrics struct {
	registry *prometheus.Registry
	planned  prometheus.Counter
	reports  *prometheus.CounterVec // by outcome
	stages   *prometheus.HistogramVec
	verdicts *prometheus.CounterVec
	requests *prometheus.CounterVec // by host and outcome

	mu    sync.Mutex
	hosts map[string]bool
}

// maxHosts have a name of their own in the metrics; the hosts that reports
// lead to are without number.
const maxHosts = 100

func newMetrics() *metrics {
	m := &metrics{registry: prometheus.NewRegistry(), hosts: map[string]bool{},
		planned:  prometheus.NewCounter(prometheus.CounterOpts{Name: "citecheck_reports_planned_total", Help: "Reports that this process was to check."}),
		reports:  prometheus.NewCounterVec(prometheus.CounterOpts{Name: "citecheck_reports_total", Help: "Reports by outcome: checked, reused, unread; of a worker: read, unread."}, []string{"outcome"}),
		verdicts: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "citecheck_citations_total", Help: "Citations checked by this process, by verdict."}, []string{"verdict"}),
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "citecheck_requests_total", Help: "Requests by host and outcome: the status of the answer, or why there was none."}, []string{"host", "outcome"}),
		stages: prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "citecheck_stage_seconds", Help: "Time that one report took in a stage.",
			Buckets: []float64{.01, .03, .1, .3, 1, 3, 10, 30, 100, 300, 1000, 3600}}, []string{"stage"}),
	}
	m.registry.MustRegister(m.planned, m.reports, m.stages, m.verdicts, m.requests, collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	for _, v := range cite.Verdicts { // a rate over what was never seen is a gap in the picture
		m.verdicts.WithLabelValues(string(v))
	}
	return m
}

// serve answers at address ("127.0.0.1:9464") until close is called. Where it
// listens is said on w: the address may leave the port open.
func (m *metrics) serve(address string, w io.Writer) (close func(), err error) {
	l, err := net.Listen("tcp", address)
	if err != nil {
		return nil, exit(exitFailed, fmt.Errorf("--metrics %s: %w", address, err))
	}
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{Timeout: 10 * time.Second}))
	s := &http.Server{Handler: mux, ReadHeaderTimeout: 5 * time.Second, WriteTimeout: 20 * time.Second}
	var served sync.WaitGroup
	served.Go(func() { s.Serve(l) }) // ends when it is closed
	fmt.Fprintf(w, "citecheck: metrics at http://%s/metrics\n", l.Addr())
	return func() { s.Close(); served.Wait() }, nil
}

// metricsAt serves metrics where an address is given.
func metricsAt(address string, w io.Writer) (m *metrics, close func(), err error) {
	if address == "" {
		return nil, func() {}, nil
	}
	m = newMetrics()
	close, err = m.serve(address, w)
	return m, close, err
}

func (m *metrics) happened(e batch.Event) {
	if m == nil {
		return
	}
	switch e.Kind {
	case batch.Planned:
		m.planned.Add(float64(e.Total))
	case batch.Unread:
		m.reports.WithLabelValues("unread").Inc()
	case batch.Reused:
		m.reports.WithLabelValues("reused").Inc()
	case batch.Done:
		m.reports.WithLabelValues("checked").Inc()
		for v, n := range e.Verdicts {
			m.verdicts.WithLabelValues(string(v)).Add(float64(n))
		}
	}
}

func (m *metrics) passed(stage string, took time.Duration) {
	if m != nil {
		m.stages.WithLabelValues(stage).Observe(took.Seconds())
	}
}

// watch counts the requests of a chain.
func (m *metrics) watch(c *fetch.Chain) {
	if m == nil {
		return
	}
	for _, l := range []*fetch.Live{c.Live, c.Named} {
		if l != nil {
			l.Asked = m.asked
		}
	}
}

func (m *metrics) asked(host, outcome string) {
	m.mu.Lock()
	if !m.hosts[host] && len(m.hosts) >= maxHosts {
		host = "other"
	} else {
		m.hosts[host] = true
	}
	m.mu.Unlock()
	m.requests.WithLabelValues(host, outcome).Inc()
}

// reader counts the reports that a worker reads.
func (m *metrics) reader(how queue.Reader) queue.Reader {
	if m == nil {
		return how
	}
	return func(ctx context.Context, name string, data []byte, limits worker.Limits) (cite.Report, error) {
		start := time.Now()
		r, err := how(ctx, name, data, limits)
		m.passed("read", time.Since(start))
		outcome := "read"
		if err != nil {
			outcome = "unread"
		}
		m.reports.WithLabelValues(outcome).Inc()
		return r, err
	}
}

// depth tells how much stands in a queue, which is asked whenever somebody
// asks for the metrics, until end is called.
func (m *metrics) depth(q *queue.Queue) (end func()) {
	if m == nil {
		return func() {}
	}
	m.registry.MustRegister(depth{q})
	return func() { m.registry.Unregister(depth{q}) }
}

type depth struct{ q *queue.Queue }

var (
	queueJobs = prometheus.NewDesc("citecheck_queue_reports", "Reports in the queue by state: waiting, reading, given_up (its requests included).", []string{"state"}, nil)
	queueAsks = prometheus.NewDesc("citecheck_queue_requests", "Requests in the queue, by host.", []string{"host"}, nil)
	queueSeen = prometheus.NewDesc("citecheck_queue_up", "1 where the queue answered, else 0.", nil, nil)
)

func (d depth) Describe(to chan<- *prometheus.Desc) {
	to <- queueJobs
	to <- queueAsks
	to <- queueSeen
}

func (d depth) Collect(to chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	gauge := func(desc *prometheus.Desc, n int, labels ...string) {
		to <- prometheus.MustNewConstMetric(desc, prometheus.GaugeValue, float64(n), labels...)
	}
	s, err := d.q.Status(ctx)
	if err != nil { // no number is better than a wrong one
		gauge(queueSeen, 0)
		return
	}
	gauge(queueSeen, 1)
	gauge(queueJobs, s.Waiting, "waiting")
	gauge(queueJobs, s.Reading, "reading")
	gauge(queueJobs, len(s.Dead), "given_up")
	for host, n := range s.Asking {
		gauge(queueAsks, n, host)
	}
}
