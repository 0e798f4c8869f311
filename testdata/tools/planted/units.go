package planted

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

var slot = regexp.MustCompile(`\{(yy|y|my|d|t|T|n|q|v|z|f|k)([+-]\d+)?\}`)

// sentence fills a sentence of a bank for a document, dated by date.
func (w *writer) sentence(bank string, d *Doc, date string, more map[string]string) string {
	s := w.pick(bank)
	y, m, _ := parts(date)
	out := slot.ReplaceAllStringFunc(s, func(p string) string {
		x := slot.FindStringSubmatch(p)
		off, _ := strconv.Atoi(x[2])
		switch x[1] {
		case "y":
			return fmt.Sprint(y + off)
		case "yy":
			return fmt.Sprintf("%02d", (y+off)%100)
		case "my":
			return fmt.Sprintf("%s %d", months[m], y)
		case "d":
			return one(w, dmy, mdy)(date)
		case "t":
			return d.Topic
		case "n":
			return fmt.Sprint(d.Number)
		}
		return more[x[1]]
	})
	return up(out)
}

// take draws a document of a kind that this report has not cited yet.
func (w *writer) take(kind string, fits func(*Doc) bool) *Doc {
	all := w.lib.of(kind)
	for i := range 4000 {
		d := all[w.IntN(len(all))]
		if i < 3000 && w.used[d.ID] || fits != nil && !fits(d) {
			continue
		}
		w.used[d.ID] = true
		d.served = d.file != ""
		return d
	}
	panic("no document of kind " + kind)
}

func (w *writer) style() string { return Styles[w.IntN(len(Styles))] }

// dated are the styles whose citations print the whole date of a document.
func (w *writer) dated() string { return one(w, "ipi", "chicago", "bluebook", "oscola", "aglc", "apa") }

// citation is what a note says of a document, with the truth.
func (w *writer) citation(s said, style, class string) *Citation {
	c := &Citation{Kind: "un", ID: "un:" + s.ID, Text: w.cite(s, style), AcceptVia: []string{"symbol", "name", "url"}, Shape: style, Pinpoints: []Pin{}}
	c.Via = "name"
	if regexp.MustCompile(`\b[AS]/`).MatchString(c.Text) {
		c.Via = "symbol"
	}
	if s.pin[0] > 0 {
		c.Pinpoints = []Pin{{"para", s.pin[0], max(s.pin[0], s.pin[1])}}
	}
	settled := "the archive"
	switch {
	case class != "":
		c.Error, c.Expect, c.Accept, c.Settled, c.Offline = &class, "contradicted", Bad, &settled, true
	case (s.Kind == "sc") && s.pin[0] > 0:
		c.Expect, c.Accept = "unreachable", []string{"unreachable", "unverifiable"}
	default:
		c.Expect, c.Accept, c.Settled, c.Offline = "verified", []string{"verified"}, &settled, true
	}
	return c
}

// note makes a note of its pieces, strings and citations.
func note(kind string, pieces ...any) *Note {
	n := &Note{Kind: kind, Quotes: []string{}, Citations: []*Citation{}}
	for _, p := range pieces {
		switch p := p.(type) {
		case string:
			n.Text += p
		case *Citation:
			n.Text += p.Text
			n.Citations = append(n.Citations, p)
		}
	}
	return n
}

// under sets a note beneath a sentence.
func under(text string, notes ...*Note) passage {
	for _, n := range notes {
		n.Sentence = strings.ReplaceAll(text, "{#}", "")
		n.UpTo = n.Sentence
	}
	return passage{text: text, notes: notes}
}

func (w *writer) single(d *Doc, style, bank string) unit {
	c := w.citation(d.said(), style, "")
	s := w.sentence(bank, d, d.Date, nil)
	c.Shape += " | " + s
	return unit{under(s, note("un", c, "."))}
}

