package verify

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"citecheck/pipeline/cite"
)

// titleAgrees: is the title in the note the document's? Titles are shortened,
// turned round and translated, so only the telling words are compared, and a
// title alone never verifies a document.
var titleAgrees = &Check{
	Name: "title-agrees",
	Doc:  "the title in the note is the document's",
	// "Report of the Secretary-General" names a kind and claims no title.
	Applies: func(c *Case) bool {
		return len(telling(c.Cite.Claims.Title)) > 0 && c.Cite.Symbol.Series() != "meeting record"
	},
	Run: func(c *Case) []cite.Finding {
		claimed := c.Cite.Claims.Title
		d := c.doc()
		if d == nil {
			if c.Answer.Outcome == cite.Absent {
				return nil
			}
			return []cite.Finding{notHad(c, claimed)}
		}
		if f, ok := otherOrdinal(c, d, claimed); ok {
			return []cite.Finding{f}
		}
		// A title of which only the kind was read, "Interim report of the
		// Secretary-General", can't be compared.
		titles := slices.DeleteFunc(facts(d, cite.FieldTitle), func(f cite.Fact) bool { return len(telling(f.Value)) == 0 })
		// A resolution has no title of its own: its agenda item often serves.
		for _, f := range append(append([]cite.Fact{}, titles...), facts(d, cite.FieldTopic)...) {
			if alike(unabbreviated(claimed, f.Value), f.Value) >= titleSame {
				return []cite.Finding{agree(f, claimed, "the title is that of "+name(d))}
			}
		}
		if len(titles) == 0 {
			if c.Cite.Symbol.Series() == "resolution" {
				return nil
			}
			return []cite.Finding{onFirstPage(c, d, claimed)}
		}
		if f, ok := abbreviated(c, d, claimed); ok {
			return []cite.Finding{f}
		}
		f := disagree(titles[0], claimed, fmt.Sprintf("the title of %s is “%s”", name(d), titles[0].Value))
		if alike(claimed, titles[0].Value) > titleOther {
			f.Verdict = cite.Questioned
			f.Reason = fmt.Sprintf("the title in the note is only partly that of %s, “%s”", name(d), titles[0].Value)
		}
		return []cite.Finding{f}
	},
}

// unabbreviated is a title without the acronyms that another title spells out,
// and with the places of missions for theirs.
func unabbreviated(title, other string) string {
	for _, a := range acronyms(title) {
		if initials(a, other) {
			title = strings.ReplaceAll(title, a, other)
		}
	}
	return spelledOut(title)
}

// abbreviated is the finding on a title with an acronym that the document's
// own does not explain: the text may be on it, whatever its title says.
func abbreviated(c *Case, d *cite.Document, claimed string) (cite.Finding, bool) {
	found := acronyms(claimed)
	if len(found) == 0 {
		return cite.Finding{}, false
	}
	rest := claimed
	for _, a := range found {
		rest = strings.ReplaceAll(rest, a, "")
	}
	if len(telling(rest)) > 0 {
		return cite.Finding{}, false // it says more than that
	}
	for _, a := range found {
		for _, p := range d.Paragraphs {
			if i := strings.Index(p.Text, a); i >= 0 {
				return cite.Finding{Verdict: cite.Verified, Claimed: claimed, Found: a, Reason: fmt.Sprintf("%s of %s tells of %s", place(p), name(d), a), Evidence: textEvidence(d, place(p), head(p.Text))}, true
			}
		}
		if _, ok := missions[a]; ok && len(d.Paragraphs) > 0 {
			return cite.Finding{}, false // its text does not name it
		}
	}
	return cite.Finding{Verdict: cite.Unverifiable, Claimed: claimed, Reason: fmt.Sprintf("the title of %s spells nothing out that is called %s", name(d), list(found, "or"))}, true
}

// otherOrdinal compares "Twentieth report" with "Twenty-first report".
func otherOrdinal(c *Case, d *cite.Document, claimed string) (cite.Finding, bool) {
	said := ordinalReport.FindStringSubmatch(claimed)
	if said == nil {
		return cite.Finding{}, false
	}
	for _, f := range facts(d, cite.FieldTitle) {
		has := ordinalReport.FindStringSubmatch(f.Value)
		if has != nil && !strings.EqualFold(strings.ReplaceAll(has[1], " ", "-"), strings.ReplaceAll(said[1], " ", "-")) && strings.EqualFold(has[2], said[2]) {
			return disagree(f, claimed, fmt.Sprintf("the title of %s is “%s”", name(d), f.Value)), true
		}
	}
	return cite.Finding{}, false
}

