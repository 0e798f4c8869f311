package verify

import (
	"regexp"
	"strings"

	"citecheck/pipeline/cite"
)

// A sentence of the running text that itself cites names resolutions for many
// reasons. It tells of one's adoption where the name stands right beside the
// word: "the Council adopted resolution 2334 (2016)".
var (
	adoptsIt = regexp.MustCompile(`(?i)\b(?:adopt(?:ed|ing|s)|pass(?:ed|ing)|adoption\s+of|passage\s+of)\s+(?:(?:its|the|UN|United\s+Nations|Security\s+Council|landmark|unanimously)\s+)*$`)
	hadIt    = regexp.MustCompile(`(?i)\b(?:had|having|has|after|before|since|until|when|once|who|which|that)\s+(?:\w+\s+){0,2}adopt(?:ed|ing)\s+(?:[\w ]+\s)?$`)
	adopted  = regexp.MustCompile(`(?i)^\)?\s*(?:on\s+[^,.;“]{3,60}?)?,?\s*(?:(?:which\s+)?(?:was|were)\s+)?(?:unanimously\s+)?(?:adopted|passed)\b`)
)

// adoption is the sentence of a citation in the running text that tells of the
// adoption of what it cites, and of nothing else that is cited; the year that
// is printed after the number is left out of it. "" for any other.
func adoption(c *Case) string {
	if c.Note.Placement != cite.PlaceInline || !decides(c.Cite.Symbol) || many(c.Note) {
		return ""
	}
	r := []rune(c.Note.Text)
	if c.Cite.Span.End == 0 || c.Cite.Span.End > len(r) {
		return ""
	}
	before, own, after := string(r[:c.Cite.Span.Start]), string(r[c.Cite.Span.Start:c.Cite.Span.End]), string(r[c.Cite.Span.End:])
	if hadIt.MatchString(before) || !adoptsIt.MatchString(before) && !adopted.MatchString(after) {
		return ""
	}
	return before + strings.TrimSpace(yearAfterNumber.ReplaceAllString(own, "")) + after
}

var yearAfterNumber = regexp.MustCompile(`\s*\((?:19|20)\d\d\)`)
