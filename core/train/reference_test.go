package train

import (
	"math"
	"testing"

	"pinnlab/core/flow"
	"pinnlab/core/record"
)

// TestCavityReference holds the views of both cavities against a network that
// is zero everywhere, whose errors are known, and against the solver itself.
func TestCavityReference(t *testing.T) {
	for _, preset := range []string{"cavity_streamfunction", "cavity_velocity"} {
		t.Run(preset, func(t *testing.T) {
			run := newRun(t, preset, "M1", small).(*engine[float32])
			clear(run.theta)
			s := run.State()
			if !(math.Abs(float64(s.RelL2)-1) < 1e-6) || s.Authors == nil || !(math.Abs(float64(*s.Authors)-1) < 1e-6) {
				t.Errorf("errors of a fluid at rest %v and %v, want 1", s.RelL2, s.Authors)
			}
			var snap record.Snapshot
			run.Snapshot(&snap)
			if snap.PublishedAuthors == snap.PublishedAuthors {
				t.Errorf("the paper has no error of this network, found %v", snap.PublishedAuthors)
			}
			ref, err := flow.Solve(flow.Options{Re: 100})
			if err != nil {
				t.Fatal(err)
			}
			const i, j = 30, 71 // node (30, 71) of 100
			at := ref.At(i/99., j/99.)
			for _, f := range snap.Fields {
				want := map[string]float64{"u": at.U, "v": at.V, "speed": math.Hypot(at.U, at.V), "psi": at.Psi, "p": at.P}[f.Name]
				if got := float64(f.Exact[j*100+i]); !(math.Abs(got-want) < 1e-6) {
					t.Errorf("%s = %v, want %v", f.Name, got, want)
				}
			}
		})
	}
}

// TestStreamfunctionOfVelocity holds the streamfunction that the velocity form
// integrates against the solver's own, for the solver's velocity, and against
// the velocity of a network, which is its derivative.
func TestStreamfunctionOfVelocity(t *testing.T) {
	run := newRun(t, "cavity_velocity", "M1", small).(*engine[float32])
	v := run.view
	v.evaluate(0)
	u, psi := v.views[1], v.views[3]
	if name := run.prob.Views[3].Name; name != "psi" || psi.counts {
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
	integrate(values, run.prob, 1)
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

// TestExactCavityScoresAtTheFloor gives the viewer the converged solution as a
// prediction: in the authors' measure it is off by what their reference is off.
func TestExactCavityScoresAtTheFloor(t *testing.T) {
	run := newRun(t, "cavity_velocity", "M1", small).(*engine[float32])
	v := run.view
	v.at = 0 // the values are as follows, not to be computed
	for i := range v.views {
		copy(v.views[i].pred, v.views[i].exact)
	}
	if l2, _ := v.errors(0); l2 != 0 {
		t.Errorf("relative L2 %v, want 0", l2)
	}
	if e := v.authorsError(0); !(e > 0.031 && e < 0.034) {
		t.Errorf("authors' measure %v, want 3.2e-2 to 3.3e-2", e)
	}
}

// TestGauge checks that a constant added to a pressure does not show.
func TestGauge(t *testing.T) {
	w := view{pred: []float64{5, 6, 7, 9}, exact: []float64{1, 2, 3, math.NaN()}}
	w.fitGauge()
	if w.pred[0] != 1 || w.pred[2] != 3 || w.pred[3] != 5 {
		t.Errorf("shifted to %v", w.pred)
	}
}
