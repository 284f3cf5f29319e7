package expr

import "slices"

// Tangent returns the program of p's outputs and then of their derivatives
// along a direction of the fields: for u*u_x it is u*u_x and u'*u_x + u*u_x',
// where u' is an input of kind [Tangent]. Its inputs are those of p and then,
// in the same order, a tangent for each Deriv, unless no derivative reads it.
// Its adjoint gives second derivatives. Coordinates have no tangent.
func (p *Program) Tangent() *Program {
	if slices.ContainsFunc(p.inputs, func(s Symbol) bool { return s.Kind == Tangent }) {
		panic("expr: Tangent: of a tangent")
	}
	g, outputs := p.raise()
	for _, o := range outputs {
		outputs = append(outputs, g.diff(o, alongFields))
	}
	if g.full {
		panic("expr: Tangent: the program is larger than Compile allows")
	}
	return g.lower(outputs, p.coords())
}

// coords returns the number of coordinates, as far as the inputs tell.
func (p *Program) coords() int {
	for _, s := range p.inputs {
		if s.Kind != Coord {
			return len(s.Order)
		}
	}
	return 0
}

// raise is the inverse of lower: it returns p as vertices of a new graph.
func (p *Program) raise() (g *graph, outputs []id) {
	g = newGraph()
	at := make([]id, 0, len(p.varies))
	for _, s := range p.inputs {
		t := symbol{kind: s.Kind, index: s.Index}
		for k, n := range s.Order {
			t.order[k] = uint8(n)
		}
		at = append(at, g.sym(t))
	}
	for i := range p.code {
		at = append(at, g.raise(&p.code[i], at))
	}
	for _, r := range p.outputs {
		outputs = append(outputs, at[r])
	}
	return g, outputs
}

// raise returns the vertex of an instruction; at has those of the registers.
func (g *graph) raise(in *instruction, at []id) id {
	a, b := none, none
	if in.a >= 0 {
		a = at[in.a]
	}
	if in.b >= 0 {
		b = at[in.b]
	}
	switch in.op { // numbers become arguments again
	case addNum, numSub, mulNum, numDiv, numPow:
		a, b = g.num(in.c), a
	case divNum, powNum:
		b = g.num(in.c)
	}
	switch in.op {
	case fill:
		return g.num(in.c)
	case add, addNum:
		return g.sum(a, b)
	case sub, numSub:
		return g.difference(a, b)
	case mul, mulNum:
		return g.product(a, b)
	case div, divNum, numDiv:
		return g.quotient(a, b)
	case power, powNum, numPow:
		return g.power(a, b)
	case negate:
		return g.negative(a)
	case powWhole:
		return g.wholePower(a, in.n)
	case call:
		return g.call(in.n, a)
	}
	panic("expr: raise: unknown operation")
}
