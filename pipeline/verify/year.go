package verify

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"citecheck/pipeline/cite"
)

// yearAgrees: does the year in the sentence above the note fit the document?
// A decision is of the year in which the sentence says that it was taken; a
// report is not older than what it is cited for. The link between a sentence
// and its note is a rule of thumb, so the worst word is questioned.
var yearAgrees = &Check{
	Name:    "year-agrees",
	Doc:     "the year in the sentence fits the document",
	Applies: func(c *Case) bool { return c.doc() != nil && len(dated(c)) > 0 },
	Run: func(c *Case) []cite.Finding {
		d := c.doc()
		date, ok := d.Fact(cite.FieldDate)
		if !ok {
			return nil
		}
		year, err := cite.ParseISODate(date.Value)
		if err != nil || year.IsZero() {
			return nil
		}
		var out []cite.Finding
		for _, s := range dated(c) {
			if f, ok := weigh(c, d, date, year, s); ok {
				out = append(out, f)
			}
		}
		return out
	},
}

// A saying is what a sentence says of a time.
type saying struct {
	year   int
	phrase string // "in 2019"
	act    bool   // the sentence dates a decision of the body
}

func weigh(c *Case, d *cite.Document, date cite.Fact, found cite.Date, s saying) (cite.Finding, bool) {
	decision := decides(d.Symbol)
	switch {
	case s.year == found.Year:
		return agree(date, s.phrase, fmt.Sprintf("%s is of the year that the sentence names", name(d))), s.act
	case decision && s.act && !also(d, s.year):
		f := disagree(date, s.phrase, fmt.Sprintf("the sentence dates the decision to %d; the document cited was adopted on %s%s", s.year, words(date.Value), naming(c, d, s.year)))
		f.Verdict = cite.Questioned
		f.Candidates = sameTopic(c, d, s.year)
		return f, true
	case !decision && s.act && s.year > found.Year:
		f := disagree(date, s.phrase, fmt.Sprintf("the sentence is about %d; the document cited is older, of %s", s.year, words(date.Value)))
		f.Verdict = cite.Questioned
		return f, true
	}
	return cite.Finding{}, false
}

// also tells whether a second right day lies in that year.
func also(d *cite.Document, year int) bool {
	for _, f := range facts(d, cite.FieldDayAfter) {
		if strings.HasPrefix(f.Value, strconv.Itoa(year)) {
			return true
		}
	}
	return false
}

func decides(s cite.Symbol) bool {
	switch s.Series() {
	case "resolution", "decision", "presidential statement":
		return true
	}
	return false
}

const months = `(?:January|February|March|April|May|June|July|August|September|October|November|December)`

var (
	// when finds "in 2019", "in early June 2019", "on 28 June 2018", "on June
	// 28, 2018", "the report of January 2006". What comes before a year in
	// any other way ("since", "from", "by", "until", "the 2015 Agreement")
	// does not date what the sentence tells.
	when = regexp.MustCompile(`(?i)\b(in|on|of)\s+(?:the\s+)?(?:(?:early|mid|late)[- ]?\s*)?(?:\d{1,2}\s+)?(?:` + months + `\s+)?(?:\d{1,2},\s+)?((?:19|20)\d\d)\b`)
	// acted are the words by which a sentence tells of a decision.
	acted = regexp.MustCompile(`(?i)\b(decisions?|decided|decides|adopted|authori[sz]ed|established|created|extended|renewed|terminated|endorsed|imposed|lifted|expanded|widened|voted|agreed on|agreed|returned to|took up|confined itself|wrote down|set up|mandated|requested|demanded|condemned|approved|deployed)\b`)
	// looksBack are words by which a sentence tells of an earlier act, or of
	// another document than its own.
	looksBack = regexp.MustCompile(`(?i)\b(recall(?:ed|ing|s)?|reaffirm(?:ed|ing|s)?|since|building on|pursuant to|as early as|prior to|following|after|before|under the terms of|based on|first time since|contrary to|unlike|echo(?:ed|ing|es)?)\b`)
	body      = regexp.MustCompile(`\b(Security Council|General Assembly|Human Rights Council|Economic and Social Council|the Council|the Assembly|council|assembly)\b`)
	number    = regexp.MustCompile(`\(\s*(?:19|20)\d\d\s*\)`)
)

// dated are the years to which the sentences above a note date something,
// where a sentence names one year only.
func dated(c *Case) []saying {
	var out []saying
	for _, m := range c.Note.Markers {
		if s, ok := reading(m.Sentence); ok {
			out = append(out, s)
		}
	}
	return out
}

// reading is the one time that a sentence dates itself to. A sentence with
// several years, or one that looks back, has no single reading.
func reading(sentence string) (saying, bool) {
	plain := unquoted(sentence)
	all := when.FindAllStringSubmatchIndex(plain, -1)
	if len(all) != 1 || strings.Contains(plain[all[0][1]:], "–") && strings.HasPrefix(plain[all[0][1]:], "–") {
		return saying{}, false
	}
	m := all[0]
	year, _ := strconv.Atoi(plain[m[4]:m[5]]) // four digits
	if others(number.ReplaceAllString(plain, ""), year) {
		return saying{}, false
	}
	rest := plain[m[1]:]
	if r := []rune(strings.TrimLeft(rest, " ")); len(r) > 0 && strings.HasPrefix(rest, " ") && strings.ToUpper(string(r[0])) == string(r[0]) && strings.ToLower(string(r[0])) != string(r[0]) {
		return saying{}, false // "in 2015 Agreement" names a thing
	}
	s := saying{year: year, phrase: plain[m[0]:m[1]]}
	preposition := strings.ToLower(plain[m[2]:m[3]])
	before := plain[:m[0]]
	switch {
	case looksBack.MatchString(plain):
	case preposition == "of":
		// "the report of January 2006", "the resolution of 2019"
		s.act = regexp.MustCompile(`(?i)\b(report|resolution|statement|decision)\s*$`).MatchString(before)
	case regexp.MustCompile(`(?i)\bdecisions?\s*$`).MatchString(before):
		s.act = true
	case body.MatchString(plain) && acted.MatchString(plain), body.MatchString(plain) && strings.TrimSpace(before) == "":
		s.act = true
	case regexp.MustCompile(`(?i)\bsecretary-general\b`).MatchString(plain) && strings.TrimSpace(before) == "":
		s.act = true
	}
	return s, true
}

// others tells whether a text names another year than y.
func others(text string, y int) bool {
	for _, m := range anyYear.FindAllString(text, -1) {
		if m != strconv.Itoa(y) {
			return true
		}
	}
	return false
}

var anyYear = regexp.MustCompile(`\b(?:19|20)\d\d\b`)

// unquoted is a sentence without what it quotes.
func unquoted(s string) string {
	return regexp.MustCompile(`“[^”]*”|"[^"]*"|«[^»]*»`).ReplaceAllString(s, " ")
}
