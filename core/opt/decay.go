package opt

import "pinnlab/core/kern"

// Decay is a continuous exponential schedule: the factor Rate per Steps
// iterations.
type Decay struct{ Rate, Steps float64 }

// At returns the factor on the learning rate at an iteration.
func (d Decay) At(iteration int) float64 {
	if d.Rate == 1 {
		return 1
	}
	return kern.Exp(float64(iteration) / d.Steps * kern.Log(d.Rate))
}
