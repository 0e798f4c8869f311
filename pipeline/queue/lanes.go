package queue

import (
	"bytes"
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/nats-io/nats.go/jetstream"
	"github.com/nats-io/nuid"

	"citecheck/pipeline/cite"
	"citecheck/pipeline/fetch"
)

// A Request is the job of asking a host once.
type Request struct {
	Key    string // of this asking
	Page   string // of the address: one answer serves all who ask for it
	URL    string
	Header http.Header
	Gap    time.Duration // the host is left alone so long after its answer
}

// An answer of a host, or why there was none.
type exchanged struct {
	Page    string // where the answer stands, when it is kept for all
	Fetched time.Time
	Status  int
	Line    string // "200 OK"
	Proto   string
	Header  http.Header
	Body    []byte
	Failure *cite.Failure
}

// hostOf is the host whose requests a subject carries.
func hostOf(subject string) (string, bool) {
	token, _, _ := strings.Cut(strings.TrimPrefix(subject, fetchFrom), ".")
	host, err := hex.DecodeString(token)
	return string(host), err == nil && len(host) > 0
}

// tokenOf names a host in subjects and lanes, which allow no dots.
func tokenOf(host string) string { return hex.EncodeToString([]byte(host)) }

// RoundTrip has a request made by a worker, in the lane that the host has for
// all workers together. It is the transport of a [fetch.Live], which sees to
// robots.txt, to second tries and to what is kept, as it does without a queue.
func (q *Queue) RoundTrip(req *http.Request) (*http.Response, error) {
	ctx := req.Context()
	if req.Method != http.MethodGet || req.Body != nil {
		return nil, fmt.Errorf("queue: only GET goes through a queue, not %s", req.Method)
	}
	job := Request{Key: nuid.Next(), URL: req.URL.String(), Header: req.Header, Gap: fetch.Gap(ctx)}
	job.Page = keyOf("page", job.URL, req.Header.Get("If-None-Match"), req.Header.Get("If-Modified-Since"))
	out, err := q.page(ctx, job.Page)
	if errors.Is(err, jetstream.ErrObjectNotFound) {
		out, err = q.exchange(ctx, req.URL.Host, job)
	}
	if err != nil {
		return nil, fmt.Errorf("queue: %w", err)
	}
	if out.Failure != nil {
		return nil, out.Failure
	}
	out.Header = out.Header.Clone()
	out.Header.Set(fetchedField, out.Fetched.UTC().Format(time.RFC3339))
	return &http.Response{Status: out.Line, StatusCode: out.Status, Proto: out.Proto, ProtoMajor: 1, ProtoMinor: 1,
		Header: out.Header, Body: io.NopCloser(bytes.NewReader(out.Body)), ContentLength: int64(len(out.Body)), Request: req}, nil
}

// fetchedField carries the time at which a host answered; it is put in after
// the host's own fields, and taken out again by Fetched.
const fetchedField = "Citecheck-Fetched"

// Fetched is when a host gave the answer that RoundTrip returned.
func (q *Queue) Fetched(resp *http.Response) string {
	at := resp.Header.Get(fetchedField)
	resp.Header.Del(fetchedField)
	return at
}

func (q *Queue) page(ctx context.Context, key string) (out exchanged, err error) {
	data, err := q.get(ctx, q.pages, key)
	if err == nil {
		err = unpack(data, &out)
	}
	return out, err
}

// exchange queues a request and waits for its answer.
func (q *Queue) exchange(ctx context.Context, host string, job Request) (out exchanged, err error) {
	lane := jetstream.ConsumerConfig{Durable: "lane-" + tokenOf(host), FilterSubject: fetchFrom + tokenOf(host) + ".>",
		AckPolicy: jetstream.AckExplicitPolicy, AckWait: q.patience(), MaxAckPending: 1}
	data, err := q.ask(ctx, fetchStream, fetchFrom+tokenOf(host)+"."+job.Key, job.Key, job, q.pages, func(ctx context.Context) error {
		return q.again(ctx, func(ctx context.Context) error {
			_, err := q.js.CreateConsumer(ctx, fetchStream, lane) // there already with the same settings: no error
			return err
		})
	})
	if err != nil {
		return out, err
	}
	if err := unpack(data, &out); err != nil {
		return out, err
	}
	if out.Page != "" {
		return q.page(ctx, out.Page)
	}
	_ = q.pages.Delete(ctx, job.Key) // else it goes with its age
	return out, nil
}