// clean is a unit in which everything is right.
func (w *writer) clean() unit {
	switch x := w.IntN(100); {
	case x < 34:
		return w.single(w.take("sc", nil), w.style(), "sc")
	case x < 38:
		return w.single(w.take("sc", nil), w.style(), one(w, "sc_dated", "sc_actor_ok"))
	case x < 43:
		return w.vote()
	case x < 47:
		return w.single(w.take("prst", nil), w.style(), "prst")
	case x < 51:
		return w.single(w.take("ga", nil), w.style(), "ga")
	case x < 59:
		return w.single(w.take("sg", nil), w.style(), "sg")
	case x < 70:
		return w.quoted()
	case x < 74:
		d := w.take(w.text(), nil)
		s := d.said()
		s.pin[0] = 1 + w.IntN(d.Last)
		if w.chance(0.3) {
			s.pin[1] = min(d.Last, s.pin[0]+1+w.IntN(3))
		}
		c := w.citation(s, w.style(), "")
		return unit{under(w.sentence(w.about(d), d, d.Date, nil), note("un", c, "."))}
	case x < 78: // two notes to one sentence
		a, b := w.take("sc", nil), w.take("sc", nil)
		text := w.sentence("two", a, a.Date, nil)
		return unit{under(text, note("un", w.citation(a.said(), w.style(), ""), "."), note("un", w.citation(b.said(), w.style(), ""), "."))}
	case x < 81: // two years, each with its note
		a := w.take("sc", func(a *Doc) bool { return a.year() < 2015 })
		b := w.take("sc", func(b *Doc) bool { return b.year() > a.year() })
		text := w.sentence("years", a, a.Date, map[string]string{"z": fmt.Sprint(b.year())})
		return unit{under(text, note("un", w.citation(a.said(), w.style(), ""), "."), note("un", w.citation(b.said(), w.style(), ""), "."))}
	case x < 85: // several documents in one note
		a, b := w.take("sc", nil), w.take(one(w, "sc", "sg", "prst", "ga"), nil)
		ca, cb := w.citation(a.said(), w.style(), ""), w.citation(b.said(), w.style(), "")
		return unit{under(w.sentence("many", a, a.Date, nil), note("multi", one(w, "See ", "Cf. ", "", "See, for example, "), ca, one(w, "; see also ", "; "), cb, "."))}
	case x < 88:
		return w.listing()
	case x < 91:
		return w.ibid()
	case x < 94:
		return w.supra("")
	case x < 96:
		return w.figure("")
	case x < 98: // a report under the right name
		d := w.take("sg", nil)
		s := w.sentence("name_ok", d, d.Date, map[string]string{"k": "report"})
		return unit{under(s, note("un", w.citation(d.said(), w.style(), ""), "."))}
	}
	return w.work()
}

func (w *writer) text() string { return one(w, "sg", "sg", "ga", "scp") }

func (w *writer) about(d *Doc) string {
	switch d.Kind {
	case "sg":
		return "sg"
	case "ga":
		return "ga"
	}
	return "back"
}

func (w *writer) vote() unit {
	d := w.take("sc", func(d *Doc) bool { return d.Votes[0] > 0 && d.year() > 1966 && (w.chance(0.3) || d.Votes[0] < 15) })
	bank := "sc_vote"
	v := d.Votes
	if v[1]+v[2] == 0 && v[0] == 15 && w.chance(0.6) {
		bank = "sc_unan"
	} else if v[1]+v[2] > 0 && w.chance(0.3) {
		bank = "sc_split"
	}
	s := w.sentence(bank, d, d.Date, map[string]string{"v": ballot(w, v)})
	c := w.citation(d.said(), w.style(), "")
	c.Shape += " | " + s
	return unit{under(s, note("un", c, "."))}
}

func ballot(w *writer, v [3]int) string {
	none := func(n int) string {
		if n == 0 {
			return "none"
		}
		return fmt.Sprint(n)
	}
	ab := fmt.Sprintf("%d abstentions", v[2])
	if v[2] == 1 {
		ab = "1 abstention"
	}
	switch {
	case v[2] == 0 && v[1] == 0:
		return fmt.Sprintf("%d votes to none", v[0])
	case v[2] == 0:
		return fmt.Sprintf("%d votes to %d", v[0], v[1])
	}
	return one(w, fmt.Sprintf("%d votes to %s, with %s", v[0], none(v[1]), ab), fmt.Sprintf("%d votes in favour, %s against and %s", v[0], none(v[1]), ab))
}

