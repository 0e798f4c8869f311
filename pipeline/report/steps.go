package report

import (
	"fmt"

	"citecheck/pipeline/cite"
	"citecheck/pipeline/graph"
)

// stepView is something to do next. Filter is the state of the page's filters
// that shows what it is about, as it stands in the address.
type stepView struct {
	N      int
	Do     string
	Filter string
}

// steps are what an editor has to do, most urgent first. It speaks of the
// author where a source does, and never where nobody could look.
func (v *view) steps() (out []stepView) {
	count := v.Meta.Verdicts
	for _, x := range []struct {
		verdict   cite.Verdict
		one, many string
	}{
		{cite.Contradicted, "Correct the citation that a source contradicts, or accept it with a reason", "Correct the citations that a source contradicts, or accept them with a reason"},
		{cite.NotFound, "Find out what is meant by the citation that a complete list does not have", "Find out what is meant by the citations that a complete list does not have"},
		{cite.Questioned, "Look at the citation that seems wrong and decide", "Look at the citations that seem wrong and decide"},
		{cite.Unreachable, "Run again, with a network, for the citation that nobody could look at", "Run again, with a network, for the citations that nobody could look at"},
		{cite.Unverifiable, "Check by hand what nothing read here could settle", "Check by hand what nothing read here could settle"},
	} {
		if n := count[x.verdict]; n > 0 {
			do := x.many
			if n == 1 {
				do = x.one
			}
			out = append(out, stepView{n, do, "verdict=" + string(x.verdict)})
		}
	}
	if n := open(v.Notes); n > 0 {
		out = append(out, stepView{n, "See what is said of the numbering of the notes", "numbering"})
	}
	if n := open(v.Style); n > 0 {
		out = append(out, stepView{n, "Take over what you like of the remarks on style", "style"})
	}
	if n := len(v.Probs); n > 0 {
		out = append(out, stepView{n, "Look yourself at what could not be read", "unread"})
	}
	if n := len(v.Bare); n > 0 {
		do := "Look why these reports have no notes"
		if n == 1 {
			do = "Look why a report has no notes"
		}
		out = append(out, stepView{n, do, "files"})
	}
	return out
}

// open counts what nobody has accepted.
func open(list []adviceView) (n int) {
	for _, a := range list {
		if a.F.Accepted == nil {
			n++
		}
	}
	return n
}

// All says that nothing is left to do.
func (v view) All() string {
	switch n := v.Meta.Verdicts[cite.Verified]; {
	case v.Meta.Citations == 0:
		return "No citation was found in what could be read."
	case n == v.Meta.Citations:
		return "Nothing: every citation is verified."
	default:
		return fmt.Sprintf("Nothing is left: %d verified, %d %s.", n, v.Meta.Accepted, graph.Settled)
	}
}
