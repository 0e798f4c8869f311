package worker

import (
	"bufio"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"

	"citecheck/extractors/pdf"
	"citecheck/pipeline/cite"
)

// The kinds of frame. A frame is its kind, the length of its body as a
// uvarint, and the body.
const (
	frameRequest = 'r'
	framePage    = 'p' // a page, packed
	frameText    = 't' // a cite.Text, JSON
	frameCopy    = 'c' // a piece of a document's copy
	frameRefusal = 'e' // a refusal, JSON: the last frame of an answer
	frameEnd     = 'i' // an ending, JSON: the last frame of an answer
)

// maxFrame bounds the body of one frame: a page of 300,000 glyphs has 5 MiB,
// the text of a report a few.
const maxFrame = 256 << 20

func appendFrame(b []byte, kind byte, body []byte) []byte {
	b = append(b, kind)
	b = binary.AppendUvarint(b, uint64(len(body)))
	return append(b, body...)
}

// readFrame reads the next frame; its body is good until the next call.
func readFrame(r *bufio.Reader, buf []byte) (kind byte, body []byte, err error) {
	if kind, err = r.ReadByte(); err != nil {
		return 0, buf, err
	}
	n, err := binary.ReadUvarint(r)
	if err != nil {
		return 0, buf, noEnd(err)
	}
	if n > maxFrame {
		return 0, buf, fmt.Errorf("frame of %d bytes", n)
	}
	if uint64(cap(buf)) < n {
		buf = make([]byte, n)
	}
	buf = buf[:n]
	_, err = io.ReadFull(r, buf)
	return kind, buf, noEnd(err)
}

// noEnd keeps an end in the middle of a frame from passing for a proper one.
func noEnd(err error) error {
	if err == io.EOF {
		return io.ErrUnexpectedEOF
	}
	return err
}

// An ending closes the answer of a document that was read.
type ending struct {
	Info pdf.Info // of a PDF
	Fit  bool     // the process is fit for another document
}

// A refusal is an error in words of its own that is one of kinds. As a frame
// it is what the child found, as opposed to what became of the child.
type refusal struct {
	Kind string // of kinds
	Text string
	Fit  bool // as of an ending
}

// kinds are the errors that keep their identity over the pipe.
var kinds = map[string]error{
	"not-pdf": pdf.ErrNotPDF, "password": pdf.ErrPassword, "broken": pdf.ErrBroken, "memory": pdf.ErrMemory,
	"format": ErrFormat, "empty": ErrEmpty, "too-large": ErrTooLarge, "cpu": ErrCPU,
}

func refuse(err error, fit bool) refusal {
	r := refusal{Text: err.Error(), Fit: fit}
	for kind, known := range kinds { // they exclude each other
		if errors.Is(err, known) {
			r.Kind = kind
		}
	}
	return r
}

func (r *refusal) Error() string { return r.Text }

func (r *refusal) Unwrap() error { return kinds[r.Kind] }

// answerReader reads one answer.
type answerReader struct {
	r     *bufio.Reader
	left  int64  // bytes that the answer may still have
	alive func() // called at each frame
	fit   bool   // the process said that it is fit for another document
}

func (a *answerReader) read(res *Result) error {
	var (
		body []byte
		p    unpacker
	)
	for {
		kind, b, err := readFrame(a.r, body)
		if err != nil {
			return noEnd(err)
		}
		body = b
		if a.left -= int64(len(body)); a.left < 0 {
			return ErrTooLarge
		}
		a.alive()
		switch kind {
		case framePage:
			page, err := p.page(body)
			if err != nil {
				return err
			}
			res.packed.put(body)
			res.problems = append(res.problems, page.Problem)
		case frameText:
			res.Text = new(cite.Text)
			if err := json.Unmarshal(body, res.Text); err != nil {
				return err
			}
		case frameCopy:
			res.copied = append(res.copied, body...)
		case frameRefusal:
			var why refusal
			if err := json.Unmarshal(body, &why); err != nil {
				return err
			}
			a.fit = why.Fit
			return &why
		case frameEnd:
			var end ending
			if err := json.Unmarshal(body, &end); err != nil {
				return err
			}
			res.Info, a.fit = end.Info, end.Fit
			res.packed.done()
			return nil
		default:
			return fmt.Errorf("frame of unknown kind %d", kind)
		}
	}
}

