package cite

// Via says how a citation was recognised.
type Via string

// The ways of the output contract.
const (
	ViaSymbol Via = "symbol"
	ViaName   Via = "name"
	ViaIbid   Via = "ibid"
	ViaSupra  Via = "supra"
	ViaShort  Via = "short"
	ViaURL    Via = "url"
	ViaCSL    Via = "csl"
)

// A Citation is one thing that a note cites.
type Citation struct {
	Text string // the note's text over Span
	Span Span
	// Exactly one of Symbol, Work and Open says what is cited, but for a
	// back reference that is not bound yet: then all three are empty.
	Symbol     Symbol
	Joint      []Symbol // further names of that document, printed together: "A/79/815-S/2025/145"
	Work       *Work
	Open       *Finding // why it stays unresolved: a finding of check short-form or exists
	Via        Via
	Antecedent string // label of the note that a back reference means
	BackRef    *BackRef
	Signal     string   // "see", "see also", "cf.", "e.g.", "contra", "quoted in"; "" for none
	Defines    []string // short forms that this citation sets up: "Brahimi Report"
	Pinpoints  []Pin
	Claims     Claims
	Findings   []Finding // of the checks, in the order in which they ran
}

// Target is the id of the node that the citation points to; key is that of
// its edge, for a citation that stays unresolved.
func (c Citation) Target(key string) string {
	switch {
	case !c.Symbol.IsZero():
		return c.Symbol.ID()
	case c.Work != nil:
		return c.Work.ID()
	}
	return "unresolved:" + key
}

// Resolved tells whether the citation has a target other than itself.
func (c Citation) Resolved() bool { return !c.Symbol.IsZero() || c.Work != nil }

// A BackRef is what a short form itself says, before it is bound.
type BackRef struct {
	Note   string // the note label named ("supra note 7": "7"), "" if none
	Author string // "Albrecht et al."
	Title  string // short title, or the defined term
	Symbol Symbol // the document that the short form itself names: "resolution 2423, supra note 5"
	Ahead  bool   // "infra note 9", "note 9 below": a later note
}

// Unit is the kind of place that a pinpoint names.
type Unit string

// The units of pinpoints.
const (
	UnitPara     Unit = "para"
	UnitPage     Unit = "page"
	UnitAnnex    Unit = "annex"
	UnitArticle  Unit = "article"
	UnitChapter  Unit = "chapter"
	UnitPreamble Unit = "preamble" // preambular paragraph
	UnitSection  Unit = "section"
	UnitTable    Unit = "table"
	UnitFigure   Unit = "figure"
	UnitNote     Unit = "note" // a footnote of the source: "n. 14"
	UnitPart     Unit = "part" // "A", "B" of old General Assembly resolutions
	UnitLine     Unit = "line"
)

// A Pin is a pinpoint: a place, or a run of places, in the cited document.
// From and To hold ints for arabic numbers and strings for all others ("IV",
// "A"); a single place has To equal to From. Sub is the sub-paragraph as
// printed without spaces, "(d)(ii)". The zero Pin cites the whole document.
type Pin struct {
	Unit Unit   `json:"unit"`
	From any    `json:"from"`
	To   any    `json:"to"`
	Sub  string `json:"sub,omitempty"`
}

// Claims is what a citation says of the document beside naming it. Zero
// values claim nothing.
type Claims struct {
	Date      Date   `json:"date,omitzero"`
	DateText  string `json:"date_text,omitempty"` // as printed, where Date alone would lose something (ambiguous "05/04/2013")
	Year      int    `json:"year,omitempty"`      // in brackets after the number, or of Date
	Number    int    `json:"number,omitempty"`    // "Resolution 2423": the number in words
	Title     string `json:"title,omitempty"`
	Body      string `json:"body,omitempty"` // "Security Council"
	Type      string `json:"type,omitempty"` // "resolution", "report", "presidential statement", "letter", ...
	Session   string `json:"session,omitempty"`
	Meeting   string `json:"meeting,omitempty"` // "S/PV.9365" or "9365"
	Author    string `json:"author,omitempty"`
	URL       string `json:"url,omitempty"`
	YearSpan  *Span  `json:"-"`
	DateSpan  *Span  `json:"-"`
	NameSpan  *Span  `json:"name_span,omitempty"`   // where the document is named in words
	SymbolAt  *Span  `json:"symbol_span,omitempty"` // where its symbol is printed
	TitleSpan *Span  `json:"-"`
	// Words is the document that the words name where the note prints both
	// words and a symbol and they disagree; zero where they agree.
	Words Symbol `json:"words,omitzero"`
}

// A Work is a cited source that is no UN document, as CSL-JSON.
type Work struct {
	Type           string   `json:"type"` // CSL types: article-newspaper, report, book, chapter, webpage, ...
	Title          string   `json:"title,omitempty"`
	Author         []Name   `json:"author,omitempty"`
	Editor         []Name   `json:"editor,omitempty"`
	ContainerTitle string   `json:"container-title,omitempty"`
	Publisher      string   `json:"publisher,omitempty"`
	PublisherPlace string   `json:"publisher-place,omitempty"`
	Issued         *CSLDate `json:"issued,omitempty"`
	Accessed       *CSLDate `json:"accessed,omitempty"`
	Volume         string   `json:"volume,omitempty"`
	Issue          string   `json:"issue,omitempty"`
	Page           string   `json:"page,omitempty"`
	Number         string   `json:"number,omitempty"`
	Genre          string   `json:"genre,omitempty"`
	URL            string   `json:"URL,omitempty"`
	DOI            string   `json:"DOI,omitempty"`
	ISBN           string   `json:"ISBN,omitempty"`
	Note           string   `json:"note,omitempty"` // the citation as printed, where little else was understood
}

// A Name is a CSL name: a person's parts, or an institution's literal.
type Name struct {
	Family  string `json:"family,omitempty"`
	Given   string `json:"given,omitempty"`
	Literal string `json:"literal,omitempty"`
}

// A CSLDate is one date: year, month, day, as far as known.
type CSLDate struct {
	DateParts [][]int `json:"date-parts"`
}
