package verify

import (
	"fmt"
	"regexp"
	"strings"

	"citecheck/pipeline/cite"
)

// voteAgrees: was the vote as the sentence says? Only "unanimously" is read.
var voteAgrees = &Check{
	Name: "vote-agrees",
	Doc:  "a decision that the sentence calls unanimous was so",
	Applies: func(c *Case) bool {
		return c.doc() != nil && !many(c.Note) && c.Cite.Symbol.IsCouncilResolution() && unanimous(c.Note) != ""
	},
	Run: func(c *Case) []cite.Finding {
		d := c.doc()
		f, ok := d.Fact(cite.FieldVote)
		if !ok {
			return nil
		}
		m := tallied.FindStringSubmatch(f.Value)
		if m == nil && !strings.Contains(f.Value, "unanimously") {
			return nil
		}
		if m == nil || m[1] == "0" && m[2] == "0" {
			return []cite.Finding{agree(f, "unanimously", "the vote on "+name(d)+" was unanimous")}
		}
		g := disagree(f, "unanimously", fmt.Sprintf("the sentence calls the vote unanimous; it was %s", f.Value))
		g.Verdict = cite.Questioned
		return []cite.Finding{g}
	},
}

var (
	tallied     = regexp.MustCompile(`^\d+-(\d+)-(\d+)$`)
	saysUnanim  = regexp.MustCompile(`(?i)\bunanimous(?:ly)?\b`)
	deniesUnani = regexp.MustCompile(`(?i)\b(?:not|non|never|nearly|almost|no longer|without|fail\w*|lack\w*)[\s-]+(?:\w+\s+){0,3}unanim`)
)

func unanimous(n cite.Note) string {
	for _, m := range n.Markers {
		if saysUnanim.MatchString(m.Sentence) && !deniesUnani.MatchString(m.Sentence) {
			return m.Sentence
		}
	}
	return ""
}
