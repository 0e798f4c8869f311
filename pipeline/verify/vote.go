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
// counted ballots, and states named as abstaining or voting against: the
// tables count them, so only their number can be held against a sentence, and
// none is confirmed by name.
var voteAgrees = &Check{
	Name: "vote-agrees",
	Doc:  "the vote was as the sentence says",
	Applies: func(c *Case) bool {
		return c.doc() != nil && c.Cite.Symbol.IsCouncilResolution() && len(ballots(c)) > 0
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
				switch {
				case b.named:
					out = append(out, cite.Finding{Verdict: cite.Unverifiable, Claimed: b.phrase, Found: f.Value,
						Reason: fmt.Sprintf("the vote on %s was %s (for, against, abstaining); which states they were is in no source that was read", name(d), f.Value)})
				case b.counted():
					out = append(out, agree(f, b.phrase, fmt.Sprintf("the vote on %s was %s", name(d), f.Value)))
				}
				continue
			}
			where := "sentence"
			if b.inNote {
				where = "note"
			}
			g := disagree(f, b.phrase, fmt.Sprintf("the %s gives the vote as “%s”; on %s it was %s (for, against, abstaining)", where, b.phrase, name(d), f.Value))
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
	inNote                 bool
	named, atLeast         bool // states are named; it is not said that they are all
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
	same := func(said, real int) bool { return said < 0 || said == real || b.atLeast && said < real }
	return (b.yes < 0 || b.yes == real[0]) && same(b.no, real[1]) && same(b.abstain, real[2])
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

const (
	// aState is the name of a state: words with capitals, and the little ones
	// between them.
	aState  = `(?:[Tt]he\s+)?\p{Lu}[\p{L}.’'-]*(?:\s+(?:of\s+the\s+|of\s+|the\s+|d[’'])?\p{Lu}[\p{L}.’'-]*)*`
	aStates = `((?:` + aState + `,\s+)*` + aState + `(?:,?\s+and\s+` + aState + `)?)(?:,?\s+(?:both|all|alone|again|only|had|having))*,?\s+`
	leads   = `(?:^|[;:,(—–]\s*|\b(?:[Ww]ith|[Ww]hile|[Aa]s|[Bb]ut|[Aa]nd|[Oo]nly|[Ww]hen|because|since|though|although|where)\s+)`
)

const figure = `(\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|none|zero|no)`

var (
	saysUnanimous = regexp.MustCompile(`(?i)\bunanimous(?:ly)?\b|\b(?:adopted|passed|approved|agreed|taken|renewed|endorsed)\s+by\s+consensus\b`)
	// ofTheVote are words near "unanimous" that make it the vote's.
	ofTheVote = regexp.MustCompile(`(?i)\b(?:adopt\w*|vot\w*|pass\w*|approv\w*|renew\w*|extend\w*|decid\w*|decision|resolutions?|text|endors\w*|authori[sz]\w*|establish\w*|creat\w*|agree\w*|act\w*|council|impos\w*|condemn\w*|terminat\w*|lift\w*|demands?|sanctions?|mandates?|referral|embargo|ban)\b`)
	denies    = regexp.MustCompile(`(?i)\b(?:not|n[o’']t|never|nearly|almost|no longer|without|far from|less than|rather than|short of|instead of|fail\w*|lack\w*|virtually|would have been|usually|neither)\b`)
	allVoted  = regexp.MustCompile(`(?i)\ball\s+(?:15|fifteen)\s+(?:council\s+)?members\s+(?:of\s+the\s+(?:Security\s+)?Council\s+)?(?:voted\s+(?:for|in\s+favou?r)|in\s+favou?r|supported)\b`)
	inFavour  = regexp.MustCompile(`(?i)\b` + figure + `\s+(?:votes?\s+|members?\s+|states\s+)?in\s+favou?r\b`)
	votesTo   = regexp.MustCompile(`(?i)\b` + figure + `\s+(?:votes?\s+)?to\s+` + figure + `\b`)
	dashed    = regexp.MustCompile(`\b(\d{1,2})[-–](\d{1,2})[-–](\d{1,2})\b`)
	against   = regexp.MustCompile(`(?i)\b` + figure + `\s+(?:votes?\s+|(?:(?:council\s+)?members?|states|countries)\s+(?:vot(?:ed|ing)\s+)?)?against\b`)
	// voted is word of a vote by itself: "two members voted against".
	votedNo = regexp.MustCompile(`(?i)\b(?:members?|states|countries)\s+vot(?:ed|ing)\s+against$`)
	// nobodyNo is "nobody voted against".
	nobodyNo  = regexp.MustCompile(`(?i)\b(?:nobody|no\s+one|none|no\s+(?:council\s+)?member|no\s+state)\s+(?:had\s+)?vot(?:ed|ing)\s+against\b`)
	abstained = regexp.MustCompile(`(?i)\b` + figure + `\s+(?:(?:council\s+)?members?\s+|states\s+|countries\s+)?(?:abstentions?|abstain\w*)\b`)
	// nobody is told of without a figure: "nobody abstained".
	nobody = regexp.MustCompile(`(?i)\b(?:nobody|no\s+one|no\s+member|no\s+state|none\s+of\s+them)\s+(?:had\s+)?abstain(?:ed|ing)\b|\bwithout\s+(?:any\s+)?abstentions?\b`)
	// memberAbstains is word of a vote by itself, whatever else the sentence tells.
	memberAbstains = regexp.MustCompile(`(?i)\b(?:members?|states|countries)\s+abstain`)
	aVote          = regexp.MustCompile(`(?i)\b(?:votes?|voted|voting|adopted|passed|carried|abstain\w*|abstentions?|favou?r)\b`)
	// abstaining are states named: "with China and Russia abstaining", "China,
	// India and the Russian Federation abstained". It is read from its end, so
	// that the list is had whole wherever it begins.
	abstaining    = regexp.MustCompile(leads + aStates + `abstain(?:ing|ed)\b`)
	votingAgainst = regexp.MustCompile(leads + aStates + `vot(?:ing|ed)\s+against\b`)
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

// ballots are the votes that the sentences above a note tell of, and the note
// itself: "S/RES/1973 (2011), adopted by 10 votes to none".
func ballots(c *Case) (out []ballot) {
	if s := unquoted(adoption(c)); mayVote(s) {
		if b, ok := ballotIn(s); ok && !anotherVote(s, b, c.doc()) {
			out = append(out, b)
		}
		return out
	}
	if s := unquoted(besides(c)); mayVote(s) {
		if b, ok := ballotIn(s); ok && !anotherVote(s, b, c.doc()) {
			b.inNote = true
			out = append(out, b)
		}
	}
	if manyDocuments(c.Note) {
		return out // which of them the sentence's vote was on is open
	}
	for _, m := range c.Note.Markers {
		if !mayVote(told(m)) {
			continue
		}
		s := compared.ReplaceAllString(unquoted(told(m)), "")
		if b, ok := ballotIn(s); ok && !anotherVote(s, b, c.doc()) {
			out = append(out, b)
		}
	}
	return out
}

// besides is a citation with what its note says before and after it, up to
// the next ones, "" in running text.
func besides(c *Case) string {
	if c.Note.Placement == cite.PlaceInline || c.Cite.Span.End == 0 {
		return ""
	}
	from, to := 0, len([]rune(c.Note.Text))
	for _, o := range c.Note.Citations {
		if o.Span.End <= c.Cite.Span.Start {
			from = max(from, o.Span.End)
		}
		if o.Span.Start >= c.Cite.Span.End {
			to = min(to, o.Span.Start)
		}
	}
	return cut(c.Note.Text, cite.Span{Start: from, End: to})
}

// compared is what a sentence only compares with: ", as it had the year before".
var compared = regexp.MustCompile(`,?\s*\bas\s+(?:it|they|he|she)\s+(?:had|did)\b[^,;.]*`)

// mayVote tells whether a sentence has any of the words that ballotIn reads a
// vote from; most have none.
func mayVote(s string) bool {
	low := strings.ToLower(s)
	for _, w := range []string{"unanim", "abst", "favo", "vot", "consensus", "all 15", "all fifteen"} {
		if strings.Contains(low, w) {
			return true
		}
	}
	return (strings.Contains(low, "adopted") || strings.Contains(low, "passed") || strings.Contains(low, "carried")) && strings.ContainsAny(s, "0123456789")
}

// anotherVote tells whether the vote of a sentence is on another text, or of
// another year: "It was not adopted unanimously in 2022".
func anotherVote(s string, b ballot, d *cite.Document) bool {
	if b.unanimous && othersAgree.MatchString(s) || otherText.MatchString(s) || anotherTime.MatchString(s) {
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

// othersAgree tells of others than the Council who were of one mind.
var othersAgree = regexp.MustCompile(`(?i)\b(?:League|Assembly|Parliament|Union|Committee|Commission|Court|Congress|Cabinet|Board|NATO|AU|EU|ECOWAS|IGAD|parties|judges|experts)\b[^,;]{0,40}\bunanim`)

// anotherTime tells of what came before or after the decision: "three weeks
// later five members abstained".
var anotherTime = regexp.MustCompile(`(?i)\b(?:days?|weeks?|months?|years?)\s+(?:later|earlier|before|after(?:wards)?)\b|\b(?:would|had)\s+later\b`)

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
	switch m := against.FindStringSubmatch(s); {
	case m != nil && (b.yes >= 0 || votedNo.MatchString(m[0]) && !elsewhere.MatchString(s)):
		b.no = count(m[1])
		note(m[0])
	case nobodyNo.MatchString(s) && !elsewhere.MatchString(s):
		b.no = 0
		note(nobodyNo.FindString(s))
	}
	b.ofNames(s, votingAgainst, &b.no, note)
	switch m := abstained.FindStringSubmatch(s); {
	case m != nil && !strings.Contains(s, m[0]+" from ") && (b.yes >= 0 || memberAbstains.MatchString(m[0]) || aVote.MatchString(strings.Replace(s, m[0], "", 1))):
		b.abstain = count(m[1])
		note(m[0])
	case m == nil && nobody.MatchString(s) && aVote.MatchString(s):
		b.abstain = 0
		note(nobody.FindString(s))
	default:
		b.ofNames(s, abstaining, &b.abstain, note)
	}
	return b, b.phrase != ""
}

// ofNames counts the states that a sentence names as having voted so. "With
// China abstaining" names them all; "China abstained" may leave others out,
// and what is told in two places, "as did Pakistan", is not counted.
func (b *ballot) ofNames(s string, how *regexp.Regexp, votes *int, note func(string)) {
	all := how.FindAllStringSubmatchIndex(s, -1)
	if len(all) != 1 || *votes >= 0 {
		return
	}
	m := all[0]
	if others.MatchString(s) || elsewhere.MatchString(s) || len(abstains.FindAllString(s, -1)) > 1 && how == abstaining {
		return
	}
	names := states(s[m[2]:m[3]])
	if names == 0 {
		return
	}
	*votes, b.named = names, true
	finite := strings.HasSuffix(s[m[0]:m[1]], "ed") || strings.HasSuffix(s[m[0]:m[1]], "ed against")
	if finite && !alone.MatchString(s[m[0]:m[1]]) && !nobodyElse.MatchString(s) {
		b.atLeast = true
	}
	note(strings.TrimLeft(strings.TrimSpace(s[m[0]:m[1]]), ";:,(—– "))
}

var (
	abstains = regexp.MustCompile(`(?i)\babst(?:ain|ention)`)
	others   = regexp.MustCompile(`(?i)\b(?:as\s+did|so\s+did|did\s+(?:so|the\s+same|likewise)|others?|joined|like|along\s+with|together\s+with|among\s+them|including|as\s+well\s+as)\b`)
	// elsewhere are votes on other texts, and of others than the Council.
	elsewhere  = regexp.MustCompile(`(?i)\b(?:drafts?|amendments?|motions?|proposals?|assembly|parliament|referendum|veto\w*|had\s+voted|previously|earlier)\b`)
	alone      = regexp.MustCompile(`(?i)\b(?:only|alone)\b`)
	nobodyElse = regexp.MustCompile(`(?i)\b(?:nobody|no\s+one|no\s+other\s+\w+)\s+else\b|\bno\s+others?\b`)
	nameList   = regexp.MustCompile(`,\s+and\s+|,\s+|\s+and\s+`)
	// twoWordStates have an "and" of their own.
	twoWordStates = regexp.MustCompile(`\b(Bosnia|Trinidad|Antigua|Kitts|Tome|Tomé|Vincent)\s+and\s+(?:the\s+)?`)
	// atPlace is what opens a sentence and is no state: "In Darfur, China …".
	atPlace = regexp.MustCompile(`^(?:In|On|At|By|From|After|Before|Since|During|For|Under|Over)\s`)
	noState = regexp.MustCompile(`^(?:[Tt]he\s+)?(?:It|They|He|She|Nobody|None|No|Neither|Nor|Everyone|Everybody|A|An|Some|Several|Many|Two|Three|Four|Five|Six|Members?|States|Both|One|Council|Others?|Most|All|This|That|These|Those|Which|Who|Few|January|February|March|April|May|June|July|August|September|October|November|December)\b`)
)

// states counts the names in a list of states, 0 where it may be something
// else.
func states(list string) int {
	n := 0
	for _, name := range nameList.Split(twoWordStates.ReplaceAllString(list, "${1}-"), -1) {
		switch {
		case atPlace.MatchString(name):
			continue
		case noState.MatchString(name):
			return 0
		}
		n++
	}
	return n
}
