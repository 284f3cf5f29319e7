package expr

import (
	"encoding/xml"
	"fmt"
	"math"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"
)

// paper is the scope of the formulas below.
func paper() Notation {
	s := &Scope{
		Coords: []string{"t", "x"},
		Fields: []string{"u", "psi", "w2"},
		Params: map[string]float64{"alpha": 1, "a1": 1, "k": 1, "Re": 1, "C_p": 1},
		Defs:   map[string]*Formula{"v": must("psi_x")},
	}
	return Notation{Scope: s, Star: "_exact"}
}

// plainly drops what every formula has, so that the wanted can be read.
func plainly(mathml string) string {
	for _, p := range [][2]string{{"<mrow>", "{"}, {"</mrow>", "}"}, {timesGap, " "}, {times, "~"}, {applied, "@"},
		{`<mo form="prefix">−</mo>`, "−"}, {"<mi>", ""}, {"</mi>", ""}, {"<mn>", ""}, {"</mn>", ""}, {"<mo>", ""}, {"</mo>", ""}} {
		mathml = strings.ReplaceAll(mathml, p[0], p[1])
	}
	return mathml
}

func TestTypesetsAsThePaperDoes(t *testing.T) {
	tests := []struct{ text, want string }{
		{"u", "{u}"},
		{"u_tt + alpha*u_xx", "{<msub>u{tt}</msub>+α <msub>u{xx}</msub>}"},
		{"u_exact_xx - u_exact", "{<msubsup>u{xx}{∗}</msubsup>−<msup>u{∗}</msup>}"},
		{"psi_x*w2_t", "{<msub>ψ{x}</msub> <msub>w{2,t}</msub>}"},
		{"sin(a1*pi*x)", "{sin@{(<msub>a{1}</msub> π x)}}"},
		{"sin(x)^2 + exp(x)^2", "{<msup>sin{2}</msup>@{(x)}+<msup>{{(exp@{(x)})}}{2}</msup>}"},
		{"k^2*u", "{<msup>k{2}</msup> u}"},
		{"u_x^2", "{<msubsup>u{x}{2}</msubsup>}"},
		{"u_exact^2", "{<msup>{{(<msup>u{∗}</msup>)}}{2}</msup>}"},
		{"(u_xx + u_tt)/Re", "{<mfrac>{<msub>u{xx}</msub>+<msub>u{tt}</msub>}{Re}</mfrac>}"},
		{"1/(2*x)/C_p", "{<mfrac>{1/{(2~x)}}{<msub>C{p}</msub>}</mfrac>}"},
		{"exp(-x^2/2)", "{exp@{(<mfrac>{−<msup>x{2}</msup>}{2}</mfrac>)}}"},
		{"x^(k/2)", "{<msup>x{k/2}</msup>}"},
		{"2*3*x*4", "{2·3 x·4}"},
		{"x*(1/2)", "{x·<mfrac>{1}{2}</mfrac>}"},
		{"-(x*t) - (-x)", "{−x t−{(−x)}}"},
		{"u - (x - t)", "{u−{(x−t)}}"},
		{"(u + x)*(t)", "{{(u+x)} t}"},
		{"(-x)^2 + 2^-x", "{<msup>{{(−x)}}{2}</msup>+<msup>{2}{−x}</msup>}"},
		{"1e-3*u + 2.50e6 + .5", "{<msup>10{−3}</msup> u+2.50×<msup>10{6}</msup>+0.5}"},
		{"sqrt(x)^3*abs(u)", `{<msup>{<msqrt>{x}</msqrt>}{3}</msup> {<mo form="prefix" stretchy="true">|u<mo form="postfix" stretchy="true">|}}`},
	}
	for _, test := range tests {
		got := plainly(paper().MathML(must(test.text)))
		if got != test.want {
			t.Errorf("%s is typeset as\n%s, want\n%s", test.text, got, test.want)
		}
	}
}

