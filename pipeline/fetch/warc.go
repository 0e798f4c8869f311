package fetch

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
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
	maxRecords = 5_000_000
)

// An Archive answers from WARC files (ISO 28500). It keeps where each answer
// stands and reads it when asked.
type Archive struct {
	mu      sync.Mutex
	index   map[string][]entry // by folded address, in the order of the files
	digests map[string]entry   // full responses by the digest of their payload
	ids     map[string]bool
}

// entry is one record: a response, a revisit, or a note of why there was none.
type entry struct {
	file   string // path
	name   string // shown in evidence
	offset int64  // of the gzip member, or of the record in a plain file
	gz     bool
	kind   string // "response", "revisit", "metadata"
	url    string
	id     string
	date   string
	refers string // of a revisit: the address and date of the record that holds the body
	first  string // of a revisit: that record's id, where it is told
}

// OpenArchive reads the index of a WARC file, or of all those in a folder. A
// record that is cut off ends its file: what stands before it counts.
func OpenArchive(paths ...string) (*Archive, error) {
	a := newArchive()
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
			if _, err := a.add(f); err != nil && err != errDamaged {
				return nil, fmt.Errorf("%s: %w", f, err)
			}
		}
	}
	return a, nil
}

func newArchive() *Archive {
	return &Archive{index: map[string][]entry{}, digests: map[string]entry{}, ids: map[string]bool{}}
}

// Len is how many addresses the archive can answer for.
func (a *Archive) Len() int { return len(a.index) }

// errDamaged says that a file does not go on as an archive does, though it
// goes on: it is not only cut off.
var errDamaged = errors.New("damaged")

// shown is the name of an archive in evidence: a run's own has its folder, so
// that it reads alike from wherever it is replayed.
func shown(path string) string {
	if abs, err := filepath.Abs(path); err == nil && filepath.Base(filepath.Dir(abs)) == evidenceFolder {
		return evidenceFolder + "/" + filepath.Base(path)
	}
	return filepath.Base(path)
}

// add reads a file's records into the index and says where the last whole one
// ends. What follows it is a record cut off, or, with errDamaged, something
// that is no record; neither is an error of a file that holds records.
func (a *Archive) add(path string) (end int64, err error) {
	f, err := os.Open(path)
	if err != nil {
		return 0, err
	}
	defer f.Close()
	in := &counting{r: bufio.NewReaderSize(f, 1<<20)}
	head, _ := in.r.Peek(2)
	gz := bytes.Equal(head, []byte{0x1f, 0x8b})
	if !gz && len(head) > 1 && !bytes.HasPrefix(peek(in.r, 5), []byte("WARC/")) {
		return 0, errors.New("not a WARC file")
	}
	for range maxRecords {
		at := in.n
		var r io.Reader = in
		if gz {
			if _, err := in.r.Peek(1); err != nil {
				return at, nil
			}
			z, err := gzip.NewReader(in)
			if err != nil {
				return at, cutOff(err)
			}
			z.Multistream(false)
			r = z
		}
		if err := a.record(path, at, gz, r); err != nil {
			return at, cutOff(err)
		}
	}
	return in.n, nil
}

// cutOff tells a record that breaks off from one that is damaged.
func cutOff(err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return nil
	}
	return errDamaged
}

func peek(r *bufio.Reader, n int) []byte {
	b, _ := r.Peek(n) // shorter at the end
	return b
}

// record reads one record's head and skips its block, noting what it is.
func (a *Archive) record(path string, at int64, gz bool, r io.Reader) error {
	br := bufio.NewReaderSize(r, 4096)
	if c, ok := r.(*counting); ok {
		br = c.r
	}
	h, n, err := warcHead(br)
	if err != nil {
		return err
	}
	if c, ok := r.(*counting); ok {
		c.n += n
	}
	length, err := strconv.ParseInt(h.Get("Content-Length"), 10, 64)
	if err != nil || length < 0 || length > maxRecord {
		return errors.New("a record without a sound length")
	}
	skipped, err := io.Copy(io.Discard, io.LimitReader(br, length))
	if err != nil {
		return err
	}
	if skipped != length {
		return io.ErrUnexpectedEOF
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
		return err // the member's checksum is wrong
	}
	kind := h.Get("WARC-Type")
	if kind != "response" && kind != "revisit" && !(kind == "metadata" && h.Get("Content-Type") == failureType) {
		return nil
	}
	e := entry{file: path, name: shown(path), offset: at, gz: gz, kind: kind, url: strings.Trim(h.Get("WARC-Target-URI"), "<>"),
		id: strings.Trim(h.Get("WARC-Record-ID"), "<>"), date: h.Get("WARC-Date")}
	if kind == "revisit" {
		e.refers = fold(h.Get("WARC-Refers-To-Target-URI")) + "\n" + h.Get("WARC-Refers-To-Date")
		e.first = strings.Trim(h.Get("WARC-Refers-To"), "<>")
	}
	a.note(e, h.Get("WARC-Payload-Digest"))
	return nil
}

