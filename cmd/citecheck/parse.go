package main

import (
	"encoding/json"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"citecheck/pipeline"
	"citecheck/pipeline/cite"
)

// mostPasted bounds standard input: a hundred books of notes.
const mostPasted = 64 << 20

func parseCommand() *cobra.Command {
	var st styleFlags
	cmd := &cobra.Command{
		Use:   "parse [TEXT...]",
		Short: "Parse note texts and print what they cite",
		Long: `Parses note texts: each argument is one, or each line of standard input when
there is none. Prints one JSON object a note, in order: {"label", "text",
"citations"}. Line N is note N unless numbers are printed before the notes ("12.
Ibid.", "[12] …"); earlier notes are what ibid. and "supra note 3" refer to. An
empty line is an empty note, so that line numbers stay note numbers.

A bibliography, the notes of a report or a column of a spreadsheet may be pasted
as they are: cells in quotation marks with line breaks inside, columns of
numbers, byte order marks and bullets are understood.

With --profile each note that is out of the style has "findings" too: the
rule, how grave it is, why, and where it is certain the corrected note as
"suggestion".`,
		Example: `  citecheck parse "S.C. Res. 1325, ¶ 8, U.N. Doc. S/RES/1325 (Oct. 31, 2000)."
  citecheck parse --profile ipi < notes.txt | jq -r '.findings[]?.suggestion'
  citecheck parse < notes.txt | jq -r '.citations[].target'`,
		RunE: func(cmd *cobra.Command, args []string) error {
			p := &pipeline.Pipeline{}
			if err := st.set(p); err != nil {
				return err
			}
			lines := labelled(args)
			if len(args) == 0 {
				if in, ok := cmd.InOrStdin().(interruptible); ok && isTerminal(in.file) {
					fmt.Fprintln(cmd.ErrOrStderr(), "citecheck: paste notes, one a line; Ctrl-D on a line of its own ends them")
				}
				data, err := io.ReadAll(io.LimitReader(cmd.InOrStdin(), mostPasted+1))
				if err != nil {
					return exit(exitUnread, err)
				}
				if len(data) > mostPasted {
					return exit(exitUnread, fmt.Errorf("standard input has more than %d MiB. Divide it, or give the report itself to citecheck extract", mostPasted>>20))
				}
				lines = noteLines(data)
			}
			out := json.NewEncoder(cmd.OutOrStdout())
			out.SetEscapeHTML(false)
			r := cite.Report{Notes: parseNotes(lines)}
			p.Restyle(&r, nil)
			for _, n := range r.Notes {
				err := out.Encode(struct {
					Label     string   `json:"label"`
					Text      string   `json:"text"`
					Citations []parsed `json:"citations"`
					Findings  []styled `json:"findings,omitempty"`
				}{n.Label, n.Text, parsedOf(n), styledOf(n.Findings)})
				if err != nil {
					return exit(exitFailed, err)
				}
			}
			return nil
		},
	}
	st.add(cmd.Flags())
	return cmd
}
