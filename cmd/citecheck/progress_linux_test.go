package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/sys/unix"
)

// onTerminal runs the program with its standard error on a terminal so wide,
// and returns what the terminal was sent.
func onTerminal(t *testing.T, columns uint16, env []string, args ...string) string {
	t.Helper()
	ours, err := os.OpenFile("/dev/ptmx", os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		missing(t, "pseudo-terminals")
	}
	defer ours.Close()
	if err := unix.IoctlSetPointerInt(int(ours.Fd()), unix.TIOCSPTLCK, 0); err != nil {
		t.Fatal(err)
	}
	n, err := unix.IoctlGetInt(int(ours.Fd()), unix.TIOCGPTN)
	if err != nil {
		t.Fatal(err)
	}
	theirs, err := os.OpenFile("/dev/pts/"+strconv.Itoa(n), os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		missing(t, "pseudo-terminals")
	}
	if err := unix.IoctlSetWinsize(int(theirs.Fd()), unix.TIOCSWINSZ, &unix.Winsize{Row: 40, Col: columns}); err != nil {
		t.Fatal(err)
	}
	cmd := process(t, args...)
	cmd.Env = append(append(cmd.Env, "TERM=xterm"), env...)
	cmd.Stderr = theirs
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	theirs.Close()
	var said bytes.Buffer
	io.Copy(&said, ours) // ends with an error when nobody holds the other end
	cmd.Wait()           // what it says of verdicts is not asked here
	return said.String()
}

// TestTerminal: on a terminal each stage has a bar that fits, with what is
// left; where nobody can move a cursor there are plain lines alone.
func TestTerminal(t *testing.T) {
	if testing.Short() {
		t.Skip("reads a hundred and twenty reports")
	}
	dir := t.TempDir()
	for i := range 40 {
		text := fmt.Sprintf("# Report %d\n\nIt was set up.[^1]\n\n[^1]: UN Security Council Resolution %d, UN Doc. S/RES/%d.\n", i, i+1000, i+1000)
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("%d.md", i)), []byte(strings.Repeat(text, 50)), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(dir, "broken.pdf"), []byte("none"), 0o644); err != nil {
		t.Fatal(err)
	}
	args := func() []string { return []string{"check", "--offline", "--out", t.TempDir(), dir, "none.md"} }
	bars := regexp.MustCompile(`(?m)^(?:\x1b\[\d+A\x1b\[J)?(read|checked|writing) .*$`)
	for _, columns := range []uint16{100, 40} {
		got := strings.ReplaceAll(onTerminal(t, columns, nil, args()...), "\r", "")
		seen := map[string]bool{}
		for _, m := range bars.FindAllStringSubmatch(got, -1) {
			seen[m[1]] = true
			if i := strings.Index(m[0], "J"); i > 0 && m[0][0] == 0x1b {
				m[0] = m[0][i+1:]
			}
			if width := utf8.RuneCountInString(m[0]); width > int(columns) {
				t.Errorf("%d columns for %q", width, m[0])
			}
		}
		if !seen["read"] || !seen["checked"] || !seen["writing"] || !regexp.MustCompile(`checked +41 of 41 `).MatchString(got) ||
			columns == 100 && !regexp.MustCompile(`\d/(s|min) +\[=`).MatchString(got) {
			t.Errorf("on %d columns: %q", columns, got)
		}
		if strings.Count(got, "citecheck: broken.pdf: ") != 1 || strings.Count(got, "citecheck: none.md: ") != 1 {
			t.Errorf("what could not be read is not said once: %q", got)
		}
	}
	plain := onTerminal(t, 100, []string{"TERM=dumb"}, args()...)
	if strings.Contains(plain, "\x1b") || strings.Count(plain, "\n") != 2 {
		t.Errorf("on a terminal that only prints: %q", plain)
	}
}
