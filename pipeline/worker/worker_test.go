package worker

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"citecheck/pipeline/cite"
)

// TestMain lets the test binary be its own reading process, with readers that
// misbehave for the fence to hold.
func TestMain(m *testing.M) {
	if IsChild(os.Args) {
		readOther = misbehave
		os.Exit(Main())
	}
	code := m.Run()
	Rest()
	os.Exit(code)
}

var sink [][]byte

func misbehave(kind string, data []byte) (cite.Text, error) {
	switch kind {
	case "test/echo":
		return cite.Text{Title: string(data)}, nil
	case "test/env":
		return cite.Text{Title: strings.Join(os.Environ(), "\n")}, nil
	case "test/loop":
		//lint:ignore SA5002 a reader that never ends is what the CPU limit is for
		for {
		}
	case "test/sleep":
		time.Sleep(time.Hour)
	case "test/memory":
		for {
			b := make([]byte, 1<<20)
			for i := 0; i < len(b); i += 4096 {
				b[i] = 1
			}
			sink = append(sink, b)
		}
	case "test/stack":
		return cite.Text{}, deeper(0)
	case "test/panic":
		panic("a reader's own mistake")
	case "test/race":
		go func() { panic("in a goroutine of its own") }()
		time.Sleep(time.Hour)
	case "test/exit":
		os.Exit(0)
	case "test/garbage":
		os.Stdout.WriteString("\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff")
		time.Sleep(time.Hour)
	case "test/flood":
		return cite.Text{Title: strings.Repeat("x", 20<<20)}, nil
	case "test/file":
		f, err := os.Create(filepath.Join(os.TempDir(), "citecheck-fence-test"))
		if err != nil {
			return cite.Text{}, err
		}
		defer os.Remove(f.Name())
		_, err = f.WriteString("x")
		return cite.Text{}, err
	}
	return cite.Text{}, fmt.Errorf("%w: %s", ErrFormat, kind)
}

func deeper(n int) error {
	var b [1024]byte
	b[n%1024] = 1
	if n < 0 {
		return nil
	}
	return errors.Join(deeper(n+1), errors.New(string(b[:n%8])))
}

// good shows that the next document is read whatever became of the last.
func good(t *testing.T) {
	t.Helper()
	res, err := Read(context.Background(), Input{Data: []byte("fine"), MediaType: "test/echo"}, Limits{})
	if err != nil || res.Text == nil || res.Text.Title != "fine" {
		t.Errorf("the next document: %+v, %v", res, err)
	}
}

// TestFence: whatever a reader does costs its document one clear error, and
// the next document nothing.
func TestFence(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skipf("skipped: the fence of %s has no limits by the system", runtime.GOOS)
	}
	// A busy machine is no stuck document: here CPU seconds decide alone.
	defer func(p time.Duration) { patience = p }(patience)
	patience = 60
	lim := Limits{CPU: 2 * time.Second, Answer: 10 << 20}
	for _, tt := range []struct {
		kind string
		want error
		text string
	}{
		{"test/loop", ErrCPU, "took more than 2 CPU seconds"},
		{"test/memory", ErrMemory, "needed more than 1024 MiB"},
		{"test/stack", ErrCrashed, "nested too deeply"},
		{"test/panic", ErrCrashed, "a reader's own mistake"},
		{"test/race", ErrCrashed, "in a goroutine of its own"},
		{"test/exit", ErrCrashed, ""},
		{"test/garbage", ErrCrashed, ""},
		{"test/flood", ErrTooLarge, "its text takes more than 10 MiB"},
	} {
		start := time.Now()
		_, err := Read(context.Background(), Input{Data: []byte("x"), MediaType: tt.kind}, lim)
		if !errors.Is(err, tt.want) || !strings.Contains(err.Error(), tt.text) {
			t.Errorf("%s: error %v, want %v: %s", tt.kind, err, tt.want, tt.text)
		}
		if took := time.Since(start); took > 2*time.Minute {
			t.Errorf("%s: took %v", tt.kind, took)
		}
		good(t)
	}
}

