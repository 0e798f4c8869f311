package fetch

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"

	"code.dny.dev/ssrf"
	"github.com/temoto/robotstxt"
	"golang.org/x/net/http/httpproxy"

	"citecheck/pipeline/cite"
)

// Manners towards a host.
type Manners struct {
	Gap    time.Duration // between the end of an answer and the next request
	Jitter float64       // part of Gap by which it may be longer
	Hourly int           // requests an hour at most; 0 for no bound
	Batch  int           // requests after which the host is left in peace for Rest; 0 for never
	Rest   time.Duration
}

// DefaultManners are for hosts that are not named.
var DefaultManners = Manners{Gap: time.Second, Jitter: 0.15}

// ByHost are the manners of hosts that need more care: the document system
// blocks softly after some 250 requests a second apart.
var ByHost = map[string]Manners{
	"documents.un.org": {Gap: 3 * time.Second, Jitter: 0.15, Hourly: 1200, Batch: 150, Rest: 4 * time.Minute},
}

const (
	tries       = 3
	patience    = time.Hour        // a longer Retry-After is not waited for
	openAfter   = 5                // failures in a row open a host's circuit
	leftAlone   = 10 * time.Minute // then it is not asked for so long
	maxHops     = 5                // redirects
	totalTime   = 2 * time.Minute  // of one request with its body
	headerTime  = 30 * time.Second // until the answer begins
	robotsBytes = 500 << 10        // RFC 9309: at least that much is read
	robotsAge   = 24 * time.Hour   // and kept no longer
)

// Live asks the network: one request at a time a host, with pauses, obeying
// robots.txt, Retry-After and RateLimit, under one honest name. Each address
// is asked once, whoever asks.
type Live struct {
	Agent   string   // "citecheck/v0.1.0 (+mailto:…)"
	Hosts   []string // hosts that may be asked; an entry ".un.org" stands for all below it
	Public  bool     // any other host may be asked too, where its address is public
	Trusted []string // hosts of mirrors and test servers, which may lie on this machine
	Manners map[string]Manners
	// Transport makes the requests; nil for the network, guarded against
	// addresses that are not public.
	Transport http.RoundTripper
	Patience  time.Duration // for one answer with its body; 0 for two minutes
	// Asked is told of each request: the status of its answer, or the kind of
	// failure. It may be nil.
	Asked func(host, outcome string)
	Trace cite.Trace // is told of each address that is asked for, and of each request; may be nil
	// Dial connects to trusted hosts; nil for the network.
	Dial func(ctx context.Context, network, addr string) (net.Conn, error)
	// Resolver finds the addresses of all other hosts; nil for the system's.
	Resolver *net.Resolver

	known  func(address string) (held, bool) // what is kept of an address; nil for nothing
	keep   func(k cite.Kept, request []byte, unchanged *cite.Kept) (*cite.Response, error)
	noted  func(address string, f *cite.Failure) error // why there was no answer
	stored bool                                        // what came can be read again from where it is kept

	mu     sync.Mutex
	lanes  map[string]*lane
	asked  map[string]*answer
	client *http.Client
}

// errKept says that an address was asked in this run, and that its answer is
// read from where it is kept.
var errKept = errors.New("kept")

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
	until  time.Time // nobody asks before: Retry-After, a rest
	spent  []time.Time
	count  int // requests since the last rest
	failed int // in a row
	opened time.Time
	why    string // it is left alone, in words

	robots *robotstxt.Group
	denied string    // why robots.txt lets nobody in
	again  time.Time // when robots.txt may be asked for again
}

