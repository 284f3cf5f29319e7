package flow

import (
	"math"

	"pinnlab/core/kern"
)

// At the two upper corners the lid's velocity meets the wall's and vorticity
// and pressure are infinite. About the upper left corner, with X = x = r cos θ
// and Y = 1-y = r sin θ (the lid is θ = 0, the wall θ = π/2), the
// streamfunction begins
//
//	ψ = r f₁(θ) + Re r² f₂(θ) + O(r³)
//
// r f₁ is the Stokes flow of the scraped corner (G. I. Taylor 1962; H. K.
// Moffatt, J. Fluid Mech. 18 (1964), section 2), and r² f₂ balances its inertia
// (M. M. Gupta, R. P. Manohar, B. Noble, Comput. Fluids 9 (1981) 379-388). With
// D = d/dθ and g = f₁ + D²f₁,
//
//	(D² + 1)² f₁ = 0               f₁ = 0 at both ends, Df₁(0) = -1, Df₁(π/2) = 0
//	(D² + 4) D² f₂ = D(f₁ g)       f₂ = Df₂ = 0 at both ends
//
// The right corner is the mirror image with Re replaced by -Re.

// f₁ = d1 (-π²/4 sin θ + π/2 θ sin θ + θ cos θ).
const (
	halfPi = math.Pi / 2
	d1     = 1 / (halfPi*halfPi - 1)
)

// f₂ solves (D² + 4) f₂ = h, where Dh = f₁ g + cz, and
//
//	h  = dd ((ac + bc θ) cos 2θ + (as + bs θ) sin 2θ) + 4 bz θ - 4 qz
//	f₂ = e1 θ sin 2θ + e2 θ cos 2θ + e3 θ² sin 2θ + e4 θ² cos 2θ
//	     + bz θ + pz sin 2θ + qz (cos 2θ - 1)
const (
	dd = 2 * d1 * d1
	ac = halfPi*halfPi*halfPi/4 + halfPi/4
	as = -halfPi*halfPi/8 - 0.125
	bc = 0.25 - halfPi*halfPi/4
	bs = halfPi / 2

	e1 = dd * (ac/4 + bs/16)
	e2 = dd * (-as/4 + bc/16)
	e3 = dd * bc / 8
	e4 = -dd * bs / 8
	bz = halfPi*(e1+e4) + halfPi*halfPi*e3
	pz = -(bz + e2) / 2
	qz = (halfPi*(bz-e2) - halfPi*halfPi*e4) / 2
	cz = 4*bz - dd*halfPi*halfPi/2
)

// angular returns f₁ and f₂, each with its first three derivatives, at the
// angle th with sine s and cosine c.
func angular(th, s, c float64) (f1, f2 [4]float64) {
	ts, tc := float64(th*s), float64(th*c)
	g := float64(2 * d1 * (float64(halfPi*c) - s))
	dg := -float64(2 * d1 * (float64(halfPi*s) + c))
	f := float64(d1 * (float64(halfPi*ts) - float64(halfPi*halfPi*s) + tc))
	df := float64(d1 * (float64((1-halfPi*halfPi)*c) + float64(halfPi*(s+tc)) - ts))
	f1 = [4]float64{f, df, g - f, dg - df}

	s2, c2 := double(s, c)
	a := float64(e1*s2) + float64(e2*c2) // coefficients of θ and of θ²
	b := float64(e3*s2) + float64(e4*c2)
	da := float64(2 * (float64(e1*c2) - float64(e2*s2)))
	db := float64(2 * (float64(e3*c2) - float64(e4*s2)))
	f = float64(th*(a+bz+float64(th*b))) + float64(pz*s2) + float64(qz*(c2-1))
	df = a + bz + float64(th*(da+float64(2*b)+float64(th*db))) + float64(2*pz*c2) - float64(2*qz*s2)
	h := float64(dd*(float64((ac+float64(bc*th))*c2)+float64((as+float64(bs*th))*s2))) +
		float64(4*bz*th) - 4*qz
	dh := float64(f1[0]*g) + cz
	f2 = [4]float64{f, df, h - float64(4*f), dh - float64(4*df)}
	return f1, f2
}

// double returns the sine and cosine of the double angle.
func double(s, c float64) (s2, c2 float64) {
	return float64(2 * float64(s*c)), float64((c - s) * (c + s))
}

// head returns the corner's part of the Bernoulli head H = p + |u|²/2, which is
// stokes/Re + inertia up to a constant; at the right corner stokes changes sign.
// In the left corner's coordinates
//
//	(∂H/∂X, ∂H/∂Y) = Ω (∂ψ/∂X, ∂ψ/∂Y) + (-∂Ω/∂Y, ∂Ω/∂X)/Re,  Ω = Δψ,
//
// whose leading orders are Ω = g/r, the real part of an analytic function of
// X + iY with stokes as its imaginary part; and ∂H/∂θ = g Df₁ with
// r ∂H/∂r = f₁ g - Dh = -cz.
func head(r, th, s, c float64) (stokes, inertia float64) {
	if r == 0 {
		return math.Inf(-1), 0 // the pressure's limit is that of stokes
	}
	stokes = -2 * d1 * (float64(halfPi*s) + c) / r
	const k = 1 - halfPi*halfPi
	s2, c2 := double(s, c)
	sum := float64(halfPi/2*(k-1)*th) + float64(halfPi/4*(k+1)*s2) +
		float64((halfPi*halfPi-k)/4*(1-c2)) + float64((halfPi*halfPi+1)/4*float64(th*th)) +
		float64((halfPi*halfPi-1)/4*(float64(th*s2)-float64(s*s))) +
		float64(halfPi/4*(float64(2*float64(th*c2))-s2))
	return stokes, float64(dd*sum) - float64(cz*kern.Log(r))
}

// polar returns r, θ, sin θ and cos θ of a point of the closed quadrant. The
// corner itself counts as a point of the lid.
func polar(x, y float64) (r, th, s, c float64) {
	r = math.Sqrt(float64(x*x) + float64(y*y))
	if r == 0 {
		return 0, 0, 0, 1
	}
	if y <= x {
		return r, atan(y / x), y / r, x / r
	}
	return r, halfPi - atan(x/y), y / r, x / r
}

// atan returns the arc tangent of t in [0, 1]: halving the angle twice brings
// its tangent below 0.2, where twelve terms of the series give every digit.
func atan(t float64) float64 {
	for range 2 {
		t /= 1 + math.Sqrt(1+float64(t*t))
	}
	square, sum := float64(t*t), 0.0
	for k := 11; k >= 0; k-- {
		sum = 1/float64(2*k+1) - float64(square*sum)
	}
	return float64(4 * float64(t*sum))
}
