//go:build !unix

package citation

import "time"

var started = time.Now()

func cpuTime() time.Duration { return time.Since(started) }
