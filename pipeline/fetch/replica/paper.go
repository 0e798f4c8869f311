package replica

import (
	"bytes"
	"fmt"
	"strings"
)

// A paper is a PDF in the making: text in Times on pages of letter size.
type paper struct {
	pages []string
	now   strings.Builder
	y     float64
}

const (
	left, bottom, leading = 72, 72, 1.25
	lineChars             = 92 // of 10 points in Times that surely fit
)

func (p *paper) at(x, y, size float64, text string) { p.show("F1", x, y, size, text) }

func (p *paper) show(font string, x, y, size float64, text string) {
	text = strings.NewReplacer(`\`, `\\`, `(`, `\(`, `)`, `\)`).Replace(text)
	fmt.Fprintf(&p.now, "BT /%s %g Tf %g %g Td (%s) Tj ET\n", font, size, x, y, text)
}

func (p *paper) skip(points float64) { p.y -= points }

func (p *paper) text(size float64, text string) { p.lines("F1", size, text) }
func (p *paper) bold(size float64, text string) { p.lines("F2", size, text) }

func (p *paper) lines(font string, size float64, text string) {
	line := ""
	for _, w := range append(strings.Fields(text), "") {
		if w != "" && float64(len(line)+1+len(w)) <= lineChars*10/size {
			line = strings.TrimSpace(line + " " + w)
			continue
		}
		if line == "" {
			line = w
			continue
		}
		if p.y < bottom {
			p.turn()
		}
		p.show(font, left, p.y, size, line)
		p.y -= size * leading
		line = w
	}
}

func (p *paper) turn() {
	p.pages = append(p.pages, p.now.String())
	p.now.Reset()
	p.y = 720
}

func (p *paper) bytes() []byte {
	p.turn()
	objects := []string{"<</Type/Catalog/Pages 2 0 R>>", "", "<</Type/Font/Subtype/Type1/BaseFont/Times-Roman/Encoding/WinAnsiEncoding>>", "<</Type/Font/Subtype/Type1/BaseFont/Times-Bold/Encoding/WinAnsiEncoding>>"}
	var kids []string
	for _, content := range p.pages {
		n := len(objects) + 1
		objects = append(objects, fmt.Sprintf("<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Resources<</Font<</F1 3 0 R/F2 4 0 R>>>>/Contents %d 0 R>>", n+1),
			fmt.Sprintf("<</Length %d>>\nstream\n%s\nendstream", len(content), content))
		kids = append(kids, fmt.Sprintf("%d 0 R", n))
	}
	objects[1] = fmt.Sprintf("<</Type/Pages/Count %d/Kids[%s]>>", len(kids), strings.Join(kids, " "))
	var b bytes.Buffer
	b.WriteString("%PDF-1.4\n")
	at := make([]int, len(objects))
	for i, o := range objects {
		at[i] = b.Len()
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	table := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for _, n := range at {
		fmt.Fprintf(&b, "%010d 00000 n \n", n)
	}
	fmt.Fprintf(&b, "trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n", len(objects)+1, table)
	return b.Bytes()
}
