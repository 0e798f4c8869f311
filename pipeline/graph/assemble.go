package graph

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"hash/maphash"
	"io"
	"os"
	"slices"
	"strings"

	"citecheck/pipeline/cite"
)

// An Assembler writes the merged graph of many reports without holding their
// graphs in memory: a report's id and the few documents with several symbols
// are all that it keeps. It is told of each report's graph once, then reads
// each again and passes it on, by way of the disk where order asks for it. Its
// bytes are those of [Merge] over the same graphs, provided that no report
// comes twice.
type Assembler struct {
	meta    Meta
	reports []string
	several map[string]*Document // documents with further names: these, and whether anybody read them
	single  map[uint64]bool      // the others by a hash of their id: whether anybody read them
	seed    maphash.Seed
}

// NewAssembler begins a merged graph.
func NewAssembler(tool string) *Assembler {
	a := &Assembler{several: map[string]*Document{}, single: map[uint64]bool{}, seed: maphash.MakeSeed()}
	a.meta.Tool, a.meta.Verdicts = tool, map[cite.Verdict]int{}
	for _, v := range cite.Verdicts {
		a.meta.Verdicts[v] = 0
	}
	return a
}

// Add takes note of the graph of one report.
func (a *Assembler) Add(g *Graph) {
	a.meta.Reports += g.Meta.Reports
	a.meta.Notes += g.Meta.Notes
	a.meta.Citations += g.Meta.Citations
	a.meta.Accepted += g.Meta.Accepted
	for v, n := range g.Meta.Verdicts {
		a.meta.Verdicts[v] += n
	}
	for _, n := range g.Nodes {
		switch {
		case n.Report != nil:
			a.reports = append(a.reports, n.Report.ID)
		case n.Document != nil:
			a.document(n.Document)
		}
	}
}

func (a *Assembler) document(d *Document) {
	key := maphash.String(a.seed, d.ID)
	a.single[key] = a.single[key] || len(d.Sources) > 0
	if !slices.ContainsFunc(names(d), func(id string) bool { return id != d.ID }) {
		return
	}
	bare := &Document{ID: d.ID, Symbol: d.Symbol, Aliases: d.Aliases}
	if earlier := a.several[d.ID]; earlier != nil {
		bare = join(earlier, bare)
	}
	bare.URLs, bare.Sources = nil, nil
	a.several[d.ID] = bare
}

// Meta counts what was added so far.
func (a *Assembler) Meta() Meta { return a.meta }

// rename maps the ids of documents that are one to the id that stays, as
// [rename] does: a document without further names matters only where another
// has its id for a name.
func (a *Assembler) rename() map[string]string {
	g := &Graph{}
	seen := map[string]bool{}
	add := func(id string, d Document) {
		read, there := a.single[maphash.String(a.seed, id)]
		if !there || seen[id] {
			return
		}
		seen[id] = true
		if d.ID = id; read {
			d.Sources = []Source{{}}
		}
		g.Nodes = append(g.Nodes, Node{Document: &d})
	}
	for id, d := range a.several {
		add(id, *d)
	}
	for _, d := range a.several {
		for _, id := range names(d) {
			add(id, Document{Symbol: strings.TrimPrefix(id, "un:")})
		}
	}
	return rename([]*Graph{g})
}

// Write writes the merged graph. load reads the graph of a report that was
// added, by the report's node id; it is called once for each, in the order of
// the ids. Temporary files are made in dir, under names that begin with
// prefix, and are gone when it returns.
func (a *Assembler) Write(w io.Writer, dir, prefix string, problems []cite.Problem, load func(id string) (*Graph, error)) error {
	s := assembly{dir: dir, prefix: prefix, to: a.rename(), works: sorter{join: fullerText}, others: sorter{join: fullerText},
		documents: sorter{join: joinTexts}, problems: bag{}}
	s.problems.add(problems)
	defer s.close()
	slices.SortFunc(a.reports, order)
	for _, id := range a.reports {
		g, err := load(id)
		if err == nil {
			err = s.take(g)
		}
		if err != nil {
			return err
		}
	}
	return s.write(w, a.meta)
}

// assembly is what stands ready to be written, in pieces on the disk.
type assembly struct {
	dir, prefix  string
	to           map[string]string // ids of documents that are another's
	reports      spool
	notes, opens spool
	edges        spool // that go out from a report or a note
	documents    sorter
	works        sorter
	others       sorter // edges that go out from a document
	problems     bag
}

