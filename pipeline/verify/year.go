package verify

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"citecheck/pipeline/cite"
)

// yearAgrees: does the year in the sentence above the note fit the document?
// A decision is of the year in which the sentence says that it was taken; a
// report is not older than what it is cited for. The link between a sentence
// and its note is a rule of thumb, so the worst word is questioned.
var yearAgrees = &Check{
	Name:    "year-agrees",
	Doc:     "the year in the sentence fits the document",
	Applies: func(c *Case) bool { return c.doc() != nil && len(datings(c)) > 0 },
	Run: func(c *Case) []cite.Finding {
		d := c.doc()
		date, ok := d.Fact(cite.FieldDate)
		if !ok {
			return nil
		}
		found, err := cite.ParseISODate(date.Value)
		if err != nil || found.IsZero() {
			return nil
		}
		var out []cite.Finding
		for _, s := range datings(c) {
			f, ok := weigh(c, d, date, found, s)
			if ok && f.Verdict != cite.Verified && manyDocuments(c.Note) {
				f, ok = noneFits(c, s, f)
			}
			if ok {
				out = append(out, f)
			}
		}
		return out
	},
}

// A dating is what a sentence says of the time of the document's making.
type dating struct {
	year   int
	phrase string // "in 2019"
	text   string // the sentence without what it quotes
	report bool   // it dates a report, of which an older event may be told
}

func weigh(c *Case, d *cite.Document, date cite.Fact, found cite.Date, s dating) (cite.Finding, bool) {
	switch {
	case s.year == found.Year && decides(d.Symbol) && !s.report && !manyDocuments(c.Note) && !sameTime(d, s):
		f := disagree(date, s.phrase, fmt.Sprintf("the sentence dates the decision to %s; the document cited was adopted on %s", strings.TrimPrefix(strings.TrimPrefix(s.phrase, "on "), "in "), words(date.Value)))
		f.Verdict = cite.Questioned
		return f, true
	case s.year == found.Year:
		return agree(date, s.phrase, fmt.Sprintf("%s is of the year that the sentence names", name(d))), true
	case also(d, s.year), names(s.text, found.Year) && !(s.report && !names(period.ReplaceAllString(s.text, ""), found.Year)):
		return cite.Finding{}, false
	case decides(d.Symbol) && !s.report:
		f := disagree(date, s.phrase, fmt.Sprintf("the sentence dates the decision to %d; the document cited was adopted on %s%s", s.year, words(date.Value), naming(c, d, s.year)))
		f.Verdict = cite.Questioned
		f.Candidates = sameTopic(c, d, s.year)
		return f, true
	case !decides(d.Symbol) && s.report && s.year > found.Year:
		f := disagree(date, s.phrase, fmt.Sprintf("the sentence is about %d; the document cited is older, of %s", s.year, words(date.Value)))
		f.Verdict = cite.Questioned
		return f, true
	}
	return cite.Finding{}, false
}

// sameTime tells whether month and day of a sentence's time, as far as it has
// them, are the document's, or another time in the sentence is.
func sameTime(d *cite.Document, s dating) bool {
	told := dateIn(s.phrase)
	if told.Month == 0 {
		return true
	}
	times := []cite.Date{told}
	for _, m := range monthYear.FindAllString(s.text, -1) {
		times = append(times, dateIn(m))
	}
	for _, field := range []cite.Field{cite.FieldDate, cite.FieldDayAfter, cite.FieldIssued} {
		for _, f := range facts(d, field) {
			for _, t := range times {
				if fits(t, f.Value) {
					return true
				}
			}
		}
	}
	return false
}

// period is the time that a report covers, as its title has it: it dates no
// report.
var period = regexp.MustCompile(`(?i)\b(?:for|on|during|covering)\s+the\s+period\s+(?:from\s+)?(?:\d{1,2}\s+)?(?:` + months + `\s+)?(?:(?:19|20)\d\d\s+)?(?:to|until|through)\s+(?:\d{1,2}\s+)?(?:` + months + `\s+)?(?:19|20)\d\d\b`)

// also tells whether a second right day lies in that year.
func also(d *cite.Document, year int) bool {
	for _, f := range facts(d, cite.FieldDayAfter) {
		if strings.HasPrefix(f.Value, strconv.Itoa(year)) {
			return true
		}
	}
	return false
}

