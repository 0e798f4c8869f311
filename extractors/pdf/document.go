package pdf

import (
	"bytes"
	"errors"
	"fmt"
	"reflect"
	"strings"

	"github.com/klippa-app/go-pdfium"
	pdfiumerrors "github.com/klippa-app/go-pdfium/errors"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"

	"citecheck/pipeline/cite"
)

// A document is one PDF on its way through an engine.
type document struct {
	eng        *engine
	opt        Options
	data       []byte
	inst       pdfium.Pdfium
	ref        references.FPDF_DOCUMENT
	g          *guest // nil where only go-pdfium's own methods can be used
	handle     uint64 // the guest's pointer to the document
	pages      int
	traps      int      // pages on which the engine gave up
	trapped    error    // the last reason
	tags       *objects // nil where the object layer could not be read
	recognized int      // pages shown to the recognizer
	page       pageReader
}

const (
	// byReference is the size from which the guest reads the file piecemeal
	// from our memory instead of getting a copy into its own.
	byReference = 32 << 20

	// refresh is after how many pages the document is opened anew: PDFium
	// keeps every object that it ever parsed, and opening is cheap.
	refresh = 200

	// maxTraps is how many pages may crash the engine before the rest is given
	// up: each costs a fresh instance.
	maxTraps = 8
)

// open opens the document in a fresh instance.
func (d *document) open() error {
	inst, err := d.eng.instance()
	if err != nil {
		return err
	}
	d.inst = inst
	d.g = direct(inst)
	if err := d.load(); err != nil {
		d.close()
		return err
	}
	return nil
}

// load opens the document in the instance that is there.
func (d *document) load() error {
	err := d.try(nil)
	if errors.Is(err, ErrPassword) && d.opt.Password != "" {
		err = d.try(&d.opt.Password)
	}
	return err
}

func (d *document) try(password *string) error {
	req := &requests.OpenDocument{Password: password}
	if len(d.data) < byReference {
		req.File = &d.data
	} else {
		req.FileReader, req.FileReaderSize = bytes.NewReader(d.data), int64(len(d.data))
	}
	resp, err := d.inst.OpenDocument(req)
	if err != nil {
		return d.explain(err)
	}
	d.ref = resp.Document
	count, err := d.inst.FPDF_GetPageCount(&requests.FPDF_GetPageCount{Document: d.ref})
	if err != nil {
		return d.explain(err)
	}
	if count.PageCount <= 0 {
		return fmt.Errorf("%w: it has no pages", ErrBroken)
	}
	d.pages = count.PageCount
	d.handle = 0
	if d.g != nil {
		d.handle = rawHandle(d.inst, d.ref)
	}
	return nil
}

// rawHandle finds the guest's pointer behind a reference; 0 where go-pdfium's
// implementation does not have the shape that is known here.
func rawHandle(inst pdfium.Pdfium, ref references.FPDF_DOCUMENT) (handle uint64) {
	defer func() {
		if recover() != nil { // reflection on an unknown shape
			handle = 0
		}
	}()
	docs := reflect.ValueOf(inst.GetImplementation()).Elem().FieldByName("documentRefs")
	return docs.MapIndex(reflect.ValueOf(ref)).Elem().FieldByName("handle").Elem().Uint()
}

// explain turns the engine's error about the document into words for people.
func (d *document) explain(err error) error {
	switch {
	case errors.Is(err, pdfiumerrors.ErrPassword):
		return ErrPassword
	case errors.Is(err, pdfiumerrors.ErrSecurity):
		return fmt.Errorf("%w: its encryption is not known", ErrBroken)
	case errors.Is(err, pdfiumerrors.ErrFormat), errors.Is(err, pdfiumerrors.ErrFile), errors.Is(err, pdfiumerrors.ErrSuccess):
		if !bytes.Contains(d.data[max(0, len(d.data)-2048):], []byte("%%EOF")) {
			return fmt.Errorf("%w: it is cut off before its end", ErrBroken)
		}
		return fmt.Errorf("%w: its structure cannot be followed", ErrBroken)
	case errors.Is(err, pdfiumerrors.ErrUnknown):
		return ErrBroken
	}
	return d.trap()
}

// outOfMemory is an [ErrMemory] that names the limit, in MiB.
type outOfMemory uint32

