package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"os"
	"slices"
	"sync"
	"time"

	"github.com/vbauerster/mpb/v8"
	"github.com/vbauerster/mpb/v8/decor"

	"citecheck/pipeline/batch"
)

// progress tells people how a run goes: a bar a stage on a terminal, log
// lines elsewhere, and a line for each input that could not be read in either
// case; at the end what was slow and what failed.
type progress struct {
	mu     sync.Mutex
	stderr io.Writer
	log    *slog.Logger
	json   bool          // lines are for programs: what could not be read is logged like the rest
	bars   *mpb.Progress // nil when stderr is no terminal
	online bool          // look-ups take time: they have a bar of their own
	shown  []*mpb.Bar

	began, logged       time.Time
	read, check, looked *stageBar
	left, documents     int // reports whose look-ups are not known yet; look-ups that are

	unread       []failed
	took         []timed // the slowest, slowest first
	done, reused int
}

// timed is how long a report took, by stage.
type timed struct {
	name        string
	read, check time.Duration
}

type failed struct{ name, reason string }

func newProgress(stderr io.Writer, log *slog.Logger, f checkFlags) *progress {
	p := &progress{stderr: stderr, log: log, json: f.logFormat == "json", online: !f.offline, began: time.Now(), logged: time.Now(),
		read: &stageBar{name: "read"}, check: &stageBar{name: "checked"}, looked: &stageBar{name: "looked up"}}
	if !f.quiet && isTerminal(stderr) && os.Getenv("TERM") != "dumb" {
		p.bars = mpb.New(mpb.WithOutput(stderr), mpb.WithWidth(40))
	}
	return p
}

// A stageBar counts what has passed a stage.
type stageBar struct {
	name  string
	shown bool

	mu      sync.Mutex
	n, of   int
	before  int  // of n, what an earlier run had done: it says nothing of the speed
	growing bool // more may come than is known
	since   time.Time
	last    time.Time // one passed
}

// A state is how far a stage is.
type state struct {
	n, of int
	rate  float64       // in a second; 0 while nobody knows
	left  time.Duration // likewise
}

func (b *stageBar) state(now time.Time) state {
	b.mu.Lock()
	defer b.mu.Unlock()
	s := state{n: b.n, of: b.of}
	if b.n == b.of && !b.growing {
		now = b.last
	}
	took := now.Sub(b.since).Seconds()
	if b.n == b.before || took <= 0 {
		return s
	}
	s.rate = float64(b.n-b.before) / took
	if !b.growing {
		s.left = time.Duration(float64(b.of-b.n) / s.rate * float64(time.Second))
	}
	return s
}

// String is what stands before the bar, the most important first: a narrow
// terminal shows no more than its beginning.
func (s state) String() string {
	return fmt.Sprintf("%14s %11s %9s ", fmt.Sprintf("%d of %d", s.n, s.of), remaining(s.left), pace(s.rate))
}

// pace is a rate in the unit in which it is a number that says something.
func pace(perSecond float64) string {
	switch {
	case perSecond <= 0:
		return ""
	case perSecond >= 1:
		return fmt.Sprintf("%.1f/s", perSecond)
	case perSecond*60 >= 1:
		return fmt.Sprintf("%.1f/min", perSecond*60)
	}
	return fmt.Sprintf("%.1f/h", perSecond*3600)
}

// remaining is a time to come, as exact as it can be.
func remaining(d time.Duration) string {
	if d <= 0 {
		return ""
	}
	return span(d) + " left"
}

// span is a time in its two largest units.
func span(d time.Duration) string {
	switch s := int(d.Round(time.Second).Seconds()); {
	case s < 60:
		return fmt.Sprintf("%ds", s)
	case s < 3600:
		return fmt.Sprintf("%dm%02ds", s/60, s%60)
	case s < 24*3600:
		return fmt.Sprintf("%dh%02dm", s/3600, s/60%60)
	default:
		return fmt.Sprintf("%dd%02dh", s/86400, s/3600%24)
	}
}

// step counts n more, done by an earlier run or by this one.
func (b *stageBar) step(n int, before bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.n, b.last = b.n+n, time.Now()
	if before {
		b.before, b.since = b.before+n, b.last
	}
}

