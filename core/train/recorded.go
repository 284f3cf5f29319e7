package train

import (
	"pinnlab/core/opt"
	"pinnlab/core/pde"
)

// The methods of [Recorded]. What they say of gradients is of the latest step.

func (e *engine[T]) Problem() *pde.Problem    { return e.prob }
func (e *engine[T]) LearningRate() float64    { return e.rate }
func (e *engine[T]) Losses() []float64        { return e.obj.Losses }
func (e *engine[T]) Lambdas() []float64       { return e.weigh.Lambda }
func (e *engine[T]) HeldLosses(row []float64) { e.held.Losses(row, e.iteration) }
func (e *engine[T]) Slow() bool               { return e.slow }
func (e *engine[T]) ErrorBands() [3]float64   { return e.view.Bands(e.iteration) }

func (e *engine[T]) Optimiser() opt.Reporter {
	r, _ := e.moves.(opt.Reporter)
	return r
}

func (e *engine[T]) RelL2() float64 {
	l2, _ := e.view.Errors(e.iteration)
	return l2
}

func (e *engine[T]) LayerNames() []string { return e.names }

func (e *engine[T]) GradientNorm(layer, group int) float64 {
	w := e.layers[layer].W
	return norm(e.obj.Grads[group][w.Offset : w.Offset+w.Size()])
}

func (e *engine[T]) GradientCosine(group int) float64 {
	return cosine(e.obj.Grads[group], e.obj.Grads[0])
}
