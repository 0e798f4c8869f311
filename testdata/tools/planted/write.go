package planted

import (
	"bytes"
	"compress/gzip"
	"crypto/sha1"
	"encoding/base32"
	"encoding/json"
	"fmt"
	"html"
	"os"
	"path/filepath"
	"regexp"
	"strings"
)

// Markdown is the report as Markdown with footnotes.
func (r *Report) Markdown() []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "# %s\n\nQuayside Institute\n\n", r.Title)
	for _, p := range r.bodies {
		if p.break_ {
			b.WriteString("\n\n")
		}
		b.WriteString(mark(p, func(n *Note) string { return "[^" + n.Labels["md"] + "]" }) + " ")
	}
	b.WriteString("\n\n")
	for _, n := range r.Notes {
		fmt.Fprintf(&b, "[^%s]: %s\n\n", n.Labels["md"], n.Text)
	}
	return b.Bytes()
}

// HTML is the report as pandoc sets it.
func (r *Report) HTML() []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>%s</title></head>\n<body>\n<h1>%[1]s</h1>\n<p>Quayside Institute</p>\n<p>", html.EscapeString(r.Title))
	for _, p := range r.bodies {
		if p.break_ {
			b.WriteString("</p>\n<p>")
		}
		b.WriteString(mark(passage{text: html.EscapeString(p.text), notes: p.notes}, func(n *Note) string {
			l := n.Labels["html"]
			return fmt.Sprintf(`<a href="#fn%s" class="footnote-ref" id="fnref%[1]s" role="doc-noteref"><sup>%[1]s</sup></a>`, l)
		}) + "\n")
	}
	b.WriteString("</p>\n<section class=\"footnotes\" role=\"doc-endnotes\"><hr>\n<ol>\n")
	for _, n := range r.Notes {
		t := emphasis.ReplaceAllString(html.EscapeString(n.Text), "<em>$1</em>")
		fmt.Fprintf(&b, "<li id=\"fn%s\"><p>%s<a href=\"#fnref%[1]s\" class=\"footnote-back\" role=\"doc-backlink\">↩︎</a></p></li>\n", n.Labels["html"], t)
	}
	b.WriteString("</ol></section>\n</body></html>\n")
	return b.Bytes()
}

var emphasis = regexp.MustCompile(`\*([^*]+)\*`)

func mark(p passage, marker func(*Note) string) string {
	t, notes := p.text, p.notes
	for strings.Contains(t, "{#}") && len(notes) > 0 {
		t = strings.Replace(t, "{#}", marker(notes[0]), 1)
		notes = notes[1:]
	}
	for _, n := range notes {
		t += marker(n)
	}
	return t
}

// Truth is the truth in the scorer's form.
func (r *Report) Truth() []byte {
	notes := []Note{}
	for _, n := range r.Notes {
		c := *n
		c.Text = emphasis.ReplaceAllString(n.Text, "$1")
		c.Citations = []*Citation{}
		for _, x := range n.Citations {
			y := *x
			y.Text = emphasis.ReplaceAllString(x.Text, "$1")
			c.Citations = append(c.Citations, &y)
		}
		notes = append(notes, c)
	}
	data, err := json.MarshalIndent(map[string]any{"report": r.Name, "set": "planted", "title": r.Title, "notes": notes, "label_faults": []any{},
		"files": map[string]string{"md": "reports/" + r.Name + ".md", "html": "reports/" + r.Name + ".html"}}, "", " ")
	if err != nil {
		panic(err) // strings and numbers
	}
	return data
}

// Write writes the set as the scorer takes it, with the archive that settles it.
func (s *Set) Write(dir string) error {
	for _, d := range []string{"reports", "truth"} {
		if err := os.MkdirAll(filepath.Join(dir, d), 0o755); err != nil {
			return err
		}
	}
	var names []string
	files := map[string][]byte{}
	for _, r := range s.Reports {
		names = append(names, r.Name)
		files["reports/"+r.Name+".md"], files["reports/"+r.Name+".html"], files["truth/"+r.Name+".json"] = r.Markdown(), r.HTML(), r.Truth()
	}
	meta, err := json.MarshalIndent(map[string]any{"set": "planted", "reports": names, "archive": "archive.warc.gz", "formats": []string{"md", "html"}}, "", " ")
	if err != nil {
		return err
	}
	files["set.json"] = meta
	if files["archive.warc.gz"], err = s.Archive(); err != nil {
		return err
	}
	for name, data := range files {
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// Archive is a WARC of the library's tables and the documents cited.
func (s *Set) Archive() ([]byte, error) {
	var b bytes.Buffer
	w := warc{b: &b}
	w.record("warcinfo", "", "application/warc-fields", []byte("software: planted\r\nformat: WARC File Format 1.1\r\n"), nil)
	for y := 1946; y <= 2022; y++ {
		body, err := os.ReadFile(tableFile(s.data, fmt.Sprint(y)))
		if os.IsNotExist(err) {
			continue
		} else if err != nil {
			return nil, err
		}
		ending := ".htm"
		if y < 1994 || y == 2022 {
			ending = ".html"
		}
		w.response(fmt.Sprintf("https://www.un.org/depts/dhl/resguide/scact%d_table_en%s", y, ending), "text/html", body)
	}
	for _, d := range s.Served {
		body, err := os.ReadFile(d.file)
		if err != nil {
			return nil, err
		}
		w.response("https://documents.un.org/api/symbol/access?s="+strings.ReplaceAll(d.Symbol, " ", "")+"&l=en&t=pdf", "application/pdf", body)
	}
	return b.Bytes(), nil
}

type warc struct {
	b *bytes.Buffer
	n int
}

func (w *warc) response(uri, kind string, body []byte) {
	block := fmt.Appendf(nil, "HTTP/1.1 200 OK\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n%s", kind, len(body), body)
	w.record("response", uri, "application/http; msgtype=response", block, body)
}

func (w *warc) record(kind, uri, ctype string, block, payload []byte) {
	digest := func(b []byte) string { h := sha1.Sum(b); return "sha1:" + base32.StdEncoding.EncodeToString(h[:]) }
	head := fmt.Sprintf("WARC/1.1\r\nWARC-Type: %s\r\nWARC-Record-ID: <urn:uuid:00000000-0000-5000-8000-%012x>\r\nWARC-Date: 2026-11-20T09:%02d:%02dZ\r\n", kind, w.n, w.n/60%60, w.n%60)
	w.n++
	if uri != "" {
		head += "WARC-Target-URI: " + uri + "\r\n"
	}
	head += "WARC-Block-Digest: " + digest(block) + "\r\n"
	if payload != nil {
		head += "WARC-Payload-Digest: " + digest(payload) + "\r\n"
	}
	head += fmt.Sprintf("Content-Type: %s\r\nContent-Length: %d\r\n\r\n", ctype, len(block))
	z, _ := gzip.NewWriterLevel(w.b, gzip.BestSpeed) // a level that exists
	z.Write([]byte(head))
	z.Write(block)
	z.Write([]byte("\r\n\r\n"))
	z.Close()
}
