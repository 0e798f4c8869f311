package verify

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"citecheck/pipeline/cite"
)

// A mission is known by its acronym: where it is, as titles have it, and by
// which resolutions the Council set it up.
type mission struct {
	place   string
	founded []int
}

var missions = map[string]mission{
	"MINURSO": {"western sahara", []int{690}}, "MINUSTAH": {"haiti", []int{1542}}, "MINUJUSTH": {"haiti", []int{2350}}, "BINUH": {"haiti", []int{2476}},
	"UNMIH": {"haiti", []int{867}}, "UNSMIH": {"haiti", []int{1063}}, "UNTMIH": {"haiti", []int{1123}}, "MIPONUH": {"haiti", []int{1141}},
	"MINUSMA": {"mali", []int{2100}}, "MINUSCA": {"central african republic", []int{2149}}, "MINURCA": {"central african republic", []int{1159}}, "MINURCAT": {"chad", []int{1778}},
	"MONUSCO": {"congo", []int{1925}}, "MONUC": {"congo", []int{1258, 1279, 1291}}, "UNAMID": {"darfur", []int{1706, 1769}}, "UNMIS": {"sudan", []int{1590}}, "UNMISS": {"south sudan", []int{1996}},
	"UNISFA": {"abyei", []int{1990}}, "UNITAMS": {"sudan", []int{2524}}, "UNMIL": {"liberia", []int{1509}}, "UNOMIL": {"liberia", []int{866}}, "UNOCI": {"ivoire", []int{1528}},
	"ONUB": {"burundi", []int{1545}}, "BINUB": {"burundi", []int{1719}}, "BNUB": {"burundi", []int{1959}}, "UNAMSIL": {"sierra leone", []int{1270}}, "UNOMSIL": {"sierra leone", []int{1181}},
	"UNIOSIL": {"sierra leone", []int{1620}}, "UNIPSIL": {"sierra leone", []int{1829}}, "UNTAET": {"timor", []int{1272}}, "UNAMET": {"timor", []int{1246}}, "UNMISET": {"timor", []int{1410}},
	"UNOTIL": {"timor", []int{1599}}, "UNMIT": {"timor", []int{1704}}, "UNMIK": {"kosovo", []int{1244}}, "UNMEE": {"ethiopia eritrea", []int{1312}}, "UNSMIL": {"libya", []int{2009}},
	"UNSMIS": {"syrian", []int{2042, 2043}}, "UNSOM": {"somalia", []int{2102}}, "UNAMI": {"iraq", []int{1500}}, "UNAMA": {"afghanistan", []int{1401}}, "UNIFIL": {"lebanon", []int{425, 426}},
	"UNDOF": {"disengagement", []int{350}}, "UNFICYP": {"cyprus", []int{186}}, "UNPROFOR": {"yugoslavia", []int{743}}, "UNTAC": {"cambodia", []int{745}}, "UNAMIC": {"cambodia", []int{717}},
	"UNAMIR": {"rwanda", []int{872}}, "UNOMIG": {"georgia", []int{858}}, "MONUA": {"angola", []int{1118}}, "UNMIBH": {"bosnia herzegovina", []int{1035}}, "UNPREDEP": {"preventive macedonia", []int{983}},
	"UNCRO": {"croatia", []int{981}}, "UNTAES": {"slavonia", []int{1037}}, "UNMOP": {"prevlaka", []int{1038}}, "UNMOT": {"tajikistan", []int{968}}, "UNIKOM": {"kuwait", []int{687, 689}},
	"UNMHA": {"hudaydah hodeidah yemen", []int{2451, 2452}}, "UNMIN": {"nepal", []int{1740}}, "ONUSAL": {"salvador", []int{693}}, "ONUMOZ": {"mozambique", []int{797}}, "UNIIMOG": {"iran", []int{619}},
}

