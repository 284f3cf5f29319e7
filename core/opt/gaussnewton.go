package opt

import (
	"math"

	"pinnlab/core/ad"
	"pinnlab/core/method"
	"pinnlab/core/record"
	"pinnlab/core/wire"
)

func init() {
	Kinds.Add(Kind{
		Info: method.Info{
			Name: "gauss-newton", Short: "Gauss-Newton", Title: "Gauss-Newton, along a curved path",
			Formula: `<mi>θ</mi><mo>←</mo><mi>θ</mi><mo>−</mo><munder><mo>∑</mo><mi>k</mi></munder><msub><mi>d</mi><mi>k</mi></msub><mo>,</mo><mspace width="0.5em"/><msub><mi>d</mi><mi>k</mi></msub><mo>=</mo><msup><mrow><mo>(</mo><msup><mi>J</mi><mi>T</mi></msup><mi>J</mi><mo>+</mo><mi>μ</mi><mi>I</mi><mo>)</mo></mrow><mrow><mo>−</mo><mn>1</mn></mrow></msup><msup><mi>J</mi><mi>T</mi></msup><msub><mi>c</mi><mi>k</mi></msub>`,
			Words: "Each step solves the least squares problem of all residuals, linearised: what is stiff to a gradient is one of its directions like the others. " +
				"The path bends with the residuals’ higher derivatives along it, c₂ to c_p, each by one more solve with the same factor. The damping μ falls while steps do as predicted. It has no learning rate.",
			Source: "K. Levenberg 1944; D. Marquardt 1963; M. K. Transtrum, J. P. Sethna, arXiv 1201.5885, 2012, for the second term.",
			Settings: []method.Setting{
				{Name: "damping", Title: "First damping μ", Kind: method.Number, Lo: 0, Above: true, Hi: 1e6, Log: true, Usual: 1.0,
					Words: "Added to the diagonal of JᵀJ in the first step; from then on it follows how well steps do as predicted."},
				{Name: "bend", Title: "Terms of the path", Kind: method.Whole, Lo: 1, Hi: 6, Usual: 4.0,
					Words: "1 is the method of Levenberg and Marquardt, 2 adds geodesic acceleration; more bend further."},
			},
		},
		Needs:    Needs{Residuals: true},
		Rateless: true, Float64: true, Slow: true,
		Memory: func(residuals, parameters int) int {
			m := min(residuals, parameters)
			return 8 * (residuals*parameters + 2*m*m)
		},
		Make64: func(l ad.Layout, v method.Values) Optimiser[float64] { return newGaussNewton(l.Size(), v) },
	})
}

const (
	leastDamping = 1e-15
	attempts     = 12  // factorisations of a step
	reach        = 2.0 // a term with k |d_k| above this many |d₁| ends the path
	enough       = 0.9 // of the loss; where no end of the path is below, nearer points are tried
)

// lastStep is what is told of the latest step.
type lastStep struct {
	length            float64
	predicted, actual float64 // fall of the loss, over the loss
	terms, factored   int
}

// gaussNewton steps to the best end of a [Path], or damps it more.
type gaussNewton struct {
	mu, grow float64
	last     lastStep
	terms    int

	path *Path
	best []float64 // the best place so far, and the loss there
	loss float64
	kept int // terms
}

func newGaussNewton(n int, v method.Values) *gaussNewton {
	return &gaussNewton{mu: v.Number("damping"), grow: 2, terms: int(v.Number("bend")), best: make([]float64, n)}
}

// Step implements [Optimiser]. It leaves theta alone where no damping makes the
// loss smaller; the next step goes on with the last.
func (g *gaussNewton) Step(theta []float64, at *Point[float64]) error {
	if g.path == nil {
		g.path = NewPath(at.System, g.terms)
	}
	p := g.path
	p.Weigh(at.Weights)
	p.Begin(theta)
	g.last = lastStep{}
	for range attempts {
		g.last.factored++
		if !p.First(g.mu) {
			g.mu = max(10*g.mu, leastDamping)
			continue
		}
		if g.loss = p.Loss; !g.walk() {
			g.mu *= g.grow
			g.grow *= 2
			continue
		}
		rho := max(-10, min(2, (p.Loss-g.loss)/(p.Loss-p.Linear)))
		g.mu = max(leastDamping, g.mu*max(1.0/3, 1-cube(2*rho-1)))
		g.grow = 2
		g.last.length, g.last.terms = distance(theta, g.best), g.kept
		g.last.predicted, g.last.actual = 1-p.Linear/p.Loss, 1-g.loss/p.Loss
		copy(theta, g.best)
		break
	}
	return nil
}

// walk extends the path term by term, keeps the best end of it, and reports
// whether there is one.
func (g *gaussNewton) walk() (found bool) {
	p := g.path
	found = g.try(1, 1)
	for p.Terms < g.terms {
		p.Bend()
		if !(float64(p.Terms)*p.Length(p.Terms) <= reach*p.Length(1)) {
			p.Terms--
			break
		}
		found = g.try(p.Terms, 1) || found
	}
	if !(g.loss < enough*p.Loss) {
		found = g.try(p.Terms, 0.5) || found
		found = g.try(p.Terms, 0.25) || found
	}
	return found
}

// try looks at a point of the path and keeps it if it is the best so far.
func (g *gaussNewton) try(k int, t float64) bool {
	loss := g.path.Try(k, t)
	if !(loss < g.loss) {
		return false
	}
	g.loss, g.kept = loss, k
	g.path.Place(g.best, k, t)
	return true
}

func cube(v float64) float64 { return float64(float64(v*v) * v) }

// Rate implements [Optimiser].
func (g *gaussNewton) Rate() float64 { return math.NaN() }

// Curves implements [Reporter].
func (*gaussNewton) Curves() []record.Curve {
	return []record.Curve{
		{Name: record.Damping, Group: record.NoGroup},
		{Name: record.Fall, Of: "predicted", Group: record.NoGroup}, {Name: record.Fall, Of: "actual", Group: record.NoGroup},
		{Name: record.PathTerms, Group: record.NoGroup}, {Name: record.Attempts, Group: record.NoGroup}, {Name: record.StepLength, Group: record.NoGroup},
	}
}

// Report implements [Reporter].
func (g *gaussNewton) Report(row []float64) {
	l := &g.last
	copy(row, []float64{g.mu, l.predicted, l.actual, float64(l.terms), float64(l.factored), l.length})
}

// Code implements [method.Keeper].
func (g *gaussNewton) Code(c *wire.Coder) {
	l := &g.last
	c.F64(&g.mu, &g.grow, &l.length, &l.predicted, &l.actual)
	terms, factored := uint32(l.terms), uint32(l.factored)
	c.U32(&terms, &factored)
	l.terms, l.factored = int(terms), int(factored)
}

func distance(x, y []float64) float64 {
	sum := 0.0
	for i, v := range x {
		v -= y[i]
		sum += float64(v * v)
	}
	return math.Sqrt(sum)
}
