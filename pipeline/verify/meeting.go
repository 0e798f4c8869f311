package verify

import (
	"fmt"
	"regexp"
	"strings"

	"citecheck/pipeline/cite"
)

// meetingAgrees: is the meeting that the note gives the one of the decision,
// or of the record whose symbol is printed?
var meetingAgrees = &Check{
	Name: "meeting-agrees",
	Doc:  "the meeting in the note is that of the decision, or of the record",
	Applies: func(c *Case) bool {
		return meetingNo(c.Cite.Claims.Meeting) != "" && c.Cite.Claims.SymbolAt != nil && c.Cite.Symbol.Series() == "meeting record" ||
			meetingNo(c.Cite.Claims.Meeting) != "" && decides(c.Cite.Symbol) && c.doc() != nil
	},
	Run: func(c *Case) []cite.Finding {
		claimed := c.Cite.Claims.Meeting
		if c.Cite.Symbol.Series() == "meeting record" {
			ev := own(c.Note, cut(c.Note.Text, *c.Cite.Claims.SymbolAt))
			if meetingNo(claimed) == meetingNo(c.Cite.Symbol.String()) {
				return []cite.Finding{{Verdict: cite.Verified, Claimed: claimed, Found: c.Cite.Symbol.String(), Reason: "the symbol is that of the meeting", Evidence: ev}}
			}
			return []cite.Finding{{Verdict: cite.Contradicted, Claimed: claimed, Found: c.Cite.Symbol.String(), Evidence: ev,
				Reason: fmt.Sprintf("the words name meeting %s; %s is the record of another", meetingNo(claimed), c.Cite.Symbol)}}
		}
		d := c.doc()
		f, ok := d.Fact(cite.FieldMeeting)
		if !ok || meetingNo(f.Value) == "" {
			return []cite.Finding{{Verdict: cite.Unverifiable, Claimed: claimed, Reason: "the meeting of " + name(d) + " is in no source that was read"}}
		}
		if meetingNo(f.Value) == meetingNo(claimed) {
			return []cite.Finding{agree(f, claimed, fmt.Sprintf("%s was adopted at that meeting", name(d)))}
		}
		return []cite.Finding{disagree(f, claimed, fmt.Sprintf("the note gives meeting %s; %s was adopted at meeting %s", meetingNo(claimed), name(d), meetingNo(f.Value)))}
	},
}

var meetingNumber = regexp.MustCompile(`(?:PV\.|SR\.|^)(\d{1,5})`)

// meetingNo is the number in "7853", "S/PV.7853", "S/PV.5511+Corr.1" and
// "49th plenary meeting".
func meetingNo(s string) string {
	m := meetingNumber.FindStringSubmatch(strings.TrimSpace(s))
	if m == nil {
		return ""
	}
	return strings.TrimLeft(m[1], "0")
}
