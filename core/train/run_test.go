package train

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"math"
	"os"
	"slices"
	"testing"

	"pinnlab/core/method"
	"pinnlab/core/nn"
)

var update = flag.Bool("update", false, "rewrite testdata/golden.json")

// newRun builds a preset's run, changed by edit.
func newRun(t testing.TB, preset, model string, edit func(*Config)) *Run {
	t.Helper()
	cfg, err := Default(preset, model)
	if err != nil {
		t.Fatal(err)
	}
	if edit != nil {
		edit(&cfg)
	}
	run, err := New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	return run
}

// small makes a run that steps in a fraction of a millisecond.
func small(c *Config) { c.Width, c.Depth, c.Batch = 8, 2, 8 }

func steps(t testing.TB, run interface{ Step() error }, n int) {
	t.Helper()
	for range n {
		if err := run.Step(); err != nil {
			t.Fatal(err)
		}
	}
}

// TestGolden trains with the paper's settings, 200 steps or fewer where steps are
// dear, and compares a hash of every bit of the state: the same natively and in
// WebAssembly, with SIMD and without, on every machine.
func TestGolden(t *testing.T) {
	const file = "testdata/golden.json"
	want, got := map[string]string{}, map[string]string{}
	if b, err := os.ReadFile(file); err == nil {
		if err := json.Unmarshal(b, &want); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []struct {
		name, preset, model, rule string
		gated                     string
		steps                     int
	}{
		{"helmholtz M4 siam", "helmholtz", "M4", "siam", nn.Modified, 200},
		{"helmholtz M2 code", "helmholtz", "M2", "code", nn.Modified, 200},
		{"klein_gordon M4 arxiv", "klein_gordon", "M4", "arxiv", nn.Modified, 200},
		{"helmholtz M4 siam modified-2020", "helmholtz", "M4", "siam", nn.Modified2020, 50},
		{"cavity_streamfunction M4 code", "cavity_streamfunction", "M4", "code", nn.Modified, 25},
		{"cavity_velocity M2 siam", "cavity_velocity", "M2", "siam", nn.Modified, 50},
	} {
		for _, precision := range []string{Float32, Float64} {
			run := newRun(t, c.preset, c.model, func(cfg *Config) {
				cfg.Precision, cfg.Rule, cfg.Gated = precision, c.rule, string(c.gated)
			})
			steps(t, run, c.steps)
			_, state, err := openCheckpoint(run.Checkpoint())
			if err != nil {
				t.Fatal(err)
			}
			sum := sha256.Sum256(state)
			got[c.name+" "+precision] = hex.EncodeToString(sum[:])
		}
	}
	compareGolden(t, file, got, want)
}

func compareGolden(t *testing.T, file string, got, want map[string]string) {
	t.Helper()
	if *update {
		b, _ := json.MarshalIndent(got, "", "  ")
		if err := os.WriteFile(file, append(b, '\n'), 0o666); err != nil {
			t.Fatal(err)
		}
		return
	}
	for name, hash := range got {
		if want[name] != hash {
			t.Errorf("%s: hash %s, want %q", name, hash, want[name])
		}
	}
}

// TestGoldenParts does the same with the parts that are not in the papers'
// methods, each pair of network, weighting and sampler once.
func TestGoldenParts(t *testing.T) {
	want, got := map[string]string{}, map[string]string{}
	const file = "testdata/golden_parts.json"
	if b, err := os.ReadFile(file); err == nil {
		if err := json.Unmarshal(b, &want); err != nil {
			t.Fatal(err)
		}
	}
	longer := []string{ // Gauss-Newton by JᵀJ and by J Jᵀ; the others past a change of points
		`{"method":"GN","width":8,"batch":150,"perSide":20,"stay":5}`,
		`{"preset":"klein_gordon","method":"GN","width":16,"batch":60,"perSide":10,"stay":5}`,
		`{"method":"M1","optimiser":"l-bfgs","adamFirst":3,"pairs":4,"weighting":"siam","width":8,"batch":60,"sampler":"pool","sequence":"r2","redraw":7,"period":5}`,
		`{"method":"M1","optimiser":"ss-broyden","adamFirst":3,"width":8,"batch":60,"sampler":"pool","sequence":"r2","redraw":7}`,
		`{"method":"M1","optimiser":"soap","rotate":3,"width":8,"batch":60}`,
		`{"preset":"klein_gordon","method":"M4","optimiser":"soap","rotate":3,"width":8,"batch":60,"precision":"float64"}`,
	}
	for _, raw := range append(longer,
		`{"method":"M1","network":"fourier","weighting":"gradnorm","sampler":"pool","sequence":"halton","period":5}`,
		`{"method":"M1","network":"fourier-modified","weighting":"ntk","sampler":"pool","sequence":"r2","period":5,"precision":"float64"}`,
		`{"method":"M2","rule":"ntk","sampler":"pool","redraw":3,"pool":200,"period":5}`,
		`{"preset":"klein_gordon","method":"M4","rule":"gradnorm","network":"fourier-modified","fourierScale":2,"period":5}`,
	) {
		cfg, errs := Resolve([]byte(raw))
		if len(errs) > 0 {
			t.Fatal(errs[0])
		}
		run, err := New(cfg)
		if err != nil {
			t.Fatal(err)
		}
		n := 11
		if slices.Contains(longer, raw) {
			n = 20
		}
		got[raw] = stateAfter(t, run, n)
	}
	compareGolden(t, file, got, want)
}

func TestStepAllocatesNothing(t *testing.T) {
	for _, model := range method.Names() {
		for _, rule := range []string{"siam", "code"} {
			run := newRun(t, "klein_gordon", model, func(c *Config) { small(c); c.Rule, c.Period = rule, 1 })
			steps(t, run, 2)
			if n := testing.AllocsPerRun(120, func() { steps(t, run, 1) }); n != 0 {
				t.Errorf("%s %s: a step allocates %v times, want 0", model, rule, n)
			}
		}
	}
	for _, optimiser := range []string{"l-bfgs", "ss-broyden", "soap"} {
		run := newRun(t, "klein_gordon", "M1", func(c *Config) {
			small(c)
			c.Optimiser, c.Precision, c.Sampler, c.Own = optimiser, Float64, "pool", map[string]any{"redraw": 5.0, "adamFirst": 1.0}
		})
		steps(t, run, 3)
		if n := testing.AllocsPerRun(120, func() { steps(t, run, 1) }); n != 0 {
			t.Errorf("%s: a step allocates %v times, want 0", optimiser, n)
		}
	}
	for _, network := range nn.Kinds.Names() {
		for _, weighting := range []string{"gradnorm", "ntk"} {
			run := newRun(t, "klein_gordon", "M1", func(c *Config) {
				small(c)
				c.Network, c.Weighting, c.Sampler, c.Period, c.Own = network, weighting, "pool", 2, map[string]any{"redraw": 3.0, "sequence": "halton"}
			})
			steps(t, run, 4)
			if n := testing.AllocsPerRun(120, func() { steps(t, run, 1) }); n != 0 {
				t.Errorf("%s %s pool: a step allocates %v times, want 0", network, weighting, n)
			}
		}
	}
}

// TestSameTrunk checks what a race relies on: all models see the same points
// and start from the same trunk.
func TestSameTrunk(t *testing.T) {
	plain := newRun(t, "helmholtz", "M1", nil).engine.(*engine[float32])
	gated := newRun(t, "helmholtz", "M4", nil).engine.(*engine[float32])
	if n := len(plain.theta); !slices.Equal(plain.theta, gated.theta[:n]) {
		t.Error("the trunks of M1 and M4 differ at the start")
	}
	steps(t, plain, 3)
	steps(t, gated, 3)
	for i, p := range plain.obj.Passes {
		if !slices.Equal(p.Points, gated.obj.Passes[i].Points) {
			t.Errorf("pass %d: the points of M1 and M4 differ", i)
		}
	}
}

// TestPoints checks that points lie on their sets and are fresh at each step.
func TestPoints(t *testing.T) {
	run := newRun(t, "klein_gordon", "M1", small).engine.(*engine[float32])
	steps(t, run, 1)
	was := slices.Clone(run.obj.Passes[0].Points)
	steps(t, run, 1)
	if slices.Equal(was, run.obj.Passes[0].Points) {
		t.Error("two steps use the same points")
	}
	run.obj.EachSet(func(set int, points []float32) {
		s := run.prob.Sets[set]
		for i, x := range points {
			if lo, hi := s.Lo[i%2], s.Hi[i%2]; float64(x) < lo || float64(x) > hi {
				t.Errorf("set %s: coordinate %v outside [%v, %v]", s.Name, x, lo, hi)
			}
		}
	})
}

// TestCheckpoint restores a run at an odd moment and compares every later bit.
func TestCheckpoint(t *testing.T) {
	for _, precision := range []string{Float32, Float64} {
		edit := func(c *Config) { small(c); c.Precision = precision }
		a, b := newRun(t, "klein_gordon", "M4", edit), newRun(t, "klein_gordon", "M4", edit)
		steps(t, a, 17)
		if err := a.SetLearningRate(3e-3); err != nil {
			t.Fatal(err)
		}
		steps(t, a, 100)
		saved := a.Checkpoint()
		if err := b.Restore(saved); err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(b.Checkpoint(), saved) {
			t.Errorf("%s: a restored run writes another checkpoint", precision)
		}
		steps(t, a, 133)
		steps(t, b, 133)
		if !bytes.Equal(a.Checkpoint(), b.Checkpoint()) {
			t.Errorf("%s: a restored run goes another way", precision)
		}
		if c := b.Config(); c.LearningRate != 1e-3 || c.Moves.String() != "lr@17:0.003" {
			t.Errorf("%s: the learning rate is lost: %v, %v", precision, c.LearningRate, c.Moves)
		}
	}
}

func TestRestoreRefuses(t *testing.T) {
	run := newRun(t, "helmholtz", "M1", small)
	steps(t, run, 5)
	good := run.Checkpoint()
	other := newRun(t, "helmholtz", "M2", small).Checkpoint()
	before := run.State()
	for name, b := range map[string][]byte{
		"empty": nil, "text": []byte("hello"), "another model": other,
		"cut": good[:len(good)-3], "too long": append(slices.Clone(good), 0),
	} {
		if run.Restore(b) == nil {
			t.Errorf("%s: restored", name)
		}
	}
	if fmt.Sprint(run.State()) != fmt.Sprint(before) { // NaN is like NaN
		t.Error("a refused checkpoint changed the run")
	}
}

// TestDivergence makes a run overflow and checks what it says and keeps.
func TestDivergence(t *testing.T) {
	run := newRun(t, "helmholtz", "M1", small).engine.(*engine[float32])
	steps(t, run, 3)
	run.theta[0] = float32(math.Inf(1))
	was := slices.Clone(run.theta)
	err := run.Step()
	var d *Diverged
	if !errors.As(err, &d) || d.Iteration != 3 {
		t.Fatalf("Step = %v, want *Diverged at 3", err)
	}
	if !slices.Equal(run.theta, was) || run.Iteration() != 3 {
		t.Error("the failed step changed the run")
	}
	if s := run.State(); s.Status != "diverged" || s.Message != d.Error() {
		t.Errorf("status %q, message %q", s.Status, s.Message)
	}
	if run.Step() == nil {
		t.Error("a diverged run goes on")
	}
}

// TestLiveSettings checks that learning rate and alpha act at the next step.
func TestLiveSettings(t *testing.T) {
	run := newRun(t, "helmholtz", "M4", func(c *Config) { small(c); c.Period = 1 }).engine.(*engine[float32])
	steps(t, run, 1)
	if err := errors.Join(run.SetLearningRate(0), run.SetAlpha(0)); err != nil {
		t.Fatal(err)
	}
	theta, lambda := slices.Clone(run.theta), run.weigh.Lambda[1]
	steps(t, run, 1)
	if !slices.Equal(run.theta, theta) || run.weigh.Lambda[1] != lambda {
		t.Error("with learning rate and alpha 0 something moves")
	}
	if err := run.SetAlpha(1); err != nil {
		t.Fatal(err)
	}
	steps(t, run, 1)
	if run.weigh.Lambda[1] != run.weigh.Hat[1] {
		t.Errorf("with alpha 1 lambda is %v, want the estimate %v", run.weigh.Lambda[1], run.weigh.Hat[1])
	}
	for _, lr := range []float64{-1, 2, math.NaN(), math.Inf(1)} {
		if run.SetLearningRate(lr) == nil {
			t.Errorf("learning rate %v accepted", lr)
		}
	}
}

// TestLearns trains the easiest problem for a moment. The bound is loose: it
// catches a wrong sign or a lost term, not a slow optimiser.
func TestLearns(t *testing.T) {
	for _, model := range method.Names() {
		run := newRun(t, "poisson", model, func(c *Config) {
			c.Params["C"] = 2
			c.Width, c.Batch, c.LearningRate = 16, 32, 3e-3
		})
		steps(t, run, 1500)
		if l2 := float64(run.State().RelL2); !(l2 < 0.05) {
			t.Errorf("%s: relative L2 error %.3g, want < 0.05", model, l2)
		}
	}
}

func BenchmarkStep(b *testing.B) {
	for _, c := range []struct {
		preset, model string
		batch, width  int
	}{
		{"helmholtz", "M1", 128, 50}, {"helmholtz", "M3", 128, 50},
		{"helmholtz", "M1", 1024, 50}, {"helmholtz", "M3", 1024, 50},
		{"helmholtz", "M1", 128, 100}, {"helmholtz", "M3", 128, 100},
		{"klein_gordon", "M4", 128, 50},
		{"cavity_streamfunction", "M4", 128, 50},
	} {
		b.Run(fmt.Sprintf("preset=%s/model=%s/n=%d/w=%d", c.preset, c.model, c.batch, c.width), func(b *testing.B) {
			run := newRun(b, c.preset, c.model, func(cfg *Config) { cfg.Batch, cfg.Width = c.batch, c.width })
			steps(b, run, 5)
			for b.Loop() {
				if err := run.Step(); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "steps/s")
		})
	}
}
