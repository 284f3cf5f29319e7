package weigh

import "pinnlab/core/method"

func init() {
	Kinds.Add(Kind{
		Info: method.Info{
			Name: "gradnorm", Short: "grad-norm", Title: "equal gradient norms",
			Formula: hat + `<mo>=</mo><mfrac><mrow><msub><mi>mean</mi><mi>k</mi></msub>` + norm("k") + `</mrow><mrow>` + norm("i") + `</mrow></mfrac>`,
			Words: "Every group’s weighted gradient gets the same length, the residual’s too. " +
				"With two groups its direction is that of the methods that turn gradients, and Adam divides the length out.",
			Source: "S. Wang, S. Sankaran, H. Wang, P. Perdikaris, arXiv 2308.08468, 2023, algorithm 1; jaxpi.",
		},
		Alpha: 0.1, Period: 1000,
		make: func(Subject) Weighting { return gradnorm{} },
	})
}

type gradnorm struct{}

// Estimate sets hat[i] to the mean of all groups' norms over that of group i.
func (gradnorm) Estimate(hat []Ratio, _ []float64, g Gradients) {
	sum := 0.0
	for i := range hat {
		sum += g.Norm(i)
	}
	for i := range hat {
		hat[i] = Ratio{sum / float64(len(hat)), g.Norm(i)}
	}
}
