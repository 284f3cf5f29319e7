package train

import (
	"bytes"
	"encoding/json"
	"errors"
	"math"
	"testing"

	"pinnlab/core/record"
)

// TestSetLambda sets weights by hand: they hold for a plain model, and while
// frozen; else the rule moves them on from there.
func TestSetLambda(t *testing.T) {
	for _, c := range []struct {
		model  string
		freeze bool
		moves  bool
	}{{"M1", false, false}, {"M2", true, false}, {"M2", false, true}} {
		run := newRun(t, "klein_gordon", c.model, func(c *Config) { small(c); c.Period = 1 })
		steps(t, run, 2)
		run.Freeze(c.freeze)
		if err := run.SetLambda(map[string]float64{"ics": 7}); err != nil {
			t.Fatal(err)
		}
		was := run.State().Lambdas["bcs"]
		steps(t, run, 3)
		s := run.State()
		if moved := s.Lambdas["ics"] != 7 || s.Lambdas["bcs"] != was; moved != c.moves {
			t.Errorf("%s, frozen %v: lambdas %v", c.model, c.freeze, s.Lambdas)
		}
		if s.Frozen != c.freeze {
			t.Errorf("%s: frozen is %v", c.model, s.Frozen)
		}
	}
}

func TestSetLambdaRefuses(t *testing.T) {
	run := newRun(t, "klein_gordon", "M1", small)
	for name, values := range map[string]map[string]float64{
		"lambda.bcs": {"ics": 2, "bcs": -1}, "lambda.ics": {"ics": math.NaN()}, "lambda.res": {"res": 2}, "lambda.x": {"x": 1},
	} {
		var f *FieldError
		if err := run.SetLambda(values); !errors.As(err, &f) || f.Field != name {
			t.Errorf("%v: error %v, want of field %s", values, err, name)
		}
	}
	if l := run.State().Lambdas; l["ics"] != 1 || l["bcs"] != 1 {
		t.Errorf("refused values changed the weights to %v", l)
	}
}

// TestFork goes on from a plain run with annealing: the same step as the plain
// run's next, but with moved weights after it.
func TestFork(t *testing.T) {
	plain := newRun(t, "helmholtz", "M1", small)
	steps(t, plain, 20)
	annealed := newRun(t, "helmholtz", "M2", func(c *Config) { small(c); c.Alpha = 0.3 })
	if err := annealed.Fork(plain.Checkpoint()); err != nil {
		t.Fatal(err)
	}
	if c := annealed.Config(); annealed.Iteration() != 20 || c.Method != "M2" || c.Alpha != 0.3 {
		t.Errorf("iteration %d, Config %+v", annealed.Iteration(), c)
	}
	steps(t, plain, 1)
	steps(t, annealed, 1) // 20 is a multiple of the period
	a, _ := json.Marshal(plain.State().Losses)
	b, _ := json.Marshal(annealed.State().Losses)
	if !bytes.Equal(a, b) {
		t.Errorf("losses %s and %s of the same parameters and points", a, b)
	}
	if l := annealed.State().Lambdas["bcs"]; l == 1 {
		t.Error("the fork does not anneal")
	}
	back := newRun(t, "helmholtz", "M1", small)
	if err := back.Fork(annealed.Checkpoint()); err != nil {
		t.Fatal(err)
	}
	steps(t, back, 15)
	if got, want := back.State().Lambdas["bcs"], annealed.State().Lambdas["bcs"]; got != want {
		t.Errorf("back in a plain model lambda is %v, want the %v that it had", got, want)
	}
}

func TestForkRefuses(t *testing.T) {
	from := newRun(t, "helmholtz", "M1", small)
	steps(t, from, 3)
	saved := from.Checkpoint()
	for name, edit := range map[string]func(*Config){
		"a gated network":  func(c *Config) { c.Method = "M3" },
		"Fourier features": func(c *Config) { c.Network = "fourier" },
		"another sampler":  func(c *Config) { c.Sampler = "pool" },
		"another seed":     func(c *Config) { c.Seed = 2 },
		"another width":    func(c *Config) { c.Width = 9 },
		"another problem":  func(c *Config) { c.Params["a2"] = 3 },
	} {
		run := newRun(t, "helmholtz", "M2", func(c *Config) { small(c); edit(c) })
		if run.Fork(saved) == nil || run.Iteration() != 0 {
			t.Errorf("%s: went on from it", name)
		}
	}
}

// TestForkToAnotherWeighting goes on from annealing with equal norms: its own
// alpha and period, from the weights that there were; and says so.
func TestForkToAnotherWeighting(t *testing.T) {
	from := newRun(t, "helmholtz", "M2", small)
	steps(t, from, 15)
	run := newRun(t, "helmholtz", "M1", func(c *Config) { small(c); c.Weighting, c.Period = "gradnorm", 20 })
	if err := run.Fork(from.Checkpoint()); err != nil {
		t.Fatal(err)
	}
	was := from.State().Lambdas["bcs"]
	if got := run.State(); got.Lambdas["bcs"] != was || got.Model != "M1 · grad-norm" {
		t.Errorf("lambda %v, want %v; %s", got.Lambdas["bcs"], was, got.Model)
	}
	steps(t, run, 5) // to iteration 20
	if got := run.State().Lambdas["bcs"]; got != was {
		t.Errorf("moved before its period: %v", got)
	}
	steps(t, run, 1)
	if got := run.State().Lambdas["bcs"]; got == was {
		t.Error("does not move")
	}
	back := newRun(t, "helmholtz", "M1", func(c *Config) { small(c); c.Weighting, c.Period = "gradnorm", 20 })
	if err := back.Restore(run.Checkpoint()); err != nil || back.Replay().Apart != "it goes on from M2 at iteration 15" {
		t.Errorf("%v, %q", err, back.Replay().Apart)
	}
	plain := newRun(t, "helmholtz", "M1", small)
	if err := plain.Restore(run.Checkpoint()); err == nil || err.Error() != "it is of a run with other settings: period 20, not 10; weighting \"gradnorm\", not as usual" {
		t.Errorf("%v", err)
	}
}

