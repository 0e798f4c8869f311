package verify

import (
	"fmt"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"citecheck/pipeline/cite"
)

// quoteAppears: do the sentence's quotations stand in the document cited for
// it, and in the paragraph cited?
var quoteAppears = &Check{
	Name:    "quote-appears",
	Doc:     "the quotation stands in the document, where the note says",
	Text:    true,
	Applies: func(c *Case) bool { return len(quotes(c)) > 0 },
	Run: func(c *Case) []cite.Finding {
		if c.Answer.Outcome == cite.Absent {
			return nil
		}
		var out []cite.Finding
		for _, q := range quotes(c) {
			out = append(out, quotation(c, q))
		}
		return out
	},
}

// leastQuoted is how many words make a quotation; one or two in quotation
// marks are a term, a title or irony.
const leastQuoted = 3

func quotes(c *Case) []string {
	var out []string
	for _, m := range c.Note.Markers {
		for _, q := range m.Quotes {
			if len(tokens(q)) >= leastQuoted && !titleLike(q) && !strings.Contains(fold(c.Note.Text), fold(q)) {
				out = append(out, q)
			}
		}
	}
	return out
}

// titleLike tells whether most words begin with a capital: the name of a
// thing, not what a document says.
func titleLike(q string) bool {
	big, n := 0, 0
	for _, w := range strings.Fields(q) {
		r := []rune(strings.TrimLeft(w, "“‘\"'(["))
		if len(r) > 3 {
			n++
			if unicode.IsUpper(r[0]) {
				big++
			}
		}
	}
	return n > 0 && big*3 > n*2
}

func fold(s string) string { return strings.Join(tokens(s), " ") }

// tokens are the words of a text in lower case, without marks. Lone small
// numbers are left out: note markers slip into the text of UN documents.
func tokens(s string) []string {
	s = strings.NewReplacer("’", "'", "‘", "'", "\u00ad", "").Replace(norm.NFKC.String(s))
	var out []string
	for _, w := range strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '\'' }) {
		w = strings.Trim(w, "'")
		if w == "" || len(w) <= 2 && strings.Trim(w, "0123456789") == "" {
			continue
		}
		out = append(out, w)
	}
	return out
}

func quotation(c *Case, q string) cite.Finding {
	d := c.doc()
	if d == nil {
		return notHad(c, q)
	}
	if len(d.Paragraphs) == 0 {
		return noText(c, q)
	}
	parts := pieces(q)
	cited := citedParas(c)
	var where []cite.Paragraph
	for _, p := range d.Paragraphs {
		if inOrder(tokens(p.Text), parts) {
			where = append(where, p)
		}
	}
	for _, p := range where {
		if len(cited) == 0 || p.Kind == "" && cited[p.N] {
			return cite.Finding{Verdict: cite.Verified, Claimed: q, Found: q, Reason: fmt.Sprintf("the quotation stands in %s of %s", place(p), name(d)),
				Evidence: textEvidence(d, place(p), head(p.Text))}
		}
	}
	if len(where) > 0 {
		return cite.Finding{Verdict: cite.Contradicted, Claimed: q, Found: place(where[0]), Reason: fmt.Sprintf("the quotation stands in %s of %s, not in the paragraph cited", place(where[0]), name(d)),
			Evidence: textEvidence(d, place(where[0]), head(where[0].Text))}
	}
	// Paragraphs that a page broke apart: the text as one.
	var all []string
	for _, p := range d.Paragraphs {
		all = append(all, tokens(p.Text)...)
	}
	if inOrder(all, parts) {
		return cite.Finding{Verdict: cite.Verified, Claimed: q, Found: q, Reason: "the quotation stands in " + name(d), Evidence: textEvidence(d, "text", q)}
	}
	if many(c.Note) {
		return cite.Finding{Verdict: cite.Unverifiable, Claimed: q, Reason: fmt.Sprintf("the quotation does not stand in %s; it may be from another source of this note", name(d))}
	}
	best, share := closest(d, parts)
	if share >= 0.6 {
		missing := differ(tokens(best.Text), parts)
		return cite.Finding{Verdict: cite.Contradicted, Claimed: q, Found: passage(best.Text, parts), Evidence: textEvidence(d, place(best), passage(best.Text, parts)),
			Reason: fmt.Sprintf("%s of %s says it in other words (differs: %s)", place(best), name(d), list(missing, "and"))}
	}
	return cite.Finding{Verdict: cite.Questioned, Claimed: q, Reason: fmt.Sprintf("the quotation was not found in %s; it may be someone else's words", name(d))}
}

