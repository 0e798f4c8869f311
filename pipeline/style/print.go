package style

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"citecheck/pipeline/cite"
)

// parts are the pieces that a citation is printed from. All of them come from
// the note, or follow from the symbol itself; empty ones are left out.
type parts struct {
	symbol cite.Symbol
	kind   string // "resolution", "presidential statement", "meeting record", "press release", "report", ...
	body   string // "Security Council"
	number string // of a resolution: "2423", "60/1", "377 (V)"
	title  string
	author string // where the note names one and no body
	date   string // in the profile's format
	day    cite.Date
	year   int // where there is no date
	places string
	format DateFormat
}

// Print prints a citation of a UN document in the style, from what the note
// says of it. ok is false for what is no UN document, or has no form there.
func (p *Profile) Print(c *cite.Citation) (text string, ok bool) {
	if c.Symbol.IsZero() || len(c.Joint) > 0 || !c.Claims.Words.IsZero() || c.Claims.Date.IsZero() && c.Claims.DateText != "" {
		return "", false
	}
	places, ok := p.places.print(c.Pinpoints)
	if !ok {
		return "", false
	}
	format := p.Dates
	if format.Short == Either {
		format.Short = Full
	}
	x := parts{symbol: c.Symbol, kind: c.Symbol.Series(), body: c.Symbol.Body(), title: printedTitle(c), day: c.Claims.Date, places: places, format: format}
	if x.kind == "document" {
		x.kind = c.Claims.Type
	}
	if c.Claims.Body != "" {
		x.body = c.Claims.Body
	} else if c.Claims.Title != "" || c.Claims.Type != x.kind && x.kind != "resolution" && x.kind != "presidential statement" && x.kind != "meeting record" {
		x.body = "" // who wrote it the note leaves to the title
	}
	switch lead := leadOf(c); {
	case strings.Contains(lead, secretaryGeneral):
		x.author = secretaryGeneral
	case c.Claims.Body == "" && c.Claims.Author != "" && !strings.Contains(c.Claims.Title, c.Claims.Author):
		x.author = c.Claims.Author
	case c.Claims.Body == "" && letters.MatchString(lead):
		return "", false // an author that was not understood
	}
	if !c.Claims.Date.IsZero() {
		x.date = format.format(c.Claims.Date)
	}
	if c.Claims.Year != c.Claims.Date.Year || c.Claims.Date.IsZero() {
		if !c.Claims.Date.IsZero() {
			return "", false // year and date disagree
		}
		x.year = c.Claims.Year
	}
	if x.kind == "resolution" && c.Claims.Body != "" && c.Claims.Body != c.Symbol.Body() {
		return "", false // the words and the symbol name two organs
	}
	if x.kind == "resolution" && c.Symbol.Modifier() == "" {
		x.number = numberOf(c.Symbol)
	}
	text = p.print(x)
	return text, text != ""
}

const secretaryGeneral = "Secretary-General"

var letters = regexp.MustCompile(`\pL`)

// leadOf is what a citation prints before its document's title.
func leadOf(c *cite.Citation) string {
	at, text := c.Claims.TitleSpan, []rune(c.Text)
	if at == nil || at.Start < c.Span.Start || at.Start-c.Span.Start > len(text) || c.Claims.NameSpan != nil {
		return ""
	}
	return string(text[:at.Start-c.Span.Start])
}

// by is the author; the Secretary-General is the UN's.
func (x parts) by(un string) string {
	if x.author == secretaryGeneral {
		return un + x.author
	}
	return x.author
}

// printedTitle is the title as the note prints it, without its marks: an
// abbreviation keeps its stop.
func printedTitle(c *cite.Citation) string {
	at, text := c.Claims.TitleSpan, []rune(c.Text)
	if at == nil || at.Start < c.Span.Start || at.End > c.Span.End || at.End-c.Span.Start > len(text) {
		return c.Claims.Title
	}
	title := strings.Trim(string(text[at.Start-c.Span.Start:at.End-c.Span.Start]), " ,“”„\"«»*")
	if rest, ok := strings.CutPrefix(title, "‘"); ok {
		title = strings.TrimSuffix(rest, "’")
	}
	title = strings.TrimRight(title, " ,")
	if fold(title) != fold(c.Claims.Title) {
		return c.Claims.Title
	}
	return title
}

