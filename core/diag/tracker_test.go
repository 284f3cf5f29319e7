package diag

import (
	"math"
	"testing"

	"pinnlab/core/record"
	"pinnlab/core/train"
)

func smallRun(t *testing.T, model string, edit func(*train.Config)) *train.Run {
	t.Helper()
	cfg, err := train.Default("helmholtz", model)
	if err != nil {
		t.Fatal(err)
	}
	cfg.Width, cfg.Depth, cfg.Batch = 10, 2, 32
	if edit != nil {
		edit(&cfg)
	}
	run, err := train.New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	return run
}

func takeSteps(t *testing.T, run *train.Run, n int) {
	t.Helper()
	for range n {
		if err := run.Step(); err != nil {
			t.Fatal(err)
		}
	}
}

// TestTracker compares what is followed with the whole spectra at the same
// moments, which dense matrices give.
func TestTracker(t *testing.T) {
	run := smallRun(t, "M4", nil)
	tr := NewTracker(run, Trunk)
	var s record.Stiffness
	for at := range 3 {
		takeSteps(t, run, 40)
		var m train.Moment
		run.Observe(&m)
		tr.Step()
		takeSteps(t, run, 1) // the run goes on; the measurement is of the moment before
		for tr.Busy() {
			tr.Step()
		}
		tr.Fill(&s)
		if len(s.Peaks) != at+1 {
			t.Fatalf("%d peaks after %d measurements", len(s.Peaks), at+1)
		}
		p := s.Peaks[at]
		if p.Step != uint64(m.Iteration) || p.Bound != 2/m.Rate {
			t.Errorf("peak %+v at iteration %d", p, m.Iteration)
		}
		h := train.NewHessian[float64](m.Prob, m.Net, m.Batch)
		h.EachSet(m.Draw())
		h.SetParameters(m.Theta)
		dense := NewDense(h)
		for dense.Step() {
		}
		for part, got := range map[Part]float64{Total: p.Total, Residual: p.Residual, Conditions: p.Conditions} {
			e := dense.Eigen(Trunk, part.Weights(m.Weights))
			for e.Step() {
			}
			want := e.Values()[len(e.Values())-1]
			if !(math.Abs(got-want) <= 1e-3*want) {
				t.Errorf("iteration %d, %s: %v, want %v", m.Iteration, part, got, want)
			}
		}
	}
}

// TestTrackerDensities checks the masses and the largest values, of a network
// whose eigenvalues are all computed and of one that is too large for that.
func TestTrackerDensities(t *testing.T) {
	for _, width := range []int{10, 40} {
		testDensities(t, width)
	}
}

func testDensities(t *testing.T, width int) {
	run := smallRun(t, "M1", func(c *train.Config) { c.Width = width })
	takeSteps(t, run, 20)
	tr := NewTracker(run, All)
	var s record.Stiffness
	if _, asked := tr.Density(); asked {
		t.Error("densities that nobody has asked for")
	}
	tr.AskDensity()
	before := 0.0
	for n := 0; tr.Busy(); n++ {
		if n > 2000 {
			t.Fatal("no end")
		}
		tr.Step()
		if tr.spectra != nil {
			if p, asked := tr.Density(); p < before || p > 1 || !asked {
				t.Fatalf("at %v after %v", p, before)
			} else {
				before = p
			}
		}
	}
	if _, asked := tr.Density(); asked || before < 0.5 {
		t.Errorf("the end is at %v, still asked for: %v", before, asked)
	}
	tr.Fill(&s)
	if len(s.Densities) != 3 || s.DensityAt != 20 {
		t.Fatalf("%d densities at %d", len(s.Densities), s.DensityAt)
	}
	var m train.Moment
	run.Observe(&m)
	size := m.Net.Layout.Size()
	largest := 0.0
	for i, d := range s.Densities {
		if d.Counted() != (size <= MaxDense) || d.Counted() && len(d.Values) != size {
			t.Errorf("%d values of %d parameters, counted: %v", len(d.Values), size, d.Counted())
		}
		sum := 0.0
		for k, m := range d.Masses {
			sum += m
			if i == 0 {
				largest = max(largest, d.Values[k])
			}
		}
		if d.Part != string(Parts()[i]) || math.Abs(sum-1) > 1e-12 {
			t.Errorf("%s: masses add up to %v", d.Part, sum)
		}
	}
	if top := s.Peaks[len(s.Peaks)-1].Total; math.Abs(largest-top) > 1e-2*top {
		t.Errorf("the density ends at %v, the largest eigenvalue is %v", largest, top)
	}
}

// TestTrackerThins measures a run many times.
func TestTrackerThins(t *testing.T) {
	tr := &Tracker{stride: 1}
	for i := range 3000 {
		tr.peak.Step = uint64(i)
		tr.keep()
	}
	if n := len(tr.peaks); n < peaksKept/4 || n >= peaksKept {
		t.Errorf("%d peaks", n)
	}
	for i := 1; i < len(tr.peaks); i++ {
		if tr.peaks[i].Step <= tr.peaks[i-1].Step {
			t.Fatalf("peak %d at %d after %d", i, tr.peaks[i].Step, tr.peaks[i-1].Step)
		}
	}
}

// TestTrackerStandsStill measures one moment twice, where only every other
// measurement is kept.
func TestTrackerStandsStill(t *testing.T) {
	tr := &Tracker{stride: 2}
	for i := range 4 { // the last of them is kept
		tr.peak = record.Peak{Step: uint64(i), Total: 1}
		tr.keep()
	}
	last := tr.peaks[len(tr.peaks)-1].Step
	n := len(tr.peaks)
	tr.peak = record.Peak{Step: last, Total: 2}
	tr.keep()
	if len(tr.peaks) != n || tr.peaks[n-1] != tr.peak {
		t.Errorf("%d peaks, the last %+v; want %d and %+v", len(tr.peaks), tr.peaks[len(tr.peaks)-1], n, tr.peak)
	}
}

// TestWarmStart must take fewer products where nothing has changed, and find
// the same.
func TestWarmStart(t *testing.T) {
	run := smallRun(t, "M1", nil)
	takeSteps(t, run, 30)
	var m train.Moment
	run.Observe(&m)
	h := train.NewHessian[float64](m.Prob, m.Net, m.Batch)
	h.EachSet(m.Draw())
	h.SetParameters(m.Theta)
	l := NewLanczos(NewCurvature(h, Trunk, m.Weights), Options{Tolerance: 1e-6, Top: true, Warm: true})
	cold := l.Run()
	l.Restart()
	warm := l.Run()
	if warm.Products >= cold.Products || math.Abs(warm.Hi-cold.Hi) > 1e-9*cold.Hi {
		t.Errorf("cold: %v after %d products; warm: %v after %d", cold.Hi, cold.Products, warm.Hi, warm.Products)
	}
}
