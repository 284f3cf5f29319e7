package expr

import (
	"math"
	"strings"
	"testing"
)

// TestOtherNotations tries what people write elsewhere: each has a message that
// says how it is written here, and none that misleads.
func TestOtherNotations(t *testing.T) {
	scope := &Scope{Coords: []string{"x", "t"}, Fields: []string{"u", "v"}, Params: map[string]float64{"nu": 1}}
	tests := []struct {
		text string
		col  int
		want string // in the message
	}{
		{"u_t - atan(x)*u", 7, "atan( ) is not in this language; it cannot be written with the functions there are"},
		{"sign(x-0.5)*u", 1, "x/abs(x)"}, {"u - min(u,1)", 5, "(a + b - abs(a - b))/2"}, {"max(u,0)", 1, "(a + b + abs(a - b))/2"},
		{"heaviside(x)", 1, "(1 + x/abs(x))/2"}, {"ln(u)", 1, "log( )"}, {"Log10(u)", 1, "log(x)/log(10)"}, {"pow(u,2)", 1, "a^b"},
		{"where(x>0.5,1,2)", 1, "no conditions"}, {"erf(x)", 1, "tanh( )"}, {"sech(x)", 1, "1/cosh(x)"}, {"arcsinh(x)", 1, "log(x + sqrt(x^2 + 1))"},
		{"laplacian(u)", 1, "u_xx + u_yy"},
		{"e^u", 1, "exp(x) for e^x"}, {"PI*u", 1, `did you mean "pi"?`}, {"i*u_t", 1, "real and the imaginary part"}, {"u + inf", 5, "finite numbers"},
		{"u(x,t)_t - u_xx", 1, "write it alone, without (x,t)"}, {"u(0, t) - 1", 1, "in the face of a condition"}, {"nu(u_xx)", 1, "write nu*( )"},
		{"u_t - np.sin(x)", 7, "write sin instead of np.sin"}, {"tf.math.pi*u", 1, "write pi instead of tf.math.pi"}, {"np.arctan(x)", 1, "cannot be written"},
		{"np.foo(x)", 1, "a name has no point"}, {"u_t - u_{xx}", 9, "write u_xx instead of u_{xx}"}, {"u_{x x}", 3, "write u_xx"},
		{"(x*u_x)_x", 8, "such as w, and write w_x"},
		{"du/dt - u_xx", 1, "as in u_x"}, {"u + d2u/dx2", 5, "as in u_x"}, {"dudx", 1, "u_x"}, {"du_dx", 1, "u_x"}, {"u/dx", 3, "u_x"}, {"uxx", 1, "u_xx"}, {"ut", 1, "u_t"},
		{"diff(u,t)", 1, "u_t, not diff(u,t)"}, {"diff(u, x, 2)", 1, "u_xx"}, {"D(u, x, t)", 1, "u_xt"}, {"Dxx(u)", 1, "u_xx, not Dxx(u)"},
		{"diff(x*u, x)", 1, "w_x"}, {"grad(u)", 1, "u_x"}, {"dtt(u)", 1, "u_tt"}, {"det(u)", 1, "to multiply, write det*( )"}, {"D(u_xx)", 1, "write D*( )"},
		{`\frac{du}{dt}`, 1, "(a)/(b)"}, {`u + \sin(x)`, 5, "write sin"}, {`\alpha`, 1, "write alpha"}, {`2\cdot u`, 2, "write *"}, {`\foo`, 1, "TeX"},
		{"u'' + u", 2, "u_xx, not u''"}, {"∂u/∂x", 1, "write u_x"}, {"∇²u", 1, "u_xx + u_yy"}, {"Δu", 1, "u_xx + u_yy"}, {"u_x²", 4, "write ^2"}, {"x⁴", 2, "write ^4"},
		{"a₁*u", 2, "write 1, as in a1"}, {"uₓ", 2, "write _x"}, {"α*u", 1, "write alpha"}, {"ω", 1, "write omega"}, {"π*u", 1, "write pi"}, {"½*u", 1, "write 1/2"},
		{"u_t = u_xx", 5, "write u_t - u_xx"}, {"u_t == u + u_xx", 5, "write u_t - (u + u_xx)"}, {"u_t - u_xx = 0", 12, "write u_t - u_xx)"},
		{"u_t - 0,5*u", 8, "decimal point"}, {"u_t − u", 5, "write -"}, {"x × t", 3, "write *"}, {"u**2", 3, "written ^"}, {"u//2", 3, "one /"},
		{"(x<0.5)*u", 3, "no conditions"}, {"x%2", 2, "no remainder"}, {"u_xx;", 5, "leave it out"}, {"[u]", 1, "write ("}, {"|u|", 1, "write abs( )"},
		{"U_t", 1, `did you mean "u_t"?`}, {"u_yy", 1, `"y" is not a coordinate (x, t)`}, {"rho*u", 1, "known are u, v, x, t, nu"}, {"Sin(x)", 1, `did you mean "sin"?`},
		{"sin^2(x)", 1, "sin(x)^2"}, {"exp^u", 1, "exp(x) is e to the power x"}, {"sin x", 1, "sin(x)"}, {"u_t\u00a0- u", 4, "U+00A0"}, {"u\u200b_x", 2, "invisible"},
		{"(-8)^(1/3)*u", 5, "-8 to the power 0.333"}, {"0^-1*u", 2, "negative powers"},
	}
	for _, test := range tests {
		f, err := Parse(test.text)
		if err == nil {
			_, err = scope.Compile(f)
		}
		if err == nil {
			t.Errorf("%s is taken", test.text)
			continue
		}
		e := err.(*Error)
		if e.Col != test.col || !strings.Contains(e.Msg, test.want) {
			t.Errorf("%s: %v; want column %d and %q", test.text, err, test.col, test.want)
		}
		for _, bad := range []string{`mean "tan"`, `mean "sin"`, `mean "cos"`, "atan*(", "ln*(", "where*("} {
			if strings.Contains(e.Msg, bad) && test.text != "Sin(x)" {
				t.Errorf("%s: %v misleads", test.text, err)
			}
		}
	}
}

