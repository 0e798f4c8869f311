// Package fetch gets pages politely and keeps what it got. It knows hosts,
// robots.txt, waiting and archives; it knows nothing of the UN.
package fetch

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"sync"
	"time"

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

// A Chain answers from archives first, in their order, then from what the run's
// own folder and the user's cache keep, as long as that is not too old, and asks
// Live only then. What it answers is kept in Evidence.
type Chain struct {
	Archives []*Archive
	Evidence *Evidence // nil: nothing is kept
	Cache    Cache     // may be nil
	Live     *Live     // nil offline
	Named    *Live     // asks hosts that Live may not ask, where a person named the address; may be nil
	Plan     *Plan     // notes what would be asked, and nobody is

	once sync.Once
}

func (c *Chain) start() {
	if c.Live == nil {
		return
	}
	for _, l := range []*Live{c.Live, c.Named} {
		if l == nil {
			continue
		}
		l.known = func(address string) (held, bool) {
			h, ok := c.held(address)
			return h, ok && h.r != nil
		}
		l.keep, l.noted, l.stored = c.keep, c.noted, c.Evidence != nil
	}
}

// GetNamed answers for an address that a person named, wherever it leads: a
// host that Live may ask is asked by it, so that all requests to one host wait
// for each other, any other by Named.
func (c *Chain) GetNamed(ctx context.Context, q cite.Request) (*cite.Response, error) {
	c.once.Do(c.start)
	return follow(q.URL, func(address string) (*cite.Response, error) {
		q := q
		q.URL = address
		by := c.Live
		if u, err := url.Parse(address); err == nil && c.Live != nil && c.Named != nil && !c.Live.allowed(u) {
			by = c.Named
		}
		return c.hop(ctx, q, by)
	})
}

// Get answers a request, following redirects. The error is a *cite.Failure
// where it is known why there is no answer.
func (c *Chain) Get(ctx context.Context, q cite.Request) (*cite.Response, error) {
	c.once.Do(c.start)
	hops := 0
	ask := func(address string) (*cite.Response, error) {
		hops++
		q := q
		q.URL = address
		return c.hop(ctx, q, c.Live)
	}
	r, err := follow(q.URL, ask)
	if c.Live != nil && hops > 1 && q.MaxAge > 0 && !sound(r) {
		q.MaxAge = 0 // the way that was kept leads nowhere: there may be another by now
		return follow(q.URL, ask)
	}
	return r, err
}

// Leave leaves the host of an address alone for some minutes: an asker saw that
// its answers are none.
func (c *Chain) Leave(address, why string) {
	if c.Live == nil {
		return
	}
	if u, err := url.Parse(address); err == nil {
		c.Live.leave(u.Host, why)
	}
}

// follow asks for an address and for those that it leads to.
func follow(address string, ask func(string) (*cite.Response, error)) (*cite.Response, error) {
	at := address
	for range maxHops + 1 {
		r, err := ask(at)
		if err != nil || r.Location == "" {
			return r, err
		}
		u, err := url.Parse(at)
		if err != nil {
			return nil, fail("policy", "%q is not an address that is asked", at)
		}
		to, err := u.Parse(r.Location)
		if err != nil {
			return nil, fail("policy", "%s sends on to %q", u.Host, Redact(r.Location))
		}
		if u.Scheme == "https" && to.Scheme == "http" {
			return nil, fail("policy", "%s sends on to an address without encryption", u.Host)
		}
		at = to.String()
	}
	return nil, fail("policy", "%s sends on more than %d times", Redact(address), maxHops)
}

