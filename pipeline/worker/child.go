package worker

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"runtime"
	"time"

	"citecheck/extractors/pdf"
	"citecheck/pipeline/cite"
)

// childWord is the hidden argument that makes a process a reader.
const childWord = "__read"

// exitCPU is how a reading process ends whose document takes too long.
const exitCPU = 17

// IsChild tells whether these arguments are those of a reading process: a
// program that uses this package then calls [Main] first thing.
func IsChild(args []string) bool { return len(args) == 2 && args[1] == childWord }

// Main is the whole reading process; it returns the exit code.
func Main() int {
	if err := child(os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return 0
}

const (
	// maxServed documents are read by one process: whatever might gather in
	// it never gathers for long.
	maxServed = 100
	// maxHeld bytes may the process hold from the system after a document and
	// be fit for another: the next one finds nearly all of its memory.
	maxHeld = 192 << 20
)

// child reads documents from in, one after the other, and writes the answers
// to out.
func child(in io.Reader, out io.Writer) error {
	r := bufio.NewReader(in)
	a := answerWriter{w: bufio.NewWriterSize(out, 64<<10)}
	fenced := false
	for ; ; a.served++ {
		kind, body, err := readFrame(r, nil)
		if err == io.EOF && a.served > 0 {
			return nil
		}
		if err != nil || kind != frameRequest {
			return fmt.Errorf("no request: %v", err)
		}
		var req request
		if err := json.Unmarshal(body, &req); err != nil {
			return err
		}
		opt := pdf.Options{MaxPages: req.Pages, CacheDir: req.CacheDir, MemoryPages: guestPages(req.Memory), MaxRecognized: req.Recognize, Reread: req.Reread}
		if req.Recognize > 0 && req.Tesseract != "" {
			opt.Recognize = recognizer(req.Tesseract)
		}
		if !fenced {
			// The engine is our own: its start neither counts nor is fenced,
			// for it writes its cache.
			if req.PDF {
				if err := pdf.Warm(opt); err != nil {
					return err
				}
			}
			if err := fence(req.process); err != nil {
				return err
			}
			fenced = true
		}
		if err := allot(req.CPU); err != nil {
			return err
		}
		data := make([]byte, req.Size)
		if _, err := io.ReadFull(r, data); err != nil {
			return fmt.Errorf("document: %w", err)
		}
		if err := a.answer(req, opt, data); err != nil {
			return err
		}
		if err := a.w.Flush(); err != nil {
			return err
		}
	}
}

// guestPages is the share of the memory limit that the PDF engine's machine
// gets, in pages of 64 KiB: a quarter, for the document is held up to three
// times outside it.
func guestPages(memory int64) uint32 {
	return uint32(min(memory/4>>16, maxGuestPages))
}

// maxGuestPages is all that such a machine can address: 4 GiB.
const maxGuestPages = 1 << 16

// answerWriter writes the frames of answers.
type answerWriter struct {
	w      *bufio.Writer
	pack   packer
	buf    []byte
	served int
}

func (a *answerWriter) frame(kind byte, body []byte) error {
	a.buf = appendFrame(a.buf[:0], kind, body)
	_, err := a.w.Write(a.buf)
	return err
}

func (a *answerWriter) json(kind byte, v any) error {
	body, err := json.Marshal(v)
	if err != nil {
		return err
	}
	return a.frame(kind, body)
}

// answer reads the document and writes all frames. An error is about the
// pipe, or a panic of a reader; what is wrong with the document is a frame.
func (a *answerWriter) answer(req request, opt pdf.Options, data []byte) (err error) {
	defer func() {
		if v := recover(); v != nil {
			err = fmt.Errorf("panic: %v", v)
		}
	}()
	if req.Remarks != nil {
		var buf bytes.Buffer
		if err := req.Remarks.write(req.MediaType, opt, data, &buf); err != nil {
			return a.json(frameRefusal, refuse(err, a.fit(req)))
		}
		for rest := buf.Bytes(); len(rest) > 0; {
			n := min(len(rest), pieceSize)
			if err := a.frame(frameCopy, rest[:n]); err != nil {
				return err
			}
			rest = rest[n:]
		}
		return a.json(frameEnd, ending{Fit: a.fit(req)})
	}
	if req.MediaType == PDF {
		a.pack.names = nil
		var piped error
		info, err := pdf.Read(data, opt, func(p cite.Page) error {
			if piped = a.frame(framePage, a.pack.page(&p)); piped != nil || a.w.Buffered() < 32<<10 {
				return piped
			}
			piped = a.w.Flush()
			return piped
		})
		switch {
		case piped != nil:
			return piped
		case err != nil:
			return a.json(frameRefusal, refuse(err, a.fit(req)))
		}
		return a.json(frameEnd, ending{info, a.fit(req)})
	}
	text, err := readText(req.MediaType, data)
	if err != nil {
		return a.json(frameRefusal, refuse(err, a.fit(req)))
	}
	if err := a.json(frameText, text); err != nil {
		return err
	}
	return a.json(frameEnd, ending{Fit: a.fit(req)})
}

// fit tells whether this process may read another document.
func (a *answerWriter) fit(req request) bool {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return a.served+1 < maxServed && m.Sys < maxHeld && spent() < served(req.CPU)
}

// served is the CPU time that a process may have taken for all its documents
// and still be fit for another.
func served(cpu time.Duration) time.Duration { return cpu / 2 }
