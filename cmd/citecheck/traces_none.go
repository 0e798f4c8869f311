//go:build !otel

package main

import (
	"errors"
	"net/url"
)

// sendsTraces tells whether this build can.
const sendsTraces = false

// newTraces says how to get a build that sends traces: the library would cost
// every user some MB of program and every process some memory.
func newTraces(*url.URL, func(string)) (*traces, func(), error) {
	return nil, nil, exit(exitFailed, errors.New("--traces: this build does not send traces. Build one that does: go install -tags otel ./cmd/citecheck "+
		"(or go run -tags otel ./cmd/citecheck check ...); --metrics works in every build"))
}
