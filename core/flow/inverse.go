package flow

// An inverse solves K ψ = f for an operator on m×m grids of the form
//
//	Q K Qᵀ = D + V Vᵀ (W D)
//
// in the coordinates of an orthogonal m×m matrix Q of eigenvectors (columns):
// D and W are diagonal, and V has the columns g_k⊗e_j and e_i⊗g_k for a few
// vectors g_k. With W = D⁻¹ that is D + VVᵀ. By the formula of Woodbury
//
//	K⁻¹ = Q D⁻¹ (I - V (I + Vᵀ W V)⁻¹ Vᵀ W) Qᵀ
//
// at the cost of four products and one small triangular solve, whose matrix,
// the capacity matrix, is of order 2m for each g_k.
type inverse struct {
	m        int
	q, qT    matrix
	inv, w   matrix      // D⁻¹ and W as grids
	g        [][]float64 // each of length m
	capacity matrix      // Cholesky factor
	y, t     matrix
	rhs      []float64
}

func newInverse(q, inv, w matrix, g [][]float64) *inverse {
	m := q.rows
	n := 2 * len(g) * m
	k := &inverse{
		m: m, q: q, qT: q.transposed(), inv: inv, w: w, g: g,
		capacity: newMatrix(n, n), y: newMatrix(m, m), t: newMatrix(m, m), rhs: make([]float64, n),
	}
	k.factor()
	return k
}

// The columns of V are counted so: g_k⊗e_j is the one numbered k·m+j, and
// e_i⊗g_k is (len(g)+k)·m+i.

// factor forms the capacity matrix I + Vᵀ W V and its Cholesky factor.
func (k *inverse) factor() {
	m, n := k.m, len(k.g)
	for r := range k.capacity.rows {
		k.capacity.row(r)[r] = 1
	}
	for a, ga := range k.g {
		for b, gb := range k.g {
			for j := range m {
				first, second := k.capacity.row(a*m+j), k.capacity.row((n+a)*m+j)
				for i := range m {
					first[b*m+j] += float64(float64(ga[i]*gb[i]) * k.w.row(i)[j])
					second[(n+b)*m+j] += float64(float64(ga[i]*gb[i]) * k.w.row(j)[i])
					second[b*m+i] = float64(float64(gb[j]*ga[i]) * k.w.row(j)[i])
				}
			}
		}
	}
	cholesky(k.capacity) // reads the lower triangle alone
}

// apply replaces f by K⁻¹ f.
func (k *inverse) apply(f matrix) {
	m, n := k.m, len(k.g)
	k.t.mul(f, k.q, false)
	k.y.mul(k.qT, k.t, false)
	clear(k.rhs)
	for i := range m {
		y, w := k.y.row(i), k.w.row(i)
		for a, g := range k.g {
			gi, first := g[i], k.rhs[a*m:(a+1)*m]
			var sum float64
			for j, v := range y {
				v = float64(v * w[j])
				first[j] += float64(gi * v)
				sum += float64(g[j] * v)
			}
			k.rhs[(n+a)*m+i] = sum
		}
	}
	choleskySolve(k.capacity, k.rhs)
	for i := range m {
		y, inv := k.y.row(i), k.inv.row(i)
		for a, g := range k.g {
			gi, first, second := g[i], k.rhs[a*m:(a+1)*m], k.rhs[(n+a)*m+i]
			for j := range y {
				y[j] -= float64(gi*first[j]) + float64(second*g[j])
			}
		}
		for j := range y {
			y[j] = float64(y[j] * inv[j])
		}
	}
	k.t.mul(k.y, k.qT, false)
	f.mul(k.q, k.t, false)
}
