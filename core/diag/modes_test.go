package diag

import (
	"math"
	"testing"

	"pinnlab/core/train"
)

// TestModes: the squares sum to the loss at both ends, the eigenvalues to the
// squared norm of J, the shares to the conditions' number; and along the gradient
// flow the loss falls by 4 Σ κ c², which is the squared norm of its gradient, here
// of differences of the loss.
func TestModes(t *testing.T) {
	for _, preset := range []string{"helmholtz", "cavity_velocity", "poisson"} {
		cfg, err := train.Default(preset, "M4")
		if err != nil {
			t.Fatal(err)
		}
		cfg.Width, cfg.Depth, cfg.Precision = 6, 2, train.Float64
		run, err := train.New(cfg)
		if err != nil {
			t.Fatal(err)
		}
		for range 30 {
			if err := run.Step(); err != nil {
				t.Fatal(err)
			}
		}
		var m train.Moment
		run.Observe(&m)
		modes := ModesOf(&m)
		q := squaresOf(&m)
		q.System.EachSet(m.Draw())
		q.Weigh(m.Weights)
		r := make([]float64, q.N)
		var now, start, trace, shares, fall float64
		for i, k := range modes.Kappa {
			if i > 0 && k > modes.Kappa[i-1] {
				t.Fatalf("%s: mode %d is larger than the one before", preset, i)
			}
			now += float64(modes.Now[i])
			start += float64(modes.Start[i])
			trace += float64(k)
			shares += float64(modes.Conditions[i])
			fall += 4 * float64(k) * float64(modes.Now[i])
		}
		j := make([]float64, q.N*len(m.Theta))
		q.At(m.Theta, r)
		q.Jacobian(j)
		norm, conditions := 0.0, 0.0
		for _, v := range j {
			norm += v * v
		}
		for _, v := range conditionsOf(q) {
			conditions += v
		}
		gradient := 0.0
		theta := append([]float64(nil), m.Theta...)
		for i, v := range m.Theta {
			const h = 1e-5
			theta[i] = v + h
			up := q.At(theta, r)
			theta[i] = v - h
			down := q.At(theta, r)
			theta[i] = v
			gradient += math.Pow((up-down)/(2*h), 2)
		}
		for _, c := range []struct {
			what      string
			got, want float64
		}{
			{"loss", now, q.At(m.Theta, r)}, {"loss at the start", start, q.At(m.Start(), r)}, {"trace", trace, norm},
			{"conditions", shares, conditions}, {"fall of the loss", fall, gradient},
		} {
			if !(math.Abs(c.got-c.want) <= 1e-4*math.Abs(c.want)) {
				t.Errorf("%s: the %s is %v, want %v", preset, c.what, c.got, c.want)
			}
		}
		if n := len(modes.Kappa); n != q.N || len(modes.Now) != n || n > mostModes {
			t.Errorf("%s: %d modes of %d residuals", preset, n, q.N)
		}
	}
	// Where J is too large, there are fewer points.
	cfg, _ := train.Default("helmholtz", "M1")
	cfg.Width = 200
	run, err := train.New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	var m train.Moment
	run.Observe(&m)
	if q := squaresOf(&m); q.N*len(m.Theta) > mostOfJ || q.N < 32 {
		t.Errorf("%d residuals and %d parameters", q.N, len(m.Theta))
	}
}

// TestModesNotFinite: of residuals that are not finite there are no modes.
func TestModesNotFinite(t *testing.T) {
	cfg, err := train.Default("poisson", "M1")
	if err != nil {
		t.Fatal(err)
	}
	cfg.Width, cfg.Depth = 4, 1
	run, err := train.New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	for _, v := range []float64{math.NaN(), math.Inf(1), 1e200} {
		var m train.Moment
		run.Observe(&m)
		m.Theta[0], m.Theta[len(m.Theta)-1] = v, v
		if modes := ModesOf(&m); len(modes.Kappa) > 0 {
			t.Errorf("%v: %d modes", v, len(modes.Kappa))
		}
	}
}
