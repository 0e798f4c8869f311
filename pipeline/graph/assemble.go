package graph

import (
	"bufio"
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"citecheck/pipeline/cite"
)

// An Assembler writes the merged graph of many reports without holding their
// graphs in memory. It is told of each report's graph once, in the order of
// the inputs, and keeps what is counted: the documents (the UN has issued a
// finite number, and a merged one takes about a kilobyte) and the report
// nodes. Everything else goes from the reports' own files to the merged one,
// one report at a time. Its bytes are those of [Merge] over the same graphs,
// provided that no report comes twice.
type Assembler struct {
	tool      string
	meta      Meta
	reports   []Node
	documents []*Graph // one document each, every view of it once, in the order met
	seen      map[[32]byte]bool
}

// NewAssembler begins a merged graph.
func NewAssembler(tool string) *Assembler {
	a := &Assembler{tool: tool, seen: map[[32]byte]bool{}}
	a.meta.Tool, a.meta.Verdicts = tool, map[cite.Verdict]int{}
	for _, v := range cite.Verdicts {
		a.meta.Verdicts[v] = 0
	}
	return a
}

// Add takes note of the graph of one report.
func (a *Assembler) Add(g *Graph) error {
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
			a.reports = append(a.reports, n)
		case n.Document != nil:
			b, err := encode(n.Document)
			if err != nil {
				return err
			}
			if sum := sha256.Sum256(b); !a.seen[sum] {
				a.seen[sum] = true
				a.documents = append(a.documents, &Graph{Nodes: []Node{n}})
			}
		}
	}
	return nil
}

// Meta counts what was added so far.
func (a *Assembler) Meta() Meta { return a.meta }

// Write writes the merged graph. load reads the graph of a report that was
// added, by the report's node id; it is called once for each, in the order of
// the ids. Temporary files are made in dir, under names that begin with
// prefix, and are gone when it returns.
func (a *Assembler) Write(w io.Writer, dir, prefix string, problems []cite.Problem, load func(id string) (*Graph, error)) (err error) {
	s := assembly{dir: dir, prefix: prefix, to: rename(a.documents)}
	defer s.close()
	merged := Merge(a.tool, append(a.documents, &Graph{Nodes: a.reports, Problems: problems})...)
	all := bag{}
	all.add(merged.Problems)
	for _, n := range merged.Nodes {
		if n.Report == nil {
			continue
		}
		g, err := load(n.Report.ID)
		if err != nil {
			return err
		}
		all.add(g.Problems)
		if err := s.take(g); err != nil {
			return err
		}
	}
	merged.Problems = all.list()
	merged.order() // of the problems; the rest is in order
	return s.write(w, a.meta, merged)
}

// assembly is what stands ready to be written, in pieces on the disk.
type assembly struct {
	dir, prefix  string
	to           map[string]string // ids of documents that are another's
	notes, opens spool
	edges        spool  // that go out from a report or a note
	works        sorter // by id
	others       sorter // edges that go out from a document
}

// take spools the notes, works and edges of one report.
func (s *assembly) take(g *Graph) error {
	for _, n := range g.Nodes {
		var err error
		switch {
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
func (s *assembly) write(w io.Writer, meta Meta, merged *Graph) error {
	b := bufio.NewWriter(w)
	head, err := indented(meta, " ")
	if err != nil {
		return err
	}
	fmt.Fprintf(b, "{\n \"format\": %q,\n \"directed\": true,\n \"multigraph\": true,\n \"graph\": %s,\n", Format, head)
	nodes := listWriter{w: b, name: "nodes"}
	for _, kind := range []func() error{
		func() error { return nodes.values(merged.Nodes, func(n Node) bool { return n.Report != nil }) },
		func() error { return s.notes.each(nodes.add) },
		func() error { return nodes.values(merged.Nodes, func(n Node) bool { return n.Document != nil }) },
		func() error { return s.works.each(nodes.add) },
		func() error { return s.opens.each(nodes.add) },
	} {
		if err := kind(); err != nil {
			return err
		}
	}
	nodes.end(",")
	edges := listWriter{w: b, name: "edges"}
	if err := errors.Join(s.edges.each(edges.add), s.others.each(edges.add)); err != nil {
		return err
	}
	edges.end(",")
	problems := listWriter{w: b, name: "problems"}
	for _, p := range merged.Problems {
		text, err := indented(p, "  ")
		if err == nil {
			err = problems.add(text)
		}
		if err != nil {
			return err
		}
	}
	problems.end("")
	b.WriteString("}\n")
	return b.Flush()
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

func (l *listWriter) values(nodes []Node, these func(Node) bool) error {
	for _, n := range nodes {
		if !these(n) {
			continue
		}
		text, err := indented(n, "  ")
		if err == nil {
			err = l.add(text)
		}
		if err != nil {
			return err
		}
	}
	return nil
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
	for _, sp := range append([]*spool{&s.notes, &s.opens, &s.edges}, append(s.works.runs, s.others.runs...)...) {
		sp.close()
	}
}

// A sorter puts keyed texts in natural order, each key once, with a bounded
// part of them in memory: what is over the bound goes to sorted runs on the
// disk, which are merged when they are read.
type sorter struct {
	held []keyed
	size int
	runs []*spool
}

type keyed struct {
	key  string
	text []byte
}

// sorterHolds is what a sorter keeps in memory, in bytes (a variable for its test).
var sorterHolds = 8 << 20

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
	run := &spool{}
	if run.f, err = os.CreateTemp(s.dir, s.prefix); err != nil {
		return err
	}
	run.w = bufio.NewWriterSize(run.f, 1<<16)
	to.runs = append(to.runs, run)
	for _, k := range to.order() {
		if err := errors.Join(put(run.w, []byte(k.key)), put(run.w, k.text)); err != nil {
			return err
		}
	}
	to.held, to.size = nil, 0
	return run.w.Flush()
}

// before orders by key; of equal keys the text that says more comes first,
// and is the one that stays.
func (k keyed) before(l keyed) int {
	return cmp.Or(inOrder(k.key, l.key), len(l.text)-len(k.text), bytes.Compare(l.text, k.text))
}

func (s *sorter) order() []keyed {
	slices.SortFunc(s.held, keyed.before)
	s.held = slices.CompactFunc(s.held, func(a, b keyed) bool { return a.key == b.key })
	return s.held
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
	heads = append(heads, head{held: s.order()})
	for i := range heads {
		if err := heads[i].step(); err != nil {
			return err
		}
	}
	last, some := "", false
	for {
		best := -1
		for i := range heads {
			if !heads[i].done && (best < 0 || heads[i].now.before(heads[best].now) < 0) {
				best = i
			}
		}
		if best < 0 {
			return nil
		}
		if now := heads[best].now; !some || now.key != last {
			last, some = now.key, true
			if err := do(now.text); err != nil {
				return err
			}
		}
		if err := heads[best].step(); err != nil {
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
