package dense

import (
	"math"
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas64"
	"gonum.org/v1/gonum/blas/gonum"
	"gonum.org/v1/gonum/blas/testblas"
	lapack "gonum.org/v1/gonum/lapack/gonum"
	"gonum.org/v1/gonum/lapack/lapack64"
	"gonum.org/v1/gonum/lapack/testlapack"
)

// TestAgainstGonum runs gonum's own tests of these routines, and of the
// factorisation and the solve that reach them.
func TestAgainstGonum(t *testing.T) {
	testblas.TestDgemm(t, BLAS{})
	testblas.DsyrkTest(t, BLAS{})
	testblas.DtrsmTest(t, BLAS{})
	testlapack.DpotrfTest(t, lapack.Implementation{})
	testlapack.DpotrsTest(t, lapack.Implementation{})
}

// TestVectors compares the routines on vectors with gonum's, at steps other than
// one, backwards too.
func TestVectors(t *testing.T) {
	const m, n = 7, 5
	near := func(what string, got, want []float64) {
		t.Helper()
		for i, v := range want {
			if !(math.Abs(got[i]-v) < 1e-14) {
				t.Fatalf("%s: number %d is %v, want %v", what, i, got[i], v)
			}
		}
	}
	ours, theirs := BLAS{}, gonum.Implementation{}
	a, x := random(1, m, n), random(2, 1, 3*m).Data
	for _, incX := range []int{1, 3, -2} {
		for _, incY := range []int{1, 2, -3} {
			for _, beta := range []float64{1, -0.5} {
				for _, ta := range []blas.Transpose{blas.NoTrans, blas.Trans} {
					got, want := random(3, 1, 3*m).Data, random(3, 1, 3*m).Data
					ours.Dgemv(ta, m, n, 0.7, a.Data, n, x, incX, beta, got, incY)
					theirs.Dgemv(ta, m, n, 0.7, a.Data, n, x, incX, beta, want, incY)
					near("Dgemv", got, want)
				}
			}
			got, want := random(3, 1, 3*m).Data, random(3, 1, 3*m).Data
			ours.Daxpy(m, 0.7, x, incX, got, incY)
			theirs.Daxpy(m, 0.7, x, incX, want, incY)
			near("Daxpy", got, want)
			near("Ddot", []float64{ours.Ddot(m, x, incX, got, incY)}, []float64{theirs.Ddot(m, x, incX, want, incY)})
			ours.Dscal(m, 0.3, got, incX)
			theirs.Dscal(m, 0.3, want, incX)
			near("Dscal", got, want)
		}
	}
}

// random returns an m×n matrix of numbers in [-1, 1).
func random(seed uint64, m, n int) blas64.General {
	src := rand.New(rand.NewPCG(seed, 0))
	a := blas64.General{Rows: m, Cols: n, Stride: n, Data: make([]float64, m*n)}
	for i := range a.Data {
		a.Data[i] = 2*src.Float64() - 1
	}
	return a
}

// normal returns Jᵀ J + I of a random J, upper triangle.
func normal(n int) blas64.Symmetric {
	j := random(1, 2*n, n)
	a := blas64.Symmetric{Uplo: blas.Upper, N: n, Stride: n, Data: make([]float64, n*n)}
	for i := range n {
		a.Data[i*n+i] = 1
	}
	blas64.Syrk(blas.Trans, 1, j, 1, a)
	return a
}

func BenchmarkGram(b *testing.B) {
	j := random(1, 1600, 921)
	a := blas64.Symmetric{Uplo: blas.Upper, N: j.Cols, Stride: j.Cols, Data: make([]float64, j.Cols*j.Cols)}
	for b.Loop() {
		blas64.Syrk(blas.Trans, 1, j, 0, a)
	}
	rate(b, float64(j.Rows)*float64(j.Cols)*float64(j.Cols))
}

func BenchmarkCholesky(b *testing.B) {
	a := normal(921)
	f := a
	f.Data = make([]float64, len(a.Data))
	for b.Loop() {
		copy(f.Data, a.Data)
		lapack64.Potrf(f)
	}
	rate(b, math.Pow(float64(a.N), 3)/3)
}

func BenchmarkSolve(b *testing.B) {
	t, _ := lapack64.Potrf(normal(921))
	x := random(2, t.N, 1)
	for b.Loop() {
		lapack64.Potrs(t, x)
	}
	rate(b, 2*float64(t.N)*float64(t.N))
}

func rate(b *testing.B, flop float64) {
	b.ReportMetric(flop*float64(b.N)/b.Elapsed().Seconds()/1e9, "GFLOP/s")
	b.ReportAllocs()
}
