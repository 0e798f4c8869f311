package verify

import (
	"encoding/json"
	"fmt"
	"strings"

	"citecheck/pipeline/cite"
)

// LinkAlive is the advice on a link of a note that leads nowhere any more. r is
// what came for it, f why nothing came; online tells whether anything else was
// answered in this run. Only a plain "there is no such page", or a host whose
// name is gone, says that a link is dead: a closed door, a bot wall, a time-out
// and what robots.txt forbids say nothing of it.
func LinkAlive(address string, r *cite.Response, f *cite.Failure, online bool) (cite.Finding, bool) {
	out := cite.Finding{Check: "link-alive", Verdict: cite.Questioned, Claimed: address}
	switch {
	case r != nil && !r.Challenged && (r.Status == 404 || r.Status == 410):
		out.Found = fmt.Sprintf("status %d", r.Status)
		out.Evidence = &cite.Evidence{Source: r.Source, Place: out.Found}
		out.Reason = fmt.Sprintf("the link leads nowhere now: its host says that there is no such page (status %d)", r.Status)
	case f != nil && f.Kind == "no-host" && online:
		out.Found = "no such host"
		out.Reason = "the link leads nowhere now: no host of that name is known"
	default:
		return cite.Finding{}, false
	}
	return out, true
}

// ArchivedAt reads the web archive's answer on an address: where its closest
// copy of a page that was there lies, "" for none.
func ArchivedAt(body []byte) string {
	var answer struct {
		Snapshots struct {
			Closest struct {
				Available   bool
				URL, Status string
			}
		} `json:"archived_snapshots"`
	}
	if json.Unmarshal(body, &answer) != nil {
		return ""
	}
	c := answer.Snapshots.Closest
	rest, ok := strings.CutPrefix(strings.Replace(c.URL, "http://", "https://", 1), "https://web.archive.org/web/")
	if !ok || !c.Available || c.Status != "200" || strings.ContainsAny(rest, " \"<>\n") {
		return ""
	}
	return "https://web.archive.org/web/" + rest
}
