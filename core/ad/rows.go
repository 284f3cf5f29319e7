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
	t.adjoints()
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

// adjoints is Backward without the gradient of the parameters.
func (t *Tape[T]) adjoints() {
	t.rowsOnly = true
	t.Backward()
	t.rowsOnly = false
}

// SquaredNorms computes the adjoints as Rows does and fills dst with the squared
// norms of the rows of len(dst) points from point first on. That of a matrix is
//
//	‖Σ_c x_cᵀ ȳ_c‖² = Σ_{c,d} (x_c·x_d)(ȳ_c·ȳ_d)
//
// over channels c and d, so that no row is formed. A matrix that is at work twice
// has the inner product of its two gradients besides, doubled.
func (t *Tape[T]) SquaredNorms(dst []float64, first int) {
	t.adjoints()
	for i := range dst {
		sum := 0.0
		for k, u := range t.uses {
			sum += t.squaredNorm(u, first+i)
			for _, v := range t.uses[:k] {
				if v.w.index == u.w.index {
					sum += 2 * t.inner(u, v, first+i)
				}
			}
		}
		dst[i] = sum
	}
}

// squaredNorm is SquaredNorms for one matrix at one point.
func (t *Tape[T]) squaredNorm(u use[T], point int) (sum float64) {
	bar := func(c int) []T { return t.Row(u.y.Grad, u.y.Cols, c, point) }
	if u.x == nil {
		return kern.Dot(bar(0), bar(0))
	}
	val := func(c int) []T { return t.Row(u.x.Val, u.x.Cols, c, point) }
	for c := range t.Set.Len() {
		sum += float64(kern.Dot(val(c), val(c)) * kern.Dot(bar(c), bar(c)))
		for d := range c {
			sum += float64(2 * kern.Dot(val(c), val(d)) * kern.Dot(bar(c), bar(d)))
		}
	}
	return sum
}

// inner is the inner product of the gradients, at one point, of a matrix at work
// at two places.
func (t *Tape[T]) inner(u, v use[T], point int) (sum float64) {
	if u.x == nil {
		return kern.Dot(t.Row(u.y.Grad, u.y.Cols, 0, point), t.Row(v.y.Grad, v.y.Cols, 0, point))
	}
	for c := range t.Set.Len() {
		for d := range t.Set.Len() {
			sum += float64(kern.Dot(t.Row(u.x.Val, u.x.Cols, c, point), t.Row(v.x.Val, v.x.Cols, d, point)) *
				kern.Dot(t.Row(u.y.Grad, u.y.Cols, c, point), t.Row(v.y.Grad, v.y.Cols, d, point)))
		}
	}
	return sum
}

// outer adds the outer product of a use's input and adjoint in one channel at
// one point to part.
func (t *Tape[T]) outer(part []T, u use[T], channel, point int) {
	bar := t.Row(u.y.Grad, u.y.Cols, channel, point)
	for k, a := range t.Row(u.x.Val, u.x.Cols, channel, point) {
		kern.Axpy(part[k*len(bar):(k+1)*len(bar)], a, bar)
	}
}
