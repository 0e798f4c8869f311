package verify

import (
	"fmt"
	"strings"
	"unicode"

	"citecheck/pipeline/cite"
)

// titleAgrees: is the title in the note the document's? Titles are shortened,
// turned round and translated, so only the telling words are compared, and a
// title alone never verifies a document.
var titleAgrees = &Check{
	Name:    "title-agrees",
	Doc:     "the title in the note is the document's",
	Applies: func(c *Case) bool { return c.Cite.Claims.Title != "" && c.Cite.Symbol.Series() != "meeting record" },
	Run: func(c *Case) []cite.Finding {
		claimed := c.Cite.Claims.Title
		d := c.doc()
		if d == nil {
			if c.Answer.Outcome == cite.Absent {
				return nil
			}
			return []cite.Finding{notHad(c, claimed)}
		}
		titles := facts(d, cite.FieldTitle)
		// A resolution has no title of its own: its agenda item often serves.
		for _, f := range append(append([]cite.Fact{}, titles...), facts(d, cite.FieldTopic)...) {
			if alike(claimed, f.Value) >= titleSame {
				return []cite.Finding{agree(f, claimed, "the title is that of "+name(d))}
			}
		}
		if len(titles) == 0 {
			if c.Cite.Symbol.Series() == "resolution" {
				return nil
			}
			return []cite.Finding{{Verdict: cite.Unreachable, Claimed: claimed, Reason: "no title of " + name(d) + " was read"}}
		}
		f := disagree(titles[0], claimed, fmt.Sprintf("the title of %s is “%s”", name(d), titles[0].Value))
		if alike(claimed, titles[0].Value) > titleOther {
			f.Verdict = cite.Questioned
			f.Reason = fmt.Sprintf("the title in the note is only partly that of %s, “%s”", name(d), titles[0].Value)
		}
		return []cite.Finding{f}
	},
}

// From titleSame on two titles are the same, up to titleOther they are two;
// between them a person should look. Measured on reports of the
// Secretary-General, whose titles differ in a country or a period only.
const (
	titleSame  = 0.6
	titleOther = 0.34
)

// alike is the share of telling words of the shorter title that the other has.
func alike(a, b string) float64 {
	wa, wb := telling(a), telling(b)
	if len(wa) == 0 || len(wb) == 0 {
		// Nothing but common words, "Report of the Secretary-General": that
		// says what kind of document it is, and fits any of that kind.
		return 1
	}
	if len(wa) > len(wb) {
		wa, wb = wb, wa
	}
	hit := 0
	for w := range wa {
		if wb[w] {
			hit++
		}
	}
	return float64(hit) / float64(len(wa))
}

func letters(s string) []string {
	return strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

// telling are the words of a title that tell it from other UN titles.
func telling(s string) map[string]bool {
	out := map[string]bool{}
	for _, w := range letters(s) {
		if !common[w] && len([]rune(w)) > 1 {
			out[w] = true
		}
	}
	return out
}

var common = func() map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(`the of on in and to for a an by with at from its as or
		report reports reporting secretary general united nations un security council assembly situation concerning regarding
		pursuant resolution resolutions paragraph mission period covering during submitted implementation letter dated president permanent representative
		addressed activities international
		january february march april may june july august september october november december
		rapport secrétaire général sur la le les de du des en et informe del secretario sobre el los las situación`) {
		m[w] = true
	}
	return m
}()
