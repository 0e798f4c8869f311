package cite

import "context"

// A Trace is told of each thing that is done ("report", "read", "GET") as it
// begins, and gives the context of what happens within it and what tells its
// end. Facts are names and values in turn: "symbol", "S/RES/2423", and
// "error" with an error, or nil. Only the first end counts. The nil Trace is
// told nothing.
type Trace func(ctx context.Context, what string, facts ...any) (context.Context, func(facts ...any))

// Begin tells t that something begins.
func (t Trace) Begin(ctx context.Context, what string, facts ...any) (context.Context, func(facts ...any)) {
	if t == nil {
		return ctx, func(...any) {}
	}
	return t(ctx, what, facts...)
}
