package bench

import (
	"fmt"
	"math"
	"math/rand/v2"
	"sync"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas64"
	"gonum.org/v1/gonum/lapack/lapack64"

	_ "pinnlab/core/dense" // LAPACK's products
)

// The sizes of a step of the method GN on the Helmholtz problem: residuals and
// parameters.
const residuals, parameters = 1600, 1297

// algebra are the parts of a step of least squares: forming JᵀJ, half of which
// suffices, its Cholesky factorisation, and a solve.
func algebra() (list []Case) {
	src := rand.New(rand.NewPCG(1, 0))
	const n = parameters
	jacobian := sync.OnceValue(func() blas64.General {
		j := blas64.General{Rows: residuals, Cols: n, Stride: n, Data: make([]float64, residuals*n)}
		for i := range j.Data {
			j.Data[i] = 2*src.Float64() - 1
		}
		return j
	})
	normal := sync.OnceValue(func() blas64.Symmetric {
		a := blas64.Symmetric{Uplo: blas.Upper, N: n, Stride: n, Data: make([]float64, n*n)}
		blas64.Syrk(blas.Trans, 1, jacobian(), 0, a)
		for i := range n {
			a.Data[i*n+i]++
		}
		return a
	})
	add := func(name string, flop float64, open func() func()) {
		list = append(list, Case{"Kernel/type=float64/" + name + "/impl=fast", func() (Subject, error) {
			do := open()
			return Subject{Do: func() error { do(); return nil }, Flop: flop}, nil
		}})
	}
	add(fmt.Sprintf("Gram%dx%d", residuals, n), residuals*n*n, func() func() {
		j, a := jacobian(), blas64.Symmetric{Uplo: blas.Upper, N: n, Stride: n, Data: make([]float64, n*n)}
		return func() { blas64.Syrk(blas.Trans, 1, j, 0, a) }
	})
	add(fmt.Sprintf("Cholesky%d", n), math.Pow(n, 3)/3, func() func() {
		a, f := normal(), blas64.Symmetric{Uplo: blas.Upper, N: n, Stride: n, Data: make([]float64, n*n)}
		return func() {
			copy(f.Data, a.Data)
			lapack64.Potrf(f)
		}
	})
	add(fmt.Sprintf("Solve%d", n), 2*n*n, func() func() {
		a := normal()
		f := blas64.Symmetric{Uplo: blas.Upper, N: n, Stride: n, Data: append([]float64(nil), a.Data...)}
		t, _ := lapack64.Potrf(f)
		x := blas64.General{Rows: n, Cols: 1, Stride: 1, Data: make([]float64, n)}
		return func() {
			x.Data[0] = 1
			lapack64.Potrs(t, x)
		}
	})
	return list
}
