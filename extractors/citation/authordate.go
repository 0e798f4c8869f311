package citation

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"citecheck/pipeline/cite"
)

// authorDate is the date of the author-date styles, which stands in brackets
// between the organ and the title: "United Nations Security Council. (20
// September 2007). Resolution 1778". at is where the citation begins; where it
// begins with the symbol, the title stands between the two.
func (n *note) authorDate(at int) []dated {
	m := n.authorDated(at)
	if m == nil {
		return nil
	}
	if dates := datesIn(n.s, m[2], m[3]); len(dates) == 1 {
		return dates
	}
	if d, ok := yearFirst(n.s[m[2]:m[3]]); ok {
		return []dated{{stretch{m[2], m[3]}, d, "", d.Year}}
	}
	return nil
}

// authorDated is where organ and date of an author-date style stand before a
// citation that begins at a byte: the submatches of authorThenDate.
func (n *note) authorDated(at int) []int {
	end := trimRight(n.s, 0, at)
	from := max(0, end-longTitle)
	if !strings.Contains(n.s[from:end], ").") {
		return nil
	}
	all := authorThenDate.FindAllStringSubmatchIndex(n.s[from:end], -1)
	if len(all) == 0 {
		return nil
	}
	m := slices.Clone(all[len(all)-1])
	for i := range m {
		m[i] += from
	}
	// Between the date and the citation stands nothing, or one title.
	if between := strings.TrimSpace(n.s[m[1]:end]); between != "" && !oneTitle(between) {
		return nil
	}
	return m
}

const longTitle = 600 // bytes; the longest titles of UN documents have some 400

var (
	authorThenDate = regexp.MustCompile(`(?:^|[;.] |\b)(?:The )?(?:United Nations|UN|U\.N\.)[\pL ,-]{0,60}\.? \(([^()]{4,24})\)\. ?`)
	apaDate        = regexp.MustCompile(`^((?:19|20)\d\d), (\pL{3,9}) (\d{1,2})$`)
)

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
	m := n.authorDated(u.symbol.from)
	if m == nil {
		return "", nil
	}
	at := stretch{m[1], u.symbol.from}
	at.to = at.from + len(strings.TrimRight(n.s[at.from:at.to], " (,.:—–-["))
	title := titleText(n.s, at)
	if title == "" || generic(title) || namesNumber.MatchString(title) {
		return "", nil
	}
	return title, n.spanAt(at.from, at.to)
}