// names tells whether a text mentions a year.
func names(text string, year int) bool {
	return slices.Contains(anyYear.FindAllString(text, -1), strconv.Itoa(year))
}

var anyYear = regexp.MustCompile(`\b(?:1[89]|20)\d\d\b`)

// manyDocuments tells whether a note cites several UN documents: which of them
// the sentence dates is open.
func manyDocuments(n cite.Note) bool {
	var first cite.Symbol
	for _, c := range n.Citations {
		if c.Symbol.IsZero() {
			continue
		}
		if first.IsZero() {
			first = c.Symbol
		} else if c.Symbol != first {
			return true
		}
	}
	return false
}

func decides(s cite.Symbol) bool {
	switch s.Series() {
	case "resolution", "decision", "presidential statement":
		return true
	}
	return false
}

// The words of which the readings below are made.
const (
	months = `(?:January|February|March|April|May|June|July|August|September|October|November|December)`
	// aTime is "in 2019", "in early June 2019", "on 28 June 2018", "on June 28,
	// 2018"; its one group is the year. What comes before a year in any other
	// way ("since", "from", "by", "until", "the 2015 Agreement") dates nothing.
	aTime = `(?:in|on|during)\s+(?:(?:early|mid|late)[- ]?\s*|the\s+(?:spring|summer|autumn|fall|winter)\s+of\s+)?(?:\d{1,2}(?:st|nd|rd|th)?\s+(?:of\s+)?)?(?:` + months + `\s+)?(?:\d{1,2}(?:st|nd|rd|th)?,?\s+)?((?:19|20)\d\d)`
	// aDay is the same without its preposition.
	aDay = `(?:(?:early|mid|late)[- ]?\s*)?(?:\d{1,2}\s+)?(?:` + months + `\s+)?(?:\d{1,2},\s+)?((?:19|20)\d\d)`
	// acts are the words by which a sentence tells that a body decided.
	acts = `(?:adopted|decided|authori[sz]ed|established|created|extended|renewed|terminated|endorsed|imposed|lifted|expanded|widened|voted|agreed|acted|` +
		`returned\s+to|took\s+up|confined\s+itself|wrote\s+down|set\s+(?:up|out)|mandated|requested|demanded|condemned|approved|deployed|called|passed|issued|ended|` +
		`dissolved|tightened|eased|broadened|strengthened|reduced|raised|cut|ordered|tasked|added|launched|dispatched|sent|spoke|spoken|urged|welcomed|declared|` +
		`recogni[sz]ed|adjusted|changed|revised|amended|placed|included|introduced|asked|instructed|entrusted|reauthori[sz]ed|prolonged|reconfigured|narrowed|closed|settled|responded|reacted|moved|shifted|turned)`
	// anyhow are the little words between a body and what it did.
	anyhow = `(?:(?:had|has|then|also|already|again|later|first|finally|further|formally|unanimously|once\s+more|accordingly|therefore|thus|in\s+turn|duly|promptly)\s+)*`
	clause = `(?:^|[,;:—]\s+|\b(?:and|but|then|when|until)\s+)`
	// things are what a decision is called.
	things = `(?:resolution|decision|text|statement|mandate|measure|decisions?)`
)

// bodyNames is what a document's own body is called: the Council's act says
// nothing of the Assembly's decision.
var bodyNames = map[string]string{
	"Security Council": `(?:(?:the\s+)?(?:(?:UN|U\.N\.|United\s+Nations)\s+)?(?:Security\s+Council|UNSC|Council)(?:\s+members|['’]s\s+members)?|` +
		`(?:the\s+)?members(?:\s+of\s+the\s+(?:Security\s+)?Council)?)`,
	"General Assembly":            `(?:(?:the\s+)?(?:(?:UN|U\.N\.|United\s+Nations)\s+)?(?:General\s+Assembly|UNGA|Assembly)|(?:the\s+)?members\s+of\s+the\s+(?:General\s+)?Assembly)`,
	"Human Rights Council":        `(?:(?:the\s+)?(?:(?:UN|U\.N\.|United\s+Nations)\s+)?(?:Human\s+Rights\s+Council|Council))`,
	"Economic and Social Council": `(?:(?:the\s+)?(?:(?:UN|U\.N\.|United\s+Nations)\s+)?(?:Economic\s+and\s+Social\s+Council|ECOSOC|Council))`,
}

