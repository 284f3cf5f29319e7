package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"pinnlab/core/jsonwords"
	"pinnlab/core/train"
	"pinnlab/wasm/port"
)

// maxSteps bounds one step request.
const maxSteps = 1_000_000

var (
	errNoRun    = errors.New("there is no run yet")
	errPaused   = errors.New("paused")
	errReplaced = errors.New("replaced by a new run")
)

// handle does what one message asks, or puts its steps on the list.
func (t *trainer) handle(m port.Message) {
	var q request
	if err := json.Unmarshal(m.Head, &q); err != nil {
		// A field of the wrong kind leaves the id readable: whoever asked must hear.
		t.answer(q.ID, notUnderstood(m.Head, err))
		return
	}
	switch q.Do {
	case "check":
		t.check(q)
	case "sheet":
		t.sheet(q)
	case "start":
		t.answer(q.ID, t.start(q, nil))
	case "restore":
		t.answer(q.ID, t.start(q, func(run trainee) error { return run.Restore(m.Body) }))
	case "verify":
		t.verify(q, m.Body)
	case "fork":
		t.answer(q.ID, t.start(q, func(run trainee) error { return run.Fork(m.Body) }))
	case "gather":
		t.answer(q.ID, t.gather(m.Links))
	case "assist":
		t.assist(m.Links)
		t.answer(q.ID, nil)
	case "play":
		t.answer(q.ID, t.play())
	case "pause":
		t.rest(errPaused)
		t.answer(q.ID, nil)
	case "step":
		if err := t.step(q.ID, q.N); err != nil {
			t.answer(q.ID, err)
		}
	case "set":
		t.answer(q.ID, t.set(q.LearningRate, q.Alpha))
	case "lambda":
		t.answer(q.ID, t.change(func(run trainee) error { return run.SetLambda(q.Values) }))
	case "freeze":
		t.answer(q.ID, t.change(func(run trainee) error { run.Freeze(q.On); return nil }))
	case "survey":
		t.answer(q.ID, t.change(func(run trainee) error {
			if s, ok := run.(surveyed); ok {
				s.Survey(q.On)
			}
			return nil
		}))
	case "stiffness":
		t.answer(q.ID, t.track(q.Budget, q.Subset))
	case "density":
		t.answer(q.ID, t.askDensity())
	case "offer":
		t.offer(q.ID)
	case "save":
		t.save(q)
	case "look":
		t.show()
		t.answer(q.ID, nil)
	case "checkpoint":
		t.checkpoint(q.ID)
	case "bench":
		t.bench(q)
	default:
		t.answer(q.ID, fmt.Errorf("nothing is known of %q", q.Do))
	}
}

// notUnderstood says in words why a message could not be read.
func notUnderstood(head []byte, err error) error {
	if words := jsonwords.Unmarshal(head, new(request)); words != nil {
		err = words
	}
	return fmt.Errorf("message not understood: %w", err)
}

// check resolves a Config without using it.
func (t *trainer) check(q request) {
	if q.ID == nil {
		return
	}
	c, problems := t.resolve(q.Config)
	if problems == nil {
		problems = []*train.FieldError{} // [] in JSON, not null
	}
	t.send(checked{Re: *q.ID, Config: c, Problem: train.ProblemKey(c), Problems: problems}, nil)
}

// offer says what there is to choose from.
func (t *trainer) offer(id *int64) {
	if id == nil {
		return
	}
	o, err := offer()
	if err != nil {
		t.answer(id, err)
		return
	}
	o.Re = *id
	t.send(o, nil)
}

// sheet typesets the problem of a Config.
func (t *trainer) sheet(q request) {
	if q.ID == nil {
		return
	}
	c, problems := t.resolve(q.Config)
	if len(problems) > 0 {
		t.answer(q.ID, problems[0])
		return
	}
	sheet, err := c.Sheet()
	if err != nil {
		t.answer(q.ID, err)
		return
	}
	t.send(described{Re: *q.ID, Sheet: sheet}, nil)
}

// start replaces the run by a new one, which goes on from somewhere unless that
// is nil. The old run stays if there is anything wrong with the new.
func (t *trainer) start(q request, goOn func(trainee) error) error {
	c, problems := t.resolve(q.Config)
	if len(problems) > 0 {
		return problems[0]
	}
	run, err := t.build(c, t.tell)
	if err != nil {
		return err
	}
	if goOn != nil {
		if err := goOn(run); err != nil {
			return err
		}
	}
	t.halt, t.spent, t.pace = nil, time.Duration(max(0, min(q.Spent, 1e8))*float64(time.Second)), pace{}
	t.clock.start(run.Iteration(), t.spent)
	t.run, t.whose, t.number = run, q.Slot, q.Run
	t.share()
	t.watch.follow(run)
	t.rest(errReplaced)
	return nil
}

// tell reports how far the building of a run is.
func (t *trainer) tell(what string, share float64) {
	if now := t.now(); now.Sub(t.told) >= tellEvery || share == 1 {
		t.told = now
		t.send(progress{Is: "progress", What: what, Share: share}, nil)
	}
}

// play lets the steps run.
func (t *trainer) play() error {
	switch {
	case t.run == nil:
		return errNoRun
	case t.halt != nil:
		return t.halt
	case !t.playing:
		t.playing = true
		t.pace.steps = 0 // the rate leaves out the pause
		t.show()
	}
	return nil
}

// step puts n steps on the list; a playing run pauses after them.
func (t *trainer) step(id *int64, n int) error {
	switch {
	case t.run == nil:
		return errNoRun
	case t.halt != nil:
		return t.halt
	case n < 1 || n > maxSteps:
		return fmt.Errorf("steps must be 1 to %d, not %d", maxSteps, n)
	}
	if !t.busy() {
		t.pace.last, t.pace.steps = t.now(), 0
	}
	t.playing = false
	t.jobs = append(t.jobs, job{id: id, n: n, undone: n})
	return nil
}

// set changes the settings that may change while running.
func (t *trainer) set(rate, alpha *float64) error {
	return t.change(func(run trainee) error {
		if rate != nil {
			if err := run.SetLearningRate(*rate); err != nil {
				return err
			}
		}
		if alpha != nil {
			return run.SetAlpha(*alpha)
		}
		return nil
	})
}

// change changes something about the run, which acts at its next step.
func (t *trainer) change(f func(trainee) error) error {
	if t.run == nil {
		return errNoRun
	}
	if err := f(t.run); err != nil {
		return err
	}
	t.show()
	return nil
}

// checkpoint answers with all that the run is.
func (t *trainer) checkpoint(id *int64) {
	switch {
	case t.run == nil:
		t.answer(id, errNoRun)
	case id != nil:
		began := t.now()
		body := t.run.Checkpoint()
		head := kept{Re: *id, Iteration: t.run.Iteration(), Replay: t.replay(), Seconds: t.now().Sub(began).Seconds(), Spent: t.spent.Seconds()}
		t.send(head, body)
	}
}

// replay says how the run is made again.
func (t *trainer) replay() (r train.Replay) {
	if run, ok := t.run.(replayed); ok {
		r = run.Replay()
	}
	return r
}

// verify answers whether a run could go on from a checkpoint, and touches none.
func (t *trainer) verify(q request, checkpoint []byte) {
	if q.ID == nil {
		return
	}
	c, problems := t.resolve(q.Config)
	if len(problems) > 0 {
		t.answer(q.ID, problems[0])
		return
	}
	iteration, replay, err := train.Verify(c, checkpoint)
	if err != nil {
		t.answer(q.ID, err)
		return
	}
	t.send(verified{*q.ID, iteration, replay}, nil)
}
