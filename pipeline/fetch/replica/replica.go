// Package replica is a stand-in for the UN's hosts on this machine: each
// serves a few pages in its real layout, and fails in the ways that real
// hosts do, on demand. It knows the UN's sites; it knows nothing of the
// program that is tried on it.
package replica

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"html"
	"io"
	"log"
	"net"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"
)

// Sites are the names of the replica's hosts, each with the path that stands
// for its base, as the flag --source of citecheck names them.
var Sites = []struct{ Name, Base, Stands string }{
	{"dhl", "/depts/dhl/resguide", "www.un.org"},
	{"dhl-api", "/dev", "ydsftksff8.execute-api.us-east-1.amazonaws.com"},
	{"ods", "/api/symbol/access", "documents.un.org"},
	{"main", "/securitycouncil/en", "main.un.org"},
	{"press", "/en", "press.un.org"},
	{"undl", "", "digitallibrary.un.org"},
	{"scr", "/un-documents", "www.securitycouncilreport.org"},
}

// An Arrival is a request that came, and when its answer ended.
type Arrival struct {
	Site, Path string // with the query
	Agent      string
	Start, End time.Time
	Fault      string // "" for an honest answer
}

// A Server is the replica, one listener a host.
type Server struct {
	// Fault names the behaviour for a request, "" for the honest answer; n
	// counts the requests to the site. It may be nil.
	Fault func(site, path string, n int) string
	// Slow is how long an answer takes.
	Slow time.Duration

	mu       sync.Mutex
	came     []Arrival
	count    map[string]int
	servers  []*http.Server
	base     map[string]string
	released chan struct{}
}

// Start listens on free ports of the loopback interface.
func (s *Server) Start() error {
	return s.serve(func(string) (net.Listener, string, error) {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			return nil, "", err
		}
		return l, l.Addr().String(), nil
	})
}

// StartPipes serves without a network, so that a test can have a clock of its
// own, and returns what dials.
func (s *Server) StartPipes() func(ctx context.Context, network, addr string) (net.Conn, error) {
	pipes := map[string]*pipe{}
	s.serve(func(site string) (net.Listener, string, error) {
		host := site + ".replica.test"
		pipes[host+":80"] = &pipe{make(chan net.Conn), s.released}
		return pipes[host+":80"], host, nil
	})
	return func(ctx context.Context, _, addr string) (net.Conn, error) {
		p := pipes[addr]
		if p == nil {
			return nil, &net.DNSError{Err: "no such host", Name: addr, IsNotFound: true}
		}
		ours, theirs := net.Pipe()
		select {
		case p.calls <- theirs:
			return ours, nil
		case <-p.closed:
			return nil, net.ErrClosed
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}

// A pipe is a listener in memory.
type pipe struct {
	calls  chan net.Conn
	closed chan struct{}
}

func (p *pipe) Accept() (net.Conn, error) {
	select {
	case c := <-p.calls:
		return c, nil
	case <-p.closed:
		return nil, net.ErrClosed
	}
}
func (p *pipe) Close() error   { return nil }
func (p *pipe) Addr() net.Addr { return &net.UnixAddr{Name: "pipe"} }

func (s *Server) serve(listen func(site string) (net.Listener, string, error)) error {
	s.base, s.count, s.released = map[string]string{}, map[string]int{}, make(chan struct{})
	for _, site := range Sites {
		l, host, err := listen(site.Name)
		if err != nil {
			s.Close()
			return err
		}
		srv := &http.Server{Handler: s.Handler(site.Name), ReadHeaderTimeout: 10 * time.Second, ErrorLog: log.New(io.Discard, "", 0)}
		s.servers = append(s.servers, srv)
		s.base[site.Name] = "http://" + host + site.Base
		go srv.Serve(l)
	}
	return nil
}

// Base is the address of a site.
func (s *Server) Base(site string) string { return s.base[site] }

// Close ends all listeners.
func (s *Server) Close() {
	if s.released != nil {
		close(s.released)
	}
	for _, srv := range s.servers {
		srv.Close()
	}
}

// Flags are the flags that send citecheck here.
func (s *Server) Flags() (out []string) {
	for _, site := range Sites {
		out = append(out, "--source", site.Name+"="+s.base[site.Name])
	}
	return out
}

// Log is every request so far, in the order of their arrival.
func (s *Server) Log() []Arrival {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.came)
}

// Handler answers as one site does.
func (s *Server) Handler(site string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		path := r.URL.RequestURI()
		s.mu.Lock()
		if s.count == nil {
			s.count = map[string]int{}
		}
		s.count[site]++
		n := s.count[site]
		fault := ""
		if s.Fault != nil {
			fault = s.Fault(site, path, n)
		}
		s.came = append(s.came, Arrival{Site: site, Path: path, Agent: r.UserAgent(), Start: time.Now(), Fault: fault})
		i := len(s.came) - 1
		s.mu.Unlock()
		defer func() {
			s.mu.Lock()
			s.came[i].End = time.Now()
			s.mu.Unlock()
		}()
		if s.Slow > 0 {
			time.Sleep(s.Slow)
		}
		honest := answer(site, r)
		if misbehave := Faults[fault]; misbehave != nil {
			misbehave(s, w, r, honest)
			return
		}
		honest.write(w, r)
	})
}

