package train

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"os"
	"reflect"
	"strings"
	"testing"

	"pinnlab/core/method"
	"pinnlab/core/nn"
	"pinnlab/core/sampler"
	"pinnlab/core/weigh"
)

// stateAfter returns a hash of a run's state after n more steps.
func stateAfter(t *testing.T, run *Run, n int) string {
	t.Helper()
	steps(t, run, n)
	_, state, err := openCheckpoint(run.Checkpoint())
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(state)
	return hex.EncodeToString(sum[:])
}

// TestVersion1 reads Configs of version 1, as people wrote them and as that
// version filled them in, and trains them to the bits that it did.
func TestVersion1(t *testing.T) {
	text, err := os.ReadFile("testdata/old/configs.json")
	if err != nil {
		t.Fatal(err)
	}
	var configs map[string]string
	if err := json.Unmarshal(text, &configs); err != nil || len(configs) < 10 {
		t.Fatal(len(configs), err)
	}
	for raw, want := range configs {
		c, errs := Resolve([]byte(raw))
		if len(errs) > 0 || c.Version != ConfigVersion {
			t.Errorf("%s: version %d, %v", raw, c.Version, errs)
			continue
		}
		run, err := New(c)
		if err != nil {
			t.Fatal(err)
		}
		if got := stateAfter(t, run, 30); got != want {
			t.Errorf("%s: trains to %s, want %s", raw, got, want)
		}
		if !strings.Contains(raw, "decaySteps") {
			continue // not filled in
		}
		var read Config
		if err := json.Unmarshal([]byte(raw), &read); err != nil || !reflect.DeepEqual(read, c) {
			t.Errorf("%s is read as %+v, resolved to %+v (%v)", raw, read, c, err)
		}
	}
}

// TestVersion1Checkpoint restores the last that version 1 wrote, with moves.
func TestVersion1Checkpoint(t *testing.T) {
	saved, err := os.ReadFile("testdata/old/v3-klein_gordon-M4.checkpoint")
	if err != nil {
		t.Fatal(err)
	}
	cfg, err := CheckpointConfig(saved)
	if err != nil {
		t.Fatal(err)
	}
	run, err := New(cfg)
	if err == nil {
		err = run.Restore(saved)
	}
	if err != nil || run.Iteration() != 12 || run.Replay().Apart != "" {
		t.Fatal(err, run.Iteration())
	}
	if got := stateAfter(t, run, 60); got != "29becb7c696d0a9eb8b37cc57fa477852889e5ed645b0709cfa8b9e7c2e149a0" {
		t.Errorf("goes on to %s", got)
	}
}

func TestParts(t *testing.T) {
	for _, tt := range []struct {
		raw   string
		parts method.Parts
		short string
	}{
		{`{"method":"M1","rule":"arxiv"}`, method.Parts{Network: "mlp", Weighting: "none", Optimiser: "adam", Sampler: "uniform"}, "M1"},
		{`{"method":"M2","rule":"ntk"}`, method.Parts{Network: "mlp", Weighting: "ntk", Optimiser: "adam", Sampler: "uniform"}, "M2"},
		{`{"method":"M3","gated":"modified-2020"}`, method.Parts{Network: "modified-2020", Weighting: "none", Optimiser: "adam", Sampler: "uniform"}, "M3"},
		{`{"method":"M1","weighting":"ntk"}`, method.Parts{Network: "mlp", Weighting: "ntk", Optimiser: "adam", Sampler: "uniform"}, "M1 · NTK"},
		{`{"method":"M3","network":"modified","weighting":"none"}`, method.Parts{Network: "modified", Weighting: "none", Optimiser: "adam", Sampler: "uniform"}, "M3"},
		{`{"model":"M4","network":"fourier","sampler":"pool","weighting":""}`, method.Parts{Network: "fourier", Weighting: "siam", Optimiser: "adam", Sampler: "pool"}, "M4 · Fourier · pool"},
	} {
		c, errs := Resolve([]byte(tt.raw))
		if got := c.Parts(); len(errs) > 0 || got != tt.parts || c.Short() != tt.short {
			t.Errorf("%s: %+v, %q (%v), want %+v, %q", tt.raw, got, c.Short(), errs, tt.parts, tt.short)
		}
	}
}

