package resolve_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"citecheck/extractors/citation"
	"citecheck/pipeline/cite"
	"citecheck/pipeline/resolve"
)

// shared is a path below the data that lies beside the module, when it does.
func shared(t *testing.T, elem ...string) string {
	t.Helper()
	path := filepath.Join(append([]string{"..", "..", "..", "shared", "data"}, elem...)...)
	if _, err := os.Stat(path); err != nil {
		if os.Getenv("CITECHECK_REQUIRE_ALL") == "1" {
			t.Fatalf("data to measure against: %v", err)
		}
		t.Skipf("no data to measure against: %v", err)
	}
	return path
}

func parsed(label, text string, placement cite.Placement, italics ...cite.Span) cite.Note {
	return cite.Note{Label: label, Text: text, Placement: placement, Citations: citation.Parse(citation.Input{Text: text, Italics: italics})}
}

// TestMadeUpReports binds the short forms of made-up reports with known
// answers. A wrong binding is worse than none, so there may be none.
func TestMadeUpReports(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(shared(t, "errors", "truth"), "*.json"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no truth: %v", err)
	}
	good, all, wrong := 0, 0, 0
	for _, f := range files {
		data, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		var doc struct {
			Notes []struct {
				I         *int
				Labels    map[string]string
				Text      string
				Citations []struct {
					Kind, ID, Via string
					Error         *string
					Accept        []string `json:"accept_ids"`
					Antecedent    map[string]any
					CSL           struct{ Title string }
				}
			}
		}
		if err := json.Unmarshal(data, &doc); err != nil {
			t.Fatalf("%s: %v", f, err)
		}
		var notes []cite.Note
		for _, n := range doc.Notes {
			notes = append(notes, parsed(n.Labels["docx"], n.Text, cite.PlaceFoot))
		}
		resolve.All(notes)
		for i, n := range doc.Notes {
			for k, want := range n.Citations {
				if want.Via != "ibid" && want.Via != "supra" && want.Via != "short" {
					continue
				}
				all++
				if k >= len(notes[i].Citations) {
					t.Errorf("%s %s: no citation %d in %q", filepath.Base(f), notes[i].Label, k+1, n.Text)
					continue
				}
				c := notes[i].Citations[k]
				ok := false
				switch {
				case want.Error != nil:
					ok = c.Open != nil && c.Open.Verdict == cite.Questioned
				case want.Kind == "work":
					ok = c.Work != nil && strings.EqualFold(c.Work.Title, want.CSL.Title)
				default:
					ok = !c.Symbol.IsZero() && c.Symbol.ID() == want.ID
				}
				if ok && want.Error == nil {
					labels := fmt.Sprint(want.Antecedent["docx"])
					ok = strings.Contains(" "+strings.Trim(labels, "[]")+" ", " "+c.Antecedent+" ")
				}
				if ok {
					good++
					continue
				}
				if c.Resolved() {
					wrong++
				}
				reason := ""
				if c.Open != nil {
					reason = c.Open.Reason
				}
				t.Logf("%s note %s: %q is %s of note %s (%s), want %s of %v", filepath.Base(f), notes[i].Label, n.Text, c.Target("?"), c.Antecedent, reason, want.ID, want.Antecedent["docx"])
			}
		}
	}
	t.Logf("short forms: %d of %d, %d bound wrongly", good, all, wrong)
	if wrong > 0 || good*100 < all*98 {
		t.Errorf("%d of %d bound rightly, %d wrongly", good, all, wrong)
	}
}

// TestRealReports binds the short forms of real notes; those that stand for
// UN documents are known.
func TestRealReports(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(shared(t, "reports", "truth"), "*.json"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no truth: %v", err)
	}
	bound, all, un, unGood := 0, 0, 0, 0
	for _, f := range files {
		data, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		var doc struct {
			Notes []struct {
				Number  any
				Text    string
				Targets []struct{ Symbol string } `json:"back_reference_targets"`
			}
		}
		if err := json.Unmarshal(data, &doc); err != nil {
			t.Fatalf("%s: %v", f, err)
		}
		var notes []cite.Note
		for _, n := range doc.Notes {
			notes = append(notes, parsed(fmt.Sprint(n.Number), n.Text, cite.PlaceFoot))
		}
		resolve.All(notes)
		for i, n := range doc.Notes {
			have := map[string]bool{}
			for _, c := range notes[i].Citations {
				if c.BackRef == nil {
					continue
				}
				all++
				if c.Resolved() {
					bound++
				} else if c.Open == nil {
					t.Errorf("%s note %v: %q is neither bound nor open", filepath.Base(f), n.Number, c.Text)
				} else {
					t.Logf("%s note %v: %q: %s, %s", filepath.Base(f), n.Number, c.Text, c.Open.Verdict, c.Open.Reason)
				}
				have[c.Symbol.String()] = true
			}
			for _, want := range n.Targets {
				un++
				if have[want.Symbol] {
					unGood++
				} else {
					t.Errorf("%s note %v: %q does not lead to %s", filepath.Base(f), n.Number, n.Text, want.Symbol)
				}
			}
		}
	}
	t.Logf("short forms: %d of %d bound; of UN documents %d of %d", bound, all, unGood, un)
}
