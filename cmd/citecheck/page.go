package main

import (
	"encoding/json"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"citecheck/extractors/unpage"
	"citecheck/pipeline/cite"
)

func pageCommand() *cobra.Command {
	var url, media string
	cmd := &cobra.Command{
		Use:   "page FILE --url URL",
		Short: "Read a saved UN web page as the reader of that URL's site would",
		Long: `Reads a saved page (or MARCXML answer) and prints what it says of documents, in
the page's order. The URL decides which site's reader is used:

  dhl                        the UN library's tables: Security Council meetings
                             (resguide/scact…, render_meeting/…), vetoes,
                             General Assembly resolutions
  main.un.org                resolutions, Secretary-General's reports of a year
  press.un.org               meetings coverage with a resolution's text; lists
  undl                       digitallibrary.un.org: records, results, MARCXML,
                             OAI-PMH
  securitycouncilreport.org  documents and lists (no UN site)

A page whose layout is not known any more says so; nothing follows from it.`,
		Example: `  citecheck page scact2018_table_en.html --url https://www.un.org/depts/dhl/resguide/scact2018_table_en.html
  citecheck page sc13400.html --url https://press.un.org/en/2018/sc13400.doc.htm`,
		Args: needs(1, 1, "one saved page"),
		RunE: func(cmd *cobra.Command, args []string) error {
			data, err := readFile(args[0], cmd.InOrStdin())
			if err != nil {
				return exit(exitUnread, err)
			}
			p, err := unpage.Read(url, media, data)
			if errors.Is(err, unpage.ErrNoReader) {
				return exit(exitUnread, fmt.Errorf("--url %s: no reader for this site; citecheck page --help names the sites", url))
			}
			if err != nil {
				return exit(exitUnread, err)
			}
			out := struct {
				Site      string         `json:"site"`
				Documents []unpage.Row   `json:"documents"`
				Problems  []cite.Problem `json:"problems"`
			}{p.Site, append([]unpage.Row{}, p.Rows...), append([]cite.Problem{}, p.Problems...)}
			return printJSON(cmd, out)
		},
	}
	cmd.Flags().StringVar(&url, "url", "", "the address that the page was saved from (required)")
	cmd.Flags().StringVar(&media, "type", "", "the Content-Type that it was served with")
	cmd.MarkFlagRequired("url")
	return cmd
}

// printJSON prints one indented JSON value.
func printJSON(cmd *cobra.Command, v any) error {
	e := json.NewEncoder(cmd.OutOrStdout())
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	if err := e.Encode(v); err != nil {
		return exit(exitFailed, err)
	}
	return nil
}
