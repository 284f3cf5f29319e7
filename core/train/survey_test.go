package train

import (
	"math"
	"testing"

	"pinnlab/core/record"
)

// surveyed returns a Snapshot with residuals of a preset after some steps.
func surveyed(t *testing.T, preset string) *record.Snapshot {
	t.Helper()
	cfg, err := Default(preset, "M1")
	if err != nil {
		t.Fatal(err)
	}
	cfg.Precision = Float64
	run, err := New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	for range 3 {
		if err := run.Step(); err != nil {
			t.Fatal(err)
		}
	}
	var s record.Snapshot
	run.Snapshot(&s)
	if len(s.Residuals) != 0 || len(s.Sides) != 0 {
		t.Error("a Snapshot has residuals that nobody asked for")
	}
	run.Survey(true)
	run.Snapshot(&s)
	return &s
}

// TestSurveyAgainstDifferences: the residual of the Helmholtz equation on the
// grid is that of second differences of the prediction less those of the exact
// solution, which solves it.
func TestSurveyAgainstDifferences(t *testing.T) {
	s := surveyed(t, "helmholtz")
	if len(s.Residuals) != 1 || s.Residuals[0].Name != "res" {
		t.Fatalf("residuals %v", len(s.Residuals))
	}
	f, r := s.Fields[0], s.Residuals[0].Values
	nx, ny := int(s.Axes[0].N), int(s.Axes[1].N)
	hx, hy := (s.Axes[0].Hi-s.Axes[0].Lo)/float64(nx-1), (s.Axes[1].Hi-s.Axes[1].Lo)/float64(ny-1)
	const k, step = 1, 3 // nodes wide enough apart for float32
	worst, largest := 0.0, 0.0
	for j := step; j < ny-step; j++ {
		for i := step; i < nx-step; i++ {
			at := j*nx + i
			e := func(at int) float64 { return float64(f.Pred[at]) - float64(f.Exact[at]) }
			want := (e(at-step)-2*e(at)+e(at+step))/(step*step*hx*hx) +
				(e(at-step*nx)-2*e(at)+e(at+step*nx))/(step*step*hy*hy) + k*k*e(at)
			worst, largest = max(worst, math.Abs(want-float64(r[at]))), max(largest, math.Abs(want))
		}
	}
	if worst > 0.06*largest {
		t.Errorf("residuals are off by %v of %v", worst, largest)
	}
}

// TestSides: where a condition prescribes the solution, its residual along the
// side is the error at the nodes of the grid there.
func TestSides(t *testing.T) {
	s := surveyed(t, "helmholtz")
	if len(s.Sides) != 4 {
		t.Fatalf("%d sides", len(s.Sides))
	}
	nx, ny := int(s.Axes[0].N), int(s.Axes[1].N)
	f := s.Fields[0]
	for _, side := range s.Sides {
		axis := s.Axes[side.Face]
		end := 0
		if side.At == axis.Hi {
			end = int(axis.N) - 1
		}
		for i, v := range side.Values {
			at := end + i*nx // on x = constant
			if side.Face == 1 {
				at = end*nx + i
			}
			if want := math.Abs(float64(f.Pred[at] - f.Exact[at])); math.Abs(want-float64(v)) > 1e-6 {
				t.Fatalf("%s at node %d: %v, error %v", side.Name, i, v, want)
			}
		}
		if want := map[uint8]int{0: ny, 1: nx}[side.Face]; len(side.Values) != want {
			t.Errorf("%s has %d values, want %d", side.Name, len(side.Values), want)
		}
	}
	for preset, want := range map[string]int{"poisson": 2, "klein_gordon": 4} {
		if got := len(surveyed(t, preset).Sides); got != want {
			t.Errorf("%s: %d sides, want %d", preset, got, want)
		}
	}
}
