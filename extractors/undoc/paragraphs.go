package undoc

import (
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"citecheck/pipeline/cite"
)

var (
	numbered   = regexp.MustCompile(`^(\d{1,3})\.(?:\s+(\S.*))?$`)
	annexHead  = regexp.MustCompile(`(?i)^(?:annex|appendix|enclosure|annexe|appendice|anexo|apéndice|pièce jointe)(?:\s+(?:[IVX]{1,6}|[A-Z]|\d{1,2}))?\*{0,2}$`)
	annexTo    = regexp.MustCompile(`^(?:Annex|Enclosure|Appendix)(?:\s+(?:[IVX]{1,6}|[A-Z]|\d{1,2}))?\s+to the (?:identical )?(?:letters?|notes? verbales?|report)\b`)
	organOpens = regexp.MustCompile(`(?i)^(?:the (?:security council|general assembly|human rights council|economic and social council|commission on human rights)|le conseil (?:de sécurité|des droits de l.homme|économique et social)|l.assemblée générale|el consejo (?:de seguridad|de derechos humanos|económico y social)|la asamblea general)\s?,$`)
	subMark    = regexp.MustCompile(`^(?:\((?:[a-z]{1,2}|[ivx]{1,5}|\d{1,2})\)|[•–—-]|\([A-Z]\))\s`)
	tailText   = regexp.MustCompile(`(?i)^\d+(?:st|nd|rd|th) (?:\(resumed\) )?(?:plenary )?meeting\b.{0,24}$|^\d+(?:e|ª|a) séance|^\[(?:adopted|résolution|aprobada)|^\(signed\)`)
	leaders    = regexp.MustCompile(`\.{4,}|(?:\. ){4,}|…{2,}`)
	notesHead  = regexp.MustCompile(`^(?:Notes?|NOTES?|Endnotes)$`)
	sentence   = regexp.MustCompile(`[.”"»)]$`)
	ended      = regexp.MustCompile(`[.:;!?)\]”"»,]\*?$`)
)

// builder makes paragraphs of lines as they come.
type builder struct {
	r      *reader
	cur    *cite.Paragraph
	blocks [][]string // of the current paragraph
	next   int
	annex  string
	indent float64 // at which paragraphs' numbers stand; NaN before the first
	list   int     // the number that goes on with a list inside the paragraph; 0 for none
	notes  bool    // below the heading "Notes"
	slash  bool    // notes are called "1/" in this document
	closed bool    // the decision is over: what follows is no paragraph of it
	began  bool    // the text has begun
	organ  bool    // the organ has spoken: what comes is the preamble
	head   bool    // the line before was a heading
	pre    int
}

// paragraphs reads the text: the preamble's paragraphs, which are counted;
// the numbered ones, where a line that begins with the next number begins one;
// text without numbers; and the annexes, each with a count of its own. Numbers
// of lists inside a paragraph do not count.
func (r *reader) paragraphs() {
	b := &builder{r: r, next: 1, indent: math.NaN()}
	for _, l := range r.lines {
		b.slash = b.slash || slashNote.MatchString(l.text)
	}
	slashed := false // in a note of the form "1/"
	for i, l := range r.lines {
		switch {
		case l.part == running || l.part == note || l.part == table && !annexHead.MatchString(l.text):
			continue
		case !b.began && !b.begins(i):
			continue
		}
		b.began = true
		switch {
		case (annexHead.MatchString(l.text) || annexTo.MatchString(l.text)) && b.heads(i):
			b.newAnnex(l.text)
			slashed = false
			continue
		case notesHead.MatchString(l.text) && (l.part == heading || l.indent > 60 || l.bold):
			b.flush()
			b.notes = true
			continue
		case organOpens.MatchString(l.text) && b.next == 1:
			b.flush()
			b.organ, b.closed = true, false
			continue
		}
		if m := numbered.FindStringSubmatch(l.text); m != nil {
			n, _ := strconv.Atoi(m[1]) // digits
			if b.numbers(i, n) {
				slashed, b.notes, b.closed = false, false, false
				b.number(n, m[2], l)
				continue
			}
		}
		if slashNote.MatchString(l.text) && (l.turns || l.opens) {
			slashed = true
		}
		if l.turns && slashed {
			slashed = slashNote.MatchString(l.text)
		}
		if b.notes || slashed {
			continue
		}
		b.line(i)
	}
	b.flush()
	r.doc.Preambular = b.pre
	r.promote()
}

