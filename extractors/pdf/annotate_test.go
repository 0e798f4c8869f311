package pdf

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"reflect"
	"testing"

	"github.com/klippa-app/go-pdfium/enums"
	"github.com/klippa-app/go-pdfium/requests"

	"citecheck/pipeline/cite"
)

// picture renders the first page with its annotations, a point a pixel.
func picture(t *testing.T, data []byte) image.Image {
	t.Helper()
	eng, err := start(testOptions().withDefaults())
	if err != nil {
		t.Fatal(err)
	}
	doc := &document{eng: eng, opt: testOptions().withDefaults(), data: data}
	if err := doc.open(); err != nil {
		t.Fatal(err)
	}
	defer doc.close()
	shown, err := doc.inst.RenderPageInDPI(&requests.RenderPageInDPI{DPI: 72, RenderFlags: enums.FPDF_RENDER_FLAG_ANNOT,
		Page: requests.Page{ByIndex: &requests.PageByIndex{Document: doc.ref, Index: 0}}})
	if err != nil {
		t.Fatal(err)
	}
	defer shown.Cleanup()
	out := image.NewRGBA(shown.Result.RenderedImage.Bounds())
	for y := range out.Bounds().Dy() {
		for x := range out.Bounds().Dx() {
			out.Set(x, y, shown.Result.RenderedImage.At(x, y))
		}
	}
	return out
}

// TestAnnotate: on pages that are turned and cropped, the highlight lies over
// its word and nowhere else, as PDFium shows it; the words stay, and the copy
// begins with the document.
func TestAnnotate(t *testing.T) {
	for _, entries := range []string{"", "/Rotate 90", "/Rotate 180", "/Rotate 270", "/MediaBox[100 50 500 450]/CropBox[120 60 480 440]", "/MediaBox[-50 -50 400 500]/Rotate 90"} {
		b := newPDF()
		b.page("BT /F1 14 Tf 150 300 Td (before marked after) Tj 0 -40 Td (another line) Tj ET", entries, "")
		data := b.bytes()
		pages, _ := readAll(t, data, testOptions())
		var box cite.Rect
		for _, r := range pages[0].Runs {
			if r.Text == "marked" {
				box = r.Box
			}
		}
		mark := Highlight{Page: 1, Boxes: []cite.Rect{box}, Text: "contradicted: “é” (1)\nsecond line", Author: "me", R: 255, G: 150, B: 140}
		var out, again bytes.Buffer
		for _, w := range []*bytes.Buffer{&out, &again} {
			if err := Annotate(data, testOptions(), []Highlight{mark}, w); err != nil {
				t.Fatalf("%q: %v", entries, err)
			}
		}
		if !bytes.HasPrefix(out.Bytes(), data) || !bytes.Equal(out.Bytes(), again.Bytes()) {
			t.Errorf("%q: the copy does not begin with the document, or is not the same twice", entries)
		}
		if after, _ := readAll(t, out.Bytes(), testOptions()); !reflect.DeepEqual(after[0].Runs, pages[0].Runs) {
			t.Errorf("%q: the copy has other words", entries)
		}
		before, now := picture(t, data), picture(t, out.Bytes())
		in, covered, outside := 0, 0, 0
		for y := range now.Bounds().Dy() {
			for x := range now.Bounds().Dx() {
				inside := float64(x) > box.X0+1 && float64(x) < box.X1-2 && float64(y) > box.Y0+1 && float64(y) < box.Y1-2
				near := float64(x) > box.X0-6 && float64(x) < box.X1+6 && float64(y) > box.Y0-6 && float64(y) < box.Y1+6
				differs := before.At(x, y) != now.At(x, y)
				if inside {
					in++
				}
				if inside && differs {
					covered++
				}
				if !near && differs {
					outside++
				}
			}
		}
		if in == 0 || covered*10 < in*7 || outside > 0 {
			t.Errorf("%q: %d of %d pixels of the word are marked, and %d elsewhere", entries, covered, in, outside)
		}
	}
}

func TestAnnotateRefuses(t *testing.T) {
	page := func(change func(*builder)) []byte {
		b := newPDF()
		b.page("BT /F1 14 Tf 150 300 Td (word) Tj ET", "", "")
		change(b)
		return b.bytes()
	}
	for name, tt := range map[string]struct {
		data []byte
		want error
	}{
		"encrypted, and open to all": {page(func(b *builder) { b.locked = true }), ErrEncrypted},
		"a password":                 {page(func(b *builder) { b.locked, b.password = true, "secret" }), ErrPassword},
		"signed": {page(func(b *builder) {
			sig := b.add("<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/adbe.pkcs7.detached/ByteRange[0 1 2 3]/Contents<00>>>")
			field := b.add(fmt.Sprintf("<</FT/Sig/T(s)/V %d 0 R>>", sig))
			b.catalog = fmt.Sprintf("/AcroForm<</Fields[%d 0 R]/SigFlags 3>>", field)
		}), ErrSigned},
		"no page 2":  {page(func(*builder) {}), ErrBroken},
		"not a PDF":  {[]byte("hello"), ErrNotPDF},
		"broken off": {page(func(*builder) {})[:120], ErrBroken},
	} {
		var out bytes.Buffer
		err := Annotate(tt.data, testOptions(), []Highlight{{Page: 2, Boxes: []cite.Rect{{X0: 1, Y0: 1, X1: 9, Y1: 9}}}}, &out)
		if !errors.Is(err, tt.want) || out.Len() > 0 {
			t.Errorf("%s: %v, want %v; %d bytes written", name, err, tt.want, out.Len())
		}
	}
}
