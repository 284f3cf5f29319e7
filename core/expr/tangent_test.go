package expr

import (
	"math/rand/v2"
	"slices"
	"testing"

	"gonum.org/v1/gonum/diff/fd"
)

var tangentTests = [][]string{
	{"u*u_x + vel*u_y + p_x - (u_xx + u_yy)/Re", "u*p_x", "u_x + vel_y"},
	{"u_xx + u_yy + k^2*u - sin(x)*y"},
	{"u/p", "p/u", "u/7", "7/u", "2 - u", "u - x", "x/u", "-u", "u - 2"},
	{"u^3", "u^-2", "u^2.5", "u^p", "2^u", "u^x", "x^u"},
	{"sin(u)", "cos(u)", "tan(u/2)", "tanh(u*p)", "sinh(u)", "cosh(u)"},
	{"exp(u)", "log(u)", "sqrt(u)", "abs(-u)", "abs(u)"},
	{"u", "u", "p*p", "x", "1"},
}

// tangentOf returns a machine for the tangent of a program with its inputs
// filled, and the place of each input's tangent, -1 where there is none.
func tangentOf(p *Program, rng *rand.Rand, n int) (m *Machine, place []int) {
	d := p.Tangent()
	m = d.Machine(n)
	fillInputs(m, rng, n)
	for _, s := range d.inputs[:len(p.inputs)] {
		place = append(place, slices.IndexFunc(d.inputs, func(t Symbol) bool {
			return s.Kind == Deriv && t.Kind == Tangent && t.Index == s.Index && slices.Equal(t.Order, s.Order)
		}))
	}
	return m, place
}

// TestTangentMatchesDifferences compares the first half of a tangent's outputs
// with the program's and the second with central differences along the
// direction.
func TestTangentMatchesDifferences(t *testing.T) {
	const n = 3
	for _, texts := range tangentTests {
		p := compiled(t, texts...)
		m, place := tangentOf(p, rand.New(rand.NewPCG(5, 6)), n)
		m.Forward(n)
		if k := p.Outputs(); m.p.Outputs() != 2*k {
			t.Fatalf("%v: %d outputs, want %d", texts, m.p.Outputs(), 2*k)
		}
		plain := p.Machine(n)
		outputs := func(h float64) (out []float64) {
			for i := range p.inputs {
				for k := range n {
					plain.In(i)[k] = m.In(i)[k]
					if place[i] >= 0 {
						plain.In(i)[k] += h * m.In(place[i])[k]
					}
				}
			}
			plain.Forward(n)
			for j := range p.Outputs() {
				out = append(out, plain.Out(j)...)
			}
			return out
		}
		const h = 1e-5
		at, hi, lo := outputs(0), outputs(h), outputs(-h)
		for j := range p.Outputs() {
			for k := range n {
				i := j*n + k
				if got := m.Out(j)[k]; !near(got, at[i], 1e-15) {
					t.Errorf("%v: output %d is %v, want %v", texts, j, got, at[i])
				}
				want := (hi[i] - lo[i]) / (2 * h)
				if got := m.Out(p.Outputs() + j)[k]; !near(got, want, 1e-8) {
					t.Errorf("%v: tangent of output %d is %v, want %v", texts, j, got, want)
				}
			}
		}
	}
}

// TestTangentReverse compares the adjoint of a tangent with differences: with
// every output seeded, for every input and its tangent.
func TestTangentReverse(t *testing.T) {
	const n = 2
	for _, texts := range tangentTests {
		rng := rand.New(rand.NewPCG(7, 8))
		m, _ := tangentOf(compiled(t, texts...), rng, n)
		for j := range m.p.Outputs() {
			for k := range n {
				m.OutAdj(j)[k] = rng.NormFloat64()
			}
		}
		m.Forward(n)
		m.Reverse(n)
		for i, in := range m.p.Inputs() {
			if in.Kind == Coord {
				continue
			}
			adj := slices.Clone(m.InAdj(i))
			for k := range n {
				at := m.In(i)[k]
				want := fd.Derivative(func(z float64) float64 {
					m.In(i)[k] = z
					m.Forward(n)
					return weighted(m, n)
				}, at, &fd.Settings{Formula: fd.Central, Step: 1e-5})
				if m.In(i)[k] = at; !near(adj[k], want, 1e-7) {
					t.Errorf("%v: input %v, point %d: adjoint %v, want %v", texts, in, k, adj[k], want)
				}
			}
		}
	}
}

// TestTangentInputs shows what tangents read.
func TestTangentInputs(t *testing.T) {
	tests := []struct {
		text     string
		tangents int // of how many inputs
	}{
		{"x*y", 0}, {"u", 1}, {"u*p + x", 2}, {"u_x*u_xx + p", 3}, {"u - u", 0},
	}
	for _, tt := range tests {
		p := compiled(t, tt.text)
		d := p.Tangent()
		if got := len(d.Inputs()) - len(p.Inputs()); got != tt.tangents {
			t.Errorf("%s: %d tangents, want %d", tt.text, got, tt.tangents)
		}
		for i, s := range p.Inputs() {
			if u := d.Inputs()[i]; s.Kind != u.Kind || s.Index != u.Index || !slices.Equal(s.Order, u.Order) {
				t.Errorf("%s: input %d is %v, want %v", tt.text, i, u, s)
			}
		}
	}
}
