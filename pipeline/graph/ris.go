package graph

import (
	"bufio"
	"fmt"
	"io"
	"strings"
)

// risTypes are the RIS types of CSL types; all others are GEN.
var risTypes = map[string]string{
	"article": "JOUR", "article-journal": "JOUR", "article-magazine": "MGZN", "article-newspaper": "NEWS", "book": "BOOK", "chapter": "CHAP",
	"entry-encyclopedia": "ENCYC", "paper-conference": "CPAPER", "report": "RPRT", "thesis": "THES", "webpage": "ELEC", "post": "ELEC",
	"post-weblog": "BLOG", "legal_case": "CASE", "legislation": "STAT", "bill": "BILL", "interview": "PCOMM", "personal_communication": "PCOMM",
	"motion_picture": "MPCT", "speech": "CPAPER", "dataset": "DATA",
}

// WriteRIS writes the documents and works as RIS.
func WriteRIS(w io.Writer, g *Graph) error {
	b := bufio.NewWriter(w)
	for _, it := range g.Items() {
		risEntry(b, it)
	}
	return b.Flush()
}

func risEntry(b *bufio.Writer, it Item) {
	// A line ends with CR LF, and no value has a line end of its own: none can
	// begin a field.
	put := func(tag, value string) {
		if value = line(value); value != "" || tag == "ER" {
			fmt.Fprintf(b, "%s  - %s\r\n", tag, value)
		}
	}
	typ := risTypes[it.Type]
	if typ == "" {
		typ = "GEN"
	}
	put("TY", typ)
	put("ID", it.ID)
	for _, n := range it.Author {
		put("AU", risName(n.Family, n.Given, n.Literal))
	}
	for _, n := range it.Editor {
		put("ED", risName(n.Family, n.Given, n.Literal))
	}
	put("TI", it.Title)
	put("T2", it.ContainerTitle)
	if year, month, day := it.issued(); year > 0 {
		put("PY", fmt.Sprintf("%04d", year))
		put("DA", risDate(year, month, day))
	}
	put("PB", it.Publisher)
	put("CY", it.PublisherPlace)
	put("VL", it.Volume)
	put("IS", it.Issue)
	if from, to, ok := strings.Cut(strings.ReplaceAll(it.Page, "–", "-"), "-"); ok {
		put("SP", from)
		put("EP", to)
	} else {
		put("SP", it.Page)
	}
	if typ == "RPRT" {
		put("SN", it.Number) // where reports have their number, by Zotero and EndNote
		put("M3", it.Genre)
	} else {
		put("M1", it.Number)
		put("SN", it.ISBN)
		put("M3", it.Genre)
	}
	put("DO", it.DOI)
	put("UR", it.URL)
	put("N1", it.Note)
	put("ER", "")
}

// risName is "Family, Given"; an institution ends in a comma, so that no
// reader takes its last word for a family name.
func risName(family, given, literal string) string {
	if literal != "" {
		return strings.ReplaceAll(literal, ",", "") + ","
	}
	return family + ", " + given
}

func risDate(year, month, day int) string {
	s := fmt.Sprintf("%04d/", year)
	if month > 0 {
		s += fmt.Sprintf("%02d", month)
	}
	s += "/"
	if day > 0 {
		s += fmt.Sprintf("%02d", day)
	}
	return s + "/"
}
