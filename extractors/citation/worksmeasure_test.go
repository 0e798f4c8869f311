package citation

import (
	"encoding/json"
	"os"
	"strings"
	"testing"

	"citecheck/pipeline/cite"
)

// The seven works of the report that started it all: author or body, title,
// container and date.
var seedWorks = []struct{ note, author, title, container, date string }{
	{"4", "van der Lijn", "Assessing the Effectiveness of the United Nations Mission in Mali/MINUSMA", "Norwegian Institute for International Affairs", "[2019 5]"},
	{"8", "International Crisis Group", "MINUSMA at a Crossroads", "", "[2022 12]"},
	{"9", "Albrecht", "African Peacekeepers in Mali", "Danish Institute for International Studies", "[2017]"},
	{"11", "International Crisis Group", "Reversing Central Mali’s Descent into Communal Violence", "", "[2020 11]"},
	{"12", "Malian Ministry of Territorial Administration and Decentralization", "Statement No. 065 by the Transitional Government", "", "[2024 1 25]"},
	{"13", "", "Mali Orders Suspension of U.N. Peacekeeping Mission Rotations", "Reuters", "[2022 7 15]"},
	{"13", "", "U.N. Troop Rotations in Mali to Resume on Monday", "Reuters", "[2022 8 14]"},
}

func TestSeedWorks(t *testing.T) {
	data, err := os.ReadFile(shared(t, "data", "seed", "minusma.truth.json"))
	if err != nil {
		t.Fatal(err)
	}
	var doc struct {
		Notes []struct{ Label, Text string }
	}
	if err := json.Unmarshal(data, &doc); err != nil {
		t.Fatal(err)
	}
	var got []cite.Work
	var labels []string
	for _, n := range doc.Notes {
		for _, c := range Parse(Input{Text: n.Text}) {
			if c.Work != nil {
				got = append(got, *c.Work)
				labels = append(labels, n.Label)
			}
		}
	}
	if len(got) != len(seedWorks) {
		t.Fatalf("%d works in notes %v, want %d", len(got), labels, len(seedWorks))
	}
	for i, want := range seedWorks {
		w := got[i]
		author := ""
		if len(w.Author) > 0 {
			author = w.Author[0].Family + w.Author[0].Literal
		}
		date := ""
		if w.Issued != nil {
			date = strings.ReplaceAll(strings.Trim(jsonOf(t, w.Issued.DateParts[0]), ""), ",", " ")
		}
		if labels[i] != want.note || author != want.author || plainMarks(w.Title) != plainMarks(want.title) || w.ContainerTitle+w.Publisher != want.container || date != want.date {
			t.Errorf("note %s: %s, want %+v", labels[i], line(&w), want)
		}
	}
	if len(got) > 2 && len(got[2].Author) != 3 {
		t.Errorf("note 9: %s, want three authors", line(&got[2]))
	}
}

func jsonOf(t *testing.T, v any) string {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func plainMarks(s string) string {
	return strings.NewReplacer("’", "'", "“", `"`, "”", `"`).Replace(s)
}

// TestMadeUpWorks holds the works of made-up reports to what they say.
func TestMadeUpWorks(t *testing.T) {
	dir := shared(t, "data", "errors", "truth")
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	good, all := 0, 0
	var misses []string
	for _, e := range entries {
		data, err := os.ReadFile(dir + "/" + e.Name())
		if err != nil {
			t.Fatal(err)
		}
		var doc struct {
			Notes []struct {
				Text      string
				Citations []struct {
					Via string
					CSL *struct {
						Type, Title, Container, Author string
						Year                           int
					}
				}
			}
		}
		if err := json.Unmarshal(data, &doc); err != nil {
			t.Fatal(err)
		}
		for _, n := range doc.Notes {
			got := Parse(Input{Text: n.Text})
			for i, c := range n.Citations {
				if c.CSL == nil || c.Via != "csl" {
					continue
				}
				all++
				if i >= len(got) || got[i].Work == nil {
					misses = append(misses, n.Text)
					continue
				}
				w := got[i].Work
				author := ""
				if len(w.Author) > 0 {
					author = w.Author[0].Family
				}
				// Without an author the truth still names the one it was drawn with.
				named := strings.Contains(n.Text, c.CSL.Author)
				if w.Type == c.CSL.Type && w.Title == c.CSL.Title && (w.ContainerTitle == c.CSL.Container || w.Publisher == c.CSL.Container) && (!named || author == c.CSL.Author) && w.Issued != nil && w.Issued.DateParts[0][0] == c.CSL.Year {
					good++
				} else {
					misses = append(misses, line(w)+" of "+n.Text)
				}
			}
		}
	}
	report(t, "works", good, all, 0.98, misses)
}
