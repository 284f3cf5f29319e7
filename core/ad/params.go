package ad

import "pinnlab/core/kern"

// A Param is one matrix of a network's parameters: Rows×Cols numbers, row by
// row from Offset in the flat vector theta. A bias has one row.
type Param struct {
	Name       string
	Rows, Cols int
	Offset     int

	index int
}

// Size returns the number of entries.
func (p Param) Size() int { return p.Rows * p.Cols }

// Layout is the order of a network's matrices in the flat vector theta.
type Layout []Param

// Add appends a matrix and returns it.
func (l *Layout) Add(name string, rows, cols int) Param {
	p := Param{name, rows, cols, l.Size(), len(*l)}
	*l = append(*l, p)
	return p
}

// Size returns the length of theta.
func (l Layout) Size() int {
	if len(l) == 0 {
		return 0
	}
	last := l[len(l)-1]
	return last.Offset + last.Size()
}

// Params holds a network's parameters as the kernels read them: padded rows,
// and the transposes that the reverse pass multiplies by. All tapes of a run
// read the same Params.
type Params[T kern.Float] struct {
	Layout Layout

	theta, dir matrices[T] // dir is a direction in parameter space, or empty
}

type matrices[T kern.Float] struct {
	val, transpose [][]T
}

func newMatrices[T kern.Float](l Layout) (m matrices[T]) {
	for _, p := range l {
		m.val = append(m.val, make([]T, p.Rows*kern.Stride[T](p.Cols)))
		m.transpose = append(m.transpose, make([]T, p.Cols*kern.Stride[T](p.Rows)))
	}
	return m
}

func (m matrices[T]) load(l Layout, flat []T) {
	if len(flat) != l.Size() {
		panic("ad: Load: wrong number of parameters")
	}
	for i, p := range l {
		s := kern.Stride[T](p.Cols)
		for r := range p.Rows {
			copy(m.val[i][r*s:], flat[p.Offset+r*p.Cols:p.Offset+(r+1)*p.Cols])
		}
		kern.Transpose(m.transpose[i], m.val[i], p.Rows, p.Cols)
	}
}

// NewParams returns parameters of the given layout, all zero. With direction,
// they also carry a direction, which tapes with a parameter direction need.
func NewParams[T kern.Float](l Layout, direction bool) *Params[T] {
	p := &Params[T]{Layout: l, theta: newMatrices[T](l)}
	if direction {
		p.dir = newMatrices[T](l)
	}
	return p
}

// Load copies the flat vector theta in.
func (p *Params[T]) Load(theta []T) { p.theta.load(p.Layout, theta) }

// LoadDirection copies a flat direction in parameter space in.
func (p *Params[T]) LoadDirection(v []T) { p.dir.load(p.Layout, v) }
