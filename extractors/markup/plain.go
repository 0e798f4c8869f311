package markup

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"citecheck/extractors/prose"
	"citecheck/pipeline/cite"
)

// Plain reads text with light Markdown: "# " headings, *italic*, **bold**,
// [words](address), <sup>3</sup> or [3] as markers. Notes are paragraphs that
// begin with their label, wherever they stand.
func Plain(data []byte) (cite.Text, error) {
	data, err := decode(data, "text/plain")
	if err != nil {
		return cite.Text{}, err
	}
	t := cite.Text{}
	j := &joiner{text: &t, place: cite.PlaceFoot, flat: true}
	paras := paragraphs(string(data))
	for i := range paras {
		j.labels(paras[i].t)
	}
	for _, p := range paras {
		if p.kind == cite.BlockHeading && t.Title == "" {
			t.Title = string(p.t.Out)
		}
		j.add(p)
	}
	j.close()
	if t.Title == "" && len(t.Blocks) > 0 {
		if first := t.Blocks[0].Text; len(first) < 200 && !strings.HasSuffix(first, ".") {
			t.Title = first
		}
	}
	return t, nil
}

// paragraphs cuts text at blank lines. Where a file has none at all each line
// is a paragraph.
func paragraphs(s string) (out []pending) {
	s = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\f", "\n\n").Replace(s)
	blank := strings.Contains(s, "\n\n")
	var lines []string
	flush := func() {
		if len(lines) > 0 {
			out = append(out, paragraph(lines)...)
			lines = nil
		}
	}
	for _, l := range strings.Split(s, "\n") {
		switch {
		case strings.TrimSpace(l) == "":
			flush()
		case strings.HasPrefix(l, "#"):
			flush()
			lines = []string{l}
			flush()
		default:
			// A line that begins with a raised label begins a note.
			if len(lines) > 0 && (noteStart.MatchString(l) || !blank) {
				flush()
			}
			lines = append(lines, l)
		}
	}
	flush()
	return out
}

var noteStart = regexp.MustCompile(`^\s*<sup>[^<]{1,6}</sup>\s*\S`)

func paragraph(lines []string) []pending {
	first := lines[0]
	if n := len(first) - len(strings.TrimLeft(first, "#")); n > 0 && n <= 6 && len(first) > n && first[n] == ' ' {
		t := &prose.Text{}
		inline(t, first[n:])
		return []pending{{t, cite.BlockHeading, n}}
	}
	var b strings.Builder
	for i, l := range lines {
		l = strings.TrimRight(l, " \t")
		b.WriteString(l)
		if i == len(lines)-1 {
			break
		}
		if brokenWord(l, lines[i+1]) {
			s := b.String()
			b.Reset()
			b.WriteString(s[:len(s)-1])
			continue
		}
		b.WriteByte('\n')
	}
	t := &prose.Text{}
	inline(t, b.String())
	return []pending{{t, cite.BlockPara, 0}}
}

// brokenWord tells whether a line ends in a hyphen that only the line break made.
func brokenWord(a, b string) bool {
	ra := []rune(a)
	b = strings.TrimSpace(b)
	if len(ra) < 2 || ra[len(ra)-1] != '-' || !unicode.IsLower(ra[len(ra)-2]) || b == "" {
		return false
	}
	word := a[strings.LastIndexByte(a, ' ')+1:]
	return unicode.IsLower([]rune(b)[0]) && strings.Count(word, "-") == 1 && !strings.ContainsAny(word, "/0123456789")
}

var inlineToken = regexp.MustCompile(`<sup>([^<]{0,12})</sup>|\[([^\]\n]{1,400})\]\((https?://[^)\s]+)\)|\*{1,3}|\[(\d{1,4})\]|<br\s*/?>`)

// inline reads the light Markdown of a paragraph.
func inline(t *prose.Text, s string) {
	italic := false
	for s != "" {
		m := inlineToken.FindStringSubmatchIndex(s)
		if m == nil {
			t.Write(s, italic, "")
			return
		}
		tok := s[m[0]:m[1]]
		t.Write(s[:m[0]], italic, "")
		switch {
		case m[2] >= 0:
			raised := s[m[2]:m[3]]
			if lab := label(raised); lab != "" && !ordinal(raised) {
				t.Mark(lab, "")
			} else {
				t.Write(raised, italic, "")
			}
		case m[4] >= 0:
			t.Write(s[m[4]:m[5]], italic, s[m[6]:m[7]])
		case m[8] >= 0:
			t.Mark(s[m[8]:m[9]], "")
		case tok == "*" || tok == "***":
			rest := s[m[1]:]
			if !italic && (rest == "" || unicode.IsSpace([]rune(rest)[0]) || !strings.Contains(rest, "*")) {
				t.Write(tok, false, "") // a bullet, or a lone star
			} else {
				italic = !italic
			}
		case tok == "**":
		default:
			t.Space()
		}
		s = s[m[1]:]
	}
}

