package train

import (
	"time"

	"pinnlab/core/eval"
	"pinnlab/core/kern"
	"pinnlab/core/record"
)

// A Run is one network in training. It is not safe for concurrent use.
type Run struct{ engine precise }

// New builds the run of a Config, or says which field is wrong.
func New(cfg Config) (*Run, error) { return Build(cfg, nil) }

// Build is New, telling how far it is with a reference solution that takes
// time.
func Build(cfg Config, tell Progress) (*Run, error) {
	prob, errs := cfg.check()
	if len(errs) > 0 {
		return nil, errs[0]
	}
	ref, err := eval.Solve(prob, tell)
	if err != nil {
		return nil, err
	}
	if cfg.Precision == Float64 {
		return checked(newEngine[float64](cfg, prob, ref))
	}
	return checked(newEngine[float32](cfg, prob, ref))
}

// Progress is told what is being done before a run can start.
type Progress = eval.Progress

// checked refuses a problem whose exact solution is finite nowhere.
func checked[T kern.Float](e *engine[T]) (*Run, error) {
	if !e.view.Known() {
		return nil, &FieldError{Field: "spec", Message: "solution: is finite at no node of the grid that errors are measured on"}
	}
	return &Run{e}, nil
}

// A precise is a run in the precision of its Config: an [engine].
type precise interface {
	Config() Config
	Iteration() int
	Step() error
	SetLearningRate(lr float64) error
	SetAlpha(alpha float64) error
	SetLambda(values map[string]float64) error
	Freeze(on bool)
	State() record.State
	Snapshot(s *record.Snapshot)
	Survey(on bool)
	Checkpoint() []byte
	Restore(checkpoint []byte) error
	Fork(checkpoint []byte) error
	Replay() Replay
	Weights() ([]byte, error)
	Observe(m *Moment)
	TimeProducts(clock *time.Duration) (flop float64)
	Share(hands []Hand) int
	Shards() int
}

// Config returns what the run was built from, with all moves since: it makes the
// same run again, unless Replay says otherwise.
func (r *Run) Config() Config { return r.engine.Config() }

// Iteration returns the number of steps taken.
func (r *Run) Iteration() int { return r.engine.Iteration() }

// Step takes one step: points, the gradient of every group, the weights, the
// optimiser. If a loss or a gradient is not finite it returns a *Diverged, if the
// optimiser cannot step a *Stuck, and leaves the parameters as they were.
func (r *Run) Step() error { return r.engine.Step() }

// SetLearningRate takes effect at the next step.
func (r *Run) SetLearningRate(lr float64) error { return r.engine.SetLearningRate(lr) }

// SetAlpha takes effect at the next step.
func (r *Run) SetAlpha(alpha float64) error { return r.engine.SetAlpha(alpha) }

// SetLambda sets the weights of condition groups by name, from the next step on;
// an annealing rule moves them on from there unless they are frozen. An error, a
// *FieldError such as of lambda.bcs, leaves all as they were.
func (r *Run) SetLambda(values map[string]float64) error { return r.engine.SetLambda(values) }

// Freeze keeps the weights as they are, or lets the rule move them again.
func (r *Run) Freeze(on bool) { r.engine.Freeze(on) }

// State returns the numbers of the latest step. Its status is never Running:
// only the caller knows.
func (r *Run) State() record.State { return r.engine.State() }

// Snapshot fills s, reusing its slices. The caller sets Status and Rate.
func (r *Run) Snapshot(s *record.Snapshot) { r.engine.Snapshot(s) }

// Survey has Snapshots carry Residuals and Sides, or not. It takes its time with
// each Snapshot, and none with a step.
func (r *Run) Survey(on bool) { r.engine.Survey(on) }

// Checkpoint returns the whole state, from which Restore goes on bit for bit.
func (r *Run) Checkpoint() []byte { return r.engine.Checkpoint() }

// Restore goes on from a checkpoint of a run with the same Config, but for what
// moves, which it takes from the checkpoint. It leaves the run alone if it
// returns an error.
func (r *Run) Restore(checkpoint []byte) error { return r.engine.Restore(checkpoint) }

// Fork goes on from the checkpoint of another run of the same problem and
// network, optimiser, sampler, seed, batch and precision: it takes over
// parameters, moments, points, weights and histories, and keeps its own
// weighting, alpha and learning rate. It leaves the run alone if it returns an
// error.
func (r *Run) Fork(checkpoint []byte) error { return r.engine.Fork(checkpoint) }

// Replay says how the run is made again.
func (r *Run) Replay() Replay { return r.engine.Replay() }

// Weights returns Config and parameters as JSON, for other programs.
func (r *Run) Weights() ([]byte, error) { return r.engine.Weights() }

// Observe fills m, reusing its slices. The run goes on as if it had not been
// called.
func (r *Run) Observe(m *Moment) { r.engine.Observe(m) }

// TimeProducts returns the number of operations of the matrix products in one
// step. From now on, the time that they take is added to clock, unless that is
// nil.
func (r *Run) TimeProducts(clock *time.Duration) (flop float64) { return r.engine.TimeProducts(clock) }

// Share has hands form gradients from the next step on, as many of them as there
// is work for, and returns that number. None takes all work back.
func (r *Run) Share(hands []Hand) int { return r.engine.Share(hands) }

// Shards returns into how many parts a step can be divided with profit.
func (r *Run) Shards() int { return r.engine.Shards() }
