package diag

import (
	"math"

	"pinnlab/core/kern"
)

// Options say how long Lanczos goes on. The zero value is good.
type Options struct {
	// Tolerance stops it, once the bounds of the ends are this small relative to
	// the larger end; 0 means 1e-6. The error of an end that stands apart from
	// the rest of the spectrum is about the bound's square over that distance.
	Tolerance float64
	// Limit is the most products; 0 means 200. A basis vector of float64 is kept
	// for each.
	Limit int
	// Top asks for the largest eigenvalue only.
	Top bool
	// Warm makes Restart begin near the leading eigenvector found before, which
	// suits an Operator that has changed little. A random part of the start
	// vector finds what has changed.
	Warm bool
	// Seed makes the start vector.
	Seed uint64
}

// Extremes are the ends of a spectrum. Lo and Hi are inside of it, and each is
// within its bound of an eigenvalue.
type Extremes struct {
	Lo, Hi           float64
	LoBound, HiBound float64
	Products         int  // that it took
	Converged        bool // false while unfinished, beyond Limit, or if a product was not finite
}

// Rate returns the learning rate up to which gradient descent does not grow
// along the sharpest direction, 2/Hi, and infinity if nothing curves upwards
// (forward Euler's bound in Wang, Teng and Perdikaris, SIAM J. Sci. Comput. 43
// (2021), section 2).
func (e Extremes) Rate() float64 {
	if e.Hi <= 0 {
		return math.Inf(1)
	}
	return 2 / e.Hi
}

// A Lanczos finds the ends of an Operator's spectrum.
type Lanczos struct {
	op  Operator
	opt Options
	run krylov

	next   int // step to look at the Ritz values after
	looked int // the step of the latest look
	done   bool
	ends   Extremes
}

// warmShare is how much longer the known part of a warm start is than the
// random one.
const warmShare = 10

// NewLanczos returns a Lanczos about to begin.
func NewLanczos(op Operator, opt Options) *Lanczos {
	if opt.Tolerance == 0 {
		opt.Tolerance = 1e-6
	}
	if opt.Limit == 0 {
		opt.Limit = 200
	}
	if opt.Tolerance < 0 || opt.Limit < 0 || op.Size() == 0 {
		panic("diag: NewLanczos: nothing to do")
	}
	l := &Lanczos{op: op, opt: opt}
	l.Restart()
	return l
}

// Restart begins again, such as when the Operator has changed, in the memory
// that there is.
func (l *Lanczos) Restart() {
	first := l.run.next // start copies it onto itself
	if first == nil {
		first = make([]float64, l.op.Size())
	}
	uniform(first, l.opt.Seed, 0)
	if l.opt.Warm && l.looked > 0 && l.looked == l.run.k && l.run.finite() {
		l.run.addLeading(first, warmShare*math.Sqrt(kern.LongDot(first, first)))
	}
	l.looked = 0
	l.run.start(l.op, first, l.opt.Limit)
	l.next, l.done = 1, false
	l.ends = Extremes{Lo: math.NaN(), Hi: math.NaN(), LoBound: math.Inf(1), HiBound: math.Inf(1)}
}

// Step takes one product and reports whether there is more to do.
func (l *Lanczos) Step() bool {
	if l.done {
		return false
	}
	l.run.step()
	l.ends.Products = l.run.k
	if !l.run.finite() {
		nan := math.NaN()
		l.ends.Lo, l.ends.Hi, l.ends.LoBound, l.ends.HiBound = nan, nan, nan, nan
		l.done = true
		return false
	}
	full := l.run.full(l.opt.Limit)
	if l.run.k >= l.next || full {
		l.look()
		l.next = l.run.k + max(1, l.run.k/8) // the price of looking is about k³
	}
	l.done = full || l.ends.Converged
	return !l.done
}

// look takes the ends from the Ritz values.
func (l *Lanczos) look() {
	l.run.ritz()
	l.looked = l.run.k
	e, last := &l.ends, l.run.k-1
	e.Lo, e.LoBound = l.run.values[0], l.run.bound(0)
	e.Hi, e.HiBound = l.run.values[last], l.run.bound(last)
	need := l.opt.Tolerance * max(math.Abs(e.Lo), math.Abs(e.Hi))
	e.Converged = e.HiBound <= need && (l.opt.Top || e.LoBound <= need)
}

// Run takes all steps and returns the ends.
func (l *Lanczos) Run() Extremes {
	for l.Step() {
	}
	return l.ends
}

// Extremes returns the ends as they are known so far: before the first step,
// NaN.
func (l *Lanczos) Extremes() Extremes { return l.ends }
