package weigh

import "pinnlab/core/method"

func init() {
	Kinds.Add(Kind{
		Info: method.Info{
			Name: "ntk", Short: "NTK", Title: "traces of the tangent kernel",
			Formula: hat + `<mo>=</mo><mfrac><mrow><msub><mi>mean</mi><mi>k</mi></msub><mi>tr</mi><msub><mi>K</mi><mi>k</mi></msub></mrow><mrow><mi>tr</mi><msub><mi>K</mi><mi>i</mi></msub></mrow></mfrac>` +
				`<mo>,</mo><mspace width="0.6em"/><mi>tr</mi><msub><mi>K</mi><mi>i</mi></msub><mo>=</mo><mi>mean</mi><msup><mrow><mo>|</mo><mo>∇</mo><msub><mi>r</mi><mi>j</mi></msub><mo>|</mo></mrow><mn>2</mn></msup>`,
			Words: "The trace of a group’s tangent kernel is the mean speed at which its residuals would fall by themselves; the weights make all groups equally fast. " +
				"The trace is exact, from the gradient of every single residual. Others call the gradient of the summed residuals, or of the loss’s root, by the same name: those keep cross terms and are something else.",
			Source: "S. Wang, X. Yu, P. Perdikaris, J. Comput. Phys. 449, 2022, algorithm 1; the moving average is jaxpi’s.",
		},
		Alpha: 0.1, Period: 1000,
		make: func(Subject) Weighting { return ntk{} },
	})
}

type ntk struct{}

// Estimate sets hat[i] to the mean of all groups' traces over that of group i.
func (ntk) Estimate(hat []Ratio, _ []float64, g Gradients) {
	sum := 0.0
	for i := range hat {
		sum += g.Trace(i)
	}
	for i := range hat {
		hat[i] = Ratio{sum / float64(len(hat)), g.Trace(i)}
	}
}
