package undoc

import (
	"fmt"
	"regexp"
	"strconv"

	"citecheck/pipeline/cite"
)

var (
	resolutionList = regexp.MustCompile(`(?i)\b(?:resolutions?|résolutions?|resolución|resoluciones)\s+((?:\d{1,4}\s\(\d{4}\)(?:\s?,\s?|\s+(?:and|et|y)\s+)?)+)`)
	resolutionItem = regexp.MustCompile(`(\d{1,4})\s\((\d{4})\)`)
	assemblyList   = regexp.MustCompile(`(?i)\b(?:General Assembly|Human Rights Council) resolutions?\s+((?:S-|ES-)?\d{1,2}/\d{1,3})`)
)

// mostRefers bounds the references of one document.
const mostRefers = 2000

// references finds what the text cites of the UN's documents: symbols, and
// resolutions by number.
func (r *reader) references() {
	seen := map[cite.Reference]bool{}
	for _, p := range r.doc.Paragraphs {
		place := p.Label
		if place == "" && p.N > 0 {
			place = fmt.Sprintf("paragraph %d", p.N)
		}
		add := func(s cite.Symbol) {
			x := cite.Reference{Symbol: s, Place: place}
			if s != r.doc.Symbol && !seen[x] && len(r.doc.Refers) < mostRefers {
				seen[x] = true
				r.doc.Refers = append(r.doc.Refers, x)
			}
		}
		for _, m := range symbolText.FindAllString(p.Text, -1) {
			if list, err := cite.ParseJoint(trimSymbol(m)); err == nil {
				for _, s := range list {
					add(s)
				}
			}
		}
		for _, m := range resolutionList.FindAllStringSubmatch(p.Text, -1) {
			for _, x := range resolutionItem.FindAllStringSubmatch(m[1], -1) {
				year, _ := strconv.Atoi(x[2]) // digits
				if s, err := cite.ParseSymbol("S/RES/" + x[1]); err == nil && year >= 1946 && year < 2100 {
					add(s)
				}
			}
		}
		for _, m := range assemblyList.FindAllStringSubmatch(p.Text, -1) {
			series := "A/RES/"
			if m[0][0] == 'H' || m[0][0] == 'h' {
				series = "A/HRC/RES/"
			}
			if s, err := cite.ParseSymbol(series + m[1]); err == nil {
				add(s)
			}
		}
	}
}

func trimSymbol(s string) string {
	for len(s) > 0 && (s[len(s)-1] == '*' || s[len(s)-1] == '.' || s[len(s)-1] == ',' || s[len(s)-1] == '-') {
		s = s[:len(s)-1]
	}
	return s
}
