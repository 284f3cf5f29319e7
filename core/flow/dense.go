package flow

import (
	"math"

	"pinnlab/core/kern"
)

// cholesky replaces the lower triangle of the symmetric positive definite a by
// its Cholesky factor.
func cholesky(a matrix) {
	for j := range a.rows {
		rj := a.row(j)
		d := math.Sqrt(rj[j] - kern.LongDot(rj[:j], rj[:j]))
		rj[j] = d
		for i := j + 1; i < a.rows; i++ {
			ri := a.row(i)
			ri[j] = (ri[j] - kern.LongDot(ri[:j], rj[:j])) / d
		}
	}
}

// choleskySolve replaces x by (l lᵀ)⁻¹ x for a lower triangle l.
func choleskySolve(l matrix, x []float64) {
	for i := range x {
		row := l.row(i)
		x[i] = (x[i] - kern.LongDot(row[:i], x[:i])) / row[i]
	}
	for i := len(x) - 1; i >= 0; i-- {
		row := l.row(i)
		x[i] /= row[i]
		v := x[i]
		for j, w := range row[:i] {
			x[j] -= float64(w * v)
		}
	}
}

// symmetricEigen returns the eigenvalues of the symmetric a, in no order, and
// its eigenvectors as columns, by Jacobi's rotations. It serves matrices of a
// hundred rows or so.
func symmetricEigen(a matrix) (values []float64, vectors matrix) {
	n := a.rows
	w, v := newMatrix(n, n), newMatrix(n, n) // v holds eigenvectors in rows
	copy(w.a, a.a)
	for i := range n {
		v.row(i)[i] = 1
	}
	for rotated, sweep := true, 0; rotated && sweep < 30; sweep++ {
		rotated = false
		for p := range n {
			for q := p + 1; q < n; q++ {
				rotated = jacobi(w, v, p, q) || rotated
			}
		}
	}
	values = make([]float64, n)
	for i := range n {
		values[i] = w.row(i)[i]
	}
	return values, v.transposed()
}

// jacobi rotates the planes p and q of w so that its entry (p, q) vanishes, and
// reports whether it had to.
func jacobi(w, v matrix, p, q int) bool {
	wp, wq := w.row(p), w.row(q)
	off := wp[q]
	if off == 0 || math.Abs(off) < 1e-17*math.Sqrt(math.Abs(float64(wp[p]*wq[q]))) {
		wp[q], wq[p] = 0, 0
		return false
	}
	theta := (wq[q] - wp[p]) / (2 * off)
	t := 1 / (math.Abs(theta) + math.Sqrt(1+float64(theta*theta)))
	if theta < 0 {
		t = -t
	}
	c := 1 / math.Sqrt(1+float64(t*t))
	s := float64(t * c)
	dp, dq := wp[p]-float64(t*off), wq[q]+float64(t*off)
	rotate(wp, wq, c, s)
	wp[p], wq[q], wp[q], wq[p] = dp, dq, 0, 0
	for i := range w.rows {
		w.row(i)[p], w.row(i)[q] = wp[i], wq[i]
	}
	rotate(v.row(p), v.row(q), c, s)
	return true
}

// rotate turns the pair of rows x, y by the angle with cosine c and sine s.
func rotate(x, y []float64, c, s float64) {
	for i, xi := range x {
		yi := y[i]
		x[i] = float64(c*xi) - float64(s*yi)
		y[i] = float64(s*xi) + float64(c*yi)
	}
}
