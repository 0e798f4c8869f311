package worker

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"
)

func zipped(t *testing.T, files ...string) string {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, f := range files {
		name, content, _ := strings.Cut(f, "=")
		w, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Store})
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprint(w, content)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestSniff(t *testing.T) {
	ole := "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + strings.Repeat("\x00", 600)
	for _, tt := range []struct {
		name, data string
		want       string
		err        error
		text       string
	}{
		{"a.pdf", "%PDF-1.7\n...", PDF, nil, ""},
		{"report", "junk\n%PDF-1.4\n...", PDF, nil, ""},
		{"a.docx", "%PDF-1.7\n...", PDF, nil, ""},
		{"a.pdf", "%???-1.7\n1 0 obj\n...\nstartxref\n9\n%%EOF\n", PDF, nil, ""},
		{"a.pdf", "", "", ErrEmpty, ""},
		{"a.pdf", "Plain words.", "", ErrNotPDF, "it is text"},
		{"A.PDF", "<!DOCTYPE html><html>", "", ErrNotPDF, "a web page"},
		{"a.pdf", "\x89PNG\r\n\x1a\n", "", ErrNotPDF, "a picture"},
		{"a.pdf", strings.Repeat("\x00", 900), "", ErrNotPDF, "empty of content"},
		{"a.docx", zipped(t, "[Content_Types].xml=<Types/>", "word/document.xml=<w/>"), DOCX, nil, ""},
		{"a", zipped(t, "word/document.xml=<w/>"), DOCX, nil, ""},
		{"a.docx", zipped(t, "mimetype=application/epub+zip", "x=y"), EPUB, nil, ""},
		{"a.odt", zipped(t, "mimetype=application/vnd.oasis.opendocument.text"), ODT, nil, ""},
		{"a.ods", zipped(t, "mimetype=application/vnd.oasis.opendocument.spreadsheet"), "", ErrFormat, "spreadsheet"},
		{"a.xlsx", zipped(t, "[Content_Types].xml=<Types/>", "xl/workbook.xml=x"), "", ErrFormat, "spreadsheet"},
		{"a.pptx", zipped(t, "[Content_Types].xml=<Types/>", "ppt/presentation.xml=x"), "", ErrFormat, "presentation"},
		{"a.zip", zipped(t, "readme=x"), "", ErrFormat, "ZIP archive"},
		{"a.docx", "PK\x03\x04 and no more", "", ErrFormat, "damaged or cut off"},
		{"a.docx", "Plain words.", "", ErrFormat, "it is text"},
		{"a.doc", ole, "", ErrFormat, "old Office file"},
		{"a.docx", ole + "E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e\x00", "", ErrPassword, ""},
		{"a.rtf", `{\rtf1 words}`, "", ErrFormat, "RTF"},
		{"a.png", "\x89PNG\r\n\x1a\n\x00\x00", "", ErrFormat, "a picture"},
		{"a.bin", "\x00\x01\x02\x03", "", ErrFormat, "unknown kind"},
		{"a.html", "<p>A fragment", HTML, nil, ""},
		{"a", "\ufeff\n<!-- saved -->\n<!doctype HTML><html>", HTML, nil, ""},
		{"a", "<?xml version=\"1.0\"?>\n<html xmlns=\"x\">", HTML, nil, ""},
		{"a.txt", "Words<sup>3</sup> and <b>more</b>.", Plain, nil, ""},
		{"a.md", "# Title", Markdown, nil, ""},
		{"-", "Words.[^1]\n\n[^1]: A note.", Markdown, nil, ""},
		{"a.txt", "Words.[^1]\n\n[^1]: A note.", Plain, nil, ""},
		{"a", "Caf\xe9 in an old encoding", Plain, nil, ""},
		{"a.txt", "\xff\xfeW\x00o\x00", Plain, nil, ""},
		{"a.txt", "  \n\t ", "", ErrEmpty, "white space"},
	} {
		got, err := Sniff(tt.name, []byte(tt.data))
		if got != tt.want || !errors.Is(err, tt.err) || err != nil && !strings.Contains(err.Error(), tt.text) {
			t.Errorf("Sniff(%q, %.30q) = %q, %v; want %q, %v: %s", tt.name, tt.data, got, err, tt.want, tt.err, tt.text)
		}
	}
}
