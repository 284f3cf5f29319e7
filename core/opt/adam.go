package opt

import (
	"pinnlab/core/ad"
	"pinnlab/core/kern"
	"pinnlab/core/method"
	"pinnlab/core/wire"
)

func init() {
	Kinds.Add(Kind{
		Info: method.Info{
			Name: "adam", Short: "Adam", Title: "Adam",
			Formula: `<mi>θ</mi><mo>←</mo><mi>θ</mi><mo>−</mo><mi>η</mi><mfrac><mover><mi>m</mi><mo>^</mo></mover><mrow><msqrt><mover><mi>v</mi><mo>^</mo></mover></msqrt><mo>+</mo><mi>ε</mi></mrow></mfrac>`,
			Words:   "Each parameter moves by about the learning rate η, whatever the size of its gradient: the running mean m̂ of the gradient over the root of that of its square, v̂.",
			Source:  "D. P. Kingma, J. Ba, ICLR 2015, algorithm 1; β₁ = 0.9, β₂ = 0.999, ε = 1e-8.",
			Paper:   true,
		},
		Needs:  Needs{Gradient: true},
		Make32: func(l ad.Layout, _ method.Values) Optimiser[float32] { return NewAdam[float32](l.Size()) },
		Make64: func(l ad.Layout, _ method.Values) Optimiser[float64] { return NewAdam[float64](l.Size()) },
	})
}

// Adam is the optimiser of Kingma and Ba, "Adam: A Method for Stochastic
// Optimization" (2015), Algorithm 1, with the names of the paper.
type Adam[T kern.Float] struct {
	Beta1, Beta2, Eps float64

	m, v           []T     // first and second moment estimates
	power1, power2 float64 // β1ᵗ and β2ᵗ after t steps
	alpha          float64 // of the latest step
}

// NewAdam returns Adam for n parameters with the paper's settings: β1 = 0.9,
// β2 = 0.999, ε = 1e-8.
func NewAdam[T kern.Float](n int) *Adam[T] {
	return &Adam[T]{Beta1: 0.9, Beta2: 0.999, Eps: 1e-8,
		m: make([]T, n), v: make([]T, n), power1: 1, power2: 1}
}

// Step implements [Optimiser].
func (a *Adam[T]) Step(theta []T, at *Point[T]) error {
	a.alpha = at.Rate
	a.power1 *= a.Beta1
	a.power2 *= a.Beta2
	kern.AdamStep(theta, a.m, a.v, at.Gradient,
		T(a.alpha/(1-a.power1)), T(1/(1-a.power2)), T(a.Beta1), T(a.Beta2), T(a.Eps))
	return nil
}

// Rate implements [Optimiser].
func (a *Adam[T]) Rate() float64 { return a.alpha }

// Code implements [method.Keeper].
func (a *Adam[T]) Code(c *wire.Coder) {
	wire.Exactly(c, a.m)
	wire.Exactly(c, a.v)
	counters := []float64{a.power1, a.power2, a.alpha}
	wire.Exactly(c, counters)
	a.power1, a.power2, a.alpha = counters[0], counters[1], counters[2]
}
