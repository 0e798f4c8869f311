package report

import (
	"bufio"
	"bytes"
	"fmt"
	"html/template"
	"io"
	"strings"

	"citecheck/pipeline/cite"
	"citecheck/pipeline/graph"
)

// A Picture is a page of a report, drawn as SVG: its words where they stand,
// with frames around markers and the labels of notes.
type Picture struct {
	Report string // node id
	File   string
	Page   int
	SVG    template.HTML
}

// ID is the picture's name on the page.
func (p Picture) ID() string { return pictureID(p.Report, p.Page) }

func pictureID(report string, page int) string {
	return fmt.Sprintf("page-%.16s-%d", strings.TrimPrefix(report, "report:"), page)
}

// Seen is the name of the picture of a page of the citation's report, "" where
// there is none.
func (c citeView) Seen(page int) string {
	if id := pictureID(c.Report.ID, page); c.drawn[id] {
		return id
	}
	return ""
}

// Draw makes the picture of a page.
func Draw(report *graph.Report, p cite.Page, zones []cite.Zone, spots []cite.Spot) (Picture, error) {
	var b bytes.Buffer
	if err := drawPage(&b, p, zones, spots); err != nil {
		return Picture{}, err
	}
	// What drawPage writes is its own elements around escaped text.
	return Picture{Report: report.ID, File: report.File, Page: p.Number, SVG: template.HTML(b.String())}, nil
}

// drawPage draws a page for readers: what stands on it, a frame around each
// marker, and one around the lines of each note, named by their labels.
func drawPage(w io.Writer, p cite.Page, zones []cite.Zone, spots []cite.Spot) error {
	b := bufio.NewWriter(w)
	fmt.Fprintf(b, `<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="Page %d" viewBox="0 0 %.1f %.1f" font-family="Liberation Serif, Times New Roman, serif">`+"\n", p.Number, p.Width, p.Height)
	for _, r := range p.Images {
		fmt.Fprintf(b, `<rect %s fill="#eee" stroke="#bbb" stroke-dasharray="4"/>`+"\n", rect(r))
	}
	for _, r := range p.Rules {
		fmt.Fprintf(b, `<rect %s fill="#555"/>`+"\n", rect(cite.Rect{X0: r.X0, Y0: r.Y0, X1: max(r.X1, r.X0+0.3), Y1: max(r.Y1, r.Y0+0.3)}))
	}
	for _, s := range spots {
		if !s.Note {
			frame(b, "marker", s.Label, cite.Rect{X0: s.Box.X0 - 1.5, Y0: s.Box.Y0 - 1.5, X1: s.Box.X1 + 1.5, Y1: s.Box.Y1 + 1.5}, "#dc2626")
		}
	}
	for _, z := range zones {
		label := ""
		for _, l := range z.Lines {
			for _, s := range spots {
				if s.Note && s.Box.Y1 > l.Box.Y0 && s.Box.Y0 < l.Box.Y1 && s.Box.X1 > l.Box.X0-1 && s.Box.X0 < l.Box.X1 {
					label = s.Label
				}
			}
			if label != "" {
				frame(b, "note", label, l.Box, "#15803d")
			}
		}
	}
	for i := range p.Runs {
		word(b, &p.Runs[i])
	}
	fmt.Fprint(b, "</svg>")
	return b.Flush()
}

func frame(b *bufio.Writer, part, label string, r cite.Rect, colour string) {
	fmt.Fprintf(b, `<rect data-part="%s" data-label="%s" %s fill="%s" fill-opacity="0.1" stroke="%s" stroke-width="0.5"/>`+"\n", part, text(label), rect(r), colour, colour)
}
