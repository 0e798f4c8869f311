package worker

import (
	"sync"
	"sync/atomic"
	"time"
)

// A watch ends a reading process that is stuck: one that says nothing for a
// long while and takes no CPU time either. One that works is left to the
// limit of CPU seconds, however long the clock says it takes, so that an
// outcome does not depend on how busy the machine is.
type watch struct {
	r     *reader
	every time.Duration
	stuck atomic.Bool

	mu    sync.Mutex
	timer *time.Timer
	ended bool
	spent time.Duration // CPU time of the process when it was last looked at
}

func newWatch(r *reader, lim Limits) *watch {
	w := &watch{r: r, every: patience * lim.CPU, spent: busy(r.cmd)}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.timer = time.AfterFunc(w.every, w.look)
	return w
}

// look is called when the process has said nothing for long.
func (w *watch) look() {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.ended {
		return
	}
	was := w.spent
	w.spent = busy(w.r.cmd)
	// A process that sleeps takes a tick now and then.
	if w.spent-was > w.every/500 {
		w.timer.Reset(w.every)
		return
	}
	w.stuck.Store(true)
	w.r.kill()
}

// alive says that the process has said something.
func (w *watch) alive() { w.timer.Reset(w.every) }

func (w *watch) end() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.ended = true
	w.timer.Stop()
}