// Flags of a packed run.
const (
	packBold = 1 << iota
	packItalic
	packSpace
	packHyphen
	packHidden
	packStyle // size, font and angle follow: they differ from the run before
	packRole  // role and element follow
)

// packer writes pages: places in hundredths of a point as differences from
// the run before, names of fonts and roles once a document, all texts of a
// page in one piece. A run takes about 10 bytes and its text.
type packer struct {
	buf   []byte
	text  []byte
	names map[string]uint64
}

// page packs p; the answer is good until the next call.
func (k *packer) page(p *cite.Page) []byte {
	k.buf, k.text = k.buf[:0], k.text[:0]
	for i := range p.Runs {
		k.text = append(k.text, p.Runs[i].Text...)
	}
	k.uint(uint64(p.Number))
	k.string(p.Label)
	k.coord(p.Width, 0)
	k.coord(p.Height, 0)
	k.string(p.Problem)
	k.bool(p.OCR)
	k.rects(p.Rules)
	k.rects(p.Images)
	k.uint(uint64(len(p.Links)))
	for _, l := range p.Links {
		k.rect(l.Box)
		k.string(l.URI)
		k.uint(uint64(l.Page))
		k.coord(l.TargetX, 0)
		k.coord(l.TargetY, 0)
		k.bool(l.Internal)
	}
	k.string(string(k.text))
	k.uint(uint64(len(p.Runs)))
	var last cite.Run
	for i := range p.Runs {
		k.run(&p.Runs[i], &last)
		last = p.Runs[i]
	}
	return k.buf
}

func (k *packer) run(r, last *cite.Run) {
	var flags byte
	flags |= bit(r.Bold, packBold) | bit(r.Italic, packItalic) | bit(r.Space, packSpace) | bit(r.Hyphen, packHyphen) | bit(r.Hidden, packHidden)
	flags |= bit(r.Size != last.Size || r.Font != last.Font || r.Angle != last.Angle, packStyle)
	flags |= bit(r.Role != last.Role || r.Elem != last.Elem, packRole)
	k.buf = append(k.buf, flags)
	k.uint(uint64(len(r.Text)))
	if flags&packStyle != 0 {
		k.coord(r.Size, 0)
		k.name(r.Font)
		k.uint(uint64(r.Angle))
	}
	if flags&packRole != 0 {
		k.name(r.Role)
		k.uint(uint64(r.Elem))
	}
	k.coord(r.Box.X0, last.Box.X1)
	k.coord(r.Box.X1, r.Box.X0)
	k.coord(r.Baseline, last.Baseline)
	k.coord(r.Box.Y0, r.Baseline)
	k.coord(r.Box.Y1, r.Baseline)
}

func bit(set bool, b byte) byte {
	if set {
		return b
	}
	return 0
}

func (k *packer) uint(v uint64) { k.buf = binary.AppendUvarint(k.buf, v) }

func (k *packer) bool(v bool) { k.uint(uint64(bit(v, 1))) }

// coord packs x as its distance from another coordinate.
func (k *packer) coord(x, from float64) {
	k.buf = binary.AppendVarint(k.buf, hundredths(x)-hundredths(from))
}

func hundredths(x float64) int64 { return int64(math.Round(x * 100)) }

func (k *packer) string(s string) {
	k.uint(uint64(len(s)))
	k.buf = append(k.buf, s...)
}

// name packs a string that comes again and again: a number, and the string
// itself the first time.
func (k *packer) name(s string) {
	n, ok := k.names[s]
	if !ok {
		if k.names == nil {
			k.names = map[string]uint64{}
		}
		n = uint64(len(k.names))
		k.names[s] = n
	}
	k.uint(n)
	if !ok {
		k.string(s)
	}
}

func (k *packer) rects(rs []cite.Rect) {
	k.uint(uint64(len(rs)))
	for _, r := range rs {
		k.rect(r)
	}
}

func (k *packer) rect(r cite.Rect) {
	k.coord(r.X0, 0)
	k.coord(r.Y0, 0)
	k.coord(r.X1, r.X0)
	k.coord(r.Y1, r.Y0)
}

