package fetch

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/base32"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/gofrs/flock"

	"citecheck/pipeline/cite"
)

// evidenceFolder is the name of the folder, under a run's own, that the
// answers are kept in.
const evidenceFolder = "evidence"

// rollover is the size from which answers go into the next file.
const rollover = 1 << 30

// ErrInUse says that another run keeps its answers in the same folder.
var ErrInUse = errors.New("another run keeps its answers in this folder")

// Evidence keeps answers as WARC 1.1 in a folder: a request and a response
// record for each, a revisit record where the body is one that is there
// already, a metadata record where no answer came. Each record is a gzip
// member of its own and is on the disk before anything rests on it; one that
// a kill cut off is cut away when the folder is next written to. The same
// answers make the same bytes.
//
// Nothing is opened for writing, nor made, before there is something to keep.
type Evidence struct {
	dir      string
	software string
	archive  *Archive

	// Guarded by archive.mu.
	out  *os.File
	lock *flock.Flock
	name string // of out
	size int64
}

// OpenEvidence opens the folder "evidence" under a run's folder; it need not
// be there. software names the program in the files.
func OpenEvidence(dir, software string) (*Evidence, error) {
	e := &Evidence{dir: filepath.Join(dir, evidenceFolder), software: software}
	return e, e.index()
}

func (e *Evidence) index() error {
	a, err := OpenArchive(e.dir)
	if errors.Is(err, fs.ErrNotExist) {
		a, err = newArchive(), nil
	}
	if e.archive == nil {
		e.archive = a
		return err
	}
	e.archive.index, e.archive.digests, e.archive.ids = a.index, a.digests, a.ids
	return err
}

// Close lets others write into the folder.
func (e *Evidence) Close() error {
	e.archive.mu.Lock()
	defer e.archive.mu.Unlock()
	if e.out == nil {
		return nil
	}
	err := errors.Join(e.out.Sync(), e.out.Close(), e.lock.Unlock())
	e.out = nil
	return err
}

// open makes the file ready that is written to next.
func (e *Evidence) open() error {
	if e.out != nil && e.size < rollover {
		return nil
	}
	if e.out != nil {
		if err := errors.Join(e.out.Sync(), e.out.Close()); err != nil {
			return err
		}
		e.out = nil
		return e.file()
	}
	if err := os.MkdirAll(e.dir, 0o755); err != nil {
		return err
	}
	e.lock = flock.New(filepath.Join(e.dir, ".lock"))
	held, err := e.lock.TryLock()
	if err == nil && !held {
		err = fmt.Errorf("%s: %w", e.dir, ErrInUse)
	}
	if err == nil {
		err = e.index() // another run may have written since
	}
	if err != nil {
		return err
	}
	return e.file()
}

// file opens the first file that has room. What a kill left behind the last
// whole record is cut off; a file that is damaged otherwise is left as it is.
func (e *Evidence) file() error {
	for n := 1; ; n++ {
		name := "answers.warc.gz"
		if n > 1 {
			name = fmt.Sprintf("answers-%d.warc.gz", n)
		}
		path := filepath.Join(e.dir, name)
		f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o644)
		if err != nil {
			return err
		}
		end, err := newArchive().add(path)
		if err == nil && end < rollover {
			if err := f.Truncate(end); err != nil {
				return err
			}
			if _, err := f.Seek(end, 0); err != nil {
				return err
			}
			e.out, e.name, e.size = f, path, end
			return nil
		}
		f.Close()
		if err != nil && n > 1000 {
			return err
		}
	}
}

