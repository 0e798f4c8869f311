package main

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"html"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"citecheck/pipeline/cite"
	"citecheck/pipeline/graph"
)

// TestEvidence follows the evidence of every finding that verifies,
// contradicts or says that there is no such document: the record is in the
// archive, the hash is that of its payload, and the words quoted stand in it;
// or the row is in the built-in catalogue; or the words are the note's own.
func TestEvidence(t *testing.T) {
	if testing.Short() {
		t.Skip("reads some thirty documents")
	}
	if _, err := exec.LookPath("pdftotext"); err != nil {
		missing(t, "pdftotext")
	}
	set := shared(t, "data", "errors")
	out := t.TempDir()
	args := []string{"check", "--offline", "--archive", filepath.Join(set, "archive.warc.gz"), "--out", out, filepath.Join("..", "..", "testdata", "reports", "sample.md")}
	for _, r := range []string{"r01.md", "r02.md", "r03.html"} {
		args = append(args, filepath.Join(set, "reports", r))
	}
	if code, _, errs := citecheck(t, args...); code != exitWrong {
		t.Fatalf("exit %d: %s", code, errs)
	}
	g := readGraph(t, out)
	f := follower{t: t, dir: out, texts: map[string]string{}, records: map[string][]byte{}}
	notes := map[string]*graph.Note{}
	for _, n := range g.Nodes {
		if n.Note != nil {
			notes[n.ID()] = n.Note
		}
	}
	seen := map[string]int{}
	for _, e := range g.Edges {
		if e.Cites == nil {
			continue
		}
		for _, x := range e.Cites.Findings {
			switch x.Verdict {
			case cite.Verified, cite.Contradicted, cite.NotFound:
			default:
				continue
			}
			kind, err := f.follow(x.Evidence, notes[e.Source])
			seen[kind]++
			if err != nil {
				t.Errorf("%s, %s %s: %v", e.Key, x.Check, x.Verdict, err)
			}
		}
	}
	t.Logf("followed: %v", seen)
	for _, kind := range []string{"note", "builtin", "archive"} {
		if seen[kind] < 20 {
			t.Errorf("only %d findings rest on %s: %v", seen[kind], kind, seen)
		}
	}
}

type follower struct {
	t       *testing.T
	dir     string
	records map[string][]byte // payloads, by "file#id"
	texts   map[string]string // folded, by the same
}

func (f *follower) follow(ev *graph.Evidence, n *graph.Note) (kind string, err error) {
	switch {
	case ev == nil:
		return "none", errors.New("no evidence")
	case ev.Source == "note":
		for _, part := range strings.Split(ev.Quote, " … ") {
			if !strings.Contains(squeeze(n.Text), squeeze(part)) {
				return "note", fmt.Errorf("the note does not say %q", part)
			}
		}
		return "note", nil
	case ev.Source == "builtin":
		return "builtin", f.row(ev)
	}
	if ev.WARC == "" {
		return "archive", fmt.Errorf("no record: %+v", ev)
	}
	payload, ok := f.record(ev.WARC)
	if !ok {
		return "archive", fmt.Errorf("no record %s", ev.WARC)
	}
	if sum := sha256.Sum256(payload); hex.EncodeToString(sum[:]) != ev.SHA256 {
		return "archive", fmt.Errorf("%s has another hash", ev.WARC)
	}
	quote := strings.TrimSuffix(ev.Quote, "…")
	if m := regexp.MustCompile(`^(\d+) rows, none of them (\S+)`).FindStringSubmatch(quote); m != nil {
		if strings.Contains(f.text(ev.WARC, payload), squeeze(m[2])) {
			return "archive", fmt.Errorf("the table has %s", m[2])
		}
		return "archive", nil
	}
	if quote == "" || ev.Place == "" || !stands(f.text(ev.WARC, payload), quote) {
		return "archive", fmt.Errorf("%s: %q does not stand there", ev.Place, quote)
	}
	return "archive", nil
}