// promote makes an annex's numbered paragraphs the document's where it has no
// others and no other annex has any: a declaration that a resolution adopts, a
// report that a letter forwards. Whoever cites "para. 12" means those. With
// two such annexes nothing is certain.
func (r *reader) promote() {
	if r.doc.Last > 0 {
		return
	}
	var annexes []string
	for _, p := range r.doc.Paragraphs {
		if name, _, ok := strings.Cut(p.Label, ","); ok && p.Kind == "annex" && p.N > 0 && !slices.Contains(annexes, name) {
			annexes = append(annexes, name)
		}
	}
	if len(annexes) != 1 {
		return
	}
	for i := range r.doc.Paragraphs {
		if p := &r.doc.Paragraphs[i]; p.Kind == "annex" && p.N > 0 {
			p.Kind = ""
			r.doc.Last = p.N
		}
	}
}

var (
	slashNote = regexp.MustCompile(`^\d{1,3}/\s+[A-Z"“(]`)
	slashMark = regexp.MustCompile(`\s\d{1,3}/([\s,.;:)]|$)`)
)

// begins tells whether the text begins at a line: below the masthead.
func (b *builder) begins(i int) bool {
	lines := b.r.lines
	l := lines[i]
	if l.page > 1 || organOpens.MatchString(l.text) {
		return true
	}
	if m := numbered.FindStringSubmatch(l.text); m != nil && m[1] == "1" && l.part != heading {
		return true
	}
	// A letter, or a statement: lines of text, one below the other.
	if l.part != body || l.bold || l.y < 170 || len(l.text) < 45 || capitals(l.text) || docHeader.MatchString(l.text) || agendaOf.MatchString(l.text) {
		return false
	}
	if i+1 < len(lines) && lines[i+1].page == l.page {
		return near(l, lines[i+1]) && lines[i+1].part == body && !lines[i+1].bold && !strings.Contains(b.r.doc.Title, l.text)
	}
	return false
}

// heads tells whether an annex begins at a line: it is set as a heading, or
// opens a page, and is not a line of a table of contents.
func (b *builder) heads(i int) bool {
	l := b.r.lines[i]
	if len(b.r.doc.Paragraphs) == 0 && b.cur == nil {
		return false
	}
	if annexTo.MatchString(l.text) {
		return l.part == heading || l.bold || l.turns
	}
	return l.part == heading || l.bold || l.turns || l.opens || l.part == table
}

func (b *builder) newAnnex(name string) {
	b.flush()
	name = strings.TrimRight(name, "*")
	if i := strings.Index(name, " to the "); i > 0 {
		name = name[:i]
	}
	b.annex, b.next, b.indent, b.list, b.notes, b.closed, b.organ = strings.ToLower(name[:1])+name[1:], 1, math.NaN(), 0, false, false, false
	if strings.ToUpper(name) == name {
		word, number, _ := strings.Cut(name, " ")
		b.annex = strings.TrimSpace(strings.ToLower(word) + " " + number)
	}
}

