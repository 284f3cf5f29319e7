package weigh

import "pinnlab/core/method"

func init() {
	Kinds.Add(Kind{
		Info: method.Info{
			Name: "constant", Short: "constant λ", Title: "one weight for all conditions",
			Words:  "Every condition has the same weight, from the start to the end.",
			Source: "The penalty method; with the weight 1 it is what M1 and M3 do.",
			Settings: []method.Setting{{Name: "weight", Title: "Weight of the conditions", Kind: method.Number, Lo: 0, Above: true, Hi: 1e12, Log: true, Usual: 100.0,
				Words: "λ of every group of conditions; the residual’s is 1."}},
		},
		Alpha: 0.1, Still: true,
		make: func(s Subject) Weighting { return constant(s.Values.Number("weight")) },
	})
}

// constant is the weight.
type constant float64

// Start implements starter.
func (w constant) Start(lambda []float64) {
	for i := range lambda[1:] {
		lambda[1+i] = float64(w)
	}
}

// Estimate leaves the weights where they are.
func (constant) Estimate([]Ratio, []float64, Gradients) {}
