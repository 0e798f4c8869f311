package fetch

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"golang.org/x/net/dns/dnsmessage"

	"citecheck/pipeline/cite"
)

// notPublic are addresses of which none may be asked: of this machine, of
// private networks, of clouds' metadata, and the ways in which IPv6 wraps them.
var notPublic = []string{
	"127.0.0.1", "127.255.255.254", "0.0.0.0", "0.1.2.3", "10.0.0.1", "10.255.255.255", "100.64.0.1", "100.127.255.254",
	"169.254.169.254", "172.16.0.1", "172.31.255.254", "192.0.0.8", "192.0.2.1", "192.168.0.1", "192.88.99.1", "198.18.0.1", "198.19.255.255", "198.51.100.1",
	"203.0.113.1", "224.0.0.1", "240.0.0.1", "255.255.255.255",
	"::", "::1", "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:169.254.169.254", "64:ff9b::7f00:1", "64:ff9b:1::1", "100::1", "2001::1", "2001:db8::1", "2002:7f00:1::", "fc00::1", "fd00:ec2::254", "fe80::1", "ff02::1",
}

// kindOf is the kind of a failure; "" for an answer.
func kindOf(err error) string {
	var f *cite.Failure
	if errors.As(err, &f) {
		return f.Kind
	}
	if err != nil {
		return err.Error()
	}
	return ""
}

// unasked lets a test ask a host whose robots.txt is not what it is about.
func unasked(l *Live, address string) {
	l.ready(address).again = time.Now().Add(time.Hour)
}

// names answers for the names of hosts: each time the next of the addresses,
// and then the last one for ever.
func names(t *testing.T, addresses ...string) (r *net.Resolver, asked *atomic.Int32) {
	t.Helper()
	conn, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	asked = new(atomic.Int32)
	go func() {
		buf := make([]byte, 1500)
		for {
			n, from, err := conn.ReadFrom(buf)
			if err != nil {
				return
			}
			var p dnsmessage.Parser
			h, err := p.Start(buf[:n])
			if err != nil {
				continue
			}
			q, err := p.Question()
			if err != nil {
				continue
			}
			b := dnsmessage.NewBuilder(nil, dnsmessage.Header{ID: h.ID, Response: true, RecursionAvailable: true})
			b.StartQuestions()
			b.Question(q)
			b.StartAnswers()
			head := dnsmessage.ResourceHeader{Name: q.Name, Class: q.Class, TTL: 0}
			// Both kinds are asked for each time; one of them counts the turns.
			ip := net.ParseIP(addresses[min(int(asked.Load()), len(addresses)-1)])
			switch v4 := ip.To4(); {
			case q.Type == dnsmessage.TypeA:
				if v4 != nil {
					b.AResource(head, dnsmessage.AResource{A: [4]byte(v4)})
				}
				asked.Add(1)
			case q.Type == dnsmessage.TypeAAAA && v4 == nil:
				b.AAAAResource(head, dnsmessage.AAAAResource{AAAA: [16]byte(ip.To16())})
			}
			if m, err := b.Finish(); err == nil {
				conn.WriteTo(m, from)
			}
		}
	}()
	return &net.Resolver{PreferGo: true, Dial: func(ctx context.Context, _, _ string) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, "udp", conn.LocalAddr().String())
	}}, asked
}

