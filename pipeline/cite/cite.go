// Package cite holds the words that every other package speaks: pages and
// zones, notes and markers, citations and symbols, documents and findings.
// It does no I/O, knows no clock and imports nothing but the standard
// library's pure parts; it knows what things are, not how they are found.
package cite

// A Report is one input after reading and parsing: its notes with what they
// cite. What could not be read stands in Problems; the rest is complete.
type Report struct {
	File      string   // the name shown to people, as given
	Files     []string // every input with these bytes, File first
	SHA256    string   // hex, of the bytes
	MediaType string   // "application/pdf" and so on
	Title     string
	Pages     int // 0 for a format without pages
	Notes     []Note
	Said      []Said
	Findings  []Finding // about the report as a whole (numbering, style)
	Problems  []Problem
}

// A Said is a sentence of the running text under which no note stands, kept
// because it may describe a document that a note elsewhere cites.
type Said struct {
	Text   string
	Before string // the sentence before it in its paragraph
	Page   int
}

// A Problem is one thing that went wrong and cost nothing else.
type Problem struct {
	Stage  string `json:"stage"` // "read", "parse", "lookup", "write"
	Item   string `json:"item"`  // "minusma.pdf page 7"
	Reason string `json:"reason"`
}

// A Rect is a rectangle in points, origin at the top left of the page as it
// is shown (after rotation), y growing downwards.
type Rect struct{ X0, Y0, X1, Y1 float64 }

// W is the width.
func (r Rect) W() float64 { return r.X1 - r.X0 }

// H is the height.
func (r Rect) H() float64 { return r.Y1 - r.Y0 }

// Empty tells whether r covers nothing; the zero Rect is empty.
func (r Rect) Empty() bool { return r.X1 <= r.X0 || r.Y1 <= r.Y0 }

// Union is the smallest rectangle that holds both; an empty one is ignored.
func (r Rect) Union(s Rect) Rect {
	if r == (Rect{}) {
		return s
	}
	if s == (Rect{}) {
		return r
	}
	return Rect{min(r.X0, s.X0), min(r.Y0, s.Y0), max(r.X1, s.X1), max(r.Y1, s.Y1)}
}
