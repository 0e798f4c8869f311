package pdf

import (
	"errors"
	"fmt"
	"image"
	"math"

	"citecheck/pipeline/cite"
)

// noText is what a page says that shows a picture and has no text.
const noText = "no text layer"

// pictured tells whether a picture covers most of the page: then it is a scan,
// or a cover. Any other page without text may well be blank.
func pictured(page cite.Page) bool {
	var covered float64
	for _, b := range page.Images {
		covered = max(covered, b.W()*b.H())
	}
	return covered > 0.5*page.Width*page.Height
}

// unreadable deals with a page that has no text to be used, for the reason
// given: where there is a program that recognizes characters, it is shown the
// page.
func (d *document) unreadable(handle uint64, page *cite.Page, reason string) {
	switch {
	case d.opt.Recognize == nil:
		page.Problem = reason + ", and tesseract, which recognizes characters, is not installed"
		return
	case d.recognized >= d.opt.MaxRecognized:
		page.Problem = fmt.Sprintf("%s, and the limit is %d such pages", reason, d.opt.MaxRecognized)
		return
	}
	d.recognized++
	picture, dpi, err := d.render(handle, *page)
	if err == nil {
		err = recognize(picture, dpi, d.opt.Recognize, page)
	}
	if err != nil {
		page.Problem = fmt.Sprintf("%s, and recognizing its characters failed: %v", reason, err)
	}
}

const (
	// scanDPI is where small print is read best: at 200 tesseract reads as many
	// words, and more markers are lost.
	scanDPI = 300
	// maxPixels of a page's picture; an A4 page has 9 million.
	maxPixels = 40 << 20
)

// render draws a page as it is shown.
func (d *document) render(handle uint64, page cite.Page) (*image.Gray, int, error) {
	g := d.g
	dpi := min(scanDPI, math.Sqrt(maxPixels/(page.Width*page.Height))*72)
	w, h := int(page.Width*dpi/72), int(page.Height*dpi/72)
	if w < 1 || h < 1 {
		return nil, 0, errors.New("the page has no size")
	}
	const (
		formatGray = 1
		white      = 0xFFFFFFFF
		annots     = 0x01
		gray       = 0x08
	)
	bitmap := g.call(g.fn("FPDFBitmap_CreateEx"), uint64(w), uint64(h), formatGray, 0, 0)
	if bitmap == 0 {
		return nil, 0, errors.New("no memory for its picture")
	}
	g.call(g.fn("FPDFBitmap_FillRect"), bitmap, 0, 0, uint64(w), uint64(h), white)
	g.call(g.fn("FPDF_RenderPageBitmap"), bitmap, handle, 0, 0, uint64(w), uint64(h), 0, annots|gray)
	stride := int(g.call(g.fn("FPDFBitmap_GetStride"), bitmap))
	at := uint32(g.call(g.fn("FPDFBitmap_GetBuffer"), bitmap))
	picture := image.NewGray(image.Rect(0, 0, w, h))
	for y := range h {
		row, ok := g.mem.Read(at+uint32(y*stride), uint32(w))
		if g.err != nil || !ok {
			return nil, 0, errors.New("the PDF engine gave up on its picture")
		}
		copy(picture.Pix[y*picture.Stride:], row)
	}
	g.call(g.fn("FPDFBitmap_Destroy"), bitmap)
	return picture, int(dpi), nil
}
