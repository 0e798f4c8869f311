package verify

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"citecheck/pipeline/cite"
)

// Later is what a run has read beside the document of a citation, and what
// the report itself cites: where a corrigendum, a revision or an end of a
// document may show.
type Later struct {
	read  []*cite.Document
	cited []printed
}

// printed is a symbol and where the report cites it.
type printed struct {
	symbol cite.Symbol
	note   cite.Note
	text   string
}

// LaterOf collects what a report's run has at hand. Nobody is asked for it.
func LaterOf(notes []cite.Note, answers map[cite.Symbol]*cite.Answer) Later {
	var l Later
	seen := map[cite.Symbol]bool{}
	for _, n := range notes {
		for _, c := range n.Citations {
			a := answers[c.Symbol]
			if c.Symbol.IsZero() || seen[c.Symbol] || a != nil && a.Outcome == cite.Absent {
				continue
			}
			seen[c.Symbol] = true
			l.cited = append(l.cited, printed{c.Symbol, n, c.Text})
			if a != nil && a.Outcome == cite.Found && a.Document != nil {
				l.read = append(l.read, a.Document)
			}
		}
	}
	return l
}

// Superseded is the advice that a cited document was corrected, revised, ended
// or replaced since, by what this run has read. Without a proof it says
// nothing: that nobody looked is no news of the document.
func Superseded(n cite.Note, c cite.Citation, l Later) []cite.Finding {
	if c.Symbol.IsZero() {
		return nil
	}
	var out []cite.Finding
	for _, f := range append(l.corrected(n, c.Symbol), l.ended(n, c)...) {
		f.Check, f.Verdict, f.Claimed = "superseded", cite.Questioned, c.Symbol.String()
		out = append(out, f)
	}
	return out
}

// corrected finds corrigenda and revisions: among the documents that the
// report cites elsewhere, and those that a document which was read refers to.
func (l Later) corrected(n cite.Note, s cite.Symbol) (out []cite.Finding) {
	told := map[cite.Symbol]bool{}
	for _, c := range n.Citations {
		told[c.Symbol] = true // the author gives it beside the document
	}
	tell := func(later cite.Symbol, ev *cite.Evidence, where string) {
		what, ok := corrects(later, s)
		if !ok || told[later] {
			return
		}
		told[later] = true
		out = append(out, cite.Finding{Found: later.String(), Evidence: ev, Candidates: []string{later.ID()},
			Reason: fmt.Sprintf("%s has %s, %s (%s): look whether it touches what is cited", s, what, later, where)})
	}
	for _, p := range l.cited {
		tell(p.symbol, own(p.note, p.text), "cited in note "+p.note.Label)
	}
	for _, d := range l.read {
		for _, r := range d.Refers {
			tell(r.Symbol, textEvidence(d, r.Place, r.Symbol.String()), fmt.Sprintf("%s refers to it, %s", name(d), r.Place))
		}
	}
	return out
}

// corrects tells whether a symbol is a corrigendum or a revision of another:
// "S/2007/134/Corr.1" and "S/2007/134/Rev.1" of "S/2007/134". An addendum adds
// and corrects nothing.
func corrects(later, s cite.Symbol) (what string, ok bool) {
	rest, ok := strings.CutPrefix(later.String(), s.String()+"/")
	if !ok {
		return "", false
	}
	switch {
	case aCorr.MatchString(rest):
		return "a corrigendum", true
	case aRev.MatchString(rest):
		return "a revision", true
	}
	return "", false
}

var (
	aCorr = regexp.MustCompile(`^Corr\.\d+$`)
	aRev  = regexp.MustCompile(`^Rev\.\d+$`)
)

