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
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"

	"citecheck/pipeline"
	"citecheck/pipeline/cite"
	"citecheck/pipeline/graph"
)

// A Run is one batch.
type Run struct {
	Args     []string // files, folders, patterns, addresses, "-"
	Web      Web
	Stdin    io.Reader
	Out      string
	Fresh    bool   // do not take over what an earlier run finished
	Offline  bool   // nothing that was unreachable can answer now
	Settings string // whatever else results depend on: version, archives, flags
	Pipeline *pipeline.Pipeline
	// Mark marks the findings of a report's graph that an editor has accepted,
	// unmarks all others, and tells whether that changed it; nil does nothing.
	Mark    func(*graph.Graph) bool
	Accepts bool // Mark has something to mark
	// Annotate makes a copy of a report with remarks; nil makes none.
	Annotate func(ctx context.Context, name string, data []byte, g *graph.Graph) ([]byte, error)
	// Render writes report.html; nil leaves it out. It may ask for the bytes of
	// a report by its node id.
	Render func(ctx context.Context, w io.Writer, g *graph.Graph, load func(id string) (name string, data []byte, err error)) error
	Look   string // whatever else report.html depends on: its flags
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
	// Verdicts counts the citations of a report that is Done.
	Verdicts map[cite.Verdict]int
}

// EventKind says what happened.
type EventKind int

// The kinds of event.
const (
	Planned   EventKind = iota
	Unread              // an input could not be read; the others go on
	Reused              // an earlier run had finished this report
	Done                // a report is checked and written
	Annotated           // its copy with remarks is written, or is not: Reason says why
)

// A Summary says how a run ended.
type Summary struct {
	// Digest has the worst citations of the run under the counts of all; up to
	// digestLimit citations it is the graph itself.
	Digest *graph.Graph
	Unread int // inputs that could not be read at all
}

// digestLimit is how many citations the summary and report.html show: an
// editor reads the worst ones first, and a page of more is no page.
const digestLimit = 2000

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
// then is kept, and the next run takes it up. No report's graph outlives its
// writing: memory does not grow with the number of reports, but for a line
// each in run.json.
func (r *Run) Do(ctx context.Context) (s Summary, err error) {
	start := r.Now()
	out, err := open(r.Out)
	if err != nil {
		return Summary{}, err
	}
	defer out.close()
	ctx, ended := r.Pipeline.Trace.Begin(ctx, "run")
	defer func() { ended("error", err) }()
	planning, planned := r.Pipeline.Trace.Begin(ctx, "plan")
	inputs := expand(planning, r.Args, r.Stdin, r.Web)
	planned("inputs", len(inputs))
	todo := jobs(inputs)
	r.tell(Event{Kind: Planned, Total: len(todo)})

	results := make([]outcome, len(inputs))
	var problems []cite.Problem
	for i, in := range inputs {
		results[i] = outcome{File: in.name, SHA256: in.sha256}
		if errors.Is(in.err, syscall.ENOSPC) { // what an address answered could not be kept: no fault of the input
			return Summary{}, in.err
		}
		if in.err != nil {
			problems = append(problems, r.unread(&results[i], in.name, in.err))
			r.trace(ctx, in.name, "outcome", "unread", "error", in.err)
		}
	}

	done := out.ledger()
	written := make([]string, len(todo)) // SHA-256 of each job's graph, "" while there is none
	var left []int                       // jobs that need work
	for j, job := range todo {
		if written[j] = r.reuse(done, job, names(inputs, job)); written[j] == "" {
			left = append(left, j)
			continue
		}
		marked := done[[2]string{job.sha256, r.Settings}].Marked
		if written[j], err = r.remark(out, job, written[j], names(inputs, job), marked); err != nil {
			return Summary{}, fmt.Errorf("write %s: %w", filepath.Join(r.Out, job.file), err)
		}
		r.tell(Event{Kind: Reused, Name: inputs[job.inputs[0]].name})
		r.trace(ctx, inputs[job.inputs[0]].name, "outcome", "reused", "sha256", job.sha256)
		settle(results, job, outcome{Outcome: "reused", Report: job.file})
	}

	work := make([]pipeline.Input, len(left))
	for i, j := range left {
		in := &inputs[todo[j].inputs[0]]
		work[i] = pipeline.Input{Name: in.name, Load: in.load}
	}
	err = r.Pipeline.Run(ctx, work, func(ctx context.Context, i int, res pipeline.Result) error {
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
		rename(res.Graph, names(inputs, job))
		if r.Mark != nil {
			r.Mark(res.Graph)
		}
		_, end := r.Pipeline.Trace.Begin(ctx, "write")
		hash, err := r.keep(out, job, res.Graph, names(inputs, job))
		end("error", err)
		if err != nil {
			return fmt.Errorf("write %s: %w", filepath.Join(r.Out, job.file), err)
		}
		written[left[i]] = hash
		settle(results, job, outcome{Outcome: "checked", Report: job.file, TookMS: millis(res.Took)})
		r.tell(Event{Kind: Done, Name: name, Took: res.Took, Verdicts: res.Graph.Meta.Verdicts})
		return nil
	})
	if err != nil {
		return Summary{}, err
	}
	if err := r.annotate(ctx, out, inputs, todo, written); err != nil {
		return Summary{}, err
	}
	digest, err := r.whole(ctx, out, done, inputs, todo, written, problems)
	if err != nil {
		return Summary{}, err
	}
	s = Summary{Digest: digest}
	for _, o := range results {
		if o.Outcome == "unread" {
			s.Unread++
		}
	}
	return s, r.account(out, start, results, digest)
}

