package main

import (
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"citecheck/pipeline/cite"
	"citecheck/pipeline/graph"
	"citecheck/pipeline/style"
)

// mostShown bounds the citations that the terminal lists; report.html has all.
const mostShown = 20

// summarize prints a run for people, worst first. Of a large run g has the
// worst citations only, and the counts of all.
func summarize(w io.Writer, p paint, g *graph.Graph, out string) {
	byID := map[string]graph.Node{}
	for _, n := range g.Nodes {
		byID[n.ID()] = n
	}
	fmt.Fprintf(w, "%s, %s, %s: %s\n", count(g.Meta.Reports, "report"), count(g.Meta.Notes, "note"), count(g.Meta.Citations, "citation"), tally(p, g.Meta.Verdicts)+settled(g.Meta))
	shown, wrong := 0, 0
	for _, v := range []cite.Verdict{cite.Contradicted, cite.NotFound, cite.Questioned} {
		wrong += g.Meta.Verdicts[v]
		for _, e := range g.Edges {
			if e.Cites != nil && e.Stands() == v && shown < mostShown {
				shown++
				showCitation(w, p, e, byID)
			}
		}
	}
	if more := wrong - shown; more > 0 {
		fmt.Fprintf(w, "\n  and %s more in %s\n", count(more, "such citation"), filepath.Join(out, "report.html"))
	}
	for _, n := range g.Nodes {
		if n.Report != nil {
			for _, f := range n.Report.Findings {
				showAdvice(w, p, n.Report.File, f)
			}
		}
		if n.Note != nil {
			for _, f := range n.Note.Findings {
				showAdvice(w, p, place(n.Note, byID), f)
			}
		}
	}
	adviseCitations(w, p, g, byID, out)
	unseen(w, p, g)
	styleRemarks(w, g, out)
	if k := g.Meta.Verdicts[cite.Unreachable]; k > 0 {
		fmt.Fprintf(w, "\n  %s could not be looked up: that says nothing of the author. %s\n", count(k, "citation"), reasons(g))
	}
}

// showCitation prints one citation with the findings that made its verdict.
func showCitation(w io.Writer, p paint, e graph.Edge, byID map[string]graph.Node) {
	note, stands := byID[e.Source].Note, e.Stands()
	fmt.Fprintf(w, "\n  %s  %s  %s\n", p.verdict(string(stands), strings.ReplaceAll(string(stands), "_", " ")), p.bold(place(note, byID)), safe(clip(e.Text, 100)))
	for _, f := range e.Findings {
		if f.Verdict != stands || f.Accepted != nil {
			continue
		}
		fmt.Fprintf(w, "      %s\n", safe(f.Reason))
		if f.Check == "year-agrees" || strings.HasSuffix(f.Check, "-appears") || strings.HasSuffix(f.Check, "-mentioned") {
			for _, m := range note.Markers {
				fmt.Fprintf(w, "      %s\n", p.dim("“"+safe(clip(m.Sentence, 160))+"”"))
			}
		}
		if len(f.Candidates) > 0 {
			fmt.Fprintf(w, "      fits better: %s\n", candidates(f.Candidates, byID))
		}
	}
	if e.Suggestion != nil {
		fmt.Fprintf(w, "      suggested: %s\n", safe(*e.Suggestion))
	}
}

// adviseCitations prints the advice on citations: what was corrected or ended
// since, and links that are dead.
func adviseCitations(w io.Writer, p paint, g *graph.Graph, byID map[string]graph.Node, out string) {
	all := 0
	for _, e := range g.Edges {
		if e.Cites == nil {
			continue
		}
		for _, f := range e.Findings {
			if f.Check != "superseded" && f.Check != "link-alive" || f.Accepted != nil || f.Verdict != cite.Questioned {
				continue
			}
			if all++; all > mostShown {
				continue
			}
			fmt.Fprintf(w, "\n  %s  %s  %s\n      %s\n", p.verdict(string(f.Verdict), f.Check), p.bold(place(byID[e.Source].Note, byID)), safe(clip(e.Text, 100)), safe(f.Reason))
			if f.Check == "link-alive" {
				fmt.Fprintf(w, "      %s\n", safe(f.Claimed))
			}
			if f.Suggestion != "" {
				fmt.Fprintf(w, "      a copy: %s\n", safe(f.Suggestion))
			}
		}
	}
	if more := all - mostShown; more > 0 {
		fmt.Fprintf(w, "\n  and %s of advice more in %s\n", count(more, "piece"), filepath.Join(out, "report.html"))
	}
}

