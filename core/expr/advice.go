package expr

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// noFunction says of functions that other languages have and this one lacks how
// to write them, exactly where that can be done.
var noFunction = func() map[string]string {
	const (
		noStep   = "a smooth step from 0 to 1 is (1 + tanh(50*(x - 0.5)))/2"
		noWay    = "it cannot be written with the functions there are"
		noAngle  = noWay + "; a smooth step that also runs between two bounds is tanh( )"
		noChoice = "formulas hold no conditions; " + noStep
	)
	advice := map[string]string{
		"ln": "the natural logarithm is log( )", "log10": "write log(x)/log(10)", "log2": "write log(x)/log(2)",
		"log1p": "write log(1 + x)", "expm1": "write exp(x) - 1",
		"pow": "a power is written a^b", "power": "a power is written a^b", "sqr": "write x^2", "square": "write x^2",
		"cbrt": "write x^(1/3), for x above 0",
		"sec":  "write 1/cos(x)", "csc": "write 1/sin(x)", "cosec": "write 1/sin(x)", "cot": "write cos(x)/sin(x)",
		"sech": "write 1/cosh(x)", "csch": "write 1/sinh(x)", "coth": "write cosh(x)/sinh(x)",
		"asinh": "write log(x + sqrt(x^2 + 1))", "acosh": "write log(x + sqrt(x^2 - 1)), for x from 1 on",
		"atanh": "write log((1 + x)/(1 - x))/2, for x between -1 and 1",
		"min":   "the smaller of a and b is (a + b - abs(a - b))/2", "max": "the larger of a and b is (a + b + abs(a - b))/2",
		"relu": "write (x + abs(x))/2", "sigmoid": "write 1/(1 + exp(-x))", "softplus": "write log(1 + exp(x))",
		"erf": noWay + "; a smooth step of the same shape is tanh( )", "erfc": noWay + "; a smooth step of the same shape is 1 - tanh( )",
		"laplacian": "write u_xx + u_yy, one term for each coordinate", "div": "write the derivatives, as in u_x + v_y",
		"integral": "formulas hold no integrals", "integrate": "formulas hold no integrals", "int": "formulas hold no integrals",
		"sum": "write the terms one by one", "mod": noWay, "floor": noWay, "ceil": noWay, "round": noWay,
	}
	for _, names := range []struct{ names, advice string }{
		{"sign sgn signum", "for x other than 0 write x/abs(x)"},
		{"heaviside step unitstep", "for x other than 0 write (1 + x/abs(x))/2; " + noStep},
		{"where if ifelse piecewise cond select iif", noChoice},
		{"atan arctan atan2 arctan2 asin arcsin acos arccos", noAngle},
		{"lap laplace del2 nabla", advice["laplacian"]},
	} {
		for _, name := range strings.Fields(names.names) {
			advice[name] = names.advice
		}
	}
	for _, name := range []string{"asinh", "acosh", "atanh"} {
		advice["arc"+name[1:]], advice["ar"+name[1:]] = advice[name], advice[name]
	}
	return advice
}()

// noName says the same of names that stand alone.
var noName = map[string]string{
	"e":   "write exp(1), and exp(x) for e^x",
	"inf": "a formula holds finite numbers", "Inf": "a formula holds finite numbers", "infinity": "a formula holds finite numbers",
	"nan": "a formula holds finite numbers", "NaN": "a formula holds finite numbers",
	"i": noImaginary, "j": noImaginary, "I": noImaginary,
}

const noImaginary = "numbers are real: give the real and the imaginary part a field each"

// derivatives are what other languages call the operator.
var derivatives = []string{"d", "diff", "derivative", "deriv", "dif", "grad", "gradient", "gradients", "jacobian", "hessian", "partial", "pd"}

// notFunction is the error for a name that stands before the bracket open and
// is no function.
func (p *parser) notFunction(t, open token) error {
	args := p.lex.inside(open.col - 1)
	name := lower(t.text)
	if advice := noFunction[name]; advice != "" && functionNamed(name) == nil {
		return errorAt(t.col, "%s( ) is not in this language; %s", t.text, advice)
	}
	if d := derivativeOf(t.text, args); d != "" {
		return errorAt(t.col, "a derivative is written with the letters of its coordinates: %s, not %s(%s)", d, t.text, args)
	}
	if slices.Contains(derivatives, name) && strings.Contains(args, ",") || len(name) > 1 && slices.Contains(derivatives, name) {
		return errorAt(t.col, "a derivative is written with the letters of its coordinates, as in u_x; %s", longDerivative)
	}
	if like := Closest(t.text, functionNames()); like != "" {
		return errorAt(t.col, "unknown function %q; did you mean %q?", t.text, like)
	}
	if isPoint(args) {
		if strings.ContainsAny(args, "0123456789") {
			return errorAt(t.col, "%q cannot be taken at a point of its own: write %s alone, and say where in the face of a condition; to multiply, write %s*( )", t.text, t.text, t.text)
		}
		return errorAt(t.col, "%q is not a function: write it alone, without (%s), and its derivatives as in %s_x; to multiply, write %s*( )", t.text, args, t.text, t.text)
	}
	return errorAt(t.col, "%q is not a function; to multiply, write %s*( )", t.text, t.text)
}

const longDerivative = `for that of a longer expression give it a name under "derived", such as w, and write w_x`

