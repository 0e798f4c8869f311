package report

import (
	"bytes"
	"encoding/xml"
	"io"
	"strings"
	"testing"

	"citecheck/pipeline/cite"
)

// TestWritePage: whatever a page holds, its drawing is sound XML in which the
// words are text, and every zone and spot is there.
func TestWritePage(t *testing.T) {
	run := cite.Run{Text: "</text><script>alert(1)</script>\x00\x1b\xff\uFFFE&", Size: 10, Baseline: 100, Box: cite.Rect{X0: 50, Y0: 92, X1: 200, Y1: 102}}
	p := cite.Page{Number: 1, Width: 612, Height: 792, Runs: []cite.Run{run, {Text: "up", Size: 8, Angle: 270}}, Rules: []cite.Rect{{X0: 50, Y0: 700, X1: 150, Y1: 700}},
		Images: []cite.Rect{{X1: 10, Y1: 10}}, Problem: "\"<b>"}
	zones := []cite.Zone{{Page: 1, Kind: cite.ZoneBody, Box: run.Box, Lines: []cite.Line{{Runs: p.Runs[:1], Box: run.Box, Baseline: 100, Size: 10}}},
		{Page: 1, Kind: "no such kind", Box: run.Box}}
	var b bytes.Buffer
	if err := WritePage(&b, p, zones, []cite.Spot{{Page: 1, Box: run.Box, Label: "<5>"}, {Page: 1, Label: "5", Note: true}}); err != nil {
		t.Fatal(err)
	}
	count := map[string]int{}
	var text strings.Builder
	for d := xml.NewDecoder(&b); ; {
		token, err := d.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatalf("not XML: %v", err)
		}
		switch x := token.(type) {
		case xml.StartElement:
			count[x.Name.Local]++
		case xml.CharData:
			text.Write(x)
		}
	}
	if count["script"] != 0 || count["title"] != 2 || count["rect"] != 1+1+1+2+2 {
		t.Errorf("elements: %v", count)
	}
	for _, want := range []string{"</text><script>alert(1)</script>", "1 body", "2 no such kind", "<5>", "\"<b>"} {
		if !strings.Contains(text.String(), want) {
			t.Errorf("%q is not drawn", want)
		}
	}
}
