package cite

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
)

// The variables of CSL-JSON that a work may carry (schema 1.0.2).
var cslVariables = strings.Fields("type title author editor container-title publisher publisher-place issued accessed volume issue page number genre URL DOI ISBN note")

// TestWorkIsCSL: a work in JSON has CSL's own keys and nothing else, and
// leaves out what it does not know.
func TestWorkIsCSL(t *testing.T) {
	full := Work{Type: "chapter", Title: "T", Author: []Name{{Family: "F", Given: "G"}}, Editor: []Name{{Literal: "L"}}, ContainerTitle: "C", Publisher: "P", PublisherPlace: "PP",
		Issued: &CSLDate{DateParts: [][]int{{2022, 7, 15}}}, Accessed: &CSLDate{DateParts: [][]int{{2023}}}, Volume: "1", Issue: "2", Page: "3-4", Number: "5", Genre: "G", URL: "u", DOI: "d", ISBN: "i", Note: "n"}
	b, err := json.Marshal(full)
	if err != nil {
		t.Fatal(err)
	}
	var keys map[string]json.RawMessage
	if err := json.Unmarshal(b, &keys); err != nil {
		t.Fatal(err)
	}
	for k := range keys {
		if !slices.Contains(cslVariables, k) {
			t.Errorf("%q is no variable of CSL", k)
		}
	}
	if len(keys) != len(cslVariables) {
		t.Errorf("%d keys in %s, want %d", len(keys), b, len(cslVariables))
	}
	for _, want := range []string{`"issued":{"date-parts":[[2022,7,15]]}`, `"author":[{"family":"F","given":"G"}]`, `"editor":[{"literal":"L"}]`} {
		if !strings.Contains(string(b), want) {
			t.Errorf("%s lacks %s", b, want)
		}
	}
	if b, err := json.Marshal(Work{Type: "webpage"}); err != nil || string(b) != `{"type":"webpage"}` {
		t.Errorf("a bare work is %s, %v", b, err)
	}
}

// TestWorkID: the same first author, title and year are one node, however
// they are printed; anything else is another.
func TestWorkID(t *testing.T) {
	of := func(family, literal, title string, year int) Work {
		w := Work{Title: title, Issued: &CSLDate{DateParts: [][]int{{year, 3}}}}
		if family+literal != "" {
			w.Author = []Name{{Family: family, Literal: literal, Given: "Ann"}}
		}
		return w
	}
	base := of("Petrov", "", "Quiet Exits", 2018)
	if id := base.ID(); !strings.HasPrefix(id, "work:") || len(id) != len("work:")+16 {
		t.Errorf("id %q, want work: and 16 hex digits", id)
	}
	for _, tt := range []struct {
		name string
		w    Work
		same bool
	}{
		{"capitals and marks", of("PETROV", "", "QUIET EXITS!", 2018), true},
		{"another given name", func() Work { w := of("Petrov", "", "Quiet Exits", 2018); w.Author[0].Given = "A."; return w }(), true},
		{"a day more", func() Work {
			w := of("Petrov", "", "Quiet Exits", 2018)
			w.Issued.DateParts = [][]int{{2018, 3, 4}}
			w.URL = "u"
			return w
		}(), true},
		{"another author", of("Stone", "", "Quiet Exits", 2018), false},
		{"another title", of("Petrov", "", "Loud Exits", 2018), false},
		{"another year", of("Petrov", "", "Quiet Exits", 2019), false},
		{"no author", of("", "", "Quiet Exits", 2018), false},
		{"a body", of("", "Quiet Institute", "Quiet Exits", 2018), false},
	} {
		if got := tt.w.ID() == base.ID(); got != tt.same {
			t.Errorf("%s: same is %t", tt.name, got)
		}
	}
	if (Work{URL: "https://a.example"}).ID() == (Work{URL: "https://b.example"}).ID() {
		t.Error("two addresses without words are one node")
	}
}
