package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"pinnlab/core/bench"
	"pinnlab/core/train"
	"pinnlab/wasm/port"
)

// benched is the reply to a bench.
type benched struct {
	Re      int64          `json:"re"`
	Results []bench.Result `json:"results"`
	Stopped bool           `json:"stopped"` // before all laps were taken
}

// Bounds of a bench request.
const (
	maxLaps   = 1000
	maxMillis = 10_000
)

var (
	errStopped   = errors.New("stopped")
	errMeasuring = errors.New("a bench is on; pause ends it")
)

// bench measures a set of cases. It takes the whole Worker: between two laps
// only a pause is heard.
func (t *trainer) bench(q request) {
	if q.ID == nil {
		return
	}
	cases, group, err := t.cases(q)
	if err != nil {
		t.answer(q.ID, err)
		return
	}
	results, err := bench.Measure(cases, bench.Options{
		Laps: q.Laps, Length: time.Duration(q.Millis) * time.Millisecond, Group: group,
		Tell: func(name string, done float64) error {
			t.tell(name, done)
			return t.interlude()
		},
	})
	if err != nil && !errors.Is(err, errStopped) {
		t.answer(q.ID, err)
		return
	}
	if results == nil {
		results = []bench.Result{} // [] in JSON, not null
	}
	t.send(benched{Re: *q.ID, Results: results, Stopped: err != nil}, nil)
}

// cases returns what a bench request asks for, and how many are measured in
// turn.
func (t *trainer) cases(q request) ([]bench.Case, int, error) {
	set, ok := bench.FindSet(q.Set)
	switch {
	case t.busy():
		return nil, 0, errors.New("pause the run before a bench")
	case !ok:
		return nil, 0, fmt.Errorf("there is no set of cases %q", q.Set)
	case q.Precision != train.Float32 && q.Precision != train.Float64:
		return nil, 0, fmt.Errorf("precision is %s or %s, not %q", train.Float32, train.Float64, q.Precision)
	case q.Laps < 1 || q.Laps > maxLaps:
		return nil, 0, fmt.Errorf("laps must be 1 to %d, not %d", maxLaps, q.Laps)
	case q.Millis < 1 || q.Millis > maxMillis:
		return nil, 0, fmt.Errorf("a lap takes 1 to %d milliseconds, not %d", maxMillis, q.Millis)
	}
	return set.Matching(q.Precision, q.Match), set.Group, nil
}

// interlude handles what arrives between two laps: a pause ends the bench,
// anything else would disturb it and is refused.
func (t *trainer) interlude() (end error) {
	t.yield()
	for {
		var m port.Message
		var ok bool
		select {
		case m, ok = <-t.messages:
		default:
			return end
		}
		if !ok {
			return errStopped // as serve will see
		}
		var q request
		switch err := json.Unmarshal(m.Head, &q); {
		case err == nil && q.Do == "pause":
			end = errStopped
			t.answer(q.ID, nil)
		default:
			t.answer(q.ID, errMeasuring)
		}
	}
}
