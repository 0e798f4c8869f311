package verify

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode"

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
	flat   string // the same with each time cut down to its year
	report bool   // it dates a report, of which an older event may be told
}

func weigh(c *Case, d *cite.Document, date cite.Fact, found cite.Date, s dating) (cite.Finding, bool) {
	switch {
	case s.year == found.Year && decides(d.Symbol) && !s.report && !manyDocuments(c.Note) && !sameTime(d, s):
		f := disagree(date, s.phrase, fmt.Sprintf("the sentence dates the decision to %s; the document cited was adopted on %s", dateIn(s.phrase).Words(), words(date.Value)))
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
			if on, err := cite.ParseISODate(f.Value); err == nil && on.Month != told.Month && strings.Contains(s.text, cite.Months[on.Month]) {
				return true // "cut it in April 2014, enlarged it in May"
			}
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
	// aDay is a time as flat writes it: "§2019" for "28 June 2019". Its one
	// group is the year.
	aDay = `§(\d{4})`
	// aTime is the same with its preposition: "in 2019", "late in the evening of
	// 4 May 2004". What comes before a year in any other way ("since", "from",
	// "by", "until", "the 2015 Agreement") dates nothing.
	aTime = `(?:(?:late|early|back|only|just)\s+)?(?:in|on|during|(?:half-?\s?way|midway)\s+through|at\s+the\s+(?:start|beginning|end|close|turn)\s+of|(?:towards?|near)\s+the\s+end\s+of)\s+(?:the\s+(?:(?:early|late)\s+)?(?:spring|summer|autumn|fall|winter|morning|afternoon|evening|night|(?:first|last|final|closing)\s+(?:days|weeks|months))\s+of\s+)?` + aDay
	// makes are the words by which a sentence tells that a body decided.
	makes = `(?:adopted|decided|authori[sz]ed|established|created|extended|renewed|terminated|endorsed|imposed|lifted|expanded|widened|voted|agreed|acted|` +
		`dealt\s+with|addressed|returned\s+to|took\s+up|took\s+action|took\s+a\s+decision|confined\s+itself|wrote\s+(?:down|into)|laid\s+down|spelled\s+out|spelt\s+out|set\s+(?:up|out)|settled\s+on|mandated|approved|passed|issued|ended|` +
		`dissolved|tightened|eased|broadened|strengthened|reduced|raised|cut|ordered|added|launched|dispatched|adjusted|changed|revised|amended|placed|included|introduced|entrusted|reauthori[sz]ed|prolonged|reconfigured|narrowed|closed|settled|` +
		`redefined|redrew|reshaped|refocused|reframed|rewrote|reworded|restructured|overhauled|recast|revisited|reopened|revived|restored|tackled|treated|framed|enlarged|granted|gave|chose|opted|designated|listed|suspended|banned|instituted|inserted|enshrined|codified|confirmed|restated|reiterated|reached\s+agreement|found\s+common\s+ground|spoke\s+with\s+one\s+voice|` +
		`laid|built|broke|drew|put|opened|picked|answered|produced|signalled|signaled|signed\s+off|backed|blessed|reversed|abandoned|scrapped|dropped|discarded|softened|hardened|sharpened|toughened|upgraded|downgraded|` +
		`transformed|converted|merged|doubled|halved|trimmed|scaled|shortened|lengthened|stretched|rolled\s+over|wound\s+(?:up|down)|drafted|crafted|formulated|defined|clarified|specified|stipulated|required|barred|prohibited|` +
		`outlawed|permitted|empowered|equipped|linked|tied|proclaimed|affirmed|rallied\s+(?:behind|around)|united\s+behind|brought|pushed|recalibrated|rebalanced|pronounced\s+itself|took\s+a\s+position|fixed|went\s+(?:further|beyond|back))`
	// acts are these, and words that ask or comment: what follows may hold a
	// time of its own, "called for elections in 2019".
	acts = `(?:` + makes + `|requested|demanded|condemned|deployed|called|tasked|sent|spoke|spoken|urged|welcomed|declared|recogni[sz]ed|asked|instructed|responded|reacted|moved|shifted|turned|` +
		`insisted|stressed|underlined|underscored|emphasi[sz]ed|determined|encouraged|invited|acknowledged|pledged|committed|deplored|warned|referred)`
	// anyhow are the little words between a body and what it did.
	anyhow = `(?:(?:had|has|then|also|already|again|later|first|finally|further|formally|unanimously|once\s+more|accordingly|therefore|thus|in\s+turn|duly|promptly)\s+)*`
	clause = `(?:^|[,;:—]\s+|\b(?:and|but|then|when|until)\s+)`
	// things are what a decision is called.
	things = `(?:resolution|decision|text|statement|mandate|measure|decisions?)`
	// rulings are those of them that are the document itself.
	rulings = `(?:resolutions?|decisions?|texts?|(?:presidential\s+)?statement)`
	// ofBody is whose it is: "a Security Council resolution".
	ofBody = `(?:(?:(?:UN|U\.N\.|United\s+Nations)\s+)?(?:security\s+council|council|general\s+assembly|assembly)\s+)?`
	// about is what a decision is about, "on the situation in Mali"; matter is
	// the same where a time after it might be that of its subject.
	about  = `(?P<about>\s+(?:on|about|concerning|regarding|for|over)\s+[^,;:.()—]+?)?`
	matter = `(?P<matter>\s+(?:on|about|concerning|regarding|for|over)\s+[^,;:.()—]+?)?`
	// carried are the words for its adoption.
	carried = `(?:adopted|passed|taken|issued|approved|agreed|put\s+to\s+(?:the|a)\s+vote|voted\s+(?:on|through))`
	nemcon  = `(?:(?:unanimously|by\s+consensus|without\s+(?:a\s+)?vote)\s+)?`
	// quickly is anyhow without the past perfect, which tells of what came
	// before.
	quickly = `(?:(?:then|also|again|later|first|finally|formally|unanimously|duly|promptly)\s+)*`
)

// bodyNames is what a document's own body is called: the Council's act says
// nothing of the Assembly's decision.
var bodyNames = map[string]string{
	"Security Council": `(?:(?:the\s+)?(?:(?:UN|U\.N\.|United\s+Nations)\s+)?(?:Security\s+Council|UNSC|Council)(?:\s+members|['’]s\s+members)?|` +
		`(?:the\s+)?(?:(?:fifteen|15)\s+)?members(?:\s+of\s+the\s+(?:Security\s+)?Council)?)`,
	"General Assembly":            `(?:(?:the\s+)?(?:(?:UN|U\.N\.|United\s+Nations)\s+)?(?:General\s+Assembly|UNGA|Assembly)|(?:the\s+)?members\s+of\s+the\s+(?:General\s+)?Assembly)`,
	"Human Rights Council":        `(?:(?:the\s+)?(?:(?:UN|U\.N\.|United\s+Nations)\s+)?(?:Human\s+Rights\s+Council|Council))`,
	"Economic and Social Council": `(?:(?:the\s+)?(?:(?:UN|U\.N\.|United\s+Nations)\s+)?(?:Economic\s+and\s+Social\s+Council|ECOSOC|Council))`,
}

// A grammar is how sentences date the decisions of one body.
type grammar struct {
	ways    []*regexp.Regexp
	bynames []*regexp.Regexp // by which it is called, whatever else is said of it: "the Council’s 2019 decision"
	leads   *regexp.Regexp   // a clause up to its act that begins with the body: "The Security Council unanimously"
}

// grammars are those of the bodies, each made when a sentence first asks for
// it: most runs need one, and it takes as long as reading a page.
var grammars = func() map[string]func() *grammar {
	out := map[string]func() *grammar{}
	for body, words := range bodyNames {
		out[body] = sync.OnceValue(func() *grammar {
			return &grammar{ways: compile(words), bynames: bynames(words), leads: regexp.MustCompile(`(?i)(?:^|[.;,:—]\s+|\b(?:and|then|when|as|but|before|after)\s+)` + words + `,?\s+` + anyhow + `$`)}
		})
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
	earlier = regexp.MustCompile(`(?i)\b(?:recall(?:ed|ing|s)?|reaffirm(?:ed|ing|s)?|buil(?:ding|ds?|t) on|repeat(?:s|ed|ing)?|than (?:the|that|those|what|it|in|its)|pursuant to|as early as|prior|predecessors?|successors?|earlier|previous(?:ly)?|originally?|initial(?:ly)?|former|` +
		`under the terms of|based on|contrary to|unlike|compared|echo(?:ed|ing|es)?|borrow(?:ed|ing|s)?|copied|modelled|taken from|lifted from|drawn from|would later|first time since|anniversary|carried over|years?\s+(?:later|before|earlier|ago)|since (?:the|this|that|his|her)\s+(?:last\s+|latest\s+)?(?:report|resolution|text|mandate)|foreshadow\w*|repeal(?:ed|ing|s)?|replac(?:ed|ing|es)|supersed(?:ed|ing|es))\b`)
	// formerly is part of a name, and tells of no time before.
	formerly = regexp.MustCompile(`(?i)\bformer\s+(?:yugoslav\w*|soviet)`)
	// otherBodies are councils that are none of the United Nations, and bodies that
	// take decisions of their own.
	otherBodies = regexp.MustCompile(`(?i:\bPeace and Security Council\b|\bCouncil of (?:the )?(?:Europe|European|Ministers|State)\b|\b(?:European|Transitional|National|Constitutional|Military|Governing|Legislative|Supreme|State) Council\b|` +
		`\b(?:African Union|European Union|League|NATO|ECOWAS|IGAD|SADC|Parliament|Government|Cabinet|parties|Court|Tribunal|Commission)\s+` + anyhow + `(?:adopted|decided|passed|agreed|imposed|authori[sz]ed|approved|endorsed)\b)|\b(?:AU|EU)\s+(?:adopted|decided|passed|agreed|imposed|authori[sz]ed|approved|endorsed)\b`)
	// lasting are words that tell of what holds at another time than the one
	// named: they leave a decision's byname as it is.
	lasting = regexp.MustCompile(`(?i)\b(?:still|to this day)\b`)
	// happening are nouns of events: a time after one dates the event.
	happening = regexp.MustCompile(`(?i)\b(?:elections?|referend\w+|polls?|coups?|wars?|conflicts?|attacks?|massacres?|cris[ie]s|fighting|famines?|earthquakes?|cease-?fires?|agreements?|accords?|talks|negotiations|killings?|bombings?|` +
		`violence|clashes|protests?|conferences?|summits?|outbreaks?|epidemics?|invasion|independence|transition|vote|violations|events|upheaval|unrest|uprising|genocide|withdrawal|drawdown|closure|departure|exit|handover|expiry|expiration|liquidation|return|operations|activities|assistance|completion|deployment|period|year|report|session)\s*$`)
	// another verb between an act and a time takes the time for its own.
	otherVerb = regexp.MustCompile(`(?i)\b(?:\w{3,}ed|held|made|begun|set|taken|given|sent|brought|led|won|lost|fought|signed|reached|struck|built|kept|left|met|that|which|who|whose|when|where|until|to\s+be|had|was|were|been|being|due|foreseen|by|from|since|before|after|between)\b`)
)

// compile writes the ways in which a sentence dates a decision of a body.
func compile(b string) []*regexp.Regexp {
	return compiled([]string{
		// In 2019, the Security Council adopted …
		clause + aTime + `,?\s+` + b + `,?\s+` + anyhow + acts + `\b`,
		// In 2019, three years after the coup, the Council adopted …
		clause + aTime + `,\s+[^,;]{3,70},\s+` + b + `,?\s+` + anyhow + acts + `\b`,
		// In 2019, the mandate was renewed; on 28 June 2018, resolution 2423 was adopted
		`^` + aTime + `,?\s+(?:the\s+|a\s+|its\s+)?(?:[\w’']+\s+){0,2}(?:` + things + `|sanctions|embargo|resolution\s+\d+(?:\s+\(§?\d{4}\))?)\s+(?:was|were)\s+` + anyhow + acts + `\b`,
		`^` + aTime + `,?\s+(?:(?:security\s+council|general\s+assembly)\s+)?resolution\s+[\d/]+\s+` + anyhow + acts + `\b`,
		// The Council adopted in 2019 …; the Security Council, in June 2019, decided
		`\b` + b + `,?\s+` + anyhow + acts + `\s+` + aTime,
		`\b` + b + `,\s+` + aTime + `,\s+` + anyhow + acts + `\b`,
		// It was (not until) in 2019 that the Council …
		`^it\s+(?:was|took)\s+(?:not\s+until|only\s+in|until)\s+` + aDay + `\s+(?:that|for)\s+` + b,
		`^it\s+was\s+(?:only\s+)?` + aTime + `\s+that\s+` + b,
		`^(?:not\s+until|not\s+before|only\s+in)\s+` + aDay + `\s+did\s+` + b,
		// the Council’s decision of 2019, its 2019 resolution, the decision (taken) in 2019
		`\b(?:the|a|its|this|` + b + `['’]s?)\s+(?:[\w-]+\s+)?decisions?\s+(?:(?:taken|adopted|made|reached)\s+)?` + aTime,
		`\b(?:the|a|its|this|` + b + `['’]s?)\s+(?:[\w-]+\s+)?(?:` + things + `)\s+(?:taken|adopted|made|passed|issued|agreed)\s+(?:by\s+` + b + `\s+)?` + aTime,
		// The resolution, adopted in 2019, …; Adopted on 28 June 2018, the text …
		`\b(?:` + things + `),\s+(?:which\s+was\s+)?(?:adopted|passed|taken|agreed|issued)\s+(?:unanimously\s+)?(?:by\s+` + b + `\s+)?` + aTime,
		`^(?:adopted|passed)\s+(?:unanimously\s+)?(?:by\s+` + b + `\s+)?` + aTime,
		`\b(?:` + things + `)\s+was\s+` + anyhow + `(?:adopted|passed|taken|issued|renewed|extended)\s+(?:by\s+` + b + `\s+)?` + aTime,
		// The mandate dates from 2004, when the Security Council acted on Liberia
		`\b(?:dates?|dated)\s+(?:from|back\s+to)\s+` + aDay + `,\s+when\s+` + b + `,?\s+` + anyhow + acts + `\b`,
		`\b(?:vote|voting)\b[^,;]*\b(?:took\s+place|was\s+(?:held|taken)|came)\s+` + aTime,
		// The mission’s role was redefined by the Council in 2019; passed in 2019
		// by the Council
		`\b(?P<done>\w+(?:ed|en|wn|ut|de|pt|nt|ld|id))\s+by\s+` + b + `\s+` + aTime,
		`\b(?P<done>\w+(?:ed|en|wn|ut|de|pt|nt|ld|id|set\s+up))\s+` + aTime + `\s+by\s+` + b + `\b`,
		`\b` + b + `\s+` + anyhow + acts + `,\s+` + aTime + `,`,
		clause + b + `\s+` + aTime + `\s+` + quickly + acts + `\b`,
		// A resolution on Mali was adopted on 28 June 2018; was put to the vote
		`\b(?:` + rulings + `|compromise|formula)` + about + `\s+(?:was|were)\s+` + anyhow + carried + `\s+` + nemcon + `(?:by\s+` + b + `\s+)?` + aTime,
		// The text on Mali, adopted in 2019, …; the resolution (adopted in 2019)
		`\b` + rulings + matter + `(?:,|\s*\()\s*(?:which\s+was\s+|itself\s+)?` + carried + `\s+` + nemcon + `(?:by\s+` + b + `\s+)?(?:` + aTime + `|` + aDay + `)`,
		`\bresolution\s+(?P<number>[\d/]+)(?:\s+\(§?\d{4}\))?(?:,|\s*\()\s*(?:which\s+was\s+)?` + carried + `\s+` + nemcon + `(?:by\s+` + b + `\s+)?(?:` + aTime + `|` + aDay + `)`,
		`\bresolution\s+(?P<number>[\d/]+)(?:\s+\(§?\d{4}\))?\s+was\s+` + anyhow + carried + `\s+` + nemcon + `(?:by\s+` + b + `\s+)?` + aTime,
		`\b(?:adoption\s+of|passage\s+of|adopting|passing)\s+` + ofBody + `resolution\s+(?P<number>[\d/]+)\s+` + aTime,
		`\badoption\s+of\s+(?:the|this|that)\s+` + rulings + `\s+(?:by\s+` + b + `\s+)?` + aTime,
		`\badopting\s+(?:a|the)\s+(?:[\w-]+\s+)?` + rulings + matter + `\s+` + aTime,
		`^(?:since|after|upon|following|with)\s+its\s+adoption\s+` + aTime + `,\s+(?:the|this)\s+(?:[\w-]+\s+)?` + rulings + `\b`,
		// The Council’s position on Mali was laid down in 2019
		`\b` + b + `['’]s?\s+(?:[\w-]+\s+)?(?:position|approach|stance|view|line|expectations|demands|terms|parameters|conditions|formula|language|mandate|rules)` + about + `\s+(?:was|were)\s+` + quickly +
			`(?:laid\s+down|set\s+out|set|fixed|spelled\s+out|spelt\s+out|settled|defined|agreed|adopted|formulated|stated|recorded)\s+` + aTime,
		// A draft that was adopted in 2019; members voted for the text on 28 June 2018
		`\b(?:a|the|this)\s+(?:[\w-]+\s+)?(?:draft|` + rulings + `)` + about + `\s+(?:that|which)\s+(?:was|were)\s+` + quickly + carried + `\s+` + nemcon + `(?:by\s+` + b + `\s+)?` + aTime,
		`\bvoted\s+(?:in\s+favou?r\s+of|for|against|on)\s+(?:the|a|this)\s+(?:[\w-]+\s+)?(?:draft|` + rulings + `)` + about + `\s+` + aTime,
		// A Council resolution adopted in 2019
		`\b(?:the|a|this)\s+(?:[\w-]+\s+)?` + ofBody + rulings + `\s+` + carried + `\s+` + nemcon + `(?:by\s+` + b + `\s+)?` + aTime,
		// In 2019 came a resolution on Mali; in 2019 a further text followed; 2019
		// brought one; the change came in 2019 with a resolution
		`^` + aTime + `,?\s+(?:a|the|another)\s+(?:[\w-]+\s+){0,2}?` + ofBody + rulings + about + `\s+(?:was|were)\s+` + anyhow + carried + `\b`,
		`^(?:then,?\s+)?` + aTime + `,?\s+(?:came|followed)\s+(?:a|the|another)\s+(?:[\w-]+\s+){0,2}?` + ofBody + rulings + `\b`,
		`^` + aTime + `,?\s+(?:a|the|another)\s+(?:[\w-]+\s+){0,2}?` + ofBody + rulings + about + `\s+(?:followed|came|emerged)\b`,
		`^(?:the\s+year\s+)?` + aDay + `\s+saw\s+` + b + `\s+(?:adopt|pass|approve|agree|authori[sz]e|establish|renew|extend|impose|lift|endorse|decide|act|return|take|turn)\b`,
		`^(?:the\s+year\s+)?` + aDay + `\s+(?:saw|brought)\s+the\s+(?:adoption|passage)\s+of\s+(?:a|the|another)\s+(?:[\w-]+\s+){0,2}?` + ofBody + rulings + `\b`,
		`^(?:the\s+year\s+)?` + aDay + `\s+(?:saw|brought|produced|witnessed|yielded)\s+(?:a|the|another)\s+(?:[\w-]+\s+){0,2}?` + ofBody + rulings + `\b`,
		`\b` + aTime + `,?\s+(?:with|through|in\s+the\s+(?:form|shape)\s+of)\s+(?:a|the|another)\s+(?:[\w-]+\s+){0,2}?` + ofBody + rulings + `\b`,
		`\b(?:set\s+up|established|created|imposed|renewed|extended|authori[sz]ed|launched)\s+` + aTime + `\s+(?:under|by|through|in|with)\s+(?:a|the|its)\s+(?:[\w-]+\s+){0,2}?` + ofBody + rulings + `\b`,
		// the relevant decision (Security Council, 2019)
		`\b` + rulings + about + `\s*\(` + b + `,?\s+(?:(?:in|on)\s+)?` + aDay + `\)`,
		`\b` + rulings + `\s*\((?:(?:in|on)\s+)?` + aDay + `\)`,
		// a resolution on Mali that the Council passed in 2019
		`\b` + rulings + about + `\s+(?:that|which)\s+` + b + `\s+` + quickly + acts + `\s+` + aTime,
		// In 2019, when the Council adopted …; in 2019, and this time a text was agreed
		`\b(?:from|to|since)\s+` + aDay + `,\s+when\s+` + b + `,?\s+` + quickly + acts + `\b`,
		`^at\s+(?:its|a|the)\s+(?:[\w-]+\s+)?(?:meeting|session|sitting)\s+(?:of|(?:on|in))\s+` + aDay + `,\s+` + b + `\s+` + quickly + acts + `\b`,
		`\b` + rulings + matter + `,\s+dated\s+` + aDay + `,`,
		`\b` + rulings + matter + `\s+dated\s+` + aDay + `\b`,
		`^dated\s+` + aDay + `,\s+(?:the|this)\s+(?:[\w-]+\s+)?` + rulings + `\b`,
		`\b` + aTime + `,\s+when\s+` + b + `,?\s+` + quickly + acts + `\b`,
		`\b` + aTime + `,\s+and\s+(?:\w+\s+){0,3}?(?:a|the|its)\s+(?:[\w-]+\s+)?` + rulings + `\s+(?:was|were)\s+` + anyhow + carried + `\b`,
		`^` + aDay + `\s+was\s+the\s+(?:year|month|day)\s+(?:in\s+which|on\s+which|when|that)\s+` + b,
		// Acting on 7 August 2009, the Council …; As the Council put it in 2019
		`^it\s+(?:was|would\s+be)\s+` + aDay + `\s+before\s+` + b,
		`^as\s+(?:a|the|its)\s+(?:[\w-]+\s+)?` + ofBody + rulings + about + `\s+(?:put|said|stated|noted|declared|affirmed|had)(?:\s+it)?\s+` + aTime,
		`^(?:by\s+(?:way|means)\s+of|through|with|by|in)\s+(?:a|the|its|another)\s+(?:[\w-]+\s+){0,2}?` + ofBody + rulings + matter + `\s+(?:` + aTime + `|of\s+` + aDay + `),\s+` + b + `\s+` + quickly + acts + `\b`,
		`^what\s+` + b + `\s+` + quickly + `(?:decided|adopted|agreed|asked\s+for|did|said|demanded)\s+` + aTime + `\s+was\b`,
		`^when\s+` + b + `\s+met\s+` + aTime + `,\s+(?:they|it)\s+` + quickly + acts + `\b`,
		`^(?:acting|voting|deciding)\s+(?:\w+\s+)?` + aTime + `,\s+` + b + `\b`,
		`^as\s+` + b + `\s+(?:itself\s+)?(?:put|said|stated|noted|wrote|phrased|declared|affirmed|stressed|recogni[sz]ed|acknowledged|observed|underlined|emphasi[sz]ed)(?:\s+it)?\s+` + aTime,
	})
}

func compiled(patterns []string) (out []*regexp.Regexp) {
	for _, p := range patterns {
		out = append(out, regexp.MustCompile(`(?i)`+p))
	}
	return out
}

// bynames writes the ways in which a sentence calls a decision by its year.
func bynames(b string) []*regexp.Regexp {
	return compiled([]string{
		// the Council’s decision of 2019, its 2019 resolution, a resolution from 2019
		`\b(?:` + b + `['’]s?|its|the|this|a)\s+(?:[\w-]+\s+)?` + ofBody + `(?:` + things + `|vote)\s+(?:of|dated)\s+` + aDay,
		`\b(?:the|this|its|` + b + `['’]s?)\s+(?:[\w-]+\s+)?` + rulings + about + `\s+dates\s+(?:from|back\s+to)\s+` + aDay,
		`\b(?:` + b + `['’]s?|its|the|this|a)\s+(?:[\w-]+\s+)?` + rulings + `\s+(?:from|dating\s+(?:from|back\s+to))\s+` + aDay,
		`\b(?:` + b + `['’]s?|its)\s+(?:[\w-]+\s+)?` + aDay + `\s+(?:` + things + `|renewal|extension|authori[sz]ation|endorsement|vote)\b`,
		`\bin\s+(?:a|the)\s+(?:[\w-]+\s+)?` + aDay + `\s+` + ofBody + rulings + about + `,\s+` + b,
		`^(?:the\s+)?(?:drafters|authors|sponsors|penholders?|wording|language|preamble|provisions|terms)\s+(?:of|in)\s+the\s+` + aDay + `\s+` + ofBody + rulings + `\b`,
		`\ba\s+` + aDay + `\s+(?:(?:security\s+)?council|(?:general\s+)?assembly)\s+(?:` + things + `)\b`,
		// The 2019 resolution on Mali went further. Where the words begin no
		// sentence they may well call up another: "it goes beyond the 2019
		// resolution"; "had" tells of what came before.
		`^the\s+` + aDay + `\s+(?:(?:security\s+)?council\s+|(?:general\s+)?assembly\s+)?` + rulings + about + `\s+(?:is|was|has|does|did|` + acts + `|went|goes|remains|left|leaves|made|makes|sets?|asks?|gives?|says?|said|calls?|contain(?:s|ed))\b`,
	})
}

// longActs are acts whose object may stand between them and their time:
// "renewed the mandate of the mission in 2019".
var longActs = regexp.MustCompile(`(?i)\b` + makes + `\b`)

// plainActs are those of them whose object holds no time of its own even after
// "for" and "to": "renewed the mandate for a year in 2019", unlike "approved a
// plan for the handover in 2019".
var (
	plainActs = regexp.MustCompile(`(?i)^(?:adopted|established|created|authori[sz]ed|extended|renewed|imposed|lifted|terminated|set\s+up|dissolved|mandated|agreed|decided|passed|widened|expanded|voted)$`)
	forWhat   = regexp.MustCompile(`(?i)\b(?:for|to|towards?)\b`)
)

// toAct tells whether an infinitive stands in a text: "authorized the force to
// remain in 2019" dates the remaining.
func toAct(s string) bool {
	for _, m := range toWhat.FindAllStringSubmatch(s, -1) {
		if w := m[1]; unicode.IsLower([]rune(w)[0]) && !noVerb[w] && !strings.HasSuffix(w, "s") && !strings.HasSuffix(w, "ing") {
			return true
		}
	}
	return false
}

var (
	decidesTo = regexp.MustCompile(`(?i)^(?:decided|agreed|voted|chose|opted)$`)
	toWhat    = regexp.MustCompile(`\bto\s+([\w’-]+)`)
	noVerb    = map[string]bool{"the": true, "a": true, "an": true, "its": true, "their": true, "his": true, "her": true, "all": true, "any": true, "each": true, "both": true, "full": true, "some": true, "such": true,
		"this": true, "that": true, "one": true, "two": true, "three": true, "four": true, "five": true, "six": true, "peace": true, "date": true, "half": true, "zero": true, "almost": true, "about": true, "nearly": true, "northern": true, "southern": true, "eastern": true, "western": true}
)

// datings are the times to which the sentences above a note date its document.
func datings(c *Case) (out []dating) {
	if s := adoption(c); s != "" && c.Cite.Claims.Date.IsZero() {
		if d, ok := reading(s, c.Cite.Symbol); ok {
			return []dating{d}
		}
	}
	for _, m := range c.Note.Markers {
		text := m.Upto
		if text == "" {
			text = m.Sentence
		}
		if m.Part == "" && m.Upto != "" && markedName.MatchString(m.Upto) && isAdopted.MatchString(strings.TrimPrefix(m.Sentence, m.Upto)) {
			text = m.Sentence // "The resolution[5] was adopted in 2019"
		}
		if d, ok := reading(text, c.Cite.Symbol); ok && !slices.Contains(out, d) {
			out = append(out, d)
		}
	}
	return out
}

var (
	markedName = regexp.MustCompile(`(?i)\b(?:resolution(?:\s+\d+)?|text|decision|statement|mandate)$`)
	isAdopted  = regexp.MustCompile(`(?i)^\s*,?\s*(?:which\s+)?(?:was|were)\s+(?:\w+\s+)?(?:adopted|passed|issued|renewed|agreed)\b`)
)

// reading is the one time to which a sentence dates the making of a document.
// A sentence that dates it twice, or tells of another document, has none.
func reading(sentence string, s cite.Symbol) (dating, bool) {
	d := dating{text: unquoted(sentence)}
	d.text = strings.TrimSpace(strings.Join(strings.Fields(d.text), " "))
	if !decides(s) {
		d.text = onMandate.ReplaceAllString(d.text, "") // the mandate of the report, not another document
	}
	if !anyYear.MatchString(d.text) || earlier.MatchString(formerly.ReplaceAllString(d.text, "")) || otherBodies.MatchString(d.text) {
		return d, false
	}
	d.flat = flatten(d.text)
	ways := dateReport
	var g *grammar
	if d.report = !decides(s); !d.report {
		of, ok := grammars[s.Body()]
		if !ok {
			return d, false
		}
		g = of()
		ways = g.ways
	}
	lasts := lasting.MatchString(d.text)
	if lasts {
		ways = nil
	}
	if g != nil {
		ways = append(ways[:len(ways):len(ways)], g.bynames...)
	}
	for _, re := range ways {
		for _, m := range re.FindAllStringSubmatchIndex(d.flat, -1) {
			if relative.MatchString(d.flat[:m[0]]) || tellsOfAnother(re, m, d.flat, s) || !d.report && tellsOn(re, m, d.flat) {
				continue
			}
			if !d.take(re, m) {
				return d, false
			}
		}
	}
	if d.year == 0 && g != nil && !lasts {
		d.long(g)
	}
	return d, d.year > 0
}

var onMandate = regexp.MustCompile(`(?i),?\s*pursuant to\s+(?:\w+\s+){0,4}resolutions?\s+[\d/]+(?:\s+\((?:19|20)\d\d\))?`)

// tellsOfAnother tells whether the time of a match may be that of something
// else: of a clause or a paper inside what the decision is about, of another
// resolution, or of what happened to the body's words and not in it.
func tellsOfAnother(re *regexp.Regexp, m []int, text string, s cite.Symbol) bool {
	group := func(name string) string {
		if i := re.SubexpIndex(name); i > 0 && m[2*i] >= 0 {
			return text[m[2*i]:m[2*i+1]]
		}
		return ""
	}
	if n := group("number"); n != "" && !strings.Contains(s.String()+" ", "/"+n+" ") {
		return true
	}
	return innerClause.MatchString(group("about")) || innerClause.MatchString(group("matter")) || paper.MatchString(group("matter")) || noAct.MatchString(group("done"))
}

var (
	innerClause = regexp.MustCompile(`(?i)\b(?:that|which|who|whose|whom|what|when|where)\b`)
	paper       = regexp.MustCompile(`(?i)\b(?:agreements?|accords?|constitution|treaty|convention|charter|statute|plan|strategy|declaration|budget|roadmap|road\s+map|law|protocol|compact|communiqu[eé]|policy|framework)\b`)
	noAct       = regexp.MustCompile(`(?i)^(?:visited|briefed|criti[cs]i[sz]ed|opposed|ignored|discussed|debated|considered|received|seen|heard|rejected|questioned|asked|told|informed|attended|followed|monitored|watched|blocked|vetoed|held|used|read|understood|ratified|signed|led|joined|contested|disputed|overlooked|noticed)$`)
)

// relative are the words after which a clause tells of another thing: "the
// embargo that the Council had imposed in 2005".
var relative = regexp.MustCompile(`(?i)\b(?:that|which|whom|what|where)\s+$`)

// take notes one time; a second, other one leaves none.
func (d *dating) take(re *regexp.Regexp, m []int) bool {
	for i, name := range re.SubexpNames() {
		g := 2 * i
		if i == 0 || name != "" || m[g] < 0 {
			continue // a group with a name is no year
		}
		y, _ := strconv.Atoi(d.flat[m[g]:m[g+1]]) // four digits
		if d.year != 0 && d.year != y || !ends(d.flat[m[g+1]:]) {
			return false
		}
		d.year, d.phrase = y, d.phraseAt(m[g])
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

// phraseAt is the time around a year of the flat text, for people.
func (d *dating) phraseAt(from int) string {
	n := strings.Count(d.flat[:from], "§") - 1
	at := times.FindAllStringIndex(d.text, -1)[n]
	text := d.text[:at[0]]
	if m := ofTime.FindString(text); m != "" {
		return m + d.text[at[0]:at[1]]
	}
	return d.text[at[0]:at[1]]
}

var ofTime = regexp.MustCompile(`(?i)\b(?:in|on|of|during)\s$`)

// flatten cuts each time of a text down to its year, behind a mark: so the
// readings need not spell out how days and months are written.
func flatten(text string) string { return times.ReplaceAllString(text, "§$1") }

var times = regexp.MustCompile(`(?i)\b(?:(?:early|mid|late)[- ]\s*)?(?:\d{1,2}(?:st|nd|rd|th)?\s+(?:of\s+)?)?(?:` + months + `\s+(?:of\s+)?)?(?:\d{1,2}(?:st|nd|rd|th)?,?\s+)?\b((?:19|20)\d\d)\b`)

// long reads "the Council renewed the mandate of the mission in 2019": an act
// whose time stands at the end of its clause, with nothing between that the
// time could belong to.
func (d *dating) long(g *grammar) {
	for _, m := range endTime.FindAllStringSubmatchIndex(d.flat, -1) {
		before := d.flat[:m[0]]
		at := longActs.FindAllStringIndex(before, -1)
		if len(at) == 0 || happening.MatchString(before) {
			continue
		}
		act := at[len(at)-1]
		between := before[act[1]:]
		lead := before[:act[0]]
		if decidesTo.MatchString(d.flat[act[0]:act[1]]) {
			between = strings.TrimPrefix(between, " to") // "decided to close it in 2019"
		}
		if toAct(between) || forWhat.MatchString(between) && !plainActs.MatchString(before[act[0]:act[1]]) {
			continue
		}
		if len(strings.Fields(between)) > 12 || otherVerb.MatchString(between) || strings.ContainsAny(between, ",;:—") || !g.leads.MatchString(lead) {
			continue
		}
		if tellsOn(endTime, m, d.flat) {
			continue
		}
		if !d.take(endTime, m) {
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
