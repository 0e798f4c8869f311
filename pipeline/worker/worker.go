// Package worker reads untrusted documents in processes of their own: this
// same binary, started again with a hidden argument, inside limits of CPU
// seconds, memory and files. It knows processes, limits and how an answer
// comes over a pipe; it knows nothing of what the answer means. Whatever a
// document does to its reader costs that document and nothing else.
//
// A process that has read a document without trouble waits for the next one:
// to start the PDF engine costs as much as to read fifty pages. [Rest] ends
// those that wait.
package worker

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"citecheck/extractors/pdf"
	"citecheck/pipeline/cite"
)

// What may end the reading of a document. The words are for people.
var (
	ErrEmpty    = errors.New("the file is empty")
	ErrNotPDF   = pdf.ErrNotPDF
	ErrPassword = pdf.ErrPassword
	ErrBroken   = pdf.ErrBroken
	ErrFormat   = errors.New("not a format that is read here")
	ErrTooLarge = errors.New("too large")
	ErrCPU      = errors.New("took too many CPU seconds")
	ErrStuck    = errors.New("stopped answering")
	ErrMemory   = pdf.ErrMemory
	ErrCrashed  = errors.New("reader crashed")
)

// An Input is one document.
type Input struct {
	Name      string // as people know it; its ending is a hint for formats of text
	Data      []byte
	MediaType string // "" to find out by [Sniff]
}

// Limits bound the reading of one document. A zero field means its default.
type Limits struct {
	CPU       time.Duration // CPU time of the reading process
	Memory    int64         // bytes of data of the reading process
	Pages     int           // of a PDF
	Size      int64         // bytes of the input
	Answer    int64         // bytes of the answer
	Recognize int           // pages read by character recognition; negative for none
	Reread    bool          // those too that have someone else's recognition under their picture
}

// DefaultLimits are those of a report of any size that was ever seen: one of
// 2,400 pages takes 15 CPU seconds.
func DefaultLimits() Limits {
	return Limits{CPU: 60 * time.Second, Memory: 1 << 30, Pages: pdf.DefaultMaxPages, Size: 512 << 20, Answer: 512 << 20,
		Recognize: pdf.DefaultMaxRecognized}
}

func (l Limits) orDefault() Limits {
	d := DefaultLimits()
	if l.CPU <= 0 {
		l.CPU = d.CPU
	}
	if l.Memory <= 0 {
		l.Memory = d.Memory
	}
	if l.Pages <= 0 {
		l.Pages = d.Pages
	}
	if l.Size <= 0 {
		l.Size = d.Size
	}
	if l.Answer <= 0 {
		l.Answer = d.Answer
	}
	if l.Recognize == 0 {
		l.Recognize = d.Recognize
	}
	return l
}

// A Result is a document as it was read: pages of a PDF, Text of any other
// format.
type Result struct {
	MediaType string
	Info      pdf.Info // of a PDF
	Text      *cite.Text
	Problems  []cite.Problem // what of it could not be read; Item is a place in it

	packed   shelf
	copied   []byte   // of [Annotate]
	problems []string // of each page, "" for none
}

// Pages goes through the pages of a PDF. They are unpacked each time, one
// after another, so that a report of a thousand pages never lies in memory as
// a whole.
func (r *Result) Pages() iter.Seq[cite.Page] {
	return func(yield func(cite.Page) bool) {
		var p unpacker
		for body := range r.packed.all() {
			page, _ := p.page(body) // it was sound when it came
			if !yield(page) {
				return
			}
		}
	}
}

// Forget lets go of the pages.
func (r *Result) Forget() { r.packed = shelf{} }

// patience is how often the CPU limit may pass on the clock before a process
// that says nothing and does nothing is ended.
var patience time.Duration = 10

// Read reads one document in a reading process; no other is in it meanwhile.
func Read(ctx context.Context, doc Input, lim Limits) (Result, error) {
	lim = lim.orDefault()
	if int64(len(doc.Data)) > lim.Size {
		return Result{}, fmt.Errorf("%w: %d MiB, the limit is %d", ErrTooLarge, len(doc.Data)>>20, lim.Size>>20)
	}
	media := doc.MediaType
	if media == "" {
		var err error
		if media, err = Sniff(doc.Name, doc.Data); err != nil {
			return Result{}, err
		}
	}
	return run(ctx, request{
		MediaType: media, Size: len(doc.Data), Pages: lim.Pages, Recognize: lim.Recognize, Reread: lim.Reread,
		process: process{CPU: lim.CPU, Memory: lim.Memory, PDF: media == PDF, CacheDir: cacheDir(), Tesseract: tesseract()},
	}, doc.Data, lim)
}

// cacheDir is where the PDF engine's machine code is kept between processes;
// "" where the user has no such place.
func cacheDir() string {
	dir, err := os.UserCacheDir()
	if err != nil {
		return ""
	}
	return filepath.Join(dir, "citecheck", "engine")
}

// A request is what the child is told before a document's bytes.
type request struct {
	MediaType string
	Size      int
	Pages     int
	Recognize int
	Reread    bool
	Remarks   *Remarks // not nil: a copy with these is asked for, not the text
	process
}

// process is what holds for all documents of a reading process.
type process struct {
	CPU       time.Duration // for each document
	Memory    int64
	PDF       bool // it has the PDF engine, which takes its time to start
	CacheDir  string
	Tesseract string // path of the program; "" when there is none
}

