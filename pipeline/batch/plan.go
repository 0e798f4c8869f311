package batch

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/agnivade/levenshtein"
	"golang.org/x/text/unicode/norm"

	"citecheck/pipeline"
	"citecheck/pipeline/cite"
)

// maxInput bounds one input: the largest report seen, with its pictures, has
// under 200 MiB.
const maxInput = 1 << 30

// extensions are those that a folder is searched for. A file that is named
// is read whatever its name.
var extensions = []string{".pdf", ".docx", ".odt", ".epub", ".html", ".htm", ".xhtml", ".md", ".markdown", ".txt"}

// kindred are the endings of word processors whose files are mostly not read
// here. In a folder they are inputs too: a report that is left out in silence
// would pass for one that was checked.
var kindred = []string{".doc", ".docm", ".rtf", ".wpd", ".pages"}

// Web is how reports that are named by addresses are got.
type Web struct {
	Get  func(ctx context.Context, address string) ([]byte, error) // the error says why there is none
	Name func(address string) string                               // without secrets, for the output
}

// An input is one file as the user named it, or as a folder holds it.
type input struct {
	path   string                 // to open, or an address; "-" is standard input
	fetch  func() ([]byte, error) // of an address
	name   string                 // in the output: the base name, or the path inside the folder that was named
	sha256 string
	err    error  // why it can't be read
	data   []byte // of standard input only, which can be read once
}

// expand lists the inputs that the arguments name, in their order; folders
// and patterns in the order of their names. Nothing is ever left out
// silently: what can't be read is an input with an error.
func expand(ctx context.Context, args []string, stdin io.Reader, web Web) []input {
	out := list(args, stdin)
	for i := range out {
		if at := out[i].path; isAddress(at) {
			out[i].name = web.Name(at)
			out[i].fetch = func() ([]byte, error) { return web.Get(ctx, at) }
		}
		out[i].name = printable(out[i].name)
		if out[i].err == nil {
			out[i].sha256, out[i].err = out[i].hash()
		}
	}
	return out
}

// Inputs are the inputs that the arguments name, as a run would have them. One
// that can't be read says so when it is loaded.
func Inputs(ctx context.Context, args []string, stdin io.Reader, web Web) []pipeline.Input {
	list := expand(ctx, args, stdin, web)
	out := make([]pipeline.Input, len(list))
	for i := range list {
		in := &list[i]
		out[i] = pipeline.Input{Name: in.name, Load: func() ([]byte, error) {
			if in.err != nil {
				return nil, in.err
			}
			return in.load()
		}}
	}
	return out
}

// list names the inputs without reading them, but for standard input.
func list(args []string, stdin io.Reader) []input {
	var out []input
	for _, arg := range args {
		if isAddress(arg) {
			out = append(out, input{path: arg, name: arg})
			continue
		}
		switch info, err := os.Stat(arg); {
		case arg == "-" && stdin == nil:
		case arg == "-":
			data, err := io.ReadAll(io.LimitReader(stdin, maxInput+1))
			out = append(out, input{path: arg, name: "stdin", err: err, data: data})
		case err == nil && info.IsDir():
			out = append(out, walk(arg)...)
		case err == nil:
			out = append(out, input{path: arg, name: filepath.Base(arg)})
		case errors.Is(err, fs.ErrNotExist) && strings.ContainsAny(arg, "*?["):
			out = append(out, glob(arg)...)
		default:
			out = append(out, input{path: arg, name: filepath.Base(arg), err: missing(arg, err)})
		}
	}
	return out
}

