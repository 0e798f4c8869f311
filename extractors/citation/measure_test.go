package citation

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"sort"
	"strings"
	"testing"

	"citecheck/pipeline/cite"
)

// shared is a path below the data that lies beside the module, when it does.
func shared(t *testing.T, elem ...string) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			break
		}
		if filepath.Dir(dir) == dir {
			t.Fatal("no go.mod above the test")
		}
		dir = filepath.Dir(dir)
	}
	path := filepath.Join(append([]string{dir, "..", "shared"}, elem...)...)
	if _, err := os.Stat(path); err != nil {
		if os.Getenv("CITECHECK_REQUIRE_ALL") == "1" {
			t.Fatalf("data to measure against: %v", err)
		}
		t.Skipf("no data to measure against: %v", err)
	}
	return path
}

// report fails the test where the figure is below its floor, and logs misses.
func report(t *testing.T, what string, got, of int, floor float64, misses []string) {
	t.Helper()
	rate := float64(got) / float64(max(of, 1))
	t.Logf("%s: %d of %d, %.4f", what, got, of, rate)
	for i, m := range misses {
		if i == 60 {
			t.Logf("  and %d more", len(misses)-i)
			break
		}
		t.Logf("  %s", m)
	}
	if rate < floor {
		t.Errorf("%s: %.4f, want at least %.4f", what, rate, floor)
	}
}

// What the UN itself printed or linked wrongly: text and link disagree.
var linkSlips = map[string]string{"71/177": "A/RES/70/137", "76/156": "A/RES/75/188", "78/202": "A/RES/77/214", "2506 (2020)": "S/RES/2483"}

func TestPrintedToSymbol(t *testing.T) {
	f, err := os.Open(shared(t, "data", "un", "printed_to_symbol.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	number := regexp.MustCompile(`^(?:\d{1,4}(?: [A-Z])?\s?\((?:\d{4}|(?:E?S-)?[IVXL]+)\)|(?:E?S-)?\d{1,4}/\d{1,3}(?:\s?[A-Z])?),?$`)
	good, all := 0, 0
	var misses []string
	for _, row := range rows[1:] {
		printed, link := strings.TrimSpace(row[0]), row[1]
		want, err := cite.ParseSymbol(link)
		if err != nil || linkSlips[printed] == want.String() {
			continue // a malformed link, or one that leads elsewhere
		}
		text := printed
		switch {
		case number.MatchString(printed):
			organ := map[string]string{"sc-resolution": "Security Council", "ga-resolution": "General Assembly", "ga-resolution-old": "General Assembly",
				"hrc-resolution": "Human Rights Council", "ecosoc-resolution": "Economic and Social Council"}[want.Row().Name]
			if organ == "" {
				continue
			}
			text = organ + " resolution " + printed
		case !strings.Contains(printed, "/") || !isUpper(printed[0]):
			continue
		}
		all++
		got := Parse(Input{Text: text})
		if len(got) == 1 && got[0].Symbol == want {
			good++
			continue
		}
		misses = append(misses, fmt.Sprintf("%q linked to %s: %s", text, link, brief(got)))
	}
	report(t, "printed forms", good, all, 0.998, misses)
}

// brief shows citations on one line.
func brief(cs []cite.Citation) string {
	var out []string
	for i, c := range cs {
		t := c.Target(fmt.Sprint(i+1)) + " " + string(c.Via)
		if len(c.Pinpoints) > 0 {
			t += " {" + pinString(c.Pinpoints) + "}"
		}
		out = append(out, t+fmt.Sprintf(" [%s]", c.Text))
	}
	return strings.Join(out, " | ")
}

type truthCitation struct {
	Kind, ID, Via, Text string
	AcceptIDs           []string `json:"accept_ids"`
	AcceptVia           []string `json:"accept_via"`
	Error               string
	Pinpoints           []struct {
		Unit     string
		From, To any
	}
	Claims map[string]any
}

type truthNote struct {
	I         int
	Text      string
	Citations []truthCitation
	Symbols   []string `json:"un_symbols"`
}

func readTruth(t *testing.T, dir string) map[string][]truthNote {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*.json"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no truth in %s: %v", dir, err)
	}
	out := map[string][]truthNote{}
	for _, f := range files {
		data, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		var doc struct{ Notes []truthNote }
		if err := json.Unmarshal(data, &doc); err != nil {
			t.Fatalf("%s: %v", f, err)
		}
		out[filepath.Base(f)] = doc.Notes
	}
	return out
}

