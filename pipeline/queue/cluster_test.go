package queue_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"citecheck/extractors/layout"
	"citecheck/pipeline"
	"citecheck/pipeline/batch"
	"citecheck/pipeline/catalog"
	"citecheck/pipeline/cite"
	"citecheck/pipeline/fetch"
	"citecheck/pipeline/lookup"
	"citecheck/pipeline/queue"
	"citecheck/pipeline/worker"
)

// hostGap is the pause of the test's host.
const hostGap = 20 * time.Millisecond

// patience is how long a worker may be silent.
const patience = 3 * time.Second

const roleEnv = "CITECHECK_TEST_ROLE"

// TestMain lets the test binary be a node of the cluster, a worker, and the
// process in which a worker reads.
func TestMain(m *testing.M) {
	if worker.IsChild(os.Args) {
		os.Exit(worker.Main())
	}
	switch os.Getenv(roleEnv) {
	case "node":
		node(os.Args[1:])
	case "dies":
		dies(os.Args[1])
	case "worker":
		work(os.Args[1], os.Args[2])
	}
	os.Exit(m.Run())
}

// node is one server of a cluster: name, folder, port, cluster port, routes.
func node(args []string) {
	port, _ := strconv.Atoi(args[2])
	clusterPort, _ := strconv.Atoi(args[3])
	o := &server.Options{ServerName: args[0], Host: "127.0.0.1", Port: port, JetStream: true, StoreDir: args[1], SyncAlways: true, NoSigs: true,
		Cluster: server.ClusterOpts{Name: "test", Host: "127.0.0.1", Port: clusterPort}, Routes: server.RoutesFromStr(args[4])}
	s, err := server.NewServer(o)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	s.Start()
	select {}
}

// work is a worker: the queue's address, and the host that may be asked.
func work(at, host string) {
	ctx := context.Background()
	q, err := dial(ctx, at)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	live := &fetch.Live{Agent: "citecheck/test", Trusted: []string{host}, Manners: map[string]fetch.Manners{host: {Gap: hostGap}}}
	q.Work(ctx, 1, func(ctx context.Context, name string, data []byte, limits worker.Limits) (cite.Report, error) {
		p := pipeline.Pipeline{Limits: limits}
		return p.Read(ctx, name, data)
	}, live)
}

func dial(ctx context.Context, at string) (*queue.Queue, error) {
	q, err := queue.Dial(ctx, at, nats.RetryOnFailedConnect(true))
	for range 60 {
		if err == nil {
			q.Patience = patience
			return q, nil
		}
		time.Sleep(500 * time.Millisecond)
		q, err = queue.Dial(ctx, at)
	}
	return nil, err
}

// as starts the test binary in a role.
func as(t *testing.T, role string, args ...string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(self, args...)
	cmd.Env = append(os.Environ(), roleEnv+"="+role)
	cmd.Stderr = os.Stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { cmd.Process.Kill(); cmd.Wait() })
	return cmd
}

// ports are free ones.
func ports(t *testing.T, n int) (out []string) {
	for range n {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		defer l.Close()
		out = append(out, strconv.Itoa(l.Addr().(*net.TCPAddr).Port))
	}
	return out
}

// A host stands for the document system: it has nothing, and keeps a diary.
type host struct {
	mu    sync.Mutex
	asked map[string]int
	last  time.Time // end of the last answer
	under int       // requests under way
	close []time.Duration
	both  int // requests that met another
}

func (h *host) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h.mu.Lock()
	h.under++
	if h.under > 1 {
		h.both++
	}
	if gap := time.Since(h.last); gap < hostGap {
		h.close = append(h.close, gap)
	}
	if r.URL.Path != "/robots.txt" {
		h.asked[r.URL.String()]++
	}
	h.mu.Unlock()
	w.Header().Set("Content-Type", "text/html")
	w.WriteHeader(http.StatusNotFound) // a plain word: a host that answers so is asked on
	fmt.Fprintf(w, "<p>There is no document that matches %q.</p>", r.URL.Query().Get("s"))
	h.mu.Lock()
	h.under--
	h.last = time.Now()
	h.mu.Unlock()
}

