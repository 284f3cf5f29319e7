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
			run := newRun(t, preset, "M1", small).engine.(*engine[float32])
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
