// Package batch runs the pipeline over many inputs and writes what comes of
// it: one graph a report, all of them merged, and what happened. Every input
// has exactly one result; a run that is cut off loses nothing that it had
// finished. It knows files and folders; it knows nothing of citations.
package batch

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"time"

	"citecheck/pipeline"
	"citecheck/pipeline/cite"
	"citecheck/pipeline/graph"
)

// A Run is one batch.
type Run struct {
	Args     []string // files, folders, patterns, "-"
	Stdin    io.Reader
	Out      string
	Fresh    bool   // do not take over what an earlier run finished
	Offline  bool   // nothing that was unreachable can answer now
	Settings string // whatever else results depend on: version, archives, flags
	Pipeline *pipeline.Pipeline
	// Render writes report.html; nil leaves it out.
	Render func(io.Writer, *graph.Graph) error
	// Happened is told of each step as it happens; it may be nil.
	Happened func(Event)
	Info     map[string]any   // versions and settings for run.json
	Now      func() time.Time // the clock of run.json
}

// An Event is one step of a run.
type Event struct {
	Kind   EventKind
	Name   string // the input
	Total  int    // of Planned: how many reports
	Reason string // of Unread
	Took   map[string]time.Duration
}

// EventKind says what happened.
type EventKind int

// The kinds of event.
const (
	Planned EventKind = iota
	Unread            // an input could not be read; the others go on
	Reused            // an earlier run had finished this report
	Done              // a report is checked and written
)

// A Summary says how a run ended.
type Summary struct {
	Graph  *graph.Graph
	Unread int // inputs that could not be read at all
}

// outcome is one input's line in run.json.
type outcome struct {
	File    string           `json:"file"`
	SHA256  string           `json:"sha256,omitempty"`
	Outcome string           `json:"outcome"` // "checked", "reused", "same-bytes", "unread"
	Report  string           `json:"report,omitempty"`
	Reason  string           `json:"reason,omitempty"`
	TookMS  map[string]int64 `json:"took_ms,omitempty"`
}

// Do runs the batch. An error means that the run itself failed or was
// interrupted (then errors.Is(err, context.Canceled)); what was finished by
// then is kept, and the next run takes it up.
func (r *Run) Do(ctx context.Context) (Summary, error) {
	start := r.Now()
	out, err := open(r.Out)
	if err != nil {
		return Summary{}, err
	}
	defer out.close()
	inputs := expand(r.Args, r.Stdin)
	todo := jobs(inputs)
	r.tell(Event{Kind: Planned, Total: len(todo)})

	results := make([]outcome, len(inputs))
	var problems []cite.Problem
	for i, in := range inputs {
		results[i] = outcome{File: in.name, SHA256: in.sha256}
		if in.err != nil {
			problems = append(problems, r.unread(&results[i], in.name, in.err))
		}
	}

	graphs := make([]*graph.Graph, len(todo))
	var left []int // jobs that need work
	done := out.ledger()
	for j, job := range todo {
		if graphs[j] = r.reuse(done, job, names(inputs, job)); graphs[j] == nil {
			left = append(left, j)
			continue
		}
		r.tell(Event{Kind: Reused, Name: inputs[job.inputs[0]].name})
		settle(results, job, outcome{Outcome: "reused", Report: job.file})
	}

	work := make([]pipeline.Input, len(left))
	for i, j := range left {
		in := &inputs[todo[j].inputs[0]]
		work[i] = pipeline.Input{Name: in.name, Load: in.load}
	}
	err = r.Pipeline.Run(ctx, work, func(i int, res pipeline.Result) error {
		job := todo[left[i]]
		name := inputs[job.inputs[0]].name
		if res.Err != nil {
			if ctx.Err() != nil {
				return ctx.Err() // cut off, not unreadable
			}
			for _, k := range job.inputs {
				problems = append(problems, r.unread(&results[k], inputs[k].name, res.Err))
			}
			return nil
		}
		g := res.Graph
		rename(g, names(inputs, job))
		graphs[left[i]] = g
		if err := r.keep(out, job, g); err != nil {
			return fmt.Errorf("write %s: %w", filepath.Join(r.Out, job.file), err)
		}
		settle(results, job, outcome{Outcome: "checked", Report: job.file, TookMS: millis(res.Took)})
		r.tell(Event{Kind: Done, Name: name, Took: res.Took})
		return nil
	})
	if err != nil {
		return Summary{}, err
	}
	graphs = slices.DeleteFunc(graphs, func(g *graph.Graph) bool { return g == nil })
	all := graph.Merge(r.Pipeline.Tool, append(graphs, &graph.Graph{Problems: problems})...)
	s := Summary{Graph: all}
	for _, o := range results {
		if o.Outcome == "unread" {
			s.Unread++
		}
	}
	return s, r.finish(out, start, results, all)
}

