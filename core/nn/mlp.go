package nn

import (
	"pinnlab/core/ad"
	"pinnlab/core/kern"
)

// recordMLP records the fully connected network
//
//	H₀ = X    Hₖ₊₁ = φ(Hₖ Wₖ + bₖ)    fields = H W + b.
func recordMLP[T kern.Float](n *Net, t *ad.Tape[T], x *ad.Var[T]) *ad.Var[T] {
	phi := n.Arch.Activation(t.Set)
	h := x
	for _, l := range n.hidden() {
		h = t.Map(phi, t.Linear(h, l.W, l.B))
	}
	out := n.Trunk[len(n.Trunk)-1]
	return t.Linear(h, out.W, out.B)
}
