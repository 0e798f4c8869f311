package undoc

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"citecheck/pipeline/cite"
)

var (
	symbolText = regexp.MustCompile(`\b[A-Z][A-Za-z]{0,9}(?:/[A-Za-z0-9.*-]+)+(?:\s?\([^)]{1,20}\))?(?:/[A-Za-z0-9.]+)*(?:\s?[-–]\s?[A-Z]+/[A-Z0-9./a-z]+)?\*{0,2}`)
	dateText   = regexp.MustCompile(`(?i)\b(\d{1,2})(?:er)?\s+(?:de\s+)?(\p{L}{3,10})\s+(?:de\s+)?(\d{4})\b`)
	dayOf      = `(\d{1,2}(?:er)?\s+(?:de\s+)?\p{L}+\s+(?:de\s+)?\d{4})`
	adoptedSC  = regexp.MustCompile(`(?i)(?:Adopted by the Security Council at its|Adoptée? par le Conseil de sécurité à sa|Aprobada por el Consejo de Seguridad en su)\s+(\d+)\S*\s+(?:\([^)]*\)\s+)?(?:meeting|séance|sesión),?\s+(?:held\s+|celebrada\s+)?(?:on|le|el)\s+` + dayOf)
	statement  = regexp.MustCompile(`(?i)At the (\d{3,5})\w\w meeting of the Security Council,? held on ` + dayOf)
	adoptedGA  = regexp.MustCompile(`(?i)(?:(?:Resolution|Decision)s? adopted by the (?:General Assembly|Human Rights Council|Economic and Social Council)|(?:Résolution|Décision)s? adoptée?s? par (?:l.Assemblée générale|le Conseil des droits de l.homme|le Conseil économique et social)|(?:Resolución|Decisión) aprobada por (?:la Asamblea General|el Consejo de Derechos Humanos|el Consejo Económico y Social))(?:\s*\([^)]*\))?\s+(?:on|le|el)\s+` + dayOf)
	adoptedHRC = regexp.MustCompile(`(?i)(?:Resolution )?adopted by the (?:Human Rights Council|General Assembly|Economic and Social Council) (?:at its \w+ session )?on ` + dayOf)
	distr      = regexp.MustCompile(`(?i)^distr\b`)
	original   = regexp.MustCompile(`(?i)^original\s?:`)
	sessionOf  = regexp.MustCompile(`(?i)^(?:(?:resumed )?[\p{L}-]+(?:[ -](?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth))? (?:special |emergency special |emergency |regular |resumed )*session|[\p{L}-]+ year|[\p{L}-]+(?: [\p{L}-]+)? session|[\p{L}-]+(?:[ -][\p{L}-]+)* année|[\p{L} ]+ período (?:extraordinario )?de sesiones|\p{L}+(?: \p{L}+)* año)$`)
	agendaOf   = regexp.MustCompile(`(?i)^(?:provisional )?(?:(?:agenda )?items?|points?(?: de l.ordre du jour)?|tema(?:s)?(?: \d+)?(?: del programa)?)\s+(\d.*)$|^(?:agenda|preliminary list) item|^points? \d+.*de l.ordre du jour|^tema \d+`)
	jobNumber  = regexp.MustCompile(`\b((?:GE\.|V\.|LC/|HV\.)?\d{2}-\d{5})\b|\b(N\d{7})\b`)
	noticeText = regexp.MustCompile(`(?i)\b(?:re-?issued|second reissue|third reissue|corrected|supersedes|previously issued|nouveau tirage|publicado nuevamente)\b`)
	resTitle   = regexp.MustCompile(`^(?:S-|ES-)?\d{1,3}/\d{1,4}(?:\s?[A-Z])?\.\s+\S`)
	scTitle    = regexp.MustCompile(`^(?:Resolution|RESOLUTION|Résolution|RÉSOLUTION|Resolución|RESOLUCIÓN) \d{1,4} \(\d{4}\)\*{0,3}$`)
	actTitle   = regexp.MustCompile(`(?i)^(?:(?:resolution|decision)s? adopted by|(?:résolution|décision)s? adoptée|(?:resolución|decisión) aprobada|on \d{1,2} \p{L}+ \d{4}$|le \d{1,2} \p{L}+ \d{4}$)`)
	docHeader  = regexp.MustCompile(`(?i)^(?:united$|nations$|united nations$|nations unies$|naciones unidas$|distr\b|general$|générale$|limited$|restricted$|original\b|english$|russian$|french$|spanish$|arabic$|chinese$|anglais$|français$|inglés$|español$|security council$|general assembly$|economic and social council$|human rights council$|conseil de sécurité$|assemblée générale$|consejo de seguridad$|asamblea general$|conseil économique et social$|\d{1,2} \p{L}+ \d{4}$|\d{1,2}.*[–-]\d{1,2} \p{L}+ \d{4}$|please recycle|\*?\d{6,}\*?$|provisional$|advance (?:unedited )?version)`)
	section    = regexp.MustCompile(`^(?:[IVX]{1,6}|[A-Z])\.(?:\s+\S|$)`)
)

