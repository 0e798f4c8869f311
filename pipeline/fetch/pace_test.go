package fetch

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"citecheck/pipeline/cite"
)

// A host answers in fake time and notes when it was asked.
type host struct {
	mu     sync.Mutex
	asked  []time.Time
	ended  []time.Time
	paths  []string
	takes  time.Duration
	answer func(n int, r *http.Request) *http.Response // nil: 200 and "ok"
	inside int                                         // requests under way
	most   int
}

func (h *host) RoundTrip(r *http.Request) (*http.Response, error) {
	h.mu.Lock()
	h.inside++
	h.most = max(h.most, h.inside)
	h.asked = append(h.asked, time.Now())
	h.paths = append(h.paths, r.URL.Path)
	n := len(h.asked)
	h.mu.Unlock()
	time.Sleep(h.takes)
	h.mu.Lock()
	h.inside--
	h.ended = append(h.ended, time.Now())
	h.mu.Unlock()
	if h.answer != nil {
		if resp := h.answer(n, r); resp != nil {
			return resp, nil
		}
	}
	return page(200, "ok"), nil
}

func page(status int, body string, header ...string) *http.Response {
	r := &http.Response{StatusCode: status, ProtoMajor: 1, ProtoMinor: 1, Header: http.Header{}, Body: io.NopCloser(strings.NewReader(body)), ContentLength: int64(len(body))}
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	return r
}

func noRobots(_ int, r *http.Request) *http.Response {
	if r.URL.Path == "/robots.txt" {
		return page(404, "")
	}
	return nil
}

func live(h *host) *Live {
	return &Live{Agent: "citecheck/test", Hosts: []string{"un.test", "other.test"}, Transport: h}
}

// TestGapCountsFromTheEndOfAnAnswer: with eight askers no two requests
// overlap, and each pause is at least the host's gap after the last answer.
func TestGapCountsFromTheEndOfAnAnswer(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := &host{takes: 700 * time.Millisecond, answer: noRobots}
		l := live(h)
		l.Manners = map[string]Manners{"un.test": {Gap: 3 * time.Second, Jitter: 0.3}}
		var wg sync.WaitGroup
		for i := range 8 {
			wg.Go(func() {
				for j := range 3 {
					if _, err := l.Get(context.Background(), fmt.Sprintf("https://un.test/%d", (i*3+j)%12)); err != nil {
						t.Error(err)
					}
				}
			})
		}
		wg.Wait()
		if h.most != 1 {
			t.Errorf("%d requests were under way at once", h.most)
		}
		if len(h.asked) != 13 { // 12 addresses and robots.txt
			t.Errorf("%d requests for 12 addresses: %q", len(h.asked), h.paths)
		}
		for i := 1; i < len(h.asked); i++ {
			if gap := h.asked[i].Sub(h.ended[i-1]); gap < 3*time.Second || gap > 3900*time.Millisecond {
				t.Errorf("request %d comes %v after the answer before it, want 3 to 3.9 s", i, gap)
			}
		}
	})
}

func TestHourlyBound(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := &host{answer: noRobots}
		l := live(h)
		l.Manners = map[string]Manners{"un.test": {Gap: time.Second, Hourly: 5}}
		start := time.Now()
		for i := range 6 {
			if _, err := l.Get(context.Background(), fmt.Sprintf("https://un.test/%d", i)); err != nil {
				t.Fatal(err)
			}
		}
		if took := time.Since(start); took < time.Hour {
			t.Errorf("7 requests took %v, at 5 an hour", took)
		}
	})
}

func TestRetryAfter(t *testing.T) {
	for _, tt := range []struct {
		name, value string
		least       time.Duration
		fails       bool
	}{
		{"seconds", "120", 2 * time.Minute, false},
		{"a date", "Sat, 01 Jan 2000 00:05:00 GMT", 5 * time.Minute, false},
		{"nonsense", "soon", 10 * time.Second, false},
		{"too long to wait", "999999", 0, true},
	} {
		synctest.Test(t, func(t *testing.T) { // its clock begins at midnight of 1 January 2000
			h := &host{answer: func(n int, r *http.Request) *http.Response {
				if x := noRobots(n, r); x != nil {
					return x
				}
				if n == 2 {
					return page(429, "", "Retry-After", tt.value, "Date", time.Now().UTC().Format(http.TimeFormat))
				}
				return nil
			}}
			r, err := live(h).Get(context.Background(), "https://un.test/x")
			if tt.fails {
				var f *cite.Failure
				if !errors.As(err, &f) || f.Kind != "throttled" || len(h.asked) != 2 {
					t.Errorf("%s: %v after %d requests", tt.name, err, len(h.asked))
				}
				return
			}
			if err != nil || string(r.Body) != "ok" || h.asked[2].Sub(h.asked[1]) < tt.least-2*time.Second {
				t.Errorf("%s: %v, asked again after %v", tt.name, err, h.asked[2].Sub(h.asked[1]))
			}
		})
	}
}

func TestCircuitOpens(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := &host{answer: func(n int, r *http.Request) *http.Response {
			if x := noRobots(n, r); x != nil {
				return x
			}
			return page(503, "")
		}}
		l := live(h)
		for i := range 20 {
			if _, err := l.Get(context.Background(), fmt.Sprintf("https://un.test/%d", i)); err == nil {
				t.Error("a host that is down answers")
			}
		}
		if n := len(h.asked); n > 1+openAfter*tries {
			t.Errorf("a host that is down was asked %d times", n)
		}
	})
}

