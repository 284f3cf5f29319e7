package residual

import "pinnlab/core/kern"

// A RowVisitor takes rows of the Jacobian: those of residual j of a term at n
// points, of which the first is point lo of the term's. rows holds n gradients
// ∂r/∂θ, one after the other, until the next call.
type RowVisitor[T kern.Float] func(t *Term, j, lo, n int, rows []T)

// Rows calls f with every row of J, block by block; buffer is memory that is
// reused and returned, nil at first.
func (p *Pass[T]) Rows(buffer []T, f RowVisitor[T]) []T {
	block := p.field.Tape.Points
	if n := block * p.field.Tape.Size(); cap(buffer) < n {
		buffer = make([]T, n)
	}
	for lo := 0; lo < p.Len(); lo += block {
		hi := min(lo+block, p.Len())
		p.field.Forward(p.Place(lo, hi))
		for _, t := range p.Terms {
			if from, to := max(lo, t.Lo), min(hi, t.Hi); from < to {
				p.rowsOf(t, from, to, lo, buffer, f)
			}
		}
	}
	return buffer
}

// rowsOf is Rows for one term's points from to to, the block's first being lo.
func (p *Pass[T]) rowsOf(t *Term, from, to, lo int, buffer []T, f RowVisitor[T]) {
	n := to - from
	p.field.Gather(t.reader, p.Place(from, to), from-lo)
	t.reader.Forward(n)
	for j := range t.outputs {
		for k := range t.outputs {
			one := 0.0
			if k == j {
				one = 1
			}
			for i := range n {
				t.Bar(k)[i] = one
			}
		}
		p.field.ClearAdjoint()
		t.reader.Reverse(n)
		p.field.Scatter(t.reader, from-lo, n)
		p.field.Tape.Rows(buffer, from-lo, n)
		f(t, j, from-t.Lo, n, buffer[:n*p.field.Tape.Size()])
	}
}
