package pdf

import (
	"errors"
	"fmt"
	"image"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"citecheck/pipeline/cite"
)

// print puts ink into a box of a picture.
func print(p *image.Gray, boxes ...pixels) {
	for _, b := range boxes {
		for y := b.y0; y < b.y1; y++ {
			for x := b.x0; x < b.x1; x++ {
				p.Pix[y*p.Stride+x] = 0
			}
		}
	}
}

func paper(w, h int) *image.Gray {
	p := image.NewGray(image.Rect(0, 0, w, h))
	for i := range p.Pix {
		p.Pix[i] = 255
	}
	return p
}

// seen writes the answer of a reader: one line, its words of characters
// with boxes.
func seen(bbox, baseline string, size float64, words ...string) []byte {
	var b strings.Builder
	fmt.Fprintf(&b, "<?xml version='1.0'?>\n<!DOCTYPE html>\n<html><body><span class='ocr_line' title=\"bbox %s; baseline %s; x_size %v\">", bbox, baseline, size)
	for _, w := range words {
		fmt.Fprintf(&b, "<span class='ocrx_word' title='bbox 0 0 1 1; x_wconf 90'>")
		for _, c := range strings.Fields(w) {
			text, box, _ := strings.Cut(c, "@")
			fmt.Fprintf(&b, "<span class='ocrx_cinfo' title='x_bboxes %s; x_conf 99'>%s</span>", strings.ReplaceAll(box, ",", " "), text)
		}
		b.WriteString("</span>")
	}
	b.WriteString("</span></body></html>")
	return []byte(b.String())
}

// TestRecognize: a raised digit that the first look takes for another sign is
// found in the picture, shown alone, and becomes a run of its own; a rule is
// seen; an apostrophe stays one.
func TestRecognize(t *testing.T) {
	const w, h = 1000, 400
	picture := paper(w, h)
	letter := func(x int) pixels { return pixels{x, 80, x + 18, 100} }
	print(picture, letter(100), letter(122), letter(144), letter(166), pixels{188, 95, 193, 100}) // "name."
	print(picture, pixels{198, 68, 210, 86})                                                      // the mark
	print(picture, letter(240), letter(262), pixels{284, 70, 290, 86}, letter(296))               // "aa's"
	print(picture, pixels{100, 300, 400, 303})                                                    // a rule
	looks := 0
	read := func(p *image.Gray, dpi int, digits bool) ([]byte, error) {
		looks++
		if !digits {
			return seen("100 68 330 105", "0 -5", 38,
				"n@100,80,118,100 a@122,80,140,100 m@144,80,162,100 e@166,80,184,100 .@188,95,193,100 ®@198,68,210,86",
				"a@240,80,258,100 a@262,80,280,100 ’@284,70,290,86 s@296,80,314,100"), nil
		}
		x0, x1 := p.Rect.Dx(), 0
		for y := range p.Rect.Dy() {
			for x := range p.Rect.Dx() {
				if p.GrayAt(x, y).Y < 128 {
					x0, x1 = min(x0, x), max(x1, x)
				}
			}
		}
		return seen("0 0 100 100", "0 0", 64, fmt.Sprintf("6@%d,64,%d,128", x0, x1)), nil
	}
	page := cite.Page{Number: 1, Width: w * 72 / 300.0, Height: h * 72 / 300.0}
	if err := recognize(picture, 300, read, &page); err != nil {
		t.Fatal(err)
	}
	if looks != 2 || !page.OCR {
		t.Errorf("%d looks, OCR %v", looks, page.OCR)
	}
	if got, want := plain(page.Runs), "name.|6_aa’s"; got != want {
		t.Errorf("read %q, want %q", got, want)
	}
	if m := page.Runs[1]; m.Size >= page.Runs[0].Size || m.Baseline >= page.Runs[0].Baseline-1 {
		t.Errorf("the mark %+v does not stand raised over %+v", m, page.Runs[0])
	}
	if want := []cite.Rect{{X0: 24, Y0: 72, X1: 96, Y1: 72.72}}; cmp.Diff(want, page.Rules) != "" {
		t.Errorf("rules %v, want %v", page.Rules, want)
	}
}