// TestAdviceIsTrue evaluates the formulas that the messages give.
func TestAdviceIsTrue(t *testing.T) {
	tests := []struct {
		name    string
		formula string
		want    func(x float64) float64
	}{
		{"sech", "1/cosh(x)", func(x float64) float64 { return 1 / math.Cosh(x) }},
		{"sign", "x/abs(x)", func(x float64) float64 { return math.Copysign(1, x) }},
		{"heaviside", "(1 + x/abs(x))/2", func(x float64) float64 { return math.Max(0, math.Copysign(1, x)) }},
		{"asinh", "log(x + sqrt(x^2 + 1))", math.Asinh}, {"atanh", "log((1 + x)/(1 - x))/2", math.Atanh},
		{"log10", "log(x)/log(10)", math.Log10}, {"log2", "log(x)/log(2)", math.Log2}, {"cbrt", "x^(1/3)", math.Cbrt},
		{"relu", "(x + abs(x))/2", func(x float64) float64 { return math.Max(0, x) }},
		{"cot", "cos(x)/sin(x)", func(x float64) float64 { return 1 / math.Tan(x) }},
		{"coth", "cosh(x)/sinh(x)", func(x float64) float64 { return 1 / math.Tanh(x) }},
		{"min", "(a + b - abs(a - b))/2", func(x float64) float64 { return math.Min(x, 0.25) }},
		{"max", "(a + b + abs(a - b))/2", func(x float64) float64 { return math.Max(x, 0.25) }},
		{"acosh", "log(x + sqrt(x^2 - 1))", math.Acosh},
	}
	for _, test := range tests {
		if !strings.Contains(noFunction[test.name], test.formula) {
			t.Errorf("the advice for %s is %q", test.name, noFunction[test.name])
		}
		for _, x := range []float64{-0.7, 0.3, 0.9, 2} {
			want := test.want(x)
			scope := &Scope{Params: map[string]float64{"x": x, "a": x, "b": 0.25}}
			p, err := scope.Compile(must(test.formula))
			if math.IsNaN(want) || err != nil || x < 0 && test.name == "cbrt" {
				continue // outside of what the advice is for
			}
			m := p.Machine(1)
			m.Forward(1)
			if got := m.Out(0)[0]; math.Abs(got-want) > 1e-12 {
				t.Errorf("%s(%v) = %v by the advice, want %v", test.name, x, got, want)
			}
		}
	}
	for _, name := range strings.Fields("ln pow min atan where erf") {
		if noFunction[name] == "" || functionNamed(name) != nil {
			t.Errorf("%s is both there and not", name)
		}
	}
}
