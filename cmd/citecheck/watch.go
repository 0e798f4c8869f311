package main

import (
	"fmt"
	"log/slog"
	"time"

	"github.com/spf13/cobra"

	"citecheck/pipeline/batch"
)

// lookEvery is how often a watched folder is looked at. A file counts as come
// when two looks in a row see it the same: it is not being written any more. A variable for its test.
var lookEvery = 2 * time.Second

// watch checks what there is, then again whenever the inputs have changed,
// until it is interrupted. Each round is a run of its own: what an earlier
// one finished is taken over, and what nobody answered is asked again.
func watch(cmd *cobra.Command, args []string, f checkFlags, log *slog.Logger, m *metrics, t *traces) error {
	ctx := cmd.Context()
	seen := batch.Look(args)
	for {
		done, err := checkOnce(cmd, args, f, log, m, t)
		if !done {
			return err
		}
		f.fresh = false
		if !f.quiet {
			fmt.Fprintln(cmd.ErrOrStderr(), "citecheck: waiting for new or changed reports; Ctrl-C ends it")
		}
		for last := seen; ; {
			select {
			case <-ctx.Done():
				return err // of the last round: it was complete
			case <-time.After(lookEvery):
			}
			now := batch.Look(args)
			if now != seen && now == last {
				seen = now
				break
			}
			last = now
		}
	}
}
