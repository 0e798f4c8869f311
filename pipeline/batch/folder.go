package batch

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/gofrs/flock"

	"citecheck/pipeline/graph"
)

// Why a folder can't be written into.
var (
	ErrInUse   = errors.New("another run is writing into this folder")
	ErrForeign = errors.New("was not written by citecheck, and would be overwritten")
)

// A folder is where a run writes. Every file appears whole or not at all: it
// is written beside its place, synced, then renamed.
type folder struct {
	dir  string
	lock *flock.Flock
}

const (
	tempPrefix = ".citecheck-tmp-"
	lockName   = ".citecheck.lock"
	ledgerName = ".citecheck.ledger"
	digestName = ".citecheck.digest.json"

	annotatedName = "annotated"
)

// wholeFiles are made of all reports together.
var wholeFiles = []string{"graph.json", "report.html", digestName}

// open makes the folder and takes its lock. What a killed run left half
// written is swept away.
func open(dir string) (*folder, error) {
	if err := foreign(dir); err != nil {
		return nil, err
	}
	if err := os.MkdirAll(filepath.Join(dir, "reports"), 0o755); err != nil {
		return nil, err
	}
	lock := flock.New(filepath.Join(dir, lockName))
	held, err := lock.TryLock()
	if err != nil {
		return nil, err
	}
	if !held {
		return nil, fmt.Errorf("%s: %w", dir, ErrInUse)
	}
	f := &folder{dir, lock}
	f.sweep()
	return f, nil
}

// foreign is an error when the folder has a file of somebody's under a name
// that a run writes.
func foreign(dir string) error {
	if written(dir) {
		return nil
	}
	for _, name := range []string{"graph.json", "report.html", "run.json"} {
		path := filepath.Join(dir, name)
		file, err := os.Open(path)
		if err != nil {
			continue // there is none; or it can't be replaced either, and the run will say so
		}
		head, err := io.ReadAll(io.LimitReader(file, 4<<10))
		file.Close()
		if err != nil || !bytes.Contains(head, []byte("citecheck")) {
			return fmt.Errorf("%s %w", path, ErrForeign)
		}
	}
	return nil
}

// written tells whether a run has written into the folder.
func written(dir string) bool {
	for _, name := range []string{lockName, ledgerName} {
		if _, err := os.Stat(filepath.Join(dir, name)); err == nil {
			return true
		}
	}
	return false
}

func (f *folder) close() {
	f.sweep()
	f.lock.Unlock()
}

func (f *folder) sweep() {
	for _, sub := range []string{"", "reports", annotatedName} {
		left, _ := filepath.Glob(filepath.Join(f.dir, sub, tempPrefix+"*")) // the pattern is sound
		for _, path := range left {
			os.Remove(path)
		}
	}
}

// write makes the file name, under the folder, of what fill writes.
func (f *folder) write(name string, fill func(io.Writer) error) (err error) {
	path := filepath.Join(f.dir, filepath.FromSlash(name))
	tmp, err := os.CreateTemp(filepath.Dir(path), tempPrefix)
	if err != nil {
		return err
	}
	defer func() {
		tmp.Close()
		if err != nil {
			os.Remove(tmp.Name())
		}
	}()
	buf := bufio.NewWriter(tmp)
	if err := fill(buf); err != nil {
		return err
	}
	if err := buf.Flush(); err != nil {
		return err
	}
	if err := tmp.Chmod(0o644); err != nil {
		return err
	}
	if err := tmp.Sync(); err != nil {
		return err
	}
	if err := tmp.Close(); err != nil {
		return err
	}
	return os.Rename(tmp.Name(), path)
}

// A record of the ledger says that a report's graph was written (or that of
// all reports): of which bytes, under which settings, and whether another run
// could learn more.
type record struct {
	SHA256   string `json:"sha256"`
	Settings string `json:"settings"` // what else the result depends on
	File     string `json:"file"`
	Hash     string `json:"hash,omitempty"` // SHA-256 of File
	// Inputs are the names under which the bytes came.
	Inputs []string `json:"inputs,omitempty"`
	Again  bool     `json:"again,omitempty"`  // something was unreachable, and may answer next time
	Marked bool     `json:"marked,omitempty"` // an editor has accepted something in it
	// Sums are the SHA-256 of the files that belong together, where File is
	// graph.json; SHA256 is then that of the plan.
	Sums map[string]string `json:"sums,omitempty"`
}

// ledger reads what earlier runs finished, by bytes and settings; the last
// word counts. A torn last line, from a kill in mid-write, is no record.
func (f *folder) ledger() map[[2]string]record {
	out := map[[2]string]record{}
	data, _ := os.ReadFile(filepath.Join(f.dir, ledgerName)) // none yet: nothing is done
	for line := range strings.Lines(string(data)) {
		var r record
		if json.Unmarshal([]byte(line), &r) == nil && r.File != "" {
			out[[2]string{r.SHA256, r.Settings}] = r
		}
	}
	return out
}

// note appends a record and syncs it.
func (f *folder) note(r record) error {
	line, err := json.Marshal(r)
	if err != nil {
		return err
	}
	file, err := os.OpenFile(filepath.Join(f.dir, ledgerName), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o644)
	if err != nil {
		return err
	}
	defer file.Close()
	// The new line before the record ends a torn line of a killed run.
	if _, err := file.Write(append([]byte("\n"), append(line, '\n')...)); err != nil {
		return err
	}
	return file.Sync()
}

// graph reads a report's graph back.
func (f *folder) graph(name string) (*graph.Graph, error) {
	file, err := os.Open(filepath.Join(f.dir, filepath.FromSlash(name)))
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return graph.Read(bufio.NewReaderSize(file, 1<<16))
}

// standing is the digest of what an earlier run wrote, nil when any of its
// files is not what it was then.
func (f *folder) standing(rec record) *graph.Graph {
	if len(rec.Sums) == 0 {
		return nil
	}
	for _, name := range wholeFiles {
		if got, err := f.sum(name); got != rec.Sums[name] || err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil
		}
	}
	g, err := f.graph(digestName)
	if err != nil {
		return nil
	}
	return g
}

// sum is the SHA-256 of a file under the folder, "" with an error.
func (f *folder) sum(name string) (string, error) {
	return sum(filepath.Join(f.dir, filepath.FromSlash(name)))
}

func sum(path string) (string, error) {
	file, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer file.Close()
	h := sha256.New()
	if _, err := io.Copy(h, file); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}
