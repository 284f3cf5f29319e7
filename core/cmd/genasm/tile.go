package main

import "fmt"

// shapes are the tiles: rows of c by vectors.
var shapes = [][2]int{{2, 4}, {1, 4}, {2, 5}, {1, 5}, {4, 1}, {1, 1}}

// A tile writes a function that sets groups of rows of c, or adds to them, the
// n products of numbers of a with vectors of b. The number for row i and
// product p is at a + i next + p step; rows of b and c are row bytes apart.
//
// In registers: 0 c, 1 a, 2 b, 3 groups, 4 n, 5 row, 6 next, 7 step, 8 the
// products left, 9 to 12 the numbers of each row, 13 the vectors of b, 14 a row
// of c, 15 acc. The sums are vectors 0 and up, then the rows' numbers in all
// lanes, then a vector of b.
type tile struct {
	writer
	rows, vecs int
}

const (
	regC, regA, regB, regGroups, regN, regRow, regNext, regStep = 0, 1, 2, 3, 4, 5, 6, 7
	regLeft, regNumbers, regVectors, regCRow, regAcc            = 8, 9, 13, 14, 15
)

func (t *tile) sum(i, v int) int { return i*t.vecs + v }
func (t *tile) number(i int) int { return t.rows*t.vecs + i }
func (t *tile) loaded() int      { return t.rows*t.vecs + t.rows }

func (t *tile) title() string { return fmt.Sprintf("tiles%s_%dby%d", t.name, t.rows, t.vecs) }

func (t *tile) signature() string {
	return t.title() + "(c, a, b unsafe.Pointer, groups, n int, row, next, step uintptr, acc bool)"
}

func (t *tile) constant() string { return "" }

func (t *tile) function() {
	fmt.Fprintf(t.out, "\n// func %s\nTEXT ·%s(SB), NOSPLIT, $0-65\n", t.signature(), t.title())
	for i, arg := range []string{"c", "a", "b", "groups", "n", "row", "next", "step"} {
		t.op(fmt.Sprintf("I64Load %s+%d(FP)", arg, 8*i), set(i))
	}
	t.op("I64Load8U acc+64(FP)", set(regAcc), "Loop")
	t.begin()
	// Where the numbers of a row of a are neighbours, four products a turn.
	t.op(get(regStep), fmt.Sprintf("I64Const $%d", t.bytes), "I64Eq", "If",
		get(regLeft), "I64Const $4", "I64GeS", "If", "Loop")
	for p := range 4 {
		t.product(p * t.bytes)
	}
	for i := range t.rows {
		t.advance(regNumbers+i, 4*t.bytes)
	}
	t.again(regLeft, 4, 4)
	t.op("End", "End")
	t.op(get(regLeft), "I64Const $1", "I64GeS", "If", "Loop")
	t.product(0)
	for i := range t.rows {
		t.add(regNumbers+i, regNumbers+i, regStep)
	}
	t.again(regLeft, 1, 1)
	t.op("End")
	t.end()
	t.again(regGroups, 1, 1)
	t.op("RET")
}

// begin loads the sums, or clears them, and points at the first numbers.
func (t *tile) begin() {
	t.op(get(regAcc), "I32WrapI64", "If")
	for i := range t.rows {
		t.toRow(i)
		for v := range t.vecs {
			t.op(get(regCRow), "I32WrapI64", fmt.Sprintf("V128Load $%d", 16*v), setV(t.sum(i, v)))
		}
	}
	t.op("Else")
	for s := range t.rows * t.vecs {
		t.op(t.scalar+"Const $0.0", t.simd("Splat"), setV(s))
	}
	t.op("End")
	t.op(get(regA), set(regNumbers))
	for i := 1; i < t.rows; i++ {
		t.add(regNumbers+i, regNumbers+i-1, regNext)
	}
	t.op(get(regB), set(regVectors), get(regN), set(regLeft))
}

// toRow moves the pointer to the rows of c to row i.
func (t *tile) toRow(i int) {
	if i == 0 {
		t.op(get(regC), set(regCRow))
		return
	}
	t.add(regCRow, regCRow, regRow)
}

// product adds one number of each row, at an offset, times a row of b.
func (t *tile) product(offset int) {
	for i := range t.rows {
		t.op(get(regNumbers+i), "I32WrapI64", fmt.Sprintf("%sLoad $%d", t.scalar, offset), t.simd("Splat"), setV(t.number(i)))
	}
	for v := range t.vecs {
		t.op(get(regVectors), "I32WrapI64", fmt.Sprintf("V128Load $%d", 16*v), setV(t.loaded()))
		for i := range t.rows {
			t.op(getV(t.sum(i, v)), getV(t.number(i)), getV(t.loaded()), t.simd("Mul"), t.simd("Add"), setV(t.sum(i, v)))
		}
	}
	t.add(regVectors, regVectors, regRow)
}

// end stores the sums and moves on to the next rows.
func (t *tile) end() {
	for i := range t.rows {
		t.toRow(i)
		for v := range t.vecs {
			t.op(get(regCRow), "I32WrapI64", getV(t.sum(i, v)), store(16*v))
		}
		t.add(regA, regA, regNext)
	}
	t.add(regC, regCRow, regRow)
}
