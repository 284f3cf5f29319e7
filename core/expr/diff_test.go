package expr

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"testing"

	"gonum.org/v1/gonum/diff/fd"
	"gonum.org/v1/gonum/num/hyperdual"
)

// show writes a vertex of g as text, with the derivatives of fields of s.
func show(g *graph, s *Scope, i id) string {
	v := g.vertices[i]
	arg := func(i id) string {
		if t := show(g, s, i); g.vertices[i].op == opConst || g.vertices[i].op == opSymbol || g.vertices[i].op == opFunc {
			return t
		} else {
			return "(" + t + ")"
		}
	}
	switch v.op {
	case opConst:
		c, _ := g.value(i)
		return strconv.FormatFloat(c, 'g', -1, 64)
	case opSymbol:
		y := g.symbols[v.a]
		if y.kind == Coord {
			return s.Coords[y.index]
		}
		suffix := ""
		for k, c := range s.Coords {
			suffix += strings.Repeat(c, int(y.order[k]))
		}
		return strings.TrimSuffix(s.Fields[y.index]+"_"+suffix, "_")
	case opNeg:
		return "-" + arg(v.a)
	case opPowInt:
		return arg(v.a) + "^" + strconv.Itoa(int(v.b))
	case opFunc:
		return functions[v.b].name + "(" + show(g, s, v.a) + ")"
	}
	sign := map[operation]string{opAdd: " + ", opSub: " - ", opMul: "*", opDiv: "/", opPow: "^"}[v.op]
	return arg(v.a) + sign + arg(v.b)
}

// TestSimplify shows what formulas and derivatives are reduced to.
func TestSimplify(t *testing.T) {
	s := &Scope{Coords: []string{"x", "y"}, Fields: []string{"psi", "p"}, Params: map[string]float64{"k": 3, "zero": 0}}
	s.Defs = map[string]*Formula{
		"u": must("psi_y"), "v": must("-psi_x"), "w": must("u*v"), "q": must("x^3*y^2"), "s": must("sin(2*pi*x)"),
		"e": must("exp(-x^2)"), "r": must("x/y"), "t": must("tanh(x*y)"), "a": must("abs(x)"), "n": must("x^-1"), "b": must("2^x"),
	}
	tests := []struct{ text, want string }{
		{"0 + x - 0", "x"},
		{"1*x*1/1", "x"},
		{"0*sin(x)", "0"},
		{"zero*p_x + p_y", "p_y"},
		{"x - x", "0"},
		{"x*x", "x^2"},
		{"x*x^2*x", "x^4"},
		{"(x^2)^3", "x^6"},
		{"x^0 + x^1", "1 + x"},
		{"2*3*x*4", "24*x"},
		{"2*x*(3*y)", "6*(x*y)"},
		{"(6*x)/3", "2*x"},
		{"1 + x + 2", "3 + x"},
		{"x - 2 + 3", "1 + x"},
		{"--x", "x"},
		{"-(x - y)", "y - x"},
		{"x + -y", "x - y"},
		{"x - -y", "x + y"},
		{"-x*-y", "x*y"},
		{"-x*y", "-(x*y)"},
		{"-(2*x)", "-2*x"},
		{"-x/y", "-(x/y)"},
		{"0/x", "0"},
		{"x/-1", "-x"},
		{"x^k", "x^3"},
		{"x^2000", "x^2000"}, // opPow
		{"y*x - x*y", "0"},
		{"u_xx", "psi_xxy"},
		{"v_yxx", "-psi_xxxy"},
		{"w_x", "-((psi_x*psi_xy) + (psi_y*psi_xx))"},
		{"q_x", "3*((y^2)*(x^2))"},
		{"q_xxxyy", "12"},
		{"q_xxxx", "0"},
		{"s_x", "6.283185307179586*cos(6.283185307179586*x)"},
		{"s_xx", "-39.47841760435743*sin(6.283185307179586*x)"},
		{"e_x", "-2*(x*exp(-(x^2)))"},
		{"r_x", "1/y"},
		{"r_y", "-((x/y)/y)"},
		{"t_x", "y*(1 - (tanh(x*y)^2))"},
		{"a_x", "sign of(x)"},
		{"a_xx", "0"},
		{"n_x", "-(x^-2)"},
		{"b_x", "0.6931471805599453*(2^x)"},
	}
	for _, test := range tests {
		c := compiler{Scope: s, g: newGraph(), defs: make(map[string]id)}
		i, err := c.vertex(must(test.text).root)
		if err != nil {
			t.Errorf("%s: %v", test.text, err)
		} else if got := show(c.g, s, i); got != test.want {
			t.Errorf("%s is reduced to %s, want %s", test.text, got, test.want)
		}
	}
}

