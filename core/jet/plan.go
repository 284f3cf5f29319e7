package jet

import "pinnlab/core/kern"

// A Plan is a program ordered for the kernels: what the instructions add to one
// slot, or to its adjoint, is formed in one pass over memory. The terms stand in
// the instructions' order, so that rounding does not change.
type Plan[T kern.Float] struct {
	forward, reverse []step[T]
}

// A step sets slot dst to sums, one after the other, or to a function of a slot.
type step[T kern.Float] struct {
	dst   int
	f     Op // the function; Const for sums
	a     int
	sums  []kern.Sum[T] // mostly one
	add   bool          // to what dst holds
	input int           // whose adjoint dst is part of; -1 for none
	last  int           // the instruction that adds the last term
}

// term appends c·a·b, or c·a where b is negative, which starts another sum after
// terms of two slots.
func (s *step[T]) term(at int, c float64, a, b int) {
	s.last = at
	n := len(s.sums)
	if n == 0 || b < 0 && len(s.sums[n-1].Terms) > s.sums[n-1].Singles {
		s.sums = append(s.sums, kern.Sum[T]{})
		n++
	}
	sum := &s.sums[n-1]
	if b < 0 {
		sum.Singles, b = sum.Singles+1, 0
	}
	sum.Terms = append(sum.Terms, kern.Term[T]{C: T(c), A: int32(a), B: int32(b)})
}

// NewPlan returns the plan of a program.
func NewPlan[T kern.Float](p *Program) *Plan[T] {
	plan, steps := &Plan[T]{}, make([]step[T], p.Slots())
	for at, in := range p.Code {
		s := &steps[in.Dst]
		s.dst, s.input, s.last = in.Dst, -1, at
		switch in.Op {
		case Const:
			s.sums = []kern.Sum[T]{{Base: T(in.Coef)}}
		case Scale, Axpy:
			s.term(at, in.Coef, in.A, -1)
		case Mul, MulAdd:
			s.term(at, in.Coef, in.A, in.B)
		default:
			s.f, s.a = in.Op, in.A
		}
	}
	for at, in := range p.Code {
		if s := steps[in.Dst]; s.last == at {
			plan.forward = append(plan.forward, s)
		}
	}
	plan.backwards(p)
	return plan
}

// backwards orders the adjoints, whose slots follow those of the values: each
// once all that reads its value has been passed, the inputs' in the end.
func (plan *Plan[T]) backwards(p *Program) {
	n, inputs, outputs := p.Slots(), p.out(0), p.out(p.Set.Len())
	steps := make([]step[T], n)
	for slot := range steps {
		steps[slot] = step[T]{dst: n + slot, add: inputs <= slot && slot < outputs, input: -1, last: -1}
		if slot < inputs {
			steps[slot].input = slot / p.Set.Len()
		}
	}
	for at := len(p.Code) - 1; at >= 0; at-- {
		in := p.Code[at]
		if in.Dst >= outputs && len(steps[in.Dst].sums) == 0 {
			continue // nothing reads it
		}
		in.Adjoint(func(to int, coef float64, val int) {
			if val < 0 {
				steps[to].term(at, coef, n+in.Dst, -1)
			} else {
				steps[to].term(at, coef, val, n+in.Dst)
			}
		})
	}
	for at := len(p.Code) - 1; at >= 0; at-- {
		for _, slot := range [...]int{p.Code[at].A, p.Code[at].B} {
			if s := &steps[slot]; slot >= inputs && s.last == at {
				plan.reverse = append(plan.reverse, *s)
				s.last = -1 // once
			}
		}
	}
	for _, s := range steps[:inputs] {
		if s.sums == nil {
			s.sums = []kern.Sum[T]{{}}
		}
		plan.reverse = append(plan.reverse, s)
	}
}

// Forward fills the output's and the auxiliary slots from the inputs'. Slots are
// slices of equal length.
func (plan *Plan[T]) Forward(slots [][]T) {
	for i := range plan.forward {
		s := &plan.forward[i]
		switch s.f {
		case Const:
			s.run(slots, false)
		case Tanh:
			kern.TanhTo(slots[s.dst], slots[s.a])
		default:
			f, dst := elementary[s.f], slots[s.dst]
			for i, v := range slots[s.a] {
				dst[i] = T(f(float64(v)))
			}
		}
	}
}

// Reverse gives the adjoints of the inputs, from that of the output and what
// Forward left: it sets those of input i where first[i] and adds to them
// elsewhere. The adjoints' slots follow the values'; an input's may be nil, and
// what stands in the others is used up.
func (plan *Plan[T]) Reverse(slots [][]T, first []bool) {
	for i := range plan.reverse {
		s := &plan.reverse[i]
		if slots[s.dst] != nil {
			s.run(slots, s.add || s.input >= 0 && !first[s.input])
		}
	}
}

func (s *step[T]) run(slots [][]T, add bool) {
	for i := range s.sums {
		s.sums[i].Add(slots[s.dst], add || i > 0, slots)
	}
}
