package catalog

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"citecheck/pipeline/cite"
)

func opened(t *testing.T, path string) *Store {
	t.Helper()
	s, note, err := Open(path)
	if err != nil || note != "" {
		t.Fatalf("%v, %q", err, note)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func fresh(t *testing.T) *Store {
	return opened(t, filepath.Join(t.TempDir(), "a folder?", "catalog.db"))
}

// mali is a report as its own pages give it.
func mali(t *testing.T) cite.Document {
	src := cite.Source{URL: "https://documents.un.org/api/symbol/access?s=S/2023/402", Fetched: "2026-11-20T10:00:00Z", SHA256: strings.Repeat("a", 64), WARC: "evidence/x.warc.gz#1"}
	return cite.Document{Symbol: symbol(t, "S/2023/402"), Printed: "S/2023/402", Aliases: []string{"A/77/999"}, Body: "Security Council", Series: "report", Number: 402, Year: 2023,
		Date: cite.Date{Year: 2023, Month: 6, Day: 1}, Title: "Situation in Mali", Session: "Seventy-eighth year", Job: "23-09781", Last: 2,
		Paragraphs: []cite.Paragraph{{Kind: "preamble", N: 1, Label: "preamble 1", Text: "Written for a test,", Page: 1}, {N: 1, Text: "The mission patrolled.\n(a) By day;", Page: 1}, {N: 2, Text: "Élan of the parties, 100% of it.", Page: 2}},
		Refers:     []cite.Reference{{Symbol: symbol(t, "S/RES/2640"), Place: "paragraph 1"}},
		Facts:      []cite.Fact{{Field: cite.FieldDate, Value: "2023-06-01", Primary: true, Evidence: cite.Evidence{Source: src, Place: "page 1, masthead", Quote: "1 June 2023"}}},
		Sources:    []cite.Source{src}}
}

// TestRemember: what is kept comes back whole, a list's row does not erase the
// text, and the same document kept twice is one.
func TestRemember(t *testing.T) {
	s, ctx := fresh(t), context.Background()
	want := mali(t)
	row := cite.Document{Symbol: want.Symbol, Printed: want.Printed, Date: want.Date, Topic: "Mali",
		Facts: []cite.Fact{{Field: cite.FieldTopic, Value: "Mali", Evidence: cite.Evidence{Source: cite.Source{URL: "https://main.un.org/x", SHA256: strings.Repeat("b", 64)}, Place: "list row", Quote: "Mali"}}}}
	for _, d := range []cite.Document{want, row, want} {
		if err := s.Remember(d); err != nil {
			t.Fatal(err)
		}
	}
	for _, by := range []string{"S/2023/402", "A/77/999"} {
		got, ok, err := s.Document(ctx, symbol(t, by))
		if !ok || err != nil {
			t.Fatalf("%s: %v, %v", by, ok, err)
		}
		if got.Topic != "Mali" || len(got.Facts) != 2 || len(got.Sources) != 2 {
			t.Errorf("%s: topic %q, %d facts of %d sources", by, got.Topic, len(got.Facts), len(got.Sources))
		}
		got.Topic, got.Facts, got.Sources = "", slices.DeleteFunc(got.Facts, func(f cite.Fact) bool { return f.Field == cite.FieldTopic }), want.Sources
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%s:\n got %+v\nwant %+v", by, got, want)
		}
	}
	if _, ok, err := s.Document(ctx, symbol(t, "S/2023/403")); ok || err != nil {
		t.Errorf("a document that was never kept: %v, %v", ok, err)
	}
	st, err := s.Stats(ctx)
	if err != nil || st.Documents != 1 || st.Paragraphs != 3 || st.Texts != 1 || st.Relations["refers"] != 1 || st.Builtin < 2700 {
		t.Errorf("%+v, %v", st, err)
	}
}

func TestRelations(t *testing.T) {
	s := fresh(t)
	for _, x := range []string{"S/2023/402/Add.1", "S/2023/402/Add.1/Corr.2", "A/77/1/Rev.1", "S/RES/2423"} {
		if err := s.Remember(cite.Document{Symbol: symbol(t, x)}); err != nil {
			t.Fatal(err)
		}
	}
	var got []string
	err := s.Relations(context.Background(), func(r Relation) error { got = append(got, r.From+" "+r.Relation+" "+r.To); return nil })
	want := []string{"A/77/1/Rev.1 revises A/77/1", "S/2023/402/Add.1 adds_to S/2023/402", "S/2023/402/Add.1/Corr.2 corrects S/2023/402/Add.1"}
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("%q, %v; want %q", got, err, want)
	}
}