// bend shortens or changes a quotation in the ways that good style allows.
func (w *writer) bend(q string) string {
	words := strings.Fields(q)
	switch w.IntN(9) {
	case 0: // an ellipsis
		i := 2 + w.IntN(len(words)-4)
		return strings.Join(words[:i], " ") + one(w, " … ", " ... ", " . . . ", " […] ", " [...] ") + strings.Join(words[i+1:], " ")
	case 1: // the first letter changed
		return "[" + strings.ToUpper(words[0][:1]) + "]" + strings.Join(words, " ")[1:]
	case 2:
		return up(q)
	case 3: // an insertion of the author's
		i := 2 + w.IntN(len(words)-3)
		return strings.Join(words[:i], " ") + one(w, " [sic] ", " [of the mission] ", " [emphasis added] ") + strings.Join(words[i:], " ")
	case 4: // a word replaced in brackets
		i := 1 + w.IntN(len(words)-2)
		words[i] = "[" + one(w, "they", "the mission", "its") + "]"
		return strings.Join(words, " ")
	case 5: // an ending changed in brackets
		i := 1 + w.IntN(len(words)-2)
		if len(words[i]) > 5 && plainWord.MatchString(words[i]) {
			words[i] = words[i][:len(words[i])-1] + "[s]"
		}
		return strings.Join(words, " ")
	case 6:
		return "… " + q
	}
	return q
}

func (w *writer) source() (d *Doc, n int, q string) {
	for range 200 {
		d = w.take(w.text(), nil)
		if n, q = w.quotable(d); n > 0 {
			return d, n, q
		}
	}
	panic("no document to quote")
}

func (w *writer) quoted() unit {
	d, n, q := w.source()
	s := d.said()
	switch w.IntN(4) {
	case 0:
	case 1:
		s.pin = [2]int{max(1, n-1), min(d.Last, n+1)}
	default:
		s.pin[0] = n
	}
	q = w.bend(q)
	c := w.citation(s, w.style(), "")
	bank := "quote"
	if d.Kind != "sg" {
		bank = "quote_sc"
	}
	text := w.sentence(bank, d, d.Date, map[string]string{"q": q})
	c.Shape += " | " + text
	u := note("un", c, ".")
	u.Quotes = []string{q}
	return unit{under(text, u)}
}

func (w *writer) listing() unit {
	var pieces []any
	n := 3 + w.IntN(2)
	var first *Doc
	pieces = append(pieces, one(w, "Security Council resolutions ", "See UN Security Council Resolutions ", "Security Council resolutions ", "SC Res "))
	for i := range n {
		d := w.take("sc", nil)
		if i == 0 {
			first = d
		}
		c := w.citation(d.said(), "un", "")
		c.Text, c.Via = fmt.Sprintf("%d (%d)", d.Number, d.year()), "name"
		pieces = append(pieces, c)
		switch {
		case i < n-2:
			pieces = append(pieces, ", ")
		case i == n-2:
			pieces = append(pieces, " and ")
		}
	}
	return unit{under(w.sentence("many", first, first.Date, nil), note("list", append(pieces, ".")...))}
}

func (w *writer) ibid() unit {
	d := w.take(w.text(), nil)
	a := note("un", w.citation(d.said(), w.style(), ""), ".")
	s := d.said()
	s.pin[0] = 1 + w.IntN(d.Last)
	c := w.citation(s, "un", "")
	c.Text, c.Via, c.AcceptVia = one(w, "Ibid.", "Id.", "*Ibid.*")+", "+s.para("un"), "ibid", []string{"ibid"}
	c.CSL = &backref{a, 0}
	return unit{under(w.sentence(w.about(d), d, d.Date, nil), a), under(w.pick("back"), note("ibid", c, "."))}
}

