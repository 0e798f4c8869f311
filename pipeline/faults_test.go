package pipeline_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"maps"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"citecheck/extractors/citation"
	"citecheck/extractors/docx"
	"citecheck/pipeline"
	"citecheck/pipeline/catalog"
	"citecheck/pipeline/cite"
	"citecheck/pipeline/fetch"
	"citecheck/pipeline/fetch/replica"
	"citecheck/pipeline/graph"
	"citecheck/pipeline/lookup"
	"citecheck/pipeline/resolve"
)

// said is a sentence, what it quotes, and its note.
type said struct{ sentence, quote, text string }

// notes cite what the replica knows, rightly and wrongly, so that the honest
// answer has every verdict that a source can give. The year's table of 2023
// decides on the statement that does not exist.
var notes = []said{
	{"The Council decided it.", "", "UN Security Council Resolution 2423 (June 28, 2018), UN Doc. S/RES/2423, para. 38."},
	{"The task was “within existing resources” only.", "within existing resources", "UN Doc. S/RES/2423 (2018), para. 38."},
	{"The task was “within generous new resources” only.", "carry out this task within generous resources", "UN Doc. S/RES/2423 (2018), para. 38."},
	{"It has many paragraphs.", "", "UN Doc. S/RES/2690 (2023), para. 40."},
	{"It has few paragraphs.", "", "UN Doc. S/RES/2690 (2023), para. 9."},
	{"A report.", "", "UN Security Council, Situation in Mali—Report of the Secretary-General, UN Doc. S/2023/402, June 1, 2023, para. 5."},
	{"A report of another day.", "", "UN Security Council, Situation in Mali—Report of the Secretary-General, UN Doc. S/2023/402, July 9, 2023, para. 5."},
	{"A report of another name.", "", "UN Security Council, Children and Armed Conflict in Colombia—Report of the Secretary-General, UN Doc. S/2023/36, January 16, 2023, para. 7."},
	{"The Council spoke.", "", "Statement by the President of the Security Council, UN Doc. S/PRST/2023/90."},
	{"A letter.", "", "Letter dated 3 May 2023, UN Doc. S/2023/999, para. 2."},
	{"The Assembly decided it.", "", "General Assembly resolution 70/1, Transforming our world: the 2030 Agenda for Sustainable Development, UN Doc. A/RES/70/1 (25 September 2015), para. 12."},
	{"The Assembly decided it on another day.", "", "Transforming our world: the 2030 Agenda for Sustainable Development, UN Doc. A/RES/70/1 (26 October 2015), para. 92."},
	{"It was distributed that day.", "", "UN Doc. A/RES/70/1 (21 October 2015)."},
	{"A scan.", "", "Report of the Secretary-General on the protection of civilians in armed conflict, UN Doc. S/1999/957, 8 September 1999, para. 5."},
	{"A press release.", "", "United Nations, Press release SC/15341, 30 June 2023."},
	{"A press release of another day.", "", "United Nations, Press release SC/15341, 3 July 2023."},
	{"It was adopted unanimously.", "", "UN Security Council Resolution 2690 (2023)."},
	{"A number that can't be.", "", "UN Security Council Resolution 9423 (2018)."},
}

func report(notes []said) *cite.Report {
	r := &cite.Report{File: "notes.txt", Files: []string{"notes.txt"}, SHA256: strings.Repeat("a", 64)}
	for i, n := range notes {
		note := cite.Note{Label: strconv.Itoa(i + 1), Placement: cite.PlaceFoot, Text: n.text, Markers: []cite.Marker{{Sentence: n.sentence}}}
		if n.quote != "" {
			note.Markers[0].Quotes = []string{n.quote}
		}
		note.Citations = citation.Parse(citation.Input{Text: n.text})
		r.Notes = append(r.Notes, note)
	}
	resolve.All(r.Notes)
	return r
}

