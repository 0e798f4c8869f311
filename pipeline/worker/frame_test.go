package worker

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"citecheck/pipeline/cite"
)

func samplePages() []cite.Page {
	return []cite.Page{
		{Number: 1, Width: 612, Height: 792},
		{Number: 2, Label: "ii", Width: 595.28, Height: 841.89, Problem: "only a part", OCR: true,
			Rules:  []cite.Rect{{X0: 72, Y0: 690.25, X1: 216, Y1: 690.75}},
			Images: []cite.Rect{{X0: 0, Y0: 0, X1: 595.28, Y1: 841.89}},
			Links: []cite.Link{
				{Box: cite.Rect{X0: 1, Y0: 2, X1: 3, Y1: 4}, URI: "https://docs.un.org/"},
				{Box: cite.Rect{X0: 1, Y0: 2, X1: 3, Y1: 4}, Page: 7, TargetX: 71.94, TargetY: 669.06, Internal: true}},
			Runs: []cite.Run{
				{Text: "Ségou.", Box: cite.Rect{X0: 72, Y0: 83.5, X1: 110.31, Y1: 95.2}, Baseline: 92, Size: 12, Font: "Times-Roman"},
				{Text: "5", Box: cite.Rect{X0: 110.31, Y0: 82, X1: 114, Y1: 89}, Baseline: 87.5, Size: 7, Font: "Times-Roman", Space: true, Role: "Reference", Elem: 3},
				{Text: "consulta-", Box: cite.Rect{X0: 116, Y0: 83.5, X1: 150, Y1: 95.2}, Baseline: 92, Size: 12, Font: "Times-Bold", Bold: true, Italic: true, Hyphen: true},
				{Text: "stamp", Box: cite.Rect{X0: 20, Y0: 300, X1: 30, Y1: 390}, Baseline: 390, Size: 8, Font: "Times-Bold", Angle: 270, Hidden: true},
			}},
		{Number: 3, Width: 612, Height: 792, Runs: []cite.Run{
			{Text: "tion", Box: cite.Rect{X0: 72, Y0: 83.5, X1: 110.31, Y1: 95.2}, Baseline: 92, Size: 12, Font: "Times-Roman", Role: "Reference", Elem: 3}}},
	}
}

func TestPack(t *testing.T) {
	var k packer
	var u unpacker
	for _, page := range samplePages() {
		got, err := u.page(k.page(&page))
		if err != nil {
			t.Fatalf("page %d: %v", page.Number, err)
		}
		if diff := cmp.Diff(page, got); diff != "" {
			t.Errorf("page %d (-want +got):\n%s", page.Number, diff)
		}
	}
}

// FuzzUnpack: whatever comes over the pipe, nothing panics, and nothing is
// made that the bytes do not pay for.
func FuzzUnpack(f *testing.F) {
	var k packer
	for _, page := range samplePages() {
		f.Add(append([]byte{}, k.page(&page)...))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		u := unpacker{names: []string{"Times-Roman", "Times-Bold", "Reference", ""}}
		page, err := u.page(body)
		if n := len(page.Runs) + len(page.Rules) + len(page.Images) + len(page.Links); n > len(body) {
			t.Errorf("%d things out of %d bytes (%v)", n, len(body), err)
		}
	})
}

func BenchmarkPack(b *testing.B) {
	page := samplePages()[1]
	for len(page.Runs) < 600 {
		page.Runs = append(page.Runs, page.Runs[:4]...)
	}
	var k packer
	var u unpacker
	for b.Loop() {
		if _, err := u.page(k.page(&page)); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(len(new(packer).page(&page)))/float64(len(page.Runs)), "B/run")
}
