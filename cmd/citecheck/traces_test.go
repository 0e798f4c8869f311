package main

import (
	"strings"
	"testing"
)

// TestTracesUsage: an address that nothing can be sent to is refused in words,
// and so is any by a build that sends none.
func TestTracesUsage(t *testing.T) {
	for _, tt := range []struct {
		address, says string
		code          int
	}{
		{"127.0.0.1:4318", "an address like http://127.0.0.1:4318 is expected", exitUsage},
		{"ftp://127.0.0.1", "an address like http://127.0.0.1:4318 is expected", exitUsage},
		{"http://me:hidden@127.0.0.1:4318", "OTEL_EXPORTER_OTLP_HEADERS", exitUsage},
		{"http://127.0.0.1:4318", "go install -tags otel ./cmd/citecheck", exitFailed},
	} {
		if tt.code == exitFailed && sendsTraces {
			continue
		}
		code, out, errs := citecheck(t, "check", "--offline", "--out", t.TempDir(), "--traces", tt.address, "x.md")
		if code != tt.code || !strings.Contains(errs, tt.says) || strings.Contains(errs, "hidden") || out != "" {
			t.Errorf("--traces %s: exit %d, want %d; stdout %q, stderr %q", tt.address, code, tt.code, out, errs)
		}
	}
}
