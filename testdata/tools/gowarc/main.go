// Command gowarc reads a WARC file with nlnwa/gowarc, as strictly as it can,
// and prints how many records of each type there are. It ends with 1 where a
// record is not valid or a digest does not fit.
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/nlnwa/gowarc"
)

func main() {
	if err := read(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func read(path string) error {
	r, err := gowarc.NewWarcFileReader(path, 0, gowarc.WithStrictValidation(), gowarc.WithSyntaxErrorPolicy(gowarc.ErrFail), gowarc.WithSpecViolationPolicy(gowarc.ErrFail),
		gowarc.WithUnknownRecordTypePolicy(gowarc.ErrFail))
	if err != nil {
		return err
	}
	defer r.Close()
	count := map[string]int{}
	for {
		rec, offset, valid, err := r.Next()
		if errors.Is(err, io.EOF) {
			return json.NewEncoder(os.Stdout).Encode(count)
		}
		if err != nil {
			return fmt.Errorf("at %d: %w", offset, err)
		}
		if err := rec.ValidateDigest(valid); err != nil {
			return fmt.Errorf("at %d: %w", offset, err)
		}
		if !valid.Valid() {
			return fmt.Errorf("at %d: %v", offset, valid)
		}
		count[rec.Type().String()]++
		if err := rec.Close(); err != nil {
			return fmt.Errorf("at %d: %w", offset, err)
		}
	}
}
