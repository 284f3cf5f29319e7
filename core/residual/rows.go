package residual

import "pinnlab/core/kern"

// A RowVisitor takes rows of the Jacobian: those of residual j of a term at n
// points, of which the first is point lo of the term's. rows holds n gradients
// ∂r/∂θ, one after the other, until the next call.
type RowVisitor[T kern.Float] func(t *Term, j, lo, n int, rows []T)

// Rows calls f with every row of J, block by block; buffer is memory that is
// reused and returned, nil at first.
func (p *Pass[T]) Rows(buffer []T, f RowVisitor[T]) []T {
	tape := p.field.Tape
	size := tape.Size()
	if n := tape.Block * size; cap(buffer) < n {
		buffer = make([]T, n)
	}
	p.alone(func(t *Term, j, lo, first, n int) {
		rows := buffer[:n*size]
		tape.Rows(rows, first, n)
		f(t, j, lo, n, rows)
	})
	return buffer
}

// Rows calls f with every row of J; buffer is as in [Pass.Rows].
func (s *System[T]) Rows(buffer []T, f RowVisitor[T]) []T {
	for _, p := range s.Passes {
		buffer = p.Rows(buffer, f)
	}
	return buffer
}

// SquaredNorms fills dst with ‖∂r/∂θ‖² of every residual r: the diagonal of the
// kernel J Jᵀ, without forming J.
func (s *System[T]) SquaredNorms(dst Columns) {
	for _, p := range s.Passes {
		p.alone(func(t *Term, j, lo, first, n int) {
			p.field.Tape.SquaredNorms(dst.Of(t, j, lo, n), first)
		})
	}
}

// alone seeds the residuals so that no two of a point are in one reverse pass:
// it calls f for residual j of a term at n points, of which the first is point
// lo of the term's and stands in the block at first, with the fields' adjoints
// complete.
func (p *Pass[T]) alone(f func(t *Term, j, lo, first, n int)) {
	block := p.field.Tape.Block
	for lo := 0; lo < p.Len(); lo += block {
		hi := min(lo+block, p.Len())
		p.field.Forward(p.Place(lo, hi))
		for _, t := range p.Terms {
			from, to := max(lo, t.Lo), min(hi, t.Hi)
			if from >= to {
				continue
			}
			n := to - from
			p.field.Gather(t.reader, p.Place(from, to), from-lo)
			t.reader.Forward(n)
			for j := range t.outputs {
				p.field.ClearAdjoint()
				t.reader.ReverseOf(j, n)
				p.field.Scatter(t.reader, from-lo, n)
				f(t, j, from-t.Lo, from-lo, n)
			}
		}
	}
}
