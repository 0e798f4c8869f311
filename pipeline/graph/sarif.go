package graph

import (
	"crypto/sha256"
	"encoding/hex"
	"io"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"citecheck/pipeline/cite"
)

// WriteSARIF writes what a person should look at: contradicted and not found
// as errors, questioned as warnings, unreachable as open. What agreed, and
// what nothing could settle, is counted and not listed.
func WriteSARIF(w io.Writer, g *Graph) error {
	results := []sarifResult{}
	rules := map[string]bool{}
	g.eachFinding(func(n *Note, rep *Report, e *Edge, f Finding) {
		if f.Verdict.Rank() > cite.Unreachable.Rank() {
			return
		}
		rules[f.Check] = true
		results = append(results, sarifResultOf(n, rep, e, f))
	})
	names := make([]string, 0, len(rules))
	for name := range rules {
		names = append(names, name)
	}
	slices.Sort(names)
	ruleList := []sarifRule{}
	for _, name := range names {
		ruleList = append(ruleList, sarifRule{ID: name, Name: name, Short: sarifText{Text: "citecheck: " + strings.ReplaceAll(name, "-", " ")}})
	}
	for i := range results {
		results[i].RuleIndex = slices.Index(names, results[i].RuleID)
	}
	name, version, _ := strings.Cut(g.Meta.Tool, " ")
	notes := []sarifNotice{}
	for _, p := range g.Problems {
		notes = append(notes, sarifNotice{Level: "warning", Message: sarifText{Text: p.Item + ": " + p.Reason}})
	}
	return writeJSON(w, map[string]any{
		"$schema": "https://json.schemastore.org/sarif-2.1.0.json",
		"version": "2.1.0",
		"runs": []any{map[string]any{
			"tool":        map[string]any{"driver": sarifDriver{Name: first(name, "citecheck"), Version: version, Rules: ruleList}},
			"columnKind":  "unicodeCodePoints",
			"invocations": []any{map[string]any{"executionSuccessful": true, "toolExecutionNotifications": notes}},
			"results":     results,
			"properties":  map[string]any{"nodes": len(g.Nodes), "edges": len(g.Edges), "citations": g.Meta.Citations, "verdicts": g.Meta.Verdicts},
		}},
	}, "  ")
}

type sarifDriver struct {
	Name    string      `json:"name"`
	Version string      `json:"version,omitempty"`
	Rules   []sarifRule `json:"rules"`
}

type sarifRule struct {
	ID    string    `json:"id"`
	Name  string    `json:"name"`
	Short sarifText `json:"shortDescription"`
}

type sarifText struct {
	Text string `json:"text"`
}

type sarifNotice struct {
	Level   string    `json:"level"`
	Message sarifText `json:"message"`
}

type sarifResult struct {
	RuleID       string            `json:"ruleId"`
	RuleIndex    int               `json:"ruleIndex"`
	Kind         string            `json:"kind"`
	Level        string            `json:"level"`
	Message      sarifText         `json:"message"`
	Locations    []sarifLocation   `json:"locations"`
	Fingerprints map[string]string `json:"partialFingerprints"`
	Suppressions []sarifSuppress   `json:"suppressions,omitempty"`
	Properties   map[string]any    `json:"properties"`
}

type sarifSuppress struct {
	Kind          string `json:"kind"`
	Status        string `json:"status"`
	Justification string `json:"justification"`
}

type sarifLocation struct {
	Physical struct {
		Artifact struct {
			URI string `json:"uri"`
		} `json:"artifactLocation"`
	} `json:"physicalLocation"`
	Logical []sarifLogical `json:"logicalLocations,omitempty"`
}

type sarifLogical struct {
	Name string `json:"name"`
	Full string `json:"fullyQualifiedName"`
	Kind string `json:"kind"`
}

func sarifResultOf(n *Note, rep *Report, e *Edge, f Finding) sarifResult {
	r := sarifResult{RuleID: f.Check, Kind: "fail", Level: "error", Properties: map[string]any{"verdict": f.Verdict}}
	switch f.Verdict {
	case cite.Questioned:
		r.Level = "warning"
		if f.Severity != "" && f.Severity != "error" {
			r.Level = "note" // a matter of style
		}
	case cite.Unreachable:
		r.Kind, r.Level = "open", "none" // nobody could look: it says nothing of the author
	}
	var l sarifLocation
	text := ""
	if rep != nil {
		l.Physical.Artifact.URI = (&url.URL{Path: rep.File}).String()
	}
	if n != nil {
		text = n.Text
		full := n.Name()
		if n.Page > 0 {
			full += ", page " + strconv.Itoa(n.Page)
			r.Properties["page"] = n.Page
		}
		l.Logical = []sarifLogical{{Name: n.Name(), Full: full, Kind: "member"}}
	}
	target := ""
	if e != nil {
		text, target = e.Text, e.Target
	}
	r.Message.Text = first(line(f.Reason), f.Check)
	if text != "" {
		r.Message.Text += " (" + clip(line(text), 200) + ")"
	}
	r.Locations = []sarifLocation{l}
	k := KeyOf(text, target, f)
	sum := sha256.Sum256([]byte(strings.Join([]string{k.Check, k.Text, k.Target, k.Claimed, k.Found}, "\x00")))
	r.Fingerprints = map[string]string{"citecheckContent/v1": hex.EncodeToString(sum[:16])}
	if f.Accepted != nil {
		r.Suppressions = []sarifSuppress{{Kind: "external", Status: "accepted", Justification: f.Accepted.Reason}}
	}
	return r
}
