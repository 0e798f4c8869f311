package fetch

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/textproto"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"

	"citecheck/pipeline/cite"
)

// Bounds of what an archive may hold.
const (
	maxRecord  = 256 << 20 // bytes of one record
	maxBody    = 64 << 20  // bytes of a decoded body: the largest UN document is under 40 MiB
	maxRecords = 5_000_000
)

// An Archive answers from WARC files (ISO 28500). It keeps where each answer
// stands and reads it when asked.
type Archive struct {
	mu    sync.Mutex
	index map[string][]entry // by folded address
}

// entry is one response record.
type entry struct {
	file   string // path
	name   string // shown in evidence
	offset int64  // of the gzip member, or of the record in a plain file
	gz     bool
	url    string
	id     string
	date   string
	refers string // of a revisit: the address and date of the record that holds the body
}

// OpenArchive reads the index of a WARC file, or of all those in a folder. A
// record that is cut off ends its file: what stands before it counts.
func OpenArchive(paths ...string) (*Archive, error) {
	a := &Archive{index: map[string][]entry{}}
	for _, path := range paths {
		files := []string{path}
		info, err := os.Stat(path)
		if err != nil {
			return nil, err
		}
		if info.IsDir() {
			files = nil
			err := filepath.WalkDir(path, func(p string, d os.DirEntry, err error) error {
				if err == nil && !d.IsDir() && (strings.HasSuffix(p, ".warc") || strings.HasSuffix(p, ".warc.gz")) {
					files = append(files, p)
				}
				return err
			})
			if err != nil {
				return nil, err
			}
		}
		for _, f := range files {
			if err := a.add(f); err != nil {
				return nil, fmt.Errorf("%s: %w", f, err)
			}
		}
	}
	return a, nil
}

// Len is how many addresses the archive can answer for.
func (a *Archive) Len() int { return len(a.index) }

func (a *Archive) add(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	in := &counting{r: bufio.NewReaderSize(f, 1<<20)}
	head, _ := in.r.Peek(2)
	gz := bytes.Equal(head, []byte{0x1f, 0x8b})
	if !gz && len(head) > 0 && !bytes.HasPrefix(peek(in.r, 5), []byte("WARC/")) {
		return errors.New("not a WARC file")
	}
	for range maxRecords {
		at := in.n
		var r io.Reader = in
		if gz {
			if _, err := in.r.Peek(1); err != nil {
				return nil
			}
			z, err := gzip.NewReader(in)
			if err != nil {
				return nil // cut off
			}
			z.Multistream(false)
			r = z
		}
		h, err := a.record(path, at, gz, r)
		if err != nil {
			return nil // cut off, or past the end
		}
		_ = h
	}
	return nil
}

func peek(r *bufio.Reader, n int) []byte {
	b, _ := r.Peek(n) // shorter at the end
	return b
}

// record reads one record's head and skips its block, noting a response.
func (a *Archive) record(path string, at int64, gz bool, r io.Reader) (textproto.MIMEHeader, error) {
	br := bufio.NewReaderSize(r, 4096)
	if c, ok := r.(*counting); ok {
		br = c.r
	}
	h, n, err := warcHead(br)
	if err != nil {
		return nil, err
	}
	if c, ok := r.(*counting); ok {
		c.n += n
	}
	length, err := strconv.ParseInt(h.Get("Content-Length"), 10, 64)
	if err != nil || length < 0 || length > maxRecord {
		return nil, errors.New("a record without a sound length")
	}
	skipped, err := io.Copy(io.Discard, io.LimitReader(br, length))
	if err != nil || skipped != length {
		return nil, io.ErrUnexpectedEOF
	}
	if c, ok := r.(*counting); ok {
		c.n += skipped
		for { // the blank lines between records
			b, err := br.Peek(1)
			if err != nil || b[0] != '\r' && b[0] != '\n' {
				break
			}
			br.Discard(1)
			c.n++
		}
	} else if _, err := io.Copy(io.Discard, br); err != nil {
		return nil, err // the member's checksum is wrong
	}
	kind := h.Get("WARC-Type")
	if kind != "response" && kind != "revisit" {
		return h, nil
	}
	e := entry{file: path, name: filepath.Base(path), offset: at, gz: gz, url: strings.Trim(h.Get("WARC-Target-URI"), "<>"),
		id: strings.Trim(h.Get("WARC-Record-ID"), "<>"), date: h.Get("WARC-Date")}
	if kind == "revisit" {
		e.refers = fold(h.Get("WARC-Refers-To-Target-URI")) + "\n" + h.Get("WARC-Refers-To-Date")
	}
	k := fold(e.url)
	a.index[k] = append(a.index[k], e)
	return h, nil
}

// counting counts what is read through it.
type counting struct {
	r *bufio.Reader
	n int64
}

func (c *counting) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += int64(n)
	return n, err
}

// ReadByte lets gzip read no further than its member.
func (c *counting) ReadByte() (byte, error) {
	b, err := c.r.ReadByte()
	if err == nil {
		c.n++
	}
	return b, err
}

