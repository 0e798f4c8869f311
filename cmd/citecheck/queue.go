package main

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"citecheck/pipeline"
	"citecheck/pipeline/cite"
	"citecheck/pipeline/fetch"
	"citecheck/pipeline/queue"
	"citecheck/pipeline/worker"
)

// waitsForLane is how long a request may wait for its turn among those of all
// runs that share a queue.
const waitsForLane = 12 * time.Hour

// inQueue is how many reports of a run are with workers at once.
const inQueue = 64

// throughQueue lets others read the reports of a run and ask the hosts for it.
func throughQueue(ctx context.Context, nats string, p *pipeline.Pipeline, m *metrics, t *traces) (close func(), err error) {
	q, err := queue.Dial(ctx, nats)
	if err != nil {
		return nil, exit(exitFailed, fmt.Errorf("--nats %w (citecheck queue serve starts one)", err))
	}
	unmeasured := m.depth(q)
	t.through(q)
	p.Elsewhere = q.Read
	if c, ok := p.Lookup.Fetch.(*fetch.Chain); ok && c.Live != nil {
		c.Live.Transport, c.Live.Patience = q, waitsForLane
	}
	return func() { unmeasured(); q.Close() }, nil
}

func workerCommand() *cobra.Command {
	var f sourceFlags
	var url, metricsAddress, tracesAddress string
	var jobs int
	cmd := &cobra.Command{
		Use:   "worker --nats URL",
		Short: "Read reports and ask hosts for runs on other machines",
		Long: `Takes work from a NATS JetStream queue until it is interrupted: reports to read,
and requests to the hosts of the UN. Start as many as you like, on as many
machines; all of them together keep to the pauses that a host wants. They need
the queue's address and nothing else: no folder, no state. What a worker had
in hand when it ended goes to another.

A worker reads for runs of the very same build of citecheck only.`,
		Example: `  citecheck queue serve --listen 10.0.0.5:4222
  citecheck worker --nats nats://10.0.0.5:4222
  citecheck check --nats nats://10.0.0.5:4222 archive/`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if url == "" {
				return errors.New("--nats URL: where is the queue?")
			}
			if jobs < 1 {
				return fmt.Errorf("--jobs %d: at least 1", jobs)
			}
			f.offline = false
			c, _, err := f.chain("")
			if err != nil {
				return err
			}
			ctx := cmd.Context()
			q, err := queue.Dial(ctx, url)
			if err != nil {
				return exit(exitFailed, fmt.Errorf("--nats %w (citecheck queue serve starts one)", err))
			}
			defer q.Close()
			m, stop, err := metricsAt(metricsAddress, cmd.ErrOrStderr())
			if err != nil {
				return err
			}
			defer stop()
			t, stop, err := tracesTo(tracesAddress, func(reason string) { noTraces(cmd.ErrOrStderr(), nil, false, reason) })
			if err != nil {
				return err
			}
			defer stop()
			m.watch(c)
			t.of(nil, c)
			t.through(q)
			defer m.depth(q)()
			fmt.Fprintf(cmd.ErrOrStderr(), "citecheck: working for %s; Ctrl-C ends it\n", url)
			if err := q.Work(ctx, jobs, m.reader(t.here()), c.Live); ctx.Err() == nil {
				return exit(exitFailed, err)
			}
			return nil // interrupted: that is how it ends
		},
	}
	fl := cmd.Flags()
	fl.StringVar(&url, "nats", "", "address of the queue: nats://host:4222, several with commas")
	fl.StringVar(&metricsAddress, "metrics", "", "serve Prometheus metrics at this address: 127.0.0.1:9464")
	fl.StringVar(&tracesAddress, "traces", "", "send OpenTelemetry traces to this address: http://127.0.0.1:4318 (in a build with -tags otel)")
	fl.IntVar(&jobs, "jobs", runtime.GOMAXPROCS(0), "reports read at once")
	fl.StringArrayVar(&f.sources, "source", nil, "another base address for a source, as the runs have it (repeatable)")
	return cmd
}

