package pdf

import (
	"math"

	"citecheck/pipeline/cite"
)

// A view turns the page's own coordinates (y upwards, origin anywhere) into
// those of the page as it is shown: origin at the top left, y downwards, after
// rotation.
type view struct {
	turns                    int // quarter turns clockwise
	left, bottom, right, top float64
	w, h                     float64 // as shown
}

// letter is the page size taken where a file gives none that is usable.
const letterW, letterH = 612, 792

// maxSide of a page in points: 5 times the largest that PDF 1.7 allows.
const maxSide = 72_000

// sized puts the corners in order and fills in the size as shown.
func (v view) sized() view {
	if v.left > v.right {
		v.left, v.right = v.right, v.left
	}
	if v.bottom > v.top {
		v.bottom, v.top = v.top, v.bottom
	}
	w, h := v.right-v.left, v.top-v.bottom
	if !(w > 1 && h > 1 && w < maxSide && h < maxSide) { // also where a side is no number
		v.left, v.bottom, v.right, v.top = 0, 0, letterW, letterH
		w, h = letterW, letterH
	}
	if v.turns&1 == 1 {
		w, h = h, w
	}
	v.w, v.h = hundredth(w), hundredth(h)
	return v
}

// point is where a point of the page is shown.
func (v view) point(x, y float64) (float64, float64) {
	switch v.turns {
	case 1:
		return y - v.bottom, x - v.left
	case 2:
		return v.right - x, y - v.bottom
	case 3:
		return v.top - y, v.right - x
	}
	return x - v.left, v.top - y
}

// rect is where a rectangle of the page is shown.
func (v view) rect(x0, y0, x1, y1 float64) cite.Rect {
	ax, ay := v.point(x0, y0)
	bx, by := v.point(x1, y1)
	return cite.Rect{X0: min(ax, bx), Y0: min(ay, by), X1: max(ax, bx), Y1: max(ay, by)}
}

// direction turns a direction of the page into one as shown.
func (v view) direction(dx, dy float64) (float64, float64) {
	switch v.turns {
	case 1:
		return dy, dx
	case 2:
		return -dx, dy
	case 3:
		return -dy, -dx
	}
	return dx, -dy
}

// onPage tells whether any part of r lies on the page.
func (v view) onPage(r cite.Rect) bool {
	return r.X1 >= 0 && r.Y1 >= 0 && r.X0 <= v.w && r.Y0 <= v.h
}

// clip keeps the part of r that lies on the page, in hundredths of a point.
func (v view) clip(r cite.Rect) cite.Rect {
	return cite.Rect{
		X0: hundredth(max(r.X0, 0)), Y0: hundredth(max(r.Y0, 0)),
		X1: hundredth(min(r.X1, v.w)), Y1: hundredth(min(r.Y1, v.h)),
	}
}

// upright turns the view so that most of the text reads from left to right:
// a wide table set sideways on an upright page is then read as a reader
// holds it.
func (v view) upright(glyphs []glyph, styles []style) view {
	var count [4]int
	total := 0
	for i := range glyphs {
		if s := glyphs[i].style; s >= 0 && glyphs[i].r > ' ' {
			dx, dy := v.direction(styles[s].dx, styles[s].dy)
			if q, ok := quarter(dx, dy); ok {
				count[q]++
			}
			total++
		}
	}
	for q := 1; q < 4; q++ {
		if count[q]*10 > total*8 {
			v.turns = (v.turns + 4 - q) & 3
			return v.sized()
		}
	}
	return v
}

// quarter is the number of quarter turns clockwise, as shown, that a
// direction is away from left-to-right.
func quarter(dx, dy float64) (int, bool) {
	const near = 0.99 // about 8 degrees
	switch {
	case dx > near:
		return 0, true
	case dy > near:
		return 1, true
	case dx < -near:
		return 2, true
	case dy < -near:
		return 3, true
	}
	return 0, false
}

// degrees is the angle clockwise, as shown, of a direction.
func degrees(dx, dy float64) int {
	a := int(math.Round(math.Atan2(dy, dx) * 180 / math.Pi))
	return (a + 360) % 360
}
