package fetch

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"citecheck/pipeline/cite"
)

func TestMain(m *testing.M) {
	maxBody = 1 << 20
	os.Exit(m.Run())
}

// site answers in the ways that evidence has to keep.
func site(n int, r *http.Request) *http.Response {
	switch r.URL.Path {
	case "/robots.txt":
		return page(404, "none")
	case "/a", "/same":
		return page(200, "first body", "Content-Type", "text/html", "Set-Cookie", "SessionID=topsecret; Path=/", "X-Csrf-Token", "topsecret")
	case "/gz":
		resp := page(200, string(zipped("packed body")), "Content-Encoding", "gzip")
		resp.ContentLength, resp.TransferEncoding = -1, []string{"chunked"}
		return resp
	case "/open":
		resp := page(200, "ends with the connection")
		resp.ContentLength = -1
		return resp
	case "/etag":
		if r.Header.Get("If-None-Match") == `"v1"` {
			return page(304, "", "ETag", `"v1"`)
		}
		return page(200, "an old body", "ETag", `"v1"`)
	case "/moved":
		return page(302, "", "Location", "https://other.test/end?access_token=topsecret&s=1")
	case "/end":
		return page(200, "the end")
	case "/403":
		return page(403, "no")
	case "/wall":
		return page(200, "<title>Just a moment...</title>")
	case "/bomb":
		return page(200, string(bomb()), "Content-Encoding", "gzip")
	case "/cut":
		resp := page(200, "half")
		resp.Body = io.NopCloser(io.MultiReader(strings.NewReader("half"), brokenReader{}))
		return resp
	}
	return page(404, "")
}

// bomb is 64 KiB that unpack to more than is read.
var bomb = sync.OnceValue(func() []byte {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	zeros := make([]byte, 1<<20)
	for range maxBody>>20 + 1 {
		z.Write(zeros)
	}
	z.Close()
	return b.Bytes()
})

var walk = []string{"https://un.test/a", "https://un.test/same", "https://un.test/gz", "https://un.test/open", "https://un.test/etag", "https://un.test/moved",
	"https://un.test/403", "https://un.test/cut", "https://un.test/bomb", "https://evil.test/x", "https://un.test/wall"}

func chainTo(t *testing.T, dir string, offline bool, archives ...*Archive) *Chain {
	t.Helper()
	e, err := OpenEvidence(dir, "citecheck test")
	if err != nil {
		t.Fatal(err)
	}
	c := &Chain{Evidence: e, Archives: archives}
	if !offline {
		c.Live = live(&host{answer: site})
		steady := Manners{Gap: time.Second} // without chance, so that each round has the same days
		c.Live.Manners = map[string]Manners{"un.test": steady, "other.test": steady}
	}
	return c
}

// seen is what a walk of the addresses came to.
func seen(t *testing.T, c *Chain, maxAge time.Duration) (out []string) {
	t.Helper()
	for _, address := range walk {
		r, err := c.Get(context.Background(), cite.Request{URL: address, MaxAge: maxAge})
		var f *cite.Failure
		switch {
		case err == nil:
			out = append(out, fmt.Sprintf("%s %+v", address, *r))
		case errors.As(err, &f):
			out = append(out, fmt.Sprintf("%s %+v", address, *f))
		default:
			t.Fatalf("%s: %v", address, err)
		}
	}
	if err := c.Evidence.Close(); err != nil {
		t.Fatal(err)
	}
	return out
}

func evidenceFile(dir string) string { return filepath.Join(dir, "evidence", "answers.warc.gz") }