// foundedBy: is the resolution that is cited for the creation of a mission
// the one that created it? One that extends a mandate often is cited so.
var foundedBy = &Check{
	Name: "founded-by",
	Doc:  "the resolution cited for the creation of a mission created it",
	Applies: func(c *Case) bool {
		return c.Cite.Symbol.IsCouncilResolution() && !many(c.Note) && len(founded(c)) > 0
	},
	Run: func(c *Case) []cite.Finding {
		var out []cite.Finding
		for _, name := range founded(c) {
			m := missions[name]
			if slices.Contains(m.founded, c.Cite.Symbol.Number()) {
				continue
			}
			var by []string
			f := cite.Finding{Verdict: cite.Questioned, Claimed: "the creation of " + name, Found: c.Cite.Symbol.String(), Evidence: own(c.Note, c.Cite.Text)}
			for _, n := range m.founded {
				if s, ok := cite.CouncilResolution(n); ok {
					by = append(by, s.String())
					f.Candidates = append(f.Candidates, s.ID())
				}
			}
			f.Reason = fmt.Sprintf("the sentence tells of the creation of %s, which was set up by %s; the note cites %s", name, list(by, "and"), c.Cite.Symbol)
			out = append(out, f)
		}
		return out
	},
}

var (
	creates  = regexp.MustCompile(`^(?:(?:In|On)\s+[\w\s]{3,20},\s+)?(?:[Tt]he\s+)?(?:(?:UN|U\.N\.|United\s+Nations)\s+)?(?:Security\s+)?Council\s+(?:unanimously\s+|formally\s+|then\s+)?(?:established|created|set\s+up)\s+(?:the\s+)?(?:[\w\s’'-]{10,110}\()?([A-Z]{4,9})\)?(?:[.,]|\s+(?:in|on|by|as|under|with|through|for)\b|$)`)
	created  = regexp.MustCompile(`^(?:The\s+[\w\s’'-]{10,110}\()?([A-Z]{4,9})\)?\s+was\s+(?:established|created|set\s+up)\b`)
	goesOn   = regexp.MustCompile(`(?i)\b(?:renew|extend|expand|strengthen|clos|ended|terminat|withdr|reconfigur|adjust|amend|increas|reduc|chang|since|later|until|but\b|which\b|where\b|who\b|now\b)`)
	allCaps  = regexp.MustCompile(`\b[A-Z]{4,9}\b`)
	capitals = regexp.MustCompile(`\b[A-Z][A-Z&]{2,}\b`)
)

// founded are the missions whose creation the sentences above a note tell of,
// and of nothing else.
func founded(c *Case) (out []string) {
	for _, m := range c.Note.Markers {
		s := strings.TrimSpace(unquoted(m.Sentence))
		if goesOn.MatchString(s) {
			continue
		}
		for _, re := range []*regexp.Regexp{creates, created} {
			if x := re.FindStringSubmatch(s); x != nil {
				if _, ok := missions[x[1]]; ok {
					out = append(out, x[1])
				}
			}
		}
	}
	return out
}

// spelledOut is a title with the places of its missions for their acronyms.
func spelledOut(title string) string {
	return allCaps.ReplaceAllStringFunc(title, func(w string) string {
		if m, ok := missions[w]; ok {
			return m.place
		}
		return w
	})
}

// acronyms are the acronyms of a title that is not all in capitals.
func acronyms(title string) []string {
	if strings.ToUpper(title) == title {
		return nil
	}
	return slices.DeleteFunc(capitals.FindAllString(title, -1), func(w string) bool { return common[strings.ToLower(w)] })
}

// initials tells whether an acronym is made of the first letters of words of
// a title, in their order: "WSIS" of "World Summit on the Information Society".
func initials(acronym, title string) bool {
	words := letters(title)
	for i := range words {
		k := 0
		for _, w := range words[i:] {
			if k < len(acronym) && w[0] == acronym[k]|0x20 {
				k++
			} else if !small(w) && !littleWord[w] {
				break
			}
		}
		if k == len(acronym) {
			return true
		}
	}
	return false
}

var littleWord = wordSet("of the on in and for to a an at by with from")