// missing is why the file at path can't be had and, where its name was
// mistyped, which file may be meant.
func missing(path string, err error) error {
	if !errors.Is(err, fs.ErrNotExist) {
		return reason(err)
	}
	err = reason(err)
	_, noSymbol := cite.ParseSymbol(path)
	switch {
	case filepath.Separator == '/' && strings.Contains(path, `\`):
		return fmt.Errorf(`%w. Folders are parted by / here, not by \`, err)
	case strings.HasPrefix(path, "www."):
		return fmt.Errorf("%w. An address begins with https://", err)
	case noSymbol == nil:
		return fmt.Errorf("%w. A UN document is looked up with citecheck document %q", err, path)
	}
	dir, name := filepath.Split(path)
	beside, _ := os.ReadDir(cmp.Or(dir, ".")) // no such folder: nothing is near
	names := make([]string, len(beside))
	for i, d := range beside {
		names[i] = d.Name()
	}
	if near := Nearest(name, names); near != "" {
		return fmt.Errorf("%w. Is %s meant?", err, dir+near)
	}
	return err
}

// Nearest is the name that a mistyped one is most like, "" when none is near.
func Nearest(mistyped string, names []string) string {
	best, least := "", 1+min(3, (1+len([]rune(mistyped)))/3)
	for _, n := range names {
		if d := levenshtein.ComputeDistance(strings.ToLower(norm.NFC.String(mistyped)), strings.ToLower(norm.NFC.String(n))); d < least {
			best, least = n, d
		}
	}
	return best
}

// Look is a fingerprint of what the arguments name now, by names, sizes and
// times, without reading a file: it changes when an input comes, goes or
// changes.
func Look(args []string) [sha256.Size]byte {
	h := sha256.New()
	for _, in := range list(args, nil) {
		fmt.Fprintf(h, "%q %v ", in.path, in.err)
		if info, err := os.Stat(in.path); err == nil {
			fmt.Fprint(h, info.Size(), info.ModTime().UnixNano())
		}
	}
	return [sha256.Size]byte(h.Sum(nil))
}

// isAddress tells an address on the web from a file's name.
func isAddress(arg string) bool {
	scheme, _, ok := strings.Cut(arg, "://")
	return ok && (strings.EqualFold(scheme, "http") || strings.EqualFold(scheme, "https"))
}

// walk lists the reports of a folder. What a run wrote is none of them, or a
// folder that is checked twice would hold the findings on its own findings.
func walk(dir string) []input {
	var out []input
	root := filepath.Clean(dir) + string(filepath.Separator) // so that a link to a folder is searched too
	filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		rel, _ := filepath.Rel(dir, path) // path lies under dir
		if rel == "." {
			rel = filepath.Base(dir)
		}
		switch {
		case err != nil:
			out = append(out, input{path: path, name: filepath.ToSlash(rel), err: reason(err)})
			if d != nil && d.IsDir() {
				return fs.SkipDir
			}
		case d.IsDir():
			if path != root && (strings.HasPrefix(d.Name(), ".") || d.Name() == annotatedName && written(filepath.Dir(path))) {
				return fs.SkipDir
			}
		case d.Name() == "report.html" && written(filepath.Dir(path)):
		case isReport(d.Name()):
			out = append(out, input{path: path, name: filepath.ToSlash(rel)})
		}
		return nil
	})
	if len(out) == 0 {
		out = append(out, input{path: dir, name: filepath.Base(dir),
			err: fmt.Errorf("no report in this folder (looked for %s)", strings.Join(extensions, ", "))})
	}
	return out
}

// isReport tells reports by their names. Names that begin with a dot or with
// "~$" are of files that programs keep for themselves: Word keeps one beside
// each document that is open.
func isReport(name string) bool {
	ending := strings.ToLower(filepath.Ext(name))
	return (slices.Contains(extensions, ending) || slices.Contains(kindred, ending)) &&
		!strings.HasPrefix(name, ".") && !strings.HasPrefix(name, "~$")
}

func glob(pattern string) []input {
	paths, err := filepath.Glob(pattern)
	if err == nil && len(paths) == 0 {
		err = errors.New("no file here has such a name")
	}
	if err != nil {
		return []input{{path: pattern, name: pattern, err: err}}
	}
	var out []input
	for _, p := range paths {
		if info, err := os.Stat(p); err == nil && info.IsDir() {
			out = append(out, walk(p)...)
			continue
		}
		out = append(out, input{path: p, name: filepath.Base(p)})
	}
	return out
}

// hash is the SHA-256 of the bytes, read in pieces.
func (in *input) hash() (string, error) {
	h := sha256.New()
	if in.path == "-" {
		h.Write(in.data)
		return hex.EncodeToString(h.Sum(nil)), tooLarge(int64(len(in.data)))
	}
	if in.fetch != nil {
		data, err := in.fetch()
		h.Write(data)
		return hex.EncodeToString(h.Sum(nil)), err
	}
	info, err := os.Stat(in.path) // before it is opened: to open a pipe waits for who writes into it
	if err != nil {
		return "", reason(err)
	}
	if !info.Mode().IsRegular() {
		return "", errors.New("not a regular file")
	}
	if err := tooLarge(info.Size()); err != nil {
		return "", err
	}
	f, err := os.Open(in.path)
	if err != nil {
		return "", reason(err)
	}
	defer f.Close()
	if _, err := io.Copy(h, f); err != nil {
		return "", reason(err)
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

func (in *input) load() ([]byte, error) {
	if in.path == "-" {
		return in.data, nil
	}
	if in.fetch != nil {
		return in.fetch() // from where it is kept
	}
	data, err := os.ReadFile(in.path)
	return data, reason(err)
}

func tooLarge(size int64) error {
	if size > maxInput {
		return fmt.Errorf("larger than %d MiB", maxInput>>20)
	}
	return nil
}

// reason is err without the path, which the message names already.
func reason(err error) error {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err
	}
	return err
}

// printable keeps names that differ apart though they are no UTF-8: JSON
// would turn every bad byte into the same U+FFFD.
func printable(name string) string {
	if utf8.ValidString(name) {
		return name
	}
	var b strings.Builder
	for len(name) > 0 {
		r, n := utf8.DecodeRuneInString(name)
		if r == utf8.RuneError && n == 1 {
			fmt.Fprintf(&b, `\x%02x`, name[0])
		} else {
			b.WriteString(name[:n])
		}
		name = name[n:]
	}
	return b.String()
}

// A job is one report to make: inputs with equal bytes are one.
type job struct {
	inputs []int // places in the list of inputs, the first names the report
	sha256 string
	file   string // reports/NAME-HASH8.json
}

// jobs groups the readable inputs by their bytes, in order.
func jobs(inputs []input) []job {
	var out []job
	at := map[string]int{}
	for i, in := range inputs {
		if in.err != nil {
			continue
		}
		j, ok := at[in.sha256]
		if !ok {
			j = len(out)
			at[in.sha256] = j
			out = append(out, job{sha256: in.sha256})
		}
		out[j].inputs = append(out[j].inputs, i)
	}
	taken := map[string]int{}
	for i := range out {
		taken[stem(inputs[out[i].inputs[0]].name)+"-"+out[i].sha256[:8]]++
	}
	for i := range out {
		name := stem(inputs[out[i].inputs[0]].name)
		digits := 8
		if taken[name+"-"+out[i].sha256[:8]] > 1 {
			digits = 16
		}
		out[i].file = "reports/" + name + "-" + out[i].sha256[:digits] + ".json"
	}
	return out
}

// stem is a file's name reduced to letters, digits, dot, dash and underscore,
// at most 80 bytes, with no leading dot or dash.
func stem(name string) string {
	name = filepath.Base(name)
	name = strings.TrimSuffix(name, filepath.Ext(name))
	name = strings.Map(func(r rune) rune {
		if 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9' || strings.ContainsRune("._-", r) {
			return r
		}
		return '_'
	}, name)
	name = strings.TrimLeft(name, ".-")
	if len(name) > 80 {
		name = name[:80]
	}
	if name == "" {
		name = "report"
	}
	return name
}
