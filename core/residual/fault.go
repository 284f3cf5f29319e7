package residual

import "pinnlab/core/expr"

// A Place is where a residual has no finite value or derivative.
type Place[T any] struct {
	expr.Fault
	Point []T
}

// FindFault looks for the first point where a term has no finite value, or if
// slopes is set no finite derivative, although the network's own values there are
// finite. It evaluates the term anew, at the parameters as loaded last.
func (s *System[T]) FindFault(term int, slopes bool) (at Place[T], found bool) {
	f := faultFinder{term: term, slopes: slopes, scope: s.Prob.Scope()}
	p := s.PassOf(term)
	p.Forward(&f)
	if f.found {
		at = Place[T]{f.fault, p.Place(f.point, f.point+1)}
	}
	return at, f.found
}

// A faultFinder keeps the first fault that it is shown.
type faultFinder struct {
	term   int
	slopes bool
	scope  *expr.Scope

	found bool
	fault expr.Fault
	point int // of the pass
}

// Visit implements [Visitor].
func (f *faultFinder) Visit(t *Term, lo, n int) bool {
	look := t.reader.Fault
	if f.slopes {
		look = t.reader.SlopeFault
	}
	for i := 0; i < n && !f.found && t.Index == f.term; i++ {
		f.fault, f.found = look(i, f.scope)
		f.point = t.Lo + lo + i
	}
	return false
}
