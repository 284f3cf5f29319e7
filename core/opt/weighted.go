package opt

import "pinnlab/core/residual"

// A weighted is the loss Σ λᵢ Lᵢ of a [Point], with its gradient, also where the
// step is not yet: on the same points, with the same weights.
type weighted struct {
	at     *Point[float64]
	scales []float64 // λ over how many residuals there are, by term
	sums   []float64 // of squares, likewise
}

// on sets the point whose loss it is from now on.
func (w *weighted) on(at *Point[float64]) {
	if w.scales == nil {
		n := len(at.System.Prob.Terms)
		w.scales, w.sums = make([]float64, n), make([]float64, n)
	}
	w.at = at
	for _, p := range at.System.Passes {
		for _, t := range p.Terms {
			w.scales[t.Index] = at.Weights[p.Group] / float64(t.Count())
		}
	}
}

// eval returns the loss at theta and sets g to its gradient.
func (w *weighted) eval(theta, g []float64) (loss float64) {
	clear(g)
	clear(w.sums)
	w.at.System.Params.Load(theta)
	for _, p := range w.at.System.Passes {
		p.Reverse(0, p.Len(), w)
		p.AddTo(g)
	}
	for i, sum := range w.sums {
		loss += float64(w.scales[i] * sum)
	}
	return loss
}

// Visit implements [residual.Visitor].
func (w *weighted) Visit(t *residual.Term, _, n int) bool {
	scale, sum := 2*w.scales[t.Index], w.sums[t.Index]
	for j := range t.Residuals() {
		bar := t.Bar(j)
		for i, r := range t.Out(j)[:n] {
			sum += float64(r * r)
			bar[i] = scale * r
		}
	}
	w.sums[t.Index] = sum
	return true
}
