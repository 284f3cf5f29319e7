package nn

import (
	"pinnlab/core/ad"
	"pinnlab/core/jet"
	"pinnlab/core/kern"
)

// recordModified records the improved architecture of Wang, Teng and
// Perdikaris (SIAM J. Sci. Comput. 43 (2021), section 2.6), with the gate of
// the authors' code:
//
//	U = φ(X WU + bU)    V = φ(X WV + bV)
//	Zₖ = φ(Hₖ Wₖ + bₖ)    Hₖ₊₁ = Zₖ ⊙ U + (1 - Zₖ) ⊙ V = V + Zₖ ⊙ (U - V)
//
// from H₀ = X; every hidden layer is gated.
func recordModified[T kern.Float](n *Net, t *ad.Tape[T], x *ad.Var[T]) *ad.Var[T] {
	phi, gate := n.Arch.Activation(t.Set), jet.Gate(t.Set)
	u := t.Map(phi, t.Linear(x, n.Encoders[0].W, n.Encoders[0].B))
	v := t.Map(phi, t.Linear(x, n.Encoders[1].W, n.Encoders[1].B))
	d := t.Difference(u, v)
	h := x
	for _, l := range n.hidden() {
		z := t.Map(phi, t.Linear(h, l.W, l.B))
		h = t.Map(gate, z, d, v)
	}
	out := n.Trunk[len(n.Trunk)-1]
	return t.Linear(h, out.W, out.B)
}
