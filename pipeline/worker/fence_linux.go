package worker

import (
	"bytes"
	"fmt"
	"math"
	"os"
	"os/exec"
	"os/signal"
	"runtime"
	"runtime/debug"
	"strconv"
	"strings"
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

// endsWithUs lets a program that the child starts end with it.
func endsWithUs(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
}

// busy is the CPU time that a process has taken so far, its own children's
// that have ended included.
func busy(cmd *exec.Cmd) time.Duration {
	if cmd.Process == nil {
		return 0
	}
	data, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", cmd.Process.Pid))
	if err != nil {
		return 0
	}
	// The name in brackets may hold anything; user, system and the children's
	// ticks are fields 14 to 17.
	fields := strings.Fields(string(data[bytes.LastIndexByte(data, ')')+1:]))
	ticks := 0
	for i := 11; i < 15 && i < len(fields); i++ {
		n, _ := strconv.Atoi(fields[i]) // the kernel writes numbers
		ticks += n
	}
	return time.Duration(ticks) * 10 * time.Millisecond
}

// endGroup ends the child and all that it started.
func endGroup(cmd *exec.Cmd) error {
	if cmd.Process == nil || syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) != nil {
		return os.ErrProcessDone
	}
	return nil
}

// before is the CPU time that went into the engine's start: no document's.
var before time.Duration

// fence closes the limits around this process, for good.
func fence(p process) error {
	before = 0
	before = spent()
	for _, l := range []struct {
		what  int
		limit uint64
	}{
		{unix.RLIMIT_DATA, uint64(p.Memory)},
		{unix.RLIMIT_CORE, 0},
		{unix.RLIMIT_FSIZE, 0},   // no byte is written to any file
		{unix.RLIMIT_NOFILE, 32}, // pipes of tesseract, and what it opens
	} {
		if err := unix.Setrlimit(l.what, &unix.Rlimit{Cur: l.limit, Max: l.limit}); err != nil {
			return fmt.Errorf("fence: %w", err)
		}
	}
	// At its soft limit of CPU seconds the process ends itself; where it can't,
	// stuck in the engine's own code, the kernel ends it at the hard limit.
	hard := before + served(p.CPU) + p.CPU + time.Second
	if err := unix.Setrlimit(unix.RLIMIT_CPU, &unix.Rlimit{Cur: seconds(hard), Max: seconds(hard)}); err != nil {
		return fmt.Errorf("fence: %w", err)
	}
	runtime.GOMAXPROCS(max(2, runtime.GOMAXPROCS(0))) // one to read, one to end it
	over := make(chan os.Signal, 1)
	signal.Notify(over, syscall.SIGXCPU)
	go func() {
		<-over
		os.Exit(exitCPU)
	}()
	guest := int64(guestPages(p.Memory)) << 16
	debug.SetMemoryLimit((p.Memory - guest) * 7 / 10) // Go's own share stays below the hard limit
	debug.SetMaxStack(64 << 20)                       // deep nesting ends here and not in swap
	return nil
}

// allot gives the next document its CPU time.
func allot(cpu time.Duration) error {
	var l unix.Rlimit
	if err := unix.Getrlimit(unix.RLIMIT_CPU, &l); err != nil {
		return fmt.Errorf("fence: %w", err)
	}
	l.Cur = min(seconds(before+spent()+cpu), l.Max)
	if err := unix.Setrlimit(unix.RLIMIT_CPU, &l); err != nil {
		return fmt.Errorf("fence: %w", err)
	}
	return nil
}

// seconds rounds up: the kernel counts whole ones.
func seconds(d time.Duration) uint64 { return uint64(math.Ceil(d.Seconds())) }

// spent is the CPU time that this process took for its documents.
func spent() time.Duration {
	var used unix.Rusage
	if unix.Getrusage(unix.RUSAGE_SELF, &used) != nil {
		return 0
	}
	return time.Duration(used.Utime.Nano()+used.Stime.Nano()) - before
}

// outOfCPU tells whether the kernel ended the process for its CPU time.
func outOfCPU(state *os.ProcessState, lim Limits) bool {
	status, ok := state.Sys().(syscall.WaitStatus)
	return ok && status.Signaled() && status.Signal() == syscall.SIGKILL && state.UserTime()+state.SystemTime() >= lim.CPU
}
