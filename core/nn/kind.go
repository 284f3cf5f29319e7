package nn

import (
	"pinnlab/core/ad"
	"pinnlab/core/kern"
	"pinnlab/core/method"
)

// A Kind is a network of the registry.
type Kind struct {
	method.Info
	Cost  float64 `json:"-"` // time of a hidden layer, that of the plain network's being 1
	Gated bool    `json:"-"` // the methods with a modified network may have it

	layout   func(n *Net)
	start    func(n *Net, theta []float64, from Normal) // of the embedding; nil for none
	record32 recorder[float32]
	record64 recorder[float64]
}

// A recorder records a network on t, from the normalised coordinates x to the
// fields.
type recorder[T kern.Float] func(n *Net, t *ad.Tape[T], x *ad.Var[T]) *ad.Var[T]

// Kinds are the networks. Each is added by the init of its own file.
var Kinds method.Registry[Kind]

// Record records the network on t, from the normalised coordinates x to the
// fields.
func Record[T kern.Float](n *Net, t *ad.Tape[T], x *ad.Var[T]) *ad.Var[T] {
	var record any = n.kind.record32
	if _, wide := any(t).(*ad.Tape[float64]); wide {
		record = n.kind.record64
	}
	return record.(recorder[T])(n, t, x)
}
