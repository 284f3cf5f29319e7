package main

import (
	"cmp"
	"fmt"
	"go/ast"
	"go/types"
	"maps"
	"slices"
	"strings"

	"pinnlab/core/jet"
	"pinnlab/core/kern"
)

// fulls returns the formulas of tanh and of the gate on full jets: the programs
// of package jet, and their adjoints, written out.
func fulls() (list []formula) {
	for _, f := range kern.Fulls {
		var need []jet.Index
		for k := range f.Order + 1 {
			if a := (jet.Index{uint8(f.Order - k), uint8(k)}); k == 0 || f.Coords == 2 {
				need = append(need, a)
			}
		}
		set := jet.NewSet(need, jet.Operator{}, false)
		tanh := newSheet(jet.TanhOf(set), "y", "u")
		gate := newSheet(jet.Gate(set), "h", "z", "d", "v")
		whole := func(name, arrays, body string) formula {
			name = fmt.Sprintf("%s%d%d", name, f.Coords, f.Order)
			return formula{name: name, arrays: arrays, jet: set.Len(), vectors: 1, body: hold(body)}
		}
		list = append(list,
			whole("tanhFull", "y u", tanh.forward()),
			whole("tanhFullBack", "ubar ybar y u", tanh.backward()),
			whole("gateFull", "h z d v", gate.forward()))
		list = append(list, adding(whole("gateFullBack", "zbar dbar vbar hbar z d", gate.backward()))...)
	}
	return list
}

// held is how many channels that are often read a formula keeps in registers.
const held = 3

// hold puts the channels that a text reads most often, and does not set, into
// locals.
func hold(text string) string {
	reads, set := map[string]int{}, map[string]bool{}
	for _, s := range parse(text) {
		a := s.(*ast.AssignStmt)
		ast.Inspect(a.Rhs[0], func(n ast.Node) bool {
			if x, ok := n.(*ast.IndexExpr); ok {
				reads[types.ExprString(x)]++
			}
			return true
		})
		set[types.ExprString(a.Lhs[0])] = true
	}
	names := slices.SortedFunc(maps.Keys(reads), func(a, b string) int {
		return cmp.Or(cmp.Compare(reads[b], reads[a]), cmp.Compare(a, b))
	})
	names = slices.DeleteFunc(names, func(x string) bool { return set[x] || reads[x] < 2 })
	var b strings.Builder
	for _, x := range names[:min(held, len(names))] {
		local := strings.NewReplacer("[", "", "]", "").Replace(x)
		fmt.Fprintf(&b, "%s = %s\n", local, x)
		text = strings.ReplaceAll(text, x, local)
	}
	return b.String() + text
}

// A sheet writes the statements of a program, which sets array out from others.
type sheet struct {
	*jet.Program
	names []string // of the inputs, then out
}

func newSheet(p *jet.Program, out string, in ...string) *sheet { return &sheet{p, append(in, out)} }

// value names a slot, adjoint its adjoint: channels of arrays, or locals for the
// program's own.
func (s *sheet) value(slot int) string { return s.name(slot, "") }

func (s *sheet) adjoint(slot int) string { return s.name(slot, "bar") }

func (s *sheet) name(slot int, suffix string) string {
	n := s.Set.Len()
	if array := slot / n; array < len(s.names) {
		return fmt.Sprintf("%s%s[%d]", s.names[array], suffix, slot%n)
	}
	return fmt.Sprintf("aux%s%d", suffix, slot-n*len(s.names))
}

// A statement sets a slot to the sum of its terms, the last of which stands at
// an instruction.
type statement struct {
	slot, at int
	terms    []string
}

func product(c float64, factors ...string) string {
	text := strings.Join(factors, "*")
	if c == 1 {
		return text
	}
	return fmt.Sprintf("%v*%s", c, text)
}

// values returns the statements of the slots from first on, in an order in which
// they can be computed. Functions are not among them: the loop's caller has
// their values in place.
func (s *sheet) values(first int) (list []statement) {
	add := func(slot, at int, term string) {
		i := slices.IndexFunc(list, func(x statement) bool { return x.slot == slot })
		if i < 0 {
			i, list = len(list), append(list, statement{slot: slot})
		}
		list[i].at, list[i].terms = at, append(list[i].terms, term)
	}
	for at, in := range s.Code {
		if in.Dst < first {
			continue
		}
		switch in.Op {
		case jet.Const:
			add(in.Dst, at, fmt.Sprint(in.Coef))
		case jet.Scale, jet.Axpy:
			add(in.Dst, at, product(in.Coef, s.value(in.A)))
		case jet.Mul, jet.MulAdd:
			add(in.Dst, at, product(in.Coef, s.value(in.A), s.value(in.B)))
		}
	}
	slices.SortFunc(list, func(a, b statement) int { return cmp.Compare(a.at, b.at) })
	return list
}

func (s *sheet) forward() string {
	var b strings.Builder
	for _, x := range s.values(0) {
		fmt.Fprintf(&b, "%s = %s\n", s.value(x.slot), strings.Join(x.terms, " + "))
	}
	return b.String()
}

// backward writes the adjoints. Those of the output are used up. The program's
// own slots are computed again, late, so that their adjoints are done with.
func (s *sheet) backward() string {
	n := s.Slots()
	inputs, outputs := s.In*s.Set.Len(), (s.In+1)*s.Set.Len()
	list := make([]statement, n)
	for slot := range list {
		list[slot] = statement{slot: slot, at: len(s.Code)}
		if slot >= inputs && slot < outputs || slot >= s.Set.Len() && slot < inputs { // all but the first input's are added to
			list[slot].terms = []string{s.adjoint(slot)}
		}
	}
	for at := len(s.Code) - 1; at >= 0; at-- {
		in := s.Code[at]
		in.Adjoint(func(to int, coef float64, val int) {
			factors := []string{s.adjoint(in.Dst)}
			if val >= 0 {
				factors = []string{s.value(val), factors[0]}
			}
			list[to].at = at
			list[to].terms = append(list[to].terms, product(coef, factors...))
		})
	}
	order := func(from, to int) (part []statement) {
		part = slices.Clone(list[from:to])
		slices.SortStableFunc(part, func(a, b statement) int { return cmp.Compare(b.at, a.at) })
		return part
	}
	var b strings.Builder
	write := func(part []statement, name func(int) string) {
		for _, x := range part {
			if text := strings.Join(x.terms, " + "); text != name(x.slot) {
				fmt.Fprintf(&b, "%s = %s\n", name(x.slot), text)
			}
		}
	}
	write(order(inputs, n), s.adjoint)
	write(s.values(outputs), s.value)
	write(order(0, inputs), s.adjoint)
	return b.String()
}
