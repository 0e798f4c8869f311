// Package planted writes reports with known mistakes: invented prose over real
// UN documents, in many styles of citing, with the truth of every citation
// beside it. What is right in them is meant to be hard to leave alone:
// sentences that mention other years, bodies and votes, quotations that are
// shortened or bent, notes that cite several documents.
//
// It needs the data that the project is tested against (facts of Security
// Council resolutions, UN documents as PDF) and pdftotext.
package planted

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// A Citation is what one note cites, and what is true of it. The names of the
// fields in JSON are those of the scorer's truth.
type Citation struct {
	Kind       string   `json:"kind"` // "un", "work"
	ID         string   `json:"id"`
	AcceptIDs  []string `json:"accept_ids,omitempty"`
	Text       string   `json:"text"`
	Via        string   `json:"via"`
	AcceptVia  []string `json:"accept_via"`
	Antecedent *string  `json:"antecedent"`
	Pinpoints  []Pin    `json:"pinpoints"`
	Claims     struct{} `json:"claims"`
	Error      *string  `json:"error"` // class of the mistake
	Expect     string   `json:"expect"`
	Accept     []string `json:"accept_verdicts"`
	Settled    *string  `json:"settled_by"`
	Offline    bool     `json:"checkable_offline"`
	Gate       string   `json:"gate,omitempty"`
	CSL        any      `json:"csl,omitempty"`
	Shape      string   `json:"shape"` // which style and sentence made it
}

// A Pin is a pinpoint.
type Pin struct {
	Unit string `json:"unit"`
	From any    `json:"from"`
	To   any    `json:"to"`
}

// A Note is one note with its truth.
type Note struct {
	I         int               `json:"i"`
	Labels    map[string]string `json:"labels"`
	Placement map[string]string `json:"placement"`
	Page      map[string]any    `json:"page"`
	Kind      string            `json:"kind"`
	Text      string            `json:"text"`
	Sentence  string            `json:"sentence"`
	UpTo      string            `json:"sentence_upto"`
	Quotes    []string          `json:"quotes"`
	Citations []*Citation       `json:"citations"`
}

// A Report is one report with the truth of its notes.
type Report struct {
	Name   string
	Title  string
	Notes  []*Note
	bodies []passage
}

// A passage is one sentence of the running text; its notes stand where {k} is
// printed.
type passage struct {
	text   string
	notes  []*Note
	break_ bool // a paragraph or heading begins here
}

// A Set is reports with the documents that settle them.
type Set struct {
	Reports []*Report
	Served  []*Doc            // documents whose PDF the archive holds
	Gates   map[string]string // symbol: how its answer is spoiled
	data    string
}

// Bad are the verdicts by which a mistake counts as found.
var Bad = []string{"contradicted", "not_found", "questioned"}

// Classes are the kinds of mistake, in the order in which they are planted.
var Classes = []string{
	"wrong_year", "wrong_date", "wrong_number", "nonexistent_number", "number_symbol_mismatch", "para_beyond_end",
	"quote_altered", "quote_elsewhere", "sentence_year_conflict", "wrong_body", "malformed_symbol", "wrong_title",
	"ibid_after_two_sources", "supra_wrong_note", "wrong_actor", "wrong_vote", "wrong_type", "wrong_figure", "wrong_name",
	"report_before_event",
}

// Make writes n reports of about size notes with errors mistakes each. Data is
// the folder of the test data; few keeps to the smallest documents.
func Make(data string, seed uint64, n, size, errors int, few bool) (*Set, error) {
	lib, err := load(data, few)
	if err != nil {
		return nil, err
	}
	set := &Set{data: data, Gates: map[string]string{}}
	class := 0
	for i := range n {
		w := &writer{Rand: rand.New(rand.NewPCG(seed, uint64(i))), lib: lib, set: set, used: map[string]bool{}, bags: map[string][]string{}}
		var classes []string
		for range errors {
			classes = append(classes, Classes[class%len(Classes)])
			class++
		}
		set.Reports = append(set.Reports, w.report(fmt.Sprintf("p%02d", i+1), size, classes))
	}
	for _, d := range lib.papers {
		if d.served {
			set.Served = append(set.Served, d)
		}
	}
	return set, nil
}

// report makes units of notes, in any order, and sets them as running text.
func (w *writer) report(name string, size int, classes []string) *Report {
	r := &Report{Name: name, Title: w.pick("titles")}
	var units []unit
	count := 0
	add := func(u unit) {
		units = append(units, u)
		for _, p := range u {
			count += len(p.notes)
		}
	}
	for _, c := range classes {
		add(w.mistake(c))
	}
	for count < size {
		add(w.clean())
	}
	w.Shuffle(len(units), func(i, j int) { units[i], units[j] = units[j], units[i] })
	labels := 0
	for i, u := range units {
		for j, p := range u {
			p.break_ = j == 0 && i%5 == 4
			for range w.IntN(3) {
				r.bodies = append(r.bodies, passage{text: w.pick("fill"), break_: p.break_})
				p.break_ = false
			}
			for _, n := range p.notes {
				labels++
				n.I = labels
				n.label(fmt.Sprint(labels))
				r.Notes = append(r.Notes, n)
			}
			r.bodies = append(r.bodies, p)
		}
	}
	for _, n := range r.Notes {
		for _, fix := range n.fixes() {
			n.Text = strings.ReplaceAll(n.Text, fix[0], fix[1])
			for _, c := range n.Citations {
				c.Text = strings.ReplaceAll(c.Text, fix[0], fix[1])
			}
		}
	}
	return r
}

// A unit is passages that must stay together and in order.
type unit []passage

func (n *Note) label(l string) {
	n.Labels = map[string]string{"md": l, "html": l}
	n.Placement = map[string]string{"md": "foot", "html": "end"}
	n.Page = map[string]any{"md": nil, "html": nil}
}

// fixes put the labels of other notes into a back reference.
func (n *Note) fixes() (out [][2]string) {
	for _, c := range n.Citations {
		if r, ok := c.CSL.(*backref); ok {
			l := fmt.Sprint(r.to.I + r.off)
			out = append(out, [2]string{"%NOTE%", l})
			c.Antecedent, c.CSL = &l, nil
		}
	}
	return out
}

// A backref names another note, or by mistake one beside it.
type backref struct {
	to  *Note
	off int
}

type writer struct {
	*rand.Rand
	lib  *library
	set  *Set
	used map[string]bool
	bags map[string][]string
}

// pick draws from a bank without repeats until it is empty.
func (w *writer) pick(bank string) string {
	b := w.bags[bank]
	if len(b) == 0 {
		all, ok := prose[bank]
		if !ok {
			panic("no prose for " + bank)
		}
		b = append(b, all...)
		w.Shuffle(len(b), func(i, j int) { b[i], b[j] = b[j], b[i] })
	}
	w.bags[bank] = b[:len(b)-1]
	return b[len(b)-1]
}

func one[T any](w *writer, list ...T) T { return list[w.IntN(len(list))] }

func (w *writer) chance(p float64) bool { return w.Float64() < p }
