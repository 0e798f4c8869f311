//go:build unix

package batch

import (
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// TestPipeInFolder: a pipe among the reports costs one line, and nobody waits
// for what it may bring.
func TestPipeInFolder(t *testing.T) {
	dir := t.TempDir()
	put(t, filepath.Join(dir, "b.pdf"), "two")
	if err := syscall.Mkfifo(filepath.Join(dir, "a.pdf"), 0o600); err != nil {
		t.Skip(err)
	}
	in := expand(t.Context(), []string{dir}, strings.NewReader(""), Web{})
	if len(in) != 2 || in[0].err == nil || in[1].err != nil {
		t.Errorf("inputs: %+v", in)
	}
}
