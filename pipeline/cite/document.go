package cite

// A Document is what is known of one UN document.
type Document struct {
	Symbol     Symbol
	Printed    string   // masthead form: "S/RES/2423 (2018)"
	Aliases    []string // other spellings and second symbols
	Body       string   // "Security Council"
	Series     string   // "resolution", "presidential statement", "meeting record", "report", "letter", ...
	Number     int
	Year       int
	Date       Date     // adoption date of decisions, distribution date of others
	Issued     Date     // distribution, as the masthead has it
	Session    string   // "Seventy-eighth session"
	Agenda     string   // "Agenda item 71 (b)"
	Job        string   // job number: "18-10687"
	Notices    []string // "Reissued for technical reasons on ..."
	Title      string
	Topic      string // agenda title
	Meeting    string
	Press      string // press release symbol
	Vote       string // "13-0-2"
	URLs       []string
	Paragraphs []Paragraph
	Preambular int // how many paragraphs the preamble has
	Last       int // number of the last operative paragraph; 0 when not known
	Refers     []Reference
	OCR        bool // its text, or part of it, comes from character recognition
	Facts      []Fact
	Sources    []Source
	Problems   []Problem // what could not be read of it
}

// A Paragraph is a numbered (or preambular) paragraph of a UN document.
type Paragraph struct {
	N     int    `json:"n"`               // 0 for an unnumbered one; a preamble's are counted
	Kind  string `json:"kind,omitempty"`  // "" of the text itself, "preamble", "annex"
	Label string `json:"label,omitempty"` // where N alone does not name it: "annex I, 3", "preamble 4"
	Text  string `json:"text"`            // with its sub-paragraphs, each on a line of its own
	Page  int    `json:"page,omitempty"`
}

// A Reference is a citation in a UN document's own text.
type Reference struct {
	Symbol Symbol
	Place  string // "preamble 4", "paragraph 12"
}

// Field names one fact of a document.
type Field string

// The fields that facts are kept for.
const (
	FieldExists    Field = "exists"
	FieldDate      Field = "date"      // adoption of a decision, date of others
	FieldIssued    Field = "issued"    // distribution, where it differs from the adoption
	FieldDayAfter  Field = "day-after" // a second right day, where a vote ran past midnight
	FieldTitle     Field = "title"
	FieldTopic     Field = "topic"
	FieldBody      Field = "body"
	FieldMeeting   Field = "meeting"
	FieldVote      Field = "vote"
	FieldType      Field = "type"
	FieldLastPara  Field = "last-paragraph"
	FieldParagraph Field = "paragraph" // Value is the text
)

// A Fact is one value with where it was read. A Primary fact is from the
// document itself or the UN library's own tables.
type Fact struct {
	Field    Field
	Value    string
	Primary  bool
	Evidence Evidence
}

// Fact returns the best fact for a field: a primary one first, then the order
// in which they were read.
func (d *Document) Fact(f Field) (Fact, bool) {
	var best Fact
	found := false
	for _, x := range d.Facts {
		if x.Field == f && (!found || x.Primary && !best.Primary) {
			best, found = x, true
		}
	}
	return best, found
}

// A Source is one answer that was read: an address, or a built-in table.
type Source struct {
	Name    string `json:"source,omitempty"` // "builtin"; "" for an address
	URL     string `json:"url,omitempty"`
	Fetched string `json:"fetched,omitempty"` // RFC 3339, UTC; of the archive's record when replayed
	SHA256  string `json:"sha256"`            // of the payload
	WARC    string `json:"warc,omitempty"`    // "evidence/x.warc.gz#<record id>"
}

// Evidence is where a finding's facts can be seen.
type Evidence struct {
	Source
	Place string `json:"place,omitempty"` // "table row S/RES/2423 (2018)", "note", "page 1"
	Quote string `json:"quote,omitempty"` // the words that stand there
}

// IsZero tells whether e is no evidence.
func (e Evidence) IsZero() bool { return e == Evidence{} }
