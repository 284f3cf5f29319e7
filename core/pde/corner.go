package pde

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"pinnlab/core/expr"
)

// A Corner is a point where two conditions ask for different values of the same
// field, or of the same derivative: their losses cannot both vanish near it.
type Corner struct {
	Terms [2]int     // into Problem.Terms
	What  string     // such as T
	Value [2]float64 // that each asks for
	At    []float64  // by coordinate
	Where string     // the same, such as x = 0, y = 1
}

// String says it in words.
func (c *Corner) String(p *Problem) string {
	return fmt.Sprintf("%s is %.4g by %s but %.4g by %s at %s",
		c.What, c.Value[0], p.Terms[c.Terms[0]].Name, c.Value[1], p.Terms[c.Terms[1]].Name, c.Where)
}

// Contradiction returns the first corner of the box where conditions contradict
// each other, or nil. It looks at conditions that give a value to one field or to
// one derivative, a u + b = 0 with a constant a.
func (p *Problem) Contradiction() *Corner {
	var data []datum
	for i, t := range p.Terms {
		for j := range t.Residual.Outputs() {
			if d, ok := datumOf(t, i, j); ok && t.Group > 0 {
				data = append(data, d)
			}
		}
	}
	for i, a := range data {
		for _, b := range data[:i] {
			at := p.meeting(a.set, b.set)
			if at == nil || a.of.Index != b.of.Index || !slices.Equal(a.of.Order, b.of.Order) {
				continue
			}
			u, v := b.value(at), a.value(at)
			if gap := math.Abs(u - v); gap > 1e-6*max(math.Abs(u), math.Abs(v), 1e-6) && finite(gap) {
				return &Corner{[2]int{b.term, a.term}, b.of.Of(p.Scope()), [2]float64{u, v}, at, p.where(at)}
			}
		}
	}
	return nil
}

// A datum is an output of a condition that gives a value to what a symbol says.
type datum struct {
	term, output, set int
	program           *expr.Program
	of                expr.Symbol
	slope             float64
}

// datumOf returns what output j of a term gives a value to, if it does.
func datumOf(t Term, term, output int) (d datum, ok bool) {
	found := 0
	for k, in := range t.Residual.Inputs() {
		if in.Kind == expr.Coord {
			continue
		}
		coef, constant := t.Residual.Coefficients(k)
		if !constant {
			return d, false
		}
		if c := coef[output]; c != 0 {
			d = datum{term, output, t.Set, t.Residual, in, c}
			found++
		}
	}
	return d, found == 1
}

// value is what the datum asks for at a point.
func (d *datum) value(at []float64) float64 {
	m := d.program.Machine(1)
	for k, in := range d.program.Inputs() {
		if in.Kind == expr.Coord {
			m.In(k)[0] = at[in.Index]
		}
	}
	m.Forward(1)
	return -m.Out(d.output)[0] / d.slope
}

// meeting returns a corner that lies on two sets, on faces of different
// coordinates; nil if there is none.
func (p *Problem) meeting(a, b int) []float64 {
	at := slices.Clone(p.Sets[a].Lo)
	fixed := 0
	for i := range at {
		lo, hi := max(p.Sets[a].Lo[i], p.Sets[b].Lo[i]), min(p.Sets[a].Hi[i], p.Sets[b].Hi[i])
		if lo > hi {
			return nil
		}
		if lo == hi {
			fixed++
		}
		at[i] = lo
	}
	if a == b || fixed < len(at) || len(at) < 2 || slices.Equal(p.Sets[a].Lo, p.Sets[b].Lo) && slices.Equal(p.Sets[a].Hi, p.Sets[b].Hi) {
		return nil
	}
	return at
}

func (p *Problem) where(at []float64) string {
	words := make([]string, len(at))
	for i, c := range p.Coords {
		words[i] = fmt.Sprintf("%s = %.4g", c.Name, at[i])
	}
	return strings.Join(words, ", ")
}

// Scope names the problem's coordinates and fields.
func (p *Problem) Scope() *expr.Scope {
	s := &expr.Scope{Fields: p.Outputs}
	for _, c := range p.Coords {
		s.Coords = append(s.Coords, c.Name)
	}
	return s
}
