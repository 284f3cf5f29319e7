package train

import (
	"slices"
	"time"

	"pinnlab/core/ad"
	"pinnlab/core/expr"
	"pinnlab/core/jet"
	"pinnlab/core/kern"
	"pinnlab/core/nn"
	"pinnlab/core/pde"
)

// An Objective is the loss of a problem as a function of a network's
// parameters, on given points: its terms, each a mean square, and the gradient
// of each group of terms or of a single one.
type Objective[T kern.Float] struct {
	Prob   *pde.Problem
	Net    *nn.Net
	Losses []float64 // by term
	Grads  [][]T     // by group, in the layout of Net

	params *ad.Params[T]
	passes []*pass[T]
	shards []shard[T] // of all passes, in the order in which gradients are added
	sums   []float64  // of squares, by term
	crew   *crew[T]   // takes the last shards off this one's hands; nil for none
	along  bool       // a direction: gradients are those of the losses' derivatives along it, see Hessian
}

// NewObjective returns the objective with n points in each point set, batch[i]
// in set i.
func NewObjective[T kern.Float](prob *pde.Problem, net *nn.Net, batch []int) *Objective[T] {
	return newObjective[T](prob, net, batch, false)
}

func newObjective[T kern.Float](prob *pde.Problem, net *nn.Net, batch []int, along bool) *Objective[T] {
	o := &Objective[T]{Prob: prob, Net: net, Losses: make([]float64, len(prob.Terms)), sums: make([]float64, len(prob.Terms)), along: along}
	o.params = ad.NewParams[T](net.Layout, along)
	for group := range prob.Groups {
		o.Grads = append(o.Grads, make([]T, net.Layout.Size()))
		o.addPasses(group, batch)
	}
	for _, p := range o.passes {
		for lo := 0; lo < p.total(); lo += p.shard {
			o.shards = append(o.shards, shard[T]{p, lo, min(lo+p.shard, p.total())})
		}
	}
	return o
}

// addPasses makes a group's passes: one for each set of channels.
func (o *Objective[T]) addPasses(group int, batch []int) {
	var channels []*jet.Set
	var sets [][]int
	for set := range o.Prob.Sets {
		programs := residualsOn(o.Prob, group, set)
		if len(programs) == 0 {
			continue
		}
		c := channelsOf(o.along, programs...)
		at := slices.IndexFunc(channels, func(s *jet.Set) bool { return s.Op == c.Op && slices.Equal(s.Channels, c.Channels) })
		if at < 0 {
			at = len(channels)
			channels, sets = append(channels, c), append(sets, nil)
		}
		sets[at] = append(sets[at], set)
	}
	for i, c := range channels {
		o.passes = append(o.passes, newPass(o, group, sets[i], c, batch))
	}
}

// residualsOn returns a group's residuals on a point set.
func residualsOn(prob *pde.Problem, group, set int) (programs []*expr.Program) {
	for _, t := range prob.Terms {
		if t.Group == group && t.Set == set {
			programs = append(programs, t.Residual)
		}
	}
	return programs
}

// EachSet calls f with every point set of every pass and the memory of its
// points, which f fills: one point after the other.
func (o *Objective[T]) EachSet(f func(set int, points []T)) {
	for _, p := range o.passes {
		for i, set := range p.sets {
			f(set, p.points[p.start[i]*p.dim:p.start[i+1]*p.dim])
		}
	}
}

// Eval computes Losses and Grads at theta. Shards' gradients are added in a
// fixed order, whoever forms them.
func (o *Objective[T]) Eval(theta []T) {
	o.params.Load(theta)
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
	for _, p := range o.passes {
		for _, t := range p.terms {
			o.Losses[t.index] = o.sums[t.index] / t.count()
		}
	}
}

// EvalTerm sets g to the gradient of one term's loss at theta.
func (o *Objective[T]) EvalTerm(theta []T, term int, g []T) {
	o.params.Load(theta)
	clear(g)
	for _, p := range o.passes {
		if p.has(term) {
			p.run(0, p.total(), term)
			p.tape.AddGrad(g)
		}
	}
}

// TimeProducts returns the number of operations of one Eval's matrix products.
// From now on, the time that they take is added to clock.
func (o *Objective[T]) TimeProducts(clock *time.Duration) (flop float64) {
	for _, p := range o.passes {
		p.tape.Clock = clock
		flop += p.tape.Flop() * float64(ratioUp(p.total(), p.block))
	}
	return flop
}
