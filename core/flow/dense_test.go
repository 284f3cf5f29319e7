package flow

import (
	"math"
	"slices"
	"testing"

	"gonum.org/v1/gonum/mat"

	"pinnlab/core/kern"
)

func dense(m matrix) *mat.Dense {
	d := mat.NewDense(m.rows, m.cols, nil)
	for i := range m.rows {
		d.SetRow(i, m.row(i))
	}
	return d
}

// definite returns a symmetric positive definite n×n matrix.
func definite(n int, seed uint64) matrix {
	r := randomMatrix(n, n, seed)
	a := newMatrix(n, n)
	a.mul(r, r.transposed(), false)
	for i := range n {
		a.row(i)[i]++
	}
	return a
}

func TestCholesky(t *testing.T) {
	for _, n := range []int{1, 2, 7, 30} {
		a := definite(n, uint64(n))
		b := randomMatrix(1, n, 9).row(0)
		var want mat.VecDense
		if err := want.SolveVec(dense(a), mat.NewVecDense(n, b)); err != nil {
			t.Fatal(err)
		}
		x := slices.Clone(b)
		cholesky(a)
		choleskySolve(a, x)
		for i, v := range x {
			if !near(v, want.AtVec(i), 1e-10) {
				t.Errorf("n=%d: x[%d] = %.12g, want %.12g", n, i, v, want.AtVec(i))
			}
		}
	}
}

func TestSymmetricEigen(t *testing.T) {
	const n = 25
	a := definite(n, 3)
	values, q := symmetricEigen(a)
	qTq, aq := newMatrix(n, n), newMatrix(n, n)
	qTq.mul(q.transposed(), q, false)
	checkIdentity(t, "QᵀQ", qTq, 1e-13)
	aq.mul(a, q, false)
	for i := range n {
		for j := range n {
			if !near(aq.row(i)[j], values[j]*q.row(i)[j], 1e-11) {
				t.Errorf("(AQ)_%d%d = %g, want %g", i, j, aq.row(i)[j], values[j]*q.row(i)[j])
			}
		}
	}
}

func TestSpectralNorm(t *testing.T) {
	rank1 := newMatrix(6, 4)
	for i := range 6 {
		for j := range 4 {
			rank1.row(i)[j] = float64((i + 1) * (j - 2))
		}
	}
	tests := []struct {
		name string
		a    matrix
	}{
		{"square", randomMatrix(40, 40, 4)},
		{"wide", randomMatrix(5, 30, 5)},
		{"tall", randomMatrix(30, 5, 6)},
		{"one", randomMatrix(1, 1, 7)},
		{"rank one", rank1},
		{"zero", newMatrix(3, 3)},
		{"twice the same value", definite2()},
	}
	for _, test := range tests {
		var svd mat.SVD
		if !svd.Factorize(dense(test.a), mat.SVDNone) {
			t.Fatal("no SVD")
		}
		want := svd.Values(nil)[0]
		flat := make([]float64, test.a.rows*test.a.cols)
		test.a.pack(flat)
		if got := SpectralNorm(flat, test.a.rows, test.a.cols); !near(got, want, 1e-12*want) {
			t.Errorf("%s: %.15g, want %.15g", test.name, got, want)
		}
	}
	for _, v := range []float64{math.NaN(), math.Inf(1)} {
		if got := SpectralNorm([]float64{1, v, 2, 3}, 2, 2); !math.IsNaN(got) {
			t.Errorf("norm of a matrix with %g = %g, want NaN", v, got)
		}
	}
}

func definite2() matrix {
	m := newMatrix(3, 3)
	m.row(0)[0], m.row(1)[1], m.row(2)[2] = 2, -2, 1
	return m
}

func TestRelativeL2(t *testing.T) {
	got := RelativeL2([]float64{3, 0}, []float64{0, 5}, []float64{3, 0}, []float64{0, 4})
	if want := 0.2; !near(got, want, 1e-16) {
		t.Errorf("got %g, want %g", got, want)
	}
}

func TestKrylov(t *testing.T) {
	const n = 40
	a := randomMatrix(n, n, 8)
	for i := range n {
		a.row(i)[i] += 8
	}
	b := randomMatrix(1, n, 9).row(0)
	apply := func(y, x []float64) {
		for i := range n {
			y[i] = kern.LongDot(a.row(i), x)
		}
	}
	always := func(float64) bool { return true }
	for _, restart := range []int{n, 12} {
		k, x, r := newKrylov(n, restart), make([]float64, n), make([]float64, n)
		if !k.solve(apply, x, b, 1e-12, 500, always) {
			t.Fatal("solve stopped by itself")
		}
		apply(r, x)
		for i := range r {
			if !near(r[i], b[i], 1e-10) {
				t.Errorf("restart %d: (Ax)_%d = %.12g, want %.12g", restart, i, r[i], b[i])
			}
		}
		steps := 0
		if k.solve(apply, x, b, 1e-12, 500, func(float64) bool { steps++; return steps < 3 }) || steps != 3 {
			t.Errorf("restart %d: not stopped after three steps but %d", restart, steps)
		}
		if k.solve(apply, x, make([]float64, n), 1e-12, 500, always); slices.ContainsFunc(x, func(v float64) bool { return v != 0 }) {
			t.Errorf("restart %d: solution %v of a zero right-hand side", restart, x)
		}
	}
}
