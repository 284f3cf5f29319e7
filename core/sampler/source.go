package sampler

import (
	"math"
	"math/rand/v2"

	"pinnlab/core/kern"
	"pinnlab/core/wire"
)

// Random streams of a run, beside those that package train has: points of the
// uniform sampler, plus the set; and of a pool, plus the set and, above it, how
// often it was redrawn.
const (
	streamPoints   = 2
	streamPool     = 1 << 62
	streamResidual = 1 << 61
)

// A Source draws numbers that are the same on every machine.
type Source struct {
	pcg   *rand.PCG
	spare float64 // the second number of a polar pair
	has   bool
}

// NewSource returns the source of a seed and a stream. Each stream has its own
// generator, so that nothing shifts what another draws.
func NewSource(seed, stream uint64) *Source { return &Source{pcg: rand.NewPCG(seed, stream)} }

// Reset makes s what NewSource returns.
func (s *Source) Reset(seed, stream uint64) {
	s.pcg.Seed(seed, stream)
	s.has = false
}

// Uniform returns a number in [0, 1), a multiple of 2^-53.
func (s *Source) Uniform() float64 { return float64(s.pcg.Uint64()>>11) * 0x1p-53 }

// NormFloat64 returns a standard normal number by Marsaglia's polar method.
func (s *Source) NormFloat64() float64 {
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

// Code implements [method.Keeper], for a source of uniform numbers.
func (s *Source) Code(c *wire.Coder) {
	state, err := s.pcg.MarshalBinary()
	c.Blob(&state)
	c.Refuse(err == nil && s.pcg.UnmarshalBinary(state) == nil)
}
