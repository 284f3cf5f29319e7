package expr

import (
	"fmt"
	"math"
	"slices"
	"strings"
)

// Compile translates formulas into one program with one output each. Values
// that occur more than once, also in different formulas or by way of
// definitions, are computed once. The error is an *[Error] at the first name
// or value that is wrong, or a *[NameError] from [Scope.Check].
func (s *Scope) Compile(formulas ...*Formula) (*Program, error) {
	if bad := s.Check(); len(bad) > 0 {
		return nil, bad[0]
	}
	c := compiler{Scope: s, g: newGraph(), defs: make(map[string]id)}
	outputs := make([]id, len(formulas))
	for i, f := range formulas {
		out, err := c.vertex(f.root)
		if err != nil {
			return nil, err
		}
		if outputs[i] = out; c.g.full {
			return nil, errorAt(1, "the formula and its derivatives are too large")
		}
	}
	p := c.g.lower(outputs, len(s.Coords))
	switch {
	case len(p.code) > MaxOperations:
		return nil, errorAt(1, "the formula takes %d operations, more than %d", len(p.code), MaxOperations)
	case !p.finite():
		return nil, errorAt(1, "a number in the formula or its derivatives is not finite")
	}
	return p, nil
}

// compiler turns formulas into vertices.
type compiler struct {
	*Scope
	g    *graph
	defs map[string]id
	busy []string // definitions being looked into, outermost first
}

// vertex returns the vertex of n. A numeric value that is not finite, such
// as 1/0, is an error where it arises.
func (c *compiler) vertex(n *node) (id, error) {
	var arg [2]id
	for i, a := range n.args {
		if a != nil {
			var err error
			if arg[i], err = c.vertex(a); err != nil {
				return 0, err
			}
		}
	}
	i, err := c.apply(n, arg[0], arg[1])
	if err != nil {
		return 0, err
	}
	if x, ok := c.g.value(i); ok && (math.IsNaN(x) || math.IsInf(x, 0)) {
		return 0, errorAt(n.col, "%s", c.infinite(n, arg[0], arg[1]))
	}
	return i, nil
}

func (c *compiler) apply(n *node, a, b id) (id, error) {
	g := c.g
	switch n.kind {
	case nodeNumber:
		return g.num(n.val), nil
	case nodeName:
		return c.name(n)
	case nodeNeg:
		return g.negative(a), nil
	case nodeCall:
		return g.callNamed(n.name, a), nil
	}
	switch n.op {
	case '+':
		return g.sum(a, b), nil
	case '-':
		return g.difference(a, b), nil
	case '*':
		return g.product(a, b), nil
	case '/':
		return g.quotient(a, b), nil
	case '^':
		return g.power(a, b), nil
	}
	panic("expr: compiler: unknown operator")
}

// infinite says why the numeric value of n is none.
func (c *compiler) infinite(n *node, a, b id) string {
	x, _ := c.g.value(a)
	switch {
	case n.kind == nodeCall && n.name == "sqrt":
		return fmt.Sprintf("sqrt(%g) is not a number: it needs an argument from 0 on", x)
	case n.kind == nodeCall && n.name == "log":
		return fmt.Sprintf("log(%g) is not a number: it needs an argument above 0", x)
	case n.kind == nodeCall:
		return fmt.Sprintf("%s(%g) is too large a number", n.name, x)
	case n.op == '/' && c.g.is(b, 0):
		return "division by 0"
	case n.op == '^' && x == 0:
		return "0 has no negative powers"
	case n.op == '^' && x < 0:
		y, _ := c.g.value(b)
		return fmt.Sprintf("%g to the power %g is not a number", x, y)
	}
	return "the value here is too large a number"
}

// name looks n up: as it stands, then as a derivative.
func (c *compiler) name(n *node) (id, error) {
	if i, ok, err := c.plain(n.name, n); ok || err != nil {
		return i, err
	}
	base, suffix, ok := c.splitDerivative(n.name)
	if !ok || c.Defs[base] == nil && !slices.Contains(c.Fields, base) {
		return 0, c.unknown(n)
	}
	if len(suffix) > MaxOrder {
		return 0, errorAt(n.col, "a derivative of order %d; %d is the highest", len(suffix), MaxOrder)
	}
	i, _, err := c.plain(base, n)
	if err != nil {
		return 0, err
	}
	for k := range len(suffix) {
		i = c.g.diff(i, c.coord(suffix[k:k+1]))
	}
	return i, nil
}

// plain looks up a name without a suffix; at is where it is read.
func (c *compiler) plain(name string, at *node) (i id, ok bool, err error) {
	if k := c.coord(name); k >= 0 {
		return c.g.sym(symbol{kind: Coord, index: k}), true, nil
	}
	if k := slices.Index(c.Fields, name); k >= 0 {
		return c.g.sym(symbol{kind: Deriv, index: k}), true, nil
	}
	if x, ok := c.Params[name]; ok {
		return c.g.num(x), true, nil
	}
	if name == "pi" {
		return c.g.num(math.Pi), true, nil
	}
	if f := c.Defs[name]; f != nil {
		i, err := c.definition(name, f, at)
		return i, true, err
	}
	return 0, false, nil
}

// definition returns the vertex of the definition of name.
func (c *compiler) definition(name string, f *Formula, at *node) (id, error) {
	if i, ok := c.defs[name]; ok {
		return i, nil
	}
	if k := slices.Index(c.busy, name); k >= 0 {
		circle := append(slices.Clone(c.busy[k:]), name)
		return 0, errorAt(at.col, "defined in a circle: %s", strings.Join(circle, ", "))
	}
	c.busy = append(c.busy, name)
	i, err := c.vertex(f.root)
	if err != nil {
		if e, ok := err.(*Error); ok && e.Def == "" {
			e.Def = name
		}
		return 0, err
	}
	c.busy = c.busy[:len(c.busy)-1]
	c.defs[name] = i
	return i, nil
}
