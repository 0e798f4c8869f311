package citation

import (
	"fmt"
	"strings"
	"testing"
)

func mentionString(ms []mention) string {
	var out []string
	for _, m := range ms {
		t := m.sym.String()
		for _, j := range m.joint {
			t += "+" + j.String()
		}
		if m.part != "" {
			t += " " + m.part
		}
		if m.year > 0 {
			t += fmt.Sprintf("@%d", m.year)
		}
		if m.kind == damaged || m.open {
			t = "?" + strings.Join(m.candidates, "|")
		}
		out = append(out, t)
	}
	return strings.Join(out, "; ")
}

func TestScan(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{"UN Doc. S/RES/2423.", "S/RES/2423"},
		{"S/RES/2423 (2018), para. 3", "S/RES/2423@2018"},
	} {
		ms, _ := scan(tt.text, false)
		if got := mentionString(ms); got != tt.want {
			t.Errorf("scan(%q) = %s, want %s", tt.text, got, tt.want)
		}
	}
}
