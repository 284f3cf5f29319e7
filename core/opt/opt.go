// Package opt has the optimisers and schedules; they work on flat vectors. An
// optimiser is one short file, which registers itself.
package opt

import (
	"pinnlab/core/ad"
	"pinnlab/core/kern"
	"pinnlab/core/method"
	"pinnlab/core/record"
	"pinnlab/core/residual"
)

// An Optimiser moves a network's parameters.
type Optimiser[T kern.Float] interface {
	// Step moves theta. An error says why it cannot; theta and what is carried from
	// step to step are then as they were.
	Step(theta []T, at *Point[T]) error
	// Rate returns the learning rate of the latest step, NaN where there is none.
	Rate() float64
	method.Keeper
}

// A Reporter is an optimiser that has more to tell of its latest step than its
// learning rate.
type Reporter interface {
	Curves() []record.Curve // what it is
	Report(row []float64)   // a number for each
}

// A Point is what an optimiser is given at a step: what its Needs name, at theta
// and the step's points.
//
// Points and weights may be others than at the step before, and nothing says so:
// what an optimiser compares it takes from one Point. Where it needs the loss at
// two places, as for a difference of gradients, the System gives the second.
type Point[T kern.Float] struct {
	Rate     float64   // learning rate, after decay
	Loss     float64   // Σ λᵢ Lᵢ, weighted
	Gradient []T       // of Loss
	Weights  []float64 // λ by group

	// System gives residuals, Jᵀ w and the rows of J; its parameters may be
	// loaded anew, to look elsewhere on the same points.
	System *residual.System[T]
}

// Needs says what an optimiser looks at besides the rate, as gonum's optimize
// has it. What it does not need is not computed.
type Needs struct {
	Gradient  bool // and Loss
	Residuals bool // System, its parameters loaded
}

// A Kind is an optimiser of the registry.
type Kind struct {
	method.Info
	Needs Needs `json:"-"`

	Rateless bool `json:"rateless"` // it has no learning rate
	Float64  bool `json:"float64"`  // float32 is not enough for it
	Slow     bool `json:"-"`        // a step does what hundreds of Adam's do: each is looked at

	// Memory returns how many bytes it takes for so many residuals and parameters,
	// where it is worth a word; nil otherwise.
	Memory func(residuals, parameters int) int `json:"-"`

	// Make32 and Make64 return one for the parameters of a network; Make32 is nil
	// for Float64.
	Make32 func(l ad.Layout, v method.Values) Optimiser[float32] `json:"-"`
	Make64 func(l ad.Layout, v method.Values) Optimiser[float64] `json:"-"`
}

// Kinds are the optimisers. Each is added by the init of its own file.
var Kinds method.Registry[Kind]

// New returns the optimiser of a kind for parameters; v has the values of the
// settings that the kind declares.
func New[T kern.Float](k Kind, l ad.Layout, v method.Values) Optimiser[T] {
	var x T
	if _, wide := any(x).(float64); wide {
		return any(k.Make64(l, v)).(Optimiser[T])
	}
	return any(k.Make32(l, v)).(Optimiser[T])
}
