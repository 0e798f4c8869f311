package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"citecheck/extractors/layout"
	"citecheck/pipeline"
	"citecheck/pipeline/catalog"
	"citecheck/pipeline/cite"
	"citecheck/pipeline/fetch"
	"citecheck/pipeline/lookup"
	"citecheck/pipeline/worker"
)

// sourceFlags say whom a command may ask.
type sourceFlags struct {
	offline  bool
	archives []string
	sources  []string
	contact  string
	lang     string
	links    bool // of notes may be asked for
	catalog  string
}

func (f *sourceFlags) add(fl *pflag.FlagSet) {
	fl.BoolVar(&f.offline, "offline", false, "ask nobody: the built-in catalogue, the archives given and the evidence under --out only")
	fl.StringArrayVar(&f.archives, "archive", nil, "WARC file, or folder of them, to answer from before the network (repeatable)")
	fl.StringArrayVar(&f.sources, "source", nil, "another base address for a source, NAME=URL with NAME one of "+strings.Join(sourceNames, ", ")+" (repeatable)")
	fl.StringVar(&f.contact, "contact", "", "e-mail address that goes into the User-Agent, as the UN's hosts like it")
	fl.StringVar(&f.lang, "lang", "en", "language of the UN documents asked for")
	fl.StringVar(&f.catalog, "catalog", "", "file that keeps what is read between runs (default: citecheck/catalog.db in your cache directory; never used offline)")
}

// webArchive is the source that is asked for copies of dead links.
const webArchive = "archive"

var sourceNames = append(slices.Clone(lookup.Names), webArchive)

// archiveBase is where the web archive is asked.
func (f *sourceFlags) archiveBase() string {
	base := "https://archive.org"
	for _, s := range f.sources {
		if b, ok := strings.CutPrefix(s, webArchive+"="); ok {
			base = strings.TrimRight(b, "/")
		}
	}
	return base
}

// unHosts are the hosts of the UN that may be asked.
var unHosts = []string{"www.un.org", "main.un.org", "documents.un.org", "press.un.org", "digitallibrary.un.org", "research.un.org", "undocs.org", "docs.un.org",
	"ydsftksff8.execute-api.us-east-1.amazonaws.com"} // the library's tables, as its site loads them

// languages of the documents that the UN's document system has.
var languages = []string{"ar", "zh", "en", "fr", "ru", "es", "de"}

// chain opens the archives and, unless offline, the network. Under out, if
// one is given, answers are kept, and answered from.
func (f *sourceFlags) chain(out string) (*fetch.Chain, lookup.Bases, error) {
	if f.lang != "" && !slices.Contains(languages, f.lang) {
		return nil, lookup.Bases{}, exit(exitUsage, fmt.Errorf("--lang %s: the languages of UN documents are %s", f.lang, strings.Join(languages, ", ")))
	}
	if f.contact != "" && !strings.Contains(f.contact, "@") {
		return nil, lookup.Bases{}, exit(exitUsage, fmt.Errorf("--contact %s: an e-mail address is expected, which the UN's hosts may write to", f.contact))
	}
	c := &fetch.Chain{}
	bases := lookup.DefaultBases
	for _, path := range f.archives {
		a, err := fetch.OpenArchive(path)
		if err != nil {
			return nil, bases, exit(exitUsage, fmt.Errorf("--archive %s: %w", path, cause(err)))
		}
		c.Archives = append(c.Archives, a)
	}
	if out != "" {
		e, err := fetch.OpenEvidence(out, "citecheck "+version)
		if err != nil {
			return nil, bases, exit(exitFailed, withAdvice(fmt.Errorf("the evidence under %s: %w", out, err), out))
		}
		c.Evidence = e
	}
	var trusted []string
	for _, s := range f.sources {
		name, base, ok := strings.Cut(s, "=")
		u, err := url.Parse(base)
		if !ok || err != nil || u.Host == "" {
			return nil, bases, exit(exitUsage, fmt.Errorf("--source %s: NAME=URL is expected", s))
		}
		at := bases.By(name)
		if name == webArchive {
			at = new(string)
		}
		if at == nil {
			return nil, bases, exit(exitUsage, fmt.Errorf("--source %s: the sources are %s", s, strings.Join(sourceNames, ", ")))
		}
		*at = strings.TrimRight(base, "/")
		trusted = append(trusted, u.Host)
	}
	if !f.offline {
		agent := "citecheck/" + version
		if f.contact != "" {
			agent += " (+mailto:" + f.contact + ")"
		}
		c.Live = &fetch.Live{Agent: agent, Hosts: unHosts, Trusted: trusted, Manners: f.manners(), Public: f.links}
		c.Named = &fetch.Live{Agent: agent, Public: true}
	}
	return c, bases, nil
}

