package nn

import (
	"pinnlab/core/ad"
	"pinnlab/core/kern"
	"pinnlab/core/method"
)

// MLP is the name of the plain network.
const MLP = "mlp"

func init() {
	Kinds.Add(Kind{
		Info: method.Info{
			Name: MLP, Short: "plain", Title: "fully connected",
			Formula: `<msub><mi>H</mi><mrow><mi>k</mi><mo>+</mo><mn>1</mn></mrow></msub><mo>=</mo><mi>tanh</mi><mo>(</mo><msub><mi>H</mi><mi>k</mi></msub><msub><mi>W</mi><mi>k</mi></msub><mo>+</mo><msub><mi>b</mi><mi>k</mi></msub><mo>)</mo>`,
			Words:   "Layer after layer of weighted sums, each through tanh; the last one without.",
			Source:  "M. Raissi, P. Perdikaris, G. E. Karniadakis, J. Comput. Phys. 378, 2019.",
			Paper:   true,
		},
		Cost:     1,
		layout:   func(n *Net) { n.addTrunk(n.Arch.In) },
		record32: recordMLP[float32], record64: recordMLP[float64],
	})
}

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