// whole writes what the run makes of all reports together: graph.json,
// report.html and their digest. Where an earlier run made them of the same
// reports and nothing has touched them since, they stay as they are.
func (r *Run) whole(ctx context.Context, out *folder, done map[[2]string]record, inputs []input, todo []job, written []string, problems []cite.Problem) (*graph.Graph, error) {
	plan := r.plan(todo, written, problems)
	if digest := out.standing(done[[2]string{plan, r.Settings}]); digest != nil {
		return digest, nil
	}
	ctx, end := r.Pipeline.Trace.Begin(ctx, "assemble")
	defer end()
	all, digest := graph.NewAssembler(r.Pipeline.Tool), graph.NewDigest(r.Pipeline.Tool, digestLimit)
	files, first := map[string]string{}, map[string]*input{} // by report id
	load := func(id string) (*graph.Graph, error) {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		return out.graph(files[id])
	}
	for j, job := range todo {
		if written[j] == "" {
			continue
		}
		id := "report:" + job.sha256
		files[id], first[id] = job.file, &inputs[job.inputs[0]]
		g, err := load(id)
		if err != nil {
			return nil, err
		}
		all.Add(g)
	}
	// Who sees a new graph.json sees the report.html that belongs to it.
	var short *graph.Graph
	err := out.write("graph.json", func(w io.Writer) error {
		err := all.Write(w, out.dir, tempPrefix, problems, func(id string) (*graph.Graph, error) {
			g, err := load(id)
			if err == nil {
				digest.Add(g)
			}
			return g, err
		})
		if err != nil {
			return err
		}
		short = digest.Graph(all.Meta(), problems)
		if err := out.write(digestName, short.Write); err != nil {
			return err
		}
		if r.Render == nil {
			return nil
		}
		return out.write("report.html", func(w io.Writer) error {
			return r.Render(ctx, w, short, func(id string) (string, []byte, error) {
				in := first[id]
				if in == nil {
					return "", nil, fs.ErrNotExist
				}
				data, err := in.load()
				return in.name, data, err
			})
		})
	})
	if err != nil {
		return nil, fmt.Errorf("write graph.json: %w", err)
	}
	whole := record{SHA256: plan, Settings: r.Settings, File: "graph.json", Sums: map[string]string{}}
	for _, name := range wholeFiles {
		if whole.Sums[name], err = out.sum(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, err
		}
	}
	return short, out.note(whole)
}

