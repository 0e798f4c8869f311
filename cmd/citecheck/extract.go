package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"citecheck/extractors/citation"
	"citecheck/pipeline"
	"citecheck/pipeline/cite"
	"citecheck/pipeline/report"
	"citecheck/pipeline/resolve"
)

// extracted is one file as extract prints it.
type extracted struct {
	File      string          `json:"file"`
	SHA256    string          `json:"sha256"`
	MediaType string          `json:"media_type"`
	Pages     int             `json:"pages,omitempty"`
	Title     string          `json:"title"`
	Notes     []extractedNote `json:"notes"`
	Numbering []string        `json:"numbering,omitempty"` // what is wrong with the labels of all notes
	Problems  []cite.Problem  `json:"problems"`
}

type extractedNote struct {
	Label     string         `json:"label"`
	Placement cite.Placement `json:"placement"`
	Page      int            `json:"page,omitempty"`
	Pages     []int          `json:"pages"`
	Text      string         `json:"text"`
	Markers   []cite.Marker  `json:"markers"`
	Citations []parsed       `json:"citations"`
	Findings  []styled       `json:"findings,omitempty"`  // of --profile
	Numbering []string       `json:"numbering,omitempty"` // what is wrong with the label
}

// parsed is one citation as parse and extract print it.
type parsed struct {
	Text       string      `json:"text"`
	Span       cite.Span   `json:"span"`
	Target     string      `json:"target"`
	Symbol     string      `json:"symbol"`
	Via        cite.Via    `json:"via"`
	Antecedent string      `json:"antecedent"`
	Signal     string      `json:"signal,omitempty"`
	Pinpoints  []cite.Pin  `json:"pinpoints"`
	Claims     cite.Claims `json:"claims"`
	Work       *cite.Work  `json:"work,omitempty"`
	Reason     string      `json:"reason,omitempty"` // why it stays unresolved
}

func extractCommand() *cobra.Command {
	var f limitFlags
	var st styleFlags
	var debugPages string
	cmd := &cobra.Command{
		Use:   "extract FILE...",
		Short: "Read reports and print their notes and citations, with no look-up",
		Long: `Reads each file and prints one JSON object for it, a line each: its notes with
label, placement, pages, text, the sentences that call them, and what they
cite; with --profile also what is out of that citation style, and the note
corrected. Nothing is looked up and nothing is written, but for --debug-pages: it
draws each page of a PDF as it was understood (zones, lines in reading order,
markers, labels of notes), for whoever wonders why a note was read as it was.`,
		Example: `  citecheck extract report.pdf | jq '.notes[] | .label + " " + .text'
  citecheck extract --debug-pages pages/ report.pdf > /dev/null`,
		Args: needs(1, anyNumber, "a report to read"),
		RunE: func(cmd *cobra.Command, args []string) error {
			limits, err := f.limits()
			if err != nil {
				return err
			}
			p := &pipeline.Pipeline{Jobs: 1, Limits: limits}
			if err := st.set(p); err != nil {
				return err
			}
			unread := false
			for _, name := range args {
				data, err := readFile(name, cmd.InOrStdin())
				var r cite.Report
				if err == nil {
					r, err = p.Read(cmd.Context(), filepath.Base(name), data)
				}
				if cmd.Context().Err() != nil {
					return cmd.Context().Err()
				}
				if err == nil && debugPages != "" {
					if err := drawPages(cmd.Context(), p, debugPages, filepath.Base(name), data); err != nil {
						return exit(exitFailed, fmt.Errorf("--debug-pages: %w", err))
					}
				}
				if err != nil {
					unread = true
					fmt.Fprintf(cmd.ErrOrStderr(), "citecheck: %s: %s\n", safe(name), safe(cause(err).Error()))
					continue
				}
				p.Restyle(&r, nil)
				if err := printExtracted(cmd.OutOrStdout(), r); err != nil {
					return exit(exitFailed, err)
				}
			}
			if unread {
				return exit(exitUnread, nil)
			}
			return nil
		},
	}
	cmd.Flags().StringVar(&debugPages, "debug-pages", "", "folder to draw the pages of a PDF into, an SVG each, with zones, lines, markers and notes")
	f.add(cmd.Flags())
	st.add(cmd.Flags())
	return cmd
}

