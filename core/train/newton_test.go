package train

import (
	"bytes"
	"errors"
	"slices"
	"testing"

	"gonum.org/v1/gonum/mat"

	"pinnlab/core/ad"
	"pinnlab/core/method"
	"pinnlab/core/opt"
	"pinnlab/core/residual"
	"pinnlab/core/wire"
)

// levenberg is Levenberg and Marquardt's method on the residuals of a step, with
// dense matrices: an optimiser that looks at rows of the Jacobian and tries
// steps, as this package's own does not.
type levenberg struct {
	mu, length float64
	r, trial   residual.Columns
}

func (l *levenberg) Step(theta []float64, at *opt.Point[float64]) error {
	s := at.System
	if l.r == nil {
		l.r, l.trial = s.NewColumns(), s.NewColumns()
	}
	weight := func(term int) float64 { // of one residual's square in the loss
		t := s.Prob.Terms[term]
		return at.Weights[t.Group] / float64(len(l.r[term]))
	}
	loss := func(theta []float64, r residual.Columns) (sum float64) {
		s.Params.Load(theta)
		s.Residuals(r)
		for term, column := range r {
			for _, v := range column {
				sum += weight(term) * v * v
			}
		}
		return sum
	}
	before := loss(theta, l.r)
	n := len(theta)
	a, g := mat.NewSymDense(n, nil), mat.NewVecDense(n, nil)
	s.Rows(nil, func(t *residual.Term, j, lo, count int, rows []float64) {
		for i, r := range l.r.Of(t, j, lo, count) {
			row := mat.NewVecDense(n, rows[i*n:(i+1)*n])
			a.SymRankOne(a, weight(t.Index), row)
			g.AddScaledVec(g, weight(t.Index)*r, row)
		}
	})
	for range 20 {
		damped := mat.NewSymDense(n, nil)
		damped.CopySym(a)
		for i := range n {
			damped.SetSym(i, i, a.At(i, i)+l.mu)
		}
		var factor mat.Cholesky
		var d mat.VecDense
		if !factor.Factorize(damped) || factor.SolveVecTo(&d, g) != nil {
			l.mu *= 4
			continue
		}
		next := slices.Clone(theta)
		for i := range next {
			next[i] -= d.AtVec(i)
		}
		if loss(next, l.trial) < before {
			copy(theta, next)
			l.mu, l.length = l.mu/3, mat.Norm(&d, 2)
			return nil
		}
		l.mu *= 4
	}
	return errors.New("no step makes the loss smaller")
}

func (l *levenberg) Rate() float64 { return l.length }

func (l *levenberg) Code(c *wire.Coder) {
	state := []float64{l.mu, l.length}
	wire.Exactly(c, state)
	l.mu, l.length = state[0], state[1]
}

// TestOptimiserOfResiduals registers it and trains: what an optimiser is given is
// enough for one of second order, and its damping goes into checkpoints.
func TestOptimiserOfResiduals(t *testing.T) {
	t.Cleanup(opt.Kinds.Add(opt.Kind{
		Info: method.Info{Name: "levenberg", Short: "LM"}, Needs: opt.Needs{Residuals: true},
		Make64: func(ad.Layout, method.Values) opt.Optimiser[float64] { return &levenberg{mu: 1e-3} },
	}))
	edit := func(c *Config) {
		c.Optimiser, c.Precision, c.Width, c.Depth, c.Batch, c.Sampler = "levenberg", Float64, 10, 2, 40, "pool"
	}
	run := newRun(t, "poisson", "M1", edit)
	steps(t, run, 30)
	saved := run.Checkpoint()
	steps(t, run, 30)
	// Adam comes to 0.02 with 1500 steps of a wider network; see TestLearns.
	if s := run.State(); !(s.RelL2 < 1e-4) || s.Model != "M1 · LM · pool" || !(s.LearningRate > 0) {
		t.Errorf("%s: relative L2 %.2g, length of the step %.2g", s.Model, s.RelL2, s.LearningRate)
	}
	back := newRun(t, "poisson", "M1", edit)
	if err := back.Restore(saved); err != nil {
		t.Fatal(err)
	}
	steps(t, back, 30)
	if !bytes.Equal(back.Checkpoint(), run.Checkpoint()) {
		t.Error("a restored run goes another way")
	}
	if adam := newRun(t, "poisson", "M1", func(c *Config) { edit(c); c.Optimiser = "" }); adam.Fork(saved) == nil {
		t.Error("Adam goes on from another optimiser's state")
	}
}
