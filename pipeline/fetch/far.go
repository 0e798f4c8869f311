package fetch

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"citecheck/pipeline/cite"
)

// What a worker on another machine needs to make a request for a [Live] that
// is elsewhere: the same guard, the same bounds, the same words for what fails.

// A Transport that has requests made by others may answer with what they had
// earlier: it says when that was (RFC 3339, UTC).
type far interface {
	Fetched(*http.Response) string
}

type gapKey struct{}

// Gap is the pause that must follow the request that a Live makes under ctx,
// for a Transport that has it made by others.
func Gap(ctx context.Context) time.Duration {
	d, _ := ctx.Value(gapKey{}).(time.Duration)
	return d
}

// MannersOf are those towards a host ("documents.un.org", "127.0.0.1:8080"),
// robots.txt's wishes aside.
func (l *Live) MannersOf(host string) Manners {
	if m, ok := l.Manners[host]; ok {
		return m
	}
	u := url.URL{Host: host}
	if m, ok := ByHost[u.Hostname()]; ok {
		return m
	}
	return DefaultManners
}

// Exchange makes one request to a host that may be asked and reads the whole
// answer as it came over the wire. It knows no pause, no second try and no
// robots.txt: who sent the request has seen to these. The error is a
// *cite.Failure.
func (l *Live) Exchange(ctx context.Context, req *http.Request) (*http.Response, []byte, error) {
	resp, wire, err := l.exchange(ctx, req)
	if l.Asked != nil {
		var f *cite.Failure
		switch {
		case err == nil:
			l.Asked(req.URL.Host, strconv.Itoa(resp.StatusCode))
		case errors.As(err, &f):
			l.Asked(req.URL.Host, f.Kind)
		}
	}
	return resp, wire, err
}

func (l *Live) exchange(ctx context.Context, req *http.Request) (resp *http.Response, wire []byte, err error) {
	l.mu.Lock()
	l.start()
	l.mu.Unlock()
	if !l.allowed(req.URL) {
		return nil, nil, fail("policy", "%s is not a host that is asked", req.URL.Host)
	}
	if _, elsewhere := l.Transport.(far); !elsewhere { // who makes it is told of it
		var end func(...any)
		ctx, end = l.Trace.Begin(ctx, req.Method, "url", Redact(req.URL.String()))
		defer func() {
			if err != nil {
				end("error", err)
				return
			}
			end("status", resp.StatusCode, "bytes", len(wire))
		}()
	}
	resp, err = l.client.Do(req.WithContext(ctx))
	if err != nil {
		return nil, nil, broken(req.URL, err)
	}
	defer resp.Body.Close()
	wire, err = io.ReadAll(io.LimitReader(resp.Body, maxBody+1))
	switch {
	case err != nil:
		return nil, nil, broken(req.URL, err)
	case int64(len(wire)) > maxBody:
		return nil, nil, fail("too-large", "the answer of %s is larger than %d MiB", req.URL.Host, maxBody>>20)
	}
	return resp, wire, nil
}

// Peace is how long an answer asks its host to be left alone, by Retry-After
// or a RateLimit that has nothing left; 0 when it does not say.
func Peace(resp *http.Response) time.Duration {
	wait, _ := retryAfter(resp)
	return max(wait, rateLimit(resp))
}
