package pdf

import (
	"math"
	"slices"
	"strings"

	"citecheck/pipeline/cite"
)

// Kinds of page object.
const (
	objText  = 1
	objPath  = 2
	objImage = 3
	objForm  = 5
)

const (
	// maxShapes of one page are looked at: tables have hundreds, maps and
	// drawings more than anyone needs.
	maxShapes = 20_000
	// maxSegments of one path: a table drawn in one stroke has fewer.
	maxSegments = 2_000
	// maxFormDepth of drawings within drawings.
	maxFormDepth = 4

	thin  = 3.0 // points: a bar no thicker is a rule
	short = 6.0 // points: anything shorter is no rule
)

// A matrix maps (x, y) to (a·x + c·y + e, b·x + d·y + f).
type matrix struct{ a, b, c, d, e, f float64 }

func (m matrix) point(x, y float64) (float64, float64) {
	return m.a*x + m.c*y + m.e, m.b*x + m.d*y + m.f
}

// then is m followed by n.
func (m matrix) then(n matrix) matrix {
	return matrix{
		m.a*n.a + m.b*n.c, m.a*n.b + m.b*n.d,
		m.c*n.a + m.d*n.c, m.c*n.b + m.d*n.d,
		m.e*n.a + m.f*n.c + n.e, m.e*n.b + m.f*n.d + n.f,
	}
}

// shapeReader collects the rules and images of a page.
type shapeReader struct {
	g      *guest
	v      view
	left   int // objects that may still be looked at
	rules  []cite.Rect
	images []cite.Rect
	above  bool // the last thing drawn is a picture of the whole page, over all text
	cover  bool // there is a picture of the whole page
}

// shapes reads the drawn lines and bars and the images of a page.
func (d *document) shapes(page uint64, v view) shapeReader {
	g := d.g
	s := shapeReader{g: g, v: v, left: maxShapes}
	n := int(int32(g.call(g.fn("FPDFPage_CountObjects"), page)))
	get := g.fn("FPDFPage_GetObject")
	for i := 0; i < n && s.left > 0 && g.err == nil; i++ {
		s.object(g.call(get, page, uint64(i)), matrix{a: 1, d: 1}, 0)
	}
	return s
}

// recognized tells whether a page's text is what someone else's character
// recognition put there: unseen, or under a picture of the page.
func (s *shapeReader) recognized(runs []cite.Run) bool {
	if !s.cover || len(runs) == 0 {
		return false
	}
	// ClearScan draws what it recognized, in fonts of its own making.
	return s.above || !slices.ContainsFunc(runs, func(r cite.Run) bool { return !r.Hidden && !strings.HasPrefix(r.Font, "*") })
}

func (s *shapeReader) object(obj uint64, m matrix, depth int) {
	g := s.g
	s.left--
	if obj == 0 {
		return
	}
	switch g.call(g.fn("FPDFPageObj_GetType"), obj) {
	case objText:
		s.above = false
	case objPath:
		s.path(obj, m)
	case objImage:
		if b, ok := s.bounds(obj, m); ok {
			if b.W() <= thin || b.H() <= thin {
				s.rule(b)
			} else {
				b = s.v.clip(b)
				s.images = append(s.images, b)
				if b.W()*b.H() > 0.8*s.v.w*s.v.h { // scans leave a margin at times
					s.above, s.cover = true, true
				}
			}
		}
	case objForm:
		if depth >= maxFormDepth {
			return
		}
		inner := s.matrix(obj).then(m)
		n := int(int32(g.call(g.fn("FPDFFormObj_CountObjects"), obj)))
		get := g.fn("FPDFFormObj_GetObject")
		for i := 0; i < n && s.left > 0 && g.err == nil; i++ {
			s.object(g.call(get, obj, uint64(i)), inner, depth+1)
		}
	}
}

// matrix is an object's own matrix.
func (s *shapeReader) matrix(obj uint64) matrix {
	g := s.g
	if g.call(g.fn("FPDFPageObj_GetMatrix"), obj, uint64(g.scratch)) == 0 {
		return matrix{a: 1, d: 1}
	}
	return matrix{g.f32(0), g.f32(1), g.f32(2), g.f32(3), g.f32(4), g.f32(5)}
}

// bounds is where an object is shown; not ok when it is off the page.
func (s *shapeReader) bounds(obj uint64, m matrix) (cite.Rect, bool) {
	g := s.g
	out := uint64(g.scratch)
	if g.call(g.fn("FPDFPageObj_GetBounds"), obj, out, out+4, out+8, out+12) == 0 {
		return cite.Rect{}, false
	}
	x0, y0, x1, y1 := g.f32(0), g.f32(1), g.f32(2), g.f32(3)
	r := s.mapped(m, x0, y0).Union(s.mapped(m, x1, y1)).Union(s.mapped(m, x0, y1)).Union(s.mapped(m, x1, y0))
	return r, s.v.onPage(r)
}

