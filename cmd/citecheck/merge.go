package main

import (
	"github.com/spf13/cobra"

	"citecheck/pipeline/graph"
)

func mergeCommand() *cobra.Command {
	var out string
	cmd := &cobra.Command{
		Use:   "merge GRAPH.json...",
		Short: "Make one graph of several",
		Long: `Reads graphs (graph.json of several runs, or reports/*.json) and writes one in
which the same document, work, report or citation is one: documents are joined
over the names that their mastheads give them. Where two runs say different
things of a citation, the one that could look at more speaks. The order of the
files does not show in the result, and a graph that is named twice counts once.`,
		Example: `  citecheck merge 2025/*/graph.json -o year.json`,
		Args:    needs(1, anyNumber, "the graphs to join"),
		RunE: func(cmd *cobra.Command, args []string) error {
			var graphs []*graph.Graph
			for _, name := range args {
				g, err := loadGraph(name, cmd.InOrStdin())
				if err != nil {
					return err
				}
				graphs = append(graphs, g)
			}
			return writeTo(cmd.OutOrStdout(), out, graph.Merge("citecheck "+version, graphs...).Write)
		},
	}
	cmd.Flags().StringVarP(&out, "output", "o", "", "file to write, instead of standard output")
	return cmd
}
