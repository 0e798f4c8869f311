package fetch

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"

	"code.dny.dev/ssrf"
	"github.com/temoto/robotstxt"

	"citecheck/pipeline/cite"
)

// Manners towards a host. The defaults are those that the UN's hosts were
// seen to bear (a document system that blocks softly after some 250 requests
// a second apart is asked every 3 s).
type Manners struct {
	Gap    time.Duration // between the end of an answer and the next request
	Jitter float64       // part of Gap by which it varies
	Hourly int           // requests an hour at most; 0 for no bound
}

// DefaultManners are for hosts that are not named.
var DefaultManners = Manners{Gap: time.Second, Jitter: 0.3}

// ByHost are the manners of hosts that need more care.
var ByHost = map[string]Manners{
	"documents.un.org": {Gap: 3 * time.Second, Jitter: 0.3, Hourly: 1200},
}

const (
	tries       = 3
	patience    = time.Hour        // a longer Retry-After is not waited for
	openAfter   = 5                // failures in a row open a host's circuit
	maxHops     = 5                // redirects
	totalTime   = 2 * time.Minute  // of one request with its body
	headerTime  = 30 * time.Second // until the answer begins
	maxWire     = maxBody
	robotsBytes = 500 << 10 // RFC 9309: at least that much is read
)

// Live asks the network: one request at a time a host, with pauses, obeying
// robots.txt and Retry-After, under one honest name. Each address is asked
// once, whoever asks.
type Live struct {
	Agent   string   // "citecheck/v0.1.0 (+mailto:…)"
	Hosts   []string // hosts that may be asked; an entry ".un.org" stands for all below it
	Trusted []string // hosts of mirrors and test servers, which may lie on this machine
	Manners map[string]Manners
	Keep    func(*cite.Response, *http.Response) error // writes the evidence; may be nil
	// Transport makes the requests; nil for the network, guarded against
	// addresses that are not public.
	Transport http.RoundTripper

	mu     sync.Mutex
	lanes  map[string]*lane
	asked  map[string]*answer
	client *http.Client
}

// answer is what came for an address, once done is closed.
type answer struct {
	done chan struct{}
	r    *cite.Response
	err  error
}

// A lane is one host's turn: who holds it may ask.
type lane struct {
	turn   chan struct{}
	ended  time.Time // of the last answer
	until  time.Time // nobody asks before: Retry-After
	spent  []time.Time
	failed int // in a row
	robots *robotstxt.Group
	denied string // why robots.txt lets nobody in
	known  bool
}

