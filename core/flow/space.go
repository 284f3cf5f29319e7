package flow

import "math"

// A space is the polynomials of degree m+3 or less on [0, 1] that vanish with
// their slopes at both ends, in the basis φ_0 … φ_{m-1} of J. Shen (SIAM J. Sci.
// Comput. 15 (1994) 1489-1505), scaled so that the second derivative of φ_k is
// the orthonormal Legendre polynomial P_{k+2}. Integrated twice, with
// s_n = 1/(2√(4n²-1)),
//
//	φ_k' = s_{k+3} P_{k+3} - s_{k+2} P_{k+1}
//	φ_k  = s_{k+3}s_{k+4} P_{k+4} - (s_{k+3}² + s_{k+2}²) P_{k+2} + s_{k+2}s_{k+1} P_k
//
// The basis of a smaller space is the beginning of that of a larger one.
type space struct {
	m, q int
	x, w []float64 // Gauss nodes and weights, q of each
	at   [4]matrix // at[d] is q×m: d-th derivatives of the basis at the nodes
	atT  [4]matrix // the same, m×q
	s    []float64 // s_0 … s_{m+3}
}

func newSpace(m, q int) *space {
	sp := &space{m: m, q: q, s: make([]float64, m+4)}
	for n := 1; n < len(sp.s); n++ {
		sp.s[n] = 0.5 / math.Sqrt(float64(4*n*n-1))
	}
	sp.x, sp.w = gauss(q)
	sp.at = sp.tabulate(sp.x)
	for d := range sp.at {
		sp.atT[d] = sp.at[d].transposed()
	}
	return sp
}

// tabulate returns the basis and its first three derivatives at the given
// points, one point per row.
func (sp *space) tabulate(x []float64) (at [4]matrix) {
	for d := range at {
		at[d] = newMatrix(len(x), sp.m)
	}
	b := sp.basis()
	for i, x := range x {
		b.at(x)
		for d := range at {
			copy(at[d].row(i), b.phi[d])
		}
	}
	return at
}

// gram returns the m×m matrix B of (φ_j', φ_k').
func (sp *space) gram() matrix {
	b := newMatrix(sp.m, sp.m)
	for k := range sp.m {
		hi, lo := sp.s[k+3], sp.s[k+2]
		b.row(k)[k] = float64(hi*hi) + float64(lo*lo)
		if k+2 < sp.m {
			off := -float64(hi * sp.s[k+4])
			b.row(k)[k+2], b.row(k + 2)[k] = off, off
		}
	}
	return b
}

// stokes returns the inverse of K, the matrix of (Δφ, Δφ) on the tensor product
// of the space with itself,
//
//	K = I⊗C + 2 B⊗B + C⊗I,  B of (φ_j', φ_k'), C of (φ_j, φ_k).
//
// B holds the coefficients of the φ on P_2 … P_{m+1} and C their products over
// P_0 … P_{m+3}, so C = B² + R, where R is diagonal with four entries. Hence
// K = (B⊗I + I⊗B)² + R⊗I + I⊗R, a square that the eigenvectors of B
// diagonalise plus a correction of rank 8m (P. E. Bjørstad, B. P. Tjøstheim,
// SIAM J. Sci. Comput. 18 (1997) 621-632).
func (sp *space) stokes() *inverse {
	m, s := sp.m, sp.s
	beta, q := symmetricEigen(sp.gram())
	inv := newMatrix(m, m)
	for i := range m {
		for j := range m {
			sum := beta[i] + beta[j]
			inv.row(i)[j] = 1 / float64(sum*sum)
		}
	}
	var g [][]float64 // √R times the rows of q that R keeps
	for _, e := range [4]struct {
		row  int
		root float64
	}{{0, s[1] * s[2]}, {1, s[2] * s[3]}, {m - 2, s[m+1] * s[m+2]}, {m - 1, s[m+2] * s[m+3]}} {
		row := make([]float64, m)
		for i, v := range q.row(e.row) {
			row[i] = float64(e.root * v)
		}
		g = append(g, row)
	}
	return newInverse(q, inv, inv, g)
}

// A basis evaluates a space's functions at one point at a time.
type basis struct {
	s   []float64
	p   [][]float64  // P_0 … P_{m+3} and derivatives
	phi [4][]float64 // the φ and derivatives
}

func (sp *space) basis() *basis {
	b := &basis{s: sp.s, p: [][]float64{make([]float64, sp.m+4), make([]float64, sp.m+4)}}
	for d := range b.phi {
		b.phi[d] = make([]float64, sp.m)
	}
	return b
}

func (b *basis) at(x float64) {
	orthonormal(b.p, x)
	p, s := b.p[0], b.s
	for k := range b.phi[0] {
		hi, lo := s[k+3], s[k+2]
		b.phi[0][k] = float64(float64(hi*s[k+4])*p[k+4]) -
			float64((float64(hi*hi)+float64(lo*lo))*p[k+2]) + float64(float64(lo*s[k+1])*p[k])
		b.phi[1][k] = float64(hi*p[k+3]) - float64(lo*p[k+1])
		b.phi[2][k] = p[k+2]
		b.phi[3][k] = b.p[1][k+2]
	}
}
