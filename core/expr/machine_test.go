package expr

import (
	"math/rand/v2"
	"slices"
	"testing"

	"gonum.org/v1/gonum/diff/fd"
)

// compiled compiles texts in the scope of most tests.
func compiled(t testing.TB, texts ...string) *Program {
	t.Helper()
	var formulas []*Formula
	for _, text := range texts {
		formulas = append(formulas, must(text))
	}
	p, err := xy().Compile(formulas...)
	if err != nil {
		t.Fatalf("%v: %v", texts, err)
	}
	return p
}

// fillInputs puts positive numbers into all inputs, so that powers and
// logarithms are smooth.
func fillInputs(m *Machine, rng *rand.Rand, n int) {
	for i := range m.p.inputs {
		for k := range n {
			m.In(i)[k] = 0.4 + rng.Float64()
		}
	}
}

// TestReverseMatchesDifferences compares every input's adjoint with central
// differences of the weighted outputs: other weights for each output and
// point, so that a transposed or shifted adjoint cannot pass.
func TestReverseMatchesDifferences(t *testing.T) {
	tests := [][]string{
		{"u + p", "u - p", "p - u"},
		{"u*p", "u*u", "u*u*u"},
		{"u/p", "p/u", "u/u_x/p", "(u + p)/(u + p*u)"},
		{"u + 2", "2 - u", "2*u", "u/7", "7/u", "-u", "x - u", "u - x", "x*u", "u/x", "x/u"},
		{"u^3", "u^-2", "u^2.5", "u^p", "2^u", "u^x", "x^u"},
		{"sin(u)", "cos(u)", "tan(u/2)", "tanh(u)", "sinh(u)", "cosh(u)"},
		{"exp(u)", "log(u)", "sqrt(u)", "abs(-u)", "abs(u)"},
		{"u", "u", "u_x", "x"},
		{"1", "u*x"},
		{"u*u_x + vel*u_y + p_x - (u_xx + u_yy)/Re", "u*p_x", "u_x + vel_y"},
		{"tanh(u*p)^2*exp(-u_x^2)/(1 + u*p)", "sqrt(u^2 + p^2)", "sin(pi*x)*u"},
	}
	for _, texts := range tests {
		rng := rand.New(rand.NewPCG(3, 4))
		p := compiled(t, texts...)
		const n = 3
		m := p.Machine(n + 2)
		fillInputs(m, rng, n+2)
		for j := range p.Outputs() {
			for k := range n + 2 {
				m.OutAdj(j)[k] = rng.NormFloat64()
			}
		}
		m.Forward(n)
		m.Reverse(n)
		for i, in := range p.Inputs() {
			if in.Kind == Coord {
				if m.InAdj(i) != nil {
					t.Errorf("%v: a coordinate has an adjoint", texts)
				}
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
			for k := n; k < n+2; k++ {
				if adj[k] != 0 {
					t.Errorf("%v: Reverse(%d) wrote to point %d", texts, n, k)
				}
			}
		}
	}
}

// weighted is the sum of outputs times their adjoints.
func weighted(m *Machine, n int) (sum float64) {
	for j := range m.p.outputs {
		for k := range n {
			sum += float64(m.Out(j)[k] * m.OutAdj(j)[k])
		}
	}
	return sum
}

// TestReverseTwice checks that Reverse starts afresh, leaves the seeds alone
// and adds up what several outputs give to one input.
func TestReverseTwice(t *testing.T) {
	m := compiled(t, "u", "u", "3*u").Machine(1)
	m.In(0)[0] = 5
	m.OutAdj(0)[0], m.OutAdj(1)[0], m.OutAdj(2)[0] = 1, 10, 100
	m.Forward(1)
	for range 2 {
		m.Reverse(1)
		if got := m.InAdj(0)[0]; got != 311 {
			t.Errorf("adjoint %v, want 311", got)
		}
	}
	if m.OutAdj(0)[0] != 1 || m.OutAdj(1)[0] != 10 || m.OutAdj(2)[0] != 100 {
		t.Error("Reverse changed the seeds")
	}
}

// TestInputs pins the order of the inputs and that only what is read is there.
func TestInputs(t *testing.T) {
	p := compiled(t, "p_yx + u_yy + x*u_xx", "u + u_x - vel_y")
	want := []Symbol{
		{Coord, 0, nil},
		{Deriv, 0, []int{0, 0}}, {Deriv, 0, []int{1, 0}}, {Deriv, 0, []int{2, 0}}, {Deriv, 0, []int{0, 2}},
		{Deriv, 1, []int{1, 1}}, {Deriv, 1, []int{0, 2}},
	}
	same := func(a, b Symbol) bool {
		return a.Kind == b.Kind && a.Index == b.Index && slices.Equal(a.Order, b.Order)
	}
	if !slices.EqualFunc(p.Inputs(), want, same) {
		t.Errorf("inputs %v, want %v", p.Inputs(), want)
	}
}

// TestSharing counts operations: what occurs twice is computed once, also
// across formulas, and what depends on coordinates only has no adjoint.
func TestSharing(t *testing.T) {
	tests := []struct {
		texts               []string
		operations, adjoint int
	}{
		{[]string{"sin(x*y)*u + sin(y*x)"}, 4, 2},      // x*y, sin, times u, plus
		{[]string{"u*p + 1", "p*u + 2"}, 3, 3},         // u*p, plus, plus
		{[]string{"(x + y)^2*u", "(x + y)^2*p"}, 4, 2}, // x+y, square, times, times
		{[]string{"u"}, 0, 0},
		{[]string{"k^2 + half"}, 1, 0}, // a number
		{[]string{"cos(5*pi*x)*x + (x*y)^3"}, 6, 0},
	}
	for _, test := range tests {
		p := compiled(t, test.texts...)
		adjoint := 0
		for _, v := range p.varies[len(p.inputs):] {
			if v {
				adjoint++
			}
		}
		if len(p.code) != test.operations || adjoint != test.adjoint {
			t.Errorf("%v: %d operations, %d with adjoint; want %d and %d", test.texts, len(p.code), adjoint, test.operations, test.adjoint)
		}
	}
}

func TestVaries(t *testing.T) {
	p := compiled(t, "u_x", "x", "0*u + 1", "x*p")
	for j, want := range []bool{true, false, false, true} {
		if got := p.Varies(j); got != want {
			t.Errorf("output %d varies: %v, want %v", j, got, want)
		}
	}
}

func TestForwardAndReverseAllocateNothing(t *testing.T) {
	m := compiled(t, "u*u_x + vel*u_y + p_x - (u_xx + u_yy)/Re", "sin(pi*x)^2*u^p - exp(half*y)", "1").Machine(40)
	fillInputs(m, rand.New(rand.NewPCG(5, 6)), 40)
	if n := testing.AllocsPerRun(10, func() { m.Forward(37); m.Reverse(37) }); n != 0 {
		t.Errorf("Forward and Reverse allocate %v times, want 0", n)
	}
}

// TestPoints checks that points do not see each other: each one alone gives
// the bits that it gives among others.
func TestPoints(t *testing.T) {
	p := compiled(t, "tanh(u)^3/(1 + x^2) + 2^p - u^half", "u_x*sin(y)")
	const n = 9
	m, one := p.Machine(n), p.Machine(1)
	fillInputs(m, rand.New(rand.NewPCG(7, 8)), n)
	for j := range p.Outputs() {
		for k := range n {
			m.OutAdj(j)[k] = float64(j+2) / float64(k+3)
		}
	}
	m.Forward(n)
	m.Reverse(n)
	for k := range n {
		for i := range p.Inputs() {
			one.In(i)[0] = m.In(i)[k]
		}
		for j := range p.Outputs() {
			one.OutAdj(j)[0] = m.OutAdj(j)[k]
		}
		one.Forward(1)
		one.Reverse(1)
		for j := range p.Outputs() {
			if one.Out(j)[0] != m.Out(j)[k] {
				t.Errorf("point %d, output %d: %v alone, %v among others", k, j, one.Out(j)[0], m.Out(j)[k])
			}
		}
		for i, in := range p.Inputs() {
			if in.Kind == Deriv && one.InAdj(i)[0] != m.InAdj(i)[k] {
				t.Errorf("point %d, input %d: adjoint %v alone, %v among others", k, i, one.InAdj(i)[0], m.InAdj(i)[k])
			}
		}
	}
}

// TestTooManyPoints checks that a wrong count is our mistake, and is found.
func TestTooManyPoints(t *testing.T) {
	m := compiled(t, "u").Machine(3)
	for name, f := range map[string]func(int){"Forward": m.Forward, "Reverse": m.Reverse} {
		for _, k := range []int{-1, 4} {
			func() {
				defer func() {
					if recover() == nil {
						t.Errorf("%s(%d) on a machine for 3 points does not panic", name, k)
					}
				}()
				f(k)
			}()
		}
	}
}

// BenchmarkResidual runs one momentum equation of the cavity on a batch.
func BenchmarkResidual(b *testing.B) {
	m := compiled(b, "u*u_x + vel*u_y + p_x - (u_xx + u_yy)/Re").Machine(128)
	fillInputs(m, rand.New(rand.NewPCG(9, 10)), 128)
	b.ReportAllocs()
	for b.Loop() {
		m.Forward(128)
		m.Reverse(128)
	}
	b.ReportMetric(float64(b.N)*128/b.Elapsed().Seconds(), "points/s")
}

// TestFault names the first operation without a finite value, or slope, and what
// is to blame.
func TestFault(t *testing.T) {
	scope := &Scope{Coords: []string{"x"}, Fields: []string{"u"}, Params: map[string]float64{"k": 0}}
	for _, tt := range []struct {
		formula string
		u, ux   float64
		want    Fault
	}{
		{"sqrt(u) + u_x", -0.5, 1, Fault{Value: "sqrt(u)", Operand: "u", At: -0.5, Undefined: true}},
		{"1 + (3 - u)^1.5", 4, 0, Fault{Value: "(3 - u)^1.5", Operand: "3 - u", At: -1, Undefined: true}},
		{"log(u*u_x)", 2, 0, Fault{Value: "log(u*u_x)", Operand: "u*u_x", At: 0, Undefined: true}},
		{"u/u_x", 2, 0, Fault{Value: "u/u_x", Operand: "u_x", At: 0, Undefined: true}},
		{"u/k", 2, 0, Fault{Value: "u/0", At: 0, Undefined: true}},
		{"u^-2", 0, 0, Fault{Value: "u^-2", Operand: "u", At: 0, Undefined: true}},
		{"u^u_x", -1, 0.5, Fault{Value: "u^u_x", Operand: "u", At: -1, Undefined: true}},
		{"exp(u) - u_x", 1000, 1, Fault{Value: "exp(u)", Operand: "u", At: 1000}},
		{"u + abs(u_x)^0.5", 1, 0, Fault{Value: "abs(u_x)^0.5", Operand: "abs(u_x)", Slope: true, Undefined: true}},
		{"sqrt(u)", 0, 0, Fault{Value: "sqrt(u)", Operand: "u", Slope: true, Undefined: true}},
		{"u*u_x", 3, 4, Fault{}},
	} {
		f, err := Parse(tt.formula)
		if err != nil {
			t.Fatal(err)
		}
		p, err := scope.Compile(f)
		if err != nil {
			t.Fatal(err)
		}
		m := p.Machine(2)
		for k, s := range p.Inputs() {
			m.In(k)[0], m.In(k)[1] = 1, tt.u // nothing is wrong at the first point
			if s.Kind == Deriv && s.Order[0] == 1 {
				m.In(k)[1] = tt.ux
			}
		}
		m.Forward(2)
		look := m.Fault
		if tt.want.Slope {
			look = m.SlopeFault
		}
		if got, found := look(1, scope); got != tt.want || found != (tt.want != Fault{}) {
			t.Errorf("%s at u = %v, u_x = %v: %+v, want %+v", tt.formula, tt.u, tt.ux, got, tt.want)
		}
		if got, found := look(0, scope); found && tt.formula != "u/k" {
			t.Errorf("%s where nothing is wrong: %+v", tt.formula, got)
		}
	}
}
