package pdf

import (
	"unicode/utf8"

	"github.com/klippa-app/go-pdfium/requests"

	"citecheck/pipeline/cite"
)

// structured reads page i over go-pdfium's own methods: slower, with no rules,
// images and tags, and with baselines estimated from boxes. It stands in where
// the guest's functions cannot be reached.
func (d *document) structured(i int) cite.Page {
	page := cite.Page{Number: i + 1, Width: letterW, Height: letterH}
	ref := requests.Page{ByIndex: &requests.PageByIndex{Document: d.ref, Index: i}}
	v, err := d.structuredView(ref)
	if err != nil {
		page.Problem = "the page is broken"
		return page
	}
	text, err := d.inst.GetPageTextStructured(&requests.GetPageTextStructured{
		Page: ref, Mode: requests.GetPageTextStructuredModeChars, CollectFontInformation: true})
	if err != nil {
		page.Problem = "the page could not be read: " + firstLine(err.Error())
		return page
	}
	p := &d.page
	p.reset()
	for _, c := range text.Chars[:min(len(text.Chars), maxGlyphs)] {
		r, _ := utf8.DecodeRuneInString(c.Text)
		g := glyph{r: r, style: -1}
		pos := c.PointPosition
		if f := c.FontInformation; f != nil && f.Name != "" && pos.Right > pos.Left {
			look := describe(f.Name, uint32(f.Flags), f.Weight)
			s := style{font: look.name, bold: look.bold, italic: look.italic, size: hundredth(f.RenderedSize), dx: 1}
			n, ok := p.byStyle[s]
			if !ok {
				n = int32(len(p.styles))
				p.styles = append(p.styles, s)
				p.byStyle[s] = n
			}
			g.style = n
			g.x0, g.x1 = float32(pos.Left), float32(pos.Right)
			g.y0, g.y1 = float32(min(pos.Top, pos.Bottom)), float32(max(pos.Top, pos.Bottom))
			g.ox, g.oy = g.x0, g.y0
			if descends(r) {
				g.oy += float32(0.21 * s.size) // the depth of "p" in common text faces
			}
		}
		p.glyphs = append(p.glyphs, g)
	}
	v = v.upright(p.glyphs, p.styles)
	page.Width, page.Height = v.w, v.h
	page.Runs = p.runs(v)
	if d.tags != nil {
		d.tags.turn(i)
		page.Links = d.tags.links(v)
	}
	if len(page.Runs) == 0 {
		page.Problem = noText
	}
	return page
}

// descends tells letters that hang below the baseline.
func descends(r rune) bool {
	switch r {
	case 'g', 'j', 'p', 'q', 'y', ',', ';', '(', ')', '[', ']', '/', 'Q', 'ç', 'р', 'у', 'ф', 'ц', 'щ':
		return true
	}
	return false
}

func (d *document) structuredView(ref requests.Page) (view, error) {
	rotation, err := d.inst.FPDFPage_GetRotation(&requests.FPDFPage_GetRotation{Page: ref})
	if err != nil {
		return view{}, err
	}
	box, err := d.inst.FPDF_GetPageBoundingBox(&requests.FPDF_GetPageBoundingBox{Page: ref})
	if err != nil {
		return view{}, err
	}
	v := view{turns: int(rotation.PageRotation) & 3, left: float64(box.Rect.Left), top: float64(box.Rect.Top),
		right: float64(box.Rect.Right), bottom: float64(box.Rect.Bottom)}
	return v.sized(), nil
}
