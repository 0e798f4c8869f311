package verify

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"citecheck/pipeline/cite"
)

// actorAgrees: is the body that the sentence says acted the one whose
// decision the note cites?
var actorAgrees = &Check{
	Name: "actor-agrees",
	Doc:  "the body that acts in the sentence is that of the decision cited",
	Applies: func(c *Case) bool {
		return decides(c.Cite.Symbol) && principal[c.Cite.Symbol.Body()] && !many(c.Note)
	},
	Run: func(c *Case) []cite.Finding {
		for _, m := range c.Note.Markers {
			claimed := actor(m.Sentence)
			if claimed == "" || strings.EqualFold(claimed, c.Cite.Symbol.Body()) {
				continue
			}
			ev := own(c.Note, c.Cite.Symbol.String())
			return []cite.Finding{{Verdict: cite.Questioned, Claimed: claimed, Found: c.Cite.Symbol.Body(), Evidence: ev,
				Reason: fmt.Sprintf("the sentence tells of an act of the %s; %s is a decision of the %s", claimed, c.Cite.Symbol, c.Cite.Symbol.Body())}}
		}
		return nil
	},
}

// organs are the bodies whose acts are told apart here.
const organs = `(?:UN\s+|United\s+Nations\s+)?(Security Council|General Assembly|Human Rights Council|Economic and Social Council)`

// actsOf is "the General Assembly, in 2013, unanimously decided".
var actsOf = regexp.MustCompile(`\b(?:[Tt]he|UN|U\.N\.)\s+` + organs + `,?\s+(?:(?i:` + aTime + `),?\s+)?(?:itself\s+)?(?i:` + anyhow + acts + `)\b`)

// aTextOf is "a General Assembly resolution of 2018", where the sentence calls
// up no earlier one.
var aTextOf = regexp.MustCompile(`\b[Aa]\s+` + organs + `\s+(?:resolution|decision)\b`)

// sawAct is "2019 saw the General Assembly adopt a text", and "not before 2019
// did it".
var sawAct = regexp.MustCompile(`\b(?:saw|did)\s+the\s+` + organs + `\s+(?:act|pronounce|take|turn|return|adopt|pass|approve|agree|authori[sz]e|establish|renew|extend|impose|lift|endorse|decide)\b`)

// A budget is the Assembly's affair, whoever decided what it pays for.
var onMoney = regexp.MustCompile(`(?i)General Assembly\b.*(?:\$|\b(?:budgets?|appropriat\w+|assess\w+|million|billion|financing)\b)`)

// afterwards tells of another body's act on what the document cited says: "the
// General Assembly later endorsed", "the report on which the Council voted".
var afterwards = regexp.MustCompile(`(?:Council|Assembly)\s+(?:had\s+|has\s+)?(?:later|subsequently|in turn)\b|\b(?:which|whom)\s+the\s+(?:Security Council|General Assembly|Human Rights Council|Economic and Social Council)\b`)

// byWhom is the passive: "was taken by the General Assembly".
var byWhom = regexp.MustCompile(`\b(?P<done>\w+(?:ed|en|wn|ut|de|pt|nt|ld|id))\s+(?:unanimously\s+)?by\s+the\s+` + organs + `\b`)

// whose is the possessive: "the General Assembly’s 2018 resolution on Burundi",
// and the bracket: "the relevant decision (General Assembly, 2018)".
var whose = []*regexp.Regexp{
	regexp.MustCompile(`\b(?:[Tt]he|UN|U\.N\.)\s+` + organs + `['’]s\s+(?:(?:[\w§-]+\s+)?[\w§-]+\s+)?(?:resolution|decision|presidential\s+statement)\b`),
	regexp.MustCompile(`\b` + rulings + about + `\s*\((?:[Tt]he\s+)?` + organs + `,?\s+(?:(?:in|on)\s+)?(?i:` + aDay + `)\)`),
}

// actor is the one body that a sentence says acted, "" when it names none or
// several: "the General Assembly took note of what the Council had decided"
// tells of both.
func actor(sentence string) string {
	if !strings.Contains(sentence, "Council") && !strings.Contains(sentence, "Assembly") {
		return ""
	}
	plain := flatten(unquoted(sentence))
	if onMoney.MatchString(plain) || afterwards.MatchString(plain) {
		return ""
	}
	who := theOne(agents(plain))
	if who == "" {
		return ""
	}
	for b := range principal {
		if b != who && strings.Contains(plain, b) {
			return ""
		}
	}
	rest := strings.ReplaceAll(plain, who, "")
	if strings.Contains(rest, "Council") || strings.Contains(rest, "Assembly") && !strings.Contains(who, "Assembly") {
		return ""
	}
	return who
}

// agents are the bodies that a sentence tells acts of, each as often as it does.
func agents(plain string) (out []string) {
	for _, m := range actsOf.FindAllStringSubmatchIndex(plain, -1) {
		// "the strategy that the Assembly adopted" is no decision; "the
		// resolution that it adopted" is.
		if before := plain[:m[0]]; relative.MatchString(before) && !aRuling.MatchString(before) {
			continue
		}
		out = append(out, plain[m[2]:m[3]])
	}
	for _, m := range sawAct.FindAllStringSubmatch(plain, -1) {
		out = append(out, m[1])
	}
	for _, m := range byWhom.FindAllStringSubmatch(plain, -1) {
		if !noAct.MatchString(m[1]) {
			out = append(out, m[2])
		}
	}
	if !earlier.MatchString(plain) {
		for _, m := range aTextOf.FindAllStringSubmatch(plain, -1) {
			out = append(out, m[1])
		}
	}
	for _, re := range whose {
		for _, m := range re.FindAllStringSubmatch(plain, -1) {
			for i, name := range re.SubexpNames() {
				if i > 0 && name == "" && principal[m[i]] {
					out = append(out, m[i])
				}
			}
		}
	}
	return out
}

var aRuling = regexp.MustCompile(`(?i)\b` + rulings + about + `\s+(?:that|which)\s+$`)

// theOne is what a list holds and nothing else, "" for none and for several.
func theOne(list []string) string {
	if list = slices.Compact(slices.Sorted(slices.Values(list))); len(list) == 1 {
		return list[0]
	}
	return ""
}
