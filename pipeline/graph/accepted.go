package graph

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"citecheck/pipeline/cite"
)

// Accepted says that an editor has looked at a finding and lets it stand.
type Accepted struct {
	Reason string `json:"reason"`
	By     string `json:"by,omitempty"`
}

// Settled is how a citation stands when nothing is left of it but findings
// that were accepted and those that agreed. It is no verdict: nobody has
// verified what an editor accepted.
const Settled cite.Verdict = "accepted"

// Stands is the verdict of a citation without the findings that an editor
// accepted: its verdict where none was, and [Settled] where nothing else is
// left to say.
func (c *Cites) Stands() cite.Verdict {
	if c.Standing != "" {
		return c.Standing
	}
	return c.Verdict
}

// stand sets the standing of a citation by its findings.
func (c *Cites) stand() {
	c.Standing = ""
	left, accepted := cite.Verified, false
	for _, f := range c.Findings {
		switch {
		case cite.Advice[f.Check]:
		case f.Accepted != nil:
			accepted = true
		case f.Verdict.Rank() < left.Rank():
			left = f.Verdict
		}
	}
	if !accepted {
		return
	}
	c.Standing = left
	if left == cite.Verified {
		c.Standing = Settled
	}
}

// Accepts tells whether a finding of the graph is marked as accepted.
func (g *Graph) Accepts() bool {
	accepted := func(f Finding) bool { return f.Accepted != nil }
	return slices.ContainsFunc(g.Edges, func(e Edge) bool { return e.Cites != nil && slices.ContainsFunc(e.Findings, accepted) }) ||
		slices.ContainsFunc(g.Nodes, func(n Node) bool {
			return n.Report != nil && slices.ContainsFunc(n.Report.Findings, accepted) || n.Note != nil && slices.ContainsFunc(n.Note.Findings, accepted)
		})
}

// Recount brings the counts and the standings up to date after findings were
// marked or unmarked as accepted.
func (g *Graph) Recount() {
	for _, e := range g.Edges {
		if e.Cites != nil {
			e.Cites.stand()
		}
	}
	g.finish()
}

// A Key names a finding by what it says, and not by where it stands: it is
// the same in the next draft, where every later note has another number.
type Key struct {
	Check   string `json:"check"`
	Text    string `json:"text"`   // of the citation or the note, folded
	Target  string `json:"target"` // "unresolved" where the citation is left open
	Claimed string `json:"claimed"`
	Found   string `json:"found"`
}

// KeyOf makes the key of a finding about text, which cites target.
func KeyOf(text, target string, f Finding) Key {
	if strings.HasPrefix(target, "unresolved:") {
		target = "unresolved" // the rest of it is a place
	}
	return Key{f.Check, Fold(text), target, Fold(f.Claimed), Fold(f.Found)}
}

// Fold keeps letters and digits, in lower case and compatibility form: what
// stays of a text when it is set, hyphenated and punctuated anew.
func Fold(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, norm.NFKC.String(s))
}