// TestSearch: words, phrases and beginnings are found in paragraphs, titles
// and built-in agenda titles; nothing in a search is an operator.
func TestSearch(t *testing.T) {
	s, ctx := fresh(t), context.Background()
	if err := s.Remember(mali(t)); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct{ query, symbol, want string }{
		{"patrolled mission", "", "S/2023/402|paragraph 1|The [mission] [patrolled]. (a) By day;"},
		{`"mission patrolled"`, "", "S/2023/402|paragraph 1|The [mission patrolled]. (a) By day;"},
		{`"patrolled mission"`, "", ""},
		{"patrol*", "", "S/2023/402|paragraph 1|The mission [patrolled]. (a) By day;"},
		{"elan parties", "", "S/2023/402|paragraph 2|[Élan] of the [parties], 100% of it."},
		{"written", "", "S/2023/402|preamble 1|[Written] for a test,"},
		{"patrolled", "S/2023/", "S/2023/402|paragraph 1|The mission [patrolled]. (a) By day;"},
		{"patrolled", "S/2024/", ""}, {"patrolled", "S%", ""},
		{"situation mali", "", "S/2023/402|title|[Situation] in [Mali]"},
		{`NEAR(a b) OR - ^ * : "`, "", ""},
		{"by tunisia", "S/RES/164", "S/RES/164 (1961)|agenda|Complaint by Tunisia"},
	} {
		hits, err := s.Search(ctx, tt.query, tt.symbol, 1)
		got := ""
		if len(hits) > 0 {
			got = hits[0].Symbol + "|" + hits[0].Place + "|" + hits[0].Snippet
		}
		if err != nil || got != tt.want {
			t.Errorf("Search(%q, %q) = %q, %v; want %q", tt.query, tt.symbol, got, err, tt.want)
		}
	}
	if _, err := s.Search(ctx, ` "" * `, "", 5); !errors.Is(err, ErrNoWords) {
		t.Errorf("a search without words: %v", err)
	}
	// A text that was replaced is found no more.
	d := mali(t)
	d.Paragraphs = []cite.Paragraph{{N: 1, Text: "Another text."}}
	if err := s.Remember(d); err != nil {
		t.Fatal(err)
	}
	if hits, _ := s.Search(ctx, "patrolled", "", 5); len(hits) > 0 {
		t.Errorf("what is gone is found: %v", hits)
	}
	if hits, _ := s.Search(ctx, "another", "", 5); len(hits) != 1 {
		t.Errorf("what is new is not found: %v", hits)
	}
	var none *Store
	if hits, err := none.Search(ctx, "cyprus", "", 3); err != nil || len(hits) != 3 {
		t.Errorf("without a store: %v, %v", hits, err)
	}
}

