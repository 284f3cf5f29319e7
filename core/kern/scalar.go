package kern

import "math"

// The functions of this file serve formulas, schedules and sampling. They use
// + - * / and exact operations only, each product rounded, so that any two
// machines agree to the last bit; math.Exp, math.Log and math.Sin do not
// promise that. Errors are relative, measured by the tests.

const (
	ln2Hi = 6.93147180369123816490e-01 // the first 33 bits of ln 2
	ln2Lo = 1.90821492927058770002e-10 // the rest
	log2E = 1.44269504088896338700e+00
)

// horner evaluates c[0] + c[1]x + c[2]x² + ...
func horner(x float64, c ...float64) float64 {
	s := 0.0
	for i := len(c) - 1; i >= 0; i-- {
		s = float64(s*x) + c[i]
	}
	return s
}

// expReduced returns k and q = eʳ - 1, where x = k ln 2 + r and |r| <= ln 2 / 2.
func expReduced(x float64) (k int, q float64) {
	f := math.Floor(float64(x*log2E) + 0.5)
	r := x - float64(f*ln2Hi)
	r -= float64(f * ln2Lo)
	q = horner(r, 1./2, 1./6, 1./24, 1./120, 1./720, 1./5040, 1./40320, 1./362880,
		1./3628800, 1./39916800, 1./479001600, 1./6227020800)
	return int(f), r + float64(float64(r*r)*q)
}

// Exp returns eˣ, to 1 ulp or so.
func Exp(x float64) float64 {
	switch {
	case x > 709.8:
		return math.Inf(1)
	case x < -745.2:
		return 0
	case x != x:
		return x
	}
	k, q := expReduced(x)
	return math.Ldexp(1+q, k)
}

// Expm1 returns eˣ - 1 without cancellation near zero.
func Expm1(x float64) float64 {
	switch {
	case x > 709.8:
		return math.Inf(1)
	case x < -40:
		return -1
	case x != x || x == 0:
		return x
	}
	k, q := expReduced(x)
	if k > 60 {
		return math.Ldexp(1+q, k)
	}
	p := math.Ldexp(1, k)
	return float64(p*q) + (p - 1)
}

// Log returns the natural logarithm: -Inf at 0, NaN below.
func Log(x float64) float64 {
	switch {
	case x < 0:
		return math.NaN()
	case x == 0:
		return math.Inf(-1)
	case x != x || x > math.MaxFloat64:
		return x
	}
	m, k := math.Frexp(x)
	if m < math.Sqrt2/2 {
		m *= 2
		k--
	}
	// log m = 2 atanh s, |s| < 0.172.
	s := (m - 1) / (m + 1)
	t := s * s
	p := horner(t, 2./3, 2./5, 2./7, 2./9, 2./11, 2./13, 2./15, 2./17, 2./19, 2./21)
	f := float64(k)
	lo := float64(f*ln2Lo) + float64(float64(s*t)*p)
	return float64(f*ln2Hi) + (float64(2*s) + lo)
}

// π/2 in three parts of at most 33 bits, so that n times the first two is
// exact for |n| < 2^20.
const (
	halfPi1 = 1.57079632673412561417e+00
	halfPi2 = 6.07710050630396597660e-11
	halfPi3 = 2.02226624879595063154e-21
)

// quadrant returns n mod 4 and r with x = n π/2 + r, |r| <= π/4. Beyond a
// million quarter turns it reduces by the rounded 2π first.
func quadrant(x float64) (int, float64) {
	if math.Abs(x) > 1e6 {
		x = math.Mod(x, 2*math.Pi)
	}
	n := math.Floor(float64(x*(2/math.Pi)) + 0.5)
	r := x - float64(n*halfPi1)
	r -= float64(n * halfPi2)
	r -= float64(n * halfPi3)
	return int(n) & 3, r
}

