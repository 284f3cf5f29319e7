package train

import (
	"math"
	"slices"
	"testing"

	"pinnlab/core/nn"
	"pinnlab/core/pde"
)

// twoLayers is a trunk of a 1×2 and a 2×1 matrix; its gradient is laid out
// W0 W0 b0 b0 W1 W1 b1.
func twoLayers() *nn.Net { return nn.New(nn.Arch{Kind: nn.MLP, In: 1, Out: 1, Hidden: []int{2}}) }

// TestRules checks each rule on gradients that one can do by head: one update
// with alpha 1/2 from lambda 2.
func TestRules(t *testing.T) {
	res := []float64{4, -8, 100, 0, 2, -2, 0}
	bcs := []float64{1, -3, 0, 0, 1, 0.5, 1.5} // mean |.| over all: 1; layers' means 2 and 0.75
	tests := []struct {
		name, rule string
		perLayer   bool
		res, bcs   []float64
		hat, want  float64
	}{
		{"siam", RuleSIAM, false, res, bcs, 100 / (2 * 1.), 26},
		{"arxiv", RuleArXiv, false, res, bcs, 100, 51},
		{"code counts weights only", RuleCode, false, res, bcs, 8 / (2 * 1.375), (2 + 8/(2*1.375)) / 2},
		{"code of the cavity", RuleCode, true, res, bcs, 2, 2}, // max(8/(2·2), 2/(2·0.75))
		{"vanished gradient", RuleSIAM, false, res, make([]float64, 7), math.NaN(), 2},
		{"gradient not finite", RuleSIAM, false, res, []float64{math.NaN(), 0, 0, 0, 0, 0, 0}, math.NaN(), 2},
		{"both vanished", RuleArXiv, false, make([]float64, 7), make([]float64, 7), math.NaN(), 2},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			prob := &pde.Problem{Groups: []string{"res", "bcs"}}
			if tt.perLayer {
				prob.Settings.CodeRule = "per-layer"
			}
			net := twoLayers()
			w := newWeighting(tt.rule, prob, net)
			w.lambda[1] = 2
			measureGroup(w, 0, tt.res, net)
			measureGroup(w, 1, tt.bcs, net)
			w.update(0.5)
			if got := w.hat[1]; got != tt.hat && !(math.IsNaN(got) && math.IsNaN(tt.hat)) {
				t.Errorf("estimate %v, want %v", got, tt.hat)
			}
			if f := w.from[1]; f.value() != w.hat[1] && w.hat[1] == w.hat[1] {
				t.Errorf("estimate %v of %v", w.hat[1], f)
			}
			if got := w.lambda[1]; got != tt.want {
				t.Errorf("lambda %v, want %v", got, tt.want)
			}
		})
	}
}

// TestMeasureKeepsNaN: one NaN among the entries must show, wherever it is.
func TestMeasureKeepsNaN(t *testing.T) {
	for i := range 5 {
		g := []float32{1, -2, 3, -4, 5}
		g[i] = float32(math.NaN())
		if m := measure(g); !math.IsNaN(m.max) || !math.IsNaN(m.mean) {
			t.Errorf("NaN at %d: max %v, mean %v", i, m.max, m.mean)
		}
	}
	if m := measure([]float32{1, -2, 0}); m.max != 2 || m.mean != 1 {
		t.Errorf("max %v, mean %v, want 2 and 1", m.max, m.mean)
	}
}

// TestFixedPoints iterates the rules on gradients that do not change: with
// lambda in the denominator the weight goes to the square root of what it goes
// to without.
func TestFixedPoints(t *testing.T) {
	for _, tt := range []struct {
		rule string
		want float64
	}{{RuleSIAM, 10}, {RuleArXiv, 100}} {
		net := twoLayers()
		w := newWeighting(tt.rule, &pde.Problem{Groups: []string{"res", "bcs"}}, net)
		measureGroup(w, 0, []float64{0, -100, 0, 0, 0, 0, 0}, net)
		measureGroup(w, 1, []float64{1, 1, 1, -1, 1, 1, 1}, net)
		for range 500 {
			w.update(0.1)
		}
		if !(math.Abs(w.lambda[1]-tt.want) < 1e-9) {
			t.Errorf("%s: lambda goes to %v, want %v", tt.rule, w.lambda[1], tt.want)
		}
	}
}

// TestWeightsThatStay runs M1, M3 and rule none.
func TestWeightsThatStay(t *testing.T) {
	for _, c := range []struct{ model, rule string }{{"M1", RuleSIAM}, {"M3", RuleCode}, {"M4", RuleNone}} {
		run := newRun(t, "klein_gordon", c.model, func(cfg *Config) { small(cfg); cfg.Rule = c.rule })
		steps(t, run, 21)
		if l := run.(*engine[float32]).weigh.lambda; !slices.Equal(l, []float64{1, 1, 1}) {
			t.Errorf("%s with rule %s: lambda %v, want 1", c.model, c.rule, l)
		}
	}
}
