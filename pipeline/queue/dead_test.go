package queue_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"citecheck/pipeline/cite"
	"citecheck/pipeline/fetch"
	"citecheck/pipeline/queue"
	"citecheck/pipeline/worker"
)

// short is how long a worker may be silent in these tests.
const short = time.Second

// poison is a report over which the workers of the role "dies" end.
const poison = "poison"

// dies is a worker that ends without a word over poison, as one does that the
// system kills.
func dies(at string) {
	q, err := dial(context.Background(), at)
	if err != nil {
		os.Exit(1)
	}
	q.Patience = short
	q.Work(context.Background(), 1, func(_ context.Context, name string, data []byte, _ worker.Limits) (cite.Report, error) {
		if string(data) == poison {
			os.Exit(3)
		}
		return cite.Report{File: name, Title: string(data)}, nil
	}, &fetch.Live{Agent: "citecheck/test"})
}

// served is a queue of this process.
func served(t *testing.T) *queue.Queue {
	t.Helper()
	s, err := queue.Serve("127.0.0.1:0", t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return joined(t, s.URL())
}

func joined(t *testing.T, at string) *queue.Queue {
	t.Helper()
	q, err := dial(t.Context(), at)
	if err != nil {
		t.Fatal(err)
	}
	q.Patience = short
	t.Cleanup(q.Close)
	return q
}

// works lets a healthy worker of this process work until stop.
func works(t *testing.T, q *queue.Queue, live *fetch.Live) (stop func()) {
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		q.Work(ctx, 1, func(_ context.Context, name string, data []byte, _ worker.Limits) (cite.Report, error) {
			return cite.Report{File: name, Title: string(data)}, nil
		}, live)
	}()
	stop = sync.OnceFunc(func() { cancel(); <-ended })
	t.Cleanup(stop)
	return stop
}