func TestMadeUpReports(t *testing.T) { measureNotes(t, shared(t, "data", "errors", "truth")) }

func measureNotes(t *testing.T, dir string) {
	var notes, split, targets, found, extra, pins, pinned, spurious, vias, claims, claimed int
	var misses []string
	all := readTruth(t, dir)
	for _, file := range keys(all) {
		for _, n := range all[file] {
			got := Parse(Input{Text: n.Text})
			notes++
			if len(got) == len(n.Citations) {
				split++
			} else {
				misses = append(misses, fmt.Sprintf("%s %d divided into %d, not %d: %q: %s", file, n.I, len(got), len(n.Citations), n.Text, brief(got)))
			}
			used := map[int]bool{}
			for _, want := range n.Citations {
				targets++
				k := -1
				for i, c := range got {
					if !used[i] && meets(c, want) {
						k = i
						break
					}
				}
				if k < 0 {
					misses = append(misses, fmt.Sprintf("%s %d: no %s by %s in %q: %s", file, n.I, want.ID, want.Via, n.Text, brief(got)))
					continue
				}
				used[k] = true
				found++
				if len(want.Pinpoints) > 0 {
					pins++
					if len(got[k].Pinpoints) == 1 && pinOf(got[k].Pinpoints[0]) == fmt.Sprint(want.Pinpoints[0].Unit, " ", want.Pinpoints[0].From, "-", want.Pinpoints[0].To) {
						pinned++
					} else {
						misses = append(misses, fmt.Sprintf("%s %d: places %v in %q: %s", file, n.I, want.Pinpoints, n.Text, brief(got)))
					}
				} else if want.Kind == "un" && len(got[k].Pinpoints) > 0 {
					spurious++
					misses = append(misses, fmt.Sprintf("%s %d: no places in %q: %s", file, n.I, n.Text, brief(got)))
				}
				if want.Kind != "un" {
					continue
				}
				vias++
				for _, field := range []string{"date", "year", "title", "body", "number"} {
					v, ok := want.Claims[field]
					if !ok || v == "" {
						continue
					}
					claims++
					if claimMeets(got[k].Claims, field, fmt.Sprint(v)) {
						claimed++
					} else {
						misses = append(misses, fmt.Sprintf("%s %d: %s %v in %q: %+v", file, n.I, field, v, n.Text, got[k].Claims))
					}
				}
				if text := strings.TrimRight(want.Text, " "); got[k].Text != text && want.Error != "malformed_symbol" {
					misses = append(misses, fmt.Sprintf("%s %d: text %q, want %q", file, n.I, got[k].Text, text))
				}
			}
			extra += len(got) - len(used)
		}
	}
	report(t, "citations found", found, targets, 0.995, misses)
	report(t, "notes divided right", split, notes, 0.995, nil)
	report(t, "places", pinned, pins, 0.995, nil)
	report(t, "claims", claimed, claims, 0.99, nil)
	if extra > 0 || spurious > 0 {
		t.Errorf("%d citations and %d places too many", extra, spurious)
	}
}

func keys[T any](m map[string]T) []string {
	var out []string
	for k := range m {
		out = append(out, k)
	}
	sort.Strings(out)
	return out
}

func pinOf(p cite.Pin) string { return fmt.Sprint(p.Unit, " ", p.From, "-", p.To) }

// meets tells whether a citation is the one wanted. Short forms are bound
// later: here they only have to be seen as such.
func meets(c cite.Citation, want truthCitation) bool {
	switch want.Via {
	case "ibid", "supra", "short":
		if string(c.Via) == want.Via && c.BackRef != nil {
			return true
		}
		// The use of a term that an earlier note defines is bound by the term.
		return want.Via == "short" && c.Symbol.IsZero()
	}
	if want.Kind == "work" {
		return c.Work != nil
	}
	ids := append([]string{want.ID}, want.AcceptIDs...)
	for _, id := range ids {
		if strings.HasPrefix(id, "unresolved") && c.Open != nil || id == c.Target("") {
			return true
		}
	}
	return false
}

func claimMeets(c cite.Claims, field, want string) bool {
	switch field {
	case "date":
		return c.Date.String() == want
	case "year":
		return fmt.Sprint(c.Year) == want
	case "title":
		return strings.HasPrefix(strings.ToLower(c.Title), strings.ToLower(want))
	case "body":
		return c.Body == want
	case "number":
		// "69/250" is session and number, "3314 (XXIX)" number and session;
		// a meeting's number is one of its own.
		return fmt.Sprint(c.Number) == want || strings.HasSuffix(want, fmt.Sprint("/", c.Number)) || strings.HasPrefix(want, fmt.Sprint(c.Number, " ")) || c.Meeting == want
	}
	return false
}