// serveFetching asks hosts for others until ctx ends: every lane has one
// request under way in all workers together, and the pause that the host wants
// counts from the end of its answer.
func (q *Queue) serveFetching(ctx context.Context, live *fetch.Live) error {
	var lanes sync.WaitGroup
	defer lanes.Wait()
	var at sync.Map // lanes that this worker serves
	for {
		names, err := q.lanes(ctx)
		if err == nil {
			for _, name := range names {
				if _, served := at.LoadOrStore(name, true); !served {
					lanes.Go(func() {
						defer at.Delete(name)
						q.serveLane(ctx, name, live)
					})
				}
			}
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(time.Second): // a new host is seen so soon
		}
	}
}

func (q *Queue) lanes(ctx context.Context) (names []string, err error) {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	stream, err := q.js.Stream(ctx, fetchStream)
	if err != nil {
		return nil, err
	}
	list := stream.ConsumerNames(ctx)
	for name := range list.Name() {
		names = append(names, name)
	}
	return names, list.Err()
}

// serveLane serves one lane until ctx ends or the server has it no more.
func (q *Queue) serveLane(ctx context.Context, name string, live *fetch.Live) {
	var c jetstream.Consumer
	err := within(ctx, 5*time.Second, func(ctx context.Context) (err error) {
		c, err = q.js.Consumer(ctx, fetchStream, name)
		return err
	})
	if err == nil {
		each(ctx, c, func(msg jetstream.Msg) { q.fetchOne(ctx, msg, name, live) })
	}
}

func (q *Queue) fetchOne(ctx context.Context, msg jetstream.Msg, lane string, live *fetch.Live) {
	var job Request
	if err := unpack(msg.Data(), &job); err != nil {
		q.bury(ctx, msg, "", fmt.Sprintf("not a job that this program knows: %v", err))
		return
	}
	// Another worker may have had the answer and died before it said so, or
	// somebody else asked for the same address.
	_, err := q.pages.GetInfo(ctx, job.Page)
	if err == nil {
		if q.answer(ctx, q.pages, job.Key, exchanged{Page: job.Page}) == nil {
			msg.DoubleAck(ctx)
		}
		return
	}
	if _, err := q.pages.GetInfo(ctx, job.Key); err == nil { // answered, but not acknowledged
		msg.DoubleAck(ctx)
		return
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, job.URL, nil)
	if err != nil {
		if q.answer(ctx, q.pages, job.Key, exchanged{Failure: &cite.Failure{Kind: "policy", Reason: err.Error()}}) == nil {
			q.bury(ctx, msg, job.URL, err.Error())
		}
		return
	}
	req.Header = job.Header
	alive(msg, q.patience(), func() {
		resp, body, err := live.Exchange(q.taken(ctx, msg), req)
		ended := time.Now()
		if ctx.Err() != nil {
			return
		}
		m := live.MannersOf(req.URL.Host)
		gap := max(job.Gap, m.Gap)
		var peace time.Duration
		out := exchanged{}
		switch {
		case err != nil && !errors.As(err, &out.Failure):
			out.Failure = &cite.Failure{Kind: "malformed", Reason: err.Error()}
		case err == nil:
			out = exchanged{Fetched: ended, Status: resp.StatusCode, Line: resp.Status, Proto: resp.Proto, Header: resp.Header, Body: body}
			peace = fetch.Peace(resp)
		}
		if meta, err := msg.Metadata(); err == nil && m.Batch > 0 && meta.Sequence.Consumer%uint64(m.Batch) == 0 {
			peace = max(peace, m.Rest)
		}
		err = q.keep(ctx, job, out)
		if peace > gap {
			q.again(ctx, func(ctx context.Context) error {
				_, err := q.js.PauseConsumer(ctx, fetchStream, lane, ended.Add(peace))
				return err
			})
		}
		select {
		case <-time.After(time.Until(ended.Add(gap))): // the lane is ours until the host had its pause
		case <-ctx.Done():
		}
		if err == nil {
			msg.DoubleAck(ctx)
		}
	})
}

// keep keeps a host's answer: a good one for all who may ask for the address.
func (q *Queue) keep(ctx context.Context, job Request, out exchanged) error {
	if out.Status != http.StatusOK {
		return q.answer(ctx, q.pages, job.Key, out)
	}
	data, err := pack(out)
	if err == nil {
		err = q.put(ctx, q.pages, job.Page, data)
	}
	if err != nil {
		return err
	}
	return q.answer(ctx, q.pages, job.Key, exchanged{Page: job.Page})
}