// unseen says what of the reports was not read, and in which no note was
// found: without it a scan would pass for a report without a mistake.
func unseen(w io.Writer, p paint, g *graph.Graph) {
	var lines []string
	say := func(what, where, why string) {
		lines = append(lines, fmt.Sprintf("  %s  %s  %s\n", p.verdict(string(cite.Unreachable), what), p.bold(safe(where)), safe(why)))
	}
	noted, all := map[string]bool{}, g.Cited() == g.Meta.Citations
	for _, n := range g.Nodes {
		if n.Note != nil {
			noted[n.Note.Report] = true
		}
	}
	read := map[string]bool{} // the reports' names
	for _, n := range g.Nodes {
		r := n.Report
		if r == nil {
			continue
		}
		read[r.File] = true
		if all && !noted[r.ID] { // else the notes at hand are not all
			say("no notes", r.File, "no footnote and no endnote was found, so nothing of it was checked")
		}
	}
	for _, problem := range g.Problems { // "report.pdf pages 1 to 3"; inputs that were not read at all were told as they came
		for i, c := range problem.Item {
			if c == ' ' && read[problem.Item[:i]] {
				say("not read", problem.Item, problem.Reason)
				break
			}
		}
	}
	for i, line := range lines {
		if i == mostShown {
			fmt.Fprintf(w, "\n  and %s more in run.json\n", plural(len(lines)-i, "place that was not read", "places that were not read"))
			break
		}
		fmt.Fprint(w, "\n"+line)
	}
}

// styleRemarks says how many remarks on style there are: report.html has them.
func styleRemarks(w io.Writer, g *graph.Graph, out string) {
	counts, all, mended := map[string]int{}, 0, 0
	count1 := func(findings []graph.Finding) {
		for _, f := range findings {
			if f.Check == "style" && f.Accepted == nil {
				counts[f.Severity]++
				all++
				if f.Suggestion != "" {
					mended++
				}
			}
		}
	}
	for _, n := range g.Nodes {
		if n.Report != nil {
			count1(n.Report.Findings)
		}
		if n.Note != nil {
			count1(n.Note.Findings)
		}
	}
	if all == 0 {
		return
	}
	var parts []string
	for _, s := range style.Severities {
		if counts[string(s)] > 0 {
			if s == style.Style {
				parts = append(parts, fmt.Sprintf("%d of form", counts[string(s)]))
				continue
			}
			parts = append(parts, count(counts[string(s)], string(s)))
		}
	}
	fmt.Fprintf(w, "\n  %s on style (%s), which no verdict counts; %s has them, %d with the corrected note\n",
		count(all, "remark"), strings.Join(parts, ", "), filepath.Join(out, "report.html"), mended)
}

func showAdvice(w io.Writer, p paint, where string, f graph.Finding) {
	if f.Check == "style" || f.Accepted != nil {
		return
	}
	fmt.Fprintf(w, "\n  %s  %s  %s\n", p.verdict(string(f.Verdict), f.Check), p.bold(where), safe(f.Reason))
}

// place names a note for people: its report, label and page.
func place(n *graph.Note, byID map[string]graph.Node) string {
	if n == nil {
		return ""
	}
	s := "note " + n.Label
	if n.Placement == "inline" {
		s = "text"
	}
	if r := byID[n.Report].Report; r != nil {
		s = r.File + ", " + s
	}
	if n.Page > 0 {
		s += fmt.Sprintf(", page %d", n.Page)
	}
	return safe(s)
}

func candidates(ids []string, byID map[string]graph.Node) string {
	var out []string
	for _, id := range ids {
		if s := safe(graph.Named(id, byID[id])); !slices.Contains(out, s) { // two works may have the same title
			out = append(out, s)
		}
	}
	return strings.Join(out, ", ")
}

// tally is "1 questioned, 3 verified", worst first.
func tally(p paint, counts map[cite.Verdict]int) string {
	var out []string
	for _, v := range cite.Verdicts {
		if counts[v] > 0 {
			out = append(out, p.verdict(string(v), fmt.Sprintf("%d %s", counts[v], strings.ReplaceAll(string(v), "_", " "))))
		}
	}
	if len(out) == 0 {
		return "nothing to check"
	}
	return strings.Join(out, ", ")
}

// settled counts what is left of a run but what an editor accepted.
func settled(m graph.Meta) string {
	if m.Accepted == 0 {
		return ""
	}
	return fmt.Sprintf(", %d accepted", m.Accepted)
}

// reasons says the commonest reason of what was unreachable.
func reasons(g *graph.Graph) string {
	n := map[string]int{}
	best := ""
	for _, e := range g.Edges {
		if e.Cites == nil {
			continue
		}
		for _, f := range e.Findings {
			if f.Verdict == cite.Unreachable {
				n[f.Reason]++
				if n[f.Reason] > n[best] || n[f.Reason] == n[best] && f.Reason < best {
					best = f.Reason
				}
			}
		}
	}
	if best == "" {
		return ""
	}
	says := "Mostly: " + strings.TrimRight(safe(best), ".?") + "."
	if strings.HasPrefix(best, "offline: ") {
		says += " Without --offline they are asked for."
	}
	return says
}

func count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

func clip(s string, n int) string {
	r := []rune(s)
	if len(r) <= n {
		return s
	}
	return string(r[:n-1]) + "…"
}
