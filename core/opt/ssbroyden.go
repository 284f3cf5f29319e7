package opt

import (
	"math"

	"pinnlab/core/ad"
	"pinnlab/core/kern"
	"pinnlab/core/method"
	"pinnlab/core/wire"
)

func init() {
	Kinds.Add(Kind{
		Info: method.Info{
			Name: "ss-broyden", Short: "SS-Broyden", Title: "Self-scaled Broyden, with a line search",
			Formula: `<mi>θ</mi><mo>←</mo><mi>θ</mi><mo>−</mo><mi>α</mi><mi>H</mi><mi>g</mi><mo>,</mo><mspace width="0.5em"/><mi>H</mi><mo>←</mo><mfrac><mn>1</mn><mi>τ</mi></mfrac><mrow><mo>(</mo><mi>H</mi><mo>−</mo><mfrac><mrow><mi>H</mi><mi>y</mi><msup><mi>y</mi><mi>T</mi></msup><mi>H</mi></mrow><mrow><msup><mi>y</mi><mi>T</mi></msup><mi>H</mi><mi>y</mi></mrow></mfrac><mo>+</mo><mi>φ</mi><mi>v</mi><msup><mi>v</mi><mi>T</mi></msup><mo>)</mo></mrow><mo>+</mo><mfrac><mrow><mi>s</mi><msup><mi>s</mi><mi>T</mi></msup></mrow><mrow><msup><mi>y</mi><mi>T</mi></msup><mi>s</mi></mrow></mfrac>`,
			Words: "It keeps an approximation H of the whole inverse Hessian, n × n, learned from each step s and how the gradient changed along it, y. Of the updates of Broyden’s family it takes one between BFGS and DFP, φ, and scales what it knew before, τ, by formulas that keep H well conditioned. " +
				"A line search finds the length α of a step, on the step’s points; it wants points that stay for a while. The learning rate is that of the steps of Adam before it, 5000 in its source.",
			Source:   "J. F. Urbán, P. Stefanou, J. A. Pons, Unveiling the optimization process of physics informed neural networks, J. Comput. Phys. 523, 2025, and its code’s SSBroyden2; M. Al-Baali, E. Spedicato, F. Maggioni, Optim. Methods Softw. 29, 2014.",
			Settings: []method.Setting{adamFirst},
		},
		Needs:   Needs{Gradient: true, Residuals: true},
		Float64: true,
		// A triangle, and as much in a checkpoint.
		Memory: func(_, parameters int) int { return 2 * 8 * packed(parameters) },
		Make64: func(l ad.Layout, v method.Values) Optimiser[float64] {
			return newQuasiNewton(l.Size(), v, newBroyden(l.Size()))
		},
	})
}

// packed returns the numbers of a triangle of an n×n matrix.
func packed(n int) int { return n * (n + 1) / 2 }

// broyden is H as the self-scaled updates of Broyden's family make it: its upper
// triangle, row by row.
type broyden struct {
	n       int
	h       []float64
	learned bool
	hy      []float64
}

func newBroyden(n int) *broyden {
	b := &broyden{n: n, h: make([]float64, packed(n)), hy: make([]float64, n)}
	b.forget()
	return b
}

func (b *broyden) known() bool { return b.learned }

func (b *broyden) forget() {
	clear(b.h)
	for i, at := 0, 0; i < b.n; i++ {
		b.h[at] = 1
		at += b.n - i
	}
	b.learned = false
}

// times sets d = H g.
func (b *broyden) times(d, g []float64) {
	clear(d)
	rest := b.h
	for i, v := range g {
		row := rest[:b.n-i]
		rest = rest[len(row):]
		d[i] += kern.LongDot(row, g[i:])
		kern.Axpy(d[i+1:], v, row[1:])
	}
}

func (b *broyden) direction(d, g []float64) {
	b.times(d, g)
	for i := range d {
		d[i] = -d[i]
	}
}

// learn updates H unless that would spoil it. With v = s/(y·s) - H y/(y·H y) the
// update is
//
//	H ← H/τ + p H y (H y)ᵀ + q (H y sᵀ + s (H y)ᵀ) + r s sᵀ.
func (b *broyden) learn(s, y, g []float64, alpha float64) {
	ys := kern.LongDot(y, s)
	b.times(b.hy, y)
	yhy := kern.LongDot(y, b.hy)
	if !(ys > leastCurvature*kern.LongDot(y, y)) || !(yhy > 0) {
		return
	}
	tau, phi := selfScaled(-alpha*kern.LongDot(s, g)/ys, yhy/ys, b.n)
	scale := 1 / tau
	p := scale * (phi - 1) / yhy
	q := -scale * phi / ys
	r := float64(scale*phi)*yhy/float64(ys*ys) + 1/ys
	if !kern.IsFinite(scale) || !kern.IsFinite(p) || !kern.IsFinite(q) || !kern.IsFinite(r) {
		return
	}
	rest := b.h
	for i := range s {
		row := rest[:b.n-i]
		rest = rest[len(row):]
		for j := range row {
			row[j] *= scale
		}
		kern.Axpy(row, float64(p*b.hy[i])+float64(q*s[i]), b.hy[i:])
		kern.Axpy(row, float64(q*b.hy[i])+float64(r*s[i]), s[i:])
	}
	b.learned = true
}

// selfScaled returns the scale τ and the member φ of Broyden's family, from
// b = s·H⁻¹s/(y·s) and h = y·Hy/(y·s): formulas 13 to 23 of Urbán, Stefanou, Pons.
func selfScaled(b, h float64, n int) (tau, phi float64) {
	a := float64(h*b) - 1 // 0 or more; 0 where y and H⁻¹s are parallel
	theta := (1 - b) / b
	if a > 0 {
		lower := min(1, h*(1-math.Sqrt(a/(1+a))))
		theta = max((lower-1)/a, min(1/lower, theta))
	} else {
		a = 0
	}
	sigma := 1 + float64(a*theta)
	rho := min(1, 1/b)
	root := kern.Exp(kern.Log(math.Abs(sigma)) / float64(1-n)) // n > 1: a network has weights and biases
	if theta <= 0 {
		tau = min(rho*root, sigma)
	} else {
		tau = rho * min(root, 1/theta)
	}
	return tau, (1 - theta) / sigma
}

// Code implements [method.Keeper].
func (b *broyden) Code(c *wire.Coder) {
	c.Bool(&b.learned)
	wire.Exactly(c, b.h)
}
