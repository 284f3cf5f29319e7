package eval

import (
	"math"
	"math/rand/v2"
	"testing"

	"pinnlab/core/ad"
	"pinnlab/core/jet"
	"pinnlab/core/nn"
	"pinnlab/core/pde"
)

// velocityView returns a view of the cavity in velocities, of a small network.
func velocityView(t *testing.T) (*pde.Problem, *View[float32]) {
	t.Helper()
	spec, err := pde.Preset("cavity_velocity")
	if err != nil {
		t.Fatal(err)
	}
	prob, err := spec.Problem(nil)
	if err != nil {
		t.Fatal(err)
	}
	ref, err := Solve(prob, nil)
	if err != nil {
		t.Fatal(err)
	}
	net := nn.New(nn.Arch{Kind: "mlp", In: 2, Out: len(prob.Outputs), Hidden: []int{8, 8}, Activation: jet.TanhOf})
	params := ad.NewParams[float32](net.Layout, false)
	theta := make([]float32, net.Layout.Size())
	src := rand.New(rand.NewPCG(1, 2))
	for i := range theta {
		theta[i] = float32(src.NormFloat64()) / 3
	}
	params.Load(theta)
	return prob, NewView(prob, net, params, ref)
}

// TestStreamfunctionOfVelocity holds the streamfunction that the velocity form
// integrates against the solver's own, for the solver's velocity, and against
// the velocity of a network, which is its derivative.
func TestStreamfunctionOfVelocity(t *testing.T) {
	prob, v := velocityView(t)
	v.evaluate(0)
	u, psi := v.shown[1], v.shown[3]
	if name := prob.Views[3].Name; name != "psi" || psi.counts {
		t.Fatalf("view 3 is %s, counts in the error: %v", name, psi.counts)
	}
	worst := 0.0
	for i := 100; i < 9900; i++ {
		worst = max(worst, math.Abs((psi.pred[i+100]-psi.pred[i-100])*99/2-u.pred[i]))
	}
	if !(worst < 1e-3) { // the difference quotient's error, of order 2
		t.Errorf("psi_y is off u by %v", worst)
	}
	values := append([]float64(nil), u.exact...)
	integrate(values, prob, 1)
	worst = 0
	for i, x := range values {
		if k := i % 100; k > 0 && k < 99 { // at the side walls u jumps, to 1 in the lid's corners
			worst = max(worst, math.Abs(x-psi.exact[i]))
		}
	}
	if !(worst < 5e-4) { // beside the corners; the next column has a quarter of it
		t.Errorf("∫ u dy is off the solver's streamfunction by %v", worst)
	}
}

// TestExactCavityScoresAtTheFloor gives the view the converged solution as a
// prediction: in the authors' measure it is off by what their reference is off.
func TestExactCavityScoresAtTheFloor(t *testing.T) {
	_, v := velocityView(t)
	v.at = 0 // the values are as follows, not to be computed
	for i := range v.shown {
		copy(v.shown[i].pred, v.shown[i].exact)
	}
	if l2, _ := v.Errors(0); l2 != 0 {
		t.Errorf("relative L2 %v, want 0", l2)
	}
	if e := v.Authors(0); !(e > 0.031 && e < 0.034) {
		t.Errorf("authors' measure %v, want 3.2e-2 to 3.3e-2", e)
	}
}

// TestGauge checks that a constant added to a pressure does not show.
func TestGauge(t *testing.T) {
	w := shown{pred: []float64{5, 6, 7, 9}, exact: []float64{1, 2, 3, math.NaN()}}
	w.fitGauge()
	if w.pred[0] != 1 || w.pred[2] != 3 || w.pred[3] != 5 {
		t.Errorf("shifted to %v", w.pred)
	}
}

// TestBands gives an error that is one wave and looks where it is counted.
func TestBands(t *testing.T) {
	const nx, ny = 30, 20
	b := newBands([]int{nx, ny})
	for _, c := range []struct {
		kx, ky int
		band   int // 2 for neither
	}{{0, 0, 0}, {3, 3, 0}, {4, 0, 1}, {1, 15, 1}, {15, 15, 1}, {16, 0, 2}, {2, 17, 2}} {
		err, all := make([]float64, nx*ny), 0.0
		for i := range err {
			err[i] = math.Cos(math.Pi*float64(c.kx)*(float64(i%nx)+0.5)/nx) * math.Cos(math.Pi*float64(c.ky)*(float64(i/nx)+0.5)/ny)
			all += err[i] * err[i]
		}
		var sum [2]float64
		b.add(&sum, err)
		for k, v := range sum {
			want := 0.0
			if k == c.band {
				want = all
			}
			if math.Abs(v-want) > 1e-10*all {
				t.Errorf("%d by %d half waves: band %d has %v of %v", c.kx, c.ky, k, v, all)
			}
		}
	}
}