func sinReduced(r float64) float64 {
	t := r * r
	p := float64(t*(1./355687428096000)) - 1./1307674368000 // a residual's forcing spends its time here: no loop
	p = float64(t*p) + 1./6227020800
	p = float64(t*p) - 1./39916800
	p = float64(t*p) + 1./362880
	p = float64(t*p) - 1./5040
	p = float64(t*p) + 1./120
	p = float64(t*p) - 1./6
	return r + float64(float64(r*t)*p)
}

func cosReduced(r float64) float64 {
	t := r * r
	p := float64(t*(-1./6402373705728000)) + 1./20922789888000
	p = float64(t*p) - 1./87178291200
	p = float64(t*p) + 1./479001600
	p = float64(t*p) - 1./3628800
	p = float64(t*p) + 1./40320
	p = float64(t*p) - 1./720
	p = float64(t*p) + 1./24
	return (1 - float64(0.5*t)) + float64(float64(t*t)*p)
}

// Sin returns sin x, NaN at ±Inf.
func Sin(x float64) float64 {
	if math.IsInf(x, 0) || x != x {
		return math.NaN()
	}
	switch n, r := quadrant(x); n {
	case 0:
		return sinReduced(r)
	case 1:
		return cosReduced(r)
	case 2:
		return -sinReduced(r)
	default:
		return -cosReduced(r)
	}
}

// Cos returns cos x, NaN at ±Inf.
func Cos(x float64) float64 {
	if math.IsInf(x, 0) || x != x {
		return math.NaN()
	}
	switch n, r := quadrant(x); n {
	case 0:
		return cosReduced(r)
	case 1:
		return -sinReduced(r)
	case 2:
		return -cosReduced(r)
	default:
		return sinReduced(r)
	}
}

// SinTo sets y = sin x, elementwise.
func SinTo(y, x []float64) {
	if len(x) != len(y) {
		panic("kern: SinTo: length mismatch")
	}
	sinTo(y, x)
}

// CosTo sets y = cos x, elementwise.
func CosTo(y, x []float64) {
	if len(x) != len(y) {
		panic("kern: CosTo: length mismatch")
	}
	cosTo(y, x)
}

func sinToRef(y, x []float64) {
	for i, v := range x {
		y[i] = Sin(v)
	}
}

func cosToRef(y, x []float64) {
	for i, v := range x {
		y[i] = Cos(v)
	}
}

// Tan returns sin x / cos x.
func Tan(x float64) float64 { return Sin(x) / Cos(x) }

// Tanh returns the hyperbolic tangent; it is the float64 twin of [TanhTo].
func Tanh(x float64) float64 { return tanhRef64(x) }

// Sinh returns (eˣ - e⁻ˣ)/2.
func Sinh(x float64) float64 {
	if math.Abs(x) > 40 {
		return math.Copysign(Exp(math.Abs(x)-math.Ln2), x)
	}
	e := Expm1(math.Abs(x))
	return math.Copysign((e+e/(e+1))/2, x)
}

// Cosh returns (eˣ + e⁻ˣ)/2.
func Cosh(x float64) float64 {
	if math.Abs(x) > 40 {
		return Exp(math.Abs(x) - math.Ln2)
	}
	e := Exp(math.Abs(x))
	return (e + 1/e) / 2
}

// Pow returns xʸ: by repeated products for whole |y| <= 64, else as
// exp(y log x). A negative x with a fractional y gives NaN.
func Pow(x, y float64) float64 {
	if y == math.Trunc(y) && math.Abs(y) <= 64 {
		p, b := 1.0, x
		for n := int(math.Abs(y)); n > 0; n >>= 1 {
			if n&1 == 1 {
				p *= b
			}
			b *= b
		}
		if y < 0 {
			return 1 / p
		}
		return p
	}
	if x < 0 && y == math.Trunc(y) {
		p := Exp(y * Log(-x))
		if math.Mod(y, 2) != 0 {
			return -p
		}
		return p
	}
	return Exp(y * Log(x))
}
