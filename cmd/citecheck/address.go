package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"

	"citecheck/pipeline/batch"
	"citecheck/pipeline/cite"
	"citecheck/pipeline/fetch"
)

// web gets reports that are named by their addresses. What came in an
// earlier run is asked for again, for a draft changes; a server that knows it
// unchanged need not send it.
func web(c *fetch.Chain) batch.Web {
	return batch.Web{Name: fetch.Redact, Get: func(ctx context.Context, address string) ([]byte, error) {
		r, err := c.GetNamed(ctx, cite.Request{URL: address})
		switch {
		case err != nil:
			return nil, err
		case r.Challenged:
			return nil, errors.New("a bot wall answered instead of the report. Save the report with your browser, and name the file")
		case r.Status != http.StatusOK:
			return nil, fmt.Errorf("no report there: the server says %d %s", r.Status, http.StatusText(r.Status))
		case len(r.Body) == 0:
			return nil, errors.New("the server's answer is empty")
		}
		return r.Body, nil
	}}
}