func (m outOfMemory) Error() string { return fmt.Sprintf("needed more than %d MiB", uint32(m)) }

func (m outOfMemory) Unwrap() error { return ErrMemory }

// trap is why the engine gave up.
func (d *document) trap() error {
	if d.full() {
		return outOfMemory(d.eng.memory >> 4)
	}
	return fmt.Errorf("%w: the PDF engine gave up on it", ErrBroken)
}

func (d *document) full() bool { return d.g != nil && d.g.full(d.eng.memory) }

func firstLine(s string) string {
	s, _, _ = strings.Cut(s, "\n")
	return s
}

// close gives back the instance with all its memory.
func (d *document) close() {
	if d.inst != nil {
		_ = d.inst.Close() // its memory goes with it, whatever it says
		d.inst, d.g = nil, nil
	}
}

// read hands all pages to each.
func (d *document) read(each func(cite.Page) error) (Info, error) {
	info := d.info()
	last := min(d.pages, d.opt.MaxPages)
	for i := range last {
		if i > 0 && i%refresh == 0 {
			if err := d.reload(); err != nil {
				return info, err
			}
		}
		page, err := d.read1(i)
		if err != nil {
			if info.Read == 0 {
				return info, err
			}
			info.Problems = append(info.Problems, cite.Problem{
				Item: fmt.Sprintf("pages %d to %d", i+1, d.pages), Reason: "not read: " + err.Error()})
			return info, nil
		}
		if err := each(page); err != nil {
			return info, err
		}
		info.Read++
	}
	if d.traps == info.Read {
		return info, d.trapped
	}
	if info.Truncated() {
		info.Problems = append(info.Problems, cite.Problem{
			Item: fmt.Sprintf("pages %d to %d", last+1, d.pages), Reason: fmt.Sprintf("not read: the limit is %d pages (--max-pages)", last)})
	}
	return info, nil
}

// reload opens the document anew in the same instance.
func (d *document) reload() error {
	if _, err := d.inst.FPDF_CloseDocument(&requests.FPDF_CloseDocument{Document: d.ref}); err != nil {
		d.close()
		return d.open()
	}
	return d.load()
}

// read1 reads one page. An error means that the engine can't go on.
func (d *document) read1(i int) (cite.Page, error) {
	if d.inst == nil {
		if err := d.open(); err != nil {
			return cite.Page{}, err
		}
	}
	var page cite.Page
	if d.g == nil || d.handle == 0 {
		page = d.structured(i)
	} else {
		page = d.direct(i)
		if d.g.err != nil {
			d.trapped = d.trap()
			page.Problem = "the page could not be read: " + d.trapped.Error()
			d.close()
			if d.traps++; d.traps > maxTraps {
				return page, fmt.Errorf("%w: the engine gave up on %d pages", ErrBroken, d.traps)
			}
			return page, nil
		}
	}
	return page, nil
}

// info reads what is known of the document as a whole, and the object layer.
func (d *document) info() Info {
	info := Info{Pages: d.pages}
	info.Title = title(d.meta("Title"))
	info.Producer = d.meta("Producer")
	if d.g != nil && d.handle != 0 {
		info.Tagged = d.g.call(d.g.fn("FPDFCatalog_IsTagged"), d.handle) != 0
	}
	tags, err := d.objectLayer()
	if err == nil {
		d.tags = tags
		info.Tagged = tags.tagged
	}
	return info
}

// title is a metadata title that people wrote: writers of PDFs put file names
// there.
func title(s string) string {
	s = strings.TrimPrefix(s, "Microsoft Word - ")
	low := strings.ToLower(s)
	for _, ending := range []string{".doc", ".docx", ".pdf", ".wpf", ".wpd", ".rtf", ".odt", ".indd", ".qxd", ".qxp", ".fm", ".tex", ".dvi", ".txt", ".tif", ".tiff"} {
		if strings.HasSuffix(low, ending) {
			return ""
		}
	}
	if low == "untitled" || low == "untitled document" {
		return ""
	}
	return s
}

// meta reads an entry of the information dictionary.
func (d *document) meta(tag string) string {
	resp, err := d.inst.FPDF_GetMetaText(&requests.FPDF_GetMetaText{Document: d.ref, Tag: tag})
	if err != nil {
		return ""
	}
	return clean(resp.Value)
}
