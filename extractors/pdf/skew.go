package pdf

import (
	"image"
	"math"
)

// A page that lay askew in the scanner has lines that climb: readers lose
// what stands raised in them, and indents say nothing. The lean of its lines
// is looked for in steps of skewStep, up to mostSkew either way, and the
// picture is turned back from leastSkew on. In radians.
const skewStep, mostSkew, leastSkew = 0.05 * math.Pi / 180, 2.5 * math.Pi / 180, 0.1 * math.Pi / 180

// straightened is the picture with its lines level.
func straightened(p *image.Gray) *image.Gray {
	angle := skew(p)
	if math.Abs(angle) < leastSkew {
		return p
	}
	return turned(p, angle)
}

// shrink is how many pixels of the picture, in width and height, are one where
// the lean is looked for; mostInk bounds how many dark ones are asked.
const shrink, mostInk = 4, 200_000

// skew is the lean of the lines of a page, positive where they sink to the
// right: along it the dark pixels fall into the fewest rows.
func skew(p *image.Gray) float64 {
	w, h := p.Rect.Dx()/shrink, p.Rect.Dy()/shrink
	if w < 50 || h < 50 {
		return 0
	}
	dark := darkBelow(p)
	type point struct{ x, y float64 }
	var ink []point
	for y := range h {
		for x := range w {
			sum := 0
			for dy := range shrink {
				row := p.Pix[(y*shrink+dy)*p.Stride+x*shrink:]
				for dx := range shrink {
					sum += int(row[dx])
				}
			}
			if sum < dark*shrink*shrink {
				ink = append(ink, point{float64(x) - float64(w)/2, float64(y)})
			}
		}
	}
	step := len(ink)/mostInk + 1
	rows := make([]int, h+2*w)
	best, angle := 0.0, 0.0
	for k := -int(mostSkew / skewStep); k <= int(mostSkew/skewStep); k++ {
		a := float64(k) * skewStep
		clear(rows)
		for i := 0; i < len(ink); i += step {
			y := int(ink[i].y-ink[i].x*math.Tan(a)) + w
			rows[y]++
		}
		sharp := 0.0
		for i := 1; i < len(rows); i++ {
			d := float64(rows[i] - rows[i-1])
			sharp += d * d
		}
		// Level is as good as a lean that is hardly better: a page of pictures has none.
		if k == 0 {
			sharp *= 1.02
		}
		if sharp > best {
			best, angle = sharp, a
		}
	}
	return angle
}

// darkBelow is the grey below which a pixel is ink: halfway from the paper,
// the grey of most pixels, to black.
func darkBelow(p *image.Gray) int {
	var count [256]int
	for y := 0; y < p.Rect.Dy(); y += shrink {
		for _, v := range p.Pix[y*p.Stride : y*p.Stride+p.Rect.Dx()] {
			count[v]++
		}
	}
	paper := 0
	for v, n := range count {
		if n >= count[paper] {
			paper = v
		}
	}
	return max(paper, 64) * 6 / 10
}

// turned turns the picture about its middle, so that lines that sink by an
// angle are level.
func turned(p *image.Gray, angle float64) *image.Gray {
	w, h := p.Rect.Dx(), p.Rect.Dy()
	out := image.NewGray(image.Rect(0, 0, w, h))
	sin, cos := math.Sincos(angle)
	mx, my := float64(w)/2, float64(h)/2
	for y := range h {
		dy := float64(y) - my
		for x := range w {
			dx := float64(x) - mx
			sx, sy := cos*dx-sin*dy+mx, sin*dx+cos*dy+my
			x0, y0 := int(math.Floor(sx)), int(math.Floor(sy))
			if x0 < 0 || y0 < 0 || x0+1 >= w || y0+1 >= h {
				out.Pix[y*out.Stride+x] = 255
				continue
			}
			fx, fy := sx-float64(x0), sy-float64(y0)
			at := y0*p.Stride + x0
			a := float64(p.Pix[at])*(1-fx) + float64(p.Pix[at+1])*fx
			b := float64(p.Pix[at+p.Stride])*(1-fx) + float64(p.Pix[at+p.Stride+1])*fx
			out.Pix[y*out.Stride+x] = uint8(a*(1-fy) + b*fy + 0.5)
		}
	}
	return out
}