// many tells whether a note cites more than one source: the sentence's
// quotation may be any one's.
func many(n cite.Note) bool { return len(n.Citations) > 1 }

func citedParas(c *Case) map[int]bool {
	out := map[int]bool{}
	for _, p := range c.Cite.Pinpoints {
		from, ok1 := p.From.(int)
		to, ok2 := p.To.(int)
		if p.Unit == cite.UnitPara && ok1 && ok2 && to-from < 1000 {
			for n := from; n <= to; n++ {
				out[n] = true
			}
		}
	}
	return out
}

func place(p cite.Paragraph) string {
	switch {
	case p.Label != "":
		return p.Label
	case p.Kind == "preamble":
		return "the preamble"
	case p.N == 0:
		return "the text"
	}
	return fmt.Sprintf("paragraph %d", p.N)
}

// pieces are the stretches of a quotation between its ellipses and brackets.
func pieces(q string) [][]string {
	var out [][]string
	depth := 0
	var b strings.Builder
	flush := func() {
		if t := tokens(b.String()); len(t) > 0 {
			out = append(out, t)
		}
		b.Reset()
	}
	for _, r := range strings.ReplaceAll(strings.ReplaceAll(q, "...", "…"), ". . .", "…") {
		switch {
		case r == '[':
			depth++
			flush()
		case r == ']':
			depth = max(0, depth-1)
		case r == '…':
			flush()
		case depth == 0:
			b.WriteRune(r)
		}
	}
	flush()
	return out
}

// inOrder tells whether all pieces stand in text one after the other.
func inOrder(text []string, parts [][]string) bool {
	at := 0
	for _, p := range parts {
		i := find(text[at:], p)
		if i < 0 {
			return false
		}
		at += i + len(p)
	}
	return len(parts) > 0
}

func find(text, part []string) int {
next:
	for i := 0; i+len(part) <= len(text); i++ {
		for j, w := range part {
			if text[i+j] != w {
				continue next
			}
		}
		return i
	}
	return -1
}

// closest is the paragraph that holds most of the quotation's words in their
// order, and the share of them.
func closest(d *cite.Document, parts [][]string) (best cite.Paragraph, share float64) {
	var q []string
	for _, p := range parts {
		q = append(q, p...)
	}
	for _, p := range d.Paragraphs {
		if n := window(tokens(p.Text), q); float64(n)/float64(len(q)) > share {
			best, share = p, float64(n)/float64(len(q))
		}
	}
	return best, share
}

// window is the most words of q, in order, within any stretch of text that is
// at most twice as long.
func window(text, q []string) int {
	best := 0
	in := map[string]bool{}
	for _, w := range q {
		in[w] = true
	}
	for i := range text {
		if !in[text[i]] {
			continue
		}
		end := min(len(text), i+2*len(q)+2)
		if n := subsequence(text[i:end], q); n > best {
			best = n
		}
	}
	return best
}

// subsequence is the length of the longest common subsequence.
func subsequence(a, b []string) int {
	if len(b) > 200 {
		b = b[:200]
	}
	row := make([]int, len(b)+1)
	for _, w := range a {
		prev := 0
		for j, v := range b {
			cur := row[j+1]
			if w == v {
				row[j+1] = prev + 1
			} else {
				row[j+1] = max(row[j+1], row[j])
			}
			prev = cur
		}
	}
	return row[len(b)]
}

// differ lists the quotation's words that the text lacks.
func differ(text []string, parts [][]string) []string {
	has := map[string]bool{}
	for _, w := range text {
		has[w] = true
	}
	var out []string
	for _, p := range parts {
		for _, w := range p {
			if !has[w] && len(out) < 5 {
				out = append(out, "“"+w+"”")
			}
		}
	}
	if len(out) == 0 {
		out = []string{"the order or a word left out"}
	}
	return out
}

// passage is the stretch of a paragraph around the words of a quotation.
func passage(text string, parts [][]string) string {
	words := strings.Fields(text)
	var q []string
	for _, p := range parts {
		q = append(q, p...)
	}
	best, at := 0, 0
	size := min(len(words), len(q)+6)
	for i := 0; i+size <= len(words); i++ {
		if n := subsequence(tokens(strings.Join(words[i:i+size], " ")), q); n > best {
			best, at = n, i
		}
	}
	return strings.Join(words[at:at+size], " ")
}