// stands tells whether words stand in a text: as one run, or for a passage
// that a page's end interrupts, in runs of eight words of which all but one do.
func stands(text, quote string) bool {
	if strings.Contains(text, squeeze(quote)) {
		return true
	}
	w := strings.Fields(quote)
	runs, miss := 0, 0
	for i := 0; i+8 <= len(w); i += 8 {
		runs++
		if !strings.Contains(text, squeeze(strings.Join(w[i:i+8], " "))) {
			miss++
		}
	}
	return runs > 1 && miss <= 1
}

func (f *follower) row(ev *graph.Evidence) error {
	data, err := os.ReadFile(filepath.Join("..", "..", "pipeline", "catalog", "resolutions.tsv"))
	if err != nil {
		return err
	}
	if sum := sha256.Sum256(data); hex.EncodeToString(sum[:]) != ev.SHA256 {
		return errors.New("the catalogue has another hash")
	}
	if strings.HasPrefix(ev.Place, "the highest number") {
		return nil
	}
	number := strings.TrimPrefix(ev.Place, "S/RES/")
	for line := range strings.Lines(string(data)) {
		c := strings.Split(strings.TrimRight(line, "\n"), "\t")
		if c[0] != "res" || c[1] != number {
			continue
		}
		quote := strings.Split(ev.Quote, " (")[0] // the symbol with its year
		if quote == ev.Place || quote == "Security Council" || strings.Contains(line, quote) || strings.Contains(strings.ReplaceAll(line, " | ", "; "), ev.Quote) {
			return nil
		}
		return fmt.Errorf("the row of %s does not have %q", ev.Place, ev.Quote)
	}
	return fmt.Errorf("there is no row %s", ev.Place)
}

// record finds a record's payload, with no code of ours.
func (f *follower) record(ref string) ([]byte, bool) {
	if b, ok := f.records[ref]; ok {
		return b, true
	}
	file, _, _ := strings.Cut(ref, "#")
	h, err := os.Open(filepath.Join(f.dir, filepath.FromSlash(file)))
	if err != nil {
		return nil, false
	}
	defer h.Close()
	z, err := gzip.NewReader(h)
	if err != nil {
		return nil, false
	}
	r := bufio.NewReader(z)
	for {
		id, kind, block, err := warcRecord(r)
		if err != nil {
			break
		}
		if kind != "response" && kind != "revisit" {
			continue
		}
		resp, err := http.ReadResponse(bufio.NewReader(bytes.NewReader(block)), nil)
		if err != nil {
			continue
		}
		body, _ := io.ReadAll(resp.Body)
		f.records[file+"#"+id] = body
	}
	b, ok := f.records[ref]
	return b, ok
}

func warcRecord(r *bufio.Reader) (id, kind string, block []byte, err error) {
	length := -1
	for {
		line, err := r.ReadString('\n')
		if err != nil {
			return "", "", nil, err
		}
		line = strings.TrimSpace(line)
		if line == "" && length >= 0 {
			break
		}
		k, v, _ := strings.Cut(line, ":")
		switch v = strings.TrimSpace(v); strings.ToLower(k) {
		case "warc-record-id":
			id = strings.Trim(v, "<>")
		case "warc-type":
			kind = v
		case "content-length":
			fmt.Sscan(v, &length)
		}
	}
	block = make([]byte, length)
	_, err = io.ReadFull(r, block)
	return id, kind, block, err
}

// text is what a reader that is not ours reads in a payload.
func (f *follower) text(ref string, payload []byte) string {
	if s, ok := f.texts[ref]; ok {
		return s
	}
	s := string(payload)
	if bytes.HasPrefix(payload, []byte("%PDF")) {
		all := ""
		for _, mode := range []string{"-raw", "-layout"} {
			cmd := exec.Command("pdftotext", mode, "-", "-")
			cmd.Stdin = bytes.NewReader(payload)
			b, err := cmd.Output()
			if err != nil {
				f.t.Fatal(err)
			}
			all += string(b) + " "
		}
		s = all
	} else {
		s = html.UnescapeString(regexp.MustCompile(`<[^>]*>`).ReplaceAllString(s, " "))
	}
	s = squeeze(s)
	f.texts[ref] = s
	return s
}

// squeeze keeps letters and digits, for line ends, hyphens and quotation marks
// are the readers' business.
func squeeze(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, norm.NFKC.String(s))
}