// smooth are functions of x and y with all operations, as formulas and in
// hyperdual numbers, smooth around (0.6, 0.8).
var smooth = []struct {
	text string
	dual func(x, y hyperdual.Number) hyperdual.Number
}{
	{"x + y", hyperdual.Add},
	{"x - y", hyperdual.Sub},
	{"x*y", hyperdual.Mul},
	{"x*x", func(x, _ hyperdual.Number) hyperdual.Number { return hyperdual.Mul(x, x) }},
	{"x/y", func(x, y hyperdual.Number) hyperdual.Number { return hyperdual.Mul(x, hyperdual.Inv(y)) }},
	{"3/y", func(_, y hyperdual.Number) hyperdual.Number { return hyperdual.Scale(3, hyperdual.Inv(y)) }},
	{"-x*3/7", func(x, _ hyperdual.Number) hyperdual.Number { return hyperdual.Scale(-3./7, x) }},
	{"x^5", func(x, _ hyperdual.Number) hyperdual.Number { return hyperdual.PowReal(x, 5) }},
	{"x^-3", func(x, _ hyperdual.Number) hyperdual.Number { return hyperdual.PowReal(x, -3) }},
	{"x^2.5", func(x, _ hyperdual.Number) hyperdual.Number { return hyperdual.PowReal(x, 2.5) }},
	{"x^y", hyperdual.Pow},
	{"2^(x*y)", func(x, y hyperdual.Number) hyperdual.Number {
		return hyperdual.Exp(hyperdual.Scale(math.Ln2, hyperdual.Mul(x, y)))
	}},
	{"sin(x*y)", of(hyperdual.Sin)},
	{"cos(x*y)", of(hyperdual.Cos)},
	{"tan(x*y)", of(hyperdual.Tan)},
	{"tanh(x*y)", of(hyperdual.Tanh)},
	{"sinh(x*y)", of(hyperdual.Sinh)},
	{"cosh(x*y)", of(hyperdual.Cosh)},
	{"exp(x*y)", of(hyperdual.Exp)},
	{"log(x*y)", of(hyperdual.Log)},
	{"sqrt(x*y)", of(hyperdual.Sqrt)},
	{"abs(-x*y)", of(func(d hyperdual.Number) hyperdual.Number { return hyperdual.Abs(hyperdual.Scale(-1, d)) })},
	{"tanh(sin(3*x)/y)^2*exp(-x^2)", func(x, y hyperdual.Number) hyperdual.Number {
		h := hyperdual.Tanh(hyperdual.Mul(hyperdual.Sin(hyperdual.Scale(3, x)), hyperdual.Inv(y)))
		return hyperdual.Mul(hyperdual.Mul(h, h), hyperdual.Exp(hyperdual.Scale(-1, hyperdual.Mul(x, x))))
	}},
}

// of is f of the product of two numbers.
func of(f func(hyperdual.Number) hyperdual.Number) func(x, y hyperdual.Number) hyperdual.Number {
	return func(x, y hyperdual.Number) hyperdual.Number { return f(hyperdual.Mul(x, y)) }
}

// near reports whether got is want up to tol, relative where want is large.
func near(got, want, tol float64) bool { return math.Abs(got-want) <= tol*max(1, math.Abs(want)) }

