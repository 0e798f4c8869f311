//go:build ignore

// Mkreports writes many small reports as PDF, to see how citecheck behaves on
// an archive of them:
//
//	go run testdata/tools/mkreports.go FOLDER COUNT
//
// Report N is the same whenever it is made. Each has two to five pages, a
// title, a running head, twelve to thirty notes at the foot of its pages:
// resolutions of the built-in catalogue (one date in ten wrong by a day),
// reports of the Secretary-General, ibid., and press articles that no other
// report cites. They lie in folders of 100.
package main

import (
	"bufio"
	"bytes"
	"compress/zlib"
	"fmt"
	"log"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

type resolution struct {
	number int
	date   time.Time
}

func main() {
	log.SetFlags(0)
	if len(os.Args) != 3 {
		log.Fatal("usage: go run testdata/tools/mkreports.go FOLDER COUNT")
	}
	count, err := strconv.Atoi(os.Args[2])
	if err != nil || count < 1 {
		log.Fatalf("%s: a number of reports is expected", os.Args[2])
	}
	all := catalogue(filepath.Join("pipeline", "catalog", "resolutions.tsv"))
	for n := range count {
		dir := filepath.Join(os.Args[1], fmt.Sprintf("%03d", n/100))
		if err := os.MkdirAll(dir, 0o755); err != nil {
			log.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("report-%05d.pdf", n)), report(n, all), 0o644); err != nil {
			log.Fatal(err)
		}
	}
}

func catalogue(path string) (out []resolution) {
	f, err := os.Open(path)
	if err != nil {
		log.Fatal(err)
	}
	defer f.Close()
	for lines := bufio.NewScanner(f); lines.Scan(); {
		cells := strings.Split(lines.Text(), "\t")
		if cells[0] != "res" || len(cells) < 3 {
			continue
		}
		number, err := strconv.Atoi(cells[1])
		date, err2 := time.Parse(time.DateOnly, cells[2])
		if err == nil && err2 == nil {
			out = append(out, resolution{number, date})
		}
	}
	if len(out) < 1000 {
		log.Fatalf("%s has %d resolutions only", path, len(out))
	}
	return out
}

var (
	places  = strings.Fields("Mali Haiti Lebanon Cyprus Darfur Abyei Kosovo Somalia Liberia Timor Angola Tajikistan")
	tasks   = []string{"protect civilians", "support the elections", "monitor the ceasefire", "train the police", "reform its budget", "hand over its camps"}
	authors = []string{"Amara Keita", "Lena Vogt", "Paul Okafor", "Ines Duarte", "Tomas Lind", "Ruth Abebe"}
	papers  = []string{"The Courier", "Daily Ledger", "World Dispatch", "Evening Star"}
)

// report makes report n.
func report(n int, all []resolution) []byte {
	r := rand.New(rand.NewPCG(uint64(n), 7))
	place := places[r.IntN(len(places))]
	title := fmt.Sprintf("Lessons from %s, No. %d", place, n)
	var pages []string
	label := 0
	for p := range 2 + r.IntN(4) {
		page := &page{y: 740}
		page.text(54, 770, 8, fmt.Sprintf("%s   %d", title, p+1))
		if p == 0 {
			page.text(54, 744, 18, title)
			page.y = 712
		}
		var notes []string
		for range 6 {
			label++
			task := tasks[r.IntN(len(tasks))]
			note, year := cites(r, all, place, len(notes) > 0 && !strings.Contains(notes[len(notes)-1], "Ibid"))
			page.sentence(fmt.Sprintf("The mission in %s was asked in %d to %s and to report on it every ninety days.", place, year, task), label)
			page.sentence(fmt.Sprintf("Few of those who spoke to us in %s knew of this part of the mandate before the review began.", place), 0)
			notes = append(notes, note)
		}
		first := label - len(notes) + 1
		y := 54.0 + 10*float64(len(notes))
		page.rule(54, y+12)
		for i, note := range notes {
			page.text(54, y+3, 5, strconv.Itoa(first+i))
			page.text(62, y, 8, note)
			y -= 10
		}
		pages = append(pages, page.b.String())
	}
	return pdf(title, pages)
}

