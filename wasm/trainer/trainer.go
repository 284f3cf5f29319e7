package main

import (
	"errors"
	"fmt"
	"time"

	"pinnlab/core/diag"
	"pinnlab/core/record"
	"pinnlab/core/train"
	"pinnlab/wasm/port"
)

// A trainer has at most one run and works on one thing at a time: requests in
// their order, and steps in between.
type trainer struct {
	messages <-chan port.Message
	send     func(head any, body []byte)
	yield    func() // lets messages arrive
	now      func() time.Time
	build    func(train.Config, train.Progress) (trainee, error)
	resolve  func([]byte) (train.Config, []*train.FieldError)

	run     trainee     // nil before the first start
	whose   string      // run's contestant, by the page's name
	number  uint64      // run's, as the page counts them
	links   []port.Link // to trainers that take a part of its steps
	served  []port.Link // to trainers whose steps this one takes a part of
	playing bool
	jobs    []job         // step requests not yet done, oldest first
	halt    error         // why run cannot step any more
	spent   time.Duration // on steps of run
	clock   clock
	first   time.Time // when this trainer's first step was done

	watch watch     // of the curvature
	told  time.Time // of the latest progress
	pace  pace
	snap  record.Snapshot
	buf   []byte // holds snap's bytes, reused
}

// A job is a step request with its steps still to do.
type job struct {
	id     *int64
	n      int // asked for
	undone int
}

// work serves until the messages end, or something panics: that is said, and
// nothing goes on.
func (t *trainer) work() {
	defer func() {
		if p := recover(); p != nil {
			t.send(crash{Is: "crash", Message: fmt.Sprint(p)}, nil)
		}
	}()
	t.serve()
}

// serve works until the messages end.
func (t *trainer) serve() {
	for {
		if !t.busy() && t.watch.waiting() {
			t.watch.step(t.now)
			t.showWatched()
			t.yield()
			if !t.handleWaiting() {
				return
			}
			continue
		}
		if !t.busy() {
			m, ok := <-t.messages
			if !ok {
				return
			}
			t.handle(m)
			continue
		}
		t.slice()
		t.yield()
		if !t.handleWaiting() {
			return
		}
	}
}

// handleWaiting handles what has arrived, without waiting for more. It is
// false at the end of the messages.
func (t *trainer) handleWaiting() bool {
	for {
		select {
		case m, ok := <-t.messages:
			if !ok {
				return false
			}
			t.handle(m)
		default:
			return true
		}
	}
}

// busy reports whether there are steps to take.
func (t *trainer) busy() bool { return t.playing || len(t.jobs) > 0 }

// slice takes steps for about sliceTime, at least one, and shows the state
// when it is due.
func (t *trainer) slice() {
	began := t.now()
	for now := began; t.busy() && now.Sub(began) < sliceTime; {
		if err := t.run.Step(); err != nil {
			t.halted(err)
			return
		}
		after := t.now()
		t.spent += after.Sub(now)
		if t.first.IsZero() {
			t.first = after
		}
		t.clock.tick(t.run.Iteration(), t.spent)
		t.pace.steps++
		now = after
		t.finishJob()
	}
	t.watch.spend(t.now().Sub(began), t.now)
	if t.busy() && t.pace.due(t.now()) {
		t.show()
	}
}

// showWatched shows what was measured of a run that stands still: at its end,
// and how far it is now and then.
func (t *trainer) showWatched() {
	if !t.watch.waiting() || t.pace.due(t.now()) {
		t.show()
	}
}

// finishJob counts one step towards the oldest step request and answers it
// after its last.
func (t *trainer) finishJob() {
	if len(t.jobs) == 0 {
		return
	}
	j := &t.jobs[0]
	if j.undone--; j.undone > 0 {
		return
	}
	id := j.id
	t.jobs = t.jobs[1:]
	t.show()
	t.answer(id, nil)
}

// halted ends the steps because of err: the run stays where it is, to be
// looked at.
func (t *trainer) halted(err error) {
	t.halt = err
	t.rest(err)
}

// rest ends all steps, shows where they ended, and tells the step requests
// that were not done why.
func (t *trainer) rest(why error) {
	jobs := t.jobs
	t.playing, t.jobs = false, nil
	t.show()
	for _, j := range jobs {
		t.answer(j.id, &brokenOff{why, j.n - j.undone, j.n})
	}
}

// brokenOff says why a step request ended early.
type brokenOff struct {
	why      error
	done, of int // steps
}

func (e *brokenOff) Error() string {
	return fmt.Sprintf("%v (%d of %d steps done)", e.why, e.done, e.of)
}

// show sends the state with a Snapshot.
func (t *trainer) show() {
	if t.run == nil {
		return
	}
	began := t.now()
	head := state{
		Is:      "state",
		Run:     t.number,
		State:   t.run.State(),
		Running: t.busy(),
		Rate:    t.pace.measure(began),
		Seconds: t.spent.Seconds(),
	}
	if r, ok := t.run.(sharing); ok {
		head.Shards = r.Shards()
	}
	head.Replay = t.replay()
	if !t.first.IsZero() {
		head.First = float64(t.first.UnixMicro()) / 1000
	}
	if t.halt != nil {
		head.Halt = t.halt.Error()
	}
	t.run.Snapshot(&t.snap)
	t.snap.Origin.Contestant, t.snap.Origin.Run = t.whose, t.number
	t.snap.Rate = head.Rate
	t.clock.fill(&t.snap, t.spent)
	t.watch.fill(&t.snap.Stiffness)
	head.Density = t.watch.density()
	head.Verdict = diag.Judge(&t.snap)
	if head.Running {
		t.snap.Status = record.Running
	}
	var err error
	if t.buf, err = t.snap.AppendBinary(t.buf[:0]); err != nil {
		t.send(fault{Is: "fault", Message: err.Error()}, nil)
		return
	}
	t.send(head, t.buf)
	t.pace.shown(began, t.now(), head.Running)
}

// answer replies to the request id, if it wanted one. Without an id an error
// is a fault.
func (t *trainer) answer(id *int64, err error) {
	switch {
	case id == nil && err != nil:
		t.send(fault{Is: "fault", Message: err.Error()}, nil)
	case id == nil:
	case err != nil:
		r := reply{Re: *id, Error: err.Error()}
		if e := (*train.FieldError)(nil); errors.As(err, &e) {
			r.Field = e.Field
		}
		if e := (*brokenOff)(nil); errors.As(err, &e) {
			r.Done = &e.done
		}
		t.send(r, nil)
	default:
		t.send(reply{Re: *id}, nil)
	}
}
