package verify

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"citecheck/pipeline/cite"
)

// subjectAgrees: is a resolution of the Council on what the words after its
// number say, "resolution 1325 (2000) on women and peace and security"? Its
// agenda item tells. Only subjects that agenda items name are compared, and a
// resolution on several is on each of them.
var subjectAgrees = &Check{
	Name: "subject-agrees",
	Doc:  "the resolution is on what the words after it say",
	Applies: func(c *Case) bool {
		return c.Cite.Symbol.IsCouncilResolution() && c.doc() != nil && len(subjects(subjectTold(c))) > 0
	},
	Run: func(c *Case) []cite.Finding {
		told, d := subjectTold(c), c.doc()
		topic, ok := d.Fact(cite.FieldTopic)
		if !ok {
			return nil
		}
		said, is := subjects(told), subjects(topic.Value)
		if len(is) == 0 || slices.ContainsFunc(said, func(s string) bool {
			return slices.ContainsFunc(is, func(t string) bool { return s == t || together(s, t) && !anItem.MatchString(told) })
		}) {
			return nil // an agenda item such as "The situation in the Middle East" names none
		}
		f := disagree(topic, told, fmt.Sprintf("the words after it say “%s”; %s was adopted under “%s”", told, name(d), topic.Value))
		f.Verdict = cite.Questioned
		return []cite.Finding{f}
	},
}

// together tells whether one agenda item has been of the other's country too:
// the sanctions on Eritrea were decided under "Somalia".
func together(a, b string) bool {
	return slices.Contains(oneItem, a+" "+b) || slices.Contains(oneItem, b+" "+a)
}

// anItem is an agenda item by its own name.
var anItem = regexp.MustCompile(`(?i)\bchildren and armed conflict\b|\bwomen,? (?:and )?peace and security\b|\bprotection of civilians in armed conflict\b`)

var oneItem = []string{"somalia eritrea", "liberia leone", "liberia ivoire", "rwanda congo", "rwanda burundi", "chad african", "chad sudan", "congo burundi", "croatia bosnia", "angola namibia", "women children", "civilians children", "civilians women"}

// onWhat is what the words after a citation say that it is on.
var onWhat = regexp.MustCompile(`^\)?\s*,?\s*(?:on|concerning|regarding)\s+((?:the\s+)?(?:women, )?[^.;:,()“”]{3,70})`)

func subjectTold(c *Case) string {
	text := c.Note.Text
	runes := []rune(text)
	if c.Cite.Span.End == 0 || c.Cite.Span.End >= len(runes) {
		return ""
	}
	if m := onWhat.FindStringSubmatch(string(runes[c.Cite.Span.End:min(len(runes), c.Cite.Span.End+120)])); m != nil {
		return strings.TrimSpace(m[1])
	}
	return ""
}

// subjects are the subjects of agenda items that a text names.
func subjects(text string) (out []string) {
	if text == "" {
		return nil
	}
	for _, m := range subjectWord.FindAllString(text, -1) {
		if s := aSubject[strings.ToLower(m)]; !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}

// aSubject are the subjects by the words that name them.
var aSubject = func() map[string]string {
	out := map[string]string{}
	for _, line := range strings.Split(`mali malian|haiti haitian|somalia somali|sudan sudanese darfur abyei|libya libyan|cyprus cypriot|afghanistan afghan taliban|iraq iraqi kuwait|liberia liberian|sierra leone|
burundi burundian|rwanda rwandan|angola angolan|congo congolese|central african|ivoire ivoirian ivory|timor timorese|kosovo|bosnia bosnian|croatia croatian prevlaka|georgia georgian abkhazia|tajikistan tajik|
western sahara sahrawi|guinea|chad|cambodia cambodian|mozambique|nepal nepalese|colombia colombian|eritrea eritrean ethiopia ethiopian|namibia namibian|women gender sexual|children child|civilians civilian|youth young`, "|") {
		words := strings.Fields(line)
		switch words[0] {
		case "sierra", "western", "central":
			out[words[0]+" "+words[1]] = words[1]
			for _, w := range words[2:] {
				out[w] = words[1]
			}
			continue
		}
		for _, w := range words {
			out[w] = words[0]
		}
	}
	return out
}()

var subjectWord = func() *regexp.Regexp {
	var words []string
	for w := range aSubject {
		words = append(words, strings.ReplaceAll(w, " ", `\s+`))
	}
	slices.Sort(words)
	return regexp.MustCompile(`(?i)\b(?:` + strings.Join(words, "|") + `)\b`)
}()
