package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"

	"citecheck/pipeline"
	"citecheck/pipeline/cite"
	"citecheck/pipeline/graph"
	"citecheck/pipeline/report"
)

// mostPictures is how many bytes of pictures of pages report.html takes: some
// thousand pages, and about what a browser opens without complaint.
const mostPictures = 64 << 20

type loader = func(id string) (name string, data []byte, err error)

// look names the flags that report.html depends on.
func look(pageImages bool) string {
	if pageImages {
		return "page images"
	}
	return ""
}

// render writes report.html, on request with pictures of pages. A report
// whose pages cannot be drawn costs its pictures and a line that says so.
func render(p *pipeline.Pipeline, pageImages bool) func(context.Context, io.Writer, *graph.Graph, loader) error {
	return func(ctx context.Context, w io.Writer, g *graph.Graph, load loader) error {
		if !pageImages {
			return report.Write(w, g)
		}
		d := drawer{pages: pagesOf(g)}
		with := *g
		with.Problems = slices.Clone(g.Problems)
		for _, n := range g.Nodes {
			if n.Report == nil || len(d.pages[n.Report.ID]) == 0 {
				continue
			}
			err := d.draw(ctx, p, n.Report, load)
			if ctx.Err() != nil {
				return ctx.Err()
			}
			if err != nil {
				with.Problems = append(with.Problems, cite.Problem{Stage: "draw", Item: n.Report.File, Reason: "its pages are not all drawn: " + err.Error()})
			}
		}
		return report.Write(w, &with, d.done...)
	}
}

// pagesOf are the pages on which the notes of a graph and their markers
// stand, by report.
func pagesOf(g *graph.Graph) map[string]map[int]bool {
	out := map[string]map[int]bool{}
	for _, n := range g.Nodes {
		if n.Note == nil {
			continue
		}
		pages := out[n.Note.Report]
		if pages == nil {
			pages = map[int]bool{}
			out[n.Note.Report] = pages
		}
		if n.Note.Page > 0 {
			pages[n.Note.Page] = true
		}
		for _, m := range n.Note.Markers {
			if m.Page > 0 {
				pages[m.Page] = true
			}
		}
	}
	return out
}

var errFull = errors.New("the page takes no more pictures; check fewer reports at once to see them all")

type drawer struct {
	pages map[string]map[int]bool
	done  []report.Picture
	bytes int
}

func (d *drawer) draw(ctx context.Context, p *pipeline.Pipeline, r *graph.Report, load loader) error {
	name, data, err := load(r.ID)
	if err != nil {
		return fmt.Errorf("read it again: %w", err)
	}
	return p.Pages(ctx, name, data, func(page cite.Page, zones []cite.Zone, spots []cite.Spot) error {
		if !d.pages[r.ID][page.Number] {
			return nil
		}
		picture, err := report.Draw(r, page, zones, spots)
		if err != nil {
			return err
		}
		if d.bytes += len(picture.SVG); d.bytes > mostPictures {
			return errFull
		}
		d.done = append(d.done, picture)
		return nil
	})
}
