// Package pdf turns the bytes of a PDF into pages of placed words with their
// rules, images, links and structure roles. It knows what lies where on a
// page; it knows nothing of columns, notes or citations.
//
// PDFium, compiled to WebAssembly and run inside this process without files,
// clock or network, opens the untrusted bytes. It yields the glyphs and writes
// a clean copy of the document; ledongthuc/pdf reads only that copy, as the
// object layer (links and structure tree), and none of its text functions are
// used. The fence around both is here; the fence around the process is
// pipeline/worker's.
package pdf

import (
	"bytes"
	"errors"
	"fmt"
	"image"

	"citecheck/pipeline/cite"
)

// What may be wrong with a document as a whole. The words are for people.
var (
	ErrNotPDF   = errors.New("not a PDF file")
	ErrPassword = errors.New("needs a password")
	ErrBroken   = errors.New("broken PDF")
	ErrMemory   = errors.New("needed too much memory")
)

// Options bound the reading of one document. The zero Options are usable.
type Options struct {
	// MaxPages ends the reading after so many pages; 0 means [DefaultMaxPages].
	MaxPages int
	// MemoryPages caps the memory of the WebAssembly machine, in pages of
	// 64 KiB; 0 means [DefaultMemoryPages].
	MemoryPages uint32
	// CacheDir keeps the compiled machine code between processes; "" compiles
	// it anew for each process, which takes seconds.
	CacheDir string
	// Password opens an encrypted document; the empty one is tried first.
	Password string
	// Recognize reads a picture of a page that has no text of its own, or nil.
	Recognize Recognizer
	// MaxRecognized ends character recognition after so many pages; 0 means
	// [DefaultMaxRecognized].
	MaxRecognized int
	// Reread has Recognize read the pages, too, whose text is what someone
	// else's recognition put under their picture.
	Reread bool
}

// A Recognizer reads the characters on a picture of a page at dpi dots an
// inch; digits asks for one line of digits and marks, not a page. The answer
// is hOCR with the boxes of characters, as tesseract writes it.
type Recognizer func(picture *image.Gray, dpi int, digits bool) (hocr []byte, err error)

const (
	// DefaultMaxPages is twice the longest report seen (2,400 pages).
	DefaultMaxPages = 5000
	// DefaultMemoryPages is 256 MiB: real reports stay under 100 MiB, and
	// every known decompression bomb ends there.
	DefaultMemoryPages = 4096
	// DefaultMaxRecognized pages at about 3 CPU seconds each.
	DefaultMaxRecognized = 200
)

// Info is what is known of the document as a whole.
type Info struct {
	Pages    int    // in the file
	Read     int    // pages handed on; less than Pages where a limit cut in
	Title    string // of the metadata, "" for none
	Producer string
	Tagged   bool // has a structure tree
	Problems []cite.Problem
}

// Truncated tells whether a limit kept pages from being read.
func (i Info) Truncated() bool { return i.Read < i.Pages }

// Read reads a PDF and calls each with its pages in order. What is wrong with
// one page is the page's Problem; an error is about the document as a whole,
// or each's own.
func Read(data []byte, opt Options, each func(cite.Page) error) (Info, error) {
	opt = opt.withDefaults()
	data, err := withHeader(data)
	if err != nil {
		return Info{}, err
	}
	eng, err := start(opt)
	if err != nil {
		return Info{}, err
	}
	doc := &document{eng: eng, opt: opt, data: data}
	if err := doc.open(); err != nil {
		return Info{}, err
	}
	defer doc.close()
	return doc.read(each)
}

func (o Options) withDefaults() Options {
	if o.MaxPages <= 0 {
		o.MaxPages = DefaultMaxPages
	}
	if o.MemoryPages == 0 {
		o.MemoryPages = DefaultMemoryPages
	}
	if o.MaxRecognized <= 0 {
		o.MaxRecognized = DefaultMaxRecognized
	}
	return o
}

// headerWithin is how far from its start a PDF's header may lie: what readers
// accept by custom (ISO 32000-2, annex I).
const headerWithin = 1024

// withHeader gives back data with a header that the engine knows: one that is
// damaged in a file that goes on as a PDF does is put right. Anything else is
// no PDF.
func withHeader(data []byte) ([]byte, error) {
	if Looks(data) {
		if bytes.Contains(data[:min(len(data), headerWithin)], []byte("%PDF-")) {
			return data, nil
		}
		return append([]byte("%PDF-1.4\n"), data...), nil
	}
	if len(bytes.TrimSpace(bytes.Trim(data[:min(len(data), headerWithin)], "\x00"))) == 0 {
		return nil, fmt.Errorf("%w: it has no content", ErrNotPDF)
	}
	return nil, fmt.Errorf("%w: it does not begin with %%PDF-", ErrNotPDF)
}

// Looks tells whether data looks like a PDF, by its header or, where that is
// damaged, by its objects and its end.
func Looks(data []byte) bool {
	head := data[:min(len(data), headerWithin)]
	if bytes.Contains(head, []byte("%PDF-")) {
		return true
	}
	end := data[max(0, len(data)-headerWithin):]
	return bytes.Contains(end, []byte("startxref")) && bytes.Contains(end, []byte("%%EOF")) && bytes.Contains(head, []byte(" obj"))
}
