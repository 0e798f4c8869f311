package pdf

import (
	"math"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"citecheck/pipeline/cite"
)

// A glyph is one character as PDFium placed it, in the page's own
// coordinates (y upwards, before rotation).
type glyph struct {
	r              rune
	mark           rune  // a combining mark put on it by [compose]; 0 for none
	style          int32 // index of pageReader.styles; -1 for white space that PDFium made up
	tag            int32 // index of pageReader.tags
	x0, y0, x1, y1 float32
	ox, oy         float32 // where it stands on its baseline
}

// A style is what the glyphs of a text object share.
type style struct {
	font         string
	bold, italic bool
	hidden       bool
	size         float64 // points as shown
	dx, dy       float64 // unit vector of writing, in the page's own coordinates
	ascent       float64 // of the font, as part of the size
	descent      float64 // below the baseline: negative
	drawn        bool    // the font's letters are drawings that name no size (Type 3)
}

// unnamedGlyph stands for a glyph without a character.
const unnamedGlyph = utf8.RuneError

// maxGlyphs on one page: a dense page of a report has 10,000.
const maxGlyphs = 300_000

// pageReader holds what is kept from page to page so that reading allocates
// little.
type pageReader struct {
	glyphs  []glyph
	styles  []style
	byStyle map[style]int32
	fonts   map[uint64]font // by handle; handles are good for one page only
	tags    []tag
	byTag   map[tag]int32
	byMCID  map[int32]int32
	text    []byte
	lastLen int // runs of the page before: a good guess for this one
}

// A tag is a glyph's place in the structure tree.
type tag struct {
	role string
	elem int
}

// direct reads page i (from 0) over the guest's own functions.
func (d *document) direct(i int) cite.Page {
	page := cite.Page{Number: i + 1, Width: letterW, Height: letterH}
	g := d.g
	handle := d.loadPage(i)
	if handle == 0 {
		page.Problem = "the page is broken"
		return page
	}
	v := d.view(handle)
	page.Label = g.label(d.handle, i)
	if d.tags != nil {
		d.tags.turn(i)
	}
	more, unnamed := d.readGlyphs(handle)
	if g.err == nil {
		v = v.upright(d.page.glyphs, d.page.styles)
		page.Width, page.Height = v.w, v.h
		shapes := d.shapes(handle, v)
		page.Rules, page.Images = shapes.rules, shapes.images
		page.Runs = d.page.runs(v)
		page.OCR = shapes.recognized(page.Runs)
		if d.tags != nil {
			page.Links = d.tags.links(v)
		}
		switch {
		case more:
			page.Problem = "only the first part of the page was read: it has too many characters"
		case unnamed > len(d.page.glyphs)/3:
			d.unreadable(handle, &page, "its fonts do not say which letters they show")
		case len(page.Runs) == 0 && pictured(page):
			d.unreadable(handle, &page, noText)
		case page.OCR && d.opt.Reread:
			d.reread(handle, &page)
		}
	}
	g.call(g.fn("FPDF_ClosePage"), handle)
	return page
}

// Kinds of annotation that show text of their own.
const (
	annotFreeText = 3
	annotStamp    = 13
	annotWidget   = 20 // a field of a form
)

// maxAnnots of a page are looked at for text of their own.
const maxAnnots = 5_000

// loadPage loads page i. What fields and stamps on it show becomes part of
// its content: it is text like any other to whoever reads the page.
func (d *document) loadPage(i int) uint64 {
	g := d.g
	handle := g.call(g.fn("FPDF_LoadPage"), d.handle, uint64(i))
	if handle == 0 {
		return 0
	}
	n := int(int32(g.call(g.fn("FPDFPage_GetAnnotCount"), handle)))
	for a := range min(n, maxAnnots) {
		annot := g.call(g.fn("FPDFPage_GetAnnot"), handle, uint64(a))
		if annot == 0 {
			continue
		}
		kind := g.call(g.fn("FPDFAnnot_GetSubtype"), annot)
		g.call(g.fn("FPDFPage_CloseAnnot"), annot)
		if kind == annotFreeText || kind == annotStamp || kind == annotWidget {
			const done, asShown = 1, 0
			if g.call(g.fn("FPDFPage_Flatten"), handle, asShown) == done {
				g.call(g.fn("FPDF_ClosePage"), handle)
				handle = g.call(g.fn("FPDF_LoadPage"), d.handle, uint64(i))
			}
			break
		}
	}
	return handle
}

