package main

import (
	"encoding/json"
	"fmt"
	"os"
	"slices"

	"github.com/spf13/cobra"

	"citecheck/extractors/undoc"
	"citecheck/pipeline"
	"citecheck/pipeline/cite"
	"citecheck/pipeline/lookup"
	"citecheck/pipeline/worker"
)

// described is a UN document as document prints it.
type described struct {
	Symbol     string           `json:"symbol"`
	Aliases    []string         `json:"aliases"`
	Title      string           `json:"title"`
	Date       string           `json:"date"`
	Body       string           `json:"body"`
	Issued     string           `json:"issued,omitempty"` // distribution, where it is another day
	Session    string           `json:"session,omitempty"`
	Agenda     string           `json:"agenda,omitempty"`
	Job        string           `json:"job,omitempty"`
	Notices    []string         `json:"notices,omitempty"` // of reissue or correction
	Preambular int              `json:"preambular_paragraphs,omitempty"`
	Meeting    string           `json:"meeting,omitempty"`
	Vote       string           `json:"vote,omitempty"`
	Paragraphs []cite.Paragraph `json:"paragraphs"`
	Last       int              `json:"last_paragraph"`
	Refers     []string         `json:"refers"`     // each once
	References []reference      `json:"references"` // each place
	Problems   []cite.Problem   `json:"problems"`
}

// reference is one citation in a document's own text.
type reference struct {
	Target string `json:"target"`
	Place  string `json:"place"`
}

func documentCommand() *cobra.Command {
	var f sourceFlags
	cmd := &cobra.Command{
		Use:   "document FILE|SYMBOL...",
		Short: "Read UN documents: masthead facts and numbered paragraphs",
		Long: `Reads each UN document, a file (PDF, DOCX) or a symbol to look up, and prints
one JSON object for it, a line each: symbol, title, date of adoption or of distribution,
body, session, agenda item, job number, its paragraphs, and what these and its
notes refer to.

Paragraphs of the preamble are counted; those of an annex bear its name. A
paragraph holds its sub-paragraphs, each on a line of its own. last_paragraph is
0 where the document has no numbers, or some were lost.`,
		Example: `  citecheck document S_RES_2423.pdf
  citecheck document --offline "S/RES/2423 (2018)"`,
		Args: needs(1, anyNumber, "a file, or the symbol of a UN document"),
		RunE: func(cmd *cobra.Command, args []string) error {
			look, close, err := f.lookup("")
			if err != nil {
				return err
			}
			defer close()
			out := json.NewEncoder(cmd.OutOrStdout())
			out.SetEscapeHTML(false)
			unread := false
			for _, arg := range args {
				d, err := describe(cmd, look, arg)
				if cmd.Context().Err() != nil {
					return cmd.Context().Err()
				}
				if err != nil {
					unread = true
					fmt.Fprintf(cmd.ErrOrStderr(), "citecheck: %s: %s\n", safe(arg), safe(err.Error()))
					continue
				}
				if err := out.Encode(d); err != nil {
					return exit(exitFailed, err)
				}
			}
			if unread {
				return exit(exitUnread, nil)
			}
			return nil
		},
	}
	f.add(cmd.Flags())
	cmd.Flags().Lookup("offline").Usage = "ask nobody: the built-in catalogue and the archives given only"
	return cmd
}

// describe reads a file if there is one of that name, else looks a symbol up.
func describe(cmd *cobra.Command, look *lookup.Lookup, arg string) (described, error) {
	if data, err := os.ReadFile(arg); err == nil {
		if kind, err := worker.Sniff(arg, data); err == nil && kind != worker.PDF {
			doc, err := worker.Read(cmd.Context(), worker.Input{Name: arg, Data: data, MediaType: kind}, worker.DefaultLimits())
			if err != nil {
				return described{}, err
			}
			d := undoc.ReadText(*doc.Text)
			d.Refers = pipeline.Refer(nil, &d)
			return describedOf(d), nil
		}
		zones, pages, err := readPaper(cmd.Context(), data)
		if err != nil {
			return described{}, err
		}
		d := undoc.Read(zones, pages)
		d.Refers = pipeline.Refer(zones, &d)
		return describedOf(d), nil
	}
	s, err := cite.ParseSymbol(arg)
	if err != nil {
		return described{}, fmt.Errorf("neither a file nor a UN document symbol such as S/RES/2423")
	}
	a := look.One(cmd.Context(), lookup.Want{Symbol: s, Text: true})
	if a.Outcome != cite.Found {
		return described{}, fmt.Errorf("%s: %s", a.Outcome, a.Reason)
	}
	d := describedOf(*a.Document)
	if a.TextReason != "" {
		d.Problems = append(d.Problems, cite.Problem{Stage: "lookup", Item: "text", Reason: a.TextReason})
	}
	return d, nil
}

func describedOf(d cite.Document) described {
	out := described{Symbol: d.Printed, Aliases: append([]string{}, d.Aliases...), Title: d.Title, Date: d.Date.String(), Body: d.Body, Meeting: d.Meeting, Vote: d.Vote,
		Paragraphs: append([]cite.Paragraph{}, d.Paragraphs...), Last: d.Last, Refers: []string{}, References: []reference{}, Problems: append([]cite.Problem{}, d.Problems...)}
	if out.Title == "" {
		out.Title = d.Topic
	}
	out.Session, out.Agenda, out.Job, out.Notices, out.Preambular = d.Session, d.Agenda, d.Job, d.Notices, d.Preambular
	if d.Issued != d.Date {
		out.Issued = d.Issued.String()
	}
	for _, r := range d.Refers {
		out.References = append(out.References, reference{r.Symbol.ID(), r.Place})
		if id := r.Symbol.ID(); !slices.Contains(out.Refers, id) {
			out.Refers = append(out.Refers, id)
		}
	}
	return out
}