// A page is an answer to be.
type page struct {
	status int
	header map[string]string
	body   []byte
}

func (p page) write(w http.ResponseWriter, r *http.Request) {
	for k, v := range p.header {
		w.Header().Set(k, v)
	}
	if p.status == http.StatusOK {
		sum := sha256.Sum256(p.body)
		tag := `"` + hex.EncodeToString(sum[:8]) + `"`
		w.Header().Set("ETag", tag)
		if r.Header.Get("If-None-Match") == tag {
			w.WriteHeader(http.StatusNotModified)
			return
		}
	}
	w.Header().Set("Content-Length", fmt.Sprint(len(p.body)))
	w.WriteHeader(p.status)
	w.Write(p.body)
}

func htmlPage(body string) page {
	return page{200, map[string]string{"Content-Type": "text/html; charset=utf-8", "Set-Cookie": "SessionID=replica; Path=/"}, []byte("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>United Nations</title></head><body>\n" + body + "</body></html>\n")}
}

func pdfPage(b []byte) page {
	return page{200, map[string]string{"Content-Type": "application/pdf", "Set-Cookie": "TS01=replica; Path=/"}, b}
}

var notFound = page{404, map[string]string{"Content-Type": "text/html"}, []byte("<html><head><title>404 Not Found</title></head><body><h1>Not Found</h1></body></html>")}

var (
	tablePath   = regexp.MustCompile(`^/depts/dhl/resguide/scact(\d{4})_table_en\.(html?)$`)
	apiPath     = regexp.MustCompile(`^/dev/render_meeting/scmeetings_(\d{4})/EN$`)
	listPath    = regexp.MustCompile(`^/securitycouncil/en/content/resolutions-adopted-security-council-(\d{4})$`)
	reportPath  = regexp.MustCompile(`^/securitycouncil/en/content/reports-submitted-transmitted-secretary-general-security-council-(\d{4})$`)
	pressPath   = regexp.MustCompile(`^/en/(\d{4})/sc(\d+)\.doc\.htm$`)
	sessionPath = regexp.MustCompile(`^/dev/render_meeting_ga/garesolutions_(\d{1,3})/EN$`)
	scrPath     = regexp.MustCompile(`^/un-documents/document/(s-[a-z0-9-]+)\.php$`)
	harvested   = regexp.MustCompile(`^oai:digitallibrary\.un\.org:(\d+)$`)
	askedFor    = regexp.MustCompile(`191__a:"([^"]+)"`)
)

// answer is what a site says, in its own layout.
func answer(site string, r *http.Request) page {
	path := r.URL.Path
	if path == "/robots.txt" {
		return page{200, map[string]string{"Content-Type": "text/plain"}, []byte("User-agent: *\nDisallow: /private/\n")}
	}
	switch site {
	case "dhl":
		// From 2022 on there are no files; the ending is .html before 1994.
		if m := tablePath.FindStringSubmatch(path); m != nil && m[1] <= "2021" && (m[2] == "html") == (m[1] < "1994") {
			return table(m[1])
		}
	case "dhl-api":
		if m := apiPath.FindStringSubmatch(path); m != nil && m[1] >= "2000" {
			return table(m[1])
		}
		if m := sessionPath.FindStringSubmatch(path); m != nil {
			return session(m[1])
		}
	case "ods":
		if path == "/api/symbol/access" {
			d := find(r.URL.Query().Get("s"))
			switch word := r.URL.Query().Get("t") == "docx"; {
			case d != nil && word && d.Scan:
				return page{200, map[string]string{"Content-Type": "application/vnd.openxmlformats-officedocument.wordprocessingml.document"}, d.word()}
			case word:
				return page{200, map[string]string{"Content-Type": "text/html"}, []byte("<html><body><p>The document you requested does not exist.</p></body></html>")}
			case d != nil:
				return pdfPage(d.pdf())
			}
			return pdfPage(placeholder())
		}
	case "main":
		if m := listPath.FindStringSubmatch(path); m != nil {
			return list(m[1], true)
		}
		if m := reportPath.FindStringSubmatch(path); m != nil {
			return list(m[1], false)
		}
	case "press":
		if m := pressPath.FindStringSubmatch(path); m != nil {
			for i := range Documents {
				if d := &Documents[i]; d.resolution() && d.Press == "SC/"+m[2] && d.year() == m[1] {
					return coverage(d)
				}
			}
		}
	case "scr":
		if m := scrPath.FindStringSubmatch(path); m != nil {
			for i := range Documents {
				plain, _, _ := strings.Cut(Documents[i].Symbol, " ")
				if strings.ToLower(strings.ReplaceAll(plain, "/", "-")) == m[1] {
					return thirdParty(&Documents[i], plain)
				}
			}
		}
	case "undl":
		if m := harvested.FindStringSubmatch(r.URL.Query().Get("identifier")); m != nil && path == "/oai2d" {
			for i := range Documents {
				if Documents[i].Record() == m[1] {
					return harvest(&Documents[i])
				}
			}
		}
		if m := askedFor.FindStringSubmatch(r.URL.Query().Get("p")); m != nil {
			return marc(find(m[1]))
		}
	}
	return notFound
}

