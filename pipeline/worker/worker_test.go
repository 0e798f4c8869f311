package worker

import (
	"os"
	"testing"
)

// TestMain lets the test binary be its own reading process.
func TestMain(m *testing.M) {
	if IsChild(os.Args) {
		os.Exit(Main())
	}
	os.Exit(m.Run())
}