// numbers tells whether a number at the start of a line begins a paragraph.
func (b *builder) numbers(i, n int) bool {
	l := b.r.lines[i]
	if leaders.MatchString(l.text) {
		return false // of a table of contents
	}
	level := math.IsNaN(b.indent) || math.Abs(l.indent-b.indent) <= 15
	if math.IsNaN(b.indent) && n == 1 && l.indent > 60 && b.again(i, n, math.NaN()) {
		return false // "1. Military aspects", a heading in the middle of the line
	}
	switch {
	case l.part == heading && !b.follows(i, n) && !(n == b.next && level && len(l.text) > 50):
		return false
	case n == b.next && n == b.list: // a list reaches the next number
		if b.again(i, n, b.indent) {
			b.list++
			return false
		}
		return true
	case n == b.next && level:
		return true
	case n == b.next:
		return !b.again(i, n, b.indent)
	case n == 1 && b.cur != nil:
		b.list = 2
	case n == b.list && b.list > 0:
		b.list++
	case n > b.next && n <= b.next+2 && b.annex == "" && b.next > 1 && level && b.follows(i, n):
		// A number was lost: the text is damaged as recognized text is, and
		// what was lost stands with the paragraph before it.
		b.r.doc.OCR = true
		return true
	case n > b.next && n <= b.next+8 && b.annex == "" && b.next > 1 && level && b.follows(i, n) && b.list == 0:
		b.r.gaps = true
	}
	return false
}

// again tells whether the same number comes once more, where paragraphs'
// numbers stand, before a list begins anew.
func (b *builder) again(i, n int, indent float64) bool {
	lines := b.r.lines
	for _, l := range lines[i+1 : min(len(lines), i+150)] {
		if l.part == running || l.part == note || l.part == table {
			continue
		}
		m := numbered.FindStringSubmatch(l.text)
		if m == nil {
			continue
		}
		if m[1] == strconv.Itoa(n) && (math.IsNaN(indent) && l.indent < 60 || math.Abs(l.indent-indent) <= 15) {
			return true
		}
		if m[1] == "1" {
			return false
		}
	}
	return false
}

// follows tells whether the number after n comes soon: then n is a paragraph
// though the one before it was not seen.
func (b *builder) follows(i, n int) bool {
	lines := b.r.lines
	for _, l := range lines[i+1 : min(len(lines), i+120)] {
		if m := numbered.FindStringSubmatch(l.text); m != nil && m[1] == strconv.Itoa(n+1) {
			return true
		}
	}
	return false
}

// number begins a numbered paragraph.
func (b *builder) number(n int, text string, l line) {
	b.flush()
	b.head = false
	b.cur = &cite.Paragraph{N: n, Page: l.page}
	if b.annex != "" {
		b.cur.Kind, b.cur.Label = "annex", fmt.Sprintf("%s, %d", b.annex, n)
	} else {
		b.r.doc.Last = n
	}
	if math.IsNaN(b.indent) {
		b.indent = l.indent
	}
	b.next, b.list = n+1, 0
	b.blocks = nil
	if text != "" {
		b.blocks = [][]string{{text}}
	}
}

// line adds a line of text to the paragraph that it belongs to, or begins one
// without a number.
func (b *builder) line(i int) {
	l := b.r.lines[i]
	if b.head = b.headed(i); b.head {
		b.flush()
		b.closed = b.closed || b.next > 1 && tailText.MatchString(l.text)
		return
	}
	if tailText.MatchString(l.text) && b.annex == "" {
		b.flush()
		b.closed = true
		return
	}
	if b.closed {
		return
	}
	open := b.opens(i)
	if b.cur == nil || b.cur.N == 0 && open && !subMark.MatchString(l.text) || b.cur.Kind == "preamble" && open {
		b.flush()
		b.cur = b.unnumbered(l)
	}
	if open || len(b.blocks) == 0 {
		b.blocks = append(b.blocks, nil)
	}
	last := len(b.blocks) - 1
	b.blocks[last] = append(b.blocks[last], l.text)
}

// unnumbered begins a paragraph without a number of its own: of the preamble,
// of an annex, or of a text that has none.
func (b *builder) unnumbered(l line) *cite.Paragraph {
	p := &cite.Paragraph{Page: l.page}
	switch {
	case b.annex != "":
		p.Kind, p.Label = "annex", b.annex
	case b.organ && b.next == 1:
		p.Kind = "preamble"
	}
	return p
}

