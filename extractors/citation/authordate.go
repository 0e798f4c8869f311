package citation

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"citecheck/pipeline/cite"
)

// An authorHead is how the author-date styles begin a citation of a UN
// document: the organ as its author, then the date in brackets. "United Nations
// Security Council. (20 September 2007). Resolution 1778". The zero authorHead is
// none.
type authorHead struct {
	all  stretch // organ, date and the full stop
	date stretch // what stands in the brackets
}

// longTitle bounds a title between date and citation, in bytes: the longest of
// UN documents have some 400.
const longTitle = 600

const authorHeadPattern = `(?:The )?(?:United Nations|UN|U\.N\.)[\pL ,-]{0,60}\.? \(([^()]{0,20}(?:19|20)\d\d[a-z]?(?:, \pL{3,9}(?: \d{1,2})?)?|n\.d\.)\)\.`

var (
	authorHeadFirst = regexp.MustCompile(`^` + authorHeadPattern)
	authorHeadIn    = regexp.MustCompile(`\b` + authorHeadPattern)
	apaDate         = regexp.MustCompile(`^((?:19|20)\d\d), (\pL{3,9}) (\d{1,2})$`)
)

// authorHeadAt is the one that begins at a byte and ends before to.
func (n *note) authorHeadAt(from, to int) authorHead {
	if from >= to {
		return authorHead{}
	}
	m := authorHeadFirst.FindStringSubmatchIndex(n.s[from:min(to, from+120)])
	return authorHeadOf(m, from)
}

// authorHeadBefore is the one before a citation that begins at a byte: between
// the two stands nothing, or one title.
func (n *note) authorHeadBefore(at int) authorHead {
	end := trimRight(n.s, 0, at)
	from := max(0, end-longTitle)
	if !strings.Contains(n.s[from:end], ").") {
		return authorHead{}
	}
	all := authorHeadIn.FindAllStringSubmatchIndex(n.s[from:end], -1)
	if len(all) == 0 {
		return authorHead{}
	}
	a := authorHeadOf(all[len(all)-1], from)
	if between := strings.TrimSpace(n.s[a.all.to:end]); between != "" && !oneTitle(between) {
		return authorHead{}
	}
	return a
}

// authorHeadOf is a match of the pattern in a text that begins at a byte.
func authorHeadOf(m []int, at int) authorHead {
	if m == nil {
		return authorHead{}
	}
	return authorHead{stretch{at + m[0], at + m[1]}, stretch{at + m[2], at + m[3]}}
}

// headOf is what stands before a unit in the author-date styles; where it
// begins with the symbol, its title stands between the two.
func (n *note) headOf(u *unit, at int) authorHead {
	if u.head != (authorHead{}) {
		return u.head
	}
	return n.authorHeadBefore(at)
}

// datesOf are the dates in the brackets.
func (n *note) datesOf(a authorHead) []dated {
	if dates := datesIn(n.s, a.date.from, a.date.to); len(dates) == 1 {
		return dates
	}
	if d, ok := yearFirst(n.s[a.date.from:a.date.to]); ok {
		return []dated{{a.date, d, "", d.Year}}
	}
	return nil
}

// yearFirst reads the date of the APA style: "2007, March 9".
func yearFirst(s string) (cite.Date, bool) {
	m := apaDate.FindStringSubmatch(s)
	if m == nil {
		return cite.Date{}, false
	}
	var d cite.Date
	fmt.Sscan(m[1], &d.Year)
	fmt.Sscan(m[3], &d.Day)
	if d.Month = slices.Index(cite.Months[:], m[2]); d.Month < 1 {
		return cite.Date{}, false
	}
	return d, true
}

// oneTitle tells whether the text between date and symbol is a title and
// nothing else: no further source, no sentence.
func oneTitle(s string) bool {
	s = strings.TrimRight(strings.TrimSuffix(strings.TrimSpace(s), "UN Doc."), " (,.:—–-[")
	return len(s) > 12 && isUpperRune(s, 0) && !strings.ContainsAny(s, ";“”\"") && !strings.Contains(s, ". ") && !aSymbol.MatchString(s)
}

// namesNumber is a document named by its number: no title.
var namesNumber = regexp.MustCompile(`^(?:Resolution|Decision|Presidential [Ss]tatement)s? \d`)

var aSymbol = regexp.MustCompile(`\b[A-Z]{1,5}/[A-Z\d]`)

// titleAfterDate is the title of the author-date styles, which are set in
// italics that a PDF's text no longer shows: "United Nations Secretary-General.
// (9 March 2007). Report of the Secretary-General on … (S/2007/134)". A citation
// by name, "Resolution 2450", has none.
func (n *note) titleAfterDate(u *unit) (string, *cite.Span) {
	if u.symbol == nil || u.name != nil {
		return "", nil
	}
	a := n.headOf(u, u.symbol.from)
	if a == (authorHead{}) {
		return "", nil
	}
	at := stretch{skipSpaces(n.s, a.all.to), u.symbol.from}
	at.to = at.from + len(strings.TrimRight(n.s[at.from:at.to], " (,.:—–-["))
	title := titleText(n.s, at)
	if title == "" || generic(title) || namesNumber.MatchString(title) {
		return "", nil
	}
	return title, n.spanAt(at.from, at.to)
}
