package pdf

import "testing"

// TestCompose: an accent joins the letter that it is printed over, wherever
// PDFium puts it; an accent over nothing stays.
func TestCompose(t *testing.T) {
	styles := []style{{size: 10}}
	// Letters of five points side by side; accents are given their letter.
	line := func(letters string, accents ...int) (out []glyph) {
		x := float32(0)
		for _, r := range letters {
			out = append(out, glyph{r: r, x0: x, x1: x + 5, y0: 0, y1: 7})
			x += 5
		}
		for _, at := range accents {
			out = append(out, glyph{r: '´', x0: float32(at)*5 + 1, x1: float32(at)*5 + 4, y0: 6, y1: 9, oy: 2})
		}
		return out
	}
	text := func(gs []glyph) (s string) {
		for _, g := range gs {
			if g.r != 0 {
				s += string(g.r)
			}
			if g.mark != 0 {
				s += string(g.mark)
			}
		}
		return s
	}
	for _, tt := range []struct {
		name   string
		glyphs []glyph
		want   string
	}{
		{"behind its line", line("Sliwinska", 0, 5), "Śliwińska"},
		{"over nothing", line("Sliwinska", 12), "Sliwinska´"},
		{"on another line", func() []glyph {
			gs := line("Sliwinska", 0)
			gs[len(gs)-1].oy = 14
			return gs
		}(), "Sliwinska´"},
	} {
		compose(tt.glyphs, styles)
		if got := text(tt.glyphs); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}