// expect sets how many there are.
func (b *stageBar) expect(of int, growing bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.of == 0 {
		b.since = time.Now()
	}
	b.of, b.growing = of, growing
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

// show adds the bar of a stage. It stays until the end: only then is it known
// that no more comes.
func (p *progress) show(b *stageBar) {
	if b.shown {
		return
	}
	b.shown = true
	style := mpb.BarStyle().Build()
	p.add(mpb.BarFillerFunc(func(w io.Writer, stat decor.Statistics) error {
		s := b.state(time.Now())
		stat.Current, stat.Total, stat.Completed = int64(s.n), int64(s.of), s.n == s.of
		return style.Fill(w, stat)
	}), func() string { return fmt.Sprintf("%-9s %v", b.name, b.state(time.Now())) })
}

// add adds a line below those that are there.
func (p *progress) add(filler mpb.BarFiller, text func() string) (clear func()) {
	if p.bars == nil {
		return func() {}
	}
	bar, err := p.bars.Add(0, filler, mpb.PrependDecorators(decor.Any(func(decor.Statistics) string { return text() })))
	if err != nil { // the bars have ended
		return func() {}
	}
	p.shown = append(p.shown, bar)
	return func() { bar.Abort(true) }
}

// busy says what is being done while nothing can be counted.
func (p *progress) busy(what string) (end func(...any)) {
	since := time.Now()
	clear := p.add(nil, func() string { return what + " " + span(time.Since(since)) })
	return func(...any) { clear() }
}

// trace watches what a run does beside passing reports from stage to stage.
// It is a [cite.Trace].
func (p *progress) trace(ctx context.Context, what string, facts ...any) (context.Context, func(facts ...any)) {
	p.mu.Lock()
	defer p.mu.Unlock()
	switch what {
	case "plan":
		return ctx, p.busy("looking at the reports")
	case "annotate":
		return ctx, p.busy("writing copies with remarks")
	case "assemble":
		return ctx, p.busy("writing graph.json and report.html")
	case "read":
		return ctx, func(facts ...any) {
			if _, failed := first[error](facts); failed {
				p.mu.Lock()
				defer p.mu.Unlock()
				p.known(0)
			}
		}
	case "lookup":
		documents, _ := first[int](facts)
		p.known(documents)
	case "document":
		return ctx, func(...any) { p.looked.step(1, false) }
	}
	return ctx, func(...any) {}
}

// known is told of each report how many documents it cites.
func (p *progress) known(documents int) {
	p.left, p.documents = p.left-1, p.documents+documents
	p.looked.expect(p.documents, p.left > 0)
	if p.online && p.documents > 0 {
		p.show(p.looked)
	}
}

// first is the first of a kind among facts.
func first[T any](facts []any) (v T, ok bool) {
	for _, f := range facts {
		if v, ok = f.(T); ok {
			return v, true
		}
	}
	return v, false
}

// logEvery is how often a log is told how far a long run is.
const logEvery = 30 * time.Second

// passed is told of each stage that a report has passed, also of those that
// could not be read.
func (p *progress) passed(stage, name string, took time.Duration) {
	p.log.Debug("passed", "report", name, "stage", stage, "took", took)
	switch stage {
	case "read":
		p.read.step(1, false)
	case "check":
		p.check.step(1, false)
		p.mu.Lock()
		defer p.mu.Unlock()
		if now := time.Now(); now.Sub(p.logged) >= logEvery {
			p.logged = now
			s := p.check.state(now)
			p.log.Info("progress", "stage", stage, "reports", s.n, "of", s.of, "rate", pace(s.rate), "left", span(s.left))
		}
	}
}

func (p *progress) happened(e batch.Event) {
	p.mu.Lock()
	defer p.mu.Unlock()
	switch e.Kind {
	case batch.Planned:
		p.log.Info("planned", "stage", "plan", "reports", e.Total)
		p.left = e.Total
		if e.Total > 0 {
			p.read.expect(e.Total, false)
			p.check.expect(e.Total, false)
			p.show(p.read)
			p.show(p.check)
		}
	case batch.Unread:
		if p.json {
			p.log.Warn("unread", "report", e.Name, "stage", "read", "reason", e.Reason)
		} else {
			fmt.Fprintf(p, "citecheck: %s: %s\n", safe(e.Name), safe(e.Reason))
		}
		p.unread = append(p.unread, failed{e.Name, e.Reason})
	case batch.Annotated:
		if e.Reason != "" && p.json {
			p.log.Warn("not annotated", "report", e.Name, "stage", "annotate", "reason", e.Reason)
		} else if e.Reason != "" {
			fmt.Fprintf(p, "citecheck: %s: no annotated copy: %s\n", safe(e.Name), safe(e.Reason))
		}
	case batch.Reused:
		p.log.Info("reused", "report", e.Name, "stage", "plan")
		p.read.step(1, true)
		p.check.step(1, true)
		p.reused++
		p.known(0)
	case batch.Done:
		args := []any{"report", e.Name, "stage", "done"}
		for _, stage := range []string{"read", "check"} {
			args = append(args, stage+"_took", e.Took[stage])
		}
		p.log.Info("checked", args...)
		p.note(timed{e.Name, e.Took["read"], e.Took["check"]})
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

// account says of a run over many reports how long it took, which were
// slowest, and which could not be read.
func (p *progress) account(w io.Writer, now time.Time) {
	if p.done+p.reused+len(p.unread) < 10 {
		return
	}
	if took := now.Sub(p.began); p.done > 0 {
		fmt.Fprintf(w, "\n  %s checked in %s (%s)\n", count(p.done, "report"), span(took), pace(float64(p.done)/took.Seconds()))
	}
	if p.reused > 0 {
		fmt.Fprintf(w, "\n  %s taken over from an earlier run\n", count(p.reused, "report"))
	}
	if len(p.took) > 0 {
		fmt.Fprintln(w, "\n  slowest:")
		for _, t := range p.took {
			fmt.Fprintf(w, "    %s: reading %v, checking %v\n", safe(t.name), t.read.Round(time.Millisecond), t.check.Round(time.Millisecond))
		}
	}
	if n := len(p.unread); n > 0 {
		fmt.Fprintf(w, "\n  %s could not be read:\n", count(n, "input"))
		for _, f := range p.unread[:min(n, mostUnread)] {
			fmt.Fprintf(w, "    %s: %s\n", safe(f.name), safe(f.reason))
		}
		if n > mostUnread {
			fmt.Fprintf(w, "    and %d more in run.json\n", n-mostUnread)
		}
	}
}

// mostUnread bounds the inputs that the terminal lists.
const mostUnread = 10

// end takes the bars away, also when the run was cut off.
func (p *progress) end() {
	if p.bars == nil {
		return
	}
	p.mu.Lock()
	shown := p.shown
	p.mu.Unlock()
	for _, bar := range shown {
		bar.Abort(true)
	}
	p.bars.Wait()
}