// view reads where the page's own coordinates lie in what is shown.
func (d *document) view(page uint64) view {
	g := d.g
	var v view
	v.turns = int(int32(g.call(g.fn("FPDFPage_GetRotation"), page))) & 3
	if g.call(g.fn("FPDF_GetPageBoundingBox"), page, uint64(g.scratch)) != 0 {
		v.left, v.top, v.right, v.bottom = g.f32(0), g.f32(1), g.f32(2), g.f32(3)
	}
	return v.sized()
}

// label is the printed label of page i, "" for none.
func (g *guest) label(doc uint64, i int) string {
	n := g.call(g.fn("FPDF_GetPageLabel"), doc, uint64(i), uint64(g.buf), guestBuf)
	return clean(g.utf16(uint32(n)))
}

// utf16 is the text of n bytes in the guest's buffer, its end mark included.
func (g *guest) utf16(n uint32) string {
	if n < 4 || n > guestBuf {
		return ""
	}
	b, ok := g.mem.Read(g.buf, n-2)
	if !ok {
		return ""
	}
	u := make([]uint16, len(b)/2)
	for i := range u {
		u[i] = uint16(b[2*i]) | uint16(b[2*i+1])<<8
	}
	return string(utf16.Decode(u))
}

// readGlyphs fills d.page.glyphs; more tells that the page had too many,
// unnamed counts glyphs of which only their number in the font is known.
func (d *document) readGlyphs(page uint64) (more bool, unnamed int) {
	g, p := d.g, &d.page
	p.reset()
	text := g.call(g.fn("FPDFText_LoadPage"), page)
	if text == 0 {
		return false, 0
	}
	unicode, object, box, origin := g.fn("FPDFText_GetUnicode"), g.fn("FPDFText_GetTextObject"), g.fn("FPDFText_GetLooseCharBox"), g.fn("FPDFText_GetCharOrigin")
	tight := g.fn("FPDFText_GetCharBox")
	out := uint64(g.scratch)
	n := int(int32(g.call(g.fn("FPDFText_CountChars"), text)))
	if n > maxGlyphs {
		n, more = maxGlyphs, true
	}
	var (
		lastObject uint64
		cur        = glyph{style: -1}
		level      bool // the object's text runs left to right in its own coordinates
	)
	for i := 0; i < n && g.err == nil; i++ {
		at := uint64(i)
		r := rune(uint32(g.call(unicode, text, at)))
		obj := g.call(object, text, at)
		if obj == 0 {
			p.glyphs = append(p.glyphs, glyph{r: r, style: -1})
			continue
		}
		first := obj != lastObject
		if first {
			lastObject = obj
			cur.style, level = d.styleOf(text, at, obj)
			cur.tag = d.tagOf(obj)
		}
		if first || !level {
			// Level text keeps its baseline through the whole object.
			if g.call(origin, text, at, out, out+8) != 0 {
				cur.ox, cur.oy = float32(g.f64(0)), float32(g.f64(1))
			}
		}
		if r < ' ' && r != '\t' && r != '\n' && r != '\r' && (r != lineHyphen || g.call(g.fn("FPDFText_IsHyphen"), text, at) != 1) {
			unnamed++
			r = unnamedGlyph
		}
		cur.r = r
		drawn := p.styles[cur.style].drawn
		seen := (!level || drawn) && g.call(tight, text, at, out, out+8, out+16, out+24) != 0
		if seen {
			cur.x0, cur.x1, cur.y0, cur.y1 = float32(g.f64(0)), float32(g.f64(1)), float32(g.f64(2)), float32(g.f64(3))
		}
		switch {
		case !level:
			// The loose box of turned text has no width: one is made from the
			// tight box, the font's height and the next letter's place.
			cur.loosen(&p.styles[cur.style])
			if !first {
				p.glyphs[len(p.glyphs)-1].reach(&cur, &p.styles[cur.style])
			}
		case seen && cur.y1 > cur.y0:
			// A drawing is as high as it looks.
		case g.call(box, text, at, out) != 0:
			cur.x0, cur.y1, cur.x1, cur.y0 = float32(g.f32(0)), float32(g.f32(1)), float32(g.f32(2)), float32(g.f32(3))
			cur.ox = cur.x0
			if cur.y1 <= cur.y0 {
				cur.loosen(&p.styles[cur.style]) // a font without outlines
			}
		}
		p.glyphs = append(p.glyphs, cur)
	}
	g.call(g.fn("FPDFText_ClosePage"), text)
	p.sizeDrawn()
	return more, unnamed
}