// warcHead reads a record's version line and fields, and how long they were.
func warcHead(r *bufio.Reader) (textproto.MIMEHeader, int64, error) {
	var n int64
	line := func() (string, error) {
		s, err := r.ReadString('\n')
		n += int64(len(s))
		if len(s) > 64<<10 {
			return "", errors.New("a field that is too long")
		}
		return strings.TrimRight(s, "\r\n"), err
	}
	v, err := line()
	for err == nil && v == "" {
		v, err = line()
	}
	if err != nil {
		return nil, n, err
	}
	if !strings.HasPrefix(v, "WARC/") {
		return nil, n, errors.New("not a WARC record")
	}
	h := textproto.MIMEHeader{}
	for range 200 {
		s, err := line()
		if err != nil {
			return nil, n, err
		}
		if s == "" {
			return h, n, nil
		}
		k, v, ok := strings.Cut(s, ":")
		if ok {
			h.Add(textproto.TrimString(k), textproto.TrimString(v))
		}
	}
	return nil, n, errors.New("too many fields")
}

// fold makes spellings of one address alike: percent-escapes are undone, and
// the scheme and host are in small letters.
func fold(address string) string {
	s, err := url.QueryUnescape(strings.ReplaceAll(address, "+", "%2B"))
	if err != nil {
		s = address
	}
	s = strings.ReplaceAll(s, " ", "")
	if i := strings.Index(s, "://"); i >= 0 {
		host, rest, _ := strings.Cut(s[i+3:], "/")
		s = strings.ToLower(host) + "/" + rest // http and https are one document
	}
	return strings.TrimSuffix(s, "/")
}

// Get answers from the archive: of several answers the newest sound one; ok
// is false when the archive has none.
func (a *Archive) Get(address string) (*cite.Response, bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	list := slices.Clone(a.index[fold(address)])
	slices.SortStableFunc(list, func(x, y entry) int { return strings.Compare(y.date, x.date) })
	var worse *cite.Response
	for _, e := range list {
		r, err := a.read(e)
		if err != nil {
			continue
		}
		if r.Status == http.StatusOK {
			return r, true
		}
		if worse == nil {
			worse = r
		}
	}
	return worse, worse != nil
}

// read reads the response of an entry.
func (a *Archive) read(e entry) (*cite.Response, error) {
	block, err := a.block(e)
	if err != nil {
		return nil, err
	}
	if e.refers != "" {
		for _, o := range a.index[strings.SplitN(e.refers, "\n", 2)[0]] {
			if o.refers == "" && o.date == strings.SplitN(e.refers, "\n", 2)[1] {
				r, err := a.read(o)
				if err == nil {
					r.Fetched, r.WARC = e.date, e.name+"#"+e.id
				}
				return r, err
			}
		}
		return nil, errors.New("a revisit of a record that is not here")
	}
	resp, err := http.ReadResponse(bufio.NewReader(bytes.NewReader(block)), nil)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	body, err := decoded(resp)
	if err != nil {
		return nil, err
	}
	return response(resp, body, e.url, e.date, e.name+"#"+e.id), nil
}

func (a *Archive) block(e entry) ([]byte, error) {
	f, err := os.Open(e.file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	if _, err := f.Seek(e.offset, io.SeekStart); err != nil {
		return nil, err
	}
	var r io.Reader = f
	if e.gz {
		z, err := gzip.NewReader(bufio.NewReader(f))
		if err != nil {
			return nil, err
		}
		z.Multistream(false)
		r = z
	}
	br := bufio.NewReader(r)
	h, _, err := warcHead(br)
	if err != nil {
		return nil, err
	}
	n, err := strconv.ParseInt(h.Get("Content-Length"), 10, 64)
	if err != nil || n < 0 || n > maxRecord {
		return nil, errors.New("a record without a sound length")
	}
	block := make([]byte, 0, min(n, 1<<20))
	buf := bytes.NewBuffer(block)
	if m, err := io.Copy(buf, io.LimitReader(br, n)); err != nil || m != n {
		return nil, io.ErrUnexpectedEOF
	}
	return buf.Bytes(), nil
}

// decoded is a response's body without its content coding, bounded.
func decoded(resp *http.Response) ([]byte, error) {
	var r io.Reader = resp.Body
	switch strings.ToLower(resp.Header.Get("Content-Encoding")) {
	case "gzip", "x-gzip":
		z, err := gzip.NewReader(r)
		if err != nil {
			return nil, err
		}
		r = z
	case "", "identity":
	default:
		return nil, fmt.Errorf("the coding %q is not read", resp.Header.Get("Content-Encoding"))
	}
	body, err := io.ReadAll(io.LimitReader(r, maxBody+1))
	if err != nil {
		return nil, err
	}
	if len(body) > maxBody {
		return nil, &cite.Failure{Kind: "too-large", Reason: fmt.Sprintf("the answer is larger than %d MiB", maxBody>>20)}
	}
	return body, nil
}

// response is the value of an answer.
func response(resp *http.Response, body []byte, address, date, warc string) *cite.Response {
	sum := sha256.Sum256(body)
	return &cite.Response{
		Source: cite.Source{URL: address, Fetched: date, SHA256: hex.EncodeToString(sum[:]), WARC: warc},
		Status: resp.StatusCode, ContentType: resp.Header.Get("Content-Type"), Body: body,
		// AWS's wall answers 202, and no UN page that is read does.
		Challenged: resp.Header.Get("X-Amzn-Waf-Action") == "challenge" || resp.Header.Get("Cf-Mitigated") == "challenge" || resp.StatusCode == http.StatusAccepted,
	}
}
