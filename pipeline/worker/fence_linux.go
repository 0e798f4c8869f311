package worker

import (
	"fmt"
	"math"
	"os"
	"os/exec"
	"runtime/debug"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// Fence says what holds the reading process in this build.
func Fence() string {
	return "limits of CPU seconds, memory and files on a process group of its own"
}

// ownGroup makes the child the head of a process group that dies with us.
func ownGroup(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
}

// endGroup ends the child and all that it started.
func endGroup(cmd *exec.Cmd) error {
	if cmd.Process == nil {
		return os.ErrProcessDone
	}
	if err := syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL); err != nil {
		return os.ErrProcessDone
	}
	return nil
}

// fence closes the limits around this process. What it used so far, for the
// PDF engine's start, is not the document's.
func fence(req request) error {
	var used unix.Rusage
	if err := unix.Getrusage(unix.RUSAGE_SELF, &used); err != nil {
		return fmt.Errorf("fence: %w", err)
	}
	cpu := time.Duration(used.Utime.Nano()+used.Stime.Nano()) + req.CPU
	for _, l := range []struct {
		what  int
		limit uint64
	}{
		{unix.RLIMIT_CPU, uint64(math.Ceil(cpu.Seconds()))}, // the kernel ends the process, whatever it is doing
		{unix.RLIMIT_DATA, uint64(req.Memory)},
		{unix.RLIMIT_CORE, 0},
		{unix.RLIMIT_FSIZE, 0},   // no byte is written to any file
		{unix.RLIMIT_NOFILE, 32}, // pipes of tesseract, and what it opens
	} {
		if err := unix.Setrlimit(l.what, &unix.Rlimit{Cur: l.limit, Max: l.limit}); err != nil {
			return fmt.Errorf("fence: %w", err)
		}
	}
	soften(req)
	return nil
}

// soften has Go's own memory keep below the hard limit.
func soften(req request) {
	guest := int64(guestPages(req.Memory)) << 16
	debug.SetMemoryLimit((req.Memory - guest) * 7 / 10)
	debug.SetMaxStack(64 << 20) // deep nesting ends here and not in swap
}

// outOfCPU tells whether the kernel ended the process for its CPU time.
func outOfCPU(state *os.ProcessState, lim Limits) bool {
	status, ok := state.Sys().(syscall.WaitStatus)
	return ok && status.Signaled() && (status.Signal() == syscall.SIGKILL || status.Signal() == syscall.SIGXCPU) &&
		state.UserTime()+state.SystemTime() >= lim.CPU-time.Second
}
