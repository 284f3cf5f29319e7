package dense

import (
	"slices"

	"gonum.org/v1/gonum/blas"

	"pinnlab/core/kern"
)

// block is about how many columns of a result are formed at once.
const block = 128

// Dgemm sets C = β C + α op(A) op(B), where op(A) is m×k and op(B) is k×n. Each
// number of C is one sum, over k in order.
func (BLAS) Dgemm(ta, tb blas.Transpose, m, n, k int, alpha float64, a []float64, lda int, b []float64, ldb int, beta float64, c []float64, ldc int) {
	left := part{a, lda, ta == blas.NoTrans} // op(A)ᵀ, k×m
	right := part{b, ldb, tb != blas.NoTrans}
	memory := borrow()
	defer memory.giveBack()
	pa := left.pack(&memory.a, k, m, alpha)
	for j := 0; j < n; j += block {
		w := min(block, n-j)
		pb := right.from(0, j).pack(&memory.b, k, w, 1)
		target := part{c[j:], ldc, false}
		pc := target.pack(&memory.c, m, w, beta)
		kern.AddMatMulT(pc, pa, pb, k, m, w)
		target.unpack(pc, m, w)
	}
}

// Dsyrk sets the triangle of C = β C + α op(A) op(A)ᵀ, where op(A) is n×k.
func (s BLAS) Dsyrk(ul blas.Uplo, ta blas.Transpose, n, k int, alpha float64, a []float64, lda int, beta float64, c []float64, ldc int) {
	op := part{a, lda, ta != blas.NoTrans} // op(A)
	other := blas.Trans
	if ta != blas.NoTrans {
		other = blas.NoTrans
	}
	memory := borrow()
	defer memory.giveBack()
	memory.x = slices.Grow(memory.x[:0], block*block)[:block*block]
	corner := memory.x
	for i := 0; i < n; i += block {
		w := min(block, n-i)
		own := op.from(i, 0).data
		s.Dgemm(ta, other, w, w, k, alpha, own, lda, own, lda, 0, corner, block)
		for r := range w {
			lo, hi := r, w
			if ul == blas.Lower {
				lo, hi = 0, r+1
			}
			row := c[(i+r)*ldc+i:][lo:hi]
			for j, v := range corner[r*block:][lo:hi] {
				row[j] = float64(beta*row[j]) + v
			}
		}
		rest := op.from(i+w, 0).data
		if i+w == n {
			break
		}
		if ul == blas.Upper {
			s.Dgemm(ta, other, w, n-i-w, k, alpha, own, lda, rest, lda, beta, c[i*ldc+i+w:], ldc)
		} else {
			s.Dgemm(ta, other, n-i-w, w, k, alpha, rest, lda, own, lda, beta, c[(i+w)*ldc+i:], ldc)
		}
	}
}

// strip is the size of a triangle that is solved row by row.
const strip = 16

// Dtrsm solves op(A) X = α B, or X op(A) = α B, for X, which takes the place of
// the m×n matrix B.
func (s BLAS) Dtrsm(side blas.Side, ul blas.Uplo, ta blas.Transpose, diag blas.Diag, m, n int, alpha float64, a []float64, lda int, b []float64, ldb int) {
	if side == blas.Right { // op(A)ᵀ Xᵀ = α Bᵀ
		memory := borrow()
		defer memory.giveBack()
		target := part{b, ldb, true}
		t := target.pack(&memory.x, n, m, 1)
		flip := blas.Trans
		if ta != blas.NoTrans {
			flip = blas.NoTrans
		}
		s.Dtrsm(blas.Left, ul, flip, diag, n, m, alpha, a, lda, t, kern.Stride[float64](m))
		target.unpack(t, n, m)
		return
	}
	if alpha != 1 {
		for i := range m {
			scale(b[i*ldb:][:n], alpha)
		}
	}
	t := triangle{part{a, lda, ta != blas.NoTrans}, (ul == blas.Lower) == (ta == blas.NoTrans), diag == blas.Unit}
	t.solve(s, m, n, b, ldb)
}

// A triangle is op(A) of a triangular matrix A: lower says what op(A) is.
type triangle struct {
	part
	lower, unit bool
}

// solve sets B, m×n, to the solution X of op(A) X = B.
func (t triangle) solve(s BLAS, m, n int, b []float64, ldb int) {
	if m <= strip {
		t.rows(m, n, b, ldb)
		return
	}
	h := m / 2
	low := triangle{t.from(h, h), t.lower, t.unit}
	upper, lower := b, b[h*ldb:]
	ta := blas.NoTrans
	if t.flipped {
		ta = blas.Trans
	}
	if t.lower {
		t.solve(s, h, n, upper, ldb)
		s.Dgemm(ta, blas.NoTrans, m-h, n, h, -1, t.from(h, 0).data, t.stride, upper, ldb, 1, lower, ldb)
		low.solve(s, m-h, n, lower, ldb)
		return
	}
	low.solve(s, m-h, n, lower, ldb)
	s.Dgemm(ta, blas.NoTrans, h, n, m-h, -1, t.from(0, h).data, t.stride, lower, ldb, 1, upper, ldb)
	t.solve(s, h, n, upper, ldb)
}

// rows is solve row by row, for a small triangle.
func (t triangle) rows(m, n int, b []float64, ldb int) {
	for k := range m {
		i, lo, hi := k, 0, k
		if !t.lower {
			i = m - 1 - k
			lo, hi = i+1, m
		}
		row := b[i*ldb:][:n]
		for j := lo; j < hi; j++ {
			kern.Axpy(row, -t.at(i, j), b[j*ldb:][:n])
		}
		if !t.unit {
			d := t.at(i, i)
			for j := range row {
				row[j] /= d
			}
		}
	}
}
