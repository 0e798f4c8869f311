package worker

import (
	"context"
	"fmt"
	"io"

	"citecheck/extractors/docx"
	"citecheck/extractors/pdf"
)

// Remarks are what a copy of a document shall say beside its text: highlights
// on a PDF, comments in a Word document.
type Remarks struct {
	Highlights []pdf.Highlight
	Comments   []docx.Comment
}

// pieceSize is how much of a copy goes into one frame.
const pieceSize = 1 << 20

// Annotate writes a copy of a PDF or a Word document with remarks, in a
// reading process: the document is as untrusted here as where it is read.
func Annotate(ctx context.Context, doc Input, remarks Remarks, lim Limits) ([]byte, error) {
	lim = lim.orDefault()
	if int64(len(doc.Data)) > lim.Size {
		return nil, fmt.Errorf("%w: %d MiB, the limit is %d", ErrTooLarge, len(doc.Data)>>20, lim.Size>>20)
	}
	media := doc.MediaType
	if media == "" {
		var err error
		if media, err = Sniff(doc.Name, doc.Data); err != nil {
			return nil, err
		}
	}
	lim.Answer = max(lim.Answer, 3*int64(len(doc.Data)))
	res, err := run(ctx, request{MediaType: media, Size: len(doc.Data), Remarks: &remarks,
		process: process{CPU: lim.CPU, Memory: lim.Memory, PDF: media == PDF, CacheDir: cacheDir(), Tesseract: tesseract()}}, doc.Data, lim)
	return res.copied, err
}

// write writes the copy, in the reading process.
func (r *Remarks) write(media string, opt pdf.Options, data []byte, w io.Writer) error {
	switch media {
	case PDF:
		return pdf.Annotate(data, opt, r.Highlights, w)
	case DOCX:
		lost, err := docx.Annotate(data, r.Comments, w)
		if err == nil && len(lost) > 0 {
			err = fmt.Errorf("%w: %d of %d comments have no place in it", docx.ErrBroken, len(lost), len(r.Comments))
		}
		return err
	}
	return fmt.Errorf("%w: only a PDF or a Word document takes remarks", ErrFormat)
}
