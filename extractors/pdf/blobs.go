package pdf

import (
	"image"
	"slices"
)

// blobs are the connected dark parts of a picture.
type blobs struct {
	picture *image.Gray
	dark    uint8 // pixels up to this are ink
	all     []pixels
	label   []int32 // of each stretch of ink
	inks    []ink   // from the top down
}

// An ink is an unbroken stretch of dark pixels in one row.
type ink struct {
	y, x0, x1 int32
}

// maxInks of a page: noise and photographs have more than any text.
const maxInks = 4 << 20

// findBlobs finds the connected dark parts of a picture.
func findBlobs(p *image.Gray) blobs {
	b := blobs{picture: p, dark: darkness(p)}
	w, h := p.Rect.Dx(), p.Rect.Dy()
	var parent []int32
	root := func(i int32) int32 {
		for parent[i] != i {
			parent[i] = parent[parent[i]]
			i = parent[i]
		}
		return i
	}
	above, row := 0, 0 // where the inks of the row above and of this row begin
	for y := range h {
		above, row = row, len(b.inks)
		line := p.Pix[y*p.Stride : y*p.Stride+w]
		up := above
		for x := 0; x < w; x++ {
			if line[x] > b.dark {
				continue
			}
			start := x
			for x < w && line[x] <= b.dark {
				x++
			}
			if len(b.inks) >= maxInks {
				return blobs{picture: p, dark: b.dark}
			}
			me := int32(len(b.inks))
			b.inks = append(b.inks, ink{int32(y), int32(start), int32(x)})
			parent = append(parent, me)
			// Those above that touch it, corners included, are of the same blob.
			for up < row && b.inks[up].x1 < int32(start) {
				up++
			}
			for k := up; k < row && b.inks[k].x0 <= int32(x); k++ {
				if r, s := root(int32(k)), root(me); r != s {
					parent[max(r, s)] = min(r, s)
				}
			}
		}
	}
	b.label = make([]int32, len(b.inks))
	for i, k := range b.inks {
		r := root(int32(i))
		if r == int32(i) {
			b.label[i] = int32(len(b.all))
			b.all = append(b.all, pixels{int(k.x0), int(k.y), int(k.x1), int(k.y) + 1})
			continue
		}
		n := b.label[r] // a root comes before all that it roots
		b.label[i] = n
		box := &b.all[n]
		*box = pixels{min(box.x0, int(k.x0)), box.y0, max(box.x1, int(k.x1)), int(k.y) + 1}
	}
	return b
}

// darkness is the grey that parts ink from paper best (Otsu's method).
func darkness(p *image.Gray) uint8 {
	var count [256]int
	w, h := p.Rect.Dx(), p.Rect.Dy()
	for y := range h {
		for _, v := range p.Pix[y*p.Stride : y*p.Stride+w] {
			count[v]++
		}
	}
	total, sum := 0, 0.0
	for v, n := range count {
		total += n
		sum += float64(v * n)
	}
	best, at := 0.0, 127
	below, sumBelow := 0, 0.0
	for v, n := range count {
		below += n
		sumBelow += float64(v * n)
		if below == 0 || below == total {
			continue
		}
		d := sumBelow/float64(below) - (sum-sumBelow)/float64(total-below)
		if between := float64(below) * float64(total-below) * d * d; between > best {
			best, at = between, v
		}
	}
	return uint8(at)
}

// near lists the blobs that begin within a line's box or just above it.
func (b blobs) near(line pixels) (list []int) {
	reach := (line.y1 - line.y0) / 2
	// Blobs come in the order of their tops.
	from, _ := slices.BinarySearchFunc(b.all, line.y0-reach, func(p pixels, y int) int { return p.y0 - y })
	for i := from; i < len(b.all) && b.all[i].y0 < line.y1; i++ {
		if p := b.all[i]; p.x0 >= line.x0-reach && p.x1 <= line.x1+reach {
			list = append(list, i)
		}
	}
	return list
}

// lineUp draws marks in one line, each enlarged to the same height, black on
// white, without what stands around them; places are theirs in the picture.
func (b blobs) lineUp(marks []raised) (picture *image.Gray, places []pixels) {
	const margin = enlarged
	x := margin
	factors := make([]int, len(marks))
	for i, m := range marks {
		factors[i] = max(1, enlarged/max(1, m.box.y1-m.box.y0))
		w := (m.box.x1 - m.box.x0) * factors[i]
		places = append(places, pixels{x - margin/2, 0, x + w + margin/2, 0})
		x += w + 2*margin
	}
	picture = image.NewGray(image.Rect(0, 0, x, 3*enlarged))
	for i := range picture.Pix {
		picture.Pix[i] = 255
	}
	for i, m := range marks {
		left, f := places[i].x0+margin/2, factors[i]
		bottom := 2 * enlarged
		for _, n := range m.blobs {
			b.draw(n, func(px, py int) {
				for dy := range f {
					row := picture.Pix[(bottom-(m.box.y1-py)*f+dy)*picture.Stride:]
					for dx := range f {
						row[left+(px-m.box.x0)*f+dx] = b.picture.Pix[py*b.picture.Stride+px]
					}
				}
			})
		}
	}
	return picture, places
}

// draw calls dot with every pixel of blob n.
func (b blobs) draw(n int, dot func(x, y int)) {
	box := b.all[n]
	from, _ := slices.BinarySearchFunc(b.inks, int32(box.y0), func(k ink, y int32) int { return int(k.y - y) })
	for i := from; i < len(b.inks) && int(b.inks[i].y) < box.y1; i++ {
		if b.label[i] == int32(n) {
			for x := b.inks[i].x0; x < b.inks[i].x1; x++ {
				dot(int(x), int(b.inks[i].y))
			}
		}
	}
}
