package train

import (
	"encoding/binary"
	"sync/atomic"

	"pinnlab/core/kern"
	"pinnlab/core/wire"
)

// A Hand forms gradients for a run elsewhere: another worker or goroutine with
// an [Assistant] of the run's Config. An order may be reused after Give returns; Take
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

// An orderHead begins an order: its number and the shards that it is about. The
// parameters and the points of those shards follow, and nothing in between.
type orderHead struct{ number, from, to uint32 }

func (h *orderHead) fields(c *wire.Coder) { c.U32(&h.number, &h.from, &h.to) }

// codeOrder writes or reads what follows an order's head.
func (o *Objective[T]) codeOrder(c *wire.Coder, h orderHead, theta []T) {
	wire.Raw(c, theta)
	for k := h.from; k < h.to; k++ {
		wire.Raw(c, o.shards[k].points())
	}
}

// give sends every hand its order and returns how many shards are left to o.
func (c *crew[T]) give(o *Objective[T], theta []T) int {
	c.number = orders.Add(1)
	for i, h := range c.hands {
		if c.failed[i] {
			continue
		}
		head := orderHead{c.number, uint32(c.from[i]), uint32(c.from[i+1])}
		w := wire.Writer(c.order[:0])
		head.fields(w)
		o.codeOrder(w, head, theta)
		c.order = w.Bytes()
		c.failed[i] = h.Give(c.order) != nil
	}
	return c.from[0]
}

// take adds what the hands answer, and forms itself what they do not.
func (c *crew[T]) take(o *Objective[T]) {
	for i, h := range c.hands {
		var answer []byte
		if !c.failed[i] {
			var err error
			answer, err = h.Take()
			for err == nil && len(answer) >= 4 && int32(binary.LittleEndian.Uint32(answer)-c.number) < 0 {
				answer, err = h.Take() // that was to an order given up
			}
			c.failed[i] = err != nil
		}
		r, number := wire.Reader(answer), uint32(0)
		r.U32(&number)
		c.failed[i] = c.failed[i] || number != c.number || len(r.Bytes()) != o.answerSize(c.from[i], c.from[i+1])
		for k := c.from[i]; k < c.from[i+1]; k++ {
			if c.failed[i] {
				o.shards[k].add(o)
				continue
			}
			p := o.shards[k].pass
			for _, t := range p.Terms {
				var sum float64
				r.F64(&sum)
				o.sums[t.Index] += sum
			}
			wire.Raw(r, c.part)
			kern.Add(o.Grads[p.Group], c.part)
		}
	}
}

// answerSize returns the number of bytes about the shards from to to in an
// answer.
func (o *Objective[T]) answerSize(from, to int) (n int) {
	for i := range o.shards[from:to] {
		n += 8*len(o.shards[from+i].pass.Terms) + wire.SizeOf[T]()*o.Net.Layout.Size()
	}
	return n
}

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
