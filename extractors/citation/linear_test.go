package citation

import (
	"strings"
	"testing"
	"time"
)

// TestLinear holds the work for hostile texts to their length: eight times the
// text may cost some eight times the processor time, where quadratic work
// would cost sixty-four times as much. The least of a few runs counts, and the
// margin is wide.
func TestLinear(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	const small, most = 4_000, 24
	texts := append([]string{}, hostile...)
	for _, n := range denseNotes {
		texts = append(texts, n+" ")
	}
	for _, unit := range texts {
		for name, parse := range map[string]func(string){
			"Parse":   func(s string) { Parse(Input{Text: s}) },
			"Running": func(s string) { Running(s) },
		} {
			short, long := strings.Repeat(unit, small/len(unit)), strings.Repeat(unit, 8*(small/len(unit)))
			ratio := 0.0
			for run := 0; run < 4; run++ { // noise only adds: one good run is proof
				a := leastTime(3, func() { parse(short) })
				b := leastTime(1, func() { parse(long) })
				if ratio = float64(b) / float64(max(a, 50*time.Microsecond)); ratio < most {
					break
				}
			}
			if ratio >= most {
				t.Errorf("%s of %q, repeated: eight times the text takes %.0f times as long", name, unit, ratio)
			}
		}
	}
}

func leastTime(runs int, f func()) time.Duration {
	least := time.Hour
	for i := 0; i < runs; i++ {
		from := cpuTime()
		f()
		least = min(least, cpuTime()-from)
	}
	return least
}