// run has a reading process read the document.
func run(ctx context.Context, req request, data []byte, lim Limits) (Result, error) {
	if err := ctx.Err(); err != nil {
		return Result{}, err
	}
	r, err := take(req.process)
	if err != nil {
		return Result{}, fmt.Errorf("start the reading process: %w", err)
	}
	watch := newWatch(r, lim)
	forget := context.AfterFunc(ctx, r.kill)
	res := Result{MediaType: req.MediaType}
	answered := r.read(req, data, &res, lim, watch.alive)
	watch.end()
	forget()
	var why *refusal
	if answered == nil || errors.As(answered, &why) {
		r.put()
		if answered != nil {
			return res.partial(advise(answered, lim))
		}
		res.Problems = append(pageProblems(res.problems), res.Info.Problems...)
		return res, nil
	}
	r.kill()
	waited := r.wait()
	switch {
	case ctx.Err() != nil:
		return Result{}, ctx.Err()
	case watch.stuck.Load():
		err = fmt.Errorf("%w for %v", ErrStuck, patience*lim.CPU)
	case errors.Is(answered, ErrTooLarge):
		err = fmt.Errorf("%w: its text takes more than %d MiB", ErrTooLarge, lim.Answer>>20)
	default:
		err = advise(post(r.cmd.ProcessState, waited, r.stderr.String(), lim), lim)
	}
	return res.partial(err)
}

// partial is what was read before an error ended the reading: the pages that
// came, if any did, with a word on those that did not.
func (r Result) partial(err error) (Result, error) {
	n := len(r.problems)
	if n == 0 {
		return Result{}, err
	}
	r.packed.done()
	r.Info = pdf.Info{Pages: n, Read: n}
	r.Problems = append(pageProblems(r.problems), cite.Problem{Item: fmt.Sprintf("pages after %d", n), Reason: "not read: " + err.Error()})
	return r, nil
}

// advise adds to an error about a limit what to do about it.
func advise(err error, lim Limits) error {
	switch {
	case errors.Is(err, ErrCPU):
		return fmt.Errorf("%w, the limit of a document. Raise --max-cpu if it is a sound one", err)
	case errors.Is(err, ErrMemory):
		return fmt.Errorf("%w; of the limit of %d MiB a document's data, its reader and the PDF engine each have a share. Raise --max-memory if it is a sound one", err, lim.Memory>>20)
	}
	return err
}

// tooMuchMemory is what a process says that met its limit on memory; the stack
// of a new thread counts towards it.
var tooMuchMemory = regexp.MustCompile(`out of memory|cannot allocate memory|failed to allocate|pthread_create failed|failed to create new OS thread`)

// post tells from what is left of a process why it died.
func post(state *os.ProcessState, waited error, stderr string, lim Limits) error {
	switch {
	case state == nil:
		return fmt.Errorf("%w: %v", ErrCrashed, waited)
	case state.ExitCode() == exitCPU || outOfCPU(state, lim):
		return &refusal{Kind: "cpu", Text: fmt.Sprintf("took more than %.0f CPU seconds", lim.CPU.Seconds())}
	case tooMuchMemory.MatchString(stderr):
		return &refusal{Kind: "memory", Text: fmt.Sprintf("needed more than %d MiB", lim.Memory>>20)}
	case strings.Contains(stderr, "stack overflow"), strings.Contains(stderr, "stack exceeds"):
		return fmt.Errorf("%w: it is nested too deeply", ErrCrashed)
	}
	return fmt.Errorf("%w: %s", ErrCrashed, firstWords(stderr, state.String()))
}

// firstWords is the first line of a crash that says something.
func firstWords(stderr, orElse string) string {
	for line := range strings.Lines(stderr) {
		line = strings.ToValidUTF8(strings.TrimSpace(line), "")
		if line != "" {
			return line[:min(len(line), 200)]
		}
	}
	return orElse
}

// pageProblems gathers what the pages say; the same of several pages in a row
// is one line.
func pageProblems(pages []string) []cite.Problem {
	var all []cite.Problem
	for i := 0; i < len(pages); {
		j := i + 1
		for j < len(pages) && pages[j] == pages[i] {
			j++
		}
		if pages[i] != "" {
			item := fmt.Sprintf("page %d", i+1)
			if j > i+1 {
				item = fmt.Sprintf("pages %d to %d", i+1, j)
			}
			all = append(all, cite.Problem{Item: item, Reason: pages[i]})
		}
		i = j
	}
	return all
}

// tail keeps the first bytes written to it and forgets the rest: a crash says
// first what it is, and then where.
type tail struct {
	bytes.Buffer
	max int
}

func (t *tail) Write(p []byte) (int, error) {
	if room := t.max - t.Len(); room > 0 {
		t.Buffer.Write(p[:min(len(p), room)])
	}
	return len(p), nil
}

// childEnv is all that the child sees of the environment.
func childEnv() []string {
	env := []string{"LC_ALL=C.UTF-8"}
	for _, name := range []string{"SystemRoot", "TESSDATA_PREFIX", "GOCOVERDIR"} {
		if v, ok := os.LookupEnv(name); ok {
			env = append(env, name+"="+v)
		}
	}
	return env
}
