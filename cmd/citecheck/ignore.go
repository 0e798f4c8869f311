package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"citecheck/pipeline/cite"
	"citecheck/pipeline/graph"
	"citecheck/pipeline/review"
)

// ignoreName is where accepted findings are kept, unless one says otherwise.
const ignoreName = "citecheck.ignore.json"

// ignoreFlags select the findings to accept.
type ignoreFlags struct {
	notes, checks, reports []string
	all, prune             bool
	reason, by, file       string
}

func ignoreCommand() *cobra.Command {
	var f ignoreFlags
	cmd := &cobra.Command{
		Use:   "ignore GRAPH.json",
		Short: "Accept findings, with a reason, for this draft and the next",
		Long: `Without --reason, lists the findings of a graph that can be accepted. With it,
accepts those that --note, --check and --report select and writes them into
` + ignoreName + `, or the file that --ignore names. check --ignore FILE then
marks them: they stay in the graph with the reason and no longer count.

A finding is kept by what it says (the citation's words, what it cites, the
check, what was claimed and found), never by the number of its note: it stays
accepted in the next draft. One that says something else, or something worse,
is a new one. --prune drops the entries that GRAPH.json has no finding for.`,
		Example: `  citecheck ignore out/graph.json
  citecheck ignore out/graph.json --note 10 --check year-agrees --reason "the decision was prepared in 2012"
  citecheck check --ignore ` + ignoreName + ` report-draft2.docx`,
		Args: needs(1, 1, "one graph.json"),
		RunE: func(cmd *cobra.Command, args []string) error {
			g, err := loadGraph(args[0], cmd.InOrStdin())
			if err != nil {
				return err
			}
			list, err := loadList(f.file)
			if errors.Is(err, fs.ErrNotExist) {
				list, err = &review.List{Format: review.Format}, nil
			}
			if err != nil {
				return err
			}
			return f.run(cmd.OutOrStdout(), g, list)
		},
	}
	fl := cmd.Flags()
	fl.StringArrayVar(&f.notes, "note", nil, "number of a note, as printed (repeatable)")
	fl.StringArrayVar(&f.checks, "check", nil, "name of a check, such as year-agrees (repeatable)")
	fl.StringArrayVar(&f.reports, "report", nil, "name of a report's file (repeatable)")
	fl.BoolVar(&f.all, "all", false, "every finding that can be accepted")
	fl.StringVar(&f.reason, "reason", "", "why the finding may stand")
	fl.StringVar(&f.by, "by", "", "who accepts it")
	fl.BoolVar(&f.prune, "prune", false, "drop entries that the graph has no finding for")
	fl.StringVar(&f.file, "ignore", ignoreName, "the file of accepted findings")
	return cmd
}

func (f *ignoreFlags) run(w io.Writer, g *graph.Graph, list *review.List) error {
	switch {
	case f.reason == "" && !f.prune:
		listPlaces(w, f.selected(g))
		return nil
	case f.reason != "" && !f.all && len(f.notes)+len(f.checks)+len(f.reports) == 0:
		return errors.New("--reason needs --note, --check or --report to say which findings, or --all")
	}
	var says strings.Builder // true once the file is written
	if f.prune {
		m := review.NewMarker(list)
		m.Mark(g)
		stale := m.Stale()
		list.Findings = slices.DeleteFunc(list.Findings, func(e review.Entry) bool { return slices.Contains(stale, e) })
		fmt.Fprintf(&says, "dropped from %s: %s\n", safe(f.file), plural(len(stale), "entry that no longer occurs", "entries that no longer occur"))
	}
	if f.reason != "" {
		chosen := f.selected(g)
		if len(chosen) == 0 {
			return fmt.Errorf("no finding that can be accepted is selected; citecheck ignore GRAPH.json lists them")
		}
		for _, p := range chosen {
			list.Add(p.Entry(f.reason, f.by))
		}
		fmt.Fprintf(&says, "accepted in %s:\n", safe(f.file))
		listPlaces(&says, chosen)
	}
	if err := writeTo(w, f.file, list.Write); err != nil {
		return err
	}
	_, err := io.WriteString(w, says.String())
	return err
}

// selected are the findings that the flags choose, of those that can be
// accepted: what a source bears out and what nothing could settle needs no
// acceptance.
func (f *ignoreFlags) selected(g *graph.Graph) []review.Place {
	is := func(list []string, s string) bool { return len(list) == 0 || slices.Contains(list, s) }
	var out []review.Place
	for _, p := range review.Places(g) {
		label := ""
		if p.Note != nil {
			label = p.Note.Label
		}
		if p.Verdict.Rank() <= cite.Unreachable.Rank() && p.Accepted == nil && is(f.notes, label) && is(f.checks, p.Check) && is(f.reports, p.Report.File) {
			out = append(out, p)
		}
	}
	return out
}

func listPlaces(w io.Writer, places []review.Place) {
	if len(places) == 0 {
		fmt.Fprintln(w, "nothing to accept")
	}
	for _, p := range places {
		where := p.Report.File
		if p.Note != nil {
			where += ", " + p.Note.Name()
		}
		fmt.Fprintf(w, "  %-12s  %-18s  %s: %s\n", strings.ReplaceAll(string(p.Verdict), "_", " "), p.Check, safe(where), safe(p.Reason))
	}
}

// loadList reads the file of accepted findings; no name, no list.
func loadList(name string) (*review.List, error) {
	if name == "" {
		return nil, nil
	}
	file, err := os.Open(name)
	if err != nil {
		return nil, exit(exitUsage, fmt.Errorf("--ignore: %w (citecheck ignore writes it)", err))
	}
	defer file.Close()
	l, err := review.ReadList(file)
	if err != nil {
		return nil, exit(exitUsage, fmt.Errorf("--ignore %s: %w", name, err))
	}
	return l, nil
}

// showStale names accepted findings that no longer occur.
func showStale(w io.Writer, file string, stale []review.Entry) {
	if len(stale) == 0 {
		return
	}
	fmt.Fprintf(w, "citecheck: %s: %s not found in these reports (citecheck ignore --prune drops them):\n", safe(file), plural(len(stale), "accepted finding is", "accepted findings are"))
	for _, e := range stale {
		fmt.Fprintf(w, "  %s: %s\n", e.Check, safe(clip(e.Text, 100)))
	}
}

func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}
