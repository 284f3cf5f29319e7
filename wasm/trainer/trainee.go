package main

import (
	"pinnlab/core/record"
	"pinnlab/core/train"
)

// A trainee is the run at work, a [train.Run].
type trainee interface {
	Config() train.Config
	Iteration() int
	Step() error
	SetLearningRate(lr float64) error
	SetAlpha(alpha float64) error
	SetLambda(values map[string]float64) error
	Freeze(on bool)
	State() record.State
	Snapshot(s *record.Snapshot)
	Checkpoint() []byte
	Restore(checkpoint []byte) error
	Fork(checkpoint []byte) error
	Weights() ([]byte, error)
}

// What a trainee may do besides.
type (
	sharing interface {
		Share(hands []train.Hand) int
		Shards() int
	}
	surveyed interface{ Survey(on bool) }
	replayed interface{ Replay() train.Replay }
)

// build builds the run of a Config.
func build(cfg train.Config, tell train.Progress) (trainee, error) {
	run, err := train.Build(cfg, tell)
	if err != nil {
		return nil, err // a nil run would be a trainee
	}
	return run, nil
}
