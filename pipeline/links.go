package pipeline

import (
	"context"
	"errors"
	"net/url"
	"time"

	"github.com/sourcegraph/conc/iter"

	"citecheck/pipeline/cite"
	"citecheck/pipeline/verify"
)

const (
	mostLinks = 200                // of one report: a bibliography of links takes minutes, not hours
	linkAge   = 7 * 24 * time.Hour // of an answer that was kept
)

// links asks for the links that notes give for works, each once, and puts the
// advice on those that are dead onto their citations. UN documents are looked
// up by their symbols, whatever their link.
func (p *Pipeline) links(ctx context.Context, r *cite.Report) {
	if p.Archive == "" || p.Lookup.Fetch == nil {
		return
	}
	var addresses []string
	seen := map[string]bool{}
	eachLink(r, func(c *cite.Citation) {
		if a := c.Work.URL; !seen[a] && len(addresses) < mostLinks {
			seen[a] = true
			addresses = append(addresses, a)
		}
	})
	type answer struct {
		r *cite.Response
		f *cite.Failure
	}
	ctx, end := p.Trace.Begin(ctx, "links")
	defer end()
	answers := iter.Map(addresses, func(a *string) answer {
		r, f := p.get(ctx, *a)
		return answer{r, f}
	})
	online := false
	for _, a := range answers {
		online = online || a.r != nil
	}
	found := map[string]cite.Finding{}
	for i, a := range answers {
		if f, dead := verify.LinkAlive(addresses[i], a.r, a.f, online); dead {
			if r, _ := p.get(ctx, p.Archive+"/wayback/available?url="+url.QueryEscape(addresses[i])); r != nil && r.Status == 200 && !r.Challenged {
				f.Suggestion = verify.ArchivedAt(r.Body)
			}
			if f.Suggestion != "" {
				f.Reason += "; the web archive has a copy"
			}
			found[addresses[i]] = f
		}
	}
	eachLink(r, func(c *cite.Citation) {
		if f, ok := found[c.Work.URL]; ok {
			c.Findings = append(c.Findings, f)
		}
	})
}

// eachLink calls f with every citation of a work that gives a web address.
func eachLink(r *cite.Report, f func(*cite.Citation)) {
	for i := range r.Notes {
		for j := range r.Notes[i].Citations {
			c := &r.Notes[i].Citations[j]
			if c.Work == nil {
				continue
			}
			if u, err := url.Parse(c.Work.URL); err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != "" && u.User == nil {
				f(c)
			}
		}
	}
}

func (p *Pipeline) get(ctx context.Context, address string) (*cite.Response, *cite.Failure) {
	r, err := p.Lookup.Fetch.Get(ctx, cite.Request{URL: address, MaxAge: linkAge})
	var f *cite.Failure
	if errors.As(err, &f) {
		return nil, f
	}
	if err != nil {
		return nil, &cite.Failure{Kind: "malformed", Reason: err.Error()}
	}
	return r, nil
}
