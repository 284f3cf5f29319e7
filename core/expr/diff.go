package expr

// alongFields stands for a coordinate that only fields depend on: their
// derivatives by it are tangents.
const alongFields = -1

// diff returns the derivative of i by a coordinate. Derivatives of fields
// become higher derivatives.
func (g *graph) diff(i id, coord int) id {
	key := derivative{i, coord}
	if d, ok := g.diffs[key]; ok || g.full {
		return d
	}
	d := g.chain(i, func(j id) id { return g.diff(j, coord) }, coord)
	g.diffs[key] = d
	return d
}

// chain is the rule of diff for one operation: d is the derivative of an
// argument.
//
//	(a+b)' = a' + b'                 (ab)' = a'b + ab'
//	(a/b)' = (a' - (a/b) b')/b       (aⁿ)' = n aⁿ⁻¹ a'
//	(aᵇ)'  = b aᵇ⁻¹ a' + aᵇ log(a) b'    f(a)' = f'(a) a'
func (g *graph) chain(i id, d func(id) id, coord int) id {
	v := g.vertices[i]
	switch v.op {
	case opSymbol:
		return g.diffSymbol(g.symbols[v.a], coord)
	case opAdd:
		return g.sum(d(v.a), d(v.b))
	case opSub:
		return g.difference(d(v.a), d(v.b))
	case opNeg:
		return g.negative(d(v.a))
	case opMul:
		return g.sum(g.product(d(v.a), v.b), g.product(v.a, d(v.b)))
	case opDiv:
		return g.quotient(g.difference(d(v.a), g.product(i, d(v.b))), v.b)
	case opPowInt:
		return g.product(g.product(g.num(float64(v.b)), g.wholePower(v.a, int(v.b)-1)), d(v.a))
	case opPow:
		byBase := g.product(v.b, g.power(v.a, g.difference(v.b, g.num(1))))
		byExponent := g.num(0)
		if db := d(v.b); !g.is(db, 0) { // log(a) only where it is needed
			byExponent = g.product(g.product(i, g.callNamed("log", v.a)), db)
		}
		return g.sum(g.product(byBase, d(v.a)), byExponent)
	case opFunc:
		return g.product(functions[v.b].derive(g, v.a, i), d(v.a))
	}
	return g.num(0)
}

func (g *graph) diffSymbol(s symbol, coord int) id {
	switch {
	case s.kind == Deriv && coord == alongFields:
		s.kind = Tangent
		return g.sym(s)
	case s.kind == Deriv:
		s.order[coord]++
		return g.sym(s)
	case s.kind == Coord && s.index == coord:
		return g.num(1)
	}
	return g.num(0)
}
