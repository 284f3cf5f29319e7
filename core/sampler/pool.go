package sampler

import (
	"math"

	"pinnlab/core/method"
	"pinnlab/core/wire"
)

func init() {
	Kinds.Add(Kind{
		Info: method.Info{
			Name: "pool", Short: "pool", Title: "from a pool, redrawn now and then",
			Words: "Each step takes the next points of a pool, in turn. The pool is redrawn every so many steps; between, the network may learn its points by heart: compare the losses on the points held out. " +
				"Evenly spread sequences leave fewer gaps than random numbers.",
			Source: "J. H. Halton, Numer. Math. 2, 1960; M. Roberts, The unreasonable effectiveness of quasirandom sequences, 2018, for R₂; both shifted at random, R. Cranley, T. N. L. Patterson, SIAM J. Numer. Anal. 13, 1976.",
			Settings: []method.Setting{Side,
				{Name: "pool", Title: "Pool", Kind: method.Whole, Lo: 1, Hi: maxPool, Log: true, Usual: 1024.0,
					Words: "Points of a pool, of each point set; at least those of a step."},
				{Name: "redraw", Title: "Redrawn every", Kind: method.Whole, Lo: 1, Hi: 1e9, Log: true, Usual: 1000.0,
					Words: "Steps from one pool to the next; 1e9 for never."},
				{Name: "sequence", Title: "Sequence", Kind: method.Word, Choices: []string{"uniform", "halton", "r2"}, Usual: "uniform",
					Words: "How a pool is drawn: by random numbers, or evenly spread, by Halton’s sequence or R₂."},
			},
		},
		make: newPool,
	})
}

const maxPool = 1 << 16

// A pool follows from the seed and the step alone: it has no state to keep.
type pool struct {
	Plan
	redraw   int
	sequence func(u, shift []float64)
	src      *Source
	shift    []float64
	drawn    []int       // how often each set's points were redrawn; -1 at first
	points   [][]float64 // of each set, one after the other
}

func newPool(p Plan) Sampler {
	s := &pool{Plan: p, redraw: int(p.Values.Number("redraw")), src: NewSource(0, 0)}
	s.sequence = map[string]func(u, shift []float64){"halton": halton, "r2": r2}[p.Values.Word("sequence")]
	for i, free := range p.Free {
		n := max(int(p.Values.Number("pool")), p.Batch[i])
		s.drawn = append(s.drawn, -1)
		s.points = append(s.points, make([]float64, n*free))
		s.shift = append(s.shift, make([]float64, max(0, free-len(s.shift)))...)
	}
	return s
}

// Draw implements [Sampler].
func (s *pool) Draw(u []float64, set, step int) {
	points := s.points[set]
	if len(points) == 0 { // the set is one point
		return
	}
	if times := step / s.redraw; times != s.drawn[set] {
		s.drawn[set] = times
		s.draw(points, set, times)
	}
	// Steps walk through the pool, round and round.
	at := step % s.redraw % len(points) * len(u) % len(points)
	for n := 0; n < len(u); at = 0 {
		n += copy(u[n:], points[at:])
	}
}

// draw fills a set's pool for the given time.
func (s *pool) draw(points []float64, set, times int) {
	s.src.Reset(s.Seed, streamPool|uint64(set)<<40|uint64(times))
	if s.sequence == nil {
		for i := range points {
			points[i] = s.src.Uniform()
		}
		return
	}
	shift := s.shift[:s.Free[set]]
	for j := range shift {
		shift[j] = s.src.Uniform()
	}
	s.sequence(points, shift)
}

// Code implements [method.Keeper].
func (s *pool) Code(*wire.Coder) {}

// primes are the bases of Halton's sequence, by coordinate.
var primes = [...]int{2, 3, 5}

// halton fills u with Halton's points, shifted: coordinate j of point i is i
// written in the base of j, mirrored at the point.
func halton(u, shift []float64) {
	d := len(shift)
	for k := range u {
		i, j := k/d, k%d
		sum, digit, base := 0.0, 1.0, primes[j]
		for ; i > 0; i /= base {
			digit /= float64(base)
			sum += float64(float64(i%base) * digit)
		}
		u[k] = fraction(sum + shift[j])
	}
}

// generators are the steps of R₁ and R₂: 1/φ, and 1/ρ and 1/ρ² with the plastic
// number ρ³ = ρ + 1, the most irrational there are; of R₃ likewise.
var generators = [...][]float64{
	{0.61803398874989484820},
	{0.75487766624669276005, 0.56984029099805326591},
	{0.81917251339616443970, 0.67104360670378920842, 0.54970047790197026694},
}

// r2 fills u with the points of the sequence R, shifted: coordinate j of point i
// is the fraction of i steps of j.
func r2(u, shift []float64) {
	d := len(shift)
	for k := range u {
		i, j := k/d, k%d
		u[k] = fraction(shift[j] + float64(float64(i)*generators[d-1][j]))
	}
}

func fraction(v float64) float64 { return v - math.Floor(v) }
