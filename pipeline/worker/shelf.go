package worker

import (
	"bytes"
	"compress/flate"
	"io"
	"iter"
	"slices"
)

// A shelf keeps the packed pages of a document compressed: they take a
// twentieth of what they take as values, so that a report of a thousand pages
// hardly shows.
type shelf struct {
	boxes []box
	full  []byte // the pages since the last box
	sizes []int  // of each of these
	w     *flate.Writer
}

// A box is some pages in one compressed piece.
type box struct {
	data  []byte
	sizes []int
}

// boxSize is how many bytes of pages go into a box: one page compresses badly.
const boxSize = 256 << 10

func (s *shelf) put(page []byte) {
	s.full = append(s.full, page...)
	s.sizes = append(s.sizes, len(page))
	if len(s.full) >= boxSize {
		s.pack()
	}
}

// pack closes a box.
func (s *shelf) pack() {
	var b bytes.Buffer
	if s.w == nil {
		s.w, _ = flate.NewWriter(nil, flate.BestSpeed) // the level is known
	}
	s.w.Reset(&b)
	_, _ = s.w.Write(s.full) // a buffer takes all
	_ = s.w.Close()
	s.boxes = append(s.boxes, box{bytes.Clone(b.Bytes()), slices.Clone(s.sizes)})
	s.full, s.sizes = s.full[:0], s.sizes[:0]
}

// done says that no page comes any more.
func (s *shelf) done() {
	if len(s.full) > 0 {
		s.pack()
	}
	*s = shelf{boxes: s.boxes}
}

// all goes through the pages; each is good until the next.
func (s *shelf) all() iter.Seq[[]byte] {
	return func(yield func([]byte) bool) {
		if len(s.boxes) == 0 {
			return
		}
		r := flate.NewReader(nil)
		var page []byte
		for _, b := range s.boxes {
			_ = r.(flate.Resetter).Reset(bytes.NewReader(b.data), nil) // it never fails
			for _, n := range b.sizes {
				page = slices.Grow(page[:0], n)[:n]
				if _, err := io.ReadFull(r, page); err != nil {
					panic("a page that was kept is damaged: " + err.Error())
				}
				if !yield(page) {
					return
				}
			}
		}
	}
}
