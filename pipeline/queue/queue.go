// Package queue spreads a run over machines with NATS JetStream: workers take
// the reading of reports and the asking of hosts from two work queues, and
// whoever runs the check gets the answers as if it had done both itself. The
// queue only says what is next: what is done stands in the run's own ledger,
// and a queue that was lost is filled again by running the same command.
//
// It knows jobs, lanes and answers; it knows nothing of notes or citations.
package queue

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/gob"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"sync"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

// The names under which the queue is found on a server.
const (
	readStream  = "CITECHECK_READ"
	fetchStream = "CITECHECK_FETCH"
	deadStream  = "CITECHECK_DEAD"
	files       = "citecheck_files" // what is to be read
	answers     = "citecheck_read"  // what came of it
	pages       = "citecheck_pages" // what hosts answered
	readFor     = "citecheck.read." // + build
	fetchFrom   = "citecheck.fetch."
	deadFor     = "citecheck.dead."
	done        = "citecheck.done." // + key; told once an answer is kept
)

// kept is how long answers and files stay on the server.
const kept = 24 * time.Hour

// A Queue is a connection to the server.
type Queue struct {
	// Patience is how long a worker may be silent before its job goes to
	// another; 0 for 30 seconds. All who use a queue must agree on it.
	Patience time.Duration

	nc    *nats.Conn
	js    jetstream.JetStream
	build string
	files jetstream.ObjectStore
	reads jetstream.ObjectStore
	pages jetstream.ObjectStore
}

// Dial connects to the servers at url ("nats://host:4222", several with
// commas) and makes sure that the queue is there. It keeps three replicas on a
// cluster and one on a single server.
func Dial(ctx context.Context, url string, opts ...nats.Option) (*Queue, error) {
	opts = append([]nats.Option{nats.Name("citecheck"), nats.MaxReconnects(-1), nats.ReconnectWait(time.Second), nats.Timeout(5 * time.Second)}, opts...)
	nc, err := nats.Connect(url, opts...)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", url, err)
	}
	q := &Queue{nc: nc}
	if q.build, err = build(); err == nil {
		err = q.open(ctx)
	}
	if err != nil {
		nc.Close()
		return nil, fmt.Errorf("%s: %w", url, err)
	}
	return q, nil
}

// Close ends the connection.
func (q *Queue) Close() { q.nc.Close() }

// build names this very program: a report is read by the program that will
// judge it, or not at all.
var build = sync.OnceValues(func() (string, error) {
	path, err := os.Executable()
	if err != nil {
		return "", err
	}
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)[:8]), nil
})

func (q *Queue) patience() time.Duration {
	if q.Patience > 0 {
		return q.Patience
	}
	return 30 * time.Second
}

func (q *Queue) open(ctx context.Context) error {
	var err error
	// A publication that is not acknowledged in a second is sent again: after
	// the loss of a leader the queue is then back in seconds.
	if q.js, err = jetstream.New(q.nc, jetstream.WithDefaultTimeout(5*time.Second)); err != nil {
		return err
	}
	replicas := 3
	if err := q.make(ctx, replicas); err != nil {
		var api *jetstream.APIError
		if !errors.As(err, &api) {
			return err
		}
		if err := q.make(ctx, 1); err != nil { // a single server
			return err
		}
	}
	return nil
}

func (q *Queue) make(ctx context.Context, replicas int) error {
	for _, c := range []jetstream.StreamConfig{
		{Name: readStream, Subjects: []string{readFor + ">"}, Retention: jetstream.WorkQueuePolicy},
		{Name: fetchStream, Subjects: []string{fetchFrom + ">"}, Retention: jetstream.WorkQueuePolicy},
		{Name: deadStream, Subjects: []string{deadFor + ">"}, MaxAge: 30 * 24 * time.Hour},
	} {
		c.Replicas, c.Storage, c.Duplicates = replicas, jetstream.FileStorage, 2*time.Minute
		if _, err := q.js.CreateOrUpdateStream(ctx, c); err != nil {
			return err
		}
	}
	for name, to := range map[string]*jetstream.ObjectStore{files: &q.files, answers: &q.reads, pages: &q.pages} {
		store, err := q.js.CreateOrUpdateObjectStore(ctx, jetstream.ObjectStoreConfig{Bucket: name, TTL: kept, Replicas: replicas})
		if err != nil {
			return err
		}
		*to = store
	}
	return nil
}

