package fetch

import (
	"net/url"
	"slices"
	"sync"
	"time"

	"citecheck/pipeline/cite"
)

// A Plan notes what a run would ask for, in the order in which the questions
// came up, and reckons how long the manners towards each host make that take.
type Plan struct {
	Manners map[string]Manners // as Live has them

	mu    sync.Mutex
	seen  map[string]bool
	First []string // addresses that would be asked
	Then  []string // and those asked only where others have no answer
}

// add notes an address and tells whether it is new.
func (p *Plan) add(q cite.Request) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.seen == nil {
		p.seen = map[string]bool{}
	}
	if p.seen[q.URL] {
		return false
	}
	p.seen[q.URL] = true
	if q.Instead {
		p.Then = append(p.Then, q.URL)
	} else {
		p.First = append(p.First, q.URL)
	}
	return true
}

// A HostPlan is one host's part of a plan.
type HostPlan struct {
	Host     string
	Requests int           // with robots.txt
	Takes    time.Duration // of pauses alone
}

// Hosts are the hosts that addresses lie on, by name, with the pauses that
// they will be given. The lanes of hosts run side by side.
func (p *Plan) Hosts(addresses []string) []HostPlan {
	count := map[string]int{}
	for _, a := range addresses {
		if u, err := url.Parse(a); err == nil {
			count[u.Host]++
		}
	}
	var out []HostPlan
	for host, n := range count {
		u := &url.URL{Host: host}
		l := Live{Manners: p.Manners}
		out = append(out, HostPlan{host, n + 1, l.manners(&lane{}, u).takes(n + 1)})
	}
	slices.SortFunc(out, func(a, b HostPlan) int {
		if a.Host < b.Host {
			return -1
		}
		return 1
	})
	return out
}

// takes is how long n requests last on the average, were each answered at once.
func (m Manners) takes(n int) time.Duration {
	gap := time.Duration(float64(m.Gap) * (1 + m.Jitter/2))
	pauses := max(0, n-1)
	rests := 0
	if m.Batch > 0 {
		rests = pauses / m.Batch
	}
	d := time.Duration(pauses-rests)*gap + time.Duration(rests)*m.Rest
	if m.Hourly > 0 {
		d = max(d, time.Duration(pauses/m.Hourly)*time.Hour)
	}
	return d
}
