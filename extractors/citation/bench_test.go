package citation

import (
	"fmt"
	"strings"
	"testing"
)

// runningText is some 260 kB of text as UN documents have it: long sentences,
// a resolution or a symbol in one of three.
var runningText = func() string {
	var b strings.Builder
	for i := 0; b.Len() < 260_000; i++ {
		fmt.Fprintf(&b, "Reaffirming its resolutions %d (%d), %d (%d) and %d (%d) on the protection of civilians, and recalling the statement by its President of "+
			"%d June %d (S/PRST/%d/%d), the mission continued to support the parties in the implementation of the agreement that they had signed. ",
			1000+i%1700, 1996+i%28, 1300+i%1400, 2000+i%24, 2000+i%700, 2014+i%10, 1+i%28, 1996+i%28, 1996+i%28, 1+i%40)
		b.WriteString("During the reporting period the security situation in the northern regions deteriorated, in particular along the roads between the larger towns, " +
			"where convoys were stopped and goods were taken. The authorities announced a number of measures and/or reforms, including the deployment of additional units, " +
			"the review of procedures and the training of officers; most of them had not been carried out by the end of the year, owing to a lack of funds and of staff. ")
		fmt.Fprintf(&b, "Further details may be found in the report of the Secretary-General (S/%d/%d), and in General Assembly resolution %d/%d of 24 December %d. ",
			1996+i%28, 1+i%1200, 50+i%28, 1+i%300, 1996+i%28)
	}
	return b.String()
}()

// perCPU runs f over and over and reports bytes a second of processor time.
func perCPU(b *testing.B, size int, f func()) {
	b.SetBytes(int64(size))
	b.ReportAllocs()
	from := cpuTime()
	for b.Loop() {
		f()
	}
	if used := cpuTime() - from; used > 0 {
		b.ReportMetric(float64(size)*float64(b.N)/1e6/used.Seconds(), "cpu-MB/s")
	}
}

func BenchmarkRunning(b *testing.B) {
	perCPU(b, len(runningText), func() {
		if len(Running(runningText)) == 0 {
			b.Fatal("nothing read")
		}
	})
}

// denseNotes are notes of every usual style, with works and all claims.
var denseNotes = []string{
	"UN Security Council Resolution 2423 (June 28, 2018), UN Doc. S/RES/2423, para. 38.",
	"S.C. Res. 1325, ¶ 8, U.N. Doc. S/RES/1325 (Oct. 31, 2000).",
	"UNSC, ‘Report of the Secretary-General on the situation in Mali’ (1 June 2023) UN Doc S/2023/402, paras 5–7.",
	"UN Security Council, Situation in Mali—Report of the Secretary-General, UN Doc. S/2023/21, January 6, 2023, annex II, para. 3.",
	"See Security Council resolutions 1325 (2000), 1820 (2008) and 1888 (2009); see also General Assembly resolution 60/1, paras. 138–139.",
	"Jane Doe, “The Long Way Home: A Mission Between Two Wars,” Journal of Invented Studies 12, no. 3 (2019): 45–67; “Convoys Wait for Rain,” The Northern Paper, July 15, 2022.",
	"Ibid., para. 5.",
	"John Roe and Mary Major, Small Steps (Anytown: Example University Press, 2011), p. 144, available at https://example.org/small-steps.",
	"Letter dated 4 June 2020 from the Permanent Representative of Examplia to the United Nations addressed to the Secretary-General (A/74/881-S/2020/503), annex.",
	"The reporting requirement is found in United Nations Security Council, Resolution 363, S/RES/363 (November 29, 1974).",
}

func BenchmarkParse(b *testing.B) {
	size := 0
	for _, n := range denseNotes {
		size += len(n)
	}
	perCPU(b, size, func() {
		for _, n := range denseNotes {
			if len(Parse(Input{Text: n})) == 0 {
				b.Fatalf("nothing read in %q", n)
			}
		}
	})
}

// Hostile texts take no more than a few times longer per byte than others:
// what is tried at one place is bounded.
func BenchmarkHostile(b *testing.B) {
	for _, h := range hostile {
		text := strings.Repeat(h, 50_000/len(h))
		b.Run(h[:min(8, len(h))], func(b *testing.B) {
			perCPU(b, len(text), func() { Parse(Input{Text: text}) })
		})
	}
}

var hostile = []string{
	"S/", "A/1/", "S/RES/", "S/2O23/4 ", "((((", "“", "‘a ", "; ", ". A", "para. 3, ", "¶ ", "resolution 35/33 ", "resolutions 1, ", "(2000), ", "See ", "http://a/", "E/CN.4/Sub.2/", "A/1-S/2-",
	"UN Doc. X1 ", "*a* ", "1, 2 and ", "Ibid. ", "[1]–", "12th meeting ", "Add.1 and ", "S/2000/1 and Add.1, ",
	"as Ida Crane writes in “Old Lessons” and ", "Ott (A: B, 2010) ", "and (n 2) ", "notes 4 and 7, ", "1325 (2000) and, most recently, ", "S/2019 / 904 / ", "Doe, Title, 12, ", "Rés. CS 1373 ", "of 8 June 2021 of ", "[the X] ", "2e alinéa ",
}