// TestPages: an answer comes back to the letter; an older one does not take
// its place; the oldest make room.
func TestPages(t *testing.T) {
	s := fresh(t)
	p := s.Pages()
	k := cite.Kept{URL: "https://x.un.org/1", Fetched: "2026-11-20T10:00:00Z", ID: "urn:uuid:1", Message: []byte("HTTP/1.1 200 OK\r\n\r\n\x00binary\xff")}
	if _, ok := p.Recall(k.URL); ok {
		t.Error("an answer that was never kept")
	}
	older := k
	older.Fetched, older.Message = "2026-11-19T10:00:00Z", []byte("older")
	for _, x := range []cite.Kept{k, older} {
		if err := p.Remember(x); err != nil {
			t.Fatal(err)
		}
	}
	if got, ok := p.Recall(k.URL); !ok || got.ID != k.ID || got.Fetched != k.Fetched || !bytes.Equal(got.Message, k.Message) {
		t.Errorf("%v, %+v", ok, got)
	}
	for i := range 9 {
		x := cite.Kept{URL: fmt.Sprint("https://x.un.org/n", i), Fetched: fmt.Sprintf("2026-11-21T10:00:0%dZ", i), Message: bytes.Repeat([]byte("x"), 1000)}
		if err := p.Remember(x); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.write(func(tx *sql.Tx) error { return prune(tx, 3500) }); err != nil {
		t.Fatal(err)
	}
	urls, err := collect[string](context.Background(), s.db, "SELECT url FROM pages ORDER BY url")
	if err != nil || !slices.Equal(urls, []string{"https://x.un.org/n6", "https://x.un.org/n7", "https://x.un.org/n8"}) {
		t.Errorf("%q are left: %v", urls, err)
	}
}

// TestDamaged: whatever is found in the file's place is set aside with a
// message, and a new catalogue is begun; nothing is deleted.
func TestDamaged(t *testing.T) {
	whole := filepath.Join(t.TempDir(), "catalog.db")
	s := opened(t, whole)
	for i := range 60 {
		d := mali(t)
		d.Symbol = symbol(t, fmt.Sprintf("S/2023/%d", i+1))
		if err := s.Remember(d); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	good, err := os.ReadFile(whole)
	if err != nil {
		t.Fatal(err)
	}
	broken := map[string][]byte{"text": []byte(strings.Repeat("this is no database\n", 500)), "cut": good[:len(good)/2], "zeroed": make([]byte, 8192)}
	for i := 1; i < 8; i++ {
		b := bytes.Clone(good)
		for j := i * len(b) / 9; j < i*len(b)/9+len(b)/7 && j < len(b); j++ {
			b[j] ^= 0x5a
		}
		broken[fmt.Sprint("overwritten from ", i, " ninths")] = b
	}
	for name, data := range broken {
		path := filepath.Join(t.TempDir(), "catalog.db")
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		// Damage may show at once, or only in use; then the next run sees it.
		ctx := context.Background()
		for range 3 {
			s, note, err := Open(path)
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			if note != "" && !strings.Contains(note, "damaged") {
				t.Errorf("%s: the message is %q", name, note)
			}
			for i := range 60 {
				s.Document(ctx, symbol(t, fmt.Sprintf("S/2023/%d", i+1)))
			}
			s.Search(ctx, "mission", "", 1000)
			s.Stats(ctx)
			s.Remember(mali(t))
			s.Pages().Recall("https://x.un.org/1")
			s.Close()
		}
		s, _, err := Open(path)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if err := s.Remember(mali(t)); err != nil {
			t.Errorf("%s: after three runs nothing can be kept: %v", name, err)
		}
		if d, ok, err := s.Document(ctx, symbol(t, "S/2023/402")); !ok || err != nil || len(d.Paragraphs) != 3 {
			t.Errorf("%s: after three runs: %v, %v, %d paragraphs", name, ok, err, len(d.Paragraphs))
		}
		s.Close()
		if aside, _ := filepath.Glob(path + ".damaged-*"); len(aside) == 0 && name != "zeroed" && !strings.HasPrefix(name, "overwritten") {
			t.Errorf("%s: nothing was set aside", name)
		}
	}
}

// TestNewer: a file of a newer program is left alone.
func TestNewer(t *testing.T) {
	path := filepath.Join(t.TempDir(), "catalog.db")
	s := opened(t, path)
	if _, err := s.db.Exec("PRAGMA user_version = 99"); err != nil {
		t.Fatal(err)
	}
	s.Close()
	if _, _, err := Open(path); !errors.Is(err, ErrNewer) {
		t.Errorf("opened: %v", err)
	}
	if aside, _ := filepath.Glob(path + ".damaged-*"); len(aside) > 0 {
		t.Errorf("it was set aside: %v", aside)
	}
}

// TestManyProcesses: processes that come at once, to a file that is not there
// yet or is damaged, all write what they have.
func TestManyProcesses(t *testing.T) {
	if path := os.Getenv("CATALOG_TEST_WRITE"); path != "" {
		s, _, err := Open(path)
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		for i := range 20 {
			d := mali(t)
			d.Symbol = symbol(t, "S/2023/"+os.Getenv("CATALOG_TEST_NAME")+fmt.Sprintf("%02d", i))
			if err := s.Remember(d); err != nil {
				t.Fatal(err)
			}
		}
		return
	}
	for name, before := range map[string]string{"none yet": "", "damaged": strings.Repeat("no database ", 1000)} {
		path := filepath.Join(t.TempDir(), "catalog.db")
		if before != "" {
			if err := os.WriteFile(path, []byte(before), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		var all []*exec.Cmd
		for i := range 4 {
			c := exec.Command(os.Args[0], "-test.run=TestManyProcesses$")
			c.Env = append(os.Environ(), "CATALOG_TEST_WRITE="+path, fmt.Sprint("CATALOG_TEST_NAME=", i+1))
			var out bytes.Buffer
			c.Stdout, c.Stderr = &out, &out
			if err := c.Start(); err != nil {
				t.Fatal(err)
			}
			all = append(all, c)
		}
		for _, c := range all {
			if err := c.Wait(); err != nil {
				t.Errorf("%s: %v: %s", name, err, c.Stdout)
			}
		}
		st, err := opened(t, path).Stats(context.Background())
		if err != nil || st.Documents != 80 {
			t.Errorf("%s: %d documents of 80, %v", name, st.Documents, err)
		}
		aside, _ := filepath.Glob(path + ".damaged-[0-9]")
		if want := min(len(before), 1); len(aside) != want {
			t.Errorf("%s: %d files were set aside, want %d", name, len(aside), want)
		}
	}
}

// FuzzSearch: no search is an error of the index's language.
func FuzzSearch(f *testing.F) {
	path := filepath.Join(f.TempDir(), "catalog.db")
	s, _, err := Open(path)
	if err != nil {
		f.Fatal(err)
	}
	f.Cleanup(func() { s.Close() })
	for _, q := range []string{"mali", `"in the"`, "a* b", `x" OR y`, "{text}: ^a + b", "\x00", "é", "NOT AND"} {
		f.Add(q)
	}
	f.Fuzz(func(t *testing.T, q string) {
		if _, err := s.Search(context.Background(), q, q, 3); err != nil && !errors.Is(err, ErrNoWords) {
			t.Errorf("%q: %v", q, err)
		}
	})
}