// supra refers to an earlier note of the unit; by mistake to one beside it.
func (w *writer) supra(class string) unit {
	d := w.take("sg", nil)
	a := note("un", w.citation(d.said(), w.style(), ""), ".")
	u := unit{under(w.sentence("sg", d, d.Date, nil), a)}
	off := 0
	if class != "" {
		off = 1
	}
	for range 2 {
		b := w.take("sc", nil)
		u = append(u, under(w.sentence("sc", b, b.Date, nil), note("un", w.citation(b.said(), w.style(), ""), ".")))
	}
	s := d.said()
	s.pin[0] = 1 + w.IntN(d.Last)
	c := w.citation(s, "un", class)
	lead := "Secretary-General, " + strings.TrimSuffix(d.Title, ".")
	if w.chance(0.5) {
		lead = "Report of the Secretary-General"
	}
	c.Text, c.Via, c.AcceptVia = lead+one(w, ", supra note %NOTE%, ", ", *supra* note %NOTE%, ", " (n %NOTE%) ")+s.para("un"), "supra", []string{"supra", "name", "short"}
	c.CSL = &backref{a, off}
	if class != "" {
		c.AcceptIDs = []string{"*"}
	}
	return append(u, under(w.pick("back"), note("supra", c, ".")))
}

func (w *writer) work() unit {
	y := 1998 + w.IntN(26)
	title := one(w, "Patrols Without Roads", "The Price of Presence", "Quiet Exits", "Borrowed Helicopters", "A Season of Rotations")
	name := one(w, "Ilse Achterberg", "Farouk Mwakasege", "Elspeth Dunleavy-Ross")
	text := one(w, fmt.Sprintf("%s, “%s,” *Journal of Mandate Studies* %d, no. %d (%d): %d", name, title, y-1970, 1+w.IntN(4), y, 10+w.IntN(300)),
		fmt.Sprintf("%s, *%s* (Halden & Moss, %d), p. %d", name, title, y, 4+w.IntN(300)),
		fmt.Sprintf("“%s,” *Harbour Tribune*, %s %d, %d", title, months[1+w.IntN(12)], 1+w.IntN(28), y))
	c := &Citation{Kind: "work", ID: "csl", Text: text, Via: "csl", AcceptVia: []string{"csl", "url"}, Pinpoints: []Pin{}, Expect: "unverifiable", Accept: []string{"unverifiable"},
		CSL: map[string]any{"title": title}, Shape: "work"}
	bank := "work"
	if w.chance(0.3) {
		bank = "scare"
	}
	return unit{under(w.sentence(bank, &Doc{}, fmt.Sprintf("%d-01-01", y), nil), note("work", c, "."))}
}

var aFigure = regexp.MustCompile(`\b((?:\d{1,3},\d{3}|[2-9]\d\d)) ((?:military|police|civilian|international|local|troops|officers|persons|personnel|observers|staff|refugees|schools|households|people|returns|houses)(?: [a-z]+)?)\b`)

// figure is a sentence with a number that the document gives, or by mistake
// another.
func (w *writer) figure(class string) unit {
	for range 300 {
		d := w.take("sg", nil)
		all := aFigure.FindAllStringSubmatch(d.all, -1)
		if len(all) == 0 {
			continue
		}
		m := all[w.IntN(len(all))]
		number := m[1]
		if class != "" {
			for range 20 {
				i := w.IntN(len(number))
				if number[i] == ',' {
					continue
				}
				x := number[:i] + fmt.Sprint(1+w.IntN(9)) + number[i+1:]
				if !strings.Contains(d.all, x) && !strings.Contains(d.all, strings.ReplaceAll(x, ",", "")) {
					number = x
					break
				}
			}
			if number == m[1] {
				continue
			}
		}
		text := w.sentence("figure", d, d.Date, map[string]string{"f": number + " " + m[2]})
		c := w.citation(d.said(), w.style(), class)
		c.Shape += " | " + text
		return unit{under(text, note("un", c, "."))}
	}
	return w.clean()
}

