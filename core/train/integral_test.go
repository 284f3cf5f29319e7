package train

import (
	"encoding/json"
	"math"
	"testing"

	"pinnlab/core/record"
)

// integralSpec has u = sin(5x) e^y, whose integrals are known along x and y.
const integralSpec = `{"version": 1, "name": "test", "title": "Test",
	"coords": [{"name": "x", "lo": 0, "hi": 1}, {"name": "y", "lo": -1, "hi": 2}], "fields": ["u"],
	"residuals": [{"name": "res", "formula": "u_x - f"}], "solution": {"u": "sin(5*x)*exp(y)"},
	"views": [{"name": "a", "integral": "u", "along": "x"}, {"name": "b", "integral": "u", "along": "y"}, {"name": "u"}],
	"error": {"nodes": [5, 4]}}`

// TestIntegralView trains a problem with integrals to show: a solution's are
// integrated as a network's, and the error is that of the first plain view.
func TestIntegralView(t *testing.T) {
	raw, err := json.Marshal(map[string]any{"spec": json.RawMessage(integralSpec), "width": 4, "depth": 1, "batch": 8})
	if err != nil {
		t.Fatal(err)
	}
	cfg, errs := Resolve(raw)
	if len(errs) > 0 {
		t.Fatal(errs)
	}
	run, err := New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	var s record.Snapshot
	run.Snapshot(&s)
	const i, j = 3, 2 // x = 3/4, y = 1, of 5×4 nodes; the bounds are the rule's own errors
	x, y := 0.75, 1.
	for k, want := range []float64{(1 - math.Cos(5*x)) / 5 * math.Exp(y), math.Sin(5*x) * (math.Exp(y) - math.Exp(-1))} {
		if got := float64(s.Fields[k].Exact[5*j+i]); !(math.Abs(got-want) < 0.05*math.Abs(want)) {
			t.Errorf("exact %s = %v, want %v", s.Fields[k].Name, got, want)
		}
	}
	num, den := 0.0, 0.0
	for k, u := range s.Fields[2].Exact {
		d := float64(s.Fields[2].Pred[k] - u)
		num, den = num+d*d, den+float64(u*u)
	}
	if got, want := float64(run.State().RelL2), math.Sqrt(num/den); !(math.Abs(got-want) < 1e-6*want) {
		t.Errorf("relative L2 %v, that of u is %v", got, want)
	}
	if s.Fields[0].Pred[5*j] != 0 || s.Fields[1].Pred[i] != 0 {
		t.Errorf("on the lower ends the integrals are %v and %v", s.Fields[0].Pred[5*j], s.Fields[1].Pred[i])
	}
}
