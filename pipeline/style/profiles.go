package style

import (
	"fmt"
	"strings"
)

// A Profile is a citation style: how it introduces symbols, prints dates and
// places, and puts a citation together.
type Profile struct {
	Name string
	Doc  string // for people: whose style it is
	// Prefix stands before symbols: "UN Doc."; "" where the style has none, nil
	// where it is silent and the report's own habit decides.
	Prefix *string
	Dates  DateFormat
	// Symbol tells that a citation needs its document's symbol.
	Symbol bool
	// Year tells that a resolution of the Council needs its year.
	Year bool
	// Paragraphs tells that places are paragraphs wherever there are some.
	Paragraphs bool
	places     placeWords
	print      func(parts) string
}

// pressWords introduce the symbol of a press release.
func (p *Profile) pressWords() string {
	if p.Name == "bluebook" {
		return "U.N. Press Release"
	}
	return "UN Press Release"
}

func ptr(s string) *string { return &s }

// Profiles are the styles, in the order in which they are named to people.
var Profiles = []*Profile{
	{Name: "ipi", Doc: "International Peace Institute", Prefix: ptr("UN Doc."), Dates: DateFormat{MonthFirst: true}, Symbol: true,
		places: placeWords{para: "para. ", paras: "paras. ", page: "p. ", pages: "pp. ", dash: "–"}, print: printIPI},
	{Name: "un", Doc: "United Nations Editorial Manual", Prefix: ptr(""), Year: true, Paragraphs: true,
		places: placeWords{para: "para. ", paras: "paras. ", page: "p. ", pages: "pp. ", dash: "–", spaced: true}, print: printUN},
	{Name: "bluebook", Doc: "The Bluebook", Prefix: ptr("U.N. Doc."), Dates: DateFormat{MonthFirst: true, Short: Short}, Symbol: true,
		places: placeWords{para: "¶ ", paras: "¶¶ ", page: "at ", pages: "at ", dash: "–"}, print: printBluebook},
	{Name: "oscola", Doc: "Oxford University Standard for the Citation of Legal Authorities", Prefix: ptr("UN Doc"), Symbol: true,
		places: placeWords{para: "para ", paras: "paras ", page: "p ", pages: "pp ", dash: "–"}, print: printOSCOLA},
	{Name: "chicago", Doc: "The Chicago Manual of Style", Dates: DateFormat{MonthFirst: true, Short: Either}, Symbol: true,
		places: placeWords{para: "para. ", paras: "paras. ", page: "p. ", pages: "pp. ", dash: "–"}, print: printChicago},
	{Name: "aglc", Doc: "Australian Guide to Legal Citation", Prefix: ptr("UN Doc"), Symbol: true,
		places: placeWords{para: "para ", paras: "paras ", page: "p ", pages: "pp ", dash: "–", square: true}, print: printAGLC},
}

// ProfileNamed finds a style by its name; "none" and "" are no style.
func ProfileNamed(name string) (*Profile, error) {
	if name == "" || name == "none" {
		return nil, nil
	}
	var names []string
	for _, p := range Profiles {
		if p.Name == name {
			return p, nil
		}
		names = append(names, p.Name)
	}
	return nil, fmt.Errorf("no style is called %q: the profiles are %s and %s, or none", name, strings.Join(names[:len(names)-1], ", "), names[len(names)-1])
}