var shown = regexp.MustCompile(`BT /F(\d) ([\d.]+) Tf ([\d.]+) ([\d.]+) Td \((.*)\) Tj ET`)

// readReplica reads the replica's own PDFs, of which it needs no more than the
// lines that are shown: as much of a broken one as there is.
func readReplica(_ context.Context, data []byte) ([]cite.Zone, []cite.Page, error) {
	var zones []cite.Zone
	var pages []cite.Page
	for i, part := range strings.Split(string(data), "stream\n")[1:] {
		page := i/2 + 1
		if i%2 == 1 {
			continue
		}
		p := cite.Page{Number: page}
		z := cite.Zone{Page: page, Kind: cite.ZoneBody}
		for _, m := range shown.FindAllStringSubmatch(part, -1) {
			size, _ := strconv.ParseFloat(m[2], 64) // matched as a number, here and below
			y, _ := strconv.ParseFloat(m[4], 64)
			text := strings.NewReplacer(`\(`, `(`, `\)`, `)`, `\\`, `\`).Replace(m[5])
			line := cite.Line{Baseline: 792 - y, Size: size}
			for _, w := range strings.Fields(text) {
				line.Runs = append(line.Runs, cite.Run{Text: w, Size: size, Baseline: 792 - y, Space: true, Bold: m[1] == "2"})
			}
			p.Runs = append(p.Runs, line.Runs...)
			z.Lines = append(z.Lines, line)
		}
		zones, pages = append(zones, z), append(pages, p)
	}
	if len(pages) == 0 {
		return nil, nil, fmt.Errorf("no page can be read")
	}
	return zones, pages, nil
}

// A trial is one run against a replica that fails in some way.
type trial struct {
	name   string
	fault  func(site, path string, n int) string
	refuse func(host string) error // a connection that can't be made; nil for none
}

// check checks the notes against a replica, all in fake time, keeping what
// comes under dir; it returns the verdict of each finding, and the graph.
func check(t *testing.T, dir string, fault func(site, path string, n int) string) (map[string]cite.Verdict, []byte) {
	t.Helper()
	g, _ := run(t, dir, report(notes), trial{fault: fault})
	return verdicts(g), written(t, g)
}

// run checks a report in one trial; it also returns what the replica was asked.
func run(t *testing.T, dir string, r *cite.Report, x trial) (*graph.Graph, []replica.Arrival) {
	t.Helper()
	s := &replica.Server{Fault: x.fault}
	dial := s.StartPipes()
	evidence, err := fetch.OpenEvidence(dir, "test")
	if err != nil {
		t.Fatal(err)
	}
	bases := lookup.Bases{}
	var hosts []string
	for _, name := range lookup.Names {
		*bases.By(name) = s.Base(name)
		hosts = append(hosts, name+".replica.test")
	}
	live := &fetch.Live{Agent: "citecheck/test", Trusted: hosts, Dial: func(ctx context.Context, network, addr string) (net.Conn, error) {
		if x.refuse != nil {
			if err := x.refuse(addr); err != nil {
				return nil, err
			}
		}
		return dial(ctx, network, addr)
	}}
	chain := &fetch.Chain{Evidence: evidence, Live: live}
	word := func(_ context.Context, data []byte) (cite.Text, error) { return docx.Read(data) }
	p := &pipeline.Pipeline{Tool: "test", Jobs: 1, Known: catalog.Builtin(), Lookup: &lookup.Lookup{Fetch: chain, Catalog: catalog.Builtin(), Read: readReplica, Word: word, Bases: bases}}
	g := p.Check(context.Background(), r)
	s.Close()
	if tr, ok := live.Transport.(*http.Transport); ok { // somebody was asked
		tr.CloseIdleConnections()
	}
	if err := evidence.Close(); err != nil {
		t.Fatal(err)
	}
	return g, s.Log()
}

func written(t *testing.T, g *graph.Graph) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := g.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// verdicts are those of all findings, by note, check and what is claimed.
func verdicts(g *graph.Graph) map[string]cite.Verdict {
	out := map[string]cite.Verdict{}
	for _, e := range g.Edges {
		if e.Cites == nil {
			continue
		}
		out[e.Key] = e.Verdict
		for _, f := range e.Findings {
			out[fmt.Sprintf("%s %s %v", e.Key, f.Check, f.Claimed)] = f.Verdict
		}
	}
	return out
}

// undated is a graph without what tells when, from which record and by which
// answer it is: one that came by a redirect (F23), or whose stated length ends
// before its text does (F45), says the same as far as it goes and is kept like
// any other. Places, words and verdicts stay.
func undated(b []byte) string {
	var v any
	if err := json.Unmarshal(b, &v); err != nil {
		panic(err)
	}
	var strip func(any)
	strip = func(v any) {
		switch v := v.(type) {
		case map[string]any:
			delete(v, "fetched")
			delete(v, "warc")
			if _, page := v["place"]; page || v["url"] != nil {
				delete(v, "sha256")
			}
			for _, x := range v {
				strip(x)
			}
		case []any:
			for _, x := range v {
				strip(x)
			}
		}
	}
	strip(v)
	out, _ := json.Marshal(v) // it was JSON
	return hop.ReplaceAllString(string(out), "")
}

// hop is what F23 adds to an address, as JSON prints it.
var hop = regexp.MustCompile(`(?:\?|\\u0026)hop=1`)

// inFakeTime runs f under a clock that begins after the years that are cited.
func inFakeTime(t *testing.T, f func(t *testing.T)) {
	synctest.Test(t, func(t *testing.T) {
		time.Sleep(27 * 365 * 24 * time.Hour)
		f(t)
	})
}

// TestFaultsOnlySilence: under every behaviour of a server, at one site and at
// all, and under random schedules (200 with CITECHECK_ALL_FAULTS=1, else a
// few), each finding has the verdict that it has
// without the fault, or is unreachable; and the next run without the fault, in
// the same folder, gives the graph that a run without it gives.
func TestFaultsOnlySilence(t *testing.T) {
	log.SetOutput(io.Discard) // net/http's client speaks of odd servers there
	defer log.SetOutput(os.Stderr)
	var honest map[string]cite.Verdict
	var graph string
	inFakeTime(t, func(t *testing.T) {
		v, g := check(t, t.TempDir(), nil)
		honest, graph = v, undated(g)
	})
	seen := map[cite.Verdict]int{}
	for _, v := range honest {
		seen[v]++
	}
	for _, v := range []cite.Verdict{cite.Contradicted, cite.NotFound, cite.Verified, cite.Unreachable} {
		if seen[v] == 0 {
			t.Fatalf("no finding is %s without a fault: the test proves little: %v", v, honest)
		}
	}
	var trials []trial
	heavy := []string{"F50", "F60", "F61"} // they cost CPU time
	light := slices.DeleteFunc(replica.Names(), func(id string) bool { return slices.Contains(heavy, id) })
	// An address that leads to another is none the worse, and is named in the
	// graph: F02 has trials of its own, for schedules are held to the graph.
	steady := slices.DeleteFunc(slices.Clone(light), func(id string) bool { return id == "F02" })
	full := os.Getenv("CITECHECK_ALL_FAULTS") != ""
	schedules := 6
	if full {
		schedules = 200
	}
	for i, id := range replica.Names() {
		if full || (i%4 == 0 || id == "F48") && !slices.Contains(heavy, id) {
			trials = append(trials, trial{name: id + " everywhere", fault: beyondRobots(id, "")})
		}
		if full {
			trials = append(trials, trial{name: id + " at ods", fault: beyondRobots(id, "ods")})
		}
	}
	for seed := range schedules {
		rnd := rand.New(rand.NewPCG(uint64(seed), 5))
		share := rnd.Float64()
		salt := rnd.Uint64()
		trials = append(trials, trial{name: fmt.Sprintf("schedule %d", seed), fault: func(site, path string, n int) string {
			// By request and not by order, so that a seed is one schedule.
			r := rand.New(rand.NewPCG(salt, sum(site, path, n)))
			if r.Float64() > share {
				return ""
			}
			return steady[r.IntN(len(steady))]
		}})
	}
	violations := 0
	var wrong []string
	note := func(format string, args ...any) { wrong = append(wrong, fmt.Sprintf(format, args...)) }
	for _, x := range trials {
		inFakeTime(t, func(t *testing.T) {
			dir := t.TempDir()
			got, _ := check(t, dir, x.fault)
			for k, v := range got {
				if want, ok := honest[k]; v != cite.Unreachable && (!ok || v != want) {
					violations++
					note("%s: %s turns from %q to %s", x.name, k, want, v)
				}
			}
			for k := range honest {
				if _, ok := got[k]; !ok && strings.Count(k, " ") == 0 {
					note("%s: %s has no verdict", x.name, k)
				}
			}
			time.Sleep(time.Hour)
			healed, g := check(t, dir, nil)
			for k, v := range honest {
				if healed[k] != v {
					note("after %s: %s is %s, want %s", x.name, k, healed[k], v)
				}
			}
			if maps.Equal(healed, honest) && !strings.HasPrefix(x.name, "F02") && undated(g) != graph {
				note("after %s the graph is another", x.name)
			}
		})
	}
	for _, w := range wrong {
		t.Error(w)
	}
	t.Logf("%d trials, %d violations; without faults %v", len(trials), violations, seen)
}

// beyondRobots is a fault of all pages of a site, or of all sites: a host whose
// robots.txt can't be had is asked for nothing, which would prove little. The
// faults of robots.txt itself see to that.
func beyondRobots(id, site string) func(site, path string, n int) string {
	return func(s, path string, _ int) string {
		if site != "" && s != site || path == "/robots.txt" && (id < "F54" || id > "F59") {
			return ""
		}
		return id
	}
}

func sum(site, path string, n int) uint64 {
	h := uint64(n)
	for _, b := range []byte(site + path) {
		h = h*1099511628211 ^ uint64(b)
	}
	return h
}

// TestEachFaultHasItsWords: an editor is told why a document was not had, in
// words of its own for each way in which a server fails.
func TestEachFaultHasItsWords(t *testing.T) {
	log.SetOutput(io.Discard)
	defer log.SetOutput(os.Stderr)
	said := map[string]string{}
	for id, words := range map[string]string{
		"F07": "has no such address (status 404)", "F10": "asks to come back later (status 429)", "F13": "asks to come back later (status 503)", "F14": "refused (status 403)",
		"F17": "answered with a bot challenge", "F19": "refused (status 451)", "F21": "did not answer in time", "F22": "sends on more than 5 times", "F24": "is not a host that is asked",
		"F34": "broke off", "F36": "nor does it give", "F37": "a page in place of the document, nor does it give", "F39": "another document came: S/RES/2100",
		"F40": "its placeholder, nor does it give", "F44": "compressed answer broke off", "F45": "cut off: its end is missing", "F52": "does not keep to HTTP", "F57": "a bot wall answered for its robots.txt",
		"F60": "unpacks to more than",
	} {
		inFakeTime(t, func(t *testing.T) {
			_, g := check(t, t.TempDir(), beyondRobots(id, "ods"))
			said[id] = string(g)
		})
		if !strings.Contains(said[id], words) {
			var reasons []string
			for _, m := range regexp.MustCompile(`"reason": ?"([^"]*)"`).FindAllStringSubmatch(said[id], -1) {
				if !slices.Contains(reasons, m[1]) {
					reasons = append(reasons, m[1])
				}
			}
			t.Errorf("%s: nothing says %q: %q", id, words, reasons)
		}
	}
}
