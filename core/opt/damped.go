package opt

import (
	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas64"
	"gonum.org/v1/gonum/lapack/lapack64"

	_ "pinnlab/core/dense" // LAPACK's products
	"pinnlab/core/kern"
)

// Damped solves the damped least squares problem of a Jacobian J of N rows and n
// columns,
//
//	d = (JᵀJ + μ I)⁻¹ Jᵀ c = Jᵀ (J Jᵀ + μ I)⁻¹ c,
//
// by the smaller of the two matrices.
type Damped struct {
	J []float64 // row by row

	rows, columns int
	wide          bool // by J Jᵀ
	matrix        blas64.Symmetric
	factor        blas64.Triangular
	right         blas64.General // hand side of a solve
}

// NewDamped returns one for a Jacobian of so many rows and columns.
func NewDamped(rows, columns int) *Damped { return NewDampedBy(rows, columns, rows < columns) }

// NewDampedBy chooses the matrix: J Jᵀ if wide.
func NewDampedBy(rows, columns int, wide bool) *Damped {
	m := columns
	if wide {
		m = rows
	}
	return &Damped{
		J: make([]float64, rows*columns), rows: rows, columns: columns, wide: wide,
		matrix: blas64.Symmetric{Uplo: blas.Upper, N: m, Stride: m, Data: make([]float64, m*m)},
		factor: blas64.Triangular{Uplo: blas.Upper, Diag: blas.NonUnit, N: m, Stride: m, Data: make([]float64, m*m)},
		right:  blas64.General{Rows: m, Cols: 1, Stride: 1, Data: make([]float64, m)},
	}
}

// Form makes the matrix of the present J.
func (s *Damped) Form() {
	way := blas.Trans
	if s.wide {
		way = blas.NoTrans
	}
	blas64.Syrk(way, 1, blas64.General{Rows: s.rows, Cols: s.columns, Stride: s.columns, Data: s.J}, 0, s.matrix)
}

// Damp factorises the matrix with μ. It reports whether that can be done; more
// damping helps where not.
func (s *Damped) Damp(mu float64) bool {
	m := s.matrix.N
	copy(s.factor.Data, s.matrix.Data)
	for i := range m {
		s.factor.Data[i*m+i] += mu
	}
	_, ok := lapack64.Potrf(blas64.Symmetric{Uplo: blas.Upper, N: m, Stride: m, Data: s.factor.Data})
	return ok
}

// Solve sets d to the solution for c.
func (s *Damped) Solve(d, c []float64) {
	if s.wide {
		copy(s.right.Data, c)
		lapack64.Potrs(s.factor, s.right)
		s.Transposed(d, s.right.Data)
		return
	}
	s.Transposed(s.right.Data, c)
	lapack64.Potrs(s.factor, s.right)
	copy(d, s.right.Data)
}

// Times sets y = J d.
func (s *Damped) Times(y, d []float64) {
	for i := range y {
		y[i] = kern.LongDot(s.J[i*s.columns:(i+1)*s.columns], d)
	}
}

// Transposed sets g = Jᵀ w.
func (s *Damped) Transposed(g, w []float64) {
	clear(g)
	for i, v := range w {
		kern.Axpy(g, v, s.J[i*s.columns:(i+1)*s.columns])
	}
}
