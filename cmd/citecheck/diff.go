package main

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"citecheck/pipeline/review"
)

func diffCommand() *cobra.Command {
	var asJSON bool
	var color string
	cmd := &cobra.Command{
		Use:   "diff OLD.json NEW.json",
		Short: "Say what changed between two drafts of a report",
		Long: `Reads the graphs of two drafts and names the notes that were inserted, removed,
moved or changed: in their text, in the sentence that they support, in the
document that they mean (an "ibid." whose note before it moved) or in their
verdict. A note that has only another number has not changed.`,
		Example: `  citecheck diff draft1/graph.json draft2/graph.json`,
		Args:    needs(2, 2, "the graphs of two drafts, the older one first"),
		RunE: func(cmd *cobra.Command, args []string) error {
			before, err := loadGraph(args[0], cmd.InOrStdin())
			if err != nil {
				return err
			}
			after, err := loadGraph(args[1], cmd.InOrStdin())
			if err != nil {
				return err
			}
			d := review.Compare(before, after)
			w := cmd.OutOrStdout()
			if asJSON {
				e := json.NewEncoder(w)
				e.SetEscapeHTML(false)
				e.SetIndent("", " ")
				err = e.Encode(d)
			} else {
				err = showDiff(w, painter(color, w), d)
			}
			if err != nil {
				return exit(exitFailed, err)
			}
			return nil
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	cmd.Flags().StringVar(&color, "color", "auto", "auto, always or never")
	return cmd
}

// showDiff prints a diff for people.
func showDiff(w io.Writer, p paint, d review.Diff) error {
	counts := map[review.Kind]int{}
	for _, c := range d.Changes {
		counts[c.Kind]++
	}
	var sums []string
	for _, k := range []review.Kind{review.Inserted, review.Removed, review.Changed, review.Moved} {
		if counts[k] > 0 {
			sums = append(sums, fmt.Sprintf("%d %s", counts[k], k))
		}
	}
	if len(sums) == 0 {
		sums = []string{"no note changed"}
	}
	_, err := fmt.Fprintf(w, "%s -> %s: %s; %d the same", safe(strings.Join(d.Old, ", ")), safe(strings.Join(d.New, ", ")), strings.Join(sums, ", "), d.Same)
	if d.Renumbered > 0 {
		fmt.Fprintf(w, " (%d of them renumbered)", d.Renumbered)
	}
	fmt.Fprintln(w)
	for _, c := range d.Changes {
		showChange(w, p, c)
	}
	return err
}

func showChange(w io.Writer, p paint, c review.Change) {
	s := c.New
	if s == nil {
		s = c.Old
	}
	where := s.Name
	if s.Page > 0 {
		where += fmt.Sprintf(", page %d", s.Page)
	}
	if c.Old != nil && c.New != nil && c.Old.Name != c.New.Name {
		where += " (was " + c.Old.Name + ")"
	}
	fmt.Fprintf(w, "\n  %s  %s  %s\n", p.bold(string(c.Kind)), safe(where), safe(clip(s.Text, 100)))
	for _, what := range c.What {
		switch what {
		case review.Text:
			fmt.Fprintf(w, "      - %s\n      + %s\n", safe(c.Old.Text), safe(c.New.Text))
		case review.Sentence:
			fmt.Fprintf(w, "      - %s\n      + %s\n", quoted(c.Old.Sentences), quoted(c.New.Sentences))
		case review.Target:
			fmt.Fprintf(w, "      meant %s, means %s\n", meant(c.Old), meant(c.New))
		case review.Verdict:
			fmt.Fprintf(w, "      was %s, is %s\n", verdictOf(p, c.Old), verdictOf(p, c.New))
		case review.Found:
			fmt.Fprintf(w, "      other findings, still %s\n", verdictOf(p, c.New))
		}
	}
	if c.Kind == review.Inserted && s.Verdict != "" {
		fmt.Fprintf(w, "      %s\n", verdictOf(p, s))
	}
}

func quoted(sentences []string) string {
	if len(sentences) == 0 {
		return "(no sentence)"
	}
	return "“" + safe(strings.Join(sentences, "” “")) + "”"
}

func meant(s *review.Side) string {
	if len(s.Targets) == 0 {
		return "nothing"
	}
	return safe(strings.ReplaceAll(strings.Join(s.Targets, ", "), "un:", ""))
}

func verdictOf(p paint, s *review.Side) string {
	if s.Verdict == "" {
		return "without a citation"
	}
	return p.verdict(string(s.Verdict), strings.ReplaceAll(string(s.Verdict), "_", " "))
}
