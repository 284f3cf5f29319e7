package residual

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

// A System is the residuals of a problem as functions of a network's
// parameters, on given points. It is not safe for concurrent use.
type System[T kern.Float] struct {
	Prob   *pde.Problem
	Net    *nn.Net
	Params *ad.Params[T] // at which residuals are taken
	Passes []*Pass[T]    // by group

	along   bool
	columns columnVisitor // of the call under way
}

// New returns the system with n points in each point set, batch[i] in set i.
func New[T kern.Float](prob *pde.Problem, net *nn.Net, batch []int) *System[T] {
	return newSystem[T](prob, net, batch, false)
}

// NewAlong returns the system whose residuals come with their derivatives along
// a direction in parameter space, which Params.LoadDirection sets.
func NewAlong[T kern.Float](prob *pde.Problem, net *nn.Net, batch []int) *System[T] {
	return newSystem[T](prob, net, batch, true)
}

func newSystem[T kern.Float](prob *pde.Problem, net *nn.Net, batch []int, along bool) *System[T] {
	s := &System[T]{Prob: prob, Net: net, Params: ad.NewParams[T](net.Layout, along), along: along}
	for group := range prob.Groups {
		s.addPasses(group, batch)
	}
	return s
}

// addPasses makes a group's passes: one for each set of channels.
func (s *System[T]) addPasses(group int, batch []int) {
	var channels []*jet.Set
	var sets [][]int
	for set := range s.Prob.Sets {
		programs := programsOn(s.Prob, group, set)
		if len(programs) == 0 {
			continue
		}
		c := channelsOf(s.along, programs...)
		at := slices.IndexFunc(channels, func(o *jet.Set) bool { return o.Op == c.Op && slices.Equal(o.Channels, c.Channels) })
		if at < 0 {
			at = len(channels)
			channels, sets = append(channels, c), append(sets, nil)
		}
		sets[at] = append(sets[at], set)
	}
	for i, c := range channels {
		s.Passes = append(s.Passes, newPass(s, group, sets[i], c, batch))
	}
}

// programsOn returns a group's residuals on a point set.
func programsOn(prob *pde.Problem, group, set int) (programs []*expr.Program) {
	for _, t := range prob.Terms {
		if t.Group == group && t.Set == set {
			programs = append(programs, t.Residual)
		}
	}
	return programs
}

// EachSet calls f with every point set of every pass and the memory of its
// points, which f fills: one point after the other.
func (s *System[T]) EachSet(f func(set int, points []T)) {
	for _, p := range s.Passes {
		for i, set := range p.sets {
			f(set, p.Place(p.start[i], p.start[i+1]))
		}
	}
}

// PassOf returns the pass that a term is one of.
func (s *System[T]) PassOf(term int) *Pass[T] {
	return s.Passes[slices.IndexFunc(s.Passes, func(p *Pass[T]) bool { return p.Has(term) })]
}

// TimeProducts returns the number of operations of the matrix products of one
// forward and reverse pass over all points. From now on, the time that they
// take is added to clock.
func (s *System[T]) TimeProducts(clock *time.Duration) (flop float64) {
	for _, p := range s.Passes {
		t := p.field.Tape
		t.Clock = clock
		flop += t.Flop() * float64(ratioUp(p.Len(), t.Block))
	}
	return flop
}