// sizeDrawn sets the size of fonts whose letters are drawings: what the file
// calls their size has whatever unit the drawings have, so the height of the
// letters is the better guess where the two do not fit at all.
func (p *pageReader) sizeDrawn() {
	for i := range p.styles {
		s := &p.styles[i]
		if !s.drawn || s.dx != 1 {
			continue
		}
		var sizes []float64
		for _, g := range p.glyphs {
			share := 0.0 // of the size, in common text faces
			switch {
			case g.style != int32(i):
			case g.r < 0x80 && strings.ContainsRune("acemnorsuvwxz", g.r):
				share = 0.45
			case g.r >= '0' && g.r <= '9', g.r >= 'A' && g.r <= 'Z' && g.r != 'Q', g.r < 0x80 && strings.ContainsRune("bdhkl", g.r):
				share = 0.68
			}
			if share > 0 {
				sizes = append(sizes, float64(g.y1-g.y0)/share)
			}
		}
		if len(sizes) == 0 {
			continue
		}
		if seen := median(sizes); seen > 1.7*s.size || seen < 0.6*s.size {
			s.size = hundredth(seen)
		}
	}
}

// loosen makes the tight box of a turned glyph one that begins where the
// glyph stands and is as high as its font.
func (g *glyph) loosen(s *style) {
	end := 0.0
	for _, x := range [2]float32{g.x0, g.x1} {
		for _, y := range [2]float32{g.y0, g.y1} {
			end = max(end, float64(x-g.ox)*s.dx+float64(y-g.oy)*s.dy)
		}
	}
	g.box(s, end)
}

// reach lets the box of a turned glyph end where the next one of its object
// begins, if that is near.
func (g *glyph) reach(next *glyph, s *style) {
	end := float64(next.ox-g.ox)*s.dx + float64(next.oy-g.oy)*s.dy
	if g.style == next.style && end > 0 && end < 1.5*s.size {
		g.box(s, end)
	}
}

// box sets the box of a turned glyph that ends so far from its origin.
func (g *glyph) box(s *style, end float64) {
	x0, y0 := math.Inf(1), math.Inf(1)
	x1, y1 := math.Inf(-1), math.Inf(-1)
	for _, along := range [2]float64{0, end} {
		for _, up := range [2]float64{s.descent * s.size, s.ascent * s.size} {
			x := float64(g.ox) + along*s.dx - up*s.dy
			y := float64(g.oy) + along*s.dy + up*s.dx
			x0, y0, x1, y1 = min(x0, x), min(y0, y), max(x1, x), max(y1, y)
		}
	}
	g.x0, g.y0, g.x1, g.y1 = float32(x0), float32(y0), float32(x1), float32(y1)
}

func (p *pageReader) reset() {
	p.glyphs = p.glyphs[:0]
	p.styles = p.styles[:0]
	p.tags = append(p.tags[:0], tag{})
	if p.byStyle == nil {
		p.byStyle, p.fonts, p.byTag, p.byMCID = map[style]int32{}, map[uint64]font{}, map[tag]int32{}, map[int32]int32{}
	}
	clear(p.byStyle)
	clear(p.fonts)
	clear(p.byTag)
	clear(p.byMCID)
}

// styleOf reads the style of the text object at character at; level tells
// whether its text runs from left to right in the page's own coordinates.
func (d *document) styleOf(text, at, obj uint64) (index int32, level bool) {
	g, p := d.g, &d.page
	s := style{dx: 1}
	size := math.Float64frombits(g.call(g.fn("FPDFText_GetFontSize"), text, at))
	scale := 1.0
	if g.call(g.fn("FPDFText_GetMatrix"), text, at, uint64(g.scratch)) != 0 {
		a, b, c, e := g.f32(0), g.f32(1), g.f32(2), g.f32(3)
		scale = math.Hypot(c, e)
		if l := math.Hypot(a, b); l > 0 {
			if size < 0 {
				l = -l // a negative size turns the letters half round
			}
			s.dx, s.dy = hundredth(a/l), hundredth(b/l)
		}
	}
	s.size = hundredth(math.Abs(size) * scale)
	f := d.fontOf(g.call(g.fn("FPDFTextObj_GetFont"), obj))
	s.font, s.bold, s.italic, s.ascent, s.descent, s.drawn = f.name, f.bold, f.italic, f.ascent, f.descent, f.drawn
	switch g.call(g.fn("FPDFTextObj_GetTextRenderMode"), obj) {
	case 3, 7: // neither filled nor stroked
		s.hidden = true
	}
	level = s.dx == 1
	if i, ok := p.byStyle[s]; ok {
		return i, level
	}
	i := int32(len(p.styles))
	p.styles = append(p.styles, s)
	p.byStyle[s] = i
	return i, level
}

