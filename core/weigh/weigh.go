// Package weigh has the weightings: how the losses of a problem's groups are
// weighted in the sum that a network is trained on,
//
//	L = Σ λᵢ Lᵢ,
//
// group 0 being the residual. A weighting is one short file, which registers
// itself.
package weigh

import (
	"math"

	"pinnlab/core/method"
	"pinnlab/core/wire"
)

// A Weighting estimates the weights from the gradients of the groups' losses.
type Weighting interface {
	// Estimate sets hat[i] to the weight that group i should have; lambda[i] is
	// the present one. NaN, as hat is filled on entry, leaves a weight where it
	// is.
	Estimate(hat []Ratio, lambda []float64, g Gradients)
}

// A Ratio is an estimate as its weighting makes it, such as a size of the
// residual's gradient over one of the conditions'.
type Ratio struct{ Top, Bottom float64 }

// Value returns the estimate.
func (r Ratio) Value() float64 { return r.Top / r.Bottom }

var unknown = Ratio{math.NaN(), math.NaN()}

// Gradients is what a weighting can ask about the groups' unweighted losses at
// the parameters and points of a step. What it does not ask for is not
// computed.
type Gradients interface {
	Loss(group int) float64           // the sum of its terms
	Norm(group int) float64           // Euclidean, of its gradient
	Size(group int) Magnitude         // over all parameters
	Layers() int                      // weight matrices of the trunk
	Layer(group, layer int) Magnitude // over one of them
	Trace(group int) float64          // Σ over its terms of the mean of ‖∇r‖² over their residuals r
}

// A Magnitude is max|g| and mean|g| of a gradient or of a part of it.
type Magnitude struct{ Max, Mean float64 }

// A Kind is a weighting of the registry. Its Formula is that of the estimate.
type Kind struct {
	method.Info

	Alpha  float64 `json:"alpha"`  // the weight of a new estimate that its source recommends
	Period int     `json:"period"` // iterations between two estimates, likewise; 0: the problem's own

	Still bool `json:"still"` // the weights stay as they are
	After bool `json:"-"`     // it looks at the parameters that a step has led to, on its points
	Trunk bool `json:"-"`     // it counts the trunk's weight matrices only

	make func(s Subject) Weighting
}

// A Subject is what a weighting is made for.
type Subject struct {
	Groups   int  // of losses
	PerLayer bool // the authors' script for the problem looks at each layer by itself
	Values   method.Values
}

// Default is the name of the weighting of the published paper, which a problem
// has where it says nothing.
const Default = "siam"

// Kinds are the weightings. Each is added by the init of its own file.
var Kinds method.Registry[Kind]

// Weights are the weights of a problem's groups under a weighting.
type Weights struct {
	Kind   Kind
	Lambda []float64
	Hat    []float64 // the latest estimates, NaN before the first
	From   []Ratio   // what they were made of
	Frozen bool      // Lambda stays as it is

	rule  Weighting
	fresh []Ratio // estimates

	was struct { // at Mark
		lambda, hat []float64
		from        []Ratio
	}
}

// A starter is a weighting whose weights do not start at 1.
type starter interface {
	// Start sets the weights that groups start with; they are 1 on entry.
	Start(lambda []float64)
}

// New returns the weights of groups, all 1 unless the kind says otherwise.
func New(k Kind, s Subject) *Weights {
	w := &Weights{Kind: k, rule: k.make(s)}
	for range s.Groups {
		w.Lambda, w.Hat = append(w.Lambda, 1), append(w.Hat, math.NaN())
		w.From, w.fresh = append(w.From, unknown), append(w.fresh, unknown)
	}
	w.start()
	return w
}

func (w *Weights) start() {
	if own, ok := w.rule.(starter); ok {
		own.Start(w.Lambda)
	}
}

// Follow has the weights go on from others of the same groups, unless their kind
// says where they start.
func (w *Weights) Follow(was *Weights) {
	copy(w.Lambda, was.Lambda)
	copy(w.Hat, was.Hat)
	w.Frozen = was.Frozen
	w.start()
}

// Code implements [method.Keeper]: the weights, their estimates, and what the
// weighting carries besides.
func (w *Weights) Code(c *wire.Coder) {
	wire.Exactly(c, w.Lambda)
	wire.Exactly(c, w.Hat)
	if k, ok := w.rule.(method.Keeper); ok {
		k.Code(c)
	}
}

// Mark notes the weights as they are, for TakeBack.
func (w *Weights) Mark() {
	w.was.lambda = append(w.was.lambda[:0], w.Lambda...)
	w.was.hat = append(w.was.hat[:0], w.Hat...)
	w.was.from = append(w.was.from[:0], w.From...)
}

// TakeBack makes them as they were at Mark.
func (w *Weights) TakeBack() {
	copy(w.Lambda, w.was.lambda)
	copy(w.Hat, w.was.hat)
	copy(w.From, w.was.from)
}

// Moves reports whether the weights move.
func (w *Weights) Moves() bool { return !w.Kind.Still && !w.Frozen }

// Update moves the weights towards the estimates,
//
//	λᵢ ← (1-α) λᵢ + α λ̂ᵢ:
//
// alpha is the weight of the new estimate. One that is not finite, such as that
// of a vanished gradient, leaves its weight alone.
func (w *Weights) Update(alpha float64, g Gradients) {
	for i := range w.fresh {
		w.fresh[i] = unknown
	}
	w.rule.Estimate(w.fresh, w.Lambda, g)
	for i, from := range w.fresh {
		hat := from.Value()
		if math.IsInf(hat, 0) || hat != hat {
			continue
		}
		w.Hat[i], w.From[i] = hat, from
		w.Lambda[i] = float64((1-alpha)*w.Lambda[i]) + float64(alpha*hat)
	}
}

// Counted returns the magnitude of a group's gradient as the weighting counts
// it: over all parameters or over the trunk's weight matrices.
func (w *Weights) Counted(group int, g Gradients) Magnitude {
	if w.Kind.Trunk {
		return counted(group, g)
	}
	return g.Size(group)
}

// counted returns the largest of the trunk's weight matrices' maxima and the
// mean of their means.
func counted(group int, g Gradients) (m Magnitude) {
	for k := range g.Layers() {
		l := g.Layer(group, k)
		m.Max = max(m.Max, l.Max)
		m.Mean += l.Mean / float64(g.Layers())
	}
	return m
}
