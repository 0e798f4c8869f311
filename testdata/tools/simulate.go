//go:build ignore

// Simulate plans an archive of reports: how long reading takes, how long the
// UN's own limits make the asking take, and how much store it needs.
//
//	go run testdata/tools/simulate.go -reports 1000000 -workers 16
//
// It plays the run in virtual time. Workers read reports; each report cites
// documents, of which some are new to the run (Heaps' law: after m citations
// of different documents k·m^b are known; k and b are measured, not assumed,
// see README); each new document is one request in its host's lane, with the
// pauses that the fetcher keeps (pipeline/fetch, ByHost).
package main

import (
	"flag"
	"fmt"
	"math"
	"math/rand/v2"
	"time"
)

func main() {
	reports := flag.Int("reports", 3000, "reports in the archive")
	workers := flag.Int("workers", 2, "cores that read")
	cpu := flag.Float64("cpu", 0.47, "CPU seconds a report")
	cites := flag.Float64("cites", 20.2, "different documents that a report cites")
	k := flag.Float64("k", 1.18, "Heaps' k")
	b := flag.Float64("b", 0.962, "Heaps' exponent")
	most := flag.Float64("documents", 1e6, "documents there are to ask for")
	gap := flag.Float64("gap", 3, "seconds between an answer and the next request")
	jitter := flag.Float64("jitter", 0.15, "part of the gap by which it may be longer")
	answer := flag.Float64("answer", 0.5, "seconds that an answer takes")
	batch := flag.Int("batch", 150, "requests before a rest")
	rest := flag.Float64("rest", 240, "seconds of that rest")
	hourly := flag.Int("hourly", 1200, "requests an hour at most")
	size := flag.Float64("size", 0.22, "MB of a document")
	flag.Parse()

	r := rand.New(rand.NewPCG(1, 1))
	free := make([]float64, *workers) // when each core is free
	lane := 0.0                       // when the host may be asked again
	var starts []float64              // of the requests of the last hour
	var read, mentions, known float64
	asked, deepest, waiting := 0, 0, 0
	var done []float64 // when each request of the queue ended, for its depth
	first := 0
	for range *reports {
		w := 0
		for i := range free {
			if free[i] < free[w] {
				w = i
			}
		}
		free[w] += *cpu * (0.5 + r.Float64())
		now := free[w]
		read = max(read, now)
		mentions += *cites
		fresh := min(*k*math.Pow(mentions, *b), *most) - known
		for ; fresh >= 1; fresh-- {
			known++
			asked++
			at := max(lane, now)
			for len(starts) > 0 && starts[0] < at-3600 {
				starts = starts[1:]
			}
			if len(starts) >= *hourly {
				at = max(at, starts[0]+3600)
			}
			starts = append(starts, at)
			end := at + *answer
			done = append(done, end)
			lane = end + *gap*(1+*jitter*r.Float64())
			if asked%*batch == 0 {
				lane = end + *rest
			}
		}
		for first < len(done) && done[first] <= now {
			first++
		}
		waiting = len(done) - first
		deepest = max(deepest, waiting)
	}
	show := func(s float64) string { return (time.Duration(s) * time.Second).String() }
	fmt.Printf("%d reports, %d cores\n", *reports, *workers)
	fmt.Printf("  reading done after       %s\n", show(read))
	fmt.Printf("  documents to ask for     %d (%.1f an hour by the host's limits)\n", asked, float64(asked)/(lane/3600))
	fmt.Printf("  asking done after        %s (%.1f days)\n", show(lane), lane/86400)
	fmt.Printf("  longest queue            %d requests\n", deepest)
	fmt.Printf("  evidence kept            %.0f GB\n", float64(asked)**size/1000)
}
