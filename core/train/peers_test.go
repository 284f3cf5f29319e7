package train

import (
	"bytes"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"

	"pinnlab/core/ad"
	"pinnlab/core/method"
	"pinnlab/core/opt"
	"pinnlab/core/record"
	"pinnlab/core/wire"
)

// peer makes a run of another optimiser than Adam on points that stay for some
// steps.
func peer(optimiser string, redraw float64) func(c *Config) {
	return func(c *Config) {
		c.Optimiser, c.Precision, c.Width, c.Depth, c.Batch = optimiser, Float64, 10, 2, 100
		c.Sampler, c.Own = "pool", map[string]any{"pool": 100.0, "sequence": "r2", "redraw": redraw, "adamFirst": 200.0}
	}
}

// TestPeers: each learns. A new draw of points on the way does not stop it. Three
// seeds ended at 2e-5 to 6e-5, 3e-7 to 1e-6, 2e-4 to 3e-4.
func TestPeers(t *testing.T) {
	for _, tt := range []struct {
		optimiser string
		steps     int
		want      float64
	}{{"l-bfgs", 700, 3e-4}, {"ss-broyden", 700, 1e-5}, {"soap", 1500, 1e-3}} {
		run := newRun(t, "poisson", "M1", peer(tt.optimiser, 300))
		steps(t, run, tt.steps)
		if got := run.State().RelL2; !(got < record.Number(tt.want)) {
			t.Errorf("%s: relative L2 %.2g, want < %.2g", tt.optimiser, got, tt.want)
		}
	}
}

// TestPeersGoOn: what they carry goes into checkpoints, from before, at and after
// the first step of their own, between two draws of points.
func TestPeersGoOn(t *testing.T) {
	for _, optimiser := range []string{"l-bfgs", "ss-broyden", "soap"} {
		for _, at := range []int{2, 3, 4, 17} {
			edit := func(c *Config) {
				peer(optimiser, 10)(c)
				c.setOwn("adamFirst", 3.0)
				c.setOwn("rotate", 4.0)
				c.setOwn("pairs", 6.0)
			}
			run := newRun(t, "poisson", "M1", edit)
			steps(t, run, at)
			saved := run.Checkpoint()
			steps(t, run, 15)
			back := newRun(t, "poisson", "M1", edit)
			if err := back.Restore(saved); err != nil {
				t.Fatal(err)
			}
			steps(t, back, 15)
			if !bytes.Equal(back.Checkpoint(), run.Checkpoint()) {
				t.Errorf("%s: a run restored at %d goes another way", optimiser, at)
			}
		}
	}
}

// TestLearningRateOfPeers: it is Adam's while Adam steps, and none after.
func TestLearningRateOfPeers(t *testing.T) {
	run := newRun(t, "poisson", "M1", peer("ss-broyden", 1e9))
	steps(t, run, 200)
	if rate := run.State().LearningRate; !(rate > 0) {
		t.Errorf("learning rate %v of Adam", rate)
	}
	steps(t, run, 1)
	if rate := run.State().LearningRate; rate == rate {
		t.Errorf("learning rate %v of a line search", rate)
	}
}

// balky is an optimiser that steps and then gives up.
type balky struct{ left uint32 }

var errBalky = errors.New("the optimiser has had enough")

func (b *balky) Step(theta []float32, _ *opt.Point[float32]) error {
	if b.left == 0 {
		return errBalky
	}
	b.left--
	theta[0] += 0.01
	return nil
}

func (b *balky) Rate() float64      { return 0 }
func (b *balky) Code(c *wire.Coder) { c.U32(&b.left) }

// TestStuck: an optimiser that cannot step stops the run in its words, and leaves
// it as it was before the step, also the rows and weights that the step had
// begun. Asked again the run tries again, and goes on where that works.
func TestStuck(t *testing.T) {
	t.Cleanup(opt.Kinds.Add(opt.Kind{
		Info:   method.Info{Name: "balky", Short: "balky"},
		Make32: func(ad.Layout, method.Values) opt.Optimiser[float32] { return &balky{10} },
	}))
	run := newRun(t, "helmholtz", "M2", func(c *Config) { small(c); c.Optimiser, c.Period = "balky", 1 })
	e := run.engine.(*engine[float32])
	steps(t, run, 10) // the eleventh has a row
	theta, lambda, rows := slices.Clone(e.theta), slices.Clone(e.weigh.Lambda), e.book.named(lossHistory).Len()
	for range 2 {
		err := run.Step()
		var stuck *Stuck
		if !errors.As(err, &stuck) || !errors.Is(err, errBalky) || stuck.Iteration != 10 {
			t.Fatalf("Step = %v", err)
		}
		if !slices.Equal(e.theta, theta) || !slices.Equal(e.weigh.Lambda, lambda) || run.Iteration() != 10 {
			t.Error("the step that was not taken changed the run")
		}
		if n := e.book.named(lossHistory).Len(); n != rows {
			t.Errorf("%d rows, want %d", n, rows)
		}
		const words = "step 11: the optimiser has had enough, so the step was not taken"
		if s := run.State(); s.Status != record.Paused.String() || s.Message != words {
			t.Errorf("status %q, message %q", s.Status, s.Message)
		}
	}
	e.moves.(*balky).left = 5
	steps(t, run, 5)
	if s := run.State(); s.Message != "" || e.book.named(lossHistory).Len() != rows+1 {
		t.Errorf("message %q, %d rows", s.Message, e.book.named(lossHistory).Len())
	}
}

// TestFitParameters: a network too large for n×n numbers, whatever the batch, is
// made narrower, and the largest width said is.
func TestFitParameters(t *testing.T) {
	c, errs := Resolve([]byte(`{"method":"M1","optimiser":"ss-broyden","width":200,"depth":5}`))
	if len(errs) != 1 || errs[0].Field != "width" || !strings.HasPrefix(errs[0].Message, "is too large: 161601 parameters take SS-Broyden") {
		t.Fatalf("%v", errs)
	}
	raw, _ := json.Marshal(c)
	if _, errs := Resolve(raw); len(errs) > 0 {
		t.Errorf("width %d: %v", c.Width, errs)
	}
	c.Width++
	if _, err := New(c); err == nil {
		t.Errorf("a width of %d is good too", c.Width)
	}
}
