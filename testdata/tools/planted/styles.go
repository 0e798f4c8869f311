package planted

import (
	"fmt"
	"strings"
	"unicode"
)

var (
	months  = []string{"", "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"}
	bbMonth = []string{"", "Jan.", "Feb.", "Mar.", "Apr.", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec."}
	mois    = []string{"", "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"}
	meses   = []string{"", "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"}
)

// said is what a note says of a document; a mistake is a said that differs.
type said struct {
	*Doc
	number int    // in words
	symbol string // in the symbol
	date   string
	year   int // in brackets
	title  string
	body   string // "Security", "General"
	pin    [2]int
}

func (d *Doc) said() said {
	return said{Doc: d, number: d.Number, symbol: d.ID, date: d.Date, year: d.year(), title: d.Title, body: "Security"}
}

func parts(date string) (y, m, d int) { fmt.Sscanf(date, "%d-%d-%d", &y, &m, &d); return }
func dmy(s string) string             { y, m, d := parts(s); return fmt.Sprintf("%d %s %d", d, months[m], y) }
func mdy(s string) string             { y, m, d := parts(s); return fmt.Sprintf("%s %d, %d", months[m], d, y) }
func bby(s string) string             { y, m, d := parts(s); return fmt.Sprintf("%s %d, %d", bbMonth[m], d, y) }
func fra(s string) string {
	y, m, d := parts(s)
	if d == 1 {
		return fmt.Sprintf("1er %s %d", mois[m], y)
	}
	return fmt.Sprintf("%d %s %d", d, mois[m], y)
}
func esp(s string) string { y, m, d := parts(s); return fmt.Sprintf("%d de %s de %d", d, meses[m], y) }

// Styles of citing, by the names of their guides.
var Styles = []string{"ipi", "chicago", "bluebook", "oscola", "un", "aglc", "apa", "french", "spanish", "isolated"}

// para is a pinpoint in a style, "" for none.
func (s said) para(style string) string {
	a, b := s.pin[0], s.pin[1]
	if a == 0 {
		return ""
	}
	many := b > a
	num := fmt.Sprint(a)
	if many {
		num = fmt.Sprintf("%d–%d", a, b)
	}
	choose := func(one, more string) string {
		if many {
			return more + num
		}
		return one + num
	}
	switch style {
	case "bluebook":
		return choose("¶ ", "¶¶ ")
	case "aglc":
		if many {
			return fmt.Sprintf("[%d]–[%d]", a, b)
		}
		return "[" + num + "]"
	case "oscola":
		return choose("para ", "paras ")
	case "french":
		return choose("par. ", "par. ")
	case "spanish":
		return choose("párr. ", "párrs. ")
	case "isolated":
		return choose("paragraph ", "paragraphs ")
	}
	return choose("para. ", "paras. ")
}

// cite prints a citation. dated tells whether the style prints a full date,
// titled whether it prints a title.
func (w *writer) cite(s said, style string) (text string) {
	p := s.para(style)
	tail := func(t string) string {
		if p == "" {
			return t
		}
		return t + ", " + p
	}
	mid := func(before, after string) string {
		if p == "" {
			return before + ", " + after
		}
		return before + ", " + p + ", " + after
	}
	switch s.Kind {
	case "sc", "scp":
		sc := s.body + " Council"
		ab, full := "SC", "UN Security Council"
		if s.body != "Security" {
			sc, ab, full = "General Assembly", "GA", "UN General Assembly"
		}
		sym := s.symbol
		if s.symbol == s.ID && s.year == s.Doc.year() && w.chance(0.4) {
			sym = one(w, s.symbol+" ("+fmt.Sprint(s.year)+")", s.symbol+"("+fmt.Sprint(s.year)+")")
		}
		switch style {
		case "ipi":
			return tail(fmt.Sprintf("%s Resolution %d (%s), UN Doc. %s", full, s.number, mdy(s.date), sym))
		case "chicago":
			return tail(one(w,
				fmt.Sprintf("United Nations %s, Resolution %d, %s (%s)", sc, s.number, sym, mdy(s.date)),
				fmt.Sprintf("%s, Resolution %d, adopted %s, %s", full, s.number, mdy(s.date), sym)))
		case "bluebook":
			return mid(fmt.Sprintf("%s Res. %d", strings.Join(strings.Split(ab, ""), ".")+".", s.number), fmt.Sprintf("U.N. Doc. %s (%s)", sym, bby(s.date)))
		case "oscola":
			return strings.TrimSpace(fmt.Sprintf("UN%s Res %d (%s) UN Doc %s %s", ab, s.number, dmy(s.date), sym, p))
		case "aglc":
			return strings.TrimSpace(fmt.Sprintf("%s Res %d, UN Doc %s (%s) %s", ab, s.number, sym, dmy(s.date), p))
		case "apa":
			return tail(fmt.Sprintf("United Nations %s. (%s). Resolution %d, %s", sc, dmy(s.date), s.number, sym))
		case "french":
			if ab == "GA" {
				return tail(fmt.Sprintf("Assemblée générale, résolution %d, S/RES/%d, %s", s.number, s.number, fra(s.date)))
			}
			return tail(one(w,
				fmt.Sprintf("Conseil de sécurité, résolution %d (%d) du %s", s.number, s.year, fra(s.date)),
				fmt.Sprintf("Résolution %d du Conseil de sécurité, %s, %s", s.number, fra(s.date), sym)))
		case "spanish":
			if ab == "GA" {
				return tail(fmt.Sprintf("Asamblea General, resolución %d, S/RES/%d, %s", s.number, s.number, esp(s.date)))
			}
			return tail(one(w,
				fmt.Sprintf("Consejo de Seguridad, resolución %d (%d), de %s", s.number, s.year, esp(s.date)),
				fmt.Sprintf("Resolución %d del Consejo de Seguridad, %s, %s", s.number, esp(s.date), sym)))
		case "isolated":
			if s.symbol != s.ID || ab == "GA" || s.date != s.Date {
				return tail(fmt.Sprintf("%s resolution %d, %s, %s", sc, s.number, s.symbol, dmy(s.date)))
			}
			return tail(one(w, fmt.Sprintf("UNSCR %d (%d)", s.number, s.year), fmt.Sprintf("%s (%d)", s.symbol, s.year), fmt.Sprintf("SCR %d of %s", s.number, dmy(s.date))))
		}
		if s.symbol != s.ID {
			return tail(fmt.Sprintf("%s resolution %d (%d), %s", sc, s.number, s.year, s.symbol))
		}
		if ab == "GA" || s.date != s.Date {
			return tail(fmt.Sprintf("%s resolution %d of %s (%s)", sc, s.number, dmy(s.date), s.symbol))
		}
		return tail(fmt.Sprintf("%s resolution %d (%d)", sc, s.number, s.year))
	case "ga":
		switch style {
		case "ipi":
			return tail(fmt.Sprintf("UN General Assembly Resolution %s (%s), UN Doc. %s", s.Session, mdy(s.date), s.symbol))
		case "chicago":
			return tail(fmt.Sprintf("United Nations General Assembly, Resolution %s, “%s,” %s, %s", s.Session, s.title, mdy(s.date), s.symbol))
		case "bluebook":
			return mid("G.A. Res. "+s.Session, fmt.Sprintf("U.N. Doc. %s (%s)", s.symbol, bby(s.date)))
		case "oscola":
			return strings.TrimSpace(fmt.Sprintf("UNGA Res %s (%s) UN Doc %s %s", s.Session, dmy(s.date), s.symbol, p))
		case "aglc":
			return strings.TrimSpace(fmt.Sprintf("*%s*, GA Res %s, UN Doc %s (%s) %s", s.title, s.Session, s.symbol, dmy(s.date), p))
		case "apa":
			return tail(fmt.Sprintf("United Nations General Assembly. (%s). *%s* (%s)", dmy(s.date), s.title, s.symbol))
		case "french":
			return tail(fmt.Sprintf("Assemblée générale, résolution %s du %s, %s", s.Session, fra(s.date), s.symbol))
		case "spanish":
			return tail(fmt.Sprintf("Asamblea General, resolución %s, de %s (%s)", s.Session, esp(s.date), s.symbol))
		case "isolated":
			return tail(s.symbol)
		}
		return tail(fmt.Sprintf("General Assembly resolution %s of %s", s.Session, dmy(s.date)))
	case "prst":
		switch style {
		case "ipi":
			return fmt.Sprintf("UN Security Council, *Statement by the President of the Security Council*, UN Doc. %s, %s", s.symbol, mdy(s.date))
		case "bluebook":
			return fmt.Sprintf("S.C. Pres. Statement, U.N. Doc. %s (%s)", s.symbol, bby(s.date))
		case "oscola":
			return fmt.Sprintf("UNSC Presidential Statement (%s) UN Doc %s", dmy(s.date), s.symbol)
		case "french":
			return fmt.Sprintf("Déclaration de la présidence du Conseil de sécurité, %s, %s", s.symbol, fra(s.date))
		case "spanish":
			return fmt.Sprintf("Declaración de la Presidencia del Consejo de Seguridad, %s, %s", s.symbol, esp(s.date))
		case "un", "isolated":
			return s.symbol
		}
		return fmt.Sprintf("Security Council, Presidential Statement, %s, %s", s.symbol, dmy(s.date))
	}
	// Reports of the Secretary-General.
	short := strings.TrimPrefix(s.title, "Report of the Secretary-General on ")
	switch style {
	case "ipi":
		return tail(one(w, fmt.Sprintf("UN Security Council, *%s*, UN Doc. %s, %s", s.title, s.symbol, mdy(s.date)),
			fmt.Sprintf("UN Security Council, *%s—Report of the Secretary-General*, UN Doc. %s, %s", up(short), s.symbol, mdy(s.date))))
	case "chicago":
		return tail(one(w, fmt.Sprintf("UN Secretary-General, “%s,” %s, %s", s.title, s.symbol, mdy(s.date)),
			fmt.Sprintf("United Nations Security Council, *%s*, %s (%s)", s.title, s.symbol, mdy(s.date))))
	case "bluebook":
		return mid(fmt.Sprintf("U.N. Secretary-General, *%s*", s.title), fmt.Sprintf("U.N. Doc. %s (%s)", s.symbol, bby(s.date)))
	case "oscola":
		return strings.TrimSpace(fmt.Sprintf("UNSC, ‘%s’ (%s) UN Doc %s %s", s.title, dmy(s.date), s.symbol, p))
	case "aglc":
		return strings.TrimSpace(fmt.Sprintf("*%s*, UN Doc %s (%s) %s", s.title, s.symbol, dmy(s.date), p))
	case "apa":
		return tail(fmt.Sprintf("United Nations Secretary-General. (%s). *%s* (%s)", dmy(s.date), s.title, s.symbol))
	case "french":
		return tail(fmt.Sprintf("Rapport du Secrétaire général, %s, %s", s.symbol, fra(s.date)))
	case "spanish":
		return tail(fmt.Sprintf("Informe del Secretario General, %s, %s", s.symbol, esp(s.date)))
	case "isolated":
		return tail(one(w, s.symbol, "UN Doc. "+s.symbol))
	}
	return tail(fmt.Sprintf("%s (%s) of %s", s.title, s.symbol, dmy(s.date)))
}

func up(s string) string {
	for i, r := range s {
		if unicode.IsLetter(r) {
			return s[:i] + string(unicode.ToUpper(r)) + s[i+len(string(r)):]
		}
		if !strings.ContainsRune("“‘[", r) {
			break
		}
	}
	return s
}
