package opt

import (
	"pinnlab/core/ad"
	"pinnlab/core/kern"
	"pinnlab/core/method"
	"pinnlab/core/wire"
)

const maxPairs = 50

func init() {
	Kinds.Add(Kind{
		Info: method.Info{
			Name: "l-bfgs", Short: "L-BFGS", Title: "L-BFGS, with a line search",
			Formula: `<mi>θ</mi><mo>←</mo><mi>θ</mi><mo>−</mo><mi>α</mi><mi>H</mi><mi>g</mi><mo>,</mo><mspace width="0.5em"/><mi>H</mi><mo>←</mo><mrow><mo>(</mo><mi>I</mi><mo>−</mo><mfrac><mrow><mi>s</mi><msup><mi>y</mi><mi>T</mi></msup></mrow><mrow><msup><mi>y</mi><mi>T</mi></msup><mi>s</mi></mrow></mfrac><mo>)</mo></mrow><mi>H</mi><mrow><mo>(</mo><mi>I</mi><mo>−</mo><mfrac><mrow><mi>y</mi><msup><mi>s</mi><mi>T</mi></msup></mrow><mrow><msup><mi>y</mi><mi>T</mi></msup><mi>s</mi></mrow></mfrac><mo>)</mo></mrow><mo>+</mo><mfrac><mrow><mi>s</mi><msup><mi>s</mi><mi>T</mi></msup></mrow><mrow><msup><mi>y</mi><mi>T</mi></msup><mi>s</mi></mrow></mfrac>`,
			Words: "From the last steps s and how the gradient changed along each, y, it makes an approximation H of the inverse Hessian without storing it. A line search finds the length α of a step, on the step’s points. " +
				"It wants points that stay for a while. The learning rate is that of the steps of Adam before it.",
			Source: "D. C. Liu, J. Nocedal, Math. Program. 45, 1989; 50 pairs as in M. Raissi, P. Perdikaris, G. E. Karniadakis, J. Comput. Phys. 378, 2019.",
			Settings: []method.Setting{adamFirst,
				{Name: "pairs", Title: "Pairs", Kind: method.Whole, Lo: 1, Hi: maxPairs, Usual: 50.0, Words: "Steps that L-BFGS remembers."},
			},
		},
		Needs:   Needs{Gradient: true, Residuals: true},
		Float64: true,
		Memory:  func(_, parameters int) int { return 2 * 2 * maxPairs * 8 * parameters }, // and as much in a checkpoint
		Make64: func(l ad.Layout, v method.Values) Optimiser[float64] {
			return newQuasiNewton(l.Size(), v, newPairs(l.Size(), int(v.Number("pairs"))))
		},
	})
}

// pairs are the last steps and differences of gradients, which make H by the
// two loops of Nocedal, Wright, Numerical Optimization, 2nd ed., algorithm 7.4.
type pairs struct {
	list []pair // the oldest first, then those that are not yet
	held int
}

type pair struct {
	s, y   []float64
	sy, yy float64 // s·y, y·y
	along  float64 // scratch
}

func newPairs(n, most int) *pairs {
	p := &pairs{list: make([]pair, most)}
	for i := range p.list {
		p.list[i].s, p.list[i].y = make([]float64, n), make([]float64, n)
	}
	return p
}

func (p *pairs) known() bool { return p.held > 0 }
func (p *pairs) forget()     { p.held = 0 }

func (p *pairs) direction(d, g []float64) {
	for i, v := range g {
		d[i] = -v
	}
	held := p.list[:p.held]
	for i := range held {
		k := &held[len(held)-1-i]
		k.along = kern.LongDot(k.s, d) / k.sy
		kern.Axpy(d, -k.along, k.y)
	}
	if p.held > 0 {
		newest := &held[p.held-1]
		scale := newest.sy / newest.yy
		for i := range d {
			d[i] *= scale
		}
	}
	for i := range held {
		k := &held[i]
		kern.Axpy(d, k.along-kern.LongDot(k.y, d)/k.sy, k.s)
	}
}

// learn adds a pair in place of the oldest, unless it would spoil H.
func (p *pairs) learn(s, y, _ []float64, _ float64) {
	sy, yy := kern.LongDot(s, y), kern.LongDot(y, y)
	if !(sy > leastCurvature*yy) {
		return
	}
	if p.held == len(p.list) {
		oldest := p.list[0]
		copy(p.list, p.list[1:])
		p.list[p.held-1] = oldest
		p.held--
	}
	k := &p.list[p.held]
	copy(k.s, s)
	copy(k.y, y)
	k.sy, k.yy = sy, yy
	p.held++
}

// leastCurvature is the least s·y over y·y: below, differences of gradients are
// rounding.
const leastCurvature = 1e-16

// Code implements [method.Keeper].
func (p *pairs) Code(c *wire.Coder) {
	held := uint32(p.held)
	c.U32(&held)
	c.Refuse(int(held) <= len(p.list))
	if c.Bad() {
		return
	}
	p.held = int(held)
	for i := range p.list[:p.held] {
		k := &p.list[i]
		wire.Exactly(c, k.s)
		wire.Exactly(c, k.y)
		c.F64(&k.sy, &k.yy)
	}
}
