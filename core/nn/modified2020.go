package nn

import (
	"pinnlab/core/ad"
	"pinnlab/core/jet"
	"pinnlab/core/kern"
	"pinnlab/core/method"
)

// Modified2020 is the name of the paper's network as its code had it at first.
const Modified2020 = "modified-2020"

func init() {
	Kinds.Add(Kind{
		Info: method.Info{
			Name: Modified2020, Short: "modified 2020", Title: "modified network, the code before July 2021",
			Formula: `<msub><mi>H</mi><mrow><mi>k</mi><mo>+</mo><mn>1</mn></mrow></msub><mo>=</mo><mi>tanh</mi><mo>(</mo><msub><mi>H</mi><mi>k</mi></msub><mi>W</mi><mo>+</mo><mi>b</mi><mo>)</mo><mo>⊙</mo><mi>U</mi><mo>+</mo><mi>tanh</mi><mo>(</mo><mo>(</mo><mn>1</mn><mo>−</mo><msub><mi>H</mi><mi>k</mi></msub><mi>W</mi><mo>)</mo><mo>+</mo><mi>b</mi><mo>)</mo><mo>⊙</mo><mi>V</mi>`,
			Words:   "The modified network with another gate, with which the published errors of M4 were most likely computed.",
			Source:  "PredictiveIntelligenceLab/GradientPathologiesPINNs, August 2020 to July 2021.",
			Paper:   true,
		},
		Cost: 1.5, Gated: true,
		layout: func(n *Net) {
			n.addTrunk(n.Arch.In)
			n.addEncoders(n.Arch.In)
		},
		record32: recordModified2020[float32], record64: recordModified2020[float64],
	})
}

// recordModified2020 records the improved architecture with the gate that the
// authors' code had from its release in August 2020 to 27 July 2021 (commits
// 27c2dc2, f19a9a7 and 9d5f1f3 mended it):
//
//	Hₖ₊₁ = φ(Hₖ Wₖ + bₖ) ⊙ U + φ((1 - Hₖ Wₖ) + bₖ) ⊙ V
//
// The published errors may have been reached with it.
func recordModified2020[T kern.Float](n *Net, t *ad.Tape[T], x *ad.Var[T]) *ad.Var[T] {
	phi, product := n.Arch.Activation(t.Set), jet.Product(t.Set)
	flip, add := jet.Affine(t.Set, -1, 1), jet.Combine(t.Set, 1, 1)
	u := t.Map(phi, t.Linear(x, n.Encoders[0].W, n.Encoders[0].B))
	v := t.Map(phi, t.Linear(x, n.Encoders[1].W, n.Encoders[1].B))
	h := x
	for _, l := range n.hidden() {
		hw := t.Product(h, l.W)
		z := t.Map(phi, t.AddBias(hw, l.B))
		w := t.Map(phi, t.AddBias(t.Map(flip, hw), l.B))
		h = t.Map(add, t.Map(product, z, u), t.Map(product, w, v))
	}
	out := n.Trunk[len(n.Trunk)-1]
	return t.Linear(h, out.W, out.B)
}
