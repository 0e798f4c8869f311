package verify

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"citecheck/pipeline/cite"
)

// voteAgrees: was the vote as the sentence says? It reads "unanimously",
// counted ballots, and states named as abstaining: the tables count them, so
// only their number can be held against a sentence.
var voteAgrees = &Check{
	Name: "vote-agrees",
	Doc:  "the vote was as the sentence says",
	Applies: func(c *Case) bool {
		return c.doc() != nil && !manyDocuments(c.Note) && c.Cite.Symbol.IsCouncilResolution() && len(ballots(c)) > 0
	},
	Run: func(c *Case) []cite.Finding {
		d := c.doc()
		f, ok := d.Fact(cite.FieldVote)
		if !ok && c.Answer.Reason != "" { // a list that has votes was not had
			return []cite.Finding{unread(c, ballots(c)[0].phrase, "the vote on "+name(d)+" was not read")}
		}
		if !ok {
			return []cite.Finding{{Verdict: cite.Unverifiable, Claimed: ballots(c)[0].phrase, Reason: "the vote on " + name(d) + " is in no source that was read"}}
		}
		real, ok := tally(f.Value)
		if !ok {
			return nil
		}
		var out []cite.Finding
		for _, b := range ballots(c) {
			if b.fits(real) {
				if b.counted() {
					out = append(out, agree(f, b.phrase, fmt.Sprintf("the vote on %s was %s", name(d), f.Value)))
				}
				continue
			}
			g := disagree(f, b.phrase, fmt.Sprintf("the sentence gives the vote as “%s”; on %s it was %s (for, against, abstaining)", b.phrase, name(d), f.Value))
			g.Verdict = cite.Questioned
			out = append(out, g)
		}
		return out
	},
}

// A ballot is what a sentence says of a vote; -1 says nothing.
type ballot struct {
	phrase                 string
	yes, no, abstain       int
	unanimous, notAllAgree bool
}

// counted tells whether a ballot that fits is word enough to verify.
func (b ballot) counted() bool { return b.unanimous || b.yes >= 0 || b.no > 0 || b.abstain > 0 }

func (b ballot) fits(real [3]int) bool {
	against := real[1] + real[2]
	switch {
	case b.unanimous:
		return against == 0
	case b.notAllAgree:
		return against > 0
	}
	return (b.yes < 0 || b.yes == real[0]) && (b.no < 0 || b.no == real[1]) && (b.abstain < 0 || b.abstain == real[2])
}

var tallied = regexp.MustCompile(`^(\d+)-(\d+)-(\d+)$`)

// tally reads a vote as the tables print it.
func tally(s string) ([3]int, bool) {
	if m := tallied.FindStringSubmatch(s); m != nil {
		var v [3]int
		for i := range v {
			v[i], _ = strconv.Atoi(m[i+1]) // digits
		}
		return v, true
	}
	return [3]int{}, strings.Contains(s, "unanimously")
}

const figure = `(\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|none|zero|no)`

var (
	saysUnanimous = regexp.MustCompile(`(?i)\bunanimous(?:ly)?\b`)
	// ofTheVote are words near "unanimous" that make it the vote's.
	ofTheVote = regexp.MustCompile(`(?i)\b(?:adopt\w*|vot\w*|pass\w*|approv\w*|renew\w*|extend\w*|decid\w*|decision|resolutions?|text|endors\w*|authori[sz]\w*|establish\w*|creat\w*|agree\w*|act\w*|council|impos\w*|condemn\w*|terminat\w*|lift\w*)\b`)
	denies    = regexp.MustCompile(`(?i)\b(?:not|n[o’']t|never|nearly|almost|no longer|without|far from|less than|rather than|short of|instead of|fail\w*|lack\w*|virtually|would have been|usually|neither)\b`)
	allVoted  = regexp.MustCompile(`(?i)\ball\s+(?:15|fifteen)\s+(?:council\s+)?members\s+(?:of\s+the\s+(?:Security\s+)?Council\s+)?(?:voted\s+(?:for|in\s+favou?r)|in\s+favou?r|supported)\b`)
	inFavour  = regexp.MustCompile(`(?i)\b` + figure + `\s+(?:votes?\s+|members?\s+|states\s+)?in\s+favou?r\b`)
	votesTo   = regexp.MustCompile(`(?i)\b` + figure + `\s+(?:votes?\s+)?to\s+` + figure + `\b`)
	dashed    = regexp.MustCompile(`\b(\d{1,2})[-–](\d{1,2})[-–](\d{1,2})\b`)
	against   = regexp.MustCompile(`(?i)\b` + figure + `\s+(?:votes?\s+)?against\b`)
	abstained = regexp.MustCompile(`(?i)\b` + figure + `\s+(?:members?\s+|states\s+|countries\s+)?(?:abstentions?|abstain\w*)\b`)
	aVote     = regexp.MustCompile(`(?i)\b(?:votes?|voted|voting|adopted|abstain\w*|abstentions?|favou?r)\b`)
	// abstaining are states named: "with China and Russia abstaining".
	abstaining = regexp.MustCompile(`\b(?:with|while|as|but|and)\s+((?:(?:the\s+)?[A-Z][\p{L}.’' -]*?)(?:,\s+(?:and\s+)?(?:the\s+)?[A-Z][\p{L}.’' -]*?)*(?:,?\s+and\s+(?:the\s+)?[A-Z][\p{L}.’' -]*?)?)\s+(?:both\s+|all\s+)?abstain(?:ing|ed)\b`)
)

