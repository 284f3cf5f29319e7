package weigh

import (
	"math"

	"pinnlab/core/method"
)

// The rules of learning-rate annealing estimate, for each group i of
// conditions, the weight that would balance its gradient against the
// residual's:
//
//	siam    max|∇Lᵣ| / mean|∇(λᵢ Lᵢ)|  over all parameters (SIAM 2021, eq. 2.30)
//	arxiv   max|∇Lᵣ| / mean|∇Lᵢ|       over all parameters (arXiv v1, eq. 40)
//	code    as siam, over the trunk's weight matrices, the mean being that of
//	        the layers' means, and at the parameters after the step: the
//	        released scripts. Theirs for the cavity takes the largest of the
//	        layers' ratios instead (Subject.PerLayer).
func init() {
	Kinds.Add(Kind{
		Info: method.Info{
			Name: Default, Short: "SIAM", Title: "SIAM paper (2021)",
			Formula: hat + `<mo>=</mo><mfrac><mrow>` + maxResidual + `</mrow><mrow>` + mean(`<mo>(</mo>`+lambda+loss+`<mo>)</mo>`) + `</mrow></mfrac>`,
			Words:   "The largest entry of the residual’s gradient over the mean entry of the weighted condition’s: both are then felt alike.",
			Source:  "S. Wang, Y. Teng, P. Perdikaris, SIAM J. Sci. Comput. 43(5), 2021, eq. 2.30.",
			Paper:   true,
		},
		Alpha: 0.1,
		make:  func(Subject) Weighting { return siam{} },
	})
	Kinds.Add(Kind{
		Info: method.Info{
			Name: "arxiv", Short: "arXiv", Title: "arXiv paper (2020)",
			Formula: hat + `<mo>=</mo><mfrac><mrow>` + maxResidual + `</mrow><mrow>` + mean(loss) + `</mrow></mfrac>`,
			Words:   "As the first version printed it: without λ below the line, so that the weights run away.",
			Source:  "S. Wang, Y. Teng, P. Perdikaris, arXiv 2001.04536v1, 2020, eq. 40.",
			Paper:   true,
		},
		Alpha: 0.9,
		make:  func(Subject) Weighting { return arxiv{} },
	})
	Kinds.Add(Kind{
		Info: method.Info{
			Name: "code", Short: "code", Title: "released code",
			Formula: hat + `<mo>=</mo><mfrac><mrow>` + maxResidual + `</mrow><mrow>` + mean(`<mo>(</mo>`+lambda+loss+`<mo>)</mo>`) + `</mrow></mfrac>`,
			Words:   "Over weight matrices, layer by layer, after the step, as the authors’ scripts do.",
			Source:  "PredictiveIntelligenceLab/GradientPathologiesPINNs.",
			Paper:   true,
		},
		Alpha: 0.1, After: true, Trunk: true,
		make: func(s Subject) Weighting { return code{s.PerLayer} },
	})
	Kinds.Add(Kind{
		Info: method.Info{
			Name: "none", Short: "fixed", Title: "none",
			Words: "λ stays 1 in every model.",
			Paper: true,
		},
		Alpha: 0.1, Still: true,
		make: func(Subject) Weighting { return siam{} },
	})
}

type siam struct{}

func (siam) Estimate(hat []Ratio, lambda []float64, g Gradients) {
	for i := 1; i < len(hat); i++ {
		hat[i] = Ratio{g.Size(0).Max, lambda[i] * g.Size(i).Mean}
	}
}

type arxiv struct{}

func (arxiv) Estimate(hat []Ratio, _ []float64, g Gradients) {
	for i := 1; i < len(hat); i++ {
		hat[i] = Ratio{g.Size(0).Max, g.Size(i).Mean}
	}
}

type code struct{ perLayer bool }

func (c code) Estimate(hat []Ratio, lambda []float64, g Gradients) {
	for i := 1; i < len(hat); i++ {
		if !c.perLayer {
			hat[i] = Ratio{counted(0, g).Max, lambda[i] * counted(i, g).Mean}
			continue
		}
		hat[i] = Ratio{math.Inf(-1), 1}
		for k := range g.Layers() {
			r := Ratio{g.Layer(0, k).Max, lambda[i] * g.Layer(i, k).Mean}
			if v := r.Value(); v > hat[i].Value() || v != v { // NaN stays
				hat[i] = r
			}
		}
	}
}
