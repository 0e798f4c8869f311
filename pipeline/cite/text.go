package cite

// A Text is a report as running text with its markers and notes, whatever
// format it came from: the common ground of all readers. Offsets count
// Unicode code points. Strings are NFC, white space folded to single spaces,
// line-break hyphens joined.
type Text struct {
	Title    string
	Pages    int // 0 for a format without pages
	Blocks   []Block
	Notes    []RawNote
	Problems []Problem
	// LevelMarkers tells that markers stand level with the text, and were told
	// from it by their order alone: that one is not seen says nothing.
	LevelMarkers bool
}

// BlockKind says what a block of running text is.
type BlockKind string

// The kinds of block.
const (
	BlockPara    BlockKind = "para"
	BlockHeading BlockKind = "heading"
	BlockItem    BlockKind = "item" // of a list
	BlockCell    BlockKind = "cell" // of a table
	BlockCaption BlockKind = "caption"
	BlockBox     BlockKind = "box"
	BlockEntry   BlockKind = "entry" // of a bibliography
)

// A Block is one paragraph, heading, list item or cell in reading order. A
// paragraph that runs over lines, columns and pages is one block.
type Block struct {
	Kind  BlockKind
	Level int // of a heading, from 1
	Text  string
	Marks []Mark      // in order
	Pages []PageStart // where in Text each page begins; the first has At 0; empty without pages
	OCR   bool        // part of it comes from character recognition
}

// Page is the page on which the code point at offset at stands; 0 without pages.
func (b Block) Page(at int) int {
	page := 0
	for _, p := range b.Pages {
		if p.At > at {
			break
		}
		page = p.Page
	}
	return page
}

// A PageStart says that Text from At on stands on Page.
type PageStart struct{ At, Page int }

// A Mark is a marker in running text. Its own characters are not part of the
// block's Text: At is the offset where it stood.
type Mark struct {
	At    int
	Label string // as printed: "5", "*", "iv", "12a"
	Ref   string // the note's Ref, where the format binds the two; else ""
}

// Placement says where a note stands.
type Placement string

// The placements of the output contract.
const (
	PlaceFoot   Placement = "foot"
	PlaceEnd    Placement = "end"
	PlaceTable  Placement = "table"
	PlaceInline Placement = "inline"
	PlaceList   Placement = "list"
)

// A RawNote is a note as found, before markers are bound to it. Text does not
// begin with the label.
type RawNote struct {
	Label     string
	Ref       string // the format's own identity of the note, "" if it has none
	Text      string
	Placement Placement
	Pages     []int  // the pages that it stands on, in order; empty without pages
	Links     []Href // hyperlinks inside the note
	Italics   []Span // italic stretches of Text: titles, mostly
	OCR       bool
	Marks     []Mark // markers inside the note: it calls other notes
}

// An Href is a hyperlink over a stretch of a note's text.
type Href struct {
	Span Span
	URL  string
}

// A Span is a half-open stretch of code points.
type Span struct {
	Start int `json:"start"`
	End   int `json:"end"`
}

// A Note is a note bound to its markers and parsed.
type Note struct {
	Label     string
	Placement Placement
	Page      int // where its text starts; 0 without pages
	Pages     []int
	Text      string
	Links     []Href
	Italics   []Span
	OCR       bool
	Markers   []Marker
	Citations []Citation
	Findings  []Finding // of checks numbering and style: about the note, not its citations
}

// A Marker is the place in running text that calls a note.
type Marker struct {
	Page     int    `json:"page,omitempty"`
	Sentence string `json:"sentence"` // the whole sentence that carries the marker
	Upto     string `json:"-"`        // the part of Sentence before the marker
	// Part is what of Sentence is this marker's where it carries several: from
	// the one before it on, and to the end behind the last; "" for all of it.
	Part   string   `json:"-"`
	Quotes []string `json:"quotes"` // quotations in the sentence, without their marks
	Years  []int    `json:"years"`  // four-digit years in the sentence, in order
	// Context is the sentence before this one in the same paragraph, for
	// checks that need to know what "it" is; "" at a paragraph's start.
	Context string `json:"-"`
}