// TestGradientStatistics compares the Snapshot's numbers with those of the
// gradients themselves.
func TestGradientStatistics(t *testing.T) {
	run := newRun(t, "klein_gordon", "M4", small).engine.(*engine[float32])
	steps(t, run, 6)
	var s record.Snapshot
	run.Snapshot(&s)
	near := func(a, b float64) bool { return math.Abs(a-b) <= 1e-12*math.Abs(b) }
	for g, group := range s.Groups {
		sum, dot, res := 0.0, 0.0, 0.0
		for i, v := range run.obj.Grads[g] {
			r := float64(run.obj.Grads[0][i])
			sum, dot, res = sum+float64(v)*float64(v), dot+float64(v)*r, res+r*r
		}
		if !near(group.GradNorm, math.Sqrt(sum)) || !near(group.Cosine, dot/math.Sqrt(sum*res)) {
			t.Errorf("%s: norm %v, cosine %v; want %v, %v", group.Name, group.GradNorm, group.Cosine, math.Sqrt(sum), dot/math.Sqrt(sum*res))
		}
	}
	total := make([]float64, len(s.Groups)) // of squares, over the matrices
	for k, l := range s.Layers {
		w := run.layers[k].W
		for g, size := range l.Size {
			largest, sum := 0.0, 0.0
			for _, v := range run.obj.Grads[g][w.Offset : w.Offset+w.Size()] {
				largest, sum = max(largest, math.Abs(float64(v))), sum+math.Abs(float64(v))
			}
			if size.Max != largest || !near(size.Mean, sum/float64(w.Size())) || math.Abs(size.Cosine) > 1+1e-12 {
				t.Errorf("%s, %s: %+v", l.Name, s.Groups[g].Name, size)
			}
			total[g] += size.Norm * size.Norm
			curve := s.Curves(record.GradientNorm)[k*len(s.Groups)+g]
			if got := curve.Value(curve.Len() - 1); got != float64(float32(size.Norm)) || curve.Of != l.Name+" "+s.Groups[g].Name { // of step 5, which was the latest
				t.Errorf("%s, %s: norm %v in the history, %v now", l.Name, s.Groups[g].Name, got, size.Norm)
			}
		}
	}
	for g, group := range s.Groups {
		if math.Sqrt(total[g]) > group.GradNorm*(1+1e-12) {
			t.Errorf("%s: the matrices' gradients are larger than all", group.Name)
		}
	}
	if len(s.Clouds) != len(run.prob.Sets) {
		t.Fatalf("%d clouds of points", len(s.Clouds))
	}
	for i, c := range s.Clouds {
		set := run.prob.Sets[i]
		if len(c.At) != 2*8 {
			t.Errorf("%s: %d coordinates, want those of 8 points", c.Name, len(c.At))
		}
		for k, x := range c.At {
			if float64(x) < set.Lo[k%2] || float64(x) > set.Hi[k%2] {
				t.Errorf("%s: coordinate %v", c.Name, x)
			}
		}
	}
}

// TestNothingSeen looks at runs that have no gradients and points to show: one
// that has not begun and one that goes on from a checkpoint. After one more step
// the latter shows what the run that wrote it does.
func TestNothingSeen(t *testing.T) {
	from := newRun(t, "klein_gordon", "M4", small)
	steps(t, from, 7)
	back := newRun(t, "klein_gordon", "M4", small)
	fresh := newRun(t, "klein_gordon", "M4", small)
	if err := back.Restore(from.Checkpoint()); err != nil {
		t.Fatal(err)
	}
	var s record.Snapshot
	for name, run := range map[string]*Run{"fresh": fresh, "restored": back} {
		from.Snapshot(&s) // leaves its numbers in the memory that is used again
		run.Snapshot(&s)
		for _, g := range s.Groups {
			if g.GradNorm == g.GradNorm || g.Cosine == g.Cosine {
				t.Errorf("%s: %+v", name, g)
			}
		}
		for _, l := range s.Layers {
			for i, h := range l.Hist {
				if z := l.Size[i]; h.Zero != 0 || z.Max == z.Max || z.Norm == z.Norm {
					t.Errorf("%s, %s: %d zeros, %+v", name, l.Name, h.Zero, z)
				}
			}
		}
		for _, c := range s.Clouds {
			if len(c.At) != 0 {
				t.Errorf("%s, %s: points %v", name, c.Name, c.At)
			}
		}
	}
	steps(t, from, 1)
	steps(t, back, 1)
	var want record.Snapshot
	from.Snapshot(&want)
	back.Snapshot(&s)
	a, _ := want.AppendBinary(nil)
	b, _ := s.AppendBinary(nil)
	if !bytes.Equal(a, b) {
		t.Error("a step later the Snapshots differ")
	}
}

// TestErrorBands checks that the parts of the error add up, in one coordinate
// and in two.
func TestErrorBands(t *testing.T) {
	for _, preset := range []string{"poisson", "helmholtz"} {
		run := newRun(t, preset, "M1", small)
		steps(t, run, 3)
		s := run.State()
		sum := 0.0
		for _, v := range s.Bands {
			sum += float64(v * v)
		}
		if want := float64(s.RelL2 * s.RelL2); !(math.Abs(sum-want) <= 1e-12*want) {
			t.Errorf("%s: squares of %v add up to %v, want %v", preset, s.Bands, sum, want)
		}
	}
}
