package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"sync"
	"time"

	"pinnlab/core/nn"
	"pinnlab/core/record"
	"pinnlab/core/train"
)

// saveEvery is how often a run in progress is written beside the results, so
// that a power cut costs little.
const saveEvery = time.Minute

// chunk is how many steps a run takes between two looks at the world.
const chunk = 16

// A runner works off the jobs of a table, several at a time.
type runner struct {
	store   *store
	command string
	bar     *progress

	mu    sync.Mutex
	queue []job
	total int // jobs that were in the queue
	done  int
	saved int   // interrupted runs
	err   error // the first that a job met
}

// newRunner returns a runner for the jobs that have no entry yet.
func newRunner(s *store, o *tableOptions, errOut io.Writer) *runner {
	c := &runner{store: s, command: o.command, queue: s.without(o.jobs)}
	c.total = len(c.queue)
	work := 0.0
	for _, j := range c.queue {
		work += j.cost() * float64(j.iterations)
	}
	c.bar = newProgress(errOut, work, "")
	return c
}

// work runs the jobs until all are done, one fails, or ctx ends; interrupted
// runs are checkpointed.
func (c *runner) work(ctx context.Context, workers int) error {
	defer c.bar.end()
	var group sync.WaitGroup
	for range min(workers, c.total) {
		group.Go(func() {
			for {
				j, ok := c.next(ctx)
				if !ok {
					return
				}
				if err := c.run(ctx, j); err != nil {
					c.fail(fmt.Errorf("%s: %w", j.name(), err))
				}
			}
		})
	}
	group.Wait()
	return c.err
}

// next takes a job off the queue.
func (c *runner) next(ctx context.Context) (j job, ok bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.err != nil || len(c.queue) == 0 || ctx.Err() != nil {
		return j, false
	}
	j, c.queue = c.queue[0], c.queue[1:]
	return j, true
}

func (c *runner) fail(err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.err == nil {
		c.err = err
	}
}

// stopping reports whether runs in progress should be put away.
func (c *runner) stopping(ctx context.Context) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.err != nil || ctx.Err() != nil
}

// run trains one network to the end, from its checkpoint if there is one.
func (c *runner) run(ctx context.Context, j job) error {
	run, err := train.New(j.config)
	if err != nil {
		return err
	}
	checkpoint := fmt.Sprintf("%s.%s.ckpt", c.store.path, j.name())
	if err := c.resume(run, j, checkpoint); err != nil {
		return err
	}
	from, begin, saved := run.Iteration(), time.Now(), time.Now()
	for run.Iteration() < j.iterations {
		if c.stopping(ctx) {
			return c.putAway(run, checkpoint)
		}
		if time.Since(saved) > saveEvery {
			if err := writeFile(checkpoint, run.Checkpoint()); err != nil {
				return err
			}
			saved = time.Now()
		}
		if err := c.steps(run, j); train.Over(err) {
			break // a result like any other
		} else if err != nil {
			return err
		}
	}
	var snap record.Snapshot
	r := newEntry(resultOf(run, &snap, time.Since(begin)), j.iterations, run.Iteration()-from, c.command, passages(&snap))
	if err := c.finish(r); err != nil {
		return err
	}
	if err := os.Remove(checkpoint); !errors.Is(err, os.ErrNotExist) {
		return err
	}
	return nil
}

// putAway writes the checkpoint of a run that has begun.
func (c *runner) putAway(run *train.Run, checkpoint string) error {
	if run.Iteration() == 0 {
		return nil
	}
	c.mu.Lock()
	c.saved++
	c.mu.Unlock()
	return writeFile(checkpoint, run.Checkpoint())
}

// resume takes a run to where its checkpoint left it. A checkpoint that cannot
// be read costs time, not the table.
func (c *runner) resume(run *train.Run, j job, checkpoint string) error {
	b, err := os.ReadFile(checkpoint)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	if err := run.Restore(b); err != nil {
		c.bar.say(fmt.Sprintf("%s: %v; starting again", checkpoint, err))
		return nil
	}
	c.bar.skip(j.cost() * float64(run.Iteration()))
	c.bar.say(fmt.Sprintf("%s goes on at iteration %s", describe(j.config), thousands(run.Iteration())))
	return nil
}

// steps takes a chunk of steps.
func (c *runner) steps(run *train.Run, j job) error {
	n := min(chunk, j.iterations-run.Iteration())
	for range n {
		if err := run.Step(); err != nil {
			return err
		}
	}
	c.bar.add(j.cost() * float64(n))
	return nil
}

// finish stores the entry of a run and says so.
func (c *runner) finish(r entry) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if err := c.store.add(r); err != nil {
		return err
	}
	c.done++
	left := ", %left left"
	if c.done == c.total {
		left = ""
	}
	if missing := r.Iterations - r.Iteration; missing > 0 {
		c.bar.skip(r.job().cost() * float64(missing))
	}
	c.bar.say(fmt.Sprintf("%s: %s; %d of %d done%s", describe(r.Config), outcome(&r), c.done, c.total, left))
	return nil
}

// outcome is a run's error in words.
func outcome(r *entry) string {
	if r.diverged() {
		return fmt.Sprintf("diverged at iteration %s", thousands(r.Iteration))
	}
	if l2 := float64(r.RelL2); l2 == l2 {
		return "relative L2 " + short(l2, 2)
	}
	return "no solution to compare with"
}

// describe names a run for people.
func describe(c train.Config) string {
	s := fmt.Sprintf("%s, %d×%d, seed %d", c.Short(), c.Width, c.Depth, c.Seed)
	network, weighting := c.Open()
	if weighting {
		s += ", rule " + c.Rule
	}
	if network && c.Gated != nn.Modified {
		s += ", gate " + c.Gated
	}
	return s
}

// writeFile replaces a file in one move, so that a crash leaves the old one. What
// is no file, such as /dev/null, is written to.
func writeFile(path string, b []byte) error {
	if info, err := os.Stat(path); err == nil && !info.Mode().IsRegular() {
		return os.WriteFile(path, b, 0o666)
	}
	if err := os.WriteFile(path+".new", b, 0o666); err != nil {
		return err
	}
	return os.Rename(path+".new", path)
}
