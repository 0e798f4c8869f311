package graph

import (
	"io"
	"strings"

	"citecheck/pipeline/cite"
)

// An Item is a cited document or work as a reference manager keeps it.
type Item struct {
	ID string `json:"id"`
	cite.Work
	Authority string `json:"authority,omitempty"`
	Event     string `json:"event-title,omitempty"` // the meeting that adopted it
}

// Items are the documents and works of the graph, in its order.
func (g *Graph) Items() []Item {
	out := []Item{}
	for _, n := range g.Nodes {
		switch {
		case n.Document != nil:
			out = append(out, documentItem(n.Document))
		case n.Work != nil:
			w := n.Work.CSL
			w.URL = webAddress(w.URL)
			out = append(out, Item{ID: n.Work.ID, Work: w})
		}
	}
	return out
}

// documentItem is a UN document as a report: the one CSL type whose number,
// kind and institution all have a field in Zotero and a place in the styles.
func documentItem(d *Document) Item {
	body := d.Body
	if body != "" && !strings.Contains(body, "United Nations") {
		body = "United Nations " + body
	}
	it := Item{ID: d.ID, Authority: body, Work: cite.Work{Type: "report", Title: documentTitle(d), Number: d.Symbol,
		Genre: capital(d.Series), Publisher: "United Nations", URL: d.address()}}
	if body != "" {
		it.Author = []cite.Name{{Literal: body}}
	} else {
		it.Author = []cite.Name{{Literal: "United Nations"}}
	}
	if d.Meeting != "" {
		it.Event = d.Meeting + " meeting"
		if strings.Contains(d.Meeting, "/") {
			it.Event = d.Meeting
		}
	}
	if date, err := cite.ParseISODate(d.Date); err == nil && !date.IsZero() {
		it.Issued = date.CSL()
	} else if d.Year > 0 {
		it.Issued = cite.Date{Year: d.Year}.CSL()
	}
	return it
}

// documentTitle tells documents of one agenda item apart: a library has many
// resolutions on "The situation in Mali".
func documentTitle(d *Document) string {
	name := d.Symbol
	if _, number, ok := strings.Cut(d.Symbol, "/RES/"); ok {
		name = "Resolution " + number
	}
	switch {
	case d.Title == "":
		return name
	case name != d.Symbol, d.Series == "presidential statement", d.Series == "meeting record":
		return name + ": " + d.Title
	}
	return d.Title
}

func capital(s string) string {
	if s == "" {
		return ""
	}
	return strings.ToUpper(s[:1]) + s[1:] // series are our own words, in ASCII
}

// WriteCSL writes the documents and works as CSL-JSON.
func WriteCSL(w io.Writer, g *Graph) error {
	return writeJSON(w, g.Items(), "  ")
}

// issued are the year, month and day of an item, 0 where not known.
func (it Item) issued() (year, month, day int) {
	if it.Issued == nil || len(it.Issued.DateParts) == 0 {
		return 0, 0, 0
	}
	parts := append(append([]int{}, it.Issued.DateParts[0]...), 0, 0, 0)
	return parts[0], parts[1], parts[2]
}