// table is a year of the library's meetings, newest first: the year's last
// meeting makes it whole.
func table(year string) page {
	var b strings.Builder
	fmt.Fprintf(&b, `<table class="tablefont" summary="Meetings"><tr><th colspan="5" class="tbltitle">Meetings conducted by the Security Council in %s<br>(in reverse chronological order)</th></tr>
<tr><th>Meeting Record</th><th>Date</th><th>Press Release</th><th>Topic</th><th>Security Council Outcome / Vote</th></tr>
`, year)
	row := func(meeting, date, press, topic, outcome string) {
		fmt.Fprintf(&b, "<tr><td><a target=\"_top\" href=\"https://undocs.org/en/%s\">%s</a></td><td>%s</td>\n    <td>%s</td><td>%s</td>\n    <td>%s</td></tr>\n", meeting, meeting, date, press, html.EscapeString(topic), outcome)
	}
	// Made up: a meeting that closes the year.
	row("S/PV.9999", "31 December", "", "Closing of a year that was made up for tests", "")
	for i := len(Documents) - 1; i >= 0; i-- {
		if d := &Documents[i]; (d.resolution() || d.statement()) && d.year() == year {
			row("S/PV."+d.Meeting, strings.TrimSuffix(d.Date, " "+year), d.Press, d.Topic, fmt.Sprintf("<a href=\"https://undocs.org/en/%s \">%s </a><br>%s", d.Symbol, d.Symbol, d.Vote))
		}
	}
	b.WriteString("</table>")
	return htmlPage(b.String())
}

// list is the Council's own list of a year: of resolutions, or of reports.
func list(year string, resolutions bool) page {
	var b strings.Builder
	b.WriteString("<noscript>Sorry, you need to enable JavaScript to visit this website.</noscript>\n<article><div class=\"field-items\"><table class=\"table\"><tbody>\n")
	n := 0
	for i := range Documents {
		d := &Documents[i]
		if d.assembly() || d.statement() || d.resolution() != resolutions || d.year() != year {
			continue
		}
		n++
		about := d.Topic
		if !resolutions {
			about = d.Title + " - Report of the Secretary-General"
		}
		fmt.Fprintf(&b, "<tr><td><a href=\"https://undocs.org/en/%s\">%s</a></td><td>%s</td><td>%s</td></tr>\n", d.Symbol, d.Symbol, d.Date, html.EscapeString(about))
	}
	if n == 0 {
		return notFound
	}
	b.WriteString("</tbody></table></div></article>\n")
	return htmlPage(b.String())
}

// coverage is a press release with the text of the resolution.
func coverage(d *Document) page {
	var b strings.Builder
	number := strings.TrimPrefix(d.Symbol, "S/RES/")
	fmt.Fprintf(&b, `<main><article class="node node--type-meeting-coverage node--view-mode-full clearfix">
<div class="field field--name-field-symbol"><div class="field__item">%s</div></div>
<div class="field field--name-field-dated"><time datetime="x" class="datetime">%s</time></div>
<div class="field field--name-field-session">%sth Meeting (AM)</div>
<h1 class="page-header"><span>Security Council Adopts Resolution %s</span></h1>
<div class="field field--name-body"><div class="field__item">
<p>The full text of resolution %s reads as follows:</p>
<p>“<em>The Security Council</em>,</p>
<p>“<em>Recalling</em> that what follows was made up for tests of a program,</p>
`, d.Press, d.Date, d.Meeting, number, number)
	for i, t := range d.Text {
		end := ""
		if i == len(d.Text)-1 {
			end = "”"
		}
		fmt.Fprintf(&b, "<p>“%d.&nbsp;&nbsp; %s%s</p>\n", i+1, html.EscapeString(t), end)
	}
	b.WriteString("</div></div></article></main>\n")
	return htmlPage(b.String())
}

