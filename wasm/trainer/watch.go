package main

import (
	"errors"
	"slices"
	"time"

	"pinnlab/core/diag"
	"pinnlab/core/record"
)

// A watch measures the curvature of the loss beside the training, within a
// budget: for each second of steps it may take budget/(1-budget) seconds. It
// takes one Hessian-vector product at a time, and pays for a long one by
// waiting.
type watch struct {
	tracker *diag.Tracker // nil without a run that can be looked at
	run     trainee
	subset  diag.Subset
	budget  float64 // share of the time, 0 for off

	asked       bool          // for densities, and not all there yet
	credit      time.Duration // what may be spent now
	used, steps time.Duration // on products and on steps, lately
}

const (
	// densityBudget serves a request for densities where nothing is followed.
	densityBudget = 0.25
	// mostCredit keeps a pause in the measurements from being made up for.
	mostCredit = 30 * time.Millisecond
	// lately is how much time the share shown is about.
	lately = 5 * time.Second
)

// follow begins anew with another run.
func (w *watch) follow(run trainee) {
	w.run, w.asked, w.credit, w.used, w.steps = run, false, 0, 0, 0
	if w.subset == "" {
		w.subset = diag.Trunk
	}
	w.tracker = nil
	if o, ok := run.(diag.Observed); ok {
		w.tracker = diag.NewTracker(o, w.subset)
	}
}

// share returns what the watch may take of the time.
func (w *watch) share() float64 {
	if w.asked {
		return max(w.budget, densityBudget)
	}
	return w.budget
}

// waiting reports whether something is asked for that a run at rest can give.
func (w *watch) waiting() bool { return w.asked }

// spend takes products that the time of some steps has paid for.
func (w *watch) spend(steps time.Duration, now func() time.Time) {
	b := w.share()
	if w.tracker == nil || b == 0 {
		return
	}
	w.steps += steps
	w.credit = min(w.credit+time.Duration(float64(steps)*b/(1-b)), mostCredit)
	for w.credit > 0 && w.share() > 0 {
		w.credit -= w.step(now)
	}
	if w.used+w.steps > lately {
		w.used, w.steps = w.used/2, w.steps/2
	}
}

// step takes one product and returns what it took.
func (w *watch) step(now func() time.Time) time.Duration {
	began := now()
	w.tracker.Step()
	w.asked = w.asked && w.tracker.Measuring()
	d := now().Sub(began)
	w.used += d
	return d
}

// fill sets what is known of the curvature.
func (w *watch) fill(s *record.Stiffness) {
	if w.tracker == nil {
		return
	}
	w.tracker.Fill(s)
	s.Budget = w.budget
	if all := w.used + w.steps; all > 0 {
		s.Share = w.used.Seconds() / all.Seconds()
	}
}

// density returns how far the densities that are asked for are, nil for none.
func (w *watch) density() *float64 {
	if w.tracker == nil || !w.asked {
		return nil
	}
	done, _ := w.tracker.Density()
	return &done
}

// track sets the budget and the parameters that count. Others than before make
// the measurements begin anew.
func (t *trainer) track(budget float64, subset string) error {
	if !(budget >= 0 && budget <= 0.5) {
		return errors.New("the budget is a share of the time, from 0 to 0.5")
	}
	s := diag.Subset(subset)
	if !slices.Contains(diag.Subsets(), s) {
		return errors.New("the parameters are all, weights or trunk")
	}
	w := &t.watch
	w.budget = budget
	if s != w.subset {
		w.subset = s
		if t.run != nil {
			w.follow(t.run)
		}
	}
	t.show()
	return nil
}

// askDensity asks for the spectral densities at the present parameters.
func (t *trainer) askDensity() error {
	if t.run == nil || t.watch.tracker == nil {
		return errNoRun
	}
	if t.run.Iteration() == 0 {
		return errors.New("take a step first: there is no spectrum before it")
	}
	t.watch.tracker.AskDensity()
	t.watch.asked = true
	return nil
}
