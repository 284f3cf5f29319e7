package flow

import (
	"errors"
	"fmt"
	"math"

	"pinnlab/core/kern"
)

// A system is a discrete cavity: a state ψ and F(ψ) = 0, preconditioned by the
// Stokes operator K so that K⁻¹F is of the size of an error in ψ.
type system interface {
	size() int
	residual(r []float64)    // r = K⁻¹F
	jacobian(y, x []float64) // y = K⁻¹F' x
	subtract(d []float64)    // ψ -= d
	keep()                   // remembers the state and its Re
	predict(re float64)      // sets Re and a state from the two last remembered
}

// Newton's method starts with loose inner solves and tightens them with its
// residual, between these bounds; its last step starts below roughly and ends
// with an error of about roughly·tightest.
const (
	loosest, tightest = 0.1, 1e-4
	roughly           = 1e-5
	onTheWay          = 1e-2 // instead of roughly, at Reynolds numbers on the way
	newtonLimit       = 25
	krylovLimit       = 300
)

// errDiverged tells follow to take a smaller step in Re.
var errDiverged = errors.New("flow: Newton's method diverged")

// A solver drives a system to its solution.
type solver struct {
	sys   system
	kry   *krylov
	r, d  []float64
	scale float64 // the size of ψ, to which residuals are relative
	progress
}

// newSolver takes a system that has kept nothing.
func newSolver(sys system, p progress) *solver {
	n := sys.size()
	s := &solver{
		sys: sys, kry: newKrylov(n, min(n, krylovSteps)),
		r: make([]float64, n), d: make([]float64, n), progress: p,
	}
	sys.predict(0)
	sys.residual(s.r)
	s.scale = math.Sqrt(kern.LongDot(s.r, s.r))
	return s
}

// follow solves the system at re, from rest and by way of smaller Reynolds
// numbers where that is too far.
func (s *solver) follow(re float64) error {
	const first, factor, least = 100, 1.6, 0.02
	at, next := 0.0, min(re, first)
	for left := 1 + math.Ceil(kern.Log(max(re/first, 1))/kern.Log(factor)); ; left = max(left-1, 1) {
		tol := onTheWay
		if next == re {
			tol = roughly
		}
		s.sys.predict(next)
		s.next(left)
		err := s.newton(tol)
		switch {
		case err == nil && next == re:
			return nil
		case err == nil:
			s.sys.keep()
			at, next = next, min(re, factor*next)
		case err != errDiverged:
			return err
		case next-at < least*re:
			return fmt.Errorf("flow: no steady flow found beyond Re = %.4g at this resolution", at)
		default:
			next = at + (next-at)/2
		}
	}
}

// newton solves the system at its Re; its last step starts below tol.
func (s *solver) newton(tol float64) error {
	last := math.Inf(1)
	for step := range newtonLimit {
		s.sys.residual(s.r)
		norm := math.Sqrt(kern.LongDot(s.r, s.r)) / s.scale
		if !(norm < 1e8) || step > 2 && norm > max(1, last) {
			return errDiverged
		}
		last = norm
		inner := min(max(norm, tightest), loosest)
		ok := s.kry.solve(s.sys.jacobian, s.d, s.r, inner, krylovLimit, func(reduction float64) bool {
			return s.report(norm*reduction, tol*tightest)
		})
		if !ok {
			return ErrStopped
		}
		s.sys.subtract(s.d)
		if norm < tol {
			return nil
		}
	}
	return errDiverged
}

// extrapolate sets to to the state at re on the line in log Re through the two
// kept states, newest first; a second one at Re = 0 does not count.
func extrapolate(to matrix, kept [2]matrix, at [2]float64, re float64) {
	copy(to.a, kept[0].a)
	if at[1] > 0 {
		t := kern.Log(re/at[0]) / kern.Log(at[0]/at[1])
		kern.Axpy(to.a, t, kept[0].a)
		kern.Axpy(to.a, -t, kept[1].a)
	}
}