// mistake is a unit with one mistake of a class.
func (w *writer) mistake(class string) unit {
	put := func(s said, style, text string) unit {
		c := w.citation(s, style, class)
		c.Shape += " | " + text
		return unit{under(text, note("un", c, "."))}
	}
	plain := func(d *Doc) string { return w.sentence("back", d, d.Date, nil) }
	switch class {
	case "wrong_year":
		d := w.take("sc", nil)
		s := d.said()
		for s.year == d.year() {
			s.year = d.year() + one(w, -10, -3, -2, -1, 1, 2, 4)
		}
		style := one(w, "un", "ipi", "oscola", "bluebook", "french", "spanish", "isolated")
		y, m, day := parts(d.Date)
		_ = y
		if style != "un" && style != "isolated" {
			s.date = fmt.Sprintf("%d-%02d-%02d", s.year, m, min(day, 28))
		}
		if style == "isolated" {
			c := w.citation(d.said(), "isolated", class)
			c.Text = one(w, fmt.Sprintf("UNSCR %d (%d)", d.Number, s.year), fmt.Sprintf("S/RES/%d (%d)", d.Number, s.year), fmt.Sprintf("SCR %d/%d", d.Number, s.year))
			return unit{under(plain(d), note("un", c, "."))}
		}
		return put(s, style, plain(d))
	case "wrong_date":
		d := w.take(one(w, "sc", "sc", "sg", "ga", "prst"), nil)
		s := d.said()
		y, m, day := parts(d.Date)
		if w.chance(0.5) {
			m = 1 + (m+2+w.IntN(7))%12
		} else {
			day = 1 + (day+4+w.IntN(20))%28
		}
		s.date = fmt.Sprintf("%d-%02d-%02d", y, m, min(day, 28))
		if s.date == d.Date {
			return w.mistake(class)
		}
		return put(s, one(w, "ipi", "bluebook", "oscola", "aglc", "chicago", "apa", "french", "spanish"), plain(d))
	case "wrong_number": // another document's number beside this one's date
		d := w.take("sc", nil)
		o := w.take("sc", func(o *Doc) bool { return o.Date != d.Date })
		s := o.said()
		s.date, s.year = d.Date, d.year()
		return put(s, w.dated(), w.sentence(one(w, "back", "sc_dated"), d, d.Date, nil))
	case "nonexistent_number":
		if w.chance(0.3) {
			d := w.take("prst", nil)
			s := d.said()
			s.symbol = fmt.Sprintf("S/PRST/%d/%d", d.year(), 70+w.IntN(25))
			u := put(s, one(w, "ipi", "oscola", "bluebook", "un"), plain(d))
			u[0].notes[0].Citations[0].ID = "un:" + s.symbol
			return u
		}
		d := w.take("sc", func(d *Doc) bool { return d.year() > 1999 })
		s := d.said()
		s.number = 2960 + w.IntN(1000)
		s.symbol = fmt.Sprintf("S/RES/%d", s.number)
		u := put(s, one(w, "ipi", "bluebook", "oscola", "aglc", "chicago", "apa"), plain(d))
		u[0].notes[0].Citations[0].ID = "un:" + s.symbol
		return u
	case "number_symbol_mismatch":
		d := w.take("sc", func(d *Doc) bool { return d.Number > 100 })
		s := d.said()
		b := []byte(fmt.Sprint(d.Number))
		i := w.IntN(len(b) - 1)
		b[i], b[i+1] = b[i+1], b[i]
		n, _ := strconv.Atoi(string(b))
		if n == d.Number || !w.lib.taken[n] || b[0] == '0' {
			return w.mistake(class)
		}
		s.symbol = fmt.Sprintf("S/RES/%d", n)
		u := put(s, one(w, "ipi", "bluebook", "oscola", "aglc", "chicago", "apa"), plain(d))
		u[0].notes[0].Citations[0].AcceptIDs = []string{"un:" + s.symbol, "un:" + d.ID, "unresolved:*"}
		return u
	case "para_beyond_end":
		d := w.take(w.text(), func(d *Doc) bool { return d.Last < 200 })
		s := d.said()
		s.pin[0] = d.Last + one(w, 3, 7, 20, 60)
		return put(s, w.style(), w.sentence(w.about(d), d, d.Date, nil))
	case "quote_altered":
		for range 100 {
			d, n, q := w.source()
			words := strings.Fields(q)
			i := 1 + w.IntN(len(words)-2)
			bare := strings.Trim(words[i], ",")
			if len(bare) < 5 {
				continue
			}
			words[i] = one(w, "weather", "timber", "harvest", "partial", "economic", "provincial", "increased", "reduced", "military", "informal", "temporary", "continued")
			if words[i] == bare || strings.Contains(d.all, strings.Join(words, " ")) {
				continue
			}
			q = strings.Join(words, " ")
			s := d.said()
			if w.chance(0.6) {
				s.pin[0] = n
			}
			u := put(s, w.style(), w.sentence("quote", d, d.Date, map[string]string{"q": q}))
			u[0].notes[0].Quotes = []string{q}
			return u
		}
	case "quote_elsewhere":
		for range 100 {
			d, n, q := w.source()
			s := d.said()
			s.pin[0] = 1 + w.IntN(d.Last)
			if s.pin[0] > n-3 && s.pin[0] < n+3 {
				continue
			}
			u := put(s, w.style(), w.sentence("quote", d, d.Date, map[string]string{"q": q}))
			u[0].notes[0].Quotes = []string{q}
			return u
		}
	case "sentence_year_conflict":
		d := w.take("sc", func(d *Doc) bool { return d.year() > 1965 && d.year() < 2021 })
		y, m, day := parts(d.Date)
		return put(d.said(), w.style(), w.sentence("sc_dated", d, fmt.Sprintf("%d-%02d-%02d", y+one(w, -4, -2, -1, 1, 2, 3), m, day), nil))
	case "wrong_body":
		d := w.take("sc", nil)
		s := d.said()
		s.body = "General"
		return put(s, one(w, "ipi", "bluebook", "oscola", "aglc", "chicago", "un", "french", "spanish"), plain(d))
	case "malformed_symbol":
		d := w.take(one(w, "sc", "sg", "prst", "sc"), nil)
		s := d.said()
		switch {
		case d.Kind == "sc":
			s.symbol = fmt.Sprintf(one(w, "S/RES%d", "SRES/%d", "S/RES//%d", "S/RE5/%d"), d.Number)
		case d.Kind == "prst":
			s.symbol = strings.Replace(d.ID, "PRST/", "PRST", 1)
		default:
			s.symbol = one(w, fmt.Sprintf("S/%d/%s", d.year()-1945, d.ID[strings.LastIndex(d.ID, "/")+1:]), strings.Replace(d.ID, "S/", "S//", 1))
		}
		u := put(s, one(w, "ipi", "bluebook", "oscola"), plain(d))
		u[0].notes[0].Citations[0].ID, u[0].notes[0].Citations[0].AcceptIDs = "unresolved:*", []string{"*"}
		return u
	case "wrong_title":
		d := w.take("sg", nil)
		o := w.take("sg", func(o *Doc) bool { return unlike(o.Topic, d.Topic) })
		s := d.said()
		s.title = o.Title
		return put(s, one(w, "ipi", "bluebook", "oscola", "aglc", "chicago", "apa", "un"), plain(d))
	case "ibid_after_two_sources":
		a, b := w.take("sc", nil), w.take(one(w, "sc", "sg"), nil)
		first := note("multi", w.citation(a.said(), w.style(), ""), "; ", w.citation(b.said(), w.style(), ""), ".")
		c := w.citation(a.said(), "un", class)
		c.Text, c.Via, c.AcceptVia, c.ID, c.AcceptIDs = "Ibid", "ibid", []string{"ibid"}, "unresolved:*", []string{"*"}
		return unit{under(w.sentence("many", a, a.Date, nil), first), under(w.pick("back"), note("ibid", c, "."))}
	case "supra_wrong_note":
		return w.supra(class)
	case "wrong_actor":
		if w.chance(0.3) {
			d := w.take("ga", nil)
			return put(d.said(), w.style(), w.sentence("ga_actor_wrong", d, d.Date, nil))
		}
		d := w.take("sc", nil)
		return put(d.said(), w.style(), w.sentence("sc_actor_wrong", d, d.Date, nil))
	case "wrong_vote":
		if w.chance(0.5) {
			d := w.take("sc", func(d *Doc) bool { return d.Votes[0] > 0 && d.Votes[1]+d.Votes[2] > 0 && d.year() > 1966 })
			return put(d.said(), w.style(), w.sentence("sc_unan", d, d.Date, nil))
		}
		d := w.take("sc", func(d *Doc) bool { return d.Votes[0] > 0 && d.year() > 1966 })
		v := d.Votes
		if v[0] == 15 {
			v = [3]int{13, 0, 2}
		} else {
			v = [3]int{v[0] - 1, v[1], v[2] + 1}
		}
		return put(d.said(), w.style(), w.sentence("sc_vote", d, d.Date, map[string]string{"v": ballot(w, v)}))
	case "wrong_type":
		return w.wrongType(class, put)
	case "wrong_figure":
		return w.figure(class)
	case "wrong_name":
		d := w.take("sg", func(d *Doc) bool {
			return !strings.Contains(d.all, "strategic review") && !strings.Contains(d.all, "letter dated")
		})
		y, m, _ := parts(d.Date)
		text := fmt.Sprintf(one(w, "The Secretary-General’s strategic review of %s %d lists the details.", "The presidential statement of %s %d lists the details.", "The resolution of %s %d lists the details.",
			"The Security Council’s resolution of %s %d sets this out."), months[m], y)
		return put(d.said(), w.style(), text)
	case "report_before_event":
		d := w.take("sg", nil)
		y, m, day := parts(d.Date)
		return put(d.said(), w.style(), w.sentence("sg_late", d, fmt.Sprintf("%d-%02d-%02d", y+1+w.IntN(3), m, day), nil))
	}
	panic("no such class: " + class)
}

