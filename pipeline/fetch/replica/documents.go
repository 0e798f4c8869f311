package replica

import (
	"archive/zip"
	"bytes"
	"fmt"
	"html"
	"strings"
)

// A Document is one that the replica's hosts know. Symbols, dates, meetings,
// votes, press releases and titles are facts; the text is ours.
type Document struct {
	Symbol  string // as printed: "S/RES/2423 (2018)"
	Date    string // "28 June 2018"
	Meeting string // "8298"; "" for what is not adopted at one
	Vote    string
	Press   string // "SC/13400"
	Topic   string // agenda item
	Title   string
	Text    []string // numbered paragraphs
	Draft   string   // "A/70/L.1", of a resolution of the General Assembly
	Issued  string   // the day of its distribution, where that is not Date
	Scan    bool     // its PDF has no text; its Word file has
}

// Documents are what the seed of the project cites, what fits in place of one
// of them, and those that a client may compare others with.
var Documents = []Document{
	{Symbol: "S/RES/2100 (2013)", Date: "25 April 2013", Meeting: "6952", Vote: "15-0-0", Press: "SC/10987", Topic: "The situation in Mali", Text: madeUp(33)},
	{Symbol: "S/RES/2227 (2015)", Date: "29 June 2015", Meeting: "7474", Vote: "15-0-0", Press: "SC/11950", Topic: "The situation in Mali", Text: madeUp(30)},
	{Symbol: "S/RES/2391 (2017)", Date: "8 December 2017", Meeting: "8129", Vote: "15-0-0", Press: "SC/13112", Topic: "Peace and security in Africa", Text: madeUp(36)},
	{Symbol: "S/RES/2423 (2018)", Date: "28 June 2018", Meeting: "8298", Vote: "15-0-0", Press: "SC/13400", Topic: "The situation in Mali",
		Text: madeUp(72, "38: Decides, in these made-up words, that the mission shall carry out this task within existing resources;")},
	{Symbol: "S/RES/2480 (2019)", Date: "28 June 2019", Meeting: "8568", Vote: "15-0-0", Press: "SC/13867", Topic: "The situation in Mali", Text: madeUp(61)},
	{Symbol: "S/RES/2690 (2023)", Date: "30 June 2023", Meeting: "9365", Vote: "15-0-0", Press: "SC/15341", Topic: "The situation in Mali", Text: madeUp(9)},
	{Symbol: "S/RES/1325 (2000)", Date: "31 October 2000", Meeting: "4213", Vote: "15-0-0", Topic: "Women and peace and security", Text: madeUp(18)},
	{Symbol: "S/RES/1373 (2001)", Date: "28 September 2001", Meeting: "4385", Vote: "15-0-0", Topic: "Threats to international peace and security caused by terrorist acts", Text: madeUp(9)},
	{Symbol: "S/RES/1540 (2004)", Date: "28 April 2004", Meeting: "4956", Vote: "15-0-0", Topic: "Non-proliferation of weapons of mass destruction", Text: madeUp(12)},
	{Symbol: "S/2023/21", Date: "6 January 2023", Title: "Situation in Mali", Text: madeUp(80)},
	{Symbol: "S/2023/36", Date: "16 January 2023", Title: "Internal review of the United Nations Multidimensional Integrated Stabilization Mission in Mali",
		Text: madeUp(70, "41: In these made-up words, the authorities spoke of a politicization and instrumentalization of human rights.")},
	{Symbol: "A/RES/70/1", Date: "25 September 2015", Issued: "21 October 2015", Meeting: "4", Draft: "A/70/L.1", Topic: "15 and 116", Title: "Transforming our world: the 2030 Agenda for Sustainable Development", Text: madeUp(91)},
	{Symbol: "S/PRST/2013/22", Date: "18 December 2013", Meeting: "7090", Topic: "Peace and security in Africa", Text: madeUp(12)},
	{Symbol: "S/1999/957", Date: "8 September 1999", Title: "Protection of civilians in armed conflict", Text: madeUp(68), Scan: true},
	{Symbol: "S/2023/402", Date: "1 June 2023", Title: "Situation in Mali", Text: madeUp(90, "5: In these made-up words, the parties agreed on the timeline of the transition.")},
}

// madeUp is the text of a document with so many paragraphs; others are given
// with their number.
func madeUp(n int, given ...string) []string {
	out := make([]string, n)
	for i := range out {
		// No two are alike, for what comes again on each page is a running head.
		out[i] = fmt.Sprintf("%s that these %s words of paragraph %d were made up %s, and that the %s ones stand elsewhere;", verbs[i%len(verbs)], adjectives[i%len(adjectives)], i+1,
			ends[i%len(ends)], adjectives[(i+3)%len(adjectives)])
	}
	for _, g := range given {
		number, text, _ := strings.Cut(g, ": ")
		var i int
		fmt.Sscan(number, &i)
		out[i-1] = text
	}
	return out
}

