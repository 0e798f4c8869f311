package citation

import (
	"strings"
	"unicode"

	"citecheck/pipeline/cite"
)

// treatySeriesEntry reads how UN documents cite treaties: "United Nations,
// Treaty Series, vol. 1771, No. 30822". Each number is a treaty of its own.
func treatySeriesEntry(w *cite.Work, core string) bool {
	rest, ok := strings.CutPrefix(core, "United Nations, ")
	if !ok {
		if rest, ok = strings.CutPrefix(core, "Nations Unies, "); !ok {
			if rest, ok = strings.CutPrefix(core, "Naciones Unidas, "); !ok {
				rest, ok = strings.CutPrefix(core, "League of Nations, ")
			}
		}
	}
	series, after, found := strings.Cut(rest, ", ")
	if !ok || !found || !strings.HasPrefix(series, "Treaty Series") && !strings.HasPrefix(series, "Recueil des Traités") && !strings.HasPrefix(series, "Treaties Series") {
		return false
	}
	w.Type, w.Title, w.ContainerTitle = "treaty", strings.Trim(core, " .,"), series
	for _, p := range parts(after) {
		low := lower(p)
		switch {
		case strings.HasPrefix(low, "vol"):
			w.Volume = numberAfter(p, anyWordAt(p, 0, "vols", "vol", "volume"))
		case strings.HasPrefix(low, "no"):
			w.Number = numberAfter(p, anyWordAt(p, 0, "nos", "no"))
		}
	}
	if at := strings.Index(w.Title, ", p. "); at > 0 {
		w.Title = w.Title[:at]
	}
	return true
}

// salesPublication reads "Report of the World Summit on Sustainable
// Development, Johannesburg, 26 August–4 September 2002 (United Nations
// publication, Sales No. E.03.II.A.1 and corrigendum), chap. I".
func salesPublication(w *cite.Work, core string) bool {
	open := strings.Index(core, "(United Nations publication")
	if open < 10 || prose(core[:open]) || !isUpperRune(core, 0) {
		return false
	}
	end := closeOf(core, open)
	if end < 0 {
		return false
	}
	inside := core[open+1 : end-1]
	if at := strings.Index(inside, "Sales No. "); at >= 0 {
		w.Number = numberAfter(inside, at+len("Sales No. "))
	}
	ps := parts(core[:open])
	w.Type, w.Title, w.Publisher = "book", trimTitle(ps[0]), "United Nations"
	if d, ok := lastDate(strings.TrimRight(core[:open], " ,")); ok {
		w.Issued = d.date.CSL()
	}
	return utf8Len(w.Title) > 3
}

// bibliography reads an entry whose parts are sentences, as bibliographies set
// them: "Lind, Rosa. Counting Guns. Anytown: Example Press, 2009.", "Holm,
// Peter. “Convoys.” In The Handbook, edited by Joan Part, 210–25. Anytown: …".
func bibliography(w *cite.Work, core string) bool {
	if len(core) > 600 || !isUpperRune(core, 0) || prose(core) {
		return false
	}
	ss := sentences(core)
	if len(ss) < 3 || len(ss) > 6 {
		return false
	}
	author, year := ss[0], dated{}
	if d, ok := lastDate(strings.TrimRight(author, ".")); ok && d.to == len(strings.TrimRight(author, ".")) { // "Lind, R. and Ott, K., 2009."
		author, year = strings.TrimRight(author[:d.from], " ,("), d
	}
	name := strings.TrimRight(author, ".")
	if !inverted(author) && !inverted(name+".") && !(institution(name) && len(strings.Fields(name)) < 8 && authorLike(name+",")) {
		return false
	}
	last := strings.Trim(ss[len(ss)-1], " .")
	if at := strings.Index(last, " ed. "); at > 0 && at < 12 {
		last = last[at+len(" ed. "):] // "2nd ed. Anytown: …"
	}
	place, press, ok := placeAndPress(last)
	if !ok || year.year == 0 && !anyYear(press) {
		return false
	}
	probe := *w
	var f trailer
	if year.year > 0 {
		setIssued(&probe, year)
		probe.PublisherPlace, probe.Publisher, f.bound = place, press, true
	} else if !imprint(&probe, &f, last) {
		return false
	}
	title, after := ss[1], strings.Join(ss[2:len(ss)-1], ", ")
	t, quoted := quotedTitle(title)
	if quoted = quoted && t.from == 0; quoted {
		title, after = t.text, join(strings.Trim(title[t.to:], " ."), after)
	}
	probe.Title = trimTitle(title)
	if utf8Len(probe.Title) < 3 {
		return false
	}
	probe.Author = names(author)
	if inverted(name + ".") {
		probe.Author = invertedNames(author)
	}
	bound := f.bound
	f = readTail(&probe, after, quoted)
	f.bound = bound
	settle(&probe, f, quoted)
	*w = probe
	return true
}

// placeAndPress reads "Anytown: Example Press, 2009".
func placeAndPress(s string) (place, press string, ok bool) {
	place, press, ok = strings.Cut(s, ": ")
	return place, press, ok && len(strings.Fields(place)) < 5 && len(strings.Fields(press)) < 10 && isUpperRune(place, 0) && isUpperRune(press, 0)
}

