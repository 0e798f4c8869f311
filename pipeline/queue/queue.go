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

	"citecheck/pipeline/cite"
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
	// Trace is told of each report that is read for others. Carry gives what of
	// a trace goes with a job to another machine, and Taken the context that
	// this makes there. All may be nil.
	Trace cite.Trace
	Carry func(context.Context) map[string]string
	Taken func(context.Context, map[string]string) context.Context

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
	if err := q.make(ctx); err != nil {
		return err
	}
	for name, to := range map[string]*jetstream.ObjectStore{files: &q.files, answers: &q.reads, pages: &q.pages} {
		if *to, err = q.js.ObjectStore(ctx, name); err != nil {
			return err
		}
	}
	return nil
}

// make sees to it that the server has the queues and stores. What is there
// stays as it is: a cluster that has lost a node must not be told to keep less.
func (q *Queue) make(ctx context.Context) error {
	for _, c := range []jetstream.StreamConfig{
		{Name: readStream, Subjects: []string{readFor + ">"}, Retention: jetstream.WorkQueuePolicy},
		{Name: fetchStream, Subjects: []string{fetchFrom + ">"}, Retention: jetstream.WorkQueuePolicy},
		{Name: deadStream, Subjects: []string{deadFor + ">"}, MaxAge: 30 * 24 * time.Hour},
	} {
		c.Storage, c.Duplicates = jetstream.FileStorage, 2*time.Minute
		err := replicated(func(n int) error {
			c.Replicas = n
			_, err := q.js.CreateStream(ctx, c)
			return err
		})
		if err != nil && !errors.Is(err, jetstream.ErrStreamNameAlreadyInUse) {
			return err
		}
	}
	for _, name := range []string{files, answers, pages} {
		if err := q.makeStore(ctx, name); err != nil {
			return err
		}
	}
	return nil
}

// replicated makes something with three replicas, or with one where there are
// no three servers.
func replicated(make func(n int) error) error {
	const notClustered, noPeers = 10074, 10005 // of the server's table of errors
	err := make(3)
	if api := (*jetstream.APIError)(nil); errors.As(err, &api) && (api.ErrorCode == notClustered || api.ErrorCode == noPeers) {
		return make(1)
	}
	return err
}

// makeStore makes a store that only the leader of its replicas answers for. By
// default any replica does, and one that lags behind has not yet what a worker
// has just been told of: its job would pass for one that nobody waits for.
func (q *Queue) makeStore(ctx context.Context, name string) error {
	stream, err := q.js.Stream(ctx, "OBJ_"+name)
	if errors.Is(err, jetstream.ErrStreamNotFound) {
		err = replicated(func(n int) error {
			_, err := q.js.CreateObjectStore(ctx, jetstream.ObjectStoreConfig{Bucket: name, TTL: kept, Replicas: n})
			return err
		})
		if err == nil || errors.Is(err, jetstream.ErrBucketExists) { // another was quicker
			stream, err = q.js.Stream(ctx, "OBJ_"+name)
		}
	}
	if err != nil {
		return err
	}
	c := stream.CachedInfo().Config
	if !c.AllowDirect {
		return nil
	}
	c.AllowDirect = false
	_, err = q.js.UpdateStream(ctx, c)
	return err
}

// errGone is a job that is in its queue no more, and has no answer.
var errGone = errors.New("the job is gone")

// ask has a job done and waits for its answer, which store has under key.
// ready is called before the job is queued. A job that is gone without an
// answer, drained or lost with a server, is queued again: the queue only says
// what is next, who asks knows what is missing.
func (q *Queue) ask(ctx context.Context, stream, subject, key string, job any, store jetstream.ObjectStore, ready func(context.Context) error) ([]byte, error) {
	body, err := pack(job)
	if err != nil {
		return nil, err
	}
	for try := 0; ; try++ {
		if err := ready(ctx); err != nil {
			return nil, err
		}
		// The server takes no second job of the same id, as long as it remembers the first.
		seq, err := q.publish(ctx, subject, fmt.Sprintf("%s.%d", key, try), body)
		if err != nil {
			return nil, err
		}
		data, err := q.await(ctx, store, key, func() bool { return q.gone(ctx, stream, seq, body) })
		if !errors.Is(err, errGone) {
			return data, err
		}
	}
}

// publish adds a job to a queue once, and has its place there.
func (q *Queue) publish(ctx context.Context, subject, id string, body []byte) (seq uint64, err error) {
	header := nats.Header{}
	if q.Carry != nil {
		for name, value := range q.Carry(ctx) {
			header.Set(name, value)
		}
	}
	err = q.again(ctx, func(ctx context.Context) error {
		ack, err := q.js.PublishMsg(ctx, &nats.Msg{Subject: subject, Data: body, Header: header}, jetstream.WithMsgID(id))
		if err == nil {
			seq = ack.Sequence
		}
		return err
	})
	return seq, err
}

