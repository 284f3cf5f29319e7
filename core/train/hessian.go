package train

import (
	"pinnlab/core/kern"
	"pinnlab/core/nn"
	"pinnlab/core/pde"
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
	along *Objective[T]
	part  []T // of one pass
}

// NewHessian returns the Hessian of the losses of NewObjective's arguments.
func NewHessian[T kern.Float](prob *pde.Problem, net *nn.Net, batch []int) *Hessian[T] {
	return &Hessian[T]{newObjective[T](prob, net, batch, true), make([]T, net.Layout.Size())}
}

// Problem and Net are what the Hessian was made for.
func (h *Hessian[T]) Problem() *pde.Problem { return h.along.Prob }
func (h *Hessian[T]) Net() *nn.Net          { return h.along.Net }

// EachSet calls f with every point set and the memory of its points, as
// [Objective.EachSet] does.
func (h *Hessian[T]) EachSet(f func(set int, points []T)) { h.along.EachSet(f) }

// SetParameters copies theta: products are those at theta until the next call.
func (h *Hessian[T]) SetParameters(theta []T) { h.along.params.Load(theta) }

// Product sets hv to Σ wᵢ Hᵢ v, where Hᵢ is the Hessian of the sum of group i's
// losses. A group whose weight is 0 takes no time.
func (h *Hessian[T]) Product(hv, v []T, weights []float64) {
	if len(weights) != len(h.along.Prob.Groups) {
		panic("train: Hessian.Product: one weight for each group")
	}
	h.along.params.LoadDirection(v)
	clear(hv)
	for _, p := range h.along.passes {
		if w := weights[p.group]; w != 0 {
			p.run(0, p.total(), -1)
			clear(h.part)
			p.tape.AddGrad(h.part)
			kern.Axpy(hv, T(w), h.part)
		}
	}
}

// Products sets hv[i] to Hᵢ v for every group i.
func (h *Hessian[T]) Products(hv [][]T, v []T) {
	h.along.params.LoadDirection(v)
	for _, g := range hv {
		clear(g)
	}
	for _, p := range h.along.passes {
		p.run(0, p.total(), -1)
		p.tape.AddGrad(hv[p.group])
	}
}

// TermProduct sets hv to the Hessian of one term's loss times v.
func (h *Hessian[T]) TermProduct(hv, v []T, term int) {
	h.along.params.LoadDirection(v)
	clear(hv)
	for _, p := range h.along.passes {
		if p.has(term) {
			p.run(0, p.total(), term)
			p.tape.AddGrad(hv)
		}
	}
}

// seedAlong fills the adjoints that residual leaves to it: of L' with respect
// to r, where those with respect to r' are the ordinary ones of L.
func (t *termEval) seedAlong(n int, weight float64) {
	for j := range t.outputs {
		along, bar := t.machine.Out(t.dual+j), t.machine.OutAdj(j)
		for i := range n {
			bar[i] = weight * along[i]
		}
	}
}
