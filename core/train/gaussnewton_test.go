package train

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"pinnlab/core/record"
)

// gn makes a run of the method GN that steps in some milliseconds.
func gn(c *Config) {
	c.Width, c.Depth, c.Batch = 10, 2, 120
	c.setOwn("perSide", 10.0)
	if c.Preset == "helmholtz" {
		c.Params["a2"] = 1
	}
}

// TestGaussNewton: from a random start, to an error that Adam does not come near,
// in 60 steps.
func TestGaussNewton(t *testing.T) {
	for preset, want := range map[string]float64{"poisson": 1e-6, "helmholtz": 1e-3, "klein_gordon": 3e-3} {
		run := newRun(t, preset, "GN", gn)
		steps(t, run, 60)
		s := run.State()
		if !(s.RelL2 < record.Number(want)) || s.LearningRate == s.LearningRate {
			t.Errorf("%s: relative L2 %.2g, learning rate %v", preset, s.RelL2, s.LearningRate)
		}
	}
}

// TestGaussNewtonGoesOn: damping and points go into checkpoints, also between two
// draws, and every step leaves a row of what it did.
func TestGaussNewtonGoesOn(t *testing.T) {
	run := newRun(t, "helmholtz", "GN", gn)
	steps(t, run, 13)
	saved := run.Checkpoint()
	steps(t, run, 14)
	back := newRun(t, "helmholtz", "GN", gn)
	if err := back.Restore(saved); err != nil {
		t.Fatal(err)
	}
	steps(t, back, 14)
	if !bytes.Equal(back.Checkpoint(), run.Checkpoint()) {
		t.Error("a restored run goes another way")
	}
	var s record.Snapshot
	run.Snapshot(&s)
	for i := range s.Histories {
		h := &s.Histories[i]
		if n := len(h.Rows) / len(h.Curves); n != 27 {
			t.Errorf("%s: %d rows of 27 steps", h.Name, n)
		}
		if h.Name != stepHistory {
			continue
		}
		// Damping, predicted and actual fall, terms of the path, matrices, length.
		last := h.Rows[len(h.Rows)-6:]
		if !(last[0] > 0 && last[1] > 0 && last[1] < 1 && last[2] > 0 && last[2] < 1 && last[3] >= 1 && last[3] <= 4 && last[4] >= 1 && last[5] > 0) {
			t.Errorf("the last step: %v", last)
		}
	}
	if adam := newRun(t, "helmholtz", "M1", nil); adam.Fork(saved) == nil {
		t.Error("Adam goes on from Gauss-Newton's state")
	}
}

// TestFit: what goes together badly is put right and named. The batch that is
// said to be the largest is.
func TestFit(t *testing.T) {
	resolve := func(raw string) (Config, string) {
		c, errs := Resolve([]byte(raw))
		var words []string
		for _, e := range errs {
			words = append(words, e.Error())
		}
		return c, strings.Join(words, "; ")
	}
	if c, words := resolve(`{"method":"GN","precision":"float32"}`); c.Precision != Float64 || words != "precision: must be float64 for Gauss-Newton" {
		t.Errorf("%s, %q", c.Precision, words)
	}
	if c, words := resolve(`{"method":"M1","optimiser":"gauss-newton"}`); c.Precision != Float64 || words != "" {
		t.Errorf("%s, %q", c.Precision, words)
	}
	const tooLarge = `{"method":"GN","width":200,"depth":5,"batch":%d,"perSide":0}`
	c, words := resolve(fmt.Sprintf(tooLarge, 5000))
	if c.Batch >= 5000 || !strings.HasPrefix(words, "batch: is too large: 25000 residuals by 161601 parameters take Gauss-Newton") {
		t.Errorf("batch %d, %q", c.Batch, words)
	}
	if _, words := resolve(fmt.Sprintf(tooLarge, c.Batch)); words != "" {
		t.Errorf("batch %d: %q", c.Batch, words)
	}
	if _, words := resolve(fmt.Sprintf(tooLarge, c.Batch+1)); words == "" {
		t.Errorf("a batch of %d is good too", c.Batch+1)
	}
	raw, _ := json.Marshal(c)
	c.Batch++
	if _, err := New(c); err == nil {
		t.Errorf("a run of more than %s is built", raw)
	}
}
