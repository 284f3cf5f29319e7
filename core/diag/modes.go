package diag

import (
	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas64"
	"gonum.org/v1/gonum/mat"

	_ "pinnlab/core/dense" // the products
	"pinnlab/core/opt"
	"pinnlab/core/record"
	"pinnlab/core/residual"
	"pinnlab/core/train"
)

// Points of the kernel: so many of them inside and on each side of the boundary,
// fewer where there would be more residuals than mostModes, or J would have more
// numbers than mostOfJ.
const (
	modesInside = 128
	modesASide  = 24
	mostOfJ     = 6 << 20
	mostModes   = 400
)

// ModesOf returns the modes of the tangent kernel J Jᵀ of a run's weighted
// residuals, on points of their own, and how large the residuals are in each: now
// and at the run's start. What training leaves stands in modes whose eigenvalues
// are small (S. Wang, X. Yu, P. Perdikaris, J. Comput. Phys. 449, 2022, section 3).
func ModesOf(m *train.Moment) (modes record.Modes) {
	q := squaresOf(m)
	q.System.EachSet(m.Draw())
	q.Weigh(m.Weights)
	p := len(m.Theta)
	start, now := make([]float64, q.N), make([]float64, q.N)
	q.At(m.Start(), start)
	q.At(m.Theta, now)
	j := blas64.General{Rows: q.N, Cols: p, Stride: p, Data: make([]float64, q.N*p)}
	q.Jacobian(j.Data)
	kernel := blas64.Symmetric{Uplo: blas.Upper, N: q.N, Stride: q.N, Data: make([]float64, q.N*q.N)}
	blas64.Syrk(blas.NoTrans, 1, j, 0, kernel)
	var eigen mat.EigenSym
	var sym mat.SymDense
	sym.SetRawSymmetric(kernel)
	if !eigen.Factorize(&sym, true) {
		return modes // of numbers that are not finite
	}
	var v mat.Dense
	eigen.VectorsTo(&v)
	modes.At = uint64(m.Iteration)
	conditions := conditionsOf(q)
	values := eigen.Values(nil)
	for i := q.N - 1; i >= 0; i-- {
		var a, b, share float64
		for k := range q.N {
			c := v.At(k, i)
			a += c * start[k]
			b += c * now[k]
			share += c * c * conditions[k]
		}
		modes.Kappa = append(modes.Kappa, float32(max(values[i], 0)))
		modes.Start = append(modes.Start, float32(a*a))
		modes.Now = append(modes.Now, float32(b*b))
		modes.Conditions = append(modes.Conditions, float32(share))
	}
	return modes
}

// squaresOf returns the residuals of a run on as many points as J has room for.
func squaresOf(m *train.Moment) *opt.Squares {
	for part := 1; ; part *= 2 {
		batch := make([]int, len(m.Prob.Sets))
		for set := range batch {
			batch[set] = max(1, modesASide/part)
		}
		batch[0] = max(1, modesInside/part)
		q := opt.NewSquares(residual.New[float64](m.Prob, m.Net, batch))
		if q.N <= mostModes && q.N*len(m.Theta) <= mostOfJ || part > modesInside {
			return q
		}
	}
}

// conditionsOf says of each residual whether it is a condition's: 1 or 0.
func conditionsOf(q *opt.Squares) []float64 {
	columns := q.System.NewColumns()
	for i, t := range q.System.Prob.Terms {
		for k := range columns[i] {
			columns[i][k] = float64(min(t.Group, 1))
		}
	}
	list := make([]float64, 0, q.N)
	for _, c := range columns {
		list = append(list, c...)
	}
	return list
}
