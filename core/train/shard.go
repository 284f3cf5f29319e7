package train

import (
	"pinnlab/core/kern"
	"pinnlab/core/residual"
)

// A shard is a stretch of a pass's points. The gradient of a step is the sum of
// the shards' in a fixed order, so that its bits do not depend on who forms
// them.
type shard[T kern.Float] struct {
	pass   *residual.Pass[T]
	lo, hi int // points
}

// add forms the shard's sums and gradient and adds them to o's.
func (s *shard[T]) add(o *Objective[T]) {
	s.form(o)
	s.pass.AddTo(o.Grads[s.pass.Group])
	for _, t := range s.pass.Terms {
		o.sums[t.Index] += o.squares.sums[t.Index]
	}
}

// form makes the shard's sums, in o's squares, and its gradient, in the pass.
func (s *shard[T]) form(o *Objective[T]) {
	o.squares.only = -1
	clear(o.squares.sums)
	s.pass.Reverse(s.lo, s.hi, &o.squares)
}

// cost is about how long a shard takes: its rows through the network.
func (s *shard[T]) cost() int { return (s.hi - s.lo) * s.pass.Channels() }

// points returns the memory of the shard's points.
func (s *shard[T]) points() []T { return s.pass.Place(s.lo, s.hi) }
