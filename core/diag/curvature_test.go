package diag

import (
	"math"
	"slices"
	"testing"

	"pinnlab/core/train"
)

// small returns the Hessian of a small network's losses, and their weights.
func small(t testing.TB, preset, model string) (*train.Hessian[float64], *train.Moment) {
	t.Helper()
	cfg, err := train.Default(preset, model)
	if err != nil {
		t.Fatal(err)
	}
	cfg.Width, cfg.Depth, cfg.Batch = 6, 2, 10
	run, err := train.New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	for range 20 {
		if err := run.Step(); err != nil {
			t.Fatal(err)
		}
	}
	m := &train.Moment{}
	run.Observe(m)
	h := train.NewHessian[float64](m.Prob, m.Net, m.Batch)
	h.EachSet(m.Draw())
	h.SetParameters(m.Theta)
	return h, m
}

// TestDenseAgreesWithLanczos takes every part on every subset both ways.
func TestDenseAgreesWithLanczos(t *testing.T) {
	for _, c := range []struct{ preset, model string }{{"klein_gordon", "M4"}, {"cavity_streamfunction", "M1"}} {
		h, m := small(t, c.preset, c.model)
		dense := NewDense(h)
		for dense.Step() {
		}
		if a := dense.Asymmetry(); !(a < 1e-13) {
			t.Errorf("%s: the Hessians are not symmetric: %.2g", c.preset, a)
		}
		for _, part := range Parts() {
			for _, s := range Subsets() {
				w := part.Weights(m.Weights)
				e := dense.Eigen(s, w)
				for e.Step() {
				}
				all := e.Values()
				if len(all) != s.Size(m.Net) {
					t.Fatalf("%s %s: %d eigenvalues, want %d", part, s, len(all), s.Size(m.Net))
				}
				ends := NewLanczos(NewCurvature(h, s, w), Options{Tolerance: 1e-10}).Run()
				lo, hi := all[0], all[len(all)-1]
				size := max(math.Abs(lo), math.Abs(hi))
				if !(math.Abs(ends.Lo-lo) <= 1e-10*size) || !(math.Abs(ends.Hi-hi) <= 1e-10*size) || !ends.Converged {
					t.Errorf("%s %s: Lanczos %+v, dense [%v, %v]", part, s, ends, lo, hi)
				}
			}
		}
	}
}

func TestSubset(t *testing.T) {
	h, m := small(t, "helmholtz", "M3")
	sizes := map[Subset]int{Trunk: 2*6 + 6*6 + 6, Weights: 2*6 + 6*6 + 6 + 2*12, All: 2*6 + 6*6 + 6 + 2*12 + 6 + 6 + 1 + 2*6}
	for s, want := range sizes {
		if got := s.Size(m.Net); got != want {
			t.Errorf("%s: %d parameters, want %d", s, got, want)
		}
		theta, packed := make([]float64, len(m.Theta)), make([]float64, want)
		gather(packed, m.Theta, s.spans(m.Net))
		scatter(theta, packed, s.spans(m.Net))
		kept := 0
		for i, v := range theta {
			if v != 0 {
				kept++
			}
			if v != 0 && v != m.Theta[i] {
				t.Fatalf("%s: parameter %d moved", s, i)
			}
		}
		if i := s.indices(m.Net); kept != want || len(i) != want || !slices.IsSorted(i) {
			t.Errorf("%s: %d parameters kept, %d indices", s, kept, len(i))
		}
	}
	c := NewCurvature(h, Trunk, []float64{1, 1})
	v, dst := make([]float64, c.Size()), make([]float64, c.Size())
	v[3] = 1
	if n := testing.AllocsPerRun(5, func() { c.Apply(dst, v) }); n != 0 {
		t.Errorf("Apply allocates %v times, want 0", n)
	}
}

func TestPart(t *testing.T) {
	for part, want := range map[Part][]float64{Total: {1, 7, 9}, Residual: {1, 0, 0}, Conditions: {0, 7, 9}} {
		if got := part.Weights([]float64{1, 7, 9}); !slices.Equal(got, want) {
			t.Errorf("%s: weights %v, want %v", part, got, want)
		}
	}
}
