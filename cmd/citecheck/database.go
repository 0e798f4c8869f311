package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"citecheck/pipeline/cite"
	"citecheck/pipeline/graph"
	"citecheck/pipeline/tables"
)

// A database is a form of a graph that is no text.
type database struct {
	name, doc string
	// write makes it at path, a place where nothing is.
	write func(path string, from io.Reader) error
}

var databases = []database{
	{"sqlite", "a SQLite database with views: who cites which paragraph, most cited, most wrong", tables.WriteSQLite},
	{"parquet", "a folder of Parquet files, one a table, for DuckDB, pandas, Spark (in a build with -tags parquet)", writeParquet},
}

func writeParquet(path string, from io.Reader) error {
	if err := os.Mkdir(path, 0o755); err != nil {
		return err
	}
	return tables.WriteParquet(path, from)
}

func writeDatabase(cmd *cobra.Command, d database, args []string, out string) error {
	if out == "" {
		return fmt.Errorf("--to %s: say where to with -o", d.name)
	}
	if d.name == "parquet" && !tables.HasParquet {
		return exit(exitFailed, tables.WriteParquet("", nil))
	}
	// All that is made on the way lies beside the result, and goes with this folder.
	work, err := os.MkdirTemp(filepath.Dir(out), ".citecheck-tmp-")
	if err != nil {
		return exit(exitFailed, ofFile(out, err))
	}
	defer os.RemoveAll(work)
	list, err := graphsIn(args)
	if err != nil {
		return exit(exitUnread, err)
	}
	from, unread, err := gather(cmd, list, work)
	if err != nil {
		return err
	}
	defer from.Close()
	made := filepath.Join(work, "made")
	if err := d.write(made, bufio.NewReaderSize(from, 1<<16)); errors.Is(err, graph.ErrNotGraph) {
		return exit(exitUnread, fmt.Errorf("%s: %w", list[0].path, err))
	} else if err != nil {
		return exit(exitFailed, fmt.Errorf("write %s: %w", out, err))
	}
	if err := settle(made, out); err != nil {
		return exit(exitFailed, err)
	}
	if unread {
		return exit(exitUnread, nil)
	}
	return nil
}

// settle moves what was made into its place, each file whole.
func settle(made, out string) error {
	files, err := os.ReadDir(made)
	if err != nil { // not a folder
		return os.Rename(made, out)
	}
	if err := os.MkdirAll(out, 0o755); err != nil {
		return err
	}
	for _, f := range files {
		if err := os.Rename(filepath.Join(made, f.Name()), filepath.Join(out, f.Name())); err != nil {
			return err
		}
	}
	return nil
}

// A graphFile is a graph that was named, or found in a folder that was.
type graphFile struct {
	path  string
	found bool
}

// graphsIn lists the graphs that the arguments name. A folder with a
// graph.json has there all that lies in it.
func graphsIn(args []string) (out []graphFile, err error) {
	for _, arg := range args {
		if info, err := os.Stat(arg); err != nil || !info.IsDir() {
			out = append(out, graphFile{path: arg})
			continue
		}
		before := len(out)
		err := filepath.WalkDir(arg, func(path string, d fs.DirEntry, err error) error {
			switch {
			case err != nil:
				return err
			case d.IsDir() && path != arg && strings.HasPrefix(d.Name(), "."):
				return fs.SkipDir
			case d.IsDir():
				if whole := filepath.Join(path, "graph.json"); isFile(whole) {
					out = append(out, graphFile{whole, true})
					return fs.SkipDir
				}
			case filepath.Ext(path) == ".json" && !strings.HasPrefix(d.Name(), ".") && d.Name() != "run.json" && d.Name() != ignoreName:
				out = append(out, graphFile{path, true})
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
		if len(out) == before {
			return nil, fmt.Errorf("%s: no graph in this folder; citecheck check --out %s writes one", arg, arg)
		}
	}
	return out, nil
}

func isFile(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular()
}

// gather makes one graph of a list, in a file: one is taken as it is, of
// several one at a time is held. A file in a folder that is no graph is said,
// and costs the others nothing.
func gather(cmd *cobra.Command, list []graphFile, work string) (from io.ReadCloser, unread bool, err error) {
	if len(list) == 1 && list[0].path == "-" {
		return io.NopCloser(cmd.InOrStdin()), false, nil
	}
	if len(list) == 1 {
		from, err := os.Open(list[0].path)
		if err != nil {
			return nil, false, exit(exitUnread, err)
		}
		return from, false, nil
	}
	p := parts{work: work, at: map[string]string{}}
	for _, f := range list {
		if err := cmd.Context().Err(); err != nil {
			return nil, false, err
		}
		g, err := loadGraph(f.path, cmd.InOrStdin())
		if err != nil {
			if !f.found {
				return nil, false, err
			}
			fmt.Fprintf(cmd.ErrOrStderr(), "citecheck: left out: %s\n", safe(err.Error()))
			unread = true
			continue
		}
		if err := p.take(g, f.path); err != nil {
			return nil, false, exit(exitFailed, err)
		}
	}
	all, err := os.Create(filepath.Join(work, "graph.json"))
	if err != nil {
		return nil, false, exit(exitFailed, err)
	}
	if err := p.assemble(all); err != nil {
		all.Close()
		return nil, false, exit(exitFailed, err)
	}
	if _, err := all.Seek(0, io.SeekStart); err != nil {
		all.Close()
		return nil, false, exit(exitFailed, err)
	}
	return all, unread, nil
}

// parts are the graphs of single reports that a list of graphs holds.
type parts struct {
	work     string
	at       map[string]string // the file that has a report's graph, by the report's id
	made     int               // files under work
	problems []cite.Problem    // of runs in which nothing could be read
}

// take notes where each report of a graph can be read: in the graph's own
// file where it stands alone, else in one under work.
func (p *parts) take(g *graph.Graph, path string) error {
	reports := g.Split()
	if len(reports) == 0 {
		p.problems = append(p.problems, g.Problems...)
	}
	for id, part := range reports {
		earlier, twice := p.at[id]
		if len(reports) == 1 && !twice && path != "-" {
			p.at[id] = path
			continue
		}
		if twice {
			other, err := loadGraph(earlier, nil)
			if err != nil {
				return err
			}
			part = graph.Merge(part.Meta.Tool, other, part)
		}
		p.made++
		p.at[id] = filepath.Join(p.work, fmt.Sprintf("report-%d.json", p.made))
		if err := writeTo(nil, p.at[id], part.Write); err != nil {
			return err
		}
	}
	return nil
}

// assemble writes the graph of all of them.
func (p *parts) assemble(w io.Writer) error {
	a := graph.NewAssembler("citecheck " + version)
	load := func(id string) (*graph.Graph, error) { return loadGraph(p.at[id], nil) }
	for _, id := range slices.Sorted(maps.Keys(p.at)) {
		g, err := load(id)
		if err != nil {
			return err
		}
		a.Add(g)
	}
	return a.Write(w, p.work, "part-", p.problems, load)
}
