package report

import (
	"bytes"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"citecheck/pipeline/cite"
	"citecheck/pipeline/graph"
)

// TestPictures: the page of a note is drawn with its marker and each of its
// lines framed and nothing else under its label; the citation links to it;
// hostile words and labels stay text.
func TestPictures(t *testing.T) {
	line := func(y float64, words string) cite.Line {
		box := cite.Rect{X0: 72, Y0: y - 8, X1: 300, Y1: y + 2}
		return cite.Line{Runs: []cite.Run{{Text: words, Box: box, Baseline: y, Size: 9}}, Box: box, Baseline: y, Size: 9}
	}
	zones := []cite.Zone{{Page: 2, Kind: cite.ZoneBody, Lines: []cite.Line{line(100, "Running text.")}},
		{Page: 2, Kind: cite.ZoneNotes, Lines: []cite.Line{line(700, "1 First note, which"), line(712, "goes on."), line(724, "2 Second note.")}}}
	p := cite.Page{Number: 2, Width: 612, Height: 792}
	for _, z := range zones {
		for _, l := range z.Lines {
			p.Runs = append(p.Runs, l.Runs...)
		}
	}
	p.Runs = append(p.Runs, cite.Run{Text: hostile[2], Size: 9, Baseline: 50})
	label := func(y float64, s string) cite.Spot {
		return cite.Spot{Page: 2, Box: cite.Rect{X0: 72, Y0: y - 8, X1: 76, Y1: y - 3}, Label: s, Note: true}
	}
	spots := []cite.Spot{{Page: 2, Box: cite.Rect{X0: 290, Y0: 92, X1: 294, Y1: 97}, Label: "1"}, label(700, "1"), label(724, "2"), {Page: 2, Label: `"><script>ACTIVE=1</script>`}}
	g := sample(t)
	picture, err := Draw(g.Nodes[0].Report, p, zones, spots)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := Write(&b, g, picture); err != nil {
		t.Fatal(err)
	}
	frames, links := map[string]int{}, 0
	for n := range mustParse(t, b.String()).Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		a := attributes(n)
		switch {
		case n.Data == "rect" && a["data-part"] != "":
			frames[a["data-part"]+" "+a["data-label"]]++
		case n.Data == "a" && a["class"] == "to-page" && a["href"] == "#"+picture.ID():
			links++
		case n.Data == "script" && n.FirstChild != nil && strings.Contains(n.FirstChild.Data, "ACTIVE"), n.Data == "img":
			t.Errorf("<%s> is active", n.Data)
		}
	}
	if frames["marker 1"] != 1 || frames["note 1"] != 2 || frames["note 2"] != 1 || len(frames) != 4 {
		t.Errorf("framed: %v", frames)
	}
	if want := 2 * g.Meta.Citations; links != want { // from the sentence and from the note
		t.Errorf("%d links to the picture, want %d", links, want)
	}
	// A picture of another page is linked from nowhere.
	p.Number = 3
	other, _ := Draw(&graph.Report{ID: g.Nodes[0].ID()}, p, zones, nil)
	b.Reset()
	if err := Write(&b, g, other); err != nil || strings.Contains(b.String(), `class="to-page"`) {
		t.Errorf("a note is said to stand on page 3 (%v)", err)
	}
}

func attributes(n *html.Node) map[string]string {
	out := map[string]string{}
	for _, a := range n.Attr {
		out[a.Key] = a.Val
	}
	return out
}