// cites makes a note, and the year that its sentence gives.
func cites(r *rand.Rand, all []resolution, place string, ibid bool) (string, int) {
	x := all[r.IntN(len(all))]
	switch k := r.IntN(10); {
	case k == 0 && ibid:
		return fmt.Sprintf("Ibid., para. %d.", 1+r.IntN(5)), x.date.Year()
	case k < 2:
		year := 2000 + r.IntN(25)
		return fmt.Sprintf("UN Security Council, Report of the Secretary-General on %s, UN Doc. S/%d/%d, para. %d.", place, year, 1+r.IntN(900), 1+r.IntN(40)), year
	case k < 4:
		day := time.Date(2005+r.IntN(20), time.Month(1+r.IntN(12)), 1+r.IntN(28), 0, 0, 0, 0, time.UTC)
		return fmt.Sprintf("%s, \u201cThe Road to %s %d,\u201d %s, %s.", authors[r.IntN(len(authors))], place, r.IntN(1_000_000), papers[r.IntN(len(papers))], day.Format("January 2, 2006")), day.Year()
	}
	date := x.date
	if r.IntN(10) == 0 {
		date = date.AddDate(0, 0, 1)
	}
	return fmt.Sprintf("UN Security Council Resolution %d (%s), UN Doc. S/RES/%d.", x.number, date.Format("January 2, 2006"), x.number), x.date.Year()
}

// A page is written from top to bottom.
type page struct {
	b bytes.Buffer
	x float64
	y float64
}

// sentence sets running text of 11 points in lines of 82 characters, with a
// raised marker behind it.
func (p *page) sentence(s string, marker int) {
	lines := wrap(s, 82)
	for i, line := range lines {
		p.text(54, p.y, 11, line)
		if i == len(lines)-1 && marker > 0 {
			p.text(54+width(line)*11, p.y+4, 6, strconv.Itoa(marker))
		}
		p.y -= 14
	}
}

func wrap(s string, most int) (out []string) {
	line := ""
	for _, word := range strings.Fields(s) {
		if len(line)+len(word) >= most {
			out, line = append(out, line), ""
		}
		line = strings.TrimPrefix(line+" "+word, " ")
	}
	return append(out, line)
}

func (p *page) text(x, y, size float64, s string) {
	s = strings.NewReplacer(`\`, `\\`, `(`, `\(`, `)`, `\)`, "\u201c", `\223`, "\u201d", `\224`).Replace(s)
	fmt.Fprintf(&p.b, "BT /F1 %g Tf %g %g Td (%s) Tj ET\n", size, x, y, s)
}

func (p *page) rule(x, y float64) { fmt.Fprintf(&p.b, "%g %g m %g %g l S\n", x, y, x+140, y) }

// width of a text of size 1: the font's widths are set so.
func width(s string) float64 { return 0.5 * float64(len(s)) }

// pdf puts pages into a file. Every character of its font is half an em wide.
func pdf(title string, pages []string) []byte {
	var b bytes.Buffer
	var at []int
	object := func(body string) {
		at = append(at, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", len(at), body)
	}
	b.WriteString("%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
	var kids strings.Builder
	for i := range pages {
		fmt.Fprintf(&kids, "%d 0 R ", 5+2*i)
	}
	object("<</Type/Catalog/Pages 2 0 R>>")
	object(fmt.Sprintf("<</Type/Pages/Count %d/Kids[%s]>>", len(pages), kids.String()))
	object("<</Type/Font/Subtype/Type1/BaseFont/Times-Roman/Encoding/WinAnsiEncoding/FirstChar 32/LastChar 255/Widths[" + strings.Repeat("500 ", 224) + "]>>")
	object(fmt.Sprintf("<</Title(%s)>>", title))
	for i, p := range pages {
		var z bytes.Buffer
		w := zlib.NewWriter(&z)
		w.Write([]byte(p)) // to memory
		w.Close()
		object(fmt.Sprintf("<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents %d 0 R/Resources<</Font<</F1 3 0 R>>>>>>", 6+2*i))
		object(fmt.Sprintf("<</Length %d/Filter/FlateDecode>>\nstream\n%s\nendstream", z.Len(), z.String()))
	}
	xref := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(at)+1)
	for _, n := range at {
		fmt.Fprintf(&b, "%010d 00000 n \n", n)
	}
	fmt.Fprintf(&b, "trailer\n<</Size %d/Root 1 0 R/Info 4 0 R>>\nstartxref\n%d\n%%%%EOF\n", len(at)+1, xref)
	return b.Bytes()
}
