// Package verify holds the checks, one file each. A check is pure: it gets a
// citation, the sentence that it stands under and what a look-up answered,
// and says what agrees. It never asks anyone, and it never guesses: what was
// not read is unreachable, and says nothing of the author.
package verify

import (
	"fmt"
	"slices"
	"strings"

	"citecheck/pipeline/cite"
)

// Known is what the checks ask beside the answer: the catalogue.
type Known interface {
	Resolution(number int) (cite.Document, bool)
	Range(year int) (first, last int, complete, ok bool)
	YearOf(number int) (int, bool)
	ByTopic(topic string, year int) []cite.Document
}

// A Case is one citation with what the checks may look at.
type Case struct {
	Note   cite.Note
	Cite   cite.Citation
	Answer *cite.Answer // nil when the citation names no UN document
	Known  Known
	Said   []cite.Said // unmarked sentences of the report that may describe documents
}

// doc is the document that the answer found, nil for none.
func (c *Case) doc() *cite.Document {
	if c.Answer == nil || c.Answer.Outcome != cite.Found {
		return nil
	}
	return c.Answer.Document
}

// A Check is one question about a citation.
type Check struct {
	Name string // in the output: it never changes
	Doc  string
	Text bool // it needs the document's text
	// Applies tells whether the note or its sentence makes the claim at all.
	Applies func(*Case) bool
	Run     func(*Case) []cite.Finding
}

// Checks are all of them, in the order in which findings are shown.
var Checks = []*Check{exists, numberAgrees, typeAgrees, dateAgrees, timeFits, meetingAgrees, yearInBrackets, titleAgrees, bodyAgrees, paragraphExists, placeExists, quoteAppears, yearAgrees, actorAgrees, voteAgrees, numberMentioned, nameAgrees, numberTold, foundedBy, linkAgrees, subjectAgrees}

// Run makes the checks that apply to one citation.
func Run(n cite.Note, c cite.Citation, a *cite.Answer, k Known, said ...cite.Said) []cite.Finding {
	switch {
	case c.Work != nil:
		return []cite.Finding{work(c.Work)}
	case c.Open != nil:
		return []cite.Finding{ours(n, *c.Open)}
	case c.Symbol.IsZero():
		return []cite.Finding{{Check: "short-form", Verdict: cite.Unverifiable, Claimed: c.Text, Reason: "it is not clear what this refers to"}}
	}
	if a == nil {
		a = &cite.Answer{Symbol: c.Symbol, Outcome: cite.NoWord, Reason: "nobody was asked"}
	}
	kase := &Case{Note: n, Cite: c, Answer: a, Known: k, Said: said}
	var out []cite.Finding
	for _, check := range Checks {
		if check.Applies(kase) {
			for _, f := range check.Run(kase) {
				if check.Text && f.Verdict != cite.Verified && inPart(kase) {
					f = noText(kase, f.Claimed)
				}
				if check.Text && ofPart(c) && (f.Verdict == cite.Contradicted || f.Verdict == cite.Questioned) {
					f = cite.Finding{Verdict: cite.Unverifiable, Claimed: f.Claimed, Reason: "a part of the resolution is cited, and its parts, each with paragraphs of its own, are not told apart in what was read"}
				}
				f.Check = check.Name
				out = append(out, soften(f, kase))
			}
		}
	}
	return out
}

// inPart tells whether the text at hand may not be all of the document: what
// stands in it stands there, and what it lacks proves nothing.
func inPart(c *Case) bool {
	d := c.doc()
	return d != nil && len(d.Paragraphs) > 0 && c.Answer.TextReason != "" && !c.Answer.TextFinal
}

// ofPart tells whether part A or B of a resolution is cited: the document that
// was had may be another part, or have them all.
func ofPart(c cite.Citation) bool {
	return slices.ContainsFunc(c.Pinpoints, func(p cite.Pin) bool { return p.Unit == cite.UnitPart })
}

// ours takes what could not be made out in a note that recognition read for
// our own doing.
func ours(n cite.Note, f cite.Finding) cite.Finding {
	if n.OCR && f.Verdict == cite.Questioned {
		f.Verdict = cite.Unverifiable
		f.Reason += fromPicture
	}
	return f
}

const fromPicture = " (the note was read from a picture of the page, by character recognition: look whether it says so)"

