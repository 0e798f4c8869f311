package batch

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/gofrs/flock"
)

// ErrInUse says that another run writes into the same folder.
var ErrInUse = errors.New("another run is writing into this folder")

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
)

// open makes the folder and takes its lock. What a killed run left half
// written is swept away.
func open(dir string) (*folder, error) {
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

func (f *folder) close() {
	f.sweep()
	f.lock.Unlock()
}

func (f *folder) sweep() {
	for _, sub := range []string{"", "reports"} {
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

// A record of the ledger says that a report's graph was written: of which
// bytes, under which settings, and whether another run could learn more.
type record struct {
	SHA256   string `json:"sha256"`
	Settings string `json:"settings"` // what else the result depends on
	File     string `json:"file"`
	Hash     string `json:"hash"`  // SHA-256 of File
	Again    bool   `json:"again"` // something was unreachable, and may answer next time
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
