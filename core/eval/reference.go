package eval

import (
	"fmt"
	"math"
	"slices"
	"sync"

	"pinnlab/core/flow"
	"pinnlab/core/kern"
	"pinnlab/core/pde"
)

// A Reference holds what a solver, rather than a formula, knows of a problem.
type Reference struct {
	views   map[string][]float64 // by view, on the plot grid; NaN where it is infinite
	authors []float64            // the speed of the paper's own reference; nil where there is none
}

// A Progress is told what is being done and the fraction of it that is done; nil
// for nobody to tell.
type Progress func(what string, fraction float64)

// Solve runs the solver that a problem names; it returns an empty reference where
// it names none.
func Solve(prob *pde.Problem, tell Progress) (*Reference, error) {
	switch prob.Reference {
	case "":
		return &Reference{}, nil
	case "cavity":
		return keptCavity(prob, tell)
	}
	return nil, fmt.Errorf("reference: no solver is called %q; there is \"cavity\"", prob.Reference)
}

// latest is the reference that was solved last. Runs of one problem follow each
// other, with other networks, seeds and formulations, and nothing changes it.
var latest struct {
	sync.Mutex
	re        float64
	grid      []int
	reference *Reference
}

// keptCavity returns the latest reference if it is the cavity's, or solves for it.
func keptCavity(prob *pde.Problem, tell Progress) (*Reference, error) {
	latest.Lock()
	defer latest.Unlock()
	re := prob.Params["Re"]
	if latest.reference == nil || latest.re != re || !slices.Equal(latest.grid, prob.Grid) {
		r, err := solveCavity(prob, tell)
		if err != nil {
			return nil, err
		}
		latest.re, latest.grid, latest.reference = re, slices.Clone(prob.Grid), r
	}
	return latest.reference, nil
}

// solveCavity computes the lid-driven cavity at the problem's Re, and the
// authors' reference for it, which has its nodes on the same grid.
func solveCavity(prob *pde.Problem, tell Progress) (*Reference, error) {
	re := prob.Params["Re"]
	part := func(what string) flow.Progress {
		return func(stage string, fraction float64) bool {
			if tell != nil {
				tell(fmt.Sprintf("%s at Re = %g: %s", what, re, stage), fraction)
			}
			return true
		}
	}
	s, err := flow.Solve(flow.Options{Re: re, Progress: part("Reference flow")})
	if err != nil {
		return nil, err
	}
	axis := func(i int) []float64 {
		x := make([]float64, prob.Grid[i])
		for k := range x {
			x[k] = float64(k) / float64(len(x)-1)
		}
		return x
	}
	var f flow.Fields
	s.Grid(&f, axis(0), axis(1))
	speed := make([]float64, len(f.U))
	for i, u := range f.U {
		speed[i] = math.Sqrt(float64(u*u) + float64(f.V[i]*f.V[i]))
	}
	for i, p := range f.P { // infinite in the upper corners
		if math.IsInf(p, 0) {
			f.P[i] = math.NaN()
		}
	}
	r := &Reference{views: map[string][]float64{"speed": speed, "u": f.U, "v": f.V, "psi": f.Psi, "p": f.P}}
	nodal, err := flow.Emulate(re, part("The authors’ reference"))
	if err != nil {
		return nil, err
	}
	if n := nodal.N + 1; prob.Grid[0] == n && prob.Grid[1] == n {
		r.authors = nodal.Speed()
	}
	return r, nil
}

// Authors returns the error of a cavity in the authors' measure, the
// spectral norm of the speed's difference from their reference over that of the
// reference; NaN for other problems.
func (v *View[T]) Authors(iteration int) float64 {
	if v.ref.authors == nil {
		return math.NaN()
	}
	v.evaluate(iteration)
	for i, w := range v.prob.Views {
		if w.Name == "speed" {
			return flow.SpectralError(v.shown[i].pred, v.ref.authors, v.prob.Grid[1], v.prob.Grid[0])
		}
	}
	return math.NaN()
}

// fitGauge adds to a view that is known up to a constant the one that fits its
// exact values best, or else makes its mean zero.
func (w *shown) fitGauge() {
	sum, n := 0.0, 0
	for i, u := range w.pred {
		d := -u
		if w.exact != nil {
			d += w.exact[i]
		}
		if kern.IsFinite(d) {
			sum += d
			n++
		}
	}
	if n == 0 {
		return
	}
	for i := range w.pred {
		w.pred[i] += sum / float64(n)
	}
}
