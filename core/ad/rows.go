package ad

import "pinnlab/core/kern"

// A use is one matrix of parameters at work on a tape: y = x W, or the bias
// added to y where x is nil.
type use[T kern.Float] struct {
	w    Param
	x, y *Var[T]
}

// Rows computes the adjoints from that of the last result, as Backward does,
// and, instead of the gradient, each point's own part of it: the gradients of n
// points from point first on, one after the other into rows, each in the order
// of the flat vector theta. In the matrix W of y = x W a point's is
//
//	Σ over channels  xᵀ ȳ,
//
// an outer product, which the points' sum is not.
func (t *Tape[T]) Rows(rows []T, first, n int) {
	t.rowsOnly = true
	t.Backward()
	t.rowsOnly = false
	size := t.params.Layout.Size()
	clear(rows[:n*size])
	for _, u := range t.uses {
		for i := range n {
			part := rows[i*size+u.w.Offset:][:u.w.Size()]
			if u.x == nil {
				kern.Add(part, t.Row(u.y.Grad, u.y.Cols, 0, first+i))
				continue
			}
			for c := range t.Set.Len() {
				t.outer(part, u, c, first+i)
			}
		}
	}
}

// outer adds the outer product of a use's input and adjoint in one channel at
// one point to part.
func (t *Tape[T]) outer(part []T, u use[T], channel, point int) {
	bar := t.Row(u.y.Grad, u.y.Cols, channel, point)
	for k, a := range t.Row(u.x.Val, u.x.Cols, channel, point) {
		kern.Axpy(part[k*len(bar):(k+1)*len(bar)], a, bar)
	}
}
