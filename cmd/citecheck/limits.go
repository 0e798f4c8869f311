package main

import (
	"fmt"
	"time"

	"github.com/spf13/pflag"

	"citecheck/pipeline/worker"
)

// limitFlags bound the reading of one document.
type limitFlags struct {
	cpu    time.Duration
	memory int64 // MiB
	pages  int
	reread bool
}

func (f *limitFlags) add(fl *pflag.FlagSet) {
	d := worker.DefaultLimits()
	fl.DurationVar(&f.cpu, "max-cpu", d.CPU, "CPU time that the reading of one document may take")
	fl.Int64Var(&f.memory, "max-memory", d.Memory>>20, "memory that the reading of one document may take, in MiB")
	fl.IntVar(&f.pages, "max-pages", d.Pages, "pages of a PDF that are read")
	fl.BoolVar(&f.reread, "reread-scans", false, "read the pictures of scanned pages with tesseract though somebody's recognition is under them; finds markers that it lost, at some 3 s a page")
}

// leastMemory is what the PDF engine needs to be compiled on a machine's first
// run, in MiB: 640 are too few.
const leastMemory = 768

func (f *limitFlags) limits() (worker.Limits, error) {
	l := worker.DefaultLimits()
	switch {
	case f.cpu < time.Second:
		return l, fmt.Errorf("--max-cpu %v: at least 1s", f.cpu)
	case f.memory < leastMemory || f.memory > 1<<20:
		return l, fmt.Errorf("--max-memory %d: from %d to %d MiB", f.memory, leastMemory, 1<<20)
	case f.pages < 1:
		return l, fmt.Errorf("--max-pages %d: at least 1", f.pages)
	}
	l.CPU, l.Memory, l.Pages, l.Reread = f.cpu, f.memory<<20, f.pages, f.reread
	return l, nil
}
