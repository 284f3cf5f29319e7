package flow

import (
	"math"

	"pinnlab/core/kern"
)

// RelativeL2 returns the relative L² error of the velocity (u, v) against
// (uRef, vRef), all at the same nodes:
//
//	√(Σ (u-uRef)² + (v-vRef)²) / √(Σ uRef² + vRef²)
func RelativeL2(u, v, uRef, vRef []float64) float64 {
	if len(v) != len(u) || len(uRef) != len(u) || len(vRef) != len(u) {
		panic("flow: RelativeL2: length mismatch")
	}
	var diff, ref float64
	for i := range u {
		du, dv := u[i]-uRef[i], v[i]-vRef[i]
		diff += float64(du*du) + float64(dv*dv)
		ref += float64(uRef[i]*uRef[i]) + float64(vRef[i]*vRef[i])
	}
	return math.Sqrt(diff / ref)
}

// SpectralError returns the authors' measure of a cavity: the spectral norm of
// the difference of the matrices a and ref over that of ref, each rows×cols
// and row-major. They apply it to the speed at 100×100 nodes. It is not a
// relative L² error, which takes Frobenius' norm.
func SpectralError(a, ref []float64, rows, cols int) float64 {
	if len(a) != rows*cols || len(ref) != rows*cols {
		panic("flow: SpectralError: shape mismatch")
	}
	diff := make([]float64, len(a))
	for i, v := range a {
		diff[i] = v - ref[i]
	}
	return SpectralNorm(diff, rows, cols) / SpectralNorm(ref, rows, cols)
}

// SpectralNorm returns the largest singular value of the rows×cols row-major
// matrix a to about 14 digits, by Lanczos' process on aᵀa with full
// orthogonalisation. It is NaN if an entry is not finite.
func SpectralNorm(a []float64, rows, cols int) float64 {
	if len(a) != rows*cols {
		panic("flow: SpectralNorm: shape mismatch")
	}
	var largest float64
	for _, v := range a {
		if math.IsNaN(v - v) {
			return math.NaN()
		}
		largest = max(largest, math.Abs(v))
	}
	if largest == 0 {
		return 0
	}
	l := lanczos{a: a, rows: rows, cols: cols, scale: 1 / largest}
	return float64(largest * math.Sqrt(l.top()))
}

// A lanczos finds the largest eigenvalue of (s a)ᵀ(s a), s being its scale.
type lanczos struct {
	a           []float64
	rows, cols  int
	scale       float64
	basis       [][]float64
	alpha, beta []float64 // the tridiagonal matrix
}

func (l *lanczos) top() float64 {
	v := make([]float64, l.cols)
	// A start that no pattern is orthogonal to: the fractions of multiples of
	// the golden ratio, off zero.
	for i := range v {
		g := float64(float64(i+1) * 0.6180339887498949)
		v[i] = 0.5 + g - math.Floor(g)
	}
	norm := math.Sqrt(kern.LongDot(v, v))
	last, steady := 0.0, 0
	for {
		for i := range v {
			v[i] /= norm
		}
		l.basis = append(l.basis, v)
		w := l.apply(v)
		l.alpha = append(l.alpha, kern.LongDot(v, w))
		for range 2 { // once is not enough where the products cancel
			for _, b := range l.basis {
				c := kern.LongDot(b, w)
				for i := range w {
					w[i] -= float64(c * b[i])
				}
			}
		}
		norm = math.Sqrt(kern.LongDot(w, w))
		top := l.tridiagonalTop()
		if steady++; math.Abs(top-last) > 1e-15*top {
			steady = 0
		}
		if steady == 3 || len(l.basis) == l.cols || norm <= 1e-15*top {
			return top
		}
		last, v = top, w
		l.beta = append(l.beta, norm)
	}
}

// apply returns (s a)ᵀ(s a) v.
func (l *lanczos) apply(v []float64) []float64 {
	w := make([]float64, l.cols)
	for i := range l.rows {
		row := l.a[i*l.cols : (i+1)*l.cols]
		c := float64(float64(l.scale*l.scale) * kern.LongDot(row, v))
		for j, x := range row {
			w[j] += float64(c * x)
		}
	}
	return w
}

// tridiagonalTop returns the largest eigenvalue of the tridiagonal matrix by
// bisection: x is above all eigenvalues while the pivots of x - T are positive.
func (l *lanczos) tridiagonalTop() float64 {
	lo, hi := 0.0, 0.0
	for i, a := range l.alpha {
		radius := 0.0
		if i > 0 {
			radius += l.beta[i-1]
		}
		if i < len(l.beta) && i+1 < len(l.alpha) {
			radius += l.beta[i]
		}
		lo, hi = max(lo, a), max(hi, a+radius)
	}
	for {
		mid := lo + (hi-lo)/2
		if mid <= lo || mid >= hi {
			return hi
		}
		if l.above(mid) {
			hi = mid
		} else {
			lo = mid
		}
	}
}

func (l *lanczos) above(x float64) bool {
	pivot := x - l.alpha[0]
	for i := 1; i < len(l.alpha); i++ {
		if !(pivot > 0) {
			return false
		}
		pivot = x - l.alpha[i] - float64(l.beta[i-1]*l.beta[i-1])/pivot
	}
	return pivot > 0
}