// TestNoFiles: a reading process can't write a byte to any file.
func TestNoFiles(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skipf("skipped: the fence of %s has no limits by the system", runtime.GOOS)
	}
	_, err := Read(context.Background(), Input{Data: []byte("x"), MediaType: "test/file"}, Limits{})
	if err == nil || !strings.Contains(err.Error(), "file too large") {
		t.Errorf("error %v, want one that says that the file is too large", err)
	}
}

// TestStuck: a process that does nothing at all is ended by the watchdog.
func TestStuck(t *testing.T) {
	defer func(p time.Duration) { patience = p }(patience)
	patience = 1
	_, err := Read(context.Background(), Input{Data: []byte("x"), MediaType: "test/sleep"}, Limits{CPU: time.Second})
	if !errors.Is(err, ErrStuck) {
		t.Errorf("error %v, want %v", err, ErrStuck)
	}
	good(t)
}

// TestCancel: when the caller has enough, the process is gone before Read
// returns.
func TestCancel(t *testing.T) {
	for _, kind := range []string{"test/sleep", "test/loop"} {
		ctx, cancel := context.WithCancel(context.Background())
		time.AfterFunc(300*time.Millisecond, cancel)
		start := time.Now()
		_, err := Read(ctx, Input{Data: []byte("x"), MediaType: kind}, Limits{})
		if !errors.Is(err, context.Canceled) {
			t.Errorf("%s: error %v, want %v", kind, err, context.Canceled)
		}
		if took := time.Since(start); took > 10*time.Second {
			t.Errorf("%s: took %v after the end", kind, took)
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Read(ctx, Input{Data: []byte("x"), MediaType: "test/echo"}, Limits{}); !errors.Is(err, context.Canceled) {
		t.Errorf("ended before it began: error %v", err)
	}
	good(t)
}

// TestEnvironment: the child learns nothing of its parent's environment.
func TestEnvironment(t *testing.T) {
	t.Setenv("CITECHECK_TEST_SECRET", "token")
	Rest() // a process that waits has an older environment
	res, err := Read(context.Background(), Input{Data: []byte("x"), MediaType: "test/env"}, Limits{})
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(res.Text.Title, "SECRET") || strings.Contains(res.Text.Title, "HOME=") {
		t.Errorf("the child sees %q", res.Text.Title)
	}
}

// TestReuse: a process serves many documents, each with the same answer as
// the first, and is gone after Rest.
func TestReuse(t *testing.T) {
	Rest()
	doc := Input{Name: "two.pdf", Data: twoPages()}
	var first Result
	for i := range 5 {
		res, err := Read(context.Background(), doc, Limits{})
		if err != nil {
			t.Fatal(err)
		}
		if i == 0 {
			first = res
			continue
		}
		if diff := cmp.Diff(first, res, cmp.AllowUnexported(Result{}, shelf{}, box{})); diff != "" {
			t.Fatalf("reading %d differs:\n%s", i+1, diff)
		}
		if n := waiting(); n != 1 {
			t.Fatalf("%d processes wait, want 1", n)
		}
	}
	good(t)
	if n := waiting(); n != 2 {
		t.Errorf("%d processes wait, want one with the PDF engine and one without", n)
	}
	if _, err := Read(context.Background(), Input{Data: []byte("x"), MediaType: "test/panic"}, Limits{}); !errors.Is(err, ErrCrashed) {
		t.Errorf("error %v", err)
	}
	if n := waiting(); n != 1 {
		t.Errorf("%d processes wait after a crash, want 1", n)
	}
	good(t)
	Rest()
	if n := waiting(); n != 0 {
		t.Errorf("%d processes wait after Rest", n)
	}
}

func waiting() int {
	idle.Lock()
	defer idle.Unlock()
	return len(idle.readers)
}

// TestManyAtOnce: documents read at the same time do not mix.
func TestManyAtOnce(t *testing.T) {
	const n = 8
	errs := make(chan error, n)
	for i := range n {
		go func() {
			text := strings.Repeat(fmt.Sprint(i), 10_000)
			res, err := Read(context.Background(), Input{Data: []byte(text), MediaType: "test/echo"}, Limits{})
			if err == nil && res.Text.Title != text {
				err = fmt.Errorf("document %d came back as %.20q", i, res.Text.Title)
			}
			errs <- err
		}()
	}
	for range n {
		if err := <-errs; err != nil {
			t.Error(err)
		}
	}
	Rest()
}

func TestRead(t *testing.T) {
	res, err := Read(context.Background(), Input{Name: "two.pdf", Data: twoPages()}, Limits{})
	if err != nil {
		t.Fatal(err)
	}
	pages := slices.Collect(res.Pages())
	if res.MediaType != PDF || len(pages) != 2 || res.Info.Pages != 2 || len(res.Problems) != 0 {
		t.Fatalf("got %+v", res)
	}
	if r := pages[1].Runs; len(r) != 1 || r[0].Text != "Two" || r[0].Baseline != 92 {
		t.Errorf("page 2: %+v", r)
	}
	one, err := Read(context.Background(), Input{Name: "two.pdf", Data: twoPages()}, Limits{Pages: 1})
	if err != nil || len(slices.Collect(one.Pages())) != 1 || len(one.Problems) != 1 || !one.Info.Truncated() {
		t.Errorf("one page: %+v, %v", one, err)
	}
	md, err := Read(context.Background(), Input{Name: "x.md", Data: []byte("Mali[^1].\n\n[^1]: S/RES/2423 (2018).\n")}, Limits{})
	if err != nil || md.Text == nil || len(md.Text.Notes) != 1 {
		t.Errorf("Markdown: %+v, %v", md, err)
	}
	for _, tt := range []struct {
		doc  Input
		lim  Limits
		want error
		text string
	}{
		{Input{Name: "empty.pdf"}, Limits{}, ErrEmpty, ""},
		{Input{Name: "x.pdf", Data: []byte("This is text.")}, Limits{}, ErrNotPDF, "it is text"},
		{Input{Name: "cut.pdf", Data: twoPages()[:200]}, Limits{}, ErrBroken, "cut off"},
		{Input{Name: "x.pdf", Data: twoPages()}, Limits{Size: 10}, ErrTooLarge, ""},
		{Input{Name: "x", Data: []byte("x"), MediaType: "image/png"}, Limits{}, ErrFormat, "image/png"},
	} {
		_, err := Read(context.Background(), tt.doc, tt.lim)
		if !errors.Is(err, tt.want) || !strings.Contains(err.Error(), tt.text) {
			t.Errorf("%s: error %v, want %v: %s", tt.doc.Name, err, tt.want, tt.text)
		}
	}
}

// twoPages is a small PDF; its table of places is left to be rebuilt.
func twoPages() []byte {
	var b bytes.Buffer
	b.WriteString("%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Kids[4 0 R 5 0 R]/Count 2>>\nendobj\n" +
		"3 0 obj\n<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>\nendobj\n")
	for i, word := range []string{"One", "Two"} {
		content := "BT /F1 12 Tf 72 700 Td (" + word + ") Tj ET"
		fmt.Fprintf(&b, "%d 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Resources<</Font<</F1 3 0 R>>>>/Contents %d 0 R>>\nendobj\n", 4+i, 6+i)
		fmt.Fprintf(&b, "%d 0 obj\n<</Length %d>>\nstream\n%s\nendstream\nendobj\n", 6+i, len(content), content)
	}
	b.WriteString("trailer\n<</Size 8/Root 1 0 R>>\nstartxref\n0\n%%EOF\n")
	return b.Bytes()
}

func TestPageProblems(t *testing.T) {
	pages := []string{"", "a", "a", "b", ""}
	want := []cite.Problem{{Item: "pages 2 to 3", Reason: "a"}, {Item: "page 4", Reason: "b"}}
	if diff := cmp.Diff(want, pageProblems(pages)); diff != "" {
		t.Error(diff)
	}
}

func BenchmarkRead(b *testing.B) {
	doc := Input{Name: "two.pdf", Data: twoPages()}
	b.Run("a process for each", func(b *testing.B) {
		for b.Loop() {
			if _, err := Read(context.Background(), doc, Limits{}); err != nil {
				b.Fatal(err)
			}
			Rest()
		}
	})
	b.Run("one process", func(b *testing.B) {
		for b.Loop() {
			if _, err := Read(context.Background(), doc, Limits{}); err != nil {
				b.Fatal(err)
			}
		}
		Rest()
	})
}
