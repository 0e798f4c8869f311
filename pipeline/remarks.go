package pipeline

import (
	"context"
	"fmt"
	"reflect"

	"citecheck/extractors/layout"
	"citecheck/extractors/notes"
	"citecheck/pipeline/annotate"
	"citecheck/pipeline/cite"
	"citecheck/pipeline/graph"
	"citecheck/pipeline/worker"
)

// Annotate makes a copy of a report with the findings of its graph as
// comments (Word) or highlights (PDF). A report with nothing to remark is
// copied as it is. The copy is read again: one that does not say word for
// word what the report says is an error, and so is a format that takes no
// remarks.
func (p *Pipeline) Annotate(ctx context.Context, name string, data []byte, g *graph.Graph) ([]byte, error) {
	report := ""
	for _, n := range g.Nodes {
		if n.Report != nil {
			report = n.Report.ID
		}
	}
	in := worker.Input{Name: name, Data: data}
	doc, err := worker.Read(ctx, in, p.Limits)
	if err != nil {
		return nil, err
	}
	var remarks worker.Remarks
	switch doc.MediaType {
	case worker.PDF:
		zones := layout.Zones(doc.Pages())
		_, spots := notes.Trace(zones, doc.Info.Read)
		remarks.Highlights = annotate.PDF(g, report, zones, spots)
	case worker.DOCX:
		remarks.Comments = annotate.Word(g, report, doc.Text.Notes)
	default:
		return nil, fmt.Errorf("%w: only a PDF or a Word document (.docx) takes remarks", worker.ErrFormat)
	}
	if len(remarks.Highlights)+len(remarks.Comments) == 0 {
		return data, nil
	}
	copied, err := worker.Annotate(ctx, in, remarks, p.Limits)
	if err != nil {
		return nil, err
	}
	limits := p.Limits
	limits.Recognize = -1
	again, err := worker.Read(ctx, worker.Input{Name: name, Data: copied, MediaType: doc.MediaType}, limits)
	if err == nil {
		err = sameText(doc, again)
	}
	if err != nil {
		return nil, fmt.Errorf("the copy would not read as the report does: %w", err)
	}
	return copied, nil
}

func sameText(a, b worker.Result) error {
	if a.MediaType == worker.PDF {
		return annotate.SameWords(a.Pages(), b.Pages())
	}
	for _, t := range []*cite.Text{a.Text, b.Text} {
		t.Problems = nil
	}
	if !reflect.DeepEqual(a.Text, b.Text) {
		return fmt.Errorf("its text has changed")
	}
	return nil
}
