package verify

import "regexp"

// tellsOn tells whether a sentence goes on from the act that it dates to a
// later one, of which its note is: "The sanctions imposed by the Council in
// 1990 were lifted." m is the match of a reading in the text.
func tellsOn(re *regexp.Regexp, m []int, text string) bool {
	if i := re.SubexpIndex("number"); i > 0 && m[2*i] >= 0 {
		return false // it is named
	}
	before, dated, rest := text[:m[0]], text[m[0]:m[1]], text[m[1]:]
	switch {
	case lookingOn.MatchString(text), pastPerfect.MatchString(rest), anotherClause.MatchString(rest):
		return true
	case ofSomeVote.MatchString(dated):
		return true
	case opens.MatchString(dated) && m[0] == 0 && paper.MatchString(firstWords.FindString(rest)):
		return true
	}
	if i := re.SubexpIndex("done"); i > 0 && m[2*i] >= 0 {
		main := passive.MatchString(before) && !ofWhich.MatchString(before)
		return !main && (finite.MatchString(rest) || wordsOn.MatchString(rest))
	}
	return othersAct.MatchString(rest) && !bodysAct.MatchString(rest) || standing.MatchString(dated) && finite.MatchString(rest)
}

var (
	// lookingOn are words by which a sentence looks from what it dates to what
	// came of it.
	lookingOn = regexp.MustCompile(`(?i)\b(?:years?|months?|decades?)\s+on\b|\bprecedent\s+for\b|\b(?:was|were)\s+(?:\w+\s+)?(?:reversed|undone)\b|\bwas\s+the\s+first\b|\blater\s*[.,;]?$|\bnot\s+(?:\w+\s+){0,3}since\b|` +
		`\bthis\s+one\b|\bthe\s+new\s+(?:mission|force|mandate|text|regime|panel|resolution)\b|\bnow\s+(?:refers?|holds?|says?|reads?|covers?|applies)\b`)
	pastPerfect   = regexp.MustCompile(`^\s*,?\s*(?:had|has\s+since)\s+(?:\w+ly\s+|already\s+)?(?:\w+ed|set|been|made|given|taken|begun|put|built|cut|sent|led|left)\b`)
	anotherClause = regexp.MustCompile(`;\s+\w`)
	ofSomeVote    = regexp.MustCompile(`(?i)^the\s+vote\s+(?:of|in)\b`)
	opens         = regexp.MustCompile(`(?i)^(?:adopted|passed|agreed)\b`)
	firstWords    = regexp.MustCompile(`^,?(?:\s+[\w’'-]+){1,5}`)
	passive       = regexp.MustCompile(`(?i)\b(?:was|were|been|being)\s+(?:\w+\s+)?$`)
	ofWhich       = regexp.MustCompile(`(?i)\b(?:that|which)\s+(?:was|were|had\s+been)\s+(?:\w+\s+)?$`)
	// wordsOn: "the committee established by the Council in 2011 oversees …"
	wordsOn = regexp.MustCompile(`^\s+\w`)
	// othersAct: "a decision taken in 2011 by the junta"
	othersAct = regexp.MustCompile(`(?i)^\s+by\s+`)
	bodysAct  = regexp.MustCompile(`(?i)^\s+by\s+(?:(?:unanimous|consensus|acclamation|a\s+vote|\d+|the\s+(?:UN|U\.N\.|United|Security|General|Human|Economic|Council|Assembly|members))\b)`)
	// standing are things that outlast the text that made them.
	standing = regexp.MustCompile(`(?i)\b(?:mandates?|measures?|sanctions|embargo)\b`)
	finite   = regexp.MustCompile(`(?i)\b(?:was|were)\s+(?:to\s+end|(?:\w+ly\s+|then\s+|later\s+)?(?:lifted|ended|closed|terminated|given|renewed|extended|expanded|replaced|dissolved|absorbed|merged|reversed|tightened|eased|amended|revised|widened|strengthened|cut|enlarged|reduced|converted|transformed|folded))\b`)
)
