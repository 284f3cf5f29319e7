package train

import (
	"errors"

	"pinnlab/core/kern"
	"pinnlab/core/pde"
	"pinnlab/core/wire"
)

// An Assistant forms gradients for a run of the same Config. Its memory is its own.
type Assistant interface {
	// Work answers an order; the answer is overwritten by the next.
	Work(order []byte) (answer []byte, err error)
}

// NewAssistant builds the assistant of a Config, or says which field is wrong.
func NewAssistant(cfg Config) (Assistant, error) {
	prob, errs := cfg.check()
	if len(errs) > 0 {
		return nil, errs[0]
	}
	if cfg.Precision == Float64 {
		return newAssistant[float64](cfg, prob), nil
	}
	return newAssistant[float32](cfg, prob), nil
}

// An assistant is an Assistant in one precision.
type assistant[T kern.Float] struct {
	obj         *Objective[T]
	theta, part []T
	answer      []byte
}

func newAssistant[T kern.Float](cfg Config, prob *pde.Problem) *assistant[T] {
	a := &assistant[T]{obj: newConfigured[T](cfg, prob)}
	a.theta, a.part = make([]T, a.obj.Net.Layout.Size()), make([]T, a.obj.Net.Layout.Size())
	return a
}

var errOrder = errors.New("train: an order that does not fit the run")

func (a *assistant[T]) Work(order []byte) ([]byte, error) {
	o := a.obj
	r, head := wire.Reader(order), orderHead{}
	head.fields(r)
	if head.from >= head.to || int(head.to) > len(o.shards) {
		return nil, errOrder
	}
	o.codeOrder(r, head, a.theta)
	if r.End() != nil {
		return nil, errOrder
	}
	o.Params.Load(a.theta)
	w := wire.Writer(a.answer[:0])
	w.U32(&head.number)
	for k := head.from; k < head.to; k++ {
		s := &o.shards[k]
		s.form(o)
		clear(a.part)
		s.pass.AddTo(a.part)
		for _, t := range s.pass.Terms {
			w.F64(&o.squares.sums[t.Index])
		}
		wire.Raw(w, a.part)
	}
	a.answer = w.Bytes()
	return a.answer, nil
}