// mapped is where a point of an object is shown, as an empty rectangle.
func (s *shapeReader) mapped(m matrix, x, y float64) cite.Rect {
	x, y = s.v.point(m.point(x, y))
	return cite.Rect{X0: x, Y0: y, X1: x, Y1: y}
}

func (s *shapeReader) path(obj uint64, m matrix) {
	b, ok := s.bounds(obj, m)
	if !ok {
		return
	}
	g := s.g
	if b.W() <= thin || b.H() <= thin {
		if max(b.W(), b.H()) >= short && s.seen(obj) {
			s.rule(b)
		}
		return
	}
	n := int(int32(g.call(g.fn("FPDFPath_CountSegments"), obj)))
	if n < 2 || n > maxSegments || !s.seen(obj) {
		return
	}
	out := uint64(g.scratch)
	if g.call(g.fn("FPDFPath_GetDrawMode"), obj, out, out+4) == 0 {
		return
	}
	stroked, _ := g.mem.ReadUint32Le(g.scratch + 4)
	s.lines(obj, n, s.matrix(obj).then(m), stroked != 0)
}

// lines finds the straight level and upright lines of a stroked path, and the
// thin bars of a filled one.
func (s *shapeReader) lines(obj uint64, n int, m matrix, stroked bool) {
	g := s.g
	segment, point, kind, closes := g.fn("FPDFPath_GetPathSegment"), g.fn("FPDFPathSegment_GetPoint"), g.fn("FPDFPathSegment_GetType"), g.fn("FPDFPathSegment_GetClose")
	out := uint64(g.scratch)
	const lineTo, bezierTo, moveTo = 0, 1, 2
	var at, start, part cite.Rect
	straight := true
	end := func() {
		// A filled bar is a rule; a stroked one has given its edges already.
		if !stroked && straight && part != (cite.Rect{}) && min(part.W(), part.H()) <= thin {
			s.rule(part)
		}
		part, straight = cite.Rect{}, true
	}
	for i := 0; i < n && g.err == nil; i++ {
		seg := g.call(segment, obj, uint64(i))
		if seg == 0 || g.call(point, seg, out, out+4) == 0 {
			continue
		}
		p := s.mapped(m, g.f32(0), g.f32(1))
		switch g.call(kind, seg) {
		case moveTo:
			end()
			start = p
		case lineTo:
			if stroked {
				s.line(at, p)
			}
		default:
			straight = false
		}
		part = part.Union(p)
		if g.call(closes, seg) != 0 && stroked {
			s.line(p, start)
		}
		at = p
	}
	end()
}

// line keeps a stroke from a to b when it is level or upright.
func (s *shapeReader) line(a, b cite.Rect) {
	r := a.Union(b)
	if min(r.W(), r.H()) <= 0.5 {
		s.rule(r)
	}
}

// rule keeps a line or thin bar that is long enough to be one.
func (s *shapeReader) rule(r cite.Rect) {
	if !s.v.onPage(r) || max(r.W(), r.H()) < short || math.IsNaN(r.W()) {
		return
	}
	s.rules = append(s.rules, s.v.clip(r))
}

// seen tells whether a path leaves a trace on white paper.
func (s *shapeReader) seen(obj uint64) bool {
	g := s.g
	out := uint64(g.scratch)
	if g.call(g.fn("FPDFPath_GetDrawMode"), obj, out, out+4) == 0 {
		return true
	}
	fill, _ := g.mem.ReadUint32Le(g.scratch)
	stroke, _ := g.mem.ReadUint32Le(g.scratch + 4)
	return stroke != 0 && s.inked("FPDFPageObj_GetStrokeColor", obj) || fill != 0 && s.inked("FPDFPageObj_GetFillColor", obj)
}

// inked tells whether a colour differs from white paper.
func (s *shapeReader) inked(colour string, obj uint64) bool {
	g := s.g
	out := uint64(g.scratch)
	if g.call(g.fn(colour), obj, out, out+4, out+8, out+12) == 0 {
		return true // a pattern or a colour that is not known
	}
	r, _ := g.mem.ReadUint32Le(g.scratch)
	gr, _ := g.mem.ReadUint32Le(g.scratch + 4)
	b, _ := g.mem.ReadUint32Le(g.scratch + 8)
	a, _ := g.mem.ReadUint32Le(g.scratch + 12)
	const paper = 250 // of 255: lighter is not seen
	return a > 8 && (r < paper || gr < paper || b < paper)
}
