package train

import (
	"fmt"
	"strings"

	"pinnlab/core/expr"
)

// lookForFault says why a term has no finite loss, or if slopes is set no finite
// gradient, at the points of the last Eval: in words, the first operation that
// fails and where, and whether it is undefined there, as opposed to too large.
// It returns no words where the network's own values are not finite.
func (o *Objective[T]) lookForFault(term int, slopes bool) (words string, undefined bool) {
	scope := &expr.Scope{Fields: o.Prob.Outputs}
	for _, c := range o.Prob.Coords {
		scope.Coords = append(scope.Coords, c.Name)
	}
	for _, p := range o.passes {
		for _, t := range p.terms {
			if t.index != term {
				continue
			}
			if f, at, ok := p.fault(t, slopes, scope); ok {
				return fmt.Sprintf("%s, in %s at %s", faultWords(f), o.Prob.Terms[term].Name, at), f.Undefined
			}
		}
	}
	return "", false
}

// fault returns the first fault of a term and the point that it is at.
func (p *pass[T]) fault(t *termEval, slopes bool, scope *expr.Scope) (f expr.Fault, at string, ok bool) {
	look := t.machine.Fault
	if slopes {
		look = t.machine.SlopeFault
	}
	for lo := 0; lo < p.total(); lo += p.block {
		from, to := max(lo, t.lo), min(lo+p.block, t.hi)
		if from >= to {
			continue
		}
		setPoints(p.tape, p.in, p.scale, p.points[lo*p.dim:min(lo+p.block, p.total())*p.dim])
		p.tape.Forward()
		gather(t.machine, t.inputs, p.points[from*p.dim:to*p.dim], p.dim, p.tape, p.out, from-lo)
		t.machine.Forward(to - from)
		for i := range to - from {
			if f, ok = look(i, scope); ok {
				return f, placeOf(p.points[(from+i)*p.dim:(from+i+1)*p.dim], scope.Coords), true
			}
		}
	}
	return f, "", false
}

// placeOf writes a point as x = 0.5, t = 1.
func placeOf[T float32 | float64](point []T, coords []string) string {
	words := make([]string, len(coords))
	for j, name := range coords {
		words[j] = fmt.Sprintf("%s = %.4g", name, point[j])
	}
	return strings.Join(words, ", ")
}

// faultWords says what is wrong with a value.
func faultWords(f expr.Fault) string {
	switch {
	case f.Slope && f.Undefined:
		return fmt.Sprintf("the derivative of %s has no value for %s = %.3g", f.Value, f.Operand, f.At)
	case f.Slope:
		return fmt.Sprintf("the derivative of %s is too large for %s = %.3g", f.Value, f.Operand, f.At)
	case f.Undefined:
		return fmt.Sprintf("%s has no value for %s = %.3g", f.Value, f.Operand, f.At)
	}
	return fmt.Sprintf("%s is too large for %s = %.3g", f.Value, f.Operand, f.At)
}

// diverge ends the run: the loss of a term, or the gradient of a group, is not
// finite.
func (e *engine[T]) diverge(what string, slopes bool, terms ...int) error {
	e.diverged = &Diverged{Iteration: e.iteration, What: what}
	for _, term := range terms {
		if words, undefined := e.obj.lookForFault(term, slopes); words != "" {
			e.diverged.Why, e.diverged.Undefined = words, undefined
			break
		}
	}
	return e.diverged
}

// termsOf lists the terms of a group.
func (e *engine[T]) termsOf(group int) (terms []int) {
	for i, t := range e.prob.Terms {
		if t.Group == group {
			terms = append(terms, i)
		}
	}
	return terms
}