// tagOf finds the place of a text object in the structure tree.
func (d *document) tagOf(obj uint64) int32 {
	if d.tags == nil || !d.tags.tagged {
		return 0
	}
	g, p := d.g, &d.page
	mcid := int32(g.call(g.fn("FPDFPageObj_GetMarkedContentID"), obj))
	if mcid < 0 {
		if !d.artifact(obj) {
			return 0
		}
		return p.tagIndex(tag{role: "Artifact"})
	}
	if i, ok := p.byMCID[mcid]; ok {
		return i
	}
	i := p.tagIndex(d.tags.tagOf(int(mcid)))
	p.byMCID[mcid] = i
	return i
}

func (p *pageReader) tagIndex(t tag) int32 {
	if t == (tag{}) {
		return 0
	}
	if i, ok := p.byTag[t]; ok {
		return i
	}
	i := int32(len(p.tags))
	p.tags = append(p.tags, t)
	p.byTag[t] = i
	return i
}

// artifact tells whether an object is marked as no part of the text: a
// running head, a page number.
func (d *document) artifact(obj uint64) bool {
	g := d.g
	marks := int(int32(g.call(g.fn("FPDFPageObj_CountMarks"), obj)))
	for i := range min(marks, 8) { // marks nest two or three deep
		mark := g.call(g.fn("FPDFPageObj_GetMark"), obj, uint64(i))
		if mark == 0 || g.call(g.fn("FPDFPageObjMark_GetName"), mark, uint64(g.buf), guestBuf, uint64(g.scratch)) == 0 {
			continue
		}
		n, _ := g.mem.ReadUint32Le(g.scratch)
		if g.utf16(n) == "Artifact" {
			return true
		}
	}
	return false
}

// A font is what is known of a font.
type font struct {
	name            string
	bold, italic    bool
	ascent, descent float64 // as part of the size
	drawn           bool    // it has no name: its letters are drawings
}

// fontOf reads the font behind a handle, once a page.
func (d *document) fontOf(handle uint64) font {
	g, p := d.g, &d.page
	if f, ok := p.fonts[handle]; ok || handle == 0 {
		return f
	}
	var name string
	n := uint32(g.call(g.fn("FPDFFont_GetBaseFontName"), handle, uint64(g.buf), guestBuf))
	if b, ok := g.mem.Read(g.buf, min(n, guestBuf)); ok && n > 1 && n <= guestBuf {
		name = clean(string(b[:n-1]))
	}
	flags := uint32(g.call(g.fn("FPDFFont_GetFlags"), handle))
	weight := int32(g.call(g.fn("FPDFFont_GetWeight"), handle))
	f := describe(name, flags, int(weight))
	f.drawn = name == ""
	f.ascent, f.descent = 0.75, -0.25 // of common text faces, where the font says nothing of use
	one := uint64(math.Float32bits(1))
	if g.call(g.fn("FPDFFont_GetAscent"), handle, one, uint64(g.scratch)) != 0 && g.call(g.fn("FPDFFont_GetDescent"), handle, one, uint64(g.scratch)+4) != 0 {
		up, down := g.f32(0), g.f32(1)
		if up > 0.3 && up < 1.5 && down <= 0 && down > -1 {
			f.ascent, f.descent = up, down
		}
	}
	p.fonts[handle] = f
	return f
}

// Flags of a font descriptor.
const (
	flagItalic    = 1 << 6
	flagForceBold = 1 << 18
)

// describe tells a font's looks from its name, its flags and its weight. The
// name is trusted first: many writers leave flags and weights at some default.
func describe(name string, flags uint32, weight int) font {
	if len(name) > 7 && name[6] == '+' {
		name = name[7:] // the mark of a subset
	}
	f := font{name: name}
	low := strings.ToLower(name)
	f.bold = containsAny(low, "bold", "black", "heavy", "demi", "-medi", "cmbx", "sfbx", "bx1", ",b") && !strings.Contains(low, "medium") ||
		flags != ^uint32(0) && flags&flagForceBold != 0
	if !f.bold && weight >= 650 && !containsAny(low, "regular", "roman", "book", "light", "medium") {
		f.bold = true
	}
	f.italic = containsAny(low, "italic", "oblique", "-ital", "ital", "slanted", "cmti", "cmsl", "sfti", "kursiv") ||
		flags != ^uint32(0) && flags&flagItalic != 0
	return f
}

func containsAny(s string, subs ...string) bool {
	for _, sub := range subs {
		if strings.Contains(s, sub) {
			return true
		}
	}
	return false
}

// hundredth rounds to 1/100 point, finer than any rule here and than any
// printer.
func hundredth(x float64) float64 { return math.Round(x*100) / 100 }
