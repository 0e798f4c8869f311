package docx

import (
	"cmp"
	"encoding/xml"
	"strconv"
	"strings"

	"citecheck/pipeline/cite"
)

// numbering says how notes of one kind are labelled.
type numbering struct {
	format  string // "decimal", "lowerRoman", ...
	start   int
	restart string // "continuous", "eachSect", "eachPage"
	count   int    // notes numbered so far
}

// settings reads the document's own numbering of footnotes and endnotes.
func (p *pack) settings(name string) (foot, end *numbering) {
	foot, end = &numbering{format: "decimal", start: 1}, &numbering{format: "lowerRoman", start: 1}
	data, err := p.part(name)
	if name == "" || err != nil {
		return
	}
	d := decoder(data)
	for {
		tok, err := d.Token()
		if err != nil {
			return
		}
		if e, ok := tok.(xml.StartElement); ok {
			switch e.Name.Local {
			case "footnotePr":
				foot.read(d, e)
			case "endnotePr":
				end.read(d, e)
			}
		}
	}
}

// read takes what a footnotePr or endnotePr element says.
func (n *numbering) read(d *xml.Decoder, start xml.StartElement) {
	for {
		tok, err := d.Token()
		if err != nil {
			return
		}
		switch e := tok.(type) {
		case xml.StartElement:
			switch e.Name.Local {
			case "numFmt":
				n.format = attr(e, "val")
			case "numStart":
				if v, err := strconv.Atoi(attr(e, "val")); err == nil && v > 0 {
					n.start = v
				}
			case "numRestart":
				n.restart = attr(e, "val")
			}
		case xml.EndElement:
			if e.Name == start.Name {
				return
			}
		}
	}
}

// next is the label of the next note. Restarts on each page can't be known
// without setting the pages: such notes are numbered through.
func (n *numbering) next() string {
	v := n.start + n.count
	n.count++
	return format(n.format, v)
}

func (n *numbering) section() {
	if n.restart == "eachSect" {
		n.count = 0
	}
}

// chicago are the marks of the format of that name: each in turn, then doubled.
var chicago = []string{"*", "†", "‡", "§"}

func format(how string, v int) string {
	switch how {
	case "lowerRoman":
		return strings.ToLower(cmp.Or(cite.InRoman(v), strconv.Itoa(v)))
	case "upperRoman":
		return cmp.Or(cite.InRoman(v), strconv.Itoa(v))
	case "lowerLetter":
		return strings.Repeat(string(rune('a'+(v-1)%26)), (v-1)/26+1)
	case "upperLetter":
		return strings.Repeat(string(rune('A'+(v-1)%26)), (v-1)/26+1)
	case "chicago":
		return strings.Repeat(chicago[(v-1)%4], (v-1)/4+1)
	}
	return strconv.Itoa(v)
}
