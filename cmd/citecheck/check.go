package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"citecheck/pipeline/batch"
	"citecheck/pipeline/cite"
	"citecheck/pipeline/fetch"
	"citecheck/pipeline/review"
)

// checkFlags are the flags of check.
type checkFlags struct {
	sourceFlags
	limitFlags
	styleFlags
	out            string
	jobs           int
	resume, fresh  bool
	plan           bool
	strict, asJSON bool
	quiet          bool
	filesFrom      string
	watch          bool
	nats           string
	metrics        string
	traces         string
	color          string
	logLevel       string
	logFormat      string
	ignore         string
	annotate       bool
	pageImages     bool
}

func checkCommand() *cobra.Command {
	var f checkFlags
	cmd := &cobra.Command{
		Use:   "check FILE|FOLDER|PATTERN|URL...",
		Short: "Check reports and write the verified citation graph",
		Long: `Reads each report, parses its footnotes, looks up the UN documents that they
cite and verifies every claim. Writes into --out (default "out"):

  report.html   every finding beside its sentence, note and evidence, worst first
  graph.json    the citation graph of all reports (citecheck schema describes it)
  reports/      one graph a report
  run.json      what happened: inputs, outcomes, timings

A report may be named by its address: it is asked for as politely as anything
else (robots.txt, pauses, public addresses only) and kept under evidence/, so
that --offline on the same folder finds it there.

Verdicts, worst first: contradicted, not_found, questioned, unreachable,
unverifiable, verified. Unreachable says that nobody could look, and nothing
of the author: run again to ask again.

With --profile notes are held to a citation style too: IPI, the UN's own,
Bluebook, OSCOLA, Chicago or the Australian guide. What it finds (rule,
severity error, warning, style or note, and where it is certain the corrected
note) stands beside the notes and never enters a verdict or the exit code.

With --links the web addresses that notes give for articles, books and pages
are asked for too, as politely as the UN's hosts. It is not the default: a
draft may link to what is not public, and their hosts would see who asks. A
link is called dead when its host says that there is no such page, or when
there is no such host; a closed door or a time-out says nothing. The web
archive is asked for a copy of dead ones. This is advice and enters no verdict.

Exit codes: 0 nothing wrong; 2 something is contradicted or not found (with
--strict also questioned); 3 with --strict, something was unreachable; 4 an
input could not be read; 5 the run failed; 130 interrupted; 1 wrong usage.`,
		Example: `  citecheck check report.pdf
  citecheck check https://example.org/report.pdf
  citecheck check --offline --archive pages.warc.gz --out results drafts/
  citecheck check --profile ipi draft.docx
  citecheck check --json report.docx | jq '.graph.verdicts'
  find archive -name '*.pdf' -newer last | citecheck check --files-from -
  citecheck check --watch drafts/`,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 && f.filesFrom == "" {
				return errors.New("name a report to check, or a folder of them")
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error { return check(cmd, args, f) },
	}
	fl := cmd.Flags()
	fl.StringVar(&f.out, "out", "out", "folder to write to")
	fl.IntVar(&f.jobs, "jobs", runtime.GOMAXPROCS(0), "documents read at once")
	fl.BoolVar(&f.resume, "resume", true, "take over what an earlier run into the same folder finished")
	fl.BoolVar(&f.plan, "plan", false, "ask nobody: list what would be asked for, and how long it would take")
	fl.BoolVar(&f.links, "links", false, "also ask for the web addresses in notes, and say which are dead (this tells their hosts what the report links to)")
	fl.BoolVar(&f.fresh, "fresh", false, "check everything anew")
	fl.StringVar(&f.filesFrom, "files-from", "", "a file that names reports, one a line; - for standard input")
	fl.BoolVar(&f.watch, "watch", false, "go on looking for new and changed reports until interrupted")
	fl.StringVar(&f.nats, "nats", "", "let workers at this queue read and ask hosts: nats://host:4222 (citecheck worker --help)")
	fl.StringVar(&f.metrics, "metrics", "", "serve Prometheus metrics at this address while it runs: 127.0.0.1:9464")
	fl.StringVar(&f.traces, "traces", "", "send OpenTelemetry traces to this address: http://127.0.0.1:4318 (in a build with -tags otel)")
	fl.BoolVar(&f.strict, "strict", false, "let questioned and unreachable count in the exit code")
	fl.BoolVar(&f.asJSON, "json", false, "print graph.json instead of a summary")
	fl.BoolVar(&f.quiet, "quiet", false, "no progress and no summary")
	fl.BoolVar(&f.pageImages, "page-images", false, "put pictures of the pages of PDFs into report.html, with each note and its marker framed")
	fl.BoolVar(&f.annotate, "annotate", false, "write a copy of each report into annotated/, with the findings as comments (Word) or highlights (PDF)")
	fl.StringVar(&f.ignore, "ignore", "", "file of accepted findings ("+ignoreName+", which citecheck ignore writes): they stay in the graph and no longer count")
	fl.StringVar(&f.color, "color", "auto", "auto, always or never")
	fl.StringVar(&f.logLevel, "log-level", "warn", "debug, info, warn or error")
	fl.StringVar(&f.logFormat, "log-format", "text", "text or json")
	f.sourceFlags.add(fl)
	f.limitFlags.add(fl)
	f.styleFlags.add(fl)
	return cmd
}

func check(cmd *cobra.Command, args []string, f checkFlags) error {
	log, err := logger(cmd.ErrOrStderr(), f.logLevel, f.logFormat)
	if err != nil {
		return err
	}
	switch {
	case f.jobs < 1:
		return fmt.Errorf("--jobs %d: at least 1", f.jobs)
	case f.color != "auto" && f.color != "always" && f.color != "never":
		return fmt.Errorf("--color %s: auto, always or never", f.color)
	}
	if f.nats != "" && !cmd.Flags().Changed("jobs") {
		f.jobs = inQueue
	}
	if f.filesFrom != "" {
		more, err := listed(f.filesFrom, cmd.InOrStdin())
		if err != nil {
			return exit(exitUsage, fmt.Errorf("--files-from: %w", err))
		}
		args = append(args, more...)
	}
	if f.plan {
		return printPlan(cmd, args, f)
	}
	m, stop, err := metricsAt(f.metrics, cmd.ErrOrStderr())
	if err != nil {
		return err
	}
	defer stop()
	t, stop, err := tracesTo(f.traces, func(reason string) { noTraces(cmd.ErrOrStderr(), log, f.logFormat == "json", reason) })
	if err != nil {
		return err
	}
	defer stop()
	if f.watch {
		return watch(cmd, args, f, log, m, t)
	}
	_, err = checkOnce(cmd, args, f, log, m, t)
	return err
}

// listed reads the names of reports, one a line.
func listed(path string, stdin io.Reader) ([]string, error) {
	in := stdin
	if path != "-" {
		file, err := os.Open(path)
		if err != nil {
			return nil, err
		}
		defer file.Close()
		in = file
	}
	var out []string
	lines := bufio.NewScanner(in)
	for lines.Scan() {
		if bytes.IndexByte(lines.Bytes(), 0) >= 0 || bytes.HasPrefix(lines.Bytes(), []byte("%PDF-")) {
			return nil, fmt.Errorf("%s is no text. Name reports in it, one a line, or name a report without --files-from", path)
		}
		if name := strings.TrimSuffix(lines.Text(), "\r"); strings.TrimSpace(name) != "" {
			out = append(out, name)
		}
	}
	return out, lines.Err()
}

// checkOnce makes one run. done tells whether it came to its end, whatever
// the verdicts; they are in the error's exit code.
func checkOnce(cmd *cobra.Command, args []string, f checkFlags, log *slog.Logger, m *metrics, t *traces) (done bool, err error) {
	ctx := cmd.Context()
	p, settings, closeEvidence, err := f.pipeline()
	if err != nil {
		return false, err
	}
	defer closeEvidence()
	accepted, err := loadList(f.ignore)
	if err != nil {
		return false, err
	}
	marker := review.NewMarker(accepted)
	if f.nats != "" {
		closeQueue, err := throughQueue(ctx, f.nats, p, m, t)
		if err != nil {
			return false, err
		}
		defer closeQueue()
	}
	chain := p.Lookup.Fetch.(*fetch.Chain)
	m.watch(chain)
	t.of(p, chain)
	show := newProgress(cmd.ErrOrStderr(), log, f)
	defer t.saying(show.noTraces)()
	if show.bars != nil {
		p.Trace = both(p.Trace, show.trace)
	}
	p.Passed = func(stage, name string, took time.Duration) {
		m.passed(stage, took)
		show.passed(stage, name, took)
	}
	happened := func(e batch.Event) {
		m.happened(e)
		show.happened(e)
	}
	run := batch.Run{Args: args, Web: web(chain), Stdin: cmd.InOrStdin(), Out: f.out, Fresh: f.fresh || !f.resume, Offline: f.offline,
		Settings: settings, Pipeline: p, Mark: marker.Mark, Accepts: accepted != nil, Render: render(p, f.pageImages), Look: look(f.pageImages), Happened: happened, Info: versions(), Now: time.Now}
	if f.annotate {
		run.Annotate = p.Annotate
	}
	s, err := run.Do(ctx)
	show.end()
	if e := closeEvidence(); err == nil && e != nil {
		err = fmt.Errorf("keep the evidence: %w", e)
	}
	if ctx.Err() != nil || errors.Is(err, context.Canceled) {
		fmt.Fprintf(cmd.ErrOrStderr(), "citecheck: interrupted; the reports finished so far are kept in %s, run the same command again to go on\n", f.out)
		return false, exit(exitInterrupted, nil)
	}
	if err != nil {
		return false, exit(exitFailed, withAdvice(err, f.out))
	}
	if err := printRun(cmd.OutOrStdout(), s, f); err != nil {
		return false, exit(exitFailed, err)
	}
	if !f.quiet && !f.asJSON {
		show.account(cmd.OutOrStdout(), time.Now())
	}
	if !f.quiet {
		showStale(cmd.ErrOrStderr(), f.ignore, marker.Stale())
	}
	return true, verdictExit(s, f.strict)
}

func printRun(w io.Writer, s batch.Summary, f checkFlags) error {
	if f.asJSON {
		return copyFile(w, filepath.Join(f.out, "graph.json"))
	}
	if f.quiet {
		return nil
	}
	if s.Digest.Meta.Reports == 0 {
		_, err := fmt.Fprintf(w, "Nothing was checked: none of the inputs could be read (%s says why).\n", filepath.Join(f.out, "run.json"))
		return err
	}
	summarize(w, painter(f.color, w), s.Digest, f.out)
	if f.annotate {
		fmt.Fprintf(w, "\n  %s has a copy of each Word and PDF report with its findings as remarks.\n", filepath.Join(f.out, "annotated"))
	}
	page := filepath.Join(f.out, "report.html")
	if n := s.Digest.Cited(); n < s.Digest.Meta.Citations {
		_, err := fmt.Fprintf(w, "\n  %s has the worst %d citations, each finding beside its sentence, note and evidence; graph.json has all.\n", page, n)
		return err
	}
	_, err := fmt.Fprintf(w, "\n  %s has every finding beside its sentence, note and evidence.\n", page)
	return err
}

func copyFile(w io.Writer, path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = io.Copy(w, f)
	return err
}

// verdictExit is the exit code that the verdicts ask for.
func verdictExit(s batch.Summary, strict bool) error {
	v := s.Digest.Meta.Verdicts
	switch {
	case s.Unread > 0:
		return exit(exitUnread, nil)
	case v[cite.Contradicted]+v[cite.NotFound] > 0 || strict && v[cite.Questioned] > 0:
		return exit(exitWrong, nil)
	case strict && v[cite.Unreachable] > 0:
		return exit(exitStrict, nil)
	}
	return nil
}

func logger(w io.Writer, level, format string) (*slog.Logger, error) {
	var l slog.Level
	if err := l.UnmarshalText([]byte(level)); err != nil {
		return nil, fmt.Errorf("--log-level %s: debug, info, warn or error", level)
	}
	opt := &slog.HandlerOptions{Level: l}
	switch format {
	case "text":
		return slog.New(slog.NewTextHandler(w, opt)), nil
	case "json":
		return slog.New(slog.NewJSONHandler(w, opt)), nil
	}
	return nil, fmt.Errorf("--log-format %s: text or json", format)
}
