// Package sampler has the samplers: where the points of each step are. A sampler
// is one short file, which registers itself. Samplers know nothing of a
// problem's domain: they give numbers in [0, 1), one for each coordinate that a
// point set leaves free.
package sampler

import "pinnlab/core/method"

// A Sampler places the points of a run's steps.
type Sampler interface {
	// Draw fills u with the points of a set at a step, one after the other, as
	// many as fit. Steps come in order; a set may be asked for several times.
	Draw(u []float64, set, step int)
	method.Keeper
}

// MaxBatch is the most points of a set at a step.
const MaxBatch = 16384

// Side is the setting of samplers that have a number of points for sides.
var Side = method.Setting{Name: "perSide", Title: "Batch of a side", Kind: method.Whole, Hi: MaxBatch, Log: true, Usual: 0.0,
	Words: "Points of each iteration for each side of the boundary; 0 for as many as inside."}

// A Plan is what a sampler is made for.
type Plan struct {
	Seed   uint64
	Batch  []int // points of each set at a step
	Free   []int // coordinates that each set leaves free
	Values method.Values

	// Size fills dst with |r| at points of a set, one after the other, at the
	// run's present parameters: the root of the sum of the squares of the set's
	// residuals.
	Size func(dst []float64, set int, u []float64)
}

// A Kind is a sampler of the registry.
type Kind struct {
	method.Info

	make func(p Plan) Sampler
}

// Kinds are the samplers. Each is added by the init of its own file.
var Kinds method.Registry[Kind]

// New returns the sampler of a kind.
func New(k Kind, p Plan) Sampler { return k.make(p) }