// TestNoPrivateAddress: an address that is not public is not asked, written in
// the address itself, reached by a redirect or by a name.
func TestNoPrivateAddress(t *testing.T) {
	if len(notPublic) < 30 {
		t.Fatalf("%d addresses", len(notPublic))
	}
	for _, ip := range notPublic {
		host := ip
		if strings.Contains(ip, ":") {
			host = "[" + ip + "]"
		}
		direct := &Live{Agent: "citecheck/test", Hosts: []string{ip}}
		unasked(direct, "http://"+host+"/")
		if _, err := direct.Get(context.Background(), "http://"+host+"/"); kindOf(err) != "policy" || !strings.Contains(err.Error(), "not public") {
			t.Errorf("%s is asked: %v", ip, err)
		}
		// A page that sends on to it: it is no host that is asked, whatever it is.
		h := &host204{to: "http://" + host + "/"}
		sent := &Live{Agent: "citecheck/test", Hosts: []string{"un.test"}, Transport: h}
		unasked(sent, "http://un.test/x")
		if _, err := sent.Get(context.Background(), "http://un.test/x"); kindOf(err) != "policy" || h.n.Load() != 1 {
			t.Errorf("a redirect to %s: %v after %d requests", ip, err, h.n.Load())
		}
		r, _ := names(t, ip)
		named := &Live{Agent: "citecheck/test", Hosts: []string{"un.test"}, Resolver: r}
		unasked(named, "http://un.test/x")
		if _, err := named.Get(context.Background(), "http://un.test/x"); kindOf(err) != "policy" {
			t.Errorf("a name that leads to %s: %v", ip, err)
		}
	}
}

// host204 sends on.
type host204 struct {
	to string
	n  atomic.Int32
}

func (h *host204) RoundTrip(*http.Request) (*http.Response, error) {
	h.n.Add(1)
	return page(302, "", "Location", h.to), nil
}

// TestOddSpellings: ways of writing this machine's address that some resolvers
// understand lead nowhere.
func TestOddSpellings(t *testing.T) {
	r, _ := names(t, "127.0.0.1")
	for _, host := range []string{"127.1", "2130706433", "0x7f000001", "0177.0.0.1", "127.0.0.1.", "localhost.", "①②⑦.0.0.1", "127。0。0。1"} {
		l := &Live{Agent: "citecheck/test", Hosts: []string{".un.org", "documents.un.org"}, Resolver: r}
		if _, err := l.Get(context.Background(), "http://"+host+"/"); kindOf(err) != "policy" {
			t.Errorf("%s: %v", host, err)
		}
		// Even where such a host were allowed, what is dialled is looked at.
		l = &Live{Agent: "citecheck/test", Hosts: []string{host}, Resolver: r}
		at := mustURL(t, "http://"+host+"/")
		if _, _, err := l.ask(context.Background(), l.ready("http://"+host+"/"), at); kindOf(err) != "policy" && kindOf(err) != "dns" && kindOf(err) != "no-host" {
			t.Errorf("%s, allowed: %v", host, err)
		}
	}
	for _, address := range []string{"http://documents.un.org@127.0.0.1/", "http://documents.un.org%2f@127.0.0.1/", "http://127.0.0.1/#@documents.un.org", "http://127.0.0.1\\@documents.un.org/", "http://documents.un.org.evil.test/", "http://evildocuments.un.org.test/"} {
		l := &Live{Agent: "citecheck/test", Hosts: []string{"documents.un.org"}, Resolver: r}
		if _, err := l.Get(context.Background(), address); kindOf(err) != "policy" {
			t.Errorf("%s: %v", address, err)
		}
	}
}

// TestRebinding: a name that leads to a public address when it is looked at,
// and to this machine when it is asked, is not asked: what is dialled decides.
func TestRebinding(t *testing.T) {
	r, asked := names(t, "93.184.216.34", "127.0.0.1")
	first, err := r.LookupHost(context.Background(), "un.test")
	if err != nil || len(first) != 1 || first[0] != "93.184.216.34" {
		t.Fatalf("the first answer is %q, %v", first, err)
	}
	l := &Live{Agent: "citecheck/test", Hosts: []string{"un.test"}, Resolver: r}
	unasked(l, "http://un.test/x")
	_, err = l.Get(context.Background(), "http://un.test/x")
	if kindOf(err) != "policy" || !strings.Contains(err.Error(), "not public") || asked.Load() < 2 {
		t.Errorf("the second answer: %v; %d questions", err, asked.Load())
	}
}

