package verify

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"citecheck/pipeline/cite"
)

// numberMentioned: does the document give the number that the sentence takes
// from it, "a force of 11,200", "1,115 police officers"? A number is held
// against the document only where the document counts the same thing and
// gives another; which number a sentence means is a rule of thumb.
var numberMentioned = &Check{
	Name: "number-mentioned",
	Doc:  "the document gives the number in the sentence",
	Text: true,
	// A number that the sentence says to be the document's needs its text. Of
	// others nothing is known but that they stand above the note: they are
	// looked for where the text is read for another check, or is the only
	// source, and no document is asked for on their account.
	Applies: func(c *Case) bool {
		if many(c.Note) {
			return false
		}
		d := c.doc()
		return d != nil && len(d.Paragraphs) > 0 && len(counts(c)) > 0 || len(attributed(c)) > 0
	},
	Run: func(c *Case) []cite.Finding {
		if c.Answer.Outcome == cite.Absent {
			return nil
		}
		d := c.doc()
		var out []cite.Finding
		for _, n := range counts(c) {
			switch {
			case d == nil && n.attributed:
				out = append(out, notHad(c, n.phrase))
			case d == nil || len(d.Paragraphs) == 0 && !n.attributed:
			case len(d.Paragraphs) == 0:
				out = append(out, noText(c, n.phrase))
			default:
				if f, ok := mention(d, n); ok {
					out = append(out, f)
				} else if n.attributed {
					out = append(out, cite.Finding{Verdict: cite.Unverifiable, Claimed: n.phrase,
						Reason: fmt.Sprintf("“%s” was not found in the text of %s; it may stand there in words or in a table", n.phrase, name(d))})
				}
			}
		}
		return out
	},
}

// attributing are words by which a sentence says that a number is the
// document's: "the report counts", "according to the resolution".
var attributing = regexp.MustCompile(`(?i)\baccording\s+to\s+(?:the|that|this)\s+(?:[\w’'-]+\s+){0,2}(?:report|resolution|document|letter|note)\b|` +
	`\b(?:the|that|this)\s+(?:report|resolution|document|letter)\s+(?:counts?|counted|gives?|gave|puts?|lists?|listed|records?|recorded|cites?|mentions?|mentioned|estimates?|estimated|authori[sz]e[sd])\b|` +
	`\bby\s+the\s+(?:report|document|letter)['’]s\s+(?:count|reckoning)\b|\bthe\s+(?:figure|number|total|ceiling)\s+given\b`)

// attributed are the numbers that the sentences say to be the document's.
func attributed(c *Case) []counted {
	return slices.DeleteFunc(counts(c), func(n counted) bool { return !n.attributed })
}

// A counted thing is a number and the words right after or before it.
type counted struct {
	number string // without commas
	phrase string // "1,115 police officers"
	thing  string // "police officers", "force"
	// the sentence says that it is the document's
	attributed bool
}

var (
	countedThing = regexp.MustCompile(`\b(\d{1,3}(?:,\d{3})+|\d{3,6}|\d{1,3}\.\d)\s+((?:[a-z-]+\s+)?[a-z-]{4,})`)
	forceOf      = regexp.MustCompile(`\b(force|ceiling|strength|total|contingent|budget)\s+of\s+(?:up\s+to\s+|some\s+|about\s+|around\s+|approximately\s+|nearly\s+|almost\s+|over\s+|more\s+than\s+)?(\d{1,3}(?:,\d{3})+|\d{3,6})\b`)
	// added are numbers that a sentence reckons itself.
	added   = regexp.MustCompile(`(?i)\b(?:in all|in total|altogether|combined|together|taken together|adds? up|a total of|on average|per cent|per month|per year)\b`)
	roughly = regexp.MustCompile(`(?i)\b(?:some|about|around|approximately|nearly|almost|over|roughly|circa|more than|fewer than|less than|at least|up to|close to|an estimated)\s+$`)
)

// counts are the numbers of things in the sentences above a note. Rounded
// numbers and years are no claim that could be looked up.
func counts(c *Case) (out []counted) {
	for _, m := range c.Note.Markers {
		s := unquoted(told(m))
		if tooLate(s, c.doc()) {
			continue
		}
		for _, x := range countedThing.FindAllStringSubmatchIndex(s, -1) {
			number, thing := s[x[2]:x[3]], strings.TrimSpace(s[x[4]:x[5]])
			if roughly.MatchString(s[:x[0]]) || added.MatchString(s) || anyYear.MatchString(number) && len(number) == 4 || afterNumber[strings.Fields(thing)[0]] {
				continue
			}
			out = append(out, counted{strings.ReplaceAll(number, ",", ""), s[x[0]:x[1]], thing, attributing.MatchString(s)})
		}
		for _, x := range forceOf.FindAllStringSubmatch(s, -1) {
			if roughly.MatchString(strings.TrimSuffix(x[0], x[2])) || anyYear.MatchString(x[2]) && len(x[2]) == 4 {
				continue
			}
			out = append(out, counted{strings.ReplaceAll(x[2], ",", ""), x[0], x[1], attributing.MatchString(s)})
		}
	}
	return out
}

