package pipeline

import (
	"context"

	"github.com/sourcegraph/conc/stream"
)

// item is one input on its way, with its place in the order.
type item struct {
	seq int
	in  Input
	res Result
	ctx context.Context    // of all that is done with it
	end func(facts ...any) // tells the trace
}

// ended tells the trace what became of a report; err is why it was not taken.
func (it item) ended(err error) {
	facts := []any{"sha256", it.res.Report.SHA256}
	switch {
	case err != nil:
		facts = append(facts, "outcome", "interrupted", "error", err)
	case it.res.Err != nil:
		facts = append(facts, "outcome", "unread", "error", it.res.Err)
	case it.res.Graph != nil:
		facts = append(facts, "outcome", "checked", "verdicts", it.res.Graph.Meta.Verdicts)
	}
	it.end(facts...)
}

// stage runs work on n items at once and hands them on in the order in which
// they came. A slow head holds back the rest, so at most n items and n
// waiting ones are in memory. It ends when in is closed or ctx is done, and
// closes out.
func stage(ctx context.Context, n int, in <-chan item, out chan<- item, work func(item) item) {
	defer close(out)
	s := stream.New().WithMaxGoroutines(n) // without a bound it runs 2 at a time
	defer s.Wait()
	for {
		select {
		case <-ctx.Done():
			return
		case it, ok := <-in:
			if !ok {
				return
			}
			s.Go(func() stream.Callback {
				if ctx.Err() == nil {
					it = work(it)
				}
				return func() {
					select {
					case out <- it:
					case <-ctx.Done():
					}
				}
			})
		}
	}
}
