package main

import (
	"bytes"
	"fmt"
)

// A writer writes instructions on vectors of a kind.
type writer struct {
	kind
	out *bytes.Buffer
}

func (w *writer) op(lines ...string) {
	for _, l := range lines {
		fmt.Fprintf(w.out, "\t%s\n", l)
	}
}

func get(r int) string  { return fmt.Sprintf("Get R%d", r) }
func set(r int) string  { return fmt.Sprintf("Set R%d", r) }
func getV(v int) string { return fmt.Sprintf("Get V%d", v) }
func setV(v int) string { return fmt.Sprintf("Set V%d", v) }

// add sets register dst to x + y.
func (w *writer) add(dst, x, y int) { w.op(get(x), get(y), "I64Add", set(dst)) }

// advance adds a constant to a register.
func (w *writer) advance(r, by int) {
	w.op(get(r), fmt.Sprintf("I64Const $%d", by), "I64Add", set(r))
}

// again repeats the innermost loop while register r, less by, is at least
// least.
func (w *writer) again(r, by, least int) {
	w.op(get(r), fmt.Sprintf("I64Const $%d", by), "I64Sub", fmt.Sprintf("Tee R%d", r),
		fmt.Sprintf("I64Const $%d", least), "I64GeS", "BrIf $0", "End")
}

func (w *writer) simd(op string) string { return w.kind.vector + op }

// store returns a store at an offset, which the assembler takes from the second
// place only.
func store(offset int) string { return fmt.Sprintf("V128Store $0, $%d", offset) }
