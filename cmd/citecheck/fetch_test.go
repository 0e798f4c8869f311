package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"citecheck/pipeline/fetch/replica"
)

// TestFetchKeeps: what is fetched is in the folder, and a check there asks for
// none of it again; what can't be had says why.
func TestFetchKeeps(t *testing.T) {
	s := &replica.Server{}
	if err := s.Start(); err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	dir := t.TempDir()
	args := func(a ...string) []string { return append(append(a, "--out", dir), s.Flags()...) }
	code, out, errs := citecheck(t, args("fetch", "S/RES/2423", "S/2023/402")...)
	if lines := strings.Split(strings.TrimSpace(out), "\n"); code != 0 || len(lines) != 2 || !strings.Contains(lines[0], "S/RES/2423 (2018), 28 June 2018, 7") || !strings.Contains(lines[1], "1 June 2023") {
		t.Errorf("exit %d: %q %s", code, out, errs)
	}
	before := len(s.Log())
	if code, again, _ := citecheck(t, args("fetch", "S/RES/2423", "S/2023/402")...); code != 0 || again != out || len(s.Log()) != before {
		t.Errorf("asked again: exit %d, %q, %d requests more", code, again, len(s.Log())-before)
	}
	if code, out, _ := citecheck(t, args("fetch", "S/2023/999")...); code != exitUnread || !strings.Contains(out, "placeholder") {
		t.Errorf("a document that is not there: exit %d, %q", code, out)
	}
	if code, out, _ := citecheck(t, args("fetch", "http://169.254.169.254/latest/meta-data/")...); code != exitUnread || !strings.Contains(out, "not a host that is asked") {
		t.Errorf("an address of the machine's own: exit %d, %q", code, out)
	}
}

// TestPlan: a plan names the requests, and what a check then asks for is among
// them; nobody is asked for the plan.
func TestPlan(t *testing.T) {
	s := &replica.Server{}
	if err := s.Start(); err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	report := filepath.Join("..", "..", "testdata", "reports", "mali.md")
	dir := filepath.Join(t.TempDir(), "out")
	check := append([]string{"check", "--out", dir, report}, s.Flags()...)
	code, plan, errs := citecheck(t, append(check, "--plan")...)
	if code != 0 || len(s.Log()) != 0 || !strings.Contains(plan, "nobody was asked") {
		t.Fatalf("exit %d, %d requests: %s%s", code, len(s.Log()), plan, errs)
	}
	if _, err := os.Stat(dir); err == nil {
		t.Error("a plan writes into the folder")
	}
	if code, plan, _ := citecheck(t, append(check, "--plan", "none.pdf")...); code != exitUnread || !strings.HasPrefix(plan, "1 report; ") {
		t.Errorf("a plan of which one report is not there: exit %d, want %d; %s", code, exitUnread, plan)
	}
	if code, _, errs := citecheck(t, check...); code != 0 {
		t.Fatalf("exit %d: %s", code, errs)
	}
	for _, a := range s.Log() {
		if a.Path != "/robots.txt" && !strings.Contains(plan, a.Path+"\n") && !strings.Contains(plan, a.Path+" ") {
			t.Errorf("%s %s was not in the plan:\n%s", a.Site, a.Path, plan)
		}
	}
	// The real hosts are given pauses: seven documents of 3 s each.
	code, plan, _ = citecheck(t, "check", "--plan", "--out", dir, "--catalog", filepath.Join(t.TempDir(), "c.db"), report)
	if code != 0 || !strings.Contains(plan, "documents.un.org: at most") || strings.Contains(plan, "about 0s of pauses") {
		t.Errorf("exit %d: %s", code, plan)
	}
}