// A grammar is how sentences date the decisions of one body.
type grammar struct {
	ways  []*regexp.Regexp
	leads *regexp.Regexp // a clause up to its act that begins with the body: "The Security Council unanimously"
}

var grammars = func() map[string]*grammar {
	out := map[string]*grammar{}
	for body, words := range bodyNames {
		out[body] = &grammar{ways: compile(words), leads: regexp.MustCompile(`(?i)(?:^|[.;,:—]\s+|\b(?:and|then|when|as|but|before|after)\s+)` + words + `,?\s+` + anyhow + `$`)}
	}
	return out
}()

var (
	// secretary is how a sentence tells of a report's maker.
	secretary = `(?:the\s+)?(?:(?:UN|United\s+Nations)\s+)?secretary-general`
	tells     = `(?:gave|told|reported|informed|warned|described|presented|submitted|noted|recommended|set\s+out|painted|offered|proposed|wrote|observed|painted|updated|briefed|advised|stated|issued|spoke|took\s+(?:an?\s+\w+\s+(?:line|view|tone)|note|stock|up))`

	dateReport = []*regexp.Regexp{
		regexp.MustCompile(`(?i)^` + aTime + `,?\s+` + secretary + `\s+` + anyhow + tells + `\b`),
		regexp.MustCompile(`(?i)\b` + secretary + `\s+` + anyhow + tells + `(?:\s+to\s+the\s+(?:security\s+)?council)?\s+` + aTime),
		regexp.MustCompile(`(?i)\breport\s+(?:of|from|dated)\s+` + aDay),
		regexp.MustCompile(`(?i)\breport\s+(?:issued|published|submitted|released|circulated)\s+(?:(?:to\s+the\s+(?:security\s+)?council)\s+)?` + aTime),
		regexp.MustCompile(`(?i)\bsecretary-general['’]s\s+` + aDay + `\s+report\b`),
	}

	// earlier are words by which a sentence tells of another document than its
	// own, or of a time before it.
	earlier = regexp.MustCompile(`(?i)\b(?:recall(?:ed|ing|s)?|reaffirm(?:ed|ing|s)?|building on|pursuant to|as early as|prior|predecessors?|successors?|earlier|previous(?:ly)?|originally?|initial(?:ly)?|former|` +
		`under the terms of|based on|contrary to|unlike|compared|echo(?:ed|ing|es)?|borrow(?:ed|ing|s)?|copied|modelled|taken from|lifted from|drawn from|would later|first time since|anniversary|carried over|still|to this day|years?\s+(?:later|before|earlier|ago)|since (?:the|this|that|his|her)\s+(?:last\s+|latest\s+)?(?:report|resolution|text|mandate)|foreshadow\w*|repeal(?:ed|ing|s)?|replac(?:ed|ing|es)|supersed(?:ed|ing|es))\b`)
	// happening are nouns of events: a time after one dates the event.
	happening = regexp.MustCompile(`(?i)\b(?:elections?|referend\w+|polls?|coups?|wars?|conflicts?|attacks?|massacres?|cris[ie]s|fighting|famines?|earthquakes?|cease-?fires?|agreements?|accords?|talks|negotiations|killings?|bombings?|` +
		`violence|clashes|protests?|conferences?|summits?|outbreaks?|epidemics?|invasion|independence|transition|vote|violations|events|upheaval|unrest|uprising|genocide|withdrawal|deployment|period|year|report|session)\s*$`)
	// another verb between an act and a time takes the time for its own.
	otherVerb = regexp.MustCompile(`(?i)\b(?:\w{3,}ed|held|made|begun|set|taken|given|sent|brought|led|won|lost|fought|signed|reached|struck|built|kept|left|met|that|which|who|whose|when|where|until|to\s+be|had|was|were|been|being|due|foreseen|by|from|since|before|after|between)\b`)
)