// TestEvidenceReplays: offline, the folder answers to the letter what the
// network did, failures included; so does an archive of it, whose answers the
// new folder keeps in its turn. The same answers make the same bytes.
func TestEvidenceReplays(t *testing.T) {
	var first []byte
	for round := range 2 {
		synctest.Test(t, func(t *testing.T) {
			dir := t.TempDir()
			lived := seen(t, chainTo(t, dir, false), time.Hour)
			if again := seen(t, chainTo(t, dir, true), 0); !reflect.DeepEqual(lived, again) {
				t.Errorf("offline answers differ:\n%q\n%q", lived, again)
			}
			a, err := OpenArchive(filepath.Join(dir, "evidence"))
			if err != nil {
				t.Fatal(err)
			}
			other := t.TempDir()
			if again := seen(t, chainTo(t, other, true, a), 0); !reflect.DeepEqual(lived, again) {
				t.Errorf("answers from an archive differ:\n%q\n%q", lived, again)
			}
			if again := seen(t, chainTo(t, other, true), 0); !reflect.DeepEqual(lived, again) {
				t.Errorf("what was copied from an archive differs:\n%q\n%q", lived, again)
			}
			data, err := os.ReadFile(evidenceFile(dir))
			if err != nil {
				t.Fatal(err)
			}
			if round == 0 {
				first = data
			} else if !bytes.Equal(first, data) {
				t.Error("the same answers make other bytes")
			}
			plain := unzip(t, data)
			if strings.Contains(plain, "topsecret") || !strings.Contains(plain, "redacted") {
				t.Error("a cookie or token stands in the archive")
			}
			for kind, n := range map[string]int{"warcinfo": 1, "revisit": 2, "metadata": 3, "response": 9, "request": 11} {
				if got := strings.Count(plain, "WARC-Type: "+kind+"\r\n"); got != n {
					t.Errorf("%d records of type %s, want %d", got, kind, n)
				}
			}
			if !strings.Contains(lived[1], "WARC:evidence/answers.warc.gz#urn:uuid:") {
				t.Errorf("the evidence of %s names no record", lived[1])
			}
		})
	}
}

func unzip(t *testing.T, data []byte) string {
	t.Helper()
	z, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	plain, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	return string(plain)
}

// TestNotModified: what is too old is asked for on the condition that it
// changed; unchanged, it has the new day and the old body.
func TestNotModified(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		dir := t.TempDir()
		q := cite.Request{URL: "https://un.test/etag", MaxAge: time.Hour}
		get := func(c *Chain) *cite.Response {
			r, err := c.Get(context.Background(), q)
			if err != nil {
				t.Fatal(err)
			}
			if err := c.Evidence.Close(); err != nil {
				t.Fatal(err)
			}
			return r
		}
		old := get(chainTo(t, dir, false))
		c := chainTo(t, dir, false)
		if r := get(c); r.WARC != old.WARC || len(c.Live.asked) > 0 {
			t.Errorf("an answer of this hour was asked for again")
		}
		time.Sleep(2 * time.Hour)
		for range 2 {
			c = chainTo(t, dir, false)
			r := get(c)
			if r.Status != 200 || string(r.Body) != "an old body" || r.Fetched <= old.Fetched || r.WARC == old.WARC || r.SHA256 != old.SHA256 {
				t.Errorf("not modified: %+v", r)
			}
			if again := get(chainTo(t, dir, true)); !reflect.DeepEqual(r, again) {
				t.Errorf("replayed %+v, was %+v", again, r)
			}
			old = r
			time.Sleep(2 * time.Hour)
		}
		if plain := unzip(t, must(os.ReadFile(evidenceFile(dir)))); strings.Count(plain, "revisit/server-not-modified") != 2 {
			t.Error("no revisit record says that nothing was modified")
		}
	})
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// TestFailuresAreAskedAgain: what was no answer is asked for on the next run,
// while robots.txt and the answers that came are not.
func TestFailuresAreAskedAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		dir := t.TempDir()
		seen(t, chainTo(t, dir, false), time.Hour)
		c := chainTo(t, dir, false)
		seen(t, c, time.Hour)
		asked := strings.Join(c.Live.Transport.(*host).paths, " ")
		// What may not have come whole is asked for again, too.
		if asked != "/open /403 /cut /cut /cut /bomb /wall" {
			t.Errorf("asked again: %s", asked)
		}
	})
}

