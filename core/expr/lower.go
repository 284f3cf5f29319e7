package expr

// lowering is a program being written.
type lowering struct {
	g  *graph
	p  *Program
	at []register // of each vertex
}

// input makes the symbol i the next register.
func (l *lowering) input(i id, coords int) {
	s := l.g.symbols[l.g.vertices[i].a]
	in := Symbol{Kind: s.kind, Index: s.index}
	if s.kind != Coord {
		in.Order = make([]int, coords)
		for k := range in.Order {
			in.Order[k] = int(s.order[k])
		}
	}
	l.at[i] = register(len(l.p.varies))
	l.p.inputs = append(l.p.inputs, in)
	l.p.varies = append(l.p.varies, s.kind != Coord)
}

// emit makes the result of in the next register, that of vertex i.
func (l *lowering) emit(i id, in instruction) {
	varies := in.a >= 0 && l.p.varies[in.a] || in.b >= 0 && l.p.varies[in.b]
	l.at[i] = register(len(l.p.varies))
	l.p.code = append(l.p.code, in)
	l.p.varies = append(l.p.varies, varies)
}

// translate picks the instruction for v: numbers become part of it.
func (l *lowering) translate(v vertex) instruction {
	switch v.op {
	case opNeg:
		return instruction{op: negate, a: l.at[v.a], b: -1}
	case opPowInt:
		return instruction{op: powWhole, a: l.at[v.a], b: -1, n: int(v.b)}
	case opFunc:
		return instruction{op: call, a: l.at[v.a], b: -1, n: int(v.b)}
	}
	if c, ok := l.g.value(v.a); ok {
		return instruction{op: withFirstNum[v.op], a: l.at[v.b], b: -1, c: c}
	}
	if c, ok := l.g.value(v.b); ok {
		return instruction{op: withLastNum[v.op], a: l.at[v.a], b: -1, c: c}
	}
	return instruction{op: withoutNum[v.op], a: l.at[v.a], b: l.at[v.b]}
}

// The instructions for operations on two vertices, of which none, the first
// or the last is a number. Numbers come first in sums and products.
var (
	withoutNum   = map[operation]opcode{opAdd: add, opSub: sub, opMul: mul, opDiv: div, opPow: power}
	withFirstNum = map[operation]opcode{opAdd: addNum, opSub: numSub, opMul: mulNum, opDiv: numDiv, opPow: numPow}
	withLastNum  = map[operation]opcode{opDiv: divNum, opPow: powNum}
)