// compile writes the ways in which a sentence dates a decision of a body.
func compile(b string) (out []*regexp.Regexp) {
	for _, p := range []string{
		// In 2019, the Security Council adopted …
		clause + aTime + `,?\s+` + b + `,?\s+` + anyhow + acts + `\b`,
		// In 2019, three years after the coup, the Council adopted …
		clause + aTime + `,\s+[^,;]{3,70},\s+` + b + `,?\s+` + anyhow + acts + `\b`,
		// In 2019, the mandate was renewed; on 28 June 2018, resolution 2423 was adopted
		`^` + aTime + `,?\s+(?:the\s+|a\s+|its\s+)?(?:[\w’']+\s+){0,2}(?:` + things + `|sanctions|embargo|resolution\s+\d+(?:\s+\(\d{4}\))?)\s+(?:was|were)\s+` + anyhow + acts + `\b`,
		`^` + aTime + `,?\s+(?:(?:security\s+council|general\s+assembly)\s+)?resolution\s+[\d/]+\s+` + anyhow + acts + `\b`,
		// The Council adopted in 2019 …; the Security Council, in June 2019, decided
		`\b` + b + `,?\s+` + anyhow + acts + `\s+` + aTime,
		`\b` + b + `,\s+` + aTime + `,\s+` + anyhow + acts + `\b`,
		// It was (not until) in 2019 that the Council …
		`^it\s+(?:was|took)\s+(?:not\s+until|only\s+in|until)\s+` + aDay + `\s+(?:that|for)\s+` + b,
		`^it\s+was\s+(?:only\s+)?` + aTime + `\s+that\s+` + b,
		`^(?:not\s+until|only\s+in)\s+` + aDay + `\s+did\s+` + b,
		// the Council’s decision of 2019, its 2019 resolution, the decision (taken) in 2019
		`\b(?:` + b + `['’]s?|its|the|this)\s+(?:[\w-]+\s+)?(?:` + things + `|vote)\s+(?:of|dated)\s+` + aDay,
		`\b(?:the|a|its|this|` + b + `['’]s?)\s+(?:[\w-]+\s+)?decisions?\s+(?:(?:taken|adopted|made|reached)\s+)?` + aTime,
		`\b(?:the|a|its|this|` + b + `['’]s?)\s+(?:[\w-]+\s+)?(?:` + things + `)\s+(?:taken|adopted|made|passed|issued|agreed)\s+(?:by\s+` + b + `\s+)?` + aTime,
		`\b(?:` + b + `['’]s?|its)\s+` + aDay + `\s+(?:` + things + `)\b`,
		`\ba\s+` + aDay + `\s+(?:(?:security\s+)?council|(?:general\s+)?assembly)\s+(?:` + things + `)\b`,
		// The resolution, adopted in 2019, …; Adopted on 28 June 2018, the text …
		`\b(?:` + things + `),\s+(?:which\s+was\s+)?(?:adopted|passed|taken|agreed|issued)\s+(?:unanimously\s+)?(?:by\s+` + b + `\s+)?` + aTime,
		`^(?:adopted|passed)\s+(?:unanimously\s+)?(?:by\s+` + b + `\s+)?` + aTime,
		`\b(?:` + things + `)\s+was\s+` + anyhow + `(?:adopted|passed|taken|issued|renewed|extended)\s+(?:by\s+` + b + `\s+)?` + aTime,
		// The mandate dates from 2004, when the Security Council acted on Liberia
		`\b(?:dates?|dated)\s+(?:from|back\s+to)\s+` + aDay + `,\s+when\s+` + b + `,?\s+` + anyhow + acts + `\b`,
		// established by the Council in 2019
		acts + `\s+by\s+` + b + `\s+` + aTime,
		`\b(?:vote|voting)\b[^,;]*\btook\s+place\s+` + aTime,
	} {
		out = append(out, regexp.MustCompile(`(?i)`+p))
	}
	return out
}

// longActs are acts whose object may stand between them and their time:
// "renewed the mandate of the mission in 2019".
var longActs = regexp.MustCompile(`(?i)\b(?:adopted|established|created|authori[sz]ed|extended|renewed|imposed|lifted|terminated|set\s+up|dissolved|mandated|agreed|decided|passed|widened|expanded|voted)\b`)

// datings are the times to which the sentences above a note date its document.
func datings(c *Case) (out []dating) {
	for _, m := range c.Note.Markers {
		text := m.Upto
		if text == "" {
			text = m.Sentence
		}
		if d, ok := reading(text, c.Cite.Symbol); ok && !slices.Contains(out, d) {
			out = append(out, d)
		}
	}
	return out
}