// TestOwnSettings: what a part declares is read, checked, kept, written beside
// the other settings, and left out where it is as usual.
func TestOwnSettings(t *testing.T) {
	c, errs := Resolve([]byte(`{"sampler":"pool","pool":64,"redraw":1e3,"sequence":"r2","fourierScale":3}`))
	if len(errs) > 0 {
		t.Fatal(errs[0])
	}
	b, err := json.Marshal(c)
	var written map[string]any
	if err != nil || json.Unmarshal(b, &written) != nil {
		t.Fatal(err)
	}
	_, redraw := written["redraw"]
	if written["pool"] != 64.0 || written["sequence"] != "r2" || written["fourierScale"] != 3.0 || redraw {
		t.Errorf("written as %s", b)
	}
	var read Config
	if err := json.Unmarshal(b, &read); err != nil || !reflect.DeepEqual(read, c) {
		t.Errorf("read as %+v (%v), want %+v", read, err, c)
	}
	for raw, want := range map[string]string{
		`{"pool":0}`:           "pool: 0 must be from 1 to 65536",
		`{"pool":1.5}`:         "pool: 1.5 is not a whole number",
		`{"sequence":"sobol"}`: `sequence: "sobol" must be one of uniform, halton, r2`,
		`{"fourierScale":"2"}`: `fourierScale: "2" is in quotes: write 2`,
		`{"network":"kan"}`:    `network: "kan" must be one of mlp, modified, modified-2020, fourier, fourier-modified`,
	} {
		if c, errs := Resolve([]byte(raw)); len(errs) != 1 || errs[0].Error() != want || c.Own != nil || c.Network != "" {
			t.Errorf("%s: %v, want %q", raw, errs, want)
		}
	}
	c.Own = map[string]any{"pool": 1e9}
	if _, err := New(c); err == nil || err.Error() != "pool: must be from 1 to 65536" {
		t.Errorf("New: %v", err)
	}
}

// TestRegistered registers a network, a weighting and a sampler and trains with
// them: nothing else needs to know.
func TestRegistered(t *testing.T) {
	network, _ := nn.Kinds.Find("fourier")
	network.Info = method.Info{Name: "waves", Short: "waves", Words: "As in fourier.",
		Settings: []method.Setting{{Name: "fourierScale", Kind: method.Number, Lo: 1, Hi: 2, Usual: 1.0}, {Name: "waveless", Kind: method.Whole, Lo: 3, Hi: 4, Usual: 3.0}}}
	t.Cleanup(nn.Kinds.Add(network))
	weighting, _ := weigh.Kinds.Find("gradnorm")
	weighting.Info, weighting.Alpha, weighting.Period = method.Info{Name: "even", Short: "even"}, 0.7, 2
	t.Cleanup(weigh.Kinds.Add(weighting))
	points, _ := sampler.Kinds.Find("uniform")
	points.Info = method.Info{Name: "dice", Short: "dice"}
	t.Cleanup(sampler.Kinds.Add(points))
	c, errs := Resolve([]byte(`{"method":"M2","rule":"even","network":"waves","sampler":"dice","waveless":4,"width":8,"depth":2,"batch":8}`))
	if len(errs) > 0 || c.Alpha != 0.7 || c.Period != 2 || c.Short() != "M2 · waves · dice" || c.Own["waveless"] != 4.0 {
		t.Fatalf("%+v (%v)", c, errs)
	}
	run, err := New(c)
	if err != nil {
		t.Fatal(err)
	}
	steps(t, run, 3)
	if s := run.State(); s.Model != "M2 · waves · dice" || s.Lambdas["bcs"] == 1 {
		t.Errorf("%+v", s)
	}
	if _, errs := Resolve([]byte(`{"waveless":5}`)); len(errs) != 1 || errs[0].Message != "5 must be from 3 to 4" {
		t.Errorf("%v", errs)
	}
}
