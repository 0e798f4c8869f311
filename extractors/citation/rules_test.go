package citation

import (
	"strings"
	"testing"

	"citecheck/pipeline/cite"
)

// TestRules holds each word of the grammar's tables to an example that it must
// read, and to one like it that it must not.
func TestRules(t *testing.T) {
	for _, row := range pinWords {
		for _, word := range strings.Split(row.one+"|"+row.many, "|") {
			if word == "" || row.unit == cite.UnitPreamble && row.bare {
				continue
			}
			yes, no := word+" 5", word+"z 5"
			if pins, end := pinsAt(yes, 0); len(pins) != 1 || pins[0].Unit != row.unit || pins[0].From != 5 || end != len(yes) {
				t.Errorf("pinsAt(%q) = %v to %d, want %s 5", yes, pins, end, row.unit)
			}
			if pins, _ := pinsAt(no, 0); len(pins) > 0 {
				t.Errorf("pinsAt(%q) = %v, want none", no, pins)
			}
		}
	}
	for _, row := range nameWords {
		for _, form := range strings.Split(row.forms, "|") {
			word, number := form, "1325 (2000)"
			if row.caps {
				word = strings.ToUpper(strings.TrimSuffix(form, "s")) + form[len(strings.TrimSuffix(form, "s")):]
			}
			want := "S/RES/1325"
			switch {
			case row.word == "decision":
				number, want = "2018/201", ""
			case row.word == "presidential statement":
				number, want = "2018/10", "S/PRST/2018/10"
			case row.organ == generalAssembly:
				number, want = "60/1", "A/RES/60/1"
			}
			yes := "Security Council " + word + " " + number
			if row.organ != "" {
				yes = word + " " + number
			}
			if row.word == "decision" {
				yes, want = "ECOSOC "+word+" "+number, "E/DEC/2018/201"
			}
			if got := Parse(Input{Text: yes}); len(got) != 1 || got[0].Symbol.String() != want {
				t.Errorf("%q: %s, want %s", yes, brief(got), want)
			}
			for _, no := range []string{"Security Council " + word + " of 5 May", "x" + word + "x 5", "Parliamentary Assembly " + form + " " + number} {
				if row.organ != "" && strings.HasPrefix(no, "Parl") {
					continue
				}
				for _, c := range Parse(Input{Text: no}) {
					if !c.Symbol.IsZero() {
						t.Errorf("%q is taken for %s", no, c.Symbol)
					}
				}
			}
		}
	}
	for _, o := range organs {
		for _, phrase := range strings.Split(o.words, "|") {
			number, want := "60/1", "A/RES/60/1"
			switch o.name {
			case securityCouncil:
				number, want = "1325 (2000)", "S/RES/1325"
			case humanRights:
				want = "A/HRC/RES/60/1"
			case economicSocial:
				number, want = "2018/2", "E/RES/2018/2"
			case rightsComm:
				number, want = "2004/2", "E/CN.4/RES/2004/2"
			case "":
				want = ""
			}
			text := "the " + phrase + " resolution " + number
			got := ""
			for _, c := range Parse(Input{Text: text}) {
				got += c.Symbol.String()
			}
			if got != want {
				t.Errorf("%q: %q, want %q", text, got, want)
			}
		}
	}
	for _, sg := range signals {
		if name, end := signalAt(sg.words+" S/2023/402", 0); name != sg.name || end != len(sg.words)+1 {
			t.Errorf("signalAt(%q) = %q, %d, want %q", sg.words, name, end, sg.name)
		}
		last := sg.words[len(sg.words)-1]
		if no := sg.words + "ish"; last != '.' {
			if name, end := signalAt(no, 0); end == len(no) || name != "" && end > len(sg.words) {
				t.Errorf("signalAt(%q) = %q, %d, want none", no, name, end)
			}
		}
	}
	for name, month := range months {
		if d, ok := dateAt("3 "+name+" 2018", 0); !ok || d.date != (cite.Date{Year: 2018, Month: month, Day: 3}) {
			t.Errorf("dateAt(3 %s 2018) = %v, %t", name, d.date, ok)
		}
		if d, ok := dateAt("3 "+name+"x 2018", 0); ok {
			t.Errorf("dateAt(3 %sx 2018) = %v, want none", name, d.date)
		}
	}
}
