package diag

import (
	"math"
	"strings"
	"testing"

	"pinnlab/core/train"
)

// TestJudgeRuns trains networks that show what is to be named.
func TestJudgeRuns(t *testing.T) {
	for _, c := range []struct {
		name, preset, model string
		steps               int
		edit                func(*train.Config)
		kind, numbers       string
	}{
		{"plain network, fast wave", "helmholtz", "M1", 1000, nil, "starved", "λ|∇bcs|"},
		{"annealed", "helmholtz", "M4", 1000, nil, "healthy", "relative L²"},
		{"weights that run away", "helmholtz", "M2", 1500, func(c *train.Config) { c.Rule, c.Alpha = "arxiv", 0.9 }, "trivial", "spread of u"},
		{"smooth solution", "poisson", "M1", 1500, func(c *train.Config) { c.Params["C"] = 1 }, "healthy", "relative L²"},
		{"just begun", "klein_gordon", "M3", 20, nil, "starting", "20 of"},
		{"overflow", "helmholtz", "M3", 400, func(c *train.Config) {
			c.Gated, c.Depth, c.Width, c.Batch, c.Decay, c.LearningRate = "modified-2020", 10, 24, 1, 1, 1
		}, "diverging", "is not finite"},
	} {
		cfg, err := train.Default(c.preset, c.model)
		if err != nil {
			t.Fatal(err)
		}
		cfg.Width, cfg.Batch = 20, 64
		if c.edit != nil {
			c.edit(&cfg)
		}
		run, err := train.New(cfg)
		if err != nil {
			t.Fatal(err)
		}
		for range c.steps {
			if run.Step() != nil {
				break
			}
		}
		var s train.Snapshot
		run.Snapshot(&s)
		if v := Judge(&s); v.Kind != c.kind || !strings.Contains(v.Numbers, c.numbers) || v.Words == "" {
			t.Errorf("%s: %+v, want %s", c.name, v, c.kind)
		}
	}
}

// madeUp is the Snapshot of a sound run: two layers, a residual and one group of
// conditions with norms alike, and losses and an error that fall by a thousandth
// with each of 100 rows.
func madeUp() *train.Snapshot {
	s := &train.Snapshot{Status: train.Paused, Step: 5000, RelL2: 0.5,
		Terms:  []train.TermState{{Name: "res"}, {Name: "bc", Group: 1}},
		Groups: []train.GroupState{{Name: "res", Lambda: 1}, {Name: "bcs", Lambda: 1}},
		Layers: make([]train.LayerGradients, 2),
		Losses: train.Series{Stride: 50, Cols: 3}, Errors: train.Series{Stride: 50, Cols: 1}, Norms: train.Series{Stride: 50, Cols: 5},
	}
	v := float32(1)
	for range 100 {
		s.Losses.Rows = append(s.Losses.Rows, v, v, 1)
		s.Errors.Rows = append(s.Errors.Rows, v)
		s.Norms.Rows = append(s.Norms.Rows, 1, 1, 1, 1, 0)
		v *= 0.99
	}
	return s
}

// last changes one column in the recent rows.
func last(s *train.Series, column int, value func(i int) float32) {
	c := int(s.Cols)
	rows := len(s.Rows) / c
	for i := rows - rows/4; i < rows; i++ {
		s.Rows[i*c+column] = value(i)
	}
}

func TestJudge(t *testing.T) {
	nan := float32(math.NaN())
	constant := func(v float32) func(int) float32 { return func(int) float32 { return v } }
	jumps := func(i int) float32 { return []float32{1, 20}[i%2] }
	peaks := func(total ...float64) (p []train.Peak) {
		for _, v := range total {
			p = append(p, train.Peak{Total: v, Bound: 2000})
		}
		return p
	}
	for name, c := range map[string]struct {
		edit func(*train.Snapshot)
		kind string
	}{
		"sound":                  {func(s *train.Snapshot) {}, "healthy"},
		"conditions a hundredth": {func(s *train.Snapshot) { last(&s.Norms, 1, constant(0.01)); last(&s.Norms, 3, constant(0.01)) }, "starved"},
		"the same, but weighted": {func(s *train.Snapshot) {
			last(&s.Norms, 1, constant(0.01))
			last(&s.Norms, 3, constant(0.01))
			s.Groups[1].Lambda = 100
		}, "healthy"},
		"the same, but solved": {func(s *train.Snapshot) {
			last(&s.Norms, 1, constant(0.01))
			last(&s.Norms, 3, constant(0.01))
			s.RelL2 = 0.01
		}, "healthy"},
		"against each other": {func(s *train.Snapshot) { last(&s.Norms, 4, constant(-0.8)) }, "conflict"},
		"no cosine known":    {func(s *train.Snapshot) { last(&s.Norms, 4, constant(nan)) }, "healthy"},
		"error flat": {func(s *train.Snapshot) {
			for i := range s.Errors.Rows {
				s.Errors.Rows[i] = 0.5
			}
		}, "stalled"},
		"error flat but small": {func(s *train.Snapshot) {
			for i := range s.Errors.Rows {
				s.Errors.Rows[i] = 0.01
			}
			s.RelL2 = 0.01
		}, "healthy"},
		"loss rising":                  {func(s *train.Snapshot) { last(&s.Losses, 0, constant(100)) }, "diverging"},
		"sharp, and the loss jumps":    {func(s *train.Snapshot) { s.Stiffness.Peaks = peaks(1, 9e3, 9e3, 9e3); last(&s.Losses, 0, jumps) }, "unstable"},
		"sharp, but the loss is quiet": {func(s *train.Snapshot) { s.Stiffness.Peaks = peaks(1, 9e3, 9e3, 9e3) }, "healthy"},
		"sharp once":                   {func(s *train.Snapshot) { s.Stiffness.Peaks = peaks(1, 1, 1, 9e3); last(&s.Losses, 0, jumps) }, "healthy"},
		"eigenvalue not found":         {func(s *train.Snapshot) { s.Stiffness.Peaks = peaks(9e3, 9e3, math.NaN()); last(&s.Losses, 0, jumps) }, "healthy"},
		"flat prediction": {func(s *train.Snapshot) {
			s.RelL2 = 1
			s.Fields = []train.Field{{Name: "u", Pred: []float32{0, 0.01, nan, 0}, Exact: []float32{0, 1, -1, nan}}}
		}, "trivial"},
		"no solution known":  {func(s *train.Snapshot) { s.RelL2 = math.NaN(); s.Fields = []train.Field{{Pred: []float32{0, 0}}} }, "healthy"},
		"nothing recorded":   {func(s *train.Snapshot) { s.Losses, s.Errors, s.Norms = train.Series{}, train.Series{}, train.Series{} }, "healthy"},
		"before the history": {func(s *train.Snapshot) { s.Step = 0; s.Losses.Rows, s.Errors.Rows, s.Norms.Rows = nil, nil, nil }, "starting"},
	} {
		s := madeUp()
		c.edit(s)
		if v := Judge(s); v.Kind != c.kind {
			t.Errorf("%s: %+v, want %s", name, v, c.kind)
		}
	}
}
