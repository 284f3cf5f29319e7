package ad

import "pinnlab/core/kern"

// Beside records z = [x y]: the columns of x and then those of y.
func (t *Tape[T]) Beside(x, y *Var[T]) *Var[T] {
	z := t.result(x.Cols + y.Cols)
	parts := []part[T]{newPart(x, z, 0), newPart(y, z, x.Cols)}
	t.record(op[T]{
		args: []*Var[T]{x, y},
		forward: func() {
			for _, p := range parts {
				p.copy(z.Val, x.rows)
			}
		},
		backward: func(first []bool) {
			for i, p := range parts {
				p.addBack(z.Grad, x.rows, first[i])
			}
		},
	})
	return z
}

// A part is where the columns of a matrix stand in a wider one.
type part[T kern.Float] struct {
	x            *Var[T]
	from         int // column
	stride, wide int // from row to row of x and of the wider one
}

func newPart[T kern.Float](x, wide *Var[T], from int) part[T] {
	return part[T]{x, from, kern.Stride[T](x.Cols), kern.Stride[T](wide.Cols)}
}

// copy writes the part into the wider matrix.
func (p part[T]) copy(wide []T, rows int) {
	for r := range rows {
		copy(wide[r*p.wide+p.from:][:p.x.Cols], p.x.Val[r*p.stride:])
	}
}

// addBack adds the wider matrix's adjoint to the part's, or sets it.
func (p part[T]) addBack(wide []T, rows int, set bool) {
	if p.x.Grad == nil {
		return
	}
	for r := range rows {
		own, bar := p.x.Grad[r*p.stride:][:p.x.Cols], wide[r*p.wide+p.from:][:p.x.Cols]
		if set {
			copy(own, bar)
		} else {
			kern.Add(own, bar)
		}
	}
}
