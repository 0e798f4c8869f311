package pdf

import (
	"math"
	"testing"
)

// TestSkew: the lean of a page's lines is found, and its picture turned back;
// a page that lies straight, or has no lines, stays as it is.
func TestSkew(t *testing.T) {
	page := paper(1200, 1600)
	for y := 100; y < 1500; y += 40 {
		for x := 100; x < 1080; x += 22 {
			print(page, pixels{x, y, x + 14, y + 16})
		}
	}
	for _, degrees := range []float64{-1.5, -0.5, 0.5, 1} {
		lean := degrees * math.Pi / 180
		askew := turned(page, -lean)
		if got := skew(askew); math.Abs(got-lean) > 1.5*skewStep {
			t.Errorf("the lean is %.2f degrees, want %.2f", got*180/math.Pi, degrees)
		}
		if left := skew(straightened(askew)); math.Abs(left) > 1.5*skewStep {
			t.Errorf("turned back by %.2f degrees the page still leans by %.2f", degrees, left*180/math.Pi)
		}
	}
	if straightened(page) != page {
		t.Error("a straight page was turned")
	}
	if blank := paper(1200, 1600); straightened(blank) != blank {
		t.Error("a blank page was turned")
	}
}
