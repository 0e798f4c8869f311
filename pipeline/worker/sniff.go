package worker

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"path"
	"regexp"
	"strings"
	"unicode/utf8"

	"citecheck/extractors/pdf"
)

// The media types that are read.
const (
	PDF      = "application/pdf"
	DOCX     = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
	ODT      = "application/vnd.oasis.opendocument.text"
	EPUB     = "application/epub+zip"
	HTML     = "text/html"
	Markdown = "text/markdown"
	Plain    = "text/plain"
)

// sniffed is how much of a file is looked at.
const sniffed = 4096

// Sniff tells the media type of a document by its content. The name's ending
// decides only between formats of text, and holds a file to what it says: a
// text that calls itself .pdf is an error that says so.
func Sniff(name string, data []byte) (mediaType string, err error) {
	head := data[:min(len(data), sniffed)]
	if strings.Contains(name, "://") { // of an address, only the path names a file
		name = name[:strings.IndexAny(name+"?", "?#")]
	}
	ending := strings.ToLower(path.Ext(name))
	switch {
	case len(data) == 0:
		return "", ErrEmpty
	case pdf.Looks(data):
		return PDF, nil
	case ending == ".pdf":
		return "", fmt.Errorf("%w: it is %s", ErrNotPDF, kindOf(head))
	case bytes.HasPrefix(data, []byte("PK\x03\x04")):
		return sniffZip(data)
	case bytes.HasPrefix(data, oleHeader) && bytes.Contains(data, encryptedPackage):
		return "", ErrPassword
	case ending == ".docx", ending == ".odt", ending == ".epub":
		return "", fmt.Errorf("%w: its name says %s, and it is %s", ErrFormat, strings.ToUpper(ending[1:]), kindOf(head))
	case bytes.HasPrefix(data, oleHeader):
		return "", fmt.Errorf("%w: it is an old Office file (.doc)", ErrFormat)
	case bytes.HasPrefix(data, []byte(`{\rtf`)):
		return "", fmt.Errorf("%w: it is RTF", ErrFormat)
	case !isText(head):
		return "", fmt.Errorf("%w: it is %s", ErrFormat, kindOf(head))
	case len(bytes.TrimSpace(head)) == 0 && len(bytes.TrimSpace(data)) == 0:
		return "", fmt.Errorf("%w: it holds nothing but white space", ErrEmpty)
	case ending == ".md", ending == ".markdown":
		return Markdown, nil
	case ending == ".html", ending == ".htm", ending == ".xhtml", htmlStart.Match(bytes.ToLower(head)):
		return HTML, nil
	case ending == ".txt":
		return Plain, nil
	case noteDefinition.Match(data):
		return Markdown, nil
	}
	return Plain, nil
}

// oleHeader begins the compound files of old Office.
var oleHeader = []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")

// encryptedPackage is the name, in UTF-16, under which such a file keeps a DOCX
// that is locked.
var encryptedPackage = []byte("E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e\x00")

var (
	htmlStart = regexp.MustCompile(`^(?:\x{FEFF}|\s)*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|article|meta|title)\b`)
	// A Markdown footnote: "[^5]: text" at the start of a line.
	noteDefinition = regexp.MustCompile(`(?m)^ {0,3}\[\^[^\]\s]{1,32}\]:`)
)

// kindOf says for people what a file seems to be.
func kindOf(head []byte) string {
	switch {
	case bytes.HasPrefix(head, []byte("PK\x03\x04")):
		return "a ZIP archive"
	case bytes.HasPrefix(head, oleHeader):
		return "an old Office file"
	case bytes.HasPrefix(head, []byte("\x89PNG")), bytes.HasPrefix(head, []byte("\xFF\xD8\xFF")), bytes.HasPrefix(head, []byte("II*\x00")), bytes.HasPrefix(head, []byte("MM\x00*")):
		return "a picture"
	case htmlStart.Match(bytes.ToLower(head)):
		return "a web page"
	case len(bytes.Trim(head, "\x00")) == 0:
		return "empty of content"
	case isText(head):
		return "text"
	}
	return "data of an unknown kind"
}

// isText tells text, in UTF-8, UTF-16 with its mark or an old 8-bit encoding,
// from other data.
func isText(head []byte) bool {
	if bytes.HasPrefix(head, []byte("\xFF\xFE")) || bytes.HasPrefix(head, []byte("\xFE\xFF")) {
		return true
	}
	controls := 0
	for _, c := range head {
		if c == 0 {
			return false
		}
		if c < ' ' && c != '\n' && c != '\r' && c != '\t' && c != '\f' {
			controls++
		}
	}
	return controls*100 <= len(head) || utf8.Valid(head) && controls*20 <= len(head)
}

// maxEntries of an archive: real documents have dozens, with pictures
// hundreds.
const maxEntries = 10_000

// sniffZip tells the document formats that are ZIP archives.
func sniffZip(data []byte) (string, error) {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil && z == nil {
		return "", fmt.Errorf("%w: it is a ZIP archive, as a DOCX is, that is damaged or cut off", ErrFormat)
	}
	if len(z.File) > maxEntries {
		return "", fmt.Errorf("%w: a ZIP archive of %d files", ErrTooLarge, len(z.File))
	}
	for _, f := range z.File {
		switch {
		case f.Name == "mimetype" && f.UncompressedSize64 < 200:
			switch kind := strings.TrimSpace(smallFile(f)); {
			case kind == EPUB:
				return EPUB, nil
			case strings.HasPrefix(kind, ODT):
				return ODT, nil
			case kind != "":
				return "", fmt.Errorf("%w: it is %.60q", ErrFormat, kind)
			}
		case strings.EqualFold(f.Name, "word/document.xml"):
			return DOCX, nil
		case strings.HasPrefix(f.Name, "xl/"):
			return "", fmt.Errorf("%w: it is a spreadsheet", ErrFormat)
		case strings.HasPrefix(f.Name, "ppt/"):
			return "", fmt.Errorf("%w: it is a presentation", ErrFormat)
		}
	}
	for _, f := range z.File {
		switch f.Name {
		case "[Content_Types].xml":
			return DOCX, nil // its main part may have another name
		case "META-INF/container.xml":
			return EPUB, nil // packed anew, without its first entry
		case "META-INF/manifest.xml":
			return ODT, nil
		}
	}
	return "", fmt.Errorf("%w: it is a ZIP archive (unpack it, if there are reports in it)", ErrFormat)
}

func smallFile(f *zip.File) string {
	r, err := f.Open()
	if err != nil {
		return ""
	}
	defer r.Close()
	b, _ := io.ReadAll(io.LimitReader(r, 200)) // what was read decides
	return string(b)
}
