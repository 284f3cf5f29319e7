package expr

import "pinnlab/core/kern"

// Reverse computes InAdj from OutAdj for the first k points, at the values of
// the last Forward, which must have covered them.
func (m *Machine) Reverse(k int) {
	if k < 0 || k > m.n {
		panic("expr: Reverse: more points than the machine has room for")
	}
	for _, a := range m.adj {
		if a != nil {
			clear(a[:k])
		}
	}
	for j, r := range m.p.outputs {
		if m.adj[r] != nil {
			kern.Add(m.adj[r][:k], m.seed[j][:k])
		}
	}
	for i := len(m.p.code) - 1; i >= 0; i-- {
		in := &m.p.code[i]
		r := register(len(m.p.inputs) + i)
		switch {
		case m.adj[r] == nil:
		case in.b < 0:
			reverseOne(in, m.adj[r][:k], m.adj[in.a][:k], m.val[r][:k], m.val[in.a][:k])
		default:
			m.reverseTwo(in, r, k)
		}
	}
}

// reverseTwo adds to ā and b̄ what they get from ȳ, one after the other so
// that both may be the same. A nil adjoint is not needed.
func (m *Machine) reverseTwo(in *instruction, r register, k int) {
	y, yAdj := m.val[r][:k], m.adj[r][:k]
	a, b := m.val[in.a][:k], m.val[in.b][:k]
	if aAdj := m.adj[in.a]; aAdj != nil {
		reverseFirst(in.op, yAdj, aAdj[:k], y, a, b)
	}
	if bAdj := m.adj[in.b]; bAdj != nil {
		reverseLast(in.op, yAdj, bAdj[:k], y, a, b)
	}
}

// reverseFirst is the adjoint of the first argument:
//
//	y = a ± b:  ā += ȳ        y = a/b:  ā += ȳ/b
//	y = a · b:  ā += b ȳ      y = aᵇ:   ā += b aᵇ⁻¹ ȳ
func reverseFirst(op opcode, yAdj, aAdj, _, a, b []float64) {
	switch op {
	case add, sub:
		kern.Add(aAdj, yAdj)
	case mul:
		for i, g := range yAdj {
			aAdj[i] += float64(b[i] * g)
		}
	case div:
		for i, g := range yAdj {
			aAdj[i] += g / b[i]
		}
	case power:
		for i, g := range yAdj {
			aAdj[i] += float64(float64(b[i]*pow(a[i], b[i]-1)) * g)
		}
	}
}

// reverseLast is the adjoint of the last argument:
//
//	y = a + b:  b̄ += ȳ        y = a/b:  b̄ -= y ȳ/b
//	y = a - b:  b̄ -= ȳ        y = aᵇ:   b̄ += y log(a) ȳ
//	y = a · b:  b̄ += a ȳ
func reverseLast(op opcode, yAdj, bAdj, y, a, b []float64) {
	switch op {
	case add:
		kern.Add(bAdj, yAdj)
	case sub:
		for i, g := range yAdj {
			bAdj[i] -= g
		}
	case mul:
		for i, g := range yAdj {
			bAdj[i] += float64(a[i] * g)
		}
	case div:
		for i, g := range yAdj {
			bAdj[i] -= float64(y[i]*g) / b[i]
		}
	case power:
		for i, g := range yAdj {
			bAdj[i] += float64(float64(y[i]*kern.Log(a[i])) * g)
		}
	}
}

// reverseOne is the adjoint of the only argument of y = f(a): ā += f'(a) ȳ.
func reverseOne(in *instruction, yAdj, aAdj, y, a []float64) {
	switch in.op {
	case addNum:
		kern.Add(aAdj, yAdj)
	case numSub, negate:
		for i, g := range yAdj {
			aAdj[i] -= g
		}
	case mulNum:
		for i, g := range yAdj {
			aAdj[i] += float64(in.c * g)
		}
	case divNum:
		for i, g := range yAdj {
			aAdj[i] += g / in.c
		}
	default:
		for i, g := range yAdj {
			aAdj[i] += float64(in.slope(a[i], y[i]) * g)
		}
	}
}

// slope is the derivative of a power, function or reciprocal at a, where its
// value is y.
func (in *instruction) slope(a, y float64) float64 {
	switch in.op {
	case numDiv:
		return -y / a
	case powNum:
		return in.c * pow(a, in.c-1)
	case numPow:
		return y * kern.Log(in.c)
	case powWhole:
		return float64(in.n) * powInt(a, in.n-1)
	case call:
		return functions[in.n].slope(a, y)
	}
	panic("expr: Reverse: unknown operation")
}
