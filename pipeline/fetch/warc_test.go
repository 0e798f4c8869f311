package fetch

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"testing"
)

// entryOf makes one WARC record.
func entryOf(kind, url, date, id, extra, block string) string {
	return fmt.Sprintf("WARC/1.1\r\nWARC-Type: %s\r\nWARC-Target-URI: %s\r\nWARC-Date: %s\r\nWARC-Record-ID: <urn:uuid:%s>\r\n%sContent-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n",
		kind, url, date, id, extra, len(block), block)
}

func answerOf(status, body string) string {
	return fmt.Sprintf("HTTP/1.1 %s\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n%s", status, len(body), body)
}

func zipped(s string) []byte {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	z.Write([]byte(s))
	z.Close()
	return b.Bytes()
}

func archiveOf(t testing.TB, data []byte) *Archive {
	t.Helper()
	path := filepath.Join(t.TempDir(), "a.warc.gz")
	if err := os.WriteFile(path, data, 0o644); err != nil {
		t.Fatal(err)
	}
	a, err := OpenArchive(path)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

var sample = []string{
	entryOf("warcinfo", "", "2026-01-01T00:00:00Z", "0", "", "software: tests"),
	entryOf("response", "https://documents.un.org/api/symbol/access?s=S/RES/2781(2025)&l=en&t=pdf", "2026-01-01T00:00:00Z", "1", "", answerOf("200 OK", "old")),
	entryOf("response", "https://documents.un.org/api/symbol/access?s=S/RES/2781(2025)&l=en&t=pdf", "2026-02-01T00:00:00Z", "2", "", answerOf("200 OK", "new")),
	entryOf("response", "https://documents.un.org/api/symbol/access?s=S/RES/2781(2025)&l=en&t=pdf", "2026-03-01T00:00:00Z", "3", "", answerOf("503 Busy", "busy")),
	entryOf("response", "https://digitallibrary.un.org/search?p=x", "2026-01-01T00:00:00Z", "4", "", "HTTP/1.1 202 Accepted\r\nx-amzn-waf-action: challenge\r\nContent-Length: 0\r\n\r\n"),
	entryOf("response", "https://www.un.org/coded", "2026-01-01T00:00:00Z", "5", "", "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n"+chunked(zipped("inside"))),
	entryOf("revisit", "https://www.un.org/again", "2026-04-01T00:00:00Z", "6", "WARC-Refers-To-Target-URI: https://www.un.org/coded\r\nWARC-Refers-To-Date: 2026-01-01T00:00:00Z\r\n", "HTTP/1.1 200 OK\r\n\r\n"),
	entryOf("response", "https://www.un.org/short", "2026-01-01T00:00:00Z", "7", "", "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\ncut"),
}

func chunked(b []byte) string { return fmt.Sprintf("%x\r\n%s\r\n0\r\n\r\n", len(b), b) }

func TestArchive(t *testing.T) {
	var gz, plain []byte
	for _, r := range sample {
		gz = append(gz, zipped(r)...)
		plain = append(plain, r...)
	}
	for form, data := range map[string][]byte{"gzip": gz, "plain": plain} {
		a := archiveOf(t, data)
		for _, tt := range []struct{ url, body, id string }{
			{"https://documents.un.org/api/symbol/access?s=S/RES/2781(2025)&l=en&t=pdf", "new", "2"}, // the newest sound answer
			{"https://documents.un.org/api/symbol/access?s=S%2FRES%2F2781%282025%29&l=en&t=pdf", "new", "2"},
			{"http://DOCUMENTS.un.org/api/symbol/access?s=S/RES/2781 (2025)&l=en&t=pdf", "new", "2"},
			{"https://www.un.org/coded", "inside", "5"},
			{"https://www.un.org/again", "inside", "6"},
		} {
			r, ok, _ := a.Get(tt.url)
			if !ok || string(r.Body) != tt.body || r.WARC != "a.warc.gz#urn:uuid:"+tt.id {
				t.Errorf("%s: %s answers %+v", form, tt.url, r)
				continue
			}
			if sum := sha256.Sum256(r.Body); r.SHA256 != hex.EncodeToString(sum[:]) {
				t.Errorf("%s: %s has the hash of something else", form, tt.url)
			}
		}
		if r, ok, _ := a.Get("https://digitallibrary.un.org/search?p=x"); !ok || !r.Challenged {
			t.Errorf("%s: a bot wall's answer is %+v", form, r)
		}
		for _, url := range []string{"https://www.un.org/none", "https://www.un.org/short", "https://documents.un.org/api/symbol/access?s=S/RES/2782(2025)&l=en&t=pdf"} {
			if r, ok, _ := a.Get(url); ok {
				t.Errorf("%s: %s answers %+v", form, url, r)
			}
		}
	}
}

// TestCutArchive: a file cut at any byte answers for what stands whole before
// the cut, and for nothing else.
func TestCutArchive(t *testing.T) {
	first := zipped(entryOf("response", "https://www.un.org/a", "2026-01-01T00:00:00Z", "1", "", answerOf("200 OK", "first")))
	second := zipped(entryOf("response", "https://www.un.org/b", "2026-01-01T00:00:00Z", "2", "", answerOf("200 OK", "second")))
	all := append(append([]byte{}, first...), second...)
	for cut := 2; cut <= len(all); cut++ {
		a := archiveOf(t, all[:cut])
		if _, ok, _ := a.Get("https://www.un.org/a"); ok != (cut >= len(first)) {
			t.Fatalf("cut at %d of %d: the first record is there: %v", cut, len(all), ok)
		}
		if _, ok, _ := a.Get("https://www.un.org/b"); ok != (cut == len(all)) {
			t.Fatalf("cut at %d of %d: the second record is there: %v", cut, len(all), ok)
		}
	}
}

func TestNoArchive(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.warc")
	os.WriteFile(path, []byte("this is no archive at all"), 0o644)
	if _, err := OpenArchive(path); err == nil {
		t.Error("a text is taken for an archive")
	}
	if _, err := OpenArchive(filepath.Join(t.TempDir(), "none")); err == nil {
		t.Error("an archive that is not there is opened")
	}
}

// FuzzArchive: whatever a file holds, an answer's hash is that of its body.
func FuzzArchive(f *testing.F) {
	for _, r := range sample {
		f.Add([]byte(r))
		f.Add(zipped(r))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		path := filepath.Join(t.TempDir(), "a.warc")
		os.WriteFile(path, data, 0o644)
		a, err := OpenArchive(path)
		if err != nil {
			return
		}
		for url := range a.index {
			if r, ok, _ := a.Get("https://" + url); ok {
				if sum := sha256.Sum256(r.Body); r.SHA256 != hex.EncodeToString(sum[:]) {
					t.Errorf("%s has the hash of something else", url)
				}
			}
		}
	})
}