// manners are those towards hosts that are given as sources: a machine need
// not be polite to itself.
func (f *sourceFlags) manners() map[string]fetch.Manners {
	out := map[string]fetch.Manners{}
	for _, s := range f.sources {
		_, base, _ := strings.Cut(s, "=")
		if u, err := url.Parse(base); err == nil && fetch.Loopback(u.Hostname()) {
			out[u.Host] = fetch.Manners{}
		}
	}
	return out
}

// lookup makes what answers questions about documents; close ends the keeping
// of answers under out and in the catalogue.
func (f *sourceFlags) lookup(out string) (look *lookup.Lookup, close func() error, err error) {
	c, bases, err := f.chain(out)
	if err != nil {
		return nil, nil, err
	}
	look = &lookup.Lookup{Fetch: c, Catalog: catalog.Builtin(), Read: readPaper, Word: readWord, Refer: pipeline.Refer, Lang: f.lang, Bases: bases}
	kept := f.store()
	if kept != nil {
		c.Cache, look.Store = kept.Pages(), kept
	}
	close = func() error {
		if c.Evidence != nil {
			return errors.Join(c.Evidence.Close(), kept.Close())
		}
		return kept.Close()
	}
	return look, close, nil
}

// store opens the user's catalogue, which a run can do without: what hinders
// it is said, and nothing is kept. A mirror's answers are no facts of the UN,
// so they go into a catalogue only where one is named.
func (f *sourceFlags) store() *catalog.Store {
	path := f.catalog
	if f.offline || path == "" && len(f.sources) > 0 {
		return nil
	}
	if path == "" {
		var err error
		if path, err = catalogPath(); err != nil {
			return nil
		}
	}
	s, note, err := catalog.Open(path)
	if err != nil {
		note = "nothing will be kept between runs: " + err.Error()
	}
	if note != "" {
		fmt.Fprintln(os.Stderr, "citecheck: "+safe(note))
	}
	return s
}

// readPaper reads a UN document's PDF in a process of its own.
func readPaper(ctx context.Context, data []byte) ([]cite.Zone, []cite.Page, error) {
	doc, err := worker.Read(ctx, worker.Input{Name: "document.pdf", Data: data, MediaType: worker.PDF}, worker.DefaultLimits())
	if err != nil {
		return nil, nil, err
	}
	pages := slices.Collect(doc.Pages())
	for _, p := range doc.Problems {
		if strings.HasPrefix(p.Item, "pages after") { // they are not all: whoever counts paragraphs must know
			pages = append(pages, cite.Page{Number: len(pages) + 1, Problem: p.Reason})
		}
	}
	return layout.Zones(doc.Pages()), pages, nil
}

// readWord reads a UN document's Word file in a process of its own.
func readWord(ctx context.Context, data []byte) (cite.Text, error) {
	doc, err := worker.Read(ctx, worker.Input{Name: "document.docx", Data: data, MediaType: worker.DOCX}, worker.DefaultLimits())
	if err != nil || doc.Text == nil {
		return cite.Text{}, err
	}
	return *doc.Text, nil
}

// pipeline makes the pipeline of a run. settings names all that its results
// depend on beside the inputs.
func (f *checkFlags) pipeline() (p *pipeline.Pipeline, settings string, close func() error, err error) {
	limits, err := f.limits()
	if err != nil {
		return nil, "", nil, err
	}
	p = &pipeline.Pipeline{Tool: "citecheck " + version, Jobs: f.jobs, Limits: limits, Known: catalog.Builtin()}
	if err := f.styleFlags.set(p); err != nil {
		return nil, "", nil, err
	}
	look, close, err := f.lookup(f.out)
	if err != nil {
		return nil, "", nil, err
	}
	p.Lookup = look
	if f.links {
		p.Archive = f.archiveBase()
	}
	return p, f.settings(p), close, nil
}

func (f *checkFlags) settings(p *pipeline.Pipeline) string {
	h := sha256.New()
	if exe, err := os.Executable(); err == nil { // another build may read or judge otherwise
		if info, err := os.Stat(exe); err == nil {
			fmt.Fprintln(h, info.Size(), info.ModTime().UnixNano())
		}
	}
	fmt.Fprintln(h, version, catalog.Builtin().Date(), f.lang, f.offline, f.links, f.limitFlags, styleSettings(p))
	for _, s := range slices.Concat(f.sources, f.archives) {
		fmt.Fprintln(h, s)
		filepath.WalkDir(s, func(path string, d os.DirEntry, err error) error {
			if err == nil && !d.IsDir() {
				if info, err := d.Info(); err == nil {
					fmt.Fprintln(h, path, info.Size(), info.ModTime().UnixNano())
				}
			}
			return nil
		})
	}
	return hex.EncodeToString(h.Sum(nil)[:8])
}
