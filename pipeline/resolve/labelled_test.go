package resolve_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode"

	"citecheck/extractors/citation"
	"citecheck/pipeline/cite"
	"citecheck/pipeline/resolve"
)

// A labelledNote is a note of testdata/labelled with the truth about it.
type labelledNote struct {
	file, label, text string
	line              int
	want              []labelledCitation
}

type labelledCitation struct {
	target, via, pins string
	claims            map[string]string
}

// readLabelled reads the reports of one file, by the name of each.
func readLabelled(t *testing.T, file string) [][]labelledNote {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	note := regexp.MustCompile(`^(\S+?) ?\| (.*)$`)
	var out [][]labelledNote
	for k, line := range strings.Split(string(data), "\n") {
		switch {
		case line == "" || line[0] == '#':
		case strings.HasPrefix(line, "=="):
			out = append(out, nil)
		case strings.HasPrefix(line, "> "):
			last := &out[len(out)-1]
			n := &(*last)[len(*last)-1]
			f := strings.SplitN(line[2:], "|", 4)
			for len(f) < 4 {
				f = append(f, "")
			}
			c := labelledCitation{strings.TrimSpace(f[0]), strings.TrimSpace(f[1]), strings.TrimSpace(f[2]), map[string]string{}}
			for _, kv := range strings.Split(f[3], ";") {
				if k, v, ok := strings.Cut(strings.TrimSpace(kv), "="); ok {
					c.claims[k] = v
				}
			}
			n.want = append(n.want, c)
		default:
			m := note.FindStringSubmatch(line)
			if m == nil {
				t.Fatalf("%s:%d: %q", file, k+1, line)
			}
			out[len(out)-1] = append(out[len(out)-1], labelledNote{file: filepath.Base(file), label: m[1], text: m[2], line: k + 1})
		}
	}
	return out
}

// TestLabelled measures the grammar and the binding together on notes of many
// styles. No short form may be bound wrongly, and no work may be taken for a
// UN document or the other way round.
func TestLabelled(t *testing.T) {
	files, err := filepath.Glob(filepath.Join("..", "..", "testdata", "labelled", "notes-*.txt"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no labelled notes: %v", err)
	}
	var s tally
	for _, f := range files {
		for _, rep := range readLabelled(t, f) {
			var notes []cite.Note
			for _, n := range rep {
				notes = append(notes, cite.Note{Label: n.label, Text: n.text, Placement: cite.PlaceFoot, Citations: citation.Parse(citation.Input{Text: n.text})})
			}
			resolve.All(notes)
			for i, n := range rep {
				s.note(n, notes[i].Citations)
			}
		}
	}
	for _, m := range s.misses {
		t.Log(m)
	}
	short := rate(s.bound, s.shorts)
	f1 := 2 * float64(s.hit) / float64(s.want+s.got)
	t.Logf("%d notes, targets F1 %.4f (%d wanted, %d got, %d met), divided %.4f, places %.4f, via %.4f, claims %.4f, short forms %d of %d, wrongly %d",
		s.notes, f1, s.want, s.got, s.hit, rate(s.divided, s.notes), rate(s.placed, s.places), rate(s.vias, s.hit), rate(s.claimed, s.claims), s.bound, s.shorts, s.wrong)
	if s.wrong > 0 || s.confused > 0 {
		t.Errorf("%d short forms bound wrongly, %d works and UN documents taken for one another", s.wrong, s.confused)
	}
	for what, got := range map[string]float64{"targets": f1, "divided": rate(s.divided, s.notes), "places": rate(s.placed, s.places), "via": rate(s.vias, s.hit), "claims": rate(s.claimed, s.claims), "short forms": short} {
		if got < 0.99 {
			t.Errorf("%s: %.4f, want at least 0.99", what, got)
		}
	}
}

func rate(a, b int) float64 { return float64(a) / float64(max(b, 1)) }

type tally struct {
	notes, divided, want, got, hit, places, placed, vias, claims, claimed, shorts, bound, wrong, confused int
	misses                                                                                                []string
}

func (s *tally) miss(n labelledNote, format string, args ...any) {
	s.misses = append(s.misses, fmt.Sprintf("%s:%d note %s: ", n.file, n.line, n.label)+fmt.Sprintf(format, args...)+fmt.Sprintf("\n      in %q", n.text))
}

func (s *tally) note(n labelledNote, got []cite.Citation) {
	s.notes++
	sure, loose := 0, 0
	for _, w := range n.want {
		if w.target == "??" {
			loose++
		} else {
			sure++
		}
	}
	if len(got) >= sure && len(got) <= sure+loose {
		s.divided++
	} else {
		s.miss(n, "divided into %d, not %d: %s", len(got), len(n.want), brief(got))
	}
	used := map[int]bool{}
	for k, w := range n.want {
		if w.target == "??" {
			continue
		}
		s.want++
		at := -1
		for i, c := range got {
			if !used[i] && hits(w, c) {
				at = i
				break
			}
		}
		back := w.via == "ibid" || w.via == "supra" || w.via == "short"
		if back {
			s.shorts++
			if at < 0 && k < len(got) && got[k].BackRef != nil && got[k].Resolved() {
				s.wrong++
				s.miss(n, "WRONGLY BOUND %s", brief(got[k:k+1]))
			}
		}
		if at < 0 {
			s.miss(n, "no %s: %s", w.target, brief(got))
			if k < len(got) && len(got) == len(n.want) && w.target != "?" && (strings.HasPrefix(w.target, `"`) && !got[k].Symbol.IsZero() || !strings.HasPrefix(w.target, `"`) && got[k].Work != nil) {
				s.confused++
			}
			continue
		}
		if back {
			s.bound++
		}
		used[at] = true
		s.hit++
		c := got[at]
		if string(c.Via) == w.via || w.via == "*" {
			s.vias++
		} else {
			s.miss(n, "via %s, not %s", c.Via, w.via)
		}
		if w.pins != "*" {
			s.places++
			if p := pinText(c.Pinpoints); p == w.pins {
				s.placed++
			} else {
				s.miss(n, "places %q, not %q", p, w.pins)
			}
		}
		for key, v := range w.claims {
			s.claims++
			if g := claim(c, key); g == v || key == "title" && strings.Contains(folded(g), folded(v)) {
				s.claimed++
			} else {
				s.miss(n, "%s %q, not %q", key, g, v)
			}
		}
	}
	extra := len(got) - len(used)
	s.got += len(got) - min(extra, loose)
}

func folded(s string) string {
	return strings.ToLower(strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, s))
}