// ended finds later resolutions whose text says that it ends or replaces the
// one cited.
func (l Later) ended(n cite.Note, c cite.Citation) (out []cite.Finding) {
	if !c.Symbol.IsCouncilResolution() {
		return nil
	}
	for _, d := range l.read {
		// The numbers of the Council's resolutions run on: a later one is higher.
		if !d.Symbol.IsCouncilResolution() || d.Symbol.Number() <= c.Symbol.Number() || slices.ContainsFunc(n.Citations, func(o cite.Citation) bool { return o.Symbol == d.Symbol }) {
			continue
		}
		for _, p := range d.Paragraphs {
			if p.Kind != "" {
				continue // a preamble recalls
			}
			words, ok := endsIt(p.Text, c)
			if !ok {
				continue
			}
			out = append(out, cite.Finding{Found: words, Evidence: textEvidence(d, place(p), words), Candidates: []string{d.Symbol.ID()},
				Reason: fmt.Sprintf("%s, adopted later, says in %s: “%s”; look whether what is cited still held", name(d), place(p), short140(words))})
			break
		}
	}
	return out
}

var (
	// ending are the ways in which a resolution ends or replaces another. What
	// was ended before, or may be, is not ended here.
	ending = []*regexp.Regexp{
		regexp.MustCompile(`(?i)^(?:\d+\.\s*)?(?:also\s+|further\s+)?(?:decides\s+(?:also\s+|further\s+|hereby\s+)?(?:to\s+)?)?(?:terminates?|repeals?|rescinds?|revokes?|supersedes?|replaces?|lifts?)\s+([^.;]*?\bresolutions?\s+[^.;]*)`),
		regexp.MustCompile(`(?i)^(?:\d+\.\s*)?(?:also\s+|further\s+)?decides\s+(?:also\s+|further\s+)?that\s+([^.;]*?\bresolutions?\s+[^.;]*?)\s+(?:shall|are|is|will)\s+(?:be\s+)?(?:hereby\s+)?(?:terminated|repealed|rescinded|superseded|replaced|lifted)\b`),
		regexp.MustCompile(`(?i)^(?:\d+\.\s*)?(?:also\s+|further\s+)?decides\s+(?:also\s+|further\s+)?that\s+(?:this|the\s+present)\s+resolution\s+(?:shall\s+)?(?:supersedes?|replaces?)\s+([^.;]*?\bresolutions?\s+[^.;]*)`),
	}
	numberOfYear = regexp.MustCompile(`\b(\d{1,4}) \(((?:19|20)\d\d)\)`)
	inParts      = regexp.MustCompile(`(?i)\b(?:paragraphs?|subparagraphs?|sections?|annex|requirements?\s+(?:of|in))\b`)
	condition    = regexp.MustCompile(`(?i)\b(?:unless|until|if|upon|once|provided\s+that|subject\s+to|in\s+the\s+event)\b`)
	notEnding    = regexp.MustCompile(`(?i)\b(?:not|unless|until|if|may|should|intention|consider\w*|review\w*|remain\w*|established\s+by|as\s+amended)\b`)
)

// endsIt tells whether a paragraph ends the resolution cited, as a whole. One
// that ends a paragraph of it says so only of a citation of that paragraph.
func endsIt(text string, c cite.Citation) (string, bool) {
	text = strings.Join(strings.Fields(text), " ")
	for _, re := range ending {
		m := re.FindStringSubmatch(text)
		if m == nil || notEnding.MatchString(m[0]) || condition.MatchString(text) {
			continue
		}
		object := m[1]
		if inParts.MatchString(object) && !partCited(object, c) {
			continue
		}
		for _, x := range numberOfYear.FindAllStringSubmatch(object, -1) {
			if number, _ := strconv.Atoi(x[1]); number == c.Symbol.Number() { // digits
				return m[0], true
			}
		}
	}
	return "", false
}

var oneParagraph = regexp.MustCompile(`(?i)\bparagraphs? (\d{1,3}) (?:of|in) (?:its )?resolution (\d{1,4}) \(`)

// partCited tells whether the one paragraph that is ended is the one cited.
func partCited(object string, c cite.Citation) bool {
	m := oneParagraph.FindStringSubmatch(object)
	if m == nil || len(c.Pinpoints) == 0 || m[2] != strconv.Itoa(c.Symbol.Number()) {
		return false
	}
	for _, p := range c.Pinpoints {
		if p.Unit != cite.UnitPara || p.From != p.To || fmt.Sprint(p.From) != m[1] {
			return false
		}
	}
	return true
}