func (l *Live) start() {
	if l.client != nil {
		return
	}
	l.lanes, l.asked = map[string]*lane{}, map[string]*answer{}
	if l.Transport == nil {
		l.Transport = l.network()
	}
	if l.Patience == 0 {
		l.Patience = totalTime
	}
	if l.keep == nil {
		l.keep = func(k cite.Kept, _ []byte, unchanged *cite.Kept) (*cite.Response, error) { return plain(k, unchanged) }
	}
	l.client = &http.Client{
		Timeout: l.Patience, Transport: l.Transport,
		// Every hop goes through the limiter and robots.txt, so it is ours.
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// plain is the value of an answer that nobody keeps.
func plain(k cite.Kept, unchanged *cite.Kept) (*cite.Response, error) {
	if unchanged != nil {
		k.Message = unchanged.Message
	}
	return read(k, "")
}

// network dials public addresses only, but for hosts that are trusted and for
// the proxies that the environment names.
func (l *Live) network() *http.Transport {
	guard := &net.Dialer{Timeout: 10 * time.Second, Control: ssrf.New().Safe, Resolver: l.Resolver}
	free := l.Dial
	if free == nil {
		free = (&net.Dialer{Timeout: 10 * time.Second}).DialContext
	}
	proxy := httpproxy.FromEnvironment().ProxyFunc()
	trusted := append(proxies(proxy), l.Trusted...)
	return &http.Transport{
		Proxy: func(r *http.Request) (*url.URL, error) { return proxy(r.URL) }, DisableCompression: true, ResponseHeaderTimeout: headerTime, TLSHandshakeTimeout: 10 * time.Second,
		MaxResponseHeaderBytes: 1 << 20, ForceAttemptHTTP2: true,
		DialContext: func(ctx context.Context, network, addr string) (net.Conn, error) {
			host, _, _ := net.SplitHostPort(addr)
			if slices.Contains(trusted, host) || slices.Contains(trusted, addr) {
				return free(ctx, network, addr)
			}
			return guard.DialContext(ctx, network, addr)
		},
	}
}

// proxies are where the environment's proxies listen: they may lie in a
// private network.
func proxies(proxy func(*url.URL) (*url.URL, error)) (out []string) {
	for _, scheme := range []string{"http", "https"} {
		p, err := proxy(&url.URL{Scheme: scheme, Host: "documents.un.org"})
		if err != nil || p == nil {
			continue
		}
		port := p.Port()
		if port == "" {
			port = map[string]string{"http": "80", "https": "443", "socks5": "1080", "socks5h": "1080"}[p.Scheme]
		}
		out = append(out, net.JoinHostPort(p.Hostname(), port))
	}
	return out
}

// Get asks for an address, following redirects between hosts that may be asked.
func (l *Live) Get(ctx context.Context, address string) (*cite.Response, error) {
	return follow(address, func(at string) (*cite.Response, error) { return l.Ask(ctx, at) })
}

// Ask asks for one address; a redirect is an answer.
func (l *Live) Ask(ctx context.Context, address string) (*cite.Response, error) {
	l.mu.Lock()
	l.start()
	a, ok := l.asked[address]
	if !ok {
		a = &answer{done: make(chan struct{})}
		l.asked[address] = a
	}
	l.mu.Unlock()
	if !ok {
		ctx, end := l.Trace.Begin(ctx, "ask", "url", Redact(address))
		r, err := l.hop(ctx, address)
		end("status", status(r), "error", err)
		var f *cite.Failure
		if l.noted != nil && errors.As(err, &f) {
			if e := l.noted(address, f); e != nil {
				err = e
			}
		}
		if a.r, a.err = r, err; r != nil && l.stored {
			a.r, a.err = nil, errKept // a long run does not hold all that it read
		}
		close(a.done)
		return r, err
	}
	select {
	case <-a.done:
		return a.r, a.err
	case <-ctx.Done():
		return nil, interrupted()
	}
}

// status is that of an answer, 0 for none.
func status(r *cite.Response) int {
	if r == nil {
		return 0
	}
	return r.Status
}

func fail(kind, format string, args ...any) error {
	return &cite.Failure{Kind: kind, Reason: fmt.Sprintf(format, args...)}
}

func interrupted() error { return fail("interrupted", "interrupted") }

func (l *Live) hop(ctx context.Context, address string) (*cite.Response, error) {
	u, err := url.Parse(address)
	if err != nil || u.User != nil || u.Scheme != "https" && u.Scheme != "http" || u.Hostname() == "" {
		return nil, fail("policy", "%q is not an address that is asked", Redact(address))
	}
	if !l.allowed(u) {
		return nil, fail("policy", "%s is not a host that is asked", u.Host)
	}
	return l.once(ctx, u)
}

func (l *Live) allowed(u *url.URL) bool {
	h := strings.ToLower(u.Hostname())
	if slices.Contains(l.Trusted, h) || slices.Contains(l.Trusted, u.Host) {
		return true
	}
	return l.Public || slices.ContainsFunc(l.Hosts, func(x string) bool { return h == x || strings.HasPrefix(x, ".") && strings.HasSuffix(h, x) })
}

// once asks one address, again after a failure that may pass.
func (l *Live) once(ctx context.Context, u *url.URL) (*cite.Response, error) {
	ln := l.lane(u.Host)
	select {
	case ln.turn <- struct{}{}:
	case <-ctx.Done():
		return nil, interrupted()
	}
	defer func() { <-ln.turn }()
	if ln.failed >= openAfter && time.Since(ln.opened) < leftAlone {
		return nil, fail("resting", "%s is left alone for now: %s", u.Host, ln.why)
	}
	if err := l.robots(ctx, ln, u); err != nil {
		return nil, err
	}
	for try := 0; ; try++ {
		r, wait, err := l.ask(ctx, ln, u)
		var f *cite.Failure
		switch {
		case err == nil && busy(r.Status):
			if wait == 0 {
				wait = time.Duration(30<<(2*try)) * time.Second // 30 s, 2 min
			}
			ln.rest(wait)
			if wait > patience || try == tries-1 {
				ln.miss()
				return nil, fail("throttled", "%s asks to come back later (status %d)", u.Host, r.Status)
			}
		case err == nil:
			switch {
			case r.Challenged: // nobody is to ask on
				ln.shut("a bot wall answered")
			case r.Status == http.StatusForbidden:
				ln.rest(time.Duration(30<<(2*min(ln.failed, 2))) * time.Second) // 30 s, 2 min, 8 min
				ln.miss()
			default:
				ln.failed = 0
			}
			return r, nil
		case !errors.As(err, &f): // the answer could not be kept
			return nil, err
		case ctx.Err() != nil:
			return nil, interrupted()
		case try == tries-1 || !mayPass[f.Kind]:
			ln.miss()
			return nil, err
		default:
			ln.rest(time.Duration(1<<(2*try)) * time.Second) // 1 s, 4 s
		}
	}
}

// mayPass are the kinds of failure after which asking again makes sense.
var mayPass = map[string]bool{"dns": true, "no-host": true, "timeout": true, "refused": true, "truncated": true}

func busy(status int) bool {
	switch status {
	case http.StatusTooManyRequests, http.StatusServiceUnavailable, http.StatusBadGateway, http.StatusGatewayTimeout, http.StatusInternalServerError:
		return true
	}
	return false
}

// rest lets nobody ask for so long.
func (ln *lane) rest(d time.Duration) {
	if t := time.Now().Add(d); t.After(ln.until) {
		ln.until = t
	}
}

// miss counts a failure. From the fifth in a row the host is left alone; after
// that time one request may try, and the next failure closes it again.
func (ln *lane) miss() {
	if ln.failed++; ln.failed >= openAfter {
		ln.shut(fmt.Sprintf("it failed %d times in a row", openAfter))
	}
}

func (ln *lane) shut(why string) {
	ln.failed, ln.opened, ln.why = max(ln.failed, openAfter), time.Now(), why
}

// leave shuts a host's lane once nobody is asking.
func (l *Live) leave(host, why string) {
	l.mu.Lock()
	l.start()
	l.mu.Unlock()
	ln := l.lane(host)
	ln.turn <- struct{}{}
	ln.shut(why)
	<-ln.turn
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

// ask waits for the host's pause to pass, makes one request and keeps the
// answer. wait is how long the host wants to be left alone, 0 if it does not say.
func (l *Live) ask(ctx context.Context, ln *lane, u *url.URL) (r *cite.Response, wait time.Duration, err error) {
	due := l.due(ln, u)
	if time.Until(due) > patience {
		return nil, 0, fail("throttled", "%s asks to come back later than in an hour", u.Host)
	}
	if err := sleep(ctx, time.Until(due)); err != nil {
		return nil, 0, interrupted()
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return nil, 0, fail("policy", "%v", err)
	}
	req.Header.Set("User-Agent", l.Agent)
	req.Header.Set("Accept-Encoding", "gzip, identity")
	earlier := l.conditional(req)
	ln.spent = append(ln.spent, time.Now())
	ln.count++
	resp, wire, err := l.Exchange(context.WithValue(ctx, gapKey{}, l.manners(ln, u).Gap), req)
	ln.ended = time.Now()
	if err != nil {
		return nil, 0, err
	}
	wait = l.asksForPeace(ln, resp)
	at := now()
	if far, ok := l.Transport.(far); ok {
		at = far.Fetched(resp)
	}
	k := cite.Kept{URL: Redact(u.String()), Fetched: at, Message: message(resp, wire)}
	if resp.StatusCode != http.StatusNotModified {
		earlier = nil
		if _, err := read(k, ""); err != nil { // an answer that can't be unpacked is none
			return nil, wait, broken(u, err)
		}
	}
	if r, err = l.keep(k, request(req), earlier); err != nil {
		return nil, wait, fmt.Errorf("keep the evidence: %w", err)
	}
	if isRedirect(resp.StatusCode) {
		r.Location = resp.Header.Get("Location") // what is kept has no tokens
	}
	return r, wait, nil
}

// conditional asks only for what changed since an earlier answer, if there is
// one that can be named.
func (l *Live) conditional(req *http.Request) *cite.Kept {
	if l.known == nil {
		return nil
	}
	h, ok := l.known(req.URL.String())
	if !ok || !sound(h.r) || h.r.Location != "" || len(h.r.Body) == 0 || h.r.ETag == "" && h.r.LastModified == "" {
		return nil
	}
	if h.r.ETag != "" {
		req.Header.Set("If-None-Match", h.r.ETag)
	}
	if h.r.LastModified != "" {
		req.Header.Set("If-Modified-Since", h.r.LastModified)
	}
	return &h.kept
}

// manners are those towards a host, robots.txt's wishes included.
func (l *Live) manners(ln *lane, u *url.URL) Manners {
	m := l.MannersOf(u.Host)
	if ln.robots != nil && ln.robots.CrawlDelay > m.Gap {
		m.Gap = min(ln.robots.CrawlDelay, patience)
	}
	return m
}

// due is when the host may be asked again: its pause counts from the end of
// the last answer.
func (l *Live) due(ln *lane, u *url.URL) time.Time {
	m := l.manners(ln, u)
	at := ln.until
	if !ln.ended.IsZero() {
		gap := time.Duration(float64(m.Gap) * (1 + m.Jitter*rand.Float64()))
		if m.Batch > 0 && ln.count >= m.Batch {
			ln.count = 0
			gap = m.Rest
		}
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

// asksForPeace is how long an answer asks to wait: Retry-After, or the reset of
// a RateLimit that has nothing left, which rests the host at once.
func (l *Live) asksForPeace(ln *lane, resp *http.Response) time.Duration {
	wait, _ := retryAfter(resp)
	if d := rateLimit(resp); d > 0 {
		ln.rest(d)
		wait = max(wait, d)
	}
	return wait
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

var (
	rateLeft  = regexp.MustCompile(`(?i)\b(?:r|remaining)\s*=\s*(\d+)`)
	rateReset = regexp.MustCompile(`(?i)\b(?:t|reset)\s*=\s*(\d+)`)
)

// rateLimit is how long until a quota that is used up begins anew: by the
// field RateLimit in its forms ("default";r=0;t=30 and limit=…, remaining=0,
// reset=30), or RateLimit-Remaining and -Reset, with or without "X-".
func rateLimit(resp *http.Response) time.Duration {
	left, reset := "", ""
	if v := resp.Header.Get("RateLimit"); v != "" {
		if m := rateLeft.FindStringSubmatch(v); m != nil {
			left = m[1]
		}
		if m := rateReset.FindStringSubmatch(v); m != nil {
			reset = m[1]
		}
	}
	for _, x := range []string{"", "X-"} {
		if v := resp.Header.Get(x + "RateLimit-Remaining"); left == "" && v != "" {
			left, reset = strings.TrimSpace(v), strings.TrimSpace(resp.Header.Get(x+"RateLimit-Reset"))
		}
	}
	n, err := strconv.ParseInt(reset, 10, 64)
	if left != "0" || err != nil || n <= 0 {
		return 0
	}
	if n > 1_000_000_000 { // a moment, not a span
		return max(0, time.Until(time.Unix(n, 0)))
	}
	return time.Duration(n) * time.Second
}

// robots reads a host's robots.txt. By RFC 9309 one that is absent lets
// everybody in, and one that can't be had nobody, until it can.
func (l *Live) robots(ctx context.Context, ln *lane, u *url.URL) error {
	if time.Now().After(ln.again) {
		if err := l.readRobots(ctx, ln, u); err != nil {
			return err
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

func (l *Live) readRobots(ctx context.Context, ln *lane, u *url.URL) error {
	at := &url.URL{Scheme: u.Scheme, Host: u.Host, Path: "/robots.txt"}
	var r *cite.Response
	wait := time.Duration(0)
	if l.known != nil {
		if h, ok := l.known(at.String()); ok && age(h.kept) < robotsAge && !h.r.Challenged && h.r.Status < 500 && h.r.Status != http.StatusTooManyRequests && h.r.Location == "" {
			r = h.r
		}
	}
	for hops := 0; r == nil || r.Location != ""; hops++ {
		if r != nil {
			to, err := at.Parse(r.Location)
			if err != nil || to.Host != at.Host || hops > maxHops {
				// To wait for another host's turn while holding this one's could
				// block both for ever.
				ln.denied, ln.again = "its robots.txt is somewhere else", time.Now().Add(robotsAge)
				return nil
			}
			at = to
		}
		var err error
		var f *cite.Failure
		if r, wait, err = l.ask(ctx, ln, at); err != nil {
			if ctx.Err() != nil {
				return interrupted()
			}
			if !errors.As(err, &f) {
				return err
			}
			ln.denied, ln.again = "its robots.txt could not be had: "+f.Reason, time.Now()
			return nil
		}
	}
	ln.denied, ln.robots, ln.again = "", nil, time.Now().Add(robotsAge)
	switch {
	case r.Status >= 500 || r.Status == http.StatusTooManyRequests:
		ln.denied, ln.again = fmt.Sprintf("its robots.txt could not be had (status %d)", r.Status), time.Now().Add(max(wait, 30*time.Second))
	case r.Challenged:
		ln.denied = "a bot wall answered for its robots.txt"
	case r.Status >= 400:
	default:
		data, err := robotstxt.FromBytes(r.Body[:min(len(r.Body), robotsBytes)])
		if err != nil {
			ln.denied = "its robots.txt could not be read"
			break
		}
		ln.robots = data.FindGroup("citecheck")
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
		host  x509.HostnameError
		alert tls.AlertError
		frame tls.RecordHeaderError
		netw  net.Error
	)
	switch {
	case errors.As(err, &known):
		return err
	case errors.Is(err, ssrf.ErrProhibitedIP), errors.Is(err, ssrf.ErrProhibitedPort), errors.Is(err, ssrf.ErrProhibitedNetwork):
		return fail("policy", "%s leads to an address that is not public", u.Host)
	case errors.As(err, &dns) && dns.IsNotFound:
		return fail("no-host", "the name %s could not be resolved: is there a network?", u.Hostname())
	case errors.As(err, &dns):
		return fail("dns", "the name %s could not be resolved: is there a network?", u.Hostname())
	case errors.As(err, &cert), errors.As(err, &auth), errors.As(err, &host), errors.As(err, &alert), errors.As(err, &frame), strings.Contains(err.Error(), "tls: "):
		return fail("tls", "no safe connection to %s could be made: its certificate or encryption is not sound", u.Host)
	case errors.As(err, &netw) && netw.Timeout(), errors.Is(err, context.DeadlineExceeded):
		return fail("timeout", "%s did not answer in time", u.Host)
	case errors.Is(err, syscall.ECONNREFUSED):
		return fail("refused", "%s refused the connection", u.Host)
	}
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, syscall.ECONNRESET) || errors.Is(err, syscall.EPIPE) {
		return fail("truncated", "the answer of %s broke off", u.Host)
	}
	return fail("malformed", "the answer of %s does not keep to HTTP", u.Host)
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
