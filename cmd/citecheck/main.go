// Command citecheck checks the footnotes of reports on the United Nations:
// it reads a report, finds its notes, looks up the UN documents that they
// cite and says of every claim whether a source bears it out.
//
// The tour of the code, bottom up: pipeline/cite holds the words; extractors
// turn bytes into values; pipeline decides what to do with them (start at
// pipeline.Run); pipeline/batch runs it over many inputs; this package has
// the flags, the files and the exit codes, one file a subcommand.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"

	"citecheck/pipeline/worker"
)

// The exit codes of the output contract. The first that applies wins, in the
// order usage, interrupted, failed, unread, wrong, strict, 0.
const (
	exitUsage       = 1
	exitWrong       = 2 // something is contradicted or not found
	exitStrict      = 3 // --strict, and something was unreachable
	exitUnread      = 4 // an input could not be read
	exitFailed      = 5 // the run itself failed
	exitInterrupted = 130
)

// roomy is the memory from which on the collector works for room rather than
// for time. It is no bound: what is needed is taken.
const roomy = 88 << 20

func main() {
	if worker.IsChild(os.Args) {
		os.Exit(worker.Main())
	}
	if os.Getenv("GOGC") == "" && os.Getenv("GOMEMLIMIT") == "" {
		// Small reports never come near it, and a report of 1,000 pages takes
		// no more room than it needs: to collect at every fifth of growth
		// does the same for a quarter more CPU time.
		debug.SetMemoryLimit(roomy)
	}
	log.SetOutput(io.Discard) // net/http's client speaks of odd servers there
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second Ctrl-C ends what does not end by itself
	code := run(ctx, os.Args[1:], interruptible{os.Stdin, ctx}, os.Stdout, os.Stderr)
	worker.Rest() // its CPU time counts as ours only once it has ended
	stop()
	os.Exit(code)
}

// An interruptible is standard input that nobody waits for after an interrupt:
// who has typed "citecheck parse" and thought better of it.
type interruptible struct {
	file *os.File
	ctx  context.Context
}

func (in interruptible) Read(p []byte) (int, error) {
	type answer struct {
		n   int
		err error
	}
	came := make(chan answer, 1)
	buf := make([]byte, len(p)) // p is the caller's again after an interrupt
	go func() {
		n, err := in.file.Read(buf)
		came <- answer{n, err}
	}()
	select {
	case a := <-came:
		return copy(p, buf[:a.n]), a.err
	case <-in.ctx.Done():
		return 0, in.ctx.Err()
	}
}

// exitError carries an exit code; its message, if any, is printed.
type exitError struct {
	code int
	err  error
}

func (e *exitError) Error() string {
	if e.err == nil {
		return fmt.Sprintf("exit %d", e.code)
	}
	return e.err.Error()
}

func (e *exitError) Unwrap() error { return e.err }

// exit makes an error that ends the program with code.
func exit(code int, err error) error { return &exitError{code, err} }

// run runs the command line and returns the exit code.
func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) (code int) {
	defer func() {
		// An uncaught panic would exit with 2, which says that a citation is wrong.
		if v := recover(); v != nil {
			fmt.Fprintf(stderr, "citecheck: internal error: %v\n%s", v, debug.Stack())
			code = exitFailed
		}
	}()
	cmd := root(stdin, stdout, stderr)
	cmd.SetArgs(withCheck(cmd, args))
	called, err := cmd.ExecuteContextC(ctx)
	var e *exitError
	switch coded := errors.As(err, &e); {
	case err == nil:
		return 0
	case ctx.Err() != nil && (!coded || errors.Is(err, context.Canceled)):
		fmt.Fprintln(stderr, "citecheck: interrupted")
		return exitInterrupted
	case coded:
		code = e.code
		if e.err == nil {
			return code
		}
	default:
		code = exitUsage
	}
	fmt.Fprintf(stderr, "citecheck: %s\n", safe(err.Error()))
	if code == exitUsage {
		fmt.Fprintln(stderr, howTo(called))
	}
	return code
}