const mastheadLines = 60

// masthead reads page 1: the symbols at the top, the dates, session and agenda
// item, the title, and the job number at the foot.
func (r *reader) masthead() {
	all := ofPage(r.lines, 1)
	if len(all) > 200 {
		all = all[:200]
	}
	top := masts(all)
	r.symbols(top)
	s := r.doc.Symbol
	if !s.IsZero() {
		r.doc.Body, r.doc.Series, r.doc.Number, r.doc.Year = s.Body(), s.Series(), s.Number(), s.Year()
	}
	r.dates(all, top)
	if r.doc.Year == 0 {
		r.doc.Year = r.doc.Date.Year
	}
	if !s.IsZero() {
		r.doc.Printed = s.Printed(r.doc.Date.Year)
		r.fact(cite.FieldExists, r.doc.Printed, r.doc.Printed)
		r.fact(cite.FieldBody, r.doc.Body, r.doc.Body)
		r.fact(cite.FieldType, r.doc.Series, r.doc.Series)
	}
	for _, l := range top {
		switch {
		case r.doc.Session == "" && sessionOf.MatchString(l.text):
			r.doc.Session = l.text
		case r.doc.Agenda == "" && agendaOf.MatchString(l.text):
			r.doc.Agenda = strings.TrimRight(l.text, "*")
		}
	}
	for i := len(all) - 1; i >= 0 && r.doc.Job == ""; i-- {
		if m := jobNumber.FindStringSubmatch(all[i].text); m != nil && len(all[i].text) < 40 {
			r.doc.Job = m[1] + m[2]
		}
	}
	for _, l := range all {
		if (l.part == note || strings.HasPrefix(l.text, "*")) && noticeText.MatchString(l.text) {
			r.doc.Notices = append(r.doc.Notices, strings.TrimLeft(l.text, "* "))
		}
	}
	if t := r.title(all); t != "" {
		r.doc.Title = t
		r.fact(cite.FieldTitle, t, t)
	}
}

// masts are the lines above the document's own text.
func masts(all []line) []line {
	out := all[:min(len(all), mastheadLines)]
	for i, l := range out {
		if m := numbered.FindStringSubmatch(l.text); m != nil && i > 3 && len(l.text) > 40 {
			return out[:i]
		}
	}
	return out
}

func (r *reader) fact(f cite.Field, value, quote string) {
	if value != "" {
		r.doc.Facts = append(r.doc.Facts, cite.Fact{Field: f, Value: value, Primary: true, Evidence: cite.Evidence{Place: "page 1, masthead", Quote: quote}})
	}
}

// symbols finds the masthead's symbol or symbols: those that stand above the
// document's own text, the highest first.
func (r *reader) symbols(top []line) {
	height := 0.0
	for _, l := range top {
		height = max(height, l.y)
	}
	for _, l := range top {
		if height > 0 && l.y > 0.35*max(height, 700) {
			break
		}
		for _, m := range symbolText.FindAllString(l.text, 4) {
			m = strings.TrimRight(m, "*.,;")
			list, err := cite.ParseJoint(m)
			if err != nil {
				list, err = cite.ParseJoint(strings.ReplaceAll(m, " ", ""))
			}
			if err != nil {
				s, e := cite.ParseSymbol(m)
				if e != nil {
					continue
				}
				list = []cite.Symbol{s}
			}
			for _, s := range list {
				r.name(s)
			}
		}
		// "Distr.: General" ends what is the symbol's own place.
		if distr.MatchString(l.text) && !r.doc.Symbol.IsZero() {
			break
		}
	}
}