// TestNoConnection: a host that is not there, and one whose name leads
// nowhere, are told apart.
func TestNoConnection(t *testing.T) {
	closed, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	at := closed.Addr().String()
	closed.Close()
	for _, tt := range []struct {
		host, kind string
		live       *Live
	}{
		{at, "refused", &Live{Trusted: []string{at}}},
		{"nowhere.invalid", "dns", &Live{Hosts: []string{"nowhere.invalid"}, Resolver: &net.Resolver{PreferGo: true, Dial: func(context.Context, string, string) (net.Conn, error) {
			return nil, errors.New("no network")
		}}}},
	} {
		tt.live.Agent, tt.live.Manners = "citecheck/test", map[string]Manners{tt.host: {}}
		ln := tt.live.ready("http://" + tt.host + "/")
		_, _, err := tt.live.ask(context.Background(), ln, mustURL(t, "http://"+tt.host+"/x"))
		if kindOf(err) != tt.kind {
			t.Errorf("%s: %v, want %s", tt.host, err, tt.kind)
		}
	}
}

// TestProxies: the environment's proxies are asked in place of the hosts,
// those of NO_PROXY excepted, and may lie on this machine; the hosts may not.
func TestProxies(t *testing.T) {
	secure := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, "secure "+r.URL.Path) }))
	defer secure.Close()
	var mu sync.Mutex
	var came []string
	proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		came = append(came, r.Method+" "+r.RequestURI)
		mu.Unlock()
		if r.Method != http.MethodConnect {
			fmt.Fprint(w, "by proxy")
			return
		}
		far, err := net.Dial("tcp", secure.Listener.Addr().String())
		if err != nil {
			w.WriteHeader(http.StatusBadGateway)
			return
		}
		near, _, err := w.(http.Hijacker).Hijack()
		if err != nil {
			far.Close()
			return
		}
		near.Write([]byte("HTTP/1.1 200 OK\r\n\r\n"))
		go func() { io.Copy(far, near); far.Close() }()
		io.Copy(near, far)
		near.Close()
	}))
	defer proxy.Close()
	for _, name := range []string{"HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy"} {
		t.Setenv(name, proxy.URL)
	}
	t.Setenv("NO_PROXY", "direct.example.com")
	t.Setenv("no_proxy", "direct.example.com")
	t.Setenv("REQUEST_METHOD", "")
	r, _ := names(t, "127.0.0.1")
	l := &Live{Agent: "citecheck/test", Hosts: []string{"example.com", ".example.com"}, Resolver: r}
	for _, host := range []string{"example.com", "direct.example.com"} {
		unasked(l, "http://"+host+"/")
	}
	pool := x509.NewCertPool()
	pool.AddCert(secure.Certificate())
	l.Transport.(*http.Transport).TLSClientConfig = &tls.Config{RootCAs: pool}
	for address, want := range map[string]string{"http://example.com/a": "by proxy", "https://example.com/b": "secure /b"} {
		got, err := l.Get(context.Background(), address)
		if err != nil || string(got.Body) != want {
			t.Errorf("%s: %+v, %v", address, got, err)
		}
	}
	mu.Lock()
	before := len(came)
	if all := strings.Join(came, ", "); !strings.Contains(all, "GET http://example.com/a") || !strings.Contains(all, "CONNECT example.com:443") {
		t.Errorf("the proxy was asked for %s", all)
	}
	mu.Unlock()
	if _, err := l.Get(context.Background(), "http://direct.example.com/c"); kindOf(err) != "policy" {
		t.Errorf("a host of NO_PROXY on this machine: %v", err)
	}
	if mu.Lock(); len(came) != before {
		t.Errorf("the proxy was asked for a host of NO_PROXY: %q", came[before:])
	}
	mu.Unlock()
	l.Transport.(*http.Transport).CloseIdleConnections()
}

