package main

import (
	"fmt"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"

	"citecheck/pipeline/catalog"
	"citecheck/pipeline/worker"
)

// version is set by the linker for a release: -ldflags "-X main.version=v1.2.3".
var version = "v0.1.0"

func versionCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Print the version, the PDF engine, the fence and the built-in catalogue's date",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			v := versions()
			for _, k := range []string{"citecheck", "commit", "go", "pdf", "fence", "catalogue"} {
				fmt.Fprintf(cmd.OutOrStdout(), "%-10s %v\n", k, v[k])
			}
			return nil
		},
	}
}

// versions says what made a result, for people and for run.json.
func versions() map[string]any {
	v := map[string]any{"citecheck": version, "commit": "unknown", "go": runtime.Version() + " " + runtime.GOOS + "/" + runtime.GOARCH,
		"pdf": "unknown", "fence": worker.Fence()}
	c := catalog.Builtin()
	v["catalogue"] = fmt.Sprintf("%s; Security Council resolutions complete to %d, last known %d", c.Date(), c.CompleteTo(), c.LastKnown())
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, s := range info.Settings {
			if s.Key == "vcs.revision" {
				v["commit"] = s.Value
			}
		}
		for _, m := range info.Deps {
			if m.Path == "github.com/klippa-app/go-pdfium" {
				v["pdf"] = "PDFium in WebAssembly, go-pdfium " + m.Version
			}
		}
	}
	return v
}
