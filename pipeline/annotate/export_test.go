package annotate

import (
	"citecheck/pipeline/cite"
	"citecheck/pipeline/graph"
)

// Found counts the notes whose text is found where it lies, and names those
// that are not.
func Found(g *graph.Graph, zones []cite.Zone) (found int, lost []string) {
	p := newPlaces(zones)
	for _, n := range notesOf(g, g.Nodes[0].Report.ID) {
		if at, ok := p.note(n.Note); ok && len(p.within(at, n.Text, cite.Span{Start: 0, End: len([]rune(n.Text))})) > 0 {
			found++
		} else {
			lost = append(lost, n.Label+": "+n.Text)
		}
	}
	return found, lost
}
