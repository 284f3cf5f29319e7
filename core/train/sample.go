package train

import (
	"math"
	"math/rand/v2"

	"pinnlab/core/kern"
	"pinnlab/core/pde"
)

// Random streams of a run; a point set has streamPoints plus its index. Each
// has its own generator, so that neither a network's kind nor another point
// set shifts what it draws.
const (
	streamTrunk = iota
	streamEncoders
	streamPoints

	streamMoments = 1 << 32 // plus the iteration, of points that no step uses
	streamHeld    = 1 << 31 // plus the set, of the points held out
)

// A source draws numbers that are the same on every machine.
type source struct {
	pcg   *rand.PCG
	spare float64 // the second number of a polar pair
	has   bool
}

func newSource(seed uint64, stream uint64) *source {
	return &source{pcg: rand.NewPCG(seed, stream)}
}

// Uniform returns a number in [0, 1), a multiple of 2^-53.
func (s *source) Uniform() float64 { return float64(s.pcg.Uint64()>>11) * 0x1p-53 }

// NormFloat64 returns a standard normal number by Marsaglia's polar method.
func (s *source) NormFloat64() float64 {
	if s.has {
		s.has = false
		return s.spare
	}
	for {
		x, y := 2*s.Uniform()-1, 2*s.Uniform()-1
		q := float64(x*x) + float64(y*y)
		if q >= 1 || q == 0 {
			continue
		}
		f := math.Sqrt(-2 * kern.Log(q) / q)
		s.spare, s.has = y*f, true
		return x * f
	}
}

// sample fills n points, one after the other, with uniform points of a set.
func sample[T kern.Float](points []T, set pde.PointSet, src *source) {
	d := len(set.Lo)
	for i := 0; i < len(points); i += d {
		for j, lo := range set.Lo {
			points[i+j] = T(lo)
			if hi := set.Hi[j]; hi > lo {
				points[i+j] = T(lo + float64((hi-lo)*src.Uniform()))
			}
		}
	}
}
