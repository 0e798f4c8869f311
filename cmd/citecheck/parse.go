package main

import (
	"bufio"
	"encoding/json"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/text/unicode/norm"

	"citecheck/pipeline"
	"citecheck/pipeline/cite"
)

func parseCommand() *cobra.Command {
	var st styleFlags
	cmd := &cobra.Command{
		Use:   "parse [TEXT...]",
		Short: "Parse note texts and print what they cite",
		Long: `Parses note texts: each argument is one, or each line of standard input when
there is none. Prints one JSON object a note, in order: {"text", "citations"}.
Line N is note N: earlier lines are what ibid. and "supra note 3" refer to. An
empty line is an empty note, so that line numbers stay note numbers.

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
			lines := args
			if len(args) == 0 {
				in := bufio.NewScanner(cmd.InOrStdin())
				in.Buffer(nil, 16<<20) // a note of 16 MiB is no note
				for in.Scan() {
					lines = append(lines, in.Text())
				}
				if err := in.Err(); err != nil {
					return exit(exitUnread, err)
				}
			}
			for i, line := range lines {
				lines[i] = norm.NFC.String(strings.Join(strings.Fields(strings.ToValidUTF8(line, "\ufffd")), " "))
			}
			out := json.NewEncoder(cmd.OutOrStdout())
			out.SetEscapeHTML(false)
			r := cite.Report{Notes: parseNotes(lines)}
			p.Restyle(&r, nil)
			for _, n := range r.Notes {
				err := out.Encode(struct {
					Text      string   `json:"text"`
					Citations []parsed `json:"citations"`
					Findings  []styled `json:"findings,omitempty"`
				}{n.Text, parsedOf(n), styledOf(n.Findings)})
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
