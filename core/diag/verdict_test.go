package diag

import (
	"math"
	"strings"
	"testing"

	"pinnlab/core/record"
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
		{"annealed", "helmholtz", "M4", 1000, nil, "learning", "relative L²"},
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
		var s record.Snapshot
		run.Snapshot(&s)
		if v := Judge(&s); v.Kind != c.kind || !strings.Contains(v.Numbers, c.numbers) || v.Words == "" {
			t.Errorf("%s: %+v, want %s", c.name, v, c.kind)
		}
	}
}

// The histories of madeUp.
const (
	losses = iota
	errorsOf
	heldOut
	norms
)

// madeUp is the Snapshot of a sound run: two layers, a residual and one group of
// conditions with norms alike, and losses and an error that fall by a hundredth
// with each of 100 rows.
func madeUp() *record.Snapshot {
	held := record.Held{Loss: 0.25, Zero: 1, Flat: 1, Scale: 1}
	s := &record.Snapshot{Status: record.Paused, Step: 5000, RelL2: 0.5,
		Terms:  []record.TermState{{Name: "res", Held: held}, {Name: "bc", Group: 1, Held: held}},
		Groups: []record.GroupState{{Name: "res", Lambda: 1}, {Name: "bcs", Lambda: 1}},
		Layers: make([]record.LayerGradients, 2),
		Histories: []record.Series{
			losses:   {Stride: 50, Curves: []record.Curve{{Name: record.Loss}, {Name: record.Loss, Group: 1}, {Name: record.Lambda, Group: 1}}},
			errorsOf: {Stride: 50, Curves: []record.Curve{{Name: record.RelL2}}},
			heldOut:  {Stride: 50, Curves: []record.Curve{{Name: record.HeldLoss}, {Name: record.HeldLoss, Group: 1}}},
			norms: {Stride: 50, Curves: []record.Curve{{Name: record.GradientNorm}, {Name: record.GradientNorm, Group: 1},
				{Name: record.GradientNorm}, {Name: record.GradientNorm, Group: 1}, {Name: record.GradientCosine, Group: 1}}},
		},
	}
	h := s.Histories
	v, w := float32(1), float32(1)
	for range 100 {
		h[losses].Rows = append(h[losses].Rows, v, v, 1)
		h[heldOut].Rows = append(h[heldOut].Rows, w, w)
		h[errorsOf].Rows = append(h[errorsOf].Rows, v)
		h[norms].Rows = append(h[norms].Rows, 1, 1, 1, 1, 0)
		v, w = v*0.99, w*0.98
	}
	return s
}

// last changes one column in the recent rows.
func last(s *record.Series, column int, value func(i int) float32) {
	c := len(s.Curves)
	rows := len(s.Rows) / c
	for i := rows - rows/4; i < rows; i++ {
		s.Rows[i*c+column] = value(i)
	}
}

// unsolved takes the exact solution away.
func unsolved(s *record.Snapshot) {
	s.RelL2 = math.NaN()
	for i := range s.Histories[errorsOf].Rows {
		s.Histories[errorsOf].Rows[i] = float32(math.NaN())
	}
}

// level makes a history stand still.
func level(s *record.Series) {
	for i := range s.Rows {
		s.Rows[i] = 0.5
	}
}

// squares has the run step by least squares, each step's loss falling by a share.
func squares(s *record.Snapshot, fall float32) {
	h := record.Series{Stride: 1, Curves: []record.Curve{{Name: record.Damping}, {Name: record.Fall, Of: "predicted"}, {Name: record.Fall, Of: "actual"}}}
	for range 4 {
		h.Rows = append(h.Rows, 1e-3, 0.9, fall)
	}
	s.Histories = append(s.Histories, h)
}

