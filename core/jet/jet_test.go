package jet

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"gonum.org/v1/gonum/num/hyperdual"
)

func TestNewSet(t *testing.T) {
	tests := []struct {
		name string
		need []Index
		op   Operator
		eps  bool
		want []Index
	}{
		{"value", nil, Operator{}, false, []Index{{}}},
		{"Helmholtz", []Index{{2}, {0, 2}}, Operator{}, false, []Index{{}, {1}, {0, 1}, {2}, {0, 2}}},
		{"mixed", []Index{{1, 1}}, Operator{}, false, []Index{{}, {1}, {0, 1}, {1, 1}}},
		{"with direction", []Index{{1}}, Operator{}, true, []Index{{}, {1}, {0, 0, 0, 1}, {1, 0, 0, 1}}},
		{"Laplacian", []Index{Box}, Operator{1, 1}, false, []Index{{}, {1}, {0, 1}, Box}},
		{"one-dimensional operator", []Index{Box}, Operator{0, 2}, false, []Index{{}, {0, 1}, Box}},
	}
	for _, tt := range tests {
		s := NewSet(tt.need, tt.op, tt.eps)
		if !slices.Equal(s.Channels, tt.want) {
			t.Errorf("%s: channels %v, want %v", tt.name, s.Channels, tt.want)
		}
		for i, a := range s.Channels {
			if s.Channel(a) != i {
				t.Errorf("%s: Channel(%v) = %d, want %d", tt.name, a, s.Channel(a), i)
			}
		}
	}
	cavity := NewSet([]Index{{3}, {2, 1}, {1, 2}, {0, 3}}, Operator{}, false)
	if cavity.Len() != 10 {
		t.Errorf("streamfunction: %d channels, want 10", cavity.Len())
	}
}

// order4 holds every derivative to order 4 in three coordinates.
func order4(eps bool) *Set {
	var need []Index
	subIndices(Index{4, 4, 4}, func(a Index) {
		if a.Order() == 4 {
			need = append(need, a)
		}
	})
	return NewSet(need, Operator{}, eps)
}

// wave is a function of known derivatives: Σ cᵢ sin(kᵢ·x + dᵢ).
type wave []struct {
	c, d float64
	k    [Coords + 1]float64
}

func (w wave) jet(s *Set, x [Coords + 1]float64) []float64 {
	out := make([]float64, s.Len())
	for i, a := range s.Channels {
		if a[0] == Box[0] {
			out[i] = w.operator(s.Op, a, x)
			continue
		}
		for _, m := range w {
			phase, amp, n := m.d, m.c, 0
			for j := range x {
				phase += m.k[j] * x[j]
				amp *= math.Pow(m.k[j], float64(a[j]))
				n += int(a[j])
			}
			out[i] += amp * math.Sin(phase+float64(n)*math.Pi/2)
		}
	}
	return out
}

// operator applies an operator to w, by the jet of its second derivatives.
func (w wave) operator(op Operator, a Index, x [Coords + 1]float64) (sum float64) {
	s := NewSet([]Index{{2}, {0, 2}, {0, 0, 2}}, Operator{}, true)
	d := w.jet(s, x)
	for i, c := range op {
		b := Index{Eps: a[Eps]}
		b[i] = 2
		sum += c * d[s.Channel(b)]
	}
	return sum
}

var (
	u = wave{{0.7, 0.1, [4]float64{1, -0.5, 0.8, 0.3}}, {0.4, 1, [4]float64{-0.6, 1.1, 0.2, 0.5}}}
	v = wave{{0.5, 0.2, [4]float64{0.9, 0.7, -0.4, 1}}, {0.3, 2, [4]float64{0.3, -1.2, 0.9, -0.7}}}
	w = wave{{1.1, 0.4, [4]float64{-0.8, 0.6, 0.5, 0.2}}}
)

type namedProgram struct {
	name string
	new  func(*Set) *Program
	f    func(u, v, w float64) float64
}

var programs = []namedProgram{
	{"tanh", TanhOf, func(u, _, _ float64) float64 { return math.Tanh(u) }},
	{"sin", SinOf, func(u, _, _ float64) float64 { return math.Sin(u) }},
	{"cos", CosOf, func(u, _, _ float64) float64 { return math.Cos(u) }},
	{"product", Product, func(u, v, _ float64) float64 { return u * v }},
	{"gate", Gate, func(z, d, v float64) float64 { return v + z*d }},
	{"combine", func(s *Set) *Program { return Combine(s, 2, -3) }, func(u, v, _ float64) float64 { return 2*u - 3*v }},
	{"affine", func(s *Set) *Program { return Affine(s, -1, 1) }, func(u, _, _ float64) float64 { return 1 - u }},
}

// at runs p on the jets of u, v, w at x and returns the slots.
func (np namedProgram) at(p *Program, x [Coords + 1]float64) [][]float64 {
	val := make([][]float64, p.Slots())
	for i := range val {
		val[i] = []float64{math.NaN()} // a slot read before it is written shows
	}
	for i, f := range []wave{u, v, w}[:p.In] {
		for c, d := range f.jet(p.Set, x) {
			val[i*p.Set.Len()+c][0] = d
		}
	}
	forward(p, val)
	return val
}

