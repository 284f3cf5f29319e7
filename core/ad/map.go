package ad

import (
	"pinnlab/core/jet"
	"pinnlab/core/kern"
)

// blockBytes is how much of one channel a program works on at a time: some
// thirty slots of this size lie in the first-level cache.
const blockBytes = 1 << 10

// Map records y = p(in...), element by element. The program's adjoint is its
// reverse rule; see [jet.Reverse]. A Var may be given twice.
func (t *Tape[T]) Map(p *jet.Program, in ...*Var[T]) *Var[T] {
	if p.Set != t.Set || len(in) != p.In {
		panic("ad: Map: program does not fit the tape")
	}
	for _, x := range in {
		if x.Cols != in[0].Cols {
			panic("ad: Map: shape mismatch")
		}
	}
	y := t.result(in[0].Cols)
	m := newMapper(p, append(append([]*Var[T]{}, in...), y), len(y.Val)/p.Set.Len())
	t.record(op[T]{args: in, forward: m.forward, backward: m.backward})
	return y
}

// A mapper runs a program block by block over the n elements of each channel.
type mapper[T kern.Float] struct {
	p    *jet.Program
	vars []*Var[T] // inputs, then the output
	n    int
	aux  []T // p.Aux channels of n: values
	bar  []T // p.Aux channels of a block, then one for adjoints nobody wants

	val, adj [][]T // the slots of the current block
}

func newMapper[T kern.Float](p *jet.Program, vars []*Var[T], n int) *mapper[T] {
	m := &mapper[T]{p: p, vars: vars, n: n}
	m.aux, m.bar = make([]T, p.Aux*n), make([]T, (p.Aux+1)*m.block())
	m.val, m.adj = make([][]T, p.Slots()), make([][]T, p.Slots())
	return m
}

func (m *mapper[T]) block() int { return blockBytes / sizeOf[T]() }

func sizeOf[T kern.Float]() int {
	var x T
	if _, ok := any(x).(float32); ok {
		return 4
	}
	return 8
}

// view points the value slots at elements lo to hi of their channels.
func (m *mapper[T]) view(lo, hi int) {
	slot := 0
	for _, x := range m.vars {
		for c := range m.p.Set.Len() {
			m.val[slot] = x.Val[c*m.n+lo : c*m.n+hi]
			slot++
		}
	}
	for c := range m.p.Aux {
		m.val[slot+c] = m.aux[c*m.n+lo : c*m.n+hi]
	}
}

func (m *mapper[T]) forward() {
	for lo := 0; lo < m.n; lo += m.block() {
		m.view(lo, min(lo+m.block(), m.n))
		jet.Forward(m.p, m.val)
	}
}

func (m *mapper[T]) backward(first []bool) {
	for lo := 0; lo < m.n; lo += m.block() {
		hi := min(lo+m.block(), m.n)
		m.view(lo, hi)
		m.viewAdjoints(lo, hi, first)
		jet.Reverse(m.p, m.val, m.adj)
	}
}

func (m *mapper[T]) viewAdjoints(lo, hi int, first []bool) {
	b, slot := m.block(), 0
	for i, x := range m.vars {
		for c := range m.p.Set.Len() {
			if x.Grad == nil {
				m.adj[slot] = m.bar[m.p.Aux*b : m.p.Aux*b+hi-lo]
			} else {
				m.adj[slot] = x.Grad[c*m.n+lo : c*m.n+hi]
				if i < len(first) && first[i] {
					clear(m.adj[slot])
				}
			}
			slot++
		}
	}
	for c := range m.p.Aux {
		m.adj[slot+c] = m.bar[c*b : c*b+hi-lo]
		clear(m.adj[slot+c])
	}
}
