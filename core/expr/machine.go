package expr

// A Machine runs a program on columns of points. It owns all its columns and
// allocates nothing once made; it must not be used by two goroutines at once.
type Machine struct {
	p    *Program
	n    int
	val  [][]float64 // by register, length n
	adj  [][]float64 // by register, nil where the register does not vary
	seed [][]float64 // by output: its adjoint
}

// Machine returns a machine for up to n points.
func (p *Program) Machine(n int) *Machine {
	if n < 0 {
		panic("expr: Machine: negative size")
	}
	m := &Machine{p: p, n: n, adj: make([][]float64, len(p.varies))}
	m.val = columns(len(p.varies), n)
	m.seed = columns(len(p.outputs), n)
	for r, varies := range p.varies {
		if varies {
			m.adj[r] = make([]float64, n)
		}
	}
	for i, in := range p.code {
		if in.op == fill {
			for k := range n {
				m.val[len(p.inputs)+i][k] = in.c
			}
		}
	}
	return m
}

// columns returns count columns of length n in one block.
func columns(count, n int) [][]float64 {
	block := make([]float64, count*n)
	c := make([][]float64, count)
	for i := range c {
		c[i] = block[i*n : (i+1)*n : (i+1)*n]
	}
	return c
}

// Outputs returns how many outputs the program has.
func (m *Machine) Outputs() int { return len(m.p.outputs) }

// In returns the column of input i, for the caller to fill. Length n.
func (m *Machine) In(i int) []float64 { return m.val[:len(m.p.inputs)][i] }

// Out returns the column of output j, set by Forward. It may be the column of
// an input or of another output; the caller must not change it. Length n.
func (m *Machine) Out(j int) []float64 { return m.val[m.p.outputs[j]] }

// OutAdj returns the column for the adjoint of output j, which the caller
// fills before Reverse; Reverse leaves it alone. Length n.
func (m *Machine) OutAdj(j int) []float64 { return m.seed[j] }

// InAdj returns the adjoint of input i, set by Reverse: the sum over outputs j
// of OutAdj(j) · ∂Out(j)/∂In(i). It is nil for coordinates. Length n.
func (m *Machine) InAdj(i int) []float64 { return m.adj[:len(m.p.inputs)][i] }

// Forward computes the outputs of the first k points.
func (m *Machine) Forward(k int) {
	if k < 0 || k > m.n {
		panic("expr: Forward: more points than the machine has room for")
	}
	for i := range m.p.code {
		in := &m.p.code[i]
		y := m.val[len(m.p.inputs)+i][:k]
		switch {
		case in.op == fill: // once, by Machine
		case in.b < 0:
			forwardOne(in, y, m.val[in.a][:k])
		default:
			forwardTwo(in, y, m.val[in.a][:k], m.val[in.b][:k])
		}
	}
}

// forwardTwo sets y to the operation of in on a and b.
func forwardTwo(in *instruction, y, a, b []float64) {
	switch in.op {
	case add:
		for i, x := range a {
			y[i] = x + b[i]
		}
	case sub:
		for i, x := range a {
			y[i] = x - b[i]
		}
	case mul:
		for i, x := range a {
			y[i] = x * b[i]
		}
	case div:
		for i, x := range a {
			y[i] = x / b[i]
		}
	case power:
		for i, x := range a {
			y[i] = pow(x, b[i])
		}
	default:
		panic("expr: Forward: unknown operation")
	}
}

// forwardOne sets y to the operation of in on a.
func forwardOne(in *instruction, y, a []float64) {
	c := in.c
	switch in.op {
	case addNum:
		for i, x := range a {
			y[i] = c + x
		}
	case numSub:
		for i, x := range a {
			y[i] = c - x
		}
	case mulNum:
		for i, x := range a {
			y[i] = c * x
		}
	case divNum:
		for i, x := range a {
			y[i] = x / c
		}
	case numDiv:
		for i, x := range a {
			y[i] = c / x
		}
	case negate:
		for i, x := range a {
			y[i] = -x
		}
	default:
		forwardCall(in, y, a)
	}
}

// forwardCall is forwardOne for powers and functions.
func forwardCall(in *instruction, y, a []float64) {
	switch in.op {
	case powNum:
		for i, x := range a {
			y[i] = pow(x, in.c)
		}
	case numPow:
		for i, x := range a {
			y[i] = pow(in.c, x)
		}
	case powWhole:
		for i, x := range a {
			y[i] = powInt(x, in.n)
		}
	case call:
		f := &functions[in.n]
		if f.column != nil {
			f.column(y, a)
			return
		}
		for i, x := range a {
			y[i] = f.value(x)
		}
	default:
		panic("expr: Forward: unknown operation")
	}
}
