package cite

// A Page is one page of a PDF as its reader placed it.
type Page struct {
	Number        int     // from 1
	Label         string  // the printed page label, where the file names one
	Width, Height float64 // points, as shown
	Runs          []Run   // in the order of the content stream
	Rules         []Rect  // drawn horizontal or vertical lines and thin bars
	Images        []Rect
	Links         []Link
	OCR           bool   // the runs come from character recognition
	Problem       string // why the page, or part of it, could not be read
}

// A Run is a word or part of one: glyphs of one font, size and baseline
// with no gap between them.
type Run struct {
	Text     string // NFC
	Box      Rect   // of the glyphs, by font ascent and descent where known
	Baseline float64
	Size     float64 // points, of the font as shown
	Font     string
	Bold     bool
	Italic   bool
	Space    bool // white space, printed or seen as a gap, follows on the same line
	Hyphen   bool // ends in a hyphen that the line break made ("consulta-"); the hyphen is in Text
	Hidden   bool // invisible text (a scan's own text layer)
	// Angle is the direction of writing in degrees clockwise: 0 for level
	// text, 90 where it reads downwards. Baseline means nothing but at 0.
	Angle int
	// Role is the nearest telling structure role of a tagged PDF: "Note",
	// "Reference", "Lbl", "H", "P", "LI", "TD", "TH", "Caption", "TOC",
	// "Artifact", "" in untagged files.
	Role string
	// Elem numbers the enclosing Note or Reference element, the same number
	// over all pages of the document; 0 when there is none. Where the file
	// itself ties a reference to its note, both have the note's number.
	Elem int
}

// A Spot is a place on a page where a marker, or the label of a note, was
// seen.
type Spot struct {
	Page  int
	Box   Rect
	Label string
	Note  bool // the label of a note, not a marker
}

// A Link is a link annotation: to an address, or to a place in the document.
type Link struct {
	Box      Rect
	URI      string
	Page     int     // target page from 1, 0 when URI is set or the target is unknown
	TargetX  float64 // where on that page; 0 when not given
	TargetY  float64
	Internal bool
}

// ZoneKind says what part a zone plays on its page.
type ZoneKind string

// The kinds of zone.
const (
	ZoneBody         ZoneKind = "body"
	ZoneHeading      ZoneKind = "heading"
	ZoneNotes        ZoneKind = "notes"    // footnotes at the foot of a page or column
	ZoneEndnotes     ZoneKind = "endnotes" // a list of notes at the end of a chapter or document
	ZoneHeader       ZoneKind = "header"
	ZoneFooter       ZoneKind = "footer"
	ZoneTable        ZoneKind = "table"
	ZoneCaption      ZoneKind = "caption"
	ZoneBox          ZoneKind = "box"
	ZoneContents     ZoneKind = "contents"
	ZoneBibliography ZoneKind = "bibliography"
)

// A Zone is a block of lines that belong together, in reading order.
type Zone struct {
	Page  int
	Kind  ZoneKind
	Box   Rect
	Lines []Line
	OCR   bool // of a page whose text comes from character recognition
}

// A Line is what a reader sees as one line of one column.
type Line struct {
	Runs     []Run // left to right (right to left where the script is)
	Box      Rect
	Baseline float64 // of the dominant text, not of raised or lowered runs
	Size     float64 // of the dominant text, points
}
