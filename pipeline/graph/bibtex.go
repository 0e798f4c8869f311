package graph

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"citecheck/pipeline/cite"
)

// bibtexTypes are the entry types of CSL types; all others are misc.
var bibtexTypes = map[string]string{
	"article": "article", "article-journal": "article", "article-magazine": "article", "article-newspaper": "article",
	"book": "book", "chapter": "incollection", "entry-encyclopedia": "incollection", "paper-conference": "inproceedings",
	"report": "techreport", "thesis": "phdthesis",
}

// WriteBibTeX writes the documents and works as BibTeX.
func WriteBibTeX(w io.Writer, g *Graph) error {
	b := bufio.NewWriter(w)
	taken := map[string]int{}
	for i, it := range g.Items() {
		if i > 0 {
			b.WriteString("\n")
		}
		bibtexEntry(b, bibtexKey(it, taken), it)
	}
	return b.Flush()
}

func bibtexEntry(b *bufio.Writer, key string, it Item) {
	typ := bibtexTypes[it.Type]
	if typ == "" {
		typ = "misc"
	}
	fmt.Fprintf(b, "@%s{%s", typ, key)
	put := func(name, value string) {
		if value != "" {
			fmt.Fprintf(b, ",\n  %s = {%s}", name, value)
		}
	}
	put("author", bibtexNames(it.Author))
	put("editor", bibtexNames(it.Editor))
	// The inner braces keep the capitals: a title of the UN is a name.
	if it.Title != "" {
		put("title", "{"+texText(it.Title)+"}")
	}
	container := map[string]string{"article": "journal", "incollection": "booktitle", "inproceedings": "booktitle"}[typ]
	if container == "" {
		container = "howpublished"
	}
	put(container, texText(it.ContainerTitle))
	if typ == "techreport" {
		put("institution", texText(it.Publisher))
		put("type", texText(it.Genre))
	} else if typ == "phdthesis" {
		put("school", texText(it.Publisher))
	} else {
		put("publisher", texText(it.Publisher))
	}
	put("address", texText(it.PublisherPlace))
	put("volume", texText(it.Volume))
	if typ == "article" {
		put("number", texText(first(it.Issue, it.Number)))
	} else {
		put("number", texText(first(it.Number, it.Issue)))
	}
	put("pages", strings.ReplaceAll(texText(it.Page), "–", "--"))
	year, month, day := it.issued()
	if year > 0 {
		put("year", strconv.Itoa(year))
		put("date", cite.Date{Year: year, Month: month, Day: day}.String())
	}
	if month > 0 && month <= 12 {
		fmt.Fprintf(b, ",\n  month = %s", strings.ToLower(cite.Months[month][:3]))
	}
	put("doi", texAddress(it.DOI))
	put("isbn", texText(it.ISBN))
	put("url", texAddress(it.URL))
	put("note", texText(it.Note))
	b.WriteString("\n}\n")
}

// bibtexKey is made of letters, digits and dashes that tell the item:
// "un-S-RES-2423", "Boutellis2015".
func bibtexKey(it Item, taken map[string]int) string {
	key := strings.ReplaceAll(it.ID, ":", "-")
	if !strings.HasPrefix(it.ID, "un:") && len(it.Author) > 0 {
		year, _, _ := it.issued()
		if name := keyText(first(it.Author[0].Family, it.Author[0].Literal)); name != "" && year > 0 {
			key = name + strconv.Itoa(year)
		}
	}
	key = keyText(key)
	taken[strings.ToLower(key)]++
	if n := taken[strings.ToLower(key)]; n > 1 {
		key += "-" + strconv.Itoa(n)
	}
	return key
}

// keyText keeps what every reader of BibTeX takes in a key.
func keyText(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9':
			return r
		case r == ' ', unicode.Is(unicode.Mn, r):
			return -1
		}
		return '-'
	}, norm.NFD.String(s))
	return strings.Trim(s, "-")
}

func bibtexNames(names []cite.Name) string {
	var out []string
	for _, n := range names {
		switch {
		case n.Literal != "":
			out = append(out, "{"+texText(n.Literal)+"}") // one name, though it holds "and"
		case n.Given != "":
			out = append(out, texName(n.Family)+", "+texName(n.Given))
		default:
			out = append(out, "{"+texText(n.Family)+"}")
		}
	}
	return strings.Join(out, " and ")
}

// texName is a part of a person's name; one that holds what separates names
// is braced.
func texName(s string) string {
	t := texText(s)
	if strings.ContainsAny(s, ",") || strings.Contains(" "+strings.ToLower(s)+" ", " and ") {
		return "{" + t + "}"
	}
	return t
}

var texEscapes = strings.NewReplacer(`\`, `\textbackslash{}`, `{`, `\{`, `}`, `\}`, `$`, `\$`, `&`, `\&`, `#`, `\#`, `_`, `\_`, `%`, `\%`,
	`^`, `\textasciicircum{}`, `~`, `\textasciitilde{}`)

// texText escapes all that TeX would act on.
func texText(s string) string { return texEscapes.Replace(line(s)) }

var texAddresses = strings.NewReplacer(`\`, "%5C", `{`, "%7B", `}`, "%7D", `"`, "%22", " ", "%20", `^`, "%5E", `~`, "%7E", `$`, "%24")

// texAddress is an address as fields that TeX reads verbatim hold it.
func texAddress(s string) string { return texAddresses.Replace(line(s)) }