func TestRecognizeAtLineEnd(t *testing.T) {
	hocr := seen("100 80 200 105", "0 -5", 38, "c@100,80,118,100 o@122,80,140,100 n@144,80,162,100 -@166,88,175,92")
	lines, err := parseHOCR(hocr)
	if err != nil || len(lines) != 1 {
		t.Fatalf("%d lines, %v", len(lines), err)
	}
	runs := lines[0].runs(nil, 0, 72/300.0, view{w: 612, h: 792})
	if len(runs) != 1 || runs[0].Text != "con-" || !runs[0].Hyphen {
		t.Errorf("got %+v", runs)
	}
}

// FuzzRecognize: whatever the reader answers, and whatever the picture shows,
// pages stay lawful.
func FuzzRecognize(f *testing.F) {
	f.Add(seen("10 10 90 40", "0 -5", 20, "n@10,20,18,30 a@22,20,30,30"), []byte{0, 0, 255, 0})
	f.Add([]byte("<span title='baseline 1e300 nan; bbox -9 9'><span class='ocrx_word'><span class='ocrx_cinfo'>&#0;x"), []byte{1})
	f.Fuzz(func(t *testing.T, hocr, ink []byte) {
		picture := paper(100, 60)
		copy(picture.Pix, ink)
		page := cite.Page{Number: 1, Width: 24, Height: 14.4}
		err := recognize(picture, 300, func(*image.Gray, int, bool) ([]byte, error) { return hocr, nil }, &page)
		if err == nil {
			lawful(t, page)
		}
	})
}

// TestScan: a page that shows a picture is shown to the recognizer as it
// looks, so many times and no more, and a failure is told.
func TestScan(t *testing.T) {
	b := newPDF()
	image4 := b.packed("/Type/XObject/Subtype/Image/Width 2/Height 2/BitsPerComponent 8/ColorSpace/DeviceGray", []byte{0, 255, 255, 255})
	res := fmt.Sprintf("/XObject<</X %d 0 R>>", image4)
	for range 3 {
		b.page("q 612 0 0 792 0 0 cm /X Do Q", "", res)
	}
	opt := testOptions()
	opt.MaxRecognized = 2
	n := 0
	opt.Recognize = func(p *image.Gray, dpi int, digits bool) ([]byte, error) {
		if n++; n == 2 {
			return nil, errors.New("out of ink")
		}
		if p.Rect.Dx() != 2550 || p.Rect.Dy() != 3300 || dpi != 300 {
			t.Errorf("picture is %v at %d dpi", p.Rect, dpi)
		}
		if left, right := p.GrayAt(300, 300).Y, p.GrayAt(2200, 300).Y; left > 50 || right < 200 {
			t.Errorf("the picture's corners are %d and %d, want black and white", left, right)
		}
		return seen("100 80 200 105", "0 -5", 38, "o@100,80,118,100 n@122,80,140,100"), nil
	}
	pages, _ := readAll(t, b.bytes(), opt)
	if !pages[0].OCR || plain(pages[0].Runs) != "on" || pages[0].Problem != "" {
		t.Errorf("page 1: %+v", pages[0])
	}
	if pages[1].OCR || !strings.Contains(pages[1].Problem, "out of ink") {
		t.Errorf("page 2: %+v", pages[1])
	}
	if !strings.Contains(pages[2].Problem, "limit is 2") || n != 2 {
		t.Errorf("page 3: %q after %d looks", pages[2].Problem, n)
	}
}

// TestSecondLook: what the second look reads of marks, and the stroke of a 1
// that it takes for nothing.
func TestSecondLook(t *testing.T) {
	for _, tt := range []struct {
		read  string
		parts int
		want  string
	}{{"s8", 1, "8"}, {"th", 2, "th"}, {"12", 2, "12"}, {"1st", 3, "1st"}, {"", 1, ""}} {
		if got := onlyDigits(tt.read, tt.parts); got != tt.want {
			t.Errorf("onlyDigits(%q, %d) = %q, want %q", tt.read, tt.parts, got, tt.want)
		}
	}
	marks := []raised{
		{box: pixels{0, 0, 14, 23}, blobs: []int{1}, text: "2"},
		{box: pixels{50, 0, 57, 23}, blobs: []int{2}},
		{box: pixels{90, 0, 97, 12}, blobs: []int{3}},
		{box: pixels{130, 0, 145, 23}, blobs: []int{4}},
	}
	for k, want := range []bool{false, true, false, false} {
		if got := stroke(marks, []int{0}, k); got != want {
			t.Errorf("mark %d is a stroke: %v, want %v", k, got, want)
		}
	}
}