func status(t *testing.T, q *queue.Queue) queue.Status {
	t.Helper()
	s, err := q.Status(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// eventually waits for what comes without being waited for.
func eventually(t *testing.T, what string, is func() bool) {
	t.Helper()
	for range 200 {
		if is() {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Errorf("%s: not in ten seconds", what)
}

// TestDeadLetter: a report over which three workers are lost is given up with
// its reason; the others are read. Put back, it is read by a worker that can,
// and the next run has what came of it.
func TestDeadLetter(t *testing.T) {
	s, err := queue.Serve("127.0.0.1:0", t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	q := joined(t, s.URL())
	ended := make(chan error, 1)
	go func() {
		_, err := q.Read(t.Context(), "bad.pdf", []byte(poison), worker.DefaultLimits())
		ended <- err
	}()
	for i := range 3 {
		cmd := as(t, "dies", s.URL())
		cmd.Wait()
		if code := cmd.ProcessState.ExitCode(); code != 3 {
			t.Fatalf("worker %d ended with %d", i, code)
		}
	}
	stop := works(t, q, &fetch.Live{Agent: "citecheck/test"})
	if r, err := q.Read(t.Context(), "good.pdf", []byte("good"), worker.DefaultLimits()); err != nil || r.Title != "good" {
		t.Errorf("the other report: %q %v", r.Title, err)
	}
	if err := <-ended; err == nil || !strings.Contains(err.Error(), "given up: 3 workers ended while they read it") {
		t.Errorf("the run is told %v", err)
	}
	eventually(t, "one dead letter", func() bool { return len(status(t, q).Dead) == 1 })
	if st := status(t, q); st.Waiting != 0 || st.Reading != 0 || st.Dead[0].Name != "bad.pdf" || !strings.Contains(st.Dead[0].Reason, "given up") || time.Since(st.Dead[0].At) > time.Minute {
		t.Errorf("status %+v", st)
	}
	stop()

	if n, gone, err := q.Retry(t.Context()); n != 1 || gone != 0 || err != nil {
		t.Errorf("retry: %d put back, %d gone, %v", n, gone, err)
	}
	if st := status(t, q); st.Waiting != 1 || len(st.Dead) != 0 {
		t.Errorf("put back: %+v", st)
	}
	stop = works(t, q, &fetch.Live{Agent: "citecheck/test"})
	eventually(t, "it is read", func() bool { s := status(t, q); return s.Waiting+s.Reading == 0 })
	stop()
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
	defer cancel()
	if r, err := q.Read(ctx, "bad.pdf", []byte(poison), worker.DefaultLimits()); err != nil || r.Title != poison {
		t.Errorf("the next run, with no worker about: %q %v", r.Title, err)
	}
	if n, _, err := q.Retry(t.Context()); n != 0 || err != nil {
		t.Errorf("retry of nothing: %d, %v", n, err)
	}
}

// TestDrain: status counts what waits; a drained queue holds nothing, and
// works on.
func TestDrain(t *testing.T) {
	q := served(t)
	q.Patience = time.Minute // who waits does not queue its job again meanwhile
	ctx, cancel := context.WithCancel(t.Context())
	var waiting sync.WaitGroup
	for i := range 3 {
		waiting.Go(func() { q.Read(ctx, fmt.Sprint(i, ".pdf"), []byte("text"), worker.DefaultLimits()) })
	}
	req, _ := http.NewRequestWithContext(ctx, http.MethodGet, "http://example.org/a", nil)
	waiting.Go(func() { q.RoundTrip(req) })
	eventually(t, "three reports and a request wait", func() bool {
		s := status(t, q)
		return s.Waiting == 3 && s.Reading == 0 && s.Asking["example.org"] == 1
	})
	if err := q.Drain(t.Context()); err != nil {
		t.Fatal(err)
	}
	if s := status(t, q); s.Waiting+s.Reading+len(s.Asking)+len(s.Dead) != 0 {
		t.Errorf("left: %+v", s)
	}
	cancel()
	waiting.Wait()
	works(t, q, &fetch.Live{Agent: "citecheck/test"})
	if r, err := q.Read(t.Context(), "a.pdf", []byte("after"), worker.DefaultLimits()); err != nil || r.Title != "after" {
		t.Errorf("after the drain: %q %v", r.Title, err)
	}
}

// TestLost: whoever waits for a report queues it again when its job is gone
// without an answer, be it taken out or lost with all that the server had. The
// worker goes on with the new server, and with its lanes.
func TestLost(t *testing.T) {
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { w.Write([]byte("here")) }))
	defer site.Close()
	u, _ := url.Parse(site.URL)
	live := &fetch.Live{Agent: "citecheck/test", Trusted: []string{u.Host}, Manners: map[string]fetch.Manners{u.Host: {}}}
	s, err := queue.Serve("127.0.0.1:0", t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { s.Close() }()
	q := joined(t, s.URL())
	read := func() chan error {
		ended := make(chan error, 1)
		go func() {
			r, err := q.Read(t.Context(), "a.pdf", []byte("text"), worker.DefaultLimits())
			if err == nil && r.Title != "text" {
				err = fmt.Errorf("read as %q", r.Title)
			}
			ended <- err
		}()
		eventually(t, "the report waits", func() bool { st, err := q.Status(t.Context()); return err == nil && st.Waiting == 1 })
		return ended
	}
	taken := read()
	if err := q.Drain(t.Context()); err != nil {
		t.Fatal(err)
	}
	stop := works(t, q, live)
	if err := within(taken, 20*time.Second); err != nil {
		t.Error("after its job was taken out:", err)
	}
	stop()

	for list := serverOf(t, s.URL()).ListStreams(t.Context()); ; {
		info, ok := <-list.Info()
		if !ok {
			break
		}
		if info.Config.AllowDirect {
			t.Errorf("%s may be read from a replica that lags behind", info.Config.Name)
		}
	}

	ask := func(path string) chan error {
		ended := make(chan error, 1)
		go func() {
			req, _ := http.NewRequestWithContext(t.Context(), http.MethodGet, site.URL+path, nil)
			resp, err := q.RoundTrip(req)
			if err == nil && resp.StatusCode != http.StatusOK {
				err = errors.New(resp.Status)
			}
			ended <- err
		}()
		return ended
	}
	lost := read()
	at := strings.TrimPrefix(s.URL(), "nats://")
	s.Close()
	if s, err = queue.Serve(at, t.TempDir()); err != nil {
		t.Fatal(err)
	}
	works(t, q, live)
	if err := within(lost, 40*time.Second); err != nil {
		t.Error("after the server lost everything:", err)
	}
	if err := within(ask("/one"), 40*time.Second); err != nil {
		t.Error("a host is asked:", err)
	}
	at = strings.TrimPrefix(s.URL(), "nats://") // and once more, under a worker that waits
	s.Close()
	if s, err = queue.Serve(at, t.TempDir()); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() {
		_, err := q.Read(t.Context(), "b.pdf", []byte("text"), worker.DefaultLimits())
		ended <- err
	}()
	if err := within(ended, 40*time.Second); err != nil {
		t.Error("a worker that was there before the server lost everything:", err)
	}
	if err := within(ask("/two"), 40*time.Second); err != nil {
		t.Error("the same host, by that worker:", err)
	}
}

func within(c chan error, t time.Duration) error {
	select {
	case err := <-c:
		return err
	case <-time.After(t):
		return fmt.Errorf("nothing in %v", t)
	}
}

// TestRetryAfterPausesAll: what a host asks of one run holds for every run and
// every worker: nobody asks it before.
func TestRetryAfterPausesAll(t *testing.T) {
	const peace = 2 * time.Second
	var mu sync.Mutex
	var at []time.Time
	var paths []string
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/robots.txt" {
			http.NotFound(w, r)
			return
		}
		mu.Lock()
		defer mu.Unlock()
		at, paths = append(at, time.Now()), append(paths, r.URL.Path)
		if r.URL.Path == "/busy" && !slices.Contains(paths[:len(paths)-1], "/busy") {
			w.Header().Set("Retry-After", "2")
			w.WriteHeader(http.StatusTooManyRequests)
			return
		}
		w.Write([]byte("here"))
	}))
	defer site.Close()
	u, _ := url.Parse(site.URL)
	live := func(over http.RoundTripper) *fetch.Live {
		return &fetch.Live{Agent: "citecheck/test", Trusted: []string{u.Host}, Manners: map[string]fetch.Manners{u.Host: {}}, Transport: over, Patience: time.Minute}
	}
	q := served(t)
	works(t, q, live(nil))
	works(t, q, live(nil))
	one, other := live(q), live(q) // two runs that know nothing of each other
	if r, err := other.Get(t.Context(), site.URL+"/first"); err != nil || r.Status != http.StatusOK {
		t.Fatal(r, err)
	}
	var both sync.WaitGroup
	both.Go(func() {
		if r, err := one.Get(t.Context(), site.URL+"/busy"); err != nil || r.Status != http.StatusOK {
			t.Error("the run that was told to wait:", err)
		}
	})
	eventually(t, "the host is busy", func() bool { mu.Lock(); defer mu.Unlock(); return slices.Contains(paths, "/busy") })
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	if r, err := other.Get(ctx, site.URL+"/second"); err != nil || r.Status != http.StatusOK {
		var f *cite.Failure
		t.Error("the other run:", err, errors.As(err, &f))
	}
	both.Wait()
	i := slices.Index(paths, "/busy")
	if len(at) != 4 || at[i+1].Sub(at[i]) < peace {
		t.Errorf("asked %v, %v after the host wanted peace for %v", paths, at[i+1].Sub(at[i]), peace)
	}
}
