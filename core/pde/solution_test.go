package pde_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"gonum.org/v1/gonum/diff/fd"

	"pinnlab/core/expr"
	"pinnlab/core/pde"
)

// solved are the presets with a closed form, with parameters other than
// their own too.
var solved = []struct {
	preset string
	params map[string]float64
	field  func(p map[string]float64, x []float64) float64 // written out again, in Go
}{
	{"helmholtz", nil, helmholtz},
	{"helmholtz", map[string]float64{"a1": 2.5, "a2": 0.75, "k": 7}, helmholtz},
	{"klein_gordon", nil, kleinGordon},
	{"klein_gordon", map[string]float64{"alpha": 2, "beta": -3, "gamma": 0.5, "k": 2}, kleinGordon},
	{"klein_gordon", map[string]float64{"gamma": 0, "k": 1}, kleinGordon},
	{"poisson", nil, poisson},
	{"poisson", map[string]float64{"C": 16}, poisson},
}

func helmholtz(p map[string]float64, x []float64) float64 {
	return math.Sin(p["a1"]*math.Pi*x[0]) * math.Sin(p["a2"]*math.Pi*x[1])
}

func kleinGordon(_ map[string]float64, x []float64) float64 {
	return x[1]*math.Cos(5*math.Pi*x[0]) + math.Pow(x[0]*x[1], 3)
}

func poisson(p map[string]float64, x []float64) float64 { return math.Sin(p["C"] * x[0]) }

// randomPoints returns n points of set, by coordinate.
func randomPoints(set pde.PointSet, n int) [][]float64 {
	rng := rand.New(rand.NewPCG(1, 2))
	points := make([][]float64, len(set.Lo))
	for i, lo := range set.Lo {
		points[i] = make([]float64, n)
		for k := range n {
			points[i][k] = lo + (set.Hi[i]-lo)*rng.Float64()
		}
	}
	return points
}

func point(points [][]float64, k int) []float64 {
	x := make([]float64, len(points))
	for i := range x {
		x[i] = points[i][k]
	}
	return x
}

// TestSolutionVanishesSymbolically puts the solution's derivatives, formed
// symbolically, into every term: nothing must be left but rounding of terms
// up to some thousands.
func TestSolutionVanishesSymbolically(t *testing.T) {
	for _, test := range solved {
		p := problem(t, test.preset, test.params)
		for _, term := range p.Terms {
			points := randomPoints(p.Sets[term.Set], 50)
			m := run(term.Residual, points, func(in expr.Symbol, k int) float64 {
				return exactDerivative(t, p, inputName(p, in), point(points, k))
			})
			for k, r := range m.Out(0) {
				if !(math.Abs(r) < 1e-10) {
					t.Errorf("%s %v: %s at %v is %g", test.preset, test.params, term.Name, point(points, k), r)
				}
			}
		}
	}
}

// exactDerivative evaluates a derivative of the solution, such as u_xx.
func exactDerivative(t *testing.T, p *pde.Problem, name string, x []float64) float64 {
	t.Helper()
	s, err := pde.Preset(p.Name)
	if err != nil {
		t.Fatal(err)
	}
	u, err := expr.Parse(s.Solution["u"])
	if err != nil {
		t.Fatal(err)
	}
	scope := expr.Scope{Params: p.Params, Defs: map[string]*expr.Formula{"u": u}}
	for _, c := range p.Coords {
		scope.Coords = append(scope.Coords, c.Name)
	}
	f, err := expr.Parse(name)
	if err != nil {
		t.Fatal(err)
	}
	program, err := scope.Compile(f)
	if err != nil {
		t.Fatal(err)
	}
	points := make([][]float64, len(x))
	for i := range points {
		points[i] = x[i : i+1]
	}
	return run(program, points, nil).Out(0)[0]
}

// TestSolutionVanishesNumerically does the same with differences of the
// solution as Go computes it, so that neither the formula nor its symbolic
// derivatives are trusted. The truncation error of the differences is h²/12
// times a fourth derivative of up to 10⁵.
func TestSolutionVanishesNumerically(t *testing.T) {
	for _, test := range solved {
		p := problem(t, test.preset, test.params)
		for _, term := range p.Terms {
			points := randomPoints(p.Sets[term.Set], 10)
			m := run(term.Residual, points, func(in expr.Symbol, k int) float64 {
				return difference(in.Order, point(points, k), func(x []float64) float64 { return test.field(p.Params, x) })
			})
			for k, r := range m.Out(0) {
				if !(math.Abs(r) < 1e-3) {
					t.Errorf("%s %v: %s at %v is %g", test.preset, test.params, term.Name, point(points, k), r)
				}
			}
		}
	}
}

