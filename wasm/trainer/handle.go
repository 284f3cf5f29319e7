package main

import (
	"encoding/json"
	"errors"
	"fmt"

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
		t.send(fault{Is: "fault", Message: "message not understood: " + err.Error()}, nil)
		return
	}
	switch q.Do {
	case "check":
		t.check(q)
	case "start":
		t.answer(q.ID, t.start(q.Config, nil))
	case "restore":
		if m.Body == nil {
			m.Body = []byte{} // an empty checkpoint is a bad one, not none
		}
		t.answer(q.ID, t.start(q.Config, m.Body))
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
	case "look":
		t.show()
		t.answer(q.ID, nil)
	case "checkpoint":
		t.checkpoint(q.ID)
	default:
		t.answer(q.ID, fmt.Errorf("nothing is known of %q", q.Do))
	}
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
	t.send(checked{Re: *q.ID, Config: c, Problems: problems}, nil)
}

// start replaces the run by a new one, from a checkpoint unless that is nil.
// The old run stays if there is anything wrong with the new.
func (t *trainer) start(raw, checkpoint []byte) error {
	c, problems := t.resolve(raw)
	if len(problems) > 0 {
		return problems[0]
	}
	run, err := t.build(c)
	if err != nil {
		return err
	}
	if checkpoint != nil {
		if err := run.Restore(checkpoint); err != nil {
			return err
		}
	}
	t.halt, t.spent, t.pace = nil, 0, pace{}
	t.run = run
	t.rest(errReplaced)
	return nil
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

// set changes what may change while running; it acts at the next step.
func (t *trainer) set(rate, alpha *float64) error {
	if t.run == nil {
		return errNoRun
	}
	if rate != nil {
		if err := t.run.SetLearningRate(*rate); err != nil {
			return err
		}
	}
	if alpha != nil {
		if err := t.run.SetAlpha(*alpha); err != nil {
			return err
		}
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
		t.send(reply{Re: *id}, t.run.Checkpoint())
	}
}
