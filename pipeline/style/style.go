// Package style holds notes to a citation style: the profile that was asked
// for, or what most notes of the report itself do. Its findings are advice and
// stand apart from the verdicts: a note may be out of style and right. Where
// the correction is certain a finding carries the corrected note, which cites
// the same documents, places and dates and keeps every other word.
//
// Nothing here knows how notes are read: the grammar is handed in, and a
// correction that it would read otherwise is not offered.
package style

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"citecheck/pipeline/cite"
)

// Severity says how much a rule matters.
type Severity string

// The severities, gravest first.
const (
	Error   Severity = "error"
	Warning Severity = "warning"
	Style   Severity = "style"
	Note    Severity = "note"
)

// Severities lists all four, gravest first.
var Severities = []Severity{Error, Warning, Style, Note}

// Known is what the rules ask of the catalogue.
type Known interface {
	Resolution(number int) (cite.Document, bool)
	Range(year int) (first, last int, complete, ok bool)
}

// Options are what notes are held to.
type Options struct {
	Profile *Profile
	Answers map[cite.Symbol]*cite.Answer // what look-ups said; nil: nobody was asked
	Known   Known                        // nil: nothing is known
	// Parse is the grammar of notes.
	Parse func(text string) []cite.Citation
	// Month is the month in which the run takes place: a later date lies in
	// the future. The zero Date tells of none.
	Month cite.Date
}

// Check holds the notes of a report to a style and adds what it finds to the
// notes and, where it is about all of them, to the report.
func Check(r *cite.Report, o Options) {
	if o.Profile == nil {
		return
	}
	p := survey(r, o)
	for i := range r.Notes {
		r.Notes[i].Findings = append(r.Notes[i].Findings, p.note(&r.Notes[i])...)
	}
	r.Findings = append(r.Findings, p.findings...)
}

// A paper is a report as the rules see it: the options, and the report's own
// habits.
type paper struct {
	Options
	symbols  map[cite.Symbol]bool // documents whose symbol some note prints
	prefix   habit                // "UN Doc." before symbols
	dates    habit                // the format of dates
	italic   habit                // titles in italics
	findings []cite.Finding       // about the report as a whole
}

// A habit is what a report mostly does; "" where it has none.
type habit struct {
	counts map[string]int
	most   string
}

func (h *habit) count(what string) {
	if h.counts == nil {
		h.counts = map[string]int{}
	}
	h.counts[what]++
}

// settle finds the one that more than half of all do.
func (h *habit) settle() {
	sum := 0
	for _, n := range h.counts {
		sum += n
	}
	for what, n := range h.counts {
		if 2*n > sum {
			h.most = what
		}
	}
}

// mixed lists the ways of a report that does it in several and has no habit,
// the commonest first.
func (h *habit) mixed() []string {
	if h.most != "" || len(h.counts) < 2 {
		return nil
	}
	var out []string
	for what := range h.counts {
		out = append(out, what)
	}
	slices.SortFunc(out, func(a, b string) int { return cmp.Or(h.counts[b]-h.counts[a], strings.Compare(a, b)) })
	return out
}

// styled tells whether a note is held to a style: running text is no note,
// and where recognition read a picture its full stops are nobody's.
func styled(n *cite.Note) bool { return n.Placement != cite.PlaceInline && !n.OCR }

// survey counts the report's habits.
func survey(r *cite.Report, o Options) *paper {
	p := &paper{Options: o, symbols: map[cite.Symbol]bool{}}
	pictures := 0
	for i := range r.Notes {
		n := &r.Notes[i]
		if n.OCR {
			pictures++
		}
		for _, c := range n.Citations {
			if c.Claims.SymbolAt != nil && !c.Symbol.IsZero() {
				p.symbols[c.Symbol] = true
			}
		}
		if !styled(n) {
			continue
		}
		s := p.sheet(n)
		for _, at := range s.prefixes() {
			if !at.press {
				p.prefix.count(at.way)
			}
		}
		for _, d := range s.dates() {
			if way := d.way(); way != "" {
				p.dates.count(way)
			}
		}
		for _, t := range s.titles() {
			p.italic.count(t.way)
		}
	}
	p.prefix.settle()
	p.dates.settle()
	p.italic.settle()
	p.whole(pictures)
	return p
}