// TestCutEvidence: a file cut off anywhere, as by a kill (at and about the end
// of each record, and at every 61st byte), is whole again
// once something more is kept, and holds all that stood whole before the cut.
func TestCutEvidence(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		dir := t.TempDir()
		c := chainTo(t, dir, false)
		for _, address := range walk[:3] {
			c.Get(context.Background(), cite.Request{URL: address})
		}
		c.Evidence.Close()
		data := must(os.ReadFile(evidenceFile(dir)))
		ends := []int{0} // of the members
		r := bytes.NewReader(data)
		for r.Len() > 0 {
			z := must(gzip.NewReader(r))
			z.Multistream(false)
			must(io.Copy(io.Discard, z))
			ends = append(ends, len(data)-r.Len())
		}
		for cut := 0; cut < len(data); cut++ {
			near := slices.ContainsFunc(ends, func(e int) bool { return cut >= e-2 && cut <= e+2 })
			if !near && cut%61 != 0 {
				continue
			}
			os.WriteFile(evidenceFile(dir), data[:cut], 0o644)
			c := chainTo(t, dir, false)
			c.Get(context.Background(), cite.Request{URL: "https://un.test/gz"})
			if err := c.Evidence.Close(); err != nil {
				t.Fatal(err)
			}
			whole := 0
			for _, e := range ends {
				if e <= cut {
					whole = e
				}
			}
			after := must(os.ReadFile(evidenceFile(dir)))
			if !bytes.HasPrefix(after, data[:whole]) {
				t.Fatalf("cut at %d: a whole record was lost", cut)
			}
			plain := unzip(t, after) // nothing of the cut record is left
			if strings.Count(plain, "WARC-Type: warcinfo") != 1 || !strings.Contains(plain, "WARC-Target-URI: https://un.test/gz") {
				t.Fatalf("cut at %d: %q", cut, plain)
			}
		}
	})
}

// TestDamagedEvidence: a damaged file is left as it is, and answers go into
// the next.
func TestDamagedEvidence(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		dir := t.TempDir()
		lived := seen(t, chainTo(t, dir, false), time.Hour)
		data := must(os.ReadFile(evidenceFile(dir)))
		data[len(data)/2] ^= 0xff
		os.WriteFile(evidenceFile(dir), data, 0o644)
		time.Sleep(time.Minute)
		seen(t, chainTo(t, dir, false), time.Hour)
		if !bytes.Equal(data, must(os.ReadFile(evidenceFile(dir)))) {
			t.Error("the damaged file was written to")
		}
		again := seen(t, chainTo(t, dir, true), 0)
		if len(again) != len(lived) || !strings.Contains(again[9], "not a host") || !strings.Contains(again[10], "Challenged:true") {
			t.Errorf("after the damage: %q", again)
		}
	})
}

func TestEvidenceInUse(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		dir := t.TempDir()
		a, b := chainTo(t, dir, false), chainTo(t, dir, false)
		if _, err := a.Get(context.Background(), cite.Request{URL: walk[0]}); err != nil {
			t.Fatal(err)
		}
		if _, err := b.Get(context.Background(), cite.Request{URL: walk[1]}); !errors.Is(err, ErrInUse) {
			t.Errorf("two write into one folder: %v", err)
		}
		a.Evidence.Close()
	})
}

func TestRedact(t *testing.T) {
	for in, want := range map[string]string{
		"https://documents.un.org/api/symbol/access?s=S/RES/2423(2018)&l=en&t=pdf": "https://documents.un.org/api/symbol/access?s=S/RES/2423(2018)&l=en&t=pdf",
		"https://x.test/a?token=abc&s=1#f":                                         "https://x.test/a?token=redacted&s=1#f",
		"https://x.test/a?X-Amz-Signature=abc&X-Amz-Credential=d":                  "https://x.test/a?X-Amz-Signature=redacted&X-Amz-Credential=redacted",
		"https://x.test/a?api_key=1&key=2":                                         "https://x.test/a?api_key=redacted&key=2",
		"https://me:p@ss@x.test?token=1":                                           "https://redacted@x.test?token=redacted",
		"https://x.test/@a?to=http://a@b.test":                                     "https://x.test/@a?to=http://a@b.test",
		"/a?to=http://a@b.test":                                                    "/a?to=http://a@b.test",
	} {
		if got := Redact(in); got != want {
			t.Errorf("Redact(%s) = %s, want %s", in, got, want)
		}
	}
}