func TestJudge(t *testing.T) {
	nan := float32(math.NaN())
	constant := func(v float32) func(int) float32 { return func(int) float32 { return v } }
	jumps := func(i int) float32 { return []float32{1, 20}[i%2] }
	peaks := func(total ...float64) (p []record.Peak) {
		for _, v := range total {
			p = append(p, record.Peak{Total: v, Bound: 2000})
		}
		return p
	}
	starve := func(s *record.Snapshot) {
		last(&s.Histories[norms], 1, constant(0.01))
		last(&s.Histories[norms], 3, constant(0.01))
	}
	left := madeUp()
	left.Omitted, left.OmittedAt = 1, "x = 0"
	if v := Judge(left); !strings.Contains(v.Numbers, "without the nodes at x = 0") {
		t.Errorf("a node left out: %+v", v)
	}
	for name, c := range map[string]struct {
		edit        func(*record.Snapshot)
		kind, words string
	}{
		"sound":           {func(s *record.Snapshot) {}, "learning", "large but falling"},
		"there":           {func(s *record.Snapshot) { s.RelL2 = 0.04 }, "healthy", "found"},
		"nearly":          {func(s *record.Snapshot) { s.RelL2 = 0.06 }, "learning", "Nearly"},
		"there again":     {func(s *record.Snapshot) { s.RelL2 = 0.06; last(&s.Histories[errorsOf], 0, constant(0.049)) }, "healthy", "found"},
		"no longer":       {func(s *record.Snapshot) { s.RelL2 = 0.07; last(&s.Histories[errorsOf], 0, constant(0.049)) }, "learning", "Nearly"},
		"worse than zero": {func(s *record.Snapshot) { s.RelL2 = 3.6 }, "learning", "zero would still be better"},

		"conditions a hundredth": {starve, "starved", "gradient of bcs"},
		"the same, but weighted": {func(s *record.Snapshot) { starve(s); s.Groups[1].Lambda = 100 }, "learning", ""},
		"the same, but solved":   {func(s *record.Snapshot) { starve(s); s.RelL2 = 0.06 }, "learning", ""},
		"the same, but met":      {func(s *record.Snapshot) { starve(s); s.Terms[1].Held.Loss = 1e-4 }, "learning", ""},
		"starved by units":       {func(s *record.Snapshot) { starve(s); s.Histories[heldOut].Rows[0] = 1e12 }, "starved", "res began 1e+12 times as large as bc"},

		"against each other, falling": {func(s *record.Snapshot) { last(&s.Histories[norms], 4, constant(-0.8)) }, "learning", ""},
		"against each other":          {func(s *record.Snapshot) { last(&s.Histories[norms], 4, constant(-0.8)); level(&s.Histories[errorsOf]) }, "conflict", "bcs pulls"},
		"no cosine known":             {func(s *record.Snapshot) { last(&s.Histories[norms], 4, constant(nan)); level(&s.Histories[errorsOf]) }, "stalled", "large"},
		"error flat but small":        {func(s *record.Snapshot) { level(&s.Histories[errorsOf]); s.RelL2 = 0.06 }, "stalled", "small"},
		"error flat and tiny":         {func(s *record.Snapshot) { level(&s.Histories[errorsOf]); s.RelL2 = 0.01 }, "healthy", ""},
		"flat beyond zero":            {func(s *record.Snapshot) { level(&s.Histories[errorsOf]); s.RelL2 = 2 }, "stalled", "zero would be better"},

		"loss rising": {func(s *record.Snapshot) {
			last(&s.Histories[losses], 0, constant(100))
			last(&s.Histories[heldOut], 0, constant(100))
		}, "diverging", "too large"},
		"loss rising at few points": {func(s *record.Snapshot) { last(&s.Histories[losses], 0, constant(100)) }, "learning", ""},
		"loss rising for its units": {func(s *record.Snapshot) {
			last(&s.Histories[heldOut], 0, constant(100))
			last(&s.Histories[losses], 0, constant(100))
			s.Histories[heldOut].Rows[1] = 1e-12
		}, "diverging", "scale the problem"},
		"not finite": {func(s *record.Snapshot) { s.Status, s.Reason = record.Failed, "r is not finite" }, "diverging", "learning rate"},
		"no value":   {func(s *record.Snapshot) { s.Status, s.Undefined = record.Failed, "sqrt(u) has no value for u = -1" }, "undefined", "sqrt(u)"},
		"sharp, and the loss jumps": {func(s *record.Snapshot) {
			s.Stiffness.Peaks = peaks(1, 9e3, 9e3, 9e3)
			last(&s.Histories[losses], 0, jumps)
		}, "unstable", ""},
		"sharp, but the loss is quiet": {func(s *record.Snapshot) { s.Stiffness.Peaks = peaks(1, 9e3, 9e3, 9e3) }, "learning", ""},
		"sharp once": {func(s *record.Snapshot) {
			s.Stiffness.Peaks = peaks(1, 1, 1, 9e3)
			last(&s.Histories[losses], 0, jumps)
		}, "learning", ""},
		"eigenvalue not found": {func(s *record.Snapshot) {
			s.Stiffness.Peaks = peaks(9e3, 9e3, math.NaN())
			last(&s.Histories[losses], 0, jumps)
		}, "learning", ""},
		"starved, by least squares": {func(s *record.Snapshot) { starve(s); squares(s, 0.5) }, "learning", ""},
		"blocked":                   {func(s *record.Snapshot) { squares(s, 0) }, "blocked", "whatever the damping"},
		"blocked, but there":        {func(s *record.Snapshot) { squares(s, 0); s.RelL2 = 0.01 }, "healthy", ""},
		"early, by least squares":   {func(s *record.Snapshot) { squares(s, 0.5); s.Step = 14 }, "starting", "Too early"},
		"no longer early":           {func(s *record.Snapshot) { squares(s, 0.5); s.Step = 15 }, "learning", ""},
		"learned by heart": {func(s *record.Snapshot) {
			squares(s, 0.5)
			last(&s.Histories[losses], 0, constant(1e-6))
			last(&s.Histories[losses], 1, constant(1e-6))
		}, "overfitted", "by heart"},
		"by heart, but by gradients": {func(s *record.Snapshot) {
			last(&s.Histories[losses], 0, constant(1e-6))
			last(&s.Histories[losses], 1, constant(1e-6))
		}, "learning", ""},
		"flat prediction": {func(s *record.Snapshot) {
			s.RelL2 = 1
			s.Fields = []record.Field{{Name: "u", Pred: []float32{0, 0.01, nan, 0}, Exact: []float32{0, 1, -1, nan}}}
		}, "trivial", "nearly constant"},

		"no solution":       {unsolved, "learning", "res is not satisfied yet"},
		"no solution, flat": {func(s *record.Snapshot) { unsolved(s); level(&s.Histories[heldOut]) }, "stalled", "res is not satisfied"},
		"all equations hold": {func(s *record.Snapshot) {
			unsolved(s)
			s.Terms[0].Held.Loss, s.Terms[1].Held.Loss = 1e-5, 1e-5
		}, "healthy", "Every equation holds"},
		"one does not": {func(s *record.Snapshot) { unsolved(s); s.Terms[0].Held.Loss = 1e-5 }, "learning", "bc is not satisfied"},
		"a misfit that is not known": {func(s *record.Snapshot) {
			unsolved(s)
			s.Terms[0].Held, s.Terms[1].Held.Loss = record.Held{Scale: math.Inf(1)}, 1e-5
		}, "learning", "res is not"},
		"gone to zero": {func(s *record.Snapshot) {
			unsolved(s)
			for i := range s.Terms {
				s.Terms[i].Held = record.Held{Loss: 1e-6, Scale: 1e-6}
			}
		}, "trivial", "zero satisfies"},
		"zero would do, but it is not": {func(s *record.Snapshot) {
			unsolved(s)
			for i := range s.Terms {
				s.Terms[i].Held = record.Held{Loss: 0.3, Scale: 1}
			}
		}, "learning", ""},
		"a constant does as well": {func(s *record.Snapshot) {
			unsolved(s)
			s.Terms[0].Held = record.Held{Loss: 1e-9, Scale: 1e-8, Flat: 0}
			s.Terms[1].Held = record.Held{Loss: 0.9, Zero: 1, Flat: 1, Scale: 1}
		}, "trivial", "a constant"},
		"a corner": {func(s *record.Snapshot) {
			unsolved(s)
			s.Corner, s.CornerTerms, s.Terms[0].Held.Loss = "T is 1 by l but 3 by b at x = 0", [2]uint8{1, 1}, 0.1
		}, "contradiction", "T is 1 by l"},
		"a corner, but it is the residual": {func(s *record.Snapshot) {
			unsolved(s)
			s.Corner, s.CornerTerms = "T is 1 by l but 3 by b at x = 0", [2]uint8{1, 1}
		}, "learning", ""},

		"nothing recorded": {func(s *record.Snapshot) {
			s.Histories = nil
		}, "learning", ""},
		"nothing known": {func(s *record.Snapshot) {
			unsolved(s)
			s.Terms[0].Held, s.Terms[1].Held, s.Histories[heldOut] = record.Held{}, record.Held{}, record.Series{}
		}, "learning", ""},
		"before the history": {func(s *record.Snapshot) { s.Step = 0; s.Histories = nil }, "starting", ""},
	} {
		s := madeUp()
		c.edit(s)
		if v := Judge(s); v.Kind != c.kind || !strings.Contains(v.Words, c.words) {
			t.Errorf("%s: %+v, want %s with %q", name, v, c.kind, c.words)
		}
	}
}
