package expr

import (
	"errors"
	"slices"
	"strings"
	"testing"
)

func TestCompileErrors(t *testing.T) {
	tests := []struct {
		text string
		col  int
		msg  string
	}{
		{"u + w", 5, `unknown name "w"; known are u, p, x, y, Re, half, k, psi, vel, and a number of your own is a parameter`},
		{"u - vell_x", 5, `unknown name "vell_x"; did you mean "vel_x"?`},
		{"haf*u", 1, `unknown name "haf"; did you mean "half"?`},
		{"re", 1, `unknown name "re"; did you mean "Re"?`},
		{"u_z", 1, `unknown name "u_z": "z" is not a coordinate (x, y)`},
		{"u_xzy", 1, `unknown name "u_xzy": "z" is not a coordinate (x, y)`},
		{"u_exact", 1, `unknown name "u_exact"; known are u, p, x, y, Re, half, k, psi, vel, and a number of your own is a parameter`},
		{"2*k_x", 3, `unknown name "k_x": the parameter "k" has no derivatives`},
		{"x_x", 1, `unknown name "x_x": "x" is a coordinate`},
		{"u_x_y", 1, `unknown name "u_x_y"; did you mean "u_xy"?`},
		{"u_", 1, `unknown name "u_"; known are u, p, x, y, Re, half, k, psi, vel, and a number of your own is a parameter`},
		{"u_xxxxxxxxx", 1, "a derivative of order 9; 8 is the highest"},
		{"x + 1/0", 6, "division by 0"},
		{"x + 1/(k - 3)", 6, "division by 0"},
		{"sqrt(-1)*x", 1, "sqrt(-1) is not a number: it needs an argument from 0 on"},
		{"u + log(0)", 5, "log(0) is not a number: it needs an argument above 0"},
		{"10^400", 3, "the value here is too large a number"},
		{strings.Repeat("(x*u+p)^2*", 300) + "1", 1, ""}, // shared, hence small
	}
	for _, test := range tests {
		_, err := xy().Compile(must(test.text))
		if test.msg == "" {
			if err != nil {
				t.Errorf("%.40q: %v", test.text, err)
			}
			continue
		}
		checkError(t, test.text, err, test.col, test.msg)
	}
}

func TestCompileErrorsInDefinitions(t *testing.T) {
	tests := []struct {
		name string
		defs map[string]string
		text string
		want string
	}{
		{"circle", map[string]string{"a": "1 + b", "b": "c_x", "c": "u*a"}, "a",
			"in the definition of c: column 3: defined in a circle: a, b, c, a"},
		{"itself", map[string]string{"a": "2*a_x"}, "u + a", "in the definition of a: column 3: defined in a circle: a, a"},
		{"unknown", map[string]string{"a": "b", "b": "u + w"}, "a_x", `in the definition of b: column 5: unknown name "w"; known are u, x, a, b, and a number of your own is a parameter`},
	}
	for _, test := range tests {
		s := &Scope{Coords: []string{"x"}, Fields: []string{"u"}, Defs: make(map[string]*Formula)}
		for name, text := range test.defs {
			s.Defs[name] = must(text)
		}
		if _, err := s.Compile(must(test.text)); err == nil || err.Error() != test.want {
			t.Errorf("%s: got %v, want %s", test.name, err, test.want)
		}
	}
}

// TestCompileRefusesTheHuge checks that no short text makes a large program
// or takes long to refuse.
func TestCompileRefusesTheHuge(t *testing.T) {
	s := &Scope{Coords: []string{"x", "y"}, Fields: []string{"u"}, Defs: make(map[string]*Formula)}
	s.Defs["a"] = must("sin(u)^u/tanh(x*u)^exp(y + u)*sqrt(u*cos(u))")
	s.Defs["b"] = must("a^a*tan(a)/log(a)")
	for _, text := range []string{"b_xxxxyyyy", "b_xyxyxyxy/b_yyyyyyyy"} {
		_, err := s.Compile(must(text))
		var e *Error
		if !errors.As(err, &e) || !strings.Contains(e.Msg, "large") && !strings.Contains(e.Msg, "more than") {
			t.Errorf("%s: got %v", text, err)
		}
	}
	// Two to the power of twenty sums, or twenty operations.
	s.Defs = map[string]*Formula{"a0": must("u")}
	for i := range 20 {
		s.Defs["a"+string(rune('b'+i))] = must("sin(" + previous(i) + ") + cos(" + previous(i) + ")")
	}
	if p, err := s.Compile(must("au")); err != nil || len(p.code) != 60 {
		t.Errorf("a chain of definitions: %v", err)
	}
}

