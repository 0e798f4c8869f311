//go:build ignore

// Mkplanted writes reports with known mistakes, their truth and the archive
// that settles them, in the form that the scorer takes:
//
//	go run testdata/tools/mkplanted.go -data ../shared/data -out /tmp/planted -reports 50
package main

import (
	"flag"
	"log"

	"citecheck/testdata/tools/planted"
)

func main() {
	data := flag.String("data", "../shared/data", "the data that is tested against")
	out := flag.String("out", "planted", "folder to write")
	reports := flag.Int("reports", 50, "how many reports")
	size := flag.Int("size", 60, "notes of each")
	mistakes := flag.Int("mistakes", 12, "mistakes of each")
	seed := flag.Uint64("seed", 1, "another seed is another set")
	flag.Parse()
	set, err := planted.Make(*data, *seed, *reports, *size, *mistakes, false)
	if err == nil {
		err = set.Write(*out)
	}
	if err != nil {
		log.Fatal(err)
	}
}
