package citation

import (
	"fmt"
	"strings"
	"testing"
	"time"
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
		ms, _ := scan(tt.text, false, nil)
		if got := mentionString(ms); got != tt.want {
			t.Errorf("scan(%q) = %s, want %s", tt.text, got, tt.want)
		}
	}
}

// Hostile notes end soon: what is tried at one place is bounded, so that the
// time grows with the length and not with its square.
func TestHostile(t *testing.T) {
	for _, h := range hostile {
		text := strings.Repeat(h, 40_000/len(h))
		done := make(chan bool)
		go func() {
			Parse(Input{Text: text})
			Running(text)
			done <- true
		}()
		select {
		case <-done:
		case <-time.After(20 * time.Second): // a hundred times what it takes
			t.Fatalf("%q repeated takes too long", h)
		}
	}
}

// TestSource holds points and bytes to what counting says.
func TestSource(t *testing.T) {
	for _, s := range []string{"", "plain", "é", "a“b”c", "“”", "naïve – 100 € 日本 x", "x\u0301y", "\xffbad"} {
		src := newSource(s)
		n := 0
		for i := range s {
			if got := src.point(i); got != n {
				t.Errorf("point(%d) of %q = %d, want %d", i, s, got, n)
			}
			if got := src.byteAt(n); got != i {
				t.Errorf("byteAt(%d) of %q = %d, want %d", n, s, got, i)
			}
			n++
		}
		if src.point(len(s)) != n || src.byteAt(n) != len(s) || src.byteAt(n+3) != len(s) || src.byteAt(-2) != 0 {
			t.Errorf("the end of %q: %d, %d", s, src.point(len(s)), src.byteAt(n))
		}
	}
}
