package opt

import (
	"math"

	"pinnlab/core/kern"
	"pinnlab/core/residual"
)

// A Path is a curve in the space of a network's parameters,
//
//	θ(t) = θ − Σ tᵏ d_k,  d_k = (JᵀJ + μ I)⁻¹ Jᵀ c_k,
//
// where c₁ are the residuals at θ, weighted as [Squares] has them, J their
// Jacobian and c_k, k > 1, the coefficient of tᵏ in the residuals along the path
// of the terms before. The first term is the step of Levenberg and Marquardt, the
// second geodesic acceleration (M. K. Transtrum, J. P. Sethna, arXiv 1201.5885,
// 2012); all come from one factorisation.
type Path struct {
	*Squares
	*Damped
	Loss   float64     // at θ
	Linear float64     // at d₁, were the residuals linear
	Terms  int         // so far
	Agree  float64     // of two extrapolations of a coefficient, relatively; the better is much closer
	D, C   [][]float64 // d₁ ... and c₁ ...

	theta       []float64
	rest        [][]float64 // the residuals' coefficients along the path: -J d₁, c_k - J d_k
	plus, minus []float64   // residuals near θ
	table       [][]float64 // a coefficient, extrapolated from ever more differences
	fresh       []float64
	trial       []float64
}

// NewPath returns the paths of a system's residuals, of so many terms at most.
func NewPath(s *residual.System[float64], terms int) *Path {
	q := NewSquares(s)
	return NewPathBy(q, NewDamped(q.N, s.Net.Layout.Size()), terms)
}

// NewPathBy returns the paths of residuals with a solver of one's own.
func NewPathBy(q *Squares, m *Damped, terms int) *Path {
	n := q.System.Net.Layout.Size()
	p := &Path{Squares: q, Damped: m, Agree: 3e-3}
	rows := func() []float64 { return make([]float64, q.N) }
	p.plus, p.minus, p.fresh = rows(), rows(), rows()
	for range probes {
		p.table = append(p.table, rows())
	}
	p.theta, p.trial = make([]float64, n), make([]float64, n)
	for range terms {
		p.D, p.C, p.rest = append(p.D, make([]float64, n)), append(p.C, rows()), append(p.rest, rows())
	}
	return p
}

// Begin sets θ and forms what paths from there have in common.
func (p *Path) Begin(theta []float64) {
	copy(p.theta, theta)
	p.Loss = p.At(theta, p.C[0])
	p.Jacobian(p.J)
	p.Form()
}

// First sets the damping and the first term. It reports whether the matrix can
// be factorised.
func (p *Path) First(mu float64) bool {
	p.Terms = 0
	if !p.Damp(mu) {
		return false
	}
	p.add()
	p.Linear = 0
	for i, r := range p.C[0] {
		p.rest[0][i] -= r
		left := r + p.rest[0][i]
		p.Linear += float64(left * left)
	}
	return true
}

// Bend adds a term. Its coefficient is found by central differences over h, h/2,
// h/4 ..., extrapolated, until it settles (C. J. F. Ridders, Adv. Eng. Softw. 4,
// 1982).
func (p *Path) Bend() {
	c := p.C[p.Terms]
	best := math.Inf(1)
	h := probe
	for level := range p.table {
		p.central(p.fresh, h)
		h /= 2
		// What was extrapolated from so many levels makes place for what is
		// from one more.
		gap, size, factor := 0.0, 0.0, 1.0
		for _, older := range p.table[:level] {
			factor *= 4
			gap, size = 0, 0
			for i, v := range p.fresh {
				old := older[i]
				older[i] = v
				v += (v - old) / (factor - 1)
				p.fresh[i] = v
				gap += float64((v - old) * (v - old))
				size += float64(v * v)
			}
		}
		copy(p.table[level], p.fresh)
		if level == 0 {
			continue
		}
		if gap < best {
			best = gap
			copy(c, p.fresh)
		} else if level > 2 {
			break
		}
		if gap <= p.Agree*p.Agree*size {
			break
		}
	}
	p.add()
}

// add makes the next term of its coefficient.
func (p *Path) add() {
	k := p.Terms
	p.Solve(p.D[k], p.C[k])
	p.Times(p.rest[k], p.D[k])
	for i, v := range p.rest[k] {
		p.rest[k][i] = p.C[k][i] - v
	}
	p.Terms++
}

const (
	probe  = 0.1 // how far along the path residuals are taken for its coefficients, at first
	probes = 10  // distances, at most
)

// central sets c to the coefficient of the next term by central differences over
// h.
func (p *Path) central(c []float64, h float64) {
	p.beyond(p.plus, h)
	p.beyond(p.minus, -h)
	sign, scale := -1.0, 0.5/h
	for range p.Terms {
		sign, scale = -sign, scale/h
	}
	for i := range c {
		c[i] = (p.plus[i] + sign*p.minus[i]) * scale
	}
}

// beyond sets r to the residuals along the path at t, less what is known of them
// up to the power of the last term.
func (p *Path) beyond(r []float64, t float64) {
	p.Residuals(r, p.Terms, t)
	for i, v := range p.C[0] {
		r[i] -= v
	}
	power := 1.0
	for _, rest := range p.rest[:p.Terms] {
		power *= t
		for i, v := range rest {
			r[i] -= float64(power * v)
		}
	}
}

// Residuals fills r with the residuals at t of the path's first k terms, and
// returns the loss there.
func (p *Path) Residuals(r []float64, k int, t float64) (loss float64) {
	p.Place(p.trial, k, t)
	return p.At(p.trial, r)
}

// Try returns the loss at t of the path's first k terms.
func (p *Path) Try(k int, t float64) float64 { return p.Residuals(p.plus, k, t) }

// Place sets theta to where the path's first k terms are at t.
func (p *Path) Place(theta []float64, k int, t float64) {
	copy(theta, p.theta)
	power := 1.0
	for _, d := range p.D[:k] {
		power *= t
		for i, v := range d {
			theta[i] -= float64(power * v)
		}
	}
}

// Length returns |d_k|, the first being d₁.
func (p *Path) Length(k int) float64 { return math.Sqrt(kern.Dot(p.D[k-1], p.D[k-1])) }