// wrongType cites a draft, an addendum, a corrigendum or a press release as
// what it is not. The note itself shows it.
func (w *writer) wrongType(class string, put func(said, string, string) unit) unit {
	d := w.take("sc", func(d *Doc) bool { return d.year() > 1995 })
	var text, id string
	switch w.IntN(4) {
	case 0: // a draft of the Assembly as its resolution
		g := w.take("ga", nil)
		id = "A/" + strings.Split(g.Session, "/")[0] + "/L." + fmt.Sprint(2+w.IntN(60))
		text = fmt.Sprintf("General Assembly resolution %s of %s, UN Doc. %s", g.Session, dmy(g.Date), id)
	case 1: // an ordinary document as the resolution
		id = fmt.Sprintf("S/%d/%d", d.year(), 20+w.IntN(900))
		text = fmt.Sprintf("UN Security Council Resolution %d (%s), UN Doc. %s", d.Number, mdy(d.Date), id)
	case 2: // a press release as a document
		id = fmt.Sprintf("SC/%d", 6000+w.IntN(8000))
		text = fmt.Sprintf("UN Security Council Resolution %d (%s), UN Doc. %s", d.Number, mdy(d.Date), id)
	case 3: // a meeting record as the resolution
		id = fmt.Sprintf("S/PV.%d", 4000+w.IntN(4000))
		text = fmt.Sprintf("Security Council resolution %d (%d), %s", d.Number, d.year(), id)
	}
	c := w.citation(d.said(), "ipi", class)
	c.Text, c.ID, c.AcceptIDs, c.Shape = text, "un:"+id, []string{"un:" + d.ID, "*"}, text
	return unit{under(w.pick("back"), note("un", c, "."))}
}

var common = map[string]bool{"report": true, "secretary": true, "general": true, "united": true, "nations": true, "mission": true, "situation": true, "observer": true, "interim": true, "administration": true, "transitional": true, "operation": true, "force": true, "integrated": true, "peacekeeping": true, "preventive": true, "stabilization": true, "deployment": true}

func unlike(a, b string) bool {
	has := map[string]bool{}
	for _, x := range strings.FieldsFunc(strings.ToLower(a), func(r rune) bool { return r < 'a' || r > 'z' }) {
		if len(x) > 3 && !common[x] {
			has[x] = true
		}
	}
	for _, x := range strings.FieldsFunc(strings.ToLower(b), func(r rune) bool { return r < 'a' || r > 'z' }) {
		if has[x] {
			return false
		}
	}
	return true
}