var ordinalReport = regexp.MustCompile(`(?i)^(?:the\s+)?((?:(?:twent|thirt|fort|fift|sixt|sevent|eight|ninet)y[- ])?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)|tenth|eleventh|twelfth|\w+teenth|\w+tieth)\s+((?:\w+\s+)?report)\b`)

// onFirstPage looks for the words of a title in what stands above the first
// paragraph, where the title itself was not made out.
func onFirstPage(c *Case, d *cite.Document, claimed string) cite.Finding {
	f := unread(c, claimed, "no title of "+name(d)+" was read")
	if len(d.Paragraphs) == 0 || d.Paragraphs[0].Kind != "preamble" || d.Paragraphs[0].Page > 1 {
		return f
	}
	top := []rune(d.Paragraphs[0].Text)
	if len(top) > firstPage {
		return f // the text of the document itself
	}
	all := placeWords(claimed)
	if len(all) == 0 {
		all = telling(claimed)
	}
	f.Found, f.Evidence = string(top), textEvidence(d, "page 1", string(top))
	switch share := share(all, telling(string(top))); {
	case share >= onPage:
		f.Verdict, f.Reason = cite.Verified, "the words of the title stand on page 1 of "+name(d)
	case share <= titleOther:
		f.Verdict, f.Reason = cite.Questioned, fmt.Sprintf("page 1 of %s does not have the words of the title", name(d))
	default:
		f.Found, f.Evidence = "", nil
	}
	return f
}

// A masthead with a title is shorter than firstPage; onPage is the share of a
// title's telling words that makes it the same there.
const (
	firstPage = 900
	onPage    = 0.75
)

// From titleSame on two titles are the same, up to titleOther they are two;
// between them a person should look. Measured on reports of the
// Secretary-General, whose titles differ in a country or a period only.
const (
	titleSame  = 0.6
	titleOther = 0.34
)

// alike is the share of telling words of the shorter title that the other
// has: of those that name a place or a matter, where both have such; the words
// of which missions' names are made ("interim", "administration") count else.
func alike(a, b string) float64 {
	wa, wb := placeWords(a), placeWords(b)
	if len(wa) == 0 || len(wb) == 0 {
		wa, wb = telling(a), telling(b)
	}
	if len(wa) == 0 || len(wb) == 0 {
		// Nothing but common words, "Report of the Secretary-General": that
		// says what kind of document it is, and fits any of that kind.
		return 1
	}
	if len(wa) > len(wb) {
		wa, wb = wb, wa
	}
	return share(wa, wb)
}

// share is how many of the words a stand in b.
func share(a, b map[string]bool) float64 {
	hit := 0
	for w := range a {
		if b[w] {
			hit++
		}
	}
	return float64(hit) / float64(len(a))
}

// placeWords are the telling words without those that missions share.
func placeWords(s string) map[string]bool {
	out := telling(s)
	for w := range out {
		if ofMissions[w] {
			delete(out, w)
		}
	}
	return out
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

var ofMissions = wordSet(`interim administration transitional transition integrated stabilization stabilisation observer observers operation operations force forces peacekeeping preventive deployment
	assistance verification support office multidimensional political special group military police civilian status organization implementation`)

func wordSet(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}

var common = wordSet(`the of on in and to for a an by with at from its as or
		report reports reporting secretary general united nations un security council assembly situation concerning regarding
		pursuant resolution resolutions paragraph mission period covering during submitted implementation letter dated president permanent representative
		addressed activities international statement note verbale transmitting interim final annual periodic special progress twenty first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth
		january february march april may june july august september october november december
		rapport secrétaire général sur la le les de du des en et à au aux une un par pour conseil sécurité déclaration présidence président lettre datée résolution
		informe del secretario sobre el los las una por para situación consejo seguridad declaración presidencia presidente carta fecha resolución asamblea assemblée générale naciones unidas nations unies`)
