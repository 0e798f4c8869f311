package resolve

import (
	"strings"

	"citecheck/pipeline/cite"
)

// organs decides whose "resolution 55/2" is, which the General Assembly and
// the Human Rights Council both may have adopted: the organ's that the note or
// its sentence names, else that of all other such resolutions of the report.
// What neither tells stays open.
func organs(notes []cite.Note) {
	assembly, rights := 0, 0
	for _, n := range notes {
		for _, c := range n.Citations {
			switch s := c.Symbol.String(); {
			case strings.HasPrefix(s, "A/RES/"):
				assembly++
			case strings.HasPrefix(s, "A/HRC/"):
				rights++
			}
		}
	}
	for i := range notes {
		for j := range notes[i].Citations {
			c := &notes[i].Citations[j]
			a, h, ok := either(c)
			if !ok {
				continue
			}
			toAssembly, toRights := around(&notes[i])
			if !toAssembly && !toRights {
				toAssembly, toRights = assembly > 0, rights > 0
			}
			switch {
			case toAssembly && !toRights:
				c.Symbol, c.Open = a, nil
			case toRights && !toAssembly:
				c.Symbol, c.Open = h, nil
			}
		}
	}
}

// either are the two documents that a citation without an organ may mean.
func either(c *cite.Citation) (assembly, rights cite.Symbol, ok bool) {
	if c.Open == nil || c.Open.Check != "exists" || c.Via != cite.ViaName || len(c.Open.Candidates) != 2 {
		return assembly, rights, false
	}
	a, err1 := cite.ParseSymbol(strings.TrimPrefix(c.Open.Candidates[0], "un:"))
	h, err2 := cite.ParseSymbol(strings.TrimPrefix(c.Open.Candidates[1], "un:"))
	return a, h, err1 == nil && err2 == nil && strings.HasPrefix(a.String(), "A/RES/") && strings.HasPrefix(h.String(), "A/HRC/") && c.Claims.Body == ""
}

// around tells which of the two organs a note and its sentences name.
func around(n *cite.Note) (assembly, rights bool) {
	text := n.Text
	for _, m := range n.Markers {
		text += " " + m.Sentence + " " + m.Context
	}
	return strings.Contains(text, "General Assembly"), strings.Contains(text, "Human Rights Council")
}
