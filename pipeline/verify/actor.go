package verify

import (
	"fmt"
	"regexp"
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

var actsOf = regexp.MustCompile(`\b(?:[Tt]he|UN|U\.N\.)\s+(?:UN\s+|United Nations\s+)?(Security Council|General Assembly|Human Rights Council|Economic and Social Council)\s+(?:had\s+|has\s+|then\s+|also\s+|already\s+|again\s+|later\s+|unanimously\s+)*(adopted|decided|authori[sz]ed|established|created|extended|renewed|terminated|endorsed|imposed|lifted|returned|took|spoke|spoken|agreed|voted|condemned|approved|demanded|called|mandated|recognized|recognised|declared)\b`)

// A budget is the Assembly's affair, whoever decided what it pays for.
var onMoney = regexp.MustCompile(`(?i)General Assembly\b.*(?:\$|\b(?:budgets?|appropriat\w+|assess\w+|million|billion|financing)\b)`)

// afterwards tells of another body's act on what the document cited says: "the
// General Assembly later endorsed", "the report on which the Council voted".
var afterwards = regexp.MustCompile(`(?:Council|Assembly)\s+(?:had\s+|has\s+)?(?:later|subsequently|in turn)\b|\b(?:which|whom)\s+the\s+(?:Security Council|General Assembly|Human Rights Council|Economic and Social Council)\b`)

// byWhom is the passive: "was taken by the General Assembly".
var byWhom = regexp.MustCompile(`\b(?:adopted|decided|authori[sz]ed|established|created|extended|renewed|terminated|endorsed|imposed|lifted|taken|passed|approved|mandated)\s+(?:unanimously\s+)?by\s+the\s+(?:UN\s+|United Nations\s+)?(Security Council|General Assembly|Human Rights Council|Economic and Social Council)\b`)

// whose is the possessive: "the General Assembly’s resolution on Burundi".
var whose = regexp.MustCompile(`\b(?:[Tt]he|UN|U\.N\.)\s+(?:UN\s+|United Nations\s+)?(Security Council|General Assembly|Human Rights Council|Economic and Social Council)['’]s\s+(?:\w+\s+)?(?:resolution|decision|presidential\s+statement)\b`)

// actor is the one body that a sentence says acted, "" when it names none or
// several: "the General Assembly took note of what the Council had decided"
// tells of both.
func actor(sentence string) string {
	if !strings.Contains(sentence, "Council") && !strings.Contains(sentence, "Assembly") {
		return ""
	}
	plain := unquoted(sentence)
	if onMoney.MatchString(plain) || afterwards.MatchString(plain) {
		return ""
	}
	m := append(actsOf.FindAllStringSubmatch(plain, -1), byWhom.FindAllStringSubmatch(plain, -1)...)
	m = append(m, whose.FindAllStringSubmatch(plain, -1)...)
	if len(m) != 1 {
		return ""
	}
	who := m[0][1]
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
