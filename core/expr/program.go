package expr

import (
	"cmp"
	"math"
	"slices"
)

// MaxOperations is the most operations a [Program] can have.
const MaxOperations = 1024

// Kind tells the inputs of a program apart.
type Kind int

const (
	Coord   Kind = iota // a coordinate
	Deriv               // a field or a derivative of one
	Tangent             // the derivative of a Deriv along a direction, see [Program.Tangent]
)

// A Symbol is an input of a program.
type Symbol struct {
	Kind  Kind
	Index int   // into Scope.Coords or Scope.Fields
	Order []int // of a Deriv or its Tangent, the order in each coordinate; all 0 is the field itself
}

// A Program computes formulas from coordinates and derivatives of fields. It
// is immutable; a [Machine] runs it.
type Program struct {
	inputs  []Symbol
	code    []instruction
	outputs []register
	varies  []bool // by register: depends on a field, so that it has an adjoint
}

// register numbers the values of a program: the inputs, then the results of
// the instructions in their order.
type register int

// instruction computes the next register from a and b, or a and c, or a alone.
type instruction struct {
	op   opcode
	a, b register // -1 where there is none
	c    float64
	n    int // exponent, or index into functions
}

type opcode uint8

const (
	fill     opcode = iota // c
	add                    // a + b
	sub                    // a - b
	mul                    // a · b
	div                    // a / b
	power                  // aᵇ
	addNum                 // c + a
	numSub                 // c - a
	mulNum                 // c · a
	divNum                 // a / c
	numDiv                 // c / a
	powNum                 // aᶜ
	numPow                 // cᵃ
	negate                 // -a
	powWhole               // aⁿ
	call                   // functions[n] of a
)

// Inputs lists what the program reads, coordinates first, then derivatives
// field by field in rising order, then tangents. The caller must not change it.
func (p *Program) Inputs() []Symbol { return p.inputs }

// Outputs returns the number of formulas.
func (p *Program) Outputs() int { return len(p.outputs) }

// Varies reports whether output j depends on a field.
func (p *Program) Varies(j int) bool { return p.varies[p.outputs[j]] }

// finite reports whether all numbers in the program are.
func (p *Program) finite() bool {
	return !slices.ContainsFunc(p.code, func(in instruction) bool {
		return math.IsNaN(in.c) || math.IsInf(in.c, 0)
	})
}

// lower makes a program of the vertices that outputs need.
func (g *graph) lower(outputs []id, coords int) *Program {
	needed := make([]bool, len(g.vertices))
	for _, o := range outputs {
		needed[o] = true
	}
	var leaves []id
	for i := len(g.vertices) - 1; i >= 0; i-- {
		v := g.vertices[i]
		if !needed[i] {
			continue
		}
		if v.op == opSymbol {
			leaves = append(leaves, id(i))
		}
		for _, a := range v.args() {
			needed[a] = true
		}
	}
	slices.SortFunc(leaves, func(i, j id) int {
		return compareSymbols(g.symbols[g.vertices[i].a], g.symbols[g.vertices[j].a])
	})

	l := lowering{g: g, p: &Program{}, at: make([]register, len(g.vertices))}
	for _, i := range leaves {
		l.input(i, coords)
	}
	for i, v := range g.vertices {
		if needed[i] && v.op != opConst && v.op != opSymbol {
			l.emit(id(i), l.translate(v))
		}
	}
	for _, o := range outputs {
		if c, ok := g.value(o); ok {
			l.emit(o, instruction{op: fill, a: -1, b: -1, c: c})
		}
		l.p.outputs = append(l.p.outputs, l.at[o])
	}
	return l.p
}

// args are the vertices that v is computed from.
func (v *vertex) args() []id {
	switch v.op {
	case opConst, opSymbol:
		return nil
	case opNeg, opPowInt, opFunc:
		return []id{v.a}
	}
	return []id{v.a, v.b}
}

func compareSymbols(s, t symbol) int {
	total := func(s symbol) (n int) {
		for _, o := range s.order {
			n += int(o)
		}
		return n
	}
	return cmp.Or(cmp.Compare(s.kind, t.kind), cmp.Compare(s.index, t.index),
		cmp.Compare(total(s), total(t)), -slices.Compare(s.order[:], t.order[:]))
}