func TestEquationSides(t *testing.T) {
	tests := []struct{ text, left, right string }{
		{"u_xx + k^2*u - f", "u_xx + k^2*u", "f"},
		{"f - u_xx", "u_xx", "f"},
		{"u*u_x - (u_xx)/Re", "u*u_x", "u_xx/Re"},
		{"u_x + v", "u_x + v", "0"},
		{"u - f*x", "u", "f*x"}, // f is no whole term
	}
	for _, test := range tests {
		left, right := paper().Scope.Sides(must(test.text), "f")
		if left.String() != test.left || right.String() != test.right {
			t.Errorf("%s: %s = %s, want %s = %s", test.text, left, right, test.left, test.right)
		}
	}
}

func TestNumbersTypeset(t *testing.T) {
	for v, want := range map[float64]string{0: "0", -1: "−1", 2 * math.Pi: "2~π", -math.Pi / 2: "−<mfrac>π2</mfrac>",
		6.28: "6.28", 1e-5: "<msup>10{−5}</msup>", 2.5e21: "2.5×<msup>10{21}</msup>"} {
		if got := plainly(Number(v)); got != want {
			t.Errorf("%v is typeset as %s, want %s", v, got, want)
		}
	}
}

// TestTypesetMeansTheSame has formulas read back from their MathML by a reader
// that knows school's rules and refuses what a person would misread.
func TestTypesetMeansTheSame(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	note := Notation{Scope: &Scope{Params: map[string]float64{"a": 1.3, "b": 0.7, "c1": 2.1}}}
	for range 5000 {
		f := &Formula{randomNode(rng, 5)}
		p, err := note.Scope.Compile(f)
		if err != nil {
			continue // not finite somewhere
		}
		m := p.Machine(1)
		m.Forward(1)
		mathml := note.MathML(f)
		got, err := readMath(mathml, map[string]float64{"a": 1.3, "b": 0.7, "c.1": 2.1})
		if want := m.Out(0)[0]; err != nil || math.Abs(got-want) > 1e-9*max(1, math.Abs(want)) {
			t.Fatalf("%s is typeset as\n%s, which is read as %v (%v), want %v", f, mathml, got, err, want)
		}
	}
}

func randomNode(rng *rand.Rand, depth int) *node {
	if depth == 0 || rng.IntN(5) == 0 {
		if rng.IntN(2) == 0 {
			text := []string{"2", "3", "0.5", "1e-1", "2.5e-1"}[rng.IntN(5)]
			v, _ := strconv.ParseFloat(text, 64)
			return &node{kind: nodeNumber, name: text, val: v}
		}
		return &node{kind: nodeName, name: []string{"a", "b", "c1"}[rng.IntN(3)]}
	}
	x, y := randomNode(rng, depth-1), randomNode(rng, depth-1)
	switch rng.IntN(8) {
	case 0:
		return &node{kind: nodeNeg, args: [2]*node{x}}
	case 1:
		return &node{kind: nodeCall, name: []string{"sin", "exp", "sqrt", "abs", "tanh"}[rng.IntN(5)], args: [2]*node{x}}
	}
	return &node{kind: nodeBinary, op: "+-*/^"[rng.IntN(5)], args: [2]*node{x, y}}
}

// element is a piece of MathML.
type element struct {
	XMLName xml.Name
	Text    string    `xml:",chardata"`
	Kids    []element `xml:",any"`
}

// mathReader reads a row of elements by precedence.
type mathReader struct {
	names map[string]float64
	row   []element
	fault error
}

func readMath(mathml string, names map[string]float64) (float64, error) {
	var root element
	if err := xml.Unmarshal([]byte(mathml), &root); err != nil {
		return 0, err
	}
	r := &mathReader{names: names, row: []element{root}}
	v := r.sum()
	if len(r.row) > 0 {
		r.refuse("left over: %v", r.row)
	}
	return v, r.fault
}

func (r *mathReader) refuse(format string, args ...any) float64 {
	if r.fault == nil {
		r.fault = fmt.Errorf(format, args...)
	}
	r.row = nil
	return math.NaN()
}

