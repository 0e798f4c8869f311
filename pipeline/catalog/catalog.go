// Package catalog holds what is known of UN documents without asking anyone.
// First, plain facts of the Security Council's resolutions, built into the
// program, with how far they are complete: numbers, dates, meetings, votes and
// agenda titles, no text of any document. Second, what was read so far, in a
// file of the user's that may be deleted at any time: see [Store].
package catalog

import (
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode"

	"citecheck/pipeline/cite"
)

// resolutions.tsv is made by testdata/tools/mkcatalogue.go.
//
//go:embed resolutions.tsv
var table string

// completeTo is the last number up to which the UN library's tables that the
// catalogue was made from are complete (they end on 30 June 2022).
const completeTo = 2640

// date is the day on which the facts were compiled.
const date = "2026-11-23"

// farBeyond is how far above the last known number one must lie before it
// can't exist: the Council adopts about 50 resolutions a year.
const farBeyond = 100

// A Catalog is the built-in facts. It is safe for concurrent use.
type Catalog struct {
	sha   string
	byNum map[int]*row
	years map[int]span
	last  int // last number known, of a year's range or a row
	topic map[string][]int
}

type row struct {
	number      int
	date, also  cite.Date
	meeting     string
	vote, topic string
}

type span struct {
	first, last int
	complete    bool
}

// Builtin is the catalogue inside the program.
var Builtin = sync.OnceValue(func() *Catalog { return load(table) })

func load(table string) *Catalog {
	sum := sha256.Sum256([]byte(table))
	c := &Catalog{sha: hex.EncodeToString(sum[:]), byNum: map[int]*row{}, years: map[int]span{}, topic: map[string][]int{}}
	for line := range strings.Lines(table) {
		f := strings.Split(strings.TrimRight(line, "\n"), "\t")
		switch f[0] {
		case "year":
			y, first, last := number(f[1]), number(f[2]), number(f[3])
			c.years[y] = span{first, last, f[4] == "complete"}
			c.last = max(c.last, last)
		case "res":
			r := &row{number: number(f[1]), meeting: f[4], vote: f[5], topic: f[6]}
			r.date, _ = cite.ParseISODate(f[2]) // a test reads every row
			r.also, _ = cite.ParseISODate(f[3])
			c.byNum[r.number] = r
			c.last = max(c.last, r.number)
			for _, t := range topics(r.topic) {
				c.topic[t] = append(c.topic[t], r.number)
			}
		}
	}
	return c
}

func number(s string) int {
	n, _ := strconv.Atoi(s) // a test reads every row
	return n
}

// topics are the folded agenda titles of a row; several stand between bars.
func topics(s string) (out []string) {
	for _, t := range strings.Split(s, " | ") {
		if t = foldTopic(t); t != "" && !slices.Contains(out, t) {
			out = append(out, t)
		}
	}
	return out
}

// foldTopic makes "The situation in Mali" and "Mali" the same agenda item, for
// the UN shortens its own titles from 2020 on. Nothing else is folded: close
// spellings ("Mali", "Malawi") are other items.
func foldTopic(s string) string {
	s = strings.ToLower(strings.TrimSpace(s))
	s = strings.Join(strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '\'' }), " ")
	for _, p := range []string{"the situation in the ", "the situation in ", "the situation concerning the ", "the situation concerning ", "the question of ", "question concerning "} {
		if rest, ok := strings.CutPrefix(s, p); ok {
			return rest
		}
	}
	return strings.TrimPrefix(s, "the ")
}

// Date is the day on which the facts were compiled, YYYY-MM-DD.
func (c *Catalog) Date() string { return date }

// CompleteTo is the last number up to which no resolution is missing.
func (c *Catalog) CompleteTo() int { return completeTo }

// LastKnown is the highest number known.
func (c *Catalog) LastKnown() int { return c.last }

// Range is the first and last number of a year; complete tells whether the
// last one is final.
func (c *Catalog) Range(year int) (first, last int, complete, ok bool) {
	s, ok := c.years[year]
	return s.first, s.last, s.complete, ok
}

// YearOf is the year in which a number was adopted.
func (c *Catalog) YearOf(number int) (int, bool) {
	for y, s := range c.years {
		if s.first <= number && number <= s.last {
			return y, true
		}
	}
	return 0, false
}

