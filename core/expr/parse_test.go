package expr

import (
	"errors"
	"strings"
	"testing"
)

// xy is a scope that most tests use.
func xy() *Scope {
	return &Scope{
		Coords: []string{"x", "y"},
		Fields: []string{"u", "p"},
		Params: map[string]float64{"k": 3, "Re": 100, "half": 0.5},
		Defs:   map[string]*Formula{"psi": must("x^3*y^2"), "vel": must("p_y")},
	}
}

func must(text string) *Formula {
	f, err := Parse(text)
	if err != nil {
		panic(err)
	}
	return f
}

func TestParsePrintsCanonically(t *testing.T) {
	tests := []struct{ text, want string }{
		{"1+2*3", "1 + 2*3"},
		{"(1+2)*3", "(1 + 2)*3"},
		{"a-b-c", "a - b - c"},
		{"a-(b-c)", "a - (b - c)"},
		{"a/b/c", "a/b/c"},
		{"a/(b*c)", "a/(b*c)"},
		{"-x^2", "-x^2"},
		{"(-x)^2", "(-x)^2"},
		{"-a*b", "-a*b"},
		{"-(a*b)", "-(a*b)"},
		{"2^3^2", "2^3^2"},
		{"(2^3)^2", "(2^3)^2"},
		{"2^-x^2", "2^-x^2"},
		{"2^-x*y", "2^-x*y"},
		{"2^(-x*y)", "2^(-x*y)"},
		{"a--b", "a - -b"},
		{"--a", "--a"},
		{"a*-b", "a*-b"},
		{"((( sin( (x) ) )))", "sin(x)"},
		{"1e-3 + .5 + 2.5E+2", "0.001 + 0.5 + 250"},
		{"2*exp(-x^2)/pi", "2*exp(-x^2)/pi"},
		{"u_xx\n\t+ u_yy", "u_xx + u_yy"},
	}
	for _, test := range tests {
		f, err := Parse(test.text)
		if err != nil {
			t.Errorf("Parse(%q): %v", test.text, err)
			continue
		}
		if got := f.String(); got != test.want {
			t.Errorf("Parse(%q) prints as %q, want %q", test.text, got, test.want)
		}
	}
}

func TestParseErrors(t *testing.T) {
	tests := []struct {
		text string
		col  int
		msg  string
	}{
		{"", 1, "the formula is empty"},
		{"  ", 3, "the formula is empty"},
		{"u_xx +", 7, "expected a number, a name or (, found the end"},
		{"(x + 1", 7, "missing ) for the ( in column 1"},
		{"sin(x + cos(x)", 15, "missing ) for the ( in column 4"},
		{"x + 1)", 6, "unexpected ), nothing to close"},
		{"()", 2, `expected a number, a name or (, found ")"`},
		{"2x", 2, `missing operator before "x"; to multiply, write *`},
		{"2 (x)", 3, `missing operator before "("; to multiply, write *`},
		{"x y", 3, `missing operator before "y"; to multiply, write *`},
		{"(x y)", 4, `missing operator before "y"; to multiply, write *`},
		{"x(1)", 1, `"x" cannot be taken at a point of its own: write x alone, and say where in the face of a condition; to multiply, write x*( )`},
		{"sni(x)", 1, `unknown function "sni"; did you mean "sin"?`},
		{"1 + sin x", 5, "sin needs its argument in brackets: sin(x)"},
		{"x**2", 3, `unexpected "*"; a power is written ^`},
		{"*x", 1, `expected a number, a name or (, found "*"`},
		{"x * / y", 5, `expected a number, a name or (, found "/"`},
		{"+x", 1, `a value cannot begin with "+"; leave it out`},
		{"u = f", 3, `unexpected "=" (a formula says what must vanish: write u - f)`},
		{"x²", 2, `unexpected "²" (write ^2)`},
		{"π", 1, `unexpected "π" (write pi)`},
		{"x + ψ", 5, `unexpected "ψ" (write psi)`},
		{"x # y", 3, `unexpected "#" (leave it out)`},
		{"1 + .", 5, "a point without digits"},
		{"1.2.3", 4, `missing operator before ".3"; to multiply, write *`},
		{"1e999", 1, "the number 1e999 is too large"},
		{"2exp(x)", 2, `missing operator before "exp"; to multiply, write *`},
		{"\xff", 1, "unreadable text: the formula is not UTF-8"},
		{strings.Repeat("(", 70) + "x", 65, "nested deeper than 64 levels"},
		{strings.Repeat("-", 9000) + "x", 4097, "the formula is longer than 4096 characters"},
		{strings.Repeat("2^", 99) + "x", 129, "nested deeper than 64 levels"},
	}
	for _, test := range tests {
		checkError(t, test.text, parseError(test.text), test.col, test.msg)
	}
}

func parseError(text string) error {
	_, err := Parse(text)
	return err
}

// checkError fails t unless err is an Error at col that says msg.
func checkError(t *testing.T, text string, err error, col int, msg string) {
	t.Helper()
	var e *Error
	if !errors.As(err, &e) {
		t.Errorf("%.40q: got %v, want an Error", text, err)
	} else if e.Col != col || e.Msg != msg {
		t.Errorf("%.40q: got column %d: %s\nwant column %d: %s", text, e.Col, e.Msg, col, msg)
	}
}

func TestClosest(t *testing.T) {
	words := []string{"sin", "alpha", "u_exact", "Re", "x"}
	tests := []struct{ text, want string }{
		{"sni", "sin"}, {"aplha", "alpha"}, {"u_exat", "u_exact"}, {"re", "Re"}, {"alhpaa", "alpha"},
		{"y", ""}, {"cos", ""}, {"", ""}, {"beta", ""},
	}
	for _, test := range tests {
		if got := Closest(test.text, words); got != test.want {
			t.Errorf("Closest(%q) = %q, want %q", test.text, got, test.want)
		}
	}
}

// FuzzParse checks that any text is refused or understood: what is parsed
// prints as text that parses to the same, and compiles or is refused.
func FuzzParse(f *testing.F) {
	for _, text := range []string{
		"u_xx + u_yy + k^2*u - f", "((((x))))", "x^1000000000", "2^-3^4^-x", "1e308*10*x", "abs(-u)^0.5/log(tanh(u_xxy))",
		"psi_xyxyxyx^-1024", "vel_xxxxyyyy", "----x", "x/0", "sin(", "²", "u_x_y", "1e-400", "x^x^x^x^u", "0*u",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		formula, err := Parse(text)
		if err != nil {
			return
		}
		printed := formula.String()
		again, err := Parse(printed)
		if err != nil {
			if len(printed) > maxText {
				return // printing adds spaces
			}
			t.Fatalf("%q prints as %q, which does not parse: %v", text, printed, err)
		}
		if s := again.String(); s != printed {
			t.Fatalf("%q prints as %q, then as %q", text, printed, s)
		}
		if p, err := xy().Compile(formula); err == nil {
			m := p.Machine(2)
			m.Forward(2)
			m.Reverse(2)
		}
	})
}
