package flow

import (
	"math"

	"pinnlab/core/kern"
)

// krylovSteps is the length at which GMRES restarts.
const krylovSteps = 300

// A krylov solves linear systems by GMRES (Y. Saad, M. H. Schultz, SIAM J.
// Sci. Stat. Comput. 7 (1986) 856-869), restarted after as many steps as it
// has room for. Its buffers serve every solve.
type krylov struct {
	basis [][]float64
	h     [][]float64 // h[j]: column j of the Hessenberg matrix, made triangular
	c, s  []float64   // the rotations that make it so
	g     []float64   // the rotated right-hand side
	r     []float64   // the residual at a restart
}

func newKrylov(n, steps int) *krylov {
	k := &krylov{
		basis: make([][]float64, steps+1), h: make([][]float64, steps),
		c: make([]float64, steps), s: make([]float64, steps), g: make([]float64, steps+1),
		r: make([]float64, n),
	}
	for j := range k.h {
		k.h[j] = make([]float64, j+2)
	}
	return k
}

// vector returns the i-th vector of the basis, made when first asked for.
func (k *krylov) vector(i int) []float64 {
	if k.basis[i] == nil {
		k.basis[i] = make([]float64, len(k.r))
	}
	return k.basis[i]
}

// solve sets x to a solution of A x = b, where apply sets y = A x, with a
// residual of at most tol times the norm of b, or to the best one that limit
// steps give. It calls each after every step with the reduction so far, and
// returns false as soon as each does.
func (k *krylov) solve(apply func(y, x []float64), x, b []float64, tol float64, limit int, each func(reduction float64) bool) bool {
	clear(x)
	start := math.Sqrt(kern.LongDot(b, b))
	if start == 0 {
		return true
	}
	copy(k.r, b)
	for steps := 0; ; {
		norm := math.Sqrt(kern.LongDot(k.r, k.r))
		for i, v := range k.r {
			k.vector(0)[i] = v / norm
		}
		clear(k.g)
		k.g[0] = norm
		j := 0
		for j < len(k.h) && steps < limit && math.Abs(k.g[j]) > float64(tol*start) {
			k.arnoldi(apply, j)
			k.reduce(j)
			j++
			steps++
			if !each(math.Abs(k.g[j]) / start) {
				return false
			}
		}
		k.update(x, j)
		if j < len(k.h) || steps >= limit {
			return true
		}
		apply(k.r, x)
		for i, v := range k.r {
			k.r[i] = b[i] - v
		}
	}
}

// arnoldi makes column j of h and vector j+1 of the basis, by the modified
// Gram-Schmidt process.
func (k *krylov) arnoldi(apply func(y, x []float64), j int) {
	w := k.vector(j + 1)
	apply(w, k.vector(j))
	for i := range j + 1 {
		v := k.vector(i)
		k.h[j][i] = kern.LongDot(v, w)
		kern.Axpy(w, -k.h[j][i], v)
	}
	norm := math.Sqrt(kern.LongDot(w, w))
	k.h[j][j+1] = norm
	if norm > 0 {
		for i := range w {
			w[i] /= norm
		}
	}
}

// reduce rotates column j of h into the triangle.
func (k *krylov) reduce(j int) {
	h := k.h[j]
	for i := range j {
		a, b := h[i], h[i+1]
		h[i] = float64(k.c[i]*a) + float64(k.s[i]*b)
		h[i+1] = float64(k.c[i]*b) - float64(k.s[i]*a)
	}
	a, b := h[j], h[j+1]
	r := math.Sqrt(float64(a*a) + float64(b*b))
	k.c[j], k.s[j] = a/r, b/r
	h[j], h[j+1] = r, 0
	k.g[j+1] = -float64(k.s[j] * k.g[j])
	k.g[j] = float64(k.c[j] * k.g[j])
}

// update adds to x the combination of the first n vectors that leaves the
// least residual.
func (k *krylov) update(x []float64, n int) {
	for i := n - 1; i >= 0; i-- {
		sum := k.g[i]
		for j := i + 1; j < n; j++ {
			sum -= float64(k.h[j][i] * k.g[j])
		}
		k.g[i] = sum / k.h[i][i]
		kern.Axpy(x, k.g[i], k.vector(i))
	}
}
