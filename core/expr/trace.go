package expr

import "strings"

// A Fault is a value of a program at one point that is not finite, though all
// that it is computed from is.
type Fault struct {
	Value     string  // as a formula, such as sqrt(u)
	Operand   string  // what is to blame, such as u; empty for a number
	At        float64 // the operand's value
	Slope     bool    // the value is finite, its derivative is not
	Undefined bool    // it has no value there, as opposed to one too large
}

// Fault returns the first fault at point i of the last Forward, and whether there
// is one. Coordinates and fields are called as in s. It takes its time.
func (m *Machine) Fault(i int, s *Scope) (Fault, bool) {
	for k, in := range m.p.code {
		r := register(len(m.p.inputs) + k)
		y := m.val[r][i]
		if isFinite(y) || in.op == fill || !m.finiteAt(in, i) {
			continue
		}
		f := m.faultOf(&in, r, i, s)
		f.Undefined = y != y || f.At == 0
		return f, true
	}
	return Fault{}, false
}

// SlopeFault is Fault for the derivative of a value with respect to what it is
// computed from.
func (m *Machine) SlopeFault(i int, s *Scope) (Fault, bool) {
	for k, in := range m.p.code {
		r := register(len(m.p.inputs) + k)
		if !m.p.varies[r] || !m.finiteAt(in, i) || isFinite(m.slopeAt(&in, r, i)) {
			continue
		}
		f := m.faultOf(&in, r, i, s)
		f.Slope, f.Undefined = true, f.At <= 0
		return f, true
	}
	return Fault{}, false
}

// faultOf names the result of an instruction, and what is to blame: the divisor,
// the base, the argument.
func (m *Machine) faultOf(in *instruction, r register, i int, s *Scope) Fault {
	f := Fault{Value: m.p.text(r, s)}
	switch {
	case in.op == divNum:
		f.At = in.c
	case in.op == div:
		f.Operand, f.At = m.p.text(in.b, s), m.val[in.b][i]
	default:
		f.Operand, f.At = m.p.text(in.a, s), m.val[in.a][i]
	}
	return f
}

// slopeAt returns the sum of the derivatives of a result with respect to what
// varies of its arguments.
func (m *Machine) slopeAt(in *instruction, r register, i int) float64 {
	one, y, a := []float64{1}, m.val[r][i:i+1], m.val[in.a][i:i+1]
	var slopes [2]float64
	if in.b < 0 {
		reverseOne(in, one, slopes[:1], y, a)
		return slopes[0]
	}
	b := m.val[in.b][i : i+1]
	if m.p.varies[in.a] {
		reverseFirst(in.op, one, slopes[:1], y, a, b)
	}
	if m.p.varies[in.b] {
		reverseLast(in.op, one, slopes[1:], y, a, b)
	}
	return slopes[0] + slopes[1]
}

// finiteAt reports whether the arguments of an instruction are finite.
func (m *Machine) finiteAt(in instruction, i int) bool {
	return (in.a < 0 || isFinite(m.val[in.a][i])) && (in.b < 0 || isFinite(m.val[in.b][i]))
}

func isFinite(x float64) bool { return x-x == 0 }

// textDepth bounds what text writes out: values may be shared so often that all
// of it would never end.
const textDepth = 5

// text returns the formula of a register, what is deep in it left out.
func (p *Program) text(r register, s *Scope) string {
	return (&Formula{p.node(r, s, textDepth)}).String()
}

// node returns a register's value as it would be written.
func (p *Program) node(r register, s *Scope, depth int) *node {
	if int(r) < len(p.inputs) {
		return &node{kind: nodeName, name: p.inputs[r].Of(s)}
	}
	if depth == 0 {
		return &node{kind: nodeName, name: "…"}
	}
	in := &p.code[int(r)-len(p.inputs)]
	num := func(c float64) *node {
		if c < 0 {
			return &node{kind: nodeNeg, args: [2]*node{{kind: nodeNumber, val: -c}}}
		}
		return &node{kind: nodeNumber, val: c}
	}
	arg := func(r register) *node { return p.node(r, s, depth-1) }
	binary := func(op byte, a, b *node) *node { return &node{kind: nodeBinary, op: op, args: [2]*node{a, b}} }
	switch in.op {
	case fill:
		return num(in.c)
	case add, sub, mul, div, power:
		return binary("+-*/^"[in.op-add], arg(in.a), arg(in.b))
	case addNum:
		return binary('+', arg(in.a), num(in.c))
	case numSub:
		return binary('-', num(in.c), arg(in.a))
	case mulNum:
		return binary('*', num(in.c), arg(in.a))
	case divNum:
		return binary('/', arg(in.a), num(in.c))
	case numDiv:
		return binary('/', num(in.c), arg(in.a))
	case powNum:
		return binary('^', arg(in.a), num(in.c))
	case numPow:
		return binary('^', num(in.c), arg(in.a))
	case powWhole:
		return binary('^', arg(in.a), num(float64(in.n)))
	case negate:
		return &node{kind: nodeNeg, args: [2]*node{arg(in.a)}}
	}
	return &node{kind: nodeCall, name: functions[in.n].name, args: [2]*node{arg(in.a)}}
}

// Of is how formulas of a scope write the symbol.
func (s Symbol) Of(scope *Scope) string {
	if s.Kind == Coord {
		return scope.Coords[s.Index]
	}
	suffix := ""
	for i, n := range s.Order {
		suffix += strings.Repeat(scope.Coords[i], n)
	}
	if suffix == "" {
		return scope.Fields[s.Index]
	}
	return scope.Fields[s.Index] + "_" + suffix
}
