package diag

import (
	"math"
	"slices"

	"pinnlab/core/record"
	"pinnlab/core/train"
)

const (
	// trackTolerance is that of the eigenvalues that a Tracker follows. The error
	// of an end that stands apart goes with its square: far below a pixel.
	trackTolerance = 1e-2
	trackLimit     = 60 // products for one eigenvalue
	peaksKept      = 512

	densityProbes = 2
	densityDegree = 40
	densitySeed   = 1
)

// A Tracker follows the largest eigenvalues of the Hessian of a run's loss, of
// the total, the residual and the conditions, while the run goes on, and
// measures their spectra when asked: every eigenvalue of a network of at most
// [MaxDense] parameters, an estimated density of a larger one. It works in steps
// of one Hessian-vector product or less; what it measures is the moment,
// parameters, weights and points, at which a measurement began.
type Tracker struct {
	run    Observed
	subset Subset

	moment  train.Moment
	hessian *train.Hessian[float64]
	ops     []*Curvature // by part
	lanczos []*Lanczos
	part    int // being measured; len(ops) between two measurements
	peak    record.Peak
	peaks   []record.Peak
	stride  int // measurements since the latest Peak that was kept ...
	since   int // ... of which so many

	asked   bool             // for densities
	spectra spectra          // being measured, at moment; or nil
	shown   []record.Density // of the latest complete answer
	shownAt uint64
	modes   record.Modes // of the moment of the latest request
}

// An Observed is a run that can be looked at closely, such as a [train.Run].
type Observed interface{ Observe(m *train.Moment) }

// NewTracker returns a Tracker of run over a subset of its parameters.
func NewTracker(run Observed, s Subset) *Tracker {
	t := &Tracker{run: run, subset: s, stride: 1}
	t.part = len(Parts())
	return t
}

// AskDensity asks for the densities at the next moment that is measured.
func (t *Tracker) AskDensity() { t.asked = true }

// Busy reports whether a measurement has begun or densities are asked for.
func (t *Tracker) Busy() bool { return t.asked || t.spectra != nil || t.part < len(t.ops) }

// Measuring reports whether densities are asked for and not there yet.
func (t *Tracker) Measuring() bool { return t.asked || t.spectra != nil }

// Density reports how far densities that are asked for are, from 0 to 1, and
// whether any are.
func (t *Tracker) Density() (done float64, asked bool) {
	if t.spectra != nil {
		return t.spectra.progress(), true
	}
	return 0, t.asked
}

// Step takes one product or less, beginning a measurement if none is under way.
func (t *Tracker) Step() {
	switch {
	case t.spectra != nil:
		if !t.spectra.step() {
			t.shown, t.shownAt = t.spectra.densities(), t.peak.Step
			t.spectra = nil
		}
	case t.part < len(t.ops):
		t.peakStep()
	default:
		t.begin()
		if t.asked {
			t.asked = false
			t.beginSpectra()
			t.modes = ModesOf(&t.moment)
		}
	}
}

// begin takes the moment to be measured.
func (t *Tracker) begin() {
	t.run.Observe(&t.moment)
	m := &t.moment
	if t.hessian == nil {
		t.hessian = train.NewHessian[float64](m.Prob, m.Net, m.Batch)
		for range Parts() {
			op := NewCurvature(t.hessian, t.subset, make([]float64, len(m.Prob.Groups)))
			t.ops = append(t.ops, op)
			t.lanczos = append(t.lanczos, NewLanczos(op, Options{Tolerance: trackTolerance, Limit: trackLimit, Top: true, Warm: true}))
		}
	}
	t.hessian.EachSet(m.Draw())
	t.hessian.SetParameters(m.Theta)
	for i, p := range Parts() {
		copy(t.ops[i].weights, p.Weights(m.Weights))
		t.lanczos[i].Restart()
	}
	t.part = 0
	t.peak = record.Peak{Step: uint64(m.Iteration), Bound: 2 / m.Rate}
}

func (t *Tracker) peakStep() {
	if t.lanczos[t.part].Step() {
		return
	}
	e := t.lanczos[t.part].Extremes()
	top := math.NaN()
	if e.Converged {
		top = e.Hi
	}
	switch Parts()[t.part] {
	case Total:
		t.peak.Total = top
	case Residual:
		t.peak.Residual = top
	case Conditions:
		t.peak.Conditions = top
	}
	if t.part++; t.part == len(t.ops) {
		t.keep()
	}
}

// keep adds a finished Peak; when there are too many, every other one goes, and
// only every other one is kept from then on.
func (t *Tracker) keep() {
	if n := len(t.peaks); n > 0 && t.peaks[n-1].Step == t.peak.Step {
		t.peaks[n-1] = t.peak // the same moment again, of a run that stands still
		return
	}
	if t.since++; t.since < t.stride {
		return
	}
	t.since = 0
	t.peaks = append(t.peaks, t.peak)
	if len(t.peaks) == peaksKept {
		for i := range peaksKept / 2 {
			t.peaks[i] = t.peaks[2*i]
		}
		t.peaks = t.peaks[:peaksKept/2]
		t.stride *= 2
	}
}

func (t *Tracker) beginSpectra() {
	if t.hessian.Net().Layout.Size() <= MaxDense {
		t.spectra = &counted{ops: t.ops, subset: t.subset, dense: NewDense(t.hessian)}
	} else {
		t.spectra = newEstimated(t.ops)
	}
}

// pending estimates how far the present measurement is.
func (t *Tracker) pending() float64 {
	if t.spectra != nil {
		return t.spectra.progress()
	}
	if t.part < len(t.ops) {
		return float64(t.part) / float64(len(t.ops))
	}
	return 0
}

// Fill sets what the Tracker has found in s, reusing its slices.
func (t *Tracker) Fill(s *record.Stiffness) {
	s.Subset, s.Pending, s.Asked = string(t.subset), t.pending(), t.Measuring()
	s.Peaks = append(s.Peaks[:0], t.peaks...)
	s.DensityAt, s.Densities, s.Modes = t.shownAt, slices.Clone(t.shown), t.modes
}
