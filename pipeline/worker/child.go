package worker

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"

	"citecheck/extractors/pdf"
	"citecheck/pipeline/cite"
)

// childWord is the hidden argument that makes a process a reader.
const childWord = "__read"

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

// child reads a request and a document from in and writes the answer to out.
func child(in *os.File, out io.Writer) error {
	r := bufio.NewReader(in)
	kind, body, err := readFrame(r, nil)
	if err != nil || kind != frameRequest {
		return fmt.Errorf("no request: %v", err)
	}
	var req request
	if err := json.Unmarshal(body, &req); err != nil {
		return err
	}
	opt := pdf.Options{MaxPages: req.Pages, CacheDir: req.CacheDir, MemoryPages: guestPages(req.Memory), MaxRecognized: req.Recognize}
	if req.Recognize > 0 && req.Tesseract != "" {
		opt.Recognize = recognizer(req.Tesseract)
	}
	if req.MediaType == PDF {
		// The engine is our own: its start neither counts nor is fenced, for
		// it writes its cache.
		if err := pdf.Warm(opt); err != nil {
			return err
		}
	}
	if err := fence(req); err != nil {
		return err
	}
	data := make([]byte, req.Size)
	if _, err := io.ReadFull(r, data); err != nil {
		return fmt.Errorf("document: %w", err)
	}
	_ = in.Close() // nothing more comes
	a := answerWriter{w: bufio.NewWriterSize(out, 64<<10)}
	if err := a.answer(req, opt, data); err != nil {
		return err
	}
	return a.w.Flush()
}

// guestPages is the share of the memory limit that the PDF engine's machine
// gets, in pages of 64 KiB: a quarter, for the document is held up to three
// times outside it.
func guestPages(memory int64) uint32 {
	return uint32(min(memory/4>>16, pdf.DefaultMemoryPages))
}

// answerWriter writes the frames of an answer.
type answerWriter struct {
	w    *bufio.Writer
	pack packer
	buf  []byte
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
	if req.MediaType == PDF {
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
			return a.json(frameRefusal, refuse(err))
		}
		return a.json(frameEnd, info)
	}
	text, err := readText(req.MediaType, data)
	if err != nil {
		return a.json(frameRefusal, refuse(err))
	}
	if err := a.json(frameText, text); err != nil {
		return err
	}
	return a.json(frameEnd, pdf.Info{})
}
