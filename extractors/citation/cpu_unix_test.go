//go:build unix

package citation

import (
	"syscall"
	"time"
)

// cpuTime is the processor time that this process has used: on a machine that
// others use too, the clock on the wall says nothing.
func cpuTime() time.Duration {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
