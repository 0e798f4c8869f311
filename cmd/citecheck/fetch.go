package main

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"citecheck/pipeline"
	"citecheck/pipeline/batch"
	"citecheck/pipeline/catalog"
	"citecheck/pipeline/cite"
	"citecheck/pipeline/fetch"
	"citecheck/pipeline/lookup"
)

func fetchCommand() *cobra.Command {
	var f sourceFlags
	var out string
	cmd := &cobra.Command{
		Use:   "fetch SYMBOL|URL...",
		Short: "Look up documents and keep the answers",
		Long: `Looks up each UN document, its text included, or asks for an address of a UN
host, and keeps every answer under --out in evidence/answers.warc.gz. Prints a
line each. A later check with the same --out asks for none of it again.`,
		Example: `  citecheck fetch "S/RES/2423 (2018)" S/2023/402
  citecheck check --offline --out out report.pdf`,
		Args: needs(1, anyNumber, "the symbol of a UN document, or an address"),
		RunE: func(cmd *cobra.Command, args []string) error {
			look, closeEvidence, err := f.lookup(out)
			if err != nil {
				return err
			}
			defer closeEvidence()
			missing := false
			for _, arg := range args {
				line, ok := fetchOne(cmd, look, arg)
				if cmd.Context().Err() != nil {
					return cmd.Context().Err()
				}
				missing = missing || !ok
				if _, err := fmt.Fprintln(cmd.OutOrStdout(), safe(line)); err != nil {
					return exit(exitFailed, err)
				}
			}
			if err := closeEvidence(); err != nil {
				return exit(exitFailed, fmt.Errorf("keep the evidence: %w", err))
			}
			if missing {
				return exit(exitUnread, nil)
			}
			return nil
		},
	}
	cmd.Flags().StringVar(&out, "out", "out", "folder to keep the answers in")
	f.add(cmd.Flags())
	return cmd
}

// fetchOne looks up a symbol or asks for an address, and says in a line what
// came of it.
func fetchOne(cmd *cobra.Command, look *lookup.Lookup, arg string) (line string, ok bool) {
	if strings.Contains(arg, "://") {
		r, err := look.Fetch.Get(cmd.Context(), cite.Request{URL: arg})
		switch {
		case err != nil:
			return arg + ": unreachable: " + err.Error(), false
		case r.Challenged:
			return arg + ": unreachable: a bot wall answered", false
		}
		return fmt.Sprintf("%s: status %d, %d bytes, sha256 %s, %s", arg, r.Status, len(r.Body), r.SHA256, r.WARC), r.Status == 200
	}
	s, err := cite.ParseSymbol(arg)
	if err != nil {
		return arg + ": neither an address nor a UN document symbol such as S/RES/2423 (citecheck check takes reports)", false
	}
	a := look.One(cmd.Context(), lookup.Want{Symbol: s, Text: true})
	if a.Outcome != cite.Found {
		return fmt.Sprintf("%s: %s: %s", arg, a.Outcome, a.Reason), a.Outcome == cite.Absent
	}
	d := a.Document
	line = fmt.Sprintf("%s: found, %s", arg, d.Printed)
	if !d.Date.IsZero() {
		line += ", " + d.Date.Words()
	}
	if n := len(d.Paragraphs); n > 0 {
		line += fmt.Sprintf(", %d paragraphs", n)
	}
	if a.TextReason != "" {
		return line + "; text: " + a.TextReason, false
	}
	return line, true
}

// printPlan reads the reports and says what checking them would ask for, and
// how long the pauses would take. Nobody is asked.
func printPlan(cmd *cobra.Command, args []string, f checkFlags) error {
	limits, err := f.limits()
	if err != nil {
		return err
	}
	look, closeEvidence, err := f.lookup(f.out)
	if err != nil {
		return err
	}
	defer closeEvidence()
	chain := look.Fetch.(*fetch.Chain)
	chain.Live, chain.Plan = nil, &fetch.Plan{Manners: f.manners()} // there is no client
	p := &pipeline.Pipeline{Tool: "citecheck " + version, Jobs: f.jobs, Limits: limits, Known: catalog.Builtin(), Lookup: look}
	if f.links {
		p.Archive = f.archiveBase()
	}
	read, unread := 0, 0
	for _, in := range batch.Inputs(cmd.Context(), args, cmd.InOrStdin(), web(chain)) {
		data, err := in.Load()
		if err == nil {
			var r cite.Report
			if r, err = p.Read(cmd.Context(), in.Name, data); err == nil {
				p.Check(cmd.Context(), &r)
				read++
			}
		}
		if cmd.Context().Err() != nil {
			return cmd.Context().Err()
		}
		if err != nil {
			unread++
			fmt.Fprintf(cmd.ErrOrStderr(), "citecheck: %s: %s\n", safe(in.Name), safe(err.Error()))
		}
	}
	if err := writePlan(cmd.OutOrStdout(), chain.Plan, read); err != nil {
		return exit(exitFailed, err)
	}
	if unread > 0 {
		return exit(exitUnread, nil)
	}
	return nil
}

func writePlan(w io.Writer, p *fetch.Plan, reports int) error {
	slices.Sort(p.First)
	slices.Sort(p.Then)
	longest := func(hosts []fetch.HostPlan) (d time.Duration) {
		for _, h := range hosts {
			d = max(d, h.Takes)
		}
		return d
	}
	first, all := p.Hosts(p.First), p.Hosts(slices.Concat(p.First, p.Then))
	var b strings.Builder
	fmt.Fprintf(&b, "%s; nobody was asked. To check takes %s to %s, about %v of pauses; at most %s, about %v.\n",
		count(reports, "report"), count(len(p.First), "request"), count(len(first), "host"), longest(first).Round(time.Second), count(len(p.First)+len(p.Then), "request"), longest(all).Round(time.Second))
	for _, h := range all {
		fmt.Fprintf(&b, "\n  %s: at most %s with its robots.txt, about %v\n", safe(h.Host), count(h.Requests, "request"), h.Takes.Round(time.Second))
		for i, list := range [][]string{p.First, p.Then} {
			for _, a := range list {
				if strings.Contains(a, "//"+h.Host+"/") {
					fmt.Fprintf(&b, "    %s%s\n", safe(a), []string{"", "   (where another has no answer)"}[i])
				}
			}
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}
