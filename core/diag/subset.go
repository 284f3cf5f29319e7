package diag

import (
	"pinnlab/core/ad"
	"pinnlab/core/nn"
)

// A Subset says which parameters count.
type Subset string

const (
	All     Subset = "all"     // every weight and bias
	Weights Subset = "weights" // the weight matrices, the encoders' too
	Trunk   Subset = "trunk"   // the trunk's weight matrices, as the paper counts them
)

// Subsets lists the subsets.
func Subsets() []Subset { return []Subset{All, Weights, Trunk} }

// Layers returns the layers of net that have parameters in s.
func (s Subset) Layers(net *nn.Net) []nn.Layer {
	if s == Trunk {
		return net.Trunk
	}
	return net.Layers()
}

// matrices returns the parameters of s in one layer.
func (s Subset) matrices(l nn.Layer) []ad.Param {
	if s == All {
		return []ad.Param{l.W, l.B}
	}
	return []ad.Param{l.W}
}

// A span is a piece of theta.
type span struct{ lo, hi int }

// spans returns where in theta the parameters of s are, in its order.
func (s Subset) spans(net *nn.Net) (spans []span) {
	switch s {
	case All, Weights, Trunk:
	default:
		panic("diag: Subset: unknown subset " + string(s))
	}
	for _, l := range s.Layers(net) {
		for _, p := range s.matrices(l) {
			spans = append(spans, span{p.Offset, p.Offset + p.Size()})
		}
	}
	return spans
}

// Size returns the number of parameters of s.
func (s Subset) Size(net *nn.Net) (n int) {
	for _, p := range s.spans(net) {
		n += p.hi - p.lo
	}
	return n
}

// gather packs the parameters in spans of theta into dst.
func gather(dst, theta []float64, spans []span) {
	for _, p := range spans {
		dst = dst[copy(dst, theta[p.lo:p.hi]):]
	}
}

// scatter is the inverse of gather; the rest of theta stays as it is.
func scatter(theta, src []float64, spans []span) {
	for _, p := range spans {
		src = src[copy(theta[p.lo:p.hi], src):]
	}
}