// articleOf reads "Article 31(2) of the 1969 Vienna Convention on the Law of
// Treaties".
func articleOf(w *cite.Work, core string) bool {
	if len(core) > 250 || prose(core) {
		return false
	}
	pins, end := pinsAt(core, 0)
	if len(pins) == 0 || pins[0].Unit != cite.UnitArticle {
		return false
	}
	i := skipMarks(core, end)
	if wordAt(core, i, "of") {
		i = skipSpaces(core, i+2)
	} else if i == skipSpaces(core, end) {
		return false
	}
	if wordAt(core, i, "the") {
		i = skipSpaces(core, i+3)
	}
	name := strings.Trim(core[i:], " .,")
	law, treaty := false, false
	eachWord(name, func(word string) bool {
		low := strings.ToLower(word)
		if statuteWord[low] && unicode.IsUpper(runeAt(word, 0)) {
			law = true
			treaty = treaty || low == "convention" || low == "protocol" || low == "treaty" || low == "covenant" || low == "charter"
		}
		return true
	})
	if !law || len(strings.Fields(name)) > 32 {
		return false
	}
	w.Type = "legislation"
	if treaty {
		w.Type = "treaty"
	}
	if d, ok := lastDate(name); ok {
		w.Issued = d.date.CSL()
		if d.to == len(name) {
			name = strings.TrimRight(name[:d.from], " ,(")
			name = strings.TrimSuffix(name, " of")
		}
	}
	w.Title = trimTitle(name)
	return utf8Len(w.Title) > 3
}

// paperWord are the words for internal papers, which are cited without an
// author and without marks.
var paperWord = wordSet("policy framework report statement agreement memorandum minutes manual guidelines strategy plan note review survey communiqué declaration handbook evaluation study presentation bulletin compact guide proceedings letter circular directive procedure roadmap toolkit assessment rapport mémorandum communique informe comunicado")

// paper reads "UNEP Partnership Policy (2024, internal document)", "Report of
// the 24th Conference, Manila, 7–14 November 1981, p. 50": a name with a word
// for a paper in it, a date, and nothing else but a place.
func paper(w *cite.Work, core string) bool {
	if len(core) > 260 || prose(core) || !isUpperRune(core, 0) {
		return false
	}
	head, inside := core, ""
	if open := strings.IndexByte(core, '('); open > 8 {
		end := closeOf(core, open)
		if end < 0 {
			return false
		}
		rest := strings.Trim(core[end:], " ,.")
		pins, e := pinsAt(rest, 0)
		switch {
		case rest == "" || len(pins) > 0 && e >= len(rest)-1 || lower(rest) == "no reference number":
			head, inside = core[:open], core[open+1:end-1]
		default:
			return false
		}
	}
	d, dated := lastDate(inside)
	internal := strings.Contains(inside, "internal document") || strings.Contains(inside, "document interne")
	if inside != "" && (!dated || strings.TrimSpace(inside[:d.from]) != "" && !internal && !strings.Contains(inside, "released")) && !internal {
		return false
	}
	if !dated {
		for _, p := range parts(head) {
			if x, ok := lastDate(p); ok {
				d, dated = x, true
			}
		}
		if !dated {
			return false
		}
	}
	ps := parts(head)
	for len(ps) > 1 {
		last := ps[len(ps)-1]
		if pins, e := pinsAt(last, 0); len(pins) > 0 && e >= len(last)-1 {
			ps = ps[:len(ps)-1]
			continue
		}
		break
	}
	if len(ps) == 0 || len(strings.Fields(strings.Join(ps, " "))) > 26 || len(ps) > 5 {
		return false
	}
	// The paper's own word stands in the first part, and a date closes it.
	title := ps[0]
	if len(ps) > 1 && (institution(ps[0]) && len(strings.Fields(ps[0])) < 6) && !hasPaperWord(ps[0]) {
		w.Author = names(ps[0])
		ps = ps[1:]
		title = ps[0]
	}
	if !hasPaperWord(title) || len(strings.Fields(title)) < 2 {
		w.Author = nil
		return false
	}
	if inside == "" {
		last := ps[len(ps)-1]
		if ld, ok := lastDate(last); !ok || ld.to < len(last) || len(ps) == 1 {
			w.Author = nil
			return false
		}
	}
	w.Type, w.Title = "report", trimTitle(title)
	w.Issued = d.date.CSL()
	return utf8Len(w.Title) > 3
}

// numberedReport reads "Crisis Group Africa Report N°305, Reforming the Force,
// 15 December 2021": the series with its number stands before the title.
func numberedReport(w *cite.Work, ps []string) bool {
	for len(ps) > 1 {
		if pins, e := pinsAt(ps[len(ps)-1], 0); len(pins) == 0 || e < len(ps[len(ps)-1])-1 {
			break
		}
		ps = ps[:len(ps)-1]
	}
	k := 0
	if len(ps) > 3 && institution(ps[0]) && !seriesPart(ps[0]) {
		k = 1
	}
	if len(ps) < k+3 || !seriesPart(ps[k]) || !strings.ContainsAny(ps[k], "0123456789") {
		return false
	}
	d, ok := lastDate(ps[len(ps)-1])
	title := trimTitle(strings.Join(ps[k+1:len(ps)-1], ", "))
	if !ok || d.from > 0 || d.to < len(ps[len(ps)-1]) || utf8Len(title) < 4 || !isUpperRune(title, 0) {
		return false
	}
	series := ps[k]
	if k == 1 {
		w.Author = names(ps[0])
	} else if at := strings.Index(series, "Crisis Group "); at >= 0 {
		at += len("Crisis Group ")
		w.Author, series = names(strings.TrimSpace(series[:at])), series[at:]
	}
	addSeries(w, series)
	w.Type, w.Title, w.Issued = "report", title, d.date.CSL()
	return true
}

func hasPaperWord(s string) bool {
	found := false
	eachWord(s, func(word string) bool {
		found = found || paperWord[strings.ToLower(word)]
		return !found
	})
	return found
}
