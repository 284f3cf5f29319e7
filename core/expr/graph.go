package expr

import "math"

// maxVertices bounds the work of differentiating: a formula whose
// derivatives need more distinct values is refused.
const maxVertices = 1 << 14

// id is a vertex of a graph. Arguments have smaller ids than what is computed
// from them, so the order of ids is an order of evaluation.
type id int32

type operation uint8

const (
	opConst  operation = iota // the number value
	opSymbol                  // graph.symbols[a]
	opAdd                     // a + b
	opSub                     // a - b
	opMul                     // a · b
	opDiv                     // a / b
	opNeg                     // -a
	opPow                     // aᵇ
	opPowInt                  // aⁿ by repeated multiplication, n = b
	opFunc                    // functions[b] of a
)

// vertex is one value: an operation and its arguments. Equal vertices are one
// vertex, which is how common subexpressions are shared.
type vertex struct {
	op   operation
	a, b id
	bits uint64 // of opConst, so that -0 and NaN are values like any other
}

// symbol is what a program reads: a coordinate or a derivative of a field.
type symbol struct {
	kind  Kind
	index int
	order [MaxCoords]uint8
}

// graph holds formulas as vertices. The functions that add a vertex simplify
// on the way; they do not count on values that are not finite (0·a is 0).
type graph struct {
	vertices []vertex
	symbols  []symbol
	find     map[vertex]id
	diffs    map[derivative]id
	full     bool // more than maxVertices were needed; all ids are void
}

type derivative struct {
	of    id
	coord int
}

func newGraph() *graph {
	return &graph{find: make(map[vertex]id), diffs: make(map[derivative]id)}
}

// add returns the id of v, new or not.
func (g *graph) add(v vertex) id {
	if i, ok := g.find[v]; ok {
		return i
	}
	if len(g.vertices) == maxVertices {
		g.full = true
		return 0
	}
	i := id(len(g.vertices))
	g.vertices = append(g.vertices, v)
	g.find[v] = i
	return i
}

func (g *graph) num(c float64) id { return g.add(vertex{op: opConst, bits: math.Float64bits(c)}) }

func (g *graph) sym(s symbol) id {
	for i, t := range g.symbols {
		if s == t {
			return g.add(vertex{op: opSymbol, a: id(i)})
		}
	}
	g.symbols = append(g.symbols, s)
	return g.add(vertex{op: opSymbol, a: id(len(g.symbols) - 1)})
}

// value returns the number that i is, if it is one.
func (g *graph) value(i id) (c float64, ok bool) {
	v := g.vertices[i]
	return math.Float64frombits(v.bits), v.op == opConst
}

func (g *graph) is(i id, c float64) bool {
	d, ok := g.value(i)
	return ok && c == d
}

// none stands for a missing vertex.
const none = id(-1)

// split writes i as c·rest: c is 1 where i has no numeric factor, and rest is
// none where i is a number.
func (g *graph) split(i id) (c float64, rest id) {
	switch v := g.vertices[i]; v.op {
	case opConst:
		return math.Float64frombits(v.bits), none
	case opNeg:
		return -1, v.a
	case opMul:
		if c, ok := g.value(v.a); ok { // numbers are first arguments, see scaled
			return c, v.b
		}
	}
	return 1, i
}
