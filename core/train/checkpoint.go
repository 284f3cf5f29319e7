package train

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"slices"

	"pinnlab/core/kern"
)

// checkpointMagic starts a checkpoint; its last byte is the version. Version 2
// lacks the losses on the points held out.
const (
	checkpointMagic  = "PINNLAB\x03"
	checkpointMagic2 = "PINNLAB\x02"
)

// Checkpoint writes the Config as JSON, then the losses on the points held out,
// then the state: parameters, moments, counters, weights, random states and
// histories; see wire.go.
func (e *engine[T]) Checkpoint() []byte {
	cfg, err := json.Marshal(e.cfg)
	if err != nil {
		panic("train: Checkpoint: " + err.Error()) // a checked Config has a JSON form
	}
	b := []byte(checkpointMagic)
	b = append(putU32(b, len(cfg)), cfg...)
	b = putString(b, string(putSeries(nil, &e.heldLoss)))
	b = putU64(b, uint64(e.iteration))
	for _, v := range [][]T{e.theta, e.adam.M, e.adam.V} {
		b = putFloats(b, v)
	}
	b = putF64s(b, []float64{e.adam.Power1, e.adam.Power2, e.rate})
	b = putF64s(putF64s(putF64s(b, e.obj.Losses), e.weigh.lambda), e.weigh.hat)
	for _, s := range e.points {
		state, err := s.pcg.MarshalBinary()
		if err != nil {
			panic("train: Checkpoint: " + err.Error())
		}
		b = putString(b, string(state))
	}
	for _, t := range e.series() {
		b = putSeries(b, t)
	}
	return putBool(b, e.weigh.frozen)
}

// series lists the histories in the order of a checkpoint.
func (e *engine[T]) series() []*Series {
	return []*Series{&e.history, &e.errors, &e.bands, &e.norms}
}

// Restore goes on from a checkpoint of a run with the same Config, but for the
// learning rate and alpha, which it takes from the checkpoint.
func (e *engine[T]) Restore(checkpoint []byte) error {
	return e.goOn(checkpoint, func(own, theirs Config) (Config, error) {
		own.LearningRate, own.Alpha = theirs.LearningRate, theirs.Alpha
		if !equal(own, theirs) {
			return own, errors.New("the checkpoint is of a run with other settings")
		}
		return own, nil
	})
}

func (e *engine[T]) Fork(checkpoint []byte) error {
	return e.goOn(checkpoint, func(own, theirs Config) (Config, error) {
		if own.kind() != theirs.kind() {
			return own, fmt.Errorf("%s cannot go on from %s: its network is another", own.Model, theirs.Model)
		}
		like := own
		like.Model, like.Gated, like.Rule, like.Alpha, like.Period = theirs.Model, theirs.Gated, theirs.Rule, theirs.Alpha, theirs.Period
		like.LearningRate, like.Decay, like.DecaySteps = theirs.LearningRate, theirs.Decay, theirs.DecaySteps
		if !equal(like, theirs) {
			return own, errors.New("the other run has another problem, network size, batch, precision or seed")
		}
		return own, nil
	})
}

// equal compares Configs as JSON.
func equal(a, b Config) bool {
	x, _ := json.Marshal(a)
	y, _ := json.Marshal(b)
	return bytes.Equal(x, y)
}

// goOn takes over the state of a checkpoint under the Config that choose makes
// of the run's own and the checkpoint's.
func (e *engine[T]) goOn(checkpoint []byte, choose func(own, theirs Config) (Config, error)) error {
	theirs, held, state, err := checkpointParts(checkpoint)
	if err != nil {
		return err
	}
	cfg, err := choose(e.cfg, theirs)
	if err != nil {
		return err
	}
	// A run of its own takes the state, so that a fault leaves e alone.
	next := newEngine[T](cfg, e.prob, e.view.ref)
	if err := errors.Join(next.read(state), next.readHeld(held)); err != nil {
		return fmt.Errorf("the checkpoint is damaged: %w", err)
	}
	*e = *next
	return nil
}