func (a *Archive) note(e entry, digest string) {
	k := fold(e.url)
	a.index[k] = append(a.index[k], e)
	a.ids[e.id] = true
	if _, ok := a.digests[digest]; !ok && digest != "" && e.kind == "response" {
		a.digests[digest] = e
	}
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

// Get answers from the archive: of several answers the newest sound one, else
// the newest of those that are none; ok is false when the archive has neither.
// The error is the failure that was kept in place of an answer.
func (a *Archive) Get(address string) (r *cite.Response, ok bool, err error) {
	h, ok := a.held(address)
	return h.r, ok, h.err
}

// held is what an archive has for an address.
type held struct {
	r    *cite.Response
	kept cite.Kept
	err  error // a *cite.Failure in place of an answer

	own   bool // it is in the evidence of this folder
	given bool // it is in an archive that was given to answer from
}

func (a *Archive) held(address string) (held, bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	list := slices.Clone(a.index[fold(Redact(address))])
	slices.Reverse(list) // of one date, the later record is the newer one
	slices.SortStableFunc(list, func(x, y entry) int { return strings.Compare(y.date, x.date) })
	var worse *held
	for _, e := range list {
		var h held
		if e.kind == "metadata" {
			h.kept, h.err = a.failure(e)
			if h.err == nil {
				continue
			}
		} else {
			k, err := a.kept(e)
			if err != nil {
				continue
			}
			r, err := read(k, e.name)
			if err != nil {
				continue
			}
			h.kept, h.r = k, r
		}
		if sound(h.r) {
			return h, true
		}
		if worse == nil {
			worse = &h
		}
	}
	if worse == nil {
		return held{}, false
	}
	return *worse, true
}

// kept reads the answer of an entry; of a revisit, with the body of the record
// that it refers to.
func (a *Archive) kept(e entry) (cite.Kept, error) {
	block, err := a.block(e)
	if err != nil {
		return cite.Kept{}, err
	}
	k := cite.Kept{URL: e.url, Fetched: e.date, ID: e.id, Message: block}
	if e.kind != "revisit" {
		return k, nil
	}
	if statusOf(block) == "304" { // the head says only that the last answer holds
		before := a.index[fold(e.url)]
		for i := slices.Index(before, e) - 1; i >= 0; i-- {
			if before[i].kind == "metadata" {
				continue
			}
			if earlier, err := a.kept(before[i]); err == nil && statusOf(earlier.Message) == "200" {
				k.Message = earlier.Message
				return k, nil
			}
		}
	}
	address, date, _ := strings.Cut(e.refers, "\n")
	for _, o := range a.index[address] {
		if o.kind != "response" || o.date != date || e.first != "" && e.first != o.id {
			continue
		}
		body, err := a.block(o)
		if err != nil {
			return k, err
		}
		k.Message = revisited(block, body)
		return k, nil
	}
	return k, errors.New("a revisit of a record that is not here")
}

// revisited is the answer of a revisit: its own head over the earlier body, or
// the whole earlier answer where the head says nothing of the body.
func revisited(again, first []byte) []byte {
	head, _, ok := bytes.Cut(again, []byte("\r\n\r\n"))
	_, body, whole := bytes.Cut(first, []byte("\r\n\r\n"))
	told := bytes.Contains(head, []byte("Content-Length:")) || bytes.Contains(head, []byte("Content-Type:"))
	if !ok || !whole || !told || statusOf(again) == "304" {
		return first
	}
	return slices.Concat(head, []byte("\r\n\r\n"), body)
}

// statusOf is the status in an HTTP message's first line.
func statusOf(message []byte) string {
	line, _, _ := bytes.Cut(message, []byte("\r\n"))
	if f := bytes.Fields(line); len(f) > 1 {
		return string(f[1])
	}
	return ""
}

// failureType is the content type of the records that say why there was no
// answer; failureField begins such a block.
const (
	failureType  = "application/warc-fields"
	failureField = "citecheck-failure: "
)

// failure reads the note of an answer that was not had.
func (a *Archive) failure(e entry) (cite.Kept, error) {
	block, err := a.block(e)
	if err != nil {
		return cite.Kept{}, nil
	}
	kind, reason, ok := strings.Cut(string(block), "\r\nreason: ")
	kind, ours := strings.CutPrefix(kind, failureField)
	if !ok || !ours {
		return cite.Kept{}, nil
	}
	return cite.Kept{URL: e.url, Fetched: e.date, ID: e.id, Message: block}, &cite.Failure{Kind: kind, Reason: strings.TrimRight(reason, "\r\n")}
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