func (l *Live) start() {
	if l.client != nil {
		return
	}
	guard := ssrf.New()
	dial := &net.Dialer{Timeout: 10 * time.Second, Control: guard.Safe}
	free := &net.Dialer{Timeout: 10 * time.Second}
	l.lanes, l.asked = map[string]*lane{}, map[string]*answer{}
	if l.Transport == nil {
		l.Transport = &http.Transport{
			Proxy: http.ProxyFromEnvironment, DisableCompression: true, ResponseHeaderTimeout: headerTime, TLSHandshakeTimeout: 10 * time.Second,
			DialContext: func(ctx context.Context, network, addr string) (net.Conn, error) {
				host, _, _ := net.SplitHostPort(addr)
				if slices.Contains(l.Trusted, host) || slices.Contains(l.Trusted, addr) {
					return free.DialContext(ctx, network, addr)
				}
				return dial.DialContext(ctx, network, addr)
			},
		}
	}
	l.client = &http.Client{
		Timeout: totalTime, Transport: l.Transport,
		// Every hop goes through the limiter and robots.txt, so it is ours.
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// Get asks for an address, following redirects between hosts that may be asked.
func (l *Live) Get(ctx context.Context, address string) (*cite.Response, error) {
	l.mu.Lock()
	l.start()
	a, ok := l.asked[address]
	if !ok {
		a = &answer{done: make(chan struct{})}
		l.asked[address] = a
	}
	l.mu.Unlock()
	if !ok {
		a.r, a.err = l.follow(ctx, address)
		close(a.done)
	}
	select {
	case <-a.done:
		return a.r, a.err
	case <-ctx.Done():
		return nil, fail("offline", "interrupted")
	}
}

func fail(kind, format string, args ...any) error {
	return &cite.Failure{Kind: kind, Reason: fmt.Sprintf(format, args...)}
}

func (l *Live) follow(ctx context.Context, address string) (*cite.Response, error) {
	first := address
	for range maxHops + 1 {
		u, err := url.Parse(address)
		if err != nil || u.User != nil || u.Scheme != "https" && u.Scheme != "http" || u.Hostname() == "" {
			return nil, fail("policy", "%q is not an address that is asked", address)
		}
		if !l.allowed(u) {
			return nil, fail("policy", "%s is not a host that is asked", u.Host)
		}
		r, next, err := l.once(ctx, u)
		if err != nil || next == "" {
			return r, err
		}
		to, err := u.Parse(next)
		if err != nil {
			return nil, fail("policy", "%s sends on to %q", u.Host, next)
		}
		if u.Scheme == "https" && to.Scheme == "http" {
			return nil, fail("policy", "%s sends on to an address without encryption", u.Host)
		}
		address = to.String()
	}
	return nil, fail("policy", "%s sends on more than %d times", first, maxHops)
}

func (l *Live) allowed(u *url.URL) bool {
	h := strings.ToLower(u.Hostname())
	if slices.Contains(l.Trusted, h) || slices.Contains(l.Trusted, u.Host) {
		return true
	}
	return slices.ContainsFunc(l.Hosts, func(x string) bool { return h == x || strings.HasPrefix(x, ".") && strings.HasSuffix(h, x) })
}

// once asks one address, again after a failure that may pass. next is where a
// redirect leads.
func (l *Live) once(ctx context.Context, u *url.URL) (r *cite.Response, next string, err error) {
	ln := l.lane(u.Host)
	select {
	case ln.turn <- struct{}{}:
	case <-ctx.Done():
		return nil, "", fail("offline", "interrupted")
	}
	defer func() { <-ln.turn }()
	if ln.failed >= openAfter {
		return nil, "", fail("refused", "%s failed %d times in a row and is left alone", u.Host, ln.failed)
	}
	if err := l.robots(ctx, ln, u); err != nil {
		return nil, "", err
	}
	for try := 0; ; try++ {
		resp, body, err := l.ask(ctx, ln, u)
		if err == nil {
			switch resp.StatusCode {
			case http.StatusMovedPermanently, http.StatusFound, http.StatusSeeOther, http.StatusTemporaryRedirect, http.StatusPermanentRedirect:
				ln.failed = 0
				return nil, resp.Header.Get("Location"), nil
			case http.StatusTooManyRequests, http.StatusServiceUnavailable, http.StatusBadGateway, http.StatusGatewayTimeout, http.StatusInternalServerError:
				wait, ok := retryAfter(resp)
				if !ok {
					wait = time.Duration(10<<(2*try)) * time.Second // 10 s, 40 s
				}
				ln.until = time.Now().Add(wait)
				if wait > patience || try == tries-1 {
					ln.failed++
					return nil, "", fail("throttled", "%s asks to come back later (status %d)", u.Host, resp.StatusCode)
				}
				continue
			}
			ln.failed = 0
			out := response(resp, body, u.String(), time.Now().UTC().Format(time.RFC3339), "")
			if out.Challenged || resp.StatusCode == http.StatusForbidden {
				ln.failed++
			}
			if l.Keep != nil {
				if err := l.Keep(out, resp); err != nil {
					return nil, "", fmt.Errorf("keep the evidence: %w", err)
				}
			}
			return out, "", nil
		}
		var f *cite.Failure
		if errors.As(err, &f) && (f.Kind == "policy" || f.Kind == "tls" || f.Kind == "too-large") || try == tries-1 || ctx.Err() != nil {
			ln.failed++
			return nil, "", err
		}
		ln.until = time.Now().Add(time.Duration(1<<(2*try)) * time.Second) // 1 s, 4 s
	}
}

func (l *Live) lane(host string) *lane {
	l.mu.Lock()
	defer l.mu.Unlock()
	ln := l.lanes[host]
	if ln == nil {
		ln = &lane{turn: make(chan struct{}, 1)}
		l.lanes[host] = ln
	}
	return ln
}

// ask waits for the host's pause to pass and makes one request.
func (l *Live) ask(ctx context.Context, ln *lane, u *url.URL) (*http.Response, []byte, error) {
	if err := sleep(ctx, time.Until(l.due(ln, u))); err != nil {
		return nil, nil, fail("offline", "interrupted")
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return nil, nil, fail("policy", "%v", err)
	}
	req.Header.Set("User-Agent", l.Agent)
	req.Header.Set("Accept-Encoding", "gzip, identity")
	ln.spent = append(ln.spent, time.Now())
	resp, err := l.client.Do(req)
	if err != nil {
		ln.ended = time.Now()
		return nil, nil, broken(u, err)
	}
	defer resp.Body.Close()
	resp.Body = http.MaxBytesReader(nil, resp.Body, maxWire)
	body, err := decoded(resp)
	ln.ended = time.Now()
	if err != nil {
		return nil, nil, broken(u, err)
	}
	return resp, body, nil
}

// due is when the host may be asked again: its pause counts from the end of
// the last answer.
func (l *Live) due(ln *lane, u *url.URL) time.Time {
	m, ok := l.Manners[u.Host]
	if !ok {
		if m, ok = ByHost[u.Hostname()]; !ok {
			m = DefaultManners
		}
	}
	at := ln.until
	if !ln.ended.IsZero() {
		gap := time.Duration(float64(m.Gap) * (1 + m.Jitter*rand.Float64()))
		if t := ln.ended.Add(gap); t.After(at) {
			at = t
		}
	}
	if m.Hourly > 0 {
		hour := time.Now().Add(-time.Hour)
		ln.spent = slices.DeleteFunc(ln.spent, func(t time.Time) bool { return t.Before(hour) })
		if len(ln.spent) >= m.Hourly {
			if t := ln.spent[0].Add(time.Hour); t.After(at) {
				at = t
			}
		}
	} else {
		ln.spent = nil
	}
	return at
}

func sleep(ctx context.Context, d time.Duration) error {
	if d <= 0 {
		return ctx.Err()
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// retryAfter reads seconds or a date, which counts against the server's own
// clock.
func retryAfter(resp *http.Response) (time.Duration, bool) {
	v := strings.TrimSpace(resp.Header.Get("Retry-After"))
	if n, err := strconv.ParseInt(v, 10, 32); err == nil && n >= 0 {
		return time.Duration(n) * time.Second, true
	}
	at, err := http.ParseTime(v)
	if err != nil {
		return 0, false
	}
	now := time.Now()
	if d, err := http.ParseTime(resp.Header.Get("Date")); err == nil {
		now = d
	}
	return max(0, at.Sub(now)), true
}

// robots reads a host's robots.txt once. By RFC 9309 one that is absent lets
// everybody in, and one that can't be had nobody.
func (l *Live) robots(ctx context.Context, ln *lane, u *url.URL) error {
	if !ln.known {
		ln.known = true
		at := *u
		at.Path, at.RawQuery, at.Fragment, at.RawPath = "/robots.txt", "", "", ""
		resp, body, err := l.ask(ctx, ln, &at)
		switch {
		case err != nil:
			ln.denied = "its robots.txt could not be had"
			ln.known = false // it is asked again
		case resp.StatusCode >= 500 || resp.StatusCode == http.StatusTooManyRequests || resp.StatusCode == http.StatusAccepted:
			ln.denied = fmt.Sprintf("its robots.txt could not be had (status %d)", resp.StatusCode)
		case resp.StatusCode >= 400:
			ln.denied = ""
		default:
			data, err := robotstxt.FromBytes(body[:min(len(body), robotsBytes)])
			if err != nil {
				ln.denied = "its robots.txt could not be read"
				break
			}
			ln.denied, ln.robots = "", data.FindGroup("citecheck")
		}
	}
	if ln.denied != "" {
		return fail("robots", "%s is not asked: %s", u.Host, ln.denied)
	}
	if ln.robots != nil && !ln.robots.Test(u.RequestURI()) {
		return fail("robots", "the robots.txt of %s does not allow this address", u.Host)
	}
	return nil
}

// broken says why a request had no answer.
func broken(u *url.URL, err error) error {
	var (
		known *cite.Failure
		dns   *net.DNSError
		cert  *tls.CertificateVerificationError
		auth  x509.UnknownAuthorityError
		size  *http.MaxBytesError
		netw  net.Error
	)
	switch {
	case errors.As(err, &known):
		return err
	case errors.Is(err, ssrf.ErrProhibitedIP), errors.Is(err, ssrf.ErrProhibitedPort), errors.Is(err, ssrf.ErrProhibitedNetwork):
		return fail("policy", "%s leads to an address that is not public", u.Host)
	case errors.As(err, &dns):
		return fail("dns", "the name %s could not be resolved: is there a network?", u.Hostname())
	case errors.As(err, &cert), errors.As(err, &auth):
		return fail("tls", "the certificate of %s is not sound", u.Host)
	case errors.As(err, &size):
		return fail("too-large", "the answer of %s is larger than %d MiB", u.Host, maxWire>>20)
	case errors.As(err, &netw) && netw.Timeout(), errors.Is(err, context.DeadlineExceeded):
		return fail("timeout", "%s did not answer in time", u.Host)
	case errors.Is(err, syscall.ECONNREFUSED):
		return fail("refused", "%s refused the connection", u.Host)
	}
	return fail("truncated", "the answer of %s broke off", u.Host)
}

// Loopback tells whether a host is this machine: only such may be trusted by
// an address that was given on the command line without a name of its own.
func Loopback(host string) bool {
	if host == "localhost" {
		return true
	}
	a, err := netip.ParseAddr(host)
	return err == nil && a.IsLoopback()
}