// annotate writes the copies with remarks, beside the reports' graphs. One
// that cannot be had is said, and costs nothing else.
func (r *Run) annotate(ctx context.Context, out *folder, inputs []input, todo []job, written []string) error {
	if r.Annotate == nil {
		return nil
	}
	ctx, end := r.Pipeline.Trace.Begin(ctx, "annotate")
	defer end()
	if err := os.MkdirAll(filepath.Join(r.Out, annotatedName), 0o755); err != nil {
		return err
	}
	for j, job := range todo {
		if written[j] == "" {
			continue
		}
		in := inputs[job.inputs[0]]
		data, err := in.load()
		name := annotatedName + "/" + strings.TrimSuffix(path.Base(job.file), ".json") + ".docx"
		if bytes.HasPrefix(data, []byte("%PDF-")) || strings.EqualFold(filepath.Ext(in.name), ".pdf") {
			name = strings.TrimSuffix(name, ".docx") + ".pdf"
		}
		if err == nil {
			var g *graph.Graph
			if g, err = out.graph(job.file); err == nil {
				data, err = r.Annotate(ctx, in.name, data, g)
			}
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
		e := Event{Kind: Annotated, Name: in.name}
		if err != nil {
			e.Reason = err.Error()
			os.Remove(filepath.Join(r.Out, filepath.FromSlash(name))) // of an earlier run: it would pass for this one's
		} else if err := out.write(name, func(w io.Writer) error { _, err := w.Write(data); return err }); err != nil {
			return fmt.Errorf("write %s: %w", filepath.Join(r.Out, name), err)
		}
		r.tell(e)
	}
	return nil
}

// plan names all that graph.json depends on beside the settings.
func (r *Run) plan(todo []job, written []string, problems []cite.Problem) string {
	h := sha256.New()
	for j, job := range todo {
		fmt.Fprintf(h, "%q %s %s\n", job.file, job.sha256, written[j])
	}
	for _, p := range problems {
		fmt.Fprintf(h, "%q\n", p)
	}
	if r.Look != "" {
		fmt.Fprintf(h, "%q\n", r.Look)
	}
	return "plan:" + hex.EncodeToString(h.Sum(nil))
}

// account writes run.json.
func (r *Run) account(out *folder, start time.Time, results []outcome, all *graph.Graph) error {
	run := map[string]any{"started": start.UTC().Format(time.RFC3339Nano), "ended": r.Now().UTC().Format(time.RFC3339Nano),
		"took_ms": r.Now().Sub(start).Milliseconds(), "inputs": orEmpty(results), "info": r.Info, "settings": r.Settings,
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

// keep writes one report's graph, notes it in the ledger and returns its hash.
func (r *Run) keep(out *folder, j job, g *graph.Graph, files []string) (string, error) {
	h := sha256.New()
	err := out.write(j.file, func(w io.Writer) error { return g.Write(io.MultiWriter(w, h)) })
	if err != nil {
		return "", err
	}
	hash := hex.EncodeToString(h.Sum(nil))
	return hash, out.note(record{SHA256: j.sha256, Settings: r.Settings, File: j.file, Hash: hash, Inputs: files,
		Again: g.Meta.Verdicts[cite.Unreachable] > 0, Marked: g.Accepts()})
}

// reuse is the hash of the graph that an earlier run made of the same bytes
// under the same settings and names, "" when there is none, it was changed
// since, or something in it was unreachable and may answer now.
func (r *Run) reuse(done map[[2]string]record, j job, files []string) string {
	rec, ok := done[[2]string{j.sha256, r.Settings}]
	if r.Fresh || !ok || rec.File != j.file || rec.Again && !r.Offline || !slices.Equal(rec.Inputs, files) {
		return ""
	}
	if sum, err := sum(filepath.Join(r.Out, filepath.FromSlash(j.file))); err != nil || sum != rec.Hash {
		return ""
	}
	return rec.Hash
}

// remark brings the marks of a graph that an earlier run made up to date: an
// editor may have accepted more since, or less. It returns the graph's hash.
// Without a list, and without marks, there is nothing to look for.
func (r *Run) remark(out *folder, j job, hash string, files []string, marked bool) (string, error) {
	if r.Mark == nil || !r.Accepts && !marked {
		return hash, nil
	}
	g, err := out.graph(j.file)
	if err != nil || !r.Mark(g) {
		return hash, err
	}
	return r.keep(out, j, g, files)
}

func (r *Run) unread(o *outcome, name string, err error) cite.Problem {
	o.Outcome, o.Reason = "unread", err.Error()
	r.tell(Event{Kind: Unread, Name: name, Reason: o.Reason})
	return cite.Problem{Stage: "read", Item: name, Reason: o.Reason}
}

// trace tells of a report that never reached the pipeline.
func (r *Run) trace(ctx context.Context, name string, facts ...any) {
	_, end := r.Pipeline.Trace.Begin(ctx, "report", "report", name)
	end(facts...)
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

func orEmpty[T any](in []T) []T {
	if in == nil {
		return []T{}
	}
	return in
}