// whole reads a row that must be one value.
func (r *mathReader) whole(row ...element) float64 {
	in := &mathReader{names: r.names, row: row}
	v := in.sum()
	if in.fault != nil || len(in.row) > 0 {
		return r.refuse("%v, left over %v", in.fault, in.row)
	}
	return v
}

func (r *mathReader) operator() string {
	if len(r.row) == 0 || r.row[0].XMLName.Local != "mo" {
		return ""
	}
	return r.row[0].Text
}

func (r *mathReader) take() element {
	if len(r.row) == 0 {
		r.refuse("ends too early")
		return element{}
	}
	e := r.row[0]
	r.row = r.row[1:]
	return e
}

func (r *mathReader) sum() float64 {
	sign := 1.0
	if r.operator() == "−" {
		r.take()
		sign = -1
	}
	v := sign * r.product()
	for r.operator() == "+" || r.operator() == "−" {
		sign = 1
		if r.take().Text == "−" {
			sign = -1
		}
		v += sign * r.product()
	}
	return v
}

func (r *mathReader) product() float64 {
	v := r.factor()
	for slashed := false; ; {
		op := r.operator()
		switch op {
		case "\u2062", "·", "×":
			r.take()
			if slashed {
				return r.refuse("a product after a slash")
			}
			if len(r.row) > 0 && op == "\u2062" && beginsWithDigits(r.row[0]) {
				return r.refuse("digits beside what comes before")
			}
			v *= r.factor()
		case "/":
			r.take()
			v, slashed = v/r.factor(), true
		default:
			return v
		}
	}
}

// beginsWithDigits reports whether e, beside a number, could be read as part of it.
func beginsWithDigits(e element) bool {
	switch e.XMLName.Local {
	case "mn":
		return true
	case "msup":
		return beginsWithDigits(e.Kids[0])
	case "mfrac", "mrow":
		return len(e.Kids) > 0 && len(e.Kids[0].Kids) < 2 && beginsWithDigits(e.Kids[0])
	}
	return false
}

// firstText is what e begins with.
func firstText(e element) string {
	for len(e.Kids) > 0 {
		e = e.Kids[0]
	}
	return strings.TrimSpace(e.Text)
}

func (r *mathReader) factor() float64 {
	e := r.take()
	kid := func(i int) float64 { return r.whole(e.Kids[i]) }
	switch e.XMLName.Local {
	case "mn":
		v, err := strconv.ParseFloat(e.Text, 64)
		if err != nil {
			return r.refuse("%v", err)
		}
		return v
	case "mrow":
		if n := len(e.Kids); n > 2 && e.Kids[0].Text == "(" {
			return r.whole(e.Kids[1 : n-1]...)
		} else if n > 2 && e.Kids[0].Text == "|" {
			return math.Abs(r.whole(e.Kids[1 : n-1]...))
		}
		return r.whole(e.Kids...)
	case "mfrac":
		return kid(0) / kid(1)
	case "msqrt":
		return math.Sqrt(kid(0))
	case "msub":
		return r.named(firstText(e.Kids[0]) + "." + firstText(e.Kids[1]))
	case "msubsup":
		return math.Pow(r.named(firstText(e.Kids[0])+"."+firstText(e.Kids[1])), kid(2))
	case "msup":
		if r.operator() == "\u2061" { // sin² x
			return math.Pow(r.called(firstText(e.Kids[0])), kid(1))
		}
		return math.Pow(kid(0), kid(1))
	case "mi":
		if r.operator() == "\u2061" {
			return r.called(e.Text)
		}
		return r.named(e.Text)
	}
	return r.refuse("a value, not %v", e)
}

func (r *mathReader) named(name string) float64 {
	v, ok := r.names[name]
	if !ok {
		return r.refuse("no value for %q", name)
	}
	return v
}

func (r *mathReader) called(name string) float64 {
	f := map[string]func(float64) float64{"sin": math.Sin, "exp": math.Exp, "tanh": math.Tanh}[name]
	r.take()
	x := r.factor()
	if f == nil {
		return r.refuse("no function %q", name)
	}
	return f(x)
}
