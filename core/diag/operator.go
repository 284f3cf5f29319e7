package diag

import "pinnlab/core/train"

// An Operator is a symmetric matrix known by its products.
type Operator interface {
	// Size returns the number of rows.
	Size() int
	// Apply sets dst to the matrix times v. It must not keep either.
	Apply(dst, v []float64)
}

// A Part is a part of the loss: the residual terms, the conditions' terms or
// their sum.
type Part string

const (
	Residual   Part = "res"
	Conditions Part = "bcs"
	Total      Part = "total"
)

// Parts lists the parts, the total first.
func Parts() []Part { return []Part{Total, Residual, Conditions} }

// Weights returns the weights of the groups in the part, for the weights of the
// groups in the total.
func (p Part) Weights(lambda []float64) []float64 {
	w := make([]float64, len(lambda))
	switch p {
	case Total:
		copy(w, lambda)
	case Residual:
		w[0] = lambda[0]
	case Conditions:
		copy(w[1:], lambda[1:])
	default:
		panic("diag: Part: unknown part " + string(p))
	}
	return w
}

// A Curvature is the block of a weighted sum of the groups' Hessians that
// belongs to a subset of the parameters.
type Curvature struct {
	h       *train.Hessian[float64]
	weights []float64
	spans   []span
	size    int
	v, hv   []float64 // of all parameters
}

// NewCurvature returns the Operator of h for the groups' weights. It looks at
// the parameters and points that h has when Apply is called.
func NewCurvature(h *train.Hessian[float64], s Subset, weights []float64) *Curvature {
	n := h.Net().Layout.Size()
	return &Curvature{
		h: h, weights: weights, spans: s.spans(h.Net()), size: s.Size(h.Net()),
		v: make([]float64, n), hv: make([]float64, n),
	}
}

// Size returns the number of parameters in the subset.
func (c *Curvature) Size() int { return c.size }

// Apply sets dst to H v, both in the order of the subset's parameters in theta.
func (c *Curvature) Apply(dst, v []float64) {
	if len(dst) != c.size || len(v) != c.size {
		panic("diag: Apply: wrong length")
	}
	scatter(c.v, v, c.spans) // what is not in the subset stays zero
	c.h.Product(c.hv, c.v, c.weights)
	gather(dst, c.hv, c.spans)
}