// TestRateLimit: a quota that is used up is waited for, in each form of the
// field; one that has something left, or that can't be read, is not.
func TestRateLimit(t *testing.T) {
	for _, tt := range []struct {
		field, value string
		more         []string
		least, most  time.Duration
	}{
		{"RateLimit", `"default";r=0;t=40`, nil, 40 * time.Second, 42 * time.Second},
		{"RateLimit", "limit=100, remaining=0, reset=50", nil, 50 * time.Second, 52 * time.Second},
		{"RateLimit", `"default";r=7;t=40`, nil, time.Second, 2 * time.Second},
		{"RateLimit-Remaining", "0", []string{"RateLimit-Reset", "60"}, time.Minute, 62 * time.Second},
		{"X-RateLimit-Remaining", "0", []string{"X-RateLimit-Reset", "a moment"}, 68 * time.Second, 71 * time.Second},
		{"X-RateLimit-Remaining", "3", []string{"X-RateLimit-Reset", "60"}, time.Second, 2 * time.Second},
		{"X-RateLimit-Remaining", "0", []string{"X-RateLimit-Reset", "soon"}, time.Second, 2 * time.Second},
	} {
		synctest.Test(t, func(t *testing.T) {
			time.Sleep(27 * 365 * 24 * time.Hour) // from 2000 to our days: a moment is told from a span by its size
			if len(tt.more) > 0 && tt.more[1] == "a moment" {
				tt.more[1] = fmt.Sprint(time.Now().Add(70 * time.Second).Unix())
			}
			h := &host{answer: func(n int, r *http.Request) *http.Response {
				if x := noRobots(n, r); x != nil {
					return x
				}
				return page(200, "ok", append([]string{tt.field, tt.value}, tt.more...)...)
			}}
			l := live(h)
			for _, p := range []string{"/a", "/b"} {
				if r, err := l.Get(context.Background(), "https://un.test"+p); err != nil || string(r.Body) != "ok" {
					t.Errorf("%s: %v", tt.value, err)
				}
			}
			if len(h.asked) != 3 {
				t.Fatalf("%s %v: %d requests", tt.value, tt.more, len(h.asked))
			}
			if gap := h.asked[2].Sub(h.ended[1]); gap < tt.least || gap > tt.most {
				t.Errorf("%s: %s %v: asked again after %v, want %v to %v", tt.field, tt.value, tt.more, gap, tt.least, tt.most)
			}
		})
	}
}

// TestCrawlDelay: a robots.txt that asks for longer pauses gets them, and one
// that asks for shorter ones does not.
func TestCrawlDelay(t *testing.T) {
	for _, tt := range []struct {
		robots      string
		least, most time.Duration
	}{
		{"User-agent: *\nCrawl-delay: 20\n", 20 * time.Second, 23 * time.Second},
		{"User-agent: citecheck\nCrawl-delay: 12\n\nUser-agent: *\nCrawl-delay: 30\n", 12 * time.Second, 14 * time.Second},
		{"User-agent: *\nCrawl-delay: 0.1\n", time.Second, 2 * time.Second},
	} {
		synctest.Test(t, func(t *testing.T) {
			h := &host{takes: 100 * time.Millisecond, answer: func(_ int, r *http.Request) *http.Response {
				if r.URL.Path == "/robots.txt" {
					return page(200, tt.robots)
				}
				return nil
			}}
			l := live(h)
			for _, p := range []string{"/a", "/b", "/c"} {
				if _, err := l.Get(context.Background(), "https://un.test"+p); err != nil {
					t.Fatal(err)
				}
			}
			for i := 1; i < len(h.asked); i++ {
				if gap := h.asked[i].Sub(h.ended[i-1]); gap < tt.least || gap > tt.most {
					t.Errorf("%q: request %d came %v after the answer before it", tt.robots, i, gap)
				}
			}
		})
	}
}

func mustURL(t *testing.T, address string) *url.URL {
	t.Helper()
	return must(url.Parse(address))
}
