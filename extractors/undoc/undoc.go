// Package undoc reads a UN document's own pages: its masthead (symbols,
// dates, title, body, session, agenda item, job number) and its paragraphs. It
// knows how UN documents are laid out since the 1990s, in English, French and
// Spanish; where a document is read from, and whether it is the one that was
// asked for, others decide.
package undoc

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"citecheck/pipeline/cite"
)

// Read reads a document from its zones and pages. What was not found is left
// empty: an absent masthead is for the caller to judge.
func Read(zones []cite.Zone, pages []cite.Page) cite.Document {
	r := &reader{lines: linesOf(zones, pages)}
	for _, p := range pages {
		r.doc.OCR = r.doc.OCR || p.OCR
		if p.Problem != "" {
			r.doc.Problems = append(r.doc.Problems, cite.Problem{Stage: "read", Item: "page " + strconv.Itoa(p.Number), Reason: p.Problem})
		}
	}
	r.read()
	return r.doc
}

func (r *reader) read() {
	r.words = vocabulary(r.lines)
	r.masthead()
	r.paragraphs()
	r.last()
}

// placeholder is what the document system prints in place of a document that
// it does not have.
var placeholder = regexp.MustCompile(`(?i)does\s+not\s+exist\s+in\s+the\s+Official\s+Document\s+System`)

// IsPlaceholder tells whether pages are the document system's own notice.
func IsPlaceholder(pages []cite.Page) bool {
	if len(pages) == 0 || len(pages) > 3 {
		return false
	}
	var b strings.Builder
	for _, r := range pages[0].Runs {
		b.WriteString(r.Text)
		b.WriteByte(' ')
	}
	return placeholder.MatchString(b.String())
}

type reader struct {
	lines []line
	words map[string]bool // of the document, in small letters
	doc   cite.Document
	gaps  bool // numbers were seen that no paragraph was made of
}

// last is the fact of the last paragraph's number. It is left out where pages
// or numbers were lost: a count that is too low would accuse whoever cites
// what lies beyond it.
func (r *reader) last() {
	for _, p := range r.doc.Paragraphs {
		if m := numbered.FindStringSubmatch(p.Text); m != nil && p.N == 0 && p.Kind == "" {
			n, _ := strconv.Atoi(m[1]) // digits
			r.gaps = r.gaps || n > r.doc.Last
		}
	}
	if r.gaps || len(r.doc.Problems) > 0 {
		if r.doc.Last > 0 {
			r.doc.Problems = append(r.doc.Problems, cite.Problem{Stage: "read", Item: "paragraphs", Reason: fmt.Sprintf("paragraph %d is the last that was found, but the numbering has gaps", r.doc.Last)})
		}
		r.doc.Last = 0
	}
	if r.doc.Last == 0 {
		return
	}
	for _, p := range r.doc.Paragraphs {
		if p.N == r.doc.Last && p.Kind == "" {
			t := []rune(p.Text)
			r.doc.Facts = append(r.doc.Facts, cite.Fact{Field: cite.FieldLastPara, Value: strconv.Itoa(p.N), Primary: true,
				Evidence: cite.Evidence{Place: fmt.Sprintf("paragraph %d", p.N), Quote: string(t[:min(len(t), 160)])}})
		}
	}
}
