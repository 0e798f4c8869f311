package main

import (
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"citecheck/pipeline/graph"
)

func schemaCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "schema [GRAPH.json...]",
		Short: "Print the JSON Schema of graph.json, or hold files to it",
		Long: `Prints the JSON Schema (draft 2020-12) of graph.json and of reports/*.json.
With files, holds each of them to it: silent and exit code 0 when all are
right, else the places that are not, and exit code 5.`,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				_, err := cmd.OutOrStdout().Write(graph.Schema())
				return err
			}
			bad := false
			for _, name := range args {
				f, err := os.Open(name)
				if err != nil {
					return exit(exitUnread, err)
				}
				err = graph.Validate(f)
				f.Close()
				if err != nil {
					bad = true
					fmt.Fprintf(cmd.ErrOrStderr(), "%s: %v\n", name, err)
				}
			}
			if bad {
				return exit(exitFailed, nil)
			}
			return nil
		},
	}
}
