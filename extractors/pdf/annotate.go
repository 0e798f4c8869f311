package pdf

import (
	"errors"
	"fmt"
	"io"

	"github.com/klippa-app/go-pdfium/enums"
	"github.com/klippa-app/go-pdfium/requests"
	"github.com/klippa-app/go-pdfium/structs"

	"citecheck/pipeline/cite"
)

// Why a document takes no annotations. The words are for people.
var (
	ErrEncrypted = errors.New("is encrypted, and a copy with annotations would not be")
	ErrSigned    = errors.New("is signed, and annotations would break the signature")
)

// A Highlight marks words of a page, with a note for who opens it.
type Highlight struct {
	Page    int         `json:"page"`  // from 1
	Boxes   []cite.Rect `json:"boxes"` // of the words, a box a line, as [Read] places them
	Text    string      `json:"text"`
	Author  string      `json:"author"`
	R, G, B uint8
}

// Annotate writes a copy of a PDF with highlights. The copy begins with the
// document's own bytes: what is new stands behind them.
func Annotate(data []byte, opt Options, marks []Highlight, w io.Writer) error {
	opt = opt.withDefaults()
	data, err := withHeader(data)
	if err != nil {
		return err
	}
	eng, err := start(opt)
	if err != nil {
		return err
	}
	doc := &document{eng: eng, opt: opt, data: data}
	if err := doc.open(); err != nil {
		return err
	}
	defer doc.close()
	if rev, err := doc.inst.FPDF_GetSecurityHandlerRevision(&requests.FPDF_GetSecurityHandlerRevision{Document: doc.ref}); err != nil || rev.SecurityHandlerRevision >= 0 {
		return ErrEncrypted
	}
	if n, err := doc.inst.FPDF_GetSignatureCount(&requests.FPDF_GetSignatureCount{Document: doc.ref}); err != nil || n.Count > 0 {
		return ErrSigned
	}
	for first := 0; first < len(marks); {
		next := first
		for next < len(marks) && marks[next].Page == marks[first].Page {
			next++
		}
		if err := doc.highlight(marks[first:next]); err != nil {
			return fmt.Errorf("page %d: %w", marks[first].Page, doc.explain(err))
		}
		first = next
	}
	if _, err := doc.inst.FPDF_SaveAsCopy(&requests.FPDF_SaveAsCopy{Flags: requests.SaveFlagIncremental, Document: doc.ref, FileWriter: w}); err != nil {
		return doc.explain(err)
	}
	return nil
}

// finer is how many device units make a point, so that boxes keep their
// hundredths on the way to the page's own space.
const finer = 100

// highlight puts the marks of one page on it.
func (d *document) highlight(marks []Highlight) error {
	n := marks[0].Page
	if n < 1 || n > d.pages {
		return fmt.Errorf("%w: it has %d pages", ErrBroken, d.pages)
	}
	loaded, err := d.inst.FPDF_LoadPage(&requests.FPDF_LoadPage{Document: d.ref, Index: n - 1})
	if err != nil {
		return err
	}
	defer d.inst.FPDF_ClosePage(&requests.FPDF_ClosePage{Page: loaded.Page})
	page := requests.Page{ByReference: &loaded.Page}
	width, err := d.inst.FPDF_GetPageWidth(&requests.FPDF_GetPageWidth{Page: page})
	if err != nil {
		return err
	}
	height, err := d.inst.FPDF_GetPageHeight(&requests.FPDF_GetPageHeight{Page: page})
	if err != nil {
		return err
	}
	// The page's own space knows nothing of its rotation and its crop.
	own := func(x, y float64) (p structs.FPDF_FS_POINTF, err error) {
		at, err := d.inst.FPDF_DeviceToPage(&requests.FPDF_DeviceToPage{Page: page, SizeX: int(width.Width * finer), SizeY: int(height.Height * finer),
			DeviceX: int(x * finer), DeviceY: int(y * finer)})
		if err != nil {
			return p, err
		}
		return structs.FPDF_FS_POINTF{X: float32(at.PageX), Y: float32(at.PageY)}, nil
	}
	for _, m := range marks {
		made, err := d.inst.FPDFPage_CreateAnnot(&requests.FPDFPage_CreateAnnot{Page: page, Subtype: enums.FPDF_ANNOT_SUBTYPE_HIGHLIGHT})
		if err != nil {
			return err
		}
		a := made.Annotation
		var all structs.FPDF_FS_RECTF
		for i, b := range m.Boxes {
			var q [4]structs.FPDF_FS_POINTF // as shown: top left, top right, bottom left, bottom right
			for k, c := range [4][2]float64{{b.X0, b.Y0}, {b.X1, b.Y0}, {b.X0, b.Y1}, {b.X1, b.Y1}} {
				if q[k], err = own(c[0], c[1]); err != nil {
					return err
				}
				if i == 0 && k == 0 {
					all = structs.FPDF_FS_RECTF{Left: q[0].X, Right: q[0].X, Top: q[0].Y, Bottom: q[0].Y}
				}
				all.Left, all.Right = min(all.Left, q[k].X), max(all.Right, q[k].X)
				all.Bottom, all.Top = min(all.Bottom, q[k].Y), max(all.Top, q[k].Y)
			}
			if _, err := d.inst.FPDFAnnot_AppendAttachmentPoints(&requests.FPDFAnnot_AppendAttachmentPoints{Annotation: a, AttachmentPoints: structs.FPDF_FS_QUADPOINTSF{
				X1: q[0].X, Y1: q[0].Y, X2: q[1].X, Y2: q[1].Y, X3: q[2].X, Y3: q[2].Y, X4: q[3].X, Y4: q[3].Y}}); err != nil {
				return err
			}
		}
		if _, err := d.inst.FPDFAnnot_SetRect(&requests.FPDFAnnot_SetRect{Annotation: a, Rect: all}); err != nil {
			return err
		}
		if _, err := d.inst.FPDFAnnot_SetColor(&requests.FPDFAnnot_SetColor{Annotation: a, R: uint(m.R), G: uint(m.G), B: uint(m.B), A: 255}); err != nil {
			return err
		}
		for _, kv := range [][2]string{{"Contents", m.Text}, {"T", m.Author}} {
			if _, err := d.inst.FPDFAnnot_SetStringValue(&requests.FPDFAnnot_SetStringValue{Annotation: a, Key: kv[0], Value: kv[1]}); err != nil {
				return err
			}
		}
		if _, err := d.inst.FPDFAnnot_SetFlags(&requests.FPDFAnnot_SetFlags{Annotation: a, Flags: enums.FPDF_ANNOT_FLAG_PRINT}); err != nil {
			return err
		}
		if _, err := d.inst.FPDFPage_CloseAnnot(&requests.FPDFPage_CloseAnnot{Annotation: a}); err != nil {
			return err
		}
	}
	return nil
}
