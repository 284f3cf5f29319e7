package main

import "fmt"

// A sum writes a function that sets vectors of y to a base and terms, or adds
// these to them: some vectors a turn, whose sums are in registers while the
// terms go by. A term is as package kern lays it out: its number, then the two
// slots as int32. Terms of one slot come first: a choice for each would cost more
// than the term. The slots are slices; from is where in them y's first vector
// stands, in bytes.
//
// In registers: 0 y, 1 slots, 2 terms, 3 and 4 how many terms have one slot and
// two, 5 turns, 6 from, 7 acc, 8 the term, 9 the terms left, 10 and 11 its slots'
// addresses. The sums are vectors 0 and up, then the term's number and base in
// all lanes.
type sum struct {
	writer
	vecs int
}

const (
	sumY, sumSlots, sumTerms, sumSingles, sumPairs, sumTurns = 0, 1, 2, 3, 4, 5
	sumFrom, sumAcc, sumTerm, sumLeft, sumOne, sumTwo        = 6, 7, 8, 9, 10, 11
)

func (s *sum) title() string { return fmt.Sprintf("sum%sby%d", s.name, s.vecs) }

func (s *sum) signature() string {
	return s.title() + "(y, slots, terms unsafe.Pointer, singles, pairs, turns int, from uintptr, acc bool, base float" + s.name + ")"
}

func (s *sum) constant() string { return "" }

func (s *sum) number() int { return s.vecs }
func (s *sum) base() int   { return s.vecs + 1 }

func (s *sum) function() {
	at := 60 // of base
	if s.bytes == 8 {
		at = 64
	}
	fmt.Fprintf(s.out, "\n// func %s\nTEXT ·%s(SB), NOSPLIT, $0-%d\n", s.signature(), s.title(), at+s.bytes)
	for i, arg := range []string{"y", "slots", "terms", "singles", "pairs", "turns", "from"} {
		s.op(fmt.Sprintf("I64Load %s+%d(FP)", arg, 8*i), set(i))
	}
	s.op("I64Load8U acc+56(FP)", set(sumAcc))
	s.op(fmt.Sprintf("%sLoad base+%d(FP)", s.scalar, at), s.simd("Splat"), setV(s.base()))
	s.op("Loop")
	s.begin()
	s.op(get(sumTerms), set(sumTerm))
	s.loop(sumSingles, false)
	s.loop(sumPairs, true)
	for v := range s.vecs {
		s.op(get(sumY), "I32WrapI64", getV(v), store(16*v))
	}
	s.advance(sumY, 16*s.vecs)
	s.advance(sumFrom, 16*s.vecs)
	s.again(sumTurns, 1, 1)
	s.op("RET")
}

// begin sets the sums to what they start from.
func (s *sum) begin() {
	s.op(get(sumAcc), "I32WrapI64", "If")
	for v := range s.vecs {
		s.op(get(sumY), "I32WrapI64", fmt.Sprintf("V128Load $%d", 16*v), setV(v))
	}
	s.op("Else")
	for v := range s.vecs {
		s.op(getV(s.base()), setV(v))
	}
	s.op("End")
}

// loop adds the terms of one slot, or those of two.
func (s *sum) loop(count int, two bool) {
	s.op(get(count), "Tee R"+fmt.Sprint(sumLeft), "I64Const $1", "I64GeS", "If", "Loop")
	s.op(get(sumTerm), "I32WrapI64", s.scalar+"Load $0", s.simd("Splat"), setV(s.number()))
	s.address(sumOne, s.bytes)
	if two {
		s.address(sumTwo, s.bytes+4)
	}
	for v := range s.vecs {
		s.addTerm(v, two)
	}
	s.advance(sumTerm, s.bytes+8)
	s.again(sumLeft, 1, 1)
	s.op("End")
}

// address sets a register to the address, in the slot whose number the term has
// at an offset, of the turn's first vector.
func (s *sum) address(r, offset int) {
	s.op(get(sumTerm), "I32WrapI64", fmt.Sprintf("I64Load32U $%d", offset), "I64Const $24", "I64Mul", get(sumSlots), "I64Add",
		"I32WrapI64", "I64Load $0", get(sumFrom), "I64Add", set(r))
}

// addTerm adds the term's vector v, of one slot or of two.
func (s *sum) addTerm(v int, two bool) {
	s.op(getV(v), getV(s.number()), get(sumOne), "I32WrapI64", fmt.Sprintf("V128Load $%d", 16*v), s.simd("Mul"))
	if two {
		s.op(get(sumTwo), "I32WrapI64", fmt.Sprintf("V128Load $%d", 16*v), s.simd("Mul"))
	}
	s.op(s.simd("Add"), setV(v))
}