// hop answers for one address, which live asks if it must be asked.
func (c *Chain) hop(ctx context.Context, q cite.Request, live *Live) (*cite.Response, error) {
	h, ok := c.held(q.URL)
	if live == nil && c.Plan == nil {
		if !ok {
			return nil, fail("offline", "offline: nobody was asked, and no archive at hand has the answer")
		}
		return c.kept(h)
	}
	// What was given to answer from does so at any age.
	if sound(h.r) && (h.given || age(h.kept) <= q.MaxAge && !h.r.Unproven) {
		return c.kept(h)
	}
	if c.Plan != nil {
		if c.Plan.add(q) {
			return nil, fail("plan", "nobody was asked: this is a plan")
		}
		if sound(h.r) {
			return c.kept(h)
		}
		return nil, fail("plan", "nobody was asked: this is a plan")
	}
	r, err := live.Ask(ctx, q.URL)
	if err == errKept {
		if h, ok = c.held(q.URL); ok {
			return c.kept(h)
		}
		return nil, fail("truncated", "the answer that was kept can't be read again")
	}
	if sound(h.r) && !sound(r) { // the earlier answer still shows what stood there
		return c.kept(h)
	}
	return r, err
}

// noted keeps why there was no answer.
func (c *Chain) noted(address string, f *cite.Failure) error {
	if c.Evidence == nil || f.Kind == "interrupted" {
		return nil
	}
	if err := c.Evidence.Fail(address, now(), f); err != nil {
		return fmt.Errorf("keep the evidence: %w", err)
	}
	return c.Evidence.sync()
}

// held is the best that is kept for an address: sound before others, what was
// given before what we kept.
func (c *Chain) held(address string) (held, bool) {
	var worse held
	found := false
	try := func(h held, ok bool) bool {
		if ok && !found {
			worse, found = h, true
		}
		if ok && sound(h.r) {
			worse = h
			return true
		}
		return false
	}
	for _, a := range c.Archives {
		h, ok := a.held(address)
		h.given = true
		if try(h, ok) {
			return worse, true
		}
	}
	if c.Evidence != nil {
		h, ok := c.Evidence.archive.held(address)
		h.own = true
		if try(h, ok) {
			return worse, true
		}
	}
	if c.Cache != nil && (c.Live != nil || c.Plan != nil) {
		if k, ok := c.Cache.Recall(Redact(address)); ok {
			if r, err := read(k, ""); err == nil && try(held{r: r, kept: k}, true) {
				return worse, true
			}
		}
	}
	return worse, found
}

// kept is the value of what is held; the folder keeps it too.
func (c *Chain) kept(h held) (*cite.Response, error) {
	if c.Evidence == nil || h.own || c.Plan != nil {
		return h.r, h.err
	}
	if h.err != nil {
		var f *cite.Failure
		if errors.As(h.err, &f) {
			if err := c.Evidence.copyFailure(h.kept, f); err != nil {
				return nil, fmt.Errorf("keep the evidence: %w", err)
			}
		}
		return nil, h.err
	}
	r, err := c.Evidence.Copy(h.kept)
	if err != nil {
		return nil, fmt.Errorf("keep the evidence: %w", err)
	}
	return r, nil
}

// keep keeps an answer that came just now.
func (c *Chain) keep(k cite.Kept, request []byte, unchanged *cite.Kept) (*cite.Response, error) {
	var r *cite.Response
	var err error
	if c.Evidence != nil {
		if r, err = c.Evidence.Keep(k, request, unchanged); err == nil {
			err = c.Evidence.sync()
		}
	} else {
		r, err = plain(k, unchanged)
	}
	if err != nil {
		return nil, err
	}
	if c.Cache != nil && sound(r) {
		_, k.ID, _ = strings.Cut(r.WARC, "#")
		if unchanged != nil {
			k.Message = unchanged.Message
		}
		_ = c.Cache.Remember(k) // a cache that is full or broken costs nothing
	}
	return r, nil
}

func age(k cite.Kept) time.Duration {
	t, err := time.Parse(time.RFC3339, k.Fetched)
	if err != nil {
		return 1 << 62
	}
	return time.Since(t)
}

func now() string { return time.Now().UTC().Format(time.RFC3339) }
