package main

import (
	"io"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"
)

// root is the command line.
func root(stdin io.Reader, stdout, stderr io.Writer) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "citecheck FILE...",
		Short: "Check the footnotes of reports on the United Nations",
		Long: `citecheck reads reports (PDF, DOCX, ODT, EPUB, HTML, Markdown, text), finds
their footnotes, and checks every UN document that they cite: does it exist,
are its date, title and body right, is there such a paragraph, does the
quotation stand there, and does the sentence above the footnote agree with it.

  citecheck report.pdf              check one report; the same as check report.pdf
  citecheck check drafts/           check every report in a folder
  citecheck check --offline a.docx  check with what is at hand, no network

Open out/report.html for each finding beside its sentence, note and evidence;
out/graph.json is the same for programs.`,
		Example: `  citecheck check --out results report.pdf
  citecheck extract report.pdf | jq '.notes[].text'
  citecheck parse "UN Security Council Resolution 2423 (2018), para. 38."`,
		SilenceErrors: true, SilenceUsage: true,
		Args: cobra.ArbitraryArgs, RunE: unknown,
		CompletionOptions: cobra.CompletionOptions{HiddenDefaultCmd: true},
	}
	cmd.SetFlagErrorFunc(flagError)
	cmd.SetIn(stdin)
	cmd.SetOut(stdout)
	cmd.SetErr(stderr)
	cmd.AddCommand(checkCommand(), extractCommand(), parseCommand(), documentCommand(), fetchCommand(), pageCommand(), catalogCommand(), exportCommand(), mergeCommand(), diffCommand(), ignoreCommand(), schemaCommand(), versionCommand(),
		workerCommand(), queueCommand())
	return cmd
}

// withCheck lets "citecheck FILE..." stand for "citecheck check FILE...": the
// first word that is no flag and no command is a file, if there is such a
// file or it looks like one.
func withCheck(cmd *cobra.Command, args []string) []string {
	for _, arg := range args {
		if arg == "--" || arg == "-h" || arg == "--help" {
			break
		}
		if strings.HasPrefix(arg, "-") && arg != "-" {
			continue
		}
		if slices.ContainsFunc(cmd.Commands(), func(c *cobra.Command) bool { return c.Name() == arg }) || arg == "help" || strings.HasPrefix(arg, "__complete") {
			return args
		}
		if _, err := os.Stat(arg); err == nil || arg == "-" || strings.ContainsAny(arg, "./*") {
			return append([]string{"check"}, args...)
		}
		return args
	}
	return args
}