// TestChannelsAgainstDifferences differentiates each channel once more by a
// central difference of the program at shifted points, to order 4, mixed, with
// and without the parameter direction.
func TestChannelsAgainstDifferences(t *testing.T) {
	x := [Coords + 1]float64{0.3, -0.4, 0.6, 0.1}
	for _, np := range programs {
		p := np.new(order4(true))
		val := np.at(p, x)
		f := np.f(u.jet(p.Set, x)[0], v.jet(p.Set, x)[0], w.jet(p.Set, x)[0])
		if got := val[p.out(0)][0]; !(math.Abs(got-f) < 1e-14) {
			t.Errorf("%s: value %v, want %v", np.name, got, f)
		}
		for i, a := range p.Set.Channels {
			for e := range a {
				up := a
				up[e]++
				j := p.Set.Channel(up)
				if j < 0 {
					continue
				}
				const h = 1e-3
				diff := func(h float64) float64 {
					lo, hi := x, x
					lo[e] -= h
					hi[e] += h
					return (np.at(p, hi)[p.out(i)][0] - np.at(p, lo)[p.out(i)][0]) / (2 * h)
				}
				want := (4*diff(h/2) - diff(h)) / 3 // Richardson: error O(h⁴)
				if got := val[p.out(j)][0]; !(math.Abs(got-want) <= 1e-8*max(1, math.Abs(want))) {
					t.Errorf("%s: channel %v = %v, want %v", np.name, up, got, want)
				}
			}
		}
	}
}

func TestTanhAgainstHyperdual(t *testing.T) {
	s := NewSet([]Index{{2}, {1, 1}, {0, 2}}, Operator{}, false)
	p := TanhOf(s)
	x := [Coords + 1]float64{0.2, 0.9}
	val := programs[0].at(p, x)
	in := func(a Index) float64 { return u.jet(s, x)[s.Channel(a)] }
	for _, pair := range [][3]Index{{{1}, {1}, {2}}, {{1}, {0, 1}, {1, 1}}, {{0, 1}, {0, 1}, {0, 2}}} {
		h := hyperdual.Tanh(hyperdual.Number{Real: in(Index{}), E1mag: in(pair[0]), E2mag: in(pair[1]), E1E2mag: in(pair[2])})
		for i, want := range []float64{h.E1mag, h.E2mag, h.E1E2mag} {
			if got := val[p.out(s.Channel(pair[i]))][0]; !(math.Abs(got-want) < 1e-14) {
				t.Errorf("derivative %v = %v, want %v", pair[i], got, want)
			}
		}
	}
}

// TestOperator compares the channel that carries an operator with the sum of
// the second derivatives it stands for, with and without a direction.
func TestOperator(t *testing.T) {
	op := Operator{1, -0.5, 2}
	sum := NewSet([]Index{{2}, {0, 2}, {0, 0, 2}}, Operator{}, true)
	box := NewSet([]Index{Box}, op, true)
	if box.Len() != 2*5 || sum.Len() != 2*7 {
		t.Fatalf("%d and %d channels, want 10 and 14", box.Len(), sum.Len())
	}
	x := [Coords + 1]float64{0.3, -0.4, 0.6, 0.1}
	for _, np := range programs {
		p, q := np.new(box), np.new(sum)
		got, want := np.at(p, x), np.at(q, x)
		for c, a := range box.Channels {
			w := 0.0
			if a[0] != Box[0] {
				w = want[q.out(sum.Channel(a))][0]
			} else {
				for i, d := range op {
					b := Index{Eps: a[Eps]}
					b[i] = 2
					w += d * want[q.out(sum.Channel(b))][0]
				}
			}
			if g := got[p.out(c)][0]; !(math.Abs(g-w) < 1e-13) {
				t.Errorf("%s: channel %v = %v, want %v", np.name, a, g, w)
			}
		}
	}
}

// TestReverse checks the adjoint of a randomly weighted sum of all output
// channels against central differences in every input channel.
func TestReverse(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for _, eps := range []bool{false, true} {
		s := NewSet([]Index{{2, 1}, {0, 3}, Box}, Operator{1, 0, -2}, eps)
		for _, np := range programs {
			t.Run(fmt.Sprintf("%s/eps=%v", np.name, eps), func(t *testing.T) { checkReverse(t, rng, np.new(s)) })
		}
	}
}

func checkReverse(t *testing.T, rng *rand.Rand, p *Program) {
	val, adj := make([][]float64, p.Slots()), make([][]float64, p.Slots())
	for i := range val {
		val[i], adj[i] = make([]float64, 1), make([]float64, 1)
	}
	inputs := p.In * p.Set.Len()
	for i := range inputs {
		val[i][0] = rng.NormFloat64()
	}
	seed := make([]float64, p.Set.Len())
	for i := range seed {
		seed[i] = rng.NormFloat64()
	}
	sum := func() (s float64) {
		forward(p, val)
		for i, c := range seed {
			s += c * val[p.out(i)][0]
		}
		return s
	}
	want := make([]float64, inputs)
	for i := range want {
		const h = 1e-5
		at := val[i][0]
		val[i][0] = at + h
		hi := sum()
		val[i][0] = at - h
		want[i] = (hi - sum()) / (2 * h)
		val[i][0] = at
	}
	sum()
	for i, c := range seed {
		adj[p.out(i)][0] = c
	}
	reverse(p, val, adj)
	for i, d := range want {
		if !(math.Abs(adj[i][0]-d) <= 1e-7*max(1, math.Abs(d))) {
			t.Errorf("input slot %d: adjoint %v, want %v", i, adj[i][0], d)
		}
	}
}