// A joiner tells notes among paragraphs from running text, and makes whole
// the paragraphs that notes stood in the middle of.
type joiner struct {
	text   *cite.Text
	linked bool // the notes are known already
	flat   bool // notes may begin with a label that is not raised
	whole  bool // every paragraph is whole as it stands
	place  cite.Placement
	seen   map[string]bool // labels of markers in running text
	last   int             // of the numbered notes so far
	open   *pending        // a paragraph whose sentence is not ended
	inList bool            // below a heading such as "Notes"
}

// labels notes the markers that stand inside a paragraph.
func (j *joiner) labels(t *prose.Text) {
	if j.seen == nil {
		j.seen = map[string]bool{}
	}
	for _, m := range t.Marks {
		if m.At > 0 {
			j.seen[m.Label] = true
		}
	}
}

func (j *joiner) add(p pending) {
	if p.kind == cite.BlockHeading {
		j.close()
		j.inList = notesHeading(string(p.t.Out))
		j.text.Blocks = append(j.text.Blocks, p.t.Block(p.kind, p.level))
		return
	}
	if !j.linked {
		if lab, at, ok := j.noteLabel(p.t); ok {
			if n, err := strconv.Atoi(lab); err == nil {
				j.last = n
			}
			place := j.place
			if j.inList {
				place = cite.PlaceEnd
			}
			j.text.Notes = append(j.text.Notes, p.t.Note(at, lab, "", place))
			return
		}
	}
	if !j.whole && j.open != nil && p.kind == j.open.kind && goesOn(j.open.t, p.t) {
		j.join(p.t)
	} else {
		j.close()
		q := p
		j.open = &q
	}
	if ended(j.open.t.Out) || p.kind != cite.BlockPara {
		j.close()
	}
}

// noteLabel is the label of a paragraph that is a note, and where its text
// begins.
func (j *joiner) noteLabel(t *prose.Text) (string, int, bool) {
	if len(t.Marks) > 0 && t.Marks[0].At == 0 && len(t.Out) > 0 {
		return t.Marks[0].Label, 0, true
	}
	if !j.flat {
		return "", 0, false
	}
	word := firstWord(string(t.Out))
	lab := label(word)
	n, err := strconv.Atoi(lab)
	if err != nil || len(t.Out) < len(word)+4 {
		return "", 0, false
	}
	// In running text a paragraph may begin with a number ("3 countries"):
	// a note's is the next one, and some marker calls it.
	if n == j.last+1 && (j.seen[lab] || j.inList) || j.inList && n == 1 {
		return lab, len([]rune(word)), true
	}
	return "", 0, false
}

func notesHeading(s string) bool {
	switch strings.ToLower(strings.Trim(s, " .:0123456789")) {
	case "notes", "endnotes", "footnotes", "notas", "references", "notes and references":
		return true
	}
	return false
}

// ended tells whether text ends a sentence.
func ended(r []rune) bool {
	for i := len(r) - 1; i >= 0; i-- {
		if strings.ContainsRune("\"'”’»)]", r[i]) {
			continue
		}
		return strings.ContainsRune(".!?:…。", r[i])
	}
	return true
}

// goesOn tells whether b continues the open paragraph a.
func goesOn(a, b *prose.Text) bool {
	if len(a.Out) == 0 || len(b.Out) == 0 {
		return false
	}
	last, next := a.Out[len(a.Out)-1], b.Out[0]
	return last == '-' || last == ',' || last == ';' || unicode.IsLower(next) || len(a.Out) > 60 && (unicode.IsLower(last) || unicode.IsUpper(next) && last != '.') && !allCaps(a.Out)
}

func allCaps(r []rune) bool {
	for _, c := range r {
		if unicode.IsLower(c) {
			return false
		}
	}
	return true
}

func (j *joiner) join(t *prose.Text) {
	a := j.open.t
	last := a.Out[len(a.Out)-1]
	switch {
	case last == '-' && brokenWord(string(a.Out), string(t.Out)):
		a.Out = a.Out[:len(a.Out)-1]
	case last != '-' && last != '/':
		a.Out = append(a.Out, ' ')
	}
	off := len(a.Out)
	a.Out = append(a.Out, t.Out...)
	for _, m := range t.Marks {
		m.At += off
		a.Marks = append(a.Marks, m)
	}
}

func (j *joiner) close() {
	if j.open != nil {
		j.text.Blocks = append(j.text.Blocks, j.open.t.Block(j.open.kind, j.open.level))
		j.open = nil
	}
}