// YearsOfMeeting are the years in which the Council may have held a meeting, by
// the meetings at which it adopted resolutions: one, or two where the meeting
// lies between the last of a year and the first of the next; none beyond those
// that are known.
func (c *Catalog) YearsOfMeeting(number int) (out []int) {
	below, above := 0, 0
	for _, r := range c.byNum {
		held, err := strconv.Atoi(strings.TrimPrefix(r.meeting, "S/PV."))
		if err != nil || r.date.Year == 0 {
			continue // "S/PV.2977 (Part II)"
		}
		if held <= number {
			below = max(below, r.date.Year)
		}
		if held >= number && (above == 0 || r.date.Year < above) {
			above = r.date.Year
		}
	}
	if below == 0 || above == 0 || above-below > 1 {
		return nil
	}
	for y := min(below, above); y <= max(below, above); y++ {
		out = append(out, y)
	}
	return out
}

// Resolution is what is known of a number.
func (c *Catalog) Resolution(number int) (cite.Document, bool) {
	r, ok := c.byNum[number]
	if !ok {
		return cite.Document{}, false
	}
	return c.document(r), true
}

func (c *Catalog) document(r *row) cite.Document {
	s, err := cite.ParseSymbol("S/RES/" + strconv.Itoa(r.number))
	if err != nil {
		panic(err) // a number of ours
	}
	d := cite.Document{Symbol: s, Printed: s.Printed(r.date.Year), Body: s.Body(), Series: s.Series(), Number: r.number, Year: r.date.Year,
		Date: r.date, Topic: strings.ReplaceAll(r.topic, " | ", "; "), Meeting: r.meeting, Vote: r.vote, Sources: []cite.Source{c.source()}}
	add := func(f cite.Field, v string) {
		if v != "" {
			d.Facts = append(d.Facts, cite.Fact{Field: f, Value: v, Primary: true, Evidence: c.evidence(s.String(), v)})
		}
	}
	add(cite.FieldExists, d.Printed)
	add(cite.FieldDate, r.date.String())
	add(cite.FieldDayAfter, r.also.String())
	add(cite.FieldBody, d.Body)
	add(cite.FieldType, "resolution")
	add(cite.FieldTopic, d.Topic)
	add(cite.FieldMeeting, r.meeting)
	add(cite.FieldVote, r.vote)
	return d
}

func (c *Catalog) source() cite.Source { return cite.Source{Name: "builtin", SHA256: c.sha} }

func (c *Catalog) evidence(place, quote string) cite.Evidence {
	return cite.Evidence{Source: c.source(), Place: place, Quote: quote}
}

// ByTopic lists the resolutions of a year under the same agenda item, by
// number. A row without an agenda title has no fellows.
func (c *Catalog) ByTopic(topic string, year int) []cite.Document {
	var nums []int
	for _, t := range topics(strings.ReplaceAll(topic, "; ", " | ")) {
		for _, n := range c.topic[t] {
			if c.byNum[n].date.Year == year && !slices.Contains(nums, n) {
				nums = append(nums, n)
			}
		}
	}
	slices.Sort(nums)
	var out []cite.Document
	for _, n := range nums {
		out = append(out, c.document(c.byNum[n]))
	}
	return out
}

// Lookup answers for a Security Council resolution: found; absent where the
// number can't exist; else no word, since the catalogue has gaps above
// CompleteTo and later resolutions come after it was made.
func (c *Catalog) Lookup(s cite.Symbol) cite.Answer {
	a := cite.Answer{Symbol: s}
	if !s.IsCouncilResolution() || s.Modifier() != "" {
		a.Outcome, a.Reason = cite.NoWord, "the built-in catalogue holds resolutions of the Security Council only"
		return a
	}
	n := s.Number()
	if d, ok := c.Resolution(n); ok {
		a.Outcome, a.Document = cite.Found, &d
		return a
	}
	switch {
	case n < 1 || n > c.last+farBeyond:
		ev := c.evidence("the highest number known", "S/RES/"+strconv.Itoa(c.last))
		a.Outcome, a.Evidence = cite.Absent, &ev
		day, _ := cite.ParseISODate(date) // a test reads it
		a.Reason = fmt.Sprintf("the Security Council's resolutions are numbered from 1; the highest known on %s is %d", day.Words(), c.last)
	default:
		a.Outcome = cite.NoWord
		a.Reason = fmt.Sprintf("the built-in catalogue is complete to resolution %d only and does not have number %d", completeTo, n)
	}
	return a
}