// Keep keeps an answer and the request that it answers, and returns its value.
// With unchanged, the server said that its earlier answer still holds.
func (e *Evidence) Keep(k cite.Kept, request []byte, unchanged *cite.Kept) (*cite.Response, error) {
	e.archive.mu.Lock()
	defer e.archive.mu.Unlock()
	if err := e.open(); err != nil {
		return nil, err
	}
	kind, extra := "response", ""
	payload := payloadOf(k.Message)
	full, block := k.Message, k.Message
	if unchanged != nil {
		if err := e.copy(*unchanged); err != nil {
			return nil, err
		}
		full, payload = unchanged.Message, payloadOf(unchanged.Message)
	}
	digest := digestOf(payload)
	first, again := e.archive.digests[digest]
	if again && len(payload) > 0 {
		kind = "revisit"
		profile := "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
		if unchanged != nil {
			profile = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
		}
		extra = field("WARC-Refers-To", "<"+first.id+">") + field("WARC-Refers-To-Target-URI", first.url) + field("WARC-Refers-To-Date", first.date) + field("WARC-Profile", profile)
		head, _, _ := bytes.Cut(block, []byte("\r\n\r\n"))
		block = append(slices.Clone(head), "\r\n\r\n"...)
	}
	// The id is made of what the record says, so that the same answer has the
	// same one; the number tells apart what came twice in a second.
	for n := 0; k.ID == "" || e.archive.ids[k.ID]; n++ {
		k.ID = recordID(kind, k.URL, k.Fetched, fmt.Sprint(n), string(full))
	}
	answer := record{kind: kind, id: k.ID, url: k.URL, date: k.Fetched, media: "application/http;msgtype=response",
		extra: extra + field("WARC-Payload-Digest", digest), block: block}
	var out []record
	if request != nil {
		out = append(out, record{kind: "request", id: recordID("request", k.ID), url: k.URL, date: k.Fetched, media: "application/http;msgtype=request",
			extra: field("WARC-Concurrent-To", "<"+k.ID+">"), block: request})
	}
	at, err := e.write(append(out, answer)...)
	if err != nil {
		return nil, err
	}
	en := entry{file: e.name, name: shown(e.name), offset: at, gz: true, kind: kind, url: k.URL, id: k.ID, date: k.Fetched}
	if kind == "revisit" {
		en.refers, en.first = fold(first.url)+"\n"+first.date, first.id
	}
	e.archive.note(en, digest)
	// What is returned is what a replay will read.
	if k, err = e.archive.kept(en); err != nil {
		return nil, err
	}
	return read(k, en.name)
}

// copy keeps what an archive or the cache answered, under its own id: the
// folder holds every answer that a finding rests on.
func (e *Evidence) copy(k cite.Kept) error {
	if e.archive.ids[k.ID] {
		return nil
	}
	if err := e.open(); err != nil {
		return err
	}
	digest := digestOf(payloadOf(k.Message))
	at, err := e.write(record{kind: "response", id: k.ID, url: k.URL, date: k.Fetched, media: "application/http;msgtype=response",
		extra: field("WARC-Payload-Digest", digest), block: k.Message})
	if err == nil {
		e.archive.note(entry{file: e.name, name: shown(e.name), offset: at, gz: true, kind: "response", url: k.URL, id: k.ID, date: k.Fetched}, digest)
	}
	return err
}

// Copy keeps what an archive or the cache answered and returns its value as
// this folder shows it.
func (e *Evidence) Copy(k cite.Kept) (*cite.Response, error) {
	e.archive.mu.Lock()
	defer e.archive.mu.Unlock()
	if err := e.copy(k); err != nil {
		return nil, err
	}
	name := filepath.Join(e.dir, "answers.warc.gz")
	for _, en := range e.archive.index[fold(k.URL)] {
		if en.id == k.ID {
			name = en.file
		}
	}
	return read(k, shown(name))
}

