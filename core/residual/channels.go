package residual

import (
	"slices"

	"pinnlab/core/expr"
	"pinnlab/core/jet"
)

// A slot says where a program's input comes from: coordinate coord, or a
// channel of a field. An input with neither is held at zero.
type slot struct{ coord, channel, field int }

const none = -1

// indexOf returns the multi-index of a derivative.
func indexOf(s expr.Symbol) (a jet.Index) {
	for i, n := range s.Order {
		a[i] = uint8(n)
	}
	return a
}

// slotsOf finds a program's inputs among the channels. Where one channel
// carries an operator, the first of the second derivatives that it sums reads
// it and the others are zero.
func slotsOf(p *expr.Program, set *jet.Set) []slot {
	var slots []slot
	for _, s := range p.Inputs() {
		if s.Kind == expr.Coord {
			slots = append(slots, slot{coord: s.Index, channel: none})
			continue
		}
		a := indexOf(s)
		if i := secondAlong(s); i >= 0 && set.Channel(a) < 0 {
			if a = jet.Box; i != first(set.Op) {
				slots = append(slots, slot{none, none, s.Index})
				continue
			}
		}
		if s.Kind == expr.Tangent {
			a[jet.Eps] = 1
		}
		slots = append(slots, slot{none, set.Channel(a), s.Index})
	}
	return slots
}

// first returns the first coordinate that an operator differentiates along.
func first(op jet.Operator) int {
	return slices.IndexFunc(op[:], func(c float64) bool { return c != 0 })
}

// total returns the order of a derivative.
func total(s expr.Symbol) (n int) {
	for _, k := range s.Order {
		n += k
	}
	return n
}

// secondAlong returns the coordinate of a pure second derivative, or -1.
func secondAlong(s expr.Symbol) int {
	if s.Kind == expr.Coord || total(s) != 2 {
		return -1
	}
	return slices.Index(s.Order, 2)
}

// channelsOf returns the channels that programs read together: the derivatives
// they name, or an operator in place of second derivatives that they only read
// as one sum.
func channelsOf(along bool, programs ...*expr.Program) *jet.Set {
	op, ok := operatorOf(programs)
	var need []jet.Index
	for _, p := range programs {
		for _, s := range p.Inputs() {
			if s.Kind != expr.Deriv {
				continue
			}
			if ok && secondAlong(s) >= 0 {
				need = append(need, jet.Box)
			} else {
				need = append(need, indexOf(s))
			}
		}
	}
	return jet.NewSet(need, op, along)
}

// operatorOf finds the operator D = Σ Dᵢ ∂²/∂xᵢ², with its first coefficient 1,
// such that every output of every program is a constant times Dv for each field
// v, plus what does not depend on second derivatives along a coordinate. It
// reports false where there is none, where it would have one term only, or where
// a derivative above the second needs its terms in any case.
func operatorOf(programs []*expr.Program) (op jet.Operator, ok bool) {
	var rows []jet.Operator // coefficients of ∂²v/∂xᵢ² by i, for each program, field and output
	for _, p := range programs {
		var fields []int
		var coef [][]jet.Operator // by place in fields, and by output
		for k, s := range p.Inputs() {
			if total(s) > 2 {
				return op, false
			}
			i := secondAlong(s)
			if i < 0 {
				continue
			}
			c, constant := p.Coefficients(k)
			if !constant {
				return op, false
			}
			at := slices.Index(fields, s.Index)
			if at < 0 {
				at = len(fields)
				fields, coef = append(fields, s.Index), append(coef, make([]jet.Operator, len(c)))
			}
			for j, v := range c {
				coef[at][j][i] = v
			}
		}
		rows = append(rows, slices.Concat(coef...)...)
	}
	return commonOperator(rows)
}

// commonOperator returns the operator that all rows are multiples of.
func commonOperator(rows []jet.Operator) (op jet.Operator, ok bool) {
	for _, r := range rows {
		i := first(r)
		if i < 0 {
			continue
		}
		if !ok {
			for j, c := range r {
				op[j] = c / r[i]
			}
			ok = true
		}
		for j, c := range r {
			if c != op[j]*r[i] || op[i] != 1 {
				return jet.Operator{}, false
			}
		}
	}
	terms := 0
	for _, c := range op {
		if c != 0 {
			terms++
		}
	}
	if terms < 2 {
		return jet.Operator{}, false
	}
	return op, true
}
