package main

import (
	"bufio"
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"citecheck/pipeline/catalog"
	"citecheck/pipeline/cite"
)

func catalogCommand() *cobra.Command {
	var file string
	cmd := &cobra.Command{
		Use:   "catalog stats|search|export",
		Short: "Look into what citecheck has read of UN documents so far",
		Long: `Online runs keep what they read in one SQLite file in your cache directory:
documents with their facts and where each was read, paragraphs, relations
(revises, corrects, adds_to, refers) and the pages themselves, so that nothing
is asked for twice. No verdict rests on it but by a page that it kept, and
--offline never looks into it. Delete the file when you like; it fills again.

The built-in facts on the Security Council's resolutions are its first layer.`,
		Args: cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) > 0 {
				return unknown(cmd, args)
			}
			return exit(exitUsage, fmt.Errorf("catalog needs one of: stats, search, export"))
		},
	}
	cmd.PersistentFlags().StringVar(&file, "file", "", "the catalogue's file (default: citecheck/catalog.db in your cache directory)")
	cmd.AddCommand(catalogStats(&file), catalogSearch(&file), catalogExport(&file))
	return cmd
}

func catalogStats(file *string) *cobra.Command {
	return &cobra.Command{
		Use:     "stats",
		Short:   "Count what the catalogue holds, as JSON",
		Example: `  citecheck catalog stats`,
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			s, err := existingCatalog(cmd, *file)
			if err != nil {
				return err
			}
			defer s.Close()
			st, err := s.Stats(cmd.Context())
			if err != nil {
				return exit(exitFailed, err)
			}
			return printJSON(cmd, st)
		},
	}
}

func catalogSearch(file *string) *cobra.Command {
	var symbol string
	var limit int
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "search WORDS...",
		Short: "Find paragraphs and titles that hold all words",
		Long: `Finds paragraphs and titles that hold all words, the best first, and prints
symbol, date, place and the words in their surroundings. Words in quotation
marks must stand side by side; a word that ends with * may go on. Accents and
capitals make no difference. Agenda titles of the built-in resolutions come last.`,
		Example: `  citecheck catalog search protection of civilians
  citecheck catalog search '"within existing resources"' --symbol S/RES/
  citecheck catalog search 'peacekeep*' --json --limit 100 | jq -r '.symbol + ", " + .place'`,
		Args: needs(1, anyNumber, "the words to look for"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if limit < 1 {
				return exit(exitUsage, fmt.Errorf("--limit %d: at least 1 is expected", limit))
			}
			s, err := existingCatalog(cmd, *file)
			if err != nil {
				return err
			}
			defer s.Close()
			hits, err := s.Search(cmd.Context(), strings.Join(args, " "), symbol, limit)
			if err == catalog.ErrNoWords {
				return exit(exitUsage, err)
			}
			if err != nil {
				return exit(exitFailed, err)
			}
			out := bufio.NewWriter(cmd.OutOrStdout())
			e := json.NewEncoder(out)
			e.SetEscapeHTML(false)
			for _, h := range hits {
				if asJSON {
					if err := e.Encode(h); err != nil {
						return exit(exitFailed, err)
					}
					continue
				}
				fmt.Fprintf(out, "%s  %s  %s\n    %s\n", safe(h.Symbol), h.Date, safe(h.Place), safe(h.Snippet))
			}
			if err := out.Flush(); err != nil {
				return exit(exitFailed, err)
			}
			if len(hits) == 0 {
				fmt.Fprintln(cmd.ErrOrStderr(), "nothing was found in what has been read so far; citecheck fetch SYMBOL reads more")
			}
			return nil
		},
	}
	cmd.Flags().StringVar(&symbol, "symbol", "", "only documents whose symbol begins so (S/RES/, A/78/)")
	cmd.Flags().IntVar(&limit, "limit", 20, "how many places at most")
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON Lines: symbol, title, date, place, page, snippet")
	return cmd
}

// exports are what can be exported, with the columns of its CSV.
var exports = map[string][]string{
	"documents":  {"symbol", "printed", "body", "series", "number", "year", "date", "issued", "title", "topic", "meeting", "press_release", "vote", "session", "agenda", "job", "last_paragraph", "aliases"},
	"paragraphs": {"symbol", "n", "kind", "label", "page", "text"},
	"facts":      {"symbol", "field", "value", "primary", "place", "quote", "source", "url", "fetched", "sha256", "warc"},
	"relations":  {"from", "relation", "to", "place"},
}

func catalogExport(file *string) *cobra.Command {
	var to, what, output string
	var builtin bool
	cmd := &cobra.Command{
		Use:   "export",
		Short: "Write out what the catalogue holds, as JSON Lines or CSV",
		Long: `Writes documents, paragraphs, facts or relations: JSON Lines with one object a
line, or CSV with a head line. Documents are in the order of their symbols.
--builtin puts the built-in resolutions before what was read.`,
		Example: `  citecheck catalog export > documents.jsonl
  citecheck catalog export --what paragraphs --to csv -o paragraphs.csv
  citecheck catalog export --builtin --to csv | head`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			columns, ok := exports[what]
			if !ok || to != "jsonl" && to != "csv" {
				return exit(exitUsage, fmt.Errorf("--what is one of documents, paragraphs, facts, relations; --to is jsonl or csv"))
			}
			s, err := existingCatalog(cmd, *file)
			if err != nil {
				return err
			}
			defer s.Close()
			if output == "" || output == "-" {
				return exportTo(cmd.Context(), cmd.OutOrStdout(), s, to, what, columns, builtin)
			}
			// Whole or not at all.
			tmp, err := os.CreateTemp(filepath.Dir(output), ".catalog-*")
			if err != nil {
				return exit(exitFailed, err)
			}
			defer os.Remove(tmp.Name())
			if err := exportTo(cmd.Context(), tmp, s, to, what, columns, builtin); err != nil {
				tmp.Close()
				return err
			}
			if err := tmp.Close(); err != nil {
				return exit(exitFailed, err)
			}
			if err := os.Rename(tmp.Name(), output); err != nil {
				return exit(exitFailed, err)
			}
			return nil
		},
	}
	cmd.Flags().StringVar(&to, "to", "jsonl", "jsonl or csv")
	cmd.Flags().StringVar(&what, "what", "documents", "documents, paragraphs, facts or relations")
	cmd.Flags().StringVarP(&output, "output", "o", "", "write to this file instead of standard output")
	cmd.Flags().BoolVar(&builtin, "builtin", false, "with the built-in resolutions")
	return cmd
}

