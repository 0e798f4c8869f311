package replica

import (
	"bytes"
	"compress/gzip"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"fmt"
	"io"
	"log"
	"math/big"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"
)

// A fault answers in place of the honest page.
type fault func(s *Server, w http.ResponseWriter, r *http.Request, honest page)

// Faults are the behaviours that servers were seen to have, by their number.
var Faults = map[string]fault{
	"F02": redirect(302, func(r *http.Request) string { return r.URL.RequestURI() + joined(r) + "again=1" }),
	"F05": plain(404, "", "The page that you asked for could not be found."), "F06": plain(410, "", "Gone"), "F07": plain(404, "", "<center>nginx</center>"),

	"F10": plain(429, "Retry-After: 2", "Too many requests"),
	"F11": func(s *Server, w http.ResponseWriter, r *http.Request, honest page) {
		plain(429, "Retry-After: "+time.Now().Add(3*time.Second).UTC().Format(http.TimeFormat), "Too many requests")(s, w, r, honest)
	},
	"F12": plain(503, "Retry-After: abc", "Busy"), "F13": plain(503, "Retry-After: 315360000", "Come back in ten years"),
	"F14": plain(403, "", "Forbidden"), "F15": plain(403, "Cf-Mitigated: challenge", "<title>Just a moment...</title>"), "F16": plain(200, "", "<html><head><title>Just a moment...</title></head><body>Checking your browser</body></html>"),
	"F17": plain(202, "X-Amzn-Waf-Action: challenge", ""), "F18": plain(405, "X-Amzn-Waf-Action: captcha", "<script>captcha</script>"), "F19": plain(451, "", "Unavailable for legal reasons"),

	"F20": func(s *Server, w http.ResponseWriter, r *http.Request, _ page) {
		s.drip(w, r, "HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n")
	},
	"F21": func(s *Server, w http.ResponseWriter, r *http.Request, _ page) {
		raw(w, "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 900\r\n\r\n", func(c net.Conn) { s.slowly(c, r, strings.Repeat("x", 900)) })
	},
	"F22": redirect(302, func(r *http.Request) string { return r.URL.RequestURI() }),
	"F23": redirect(302, func(r *http.Request) string { return r.URL.RequestURI() + joined(r) + "hop=1" }),
	"F24": redirect(302, func(*http.Request) string { return "https://evil.example/" }), "F25": redirect(301, func(*http.Request) string { return "ftp://127.0.0.1/" }),
	"F26": redirect(302, func(*http.Request) string { return "file:///etc/passwd" }), "F27": redirect(302, func(*http.Request) string { return "http://169.254.169.254/latest/meta-data/" }),
	"F28": redirect(302, func(*http.Request) string { return "http://[::ffff:127.0.0.1]/" }),

	"F33": func(_ *Server, w http.ResponseWriter, _ *http.Request, _ page) { raw(w, "", nil) },
	"F34": func(_ *Server, w http.ResponseWriter, _ *http.Request, honest page) {
		raw(w, head(honest, len(honest.body)), func(c net.Conn) {
			c.Write(honest.body[:len(honest.body)/2])
			if t, ok := c.(*net.TCPConn); ok {
				t.SetLinger(0)
			}
		})
	},
	"F35": plain(200, "Content-Type: text/html", "<html><body><form>Sign in to the network of this hotel</form></body></html>"),
	"F36": plain(200, "Content-Type: text/html", "<html><body><p>The document you requested does not exist.</p></body></html>"),
	"F37": plain(200, "Content-Type: text/html", "<html><head><title>United Nations</title></head><body><h1>Welcome to the United Nations</h1></body></html>"),
	"F38": plain(200, "Content-Type: text/html", "<html><body><form action=\"/search\"></form><p>0 results</p></body></html>"),
	"F39": func(_ *Server, w http.ResponseWriter, r *http.Request, honest page) { // the right layout with another document
		if bytes.HasPrefix(honest.body, []byte("%PDF")) {
			d := &Documents[0]
			if asked := find(r.URL.Query().Get("s")); asked == d {
				d = &Documents[1]
			}
			honest = pdfPage(d.pdf())
		} else {
			honest = plainPage(200, "Content-Type: text/html", "<table class=\"tablefont\"><tr><td>S/PV.4</td><td>1 May</td><td></td><td>Another year's topic</td><td></td></tr></table>")
		}
		honest.write(w, r)
	},
	"F40": func(_ *Server, w http.ResponseWriter, r *http.Request, _ page) { pdfPage(placeholder()).write(w, r) },

	"F41": cut("Content-Length: %d\r\n", false), "F42": cut("Transfer-Encoding: chunked\r\n", true), "F43": cut("Connection: close\r\n", false),
	"F44": func(_ *Server, w http.ResponseWriter, _ *http.Request, honest page) {
		z := gzipped(honest.body)
		z = z[:len(z)/2]
		raw(w, fmt.Sprintf("HTTP/1.1 200 OK\r\nContent-Type: %s\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n%s", honest.header["Content-Type"], len(z), z), nil)
	},
	"F45": func(_ *Server, w http.ResponseWriter, _ *http.Request, honest page) {
		raw(w, head(honest, len(honest.body)/2)+string(honest.body), nil)
	},
	"F46": func(_ *Server, w http.ResponseWriter, r *http.Request, honest page) {
		honest = retyped(honest, "text/html; charset=iso-2022-jp", honest.body)
		honest.write(w, r)
	},
	"F47": func(_ *Server, w http.ResponseWriter, r *http.Request, honest page) {
		var wide []byte
		for _, b := range honest.body {
			wide = append(wide, b, 0)
		}
		retyped(honest, "text/html", wide).write(w, r)
	},
	"F48": func(_ *Server, w http.ResponseWriter, r *http.Request, honest page) {
		retyped(honest, "text/html; charset=utf-8", bytes.ReplaceAll(honest.body, []byte(" "), []byte{0xa0})).write(w, r)
	},
	"F49": func(_ *Server, w http.ResponseWriter, r *http.Request, honest page) { // the layout of next year
		b := honest.body
		if !bytes.HasPrefix(b, []byte("%PDF")) {
			b = []byte(strings.NewReplacer("<table", "<section", "</table", "</section", "<tr", "<div", "</tr", "</div", "<td", "<span", "</td", "</span", "datafield", "field").Replace(string(b)))
		}
		retyped(honest, honest.header["Content-Type"], b).write(w, r)
	},
	"F50": func(_ *Server, w http.ResponseWriter, _ *http.Request, _ page) {
		raw(w, "HTTP/1.1 200 OK\r\n", func(c net.Conn) {
			line := []byte("X-Flood: " + strings.Repeat("y", 8000) + "\r\n")
			for range 20 << 20 / len(line) {
				if _, err := c.Write(line); err != nil {
					return
				}
			}
		})
	},
	"F51": func(_ *Server, w http.ResponseWriter, _ *http.Request, honest page) {
		raw(w, strings.Repeat("HTTP/1.1 103 Early Hints\r\n\r\n", 2000)+head(honest, len(honest.body))+string(honest.body), nil)
	},
	"F52": func(_ *Server, w http.ResponseWriter, _ *http.Request, honest page) {
		raw(w, strings.Replace(head(honest, len(honest.body)), "\r\n\r\n", "\r\nContent-Length: 5\r\n\r\n", 1)+string(honest.body), nil)
	},
	"F53": func(_ *Server, w http.ResponseWriter, _ *http.Request, _ page) {
		raw(w, "HTTP/1.1 999 Denied\r\nContent-Length: 0\r\n\r\n", nil)
	},

	"F54": robots(plain(503, "", "")), "F55": robots(plain(404, "", "")), "F56": robots(plain(200, "Content-Type: text/plain", "User-agent: *\nDisallow: /private/\n"+strings.Repeat("# filler\n", 120_000))),
	"F57": robots(plain(202, "X-Amzn-Waf-Action: challenge", "")), "F58": robots(redirect(302, func(*http.Request) string { return "/robots.txt" })),
	"F59": robots(plain(429, "Retry-After: 2", "")),

	"F60": func(_ *Server, w http.ResponseWriter, r *http.Request, honest page) {
		page{200, map[string]string{"Content-Type": honest.header["Content-Type"], "Content-Encoding": "gzip"}, bomb()}.write(w, r)
	},
	"F61": func(_ *Server, w http.ResponseWriter, r *http.Request, _ page) {
		w.Header().Set("Content-Length", fmt.Sprint(500<<20))
		part := bytes.Repeat([]byte("<p>x</p>"), 64<<10)
		for range 500 << 20 / len(part) {
			if _, err := w.Write(part); err != nil {
				return
			}
		}
	},
	"F62": func(_ *Server, w http.ResponseWriter, r *http.Request, honest page) {
		retyped(honest, "text/html", honest.body).write(w, r)
	},
	"F63": func(s *Server, w http.ResponseWriter, r *http.Request, honest page) { // well for a while, then a block that looks like "not found"
		s.alternate(w, r, honest, func(n int) bool { return n > 3 })
	},
	"F64": func(s *Server, w http.ResponseWriter, r *http.Request, honest page) {
		s.alternate(w, r, honest, func(n int) bool { return n%2 == 0 })
	},
}

