package train

import (
	"encoding/binary"
	"errors"
	"sync/atomic"

	"pinnlab/core/kern"
	"pinnlab/core/pde"
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

// A Hand forms gradients for a run elsewhere: another worker or goroutine with
// a [Mate] of the run's Config. An order may be reused after Give returns; Take
// waits for an answer. After an error of either the
// run does the work itself and does not ask again.
type Hand interface {
	Give(order []byte) error
	Take() (answer []byte, err error)
}

// A crew shares the shards of a step with hands: each gets a run of neighbours,
// the last ones of the list, and the objective keeps the first.
type crew[T kern.Float] struct {
	hands  []Hand
	from   []int // the first shard of each hand, then the end
	order  []byte
	number uint32 // of the latest order
	failed []bool
	part   []T // a shard's gradient
}

// orders counts them, so that a late answer is not taken for that to another.
var orders atomic.Uint32

// newCrew deals the shards out so that all have about the same to do. Hands
// without work are left out.
func newCrew[T kern.Float](o *Objective[T], hands []Hand) *crew[T] {
	hands = hands[:min(len(hands), len(o.shards)-1)]
	if len(hands) == 0 {
		return nil
	}
	all := 0
	for i := range o.shards {
		all += o.shards[i].cost()
	}
	c := &crew[T]{hands: hands, failed: make([]bool, len(hands)), part: make([]T, o.Net.Layout.Size())}
	workers, done := len(hands)+1, 0
	for i := range o.shards {
		// A shard whose middle lies beyond the next share begins it; every worker
		// gets one at least.
		k := len(c.from) + 1
		middle := (done + o.shards[i].cost()/2) * workers
		left := len(o.shards) - i
		if k < workers && i >= k && (middle >= k*all || left <= workers-k) {
			c.from = append(c.from, i)
		}
		done += o.shards[i].cost()
	}
	c.from = append(c.from, len(o.shards))
	return c
}

// give sends every hand its order and returns how many shards are left to o.
func (c *crew[T]) give(o *Objective[T], theta []T) int {
	c.number = orders.Add(1)
	for i, h := range c.hands {
		if c.failed[i] {
			continue
		}
		c.order = putU32(putU32(putU32(c.order[:0], int(c.number)), c.from[i]), c.from[i+1])
		c.order = putRaw(c.order, theta)
		for k := c.from[i]; k < c.from[i+1]; k++ {
			c.order = putRaw(c.order, o.shards[k].points())
		}
		c.failed[i] = h.Give(c.order) != nil
	}
	return c.from[0]
}

// take adds what the hands answer, and forms itself what they do not.
func (c *crew[T]) take(o *Objective[T]) {
	for i, h := range c.hands {
		r := reader{}
		if !c.failed[i] {
			answer, err := h.Take()
			for err == nil && len(answer) >= 4 && int32(binary.LittleEndian.Uint32(answer)-c.number) < 0 {
				answer, err = h.Take() // that was to an order given up
			}
			r.b = answer
			c.failed[i] = err != nil || r.u32() != c.number || len(r.b) != o.answerSize(c.from[i], c.from[i+1])
		}
		for k := c.from[i]; k < c.from[i+1]; k++ {
			if c.failed[i] {
				o.shards[k].add(o)
				continue
			}
			p := o.shards[k].pass
			for _, t := range p.Terms {
				o.sums[t.Index] += r.f64()
			}
			readRaw(&r, c.part)
			kern.Add(o.Grads[p.Group], c.part)
		}
	}
}

// answerSize returns the number of bytes about the shards from to to in an
// answer.
func (o *Objective[T]) answerSize(from, to int) (n int) {
	for i := range o.shards[from:to] {
		n += 8*len(o.shards[from+i].pass.Terms) + bytesOf[T]()*o.Net.Layout.Size()
	}
	return n
}

// A Mate forms gradients for a run of the same Config. Its memory is its own.
type Mate interface {
	// Work answers an order; the answer is overwritten by the next.
	Work(order []byte) (answer []byte, err error)
}

// NewMate builds the mate of a Config, or says which field is wrong.
func NewMate(cfg Config) (Mate, error) {
	prob, errs := cfg.check()
	if len(errs) > 0 {
		return nil, errs[0]
	}
	if cfg.Precision == Float64 {
		return newMate[float64](cfg, prob), nil
	}
	return newMate[float32](cfg, prob), nil
}

// A mate is a Mate in one precision.
type mate[T kern.Float] struct {
	obj         *Objective[T]
	theta, part []T
	answer      []byte
}

func newMate[T kern.Float](cfg Config, prob *pde.Problem) *mate[T] {
	m := &mate[T]{obj: newConfigured[T](cfg, prob)}
	m.theta, m.part = make([]T, m.obj.Net.Layout.Size()), make([]T, m.obj.Net.Layout.Size())
	return m
}

var errOrder = errors.New("train: an order that does not fit the run")

func (m *mate[T]) Work(order []byte) ([]byte, error) {
	o := m.obj
	r := reader{b: order}
	number, from, to := r.u32(), int(r.u32()), int(r.u32())
	if from >= to || to > len(o.shards) {
		return nil, errOrder
	}
	readRaw(&r, m.theta)
	for i := range o.shards[from:to] {
		readRaw(&r, o.shards[from+i].points())
	}
	if r.end() != nil {
		return nil, errOrder
	}
	o.Params.Load(m.theta)
	m.answer = putU32(m.answer[:0], int(number))
	for i := range o.shards[from:to] {
		s := &o.shards[from+i]
		s.form(o)
		clear(m.part)
		s.pass.AddTo(m.part)
		for _, t := range s.pass.Terms {
			m.answer = putF64(m.answer, o.squares.sums[t.Index])
		}
		m.answer = putRaw(m.answer, m.part)
	}
	return m.answer, nil
}

// Share implements [Shared].
func (e *engine[T]) Share(hands []Hand) int {
	e.obj.crew = newCrew(e.obj, hands)
	if e.obj.crew == nil {
		return 0
	}
	return len(e.obj.crew.hands)
}

// worthSharing is how many operations a step must have for its parts to be
// formed by other workers in less time: in a browser the messages of a step
// take a fraction of a millisecond.
const worthSharing = 1.2e8

// Shards implements [Shared].
func (e *engine[T]) Shards() int {
	rows := 0
	for i := range e.obj.shards {
		rows += e.obj.shards[i].cost()
	}
	// Forward, to the inputs and to the weights: three products.
	if 3*2*float64(rows)*float64(e.net.Layout.Size()) < worthSharing {
		return 1
	}
	return len(e.obj.shards)
}

// A Shared run can have hands do a part of its steps. Every run of [New] is.
type Shared interface {
	// Share has hands form gradients from the next step on, as many of them as
	// there is work for, and returns that number. None takes all work back.
	Share(hands []Hand) int
	// Shards returns into how many parts a step can be divided with profit.
	Shards() int
}
