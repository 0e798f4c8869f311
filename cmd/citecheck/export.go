package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"citecheck/pipeline/graph"
)

func exportCommand() *cobra.Command {
	var to, out string
	var names, list []string
	for _, e := range graph.Exports {
		names = append(names, e.Name)
		list = append(list, fmt.Sprintf("  %-10s %s", e.Name, e.Doc))
	}
	for _, d := range databases {
		names = append(names, d.name)
		list = append(list, fmt.Sprintf("  %-10s %s", d.name, d.doc))
	}
	cmd := &cobra.Command{
		Use:   "export --to FORMAT GRAPH.json|FOLDER...",
		Short: "Convert a graph for other programs",
		Long: "Reads a graph.json (or - for standard input) and writes it as\n\n" + strings.Join(list, "\n") + `

on standard output, or into -o FILE. graph.json itself is node-link JSON, which
networkx, D3 and graphology load as it is.

For sqlite and parquet name as many graphs as you like, or folders of them: a
folder that a check wrote into, or one that such folders or graphs lie in. They
are joined as merge joins them, and never all held in memory.`,
		Example: `  citecheck export --to csl out/graph.json -o references.json
  citecheck export --to sarif out/graph.json > citecheck.sarif
  citecheck export --to sqlite out -o citations.db
  sqlite3 -box citations.db 'SELECT * FROM most_cited LIMIT 10'`,
		Args: needs(1, anyNumber, "a graph.json, or the folder that a check wrote it into"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if i := slices.IndexFunc(databases, func(d database) bool { return d.name == to }); i >= 0 {
				return writeDatabase(cmd, databases[i], args, out)
			}
			i := slices.IndexFunc(graph.Exports, func(e graph.Export) bool { return e.Name == to })
			if i < 0 {
				return fmt.Errorf("--to %s: the formats are %s", to, strings.Join(names, ", "))
			}
			if len(args) > 1 {
				return fmt.Errorf("--to %s takes one graph; citecheck merge makes one of several", to)
			}
			g, err := loadGraph(args[0], cmd.InOrStdin())
			if err != nil {
				return err
			}
			return writeTo(cmd.OutOrStdout(), out, func(w io.Writer) error { return graph.Exports[i].Write(w, g) })
		},
	}
	cmd.Flags().StringVar(&to, "to", "", "format: "+strings.Join(names, ", "))
	cmd.Flags().StringVarP(&out, "output", "o", "", "file to write, instead of standard output")
	cmd.MarkFlagRequired("to") // the flag is there
	return cmd
}

// loadGraph reads a graph from a file, from the folder that a check wrote it
// into, or from standard input for "-".
func loadGraph(name string, stdin io.Reader) (*graph.Graph, error) {
	if info, err := os.Stat(name); err == nil && info.IsDir() {
		name = filepath.Join(name, "graph.json")
	}
	data, err := readFile(name, stdin)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, exit(exitUnread, fmt.Errorf("%w. citecheck check writes graph.json into its --out, out by default, when it ends", err))
	}
	if err != nil {
		return nil, exit(exitUnread, err)
	}
	g, err := graph.Read(bytes.NewReader(data))
	if err != nil {
		return nil, exit(exitUnread, fmt.Errorf("%s: %w", name, err))
	}
	return g, nil
}

// writeTo writes to a file, whole or not at all, or to stdout for "".
func writeTo(stdout io.Writer, name string, fill func(io.Writer) error) error {
	var buf bytes.Buffer
	if err := fill(&buf); err != nil {
		return exit(exitFailed, err)
	}
	if name == "" {
		if _, err := stdout.Write(buf.Bytes()); err != nil {
			return exit(exitFailed, err)
		}
		return nil
	}
	if err := replaceFile(name, buf.Bytes()); err != nil {
		return exit(exitFailed, err)
	}
	return nil
}

// replaceFile puts data in the place of a file: who reads it meanwhile has
// the old one or the new one, never half of one.
func replaceFile(name string, data []byte) error {
	if info, err := os.Stat(name); err == nil && !info.Mode().IsRegular() {
		return os.WriteFile(name, data, 0o644) // a pipe, /dev/stdout
	}
	tmp := name + ".tmp"
	if err := os.WriteFile(tmp, data, 0o644); err != nil {
		os.Remove(tmp)
		return ofFile(name, err)
	}
	if err := os.Rename(tmp, name); err != nil {
		os.Remove(tmp)
		return fmt.Errorf("write %s: %w", name, err)
	}
	return nil
}
