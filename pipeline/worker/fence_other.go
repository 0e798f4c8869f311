//go:build !linux

package worker

import (
	"os"
	"os/exec"
	"runtime/debug"
)

// Fence says what holds the reading process in this build.
func Fence() string {
	return "the PDF engine's memory cap and a watchdog; no limits by the system"
}

func ownGroup(*exec.Cmd) {}

func endGroup(cmd *exec.Cmd) error {
	if cmd.Process == nil {
		return os.ErrProcessDone
	}
	return cmd.Process.Kill()
}

func fence(req request) error {
	debug.SetMemoryLimit(req.Memory * 7 / 10)
	debug.SetMaxStack(64 << 20)
	return nil
}

func outOfCPU(*os.ProcessState, Limits) bool { return false }
