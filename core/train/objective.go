package train

import (
	"pinnlab/core/kern"
	"pinnlab/core/nn"
	"pinnlab/core/pde"
	"pinnlab/core/residual"
)

// An Objective is the loss of a problem as a function of a network's
// parameters, on given points: its terms, each the mean square (1/n) Σ r² of
// its residuals, and the gradient of each group of terms or of a single one.
// One reverse pass with the adjoint (2/n) r gives it.
type Objective[T kern.Float] struct {
	*residual.System[T]
	Losses []float64 // by term
	Grads  [][]T     // by group, in the layout of Net

	shards  []shard[T] // of all passes, in the order in which gradients are added
	sums    []float64  // of squares, by term
	squares squares    // of the shard at work
	crew    *crew[T]   // takes the last shards off this one's hands; nil for none
}

// NewObjective returns the objective with n points in each point set, batch[i]
// in set i.
func NewObjective[T kern.Float](prob *pde.Problem, net *nn.Net, batch []int) *Objective[T] {
	o := &Objective[T]{System: residual.New[T](prob, net, batch), Losses: make([]float64, len(prob.Terms)), sums: make([]float64, len(prob.Terms))}
	o.squares.sums = make([]float64, len(prob.Terms))
	for range prob.Groups {
		o.Grads = append(o.Grads, make([]T, net.Layout.Size()))
	}
	for _, p := range o.Passes {
		for lo := 0; lo < p.Len(); lo += p.Stretch {
			o.shards = append(o.shards, shard[T]{p, lo, min(lo+p.Stretch, p.Len())})
		}
	}
	return o
}

// squares adds up the squares of residuals by term, and makes the adjoints of
// their mean: of every term's, or of one if only is not negative.
type squares struct {
	sums []float64
	only int
}

// Visit implements [residual.Visitor].
func (s *squares) Visit(t *residual.Term, _, n int) bool {
	weight := 2 / float64(t.Count())
	sum := s.sums[t.Index]
	for j := range t.Residuals() {
		bar := t.Bar(j)
		for i, r := range t.Out(j)[:n] {
			sum += float64(r * r)
			bar[i] = weight * r
		}
	}
	s.sums[t.Index] = sum
	return s.only < 0 || s.only == t.Index
}

// Eval computes Losses and Grads at theta. Shards' gradients are added in a
// fixed order, whoever forms them.
func (o *Objective[T]) Eval(theta []T) {
	o.Params.Load(theta)
	for _, g := range o.Grads {
		clear(g)
	}
	clear(o.sums)
	own := len(o.shards)
	if o.crew != nil {
		own = o.crew.give(o, theta)
	}
	for i := range o.shards[:own] {
		o.shards[i].add(o)
	}
	if o.crew != nil {
		o.crew.take(o)
	}
	for _, p := range o.Passes {
		for _, t := range p.Terms {
			o.Losses[t.Index] = o.sums[t.Index] / float64(t.Count())
		}
	}
}

// EvalTerm sets g to the gradient of one term's loss at theta.
func (o *Objective[T]) EvalTerm(theta []T, term int, g []T) {
	o.Params.Load(theta)
	clear(g)
	p := o.PassOf(term)
	o.squares.only = term
	p.Reverse(0, p.Len(), &o.squares)
	p.AddTo(g)
}