// TestDiffMatchesHyperdual compares first and second derivatives, pure and
// mixed, with hyperdual numbers, which are exact.
func TestDiffMatchesHyperdual(t *testing.T) {
	const x, y = 0.6, 0.8
	for _, test := range smooth {
		s := &Scope{Coords: []string{"x", "y"}, Defs: map[string]*Formula{"g": must(test.text)}}
		for i, a := range s.Coords {
			for j, b := range s.Coords {
				hx, hy := hyperdual.Number{Real: x}, hyperdual.Number{Real: y}
				e := []*hyperdual.Number{&hx, &hy}
				e[i].E1mag, e[j].E2mag = 1, 1
				want := test.dual(hx, hy)
				for name, want := range map[string]float64{"g": want.Real, "g_" + a: want.E1mag, "g_" + a + b: want.E1E2mag} {
					if got := at(t, s, name, x, y, nil); !near(got, want, 1e-13) {
						t.Errorf("g = %s: %s = %v, want %v", test.text, name, got, want)
					}
				}
			}
		}
	}
}

// TestDiffMatchesDifferences climbs to order 4: each derivative is compared
// with a central difference of the one below, which is good to about 1e-8.
func TestDiffMatchesDifferences(t *testing.T) {
	const x, y = 0.6, 0.8
	for _, test := range smooth {
		s := &Scope{Coords: []string{"x", "y"}, Defs: map[string]*Formula{"g": must(test.text)}}
		for _, suffix := range []string{"x", "xy", "xyy", "xyyx", "yx", "yyyy"} {
			last := suffix[len(suffix)-1:]
			below := strings.TrimSuffix("g_"+suffix[:len(suffix)-1], "_")
			want := fd.Derivative(func(z float64) float64 {
				if last == "x" {
					return at(t, s, below, z, y, nil)
				}
				return at(t, s, below, x, z, nil)
			}, map[string]float64{"x": x, "y": y}[last], &fd.Settings{Formula: fd.Central, Step: 1e-5})
			if got := at(t, s, "g_"+suffix, x, y, nil); !near(got, want, 1e-6) {
				t.Errorf("g = %s: g_%s = %v, want %v", test.text, suffix, got, want)
			}
		}
	}
}

// TestDiffThroughFields checks that derivatives pass through formulas of
// fields: for psi = sin(x) exp(2y), whose derivatives are put in as numbers,
// they must be what substituting psi as a formula gives.
func TestDiffThroughFields(t *testing.T) {
	const x, y = 0.6, 0.8
	texts := []string{"psi_y*psi_x - k*psi", "sin(psi)/(2 + psi_x^2)", "x*psi_yx^3", "exp(psi_x*y)"}
	field := &Scope{Coords: []string{"x", "y"}, Fields: []string{"psi"}, Params: map[string]float64{"k": 2}, Defs: map[string]*Formula{}}
	closed := &Scope{Coords: field.Coords, Params: field.Params, Defs: map[string]*Formula{"psi": must("sin(x)*exp(2*y)")}}
	psi := func(_ int, order []int) float64 {
		return math.Sin(x+float64(order[0])*math.Pi/2) * math.Exp(2*y) * math.Pow(2, float64(order[1]))
	}
	for i, text := range texts {
		g := fmt.Sprintf("g%d", i)
		field.Defs[g], closed.Defs[g] = must(text), must(text)
		for _, name := range []string{g, g + "_x", g + "_y", g + "_xy", g + "_yyx"} {
			got, want := at(t, field, name, x, y, psi), at(t, closed, name, x, y, nil)
			if !near(got, want, 1e-12) {
				t.Errorf("%s = %s: %v, want %v", name, text, got, want)
			}
		}
	}
}

// TestAbsAtZero pins the convention: the derivative of abs is 0 at 0.
func TestAbsAtZero(t *testing.T) {
	s := &Scope{Coords: []string{"x", "y"}, Defs: map[string]*Formula{"g": must("abs(x)")}}
	for x, want := range map[float64]float64{-2: -1, 0: 0, 2: 1} {
		if got := at(t, s, "g_x", x, 0, nil); got != want {
			t.Errorf("the derivative of abs at %v is %v, want %v", x, got, want)
		}
	}
}