// before is the line before the current one in its paragraph, "" for none.
func (b *builder) before() string {
	n := len(b.blocks)
	if n == 0 || len(b.blocks[n-1]) == 0 {
		return ""
	}
	last := b.blocks[n-1][len(b.blocks[n-1])-1]
	if b.slash {
		last = slashMark.ReplaceAllString(last, "$1")
	}
	return last
}

// opens tells whether a line begins a block of its own inside a paragraph.
func (b *builder) opens(i int) bool {
	l, last := b.r.lines[i], b.before()
	switch {
	case l.opens:
		return true
	case last == "":
		return false
	case subMark.MatchString(l.text):
		return ended.MatchString(last) || strings.HasSuffix(last, " and") || strings.HasSuffix(last, " or")
	case !ended.MatchString(last):
		return false
	case l.turns && !ended.MatchString(l.text) && len(l.text) < 110 && !strings.HasSuffix(last, ","):
		_, end := b.block(i) // a heading at the top of a page
		return end == l.text
	}
	// A first line's indent, below a page's turn.
	return l.indent > 8 && l.indent < 60 && (l.turns || b.cur != nil && b.cur.N == 0)
}

// headed tells whether a line is a heading between paragraphs. Within a
// sentence nothing is, and what goes on for long is a paragraph in bold.
func (b *builder) headed(i int) bool {
	l := b.r.lines[i]
	if last := b.before(); last != "" && !ended.MatchString(last) {
		return false
	}
	switch {
	case b.head && !l.opens && !l.turns && (l.part == heading || l.bold || capitals(l.text)):
		return true
	case l.part == heading || l.bold:
		size, end := b.block(i)
		return size < 220 && !strings.HasSuffix(end, ".") && !strings.HasSuffix(end, ";") && !strings.HasSuffix(end, ",")
	case section.MatchString(l.text) && (l.opens || l.turns) && l.indent > 25 && len(l.text) < 90:
		return true
	case capitals(l.text) && (l.opens || l.turns) && (l.indent > 20 || section.MatchString(l.text)):
		return true
	case numbered.MatchString(l.text) && l.opens && l.indent > 60 && len(l.text) < 70 && !ended.MatchString(l.text):
		return true
	}
	return false
}

// block is the length of the block that begins at a line, and its last line.
func (b *builder) block(i int) (size int, end string) {
	lines := b.r.lines
	for j := i; j < len(lines) && size < 1000; j++ {
		l := lines[j]
		if l.part == running || l.part == note {
			continue
		}
		if j > i && (l.opens || l.page != lines[i].page || numbered.MatchString(l.text) || l.part == body && !l.bold) {
			break
		}
		size, end = size+len(l.text)+1, l.text
	}
	return size, end
}

// flush ends the current paragraph.
func (b *builder) flush() {
	if b.cur == nil {
		return
	}
	var blocks []string
	for _, lines := range b.blocks {
		t := b.r.tidy(lines)
		if b.slash {
			t = slashMark.ReplaceAllString(t, "$1")
		}
		if t != "" {
			blocks = append(blocks, t)
		}
	}
	// A heading that nothing but its brevity tells: a last line without an end,
	// below a sentence that has one.
	if n := len(blocks); n > 1 && len(blocks[n-1]) < 110 && !ended.MatchString(blocks[n-1]) && !slices.ContainsFunc(blocks[:n-1], subMark.MatchString) && sentence.MatchString(blocks[n-2]) {
		blocks = blocks[:n-1]
	}
	p := *b.cur
	b.cur, b.blocks = nil, nil
	p.Text = strings.Join(blocks, "\n")
	if p.Text == "" && p.N == 0 { // a number alone stays: its text was lost
		return
	}
	if p.Kind == "preamble" {
		// In a decision without numbers the last sentences are what it decides.
		if strings.HasSuffix(p.Text, ".") || strings.HasSuffix(p.Text, ";") {
			p.Kind = ""
		} else {
			b.pre++
			p.N, p.Label = b.pre, fmt.Sprintf("preamble %d", b.pre)
		}
	}
	b.r.doc.Paragraphs = append(b.r.doc.Paragraphs, p)
}
