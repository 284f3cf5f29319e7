package train

import (
	"bytes"
	"encoding/json"
	"math"
	"reflect"
	"slices"
	"testing"

	"pinnlab/core/record"
)

func TestResolve(t *testing.T) {
	tests := []struct {
		name, raw string
		errs      []string // fields named, in order
		check     func(Config) bool
	}{
		{"nothing", `{}`, nil, func(c Config) bool { return c.Preset == "helmholtz" && c.Method == "M1" && c.Width == 50 }},
		{"a preset's own settings", `{"preset":"klein_gordon"}`, nil, func(c Config) bool { return c.Depth == 5 }},
		{"not JSON", `{`, []string{"config"}, func(c Config) bool { return c.Preset == "helmholtz" }},
		{"a list", `[1]`, []string{"config"}, nil},
		{"unknown preset", `{"preset":"navier","width":20}`, []string{"preset"}, func(c Config) bool { return c.Preset == "helmholtz" && c.Width == 20 }},
		{"too wide", `{"width":257,"depth":3}`, []string{"width"}, func(c Config) bool { return c.Width == 50 && c.Depth == 3 }},
		{"half a neuron", `{"width":2.5}`, []string{"width"}, nil},
		{"words for numbers", `{"learningRate":"fast","seed":-1}`, []string{"seed", "learningRate"}, nil},
		{"null", `{"alpha":null}`, []string{"alpha"}, nil},
		{"NaN is not JSON", `{"alpha":NaN}`, []string{"config"}, nil},
		{"unknown field", `{"widht":20}`, []string{"widht"}, nil},
		{"unknown parameter", `{"params":{"a1":2,"q":1}}`, []string{"params.q"}, func(c Config) bool { return c.Params["a1"] == 2 && c.Params["a2"] == 4 }},
		{"parameter out of range", `{"params":{"a1":1e9}}`, []string{"params.a1"}, func(c Config) bool { return c.Params["a1"] == 1 }},
		{"a rule brings its alpha", `{"rule":"arxiv"}`, nil, func(c Config) bool { return c.Alpha == 0.9 }},
		{"unless alpha is given", `{"alpha":0.3,"rule":"arxiv"}`, nil, func(c Config) bool { return c.Alpha == 0.3 }},
		{"wrong rule", `{"rule":"magic"}`, []string{"rule"}, func(c Config) bool { return c.Rule == "siam" }},
		{"later version", `{"version":3}`, []string{"version"}, nil},
		{"seed at its end", `{"seed":9007199254740992}`, []string{"seed"}, nil},
		{"broken spec", `{"spec":{"version":1}}`, []string{"spec"}, func(c Config) bool { return c.Preset == "helmholtz" }},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c, errs := Resolve([]byte(tt.raw))
			var got []string
			for _, e := range errs {
				got = append(got, e.Field)
			}
			if !slices.Equal(got, tt.errs) {
				t.Errorf("errors %v, want fields %v", errs, tt.errs)
			}
			if tt.check != nil && !tt.check(c) {
				t.Errorf("Config %+v", c)
			}
			if _, err := New(c); err != nil {
				t.Errorf("the Config is not valid: %v", err)
			}
		})
	}
}

// TestConfigRoundTrip writes a Config and reads it back, with a problem of the
// user's own too.
func TestConfigRoundTrip(t *testing.T) {
	own := `{"version":1,"name":"mine","title":"Mine","coords":[{"name":"x","lo":0,"hi":2}],"fields":["u"],
		"residuals":[{"name":"res","formula":"u_xx - f"}],
		"conditions":[{"name":"left","face":"x=0","formula":"u - u_exact"}],"solution":{"u":"x^3"}}`
	for _, raw := range []string{
		`{"preset":"klein_gordon","model":"M4","params":{"k":2},"seed":7,"precision":"float64"}`,
		`{"spec":` + own + `,"width":12}`,
	} {
		c, errs := Resolve([]byte(raw))
		if len(errs) > 0 {
			t.Fatal(errs[0])
		}
		b, err := json.Marshal(c)
		if err != nil {
			t.Fatal(err)
		}
		again, errs := Resolve(b)
		if len(errs) > 0 {
			t.Fatal(errs[0])
		}
		again.Spec, c.Spec = nil, nil // white space may differ
		if !reflect.DeepEqual(c, again) {
			t.Errorf("%+v became %+v", c, again)
		}
	}
}

func FuzzResolve(f *testing.F) {
	for _, s := range []string{`{}`, `{"width":3}`, `{"params":{"k":2}}`, `{"spec":{}}`, `[]`, `{"seed":1e3}`} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		c, _ := Resolve(b)
		if _, errs := c.check(); len(errs) > 0 {
			t.Errorf("Resolve(%q) is not valid: %v", b, errs[0])
		}
	})
}

// sample is a Snapshot of a run, and its encoding.
func sampleSnapshot(t testing.TB) (*record.Snapshot, []byte) {
	run := newRun(t, "klein_gordon", "M4", small)
	steps(t, run, 12)
	s := &record.Snapshot{}
	run.Snapshot(s)
	s.Rate, s.Status, s.Reason = 120, record.Running, "because"
	b, err := s.AppendBinary(nil)
	if err != nil {
		t.Fatal(err)
	}
	return s, b
}