// TestCluster: three nodes, four workers; the leader and a worker are killed.
// Nothing is lost or double, the host has its pauses, and the result is that
// of a run without a queue. CITECHECK_MANY sets the number of reports.
func TestCluster(t *testing.T) {
	if testing.Short() {
		t.Skip("three nodes and four workers")
	}
	n := 60
	if s := os.Getenv("CITECHECK_MANY"); s != "" {
		n, _ = strconv.Atoi(s)
	}
	ctx := context.Background()
	p := ports(t, 6)
	var routes, urls []string
	for i := range 3 {
		routes = append(routes, "nats://127.0.0.1:"+p[3+i])
		urls = append(urls, "nats://127.0.0.1:"+p[i])
	}
	nodes := map[string]*exec.Cmd{}
	for i := range 3 {
		name := fmt.Sprint("n", i)
		nodes[name] = as(t, "node", name, t.TempDir(), p[i], p[3+i], strings.Join(routes, ","))
	}
	at := strings.Join(urls, ",")
	q, err := dial(ctx, at)
	if err != nil {
		t.Fatal(err)
	}
	defer q.Close()

	un := &host{asked: map[string]int{}}
	site := httptest.NewServer(un)
	defer site.Close()
	u, _ := url.Parse(site.URL)
	var workers []*exec.Cmd
	for range 4 {
		workers = append(workers, as(t, "worker", at, u.Host))
	}

	reports := t.TempDir()
	mk := exec.Command("go", "run", "testdata/tools/mkreports.go", reports, strconv.Itoa(n))
	mk.Dir = filepath.Join("..", "..")
	if out, err := mk.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}

	far, near := filepath.Join(t.TempDir(), "far"), filepath.Join(t.TempDir(), "near")
	done := 0
	evidence, err := fetch.OpenEvidence(far, "test")
	if err != nil {
		t.Fatal(err)
	}
	live := &fetch.Live{Agent: "citecheck/test", Trusted: []string{u.Host}, Manners: map[string]fetch.Manners{u.Host: {Gap: hostGap}}, Transport: q, Patience: time.Hour}
	run := runOf(reports, far, site.URL, &fetch.Chain{Evidence: evidence, Live: live})
	run.Pipeline.Jobs, run.Pipeline.Elsewhere = 16, q.Read
	run.Happened = func(e batch.Event) {
		switch {
		case e.Kind == batch.Unread:
			t.Errorf("%s: %s", e.Name, e.Reason)
		case e.Kind == batch.Done:
			done++
			if done == n/3 {
				leader := leaderOf(t, at)
				t.Logf("after %d reports: %s, the leader, and a worker are killed", done, leader)
				nodes[leader].Process.Kill()
				workers[0].Process.Kill()
			}
		}
	}
	if _, err := run.Do(ctx); err != nil {
		t.Fatal(err)
	}
	if err := evidence.Close(); err != nil {
		t.Fatal(err)
	}
	if done != n {
		t.Errorf("%d reports were done, want %d", done, n)
	}
	outcomes(t, far, n)

	twice := 0
	for _, times := range un.asked {
		if times > 1 {
			twice += times - 1
		}
	}
	// The answer to the request that the killed worker had under way is lost with it.
	if len(un.asked) < n/2 || twice > 1 {
		t.Errorf("%d addresses asked, %d of them again", len(un.asked), twice)
	}
	if len(un.close) > 0 || un.both > 0 {
		t.Errorf("the host had less than its pause of %v %d times (%v), two requests at once %d times", hostGap, len(un.close), un.close, un.both)
	}
	t.Logf("%d addresses, %d asked again; no pause under %v", len(un.asked), twice, hostGap)

	archive, err := fetch.OpenArchive(filepath.Join(far, "evidence"))
	if err != nil {
		t.Fatal(err)
	}
	local, err := fetch.OpenEvidence(near, "test")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := runOf(reports, near, site.URL, &fetch.Chain{Archives: []*fetch.Archive{archive}, Evidence: local}).Do(ctx); err != nil {
		t.Fatal(err)
	}
	local.Close()
	same(t, near, far)

	s, err := q.Status(ctx)
	for range 20 { // the cluster may still elect another leader
		if err == nil {
			break
		}
		time.Sleep(500 * time.Millisecond)
		s, err = q.Status(ctx)
	}
	if err != nil || s.Waiting+s.Reading+len(s.Dead)+len(s.Asking) > 0 {
		t.Errorf("left in the queue: %+v %v", s, err)
	}
}

func runOf(reports, out, site string, chain *fetch.Chain) *batch.Run {
	look := &lookup.Lookup{Fetch: chain, Catalog: catalog.Builtin(), Lang: "en", Bases: lookup.Bases{DHL: site + "/dhl", ODS: site + "/ods"},
		Read: func(ctx context.Context, data []byte) ([]cite.Zone, []cite.Page, error) {
			doc, err := worker.Read(ctx, worker.Input{Name: "document.pdf", Data: data, MediaType: worker.PDF}, worker.DefaultLimits())
			if err != nil {
				return nil, nil, err
			}
			var pages []cite.Page
			for p := range doc.Pages() {
				pages = append(pages, p)
			}
			return layout.Zones(doc.Pages()), pages, nil
		}}
	return &batch.Run{Args: []string{reports}, Out: out, Settings: "test", Now: time.Now,
		Pipeline: &pipeline.Pipeline{Tool: "test", Jobs: 2, Limits: worker.DefaultLimits(), Lookup: look, Known: catalog.Builtin()}}
}

// serverOf is a connection to a server that knows nothing of the queue.
func serverOf(t *testing.T, at string) jetstream.JetStream {
	t.Helper()
	nc, err := nats.Connect(at)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(nc.Close)
	js, err := jetstream.New(nc)
	if err != nil {
		t.Fatal(err)
	}
	return js
}

// leaderOf is the node that leads the queue of reports.
func leaderOf(t *testing.T, at string) string {
	s, err := serverOf(t, at).Stream(context.Background(), "CITECHECK_READ")
	if err != nil {
		t.Fatal(err)
	}
	return s.CachedInfo().Cluster.Leader
}

// outcomes holds run.json to one checked line for every input.
func outcomes(t *testing.T, dir string, n int) {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(dir, "run.json"))
	if err != nil {
		t.Fatal(err)
	}
	var r struct {
		Inputs []struct{ File, Outcome string }
	}
	if err := json.Unmarshal(data, &r); err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, in := range r.Inputs {
		if in.Outcome != "checked" || seen[in.File] {
			t.Errorf("%s: %s", in.File, in.Outcome)
		}
		seen[in.File] = true
	}
	if len(seen) != n {
		t.Errorf("%d outcomes, want %d", len(seen), n)
	}
}

// same holds two folders to the same graphs.
func same(t *testing.T, want, got string) {
	t.Helper()
	files := 0
	err := filepath.WalkDir(want, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(path) != ".json" || strings.HasPrefix(d.Name(), ".") || d.Name() == "run.json" {
			return err
		}
		files++
		rel, _ := filepath.Rel(want, path)
		a, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		b, err := os.ReadFile(filepath.Join(got, rel))
		if !bytes.Equal(a, b) {
			t.Errorf("%s differs from the local run's (%v)", rel, err)
		}
		return nil
	})
	if err != nil || files < 2 {
		t.Errorf("%d files, %v", files, err)
	}
}