var (
	verbs      = []string{"Recalls", "Notes", "Stresses", "Underlines", "Takes note of the fact", "Reaffirms", "Observes"}
	adjectives = []string{"plain", "borrowed", "careful", "other", "shorter", "invented", "patient", "second", "quiet", "longer", "spare"}
	ends       = []string{"for tests", "for want of the real text, which is not ours to copy", "by the makers of a program", "and mean nothing", "on a rainy afternoon"}
)

func (d *Document) assembly() bool { return strings.HasPrefix(d.Symbol, "A/RES/") }

// session is that of a resolution of the General Assembly.
func (d *Document) session() string { return strings.Split(d.Symbol, "/")[2] }

func (d *Document) statement() bool { return strings.HasPrefix(d.Symbol, "S/PRST/") }

func (d *Document) resolution() bool { return strings.HasPrefix(d.Symbol, "S/RES/") }

// year is the year in which the document is dated.
func (d *Document) year() string { return d.Date[len(d.Date)-4:] }

// key is a symbol as the hosts compare them: without spaces.
func key(symbol string) string { return strings.ReplaceAll(symbol, " ", "") }

func find(symbol string) *Document {
	for i := range Documents {
		d := &Documents[i]
		if key(d.Symbol) == key(symbol) || d.resolution() && key(strings.SplitN(d.Symbol, " ", 2)[0]) == key(symbol) {
			return d
		}
	}
	return nil
}

// pdf sets the document as the UN does: symbol and date at the top right, the
// organ, the title, numbered paragraphs.
func (d *Document) pdf() []byte {
	p := &paper{}
	if d.Scan {
		return p.bytes() // the picture is left out as well
	}
	organ, issued := "Security Council", d.Date
	if d.assembly() {
		organ = "General Assembly"
	}
	if d.Issued != "" {
		issued = d.Issued
	}
	p.at(72, 744, 12, "United Nations")
	p.at(420, 744, 12, d.Symbol)
	p.at(72, 700, 16, organ)
	p.at(420, 700, 10, "Distr.: General")
	p.at(420, 688, 10, issued)
	p.at(420, 664, 10, "Original: English")
	p.y = 630
	if d.assembly() {
		p.bold(14, "Resolution adopted by the General Assembly on "+d.Date)
		p.skip(4)
		p.text(10, "[without reference to a Main Committee ("+d.Draft+")]")
		p.skip(8)
		p.bold(14, strings.TrimPrefix(d.Symbol, "A/RES/")+". "+d.Title)
		p.skip(8)
		p.text(10, "The General Assembly,")
		p.text(10, "Adopts the following text, which was made up for tests of a program:")
	} else if d.resolution() {
		number := strings.TrimPrefix(d.Symbol, "S/RES/")
		p.bold(14, "Resolution "+number)
		p.skip(8)
		p.bold(11, fmt.Sprintf("Adopted by the Security Council at its %sth meeting, on %s", d.Meeting, d.Date))
		p.skip(8)
		p.text(10, "The Security Council,")
		p.text(10, "Recalling that what follows was made up for tests of a program,")
	} else if d.statement() {
		p.bold(14, "Statement by the President of the Security Council")
		p.skip(8)
		p.text(10, fmt.Sprintf("At the %sth meeting of the Security Council, held on %s, the President made a statement, of which the words were made up:", d.Meeting, d.Date))
	} else {
		p.bold(14, d.Title)
		p.skip(4)
		p.bold(14, "Report of the Secretary-General")
		p.skip(8)
		p.bold(12, "I. Introduction")
	}
	for i, t := range d.Text {
		p.skip(4)
		p.text(10, fmt.Sprintf("%d. %s", i+1, t))
	}
	return p.bytes()
}

// word is the document's Word file: its masthead and paragraphs, a line each.
func (d *Document) word() []byte {
	lines := []string{"United Nations", d.Symbol, "Security Council", "Distr.: General", d.Date, "Original: English", d.Title, "Report of the Secretary-General", "I. Introduction"}
	for i, t := range d.Text {
		lines = append(lines, fmt.Sprintf("%d. %s", i+1, t))
	}
	var body strings.Builder
	for _, l := range lines {
		body.WriteString("<w:p><w:r><w:t>" + html.EscapeString(l) + "</w:t></w:r></w:p>")
	}
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, part := range [][2]string{
		{"[Content_Types].xml", `<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`},
		{"_rels/.rels", `<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`},
		{"word/document.xml", `<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>` + body.String() + `</w:body></w:document>`},
	} {
		w, err := z.Create(part[0])
		if err == nil {
			_, err = w.Write([]byte(part[1]))
		}
		if err != nil {
			panic(err) // a buffer takes what it is given
		}
	}
	if err := z.Close(); err != nil {
		panic(err)
	}
	return out.Bytes()
}

// placeholder is what the document system sends for what it does not have: a
// PDF of 83,914 bytes.
func placeholder() []byte {
	p := &paper{}
	p.y = 700
	p.text(12, "The document you requested does not exist in the Official Document System")
	b := p.bytes()
	const size = 83_914
	return append(b, []byte("\n%"+strings.Repeat("x", size-len(b)-3)+"\n")...)
}
