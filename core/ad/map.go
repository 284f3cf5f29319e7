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
// reverse rule; see [jet.Plan]. A Var may be given twice.
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
	if p.Fused() && distinct(in) {
		w := newFusedMapper(p, in, y)
		t.record(op[T]{args: in, forward: w.forward, backward: w.backward})
		return y
	}
	m := newMapper(p, in, y)
	t.record(op[T]{args: in, forward: m.forward, backward: m.backward})
	return y
}

// A mapper runs a program's plan block by block over the n elements of each
// channel.
type mapper[T kern.Float] struct {
	plan *jet.Plan[T]
	// The slots of each block, values and adjoints, found once: storing slices
	// at every step would cost the garbage collector's write barriers.
	blocks [][][]T
}

func newMapper[T kern.Float](p *jet.Program, in []*Var[T], y *Var[T]) *mapper[T] {
	size, n := blockBytes/sizeOf[T](), len(y.Val)/p.Set.Len()
	aux, bar := make([]T, p.Aux*n), make([]T, p.Aux*size)
	m := &mapper[T]{plan: jet.NewPlan[T](p)}
	for lo := 0; lo < n; lo += size {
		hi := min(lo+size, n)
		var val, adj [][]T
		for _, x := range append(append([]*Var[T]{}, in...), y) {
			for c := range p.Set.Len() {
				val = append(val, x.Val[c*n+lo:c*n+hi])
				if x.Grad == nil {
					adj = append(adj, nil)
					continue
				}
				adj = append(adj, x.Grad[c*n+lo:c*n+hi])
			}
		}
		for c := range p.Aux {
			val = append(val, aux[c*n+lo:c*n+hi])
			adj = append(adj, bar[c*size:c*size+hi-lo])
		}
		m.blocks = append(m.blocks, append(val, adj...))
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
	for _, slots := range m.blocks {
		m.plan.Forward(slots)
	}
}

func (m *mapper[T]) backward(first []bool) {
	for _, slots := range m.blocks {
		m.plan.Reverse(slots, first)
	}
}