func TestRobots(t *testing.T) {
	for _, tt := range []struct {
		name   string
		status int
		body   string
		ok     bool
	}{
		{"none", 404, "", true}, {"allows", 200, "User-agent: *\nDisallow: /private", true}, {"denies", 200, "User-agent: citecheck\nDisallow: /", false},
		{"is down", 503, "", false}, {"too many requests", 429, "", false}, {"a bot wall", 202, "", false},
	} {
		synctest.Test(t, func(t *testing.T) {
			h := &host{answer: func(_ int, r *http.Request) *http.Response {
				if r.URL.Path == "/robots.txt" {
					return page(tt.status, tt.body)
				}
				return nil
			}}
			_, err := live(h).Get(context.Background(), "https://un.test/public")
			var f *cite.Failure
			if tt.ok != (err == nil) || !tt.ok && (!errors.As(err, &f) || f.Kind != "robots") {
				t.Errorf("robots.txt %s: %v", tt.name, err)
			}
			for _, p := range h.paths {
				if !tt.ok && p == "/public" {
					t.Errorf("robots.txt %s, and the page was asked for", tt.name)
				}
			}
		})
	}
}

func TestRedirects(t *testing.T) {
	for _, tt := range []struct{ name, to, kind string }{
		{"to a host that is asked", "https://other.test/end", ""},
		{"to another host", "https://evil.test/", "policy"},
		{"to no encryption", "http://un.test/end", "policy"},
		{"in a circle", "https://un.test/x", "policy"},
		{"to a file", "file:///etc/passwd", "policy"},
	} {
		synctest.Test(t, func(t *testing.T) {
			h := &host{answer: func(n int, r *http.Request) *http.Response {
				if x := noRobots(n, r); x != nil {
					return x
				}
				if r.URL.Path == "/x" {
					return page(302, "", "Location", tt.to)
				}
				return nil
			}}
			_, err := live(h).Get(context.Background(), "https://un.test/x")
			var f *cite.Failure
			if tt.kind == "" && err != nil || tt.kind != "" && (!errors.As(err, &f) || f.Kind != tt.kind) {
				t.Errorf("a redirect %s: %v", tt.name, err)
			}
			if len(h.asked) > 2+maxHops {
				t.Errorf("a redirect %s: %d requests", tt.name, len(h.asked))
			}
		})
	}
}

func TestNoStrangers(t *testing.T) {
	for _, address := range []string{"https://evil.test/", "https://un.test@evil.test/", "https://user:pw@un.test/", "ftp://un.test/", "https:///x", "://"} {
		h := &host{}
		if _, err := live(h).Get(context.Background(), address); err == nil || len(h.asked) > 0 {
			t.Errorf("%q: %v, %d requests", address, err, len(h.asked))
		}
	}
}

func TestAnswersThatProveNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := &host{answer: func(n int, r *http.Request) *http.Response {
			switch r.URL.Path {
			case "/robots.txt":
				return page(404, "")
			case "/challenge":
				return page(202, "", "X-Amzn-Waf-Action", "challenge")
			case "/broken":
				resp := page(200, "half")
				resp.Body = io.NopCloser(io.MultiReader(strings.NewReader("half"), brokenReader{}))
				return resp
			}
			if r.Header.Get("User-Agent") != "citecheck/test" || r.Header.Get("Cookie") != "" {
				t.Errorf("asked with the headers %v", r.Header)
			}
			return page(200, "ok", "Set-Cookie", "id=1")
		}}
		l := live(h)
		var f *cite.Failure
		if _, err := l.Get(context.Background(), "https://un.test/broken"); !errors.As(err, &f) || f.Kind != "truncated" {
			t.Errorf("an answer that breaks off: %v", err)
		}
		for _, p := range []string{"/a", "/b"} {
			if _, err := l.Get(context.Background(), "https://un.test"+p); err != nil {
				t.Error(err)
			}
		}
		if r, err := l.Get(context.Background(), "https://un.test/challenge"); err != nil || !r.Challenged {
			t.Errorf("a bot wall: %+v, %v", r, err)
		}
		if _, err := l.Get(context.Background(), "https://un.test/c"); !errors.As(err, &f) || f.Kind != "resting" {
			t.Errorf("after a bot wall: %v", err)
		}
	})
}

type brokenReader struct{}

func (brokenReader) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }

// TestGuard: a name that leads to this machine is not asked, unless it was
// given as a source.
func TestGuard(t *testing.T) {
	l := &Live{Agent: "citecheck/test", Hosts: []string{"127.0.0.1", "localhost", "169.254.169.254"}}
	for _, address := range []string{"http://127.0.0.1:9/", "http://localhost:9/", "http://169.254.169.254/latest/"} {
		ctx, cancel := context.WithCancel(context.Background())
		ln := l.ready(address)
		ln.again = time.Now().Add(time.Hour) // its robots.txt is not what is tested
		_, err := l.Get(ctx, address)
		cancel()
		var f *cite.Failure
		if !errors.As(err, &f) || f.Kind != "policy" {
			t.Errorf("%s: %v", address, err)
		}
	}
}

// ready makes the lane of an address's host.
func (l *Live) ready(address string) *lane {
	l.mu.Lock()
	l.start()
	l.mu.Unlock()
	host := strings.Split(address, "/")[2]
	return l.lane(host)
}
