package graph

import (
	"cmp"
	"strings"

	"citecheck/pipeline/cite"
)

// Named is what people call the document or work with an id: "S/RES/2480
// (2019) of 28 June 2019", or a title in quotation marks. A document that the
// graph does not have (its node is the zero Node) goes by its symbol.
func Named(id string, n Node) string {
	switch {
	case n.Document != nil && n.Document.Date != "":
		return n.Document.Symbol + " of " + Day(n.Document.Date)
	case n.Document != nil:
		return n.Document.Symbol
	case n.Work != nil: // its id is a hash, which tells nobody anything
		title := []rune(cmp.Or(n.Work.CSL.Title, n.Work.CSL.ContainerTitle, n.Work.CSL.Note, "a work without a title"))
		if len(title) > 60 {
			title = append(title[:59:59], '…')
		}
		return "“" + string(title) + "”"
	}
	return strings.TrimPrefix(id, "un:")
}

// Day is a day or a moment of the graph ("2018-06-28") as people write the day.
// Anything else stays what it is.
func Day(s string) string {
	var d cite.Date
	date, _, _ := strings.Cut(s, "T")
	if d.UnmarshalText([]byte(date)) != nil || !d.Valid() {
		return s
	}
	return d.Words()
}
