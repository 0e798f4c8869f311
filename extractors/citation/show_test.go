package citation

import (
	"fmt"
	"strings"

	"citecheck/pipeline/cite"
)

// show writes citations on one line, claims that are not made left out:
//
//	SIGNAL: TARGET via {places} date @year n=number body "title" type session meeting author url | …
func show(cs []cite.Citation) string {
	var out []string
	for _, c := range cs {
		var b strings.Builder
		if c.Signal != "" {
			b.WriteString(c.Signal + ": ")
		}
		switch {
		case !c.Symbol.IsZero():
			b.WriteString(c.Symbol.String())
			for _, j := range c.Joint {
				b.WriteString("+" + j.String())
			}
		case c.Work != nil:
			fmt.Fprintf(&b, "work %q", c.Work.Title)
		case c.BackRef != nil:
			b.WriteString("back")
			for _, s := range []string{c.BackRef.Note, c.BackRef.Author, c.BackRef.Title, c.BackRef.Symbol.String()} {
				if s != "" {
					b.WriteString(" <" + s + ">")
				}
			}
		default:
			b.WriteString("open " + strings.Join(c.Open.Candidates, ","))
		}
		b.WriteString(" " + string(c.Via))
		if len(c.Pinpoints) > 0 {
			b.WriteString(" {" + pinString(c.Pinpoints) + "}")
		}
		cl := c.Claims
		if !cl.Date.IsZero() {
			b.WriteString(" " + cl.Date.String())
		}
		if cl.DateText != "" {
			fmt.Fprintf(&b, " (%s)", cl.DateText)
		}
		if cl.Year != 0 && cl.Year != cl.Date.Year {
			fmt.Fprintf(&b, " @%d", cl.Year)
		}
		if cl.Number != 0 {
			fmt.Fprintf(&b, " n=%d", cl.Number)
		}
		if !cl.Words.IsZero() {
			b.WriteString(" words=" + cl.Words.String())
		}
		if cl.Body != "" {
			b.WriteString(" " + cl.Body)
		}
		if cl.Title != "" {
			fmt.Fprintf(&b, " %q", cl.Title)
		}
		if cl.Author != "" {
			b.WriteString(" by " + cl.Author)
		}
		if cl.Session != "" {
			b.WriteString(" session " + cl.Session)
		}
		if cl.Meeting != "" {
			b.WriteString(" meeting " + cl.Meeting)
		}
		if cl.URL != "" {
			b.WriteString(" " + cl.URL)
		}
		if len(c.Defines) > 0 {
			fmt.Fprintf(&b, " defines %q", c.Defines)
		}
		out = append(out, b.String())
	}
	return strings.Join(out, " | ")
}
