package diag

import (
	"math"
	"math/rand/v2"

	"gonum.org/v1/gonum/lapack"
	"gonum.org/v1/gonum/lapack/gonum"

	"pinnlab/core/kern"
)

// A krylov is the Lanczos recurrence with full reorthogonalisation: after k
// steps H Q = Q T + β q eᵀ, where the k rows of basis are the orthonormal
// columns of Q, T is tridiagonal and q the next basis vector (Golub and Van
// Loan, Matrix Computations, 4th ed., section 10.3). Orthogonalising against
// the whole basis, twice, keeps Ritz values from coming up more than once.
type krylov struct {
	op          Operator
	basis       [][]float64 // the rows are made when they are first needed
	k           int         // steps taken
	alpha, beta []float64   // T's diagonal; beta[i] follows step i
	next        []float64   // H q, then the next basis vector times beta
	scale       float64     // the largest column of T so far

	values, off []float64 // the eigenvalues of T, rising
	vectors     []float64 // k×k, an eigenvector in each column
	work        []float64
	lapack      gonum.Implementation
}

// start begins with the given vector, which need not be a unit vector, for at
// most limit steps.
func (s *krylov) start(op Operator, first []float64, limit int) {
	n := op.Size()
	limit = min(limit, n)
	if limit > len(s.alpha) || n != len(s.next) {
		*s = krylov{basis: make([][]float64, limit), alpha: make([]float64, limit), beta: make([]float64, limit),
			next: make([]float64, n), values: make([]float64, limit), off: make([]float64, limit),
			vectors: make([]float64, limit*limit), work: make([]float64, max(1, 2*limit))}
	}
	s.op, s.k, s.scale = op, 0, 0
	copy(s.next, first)
	s.push(math.Sqrt(kern.LongDot(s.next, s.next)))
}

// push makes next/norm the next basis vector, provided there is room for it.
func (s *krylov) push(norm float64) {
	if s.k == len(s.basis) {
		return
	}
	if s.basis[s.k] == nil {
		s.basis[s.k] = make([]float64, len(s.next))
	}
	for i, v := range s.next {
		s.basis[s.k][i] = v / norm
	}
}

// full reports whether no step is left: of limit, or of the space that the start
// vector reaches.
func (s *krylov) full(limit int) bool {
	return s.k >= min(limit, len(s.next)) || s.k > 0 && s.exhausted()
}

// exhausted reports whether the basis spans an invariant subspace, up to
// rounding: its Ritz values are eigenvalues.
func (s *krylov) exhausted() bool { return s.beta[s.k-1] <= 1e-14*s.scale }

// step extends the basis by one product.
func (s *krylov) step() {
	q := s.basis[s.k]
	s.op.Apply(s.next, q)
	s.alpha[s.k] = kern.LongDot(q, s.next)
	for range 2 {
		for i := s.k; i >= 0; i-- {
			kern.Axpy(s.next, -kern.LongDot(s.basis[i], s.next), s.basis[i])
		}
	}
	b := math.Sqrt(kern.LongDot(s.next, s.next))
	s.beta[s.k] = b
	s.scale = max(s.scale, math.Abs(s.alpha[s.k])+b)
	s.k++
	if b > 0 {
		s.push(b)
	}
}

// finite reports whether the recurrence is.
func (s *krylov) finite() bool {
	x := s.alpha[s.k-1] + s.beta[s.k-1]
	return x-x == 0
}

// ritz computes the eigenvalues and eigenvectors of T.
func (s *krylov) ritz() {
	k := s.k
	copy(s.values[:k], s.alpha)
	copy(s.off[:k], s.beta)
	if !s.lapack.Dsteqr(lapack.EVTridiag, k, s.values[:k], s.off[:max(0, k-1)], s.vectors[:k*k], k, s.work) {
		panic("diag: ritz: no convergence of a finite tridiagonal matrix")
	}
}

// addLeading adds to v the leading Ritz vector of the latest ritz, size long.
func (s *krylov) addLeading(v []float64, size float64) {
	for i, q := range s.basis[:s.k] {
		kern.Axpy(v, size*s.vectors[i*s.k+s.k-1], q)
	}
}

// bound returns how far Ritz value i is at most from an eigenvalue: the norm of
// its residual, which rounding keeps from being less than some units in the last
// place of the matrix's own norm.
func (s *krylov) bound(i int) float64 {
	return math.Abs(s.beta[s.k-1]*s.vectors[(s.k-1)*s.k+i]) + float64(0x1p-50*s.scale)
}

// uniform fills v with numbers from -1 to 1 that depend on the seeds alone.
func uniform(v []float64, seed, stream uint64) {
	src := rand.NewPCG(seed, stream)
	for i := range v {
		v[i] = float64(src.Uint64()>>11)*0x1p-52 - 1
	}
}

// signs fills v with ±1.
func signs(v []float64, seed, stream uint64) {
	src := rand.NewPCG(seed, stream)
	for i := range v {
		v[i] = 1 - 2*float64(src.Uint64()>>63)
	}
}