// numberOf is a resolution's number as words name it: "2423", "60/1",
// "377 (V)".
func numberOf(s cite.Symbol) string {
	text := s.String()
	i := strings.Index(text, "RES/")
	if i < 0 {
		return ""
	}
	text = text[i+len("RES/"):]
	if k := strings.IndexByte(text, '('); k > 0 {
		return strings.TrimSpace(text[:k]) + " " + text[k:]
	}
	return text
}

// when is the date, or the year where that is all that is known.
func (x parts) when() string {
	if x.date == "" && x.year > 0 {
		return strconv.Itoa(x.year)
	}
	return x.date
}

// bracketed is " (text)", or nothing.
func bracketed(text string) string {
	if text == "" {
		return ""
	}
	return " (" + text + ")"
}

// commas joins what is there.
func commas(items ...string) string {
	var out []string
	for _, x := range items {
		if x != "" {
			out = append(out, x)
		}
	}
	return strings.Join(out, ", ")
}

// prefix is before and text, or nothing.
func prefix(before, text string) string {
	if text == "" {
		return ""
	}
	return before + text
}

// called is what a document without a title is called.
func (x parts) called(record string) string {
	switch x.kind {
	case "presidential statement":
		return "Presidential Statement"
	case "meeting record":
		if n := x.symbol.Number(); n > 0 && strings.HasPrefix(x.symbol.String(), "S/PV.") && record != "" {
			return fmt.Sprintf(record, ordinal(n, "nd", "rd"))
		}
	}
	return ""
}

// ordinal is "8298th"; second and third end as a style likes.
func ordinal(n int, second, third string) string {
	end := "th"
	if n%100 < 11 || n%100 > 13 {
		switch n % 10 {
		case 1:
			end = "st"
		case 2:
			end = second
		case 3:
			end = third
		}
	}
	return strconv.Itoa(n) + end
}

func printIPI(x parts) string {
	symbol := "UN Doc. " + x.symbol.Printed(0)
	switch {
	case x.kind == "press release":
		return commas(prefix("UN ", x.body), x.title, "UN Press Release "+x.symbol.String(), x.when(), x.places)
	case x.number != "" && x.body != "" && x.title == "":
		return commas("UN "+x.body+" Resolution "+x.number+bracketed(x.when()), symbol, x.places)
	}
	return commas(prefix("UN ", x.body), x.by("UN "), first(x.title, x.called("%s Meeting")), symbol, x.when(), x.places)
}

// printUN names resolutions by number and year, other documents by title and
// symbol. A resolution of the Council without its year has no form.
func printUN(x parts) string {
	switch {
	case x.number != "" && x.body != "" && x.title == "":
		name := x.body + " resolution " + x.number
		if x.symbol.IsCouncilResolution() {
			switch {
			case x.day.Year > 0:
				name += bracketed(strconv.Itoa(x.day.Year))
			case x.year > 0:
				name += bracketed(strconv.Itoa(x.year))
			default:
				return ""
			}
		} else if x.year > 0 {
			return ""
		}
		if x.day.Day > 0 {
			name += " of " + x.date
		}
		return commas(name, x.places)
	case x.kind == "press release":
		return commas(x.body, x.title, "Press release "+x.symbol.String(), x.when(), x.places)
	}
	return commas(x.body, x.author, first(x.title, strings.ToLower(x.called("%s meeting"))), x.symbol.Printed(0), x.when(), x.places)
}

