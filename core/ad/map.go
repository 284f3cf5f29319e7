package ad

import (
	"pinnlab/core/jet"
	"pinnlab/core/kern"
)

// blockBytes is how much of one channel a program works on at a time: enough to
// make little of an instruction's call, and thirty slots of this size lie in
// the second-level cache.
const blockBytes = 4 << 10

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
	if p.Whole() && distinct(in) {
		w := newWholeMapper(p, in, y)
		t.record(op[T]{args: in, forward: w.forward, backward: w.backward})
		return y
	}
	m := newMapper(p, in, y)
	t.record(op[T]{args: in, forward: m.forward, backward: m.backward})
	return y
}

// A mapper runs a program block by block over the n elements of each channel.
type mapper[T kern.Float] struct {
	p      *jet.Program
	blocks []block[T]
	args   []*Var[T]
	bar    []T // p.Aux channels of a block: adjoints
}

// A block has the slots of one block, found once: storing slices at every step
// would cost the garbage collector's write barriers.
type block[T kern.Float] struct{ val, adj [][]T }

func newMapper[T kern.Float](p *jet.Program, in []*Var[T], y *Var[T]) *mapper[T] {
	size, n := blockBytes/sizeOf[T](), len(y.Val)/p.Set.Len()
	aux := make([]T, p.Aux*n)
	m := &mapper[T]{p: p, args: in, bar: make([]T, (p.Aux+1)*size)}
	for lo := 0; lo < n; lo += size {
		hi := min(lo+size, n)
		var b block[T]
		for _, x := range append(append([]*Var[T]{}, in...), y) {
			for c := range p.Set.Len() {
				b.val = append(b.val, x.Val[c*n+lo:c*n+hi])
				bar := m.bar[p.Aux*size : p.Aux*size+hi-lo] // adjoints nobody wants
				if x.Grad != nil {
					bar = x.Grad[c*n+lo : c*n+hi]
				}
				b.adj = append(b.adj, bar)
			}
		}
		for c := range p.Aux {
			b.val = append(b.val, aux[c*n+lo:c*n+hi])
			b.adj = append(b.adj, m.bar[c*size:c*size+hi-lo])
		}
		m.blocks = append(m.blocks, b)
	}
	return m
}

func sizeOf[T kern.Float]() int {
	var x T
	if _, ok := any(x).(float32); ok {
		return 4
	}
	return 8
}

func (m *mapper[T]) forward() {
	for i := range m.blocks {
		jet.Forward(m.p, m.blocks[i].val)
	}
}

func (m *mapper[T]) backward(first []bool) {
	clearFirst(m.args, first)
	for i := range m.blocks {
		clear(m.bar)
		jet.Reverse(m.p, m.blocks[i].val, m.blocks[i].adj)
	}
}

// clearFirst zeroes the adjoints that nothing has been added to.
func clearFirst[T kern.Float](in []*Var[T], first []bool) {
	for i, x := range in {
		if first[i] {
			clear(x.Grad)
		}
	}
}
