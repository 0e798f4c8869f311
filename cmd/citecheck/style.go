package main

import (
	"fmt"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"citecheck/pipeline"
	"citecheck/pipeline/catalog"
	"citecheck/pipeline/cite"
	"citecheck/pipeline/style"
)

// styleFlags say which citation style notes are held to.
type styleFlags struct{ profile string }

func (f *styleFlags) add(fl *pflag.FlagSet) {
	var names []string
	for _, p := range style.Profiles {
		names = append(names, p.Name)
	}
	fl.StringVar(&f.profile, "profile", "none", "citation style to hold notes to: "+strings.Join(names, ", ")+" or none")
}

// set makes p hold notes to the style.
func (f *styleFlags) set(p *pipeline.Pipeline) error {
	s, err := style.ProfileNamed(f.profile)
	if err != nil {
		return fmt.Errorf("--profile: %w", err)
	}
	p.Style = s
	if s != nil {
		now := time.Now().UTC()
		p.Month = cite.Date{Year: now.Year(), Month: int(now.Month())}
		p.Known = catalog.Builtin()
	}
	return nil
}

// styleSettings are what results depend on: the style, and with it the month,
// for a date may lie in the future.
func styleSettings(p *pipeline.Pipeline) string {
	if p.Style == nil {
		return ""
	}
	return p.Style.Name + " " + p.Month.String()
}

// styled is a finding on a note's style as parse and extract print it.
type styled struct {
	Rule       string         `json:"rule"`
	Severity   string         `json:"severity"`
	Claimed    string         `json:"claimed"`
	Found      string         `json:"found,omitempty"`
	Reason     string         `json:"reason"`
	Evidence   *cite.Evidence `json:"evidence,omitempty"`
	Candidates []string       `json:"candidates,omitempty"`
	Suggestion string         `json:"suggestion,omitempty"` // the corrected note
}

func styledOf(findings []cite.Finding) []styled {
	var out []styled
	for _, f := range findings {
		if f.Check == "style" {
			out = append(out, styled{f.Rule, f.Severity, f.Claimed, f.Found, f.Reason, f.Evidence, f.Candidates, f.Suggestion})
		}
	}
	return out
}
