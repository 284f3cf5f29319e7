package train

import (
	"pinnlab/core/kern"
	"pinnlab/core/pde"
	"pinnlab/core/sampler"
)

// Random streams of a run, beside those that samplers have. Each has its own
// generator, so that neither a network's kind nor another point set shifts what
// it draws.
const (
	streamTrunk    = 0
	streamEncoders = 1
	streamEmbedded = 1 << 33

	streamMoments = 1 << 32 // plus the iteration, of points that no step uses
	streamHeld    = 1 << 31 // plus the set, of the points held out
)

// newSource returns the source of one of them.
func newSource(seed, stream uint64) *sampler.Source { return sampler.NewSource(seed, stream) }

// A placer has a sampler place the points of a problem's sets.
type placer[T kern.Float] struct {
	sampler.Sampler
	draw func(set int, points []T) // at step
	step int
}

// newPlacer completes the plan by the sets' free coordinates.
func newPlacer[T kern.Float](prob *pde.Problem, kind sampler.Kind, plan sampler.Plan) *placer[T] {
	most := 0
	for _, set := range prob.Sets {
		plan.Free = append(plan.Free, freeOf(set))
		most = max(most, freeOf(set)*plan.Batch[len(plan.Free)-1])
	}
	p := &placer[T]{Sampler: sampler.New(kind, plan)}
	u := make([]float64, most)
	p.draw = func(set int, points []T) {
		own := u[:plan.Free[set]*plan.Batch[set]]
		p.Draw(own, set, p.step)
		toSet(points, prob.Sets[set], own)
	}
	return p
}

// freeOf returns how many coordinates a set leaves free.
func freeOf(set pde.PointSet) (n int) {
	for j, lo := range set.Lo {
		if set.Hi[j] > lo {
			n++
		}
	}
	return n
}

// toSet fills points, one after the other, with points of a set: u has a number
// in [0, 1) for each coordinate that the set leaves free.
func toSet[T kern.Float](points []T, set pde.PointSet, u []float64) {
	d := len(set.Lo)
	for i := 0; i < len(points); i += d {
		for j, lo := range set.Lo {
			points[i+j] = T(lo)
			if hi := set.Hi[j]; hi > lo {
				points[i+j] = T(lo + float64((hi-lo)*u[0]))
				u = u[1:]
			}
		}
	}
}

// sample fills points with uniform points of a set.
func sample[T kern.Float](points []T, set pde.PointSet, src *sampler.Source) {
	u := make([]float64, freeOf(set)*len(points)/len(set.Lo))
	for i := range u {
		u[i] = src.Uniform()
	}
	toSet(points, set, u)
}

// holdOut fills points with those of a set that no step trains on.
func (e *engine[T]) holdOut(set int, points []T) {
	sample(points, e.prob.Sets[set], newSource(e.cfg.Seed, streamHeld+uint64(set)))
}