// unpacker reads what a packer wrote. The other side may be anything by now:
// nothing is believed beyond the bytes that are there.
type unpacker struct {
	b     []byte
	names []string
	bad   bool
}

func (u *unpacker) page(body []byte) (p cite.Page, err error) {
	u.b, u.bad = body, false
	p.Number = u.int()
	p.Label = u.string()
	p.Width, p.Height = u.coord(0), u.coord(0)
	p.Problem = u.string()
	p.OCR = u.bool()
	p.Rules, p.Images = u.rects(), u.rects()
	if n := u.count(9); n > 0 {
		p.Links = make([]cite.Link, n)
		for i := range p.Links {
			p.Links[i] = cite.Link{Box: u.rect(), URI: u.string(), Page: u.int(), TargetX: u.coord(0), TargetY: u.coord(0), Internal: u.bool()}
		}
	}
	text := u.string()
	if n := u.count(7); n > 0 {
		p.Runs = make([]cite.Run, n)
		var last cite.Run
		for i := range p.Runs {
			u.run(&p.Runs[i], last, &text)
			last = p.Runs[i]
		}
	}
	if u.bad || len(u.b) > 0 || text != "" {
		return p, errors.New("packed page is damaged")
	}
	return p, nil
}

func (u *unpacker) run(r *cite.Run, last cite.Run, text *string) {
	flags := u.byte()
	r.Bold, r.Italic, r.Space, r.Hyphen, r.Hidden = flags&packBold != 0, flags&packItalic != 0, flags&packSpace != 0, flags&packHyphen != 0, flags&packHidden != 0
	if n := u.int(); n <= len(*text) {
		r.Text, *text = (*text)[:n], (*text)[n:]
	} else {
		u.bad = true
	}
	r.Size, r.Font, r.Angle = last.Size, last.Font, last.Angle
	if flags&packStyle != 0 {
		r.Size, r.Font, r.Angle = u.coord(0), u.name(), u.int()
	}
	r.Role, r.Elem = last.Role, last.Elem
	if flags&packRole != 0 {
		r.Role, r.Elem = u.name(), u.int()
	}
	r.Box.X0 = u.coord(last.Box.X1)
	r.Box.X1 = u.coord(r.Box.X0)
	r.Baseline = u.coord(last.Baseline)
	r.Box.Y0 = u.coord(r.Baseline)
	r.Box.Y1 = u.coord(r.Baseline)
}

func (u *unpacker) byte() byte {
	if len(u.b) == 0 {
		u.bad = true
		return 0
	}
	b := u.b[0]
	u.b = u.b[1:]
	return b
}

func (u *unpacker) int() int {
	v, n := binary.Uvarint(u.b)
	if n <= 0 || v > math.MaxInt32 {
		u.bad, u.b = true, nil
		return 0
	}
	u.b = u.b[n:]
	return int(v)
}

// count reads how many things follow that take at least size bytes each.
func (u *unpacker) count(size int) int {
	n := u.int()
	if n > len(u.b)/size {
		u.bad, u.b = true, nil
		return 0
	}
	return n
}

func (u *unpacker) bool() bool { return u.int() != 0 }

func (u *unpacker) coord(from float64) float64 {
	v, n := binary.Varint(u.b)
	if n <= 0 {
		u.bad, u.b = true, nil
		return 0
	}
	u.b = u.b[n:]
	return float64(v+hundredths(from)) / 100
}

func (u *unpacker) string() string {
	n := u.int()
	if n > len(u.b) {
		u.bad, u.b = true, nil
		return ""
	}
	s := string(u.b[:n])
	u.b = u.b[n:]
	return s
}

func (u *unpacker) name() string {
	n := u.int()
	switch {
	case n < len(u.names):
		return u.names[n]
	case n == len(u.names):
		u.names = append(u.names, u.string())
		return u.names[n]
	}
	u.bad = true
	return ""
}

func (u *unpacker) rects() []cite.Rect {
	n := u.count(4)
	if n == 0 {
		return nil
	}
	rs := make([]cite.Rect, n)
	for i := range rs {
		rs[i] = u.rect()
	}
	return rs
}

func (u *unpacker) rect() (r cite.Rect) {
	r.X0, r.Y0 = u.coord(0), u.coord(0)
	r.X1, r.Y1 = u.coord(r.X0), u.coord(r.Y0)
	return r
}