// TLS are the behaviours of a server's certificate. They need a listener of
// their own: see [TLSServer].
var TLS = []string{"F29", "F30", "F31", "F32"}

// Names are all behaviours but those of certificates, in order.
func Names() []string {
	var out []string
	for k := range Faults {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}

func joined(r *http.Request) string {
	if r.URL.RawQuery == "" {
		return "?"
	}
	return "&"
}

func plainPage(status int, header, body string) page {
	p := page{status, map[string]string{"Content-Type": "text/html"}, []byte(body)}
	if k, v, ok := strings.Cut(header, ": "); ok {
		p.header[k] = v
	}
	return p
}

func plain(status int, header, body string) fault {
	return func(_ *Server, w http.ResponseWriter, r *http.Request, _ page) {
		plainPage(status, header, body).write(w, r)
	}
}

// redirect sends on once, but for those that go on for ever.
func redirect(status int, to func(*http.Request) string) fault {
	return func(_ *Server, w http.ResponseWriter, r *http.Request, honest page) {
		if r.URL.Query().Get("again") != "" {
			honest.write(w, r)
			return
		}
		w.Header().Set("Location", to(r))
		w.WriteHeader(status)
	}
}

// robots is a fault of robots.txt alone.
func robots(f fault) fault {
	return func(s *Server, w http.ResponseWriter, r *http.Request, honest page) {
		if r.URL.Path == "/robots.txt" {
			f(s, w, r, honest)
			return
		}
		honest.write(w, r)
	}
}

func retyped(p page, kind string, body []byte) page {
	return page{p.status, map[string]string{"Content-Type": kind}, body}
}

func head(p page, length int) string {
	return fmt.Sprintf("HTTP/1.1 %d %s\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n", p.status, http.StatusText(p.status), p.header["Content-Type"], length)
}

// raw takes the connection over, for what a decent server does not send.
func raw(w http.ResponseWriter, text string, more func(net.Conn)) {
	c, _, err := w.(http.Hijacker).Hijack()
	if err != nil {
		return
	}
	defer c.Close()
	c.SetWriteDeadline(time.Now().Add(10 * time.Second))
	c.Write([]byte(text))
	if more != nil {
		more(c)
	}
}

// cut sends half of a body under a framing that promises more, or nothing.
func cut(framing string, chunked bool) fault {
	return func(_ *Server, w http.ResponseWriter, _ *http.Request, honest page) {
		framing := framing
		if strings.Contains(framing, "%d") {
			framing = fmt.Sprintf(framing, len(honest.body))
		}
		body := string(honest.body[:len(honest.body)/2])
		if chunked {
			body = fmt.Sprintf("%x\r\n%s\r\n", len(body), body) // and no last chunk
		}
		raw(w, fmt.Sprintf("HTTP/1.1 %d OK\r\nContent-Type: %s\r\n%s\r\n%s", honest.status, honest.header["Content-Type"], framing, body), nil)
	}
}

// drip sends a head byte by byte.
func (s *Server) drip(w http.ResponseWriter, r *http.Request, text string) {
	raw(w, "", func(c net.Conn) { s.slowly(c, r, text) })
}

func (s *Server) slowly(c net.Conn, r *http.Request, text string) {
	for i := range text {
		select {
		case <-time.After(time.Second):
		case <-s.released:
			return
		}
		c.SetWriteDeadline(time.Now().Add(time.Second))
		if _, err := c.Write([]byte(text[i : i+1])); err != nil {
			return
		}
	}
}

// alternate blocks softly on some of the requests to a site.
func (s *Server) alternate(w http.ResponseWriter, r *http.Request, honest page, blocked func(n int) bool) {
	s.mu.Lock()
	n := 0
	for _, a := range s.came {
		if a.Path != "/robots.txt" {
			n++
		}
	}
	s.mu.Unlock()
	if r.URL.Path != "/robots.txt" && blocked(n) {
		if bytes.HasPrefix(honest.body, []byte("%PDF")) {
			pdfPage(placeholder()).write(w, r)
		} else {
			plainPage(200, "Content-Type: text/html", "<html><body>The page could not be found.</body></html>").write(w, r)
		}
		return
	}
	honest.write(w, r)
}

func gzipped(b []byte) []byte {
	var out bytes.Buffer
	z := gzip.NewWriter(&out)
	z.Write(b)
	z.Close()
	return out.Bytes()
}

// bomb is 260 KiB that unpack to 256 MiB.
var bomb = sync.OnceValue(func() []byte {
	var out bytes.Buffer
	z := gzip.NewWriter(&out)
	zeros := make([]byte, 1<<20)
	for range 256 {
		z.Write(zeros)
	}
	z.Close()
	return out.Bytes()
})

// TLSServer listens with a certificate that has the fault named, and returns
// its address and what ends it.
func TLSServer(fault string) (address string, end func(), err error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return "", nil, err
	}
	cert := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "replica"}, NotBefore: time.Now().Add(-48 * time.Hour), NotAfter: time.Now().Add(48 * time.Hour),
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, IsCA: true, BasicConstraintsValid: true}
	conf := &tls.Config{}
	switch fault {
	case "F29":
		cert.NotAfter = time.Now().Add(-24 * time.Hour)
	case "F30":
		cert.IPAddresses, cert.DNSNames = nil, []string{"other.example"}
	case "F32":
		conf.MaxVersion = tls.VersionTLS10
	}
	der, err := x509.CreateCertificate(rand.Reader, cert, cert, &key.PublicKey, key)
	if err != nil {
		return "", nil, err
	}
	conf.Certificates = []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: key}}
	l, err := tls.Listen("tcp", "127.0.0.1:0", conf)
	if err != nil {
		return "", nil, err
	}
	srv := &http.Server{Handler: http.NotFoundHandler(), ReadHeaderTimeout: 10 * time.Second, ErrorLog: log.New(io.Discard, "", 0)}
	go srv.Serve(l)
	return "https://" + l.Addr().String(), func() { srv.Close() }, nil
}
