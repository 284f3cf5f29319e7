package diag

import (
	"math"

	"gonum.org/v1/gonum/lapack/gonum"

	"pinnlab/core/kern"
)

// An Eigen computes all eigenvalues of a symmetric matrix, in steps: Householder
// reflections make it tridiagonal, a column each (Golub and Van Loan, Matrix
// Computations, 4th ed., section 8.3.1). gonum has it in one call, which a page
// cannot wait for.
type Eigen struct {
	n      int
	a      []float64 // n×n, both triangles; what is left to reduce is its end
	col    int
	d, e   []float64 // diagonal, and what is beside it
	v, w   []float64
	values []float64
}

func newEigen(n int) *Eigen {
	return &Eigen{
		n: n, a: make([]float64, n*n), d: make([]float64, n), e: make([]float64, max(0, n-1)),
		v: make([]float64, n), w: make([]float64, n),
	}
}

// Step reduces one column and reports whether there is more to do.
func (e *Eigen) Step() bool {
	if e.col == e.n {
		return false
	}
	k := e.col
	row := e.a[k*e.n+k : (k+1)*e.n]
	e.d[k] = row[0]
	if rest := row[1:]; len(rest) == 1 {
		e.e[k] = rest[0]
	} else if len(rest) > 1 {
		e.e[k] = e.reflect(rest)
	}
	e.col++
	return e.col < e.n
}

// reflect applies the reflection I - v vᵀ that takes x to a multiple of the
// first unit vector to the block below and right of x, and returns the multiple.
//
//	A -= v wᵀ + w vᵀ    with p = A v, w = p - ½ (vᵀp) v
func (e *Eigen) reflect(x []float64) float64 {
	m := len(x)
	norm := math.Sqrt(kern.LongDot(x[1:], x[1:]))
	if norm == 0 {
		return x[0]
	}
	alpha := -math.Copysign(math.Sqrt(kern.LongDot(x, x)), x[0])
	v, w := e.v[:m], e.w[:m]
	copy(v, x)
	v[0] -= alpha
	size := math.Sqrt(float64(-alpha * v[0])) // so that v·v = 2
	for i := range v {
		v[i] /= size
	}
	clear(w)
	block := func(i int) []float64 {
		at := (e.n-m+i)*e.n + e.n - m
		return e.a[at : at+m]
	}
	for i, c := range v {
		kern.Axpy(w, c, block(i))
	}
	kern.Axpy(w, -0.5*kern.LongDot(v, w), v)
	for i := range v {
		kern.Axpy(block(i), -v[i], w)
		kern.Axpy(block(i), -w[i], v)
	}
	return alpha
}

// Values returns the eigenvalues, rising, once Step has reported that there is
// no more to do; NaN if an entry of the matrix was not finite.
func (e *Eigen) Values() []float64 {
	if e.col < e.n {
		panic("diag: Values: columns are left")
	}
	if e.values != nil {
		return e.values
	}
	e.values = append([]float64{}, e.d...)
	size := kern.LongDot(e.d, e.d) + kern.LongDot(e.e, e.e)
	if size-size != 0 {
		for i := range e.values {
			e.values[i] = math.NaN()
		}
	} else if !(gonum.Implementation{}).Dsterf(e.n, e.values, append([]float64(nil), e.e...)) {
		panic("diag: Values: no convergence of a finite tridiagonal matrix")
	}
	return e.values
}
