package queue

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/nats-io/nats.go/jetstream"
	"github.com/nats-io/nuid"
	"github.com/sourcegraph/conc/panics"
	"github.com/sourcegraph/conc/pool"

	"citecheck/pipeline/cite"
	"citecheck/pipeline/fetch"
	"citecheck/pipeline/worker"
)

// attempts is how many workers may be lost over a report before it is given up.
const attempts = 3

// A Reading is the job of reading one report. The files' store has its bytes
// under Key.
type Reading struct {
	Key    string
	Name   string // of the report, as problems name it
	Limits worker.Limits
	// Later is where the answer is kept for the next run when Again is set:
	// whoever asked first has been told that the report was given up.
	Later string
	Again bool
}

// read is what came of it.
type read struct {
	Report cite.Report
	Err    string // why it could not be read, "" where it was
	// GivenUp says that nobody knows whether it can be read: its bytes stay for
	// a while, in case somebody puts it back.
	GivenUp bool
}

// Read has a report read by a worker. What the server keeps of it is gone
// when Read returns, unless the report was given up.
func (q *Queue) Read(ctx context.Context, name string, data []byte, limits worker.Limits) (cite.Report, error) {
	job := Reading{Key: nuid.Next(), Name: name, Limits: limits, Later: keyOf(q.build, name, limits, string(data))}
	var out read
	if packed, err := q.reads.GetBytes(ctx, job.Later); err == nil { // it was put back after an earlier run
		_ = q.reads.Delete(ctx, job.Later) // it answers once
		if unpack(packed, &out) == nil && !out.GivenUp {
			return out.Report, out.failure()
		}
		out = read{}
	}
	defer func() {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
		defer cancel()
		if !out.GivenUp {
			_ = q.files.Delete(ctx, job.Key) // else both go with their age
		}
		_ = q.reads.Delete(ctx, job.Key)
	}()
	packed, err := q.ask(ctx, readStream, readFor+q.build, job.Key, job, q.reads, func(ctx context.Context) error {
		return q.put(ctx, q.files, job.Key, data)
	})
	if err == nil {
		err = unpack(packed, &out)
	}
	if err != nil {
		return cite.Report{}, fmt.Errorf("queue: %w", err)
	}
	return out.Report, out.failure()
}

func (r read) failure() error {
	if r.Err == "" {
		return nil
	}
	return errors.New(r.Err)
}

// A Reader reads a report on this machine.
type Reader func(ctx context.Context, name string, data []byte, limits worker.Limits) (cite.Report, error)

// Work reads reports, jobs of them at once, and asks hosts for others until
// ctx ends.
func (q *Queue) Work(ctx context.Context, jobs int, how Reader, live *fetch.Live) error {
	p := pool.New().WithErrors().WithContext(ctx).WithCancelOnError()
	for range jobs {
		p.Go(func(ctx context.Context) error { return q.serveReading(ctx, how) })
	}
	p.Go(func(ctx context.Context) error { return q.serveFetching(ctx, live) })
	return p.Wait()
}

// serveReading reads reports for others until ctx ends, one after another.
func (q *Queue) serveReading(ctx context.Context, how Reader) error {
	for ctx.Err() == nil {
		var c jetstream.Consumer
		err := q.again(ctx, func(ctx context.Context) (err error) {
			c, err = q.js.CreateOrUpdateConsumer(ctx, readStream, jetstream.ConsumerConfig{Durable: "read-" + q.build,
				FilterSubject: readFor + q.build, AckPolicy: jetstream.AckExplicitPolicy, AckWait: q.patience(), MaxAckPending: 10_000})
			return err
		})
		if err != nil {
			return err
		}
		each(ctx, c, func(msg jetstream.Msg) { q.readOne(ctx, msg, how) }) // ends early where the server lost the queue
	}
	return ctx.Err()
}

func (q *Queue) readOne(ctx context.Context, msg jetstream.Msg, how Reader) {
	var job Reading
	if err := unpack(msg.Data(), &job); err != nil {
		q.bury(ctx, msg, "", fmt.Sprintf("not a job that this program knows: %v", err))
		return
	}
	where := job.Key
	if job.Again {
		where = job.Later
	}
	meta, err := msg.Metadata()
	if err == nil && meta.NumDelivered > attempts {
		reason := fmt.Sprintf("given up: %d workers ended while they read it. citecheck queue retry has it read again", attempts)
		if q.answer(ctx, q.reads, where, read{Err: reason, GivenUp: true}) == nil {
			q.bury(ctx, msg, job.Name, reason)
		}
		return
	}
	data, err := q.get(ctx, q.files, job.Key)
	if errors.Is(err, jetstream.ErrObjectNotFound) { // whoever asked has its answer
		msg.Term()
		return
	}
	if err != nil {
		msg.NakWithDelay(time.Second)
		return
	}
	var out read
	alive(msg, q.patience(), func() {
		ctx, end := q.Trace.Begin(q.taken(ctx, msg), "process", "report", job.Name, "subject", msg.Subject(), "id", job.Key)
		var err error
		if p := panics.Try(func() { out.Report, err = how(ctx, job.Name, data, job.Limits) }); p != nil {
			err = fmt.Errorf("internal error: %v", p.Value)
		}
		end("error", err)
		if err != nil {
			out.Err = err.Error()
		}
	})
	if ctx.Err() != nil { // this worker is told to end: what it made of the report may be half
		msg.Nak()
		return
	}
	if err := q.answer(ctx, q.reads, where, out); err != nil {
		msg.NakWithDelay(time.Second)
		return
	}
	if job.Again {
		_ = q.files.Delete(ctx, job.Key) // nobody waits who would
	}
	msg.DoubleAck(ctx)
}
