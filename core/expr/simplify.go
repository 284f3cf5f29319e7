package expr

import "math"

// maxExponent bounds the whole exponents that are repeated multiplication.
const maxExponent = 1024

// sum is a + b.
func (g *graph) sum(a, b id) id {
	if _, ok := g.value(b); ok || a > b && !g.isNum(a) {
		a, b = b, a // one order, numbers first
	}
	va, vb := g.vertices[a], g.vertices[b]
	if c, ok := g.value(a); ok {
		d, both := g.value(b)
		switch {
		case both:
			return g.num(c + d)
		case c == 0:
			return b
		case vb.op == opAdd && g.isNum(vb.a):
			d, _ := g.value(vb.a)
			return g.sum(g.num(c+d), vb.b)
		}
	}
	switch {
	case vb.op == opNeg:
		return g.difference(a, vb.a)
	case va.op == opNeg:
		return g.difference(b, va.a)
	}
	return g.add(vertex{op: opAdd, a: a, b: b})
}

// difference is a - b.
func (g *graph) difference(a, b id) id {
	c, numA := g.value(a)
	d, numB := g.value(b)
	switch {
	case numA && numB:
		return g.num(c - d)
	case a == b:
		return g.num(0)
	case numB:
		return g.sum(g.num(-d), a)
	case numA && c == 0:
		return g.negative(b)
	case g.vertices[b].op == opNeg:
		return g.sum(a, g.vertices[b].a)
	}
	return g.add(vertex{op: opSub, a: a, b: b})
}

// negative is -a.
func (g *graph) negative(a id) id {
	v := g.vertices[a]
	if c, ok := g.value(a); ok {
		return g.num(-c)
	}
	switch v.op {
	case opNeg:
		return v.a
	case opSub:
		return g.difference(v.b, v.a)
	case opMul:
		if c, ok := g.value(v.a); ok {
			return g.product(g.num(-c), v.b)
		}
	}
	return g.add(vertex{op: opNeg, a: a})
}

// product is a · b. Its numeric factors are gathered into one, which comes
// first, and powers of one base into one power.
func (g *graph) product(a, b id) id {
	c, x := g.split(a)
	d, y := g.split(b)
	switch c *= d; {
	case x == none && y == none:
		return g.num(c)
	case x == none:
		return g.scaled(c, y)
	case y == none:
		return g.scaled(c, x)
	}
	return g.scaled(c, g.merged(x, y))
}

// scaled is c·a where a has no numeric factor.
func (g *graph) scaled(c float64, a id) id {
	switch c {
	case 0:
		return g.num(0)
	case 1:
		return a
	case -1:
		return g.negative(a)
	}
	return g.add(vertex{op: opMul, a: g.num(c), b: a})
}

// merged is a · b where neither has a numeric factor.
func (g *graph) merged(a, b id) id {
	if a > b {
		a, b = b, a
	}
	x, m := g.base(a)
	y, n := g.base(b)
	if x == y && m > 0 && n > 0 && m+n <= maxExponent {
		return g.add(vertex{op: opPowInt, a: x, b: m + n})
	}
	return g.add(vertex{op: opMul, a: a, b: b})
}

// base writes a as xⁿ with a whole n.
func (g *graph) base(a id) (x, n id) {
	if v := g.vertices[a]; v.op == opPowInt {
		return v.a, v.b
	}
	return a, 1
}

// quotient is a / b.
func (g *graph) quotient(a, b id) id {
	c, numA := g.value(a)
	d, numB := g.value(b)
	switch {
	case numA && numB:
		return g.num(c / d)
	case numA && c == 0, numB && d == 1:
		return a
	case numB && d == -1:
		return g.negative(a)
	}
	if numA {
		return g.add(vertex{op: opDiv, a: a, b: b})
	}
	switch c, x := g.split(a); {
	case c == -1:
		return g.negative(g.quotient(x, b))
	case c != 1 && numB:
		return g.scaled(c/d, x)
	}
	return g.add(vertex{op: opDiv, a: a, b: b})
}

// power is aᵇ.
func (g *graph) power(a, b id) id {
	c, numA := g.value(a)
	d, numB := g.value(b)
	whole := numB && d == math.Trunc(d) && math.Abs(d) <= maxExponent
	switch {
	case numA && whole:
		return g.num(powInt(c, int(d)))
	case numA && numB:
		return g.num(pow(c, d))
	case whole:
		return g.wholePower(a, int(d))
	}
	return g.add(vertex{op: opPow, a: a, b: b})
}

// wholePower is aⁿ.
func (g *graph) wholePower(a id, n int) id {
	switch n {
	case 0:
		return g.num(1)
	case 1:
		return a
	}
	x, m := g.base(a)
	if k := int(m) * n; m > 1 && n > 0 && k <= maxExponent {
		return g.add(vertex{op: opPowInt, a: x, b: id(k)})
	}
	return g.add(vertex{op: opPowInt, a: a, b: id(n)})
}

// call is functions[f] of a.
func (g *graph) call(f int, a id) id {
	if c, ok := g.value(a); ok {
		return g.num(functions[f].value(c))
	}
	return g.add(vertex{op: opFunc, a: a, b: id(f)})
}

func (g *graph) isNum(i id) bool { return g.vertices[i].op == opConst }
