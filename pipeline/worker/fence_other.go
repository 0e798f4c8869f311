//go:build !linux

package worker

import (
	"os"
	"os/exec"
	"runtime/debug"
	"time"
)

// Fence says what holds the reading process in this build.
func Fence() string {
	return "the PDF engine's memory cap and a watchdog; no limits by the system"
}

func ownGroup(*exec.Cmd) {}

func endsWithUs(*exec.Cmd) {}

func busy(*exec.Cmd) time.Duration { return 0 }

func endGroup(cmd *exec.Cmd) error {
	if cmd.Process == nil {
		return os.ErrProcessDone
	}
	return cmd.Process.Kill()
}

func fence(p process) error {
	debug.SetMemoryLimit(p.Memory * 7 / 10)
	debug.SetMaxStack(64 << 20)
	return nil
}

func allot(time.Duration) error { return nil }

func spent() time.Duration { return 0 }

func outOfCPU(*os.ProcessState, Limits) bool { return false }
