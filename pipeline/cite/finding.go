package cite

// A Verdict is one of six words; each has one meaning (README, "Verdicts").
type Verdict string

// The verdicts, worst first.
const (
	Contradicted Verdict = "contradicted"
	NotFound     Verdict = "not_found"
	Questioned   Verdict = "questioned"
	Unreachable  Verdict = "unreachable"
	Unverifiable Verdict = "unverifiable"
	Verified     Verdict = "verified"
)

// Verdicts lists all six, worst first.
var Verdicts = []Verdict{Contradicted, NotFound, Questioned, Unreachable, Unverifiable, Verified}

// Rank orders verdicts: 0 is the worst.
func (v Verdict) Rank() int {
	for i, w := range Verdicts {
		if v == w {
			return i
		}
	}
	return len(Verdicts)
}

// Advice names the checks whose findings are shown and do not enter a
// citation's verdict.
var Advice = map[string]bool{"superseded": true, "link-alive": true, "style": true, "numbering": true}

// A Finding is the answer of one check about one citation (or note, report).
type Finding struct {
	Check      string
	Verdict    Verdict
	Claimed    string // what the report says
	Found      string // what the source says
	Reason     string // one sentence for people
	Evidence   *Evidence
	Candidates []string // ids of documents that would fit
	Suggestion string   // corrected note text, "" for none
	Rule       string   // of check style: which rule ("M9")
	Severity   string   // of check style: "error", "warning", "style" or "note"
}

// Worst is the verdict of a citation with these findings: the worst of those
// that count. Without any finding that counts it is Unverifiable, and
// "verified" needs at least one finding with evidence.
func Worst(findings []Finding) Verdict {
	worst := Verified
	proven := false
	for _, f := range findings {
		if Advice[f.Check] {
			continue
		}
		if f.Verdict.Rank() < worst.Rank() {
			worst = f.Verdict
		}
		if f.Verdict == Verified && f.Evidence != nil {
			proven = true
		}
	}
	if worst == Verified && !proven {
		return Unverifiable
	}
	return worst
}

// An Outcome is how asking for a document ended.
type Outcome string

// The outcomes of a look-up.
const (
	Found   Outcome = "found"
	Absent  Outcome = "absent"   // a complete list was read and it is not in it
	NoWord  Outcome = "no-word"  // no answer was had: offline, time-out, 403, placeholder
	NotHeld Outcome = "not-held" // no source that is read holds this kind of thing
)

// An Answer is what a look-up says of one symbol. Reason tells why, for
// every outcome but Found. TextReason tells why there are no paragraphs
// (output "unreachable", or "unverifiable" when TextFinal).
type Answer struct {
	Symbol     Symbol
	Outcome    Outcome
	Document   *Document // set when Found; may hold less when not
	Reason     string
	Evidence   *Evidence // of Absent: the list that was read
	TextReason string
	TextFinal  bool
}