// readHere reads a report on this machine.
func readHere(trace cite.Trace) queue.Reader {
	return func(ctx context.Context, name string, data []byte, limits worker.Limits) (cite.Report, error) {
		p := pipeline.Pipeline{Limits: limits, Trace: trace}
		return p.Read(ctx, name, data)
	}
}

func queueCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "queue",
		Short: "The queue between runs and workers: serve, status, retry, drain",
		Args:  cobra.ArbitraryArgs, RunE: unknown,
	}
	var url string
	on := func(use, short string, do func(*cobra.Command, *queue.Queue) error) *cobra.Command {
		c := &cobra.Command{Use: use, Short: short, Args: cobra.NoArgs, RunE: func(cmd *cobra.Command, _ []string) error {
			q, err := queue.Dial(cmd.Context(), url)
			if err != nil {
				return exit(exitFailed, fmt.Errorf("--nats %w (citecheck queue serve starts one)", err))
			}
			defer q.Close()
			if err := do(cmd, q); err != nil {
				return exit(exitFailed, err)
			}
			return nil
		}}
		c.Flags().StringVar(&url, "nats", "nats://127.0.0.1:4222", "address of the queue")
		return c
	}
	cmd.AddCommand(queueServeCommand(),
		on("status", "What waits, what is under way, and what was given up and why", queueStatus),
		on("retry", "Put what was given up back into the queue", func(cmd *cobra.Command, q *queue.Queue) error {
			n, gone, err := q.Retry(cmd.Context())
			fmt.Fprintf(cmd.OutOrStdout(), "%s put back; run the same check again for what comes of it\n", count(n, "job"))
			if gone > 0 {
				fmt.Fprintf(cmd.OutOrStdout(), "%s forgotten: the queue has the bytes no longer, and a run sends them anew\n", count(gone, "job"))
			}
			return err
		}),
		on("drain", "Empty the queue: the next run fills it with what it still needs", func(cmd *cobra.Command, q *queue.Queue) error {
			return q.Drain(cmd.Context())
		}))
	return cmd
}

func queueServeCommand() *cobra.Command {
	var listen, store string
	cmd := &cobra.Command{
		Use:   "serve",
		Short: "A queue on this machine, without another program to install",
		Long: `Serves a NATS JetStream queue until it is interrupted. It has no password: let it
listen where only your own machines can reach it. For a queue that survives the
loss of a machine run three NATS servers of your own and name them all in --nats.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			s, err := queue.Serve(listen, store)
			if err != nil {
				return exit(exitFailed, err)
			}
			defer s.Close()
			fmt.Fprintf(cmd.OutOrStdout(), "queue at %s, kept in %s; Ctrl-C ends it\n", s.URL(), store)
			<-cmd.Context().Done()
			return nil
		},
	}
	cmd.Flags().StringVar(&listen, "listen", "127.0.0.1:4222", "address to listen at")
	cmd.Flags().StringVar(&store, "store", "citecheck-queue", "folder that keeps the queue")
	return cmd
}

func queueStatus(cmd *cobra.Command, q *queue.Queue) error {
	s, err := q.Status(cmd.Context())
	if err != nil {
		return err
	}
	w := cmd.OutOrStdout()
	fmt.Fprintf(w, "reading: %d waiting, %d under way\n", s.Waiting, s.Reading)
	var hosts []string
	for h := range s.Asking {
		hosts = append(hosts, h)
	}
	slices.Sort(hosts)
	for _, h := range hosts {
		fmt.Fprintf(w, "%s: %s\n", safe(h), count(s.Asking[h], "request"))
	}
	fmt.Fprintf(w, "given up: %d\n", len(s.Dead))
	for _, d := range s.Dead {
		fmt.Fprintf(w, "  %s  %s: %s\n", d.At.UTC().Format(time.RFC3339), safe(d.Name), safe(d.Reason))
	}
	return nil
}