// take puts the parts of one report's graph where they belong.
func (s *assembly) take(g *Graph) error {
	s.problems.add(g.Problems)
	for _, n := range g.Nodes {
		var err error
		switch {
		case n.Report != nil:
			err = s.spool(&s.reports, n)
		case n.Document != nil:
			d := n.Document
			if id, ok := s.to[d.ID]; ok {
				d = renamed(d, id)
			}
			err = s.sort(&s.documents, d.ID, d)
		case n.Note != nil:
			err = s.spool(&s.notes, n)
		case n.Open != nil:
			err = s.spool(&s.opens, n)
		case n.Work != nil:
			err = s.sort(&s.works, n.Work.ID, n)
		}
		if err != nil {
			return err
		}
	}
	for _, e := range g.Edges {
		e.Source, e.Target = cmp.Or(s.to[e.Source], e.Source), cmp.Or(s.to[e.Target], e.Target)
		var err error
		if strings.HasPrefix(e.Source, "report:") {
			err = s.spool(&s.edges, e)
		} else {
			err = s.sort(&s.others, strings.Join([]string{e.Source, e.Key, e.Target, e.Relation}, "\x00"), e)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// write puts the pieces together as [Graph.Write] would print them.
func (s *assembly) write(w io.Writer, meta Meta) error {
	b := bufio.NewWriter(w)
	head, err := indented(meta, " ")
	if err != nil {
		return err
	}
	fmt.Fprintf(b, "{\n \"format\": %q,\n \"directed\": true,\n \"multigraph\": true,\n \"graph\": %s,\n", Format, head)
	for _, part := range []struct {
		name  string
		after string
		from  []func(func([]byte) error) error
	}{
		{"nodes", ",", []func(func([]byte) error) error{s.reports.each, s.notes.each, s.documents.each, s.works.each, s.opens.each}},
		{"edges", ",", []func(func([]byte) error) error{s.edges.each, s.others.each}},
		{"problems", "", []func(func([]byte) error) error{s.eachProblem}},
	} {
		l := listWriter{w: b, name: part.name}
		for _, each := range part.from {
			if err := each(l.add); err != nil {
				return err
			}
		}
		l.end(part.after)
	}
	b.WriteString("}\n")
	return b.Flush()
}

func (s *assembly) eachProblem(do func([]byte) error) error {
	list := s.problems.list()
	slices.SortFunc(list, compareProblems)
	for _, p := range list {
		text, err := indented(p, "  ")
		if err == nil {
			err = do(text)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// indented is v as it stands inside the graph's JSON, its later lines behind prefix.
func indented(v any, prefix string) ([]byte, error) {
	raw, err := encode(v)
	if err != nil {
		return nil, err
	}
	var buf bytes.Buffer
	err = json.Indent(&buf, raw, prefix, " ")
	return buf.Bytes(), err
}

// A listWriter prints a JSON list one element at a time.
type listWriter struct {
	w    *bufio.Writer
	name string
	n    int
}

func (l *listWriter) add(text []byte) error {
	if l.n == 0 {
		fmt.Fprintf(l.w, " %q: [\n", l.name)
	} else {
		l.w.WriteString(",\n")
	}
	l.n++
	l.w.WriteString("  ")
	_, err := l.w.Write(text)
	return err
}

func (l *listWriter) end(after string) {
	if l.n == 0 {
		fmt.Fprintf(l.w, " %q: []%s\n", l.name, after)
		return
	}
	fmt.Fprintf(l.w, "\n ]%s\n", after)
}

// A spool is a temporary file of texts, read back in the order written.
type spool struct {
	f *os.File
	w *bufio.Writer
}

func (s *assembly) spool(to *spool, v any) error {
	text, err := indented(v, "  ")
	if err != nil {
		return err
	}
	if to.f == nil {
		if to.f, err = os.CreateTemp(s.dir, s.prefix); err != nil {
			return err
		}
		to.w = bufio.NewWriterSize(to.f, 1<<16)
	}
	return put(to.w, text)
}

// put writes a text behind its length.
func put(w *bufio.Writer, text []byte) error {
	w.Write(binary.AppendUvarint(nil, uint64(len(text)))) // an error stays in w
	_, err := w.Write(text)
	return err
}

func next(r *bufio.Reader) ([]byte, error) {
	n, err := binary.ReadUvarint(r)
	if err != nil {
		return nil, err
	}
	text := make([]byte, n)
	_, err = io.ReadFull(r, text)
	return text, err
}

func (s *spool) each(do func([]byte) error) error {
	if s.f == nil {
		return nil
	}
	r, err := s.rewind()
	if err != nil {
		return err
	}
	for {
		text, err := next(r)
		if err == io.EOF {
			return nil
		}
		if err == nil {
			err = do(text)
		}
		if err != nil {
			return err
		}
	}
}

func (s *spool) rewind() (*bufio.Reader, error) {
	if err := s.w.Flush(); err != nil {
		return nil, err
	}
	_, err := s.f.Seek(0, io.SeekStart)
	return bufio.NewReaderSize(s.f, 1<<16), err
}

func (s *spool) close() {
	if s.f != nil {
		s.f.Close()
		os.Remove(s.f.Name())
	}
}

func (s *assembly) close() {
	for _, sp := range append([]*spool{&s.reports, &s.notes, &s.opens, &s.edges}, slices.Concat(s.documents.runs, s.works.runs, s.others.runs)...) {
		sp.close()
	}
}

// A sorter puts keyed texts in natural order, those of one key joined, with a
// bounded part of them in memory: what is over the bound goes to sorted runs
// on the disk, which are merged when they are read.
type sorter struct {
	join func(a, b []byte) ([]byte, error) // two views of one key; it is commutative and associative
	held []keyed
	size int
	runs []*spool
}

type keyed struct {
	key  string
	text []byte
}

// sorterHolds is what a sorter keeps in memory, in bytes (a variable for its test).
var sorterHolds = 3 << 20

func (s *assembly) sort(to *sorter, key string, v any) error {
	text, err := indented(v, "  ")
	if err != nil {
		return err
	}
	to.held = append(to.held, keyed{key, text})
	to.size += len(key) + len(text)
	if to.size < sorterHolds {
		return nil
	}
	if err := to.order(); err != nil {
		return err
	}
	run := &spool{}
	if run.f, err = os.CreateTemp(s.dir, s.prefix); err != nil {
		return err
	}
	to.runs = append(to.runs, run)
	run.w = bufio.NewWriterSize(run.f, 1<<16)
	for _, k := range to.held {
		if err := errors.Join(put(run.w, []byte(k.key)), put(run.w, k.text)); err != nil {
			return err
		}
	}
	to.held, to.size = nil, 0
	return run.w.Flush()
}

// order sorts what is held, and joins what has one key.
func (s *sorter) order() error {
	slices.SortStableFunc(s.held, func(a, b keyed) int { return inOrder(a.key, b.key) })
	out := s.held[:0]
	for _, k := range s.held {
		if n := len(out); n > 0 && out[n-1].key == k.key {
			text, err := s.join(out[n-1].text, k.text)
			if err != nil {
				return err
			}
			out[n-1].text = text
			continue
		}
		out = append(out, k)
	}
	s.held = out
	return nil
}

// fullerText is the view that says more.
func fullerText(a, b []byte) ([]byte, error) { return []byte(fuller(string(a), string(b))), nil }

// joinTexts joins two views of a document.
func joinTexts(a, b []byte) ([]byte, error) {
	if bytes.Equal(a, b) {
		return a, nil
	}
	var x, y Document
	if err := errors.Join(json.Unmarshal(a, &x), json.Unmarshal(b, &y)); err != nil {
		return nil, err
	}
	return indented(join(&x, &y), "  ")
}

// inOrder compares keys part by part, as [Graph.order] does.
func inOrder(a, b string) int {
	x, y := strings.Split(a, "\x00"), strings.Split(b, "\x00")
	for i := range min(len(x), len(y)) {
		if d := natural(x[i], y[i]); d != 0 {
			return d
		}
	}
	return strings.Compare(a, b)
}

func (s *sorter) each(do func([]byte) error) error {
	heads := make([]head, 0, len(s.runs)+1)
	for _, run := range s.runs {
		r, err := run.rewind()
		if err != nil {
			return err
		}
		heads = append(heads, head{r: r})
	}
	if err := s.order(); err != nil {
		return err
	}
	heads = append(heads, head{held: s.held})
	for i := range heads {
		if err := heads[i].step(); err != nil {
			return err
		}
	}
	for {
		best := -1
		for i := range heads {
			if !heads[i].done && (best < 0 || inOrder(heads[i].now.key, heads[best].now.key) < 0) {
				best = i
			}
		}
		if best < 0 {
			return nil
		}
		now := heads[best].now
		for i := range heads { // a run has each key once
			if heads[i].done || heads[i].now.key != now.key {
				continue
			}
			var err error
			if i != best {
				now.text, err = s.join(now.text, heads[i].now.text)
			}
			if err == nil {
				err = heads[i].step()
			}
			if err != nil {
				return err
			}
		}
		if err := do(now.text); err != nil {
			return err
		}
	}
}

// A head is the place reached in one sorted run.
type head struct {
	r    *bufio.Reader // nil: what was held in memory
	held []keyed
	now  keyed
	done bool
}

func (h *head) step() error {
	if h.r == nil {
		if h.done = len(h.held) == 0; !h.done {
			h.now, h.held = h.held[0], h.held[1:]
		}
		return nil
	}
	key, err := next(h.r)
	if err == io.EOF {
		h.done = true
		return nil
	}
	if err != nil {
		return err
	}
	h.now.key = string(key)
	h.now.text, err = next(h.r)
	return err
}
