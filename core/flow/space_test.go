package flow

import (
	"math"
	"math/rand/v2"
	"testing"
)

func TestGauss(t *testing.T) {
	for _, n := range []int{1, 2, 5, 12, 48, 97} {
		x, w := gauss(n)
		for _, k := range []int{0, 1, n, 2*n - 1} {
			var sum float64
			for i := range x {
				sum += w[i] * math.Pow(x[i], float64(k))
			}
			if want := 1 / float64(k+1); !near(sum, want, 1e-14) {
				t.Errorf("n=%d: ∫x^%d = %.16g, want %.16g", n, k, sum, want)
			}
		}
	}
}

func TestOrthonormal(t *testing.T) {
	const n = 20
	x, w := gauss(n)
	gram := newMatrix(n, n)
	p, dp := make([]float64, n), make([]float64, n)
	for i := range x {
		orthonormal([][]float64{p, dp}, x[i])
		for j := range n {
			for k := range n {
				gram.row(j)[k] += w[i] * p[j] * p[k]
			}
		}
		for k := range n {
			high := make([]float64, n)
			got := central(func(x float64) float64 { orthonormal([][]float64{high}, x); return high[k] }, x[i], 1e-6)
			if !near(got, dp[k], 1e-5*(1+math.Abs(dp[k]))) {
				t.Errorf("P_%d' at %g = %g, its difference quotient %g", k, x[i], dp[k], got)
			}
		}
	}
	checkIdentity(t, "gram", gram, 1e-12)
}

func checkIdentity(t *testing.T, name string, m matrix, tol float64) {
	t.Helper()
	for i := range m.rows {
		for j, v := range m.row(i) {
			want := 0.0
			if i == j {
				want = 1
			}
			if !near(v, want, tol) {
				t.Errorf("%s: entry (%d, %d) = %g, want %g", name, i, j, v, want)
			}
		}
	}
}

func TestSpace(t *testing.T) {
	const m = 11
	sp := newSpace(m, 24)
	for _, x := range []float64{0, 1} {
		b := sp.basis()
		b.at(x)
		for k := range m {
			if !near(b.phi[0][k], 0, 1e-14) || !near(b.phi[1][k], 0, 1e-13) {
				t.Errorf("φ_%d(%g) = %g, slope %g; want zeros", k, x, b.phi[0][k], b.phi[1][k])
			}
		}
	}
	checkIdentity(t, "(φ_j'', φ_k'')", sp.products(2, 2), 1e-12)
	got, want := sp.gram(), sp.products(1, 1)
	for i := range m {
		for j := range m {
			if !near(got.row(i)[j], want.row(i)[j], 1e-15) {
				t.Errorf("(φ_%d', φ_%d') = %g, want %g", i, j, got.row(i)[j], want.row(i)[j])
			}
		}
	}
}

// products returns the m×m matrix of (φ_j⁽ᵃ⁾, φ_k⁽ᵇ⁾) by quadrature.
func (sp *space) products(a, b int) matrix {
	out := newMatrix(sp.m, sp.m)
	for i, w := range sp.w {
		for j, u := range sp.at[a].row(i) {
			for k, v := range sp.at[b].row(i) {
				out.row(j)[k] += w * u * v
			}
		}
	}
	return out
}

// TestStokesInverse applies K = I⊗C + 2 B⊗B + C⊗I, term by term, to its inverse.
func TestStokesInverse(t *testing.T) {
	const m = 13
	sp := newSpace(m, 24)
	b, c := sp.gram(), sp.products(0, 0)
	f, x := randomMatrix(m, m, 1), newMatrix(m, m)
	copy(x.a, f.a)
	sp.stokes().apply(x)
	got, tmp := newMatrix(m, m), newMatrix(m, m)
	got.mul(x, c, false)
	got.mul(c, x, true)
	tmp.mul(x, b, false)
	for range 2 {
		got.mul(b, tmp, true)
	}
	for i := range m {
		for j, v := range got.row(i) {
			if !near(v, f.row(i)[j], 1e-9) { // K has a condition of 1e6
				t.Errorf("entry (%d, %d) of K K⁻¹f = %.12g, want %.12g", i, j, v, f.row(i)[j])
			}
		}
	}
}

// TestDifferenceInverse applies the scheme's operator at Re = 0 to its inverse.
func TestDifferenceInverse(t *testing.T) {
	const n = 14
	d := newDifference(n, 0)
	f := randomMatrix(n-1, n-1, 2)
	copy(d.inner.a, f.a)
	d.k.apply(d.inner)
	for j := range n - 1 {
		copy(d.psi.row(j + 1)[1:n], d.inner.row(j))
	}
	d.vorticity(d.omega, d.psi, 0)
	clear(d.inner.a)
	d.diffuse(d.omega)
	for j := range n - 1 {
		for i, v := range d.inner.row(j) {
			if !near(v, f.row(j)[i], 1e-10) {
				t.Errorf("entry (%d, %d) = %.12g, want %.12g", j, i, v, f.row(j)[i])
			}
		}
	}
}

func randomMatrix(rows, cols int, seed uint64) matrix {
	rng := rand.New(rand.NewPCG(seed, 0))
	m := newMatrix(rows, cols)
	for i := range rows {
		for j := range cols {
			m.row(i)[j] = rng.NormFloat64()
		}
	}
	return m
}
