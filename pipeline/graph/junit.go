package graph

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
	"strings"

	"citecheck/pipeline/cite"
)

// WriteJUnit writes a test suite for each report and a test case for each of
// its citations. Contradicted and not found fail; questioned, unreachable and
// unverifiable are skipped, with the reason: nobody has found them wrong, and
// nobody has found them right.
func WriteJUnit(w io.Writer, g *Graph) error {
	b := bufio.NewWriter(w)
	nodes := g.byID()
	suites := map[string][]Edge{}
	for _, e := range g.Edges {
		if e.Cites == nil {
			continue
		}
		if n := nodes[e.Source].Note; n != nil {
			suites[n.Report] = append(suites[n.Report], e)
		}
	}
	all := tally{}
	for _, edges := range suites {
		all.add(edges)
	}
	fmt.Fprintf(b, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"%s\" %s>\n", xmlText(g.Meta.Tool), all)
	for _, n := range g.Nodes {
		if n.Report == nil {
			continue
		}
		var t tally
		t.add(suites[n.Report.ID])
		fmt.Fprintf(b, "  <testsuite name=\"%s\" %s>\n", xmlText(line(n.Report.File)), t)
		for _, e := range suites[n.Report.ID] {
			junitCase(b, n.Report, nodes[e.Source].Note, e)
		}
		b.WriteString("  </testsuite>\n")
	}
	b.WriteString("</testsuites>\n")
	return b.Flush()
}

// tally counts the cases of a suite.
type tally struct{ tests, failures, skipped int }

func (t *tally) add(edges []Edge) {
	for _, e := range edges {
		t.tests++
		switch junitEnd(e) {
		case "failure":
			t.failures++
		case "skipped":
			t.skipped++
		}
	}
}

func (t tally) String() string {
	return fmt.Sprintf(`tests="%d" failures="%d" errors="0" skipped="%d"`, t.tests, t.failures, t.skipped)
}

// junitEnd is how the case of a citation ends; "" for passed.
func junitEnd(e Edge) string {
	switch v := e.Stands(); {
	case v == Settled || v == cite.Verified:
		return ""
	case v.Rank() <= cite.NotFound.Rank():
		return "failure"
	}
	return "skipped"
}

func junitCase(b *bufio.Writer, r *Report, n *Note, e Edge) {
	name := n.Name()
	if n.Page > 0 {
		name += ", page " + strconv.Itoa(n.Page)
	}
	fmt.Fprintf(b, "    <testcase classname=\"%s\" name=\"%s\"", xmlText(line(r.File)), xmlText(name+": "+clip(line(e.Text), 200)))
	end := junitEnd(e)
	var detail []string
	for _, f := range e.Findings {
		s := string(f.Verdict) + " (" + f.Check + "): " + line(f.Reason)
		if f.Accepted != nil {
			s += " [accepted: " + line(f.Accepted.Reason) + "]"
		}
		detail = append(detail, s)
	}
	if e.Suggestion != nil {
		detail = append(detail, "suggested: "+line(*e.Suggestion))
	}
	text := xmlText(strings.Join(detail, "\n"))
	message := xmlText(strings.Join(append([]string{string(e.Stands())}, reasons(e.Cites)...), ": "))
	switch end {
	case "":
		fmt.Fprintf(b, ">\n      <system-out>%s</system-out>\n    </testcase>\n", text)
	case "failure":
		fmt.Fprintf(b, ">\n      <failure type=\"%s\" message=\"%s\">%s</failure>\n    </testcase>\n", e.Stands(), message, text)
	default:
		fmt.Fprintf(b, ">\n      <skipped message=\"%s\"/>\n      <system-out>%s</system-out>\n    </testcase>\n", message, text)
	}
}
