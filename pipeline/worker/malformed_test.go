package worker

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// TestMalformed reads the broken, odd and hostile files of public test
// corpora. No outcome but an answer or an error in words is admitted, and what
// pdftotext reads is read: at least 97 in 100 of those files, with a word F1
// against it of at least 0.90 on the median.
func TestMalformed(t *testing.T) {
	if testing.Short() {
		t.Skip("reads 600 files")
	}
	dir := filepath.Join("..", "..", "..", "shared", "data", "malformed")
	pdfs, _ := filepath.Glob(filepath.Join(dir, "pdf", "*"))   // the pattern is sound
	docxs, _ := filepath.Glob(filepath.Join(dir, "docx", "*")) // the pattern is sound
	_, err := exec.LookPath("pdftotext")
	if len(pdfs) == 0 || err != nil {
		if os.Getenv("CITECHECK_REQUIRE_ALL") == "1" {
			t.Fatal("needs the shared data and pdftotext")
		}
		t.Skip("skipped: needs the shared data and pdftotext")
	}
	good(t)
	var unread []string
	var f1 []float64
	for _, path := range pdfs {
		res, err := readFile(t, path)
		want := words(poppler(path))
		if len(want) < 5 {
			continue // pdftotext reads nothing there
		}
		got := map[string]int{}
		if err == nil {
			var b strings.Builder
			for p := range res.Pages() {
				for _, r := range p.Runs {
					b.WriteString(r.Text)
					if r.Space || !r.Hyphen {
						b.WriteByte(' ')
					}
				}
			}
			got = words(b.String())
		}
		if len(got) == 0 {
			unread = append(unread, filepath.Base(path))
			continue
		}
		f1 = append(f1, f1Of(want, got))
	}
	slices.Sort(f1)
	n := len(unread) + len(f1)
	median := f1[len(f1)/2]
	t.Logf("%d of %d files that pdftotext reads are read; word F1 median %.3f, tenth percentile %.3f; not read: %v", len(f1), n, median, f1[len(f1)/10], unread)
	if len(f1)*100 < n*97 || median < 0.90 {
		t.Errorf("%d of %d read, median %.3f", len(f1), n, median)
	}
	for _, path := range docxs {
		_, _ = readFile(t, path) // any answer will do: see there
	}
	good(t)
}

// readFile reads one file; a crash of the reader that no limit explains fails
// the test.
func readFile(t *testing.T, path string) (Result, error) {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	res, err := Read(context.Background(), Input{Name: filepath.Base(path), Data: data}, Limits{CPU: 20 * time.Second, Recognize: -1})
	if err != nil && strings.Contains(err.Error(), ErrCrashed.Error()) {
		t.Errorf("%s: %v", filepath.Base(path), err)
	}
	return res, err
}

func poppler(path string) string {
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	out, _ := exec.CommandContext(ctx, "pdftotext", "-enc", "UTF-8", path, "-").Output() // what it gives is what counts
	return string(out)
}

// words counts the words of a text, hyphens at line ends joined.
func words(text string) map[string]int {
	count := map[string]int{}
	text = strings.NewReplacer("-\n", "", "\u00ad\n", "").Replace(norm.NFKC.String(text))
	for _, w := range strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		count[strings.ToLower(w)]++
	}
	return count
}

func f1Of(want, got map[string]int) float64 {
	both, all := 0, 0
	for w, n := range want {
		both += min(n, got[w])
		all += n
	}
	for _, n := range got {
		all += n
	}
	return 2 * float64(both) / float64(max(all, 1))
}
