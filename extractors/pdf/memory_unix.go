//go:build unix

package pdf

import (
	"context"
	"syscall"

	"github.com/tetratelabs/wazero/experimental"
)

// withOwnMemory gives instances their memory by mapping its whole limit at
// once: untouched pages cost nothing, growing copies nothing (wazero's own
// slices are copied, up to three times the limit), and closing gives it back
// to the system.
func withOwnMemory(ctx context.Context) context.Context {
	return experimental.WithMemoryAllocator(ctx, experimental.MemoryAllocatorFunc(mapMemory))
}

func mapMemory(_, limit uint64) experimental.LinearMemory {
	b, err := syscall.Mmap(-1, 0, int(limit), syscall.PROT_READ|syscall.PROT_WRITE, syscall.MAP_PRIVATE|syscall.MAP_ANON)
	if err != nil {
		return &mapped{}
	}
	return &mapped{b}
}

type mapped struct{ all []byte }

func (m *mapped) Reallocate(size uint64) []byte {
	if size > uint64(len(m.all)) {
		return nil
	}
	return m.all[:size:size]
}

func (m *mapped) Free() {
	if m.all != nil {
		_ = syscall.Munmap(m.all) // a mapping of our own; nothing to do about a refusal
		m.all = nil
	}
}
