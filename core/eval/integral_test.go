package eval

import (
	"math"
	"testing"

	"pinnlab/core/pde"
)

// integralSpec has u = sin(5x) e^y, whose integrals are known along x and y.
const integralSpec = `{"version": 1, "name": "test", "title": "Test",
	"coords": [{"name": "x", "lo": 0, "hi": 1}, {"name": "y", "lo": -1, "hi": 2}], "fields": ["u"],
	"residuals": [{"name": "res", "formula": "u_x - f"}], "solution": {"u": "sin(5*x)*exp(y)"},
	"views": [{"name": "a", "integral": "u", "along": "x"}, {"name": "b", "integral": "u", "along": "y"}, {"name": "u"}],
	"error": {"nodes": [5, 4]}}`

// TestIntegralOrder integrates a closed form along both coordinates on grids of
// different lengths: halving h divides the largest error by 16.
func TestIntegralOrder(t *testing.T) {
	closed := []func(x, y float64) float64{
		func(x, y float64) float64 { return (1 - math.Cos(5*x)) / 5 * math.Exp(y) },
		func(x, y float64) float64 { return math.Sin(5*x) * (math.Exp(y) - math.Exp(-1)) },
	}
	spec, err := pde.Parse([]byte(integralSpec))
	if err != nil {
		t.Fatal(err)
	}
	for along, want := range closed {
		var before float64
		for _, n := range []int{20, 40, 80, 160} {
			spec.Error.Nodes = []int{n + 1, 2*n + 1}
			prob, err := spec.Problem(nil)
			if err != nil {
				t.Fatal(err)
			}
			points := gridPoints[float64](prob, (n+1)*(2*n+1))
			values := make([]float64, len(points)/2)
			for i := range values {
				values[i] = math.Sin(5*points[2*i]) * math.Exp(points[2*i+1])
			}
			integrate(values, prob, along)
			worst := 0.0
			for i, v := range values {
				worst = max(worst, math.Abs(v-want(points[2*i], points[2*i+1])))
			}
			if order := math.Log2(before / worst); n > 20 && !(order > 3.8 && order < 4.5) {
				t.Errorf("along %s, n = %d: error %.2g, order %.2f", prob.Coords[along].Name, n, worst, order)
			}
			before = worst
		}
	}
}

// TestIntegralOfCubics integrates 4 x³ - 1 over the fewest nodes and more.
func TestIntegralOfCubics(t *testing.T) {
	for n := 4; n < 9; n++ {
		const h = 0.5
		values := make([]float64, n)
		for i := range values {
			x := h * float64(i)
			values[i] = 4*x*x*x - 1
		}
		cumulate(values, n, 1, h)
		for i, got := range values {
			x := h * float64(i)
			if want := x*x*x*x - x; !(math.Abs(got-want) <= 1e-12*max(1, want)) {
				t.Errorf("%d nodes: %v at %v, want %v", n, got, x, want)
			}
		}
	}
}