// inside returns the text between the bracket at pos and the one that closes it,
// or up to the end.
func (l *lexer) inside(pos int) string {
	depth := 0
	for i := pos; i < len(l.text); i++ {
		switch l.text[i] {
		case '(':
			depth++
		case ')':
			if depth--; depth == 0 {
				return l.text[pos+1 : i]
			}
		}
	}
	return l.text[min(pos+1, len(l.text)):]
}

// derivativeOf writes diff(u, x, 2), D(u, x, x) or Dxx(u) as u_xx; it returns ""
// for what is none of them.
func derivativeOf(operator, args string) string {
	parts := strings.Split(strings.ReplaceAll(args, " ", ""), ",")
	letters := ""
	switch {
	case slices.Contains(derivatives, lower(operator)) && len(parts) > 1:
		for _, p := range parts[1:] {
			switch {
			case len(p) == 1 && isLetter(p[0]):
				letters += p
			case len(p) == 1 && '1' <= p[0] && p[0] <= '4' && letters != "":
				letters += strings.Repeat(letters[len(letters)-1:], int(p[0]-'1'))
			default:
				return ""
			}
		}
	case len(parts) == 1 && isOperator(operator):
		letters = operator[1:]
	}
	if letters == "" || nameFault(parts[0]) != "" {
		return ""
	}
	return parts[0] + "_" + letters
}

// isOperator reports whether name is one such as Dxt or dxx.
func isOperator(name string) bool {
	letters := name[1:]
	if letters == "" || len(letters) > 4 || strings.Trim(letters, "abcdefghijklmnopqrstuvwxyz") != "" {
		return false
	}
	return name[0] == 'D' || name[0] == 'd' && strings.Trim(letters, letters[:1]) == ""
}

// isPoint reports whether args are the coordinates of a point: letters and
// numbers, one by one.
func isPoint(args string) bool {
	for _, p := range strings.Split(args, ",") {
		p = strings.TrimSpace(p)
		if len(p) != 1 || !isLetter(p[0]) && !isDigit(p[0]) {
			if strings.Trim(p, "0123456789.-=") != "" || p == "" {
				return false
			}
		}
	}
	return true
}

// withoutArgument is the error for a function that no bracket follows.
func (p *parser) withoutArgument(t token) error {
	switch next := p.tok; {
	case next.text == "^" && t.text == "exp":
		return errorAt(t.col, "exp needs its argument in brackets: exp(x) is e to the power x")
	case next.text == "^":
		return errorAt(t.col, "%s needs its argument in brackets, before the power: %s(x)^2", t.text, t.text)
	case next.kind == tokName || next.kind == tokNumber:
		return errorAt(t.col, "%s needs its argument in brackets: %s(%s)", t.text, t.text, next.text)
	}
	return errorAt(t.col, "%s needs its argument in brackets: %s( )", t.text, t.text)
}

// notKnown is the error for a name that nothing in s has.
func (s *Scope) notKnown(n *node) *Error {
	say := func(format string, args ...any) *Error {
		return errorAt(n.col, "unknown name %q%s", n.name, fmt.Sprintf(format, args...))
	}
	known := append(slices.Clone(s.Fields), s.Coords...)
	if advice := noName[n.name]; advice != "" {
		return say("; %s", advice)
	}
	for _, field := range s.Fields {
		if tail, ok := strings.CutPrefix(n.name, field); ok && tail != "" && s.strange(tail) == "" {
			return say("; a derivative is written %s_%s", field, tail)
		}
		tail, ok := strings.CutPrefix(strings.TrimLeft(n.name, "d2_"), field)
		if tail = strings.TrimLeft(tail, "d_2"); n.name[0] == 'd' && ok && s.strange(tail) == "" {
			if tail == "" {
				tail = s.Coords[0]
			}
			return say("; a derivative is written with the letters of its coordinates, as in %s_%s", field, tail)
		}
	}
	if rest := strings.TrimLeft(n.name, "d"); rest != n.name && s.coord(strings.Trim(rest, "23")) >= 0 {
		return say("; a derivative is written with the letters of its coordinates, as in %s_%s", s.Fields[0], strings.Trim(rest, "23"))
	}
	words := functionNames()
	for _, set := range s.names() {
		words = append(words, set.names...)
		if set.kind != "coordinate" && set.kind != "field" {
			known = append(known, set.names...)
		}
	}
	if like := s.nearDerivative(n.name); like != "" {
		return say("; did you mean %q?", like)
	}
	if like := Closest(n.name, append(words, "pi")); like != "" {
		return say("; did you mean %q?", like)
	}
	if len(known) > 16 || len(known) == 0 {
		return say("; a number of your own is a parameter")
	}
	return say("; known are %s, and a number of your own is a parameter", strings.Join(known, ", "))
}

// nearDerivative returns the derivative that was probably meant: u_t for U_t,
// u_xy for u_x_y; or "".
func (s *Scope) nearDerivative(name string) string {
	base, suffix, ok := s.splitDerivative(name)
	if !ok {
		return ""
	}
	if of, first, ok := s.splitDerivative(base); ok && slices.Contains(s.Fields, of) {
		return of + "_" + first + suffix
	}
	if like := Closest(base, append(slices.Clone(s.Fields), slices.Sorted(maps.Keys(s.Defs))...)); like != "" {
		return like + "_" + suffix
	}
	return ""
}
