package flow

import "pinnlab/core/kern"

// A matrix is rows×cols, row-major with the row stride of kern's products.
// The padding beyond cols is zero and stays so.
type matrix struct {
	rows, cols, stride int
	a                  []float64
}

func newMatrix(rows, cols int) matrix {
	stride := kern.Stride[float64](cols)
	return matrix{rows, cols, stride, make([]float64, rows*stride)}
}

// row returns row i without its padding.
func (m matrix) row(i int) []float64 { return m.a[i*m.stride : i*m.stride+m.cols] }

// mul sets m = a·b, or m += a·b if acc.
func (m matrix) mul(a, b matrix, acc bool) {
	if a.cols != b.rows || m.rows != a.rows || m.cols != b.cols {
		panic("flow: mul: shape mismatch")
	}
	kern.MatMul(m.a, a.a, b.a, a.rows, a.cols, b.cols, acc)
}

// transposed returns a copy of mᵀ.
func (m matrix) transposed() matrix {
	t := newMatrix(m.cols, m.rows)
	kern.Transpose(t.a, m.a, m.rows, m.cols)
	return t
}

// pack copies m without its padding into v, of rows·cols numbers.
func (m matrix) pack(v []float64) {
	for i := range m.rows {
		copy(v[i*m.cols:(i+1)*m.cols], m.row(i))
	}
}

// unpack is the inverse of pack.
func (m matrix) unpack(v []float64) {
	for i := range m.rows {
		copy(m.row(i), v[i*m.cols:(i+1)*m.cols])
	}
}
