package main

import (
	"fmt"
	"io"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/vbauerster/mpb/v8"
	"github.com/vbauerster/mpb/v8/decor"

	"citecheck/pipeline/batch"
)

// progress tells people how a run goes: a bar a stage on a terminal, log
// lines elsewhere, and a line for each input that could not be read in either
// case.
type progress struct {
	mu     sync.Mutex
	stderr io.Writer
	log    *slog.Logger
	json   bool          // lines are for programs: what could not be read is logged like the rest
	bars   *mpb.Progress // nil when stderr is no terminal
	read   *mpb.Bar
	check  *mpb.Bar
	unread []string
	took   []timed // the slowest, slowest first
	done   int
}

// timed is how long a report took, by stage.
type timed struct {
	name        string
	read, check time.Duration
}

func newProgress(stderr io.Writer, log *slog.Logger, f checkFlags) *progress {
	p := &progress{stderr: stderr, log: log, json: f.logFormat == "json"}
	if !f.quiet && isTerminal(stderr) {
		p.bars = mpb.New(mpb.WithOutput(stderr), mpb.WithWidth(40))
	}
	return p
}

// Write writes lines past the bars.
func (p *progress) Write(lines []byte) (int, error) {
	if p.bars != nil {
		if n, err := p.bars.Write(lines); err == nil { // else they have ended
			return n, nil
		}
	}
	return p.stderr.Write(lines)
}

func (p *progress) noTraces(reason string) { noTraces(p, p.log, p.json, reason) }

// bar adds the bar of a stage.
func (p *progress) bar(stage string, total int) *mpb.Bar {
	return p.bars.AddBar(int64(total), mpb.BarRemoveOnComplete(),
		mpb.PrependDecorators(decor.Name(stage+" "), decor.CountersNoUnit("%d of %d ")),
		mpb.AppendDecorators(decor.AverageSpeed(0, "%.1f/s "), decor.AverageETA(decor.ET_STYLE_GO)))
}

// passed is told of each stage that a report has passed.
func (p *progress) passed(stage, name string, took time.Duration) {
	p.log.Debug("passed", "report", name, "stage", stage, "took", took)
	if stage == "read" && p.read != nil {
		p.read.Increment()
	}
}

func (p *progress) happened(e batch.Event) {
	p.mu.Lock()
	defer p.mu.Unlock()
	switch e.Kind {
	case batch.Planned:
		p.log.Info("planned", "stage", "plan", "reports", e.Total)
		if p.bars != nil && e.Total > 0 {
			p.read, p.check = p.bar("read   ", e.Total), p.bar("checked", e.Total)
		}
	case batch.Unread:
		line := fmt.Sprintf("citecheck: %s: %s\n", safe(e.Name), safe(e.Reason))
		if p.json {
			p.log.Warn("unread", "report", e.Name, "stage", "read", "reason", e.Reason)
		} else {
			io.WriteString(p, line)
		}
		p.unread = append(p.unread, e.Name)
		p.step()
	case batch.Annotated:
		if e.Reason != "" && p.json {
			p.log.Warn("not annotated", "report", e.Name, "stage", "annotate", "reason", e.Reason)
		} else if e.Reason != "" {
			fmt.Fprintf(p, "citecheck: %s: no annotated copy: %s\n", safe(e.Name), safe(e.Reason))
		}
	case batch.Reused:
		p.log.Info("reused", "report", e.Name, "stage", "plan")
		if p.read != nil {
			p.read.Increment()
		}
		p.step()
	case batch.Done:
		args := []any{"report", e.Name, "stage", "done"}
		for _, stage := range []string{"read", "check"} {
			args = append(args, stage+"_took", e.Took[stage])
		}
		p.log.Info("checked", args...)
		p.note(timed{e.Name, e.Took["read"], e.Took["check"]})
		p.step()
	}
}

func (p *progress) step() {
	if p.check != nil {
		p.check.Increment()
	}
}

// note keeps the slowest reports.
func (p *progress) note(t timed) {
	p.done++
	i := slices.IndexFunc(p.took, func(u timed) bool { return t.read+t.check > u.read+u.check })
	if i < 0 {
		i = len(p.took)
	}
	p.took = slices.Insert(p.took, i, t)
	p.took = p.took[:min(len(p.took), 3)]
}

// account says of a run over many reports which were slowest, and which could
// not be read.
func (p *progress) account(w io.Writer) {
	if p.done+len(p.unread) < 10 {
		return
	}
	if len(p.took) > 0 {
		fmt.Fprint(w, "\n  slowest: ")
		for i, t := range p.took {
			if i > 0 {
				fmt.Fprint(w, ", ")
			}
			fmt.Fprintf(w, "%s (reading %v, checking %v)", safe(t.name), t.read.Round(time.Millisecond), t.check.Round(time.Millisecond))
		}
		fmt.Fprintln(w)
	}
	if n := len(p.unread); n > 0 {
		fmt.Fprintf(w, "\n  %s could not be read: ", count(n, "input"))
		fmt.Fprint(w, safe(strings.Join(p.unread[:min(n, 10)], ", ")))
		if n > 10 {
			fmt.Fprintf(w, " and %d more", n-10)
		}
		fmt.Fprintln(w, "; run.json says why")
	}
}

// end takes the bars away, also when the run was cut off.
func (p *progress) end() {
	if p.bars == nil {
		return
	}
	for _, bar := range []*mpb.Bar{p.read, p.check} {
		if bar != nil {
			bar.Abort(true)
		}
	}
	p.bars.Wait()
}