func (r *reader) name(s cite.Symbol) {
	switch {
	case r.doc.Symbol.IsZero():
		r.doc.Symbol = s
	case s != r.doc.Symbol && !slices.Contains(r.doc.Aliases, s.String()):
		r.doc.Aliases = append(r.doc.Aliases, s.String())
	}
}

// months are the names of the months as mastheads have them.
var months = func() map[string]int {
	out := map[string]int{}
	for _, names := range [][]string{
		cite.Months[1:],
		{"janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"},
		{"enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"},
	} {
		for i, n := range names {
			out[strings.ToLower(n)] = i + 1
		}
	}
	return out
}()

func day(s string) cite.Date {
	for _, m := range dateText.FindAllStringSubmatch(s, -1) {
		d := cite.Date{Month: months[strings.ToLower(m[2])]}
		d.Day, _ = strconv.Atoi(m[1]) // digits, here and below
		d.Year, _ = strconv.Atoi(m[3])
		if d.Month > 0 && d.Valid() {
			return d
		}
	}
	return cite.Date{}
}

// dates tells the day of adoption from the day of distribution.
func (r *reader) dates(all, top []line) {
	var b strings.Builder
	for _, l := range all {
		if l.part != running {
			b.WriteString(l.text + " ")
		}
	}
	issued, issuedText := distributed(top)
	adopted, meeting, quote := adoption(b.String())
	if !issued.IsZero() {
		r.doc.Issued = issued
	}
	switch {
	case !adopted.IsZero():
		r.doc.Date = adopted
		r.fact(cite.FieldDate, adopted.String(), quote)
		if meeting != "" {
			r.doc.Meeting = meeting
			r.fact(cite.FieldMeeting, meeting, quote)
		}
		if !issued.IsZero() && issued != adopted {
			r.fact(cite.FieldIssued, issued.String(), issuedText)
		}
	case !issued.IsZero() && r.doc.Symbol.Series() == "resolution" && r.doc.Symbol.Body() == "General Assembly":
		// It is dated by its adoption, days or months before.
		r.fact(cite.FieldIssued, issued.String(), issuedText)
	case !issued.IsZero():
		r.doc.Date = issued
		r.fact(cite.FieldDate, issued.String(), issuedText)
	}
}

// distributed is the date below "Distr.": a line that is a date and nothing
// else.
func distributed(top []line) (cite.Date, string) {
	seen := false
	for i, l := range top {
		seen = seen || distr.MatchString(l.text) || strings.Contains(l.text, "Distr.")
		d := day(l.text)
		if m := dateText.FindString(l.text); !d.IsZero() && len(l.text) < len(m)+24 && (seen || i < 15) {
			return d, m
		}
	}
	return cite.Date{}, ""
}

// adoption is the day on which a decision was taken, and the meeting.
func adoption(text string) (d cite.Date, meeting, quote string) {
	for _, re := range []*regexp.Regexp{adoptedSC, statement} {
		if m := re.FindStringSubmatch(text); m != nil {
			return day(m[2]), "S/PV." + m[1], m[0]
		}
	}
	for _, re := range []*regexp.Regexp{adoptedGA, adoptedHRC} {
		if m := re.FindStringSubmatch(text); m != nil {
			return day(m[1]), "", m[0]
		}
	}
	return cite.Date{}, "", ""
}

// title is the heading below the masthead and above the text. Agenda items
// stand above it in smaller print; a resolution's own title has its number.
func (r *reader) title(all []line) string {
	start, end := r.titleSpace(all)
	if start < 0 {
		return ""
	}
	space := all[start:end]
	if i := slices.IndexFunc(space, func(l line) bool { return resTitle.MatchString(l.text) || r.named(l) }); i >= 0 {
		n := i + 1
		for n < len(space) && !r.named(space[i]) && (space[n].part == heading || space[n].bold) && !section.MatchString(space[n].text) && near(space[n-1], space[n]) {
			n++
		}
		return r.heading(space[i:n])
	}
	size := 0.0
	for _, l := range space {
		if r.titles(l) {
			size = max(size, l.size)
		}
	}
	if size == 0 {
		return r.plainTitle(space)
	}
	// A report's title may go on in smaller print: "Report of the
	// Secretary-General" below its subject.
	var out []line
	large := bodyOf(r.lines)
	for i, l := range space {
		if r.titles(l) && (l.size >= size-0.6 || size > large+0.6 && l.size > large+0.6) {
			out = append(out, l)
			continue
		}
		if len(out) > 0 && i > 0 {
			break
		}
	}
	return r.heading(out)
}

