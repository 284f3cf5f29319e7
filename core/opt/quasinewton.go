package opt

import (
	"errors"
	"math"

	"gonum.org/v1/gonum/optimize"

	"pinnlab/core/kern"
	"pinnlab/core/method"
	"pinnlab/core/wire"
)

// adamFirst is the setting of what begins with Adam.
var adamFirst = method.Setting{Name: "adamFirst", Title: "Steps of Adam first", Kind: method.Whole, Lo: 0, Hi: 1e9, Usual: 1000.0,
	Words: "Before the method itself begins; the learning rate is theirs alone. 0 for none."}

// A hessian is an approximation H of the inverse of the loss's Hessian, learned
// from steps and the differences of gradients along them.
type hessian interface {
	// direction sets d to -H g.
	direction(d, g []float64)
	// learn takes in a step s, a part alpha of the direction at the gradient g, and
	// the difference y of the gradients at its ends.
	learn(s, y, g []float64, alpha float64)
	// known reports whether anything was learned since forget.
	known() bool
	// forget makes H the unit matrix.
	forget()
	method.Keeper
}

// A function is what a line search looks at.
type function interface {
	on(at *Point[float64])                  // has it be that of a step
	eval(theta, g []float64) (loss float64) // sets g to the gradient
}

// quasiNewton steps along directions of H to where a line search leads. It looks
// at both ends of a step on the same points with the same weights, so that what H
// learns is always of one loss. H itself stays where points are drawn anew, as in
// the work of Urban et al.: the losses are near enough.
type quasiNewton struct {
	hessian
	adam     *Adam[float64]
	left     uint64  // steps of Adam to come
	rate     float64 // of Adam's latest step, NaN after another
	loss     function
	search   optimize.Bisection
	d, trial []float64
	slope    []float64 // gradient at trial
	best     place
	s, y     []float64
}

// A place is the lowest that a line search has seen.
type place struct {
	theta, gradient []float64
	loss, along     float64 // along: how far, in parts of the direction
}

func newQuasiNewton(n int, v method.Values, h hessian) *quasiNewton {
	vector := func() []float64 { return make([]float64, n) }
	return &quasiNewton{
		hessian: h, loss: new(weighted), adam: NewAdam[float64](n), left: uint64(v.Number(adamFirst.Name)), rate: math.NaN(),
		d: vector(), trial: vector(), slope: vector(), s: vector(), y: vector(),
		best: place{theta: vector(), gradient: vector()},
	}
}

var errLowest = errors.New("no step along the gradient makes the loss smaller: on these points and with these weights it is as low as the numbers' rounding lets it be")

// Step implements [Optimiser].
func (q *quasiNewton) Step(theta []float64, at *Point[float64]) error {
	if q.left > 0 {
		q.left--
		q.rate = at.Rate
		return q.adam.Step(theta, at)
	}
	q.loss.on(at)
	g := at.Gradient
	q.direction(q.d, g)
	first := 1.0
	if !q.known() {
		first = 1 / math.Sqrt(kern.LongDot(g, g)) // as gonum's
	}
	if !q.along(theta, at, first) {
		// What was learned elsewhere misleads here: begin anew.
		for i, v := range g {
			q.d[i] = -v
		}
		if !q.along(theta, at, 1/math.Sqrt(kern.LongDot(g, g))) {
			return errLowest
		}
		q.forget()
	}
	for i, v := range q.best.theta {
		q.s[i] = v - theta[i]
		q.y[i] = q.best.gradient[i] - g[i]
	}
	q.learn(q.s, q.y, g, q.best.along)
	copy(theta, q.best.theta)
	q.rate = math.NaN()
	return nil
}

const trials = 40 // places that a line search looks at, at most

// along searches along d from theta for a place that meets the strong conditions
// of Wolfe, with no least fall and the factor 0.9, first at the given part of d.
// It reports whether there is a lower one, the lowest of which is q.best.
func (q *quasiNewton) along(theta []float64, at *Point[float64], part float64) bool {
	down := kern.LongDot(q.d, at.Gradient)
	if !(down < 0) || !kern.IsFinite(down) || !kern.IsFinite(part) {
		return false
	}
	q.best.loss = at.Loss
	loss, slope := 0.0, 0.0
	op := q.search.Init(at.Loss, down, part)
	for range trials {
		if op == optimize.FuncEvaluation {
			for i, v := range q.d {
				q.trial[i] = theta[i] + float64(part*v)
			}
			loss = q.loss.eval(q.trial, q.slope)
			if slope = kern.LongDot(q.d, q.slope); !kern.IsFinite(loss) || !kern.IsFinite(slope) {
				loss = math.Inf(1)
			}
			q.keep(loss, part)
		} else if op != optimize.GradEvaluation {
			break // it ends here
		}
		var err error
		if op, part, err = q.search.Iterate(loss, slope); err != nil {
			break // nothing between
		}
	}
	return q.best.loss < at.Loss
}

// keep makes the trial the best if it is.
func (q *quasiNewton) keep(loss, part float64) {
	b := &q.best
	if loss < b.loss {
		b.loss, b.along = loss, part
		b.theta, q.trial = q.trial, b.theta
		b.gradient, q.slope = q.slope, b.gradient
	}
}

// Rate implements [Optimiser].
func (q *quasiNewton) Rate() float64 { return q.rate }

// Code implements [method.Keeper].
func (q *quasiNewton) Code(c *wire.Coder) {
	c.U64(&q.left)
	c.F64(&q.rate)
	q.adam.Code(c)
	q.hessian.Code(c)
}