// whole says what is about the report as a whole: a mixture of which no side
// is the habit, and notes that could not be held to anything.
func (p *paper) whole(pictures int) {
	if ways := p.prefix.mixed(); p.Profile.Prefix == nil && ways != nil {
		p.findings = append(p.findings, p.finding(unDoc, remark{Claimed: strings.Join(ways, ", "),
			Reason: "the report prints symbols in several ways and none is its habit: " + strings.Join(ways, ", ")}))
	}
	if pictures > 0 {
		p.findings = append(p.findings, cite.Finding{Check: "style", Rule: "pictures", Severity: string(Note), Verdict: cite.Unverifiable, Candidates: []string{},
			Reason: fmt.Sprintf("notes read from pictures of pages (%d) were not held to a style: what recognition makes of points and commas says nothing of the author", pictures)})
	}
}

// A remark is one thing that a rule says of a note.
type remark struct {
	Claimed, Found, Reason string
	Evidence               *cite.Evidence
	Candidates             []string
	Edits                  []edit // the correction; none where it is not certain
}

// note makes all rules' findings on one note: one a rule and reason, with the
// note as it reads when all corrections of that rule are made.
func (p *paper) note(n *cite.Note) []cite.Finding {
	if !styled(n) {
		return nil
	}
	s := p.sheet(n)
	var out []cite.Finding
	for _, rule := range Rules {
		var edits []edit
		var found []cite.Finding
		var mends []bool
		for _, m := range rule.Run(s) {
			k := slices.IndexFunc(found, func(f cite.Finding) bool { return f.Reason == m.Reason })
			if k >= 0 {
				if !strings.Contains(found[k].Claimed, m.Claimed) {
					found[k].Claimed += "; " + m.Claimed
				}
			} else {
				k = len(found)
				found, mends = append(found, p.finding(rule, m)), append(mends, false)
			}
			mends[k] = mends[k] || len(m.Edits) > 0
			edits = append(edits, m.Edits...)
		}
		if text, ok := s.mended(edits, rule.May); ok {
			for k := range found {
				if mends[k] {
					found[k].Suggestion = text
				}
			}
		}
		out = append(out, found...)
	}
	return out
}

func (p *paper) finding(rule *Rule, m remark) cite.Finding {
	candidates := m.Candidates
	if candidates == nil {
		candidates = []string{}
	}
	return cite.Finding{Check: "style", Rule: rule.ID, Severity: string(rule.Severity), Verdict: cite.Questioned, Claimed: m.Claimed, Found: m.Found,
		Reason: m.Reason, Evidence: m.Evidence, Candidates: candidates}
}

// document is what is known of a document, nil for nothing.
func (p *paper) document(s cite.Symbol) *cite.Document {
	if a := p.Answers[s]; a != nil && a.Outcome == cite.Found && a.Document != nil {
		return a.Document
	}
	if p.Known != nil && s.IsCouncilResolution() {
		if d, ok := p.Known.Resolution(s.Number()); ok {
			return &d
		}
	}
	return nil
}

// dated is the date of a document and where it was read; only a primary
// source counts, for a correction must be certain.
func (p *paper) dated(s cite.Symbol) (cite.Date, *cite.Evidence, bool) {
	d := p.document(s)
	if d == nil {
		return cite.Date{}, nil, false
	}
	f, ok := d.Fact(cite.FieldDate)
	if !ok || !f.Primary {
		return cite.Date{}, nil, false
	}
	day, err := cite.ParseISODate(f.Value)
	if err != nil || day.Day == 0 {
		return cite.Date{}, nil, false
	}
	ev := f.Evidence
	return day, &ev, true
}

// from names a source in a reason.
func from(ev *cite.Evidence) string {
	switch {
	case ev.Name == "builtin":
		return "the built-in catalogue"
	case ev.URL != "":
		return ev.URL
	}
	return "the document"
}