// named tells whether a line is a Council resolution's name for itself.
func (r *reader) named(l line) bool {
	return r.doc.Series == "resolution" && scTitle.MatchString(l.text)
}

// titleSpace is where the title stands: below the last line of the masthead's
// corner, above the first line of text.
func (r *reader) titleSpace(all []line) (start, end int) {
	start = -1
	for i, l := range all[:min(len(all), mastheadLines)] {
		if r.named(l) || resTitle.MatchString(l.text) || actTitle.MatchString(l.text) && day(l.text).IsZero() {
			break
		}
		if large := l.bold && l.size > 1.15*bodyOf(all) && l.y > 180; large && !docHeader.MatchString(l.text) {
			break // the title, which may end with a day of its own
		}
		d := day(l.text)
		corner := distr.MatchString(l.text) || original.MatchString(l.text) || !d.IsZero() && len(l.text) < len(dateText.FindString(l.text))+4 || docHeader.MatchString(l.text)
		if corner && l.y < 300 {
			start = i + 1
		}
		if numbered.MatchString(l.text) && i > 3 {
			break
		}
	}
	if start < 0 || start >= len(all) {
		return -1, 0
	}
	for end = start; end < len(all); end++ {
		l := all[end]
		low := strings.ToLower(l.text)
		if l.part != heading && !l.bold && (numbered.MatchString(l.text) || organOpens.MatchString(l.text)) || section.MatchString(l.text) && end > start ||
			l.text == "Summary" || strings.HasPrefix(low, "adopted by") || strings.HasPrefix(low, "adoptée par") || strings.HasPrefix(low, "aprobada por") {
			break
		}
	}
	return start, end
}

// titles tells whether a line may be of the title.
func (r *reader) titles(l line) bool {
	return (l.part == heading || l.bold) && l.part != running && l.part != note && !docHeader.MatchString(l.text) && !sessionOf.MatchString(l.text) && !agendaOf.MatchString(l.text) &&
		!actTitle.MatchString(l.text) && !strings.HasPrefix(l.text, "[") && !(symbolText.MatchString(l.text) && len(l.text) < 30)
}

// plainTitle is the title of a document set in one face: the lines in
// capitals, or those that stand centred, down to a blank line.
func (r *reader) plainTitle(space []line) string {
	var out []line
	for _, l := range space {
		if l.part == running || l.part == note || docHeader.MatchString(l.text) || sessionOf.MatchString(l.text) || agendaOf.MatchString(l.text) || strings.HasPrefix(l.text, "Rapporteur") || symbolText.MatchString(l.text) && len(l.text) < 30 {
			if len(out) > 0 {
				break
			}
			continue
		}
		if len(out) > 0 && !near(out[len(out)-1], l) {
			break
		}
		if l.indent < 20 && !capitals(l.text) {
			if len(out) > 0 {
				break
			}
			continue
		}
		out = append(out, l)
	}
	return r.heading(out)
}

// near tells whether two lines stand one below the other.
func near(a, b line) bool { return a.page == b.page && b.y-a.y < 2.2*max(a.size, 8) }

// capitals tells whether a line is set in capital letters.
func capitals(s string) bool {
	up, low := 0, 0
	for _, c := range s {
		if unicode.IsUpper(c) {
			up++
		} else if unicode.IsLower(c) {
			low++
		}
	}
	return up > 3 && low*8 < up
}

func (r *reader) heading(lines []line) string {
	var out []string
	for _, l := range lines[:min(len(lines), 12)] {
		out = append(out, l.text)
	}
	t := strings.TrimRight(r.tidy(out), "* ")
	if len(t) > 600 || len(t) < 4 {
		return ""
	}
	return t
}

// bodyOf is the size of most lines of the text.
func bodyOf(lines []line) float64 {
	count := map[float64]int{}
	for _, l := range lines {
		if l.part == body {
			count[l.size] += len(l.text)
		}
	}
	best := 0.0
	for s, n := range count {
		if n > count[best] || n == count[best] && s > best {
			best = s
		}
	}
	return best
}