// tooLate tells whether a sentence is about a year that a document can't count
// in yet: "There were 60,000 persons in need in 2019", of a report of 2018.
func tooLate(s string, d *cite.Document) bool {
	if d == nil || d.Date.Year == 0 {
		return false
	}
	late := false
	for _, y := range anyYear.FindAllString(s, -1) {
		n, _ := strconv.Atoi(y) // four digits
		if n <= d.Date.Year {
			return false
		}
		late = true
	}
	return late
}

// afterNumber are words that make no counted thing of a number.
var afterNumber = map[string]bool{"and": true, "of": true, "to": true, "in": true, "on": true, "the": true, "which": true, "that": true, "was": true, "were": true, "is": true, "at": true, "by": true,
	"for": true, "from": true, "with": true, "would": true, "had": true, "has": true, "also": true, "did": true, "left": true, "dealt": true, "as": true, "million": true, "billion": true, "per": true}

// mention looks for a number in a document: there, it is verified; another
// number of the same thing is a question. Else it is left open.
func mention(d *cite.Document, n counted) (cite.Finding, bool) {
	head := strings.Fields(n.thing)
	last := head[len(head)-1]
	same := regexp.MustCompile(`(?i)\b(\d{1,3}(?:[, ]\d{3})+|\d{3,6}|\d{1,3}\.\d)\s+` + strings.Join(quoteAll(head), `\s+`) + `\b`)
	if last == "force" || last == "ceiling" || last == "strength" || last == "total" || last == "contingent" || last == "budget" {
		same = regexp.MustCompile(`(?i)\b` + last + `\s+of\s+(?:up\s+to\s+)?(\d{1,3}(?:[, ]\d{3})+|\d{3,6})\b`)
	}
	whole := regexp.MustCompile(`(?:^|[^\d,.])` + spaced(n.number) + `(?:$|[^\d,]|[,.][^\d])`)
	var other *cite.Paragraph
	var found string
	for i := range d.Paragraphs {
		p := &d.Paragraphs[i]
		if whole.MatchString(p.Text) {
			return cite.Finding{Verdict: cite.Verified, Claimed: n.phrase, Found: n.number, Reason: fmt.Sprintf("%s of %s gives the number", place(*p), name(d)),
				Evidence: textEvidence(d, place(*p), around(p.Text, whole))}, true
		}
		if m := same.FindString(p.Text); m != "" && other == nil {
			other, found = p, m
		}
	}
	if other == nil && len(head) == 2 {
		return slip(d, n, head[0])
	}
	if other == nil {
		return cite.Finding{}, false
	}
	return cite.Finding{Verdict: cite.Questioned, Claimed: n.phrase, Found: found, Evidence: textEvidence(d, place(*other), around(other.Text, same)),
		Reason: fmt.Sprintf("%s does not have the number of the sentence, “%s”; %s has “%s”", name(d), n.phrase, place(*other), found)}, true
}

// slip finds another number of a thing, without the word after it, that is the
// sentence's but for one digit or two that changed places.
func slip(d *cite.Document, n counted, thing string) (cite.Finding, bool) {
	same := regexp.MustCompile(`(?i)\b(\d{1,3}(?:[, ]\d{3})+|\d{3,6})\s+` + regexp.QuoteMeta(thing) + `\b`)
	for _, p := range d.Paragraphs {
		for _, m := range same.FindAllStringSubmatch(p.Text, -1) {
			if has := strings.NewReplacer(",", "", " ", "").Replace(m[1]); len(has) == len(n.number) && len(has) > 3 && has != n.number && near(has, n.number) {
				return cite.Finding{Verdict: cite.Questioned, Claimed: n.phrase, Found: m[0], Evidence: textEvidence(d, place(p), around(p.Text, same)),
					Reason: fmt.Sprintf("%s does not have the number of the sentence, “%s”; %s has “%s”", name(d), n.phrase, place(p), m[0])}, true
			}
		}
	}
	return cite.Finding{}, false
}

func quoteAll(words []string) (out []string) {
	for _, w := range words {
		out = append(out, regexp.QuoteMeta(w))
	}
	return out
}

// spaced is a number with or without the marks of thousands.
func spaced(n string) string {
	if strings.Contains(n, ".") || len(n) < 4 {
		return regexp.QuoteMeta(n)
	}
	return n[:len(n)-3] + `[,. ]?` + n[len(n)-3:]
}

// around is the stretch of a text about a match, for evidence.
func around(text string, re *regexp.Regexp) string {
	m := re.FindStringIndex(text)
	if m == nil {
		return head(text)
	}
	from, to := max(0, m[0]-60), min(len(text), m[1]+60)
	for from > 0 && text[from-1] != ' ' {
		from--
	}
	for to < len(text) && text[to] != ' ' {
		to++
	}
	return strings.TrimSpace(text[from:to])
}
