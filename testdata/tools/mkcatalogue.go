//go:build ignore

// Mkcatalogue makes pipeline/catalog/resolutions.tsv of two tables of facts:
//
//	go run testdata/tools/mkcatalogue.go facts_sc_resolutions.csv facts_sc_ranges.csv > pipeline/catalog/resolutions.tsv
//
// It keeps plain facts and nothing else: number, date, a second right date
// where a vote ran past midnight, meeting, vote, agenda title, and whether the
// UN's own table misprints the row; and the first and last number of each year.
package main

import (
	"encoding/csv"
	"fmt"
	"log"
	"os"
	"regexp"
	"strings"
)

func main() {
	res, ranges := table(os.Args[1]), table(os.Args[2])
	for _, r := range ranges {
		complete := "complete"
		if strings.HasSuffix(r["last"], "+") {
			complete = "open"
		}
		fmt.Println(strings.Join([]string{"year", r["year"], r["first"], strings.TrimSuffix(r["last"], "+"), complete}, "\t"))
	}
	dated := regexp.MustCompile(`text of the resolution is dated (\d{4}-\d\d-\d\d)`)
	// A cell of the source may hold more than the vote ("15-0-0 ; S/PRST/2005/24").
	vote := regexp.MustCompile(`\d+-\d+-\d+|adopted unanimously|unanimously|(?:adopted )?without vote`)
	meeting := regexp.MustCompile(`S/PV\.\d+(?: ?\((?:Resumption|Part)[^)]*\))?`)
	for _, r := range res {
		also, mis := "", ""
		if m := dated.FindStringSubmatch(r["note"]); m != nil {
			also = m[1]
		}
		if strings.HasPrefix(r["note"], "UN table prints") {
			mis = "misprinted"
		}
		topic := strings.Join(strings.Fields(r["topic_dhl"]), " ")
		fmt.Println(strings.Join([]string{"res", r["number"], r["date"], also, meeting.FindString(r["meeting"]), vote.FindString(strings.ToLower(r["outcome_vote"])), topic, mis}, "\t"))
	}
}

func table(name string) (out []map[string]string) {
	f, err := os.Open(name)
	if err != nil {
		log.Fatal(err)
	}
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		log.Fatal(err)
	}
	for _, row := range rows[1:] {
		m := map[string]string{}
		for i, k := range rows[0] {
			m[k] = row[i]
		}
		out = append(out, m)
	}
	return out
}