// drawPages writes an SVG for each page of a PDF into dir.
func drawPages(ctx context.Context, p *pipeline.Pipeline, dir, name string, data []byte) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	stem := strings.TrimSuffix(name, filepath.Ext(name))
	return p.Pages(ctx, name, data, func(page cite.Page, zones []cite.Zone, spots []cite.Spot) error {
		var b bytes.Buffer
		if err := report.WritePage(&b, page, zones, spots); err != nil {
			return err
		}
		return os.WriteFile(filepath.Join(dir, fmt.Sprintf("%s-%04d.svg", stem, page.Number)), b.Bytes(), 0o644)
	})
}

func readFile(name string, stdin io.Reader) ([]byte, error) {
	if name == "-" {
		return io.ReadAll(stdin)
	}
	if info, err := os.Stat(name); err == nil && info.IsDir() {
		return nil, &fs.PathError{Op: "read", Path: name, Err: errors.New("a folder. Name the files in it")}
	}
	return os.ReadFile(name)
}

// printExtracted prints one file as one line of JSON, its notes one after
// another: those of a long report as a whole would take more memory than the
// report.
func printExtracted(w io.Writer, r cite.Report) error {
	out := bufio.NewWriter(w)
	var line bytes.Buffer
	e := json.NewEncoder(&line)
	e.SetEscapeHTML(false)
	if err := e.Encode(extracted{File: r.File, SHA256: r.SHA256, MediaType: r.MediaType, Pages: r.Pages, Title: r.Title,
		Notes: []extractedNote{}, Numbering: numbering(r.Findings), Problems: append([]cite.Problem{}, r.Problems...)}); err != nil {
		return err
	}
	// No string holds a bare quotation mark: this is the list's own name.
	before, after, _ := strings.Cut(line.String(), `"notes":[]`)
	out.WriteString(before + `"notes":[`)
	for i, n := range r.Notes {
		line.Reset()
		if err := e.Encode(extractedOf(n)); err != nil {
			return err
		}
		if i > 0 {
			out.WriteByte(',')
		}
		out.Write(bytes.TrimSuffix(line.Bytes(), []byte("\n")))
	}
	out.WriteString("]" + after)
	return out.Flush()
}

func extractedOf(n cite.Note) extractedNote {
	e := extractedNote{Label: n.Label, Placement: n.Placement, Page: n.Page, Pages: append([]int{}, n.Pages...),
		Text: n.Text, Markers: []cite.Marker{}, Citations: parsedOf(n), Findings: styledOf(n.Findings), Numbering: numbering(n.Findings)}
	for _, m := range n.Markers {
		m.Quotes, m.Years = append([]string{}, m.Quotes...), append([]int{}, m.Years...)
		e.Markers = append(e.Markers, m)
	}
	return e
}

func parsedOf(n cite.Note) []parsed {
	out := []parsed{}
	for i, c := range n.Citations {
		p := parsed{Text: c.Text, Span: c.Span, Target: c.Target("n" + n.Label + "." + strconv.Itoa(i+1)), Symbol: c.Symbol.String(), Via: c.Via,
			Antecedent: c.Antecedent, Signal: c.Signal, Pinpoints: append([]cite.Pin{}, c.Pinpoints...), Claims: c.Claims, Work: c.Work}
		if c.Open != nil {
			p.Reason = c.Open.Reason
		}
		out = append(out, p)
	}
	return out
}

// parseNotes parses lines as notes and binds their back references.
func parseNotes(lines []noteLine) []cite.Note {
	notes := make([]cite.Note, len(lines))
	for i, line := range lines {
		notes[i] = cite.Note{Label: line.label, Placement: cite.PlaceFoot, Text: line.text,
			Citations: citation.Parse(citation.Input{Text: line.text})}
	}
	resolve.All(notes)
	return notes
}

// numbering is what findings say of labels.
func numbering(findings []cite.Finding) (out []string) {
	for _, f := range findings {
		if f.Check == "numbering" {
			out = append(out, f.Reason)
		}
	}
	return out
}
