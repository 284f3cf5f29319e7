package train

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"pinnlab/core/record"
)

// own builds the run of a problem of one field u on 0 ≤ x ≤ 1, small.
func own(t *testing.T, rest string) (*Run, error) {
	t.Helper()
	cfg, errs := Resolve(fmt.Appendf(nil, `{"width":8,"depth":2,"batch":8,"precision":"float64","spec":{"version":1,"name":"own","title":"Own",
		"coords":[{"name":"x","lo":0,"hi":1}],"fields":["u"],%s}}`, rest))
	if len(errs) > 0 {
		t.Fatal(errs[0])
	}
	return New(cfg)
}

// TestHeld compares the statistics with what the formulas say at hand-made
// parameters: all zero but for the last bias, so that u is 3 everywhere.
func TestHeld(t *testing.T) {
	run, err := own(t, `"residuals":[{"name":"res","formula":"u_x + 2*u - 5"}],"conditions":[{"name":"b","face":"x=1","formula":["u - 1","u_x"]}]`)
	if err != nil {
		t.Fatal(err)
	}
	e := run.engine.(*engine[float64])
	clear(e.theta)
	e.theta[len(e.theta)-1] = 3
	var s record.Snapshot
	run.Snapshot(&s)
	for i, want := range []record.Held{
		{Loss: 1, Worst: 1, Zero: 25, Flat: 1, Scale: 25 + 4*9}, // parts -5, u_x = 0 and 2u = 6
		{Loss: 2, Worst: 4, Zero: 0.5, Flat: 2, Scale: 0.5 + 9./2},
	} {
		got := s.Terms[i].Held
		for j, d := range []float64{got.Loss - want.Loss, got.Worst - want.Worst, got.Zero - want.Zero, got.Flat - want.Flat, got.Scale - want.Scale} {
			if !(math.Abs(d) < 1e-12) {
				t.Errorf("term %d, number %d: %+v, want %+v", i, j, got, want)
			}
		}
	}
}

// TestHeldIsApart checks that the points held out are no step's, that looking at
// them moves nothing, and that the history survives a checkpoint.
func TestHeldIsApart(t *testing.T) {
	a, b := newRun(t, "klein_gordon", "M4", small), newRun(t, "klein_gordon", "M4", small)
	held := make([]float32, 2*128)
	a.engine.(*engine[float32]).holdOut(0, held)
	var s record.Snapshot
	for range 250 {
		steps(t, a, 1)
		steps(t, b, 1)
		a.engine.(*engine[float32]).held.Stats(a.Iteration())
		for _, c := range s.Clouds {
			for i := range held[:len(held)/2] {
				if slices.Contains(c.At, held[i]) {
					t.Fatalf("the point %v is held out and trained on", held[i])
				}
			}
		}
		a.Snapshot(&s)
	}
	if !slices.Equal(a.engine.(*engine[float32]).theta, b.engine.(*engine[float32]).theta) {
		t.Error("looking at the points held out changes the run")
	}
	if c := newRun(t, "klein_gordon", "M4", small); c.Restore(a.Checkpoint()) == nil {
		var again record.Snapshot
		c.Snapshot(&again)
		was, is := s.Histories[4], again.Histories[4]
		if is.Name != heldHistory || !slices.Equal(was.Rows, is.Rows) || len(was.Rows) != 3*len(s.Terms) {
			t.Errorf("held losses %v, restored %v", was, is)
		}
	} else {
		t.Error("the checkpoint is not restored")
	}
}

// TestHeldOfOldCheckpoint restores a run that has no losses on points held out.
func TestHeldOfOldCheckpoint(t *testing.T) {
	run := newRun(t, "klein_gordon", "M4", small).engine.(*engine[float32])
	run.iteration = 250
	if err := run.readHead(beside{}); err != nil {
		t.Fatal(err)
	}
	if rows := run.book.named(heldHistory).Rows; len(rows) != 3*len(run.prob.Terms) || rows[0] == rows[0] {
		t.Errorf("history %v, want three rows that are unknown", rows)
	}
	if run.readHead(beside{Held: []byte{1, 2, 3}}) == nil {
		t.Error("a damaged history is read")
	}
}

