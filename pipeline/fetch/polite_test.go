package fetch_test

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"citecheck/pipeline/cite"
	"citecheck/pipeline/fetch"
	"citecheck/pipeline/fetch/replica"
)

// TestPoliteness: eight workers ask the replica for 200 documents under the
// manners that the real hosts are shown, in fake time. No host is asked sooner
// than its gap after its last answer, nor twice for one address, nor twice at
// once; and it takes at most a tenth longer than the manners make it.
func TestPoliteness(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const answers = 300 * time.Millisecond
		s := &replica.Server{Slow: answers}
		dial := s.StartPipes()
		ods := fetch.ByHost["documents.un.org"]
		manners := map[string]fetch.Manners{"ods.replica.test": ods, "dhl.replica.test": fetch.DefaultManners, "main.replica.test": fetch.DefaultManners}
		live := &fetch.Live{Agent: "citecheck/test", Trusted: []string{"ods.replica.test", "dhl.replica.test", "main.replica.test"}, Manners: manners, Dial: dial}
		chain := &fetch.Chain{Live: live}
		var addresses []string
		for i := range 200 {
			addresses = append(addresses, fmt.Sprintf("%s?s=S/2023/%d&l=en&t=pdf", s.Base("ods"), i+1))
			if y := i / 5; i%5 == 0 {
				addresses = append(addresses, fmt.Sprintf("%s/scact%d_table_en.htm", s.Base("dhl"), 1981+y), fmt.Sprintf("%s/content/resolutions-adopted-security-council-%d", s.Base("main"), 1981+y))
			}
		}
		start := time.Now()
		var wg sync.WaitGroup
		for w := range 8 { // each asks for three quarters of them, all for some
			wg.Go(func() {
				for i, a := range addresses {
					if (i+w)%4 != 0 {
						chain.Get(context.Background(), cite.Request{URL: a})
					}
				}
			})
		}
		wg.Wait()
		took := time.Since(start)
		s.Close()
		live.Transport.(*http.Transport).CloseIdleConnections()

		bySite := map[string][]replica.Arrival{}
		for _, a := range s.Log() {
			bySite[a.Site] = append(bySite[a.Site], a)
			if a.Agent != "citecheck/test" {
				t.Errorf("asked as %q", a.Agent)
			}
		}
		least := map[string]time.Duration{}
		for site, list := range bySite {
			m := manners[site+".replica.test"]
			seen := map[string]bool{}
			for i, a := range list {
				if seen[a.Path] {
					t.Errorf("%s was asked twice for %s", site, a.Path)
				}
				seen[a.Path] = true
				if i == 0 {
					continue
				}
				gap := m.Gap
				if m.Batch > 0 && i%m.Batch == 0 {
					gap = m.Rest
				}
				if was := a.Start.Sub(list[i-1].End); was < gap {
					t.Errorf("%s was asked %v after its answer, request %d", site, was, i)
				}
				least[site] += gap
			}
			least[site] += time.Duration(len(list)) * answers
			for i := range list { // no more than the bound in any hour
				n := slices.IndexFunc(list[i:], func(a replica.Arrival) bool { return a.Start.Sub(list[i].Start) >= time.Hour })
				if m.Hourly > 0 && n > m.Hourly {
					t.Errorf("%s was asked %d times within an hour", site, n)
				}
			}
		}
		if n := len(bySite["ods"]); n != 201 { // and robots.txt
			t.Errorf("the document system was asked %d times for 200 documents", n)
		}
		longest := max(least["ods"], least["dhl"], least["main"])
		t.Logf("%v for 200 documents and 80 lists; the manners allow %v; ratio %.3f", took.Round(time.Second), longest.Round(time.Second), float64(took)/float64(longest))
		if float64(took) > 1.1*float64(longest) {
			t.Errorf("it took %v, and the manners allow %v", took, longest)
		}
	})
}

// TestCertificates: a host whose certificate is not sound is not asked, and
// there is no way around that.
func TestCertificates(t *testing.T) {
	for _, fault := range replica.TLS {
		base, end, err := replica.TLSServer(fault)
		if err != nil {
			t.Fatal(err)
		}
		live := &fetch.Live{Agent: "citecheck/test", Trusted: []string{strings.TrimPrefix(base, "https://")}}
		_, err = live.Ask(context.Background(), base+"/x")
		end()
		if err == nil || !strings.Contains(err.Error(), "no safe connection") {
			t.Errorf("%s: %v", fault, err)
		}
	}
}
