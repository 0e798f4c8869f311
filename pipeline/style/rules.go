package style

// A Rule is one row: what it asks of a note, and examples that fire and that
// do not. ID stands in the output: it never changes.
type Rule struct {
	ID       string
	Severity Severity
	Doc      string
	May      May // what its correction may change beside the form
	Run      func(*sheet) []remark
	Yes, No  []Example
}

// An Example is a note of a report under a profile, with the facts that a
// look-up of its first document would have had. Stretches between stars are
// italic.
type Example struct {
	Profile string
	Note    string
	Mended  string   // the suggestion; "" for none
	Others  []string // further notes of the report
	Date    string   // the document's date
	Issued  string   // the day of its distribution
	Last    int      // its last paragraph
}

// Rules are all of them, in the order in which findings are shown.
var Rules = []*Rule{
	damaged, wrongSeries, wordsAndSymbol, yearAndDate, yearRange, noSuchDay, truncated,
	noSymbol, unDoc, pages, paras, beyondEnd, pressRelease, dateFormat, distribution, notTheResolution, roman, yearMissing, form,
}
