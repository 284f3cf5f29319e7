package train

import (
	"math"
	"slices"
	"testing"

	"pinnlab/core/kern"
	"pinnlab/core/residual"
)

// TestMeasureKeepsNaN: one NaN among the entries must show, wherever it is.
func TestMeasureKeepsNaN(t *testing.T) {
	for i := range 5 {
		g := []float32{1, -2, 3, -4, 5}
		g[i] = float32(math.NaN())
		if m := measure(g); !math.IsNaN(m.Max) || !math.IsNaN(m.Mean) {
			t.Errorf("NaN at %d: max %v, mean %v", i, m.Max, m.Mean)
		}
	}
	if m := measure([]float32{1, -2, 0}); m.Max != 2 || m.Mean != 1 {
		t.Errorf("max %v, mean %v, want 2 and 1", m.Max, m.Mean)
	}
}

// TestWeightsThatStay runs M1, M3 and rule none.
func TestWeightsThatStay(t *testing.T) {
	for _, c := range []struct{ model, rule string }{{"M1", "siam"}, {"M3", "code"}, {"M4", "none"}} {
		run := newRun(t, "klein_gordon", c.model, func(cfg *Config) { small(cfg); cfg.Rule = c.rule })
		steps(t, run, 21)
		if l := run.engine.(*engine[float32]).weigh.Lambda; !slices.Equal(l, []float64{1, 1, 1}) {
			t.Errorf("%s with rule %s: lambda %v, want 1", c.model, c.rule, l)
		}
	}
}

// TestKernelWeights takes one step with alpha 1 under the weightings that
// balance whole gradients, and computes the weights again from the gradients of
// single terms and from whole rows of the Jacobian.
func TestKernelWeights(t *testing.T) {
	for _, rule := range []string{"gradnorm", "ntk"} {
		run := newRun(t, "cavity_streamfunction", "M4", func(c *Config) {
			small(c)
			c.Rule, c.Alpha, c.Precision = rule, 1, Float64
		}).engine.(*engine[float64])
		theta := slices.Clone(run.theta)
		steps(t, run, 1)
		size := make([]float64, len(run.prob.Groups))
		if o := run.obj; rule == "ntk" {
			o.Params.Load(theta)
			o.Rows(nil, func(term *residual.Term, _, _, _ int, rows []float64) {
				size[run.prob.Terms[term.Index].Group] += kern.Dot(rows, rows) / float64(term.Count())
			})
		} else {
			g := make([]float64, len(theta))
			sums := [][]float64{slices.Clone(g), slices.Clone(g)}
			for i, term := range run.prob.Terms {
				o.EvalTerm(theta, i, g)
				kern.Add(sums[term.Group], g)
			}
			size[0], size[1] = norm(sums[0]), norm(sums[1])
		}
		for i, s := range size {
			want := (size[0] + size[1]) / 2 / s
			if got := run.weigh.Lambda[i]; !(math.Abs(got/want-1) < 1e-12) {
				t.Errorf("%s: group %d weighs %v, want %v", rule, i, got, want)
			}
		}
	}
}