func hits(w labelledCitation, c cite.Citation) bool {
	switch {
	case w.target == "?":
		return c.Open != nil && !c.Resolved()
	case strings.HasPrefix(w.target, `"`):
		return c.Work != nil && strings.Contains(folded(c.Work.Title), folded(w.target))
	}
	return c.Symbol.String() == w.target
}

func pinText(ps []cite.Pin) string {
	var out []string
	for _, p := range ps {
		t := string(p.Unit)
		if p.From != nil && p.From != "" {
			t += fmt.Sprint(" ", p.From)
			if p.To != p.From {
				t += fmt.Sprint("-", p.To)
			}
		}
		out = append(out, t+p.Sub)
	}
	return strings.Join(out, "; ")
}

func claim(c cite.Citation, key string) string {
	w := c.Work
	if w == nil {
		w = &cite.Work{}
	}
	switch key {
	case "date":
		if c.Work == nil {
			return c.Claims.Date.String()
		}
		if w.Issued == nil {
			return ""
		}
		return strings.Trim(strings.ReplaceAll(fmt.Sprint(w.Issued.DateParts[0]), " ", "-"), "[]")
	case "year":
		return fmt.Sprint(c.Claims.Year)
	case "number":
		return fmt.Sprint(c.Claims.Number)
	case "body":
		return c.Claims.Body
	case "title":
		return c.Claims.Title
	case "author":
		if len(w.Author) == 0 {
			return ""
		}
		return w.Author[0].Family + w.Author[0].Literal
	case "in":
		return w.ContainerTitle
	case "publisher":
		return w.Publisher
	case "volume":
		return w.Volume
	case "type":
		return w.Type
	case "DOI":
		return w.DOI
	}
	return "no such claim " + key
}

func brief(cs []cite.Citation) string {
	var out []string
	for _, c := range cs {
		t := c.Symbol.String()
		switch {
		case c.Work != nil:
			t = fmt.Sprintf("%q", c.Work.Title)
		case t == "" && c.Open != nil:
			t = "? (" + c.Open.Reason + ")"
		}
		out = append(out, fmt.Sprintf("%s %s {%s} [%s]", t, c.Via, pinText(c.Pinpoints), c.Text))
	}
	return strings.Join(out, " | ")
}
