// Package fetch gets pages politely and keeps what it got. It knows hosts,
// robots.txt, waiting and archives; it knows nothing of the UN.
package fetch

import (
	"context"

	"citecheck/pipeline/cite"
)

// A Cache keeps answers between runs, for all folders of a user. How old one
// may be is for the asker to say; failures are never given to it. It is never
// asked offline, so that a result does not depend on the machine.
type Cache interface {
	// Recall is the newest answer that was kept for an address.
	Recall(address string) (cite.Kept, bool)
	// Remember keeps an answer in place of older ones for its address.
	Remember(cite.Kept) error
}

// A Chain answers from archives first, in their order, and asks Live only
// then. Live is nil offline.
type Chain struct {
	Archives []*Archive
	Live     *Live
}

// Get answers for an address. The error is a *cite.Failure where it is known
// why there is no answer.
func (c *Chain) Get(ctx context.Context, address string) (*cite.Response, error) {
	for _, a := range c.Archives {
		if r, ok := a.Get(address); ok {
			return r, nil
		}
	}
	if c.Live == nil {
		return nil, &cite.Failure{Kind: "offline", Reason: "offline: nobody was asked, and no archive at hand has the answer"}
	}
	return c.Live.Get(ctx, address)
}
