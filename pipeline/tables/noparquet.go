//go:build !parquet

package tables

import (
	"errors"
	"io"
)

// HasParquet tells whether this build can write Parquet. The library costs 8
// MB of the program and some MiB of memory in every process, those that read one
// report included, so it is in the builds of who asks for it.
const HasParquet = false

// WriteParquet says how to get a build that can.
func WriteParquet(string, io.Reader) error {
	return errors.New("this build does not write Parquet. Build one that does: go install -tags parquet ./cmd/citecheck " +
		"(or go run -tags parquet ./cmd/citecheck export ...); --to sqlite works in every build")
}