// difference is a central difference of f of the given order in one of the
// coordinates, 0 to 2.
func difference(order []int, x []float64, f func([]float64) float64) float64 {
	i := slices.IndexFunc(order, func(o int) bool { return o > 0 })
	if i < 0 {
		return f(x)
	}
	formula, step := fd.Central, 1e-6
	if order[i] == 2 {
		formula, step = fd.Central2nd, 1e-4
	}
	return fd.Derivative(func(xi float64) float64 {
		y := slices.Clone(x)
		y[i] = xi
		return f(y)
	}, x[i], &fd.Settings{Formula: formula, Step: step})
}

// TestExactViews compares the exact programs of the views with the solution.
func TestExactViews(t *testing.T) {
	for _, test := range solved {
		p := problem(t, test.preset, test.params)
		points := randomPoints(p.Sets[0], 20)
		m := run(p.Views[0].Exact, points, nil)
		for k, got := range m.Out(0) {
			if want := test.field(p.Params, point(points, k)); !(math.Abs(got-want) < 1e-13) {
				t.Errorf("%s: exact u at %v is %v, want %v", test.preset, point(points, k), got, want)
			}
		}
	}
}

// TestManufacturedFlow derives forcings of two residuals from a solution
// stated for a streamfunction: derived fields have exact twins too.
func TestManufacturedFlow(t *testing.T) {
	s := specWith(t, `"fields": ["psi"]`, `"derived": [{"name": "u", "formula": "psi_y"}, {"name": "v", "formula": "-psi_x"}]`,
		`"solution": {"psi": "sin(x)*exp(2*y)"}`,
		`"residuals": [{"name": "res_u", "formula": "f - u*u_x - v*u_y + u_xx"}, {"name": "res_v", "formula": "v_yy - (f - v*v_x)*1 + f", "f": "u_exact*v_exact_x"}]`,
		`"conditions": [{"name": "bc", "face": "y=1", "formula": ["u - u_exact", "v - v_exact"]}]`,
		`"views": [{"name": "speed", "formula": "sqrt(u^2 + v^2)"}]`)
	p, err := s.Problem(nil)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := p.Terms[0].Forcing, "-(-(u_exact*u_exact_x) - v_exact*u_exact_y + u_exact_xx)"; got != want {
		t.Errorf("f = %s, want %s", got, want)
	}
	// With ψ = sin x · e²ʸ every derivative is ψ or its x-derivative, times a
	// power of 2: ∂ˣ turns the sine, ∂ʸ doubles.
	psi := func(order []int, x, y float64) float64 {
		return math.Sin(x+float64(order[0])*math.Pi/2) * math.Exp(2*y) * math.Pow(2, float64(order[1]))
	}
	points := [][]float64{{0.1, 0.5, 0.9}, {0.2, 0.7, 1}}
	for _, name := range []string{"res_u", "bc"} {
		r := term(t, p, name).Residual
		m := run(r, points, func(in expr.Symbol, k int) float64 { return psi(in.Order, points[0][k], points[1][k]) })
		for j := range r.Outputs() {
			for k, v := range m.Out(j) {
				if !(math.Abs(v) < 1e-12) {
					t.Errorf("%s, output %d at point %d is %g", name, j, k, v)
				}
			}
		}
	}
	speed := run(p.Views[0].Exact, points, nil).Out(0)
	for k, got := range speed {
		x, y := points[0][k], points[1][k]
		if want := math.Exp(2*y) * math.Hypot(2*math.Sin(x), math.Cos(x)); !(math.Abs(got-want) < 1e-13*want) {
			t.Errorf("speed at point %d is %v, want %v", k, got, want)
		}
	}
}

// specWith reads a Spec on the unit square with these further fields.
func specWith(t testing.TB, fields ...string) *pde.Spec {
	t.Helper()
	s, err := pde.Parse(specText(fields...))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func specText(fields ...string) []byte {
	text := `{"version": 1, "name": "test", "title": "Test", "coords": [{"name": "x", "lo": 0, "hi": 1}, {"name": "y", "lo": 0, "hi": 1}]`
	for _, f := range fields {
		text += ", " + f
	}
	return fmt.Append(nil, text, "}")
}
