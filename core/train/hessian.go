package train

import (
	"pinnlab/core/kern"
	"pinnlab/core/nn"
	"pinnlab/core/pde"
	"pinnlab/core/residual"
)

// A Hessian multiplies directions in parameter space by the second derivatives
// of a problem's losses, exactly, for two to three times the price of a
// gradient. Everything travels with a derivative along the direction v, marked
// by a dash; the derivative of a loss (1/n) Σ r² is
//
//	L' = (2/n) Σ r r' = ∇L·v,
//
// and the reverse pass through L' gives its gradient, H v (Pearlmutter, Fast
// Exact Multiplication by the Hessian, Neural Computation 6, 1994).
type Hessian[T kern.Float] struct {
	along *residual.System[T]
	slope slope
	part  []T // of one pass
}

// NewHessian returns the Hessian of the losses of NewObjective's arguments.
func NewHessian[T kern.Float](prob *pde.Problem, net *nn.Net, batch []int) *Hessian[T] {
	return &Hessian[T]{along: residual.NewAlong[T](prob, net, batch), part: make([]T, net.Layout.Size())}
}

// Problem and Net are what the Hessian was made for.
func (h *Hessian[T]) Problem() *pde.Problem { return h.along.Prob }
func (h *Hessian[T]) Net() *nn.Net          { return h.along.Net }

// EachSet calls f with every point set and the memory of its points, as
// [residual.System.EachSet] does.
func (h *Hessian[T]) EachSet(f func(set int, points []T)) { h.along.EachSet(f) }

// SetParameters copies theta: products are those at theta until the next call.
func (h *Hessian[T]) SetParameters(theta []T) { h.along.Params.Load(theta) }

// slope makes the adjoints of L': of every term's, or of one if only is not
// negative.
type slope struct{ only int }

// Visit implements [residual.Visitor].
func (s *slope) Visit(t *residual.Term, _, n int) bool {
	if s.only >= 0 && s.only != t.Index {
		return false
	}
	weight := 2 / float64(t.Count())
	for j := range t.Residuals() {
		r, along := t.Out(j), t.Along(j)
		bar, barAlong := t.Bar(j), t.AlongBar(j)
		for i := range n {
			barAlong[i] = weight * r[i]
			bar[i] = weight * along[i]
		}
	}
	return true
}

// Product sets hv to Σ wᵢ Hᵢ v, where Hᵢ is the Hessian of the sum of group i's
// losses. A group whose weight is 0 takes no time.
func (h *Hessian[T]) Product(hv, v []T, weights []float64) {
	if len(weights) != len(h.along.Prob.Groups) {
		panic("train: Hessian.Product: one weight for each group")
	}
	h.along.Params.LoadDirection(v)
	clear(hv)
	for _, p := range h.along.Passes {
		if w := weights[p.Group]; w != 0 {
			clear(h.part)
			h.add(h.part, p, -1)
			kern.Axpy(hv, T(w), h.part)
		}
	}
}

// Products sets hv[i] to Hᵢ v for every group i.
func (h *Hessian[T]) Products(hv [][]T, v []T) {
	h.along.Params.LoadDirection(v)
	for _, g := range hv {
		clear(g)
	}
	for _, p := range h.along.Passes {
		h.add(hv[p.Group], p, -1)
	}
}

// TermProduct sets hv to the Hessian of one term's loss times v.
func (h *Hessian[T]) TermProduct(hv, v []T, term int) {
	h.along.Params.LoadDirection(v)
	clear(hv)
	h.add(hv, h.along.PassOf(term), term)
}

// add adds a pass's part of the product, or that of one of its terms, to hv.
func (h *Hessian[T]) add(hv []T, p *residual.Pass[T], only int) {
	h.slope.only = only
	p.Reverse(0, p.Len(), &h.slope)
	p.AddTo(hv)
}