// finish writes the files of the run as a whole, graph.json last but one: who
// sees a new graph.json sees the report.html that belongs to it.
func (r *Run) finish(out *folder, start time.Time, results []outcome, all *graph.Graph) error {
	if r.Render != nil {
		if err := out.write("report.html", func(w io.Writer) error { return r.Render(w, all) }); err != nil {
			return fmt.Errorf("write report.html: %w", err)
		}
	}
	if err := out.write("graph.json", all.Write); err != nil {
		return fmt.Errorf("write graph.json: %w", err)
	}
	run := map[string]any{"started": start.UTC().Format(time.RFC3339Nano), "ended": r.Now().UTC().Format(time.RFC3339Nano),
		"took_ms": r.Now().Sub(start).Milliseconds(), "inputs": list(results), "info": r.Info, "settings": r.Settings,
		"verdicts": all.Meta.Verdicts, "problems": all.Problems}
	err := out.write("run.json", func(w io.Writer) error {
		e := json.NewEncoder(w)
		e.SetEscapeHTML(false)
		e.SetIndent("", " ")
		return e.Encode(run)
	})
	if err != nil {
		return fmt.Errorf("write run.json: %w", err)
	}
	return nil
}

// keep writes one report's graph and notes it in the ledger.
func (r *Run) keep(out *folder, j job, g *graph.Graph) error {
	sum := sha256.New()
	if err := out.write(j.file, func(w io.Writer) error { return g.Write(io.MultiWriter(w, sum)) }); err != nil {
		return err
	}
	return out.note(record{SHA256: j.sha256, Settings: r.Settings, File: j.file, Hash: hex.EncodeToString(sum.Sum(nil)),
		Again: g.Meta.Verdicts[cite.Unreachable] > 0})
}

// reuse is the graph that an earlier run made of the same bytes under the
// same settings, nil when there is none, it was changed since, or something
// in it was unreachable and may answer now.
func (r *Run) reuse(done map[[2]string]record, j job, files []string) *graph.Graph {
	rec, ok := done[[2]string{j.sha256, r.Settings}]
	if r.Fresh || !ok || rec.File != j.file || rec.Again && !r.Offline {
		return nil
	}
	data, err := os.ReadFile(filepath.Join(r.Out, filepath.FromSlash(j.file)))
	if err != nil {
		return nil
	}
	if sum := sha256.Sum256(data); hex.EncodeToString(sum[:]) != rec.Hash {
		return nil
	}
	g, err := graph.Read(bytes.NewReader(data))
	if err != nil || !slices.EqualFunc(g.Nodes[:1], files[:1], func(n graph.Node, f string) bool { return n.Report != nil && slices.Equal(n.Report.Files, files) }) {
		return nil
	}
	return g
}

func (r *Run) unread(o *outcome, name string, err error) cite.Problem {
	o.Outcome, o.Reason = "unread", err.Error()
	r.tell(Event{Kind: Unread, Name: name, Reason: o.Reason})
	return cite.Problem{Stage: "read", Item: name, Reason: o.Reason}
}

func (r *Run) tell(e Event) {
	if r.Happened != nil {
		r.Happened(e)
	}
}

// settle gives every input of a job its line; later ones have the same bytes.
func settle(results []outcome, j job, o outcome) {
	for k, i := range j.inputs {
		o.File, o.SHA256 = results[i].File, results[i].SHA256
		if k > 0 {
			o.Outcome, o.TookMS = "same-bytes", nil
		}
		results[i] = o
	}
}

func names(inputs []input, j job) []string {
	var out []string
	for _, i := range j.inputs {
		if !slices.Contains(out, inputs[i].name) {
			out = append(out, inputs[i].name)
		}
	}
	return out
}

// rename puts all names of a report's inputs into its node.
func rename(g *graph.Graph, files []string) {
	for _, n := range g.Nodes {
		if n.Report != nil {
			n.Report.File, n.Report.Files = files[0], files
		}
	}
}

func millis(took map[string]time.Duration) map[string]int64 {
	out := map[string]int64{}
	for k, v := range took {
		out[k] = v.Milliseconds()
	}
	return out
}

func list[T any](in []T) []T {
	if in == nil {
		return []T{}
	}
	return in
}
