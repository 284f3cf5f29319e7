package ad

import (
	"slices"

	"pinnlab/core/jet"
	"pinnlab/core/kern"
)

// A fusedMapper runs a program that has kernels for whole jets.
type fusedMapper[T kern.Float] struct {
	p        *jet.Program
	args     []*Var[T]
	out      *Var[T]
	val, bar [][]T // of the inputs
	own      []T   // the adjoint of input 0 where it is not the first: to be added
}

func newFusedMapper[T kern.Float](p *jet.Program, in []*Var[T], out *Var[T]) *fusedMapper[T] {
	m := &fusedMapper[T]{p: p, args: in, out: out}
	for _, x := range in {
		m.val, m.bar = append(m.val, x.Val), append(m.bar, x.Grad)
	}
	return m
}

// distinct reports whether the inputs are different and all have adjoints.
func distinct[T kern.Float](in []*Var[T]) bool {
	for i, x := range in {
		if x.Grad == nil || slices.Contains(in[:i], x) {
			return false
		}
	}
	return true
}

func (m *fusedMapper[T]) forward() { jet.ForwardFused(m.p, m.out.Val, m.val) }

func (m *fusedMapper[T]) backward(first []bool) {
	acc := slices.Contains(first[1:], false)
	if acc {
		clearFirst(m.args[1:], first[1:])
	}
	if first[0] {
		jet.ReverseFused(m.p, m.bar, m.out.Grad, m.out.Val, m.val, acc)
		return
	}
	if m.own == nil { // once: the order of a tape does not change
		m.own = make([]T, len(m.out.Val))
		m.bar[0] = m.own
	}
	jet.ReverseFused(m.p, m.bar, m.out.Grad, m.out.Val, m.val, acc)
	kern.Add(m.args[0].Grad, m.own)
}

// clearFirst zeroes the adjoints that nothing has been added to.
func clearFirst[T kern.Float](in []*Var[T], first []bool) {
	for i, x := range in {
		if first[i] {
			clear(x.Grad)
		}
	}
}