func printBluebook(x parts) string {
	organ := map[string]string{"Security Council": "S.C.", "General Assembly": "G.A.", "Economic and Social Council": "E.S.C.", "Human Rights Council": "Human Rights Council"}[x.body]
	symbol := "U.N. Doc. " + x.symbol.Printed(0)
	when := bracketed(x.when())
	council := strings.HasPrefix(x.symbol.String(), "S/")
	switch {
	case x.kind == "press release":
		return commas(prefix("U.N. ", x.body), x.title, "U.N. Press Release "+x.symbol.String(), x.places) + when
	case x.number != "" && organ != "" && x.title == "":
		return commas(organ+" Res. "+x.number, x.places, symbol) + when
	case x.kind == "presidential statement" && council && x.title == "":
		return commas("S.C. Pres. Statement "+strings.TrimPrefix(x.symbol.String(), "S/PRST/"), x.places, symbol) + when
	case x.kind == "meeting record" && council && x.title == "" && x.day.Year > 0:
		meeting := commas("U.N. SCOR", ordinal(x.day.Year-1945, "d", "d")+" Sess.", ordinal(x.symbol.Number(), "d", "d")+" mtg.")
		if x.places != "" {
			meeting += " " + x.places
		}
		return commas(meeting, symbol) + when
	}
	return commas(prefix("U.N. ", x.body), x.by("U.N. "), first(x.title, x.called("")), x.places, symbol) + when
}

func printOSCOLA(x parts) string {
	organ := map[string]string{"Security Council": "UNSC", "General Assembly": "UNGA", "Economic and Social Council": "ECOSOC", "Human Rights Council": "UNHRC"}[x.body]
	if organ == "" {
		organ = x.body
	}
	symbol := " UN Doc " + x.symbol.Printed(0)
	title := x.title
	if title != "" {
		title = "‘" + title + "’"
	}
	when := bracketed(x.when())
	var out string
	switch {
	case x.kind == "press release":
		out = strings.TrimSpace(commas(organ, title) + " UN Press Release " + x.symbol.String() + when)
	case x.number != "" && organ != "" && title == "":
		out = organ + " Res " + x.number + when + symbol
	case x.kind == "meeting record" && organ != "" && title == "":
		out = organ + " Verbatim Record" + when + symbol
	default:
		out = strings.TrimSpace(commas(organ, x.by("UN "), first(title, x.called(""))) + when + symbol)
	}
	return commas(out, x.places)
}

func printChicago(x parts) string {
	symbol := x.symbol.Printed(0)
	switch {
	case x.kind == "press release":
		return commas(prefix("UN ", x.body), x.title, "UN Press Release "+symbol, x.when(), x.places)
	case x.number != "" && x.body != "":
		number := "Resolution " + x.number
		if x.date == "" && x.year > 0 {
			number += bracketed(strconv.Itoa(x.year))
		}
		return commas("UN "+x.body, number, x.title, x.date, symbol, x.places)
	}
	return commas(prefix("UN ", x.body), x.by("UN "), first(x.title, x.called("%s Meeting")), symbol, x.when(), x.places)
}

func printAGLC(x parts) string {
	organ := map[string]string{"Security Council": "SC", "General Assembly": "GA", "Economic and Social Council": "ESC", "Human Rights Council": "HRC"}[x.body]
	symbol := "UN Doc " + x.symbol.Printed(0)
	var out string
	switch {
	case x.kind == "press release":
		out = commas(x.body, x.title, "UN Press Release "+x.symbol.String())
	case x.number != "" && organ != "" && x.title == "":
		out = commas(organ+" Res "+x.number, symbol)
	case x.kind == "meeting record" && strings.HasPrefix(x.symbol.String(), "S/PV.") && x.title == "" && x.day.Year > 0:
		out = commas("UN SCOR", ordinal(x.day.Year-1945, "nd", "rd")+" sess", ordinal(x.symbol.Number(), "nd", "rd")+" mtg", symbol)
	default:
		out = commas(prefix("UN ", x.body), x.by("UN "), first(x.title, x.called("")), symbol)
	}
	out += bracketed(x.when())
	if x.places != "" {
		out += " " + x.places
	}
	return out
}