// publish adds a job once: the same key is not queued again while the server
// remembers it.
func (q *Queue) publish(ctx context.Context, subject, key string, job any) error {
	body, err := pack(job)
	if err != nil {
		return err
	}
	return again(ctx, func(ctx context.Context) error {
		_, err := q.js.PublishMsg(ctx, &nats.Msg{Subject: subject, Data: body}, jetstream.WithMsgID(key))
		return err
	})
}

// again tries what may fail while the server elects a leader, for a minute.
func again(ctx context.Context, do func(context.Context) error) error {
	end := time.Now().Add(time.Minute)
	for {
		try, cancel := context.WithTimeout(ctx, 2*time.Second)
		err := do(try)
		cancel()
		if err == nil || ctx.Err() != nil || time.Now().After(end) || errors.Is(err, jetstream.ErrObjectNotFound) {
			return err
		}
		select {
		case <-ctx.Done():
			return err
		case <-time.After(200 * time.Millisecond):
		}
	}
}

// get reads an object; a missing one is jetstream.ErrObjectNotFound.
func get(ctx context.Context, store jetstream.ObjectStore, name string) (data []byte, err error) {
	err = again(ctx, func(ctx context.Context) error {
		data, err = store.GetBytes(ctx, name)
		return err
	})
	return data, err
}

func put(ctx context.Context, store jetstream.ObjectStore, name string, data []byte) error {
	return again(ctx, func(ctx context.Context) error {
		_, err := store.PutBytes(ctx, name, data)
		return err
	})
}

// await is the answer kept under key in store, as soon as there is one. It
// listens for the word that it is there, and looks now and then in case the
// word was lost.
func (q *Queue) await(ctx context.Context, store jetstream.ObjectStore, key string) ([]byte, error) {
	word := make(chan *nats.Msg, 1)
	sub, err := q.nc.ChanSubscribe(done+key, word)
	if err != nil {
		return nil, err
	}
	defer sub.Unsubscribe()
	for wait := 100 * time.Millisecond; ; wait = min(2*wait, 2*time.Second) {
		data, err := get(ctx, store, key)
		if err == nil || !errors.Is(err, jetstream.ErrObjectNotFound) {
			return data, err
		}
		select {
		case <-word:
		case <-time.After(wait):
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}

// answer keeps an answer and says so to whoever waits.
func (q *Queue) answer(ctx context.Context, store jetstream.ObjectStore, key string, answer any) error {
	data, err := pack(answer)
	if err != nil {
		return err
	}
	if err := put(ctx, store, key, data); err != nil {
		return err
	}
	return q.nc.Publish(done+key, nil)
}

func pack(v any) ([]byte, error) {
	var b bytes.Buffer
	err := gob.NewEncoder(&b).Encode(v)
	return b.Bytes(), err
}

func unpack(data []byte, v any) error { return gob.NewDecoder(bytes.NewReader(data)).Decode(v) }

// keyOf names a job by all that its answer depends on.
func keyOf(parts ...any) string {
	h := sha256.New()
	for _, p := range parts {
		fmt.Fprintf(h, "%v\x00", p)
	}
	return hex.EncodeToString(h.Sum(nil)[:16])
}

// alive keeps a job from going to another worker while do works on it.
func alive(msg jetstream.Msg, patience time.Duration, do func()) {
	stop, stopped := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(stopped)
		t := time.NewTicker(patience / 3)
		defer t.Stop()
		for {
			select {
			case <-t.C:
				msg.InProgress() // a word that is lost costs a second reading at worst
			case <-stop:
				return
			}
		}
	}()
	do()
	close(stop)
	<-stopped
}

// each takes jobs of a consumer one at a time until ctx ends.
func each(ctx context.Context, c jetstream.Consumer, do func(jetstream.Msg)) error {
	for ctx.Err() == nil {
		// A short pull notices the loss of a leader in seconds; the library's
		// default took half a minute.
		it, err := c.Messages(jetstream.PullMaxMessages(1), jetstream.PullExpiry(4*time.Second), jetstream.PullHeartbeat(time.Second))
		if err == nil {
			stop := context.AfterFunc(ctx, it.Stop)
			for {
				var msg jetstream.Msg
				if msg, err = it.Next(); err != nil {
					break
				}
				do(msg)
			}
			stop()
			it.Stop()
		}
		if errors.Is(err, jetstream.ErrConsumerDeleted) || errors.Is(err, jetstream.ErrConsumerNotFound) {
			return err
		}
		select {
		case <-ctx.Done():
		case <-time.After(200 * time.Millisecond):
		}
	}
	return ctx.Err()
}
