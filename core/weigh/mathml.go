package weigh

// Pieces of the formulas, in MathML: the estimate, the weight and the loss of
// group i, the largest entry of the residual's gradient.
const (
	hat         = `<msub><mover><mi>λ</mi><mo stretchy="false">^</mo></mover><mi>i</mi></msub>`
	lambda      = `<msub><mi>λ</mi><mi>i</mi></msub>`
	loss        = `<msub><mi>L</mi><mi>i</mi></msub>`
	grad        = `<msub><mo>∇</mo><mi>θ</mi></msub>`
	maxResidual = `<mi>max</mi><mo>|</mo>` + grad + `<msub><mi>L</mi><mi>r</mi></msub><mo>|</mo>`
)

// mean is the mean entry of the gradient of a loss.
func mean(loss string) string { return `<mi>mean</mi><mo>|</mo>` + grad + loss + `<mo>|</mo>` }

// norm is the length of the gradient of the loss of a group.
func norm(group string) string {
	return `<mo>‖</mo>` + grad + `<msub><mi>L</mi><mi>` + group + `</mi></msub><mo>‖</mo>`
}