func first(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// placeWords are a style's words for places.
type placeWords struct {
	para, paras, page, pages, dash string
	spaced                         bool // "38 (d) (ii)"
	square                         bool // "[38]"
}

// print prints pinpoints, runs of one unit together.
func (w placeWords) print(pins []cite.Pin) (string, bool) {
	var out []string
	for i := 0; i < len(pins); {
		j := i + 1
		for j < len(pins) && pins[j].Unit == pins[i].Unit && pins[i].From != "" && pins[j].From != "" {
			j++
		}
		text, ok := w.run(pins[i:j])
		if !ok {
			return "", false
		}
		out = append(out, text)
		i = j
	}
	return strings.Join(out, ", "), true
}

// unitWords are the words for one and for several places of the other units.
var unitWords = map[cite.Unit][2]string{
	cite.UnitAnnex: {"annex ", "annexes "}, cite.UnitArticle: {"art. ", "arts. "}, cite.UnitChapter: {"chap. ", "chaps. "},
	cite.UnitSection: {"sect. ", "sects. "}, cite.UnitTable: {"table ", "tables "}, cite.UnitFigure: {"figure ", "figures "},
	cite.UnitNote: {"n. ", "nn. "}, cite.UnitPreamble: {"preambular para. ", "preambular paras. "}, cite.UnitLine: {"line ", "lines "},
}

// run prints the places of one unit.
func (w placeWords) run(pins []cite.Pin) (string, bool) {
	one, many := "", ""
	switch unit := pins[0].Unit; {
	case pins[0].From == "" && (unit == cite.UnitAnnex || unit == cite.UnitPreamble):
		return map[cite.Unit]string{cite.UnitAnnex: "annex", cite.UnitPreamble: "preamble"}[unit], len(pins) == 1
	case pins[0].From == "":
		return "", false
	case unit == cite.UnitPara:
		one, many = w.para, w.paras
	case unit == cite.UnitPage:
		one, many = w.page, w.pages
	default:
		words, ok := unitWords[unit]
		if !ok {
			return "", false // a part stands in the number itself
		}
		one, many = words[0], words[1]
	}
	if w.square && pins[0].Unit == cite.UnitPara && plain(pins) {
		return w.squared(pins), true
	}
	several := false
	var items []string
	for i, p := range pins {
		if p.From != p.To || p.From != pins[0].From {
			several = true
		}
		sub := p.Sub
		if w.spaced {
			sub = strings.ReplaceAll(prefix(" ", sub), ")(", ") (")
		}
		switch {
		case i > 0 && p.From == pins[i-1].From && p.To == pins[i-1].To && p.Sub != "" && pins[i-1].Sub != "":
			items = append(items, strings.TrimSpace(sub)) // "3 (a) and (c)"
		case p.From != p.To && strings.Contains(p.Sub, "–"):
			return "", false // which of the two ends has which letter is not told
		default:
			text := fmt.Sprint(p.From)
			if p.From != p.To {
				text += w.dash + fmt.Sprint(p.To)
			}
			items = append(items, text+sub)
		}
	}
	word := one
	if several {
		word = many
	}
	return word + and(items), true
}

// plain tells whether places are numbers without letters, which alone go into
// square brackets.
func plain(pins []cite.Pin) bool {
	for _, p := range pins {
		_, isInt := p.From.(int)
		if !isInt || p.Sub != "" {
			return false
		}
	}
	return true
}

func (w placeWords) squared(pins []cite.Pin) string {
	var items []string
	for _, p := range pins {
		text := fmt.Sprintf("[%v]", p.From)
		if p.From != p.To {
			text += w.dash + fmt.Sprintf("[%v]", p.To)
		}
		items = append(items, text)
	}
	return strings.Join(items, ", ")
}

func and(items []string) string {
	if len(items) < 2 {
		return strings.Join(items, "")
	}
	return strings.Join(items[:len(items)-1], ", ") + " and " + items[len(items)-1]
}