func TestRealReports(t *testing.T) {
	var want, got, hit int
	var misses []string
	all := readTruth(t, shared(t, "data", "reports", "truth"))
	for _, file := range keys(all) {
		for i, n := range all[file] {
			have := map[string]bool{}
			for _, c := range Parse(Input{Text: n.Text}) {
				if c.Symbol.IsZero() || c.BackRef != nil {
					continue
				}
				have[c.Symbol.String()] = true
				for _, j := range c.Joint {
					have[j.String()] = true
				}
			}
			got += len(have)
			want += len(n.Symbols)
			for _, s := range n.Symbols {
				sym, err := cite.ParseSymbol(s)
				if err != nil {
					t.Errorf("ParseSymbol(%q): %v", s, err)
				}
				if have[sym.String()] {
					hit++
					delete(have, sym.String())
				} else {
					misses = append(misses, fmt.Sprintf("%s, note %d: no %s in %q", file, i+1, s, n.Text))
				}
			}
			for _, s := range keys(have) {
				misses = append(misses, fmt.Sprintf("%s, note %d: %s too many in %q", file, i+1, s, n.Text))
			}
		}
	}
	report(t, "symbols of real notes (F1)", 2*hit, want+got, 0.99, misses)
}

func TestLookAlikes(t *testing.T) {
	read := func(name string) [][]string {
		f, err := os.Open(shared(t, "data", "un", name))
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		rows, err := csv.NewReader(f).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		return rows[1:]
	}
	seen := 0
	for _, row := range read("facts_real_errors.csv") {
		if !strings.HasPrefix(row[0], "lookalike") {
			continue
		}
		seen++
		for _, c := range append(Parse(Input{Text: row[4]}), Running(row[4])...) {
			if strings.Contains(c.Text, row[2]) {
				t.Errorf("%q in %q is taken for %s", row[2], row[4], c.Target("none"))
			}
		}
	}
	if seen != 9 {
		t.Errorf("%d look-alikes read, want 9", seen)
	}
	comment := regexp.MustCompile(`\s*\(.*?\)`)
	for _, row := range read("symbol_patterns.csv") {
		for _, text := range strings.FieldsFunc(row[6], func(r rune) bool { return r == ';' || r == ',' }) {
			if strings.Contains(text, "right form") || strings.Contains(text, " is WTO") {
				continue // what the column says beside its examples
			}
			bare := strings.TrimSpace(comment.ReplaceAllString(text, ""))
			for _, c := range append(Parse(Input{Text: bare}), Running(bare)...) {
				if !c.Symbol.IsZero() {
					t.Errorf("row %s: %q is taken for %s", row[1], bare, c.Symbol)
				}
			}
		}
	}
}

func TestSeed(t *testing.T) {
	data, err := os.ReadFile(shared(t, "data", "seed", "minusma.truth.json"))
	if err != nil {
		t.Fatal(err)
	}
	var doc struct {
		Notes []struct {
			Label, Text string
			Symbols     []struct {
				Symbol, Date string
				Paragraphs   []string
			}
		}
	}
	if err := json.Unmarshal(data, &doc); err != nil {
		t.Fatal(err)
	}
	works := 0
	for _, n := range doc.Notes {
		got := Parse(Input{Text: n.Text})
		var un []cite.Citation
		for _, c := range got {
			if c.Work != nil {
				works++
			} else {
				un = append(un, c)
			}
		}
		if len(un) != len(n.Symbols) {
			t.Errorf("note %s: %s, want %v", n.Label, brief(got), n.Symbols)
			continue
		}
		for i, s := range n.Symbols {
			pins := ""
			if len(s.Paragraphs) > 0 {
				pins = "para " + strings.Join(s.Paragraphs, "; para ")
			}
			if un[i].Symbol.String() != s.Symbol || un[i].Claims.Date.String() != s.Date || pinString(un[i].Pinpoints) != pins {
				t.Errorf("note %s: %s of %s, want %v", n.Label, brief(un), un[i].Claims.Date, s)
			}
		}
	}
	if works != 7 {
		t.Errorf("%d works, want 7", works)
	}
}