// CheckpointConfig returns the Config of the run that wrote a checkpoint.
func CheckpointConfig(checkpoint []byte) (Config, error) {
	cfg, _, err := checkpointConfig(checkpoint)
	return cfg, err
}

// checkpointConfig returns the Config and the state of a checkpoint.
func checkpointConfig(checkpoint []byte) (cfg Config, state []byte, err error) {
	cfg, _, state, err = checkpointParts(checkpoint)
	return cfg, state, err
}

// checkpointParts splits a checkpoint; held is nil in version 2.
func checkpointParts(checkpoint []byte) (cfg Config, held, state []byte, err error) {
	body, ok := bytes.CutPrefix(checkpoint, []byte(checkpointMagic))
	old := false
	if !ok {
		body, old = bytes.CutPrefix(checkpoint, []byte(checkpointMagic2))
	}
	if !ok && !old {
		return cfg, nil, nil, errors.New("this is not a checkpoint of this version")
	}
	r := &reader{b: body}
	if err := json.Unmarshal(r.bytes(), &cfg); err != nil || r.bad {
		return cfg, nil, nil, errors.New("the checkpoint is damaged: its settings cannot be read")
	}
	if _, errs := cfg.check(); len(errs) > 0 {
		return cfg, nil, nil, errs[0]
	}
	if !old {
		held = r.bytes()
	}
	return cfg, held, r.b, nil
}

// readHeld reads the losses on the points held out, or marks those of an old
// checkpoint as unknown.
func (e *engine[T]) readHeld(b []byte) error {
	if b == nil {
		row := slices.Repeat([]float64{math.NaN()}, int(e.heldLoss.Cols))
		for i := 0; i < e.iteration; i += int(e.heldLoss.Stride) {
			if e.heldLoss.due(i) {
				e.heldLoss.add(row)
			}
		}
		return nil
	}
	r := &reader{b: b}
	e.readSeries(r, &e.heldLoss)
	return r.end()
}

// readSeries reads a history that must have its columns and fit in its memory.
func (e *engine[T]) readSeries(r *reader, s *Series) {
	cols, room := s.Cols, cap(s.Rows)
	r.series(s)
	r.bad = r.bad || s.Cols != cols || len(s.Rows) > room
	s.Rows = append(make([]float32, 0, room), s.Rows...)
}

func (e *engine[T]) read(b []byte) error {
	r := &reader{b: b}
	e.iteration = int(r.u64())
	for _, v := range [][]T{e.theta, e.adam.M, e.adam.V} {
		readFloats(r, v)
	}
	counters := make([]float64, 3)
	r.exactly(counters)
	e.adam.Power1, e.adam.Power2, e.rate = counters[0], counters[1], counters[2]
	r.exactly(e.obj.Losses)
	r.exactly(e.weigh.lambda)
	r.exactly(e.weigh.hat)
	for _, s := range e.points {
		if err := s.pcg.UnmarshalBinary(r.bytes()); err != nil {
			return err
		}
	}
	for _, s := range e.series() {
		e.readSeries(r, s)
	}
	if e.iteration < 0 {
		return errMalformed
	}
	e.weigh.frozen = r.bool()
	return r.end()
}

func putFloats[T kern.Float](b []byte, v []T) []byte {
	switch v := any(v).(type) {
	case []float32:
		return putF32s(b, v)
	case []float64:
		return putF64s(b, v)
	}
	panic("train: putFloats: not a float")
}

// readFloats fills dst with a list that must have its length.
func readFloats[T kern.Float](r *reader, dst []T) {
	n := 0
	switch v := any(dst).(type) {
	case []float32:
		n = copy(v, r.f32s(nil))
	case []float64:
		n = copy(v, r.f64s(nil))
	}
	r.bad = r.bad || n != len(dst)
}

// exactly fills dst with a list that must have its length.
func (r *reader) exactly(dst []float64) {
	if r.count(8) != len(dst) {
		r.bad = true
		return
	}
	for i := range dst {
		dst[i] = r.f64()
	}
}
