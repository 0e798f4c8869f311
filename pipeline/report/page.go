package report

import (
	"bufio"
	"cmp"
	"fmt"
	"html"
	"io"
	"strings"
	"unicode"

	"citecheck/pipeline/cite"
)

// zoneColour is the colour that a kind of zone is drawn in.
var zoneColour = map[cite.ZoneKind]string{
	cite.ZoneBody: "#3b82f6", cite.ZoneHeading: "#8b5cf6", cite.ZoneNotes: "#16a34a", cite.ZoneEndnotes: "#16a34a",
	cite.ZoneHeader: "#9ca3af", cite.ZoneFooter: "#9ca3af", cite.ZoneTable: "#d97706", cite.ZoneCaption: "#d97706",
	cite.ZoneContents: "#d97706", cite.ZoneBox: "#d97706", cite.ZoneBibliography: "#16a34a",
}

// WritePage draws a page as it was understood, as SVG in points: the words
// where they stand, a frame around each zone with its number and kind, a line
// under each line with its number in reading order, markers in red and the
// labels of notes in green. For whoever works on the reading of layouts.
func WritePage(w io.Writer, p cite.Page, zones []cite.Zone, spots []cite.Spot) error {
	b := bufio.NewWriter(w)
	fmt.Fprintf(b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %.2f %.2f" width="%.0f" height="%.0f" font-family="Liberation Serif, serif">`+"\n",
		p.Width, p.Height, 1.5*p.Width, 1.5*p.Height)
	fmt.Fprintln(b, `<rect width="100%" height="100%" fill="#fff"/>`)
	for _, r := range p.Images {
		fmt.Fprintf(b, `<rect %s fill="#eee" stroke="#bbb" stroke-dasharray="4"/>`+"\n", rect(r))
	}
	for _, r := range p.Rules {
		fmt.Fprintf(b, `<rect %s fill="#555"/>`+"\n", rect(cite.Rect{X0: r.X0, Y0: r.Y0, X1: max(r.X1, r.X0+0.3), Y1: max(r.Y1, r.Y0+0.3)}))
	}
	for i := range p.Runs {
		word(b, &p.Runs[i])
	}
	line := 0
	for i, z := range zones {
		colour := cmp.Or(zoneColour[z.Kind], "#d97706")
		fmt.Fprintf(b, `<rect %s fill="%s" fill-opacity="0.05" stroke="%s" stroke-width="0.6"/>`+"\n", rect(z.Box), colour, colour)
		label(b, z.Box.X0, z.Box.Y0-1, colour, fmt.Sprintf("%d %s", i+1, z.Kind))
		for _, l := range z.Lines {
			line++
			fmt.Fprintf(b, `<path d="M%.2f %.2fH%.2f" stroke="%s" stroke-width="0.25"/>`+"\n", l.Box.X0, l.Baseline, l.Box.X1, colour)
			label(b, l.Box.X0-9, l.Baseline, "#9ca3af", fmt.Sprint(line))
		}
	}
	for _, s := range spots {
		colour, kind := "#dc2626", "marker"
		if s.Note {
			colour, kind = "#15803d", "note"
		}
		fmt.Fprintf(b, `<rect %s fill="%s" fill-opacity="0.3" stroke="%s" stroke-width="0.6"><title>%s %s</title></rect>`+"\n",
			rect(s.Box), colour, colour, kind, text(s.Label))
		label(b, s.Box.X1, s.Box.Y0, colour, s.Label)
	}
	if p.Problem != "" {
		label(b, 4, 8, "#dc2626", p.Problem)
	}
	fmt.Fprintln(b, "</svg>")
	return b.Flush()
}

// word draws a run, as wide as it is on the page.
func word(b *bufio.Writer, r *cite.Run) {
	if strings.TrimSpace(r.Text) == "" || r.Size <= 0 {
		return
	}
	x, y, turn := r.Box.X0, r.Baseline, ""
	if r.Angle != 0 {
		y = r.Box.Y1
		turn = fmt.Sprintf(` transform="rotate(%d %.2f %.2f)"`, r.Angle, x, y)
	}
	style := ""
	if r.Bold {
		style += ` font-weight="bold"`
	}
	if r.Italic {
		style += ` font-style="italic"`
	}
	fill := "#222"
	if r.Hidden {
		fill = "#aaa"
	}
	if turn == "" && len([]rune(r.Text)) > 1 {
		style += fmt.Sprintf(` textLength="%.2f" lengthAdjust="spacingAndGlyphs"`, max(r.Box.W(), 0.1))
	}
	fmt.Fprintf(b, `<text x="%.2f" y="%.2f" font-size="%.2f" fill="%s"%s%s>%s</text>`+"\n", x, y, r.Size, fill, style, turn, text(r.Text))
}

func label(b *bufio.Writer, x, y float64, colour, s string) {
	fmt.Fprintf(b, `<text x="%.2f" y="%.2f" font-size="5" font-family="sans-serif" fill="%s">%s</text>`+"\n", x, y, colour, text(s))
}

func rect(r cite.Rect) string {
	return fmt.Sprintf(`x="%.2f" y="%.2f" width="%.2f" height="%.2f"`, r.X0, r.Y0, max(r.W(), 0), max(r.H(), 0))
}

// text is s as XML holds it: escaped, and without what XML has no place for.
func text(s string) string {
	return html.EscapeString(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == '\uFFFE' || r == '\uFFFF' {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD")))
}