func exportTo(ctx context.Context, w io.Writer, s *catalog.Store, to, what string, columns []string, builtin bool) error {
	out := bufio.NewWriter(w)
	line := jsonLines(out, columns)
	if to == "csv" {
		c := csv.NewWriter(out)
		line = func(values []any) error {
			var f []string
			for _, v := range values {
				f = append(f, cell(v))
			}
			c.Write(f) // Error tells below
			c.Flush()
			return c.Error()
		}
		head := make([]any, len(columns))
		for i, name := range columns {
			head[i] = name
		}
		if err := line(head); err != nil {
			return exit(exitFailed, err)
		}
	}
	err := rowsOf(ctx, s, what, builtin, line)
	if err == nil {
		err = out.Flush()
	}
	if err != nil && ctx.Err() == nil {
		return exit(exitFailed, err)
	}
	return err
}

// jsonLines writes values as one object a line, in the order of the columns.
func jsonLines(w io.Writer, columns []string) func([]any) error {
	return func(values []any) error {
		var b strings.Builder
		for i, v := range values {
			enc := &strings.Builder{}
			e := json.NewEncoder(enc)
			e.SetEscapeHTML(false)
			if err := e.Encode(v); err != nil {
				return err
			}
			b.WriteString(map[bool]string{true: "{", false: ","}[i == 0] + strconv.Quote(columns[i]) + ":" + strings.TrimSpace(enc.String()))
		}
		_, err := io.WriteString(w, b.String()+"}\n")
		return err
	}
}

// cell is a value in CSV. A text that a spreadsheet would take for a formula
// is quoted with an apostrophe, as they expect.
func cell(v any) string {
	s := fmt.Sprint(v)
	if list, ok := v.([]string); ok {
		s = strings.Join(list, " | ")
	}
	if _, text := v.(string); text && s != "" && strings.ContainsRune("=+-@\t\r", rune(s[0])) {
		s = "'" + s
	}
	return s
}

// rowsOf gives the rows of an export to line, in the order of their columns.
func rowsOf(ctx context.Context, s *catalog.Store, what string, builtin bool, line func([]any) error) error {
	if what == "relations" {
		if s == nil {
			return nil
		}
		return s.Relations(ctx, func(r catalog.Relation) error { return line([]any{r.From, r.Relation, r.To, r.Place}) })
	}
	each := func(d cite.Document) error { return documentRows(d, what, line) }
	if builtin {
		c := catalog.Builtin()
		for n := 1; n <= c.LastKnown(); n++ {
			if d, ok := c.Resolution(n); ok {
				if err := each(d); err != nil {
					return err
				}
			}
		}
	}
	if s == nil {
		return nil
	}
	return s.Documents(ctx, each)
}

func documentRows(d cite.Document, what string, line func([]any) error) error {
	symbol := d.Symbol.String()
	switch what {
	case "paragraphs":
		for _, p := range d.Paragraphs {
			if err := line([]any{symbol, p.N, p.Kind, p.Label, p.Page, p.Text}); err != nil {
				return err
			}
		}
		return nil
	case "facts":
		for _, f := range d.Facts {
			e := f.Evidence
			if err := line([]any{symbol, string(f.Field), f.Value, f.Primary, e.Place, e.Quote, e.Name, e.URL, e.Fetched, e.SHA256, e.WARC}); err != nil {
				return err
			}
		}
		return nil
	}
	return line([]any{symbol, d.Printed, d.Body, d.Series, d.Number, d.Year, d.Date.String(), d.Issued.String(), d.Title, d.Topic, d.Meeting, d.Press, d.Vote, d.Session, d.Agenda, d.Job, d.Last, slices.Concat([]string{}, d.Aliases)})
}

// catalogPath is where the user's catalogue lies.
func catalogPath() (string, error) {
	dir, err := os.UserCacheDir()
	if err != nil {
		return "", err
	}
	return filepath.Join(dir, "citecheck", "catalog.db"), nil
}

// existingCatalog opens the catalogue for looking into; nil where there is
// none yet, and then only the built-in facts are there.
func existingCatalog(cmd *cobra.Command, file string) (*catalog.Store, error) {
	path, err := file, error(nil)
	if path == "" {
		if path, err = catalogPath(); err != nil {
			return nil, nil
		}
	}
	if _, err := os.Stat(path); err != nil {
		if file != "" {
			return nil, exit(exitUnread, fmt.Errorf("--file %s: %w. An online check with --catalog %s fills it", file, cause(err), file))
		}
		return nil, nil
	}
	s, note, err := catalog.Open(path)
	if err != nil {
		return nil, exit(exitFailed, err)
	}
	if note != "" {
		fmt.Fprintln(cmd.ErrOrStderr(), "citecheck: "+safe(note))
	}
	return s, nil
}
