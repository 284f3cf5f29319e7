package flow

import (
	"math"

	"pinnlab/core/kern"
)

// gauss returns the n nodes, ascending, and weights of the Gauss-Legendre rule
// on [0, 1]: exact for polynomials of degree 2n-1. The nodes are the roots of
// the Legendre polynomial by Newton's method from their asymptotic places.
func gauss(n int) (x, w []float64) {
	x, w = make([]float64, n), make([]float64, n)
	for i := range (n + 1) / 2 {
		t := kern.Cos(math.Pi * (float64(i) + 0.75) / (float64(n) + 0.5))
		var slope float64
		for range 8 { // three good digits double at each step: five would do
			var p float64
			p, slope = legendre(n, t)
			t -= p / slope
		}
		if 2*i+1 == n {
			t = 0
			_, slope = legendre(n, t)
		}
		x[i], x[n-1-i] = (1-t)/2, (1+t)/2
		w[i] = 1 / (float64((1-t)*(1+t)) * float64(slope*slope))
		w[n-1-i] = w[i]
	}
	return x, w
}

// legendre returns the Legendre polynomial of degree n and its derivative at t
// in (-1, 1).
func legendre(n int, t float64) (value, slope float64) {
	p, prev := 1.0, 0.0 // L_k and L_{k-1}
	for k := range n {
		c := float64(k)
		p, prev = (float64(float64(2*k+1)*float64(t*p))-float64(c*prev))/(c+1), p
	}
	return p, float64(n) * (prev - float64(t*p)) / float64((1-t)*(1+t))
}

// orthonormal fills dst[d] with the d-th derivatives at x, d < len(dst), of the
// polynomials P_0, P_1, … that are orthonormal on [0, 1]:
//
//	P_k(x) = √(2k+1) L_k(2x-1)
//
// with L the Legendre polynomials. The slices of dst are of one length.
func orthonormal(dst [][]float64, x float64) {
	t := float64(2*x) - 1
	for d, p := range dst {
		// Differentiating (k+1) L_{k+1} = (2k+1) t L_k - k L_{k-1} d times:
		// t L_k becomes t L_k⁽ᵈ⁾ + d L_k⁽ᵈ⁻¹⁾, and dt/dx = 2.
		p[0] = 0
		if d == 0 {
			p[0] = 1
		}
		for k := range len(p) - 1 {
			v := float64(t * p[k])
			if d > 0 {
				v += float64(float64(2*d) * dst[d-1][k])
			}
			v = float64(v * float64(2*k+1))
			if k > 0 {
				v -= float64(float64(k) * p[k-1])
			}
			p[k+1] = v / float64(k+1)
		}
	}
	for _, p := range dst {
		for k := range p {
			p[k] = float64(p[k] * math.Sqrt(float64(2*k+1)))
		}
	}
}
