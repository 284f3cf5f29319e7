package train

import (
	"math"

	"pinnlab/core/kern"
	"pinnlab/core/residual"
)

// sizes are those of the residuals at any points of a set, for samplers. They are
// found on the step's own system, whose points are drawn afterwards.
type sizes[T kern.Float] struct {
	*residual.System[T]
	theta []T
	set   int
	dst   []float64 // of the points at work
}

func (e *engine[T]) sizes() *sizes[T] { return &sizes[T]{System: e.obj.System, theta: e.theta} }

// fill is the Size of a [sampler.Plan].
func (s *sizes[T]) fill(dst []float64, set int, u []float64) {
	s.Params.Load(s.theta)
	s.set = set
	points := s.Prob.Sets[set]
	free, d := freeOf(points), len(points.Lo)
	clear(dst)
	for _, p := range s.Passes {
		place := p.PlaceOf(set)
		if place == nil {
			continue
		}
		for at := 0; at < len(dst); at += len(s.dst) {
			s.dst = dst[at:min(at+len(place)/d, len(dst))]
			toSet(place[:len(s.dst)*d], points, u[at*free:])
			p.Forward(s)
		}
	}
}

// Visit implements [residual.Visitor].
func (s *sizes[T]) Visit(t *residual.Term, lo, n int) bool {
	if s.Prob.Terms[t.Index].Set != s.set {
		return false
	}
	for j := range t.Residuals() {
		for i, r := range t.Out(j)[:n] {
			if at := lo + i; at < len(s.dst) {
				s.dst[at] = math.Sqrt(float64(s.dst[at]*s.dst[at]) + float64(r*r))
			}
		}
	}
	return false
}
