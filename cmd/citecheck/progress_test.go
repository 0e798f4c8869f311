package main

import (
	"bytes"
	"fmt"
	"io"
	"log/slog"
	"regexp"
	"strings"
	"testing"
	"time"

	"citecheck/pipeline/batch"
)

// TestStageBar: the speed is that of this run, in a unit that says something,
// and no time is promised that nobody can know.
func TestStageBar(t *testing.T) {
	begin := time.Now()
	for _, tt := range []struct {
		n, before, of int
		growing       bool
		took          time.Duration
		want          string
	}{
		{0, 0, 200, false, time.Minute, "0 of 200"},
		{50, 0, 200, false, 10 * time.Second, "50 of 200 30s left 5.0/s"},
		{2950, 2900, 3000, false, 100 * time.Second, "2950 of 3000 1m40s left 30.0/min"}, // resumed
		{2900, 2900, 3000, false, time.Second, "2900 of 3000"},
		{2, 0, 200, false, time.Hour, "2 of 200 4d03h left 2.0/h"},
		{10, 0, 30, false, time.Hour, "10 of 30 2h00m left 10.0/h"},
		{10, 0, 30, true, 10 * time.Second, "10 of 30 1.0/s"},
		{30, 0, 30, false, time.Hour, "30 of 30 3.0/s"}, // passed long ago
	} {
		b := stageBar{n: tt.n, of: tt.of, before: tt.before, growing: tt.growing, since: begin, last: begin.Add(10 * time.Second)}
		if got := strings.Join(strings.Fields(b.state(begin.Add(tt.took)).String()), " "); got != tt.want {
			t.Errorf("%+v: %q, want %q", tt, got, tt.want)
		}
	}
}

// TestAccount: the end of a run over many reports says how long it took, what
// was slow and what failed and why, also when most was done before.
func TestAccount(t *testing.T) {
	account := func(done, reused, unread int) string {
		p := newProgress(io.Discard, slog.New(slog.DiscardHandler), checkFlags{})
		p.happened(batch.Event{Kind: batch.Planned, Total: done + reused + unread})
		for i := range done {
			p.happened(batch.Event{Kind: batch.Done, Name: fmt.Sprintf("r%d.pdf", i), Took: map[string]time.Duration{"read": time.Duration(i) * time.Second, "check": time.Millisecond}})
		}
		for range reused {
			p.happened(batch.Event{Kind: batch.Reused, Name: "old.pdf"})
		}
		for i := range unread {
			p.happened(batch.Event{Kind: batch.Unread, Name: fmt.Sprintf("bad\x1b%d.pdf", i), Reason: "broken PDF"})
		}
		var b bytes.Buffer
		p.account(&b, p.began.Add(2*time.Minute))
		return b.String()
	}
	if got := account(3, 0, 1); got != "" {
		t.Errorf("of a few reports: %q", got)
	}
	want := `
  20 reports checked in 2m00s (10.0/min)

  slowest:
    r19.pdf: reading 19s, checking 1ms
    r18.pdf: reading 18s, checking 1ms
    r17.pdf: reading 17s, checking 1ms

  1 input could not be read:
    bad·0.pdf: broken PDF
`
	if got := account(20, 0, 1); got != want {
		t.Errorf("of twenty reports:\n%s\nwant\n%s", got, want)
	}
	got := account(0, 30, 12)
	if !strings.HasPrefix(got, "\n  30 reports taken over from an earlier run\n\n  12 inputs could not be read:\n    bad·0.pdf: broken PDF\n") ||
		!strings.HasSuffix(got, "    bad·9.pdf: broken PDF\n    and 2 more in run.json\n") {
		t.Errorf("of a second run:\n%s", got)
	}
}

// TestProgressInLog: a log is told now and then how far a long run is, and how
// long it will take.
func TestProgressInLog(t *testing.T) {
	var b bytes.Buffer
	p := newProgress(io.Discard, slog.New(slog.NewTextHandler(&b, nil)), checkFlags{})
	p.happened(batch.Event{Kind: batch.Planned, Total: 200})
	p.check.since = time.Now().Add(-40 * time.Second)
	for range 20 {
		p.passed("check", "r.pdf", time.Second)
	}
	p.logged = p.logged.Add(-logEvery)
	for range 20 {
		p.passed("check", "r.pdf", time.Second)
	}
	got := b.String()
	if strings.Count(got, "msg=progress") != 1 || !regexp.MustCompile(`stage=check reports=21 of=200 rate=3\d\.\d/min left=5m\d\ds`).MatchString(got) {
		t.Errorf("the log has:\n%s", got)
	}
}
