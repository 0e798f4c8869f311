package main

import (
	"fmt"
	"io"
	"log/slog"
	"sync"

	"github.com/vbauerster/mpb/v8"
	"github.com/vbauerster/mpb/v8/decor"

	"citecheck/pipeline/batch"
)

// progress tells people how a run goes: a bar on a terminal, log lines
// elsewhere, and a line for each input that could not be read in either case.
type progress struct {
	mu     sync.Mutex
	stderr io.Writer
	log    *slog.Logger
	bars   *mpb.Progress // nil when stderr is no terminal
	bar    *mpb.Bar
	total  int
}

func newProgress(stderr io.Writer, log *slog.Logger, quiet bool) *progress {
	p := &progress{stderr: stderr, log: log}
	if !quiet && isTerminal(stderr) {
		p.bars = mpb.New(mpb.WithOutput(stderr), mpb.WithWidth(40))
	}
	return p
}

func (p *progress) happened(e batch.Event) {
	p.mu.Lock()
	defer p.mu.Unlock()
	switch e.Kind {
	case batch.Planned:
		p.total = e.Total
		p.log.Info("planned", "reports", e.Total)
		if p.bars != nil && e.Total > 0 {
			p.bar = p.bars.AddBar(int64(e.Total), mpb.BarRemoveOnComplete(),
				mpb.PrependDecorators(decor.CountersNoUnit("checked %d of %d ")),
				mpb.AppendDecorators(decor.AverageETA(decor.ET_STYLE_GO)))
		}
	case batch.Unread:
		line := fmt.Sprintf("citecheck: %s: %s\n", safe(e.Name), safe(e.Reason))
		if p.bars != nil {
			p.bars.Write([]byte(line))
		} else {
			io.WriteString(p.stderr, line)
		}
		p.step()
	case batch.Reused:
		p.log.Info("reused", "report", e.Name)
		p.step()
	case batch.Done:
		args := []any{"report", e.Name}
		for _, stage := range []string{"read", "check"} {
			args = append(args, stage, e.Took[stage])
		}
		p.log.Info("checked", args...)
		p.step()
	}
}

func (p *progress) step() {
	if p.bar != nil {
		p.bar.Increment()
	}
}

// end takes the bar away, also when the run was cut off.
func (p *progress) end() {
	if p.bars == nil {
		return
	}
	if p.bar != nil {
		p.bar.Abort(true)
	}
	p.bars.Wait()
}
