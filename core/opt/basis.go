package opt

import (
	"cmp"
	"math"
	"slices"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas64"

	"pinnlab/core/kern"
	"pinnlab/core/wire"
)

// A basis follows the eigenvectors of a symmetric n×n matrix that changes slowly.
// Its loops round every product, which gonum's eigenvalues and QR do not on all
// machines.
type basis struct {
	n    int
	mean []float64 // the matrix
	q    []float64 // an eigenvector each row, the largest eigenvalue's first
	// order has which row of q each was before the last improvement.
	order []int

	image, values []float64
	tau           []float64
}

func newBasis(n int) *basis {
	return &basis{
		n: n, mean: make([]float64, n*n), q: make([]float64, n*n), order: make([]int, n),
		image: make([]float64, n*n), values: make([]float64, n), tau: make([]float64, n),
	}
}

// start finds the eigenvectors, by Jacobi's rotations (Golub, Van Loan, Matrix
// Computations, 4th ed., section 8.5).
func (b *basis) start() {
	n, a := b.n, b.image
	copy(a, b.mean)
	clear(b.q)
	for i := range n {
		b.q[i*n+i] = 1
	}
	for range sweeps {
		beside, all := 0.0, 0.0
		for i := range n {
			for j, v := range a[i*n : (i+1)*n] {
				all += float64(v * v)
				if j != i {
					beside += float64(v * v)
				}
			}
		}
		if !(beside > 1e-30*all) {
			break
		}
		for p := range n {
			for r := p + 1; r < n; r++ {
				b.jacobi(a, p, r)
			}
		}
	}
	for i := range n {
		b.values[i] = a[i*n+i]
	}
	copy(a, b.q)
	b.sort()
	for i, row := range b.order {
		copy(b.q[i*n:(i+1)*n], a[row*n:])
	}
}

const sweeps = 30 // most of Jacobi's; ten are usual

// jacobi makes a[p, r] zero by a rotation.
func (b *basis) jacobi(a []float64, p, r int) {
	n := b.n
	beside := a[p*n+r]
	if beside == 0 {
		return
	}
	theta := (a[r*n+r] - a[p*n+p]) / (2 * beside)
	t := math.Copysign(1/(math.Abs(theta)+math.Sqrt(float64(theta*theta)+1)), theta)
	c := 1 / math.Sqrt(float64(t*t)+1)
	s := t * c
	rotateRows(a[p*n:(p+1)*n], a[r*n:(r+1)*n], c, s)
	for i := range n {
		x, y := a[i*n+p], a[i*n+r]
		a[i*n+p], a[i*n+r] = float64(c*x)-float64(s*y), float64(s*x)+float64(c*y)
	}
	rotateRows(b.q[p*n:(p+1)*n], b.q[r*n:(r+1)*n], c, s)
}

func rotateRows(x, y []float64, c, s float64) {
	for i, v := range x {
		w := y[i]
		x[i], y[i] = float64(c*v)-float64(s*w), float64(s*v)+float64(c*w)
	}
}

// sort sets order to that of the values, falling.
func (b *basis) sort() {
	for i := range b.order {
		b.order[i] = i
	}
	slices.SortFunc(b.order, func(i, j int) int { return cmp.Or(cmp.Compare(b.values[j], b.values[i]), i-j) })
}

// improve takes one step of power iteration and makes its result orthonormal.
func (b *basis) improve() {
	n := b.n
	multiply(b.image, n, n, n, b.q, false, b.mean, false, 1, 0)
	for i := range n {
		b.values[i] = kern.LongDot(b.q[i*n:(i+1)*n], b.image[i*n:(i+1)*n])
	}
	b.sort()
	for i, row := range b.order {
		copy(b.q[i*n:(i+1)*n], b.image[row*n:])
	}
	b.orthonormalise()
}

// orthonormalise sets the rows of q to the rows of Q in Aᵀ = Qᵀ R, where Aᵀ has
// the present rows as columns, by Householder's reflections: also where those are
// not independent.
func (b *basis) orthonormalise() {
	n, a := b.n, b.image
	copy(a, b.q)
	for k := range n {
		x := a[k*n+k : (k+1)*n]
		size := math.Sqrt(kern.LongDot(x, x))
		if b.tau[k] = 0; size == 0 {
			continue // nothing to reflect
		}
		scale := math.Abs(x[0]) + size
		b.tau[k] = scale / size // I - τ x xᵀ with x[0] = 1
		scale = math.Copysign(scale, x[0])
		for i := range x {
			x[i] /= scale
		}
		x[0] = 1
		for i := k + 1; i < n; i++ {
			b.reflect(a[i*n+k:(i+1)*n], x, k)
		}
	}
	clear(b.q)
	for i := range n {
		b.q[i*n+i] = 1
	}
	for k := n - 1; k >= 0; k-- {
		x := a[k*n+k : (k+1)*n]
		for i := k; i < n; i++ {
			b.reflect(b.q[i*n+k:(i+1)*n], x, k)
		}
	}
}

// reflect applies reflection k, that of x, to row.
func (b *basis) reflect(row, x []float64, k int) {
	if b.tau[k] != 0 {
		kern.Axpy(row, -b.tau[k]*kern.LongDot(row, x), x)
	}
}

// Code implements [method.Keeper].
func (b *basis) Code(c *wire.Coder) {
	wire.Exactly(c, b.mean)
	wire.Exactly(c, b.q)
}

// multiply sets C = β C + α op(A) op(B), where C is m×n and op(A) m×k; op is the
// transpose where said so.
func multiply(c []float64, m, n, k int, a []float64, ta bool, b []float64, tb bool, alpha, beta float64) {
	general := func(x []float64, rows, columns int, flipped bool) (blas64.General, blas.Transpose) {
		if flipped {
			return blas64.General{Rows: columns, Cols: rows, Stride: rows, Data: x}, blas.Trans
		}
		return blas64.General{Rows: rows, Cols: columns, Stride: columns, Data: x}, blas.NoTrans
	}
	ga, wa := general(a, m, k, ta)
	gb, wb := general(b, k, n, tb)
	blas64.Gemm(wa, wb, alpha, ga, gb, beta, blas64.General{Rows: m, Cols: n, Stride: n, Data: c})
}