// Fail keeps why there was no answer, so that a replay says the same.
func (e *Evidence) Fail(address, date string, f *cite.Failure) error {
	e.archive.mu.Lock()
	defer e.archive.mu.Unlock()
	if err := e.open(); err != nil {
		return err
	}
	address = Redact(address)
	block := failureField + f.Kind + "\r\nreason: " + strings.NewReplacer("\r", " ", "\n", " ").Replace(f.Reason) + "\r\n"
	id := ""
	for n := 0; id == "" || e.archive.ids[id]; n++ {
		id = recordID("metadata", address, date, fmt.Sprint(n), block)
	}
	at, err := e.write(record{kind: "metadata", id: id, url: address, date: date, media: failureType, block: []byte(block)})
	if err == nil {
		e.archive.note(entry{file: e.name, name: shown(e.name), offset: at, gz: true, kind: "metadata", url: address, id: id, date: date}, "")
	}
	return err
}

// record is one WARC record to be.
type record struct {
	kind, id, url, date, media, extra string
	block                             []byte
}

// write appends records in one piece, the file's own first where it is new,
// and says where the last of them begins.
func (e *Evidence) write(records ...record) (int64, error) {
	if e.size == 0 {
		name := filepath.Base(e.name)
		records = append([]record{{kind: "warcinfo", id: recordID("warcinfo", name, records[0].date), date: records[0].date, media: "application/warc-fields",
			extra: field("WARC-Filename", name),
			block: []byte("software: " + e.software + "\r\nformat: WARC File Format 1.1\r\nconformsTo: http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/\r\n" +
				"description: header fields stand in the order of their names, without cookies and tokens; bodies as they came, without transfer coding\r\n")}}, records...)
	}
	var all bytes.Buffer
	at := e.size
	for _, r := range records {
		at = e.size + int64(all.Len())
		z := gzip.NewWriter(&all)
		head := "WARC/1.1\r\n" + field("WARC-Type", r.kind) + field("WARC-Record-ID", "<"+r.id+">") + field("WARC-Date", r.date)
		if r.url != "" {
			head += field("WARC-Target-URI", r.url)
		}
		head += r.extra + field("WARC-Block-Digest", digestOf(r.block)) + field("Content-Type", r.media) + field("Content-Length", fmt.Sprint(len(r.block))) + "\r\n"
		for _, part := range [][]byte{[]byte(head), r.block, []byte("\r\n\r\n")} {
			if _, err := z.Write(part); err != nil {
				return 0, err
			}
		}
		if err := z.Close(); err != nil {
			return 0, err
		}
	}
	if _, err := e.out.Write(all.Bytes()); err != nil {
		e.out.Truncate(e.size) // what of it was written is no record
		e.out.Seek(e.size, 0)
		return 0, err
	}
	e.size += int64(all.Len())
	return at, nil
}

// sync makes what was kept survive a loss of power.
func (e *Evidence) sync() error {
	e.archive.mu.Lock()
	defer e.archive.mu.Unlock()
	if e.out == nil {
		return nil
	}
	return e.out.Sync()
}

func field(name, value string) string {
	return name + ": " + strings.NewReplacer("\r", " ", "\n", " ").Replace(value) + "\r\n"
}

// payloadOf is the body of an HTTP message.
func payloadOf(message []byte) []byte {
	_, body, _ := bytes.Cut(message, []byte("\r\n\r\n"))
	return body
}

func digestOf(b []byte) string {
	sum := sha256.Sum256(b)
	return "sha256:" + base32.StdEncoding.EncodeToString(sum[:])
}

// recordID is a UUID of version 8 made of what a record says.
func recordID(parts ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	sum[6], sum[8] = sum[6]&0x0f|0x80, sum[8]&0x3f|0x80
	h := hex.EncodeToString(sum[:16])
	return "urn:uuid:" + h[:8] + "-" + h[8:12] + "-" + h[12:16] + "-" + h[16:20] + "-" + h[20:]
}

// copyFailure keeps a failure that an archive holds.
func (e *Evidence) copyFailure(k cite.Kept, f *cite.Failure) error {
	e.archive.mu.Lock()
	known := e.archive.ids[k.ID]
	e.archive.mu.Unlock()
	if known {
		return nil
	}
	return e.Fail(k.URL, k.Fetched, f)
}