// reading is the one time to which a sentence dates the making of a document.
// A sentence that dates it twice, or tells of another document, has none.
func reading(sentence string, s cite.Symbol) (dating, bool) {
	d := dating{text: unquoted(sentence)}
	d.text = strings.TrimSpace(strings.Join(strings.Fields(d.text), " "))
	if !anyYear.MatchString(d.text) || earlier.MatchString(d.text) {
		return d, false
	}
	ways := dateReport
	g := grammars[s.Body()]
	if d.report = !decides(s); !d.report {
		if g == nil {
			return d, false
		}
		ways = g.ways
	}
	for _, re := range ways {
		for _, m := range re.FindAllStringSubmatchIndex(d.text, -1) {
			if relative.MatchString(d.text[:m[0]]) {
				continue
			}
			if !d.take(m) {
				return d, false
			}
		}
	}
	if d.year == 0 && !d.report {
		d.long(g)
	}
	return d, d.year > 0
}

// relative are the words after which a clause tells of another thing: "the
// embargo that the Council had imposed in 2005".
var relative = regexp.MustCompile(`(?i)\b(?:that|which|whom|what|where)\s+$`)

// take notes one time; a second, other one leaves none.
func (d *dating) take(m []int) bool {
	for g := 2; g+1 < len(m); g += 2 {
		if m[g] < 0 {
			continue
		}
		y, _ := strconv.Atoi(d.text[m[g]:m[g+1]]) // four digits
		if d.year != 0 && d.year != y || !ends(d.text[m[g+1]:]) {
			return false
		}
		d.year, d.phrase = y, phraseAt(d.text, m[g], m[g+1])
	}
	return true
}

// ends tells whether a year ends its time: no range goes on, and no name that
// the year belongs to.
func ends(rest string) bool {
	if strings.HasPrefix(rest, "–") || strings.HasPrefix(rest, "-") || strings.HasPrefix(rest, "/") {
		return false
	}
	r := []rune(strings.TrimLeft(rest, " "))
	return len(r) == 0 || !strings.HasPrefix(rest, " ") || strings.ToUpper(string(r[0])) != string(r[0]) || strings.ToLower(string(r[0])) == string(r[0]) ||
		aName.MatchString(string(r))
}

// aName are capitals that may follow a time: those of the bodies.
var aName = regexp.MustCompile(`^(?:UN|U\.N\.|United Nations|Security Council|General Assembly|Council|Assembly|Human Rights Council|Economic and Social Council|Secretary-General|Members|Resolution|UNSC|UNGA)\b`)

// phraseAt is the time around a year, for people.
func phraseAt(text string, from, to int) string {
	if m := regexp.MustCompile(`(?i)(?:\b(?:in|on|of|during)\s+)?(?:\S+\s+){0,3}$`).FindString(text[:from]); m != "" {
		if i := regexp.MustCompile(`(?i)\b(?:in|on|of|during)\s`).FindAllStringIndex(m, -1); len(i) > 0 {
			return m[i[len(i)-1][0]:] + text[from:to]
		}
	}
	return text[from:to]
}

// long reads "the Council renewed the mandate of the mission in 2019": an act
// whose time stands at the end of its clause, with nothing between that the
// time could belong to.
func (d *dating) long(g *grammar) {
	for _, m := range endTime.FindAllStringSubmatchIndex(d.text, -1) {
		before := d.text[:m[0]]
		at := longActs.FindAllStringIndex(before, -1)
		if len(at) == 0 || happening.MatchString(before) {
			continue
		}
		act := at[len(at)-1]
		between := before[act[1]:]
		lead := before[:act[0]]
		if len(strings.Fields(between)) > 12 || otherVerb.MatchString(between) || strings.ContainsAny(between, ",;:—") || !g.leads.MatchString(lead) {
			continue
		}
		if !d.take([]int{m[0], m[1], m[2], m[3]}) {
			d.year = 0
			return
		}
	}
}

var endTime = regexp.MustCompile(`(?i)\b` + aTime + `(?:[.,;]|$)|\b` + aTime + `$`)

// unquoted is a sentence without what it quotes.
func unquoted(s string) string {
	if !strings.ContainsAny(s, "“\"«") {
		return s
	}
	return quoted.ReplaceAllString(s, " ")
}

var quoted = regexp.MustCompile(`“[^”]*”|"[^"]*"|«[^»]*»`)