func TestSnapshotRoundTrip(t *testing.T) {
	s, b := sampleSnapshot(t)
	var again record.Snapshot
	for range 2 { // the second time into used memory
		if err := again.UnmarshalBinary(b); err != nil {
			t.Fatal(err)
		}
	}
	if c, _ := again.AppendBinary(nil); !bytes.Equal(b, c) {
		t.Error("decoding and encoding changes a Snapshot")
	}
	if again.Model != "M4" || again.Step != 12 || len(again.Fields[0].Pred) != 100*100 || again.Groups[2].Name != s.Groups[2].Name {
		t.Errorf("decoded %+v", again)
	}
	if n := len(again.Layers); n != 3+2 {
		t.Errorf("%d layers, want 5: three of the trunk, two encoders", n)
	}
}

// TestSnapshotIsOfTheRun compares a Snapshot with the engine it shows.
func TestSnapshotIsOfTheRun(t *testing.T) {
	run := newRun(t, "klein_gordon", "M4", small).engine.(*engine[float32])
	steps(t, run, 12)
	var s record.Snapshot
	run.Snapshot(&s)
	w := run.net.Trunk[1].W
	entries := func(h record.Histogram) (n uint32) {
		n = h.Zero
		for i := range h.Neg {
			n += h.Neg[i] + h.Pos[i]
		}
		return n
	}
	for g := range s.Groups {
		if n := entries(s.Layers[1].Hist[g]); int(n) != w.Size() {
			t.Errorf("group %d: the histogram of W1 has %d entries, want %d", g, n, w.Size())
		}
		if m := measure(run.obj.Grads[g]); s.Groups[g].GradMax != m.Max || s.Groups[g].GradMean != m.Mean {
			t.Errorf("group %d: max and mean %v, want %v", g, s.Groups[g], m)
		}
	}
	if s.Fields[0].Exact[99] != 0 { // t = 1, x = 0: the exact solution vanishes at x = 0
		t.Errorf("exact solution at the corner: %v", s.Fields[0].Exact[99])
	}
	num, den := 0.0, 0.0
	for i, u := range s.Fields[0].Exact {
		num += math.Pow(float64(s.Fields[0].Pred[i]-u), 2)
		den += math.Pow(float64(u), 2)
	}
	if got := math.Sqrt(num / den); !(math.Abs(got-s.RelL2) < 1e-6) {
		t.Errorf("relative L2 %v, the fields say %v", s.RelL2, got)
	}
}

func FuzzSnapshot(f *testing.F) {
	_, b := sampleSnapshot(f)
	f.Add(b)
	f.Add([]byte{})
	f.Add([]byte{b[0], 0xff, 0xff, 0xff, 0xff})
	f.Fuzz(func(t *testing.T, b []byte) {
		var s record.Snapshot
		if s.UnmarshalBinary(b) != nil {
			return // malformed input must be refused, not crash
		}
		if again, _ := s.AppendBinary(nil); !bytes.Equal(again, b) {
			t.Error("decoding and encoding changes the bytes")
		}
	})
}

func FuzzRestore(f *testing.F) {
	run := newRun(f, "poisson", "M3", small)
	steps(f, run, 3)
	f.Add(run.Checkpoint()[sealed:])
	f.Fuzz(func(t *testing.T, b []byte) {
		run := newRun(t, "poisson", "M3", small)
		if run.Restore(seal(b)) == nil {
			run.Step() // whatever it holds, it must not crash
		}
	})
}

// TestNormal checks the first four moments of the normal source; the bounds are
// five standard errors.
func TestNormal(t *testing.T) {
	const n = 200000
	src := newSource(3, streamTrunk)
	var m [5]float64
	for range n {
		x := src.NormFloat64()
		for k := range m {
			m[k] += math.Pow(x, float64(k)) / n
		}
	}
	for k, want := range []float64{1, 0, 1, 0, 3} {
		tol := 5 * math.Sqrt([]float64{0, 1, 2, 15, 96}[k]/n)
		if !(math.Abs(m[k]-want) <= tol+1e-9) {
			t.Errorf("moment %d is %v, want %v ± %.2g", k, m[k], want, tol)
		}
	}
}

// TestErrorsSpeakPlainly holds messages to naming the field once, the value and
// what is used.
func TestErrorsSpeakPlainly(t *testing.T) {
	for _, tt := range []struct{ raw, want, using string }{
		{`{"width":1000}`, "width: 1000 must be from 1 to 256", "50"},
		{`{"preset":"helmholz"}`, `preset: unknown preset "helmholz"; did you mean "helmholtz"?`, "helmholtz"},
		{`{"params":{"k":99}}`, "params.k: must be from 0 to 20; found 99", "1"},
		{`{"colour":1}`, "colour: is no setting; there are preset, spec, params, version, method, gated, width, depth, precision, seed, batch, learningRate, decay, decaySteps, network, weighting, optimiser, sampler, rule, alpha, period, fourierScale, weight, damping, bend, adamFirst, pairs, rotate, beta1, beta2, perSide, stay, candidates, chosen, pool, redraw, sequence", ""},
	} {
		_, errs := Resolve([]byte(tt.raw))
		if len(errs) != 1 || errs[0].Error() != tt.want || errs[0].Using != tt.using {
			t.Errorf("%s: %v, want %q, using %q", tt.raw, errs, tt.want, tt.using)
		}
	}
}