var figures = map[string]int{"none": 0, "zero": 0, "no": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11,
	"twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15}

func count(s string) int {
	if n, ok := figures[strings.ToLower(s)]; ok {
		return n
	}
	n, err := strconv.Atoi(s)
	if err != nil {
		return -1
	}
	return n
}

// ballots are the votes that the sentences above a note tell of.
func ballots(c *Case) (out []ballot) {
	for _, m := range c.Note.Markers {
		if !mayVote(m.Sentence) {
			continue
		}
		s := unquoted(m.Sentence)
		if b, ok := ballotIn(s); ok && !anotherVote(s, b, c.doc()) {
			out = append(out, b)
		}
	}
	return out
}

// mayVote tells whether a sentence has any of the words that ballotIn reads a
// vote from; most have none.
func mayVote(s string) bool {
	low := strings.ToLower(s)
	for _, w := range []string{"unanim", "abst", "favo", "vot", "all 15", "all fifteen"} {
		if strings.Contains(low, w) {
			return true
		}
	}
	return strings.Contains(low, "adopted") && strings.ContainsAny(s, "0123456789")
}

// anotherVote tells whether the vote of a sentence is on another text, or of
// another year: "It was not adopted unanimously in 2022".
func anotherVote(s string, b ballot, d *cite.Document) bool {
	if otherText.MatchString(s) {
		return true
	}
	said := strings.Split(b.phrase, ", ")
	last := said[len(said)-1]
	if last == "not unanimous" {
		last = "nanimous"
	}
	_, after, ok := strings.Cut(s, last)
	if end := strings.IndexAny(after, ",;:."); end >= 0 {
		after = after[:end]
	}
	years := anyYear.FindAllString(after, -1)
	return ok && d != nil && len(years) > 0 && d.Year > 0 && !slices.Contains(years, strconv.Itoa(d.Year))
}

var otherText = regexp.MustCompile(`(?i)\b(?:similar|earlier|previous|rival|competing|vetoed|draft)\s+(?:text|resolution|draft|decision|mandate|version)s?\b`)

func ballotIn(s string) (ballot, bool) {
	b := ballot{yes: -1, no: -1, abstain: -1}
	note := func(phrase string) { b.phrase = strings.TrimSpace(strings.TrimLeft(b.phrase+", "+phrase, ", ")) }
	if m := saysUnanimous.FindStringIndex(s); m != nil {
		clause := s[max(0, m[0]-90):m[0]]
		if i := strings.LastIndexAny(clause, ";:—"); i >= 0 {
			clause = clause[i:]
		}
		near := s[max(0, m[0]-60):min(len(s), m[1]+60)]
		if !ofTheVote.MatchString(near) {
			return b, false
		}
		b.unanimous, b.notAllAgree = !denies.MatchString(clause), denies.MatchString(clause)
		b.phrase = s[m[0]:m[1]]
		if b.notAllAgree {
			b.phrase = "not unanimous"
		}
		return b, true
	}
	if m := allVoted.FindString(s); m != "" {
		b.unanimous, b.phrase = true, m
		return b, true
	}
	if m := dashed.FindStringSubmatch(s); m != nil && aVote.MatchString(s) {
		b.yes, b.no, b.abstain = count(m[1]), count(m[2]), count(m[3])
		note(m[0])
		return b, true
	}
	if m := votesTo.FindStringSubmatch(s); m != nil && aVote.MatchString(s) && strings.Contains(strings.ToLower(s), "vot") {
		b.yes, b.no = count(m[1]), count(m[2])
		note(m[0])
	}
	if m := inFavour.FindStringSubmatch(s); m != nil {
		b.yes = count(m[1])
		note(m[0])
	}
	if m := against.FindStringSubmatch(s); m != nil && b.yes >= 0 {
		b.no = count(m[1])
		note(m[0])
	}
	if m := abstained.FindStringSubmatch(s); m != nil && !strings.Contains(s, m[0]+" from ") && (b.yes >= 0 || aVote.MatchString(strings.Replace(s, m[0], "", 1))) {
		b.abstain = count(m[1])
		note(m[0])
	} else if m := abstaining.FindStringSubmatch(s); m != nil {
		b.abstain = len(nameList.Split(m[1], -1))
		note(strings.TrimSpace(m[0]))
	}
	return b, b.phrase != ""
}

var nameList = regexp.MustCompile(`,\s+and\s+|,\s+|\s+and\s+`)
