package nn

import (
	"pinnlab/core/ad"
	"pinnlab/core/jet"
	"pinnlab/core/kern"
	"pinnlab/core/method"
)

// Modified is the name of the paper's network.
const Modified = "modified"

func init() {
	Kinds.Add(Kind{
		Info: method.Info{
			Name: Modified, Short: "modified", Title: "modified network, as published",
			Formula: `<msub><mi>H</mi><mrow><mi>k</mi><mo>+</mo><mn>1</mn></mrow></msub><mo>=</mo><msub><mi>Z</mi><mi>k</mi></msub><mo>⊙</mo><mi>U</mi><mo>+</mo><mo>(</mo><mn>1</mn><mo>−</mo><msub><mi>Z</mi><mi>k</mi></msub><mo>)</mo><mo>⊙</mo><mi>V</mi>`,
			Words:   "Two encoders of the coordinates, U and V, reach every hidden layer: each neuron mixes them by its own value. This makes products of coordinates easy, and the gradients are less stiff.",
			Source:  "S. Wang, Y. Teng, P. Perdikaris, SIAM J. Sci. Comput. 43(5), 2021, section 2.6.",
			Paper:   true,
		},
		Cost: 1.5, Gated: true,
		layout: func(n *Net) {
			n.addTrunk(n.Arch.In)
			n.addEncoders(n.Arch.In)
		},
		record32: recordModified[float32], record64: recordModified[float64],
	})
}

// addEncoders lays out the encoders of that many inputs.
func (n *Net) addEncoders(in int) {
	n.Encoders = []Layer{n.add("U", in, n.Arch.Hidden[0]), n.add("V", in, n.Arch.Hidden[0])}
}

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
