package dense

import (
	"gonum.org/v1/gonum/blas"

	"pinnlab/core/kern"
)

// Ddot returns x·y, one sum in order.
func (BLAS) Ddot(n int, x []float64, incX int, y []float64, incY int) (sum float64) {
	if n <= 0 {
		return 0
	}
	ix, iy := begin(n, incX), begin(n, incY)
	for range n {
		sum += float64(x[ix] * y[iy])
		ix, iy = ix+incX, iy+incY
	}
	return sum
}

// Dscal sets x = α x.
func (BLAS) Dscal(n int, alpha float64, x []float64, incX int) {
	if incX < 0 {
		return
	}
	for i := range n {
		x[i*incX] *= alpha
	}
}

// Daxpy sets y = y + α x.
func (BLAS) Daxpy(n int, alpha float64, x []float64, incX int, y []float64, incY int) {
	if n <= 0 {
		return
	}
	ix, iy := begin(n, incX), begin(n, incY)
	for range n {
		y[iy] += float64(alpha * x[ix])
		ix, iy = ix+incX, iy+incY
	}
}

// Dgemv sets y = β y + α op(A) x, where A is m×n. Each number of y is one sum, in
// order.
func (s BLAS) Dgemv(ta blas.Transpose, m, n int, alpha float64, a []float64, lda int, x []float64, incX int, beta float64, y []float64, incY int) {
	if ta != blas.NoTrans {
		m, n = n, m // of op(A)
	}
	if m == 0 || n == 0 && beta == 1 {
		return
	}
	iy := begin(m, incY)
	for i, at := 0, iy; i < m; i, at = i+1, at+incY {
		if beta == 0 {
			y[at] = 0
		} else {
			y[at] *= beta
		}
	}
	ix := begin(n, incX)
	if ta == blas.NoTrans {
		for i := range m {
			sum, at := 0.0, ix
			for _, v := range a[i*lda:][:n] {
				sum += float64(v * x[at])
				at += incX
			}
			y[iy+i*incY] += float64(alpha * sum)
		}
		return
	}
	for j, at := 0, ix; j < n; j, at = j+1, at+incX {
		f := alpha * x[at]
		if row := a[j*lda:][:m]; incY == 1 {
			kern.Axpy(y[iy:][:m], f, row)
		} else {
			for i, v := range row {
				y[iy+i*incY] += float64(f * v)
			}
		}
	}
}

// begin returns where a vector begins: at its far end where it runs backwards.
func begin(n, inc int) int {
	if inc < 0 {
		return (1 - n) * inc
	}
	return 0
}