// taken is the context of a job: who traces sees it under what asked for it.
func (q *Queue) taken(ctx context.Context, msg jetstream.Msg) context.Context {
	if q.Taken == nil {
		return ctx
	}
	carried := map[string]string{}
	for name := range msg.Headers() {
		carried[name] = msg.Headers().Get(name)
	}
	return q.Taken(ctx, carried)
}

// gone says that a queue has a job no more. No answer of the server says nothing.
func (q *Queue) gone(ctx context.Context, name string, seq uint64, body []byte) bool {
	var msg *jetstream.RawStreamMsg
	err := within(ctx, 5*time.Second, func(ctx context.Context) error {
		stream, err := q.js.Stream(ctx, name)
		if err == nil {
			msg, err = stream.GetMsg(ctx, seq)
		}
		return err
	})
	return lost(err) || errors.Is(err, jetstream.ErrMsgNotFound) || err == nil && !bytes.Equal(msg.Data, body)
}

// again tries for a minute what may fail while the server elects a leader. A
// server that has lost the queues gets them anew.
func (q *Queue) again(ctx context.Context, do func(context.Context) error) error {
	end := time.Now().Add(time.Minute)
	for {
		err := within(ctx, 2*time.Second, do)
		if err == nil || ctx.Err() != nil || time.Now().After(end) || errors.Is(err, jetstream.ErrObjectNotFound) {
			return err
		}
		if lost(err) {
			within(ctx, 10*time.Second, q.make)
		}
		select {
		case <-ctx.Done():
			return err
		case <-time.After(200 * time.Millisecond):
		}
	}
}

func within(ctx context.Context, t time.Duration, do func(context.Context) error) error {
	ctx, cancel := context.WithTimeout(ctx, t)
	defer cancel()
	return do(ctx)
}

// lost says that the server knows no such queue or store.
func lost(err error) bool {
	return errors.Is(err, jetstream.ErrStreamNotFound) || errors.Is(err, jetstream.ErrBucketNotFound) || errors.Is(err, jetstream.ErrNoStreamResponse)
}

// get reads an object; a missing one is jetstream.ErrObjectNotFound.
func (q *Queue) get(ctx context.Context, store jetstream.ObjectStore, name string) (data []byte, err error) {
	err = q.again(ctx, func(ctx context.Context) error {
		data, err = store.GetBytes(ctx, name)
		return err
	})
	return data, err
}

func (q *Queue) put(ctx context.Context, store jetstream.ObjectStore, name string, data []byte) error {
	return q.again(ctx, func(ctx context.Context) error {
		_, err := store.PutBytes(ctx, name, data)
		return err
	})
}

// await is the answer kept under key in store, as soon as there is one. It
// listens for the word that it is there, and looks now and then in case the
// word was lost; it ends with errGone where the job is gone.
func (q *Queue) await(ctx context.Context, store jetstream.ObjectStore, key string, gone func() bool) ([]byte, error) {
	word := make(chan *nats.Msg, 8) // more than one where a job was done again
	sub, err := q.nc.ChanSubscribe(done+key, word)
	if err != nil {
		return nil, err
	}
	defer sub.Unsubscribe()
	look, last := time.Now().Add(q.patience()), false
	for wait := 100 * time.Millisecond; ; wait = min(2*wait, 2*time.Second) {
		data, err := q.get(ctx, store, key)
		if err == nil || !errors.Is(err, jetstream.ErrObjectNotFound) {
			return data, err
		}
		if last { // an answer is kept before its job goes
			return nil, errGone
		}
		select {
		case <-word:
		case <-time.After(wait):
		case <-ctx.Done():
			return nil, ctx.Err()
		}
		if time.Now().After(look) {
			look, last = time.Now().Add(q.patience()), gone()
		}
	}
}

// answer keeps an answer and says so to whoever waits.
func (q *Queue) answer(ctx context.Context, store jetstream.ObjectStore, key string, answer any) error {
	data, err := pack(answer)
	if err != nil {
		return err
	}
	if err := q.put(ctx, store, key, data); err != nil {
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

// each takes jobs of a consumer one at a time until ctx ends or the server has
// no such consumer.
func each(ctx context.Context, c jetstream.Consumer, do func(jetstream.Msg)) {
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
		err = within(ctx, 2*time.Second, func(ctx context.Context) error { _, err := c.Info(ctx); return err })
		if lost(err) || errors.Is(err, jetstream.ErrConsumerNotFound) {
			return
		}
		select {
		case <-ctx.Done():
		case <-time.After(200 * time.Millisecond):
		}
	}
}
