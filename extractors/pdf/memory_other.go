//go:build !unix

package pdf

import "context"

// withOwnMemory leaves the memory to wazero where mapping is another matter.
func withOwnMemory(ctx context.Context) context.Context { return ctx }
