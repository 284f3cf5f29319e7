package expr

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/floats/scalar"
)

// at evaluates text at x, y and the given derivatives of u, in scope s.
func at(t testing.TB, s *Scope, text string, x, y float64, derivs func(field int, order []int) float64) float64 {
	t.Helper()
	p, err := s.Compile(must(text))
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	m := p.Machine(1)
	for i, in := range p.Inputs() {
		switch in.Kind {
		case Coord:
			m.In(i)[0] = []float64{x, y}[in.Index]
		case Deriv:
			m.In(i)[0] = derivs(in.Index, in.Order)
		}
	}
	m.Forward(1)
	return m.Out(0)[0]
}

func TestValues(t *testing.T) {
	tests := []struct {
		text string
		want float64
	}{
		{"2 + 3*4", 14},
		{"2 - 3 - 4", -5},
		{"24/4/3", 2},
		{"-2^2", -4},
		{"(-2)^2", 4},
		{"2^3^2", 512},
		{"2^-1", 0.5},
		{"-3*-2", 6},
		{"1e-3*1000", 1},
		{"pi", math.Pi},
		{"k^2 + half", 9.5},
		{"x - y", -0.5},
		{"x^3", 0.421875},
		{"x^-2", 1 / 0.5625},
		{"x^k", 0.421875},
		{"x^half", math.Sqrt(0.75)},
		{"x^y", math.Pow(0.75, 1.25)},
		{"2^x", math.Pow(2, 0.75)},
		{"x/k", 0.25},
		{"k/x", 4},
		{"k - x", 2.25},
		{"sin(x) + cos(y)", math.Sin(0.75) + math.Cos(1.25)},
		{"tan(x)", math.Tan(0.75)},
		{"tanh(x)/sinh(x)*cosh(x)", 1},
		{"log(exp(y))", 1.25},
		{"sqrt(abs(-x^2))", 0.75},
		{"psi", 0.421875 * 1.5625},
		{"psi_xy", 3 * 0.5625 * 2 * 1.25},
		{"psi_xxxyy", 12},
		{"psi_xxxx", 0},
		{"u", 1},
		{"u_yxx*p", 21 * 101},
		{"vel_x - p_xy", 0},
		{"vel_x", 111},
	}
	// The input of a derivative is 1 + 10 y-order... in decimal: ∂x² ∂y of u is 21.
	derivs := func(field int, order []int) float64 {
		v := float64(order[0] + 10*order[1] + 100*field)
		if order[0]+order[1] == 0 {
			v++
		}
		if order[0] == 2 && order[1] == 1 {
			return 21
		}
		return v
	}
	for _, test := range tests {
		if got := at(t, xy(), test.text, 0.75, 1.25, derivs); !scalar.EqualWithinRel(got, test.want, 1e-14) && got != test.want {
			t.Errorf("%s = %v, want %v", test.text, got, test.want)
		}
	}
}