// session is a session of the library's table of the General Assembly's
// resolutions.
func session(number string) page {
	var b strings.Builder
	b.WriteString("<table id=\"myTable\" class=\"tablefont\"><tbody>\n<tr><th>Resolution No. <br/></th><th>Plenary or Cttee. </th><th>Agenda Item No. </th><th>Meeting Record / Date / Vote </th><th>Draft </th><th>Title </th></tr>\n")
	n := 0
	for i := range Documents {
		d := &Documents[i]
		if !d.assembly() || d.session() != number {
			continue
		}
		n++
		record := "A/" + number + "/PV." + d.Meeting
		fmt.Fprintf(&b, "<tr>\n <td><a href=\"https://undocs.org/en/%s\"  target=\"blank\">%s</a></td><td>Plenary</td><td>%s</td>\n <td> <a href=\"https://undocs.org/en/%s\"  target=\"blank\">%s</a> --> %s Adopted without vote </td>\n <td> <a href=\"https://undocs.org/en/%s\"  target=\"blank\">%s</a> </td><td>%s</td>\n</tr>\n",
			d.Symbol, d.Symbol, d.Topic, record, record, d.Date, d.Draft, d.Draft, html.EscapeString(d.Title))
	}
	if n == 0 {
		return notFound
	}
	b.WriteString("</tbody></table>")
	return htmlPage(b.String())
}

// thirdParty is a page of Security Council Report.
func thirdParty(d *Document, plain string) page {
	return htmlPage(fmt.Sprintf("<article class=\"page type-page\"><h1 class=\"entry-title\">%s</h1><p class=\"date\">%s</p>\n<div class=\"entry-content\"><p>This was about %s, in words that were made up.</p>\n<p><a href=\"https://undocs.org/%s\">Download Document</a></p></div></article>\n",
		plain, d.Date, html.EscapeString(d.Title+d.Topic), key(d.Symbol)))
}

// Record is the number of a document's record in the library; the replica's
// are not those of the real one.
func (d *Document) Record() string {
	for i := range Documents {
		if Documents[i].Symbol == d.Symbol {
			return fmt.Sprint(9000001 + i)
		}
	}
	return ""
}

// harvest is the record as the library's repository hands it out.
func harvest(d *Document) page {
	return xmlPage(fmt.Sprintf("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<OAI-PMH xmlns=\"http://www.openarchives.org/OAI/2.0/\"><responseDate>2026-01-01T00:00:00Z</responseDate><GetRecord><record><header><identifier>oai:digitallibrary.un.org:%s</identifier></header><metadata>\n<record xmlns=\"http://www.loc.gov/MARC21/slim\">%s</record></metadata></record></GetRecord></OAI-PMH>\n", d.Record(), d.marcFields()))
}

func xmlPage(body string) page {
	return page{200, map[string]string{"Content-Type": "text/xml; charset=utf-8"}, []byte(body)}
}

// marcFields are what the library's record has of a document.
func (d *Document) marcFields() string {
	title := d.Title
	if title == "" {
		title = "Security Council resolution " + strings.TrimPrefix(d.Symbol, "S/RES/")
	}
	date, _ := time.Parse("2 January 2006", d.Date) // a test reads every one
	return fmt.Sprintf("<controlfield tag=\"001\">%s</controlfield><datafield tag=\"191\" ind1=\" \" ind2=\" \"><subfield code=\"a\">%s</subfield></datafield><datafield tag=\"245\" ind1=\"1\" ind2=\"0\"><subfield code=\"a\">%s</subfield></datafield><datafield tag=\"269\" ind1=\" \" ind2=\" \"><subfield code=\"a\">%s</subfield></datafield>",
		d.Record(), d.Symbol, html.EscapeString(title), date.Format("2006-01-02"))
}

// marc is the library's record of a document, or an empty answer.
func marc(d *Document) page {
	records, n := "", 0
	if d != nil {
		records, n = "<record>"+d.marcFields()+"</record>\n", 1
	}
	return xmlPage(fmt.Sprintf("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!-- Search-Engine-Total-Number-Of-Results: %d -->\n<collection xmlns=\"http://www.loc.gov/MARC21/slim\">\n%s</collection>\n", n, records))
}