// TestUndefined names what has no value in a formula, and where.
func TestUndefined(t *testing.T) {
	for rest, want := range map[string]string{
		`"residuals":[{"name":"r","formula":"u_x + sqrt(-1 - u^2)"}]`:                                                   "the loss of r is not finite: sqrt(-1 - u^2) has no value for -1 - u^2 = ",
		`"residuals":[{"name":"r","formula":"u_x"}],"conditions":[{"name":"b","face":"x=0","formula":"u/x"}]`:           "u/x has no value for x = 0 (in b, at x = 0)",
		`"residuals":[{"name":"r","formula":"u_x"}],"conditions":[{"name":"b","face":"x=0","formula":"u + sqrt(u*x)"}]`: "the gradient of bcs is not finite: the derivative of sqrt(u*x) has no value for u*x = ",
	} {
		run, err := own(t, rest)
		if err != nil {
			t.Fatal(err)
		}
		err = run.Step()
		var d *Diverged
		if !errors.As(err, &d) || !d.Undefined || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", rest, err, want)
		}
		var s record.Snapshot
		if run.Snapshot(&s); s.Undefined == "" || !strings.Contains(s.Reason, s.Undefined) {
			t.Errorf("%s: Snapshot has %q, %q", rest, s.Reason, s.Undefined)
		}
	}
}

// TestTooLarge: what overflows is named, but is not undefined.
func TestTooLarge(t *testing.T) {
	run, err := own(t, `"residuals":[{"name":"r","formula":"u_x + exp(1e4 + u)"}]`)
	if err != nil {
		t.Fatal(err)
	}
	var d *Diverged
	if err := run.Step(); !errors.As(err, &d) || d.Undefined || !strings.Contains(d.Why, "is too large") {
		t.Errorf("%v", err)
	}
}

// TestOmitted leaves the nodes out of the errors where the solution is infinite,
// and refuses a solution that is nowhere finite.
func TestOmitted(t *testing.T) {
	const problem = `"residuals":[{"name":"r","formula":"u_x"}],"solution":{"u":"%s"}`
	run, err := own(t, fmt.Sprintf(problem, "log(abs(x - 0.5)) + sqrt(0.9 - x)"))
	if err != nil {
		t.Fatal(err)
	}
	var s record.Snapshot
	run.Snapshot(&s)
	num, den, n := 0.0, 0.0, 0
	for i, exact := range s.Fields[0].Exact {
		if v := float64(exact); v-v == 0 {
			d := float64(s.Fields[0].Pred[i]) - v
			num, den = num+d*d, den+v*v
		} else {
			n++
		}
	}
	if want := math.Sqrt(num / den); !(math.Abs(s.RelL2-want) < 1e-6*want) || n < 99 || int(s.Omitted) != n || s.OmittedAt != "x from 0.9009 to 1" {
		t.Errorf("error %v without %d nodes at %s, want %v without %d", s.RelL2, s.Omitted, s.OmittedAt, want, n)
	}
	parts := 0.0
	for _, p := range run.State().Bands {
		parts += float64(p * p)
	}
	if !(math.Abs(math.Sqrt(parts)-s.RelL2) < 1e-9) || !(s.LInf < 100) {
		t.Errorf("parts add up to %v, largest error %v", math.Sqrt(parts), s.LInf)
	}
	b, _ := json.Marshal(run.State())
	if !strings.Contains(string(b), `"omittedAt":"x from`) {
		t.Errorf("the state does not tell: %s", b)
	}
	var field *FieldError
	if _, err := own(t, fmt.Sprintf(problem, "log(-1 - x)")); !errors.As(err, &field) {
		t.Errorf("a solution without values: %v", err)
	}
}
