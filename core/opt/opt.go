// Package opt has the optimisers and schedules; they work on flat vectors.
package opt

import "pinnlab/core/kern"

// Adam is the optimiser of Kingma and Ba, "Adam: A Method for Stochastic
// Optimization" (2015), Algorithm 1, with the names of the paper. Its fields
// are its whole state.
type Adam[T kern.Float] struct {
	Beta1, Beta2, Eps float64

	M, V           []T     // first and second moment estimates
	Power1, Power2 float64 // β1ᵗ and β2ᵗ after t steps
}

// NewAdam returns Adam for n parameters with the paper's settings: β1 = 0.9,
// β2 = 0.999, ε = 1e-8.
func NewAdam[T kern.Float](n int) *Adam[T] {
	return &Adam[T]{Beta1: 0.9, Beta2: 0.999, Eps: 1e-8,
		M: make([]T, n), V: make([]T, n), Power1: 1, Power2: 1}
}

// Step moves theta against the gradient g with learning rate alpha.
func (a *Adam[T]) Step(theta, g []T, alpha float64) {
	a.Power1 *= a.Beta1
	a.Power2 *= a.Beta2
	kern.AdamStep(theta, a.M, a.V, g,
		T(alpha/(1-a.Power1)), T(1/(1-a.Power2)), T(a.Beta1), T(a.Beta2), T(a.Eps))
}

// Decay is a continuous exponential schedule: the factor Rate per Steps
// iterations.
type Decay struct{ Rate, Steps float64 }

// At returns the factor on the learning rate at an iteration.
func (d Decay) At(iteration int) float64 {
	if d.Rate == 1 {
		return 1
	}
	return kern.Exp(float64(iteration) / d.Steps * kern.Log(d.Rate))
}
