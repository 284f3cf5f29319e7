package train

import (
	"math"

	"pinnlab/core/kern"
	"pinnlab/core/nn"
	"pinnlab/core/residual"
	"pinnlab/core/weigh"
	"pinnlab/core/wire"
)

// gradients answers what a weighting asks about an objective's latest
// gradients, and a person who looks at them. It computes each answer once.
type gradients[T kern.Float] struct {
	obj    *Objective[T]
	net    *nn.Net
	size   []known[weigh.Magnitude]   // by group
	layer  [][]known[weigh.Magnitude] // by group and trunk weight matrix
	traces []float64                  // by group; empty if not known
	norms  residual.Columns           // of the gradients of single residuals, squared
	none   bool                       // there are no gradients: what is asked is NaN
}

// A known is an answer, if it is one.
type known[V any] struct {
	value V
	is    bool
}

func newGradients[T kern.Float](obj *Objective[T]) *gradients[T] {
	g := &gradients[T]{obj: obj, net: obj.Net, none: true}
	g.size = make([]known[weigh.Magnitude], len(obj.Grads))
	for range obj.Grads {
		g.layer = append(g.layer, make([]known[weigh.Magnitude], len(obj.Net.Trunk)))
	}
	return g
}

// renew forgets all answers: the gradients are new.
func (g *gradients[T]) renew() {
	g.none = false
	clear(g.size)
	for _, l := range g.layer {
		clear(l)
	}
	g.traces = g.traces[:0]
}

// Loss implements [weigh.Gradients].
func (g *gradients[T]) Loss(group int) (sum float64) {
	for i, t := range g.obj.Prob.Terms {
		if t.Group == group {
			sum += g.obj.Losses[i]
		}
	}
	return sum
}

// Norm implements [weigh.Gradients].
func (g *gradients[T]) Norm(group int) float64 { return norm(g.obj.Grads[group]) }

// Size implements [weigh.Gradients].
func (g *gradients[T]) Size(group int) weigh.Magnitude {
	return g.once(&g.size[group], g.obj.Grads[group])
}

// Layers implements [weigh.Gradients].
func (g *gradients[T]) Layers() int { return len(g.net.Trunk) }

// Layer implements [weigh.Gradients].
func (g *gradients[T]) Layer(group, layer int) weigh.Magnitude {
	w := g.net.Trunk[layer].W
	return g.once(&g.layer[group][layer], g.obj.Grads[group][w.Offset:w.Offset+w.Size()])
}

// once measures part of a gradient unless it is known.
func (g *gradients[T]) once(k *known[weigh.Magnitude], part []T) weigh.Magnitude {
	switch {
	case g.none:
		return weigh.Magnitude{Max: math.NaN(), Mean: math.NaN()}
	case !k.is:
		k.value, k.is = measure(part), true
	}
	return k.value
}

// Trace implements [weigh.Gradients]. It takes a reverse pass for each residual
// of a point.
func (g *gradients[T]) Trace(group int) float64 {
	if len(g.traces) > 0 {
		return g.traces[group]
	}
	if g.norms == nil {
		g.norms = g.obj.NewColumns()
	}
	g.obj.SquaredNorms(g.norms)
	g.traces = wire.Resize(g.traces, len(g.obj.Grads))
	clear(g.traces)
	for i, t := range g.obj.Prob.Terms {
		sum := 0.0
		for _, v := range g.norms[i] {
			sum += v
		}
		g.traces[t.Group] += sum / float64(len(g.norms[i]))
	}
	return g.traces[group]
}

// measure takes the magnitude of a gradient.
func measure[T kern.Float](g []T) weigh.Magnitude {
	var largest T
	sum := 0.0
	for _, v := range g {
		if v < 0 {
			v = -v
		}
		if v > largest || v != v { // NaN stays; the builtin max is a call in WebAssembly
			largest = v
		}
		sum += float64(v)
	}
	return weigh.Magnitude{Max: float64(largest), Mean: sum / float64(len(g))}
}