// soften turns what would accuse into a question where either side was read
// from a picture: a digit or a word that recognition got wrong is no fault of
// the author.
func soften(f cite.Finding, c *Case) cite.Finding {
	if f.Verdict != cite.Contradicted && f.Verdict != cite.NotFound {
		return f
	}
	switch d := c.doc(); {
	case c.Note.OCR:
		f.Reason += fromPicture
	case d != nil && d.OCR && (f.Evidence == nil || f.Evidence.Name != "builtin"):
		f.Reason += " (the document is a scan, read by character recognition: look whether it says so)"
	default:
		return f
	}
	f.Verdict = cite.Questioned
	return f
}

// Needs tells what a citation's checks will look at, so that only that is
// fetched.
type Needs struct{ Facts, Text bool }

// NeedsOf is what the checks of a citation need.
func NeedsOf(n cite.Note, c cite.Citation) Needs {
	if c.Symbol.IsZero() {
		return Needs{}
	}
	need := Needs{Facts: true}
	kase := &Case{Note: n, Cite: c, Answer: &cite.Answer{Symbol: c.Symbol}}
	for _, check := range Checks {
		if check.Text && check.Applies(kase) {
			need.Text = true
		}
	}
	return need
}

// work is the finding on a source that is no UN document.
func work(w *cite.Work) cite.Finding {
	kind := map[string]string{"article-newspaper": "a press article", "book": "a book", "chapter": "a chapter of a book", "report": "a report of another institution",
		"article-journal": "a journal article", "thesis": "a thesis", "webpage": "a web page", "legislation": "a law", "legal_case": "a court's decision"}[w.Type]
	if kind == "" {
		kind = "a source"
	}
	return cite.Finding{Check: "exists", Verdict: cite.Unverifiable, Claimed: w.Title, Reason: kind + " that is no UN document: citecheck reads UN documents only"}
}

// notHad is the finding of a check whose document was not had.
func notHad(c *Case, claimed string) cite.Finding {
	f := cite.Finding{Verdict: cite.Unreachable, Claimed: claimed, Reason: c.Answer.Reason}
	if c.Answer.Outcome == cite.NotHeld {
		f.Verdict = cite.Unverifiable
	}
	if f.Reason == "" {
		f.Reason = "no source answered"
	}
	return f
}

// unread is the finding of a check whose document was had without the value
// that it looks for, and why a source that may have it was not.
func unread(c *Case, claimed, reason string) cite.Finding {
	why := c.Answer.Reason
	if why == "" && !c.Answer.TextFinal {
		why = c.Answer.TextReason
	}
	if why != "" {
		reason += ": " + why
	}
	return cite.Finding{Verdict: cite.Unreachable, Claimed: claimed, Reason: reason}
}

// disagree is the finding on a claim that a fact speaks against: a primary
// text contradicts; one secondary source alone only asks for a look.
func disagree(fact cite.Fact, claimed, reason string) cite.Finding {
	ev := fact.Evidence
	f := cite.Finding{Verdict: cite.Contradicted, Claimed: claimed, Found: fact.Value, Reason: reason, Evidence: &ev}
	if !fact.Primary {
		f.Verdict = cite.Questioned
		f.Reason += " (one secondary source)"
	}
	return f
}

func agree(fact cite.Fact, claimed, reason string) cite.Finding {
	ev := fact.Evidence
	return cite.Finding{Verdict: cite.Verified, Claimed: claimed, Found: fact.Value, Reason: reason, Evidence: &ev}
}

// facts lists the facts of a field, primary ones first.
func facts(d *cite.Document, f cite.Field) []cite.Fact {
	var out []cite.Fact
	for _, x := range d.Facts {
		if x.Field == f {
			out = append(out, x)
		}
	}
	slices.SortStableFunc(out, func(a, b cite.Fact) int {
		switch {
		case a.Primary == b.Primary:
			return 0
		case a.Primary:
			return -1
		}
		return 1
	})
	return out
}

// told is what a sentence tells for one of its markers.
func told(m cite.Marker) string {
	if m.Part != "" {
		return m.Part
	}
	return m.Sentence
}

// own is evidence of the note's own words.
func own(n cite.Note, quote string) *cite.Evidence {
	return &cite.Evidence{Source: cite.Source{Name: "note"}, Place: "note " + n.Label, Quote: quote}
}

// name is how a document is called in a reason.
func name(d *cite.Document) string {
	if d.Printed != "" {
		return d.Printed
	}
	return d.Symbol.String()
}

func list(items []string, word string) string {
	if len(items) < 2 {
		return strings.Join(items, "")
	}
	return strings.Join(items[:len(items)-1], ", ") + " " + word + " " + items[len(items)-1]
}

func plural(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}
