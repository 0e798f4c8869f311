package queue

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

// A Dead letter is a job that was given up.
type Dead struct {
	Seq    uint64
	Name   string // of the report or the address
	Reason string
	At     time.Time
}

const (
	nameField   = "Citecheck-Name"
	reasonField = "Citecheck-Reason"
	fromField   = "Citecheck-Subject"
)

// bury takes a job out of its queue and keeps it among the dead letters.
func (q *Queue) bury(ctx context.Context, msg jetstream.Msg, name, reason string) {
	dead := nats.NewMsg(deadFor + "job")
	dead.Data = msg.Data()
	dead.Header.Set(nameField, name)
	dead.Header.Set(reasonField, reason)
	dead.Header.Set(fromField, msg.Subject())
	err := q.again(ctx, func(ctx context.Context) error {
		_, err := q.js.PublishMsg(ctx, dead)
		return err
	})
	if err == nil {
		msg.Term()
	}
}

// Status is what stands in the queues.
type Status struct {
	Waiting int            // reports that nobody reads yet
	Reading int            // reports that a worker has
	Asking  map[string]int // requests by host, those under way included
	Dead    []Dead
}

// Status looks into the queues.
func (q *Queue) Status(ctx context.Context) (Status, error) {
	s := Status{Asking: map[string]int{}}
	reading, err := q.js.Stream(ctx, readStream)
	if err != nil {
		return s, err
	}
	for list := reading.ListConsumers(ctx); ; {
		c, ok := <-list.Info()
		if !ok {
			err = list.Err()
			break
		}
		s.Reading += c.NumAckPending
	}
	if err != nil {
		return s, err
	}
	info, err := reading.Info(ctx)
	if err != nil {
		return s, err
	}
	s.Waiting = int(info.State.Msgs) - s.Reading
	asking, err := q.js.Stream(ctx, fetchStream)
	if err != nil {
		return s, err
	}
	info, err = asking.Info(ctx, jetstream.WithSubjectFilter(fetchFrom+">"))
	if err != nil {
		return s, err
	}
	for subject, n := range info.State.Subjects {
		if host, ok := hostOf(subject); ok {
			s.Asking[host] += int(n)
		}
	}
	err = q.dead(ctx, func(m *jetstream.RawStreamMsg) error {
		s.Dead = append(s.Dead, Dead{Seq: m.Sequence, Name: m.Header.Get(nameField), Reason: m.Header.Get(reasonField), At: m.Time})
		return nil
	})
	return s, err
}

// dead goes through the dead letters.
func (q *Queue) dead(ctx context.Context, do func(*jetstream.RawStreamMsg) error) error {
	stream, err := q.js.Stream(ctx, deadStream)
	if err != nil {
		return err
	}
	info, err := stream.Info(ctx)
	if err != nil {
		return err
	}
	for seq := info.State.FirstSeq; seq <= info.State.LastSeq && info.State.Msgs > 0; seq++ {
		m, err := stream.GetMsg(ctx, seq)
		if errors.Is(err, jetstream.ErrMsgNotFound) {
			continue
		}
		if err == nil {
			err = do(m)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// Retry puts the dead letters back into their queues and returns how many:
// what workers then make of a report waits for the next run that has it. gone
// are those whose bytes the server keeps no longer.
func (q *Queue) Retry(ctx context.Context) (n, gone int, err error) {
	stream, err := q.js.Stream(ctx, deadStream)
	if err != nil {
		return 0, 0, err
	}
	err = q.dead(ctx, func(m *jetstream.RawStreamMsg) error {
		body := m.Data
		var job Reading
		if strings.HasPrefix(m.Header.Get(fromField), readFor) && unpack(m.Data, &job) == nil {
			if _, err := q.files.GetInfo(ctx, job.Key); errors.Is(err, jetstream.ErrObjectNotFound) {
				gone++
				return stream.DeleteMsg(ctx, m.Sequence)
			}
			job.Again = true
			packed, err := pack(job)
			if err != nil {
				return err
			}
			body = packed
		}
		if !strings.HasPrefix(m.Header.Get(fromField), "citecheck.") {
			return fmt.Errorf("dead letter %d does not say where it came from", m.Sequence)
		}
		if _, err := q.js.Publish(ctx, m.Header.Get(fromField), body); err != nil {
			return err
		}
		n++
		return stream.DeleteMsg(ctx, m.Sequence)
	})
	return n, gone, err
}

// Drain empties the queues and everything that the server keeps for them: the
// next run fills them again with what it still needs.
func (q *Queue) Drain(ctx context.Context) error {
	for _, name := range []string{readStream, fetchStream, deadStream} {
		stream, err := q.js.Stream(ctx, name)
		if err == nil {
			err = stream.Purge(ctx)
		}
		if err != nil {
			return err
		}
	}
	for _, store := range []jetstream.ObjectStore{q.files, q.reads, q.pages} {
		objects, err := store.List(ctx)
		if errors.Is(err, jetstream.ErrNoObjectsFound) {
			continue
		}
		if err != nil {
			return err
		}
		for _, o := range objects {
			if err := store.Delete(ctx, o.Name); err != nil {
				return err
			}
		}
	}
	return nil
}
