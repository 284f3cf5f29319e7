package expr

import (
	"math"
	"slices"

	"pinnlab/core/kern"
)

// A function of one argument: its value y at x, and its derivative twice, as
// a number for the adjoint and as vertices for symbolic differentiation.
type function struct {
	name   string
	value  func(x float64) float64
	column func(y, x []float64) // value for many, where there is a kernel; or nil
	slope  func(x, y float64) float64
	derive func(g *graph, x, y id) id
}

// functions are the functions of the language; those whose name formulas
// cannot use come about by differentiating.
var functions []function

func init() { // not an initialiser, since derivatives call other functions
	functions = []function{
		{"sin", kern.Sin, kern.SinTo,
			func(x, _ float64) float64 { return kern.Cos(x) },
			func(g *graph, x, _ id) id { return g.callNamed("cos", x) }},
		{"cos", kern.Cos, kern.CosTo,
			func(x, _ float64) float64 { return -kern.Sin(x) },
			func(g *graph, x, _ id) id { return g.negative(g.callNamed("sin", x)) }},
		{"tan", kern.Tan, nil,
			func(_, y float64) float64 { return 1 + float64(y*y) },
			func(g *graph, _, y id) id { return g.sum(g.num(1), g.wholePower(y, 2)) }},
		{"tanh", kern.Tanh, kern.TanhTo[float64],
			func(_, y float64) float64 { return 1 - float64(y*y) },
			func(g *graph, _, y id) id { return g.difference(g.num(1), g.wholePower(y, 2)) }},
		{"sinh", kern.Sinh, nil,
			func(x, _ float64) float64 { return kern.Cosh(x) },
			func(g *graph, x, _ id) id { return g.callNamed("cosh", x) }},
		{"cosh", kern.Cosh, nil,
			func(x, _ float64) float64 { return kern.Sinh(x) },
			func(g *graph, x, _ id) id { return g.callNamed("sinh", x) }},
		{"exp", kern.Exp, nil,
			func(_, y float64) float64 { return y },
			func(_ *graph, _, y id) id { return y }},
		{"log", kern.Log, nil,
			func(x, _ float64) float64 { return 1 / x },
			func(g *graph, x, _ id) id { return g.quotient(g.num(1), x) }},
		{"sqrt", math.Sqrt, nil,
			func(_, y float64) float64 { return 0.5 / y },
			func(g *graph, _, y id) id { return g.quotient(g.num(0.5), y) }},
		{"abs", math.Abs, nil,
			func(x, _ float64) float64 { return sign(x) },
			func(g *graph, x, _ id) id { return g.callNamed("sign of", x) }},
		{"sign of", sign, nil,
			func(_, _ float64) float64 { return 0 },
			func(g *graph, _, _ id) id { return g.num(0) }},
	}
}

// functionNamed returns the function that formulas call name, or nil.
func functionNamed(name string) *function {
	if i := functionIndex(name); i >= 0 {
		return &functions[i]
	}
	return nil
}

func functionIndex(name string) int {
	return slices.IndexFunc(functions, func(f function) bool { return f.name == name })
}

// functionNames are the names that formulas can call.
func functionNames() []string {
	var names []string
	for _, f := range functions {
		if nameIsWord(f.name) {
			names = append(names, f.name)
		}
	}
	return names
}

func nameIsWord(name string) bool { return !slices.Contains([]byte(name), ' ') }

func (g *graph) callNamed(name string, x id) id { return g.call(functionIndex(name), x) }

// sign returns -1, 0 or 1, and NaN for NaN.
func sign(x float64) float64 {
	switch {
	case x > 0:
		return 1
	case x < 0:
		return -1
	}
	return x * 0
}

// pow is aᵇ where b is not a small whole number.
func pow(a, b float64) float64 { return kern.Pow(a, b) }

// powInt is xⁿ by repeated multiplication; x⁻ⁿ is 1/xⁿ.
func powInt(x float64, n int) float64 {
	if n < 0 {
		return 1 / powInt(x, -n)
	}
	y := 1.0
	for ; n > 0; n >>= 1 {
		if n&1 == 1 {
			y *= x
		}
		x *= x
	}
	return y
}
