package main

import (
	"bufio"
	"encoding/json"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/text/unicode/norm"
)

func parseCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "parse [TEXT...]",
		Short: "Parse note texts and print what they cite",
		Long: `Parses note texts: each argument is one, or each line of standard input when
there is none. Prints one JSON object a note, in order: {"text", "citations"}.
Line N is note N: earlier lines are what ibid. and "supra note 3" refer to. An
empty line is an empty note, so that line numbers stay note numbers.`,
		Example: `  citecheck parse "S.C. Res. 1325, ¶ 8, U.N. Doc. S/RES/1325 (Oct. 31, 2000)."
  citecheck parse < notes.txt | jq -r '.citations[].target'`,
		RunE: func(cmd *cobra.Command, args []string) error {
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
			for _, n := range parseNotes(lines) {
				err := out.Encode(struct {
					Text      string   `json:"text"`
					Citations []parsed `json:"citations"`
				}{n.Text, parsedOf(n)})
				if err != nil {
					return exit(exitFailed, err)
				}
			}
			return nil
		},
	}
}
