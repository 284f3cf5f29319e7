package train

import (
	"time"

	"pinnlab/core/nn"
	"pinnlab/core/pde"
	"pinnlab/core/wire"
)

// A Moment is what it takes to look closely at a run's losses while the run
// goes on: a copy, in float64 whatever the precision of the run.
//
//	h := NewHessian[float64](m.Prob, m.Net, m.Batch)
//	h.EachSet(m.Draw())
//	h.SetParameters(m.Theta)
type Moment struct {
	Prob      *pde.Problem // shared with the run, like Net; neither changes
	Net       *nn.Net
	Batch     []int     // the run's points by set; the caller may choose others
	Theta     []float64 // the present parameters
	Weights   []float64 // by group; that of the residual is 1
	Iteration int       // steps taken
	Rate      float64   // learning rate of the latest step

	seed uint64
}

func (e *engine[T]) Observe(m *Moment) {
	m.Prob, m.Net, m.Iteration, m.Rate, m.seed = e.prob, e.net, e.iteration, e.rate, e.cfg.Seed
	m.Batch = append(m.Batch[:0], e.cfg.batches(e.prob)...)
	m.Weights = append(m.Weights[:0], e.weigh.Lambda...)
	m.Theta = wire.Resize(m.Theta, len(e.theta))
	for i, v := range e.theta {
		m.Theta[i] = float64(v)
	}
}

// Draw returns what [Objective.EachSet] and [Hessian.EachSet] take to place
// uniform points, fresh at each iteration. They depend on the run's seed and
// the iteration alone.
func (m *Moment) Draw() func(set int, points []float64) {
	src := newSource(m.seed, streamMoments+uint64(m.Iteration))
	return func(set int, points []float64) { sample(points, m.Prob.Sets[set], src) }
}

// Start returns the parameters that the run began with.
func (m *Moment) Start() []float64 { return startOf(m.Net, m.seed) }

func (e *engine[T]) TimeProducts(clock *time.Duration) float64 { return e.obj.TimeProducts(clock) }