func previous(i int) string {
	if i == 0 {
		return "a0"
	}
	return "a" + string(rune('b'+i-1))
}

func TestScopeCheck(t *testing.T) {
	s := &Scope{
		Coords: []string{"x", "tt"},
		Fields: []string{"u", "x", "", "exp", "u_x", "a_tt", "a_x"},
		Params: map[string]float64{"pi": 3, "a-b": 1, strings.Repeat("a", 33): 1, "u": 1, "ok": 2},
		Defs:   map[string]*Formula{"d_x": must("1"), "d": must("u"), "ok": must("1")},
	}
	want := []string{
		`name "tt": must be a single letter to be a coordinate`,
		`name "x": already the name of a coordinate`,
		`name "": is empty`,
		`name "exp": is taken by the language`,
		`name "u_x": reads as a derivative of "u"`,
		`name "a-b": must be letters a-z, digits and _, beginning with a letter`,
		`name "` + strings.Repeat("a", 33) + `": is longer than 32 characters`,
		`name "pi": is taken by the language`,
		`name "u": already the name of a field`,
		`name "d_x": reads as a derivative of "d"`,
		`name "ok": already the name of a parameter`,
	}
	var got []string
	for _, e := range s.Check() {
		got = append(got, e.Error())
	}
	if !slices.Equal(got, want) {
		t.Errorf("Check() says\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if _, err := s.Compile(must("u")); err == nil || err.Error() != want[0] {
		t.Errorf("Compile in a scope with bad names: %v", err)
	}
	many := &Scope{Coords: []string{"a", "b", "c", "d", "e"}}
	if bad := many.Check(); len(bad) != 1 || bad[0].Msg != "more than 4 coordinates" {
		t.Errorf("five coordinates: %v", bad)
	}
}

func TestRename(t *testing.T) {
	s := &Scope{Coords: []string{"x", "t"}, Fields: []string{"u"}, Params: map[string]float64{"u_max": 1}}
	to := map[string]string{"u": "u_exact", "v": "w"}
	tests := []struct{ text, want string }{
		{"u_tt - u_xx + u^3", "u_exact_tt - u_exact_xx + u_exact^3"},
		{"v + v_x*uu", "w + w_x*uu"},
		{"u_max*u_exact", "u_max*u_exact"},
		{"-sin(u_x)", "-sin(u_exact_x)"},
	}
	for _, test := range tests {
		f := must(test.text)
		if got := s.Rename(f, to).String(); got != test.want {
			t.Errorf("%s becomes %s, want %s", test.text, got, test.want)
		}
		if f.String() != test.text {
			t.Errorf("%s was changed to %s", test.text, f)
		}
	}
}

func TestSolve(t *testing.T) {
	tests := []struct{ text, want string }{ // "": there is no such formula
		{"u_xx - f", "u_xx"},
		{"u_xx + u_yy + k^2*u - f", "u_xx + u_yy + k^2*u"},
		{"u_xx + f", "-u_xx"},
		{"f - u_xx", "u_xx"},
		{"-f + u_xx - u", "u_xx - u"},
		{"f + u_xx", "-u_xx"},
		{"u_xx - (u + f)", "u_xx - u"},
		{"u_xx - (f - u)", "u_xx - -u"},
		{"-(u - f)", "u"},
		{"u_x - f - u", "u_x - u"},
		{"f", "0"},
		{"-f", "0"},
		{"u_xx", ""},
		{"u_xx - 2*f", ""},
		{"u_xx - f*u", ""},
		{"u_xx - f - f", ""},
		{"u_xx - f - f_x", ""},
		{"u_xx - sin(f)", ""},
		{"u - f^2 - f", ""},
	}
	for _, test := range tests {
		got := ""
		if f := xy().Solve(must(test.text), "f"); f != nil {
			got = f.String()
		}
		if got != test.want {
			t.Errorf("%s = 0 solved for f gives %q, want %q", test.text, got, test.want)
		}
	}
}

func TestReads(t *testing.T) {
	tests := []struct {
		text string
		want bool
	}{{"u", true}, {"1 + sin(-u_xy)", true}, {"u_exact", false}, {"p + psi", false}}
	for _, test := range tests {
		if got := xy().Reads(must(test.text), "u"); got != test.want {
			t.Errorf("Reads(%s, u) = %v", test.text, got)
		}
	}
}
